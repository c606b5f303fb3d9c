"""Find everything that is wrong with the curated files."""

from __future__ import annotations

from drugdb.curated import Curated, Problem


def problems(curated: Curated) -> list[Problem]:
    """Return all faults of the curated files."""
    return list(curated.problems)
