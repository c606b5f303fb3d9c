"""Bytes to text, and text to lines, without losing anything."""

from __future__ import annotations


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else Windows-1252. Never fails."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
