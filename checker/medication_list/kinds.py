"""The kinds of words that lists are made of, as ``words.csv`` names them, and sets of them.

A file of words knows more kinds than an entry shows: which words make headings, which say that a
medicine is not taken. Outside this package a word has one of the kinds that ``checker.report.Word`` names.
"""

from __future__ import annotations

NAME = "name"
NUMBER = "number"
STRENGTH = "strength"
FORM = "form"
SIG = "sig"
RELEASE = "release"
SALT = "salt"
MAKER = "maker"
VARIANT = "variant"
REASON = "reason"
FILLER = "filler"
JOINER = "joiner"

# Kinds of the file that become another kind in an entry: always, or unless their neighbours say otherwise
# (checker.medication_list.context).
SHOWN = {
    "take": SIG,  # takes, taking: says what is taken, or not taken
    "after": SIG,
    "look": FILLER,  # white, small, round: part of what a person calls a medicine
    "det": FILLER,  # the, my, any
    "to": FILLER,
    "or": FILLER,
    "not": FILLER,
    "maybe": FILLER,  # if, when, should: takes its force from "stopped"
    "but": FILLER,  # ends what a "stopped" reaches
    "now": FILLER,
    "again": FILLER,  # restarted: undoes a "stopped"
    "start": FILLER,
    "stopped": FILLER,
    "stop": FILLER,  # the order, at the beginning of what it is about
    "stopping": FILLER,  # counts after "after" only
    "allergy": FILLER,
    "refused": FILLER,
    "not-taken": FILLER,  # does not take: a fact, or an order about something else
    "past": FILLER,
    "replaced": FILLER,  # switched to: what stands before it is past
    "relative": FILLER,
    "none": FILLER,
    "heading": FILLER,
    "heading-item": FILLER,  # vitamins: a heading, or an item
    "allergies": FILLER,
    "former": FILLER,
    "topic": FILLER,  # heads what is no medicine: history, vital signs
    "label": FILLER,  # dose, frequency: heads a column or a line of details
    "label-name": FILLER,
    "label-reason": FILLER,
    "label-other": FILLER,
    "note": FILLER,
    "note-release": FILLER,  # dr: a doctor, or delayed release
    "maker-prefix": NAME,  # a maker before a hyphen only
    "maker-capital": FILLER,  # a maker in capitals only
    "variant-sig": SIG,  # night: a variant after a name
    "variant-reason": REASON,  # cold: a variant after a name
}

# Signs. The kind of a sign in a line is one of these, so that it can be asked for like a word's.
COMMA = ","
SEMICOLON = ";"
COLON = ":"
STOP = "."
ASKS = "?"
BULLET = "•"
DASH = "-"
BAR = "|"
OPENS = "("
CLOSES = ")"
QUOTE = '"'
OTHER = "*"
SIGNS = frozenset((COMMA, SEMICOLON, COLON, STOP, ASKS, BULLET, DASH, BAR, OPENS, CLOSES, QUOTE, OTHER, "/", "+", "&"))
_SAME = {
    COMMA: ",，、،‚",
    SEMICOLON: ";；؛",
    COLON: ":：",
    STOP: ".。",
    ASKS: "?？!！¿¡",
    BULLET: "•·▪▫◦‣●○■□☐☑☒✓✔✗✘✅❌➤►▶▸◆◇★☆⁃∙⚫⬤※\uf0b7\uf0a7\uf0d8\uf076\uf02d",
    DASH: "-‐‑‒–—―−－",
    BAR: "|¦｜",
    OPENS: "([{（［",
    CLOSES: ")]}）］",
    QUOTE: '"“”„«»‟＂',
    "/": "/⁄／",
    "+": "+＋",
    "&": "&＆",
}
KIND_OF_SIGN = {sign: kind for kind, signs in _SAME.items() for sign in signs} | dict.fromkeys("%％‰", STRENGTH)
SHOWN |= dict.fromkeys(SIGNS, FILLER) | {DASH: JOINER, "/": JOINER, "+": JOINER, "&": JOINER}

CUES = frozenset(("stopped", "stop", "stopping", "allergy", "refused", "not-taken", "past", "replaced", "relative"))
REASONS = frozenset((REASON, "variant-reason"))
HEADS = frozenset(("heading", "topic", "allergies", "former"))
LABELS = frozenset(("label", "label-name", "label-reason", "label-other"))
# What may stand in a heading beside the word that makes it one.
IN_HEADING = frozenset(
    (
        *HEADS, *LABELS, *CUES, *REASONS, FILLER, JOINER, SIG, FORM, VARIANT, "variant-sig", "take", "after",
        "heading-item", "look", "det", "to", "or", "not", "maybe", "now", "again", "start", NUMBER,
        DASH, "/", "&", "+", OPENS, CLOSES, OTHER, QUOTE,
    )
)  # fmt: skip
# What an entry needs to be about a medicine at all; without any of it a line is a note.
SUBSTANCE = frozenset((NAME, SALT, FORM, VARIANT, "variant-reason", REASON, "look", "heading-item"))
# Kinds that show directions for use.
DIRECTIONS = frozenset((SIG, STRENGTH, "take", "after"))
