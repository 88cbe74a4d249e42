"""A person at a browser: opens pages, and knows what the browser complained about meanwhile."""

from dataclasses import dataclass, field

from axe_core_python.sync_playwright import Axe
from csp.utils import build_policy
from django.template import engines
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from vetting.accounts.models import User

WIDTHS = (1280, 768, 320)
AXE = Axe()
# Right of the viewport's edge, and not inside something that scrolls by itself.
OVERFLOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
# WCAG 2.5.8: 24 by 24 px, but for links inside a sentence.
SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')]
  .filter(e => {
    if (!e.checkVisibility({visibilityProperty: true}) || e.closest('.v-skip, .visually-hidden')) return false;
    const box = (e.closest('label') ?? e).getBoundingClientRect();
    const around = e.parentElement.textContent.trim().length;
    const inText = getComputedStyle(e).display.startsWith('inline') && around > e.textContent.trim().length;
    return box.width > 0 && !inText && (box.width < 23.5 || box.height < 23.5);
  }).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
WATCH_POLICY = """window.brokenPolicies = [];
document.addEventListener('securitypolicyviolation',
  e => window.brokenPolicies.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));"""


@dataclass
class Visitor:
    """One browser context: its own cookies. `page` is the open page, `complaints` what its console said."""

    context: BrowserContext
    site: str
    complaints: list[str] = field(default_factory=list)
    expected_status: int = 200

    def __post_init__(self) -> None:
        self.context.add_init_script(WATCH_POLICY)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        expect.set_options(timeout=10_000)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if self.expected_status >= 400 and f"status of {self.expected_status}" in message.text:
            return
        self.complaints.append(message.text)

    def sign_in(self, user: User) -> None:
        """As the user, without the sign-in page: a session in the database and its cookie here."""
        client = Client()
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        self.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": self.site}])

    def speak(self, language: str) -> None:
        self.context.add_cookies([{"name": "vetting_language", "value": language, "url": self.site}])

    def open(self, path: str, status: int = 200) -> Page:
        """Opens a page and expects its status."""
        self.expected_status = status
        answer = self.page.goto(self.site + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def show(self, source: str, **context: object) -> Page:
        """A page made here from the house's parts, under the same content policy as the application's own."""
        body = engines["django"].from_string(source).render(context)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": build_policy()}
        address = self.site + "/prov/"
        self.page.route(address, lambda route: route.fulfill(body=body, headers=headers))
        self.page.goto(address)
        return self.page

    def assert_page(self, *widths: int) -> None:
        """The open page at each width: accessible, no sideways scroll, targets big enough, nothing complained of."""
        before = self.page.viewport_size
        for width in widths or WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            where = f"{self.page.url} at {width} px"
            found = AXE.run(self.page)["violations"]
            assert not found, f"{where}: " + "; ".join(f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found)
            assert not (wide := self.page.evaluate(OVERFLOW)), f"{where} scrolls sideways: {wide}"
            assert not (small := self.page.evaluate(SMALL)), f"{where} has small targets: {small}"
        if before:
            self.page.set_viewport_size(before)
        assert not (broken := self.page.evaluate("window.brokenPolicies")), broken
        assert not self.complaints, self.complaints
