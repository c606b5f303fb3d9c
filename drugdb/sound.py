"""How a name sounds, roughly: spellings that people confuse fall together.

The rules are those of hand-written medication lists in English with Latin and Greek word stems: ph/f,
th/t, c/k/s/z, x/ks/s, qu/kw, y/i, silent h, doubled letters, and the vowel before a final consonant that
languages write differently (-ine, -in, -ina). Compare Metaphone (Philips, 1990), which is for surnames
and drops every vowel; here vowels stay, because they tell many drug names apart.
"""

from __future__ import annotations

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


def _first(text: str) -> str:
    """The first letter, with k and s as one: a c before another vowel is heard as the other."""
    return "s" if text[:1] in ("k", "c") else text[:1]


def blocks_of(key: str, spoken: str) -> tuple[str, ...]:
    """Return the blocks that a name stands in, by its sound and, where it differs, its first letter."""
    size = len(spoken)
    firsts = dict.fromkeys((_first(spoken), _first(key)))
    return (*(f"{first}{size}" for first in firsts), f"~{spoken[1:3]}", f"<{spoken[:2]}")


def blocks_for(key: str, spoken: str, most: int) -> tuple[str, ...]:
    """Return the blocks in which to look for the names that this misspelling may stand for.

    The same first letter at a similar length; and for a wrong, missing, added or swapped first letter
    the blocks by the letters that follow.

    Args:
        key: the folded misspelling.
        spoken: its sound.
        most: plain edits of the sound that are looked at; no name is more letters longer or shorter.
    """
    size, reach = len(spoken), min(most, REACH)
    firsts = dict.fromkeys((_first(spoken), _first(key)))
    lengths = range(max(1, size - reach), size + reach + 1)
    near = [f"{first}{length}" for first in firsts for length in lengths]
    wrong = f"~{spoken[1:3]}"
    missing = f"~{spoken[:2]}"
    added = f"<{spoken[1:3]}"
    swapped = f"<{spoken[1:2]}{spoken[:1]}"
    return (*near, wrong, missing, added, swapped)
