"""A note: a short explanation with a place of its own on a page."""

from typing import ClassVar

from pydantic import Field

from macros.data.field_types import NotePage, Text, Title
from macros.data.parts import Claim, Record
from macros.data.rows import Kind, Page, Search


class Note(Record):
    """A short explanation with a place of its own on a page."""

    translated: ClassVar[tuple[str, ...]] = ("title", "body")

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Title = Field(description="Its heading.")
    page: NotePage = Field(description="The page it stands on, such as about/the-text.")
    body: tuple[Claim, ...] = Field(min_length=1, description="What it says, statement by statement.")


ELSEWHERE = frozenset({"still-alive", "before-you-start", "if-a-pupil-discloses"})
"""Notes beside those on help that pages in a second language show: the first page, and the one for teachers."""

KIND = Kind(
    singular="note",
    page=None,
    anchor="/{page}/#{id}",
    listed=Page("/about/the-text/", "text.md.j2"),
    cites=True,
    linked=False,
    api=18,
    search=Search("Note", "title", lambda one: " ".join(claim.text for claim in one.body), weight=1.4),
    a_to_z=None,
    readability="notes",
    structured=None,
    shown=lambda one: one.page.partition("/")[0] == "help" or one.id in ELSEWHERE,
    ordered="their page shows them in this order",
)
