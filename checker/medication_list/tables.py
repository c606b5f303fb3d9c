"""Rows of tables: tabs from a portal or a spreadsheet, bars, quoted CSV, CSV under a row of titles."""

from __future__ import annotations

from checker.medication_list.kinds import (
    BAR,
    COMMA,
    FILLER,
    HEADS,
    IN_HEADING,
    LABELS,
    NAME,
    QUOTE,
    REASON,
    SEMICOLON,
    STRENGTH,
)
from checker.medication_list.line import Line
from drugdb.values import NamedTuple

TAB = "\t"
_LEAST_TITLES = 2
_TITLES = IN_HEADING | {"note", "note-release", "none"}
_ALSO_TITLES = frozenset(
    ("dose", "doses", "when", "time", "times", "form", "dosis", "dosi", "doza", "cuando", "quando")
)
_TITLE_WORDS = HEADS | LABELS | {"note", "heading-item"}


class Table(NamedTuple):
    """What parts the cells of a table, and what its columns hold: "", ``reason`` or ``filler``."""

    separator: str
    columns: tuple[str, ...]


def separator_of(line: Line, first: int, last: int, table: Table | None) -> str:
    """Return what parts the cells of a line, or nothing when it is no row.

    A line with tabs or bars between words is a row; one with commas when its cells are quoted, or when a
    row of titles with commas stands above it.
    """
    text = line.text
    if TAB in text and TAB in text[line.starts[first] : line.starts[last - 1]]:
        return TAB
    if BAR in line.kinds[first + 1 : last - 1]:
        return BAR
    if QUOTE in line.has and line.kinds[first] == QUOTE and ('",' in text or '";' in text):
        return COMMA if '",' in text else SEMICOLON
    if table is not None and table.separator in line.kinds[first:last]:
        return table.separator
    return ""


def cells(line: Line, first: int, last: int, separator: str) -> list[tuple[int, int]]:
    """Return the cells of a row as words ``first`` to ``last`` (exclusive); an empty cell has none."""
    found: list[tuple[int, int]] = []
    start = first
    if separator == TAB:
        for place in range(first + 1, last):
            gap = line.text[line.ends[place - 1] : line.starts[place]]
            tabs = gap.count(TAB)
            if tabs:
                found.append((start, place))
                found.extend([(place, place)] * (tabs - 1))
                start = place
    else:
        quoted = False
        for place in range(first, last):
            kind = line.kinds[place]
            if kind == QUOTE and separator != BAR:
                quoted = not quoted if len(line.texts[place]) % 2 else quoted
            elif kind == separator and not quoted:
                found.append((start, place))
                found.extend([(place, place)] * (len(line.texts[place]) - 1))
                start = place + 1
    found.append((start, last))
    return found


def titles(line: Line, first: int, last: int) -> Table | None:
    """Return the table that a row of titles begins, or None when the line is no such row."""
    if line.has.isdisjoint(_TITLE_WORDS) or not line.has.isdisjoint((NAME, STRENGTH)) or line.size > 60:
        return None
    for separator in (TAB, BAR, SEMICOLON, COMMA):
        if separator != TAB and separator not in line.has:
            continue
        row = [(start, stop) for start, stop in cells(line, first, last, separator) if any(line.keys[start:stop])]
        if len(row) < _LEAST_TITLES:
            continue
        kinds = [{line.kinds[at] for at in range(start, stop) if line.keys[at]} for start, stop in row]
        titled = sum(not each.isdisjoint(_TITLE_WORDS) for each in kinds)
        titled += sum(not _ALSO_TITLES.isdisjoint(line.keys[start:stop]) for start, stop in row)
        if titled >= _LEAST_TITLES and all(each <= _TITLES for each in kinds):
            whole = cells(line, first, last, separator)
            return Table(separator, tuple(_holds(line, start, stop) for start, stop in whole))
    return None


def _holds(line: Line, start: int, stop: int) -> str:
    kinds = set(line.kinds[start:stop])
    if "label-reason" in kinds:
        return REASON
    return FILLER if "label-other" in kinds else ""


def apply(table: Table, line: Line, first: int, last: int) -> None:
    """Tell the unknown words of a row what their column makes of them."""
    for (start, stop), holds in zip(cells(line, first, last, table.separator), table.columns, strict=False):
        if holds:
            for place in range(start, stop):
                if line.kinds[place] == NAME:
                    line.kinds[place] = holds
