"""The paper to take along, as PDF: a letter for the doctor, a card for the wallet, a sheet for hospital.

Fonts come from the system (Debian's fonts-dejavu, Noto, Liberation); none is shipped. All classes and
alternatives on the card and the sheet come from the database.
"""

from __future__ import annotations

import functools
import os
import subprocess
from collections.abc import Iterable

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from checker.report import FLAGGED, ITEM, Report
from checker.web import presenter
from checker.web.i18n import Translator
from drugdb.reader import Database
from drugdb.records import DrugClass, Purpose

PAPERS = ("letter", "card", "hospital", "all")
_FOLDERS = (
    "/usr/share/fonts/truetype/dejavu",
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/dejavu",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:\\Windows\\Fonts",
)
_FACES = (
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("Arial Unicode.ttf", "Arial Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
)
_SETTING = "operation"  # the purpose whose row says what to avoid around an operation
_CARD_WIDTH, _CARD_MARGIN = 85.6, 15.0  # millimetres; a bank card is 85.6 wide


class NoFontError(RuntimeError):
    """No font with accents and Cyrillic was found on this system."""


@functools.cache
def fonts() -> tuple[str, str]:
    """Return the paths of a regular and a bold font.

    Raises:
        NoFontError: there is none.
    """
    for regular, bold in _FACES:
        for folder in _FOLDERS:
            paths = os.path.join(folder, regular), os.path.join(folder, bold)
            if all(map(os.path.exists, paths)):
                return paths
    for regular, bold in _FACES:
        found = _listed(regular), _listed(bold)
        if all(found):
            return found
    raise NoFontError


def _listed(name: str) -> str:
    """Ask fontconfig where a font file is; empty when it does not know."""
    try:
        done = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, timeout=5, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    lines = (line.strip().rstrip(":") for line in done.stdout.splitlines())
    return next((line for line in lines if os.path.basename(line) == name), "")


def make(report: Report, t: Translator, database: Database, paper: str) -> bytes:
    """Return a PDF.

    Args:
        report: an assessed list.
        t: the translator of the page's language.
        database: for the classes and alternatives on the card and the sheet.
        paper: one of ``PAPERS``; anything else is taken for the letter.

    Raises:
        NoFontError: no font was found.
    """
    sheet = _Sheet(report, t, database)
    if paper in ("letter", "all") or paper not in PAPERS:
        sheet.letter()
    if paper in ("card", "all"):
        sheet.card()
    if paper in ("hospital", "all"):
        sheet.hospital()
    return bytes(sheet.pdf.output())


class _Sheet:
    """One document in the making."""

    def __init__(self, report: Report, t: Translator, database: Database) -> None:
        self.report, self.t, self.database = report, t, database
        self.pdf = FPDF(format="A4")
        regular, bold = fonts()
        self.pdf.add_font("body", "", regular)
        self.pdf.add_font("body", "B", bold)
        self.pdf.set_title(t("My medicines and restless legs"))
        self.pdf.set_lang(t.language)
        self.pdf.set_margins(18, 15, 18)
        self.pdf.set_auto_page_break(True, 15)
        by_number = {finding.entry.number: finding for finding in report.findings}
        self.findings = [by_number[number] for number in report.order] or list(report.findings)

    # -- writing -------------------------------------------------------------------------------------

    def text(self, text: str, size: float = 10, *, bold: bool = False, width: float = 0, gap: float = 1) -> None:
        self.pdf.set_font("body", "B" if bold else "", size)
        self.pdf.multi_cell(width, size * 0.48, _shown(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.ln(gap)

    def bullets(self, lines: Iterable[str], size: float = 10, width: float = 0) -> None:
        for line in lines:
            self.text(f"• {line}", size, width=width, gap=0.4)
        self.pdf.ln(1)

    def foot(self, width: float = 0, size: float = 8) -> None:
        data = self.report.data
        self.text(
            self.t("Data %(version)s, reviewed %(reviewed)s.", version=data.version, reviewed=data.reviewed)
            + " rlscheck",
            size,
            width=width,
        )

    # -- the papers ----------------------------------------------------------------------------------

    def letter(self) -> None:
        """One page for the doctor or pharmacist: the list, what matters, the questions."""
        t = self.t
        self.pdf.add_page()
        self.text(t("My medicines and restless legs"), 18, bold=True)
        self.text(t("For my doctor or pharmacist. Name: ____________________  Date: ______________"), gap=2)
        flagged = [f for f in self.findings if f.concern in FLAGGED]
        if flagged:
            self.text(t("May make my restless legs worse"), 13, bold=True)
            for finding in flagged:
                words = presenter.effect(finding.effect, finding.risk, t, professional=True)
                inside = " + ".join(t(s) for s in finding.match.substances)
                proof = ", ".join(filter(None, (t(finding.evidence), t(finding.basis) if finding.basis else "")))
                self.text(f"• {finding.entry.text} ({inside}): {words}. {t('How sure')}: {proof}.", 9.5, gap=0.4)
        severe = [i for i in self.report.interactions if i.severity in ("contraindicated", "major")]
        if severe:
            self.text(t("Medicines that do not go well together"), 13, bold=True)
            self.bullets((f"{' + '.join(i.texts)}: {t(i.severity)}; {i.effect}" for i in severe[:8]), 9.5)
        shown = presenter.present(self.report, t, professional=False, database=self.database)
        if shown.asks:
            self.text(t("Questions for your doctor or pharmacist"), 13, bold=True)
            self.bullets((f"{ask} ______________________" for ask in shown.asks[:10]), 9.5)
        self.text(t("Every line of your list"), 13, bold=True)
        rest = [f for f in self.findings if f.entry.kind == ITEM]
        self.text("; ".join(f.entry.text for f in rest), 9)
        self.text(
            t("Please do not change anything at once for my sake: some of these harm when stopped suddenly."),
            9.5,
            bold=True,
        )
        self.text(presenter.limits(self.report, t), 8)
        names = dict.fromkeys(f"{s.title}{f', {s.year}' if s.year else ''}" for f in flagged for s in f.sources[:2])
        if names:
            self.text(f"{t('Sources')}: {'; '.join(list(names)[:8])}", 7)
        self.foot()

    def card(self) -> None:
        """A card for the wallet, to cut out and fold: what to avoid in an emergency."""
        t, pdf = self.t, self.pdf
        pdf.add_page()
        top = pdf.get_y()
        pdf.set_left_margin(_CARD_MARGIN + 4)
        pdf.set_xy(_CARD_MARGIN + 4, top + 4)
        width = _CARD_WIDTH - 8
        self.text(t("I have restless legs syndrome (RLS, Willis-Ekbom disease)"), 10, bold=True, width=width)
        self.text(t("These can make it much worse within hours. Please ask about something else:"), 8, width=width)
        self.bullets((t(row.plain_name) for row in self.to_avoid()), 7.5, width)
        purpose = self.purpose()
        if purpose:
            self.text(t("Named instead by a source"), 8, bold=True, width=width, gap=0.3)
            self.bullets((t(each) for each in purpose.consider), 7.5, width)
        mine = [f for f in self.findings if f.treatments and f.entry.current]
        if mine:
            self.text(
                t(
                    "I take for my legs: %(names)s. Please go on giving it.",
                    names=", ".join(f.entry.text for f in mine),
                ),
                8,
                bold=True,
                width=width,
            )
        self.foot(width, 6)
        pdf.rect(_CARD_MARGIN, top, _CARD_WIDTH, pdf.get_y() - top + 2)
        pdf.set_left_margin(18)

    def hospital(self) -> None:
        """A sheet for hospital and anaesthesia."""
        t = self.t
        self.pdf.add_page()
        self.text(t("Restless legs: hospital stay and anaesthesia"), 18, bold=True)
        self.text(t("Name: ____________________  Born: ______________  Date: ______________"), gap=2)
        purpose = self.purpose()
        if purpose:
            self.text(t("Please avoid, where there is a choice"), 13, bold=True)
            self.bullets(t(each) for each in purpose.avoid)
        self.bullets(f"{t(row.plain_name)} ({row.name})" for row in self.to_avoid())
        if purpose:
            self.text(t("What helps"), 13, bold=True)
            self.bullets(t(each) for each in purpose.consider)
            self.text(purpose.caveat, 8.5)
        mine = [f for f in self.findings if f.treatments and f.entry.current]
        if mine:
            self.text(t("Treatment of my legs, to be given without a gap"), 13, bold=True)
            self.bullets(f.entry.text for f in mine)
        self.text(t("Every line of your list"), 13, bold=True)
        self.text("; ".join(f.entry.text for f in self.findings if f.entry.kind == ITEM), 9)
        if purpose:
            sources = [s for each in purpose.sources if (s := self.database.source(each))]
            self.text(f"{t('Sources')}: {'; '.join(s.title for s in sources)}", 7.5)
        self.foot()

    # -- what the database says ----------------------------------------------------------------------

    def to_avoid(self) -> list[DrugClass]:
        """The classes that often make restless legs worse."""
        return [row for row in self.database.drug_classes() if row.effect == "worsens" and row.risk == "high"]

    def purpose(self) -> Purpose | None:
        """What a source says about operations."""
        return next((row for row in self.database.purposes() if row.name.startswith(_SETTING)), None)


def _shown(text: str) -> str:
    """Text that a font can carry: one line, no control signs."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
