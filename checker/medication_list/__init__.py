"""Text to entries: whatever was pasted comes back, in order, in its own words."""

from checker.medication_list.reader import LimitError, read
from checker.medication_list.text import decode

__all__ = ["LimitError", "decode", "read"]
