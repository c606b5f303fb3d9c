"""rlscheck: a medication list in, every line accounted for, what worsens restless legs flagged."""

__version__ = "0.1.0"
