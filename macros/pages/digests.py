"""What a short page shows of a long record: what is newest, the state of the law in a word, first sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.languages import UntranslatedText

__all__ = ["Edition", "LawState", "editions", "endorsing", "first_sentence", "latest", "law_states"]

LAPSED = "lapsed"
"""The stage of a law that says least: shown only where nothing else is on record."""

ENDORSED = "endorsed"
"""The status of who said in public that it supports the principles."""

UNREAD = "unchecked"
"""How sure a principle is whose wording nobody has read."""

_FIRST_WORDS = re.compile(r",| or | ou ")
_ENDS = re.compile(r"(?<=[.?!])\s+(?=[A-ZÀ-Ý\"“«])")


@dataclass(frozen=True, slots=True)
class LawState:
    """How far the law of a country has come on a principle's ground; None where no law is found.

    `read` says whether the whole of the principle's wording was: else nobody can say that no law meets it.
    """

    country: kinds.Country
    stage: kinds.VocabularyTerm | None
    law: kinds.Law | None
    read: bool

    @property
    def word(self) -> str:
        """The stage in its first word or two: what stands before a comma or an "or" of its label, in French an "ou"."""
        return _part(self.stage.label, _FIRST_WORDS) if self.stage else ""


def law_states(catalogue: Catalogue, principle: kinds.Principle) -> Iterator[LawState]:
    """Yield each country whose laws are on record, in the order of the data, with the law that has come furthest."""
    stages = [stage.id for stage in catalogue.document.law_stages]
    # A stable order: of two laws at the same stage the earlier record stands for both.
    rank = {stage: (stage == LAPSED, place) for place, stage in enumerate(stages)}
    about = catalogue.about("laws", principle)
    known = {law.country for law in catalogue.document.laws}
    for country in catalogue.document.countries:
        if country.id not in known:
            continue
        own = sorted((law for law in about if law.country == country.id), key=lambda law: rank[law.stage])
        law = own[0] if own else None
        stage = catalogue.word("law_stages", law.stage) if law else None
        yield LawState(country, stage, law, principle.confidence != UNREAD)


def endorsing(catalogue: Catalogue) -> Iterator[tuple[kinds.Stakeholder, kinds.Role | None]]:
    """Yield who endorsed the principles, with the role in which that is first on record; None where no role says so."""
    for stakeholder in catalogue.stakeholders:
        if stakeholder.status == ENDORSED:
            yield stakeholder, next((role for role in stakeholder.roles if role.endorsed), None)


@dataclass(frozen=True, slots=True)
class Edition:
    """The site and its data as they were on a day: what changed on it, and the edition's DOI if it has one."""

    day: date
    changes: tuple[kinds.Change, ...]

    @property
    def tag(self) -> str:
        """What its release is called, and its place on the page of editions."""
        return f"edition-{self.day.isoformat()}"

    @property
    def doi(self) -> str | None:
        """Its DOI; of several the one that was written down last."""
        return next((change.doi for change in self.changes if change.doi), None)


def editions(catalogue: Catalogue) -> tuple[Edition, ...]:
    """Give every edition, the newest first: each day on which something changed is one."""
    days = groupby(catalogue.changes, lambda change: change.date)
    return tuple(Edition(day, tuple(changes)) for day, changes in days)


def latest(practices: Iterable[kinds.Practice], count: int) -> tuple[kinds.Practice, ...]:
    """Give the newest dated practices, newest first, at most one of each stakeholder."""
    dated = sorted((one for one in practices if one.date), key=lambda one: one.date.text if one.date else "")
    found: dict[str, kinds.Practice] = {}
    for practice in reversed(dated):
        found.setdefault(practice.stakeholder, practice)
    return tuple(found.values())[:count]


def first_sentence(text: str) -> str:
    """Give a text up to the end of its first sentence; in the language that it is in."""
    return _part(text, _ENDS)


def _part(text: str, end: re.Pattern[str]) -> str:
    found = end.split(text, maxsplit=1)[0]
    return UntranslatedText(found) if isinstance(text, UntranslatedText) else found
