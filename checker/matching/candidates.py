"""Find the names that a misspelling may stand for, without looking at the whole vocabulary."""

from __future__ import annotations

from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from checker.matching.likeness import distance
from drugdb.sound import blocks_for, sound
from drugdb.values import NamedTuple
from drugdb.vocabulary import ALL

MOST = 12  # names returned
FAR = 1.5  # edits beyond which the nearest name is not taken to be all there is
WITHIN = 1  # plain edits of the sound more than the nearest's within which a name is weighed
SCAN_FEE = 0.3  # edits, for reading a word as a scanner's error


class Near(NamedTuple):
    """A key of the vocabulary near a misspelling."""

    key: str
    distance: float  # in edits, weighted (checker.matching.likeness)


class Block(NamedTuple):
    """Keys of a block and their sounds, side by side."""

    keys: list[str]
    sounds: list[str]


def parse_block(payload: str) -> Block:
    """Read a block as ``drugdb.vocabulary.pack_block`` wrote it."""
    both = payload.split()
    return Block(both[::2], both[1::2])


def reach(size: int) -> int:
    """Return how many plain edits of the sound are looked at for a query of ``size`` letters."""
    return 1 if size < 4 else 2 if size < 7 else 3 if size < 10 else 4


def limit(size: int) -> float:
    """Return the weighted distance beyond which a name is no candidate, by the length of the query."""
    return 0.27 * size + 0.45


def near(query: str, block: Callable[[str], Block | None]) -> list[Near]:
    """Return the names near ``query``, nearest first, at most 12.

    Args:
        query: a folded key that the vocabulary does not hold.
        block: returns a block by its id, or None when there is none.
    """
    furthest = limit(len(query))
    found: dict[str, float] = {}
    _search(query, block, found, 0.0)
    scanned = _unscan(query)
    if scanned != query:
        _search(scanned, block, found, SCAN_FEE)
    if min(found.values(), default=furthest) > FAR:
        _search_all(query, block, found)
    close = [Near(key, cost) for key, cost in found.items() if cost <= furthest]
    close.sort(key=lambda item: (item.distance, item.key))
    return close[:MOST]


def _unscan(query: str) -> str:
    """Undo what scanners do: rn for m, digits for letters, in a word that has letters too."""
    text = query.replace("rn", "m").replace("vv", "w")
    if text.isdigit():
        return text
    return text.replace("0", "o").replace("1", "l").replace("5", "s")


def _search_all(query: str, block: Callable[[str], Block | None], found: dict[str, float]) -> None:
    """Compare with every name, as written: the last resort, when no block holds anything really near."""
    names = block(ALL)
    if names is not None:
        cutoff = 1 if len(query) < 7 else 2
        for key, _, place in process.extract(
            query, names.keys, scorer=OSA.distance, processor=None, score_cutoff=cutoff, limit=None
        ):
            found[key] = distance(query, key, sound(query), names.sounds[place])


def _search(query: str, block: Callable[[str], Block | None], found: dict[str, float], fee: float) -> None:
    """Put every name near the query into ``found`` with its distance, the smaller where it is there."""
    spoken = sound(query)
    cutoff = reach(len(query))
    slips: dict[str, tuple[int, str]] = {}
    for block_id in blocks_for(query, spoken, cutoff):
        names = block(block_id)
        if names is not None:
            keys, sounds = names
            for heard, slip, place in process.extract(
                spoken, sounds, scorer=OSA.distance, processor=None, score_cutoff=cutoff, limit=None
            ):
                slips[keys[place]] = (int(slip), heard)
            if block_id[0] in "~<":
                continue
            # one slip of the pen may change the sound more than that
            for key, slip, place in process.extract(
                query, keys, scorer=OSA.distance, processor=None, score_cutoff=1, limit=None
            ):
                if key not in slips or slips[key][0] > slip:
                    slips[key] = (int(slip), sounds[place])
    if not slips:
        return
    # the weighted distance is dear: it is asked only for names that come about as near as the nearest
    enough = max(min(slip for slip, _ in slips.values()), 1) + WITHIN
    for key, (slip, heard) in slips.items():
        if slip <= enough:
            cost = fee + distance(query, key, spoken, heard)
            found[key] = min(cost, found.get(key, cost))
