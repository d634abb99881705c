"""A tool: what a service can borrow or join, from whom, and on which conditions."""

from typing import Annotated

from pydantic import Field

from macros.data.field_types import CountryId, Id, PrincipleNumber, Ref, ShortText, StakeholderId, Text, Title, Url
from macros.data.parts import Claim, Record
from macros.data.rows import Kind, Page, Search, Structured


class Tool(Record):
    """A tool, a list, a portal or a membership that somebody offers to services."""

    name: Title = Field(description="What it is called.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    kind: Annotated[Id, Ref("tool_kinds")] = Field(description="What it does, by one of the words.")
    run_by: ShortText = Field(description="Who runs it.")
    url: Url = Field(title="Web address", description="The page of whoever runs it.")
    does: tuple[Claim, ...] = Field(min_length=1, description="What it does, in one to three short sentences.")
    who: Claim = Field(description="Who qualifies.")
    open_to: Annotated[Id, Ref("tool_access")] = Field(description="Who can have it, by one of the words.")
    cost: Annotated[Id, Ref("costs")] = Field(description="What it costs, by one of the words.")
    price: Claim | None = Field(default=None, description="More about its cost, only where a source says it.")
    how: Claim | None = Field(default=None, description="How to apply; leave it out where no source says it.")
    waiting: Claim | None = Field(default=None, description="How long it takes; leave it out where no source says it.")
    licence: ShortText | None = Field(default=None, description="Only of software that one runs oneself.")
    needs: Claim | None = Field(default=None, description="What one needs for it.")
    limits: Claim | None = Field(default=None, description="What it does not do.")
    countries: tuple[CountryId, ...] = Field(
        default=(), description="Only where it is made for services or users in these countries, first of all."
    )
    kinds: tuple[Annotated[Id, Ref("service_kinds")], ...] = Field(
        default=(), description="For which kinds of service; without this line for all."
    )
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Ids of the stakeholders that it bears on.")


KIND = Kind(
    singular="tool",
    page=None,
    anchor="/for/small-services/tools/#{id}",
    listed=Page("/for/small-services/tools/", "tools.md.j2"),
    cites=True,
    linked=True,
    api=17,
    search=Search("Tool for services", "name", lambda one: one.does[0].text, weight=0.9),
    a_to_z="tool for services",
    readability="for services",
    structured=Structured(listing="CollectionPage"),
    beside="Tools for services",
    grouped=("tool_kinds", "kind"),
)
