"""Validation finds each kind of fault, says where it is and what to do.

Each test breaks one thing in a copy of the curated data and expects the one problem that names it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drugdb import schema
from drugdb.curated import FOLDER, Curated, Problem, Row, read
from drugdb.folding import fold
from drugdb.validation import problems


@pytest.fixture(scope="module")
def whole() -> Curated:
    return read(FOLDER)


@pytest.fixture(scope="module")
def base(whole: Curated, tmp_path_factory: pytest.TempPathFactory) -> Curated:
    """The curated data with only those brands that something else refers to, and without the list of ordinary
    words: quick to check, and valid."""
    folder = tmp_path_factory.mktemp("curated")
    (folder / "ordinary_words.txt").touch()
    tables = whole.tables
    needed = {fold(brand.rpartition("@")[0]) for row in tables["treatments"] for brand in row.many("brands")}
    needed |= {fold(row.values[name]) for row in tables["lookalikes"] for name in ("name_a", "name_b")}
    needed |= {fold(row.values["name"]) for row in tables["ambiguous"]}
    products = [row for row in tables["products"] if fold(row.values["product"]) in needed]
    named = {row.values["product"] for row in products}
    known = [row for row in tables["known_brands"] if row.values["product"] in named]
    reduced = whole._replace(folder=str(folder), tables={**tables, "products": products, "known_brands": known})
    assert problems(reduced) == []
    return reduced


Change = Callable[[Row], dict[str, str]]


def changed(curated: Curated, stem: str, row: Row, **values: str) -> Curated:
    """The data with other values in one row."""
    rows = [each if each is not row else Row(row.line, {**row.values, **values}) for each in curated.tables[stem]]
    return curated._replace(tables={**curated.tables, stem: rows})


def added(curated: Curated, stem: str, **values: str) -> Curated:
    """The data with one more row, on the line after the last."""
    rows = curated.tables[stem]
    columns = next(sheet.columns for sheet in schema.SHEETS if sheet.stem == stem)
    line = rows[-1].line + 1 if rows else 2
    return curated._replace(tables={**curated.tables, stem: [*rows, Row(line, dict.fromkeys(columns, "") | values)]})


def without(curated: Curated, stem: str, row: Row) -> Curated:
    return curated._replace(tables={**curated.tables, stem: [each for each in curated.tables[stem] if each is not row]})


def row_where(curated: Curated, stem: str, **values: str) -> Row:
    return next(row for row in curated.tables[stem] if all(row.values[k] == v for k, v in values.items()))


def only(curated: Curated) -> Problem:
    found = problems(curated)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def test_the_curated_files_are_valid(whole: Curated) -> None:
    assert [str(problem) for problem in problems(whole)] == []


def test_all_faults_come_at_once_by_file_and_line(base: Curated) -> None:
    first = row_where(base, "substances", substance="diphenhydramine")
    broken = changed(base, "substances", first, effect="awful", figure=" padded")
    broken = changed(broken, "conditions", broken.tables["conditions"][0], what_to_ask="")
    broken = changed(broken, "interactions", broken.tables["interactions"][3], severity="bad")
    found = problems(broken)
    assert len(found) == 4
    assert found == sorted(found)
    assert {problem.file for problem in found} == {"conditions.csv", "interactions.csv", "substances.csv"}


# One fault a case: file, the row that is broken, the new values, and words of the problem.
SUBSTANCE = ("substances", {"substance": "diphenhydramine"})
CLASS = ("classes", {"class_id": "antihistamine-first-generation"})
SOURCE = ("sources", {"source_id": "allen2018iron"})
RULE = ("interactions", {"rule_id": "ix001"})
MEMBERS = "pramipexole|ropinirole|rotigotine|piribedil|apomorphine"
CASES = [
    (*SUBSTANCE, {"source_ids": "nosuch2020|hopkins2008"}, "unknown source 'nosuch2020'"),
    (*SUBSTANCE, {"source_ids": "hopkins20008|emory"}, "did you mean 'hopkins2008'?"),
    (*SUBSTANCE, {"class_ids": "antihistamine-first-generation|nosuch"}, "unknown class 'nosuch'"),
    (*SUBSTANCE, {"class_ids": ""}, "class_ids is empty"),
    (*SUBSTANCE, {"alternatives": "loratadine|nosuch"}, "unknown substance 'nosuch'"),
    (*SUBSTANCE, {"effect": "awful"}, "effect is 'awful'"),
    (*SUBSTANCE, {"risk": "huge"}, "risk is 'huge'"),
    (*SUBSTANCE, {"evidence": "rumour"}, "evidence is 'rumour'"),
    (*SUBSTANCE, {"prescribed": "often"}, "prescribed is 'often'"),
    (*SUBSTANCE, {"evidence": ""}, "all filled in or all empty"),
    (*SUBSTANCE, {"risk": "none"}, "with risk none"),
    (*SUBSTANCE, {"synonyms": "diphenhydramine hydrochloride||x"}, "empty or padded entry"),
    (*SUBSTANCE, {"synonyms": "diphenhydramine HCl|Diphenhydramine hcl"}, "twice"),
    (*SUBSTANCE, {"synonyms": "diphenhydramine + paracetamol"}, "names a combination"),
    (*SUBSTANCE, {"synonyms": "sertraline hydrochloride"}, "also belongs to"),
    (*SUBSTANCE, {"synonyms": "+"}, "no letters or digits"),
    (*SUBSTANCE, {"mechanism": "two\nlines"}, "line break"),
    (*SUBSTANCE, {"mechanism": "trailing "}, "stray spaces"),
    (*SUBSTANCE, {"remark": "Stop taking it."}, "tells someone to stop ('Stop taking')"),
    (*CLASS, {"patient_advice": "These must be stopped."}, "tells someone to stop"),
    (*CLASS, {"plain_name": ""}, "plain_name is empty"),
    (*CLASS, {"source_ids": ""}, "without a primary or secondary source"),
    (*SOURCE, {"kind": "blog"}, "kind is 'blog'"),
    (*SOURCE, {"reliability": "good"}, "reliability is 'good'"),
    (*SOURCE, {"title": ""}, "title is empty"),
    (*SOURCE, {"pmid": "PMID 29425576"}, "pmid is 'PMID 29425576'"),
    (*SOURCE, {"doi": "https://doi.org/10.1016/x"}, "leave out https://doi.org/"),
    (*SOURCE, {"year": "18"}, "four digits"),
    (*SOURCE, {"url": "www.example.org"}, "url is 'www.example.org'"),
    (*RULE, {"side_a": "nosuch-group"}, "unknown substance or group 'nosuch-group'"),
    (*RULE, {"severity": ""}, "severity is empty"),
    (*RULE, {"severity": "bad"}, "severity is 'bad'"),
    (*RULE, {"advice": ""}, "advice is empty"),
    (*RULE, {"advice": "Stop the antiemetic."}, "tells someone to stop"),
    (*RULE, {"source_ids": "ddinter2022"}, "no primary or secondary source"),
    (*RULE, {"source_ids": "aasm_digest3"}, "no primary or secondary source"),
    (*RULE, {"rule_id": "first rule"}, "letters and a number"),
    ("groups", {"group_id": "dopamine-agonist"}, {"members": MEMBERS.removesuffix("|apomorphine")}, "is of the class"),
    ("groups", {"group_id": "dopamine-agonist"}, {"members": f"{MEMBERS}|nosuch"}, "unknown substance 'nosuch'"),
    ("treatments", {"substance": "gabapentin"}, {"class_id": "nosuch"}, "unknown class 'nosuch'"),
    ("treatments", {"substance": "gabapentin"}, {"augmentation_risk": "some"}, "augmentation_risk is 'some'"),
    ("treatments", {"substance": "gabapentin"}, {"source_ids": ""}, "no source"),
    ("treatments", {"substance": "gabapentin"}, {"brands": "Neurontin@XX"}, "is not in products.csv"),
    ("treatments", {"substance": "gabapentin"}, {"brands": "Requip@US"}, "holds nothing like gabapentin"),
    ("conditions", {"condition": "pregnancy"}, {"source_ids": ""}, "no primary or secondary source"),
    ("conditions", {"condition": "pregnancy"}, {"what_to_ask": ""}, "what_to_ask is empty"),
    ("alternatives", {"purpose": "insomnia"}, {"source_ids": ""}, "no primary or secondary source"),
    ("alternatives", {"purpose": "insomnia"}, {"caveat": "Stop the sleep aid at once."}, "tells someone to stop"),
    ("triggers", {"trigger": "coffee"}, {"plain_names": "espresso|tea"}, "the name 'tea' also belongs to coffee"),
    ("triggers", {"trigger": "coffee"}, {"evidence": "nothing"}, "evidence is 'nothing'"),
    ("about", {"item": "reviewed"}, {"value": "25.11.2026"}, "write it like 2026-11-25"),
    ("about", {"item": "data_version"}, {"value": "new"}, "write it like"),
]


@pytest.mark.parametrize(("stem", "where", "values", "words"), CASES, ids=[str(case[3]) for case in CASES])
def test_a_fault_in_a_row(base: Curated, stem: str, where: dict[str, str], values: dict[str, str], words: str) -> None:
    row = row_where(base, stem, **where)
    found = [problem for problem in problems(changed(base, stem, row, **values)) if words in problem.text]
    assert len(found) == 1
    # a doubled name is told where it comes second
    assert found[0].file == f"{stem}.csv" or "also belongs to" in words
    assert found[0].line == row.line or "also belongs to" in found[0].text
    assert any(sign in found[0].text for sign in (";", ":")), "it does not say what to do"


def test_evidence_that_its_sources_cannot_carry(base: Curated) -> None:
    label = row_where(base, "sources", kind="label", reliability="primary").values["source_id"]
    row = row_where(base, "substances", substance="diphenhydramine")
    for grade, fine in (("label", True), ("case", False), ("observational", False), ("trial", False)):
        broken = changed(base, "substances", row, evidence=grade, source_ids=label)
        text = [problem.text for problem in problems(broken) if "carry 'label' at best" in problem.text]
        assert (text == []) is fine, grade


def test_a_class_rating_has_to_say_that_it_is_inferred(base: Curated) -> None:
    row = row_where(base, "substances", substance="diphenhydramine")
    broken = changed(base, "substances", row, evidence="class", remark="Nothing said.")
    assert "inferred from its class" in only(broken).text
    assert problems(changed(base, "substances", row, evidence="class", remark="Inferred from its class.")) == []


def test_a_figure_needs_a_source(base: Curated) -> None:
    row = row_where(base, "other_medicines", substance=base.tables["other_medicines"][0].values["substance"])
    moved = without(base, "other_medicines", row)
    moved = added(
        moved, "substances", substance=row.values["substance"], class_ids=row.values["class_ids"], figure="5 of 10"
    )
    assert any("a figure without a source" in problem.text for problem in problems(moved))


def test_a_flagged_substance_needs_patient_advice(base: Curated) -> None:
    row = row_where(base, "classes", class_id="muscle-relaxant")
    found = problems(changed(base, "classes", row, patient_advice=""))
    baclofen = row_where(base, "substances", substance="baclofen")
    assert [(each.file, each.line) for each in found] == [("substances.csv", baclofen.line)]
    assert "missing patient advice" in found[0].text


def test_a_flagged_class_needs_patient_advice(base: Curated) -> None:
    row = row_where(base, "classes", class_id="antihistamine-first-generation")
    found = problems(changed(base, "classes", row, patient_advice=""))
    assert ("classes.csv", row.line) in [(each.file, each.line) for each in found]


def test_a_doubled_name_may_be_declared(base: Curated) -> None:
    row = row_where(base, "substances", substance="diphenhydramine")
    broken = changed(base, "substances", row, synonyms="sertraline hydrochloride")
    assert "also belongs to" in only(broken).text
    assert problems(added(broken, "ambiguous", name="Sertraline Hydrochloride", reason="a test")) == []


def test_a_declaration_that_declares_nothing(base: Curated) -> None:
    found = only(added(base, "ambiguous", name="sertraline", reason="a test"))
    assert found.file == "ambiguous.csv"
    assert "single meaning" in found.text


def test_a_brand_named_like_another_substance(base: Curated) -> None:
    broken = added(base, "products", product="Sertraline", market="US", substances="diphenhydramine")
    assert "also belongs to sertraline" in only(broken).text


def test_one_brand_in_one_market_with_two_contents(base: Curated) -> None:
    broken = added(base, "products", product="Xyzzin", market="US", substances="diphenhydramine")
    broken = added(broken, "products", product="Xyzzin", market="US", substances="sertraline")
    assert "tell the packs apart in the note" in only(broken).text
    elsewhere = added(base, "products", product="Xyzzin", market="US", substances="diphenhydramine")
    elsewhere = added(elsewhere, "products", product="Xyzzin", market="UK", substances="sertraline")
    assert problems(elsewhere) == []
    noted = added(base, "products", product="Xyzzin", market="US", substances="diphenhydramine", note="blue pack")
    noted = added(noted, "products", product="Xyzzin", market="US", substances="sertraline", note="red pack")
    assert problems(noted) == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"substances": "sertraline|diphenhydramine"}, "not in alphabetical order; write diphenhydramine|sertraline"),
        ({"substances": "nosuch"}, "unknown substance 'nosuch'"),
        ({"substances": ""}, "substances is empty"),
        ({"market": "usa"}, "two capital letters"),
        ({"otc": "maybe"}, "otc is 'maybe'"),
        ({"seen_at": "somewhere"}, "seen_at is 'somewhere'"),
        ({"product": "###"}, "no letters or digits"),
    ],
)
def test_a_fault_in_a_product(base: Curated, values: dict[str, str], words: str) -> None:
    good = {"product": "Xyzzin", "market": "US", "substances": "diphenhydramine"}
    assert problems(added(base, "products", **good)) == []
    found = only(added(base, "products", **{**good, **values}))
    assert words in found.text
    assert found.file == "products.csv"


def test_doubled_rows(base: Curated) -> None:
    for stem in ("sources", "classes", "conditions", "treatments", "groups", "interactions", "alternatives"):
        row = base.tables[stem][0]
        found = problems(added(base, stem, **row.values))
        assert any(f"stands already on line {row.line}" in problem.text for problem in found), stem


def test_the_same_paper_twice(base: Curated) -> None:
    row = row_where(base, "sources", source_id="allen2018iron")
    found = problems(added(base, "sources", **{**row.values, "source_id": "allen2018again"}))
    assert sorted(problem.text.split(";")[0] for problem in found) == [
        f"same pmid as line {row.line}",
        f"same title as line {row.line}",
    ]


def test_a_source_that_was_not_seen_says_so(base: Curated) -> None:
    row = row_where(base, "sources", source_id="allen2018iron")
    found = problems(changed(base, "sources", row, seen_at="", pmid=""))
    assert any("not seen in a public page" in problem.text for problem in found)
    found = problems(changed(base, "sources", row, seen_at="", note="Not seen in a public page."))
    assert any("pmid or doi without seen_at" in problem.text for problem in found)


def test_a_pair_given_twice_either_way_round(base: Curated) -> None:
    row = base.tables["interactions"][0]
    values = {**row.values, "rule_id": "ix999", "side_a": row.values["side_b"], "side_b": row.values["side_a"]}
    assert "same pair as line" in only(added(base, "interactions", **values)).text


def test_a_group_that_no_rule_uses(base: Curated) -> None:
    found = only(added(base, "groups", group_id="some-group", members="sertraline"))
    assert "used by no rule" in found.text


def test_a_class_that_has_no_member(base: Curated) -> None:
    found = only(added(base, "classes", class_id="some-class", name="Some", plain_name="some"))
    assert "has no member" in found.text


@pytest.mark.parametrize(("stem", "key"), [("triggers", "trigger"), ("other_medicines", "substance")])
def test_a_thing_that_stands_in_two_files(base: Curated, stem: str, key: str) -> None:
    row = base.tables[stem][0]
    found = problems(changed(base, stem, row, **{key: "sertraline"}))
    assert any("stands in substances.csv" in problem.text for problem in found)


def test_a_group_named_like_a_substance(base: Curated) -> None:
    found = problems(added(base, "groups", group_id="sertraline", members="sertraline"))
    assert any("give it another name" in problem.text for problem in found)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name_a": "sertraline", "name_b": "nosuchname"}, "no name known here"),
        ({"name_a": "sertraline", "name_b": "Sertraline"}, "paired with itself"),
        ({"name_a": "sertraline", "name_b": "paroxetine", "source_id": "nosuch"}, "unknown source 'nosuch'"),
    ],
)
def test_a_fault_in_a_lookalike(base: Curated, values: dict[str, str], words: str) -> None:
    found = problems(added(base, "lookalikes", **values))
    assert any(words in problem.text and problem.file == "lookalikes.csv" for problem in found)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"product": "No Such Brand", "known": "common"}, "unknown product 'No Such Brand'"),
        ({"product": "Elavil", "known": "widely"}, "known is 'widely'"),
        ({"product": "Elavil", "known": ""}, "known is empty"),
    ],
)
def test_a_fault_in_a_known_brand(base: Curated, values: dict[str, str], words: str) -> None:
    assert any(words in problem.text for problem in problems(added(base, "known_brands", **values)))


def test_a_lookalike_pair_twice(base: Curated) -> None:
    row = base.tables["lookalikes"][0]
    values = {**row.values, "name_a": row.values["name_b"], "name_b": row.values["name_a"]}
    assert "same pair as line" in only(added(base, "lookalikes", **values)).text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"groups": "nosuch"}, "unknown group 'nosuch'"),
        ({"minimum": "two"}, "minimum is 'two'"),
        ({"severity": ""}, "severity is empty"),
        ({"source_ids": ""}, "no primary or secondary source"),
        ({"advice": "Both must be stopped."}, "tells someone to stop"),
    ],
)
def test_a_fault_in_a_count_rule(base: Curated, values: dict[str, str], words: str) -> None:
    good = {
        "rule_id": "ct999",
        "groups": base.tables["groups"][0].values["group_id"],
        "minimum": "2",
        "severity": "major",
        "mechanism": "m",
        "effect": "e",
        "advice": "Ask.",
        "source_ids": "allen2018iron",
    }
    assert problems(added(base, "count_rules", **good)) == []
    assert any(words in problem.text for problem in problems(added(base, "count_rules", **{**good, **values})))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "some name", "class_ids": "nosuch"}, "unknown class 'nosuch'"),
        ({"name": "sertraline", "class_ids": "ssri"}, "also belongs to"),
        ({"name": "some name", "class_ids": "ssri", "language": "English"}, "two small letters"),
    ],
)
def test_a_fault_in_a_class_name(base: Curated, values: dict[str, str], words: str) -> None:
    assert any(words in problem.text for problem in problems(added(base, "class_names", **values)))


@pytest.mark.parametrize(
    ("stem", "values", "words"),
    [
        ("purposes_for", {"purpose": "no such purpose"}, "unknown purpose 'no such purpose'"),
        ("purposes_for", {"applies_to": "nosuch"}, "unknown substance or class 'nosuch'"),
        ("purposes_for", {"applies_to": ""}, "applies_to is empty"),
        ("purposes_for", {"with_group": "nosuch"}, "unknown group 'nosuch'"),
        ("glossary", {"meaning": ""}, "meaning is empty"),
        ("glossary", {"source_ids": ""}, "source_ids is empty"),
        ("glossary", {"source_ids": "nosuch"}, "unknown source 'nosuch'"),
    ],
)
def test_a_fault_in_what_explains(base: Curated, stem: str, values: dict[str, str], words: str) -> None:
    found = only(changed(base, stem, base.tables[stem][0], **values))
    assert words in found.text


# -- files -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "curated"))


def texts(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(read(str(folder)))]


def test_a_missing_file(folder: Path) -> None:
    (folder / "groups.csv").unlink()
    assert texts(folder) == [
        "groups.csv:1: the file is missing; put it back, or make it with the one line group_id,members,remark"
    ]


def test_an_unknown_file(folder: Path) -> None:
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    (text,) = texts(folder)
    assert text.startswith("notes.csv:1: no such file is known here")


def test_wrong_columns(folder: Path) -> None:
    path = folder / "groups.csv"
    path.write_text(path.read_text().replace("group_id,members", "group,members", 1))
    (text,) = texts(folder)
    assert "make the first line 'group_id,members,remark'" in text


def test_a_file_without_rows(folder: Path) -> None:
    (folder / "conditions.csv").write_text((folder / "conditions.csv").read_text().split("\n")[0] + "\n")
    assert texts(folder) == ["conditions.csv:1: the file holds no rows; put them back"]


def test_a_row_with_a_field_too_many(folder: Path) -> None:
    path = folder / "conditions.csv"
    lines = path.read_text().split("\n")
    lines[2] += ",more"
    path.write_text("\n".join(lines))
    (text,) = texts(folder)
    assert text.startswith("conditions.csv:3: 7 fields where the header has 6")


def test_another_encoding(folder: Path) -> None:
    path = folder / "triggers.csv"
    path.write_bytes(path.read_text().encode("utf-16"))
    assert any(text.startswith("triggers.csv:1: not UTF-8") for text in texts(folder))


def test_a_byte_order_mark_does_no_harm(folder: Path) -> None:
    path = folder / "conditions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert texts(folder) == []


def test_broken_quotes(folder: Path) -> None:
    path = folder / "conditions.csv"
    path.write_text(path.read_text() + 'x,"y"z,a,b,c,d\n')
    assert any("not valid CSV" in text for text in texts(folder))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda words: [words[1], words[0], *words[2:]], "out of order"),
        (lambda words: [words[0], *words], "out of order or doubled"),
        (lambda words: [*words, "Zzz zzz"], "not one word in small letters"),
    ],
)
def test_a_fault_in_the_ordinary_words(folder: Path, change: Callable[[list[str]], list[str]], words: str) -> None:
    path = folder / "ordinary_words.txt"
    path.write_text("\n".join(change(path.read_text().split())) + "\n")
    (text,) = texts(folder)
    assert text.startswith("ordinary_words.txt:")
    assert words in text
