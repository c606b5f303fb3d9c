"""Read a pasted list into entries.

A line holds one entry or several, parted by commas, semicolons or tabs; headings set the section of
what follows; a line of directions alone belongs to the entry above it. Everything pasted is in some
entry's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checker.medication_list.sections import clauses, is_heading, is_note, section_reason, why_not_current
from checker.medication_list.words import words_of
from checker.report import HEADING, ITEM, NOTE, Entry, Word

_BULLET = re.compile(r"[\s\x00]*(?:(?:[-–—*•·▪▫◦‣●○■□☐☑☒✓✔✗>#]+|\(?\d{1,3}[.)](?!\d)|\[[ xX✓]?\])[\s\x00]+)*")
_NAMED = re.compile(r"([^:\d]{2,60}):(?=\s|$|[A-Za-zА-Яа-я])")
_DETAIL = frozenset(("number", "strength", "form", "sig", "release", "salt", "filler", "joiner", "reason"))
_SENTENCE = re.compile(r"(?<=[\w)\]])\.\s+(?=[A-ZÀ-ÞА-Я])")
_CLOSES = {"(": ")", "[": "]", "{": "}", '"': '"', "“": "”", "«": "»"}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class LimitError(ValueError):
    """A list is longer than the caller allows. The text says by how much and what to do."""


def read(
    text: str, words: Mapping[str, str], *, characters: int | None = None, entries: int | None = None
) -> tuple[Entry, ...]:
    """Return the entries of a list, in order, numbered from 1.

    Args:
        text: whatever was pasted.
        words: folded word -> kind (``Database.words()``).
        characters, entries: limits; None for none.

    Raises:
        LimitError: the text is longer than a limit.
    """
    if characters is not None and len(text) > characters:
        raise LimitError(
            f"The list has {len(text):,} characters; at most {characters:,} can be read at once. Please split it."
        )
    found: list[Entry] = []
    section, reason = "", ""
    standing = ("", "")  # the section of a heading that stood alone on its line
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.isspace():
            continue
        section, reason = standing
        headings = others = 0
        for kind, part, own in _parts(line, words):
            headings += kind == HEADING
            others += kind != HEADING
            if kind == HEADING:
                section, reason = part.strip(), section_reason(part)
                found.append(Entry(0, number, part.strip(), HEADING, own, True, "", section))
                continue
            if kind == "detail" and found and found[-1].kind == ITEM:
                before = found[-1]
                joined = f"{before.text}{' ' if before.line != number else ', '}{part.strip()}"
                found[-1] = before._replace(text=joined, words=words_of(joined, words))
                continue
            why = reason or (why_not_current(part, own) if kind == ITEM else "")
            role = NOTE if kind == "detail" else kind
            found.append(Entry(0, number, part.strip(), role, own, not why, why, section))
            if entries is not None and len(found) > entries:
                raise LimitError(f"The list has more than {entries:,} entries. Please split it.")
        if headings:
            # "Allergies: none" speaks for its own line; to hide what follows it would be a guess
            standing = ("", "") if others and reason else (section, reason)
    return tuple(entry._replace(number=number) for number, entry in enumerate(found, 1))


def _parts(line: str, words: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
    """Yield the parts of a line with their kinds: heading, item, note, or detail of what is before."""
    if _PLAIN.issuperset(line):  # one bare word, the commonest line of all
        own = words_of(line, words)
        yield (HEADING if own[0].kind == "heading" else ITEM), line, own
        return
    lead = _BULLET.match(line)
    rest = line[lead.end() :] if lead else line
    if not rest.strip():
        rest = line
    if not any(char.isalnum() for char in rest):
        yield NOTE, line, ()
        return
    own = words_of(rest.strip(), words)
    if is_heading(own, colon=False):
        yield HEADING, rest, own
        return
    if is_note(own):
        yield NOTE, rest, own
        return
    if "\t" in rest or rest.count("|") > 1:
        yield ITEM, rest, own  # a row of a table
        return
    for sentence in _sentences(rest):
        yield from _named(sentence, words)


def _named(sentence: str, words: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
    """Yield a heading at the start of a sentence ("Medications: aspirin, Plavix"), and what it heads."""
    named = _NAMED.match(sentence)
    if named:
        own = words_of(named.group(1).strip(), words)
        if is_heading(own, colon=True):
            heading = named.group(1).strip() + ":"
            yield HEADING, heading, words_of(heading, words)
            sentence = sentence[named.end() :]
        elif own and own[0].kind == "note":
            yield NOTE, sentence, words_of(sentence.strip(), words)
            return
    yield from _segments(sentence, words)


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for stop in _SENTENCE.finditer(text):
        last = text[start : stop.start()].split()[-1:]
        if last and (len(last[0]) <= 3 or "." in last[0]):
            continue  # p.o., q.d., Dr., ret.
        yield text[start : stop.end()]
        start = stop.end()
    yield text[start:]


def _segments(text: str, words: Mapping[str, str]) -> Iterator[tuple[str, str, tuple[Word, ...]]]:
    for segment in _split(text):
        if not any(char.isalnum() for char in segment):
            continue
        whole = words_of(segment.strip(), words)
        parts = clauses(segment, whole)
        for left, right in parts:
            part = segment[left:right]
            own = whole if len(parts) == 1 else words_of(part.strip(), words)
            if own and all(word.kind in _DETAIL for word in own):
                yield "detail", part, own
            else:
                yield ITEM, part, own


def _split(text: str) -> Iterator[str]:
    """Split at commas and semicolons that part entries: not inside numbers, brackets or quotes."""
    if "," not in text and ";" not in text:
        yield text
        return
    start = 0
    closing: list[str] = []
    size = len(text)
    for at, char in enumerate(text):
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _CLOSES and len(closing) < 8 and text.find(_CLOSES[char], at + 1, at + 200) > 0:
            closing.append(_CLOSES[char])
        elif char == ";" and not closing:
            yield text[start:at]
            start = at + 1
        elif char == "," and not closing:
            if 0 < at < size - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
                continue
            yield text[start:at]
            start = at + 1
    yield text[start:]
