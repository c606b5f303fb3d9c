"""The result as text to copy into a patient record: short, whole, in professional words."""

from __future__ import annotations

from checker.report import FLAGGED, ITEM, Report
from checker.web import phrases, presenter
from checker.web.i18n import Translator


def text(report: Report, t: Translator) -> str:
    """Return a result as plain text, one line an entry, what matters most first; minor clashes are counted only."""
    lines = [
        t("Medication check for restless legs"),
        t("Data %(version)s, reviewed %(reviewed)s.", version=report.data.version, reviewed=report.data.reviewed),
        presenter.headline(report, t),
        "",
    ]
    for finding in presenter.ordered(report):
        told = phrases.verdict(finding, t, professional=True)
        if finding.entry.kind == ITEM:
            proof = phrases.evidence(finding.evidence, finding.basis, t) if finding.concern in FLAGGED else ""
            told = "; ".join(filter(None, (phrases.read_as(finding, t), told, proof)))
        lines.append(f"- {_line(finding.entry.text)}: {told}")
    shown = [clash for clash in report.interactions if clash.severity != "minor"]
    if shown:
        lines += ["", t("Together:")]
    for clash in shown:
        together = " + ".join(map(_line, presenter.sides(clash, report)))
        lines.append(f"- {together}: {t(clash.severity)}; {t(clash.effect)}. {t(clash.advice)}")
    minor = len(report.interactions) - len(shown)
    if minor:
        lines.append(t.n("- and %(count)d small effect", "- and %(count)d small effects", minor))
    return "\n".join((*lines, "", phrases.limits(report, t)))


def _line(text: str) -> str:
    return " ".join(text.split())
