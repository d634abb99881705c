"""A lesson."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Description, PrincipleNumber, ShortText, TabTitle, Text, Title, WholeNumber
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
    afterwards: tuple[Text, ...] = ()
    principles: tuple[PrincipleNumber, ...] = ()


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
)
