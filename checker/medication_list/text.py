"""Bytes to text, without losing anything."""

from __future__ import annotations

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LONE = range(0xDC80, 0xDD00)  # what "surrogateescape" makes of a byte that is no UTF-8
_FEW = 0.2  # of the characters beyond ASCII, up to which bytes that are no UTF-8 are taken for slips


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 or UTF-32 with its mark, else Windows-1252. Never fails.

    A UTF-8 file with a few bytes that are none, as pieces of other files pasted into it leave them, stays
    UTF-8; those bytes are read as Windows-1252.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[1:400:2] and b"\x00" not in data[0:400:2]:
        return data.decode("utf-16-le", "replace")
    if b"\x00" in data[0:400:2] and b"\x00" not in data[1:400:2]:
        return data.decode("utf-16-be", "replace")
    text = data.decode("utf-8-sig", "surrogateescape")
    beyond = [char for char in text if char > "\x7f"]
    if sum(ord(char) in _LONE for char in beyond) > _FEW * len(beyond):
        return "".join(map(_western, data)) if _undefined(data) else data.decode("cp1252")
    return "".join([_western(ord(char) - 0xDC00) if ord(char) in _LONE else char for char in text])


def _undefined(data: bytes) -> bool:
    """Whether there are bytes that Windows-1252 has no character for."""
    return any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
