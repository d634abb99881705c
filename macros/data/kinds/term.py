"""A term of the glossary."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict
from pydantic.functional_validators import AfterValidator

from macros.data.field_types import Id, PrincipleNumber, Ref, ShortText, ShortTitle, Text, YesNo, _plain, _wordy
from macros.data.parts import Claim, Record
from macros.data.rows import Kind, Page, Search, Structured


class Term(Record):
    """A word of the subject, and how to use it with care."""

    translated: ClassVar[tuple[str, ...]] = ("term", "abbreviation", "forms", "aliases", "definition", "notes")

    term: ShortTitle = Field(description="The word.")
    abbreviation: ShortTitle | None = Field(default=None, description="Its short form, such as CSAM.")
    forms: tuple[ShortTitle, ...] = Field(default=(), description="Other forms in which pages use it, such as plurals.")
    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    definition: Annotated[str, Strict(), Field(max_length=320), AfterValidator(_plain), AfterValidator(_wordy)] = Field(
        description="One sentence; also the tooltip."
    )
    notes: tuple[Claim, ...] = Field(default=(), description="What else there is to say.")
    common: YesNo = Field(default=False, description="true: too common a word to be explained wherever it stands.")
    say: ShortText | None = Field(default=None, description="The words to use.")
    not_say: tuple[ShortText, ...] = Field(
        default=(), description="Words to leave to others; shown in the glossary only."
    )
    why: Text | None = Field(default=None, description="Why these words and not those.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    related: tuple[Annotated[Id, Ref("terms")], ...] = Field(default=(), description="Other words to look at.")


KIND = Kind(
    singular="term",
    page=None,
    anchor="/glossary/#{id}",
    listed=Page("/glossary/", "glossary.md.j2"),
    cites=True,
    linked=True,
    api=10,
    search=Search(
        "Term",
        "term",
        lambda one: one.definition,
        weight=2.4,
        names=("abbreviation", "forms", "aliases", "not_say"),
    ),
    a_to_z="term",
    readability="glossary",
    structured=Structured(listing="DefinedTermSet", link="DefinedTerm"),
    card=Page("/embed/terms/{id}/", "embed-term.html.j2"),
    order=lambda one: one.term.lower().strip('"'),
    shown=lambda one: True,
)
