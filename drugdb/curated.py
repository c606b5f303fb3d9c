"""Read the curated CSV files: rows with the line they stand on, nothing judged yet."""

from __future__ import annotations

import csv
import os
from typing import NamedTuple

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "curated")


class Row(NamedTuple):
    """A row of a file. ``line`` is the 1-based line in the file where the row begins."""

    line: int
    values: dict[str, str]

    def many(self, column: str) -> tuple[str, ...]:
        """The entries of a field that holds a list, in its order."""
        value = self.values[column]
        return tuple(value.split("|")) if value else ()


class Problem(NamedTuple):
    """Something wrong in a file: ``file:line: what is wrong, what to do``."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class Curated(NamedTuple):
    """All curated files. ``tables`` maps a file's stem to its rows, ``columns`` to its header."""

    folder: str
    tables: dict[str, list[Row]]
    columns: dict[str, list[str]]
    problems: tuple[Problem, ...]


def files(folder: str = FOLDER) -> list[str]:
    """Return the paths of the CSV files in ``folder``, in a stable order."""
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".csv"))


def read(folder: str = FOLDER) -> Curated:
    """Read every CSV file in ``folder``.

    Rows with too many or too few fields, and files that are not UTF-8, become problems rather than
    exceptions, so that one run reports everything that is wrong.

    Raises:
        OSError: the folder cannot be read.
    """
    tables: dict[str, list[Row]] = {}
    columns: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for path in files(folder):
        name = os.path.basename(path)
        stem = name.removesuffix(".csv")
        tables[stem] = []
        columns[stem] = []
        try:
            with open(path, encoding="utf-8-sig", newline="") as handle:
                reader = csv.reader(handle, strict=True)
                header = next(reader, [])
                columns[stem] = header
                before = reader.line_num
                for fields in reader:
                    line, before = before + 1, reader.line_num
                    if not fields:
                        problems.append(Problem(name, line, "empty line; delete it"))
                    elif len(fields) != len(header):
                        text = f"{len(fields)} fields where the header has {len(header)}; check quotes and commas"
                        problems.append(Problem(name, line, text))
                    else:
                        tables[stem].append(Row(line, dict(zip(header, fields, strict=True))))
        except UnicodeDecodeError as error:
            problems.append(Problem(name, 1, f"not UTF-8 ({error.reason} at byte {error.start}); save it as UTF-8"))
        except csv.Error as error:
            problems.append(Problem(name, reader.line_num, f"not valid CSV ({error}); check the quotes"))
    return Curated(folder, tables, columns, tuple(problems))
