"""Data from a pull request is untrusted: what the check refuses would still be shown as text if it came through."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown import markdown
from markdown_it import MarkdownIt
from mkdocs.commands.build import build
from mkdocs.config import load_config
from pypdf import PdfReader

from macros.data import kinds, loading
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import FILED
from macros.data.urls import embed_of
from macros.data.yaml_reader import INVISIBLE
from macros.exports.markdown_copies import NOT_TEXT
from macros.exports.teaching.kits import Kit
from macros.formats.content import Content
from macros.formats.typst_renderer import clean
from macros.pages import escaping, site_check, sitemap
from macros.pages.bar_charts import charts
from macros.pages.sitemap import pages
from tests import test_hostile_fields as hostile_fields
from tests.conftest import ROOT, BuiltSite, Once, read_site
from tests.exports.teaching.test_handouts import together
from tests.exports.teaching.test_kits import Opened
from tests.samples import DATA, invented
from tests.search_reading import unpacked_from
from tests.test_hostile_fields import EVERY

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

HOSTILE = (
    "{{ 7*7 }} {% raw %} {# gone #} {{ config }}",
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    '" onmouseover="alert(3)" x=\'y',
    "[link](javascript:alert(4)) ![x](https://evil.example/x.png)",
    "`code` **bold** _em_ | a | b | ~~s~~ ^^u^^ ==m== {: .x onclick=alert(5) }",
    "</title></head></div></article>--> ]]> <!-- &lt;b&gt; &amp; \\",
    "---\ntitle: other\n---\n# heading\n\n!!! note\n    boxed",
    "*[CSAM]: swapped\n[^1]: note\n\n    indented code",
)
"""Each would do harm or change the page if it were taken as a template, as HTML or as Markdown."""


PAST_THE_CHECK = tuple(
    dict.fromkeys(
        value
        for value in (*HOSTILE, *EVERY)
        # Half characters and control characters cannot be written to a file of XML or of text at all.
        if value.strip("\u200b \t\n\u00a0\u3000") and len(value) < 200 and not UNWRITABLE.search(value)
    )
)
"""What the records of the site below hold, as if nothing had checked them."""

WEB = "https://a.example/(x)_[y]?a=1&b=2;c,d#e%22%3E"
"""An address that the check takes, of signs that mean something elsewhere."""

FEW = {"countries": 3, "needs": 2, "statuses": 1, "confidences": 0}
"""How many words of a vocabulary are replaced: elsewhere they are told apart by them."""


@dataclass(frozen=True)
class Hostile:
    """The site and the records that it was built from."""

    site: BuiltSite
    catalogue: Catalogue

    def read(self, path: str) -> str:
        return (self.site.folder / path).read_bytes().decode()


@pytest.fixture(scope="module")
def hostile(once: Once) -> Hostile:
    """The site built with hostile text in every text field of most records, as if nothing had checked it."""
    tree, overlays = loading.trees(DATA)
    real, faults = site_check.assembled(tree, overlays, ())
    assert real is not None, faults
    records: dict[str, Any] = {}
    for name in kinds.COLLECTIONS:
        every = getattr(real.document, name)
        most = FEW.get(name, len(PAST_THE_CHECK))
        # One record in a dozen stays as it is, so that what is hostile stands beside what is not.
        records[name] = tuple(
            _poisoned(record, 7 * number) if number < most and number % 12 != 11 else record
            for number, record in enumerate(every)
        )
    records["sources"] = tuple(
        source.model_copy(update={"url": WEB}) if number in (1, 4) else source
        for number, source in enumerate(records["sources"])
    )
    catalogue = Catalogue(kinds.Document.model_construct(**records), tree)
    french = real.translations["fr"].translation
    update = {
        name: tuple(_poisoned(record, 5 * number + 3) for number, record in enumerate(getattr(french.document, name)))
        for name in ("principles", "categories", "terms", "notes")
    }
    document = french.document.model_copy(update=update)
    own = Catalogue(document, tree, "fr", french.outdated_ids, catalogue, french.tree)
    catalogue.translations["fr"] = Translated(own, dataclasses.replace(french, document=document))
    return Hostile(read_site(once("hostile", lambda folder: _build(catalogue, folder))), catalogue)


def _build(catalogue: Catalogue, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_check, "load", lambda file=None: (catalogue, []))
        patch.chdir(ROOT)
        try:
            build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=False))
        except SystemExit as ended:  # which pytest does not take for a failure of this fixture alone
            pytest.fail(f"the build ended: {ended.__context__!r}")


@pytest.fixture
def hostile_site(hostile: Hostile) -> BuiltSite:
    return hostile.site


def _poisoned(part: Any, number: int) -> Any:
    """Put other hostile texts into every field that people write freely; ids, addresses and known words stay."""
    changed: dict[str, Any] = {}
    own: Any = type(part)
    for place, name in enumerate(own.model_fields):
        value, at = getattr(part, name), number + place
        if isinstance(value, kinds.Part):
            changed[name] = _poisoned(value, at)
        elif isinstance(value, tuple) and value and isinstance(value[0], kinds.Part):
            changed[name] = tuple(_poisoned(one, at + 3 * further) for further, one in enumerate(value))
        elif value and _written_freely(own, name):
            if name in ("at", "before"):  # points of a chart, which are told apart by their text
                at = zlib.crc32(value.encode())
            texts = (PAST_THE_CHECK[(at + further) % len(PAST_THE_CHECK)] for further in range(len(value)))
            changed[name] = next(texts) if isinstance(value, str) else tuple(texts)
    return part.model_copy(update=changed)


@cache
def _written_freely(part: Any, name: str) -> bool:
    info = part.model_fields[name]
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    inner, _ = hostile_fields.bare(kind)
    if get_origin(inner) is tuple:
        kind = get_args(inner)[0]
    return hostile_fields.bare(kind)[0] is str and not hostile_fields.Leaf((), kind).narrow


def shown(text: str) -> str:
    """Give a text as a page shows it: white space folded, what nobody can see replaced by a sign."""
    return INVISIBLE.sub("\ufffd", " ".join(re.sub("[\u2028\u2029]", " ", text).split()))


def test_hostile_text_is_shown_as_text(hostile_site: BuiltSite) -> None:
    everything = " ".join(" ".join(page.soup.get_text().split()) for page in hostile_site.pages.values())
    for text in PAST_THE_CHECK:
        assert shown(text) in everything, text


def test_a_page_shows_every_text_of_its_record_as_it_is(hostile: Hostile) -> None:
    for place, catalogue in (("", hostile.catalogue), ("/fr", hostile.catalogue.translations["fr"].catalogue)):
        for principle in catalogue.principles:
            page = hostile.site[f"{place}/principles/{principle.number}/"]
            said = [principle.title, principle.content_note, *(phrase.meaning for phrase in principle.phrases)]
            brief = principle.in_brief
            claims = (brief.aim, brief.asks, brief.why, *principle.in_full, principle.wording, *principle.does_not_say)
            said += [claim.text for claim in claims]
            for question in principle.open_questions:
                said += [question.question, *(view.text for view in question.views)]
            assert [text for text in said if shown(text) not in page.main] == [], page.address


SCHEMES = {"", "http", "https", "mailto", "tel", "sms"}


def test_hostile_text_makes_no_element_and_no_attribute(hostile_site: BuiltSite) -> None:
    for page in hostile_site.pages.values():
        for tag in page.soup.find_all(True):
            for name, value in tag.attrs.items():
                assert not name.startswith("on"), (page.address, tag)
                if name in ("href", "src", "action", "formaction", "cite", "poster"):
                    assert urlsplit(str(value)).scheme in SCHEMES, (page.address, value)
        assert not page.soup.find(["iframe", "object", "base"]), page.address
        assert not page.soup.find(class_="x"), page.address
        assert not [tag for tag in page.soup.find_all("img") if "evil" in str(tag.get("src"))], page.address
        assert not [tag for tag in page.soup.find_all("a") if "evil" in str(tag.get("href"))], page.address
        scripts = page.soup.find_all("script")
        data = [tag for tag in scripts if tag.get("type") == "application/ld+json"]
        assert not [tag for tag in scripts if tag not in data and (tag.get_text() or not tag.get("src"))], page.address
        for tag in data:
            assert "<" not in tag.get_text()
            json.loads(tag.get_text())


def test_an_odd_address_stays_one_address(hostile_site: BuiltSite) -> None:
    links = [tag for page in hostile_site.pages.values() for tag in page.soup.find_all("a", href=WEB)]
    assert links


def test_the_head_of_a_page_says_title_and_description_as_text(hostile: Hostile) -> None:
    for made in pages(hostile.catalogue):
        page = hostile.site[made.address]
        title, description = (" ".join(text.split()) for text in (made.title, made.description))
        assert " ".join(page.title.split()).startswith(title), made.address
        assert " ".join(page.description.split()) == description
        for name, text in (("og:title", title), ("og:description", description)):
            (tag,) = page.soup.find_all("meta", property=name)
            assert " ".join(str(tag["content"]).split()) == text, (made.address, name)
        (graph,) = (json.loads(tag.get_text()) for tag in page.soup.select('head > script[type="application/ld+json"]'))
        node = graph["@graph"][0]
        assert " ".join(node["name"].split()) == title or made.collection == "stakeholders"
        assert " ".join(node["description"].split()) == description


def test_the_files_beside_the_pages_hold_the_same_texts(hostile: Hostile) -> None:
    catalogue = hostile.catalogue
    hostile_fields.tables(catalogue, hostile.read)
    hostile_fields.calendar(catalogue, hostile.read("timeline.ics"))
    hostile_fields.interface(catalogue, hostile.read)
    for language, own in (("", catalogue), (".fr", catalogue.translations["fr"].catalogue)):
        hostile_fields.found(own, unpacked_from(hostile.site.folder, language))
    hostile_fields.feed_says(hostile.read("feed.xml"), [change.text for change in catalogue.changes])
    for principle in catalogue.principles:
        hostile_fields.feed_says(hostile.read(f"principles/{principle.number}/feed.xml"))
    for made in pages(catalogue):
        if made.collection in FILED and made.language == "en" and not made.address.endswith("/record/"):
            folder = made.address.strip("/")
            files = (hostile.read(f"{folder}/cite.{end}") for end in ("bib", "ris", "csl.json"))
            hostile_fields.cited(made.title, *files)


def test_cards_for_other_sites_are_text_and_one_frame(hostile: Hostile) -> None:
    catalogue = hostile.catalogue
    for name, said in (
        ("principles", lambda one: (one.title, one.in_brief.aim.text, one.in_brief.asks.text, one.in_brief.why.text)),
        ("terms", lambda one: (one.term, one.definition)),
        ("figures", lambda one: (one.title, one.cannot_show[0].text)),
    ):
        for record in getattr(catalogue.document, name):
            address = str(embed_of(name, vars(record)))
            card = " ".join(hostile.site[address].soup.get_text().split())
            assert [text for text in said(record) if shown(text) not in card] == [], address
            answer = json.loads(hostile.read(f"{address.lstrip('/')}oembed.json"))
            body = BeautifulSoup(answer["html"], "lxml").body
            assert body is not None
            quotation, page, help_, frame = body.find_all(True)
            assert [quotation.name, page.name, help_.name, frame.name] == ["blockquote", "a", "a", "iframe"]
            assert together(quotation.get_text()) == together(f"{shown(answer['title'])}. Get help")
            assert {*page.attrs, *help_.attrs} == {"href"}
            assert str(frame["src"]).startswith("https://voluntary-principles.example/embed/")
            assert set(frame.attrs) == {"src", "title", "width", "height", "loading", "referrerpolicy", "style"}
            assert str(frame["title"]).split() == answer["title"].split()


def test_charts_hold_the_same_texts(hostile: Hostile) -> None:
    drawn = [figure for figure in hostile.catalogue.document.figures if next(charts(figure), None)]
    assert drawn
    for figure in drawn:
        root = etree.fromstring(
            hostile.read(f"figures/{figure.id}/chart.svg").encode(), etree.XMLParser(load_dtd=False)
        )
        names = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
        assert names <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "line", "text", "g", "circle"}, (
            names
        )
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        text = together("".join(root.itertext()))
        labels = [bar.label for chart in charts(figure) for row in chart.rows for bar in row.bars]
        for wanted in (figure.title, figure.cannot_show[0].text):
            assert together(shown(wanted)) in text, (figure.id, wanted)
        assert labels


def test_papers_and_slides_hold_the_same_texts(hostile: Hostile) -> None:
    for principle in hostile.catalogue.principles:
        handout = PdfReader(
            io.BytesIO((hostile.site.folder / f"handouts/principle-{principle.number}.pdf").read_bytes())
        )
        paper = plain("".join(page.extract_text() for page in handout.pages))
        said = [principle.title, *(getattr(principle.in_brief, name).text for name in kinds.Brief.model_fields)]
        assert [text for text in said if plain(clean(text)) not in paper] == [], principle.number
        assert not [uri for uri in links_of(handout) if "evil" in uri]
        exercise = hostile.catalogue.exercise(principle)
        assert exercise
        kit = Opened(
            Kit(
                principle.number,
                Content((hostile.site.folder / f"teach/kits/principle-{principle.number}.zip").read_bytes()),
            )
        )
        questions = [*exercise.discussion, *(item.question for item in exercise.self_check)]
        answers = [answer.text for item in exercise.self_check for answer in item.answers]
        sheet = plain("".join(page.extract_text() for page in kit.paper.pages))
        for text in map(clean, (*questions, *answers)):
            assert plain(text) in sheet, text
            assert text in kit.shown, text
            assert text in kit.text("class"), text
            assert text in kit.text("teacher"), text
        for claim in principle.does_not_say:
            assert clean(claim.text) in kit.shown
        for item in exercise.self_check:
            assert clean(item.why) in kit.spoken
            assert clean(item.why) in kit.text("teacher")
        assert not [uri for uri in links_of(kit.paper) if "evil" in uri]
        with zipfile.ZipFile(io.BytesIO(kit.named("slides.pptx"))) as parts:
            assert not any(b'Target="https://evil' in parts.read(name) for name in parts.namelist())


def plain(text: str) -> str:
    """Give a text without what typesetting changes: line breaks, and ligatures and marks as fonts join them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def links_of(paper: PdfReader) -> set[str]:
    notes = (note.get_object() for page in paper.pages for note in page.get("/Annots", ()))
    return {str(note["/A"]["/URI"]) for note in notes if "/A" in note and "/URI" in note["/A"]}


def test_markdown_beside_the_pages_holds_the_same_text_and_nothing_that_acts(hostile: Hostile) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    for address in (
        "/principles/1/",
        "/principles/5/",
        "/glossary/",
        "/timeline/",
        "/changes/",
        "/sources/",
        "/fr/principles/2/",
    ):
        page = hostile.site[address]
        text, links, raw = rendered(reader, hostile.read(f"{address.lstrip('/')}index.md"))
        assert raw == [], address
        assert not [link for link in links if "evil" in link or urlsplit(link).scheme not in SCHEMES], address
        article = copy.copy(page.soup.find("article"))
        assert article
        for tag in article.select(", ".join(NOT_TEXT)):
            tag.decompose()
        main = " ".join(article.get_text().split())
        for value in PAST_THE_CHECK:
            if shown(value) in main and len(value) > 8:
                assert together(shown(value)) in together(text), (address, value)


def test_the_list_of_pages_for_programs_holds_titles_and_descriptions_as_text(hostile: Hostile) -> None:
    text, links, raw = rendered(MarkdownIt("commonmark"), hostile.read("llms.txt"))
    assert raw == []
    assert not [link for link in links if not link.startswith("https://voluntary-principles.example/")]
    for made in pages(hostile.catalogue):
        assert together(made.title) in together(text), made.address
        assert together(made.description) in together(text), made.address


def rendered(reader: MarkdownIt, text: str) -> tuple[str, list[str], list[str]]:
    """Read Markdown; gives its text, where its links and pictures lead, and what of it is HTML."""
    said: list[str] = []
    links: list[str] = []
    raw: list[str] = []
    waiting = list(reversed(reader.parse(text)))
    while waiting:
        token = waiting.pop()
        waiting += reversed(token.children or [])
        links += [str(token.attrs[name]) for name in ("href", "src") if name in token.attrs]
        if token.type in ("html_block", "html_inline"):
            raw.append(token.content)
        elif not token.children and token.content:
            said.append(token.content)
        else:
            said.append(" ")
    return "".join(said), links, raw


def test_a_hostile_title_and_description_stay_text(hostile_site: BuiltSite) -> None:
    """mkdocs-macros renders a title that holds a template mark; Material prints both into HTML as they are."""
    titles = [page.title for page in hostile_site.pages.values()]
    assert any("{{ 7*7 }}" in title for title in titles)
    assert not any("49" in title for title in titles)
    assert any("<" in title for title in titles)
    assert any('" onmouseover="alert(3)"' in page.description for page in hostile_site.pages.values())


def test_hostile_text_stays_text_in_the_search_index(hostile_site: BuiltSite) -> None:
    """The entries are shown as text by `docs/assets/search.js`; here they must be one value."""
    data = unpacked_from(hostile_site.folder)
    assert any("{{ 7*7 }}" in str(entry) for entry in data["entries"])


@invented(200)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("`*_{}[]()#+-.!|<>~^=\"'&\\: \n1a"),
            st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
        )
    )
)
def test_escaped_text_means_itself_in_markdown_and_html(text: str) -> None:
    wanted = INVISIBLE.sub("\ufffd", " ".join(text.split()))
    shown = str(escaping.escape(text))
    places: tuple[Callable[[str], str], ...] = (
        lambda escaped: f"# a {escaped} b",
        lambda escaped: f"<p>a {escaped} b</p>",
    )
    for place in places:
        html = markdown(place(shown), extensions=["attr_list", "tables"])
        soup = BeautifulSoup(html, "lxml")
        element = soup.find(["h1", "p"])
        assert element is not None
        found = " ".join(element.get_text().split())
        assert found == f"a {wanted} b".replace("a  b", "a b"), html
        assert not element.find(True), html
    attribute = BeautifulSoup(f'<p title="{shown}">x</p>', "lxml").find("p")
    assert attribute is not None
    assert " ".join(str(attribute["title"]).split()) == wanted
    assert set(attribute.attrs) == {"title"}


def test_what_nobody_can_see_becomes_visible() -> None:
    """Direction overrides would show another order; Python-Markdown's own placeholders start with U+0002."""
    assert escaping.escape("a\u202eb\x02wzxhzdk:0\x03c\u200bd") == "a\ufffdb\ufffdwzxhzdk:0\ufffdc\ufffdd"


def test_former_ids_lead_on() -> None:
    text = sitemap.redirect_text("/stakeholders/old-name/", "/stakeholders/meta/")
    assert 'content="0; url=../meta/"' in text
    assert '<link rel="canonical" href="../meta/">' in text
    assert '<a href="../meta/">' in text
