"""Read a pasted list into entries.

A line holds one entry or several, parted by commas, semicolons or sentences; a row of a table is one
entry. Headings set the section of what follows; a line of directions alone belongs to the entry above it.
Everything pasted is in some entry's text, in order.
"""

from __future__ import annotations

from itertools import pairwise

from checker.medication_list import headings, tables
from checker.medication_list.context import settle
from checker.medication_list.currency import clauses
from checker.medication_list.kinds import (
    CUES,
    DASH,
    DIRECTIONS,
    FILLER,
    FORM,
    HEADS,
    LABELS,
    NAME,
    NUMBER,
    REASONS,
    RELEASE,
    SALT,
    SIG,
    SIGNS,
    STRENGTH,
    SUBSTANCE,
    VARIANT,
)
from checker.medication_list.lexicon import Lexicon
from checker.medication_list.line import Line
from checker.medication_list.splitting import LONGEST, lead, segments, skip_marks
from checker.report import HEADING, ITEM, NOTE, Entry, Word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    _Piece = tuple[int, int, str, str]  # an entry to be: first word, last (exclusive), kind, why it is not current

_LONGEST_ATTACHED = 2000  # characters of an entry that lines of directions are added to
_LONGEST_PLAIN = 60  # words of a line that is nothing but an item
_LONGEST_WRAP = 400  # characters of a line that the rest of a bracket may stand in
# What a line has to hold before anything but a plain item can be in it.
_NOT_PLAIN = frozenset(
    (*SIGNS, *CUES, "not", *HEADS, *LABELS, "heading-item", "none", "note", "note-release")
) - frozenset(("/", "-", "+", "&", "(", ")", "*"))  # fmt: skip
_ORDERS = frozenset(("take", SIG))
_MAY_BEGIN_DIRECTIONS = frozenset(
    (*DIRECTIONS, NUMBER, RELEASE, SALT, "variant-sig", "maybe", "(", "*", "after", "or", "not-taken")
)
_FOR = frozenset(("for", "fur", "pour", "para", "per", "gegen", "ot", "dlia"))
_NOTES = frozenset(("note", "note-release", "label-other"))
_NONE = frozenset(("none", FILLER, "det", "allergies", "allergy", "heading", "not", "to", *SIGNS))
_OF = frozenset(("of", "von", "de", "di", "d"))
_SHORTEST_DIRECTION = 3  # words
_AND = frozenset(("joiner", "or", "&"))
_LISTED = frozenset((NAME, FILLER, "det", *_AND, SALT, VARIANT, "/", "-", "(", ")", ".", '"'))


_MAY_NOT_BE_TAKEN = CUES | {"not"}
_MORE_OF_IT = frozenset((*DIRECTIONS, FORM, "variant-sig", "stopped", "again"))
_LONGEST_ENUMERATION = 40  # segments


def _is_taken(line: Line, first: int, last: int) -> bool:
    """Whether part of a line says how a medicine is taken."""
    kinds = line.kinds[first:last]
    return "take" in kinds or (STRENGTH in kinds and (SIG in kinds or "variant-sig" in kinds))


class LimitError(ValueError):
    """A list is longer than the caller allows. The text says by how much and what to do."""


def read(
    text: str, words: Mapping[str, str], *, characters: int | None = None, entries: int | None = None
) -> tuple[Entry, ...]:
    """Return the entries of a list, in order, numbered from 1.

    Args:
        text: whatever was pasted.
        words: word or phrase -> kind (``Database.words()``).
        characters, entries: limits; None for none.

    Raises:
        LimitError: the text is longer than a limit.
    """
    if characters is not None and len(text) > characters:
        raise LimitError(
            f"The list has {len(text):,} characters; at most {characters:,} can be read at once. Please split it."
        )
    global _lexicon  # noqa: PLW0603
    lexicon = _lexicon
    if lexicon is None or lexicon.source is not words:
        lexicon = _lexicon = Lexicon(words)
    return _List(lexicon, entries).read(text)


_lexicon: Lexicon | None = None  # of the last list: whoever reads many lines gives the same words each time


class _List:
    """The entries read so far, and what of the lines above bears on the next one."""

    def __init__(self, lexicon: Lexicon, most: int | None) -> None:
        self.lexicon = lexicon
        self.most = most
        self.entries: list[Entry] = []
        self.section = ""
        self.reason = ""  # why what stands in this section is not current
        self.topic = False  # the section is about something else than medicines
        self.table: tables.Table | None = None
        self.number = 0  # of the line
        self.apart = True  # nothing stands directly above the line
        self.spaced = False  # the list has blank lines between its items
        self.indented = False  # the section's heading has items on its own line; indented lines go on with them
        self.since_heading = 0

    def read(self, text: str) -> tuple[Entry, ...]:
        lines = text.splitlines()
        if len(lines) > 1:
            blank = sum(not line or line.isspace() for line in lines)
            self.spaced = blank * 2 > len(lines) - blank
        at, size = 0, len(lines)
        kind_of = self.lexicon.words
        while at < size:
            line = lines[at]
            at += 1
            self.number = at
            if line.isalpha() and line.isascii():
                key = line.lower()
                if key not in kind_of and (len(line) < 4 or line[1:].islower() or line.isupper()):
                    self._plain(line, key)
                    continue
            elif not line or line.isspace():
                self._blank()
                continue
            else:
                while at < size and _goes_on(line, lines[at]):
                    line += ("" if line.endswith("-") else " ") + lines[at].strip()
                    at += 1
            self._line(line)
        return tuple(self.entries)

    # -- lines ------------------------------------------------------------------------------------

    def _plain(self, line: str, key: str) -> None:
        """A line that is one unknown word: nearly always a name."""
        if self.indented:
            self._leave_section()
        kind = NOTE if self.topic else ITEM
        self._add(kind, line, (Word(line, key, NAME, 0, len(line)),), self.reason)
        self.apart = False

    def _blank(self) -> None:
        self.apart = True
        self.table = None
        if self.indented or (self.reason and not self.spaced and self.since_heading):
            self._leave_section()

    def _leave_section(self) -> None:
        self.section = self.reason = ""
        self.topic = self.indented = False

    def _line(self, text: str) -> None:
        line = Line(text, self.lexicon)
        if not line.size:
            self._blank()
            return
        settle(line)
        apart, self.apart = self.apart, False
        if self.indented and not text[0].isspace():
            self._leave_section()
        first, number = lead(line, 0, line.size)
        plain = line.has.isdisjoint(_NOT_PLAIN) and NAME in line.has and "\t" not in text
        if plain and not number and line.size <= _LONGEST_PLAIN and line.kinds[first] not in _ORDERS:
            self._add(NOTE if self.topic else ITEM, line.slice(first, line.size), line.words(first), self.reason)
            return
        if not any(line.keys):
            self._add(NOTE, text.strip(), line.words(), "")
            return
        table = tables.titles(line, first, line.size)
        if table is not None:
            self.table = table
            self._add(HEADING, line.slice(first, line.size), line.words(first), "")
            return
        before = self.entries[-1:]
        for start, stop in self._blocks(line, first):
            self._block(line, start, stop, number, apart=apart and start == first)
        if self.entries[-1:] == before:  # a number and signs: nothing pasted goes unanswered
            self._add(NOTE, text.strip(), line.words(), "")

    def _blocks(self, line: Line, first: int) -> list[tuple[int, int]]:
        """Part a line where further headings begin in it."""
        cuts = [first, *headings.inner_headings(line, first, line.size), line.size]
        return list(pairwise(cuts))

    def _block(self, line: Line, first: int, last: int, number: int, *, apart: bool) -> None:
        """Part of a line with at most one heading, at its beginning."""
        if headings.is_note(line, first, last):
            self._add(NOTE, line.slice(first, last), line.words(first, last), "")
            return
        alone = apart or not self.entries or self.entries[-1].kind == HEADING
        found = headings.heading(line, first, last, alone=alone)
        if found is not None and found.heads == headings.NOTE:
            self._add(NOTE, line.slice(first, last), line.words(first, last), "")
            return
        if found is not None and found.heads == headings.LABEL and any(line.keys[found.end : last]):
            end = _end_of_reason(line, found.end, last)
            if not self._attached(line, first, end):
                self._items(line, first, end, 0)
            if end < last:
                self._items(line, end + 1, last, 0)
            return
        if found is None:
            self._items(line, first, last, number)
            return
        self._heading(line, first, found)
        rest = found.end
        if not any(line.keys[rest:last]):
            return
        rest, number = lead(line, rest, last)
        self.indented = bool(self.reason or self.topic) and not _to_be_continued(line, last)
        self._items(line, rest, last, number)

    def _heading(self, line: Line, first: int, found: headings.Heading) -> None:
        text = line.slice(first, found.end)
        self._add(HEADING, text, line.words(first, found.end), "")
        if found.heads == headings.COLUMNS:
            return
        self.section = text.rstrip(" :–—-\t")
        self.reason = found.reason
        self.topic = found.heads == headings.TOPIC
        self.indented = False
        self.since_heading = 0

    # -- items ------------------------------------------------------------------------------------

    def _items(self, line: Line, first: int, last: int, number: int) -> None:
        if last - first <= LONGEST:
            sorts = set(line.kinds[first:last])
            details = NAME not in sorts or _is_direction(line, first, last)
            if details and self._may_attach(line, first, last, sorts) and self._attached(line, first, last):
                return
        separator = tables.separator_of(line, first, last, self.table)
        if separator and last - first <= LONGEST:
            if self.table is not None and self.table.separator == separator:
                tables.apply(self.table, line, first, last)
            parts = [(first, last, True)]
        else:
            self.table = None
            parts = list(segments(line, first, last, number))
        for start, stop, kind, why in _pieces(line, parts):
            self._piece(line, start, stop, kind, why)

    def _piece(self, line: Line, first: int, last: int, kind: str, why: str) -> None:
        reason = why or self.reason
        if not why and "allerg" in self.reason and _is_taken(line, first, last):
            reason = ""  # "Allergies - hydroxyzine 25 mg tid" is for allergies; when in doubt it is current
        if reason and not why and kind == NOTE and not self.topic and "none" not in line.kinds[first:last]:
            reason = ""
        if self.topic and not why:
            kind = NOTE
        self._add(kind, line.slice(first, last), line.words(first, last), reason)

    # -- directions under an item -----------------------------------------------------------------

    def _may_attach(self, line: Line, first: int, last: int, sorts: set[str]) -> bool:
        """Whether a line without a name of its own belongs to the item above it."""
        if not self.entries or self.entries[-1].kind != ITEM or "none" in sorts:
            return False
        if "look" in sorts or "heading-item" in sorts or "heading" in sorts or _named_by_use(line, first, last):
            return False
        head = line.kinds[first]
        if head == FORM:
            return STRENGTH in sorts or "take" in sorts
        if line.keys[first] in _FOR:
            return not sorts.isdisjoint(REASONS)
        if not sorts.isdisjoint(("stopped", "again")) and head not in LABELS:
            return True
        if head not in _MAY_BEGIN_DIRECTIONS:
            return False
        return not sorts.isdisjoint((*DIRECTIONS, FORM, "variant-sig", "maybe"))

    def _attached(self, line: Line, first: int, last: int) -> bool:
        """Add words to the entry above; False when there is none that takes them."""
        before = self.entries[-1] if self.entries else None
        if before is None or before.kind != ITEM:
            return False
        text = line.slice(first, last)
        shift = len(before.text) + 1
        if shift + len(text) > _LONGEST_ATTACHED:
            return False
        own = clauses(line, first, last)[0]
        reason = before.reason or own.reason
        if own.resumes and before.reason and not self.reason:
            reason = ""
        moved = tuple(word._replace(start=word.start + shift, end=word.end + shift) for word in line.words(first, last))
        self.entries[-1] = before._replace(
            text=f"{before.text} {text}", words=before.words + moved, current=not reason, reason=reason
        )
        return True

    def _add(self, kind: str, text: str, words: tuple[Word, ...], reason: str) -> None:
        entries = self.entries
        section = "" if kind == HEADING else self.section
        entries.append(Entry(len(entries) + 1, self.number, text, kind, words, not reason, reason, section))
        self.since_heading += 1
        if self.most is not None and len(entries) > self.most:
            raise LimitError(f"The list has more than {self.most:,} entries. Please split it.")


def _pieces(line: Line, parts: list[tuple[int, int, bool]]) -> list[_Piece]:
    """Make of segments what becomes entries: details joined to their item, clauses apart."""
    found: list[_Piece] = []
    leading = ""  # the reason that a sentence begins with, while its list goes on
    kinds = line.kinds
    plain = line.has.isdisjoint(_MAY_NOT_BE_TAKEN)
    for number, (begin, last, opens) in enumerate(parts):
        first = skip_marks(line, begin, last) if kinds[begin] in SIGNS else begin
        if plain and last - first == 1 and kinds[first] == NAME:
            found.append((first, last, ITEM, ""))
            continue
        sorts = set(kinds[first:last])
        if kinds[first] in _NOTES and headings.is_note(line, first, last):
            if found and not opens and last - found[-1][0] <= LONGEST:
                found[-1] = (found[-1][0], last, *found[-1][2:])  # who prescribed it
            else:
                found.append((first, last, NOTE, ""))
            continue
        if "none" in sorts and sorts <= _NONE:
            own_words = line.slice(first, last).lower()
            about = "allergies" in sorts or own_words.startswith("nk") or "allerg" in own_words
            found.append((first, last, NOTE, own_words if about else ""))
            continue
        own = None if plain else clauses(line, first, last)
        detail = found and found[-1][2] == ITEM and _is_detail(line, first, last, sorts, opens=opens)
        if detail and last - found[-1][0] <= LONGEST:
            start, _, kind, reason = found[-1]
            if own is not None:
                reason = "" if reason and own[0].resumes else reason or own[0].reason
            found[-1] = (start, last, kind, reason)
            continue
        substance = not sorts.isdisjoint(SUBSTANCE)
        if kinds[first] == "take" and NAME not in sorts and not _named_by_use(line, first, last):
            substance = False  # directions, of what is not said
        if own is None:
            found.append((first, last, ITEM if substance else NOTE, ""))
            continue
        if opens:
            leading = own[0].reason if own[0].leads and _enumerates(line, parts, number) else ""
        for clause in own:
            kind = ITEM if substance or clause.reason else NOTE
            found.append((clause.first, clause.last, kind, clause.reason or (leading if clause.named else "")))
    return found


def _is_detail(line: Line, first: int, last: int, sorts: set[str], *, opens: bool) -> bool:
    """Whether a segment only says more of the item before it on the line."""
    if NAME in sorts or "look" in sorts or "heading-item" in sorts or _named_by_use(line, first, last):
        return False
    return not opens or not sorts.isdisjoint(_MORE_OF_IT)


def _goes_on(line: str, following: str) -> bool:
    """Whether a line is broken off: within a bracket, or after a sign that joins names."""
    if not following or len(following) > _LONGEST_WRAP or len(line) > _LONGEST_ATTACHED or following.isspace():
        return False
    if "(" in line and line.count("(") > line.count(")"):
        closes, opens = following.find(")"), following.find("(")
        return closes >= 0 and (opens < 0 or closes < opens)
    if line[-1] in "/+&" and len(line) > 1 and following[0].isalnum():
        return line[-2].isalnum() or line[-2] == " "
    return line[-1] == "-" and len(line) > 2 and line[-2].isalpha() and following[0].islower()


def _end_of_reason(line: Line, first: int, last: int) -> int:
    """Return where another medicine is parted by a dash from the reason of the one above; ``last`` when none is."""
    if line.kinds[first] not in REASONS:
        return last
    dashes = (at for at in range(first + 1, last) if line.kinds[at] == DASH and line.spaced(at))
    return next((at for at in dashes if NAME in line.kinds[at + 1 : last]), last)


def _to_be_continued(line: Line, last: int) -> bool:
    return line.kinds[last - 1] == ","


def _named_by_use(line: Line, first: int, last: int) -> bool:
    """Whether words name a medicine by what it is for: "sleeping pill", "allergy tablets"."""
    kinds = line.kinds
    for place in range(first, last - 1):
        kind = kinds[place]
        if kinds[place + 1] not in (FORM, "heading", "heading-item"):
            continue
        if kind in REASONS or (kind == "variant-sig" and (place == first or kinds[place - 1] in ("det", NUMBER))):
            return True
    return False


def _is_direction(line: Line, first: int, last: int) -> bool:
    """Whether words are directions though they hold one that is not known: "Take 1 tablet by mouth with ..."."""
    kinds = line.kinds
    if kinds[first] not in _ORDERS or last - first < _SHORTEST_DIRECTION:
        return False
    measured = -1
    for place in range(first + 1, last):
        kind = kinds[place]
        if kind == NAME:
            # a name right after "1 tablet" or "25 mg of" is what is taken
            return 0 <= measured < place - 1 and line.keys[place - 1] not in _OF
        if kind in (FORM, STRENGTH):
            measured = place
        elif kind not in (NUMBER, SIG, "det", "take", *SIGNS) and measured < 0:
            return False
    return False


def _enumerates(line: Line, parts: list[tuple[int, int, bool]], number: int) -> bool:
    """Whether bare names follow a segment up to the end of its sentence, the last after "and"."""
    last = None
    for first, stop, opens in parts[number + 1 : number + _LONGEST_ENUMERATION]:
        if opens:
            break
        last = line.kinds[first:stop]
        if not _LISTED.issuperset(last):
            return False
    return last is not None and not _AND.isdisjoint(last)
