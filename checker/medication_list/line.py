"""A line of a list as words and signs with their kinds."""

from __future__ import annotations

from checker.medication_list.kinds import SHOWN
from checker.medication_list.lexicon import Lexicon
from checker.report import Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Line:
    """Words and signs of a text, side by side: texts, keys, kinds and offsets have one entry for each."""

    __slots__ = ("ends", "has", "keys", "kinds", "size", "starts", "text", "texts")

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        found: list[tuple[str, str, str, int, int]] = []
        phrases: list[int] = []
        place = 0
        parts_of = lexicon.parts
        for run in text.split():
            place = text.find(run, place)
            for word, key, kind, start, end, opens in parts_of(run):
                if opens:
                    phrases.append(len(found))
                found.append((word, key, kind, place + start, place + end))
            place += len(run)
        self.size = len(found)
        self.texts: Sequence[str]
        self.keys: Sequence[str]
        self.starts: Sequence[int]
        self.ends: Sequence[int]
        self.texts, self.keys, kinds, self.starts, self.ends = zip(*found, strict=True) if found else ((),) * 5
        self.kinds: list[str] = list(kinds)
        if phrases:
            _mark_phrases(self.keys, self.kinds, phrases, lexicon)
        self.has = set(self.kinds)

    def words(self, first: int = 0, last: int | None = None) -> tuple[Word, ...]:
        """Return words ``first`` to ``last`` (exclusive), with offsets from the first's beginning."""
        last = self.size if last is None else last
        if first >= last:
            return ()
        if last - first == 1:
            kind, size = self.kinds[first], self.ends[first] - self.starts[first]
            return (Word(self.texts[first], self.keys[first], SHOWN.get(kind, kind), 0, size),)
        shown = [SHOWN.get(kind, kind) for kind in self.kinds[first:last]]
        starts, ends = self.starts[first:last], self.ends[first:last]
        base = starts[0]
        if base:
            starts = [start - base for start in starts]
            ends = [end - base for end in ends]
        # passes by the named tuple's own __new__, which takes three times as long; there are ten words in a line
        new = tuple.__new__
        rows = zip(self.texts[first:last], self.keys[first:last], shown, starts, ends, strict=True)
        return tuple([new(Word, row) for row in rows])

    def slice(self, first: int, last: int) -> str:
        """Return the text from word ``first`` to before word ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def spaced(self, place: int) -> bool:
        """Whether white space stands on both sides of a word or sign, or nothing."""
        before = place == 0 or self.ends[place - 1] < self.starts[place]
        return before and (place + 1 >= self.size or self.ends[place] < self.starts[place + 1])


def _mark_phrases(keys: Sequence[str], kinds: list[str], places: list[int], lexicon: Lexicon) -> None:
    """Give the words of a phrase that the file of words holds the phrase's kind; the longest one counts."""
    size = len(keys)
    done = 0
    words = lexicon.words
    for place in places:
        if place < done:
            continue
        key = keys[place]
        following = place + 1
        while following < size and keys[following]:
            key += keys[following]
            following += 1
            kind = words.get(key)
            if kind is not None:
                kinds[place:following] = [kind] * (following - place)
                done = following
            if not lexicon.opens(key):
                break
