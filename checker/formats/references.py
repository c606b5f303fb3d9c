"""Sources as numbers in square brackets, listed once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.report import SECOND_HAND
from drugdb.records import Source

_FEW = 3
_RANK = {"primary": 0, "secondary": 1, "tertiary": 2}


class References:
    """Numbers sources in the order in which they are first cited.

    Args:
        everything: cite every source of a statement, not only the best few.
    """

    def __init__(self, *, everything: bool = False) -> None:
        self._everything = everything
        self._numbers: dict[str, int] = {}
        self.sources: list[Source] = []

    def cite(self, sources: Iterable[Source], few: int = _FEW) -> str:
        """Return the numbers of a statement's sources, the best first, and how many more there are."""
        ranked = sorted(sources, key=lambda source: _RANK.get(source.reliability, 2))
        shown = ranked if self._everything else ranked[:few]
        text = " ".join(f"[{self._number(source)}]" for source in shown)
        return f"{text} and {len(ranked) - len(shown)} more" if len(ranked) > len(shown) else text

    def _number(self, source: Source) -> int:
        if source.id not in self._numbers:
            self.sources.append(source)
            self._numbers[source.id] = len(self.sources)
        return self._numbers[source.id]

    def __iter__(self) -> Iterator[tuple[int, Source]]:
        """Yield what was cited, with its number."""
        return iter(enumerate(self.sources, 1))


def citation(source: Source) -> str:
    """Return a source as a reference list has it, without its link."""
    authors = source.authors if source.authors.count(",") < _FEW else f"{source.authors.split(',')[0]}, et al"
    parts = (authors, source.title, source.journal, source.year)
    text = ". ".join(part.rstrip(".") for part in parts if part) + "."
    return text if source.reliability == "primary" else f"{text} ({SECOND_HAND})"
