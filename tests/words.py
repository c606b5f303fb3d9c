"""The words of the curated file, as the database gives them to the reader."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from drugdb.folding import fold

FILE = Path(__file__).parent.parent / "drugdb" / "curated" / "words.csv"


@functools.cache
def words() -> dict[str, str]:
    """Return folded word or phrase -> kind."""
    with FILE.open(encoding="utf-8", newline="") as handle:
        return {fold(row["word"]): row["kind"] for row in csv.DictReader(handle)}
