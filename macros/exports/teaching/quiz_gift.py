"""A quiz in GIFT, the text format for questions that Moodle made and others read.

https://docs.moodle.org/en/GIFT_format describes it. Moodle reads it with its `question/format/gift/format.php`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from macros.exports.teaching.quiz_content import QuizContent, QuizQuestion

__all__ = ["gift"]

_SIGNS = re.compile(r"[\\~=#{}:]")
"""Signs that mean something in GIFT; a backslash before one makes it a sign like others."""


def gift(quiz: QuizContent) -> str:
    """Give a quiz as GIFT: a note about it, then each question with one right answer and the reason as feedback.

    A reader drops comments, so the note stands there twice: as a comment, for who opens the file, and as a text among
    the questions (a "description"), which a quiz can show.
    """
    return "\n\n".join(_parts(quiz)) + "\n"


def _parts(quiz: QuizContent) -> Iterator[str]:
    yield "\n".join(f"// {line}" for line in (quiz.title, *quiz.about))
    yield f"$CATEGORY: {_filed(quiz.category)}"
    yield f"::{_escaped(quiz.about_name)}:: {_text((quiz.title, *quiz.about))}"
    category = quiz.category
    for question in quiz.questions:
        if question.category != category:
            category = question.category
            yield f"$CATEGORY: {_filed(quiz.category)}/{_filed(category)}"
        yield _question(question)


def _question(question: QuizQuestion) -> str:
    lines = [f"::{_escaped(question.name)}:: {_text([question.text])} {{"]
    lines += [f"\t{'=' if at == question.right else '~'}{_text([text])}" for at, text in enumerate(question.answers)]
    return "\n".join((*lines, f"\t####{_text(question.feedback)}", "}"))


def _text(paragraphs: Iterable[str]) -> str:
    """Give a text as HTML.

    The name of the format stands before each: else `[plain]` or, in an answer, `%50%` at the start of a text would be
    taken for an order.
    """
    return "[html]" + "<br>".join(_escaped(html.escape(text, quote=False)) for text in paragraphs)


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _filed(name: str) -> str:
    """Give the name of a category: a slash would end it, and two make one."""
    return name.replace("/", "//")
