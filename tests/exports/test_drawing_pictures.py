"""The drawings as pictures: read by readers that share no code with the typesetter, and held against the data."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from macros.exports.drawing_pictures import Drawing, drawings, flow_content, sentence_content, wanted
from macros.exports.teaching.statements import cleaned
from macros.formats.typst_renderer import pdf
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import HOSTILE, together

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
HEAVIEST = 250_000
"""Bytes of a PNG."""


def of(catalogue: Catalogue, *pages: str) -> list[Drawing]:
    return list(drawings(catalogue, HERE, {}, [one for one in wanted(catalogue) if one.page in pages]))


def text_of(template: str, value: Any) -> str:
    """Give what a picture says, from the same page set as a paper, whose text can be read back."""
    (page,) = PdfReader(io.BytesIO(pdf(template, [value], HERE.stamp, {}))).pages
    return together(page.extract_text())


@pytest.mark.parametrize("number", range(1, 12))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sentence_says_its_parts_in_the_order_of_the_data(catalogue: Catalogue, number: int, language: str) -> None:
    own = catalogue if language == "en" else catalogue.translations[language].catalogue
    record = own.principle(number)
    value = sentence_content(own, record, HERE)
    phrases = {phrase.id: phrase for phrase in record.phrases}
    parts = [inner for part in record.sentence.parts for inner in (part, *part.within)]
    drawn = [inner for part in value["drawing"]["parts"] for inner in (part, *part["within"])]
    assert [part["gloss"] for part in drawn] == [part.gloss for part in parts]
    assert [part["kind"] for part in drawn] == [own.word("phrase_kinds", part.kind).label for part in parts]
    marks = re.compile(r"^«\u00a0.+\u00a0»$" if language == "fr" else r"^“.+”$")
    for shown, part in zip(drawn, parts, strict=True):
        phrase = phrases.get(part.phrase or "")
        assert (phrase.phrase if phrase else part.words) in shown["shown"]
        read = phrase is not None and phrase.confidence != "unchecked"
        assert bool(marks.match(shown["shown"])) == read, "only official words that were read are quoted"
    edges = {"aim": "dashed", "action": "solid", "scope": "double"}
    for shown, part in zip(value["drawing"]["parts"], record.sentence.parts, strict=True):
        assert shown["edge"] == edges.get(part.kind, "dotted")
        assert {inner["edge"] for inner in shown["within"]} <= {"dotted"}
    assert len(value["drawing"]["silent"]) == len(record.sentence.silent)


@pytest.mark.parametrize("number", range(1, 12))
def test_the_picture_of_a_sentence_says_all_of_it(catalogue: Catalogue, number: int) -> None:
    principle = catalogue.principle(number)
    value = sentence_content(catalogue, principle, HERE)
    text = text_of("sentence.typ", value)
    silent = [f"{question} not said" for question in value["drawing"]["silent"]]
    said = [value["title"], *silent, "What it cannot show:", value["page"], HERE.name]
    shown = [inner for part in value["drawing"]["parts"] for inner in (part, *part["within"])]
    said += [words for part in shown for words in (part["question"], part["shown"], part["gloss"])]
    assert [words for words in said if together(words) not in text] == []
    assert text.count(together("(Not yet checked)")) == sum(part["doubt"] is not None for part in shown)
    assert len(silent) == len(principle.sentence.silent)


def test_the_picture_of_a_report_s_way_says_every_step_and_where_it_can_stop(catalogue: Catalogue) -> None:
    for way in catalogue.document.report_flows:
        text = text_of("flow.typ", flow_content(catalogue, way, HERE))
        for step in way.steps:
            said = [step.title, step.who, step.what.text, step.stops.text]
            said += [words for branch in step.branches or () for words in (branch.when, branch.then.text)]
            assert [words for words in said if together(words) not in text] == [], (way.id, step.id)
        claims = [claim for step in way.steps for claim in (step.what, step.stops)]
        claims += [branch.then for step in way.steps for branch in step.branches or ()]
        assert text.count("(ourreading)") == sum(claim.ours for claim in claims)
        assert "Areportisnotachild." in text
        assert ("backtostep1" in text) == way.circle


def test_both_files_show_the_same_and_need_nothing_else(catalogue: Catalogue) -> None:
    made = of(catalogue, "/principles/9/", "/fr/principles/3/", "/evidence/how-a-report-travels/united-kingdom/")
    assert len(made) == 3
    for drawing in made:
        root = etree.fromstring(drawing.svg.read())
        links = [value for one in root.iter() for name, value in one.items() if name.endswith(("href", "src"))]
        assert [one for one in links if not one.startswith("#")] == []
        assert not root.xpath("//*[local-name()='script']")
        assert root.get("role") == "img"
        assert root[0].tag.endswith("}title")
        assert root[0].text
        with Image.open(io.BytesIO(drawing.png.read())) as picture:
            wide, high = (round(float(part)) * 2 for part in str(root.get("viewBox")).split()[2:])
            assert picture.width == wide
            assert abs(picture.height - high) <= 2
        assert len(drawing.png) < HEAVIEST


def test_texts_act_as_nothing_but_text(catalogue: Catalogue) -> None:
    value = sentence_content(catalogue, catalogue.principle(3), HERE)
    value["title"] = HOSTILE[0]
    for part, text in zip(value["drawing"]["parts"], HOSTILE, strict=True):
        part["shown"] = part["gloss"] = text
    text = text_of("sentence.typ", cleaned(value))
    assert [words for words in HOSTILE if together(words) not in text] == []


def test_pages_lead_to_their_pictures(site: BuiltSite, catalogue: Catalogue) -> None:
    for one in wanted(catalogue):
        for end in ("svg", "png"):
            file = site.folder / one.page.strip("/") / f"{one.name}.{end}"
            link = site[one.page].soup.find("a", href=file.name)
            assert link is not None, one.page
            assert link.parent is not None
            assert f"{round(file.stat().st_size / 1000)} K" in link.parent.get_text()
