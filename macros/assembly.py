"""What a site is made of besides its pages' own text, whichever generator writes it: files, and the heads of pages.

A generator's adapter calls `beside` before the pages are rendered, `described` when all titles are known, and
`finished` on the built folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from rcssmin import cssmin
from rjsmin import jsmin

from macros import (
    api,
    cards,
    citations,
    embeds,
    exports,
    feeds,
    handouts,
    kits,
    model,
    offline,
    pages,
    pictures,
    publishing,
    rendering,
    sites,
    structured,
    stylesheets,
    twins,
    wording,
)
from macros.addresses import LANGUAGES, in_language
from macros.handouts import Imprint

__all__ = ["POLICY", "Shown", "beside", "described", "edit_data", "finished", "imprint", "prepare"]

OWN_SCRIPTS = ("site.js", "search.js")
"""The scripts in docs/assets/ that are ours."""

TRANSLATED_SECTIONS = (
    ("Home", "/"),
    ("Principles", "/principles/"),
    ("Categories", "/categories/"),
    ("Glossary", "/glossary/"),
    ("Get help", "/help/ca/"),
)
"""The menu of a second language: labels that its `words.yml` has, and addresses behind its own."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
)
"""What a page may load: files of this site, and no script that stands in a page.

`data:` are small icons that the style sheets hold. The live server puts a script of its own into pages; it sends none.
"""

Files = Iterator[tuple[str, str | bytes]]
"""Paths from the site's root, each with what the file holds."""

Kept = MutableMapping[str, bytes]
"""Handouts and cards of earlier builds, which are not made again as long as they say the same."""


def prepare(engine: Any) -> None:
    """Set up the template engine of the pages: every value that a template prints passes `rendering.escape`."""
    engine.autoescape = True
    engine.finalize = rendering.escape
    engine.trim_blocks = engine.lstrip_blocks = True


def edit_data(repository: str, edit: str) -> str:
    """Give where the data file is edited, without its ending; `edit` leads from the repository to docs/."""
    return urljoin(f"{repository}/{edit}", "../data/principles")


def imprint(name: str, address: str | None) -> Imprint:
    """Give what the files beside the pages say of where they come from."""
    return Imprint(name, address or "", handouts.stamp(sites.current(), os.environ.get("SOURCE_DATE_EPOCH")))


def beside(site: Imprint, render: Callable[..., str], kept: Kept, extra: MutableMapping[str, Any]) -> Files:
    """Yield the files beside the pages, and put what templates say of them into `extra`, their `config.extra`.

    `render` fills in a template that makes a whole file: its name, and the values by their names there.
    """
    catalogue = sites.current()
    for old, new in pages.redirects(catalogue):
        yield f"{old.strip('/')}/index.html", sites.redirect_text(old, new)
    titles = {page.address: page.title for page in pages.pages(catalogue)}
    yield from exports.exports(catalogue)
    yield from api.files(catalogue, site.url or "/")
    yield from feeds.feeds(catalogue, site, titles["/changes/"])
    yield "assets/search-data.js", sites.search_text()
    yield from _languages(extra)
    sheets = {made.number: made for made in handouts.handouts(catalogue, site, kept)}
    made_kits = {made.number: made for made in kits.kits(catalogue, site, sheets, kept)}
    yield from ((made.address.lstrip("/"), made.content) for made in sheets.values())
    yield from ((made.address.lstrip("/"), made.content) for made in made_kits.values())
    drawn = {picture.id: picture for picture in pictures.pictures(catalogue, site, render, kept)}
    for picture in drawn.values():
        yield from picture.files
    framed = tuple(embeds.embeds(catalogue, site, render))
    yield from embeds.files(catalogue, site, render, framed)
    written = {address: str(head["title"]) for address, head in sites.written_heads() if "title" in head}
    cited = citations.citations(catalogue, site, written, kept)
    yield from citations.files(cited)
    by_page = {embed.page: embed for embed in framed}
    extra.update(handouts=sheets, kits=made_kits, pictures=drawn, embeds=by_page, citations=cited)


def _languages(extra: MutableMapping[str, Any]) -> Files:
    """Yield what the pages in second languages load, and tell the theme what stands in their menus."""
    extra["languages"] = {"en": None}
    scripts = [(sites.ROOT / "docs" / "assets" / name).read_text(encoding="utf-8") for name in OWN_SCRIPTS]
    for language in sites.current().translations:
        own = {"words": f"assets/words.{language}.js", "index": f"assets/search-data.{language}.js"}
        yield own["words"], wording.script(language, scripts)
        yield own["index"], sites.search_text(language)
        extra["languages"][language] = {
            **own,
            "name": LANGUAGES[language],
            "home": f"{language}/",
            "help": f"{language}/help/ca/",
            "nav": [(wording.say(language, label), language + place) for label, place in TRANSLATED_SECTIONS],
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as its head and lists show it; title and description are plain text."""

    address: str
    title: str
    description: str
    language: str = "en"


def described(
    site: Imprint, about: str, shown: Sequence[Shown], kept: Kept
) -> tuple[dict[str, dict[str, Any]], list[tuple[str, str | bytes]]]:
    """Give what the head of each page says beyond title and description, by address, and the files it needs."""
    meta: dict[str, dict[str, Any]] = {page.address: {} for page in shown}
    files: list[tuple[str, str | bytes]] = []
    by_language: dict[str, list[Shown]] = {}
    for page in shown:
        by_language.setdefault(page.language, []).append(page)
    for language, own in by_language.items():
        named = [cards.Named(page.address, page.title) for page in own]
        made = cards.cards(sites.current(f"/{language}/"), wording.say(language, site.name), named, kept)
        for page, card in zip(own, made, strict=True):
            meta[page.address]["card"] = card[0]
            files.append(card)
    titles = {page.address: page.title for page in shown}
    for page in shown:
        record = sites.record_at(page.address)
        catalogue = sites.current(page.address)
        meta[page.address] |= {
            "structured": structured.structured(catalogue, site, page.address, page.description, record, titles),
            "named": page.title,
            "about": page.description,
            "number": record.number if isinstance(record, model.Principle) else None,
        }
    _join_languages(meta)
    listed = [twins.Listed(page.address, page.title, page.description) for page in shown]
    files.append((twins.LIST, twins.llms(site, about, listed)))
    return meta, files


def _join_languages(meta: Mapping[str, dict[str, Any]]) -> None:
    """Tell each page that is there in several languages where the others are."""
    names = {"en": "English", **LANGUAGES}
    for address in meta:
        there = {language: in_language(address, language) for language in LANGUAGES}
        found = {"en": address, **{language: other for language, other in there.items() if other and other in meta}}
        if len(found) > 1:
            alternates = [
                {"lang": code, "name": names[code], "place": other.lstrip("/")} for code, other in found.items()
            ]
            for other in found.values():
                meta[other]["alternates"] = alternates


def finished(folder: Path) -> None:
    """Do what needs the whole built site.

    Cut the theme's style sheets to what the pages use, take remarks and spaces out of our own sheets and scripts, name
    all of them after their content, and add the archive of the whole site and the headers for hosts that read them.
    """
    documents = (page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*.html")))
    scripts = ((folder / "assets" / name).read_text(encoding="utf-8") for name in OWN_SCRIPTS)
    names = stylesheets.names_in(documents, scripts)
    for sheet in (folder / "assets" / "stylesheets").rglob("main.*.min.css"):
        sheet.write_text(stylesheets.cut(sheet.read_text(encoding="utf-8"), names), encoding="utf-8")
    for own in (folder / "assets").glob("*.[cj]s*"):
        shorten = {".css": cssmin, ".js": jsmin}.get(own.suffix)
        if shorten and not own.name.startswith(("search-data", "words")):  # those are data, without a remark
            own.write_text(shorten(own.read_text(encoding="utf-8")), encoding="utf-8")
    publishing.name_by_content(folder)
    place = folder / offline.PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(offline.archive(folder, int(os.environ.get("SOURCE_DATE_EPOCH") or 0)))
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    (folder / publishing.HEADERS).write_text(publishing.headers(paths, POLICY), encoding="utf-8")
