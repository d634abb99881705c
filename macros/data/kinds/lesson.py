"""A lesson."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found
from macros.data.field_types import Description, PrincipleNumber, ShortText, TabTitle, Text, Title, WholeNumber
from macros.data.kinds.lesson_slides import Slide, slides_fit
from macros.data.parts import Part, Printed, Record
from macros.data.rows import Kind, Page, Search, Structured


class Step(Part):
    """A stretch of a lesson."""

    minutes: WholeNumber
    text: Text


class Lesson(Record):
    """A lesson of a given length."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Annotated[Title, Printed]
    tab_title: TabTitle
    description: Description
    minutes: WholeNumber
    ages: ShortText
    goals: tuple[Text, ...] = Field(min_length=1)
    materials: tuple[Text, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=2)
    afterwards: tuple[Text, ...] = Field(default=(), description="What to do after the lesson.")
    principles: tuple[PrincipleNumber, ...] = ()
    slides: tuple[Slide, ...] = Field(default=(), description="What the class sees, slide by slide.")


def _minutes(case: Case) -> Iterator[Found]:
    """Let the steps of a lesson take as long as the lesson."""
    for path, item in case.records("lessons"):
        whole, steps = item.get("minutes"), item.get("steps")
        every = [step.get("minutes") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
        taken = [minutes for minutes in every if type(minutes) is int]
        if type(whole) is int and taken and len(taken) == len(every) and sum(taken) != whole:
            yield (*path, "minutes"), f"the steps take {sum(taken)} minutes, not {whole}; change one of both"


KIND = Kind(
    singular="lesson",
    page=Page("/teach/{id}/", "lesson.md.j2"),
    anchor=None,
    listed=Page("/teach/", "teach.md.j2"),
    cites=True,
    linked=True,
    api=None,
    search=Search("Lesson", "title", lambda one: " ".join(one.goals), weight=1.6),
    a_to_z="lesson",
    readability="teaching",
    structured=Structured(record="LearningResource"),
    rules=(_minutes, slides_fit),
    ordered="pages show them in this order: the shortest first",
)
