"""Lines in, one JSON object a line out, in the same order: what ``rlscheck match`` does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from checker.cli import OK
from checker.cli.checking import unknown_market
from checker.report import EXACT, ITEM, Entry, Match
from drugdb.values import TYPE_CHECKING

try:
    from _json import encode_basestring as _quoted  # json itself takes longer to import than a name to match
except ImportError:  # another Python than CPython
    from json.encoder import encode_basestring as _quoted

if TYPE_CHECKING:
    from checker.matching import Matcher

_CHUNK = 1 << 18
_KEPT = 200_000  # answers kept, so that a line that comes again costs nothing
_NOT_A_MEDICINE = ("class", "trigger")
_NOTHING = Match("unrecognised", "", "", (), (), (), "", "")


def run(file: str | None, market: str) -> int:
    """Answer the lines of a file, or of standard input for None or ``-``.

    Raises:
        UserError: the market is none that products are known for.
        OSError: the file cannot be read.
    """
    from checker.matching import Matcher
    from drugdb.reader import open_database

    with open_database() as database:
        if market and market not in database.markets():
            raise unknown_market(market, database.markets())
        answers = Answers(Matcher(database, market), database.words())
        if file in (None, "-"):
            _copy(sys.stdin.fileno(), answers)
            return OK
        source = os.open(str(file), os.O_RDONLY)
        try:
            _copy(source, answers)
        finally:
            os.close(source)
    return OK


def _copy(source: int, answers: Answers) -> None:
    """Answer what comes, as it comes."""
    sys.stdout.flush()
    out = sys.stdout.buffer
    for chunk in _lines(source):
        out.write("".join(map(answers.of, chunk)).encode("utf-8", "replace"))
        out.flush()


def _lines(source: int) -> Iterator[list[str]]:
    """Yield the lines that have come so far, again and again until the end."""
    from checker.medication_list import decode

    rest = b""
    first = True
    while chunk := os.read(source, _CHUNK):
        if first:
            if chunk.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 has no lines until it is decoded
                yield decode(chunk + b"".join(iter(lambda: os.read(source, _CHUNK), b""))).splitlines()
                return
            chunk = chunk.removeprefix(b"\xef\xbb\xbf")
            first = False
        cut = chunk.rfind(b"\n") + 1
        if not cut:
            rest += chunk
            continue
        whole, rest = rest + chunk[:cut], chunk[cut:]
        yield _decoded(whole[:-1])
    if rest:
        yield _decoded(rest)


def _decoded(data: bytes) -> list[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return [_one(line) for line in data.split(b"\n")]
    return [line.removesuffix("\r") for line in text.split("\n")] if "\r" in text else text.split("\n")


def _one(data: bytes) -> str:
    from checker.medication_list import decode

    return decode(data).removesuffix("\r")


class Answers:
    """Answers lines, and remembers what it said.

    Args:
        matcher: what reads the names.
        words: folded word -> kind (``Database.words()``).
    """

    def __init__(self, matcher: Matcher, words: dict[str, str]) -> None:
        self._matcher = matcher
        self._words = words
        self._said: dict[str, str] = {}
        self._bare: dict[str, str] = {}  # answers to bare names, without their input

    def of(self, line: str) -> str:
        """Return the answer to a line, with its line end."""
        said = self._said.get(line)
        if said is None:
            if len(self._said) >= _KEPT:
                self._said.clear()
            said = self._said[line] = f"{{{self._answer(line)}}}\n"
        return said

    def _answer(self, line: str) -> str:
        from drugdb.folding import fold

        if line.isascii() and line.isalpha():
            # one bare word that is a name and nothing else needs no reading
            key = fold(line)
            rest = self._bare.get(key)
            if rest is None and key not in self._words:
                match = self._matcher.match_name(line)
                rest = _match(match)
                if match.status == EXACT:
                    self._bare[key] = rest
            if rest is not None:
                return f'"input": {_quoted(line)}, {rest}'
        return self._full(line)

    def _full(self, line: str) -> str:
        from checker.medication_list import read

        # whatever else breaks lines is no line end here: one line in, one object out
        pairs = self._matcher.match_list(read(" ".join(line.splitlines()), self._words))
        told = f'"input": {_quoted(line)}'
        if len(pairs) < 2:
            return f"{told}, {_item(*pairs[0]) if pairs else _match(_NOTHING)}"
        items = ", ".join(f'{{"input": {_quoted(entry.text)}, {_item(entry, match)}}}' for entry, match in pairs)
        return f'{told}, "items": [{items}]'


def _item(entry: Entry, match: Match) -> str:
    if entry.kind != ITEM:
        return _match(match._replace(kind=entry.kind))
    return _match(match) if entry.current else f'{_match(match)}, "current": false'


def _match(match: Match) -> str:
    candidates = ", ".join(f"{{{_named(each.name, each.kind, each.substances)}}}" for each in match.candidates)
    named = _named(match.name, match.kind, match.substances)
    return f'"status": {_quoted(match.status)}, {named}, "candidates": [{candidates}]'


def _named(name: str, kind: str, substances: tuple[str, ...]) -> str:
    held = "" if kind in _NOT_A_MEDICINE else ", ".join(map(_quoted, substances))
    return f'"name": {_quoted(name)}, "kind": {_quoted(kind)}, "substances": [{held}]'
