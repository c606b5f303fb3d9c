"""How a name sounds, roughly: spellings that people confuse fall together.

The rules are those of hand-written medication lists in English with Latin and Greek word stems: ph/f,
th/t, c/k/s/z, x/ks/s, qu/kw, y/i, silent h, doubled letters, and the vowel before a final consonant that
languages write differently (-ine, -in, -ina). Compare Metaphone (Philips, 1990), which is for surnames
and drops every vowel; here vowels stay, because they tell many drug names apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

_PAIRS = (
    ("ph", "f"), ("th", "t"), ("rh", "r"), ("gh", "g"), ("kh", "k"), ("sch", "sk"), ("ch", "k"), ("ck", "k"),
    ("qu", "kw"), ("q", "k"), ("ks", "s"), ("x", "s"), ("sc", "s"), ("ce", "se"), ("ci", "si"), ("cy", "si"),
    ("c", "k"), ("z", "s"), ("y", "i"), ("ij", "i"), ("j", "i"), ("w", "v"), ("ou", "u"),
)  # fmt: skip


def sound(key: str) -> str:
    """Return the sound of a folded key; never empty for a key that has letters or digits."""
    text = key
    for old, new in _PAIRS:
        if old in text:
            text = text.replace(old, new)
    text = text[:1] + text[1:].replace("ae", "e").replace("oe", "e")
    out = [text[0]] if text else []
    for before, char in pairwise(text):
        if char != before:
            out.append(char)
    text = "".join(out)
    if len(text) > 5 and text[-1] in "ae":
        text = text[:-1]
    return text or key


# How many letters a misspelling may be longer or shorter than the name it stands for.
REACH = 3
SLIPS = 2  # edits of the sound that leave one of the three parts of a name whole
END = 3  # letters of the end by which a name is found whose beginning is spoilt
_PARTS = "<~>"


def _first(text: str) -> str:
    """The first letter, with k and s as one: a c before another vowel is heard as the other."""
    return "s" if text[:1] in ("k", "c") else text[:1]


def _parts(size: int) -> tuple[tuple[int, int], ...]:
    """Return where the three parts of a word begin and end, the longer ones last."""
    one, two = size // 3, size // 3 + (size + 1) // 3
    return (0, one), (one, two), (two, size)


def blocks_of(key: str, spoken: str) -> tuple[str, ...]:
    """Return the blocks that a name stands in.

    By each third of its sound with its length (``<``, ``~``, ``>``); by its first letter with its length
    (and the first letter written, where it differs); and by the end as it is written (``$``).
    """
    size = len(spoken)
    first, written = _first(spoken), _first(key)
    begun = (f"{first}{size}",) if written == first else (f"{first}{size}", f"{written}{size}")
    end = f"${key[-END:]}"
    if size <= SLIPS:
        return (*begun, end)
    (_, one), (_, two), _ = _parts(size)
    return (*begun, f"<{size}{spoken[:one]}", f"~{size}{spoken[one:two]}", f">{size}{spoken[two:]}", end)


def blocks_alike(spoken: str) -> tuple[str, ...]:
    """Return the blocks of the names that sound at most two edits away.

    Two edits leave one of the three parts of a name whole, and it stands in the misspelling at the same
    place or a few letters off (Pass-Join: Li, Deng, Wang and Feng, 2011, by multi-match-aware selection).
    """
    size = len(spoken)
    windows = _WINDOWS.get(size)
    if windows is None:
        windows = _WINDOWS[size] = tuple(_windows(size))
    begun = [f"{_first(spoken)}{length}" for length in range(max(size - SLIPS, 1), SLIPS + 1)]
    return tuple(dict.fromkeys([*begun, *[f"{block}{spoken[at:end]}" for block, at, end in windows]]))


_WINDOWS: dict[int, tuple[tuple[str, int, int], ...]] = {}  # by the length of a misspelling's sound


def _windows(length: int) -> Iterator[tuple[str, int, int]]:
    """Yield where in a sound of that length each third of a name may stand: the block's beginning, from, to."""
    for size in range(max(length - SLIPS, SLIPS + 1), length + SLIPS + 1):
        longer = length - size
        for place, (start, end) in enumerate(_parts(size)):
            left = SLIPS - place
            first = max(start - place, start + longer - left, 0)
            last = min(start + place, start + longer + left, length - (end - start))
            for at in range(first, last + 1):
                yield f"{_PARTS[place]}{size}", at, at + end - start


def blocks_begun(key: str, spoken: str) -> tuple[str, ...]:
    """Return the blocks of names with the same first letter and a similar length as a misspelling.

    Args:
        key: the folded misspelling.
        spoken: its sound.
    """
    size = len(spoken)
    firsts = dict.fromkeys((_first(spoken), _first(key)))
    return tuple(f"{first}{length}" for first in firsts for length in range(max(1, size - REACH), size + REACH + 1))


def block_ended(key: str) -> str:
    """Return the block of names that end as the misspelling does."""
    return f"${key[-END:]}"
