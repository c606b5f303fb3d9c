"""What the reader answers, asked as the checker and the page ask."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from drugdb.folding import fold
from drugdb.reader import NOT_LISTED, Database
from tests.databases import built


@pytest.fixture(scope="module")
def database() -> Database:
    return Database(built())


def names(found: tuple[object, ...]) -> list[str]:
    return [str(each[0]) for each in found]  # type: ignore[index]


def test_a_substance_whole(database: Database) -> None:
    found = database.substance("diphenhydramine")
    assert found is not None
    assert found.kind == "medicine"
    assert found.effect == "worsens"
    assert found.classes == ("antihistamine-first-generation",)
    assert "diphenhydramine hydrochloride" in found.synonyms
    assert all(database.source(each) for each in found.sources)
    assert database.substance("diphenhydramine") is found
    assert database.substance("no such thing") is None


def test_a_trigger_has_its_everyday_names_among_the_synonyms(database: Database) -> None:
    found = database.substance("caffeine")
    assert found is not None
    assert found.kind == "trigger"
    assert {"energy drink", "caffeine citrate"} <= set(found.synonyms)
    assert len(set(found.synonyms)) == len(found.synonyms)


def test_classes_and_their_members(database: Database) -> None:
    found = database.drug_class("ssri")
    assert found is not None
    assert found.sources
    members = database.members("ssri")
    assert {"sertraline", "citalopram"} <= set(names(members))
    assert all("ssri" in member.classes for member in members)
    assert database.members("no-such") == ()
    assert database.drug_class("no-such") is None
    assert found in database.drug_classes()


def test_treatments_conditions_rules_groups_purposes(database: Database) -> None:
    treatment = database.treatment("pramipexole")
    assert treatment is not None
    assert treatment.augmentation_risk == "high"
    assert database.treatment("sertraline") is None
    assert len(database.treatments()) >= 53
    assert {"pregnancy"} <= set(names(database.conditions()))
    assert len(database.rules()) >= 217
    assert all(rule.severity for rule in database.rules())
    group = next(each for each in database.groups() if each.id == "dopamine-agonist")
    assert "ropinirole" in group.members
    assert all(purpose.consider for purpose in database.purposes())


def test_products_of_a_substance(database: Database) -> None:
    found = database.products("diphenhydramine")
    assert {"Benadryl", "Tylenol PM"} <= set(names(found))
    assert all("diphenhydramine" in product.substances for product in found)
    assert len(found) < len(database.products())
    assert database.products("no such thing") == ()


def test_sources_count_their_statements(database: Database) -> None:
    rows = database._rows("SELECT source_id, count(*) FROM citation GROUP BY source_id")
    assert {source.id: source.statements for source in database.sources() if source.statements} == dict(rows)


def test_spellings_one_by_one_and_in_bulk(database: Database) -> None:
    keys = [fold(text) for text in ("Benadryl", "sertraline", "no such name")]
    many = Database(built()).spellings(keys)
    assert many == {key: database.spelling(key) for key in keys[:2]}
    assert many == database.spellings(keys)
    everything = database.all_spellings()
    assert everything["benadryl"] == database.spelling("benadryl")
    assert len(everything) == len(database.payloads()) > 20_000
    assert database.spellings(everything) == everything


def test_keys_that_go_on(database: Database) -> None:
    found = database.keys_starting("tylenol", 5)
    assert len(found) == 5
    assert found == sorted(found)
    assert all(key.startswith("tylenol") and key != "tylenol" for key in found)


def test_ordinary_words(database: Database) -> None:
    assert database.ordinary("table")
    assert not database.ordinary("xyzzin")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("diphenhydramine", "diphenhydramine"),
        ("DIPHENHYDR", "diphenhydramine"),
        ("diphénhydramine", "diphenhydramine"),
        ("дифенгидрамин", "diphenhydramine"),
        ("zoloft", "sertraline"),
        ("acetaminophen", "paracetamol"),
        ("codeine", "codeine"),
        ("espresso", "coffee"),
        ("tylenol", "paracetamol"),
        ("zyrtecd", "cetirizine"),
    ],
)
def test_a_search_puts_the_best_first(database: Database, text: str, first: str) -> None:
    assert names(database.search(text))[0] == first


def test_a_search_may_be_filtered(database: Database) -> None:
    worse = database.search("antihistamine", effect="worsens", limit=-1)
    assert worse
    assert {each.effect for each in worse} == {"worsens"}
    unlisted = database.search("", effect=NOT_LISTED, limit=5)
    assert [each.effect for each in unlisted] == [""] * 5
    members = database.search("", class_id="ssri", limit=-1)
    assert names(members) == names(database.members("ssri"))
    assert names(database.search("sert", class_id="ssri", effect=members[-1].effect))[:1] == ["sertraline"]
    assert len(database.search("", limit=-1)) == len(database.substances())


@pytest.mark.parametrize(
    "text", ['"', "a*b OR", "NEAR(", "' ; DROP TABLE substance", "\x00", "-", "((", "%", "é" * 5000]
)
def test_a_hostile_search_finds_nothing_and_breaks_nothing(database: Database, text: str) -> None:
    assert isinstance(database.search(text), tuple)
    assert database.search("sertraline")


def test_a_search_for_signs_alone_finds_nothing(database: Database) -> None:
    assert database.search("--- ***") == ()


def test_threads_may_share_it() -> None:
    with Database(built()) as database:
        keys = list(Database(built()).payloads())[:2000]
        wrong: list[str] = []

        def ask() -> None:
            for key in keys:
                if not database.spelling(key) or not all(fold(name.text) == key for name in database.spelling(key)):
                    wrong.append(key)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_it_works_on_after_a_fork() -> None:
    with Database(built()) as database:
        database.spelling("benadryl")
        child = os.fork()
        if child == 0:
            os._exit(0 if database.spelling("zoloft") and database.substance("sertraline") else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert database.spelling("prozac")


def test_opening_brings_nothing_heavy_along() -> None:
    code = (
        "import sys; from drugdb.reader import Database; d = Database(sys.argv[1]); d.spelling('benadryl');"
        "print(*sorted({'hashlib', 'dataclasses', 'inspect', 'pathlib', 'tempfile', 'importlib.util', 'logging', "
        "'urllib.parse', 'sqlite_utils', 'threading', 'bz2', 'pickle', 'requests', 'rapidfuzz'} & set(sys.modules)))"
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {os.getcwd()!r}); {code}", built()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == ""
