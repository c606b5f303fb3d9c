"""The paper to take along, as PDF: a letter for the doctor, a card for the wallet, a sheet for hospital.

What the card and the sheet say to avoid and to use instead comes from the database, with its sources.
Each paper is one page: it is set again in a smaller size until it fits.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Iterable, Sequence

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from checker.assessment.facts import second_hand
from checker.report import FLAGGED, ITEM, SECOND_HAND, Finding, Report
from checker.web import fonts, phrases, presenter
from checker.web.i18n import Translator, day
from drugdb.reader import Database
from drugdb.records import DrugClass, Purpose, Source

PAPERS = ("letter", "card", "hospital", "all")
# Situations of an emergency or an operation, by the names that the database gives them.
_SITUATIONS = ("operation and anaesthesia", "nausea and vomiting", "allergy and hay fever", "pain, severe")
_SIZES = (10.0, 9.0, 8.0, 7.0, 6.5, 6.0)  # points, the largest that fits is taken
_LEAD = 0.45  # millimetres of line height for a point of size
_MARGIN = 16.0
_CARD = (85.6, 54.0)  # a bank card, in millimetres; two of them side by side, to fold
_CARD_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
_CLASS_ID = re.compile(r"^([a-z0-9-]+)(?= \(|$)")
_SHADE = (232, 238, 243)

# A missing glyph is logged with its letter, and letters are words of somebody's list.
for _name in ("fpdf", "fontTools"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def make(report: Report, t: Translator, database: Database, paper: str) -> bytes:
    """Return a PDF.

    Args:
        report: an assessed list.
        t: the translator of the page's language.
        database: for what the card and the sheet say.
        paper: one of ``PAPERS``; anything else is taken for the letter.

    Raises:
        checker.web.fonts.NoFontError: no font was found.
    """
    paper = paper if paper in PAPERS else "letter"
    maker = _Maker(report, t, database)
    for name, draw in (("letter", maker.letter), ("card", maker.card), ("hospital", maker.hospital)):
        if paper in (name, "all"):
            maker.fitted(draw)
    return bytes(maker.pdf.output())


class _Maker:
    """One document in the making."""

    def __init__(self, report: Report, t: Translator, database: Database) -> None:
        self.report, self.t, self.database = report, t, database
        self.findings = presenter.ordered(report)
        self.today = day(t.language, datetime.date.today().isoformat())
        self.pdf = self.document()
        self.size = _SIZES[0]

    def document(self) -> FPDF:
        """An empty document."""
        pdf = FPDF(format="A4")
        regular, bold = fonts.find()
        pdf.add_font("body", "", regular)
        pdf.add_font("body", "B", bold)
        pdf.set_title(self.t("My medicines and restless legs"))
        pdf.set_creator("rlscheck")
        pdf.set_lang(self.t.language)
        pdf.set_margins(_MARGIN, 13, _MARGIN)
        pdf.set_auto_page_break(True, 12)
        return pdf

    def fitted(self, draw: Callable[[], None]) -> None:
        """Draw on a page of its own, in the largest size that needs no second one."""
        real = self.pdf
        for size in _SIZES:
            self.pdf, self.size = self.document(), size
            draw()
            if self.pdf.page_no() == 1:
                break
        self.pdf = real
        draw()

    # -- writing -------------------------------------------------------------------------------------

    def text(self, text: str, scale: float = 1.0, *, bold: bool = False, gap: float = 0.8) -> None:
        """Write a paragraph."""
        size = self.size * scale
        self.pdf.set_font("body", "B" if bold else "", size)
        self.pdf.multi_cell(0, size * _LEAD, _line(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.ln(gap)

    def title(self, text: str) -> None:
        """Write the title of a page and where a name goes."""
        self.text(text, 1.8, bold=True, gap=1.5)
        t = self.t
        self.text(
            f"{t('Name')}: ____________________________   {t('Born')}: ______________   {t('Date')}: {self.today}"
        )
        self.pdf.ln(1)

    def heading(self, text: str) -> None:
        """Write a heading, on a shade."""
        size = self.size * 1.15
        self.pdf.ln(0.8)
        self.pdf.set_font("body", "B", size)
        self.pdf.set_fill_color(*_SHADE)
        self.pdf.multi_cell(0, size * 0.55, _line(text), fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_fill_color(255, 255, 255)
        self.pdf.ln(1)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        """Write a table; its first column is bold."""
        self.pdf.set_font("body", "", self.size * 0.92)
        self.pdf.set_draw_color(150, 160, 168)
        with self.pdf.table(
            col_widths=tuple(widths), line_height=self.size * 0.92 * _LEAD, padding=0.9, text_align="LEFT",
            borders_layout="HORIZONTAL_LINES", v_align="TOP",
        ) as table:  # fmt: skip
            for place, cells in enumerate((head, *rows)):
                row = table.row()
                for column, cell in enumerate(cells):
                    self.pdf.set_font("body", "B" if place == 0 or column == 0 else "", self.size * 0.92)
                    row.cell(_line(cell))
        self.pdf.ln(1)

    def foot(self, sources: Iterable[Source] = ()) -> None:
        """Write which data the paper rests on, and its sources."""
        cited = dict.fromkeys(map(_cited, sources))
        if cited:
            self.text(f"{self.t('Sources')}: {'; '.join(cited)}.", 0.72)
        self.text(self.data(), 0.78)

    def data(self) -> str:
        """Which data this is."""
        data = self.report.data
        told = self.t(
            "Data %(version)s, reviewed %(reviewed)s.",
            version=data.version,
            reviewed=day(self.t.language, data.reviewed),
        )
        return f"rlscheck. {told} {self.t('Not medical advice.')}"

    # -- the papers ----------------------------------------------------------------------------------

    def letter(self) -> None:
        """For the doctor or pharmacist: what matters, the questions, the whole list."""
        t, report = self.t, self.report
        self.pdf.add_page()
        self.title(t("My medicines and restless legs"))
        self.text(
            t(
                "For my doctor or pharmacist. I have restless legs and checked my list. I will not stop or change "
                "anything before we have talked."
            )
        )
        flagged = [f for f in self.findings if f.concern in FLAGGED]
        if flagged:
            self.heading(t("These can make restless legs worse"))
            self.table(
                (t("On my list"), t("Restless legs"), t("How sure")),
                (
                    (
                        phrases.named(
                            f.entry.text, () if _same(f.match.substances, f.entry.text) else f.match.substances
                        ),
                        phrases.effect(f.effect, f.risk, t, professional=True),
                        phrases.evidence(f.evidence, f.basis, t),
                    )
                    for f in flagged
                ),
                (36, 34, 30),
            )
        serious = [clash for clash in report.interactions if clash.severity in ("contraindicated", "major")]
        if serious:
            self.heading(t("These do not go well together"))
            self.table(
                (t("Together"), t("What may happen"), t("What to do")),
                (
                    (" + ".join(presenter.sides(c, report)), t(c.effect), _joined(t(c.advice), t(c.basis)))
                    for c in serious
                ),
                (34, 28, 38),
            )
        self.heading(t("My questions"))
        condition = presenter.always(self.database)
        for ask in (*presenter.asks(report, t), *((t(condition.what_to_ask),) if condition else ())):
            self.text(f"☐ {ask}", gap=self.size * 0.35)
        self.heading(t("My whole list"))
        told = (f"{f.entry.text} ({phrases.verdict(f, t, professional=True)})" for f in report.findings if _is_item(f))
        self.text("; ".join(told), 0.85)
        self.text(phrases.limits(report, t), 0.78)
        # the best source of each statement
        cited = [each.sources for each in flagged] + [each.sources for each in serious]
        sources = [source for each in cited for source in _best(each)]
        self.foot((*sources, *self.sources(condition.sources if condition else ())))

    def hospital(self) -> None:
        """For hospital and anaesthesia: what to avoid and to use instead, and the treatment to go on with."""
        t = self.t
        self.pdf.add_page()
        self.title(t("Restless legs: hospital stay and anaesthesia"))
        self.text(
            t(
                "I have restless legs syndrome (RLS, Willis-Ekbom disease). Some medicines that are usual in hospital "
                "are reported to make it worse. This is what the sources below say; you decide."
            )
        )
        mine = [f for f in self.findings if f.treatments and f.entry.current]
        if mine:
            self.heading(t("My treatment for restless legs: please do not leave it out"))
            for finding in mine:
                reasons = dict.fromkeys(t(s.abrupt_stop_risk) for s in finding.substances if s.abrupt_stop_risk)
                self.text("; ".join((f"• {phrases.named(finding.entry.text, finding.match.substances)}", *reasons)))
        self.heading(t("Please avoid where there is a choice, and what may be used instead"))
        rows = self.situations()
        self.table(
            (t("Situation"), t("Please avoid"), t("Named instead by a source"), t("Note")),
            ((t(p.name), self.avoid(p), self.consider(p), _joined(t(p.caveat), self.ground(p))) for p in rows),
            (16, 27, 24, 33),
        )
        self.heading(t("Classes that often make restless legs worse"))
        worst = self.worst()
        self.text("; ".join(f"{t(row.plain_name)} ({row.name})" for row in worst), 0.92)
        self.heading(t("My whole list"))
        self.text("; ".join(map(self.own, filter(_is_item, self.report.findings))), 0.92)
        cited = [each for row in rows for each in row.sources] + [each for row in worst for each in row.sources[:2]]
        self.foot(self.sources(cited))

    def card(self) -> None:
        """Two sides of a bank card, to cut out and fold."""
        t, pdf = self.t, self.pdf
        pdf.add_page()
        self.text(t("Card for the wallet"), 1.8, bold=True)
        self.text(t("Cut along the outer line and fold in the middle."))
        top, (width, height) = pdf.get_y() + 3, _CARD
        rows = self.situations()[:3]
        mine = [
            phrases.named(f.entry.text, f.match.substances) for f in self.findings if f.treatments and f.entry.current
        ]
        front = [
            (t("I have restless legs syndrome (RLS, Willis-Ekbom disease)"), 1.25, True),
            (f"{t('Name')}: ____________________________", 1.0, False),
            (f"{t('Call')}: _____________________________", 1.0, False),
            (t("Some medicines make it worse: please read the other side."), 1.0, True),
        ]
        if mine:
            front.append(
                (t("I take for my legs: %(names)s. Please do not leave it out.", names="; ".join(mine)), 1.0, False)
            )
        front.append((self.data(), 0.8, False))
        back = []
        for row in rows:
            ground = self.ground(row)
            back.append((f"{t(row.name)} ({ground})" if ground else t(row.name), 1.0, True))
            back.append((f"✗ {t('Please avoid')}: {self.avoid(row)}", 0.92, False))
            back.append((f"→ {t('Named instead by a source')}: {self.consider(row)}", 0.92, False))
        for place, side in enumerate((front, back)):
            self.side(side, _MARGIN + place * width, top)
        pdf.set_draw_color(90, 100, 110)
        pdf.rect(_MARGIN, top, 2 * width, height)
        pdf.set_dash_pattern(dash=1.5, gap=1.5)
        pdf.line(_MARGIN + width, top, _MARGIN + width, top + height)
        pdf.set_dash_pattern()
        pdf.set_xy(_MARGIN, top + height + 4)
        self.foot(self.sources(each for row in rows for each in row.sources))

    def side(self, rows: Sequence[tuple[str, float, bool]], left: float, top: float) -> None:
        """Write one side of the card, in the largest size that fits."""
        pdf, (width, height) = self.pdf, _CARD
        inner = width - 6
        for size in _CARD_SIZES:
            tall = 0.0
            for text, scale, bold in rows:
                pdf.set_font("body", "B" if bold else "", size * scale)
                drawn = pdf.multi_cell(inner, size * scale * 0.43, _line(text), dry_run=True, output="HEIGHT")
                tall += float(drawn) + 0.7  # type: ignore[arg-type]
            if tall <= height - 5:
                break
        y = top + 2.5
        for text, scale, bold in rows:
            pdf.set_font("body", "B" if bold else "", size * scale)
            pdf.set_xy(left + 3, y)
            pdf.multi_cell(inner, size * scale * 0.43, _line(text), align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)
            y = pdf.get_y() + 0.7

    def own(self, finding: Finding) -> str:
        """An entry in the person's own words, with what they mean when it is not taken now."""
        if finding.entry.current:
            return finding.entry.text
        return f"{finding.entry.text} ({self.t('not taken now')}: {finding.entry.reason})"

    # -- what the database says ----------------------------------------------------------------------

    def situations(self) -> list[Purpose]:
        """What sources say to avoid and to use instead, in the order of ``_SITUATIONS``."""
        by_name = {row.name: row for row in self.database.purposes()}
        return [by_name[name] for name in _SITUATIONS if name in by_name]

    def avoid(self, row: Purpose) -> str:
        """What to avoid, with class ids in words."""
        return "; ".join(self.worded(each) for each in row.avoid)

    def consider(self, row: Purpose) -> str:
        """What a source names instead."""
        return "; ".join(self.t(each) for each in row.consider)

    def ground(self, row: Purpose) -> str:
        """What has to be said of what a purpose rests on."""
        return self.t(SECOND_HAND) if second_hand(self.sources(row.sources)) else ""

    def worded(self, text: str) -> str:
        """A thing to avoid; the id of a class becomes its plain name, its examples stay."""
        told = self.t(text)
        found = _CLASS_ID.match(text)
        row = self.database.drug_class(found.group(1)) if found and told == text else None
        return f"{self.t(row.plain_name or row.name)}{text[len(found.group(1)) :]}" if row and found else told

    def worst(self) -> list[DrugClass]:
        """The classes that often make restless legs worse."""
        return [row for row in self.database.drug_classes() if (row.effect, row.risk) == ("worsens", "high")]

    def sources(self, ids: Iterable[str]) -> list[Source]:
        """The rows of sources."""
        return [source for each in dict.fromkeys(ids) if (source := self.database.source(each))]


def _is_item(finding: Finding) -> bool:
    return finding.entry.kind == ITEM


def _same(substances: tuple[str, ...], text: str) -> bool:
    return len(substances) == 1 and substances[0] in text.lower()


def _best(sources: Sequence[Source]) -> Sequence[Source]:
    return sorted(sources, key=lambda source: source.reliability != "primary")[:1]


def _cited(source: Source) -> str:
    who = source.authors.split(",")[0].split(";")[0]
    more = " et al." if "," in source.authors else ""
    return ", ".join(
        filter(None, (f"{who}{more}: {source.title}" if who else source.title, source.journal, source.year))
    )


def _joined(text: str, ground: str) -> str:
    return f"{text} ({ground})" if ground else text


def _line(text: str) -> str:
    """Return a text as one line without signs that cannot be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
