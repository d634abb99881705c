"""The cards in a real browser: in narrow frames, in both schemes, on a page of another origin."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Reader, _Quiet
from tests.browser.test_page_kinds import axe_finds_nothing
from tests.conftest import BuiltSite

CARDS = (
    "/embed/principles/4/",
    "/embed/principles/9/",
    "/embed/terms/csam/",
    "/fr/embed/principles/5/",
    "/fr/embed/terms/csam/",
    "/embed/figures/cybertipline-files/",
    "/embed/figures/uk-arrests-safeguarding/",
    "/embed/figures/reports-by-company/",
    "/embed/figures/report-type-generative-ai/",
)
"""One of each kind, and the widest charts."""

WIDER = "() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth"
TALLER = "() => document.scrollingElement.scrollHeight > document.scrollingElement.clientHeight"


@pytest.mark.parametrize("address", CARDS)
def test_a_card_fits_and_axe_finds_nothing(reader: Reader, address: str) -> None:
    look = {"color_scheme": "light", "reduced_motion": "reduce", "viewport": {"width": 280, "height": 400}}
    with reader.open(address, **look) as page:
        page.evaluate(AXE_SCRIPT)
        axe_finds_nothing(page)
        for width in (280, 480):
            page.set_viewport_size({"width": width, "height": 400})
            assert not page.evaluate(WIDER), width
        page.emulate_media(color_scheme="dark")
        axe_finds_nothing(page)


@contextmanager
def a_server(folder: Path) -> Iterator[str]:
    """Serve a folder from another origin than the site's."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def elsewhere(tmp_path: Path, served: str, site: BuiltSite) -> Iterator[str]:
    """The address of another origin, with a page for each card that shows it by the snippet of its oEmbed answer."""
    for number, address in enumerate(CARDS):
        answer = json.loads((site.folder / address.strip("/") / "oembed.json").read_text(encoding="utf-8"))
        frame = answer["html"].partition("</blockquote>")[2]  # the line that pages offer
        snippet = frame.replace("https://voluntary-principles.example", served)
        page = f'<!doctype html><html lang="en"><title>A lesson</title><link rel="icon" href="data:,">{snippet}'
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    with a_server(tmp_path) as address:
        yield address


FRAMES = (300, 320, 480, 600)
"""Widths of frames: a sidebar, a phone, the width that oEmbed states, a column of text."""


def test_every_card_fits_the_frame_that_its_answer_asks_for(browser: Browser, served: str, site: BuiltSite) -> None:
    answers = sorted(site.folder.rglob("oembed.json"))
    assert len(answers) > 100
    page = browser.new_page()
    too_tall = []
    for file in answers:
        height = int(json.loads(file.read_text(encoding="utf-8"))["height"])
        page.set_viewport_size({"width": FRAMES[0], "height": height})
        page.goto(f"{served}/{file.parent.relative_to(site.folder).as_posix()}/")
        for width in FRAMES:
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate(TALLER) or page.evaluate(WIDER):
                too_tall.append((file.parent.name, width))
    page.close()
    assert not too_tall


def as_wordpress_shows(html: str, secret: str) -> str:
    """Give what WordPress makes of the answer of a site that it does not know (`wp_filter_oembed_result`).

    It keeps these elements and attributes, puts the frame into a sandbox, gives it a secret, and hides it behind the
    quotation until the frame has spoken.
    """
    kept = {"a": {"href"}, "blockquote": set[str](), "iframe": {"src", "width", "height", "title"}}
    answer = BeautifulSoup(html, "lxml")
    for tag in answer.body.find_all(True) if answer.body else ():
        assert tag.name in kept, tag.name
        tag.attrs = {name: value for name, value in tag.attrs.items() if name in kept[tag.name]}
    quotation, frame = answer.select_one("blockquote"), answer.select_one("iframe")
    assert quotation is not None
    assert frame is not None
    quotation.attrs |= {"class": "wp-embedded-content", "data-secret": secret}
    frame.attrs |= {"src": f"{frame['src']}#?secret={secret}", "data-secret": secret, "class": "wp-embedded-content"}
    frame.attrs |= {"sandbox": "allow-scripts", "security": "restricted"}
    frame.attrs |= {"style": "position: absolute; visibility: hidden;"}
    return f"{quotation}{frame}"


WORDPRESS = """
addEventListener("message", ({ data, source }) => {
  if (!data?.secret || /[^a-zA-Z0-9]/.test(data.secret)) return;
  const own = (name) => document.querySelectorAll(`${name}[data-secret="${data.secret}"]`);
  for (const quote of own("blockquote")) quote.style.display = "none";
  for (const frame of own("iframe")) {
    if (source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (data.message === "height") frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
    if (data.message !== "link" || document.activeElement !== frame) continue;
    if (new URL(data.value).host === new URL(frame.src).host) top.location.href = data.value;
  }
});
"""
"""What WordPress does with the messages of a frame (wp-embed.js), in our words: its own script is under the GPL."""


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("address", ["/embed/principles/9/", "/embed/terms/csam/", "/fr/embed/principles/5/"])
def test_a_card_speaks_with_wordpress(
    browser: Browser, served: str, site: BuiltSite, tmp_path: Path, address: str, script: bool
) -> None:
    answer = json.loads((site.folder / address.strip("/") / "oembed.json").read_text(encoding="utf-8"))
    shown = as_wordpress_shows(answer["html"].replace("https://voluntary-principles.example", served), "aB3dE5gH7j")
    (tmp_path / "index.html").write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>A blog</title><link rel="icon" href="data:,">'
        f'<script>{WORDPRESS}</script><div style="width: 480px">{shown}</div>',
        encoding="utf-8",
    )
    french = address.startswith("/fr/")
    help_, there = ("Obtenir de l\u2019aide", "/fr/help/ca/") if french else ("Get help", "/help/")
    with a_server(tmp_path) as blog:
        context = browser.new_context(java_script_enabled=script, viewport={"width": 800, "height": 1000})
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda message: faults.append(message.text))
        page.goto(f"{blog}/index.html")
        if script:
            frame = page.locator("iframe")
            expect(page.locator("blockquote")).to_be_hidden()
            expect(frame).to_be_visible()
            inside = page.frames[1]
            inside.wait_for_load_state("load")
            own = inside.evaluate("Math.ceil(document.documentElement.getBoundingClientRect().height)")
            expect(frame).to_have_attribute("height", str(own))
            assert own < answer["height"], "no room is left over"
            assert not inside.evaluate(TALLER)
            frame.evaluate("(frame) => (frame.parentElement.style.width = '300px')")
            expect(frame).not_to_have_attribute("height", str(own))
            assert page.frame_locator("iframe").get_by_role("link").count() == 2, "the licence lies on another site"
            page.frame_locator("iframe").get_by_role("link", name=help_).click()
        else:
            expect(page.locator("iframe")).to_be_hidden()
            page.locator("blockquote").get_by_role("link", name=help_).click()
        page.wait_for_url(f"{served}{there}")
        assert faults == []
        context.close()


@pytest.mark.parametrize("width", [320, 720])
@pytest.mark.parametrize("number", range(len(CARDS)))
def test_the_snippet_works_on_another_site(
    browser: Browser, served: str, elsewhere: str, number: int, width: int
) -> None:
    address, here = CARDS[number], f"{elsewhere}/{number}.html"
    context = browser.new_context(viewport={"width": width, "height": 1000})
    page = context.new_page()
    asked: list[tuple[str, str | None]] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append((request.url, request.headers.get("referer"))))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(here)
    card = page.frame_locator("iframe")
    expect(card.get_by_role("heading", level=1)).to_be_visible()
    frame = page.frames[1]
    frame.wait_for_load_state("load")  # with its style sheet
    assert not frame.evaluate(WIDER)
    height = int(page.locator("iframe").get_attribute("height") or 0)
    assert height <= 1000, "as tall as WordPress makes a frame"
    assert not frame.evaluate(TALLER), "the frame is high enough"
    loaded = {url for url, _ in asked if not url.startswith("data:")}
    own = loaded - {here, served + address}
    kinds = (re.fullmatch(rf"{re.escape(served)}/assets/embed\.[0-9a-f]{{10}}\.(css|js)", url) for url in own)
    assert sorted(found[1] for found in kinds if found) == ["css", "js"]
    assert len(own) == 2
    assert [sent for url, sent in asked if url == served + address] == [None], "it does not say who shows it"
    french = address.startswith("/fr/")
    card.get_by_role("link", name="Obtenir de l\u2019aide" if french else "Get help").click()
    page.wait_for_url(f"{served}/fr/help/ca/" if french else f"{served}/help/")
    assert faults == []
    context.close()


def test_the_line_to_copy_can_be_taken_without_script(reader: Reader) -> None:
    for address, label, line in (
        ("/principles/1/#embed", "Embed this", "Line to copy"),
        ("/fr/principles/1/", "Intégrer à une page", "Ligne à copier"),
        ("/fr/glossary/", "Intégrer à une page", "Ligne à copier"),
    ):
        with reader.open(address, java_script_enabled=False) as page:
            page.get_by_text(label).click()
            box = page.get_by_label(line)
            expect(box).to_be_visible()
            assert box.input_value().startswith("<iframe ")
            assert not box.is_editable()
