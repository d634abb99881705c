"""What help pages say of a situation in a country: whom to call first, what is open at any hour, who else is there.

The same cards make `/help/steps-1/`, `/help/gb/` and the sheets of numbers, so that no two of them disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import UntranslatedText
from macros.data.urls import HELP, in_language
from macros.pages.ui_strings import marked, say

__all__ = ["WORLDWIDE", "Card", "Contact", "Opening", "cards", "contact", "facts", "opening"]

WORLDWIDE = "int"
"""The country under which services for people anywhere stand."""

CRISIS, EMERGENCY = "crisis", "emergency"
"""Needs whose services help at any hour, whatever has happened."""

MINUTES_OF_A_DAY = 24 * 60
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Contact:
    """The one way to reach a service that a card shows large: what it is, where a tap leads, and what is read."""

    kind: Literal["phone", "text", "site", "email"]
    href: str
    label: str
    keyword: str | None = None

    @property
    def parts(self) -> tuple[str, str]:
        """The label in two: a number that is said in letters, and the same in digits; the second is mostly empty."""
        said, bracket, digits = self.label.partition(" (")
        return said, bracket.strip() + digits


@dataclass(frozen=True, slots=True)
class Opening:
    """When somebody answers, as `docs/assets/help.js` reads it: minutes of the week, which begins on Monday at 0:00."""

    zone: str
    spans: tuple[tuple[int, int], ...]
    checked: date
    always: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Whom to call first in a country, and who else is there.

    `instead` is a line that is open at any hour, where the first one is not; `danger` is the emergency number, where it
    is not on the card already; `worldwide` are services for people in any country.
    """

    country: kinds.Country
    services: tuple[kinds.Service, ...]
    notes: tuple[kinds.Claim, ...]
    instead: kinds.Service | None
    danger: kinds.Service | None
    others: tuple[kinds.Service, ...]
    worldwide: tuple[kinds.Service, ...]
    here: bool
    """Whether the page's language has a page of help for that country, or the services are for any country."""


def cards(catalogue: Catalogue, situation: kinds.Situation) -> Iterator[Card]:
    """Yield what to do in a situation for each country with help that has an answer, in the order of countries."""
    suited = [
        service for group in catalogue.need_groups if group.word.id in situation.needs for service in group.records
    ]
    suited = list({service.id: service for service in suited}.values())
    worldwide = tuple(service for service in suited if service.country == WORLDWIDE)
    chosen = {first.country: first for first in situation.first}
    for group in catalogue.service_groups:
        country = catalogue.get("countries", group.word.id)
        here = [service for service in suited if service.country == country.id]
        first = chosen.get(country.id)
        services = tuple(catalogue.get("services", one) for one in first.services) if first else ()
        services = services or tuple(_reachable([*here, *group.records, *worldwide]))[:1]
        if not services or not contact(services[0]):
            continue
        known = {service.id for service in services}
        others = tuple(service for service in here if service.id not in known)
        last = [service for service in group.records if CRISIS in service.needs]
        elsewhere = () if country.id == WORLDWIDE else worldwide
        yield Card(
            country,
            services,
            first.notes if first else (),
            _instead(services, last),
            next(
                (one for one in group.records if EMERGENCY in one.needs and _calls(one) and one.id not in known), None
            ),
            others,
            tuple(service for service in elsewhere if service.id not in known),
            country.id == WORLDWIDE
            or catalogue.language == "en"
            or in_language(HELP.format(country=country.id), catalogue.language) is not None,
        )


def _reachable(services: list[kinds.Service]) -> Iterator[kinds.Service]:
    return (service for service in services if contact(service))


def _calls(service: kinds.Service) -> bool:
    return service.printable("phone") is not None


def _instead(services: tuple[kinds.Service, ...], crisis: list[kinds.Service]) -> kinds.Service | None:
    """Give the second service or else a crisis line, if it answers at any hour; none where the first does so itself."""
    if _always(services[0]) or EMERGENCY in services[0].needs:
        return None
    return next((service for service in (*services[1:], *crisis) if _always(service)), None)


def _always(service: kinds.Service) -> bool:
    hours = opening(service)
    return bool(hours and hours.always and contact(service))


def contact(service: kinds.Service) -> Contact | None:
    """Give the way to reach a service that its card shows large; None where the data is sure of none."""
    if service.phone and service.printable("phone"):
        return Contact("phone", f"tel:{service.phone.number}", service.phone.label)
    if service.text and service.printable("text"):
        return Contact("text", f"sms:{service.text.number}", service.text.label, service.text.keyword)
    if service.url and service.printable("url"):
        return Contact("site", service.url, service.url)
    if service.email and service.printable("email"):
        return Contact("email", f"mailto:{service.email}", service.email)
    return None


def facts(service: kinds.Service, language: str) -> tuple[str, ...]:
    """Give what is known of a service in a few words each: hours, cost, ages, whether a name is asked for."""
    hours, ages = opening(service), service.printable("ages")
    named = {"yes": marked("you need not give your name"), "no": marked("you must say who you are")}.get(
        str(service.printable("anonymous"))
    )
    told = [
        say(language, "24 hours") if hours and hours.always else None,
        say(language, "free") if service.free else None,
        ages and _ages(ages, language),
        named and say(language, named),
        None if hours and hours.always else service.printable("hours"),
    ]
    return tuple(filter(None, told))


def _ages(ages: str, language: str) -> str:
    """Give for whom a service is, in a few words; in English where the data has it in English alone."""
    if isinstance(ages, UntranslatedText):
        return UntranslatedText(_ages(str(ages), ages.lang))
    return say(language, "ages {ages}", ages=ages) if ages[0].isdigit() else ages[0].lower() + ages[1:]


def opening(service: kinds.Service) -> Opening | None:
    """Give when somebody answers; None where the data does not say so, or the operator's own page was not read."""
    if service.open is None or (service.marks.hours or service.mark) != "A":
        return None
    return Opening(service.open.zone, tuple(_spans(service.open)), service.open.checked, service.open.always)


def _spans(hours: kinds.Open) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the week in their order, those joined that follow on each other."""
    stretches = sorted(
        (start + _minutes(span.opens), start + _minutes(span.closes))
        for span in hours.weekly
        for start in (WEEK.index(day) * MINUTES_OF_A_DAY for day in span.days)
    )
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return iter(joined)


def _minutes(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)
