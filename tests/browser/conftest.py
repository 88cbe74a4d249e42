"""A browser, a served application and visitors. Without Chromium: skipped, or failed with BROWSER=required."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.server import served
from tests.browser.visitor import Visitor
from vetting.accounts.models import User

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium. The package's own browsers are not used: nothing is fetched by a test."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        message = "There is no Chromium. Install it (for example: apt install chromium) or name it in CHROMIUM."
        if os.environ.get("BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    # Playwright's loop runs in this thread; the ORM of the tests beside it is meant, and is not asynchronous.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def site(chromium: Browser, real_db: str) -> Iterator[str]:
    """The application's address, on a database of this test's own."""
    with served() as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """`visit(user=None, width=1280, script=True)` gives a visitor; several may be there at once."""
    contexts = []

    def new(user: User | None = None, *, width: int = 1280, script: bool = True) -> Visitor:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="sv-SE", java_script_enabled=script
        )
        contexts.append(context)
        visitor = Visitor(context, site)
        if user is not None:
            visitor.sign_in(user)
        return visitor

    yield new
    for context in contexts:
        context.close()
