"""The eleven at a glance: one closed list of words, held against the data and the pages of the principles."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import Tag
from PIL import Image

from macros.data.catalogue import Catalogue
from tests.conftest import BuiltSite

SAID = {
    "/principles/glance/": {"said": "said", "not-said": "not said", "not-checked": "not checked"},
    "/fr/principles/glance/": {"said": "dit", "not-said": "rien n\u2019est dit", "not-checked": "non vérifié"},
}
LAW = {
    "in-force": "in force",
    "passed": "passed",
    "bill": "bill",
    "guidance": "code",
    "lapsed": "lapsed",
}
QUESTIONS = ("doing", "own_terms", "report", "limit", "example")


def rows(site: BuiltSite, address: str) -> list[list[Tag]]:
    return [row.find_all(["th", "td"]) for row in site[address].soup.select("table.glance tbody tr")]


def heard(cell: Tag) -> str:
    """Give what is read aloud: all but the signs."""
    spoken = (text for text in cell.strings if not text.find_parent(attrs={"aria-hidden": "true"}))
    return " ".join("".join(spoken).split())


@pytest.mark.parametrize("address", SAID)
def test_a_cell_has_the_answer_s_word_or_official_words(site: BuiltSite, catalogue: Catalogue, address: str) -> None:
    found = rows(site, address)
    assert [heard(row[0]).split()[0] for row in found] == [str(one.number) for one in catalogue.principles]
    for row, principle in zip(found, catalogue.principles, strict=True):
        for cell, question in zip(row[1:6], QUESTIONS, strict=True):
            asked = getattr(principle.asks, question)
            phrase = next((one.phrase for one in principle.phrases if one.id == asked.phrase), asked.quote)
            quote = cell.find("q")
            if question in ("own_terms", "report") or not (phrase or (question, asked.answer) == ("doing", "said")):
                assert heard(cell) == SAID[address][asked.answer], (principle.number, question)
            else:
                assert asked.answer == "said"
                assert quote is not None
                assert phrase in (None, quote.get_text()), (
                    "ours stand before official words, and say no more than these"
                )


def test_law_is_the_same_as_on_the_principles_own_pages(site: BuiltSite, catalogue: Catalogue) -> None:
    for row, principle in zip(rows(site, "/principles/glance/"), catalogue.principles, strict=True):
        own = site[f"/principles/{principle.number}/"].soup.select(".law-row > div")
        assert len(row[6:-1]) == len(own) == 6
        for cell, there in zip(row[6:-1], own, strict=True):
            link, named = cell.find("a"), there.find("a")
            assert (link is None) == (named is None)
            if link is None or named is None:
                assert [heard(cell)] == [" ".join(word.get_text().split()) for word in there.select("dd")]
                assert heard(cell) == ("not checked" if principle.confidence == "unchecked" else "none found")
                continue
            assert str(link["href"]).split("/")[-1] == str(named["href"]).split("/")[-1]
            law = catalogue.get("laws", str(link["href"]).split("#")[1])
            assert heard(cell) == LAW[law.stage]
        assert heard(row[-1]) == str(len(catalogue.practices_for(principle)))


def test_files_beside_it_say_the_same(site: BuiltSite, catalogue: Catalogue) -> None:
    folder = site.folder / "principles" / "glance"
    head, *table = csv.reader(
        io.StringIO((folder / "data.csv").read_text(encoding="utf-8-sig"), newline=""), strict=True
    )
    data = json.loads((folder / "data.json").read_text(encoding="utf-8"))
    for shown, row, one in zip(rows(site, "/principles/glance/"), table, data["principles"], strict=True):
        principle = catalogue.principle(one["number"])
        assert (one["id"], one["title"]) == (principle.id, principle.title)
        assert {name: one[name]["answer"] for name in QUESTIONS} == {
            name: getattr(principle.asks, name).answer for name in QUESTIONS
        }
        cells = dict(zip(head, row, strict=True))
        assert [cells[name].replace("“", "").replace("”", "") for name in QUESTIONS] == [
            heard(cell) for cell in shown[1:6]
        ]
        assert row[-7:] == [heard(cell) for cell in shown[-7:]]
        assert [data["law_words"][law["word"]] for law in one["law"].values()] == row[-7:-1]
        assert cells["on_record"] == str(one["on_record"])


@pytest.mark.parametrize("folder", ["principles", "fr/principles"])
def test_the_picture_is_as_wide_as_a_slide(site: BuiltSite, folder: str) -> None:
    with Image.open(site.folder / folder / "glance" / "table.png") as picture:
        assert picture.width == 2040
        assert 900 < picture.height < 1600, "one table, no page of its own for the rest"
