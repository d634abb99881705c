"""A principle: one of the eleven, with its phrases and open questions."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.cases import Case, Found, first_sentence, numbered, too_many_words
from macros.data.field_types import (
    FORMER_IDS,
    Description,
    Id,
    OfficialPhrase,
    PrincipleNumber,
    Ref,
    ShortTitle,
    Summary,
    TabTitle,
    Text,
    WholeNumber,
)
from macros.data.kinds.asks import Asks, answered
from macros.data.kinds.easy import EasyWords
from macros.data.kinds.sentence import Sentence, taken_apart
from macros.data.parts import Claim, Confidence, Named, Part, Printed, Record, Sourced
from macros.data.rows import COMMON, Kind, Page, Search, Structured

PRINCIPLE_COUNT = 11
"""How many principles the official text has; a rule holds the numbers against them."""

NOT_ASKED_WORDS = 25
EXAMPLE_WORDS = 90
OPENING_WORDS = 14
"""How many words the short page has room for: of `not_asked`, of an example's three texts together, and of the first
sentence of each entry of `does_not_say`."""


class Phrase(Sourced):
    """An official phrase and what it means; it has an address of its own on the principle's page."""

    translated: ClassVar[tuple[str, ...]] = ("meaning",)

    id: Id = Field(description="Its place in addresses of the principle's page. Never changed, never reused.")
    former_ids: tuple[Id, ...] = Field(
        default=(), max_length=FORMER_IDS, description="Ids it once had; their addresses lead here."
    )
    phrase: Annotated[OfficialPhrase, Printed] = Field(description="The official words, six at most.")
    kind: Annotated[Id, Ref("phrase_kinds")] = Field(
        description="What the words do in the sentence, by one of the words."
    )
    meaning: Annotated[Text, Printed] = Field(description="What they mean, in our own words.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the principle's."
    )


class Brief(Part):
    """A principle in three sentences."""

    translated: ClassVar[tuple[str, ...]] = ("aim", "asks", "why")

    aim: Claim = Field(description="What the principle is for.")
    asks: Claim = Field(description="What it asks.")
    why: Claim = Field(description="Why that matters.")


class WorkedExample(Part):
    """An invented service before the principle: what would count as what it asks, and what would not. Ours."""

    translated: ClassVar[tuple[str, ...]] = ("service", "counts", "does_not_count")

    service: Annotated[Text, Printed] = Field(description="What the invented service is, in one sentence.")
    counts: Annotated[Text, Printed] = Field(description="What would be in line with the principle.")
    does_not_count: Annotated[Text, Printed] = Field(description="What would not be, or is not asked.")


class View(Sourced):
    """One side of an open question."""

    translated: ClassVar[tuple[str, ...]] = ("who", "text")

    who: Annotated[Text, Printed] = Field(description="Who holds it.")
    text: Annotated[Text, Printed] = Field(description="What they say.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the record's."
    )


class OpenQuestion(Named):
    """A question on which informed people differ, with the sides fairly put."""

    translated: ClassVar[tuple[str, ...]] = ("question", "views")

    question: Annotated[Text, Printed] = Field(description="The question.")
    views: tuple[View, ...] = Field(min_length=2, description="The sides, fairly put.")


class ServiceFit(Part):
    """Which kinds of service a principle bears on. Our own reading."""

    centre: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="Ids of the kinds of service that it is about first of all."
    )
    relevant: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="Ids of other kinds of service that it bears on."
    )


class Principle(Record):
    """One of the eleven principles."""

    translated: ClassVar[tuple[str, ...]] = (
        "title",
        "tab_title",
        "summary",
        "description",
        "aliases",
        "content_note",
        "in_brief",
        "not_asked",
        "in_full",
        "wording",
        "phrases",
        "sentence",
        "easy",
        "example",
        "does_not_say",
        "measures",
        "open_questions",
    )

    number: WholeNumber = Field(
        description="Its official number.", json_schema_extra={"minimum": 1, "maximum": PRINCIPLE_COUNT}
    )
    category: Annotated[Id, Ref("categories")] = Field(description="The category that it stands under, by its id.")
    title: Annotated[ShortTitle, Printed] = Field(description="Our short title.")
    tab_title: Annotated[TabTitle, Printed]
    summary: Summary = Field(description="Six to ten words for lists.")
    description: Annotated[Description, Printed] = Field(description="One or two sentences for search results.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may call it; for search.")
    content_note: Annotated[Text, Printed] = Field(description="One line on what the page deals with.")
    in_brief: Brief = Field(description="The principle in three sentences.")
    not_asked: Claim = Field(description=f"What it does not ask, in at most {NOT_ASKED_WORDS} words.")
    in_full: tuple[Claim, ...] = Field(min_length=1, description="What it says, in plain words of our own.")
    wording: Claim = Field(description="How strong the official wording is.")
    phrases: tuple[Phrase, ...] = Field(
        min_length=2, max_length=6, description="In the order of the official text, as far as it is known."
    )
    sentence: Sentence = Field(description="The sentence, taken apart: which question each part of it answers.")
    asks: Asks = Field(description="What the text says and what not, by the same five questions for all principles.")
    easy: EasyWords = Field(description="The same in easy words, for the poster and the page `/easy/`.")
    services: ServiceFit = Field(description="Which kinds of service it bears on. Our own reading.")
    example: WorkedExample = Field(
        description=f"An invented service, in at most {EXAMPLE_WORDS} words for its three texts together."
    )
    does_not_say: tuple[Claim, ...] = Field(
        min_length=1, description=f"The first sentence of each stands alone, in at most {OPENING_WORDS} words."
    )
    measures: tuple[Claim, ...] = Field(
        default=(), description="What is typically done, where no stakeholder is named."
    )
    open_questions: tuple[OpenQuestion, ...] = Field(min_length=1, description="On what informed people differ.")
    related: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles to look at next."
    )


def _official_numbers(case: Case) -> Iterator[Found]:
    """Principles carry the numbers 1 to 11, each once and none left out."""
    yield from numbered(case, "principles", "principle", PRINCIPLE_COUNT)


def _short_enough(case: Case) -> Iterator[Found]:
    """Keep to the words that the short page has room for."""
    for path, item in case.records("principles"):
        not_asked, example, silent = item.get("not_asked"), item.get("example"), item.get("does_not_say")
        if isinstance(not_asked, dict):
            text = not_asked.get("text")
            yield from too_many_words((*path, "not_asked", "text"), NOT_ASKED_WORDS, "what it does not ask", text)
        if isinstance(example, dict):
            texts = (example.get(name) for name in WorkedExample.translated)
            yield from too_many_words((*path, "example"), EXAMPLE_WORDS, "the three texts together", *texts)
        for index, claim in enumerate(silent if isinstance(silent, list) else ()):
            if isinstance(claim, dict):
                opening = first_sentence(claim.get("text"))
                where = (*path, "does_not_say", index, "text")
                yield from too_many_words(where, OPENING_WORDS, "the first sentence, which stands alone", opening)


def _found_by(principle: Principle) -> str:
    brief = principle.in_brief
    full = " ".join(claim.text for claim in principle.in_full)
    return f"{principle.summary}. {brief.aim.text} {brief.asks.text} {brief.why.text} {full}"


KIND = Kind(
    singular="principle",
    file=COMMON,
    page=Page("/principles/{number}/", "principle.md.j2"),
    anchor=None,
    record_page=Page("/principles/{number}/record/", "principle-record.md.j2"),
    listed=Page("/principles/", "principles.md.j2"),
    cites=True,
    linked=False,
    api=1,
    search=Search("Principle {number}", "title", _found_by, weight=3),
    a_to_z="principle",
    readability="principle pages",
    structured=Structured(record="Article", listing="CollectionPage"),
    filed=True,
    card=Page("/embed/principles/{number}/", "embed-principle.html.j2"),
    parts={"phrases": "phrase-{id}", "open_questions": "question-{id}"},
    order=lambda one: one.number,
    shown=lambda one: True,
    rules=(_official_numbers, _short_enough, taken_apart, answered),
    fixed="the official text has eleven principles, and nobody adds one",
    ordered="they stand in the order of the official numbers",
)
