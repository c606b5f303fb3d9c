"""The index finds every name that sounds at most two edits away, and every one that is a single slip away."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Levenshtein

from checker.matching.candidates import limit, near, parse_block
from checker.matching.likeness import far
from drugdb.reader import open_database
from drugdb.sound import SLIPS, blocks_alike, blocks_of, sound

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = st.text(alphabet=LETTERS, min_size=3, max_size=16)
EDITS = st.lists(st.tuples(st.integers(0, 20), st.sampled_from("adr"), st.sampled_from(LETTERS)), max_size=SLIPS)


def edited(word: str, edits: list[tuple[int, str, str]]) -> str:
    for place, kind, letter in edits:
        at = place % (len(word) + 1)
        word = word[:at] + {"a": letter + word[at:], "d": word[at + 1 :], "r": letter + word[at + 1 :]}[kind]
    return word


@given(WORDS, EDITS)
@settings(max_examples=2000)
def test_two_edits_leave_a_block_in_common(spoken: str, edits: list[tuple[int, str, str]]) -> None:
    heard = edited(spoken, edits)
    if not heard or Levenshtein.distance(heard, spoken) > SLIPS:
        return
    blocks = set(blocks_of(spoken, spoken))
    assert blocks & set(blocks_alike(heard))


def test_a_name_one_slip_away_is_always_found() -> None:
    database = open_database()
    blocks = {key: parse_block(payload) for key, payload in database.fuzzy_blocks().items()}
    keys = sorted({key for block in blocks.values() for key in block.keys if len(key) >= 5})
    chance = random.Random(11)
    for key in chance.sample(keys, 3000):
        at = chance.randrange(len(key))
        letter = chance.choice(LETTERS)
        spoilt = chance.choice(
            [
                key[:at] + letter + key[at:],
                key[:at] + key[at + 1 :],
                key[:at] + letter + key[at + 1 :],
                key[:at] + key[at + 1 : at + 2] + key[at : at + 1] + key[at + 2 :],
            ]
        )
        found = [item.key for item in near(spoilt, blocks.get)]
        if key not in found:  # twelve others are as near, or it is not near at all
            assert len(found) == 12 or far(spoilt, key) > limit(len(spoilt)), (key, spoilt)


def test_the_blocks_hold_few_names_that_are_far() -> None:
    """The point of an index: what is compared is a small part of the vocabulary."""
    database = open_database()
    blocks = {key: parse_block(payload) for key, payload in database.fuzzy_blocks().items()}
    keys = sorted({key for block in blocks.values() for key in block.keys if len(key) >= 5})
    for key in random.Random(5).sample(keys, 300):
        heard = sound(key)
        compared = {other for each in blocks_alike(heard) for other in (blocks[each].keys if each in blocks else ())}
        assert key in compared
        assert len(compared) < 0.1 * len(keys)
        assert sum(OSA.distance(heard, sound(other)) <= 1 for other in compared) >= 1
