"""What records are made of: statements with sources, words, names.

The kinds of record in `macros/data/kinds/` are put together from these. The classes are the only description of the
format: the check, the JSON Schema that editors read and the pages are all made from them.
"""

# No `from __future__ import annotations` here: pydantic would compile each annotation again from its text, for every
# class that has it, which takes a tenth of the time of a check.
import os
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field
from pydantic.functional_validators import AfterValidator

from macros.data.field_types import FORMER_IDS, Day, Id, Past, SourceId, TabTitle, Text, Title, YesNo
from macros.data.paper import printed

# Otherwise the first class looks through every installed package for extensions of pydantic
# (https://docs.pydantic.dev/latest/concepts/plugins/), which may change what is accepted.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

Confidence = Literal["confirmed", "reported", "unchecked"]
CONFIDENCE: tuple[str, ...] = get_args(Confidence)

INDIRECT = "indirect"
"""The way of reading that is none: known through others who cite it. Such a source alone confirms nothing."""

_GIVEN: dict[frozenset[str], set[str]] = {}
"""Which fields parts have, once for all that have the same."""

Printed = AfterValidator(printed)
"""Marks a text that stands in handouts, kits or pictures too, where not every sign can be set."""

WORLDWIDE = "int"
"""The country under which services for people anywhere stand."""


class Part(BaseModel):
    """Anything in the file: unknown fields are refused, values are not bent into other types, nothing changes later."""

    # Deferred: what is only part of a record needs no checker of its own.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    translated: ClassVar[tuple[str, ...]] = ()
    """What is translated of it into second languages. Official phrases stay as they are, and so do names."""
    own: ClassVar[tuple[str, ...]] = ()
    """What it may have of its own in another language. It is right in English too: it is never missing or older."""

    def model_post_init(self, context: object, /) -> None:
        """Share the names of the fields that were given with all parts that have the same: nothing changes them later.

        A set for each part would take as much memory as the values do.
        """
        given = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _GIVEN.setdefault(frozenset(given), given))


class Sourced(Part):
    """Anything that states a fact. It names its sources, or says with `ours: true` that it is our own reading."""

    sources: tuple[SourceId, ...] = Field(default=(), description="Ids of the sources that this rests on.")
    ours: YesNo = Field(
        default=False, title="Our own reading", description="true: our own reading or judgement, shown as ours."
    )


class Claim(Sourced):
    """One statement in our own words, with the sources it rests on."""

    translated: ClassVar[tuple[str, ...]] = ("text",)

    text: Annotated[Text, Printed] = Field(description="The statement, in our own words.")
    confidence: Confidence | None = Field(default=None, description="Only where it differs from the record's.")


class Named(Part):
    """Anything with an address of its own."""

    id: Id = Field(description="Its place in addresses: small letters, digits, hyphens. Never changed, never reused.")
    former_ids: tuple[Id, ...] = Field(
        default=(), max_length=FORMER_IDS, description="Ids it once had; their addresses lead here."
    )


class VocabularyTerm(Named):
    """An entry of a vocabulary: a word that records use and that the site explains."""

    translated: ClassVar[tuple[str, ...]] = ("label", "meaning")

    label: Annotated[Title, Printed] = Field(description="What pages print for it.")
    meaning: Annotated[Text, Printed] = Field(description="What it means.")


class Record(Named, Sourced):
    """A fact or a set of facts that is checked against its sources as one."""

    confidence: Confidence = Field(
        description="confirmed: read in the source; reported: read through others; unchecked: not yet read in a source."
    )
    checked: Annotated[Day, Past()] = Field(description="The day its facts were last checked against their sources.")


class Following(Named, Sourced):
    """A record about one principle, as sure as the principle unless it says otherwise (see `settled`)."""

    confidence: Confidence | None = Field(
        default=None,
        description="Only where it differs from the principle's; nothing on an unread text is surer than it.",
    )
    checked: Annotated[Day, Past()] = Field(description="The day it was last checked against its sources.")


class Paged(Part):
    """A record whose page is called by its name."""

    name: Title = Field(description="What it is called.")
    tab_title: TabTitle | None = Field(default=None, description="Only where the name is not calm enough for a tab.")

    @property
    def calm_name(self) -> str:
        """What the browser's tab and history show."""
        return self.tab_title or self.name
