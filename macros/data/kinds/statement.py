"""A statement of the announcement of 5 March 2020, and what is known of it since."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import Finding, Id, PrincipleNumber, Ref, StakeholderId, Text, Title
from macros.data.parts import Claim, Record
from macros.data.rows import Kind, Page, Search


class Statement(Record):
    """One thing that the announcement of 5 March 2020 said, and what is known of it since."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Title = Field(description="The statement, in one line.")
    said: Text = Field(description="What the announcement says, in our own words.")
    verdict: Annotated[Id, Ref("verdicts")] = Field(description="How far it holds, by one of the words.")
    finding: Finding = Field(
        description="The verdict in at most 25 words, with the number that decides it; nothing that is not below."
    )
    found: tuple[Claim, ...] = Field(min_length=1, description="What confirms it, corrects it, or is missing.")
    why: Claim | None = Field(default=None, description="Why it matters, where that is not plain.")
    figures: tuple[Annotated[Id, Ref("figures")], ...] = Field(
        default=(), description="Ids of the figures that bear on it."
    )
    programmes: tuple[Annotated[Id, Ref("programmes")], ...] = Field(
        default=(), description="Ids of the programmes that bear on it."
    )
    notes: tuple[Annotated[Id, Ref("notes")], ...] = Field(default=(), description="Notes that say more on it.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")


KIND = Kind(
    singular="statement",
    page=None,
    anchor="/announcement/#{id}",
    listed=Page("/announcement/", "announcement.md.j2"),
    cites=True,
    linked=True,
    api=23,
    search=Search("The announcement", "title", lambda one: one.said, weight=0.9),
    a_to_z=None,
    readability="announcement",
    structured=None,
    ordered="they stand in the order of the announcement",
)
