"""Which words tell someone to stop a medicine, and which only warn, ask or tell."""

import pytest

from drugdb.validation.wording import tells_to_stop


@pytest.mark.parametrize(
    "text",
    [
        "Stop taking it.",
        "Your legs are worse: stop the tablets and rest.",
        "You should stop this medicine.",
        "It must be stopped.",
        "The patch has to be withdrawn.",
        "Discontinue metoclopramide.",
        "Avoid alcohol. Discontinue metoclopramide at once.",
        "Come off it slowly.",
        "Quit it today.",
        "Please stop now.",
        "Ask your doctor to stop the drug.",
        "Throw away the tablets; give up using them.",
        "STOP TAKING THIS",
        "Better to cease using\tthem",
    ],
)
def test_an_order_to_stop_is_found(text: str) -> None:
    assert tells_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Do not stop taking it on your own.",
        "Never stop it suddenly.",
        "Don't stop the tablets suddenly.",
        "Don’t just stop the tablets.",
        "Before you stop it, ask the prescriber.",
        "If you stop taking it, the legs may get worse.",
        "Ask whether it can be stopped.",
        "without stopping the treatment",
        "It must not be stopped suddenly.",
        "stopping suddenly can strain the heart and raise blood pressure",
        "stopping smoking",
        "Stop smoking with help.",
        "sudden opioid stop",
        "Taper instead of stopping.",
        "dependence, taper instead of stopping",
        "The study was stopped early.",
        "Marked discontinued in the FDA file of 2017",
        "Ask about a non-drowsy allergy medicine instead.",
    ],
)
def test_what_warns_asks_or_tells_passes(text: str) -> None:
    assert tells_to_stop(text) == ""
