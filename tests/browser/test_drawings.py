"""The drawings of the evidence as a reader meets them by ear and on paper: a report's way, and the law at a glance."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.data
def test_by_ear_a_report_s_way_is_a_named_list_of_six_steps(reader: Reader, catalogue: Catalogue) -> None:
    way = catalogue.get("report_flows", "united-states")
    with reader.open("/evidence/how-a-report-travels/united-states/", **PHONE, java_script_enabled=False) as page:
        figure = page.get_by_role("figure", name="The six steps", exact=True)
        steps = figure.get_by_role("list").first.locator("> li")
        assert [step.get_by_role("heading").inner_text().split("\n")[-1].strip() for step in steps.all()] == [
            step.title for step in way.steps
        ]
        for step, record in zip(steps.all(), way.steps, strict=True):
            assert step.get_by_role("term").all_inner_texts()[0] == "Where it can stop"
            assert step.get_by_role("listitem").count() == len(record.branches or ())
            assert step.get_by_role("link", name="Principle ").count() == len(record.principles)
        assert figure.get_by_role("img").count() == 0
        ways = page.get_by_role("navigation", name="Ways of a report")
        expect(ways.locator("[aria-current]")).to_have_text("United States")
        ways.get_by_role("link", name="Another country").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("How a report travels in another country")


@pytest.mark.data
def test_the_law_at_a_glance_stays_a_table_as_cards_and_prints_on_one_sheet(
    reader: Reader, catalogue: Catalogue
) -> None:
    countries = len({law.country for law in catalogue.document.laws})
    with reader.open("/law/picture/", **PHONE) as page:
        table = page.get_by_role("table", name="The law that has come furthest")
        assert table.get_by_role("columnheader").count() == countries + 1
        assert table.get_by_role("rowheader").count() == len(catalogue.principles)
        assert table.get_by_role("cell").get_by_role("link").count() == countries * len(catalogue.principles)
        assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 1
