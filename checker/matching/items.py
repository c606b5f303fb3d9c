"""Several known names in one entry: which of them are one medicine, and whose words are whose."""

from __future__ import annotations

from collections.abc import Sequence

from checker.report import AMBIGUOUS, EXACT, Entry, Match, Word
from drugdb.folding import fold
from drugdb.values import NamedTuple

SPEAKS_FOR = frozenset(("strength", "form", "sig", "salt", "release"))  # kinds of words that stand beside medicines
_PARTING = frozenset(
    fold(w) for w in ("and", "or", "und", "oder", "et", "ou", "y", "e", "o", "и", "или", "then", "plus")
)
_PARTING_SIGNS = frozenset("&+")


class Item(NamedTuple):
    """A medicine in an entry: the words ``start`` to ``end`` (exclusive) name it."""

    start: int
    end: int
    match: Match


def _choices(match: Match) -> list[frozenset[str]]:
    if match.status == AMBIGUOUS:
        return [frozenset(candidate.substances) for candidate in match.candidates]
    return [frozenset(match.substances)]


def repeats(match: Match, items: list[Item]) -> bool:
    mine = _choices(match)
    return any(each and each <= other for each in mine for _, _, item in items for other in _choices(item))


def without_descriptions(words: Sequence[Word], items: list[Item]) -> list[Item]:
    """Leave out the class that only describes the medicine beside it ("salbutamol inhaler").

    Joined by a sign or a word it is one thing more ("lithium and a sleeping pill").
    """
    if all(item.match.kind == "class" for item in items):
        return items
    return [
        item
        for item in items
        if item.match.kind != "class"
        or any(w.kind == "joiner" and w.key for w in words[max(0, item.start - 2) : item.start])
    ]


def without_echo(words: Sequence[Word], items: list[Item]) -> list[Item]:
    """Join a name and its echo: "quetiapine (Seroquel)" is one medicine named twice.

    An ingredient beside a brand that may hold it also says which product is meant.
    """
    out: list[Item] = []
    for start, end, match in items:
        if match.kind in ("class", "trigger"):
            out.append(Item(start, end, match))
            continue
        for place, (start2, end2, other) in enumerate(out):
            joined = None if _parted(words[end2:start]) else _echo(other, match)
            if joined is not None:
                out[place] = Item(start2, end2, joined)
                break
        else:
            out.append(Item(start, end, match))
    return out


def _parted(between: Sequence[Word]) -> bool:
    """Whether a word or sign between two names says that they are two ("A and B", "A (or B)")."""
    return any(word.key in _PARTING or word.text in _PARTING_SIGNS for word in between)


def _echo(first: Match, second: Match) -> Match | None:
    if first.kind in ("class", "trigger"):
        return None
    one, two = _choices(first), _choices(second)
    if first.status == EXACT and second.status == EXACT:
        if one[0] == two[0] or (one[0] > two[0] and second.kind != "product"):
            return first
        if two[0] > one[0] and first.kind != "product":
            return second
        return None
    if first.status == AMBIGUOUS and second.status == EXACT and two[0] in one:
        candidate = first.candidates[one.index(two[0])]
        return second._replace(name=candidate.name, kind=candidate.kind)
    if second.status == AMBIGUOUS and first.status == EXACT and one[0] in two:
        return first
    return None


def combined(entry: Entry, items: list[Item]) -> list[Item]:
    """Ingredients joined by a sign or a word are one combination: all of them."""
    words = entry.words
    out: list[Item] = []
    for start, end, match in items:
        if out:
            start2, end2, before = out[-1]
            between = words[end2:start]
            if (
                before.status == match.status == EXACT
                and before.kind in ("substance", "combination")
                and match.kind == "substance"
                and not set(match.substances) <= set(before.substances)
                and between
                and any(word.kind == "joiner" for word in between)
                and all(word.kind in ("joiner", "salt", "strength", "number", "release") for word in between)
            ):
                text = entry.text[words[start2].start : words[end - 1].end]
                substances = tuple(dict.fromkeys((*before.substances, *match.substances)))
                out[-1] = Item(
                    start2,
                    end,
                    before._replace(name=" / ".join(substances), kind="combination", substances=substances, read=text),
                )
                continue
        out.append(Item(start, end, match))
    return out


def split(entry: Entry, items: list[Item]) -> tuple[tuple[Entry, Match], ...]:
    """Give each medicine of an entry its own words: from its name up to the next one's."""
    words = entry.words
    pairs = []
    for place, (start, _, match) in enumerate(items):
        begin = 0 if place == 0 else words[start].start
        last = items[place + 1][0] if place + 1 < len(items) else len(words)
        stop = words[last].start if place + 1 < len(items) else len(entry.text)
        text = entry.text[begin:stop]
        own = words[0 if place == 0 else start : last]
        shifted = tuple(word._replace(start=word.start - begin, end=word.end - begin) for word in own)
        pairs.append((entry._replace(text=text.strip() or text, words=_trimmed(shifted, text)), match))
    return tuple(pairs)


def _trimmed(words: tuple[Word, ...], text: str) -> tuple[Word, ...]:
    lead = len(text) - len(text.lstrip())
    return tuple(word._replace(start=word.start - lead, end=word.end - lead) for word in words)
