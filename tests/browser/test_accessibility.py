"""What axe-core cannot see: paper, forced colours, the keyboard. Its own rules are tried by `test_page_kinds.py`."""

from __future__ import annotations

import re
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""What axe-core is asked: WCAG 2.0 to 2.2, A and AA, and best practice."""


def test_the_page_can_be_read_in_forced_colours(reader: Reader) -> None:
    with reader.open("/principles/1/", forced_colors="active") as page:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        mark = page.locator("article .shape").first
        assert mark.evaluate("mark => getComputedStyle(mark).forcedColorAdjust") == "none"


@pytest.mark.data
def test_a_principle_prints_on_two_sheets_with_its_sources_and_address(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/") as page:
        for principle in catalogue.principles:
            page.goto(f"{reader.base}/principles/{principle.number}/")
            letter, sheets = (PdfReader(BytesIO(page.pdf(format=paper))).pages for paper in ("Letter", "A4"))
            assert (len(letter), len(sheets)) == (2, 2), principle.number
            text = normalize("NFKC", " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()))
            assert f"/principles/{principle.number}/" in text
            assert principle.title in text
            assert "Exit this page" not in text
            page.emulate_media(media="print")
            marks = page.locator("article .source-mark:visible").all_text_contents()
            listed = page.locator("ol.sources > li:visible").evaluate_all("items => items.map(item => item.value)")
            assert {int(mark.rstrip("+")) for mark in marks} <= set(listed), principle.number
            assert page.get_by_role("heading", name="What is done").count() == 0
            page.emulate_media(media="null")
            expect(page.get_by_role("heading", name="What is done")).to_be_visible()


@pytest.mark.data
def test_a_principle_in_french_prints_on_two_sheets_too(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/") as page:
        for principle in catalogue.principles:
            page.goto(f"{reader.base}/fr/principles/{principle.number}/")
            for paper in ("A4", "Letter"):
                sheets = PdfReader(BytesIO(page.pdf(format=paper))).pages
                assert len(sheets) == 2, (principle.number, paper)
            assert f"/fr/principles/{principle.number}/" in normalize("NFKC", sheets[-1].extract_text())


def test_paper_has_the_whole_matrix(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/matrix/") as page:
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        text = normalize("NFKC", " ".join(" ".join(sheet.extract_text() for sheet in sheets).split()))
        names = page.locator("#matrix-stakeholders tbody th").all_inner_texts()
    assert len(names) > 20
    assert [name for name in names if normalize("NFKC", name) not in text] == []


def test_colours_follow_the_device_without_script(reader: Reader) -> None:
    shades = {}
    for scheme in ("light", "dark"):
        with reader.open("/principles/1/", color_scheme=scheme, java_script_enabled=False) as page:
            shades[scheme] = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert sum(map(int, re.findall(r"\d+", shades["light"]))) > 600
    assert sum(map(int, re.findall(r"\d+", shades["dark"]))) < 150


def test_keyboard_reaches_skip_link_exit_help_and_search(reader: Reader) -> None:
    with reader.open("/principles/1/") as page:
        names = []
        for _ in range(12):
            page.keyboard.press("Tab")
            names.append(
                page.evaluate("document.activeElement.innerText || document.activeElement.ariaLabel || ''").strip()
            )
        assert names[:3] == ["Skip to content", "Exit this page", "Get help"]
        assert "Search" in names
        page.keyboard.press("s")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.keyboard.press("Control+k")
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
        page.keyboard.press("Escape")


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_opens_by_keyboard_with_and_without_script(reader: Reader, script: bool) -> None:
    with reader.open("/principles/1/", viewport={"width": 360, "height": 800}, java_script_enabled=script) as page:
        menu = page.get_by_role("navigation", name="Menu")
        expect(menu).to_be_hidden()
        page.locator(".menu > summary").focus()
        page.keyboard.press("Enter")
        menu.get_by_role("link", name="Glossary").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Glossary")


@pytest.mark.parametrize("script", [True, False])
def test_the_open_menu_never_covers_what_has_the_focus(reader: Reader, script: bool) -> None:
    with reader.open("/principles/1/", viewport={"width": 360, "height": 800}, java_script_enabled=script) as page:
        page.locator(".menu > summary").focus()
        page.keyboard.press("Enter")
        page.get_by_role("navigation", name="Menu").get_by_role("link").last.focus()
        page.keyboard.press("Tab")
        contents = page.locator(".toc-narrow > summary")
        expect(contents).to_be_focused()
        contents.click(timeout=2000)  # refuses what something else covers
        expect(page.locator(".toc-narrow")).to_have_attribute("open", "")
        if script:
            page.locator(".menu > summary").press("Enter")
            page.keyboard.press("Tab")
            page.keyboard.press("Escape")
            expect(page.locator(".menu > summary")).to_be_focused()
            expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()


def test_the_bar_of_safety_never_covers_what_has_the_focus(reader: Reader) -> None:
    """WCAG 2.2, 2.4.11, on a screen of 320 by 256 CSS pixels: a desk screen at 400 % zoom."""
    covered = []
    with reader.open("/principles/1/", viewport={"width": 320, "height": 256}) as page:
        for _ in range(120):
            page.keyboard.press("Tab")
        for _ in range(60):
            page.keyboard.press("Shift+Tab")
            hidden = page.evaluate(
                """() => {
                    const bar = document.querySelector(".md-banner").getBoundingClientRect();
                    const item = document.activeElement;
                    if (item.closest(".md-banner, .md-skip") || item === document.body) return "";
                    const box = item.getBoundingClientRect();
                    return box.bottom <= bar.bottom ? item.outerHTML.slice(0, 90) : "";
                }"""
            )
            covered += [hidden] if hidden else []
    assert covered == []


def test_the_paths_that_readers_take_work_by_keyboard_alone(reader: Reader, catalogue: Catalogue) -> None:
    exercise = catalogue.exercise(catalogue.principle(1))
    assert exercise is not None
    item = exercise.self_check[0]
    with reader.open("/principles/1/") as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main article') !== null"), (
            "the skip link leads into the text"
        )
        question, answer = page.locator(f"#check-{item.id} summary").all()
        question.focus()
        page.keyboard.press("Enter")
        answer.focus()
        page.keyboard.press("Enter")
        expect(page.locator(f"#check-{item.id}").get_by_text(item.why)).to_be_visible()
        assert answer.evaluate("item => getComputedStyle(item).outlineStyle") != "none"
    with reader.open("/timeline/") as page:
        laws = [event for event in catalogue.events if event.kind == "law"]
        page.get_by_role("navigation", name="Show").get_by_role("link", name="Law", exact=True).focus()
        page.keyboard.press("Enter")
        expect(page.locator("li.event:visible")).to_have_count(len(laws))
    with reader.open("/stakeholders/") as page:
        page.get_by_label("Kind").focus()
        page.keyboard.type("Hotlines")
        hotlines = [one for one in catalogue.stakeholders if one.kind == "hotline"]
        expect(page.locator(".cards > li:visible")).to_have_count(len(hotlines))
