"""The list that the checker was asked for first: what should be flagged is, and nothing else, each line explained."""

from __future__ import annotations

import os

import pytest

from checker.formats import Options, renderer
from checker.report import AMBIGUOUS, EXACT, FLAGGED, UNRECOGNISED, Finding
from tests.checking import ROOT, report_on

CASES = os.path.join(ROOT, "tests", "cases", "acceptance.txt")


def cases() -> list[list[str]]:
    with open(CASES, encoding="utf-8") as handle:
        lines = [line for line in handle if line.strip() and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def the_list() -> str:
    return "; ".join(case[0] for case in cases())


FINDINGS = report_on(the_list()).findings


def test_the_example_of_the_documentation_is_this_list() -> None:
    with open(os.path.join(ROOT, "docs", "examples", "list.txt"), encoding="utf-8") as handle:
        assert [part.strip() for part in handle.read().split(";")] == [case[0] for case in cases()]


def test_every_line_is_accounted_for() -> None:
    assert [finding.entry.text for finding in FINDINGS] == [case[0] for case in cases()]


@pytest.mark.parametrize(
    ("case", "finding"), list(zip(cases(), FINDINGS, strict=True)), ids=[case[0] for case in cases()]
)
def test_each_line_is_read_and_judged_right(case: list[str], finding: Finding) -> None:
    _, reading, substances, concern, risk = case
    how, _, what = reading.partition(": ")
    if how == "nothing or a question":
        assert finding.match.status in (AMBIGUOUS, UNRECOGNISED)
        assert finding.concern in concern.split(" or ")
        assert finding.question
        return
    status = {"exact": EXACT, "asked": AMBIGUOUS}[how]
    assert finding.match.status == status
    if status == EXACT:
        assert finding.match.name == what
        assert "+".join(sorted(row.name for row in finding.substances)) == substances
    elif status == AMBIGUOUS:
        assert what == f"by {finding.match.doubt}"
        offered = {"+".join(sorted(choice.candidate.substances)) for choice in finding.choices}
        if substances.endswith(" among others"):
            assert substances.removesuffix(" among others") in offered
        else:
            assert offered == set(substances.split(" or "))
    assert finding.concern == concern
    assert (finding.risk if concern in FLAGGED else "") == risk


def test_each_line_is_explained_in_text() -> None:
    text = str(renderer("text")(report_on(the_list()), Options()))
    for finding in FINDINGS:
        assert f"{finding.entry.number}. {finding.entry.text}" in text


def test_all_of_it_is_the_same_with_one_entry_a_line() -> None:
    lines = report_on(the_list().replace("; ", "\n")).findings
    assert [(f.entry.text, f.match, f.concern) for f in lines] == [(f.entry.text, f.match, f.concern) for f in FINDINGS]
