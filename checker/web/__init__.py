"""The page: one form, a result, monographs and the paper to print. All of it works without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app(database: str | None = None) -> Flask:
    """Return the WSGI application, for waitress or gunicorn (``gunicorn 'checker.web:create_app()'``).

    Args:
        database: the path of a database; None for the usual one.

    Raises:
        drugdb.identity.DatabaseError: there is no usable database.
    """
    from checker.web.app import make

    return make(database)


__all__ = ["create_app"]
