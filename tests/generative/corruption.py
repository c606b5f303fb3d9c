"""Twenty ways in which a name goes wrong on a medication list, each a pure function.

Each takes the name and a random generator and returns the spoilt name, or the name itself where the
slip cannot happen (no "ph" to write as "f").
"""

from __future__ import annotations

import random
from collections.abc import Callable

_BESIDE = {
    left: right
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for left, right in zip(row, row[1:] + row[-2], strict=True)
}
_TWINS = str.maketrans("aeopcxy", "аеорсху")
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _place(name: str, rng: random.Random, first: int = 1) -> int:
    """A place among the letters of the name, not the first unless asked."""
    places = [at for at, char in enumerate(name) if at >= first and char.isalpha()]
    return rng.choice(places) if places else 0


def _once(old: str, new: str) -> Callable[[str, random.Random], str]:
    def spoil(name: str, rng: random.Random) -> str:
        starts = [at for at in range(len(name)) if name.startswith(old, at)]
        if not starts:
            return name
        at = rng.choice(starts)
        return name[:at] + new + name[at + len(old) :]

    return spoil


def drop_letter(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + name[at + 1 :]


def double_letter(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + name[at] + name[at:]


def swap_neighbours(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


def wrong_vowel(name: str, rng: random.Random) -> str:
    vowels = "аеиоу" if any("а" <= char <= "я" for char in name) else "aeiou"
    places = [at for at, char in enumerate(name) if char in vowels]
    if not places:
        return name
    at = rng.choice(places)
    return name[:at] + rng.choice([v for v in vowels if v != name[at]]) + name[at + 1 :]


def keyboard_neighbour(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    return name[:at] + _BESIDE.get(name[at], name[at]) + name[at + 1 :]


def extra_letter(name: str, rng: random.Random) -> str:
    at = _place(name, rng)
    letters = "аеинрст" if "а" <= name[at : at + 1] <= "я" else "aeinrst"
    return name[:at] + rng.choice(letters) + name[at:]


def single_double(name: str, rng: random.Random) -> str:
    doubled = [at for at in range(1, len(name)) if name[at] == name[at - 1]]
    if not doubled:
        return name
    at = rng.choice(doubled)
    return name[:at] + name[at + 1 :]


def other_ending(name: str, rng: random.Random) -> str:
    for ending, others in (
        ("ine", ("in", "ina")),
        ("in", ("ine",)),
        ("one", ("on",)),
        ("ole", ("ol",)),
        ("ide", ("id",)),
    ):
        if name.endswith(ending):
            return name.removesuffix(ending) + rng.choice(others)
    return name


def twin_letters(name: str, rng: random.Random) -> str:
    return name.translate(_TWINS)


def full_width(name: str, rng: random.Random) -> str:
    return name.translate(_WIDE)


def split_word(name: str, rng: random.Random) -> str:
    if " " in name or len(name) < 6 or not name.isalpha():
        return name
    at = rng.randrange(2, len(name) - 2)
    return f"{name[:at]} {name[at:]}"


def glued_strength(name: str, rng: random.Random) -> str:
    return f"{name}{rng.choice((5, 10, 20, 25, 50))}mg"


def shouted(name: str, rng: random.Random) -> str:
    return name.upper()


WAYS: dict[str, Callable[[str, random.Random], str]] = {
    "drop a letter": drop_letter,
    "double a letter": double_letter,
    "swap neighbours": swap_neighbours,
    "wrong vowel": wrong_vowel,
    "keyboard neighbour": keyboard_neighbour,
    "extra letter": extra_letter,
    "single a double": single_double,
    "other ending": other_ending,
    "ph as f": _once("ph", "f"),
    "c as k": _once("c", "k"),
    "z as s": _once("z", "s"),
    "y as i": _once("y", "i"),
    "x as ks": _once("x", "ks"),
    "th as t": _once("th", "t"),
    "qu as kw": _once("qu", "kw"),
    "m as rn (scan)": _once("m", "rn"),
    "l as 1 (scan)": _once("l", "1"),
    "o as 0 (scan)": _once("o", "0"),
    "Cyrillic twins": twin_letters,
    "full width": full_width,
    "split in two": split_word,
    "strength glued on": glued_strength,
    "shouted": shouted,
}
