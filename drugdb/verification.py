"""Check a whole database file: structure, references, that the data is what it says, that names lead somewhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from drugdb.identity import OURS, DatabaseError, refusal, state_of


def problems(path: str) -> list[str]:
    """Return everything that is wrong with a database file, in words; empty when nothing is.

    Raises:
        DatabaseError: the path cannot be read at all.
    """
    state = state_of(path)
    if state != OURS:
        return [refusal(path, state)]
    try:
        return list(_problems(path))
    except (DatabaseError, sqlite3.Error) as error:
        return [str(error) if isinstance(error, DatabaseError) else f"{path} is damaged ({error})."]


def _problems(path: str) -> Iterator[str]:
    from drugdb.reader import connect

    connection = connect(path)
    try:
        faults = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        if faults != ["ok"]:
            yield from (f"structure: {fault}" for fault in faults)
            return
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield f"references: row {row} of {table} refers to something that is not in {parent}"
        yield from _search(connection)
    finally:
        connection.close()
    yield from _content(path)


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    from drugdb.schema import SEARCH

    for table, _ in SEARCH:
        rows = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        found = connection.execute(f'SELECT count(*) FROM "{table}_fts_docsize"').fetchone()[0]  # noqa: S608
        if rows != found:
            yield f"search: the index of {table} holds {found} rows, the table {rows}"


def _content(path: str) -> Iterator[str]:
    import tempfile

    from drugdb import build, canonical, transfer, validation, vocabulary
    from drugdb.curated import read
    from drugdb.reader import Database

    with Database(path) as database, tempfile.TemporaryDirectory() as folder:
        if database.meta.get("code_hash") != build.code_hash():
            yield "version: it was made by another version of rlscheck; make it anew with: rlscheck db build"
            return
        files = transfer.as_files(database)
        if canonical.hash_all(sorted(files.items())) != database.meta.get("content_hash"):
            yield "data: the tables do not hold what the database says it was made from"
            return
        transfer.write_files(folder, files)
        curated = read(folder)
        yield from (f"data: {problem}" for problem in validation.problems(curated))
        spellings = database.all_spellings()
        guard = [name for group in spellings.values() for name in group if name.kind == vocabulary.GUARD]
        expected = vocabulary.spellings(vocabulary.names(curated, guard))
        for key in sorted(expected.keys() | spellings.keys()):
            if set(expected.get(key, ())) != set(spellings.get(key, ())):
                yield f"names: the spelling {key!r} does not lead where the data says"
        if database.fuzzy_blocks() != vocabulary.fuzzy_blocks(spellings):
            yield "names: the index for misspellings does not fit the names"
