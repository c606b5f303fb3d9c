"""What a list means: findings, their order and counts, what is asked, what is offered instead."""

from __future__ import annotations

import pytest

from checker.assessment import assess
from checker.assessment.facts import basis, second_hand
from checker.assessment.treatments import guidelines_differ, positions
from checker.report import (
    AMBIGUOUS,
    CONCERNS,
    EXACT,
    FLAGGED,
    INFERRED,
    ITEM,
    NOT_CURRENT,
    NOT_LISTED,
    NOT_RECOGNISED,
    SECOND_HAND,
    TEXT,
    TREATMENT,
    UNRESOLVED,
    Candidate,
    Entry,
    Finding,
    Match,
    Report,
)
from drugdb.validation.wording import tells_to_stop
from tests.checking import database, finding_on, report_on


def entry(text: str, number: int = 1, *, current: bool = True, reason: str = "") -> Entry:
    return Entry(number, number, text, ITEM, (), current, reason, "")


def a_class(name: str, *ids: str) -> Match:
    return Match(EXACT, name, "class", (), ids, (), "class", name)


def one(match: Match, **more: object) -> Finding:
    (finding,) = assess([(entry(match.name, **more), match)], database()).findings  # type: ignore[arg-type]
    return finding


def flagged_names() -> list[str]:
    return [row.name for row in database().substances() if row.effect in FLAGGED]


# -- what an entry means --------------------------------------------------------------------------


def test_a_flagged_medicine_comes_with_all_that_is_known() -> None:
    finding = finding_on("metoclopramide 10 mg tid")
    assert (finding.concern, finding.effect, finding.risk, finding.evidence) == (
        "worsens",
        "worsens",
        "high",
        "guideline",
    )
    assert finding.entry.text == "metoclopramide 10 mg tid"
    assert finding.sources
    assert finding.alternatives
    assert "stop" in finding.caution


def test_every_flagged_substance_has_advice_a_caution_and_a_ground() -> None:
    for name in flagged_names():
        finding = (
            finding_on(name)
            if database().substance(name).kind == "medicine"
            else one(  # type: ignore[union-attr]
                Match(EXACT, name, "trigger", (name,), (name,), (), "", name)
            )
        )
        assert finding.concern in FLAGGED, name
        assert finding.advice, name
        assert finding.caution, name
        assert finding.sources or INFERRED in finding.basis, name


def test_nothing_that_is_said_of_any_substance_tells_someone_to_stop() -> None:
    for row in database().substances():
        finding = one(Match(EXACT, row.name, "substance", (row.name,), (), (), "", row.name))
        for text in (finding.advice, finding.caution, finding.question, finding.summary):
            assert not tells_to_stop(text), (row.name, text)


def test_the_caution_gives_the_reason_where_one_is_known() -> None:
    reason = database().substance("paroxetine").abrupt_stop_risk  # type: ignore[union-attr]
    assert reason
    assert reason in finding_on("paroxetine").caution


def test_a_class_rating_is_not_applied_to_a_member_without_its_own() -> None:
    unrated = [
        (member.name, row.id)
        for row in database().drug_classes()
        if row.effect == "worsens"
        for member in database().members(row.id)
        if not member.effect and member.kind == "medicine" and database().treatment(member.name) is None
    ]
    assert len(unrated) > 10
    for name, class_id in unrated:
        finding = finding_on(name)
        if finding.match.status == EXACT and finding.match.substances == (name,):
            assert (finding.concern, finding.effect, finding.risk) == (NOT_LISTED, "", ""), (name, class_id)
            assert "not the same as safe" in finding.advice


def test_a_class_speaks_for_a_member_only_where_it_is_rated_alike() -> None:
    finding = finding_on("zolpidem")  # mixed, in a class that is called acceptable
    own = database().drug_class("z-drug")
    assert own is not None
    assert own.effect != finding.effect
    assert finding.advice != own.patient_advice


def test_a_combination_is_all_of_its_substances_the_gravest_first() -> None:
    finding = finding_on("Tylenol PM", "US")
    assert [row.name for row in finding.substances] == ["diphenhydramine", "paracetamol"]
    assert (finding.concern, finding.risk) == ("worsens", "high")


def test_ingredients_that_are_joined_are_one_combination() -> None:
    finding = finding_on("levodopa/carbidopa")
    assert {row.name for row in finding.substances} == {"levodopa", "carbidopa"}
    assert finding.concern == "augments"


def test_an_innocent_medicine_is_not_listed_and_never_called_safe() -> None:
    for name in ("metformin", "atorvastatin", "hydralazine"):
        finding = finding_on(name)
        assert finding.concern == NOT_LISTED
        assert "safe" in finding.advice
        assert "not the same as safe" in finding.advice


def test_a_medicine_known_by_name_only_says_that_nothing_was_checked() -> None:
    finding = one(Match(EXACT, "Somethingstat", "guard", (), (), (), "", "Somethingstat"))
    assert finding.concern == NOT_LISTED
    assert "by name only" in finding.advice
    report = assess([(entry("Somethingstat"), finding.match)], database())
    assert report.unchecked == (1,)


def test_a_trigger_is_no_medicine() -> None:
    finding = finding_on("3 cups of coffee")
    assert finding.concern == "worsens"
    assert "not a medicine" in finding.summary
    assert "no medicine" in finding.caution


def test_what_is_not_recognised_is_asked_about() -> None:
    finding = finding_on("qwzkvjx 5 mg")
    assert finding.concern == NOT_RECOGNISED
    assert finding.question


def test_headings_and_notes_are_texts() -> None:
    report = report_on("Current medications:\nmetformin 500 mg")
    assert [finding.concern for finding in report.findings] == [TEXT, NOT_LISTED]


def test_a_correction_is_shown_as_one() -> None:
    finding = finding_on("metoclopramde 10 mg")
    assert finding.match.status == "corrected"
    assert finding.summary == '"metoclopramde" read as metoclopramide'


# -- what is not current --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["allergic to Reglan", "stopped metoclopramide in 2019", "Allergies: Reglan"])
def test_what_is_not_taken_is_never_plainly_flagged_and_good_to_know(text: str) -> None:
    report = report_on(text, "US")
    finding = next(each for each in report.findings if each.entry.kind == ITEM)
    assert finding.concern == NOT_CURRENT
    assert finding.effect == "worsens"
    assert "not flagged" in finding.advice
    assert "Good to know" in finding.advice
    assert "metoclopramide" in finding.advice
    assert report.counts["flagged"] == 0
    assert report.counts["not_current"] == 1


def test_an_innocent_that_is_not_taken_is_listed_without_more() -> None:
    finding = finding_on("allergic to penicillin")
    assert finding.concern == NOT_CURRENT
    assert "Good to know" not in finding.advice


def test_what_is_not_taken_clashes_with_nothing_and_is_no_duplicate() -> None:
    report = report_on("pramipexole\nstopped metoclopramide in 2019\nallergic to metoclopramide")
    assert report.interactions == ()
    assert report.duplicates == ()


# -- what is unclear ------------------------------------------------------------------------------


def test_an_unclear_entry_says_what_each_choice_would_mean() -> None:
    finding = finding_on("Benadryl")
    assert (finding.match.status, finding.concern) == (AMBIGUOUS, UNRESOLVED)
    meanings = {choice.candidate.substances: choice.meaning for choice in finding.choices}
    assert "high risk" in meanings["diphenhydramine",]
    assert "acceptable" in meanings["cetirizine",]
    assert "country" in finding.question
    assert finding.caution
    assert not finding.effect


def test_the_market_settles_it() -> None:
    assert finding_on("Benadryl", "US").concern == "worsens"


def test_every_candidate_is_shown_the_flagged_ones_among_them() -> None:
    candidates = tuple(
        Candidate(name, "substance", (name,), "", "")
        for name in ("metformin", "hydroxyzine", "atorvastatin", "haloperidol")
    )
    finding = one(Match(AMBIGUOUS, "metformin", "", (), (), candidates, "spelling", "xyz"))
    assert [choice.candidate.name for choice in finding.choices] == [each.name for each in candidates]
    assert [choice.concern for choice in finding.choices] == [NOT_LISTED, "worsens", NOT_LISTED, "worsens"]


def test_a_class_is_that_class_with_the_question_which_one() -> None:
    finding = one(a_class("antidepressant", "antidepressant"))
    own = database().drug_class("antidepressant")
    assert own is not None
    assert (finding.concern, finding.effect, finding.risk) == ("worsens", own.effect, own.risk)
    assert "Which one" in finding.question
    assert finding.advice == own.patient_advice
    assert finding.substances == ()
    assert finding.sources


def test_classes_that_differ_leave_it_open() -> None:
    finding = one(a_class("sleeping pill", "benzodiazepine", "antihistamine-first-generation"))
    assert finding.concern == UNRESOLVED
    assert finding.question
    assert {row.id for row in finding.classes} == {"benzodiazepine", "antihistamine-first-generation"}


def test_a_class_without_a_rating_is_open_where_a_member_is_flagged() -> None:
    assert one(a_class("antibiotic", "antibiotic-other")).concern == UNRESOLVED
    assert one(a_class("statins", "vaccine")).concern == NOT_LISTED


# -- treatments -----------------------------------------------------------------------------------


def test_a_treatment_shows_as_such_with_its_guidelines() -> None:
    finding = finding_on("gabapentin 300 mg")
    assert finding.concern == TREATMENT
    (treatment,) = finding.treatments
    assert any("AASM 2025" in text for text in positions(treatment))
    assert finding.caution


def test_a_treatment_that_can_worsen_is_flagged_and_explained() -> None:
    report = report_on("pramipexole 0.25 mg")
    (finding,) = report.findings
    assert finding.concern == "augments"
    assert finding.treatments
    assert [term.name for term in report.glossary] == ["augmentation"]
    assert "earlier in the day" in report.glossary[0].meaning


def test_that_guidelines_differ_is_said_where_they_do() -> None:
    differ = {row.substance: guidelines_differ(row) for row in database().treatments()}
    assert differ["pramipexole"]
    assert differ["cabergoline"]
    assert not differ["gabapentin"]
    assert not differ["magnesium"]  # one against, one silent


def test_no_glossary_without_its_word() -> None:
    assert report_on("gabapentin").glossary == ()


# -- alternatives ---------------------------------------------------------------------------------


def test_alternatives_are_told_by_purpose_with_source_and_caveat() -> None:
    found = finding_on("metoclopramide").alternatives
    assert {each.purpose for each in found} == {"nausea and vomiting"}
    assert {each.name for each in found} == {"ondansetron", "granisetron"}
    assert all(each.sources and each.caveat for each in found)


def test_no_alternative_is_flagged_itself() -> None:
    for name in flagged_names():
        for each in one(Match(EXACT, name, "substance", (name,), (), (), "", name)).alternatives:
            for word in (each.name, *each.name.split()):
                row = database().substance(word)
                assert row is None or row.effect not in FLAGGED, (name, each.name)


def test_an_alternative_that_clashes_says_so_there() -> None:
    report = report_on("metoclopramide; methadone 5 mg")
    clashes = {each.name: each.clashes for each in report.findings[0].alternatives}
    assert clashes["ondansetron"] == ("methadone 5 mg",)
    report = report_on("diphenhydramine; methadone 5 mg")
    assert {each.name: each.clashes for each in report.findings[0].alternatives}["cetirizine"] == ()


def test_that_an_aggravator_spoils_a_treatment_is_not_repeated_as_a_clash_of_the_treatment() -> None:
    found = report_on("quetiapine; haloperidol").findings[0].alternatives
    iron = next(each for each in found if each.name == "treat RLS and iron first")
    assert iron.clashes == ()


def test_what_is_on_the_list_already_is_not_offered() -> None:
    names = {each.name for each in report_on("diphenhydramine; Zyrtec").findings[0].alternatives}
    assert "fexofenadine" in names
    assert "cetirizine" not in names


def test_a_purpose_may_depend_on_what_the_entry_holds_besides() -> None:
    assert "pain, mild" in {each.purpose for each in finding_on("Tylenol PM", "US").alternatives}
    assert "pain, mild" not in {each.purpose for each in finding_on("diphenhydramine").alternatives}


def test_a_purpose_may_depend_on_the_list() -> None:
    start = "nausea at the start of a dopamine agonist or levodopa"
    assert start not in {each.purpose for each in finding_on("metoclopramide").alternatives}
    assert start in {each.purpose for each in report_on("metoclopramide; ropinirole").findings[0].alternatives}


def test_only_what_is_flagged_has_alternatives() -> None:
    for finding in report_on("metformin, gabapentin, cetirizine, Benadryl, qwzkvjx").findings:
        assert finding.alternatives == ()


# -- the list as a whole --------------------------------------------------------------------------

MIXED = "Benadryl; Reglan; sertraline; coffee; pramipexole; zolpidem; gabapentin; loratadine; metformin; qwzkvjx"


def counted(report: Report) -> int:
    parts = (
        "worsens", "unresolved", "mixed", "augments", "treatments", "neutral", "not_listed", "unrecognised",
        "not_current", "headings", "notes",
    )  # fmt: skip
    return sum(report.counts[part] for part in parts)


@pytest.mark.parametrize("text", ["", "\n\n", MIXED, f"Allergies: Reglan\n{MIXED}", "Medications:", "a, b, c, , ,"])
def test_each_entry_is_counted_once(text: str) -> None:
    report = report_on(text)
    assert counted(report) == report.counts["entries"] == len(report.findings)
    assert set(report.order) == {finding.entry.number for finding in report.findings}
    assert all(finding.concern in CONCERNS for finding in report.findings)


def test_what_matters_most_comes_first() -> None:
    report = report_on(MIXED)
    by_number = {finding.entry.number: finding.entry.text for finding in report.findings}
    assert [by_number[number] for number in report.order] == [
        "Reglan", "Benadryl", "sertraline", "coffee", "pramipexole", "zolpidem", "qwzkvjx", "gabapentin", "loratadine",
        "metformin",
    ]  # fmt: skip


def test_findings_stay_in_the_order_of_the_list() -> None:
    assert [finding.entry.number for finding in report_on(MIXED).findings] == list(range(1, 11))


def test_the_same_substance_twice_is_pointed_out() -> None:
    report = report_on("diphenhydramine 25 mg; Tylenol PM; acetaminophen", "US")
    assert {(each.substance, each.entries) for each in report.duplicates} == {
        ("diphenhydramine", (1, 2)),
        ("paracetamol", (2, 3)),
    }


def test_coffee_twice_is_no_double_dose() -> None:
    assert report_on("coffee, espresso, coffee").duplicates == ()


def test_the_limits_name_the_data() -> None:
    report = report_on("metformin")
    assert report.data.version in report.limits
    assert report.data.reviewed in report.limits
    assert "not proven safe" in report.limits


# -- grounds --------------------------------------------------------------------------------------


def test_a_statement_without_a_source_can_only_be_an_inference() -> None:
    assert basis("observational", ()) == INFERRED


def test_what_rests_on_second_hand_sources_alone_says_so() -> None:
    sources = database().sources()
    primary = next(each for each in sources if each.reliability == "primary")
    secondary = next(each for each in sources if each.reliability == "secondary")
    assert basis("label", (secondary,)) == SECOND_HAND
    assert basis("class", (secondary,)) == f"{INFERRED}; {SECOND_HAND}"
    assert basis("label", (secondary, primary)) == ""
    assert not second_hand(())
