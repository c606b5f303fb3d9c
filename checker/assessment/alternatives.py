"""What to ask about instead of a flagged entry, by purpose: nothing that is flagged itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checker.assessment.facts import Facts
from checker.assessment.holders import Held
from checker.assessment.rating import flagged
from checker.report import Alternative, Finding
from drugdb.records import Purpose, PurposeUse, Substance
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.assessment.rulebook import Rulebook

_NAMED = 20  # clashes of an alternative that are named
_MORE = "more"
_LONGEST = 3  # words in a substance's name that is looked for in a measure ("treat iron first")


class Alternatives:
    """What may be asked about instead, for the entries of one list.

    Args:
        facts: the database's rows.
        book: the rules, to name what an alternative would clash with; None for a list of one entry.
        held: what the current entries hold.
        texts: the words of the entries, by number.
    """

    def __init__(self, facts: Facts, book: Rulebook | None, held: Sequence[Held], texts: Mapping[int, str]) -> None:
        self._facts = facts
        self._book = book
        self._texts = texts
        self._index = book.index(held) if book else {}
        self._entries = {each.name: each.entries for each in held if not each.is_class}
        self._purposes = {purpose.name: purpose for purpose in facts.database.purposes()}
        self._uses = facts.database.purpose_uses()
        self._named: dict[str, tuple[Substance, ...]] = {}
        self._clashes: dict[str, tuple[int, ...]] = {}

    def of(self, finding: Finding) -> tuple[Alternative, ...]:
        """Return the alternatives to a flagged entry, by purpose; those that a substance names itself last."""
        found: dict[tuple[str, str], Alternative] = {}
        offered: set[str] = set()
        for purpose in self._purposes_of(finding):
            sources = self._facts.sources(purpose.sources)
            for text in purpose.consider:
                if self._fits(text, finding):
                    offered.add(text)
                    clashes = self._clashes_with(text, finding.entry.number)
                    found[purpose.name, text] = Alternative(purpose.name, text, purpose.caveat, clashes, sources)
        for row in finding.substances:
            if not flagged(row):
                continue
            for name in row.alternatives:
                if name not in offered and self._fits(name, finding):
                    clashes = self._clashes_with(name, finding.entry.number)
                    found["", name] = Alternative("", name, "", clashes, self._facts.sources(row.sources))
        return tuple(found.values())

    def _purposes_of(self, finding: Finding) -> Iterator[Purpose]:
        """The purposes that a flagged part of the entry serves, those that fit its other parts first."""
        inside = {row.name for row in finding.substances} | {each for row in finding.substances for each in row.classes}
        parts = {row.name for row in finding.substances if flagged(row)}
        parts |= {each for row in finding.substances if flagged(row) for each in row.classes}
        if not finding.substances:  # a class was written
            parts = {row.id for row in finding.classes}
        uses = [use for use in self._uses if parts.intersection(use.applies_to) and self._allowed(use, inside)]
        for use in sorted(uses, key=lambda each: not each.beside):
            yield self._purposes[use.purpose]

    def _allowed(self, use: PurposeUse, inside: set[str]) -> bool:
        if use.beside and not inside.intersection(use.beside):
            return False
        return not use.with_group or use.with_group in self._index

    def _fits(self, text: str, finding: Finding) -> bool:
        """Whether it is neither flagged itself nor already on the list; the entry itself would be replaced."""
        named = self._substances_in(text)
        if any(flagged(row) for row in named):
            return False
        itself = (finding.entry.number,)
        own = {row.name for row in finding.substances if flagged(row)}
        return not any(self._entries.get(row.name, itself) != itself or row.name in own for row in named)

    def _clashes_with(self, text: str, number: int) -> tuple[str, ...]:
        """What it would clash with, but for the entry that it would replace; a long list names the first few."""
        if self._book is None:
            return ()
        from checker.assessment.interactions import would_clash

        clashes: set[int] = set()
        for row in self._substances_in(text):
            if row.name not in self._clashes:
                self._clashes[row.name] = would_clash(row.name, self._index, self._book)
            clashes.update(self._clashes[row.name][: _NAMED + 2])
        clashes.discard(number)
        named = tuple(self._texts[each] for each in sorted(clashes)[:_NAMED])
        return named if len(clashes) <= _NAMED else (*named, _MORE)

    def _substances_in(self, text: str) -> tuple[Substance, ...]:
        """The substances that an alternative names: itself, or words of the measure."""
        if text not in self._named:
            self._named[text] = tuple(self._facts.substances(_spans(text)))
        return self._named[text]


def _spans(text: str) -> tuple[str, ...]:
    words = [word.strip(".,;:()") for word in text.lower().split()]
    spans = (
        " ".join(words[start : start + length])
        for length in range(_LONGEST, 0, -1)
        for start in range(len(words) - length + 1)
    )
    return tuple(dict.fromkeys(filter(None, (text, *spans))))
