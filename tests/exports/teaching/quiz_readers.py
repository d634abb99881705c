"""Quizzes as programs of others read them: a parser of GIFT in JavaScript, a reader of packages for Canvas, and CSV."""

from __future__ import annotations

import csv
import html
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import playwright
import qti2latex

from macros.exports.teaching.quiz_content import QuizQuestion
from tests.conftest import ROOT

NODE = Path(playwright.__file__).parent / "driver" / "node"
"""The Node.js that Playwright has with it."""

LISTEN = """
const { parse } = require(process.argv[1]);
require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  let said;
  try { said = parse(JSON.parse(line)); } catch (error) { said = String(error); }
  console.log(JSON.stringify(said));
});
"""


@dataclass(frozen=True)
class Read:
    """A question as a reader gives it: texts without markup, and the place of the right answer."""

    text: str
    answers: tuple[str, ...]
    right: int
    feedback: tuple[str, ...]


def written(question: QuizQuestion) -> Read:
    """Give what a reader should find of a question."""
    return Read(question.text, question.answers, question.right, question.feedback)


def from_html(text: str) -> tuple[str, ...]:
    """Give the paragraphs of a text of HTML in which nothing but line breaks is markup."""
    return tuple(map(html.unescape, text.split("<br>")))


class GiftReader:
    """The parser of GIFT, waiting for texts."""

    def __init__(self) -> None:
        (script,) = (ROOT / "tests" / "vendor").glob("gift-pegjs-*.js")
        self._process = subprocess.Popen(
            [NODE, "-e", LISTEN, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def items(self, text: str) -> list[dict[str, Any]]:
        """Give what stands in a text of GIFT, one after the other; fails where the parser does."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        assert isinstance(said, list), said
        return said

    def questions(self, text: str) -> list[Read]:
        """Give the questions with several answers that stand in a text of GIFT."""
        return [self._question(item) for item in self.items(text) if item["type"] == "MC"]

    @staticmethod
    def _question(item: dict[str, Any]) -> Read:
        choices = item["choices"]
        assert {item["stem"]["format"], item["globalFeedback"]["format"]} == {"html"}
        assert {(one["text"]["format"], one["weight"], one["feedback"]) for one in choices} == {("html", None, None)}
        (right,) = (place for place, one in enumerate(choices) if one["isCorrect"])
        (text,) = from_html(item["stem"]["text"])
        answers = tuple(html.unescape(one["text"]["text"]) for one in choices)
        return Read(text, answers, right, from_html(item["globalFeedback"]["text"]))

    def close(self) -> None:
        """End the program."""
        self._process.communicate()


@dataclass
class Package:
    """A package of QTI, unpacked."""

    content: bytes

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(self.content))
        assert self.archive.testzip() is None

    def xml(self, name: str) -> Element:
        """Give one of its files."""
        return fromstring(self.archive.read(name))  # noqa: S314  (we wrote it)

    @property
    def place(self) -> str:
        """Where the questions stand, as the manifest says."""
        found = qti2latex.findall_anyns(self.xml("imsmanifest.xml"), "resource")
        (files,) = ([file.get("href") for file in one] for one in found if one.get("type") == "imsqti_xmlv1p2")
        return str(files[0])

    def questions(self) -> Iterator[Read]:
        """Yield the questions."""
        for item in qti2latex.findall_anyns(self.xml(self.place), "item"):
            meta = qti2latex.get_qti_metadata(item)
            assert qti2latex.guess_type(meta, item) == "multiple_choice_question"
            choices = dict(qti2latex.get_choices(item))
            assert list(choices) == meta["original_answer_ids"].split(",")
            (right,) = qti2latex.get_correct_idents(item)
            (feedback,) = qti2latex.findall_anyns(item, "itemfeedback")
            (reason,) = qti2latex.findall_anyns(feedback, "mattext")
            yield Read(
                html.unescape(qti2latex.get_item_stem(item)),
                tuple(map(html.unescape, choices.values())),
                list(choices).index(right),
                from_html(qti2latex.text_of(reason)),
            )


def rows(content: bytes) -> list[dict[str, str]]:
    """Give the rows of a table as a spreadsheet reads them that knows the mark at its start."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
