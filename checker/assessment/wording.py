"""The words that a report is put into. Language only: whatever is clinical comes from the database."""

from __future__ import annotations

from collections.abc import Iterable

from checker.report import FLAGGED, Candidate

EFFECTS = {
    "worsens": "worsens restless legs",
    "mixed": "reports go both ways",
    "augments": "helps at first, can worsen with long use",
    "neutral": "a source calls it acceptable",
    "relieves": "reported to relieve",
    "": "not assessed here",
}
RISKS = {"high": "high risk", "moderate": "moderate risk", "low": "low risk", "none": "no signal found"}
EVIDENCE = {
    "guideline": "a guideline or expert reference says so",
    "trial": "shown in a trial or systematic review",
    "observational": "seen in studies of many people",
    "case": "reported in single cases",
    "label": "listed in the product label",
    "class": "inferred from its class, no report of its own",
}
SEVERITIES = {
    "contraindicated": "not to be combined",
    "major": "serious",
    "moderate": "needs attention",
    "minor": "small",
}

_ASK_PLAIN = {
    "worsens": "This is reported to make restless legs worse. Ask your pharmacist or prescriber whether something "
    "else would suit you.",
    "mixed": "Reports on this go both ways. If your legs get worse, ask your pharmacist or prescriber about it.",
    "augments": "This helps at first but can make restless legs worse with long use. If your legs start earlier in "
    "the day, tell your prescriber.",
}
_ASK_TRIGGER = {
    "worsens": "This is reported to make restless legs worse. Watch whether your legs are better without it or with "
    "less of it.",
    "mixed": "Reports on this go both ways. Watch whether it makes a difference to your legs.",
}
NOT_ASSESSED = "No report on restless legs in this database. That is not the same as safe."
NOT_KNOWN_HERE = (
    "A medicine that this database knows by name only: neither its effect on restless legs nor its interactions "
    "were checked."
)
NOT_CURRENT = "Listed as not current ({reason}), so it is not flagged."
NOT_CURRENT_FLAGGED = (
    "Listed as not current ({reason}), so it is not flagged. Good to know all the same: {name} {effect}; tell "
    "whoever prescribes for you."
)
UNRECOGNISED = "This was not recognised, so nothing could be checked."
ASK_UNRECOGNISED = "What is it? Check the spelling on the pack, or ask your pharmacist."
ASK_CLASS = "Which one is it? This names a whole class, and its members can differ: write the name on the pack."
_ASK_AMBIGUOUS = {
    "spelling": "Which one is meant? Check the spelling on the pack.",
    "market": "In which country was it bought? The name stands for different medicines.",
    "pack": "Which ingredient does the pack name? The name is sold with different contents.",
    "variant": "Which product of this name is it? Their contents differ.",
}

CAUTION = "Do not stop or change it on your own: ask the person who prescribed it, or your pharmacist, first."
CAUTION_ABRUPT = "Do not stop or change it on your own: {reason}."
CAUTION_TRIGGER = "This is no medicine. If you wish to change it, do so bit by bit; ask your pharmacist if unsure."
CAUTION_TRIGGER_ABRUPT = "Do not stop suddenly or on your own: {reason}."
CAUTION_UNCLEAR = "Do not stop or change anything because of this list; find out first which medicine it is."

LIMITS = (
    "What is not flagged is not proven safe: it means only that this database (version {version}, reviewed "
    "{reviewed}) holds no report of it. It does not know your illnesses or doses, and it does not replace the "
    "advice of your pharmacist or doctor."
)
INTERACTION_CAUTION = (
    "Do not stop or change any of these on your own: show this to your pharmacist or the person who prescribed them."
)


def advice(effect: str, *, trigger: bool = False) -> str:
    """Return what to ask where the database has no words of its own for the person."""
    return (_ASK_TRIGGER if trigger else _ASK_PLAIN).get(effect, "")


def effect_and_risk(effect: str, risk: str) -> str:
    """Return an effect with its risk, such as ``worsens restless legs (high risk)``."""
    words = EFFECTS.get(effect, EFFECTS[""])
    return f"{words} ({RISKS[risk]})" if effect in FLAGGED and risk in RISKS else words


def names(texts: Iterable[str], last: str = "or") -> str:
    """Return names as a sentence lists them: ``a, b or c``."""
    *most, end = texts
    return f"{', '.join(most)} {last} {end}" if most else end


def candidate(choice: Candidate) -> str:
    """Return a candidate with its substances and markets, as in ``Name (substance; US, CA)``."""
    told = []
    if choice.substances and choice.substances != (choice.name,):
        told.append(" + ".join(choice.substances))
    if choice.kind == "class":
        told.append("a class")
    if choice.market:
        told.append(", ".join(choice.market.split()))
    return f"{choice.name} ({'; '.join(told)})" if told else choice.name


def ask_which(doubt: str) -> str:
    """Return the question that settles an ambiguous entry; its candidates are told beside it."""
    return _ASK_AMBIGUOUS.get(doubt, _ASK_AMBIGUOUS["spelling"])


def sentence(text: str) -> str:
    """Return a text with a capital first letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
