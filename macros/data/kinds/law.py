"""A law, and how it stands to the principles."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import (
    CountryId,
    Id,
    PartialDate,
    Past,
    PrincipleNumber,
    Ref,
    ShortTitle,
    StakeholderId,
    Text,
    Title,
    YesNo,
)
from macros.data.parts import Claim, Confidence, Record, Sourced
from macros.data.rows import Kind, Page, Search


class LawClaim(Claim):
    """One statement about a law."""

    on_reporting: YesNo = Field(
        default=False,
        description="true: it says whether services must report abuse; `/compare/` shows it of each country.",
    )


class LawLink(Sourced):
    """How a law stands to a principle. Our own reading, unless a source makes the link."""

    principle: PrincipleNumber = Field(description="The official number of the principle.")
    relation: Annotated[Id, Ref("law_relations")] = Field(description="How the law bears on it, by one of the words.")
    text: Text = Field(description="What the law says on the principle's ground.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the record's."
    )


class Law(Record):
    """A law, a code under a law, or official guidance on the ground of the principles."""

    name: Title = Field(description="What it is called.")
    short_name: ShortTitle | None = Field(default=None, description="Only if people use one.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    country: CountryId = Field(description="The country or region, by its id.")
    stage: Annotated[Id, Ref("law_stages")] = Field(description="How far it has come, by one of the words.")
    date: Annotated[PartialDate, Past()]
    until: Annotated[PartialDate, Past()] | None = Field(
        default=None, description="When it ended, where it went on for some time."
    )
    text: tuple[LawClaim, ...] = Field(min_length=1, description="What it says, statement by statement.")
    links: tuple[LawLink, ...] = Field(min_length=1, description="Which principles it bears on, and how.")
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")


KIND = Kind(
    singular="law",
    page=None,
    anchor="/law/#{id}",
    listed=Page("/law/", "law.md.j2"),
    cites=True,
    linked=True,
    api=9,
    search=Search(
        "Law",
        "name",
        lambda one: " ".join(claim.text for claim in one.text),
        weight=1.6,
        names=("short_name", "aliases"),
    ),
    a_to_z="law",
    readability="law",
    structured=None,
    grouped=("countries", "country"),
    order=lambda one: one.date.text,
)
