"""Help on a phone: the number is on the first screen after two taps, whatever the country, with and without script.

Heights are the budgets of the design, in the browser's own fonts, with a tenth of tolerance. What is open now is tried
with clocks that stand still, on both days of the year on which clocks are changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from macros.pages.help_pages import cards, contact
from tests.browser.conftest import Reader
from tests.browser.test_reading_paths import SHIFTS

PHONE = {"viewport": {"width": 390, "height": 844}}
TOLERANCE = 1.1
ZONES = {
    "au": "Australia/Sydney",
    "ca": "America/Toronto",
    "nz": "Pacific/Auckland",
    "gb": "Europe/London",
    "us": "America/Chicago",
    "int": "Asia/Kolkata",
}


def bottom(page: Page, selector: str) -> float:
    """Give how far down the page something ends that can be seen."""
    box = page.locator(selector).locator("visible=true").first.bounding_box()
    assert box is not None, selector
    return box["y"] + box["height"] + float(page.evaluate("scrollY"))


# --- the way to a number ---


@pytest.mark.parametrize("country", ZONES)
def test_from_a_principle_two_taps_lead_to_a_number_on_the_first_screen(
    reader: Reader, catalogue: Catalogue, country: str
) -> None:
    """The links to tap are the same all over the world; what the clock decides is on the page that they lead to."""
    with reader.window(**PHONE, timezone_id=ZONES[country]) as page:
        for situation in catalogue.situations:
            if country == "gb" or situation is catalogue.situations[0]:
                page.goto(f"{reader.base}/principles/3/")
                page.get_by_role("link", name="Get help").first.click()
                page.get_by_role("main").get_by_role("link", name=situation.title, exact=True).click()
            else:
                page.goto(f"{reader.base}/help/steps-{situation.number}/")
            expect(page.get_by_role("heading", level=1)).to_contain_text(situation.title)
            card = next(one for one in cards(catalogue, situation) if one.country.id == country)
            way = contact(card.services[0])
            assert way is not None
            shown = page.locator(".first-card.chosen .help-card")
            # At night a line that answers stands above it.
            expect(shown.locator(".call").locator("visible=true").first).to_be_in_viewport(ratio=1)
            expect(shown.locator(f'> .call[href="{way.href}"]')).to_be_visible()
            assert page.url.endswith(f"/help/steps-{situation.number}/")
            expect(page.locator(f'.country-line[data-country="{country}"]')).to_be_hidden()


def test_without_script_every_country_s_number_comes_right_after_the_steps(
    reader: Reader, catalogue: Catalogue
) -> None:
    with reader.open("/principles/3/", **PHONE, java_script_enabled=False) as page:
        page.get_by_role("link", name="Get help").first.click()
        for situation in catalogue.situations:
            page.goto(f"{reader.base}/help/")
            page.get_by_role("main").get_by_role("link", name=situation.title, exact=True).click()
            expect(page.locator(".first-card")).to_have_count(len(catalogue.service_groups))
            for card in cards(catalogue, situation):
                way = contact(card.services[0])
                assert way is not None
                line = page.locator(f'.country-line[data-country="{card.country.id}"] a.line-call[href="{way.href}"]')
                box = line.bounding_box()
                assert box is not None
                assert box["height"] >= 44
                assert box["y"] < 844, (situation.id, card.country.id)
        page.goto(f"{reader.base}/help/steps-1/")
        page.locator('.country-line[data-country="nz"] .line-more').click()
        expect(page.locator("#nz .help-card > .call")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Australia/ACT", "au"),
        ("America/Montreal", "ca"),
        ("America/Indiana/Knox", "us"),
        ("Pacific/Chatham", "nz"),
        ("Europe/Dublin", "int"),
        ("UTC", "int"),
    ],
)
def test_the_clock_alone_decides_which_country_stands_first(reader: Reader, zone: str, country: str) -> None:
    with reader.open("/help/steps-6/", timezone_id=zone, locale="fr-FR") as page:
        expect(page.locator(".first-card:visible")).to_have_attribute("data-country", country)
        if country == "int":
            expect(page.locator(".first-card:visible").get_by_role("link", name="112")).to_be_visible()
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_another_country_can_be_chosen_on_the_page_and_by_its_address(reader: Reader) -> None:
    with reader.open("/help/steps-1/", **PHONE, timezone_id="Europe/London") as page:
        page.get_by_role("link", name="Choose another country").click()
        page.get_by_role("link", name=re.compile("^More ?: Australia")).click()
        shown = page.locator(".first-card:visible")
        expect(shown).to_have_attribute("data-country", "au")
        expect(shown.locator(".help-card > .call")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("link", name=re.compile("^More ?: United Kingdom"))).to_be_visible()
        page.goto(f"{reader.base}/help/")
        page.goto(f"{reader.base}/help/steps-1/#nz")
        expect(page.locator(".first-card:visible")).to_have_attribute("data-country", "nz")
    with reader.open("/fr/help/steps-1/", timezone_id="Australia/Perth") as page:
        expect(page.locator(".first-card:visible")).to_have_attribute("data-country", "int")


# --- room ---


def test_the_first_page_fits_its_budget(reader: Reader) -> None:
    with reader.open("/help/", **PHONE) as page:
        danger = page.locator("h2#emergency").bounding_box()
        assert danger is not None
        assert bottom(page, "ul.emergency") - danger["y"] <= 190 * TOLERANCE
        assert bottom(page, "ul.ways") <= 700 * TOLERANCE
        for box in page.locator("ul.ways:not(.ways-minor) a").evaluate_all(
            "links => links.map((link) => [link.offsetHeight, link.offsetWidth])"
        ):
            assert box[0] >= 56
            assert box[1] > 340
        assert bottom(page, "main") <= 2000 * TOLERANCE


def test_steps_and_number_fit_on_the_first_screen(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/help/", **PHONE) as page:
        for situation in catalogue.situations:
            page.goto(f"{reader.base}/help/steps-{situation.number}/#gb")
            card = page.locator(".first-card:visible .help-card > .call")
            box = card.bounding_box()
            assert box is not None
            assert box["height"] >= 96
            assert card.evaluate("call => getComputedStyle(call).borderTopWidth") == "3px"
            last = (
                ".first-card.chosen .happens" if page.locator(".first-card.chosen .happens").count() else ".call-facts"
            )
            assert bottom(page, last) <= 740 * TOLERANCE, situation.id


BLOCKS = "article :is(.ways, .emergency, .call, .fold, .country-lines, .country-doors, .improve)"


@pytest.mark.parametrize("address", ["/help/", "/help/gb/", "/help/steps-1/", "/fr/help/steps-1/"])
def test_every_block_ends_at_one_of_two_edges(reader: Reader, address: str, subtests: pytest.Subtests) -> None:
    with reader.open(address, viewport={"width": 320, "height": 844}) as page:
        for width in (320, 390, 1280):
            with subtests.test(width=width):
                page.set_viewport_size({"width": width, "height": 844})
                blocks = page.locator(BLOCKS).locator("visible=true")
                edges = blocks.evaluate_all("all => all.map((one) => Math.round(one.getBoundingClientRect().right))")
                assert len(set(edges)) == 1, edges
                assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nothing_moves_while_the_country_is_found(reader: Reader) -> None:
    with reader.open("/help/", **PHONE, timezone_id="Pacific/Auckland") as page:
        for address in ("/help/steps-1/", "/help/steps-3/", "/help/nz/", "/fr/help/steps-2/"):
            page.goto(reader.base + address)
            assert page.evaluate(SHIFTS) < 0.01, address


# --- addresses that were given away ---


@pytest.mark.parametrize("script", [True, False])
def test_old_places_are_there_and_open_when_they_are_asked_for(reader: Reader, script: bool) -> None:
    with reader.window(**PHONE, java_script_enabled=script) as page:
        for address in (
            *("/help/#help-first", "/help/#need-threat", "/help/gb/#need-crisis", "/help/gb/#gb-napac"),
            *("/help/#emergency", "/help/#countries", "/help/#leaving", "/help/#gb-emergency-number"),
        ):
            page.goto("about:blank")  # else the browser stays on the page and only jumps
            page.goto(reader.base + address)
            expect(page.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_a_country_s_help_prints_on_two_sheets_with_its_numbers(reader: Reader, catalogue: Catalogue) -> None:
    with reader.open("/help/", timezone_id="UTC") as page:
        for address in (*(f"/help/{country}/" for country in ZONES), "/fr/help/ca/", "/help/steps-1/"):
            page.goto(reader.base + address)
            for paper in ("A4", "Letter"):
                sheets = PdfReader(BytesIO(page.pdf(format=paper))).pages
                assert len(sheets) <= 2, (address, paper)
            text = "".join(sheet.extract_text() for sheet in sheets)
            assert "Exit this page" not in text
            if address == "/help/gb/":
                for number in ("999", "0800 1111", "116 123"):
                    assert number in text


# --- who answers now ---


@contextmanager
def at(reader: Reader, moment: str, zone: str, card: dict[str, str], spare: dict[str, str]) -> Iterator[Page]:
    """Open a page on which a card and the line beside it say given hours, at a moment that stands still.

    `zone` is the reader's.
    """
    with reader.window(timezone_id=zone) as page:
        page.clock.set_fixed_time(datetime.fromisoformat(moment).astimezone(UTC))
        page.goto(f"{reader.base}/help/steps-2/#nz")
        page.evaluate(
            """([card, spare]) => {
              const first = document.querySelector("#nz .help-card");
              Object.assign(first.dataset, card);
              Object.assign(first.querySelector(".instead").dataset, spare);
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            [card, spare],
        )
        yield page


def line(page: Page) -> str:
    return " ".join((page.locator("#nz .help-card > .call-facts .open-line").text_content() or "").split())


WEEKDAYS = " ".join(f"{day * 1440 + 8 * 60}-{day * 1440 + 20 * 60}" for day in range(5))
NIGHTS = "0-120 " + " ".join(f"{day * 1440 + 22 * 60}-{day * 1440 + 26 * 60}" for day in range(6)) + " 9960-10080"
LONDON = {"zone": "Europe/London", "checked": "2026-11-24"}
AUCKLAND = {"zone": "Pacific/Auckland", "checked": "2026-11-24"}
ALWAYS = {**AUCKLAND, "open": "always"}


@pytest.mark.parametrize(
    ("moment", "reader_s", "card", "said"),
    [
        # In the middle of a day, for a reader in the same zone and in others.
        ("2026-12-01T12:00+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Open now until 20:00"),
        (
            "2026-12-01T12:00+00:00",
            "Europe/Paris",
            {**LONDON, "open": WEEKDAYS},
            "Open now until 20:00 (21:00 where you are)",
        ),
        (
            "2026-12-01T12:00+00:00",
            "Pacific/Auckland",
            {**LONDON, "open": WEEKDAYS},
            "Open now until 20:00 (Wednesday at 9:00 where you are)",
        ),
        # The minute it opens and the minute it closes.
        ("2026-12-01T08:00+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Open now until 20:00"),
        ("2026-12-01T19:59+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Open now until 20:00"),
        ("2026-12-01T20:00+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Opens tomorrow at 8:00"),
        ("2026-12-01T07:59+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Opens at 8:00"),
        ("2026-12-04T21:00+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, "Opens on Monday at 8:00"),
        # Over midnight, and from Sunday into Monday.
        ("2026-12-01T23:00+00:00", "Europe/London", {**LONDON, "open": NIGHTS}, "Open now until 2:00"),
        ("2026-12-02T01:00+00:00", "Europe/London", {**LONDON, "open": NIGHTS}, "Open now until 2:00"),
        ("2026-12-06T23:00+00:00", "Europe/London", {**LONDON, "open": NIGHTS}, "Open now until 2:00"),
        ("2026-12-06T12:00+00:00", "Europe/London", {**LONDON, "open": "8640-10080"}, "Open now until midnight"),
        # The last Sunday of March 2027 in Britain: 1:00 becomes 2:00.
        (
            "2027-03-28T00:30+00:00",
            "UTC",
            {**LONDON, "checked": "2027-03-01", "open": "8640-10080"},
            "Open now until midnight (23:00 where you are)",
        ),
        (
            "2027-03-27T21:00+00:00",
            "UTC",
            {**LONDON, "checked": "2027-03-01", "open": "9120-9600"},
            "Opens tomorrow at 8:00 (7:00 where you are)",
        ),
        # The last Sunday of October 2027 in Britain: 2:00 becomes 1:00.
        (
            "2027-10-30T21:00+00:00",
            "UTC",
            {**LONDON, "checked": "2027-10-01", "open": "9120-9600"},
            "Opens tomorrow at 8:00",
        ),
        (
            "2027-10-31T00:30+00:00",
            "UTC",
            {**LONDON, "checked": "2027-10-01", "open": "8640-9600"},
            "Open now until 16:00",
        ),
        # The first Sunday of April 2027 and the last of September in New Zealand.
        (
            "2027-04-03T09:00+00:00",
            "UTC",
            {**AUCKLAND, "checked": "2027-04-01", "open": "9180-9660"},
            "Opens tomorrow at 9:00 (Saturday at 21:00 where you are)",
        ),
        (
            "2027-09-25T09:00+00:00",
            "UTC",
            {**AUCKLAND, "checked": "2027-09-01", "open": "9180-9660"},
            "Opens tomorrow at 9:00 (Saturday at 20:00 where you are)",
        ),
        ("2026-12-01T03:00+00:00", "Asia/Kolkata", {**LONDON, "open": "always"}, "Open now"),
        # Read too long ago; before the facts were checked; a zone that no browser knows.
        ("2027-05-20T12:00+00:00", "Europe/London", {**LONDON, "open": "always"}, "Open now"),
        ("2027-05-24T12:00+00:00", "Europe/London", {**LONDON, "open": "always"}, ""),
        ("2026-11-20T12:00+00:00", "Europe/London", {**LONDON, "open": "always"}, ""),
        ("1970-01-02T12:00+00:00", "Europe/London", {**LONDON, "open": "always"}, ""),
        ("2026-12-01T12:00+00:00", "Europe/London", {**LONDON, "zone": "Europe/Nowhere", "open": WEEKDAYS}, ""),
    ],
)
def test_what_the_card_says_of_now(reader: Reader, moment: str, reader_s: str, card: dict[str, str], said: str) -> None:
    with at(reader, moment, reader_s, card, {**ALWAYS, "checked": card["checked"]}) as page:
        assert line(page) == said
        shut = said.startswith("Opens")
        expect(page.locator("#nz .instead")).to_be_visible(visible=shut)
        if shut:  # never only that it is shut: what is open stands above, and both are shown
            first = page.locator("#nz .help-card .call:visible").first
            expect(first).to_have_class(re.compile("call-instead"))
            expect(page.locator("#nz .help-card > .call")).to_be_visible()


def test_it_is_silent_when_it_knows_of_nothing_that_is_open(reader: Reader) -> None:
    spare = {**ALWAYS, "checked": "2026-01-01"}
    with at(reader, "2026-12-01T21:00+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, spare) as page:
        assert line(page) == ""
        expect(page.locator("#nz .instead")).to_be_hidden()


def test_it_looks_again_when_the_reader_comes_back(reader: Reader) -> None:
    with at(reader, "2026-12-01T19:59+00:00", "Europe/London", {**LONDON, "open": WEEKDAYS}, ALWAYS) as page:
        assert line(page) == "Open now until 20:00"
        page.clock.set_fixed_time(datetime(2026, 12, 1, 20, 1, tzinfo=UTC))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        assert line(page) == "Opens tomorrow at 8:00"


def test_without_the_tools_for_times_the_words_of_the_page_remain(reader: Reader) -> None:
    with reader.window(**PHONE) as page:
        page.add_init_script("delete globalThis.Intl")
        page.goto(f"{reader.base}/help/steps-1/")
        expect(page.locator(".first-card:visible")).to_have_attribute("data-country", "int")
        page.goto(f"{reader.base}/help/steps-8/#gb")
        expect(page.locator("#gb .call-facts").first).to_contain_text("24 hours")


def test_in_french_the_hours_are_said_in_french(reader: Reader) -> None:
    with reader.window(timezone_id="America/Toronto") as page:
        page.clock.set_fixed_time(datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
        page.goto(f"{reader.base}/fr/help/steps-1/")
        expect(page.locator("#ca .open-line").first).to_have_text("Ouvert en ce moment")
