"""Kinds that depend on the neighbours: numbers and their units, variants, salts, makers, doctors."""

from __future__ import annotations

from checker.medication_list.kinds import (
    DASH,
    FILLER,
    FORM,
    MAKER,
    NAME,
    NUMBER,
    RELEASE,
    SALT,
    SIG,
    STRENGTH,
    VARIANT,
)
from checker.medication_list.line import Line

_AFTER_NAME = frozenset((NAME, VARIANT, MAKER))
_NAMED = frozenset((NAME, RELEASE, SALT, VARIANT, FORM, MAKER, STRENGTH))
_NAMED_BARE = frozenset((NAME, RELEASE, SALT, VARIANT, MAKER))
_COUNTED = frozenset((FORM, SIG, "take", "variant-sig", "look"))
_DEPENDS = frozenset(
    (NUMBER, STRENGTH, SALT, "variant-sig", "variant-reason", "maker-prefix", "maker-capital", "note-release")
)
_AMONG_NUMBERS = frozenset((DASH, "/", ":", ".", "x"))
_CENTURIES = ("19", "20")
_MOST_IN_SCHEME = 9  # tablets at a time


def settle(line: Line) -> None:
    """Give every word of a line its kind among its neighbours, in place."""
    if _DEPENDS.isdisjoint(line.has):
        return
    kinds = line.kinds
    place = 0
    while place < line.size:
        kind = kinds[place]
        if kind in _DEPENDS:
            if kind == NUMBER:
                place = _numbers(line, place)
                continue
            kinds[place] = _settled(line, place, kind)
        place += 1
    line.has = set(kinds)


def _settled(line: Line, place: int, kind: str) -> str:
    kinds = line.kinds
    before = kinds[place - 1] if place else ""
    if before == DASH and place > 1 and line.ends[place - 1] == line.starts[place]:
        before = kinds[place - 2]
    if kind == STRENGTH:
        return kind if len(line.keys[place]) != 1 or before in (STRENGTH, NUMBER, "/") else NAME
    if kind == SALT:
        return kind if before in _NAMED else NAME
    if kind == "variant-sig":
        return VARIANT if before in _AFTER_NAME else kind
    if kind == "variant-reason":
        return VARIANT if before in _AFTER_NAME else kind
    if kind == "maker-prefix":
        follows = place + 2 < line.size and kinds[place + 1] == DASH and line.ends[place] == line.starts[place + 1]
        return MAKER if follows and line.ends[place + 1] == line.starts[place + 2] else NAME
    if kind == "maker-capital":
        return MAKER if before == NAME and line.texts[place].isupper() else FILLER
    # dr: a doctor, or delayed release
    return RELEASE if before in _NAMED and line.texts[place] != "Dr" else kind


def _numbers(line: Line, first: int) -> int:
    """Settle the numbers that begin at ``first``: a strength, a count, a date, a scheme. Return what follows."""
    kinds, size = line.kinds, line.size
    last = first
    signs = ""
    while last + 2 < size and kinds[last + 1] in _AMONG_NUMBERS and kinds[last + 2] == NUMBER:
        joined = line.ends[last] == line.starts[last + 1] and line.ends[last + 1] == line.starts[last + 2]
        if not joined and kinds[last + 1] != DASH:
            break
        signs += kinds[last + 1]
        last += 2
    after = last + 1
    follows = kinds[after] if after < size else ""
    kind = _sort(line, first, last, signs, follows)
    if kind == STRENGTH and follows in ("/", DASH) and after + 1 < size and kinds[after + 1] == STRENGTH:
        return after  # 5/325mg: the next is settled on its own
    for place in range(first, after, 2):
        kinds[place] = kind
    return after


def _sort(line: Line, first: int, last: int, signs: str, follows: str) -> str:
    if follows == STRENGTH:
        return STRENGTH
    numbers = line.texts[first : last + 1 : 2]
    if len(signs) >= 2 and ":" not in signs:
        small = all(len(number) == 1 or number in ("10", "15", "20", "½") for number in numbers)
        return SIG if small and DASH in signs else FILLER  # 1-0-1, or a date
    if signs == ":":
        return SIG  # 8:00
    before = line.kinds[first - 1] if first else ""
    if signs and before in _NAMED_BARE and not (signs == DASH and all(len(number) == 1 for number in numbers)):
        return STRENGTH  # 25/100
    if follows in _COUNTED or (before not in _NAMED and before not in ("/", DASH)):
        return NUMBER
    if not signs and len(numbers[0]) == 4 and numbers[0].startswith(_CENTURIES):
        return NUMBER  # a year
    if before == DASH and (first < 2 or line.kinds[first - 2] not in _NAMED or line.spaced(first - 1)):
        return NUMBER
    return STRENGTH
