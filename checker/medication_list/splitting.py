"""Where an item of a line begins and ends: bullets and numbering, separators, sentences."""

from __future__ import annotations

from checker.medication_list.kinds import (
    ASKS,
    BAR,
    BULLET,
    CLOSES,
    COLON,
    COMMA,
    DASH,
    FILLER,
    FORM,
    NAME,
    NUMBER,
    OPENS,
    OTHER,
    QUOTE,
    REASON,
    SEMICOLON,
    SIG,
    STOP,
    STRENGTH,
)
from checker.medication_list.line import Line
from drugdb.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Segment = tuple[int, int, bool]  # first word, last (exclusive), whether a sentence or a numbered item begins there

_LEADING = frozenset((BULLET, DASH, BAR, COMMA, SEMICOLON, STOP, "+"))
_LEADING_OTHER = frozenset("*#>~_=→➔\x00^")
_PARTING = frozenset((COMMA, SEMICOLON, BULLET, STOP, ASKS))
_DETAILS = frozenset((FORM, NUMBER, STRENGTH, SIG))
_ENDS_AS_WORD = frozenset((STRENGTH, SIG, "take", NUMBER, REASON, "variant-sig", "none"))
_SUBJECTS = frozenset((FILLER, "det", "note", "now", "start", "relative", "heading", "allergies", "allergy", "past"))
_MOST_NUMBERED = 999
LONGEST = 200  # words of an item; what is longer is no item, and is cut for the sake of what reads it
_FURTHEST_BRACKET = 60  # words and signs
_SHORT, _SHORTISH = 3, 4  # letters of words that may be abbreviations


class Lead(NamedTuple):
    """Where the words after bullets and numbering begin, and the number."""

    first: int
    number: int


def lead(line: Line, first: int, last: int) -> Lead:
    """Skip what only marks an item: "- ", "3.", "(3)", "[x]", "a)". What is nothing but marks is kept."""
    kinds, texts = line.kinds, line.texts
    place, number = first, 0
    while place < last:
        kind = kinds[place]
        if texts[place] == "#" and place + 2 < last and _counts(texts[place + 1]) and kinds[place + 2] == NAME:
            place += 2
        elif kind in _LEADING or (kind == OTHER and texts[place][0] in _LEADING_OTHER):
            place += 1
        elif texts[place] == "[" and _checkbox(line, place, last):
            place = kinds.index(CLOSES, place) + 1
        else:
            size = 0 if number else _numbering(line, place, last)
            if not size:
                break
            digits = texts[place + (kind == OPENS)]
            number = int(digits) if digits.isdecimal() else 0
            place += size
    return Lead(place, number) if place < last else Lead(first, 0)


def skip_marks(line: Line, first: int, last: int) -> int:
    """Return the first word after bullets and separators; within a line numbers are not taken for marks."""
    place = first
    while place < last - 1 and line.kinds[place] in _LEADING:
        place += 1
    return place


def _checkbox(line: Line, place: int, last: int) -> bool:
    inner = line.kinds[place + 1 : min(place + 3, last)]
    if CLOSES not in inner:
        return False
    between = inner.index(CLOSES)
    return not between or line.keys[place + 1] in ("", "x")


def _numbering(line: Line, place: int, last: int) -> int:
    """How many words and signs a number of an item takes up; 0 when there is none."""
    kinds, texts = line.kinds, line.texts
    if place + 2 >= last:
        return 0
    if kinds[place] == OPENS:
        return 3 if kinds[place + 2] == CLOSES and _counts(texts[place + 1]) and place + 3 < last else 0
    if line.ends[place] != line.starts[place + 1]:
        dashed = _counts(texts[place]) and kinds[place + 1] == DASH and line.spaced(place + 1)
        return 2 if dashed and kinds[place + 2] == NAME else 0
    if kinds[place + 1] not in (STOP, CLOSES, COLON) or len(texts[place + 1]) > 1:
        return 0
    if _counts(texts[place]):
        apart = line.ends[place + 1] < line.starts[place + 2]
        return 2 if apart or (kinds[place + 1] != COLON and not texts[place + 2][0].isdecimal()) else 0
    return 0


def _counts(text: str) -> bool:
    return text.isdecimal() and len(text) <= _SHORT and 0 < int(text) <= _MOST_NUMBERED


def brackets(line: Line, first: int, last: int) -> dict[int, int]:
    """Return where each bracket and quotation that is closed again opens, with where it closes."""
    if line.has.isdisjoint((OPENS, QUOTE)):
        return {}
    found: dict[int, int] = {}
    opened: list[int] = []
    quote = -1
    for place in range(first, last):
        kind = line.kinds[place]
        if kind == OPENS:
            opened.append(place)
        elif kind == CLOSES and opened:
            start = opened.pop()
            if place - start <= _FURTHEST_BRACKET:
                found[start] = place
        elif kind == QUOTE and not opened:
            if quote >= 0 and place - quote <= _FURTHEST_BRACKET:
                found[quote] = place
                quote = -1
            else:
                quote = place
    return found


def segments(line: Line, first: int, last: int, number: int = 0) -> Iterator[Segment]:
    """Part words into what may be items of their own: at separators, ends of sentences, and numbers of items.

    None is longer than 200 words.

    Args:
        line: its kinds are settled.
        first, last: the words to part.
        number: the number of the first item, if it has one; those after it count on.
    """
    for start, stop, opens in _parted(line, first, last, number):
        if stop - start <= LONGEST:
            yield (start, stop, opens)
            continue
        for cut in range(start, stop, LONGEST):
            yield (cut, min(cut + LONGEST, stop), opens and cut == start)


def _parted(line: Line, first: int, last: int, number: int) -> Iterator[Segment]:
    numbered = any(text == str(number + 1) for text in line.texts[first:last])
    if not numbered and line.has.isdisjoint(_PARTING) and "." not in line.text:
        yield (first, last, True)
        return
    kinds, texts = line.kinds, line.texts
    closed = brackets(line, first, last)
    start, place, opens = first, first, True
    while place < last:
        kind = kinds[place]
        if numbered and _next_number(line, place, last, number + 1):
            if _holds_words(line, start, place):
                yield (start, place, opens)
            number += 1
            place += 2 + (kind == OPENS)
            start, opens = place, True
            continue
        if place in closed:
            place = closed[place] + 1
            continue
        if texts[place][-1] == "." and kind != STOP and _new_subject(line, place + 1, last):
            yield (start, place + 1, opens)
            start, opens = place + 1, True
        if kind in _PARTING and not (kind in (STOP, ASKS) and not _ends_sentence(line, start, place, last)):
            sentence = kind in (STOP, ASKS)
            stop = place + 1 if sentence else place
            if _holds_words(line, start, stop):
                yield (start, stop, opens)
                opens = False
            start = place + 1
            opens = opens or kind != COMMA
        place += 1
    if _holds_words(line, start, last):
        yield (start, last, opens)


def _new_subject(line: Line, place: int, last: int) -> bool:
    """Whether a sentence begins here, after an abbreviation: "... t.i.d. She is on ..."."""
    return place < last and line.kinds[place] in _SUBJECTS and line.texts[place][0].isupper()


def _holds_words(line: Line, first: int, last: int) -> bool:
    return any(line.keys[first:last])


def _next_number(line: Line, place: int, last: int, number: int) -> bool:
    """Whether the next item of a numbered list begins here: "1. Plavix 2. Lipitor"."""
    at = place + (line.kinds[place] == OPENS)
    if at + 2 >= last or line.texts[at] != str(number):
        return False
    if at == place:
        parted = place == 0 or line.ends[place - 1] < line.starts[place] or line.kinds[place - 1] in _PARTING
        if not parted or line.kinds[place + 1] not in (STOP, CLOSES) or line.ends[place] != line.starts[place + 1]:
            return False
    elif line.kinds[at + 1] != CLOSES:
        return False
    follows = at + 2
    return bool(line.keys[follows]) and line.kinds[follows] not in (NUMBER, STRENGTH)


def _ends_sentence(line: Line, start: int, place: int, last: int) -> bool:
    """Whether a stop ends a sentence. That of an abbreviation does not: "Dr. Smith", "St. John's", "ret. Tabl."."""
    before, after = place - 1, place + 1
    if after >= last or before < start or len(line.texts[place]) > 1 or line.ends[place] == line.starts[after]:
        return False
    if all(line.kinds[at] in _DETAILS for at in range(max(start, place - _FURTHEST_BRACKET), place) if line.keys[at]):
        return False  # "Tab. Crocin"
    if line.kinds[place] == ASKS:
        return True
    key, kind = line.keys[before], line.kinds[before]
    if len(key) <= _SHORT and kind not in _ENDS_AS_WORD and line.ends[before] == line.starts[place]:
        return False
    follows = line.texts[after][0]
    if follows.isupper() or not follows.isalpha():
        return True
    return len(key) > _SHORTISH or kind in _ENDS_AS_WORD
