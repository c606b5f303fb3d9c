"""How far a misspelling is from a name: an edit distance that knows how drug names go wrong.

The edits come from rapidfuzz (Levenshtein, 1965, by its edit operations); what each costs is ours. A
whole edit costs 1; a slip that people often make costs less, one that hardly happens more. The figures
are set by hand from the kinds of error in medication lists and checked by ``scripts/benchmark``; see
docs/matching.md.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from drugdb.sound import sound

_VOWELS = frozenset("aeiouy")
_LIKE = (
    "ck ks cs sz cz dt bp mn gj gk iy fv vw uv uw qk xs xz td lr nr 0o 1l 1i li ij s5 b8 z2 nm hn hb rn ec "
    "gq pq bd"
).split()
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _cheap_pairs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for row in _KEYBOARD:
        for left, right in zip(row, row[1:], strict=False):
            costs[left, right] = costs[right, left] = 0.8
    for upper, lower in zip(_KEYBOARD, _KEYBOARD[1:], strict=False):
        for place, char in enumerate(lower):
            for other in upper[place : place + 2]:
                costs[char, other] = costs[other, char] = 0.85
    for left, right in _LIKE:
        costs[left, right] = costs[right, left] = 0.65
    for left in _VOWELS:
        for right in _VOWELS:
            costs[left, right] = 0.55
    return costs


_SWAPS = _cheap_pairs()
_SOUND_FEE = 0.3  # same sound, other letters: near, but not the same spelling
_SWAPPED = 0.6  # two neighbours the wrong way round


def _edits(query: str, name: str) -> float:
    cost = 0.0
    ops = Levenshtein.editops(query, name).as_list()
    last = len(name) - 1
    skip = -1
    for place, (tag, src, dest) in enumerate(ops):
        if place == skip:
            continue
        if tag == "replace":
            left, right = query[src], name[dest]
            if place + 1 < len(ops):
                following = ops[place + 1]
                if following == ("replace", src + 1, dest + 1) and query[src + 1] == right and name[dest + 1] == left:
                    cost += _SWAPPED * (1.4 if dest == 0 else 1.0)
                    skip = place + 1
                    continue
            step = _SWAPS.get((left, right), 1.0)
        else:
            if tag == "insert":
                char, text, at = name[dest], name, dest
            else:
                char, text, at = query[src], query, src
            if place + 1 < len(ops):
                other, src2, dest2 = ops[place + 1]
                if other != tag and other != "replace":
                    char2 = name[dest2] if other == "insert" else query[src2]
                    if char2 == char and abs(dest2 - dest) <= 2:
                        cost += _SWAPPED * (1.4 if dest == 0 else 1.0) * (1.0 if abs(dest2 - dest) <= 1 else 1.3)
                        skip = place + 1
                        continue
            if (at and text[at - 1] == char) or (at + 1 < len(text) and text[at + 1] == char):
                step = 0.4
            elif char in _VOWELS:
                step = 0.75
            elif char == "h":
                step = 0.5
            else:
                step = 0.9
        if dest == 0:
            step *= 1.5
        elif dest == 1:
            step *= 1.15
        elif dest >= last:
            step *= 0.85
        cost += step
    return cost


def distance(query: str, name: str, query_sound: str, name_sound: str) -> float:
    """Return how far ``query`` is from ``name``, in edits; 0 only for equal keys.

    Args:
        query, name: folded keys.
        query_sound, name_sound: their sounds (``drugdb.sound.sound``).
    """
    written = _edits(query, name)
    if query_sound == name_sound:
        return min(written, _SOUND_FEE)
    if written <= 0.9:
        return written
    return min(written, _SOUND_FEE + _edits(query_sound, name_sound))


__all__ = ["distance", "sound"]
