"""What the database says about the things on a list, and what those statements rest on."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import INFERRED, SECOND_HAND
from drugdb.records import DrugClass, Source, Substance, Treatment
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from drugdb.reader import Database

_MANY = 12  # entries from which on one reading of all sources is cheaper than one query each
_CLASS = "class"  # the grade of evidence that is only inferred


class Facts:
    """Rows of one database by name or id, for the length of one assessment.

    Args:
        database: an open database.
        entries: how many entries the list has.
    """

    def __init__(self, database: Database, entries: int = 1) -> None:
        self.database = database
        self._sources: dict[str, Source] = {}
        if entries >= _MANY:
            self._sources = {source.id: source for source in database.sources()}

    def substances(self, names: Iterable[str]) -> tuple[Substance, ...]:
        """Return the rows of substances and triggers; names that the database does not hold are left out."""
        found = (self.database.substance(name) for name in names)
        return tuple(row for row in found if row is not None)

    def classes(self, ids: Iterable[str]) -> tuple[DrugClass, ...]:
        """Return the rows of classes, each once."""
        found = (self.database.drug_class(each) for each in dict.fromkeys(ids))
        return tuple(row for row in found if row is not None)

    def treatments(self, substances: Iterable[Substance]) -> tuple[Treatment, ...]:
        """Return what is known of the substances as treatments of restless legs."""
        found = (self.database.treatment(row.name) for row in substances)
        return tuple(row for row in found if row is not None)

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the rows of sources, each once, in the order given."""
        found = []
        for each in dict.fromkeys(ids):
            row = self._sources.get(each) or self.database.source(each)
            if row is not None:
                self._sources[each] = row
                found.append(row)
        return tuple(found)


def second_hand(sources: Iterable[Source]) -> bool:
    """Return whether there are sources and none of them is the study, guideline or label itself."""
    kinds = {source.reliability for source in sources}
    return bool(kinds) and "primary" not in kinds


def basis(evidence: str, sources: Iterable[Source]) -> str:
    """Return what has to be said of a statement's ground: inferred, second-hand, both or nothing.

    A statement without any source can only be an inference, and says so.
    """
    sources = tuple(sources)
    said = []
    if evidence == _CLASS or not sources:
        said.append(INFERRED)
    if second_hand(sources):
        said.append(SECOND_HAND)
    return "; ".join(said)
