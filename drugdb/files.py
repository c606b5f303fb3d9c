"""Write a file whole or not at all, and one process at a time."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator

from drugdb.identity import DatabaseError

_WAIT = 120.0  # seconds that a second process waits for the first
_PAUSE = 0.02


def _try_lock(descriptor: int) -> bool:
    """Take the lock if nobody has it. The system gives it back when the process ends, however it ends.

    Raises:
        OSError: the file system knows no locks.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return _try_lock_windows(descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _try_lock_windows(descriptor: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def lock(path: str, wait: float = _WAIT) -> Iterator[bool]:
    """Hold the lock of ``path`` (a file beside it, left there: removing it would race with the next).

    Yields:
        True when the lock is held; False where the file system knows no locks.

    Raises:
        DatabaseError: another process held it for the whole ``wait``.
        OSError: the lock file cannot be made.
    """
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + wait
        held = True
        while True:
            try:
                if _try_lock(descriptor):
                    break
            except OSError:
                held = False
                break
            if time.monotonic() > until:
                raise DatabaseError(
                    f"{path}: another process has been building the database for {wait:.0f} seconds. "
                    "Try again; if it stays so, set RLSCHECK_DB to another path."
                )
            time.sleep(_PAUSE)
        yield held
    finally:
        os.close(descriptor)


def write_whole(path: str, write: Callable[[str], None], *, alone: bool = True) -> None:
    """Let ``write`` make a file and put it in the place of ``path`` in one step.

    The new file is made beside ``path``, brought to the disk, and renamed; a process killed on the way
    leaves the old file, or none. What it leaves half done is removed by the next one.

    Args:
        path: the file to make.
        write: gets the path of the temporary file, which does not exist yet.
        alone: True when the caller holds the lock; else the temporary name is this process's own.

    Raises:
        OSError: the folder cannot be written, or the disk is full.
    """
    temporary = f"{path}.building" if alone else f"{path}.building-{os.getpid()}"
    _remove(temporary)
    try:
        write(temporary)
        _to_disk(temporary)
        os.replace(temporary, path)
    except BaseException:
        _remove(temporary)
        raise
    with contextlib.suppress(OSError):  # some systems have no way to do this for a folder
        _to_disk(os.path.dirname(path) or ".")


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)


def _to_disk(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
