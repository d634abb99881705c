"""One page of every kind, opened once in each setting; whatever can be seen of it there is looked at in that visit.

What axe-core can see (https://www.deque.com/axe/core-documentation/api-documentation/: WCAG 2.0 to 2.2, A and AA, best
practice), whether anything moves, scrolls sideways, asks another host or runs a script of its own, and the way out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES
from tests.browser.test_reading_paths import KINDS, SHIFTS, UNFOLD
from tests.browser.test_stylesheets import LOST, all_that_counts

Visit = Callable[[str], Page]
Setting = tuple[Reader, Page]

SETTINGS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 412, "height": 823}},
    "desk": {"viewport": {"width": 1280, "height": 823}},
    # axe sets styles while it looks, which the pages' policy refuses; and colours that change slowly are not yet there.
    "axe": {
        "viewport": {"width": 390, "height": 900},
        "color_scheme": "light",
        "reduced_motion": "reduce",
        "bypass_csp": True,
    },
    "no script": {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False},
}

LATE = re.compile(r"\.js$")


@pytest.fixture(scope="module")
def windows(browser: Browser, served: str) -> Iterator[Callable[[str], Setting]]:
    """Give a function that opens a window for a setting, or gives the one that was opened for it."""
    opened: dict[str, Setting] = {}
    with ExitStack() as stack:

        def window(name: str) -> Setting:
            if name not in opened:
                reader = Reader(browser, served)
                opened[name] = reader, stack.enter_context(reader.window(**SETTINGS[name]))
            return opened[name]

        yield window


@pytest.fixture(params=(*KINDS, "/404.html"))
def address(request: pytest.FixtureRequest) -> str:
    """Give the address of a page of every kind."""
    return str(request.param)


def visited(setting: Setting, address: str, late: bool = False) -> Page:
    """Go to an address; `late`: its scripts come a quarter of a second after they are asked for."""
    reader, page = setting
    reader.problems.clear()
    if late:

        def wait(route: Route) -> None:
            page.wait_for_timeout(250)
            route.continue_()

        page.route(LATE, wait)
    page.goto(reader.base + address)
    page.unroute_all()
    return page


def sound(setting: Setting) -> None:
    reader, page = setting
    assert reader.problems == []
    assert page.context.cookies() == []


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SEEN_BEFORE = """(before) => {
  const looks = new Map(), known = new Set(before), found = [];
  const look = (element) => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const own = ["color", "backgroundColor", "backgroundImage", "fontSize", "fontWeight", "opacity", "textShadow",
        "textDecoration", "position", "display", "visibility"].map((name) => style[name]);
      const whole = [look(element.parentElement), element.tagName, element.className, ...own].join("|");
      let sign = 7;
      for (let at = 0; at < whole.length; at += 1) sign = (sign * 2039 + whole.charCodeAt(at)) % 4398046511093;
      looks.set(element, String(sign));
    }
    return looks.get(element);
  };
  const all = [...document.body.querySelectorAll("*")], news = new Set();
  for (const element of all) {
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says && !element.matches("input, select, textarea")) continue;
    if (known.has(look(element))) continue;
    for (let at = element; at; at = at.parentElement) news.add(at);
    known.add(look(element));
    found.push(look(element));
  }
  for (const element of all) {
    if (!news.has(element) && news.has(element.parentElement)) element.dataset.seenBefore = "";
  }
  return found;
}"""
"""Marks the parts of a page in which every text looks as one above it or on a page before: in the same colours, on the
same ground, by the same chain of elements and classes. Gives the looks that are new, each as a number that stands for
the whole chain. A list of two hundred events has a dozen looks, and header and footer are the same everywhere; style
sheets alone give them, as the policy forbids any other style."""

BY_LOOK = ("color-contrast", "link-in-text-block")
"""Rules that hold a text against its ground or its neighbours, which is nine tenths of what axe-core does."""


AXE = """async ([rules, looks, news]) => {
  const options = {runOnly: rules, resultTypes: ["violations"], rules: {}, preload: false};
  for (const rule of looks) options.rules[rule] = {enabled: false};
  const none = {violations: []};
  const every = rules.length ? await axe.run(document, options) : none;
  const text = {exclude: [["[data-seen-before]"]]};
  const again = {...options, runOnly: {type: "rule", values: looks}, rules: {}};
  const seen = news ? await axe.run(text, again) : none;
  const told = (fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 120)}`);
  return [...every.violations, ...seen.violations].flatMap(told);
}"""
"""What axe-core finds, in one call: its whole answer is a megabyte, of which a page without faults needs nothing. To
fetch style sheets and sounds once more (`preload`) serves two rules: one that is off, and one on sound, which no page
has."""


def axe_finds_nothing(page: Page, seen: set[str] | None = None, rules: Sequence[str] = RULES) -> None:
    """Look at a page that has axe-core in it.

    `seen` are the looks of texts on pages before, and takes this one's. `rules` are asked besides those by look.
    """
    seen = set() if seen is None else seen
    news = page.evaluate(SEEN_BEFORE, list(seen))
    assert page.evaluate(AXE, [list(rules), BY_LOOK, bool(news)]) == []
    seen.update(news)
    page.evaluate("document.querySelectorAll('[data-seen-before]').forEach((one) => delete one.dataset.seenBefore)")


def test_on_a_phone(windows: Callable[[str], Setting], address: str, subtests: pytest.Subtests) -> None:
    setting = windows("phone")
    page = visited(setting, address, late=True)
    with subtests.test("nothing moves when scripts come late"):
        assert page.evaluate(SHIFTS) < 0.01
    with subtests.test("it is there, and nothing takes the focus"):
        expect(page.get_by_role("main")).to_be_visible()
        assert page.evaluate("document.activeElement === document.body")
    with subtests.test("its policy lets no script run but the site's own files"):
        policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
    with subtests.test("no rule that matches it is lost"):
        assert page.evaluate(LOST, all_that_counts()) == []
    with subtests.test("the way out and help are in reach at its end"):
        page.set_viewport_size({"width": 390, "height": 800})
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        french = address.startswith("/fr/")
        way_out, help_ = ("Quitter cette page", "Obtenir de l\u2019aide") if french else ("Exit this page", "Get help")
        expect(page.get_by_role("link", name=way_out).first).to_be_in_viewport()
        expect(page.get_by_role("link", name=help_).first).to_be_in_viewport()
    with subtests.test("unfolded, it does not scroll sideways at 320 pixels, light or dark"):
        page.evaluate(UNFOLD)
        page.set_viewport_size({"width": 320, "height": 800})
        fits(page, 320)
        page.emulate_media(color_scheme="dark")
        fits(page, 320)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(SETTINGS["phone"]["viewport"])
    with subtests.test("no fault, no other host, no cookie"):
        sound(setting)


def test_at_a_desk(windows: Callable[[str], Setting], address: str, subtests: pytest.Subtests) -> None:
    setting = windows("desk")
    page = visited(setting, address, late=True)
    with subtests.test("nothing moves when scripts come late"):
        assert page.evaluate(SHIFTS) < 0.01
    with subtests.test("unfolded, it does not scroll sideways"):
        page.evaluate(UNFOLD)
        fits(page, 1280)
    with subtests.test("no fault, no other host, no cookie"):
        sound(setting)


@pytest.fixture(scope="module")
def looks() -> dict[str, set[str]]:
    """Give, for each setting, the looks of texts that axe-core has found nothing wrong with."""
    return {"light": set(), "dark": set()}


def test_axe(
    windows: Callable[[str], Setting], looks: dict[str, set[str]], address: str, subtests: pytest.Subtests
) -> None:
    """Contrast depends on the scheme alone and target size on the width alone: two of the four pairs see everything.

    A page in French has the elements and sizes of its English twin, which is asked everything at both widths. What is
    its own are words, the same at both: at a desk only their colours are looked at.
    """
    setting = windows("axe")
    page = visited(setting, address)
    page.evaluate(UNFOLD)
    page.evaluate(AXE_SCRIPT)
    with subtests.test("on a phone, in light"):
        axe_finds_nothing(page, looks["light"])
    page.set_viewport_size({"width": 1280, "height": 823})
    page.emulate_media(color_scheme="dark")
    with subtests.test("at a desk, in the dark"):
        axe_finds_nothing(page, looks["dark"], () if address.startswith("/fr/") else RULES)
    page.set_viewport_size(SETTINGS["axe"]["viewport"])
    page.emulate_media(color_scheme="light")
    sound(setting)


def test_without_script(windows: Callable[[str], Setting], address: str) -> None:
    setting = windows("no script")
    page = visited(setting, address)
    page.evaluate(UNFOLD)
    fits(page, 390)
    sound(setting)
