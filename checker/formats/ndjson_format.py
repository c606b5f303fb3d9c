"""A report as lines of JSON: one object a line, ``type`` first, in the order report, entries, clashes, summary."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from checker.formats import DEFAULTS, Options
from checker.formats import json_format as full
from checker.formats.choosing import severe_enough
from checker.report import Report


def render(report: Report, options: Options = DEFAULTS) -> str:
    """Return a report as lines of JSON."""
    return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in _objects(report, options))


def _objects(report: Report, options: Options) -> Iterator[dict[str, Any]]:
    yield {"type": "report", **full.head(report)}
    for finding in report.findings:
        yield {"type": "entry", **full.entry(finding)}
    for found in severe_enough(report.interactions, options.min_severity or "minor"):
        yield {"type": "interaction", **full.interaction(found)}
    for doubled in report.duplicates:
        yield {"type": "duplicate", **full.duplicate(doubled)}
    yield {"type": "summary", **full.tail(report)}
