"""What the database is, for a person who asks: where it lies, whether it fits, what it holds."""

from __future__ import annotations

import os
from typing import NamedTuple

from drugdb import location
from drugdb.identity import ABSENT, OURS, refusal, state_of


class Info(NamedTuple):
    """What ``rlscheck db info`` tells."""

    path: str
    chosen_by: str  # the variable's name, or "cache", or "temporary folder"
    state: str  # as drugdb.identity has it
    fits: bool  # made from the curated files as they are now
    size: int  # bytes
    meta: dict[str, str]
    counts: dict[str, int]  # rows by table
    warnings: tuple[str, ...]


def inspect() -> Info:
    """Return where the database is and what it holds, without making one.

    Raises:
        DatabaseError: the path cannot be read at all, or the database is damaged.
    """
    path = location.target()
    state = state_of(path)
    by = location.VARIABLE if location.chosen() else "cache"
    other = location.fallback()
    if state == ABSENT and other and state_of(other) == OURS:
        path, state, by = other, OURS, "temporary folder"
    if state != OURS:
        size = os.path.getsize(path) if state != ABSENT else 0
        return Info(path, by, state, False, size, {}, {}, (refusal(path, state),))
    from drugdb.reader import Database

    with Database(path) as database:
        meta = {key: value for key, value in database.meta.items() if key not in ("stamp", "warnings")}
        warnings = tuple(filter(None, database.meta.get("warnings", "").split("\n")))
        fits = location.fits(database.meta)
        return Info(path, by, state, fits, os.path.getsize(path), meta, database.counts(), warnings)
