"""The decisions of the matcher on a small vocabulary: read, correct, ask, or say unknown."""

import pytest

from checker.matching import Matcher
from tests.unit.vocabulary_stub import StubDatabase, product, substance

DATABASE = StubDatabase(
    [
        *substance("hydroxyzine", "hydroxyzin"),
        *substance("hydralazine"),
        *substance("diphenhydramine"),
        *substance("cetirizine"),
        *substance("acrivastine"),
        *substance("olanzapine"),
        *substance("paracetamol", "acetaminophen", weight=3),
        *substance("codeine"),
        *substance("sertraline", weight=3),
        *substance("bupropion"),
        *substance("buspirone"),
        product("Benadryl", "diphenhydramine", markets="CA US"),
        product("Benadryl", "acrivastine", markets="UK"),
        product("Benadryl", "cetirizine", markets="UK"),
        product("Zyrtec", "cetirizine", markets="AU UK US"),
        product("Zyprexa", "olanzapine", markets="AU UK US"),
        product("Tylenol", "paracetamol", markets="CA US"),
        product("Tylenol PM", "diphenhydramine", "paracetamol", markets="CA US"),
    ],
    {"hydroxyzine": "worsens", "diphenhydramine": "worsens", "olanzapine": "worsens", "sertraline": "worsens"},
    ordinary={"tavern"},
    lookalikes=(("hydroxyzine", "hydralazine"), ("Zyrtec", "Zyprexa"), ("bupropion", "buspirone")),
)


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(DATABASE)  # type: ignore[arg-type]


def test_a_known_name_is_itself(matcher: Matcher) -> None:
    for name in ("hydroxyzine", "hydralazine", "Zyrtec", "Zyprexa", "HydrOXYzine", "acetaminophen"):
        assert matcher.match_name(name).status == "exact"
    assert matcher.match_name("Zyrtec").substances == ("cetirizine",)
    assert matcher.match_name("Zyprexa").substances == ("olanzapine",)


def test_a_clear_misspelling_is_corrected_and_says_so(matcher: Matcher) -> None:
    match = matcher.match_name("sertralline")
    assert (match.status, match.name, match.doubt) == ("corrected", "sertraline", "spelling")


def test_a_spelling_between_look_alikes_is_asked(matcher: Matcher) -> None:
    match = matcher.match_name("hydrolazyne")
    assert match.status == "ambiguous"
    assert {c.name for c in match.candidates} >= {"hydralazine", "hydroxyzine"}


def test_one_wrong_vowel_straight_towards_an_aggravator_is_asked(matcher: Matcher) -> None:
    assert matcher.match_name("hydrolazine").status == "ambiguous"
    assert matcher.match_name("hydralozine").status == "corrected"  # a vowel that leads nowhere


def test_a_spelling_between_published_neighbours_is_asked(matcher: Matcher) -> None:
    assert matcher.match_name("buproprone").status == "ambiguous"


def test_a_name_that_differs_by_market_is_asked_with_the_markets(matcher: Matcher) -> None:
    match = matcher.match_name("Benadryl")
    assert (match.status, match.doubt) == ("ambiguous", "market")
    assert {c.substances for c in match.candidates} == {("diphenhydramine",), ("acrivastine",), ("cetirizine",)}


def test_the_market_decides_where_it_can() -> None:
    assert Matcher(DATABASE, "US").match_name("Benadryl").substances == ("diphenhydramine",)  # type: ignore[arg-type]
    in_uk = Matcher(DATABASE, "UK").match_name("Benadryl")  # type: ignore[arg-type]
    assert (in_uk.status, in_uk.doubt) == ("ambiguous", "pack")


def test_a_market_without_the_name_leaves_what_it_is_elsewhere() -> None:
    assert Matcher(DATABASE, "DE").match_name("Tylenol").substances == ("paracetamol",)  # type: ignore[arg-type]


def test_an_ordinary_word_is_never_corrected(matcher: Matcher) -> None:
    assert matcher.match_name("tavern").status != "corrected"


@pytest.mark.parametrize("text", ["", "-", "12", "500", "xqzzt", "\x00", "a"])
def test_what_is_no_name_is_unrecognised(matcher: Matcher, text: str) -> None:
    assert matcher.match_name(text).status == "unrecognised"


def test_bulk_reading_answers_the_same() -> None:
    one, bulk = Matcher(DATABASE), Matcher(DATABASE)  # type: ignore[arg-type]
    bulk.lexicon.load()
    for text in ("Benadryl", "sertralin", "hydrolazyne", "Tylenol PM", "nonsense"):
        assert one.match_name(text) == bulk.match_name(text)
