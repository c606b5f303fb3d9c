"""Clashes: every rule both ways round, through every kind of name; the most exact rule; counts."""

from __future__ import annotations

import functools
import itertools

import pytest

from checker.assessment import assess
from checker.report import EXACT, ITEM, Entry, Interaction, Match, Report
from drugdb.records import Rule
from tests.checking import database, matcher, report_on


def groups() -> dict[str, tuple[str, ...]]:
    return {group.id: group.members for group in database().groups()}


def side(name: str) -> tuple[str, ...]:
    return groups().get(name, (name,))


def of_pair(left: Match, right: Match) -> Report:
    entries = (Entry(number, 1, match.name, ITEM, (), True, "", "") for number, match in enumerate((left, right), 1))
    return assess(zip(entries, (left, right), strict=True), database())


def substance(name: str) -> Match:
    return Match(EXACT, name, "substance", (name,), (), (), "", name)


def told(report: Report) -> set[str]:
    return {each.id for each in report.interactions} | {rule for each in report.interactions for rule in each.covers}


@functools.cache
def synonym(name: str) -> Match | None:
    """A name of a substance that is not its own, as the matcher reads it."""
    row = database().substance(name)
    assert row is not None
    for text in row.synonyms:
        match = matcher().match_name(text)
        if match.status == EXACT and match.substances == (name,):
            return match
    return None


@functools.cache
def product(name: str) -> Match | None:
    """A product that holds a substance, as the matcher reads it."""
    for row in database().products(name):
        match = matcher(row.market).match_name(row.name)
        if match.status == EXACT and name in match.substances:
            return match
    return None


def a_pair(rule: Rule) -> tuple[str, str]:
    """Two different substances that stand on the sides of a rule and on no other side of it."""
    left, right = side(rule.side_a), side(rule.side_b)
    pairs = [(a, b) for a, b in itertools.product(left, right) if a != b]
    return next(((a, b) for a, b in pairs if a not in right and b not in left), pairs[0])


RULES = {rule.id: rule for rule in database().rules()}


@pytest.mark.parametrize("rule_id", RULES)
def test_each_rule_holds_both_ways_round_and_by_every_name(rule_id: str) -> None:
    rule = RULES[rule_id]
    a, b = a_pair(rule)
    lefts = [substance(a), *filter(None, (synonym(a), product(a)))]
    rights = [substance(b), *filter(None, (synonym(b), product(b)))]
    for left, right in itertools.product(lefts, rights):
        if set(left.substances) == set(right.substances):
            continue
        for one, other in ((left, right), (right, left)):
            report = of_pair(one, other)
            assert rule_id in told(report), (one.name, other.name)
            for each in report.interactions:
                assert each.sources
                assert each.entries == (1, 2)


def test_each_rule_holds_for_the_classes_that_stand_on_its_sides() -> None:
    shown = 0
    for rule in RULES.values():
        for name, against in ((rule.side_a, rule.side_b), (rule.side_b, rule.side_a)):
            if name not in groups():
                continue
            for row in database().drug_classes():
                members = [member.name for member in database().members(row.id)]
                standing = [each for each in members if each in side(name)]
                if row.id != name and 2 * len(standing) < len(members):
                    continue
                partner = next((each for each in side(against) if each not in members and each not in side(name)), None)
                if partner is None:
                    continue
                written = Match(EXACT, row.name, "class", (), (row.id,), (), "class", row.name)
                for one, other in ((written, substance(partner)), (substance(partner), written)):
                    report = of_pair(one, other)
                    assert rule.id in told(report), (row.id, partner, rule.id)
                    assert all("depends on which one" in each.note for each in report.interactions)
                    assert report.unchecked, "a class is checked only in part"
                shown += 1
    assert shown > 100


def test_every_treatment_group_and_trigger_side_is_known() -> None:
    for rule in RULES.values():
        for name in (*side(rule.side_a), *side(rule.side_b)):
            assert database().substance(name) is not None, (rule.id, name)


# -- which rules are told -------------------------------------------------------------------------


def found(text: str, market: str = "") -> dict[str, Interaction]:
    return {each.id: each for each in report_on(text, market).interactions}


def severities(text: str) -> list[tuple[str, str]]:
    return [(each.severity, each.id) for each in report_on(text).interactions]


LISTS = {
    "pramipexole, metoclopramide": [("major", "ix001")],
    "ropinirole, ciprofloxacin, cigarettes": [("moderate", "ix018"), ("moderate", "ix020")],
    "Norco, Xanax, Neurontin, wine": [
        ("major", "cr001"),  # the three at once
        ("major", "ix056"),
        ("major", "ix063"),
        ("major", "ix114"),
        ("major", "ix050"),
        ("minor", "ix220"),
    ],
    "tramadol, sertraline": [("major", "ix080"), ("moderate", "ix219")],
    "levodopa/carbidopa, ferrous sulfate": [("moderate", "ix032")],
    "Requip, estradiol": [("moderate", "ix019")],
    "gabapentin, Maalox": [("minor", "ix053")],
    "methadone, Zofran, hydroxyzine": [
        ("contraindicated", "ix098"),
        ("major", "cr005"),
        ("moderate", "ix064"),
        ("moderate", "ix068"),
    ],
}


@pytest.mark.parametrize("text", LISTS)
def test_lists_give_the_right_findings(text: str) -> None:
    assert severities(text) == LISTS[text]


def test_the_most_exact_rule_is_told_and_names_what_it_covers() -> None:
    clash = found("pramipexole, metoclopramide")["ix001"]
    assert "ix217" in clash.covers


def test_rules_that_say_different_things_are_all_told() -> None:
    assert set(found("tramadol, sertraline")) == {"ix080", "ix219"}


def test_a_graver_rule_is_never_left_out_for_a_milder_one() -> None:
    order = ("contraindicated", "major", "moderate", "minor")
    names = [row.name for row in database().substances() if row.effect or database().treatment(row.name)]
    by_pair = 0
    for a, b in itertools.combinations(names[::3], 2):
        holding = [
            rule
            for rule in RULES.values()
            if (a in side(rule.side_a) and b in side(rule.side_b))
            or (b in side(rule.side_a) and a in side(rule.side_b))
        ]
        if len(holding) < 2:
            continue
        by_pair += 1
        gravest = min(order.index(rule.severity) for rule in holding)
        shown = of_pair(substance(a), substance(b)).interactions
        assert order.index(shown[0].severity) <= gravest, (a, b)
    assert by_pair > 100


def test_a_rule_that_holds_for_many_is_told_once_with_all_of_them() -> None:
    clash = found("pramipexole; lisinopril 10 mg; amlodipine; losartan 50")["ix014"]
    assert clash.entries == (1, 2, 3, 4)
    assert clash.texts == ("pramipexole", "lisinopril 10 mg", "amlodipine", "losartan 50")
    assert clash.sides == ((1,), (2, 3, 4))


def test_two_of_one_class_stand_on_one_side() -> None:
    clash = found("pramipexole, ropinirole, cabergoline")["ix016"]
    assert clash.sides == ((1, 2, 3),)


def test_two_dopaminergics_at_once_are_pointed_out() -> None:
    assert "ix016" in found("pramipexole, rotigotine")
    assert "ix017" in found("pramipexole, levodopa/carbidopa")


def test_a_medicine_does_not_clash_with_itself() -> None:
    report = report_on("oxycodone 5 mg, OxyContin 10 mg", "US")
    assert report.interactions == ()
    assert report.duplicates


def test_a_combination_does_not_clash_with_its_own_parts() -> None:
    assert report_on("codeine/promethazine").interactions == ()
    assert report_on("oxycodone/naloxone").interactions == ()


def test_every_ingredient_of_a_combination_takes_part() -> None:
    assert "ix010" in found("pramipexole, Tylenol PM", "US")


def test_two_of_one_group_in_two_products_are_told() -> None:
    assert "ix072" in found("tramadol, codeine")


def test_the_gravest_come_first() -> None:
    order = ("contraindicated", "major", "moderate", "minor")
    found = [
        order.index(severity) for severity, _ in severities("methadone, hydroxyzine, Zofran, wine, coffee, alprazolam")
    ]
    assert found == sorted(found)
    assert len(set(found)) == len(order)


def test_what_is_unclear_or_unknown_is_named_as_not_checked() -> None:
    report = report_on("pramipexole, Benadryl, qwzkvjx, metoclopramide")
    assert report.unchecked == (2, 3)
    assert {number for each in report.interactions for number in each.entries} == {1, 4}


# -- rules that count -----------------------------------------------------------------------------


def test_three_that_slow_the_breathing_are_told_as_three() -> None:
    clash = found("oxycodone, diazepam, pregabalin")["cr001"]
    assert clash.entries == (1, 2, 3)
    assert clash.sides == ((1,), (2,), (3,))
    assert {"ix048", "ix049", "ix062"} <= set(clash.covers)


def test_sedatives_are_told_once_instead_of_pair_by_pair() -> None:
    clashes = found("zolpidem, trazodone, gabapentin, tizanidine")
    assert clashes["cr002"].entries == (1, 2, 3, 4)
    assert not {"ix049", "ix052", "ix119"} & set(clashes)
    assert {"ix049", "ix052", "ix119"} <= set(clashes["cr002"].covers)


def test_of_two_sedatives_the_rule_of_the_pair_is_told() -> None:
    assert set(found("zolpidem, trazodone")) == {"ix119"}


def test_two_sedatives_without_a_rule_of_their_own_are_told() -> None:
    assert "cr002" in found("hydroxyzine, quetiapine")


def test_two_names_of_one_substance_are_not_two() -> None:
    assert found("quetiapine 25 mg, Seroquel") == {}


def test_serotonergic_medicines_are_counted() -> None:
    assert found("sertraline, trazodone, sumatriptan")["cr003"].entries == (1, 2, 3)
    assert "cr004" in found("phenelzine, sertraline")


def test_the_milder_count_does_not_repeat_what_a_graver_rule_says() -> None:
    assert set(found("tramadol, sertraline")) == {"ix080", "ix219"}
    assert "cr002" not in found("Norco, Xanax, Neurontin, wine")


def test_counting_needs_more_than_one_entry() -> None:
    assert report_on("codeine/promethazine").interactions == ()


def test_ddinter_carries_no_rule() -> None:
    for rule in (*database().rules(), *database().count_rules()):
        assert [each for each in rule.sources if not each.startswith("ddinter")], rule.id
