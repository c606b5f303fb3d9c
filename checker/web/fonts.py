"""Where a font is that carries accents and Cyrillic. None is shipped: Debian's fonts or the system's are used."""

from __future__ import annotations

import functools
import os
import subprocess

_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/dejavu",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/noto",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:\\Windows\\Fonts",
)
_FACES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
)


class NoFontError(RuntimeError):
    """No font with accents and Cyrillic was found on this system."""


@functools.cache
def find() -> tuple[str, str]:
    """Return the paths of a regular and a bold font.

    Raises:
        NoFontError: there is none.
    """
    for regular, bold in _FACES:
        for folder in _FOLDERS:
            paths = os.path.join(folder, regular), os.path.join(folder, bold)
            if all(map(os.path.isfile, paths)):
                return paths
    known = {os.path.basename(path): path for path in _listed()}
    for regular, bold in _FACES:
        if regular in known and bold in known:
            return known[regular], known[bold]
    raise NoFontError("no font with accents and Cyrillic was found; install one, such as fonts-dejavu-core")


def _listed() -> list[str]:
    """Ask fontconfig for all font files; nothing when it is not there."""
    try:
        done = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return []
    return [line.strip().rstrip(":") for line in done.stdout.splitlines()]
