"""A court case, and what was decided."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Description, PartialDate, Past, PrincipleNumber, ShortText, StakeholderId, Text
from macros.data.parts import Claim, Paged, Record
from macros.data.rows import Kind, Page, Search, Structured


class CourtCase(Record, Paged):
    """A case before a court that bears on the principles."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    date: Annotated[PartialDate, Past()] = Field(description="When it was decided.")
    summary: ShortText
    description: Description
    decided: tuple[Claim, ...] = Field(min_length=1)
    principles: tuple[PrincipleNumber, ...] = ()
    stakeholders: tuple[StakeholderId, ...] = ()


KIND = Kind(
    singular="court case",
    page=Page("/court-cases/{id}/", "court-case.md.j2"),
    anchor=None,
    listed=Page("/court-cases/", "court-cases.md.j2"),
    cites=True,
    linked=True,
    beside="Court cases",
    api=26,
    search=Search("Court case", "name", lambda one: one.summary, weight=1.5),
    a_to_z="court case",
    readability="court cases",
    structured=Structured(record="CreativeWork", listing="CollectionPage"),
)
