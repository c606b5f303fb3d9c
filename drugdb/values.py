"""``NamedTuple`` that costs next to nothing to define.

The values of this project are named tuples, some forty kinds of them. ``typing.NamedTuple`` compiles code for each
and needs ``typing``, which together take a third of the time of a short check. This one behaves the same where
it matters: fields in order, defaults, keywords, ``_replace``, ``_make``, ``_asdict``, equality and hash of a tuple.
Type checkers see ``typing.NamedTuple`` itself.
"""

from __future__ import annotations

import sys

__all__ = ["TYPE_CHECKING", "NamedTuple"]

TYPE_CHECKING = False  # what type checkers take for true; typing's own is dear for the same reason

if TYPE_CHECKING or sys.version_info >= (3, 14):  # from 3.14 on, annotations are no longer in the namespace
    from typing import NamedTuple
else:
    from operator import itemgetter

    _new = tuple.__new__

    class _Kind(type):
        """Makes a class of named tuples from its annotations."""

        def __new__(cls, name, bases, namespace):
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            if defaults and fields[-len(defaults) :] != tuple(defaults):
                raise TypeError(f"{name}: a field without a default follows one with a default")
            for place, field in enumerate(fields):
                namespace[field] = _field(place)
            namespace["__slots__"] = ()
            namespace["_fields"] = namespace["__match_args__"] = fields
            namespace["_field_defaults"] = defaults
            namespace["_defaults"] = tuple(defaults.values())
            return super().__new__(cls, name, bases, namespace)

    try:
        from _collections import _tuplegetter

        def _field(place):
            return _tuplegetter(place, None)

    except ImportError:  # another Python than CPython

        def _field(place):
            return property(itemgetter(place))

    class NamedTuple(tuple, metaclass=_Kind):
        """A tuple with names for its places; see ``typing.NamedTuple``."""

        def __new__(cls, *values, **named):
            fields = cls._fields
            missing = len(fields) - len(values)
            if not missing and not named:
                return _new(cls, values)
            if named:
                filled = {**cls._field_defaults, **dict(zip(fields, values, strict=False)), **named}
                twice = named.keys() & set(fields[: len(values)])
                if missing < 0 or twice or filled.keys() != set(fields):
                    raise TypeError(f"{cls.__name__} takes {', '.join(fields)}")
                return _new(cls, [filled[field] for field in fields])
            if missing < 0 or missing > len(cls._defaults):
                raise TypeError(f"{cls.__name__} takes {', '.join(fields)}")
            return _new(cls, values + cls._defaults[len(cls._defaults) - missing :])

        @classmethod
        def _make(cls, values):
            made = _new(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, got {len(made)}")
            return made

        def _replace(self, **named):
            made = self._make([named.pop(field, value) for field, value in zip(self._fields, self, strict=True)])
            if named:
                raise ValueError(f"{type(self).__name__} has no {', '.join(named)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            told = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({told})"

        def __getnewargs__(self):
            return tuple(self)
