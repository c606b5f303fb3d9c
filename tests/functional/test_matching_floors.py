"""The bar for the matcher, on our own cases: a later change can't slip below."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from checker.matching import Matcher
from checker.medication_list import read
from drugdb.folding import fold
from drugdb.reader import open_database

CASES = Path(__file__).parent.parent / "cases"
FLAGGED = frozenset(("worsens", "mixed", "augments"))
DATABASE = open_database()
MATCHER = Matcher(DATABASE)
WORDS = DATABASE.words()


def rows(name: str) -> list[dict[str, str]]:
    with open(CASES / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def lines(name: str) -> list[str]:
    return [line for line in (CASES / name).read_text("utf-8").splitlines() if line]


def answer(text: str) -> tuple[set[str], set[str]]:
    """What a line was read as, and what was offered."""
    read_as: set[str] = set()
    offered: set[str] = set()
    for _, match in MATCHER.match_list(read(text, WORDS)):
        if match.kind not in ("class", "trigger"):
            read_as.update(match.substances)
        for candidate in match.candidates:
            offered.update(candidate.substances)
    return read_as, offered


@pytest.fixture(scope="module")
def misspelt() -> list[tuple[str, str, set[str], set[str]]]:
    return [(row["written"], row["meant"], *answer(row["written"])) for row in rows("misspellings.csv")]


def test_misspelt_names_are_read(misspelt: list[tuple[str, str, set[str], set[str]]]) -> None:
    right = sum(read_as == {meant} for _, meant, read_as, _ in misspelt)
    assert right >= 0.9 * len(misspelt)


def test_misspelt_names_are_read_or_asked(misspelt: list[tuple[str, str, set[str], set[str]]]) -> None:
    lost = [(written, meant) for written, meant, read_as, offered in misspelt if meant not in read_as | offered]
    assert len(lost) <= 0.005 * len(misspelt), lost


def test_none_is_another_drug(misspelt: list[tuple[str, str, set[str], set[str]]]) -> None:
    wrong = [(written, meant, read_as) for written, meant, read_as, _ in misspelt if read_as and read_as != {meant}]
    assert len(wrong) <= 0.003 * len(misspelt), wrong


def test_no_aggravator_is_lost(misspelt: list[tuple[str, str, set[str], set[str]]]) -> None:
    for written, meant, read_as, offered in misspelt:
        row = DATABASE.substance(meant)
        if row and row.effect in FLAGGED:
            assert meant in read_as | offered, written


@pytest.mark.parametrize("case", rows("ambiguous.csv"), ids=lambda case: case["written"])
def test_an_ambiguous_spelling_is_never_guessed(case: dict[str, str]) -> None:
    read_as, offered = answer(case["written"])
    assert not read_as
    assert offered & set(case["claimed_by"].split("|"))


def test_what_names_no_drug_is_none() -> None:
    called = [(line, answer(line)[0]) for line in lines("nondrugs.txt") if answer(line)[0]]
    assert len(called) <= 0.01 * len(lines("nondrugs.txt")), called


@pytest.mark.parametrize("name", lines("aggravator_names.txt"))
def test_brands_of_aggravators_are_known(name: str) -> None:
    read_as, offered = answer(name)
    assert any(row.effect in FLAGGED for each in read_as | offered if (row := DATABASE.substance(each)))


def test_no_name_of_a_published_pair_is_its_partner() -> None:
    """Both names of every pair resolve to themselves."""
    with open(CASES.parent.parent / "drugdb" / "curated" / "lookalikes.csv", encoding="utf-8", newline="") as handle:
        pairs = list(csv.DictReader(handle))
    assert len(pairs) > 400
    for pair in pairs:
        for name in (pair["name_a"], pair["name_b"]):
            truth = {frozenset(entry.substances) for entry in DATABASE.spelling(fold(name))}
            read_as, _ = answer(name)
            assert truth, name
            assert not read_as or frozenset(read_as) in truth, name


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("trazadone", "trazodone"),
        ("sertralline", "sertraline"),
        ("metaclopramide", "metoclopramide"),
        ("benedryl", None),
    ],
)
def test_what_everyone_writes_is_read_without_asking(written: str, meant: str | None) -> None:
    """The misspellings met most: only one whose name itself means several things is asked about."""
    assert answer(written)[0] == ({meant} if meant else set())
