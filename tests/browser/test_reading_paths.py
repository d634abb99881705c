"""What readers do: search, follow, filter, look a word up, leave; with and without script."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect

from macros.data.catalogue import Catalogue
from tests.browser.conftest import Reader

KINDS = (
    "/",
    "/principles/",
    "/principles/glance/",
    "/easy/",
    "/principles/3/",
    "/principles/9/",
    "/principles/3/record/",
    "/categories/",
    "/categories/collaboration/",
    "/stakeholders/",
    "/stakeholders/meta/",
    "/evidence/",
    "/evidence/endorsed/",
    "/evidence/how-a-report-travels/",
    "/evidence/how-a-report-travels/united-kingdom/",
    "/timeline/",
    "/figures/",
    "/figures/cybertipline-files/",
    "/figures/uk-arrests-safeguarding/",
    "/law/",
    "/law/picture/",
    "/programmes/",
    "/programmes/project-artemis/",
    "/glossary/",
    "/questions/",
    "/help/",
    "/help/gb/",
    "/help/int/",
    "/help/steps-1/",
    "/announcement/",
    "/for/",
    "/for/young-people/",
    "/for/large-services/",
    "/for/small-services/start/",
    "/for/small-services/law/",
    "/for/small-services/tools/",
    "/matrix/",
    "/compare/",
    "/teach/",
    "/teach/thirty-minutes/",
    "/changes/",
    "/sources/",
    "/sources/a-c/",
    "/sources/s-u/",
    "/timeline/2010s/",
    "/about/",
    "/about/the-text/",
    "/contribute/",
    "/contribute/new/",
    "/hosting/",
    "/privacy/",
    "/accessibility/",
    "/a-z/",
    "/data/",
    "/fr/",
    "/fr/principles/1/",
    "/fr/principles/glance/",
    "/fr/principles/1/record/",
    "/fr/categories/",
    "/fr/categories/grooming/",
    "/fr/glossary/",
    "/fr/help/",
    "/fr/help/ca/",
    "/fr/help/steps-1/",
)
"""One page of every kind."""

UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach((fold) => (fold.open = true))"
"""A script that opens all that is folded on a page, so that it is looked at too."""


def test_from_home_by_search_to_a_principle_its_category_and_a_stakeholder(reader: Reader) -> None:
    with reader.open("/") as page:
        page.get_by_role("button", name="Search").click()
        page.get_by_role("searchbox", name="Search").fill("grooming preparation")
        page.get_by_role("dialog", name="Search").get_by_role("link", name=re.compile("Spot grooming")).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Spot grooming and other preparation for abuse")
        page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Grooming").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Grooming and preparation")
        page.get_by_role("main").get_by_role("link", name="Roblox", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Roblox")


def test_the_timeline_is_filtered_and_the_address_keeps_it(reader: Reader, catalogue: Catalogue) -> None:
    laws = [event for event in catalogue.events if event.kind == "law"]
    with reader.open("/timeline/") as page:
        events = page.locator("li.event:visible")
        newest = [event for event in catalogue.events if event.date.year == catalogue.events[-1].date.year]
        expect(events).to_have_count(len(newest))
        page.get_by_role("navigation", name="Show").get_by_role("link", name="Law", exact=True).click()
        expect(events).to_have_count(len(laws))
        expect(page.locator(".filter-status")).to_have_text(f"{len(laws)} of {len(catalogue.events)} shown")
        assert page.url.endswith("?kind=law")
        page.get_by_role("navigation", name="Show").get_by_role("link", name="All kinds", exact=True).click()
        assert page.url.endswith("/timeline/")
        expect(events).to_have_count(len(newest))
    with reader.open("/timeline/?kind=law") as page:
        expect(page.locator("li.event:visible")).to_have_count(len(laws))
    with reader.open("/timeline/?kind=nonsense") as page:
        expect(page.get_by_text("No event of this kind.")).to_be_visible()
    with reader.open("/timeline/?kind=law", java_script_enabled=False) as page:
        for fold in page.locator(".year > summary").all()[:-1]:  # the newest year is open
            fold.click()
        expect(page.locator("li.event:visible")).to_have_count(len(catalogue.events))


def test_a_link_to_an_event_opens_its_year(reader: Reader, catalogue: Catalogue) -> None:
    (first, *_), last = catalogue.events, catalogue.events[-1]
    assert first.date.year != last.date.year
    with reader.open(f"/timeline/#{first.id}") as page:
        expect(page.locator(f'[id="{first.id}"]')).to_be_in_viewport()
    with reader.open("/evidence/") as page:
        page.get_by_role("link", name=re.compile("March 2020")).click()
        launch = page.locator('[id="2020-03-05-launch"]')
        expect(launch.get_by_role("heading", level=2)).to_be_in_viewport()


def test_a_link_to_a_folded_record_opens_its_fold_without_script_too(reader: Reader, catalogue: Catalogue) -> None:
    document = catalogue.document
    records = {"laws": document.laws, "announcement": document.announcement, "terms": document.terms}
    with reader.open("/", java_script_enabled=False) as page:
        for collection, every in records.items():
            address = catalogue.address(collection, every[-1])
            page.goto(f"{reader.base}{address}")
            place = page.locator(f'[id="{every[-1].id}"]')
            expect(place).to_be_in_viewport()
            expect(place.locator("xpath=ancestor::details[1]")).to_have_attribute("open", "")
        for collection, one in (("questions", document.questions[-1]), ("tools", document.tools[-1])):
            page.goto(reader.base + catalogue.address(collection, one))
            expect(page.locator(f'[id="{one.id}"] > p').first).to_be_in_viewport()
        told = next(measure for measure in catalogue.measures[5:] if measure.law)
        page.goto(f"{reader.base}/for/small-services/law/#{told.id}")
        expect(page.locator(f'[id="{told.id}"]')).to_be_in_viewport()


def test_verdicts_are_filtered_by_their_word(reader: Reader, catalogue: Catalogue) -> None:
    corrected = [one for one in catalogue.document.announcement if one.verdict == "corrected"]
    with reader.open("/announcement/") as page:
        page.get_by_role("navigation", name="Show by verdict").get_by_role("link", name="Corrected").click()
        expect(page.locator("#claims > section:visible")).to_have_count(len(corrected))
        expect(page.get_by_role("heading", name=corrected[0].title)).to_be_visible()
    with reader.open("/figures/?verdict=unknown") as page:
        found = [one for one in catalogue.document.figures if one.verdict == "unknown"]
        expect(page.locator(".figure-cards > li:visible")).to_have_count(len(found))


def test_stakeholders_are_filtered_by_kind_country_and_principle(reader: Reader, catalogue: Catalogue) -> None:
    wanted = [
        stakeholder
        for stakeholder in catalogue.stakeholders
        if stakeholder.kind == "company"
        and "us" in stakeholder.countries
        and catalogue.principle(3) in catalogue.principles_of(stakeholder)
    ]
    with reader.open("/stakeholders/") as page:
        page.get_by_label("Kind").select_option("company")
        page.get_by_label("Country").select_option("us")
        page.get_by_label("Principle", exact=True).select_option("3")
        expect(page.locator(".cards > li:visible")).to_have_count(len(wanted))
        address = page.url.removeprefix(reader.base)
    with reader.open(address) as page:
        expect(page.locator(".cards > li:visible")).to_have_count(len(wanted))
        expect(page.get_by_label("Country")).to_have_value("us")


def test_the_matrix_filters_and_every_mark_leads_to_its_text(reader: Reader) -> None:
    with reader.open("/matrix/?category=livestreaming&kind=company") as page:
        rows = page.locator("#matrix-stakeholders tbody tr:visible")
        assert 0 < rows.count() < 9
        mark = rows.first.get_by_role("link", name=re.compile("principle 5"))
        mark.click()
        anchor = page.url.partition("#")[2]
        expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    with reader.open("/matrix/", viewport={"width": 390, "height": 844}, java_script_enabled=False) as page:
        expect(page.get_by_role("row").nth(1)).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("^Meta, principle 1:"))).to_be_visible()


def test_the_self_check_works_without_script(reader: Reader, catalogue: Catalogue) -> None:
    exercise = catalogue.exercise(catalogue.principle(1))
    assert exercise is not None
    item = exercise.self_check[0]
    with reader.open("/principles/1/", java_script_enabled=False) as page:
        entry = page.locator(f"#check-{item.id}")
        entry.get_by_text(item.question).click()
        expect(entry.get_by_text(item.why)).to_be_hidden()
        entry.get_by_text("Show the answer").click()
        expect(entry.get_by_text(item.why)).to_be_visible()


def test_a_term_is_explained_to_pointer_keyboard_and_touch(reader: Reader) -> None:
    with reader.open("/principles/1/") as page:
        term = page.locator("article a.term").first
        definition = page.locator(f"#{term.get_attribute('aria-describedby')}")
        expect(definition).to_be_hidden()
        term.hover()
        expect(definition).to_be_visible()
        definition.hover()
        page.wait_for_timeout(400)
        expect(definition).to_be_visible()
        page.keyboard.press("Escape")
        expect(definition).to_be_hidden()
        page.mouse.move(0, 0)
        term.focus()
        expect(definition).to_be_visible()
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with reader.open("/principles/1/", **phone) as page:
        term = page.locator("article a.term").first
        term.tap()
        expect(page.locator(f"#{term.get_attribute('aria-describedby')}")).to_be_visible()
        assert page.url.endswith("/principles/1/")
        page.get_by_role("link", name="In the glossary").first.tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Glossary")
    with reader.open("/principles/1/", java_script_enabled=False) as page:
        page.locator("article a.term").first.click()
        assert "/glossary/#" in page.url


def test_help_is_one_step_away_and_numbers_can_be_tapped(reader: Reader) -> None:
    for script in (True, False):
        with reader.open("/principles/8/", java_script_enabled=script) as page:
            page.get_by_role("link", name="Get help").first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Get help"))
            expect(page.locator('a[href="tel:999"]').first).to_be_visible()
            page.get_by_role("main").get_by_role("link", name="New Zealand", exact=True).click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("New Zealand")


def test_the_search_fits_on_the_narrowest_screen(reader: Reader) -> None:
    with reader.open("/", viewport={"width": 320, "height": 256}) as page:
        page.get_by_role("button", name="Search").click()
        dialog = page.get_by_role("dialog", name="Search")
        expect(dialog.get_by_role("button", name="Go")).to_be_in_viewport(ratio=1)
        assert dialog.evaluate("dialog => dialog.scrollWidth - dialog.clientWidth") == 0


def test_a_page_that_is_not_there_offers_search_and_help(reader: Reader) -> None:
    with reader.open("/404.html") as page:
        page.get_by_role("main").get_by_role("link", name="Search this site").click()
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("main").get_by_role("link", name="Find help in your country")).to_be_visible()
    with reader.open("/404.html", java_script_enabled=False) as page:
        expect(page.get_by_role("link", name="Search this site")).to_be_hidden()
        expect(page.get_by_role("main").get_by_role("link", name="Everything on this site")).to_be_visible()


def test_the_mark_of_a_heading_never_stands_alone_on_a_line(reader: Reader) -> None:
    alone = []
    for address in ("/help/gb/", "/sources/a-c/", "/glossary/", "/announcement/"):
        with reader.open(address, viewport={"width": 390, "height": 844}) as page:
            alone += page.evaluate(
                """() => [...document.querySelectorAll("article a:is(.headerlink, .permalink)")].filter((mark) => {
                  if (!mark.getClientRects().length) return false;
                  const before = document.createRange();
                  before.setStart(mark.parentElement, 0);
                  before.setEndBefore(mark);
                  const end = [...before.getClientRects()].filter((box) => box.width > 5).at(-1);
                  return mark.getClientRects()[0].top >= end.bottom;
                }).map((mark) => mark.parentElement.textContent)"""
            )
    assert alone == []


def test_a_page_runs_no_script_but_the_site_s_own_files(browser: Browser, served: str) -> None:
    """`Reader` fails on every violation that the site itself causes; here a page is made to try."""
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(served + "/principles/3/")
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
            return window.ran === true;
        }"""
    )
    page.wait_for_timeout(200)
    assert not ran
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in line for line in refused)
    page.close()


SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((one) => (sum += one.value));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 100);
})"""
"""Gives how far what is seen has moved since the page began (https://web.dev/articles/cls); 0.1 counts as good."""
