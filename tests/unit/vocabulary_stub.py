"""A small vocabulary in memory that answers like drugdb.reader.Database, for tests of the matcher alone."""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace

from drugdb.folding import fold
from drugdb.records import Name
from drugdb.vocabulary import fuzzy_blocks, pack, spellings


def substance(text: str, *synonyms: str, weight: int = 2) -> list[Name]:
    return [
        Name(text, "substance", (), (text,), (), "", weight),
        *(Name(other, "synonym", (), (text,), (), "", weight) for other in synonyms),
    ]


def product(text: str, *substances: str, markets: str = "US", note: str = "", weight: int = 2) -> Name:
    return Name(text, "product", tuple(markets.split()), substances, (), note, weight)


def guard(text: str, *substances: str) -> Name:
    return Name(text, "guard", (), substances, (), "", 0)


class StubDatabase:
    """Names, effects, ordinary words and look-alike pairs, given directly."""

    def __init__(
        self,
        names: list[Name],
        effects: dict[str, str],
        ordinary: set[str] = frozenset(),
        lookalikes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self._spellings = spellings(names)
        self._blocks = fuzzy_blocks(self._spellings)
        self._effects = effects
        self._ordinary = ordinary
        self._lookalikes = lookalikes

    def spelling(self, key: str) -> tuple[Name, ...]:
        return self._spellings.get(key, ())

    def spellings(self, keys: Iterable[str]) -> dict[str, tuple[Name, ...]]:
        return {key: self._spellings[key] for key in keys if key in self._spellings}

    def payloads(self) -> dict[str, str]:
        return {key: pack(group) for key, group in self._spellings.items()}

    def fuzzy_block(self, block: str) -> str | None:
        return self._blocks.get(block)

    def substance(self, name: str) -> SimpleNamespace | None:
        return SimpleNamespace(effect=self._effects[name]) if name in self._effects else None

    def drug_class(self, class_id: str) -> None:
        return None

    def ordinary(self, key: str) -> bool:
        return key in self._ordinary

    def lookalikes(self) -> list[tuple[str, str, str]]:
        return [(fold(left), fold(right), "some_tallman") for left, right in self._lookalikes]

    def keys_starting(self, stem: str, most: int) -> list[str]:
        return sorted(key for key in self._spellings if key.startswith(stem) and key != stem)[:most]
