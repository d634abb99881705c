"""A group: a kind of reader."""

from pydantic import Field

from macros.data.field_types import Description, ShortText, TabTitle, Text, Title, YesNo
from macros.data.parts import Claim, Record
from macros.data.rows import Kind, Page, Search, Structured


class Group(Record):
    """A kind of reader, such as parents or educators."""

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    name: Title = Field(description="What it is called.")
    tab_title: TabTitle
    summary: ShortText = Field(description="Who belongs to it, in one sentence.")
    description: Description = Field(description="One or two sentences for search results.")
    part: tuple[Claim, ...] = Field(min_length=3, max_length=3, description="Your part, in three lines.")
    help_first: YesNo = Field(default=False, description="true: help stands before everything else on its page.")


KIND = Kind(
    singular="group",
    page=Page("/for/{id}/", "group.md.j2"),
    anchor=None,
    listed=Page("/for/", "groups.md.j2"),
    cites=True,
    linked=False,
    api=4,
    search=Search("For you", "name", lambda one: one.summary, weight=1.8),
    a_to_z="for you",
    readability="for you",
    structured=Structured(listing="CollectionPage"),
    ordered="pages show them in this order",
)
