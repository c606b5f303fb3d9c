"""Find the known names in an entry: the longest spans of words that the vocabulary holds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from checker.matching.lexicon import GUARD, Lexicon
from checker.report import Word
from drugdb.folding import fold
from drugdb.records import Name
from drugdb.values import NamedTuple

_WITHIN = frozenset("'’‘")  # signs within a word
_HYPHENS = frozenset("-‐‑")
_SHORT = 4  # letters of a name too short to stand behind an unknown word and a hyphen
LONGEST = 20  # words and signs of the longest product names
# Kinds of words that may stand inside a name but are no name alone.
_NUMERIC = frozenset(("number", "strength"))
_SPEECH = frozenset(("sig", "filler", "form", "reason", "heading", "note"))
_LANGUAGE = frozenset(("sig", "filler", "form", "reason", "joiner", "maker", "salt", "release", "variant", *_NUMERIC))


class Span(NamedTuple):
    """Words ``start`` to ``end`` (exclusive) of an entry, and the key they have together."""

    start: int
    end: int
    key: str


def known_spans(words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Return the known names among the words, leftmost and longest first, none overlapping.

    Only a span that carries a name of its own counts: numbers, directions and filler are names only
    where the vocabulary spells them so ("Zantac 360", "Unisom SleepTabs").
    """
    spans: list[Span] = []
    size = len(words)
    place = 0
    while place < size:
        found = None
        if words[place].key and _may_begin(words, place) and not _hung_on(words, place, spans):
            for end in range(min(size, place + LONGEST), place, -1):
                if not words[end - 1].key or _cut_short(words, end):
                    continue
                key = "".join(word.key for word in words[place:end])
                if len(key) > 90:
                    continue
                names = lexicon.names(key)
                if not names or not _may_stand(words[place:end], names, place, words[end] if end < size else None):
                    continue
                if any(name.kind != GUARD for name in names):
                    found = Span(place, end, key)
                    break
                # the guard knows the form as well ("... patch"): what we own inside it comes first
                if found is None and not _owned_inside(words[place + 1 : end], lexicon):
                    found = Span(place, end, key)
        if found:
            spans.append(found)
            place = found.end
        else:
            place += 1
    return spans


def _may_begin(words: Sequence[Word], place: int) -> bool:
    """Whether a name may begin here: not at "and", but at the N of "N-acetyl"."""
    if words[place].kind != "joiner":
        return True
    return place + 1 < len(words) and not words[place + 1].key and words[place].end == words[place + 1].start


def _owned_inside(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Whether one of the words is a medicine's name of our own."""
    return any(
        name.kind in ("substance", "synonym", "product")
        for word in words
        if word.kind == "name" and len(word.key) > _SHORT
        for name in lexicon.names(word.key)
    )


def _hung_on(words: Sequence[Word], place: int, spans: Sequence[Span]) -> bool:
    """Whether the word hangs by a hyphen on an unknown one: the "Act" of "Wal-Act" is no name of its own."""
    if place < 2 or words[place - 1].text not in _HYPHENS or len(words[place].key) > _SHORT:
        return False
    hyphen, before = words[place - 1], words[place - 2]
    close = before.end == hyphen.start and hyphen.end == words[place].start
    known = bool(spans) and spans[-1].end == place - 1
    return close and before.kind == "name" and not known


def _cut_short(words: Sequence[Word], end: int) -> bool:
    """Whether the span would leave the number of a name behind: "vitamin B" of "vitamin B6"."""
    if end >= len(words) or words[end].start != words[end - 1].end:
        return False
    return words[end].kind == "number" and len(words[end - 1].text) == 1


def _may_stand(words: Sequence[Word], names: Sequence[Name], place: int, following: Word | None) -> bool:
    parts = [word for word in words if word.key]
    owned = any(name.kind != GUARD for name in names)
    if len(parts) == 1:
        word = parts[0]
        if word.kind in _NUMERIC or word.key.isdigit():
            return False
        if not owned:
            return word.kind not in _LANGUAGE and len(word.key) > 3
        if word.kind == "filler" and len(word.key) < _SHORT and all(n.text.lower() != word.text.lower() for n in names):
            return False  # "the" is no "thé"
        if word.kind in _SPEECH and all(name.kind == "product" for name in names):
            # a brand spelled like a word of directions ("Twice") counts where a name would stand
            return place == 0 and word.text[:1].isupper() and following is not None and following.kind in _NUMERIC
        return word.kind != "joiner"
    if all(word.kind in _NUMERIC or word.key.isdigit() for word in parts):
        return False
    if sum(len(word.key) for word in parts) < _SHORT and any(a.end != b.start for a, b in pairwise(words)):
        return False  # "t 3" is a tablet three times, not T3
    if any(word.kind == "joiner" for word in words) and not all(_same_words(n, parts) for n in names[:1]):
        # "carbidopa - levodopa" is two names; "co-codamol" is one
        return any(_same_words(name, parts) for name in names) or all(len(word.key) < 4 for word in parts[:-1])
    if any(_same_words(name, parts) for name in names):
        return True
    # split words ("sero quel"): only of words that mean nothing else
    key = "".join(word.key for word in parts)
    return owned and len(key) >= 6 and len(parts) <= 3 and all(word.kind == "name" for word in parts)


def _same_words(name: Name, parts: Sequence[Word]) -> bool:
    """Whether the words end where the name's own words end, or between letters and digits ("B 6").

    The keys are known to be the same; what is asked is whether they are cut at the same places.
    """
    ends, key, word = set(), "", ""
    for char in f"{name.text} ":
        if char.isalnum():
            if char.isupper() and word[-1:].islower():
                ends.add(len(key) + len(fold(word)))  # "ZymaD" is read as two words
            word += char
        elif char in _WITHIN:  # "d'Inde" is one word or two
            ends.add(len(key) + len(fold(word)))
        elif word:  # whole words: a letter alone may be folded otherwise
            key += fold(word)
            ends.add(len(key))
            word = ""
    place = 0
    for part in parts[:-1]:
        place += len(part.key)
        changes = 0 < place < len(key) and key[place - 1].isdigit() != key[place].isdigit()
        if place not in ends and not changes:
            return False
    return True
