"""Whole lists as they are pasted: the files of tests/cases/lists.

A file holds the paste, a line "=>", and one line for each entry:
    kind | own words | current, or why not | the heading above it
A tab in the own words is written as an arrow.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.medication_list import read
from tests.words import words

FOLDER = Path(__file__).parent.parent / "cases" / "lists"
FILES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_whole_list(file: Path) -> None:
    paste, _, expected = file.read_text("utf-8").partition("\n=>\n")
    found = [
        f"{entry.kind} | {entry.text} | {'current' if entry.current else entry.reason} | {entry.section}"
        for entry in read(paste, words())
    ]
    assert [line.replace("\t", "→").rstrip() for line in found] == [line.rstrip() for line in expected.splitlines()]


def test_there_are_lists() -> None:
    assert len(FILES) >= 15
