"""Lines for a terminal: width, breaking, nothing that drives it."""

from __future__ import annotations

import pytest

from checker.formats.layout import paint, printable, width, wrap


def test_width_is_what_the_eye_sees() -> None:
    assert width("abc") == 3
    assert width("日本") == 4
    assert width("é") == width("e\u0301") == 1


def test_lines_break_at_words_and_hang() -> None:
    assert list(wrap("one two three four", 11, "1. ")) == ["1. one two", "   three", "   four"]
    assert list(wrap("one two", 80, "1. ", "  ")) == ["1. one two"]


def test_wide_letters_count_double() -> None:
    assert list(wrap("日本 日本 日本", 10)) == ["日本 日本", "日本"]


def test_an_address_stays_whole_and_other_long_words_are_cut() -> None:
    link = "https://example.org/" + "x" * 90
    assert list(wrap(f"see {link}", 40)) == ["see", link]
    assert list(wrap("x" * 25, 10)) == ["x" * 10, "x" * 10, "x" * 5]


def test_no_text_is_no_line() -> None:
    assert list(wrap("  ", 40, "    ")) == []


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07b", "\u202egnp.exe", "a\x9bb", "nul\x00"])
def test_nothing_drives_the_terminal(text: str) -> None:
    assert printable(text).isprintable()
    assert "\u202e" not in printable(text)


def test_colours_only_where_they_are_wanted() -> None:
    assert paint("text", "red", on=False) == "text"
    assert paint("text", "red", on=True) == "\x1b[1;31mtext\x1b[0m"
