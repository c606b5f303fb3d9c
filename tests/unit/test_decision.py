"""What speaks against a correction: each reason on a vocabulary made for it."""

from __future__ import annotations

import pytest

from checker.matching import Matcher
from checker.matching.lexicon import Lexicon
from checker.medication_list import read
from tests.unit.vocabulary_stub import StubDatabase, guard, product, substance

NAMES = [
    *substance("sertraline", weight=3),
    *substance("alprazolam", weight=3),
    *substance("triazolam", weight=2),
    *substance("midazolam", weight=2),
    *substance("ketoconazole", weight=2),
    *substance("garlic", weight=1),
    product("Prozac", "fluoxetine", weight=3),
    product("Prozar", "losartan", weight=0),
    product("Haldol", "haloperidol", weight=3),
    product("Hallol", "bencyclane", weight=0),
    product("Clexane", "enoxaparin", weight=3),
    product("Celexa", "citalopram", weight=0),
    product("Chlor-Trimeton", "chlorphenamine", weight=2),
    product("Pepcid", "famotidine", weight=3),
    guard("butoconazole", "butoconazole"),
    guard("butoconazol", "butoconazole"),
]
EFFECTS = {"haloperidol": "worsens", "citalopram": "worsens", "fluoxetine": "worsens", "chlorphenamine": "worsens"}


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(StubDatabase(NAMES, EFFECTS, {"garlic", "bread"}))  # type: ignore[arg-type]


def offered(matcher: Matcher, text: str) -> tuple[str, list[str]]:
    match = matcher.match_name(text)
    return match.status, [candidate.name for candidate in match.candidates]


def test_a_rare_innocent_is_no_reason_to_ask(matcher: Matcher) -> None:
    assert matcher.match_name("haldoll").name == "Haldol"
    assert matcher.match_name("haldol").status == "exact"


def test_an_aggravator_a_single_slip_away_is(matcher: Matcher) -> None:
    status, names = offered(matcher, "cexexa")  # one letter from the rare one, far from the common one
    assert (status, "Celexa" in names) == ("ambiguous", True)
    assert offered(matcher, "clexan")[0] == "corrected"  # two from it


def test_a_guard_name_a_single_slip_away_is_when_the_best_is_not(matcher: Matcher) -> None:
    assert matcher.match_name("ketoconazol").status == "corrected"
    status, names = offered(matcher, "betoconazol")
    assert status == "ambiguous"
    assert {"ketoconazole", "butoconazol"} <= set(names)


def test_a_family_of_names_is_told_apart_by_the_beginning(matcher: Matcher) -> None:
    assert matcher.match_name("alprazolan").status == "corrected"  # the ending is spoilt
    assert matcher.match_name("altrazalam").status == "ambiguous"  # the beginning too


def test_a_word_near_no_name_is_asked_about_by_its_beginning(matcher: Matcher) -> None:
    assert offered(matcher, "chlortrabbamex") == ("ambiguous", ["Chlor-Trimeton"])
    assert matcher.match_name("chlorine bleach").status == "unrecognised"


def test_an_everyday_word_before_another_is_asked_about(matcher: Matcher) -> None:
    def status(line: str) -> list[str]:
        return [match.status for _, match in matcher.match_list(read(line, {"mg": "strength", "tablets": "form"}))]

    assert status("garlic bread") == ["ambiguous"]
    assert status("garlic") == status("garlic tablets") == ["exact"]


@pytest.mark.parametrize("loaded", [False, True], ids=["key by key", "loaded"])
def test_the_guard_is_looked_up_by_single_slips(loaded: bool) -> None:
    lexicon = Lexicon(StubDatabase(NAMES, EFFECTS))  # type: ignore[arg-type]
    if loaded:
        lexicon.load()
    for spoilt in ("butoconazolee", "butocomazole", "butocoanzole"):
        assert "butoconazole" in [name.text for name in lexicon.guards_near(spoilt)]
    assert lexicon.guards_near("butocnzole") == ()
    assert lexicon.guards_near("ketoconazol") == ()  # ours is no guard


def test_a_name_cut_short_is_offered_first(matcher: Matcher) -> None:
    assert offered(matcher, "sert")[1][0] == "sertraline"  # four letters: only what is very common
    assert offered(matcher, "ketoc") == ("ambiguous", ["ketoconazole"])
    assert "triazolam" not in offered(matcher, "tria")[1]


def test_a_word_that_begins_another_name_is_no_misspelling(matcher: Matcher) -> None:
    status, names = offered(matcher, "chlor")  # the first word of a product
    assert (status, names[0]) == ("ambiguous", "Chlor-Trimeton")


@pytest.mark.parametrize("loaded", [False, True], ids=["key by key", "loaded"])
def test_keys_that_go_on(loaded: bool) -> None:
    lexicon = Lexicon(StubDatabase(NAMES, EFFECTS))  # type: ignore[arg-type]
    if loaded:
        lexicon.load()
    assert lexicon.starting("proza", 9) == ["prozac", "prozar"]
    assert lexicon.starting("proza", 1) == ["prozac"]
    assert lexicon.starting("prozac", 9) == lexicon.starting("zz", 9) == []
