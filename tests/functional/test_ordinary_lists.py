"""Alerts must not drown people: fifty ordinary lists, and the figures that the document gives of them."""

from __future__ import annotations

from tests.checking import report_on
from tests.ordinary_lists import documented, figures, lists, table


def test_there_are_fifty_lists_and_each_name_on_them_is_known() -> None:
    assert len(lists()) == 50
    for text in lists():
        counts = report_on(text).counts
        assert counts["unresolved"] == counts["unrecognised"] == 0, text


def test_ordinary_lists_are_not_drowned_in_alerts() -> None:
    found = figures([report_on(text) for text in lists()])
    assert found.shown / found.lists <= 1
    assert found.severe / found.lists <= 0.2
    assert found.most <= 5
    assert found.without >= found.lists / 2


def test_the_document_gives_the_figures_as_they_are() -> None:
    assert documented() == table(), "run: python -m tests.ordinary_lists --write"
