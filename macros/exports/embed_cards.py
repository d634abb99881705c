"""Cards for a frame on other sites, and what tells other programs of them: oEmbed 1.0 (https://oembed.com).

A site of files cannot answer oEmbed's questions about any address, so each page names the one answer about itself in
its head (discovery), which the standard allows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.collections import CARD_TEMPLATES, CARDS
from macros.data.urls import embed_of, in_language, is_card
from macros.exports.path_patterns import Output, in_languages
from macros.pages.bar_charts import charts
from macros.pages.context import PageContext
from macros.pages.drawings import drawn_sentence
from macros.pages.site_info import SiteInfo
from macros.pages.sitemap import described, filled, head, withdrawn_cards
from macros.pages.ui_strings import say

__all__ = ["FRAME", "OUTPUTS", "WIDTH", "Embed", "embeds", "files", "framed", "oembeds"]

OEMBED = "oembed.json"

OUTPUTS = (
    Output(
        "embeds",
        tuple(
            f"{there.lstrip('/')}{file}"
            for address in CARDS.values()
            for there in in_languages(address)
            for file in ("index.html", OEMBED)
        ),
    ),
)
"""The paths of its files."""

FRAME = "embed-frame.html.j2"

WITHDRAWN = "embed-withdrawn.html.j2"
"""What a frame shows whose record was withdrawn."""

WIDTH = 480
"""Pixels that oEmbed states, which asks for a number; the frame itself is as wide as its place."""

KEPT = 86_400
"""Seconds for which others may keep an oEmbed answer: a day, as data changes by edition."""

LETTERS = 38
"""Letters that fit a line of a frame of some 360 pixels, the width that heights are made for."""

LINE, ROW, SLOT, TALLEST = 23, 24, 23, 900
"""Pixels: a line, a row of a chart, a line of a sentence; what is taller than the tallest is scrolled in its frame."""

USUAL = 400
"""Pixels for a card of a kind whose text nobody has measured; a longer one is scrolled in its frame."""

Render = Callable[..., str]
"""Fills in a template of `macros/templates/`: its name, and the values by their names there."""


@dataclass(frozen=True, slots=True)
class Embed:
    """A record's card: where it stands, the page it leads to, its tab's title, its name, its height in pixels."""

    collection: str
    record: Any
    address: str
    page: str
    title: str
    name: str
    description: str
    height: int
    language: str = "en"
    snippet: str = ""

    @property
    def oembed(self) -> str:
        """Where its oEmbed answer stands."""
        return f"{self.address}{OEMBED}"


def embeds(
    catalogue: Catalogue, site_info: SiteInfo, render: Render, records: Iterable[tuple[str, str, Any]] | None = None
) -> Iterator[Embed]:
    """Yield the card of some records, each given as `framed` gives them, with the snippet (HTML) for other sites.

    By default of every principle, term and figure, and those in other languages.
    """
    own = _catalogues(catalogue)
    for language, collection, record in framed(catalogue).values() if records is None else records:
        said = head(CARD_TEMPLATES[collection], language)
        fields = {
            "collection": collection,
            "record": record,
            "address": _there(str(embed_of(collection, vars(record))), language),
            "page": _there(catalogue.address(collection, record), language),
            "height": _height(own[language], collection, record, language),
            "language": language,
            **{name: filled(said[name], record) for name in ("title", "name")},
            "description": described(said, record),
        }
        yield Embed(**fields, snippet=render(FRAME, embed=Embed(**fields), site=site_info).strip())


def oembeds(catalogue: Catalogue) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the address of each page whose record has a card, with what its head says of it.

    That is the card's name, and where its oEmbed answer stands from the site's root.
    """
    for page, (language, collection, record) in framed(catalogue).items():
        card = _there(str(embed_of(collection, vars(record))), language)
        name = filled(head(CARD_TEMPLATES[collection], language)["name"], record)
        yield page, {"name": name, "oembed": f"{card}{OEMBED}".lstrip("/")}


def framed(catalogue: Catalogue) -> dict[str, tuple[str, str, Any]]:
    """Give every record that has a card, with its language and collection, by the address of its page.

    In a second language those have one whose card has an address there: figures are in English only.
    """
    found: dict[str, tuple[str, str, Any]] = {}
    for language, own in _catalogues(catalogue).items():
        for collection in CARD_TEMPLATES:
            for record in getattr(own.document, collection):
                if _there(str(embed_of(collection, vars(record))), language):
                    found[_there(own.address(collection, record), language)] = language, collection, record
    return found


def _catalogues(catalogue: Catalogue) -> dict[str, Catalogue]:
    others = {language: translated.catalogue for language, translated in catalogue.translations.items()}
    return {"en": catalogue, **others}


def _there(address: str, language: str) -> str:
    """Give an address in a language; nothing where there is none in it."""
    return address if language == "en" else in_language(address, language) or ""


def files(
    catalogue: Catalogue, site_info: SiteInfo, render: Render, cards: Iterable[Embed]
) -> Iterator[tuple[str, str]]:
    """Yield the files of some cards: the path from the site's root and the text of each card and oEmbed answer.

    And every card whose record was withdrawn, which says so.
    """
    own = _catalogues(catalogue)
    for embed in cards:
        ctx = PageContext(own[embed.language], embed.address, embed.record)
        yield (
            f"{embed.address}index.html".lstrip("/"),
            render(CARD_TEMPLATES[embed.collection], ctx=ctx, embed=embed, site=site_info),
        )
        answer = {
            "type": "rich",
            "version": "1.0",
            "title": embed.name,
            "provider_name": say(embed.language, site_info.name),
            "provider_url": site_info.to("/"),
            "cache_age": KEPT,
            "html": embed.snippet,
            "width": WIDTH,
            "height": embed.height,
        }
        yield embed.oembed.lstrip("/"), json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
    for address, language, gone in withdrawn_cards(catalogue):
        said = head(WITHDRAWN, language)
        page = _there(gone.address, language) or gone.address
        page = "/" if is_card(page) else page
        words = (said["title"], said["name"], said["description"])
        embed = Embed("withdrawn", gone, address, page, *words, height=USUAL, language=language)
        ctx = PageContext(own[language], address, gone)
        yield f"{address}index.html".lstrip("/"), render(WITHDRAWN, ctx=ctx, embed=embed, site=site_info)


def _height(catalogue: Catalogue, collection: str, record: Any, language: str) -> int:
    """Give the height in which a card shows whole where its frame is some 360 pixels wide."""
    if collection == "principles":
        brief = record.in_brief
        lines = sum(_lines(part.text) for part in (brief.aim, brief.asks, brief.why))
        height = 270 + LINE * (lines + 3) + 28 * _lines(record.title, 28)
        drawing = drawn_sentence(catalogue, record)
        slots = [f"{part.question} {part.shown(language)} {part.doubt or ''}" for part in drawing.parts]
        height += 40 + SLOT * sum(map(_lines, [*slots, " ".join(drawing.silent)]))
    elif collection == "terms":
        height = 210 + LINE * _lines(record.definition) + 28 * _lines(record.term, 28)
        if language != "en":
            height += LINE  # what the word is in English
        elif record.say:
            height += LINE * (1 + _lines(record.say)) + 10
    elif collection == "figures":
        drawn = tuple(charts(record))
        rows = sum(
            max(1, len(row.bars)) + (1 if chart.wordy else 0) + len(row.breaks) * 2
            for chart in drawn
            for row in chart.rows
        )
        points = sum(len(series.points) for series in record.series)
        height = 290 + 26 * _lines(record.title, 30) + LINE * _lines(record.cannot_show[0].text) + ROW * rows
        height += 44 * len(drawn) if drawn else LINE * (_lines(record.definition.text) + points)
    else:
        height = USUAL
    return min(TALLEST, -(-height // 10) * 10)


def _lines(text: str, letters: int = LETTERS) -> int:
    return -(-len(text) // letters)
