"""The command line as a process: what it writes, how it ends, what it says of mistakes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cli import COMMANDS
from checker.cli.check import settings as settings_of
from checker.cli.parsing import command
from checker.cli.quick import plain_settings
from tests.checking import ROOT, database, rlscheck
from tests.databases import built, copied

CLEAN = "metformin 500 mg, atorvastatin"
FLAGGED = "Reglan 10 mg, metformin"


def schema() -> dict[str, Any]:
    with open(os.path.join(ROOT, "docs", "report.schema.json"), encoding="utf-8") as handle:
        found: dict[str, Any] = json.load(handle)
    return found


def text_of(*arguments: str, **more: Any) -> str:
    return rlscheck(*arguments, **more).stdout.decode()


# -- how a check ends -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        (CLEAN, 0),
        ("", 0),
        ("gabapentin, Maalox", 0),  # a minor clash
        (FLAGGED, 1),
        ("Benadryl", 1),  # unclear
        ("qwzkvjx", 1),  # not recognised
        ("ropinirole, estradiol", 1),
        ("doxycycline, ferrous sulfate", 1),  # nothing flagged but a clash
        ("allergic to Reglan", 0),
    ],
)
def test_the_status_says_whether_something_was_found(entries: str, status: int) -> None:
    done = rlscheck("check", "-e", entries)
    assert done.returncode == status, done.stdout.decode()
    assert done.stderr == b""
    assert rlscheck("check", "--exit-zero", "-e", entries).returncode == 0


def test_the_least_severity_decides_over_clashes() -> None:
    assert rlscheck("check", "-e", "gabapentin, Maalox", "--min-severity", "minor").returncode == 1
    assert rlscheck("check", "-e", "ferrous sulfate, doxycycline", "--min-severity", "major").returncode == 0


# -- where a list comes from ----------------------------------------------------------------------


def test_a_list_comes_from_a_file_from_standard_input_or_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("Reglan 10 mg\nmetformin\n")
    by_file = rlscheck("check", str(path))
    assert by_file.returncode == 1
    assert b"Reglan 10 mg" in by_file.stdout
    assert rlscheck("check", stdin=path.read_bytes()).stdout == by_file.stdout
    assert rlscheck("check", "-", stdin=path.read_bytes()).stdout == by_file.stdout
    assert rlscheck("check", "-e", "Reglan 10 mg", "-e", "metformin").stdout == by_file.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_may_come_from_any_editor(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes("Réglan 10 mg\r\nmetformin\r\n".encode(encoding))
    made = json.loads(text_of("check", "--format", "json", str(path)))
    assert [entry["text"] for entry in made["entries"]] == ["Réglan 10 mg", "metformin"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\xff\xfe" * 200,
        bytes(range(256)) * 20,
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 300,
        b"a" * 200_000,
        b"," * 5000,
        "\u202e\x1b[2J\u0000Reglan".encode(),
        b"\xed\xa0\x80 Reglan",
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "ndjson", "csv"])
def test_no_input_breaks_it(data: bytes, form: str) -> None:
    done = rlscheck("check", "--format", form, "-", stdin=data)
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    text = done.stdout.decode()
    if form == "json":
        jsonschema.validate(json.loads(text), schema())
    if form == "text":
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_an_argument_that_is_no_text_is_read_all_the_same() -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"checker", b"check", b"-e", b"R\xe9glan \xff"],
        capture_output=True,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 1)
    assert done.stderr == b""


# -- how it is written ----------------------------------------------------------------------------


def test_text_is_plain_where_it_is_no_terminal() -> None:
    done = rlscheck("check", "-e", FLAGGED)
    assert b"\x1b" not in done.stdout
    assert max(map(len, done.stdout.decode().split("\n"))) <= 80 or b"://" in done.stdout


def in_a_terminal(*arguments: str, **env: str) -> str:
    """Run it with a terminal of 80 columns for its output."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TERM": "xterm", **env},
    )
    os.close(theirs)
    out = b""
    try:
        while chunk := os.read(ours, 65536):
            out += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    process.wait(timeout=60)
    return out.decode()


def test_text_has_colours_on_a_terminal_unless_they_are_not_wanted() -> None:
    assert "\x1b[1;31m" in in_a_terminal("check", "-e", FLAGGED)
    assert "\x1b" not in in_a_terminal("check", "-e", FLAGGED, NO_COLOR="1")
    assert "\x1b" not in in_a_terminal("check", "-e", FLAGGED, TERM="dumb")
    assert "\x1b" not in in_a_terminal("check", "--format", "json", "-e", FLAGGED)


def test_progress_is_told_on_a_terminal_for_a_long_list(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("metformin\n" * 1200)
    assert "500 of 1,200" in in_a_terminal("check", str(path), NO_COLOR="1")
    assert rlscheck("check", str(path)).stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_a_terminal_of_another_alphabet_does_not_break_it(encoding: str, form: str) -> None:
    done = rlscheck("check", "--format", form, "-e", "дифенгидрамин, Réglan", env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 1
    assert done.stderr == b""
    if form == "json":
        assert json.loads(done.stdout.decode("utf-8"))["entries"][0]["text"] == "дифенгидрамин"


@pytest.mark.parametrize("arguments", [("check", "docs/examples/list.txt"), ("list", "--all"), ("sources",)])
def test_a_closed_pipe_is_no_error(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m checker {' '.join(arguments)} | head -1"],
        capture_output=True,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


def test_match_ends_quietly_when_nobody_reads() -> None:
    done = subprocess.run(
        ["sh", "-c", f"yes metformin | head -300000 | '{sys.executable}' -m checker match | head -1"],
        capture_output=True,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        timeout=60,
        check=False,
    )
    assert done.stderr == b""


def test_json_fits_its_schema() -> None:
    for path in ("docs/examples/list.txt", "tests/cases/ordinary_lists.txt"):
        made = json.loads(text_of("check", "--format", "json", path))
        jsonschema.validate(made, schema())
        assert made["interactions"]


def test_the_schema_is_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    made = json.loads(text_of("check", "--format", "json", "-e", FLAGGED))
    made["entries"][0]["added"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, schema())


def test_the_table_has_a_row_for_everything() -> None:
    made = text_of(
        "check", "--format", "csv", "-e", "methadone, Zofran, hydroxyzine", "-e", "@SUM(metformin)", "-e", "ondansetron"
    )
    rows = list(csv.DictReader(io.StringIO(made, newline="")))
    assert [row["record"] for row in rows] == ["item"] * 5 + ["interaction"] * 4 + ["duplicate"]
    assert rows[3]["text"] == "'@SUM(metformin)"
    assert rows[5]["severity"] == "contraindicated"
    assert rows[5]["entries"] == "1 | 3"
    assert rows[5]["links"]


def test_lines_of_json_are_one_object_each() -> None:
    lines = text_of("check", "--format", "ndjson", "-e", FLAGGED).splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["report", "entry", "entry", "summary"]


def test_minor_clashes_are_folded_in_text_and_whole_elsewhere() -> None:
    text = text_of("check", "-e", "gabapentin, Maalox")
    assert "Below that, in short" in text
    assert "MINOR:" not in text
    assert "MINOR: gabapentin with Maalox" in text_of("check", "-e", "gabapentin, Maalox", "--min-severity", "minor")
    assert json.loads(text_of("check", "--format", "json", "-e", "gabapentin, Maalox"))["interactions"]
    less = text_of("check", "--format", "json", "-e", "gabapentin, Maalox", "--min-severity", "major")
    assert json.loads(less)["interactions"] == []


def test_professionals_get_remarks_and_every_source() -> None:
    short, full = text_of("check", "-e", "sertraline"), text_of("check", "-e", "sertraline", "--professional")
    assert "more" in short
    assert "Remark" in full
    assert "Pharmacist" in full
    assert len(full) > len(short)


@pytest.mark.parametrize(
    "entries",
    [
        "pramipexole, metoclopramide",
        "ropinirole, ciprofloxacin, cigarettes",
        "Norco, Xanax, Neurontin, wine",
        "tramadol, sertraline",
        "levodopa/carbidopa, ferrous sulfate",
        "Requip, estradiol",
        "gabapentin, Maalox",
        "methadone, Zofran, hydroxyzine",
    ],
)
def test_clashes_come_with_their_sources_in_every_format(entries: str) -> None:
    made = json.loads(text_of("check", "--format", "json", "-e", entries))
    assert made["interactions"]
    text = " ".join(text_of("check", "-e", entries).split())
    rows = list(csv.DictReader(io.StringIO(text_of("check", "--format", "csv", "-e", entries), newline="")))
    clashes = [row for row in rows if row["record"] == "interaction"]
    for found, row in zip(made["interactions"], clashes, strict=True):
        assert found["sources"]
        assert found["effect"] in text
        assert row["sources"].split(" | ") == found["sources"]


# -- mistakes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "usage: rlscheck COMMAND"),
        (("chekc",), "invalid choice: 'chekc'"),
        (("check", "--nonsense"), "unrecognized arguments"),
        (("check", "/no/such/file"), "/no/such/file: No such file or directory"),
        (("check", "/"), "Is a directory"),
        (("check", "-e", "a", "file"), "not both"),
        (("check", "--market", "XX", "-e", "a"), "choose one of AT AU"),
        (("check", "--format", "docx", "-e", "a"), "invalid choice"),
        (("match", "/no/such/file"), "/no/such/file"),
        (("match", "--market", "XX"), "choose one of"),
        (("show",), "NAME"),
        (("show", " "), "give a name"),
        (("list", "--class", "ssris-of-any-kind"), "there is no class"),
        (("list", "--class", "antihistamine-first-generaton"), "did you mean antihistamine-first-generation"),
        (("sources", "nobody2025"), "no source 'nobody2025'"),
        (("sources", "--kind", "rumour"), "the kinds are"),
        (("serve", "--port", "70000"), "no port"),
        (("db",), "ACTION"),
        (("db", "import", "/no/such/folder"), "/no/such/folder"),
    ],
)
def test_a_mistake_is_told_and_ends_with_two(arguments: tuple[str, ...], told: str) -> None:
    done = rlscheck(*arguments)
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\x00" + b"\x00" * 200, b""])
def test_a_database_that_is_none_is_told_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rlscheck.sqlite"
    path.write_bytes(content)
    done = rlscheck("check", "-e", "metformin", env={"RLSCHECK_DB": str(path)})
    if content:
        assert done.returncode == 2
        assert b"rlscheck db build" in done.stderr
    else:
        assert done.returncode == 0  # an empty file is filled
    assert b"Traceback" not in done.stderr


# -- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_eighty_columns_and_has_examples(name: str) -> None:
    done = rlscheck(*filter(None, (name, "--help")), env={"COLUMNS": "80"})
    assert done.returncode == 0
    text = done.stdout.decode()
    assert max(map(len, text.splitlines())) <= 80
    assert "rlscheck" in text
    assert "examples:" in text


def test_the_version_is_told() -> None:
    from checker import __version__

    assert text_of("--version") == f"rlscheck {__version__}\n"


# -- the short way --------------------------------------------------------------------------------

ARGUMENTS = st.lists(
    st.sampled_from(
        (
            "-e",
            "--entry",
            "--market",
            "us",
            "GB",
            "-",
            "list.txt",
            "--exit-zero",
            "-x",
            "--format",
            "text",
            "",
            "--",
            "-e=a",
        )
    ),
    max_size=5,
)


@given(ARGUMENTS)
def test_the_short_way_reads_arguments_as_the_parser_does(arguments: list[str]) -> None:
    short = plain_settings(arguments)
    if short is None:
        return
    _, parser = command("check")
    assert settings_of(parser.parse_args(arguments)) == short


def test_the_short_way_is_taken_for_a_plain_check() -> None:
    assert plain_settings(["-e", "a"]) is not None
    assert plain_settings(["list.txt", "--market", "gb"]) is not None
    assert plain_settings(["--format", "json", "-"]) is None


def test_a_plain_check_imports_nothing_heavy() -> None:
    code = (
        "import sys; from checker.cli import main; main(['check', '-e', 'metformin, Zyrtec 10 mg']); "
        "heavy = {'argparse', 'dataclasses', 'inspect', 'logging', 'rapidfuzz', 'flask', 'requests', 'json', 'csv', "
        "'pathlib', 'hashlib', 'urllib.request', 'importlib.metadata', 'sqlite_utils'}; "
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


# -- match ----------------------------------------------------------------------------------------


def answers(text: str, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text_of("match", *arguments, stdin=text.encode()).split("\n") if line]


def test_match_answers_each_line_in_order() -> None:
    made = answers("metformin\nReglan 10mg tid\n\nqwzkvjx\nmetoclopramde\n", "--market", "US")
    assert [each["input"] for each in made] == ["metformin", "Reglan 10mg tid", "", "qwzkvjx", "metoclopramde"]
    assert [each["status"] for each in made] == ["exact", "exact", "unrecognised", "unrecognised", "corrected"]
    assert made[1] == {
        "input": "Reglan 10mg tid",
        "status": "exact",
        "name": "Reglan",
        "kind": "product",
        "substances": ["metoclopramide"],
        "candidates": [],
    }


def test_match_gives_candidates_items_and_kinds() -> None:
    unclear, several, trigger, heading, stopped = answers(
        "Benadryl\nReglan 10 mg, metformin\ncoffee\nMedications:\nallergic to penicillin\n"
    )
    assert unclear["status"] == "ambiguous"
    assert {"name": "Benadryl", "kind": "product", "substances": ["diphenhydramine"]} in unclear["candidates"]
    assert [item["substances"] for item in several["items"]] == [["metoclopramide"], ["metformin"]]
    assert [item["input"] for item in several["items"]] == ["Reglan 10 mg", "metformin"]
    assert (trigger["kind"], trigger["substances"]) == ("trigger", [])
    assert (heading["status"], heading["kind"]) == ("unrecognised", "heading")
    assert stopped["current"] is False


def test_match_takes_a_bare_heading_for_what_it_is() -> None:
    heading, name = answers("Medications\nmetformin\n")
    assert (heading["status"], heading["kind"]) == ("unrecognised", "heading")
    assert name["status"] == "exact"


def test_match_answers_what_check_reads() -> None:
    names = [row.name for row in database().substances()[::40]] + [row.name for row in database().products()[::900]]
    made = answers("".join(f"{name}\n" for name in names))
    report = json.loads(text_of("check", "--format", "json", "-", stdin="\n".join(names).encode()))
    read = {entry["text"]: (entry["status"], entry["name"]) for entry in report["entries"]}
    for name, answer in zip(names, made, strict=True):
        if "items" not in answer and name in read:
            assert (answer["status"], answer["name"]) == read[name]


@pytest.mark.parametrize(
    "data", [b"a\x0bb\x0cc\xc2\x85d\xe2\x80\xa8e\nmetformin\n", b"\xff\n\xfe\nmetformin\r\n", b"\n\n\n"]
)
def test_match_keeps_one_object_a_line(data: bytes) -> None:
    done = rlscheck("match", stdin=data)
    lines = done.stdout.decode().split("\n")[:-1]
    assert len(lines) == data.count(b"\n")
    assert all(json.loads(line) for line in lines)


def test_match_reads_utf_16_and_a_last_line_without_end() -> None:
    done = rlscheck("match", stdin="metformin\nReglan".encode("utf-16"))
    assert [json.loads(line)["input"] for line in done.stdout.decode().splitlines()] == ["metformin", "Reglan"]


def test_match_answers_as_soon_as_it_is_asked() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", "match"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"RLSCHECK_DB": built(), "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for name in ("metformin", "Reglan"):
        process.stdin.write(f"{name}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["input"] == name
    process.stdin.close()
    assert process.wait(timeout=20) == 0


# -- show, list, sources, db ----------------------------------------------------------------------


def test_show_tells_all_that_is_known() -> None:
    text = text_of("show", "metoclopramide")
    for part in ("METOCLOPRAMIDE", "Worsens restless legs (high risk)", "CLASHES WITH", "PRODUCTS BY MARKET", "SOURCES",
                 "ondansetron", "reviewed", "https://"):  # fmt: skip
        assert part in text


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Reglan", "Reglan holds metoclopramide"),
        ("Tylenol PM", "PARACETAMOL"),
        ("ssri", "MEMBERS, each with its own rating"),
        ("medicines for depression", "ANTIDEPRESSANTS"),
        ("coffee", "Not a medicine"),
        ("iron deficiency", "ferritin"),
        ("pramipexole", "The guidelines differ."),
        ("metformin", "Not assessed here"),
        ("peroneal nerve stimulation", "AASM 2025"),
    ],
)
def test_show_takes_any_kind_of_name(name: str, part: str) -> None:
    done = rlscheck("show", *name.split(), "--market", "US")
    assert done.returncode == 0
    assert part in done.stdout.decode()


def test_show_reads_a_misspelling_and_says_so() -> None:
    done = rlscheck("show", "metoclopramde")
    assert done.returncode == 0
    assert b"'metoclopramde' was read as metoclopramide" in done.stderr


def test_show_asks_where_a_name_is_several_things() -> None:
    done = rlscheck("show", "Benadryl")
    assert done.returncode == 1
    assert b"country" in done.stdout
    assert b"diphenhydramine" in done.stdout
    assert json.loads(text_of("show", "Benadryl", "--format", "json"))["choices"]


def test_show_says_when_it_knows_nothing() -> None:
    done = rlscheck("show", "qwzkvjx")
    assert done.returncode == 1
    assert b"not known here" in done.stderr
    assert done.stdout == b""


def test_show_marks_products_that_nobody_verified() -> None:
    assert not all(product.verified for product in database().products("metoclopramide"))
    assert "unverified" in text_of("show", "metoclopramide")


def test_show_in_json_has_the_grounds() -> None:
    made = json.loads(text_of("show", "pramipexole", "--format", "json"))
    assert made["effect"] == "augments"
    assert made["treatments"][0]["guidelines_differ"] is True
    assert set(made["sources"]) <= set(made["cited"])
    for each in made["interactions"]:
        assert set(each["sources"]) <= set(made["cited"])
        assert each["sources"]


def test_list_filters() -> None:
    def rows(*arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(text_of("list", "--format", "csv", *arguments), newline="")))

    worst = rows("--effect", "worsens", "--risk", "high")
    assert worst
    assert all((row["effect"], row["risk"]) == ("worsens", "high") for row in worst)
    assert {"citalopram", "sertraline"} <= {row["name"] for row in rows("--class", "ssri")}
    assert {"pramipexole", "gabapentin"} <= {row["name"] for row in rows("--treatments")}
    assert all(row["evidence"] == "guideline" for row in rows("--evidence", "guideline"))
    assert all(row["effect"] != "not assessed" for row in rows())
    assert all(row["effect"] == "not assessed" for row in rows("--effect", "not-listed"))
    assert all(row["sources"] or "inferred" in row["basis"] for row in rows())
    assert json.loads(text_of("list", "--format", "json", "metoclopramide"))[0]["name"] == "metoclopramide"
    assert max(map(len, text_of("list", "--all").splitlines())) <= 80


def test_sources_say_how_much_rests_on_them() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("sources", "--format", "csv"), newline="")))
    assert len(rows) == len(database().sources())
    assert all(row["citation"] and row["kind"] and row["reliability"] for row in rows)
    most = max(rows, key=lambda row: int(row["statements"]))
    assert f"{most['statements']} statements" in " ".join(text_of("sources", most["id"]).split())
    assert "second-hand" in text_of("sources", "--reliability", "secondary")


def test_db_tells_where_it_is_and_that_it_is_whole() -> None:
    text = text_of("db", "info")
    assert built() in text
    assert database().meta["data_version"] in text
    done = rlscheck("db", "verify")
    assert done.returncode == 0
    assert b"no fault found" in done.stdout


def test_db_exports_and_imports(tmp_path: Path) -> None:
    folder, path = tmp_path / "data", copied(tmp_path / "own.sqlite")
    env = {"RLSCHECK_DB": path}
    assert rlscheck("db", "export", str(folder), env=env).returncode == 0
    assert (folder / "substances.csv").exists()
    assert rlscheck("db", "export", str(folder), env=env).returncode == 2  # it does not write over them
    rows = (folder / "substances.csv").read_text(encoding="utf-8")
    (folder / "substances.csv").write_text(rows.replace("worsens", "worsen", 1), encoding="utf-8")
    done = rlscheck("db", "import", str(folder), env=env)
    assert done.returncode == 2
    assert b"substances.csv:" in done.stderr
    (folder / "substances.csv").write_text(rows, encoding="utf-8")
    assert rlscheck("db", "import", str(folder), env=env).returncode == 0
    assert rlscheck("check", "-e", "metformin", env=env).returncode == 0
    assert rlscheck("db", "build", env=env).returncode == 0


def test_the_library_checks_too() -> None:
    import checker

    report = checker.check("Reglan, metformin", "US", database())
    assert [finding.concern for finding in report.findings] == ["worsens", "not-listed"]


def test_importing_the_library_imports_nothing() -> None:
    code = "import sys; before = set(sys.modules); import checker; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env={"PYTHONPATH": str(ROOT)}, check=True)
    assert done.stdout.decode().strip() in ("['__future__', 'checker']", "['checker']")
