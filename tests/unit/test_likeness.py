"""The distance knows how names go wrong: common slips are nearer than rare ones."""

import pytest

from checker.matching.likeness import distance, edits
from drugdb.sound import sound


def far(query: str, name: str) -> float:
    return distance(query, name, sound(query), sound(name))


def test_nothing_costs_nothing() -> None:
    assert far("zyprexa", "zyprexa") == 0


@pytest.mark.parametrize(
    ("usual", "unusual", "name"),
    [
        ("trazadone", "trazbdone", "trazodone"),  # a vowel for a vowel
        ("dilanntin", "dilanktin", "dilantin"),  # a doubled letter
        ("zolpidme", "zolpidxx", "zolpidem"),  # swapped neighbours
        ("remeton", "kemeron", "remeron"),  # inside, not the first letter
        ("fenergan", "wenergan", "phenergan"),  # ph as f
        ("sertralin", "sertrabine", "sertraline"),  # a local ending
        ("klonopin", "monopin", "clonopin"),  # c as k
    ],
)
def test_a_usual_slip_is_nearer_than_an_unusual_one(usual: str, unusual: str, name: str) -> None:
    assert far(usual, name) < far(unusual, name)


def test_a_letter_two_places_off_is_one_slip() -> None:
    assert edits("zolidpem", "zolpidem") < 1


def test_every_edit_costs_something() -> None:
    for query in ("sertralin", "sertralinee", "xertraline", "setraline", "sertrlaine"):
        assert 0 < far(query, "sertraline") < 2


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("fenergan", "phenergan"),
        ("ziprexa", "zyprexa"),
        ("kwetiapine", "quetiapine"),
        ("klorpromasin", "chlorpromazine"),
    ],
)
def test_names_that_sound_alike_share_a_sound(left: str, right: str) -> None:
    assert sound(left) == sound(right)


def test_look_alikes_do_not_share_a_sound() -> None:
    for left, right in (("hydroxyzine", "hydralazine"), ("zyrtec", "zyprexa"), ("clonidine", "clonazepam")):
        assert sound(left) != sound(right)
