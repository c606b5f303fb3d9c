"""What makes a file a database of ours, read from its first hundred bytes, and the error that says otherwise.

SQLite's header holds an application id and a user version for exactly this purpose, so a foreign,
damaged or too new file is told apart without opening it as a database.
"""

from __future__ import annotations

import os

APPLICATION_ID = 0x524C5331  # "RLS1"
SCHEMA_VERSION = 3

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100

ABSENT = "absent"
EMPTY = "empty"
FOREIGN = "foreign"
DAMAGED = "damaged"
NEWER = "newer"
OLDER = "older"
OURS = "ours"


class DatabaseError(Exception):
    """The database cannot be used. The text says what is wrong, where, and what to do."""


def state_of(path: str) -> str:
    """Return what the file at ``path`` is: absent, empty, foreign, damaged, newer, older or ours.

    ``ours`` is said of the header and the length alone; damage further in shows when it is read.

    Raises:
        DatabaseError: the path is a directory or may not be read.
    """
    try:
        with open(path, "rb") as handle:
            header = handle.read(_HEADER)
            size = handle.seek(0, 2)
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except OSError as error:
        if isinstance(error, PermissionError) and not os.path.lexists(path):
            return ABSENT  # the folder may not even be looked into; whoever writes there will be told
        raise DatabaseError(unreadable(path, error.strerror or str(error))) from error
    if not header:
        return EMPTY
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        return FOREIGN
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        return FOREIGN
    version = int.from_bytes(header[60:64], "big")
    if version != SCHEMA_VERSION:
        return NEWER if version > SCHEMA_VERSION else OLDER
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    return OURS if size == page * int.from_bytes(header[28:32], "big") else DAMAGED


def unreadable(path: str, reason: str) -> str:
    """Return the text of the error for a file that cannot be read or written."""
    return f"{path}: {reason}. Set RLSCHECK_DB to a file that you may read and write."


def refusal(path: str, state: str) -> str:
    """Return the text of the error for a file in a state that cannot be used."""
    if state == FOREIGN:
        return (
            f"{path} is not a database of rlscheck, so it is left alone. "
            "Move it away, or set RLSCHECK_DB to another path; then run: rlscheck db build"
        )
    if state == NEWER:
        return (
            f"{path} was made by a newer version of rlscheck than this one. "
            "Update rlscheck; or, to make a database that fits this version, run: rlscheck db build"
        )
    if state == OLDER:
        return f"{path} was made by an older version of rlscheck. Make it anew with: rlscheck db build"
    if state in (ABSENT, EMPTY):
        return f"{path}: there is no database. Make it with: rlscheck db build"
    return f"{path} is damaged. Make it anew with: rlscheck db build"
