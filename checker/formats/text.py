"""A report for people, in plain text: what matters most first, nothing missing, 80 columns."""

from __future__ import annotations

from collections.abc import Iterator

from checker.assessment import wording
from checker.assessment.order import rank
from checker.formats import DEFAULTS, Options
from checker.formats.choosing import severe_enough
from checker.formats.layout import printable, wrap
from checker.formats.telling import INDENT, LABEL, Telling
from checker.report import (
    AMBIGUOUS,
    CORRECTED,
    FLAGGED,
    NOT_RECOGNISED,
    SEVERITIES,
    Choice,
    Finding,
    Interaction,
    Report,
)

# Sections by the rank of their findings: title, colour. The first four and the treatments are told in full.
_SECTIONS = {
    0: ("Worsens restless legs: high risk", "red"),
    1: ("Unclear, and could worsen restless legs: please find out", "yellow"),
    2: ("Worsens restless legs: moderate risk", "red"),
    3: ("Lower risk, reports both ways, or worse with long use", "yellow"),
    4: ("Unclear: please find out", "yellow"),
    5: ("Not recognised, so not checked", "yellow"),
    6: ("In use, or once tried, for restless legs", "green"),
    7: ("Called acceptable by a source", "green"),
    8: ("Not listed: no report on restless legs in this database, which does not mean safe", "bold"),
    9: ("Not current, so not flagged", "bold"),
    10: ("Headings and notes of the list", "bold"),
}
_BEFORE_CLASHES = 3
_SEVERITY_COLOURS = {"contraindicated": "red", "major": "red", "moderate": "yellow", "minor": "faint"}


def render(report: Report, options: Options = DEFAULTS) -> str:
    """Return a report as text with line ends."""
    return "\n".join((*_Page(report, options).lines(), ""))


class _Page(Telling):
    """One report on its way to lines."""

    def __init__(self, report: Report, options: Options) -> None:
        super().__init__(options, report.glossary)
        self.report = report

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        yield from self.head()
        by_number = {finding.entry.number: finding for finding in self.report.findings}
        sections: dict[int, list[Finding]] = {place: [] for place in _SECTIONS}
        for number in self.report.order:
            sections[rank(by_number[number])[0]].append(by_number[number])
        for place, findings in sections.items():
            if findings:
                yield from self.section(place, findings)
            if place == _BEFORE_CLASHES:
                yield from self.clashes()
                yield from self.doubled()
        yield from self.sources()
        yield ""
        yield from self.wrapped(self.report.limits)

    # -- the frame -----------------------------------------------------------------------------------

    def head(self) -> Iterator[str]:
        """The title, what was found, and which data it rests on."""
        data = self.report.data
        yield self.paint("Medication check for restless legs", "bold")
        yield from self.wrapped(summary(self.report))
        market = f"; names read as sold in {self.report.market}" if self.report.market else ""
        yield from self.wrapped(f"Data {data.version}, reviewed {data.reviewed}{market}.")

    def section(self, place: int, findings: list[Finding]) -> Iterator[str]:
        """A section with its findings."""
        title, colour = _SECTIONS[place]
        yield ""
        yield from (self.paint(line, colour) for line in wrap(title.upper(), self.options.width))
        for finding in findings:
            if place <= 6:
                yield ""
                yield from self.block(finding)
            else:
                yield from self.short(finding)

    # -- findings ------------------------------------------------------------------------------------

    def block(self, finding: Finding) -> Iterator[str]:
        """A finding in full."""
        entry = finding.entry
        head = f"{entry.number}. ".rjust(INDENT)
        for line in wrap(printable(entry.text), self.options.width, head, " " * INDENT):
            yield self.paint(line, "bold")
        if finding.match.status != AMBIGUOUS:
            yield from self.body(self.what(finding))
        for row in self.rated(finding):
            yield from self.rating(row, finding)
        for treatment in finding.treatments:
            yield from self.treatment(treatment, finding)
        if finding.question:
            yield from self.labelled("Question", finding.question)
        for choice in finding.choices:
            yield from self.choice(choice, finding)
        if finding.concern != NOT_RECOGNISED:
            yield from self.labelled("What to ask", finding.advice)
        yield from self.alternatives(finding.alternatives)
        yield from self.labelled("Careful", finding.caution)
        if self.options.professional:
            for row in finding.classes:
                yield from self.labelled("Pharmacist", row.pharmacist_note)

    def short(self, finding: Finding) -> Iterator[str]:
        """A finding in a line or two."""
        entry, match = finding.entry, finding.match
        text = printable(entry.text)
        told = []
        read = finding.summary.removeprefix("read as ")
        if match.status == CORRECTED or read.lower() != entry.text.lower():
            told.append(read)
        place = rank(finding)[0]
        if place == 7:
            told.append(" ".join(filter(None, (finding.basis, self.references.cite(finding.sources)))))
        if place == 8 and finding.advice and finding.advice != wording.NOT_ASSESSED:
            told.append(finding.advice)
        if place == 8 and finding.question:
            told.append(finding.question)
        if place == 9:
            told.append(finding.advice)
            if finding.effect in FLAGGED:
                told += [finding.basis, self.references.cite(finding.sources)]
            told += [f"{self.named(choice)}: {choice.meaning}" for choice in finding.choices]
        text = f"{text}: {' '.join(map(_ended, filter(None, told)))}" if any(told) else text
        yield from wrap(text, self.options.width, f"{entry.number}. ".rjust(INDENT), " " * INDENT)

    def what(self, finding: Finding) -> str:
        """What an entry was read as, and its effect."""
        if finding.concern == NOT_RECOGNISED:
            return finding.advice
        if not finding.effect:
            return finding.summary
        return f"{finding.summary}: {wording.effect_and_risk(finding.effect, finding.risk)}"

    def choice(self, choice: Choice, finding: Finding) -> Iterator[str]:
        """What it would mean if the entry were this."""
        name = self.named(choice)
        markets = set(choice.candidate.market.split())
        alike = [
            each for each in finding.choices if each is not choice and markets & set(each.candidate.market.split())
        ]
        if choice.candidate.note and alike:
            name = f"{name}, {choice.candidate.note}"
        text = f"{name}: {choice.meaning}"
        if choice.basis:
            text = f"{text}; {choice.basis}"
        colour = "red" if choice.effect in FLAGGED else ""
        for line in wrap(
            f"{printable(text)} {self.references.cite(choice.sources)}",
            self.options.width,
            " " * (INDENT + LABEL) + "- ",
        ):
            yield self.paint(line, colour) if colour else line

    @staticmethod
    def named(choice: Choice) -> str:
        """A candidate with what tells it apart."""
        return wording.candidate(choice.candidate)

    # -- clashes -------------------------------------------------------------------------------------

    def clashes(self) -> Iterator[str]:
        """Interactions, the gravest first; those below the chosen severity in short."""
        found = self.report.interactions
        if not found and not self.report.unchecked:
            return
        shown = severe_enough(found, self.options.min_severity or "moderate")
        yield ""
        yield self.paint("CLASHES ON THIS LIST", "bold")
        if not found:
            yield from self.wrapped("None is known among what could be checked.")
        if shown:
            yield from self.wrapped(wording.INTERACTION_CAUTION)
        for severity in SEVERITIES:
            for each in shown:
                if each.severity == severity:
                    yield ""
                    yield from self.clash(each)
        folded = [each for each in found if each not in shown]
        if folded:
            yield ""
            yield from self.wrapped(f"Below that, in short (--min-severity minor tells more): {len(folded)}")
            for each in folded:
                text = f"{self.sides(each)}: {each.effect} ({each.severity}; {each.mechanism})"
                yield from wrap(f"{text} {self.references.cite(each.sources)}", self.options.width, "   - ")
        if self.report.unchecked:
            by_number = {finding.entry.number: finding for finding in self.report.findings}
            names = [f"{number}. {by_number[number].entry.text}" for number in self.report.unchecked]
            yield ""
            yield from self.wrapped(printable(f"Not checked for clashes, or only in part: {'; '.join(names)}"))

    def clash(self, found: Interaction) -> Iterator[str]:
        """One interaction in full."""
        label = f"{found.severity}: ".upper()
        lines = wrap(f"{label}{self.sides(found)}", self.options.width, "  ", "     ")
        yield from (self.paint(line, _SEVERITY_COLOURS[found.severity]) for line in lines)
        ground = f"({found.basis}) " if found.basis else ""
        yield from self.labelled("May happen", found.effect, ground + self.references.cite(found.sources))
        yield from self.labelled("Why", found.mechanism)
        yield from self.labelled("What to do", found.advice)
        yield from self.labelled("Note", found.note)
        if self.options.professional:
            yield from self.labelled("Remark", found.remark)

    def sides(self, found: Interaction) -> str:
        """Who clashes with whom, in the person's own words."""
        texts = {number: printable(text) for number, text in zip(found.entries, found.texts, strict=True)}
        sides = [wording.names(tuple(texts[number] for number in side), "and") for side in found.sides]
        return " with ".join(sides)

    def doubled(self) -> Iterator[str]:
        """The same substance in several entries."""
        if not self.report.duplicates:
            return
        yield ""
        yield self.paint("TAKEN TWICE", "bold")
        for each in self.report.duplicates:
            names = wording.names(tuple(map(printable, each.texts)), "and")
            text = f"{each.substance} is in {names}. Ask whether both are meant."
            yield from wrap(text, self.options.width, "  ", "     ")


def summary(report: Report) -> str:
    """Return in one or two sentences what was found."""
    counts = report.counts
    if not counts["items"]:
        return "There is nothing to check: no entry of the list names a medicine."
    told = [
        _count(counts["worsens"], "worsens restless legs", "worsen restless legs"),
        _count(counts["augments"], "can worsen them with long use", "can worsen them with long use"),
        _count(counts["mixed"], "has reports both ways", "have reports both ways"),
        _count(counts["unresolved"], "is unclear", "are unclear"),
        _count(counts["unrecognised"], "was not recognised", "were not recognised"),
    ]
    told = [each for each in told if each]
    entries = _count(counts["items"], "entry", "entries")
    found = wording.names(told, "and") if told else "none is flagged"
    clashes = [each for each in report.interactions if each.severity != SEVERITIES[-1]]
    more = f" {_count(len(clashes), 'clash', 'clashes')} among them." if clashes else ""
    return f"{entries}: {found}.{more}"


def _ended(text: str) -> str:
    """A piece of a line with an end of its own, but for numbers of sources."""
    return text if text[-1] in ".!?]" or text.endswith(" more") else f"{text}."


def _count(number: int, one: str, many: str) -> str:
    return "" if not number else f"{number} {one if number == 1 else many}"
