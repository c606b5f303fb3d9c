"""Whatever is pasted: nothing raises, nothing is lost, every word stands where it says it stands."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.matching import Matcher
from checker.medication_list import decode, read
from drugdb.reader import open_database

DATABASE = open_database()
WORDS = DATABASE.words()
MATCHER = Matcher(DATABASE)
PIECES = st.sampled_from(
    [
        *(
            "Zoloft",
            "Benadryl 25 mg",
            "hydralazine",
            "stopped",
            "Allergies:",
            "no known allergies",
            "Vitamin B6",
            "tablet",
        ),
        *(
            "галоперидол",
            "ＡＢ",
            "é",
            "\U0001f48a",
            "po qhs prn",
            "and",
            "take",
            "1,000",
            "5-HTP",
            "1.",
            "2)",
            "- ",
            "•",
        ),
        *(
            ",",
            ";",
            "\n",
            "\r\n",
            "\t",
            "(",
            ")",
            "[",
            '"',
            "“",
            "/",
            "+",
            ":",
            ". ",
            "\x00",
            "\u2028",
            "\u200b",
            "\ufeff",
        ),
    ]
)
PASTES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES).map("".join))


def letters(text: str) -> list[str]:
    return [char for char in text if char.isalnum()]


def missing(pasted: list[str], kept: list[str]) -> list[str]:
    """What of ``pasted`` is not in ``kept``, where ``kept`` should be ``pasted`` with parts left out."""
    gone, place = [], 0
    for char in pasted:
        if place < len(kept) and kept[place] == char:
            place += 1
        else:
            gone.append(char)
    assert place == len(kept), "an entry holds what was not pasted"
    return gone


@settings(max_examples=600, deadline=None)
@given(PASTES)
def test_nothing_is_lost(paste: str) -> None:
    """Every letter and digit is in an entry's own words, in order; only the numbers of a list go, and
    the x of a ticked box."""
    entries = read(paste, WORDS)
    gone = missing(letters(paste), letters("".join(entry.text for entry in entries)))
    assert all(char.isdigit() or char in "xX" for char in gone)
    pairs = MATCHER.match_list(entries)
    assert not missing(letters("".join(e.text for e in entries)), letters("".join(e.text for e, _ in pairs)))
    assert [entry.number for entry, _ in pairs] == list(range(1, len(pairs) + 1))


@settings(max_examples=400, deadline=None)
@given(PASTES)
def test_words_stand_where_they_say(paste: str) -> None:
    for entry in read(paste, WORDS):
        for word in entry.words:
            assert entry.text[word.start : word.end] == word.text
    for entry, match in MATCHER.match_list(read(paste, WORDS)):
        for word in entry.words:
            assert entry.text[word.start : word.end] == word.text
        assert match.status in {"exact", "corrected", "ambiguous", "unrecognised"}
        if match.status == "ambiguous":
            assert match.candidates
        if match.status in {"exact", "corrected"}:
            assert match.name


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_file_is_text(data: bytes) -> None:
    MATCHER.match_list(read(decode(data), WORDS))
