"""The tables of the database, and which curated file fills which table.

A table mirrors its file, column by column, so that a row in Datasette reads like the row that a
pharmacist edits, ``line`` included. Fields that hold lists stay as they are (``a|b``) and are besides
spread over link tables, which carry the foreign keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drugdb.identity import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite_utils

_RATING = ("effect", "risk", "evidence", "figure", "mechanism")
WORD_LIST = "ordinary_words"  # ordinary_words.txt: one word a line, no header


class Sheet(NamedTuple):
    """A curated CSV file: its columns, its key, and the table that it fills."""

    stem: str
    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    names: dict[str, str]  # column of the file -> column of the table, where they differ
    fixed: dict[str, str]  # columns of the table that are the same for every row of the file
    required: bool  # False: may hold no row

    def column(self, name: str) -> str:
        """Return the table's column for a column of the file."""
        return self.names.get(name, name)


def _sheet(
    stem: str,
    table: str,
    columns: str,
    key: str,
    names: dict[str, str] | None = None,
    *,
    fixed: dict[str, str] | None = None,
    required: bool = True,
) -> Sheet:
    return Sheet(stem, table, tuple(columns.split()), tuple(key.split()), names or {}, fixed or {}, required)


SHEETS = (
    _sheet("about", "meta", "item value", "item", {"item": "key"}),
    _sheet(
        "sources",
        "source",
        "source_id title authors journal year pmid doi url kind reliability seen_at note",
        "source_id",
        {"source_id": "id"},
    ),
    _sheet(
        "classes",
        "class",
        "class_id name plain_name used_for effect risk evidence figure mechanism patient_advice pharmacist_note "
        "source_ids remark",
        "class_id",
        {"class_id": "id"},
    ),
    _sheet(
        "substances",
        "substance",
        "substance synonyms class_ids used_for prescribed effect risk evidence figure mechanism alternatives "
        "abrupt_stop_risk route_note source_ids remark",
        "substance",
        {"substance": "name"},
        fixed={"kind": "medicine", "file": "substances"},
    ),
    _sheet(
        "other_medicines",
        "substance",
        "substance synonyms class_ids used_for prescribed remark",
        "substance",
        {"substance": "name"},
        fixed={"kind": "medicine", "file": "other_medicines"},
        required=False,
    ),
    _sheet(
        "triggers",
        "substance",
        "trigger plain_names synonyms class_ids effect risk evidence figure mechanism alternatives abrupt_stop_risk "
        "route_note source_ids remark",
        "trigger",
        {"trigger": "name"},
        fixed={"kind": "trigger", "file": "triggers"},
    ),
    _sheet(
        "conditions",
        "condition",
        "condition plain_name relation what_to_ask source_ids remark",
        "condition",
        {"condition": "name"},
    ),
    _sheet(
        "treatments",
        "treatment",
        "substance class_id guideline_position augmentation_risk warnings brands source_ids remark",
        "substance",
    ),
    _sheet("groups", "group_", "group_id members remark", "group_id", {"group_id": "id"}),
    _sheet(
        "interactions",
        "rule",
        "rule_id side_a side_b severity mechanism effect advice source_ids remark",
        "rule_id",
        {"rule_id": "id"},
    ),
    _sheet(
        "count_rules",
        "count_rule",
        "rule_id groups minimum severity mechanism effect advice source_ids remark",
        "rule_id",
        {"rule_id": "id", "groups": "group_ids"},
        required=False,
    ),
    _sheet("alternatives", "purpose", "purpose avoid consider caveat source_ids", "purpose", {"purpose": "name"}),
    _sheet("glossary", "glossary", "term meaning source_ids", "term", required=False),
    _sheet("purposes_for", "purpose_use", "purpose applies_to beside with_group", "purpose applies_to", required=False),
    _sheet(
        "products",
        "product",
        "product market substances other_script note otc seen_at",
        "product market substances note",
        {"product": "name"},
    ),
    _sheet("known_brands", "known_brand", "product known", "product", required=False),
    _sheet("class_names", "class_name", "name class_ids language", "name", required=False),
    _sheet("ambiguous", "ambiguous", "name reason", "name", required=False),
    _sheet("lookalikes", "lookalike", "name_a name_b source_id", "name_a name_b", required=False),
    _sheet("words", "word", "word kind", "word", required=False),
    _sheet("guard_exclusions", "guard_exclusion", "name scope reason", "scope name", required=False),
)

# Columns that hold lists, entries separated by "|".
LISTS = frozenset(
    (
        "source_ids", "class_ids", "members", "synonyms", "plain_names", "alternatives", "substances", "brands",
        "groups", "avoid", "consider", "applies_to", "beside",
    )
)  # fmt: skip


class Table(NamedTuple):
    """A table to create: columns with their type, primary key, foreign keys, indexes."""

    name: str
    columns: dict[str, type]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


def _text(names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), str)


def _row(names: str) -> dict[str, type]:
    """Columns of a table that mirrors a file: texts and the line in the file."""
    return {**_text(names), "line": int}


_LINK = {"position": int}

TABLES = (
    Table("meta", _row("key value"), ("key",)),
    Table(
        "source",
        {
            **_text("id title authors journal year pmid doi url kind reliability seen_at note link"),
            "statements": int,
            "line": int,
        },
        ("id",),
        indexes=(("kind",), ("reliability",)),
    ),
    Table(
        "class",
        _row(
            "id name plain_name used_for effect risk evidence figure mechanism patient_advice pharmacist_note "
            "source_ids remark"
        ),
        ("id",),
        indexes=(("effect",),),
    ),
    Table(
        "substance",
        _row(
            "name kind file plain_names synonyms class_ids used_for prescribed effect risk evidence figure mechanism "
            "alternatives abrupt_stop_risk route_note source_ids remark class_names brands"
        ),
        ("name",),
        indexes=(("effect", "risk"), ("kind",)),
    ),
    Table(
        "substance_class",
        {**_text("substance class_id"), **_LINK},
        ("substance", "class_id"),
        (("substance", "substance", "name"), ("class_id", "class", "id")),
        (("class_id",),),
    ),
    Table(
        "substance_alternative",
        {**_text("substance alternative"), **_LINK},
        ("substance", "alternative"),
        (("substance", "substance", "name"), ("alternative", "substance", "name")),
        (("alternative",),),
    ),
    Table("condition", _row("name plain_name relation what_to_ask source_ids remark"), ("name",)),
    Table(
        "treatment",
        _row("substance class_id guideline_position augmentation_risk warnings brands source_ids remark"),
        ("substance",),
        (("substance", "substance", "name"), ("class_id", "class", "id")),
        (("class_id",),),
    ),
    Table(
        "treatment_brand",
        {**_text("substance brand market"), **_LINK},
        ("substance", "brand", "market"),
        (("substance", "treatment", "substance"),),
    ),
    Table("group_", _row("id members remark"), ("id",)),
    Table(
        "group_member",
        {**_text("group_id substance"), **_LINK},
        ("group_id", "substance"),
        (("group_id", "group_", "id"), ("substance", "substance", "name")),
        (("substance",),),
    ),
    Table(
        "rule",
        _row("id side_a side_b severity mechanism effect advice source_ids remark"),
        ("id",),
        indexes=(("severity",),),
    ),
    Table(
        "rule_side",
        _text("rule_id side group_id substance"),
        ("rule_id", "side"),
        (("rule_id", "rule", "id"), ("group_id", "group_", "id"), ("substance", "substance", "name")),
        (("group_id",), ("substance",)),
    ),
    Table(
        "count_rule",
        {**_text("id group_ids"), "minimum": int, **_row("severity mechanism effect advice source_ids remark")},
        ("id",),
    ),
    Table(
        "count_rule_group",
        {**_text("rule_id group_id"), **_LINK},
        ("rule_id", "group_id"),
        (("rule_id", "count_rule", "id"), ("group_id", "group_", "id")),
        (("group_id",),),
    ),
    Table("purpose", _row("name avoid consider caveat source_ids"), ("name",)),
    Table("glossary", _row("term meaning source_ids"), ("term",)),
    Table(
        "purpose_use",
        _row("purpose applies_to beside with_group"),
        ("purpose", "applies_to"),
        (("purpose", "purpose", "name"),),
    ),
    Table(
        "product",
        {"id": int, **_row("name market substances other_script note otc seen_at")},
        ("id",),
        indexes=(("name", "market"), ("market",)),
    ),
    Table(
        "product_substance",
        {"product_id": int, "substance": str, **_LINK},
        ("product_id", "substance"),
        (("product_id", "product", "id"), ("substance", "substance", "name")),
        (("substance",),),
    ),
    Table(
        "citation",
        {**_text("statement subject source_id"), **_LINK},
        ("statement", "subject", "source_id"),
        (("source_id", "source", "id"),),
        (("source_id",),),
    ),
    Table("known_brand", _row("product known"), ("product",)),
    Table("class_name", _row("name class_ids language"), ("name",)),
    Table("ambiguous", _row("name reason"), ("name",)),
    Table("lookalike", _row("name_a name_b source_id key_a key_b"), ("name_a", "name_b")),
    Table("word", _row("word kind"), ("word",)),
    Table("guard_exclusion", _row("name scope reason"), ("scope", "name")),
    Table(
        "name",
        {"id": int, **_text("key text kind markets substances targets note"), "weight": int},
        ("id",),
        indexes=(("key",), ("kind",)),
    ),
    Table("fuzzy_block", _text("id payload"), ("id",)),
    Table("packed", _text("id payload"), ("id",)),  # what a check reads whole: one row instead of thousands
)

# Looked up by their key alone, many times over: one tree instead of a table and an index.
COMPACT = (
    "CREATE TABLE spelling (key TEXT PRIMARY KEY, payload TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE ordinary_word (word TEXT PRIMARY KEY) WITHOUT ROWID",
)

# Full-text search: table, columns. Accents are ignored.
SEARCH = (
    ("substance", ("name", "plain_names", "synonyms", "class_names", "brands", "used_for")),
    ("source", ("title", "authors", "journal")),
)
TOKENIZER = "unicode61 remove_diacritics 2"


def create(database: sqlite_utils.Database) -> None:
    """Create all tables with their keys and indexes in an empty database; the search comes last, in :func:`finish`."""
    for table in TABLES:
        database.table(table.name).create(
            table.columns,
            pk=table.key[0] if len(table.key) == 1 else table.key,
            foreign_keys=table.foreign or None,
            not_null=[name for name in table.columns if name not in _MAY_BE_NULL],
        )
    for statement in COMPACT:
        database.conn.execute(statement)


_MAY_BE_NULL = frozenset(("line", "group_id", "substance"))


def finish(database: sqlite_utils.Database) -> None:
    """Index the filled tables, for look-ups and for full-text search, and mark the file as ours."""
    for table in TABLES:
        for columns in table.indexes:
            database.table(table.name).create_index(columns)
    for name, columns in SEARCH:
        database.table(name).enable_fts(columns, tokenize=TOKENIZER)
    database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
