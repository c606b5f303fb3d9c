"""Headings, labels of details, column titles, and lines that are about something else than medicines."""

from __future__ import annotations

from checker.medication_list.kinds import (
    CLOSES,
    COLON,
    CUES,
    DASH,
    FILLER,
    FORM,
    HEADS,
    IN_HEADING,
    JOINER,
    LABELS,
    NAME,
    NUMBER,
    OPENS,
    OTHER,
    REASONS,
    SALT,
    SIG,
    SIGNS,
    STOP,
    STRENGTH,
    VARIANT,
)
from checker.medication_list.line import Line
from drugdb.values import NamedTuple

# What a heading heads
MEDICINES = "medicines"
TOPIC = "topic"  # no medicines
LABEL = "label"  # details of the item above
NOTE = "note"
COLUMNS = "columns"  # titles of a table; the section goes on

_FURTHEST_BRACKET = 60  # words and signs
_LONGEST = 14  # words and signs before a colon
_MOST_NAMES = 2  # unknown words in a heading: "Mrs Smith's medications:"
_LIST = frozenset(("list", "lists", "plan", "spisok", "medikationsplan", "reconciliation"))
_CUE_HEADS = frozenset(("stopped", "stop", "refused", "not-taken", "past", "allergy"))
_NOT_TAKEN = frozenset(
    ("allergies", "allergy", "stopped", "stop", "stopping", "refused", "not-taken", "former", "past")
)
_BARE = frozenset((SIG, "variant-sig", *REASONS, "take", FILLER, "det", "maybe", JOINER, "/", "after", "&"))
_NO_BARE_LINE = frozenset((FORM, STRENGTH, NUMBER, VARIANT, "look"))
_BACKWARDS = frozenset((*HEADS, *_CUE_HEADS, "heading-item", "now", "take", JOINER, "&", "/"))
_TELLS_WHAT = HEADS | {"take", "now", "start", "again", "not", *CUES}  # "Patient currently on:"
_COLUMNS = 2  # labels that make titles of a table
_ABOUT_OTHERS = frozenset(
    (NAME, NUMBER, FILLER, "det", "to", "or", JOINER, "note", "note-release", "topic", "label-other", SIG, *SIGNS)
)


# Words with which "allergies" is what medicines are for.
_FOR = frozenset(
    (
        "for", "pour", "contre", "para", "contra", "gegen", "bei", "fur", "per", "contro", "ot", "pri", "seasonal",
        "pollen", "polen", "saisonal", "saisonale", "saisonnieres", "estacional",
    )
)  # fmt: skip


_FOR_WHOM = frozenset(("pt", "for", "fur", "pour", "para", "per", "dlia"))


class Heading(NamedTuple):
    """A heading: the words up to ``end`` (exclusive)."""

    end: int
    heads: str  # MEDICINES, TOPIC, LABEL or NOTE
    reason: str  # why what it heads is not current; empty when it is


def heading(line: Line, first: int, last: int, *, alone: bool) -> Heading | None:
    """Return the heading that begins at ``first``, or None.

    Args:
        line: its kinds are settled.
        first, last: where it may stand.
        alone: whether the line stands apart from an item above it, so that a single "Stopped" is a heading.
    """
    kinds = line.kinds
    head = kinds[first]
    if head not in IN_HEADING and head not in (NAME, "note", "note-release"):
        return None
    if COLON in line.has:
        for place in range(first + 1, min(last, first + _LONGEST)):
            if kinds[place] == COLON:
                if _speaks_of_the_line_above(line, first, place, last):
                    return None
                found = _before_colon(line, first, place)
                if found is not None:
                    return found
                break
    if DASH in line.has:
        for place in range(first + 1, min(last - 1, first + _LONGEST)):
            if kinds[place] == DASH and line.spaced(place):
                inner = set(kinds[first:place])
                heads = not inner.isdisjoint((*HEADS, "stopped")) and inner.isdisjoint(_NO_BARE_LINE)
                if heads and inner <= IN_HEADING:
                    return _made(line, first, place + 1, inner)
                break
    return _whole_line(line, first, last, alone=alone)


def _speaks_of_the_line_above(line: Line, first: int, colon: int, last: int) -> bool:
    """Whether a line like "Patient not taking: Reported on 2 May" names nothing, and so heads nothing."""
    if line.kinds[first] != "stopped" or not any(line.keys[colon + 1 : last]):
        return False
    said = set(line.kinds[colon + 1 : last])
    return FILLER in said and said.isdisjoint((NAME, "none", "heading-item", *HEADS, *REASONS, FORM, SALT, VARIANT))


def _before_colon(line: Line, first: int, colon: int) -> Heading | None:
    inner = line.kinds[first:colon]
    sorts = set(inner)
    if line.keys[first:colon] == ("fur",) or (line.keys[colon - 1] in _FOR_WHOM and "note" in line.kinds[colon:]):
        return Heading(colon + 1, NOTE, "")  # whom a plan is for: "Pt: Jane Doe DOB ..."
    if line.texts[first:colon] == ("ALL",):
        return Heading(colon + 1, MEDICINES, "all")  # doctors' short for allergies
    if inner[0] in ("note", "note-release"):
        return Heading(colon + 1, NOTE, "") if sorts.isdisjoint(_TELLS_WHAT) else None
    if line.keys[colon - 1].isdigit():
        return None
    if inner[0] in LABELS and sorts <= IN_HEADING:
        heads = {"label-name": MEDICINES, "label-other": NOTE}.get(inner[0], LABEL)
        return Heading(colon + 1, heads, "")
    if sorts <= IN_HEADING:
        if not sorts.isdisjoint(HEADS | _CUE_HEADS | {"heading-item"}):
            return _made(line, first, colon + 1, sorts)
        bare = sorts <= _BARE and not sorts.isdisjoint((SIG, "variant-sig", *REASONS, "take", "after"))
        return Heading(colon + 1, MEDICINES, "") if bare else None
    if sorts <= IN_HEADING | {NAME, "note", "note-release", STRENGTH} and not sorts.isdisjoint(HEADS):
        names = sum(kind in (NAME, "note", "note-release") for kind in inner)
        if names <= _MOST_NAMES and STRENGTH not in sorts:
            return _made(line, first, colon + 1, sorts)
    return None


def _whole_line(line: Line, first: int, last: int, *, alone: bool) -> Heading | None:
    kinds = line.kinds
    sorts = set(kinds[first:last])
    if NAME in sorts and "heading" in sorts and _is_title(line, first, last, sorts):
        return _made(line, first, last, sorts)
    if kinds[first] == "not" and sorts.isdisjoint(CUES):
        return None  # "no medications"
    if not sorts <= (IN_HEADING | {"note"} if kinds[first] in HEADS else IN_HEADING) or not sorts.isdisjoint(
        (FORM, VARIANT, "look", STRENGTH, "relative")
    ):
        return None
    if sum(kind in LABELS for kind in kinds[first:last]) >= _COLUMNS and sorts <= LABELS | HEADS | {FILLER, "det", SIG}:
        return Heading(last, COLUMNS, "")
    if not sorts.isdisjoint(HEADS):
        if sorts.isdisjoint(REASONS | {"variant-sig"}) or not sorts.isdisjoint(("topic", "allergies", "former")):
            return _made(line, first, last, sorts)
        return None
    if not sorts.isdisjoint(LABELS):
        return Heading(last, COLUMNS, "")
    if "heading-item" in sorts:
        titled = line.texts[first][0].isupper() and sorts <= {"heading-item", JOINER, "&", "/", FILLER}
        return Heading(last, MEDICINES, "") if titled else None
    if alone and not sorts.isdisjoint(_CUE_HEADS) and NUMBER not in sorts:
        return _made(line, first, last, sorts)
    return None


def _is_title(line: Line, first: int, last: int, sorts: set[str]) -> bool:
    """Whether a line with a name is a title all the same: "Mary's medication list"."""
    listed = any(
        kind == "heading" and key in _LIST
        for kind, key in zip(line.kinds[first:last], line.keys[first:last], strict=True)
    )
    return listed and line.kinds[first:last].count(NAME) <= _MOST_NAMES and sorts.isdisjoint((STRENGTH, FORM, NUMBER))


def _made(line: Line, first: int, end: int, sorts: set[str]) -> Heading:
    if "topic" in sorts and "heading" not in sorts:
        family = "relative" in sorts or any(key.startswith("famil") for key in line.keys[first:end])
        return Heading(end, TOPIC, _words(line, first, end) if family else "")
    both = "heading" in sorts and "allergies" in sorts and not sorts.isdisjoint((JOINER, "&", "/"))
    not_taken = not sorts.isdisjoint(_NOT_TAKEN) and sorts.isdisjoint(("now", "again", "start", "maybe")) and not both
    if not_taken and "allergies" in sorts and not _FOR.isdisjoint(line.keys[first:end]):
        not_taken = False  # "For allergies:", "Seasonal allergies:": what is taken for them
    if not_taken and "not" in sorts and sorts.isdisjoint(("allergies", "former", "refused", "not-taken")):
        not_taken = False
    return Heading(end, MEDICINES, _words(line, first, end) if not_taken else "")


def _words(line: Line, first: int, end: int) -> str:
    while end > first + 1 and not line.keys[end - 1]:
        end -= 1
    return " ".join(line.slice(first, end).split()).lower()


def inner_headings(line: Line, first: int, last: int) -> list[int]:
    """Return where further headings begin within a line: "Allergies: none. Medications: ..."."""
    if COLON not in line.has:
        return []
    found = []
    for colon in range(first + 1, last):
        if line.kinds[colon] != COLON:
            continue
        start = colon
        while start > first and line.kinds[start - 1] in _BACKWARDS and colon - start < _LONGEST:
            start -= 1
        while start < colon and line.kinds[start] in (JOINER, "&", "/"):
            start += 1
        inner = line.kinds[start:colon]
        if start <= first or not inner or (HEADS | _CUE_HEADS).isdisjoint(inner):
            continue
        if in_brackets(line, start, first) >= 0:
            continue  # "(Patient not taking: Reported on ...)" speaks of the medicine before it
        if line.texts[start][0].isupper() or not line.keys[start - 1]:
            found.append(start)
    return found


def is_note(line: Line, first: int, last: int) -> bool:
    """Whether a line is about something else than medicines: refills, dates, telephone numbers, doctors."""
    kinds = line.kinds
    head = kinds[first]
    if head not in ("note", "note-release", "label-other"):
        return False
    end = first + 1
    while end < last and (kinds[end] == head or kinds[end] in (STOP, OTHER)):
        end += 1
    if end >= last or kinds[end] in (NUMBER, COLON) or line.keys[end].isdigit():
        return True
    return _ABOUT_OTHERS.issuperset(kinds[end:last]) and last - end <= _LONGEST


def in_brackets(line: Line, place: int, first: int) -> int:
    """Return where the bracket opens that stands open before ``place``; -1 when none does."""
    if OPENS not in line.has:
        return -1
    depth = 0
    for before in range(place - 1, max(first, place - _FURTHEST_BRACKET) - 1, -1):
        if line.kinds[before] == CLOSES:
            depth += 1
        elif line.kinds[before] == OPENS:
            if not depth:
                return before
            depth -= 1
    return -1
