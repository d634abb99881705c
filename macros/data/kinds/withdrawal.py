"""A withdrawal: a record that was taken away, whose address stays and says so."""

from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.field_types import Day, Past, SiteAddress, Text, Title
from macros.data.languages import LANGUAGES
from macros.data.parts import Named
from macros.data.rows import Kind


class Withdrawal(Named):
    """A record that was published and taken away. Its address stays, and says what stood there, until when, and why."""

    translated: ClassVar[tuple[str, ...]] = ("was", "why")

    address: SiteAddress = Field(
        description="Where it stood, such as /glossary/#example-word. What lay below goes too."
    )
    was: Title = Field(description="What stood there, in a few words.")
    date: Annotated[Day, Past()] = Field(description="The day it was taken away.")
    why: Text = Field(description="Why it was taken away, in one calm sentence.")
    instead: SiteAddress | None = Field(default=None, description="The address of what stands in its place.")

    @property
    def page(self) -> str:
        """The page on which it stood."""
        return self.address.partition("#")[0]

    @property
    def anchor(self) -> str:
        """Its place on that page; empty where it was a page of its own."""
        return self.address.partition("#")[2]


_ELSEWHERE = ("/principles/", "/categories/", "/glossary/", *(f"/help/{one.country}/" for one in LANGUAGES.values()))
"""How addresses begin that pages in a second language have too."""

KIND = Kind(
    singular="withdrawal",
    page=None,  # its pages stand at the addresses that it names: see `sitemap`
    anchor=None,
    listed=None,
    cites=False,
    linked=False,
    api=25,
    search=None,
    a_to_z=None,
    readability=None,
    structured=None,
    shown=lambda one: one.address.startswith(_ELSEWHERE),
)
