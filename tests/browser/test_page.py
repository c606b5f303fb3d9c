"""The page in real Chromium: the whole way, by mouse and by keyboard, on a phone, on paper, in five languages."""

from __future__ import annotations

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from tests.browser.conftest import Server

LIST = "Tylenol PM at night\nhydrolazyne 25 mg\nsertralline 50 mg\nblorbix\nMirapex 0.25\n3 cups of coffee"
LANGUAGES = ("en", "de", "fr", "es", "ru")
PATHS = ("/", "/substances/?q=halo", "/substances/haloperidol", "/classes/ssri", "/about", "/privacy", "/nothing")


def check(page: Page, text: str = LIST, language: str = "en") -> None:
    page.goto(f"/{language}/")
    page.fill("#list", text)
    page.click("form button[type=submit] >> nth=0")
    page.wait_for_selector("ul.counts")


def test_the_whole_way_with_an_answer(page: Page) -> None:
    check(page)
    assert "restless legs worse" in page.inner_text("h1")
    assert page.locator("legend", has_text="hydrolazyne").count() == 1
    page.check("text=hydroxyzine >> nth=0")
    page.click("text=Check again with my answers")
    page.wait_for_selector("ul.counts")
    assert page.locator("article", has_text="read as hydroxyzine").count() == 1
    assert page.locator("legend", has_text="hydrolazyne").count() == 0


def test_the_whole_way_without_javascript(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    check(page, "Zoloft\nblorbix")
    page.locator("#o2").fill("haloperidol 2 mg")
    page.check("#c2-other")
    page.click("text=Check again with my answers")
    assert page.locator("article", has_text="haloperidol 2 mg").count() == 1
    context.close()


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.type("haloperidol")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("ul.counts")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tag = page.evaluate(
            "document.activeElement.tagName + '#' + (document.activeElement.id || document.activeElement.innerText)"
        )
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none", f"no focus ring on {tag}"
        seen.add(tag)
    assert len(seen) > 12
    page.keyboard.press("/")
    page.wait_for_url("**/substances/")


def test_the_slash_goes_to_the_search_box(page: Page) -> None:
    page.goto("/substances/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_scrolls_sideways(browser: Browser, server: Server, width: int) -> None:
    """320 px is also what 400 % zoom leaves of a 1280 px screen."""
    context = browser.new_context(base_url=server.address, viewport={"width": width, "height": 800})
    page = context.new_page()
    for path in PATHS:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    check(page, LIST + "\n" + "verylongwordwithoutanyspace" * 12)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, server: Server, language: str, scheme: str) -> None:
    context = browser.new_context(
        base_url=server.address,
        color_scheme="dark" if scheme == "dark" else "light",
        forced_colors="active" if scheme == "forced" else "none",
        bypass_csp=True,  # for the test's own script
    )
    page = context.new_page()
    axe = Axe()
    found = []
    paths = PATHS if language == "en" or scheme == "light" else PATHS[:3]
    for path in paths:
        page.goto(f"/{language}{path}")
        found += [(path, each["id"], each["nodes"][0]["html"]) for each in axe.run(page).response["violations"]]
    check(page, language=language)
    found += [("result", each["id"], each["nodes"][0]["html"]) for each in axe.run(page).response["violations"]]
    page.goto(f"/{language}/")
    page.click("form button[type=submit] >> nth=0")
    found += [("error", each["id"], each["nodes"][0]["html"]) for each in axe.run(page).response["violations"]]
    assert not found
    context.close()


def test_only_own_origin_and_nothing_kept(context: BrowserContext, page: Page, server: Server) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    secret = "plughmedicine"
    check(page, f"{secret} 25 mg\nhaloperidol")
    page.click("text=Change the list")
    page.wait_for_selector("#list")
    assert secret in page.input_value("#list")
    page.goto("/substances/haloperidol")
    page.goto("/sources")
    assert asked
    assert all(url.startswith(server.address) for url in asked)
    assert not any(secret in url for url in asked)
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert secret not in page.title()
    assert secret not in server.log()
    assert "haloperidol 2" not in server.log()


def test_the_print_has_the_result_and_no_buttons(page: Page) -> None:
    check(page)
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)
    assert "Tylenol PM at night" in text
    assert "Change the list" not in text
    assert "Check again with my answers" not in text


def test_the_paper_comes_as_pdf(page: Page) -> None:
    check(page)
    with page.expect_download() as download:
        page.click("text=All three")
    text = "".join(p.extract_text() for p in PdfReader(download.value.path()).pages)
    for own in ("Tylenol PM at night", "Mirapex 0.25"):
        assert own in text


def test_no_layout_shift(page: Page) -> None:
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries()) "
        "window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    check(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.01


def test_without_styles_everything_is_still_there(page: Page) -> None:
    page.route("**/style.css", lambda route: route.abort())
    check(page)
    for line in LIST.splitlines():
        assert page.locator(f'input[value="{line}"]').count() >= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_way_in_each_language(page: Page, language: str) -> None:
    check(page, language=language)
    assert page.get_attribute("html", "lang") == language
    assert page.locator("article.card").count() >= 3
    assert page.locator(f'strong[lang="{language}"]').count() == 1


def test_the_language_switch_keeps_the_list(page: Page) -> None:
    check(page)
    page.click('button[lang="de"]')
    page.wait_for_selector("ul.counts")
    assert page.get_attribute("html", "lang") == "de"
    assert page.locator('input[value="Tylenol PM at night"]').count() >= 1
