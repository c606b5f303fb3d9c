"""From a report to what the templates show: plain values in the words of one language."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from checker.assessment import wording
from checker.assessment.order import rank
from checker.report import (
    AMBIGUOUS,
    CORRECTED,
    FLAGGED,
    ITEM,
    NOT_CURRENT,
    NOT_RECOGNISED,
    SEVERITIES,
    UNRESOLVED,
    Alternative,
    Choice,
    Finding,
    Interaction,
    Report,
)
from checker.web import answers
from checker.web.i18n import Translator
from drugdb.reader import Database
from drugdb.records import DrugClass, Product, Rule, Source, Substance, Treatment

_PLAIN_EFFECTS = {
    ("worsens", "high"): "often makes restless legs worse",
    ("worsens", "moderate"): "can make restless legs worse",
    ("worsens", "low"): "may make restless legs worse in some people",
    ("mixed", ""): "some people get worse, others do not",
    ("augments", ""): "helps at first, but may make legs worse with long use",
    ("neutral", ""): "usually seen as acceptable",
    ("relieves", ""): "is used to ease restless legs",
    ("", ""): "no report about restless legs here",
}
_PLAIN_SEVERITIES = {
    "contraindicated": "should not be taken together",
    "major": "can do serious harm together: ask soon",
    "moderate": "need care together",
    "minor": "small effect together",
}
_FULL = frozenset(range(7))  # ranks of findings that get a card of their own; see checker.assessment.order


class Card(NamedTuple):
    """A finding as a card."""

    number: int
    own: str
    read: str
    kinds: str  # classes of the style sheet
    verdict: str
    lines: tuple[tuple[str, str], ...]  # label, text
    alternatives: tuple[Alternative, ...]
    sources: tuple[Source, ...]
    links: tuple[tuple[str, str], ...]  # name, address
    caution: str
    question: str
    choices: tuple[tuple[str, str, str], ...]  # value, label, meaning
    fields: dict[str, str]
    treatments: tuple[Treatment, ...]
    current: bool
    guessed: bool


class Shown(NamedTuple):
    """A report as the result page shows it."""

    headline: str
    counts: tuple[tuple[int, str], ...]
    questions: tuple[Card, ...]
    cards: tuple[Card, ...]
    clashes: tuple[tuple[Interaction, str], ...]
    folded: tuple[tuple[Interaction, str], ...]
    duplicates: tuple[tuple[str, str], ...]
    unchecked: tuple[str, ...]
    rest: tuple[Card, ...]
    every: tuple[Card, ...]
    limits: str
    asks: tuple[str, ...]
    plain_text: str
    sources: tuple[Source, ...]
    professional: bool


def present(report: Report, t: Translator, *, professional: bool, database: Database) -> Shown:
    """Return what the result page shows.

    Args:
        report: an assessed list.
        t: the translator of the page's language.
        professional: evidence, figures, mechanisms and notes as well.
        database: for what the report only names.
    """
    by_number = {finding.entry.number: finding for finding in report.findings}
    ordered = [by_number[number] for number in report.order] or list(report.findings)
    cards = {f.entry.number: _card(f, t, professional=professional) for f in ordered}
    asked = [f for f in ordered if _unclear(f)] + [f for f in ordered if _guessed(f)]
    full = [f for f in ordered if rank(f)[0] in _FULL and not _unclear(f)]
    rest = [f for f in ordered if rank(f)[0] not in _FULL and not _unclear(f)]
    limit = "moderate"
    shown = [i for i in report.interactions if SEVERITIES.index(i.severity) <= SEVERITIES.index(limit)]
    small = [i for i in report.interactions if i not in shown]
    return Shown(
        _headline(report, t),
        _counts(report, t),
        tuple(cards[f.entry.number] for f in asked),
        tuple(cards[f.entry.number] for f in full),
        tuple((i, severity(i.severity, t, professional=professional)) for i in shown),
        tuple((i, severity(i.severity, t, professional=professional)) for i in small),
        tuple((t(d.substance), " + ".join(d.texts)) for d in report.duplicates),
        tuple(by_number[number].entry.text for number in report.unchecked if number in by_number),
        tuple(cards[f.entry.number] for f in rest),
        tuple(cards[f.entry.number] for f in report.findings),
        limits(report, t),
        tuple(dict.fromkeys(_asks(ordered, t))),
        plain_text(report, t),
        tuple({s.id: s for f in ordered for s in f.sources}.values()),
        professional,
    )


def limits(report: Report, t: Translator) -> str:
    """Return the sentence on what a clean result does not mean."""
    return t(
        "What is not flagged is not proven safe: it means only that this database (version %(version)s, reviewed "
        "%(reviewed)s) holds no report of it. It does not know your illnesses or doses, and it does not replace the "
        "advice of your pharmacist or doctor.",
        version=report.data.version,
        reviewed=report.data.reviewed,
    )


def effect(effect: str, risk: str, t: Translator, *, professional: bool = False) -> str:
    """Return an effect with its risk in words."""
    if professional:
        words = t(wording.EFFECTS.get(effect, effect))
        return f"{words} ({t(wording.RISKS[risk])})" if risk in wording.RISKS and effect in FLAGGED else words
    return t(_PLAIN_EFFECTS.get((effect, risk)) or _PLAIN_EFFECTS.get((effect, ""), wording.EFFECTS.get(effect, "")))


def severity(name: str, t: Translator, *, professional: bool = False) -> str:
    """Return a severity in words."""
    return t(name) if professional else t(_PLAIN_SEVERITIES[name])


def caution(finding: Finding, t: Translator) -> str:
    """Return the caution about stopping, in the page's language, with its reason where one is known."""
    reasons = dict.fromkeys(s.abrupt_stop_risk for s in finding.substances if s.abrupt_stop_risk)
    known = t.find(finding.caution)
    if known != finding.caution or t.language == "en" or not finding.caution:
        return known
    if finding.match.kind == "trigger":
        return t(wording.CAUTION_TRIGGER)
    told = t(wording.CAUTION)
    return " ".join([told, *(f"{t(reason).capitalize()}." for reason in reasons)])


def address(prefix: str, room: str, name: str) -> str:
    """Return the address of a monograph. Names of the reference only ever stand in it."""
    return f"{prefix}/{room}/{quote(name, safe='')}"


def _unclear(finding: Finding) -> bool:
    if finding.entry.kind != ITEM or not finding.entry.current:
        return False
    return finding.concern == NOT_RECOGNISED or finding.match.status == AMBIGUOUS


def _guessed(finding: Finding) -> bool:
    """Whether a misspelling was corrected, which the person should see and may undo."""
    return finding.match.status == CORRECTED and finding.entry.current


def _read_as(finding: Finding, t: Translator) -> str:
    match = finding.match
    if finding.entry.kind != ITEM:
        return t("taken for a heading") if finding.entry.kind == "heading" else t("taken for a note")
    if match.status == AMBIGUOUS:
        return t("could be several things")
    if not match.name:
        return t("not recognised")
    name = t(match.name)
    inside = " + ".join(t(s) for s in match.substances)
    told = f"{name} ({inside})" if inside and inside.lower() != name.lower() else name
    if match.status == CORRECTED:
        return t("misspelt: read as %(name)s. Please check.", name=told)
    return t("read as %(name)s", name=told)


def _kinds(finding: Finding) -> str:
    concern = "unresolved" if finding.concern == NOT_RECOGNISED else finding.concern
    return f"{concern} {finding.risk}".strip()


def _verdict(finding: Finding, t: Translator, *, professional: bool) -> str:
    if finding.concern == NOT_CURRENT:
        return t("not taken now, so not flagged")
    if finding.concern == UNRESOLVED:
        return t("please find out which one it is")
    if finding.concern == NOT_RECOGNISED:
        return t("not recognised, so not checked")
    if finding.entry.kind != ITEM:
        return t("no medicine")
    return effect(finding.effect, finding.risk, t, professional=professional)


def _lines(finding: Finding, t: Translator, *, professional: bool) -> tuple[tuple[str, str], ...]:
    out: list[tuple[str, str]] = []
    if finding.advice:
        out.append((t("What to ask"), t(finding.advice)))
    if finding.concern == NOT_CURRENT:
        return tuple(out)
    if finding.effect:
        proof = t(wording.EVIDENCE.get(finding.evidence, ""))
        if finding.basis and finding.basis not in proof:
            proof = f"{proof}; {t(finding.basis)}" if proof else t(finding.basis)
        out.append((t("How sure"), proof))
    if professional:
        for substance in finding.substances:
            name = substance.name if len(finding.substances) > 1 else ""
            for label, value in (
                ("Figure", substance.figure),
                ("Why", substance.mechanism),
                ("Route", substance.route_note),
                ("Remark", substance.remark),
            ):
                if value:
                    out.append((t(label), f"{name}: {value}" if name else value))
        out.extend((t("Pharmacist"), row.pharmacist_note) for row in finding.classes if row.pharmacist_note)
    elif finding.effect in FLAGGED:
        # the class says it in plainer words than the substance
        why = next((c.mechanism for c in finding.classes if c.mechanism and c.effect == finding.effect), "")
        why = why or next((s.mechanism for s in finding.substances if s.mechanism and s.effect), "")
        if why:
            out.append((t("Why"), why))
    return tuple(pair for pair in out if pair[1])


def _card(finding: Finding, t: Translator, *, professional: bool) -> Card:
    names = [s.name for s in finding.substances]
    links = [(t(name), "substances/" + quote(name, safe="")) for name in names]
    if finding.match.kind == "class":
        links = [(t(row.plain_name or row.name), "classes/" + quote(row.id, safe="")) for row in finding.classes]
    return Card(
        finding.entry.number,
        finding.entry.text,
        _read_as(finding, t),
        _kinds(finding),
        _verdict(finding, t, professional=professional),
        _lines(finding, t, professional=professional),
        finding.alternatives,
        finding.sources,
        tuple(links),
        caution(finding, t),
        t(finding.question),
        tuple(_choice(finding, choice, t, professional=professional) for choice in finding.choices),
        answers.fields(finding),
        finding.treatments,
        finding.entry.current,
        _guessed(finding),
    )


def _choice(finding: Finding, choice: Choice, t: Translator, *, professional: bool) -> tuple[str, str, str]:
    candidate = choice.candidate
    value = answers.replaced(finding, answers.written(candidate, tuple(c.candidate for c in finding.choices)))
    label = t(candidate.name)
    inside = " + ".join(t(s) for s in candidate.substances)
    if inside and inside.lower() != label.lower():
        label = f"{label} ({inside})"
    if candidate.market and finding.match.doubt == "market":
        label = f"{label}, {candidate.market.replace(' ', ', ')}"
    used = next((t(s.used_for) for s in choice.substances if s.used_for), "")
    meaning = effect(choice.effect, choice.risk, t, professional=professional)
    return value, label, f"{used}: {meaning}" if used else meaning


def _headline(report: Report, t: Translator) -> str:
    flagged = report.counts.get("flagged", 0)
    open_questions = sum(map(_unclear, report.findings))
    if flagged == 1:
        told = t("1 entry on your list can make restless legs worse.")
    elif flagged:
        told = t("%(count)d entries on your list can make restless legs worse.", count=flagged)
    else:
        told = t("No entry that could be read is known here to make restless legs worse.")
    if open_questions:
        told += " " + t("%(count)d need your answer first.", count=open_questions)
    return told


def _counts(report: Report, t: Translator) -> tuple[tuple[int, str], ...]:
    counts = report.counts
    severe = sum(i.severity in ("contraindicated", "major") for i in report.interactions)
    return (
        (counts.get("entries", len(report.findings)), t("entries")),
        (counts.get("flagged", 0), t("may worsen restless legs")),
        (sum(map(_unclear, report.findings)), t("need an answer")),
        (severe, t("serious clashes")),
    )


def _asks(findings: list[Finding], t: Translator) -> list[str]:
    out = []
    for finding in findings:
        if finding.concern in FLAGGED:
            out.append(
                t(
                    "%(entry)s: could this be what makes my legs worse? What else would suit me?",
                    entry=finding.entry.text,
                )
            )
        elif _unclear(finding):
            out.append(t("%(entry)s: what is this, and can it affect my legs?", entry=finding.entry.text))
    return out


def plain_text(report: Report, t: Translator) -> str:
    """Return the result as text for a note in a patient record."""
    lines = [t("Medication check for restless legs"), _headline(report, t)]
    by_number = {finding.entry.number: finding for finding in report.findings}
    for number in report.order:
        finding = by_number[number]
        verdict = _verdict(finding, t, professional=True)
        lines.append(f"- {finding.entry.text}: {_read_as(finding, t)}; {verdict}")
    for clash in report.interactions:
        if clash.severity != "minor":
            lines.append(f"! {' + '.join(clash.texts)}: {t(clash.severity)}; {clash.effect}. {clash.advice}")
    lines += [limits(report, t)]
    return "\n".join(lines)


# -- look-up ----------------------------------------------------------------------------------------


def index(database: Database, text: str, wanted: str, class_id: str) -> tuple[Substance, ...]:
    """Return the substances that the index shows."""
    effect_wanted = "" if wanted == "none" else wanted
    if text.strip():
        found = database.search(text, effect_wanted, class_id, 200)
    else:
        found = tuple(
            s
            for s in database.substances()
            if (not effect_wanted or s.effect == effect_wanted) and (not class_id or class_id in s.classes)
        )
    if wanted == "none":
        found = tuple(s for s in found if not s.effect)
    elif not wanted and not text and not class_id:
        found = tuple(s for s in found if s.effect)
    return found


class Monograph(NamedTuple):
    """A substance as its page shows it."""

    substance: Substance
    effect: str
    evidence: str
    basis: str
    classes: tuple[DrugClass, ...]
    treatment: Treatment | None
    rules: tuple[tuple[Rule, str, tuple[Source, ...]], ...]
    products: dict[str, list[Product]]
    sources: tuple[Source, ...]
    advice: tuple[str, ...]


def _sources(database: Database, ids: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(source for each in ids if (source := database.source(each)))


def monograph(database: Database, name: str, t: Translator) -> Monograph | None:
    """Return what is known of a substance or trigger; None when there is none of that name."""
    substance = database.substance(name)
    if substance is None:
        return None
    from checker.assessment.facts import basis

    groups = {group.id for group in database.groups() if name in group.members}
    rules = []
    for rule in database.rules():
        sides = (rule.side_a, rule.side_b)
        for own, other in (sides, sides[::-1]):
            if own == name or own in groups:
                rules.append((rule, other, _sources(database, rule.sources)))
                break
    rules.sort(key=lambda row: SEVERITIES.index(row[0].severity))
    products: dict[str, list[Product]] = {}
    for product in database.products(name):
        products.setdefault(product.market or "-", []).append(product)
    sources = _sources(database, substance.sources)
    classes = tuple(row for each in substance.classes if (row := database.drug_class(each)))
    # the advice of a class is for members that are flagged themselves
    advice = tuple(t(row.patient_advice) for row in classes if row.patient_advice and substance.effect)
    return Monograph(
        substance,
        effect(substance.effect, substance.risk, t, professional=True),
        t(wording.EVIDENCE.get(substance.evidence, "")),
        t(basis(substance.evidence, sources)) if substance.effect else "",
        classes,
        database.treatment(name),
        tuple(rules),
        dict(sorted(products.items())),
        sources,
        advice,
    )


class ClassPage(NamedTuple):
    """A class as its page shows it."""

    row: DrugClass
    effect: str
    evidence: str
    members: tuple[Substance, ...]
    sources: tuple[Source, ...]


def class_page(database: Database, class_id: str, t: Translator) -> ClassPage | None:
    """Return what is known of a class; None when there is none of that id."""
    row = database.drug_class(class_id)
    if row is None:
        return None
    return ClassPage(
        row,
        effect(row.effect, row.risk, t, professional=True),
        t(wording.EVIDENCE.get(row.evidence, "")),
        database.members(class_id),
        _sources(database, row.sources),
    )
