"""The matcher's view of the vocabulary: look-ups by key, kept once made."""

from __future__ import annotations

from bisect import bisect_right

from checker.matching.reading import Reading, readings
from drugdb.records import Name
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.matching.candidates import Block
    from drugdb.reader import Database

GUARD = "guard"
KEPT = 20_000  # answers kept of each kind: lists repeat themselves, and a long one must not fill the memory
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BULK = 3000  # single look-ups after which reading the whole table at once is cheaper


class Lexicon:
    """Names by key, blocks of the index, word kinds and effects, read from the database on demand.

    A check of a few lines asks the database for single keys. A long input loads all keys at once,
    still packed, and unpacks what it meets.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._known: dict[str, tuple[Name, ...]] = {}
        self._readings: dict[tuple[str, str], tuple[Reading, ...]] = {}
        self._payloads: dict[str, str] | None = None
        self._in_order: list[str] = []
        self._single = 0
        self._blocks: dict[str, Block] = {}
        self._absent: set[str] = set()  # ids of blocks that there are none of
        self._effects: dict[str, str] = {}
        self._ordinary: dict[str, bool] = {}
        self._partners: dict[str, dict[str, bool]] | None = None

    def load(self) -> None:
        """Read all keys now, for bulk work."""
        self._payloads = self.database.payloads()

    def names(self, key: str) -> tuple[Name, ...]:
        """Return what a key stands for, owned names alone where there are any; empty when unknown."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[key] = self._look_up(key)
        return known

    def readings(self, key: str, market: str = "") -> tuple[Reading, ...]:
        """Return what a key may stand for in a market (``checker.matching.reading.readings``)."""
        known = self._readings.get((key, market))
        if known is None:
            if len(self._readings) >= KEPT:
                self._readings.clear()
            known = self._readings[key, market] = readings(self.names(key), market)
        return known

    def _look_up(self, key: str) -> tuple[Name, ...]:
        if self._payloads is None:
            self._single += 1
            if self._single < _BULK:
                return self.database.spelling(key)
            self.load()
        payload = (self._payloads or {}).get(key)
        if payload is None:
            return ()
        from drugdb.vocabulary import unpack

        return unpack(payload)

    def starting(self, stem: str, most: int) -> list[str]:
        """Return the keys that go on after ``stem``, at most ``most``, in alphabetical order."""
        if self._payloads is None:
            return self.database.keys_starting(stem, most)
        if not self._in_order:
            self._in_order = sorted(self._payloads)
        first = bisect_right(self._in_order, stem)
        return [key for key in self._in_order[first : first + most] if key.startswith(stem)]

    def swapped(self, key: str) -> list[str]:
        """Return our own keys that a key becomes when two neighbouring letters change places."""
        swaps = {key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1)}
        return sorted(known for known, group in self._among(swaps).items() if any(name.kind != GUARD for name in group))

    def guards_near(self, key: str) -> tuple[Name, ...]:
        """Return the names of the guard that are one slip away from a key that is not known."""
        found = self._among(_one_slip(key)).values()
        return tuple(sorted(name for group in found for name in group if name.kind == GUARD))

    def _among(self, keys: set[str]) -> dict[str, tuple[Name, ...]]:
        """Return those of many keys that are known, with their names."""
        if self._payloads is None:
            return self.database.spellings(keys)
        return {key: self.names(key) for key in keys if key in self._payloads}

    def block(self, block_id: str) -> Block | None:
        """Return a block of the index for misspellings, or None when there is none."""
        found = self._blocks.get(block_id)
        if found is None and block_id not in self._absent:
            payload = self.database.fuzzy_block(block_id)
            if payload is None:
                if len(self._absent) >= KEPT:
                    self._absent.clear()
                self._absent.add(block_id)
                return None
            from checker.matching.candidates import parse_block

            found = self._blocks[block_id] = parse_block(payload)
        return found

    def effect(self, substance: str) -> str:
        """Return the effect on RLS of a substance; empty when it is not assessed or not ours."""
        found = self._effects.get(substance)
        if found is None:
            row = self.database.substance(substance)
            found = self._effects[substance] = row.effect if row else ""
        return found

    def ordinary(self, key: str) -> bool:
        """Return whether a key is an ordinary word of English, which is asked about, never corrected."""
        found = self._ordinary.get(key)
        if found is None:
            if len(self._ordinary) >= KEPT:
                self._ordinary.clear()
            found = self._ordinary[key] = self.database.ordinary(key)
        return found

    def partners(self, key: str) -> dict[str, bool]:
        """Return the keys that published lists of confused names pair with a key.

        The value is True where the pair is written with tall-man letters to keep it apart.
        """
        if self._partners is None:
            self._partners = {}
            for left, right, source in self.database.lookalikes():
                tall_man = source.endswith("tallman")
                for one, other in ((left, right), (right, left)):
                    known = self._partners.setdefault(one, {})
                    known[other] = known.get(other, False) or tall_man
        return self._partners.get(key, {})


def _one_slip(key: str) -> set[str]:
    """Return every word that is a letter more, less or other, or a swap of two, away (Norvig, 2007)."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS),
        *(left + letter + right for left, right in cuts for letter in _LETTERS),
    }
