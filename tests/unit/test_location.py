"""Where the database goes on each system."""

import os
import sys
from pathlib import Path

import pytest

from drugdb import location
from drugdb.identity import DatabaseError


@pytest.fixture(autouse=True)
def _no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (location.VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)


def test_the_variable_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(location.VARIABLE, "~/my.sqlite")
    assert location.target() == os.path.expanduser("~/my.sqlite")
    assert location.fallback() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="paths of other systems")
@pytest.mark.parametrize(
    ("system", "variable", "value", "expected"),
    [
        ("linux", "XDG_CACHE_HOME", "/somewhere/cache", "/somewhere/cache/rlscheck"),
        ("linux", "XDG_CACHE_HOME", "relative", "/home/me/.cache/rlscheck"),
        ("linux", "HOME", "/home/me", "/home/me/.cache/rlscheck"),
        ("darwin", "HOME", "/home/me", "/home/me/Library/Caches/rlscheck"),
        ("win32", "LOCALAPPDATA", "/c/local", "/c/local/rlscheck"),
    ],
)
def test_the_users_cache(
    monkeypatch: pytest.MonkeyPatch, system: str, variable: str, value: str, expected: str
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv(variable, value)
    assert location.cache_folder() == expected
    assert os.path.dirname(location.target()) == expected


def test_a_temporary_folder_of_somebody_else_is_not_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "rlscheck"
    folder.mkdir()
    monkeypatch.setattr(location, "temporary_folder", lambda: str(folder))
    folder.chmod(0o700)
    location.make_folder(str(folder / "a.sqlite"))
    folder.chmod(0o777)  # anybody could put a file there
    with pytest.raises(DatabaseError, match="RLSCHECK_DB"):
        location.make_folder(str(folder / "a.sqlite"))
    folder.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)
    with pytest.raises(DatabaseError, match="RLSCHECK_DB"):
        location.make_folder(str(folder / "a.sqlite"))


def test_the_stamp_tells_a_changed_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("one")
    (tmp_path / "README.md").write_text("one")
    before = location.stamp(str(tmp_path))
    (tmp_path / "README.md").write_text("two, which is no data")
    assert location.stamp(str(tmp_path)) == before
    os.utime(tmp_path / "a.csv", ns=(1, 1))
    assert location.stamp(str(tmp_path)) != before
