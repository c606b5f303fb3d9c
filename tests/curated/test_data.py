"""The curated data: whole, traceable, and every name leads to its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from drugdb import canonical
from drugdb.curated import FOLDER, Curated, Row, read
from drugdb.folding import fold
from drugdb.reader import Database
from tests.databases import built


@pytest.fixture(scope="module")
def curated() -> Curated:
    return read(FOLDER)


@pytest.fixture(scope="module")
def database() -> Database:
    return Database(built())


def test_the_files_are_written_the_canonical_way(curated: Curated) -> None:
    for stem, rows in curated.tables.items():
        written = canonical.write(curated.columns[stem], (tuple(row.values.values()) for row in rows))
        assert (Path(FOLDER) / f"{stem}.csv").read_bytes() == written, f"{stem}.csv; rewrite it with db export"


# What the evidence was when it was collected; rows may be added, and none may get lost.
@pytest.mark.parametrize(
    ("stem", "rows"),
    [
        ("sources", 346), ("classes", 127), ("substances", 702), ("triggers", 26), ("conditions", 14),
        ("treatments", 53), ("interactions", 217), ("groups", 81), ("alternatives", 24), ("products", 6426),
    ],
)  # fmt: skip
def test_no_row_got_lost(curated: Curated, stem: str, rows: int) -> None:
    assert len(curated.tables[stem]) >= rows


def test_at_least_500_medicines_are_known_that_are_not_flagged(database: Database) -> None:
    innocent = [each for each in database.substances() if each.effect in ("", "neutral", "relieves")]
    assert len(innocent) >= 500


def _spellings(row: Row, own: str) -> list[str]:
    plain = row.many("plain_names") if "plain_names" in row.values else ()
    return [row.values[own], *row.many("synonyms"), *plain]


@pytest.mark.parametrize(
    ("stem", "own"), [("substances", "substance"), ("other_medicines", "substance"), ("triggers", "trigger")]
)
def test_every_spelling_of_a_substance_leads_to_it_alone(
    curated: Curated, database: Database, stem: str, own: str
) -> None:
    declared = {fold(row.values["name"]) for row in curated.tables["ambiguous"]}
    wrong = []
    for row in curated.tables[stem]:
        for text in _spellings(row, own):
            names = database.spelling(fold(text))
            meanings = {name.substances for name in names}
            own_meaning = (row.values[own],)
            if own_meaning not in meanings or (len(meanings) > 1 and fold(text) not in declared):
                wrong.append((text, row.values[own], meanings))
    assert wrong == []


def test_every_brand_leads_to_its_substances(curated: Curated, database: Database) -> None:
    wrong = []
    for row in curated.tables["products"]:
        for text in filter(None, (row.values["product"], row.values["other_script"])):
            names = database.spelling(fold(text))
            market = row.values["market"]
            if not any(
                name.substances == row.many("substances") and (market in name.markets or not market) for name in names
            ):
                wrong.append((text, market, row.many("substances")))
    assert wrong == []


def test_every_class_name_leads_to_its_classes(curated: Curated, database: Database) -> None:
    for row in curated.tables["class_names"]:
        names = database.spelling(fold(row.values["name"]))
        assert row.many("class_ids") in {name.target for name in names}, row.values["name"]


def test_every_name_is_matched_exactly(curated: Curated, database: Database) -> None:
    from checker.matching import Matcher
    from checker.report import AMBIGUOUS, EXACT

    matcher = Matcher(database)
    wrong = []
    for stem, own in (("substances", "substance"), ("other_medicines", "substance")):
        for row in curated.tables[stem]:
            for text in _spellings(row, own):
                match = matcher.match_name(text)
                if match.status != EXACT or match.substances != (row.values[own],):
                    wrong.append((text, match.status, match.substances))
    for row in curated.tables["products"]:
        match = matcher.match_name(row.values["product"])
        held = {candidate.substances for candidate in match.candidates} | {match.substances}
        if match.status not in (EXACT, AMBIGUOUS) or row.many("substances") not in held:
            wrong.append((row.values["product"], match.status, match.substances))
    assert wrong == []


def test_every_statement_that_is_made_cites_a_source(database: Database) -> None:
    for substance in database.substances():
        assert substance.sources or not substance.effect, substance.name
        assert substance.sources or not substance.figure, substance.name
    for each in (*database.rules(), *database.treatments(), *database.conditions(), *database.purposes()):
        assert each.sources, each[0]
    for drug_class in database.drug_classes():
        assert drug_class.sources or not drug_class.effect, drug_class.id


def test_every_cited_source_can_be_looked_up(database: Database) -> None:
    cited = [source for source in database.sources() if source.statements]
    assert len(cited) > 200
    unlinked = {source.id for source in cited if not source.link}
    for source in cited:
        assert source.link.startswith(("https://", "http://")) or source.id in unlinked
        if source.doi:
            assert source.link == f"https://doi.org/{source.doi}"
        elif source.pmid:
            assert source.link == f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    for each in unlinked:
        source = database.source(each)
        assert source is not None
        assert "not seen in a public page" in source.note.lower()


def test_a_product_without_a_register_is_unverified(database: Database) -> None:
    products = database.products()
    assert all(product.verified == bool(product.seen_at) for product in products)
    assert 0 < sum(product.verified for product in products) < len(products)


def test_both_ends_of_every_rule_exist(database: Database) -> None:
    groups = {group.id: group.members for group in database.groups()}
    for rule in database.rules():
        for side in (rule.side_a, rule.side_b):
            members = groups.get(side, (side,))
            assert members, side
            assert all(database.substance(member) for member in members), side


def test_no_guard_name_hides_a_name_of_ours(database: Database) -> None:
    for key, names in database.all_spellings().items():
        kinds = {name.kind for name in names}
        assert kinds == {"guard"} or "guard" not in kinds, key


def test_everyday_words_are_no_guard_names(database: Database) -> None:
    for word in ("table", "morning", "honey", "paris", "hana", "clear", "stop", "tablets", "doctor", "spansule"):
        assert all(name.kind != "guard" for name in database.spelling(fold(word))), word
