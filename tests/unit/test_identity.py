"""What a file is, told by its header."""

import sqlite3
from pathlib import Path

import pytest

from drugdb.identity import (
    ABSENT,
    APPLICATION_ID,
    DAMAGED,
    EMPTY,
    FOREIGN,
    NEWER,
    OLDER,
    OURS,
    SCHEMA_VERSION,
    DatabaseError,
    refusal,
    state_of,
)


def database(path: Path, application: int = APPLICATION_ID, version: int = SCHEMA_VERSION) -> str:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {application}")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.execute("CREATE TABLE some (thing)")
    connection.commit()
    connection.close()
    return str(path)


def test_ours(tmp_path: Path) -> None:
    assert state_of(database(tmp_path / "a")) == OURS


def test_newer_and_older(tmp_path: Path) -> None:
    assert state_of(database(tmp_path / "a", version=SCHEMA_VERSION + 1)) == NEWER
    assert state_of(database(tmp_path / "b", version=SCHEMA_VERSION - 1)) == OLDER


def test_another_programs_database(tmp_path: Path) -> None:
    assert state_of(database(tmp_path / "a", application=0)) == FOREIGN


@pytest.mark.parametrize("content", [b"x", b"SQLite format 3\x00", b"\x00" * 200, "Notizen".encode("utf-16") * 50])
def test_no_database_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert state_of(str(path)) == FOREIGN


def test_cut_off(tmp_path: Path) -> None:
    path = Path(database(tmp_path / "a"))
    path.write_bytes(path.read_bytes()[:-1])
    assert state_of(str(path)) == DAMAGED


def test_absent_and_empty(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert state_of(str(tmp_path / "a")) == EMPTY
    assert state_of(str(tmp_path / "b")) == ABSENT
    assert state_of(str(tmp_path / "no" / "such" / "folder")) == ABSENT


def test_a_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=str(tmp_path)):
        state_of(str(tmp_path))


@pytest.mark.parametrize("state", [ABSENT, EMPTY, FOREIGN, DAMAGED, NEWER, OLDER])
def test_a_refusal_says_where_and_what_to_do(state: str) -> None:
    text = refusal("/some/where", state)
    assert "/some/where" in text
    assert "rlscheck db build" in text
