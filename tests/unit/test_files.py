"""Files are written whole or not at all, by one process at a time."""

import subprocess
import sys
from pathlib import Path

import pytest

from drugdb.files import lock, write_whole
from drugdb.identity import DatabaseError


def writer(content: str, fail: bool = False):
    def write(path: str) -> None:
        Path(path).write_text(content)
        if fail:
            raise OSError(28, "No space left on device")

    return write


def test_a_new_file_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    write_whole(str(path), writer("new"))
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_failure_leaves_the_old_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("old")
    with pytest.raises(OSError, match="No space"):
        write_whole(str(path), writer("half", fail=True))
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_what_a_killed_process_left_is_not_built_upon(tmp_path: Path) -> None:
    (tmp_path / "a.building").write_text("half")
    seen = []
    write_whole(str(tmp_path / "a"), lambda name: (seen.append(Path(name).exists()), Path(name).touch())[0])
    assert seen == [False]


def test_the_lock_is_held_by_one_process(tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    other = (
        f"import sys; from drugdb.files import lock\nwith lock({path!r}): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", other], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(DatabaseError, match="another process"), lock(path, wait=0.1):
            pass
        process.kill()
        process.wait()
    with lock(path, wait=5) as held:  # a killed process gives it back
        assert held
