"""One database for all tests of a run, built from the curated files as they are."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile

from drugdb import build


@functools.cache
def built() -> str:
    """Return the path of a database that is built once a run. Tests must not change it; see :func:`copied`."""
    folder = tempfile.mkdtemp(prefix="rlscheck-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return build.build(os.path.join(folder, "rlscheck.sqlite"))


def copied(path: object) -> str:
    """Copy the database to ``path`` for a test that changes it."""
    shutil.copyfile(built(), str(path))
    return str(path)
