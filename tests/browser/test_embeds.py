"""The cards in a real browser: in narrow frames, in both schemes, on a page of another origin."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect

from macros.exports.embed_cards import TALLEST
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


@pytest.fixture
def elsewhere(tmp_path: Path, served: str, site: BuiltSite) -> Iterator[str]:
    """The address of another origin, with a page for each card that shows it by the snippet of its oEmbed answer."""
    for number, address in enumerate(CARDS):
        answer = json.loads((site.folder / address.strip("/") / "oembed.json").read_text(encoding="utf-8"))
        snippet = answer["html"].replace("https://voluntary-principles.example", served)
        page = f'<!doctype html><html lang="en"><title>A lesson</title><link rel="icon" href="data:,">{snippet}'
        (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


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
    if width > 400 and height < TALLEST:
        assert not frame.evaluate(TALLER), "the frame is high enough"
    loaded = {url for url, _ in asked if not url.startswith("data:")}
    [sheet] = loaded - {here, served + address}
    assert re.fullmatch(rf"{re.escape(served)}/assets/embed\.[0-9a-f]{{10}}\.css", sheet)
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
