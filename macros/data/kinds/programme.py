"""A programme: what was announced, and what became of it."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Description, PartialDate, Past, PrincipleNumber, ShortText, StakeholderId, Text
from macros.data.parts import Claim, Paged, Record
from macros.data.rows import Kind, Page, Search, Structured


class Programme(Record, Paged):
    """Something that was announced with the principles or followed them, and what became of it."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    summary: ShortText = Field(description="What it is, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    outcome: ShortText = Field(description="What became of it, in a few words.")
    date: Annotated[PartialDate, Past()] | None = Field(default=None, description="When it began.")
    announced: tuple[Claim, ...] = Field(min_length=1, description="What was announced.")
    done: tuple[Claim, ...] = Field(default=(), description="What was done, as far as it is on record.")
    became: tuple[Claim, ...] = Field(min_length=1, description="What became of it.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")


KIND = Kind(
    singular="programme",
    page=Page("/programmes/{id}/", "programme.md.j2"),
    anchor=None,
    listed=Page("/programmes/", "programmes.md.j2"),
    cites=True,
    linked=True,
    api=6,
    search=Search("Programme", "name", lambda one: f"{one.summary} {one.outcome}", weight=1.7),
    a_to_z="programme",
    readability="programmes",
    structured=Structured(listing="CollectionPage"),
    ordered="pages show them in this order: those of the announcement first",
)
