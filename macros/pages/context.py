"""One page while it is written: what its template may ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data import kinds
from macros.data.backlinks import Use
from macros.data.collections import CHANGED, DATA, SIGNS
from macros.pages import comparison, glance, service_steps
from macros.pages.bar_charts import Chart, axis, charts, for_card, overview
from macros.pages.digests import Edition, LawState, editions, endorsing, first_sentence, latest, law_states
from macros.pages.drawings import DrawnSentence, drawn_sentence
from macros.pages.escaping import as_json_ld
from macros.pages.glossary_links import GlossaryLinks
from macros.pages.groupings import Groupings
from macros.pages.help_pages import WORLDWIDE, Card, Contact, Opening, cards, contact, facts, opening
from macros.pages.page_links import label_of

__all__ = ["PageContext"]


@dataclass(slots=True)
class PageContext(GlossaryLinks, Groupings):
    """What a template sees as `ctx`: its record, its links, its sources, and what it loops over."""

    def charts(self, figure: kinds.Figure) -> tuple[Chart, ...]:
        """Give a figure's charts."""
        return tuple(charts(figure))

    def card_charts(self, figure: kinds.Figure) -> tuple[Chart, ...]:
        """Give as much of a figure's charts as a card has room for."""
        return for_card(figure)

    def shortened(self, figure: kinds.Figure) -> bool:
        """Say whether a card leaves values of a figure's charts out."""
        return sum(len(one.rows) for one in for_card(figure)) < sum(len(one.rows) for one in charts(figure))

    def overview(self, figure: kinds.Figure) -> Chart | None:
        """Give one year of a figure with all its series on one scale, where its charts have one each."""
        return overview(figure)

    def doubtful(self, figure: kinds.Figure) -> bool:
        """Say whether any value of a figure's charts is less sure than the figure."""
        return any(bar.doubtful for chart in charts(figure) for row in chart.rows for bar in row.bars)

    def table(self, figure: kinds.Figure) -> Iterator[tuple[str, tuple[kinds.Point | None, ...]]]:
        """Yield each point of the axis with its value in every series, for the table below the chart."""
        by_series = [{point.at: point for point in series.points} for series in figure.series]
        for at in axis(figure.series):
            yield at, tuple(points.get(at) for points in by_series)

    def sentence(self, principle: kinds.Principle) -> DrawnSentence:
        """Give a principle's sentence as a drawing."""
        return drawn_sentence(self.catalogue, principle)

    def law_states(self, principle: kinds.Principle) -> tuple[LawState, ...]:
        """Give how far the law of each country has come on a principle's ground."""
        return tuple(law_states(self.catalogue, principle))

    def endorsing(self) -> tuple[tuple[kinds.Stakeholder, kinds.Role | None], ...]:
        """Give who endorsed the principles, each with the role in which that is first on record."""
        return tuple(endorsing(self.catalogue))

    def editions(self) -> tuple[Edition, ...]:
        """Give the dated editions, the newest first, each with what changed."""
        return editions(self.catalogue)

    def at_a_glance(self) -> tuple[glance.GlanceRow, ...]:
        """Give all principles as the rows of one table."""
        return tuple(glance.rows(self.catalogue))

    def glance_heads(self) -> tuple[str, ...]:
        """Give the heads of that table's columns on what the texts say, in English."""
        return tuple(glance.QUESTIONS.values())

    def glance_head(self, cell: glance.GlanceCell) -> str:
        """Give the head of a cell's column, in English."""
        return glance.QUESTIONS[cell.question]

    def glance_questions(self) -> tuple[tuple[str, str], ...]:
        """Give the id of each question that is put to the texts, with its head in English."""
        return tuple(glance.QUESTIONS.items())

    def compared_countries(self) -> tuple[kinds.Country, ...]:
        """Give the countries, and the union of countries, that can be laid side by side."""
        return comparison.countries(self.catalogue)

    def compare_address(self, subject: str, first: Any) -> str:
        """Give the link to the page that compares two, with the first of them chosen, by the id it has there."""
        return self.english(f"{comparison.ADDRESS}#a={first}&what={subject}")

    def glance_limits(self) -> tuple[str, ...]:
        """Give what that table cannot show, in English."""
        return glance.LIMITS

    def short_country(self, country: kinds.Country) -> str:
        """Give the short name of a country, for the head of a narrow column."""
        return glance.short(self.language, country)

    def reasons(self, measure: kinds.Measure) -> tuple[service_steps.Reason, ...]:
        """Give the principles that a step serves, each with its words that ask for the step."""
        return tuple(service_steps.reasons(self.catalogue, measure))

    def asked_countries(self) -> tuple[kinds.Country, ...]:
        """Give the countries of which any step knows the law."""
        return tuple(service_steps.asked_countries(self.catalogue))

    def checkers(self) -> tuple[tuple[kinds.Country, tuple[kinds.Tool, ...]], ...]:
        """Give each country whose regulator has questionnaires of its own, with these."""
        return tuple(service_steps.checkers(self.catalogue))

    def steps_with(self, tool: kinds.Tool) -> tuple[kinds.Measure, ...]:
        """Give the steps that a tool helps with."""
        return tuple(service_steps.steps_with(self.catalogue, tool))

    def first_things(self, group: kinds.Group) -> tuple[service_steps.FirstThing, ...]:
        """Give the first things of a group of readers."""
        return tuple(service_steps.first_things(self.catalogue, group))

    def latest_practices(self, principle: kinds.Principle, count: int = 3) -> tuple[kinds.Practice, ...]:
        """Give the newest of what is done about a principle, one from each stakeholder."""
        return latest(self.catalogue.practices_for(principle), count)

    def first_sentence(self, text: str) -> str:
        """Give the first sentence of a text."""
        return first_sentence(text)

    def cards(self, situation: kinds.Situation) -> tuple[Card, ...]:
        """Give whom to call first in a situation, in every country with help."""
        return tuple(cards(self.catalogue, situation))

    def cards_in(self, country: kinds.VocabularyTerm) -> Iterator[tuple[kinds.Situation, Card]]:
        """Yield every situation with whom to call first in one country."""
        for situation in self.catalogue.situations:
            for card in self.cards(situation):
                if card.country.id == country.id:
                    yield situation, card

    def contact(self, service: kinds.Service) -> Contact | None:
        """Give the way to reach a service that its card shows large."""
        return contact(service)

    def facts(self, service: kinds.Service) -> tuple[str, ...]:
        """Give what is known of a service in a few words each."""
        return facts(service, self.language)

    def opening(self, service: kinds.Service) -> Opening | None:
        """Give when somebody answers, where that is sure."""
        return opening(service)

    def listed_here(self, services: Iterable[kinds.Service]) -> tuple[kinds.Service, ...]:
        """Give the services whose entry is in this page's language, and those for people anywhere."""
        return tuple(
            one for one in services if one.country == WORLDWIDE or self.here(self.catalogue.address("services", one))
        )

    def collections(self) -> tuple[str, ...]:
        """Give the names of the collections that programs can load."""
        return DATA

    def kinds_to_add(self, *, words: bool) -> tuple[tuple[str, str], ...]:
        """Give the lists that editors may add to, each with what one of its records is called: entries, or words."""
        return tuple(
            (name, row.singular[:1].upper() + row.singular[1:])
            for name, row in kinds.ROWS.items()
            if row.fixed is None and issubclass(kinds.COLLECTIONS[name], kinds.VocabularyTerm) == words
        )

    def count(self, collection: str) -> int:
        """Give how many records a collection has."""
        return len(getattr(self.catalogue.document, collection)) if collection in kinds.COLLECTIONS else 0

    def notes(self) -> tuple[kinds.Note, ...]:
        """Give the notes that stand on this page."""
        here = self.address.removeprefix(f"/{self.language}/").strip("/")
        return tuple(note for note in self.catalogue.document.notes if note.page == here)

    def answer_for_programs(self, question: kinds.Question) -> str | None:
        """Give a question and its answer in schema.org's words as JSON-LD; None where not all of it was read."""
        if not question.is_confirmed:
            return None
        answer = {"@type": "Answer", "text": question.said}
        node = {"@type": "Question", "@id": f"#{question.id}", "name": question.question, "acceptedAnswer": answer}
        return as_json_ld({"@context": "https://schema.org", **node})

    def withdrawn(self) -> tuple[kinds.Withdrawal, ...]:
        """Give what was withdrawn from this page."""
        here = self.address if self.language == "en" else self.address.removeprefix(f"/{self.language}")
        return self.catalogue.withdrawn_from(here)

    def official_texts(self) -> tuple[kinds.Source, ...]:
        """Give the sources that hold the official text and can be visited."""
        return self.catalogue.official_texts

    def changed_collections(self) -> tuple[str, ...]:
        """Give the collections, beside that of principles, whose records a change can name."""
        return tuple(name for name in CHANGED if name != "principles")

    def sign(self, vocabulary: str, word: kinds.VocabularyTerm) -> str:
        """Give the sign that stands in tables for a word of a vocabulary."""
        return SIGNS[vocabulary][word.id]

    def named(self, record: Any) -> str:
        """Name a record in a link."""
        return label_of(record)

    def label(self, use: Use) -> str:
        """Name a record that rests on a source."""
        if use.collection == "practices":
            stakeholder = self.catalogue.get("stakeholders", use.record.stakeholder)
            return ": ".join(filter(None, (stakeholder.name, use.record.name)))
        if use.collection == "readings":
            group = self.catalogue.get("groups", use.record.group)
            return f"{group.name}: {label_of(self.catalogue.principle(use.record.principle))}"
        if use.collection == "exercises":
            return label_of(self.catalogue.principle(use.record.principle))
        return label_of(use.record)
