"""The poster, read back by readers that share no code with the typesetter, and held against the data."""

from __future__ import annotations

import io
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from macros.data.catalogue import Catalogue
from macros.exports import posters
from macros.exports.posters import Shape
from macros.exports.teaching.statements import cleaned
from macros.formats.content import Content
from macros.formats.typst_renderer import pdf
from macros.pages.site_info import SiteInfo
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import HOSTILE, Sheet, together

HERE = SiteInfo("A name", "https://site.test/folder/", 1_600_000_000)
POINTS = {"a4.pdf": (595.28, 841.89), "a3.pdf": (841.89, 1190.55)}


def of(catalogue: Catalogue, language: str) -> Catalogue:
    return catalogue.translations[language].catalogue if language != "en" else catalogue


def poster(catalogue: Catalogue, language: str, shape: Shape) -> bytes:
    (one,) = posters.posters(catalogue, HERE, {}, [(language, shape)])
    return one.content.read()


@pytest.mark.parametrize("shape", ["a4.pdf", "a3.pdf"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_sheet_of_its_size_says_every_sentence_and_where_help_is(
    catalogue: Catalogue, language: str, shape: Shape
) -> None:
    content = poster(catalogue, language, shape)
    reader = PdfReader(io.BytesIO(content), strict=True)
    (page,) = reader.pages
    assert tuple(map(float, page.mediabox[2:])) == pytest.approx(POINTS[shape], abs=0.1)
    text = together(page.extract_text())
    for principle in of(catalogue, language).principles:
        assert together(principle.easy.sentence) in text, principle.number
    where = "" if language == "en" else "fr/"
    assert Sheet(content).links == {f"{HERE.url}{where}help/", f"{HERE.url}{where}easy/"}
    root: Any = reader.root_object
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, language)


def test_what_is_not_yet_checked_says_so(catalogue: Catalogue) -> None:
    (page,) = PdfReader(io.BytesIO(poster(catalogue, "en", "a4.pdf"))).pages
    unsure = [one for one in catalogue.principles if one.confidence == "unchecked"]
    assert unsure
    assert page.extract_text().count("Not yet checked") == len(unsure)


def test_the_drawing_and_the_picture_need_nothing_else(catalogue: Catalogue) -> None:
    drawing = etree.fromstring(poster(catalogue, "en", "svg"))
    addresses = [value for one in drawing.iter() for name, value in one.items() if name.endswith(("href", "src"))]
    assert [one for one in addresses if not one.startswith(("#", HERE.url))] == []
    assert not drawing.xpath("//*[local-name()='script']")
    with Image.open(io.BytesIO(poster(catalogue, "en", "png"))) as picture:
        assert picture.size == (1191, 1684)


def test_texts_act_as_nothing_but_text(catalogue: Catalogue) -> None:
    content = posters.poster_content(catalogue, HERE, "a4")
    for principle, text in zip(content["principles"], HOSTILE, strict=False):
        principle["sentence"] = text
    value = cleaned(content)
    (page,) = PdfReader(io.BytesIO(pdf(posters.TEMPLATE, value, HERE.stamp, {}))).pages
    text = together(page.extract_text())
    for sentence in HOSTILE:
        assert together(sentence) in text


def test_the_site_has_every_shape_and_the_page_leads_to_them(site: BuiltSite, catalogue: Catalogue) -> None:
    for language, shape in posters.wanted(catalogue):
        address = posters.Poster(language, shape, Content(b"")).address
        assert (site.folder / address.lstrip("/")).stat().st_size > 10_000
        page = "/easy/" if language == "en" else f"/{language}/easy/"
        assert address in {link.removeprefix("http://site.test") for link, _ in site[page].links()}


def test_the_page_says_each_sentence_and_that_no_reader_tried_it(site: BuiltSite, catalogue: Catalogue) -> None:
    for principle in catalogue.principles:
        heading = site["/easy/"].soup.find("h2", id=f"principle-{principle.number}")
        assert heading is not None
        assert heading.get_text() == principle.easy.sentence
        for idea in principle.easy.then:
            assert idea.text in site["/easy/"].main
    assert "Nobody has tried them with readers yet." in site["/easy/"].main
