"""The arguments of all commands, and their help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from checker.cli import COMMANDS, OK

_Run = Callable[[argparse.Namespace], int]

_USAGE = """\
  rlscheck check list.txt              check a list
  rlscheck check -e "coffee, red wine" check what is given here
  rlscheck show coffee                 all that is known of it

A check ends with 0 when nothing was found, 1 when something is flagged, unclear
or not recognised, 2 on an error. It is no medical advice: never stop a medicine
on your own."""
_MODULES = {"list": "listing"}


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help in 80 columns at most, examples as they are written."""

    def __init__(self, prog: str) -> None:
        import shutil

        super().__init__(prog, max_help_position=30, width=min(80, shutil.get_terminal_size().columns))


def parse(arguments: list[str]) -> tuple[_Run, argparse.Namespace]:
    """Return the function that runs a command, and its options. Ends the process on help and on errors."""
    name = arguments[0] if arguments else ""
    if name in COMMANDS:
        run, parser = command(name)
        return run, parser.parse_args(arguments[1:])
    parser = top()
    if not arguments:
        parser.print_help(sys.stderr)
        parser.exit(2)
    parser.parse_args(arguments)
    return lambda _: OK, argparse.Namespace()


def command(name: str) -> tuple[_Run, argparse.ArgumentParser]:
    """Return the function that runs a command, and the parser of its arguments."""
    module = import_module(f"checker.cli.{_MODULES.get(name, name)}")
    parser = argparse.ArgumentParser(
        f"rlscheck {name}",
        description=module.DESCRIPTION,
        epilog=f"examples:\n{module.EXAMPLES}" if module.EXAMPLES else None,
        formatter_class=_Help,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    run: _Run = module.run
    return run, parser


def top() -> argparse.ArgumentParser:
    """Return the parser for ``rlscheck`` itself."""
    from checker import __version__

    parser = argparse.ArgumentParser(
        "rlscheck",
        usage="rlscheck COMMAND [OPTIONS]",
        description="Checks a medication list for what is reported to worsen restless legs syndrome,\n"
        "and for clashes with its treatment; says how sure that is and who says so.",
        epilog=f"commands:\n{_commands()}\n\n'rlscheck COMMAND --help' tells more of each.\n\nexamples:\n{_USAGE}",
        formatter_class=_Help,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"rlscheck {__version__}")
    parser.add_argument("command", choices=tuple(COMMANDS), metavar="COMMAND", help=argparse.SUPPRESS)
    return parser


def _commands() -> str:
    return "\n".join(f"  {name:10}{text}" for name, text in COMMANDS.items())
