"""The dictionary of other medicines: read without running anything, filtered, mapped to our substances."""

import bz2
import os
import pickle
from pathlib import Path

import pytest

from drugdb import guard, vocabulary
from drugdb.curated import Curated, Row
from drugdb.records import Name

SUBSTANCES = [
    {"substance": "paracetamol", "synonyms": "acetaminophen", "effect": ""},
    {"substance": "diphenhydramine", "synonyms": "", "effect": "worsens"},
    {"substance": "codeine", "synonyms": "", "effect": "relieves"},
]
PRODUCTS = [
    {"product": "Benadryl", "market": "US", "substances": "diphenhydramine", "other_script": "", "note": ""},
]
EXCLUSIONS = [
    {"name": "smilax", "scope": "name", "reason": "a plant"},
    {"name": "pollen", "scope": "word", "reason": "a material"},
]


def curated() -> Curated:
    tables = {
        "substances": [{**values, "prescribed": "very common"} for values in SUBSTANCES],
        "products": PRODUCTS,
        "guard_exclusions": EXCLUSIONS,
    }
    rows = {
        stem: [Row(place, dict(each)) for place, each in enumerate(each_table, 2)]
        for stem, each_table in tables.items()
    }
    return Curated("", rows, {}, ())


class Dictionary:
    """A dictionary in the package's form, at a path of the test's own."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = path / "drug_ner_dictionary.pkl.bz2"
        monkeypatch.setattr(guard, "find", lambda: str(self.path))

    def names(self, entries: dict[str, list[str]], known: dict[str, dict[str, object]] | None = None) -> list[Name]:
        canonicals = {each for listed in entries.values() for each in listed}
        content = {
            "drug_variant_to_canonical": entries,
            "drug_canonical_to_data": {each: {"drugbank_id": "DB1"} for each in canonicals} | (known or {}),
        }
        self.path.write_bytes(bz2.compress(pickle.dumps(content)))
        owned = vocabulary.spellings(vocabulary.names(curated()))
        found = guard.load(curated(), owned, frozenset({"table"})).names
        return [name for key in sorted(found) for name in found[key]]


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dictionary:
    return Dictionary(tmp_path, monkeypatch)


def test_a_name_is_a_medicine_that_is_not_assessed(dictionary: Dictionary) -> None:
    assert dictionary.names({"zomiband": ["zomitrip"]}) == [Name("zomiband", "guard", (), (), (), "zomitrip", 0)]


def test_names_of_our_substances_carry_them(dictionary: Dictionary) -> None:
    (name,) = dictionary.names({"fevrix": ["acetaminophen"]})
    assert name.kind == "guard"
    assert name.substances == ("paracetamol",)


def test_a_combination_is_ours_only_when_all_its_parts_are(dictionary: Dictionary) -> None:
    known = {"codeine and acetaminophen": {"nhs_url": "x"}, "codeine and other": {"nhs_url": "x"}}
    both, one = dictionary.names({"aacombi": ["codeine and acetaminophen"], "bbcombi": ["codeine and other"]}, known)
    assert both.substances == ("codeine", "paracetamol")
    assert one.substances == ()


def test_a_doubtful_name_is_a_medicine_and_no_more(dictionary: Dictionary) -> None:
    (name,) = dictionary.names({"fevrix": ["acetaminophen", "codeine"]})
    assert name.substances == ()
    assert name.note == "acetaminophen or codeine"


def test_two_spellings_of_one_key_that_differ_are_doubtful(dictionary: Dictionary) -> None:
    (name,) = dictionary.names({"fev-rix": ["acetaminophen"], "fevrix": ["codeine"]})
    assert name.substances == ()


def test_where_we_own_a_name_ours_wins(dictionary: Dictionary) -> None:
    assert dictionary.names({"benadryl": ["thing"], "BENA-DRYL": ["thing"], "acetaminophen": ["acetaminophen"]}) == []


def test_what_no_register_knows_is_left_out(dictionary: Dictionary) -> None:
    known = {"unknown": {"mesh_id": "D1"}, "listed": {"nhs_url": "https://www.nhs.uk"}}
    assert [each.text for each in dictionary.names({"unknown": ["unknown"], "listed": ["listed"]}, known)] == ["listed"]


def test_everyday_words_and_exclusions_are_left_out(dictionary: Dictionary) -> None:
    entries = ["table", "smilax", "oak pollen", "pollenix"]
    assert [each.text for each in dictionary.names({each: ["thing"] for each in entries})] == ["pollenix"]


def test_a_rare_name_one_slip_from_a_common_flagged_one_is_left_out(dictionary: Dictionary) -> None:
    slips = ["benadril", "bendaryl", "benadryll", "benadry"]
    assert dictionary.names({each: ["rare thing"] for each in slips}) == []


def test_a_name_in_use_is_kept_however_near(dictionary: Dictionary) -> None:
    known = {"real": {"medline_plus_id": "a1"}}
    assert [each.text for each in dictionary.names({"benadril": ["real"]}, known)] == ["benadril"]


@pytest.mark.parametrize("text", ["zomig", "novo-loperamide", "ala-hist", "co codamol", "insulin lispro", "quétiapine"])
def test_like_a_name(text: str) -> None:
    assert guard.like_a_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "2-methyl-4-hydroxy-1-naphthylamine", "n-acetylhydroxylamine", "17beta hydroxy androstan 3 one", "acetic acid",
        "deoxycholate, sodium", "α-dihydroergocryptine", "p,p'-dihydroxybenzophenone", "(r)-thing", "abc", "12345",
        "a b c d e", "cd20", "x" * 41, "humax-cd20, 2f2", "quercus virginiana pollen of the south",
    ],
)  # fmt: skip
def test_not_like_a_name(text: str) -> None:
    assert not guard.like_a_name(text)


def test_a_pickle_that_asks_for_anything_to_run_is_refused(dictionary: Dictionary, tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(mark),)

    dictionary.path.write_bytes(bz2.compress(pickle.dumps(Hostile())))
    found = guard.load(curated(), {}, frozenset())
    assert found.names == {}
    assert "only plain data" in found.warnings[0]
    assert not mark.exists()


@pytest.mark.parametrize("content", [b"", b"no bz2", bz2.compress(b"no pickle"), bz2.compress(pickle.dumps([1]))])
def test_a_damaged_dictionary_is_a_warning(dictionary: Dictionary, content: bytes) -> None:
    dictionary.path.write_bytes(content)
    found = guard.load(curated(), {}, frozenset())
    assert found.names == {}
    assert guard.PACKAGE in found.warnings[0]


def test_no_package_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "find", lambda: "")
    found = guard.load(curated(), {}, frozenset())
    assert found.names == {}
    assert found.version == ""
    assert "not installed" in found.warnings[0]
