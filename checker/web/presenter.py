"""From a report to what the result page shows: plain values in the words of one language.

Nothing here reads a request or writes HTML. What the page shows is a ``Shown``: first what a person has
to answer, then the sections of cards in the order of what matters, then clashes, then every line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote

from checker.assessment.facts import second_hand
from checker.assessment.order import rank
from checker.assessment.treatments import guidelines_differ, positions
from checker.report import (
    CORRECTED,
    FLAGGED,
    ITEM,
    NOT_CURRENT,
    NOT_RECOGNISED,
    SECOND_HAND,
    SEVERITIES,
    UNRESOLVED,
    Alternative,
    Choice,
    Finding,
    Interaction,
    Report,
)
from checker.web import answers, phrases
from checker.web.i18n import Text, Translator, countries
from drugdb.reader import Database
from drugdb.records import Condition, DrugClass, Source, Substance, Treatment

PLAIN, PROFESSIONAL, TABLE = VIEWS = ("plain", "professional", "table")
_SERIOUS = ("contraindicated", "major")
_NOT_CURRENT_RANK = 9
_LABEL = 36  # characters of a source's short name
_FEW = 3  # sources that a statement shows to patients
_ALWAYS_ASKED = "iron deficiency"  # the condition that everyone with restless legs is to ask about
# Sections of cards by the rank of their findings (see checker.assessment.order): anchor, title.
_SECTIONS: tuple[tuple[tuple[int, ...], str, str], ...] = (
    ((0,), "often", "Often makes restless legs worse"),
    ((2,), "can", "Can make restless legs worse"),
    ((3,), "some", "Worse for some people, or only with long use"),
    ((6,), "treatments", "For your restless legs"),
    ((7,), "acceptable", "Usually seen as acceptable"),
    ((9,), "past", "Not taken now, but good to know"),
)


class Reference(NamedTuple):
    """A source in the list at the end of the page."""

    number: int
    source: Source
    short: str  # who and when, as it stands beside a statement


class Cites(NamedTuple):
    """The sources of a statement: the best few, and how many more there are."""

    shown: tuple[Reference, ...]
    more: int


class Fact(NamedTuple):
    """A labelled text of the database."""

    label: str
    text: str


class Guidelines(NamedTuple):
    """What guidelines say of a treatment."""

    name: str
    positions: tuple[str, ...]
    differ: bool
    augmentation: str
    explained: str  # what augmentation is
    warnings: str
    remark: str
    cites: Cites
    basis: str


class Instead(NamedTuple):
    """What to ask about for one purpose."""

    purpose: str
    options: tuple[tuple[str, tuple[str, ...]], ...]  # name, what it clashes with on this list
    caveat: str
    cites: Cites
    basis: str


class Card(NamedTuple):
    """One finding, or several entries that are the same medicine."""

    number: int
    entries: tuple[tuple[str, str, str], ...]  # own words, what they were read as, the question that is open
    kinds: str  # classes of the style sheet
    verdict: str
    what: str  # the kind of medicine in plain words
    advice: str
    sure: str
    facts: tuple[Fact, ...]
    why: str
    instead: tuple[Instead, ...]
    guidelines: tuple[Guidelines, ...]
    caution: str
    cites: Cites
    links: tuple[tuple[str, str], ...]  # name, address below the language


class Option(NamedTuple):
    """One of the things that an entry may be."""

    value: str  # the entry's text with this name in it
    label: str
    meaning: str
    note: str
    cites: Cites


class Question(NamedTuple):
    """An entry that a person is asked about."""

    number: int
    own: str
    kinds: str
    verdict: str
    text: str
    options: tuple[Option, ...]
    kept: str  # the words for leaving it as it is


class Line(NamedTuple):
    """An entry in the table of all lines."""

    number: int
    own: str
    read: str
    verdict: str
    kinds: str
    hidden: dict[str, str]  # fields of the form that carry it


class Clash(NamedTuple):
    """Things of the list that do not go well together."""

    together: tuple[str, ...]  # who stands against whom, in the person's own words
    kinds: str
    severity: str
    effect: str
    advice: str
    mechanism: str
    remark: str
    note: str
    basis: str
    cites: Cites


class Shown(NamedTuple):
    """A report as the result page shows it."""

    headline: str
    clean: bool  # nothing flagged, nothing open, no serious clash
    tally: tuple[tuple[int, str, str], ...]  # how many, of what, anchor
    questions: tuple[Question, ...]
    sections: tuple[tuple[str, str, tuple[Card, ...]], ...]  # anchor, title, cards
    serious: tuple[Clash, ...]
    careful: tuple[Clash, ...]
    small: tuple[Clash, ...]
    unchecked: tuple[str, ...]
    duplicates: tuple[tuple[str, tuple[str, ...]], ...]
    asks: tuple[str, ...]
    always: Text  # what everyone is to ask
    lines: tuple[Line, ...]
    references: tuple[Reference, ...]
    limits: str
    english: bool  # some clinical texts are in English only


def present(report: Report, t: Translator, database: Database, *, professional: bool) -> Shown:
    """Return what the result page shows.

    Args:
        report: an assessed list.
        t: the translator of the page's language.
        database: for what everyone is to ask about.
        professional: evidence, figures, mechanisms and clinical words as well.
    """
    return Presenter(report, t, database, professional=professional).shown(report, always(database))


def always(database: Database) -> Condition | None:
    """Return the condition that everyone with restless legs is to ask about."""
    return next((row for row in database.conditions() if row.name == _ALWAYS_ASKED), None)


def ordered(report: Report) -> list[Finding]:
    """Return the findings, what matters most first."""
    by_number = {finding.entry.number: finding for finding in report.findings}
    return [by_number[number] for number in report.order]


def is_open(finding: Finding) -> bool:
    """Return whether a person has to say what an entry is."""
    return finding.entry.kind == ITEM and finding.entry.current and bool(finding.question)


def address(room: str, name: str) -> str:
    """Return the address of a monograph below the language. Names of the reference only ever stand in it."""
    return f"{room}/{quote(name, safe='')}"


def short(source: Source) -> str:
    """Return who and when, as in ``Winkelman 2025``; without a year, who and what."""
    who = source.authors.split(",")[0].split(";")[0].strip()
    words = who.split()
    if len(words) > 1 and words[-1].isupper() and len(words[-1]) <= 3:  # "Perez-Lloret S": without the initials
        who = " ".join(words[:-1])
    if not who or len(who) > _LABEL:
        who = source.journal or who or source.title
    return (
        f"{_cut(who)} {source.year}" if source.year else _cut(f"{who}: {source.title}" if who != source.title else who)
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rsplit(' ', 1)[0]}…"


def asks(report: Report, t: Translator) -> tuple[str, ...]:
    """Return the questions for a doctor or pharmacist that the list itself raises."""
    findings = ordered(report)
    flagged = [f.entry.text for f in findings if f.concern in FLAGGED and f.match.kind != "trigger"]
    waiting = [f.entry.text for f in findings if is_open(f) and f.concern not in FLAGGED]
    found = []
    if flagged:
        told = t("Could one of these be making my legs worse: %(entries)s?", entries="; ".join(dict.fromkeys(flagged)))
        found.append(f"{told} {t('Is there something else that would suit me?')}")
    if waiting:
        found.append(t("What are these, and can they affect my legs: %(entries)s?", entries="; ".join(waiting)))
    found += [
        t("May I take these together: %(entries)s?", entries=" + ".join(sides(clash, report)))
        for clash in report.interactions
        if clash.severity in _SERIOUS
    ]
    return tuple(dict.fromkeys(found))


def sides(clash: Interaction, report: Report) -> tuple[str, ...]:
    """Return who stands against whom, in the person's own words, one text a side."""
    texts = dict(zip(clash.entries, clash.texts, strict=True))
    if len(clash.sides) > 1:
        return tuple(", ".join(texts.get(number, "") for number in side) for side in clash.sides)
    return clash.texts


def headline(report: Report, t: Translator) -> str:
    """Return the result in a sentence or two."""
    flagged = report.counts["flagged"]
    serious = sum(clash.severity in _SERIOUS for clash in report.interactions)
    waiting = sum(map(is_open, report.findings))
    if flagged:
        told = t.n(
            "%(count)d thing on your list can make restless legs worse.",
            "%(count)d things on your list can make restless legs worse.",
            flagged,
        )
    elif waiting:
        told = t("We could not read everything on your list yet.")
    elif report.counts["items"]:
        told = t("Nothing on your list is known here to make restless legs worse.")
    else:
        told = t("We found no medicine in what you sent.")
    if serious and not flagged:
        told += " " + t.n(
            "But %(count)d pair or group can do serious harm together.",
            "But %(count)d pairs or groups can do serious harm together.",
            serious,
        )
    return told


class Presenter:
    """Puts findings into the words of one language and numbers the sources that they cite.

    Args:
        report: where the findings come from; None for a page without a list.
        t: the translator of the page's language.
        database: for the uses of classes.
        professional: evidence, figures, mechanisms and clinical words as well.
    """

    def __init__(
        self, report: Report | None, t: Translator, database: Database | None = None, *, professional: bool
    ) -> None:
        self.t, self.database, self.professional = t, database, professional
        self.glossary = report.glossary if report else ()
        self.references: dict[str, Reference] = {}
        self.english = False

    def shown(self, report: Report, condition: Condition | None) -> Shown:
        """Put everything together, top to bottom, so that sources are numbered in the order of the page."""
        t = self.t
        findings = ordered(report)
        waiting = [f for f in findings if is_open(f)]
        guessed = [f for f in findings if f.match.status == CORRECTED and f.entry.current and not is_open(f)]
        questions = tuple(self.question(f) for f in (*waiting, *guessed))
        sections = tuple(self.sections(findings))
        clashes = {name: self.clashes(report, name) for name in SEVERITIES}
        serious = clashes["contraindicated"] + clashes["major"]
        texts = {f.entry.number: f.entry.text for f in report.findings}
        flagged = sum(f.concern in FLAGGED for f in findings)
        return Shown(
            headline(report, t),
            not (flagged or waiting or serious),
            self.tally((len(waiting), flagged, len(serious), len(findings)), next(iter(sections), ("lines",))[0]),
            questions,
            sections,
            serious,
            clashes["moderate"],
            clashes["minor"],
            tuple(texts[number] for number in report.unchecked if number in texts and len(texts) > 1),
            tuple((each.substance, each.texts) for each in report.duplicates),
            asks(report, t),
            self.say(condition.what_to_ask if condition else ""),
            tuple(map(self.line, report.findings)),
            tuple(self.references.values()),
            phrases.limits(report, t),
            self.english,
        )

    def tally(self, numbers: tuple[int, int, int, int], first: str) -> tuple[tuple[int, str, str], ...]:
        """What was found, most pressing first; what is absent is left out, all lines never are."""
        t = self.t
        waiting, flagged, serious, entries = numbers
        rows = (
            (waiting, t.n("line needs your answer", "lines need your answer", waiting), "questions"),
            (flagged, t.n("can make legs worse", "can make legs worse", flagged), first),
            (serious, t.n("serious clash", "serious clashes", serious), "clashes"),
            (entries, t.n("line in all", "lines in all", entries), "lines"),
        )
        return (*(row for row in rows[:-1] if row[0]), rows[-1])

    # -- cards ---------------------------------------------------------------------------------------

    def sections(self, findings: Sequence[Finding]) -> Iterable[tuple[str, str, tuple[Card, ...]]]:
        """The findings that get a card, by what they mean for the legs."""
        for ranks, anchor, title in _SECTIONS:
            groups: dict[object, list[Finding]] = {}
            for finding in findings:
                place = rank(finding)[0]
                # of what is not taken now only what would be flagged
                if place in ranks and (place != _NOT_CURRENT_RANK or finding.effect in FLAGGED):
                    groups.setdefault(_same(finding), []).append(finding)
            if groups:
                yield anchor, self.t(title), tuple(map(self.card, groups.values()))

    def card(self, group: list[Finding]) -> Card:
        """One card for entries that are the same medicine."""
        finding, t = group[0], self.t
        rated = _rated(finding)
        own = self.cite(_own(finding))  # first, so that the sources of a rating have the first numbers
        return Card(
            finding.entry.number,
            tuple((f.entry.text, phrases.read_as(f, t), t(f.question) if is_open(f) else "") for f in group),
            _kinds(finding),
            phrases.verdict(finding, t, professional=self.professional),
            "; ".join(t(c.plain_name) for c in finding.classes[:2] if c.plain_name),
            self.advice(finding),
            phrases.evidence(finding.evidence, finding.basis, t) if finding.effect else "",
            tuple(self.facts(finding, rated)) if self.professional else (),
            self.why(finding, rated),
            tuple(self.instead(finding.alternatives)),
            tuple(self.guidelines(finding, row) for row in finding.treatments),
            phrases.caution(finding, t),
            own,
            _links(finding, t),
        )

    def why(self, finding: Finding, rated: Sequence[Substance | DrugClass]) -> str:
        """The reason, for patients, where it is told in their language; professionals see each mechanism."""
        text = "" if self.professional else _why(finding, rated)
        return self.t(text) if self.t.known(text) else ""

    def facts(self, finding: Finding, rated: Sequence[Substance | DrugClass]) -> Iterable[Fact]:
        """What professionals see besides: figures, mechanisms, routes, remarks, the notes of the class."""
        for row in rated:
            name = f"{row.name}: " if len(rated) > 1 else ""
            route = row.route_note if isinstance(row, Substance) else ""
            rows = (("Figure", row.figure), ("Why", row.mechanism), ("Route", route), ("Remark", row.remark))
            for label, text in rows:
                if text:
                    yield Fact(self.t(label), self.say(name + text))
        if finding.substances:
            for each in finding.classes:
                if each.pharmacist_note:
                    yield Fact(self.t("Pharmacist"), self.say(each.pharmacist_note))

    def instead(self, found: Iterable[Alternative]) -> Iterable[Instead]:
        """What to ask about, by purpose."""
        by_purpose: dict[str, list[Alternative]] = {}
        for each in found:
            by_purpose.setdefault(each.purpose, []).append(each)
        for purpose, group in by_purpose.items():
            yield Instead(
                self.t(purpose) if purpose else self.t("named by a source"),
                tuple((self.t(each.name), each.clashes) for each in group),
                self.say(group[0].caveat),
                self.cite(group[0].sources),
                self.t(SECOND_HAND) if second_hand(group[0].sources) else "",
            )

    def guidelines(self, finding: Finding, row: Treatment) -> Guidelines:
        """What guidelines say of a treatment and what to watch for."""
        own = [source for source in finding.sources if source.id in row.sources]
        risky = row.augmentation_risk in phrases.AUGMENTATION and row.augmentation_risk != "unknown"
        term = next(iter(self.glossary), None) if risky else None
        return Guidelines(
            row.substance if len(finding.treatments) > 1 else "",
            tuple(map(self.say, positions(row))),
            guidelines_differ(row),
            self.t(phrases.AUGMENTATION.get(row.augmentation_risk, "")),
            self.say(term.meaning if term else ""),
            self.say(row.warnings),
            self.say(row.remark if self.professional else ""),
            self.cite(own),
            self.t(SECOND_HAND) if second_hand(own) else "",
        )

    def advice(self, finding: Finding) -> str:
        """What to ask, or what is known of something that is not taken now."""
        if finding.concern == NOT_CURRENT:
            return phrases.past(finding, self.t)
        return self.say(finding.advice)

    # -- questions and lines -------------------------------------------------------------------------

    def question(self, finding: Finding) -> Question:
        """What a person is asked about an entry."""
        t, corrected = self.t, not is_open(finding)
        verdict = phrases.read_as(finding, t) if corrected else phrases.verdict(finding, t, professional=False)
        return Question(
            finding.entry.number,
            finding.entry.text,
            "corrected" if corrected else "unresolved",
            verdict,
            t("Is that the right medicine?") if corrected else t(finding.question),
            tuple(self.option(finding, choice) for choice in finding.choices),
            t("Yes, that is right") if corrected else t("I do not know yet"),
        )

    def option(self, finding: Finding, choice: Choice) -> Option:
        """One of the things that an entry may be, what it is for, and what it would mean."""
        candidate, t = choice.candidate, self.t
        among = tuple(each.candidate for each in finding.choices)
        label = phrases.named(t(candidate.name), candidate.substances)
        if candidate.market:
            label += f" ({', '.join(name for _, name in countries(t.language, tuple(candidate.market.split())))})"
        # the note tells packs of one name and country apart; elsewhere it only distracts
        twins = [other for other in among if (other.name, other.market) == (candidate.name, candidate.market)]
        rated = [row for row in choice.substances if row.effect] or list(choice.substances)
        used = next(filter(None, map(self.used_for, rated)), "")
        meaning = phrases.effect(choice.effect, choice.risk, t, professional=self.professional)
        if choice.basis:
            meaning += f" ({'; '.join(t(each) for each in choice.basis.split('; '))})"
        return Option(
            answers.replaced(finding, answers.written(candidate, among)),
            label,
            f"{used}; {meaning}" if used else meaning,
            self.say(candidate.note if len(twins) > 1 else ""),
            self.cite(choice.sources if choice.effect else ()),
        )

    def line(self, finding: Finding) -> Line:
        """An entry in the table of all lines."""
        return Line(
            finding.entry.number,
            finding.entry.text,
            phrases.read_as(finding, self.t),
            phrases.verdict(finding, self.t, professional=self.professional),
            _kinds(finding),
            answers.fields(finding),
        )

    # -- clashes -------------------------------------------------------------------------------------

    def clashes(self, report: Report, severity: str) -> tuple[Clash, ...]:
        """The clashes of one severity."""
        return tuple(self.clash(each, report) for each in report.interactions if each.severity == severity)

    def clash(self, found: Interaction, report: Report) -> Clash:
        """A clash in words."""
        t = self.t
        return Clash(
            sides(found, report),
            found.severity,
            phrases.severity(found.severity, t, professional=self.professional),
            self.say(found.effect),
            self.say(found.advice),
            self.say(found.mechanism),
            self.say(found.remark),
            self.say(found.note),
            t(found.basis),
            self.cite(found.sources),
        )

    # -- texts and sources ---------------------------------------------------------------------------

    def used_for(self, substance: Substance) -> Text:
        """What a substance is for: in its own words, else, where those are English only, in those of its class."""
        texts = [substance.used_for]
        if self.database is not None:
            rows = map(self.database.drug_class, substance.classes)
            texts += [row.used_for for row in rows if row is not None]
        told = list(filter(None, texts))
        return self.say(next((text for text in told if self.t.known(text)), told[0] if told else ""))

    def say(self, text: str) -> Text:
        """A text of the database, with whether it is English only."""
        said = self.t.clinical(text)
        self.english = self.english or said.english
        return said

    def cite(self, sources: Iterable[Source]) -> Cites:
        """Number sources in the order in which they are first cited; the study itself stands first.

        Patients get the best few; professionals all of them.
        """
        ranked = sorted(sources, key=lambda source: source.reliability != "primary")
        shown = ranked if self.professional else ranked[:_FEW]
        for source in shown:
            if source.id not in self.references:
                self.references[source.id] = Reference(len(self.references) + 1, source, short(source))
        return Cites(tuple(self.references[source.id] for source in shown), len(ranked) - len(shown))


def _same(finding: Finding) -> object:
    """Return what findings have in common that share a card."""
    if finding.entry.current and finding.match.substances:
        return finding.concern, finding.risk, frozenset(finding.match.substances)
    return finding.entry.number


def _kinds(finding: Finding) -> str:
    concern = UNRESOLVED if finding.concern == NOT_RECOGNISED else finding.concern
    return f"{concern} {finding.risk}".strip() if concern in FLAGGED else concern


def _rated(finding: Finding) -> tuple[Substance, ...] | tuple[DrugClass, ...]:
    if finding.substances:
        return tuple(row for row in finding.substances if row.effect)
    return tuple(row for row in finding.classes if row.effect)


def _own(finding: Finding) -> list[Source]:
    """Return the sources of the rating itself; those of its treatments stand with them."""
    ids = {each for row in _rated(finding) for each in row.sources}
    return [source for source in finding.sources if source.id in ids] or list(finding.sources)


def _why(finding: Finding, rated: Sequence[Substance | DrugClass]) -> str:
    """Return the reason in the words of the class, which are plainer than those of the substance."""
    if finding.effect not in FLAGGED or finding.concern == NOT_CURRENT:
        return ""
    by_class = (row.mechanism for row in finding.classes if row.mechanism and row.effect == finding.effect)
    return next(by_class, "") or next((row.mechanism for row in rated if row.mechanism), "")


def _links(finding: Finding, t: Translator) -> tuple[tuple[str, str], ...]:
    if finding.match.kind == "class":
        return tuple((t(row.plain_name or row.name), address("classes", row.id)) for row in finding.classes)
    return tuple((row.name, address("substances", row.name)) for row in finding.substances)
