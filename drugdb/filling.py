"""Fill the tables: the rows of the curated files, the links between them, the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from drugdb import schema, vocabulary
from drugdb.curated import Curated, Row
from drugdb.folding import fold_kept as fold
from drugdb.records import Name

if TYPE_CHECKING:
    import sqlite_utils

# What a statement is called in the citations, by the stem of its file.
STATEMENTS = {
    "substances": "substance",
    "triggers": "trigger",
    "classes": "class",
    "conditions": "condition",
    "treatments": "treatment",
    "interactions": "interaction",
    "count_rules": "count rule",
    "alternatives": "alternative",
    "glossary": "glossary",
    "lookalikes": "look-alike",
}

_SUBSTANCES = {"substances": "substance", "other_medicines": "substance", "triggers": "trigger"}
_COLUMNS = {table.name: table.columns for table in schema.TABLES}

_Rows = Iterable[dict[str, Any]]
_More = Callable[[Row], dict[str, Any]]


def fill(
    database: sqlite_utils.Database, curated: Curated, names: Mapping[str, tuple[Name, ...]], words: Iterable[str]
) -> None:
    """Fill the tables of an empty database.

    Args:
        database: empty, its tables made.
        curated: valid curated files.
        names: the whole vocabulary by key.
        words: the ordinary words.
    """
    tables = curated.tables
    cited = citations(curated)
    statements: dict[str, int] = {}
    for citation in cited:
        statements[citation["source_id"]] = statements.get(citation["source_id"], 0) + 1
    extra: dict[str, _More] = {
        "sources": lambda row: {"link": link(row), "statements": statements.get(row.values["source_id"], 0)},
        "lookalikes": lambda row: {"key_a": fold(row.values["name_a"]), "key_b": fold(row.values["name_b"])},
        "count_rules": lambda row: {"minimum": int(row.values["minimum"])},
        **_derived(curated),
    }
    for sheet in schema.SHEETS:
        _insert(database, sheet.table, _mirrored(sheet, tables.get(sheet.stem, []), extra.get(sheet.stem)))
    for table, rows in _links(curated):
        _insert(database, table, rows)
    _insert(database, "citation", cited)
    _fill_vocabulary(database, names)
    database.conn.executemany("INSERT INTO ordinary_word VALUES (?)", ((word,) for word in words))
    packed = vocabulary.pack_words((row.values["word"], row.values["kind"]) for row in curated.tables.get("words", []))
    database.conn.execute("INSERT INTO packed VALUES ('words', ?)", (packed,))


def _insert(database: sqlite_utils.Database, table: str, rows: _Rows) -> None:
    """Insert rows that have a value for every column: straight, for there are tens of thousands."""
    columns = _COLUMNS[table]
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(f":{column}" for column in columns)
    database.conn.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


def _mirrored(sheet: schema.Sheet, rows: Iterable[Row], more: _More | None) -> _Rows:
    """The rows of a file as the rows of its table. Columns that the file does not have are empty."""
    columns = _COLUMNS[sheet.table]
    numbered = columns.get("id") is int
    empty: dict[str, Any] = {name: "" for name, sort in columns.items() if sort is str} | sheet.fixed
    targets = [sheet.column(name) for name in sheet.columns]
    for number, row in enumerate(rows, 1):
        values = empty.copy()
        values.update(zip(targets, row.values.values(), strict=True))
        values["line"] = row.line
        if numbered:
            values["id"] = number
        if more:
            values.update(more(row))
        yield values


def link(row: Row) -> str:
    """Return where a source can be looked up: its DOI, else PubMed, else its address; may be empty."""
    if row.values["doi"]:
        return f"https://doi.org/{row.values['doi']}"
    if row.values["pmid"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{row.values['pmid']}/"
    return row.values["url"] or row.values["seen_at"]


def _derived(curated: Curated) -> dict[str, _More]:
    """Class names and brands of the substances, which the search looks into, by the stem of the file."""
    class_names = {row.values["class_id"]: row.values["name"] for row in curated.tables["classes"]}
    brands: dict[str, dict[str, None]] = {}
    for row in curated.tables["products"]:
        for substance in row.many("substances"):
            brands.setdefault(substance, {})[row.values["product"]] = None

    def derive(row: Row, own: str) -> dict[str, Any]:
        return {
            "class_names": "|".join(class_names[each] for each in row.many("class_ids")),
            "brands": "|".join(brands.get(row.values[own], ())),
        }

    return {stem: partial(derive, own=own) for stem, own in _SUBSTANCES.items()}


def citations(curated: Curated) -> list[dict[str, Any]]:
    """Return which statement cites which source, in the order of the files."""
    found = []
    for sheet in schema.SHEETS:
        if sheet.stem not in STATEMENTS:
            continue
        for row in curated.tables.get(sheet.stem, []):
            subject = " / ".join(row.values[name] for name in sheet.key)
            column = "source_ids" if "source_ids" in sheet.columns else "source_id"
            if column in sheet.columns:
                found += [
                    {"statement": STATEMENTS[sheet.stem], "subject": subject, "source_id": source, "position": place}
                    for place, source in enumerate(row.many(column), 1)
                ]
    return found


def _links(curated: Curated) -> Iterator[tuple[str, _Rows]]:
    """The link tables: which member of which list."""
    tables = curated.tables
    for stem, own in _SUBSTANCES.items():
        rows = tables.get(stem, [])
        yield "substance_class", _spread(rows, own, "class_ids", "substance", "class_id")
        if stem != "other_medicines":
            yield "substance_alternative", _spread(rows, own, "alternatives", "substance", "alternative")
    yield (
        "treatment_brand",
        (
            {
                "substance": row.values["substance"],
                "brand": brand.rpartition("@")[0],
                "market": brand.rpartition("@")[2],
                "position": place,
            }
            for row in tables["treatments"]
            for place, brand in enumerate(row.many("brands"), 1)
        ),
    )
    yield "group_member", _spread(tables["groups"], "group_id", "members", "group_id", "substance")
    groups = {row.values["group_id"] for row in tables["groups"]}
    yield (
        "rule_side",
        (
            {
                "rule_id": row.values["rule_id"],
                "side": side,
                "group_id": row.values[f"side_{side}"] if row.values[f"side_{side}"] in groups else None,
                "substance": row.values[f"side_{side}"] if row.values[f"side_{side}"] not in groups else None,
            }
            for row in tables["interactions"]
            for side in "ab"
        ),
    )
    yield "count_rule_group", _spread(tables.get("count_rules", []), "rule_id", "groups", "rule_id", "group_id")
    yield (
        "product_substance",
        (
            {"product_id": number, "substance": substance, "position": place}
            for number, row in enumerate(tables["products"], 1)
            for place, substance in enumerate(row.many("substances"), 1)
        ),
    )


def _spread(rows: Iterable[Row], own: str, many: str, left: str, right: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        for place, value in enumerate(row.many(many), 1):
            yield {left: row.values[own], right: value, "position": place}


def _fill_vocabulary(database: sqlite_utils.Database, names: Mapping[str, tuple[Name, ...]]) -> None:
    """The names, and what the matcher looks up."""
    keys = sorted(names)
    in_order = ((key, name) for key in keys for name in names[key])
    rows = (
        (number, key, name.text, name.kind, "|".join(name.markets), "|".join(name.substances), "|".join(name.target),
         name.note, name.weight)
        for number, (key, name) in enumerate(in_order, 1)
    )  # fmt: skip
    database.conn.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    database.conn.executemany(
        "INSERT INTO spelling VALUES (?, ?)", ((key, vocabulary.pack(names[key])) for key in keys)
    )
    database.conn.executemany("INSERT INTO fuzzy_block VALUES (?, ?)", vocabulary.fuzzy_blocks(names).items())
