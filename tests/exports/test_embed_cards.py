"""The cards that other sites show in a frame, what they may load, and what oEmbed says of them."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.checkout import TEMPLATES
from macros.data.catalogue import Catalogue, Translated
from macros.data.collections import CARDS
from macros.data.languages import UntranslatedText
from macros.data.urls import addresses, embed_of, in_language, is_card
from macros.exports.embed_cards import Embed, embeds, files
from macros.pages import escaping, jinja_gettext
from macros.pages.bar_charts import charts, for_card
from macros.pages.site_info import SiteInfo
from macros.pages.sitemap import redirects
from tests.conftest import HOST, BuiltPage, BuiltSite
from tests.samples import real_tree
from tests.test_hostile_data import HOSTILE

HERE = SiteInfo("A name", "https://site.test/folder/", 0)
SITE = "https://voluntary-principles.example"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
HEAVIEST = 6_000
"""Bytes of a card without a chart; it is shown on pages that others have made, and must not slow them."""


def render(name: str, **given: Any) -> str:
    """Fill in a template as `macros/generators/mkdocs_hooks.py` has it done."""
    engine = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=escaping.escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja_gettext.install(engine)
    return engine.get_template(name).render(**given)


def cards(site: BuiltSite) -> list[BuiltPage]:
    return [page for address, page in site.pages.items() if is_card(address)]


def addresses_of(catalogue: Catalogue) -> dict[str, tuple[str, Any]]:
    """Give every card's address with the page it is of and its record; of figures there are none in French."""
    english = {
        str(embed_of(name, vars(record))): (catalogue.address(name, record), record)
        for name in CARDS
        for record in getattr(catalogue.document, name)
    }
    texts = catalogue.translations["fr"].catalogue
    french = {
        f"/fr{embed_of(name, vars(record))}": (f"/fr{texts.address(name, record)}", record)
        for name in ("principles", "terms")
        for record in getattr(texts.document, name)
    }
    return english | french


def only(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def test_every_principle_term_and_figure_has_a_card(site: BuiltSite, catalogue: Catalogue) -> None:
    wanted = addresses_of(catalogue)
    assert {page.address for page in cards(site)} == set(wanted)
    for address, (page, record) in wanted.items():
        card = site[address]
        french = address.startswith("/fr/")
        assert only(card.soup, "html")["lang"] == ("fr" if french else "en")
        assert only(card.soup, 'link[rel="canonical"]')["href"] == SITE + page
        assert only(card.soup, 'meta[name="robots"]')["content"] == "noindex"
        assert len(card.soup.find_all("h1")) == 1
        text = " ".join(card.soup.get_text(" ").split())
        said = [escaping.long_date(record.checked, "fr" if french else "en"), "CC BY 4.0"]
        said += ["Site indépendant, non officiel" if french else "Independent, not official"]
        if "/embed/principles/" in address:
            brief, own = record.in_brief, catalogue.translations["fr"].catalogue if french else catalogue
            head = "Principe {} sur 11, volontaire" if french else "Principle {} of 11, voluntary"
            said += [record.title, head.format(record.number)]
            said += [brief.aim.text, brief.asks.text, brief.why.text, own.category_of(record).title]
            phrases = {phrase.id: phrase for phrase in record.phrases}
            drawn = [phrases.get(part.phrase or "") for part in record.sentence.parts]
            quotes = [phrase.phrase for phrase in drawn if phrase and phrase.confidence != "unchecked"]
            assert [tag.get_text() for tag in card.soup.find_all("q")] == quotes, "only what was read is quoted"
            parts = [tag.get_text(" ", strip=True) for tag in card.soup.select("ol.sentence > li")]
            for part, phrase, shown in zip(record.sentence.parts, drawn, parts, strict=False):
                slot = own.word("sentence_slots", part.slot).label
                assert shown.startswith(f"{slot} {phrase.phrase if phrase else part.words}")
            silent = [own.word("sentence_slots", slot).label for slot in record.sentence.silent]
            nothing = "rien n\u2019est dit" if french else "not said"
            assert parts[len(drawn) :] == [f"{' '.join(silent)} {nothing}"]
        elif "/embed/terms/" in address:
            said += [record.term, record.definition]
            said += [catalogue.get("terms", record.id).term] if french else filter(None, [record.say])
        else:
            said += [record.title, record.cannot_show[0].text]
            said += [catalogue.get("sources", record.sources[0]).title]
            bars = [bar.text for chart in for_card(record) for row in chart.rows for bar in row.bars]
            said += bars or [point.text for series in record.series for point in series.points]
            every = [bar.text for chart in charts(record) for row in chart.rows for bar in row.bars]
            assert ("the others are on the page" in text) == (len(bars) < len(every)), address
        assert [part for part in said if " ".join(part.split()) not in text] == [], address


def test_words_that_a_term_warns_of_stay_in_the_glossary(site: BuiltSite, catalogue: Catalogue) -> None:
    for term in catalogue.terms:
        card = site[str(embed_of("terms", vars(term)))]
        assert card.soup.find("s") is None
        assert "Not that" not in card.soup.get_text()


def test_a_card_loads_its_style_sheet_its_script_and_nothing_else(site: BuiltSite) -> None:
    [style] = (site.folder / "assets").glob("embed.*.css")
    [script] = (site.folder / "assets").glob("embed.*.js")
    assert script.stat().st_size < 1_500
    for card in cards(site):
        policy = only(card.soup, 'meta[http-equiv="Content-Security-Policy"]')
        assert policy["content"] == POLICY
        before = [str(tag) for tag in policy.find_previous_siblings()]
        assert before == ['<meta charset="utf-8"/>'], "a policy holds only for what comes after it"
        assert only(card.soup, 'meta[name="referrer"]')["content"] == "no-referrer"
        loaded = only(card.soup, "script")
        assert urlsplit(urljoin(HOST + card.address, str(loaded["src"]))).path == f"/assets/{script.name}"
        assert not loaded.get_text()
        assert not card.soup.find_all(["img", "iframe", "style", "form", "object", "video", "base"])
        assert not [
            tag for tag in card.soup.find_all(True) if "style" in tag.attrs or "on" in {a[:2] for a in tag.attrs}
        ]
        sheets = [str(tag["href"]) for tag in card.soup.find_all("link") if "stylesheet" in tag["rel"]]
        assert [urlsplit(urljoin(HOST + card.address, sheet)).path for sheet in sheets] == [f"/assets/{style.name}"]
        assert {" ".join(tag["rel"]) for tag in card.soup.find_all("link")} == {"stylesheet", "canonical", "alternate"}
        if not card.soup.select(".chart"):
            assert len(card.html.encode()) < HEAVIEST, card.address
    css = style.read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_links_leave_the_frame_and_lead_somewhere(site: BuiltSite, catalogue: Catalogue) -> None:
    wanted = addresses_of(catalogue)
    for card in cards(site):
        for link in card.soup.find_all("a"):
            assert link["target"] == "_top", (card.address, link)
        paths = {urlsplit(address).path + (f"#{anchor}" if anchor else "") for address, anchor in card.links()}
        help_ = "/fr/help/ca/" if card.address.startswith("/fr/") else "/help/"
        assert {wanted[card.address][0], help_} <= paths, card.address
        own = {str(link["href"]) for link in card.soup.select("a[href^='..']")}
        assert {urlsplit(urljoin(card.address, link)).path.startswith("/fr/") for link in own} == {
            card.address.startswith("/fr/")
        }, card.address
        for address, anchor in card.links():
            if address.startswith(HOST + "/") and not address.endswith((".css", ".js")):
                path = urlsplit(address).path
                assert path in site.pages, (card.address, path)
                assert not anchor or anchor in site[path].ids
        outside = only(card.soup, 'a[href^="https:"]')
        assert set(outside["rel"]) == {"license", "noopener", "noreferrer"}


def frame_of(html: str) -> Tag:
    """Give the one element that a snippet makes."""
    body = BeautifulSoup(html, "lxml").body
    assert body is not None
    [frame] = body.find_all(True)
    assert frame.name == "iframe"
    assert not body.get_text().strip()
    return frame


def test_oembed_answers_are_whole(site: BuiltSite, catalogue: Catalogue) -> None:
    wanted = addresses_of(catalogue)
    for address in wanted:
        answer = json.loads((site.folder / address.strip("/") / "oembed.json").read_text(encoding="utf-8"))
        assert answer["type"] == "rich"
        assert answer["version"] == "1.0"
        assert {"html", "width", "height", "title", "provider_name", "cache_age"} <= answer.keys()
        assert answer["provider_url"] == f"{SITE}/"
        assert type(answer["width"]) is type(answer["height"]) is int
        quotation, mark, snippet = answer["html"].partition("</blockquote>")
        links = BeautifulSoup(quotation + mark, "lxml").find_all("a")
        assert [set(link.attrs) for link in links] == [{"href"}] * 2, "WordPress takes no other"
        assert links[0].get_text() == answer["title"]
        assert str(links[1]["href"]).startswith(SITE)
        assert urlsplit(str(links[1]["href"])).path == ("/fr/help/ca/" if address.startswith("/fr/") else "/help/")
        frame = frame_of(snippet)
        assert frame["src"] == SITE + address
        assert frame["height"] == str(answer["height"])
        assert frame["title"] == answer["title"]
        assert frame["loading"] == "lazy"
        assert frame["width"] == "100%"


def test_pages_and_cards_name_their_answer(site: BuiltSite, catalogue: Catalogue) -> None:
    for address, (page, _) in addresses_of(catalogue).items():
        for place in (address, page.partition("#")[0]):
            if place.endswith("/glossary/"):
                continue  # it is of all terms; each card names its own
            link = only(site[place].soup, 'link[type="application/json+oembed"]')
            assert link["rel"] == ["alternate"]
            assert link["href"] == f"{SITE}{address}oembed.json"
            assert link["title"]


def test_pages_offer_the_snippet(site: BuiltSite, catalogue: Catalogue) -> None:
    for address, (page, _) in addresses_of(catalogue).items():
        if "#" in page:
            glossary = page.partition("#")[0]
            assert site[glossary].soup.select(f'a[href="..{address.removeprefix("/fr")}"]'), address
            continue
        box = only(site[page].soup, "details.embed")
        assert "open" not in box.attrs
        text = only(site[page].soup, "details.embed textarea[data-copy][readonly]")
        assert frame_of(text.get_text())["src"] == SITE + address
        assert text["aria-label"]
    for language in ("", "/fr"):
        text = only(site[f"{language}/glossary/"].soup, "details.embed textarea")
        assert str(frame_of(text.get_text())["src"]).startswith(f"{SITE}{language}/embed/terms/")
    assert not site["/fr/principles/3/"].soup.find_all(string=re.compile("Embed this|Line to copy|See the card"))


def test_cards_in_french_have_promised_addresses_and_figures_have_none(catalogue: Catalogue) -> None:
    assert in_language("/embed/principles/3/", "fr") == "/fr/embed/principles/3/"
    assert in_language("/embed/terms/csam/", "fr") == "/fr/embed/terms/csam/"
    assert in_language("/embed/figures/cybertipline-files/", "fr") is None
    promised = {address for address in catalogue.addresses if address.startswith("/fr/embed/")}
    assert promised == {address for address in addresses_of(catalogue) if address.startswith("/fr/")}
    assert is_card("/fr/embed/terms/csam/")
    assert is_card("embed/terms/csam/index.html")
    assert not is_card("/fr/principles/3/")


def test_a_text_that_is_not_in_french_is_marked_on_its_card(catalogue: Catalogue) -> None:
    texts = catalogue.translations["fr"]
    shown = texts.catalogue.get("terms", "grooming")
    foreign = shown.model_copy(update={"definition": UntranslatedText("In English still.")})
    document = texts.catalogue.document.model_copy(update={"terms": (foreign,), "principles": ()})
    own = Catalogue(document, texts.translation.tree, "fr", english=catalogue)
    whole = changed(catalogue, principles=(), figures=())
    whole.translations["fr"] = Translated(own, texts.translation)
    page = BeautifulSoup(made(whole)["fr/embed/terms/grooming/index.html"], "lxml")
    assert [tag.get_text() for tag in page.select('main [lang="en"]')] == [
        "In English still.",
        catalogue.get("terms", "grooming").term,
    ]


def changed(catalogue: Catalogue, **records: Any) -> Catalogue:
    """Give a catalogue with other records in some collections."""
    tree = real_tree()
    return Catalogue(catalogue.document.model_copy(update=records), tree)


def made(catalogue: Catalogue) -> dict[str, str]:
    return dict(files(catalogue, HERE, render, embeds(catalogue, HERE, render)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(catalogue: Catalogue, text: str) -> None:
    term = catalogue.terms[0].model_copy(update={"term": text, "definition": text, "say": text})
    figure = next(one for one in catalogue.document.figures if one.chart)
    claim = figure.cannot_show[0].model_copy(update={"text": text})
    update = {"title": text, "name": text, "tab_title": None, "unit": text, "cannot_show": (claim,)}
    found = made(changed(catalogue, principles=(), terms=(term,), figures=(figure.model_copy(update=update),)))
    wanted = " ".join(text.split())
    for path, content in found.items():
        if path.endswith(".json"):
            answer = json.loads(content)
            frame = frame_of(answer["html"].partition("</blockquote>")[2])
            assert " ".join(str(frame["title"]).split()).endswith(wanted)
            assert set(frame.attrs) == {"src", "title", "width", "height", "loading", "referrerpolicy", "style"}
            assert str(frame["src"]).startswith("https://site.test/folder/embed/")
        else:
            soup = BeautifulSoup(content, "lxml")
            assert wanted in " ".join(only(soup, "h1").get_text().split())
            assert all(tag.get("src") and not tag.get_text() for tag in soup.find_all("script"))
            assert not soup.find_all(["img", "strong" if "terms" in path else "s"])
            assert not soup.select("[onmouseover], [onerror], [onclick]")
            assert len(soup.find_all("title")) == 1
    assert len(found) == 4


def test_a_card_shows_what_is_unsure(catalogue: Catalogue) -> None:
    figure = next(one for one in catalogue.document.figures if any(p.confidence for s in one.series for p in s.points))
    [card] = [embed for embed in embeds(catalogue, HERE, render) if embed.record is figure]
    page = dict(files(catalogue, HERE, render, [card]))[f"{card.address}index.html".lstrip("/")]
    assert "bar-doubtful" in page
    assert "Dashed: less sure." in page


def test_former_addresses_of_cards_are_kept_and_lead_on(catalogue: Catalogue) -> None:
    term = catalogue.terms[0].model_copy(update={"former_ids": ("old",)})
    shown = changed(catalogue, terms=(term,))
    assert ("/embed/terms/old/", f"/embed/terms/{term.id}/") in set(redirects(shown))
    shown.translations.update(catalogue.translations)
    assert ("/fr/embed/terms/old/", f"/fr/embed/terms/{term.id}/") in set(redirects(shown))
    assert {f"{language}/embed/terms/{one}/" for language in ("", "/fr") for one in ("new", "old")} <= set(
        addresses({"terms": [{"id": "new", "former_ids": ["old"]}]})
    )


def test_a_card_s_height_grows_with_its_text(catalogue: Catalogue) -> None:
    every: list[Embed] = list(embeds(catalogue, HERE, render))
    assert all(200 <= embed.height <= 1000 for embed in every)
    terms = [
        embed for embed in every if embed.collection == "terms" and not embed.record.say and embed.language == "en"
    ]
    shortest, longest = (pick(terms, key=lambda embed: len(embed.record.definition)) for pick in (min, max))
    assert shortest.height < longest.height
