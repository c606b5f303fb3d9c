"""Build the database from the curated files: read, validate, fill, put in place.

The same files give the same bytes. Nothing half built is ever seen: see ``drugdb.files``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from drugdb import files, filling, guard, location, schema
from drugdb.curated import FOLDER, Curated, Problem, read
from drugdb.identity import FOREIGN, OURS, SCHEMA_VERSION, DatabaseError, refusal, state_of, unreadable

if TYPE_CHECKING:
    import sqlite_utils

CURATED = "curated"


class InvalidDataError(DatabaseError):
    """The curated files have faults. ``problems`` holds them all; the text lists them, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def build(path: str | None = None, folder: str = FOLDER, *, origin: str = CURATED, force: bool = False) -> str:
    """Build a database from ``folder``, in place of the one at ``path``.

    Args:
        path: where it goes; None for the usual place.
        folder: the folder of curated files.
        origin: ``curated``, or ``import`` for data that is not ours and is kept until replaced by hand.
        force: replace the file even if it is not a database of rlscheck.

    Returns:
        The path.

    Raises:
        InvalidDataError: the curated files have faults.
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
        InvalidDataError: the curated files have faults.
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
        InvalidDataError: there are faults.
        OSError: the folder cannot be read.
    """
    from drugdb.validation import problems

    curated = read(folder)
    found = problems(curated)
    if found:
        raise InvalidDataError(found)
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
            filling.fill(database, curated, found.names, words)
            _meta(database, curated, found, origin, now)
        schema.finish(database)
        if connection.in_transaction:
            connection.commit()
    finally:
        connection.close()


def word_list(folder: str) -> list[str]:
    """Return the ordinary words of a folder of curated files; empty when it has none."""
    try:
        with open(os.path.join(folder, f"{schema.WORD_LIST}.txt"), encoding="utf-8") as handle:
            return handle.read().split()
    except FileNotFoundError:
        return []


def _meta(database: sqlite_utils.Database, curated: Curated, found: guard.Guard, origin: str, now: str) -> None:
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
