"""Cards for a frame on other sites, and what tells other programs of them: oEmbed 1.0 (https://oembed.com).

A site of files cannot answer oEmbed's questions about any address, so each page names the one answer about itself in
its head (discovery), which the standard allows.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from macros.data.catalogue import Catalogue
from macros.data.collections import CARD_TEMPLATES, CARDS
from macros.data.urls import embed_of, in_language, is_card
from macros.exports.path_patterns import Output, in_languages
from macros.pages.bar_charts import for_card
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

QUOTE = "embed-quote.html.j2"
"""What stands before the frame in an oEmbed answer: two links, which a host shows where the frame says nothing."""

WITHDRAWN = "embed-withdrawn.html.j2"
"""What a frame shows whose record was withdrawn."""

WIDTH = 480
"""Pixels that oEmbed states, which asks for a number; the frame itself is as wide as its place."""

KEPT = 86_400
"""Seconds for which others may keep an oEmbed answer: a day, as data changes by edition."""

LETTERS = 37
"""Letters that fit a line of a frame of 300 pixels, the width that heights are made for."""

LINE, ROW, SLOT = 21, 23, 18
"""Pixels there: a line, a row of a chart, a line of a sentence."""

AROUND = 210
"""Pixels there for what stands above and below each card: where it is from, and its links."""

TALLEST = 1000
"""Pixels; what is taller is scrolled in its frame. WordPress makes no frame taller."""

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
            "html": _quotation(render, ctx, embed, site_info) + embed.snippet,
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


def _quotation(render: Render, ctx: PageContext, embed: Embed, site_info: SiteInfo) -> str:
    nearest = _there(ctx.nearest_help, embed.language) or ctx.nearest_help
    return render(QUOTE, ctx=ctx, embed=embed, site=site_info, nearest_help=nearest).strip()


def _height(catalogue: Catalogue, collection: str, record: Any, language: str) -> int:
    """Give the height in which a card shows whole where its frame is 300 pixels wide; in a wider one it is lower."""
    if collection == "principles":
        brief, drawing = record.in_brief, drawn_sentence(catalogue, record)
        height = 28 + 26 * _lines(record.title, 28) + (92 if language == "en" else 72)
        height += LINE * sum(_lines(part.text, 36) for part in (brief.aim, brief.asks, brief.why))
        slots = [f"{part.question} {part.shown(language)} {part.doubt or ''}" for part in drawing.parts]
        silent = f"{' '.join(drawing.silent)} {len(drawing.silent) * '  '}"
        height += sum(4 + SLOT * _lines(slot) for slot in [*slots, silent])
        height += LINE * 2 + (LINE * 2 if record.confidence == "unchecked" else 0)
    elif collection == "terms":
        height = 26 * _lines(record.term, 28) + LINE * _lines(record.definition)
        if language != "en":
            height += LINE * 3  # what the word is in English
        elif record.say:
            height += LINE * (1 + _lines(record.say)) + 10
    elif collection == "figures":
        source = catalogue.get("sources", record.sources[0])
        small = (
            f"Unit: {record.unit}.",
            f"Source: {source.title}, {source.publisher}, {source.date} and more on the page.",
        )
        height = 26 * _lines(record.title, 28) + LINE * (_lines(record.cannot_show[0].text, 34) + 1)
        height += sum(LINE * _lines(text) for text in small)
        height += 2 * LINE if len(record.series) > 1 else 0  # what the bars stand for
        drawn = for_card(record)
        for chart in drawn:
            words = [_lines(row.at, 34) if chart.wordy else 0 for row in chart.rows]
            lines = sum(words) + sum(max(1, len(row.bars)) + len(row.breaks) * 2 for row in chart.rows)
            height += 40 + ROW * lines
        if not drawn:
            values = (f"{point.at}, {series.label} {point.text}" for series in record.series for point in series.points)
            height += LINE * (_lines(record.definition.text, 34) + sum(_lines(value, 34) for value in values))
    else:
        return USUAL
    return min(TALLEST, -(-(AROUND + height) // 10) * 10)


def _lines(text: str, letters: int = LETTERS) -> int:
    """Give how many lines a text takes whose words are not broken."""
    return len(textwrap.wrap(text, letters))
