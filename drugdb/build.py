"""Build the database from the curated files: read, validate, fill, put in place.

The same files give the same bytes. Nothing half built is ever seen: see ``drugdb.files``.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from drugdb import canonical, files, filling, guard, location, schema, vocabulary
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


def build(path: str | None = None, folder: str = FOLDER, *, force: bool = False) -> str:
    """Build a database from ``folder``, in place of the one at ``path``.

    Args:
        path: where it goes; None for the usual place.
        folder: the folder of curated files. A database made from any but our own says that it was imported,
            and stays in use until it is replaced by hand.
        force: replace the file even if it is not a database of rlscheck.

    Returns:
        The path.

    Raises:
        InvalidDataError: the curated files have faults.
        DatabaseError: the file at ``path`` is not ours to replace, or cannot be written.
    """
    path = os.path.abspath(path or location.target())
    ours = os.path.realpath(folder) == os.path.realpath(FOLDER)
    now = location.stamp() if ours else location.code_stamp()  # before reading, as below
    with _uncollected():
        try:
            guard.begin()
            curated = valid(read(folder))
        except OSError as error:
            raise DatabaseError(f"{folder}: {error.strerror or error}. Give a folder of curated CSV files.") from error
        _put(path, curated, CURATED if ours else location.IMPORTED, now, force=force)
    return path


def _put(path: str, curated: Curated, origin: str, now: str, *, force: bool) -> None:
    """Lock the place, refuse what is not ours to replace, and write."""
    try:
        location.make_folder(path)
        with files.lock(path) as alone:
            if not force and state_of(path) == FOREIGN:
                raise DatabaseError(refusal(path, FOREIGN))
            _write(path, curated, origin, now, alone=alone)
    except OSError as error:
        raise DatabaseError(unreadable(path, error.strerror or str(error))) from error


def bring_up_to_date(path: str, *, alone: bool = True) -> None:
    """Make the database at ``path`` fit the curated files, whose lock the caller holds (``alone``).

    Where only times differ but no content, the database is stamped again instead of built.

    Raises:
        InvalidDataError: the curated files have faults.
        OSError: the folder cannot be written.
    """
    from drugdb.reader import read_meta

    with _uncollected():
        guard.begin()
        now = location.stamp()  # before reading: a later change must not go unseen
        curated = read(FOLDER)
        made_from = read_meta(path).get("build_hash") if state_of(path) == OURS and not curated.problems else ""
        if made_from and made_from == build_hash(content_hash(curated)):
            files.write_whole(path, lambda temporary: _copy_stamped(path, temporary, now), alone=alone)
        else:
            _write(path, valid(curated), CURATED, now, alone=alone)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the garbage collector back: a build makes a million small values and keeps nearly all of them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def valid(curated: Curated) -> Curated:
    """Return curated files that have been validated.

    Raises:
        InvalidDataError: there are faults.
    """
    from drugdb.validation import problems

    found = problems(curated)
    if found:
        raise InvalidDataError(found)
    return curated


# -- hashes ------------------------------------------------------------------------------------


def content_hash(curated: Curated) -> str:
    """Return the SHA-256 of what the curated files say."""
    files = canonical.files_of(curated, word_list(curated.folder), f"{schema.WORD_LIST}.txt")
    return canonical.hash_all(sorted(files.items()))


def code_hash() -> str:
    """Return the SHA-256 of the modules that decide how the data becomes a database."""
    here = os.path.dirname(os.path.abspath(__file__))
    return canonical.hash_all((name, _content(os.path.join(here, f"{name}.py"))) for name in location.CODE)


def build_hash(content: str) -> str:
    """Return one hash over everything that a database is made from, given that of the curated files."""
    parts = (str(SCHEMA_VERSION), content, code_hash(), guard.version(guard.find()))
    return canonical.hash_all([("", "\n".join(parts).encode())])


def _content(path: str) -> bytes:
    """Return what is in a file; nothing where only compiled code was installed."""
    try:
        with open(path, "rb") as handle:
            return handle.read()
    except FileNotFoundError:
        return b""


# -- writing -----------------------------------------------------------------------------------


def _write(path: str, curated: Curated, origin: str, now: str, *, alone: bool) -> None:
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
    database = sqlite_utils.Database(connection)
    try:
        # nothing to roll back: the file is thrown away unless it is finished, and brought to the disk then
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        schema.create(database)
        words = word_list(curated.folder)
        owned = vocabulary.spellings(vocabulary.names(curated))
        found = guard.load(curated, owned, frozenset(words))
        with connection:
            filling.fill(database, curated, {**owned, **found.names}, words)
            _meta(database, curated, found, origin, now)
        schema.finish(database)
        if connection.in_transaction:
            connection.commit()
    except sqlite3.OperationalError as error:  # the disk is full, or gone
        raise OSError(errno.EIO, f"the database cannot be written ({error})") from error
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

    content = content_hash(curated)
    rows = {
        "origin": origin,
        "schema_version": str(SCHEMA_VERSION),
        "content_hash": content,
        "code_hash": code_hash(),
        "build_hash": build_hash(content),
        "guard_version": found.version,
        "warnings": "\n".join(found.warnings),
        "built_with": f"sqlite-utils {version('sqlite-utils')}, SQLite {sqlite3.sqlite_version}",
        "stamp": now,
    }
    database.table("meta").insert_all({"key": key, "value": value, "line": None} for key, value in rows.items())
