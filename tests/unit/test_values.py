"""Our named tuples behave as those of typing do."""

from __future__ import annotations

import copy
import pickle
import typing
from typing import Any

import pytest

from drugdb import values


class Ours(values.NamedTuple):
    name: str
    size: int
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name}:{self.size}"


class Theirs(typing.NamedTuple):
    name: str
    size: int
    note: str = ""
    tags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name}:{self.size}"


CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("a", 1), {}),
    (("a", 1, "n"), {}),
    (("a", 1, "n", ("t",)), {}),
    (("a",), {"size": 2}),
    ((), {"name": "a", "size": 2, "tags": ("x",)}),
    (("a", 1), {"tags": ("x",)}),
]


@pytest.mark.parametrize(("args", "named"), CALLS)
def test_they_are_made_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*args, **named), Theirs(*args, **named)
    assert tuple(ours) == tuple(theirs)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert ours._asdict() == theirs._asdict()
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.name, ours.size, ours.note, ours.tags, ours.label) == (
        theirs.name, theirs.size, theirs.note, theirs.tags, theirs.label,
    )  # fmt: skip
    assert tuple(ours._replace(size=9)) == tuple(theirs._replace(size=9))


@pytest.mark.parametrize(
    ("args", "named"),
    [
        ((), {}),
        (("a",), {}),
        (("a", 1, "n", (), 5), {}),
        (("a", 1), {"size": 2}),
        (("a", 1), {"colour": 2}),
        ((), {"name": "a"}),
    ],
)
def test_they_refuse_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind(*args, **named)


def test_they_take_as_many_values_as_they_have_fields() -> None:
    for kind in (Ours, Theirs):
        assert tuple(kind._make(["a", 1, "n", ()])) == ("a", 1, "n", ())
        with pytest.raises(TypeError):
            kind._make(["a"])
        with pytest.raises(ValueError, match="colour"):
            kind("a", 1)._replace(colour=1)  # type: ignore[call-arg]


def test_they_can_be_copied_and_sent() -> None:
    ours = Ours("a", 1)
    assert copy.deepcopy(ours) == ours
    sent = pickle.loads(pickle.dumps(ours))
    assert (sent, type(sent)) == (ours, Ours)


def test_they_do_not_change() -> None:
    with pytest.raises(AttributeError):
        Ours("a", 1).size = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Ours("a", 1).colour = 2  # type: ignore[attr-defined]


def test_they_match_by_place() -> None:
    match Ours("a", 1):
        case Ours(name, size):
            assert (name, size) == ("a", 1)


def test_a_field_without_default_does_not_follow_one_with() -> None:
    with pytest.raises(TypeError):

        class Wrong(values.NamedTuple):
            name: str = ""
            size: int  # type: ignore[misc]
