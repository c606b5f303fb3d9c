"""The short way for a plain check: its arguments are read without argparse, whose import costs more than the check.

Whatever is not plain (an abbreviation, an error, a call for help) goes the usual way and is read there.
"""

from __future__ import annotations

from checker.cli.checking import Settings, normal_market, run

_WITH_VALUE = {"-e": "text", "--entry": "text", "--market": "market"}


def quick_check(arguments: list[str]) -> int | None:
    """Run ``rlscheck check`` when its arguments are plain; return None when they are not."""
    settings = plain_settings(arguments)
    return None if settings is None else run(settings)


def plain_settings(arguments: list[str]) -> Settings | None:
    """Return what plain arguments ask for, the same as the parser would; None when they are not plain."""
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
            if _WITH_VALUE[argument] == "text":
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
