"""Matches to report: what each entry means for restless legs, what clashes, and what to ask instead."""

from checker.assessment.assess import assess

__all__ = ["assess"]
