"""Two side by side, as a journalist uses it: choose, send the address, read it back, take a file; and the matrix."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pypdf import PdfReader

from macros.build import offline_zip
from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader
from tests.browser.test_accessibility import RULES
from tests.conftest import BuiltSite

ADDRESS = "/compare/"
PAIRS = {
    "stakeholders": ("meta", "google"),
    "countries": ("gb", "au"),
    "principles": ("3", "9"),
}
PUBLISHED = "https://voluntary-principles.example/compare/"


def fragment(subject: str) -> str:
    first, second = PAIRS[subject]
    return f"#a={first}&b={second}&what={subject}"


def heads_of(page: Page) -> Locator:
    return page.locator(".compare-table thead th")


def table(page: Page) -> list[list[str]]:
    """Give the rows of the comparison as they are read: the aspect, then each line of either cell."""
    rows = page.locator(".compare-table tbody tr").evaluate_all(
        """rows => rows.map((row) => [...row.cells].map((cell, at) => {
          const lines = at ? [...cell.querySelectorAll("li, .compare-none, .compare-more")] : [cell];
          return lines.map((one) => one.textContent.trim()).join(" | ");
        }))"""
    )
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def saved(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes().decode("utf-8-sig")


def test_two_are_chosen_shared_by_address_read_back_and_swapped(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/evidence/") as page:
        page.goto(reader.base + ADDRESS)
        expect(page.get_by_role("status").filter(has_text="Choose two")).to_be_visible()
        page.get_by_label("First").select_option("meta")
        expect(page.get_by_role("status").filter(has_text="Choose one more.")).to_be_visible()
        assert page.url == f"{reader.base}{ADDRESS}#a=meta&what=stakeholders"
        page.get_by_label("Second").focus()
        page.get_by_label("Second").select_option("google")
        expect(page.get_by_role("status").filter(has_text="Meta and Google:")).to_be_visible()
        assert page.url == reader.base + ADDRESS + fragment("stakeholders")
        assert page.evaluate("document.activeElement.id") == "compare-b", "focus stays where it is"
        heads = page.locator(".compare-table thead th")
        expect(heads).to_have_text(["Aspect", "Meta", "Google"])
        before = table(page)
        assert ["Kind", "Companies", "Companies"] in before
        page.get_by_role("button", name="Swap the two").click()
        expect(heads).to_have_text(["Aspect", "Google", "Meta"])
        assert table(page) == [[head, second, first] for head, first, second in before]
        assert page.url == f"{reader.base}{ADDRESS}#a=google&b=meta&what=stakeholders"
        page.get_by_label("Second").select_option("google")
        expect(page.get_by_role("status").filter(has_text="These are the same.")).to_be_visible()
        expect(page.locator(".compare-table")).to_have_count(0)
        page.get_by_label("What", exact=True).select_option("countries")
        assert page.url == f"{reader.base}{ADDRESS}#what=countries"
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Evidence")
    with reader.open(ADDRESS + fragment("stakeholders")) as page:
        expect(page.locator(".compare-table")).to_be_visible()
        assert table(page) == before
        page.evaluate("location.hash = 'a=ca&b=us&what=countries'")
        expect(heads_of(page)).to_have_text(["Aspect", "Canada", "United States"])
        page.evaluate("location.hash = 'tables'")
        expect(page.locator(".compare-table")).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("#what=countries&who=me&b=us&a=gb&q=x", "#a=gb&b=us&what=countries"),
        ("#a=nobody&b=google&what=stakeholders", "#b=google&what=stakeholders"),
        ("#a=meta&b=%3Cimg%20src=x%20onerror=alert(1)%3E&what=stakeholders", "#a=meta&what=stakeholders"),
        ("#a=gb&b=us&what=__proto__", ""),
        ("#a=constructor&b=toString&what=principles", "#what=principles"),
    ],
)
def test_what_the_page_does_not_know_is_dropped(reader: Reader, asked: str, kept: str) -> None:
    with reader.open(ADDRESS + asked) as page:
        expect(page.locator(".compare-status")).not_to_be_empty()
        assert page.url == reader.base + ADDRESS + kept


@pytest.mark.parametrize("subject", PAIRS)
def test_files_say_what_the_page_says(reader: Reader, subject: str) -> None:
    with reader.open(ADDRESS + fragment(subject)) as page:
        expect(page.locator(".compare-table")).to_be_visible()
        shown = table(page)
        first, second = heads_of(page).all_inner_texts()[1:]
        neither = page.locator(".compare-neither span").text_content() or ""
        rows = list(csv.reader(io.StringIO(saved(page, "Download this comparison (CSV)"), newline=""), strict=True))
        markdown = saved(page, "Download it as text (Markdown)")
        links = page.locator(".compare-table tbody td a").count()
    address = PUBLISHED + fragment(subject)
    assert rows[0][:3] == ["Aspect", first, second]
    assert [row[:3] for row in rows[1 : len(shown) + 1]] == shown
    left = rows[len(shown) + 1 : -1]
    assert all(row[1:3] == ["No record found"] * 2 for row in left)
    if left:
        assert neither == "; ".join(row[0] for row in left) + "."
    assert rows[-1][0] == "Facts as of"
    assert rows[-1][3:] == [address] * 2
    assert sum(len(cell.split()) for row in rows[1:-1] for cell in row[3:]) == links
    lines = [line for line in markdown.split("\n") if line.startswith("|")]
    assert len(lines) == 2 + len(shown) + len(left)
    for line, row in zip(lines[2:], shown, strict=False):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        bare = [re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\([^)]*\)", r"\1", cell)) for cell in cells]
        assert bare == [cell.replace(" | ", "<br>") for cell in row]
    assert markdown.rstrip().endswith(f"<{address}>")


def test_the_link_is_copied_and_the_line_to_cite_has_it(reader: Reader) -> None:
    with reader.open(ADDRESS + fragment("countries")) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == PUBLISHED + fragment("countries")
        said = page.locator(".compare-cite").inner_text()
        assert said.startswith("To cite it: United Kingdom and Australia, side by side.")
        assert said.endswith(PUBLISHED + fragment("countries"))


def test_names_that_would_do_harm_are_text(reader: Reader) -> None:
    bad = '<img src=x onerror="window.ran=1">|[x](javascript:window.ran=1)'
    entry = {"text": bad, "address": "javascript:window.ran=1", "tag": [bad, bad], "date": [bad, bad], "when": bad}
    cells = {"kind": {"entries": [entry, {"text": "=HYPERLINK(1)"}], "address": "//elsewhere.example/"}}
    items = {one: {"name": bad, "address": "javascript:window.ran=1", "cells": cells} for one in ("meta", "google")}
    text = f"(window.compareData??={{}}).stakeholders={json.dumps({'doubts': {}, 'items': items})};"

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=text)

    with reader.window() as page:
        page.route("**/compare-data-stakeholders.*.js", answer)
        page.goto(reader.base + ADDRESS + fragment("stakeholders"))
        expect(page.locator(".compare-table")).to_be_visible()
        assert page.locator(".compare-table img").count() == 0
        for link in page.locator(".compare-table a").all():
            assert (link.get_attribute("href") or "").startswith(reader.base)
            link.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
            link.click()
        assert page.evaluate("window.ran") is None
        rows = list(csv.reader(io.StringIO(saved(page, "Download this comparison (CSV)"), newline=""), strict=True))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        assert "\\<img" in saved(page, "Download it as text (Markdown)")


@pytest.mark.parametrize("subject", PAIRS)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_is_a_table_to_a_screen_reader_and_axe_finds_nothing(reader: Reader, subject: str, width: int) -> None:
    scheme = "dark" if width == 390 else "light"
    with reader.open(
        ADDRESS + fragment(subject), viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ) as page:
        expect(page.locator(".compare-table")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        count = Counter(node["role"]["value"] for node in nodes if not node.get("ignored"))
        rows = len(table(page))
        assert (count["table"], count["columnheader"], count["rowheader"], count["cell"]) == (1, 3, rows, 2 * rows)
        sides = page.locator(".compare-table td .cell-head")
        assert sides.first.is_visible() == (width < 900)
        assert sides.count() == 2 * rows
        found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
        assert [fault["id"] for fault in found] == []


def test_labels_have_the_colours_that_they_have_elsewhere(reader: Reader) -> None:
    """Each page has the style rules of what stands on it; these labels come with the data."""
    colour = "tag => getComputedStyle(tag).color"
    with reader.open("/stakeholders/meta/") as page:
        wanted = {
            kind: page.locator(f"article .tag-{kind}").first.evaluate(colour) for kind in ("endorsed", "in-place")
        }
    with reader.open(ADDRESS + fragment("stakeholders")) as page:
        for kind, own in wanted.items():
            assert page.locator(f".compare-table .tag-{kind}").first.evaluate(colour) == own, kind
        assert page.locator(".compare-table .tag-announced").first.evaluate(colour) not in wanted.values()


def test_it_is_used_by_keyboard_alone(reader: Reader) -> None:
    with reader.open(ADDRESS) as page:
        page.get_by_label("What", exact=True).focus()
        for keys in ("Principles", "1. ", "2. "):
            page.keyboard.type(keys)
            page.keyboard.press("Tab")
        expect(page.locator(".compare-table")).to_be_visible()
        expect(page.get_by_role("button", name="Swap the two")).to_be_focused()
        page.keyboard.press("Enter")
        assert page.url.endswith("#a=2&b=1&what=principles")


def test_without_script_the_tables_that_hold_the_same_are_listed(reader: Reader) -> None:
    with reader.open(ADDRESS + fragment("countries"), java_script_enabled=False) as page:
        expect(page.locator("form.compare-form")).to_be_hidden()
        expect(page.get_by_text("Choosing two needs scripts")).to_be_visible()
        paths = [link.get_attribute("href") for link in page.locator(".compare-tables a").all()]
    assert {str(path).removeprefix("../").partition("#")[0] for path in paths} == {
        *("matrix/", "principles/glance/", "law/", "evidence/endorsed/", "figures/", "evidence/how-a-report-travels/"),
    }


def test_nothing_is_loaded_before_a_choice_and_one_file_after(reader: Reader) -> None:
    with reader.window() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(reader.base + ADDRESS)
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "compare-data" in url]
        page.goto(reader.base + ADDRESS + fragment("countries"))
        expect(page.locator(".compare-table")).to_be_visible()
        page.get_by_label("Second").select_option("nz")
        expect(heads_of(page)).to_have_text(["Aspect", "United Kingdom", "New Zealand"])
        assert len([url for url in asked if "compare-data" in url]) == 1
        assert not [url for url in asked if "#" in url or "nz" in url.rpartition("/")[2]]
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_it_works_from_the_unpacked_archive(browser: Browser, site: BuiltSite, tmp_path: Path) -> None:
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        whole.extractall(tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / offline_zip.FOLDER / "compare" / "index.html").as_uri() + fragment("stakeholders"))
    page.locator(".compare-table").get_by_role("link", name="Meta", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meta")
    page.close()


def test_paper_has_the_comparison_its_address_and_its_date(reader: Reader) -> None:
    for subject, most in (("stakeholders", 2), ("principles", 2), ("countries", 3)):
        with reader.open(ADDRESS + fragment(subject)) as page:
            expect(page.locator(".compare-table")).to_be_visible()
            sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        text = normalize("NFKC", "".join(sheet.extract_text() for sheet in sheets))
        assert len(sheets) <= most, subject
        assert re.sub(r"\s", "", PUBLISHED + fragment(subject)) in re.sub(r"\s", "", text)
        assert "Facts as of" in text
        assert "Swap the two" not in text


# --- the matrix ---


def test_the_matrix_is_filtered_by_status_in_the_fragment(reader: Reader, catalogue: Catalogue) -> None:
    having = {practice.stakeholder for practice in catalogue.document.practices if practice.status == "announced"}
    wanted = [one for one in catalogue.stakeholders if one.status == "endorsed" and one.id in having]
    rows = "#matrix-stakeholders tbody tr:visible"
    with reader.open("/matrix/") as page:
        whole = page.locator(rows).count()
        page.get_by_label("Status of the work").select_option("announced")
        page.get_by_label("Status of who does it").select_option("endorsed")
        expect(page.locator(rows)).to_have_count(len(wanted))
        expect(page.get_by_role("status").filter(has_text=f"{len(wanted)} of {whole} shown")).to_be_visible()
        assert page.url == f"{reader.base}/matrix/#practice=announced&status=endorsed"
        marks = page.locator(f"{rows} td a:visible").all()
        assert marks
        assert all("Announced" in (mark.get_attribute("aria-label") or "") for mark in marks)
        rows_of_file = list(
            csv.reader(io.StringIO(saved(page, "Download what is shown (CSV)"), newline=""), strict=True)
        )
        assert [row[0] for row in rows_of_file[1:]] == [one.short_name or one.name for one in wanted]
        assert rows_of_file[0][1] == "Principle 1: " + catalogue.principle(1).title
        filled = [cell for row in rows_of_file[1:] for cell in row[1:] if cell]
        assert len(filled) == len(marks)
        assert all("Announced" in cell for cell in filled)
    with reader.open("/matrix/#status=endorsed&who=me&practice=announced") as page:
        expect(page.locator(rows)).to_have_count(len(wanted))
        assert page.url == f"{reader.base}/matrix/#practice=announced&status=endorsed"
        page.evaluate("location.hash = 'status=legal-duty'")
        expect(page.locator(rows)).to_have_count(
            len([one for one in catalogue.stakeholders if one.status == "legal-duty" and catalogue.principles_of(one)])
        )
    with reader.open("/matrix/", java_script_enabled=False) as page:
        assert page.locator(rows).count() == whole
        expect(page.get_by_role("button", name="Download what is shown (CSV)")).to_be_hidden()
        expect(page.get_by_text("As of ")).to_be_visible()
