"""The path for services as a reader meets it: questions, a list that fits, progress, files, paper, and no script."""

from __future__ import annotations

import csv
import io
import json
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.kinds.measure import TRAITS
from tests.browser.conftest import Reader

ADDRESS = "/for/small-services/start/"
PHONE = {"viewport": {"width": 390, "height": 844}}
CHAT = {"kind": "messaging", "in": "ca,gb", "files": "1", "contact": "1", "children": "0"}


def fits(measure: kinds.Measure, answers: dict[str, str]) -> bool:
    """Say whether a step is for a service with these answers; what was not answered hides nothing."""
    countries = answers["in"].split(",") if "in" in answers else measure.countries
    return (
        ("kind" not in answers or not measure.kinds or answers["kind"] in measure.kinds)
        and (not measure.only_if or any(answers.get(trait) != "0" for trait in measure.only_if))
        and (not measure.countries or any(country in countries for country in measure.countries))
    )


def expected(catalogue: Catalogue, answers: dict[str, str]) -> list[str]:
    """Give what the list says to a service with these answers, in its order."""
    return [measure.do for measure in catalogue.measures if fits(measure, answers)]


def listed(page: Page) -> list[str]:
    """Give what the list says."""
    return [" ".join(text.split()) for text in page.locator(".step:visible h3").all_inner_texts()]


def written(answers: dict[str, str]) -> str:
    """Give the fragment that holds answers."""
    return "#" + "&".join(f"{key}={value}" for key, value in sorted(answers.items()))


def fragment(page: Page) -> list[tuple[str, str]]:
    """Give the keys and values in the page's address, in their order."""
    return parse_qsl(urlsplit(page.url).fragment)


def marked(page: Page, name: str, status: str) -> None:
    """Say how far a step is."""
    page.get_by_label(f"Status of: {name}", exact=True).select_option(label=status)


def test_answers_make_a_list_that_fits_and_stand_in_the_address(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open(ADDRESS, **PHONE) as page:
        before = page.evaluate("history.length")
        assert listed(page) == [measure.do for measure in catalogue.measures]
        page.get_by_label("Kind of service").select_option("messaging")
        for country in ("United Kingdom", "Canada"):
            page.get_by_label(country, exact=True).check()
        for question, answer in (("files", "Yes"), ("contact", "Yes"), ("children", "No")):
            page.locator(f"[data-trait={question}]").get_by_label(answer).check()
        assert listed(page) == expected(catalogue, CHAT)
        assert fragment(page) == sorted(CHAT.items())
        numbers = page.locator(".step:visible").evaluate_all("steps => steps.map((step) => step.value)")
        assert numbers == list(range(1, len(numbers) + 1)), "the numbers go on through the three bands"
        expect(page.locator("#result")).to_contain_text(f"0 of {len(numbers)} done; next: {listed(page)[0]}")
        step = page.locator(".step:visible", has=page.locator(".step-law li", has_text="Canada")).first
        expect(step.locator(".step-duties")).to_contain_text("Canada: ")
        step.locator("summary").click()
        places = step.locator("li:visible[data-in]").evaluate_all("rows => rows.map((row) => row.dataset.in)")
        assert set(places) <= {"gb", "ca"}
        assert page.evaluate("history.length") == before, "no entry in the tab's history"


def test_an_address_is_read_again_and_nothing_unknown_stays_in_it(reader: Reader, catalogue: Catalogue) -> None:
    first, second, third = expected(catalogue, CHAT)[:3]
    ids = {measure.do: measure.id for measure in catalogue.measures}
    unknown = {"score": "9", "kind": "messaging", "done": f"nobody,{ids[first]}", f"why.{ids[second]}": "unasked"}
    with reader.open(ADDRESS + written({**CHAT, **unknown, "in": "xx,gb,ca"}), **PHONE) as page:
        assert listed(page) == expected(catalogue, CHAT)
        expect(page.locator("#questions")).not_to_have_attribute("open", "")
        expect(page.locator(".path-answers")).to_contain_text("Messaging and email · Canada, United Kingdom")
        marked(page, second, "Not for us")
        page.locator(f"#{ids[second]}").get_by_label("Why not?").fill("<img src=x onerror=alert(1)> =1+1")
        page.keyboard.press("Tab")
        marked(page, third, "Partly")
        kept = dict(fragment(page))
        reason = {f"why.{ids[second]}": "<img src=x onerror=alert(1)> =1+1"}
        assert kept == {**CHAT, "done": ids[first], "not": ids[second], "partly": ids[third], **reason}
        assert [key for key, _ in fragment(page)] == sorted(kept)
        count = len(expected(catalogue, CHAT)) - 1
        expect(page.locator("#result")).to_have_text(f"1 of {count} done; next: {third}.")
        page.reload()
        assert dict(fragment(page)) == kept
        expect(page.get_by_label(f"Status of: {second}", exact=True)).to_have_value("not")
        # A link to a step is no answer, and takes none away.
        page.evaluate("location.hash = '#name-a-person'")
        expect(page.locator("#result")).to_have_text(f"1 of {count} done; next: {third}.")


@pytest.mark.parametrize("form", ["Markdown", "CSV", "JSON"])
def test_what_is_saved_says_what_the_page_says_and_is_read_back(
    reader: Reader, catalogue: Catalogue, tmp_path: Path, form: str
) -> None:
    steps = [measure for measure in catalogue.measures if fits(measure, CHAT)]
    with reader.open(ADDRESS + written({**CHAT, "done": steps[0].id}), **PHONE) as page:
        marked(page, steps[1].do, "Not for us")
        reason = page.locator(f"#{steps[1].id}").get_by_label("Why not?")
        reason.fill("=cmd|' /C calc'!A0")
        reason.blur()
        address = page.url
        with page.expect_download() as saving:
            page.get_by_role("button", name=form, exact=True).click()
        saved = tmp_path / saving.value.suggested_filename
        saving.value.save_as(saved)
        text = saved.read_text(encoding="utf-8-sig")
        if form == "JSON":
            rows = json.loads(text)["steps"]
        elif form == "CSV":
            rows = [row for row in csv.DictReader(io.StringIO(text)) if row["do"] and row["status"]]
        else:
            assert [line.split("**")[1] for line in text.splitlines() if line.startswith("- [")] == [
                s.do for s in steps
            ]
            rows = []
        if rows:
            assert [(row["do"], row["done when"], row["keep as proof"]) for row in rows] == [
                (step.do, step.done, step.proof) for step in steps
            ]
            assert (rows[0]["status"], rows[1]["status"], rows[2]["status"]) == ("Done", "Not for us", "Not yet")
            assert rows[1]["reason"].startswith("'=" if form == "CSV" else "=")
    with reader.open(ADDRESS, **PHONE) as page:
        page.locator("input[type=file]").set_input_files(saved)
        expect(page.locator(".path-said")).to_contain_text("Read.")
        assert page.url.split("#")[1] == address.split("#")[1]
        other = tmp_path / "other.json"
        other.write_text('{"note": "nothing of ours"}', encoding="utf-8")
        page.locator("input[type=file]").set_input_files(other)
        expect(page.locator(".path-said")).to_contain_text("No answers of this page")
        assert page.url.split("#")[1] == address.split("#")[1]


def test_without_script_the_whole_list_stands_in_order(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open(ADDRESS, **PHONE, java_script_enabled=False) as page:
        assert listed(page) == [measure.do for measure in catalogue.measures]
        expect(page.locator("#questions, .path-tools")).to_have_count(2)
        for part in page.locator("#questions, .path-tools, #result").all():
            expect(part).to_be_hidden()
        assert page.locator(".step-law").count() == sum(bool(measure.law) for measure in catalogue.measures)


def test_a_list_prints_on_two_sheets(reader: Reader, catalogue: Catalogue) -> None:
    everywhere = ",".join(sorted({law.country for measure in catalogue.measures for law in measure.law}))
    asked = [
        {"kind": kind.id, "in": everywhere, **dict.fromkeys(TRAITS, "1")} for kind in catalogue.document.service_kinds
    ]
    longest = max(asked, key=lambda answers: len(expected(catalogue, answers)))
    with reader.open(ADDRESS + written(longest)) as page:
        sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    assert len(sheets) <= 2
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in sheets)
    assert "Not legal advice" in text or "This is not legal advice" in text


def test_every_answer_gives_a_list_that_is_read(catalogue: Catalogue) -> None:
    countries = sorted({law.country for measure in catalogue.measures for law in measure.law})
    for kind, place, *traits in product(
        (kind.id for kind in catalogue.document.service_kinds), [*countries, ",".join(countries), "other"], *["10"] * 3
    ):
        answers = {"kind": kind, "in": place, **dict(zip(TRAITS, traits, strict=True))}
        count = len(expected(catalogue, answers))
        assert 9 <= count <= 16, f"{count} steps for {answers}"
