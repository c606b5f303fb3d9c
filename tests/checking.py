"""A check as the tests ask for it: in this process, or as the command line."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from checker.assessment import assess
from checker.matching import Matcher
from checker.medication_list import read
from checker.report import Finding, Report
from drugdb.reader import Database
from tests.databases import built

ROOT = Path(__file__).resolve().parent.parent


@functools.cache
def database() -> Database:
    """Return the database of this run, open."""
    return Database(built())


@functools.cache
def matcher(market: str = "") -> Matcher:
    """Return a matcher for a market."""
    return Matcher(database(), market)


def report_on(text: str, market: str = "") -> Report:
    """Return the report on a list."""
    pairs = matcher(market).match_list(read(text, database().words()))
    return assess(pairs, database(), market)


def finding_on(text: str, market: str = "") -> Finding:
    """Return the finding on a list of one entry."""
    (finding,) = report_on(text, market).findings
    return finding


def rlscheck(
    *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, on the database of this run."""
    own = {"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "checker", *arguments],
        input=stdin,
        capture_output=True,
        env={**own, **(env or {})},
        timeout=timeout,
        check=False,
        cwd=ROOT,
    )
