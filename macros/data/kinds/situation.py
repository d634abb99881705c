"""A situation: what is happening to a reader who needs help, and the first steps."""

from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.field_types import (
    CountryId,
    Id,
    PrincipleNumber,
    Ref,
    ShortText,
    ShortTitle,
    Text,
    Title,
    WholeNumber,
    YesNo,
)
from macros.data.parts import Claim, Part, Printed, Record, Sourced
from macros.data.rows import Kind, Page, Search


class FirstStep(Sourced):
    """One of the few things to do first."""

    translated: ClassVar[tuple[str, ...]] = ("do", "text")

    do: ShortTitle = Field(description='What to do, shown in bold: starts with a verb or with "Do not".')
    text: ShortText | None = Field(default=None, description="The rest of the step; with `do` at most 16 words.")


class FirstHelp(Part):
    """Where to turn first in one country: the service whose number is shown large, and at most one more."""

    translated: ClassVar[tuple[str, ...]] = ("notes",)

    country: CountryId = Field(description="The country or region, by its id.")
    services: tuple[Annotated[Id, Ref("services")], ...] = Field(
        min_length=1, max_length=2, description="Ids of the services to turn to: the first is shown large."
    )
    notes: tuple[Claim, ...] = Field(default=(), description="What this country's own authorities advise.")


class SituationAnswer(Part):
    """A question that people in this situation ask, and the answer."""

    translated: ClassVar[tuple[str, ...]] = ("question", "answer")

    question: ShortText = Field(description="The question.")
    answer: Claim = Field(description="The answer.")


class NextPlace(Part):
    """Where to go after the first steps: another situation, or a service."""

    translated: ClassVar[tuple[str, ...]] = ("label",)

    label: ShortText = Field(description="What the link says.")
    situation: Annotated[Id, Ref("situations")] | None = Field(
        default=None, description="The situation that it leads to, by its id."
    )
    service: Annotated[Id, Ref("services")] | None = Field(
        default=None, description="The service that it leads to, by its id."
    )


class Situation(Record):
    """What is happening to a reader who needs help: the first steps, then whom to call in which country.

    Its address and the title in the browser's tab say nothing but a number: others may see them.
    """

    translated: ClassVar[tuple[str, ...]] = ("title", "aliases", "relief", "steps", "first", "answers", "then")

    number: WholeNumber = Field(
        description="Its place on the help page, in its address and in the tab's title.",
        json_schema_extra={"minimum": 1},
    )
    title: Annotated[Title, Printed] = Field(description="In the reader's own words.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    minor: YesNo = Field(default=False, description="true: a smaller link, below the others.")
    relief: ShortText = Field(description="One sentence of relief, of at most 14 words.")
    needs: tuple[Annotated[Id, Ref("needs")], ...] = Field(min_length=1, description="Whose services it lists.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="The principles whose readers it may be happening to: their pages link to it."
    )
    steps: tuple[FirstStep, ...] = Field(min_length=3, max_length=5, description="What to do first.")
    first: tuple[FirstHelp, ...] = Field(min_length=1, description="One for each country with help.")
    answers: tuple[SituationAnswer, ...] = Field(default=(), description="Questions that people ask, with answers.")
    then: tuple[NextPlace, ...] = Field(default=(), max_length=3, description="Where to go after the first steps.")


def _steps(situation: Situation) -> str:
    return " ".join(filter(None, (part for step in situation.steps for part in (step.do, step.text))))


KIND = Kind(
    singular="situation",
    page=Page("/help/steps-{number}/", "situation.md.j2"),
    anchor=None,
    listed=None,  # the page of help lists them, with the services
    cites=True,
    linked=False,
    api=12,
    search=Search("Help", "title", lambda one: f"{one.relief} {_steps(one)}", weight=3),
    a_to_z="help",
    readability="help",
    structured=None,
    order=lambda one: one.number,
    shown=lambda one: True,
    ordered="they stand in the order of their numbers on the help page",
)
