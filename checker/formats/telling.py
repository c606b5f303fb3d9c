"""What a report and a monograph tell in the same words: evidence, guidelines, alternatives, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.assessment import wording
from checker.assessment.facts import basis, second_hand
from checker.assessment.treatments import guidelines_differ, positions
from checker.formats import Options
from checker.formats.layout import paint, printable, wrap
from checker.formats.references import References, citation
from checker.report import SECOND_HAND, Alternative, Explanation, Finding
from drugdb.records import DrugClass, Substance, Treatment

LABEL = 12  # columns for the word that says what a line is about
INDENT = 5  # columns for an entry's number


class Telling:
    """Puts facts into labelled lines, and numbers the sources that they cite.

    Args:
        options: width, colour, and whether everything is to be told.
        glossary: words that need an explanation; each is explained once.
    """

    def __init__(self, options: Options, glossary: Iterable[Explanation] = ()) -> None:
        self.options = options
        self.glossary = tuple(glossary)
        self.references = References(everything=options.professional)
        self.caveats: set[str] = set()  # told once
        self.terms: set[str] = set()

    @staticmethod
    def rated(finding: Finding) -> tuple[Substance, ...] | tuple[DrugClass, ...]:
        """The rated ingredients, or the classes that were written."""
        if finding.substances:
            return tuple(row for row in finding.substances if row.effect)
        return tuple(row for row in finding.classes if row.effect)

    def rating(self, row: Substance | DrugClass, finding: Finding) -> Iterator[str]:
        """Evidence, figure and reason for one ingredient or class."""
        several = len(self.rated(finding)) > 1
        own = [source for source in finding.sources if source.id in row.sources]
        words = wording.EVIDENCE.get(row.evidence, row.evidence)
        ground = basis(row.evidence, own)
        extra = SECOND_HAND if SECOND_HAND in ground else ""
        text = f"{words} ({extra})" if extra else words
        if several:
            text = f"{row.name} {wording.effect_and_risk(row.effect, row.risk)}; {text}"
        yield from self.labelled("Evidence", text, self.references.cite(own))
        yield from self.labelled("Figure", row.figure)
        yield from self.labelled("Why", row.mechanism)
        if isinstance(row, Substance):
            yield from self.labelled("Route", row.route_note)
        if self.options.professional:
            yield from self.labelled("Remark", row.remark)

    def treatment(self, row: Treatment, finding: Finding) -> Iterator[str]:
        """What guidelines say, and what to watch for."""
        own = [source for source in finding.sources if source.id in row.sources]
        cited = self.references.cite(own)
        if second_hand(own):
            cited = f"({SECOND_HAND}) {cited}"
        told = positions(row)
        name = f"{row.substance}: " if len(finding.treatments) > 1 else ""
        for place, text in enumerate(told):
            label = "Guidelines" if place == 0 else ""
            yield from self.labelled(label, f"{name}{text}.", cited if place == len(told) - 1 else "", empty=True)
            name = ""
        if guidelines_differ(row):
            yield from self.labelled("", "The guidelines differ.", empty=True)
        if row.augmentation_risk not in ("", "none"):
            yield from self.labelled("Augmenting", f"{row.augmentation_risk} risk of augmentation")
            yield from self.explained()
        yield from self.labelled("Watch for", wording.sentence(row.warnings))
        if self.options.professional:
            yield from self.labelled("Remark", row.remark)

    def explained(self) -> Iterator[str]:
        """Words that need an explanation, once in a report."""
        for term in self.glossary:
            if term.name not in self.terms:
                self.terms.add(term.name)
                text = f"{term.name.capitalize()}: {term.meaning[0].lower()}{term.meaning[1:]}"
                yield from self.labelled("", text, self.references.cite(term.sources), empty=True)

    def alternatives(self, found: Iterable[Alternative]) -> Iterator[str]:
        """What to ask about instead, by purpose; each caveat once in a report."""
        by_purpose: dict[str, list[Alternative]] = {}
        for each in found:
            by_purpose.setdefault(each.purpose, []).append(each)
        label = "Ask about"
        for purpose, group in by_purpose.items():
            names = ", ".join(self.alternative(each) for each in group)
            text = f"{names}, for {purpose}" if purpose else names
            cited = self.references.cite(group[0].sources)
            if second_hand(group[0].sources):
                cited = f"({SECOND_HAND}) {cited}"
            yield from self.labelled(label, text, cited, empty=True)
            if group[0].caveat and purpose not in self.caveats:
                self.caveats.add(purpose)
                yield from self.labelled("", f"({group[0].caveat})", empty=True)
            label = ""

    @staticmethod
    def alternative(row: Alternative) -> str:
        """An alternative, with what it would clash with."""
        if not row.clashes:
            return row.name
        return f"{row.name} (clashes with {wording.names(tuple(map(printable, row.clashes)), 'and')})"

    def sources(self) -> Iterator[str]:
        """The reference list."""
        if not self.references.sources:
            return
        yield ""
        yield self.paint("SOURCES", "bold")
        for number, source in self.references:
            text = f"{citation(source)} {source.link}".strip()
            yield from wrap(printable(text), self.options.width, f"[{number}] ".rjust(INDENT), " " * INDENT)

    # -- lines ---------------------------------------------------------------------------------------

    def labelled(self, label: str, text: str, cited: str = "", *, empty: bool = False) -> Iterator[str]:
        """A line with a word in front that says what it is about; nothing where there is no text."""
        if not text:
            return
        if not label and not empty:
            return
        head = " " * INDENT + self.pad(label)
        yield from wrap(printable(f"{text} {cited}".strip()), self.options.width, head)

    @staticmethod
    def pad(label: str) -> str:
        """A label with the spaces behind it."""
        return label.ljust(LABEL) if len(label) < LABEL else f"{label} "

    def body(self, text: str) -> Iterator[str]:
        """Text below an entry's number."""
        yield from wrap(printable(text), self.options.width, " " * INDENT)

    def wrapped(self, text: str) -> Iterator[str]:
        """Text over the whole width."""
        yield from wrap(text, self.options.width)

    def paint(self, text: str, colour: str) -> str:
        """A text in a colour where colours are wanted."""
        return paint(text, colour, on=self.options.colour)
