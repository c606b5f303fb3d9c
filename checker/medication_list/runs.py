"""Cut a run, what stands between two spaces, into words, numbers and signs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    Raw = tuple[str, int, bool]  # text, where it starts in the run, whether it is a sign

FRACTIONS = "½¼¾⅓⅔⅛⅜⅝⅞"
APOSTROPHES = "'’‘ʼ`´"
_DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ENDS = frozenset(".,;:)!?")
_patterns: dict[bool, re.Pattern[str]] = {}  # whether for ASCII alone


def cut(run: str) -> list[Raw]:
    """Return the words, numbers and signs of a run, in order; equal signs in a row are one."""
    ascii_only = run.isascii()
    if ascii_only:
        # the commonest runs need no pattern, and compiling one costs a short list a millisecond
        if run.isalnum():
            simple = _alphanumeric(run)
            if simple:
                return simple
        elif run[-1] in _ENDS and run[:-1].isalnum():
            simple = _alphanumeric(run[:-1])
            if simple:
                return [*simple, (run[-1], len(run) - 1, True)]
        elif run[0] == "(" and run[1:].isalnum():
            simple = _alphanumeric(run[1:])
            if simple:
                return [("(", 0, True), *((text, start + 1, sign) for text, start, sign in simple)]
    pattern = _patterns.get(ascii_only)
    if pattern is None:
        pattern = _patterns[ascii_only] = _compiled(ascii_only=ascii_only)
    return [(found.group(), found.start(), bool(found.lastindex)) for found in pattern.finditer(run)]


def _alphanumeric(text: str) -> list[Raw]:
    """Letters, digits, or one after the other; empty for what is more mixed."""
    letters = text.lstrip(_DIGITS)
    digits = len(text) - len(letters)
    if not digits:
        rest = text.lstrip(_LETTERS)
        letters, more = text[: len(text) - len(rest)], rest
        if not more:
            return [(text, 0, False)]
        return [(letters, 0, False), (more, len(letters), False)] if more.isdecimal() else []
    if not letters:
        return [(text, 0, False)]
    return [(text[:digits], 0, False), (letters, digits, False)] if letters.isalpha() else []


def _compiled(*, ascii_only: bool) -> re.Pattern[str]:
    """Make the pattern. Marks and zero-width characters belong to the word they stand in."""
    import re

    if ascii_only:
        return re.compile(
            r"[A-Za-z](?:\.[A-Za-z])+\b\.?"  # p.o.
            r"|[A-Za-z]+(?:['`][A-Za-z]+)*"
            r"|\d+(?:[.,]\d+)*|(?<![\w.])\.\d+"
            r"|([^A-Za-z0-9])\1*"  # a sign, or a run of it
        )
    signs = (
        r"\x00-/:-@\[-`{-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7؉-؍؛؟٪-٭"
        r"\u2010-\u2027\u2030-\u205e\u2117\u211e\u2120\u2122\u2190-\u2bff\u3000-\u303f"
        r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ue000-\uf8ff\ufffc\ufffd\U0001f000-\U0001faff"
    )
    letter = rf"[^\s\d{FRACTIONS}{signs}]"
    return re.compile(
        r"[A-Za-zА-Яа-яЁё](?:\.[A-Za-zА-Яа-яЁё])+\b\.?"
        rf"|{letter}+(?:[{APOSTROPHES}]{letter}+)*"
        rf"|[\d{FRACTIONS}]+(?:[.,]\d+)*|(?<![\w.])\.\d+"
        r"|(\S)\1*"
    )


def is_number(text: str) -> bool:
    """Return whether what was cut is a number rather than a word."""
    return text[0].isdecimal() or text[0] in FRACTIONS or text[0] == "."
