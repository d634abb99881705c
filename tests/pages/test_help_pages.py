"""Help as it is built: a number for every situation and country, quiet titles, no edit links, and paper like screen."""

from __future__ import annotations

import io
import re
from datetime import date
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest
import segno
from bs4 import Tag
from pypdf import PdfReader

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import LANGUAGES
from macros.data.urls import in_language
from macros.exports import number_sheets, time_zones
from macros.pages.help_pages import Card, cards, contact, facts, opening
from macros.pages.search_index import territories
from macros.pages.site import Site
from macros.pages.site_info import SiteInfo
from tests.conftest import ROOT, BuiltPage, BuiltSite
from tests.search_reading import unpacked

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)


def helped(catalogue: Catalogue) -> set[str]:
    """Give the countries that the data has help in; worldwide is none."""
    return {group.word.id for group in catalogue.service_groups} - {"int"}


@pytest.fixture(params=range(1, 9))
def situation(request: pytest.FixtureRequest, catalogue: Catalogue) -> kinds.Situation:
    return next(one for one in catalogue.situations if one.number == request.param)


def help_pages(site: BuiltSite) -> list[BuiltPage]:
    return [page for page in site.pages.values() if re.match(r"/(?:fr/)?help/", page.address)]


def own(page: BuiltPage) -> Tag:
    found = page.article
    assert isinstance(found, Tag)
    return found


# --- cards ---


def test_these_are_all_situations(catalogue: Catalogue) -> None:
    assert [one.number for one in catalogue.situations] == list(range(1, 9))


def test_every_country_has_a_card_that_can_be_tapped(catalogue: Catalogue, situation: kinds.Situation) -> None:
    found = {card.country.id: card for card in cards(catalogue, situation)}
    assert set(found) == helped(catalogue) | {"int"}
    for country, card in found.items():
        ways = [contact(service) for service in card.services]
        assert ways[0] is not None
        if country != "int":
            assert "phone" in {way.kind for way in ways if way}, (country, situation.id)
        assert not {*card.others, *card.worldwide} & {*card.services}


def test_who_is_named_where_the_first_line_may_be_shut_answers_at_any_hour(catalogue: Catalogue) -> None:
    named = 0
    for situation in catalogue.situations:
        for card in cards(catalogue, situation):
            if card.instead:
                named += 1
                hours, first = opening(card.instead), opening(card.services[0])
                assert hours is not None
                assert hours.always
                assert not (first and first.always)
    assert named > 5


def test_hours_that_the_operator_did_not_confirm_open_nothing(catalogue: Catalogue) -> None:
    service = next(one for one in catalogue.document.services if one.open)
    assert opening(service) is not None
    for marks, mark in ((kinds.Marks(hours="B"), "A"), (kinds.Marks(), "B"), (kinds.Marks(hours="C"), "A")):
        assert opening(service.model_copy(update={"marks": marks, "mark": mark})) is None


def hours(*spans: tuple[list[str], str, str]) -> kinds.Open:
    weekly = tuple(kinds.Span.model_validate({"days": days, "opens": a, "closes": b}) for days, a, b in spans)
    return kinds.Open.model_validate(
        {"zone": "Europe/London", "weekly": weekly, "checked": date(2026, 11, 24).isoformat()}
    )


def test_spans_are_minutes_of_the_week_and_joined_over_midnight(catalogue: Catalogue) -> None:
    service = next(one for one in catalogue.document.services if one.open)

    def spans(given: kinds.Open) -> tuple[tuple[int, int], ...]:
        found = opening(service.model_copy(update={"open": given, "mark": "A", "marks": kinds.Marks()}))
        assert found
        return found.spans

    assert spans(hours((["mon", "tue"], "08:00", "20:00"))) == ((480, 1200), (1920, 2640))
    night = hours((["tue"], "00:00", "02:00"), (["mon"], "22:00", "24:00"))
    assert spans(night) == ((1320, 1560),)
    assert spans(hours((["sun"], "22:00", "24:00"), (["mon"], "00:00", "01:00"))) == ((0, 60), (9960, 10080))


def test_facts_say_only_what_the_data_says(catalogue: Catalogue) -> None:
    childline = catalogue.get("services", "gb-childline")
    assert "24 hours" in facts(childline, "en")
    assert "under 19" in facts(childline, "en")
    bare = childline.model_copy(
        update={"open": None, "hours": None, "ages": "5 to 25", "free": False, "anonymous": "no"}
    )
    assert facts(bare, "en") == ("ages 5 to 25", "you must say who you are")


# --- pages ---


@pytest.mark.parametrize("place", ["", "/fr"])
def test_a_page_of_steps_has_a_number_for_every_country(
    site: BuiltSite, catalogue: Catalogue, situation: kinds.Situation, place: str
) -> None:
    article = own(site[f"{place}/help/steps-{situation.number}/"])
    language = catalogue.translations["fr"].catalogue if place else catalogue
    lines = {str(line["data-country"]): line for line in article.select("li.country-line")}
    for card in cards(language, next(one for one in language.situations if one.id == situation.id)):
        link = lines[card.country.id].select_one("a.line-call")
        way = contact(card.services[0])
        assert link is not None
        assert way is not None
        assert link["href"] == way.href
        more = lines[card.country.id].select_one("a.line-more")
        assert more is not None
        assert str(more["href"]).endswith(f"#{card.country.id}")
        if card.here:
            shown(article, card)
    assert set(lines) == {card.country.id for card in cards(catalogue, situation)}
    steps = article.select("ol.first-steps > li")
    assert len(steps) == len(situation.steps)
    assert all(step.find("strong") for step in steps)


def shown(article: Tag, card: Card) -> None:
    """Hold the large card of a country against the data."""
    section = article.select_one(f'section.first-card[data-country="{card.country.id}"]')
    assert section is not None
    assert section["id"] == card.country.id
    links = [str(link["href"]) for link in section.select(".help-card > .call, .second > .call")]
    assert links == [way.href for service in card.services if (way := contact(service))]
    if card.danger and card.danger.phone:
        assert section.select_one(f'.danger-line a[href="tel:{card.danger.phone.number}"]')


def test_the_first_page_leads_to_every_situation_and_country(site: BuiltSite, catalogue: Catalogue) -> None:
    for place in ("", "/fr"):
        page = site[f"{place}/help/"]
        leads = {urlsplit(address).path for address, _ in page.links()}
        assert {f"{place}/help/steps-{one.number}/" for one in catalogue.situations} <= leads
        for group in catalogue.service_groups:
            english = f"/help/{group.word.id}/"
            assert (in_language(english, "fr") or english if place else english) in leads
        article = own(page)
        main = [link.get_text() for link in article.select("ul.ways:not(.ways-minor) a")]
        minor = [link.get_text() for link in article.select("ul.ways-minor a")]
        own_catalogue = catalogue.translations["fr"].catalogue if place else catalogue
        assert main == [one.title for one in own_catalogue.situations if not one.minor]
        assert minor == [one.title for one in own_catalogue.situations if one.minor]


def test_a_country_s_page_has_every_situation_with_its_steps(site: BuiltSite, catalogue: Catalogue) -> None:
    for group in catalogue.service_groups:
        article = own(site[f"/help/{group.word.id}/"])
        headings = [str(heading["id"]) for heading in article.select(".happening h2")]
        assert headings == [f"steps-{one.number}" for one in catalogue.situations]
        for one in catalogue.situations:
            link = article.select_one(f'.steps-link a[href$="steps-{one.number}/#for-{group.word.id}"]')
            assert link is not None, (group.word.id, one.id)


def test_titles_in_tabs_and_history_say_no_more_than_a_number(site: BuiltSite, catalogue: Catalogue) -> None:
    for one in catalogue.situations:
        page = site[f"/help/steps-{one.number}/"]
        assert page.title.startswith(f"Get help: steps {one.number}")
        words = set(re.findall(r"[a-z]{4,}", f"{one.title} {' '.join(one.aliases)}".lower())) - {"help", "with"}
        assert not words & set(re.findall(r"[a-z]+", f"{page.title} {page.description}".lower())), one.id
        for name in ("og:title", "og:description"):
            (tag,) = page.soup.find_all("meta", property=name)
            assert not words & set(re.findall(r"[a-z]+", str(tag["content"]).lower())), one.id
        heading = own(page).find("h1")
        assert heading is not None
        assert one.title in heading.get_text()


def test_help_pages_ask_nobody_to_edit_but_in_one_box(site: BuiltSite) -> None:
    pages = help_pages(site)
    assert len(pages) > 15
    for page in pages:
        for link in page.soup.select('a[href*="/edit/"], a[href*="/issues/new"]'):
            assert link.find_parent(class_="improve"), (page.address, link)
        assert len(page.soup.select(".improve")) == 1
        assert not page.soup.select(".mend")


def test_only_help_pages_load_their_script(site: BuiltSite) -> None:
    wanted = {page.address for page in help_pages(site)}
    for page in site.pages.values():
        loads = [str(tag["src"]) for tag in page.soup.find_all("script", src=True)]
        here = [name for name in loads if re.search(r"assets/help(\.fr)?\.[0-9a-f]{10}\.js$", name)]
        assert len(here) == (page.address in wanted), page.address
        assert not here or loads == here, f"{page.address}: a second script shows a page later"


def test_principles_lead_straight_to_what_may_be_happening(site: BuiltSite, catalogue: Catalogue) -> None:
    meant = {number for one in catalogue.situations for number in one.principles}
    assert meant == {3, 4, 5}
    for principle in catalogue.principles:
        for place in ("", "/fr"):
            page = site[f"{place}/principles/{principle.number}/"]
            found = page.soup.select('.about-you a[href$="help/steps-1/"]')
            assert len(found) == (principle.number in meant), page.address


# --- the country of a clock ---


def test_every_zone_of_the_time_zone_database_is_in_its_country(catalogue: Catalogue) -> None:
    countries = helped(catalogue)
    found = time_zones.zones([*countries, "int"])
    assert set(found) == countries
    database = files("tzdata") / "zoneinfo"
    table = [line.split("\t") for line in (database / "zone.tab").read_text(encoding="utf-8").splitlines()]
    listed = {row[2]: row[0].lower() for row in table if not row[0].startswith("#")}
    by_name = {name: country for country, names in found.items() for name in names}
    assert {name: country for name, country in listed.items() if country in countries}.items() <= by_name.items()
    for line in (database / "tzdata.zi").read_text(encoding="utf-8").splitlines():
        if line.startswith("L "):
            _, today, old = line.split()
            if listed.get(today) in countries and re.search("[a-z]", old) and old not in listed:
                assert by_name[old] == listed[today], old
    assert by_name["America/Coral_Harbour"] == "ca"  # an old name by which browsers go
    assert not {"Europe/Dublin", "Europe/Paris", "Etc/UTC", "UTC", "CST6CDT"} & set(by_name)


# --- paper ---


def test_a_sheet_of_numbers_is_one_page_with_every_number(catalogue: Catalogue, subtests: pytest.Subtests) -> None:
    places = list(number_sheets.countries(catalogue))
    assert {country for language, country in places if language == "en"} == helped(catalogue) | {"int"}
    assert ("fr", "ca") in places
    for language, country in places:
        with subtests.test(language=language, country=country):
            one_page(catalogue, language, country)


def one_page(catalogue: Catalogue, language: str, country: str) -> None:
    """Hold the sheet of a country in a language against the data."""
    (sheet,) = number_sheets.number_sheets(catalogue, HERE, {}, [(language, country)])
    (again,) = number_sheets.number_sheets(catalogue, HERE, {}, [(language, country)])
    assert sheet.content.read() == again.content.read()
    assert sheet.address == f"/handouts/help-{country}{'' if language == 'en' else '-fr'}.pdf"
    paper = PdfReader(io.BytesIO(sheet.content.read()))
    assert len(paper.pages) == 1
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    own_catalogue = catalogue if language == "en" else catalogue.translations[language].catalogue
    text = together(paper.pages[0].extract_text())
    for situation in own_catalogue.situations:
        assert together(situation.title) in text
        for card in cards(own_catalogue, situation):
            for service in card.services if card.country.id == country else ():
                way = contact(service)
                assert way is not None
                wanted = way.label if way.kind in ("phone", "text") else urlsplit(way.label).netloc.removeprefix("www.")
                assert together(wanted) in text, service.id
    page = f"https://site.test/folder{'/fr' if language == 'fr' else ''}/help/{country}/"
    notes: Any = paper.pages[0]["/Annots"]
    links = {str(note.get_object()["/A"]["/URI"]) for note in notes}
    assert page in links
    assert together(page) in text
    assert "2026" in text


def together(text: str) -> str:
    return re.sub(r"\s", "", text.replace("\ufb01", "fi").replace("\ufb02", "fl"))


def test_the_code_on_the_sheet_is_read_as_the_page_s_address(catalogue: Catalogue) -> None:
    said = number_sheets.sheet_content(catalogue, catalogue.get("countries", "gb"), HERE)
    size = len(said["qr"])
    assert {len(row) for row in said["qr"]} == {size}
    assert {dot for row in said["qr"] for dot in row} == {0, 1}
    assert [list(row[:7]) for row in said["qr"][:2]] == [[1] * 7, [1, 0, 0, 0, 0, 0, 1]]  # where cameras find a corner
    assert segno.make(said["page"], error="m", micro=False).matrix == tuple(map(bytearray, said["qr"]))


def test_the_sheets_are_where_pages_lead_to_them(site: BuiltSite, catalogue: Catalogue) -> None:
    for language, country in number_sheets.countries(catalogue):
        name = f"handouts/help-{country}{'' if language == 'en' else f'-{language}'}.pdf"
        assert (site.folder / name).read_bytes().startswith(b"%PDF")
        place = "" if language == "en" else f"/{language}"
        for address in (f"{place}/help/", f"{place}/help/{country}/", "/teach/"):
            assert any(urlsplit(to).path == f"/{name}" for to, _ in site[address].links()), (address, name)


# --- search ---


def test_the_name_of_any_country_leads_to_help(catalogue: Catalogue) -> None:
    english = territories("en", without=[group.word.id for group in catalogue.service_groups])
    assert {"Ireland", "India", "Germany", "Kenya", "Puerto Rico"} <= set(english)
    assert not {"Australia", "Canada", "New Zealand", "United Kingdom", "United States", "European Union"} & set(
        english
    )
    assert {"Irlande", "Inde", "Australie"} <= set(territories("fr", without=["ca", "int"]))
    for language, page, name in (("en", "help/int/", "India"), ("fr", "fr/help/#countries", "Inde")):
        entries = unpacked(*Site(catalogue).search_files(language).values())["entries"]
        assert any(name in entry[3].split(" | ") for entry in entries if entry[2] == page)


def _search(catalogue: Catalogue, language: str) -> str:
    return "".join(Site(catalogue).search_files(language).values())


def test_every_need_of_somebody_in_distress_begins_with_steps(catalogue: Catalogue) -> None:
    for need in catalogue.document.needs:
        assert need.id == "emergency" or catalogue.situation_for(need.id), need.id
    for language in ("en", *LANGUAGES):
        text = _search(catalogue, language)
        place = "help" if language == "en" else f"{language}/help"
        assert f'"{place}/steps-1/"' in text


def test_the_published_addresses_of_help_are_all_there(site: BuiltSite) -> None:
    published = (ROOT / "data" / "published.txt").read_text(encoding="utf-8").splitlines()
    wanted = [address for address in published if re.match(r"/(?:fr/)?help/", address)]
    assert len(wanted) > 60
    for address in wanted:
        path, _, anchor = address.partition("#")
        assert not anchor or anchor in site[path].ids, address
    more = "emergency countries needs leaving help-first sources cite au-emergency-number gb-emergency-number"
    assert set(more.split()) <= site["/help/"].ids
