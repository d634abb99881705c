"""A source: what was read, and what facts rest on."""

import re
from typing import Annotated

from pydantic import Field, Strict
from pydantic.functional_validators import AfterValidator

from macros.data.field_types import Day, Id, PartialDate, Past, Ref, Text, Url, YesNo, _plain, _wordy
from macros.data.parts import Confidence, Named
from macros.data.rows import Kind, Page

ARCHIVED = re.compile(r"https?://(?:web\.)?archive\.org/")
"""The addresses that lie in the archive already."""


class Source(Named):
    """Something that was read, and that facts rest on."""

    title: Annotated[str, Strict(), Field(max_length=300), AfterValidator(_plain), AfterValidator(_wordy)] = Field(
        description="Its title."
    )
    publisher: Text = Field(description="Who published it.")
    url: Url | None = Field(default=None, title="Web address", description="Where it was read.")
    date: Annotated[PartialDate, Past()] | None = Field(
        default=None, description="When it was published, as far as it says."
    )
    licence: Text = Field(description="Under which terms it may be used, as far as it says.")
    official: YesNo = Field(default=False, description="true: it holds the official text of the principles.")
    read: Annotated[Id, Ref("ways_of_reading")] = Field(title="How it was read", description="How it was read.")
    note: Text | None = Field(default=None, description="Only if there is something to say of how it was read.")
    confidence: Confidence = Field(description="How sure we are of what it is.")
    checked: Annotated[Day, Past()] = Field(description="The day on which it was last looked at.")
    archived: Url | None = Field(
        default=None, description="An archived copy that was seen; else one is looked for by the day it was read."
    )

    @property
    def archive(self) -> str | None:
        """Where the archived copy nearest to the day of reading is, if there is one; None without an address.

        The archive leads from a day to the copy nearest to it. Nobody has looked, unless `archived` is given; so
        whoever shows this says "if there is one".
        """
        if self.archived or not self.url or ARCHIVED.match(self.url):
            return self.archived
        return f"https://web.archive.org/web/{self.checked:%Y%m%d}/{self.url}"


KIND = Kind(
    singular="source",
    page=None,
    anchor="/sources/#{id}",
    listed=Page("/sources/", "sources.md.j2"),
    cites=False,
    linked=False,
    api=13,
    search=None,  # what rests on it is found
    a_to_z=None,
    readability=None,
    structured=None,
)
