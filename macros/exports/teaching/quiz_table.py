"""A quiz as a table, for forms that read none of the formats of learning platforms."""

from __future__ import annotations

from macros.exports.csv_tables import table
from macros.exports.teaching.kit_words import letter
from macros.exports.teaching.quiz_content import QuizContent

__all__ = ["quiz_table"]

MOST_ANSWERS = 4
"""A column for each answer that a question can have."""


def quiz_table(quiz: QuizContent) -> bytes:
    """Give a quiz as CSV, a row for each question, with its terms in every row: rows are copied one by one.

    Unlike tables for programs it starts with a mark of its encoding (BOM). People open it with a spreadsheet, and Excel
    takes a file without one for the encoding of the country, which spoils quotation marks and accents.
    """
    head = ["quiz", "principle", "number", "question", *(f"answer {letter(place)}" for place in range(MOST_ANSWERS))]
    head += ["right", "right answer", "reason", "note", "credit", "licence", "edition", "page"]
    rows = (
        [
            quiz.title,
            str(question.principle),
            str(question.place),
            question.text,
            *(question.answers + ("",) * MOST_ANSWERS)[:MOST_ANSWERS],
            letter(question.right),
            question.answers[question.right],
            question.why,
            question.note,
            quiz.credit,
            quiz.licence,
            quiz.edition.isoformat(),
            quiz.page,
        ]
        for question in quiz.questions
    )
    return table(head, rows).encode("utf-8-sig")
