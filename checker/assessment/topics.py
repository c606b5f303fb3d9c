"""What a rule says, roughly: enough to tell whether two rules say the same thing of the same medicines.

The rules are sentences. Each is reduced to the topics that its words belong to, so that a broad rule
("sleepiness, falls") is folded into a more exact one ("deep sedation, slowed breathing") and a rule on
something else stays. A rule without any known word shares its topic with none.
"""

from __future__ import annotations

from functools import lru_cache

from drugdb.records import CountRule, Rule

LEGS = frozenset(("legs",))
_TOPICS = {
    "sedation": ("sedat", "sleep", "drows", "driv", "falls", "confus", "coma", "night walking", "memory"),
    "breathing": ("breath",),
    "legs": ("rls", "legs", "leg movements", "worse night"),
    "serotonin": ("serotonin syndrome",),
    "fits": ("fits", "seizure"),
    "heart rhythm": ("qt interval", "longer qt", "heart rhythm", "slow pulse", "fast pulse"),
    "low pressure": ("faint", "fall of blood pressure", "low blood pressure", "lower blood pressure"),
    "high pressure": ("high blood pressure", "blood pressure peaks", "rise of blood pressure", "blood pressure rises"),
    "pressure crisis": ("crisis",),
    "bleeding": ("bleed", "clot"),
    "gut": ("constipation", "bowel"),
    "bladder": ("urine",),
    "withdrawal": ("withdrawal",),
    "weaker": ("works less", "weakens", "cancels", "lose effect", "no effect", "less effect", "less relief", "fade",
               "less pain relief", "does not work", "fails", "less of both", "works later", "less iron"),
    "stronger": ("higher", "toxic", "more effect", "levels rise", "jumps", "builds up"),
}  # fmt: skip


def said_by(rule: Rule | CountRule) -> frozenset[str]:
    """Return the topics of everything that a rule says."""
    return _topics(f"{rule.mechanism}; {rule.effect}")


def warned_of_by(rule: Rule | CountRule) -> frozenset[str]:
    """Return the topics of what a rule says may happen; its id alone when no word is known."""
    return _topics(rule.effect) or said_by(rule) or frozenset((rule.id,))


@lru_cache(maxsize=2048)
def _topics(text: str) -> frozenset[str]:
    text = text.lower()
    return frozenset(topic for topic, words in _TOPICS.items() if any(word in text for word in words))
