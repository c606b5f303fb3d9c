"""The readable cases of tests/cases/reading.txt, through the reader and the matcher."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.matching import Matcher
from checker.medication_list import read
from checker.report import Match
from drugdb.reader import open_database

CASES = Path(__file__).parent.parent / "cases" / "reading.txt"


def cases() -> Iterator[tuple[str, list[str]]]:
    text = "\n".join(line for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#"))
    for block in text.strip().split("\n\n"):
        paste, _, expected = block.partition("\n=>\n")
        yield paste, expected.splitlines()


def as_read(match: Match) -> str:
    if match.status == "ambiguous":
        return "? " + (" + ".join(match.candidates[0].substances) or match.candidates[0].kind)
    if match.kind == "class":
        return "class " + " ".join(match.target)
    if match.kind == "trigger":
        return match.target[0]
    return " + ".join(match.substances) or "-"


@pytest.mark.parametrize(("paste", "expected"), list(cases()), ids=lambda value: str(value)[:40])
def test_case(paste: str, expected: list[str]) -> None:
    with open_database() as database:
        pairs = Matcher(database).match_list(read(paste, database.words()))
        found = [
            f"{entry.kind} | {entry.text} | {'current' if entry.current else entry.reason} | {as_read(match)}"
            for entry, match in pairs
        ]
    assert found == expected
