"""Every name of an aggravator, spoilt in more than twenty ways: never another drug in silence, never lost.

Names of two or three letters are left out of what must be found again: with one of their letters gone,
nothing is left to find them by. So are those that a slip turns into an everyday word.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from checker.matching import Matcher
from checker.medication_list import read
from checker.report import Match
from drugdb.folding import fold
from drugdb.reader import Database, open_database
from tests.generative.corruption import WAYS

FLAGGED = frozenset(("worsens", "mixed", "augments"))
SHORTEST = 4  # letters of a name that must be found again
# How many of some 80,000 spoilt names may be neither read nor offered, or read as something else. Each is
# printed when the bound is broken.
MOST_LOST = 1 / 20_000
MOST_WRONG = 0.0


def aggravators(database: Database) -> Iterator[tuple[str, str]]:
    """Yield each name of an aggravator that we own, with its key."""
    flagged = {substance.name for substance in database.substances() if substance.effect in FLAGGED}
    for key, group in database.all_spellings().items():
        for name in group:
            if name.kind in ("substance", "synonym", "product") and flagged & set(name.substances):
                yield name.text, key
                break


@pytest.fixture(scope="module")
def spoilt() -> list[tuple[str, str, str, str, str]]:
    """Every name in every way, with what came of it: (outcome, way, name, spoilt, read as)."""
    database = open_database()
    matcher = Matcher(database)
    matcher.lexicon.load()
    words = database.words()
    out = []
    for text, key in aggravators(database):
        meant = {frozenset(name.substances) for name in matcher.lexicon.names(key)}
        for way, spoil in WAYS.items():
            if way == "strength glued on" and text[-1].isdigit():
                continue  # "B6" and "5mg" make "B65mg", which nobody can part
            wrong = spoil(text.lower(), random.Random(f"{text} {way}"))
            again = fold(wrong)
            if again == key or len(again) < SHORTEST or matcher.lexicon.names(again):
                continue  # not spoilt, or spoilt into another real name
            if matcher.lexicon.ordinary(again):
                continue  # spoilt into an everyday word ("acid", "quit")
            if way in ("split in two", "strength glued on"):
                matches = [match for _, match in matcher.match_list(read(wrong, words))]
            else:
                matches = [matcher.match_name(wrong)]
            out.append((outcome(matches, meant), way, text, wrong, matches[0].name))
    return out


def outcome(matches: list[Match], meant: set[frozenset[str]]) -> str:
    """Say what became of a spoilt name: right, asked, wrong or lost."""
    read_as = frozenset(s for match in matches for s in match.substances)
    if read_as:
        return "right" if any(read_as == each or each <= read_as for each in meant) else "wrong"
    offered = [frozenset(candidate.substances) for match in matches for candidate in match.candidates]
    return "asked" if any(each in meant or any(each & m for m in meant) for each in offered) else "lost"


def test_there_are_enough(spoilt: list[tuple[str, str, str, str, str]]) -> None:
    assert len(spoilt) > 30_000
    assert len({way for _, way, *_ in spoilt}) >= 18


@pytest.mark.parametrize(("bad", "most"), [("lost", MOST_LOST), ("wrong", MOST_WRONG)])
def test_hardly_any_is_lost_or_another_drug(
    spoilt: list[tuple[str, str, str, str, str]], bad: str, most: float
) -> None:
    found = [each for each in spoilt if each[0] == bad]
    assert len(found) <= most * len(spoilt), f"{len(found)} of {len(spoilt)} {bad}: {found[:40]}"


def test_most_are_read_without_asking(spoilt: list[tuple[str, str, str, str, str]]) -> None:
    right = sum(outcome == "right" for outcome, *_ in spoilt)
    assert right >= 0.75 * len(spoilt)
