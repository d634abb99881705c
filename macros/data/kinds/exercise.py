"""An exercise: questions about one principle."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.cases import Case, Found, surer_than_its_principle
from macros.data.field_types import PrincipleNumber, ShortText, Text, YesNo
from macros.data.parts import Following, Named, Part, Printed
from macros.data.rows import Kind


class Answer(Part):
    """A possible answer of a self-check."""

    translated: ClassVar[tuple[str, ...]] = ("text",)

    text: Annotated[ShortText, Printed] = Field(description="The answer, as it is offered.")
    right: YesNo = Field(default=False, description="true: this is the right one.")


class SelfCheck(Named):
    """A question with answers, one of them right, and why."""

    translated: ClassVar[tuple[str, ...]] = ("question", "answers", "why")

    question: Annotated[Text, Printed] = Field(description="The question.")
    answers: tuple[Answer, ...] = Field(
        min_length=2, max_length=4, description="The answers to choose from; one is right."
    )
    why: Annotated[Text, Printed] = Field(description="Why that answer is right.")


class Exercise(Following):
    """Questions for a class or for oneself about one principle."""

    translated: ClassVar[tuple[str, ...]] = ("discussion", "self_check")

    principle: PrincipleNumber = Field(description="The official number of the principle that it is about.")
    discussion: tuple[Annotated[Text, Printed], ...] = Field(
        min_length=3, max_length=3, description="Three questions to talk about."
    )
    self_check: tuple[SelfCheck, ...] = Field(
        min_length=5, max_length=5, description="Five questions with answers, to check oneself."
    )


def _one_right_answer(case: Case) -> Iterator[Found]:
    """Have a self-check say which of its answers is right; kits and pages name it."""
    for node in case.nodes:
        if node.part is not SelfCheck or not isinstance(node.value.get("answers"), list):
            continue
        answers = [answer for answer in node.value["answers"] if isinstance(answer, dict)]
        right = sum(answer.get("right") is True for answer in answers)
        if answers and right != 1:
            count = "none" if not right else str(right)
            yield (*node.path, "answers"), f"{count} of these answers is right; write `right: true` at exactly one"


def _no_surer_than_its_principle(case: Case) -> Iterator[Found]:
    """Keep what is said about an unread principle as unsure as the principle."""
    yield from surer_than_its_principle(case, "exercises")


KIND = Kind(
    singular="exercise",
    page=None,
    anchor="/principles/{principle}/#exercise",
    listed=None,
    cites=True,
    linked=False,
    api=19,
    search=None,  # its principle is found
    a_to_z=None,
    readability="principle pages",
    structured=None,
    shown=lambda _: True,
    rules=(_one_right_answer, _no_surer_than_its_principle),
    ordered="they stand by the number of the principle",
)
