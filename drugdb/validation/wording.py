"""Find wording that tells someone to stop a medicine.

Nothing of ours may: a sudden end can harm, and it is the prescriber's to decide. The rule reads English
as it is written in advice. It knows an order ("stop taking it", "Discontinue metoclopramide.") and a
demand ("must be stopped"), and lets pass what warns ("do not stop"), asks ("ask whether it can be
stopped") or tells ("stopping suddenly can strain the heart").
"""

from __future__ import annotations

import re

_VERB = (
    r"(?:stop|quit|cease|discontinue|halt|abandon|come\s+off|get\s+off|go\s+off|drop|give\s+up|throw\s+(?:away|out))"
)
_DONE = r"(?:stopped|quit|ceased|discontinued|halted|withdrawn|dropped|given\s+up|thrown\s+away)"
_OBJECT = (
    r"(?:taking|using|your|this|the|it|its|these|those|them|that|any|all|every|both|such|for\s+good|immediately|"
    r"at\s+once|now|straight\s+away|right\s+away|today|altogether|completely)"
)
_MUST = r"(?:should|must|shall|ought\s+to|needs?\s+to|has\s+to|have\s+to|had\s+better|is\s+to|are\s+to)"

_ORDERS = (
    # "stop taking it", anywhere in a sentence
    re.compile(rf"\b{_VERB}\s+{_OBJECT}\b", re.IGNORECASE),
    # a sentence that begins with the order, whatever it is about
    re.compile(
        r"(?:^|[.!?:;]\s+)(?:please\s+|then\s+|so\s+)?(?:stop|quit|cease|discontinue)\s+(?!(?:date|smoking)\b)\w+",
        re.IGNORECASE,
    ),
    # "should be stopped", "must stop"
    re.compile(rf"\b{_MUST}\s+(?:be\s+{_DONE}|{_VERB})\b", re.IGNORECASE),
)
# Right before the words found: a negation, or words that ask, warn or set a condition.
_EXCUSED = re.compile(
    r"(?:\bnot|n['’]t|\bnever|\bwithout|\bbefore(?:\s+you)?|\bif(?:\s+you)?|\bwhen(?:\s+you)?|\bunless|\bwhether"
    r"(?:\s+(?:it|you|this))?(?:\s+(?:can|may|could))?|\brather\s+than|\binstead\s+of|\bnobody|\bno\s+one|\bwant\s+to"
    r"|\bplan(?:s|ning)?\s+to)\s*(?:to\s+)?(?:just\s+|simply\s+|suddenly\s+|ever\s+)?$",
    re.IGNORECASE,
)


def tells_to_stop(text: str) -> str:
    """Return the words of ``text`` that tell someone to stop a medicine; empty when none do."""
    for order in _ORDERS:
        for found in order.finditer(text):
            words = found.group(0).lstrip(".!?:; ")
            start = found.end() - len(words)
            if not _EXCUSED.search(text[:start]) and not _NEGATED.search(words):
                return words
    return ""


_NEGATED = re.compile(r"\b(?:not|never)\b", re.IGNORECASE)
