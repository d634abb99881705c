"""A question that people ask, and a short answer that leads to the page which says more."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from macros.data.cases import Case, Found, too_many_words
from macros.data.field_types import Id, PrincipleNumber, Ref, ShortTitle, SiteAddress, StakeholderId, Text, Title
from macros.data.parts import Claim, Part, Record
from macros.data.rows import Kind, Page, Search, Structured

WORDS = 80
"""An answer is two to four sentences; whoever wants to know more follows its links."""


class More(Part):
    """A page of this site that says more."""

    label: ShortTitle = Field(description="What the link says.")
    address: SiteAddress = Field(description="Where it leads: /glossary/#example-word.")


class Question(Record):
    """A question as people type it, and a short answer."""

    question: Title = Field(description="As people type it, with its question mark.")
    aliases: tuple[Text, ...] = Field(default=(), description="Other ways to ask it; for search only.")
    group: Annotated[Id, Ref("question_groups")] = Field(
        description="The group of questions that it stands under, by its id."
    )
    answer: tuple[Claim, ...] = Field(
        min_length=1,
        description="Two to four sentences, at most 80 words; help first where somebody may be in danger.",
    )
    more: tuple[More, ...] = Field(min_length=1, max_length=3, description="The pages of this site that say more.")
    principles: tuple[PrincipleNumber, ...] = Field(default=(), description="Only where it is about a principle.")
    stakeholders: tuple[StakeholderId, ...] = Field(default=(), description="Only where it is about one of them.")

    @property
    def is_confirmed(self) -> bool:
        """Whether every statement of the answer was read in its source."""
        return {self.confidence, *(claim.confidence or "confirmed" for claim in self.answer)} == {"confirmed"}

    @property
    def title(self) -> str:
        """What links and lists call it."""
        return self.question

    @property
    def said(self) -> str:
        """The whole answer as one text."""
        return " ".join(claim.text for claim in self.answer)


def _short(case: Case) -> Iterator[Found]:
    """Let an answer be read in a breath; it is its last statement that makes it too long."""
    for path, item in case.records("questions"):
        answer = item.get("answer")
        claims = [claim for claim in answer if isinstance(claim, dict)] if isinstance(answer, list) else []
        if claims:
            last = (*path, "answer", len(claims) - 1, "text")
            yield from too_many_words(last, WORDS, "`answer`", *(claim.get("text") for claim in claims))


KIND = Kind(
    singular="question",
    page=None,
    anchor="/questions/#{id}",
    listed=Page("/questions/", "questions.md.j2"),
    cites=True,
    linked=True,
    api=15,
    search=Search("Question", "question", lambda one: one.said, weight=2.6),
    a_to_z="question",
    readability="questions",
    structured=Structured(listing="FAQPage", link="Question"),
    beside="Questions people ask",
    grouped=("question_groups", "group"),
    rules=(_short,),
    ordered="within each group, the page shows them in this order",
)
