"""Build the database from the curated files: read, validate, fill, put in place.

The same files give the same bytes. Nothing half built is ever seen: see ``drugdb.files``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from drugdb import files, guard, location, schema, vocabulary
from drugdb.curated import FOLDER, Curated, Problem, Row, read
from drugdb.folding import fold
from drugdb.identity import EMPTY, FOREIGN, OURS, SCHEMA_VERSION, DatabaseError, refusal, state_of, unreadable
from drugdb.records import Name

CURATED = "curated"
_BATCH = 500

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
    "lookalikes": "look-alike",
}

_Rows = Iterable[dict[str, Any]]


class InvalidData(DatabaseError):
    """The curated files have faults. ``problems`` holds them all; the text lists them, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def build(
    path: str | None = None, folder: str = FOLDER, *, origin: str = CURATED, force: bool = False
) -> str:
    """Build a database from ``folder``, in place of the one at ``path``.

    Args:
        path: where it goes; None for the usual place.
        folder: the folder of curated files.
        origin: ``curated``, or ``import`` for data that is not ours and is kept until replaced by hand.
        force: replace the file even if it is not a database of rlscheck.

    Returns:
        The path.

    Raises:
        InvalidData: the curated files have faults.
        DatabaseError: the file at ``path`` is not ours to replace, or cannot be written.
    """
    path = os.path.abspath(path or location.target())
    try:
        curated = checked(folder)
    except OSError as error:
        raise DatabaseError(f"{folder}: {error.strerror or error}. Give a folder of curated CSV files.") from error
    try:
        location.make_folder(path)
        with files.lock(path) as alone:
            if not force and state_of(path) == FOREIGN:
                raise DatabaseError(refusal(path, FOREIGN))
            _write(path, curated, origin, alone=alone)
    except OSError as error:
        raise DatabaseError(unreadable(path, error.strerror or str(error))) from error
    return path


def bring_up_to_date(path: str, *, alone: bool = True) -> None:
    """Make the database at ``path`` fit the curated files, whose lock the caller holds (``alone``).

    Where only times differ but no content, the database is stamped again instead of built.

    Raises:
        InvalidData: the curated files have faults.
        OSError: the folder cannot be written.
    """
    from drugdb.reader import read_meta

    if state_of(path) == OURS and read_meta(path).get("build_hash") == build_hash():
        now = location.stamp()
        files.write_whole(path, lambda temporary: _copy_stamped(path, temporary, now), alone=alone)
    else:
        _write(path, checked(FOLDER), CURATED, alone=alone)


def checked(folder: str) -> Curated:
    """Read and validate a folder of curated files.

    Raises:
        InvalidData: there are faults.
        OSError: the folder cannot be read.
    """
    from drugdb.validation import problems

    curated = read(folder)
    found = problems(curated)
    if found:
        raise InvalidData(found)
    return curated


# -- hashes ------------------------------------------------------------------------------------


def content_hash(folder: str = FOLDER) -> str:
    """Return the SHA-256 of the curated files, names and contents."""
    return _hash(os.path.join(folder, name) for name in sorted(os.listdir(folder)) if location.is_data(name))


def code_hash() -> str:
    """Return the SHA-256 of the modules that decide how the data becomes a database."""
    here = os.path.dirname(os.path.abspath(__file__))
    return _hash(os.path.join(here, f"{name}.py") for name in location.CODE)


def build_hash(folder: str = FOLDER) -> str:
    """Return one hash over everything that a database is made from."""
    import hashlib

    parts = (str(SCHEMA_VERSION), content_hash(folder), code_hash(), guard.version(guard.find()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _hash(paths: Iterable[str]) -> str:
    import hashlib  # opens the system's OpenSSL: 5 ms that a plain check does without

    total = hashlib.sha256()
    for path in paths:
        try:
            with open(path, "rb") as handle:
                content = handle.read()
        except FileNotFoundError:
            continue
        total.update(f"{os.path.basename(path)} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


# -- writing -----------------------------------------------------------------------------------


def _write(path: str, curated: Curated, origin: str, *, alone: bool) -> None:
    now = location.stamp() if origin == CURATED and os.path.samefile(curated.folder, FOLDER) else ""
    files.write_whole(path, lambda temporary: _make(temporary, curated, origin, now), alone=alone)


def _copy_stamped(old: str, new: str, now: str) -> None:
    shutil.copyfile(old, new)
    connection = sqlite3.connect(new)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        with connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'stamp'", (now,))
    finally:
        connection.close()


def _make(path: str, curated: Curated, origin: str, now: str) -> None:
    """Write the database to a new file."""
    import sqlite_utils  # brings a command line along: a tenth of a second

    connection = sqlite3.connect(path)
    # nothing to roll back: the file is thrown away unless it is finished, and brought to the disk then
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    database = sqlite_utils.Database(connection)
    try:
        schema.create(database)
        words = word_list(curated.folder)
        found = guard.load(curated, frozenset(words))
        with connection:
            fill(database, curated, found.names, words)
            _meta(database, curated, found, origin, now)
        schema.finish(database)
        if connection.in_transaction:
            connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def word_list(folder: str) -> list[str]:
    """Return the ordinary words of a folder of curated files; empty when it has none."""
    try:
        with open(os.path.join(folder, f"{schema.WORD_LIST}.txt"), encoding="utf-8") as handle:
            return handle.read().split()
    except FileNotFoundError:
        return []


def _meta(database: Any, curated: Curated, found: guard.Guard, origin: str, now: str) -> None:
    import sqlite_utils
    from importlib.metadata import version

    rows = {
        "origin": origin,
        "schema_version": str(SCHEMA_VERSION),
        "content_hash": content_hash(curated.folder),
        "code_hash": code_hash(),
        "build_hash": build_hash(curated.folder),
        "guard_version": found.version,
        "warnings": "\n".join(found.warnings),
        "built_with": f"sqlite-utils {version('sqlite-utils')}, SQLite {sqlite3.sqlite_version}",
        "stamp": now,
    }
    database.table("meta").insert_all({"key": key, "value": value, "line": None} for key, value in rows.items())


# -- filling -----------------------------------------------------------------------------------


def fill(database: Any, curated: Curated, guard_names: Iterable[Name], words: Iterable[str]) -> None:
    """Fill the tables of an empty database from valid curated files."""
    tables = curated.tables
    cited = citations(curated)
    statements: dict[str, int] = {}
    for citation in cited:
        statements[citation["source_id"]] = statements.get(citation["source_id"], 0) + 1
    extra = {
        "sources": lambda row: {"link": link(row), "statements": statements.get(row.values["source_id"], 0)},
        "lookalikes": lambda row: {"key_a": fold(row.values["name_a"]), "key_b": fold(row.values["name_b"])},
        "count_rules": lambda row: {"minimum": int(row.values["minimum"])},
        **{stem: _derived(curated, own) for stem, own in _SUBSTANCES.items()},
    }
    for sheet in schema.SHEETS:
        more = extra.get(sheet.stem, lambda row: {})
        _insert(database, sheet.table, (
            _mirror(sheet, row, number) | more(row) for number, row in enumerate(tables.get(sheet.stem, []), 1)
        ))
    for table, rows in _links(curated):
        _insert(database, table, rows)
    _insert(database, "citation", cited)
    _fill_vocabulary(database, vocabulary.names(curated, guard_names))
    database.conn.executemany("INSERT INTO ordinary_word VALUES (?)", ((word,) for word in words))


_SUBSTANCES = {"substances": "substance", "other_medicines": "substance", "triggers": "trigger"}


def _insert(database: Any, table: str, rows: _Rows) -> None:
    database.table(table).insert_all(rows, batch_size=_BATCH)


def _mirror(sheet: schema.Sheet, row: Row, number: int) -> dict[str, Any]:
    """A row of a file as the row of its table. Columns that the file does not have are empty."""
    columns = next(table.columns for table in schema.TABLES if table.name == sheet.table)
    values: dict[str, Any] = {name: "" for name, sort in columns.items() if sort is str}
    if "id" in columns and columns["id"] is int:
        values["id"] = number
    values.update({sheet.column(name): row.values[name] for name in sheet.columns})
    return values | sheet.fixed | {"line": row.line}


def link(row: Row) -> str:
    """Return where a source can be looked up: its DOI, else PubMed, else its address; may be empty."""
    if row.values["doi"]:
        return f"https://doi.org/{row.values['doi']}"
    if row.values["pmid"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{row.values['pmid']}/"
    return row.values["url"] or row.values["seen_at"]


def _derived(curated: Curated, own: str) -> Any:
    """Class names and brands of a substance, which the search looks into."""
    class_names = {row.values["class_id"]: row.values["name"] for row in curated.tables["classes"]}
    brands: dict[str, dict[str, None]] = {}
    for row in curated.tables["products"]:
        for substance in row.many("substances"):
            brands.setdefault(substance, {})[row.values["product"]] = None

    def derive(row: Row) -> dict[str, Any]:
        return {
            "class_names": "|".join(class_names[each] for each in row.many("class_ids")),
            "brands": "|".join(brands.get(row.values[own], ())),
        }

    return derive


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
    yield "treatment_brand", (
        {"substance": row.values["substance"], "brand": brand.rpartition("@")[0], "market": brand.rpartition("@")[2],
         "position": place}
        for row in tables["treatments"]
        for place, brand in enumerate(row.many("brands"), 1)
    )
    yield "group_member", _spread(tables["groups"], "group_id", "members", "group_id", "substance")
    groups = {row.values["group_id"] for row in tables["groups"]}
    yield "rule_side", (
        {"rule_id": row.values["rule_id"], "side": side,
         "group_id": row.values[f"side_{side}"] if row.values[f"side_{side}"] in groups else None,
         "substance": row.values[f"side_{side}"] if row.values[f"side_{side}"] not in groups else None}
        for row in tables["interactions"]
        for side in "ab"
    )
    yield "count_rule_group", _spread(tables.get("count_rules", []), "rule_id", "groups", "rule_id", "group_id")
    yield "product_substance", (
        {"product_id": number, "substance": substance, "position": place}
        for number, row in enumerate(tables["products"], 1)
        for place, substance in enumerate(row.many("substances"), 1)
    )


def _spread(rows: Iterable[Row], own: str, many: str, left: str, right: str) -> Iterator[dict[str, Any]]:
    for row in rows:
        for place, value in enumerate(row.many(many), 1):
            yield {left: row.values[own], right: value, "position": place}


def _fill_vocabulary(database: Any, names: list[Name]) -> None:
    _insert(database, "name", (
        {"id": number, "key": fold(name.text), "text": name.text, "kind": name.kind,
         "markets": "|".join(name.markets), "substances": "|".join(name.substances),
         "targets": "|".join(name.target), "note": name.note, "weight": name.weight}
        for number, name in enumerate(names, 1)
    ))
    by_key = vocabulary.spellings(names)
    database.conn.executemany(
        "INSERT INTO spelling VALUES (?, ?)", ((key, vocabulary.pack(by_key[key])) for key in sorted(by_key))
    )
    _insert(database, "fuzzy_block", (
        {"id": block, "payload": payload} for block, payload in sorted(vocabulary.fuzzy_blocks(by_key).items())
    ))
