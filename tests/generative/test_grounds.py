"""Whatever is listed, nothing can be said without a source or the words "inferred from its class"."""

from __future__ import annotations

import csv
import functools
import io
import json
import re
from typing import Any

import jsonschema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.assessment import assess
from checker.formats import Options, renderer
from checker.report import EXACT, INFERRED, ITEM, Entry, Match, Report
from drugdb.validation.wording import tells_to_stop
from tests.checking import database, report_on

WIDTHS = st.integers(40, 100)


@functools.cache
def names() -> list[str]:
    """Names of everything that something is said of, and some of which nothing is."""
    rows = database().substances()
    products = [product.name for product in database().products()[::7]]
    return [row.name for row in rows] + [each for row in rows for each in row.synonyms[:1]] + products


@functools.cache
def classes() -> list[str]:
    return [row.id for row in database().drug_classes()]


@functools.cache
def schema() -> dict[str, Any]:
    with open("docs/report.schema.json", encoding="utf-8") as handle:
        found: dict[str, Any] = json.load(handle)
    return found


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report on a list of medicines, brands, triggers, classes, allergies and nonsense."""
    lines = draw(st.lists(st.sampled_from(names()) | st.text(max_size=30), max_size=12))
    stopped = draw(st.lists(st.sampled_from(names()), max_size=3))
    market = draw(st.sampled_from(("", "US", "UK", "DE")))
    report = report_on("\n".join((*lines, *(f"allergic to {name}" for name in stopped))), market)
    ids = draw(st.lists(st.sampled_from(classes()), max_size=2))
    if not ids:
        return report
    written = Match(EXACT, "a class", "class", (), tuple(ids), (), "class", "a class")
    pairs = [(finding.entry, finding.match) for finding in report.findings]
    entry = Entry(len(pairs) + 1, 1, "a class", ITEM, (), True, "", "")
    return assess([*pairs, (entry, written)], database(), market)


def grounded(statement: dict[str, Any], sources: dict[str, Any]) -> bool:
    """Whether a statement cites a source that the report lists, or says that it is inferred."""
    cited = statement["sources"]
    assert all(each in sources for each in cited)
    return bool(cited) or INFERRED in statement["basis"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_each_statement_in_json_has_a_ground(report: Report) -> None:
    made = json.loads(renderer("json")(report, Options()))
    jsonschema.validate(made, schema())
    sources = made["sources"]
    for entry in made["entries"]:
        rated = [*entry["ingredients"], *entry["classes"], *entry["candidates"]]
        for each in rated:
            if each["effect"]:
                assert grounded(each, sources), each
            if each["evidence"] == "class":
                assert INFERRED in each["basis"]
        for each in (*entry["treatments"], *entry["alternatives"]):
            assert grounded(each, sources), each
        if entry["effect"]:
            assert grounded(entry, sources), entry
    for each in (*made["interactions"],):
        assert grounded(each, sources), each
    for term in made["glossary"]:
        assert all(each in sources for each in term["sources"])
        assert term["sources"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), WIDTHS, st.booleans())
def test_each_statement_in_text_has_a_ground(report: Report, width: int, professional: bool) -> None:
    text = renderer("text")(report, Options(width=width, professional=professional, min_severity="minor"))
    assert isinstance(text, str)
    assert not tells_to_stop(" ".join(text.split()))
    for label in ("Evidence", "May happen", "Guidelines"):
        for told in labelled(text, label):
            assert re.search(r"\[\d+\]", told) or INFERRED in told, told
    listed = {int(number) for number in re.findall(r"(?m)^ {0,2}\[(\d+)\] ", text)}
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    assert cited == listed or not listed


def labelled(text: str, label: str) -> list[str]:
    """The paragraphs that begin with a label, each up to the next label."""
    found = []
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if line.startswith(f"     {label:12}"):
            rest = []
            for following in lines[place + 1 :]:
                if not following.startswith(" " * 17):
                    break
                rest.append(following)
            found.append(" ".join((line, *rest)))
    return found


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_each_row_of_the_table_has_a_ground(report: Report) -> None:
    text = renderer("csv")(report, Options())
    assert isinstance(text, str)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(report.findings) + len(report.interactions) + len(report.duplicates)
    for row in rows:
        if row["effect"] or row["severity"] or row["guideline_position"]:
            assert row["sources"] or INFERRED in row["basis"], row
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_lines_of_json_say_the_same_as_json(report: Report) -> None:
    whole = json.loads(renderer("json")(report, Options()))
    lines = [json.loads(line) for line in str(renderer("ndjson")(report, Options())).split("\n") if line]
    assert [line["type"] for line in lines[:1] + lines[-1:]] == ["report", "summary"]
    for kind, key in (("entry", "entries"), ("interaction", "interactions"), ("duplicate", "duplicates")):
        assert [{k: v for k, v in line.items() if k != "type"} for line in lines if line["type"] == kind] == whole[key]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), WIDTHS)
def test_text_keeps_to_its_width_and_loses_no_entry(report: Report, width: int) -> None:
    from checker.formats.layout import printable
    from checker.formats.layout import width as columns

    text = renderer("text")(report, Options(width=width))
    assert isinstance(text, str)
    for line in text.split("\n"):
        assert columns(line) <= width or "://" in line, line
        assert line.isprintable(), line
    bare = re.sub(r"\s", "", text)
    for finding in report.findings:
        assert re.sub(r"\s", "", printable(finding.entry.text)) in bare, finding.entry.text
