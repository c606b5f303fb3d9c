"""Find everything that is wrong with the curated files, at once, before anything is built from them.

Every fault is a ``Problem``: ``file:line: what is wrong; what to do``. The checks stand in modules by
what they look at: files and fields, evidence, names, relations, wording.
"""

from __future__ import annotations

import itertools

from drugdb.curated import Curated, Problem
from drugdb.validation import evidence, fields, names, relations


def problems(curated: Curated) -> list[Problem]:
    """Return all faults of the curated files, by file and line; empty when they are valid.

    When a file is missing or its columns are wrong, only such faults are returned: nothing else could
    be judged.
    """
    found = [*curated.problems, *fields.check_files(curated)]
    if not any(problem.line == 1 for problem in found):
        checks = (fields.check, evidence.check, names.check, relations.check)
        found += itertools.chain.from_iterable(check(curated) for check in checks)
    return sorted(set(found))
