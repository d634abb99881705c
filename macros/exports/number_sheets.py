"""A sheet of numbers per country: whom to call for what, on one page of paper, with a QR code that leads to the page.

Made from the same cards as the help pages, so that paper and site say the same on the day of the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.urls import HELP, in_language
from macros.exports.path_patterns import Output
from macros.exports.teaching.statements import cleaned
from macros.formats.cache import Cache
from macros.formats.content import Content, SizedFile
from macros.formats.paper_blocks import Paper
from macros.formats.qr_code import dots
from macros.formats.typst_renderer import pdf
from macros.pages.escaping import long_date
from macros.pages.help_pages import Card, cards, contact, facts
from macros.pages.site_info import SiteInfo, edition
from macros.pages.ui_strings import marked, say

__all__ = ["OUTPUTS", "NumberSheet", "countries", "countries_in", "number_sheets", "sheet_content", "sheet_pdf"]

OUTPUTS = (Output("number-sheets", ("handouts/help-{country}.pdf", "handouts/help-{country}-{language}.pdf")),)
"""The paths of its files."""

TEMPLATE = "numbers.typ"


@dataclass(frozen=True, slots=True)
class NumberSheet(SizedFile):
    """The sheet of numbers of a country: its id, the language it is in, and the PDF file, of one page."""

    country: str
    language: str
    content: Content

    @property
    def name(self) -> str:
        """The name of the file, which says no more than that it is about help."""
        return f"help-{self.country}{'' if self.language == 'en' else f'-{self.language}'}.pdf"

    @property
    def address(self) -> str:
        """Where it stands, from the site's root."""
        return f"/handouts/{self.name}"


def countries(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the language and the country of every sheet: a second language has those whose page of help is in it."""
    for own in (catalogue, *(one.catalogue for one in catalogue.translations.values())):
        for country in countries_in(own):
            yield own.language, country


def countries_in(catalogue: Catalogue) -> Iterator[str]:
    """Yield the country of every sheet in the catalogue's language."""
    for group in catalogue.service_groups if catalogue.situations else ():
        address = HELP.format(country=group.word.id)
        if catalogue.language == "en" or in_language(address, catalogue.language):
            yield group.word.id


def number_sheets(
    catalogue: Catalogue, site_info: SiteInfo, cache: Cache, asked: Iterable[tuple[str, str]]
) -> Iterator[NumberSheet]:
    """Yield sheets, each asked for by language and country. Raises typst.TypstError for a fault in the template."""
    for language, country in asked:
        own = catalogue.translations[language].catalogue if language != "en" else catalogue
        content = sheet_pdf(own, own.get("countries", country), site_info, "a4", cache)
        yield NumberSheet(country, language, Content(content))


def sheet_pdf(catalogue: Catalogue, country: kinds.Country, site_info: SiteInfo, paper: Paper, cache: Cache) -> bytes:
    """Give the sheet of a country, for a size of paper. Raises typst.TypstError for a fault in the template."""
    value = cleaned({**sheet_content(catalogue, country, site_info), "paper": paper})
    return pdf(TEMPLATE, value, site_info.stamp, cache)


def sheet_content(catalogue: Catalogue, country: kinds.Country, site_info: SiteInfo) -> dict[str, Any]:
    """Give what the sheet says, as the template reads it."""
    language, name = catalogue.language, country.help_name
    address = HELP.format(country=country.id)
    page = site_info.to(address, language)
    answers = [
        (situation, card)
        for situation in catalogue.situations
        for card in cards(catalogue, situation)
        if card.country.id == country.id
    ]
    danger = [
        {"name": service.name, "number": service.phone.label}
        for group in catalogue.service_groups
        if group.word.id == country.id
        for service in group.records
        if "emergency" in service.needs and service.phone and service.printable("phone")
    ]
    texts = {
        "danger": marked("In danger now? Call"),
        "title": marked("Numbers that help"),
        "lead": marked("Whatever happened, it is not your fault. You can stop at any point."),
        "all": marked("Hours, chats, first steps and more services:"),
        "change": marked("Numbers can change. If one does not answer, look at the page."),
        "independent": marked("Independent, not official."),
    }
    checked = max(service.checked for _, card in answers for service in card.services) if answers else None
    return {
        **{key: say(language, text) for key, text in texts.items()},
        "language": language,
        "site": say(language, site_info.name),
        "country": name,
        "page": page,
        "qr": dots(page),
        "edition": say(language, "Edition of {date}.", date=long_date(edition(catalogue), language)),
        "checked": say(language, "Numbers last checked: {date}.", date=long_date(checked, language)) if checked else "",
        "dangers": danger,
        "answers": [_answer(catalogue, situation, card) for situation, card in answers],
    }


def _answer(catalogue: Catalogue, situation: kinds.Situation, card: Card) -> dict[str, Any]:
    return {"title": situation.title, "services": [_service(service, catalogue.language) for service in card.services]}


def _service(service: kinds.Service, language: str) -> dict[str, Any]:
    way, text = contact(service), service.text if service.printable("text") else None
    ways = [way.label.removeprefix("https://").removeprefix("www.").rstrip("/")] if way and way.kind != "text" else []
    if text:
        pattern = marked("text {keyword} to {number}") if text.keyword else marked("text {number}")
        ways.append(say(language, pattern, keyword=text.keyword, number=text.label))
    name = service.short_name or service.name
    return {"name": "" if name in ways else name, "ways": ways, "facts": list(facts(service, language))}
