"""The database file: made whole or not at all, found again, and refused when it is not ours.

``RLSCHECK_KILLS`` says how often a build is killed (20 in an ordinary run).
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlite_utils

from drugdb import build, canonical, guard, identity, location, reader, schema, transfer
from drugdb.build import InvalidDataError
from drugdb.curated import FOLDER
from drugdb.identity import DatabaseError
from drugdb.reader import Database, open_database
from tests.databases import built, copied

ROOT = Path(__file__).resolve().parents[2]
ASK = "from drugdb.reader import open_database; print(open_database().spelling('benadryl')[0].substances[0])"
KILLS = int(os.environ.get("RLSCHECK_KILLS", "20"))
needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals and permissions as Unix has them")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the database is expected, empty at first."""
    path = tmp_path / "place" / "rlscheck.sqlite"
    monkeypatch.setenv(location.VARIABLE, str(path))
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def no_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds without the public dictionary take half the time."""
    monkeypatch.setattr(guard, "find", lambda: "")


def change(path: Path | str, statement: str) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement)
    connection.close()


# -- made, found again -------------------------------------------------------------------------


def test_it_is_made_on_first_use_and_then_reused(place: Path) -> None:
    with open_database() as database:
        assert database.spelling("benadryl")
    first = place.stat()
    with open_database():
        pass
    assert place.stat() == first
    assert reader.verify(str(place)) == []
    info = location.info()
    assert (info.path, info.chosen_by, info.fits, info.warnings) == (str(place), location.VARIABLE, True, ())
    assert info.counts["substance"] > 900


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    build.build(str(path))
    assert path.read_bytes() == Path(built()).read_bytes()


def test_touched_files_are_compared_by_content(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, "UPDATE meta SET value = 'other times' WHERE key = 'stamp'")
    change(place, "CREATE TABLE still_the_same (x)")
    with open_database() as database:
        assert location.fits(database.meta)
    assert sqlite_utils.Database(place)["still_the_same"].exists(), "it was built anew, though only times differ"


@pytest.mark.usefixtures("no_guard")
def test_changed_files_are_built_anew(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, "UPDATE meta SET value = 'other' WHERE key IN ('stamp', 'build_hash')")
    change(place, "CREATE TABLE outdated (x)")
    with open_database() as database:
        assert location.fits(database.meta)
    assert not sqlite_utils.Database(place)["outdated"].exists()


@pytest.mark.usefixtures("no_guard")
def test_an_older_versions_file_is_built_anew(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, f"PRAGMA user_version = {identity.SCHEMA_VERSION - 1}")
    with open_database() as database:
        assert location.fits(database.meta)


@pytest.mark.usefixtures("no_guard")
def test_an_empty_file_is_filled(place: Path) -> None:
    place.parent.mkdir()
    place.touch()
    with open_database() as database:
        assert database.spelling("benadryl")


@needs_posix
@pytest.mark.usefixtures("no_guard")
def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o500)
    if os.access(cache, os.W_OK):  # root may write everywhere but where nobody may
        cache = Path("/proc/self")
    _check_fallback(cache, tmp_path, monkeypatch)


@pytest.mark.usefixtures("no_guard")
def test_a_cache_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file, not a folder")
    _check_fallback(cache, tmp_path, monkeypatch)


def _check_fallback(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    monkeypatch.delenv(location.VARIABLE, raising=False)
    monkeypatch.setattr(location, "cache_folder", lambda: str(cache / "rlscheck"))
    monkeypatch.setattr(location, "temporary_folder", lambda: str(temporary / "rlscheck-me"))
    temporary.mkdir()
    path = location.ensure()
    assert path.startswith(str(temporary))
    assert location.info().chosen_by == "temporary folder"
    first = os.stat(path)
    with open_database():
        assert os.stat(path) == first, "it was built again"


def test_no_place_at_all_is_an_error_that_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(location.VARIABLE, str(tmp_path / "file" / "rlscheck.sqlite"))
    with pytest.raises(DatabaseError, match="Set RLSCHECK_DB"):
        open_database()


@pytest.mark.usefixtures("no_guard")
def test_faulty_data_is_not_built_and_the_old_database_stays(tmp_path: Path) -> None:
    folder, path = tmp_path / "data", tmp_path / "a.sqlite"
    transfer.export(str(folder), built())
    copied(path)
    groups = folder / "groups.csv"
    groups.write_text(groups.read_text().replace("|ropinirole|", "|ropinirol|", 1))
    with pytest.raises(InvalidDataError) as caught:
        transfer.import_(str(folder), str(path))
    assert "groups.csv:2: unknown substance 'ropinirol' in members (did you mean 'ropinirole'?)" in str(caught.value)
    assert path.read_bytes() == Path(built()).read_bytes()


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="folder of curated CSV files"):
        transfer.import_(str(tmp_path / "nothing"), str(tmp_path / "a.sqlite"))


# -- killed, and many at once ------------------------------------------------------------------


def usable_or_absent(place: Path) -> bool:
    """Whether the place holds a whole database, old or new, or none."""
    if not place.exists():
        return True
    with Database(str(place)) as database:
        assert database.spelling("benadryl")
    connection = sqlite3.connect(place)
    whole = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    connection.close()
    return whole


@needs_posix
def test_a_build_killed_at_any_point_leaves_a_usable_database(place: Path) -> None:
    before = time.monotonic()
    assert run("-c", ASK).stdout.strip() == "diphenhydramine"
    whole = time.monotonic() - before
    chance = random.Random(1)
    killed = 0
    for number in range(KILLS):
        if number % 2:  # an outdated database is there, to be replaced
            if not place.exists():
                copied(place)
            change(place, "UPDATE meta SET value = 'other' WHERE key IN ('stamp', 'build_hash')")
        else:
            place.unlink(missing_ok=True)
        with subprocess.Popen(
            [sys.executable, "-c", ASK], cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(whole * (number + chance.random()) / KILLS)
            process.kill()
        killed += process.returncode == -signal.SIGKILL
        assert usable_or_absent(place), f"kill {number}"
    assert killed > KILLS / 2, "the builds were over before they could be killed"
    assert run("-c", ASK).stdout.strip() == "diphenhydramine"
    left = {each.name for each in place.parent.iterdir()}
    assert left == {place.name, f"{place.name}.lock"}, "the next build clears away what a killed one left"


@needs_posix
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_right_at_the_replacement(place: Path, moment: str) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, "UPDATE meta SET value = 'other' WHERE key IN ('stamp', 'build_hash')")
    die = "os.kill(os.getpid(), 9)"
    code = (
        "import os; really = os.replace\n"
        "def replace(a, b):\n"
        f"    {die if moment == 'before' else 'really(a, b)'}\n    {die}\n"
        f"os.replace = replace\n{ASK}"
    )
    assert run("-c", code).returncode == -signal.SIGKILL
    with Database(str(place)) as database:
        assert location.fits(database.meta) is (moment == "after")


def test_twenty_processes_at_once_on_a_cold_cache(place: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ASK],
            cwd=ROOT,
            env=os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(20)
    ]
    answers = [process.communicate(timeout=120) for process in processes]
    assert answers == [("diphenhydramine\n", "")] * 20
    assert reader.verify(str(place)) == []


def test_only_one_of_many_builds(place: Path) -> None:
    count = f"""
import os
from drugdb import files
really = files.write_whole
def write_whole(*arguments, **options):
    really(*arguments, **options)
    with open({str(place) + ".count"!r}, "a") as handle:
        handle.write("x")
files.write_whole = write_whole
{ASK}"""
    processes = [
        subprocess.Popen([sys.executable, "-c", count], cwd=ROOT, env=os.environ, stdout=subprocess.PIPE)
        for _ in range(5)
    ]
    for process in processes:
        process.communicate(timeout=120)
    assert Path(f"{place}.count").read_text() == "x"


# -- not ours, damaged -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"my notes", "is not a database of rlscheck, so it is left alone"),
        (b"SQLite format 3\x00" + b"\x00" * 84, "is not a database of rlscheck"),
    ],
)
@pytest.mark.usefixtures("no_guard")
def test_a_foreign_file_is_never_overwritten(place: Path, content: bytes, words: str) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    for attempt in (open_database, lambda: build.build(str(place)), lambda: transfer.import_(FOLDER, str(place))):
        with pytest.raises(DatabaseError, match="RLSCHECK_DB") as caught:
            attempt()
        assert words in str(caught.value)
        assert str(place) in str(caught.value)
    assert place.read_bytes() == content
    build.build(str(place), force=True)
    assert usable_or_absent(place)


def test_another_programs_database_is_never_overwritten(place: Path) -> None:
    place.parent.mkdir()
    change(place, "CREATE TABLE theirs (x)")
    before = place.read_bytes()
    with pytest.raises(DatabaseError, match="not a database of rlscheck"):
        open_database()
    assert place.read_bytes() == before


@pytest.mark.usefixtures("no_guard")
def test_a_too_new_file(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, f"PRAGMA user_version = {identity.SCHEMA_VERSION + 1}")
    before = place.read_bytes()
    with pytest.raises(DatabaseError, match=r"newer version of rlscheck.*rlscheck db build"):
        open_database()
    assert place.read_bytes() == before
    assert location.info().state == identity.NEWER
    build.build(str(place))
    assert usable_or_absent(place)


@pytest.mark.usefixtures("no_guard")
def test_a_file_that_was_cut_off(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    place.write_bytes(place.read_bytes()[: -3 * 4096])
    with pytest.raises(DatabaseError, match=r"is damaged.*rlscheck db build"):
        open_database()
    assert any("damaged" in problem for problem in reader.verify(str(place)))
    build.build(str(place))
    assert reader.verify(str(place)) == []


def test_a_file_damaged_within_gives_an_error_and_no_traceback(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    content = bytearray(place.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    place.write_bytes(content)
    for attempt in (open_database, location.ensure, location.info):
        with pytest.raises(DatabaseError, match=r"is damaged.*rlscheck db build"):
            attempt()
    assert reader.verify(str(place)) != []


@pytest.mark.parametrize("seed", range(8))
def test_verify_finds_changed_bytes(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.sqlite"
    copied(path)
    content = bytearray(path.read_bytes())
    chance = random.Random(seed)
    for _ in range(40):
        content[chance.randrange(4096, len(content))] ^= 0xFF
    path.write_bytes(content)
    assert reader.verify(str(path)) != []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE substance SET effect = 'neutral' WHERE name = 'diphenhydramine'", "do not hold what"),
        ("DELETE FROM spelling WHERE key = 'benadryl'", "the spelling 'benadryl'"),
        ("UPDATE spelling SET payload = (SELECT payload FROM spelling WHERE key = 'zyrtec') WHERE key = 'benadryl'",
         "the spelling 'benadryl'"),
        ("DELETE FROM fuzzy_block WHERE id = (SELECT id FROM fuzzy_block LIMIT 1)", "index for misspellings"),
        ("DELETE FROM group_ WHERE id = 'dopamine-agonist'", "refers to something that is not in group_"),
        ("DELETE FROM substance_fts_docsize WHERE id < 9", "search"),
        ("UPDATE meta SET value = 'x' WHERE key = 'code_hash'", "another version"),
    ],
)  # fmt: skip
def test_verify_finds_changed_content(tmp_path: Path, statement: str, words: str) -> None:
    path = tmp_path / "a.sqlite"
    copied(path)
    change(path, statement)
    assert any(words in problem for problem in reader.verify(str(path)))


# -- taken along and back ----------------------------------------------------------------------


def test_an_export_is_the_curated_files_byte_for_byte(tmp_path: Path) -> None:
    exported = transfer.export(str(tmp_path / "data"), built())
    names = {each.name for each in Path(FOLDER).iterdir() if location.is_data(each.name)}
    assert set(exported.files) == names | {"README.md"}
    for name in exported.files:
        assert (tmp_path / "data" / name).read_bytes() == (Path(FOLDER) / name).read_bytes(), name


def test_an_export_does_not_write_over_files(tmp_path: Path) -> None:
    transfer.export(str(tmp_path / "data"), built())
    with pytest.raises(DatabaseError, match="already"):
        transfer.export(str(tmp_path / "data"), built())
    transfer.export(str(tmp_path / "data"), built(), force=True)
    with pytest.raises(DatabaseError, match="another folder"):
        transfer.export(FOLDER, built(), force=True)


@pytest.mark.usefixtures("no_guard")
def test_an_import_is_used_and_kept_until_it_is_replaced_by_hand(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    transfer.export(str(folder), built())
    products = folder / "products.csv"
    products.write_text(products.read_text() + "Xyzzin,US,diphenhydramine,,,,\n")
    assert transfer.import_(str(folder)) == str(place)
    assert reader.verify(str(place)) == []
    with open_database() as database:
        assert database.meta["origin"] == location.IMPORTED
        assert location.fits(database.meta)
        (name,) = database.spelling("xyzzin")
        assert name.substances == ("diphenhydramine",)
    again = tmp_path / "again"
    transfer.export(str(again))
    assert (again / "products.csv").read_bytes() == products.read_bytes()
    build.build()
    with open_database() as database:
        assert database.spelling("xyzzin") == ()


def test_an_import_by_another_version_is_not_replaced_silently(place: Path) -> None:
    place.parent.mkdir()
    copied(place)
    change(place, "UPDATE meta SET value = 'import' WHERE key = 'origin'")
    change(place, "UPDATE meta SET value = 'other' WHERE key IN ('code_hash', 'stamp')")
    before = place.read_bytes()
    with pytest.raises(DatabaseError, match="db import"):
        open_database()
    change(place, f"PRAGMA user_version = {identity.SCHEMA_VERSION - 1}")
    with pytest.raises(DatabaseError, match="db import"):
        open_database()
    assert len(place.read_bytes()) == len(before)


@pytest.mark.usefixtures("no_guard")
def test_the_same_content_in_other_quotes_has_the_same_hash(tmp_path: Path) -> None:
    import csv

    transfer.export(str(tmp_path / "data"), built())
    path = tmp_path / "data" / "conditions.csv"
    rows = list(csv.reader(path.read_text().splitlines()))
    with path.open("w", newline="") as handle:
        csv.writer(handle, quoting=csv.QUOTE_ALL).writerows(rows)
    imported = transfer.import_(str(tmp_path / "data"), str(tmp_path / "a.sqlite"))
    with Database(imported) as ours, Database(built()) as theirs:
        assert ours.meta["content_hash"] == theirs.meta["content_hash"]


# -- as other programs read it -----------------------------------------------------------------


def test_it_reads_well_in_datasette() -> None:
    database = sqlite_utils.Database(sqlite3.connect(f"file:{built()}?mode=ro", uri=True))
    assert {table.name for table in schema.TABLES} <= set(database.table_names())
    for table in schema.TABLES:
        found = database[table.name]
        keys = {(key.column, key.other_table, key.other_column) for key in found.foreign_keys}
        assert keys == set(table.foreign), table.name
        assert found.pks == list(table.key), table.name
        indexed = {tuple(index.columns) for index in found.indexes}
        assert set(table.indexes) <= indexed, table.name
    assert database["substance"].detect_fts() == "substance_fts"
    assert database["source"].detect_fts() == "source_fts"
    assert list(database.execute("PRAGMA foreign_key_check")) == []
    meta = {row["key"]: row["value"] for row in database["meta"].rows}
    for key in ("data_version", "reviewed", "content_hash", "licence", "schema_version", "guard_version", "built_with"):
        assert meta[key], key


def test_it_cannot_be_written_through_the_reader() -> None:
    with Database(built()) as database, pytest.raises(DatabaseError):
        database._rows("DELETE FROM substance")


def test_the_words_of_a_path_mean_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a ?#%41 ö.sqlite"
    copied(path)
    with Database(str(path)) as database:
        assert database.spelling("benadryl")


def test_files_of_all_kinds_are_hashed() -> None:
    words = build.word_list(FOLDER)
    assert words
    hashes = {canonical.hash_all([("a", b"1")]), canonical.hash_all([("a", b"2")]), canonical.hash_all([("b", b"1")])}
    assert len(hashes) == 3


@needs_posix
@pytest.mark.parametrize("limit", [1000, 1_000_000, 6_000_000])
def test_a_full_disk_is_an_error_that_names_the_file(place: Path, limit: int) -> None:
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"  # as if the disk held no more
        "from drugdb import location\nfrom drugdb.identity import DatabaseError\n"
        "try: location.ensure()\nexcept DatabaseError as error: print(error)"
    )
    done = run("-c", code)
    assert done.stderr == ""
    assert done.stdout.startswith(f"{place}: ")
    assert "RLSCHECK_DB" in done.stdout
    assert [each.name for each in place.parent.iterdir()] == [f"{place.name}.lock"]
