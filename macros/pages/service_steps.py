"""The path for those who run a service: which steps there are, for whom, and what goes with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.data import kinds
from macros.data.catalogue import Catalogue

CHECKER = "checker"
"""The kind of tool that is a regulator's own questionnaire: readers are led there before they trust this list."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The principle that a step serves, and the words of it that ask for the step, where there are such words."""

    principle: kinds.Principle
    phrase: kinds.Phrase | None


@dataclass(frozen=True, slots=True)
class FirstThing:
    """One of the first three things of a group, and the step it comes from."""

    measure: kinds.Measure
    first: kinds.FirstFor


def reasons(catalogue: Catalogue, measure: kinds.Measure) -> Iterator[Reason]:
    """Yield the principles that a step serves, the nearest first."""
    for why in measure.why:
        principle = catalogue.principle(why.principle)
        yield Reason(principle, next((one for one in principle.phrases if one.id == why.phrase), None))


def asked_countries(catalogue: Catalogue) -> Iterator[kinds.Country]:
    """Yield the countries of which any step knows the law, in the order of their list."""
    known = {law.country for measure in catalogue.measures for law in measure.law}
    known |= {country for measure in catalogue.measures for country in measure.countries}
    yield from (country for country in catalogue.document.countries if country.id in known)


def checkers(catalogue: Catalogue) -> Iterator[tuple[kinds.Country, tuple[kinds.Tool, ...]]]:
    """Yield each country whose regulator has questionnaires of its own, with these."""
    for country in catalogue.document.countries:
        here = tuple(tool for tool in catalogue.tools if tool.kind == CHECKER and country.id in tool.countries)
        if here:
            yield country, here


def steps_with(catalogue: Catalogue, tool: kinds.Tool) -> Iterator[kinds.Measure]:
    """Yield the steps that a tool helps with, in their order."""
    yield from (measure for measure in catalogue.measures if tool.id in measure.tools)


def first_things(catalogue: Catalogue, group: kinds.Group) -> Iterator[FirstThing]:
    """Yield the first things of a group of readers, in the order of the steps they come from."""
    for measure in catalogue.measures:
        yield from (FirstThing(measure, first) for first in measure.first_for if first.group == group.id)
