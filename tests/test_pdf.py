"""Every paper that the site offers, alone or in a ZIP file: for those who read by ear, and for a grey printer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any

import page
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, NameObject

from macros.palette import palette
from tests.conftest import BuiltSite
from tests.exports.teaching.test_handouts import Sheet
from tests.test_palette import contrast, luminance

PACKED = ("teach/packs", "teach/kits", "fr/teach/packs")
"""The folders of ZIP files that hold papers."""

UA = "ua1"
"""The profile for PDF/UA-1 (ISO 14289-1)."""


@pytest.fixture(scope="module")
def papers(site: BuiltSite) -> Mapping[str, bytes]:
    """Give every paper of the site, each once, whatever it is called in other packs."""
    found: dict[str, tuple[str, bytes]] = {}
    for name, content in _papers(site):
        found.setdefault(sha256(content).hexdigest(), (name, content))
    return dict(found.values())


def _papers(site: BuiltSite) -> Iterator[tuple[str, bytes]]:
    for file in sorted(site.folder.rglob("*.pdf")):
        yield file.relative_to(site.folder).as_posix(), file.read_bytes()
    for folder in PACKED:
        for file in sorted((site.folder / folder).glob("*.zip")):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.endswith(".pdf"):
                        yield f"{folder}/{file.name}/{name}", archive.read(name)


def kind(name: str) -> str:
    """Give what a paper is called whatever its number, country and language."""
    return re.sub(r"\d+|-(?:[a-z]{2}|int)\b", "", name.rpartition("/")[2])


def test_every_paper_keeps_the_rules_of_pdf_ua(papers: Mapping[str, bytes]) -> None:
    """By a checker of others, which has a rule for whatever a machine can decide of the standard."""
    assert len(set(map(kind, papers))) >= 15
    found = {name: page.validate_pdf_bytes(content, profile=UA) for name, content in papers.items()}
    assert {name: {one.message for one in report.failures} for name, report in found.items() if report.failures} == {}
    assert min(report.rules.total for report in found.values()) > 100


@pytest.mark.parametrize(
    ("entry", "said"), [("/MarkInfo", "TAGGED-DOCUMENT"), ("/StructTreeRoot", "STRUCT"), ("/Lang", "TEXT-LANGUAGE")]
)
def test_the_checker_sees_what_is_missing(papers: Mapping[str, bytes], entry: str, said: str) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(papers["handouts/principle-1.pdf"]))
    del writer.root_object[NameObject(entry)]
    broken = io.BytesIO()
    writer.write(broken)
    report = page.validate_pdf_bytes(broken.getvalue(), profile=UA)
    assert any(said in one.rule_id for one in report.failures), [one.rule_id for one in report.failures]


def test_papers_have_headings_in_order_and_tables_with_heads(papers: Mapping[str, bytes]) -> None:
    for name, content in papers.items():
        tags = list(Sheet(content).tags())
        levels = [int(tag[2:]) for tag in tags if re.fullmatch(r"/H\d", tag)]
        bare = re.search(r"/0[68]-[^/]+$", name) and not levels  # what is cut or torn apart, without a key
        assert bare or levels[0] == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name
        assert tags.count("/Table") <= tags.count("/TH"), name


def test_papers_say_their_language(papers: Mapping[str, bytes]) -> None:
    for name, content in papers.items():
        french = name.startswith("fr/") or re.search(r"-fr\b", name)
        said = str(Sheet(content).root["/Lang"])
        assert said.partition("-")[0] == ("fr" if french else "en"), name


# --- a grey printer ---


def test_text_stands_out_in_grey_as_it_does_in_colour(papers: Mapping[str, bytes]) -> None:
    """Each colour of text, on every ground that it may have: dark on the light ones, light on headings and marks."""
    colours, marks = palette().colours, [mark.light for mark in palette().marks]
    light = {colours[name].light: 4.5 for name in ("white", "paper", "panel")}
    dark = {colours["primary"].light: 4.5, **dict.fromkeys(marks, 3)}  # numbers on marks are large
    found: dict[str, str] = {}
    for name, content in {kind(name): content for name, content in papers.items()}.items():
        for one in PdfReader(io.BytesIO(content)).pages:
            found.update(dict.fromkeys(inks(one.get_contents(), one["/Resources"]), name))
    assert {colours[name].light for name in ("ink", "quiet", "primary", "doubt", "white")} <= set(found)
    for ink, name in found.items():
        for ground, least in (dark if luminance(ink) > 0.5 else light).items():
            assert contrast(ink, ground) >= least, (name, ink, ground)
            assert contrast(grey(ink), grey(ground)) >= least, (name, ink, ground)


def inks(content: Any, resources: Any) -> Iterator[str]:
    """Yield the colours of the text that a stream of a paper sets."""
    now, kept = "#000000", []
    for operands, operator in ContentStream(content, None).operations:
        if operator == b"q":
            kept.append(now)
        elif operator == b"Q":
            now = kept.pop()
        elif operator in (b"g", b"rg", b"scn") and all(isinstance(part, int | float) for part in operands):
            now = written(round(255 * float(part)) for part in operands * (3 if len(operands) == 1 else 1))
        elif operator == b"TJ":
            yield now
        elif operator == b"Do":
            inner = resources["/XObject"][operands[0]].get_object()
            if inner["/Subtype"] == "/Form":
                yield from inks(inner, inner["/Resources"])


def written(parts: Iterable[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def grey(colour: str) -> str:
    """Give a colour as printers without colour mix it (ITU-R BT.601)."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return written([round(0.299 * red + 0.587 * green + 0.114 * blue)] * 3)
