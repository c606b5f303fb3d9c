"""The database as curated files again, and back: how a pharmacist takes the data along and edits it.

An export of ours holds the very bytes of the curated files, so that a diff shows what was edited.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from drugdb import canonical, schema
from drugdb.curated import FOLDER
from drugdb.identity import DatabaseError
from drugdb.reader import Database, open_database

_README = "README.md"


class Exported(NamedTuple):
    """What an export wrote."""

    folder: str
    files: tuple[str, ...]


def export(folder: str, path: str | None = None, *, force: bool = False) -> Exported:
    """Write the data of a database as curated files, the same that it was made from.

    Args:
        folder: where they go; it is made when it does not exist.
        path: the database; None for the usual one.
        force: write over files that are there already.

    Raises:
        DatabaseError: the folder holds such files already, or cannot be written; or the database is unusable.
    """
    with open_database(path) as database:
        files = as_files(database)
    if os.path.realpath(folder) == os.path.realpath(FOLDER):
        raise DatabaseError(f"{folder} holds the files that the database is made from. Give another folder.")
    try:
        os.makedirs(folder, exist_ok=True)
        there = sorted(name for name in files if os.path.exists(os.path.join(folder, name)))
        if there and not force:
            raise DatabaseError(f"{folder} holds {there[0]} already. Give an empty folder, or use --force.")
        readme = os.path.join(FOLDER, _README)
        if os.path.exists(readme):
            with open(readme, "rb") as handle:
                files = {**files, _README: handle.read()}
        write_files(folder, files)
    except OSError as error:
        raise DatabaseError(f"{folder}: {error.strerror or error}. Give a folder that you may write.") from error
    return Exported(folder, tuple(sorted(files)))


def import_(folder: str, path: str | None = None, *, force: bool = False) -> str:
    """Build a database from a folder of curated files, edited or not, in the usual place or at ``path``.

    It stays in use until ``rlscheck db build`` puts ours back, and says in its meta data that it was imported.

    Args:
        folder: a folder as :func:`export` writes it.
        path: where the database goes; None for the usual place.
        force: replace the file even if it is not a database of rlscheck.

    Returns:
        The path of the database.

    Raises:
        InvalidDataError: the files have faults; all are named.
        DatabaseError: the folder cannot be read, or the database not be written.
    """
    from drugdb.build import build

    return build(path, folder, force=force)


def as_files(database: Database) -> dict[str, bytes]:
    """Return the data of an open database as the files that it was made from, by name."""
    files = {}
    for sheet in schema.SHEETS:
        columns = [sheet.column(name) for name in sheet.columns]
        rows = database.table(sheet.table, columns, sheet.fixed.get("file", ""))
        files[f"{sheet.stem}.csv"] = canonical.write(sheet.columns, rows)
    files[f"{schema.WORD_LIST}.txt"] = canonical.write_words(database.ordinary_words())
    return dict(sorted(files.items()))


def write_files(folder: str, files: Mapping[str, bytes]) -> None:
    """Write files into a folder.

    Raises:
        OSError: it cannot be written.
    """
    for name, content in files.items():
        with open(os.path.join(folder, name), "wb") as handle:
            handle.write(content)
