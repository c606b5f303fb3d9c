"""One line, or a few: which entries it is read into, what is current, what each word is."""

from __future__ import annotations

import pytest

from checker.medication_list import LimitError, decode, read
from checker.report import HEADING, ITEM, NOTE, Entry
from drugdb.folding import fold
from tests.words import words


def entries(text: str) -> tuple[Entry, ...]:
    return read(text, words())


def texts(text: str) -> list[str]:
    return [entry.text for entry in entries(text)]


def kinds(text: str) -> list[tuple[str, str]]:
    (entry,) = entries(text)
    return [(word.text, word.kind) for word in entry.words]


def currency(text: str) -> list[tuple[str, str]]:
    return [(entry.text, entry.reason) for entry in entries(text) if entry.kind == ITEM]


# -- what stands on one line ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Zoloft", ["Zoloft"]),
        ("Zoloft, Benadryl", ["Zoloft", "Benadryl"]),
        ("Zoloft;Benadryl ; Reglan", ["Zoloft", "Benadryl", "Reglan"]),
        ("Zoloft，Benadryl；Reglan", ["Zoloft", "Benadryl", "Reglan"]),
        ("aspirin, Plavix, and Lipitor", ["aspirin", "Plavix", "and Lipitor"]),
        ("aspirin • Plavix • Lipitor", ["aspirin", "Plavix", "Lipitor"]),
        ("Zoloft50mg,Benadryl25mg", ["Zoloft50mg", "Benadryl25mg"]),
        # commas that part nothing
        ("Xanax 0,25 mg, Zoloft", ["Xanax 0,25 mg", "Zoloft"]),
        ("calcium 1,000 unit tablet", ["calcium 1,000 unit tablet"]),
        ("Zoloft (sertraline, generic) 50 mg", ["Zoloft (sertraline, generic) 50 mg"]),
        ('"Benadryl, the pink one" at night', ['"Benadryl, the pink one" at night']),
        ("Zoloft 50 mg, at night, for sleep, Ambien", ["Zoloft 50 mg, at night, for sleep", "Ambien"]),
        (
            "cholecalciferol, vitamin D3, 1,000 unit (25 mcg) tablet",
            ["cholecalciferol", "vitamin D3, 1,000 unit (25 mcg) tablet"],
        ),
        ("Zoloft 50 mg, daily, Dr. Jones", ["Zoloft 50 mg, daily, Dr. Jones"]),
        # a bracket that is never closed holds nothing together
        ("Zoloft (50 mg, Benadryl, Reglan", ["Zoloft (50 mg", "Benadryl", "Reglan"]),
        # dashes of a line as health services print it
        (
            "Amitriptyline 10mg tablets - One To Be Taken At Night - 28 tablet",
            ["Amitriptyline 10mg tablets - One To Be Taken At Night - 28 tablet"],
        ),
        # stops of abbreviations end no sentence, others do
        ("Artane 2 mg p.o. b.i.d., Haldol 5 mg p.o.", ["Artane 2 mg p.o. b.i.d.", "Haldol 5 mg p.o."]),
        ("St. John's wort", ["St. John's wort"]),
        ("Tab. Crocin 650 mg SOS", ["Tab. Crocin 650 mg SOS"]),
        ("Tramadol 100 mg ret. Tabl. 1-0-1", ["Tramadol 100 mg ret. Tabl. 1-0-1"]),
        ("Takes Zoloft daily. Also Benadryl.", ["Takes Zoloft daily.", "Also Benadryl."]),
        # names that hold what parts others
        ("carbidopa-levodopa 25/100", ["carbidopa-levodopa 25/100"]),
        ("paracetamol/codeine", ["paracetamol/codeine"]),
        ("a glass of wine, 3 cups of coffee", ["a glass of wine", "3 cups of coffee"]),
    ],
)  # fmt: skip
def test_a_line_is_parted_where_a_new_item_begins(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


@pytest.mark.parametrize(
    "mark",
    ["- ", "-", "* ", "*", "• ", "•", "– ", "1. ", "12) ", "(3) ", "1 - ", "[ ] ", "[x] ", "☐ ", "✓ ", "> ", "#3 ",
     "\t", "  ", "1. [x] ", "- - ", "2: "],
)  # fmt: skip
def test_marks_of_an_item_are_no_part_of_it(mark: str) -> None:
    assert texts(f"{mark}Zoloft 50 mg") == ["Zoloft 50 mg"]


@pytest.mark.parametrize(
    "line", ["5-HTP 100 mg", "25mg Benadryl", "2 Tylenol PM", "7-Keto", "1/2 tab Ambien", "½ Ambien"]
)
def test_a_number_that_is_no_numbering_stays(line: str) -> None:
    assert texts(line) == [line]


def test_numbered_items_on_one_line() -> None:
    assert texts("MEDICATIONS:,1.  Lortab 5/325 p.r.n.,2.  Aspirin 325 mg. 3. Plavix") == [
        "MEDICATIONS:",
        "Lortab 5/325 p.r.n.",
        "Aspirin 325 mg.",
        "Plavix",
    ]
    assert texts("(1) Zoloft (2) Benadryl") == ["Zoloft", "Benadryl"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\u2028", "\x0b", "\x85"])
def test_every_kind_of_line_end(end: str) -> None:
    assert texts(end.join(["Zoloft", "Benadryl", ""])) == ["Zoloft", "Benadryl"]


def test_entries_know_their_line_and_number() -> None:
    found = entries("Zoloft\n\nBenadryl, Reglan\n")
    assert [(entry.number, entry.line) for entry in found] == [(1, 1), (2, 3), (3, 3)]


# -- lines that belong together ------------------------------------------------------------------


@pytest.mark.parametrize(
    "details",
    [
        "Take 1 tablet by mouth daily",
        "Take 1 tablet (25 mg total) by mouth every 6 (six) hours as needed for mild pain.",
        "25 mg at night",
        "at bedtime as needed",
        "for sleep",
        "Commonly known as: TYLENOL",
        "Sig: one tablet daily",
        "2 puffs twice daily",
        "1 Tablette täglich",
        "1 comprimé le soir",
        "по 1 таблетке 2 раза в день",
        "30 tablets",
        "do not take with food",
    ],
)
def test_details_belong_to_the_item_above(details: str) -> None:
    assert texts(f"Zoloft\n  {details}\nReglan") == [f"Zoloft {details}", "Reglan"]


@pytest.mark.parametrize(
    "line",
    [
        "sleeping pill", "allergy tablets", "water pill", "sleep aid", "blood pressure drops", "2 sleeping pills at night",
        "one white tablet in the morning", "eye drops twice daily", "Take 2 Benadryl at bedtime", "take 1 Ambien",
        "1 tablet of Zoloft", "Two 200 mg ibuprofen", "nerve pills", "Inhaler", "my pain patch",
    ],
)  # fmt: skip
def test_what_names_a_medicine_is_an_item_of_its_own(line: str) -> None:
    assert texts(f"Zoloft 50 mg\n{line}") == ["Zoloft 50 mg", line]


def test_broken_lines_are_put_together() -> None:
    assert texts("Reglan (metoclopramide\n  10 mg) tid\nZoloft") == ["Reglan (metoclopramide 10 mg) tid", "Zoloft"]
    assert texts("amlodipine/\nvalsartan") == ["amlodipine/ valsartan"]


def test_directions_without_an_item_are_a_note() -> None:
    (entry,) = entries("Take 1 tablet by mouth daily")
    assert entry.kind == NOTE


def test_directions_do_not_grow_without_end() -> None:
    found = entries("Zoloft\n" + "take 1 tablet daily\n" * 1000)
    assert len(found[0].text) <= 2000
    assert sum(len(entry.text.split()) for entry in found) == 4001


# -- headings and notes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "Current medications:", "CURRENT MEDICATIONS", "Medications", "Home meds", "PRN meds", "Discharge Medications:",
        "My medications:", "Allergies:", "ALLERGIES", "Drug allergies", "Stopped:", "OTC:", "Over the counter", "Vitamins & Supplements", "For pain:", "Morning:", "At bedtime:",
        "Mrs Smith's medications:", "Psychiatric medications:", "MyChart Medication List", "START taking these medications",
        "STOP taking these medications", "Current Outpatient Medications on File Prior to Visit",
        "Aktuelle Medikation:", "Bedarfsmedikation", "Dauermedikation:", "Allergien:", "Abgesetzt:",
        "Traitement habituel :", "Allergies :", "Traitement arrêté :", "Ordonnance",
        "Medicación actual:", "Tratamiento habitual", "Alergias:", "Suspendido:",
        "Terapia in corso:", "Allergie:", "Farmaci sospesi:", "Принимает:", "Лекарства:", "Аллергия:",
    ],
)  # fmt: skip
def test_headings(heading: str) -> None:
    found = entries(f"{heading}\nZoloft")
    assert [entry.kind for entry in found] == [HEADING, ITEM]
    assert found[0].text == heading
    assert found[0].current
    assert found[1].section == heading.rstrip(" :")


@pytest.mark.parametrize(
    "heading",
    ["Past medical history", "PMH:", "Family history", "Vital signs:", "Diagnosen:", "Antécédents :", "Анамнез:"],
)
def test_under_headings_of_other_things_stand_notes(heading: str) -> None:
    assert [entry.kind for entry in entries(f"{heading}\ndepression\nMedications:\nZoloft")] == [
        HEADING,
        NOTE,
        HEADING,
        ITEM,
    ]


@pytest.mark.parametrize(
    "item",
    ["Zoloft: 50 mg", "pain medication", "allergy medicine", "blood pressure meds", "Vitamin D", "daily vitamins",
     "Preparation H", "Women's One A Day", "8:00 Zoloft"],
)  # fmt: skip
def test_what_is_no_heading(item: str) -> None:
    assert [entry.kind for entry in entries(item)] == [ITEM]


@pytest.mark.parametrize(
    "note",
    ["Refills: 3", "Qty: 30", "Printed on 12/03/2024", "Page 1 of 2", "BP 120/80", "Pharmacy: CVS 555-1234", "Dr. Smith",
     "Phone: 555-1234", "DOB: 01/02/1950", "12/03/2024", "-----", "***", "Insurance: Aetna", "Prescribed by: Smith, John",
     "No current medications", "Patient: Jane Doe", "Thank you!", "Seite 1 von 2", "geb. am: 12.03.1951", "|---|---|"],
)  # fmt: skip
def test_lines_about_something_else_are_notes(note: str) -> None:
    found = entries(f"{note}\nZoloft")
    assert [(entry.kind, entry.text) for entry in found] == [(NOTE, note), (ITEM, "Zoloft")]


@pytest.mark.parametrize(
    "line", ["Dr. Smith prescribed Zoloft 50 mg", "Patient is taking Zoloft", "Patient currently on: Zoloft"]
)
def test_notes_that_tell_of_a_medicine_are_items(line: str) -> None:
    assert [entry.kind for entry in entries(line)] == [ITEM]


def test_a_greeting_hides_nothing() -> None:
    found = entries("Hi, I take Zoloft. I used to take Elavil. My husband takes Prozac. Thanks!")
    assert [(entry.kind, entry.text, entry.reason) for entry in found] == [
        (NOTE, "Hi", ""),
        (ITEM, "I take Zoloft.", ""),
        (ITEM, "I used to take Elavil.", "used to take"),
        (ITEM, "My husband takes Prozac.", "husband"),
        (NOTE, "Thanks!", ""),
    ]


def test_headings_on_one_line() -> None:
    found = entries("Allergies: none. Medications: Zoloft, Reglan 10 mg")
    assert [(entry.kind, entry.text, entry.current, entry.section) for entry in found] == [
        (HEADING, "Allergies:", True, ""),
        (NOTE, "none.", False, "Allergies"),
        (HEADING, "Medications:", True, ""),
        (ITEM, "Zoloft", True, "Medications"),
        (ITEM, "Reglan 10 mg", True, "Medications"),
    ]
    assert [entry.current for entry in entries("Allergies: NKDA  Meds: Zoloft") if entry.kind == ITEM] == [True]


# -- sections ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    ["Allergies:", "Intolerances", "Adverse reactions:", "Discontinued:", "Stopped medications", "Past medications:",
     "Previous medications", "Inactive medications:", "STOP taking these medications", "Do not take these:",
     "Tried and failed medications:", "Family history:", "Abgesetzt:", "Frühere Medikation:", "Unverträglichkeiten:",
     "Traitements arrêtés :", "Medicamentos suspendidos:", "Alergias:", "Farmaci sospesi:", "Отменённые препараты:"],
)  # fmt: skip
def test_what_stands_under_these_is_not_current(heading: str) -> None:
    found = entries(f"{heading}\nReglan\nPhenergan 25 mg\nCurrent medications:\nZoloft")
    assert [entry.current for entry in found] == [True, False, False, True, True]
    assert found[1].reason == heading.rstrip(" :").lower()


@pytest.mark.parametrize(
    "heading",
    ["Current medications:", "Medications:", "Continue taking:", "Started:", "For allergies:", "Medication history:",
     "Allergies and medications:", "New medications", "Do not stop:"],
)  # fmt: skip
def test_what_stands_under_these_is_current(heading: str) -> None:
    assert all(entry.current for entry in entries(f"{heading}\nReglan"))


def test_an_allergy_on_the_headings_own_line_does_not_hide_what_follows() -> None:
    found = entries("Allergies: Reglan\nZoloft 50 mg")
    assert [(entry.text, entry.current) for entry in found if entry.kind == ITEM] == [
        ("Reglan", False),
        ("Zoloft 50 mg", True),
    ]
    indented = entries("Allergies: penicillin\n   sulfa\nZoloft")
    assert [(entry.text, entry.current) for entry in indented if entry.kind == ITEM] == [
        ("penicillin", False), ("sulfa", False), ("Zoloft", True),
    ]  # fmt: skip


def test_a_blank_line_ends_what_is_not_current() -> None:
    assert [entry.current for entry in entries("Allergies:\npenicillin\n\nZoloft 50 mg")] == [True, False, True]
    spaced = entries("Stopped:\n\nReglan\n\nPhenergan\n\nMedications:\n\nZoloft")
    assert [entry.current for entry in spaced] == [True, False, False, True, True]


# -- what is not taken ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("stopped Prozac in 2019", "stopped"),
        ("Prozac was discontinued by Dr Smith", "discontinued"),
        ("Prozac (stopped 2019)", "stopped"),
        ("Prozac - stopped", "stopped"),
        ("Prozac 20 mg, stopped in May", "stopped"),
        ("d/c'd Zoloft", "d/c'd"),
        ("[DISCONTINUED] Reglan 10 mg", "discontinued"),
        ("no longer taking Zoloft", "no longer taking"),
        ("not taking Benadryl any more", "not taking"),
        ("Not currently taking Seroquel", "not currently taking"),
        ("I don't take Benadryl", "don't take"),
        ("came off Paxil", "came off"),
        ("allergic to Reglan", "allergic"),
        ("Reglan (allergic)", "allergic"),
        ("reaction to Phenergan", "reaction"),
        ("intolerant of metoclopramide", "intolerant"),
        ("can't tolerate Requip", "can't tolerate"),
        ("refuses Haldol", "refuses"),
        ("avoid Benadryl", "avoid"),
        ("Never taken Seroquel", "never taken"),
        ("denies Benadryl use", "denies"),
        ("previously on Celexa", "previously on"),
        ("I used to take Elavil", "used to take"),
        ("tried Zoloft, did not work", "tried"),
        ("Zoloft did not work", "did not work"),
        ("Prozac in the past", "in the past"),
        ("mother takes lithium", "mother"),
        ("my wife is on Zoloft", "wife"),
        ("no Benadryl", "no"),
        ("STOP Prozac", "stop"),
        ("Citalopram wurde abgesetzt", "wurde abgesetzt"),
        ("nimmt kein Mirtazapin mehr", "nimmt kein"),
        ("A arrêté le Seroplex en 2020", "a arrêté"),
        ("Ne prend plus de Primpéran", "ne prend plus"),
        ("Ya no toma Dogmatil", "ya no toma"),
        ("suspendido Primperan", "suspendido"),
        ("Non prende più Laroxyl", "non prende più"),
        ("sospeso Plasil", "sospeso"),
        ("Димедрол отменён", "отменён"),
        ("Больше не принимает галоперидол", "больше не принимает"),
        ("аллергия на пенициллин", "аллергия"),
    ],
)
def test_not_current_with_its_reason(line: str, reason: str) -> None:
    (entry,) = entries(line)
    assert (entry.kind, entry.current, entry.reason) == (ITEM, False, reason)


@pytest.mark.parametrize(
    "line",
    [
        "Zoloft - do not stop", "never misses Zoloft", "never stopped Zoloft", "I have not stopped Zoloft",
        "not stopping Zoloft", "Zoloft will be discontinued", "Zoloft to be stopped after surgery", "if Zoloft is stopped",
        "planning to stop Zoloft", "want to quit Ambien", "Should I stop Prozac?", "Zoloft restarted",
        "stopped Zoloft, restarted it in May", "stopped Zoloft for 2 weeks then resumed", "tried to stop Zoloft",
        "Zoloft 50 mg (previously 25 mg)", "Zoloft (was on 25 mg)", "Lipitor changed to 20 mg",
        "not only Zoloft but also Benadryl", "not allergic to Reglan", "Zyrtec for allergies", "Zyrtec - allergies",
        "Benadryl prn allergic reaction", "EpiPen for anaphylaxis", "Benadryl Allergy", "Claritin allergy",
        "don't take Zoloft with alcohol", "Zoloft 50 mg, denies side effects", "Doxycycline, avoid sun exposure",
        "Zoloft with no problems", "Requip 0.5 mg, not enough", "sometimes take my husband's Xanax", "No. 3 Tylenol",
        "No Doz", "Without Zoloft I can't sleep", "Zoloft every other day, tapering off", "gabapentin used to treat pain",
        "Take Zoloft, do not stop suddenly", "Zoloft nicht absetzen", "Ne pas arrêter Seroplex", "не отменять Золофт",
    ],
)  # fmt: skip
def test_when_in_doubt_it_is_current(line: str) -> None:
    assert all(entry.current for entry in entries(line))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("started Zoloft after stopping Prozac", [("started Zoloft", ""), ("after stopping Prozac", "stopping")]),
        ("stopped Prozac and started Zoloft 50 mg", [("stopped Prozac", "stopped"), ("and started Zoloft 50 mg", "")]),
        ("switched from Prozac to Zoloft", [("switched from Prozac", "switched from"), ("to Zoloft", "")]),
        ("Lipitor changed to Crestor", [("Lipitor", "changed to"), ("changed to Crestor", "")]),
        ("Zoloft instead of Prozac", [("Zoloft", ""), ("instead of Prozac", "instead")]),
        ("no longer taking Paxil, still taking Zoloft", [("no longer taking Paxil", "no longer taking"), ("still taking Zoloft", "")]),
        ("Zoloft (used to be on Prozac)", [("Zoloft", ""), ("(used to be on Prozac)", "used to be on")]),
        ("Zoloft, Benadryl (not any more), Lipitor", [("Zoloft", ""), ("Benadryl (not any more)", "not any more"), ("Lipitor", "")]),
        ("stopped Prozac 20 mg Zoloft 50 mg", [("stopped Prozac 20 mg", "stopped"), ("Zoloft 50 mg", "")]),
        ("Allergic to Reglan. Takes Zofran.", [("Allergic to Reglan.", "allergic"), ("Takes Zofran.", "")]),
        (
            "She is allergic to penicillin, codeine, and sulfa. Takes Zofran.",
            [
                ("She is allergic to penicillin", "allergic"),
                ("codeine", "allergic"),
                ("and sulfa.", "allergic"),
                ("Takes Zofran.", ""),
            ],
        ),
        # not an enumeration: each for itself
        ("allergic to Reglan, Zofran 4 mg prn, Zoloft 50", [("allergic to Reglan", "allergic"), ("Zofran 4 mg prn", ""), ("Zoloft 50", "")]),
        ("Prozac stopped; Zoloft", [("Prozac stopped", "stopped"), ("Zoloft", "")]),
        ("was on Prozac, now on Zoloft", [("was on Prozac", "was on"), ("now on Zoloft", "")]),
    ],
)  # fmt: skip
def test_each_clause_for_itself(line: str, expected: list[tuple[str, str]]) -> None:
    found = [(text, reason.split(" ")[0]) for text, reason in currency(line)]
    assert found == [(text, reason.split(" ")[0]) for text, reason in expected]


@pytest.mark.parametrize("line", ["No known allergies", "NKDA", "no known drug allergies", "Keine Allergien bekannt"])
def test_no_allergies_are_a_note_that_is_not_current(line: str) -> None:
    (entry,) = entries(line)
    assert (entry.kind, entry.current, entry.reason) == (NOTE, False, line.lower())


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("prozac20mg", [("prozac", "name"), ("20mg", "strength")]),
        ("wellbutrinXL", [("wellbutrin", "name"), ("XL", "release")]),
        ("ClaritinD", [("Claritin", "name"), ("D", "variant")]),
        ("zoloft50", [("zoloft", "name"), ("50", "strength")]),
        ("metoprolol25bid", [("metoprolol", "name"), ("25", "number"), ("bid", "sig")]),
        ("seroquel25mgqhs", [("seroquel", "name"), ("25mg", "strength"), ("qhs", "sig")]),
        ("B12", [("B12", "name")]),
        ("Vitamin B-12", [("Vitamin", "name"), ("B-12", "name")]),
        ("5-HTP", [("5-HTP", "name")]),
        ("CoQ10", [("CoQ10", "name")]),
        ("omega-3", [("omega-3", "name")]),
        ("D3", [("D3", "name")]),
        ("hydrOXYzine", [("hydrOXYzine", "name")]),
        ("APO-Sertraline", [("APO", "maker"), ("-", "joiner"), ("Sertraline", "name")]),
        ("Depo-Provera", [("Depo", "name"), ("-", "joiner"), ("Provera", "name")]),
        ("carbidopa-levodopa", [("carbidopa", "name"), ("-", "joiner"), ("levodopa", "name")]),
        ("Zyrtec-D", [("Zyrtec", "name"), ("-", "joiner"), ("D", "variant")]),
        ("Tylenol PM", [("Tylenol", "name"), ("PM", "variant")]),
        ("Zoloft 9 PM", [("Zoloft", "name"), ("9", "number"), ("PM", "sig")]),
        ("Theraflu Night", [("Theraflu", "name"), ("Night", "variant")]),
        ("Zoloft at night", [("Zoloft", "name"), ("at", "sig"), ("night", "sig")]),
        ("Reglan for nausea", [("Reglan", "name"), ("for", "filler"), ("nausea", "reason")]),
        ("Sinemet 25/100", [("Sinemet", "name"), ("25", "strength"), ("/", "joiner"), ("100", "strength")]),
        ("Elavil 50", [("Elavil", "name"), ("50", "strength")]),
        ("Zoloft 2 tablets", [("Zoloft", "name"), ("2", "number"), ("tablets", "form")]),
        ("Ramipril 1-0-1", [("Ramipril", "name"), ("1", "sig"), ("-", "joiner"), ("0", "sig"), ("-", "joiner"), ("1", "sig")]),
        ("saline 0.5 %", [("saline", "name"), ("0.5", "strength"), ("%", "strength")]),
        ("Fentanyl 50mcg/h", [("Fentanyl", "name"), ("50mcg", "strength"), ("/", "joiner"), ("h", "sig")]),
        ("Zoloft p.o. b.i.d.", [("Zoloft", "name"), ("p.o.", "sig"), ("b.i.d.", "sig")]),
        ("Zoloft q.6h. 2x q12h", [("Zoloft", "name"), ("q.6h", "sig"), (".", "filler"), ("2x", "sig"), ("q12h", "sig")]),
        ("sertraline HCl", [("sertraline", "name"), ("HCl", "salt")]),
        ("sodium valproate", [("sodium", "name"), ("valproate", "name")]),
        ("warfarin sodium", [("warfarin", "name"), ("sodium", "salt")]),
        ("metoprolol succinate ER", [("metoprolol", "name"), ("succinate", "salt"), ("ER", "release")]),
        ("Sertralin-1A Pharma", [("Sertralin", "name"), ("-", "joiner"), ("1A", "maker"), ("Pharma", "maker")]),
        ("d'aspirine", [("d'", "filler"), ("aspirine", "name")]),
        ("Ben\u200badryl™", [("Ben\u200badryl", "name"), ("™", "filler")]),
        ("Ｂｅｎａｄｒｙｌ ２５ｍｇ", [("Ｂｅｎａｄｒｙｌ", "name"), ("２５ｍｇ", "strength")]),
        ("Benadryl\u00a025\u202fmg", [("Benadryl", "name"), ("25", "strength"), ("mg", "strength")]),
        ("таблетки Димедрол", [("таблетки", "form"), ("Димедрол", "name")]),
    ],
)  # fmt: skip
def test_words(line: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(line) == expected


@pytest.mark.parametrize(
    "name",
    ["Tylenol PM", "NyQuil D", "Vitamin B6", "Depo-Provera", "Unisom SleepTabs", "Zantac 360", "Insulin 70/30",
     "Tylenol p.m. extra strength caplets", "Allegra Anti-Itch", "Children’s Benadryl", "Zzz-Quil"],
)  # fmt: skip
def test_words_of_a_name_are_all_there(name: str) -> None:
    (entry,) = entries(name)
    assert "".join(word.key for word in entry.words) == fold(name)


# -- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        ["Drug\tDose\tHow often\tWhy", "Zoloft\t50 mg\tdaily\tmood, worry", "Benadryl\t25 mg\tnight\tsleep"],
        ["Medication,Dose,Frequency,Reason", "Zoloft,50 mg,daily,mood", "Benadryl,25 mg,at night,sleep"],
        ['"Drug","Strength","Sig"', '"Zoloft","50 mg","1 tab, daily"', '"Benadryl","25 mg","at night"'],
        ["| Drug | Dose | When |", "| Zoloft | 50 mg | morning |", "| Benadryl | 25 mg | bedtime |"],
        ["Wirkstoff;Stärke;Form;Grund", "Sertralin;50 mg;Tabl;Depression", "Promethazin;25 mg;Tropfen;Schlaf"],
        ["Medication Sig Dispense Refill", "Zoloft 50 mg daily", "Benadryl 25 mg at night"],
    ],
)
def test_a_row_of_a_table_is_one_entry(table: list[str]) -> None:
    found = entries("\n".join(table))
    assert [entry.kind for entry in found] == [HEADING, ITEM, ITEM]
    assert [entry.text for entry in found] == [row.removeprefix("| ") for row in table]


def test_unknown_words_of_a_table_are_what_their_column_says() -> None:
    _, row = entries("Drug\tWhy\tPrescriber\nZoloft\tgloominess\tHubert")
    assert [(word.text, word.kind) for word in row.words] == [
        ("Zoloft", "name"),
        ("gloominess", "reason"),
        ("Hubert", "filler"),
    ]


def test_a_column_that_says_stopped() -> None:
    found = entries("Medication\tDose\tStatus\nProzac\t20 mg\tDiscontinued\nZoloft\t50 mg\tActive")
    assert [entry.current for entry in found] == [True, False, True]


# -- limits and files ----------------------------------------------------------------------------


def test_limits() -> None:
    assert len(read("a\nb", words(), characters=3, entries=2)) == 2
    with pytest.raises(LimitError, match=r"4 characters; at most 3"):
        read("abcd", words(), characters=3)
    with pytest.raises(LimitError, match=r"more than 2 entries"):
        read("a\nb\nc", words(), entries=2)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoloft für die Stimmung".encode(), "Zoloft für die Stimmung"),
        ("Zoloft für".encode("utf-8-sig"), "Zoloft für"),
        ("Zoloft für".encode("utf-16"), "Zoloft für"),
        ("Zoloft für".encode("utf-32"), "Zoloft für"),
        ("Zoloft für".encode("utf-16-le"), "Zoloft für"),  # without its mark
        ("Zoloft für".encode("utf-16-be"), "Zoloft für"),
        ("für Müller, größer, täglich, Übelkeit ".encode() + b"\x96", "für Müller, größer, täglich, Übelkeit –"),
        ("Zoloft für – “gut”".encode("cp1252"), "Zoloft für – “gut”"),
        (b"\x81\x8d\xff", "\x81\x8dÿ"),
        (b"", ""),
    ],
)
def test_files_are_text(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_a_read_list_does_not_depend_on_the_one_before() -> None:
    before = entries("Zoloft 50 mg")
    assert read("Zoloft 50 mg", {})[0].words[2].kind == "name"
    assert entries("Zoloft 50 mg") == before
