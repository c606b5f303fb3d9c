"""Text for a terminal: width as the eye sees it, lines broken at words, nothing that could drive the terminal."""

from __future__ import annotations

from collections.abc import Iterator

_RESET = "\x1b[0m"
_COLOURS = {"bold": "1", "red": "1;31", "yellow": "33", "green": "32", "blue": "34", "faint": "2"}
_PLACEHOLDER = "\N{REPLACEMENT CHARACTER}"
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def paint(text: str, colour: str, *, on: bool) -> str:
    """Return a text in a colour, or as it is."""
    return f"\x1b[{_COLOURS[colour]}m{text}{_RESET}" if on and text else text


def printable(text: str) -> str:
    """Return a text without signs that move a cursor, change colours or turn the direction of reading."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char.isprintable() and char not in _DIRECTION:
        return char
    return " " if char.isspace() else _PLACEHOLDER


def width(text: str) -> int:
    """Return how many columns a text takes: two for wide signs, none for marks that combine."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(
        0 if combining(char) or char in _DIRECTION else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    """Yield the lines of a text, none wider than ``columns`` but for a single address.

    Args:
        text: words parted by spaces.
        columns: the width of the page.
        first: what the first line begins with.
        rest: what the other lines begin with; as many spaces as ``first`` is wide when None.
    """
    rest = " " * width(first) if rest is None else rest
    line, used, start = first, width(first), True
    indent = width(rest)
    for word in text.split():
        size = width(word)
        if not start and used + 1 + size > columns:
            yield line
            line, used, start = rest, indent, True
        for piece in _pieces(word, size, max(columns - used if start else columns - indent, 8)):
            if start:
                line, used, start = line + piece, used + width(piece), False
            elif piece is word or piece == word:
                line, used = f"{line} {piece}", used + 1 + width(piece)
            else:
                yield line
                line, used = rest + piece, indent + width(piece)
    if not start or line.strip():
        yield line


def _pieces(word: str, size: int, room: int) -> Iterator[str]:
    """A word wider than a line is cut, unless it is an address, which would be no use in pieces."""
    if size <= room or "://" in word:
        yield word
        return
    piece: list[str] = []
    used = 0
    for char in word:
        wide = width(char)
        if used + wide > room:
            yield "".join(piece)
            piece, used = [], 0
        piece.append(char)
        used += wide
    if piece:
        yield "".join(piece)
