"""Whatever is pasted: the reader raises nothing, loses nothing, and its words stand where they say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.medication_list import decode, read
from checker.report import HEADING, ITEM, NOTE
from tests.words import words

KINDS = frozenset(
    ("name", "number", "strength", "form", "sig", "release", "salt", "maker", "variant", "reason", "filler", "joiner")
)
MEDICINES = [
    "Zoloft",
    "Benadryl",
    "hydrOXYzine",
    "Reglan",
    "5-HTP",
    "B12",
    "Tylenol PM",
    "галоперидол",
    "Ｂｅｎａｄｒｙｌ",
]
BITS = [
    *MEDICINES, "25 mg", "20mg", "12.5/20", "0,5", "1,000 unit", "1-0-1", "p.o. b.i.d.", "qhs", "take 1 tablet", "daily",
    "for sleep", "stopped", "stopped taking", "no longer", "allergic to", "Allergies:", "Medications:", "not", "never", "if",
    "and", "but", "after stopping", "mother takes", "none", "NKDA", "Refills: 3", "Page 1 of 2", "Dr.", "Sig:", "Why", "Dose",
    "1.", "2)", "(3)", "[x]", "- ", "•", ",", ";", ".", ":", "/", "+", "(", ")", "[", '"', "“", "|", "\t", "\n", "\r\n", "\x0c",
    "\x00", "\u2028", "\u200b", "\ufeff", "\u00a0", "’", "é", "½", "🙂", "abgesetzt", "arrêté", "не принимает",
]  # fmt: skip
PASTES = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.sampled_from(list("aZ1.,;:-/()[]\"' \t\n\r|•%½\x00\u200b")), max_size=120),
    st.lists(st.sampled_from(BITS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(BITS), max_size=40).map("".join),
)


def carried(text: str) -> list[str]:
    return [char for char in text if char.isalnum()]


def left_out(pasted: list[str], kept: list[str]) -> list[str]:
    """What of ``pasted`` is not in ``kept``, which has to be ``pasted`` in its order with parts left out."""
    gone, place = [], 0
    for char in pasted:
        if place < len(kept) and kept[place] == char:
            place += 1
        else:
            gone.append(char)
    assert place == len(kept), "an entry holds what was not pasted, or not there"
    return gone


@settings(max_examples=1500, deadline=None)
@given(PASTES)
def test_all_that_was_pasted_is_there_in_order(paste: str) -> None:
    """Only the numbers of a list go, and the x of a ticked box."""
    found = read(paste, words())
    gone = left_out(carried(paste), carried("".join(entry.text for entry in found)))
    assert all(char.isdecimal() or char in "xX" for char in gone)
    lines = [line for line in paste.splitlines() if any(char.isalnum() for char in line)]
    assert len(gone) <= 4 * (len(lines) + paste.count(".") + paste.count(")") + paste.count(":") + paste.count("]"))
    assert bool(found) == any(not line.isspace() and line for line in paste.splitlines())


@settings(max_examples=1500, deadline=None)
@given(PASTES)
def test_entries_are_whole(paste: str) -> None:
    lines = len(paste.splitlines())
    last = 1
    for number, entry in enumerate(read(paste, words()), 1):
        assert entry.number == number
        assert last <= entry.line <= lines
        last = entry.line
        assert entry.text == entry.text.strip() != ""
        assert entry.kind in (ITEM, HEADING, NOTE)
        assert entry.current == (not entry.reason)
        assert entry.current or entry.kind != HEADING
        end = 0
        for word in entry.words:
            assert word.kind in KINDS
            assert end <= word.start < word.end <= len(entry.text)
            assert entry.text[word.start : word.end] == word.text
            assert carried(entry.text[end : word.start]) == []
            end = word.end
        assert carried(entry.text[end:]) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(MEDICINES), min_size=1, max_size=12),
    st.sampled_from(["\n", ", ", "; ", "\n- ", " • ", ","]),
)
def test_a_list_of_names_is_its_names(names: list[str], separator: str) -> None:
    if separator == ",":
        names = [name for name in names if not name[0].isdecimal()]  # "B12,5-HTP" may be a decimal comma
    found = read(separator.join(names), words())
    assert [entry.text for entry in found] == names
    assert all(entry.kind == ITEM and entry.current for entry in found)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(MEDICINES),
    st.lists(st.sampled_from(["25 mg", "qhs", "take 1 tablet", "for sleep", "daily"]), max_size=6),
)
def test_details_never_make_another_item(name: str, details: list[str]) -> None:
    for joint in (" ", ", ", "\n"):
        (entry,) = read(joint.join([name, *details]), words())
        assert entry.kind == ITEM
        assert entry.current


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=400))
def test_any_file_is_text(data: bytes) -> None:
    assert isinstance(decode(data), str)
    read(decode(data), words())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_file_in_a_known_encoding_is_its_text(text: str, encoding: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    if text and text[0] not in "\ufeff\ufffe\x00":
        assert decode(text.encode(encoding)) == text


HOSTILE = [
    "x", " ", ",", "a,", "(", ")", "()", "( x ", '"x ', "a. B", "\0", "1", "1. ", "1/", "1-", "stopped ", "not stopped x ",
    "mother takes x ", "Allergies: x ", "medications ", "stopped - ", "stopped a and ", "after stopping x ", "aspirin, ",
    "take 1 tablet daily\n", "aspirin (\n", "aspirin/\n", "a\t", "a|", '"a","b",', "e\u0301", "\u200b", "a.", "a'", "drug,",
    "q6", "25mg", "a1", "• a ", "[ ] ", "page ", "sig: x ", "x: ", "none ", "дифенгидрамин 50 мг; ", "\r\n", "🙂", "a,1,",
]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE, ids=[repr(unit) for unit in HOSTILE])
def test_nothing_is_lost_of_a_long_paste(unit: str) -> None:
    """How long it takes is measured by scripts/benchmark."""
    paste = unit * (80_000 // len(unit))
    found = read(paste, words())
    gone = left_out(carried(paste), carried("".join(entry.text for entry in found)))
    assert len(gone) < 10 or unit in ("1. ",)
