"""Where the database lies, and whether the one there fits the curated files.

A database is made on first use in the user's cache, or where ``RLSCHECK_DB`` says. It fits when the
files it was made from are unchanged: at every start their names, sizes and times are compared with the
stamp in the database; only when these differ are the contents.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from drugdb.identity import (
    ABSENT,
    EMPTY,
    OLDER,
    OURS,
    SCHEMA_VERSION,
    DatabaseError,
    refusal,
    state_of,
    unreadable,
)
from drugdb.values import TYPE_CHECKING

if TYPE_CHECKING:
    from drugdb.inspection import Info

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "curated")
VARIABLE = "RLSCHECK_DB"
IMPORTED = "import"

_NAME = f"rlscheck-v{SCHEMA_VERSION}.sqlite"
# The modules that decide what stands in the database.
CODE = ("identity", "schema", "curated", "folding", "sound", "vocabulary", "guard", "canonical", "filling", "build")
_GUARD = os.path.join("drug_named_entity_recognition", "drug_ner_dictionary.pkl.bz2")


# -- where -------------------------------------------------------------------------------------


def cache_folder() -> str:
    """Return the user's folder for caches as the system has it; empty when there is no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = os.path.join(os.path.expanduser("~"), "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # the specification says to ignore relative paths
            base = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "rlscheck") if os.path.isabs(base) else ""


def temporary_folder() -> str:
    """Return this user's own folder among the temporary files."""
    import tempfile

    user = str(os.getuid()) if hasattr(os, "getuid") else "user"
    return os.path.join(tempfile.gettempdir(), f"rlscheck-{user}")


def chosen() -> str:
    """Return the path that ``RLSCHECK_DB`` names, absolute; empty when it names none."""
    path = os.environ.get(VARIABLE, "")
    return os.path.abspath(os.path.expanduser(path)) if path else ""


def target() -> str:
    """Return the path where the database is expected first."""
    return chosen() or os.path.join(cache_folder() or temporary_folder(), _NAME)


def fallback() -> str:
    """Return the path used when the cache cannot be written; empty when the path was chosen by the user."""
    return "" if chosen() else os.path.join(temporary_folder(), _NAME)


# -- whether it fits ---------------------------------------------------------------------------


def stamp(folder: str = FOLDER) -> str:
    """Return names, sizes and times of everything that the database is made from."""
    with os.scandir(folder) as entries:
        data = sorted(_mark(entry.name, entry.stat()) for entry in entries if is_data(entry.name))
    guard = next(filter(None, (_mark_file(os.path.join(each, _GUARD), "guard") for each in sys.path)), "")
    return "|".join((*data, code_stamp(), guard))


def code_stamp() -> str:
    """Return names, sizes and times of the modules that make the database: the stamp of an imported one."""
    here = os.path.dirname(os.path.abspath(__file__))
    return "|".join(_mark_file(os.path.join(here, f"{name}.py"), name) for name in CODE)


def is_data(name: str) -> bool:
    """Return whether a file of the curated folder is part of the data."""
    return name.endswith((".csv", ".txt")) and not name.startswith(".")


def _mark(name: str, status: os.stat_result) -> str:
    return f"{name} {status.st_size} {status.st_mtime_ns}"


def _mark_file(path: str, name: str) -> str:
    try:
        return _mark(name, os.stat(path))
    except (OSError, ValueError):
        return ""


def fits(meta: Mapping[str, str]) -> bool:
    """Return whether a database was made from the files as they are now, by their stamp alone.

    One that was made by ``db import`` fits as long as the code does.
    """
    return meta.get("stamp") == (code_stamp() if meta.get("origin") == IMPORTED else stamp())


def ensure() -> str:
    """Return the path of a database that fits, and make one when there is none.

    Returns:
        The path: ``RLSCHECK_DB``, the user's cache, or a temporary folder where the cache is read-only.

    Raises:
        DatabaseError: there is a file that is not ours to replace, or none can be written.
    """
    path = target()
    try:
        return _settle(path)
    except OSError as error:
        other = fallback()
        if not other or other == path:
            raise DatabaseError(unreadable(path, error.strerror or str(error))) from error
    try:
        return _settle(other)
    except OSError as error:
        raise DatabaseError(unreadable(other, error.strerror or str(error))) from error


def _settle(path: str) -> str:
    """Reuse, re-stamp or build the database at ``path``."""
    if _usable(path):
        return path
    from drugdb import build
    from drugdb.files import lock

    make_folder(path)
    with lock(path) as alone:
        if not _usable(path):  # another process may have been first
            build.bring_up_to_date(path, alone=alone)
    return path


def make_folder(path: str) -> None:
    """Make the folder of ``path``; among the temporary files, only one that nobody else may write.

    Raises:
        DatabaseError: somebody else owns the temporary folder.
        OSError: it cannot be made.
    """
    folder = os.path.dirname(path)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    if folder == temporary_folder() and hasattr(os, "getuid"):
        status = os.lstat(folder)
        if status.st_uid != os.getuid() or status.st_mode & 0o170022 != 0o040000:
            raise DatabaseError(f"{folder} belongs to somebody else. Set {VARIABLE} to a file of your own.")


def _usable(path: str) -> bool:
    """Return whether the database at ``path`` can be used as it is.

    Raises:
        DatabaseError: the file is not ours to replace.
    """
    state = state_of(path)
    if state in (ABSENT, EMPTY):
        return False
    if state not in (OURS, OLDER):
        raise DatabaseError(refusal(path, state))
    from drugdb.reader import read_meta

    meta = read_meta(path)
    if meta.get("origin") == IMPORTED:
        return _imported_usable(path, state, meta)
    return state == OURS and fits(meta)


def _imported_usable(path: str, state: str, meta: Mapping[str, str]) -> bool:
    """A database made by ``db import`` is never replaced by ours without being asked."""
    if state == OURS:
        from drugdb import build

        if meta.get("code_hash") == build.code_hash():
            return True
    raise DatabaseError(
        f"{path} was made by 'rlscheck db import' with another version of rlscheck. "
        "Run that again with your folder, or go back to our data with: rlscheck db build"
    )


# -- what it is --------------------------------------------------------------------------------


def info() -> Info:
    """Return where the database is and what it holds, without making one (see ``drugdb.inspection``).

    Raises:
        DatabaseError: the path cannot be read at all.
    """
    from drugdb.inspection import inspect  # for one command alone; a value type costs every start its time

    return inspect()
