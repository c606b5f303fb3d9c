"""The short way for plain commands: their arguments are read without argparse, whose import costs more than a check.

Whatever is not plain (another format, an error, a call for help) goes the usual way and is read there.
"""

from __future__ import annotations

from collections.abc import Callable

from checker.cli.checking import Settings, normal_market

_TEXT, _MARKET = "text", "market"
_WITH_VALUE = {"-e": _TEXT, "--entry": _TEXT, "--market": _MARKET}


def quick(arguments: list[str]) -> Callable[[], int] | None:
    """Return what runs a plain command; None when it is not plain."""
    name = arguments[0] if arguments else ""
    found = plain_settings(arguments[1:]) if name in ("check", "match") else None
    if found is None:
        return None
    settings = found
    if name == "check":
        from checker.cli import checking

        return lambda: checking.run(settings)
    if settings.texts or settings.exit_zero:
        return None
    from checker.cli import answering

    return lambda: answering.run(settings.file, settings.market)


def plain_settings(arguments: list[str]) -> Settings | None:
    """Return what plain arguments of a check ask for, the same as the parser would; None when they are not plain."""
    texts: list[str] = []
    file = None
    market = ""
    exit_zero = False
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _WITH_VALUE:
            value = next(waiting, "-")
            if value.startswith("-"):
                return None
            if _WITH_VALUE[argument] == _TEXT:
                texts.append(value)
            else:
                market = normal_market(value)
        elif argument == "--exit-zero":
            exit_zero = True
        elif file is None and (argument == "-" or not argument.startswith("-")):
            file = argument
        else:
            return None
    if texts and file is not None:
        return None
    return Settings(file, texts, market, "text", "", False, exit_zero)
