"""Entry to match: exact, corrected, ambiguous or unrecognised, and never a silent guess."""

from checker.matching.matcher import Matcher

__all__ = ["Matcher"]
