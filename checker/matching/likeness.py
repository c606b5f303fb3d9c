"""How far a misspelling is from a name: an edit distance that knows how drug names go wrong.

The edits come from rapidfuzz (Levenshtein, 1965, by its edit operations); what each costs is ours. A
whole edit costs about 1; a slip that people often make costs less, a wrong first letter more. The
figures are set by hand from the kinds of error in medication lists; see docs/matching.md.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from drugdb.sound import sound as _sound

sound = lru_cache(maxsize=4096)(_sound)  # the same few names are asked for again and again
_VOWELS = frozenset("aeiouy")
# Letters taken for one another by ear, by eye or by a scanner.
_LIKE = [
    *("ck", "ks", "cs", "sz", "cz", "xs", "xz", "qk", "gk", "gj", "dt", "td", "bp", "fv", "vw", "uv", "uw", "iy", "nm"),
    *("mn", "lr", "nr", "hn", "hb", "rn", "ec", "gq", "pq", "bd", "ij", "s5", "b8", "z2"),
]
_SAME_LOOK = ("li", "1l", "1i", "0o")  # capital I and small l are one stroke
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

VOWEL = 0.55  # one vowel for another
LOOK = 0.4  # one of a pair that looks the same, wherever it stands
LIKE = 0.65  # one of a confusable pair
BESIDE = 0.8  # its neighbour on the keyboard
ABOVE = 0.85  # the key above or below
OTHER = 1.0  # any other letter
SWAPPED = 0.6  # two neighbours the wrong way round
MOVED = 0.84  # a letter two or three places off
DOUBLED = 0.4  # a letter doubled or not
SILENT = 0.5  # an h more or less
VOWEL_MORE = 0.75  # a vowel more or less
LETTER_MORE = 0.9  # another letter more or less
FIRST = 1.5  # times, in the first place
SECOND = 1.15  # times, in the second place
LAST = 0.85  # times, in the last place
SPELLING = 0.2  # times, for what is written otherwise beyond one edit though it sounds the same
SOUND_FEE = 0.3  # the same sound in other letters: near, but not the same spelling


def _replacements() -> dict[str, float]:
    costs: dict[str, float] = {}

    def both(left: str, right: str, cost: float) -> None:
        costs[left + right] = costs[right + left] = cost

    for row in _KEYBOARD:
        for left, right in pairwise(row):
            both(left, right, BESIDE)
    for upper, lower in pairwise(_KEYBOARD):
        for place, char in enumerate(lower):
            for other in upper[place : place + 2]:
                both(char, other, ABOVE)
    for pair in _LIKE:
        both(pair[0], pair[1], LIKE)
    for pair in _SAME_LOOK:
        both(pair[0], pair[1], LOOK)
    for vowel in _VOWELS:
        for other in _VOWELS:
            both(vowel, other, VOWEL)
    return costs


_REPLACE = _replacements()


def _one_letter(char: str, text: str, at: int) -> float:
    """The cost of a letter too many or too few, where ``text`` has it at ``at``."""
    if text[at - 1 : at] == char or text[at + 1 : at + 2] == char:
        return DOUBLED
    if char in _VOWELS:
        return VOWEL_MORE
    return SILENT if char == "h" else LETTER_MORE


def edits(query: str, name: str) -> float:
    """Return the weighted edits that turn ``query`` into ``name``, along one shortest way."""
    ops: list[tuple[str, int, int]] = Levenshtein.editops(query, name).as_list()  # type: ignore[assignment]
    last = len(name) - 1
    cost = 0.0
    place = 0
    while place < len(ops):
        tag, src, dest = ops[place]
        if place + 1 < len(ops):
            step = _transposed(query, name, ops[place], ops[place + 1])
            if step:
                place += 2
                cost += step * FIRST if dest == 0 else step
                continue
        if tag == "replace":
            step = _REPLACE.get(query[src] + name[dest], OTHER)
            if step == LOOK:  # no less likely in the first place
                cost += step
                place += 1
                continue
        elif tag == "insert":
            step = _one_letter(name[dest], name, dest)
        else:
            step = _one_letter(query[src], query, src)
        if dest < 2:
            step *= SECOND if dest else FIRST
        elif dest >= last:
            step *= LAST
        cost += step
        place += 1
    return cost


def _transposed(query: str, name: str, one: tuple[str, int, int], two: tuple[str, int, int]) -> float:
    """The cost of two edits that together only move a letter; 0 when they do not."""
    tag, src, dest = one
    tag2, src2, dest2 = two
    if tag == tag2:
        if tag != "replace":
            return 0.0
        exchanged = query[src] == name[dest2] and query[src2] == name[dest] and src2 - src == dest2 - dest
        return (SWAPPED if src2 == src + 1 else MOVED) if exchanged and src2 - src <= 2 else 0.0
    if tag == "replace" or tag2 == "replace":
        return 0.0
    char = name[dest] if tag == "insert" else query[src]
    char2 = name[dest2] if tag2 == "insert" else query[src2]
    moved = abs(dest2 - dest)
    if char != char2 or moved > 3:
        return 0.0
    return SWAPPED if moved <= 1 else MOVED


def distance(query: str, name: str, query_sound: str, name_sound: str) -> float:
    """Return how far ``query`` is from ``name``, in edits; 0 only for equal keys.

    Args:
        query, name: folded keys.
        query_sound, name_sound: their sounds (``drugdb.sound.sound``).
    """
    written = edits(query, name)
    if written <= LETTER_MORE:
        return min(written, SOUND_FEE) if query_sound == name_sound else written
    heard = edits(query_sound, name_sound) if query_sound != name_sound else 0.0
    return min(written, SOUND_FEE + heard + SPELLING * max(0.0, written - heard - 1))


def far(query: str, name: str) -> float:
    """Return the distance of two keys whose sounds are not at hand."""
    return distance(query, name, sound(query), sound(name))
