"""Find the names near a misspelling without looking at the whole vocabulary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from sys import intern

from rapidfuzz import process
from rapidfuzz.distance import OSA

from checker.matching.likeness import distance, sound
from drugdb.sound import SLIPS, block_ended, blocks_alike, blocks_begun
from drugdb.values import NamedTuple

MOST = 12  # names returned
FAR = 1.5  # edits beyond which the nearest name is not taken to be all there is
WITHIN = 1  # plain edits of the sound more than the nearest's within which a name is weighed
SCAN_FEE = 0.3  # edits, for reading a word as a scanner's error


class Near(NamedTuple):
    """A key of the vocabulary near a misspelling."""

    key: str
    distance: float  # in edits, weighted (checker.matching.likeness)


class Block(NamedTuple):
    """Keys of a block and their sounds, side by side; in a block of ends the shortest keys first."""

    keys: list[str]
    sounds: list[str]


def parse_block(payload: str) -> Block:
    """Read a block as ``drugdb.vocabulary.fuzzy_blocks`` wrote it."""
    both = [intern(text) for text in payload.split()]  # a key stands in several blocks: once in memory
    return Block(both[::2], both[1::2])


def reach(size: int) -> int:
    """Return how many plain edits of the sound are looked at for a query of ``size`` letters."""
    return 1 if size < 4 else 2 if size < 7 else 3 if size < 10 else 4


def limit(size: int) -> float:
    """Return the weighted distance beyond which a name is no candidate, by the length of the query."""
    return 0.27 * size + 0.45


def near(query: str, block: Callable[[str], Block | None], swapped: Iterable[str] = ()) -> list[Near]:
    """Return the names near ``query``, nearest first, at most 12.

    Args:
        query: a folded key that the vocabulary does not hold.
        block: returns a block by its id, or None when there is none.
        swapped: known keys that ``query`` becomes by a swap of neighbours, whatever they sound like.
    """
    furthest = limit(len(query))
    found: dict[str, float] = {}
    _search(query, block, found, 0.0)
    scanned = _unscan(query)
    if scanned != query:
        _search(scanned, block, found, SCAN_FEE)
    if min(found.values(), default=furthest) > FAR:
        # the last resort, where the beginning is spoilt
        for key, heard in _same_end(query, block, 1 if len(query) < 7 else 2):
            found[key] = distance(query, key, sound(query), heard)
    for key in swapped:
        found[key] = min(distance(query, key, sound(query), sound(key)), found.get(key, furthest))
    close = [Near(key, cost) for key, cost in found.items() if cost <= furthest]
    close.sort(key=lambda item: (item.distance, item.key))
    return close[:MOST]


def _unscan(query: str) -> str:
    """Undo what scanners do: rn for m, digits for letters, in a word that has letters too."""
    text = query.replace("rn", "m").replace("vv", "w")
    if text.isdigit():
        return text
    return text.replace("0", "o").replace("1", "l").replace("5", "s")


def _search(query: str, block: Callable[[str], Block | None], found: dict[str, float], fee: float) -> None:
    """Put every name near the query into ``found`` with its distance, the smaller where it is there."""
    spoken = sound(query)
    furthest = reach(len(query))
    slips = _slips(query, spoken, block, blocks_alike(spoken), SLIPS)
    for key, heard in _same_end(query, block, 1):
        slips[key] = (1, heard)  # one slip of the pen may change the sound more than that
    nearest = min((slip for slip, _ in slips.values()), default=furthest)
    if nearest + WITHIN > SLIPS and furthest > SLIPS:
        slips |= _slips(query, spoken, block, blocks_begun(query, spoken), furthest)
        nearest = min((slip for slip, _ in slips.values()), default=furthest)
    # the weighted distance is dear: it is asked only for names that come about as near as the nearest
    enough = max(nearest, 1) + WITHIN
    for key, (slip, heard) in slips.items():
        if slip <= enough:
            cost = fee + distance(query, key, spoken, heard)
            found[key] = min(cost, found.get(key, cost))


def _slips(
    query: str, spoken: str, block: Callable[[str], Block | None], block_ids: Iterable[str], most: int
) -> dict[str, tuple[int, str]]:
    """Return the names in the blocks that sound at most ``most`` plain edits away: key -> edits, sound."""
    keys: list[str] = []
    sounds: list[str] = []
    for block_id in block_ids:
        names = block(block_id)
        if names is not None:
            keys += names.keys
            sounds += names.sounds
    slips: dict[str, tuple[int, str]] = {}
    for heard, edits, place in process.extract(
        spoken, sounds, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
    ):
        key = keys[place]
        one = edits > 1 and OSA.distance(query, key, score_cutoff=1) == 1
        slips[key] = (1 if one else int(edits), heard)
    return slips


def _same_end(query: str, block: Callable[[str], Block | None], most: int) -> list[tuple[str, str]]:
    """Return the names of the same last letters that are written at most ``most`` edits away, with their sounds."""
    names = block(block_ended(query))
    if names is None:
        return []
    start = bisect_left(names.keys, len(query) - most, key=len)
    end = bisect_right(names.keys, len(query) + most, key=len)
    found = process.extract(
        query, names.keys[start:end], scorer=OSA.distance, processor=None, score_cutoff=most, limit=None
    )
    return [(key, names.sounds[start + place]) for key, _, place in found]
