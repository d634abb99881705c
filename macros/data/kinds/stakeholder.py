"""A stakeholder: an organisation or a person with a part in the principles."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import (
    CountryId,
    Description,
    Id,
    PartialDate,
    Past,
    PrincipleNumber,
    Ref,
    ShortText,
    StakeholderId,
    Text,
    Title,
    Url,
    YesNo,
)
from macros.data.parts import Claim, Confidence, Paged, Record, Sourced
from macros.data.rows import COMMON, Kind, Page, Search, Structured


class FormerName(Sourced):
    """A name that a stakeholder had before."""

    name: Text = Field(description="The name that it had.")
    until: Annotated[PartialDate, Past()] | None = Field(default=None, description="When it ended.")
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the record's."
    )


class Role(Sourced):
    """What a stakeholder did in the story of the principles, and when."""

    date: Annotated[PartialDate, Past()] | None = Field(default=None, description="When it began.")
    until: Annotated[PartialDate, Past()] | None = Field(default=None, description="When it ended.")
    text: Text = Field(description="What it did in the story of the principles.")
    endorsed: YesNo = Field(
        default=False, description="true: the first time that its endorsement is on record; one role at most."
    )
    confidence: Confidence | None = Field(
        default=None, description="How sure this is, only where it differs from the record's."
    )


class Stakeholder(Record, Paged):
    """An organisation or a person with a part in the principles."""

    short_name: Title | None = Field(default=None, description="What pages call it where there is little room.")
    former_names: tuple[FormerName, ...] = Field(default=(), description="Names that it had before.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other names people use; for search.")
    kind: Annotated[Id, Ref("stakeholder_kinds")] = Field(description="What kind of body it is, by one of the words.")
    countries: tuple[CountryId, ...] = Field(
        min_length=1, description="Ids of the countries or regions that it belongs to."
    )
    organisation: StakeholderId | None = Field(default=None, description="For a person: the body they spoke for.")
    summary: ShortText = Field(description="Who they are, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    status: Annotated[Id, Ref("statuses")] = Field(description="How it stands to the principles, by one of the words.")
    status_note: Claim | None = Field(default=None, description="What that status rests on.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Principles it bears on besides those its practices name."
    )
    about: tuple[Claim, ...] = Field(default=(), description="What else a reader should know of it.")
    roles: tuple[Role, ...] = Field(default=(), description="What it did in the story of the principles.")
    caveats: tuple[Claim, ...] = Field(default=(), description="What is not known, or not as it seems.")
    website: Url | None = Field(default=None, description="The address of its own site.")
    service_kinds: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="For a company: the kinds of service that it runs and this file speaks of."
    )


KIND = Kind(
    singular="stakeholder",
    file=COMMON,
    page=Page("/stakeholders/{id}/", "stakeholder.md.j2"),
    anchor=None,
    listed=Page("/stakeholders/", "stakeholders.md.j2"),
    cites=True,
    linked=False,
    api=3,
    search=Search("Stakeholder", "name", lambda one: one.summary, weight=2.2),
    a_to_z="stakeholder",
    readability="stakeholder pages",
    structured=Structured(record="Organization", listing="CollectionPage", link="Organization"),
    filed=True,
    grouped=("stakeholder_kinds", "kind"),
    ordered="within each kind, pages show them in this order: those of the launch first",
)
