"""A lesson, and what the pack of files for it says."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from macros.data.cases import Case, Found, no_such_phrase, parts_at, phrases_by_number
from macros.data.field_types import (
    Description,
    Id,
    PrincipleNumber,
    Ref,
    ShortText,
    ShortTitle,
    TabTitle,
    Text,
    Title,
    WholeNumber,
)
from macros.data.kinds.lesson_slides import Slide, slides_fit
from macros.data.parts import Part, Printed, Record
from macros.data.rows import Kind, Page, Search, Structured

WORKSHEET_WORDS = 70
"""A worksheet has at most 90 words, so that slow readers get to the end; its head and foot take the rest."""

Setup = Literal["class", "pairs", "groups", "alone"]

PackFile = Literal[
    "slides", "strips", "cards", "worksheet", "chart", "exit-slip", "help-sheet", "family-sheet", "quiz", "distancing"
]
"""What a step can use of the pack; `macros/templates/pack.yml` says which number and name each has."""


class Step(Part):
    """A stretch of a lesson."""

    translated: ClassVar[tuple[str, ...]] = ("title", "say", "text", "listen_for")

    title: Annotated[ShortTitle, Printed] = Field(description="What it is called, in a few words.")
    minutes: WholeNumber = Field(description="How long it takes.")
    say: Annotated[Text, Printed] = Field(description="What the teacher can say, word for word.")
    text: Annotated[Text, Printed] = Field(description="What the teacher does.")
    uses: tuple[PackFile, ...] = Field(default=(), description="The files of the pack that it needs.")
    setup: Setup = Field(description="How pupils work: class, pairs, groups or alone.")
    listen_for: Annotated[Text, Printed] = Field(description="What shows that it works, or that somebody needs help.")


class Misconception(Part):
    """Something that pupils often think, and what to say to it."""

    translated: ClassVar[tuple[str, ...]] = ("thought", "answer")

    thought: Annotated[ShortText, Printed] = Field(description="The thought, as a pupil may put it.")
    answer: Annotated[Text, Printed] = Field(description="What to say to it.")


class CardPhrase(Part):
    """An official phrase on a card."""

    translated: ClassVar[tuple[str, ...]] = ("words",)
    own: ClassVar[tuple[str, ...]] = ("words",)

    principle: PrincipleNumber = Field(description="The official number of the principle.")
    phrase: Id = Field(description="The id of a phrase of this principle.")
    words: Annotated[ShortTitle, Printed] | None = Field(
        default=None, description="Only in another language: what the official words mean, in ours."
    )


class Task(Part):
    """A task of a worksheet, and how many lines there are to write on."""

    translated: ClassVar[tuple[str, ...]] = ("text",)

    text: Annotated[ShortText, Printed] = Field(description="What to do.")
    lines: WholeNumber = Field(description="Lines to write on.", ge=0, le=8)


class Lesson(Record):
    """A lesson of a given length."""

    translated: ClassVar[tuple[str, ...]] = (
        *("title", "tab_title", "description", "ages", "goals", "materials", "steps", "misconceptions"),
        *("content_guidance", "supervision", "cards", "worksheet", "family", "distancing", "afterwards", "slides"),
    )

    aliases: tuple[Text, ...] = Field(default=(), description="What people may type; for search only.")
    title: Annotated[Title, Printed] = Field(description="What it is called.")
    tab_title: TabTitle
    description: Annotated[Description, Printed] = Field(description="One or two sentences for search results.")
    minutes: WholeNumber = Field(description="How long it takes.")
    ages: Annotated[ShortText, Printed] = Field(description="For which ages it is.")
    goals: tuple[Annotated[Text, Printed], ...] = Field(min_length=1, description="What pupils can do afterwards.")
    materials: tuple[Annotated[Text, Printed], ...] = Field(min_length=1, description="What the pack does not hold.")
    steps: tuple[Step, ...] = Field(min_length=2, description="What happens, in order.")
    misconceptions: tuple[Misconception, ...] = Field(
        min_length=1, description="What pupils often think, and what to say to it."
    )
    content_guidance: Annotated[Text, Printed] = Field(description="What is spoken of, what is not, whom it may touch.")
    supervision: Annotated[Text, Printed] = Field(description="Who is in the room, and who can be called.")
    strips: Literal["principles", "in-brief"] | None = Field(
        default=None,
        description="principles: one strip for each of them; in-brief: the first of `principles`, in three.",
    )
    cards: tuple[CardPhrase, ...] = Field(default=(), max_length=8, description="Cards with official phrases.")
    claims: tuple[Annotated[Id, Ref("announcement")], ...] = Field(
        default=(), max_length=8, description="Statements of the announcement as pairs of cards: said, and found."
    )
    figure: Annotated[Id, Ref("figures")] | None = Field(default=None, description="A figure whose chart is printed.")
    worksheet: tuple[Task, ...] = Field(min_length=1, description="Tasks on one page, at most 70 words together.")
    family: tuple[Annotated[Text, Printed], ...] = Field(min_length=1, description="What a family can talk about.")
    distancing: tuple[Annotated[Text, Printed], ...] = Field(
        min_length=2, max_length=2, description="Endings of five minutes that have nothing to do with the topic."
    )
    afterwards: tuple[Annotated[Text, Printed], ...] = Field(default=(), description="What to do after the lesson.")
    principles: tuple[PrincipleNumber, ...] = Field(
        default=(), description="Official numbers of the principles that it bears on."
    )
    slides: tuple[Slide, ...] = Field(default=(), description="What the class sees, slide by slide.")


def _minutes(case: Case) -> Iterator[Found]:
    """Let the steps of a lesson take as long as the lesson."""
    for path, item in case.records("lessons"):
        whole, steps = item.get("minutes"), item.get("steps")
        every = [step.get("minutes") for step in steps if isinstance(step, dict)] if isinstance(steps, list) else []
        taken = [minutes for minutes in every if type(minutes) is int]
        if type(whole) is int and taken and len(taken) == len(every) and sum(taken) != whole:
            yield (*path, "minutes"), f"the steps take {sum(taken)} minutes, not {whole}; change one of both"


def _short_worksheet(case: Case) -> Iterator[Found]:
    """Let a worksheet have few words."""
    for path, item in case.records("lessons"):
        tasks = item.get("worksheet")
        texts = [task.get("text") for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []
        words = sum(len(text.split()) for text in texts if isinstance(text, str))
        if words > WORKSHEET_WORDS:
            yield (
                (*path, "worksheet"),
                f"{words} words in a worksheet; at most {WORKSHEET_WORDS} fit. Shorten the tasks, or leave one out",
            )


def _phrases_of_cards(case: Case) -> Iterator[Found]:
    """Let each card of a lesson have a phrase of its principle."""
    known = phrases_by_number(case)
    for path, item in case.records("lessons"):
        for place, card in parts_at((*path, "cards"), item.get("cards")):
            number, phrase = card.get("principle"), card.get("phrase")
            if isinstance(number, int) and isinstance(phrase, str) and phrase not in known.get(number, {phrase}):
                yield (*place, "phrase"), no_such_phrase(case, phrase, known[number])


KIND = Kind(
    singular="lesson",
    page=Page("/teach/{id}/", "lesson.md.j2"),
    anchor=None,
    listed=Page("/teach/", "teach.md.j2"),
    cites=True,
    linked=True,
    api=20,
    search=Search("Lesson", "title", lambda one: " ".join(one.goals), weight=1.6),
    a_to_z="lesson",
    readability="teaching",
    structured=Structured(record="LearningResource"),
    shown=lambda _: True,
    rules=(_minutes, slides_fit, _short_worksheet, _phrases_of_cards),
    ordered="pages show them in this order: the shortest first",
)
