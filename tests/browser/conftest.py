"""A real server and a real Chromium for the tests of the page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.checking import ROOT
from tests.databases import built

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SERVE = "from checker.web.server import serve; serve(port=0)"


class Server:
    """The running server: its address, and what it wrote to its log."""

    def __init__(self, address: str, log: str) -> None:
        self.address = address
        self._log = log

    def log(self) -> str:
        with open(self._log, encoding="utf-8") as handle:
            return handle.read()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = str(tmp_path_factory.mktemp("server") / "log.txt")
    with open(log, "w", encoding="utf-8") as handle:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            cwd=ROOT,
            stderr=handle,
            env={**os.environ, "PYTHONPATH": str(ROOT), "RLSCHECK_DB": built()},
        )
    running = Server("", log)
    try:
        found = None
        for _ in range(300):
            found = re.search(r"rlscheck is at (http://\S+?)/ ", running.log())
            if found or process.poll() is not None:
                break
            time.sleep(0.1)
        assert found, running.log()
        running.address = found.group(1)
        yield running
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium; scripts/test installs it"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
