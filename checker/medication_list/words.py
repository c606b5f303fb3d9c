"""Cut an entry into words and say what part each plays. Nothing is thrown away here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.report import Word
from drugdb.folding import fold

# Numbers with their separators; letters with dots or apostrophes inside (p.o., b.i.d., John's); else one sign.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[.'’‘][^\W\d_]+)*|[^\w\s]|_")
_GLUED = re.compile(r"(?<=[a-zа-я])(?=[A-Z]{2}$)")  # wellbutrinXL
_JOINERS = frozenset("/+&-‐‑‒–−")
_UNITS_MAY_FOLLOW = frozenset("/-")


def words_of(text: str, kinds: Mapping[str, str]) -> tuple[Word, ...]:
    """Return the words of ``text`` in order, with their kinds and offsets.

    Args:
        text: an entry.
        kinds: folded word -> kind, the ``word`` table of the database.
    """
    if text.isalpha():
        key = fold(text)
        if not text.islower() and text[-2:].isupper() and not text.isupper():
            return _tokens(text, kinds)
        return (Word(text, key, kinds.get(key, "name"), 0, len(text)),)
    return _tokens(text, kinds)


def _tokens(text: str, kinds: Mapping[str, str]) -> tuple[Word, ...]:
    words: list[Word] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        part = token.group()
        if part[0].isdigit():
            words.append(Word(part, fold(part), "number", start, end))
            continue
        cut = _glued(part, kinds) if len(part) > 4 else 0
        if cut:
            words.append(_word(part[:cut], start, kinds))
            words.append(_word(part[cut:], start + cut, kinds))
        else:
            words.append(_word(part, start, kinds))
    return tuple(_strengths(words))


def _word(part: str, start: int, kinds: Mapping[str, str]) -> Word:
    key = fold(part)
    if not key:
        kind = "joiner" if part in _JOINERS else "filler"
    else:
        kind = kinds.get(key, "name")
    return Word(part, key, kind, start, start + len(part))


def _glued(part: str, kinds: Mapping[str, str]) -> int:
    """Where a release suffix in capitals is glued to a name; 0 when there is none."""
    found = _GLUED.search(part)
    if found and kinds.get(fold(part[found.start() :])) in ("release", "variant"):
        return found.start()
    return 0


def _strengths(words: list[Word]) -> list[Word]:
    """A number with its unit is a strength; a unit without a number is an ordinary word of its kind."""
    for at, word in enumerate(words):
        if word.kind != "strength":
            continue
        before = words[at - 1] if at else None
        if before is not None and before.kind in ("number", "strength"):
            words[at - 1] = before._replace(kind="strength")
        elif before is None or before.text not in _UNITS_MAY_FOLLOW:
            words[at] = word._replace(kind="name" if len(word.key) > 2 else "filler")
    return words
