"""A real server with its worker, and a real Chromium that looks at it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.demo import cast
from app.demo.cast import Cast
from app.demo.server import Server, running
from tests.browser.looking import DESK, Looking
from tests.conftest import missing

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
DIST = Path(__file__).resolve().parents[2] / "app/web/static/dist"
OPTIONS = ("--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser, ended with its module: its event loop must not reach into other tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("browser", "playwright is not installed")
    if not CHROMIUM.exists():
        missing("browser", f"there is no {CHROMIUM}")
    if not (DIST / "player.js").exists():
        missing("browser", "the pages' scripts are not built (npm run build in app/web)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Server]:
    """A store of its own, served, with a worker."""
    with running(tmp_path_factory.mktemp("journey")) as server:
        yield server


@pytest.fixture(scope="module")
def people(server: Server) -> Iterator[Cast]:
    """An investigator and a reviewer of one case."""
    assembled = cast.assemble(server)
    yield assembled
    assembled.close()


@pytest.fixture
def window(chromium: Any, server: Server) -> Callable[..., Any]:
    """Open windows, each with cookies of its own, that are closed again."""

    @contextmanager
    def opened(**options: Any) -> Iterator[Looking]:
        context = chromium.new_context(**{"viewport": DESK, **options})
        try:
            yield Looking(context.new_page(), server.url)
        finally:
            context.close()

    return opened
