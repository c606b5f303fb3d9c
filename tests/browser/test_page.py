"""The page in real Chromium: the whole way, by mouse and by keyboard, on a phone, on paper, in five languages."""

from __future__ import annotations

import io
import unicodedata
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Server

LIST = "Tylenol PM at night\nhydrolazyne 25 mg\nsertralline 50 mg\nblorbix\nMirapex 0.25\n3 cups of coffee"
LANGUAGES = ("en", "de", "fr", "es", "ru")
PATHS = (
    "/",
    "/quick",
    "/substances/?effect=augments",
    "/substances/pramipexole",
    "/classes/ssri",
    "/sources",
    "/about",
    "/privacy",
    "/nothing",
)
RESULT = "ul.tally"


def check(page: Page, text: str = LIST, language: str = "en", view: str = "") -> None:
    """Paste a list and check it."""
    page.goto(f"/{language}/")
    page.fill("#list", text)
    if view:
        page.select_option("#view", view)
    page.click("form.ask-list button[type=submit]")
    page.wait_for_selector(RESULT)


# -- the way ---------------------------------------------------------------------------------------


def test_the_whole_way_with_an_answer(page: Page) -> None:
    check(page)
    assert "restless legs worse" in page.inner_text("h1")
    assert page.locator("legend", has_text="hydrolazyne").count() == 1
    page.get_by_label("hydroxyzine").check()
    page.click("text=Check again with my answers")
    page.wait_for_selector(RESULT)
    assert page.locator("article", has_text="read as hydroxyzine").count() == 1
    assert page.locator("legend", has_text="hydrolazyne").count() == 0


def test_the_whole_way_without_javascript(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    check(page, "Zoloft\nblorbix")
    page.locator("#c2-other").check()
    page.locator("#o2").fill("haloperidol 2 mg")
    page.click("text=Check again with my answers")
    assert page.locator("article h3", has_text="haloperidol 2 mg").first.is_visible()
    assert page.locator("legend", has_text="blorbix").count() == 0
    context.close()


def test_a_line_is_changed_and_another_taken_off(page: Page) -> None:
    check(page, "Zoloft\nReglan\nlithium")
    rows = page.locator("table.lines tbody tr")
    rows.nth(0).locator("summary").click()
    page.fill("#e1", "haloperidol")
    rows.nth(1).locator("summary").click()
    page.check("#r2")
    rows.nth(1).locator("button").click()
    page.wait_for_selector(RESULT)
    assert page.locator("table.lines th[scope=row]").all_inner_texts() == ["haloperidol", "lithium"]


def test_enter_in_a_field_checks_again_and_nothing_else(page: Page) -> None:
    """The first button of a form is the one that Enter presses: not the PDF, not another language."""
    check(page, "Zoloft")
    page.fill("#add", "haloperidol")
    page.press("#add", "Enter")
    page.wait_for_selector("article:has-text('haloperidol')")
    assert page.get_attribute("html", "lang") == "en"
    assert urlsplit(page.url).path == "/en/check"


def test_writing_a_name_chooses_something_else(page: Page) -> None:
    check(page, "blorbix")
    page.fill("#o1", "haloperidol")
    assert page.is_checked("#c1-other")


def test_a_file_is_checked(page: Page) -> None:
    page.goto("/")
    page.click("summary")
    content = "name;dose\nгалоперидол;2 мг".encode("utf-16")
    page.set_input_files("#file", {"name": "list.csv", "mimeType": "text/csv", "buffer": content})
    page.click("form.ask-list button[type=submit]")
    assert page.locator("article", has_text="haloperidol").count() == 1


def test_an_empty_list_is_explained_and_the_summary_leads_to_the_box(page: Page) -> None:
    page.goto("/")
    page.click("form.ask-list button[type=submit]")
    assert page.evaluate("document.activeElement.id") == "error"
    page.click("#error a")
    assert page.evaluate("document.activeElement.id") == "list"


def test_paper_list_to_printed_sheet_takes_few_steps(page: Page) -> None:
    """What somebody does who has never seen it: type, check, press the green button."""
    page.goto("/")
    page.keyboard.type("Benadryll 25 mg\nmetoclopramid\nZoloft")
    page.get_by_role("button", name="Check my list").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Sheet for my doctor").click()
    text = PdfReader(download.value.path()).pages[0].extract_text()
    assert "metoclopramid" in text
    assert "My questions" in text


# -- keyboard --------------------------------------------------------------------------------------


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.type("haloperidol\nhydrolazyne\nZoloft")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(RESULT)
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')].filter(e =>"
        " e.checkVisibility() && e.tabIndex >= 0 && e.type !== 'hidden' && !e.hidden"
        " && !(e.type === 'radio' && !e.checked)).length"
    )
    seen = []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();"
            " return {name: e.tagName, ring: s.outlineStyle, shadow: s.boxShadow, wide: r.width, tall: r.height,"
            " all: [...document.querySelectorAll('*')].indexOf(e)}; })()"
        )
        if place["name"] == "BODY":
            break
        assert place["ring"] != "none", place
        assert place["wide"] >= 16, place
        seen.append(place["all"])
    assert len(set(seen)) >= wanted
    assert seen == sorted(seen), "the order of the keys is the order of the page"


def test_answering_by_keyboard(page: Page) -> None:
    check(page, "hydrolazyne")
    page.focus("#c1-keep")
    for _ in range(6):
        page.keyboard.press("ArrowUp")
        label = page.evaluate("document.activeElement.labels[0].innerText")
        if "hydroxyzine" in label:
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("article:has-text('hydroxyzine')")


def test_the_slash_goes_to_the_search_and_enter_to_the_monograph(page: Page) -> None:
    page.goto("/about")
    page.keyboard.press("/")
    page.keyboard.type("Haldol")
    page.keyboard.press("Enter")
    page.wait_for_url("**/substances/haloperidol")
    page.goto("/substances/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_the_quick_line_of_a_pharmacist(page: Page) -> None:
    page.goto("/quick")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.type("tramadol, sertraline")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.glance")
    assert page.locator("table.glance tbody tr").count() == 2
    assert page.evaluate("document.activeElement.id") == "list", "ready for the next one"
    assert page.locator("#copy-text").is_visible()


def test_copy(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    check(page, "haloperidol", view="professional")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#copy-done")).not_to_be_empty()
    assert "haloperidol" in page.evaluate("navigator.clipboard.readText()")


# -- everyone --------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(browser: Browser, server: Server, width: int) -> None:
    """320 px is also what 400 % zoom leaves of a 1280 px screen."""
    context = browser.new_context(base_url=server.address, viewport={"width": width, "height": 800})
    page = context.new_page()
    for language in ("en", "de", "ru"):
        for path in PATHS:
            page.goto(f"/{language}{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (language, path)
    for view in ("plain", "professional", "table"):
        check(page, LIST + "\nReglan\nferrous sulfate\n" + "verylongwordwithoutanyspace" * 12, "de", view)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    context.close()


_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, server: Server, language: str) -> None:
    """Every page and state with all rules, then those of colour again in dark and in forced colours."""
    context = browser.new_context(base_url=server.address, bypass_csp=True)  # for the test's own script
    page = context.new_page()
    axe = Axe()
    found = []

    def run(where: str, rules: object) -> None:
        for each in axe.run(page, options={**rules, "resultTypes": ["violations"]}).response["violations"]:  # type: ignore[dict-item]
            found.append((where, each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]))

    def look(where: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        # of a long table of equal rows the first are enough
        page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+25)').forEach(each => each.remove())")
        run(where, _RULES)
        page.emulate_media(color_scheme="dark")
        run(f"{where}, dark", _COLOURS)
        page.emulate_media(color_scheme="light", forced_colors="active")
        run(f"{where}, forced colours", _COLOURS)
        page.emulate_media(forced_colors="none")

    for path in PATHS:
        page.goto(f"/{language}{path}")
        look(path)
    for view in ("plain", "professional", "table"):
        check(page, LIST + "\nReglan\nferrous sulfate", language, view)
        look(f"result, {view}")
    page.goto(f"/{language}/")
    page.click("form.ask-list button[type=submit]")
    look("an empty list")
    assert not found
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_way_in_each_language(page: Page, language: str) -> None:
    check(page, language=language)
    assert page.get_attribute("html", "lang") == language
    assert page.locator("article.card").count() >= 3
    assert page.locator(f'.languages [aria-current][lang="{language}"]').count() == 1
    with page.expect_download() as download:
        page.click(".tools button.main")
    assert "Tylenol PM at night" in PdfReader(download.value.path()).pages[0].extract_text()


def test_the_language_switch_keeps_the_list(page: Page) -> None:
    check(page)
    page.click('button[lang="de"]')
    page.wait_for_selector(RESULT)
    assert page.get_attribute("html", "lang") == "de"
    assert page.locator("th", has_text="Tylenol PM at night").count() >= 1
    page.goto("/substances/haloperidol")
    page.click('a[lang="fr"]')
    assert urlsplit(page.url).path == "/fr/substances/haloperidol"


def test_without_styles_everything_is_still_there(page: Page) -> None:
    page.route("**/style.css", lambda route: route.abort())
    check(page)
    text = page.inner_text("body")
    for line in LIST.splitlines():
        assert line in text
    assert page.locator("h1").count() == 1
    assert "often makes restless legs worse" in text  # the words of a verdict do not depend on its colour


def test_no_layout_shift(page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    for path in PATHS:
        page.goto(path)
        page.wait_for_timeout(50)
        assert page.evaluate("window.shift") < 0.01, path
    check(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.01


# -- privacy ---------------------------------------------------------------------------------------


def test_only_own_origin_and_nothing_kept(context: BrowserContext, page: Page, server: Server) -> None:
    """A whole visit: nothing of the list in an address, a title, the log, an error page, a store."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    secret, own = "plughmedicine", "amitriptyline 33 mg"
    titles = []

    def note() -> None:
        titles.append(page.title())

    check(page, f"{secret} 25 mg\n{own}")
    note()
    page.click("button[name=switch][value=professional]")
    page.wait_for_selector("dl.facts")
    note()
    page.click('button[lang="es"]')
    page.wait_for_selector(RESULT)
    note()
    with page.expect_download() as download:
        page.locator("button[value=hospital]").click()
    assert secret not in download.value.suggested_filename
    page.locator("button[formaction$=edit]").click()
    page.wait_for_selector("textarea#list")
    note()
    assert secret in page.input_value("#list")
    page.fill("#find", f"{secret} 25")
    page.press("#find", "Enter")
    page.wait_for_selector("[role=status]")
    note()
    page.goto("/nothing")
    note()
    page.goto("/sources")
    assert len(asked) > 8
    assert all(url.startswith(server.address) for url in asked)
    assert not any(secret in url or "amitriptyline" in url for url in asked)
    assert not any(secret in title or "amitriptyline" in title for title in titles)
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("caches.keys().then(found => found.length).catch(() => 0)") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    log = server.log()
    assert secret not in log
    assert "amitriptyline" not in log
    assert "POST /<any(en,de,fr,es,ru):language>/check 200" in log


def test_nothing_is_blocked_or_reported_in_the_console(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PATHS[:-1]:
        page.goto(path)
    check(page)
    page.click("text=The result as text, to copy")
    assert said == []


# -- paper -----------------------------------------------------------------------------------------


def test_the_print_has_the_result_and_no_buttons(page: Page) -> None:
    check(page)
    pages = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    text = unicodedata.normalize("NFKC", "".join(each.extract_text() for each in pages))  # fonts join "ff"
    for line in LIST.splitlines():
        assert line in text
    assert "often makes restless legs worse" in text
    assert "Do not stop or change" in text
    for button in ("Change my list", "Check again with my answers", "Print this page", "Skip to the content", "Search"):
        assert button not in text
    assert len(pages) <= 5


def test_the_paper_comes_as_pdf(page: Page) -> None:
    check(page)
    with page.expect_download() as download:
        page.click("text=All three")
    reader = PdfReader(download.value.path())
    assert len(reader.pages) == 3
    text = "".join(p.extract_text() for p in reader.pages)
    for own in ("Tylenol PM at night", "Mirapex 0.25", "Please avoid", "Card for the wallet", "Sources"):
        assert own in text
