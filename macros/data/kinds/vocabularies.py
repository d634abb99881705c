"""The vocabularies: words that records use and that the site explains, and the signs by which pages draw them."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from macros.data.cases import Case, Found, shown
from macros.data.field_types import Title
from macros.data.parts import CONFIDENCE, Printed, VocabularyTerm
from macros.data.rows import Vocabulary


class Country(VocabularyTerm):
    """A country or region as stakeholders and help name it."""

    translated: ClassVar[tuple[str, ...]] = ("label", "meaning", "help_label")

    label: Annotated[Title, Printed] = Field(description="Its name, as pages print it.")
    help_label: Annotated[Title, Printed] | None = Field(
        default=None, description="What help pages call it, where that is clearer."
    )

    @property
    def help_name(self) -> str:
        """What help pages call it."""
        return self.help_label or self.label


def _confidences_explained(case: Case) -> Iterator[Found]:
    """Have the vocabulary of confidence explain exactly the words that the model knows."""
    known = case.values("confidences", "id")
    for word, path in known.items():
        if word not in CONFIDENCE:
            yield path, f"unknown confidence {shown(word)}; the words are fixed: {', '.join(CONFIDENCE)}"
    for word in CONFIDENCE:
        if word not in known and "confidences" in case.tree.data:
            yield ("confidences",), f"the confidence '{word}' is not explained; add it"


CONFIDENCES = Vocabulary(
    singular="confidence",
    shown=lambda word: word.id != "confirmed",
    rules=(_confidences_explained,),
    fixed="how sure something is has three words, and nobody adds one",
)
WAYS_OF_READING = Vocabulary(singular="way of reading")
PHRASE_KINDS = Vocabulary(singular="phrase kind", shown=lambda word: True)
SENTENCE_SLOTS = Vocabulary(
    singular="slot",
    shown=lambda word: True,
    fixed="all eleven sentences are taken apart by the same questions, and nobody adds one alone",
)
STAKEHOLDER_KINDS = Vocabulary(singular="stakeholder kind")
STATUSES = Vocabulary(singular="status")
PRACTICE_STATUSES = Vocabulary(
    singular="practice status",
    shown=lambda word: True,
    # In the matrix.
    signs={"in-place": "●", "announced": "○", "unclear": "○", "ended": "×", "legal-duty": "§"},  # noqa: RUF001 (the sign for times)
)
SERVICE_KINDS = Vocabulary(singular="service kind")
# On the timeline.
EVENT_KINDS = Vocabulary(singular="event kind", style="dot-{id}")
LAW_STAGES = Vocabulary(singular="law stage", shown=lambda word: True)
LAW_RELATIONS = Vocabulary(singular="law relation", shown=lambda word: True)
NEEDS = Vocabulary(singular="need", readability="help", shown=lambda word: True)
VERDICTS = Vocabulary(singular="verdict")
QUESTION_GROUPS = Vocabulary(singular="question group")
MEASURE_TIMES = Vocabulary(singular="time of measures")
COSTS = Vocabulary(singular="cost")
DUTIES = Vocabulary(singular="duty")
TOOL_KINDS = Vocabulary(singular="tool kind")
TOOL_ACCESS = Vocabulary(singular="tool access")
COUNTRIES = Vocabulary(singular="country")
