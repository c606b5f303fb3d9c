"""Cut a run of letters, digits and signs into words, and say what kind of word each is.

Whatever stands between two spaces is cut the same way wherever it stands, so every such run is cut once
and remembered.
"""

from __future__ import annotations

from bisect import bisect_right

from checker.medication_list.kinds import (
    COMMA,
    FILLER,
    FORM,
    KIND_OF_SIGN,
    NAME,
    NUMBER,
    OTHER,
    RELEASE,
    SIG,
    STRENGTH,
    VARIANT,
)
from checker.medication_list.runs import APOSTROPHES, cut, is_number
from drugdb.folding import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from checker.medication_list.runs import Raw

    Part = tuple[str, str, str, int, int]  # text, key, kind, and where in the run it starts and ends

_REMEMBERED = 20_000  # runs
_LONGEST_REMEMBERED = 40  # characters
_ELIDED = frozenset(("d", "l", "j", "n", "m", "qu", "dell", "all", "dall", "nell", "sull", "un"))
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "eme", "e"))
_UNIT_LETTERS = 5
# What is counted by a number that is glued to it; other directions only stand beside it: 25bid.
_COUNTED = frozenset(
    (
        "x", "h", "hr", "hrs", "hour", "hours", "hourly", "d", "day", "days", "w", "wk", "wks", "week", "weeks", "mo",
        "mos", "month", "months", "min", "mins", "am", "pm", "times",
    )
)  # fmt: skip
_SUFFIX = frozenset((RELEASE, VARIANT, "variant-sig"))


class Lexicon:
    """The kinds of words, and every run cut so far.

    Args:
        words: word or phrase -> kind. Keys are folded, as the database gives them; where they are not,
            they are folded here.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        self.source = words
        self.words = words if all(map(str.isalnum, words)) else {fold(word): kind for word, kind in words.items()}
        self._ordered: list[str] = sorted(self.words)
        self._opens: dict[str, bool] = {}
        self._runs: dict[str, tuple[tuple[str, str, str, int, int, bool], ...]] = {}

    def parts(self, run: str) -> tuple[tuple[str, str, str, int, int, bool], ...]:
        """Return the words and signs of a run without spaces, in order.

        Each is its text, key and kind, where in the run it starts and ends, and whether a phrase of the file
        of words may begin with it.
        """
        found = self._runs.get(run)
        if found is None:
            if len(run) > _LONGEST_REMEMBERED:
                return self._long(run)
            found = tuple([(*part, self.opens(part[1])) for part in self._cut(run)])
            if len(self._runs) >= _REMEMBERED:
                self._runs.clear()
                self._opens.clear()
            self._runs[run] = found
        return found

    def _long(self, run: str) -> tuple[tuple[str, str, str, int, int, bool], ...]:
        """A long run: a list without spaces, which is cut at its commas, or no list at all."""
        if not any(map(str.isalnum, run)):
            return ((run, "", KIND_OF_SIGN.get(run[0], OTHER), 0, len(run), False),)
        out: list[tuple[str, str, str, int, int, bool]] = []
        start, size = 0, len(run)
        while start < size:
            stop = _comma(run, start)
            if stop > start:
                piece = run[start:stop]
                parts = (
                    self.parts(piece)
                    if stop - start <= _LONGEST_REMEMBERED
                    else [(*part, self.opens(part[1])) for part in self._cut(piece)]
                )
                out.extend(
                    [(text, key, kind, at + start, end + start, opens) for text, key, kind, at, end, opens in parts]
                )
            start = stop
            while start < size and run[start] == ",":
                start += 1
            if start > stop:
                out.append((run[stop:start], "", COMMA, stop, start, False))
        return tuple(out)

    def opens(self, key: str) -> bool:
        """Return whether a word or phrase of the file begins with ``key`` and is longer."""
        found = self._opens.get(key)
        if found is None:
            after = bisect_right(self._ordered, key) if key else len(self._ordered)
            found = after < len(self._ordered) and self._ordered[after].startswith(key)
            if len(self._opens) < _REMEMBERED:
                self._opens[key] = found
        return found

    def _cut(self, run: str) -> list[Part]:
        if run.isalpha():
            return self._letters(run, 0)
        raw = cut(run)
        whole = self._whole(run, raw) if len(run) <= _LONGEST_REMEMBERED else None
        return whole or self._joined(raw)

    def _whole(self, run: str, raw: list[Raw]) -> list[Part] | None:
        """A run that is one word of the file though it holds digits or signs: "q6h", "5-HTP", "over-the-counter"."""
        first, last = 0, len(raw)
        while last and raw[last - 1][2] and raw[last - 1][0][0] != "/":
            last -= 1
        while first < last and raw[first][2]:
            first += 1
        if last - first < 2:
            return None
        start, end = raw[first][1], raw[last - 1][1] + len(raw[last - 1][0])
        core = run[start:end]
        key = fold(core)
        kind = self.words.get(key) or (SIG if key[:1] == "q" and key[1:2].isdigit() else None)
        if kind is None:
            return None
        before, after = (self._joined(part) for part in (raw[:first], raw[last:]))
        if kind == NAME or core.replace(".", "").isalnum():
            return [*before, (core, key, kind, start, end), *after]
        inner = [
            (text, "", KIND_OF_SIGN.get(text[0], OTHER), at, at + len(text))
            if sign
            else (text, fold(text), kind, at, at + len(text))
            for text, at, sign in raw[first:last]
        ]
        return [*before, *inner, *after]

    def _joined(self, raw: list[Raw]) -> list[Part]:
        """Words and signs, with numbers joined to their units, and names parted from their strengths."""
        out: list[Part] = []
        at, size = 0, len(raw)
        while at < size:
            text, start, sign = raw[at]
            follows = raw[at + 1] if at + 1 < size and not raw[at + 1][2] else None
            if sign:
                kind = KIND_OF_SIGN.get(text[0], OTHER)
                out.append((text, "", kind, start, start + len(text)))
            elif follows is None:
                if is_number(text):
                    out.append((text, fold(text), NUMBER, start, start + len(text)))
                else:
                    out.extend(self._letters(text, start))
            elif is_number(text):
                out.extend(self._number_and_letters(text, follows[0], start))
                at += 1
            else:
                more = raw[at + 2][0] if at + 2 < size and not raw[at + 2][2] else ""
                if self._one_word(text, follows[0], more):
                    both = text + follows[0] + more
                    key = fold(both)
                    kind = self.words.get(key) or (SIG if key[:1] in ("q", "x") else NAME)
                    out.append((both, key, kind, start, start + len(both)))
                    at += 2 if more else 1
                else:
                    out.extend(self._letters(text, start))
            at += 1
        return out

    def _one_word(self, letters: str, digits: str, more: str) -> bool:
        """Whether letters and digits are one word (B12, D3, x2, q4min) and not a name with its strength."""
        key = fold(letters)
        if more:
            return self.words.get(fold(more)) != STRENGTH and (key == "q" or len(letters + digits + more) <= 4)
        if len(letters) == 1:
            return True
        if key in self.words and self.words[key] != NAME:
            return False
        if len(digits) == 1 and (key.startswith("vit") or key == "omega"):
            return True
        return len(letters) <= 3 and len(digits) <= 2

    def _number_and_letters(self, digits: str, letters: str, start: int) -> list[Part]:
        """A number with what is glued to it: its unit (25mg), a word of directions (2x), or a name."""
        key = fold(letters)
        both = digits + letters
        end = start + len(both)
        kind = self.words.get(fold(both))
        if kind is None:
            kind = self.words.get(key)
            if key in _COUNTED:
                kind = SIG
            elif kind not in (STRENGTH, NAME, FORM):
                kind = None
        if kind is not None:
            return [(both, fold(both), kind, start, end)]
        if key in _ORDINALS:
            return [(both, fold(both), FILLER, start, end)]
        for size in range(min(_UNIT_LETTERS, len(letters) - 2), 0, -1):  # 10mgtablet, 25mgpo
            if self.words.get(fold(letters[:size])) == STRENGTH and fold(letters[size:]) in self.words:
                middle = start + len(digits) + size
                amount = both[: len(digits) + size]
                return [(amount, fold(amount), STRENGTH, start, middle), *self._letters(letters[size:], middle)]
        if key not in self.words and len(letters) < 4:
            return [(both, fold(both), NAME, start, end)]
        middle = start + len(digits)
        return [(digits, fold(digits), NUMBER, start, middle), *self._letters(letters, middle)]

    def _letters(self, text: str, start: int) -> list[Part]:
        """A word of letters; two where a release suffix or an elided article is glued to a name."""
        key = fold(text)
        kind = self.words.get(key)
        end = start + len(text)
        if kind is not None or len(text) < 4:
            return [(text, key, kind or NAME, start, end)]
        if not text.isalpha():
            elided = self._elided(text)
            if elided:
                article = text[:elided]
                return [
                    (article, fold(article), "det", start, start + elided),
                    *self._letters(text[elided:], start + elided),
                ]
            stop = self._two_abbreviations(text)
            if stop:
                return [*self._letters(text[:stop], start), *self._letters(text[stop:], start + stop)]
        for length in (2, 1):
            head, tail = text[:-length], text[-length:]
            if tail.isupper() and head[-1].islower() and (length == 2 or tail == "D"):
                suffix = self.words.get(fold(tail))
                if suffix in _SUFFIX:
                    middle = end - length
                    head_key = fold(head)
                    return [
                        (head, head_key, self.words.get(head_key, NAME), start, middle),
                        (tail, fold(tail), suffix or VARIANT, middle, end),
                    ]
        return [(text, key, NAME, start, end)]

    @staticmethod
    def _elided(text: str) -> int:
        """Where the article ends in d'aspirine; else 0."""
        for place, char in enumerate(text[:5]):
            if char in APOSTROPHES:
                return place + 1 if len(text) - place > 3 and fold(text[:place]) in _ELIDED else 0
        return 0

    def _two_abbreviations(self, text: str) -> int:
        """Where to cut p.o.b.i.d.; else 0."""
        if "." not in text or len(text) > _LONGEST_REMEMBERED:
            return 0
        stops = [place + 1 for place, char in enumerate(text) if char == "."]
        return next(
            (stop for stop in stops[1:-1] if fold(text[:stop]) in self.words and fold(text[stop:]) in self.words), 0
        )


def _comma(run: str, start: int) -> int:
    """Return where the next comma stands that is not within a number; the end when there is none."""
    place = run.find(",", start)
    while 0 < place < len(run) - 1 and run[place - 1].isdecimal() and run[place + 1].isdecimal():
        place = run.find(",", place + 1)
    return place if place >= 0 else len(run)
