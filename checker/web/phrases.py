"""The words of the page: effects, severities and statuses, plain or professional, in one language."""

from __future__ import annotations

from checker.assessment import wording
from checker.report import (
    AMBIGUOUS,
    CORRECTED,
    FLAGGED,
    HEADING,
    ITEM,
    NOT_CURRENT,
    NOT_RECOGNISED,
    UNRESOLVED,
    Finding,
    Report,
)
from checker.web.i18n import Translator, day

PLAIN_EFFECTS = {
    ("worsens", "high"): "often makes restless legs worse",
    ("worsens", "moderate"): "can make restless legs worse",
    ("worsens", "low"): "may make restless legs worse in some people",
    ("mixed", ""): "some people get worse with it, others do not",
    ("augments", ""): "helps at first, but can make legs worse with long use",
    ("neutral", ""): "usually seen as acceptable",
    ("relieves", ""): "is used to ease restless legs",
    ("", ""): "no report about restless legs here",
}
PLAIN_SEVERITIES = {
    "contraindicated": "should not be taken together",
    "major": "can do serious harm together",
    "moderate": "need care together",
    "minor": "small effect together",
}
# The index and filters: one word for each effect.
EFFECT_NAMES = {
    "worsens": "worsens",
    "mixed": "mixed reports",
    "augments": "worsens with long use",
    "neutral": "acceptable",
    "relieves": "relieves",
    "not-listed": "not assessed",
}
AUGMENTATION = {
    "high": "high risk of augmentation",
    "moderate": "moderate risk of augmentation",
    "low": "low risk of augmentation",
    "unknown": "risk of augmentation not known",
}

# What labels a text of the database; translated where they are shown.
LABELS = {each: each for each in ("Figure", "Why", "Route", "Remark", "Pharmacist")}


def effect(effect: str, risk: str, t: Translator, *, professional: bool = False) -> str:
    """Return an effect with its risk in words."""
    if professional:
        words = t(wording.EFFECTS.get(effect, effect))
        return f"{words} ({t(wording.RISKS[risk])})" if risk in wording.RISKS and effect in FLAGGED else words
    return t(PLAIN_EFFECTS.get((effect, risk)) or PLAIN_EFFECTS.get((effect, ""), ""))


def severity(name: str, t: Translator, *, professional: bool = False) -> str:
    """Return a severity in words."""
    return t(name) if professional else t(PLAIN_SEVERITIES[name])


def evidence(name: str, basis: str, t: Translator) -> str:
    """Return how a statement is known, with what has to be said of its ground."""
    proof = wording.EVIDENCE.get(name, "")
    grounds = [each for each in basis.split("; ") if each and each not in proof]
    return "; ".join(t(each) for each in (proof, *grounds) if each)


def limits(report: Report, t: Translator) -> str:
    """Return the sentence on what a clean result does not mean."""
    return t(
        "What is not flagged is not proven safe: it means only that this database (version %(version)s, reviewed "
        "%(reviewed)s) holds no report of it. It does not know your illnesses or doses, and it does not replace the "
        "advice of your pharmacist or doctor.",
        version=report.data.version,
        reviewed=day(t.language, report.data.reviewed),
    )


def caution(finding: Finding, t: Translator) -> str:
    """Return the caution about stopping, with its reason where one is known."""
    if not finding.caution or t.language == "en" or t.known(finding.caution):
        return t(finding.caution)
    # put together from a frame and a reason of the database
    reasons = [t(s.abrupt_stop_risk) for s in finding.substances if s.abrupt_stop_risk]
    sentences = (f"{reason[0].upper()}{reason[1:]}." for reason in dict.fromkeys(reasons))
    return " ".join((t(wording.CAUTION), *sentences))


def past(finding: Finding, t: Translator) -> str:
    """Return what is known of something that is not taken now."""
    told = t("Listed as not taken now (%(reason)s), so it is not flagged.", reason=finding.entry.reason or "-")
    if finding.effect in FLAGGED:
        names = ", ".join(s.name for s in finding.substances if s.effect in FLAGGED)
        told += " " + t(
            "Good to know all the same: %(name)s %(effect)s. Tell whoever prescribes for you.",
            name=names or t(finding.match.name),
            effect=effect(finding.effect, finding.risk, t),
        )
    return told


def read_as(finding: Finding, t: Translator) -> str:
    """Return what an entry was read as, and how."""
    match = finding.match
    if finding.entry.kind != ITEM:
        return t("taken for a heading") if finding.entry.kind == HEADING else t("taken for a note")
    if match.status == AMBIGUOUS:
        return t("could be several things")
    if not match.name:
        return t("not recognised")
    told = named(t(match.name), match.substances)
    if match.status == CORRECTED:
        return t("misspelt: read as %(name)s", name=told)
    return t("read as %(name)s", name=told)


def named(name: str, substances: tuple[str, ...]) -> str:
    """Return a name with what it holds, unless that is the same."""
    inside = " + ".join(substances)
    return f"{name} ({inside})" if inside and inside.lower() != name.lower() else name


def verdict(finding: Finding, t: Translator, *, professional: bool) -> str:
    """Return what an entry means for restless legs, in a few words."""
    if finding.entry.kind != ITEM:
        return t("no medicine")
    if finding.concern == NOT_CURRENT:
        return t("not taken now, so not flagged")
    if finding.concern == UNRESOLVED:
        return t("please find out which one it is")
    if finding.concern == NOT_RECOGNISED:
        return t("not recognised, so not checked")
    if not finding.effect and finding.treatments:
        return t("used, or once tried, for restless legs")
    return effect(finding.effect, finding.risk, t, professional=professional)
