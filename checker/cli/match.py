"""``rlscheck match``: lines in, one JSON object a line out, in the same order."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from checker.cli import OK
from checker.cli.check import add_market
from checker.cli.checking import unknown_market
from checker.report import EXACT, ITEM, Entry, Match

if TYPE_CHECKING:
    from checker.matching import Matcher

DESCRIPTION = """\
Reads names of medicines, one line each, and writes for each line one JSON
object with what it was read as:

  {"input": "...", "status": "exact", "name": "...", "kind": "substance",
   "substances": ["..."], "candidates": []}

The status is exact, corrected, ambiguous or unrecognised; an ambiguous name has
candidates: [{"name": ..., "kind": ..., "substances": [...]}, ...]. A line that
holds several medicines gives {"input": ..., "items": [such objects]}. Each line
is answered as soon as it was read, so that a program can ask and wait."""
EXAMPLES = """\
  rlscheck match names.txt > names.jsonl
  echo "redbul" | rlscheck match
  cut -f2 export.tsv | rlscheck match --market UK"""

_CHUNK = 1 << 18
_KEPT = 200_000  # answers kept, so that a line that comes again costs nothing
_NOT_A_MEDICINE = ("class", "trigger")

_encoded = json.encoder.encode_basestring  # the fast path of json.dumps(text, ensure_ascii=False)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="the names; - or nothing reads standard input")
    add_market(parser)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from checker.matching import Matcher
    from drugdb.reader import open_database

    with open_database() as database:
        if options.market and options.market not in database.markets():
            raise unknown_market(options.market, database.markets())
        answers = Answers(Matcher(database, options.market), database.words())
        source = _descriptor(options.file)
        try:
            _copy(source, answers)
        finally:
            if source != _standard_input():
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
            said = self._said[line] = self._answer(line)
        return said

    def _answer(self, line: str) -> str:
        from drugdb.folding import fold

        if line.isascii() and line.isalpha():
            # one bare word that is a name and nothing else needs no reading
            key = fold(line)
            rest = self._bare.get(key)
            if rest is not None:
                return f'{{"input": {_encoded(line)}, {rest}}}\n'
            if key not in self._words:
                match = self._matcher.match_name(line)
                rest = json.dumps(_match(match), ensure_ascii=False)[1:-1]
                if match.status == EXACT:
                    self._bare[key] = rest
                return f'{{"input": {_encoded(line)}, {rest}}}\n'
        return json.dumps(self._full(line), ensure_ascii=False) + "\n"

    def _full(self, line: str) -> dict[str, Any]:
        from checker.medication_list import read

        # whatever else breaks lines is no line end here: one line in, one object out
        pairs = self._matcher.match_list(read(" ".join(line.splitlines()), self._words))
        if not pairs:
            return {"input": line, **_match(_NOTHING)}
        if len(pairs) == 1:
            return {"input": line, **_item(*pairs[0])}
        return {"input": line, "items": [{"input": entry.text, **_item(entry, match)} for entry, match in pairs]}


_NOTHING = Match("unrecognised", "", "", (), (), (), "", "")


def _item(entry: Entry, match: Match) -> dict[str, Any]:
    found = _match(match)
    if entry.kind != ITEM:
        found["kind"] = entry.kind
    elif not entry.current:
        found["current"] = False
    return found


def _match(match: Match) -> dict[str, Any]:
    return {
        "status": match.status,
        "name": match.name,
        "kind": match.kind,
        "substances": [] if match.kind in _NOT_A_MEDICINE else list(match.substances),
        "candidates": [
            {
                "name": each.name,
                "kind": each.kind,
                "substances": [] if each.kind in _NOT_A_MEDICINE else list(each.substances),
            }
            for each in match.candidates
        ],
    }


def _standard_input() -> int:
    return sys.stdin.fileno()


def _descriptor(path: str | None) -> int:
    return _standard_input() if path in (None, "-") else os.open(str(path), os.O_RDONLY)
