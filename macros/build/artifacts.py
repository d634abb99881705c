"""What a site is made of besides its pages' own text, whichever generator writes it: files, and the heads of pages.

A generator's adapter makes a `Beside` before the pages are rendered, calls `described` when all titles are known, and
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

from macros import moments
from macros.build import css_pruning, offline_zip, outputs, publishing
from macros.build.lazy_mapping import LazyMapping
from macros.checkout import ROOT
from macros.data.kinds import Principle
from macros.data.languages import ENGLISH, LANGUAGES, UntranslatedText
from macros.data.urls import in_language
from macros.exports import (
    atom_feeds,
    chart_images,
    citations,
    csv_tables,
    embed_cards,
    joined_data,
    json_api,
    json_ld,
    markdown_copies,
    number_sheets,
    social_cards,
    time_zones,
)
from macros.exports.teaching import handouts, kits
from macros.pages import escaping, site_info, sitemap, sites, ui_strings
from macros.pages.site_info import SiteInfo

__all__ = ["POLICY", "Beside", "Shown", "described", "edit_data", "finished", "imprint", "prepare"]

OWN_SCRIPTS = ("site.js", "search.js", "help.js")
"""The scripts in docs/assets/ that are ours."""

DATA_SCRIPTS = ("search-data", "words", "time-zones")
"""How the names of scripts begin that are data without a remark."""

TRANSLATED_SECTIONS = (
    (ui_strings.marked("Home"), "/"),
    (ui_strings.marked("Principles"), "/principles/"),
    (ui_strings.marked("Categories"), "/categories/"),
    (ui_strings.marked("Glossary"), "/glossary/"),
    (ui_strings.marked("Get help"), "/help/"),
)
"""The menu of a second language: labels, and addresses behind its own."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""What a page may load: files of this site, and no script that stands in a page.

No script of ours asks for anything; `connect-src` is for programs that test a page and read robots.txt from within it.
`data:` are small icons that the style sheets hold. The live server puts a script of its own into pages; it sends none.
"""

ROBOTS = "User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
"""What programs that walk the web read first (RFC 9309, https://www.sitemaps.org): all here may be read."""

Files = Iterator[tuple[str, str | bytes]]
"""Paths from the site's root, each with what the file holds."""

Kept = MutableMapping[str, bytes]
"""Handouts and cards of earlier builds, which are not made again as long as they say the same."""


def prepare(engine: Any) -> None:
    """Set up the template engine of the pages: every value that a template prints passes `escaping.escape`."""
    engine.autoescape = True
    engine.finalize = escaping.escape
    engine.trim_blocks = engine.lstrip_blocks = True


def edit_data(repository: str, edit: str) -> str:
    """Give where the data files are edited; `edit` leads from the repository to docs/."""
    return urljoin(f"{repository}/{edit}", "../data/")


def imprint(name: str, address: str | None) -> SiteInfo:
    """Give what the files beside the pages say of where they come from."""
    return SiteInfo(name, address or "", site_info.stamp(sites.current(), os.environ.get(moments.NAME)))


class Beside:
    """The files beside the pages, of the data in use, and what templates say of them.

    Nothing is made before it is asked for: the live server shows a page without making the files of all others.
    """

    def __init__(self, site: SiteInfo, render: Callable[..., str], kept: Kept) -> None:
        """Prepare them; `render` fills in a template that makes a whole file: its name, and the values by name."""
        self._catalogue = catalogue = sites.current()
        self._site, self._render = site, render
        principles = {principle.number: principle for principle in catalogue.principles}
        self.handouts = LazyMapping(principles, lambda asked: handouts.handouts(catalogue, site, kept, asked))
        self.number_sheets = LazyMapping(
            {place: place for place in number_sheets.countries(catalogue)},
            lambda asked: number_sheets.number_sheets(catalogue, site, kept, asked),
        )
        self.kits = LazyMapping(
            {number: one for number, one in principles.items() if catalogue.exercise(one)},
            lambda asked: kits.kits(catalogue, site, self.handouts, self._sheets_to_teach(), kept, asked),
        )
        self.pictures = LazyMapping(
            {figure.id: figure for figure in chart_images.drawn_figures(catalogue)},
            lambda asked: chart_images.pictures(catalogue, site, render, kept, asked),
        )
        self.embeds = LazyMapping(
            embed_cards.framed(catalogue), lambda asked: embed_cards.embeds(catalogue, site, render, asked)
        )
        written = {address: str(head["title"]) for address, head in sites.written_heads() if "title" in head}
        self.citations = LazyMapping(
            {work[0]: work for work in citations.works(catalogue, site, written)},
            lambda asked: citations.citations(asked, kept).values(),
        )

    def _sheets_to_teach(self) -> dict[str, bytes]:
        """Give the sheets of numbers in English by their names, for the teaching kits."""
        return {one.name: one.content for one in self.number_sheets.everything() if one.language == "en"}

    def names(self) -> dict[str, Any]:
        """Give what templates call these by, in `config.extra`."""
        made = ("handouts", "number_sheets", "kits", "pictures", "embeds", "citations")
        return {
            "languages": dict(_languages()),
            "outputs": outputs.OUTPUTS,
            **{name: getattr(self, name) for name in made},
        }

    def files(self) -> Files:
        """Yield every file, those first that pages load."""
        catalogue = self._catalogue
        scripts = [(ROOT / "docs" / "assets" / name).read_text(encoding="utf-8") for name in OWN_SCRIPTS]
        for language, own in _languages():
            if own:
                yield own["words"], ui_strings.script(language, scripts)
                yield own["index"], sites.search_text(language)
        yield "assets/search-data.js", sites.search_text()
        yield time_zones.PLACE, time_zones.script(group.word.id for group in catalogue.service_groups)
        yield "robots.txt", ROBOTS.format(sitemap=self._site.to("/sitemap.xml"))
        for old, new in sitemap.redirects(catalogue):
            yield f"{old.strip('/')}/index.html", sites.redirect_text(old, new)
        titles = {page.address: page.title for page in sitemap.pages(catalogue)}
        yield from csv_tables.exports(catalogue)
        yield from json_api.files(catalogue, self._site.url or "/")
        yield from joined_data.files(catalogue)
        yield from atom_feeds.feeds(catalogue, self._site, titles["/changes/"])
        yield from embed_cards.files(catalogue, self._site, self._render, self.embeds.everything())
        yield from citations.files(zip(self.citations, self.citations.everything(), strict=True))
        for sheet in self.handouts.everything():
            yield sheet.address.lstrip("/"), sheet.content
        for paper in self.number_sheets.everything():
            yield paper.address.lstrip("/"), paper.content
        for kit in self.kits.everything():
            yield kit.address.lstrip("/"), kit.content
        for picture in self.pictures.everything():
            yield from picture.files


def _languages() -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield each language with what its pages load and what stands in their menus; English has its own ways."""
    yield "en", None
    for language in sites.current().translations:
        yield (
            language,
            {
                "words": f"assets/words.{language}.js",
                "index": f"assets/search-data.{language}.js",
                "name": LANGUAGES[language].name,
                "locale": LANGUAGES[language].locale,
                "home": f"{language}/",
                "help": f"{language}/help/",
                "nav": [
                    (str(label), language + place, label.lang if isinstance(label, UntranslatedText) else "")
                    for label, place in ((ui_strings.say(language, one), place) for one, place in TRANSLATED_SECTIONS)
                ],
            },
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as its head and lists show it; title and description are plain text."""

    address: str
    title: str
    description: str
    language: str = "en"


def described(
    site: SiteInfo, about: str, shown: Sequence[Shown], kept: Kept
) -> tuple[dict[str, dict[str, Any]], Files]:
    """Give what the head of each page says beyond title and description, by address, and the files it needs.

    The files are made as they are asked for.
    """
    meta: dict[str, dict[str, Any]] = {page.address: {"card": social_cards.path_of(page.address)} for page in shown}
    titles = {page.address: page.title for page in shown}
    for page in shown:
        record = sites.record_at(page.address)
        catalogue = sites.current(page.address)
        meta[page.address] |= {
            "structured": json_ld.structured(catalogue, site, page.address, page.description, record, titles),
            "named": page.title,
            "about": page.description,
            "number": record.number if isinstance(record, Principle) else None,
        }
    _join_languages(meta)
    return meta, _described_files(site, about, shown, kept)


def _described_files(site: SiteInfo, about: str, shown: Sequence[Shown], kept: Kept) -> Files:
    listed = [markdown_copies.Listed(page.address, page.title, page.description) for page in shown]
    yield markdown_copies.LIST, markdown_copies.llms(site, about, listed)
    by_language: dict[str, list[Shown]] = {}
    for page in shown:
        by_language.setdefault(page.language, []).append(page)
    for language, own in by_language.items():
        named = [social_cards.Named(page.address, page.title) for page in own]
        yield from social_cards.cards(sites.current(f"/{language}/"), ui_strings.say(language, site.name), named, kept)


def _join_languages(meta: Mapping[str, dict[str, Any]]) -> None:
    """Tell each page that is there in several languages where the others are."""
    names = {one.code: one.name for one in (ENGLISH, *LANGUAGES.values())}
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
    names = css_pruning.names_in(documents, scripts)
    beside = "".join(own.read_text(encoding="utf-8") for own in sorted((folder / "assets").glob("*.css")))
    for sheet in (folder / "assets" / "stylesheets").rglob("main.*.min.css"):
        sheet.write_text(css_pruning.cut(sheet.read_text(encoding="utf-8"), names, beside), encoding="utf-8")
    for own in (folder / "assets").glob("*.[cj]s*"):
        shorten = {".css": cssmin, ".js": jsmin}.get(own.suffix)
        if shorten and not own.name.startswith(DATA_SCRIPTS):
            own.write_text(shorten(own.read_text(encoding="utf-8")), encoding="utf-8")
    publishing.name_by_content(folder)
    place = folder / offline_zip.PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    moment = site_info.stamp(sites.current(), os.environ.get(moments.NAME))
    place.write_bytes(offline_zip.archive(folder, moment))
    paths = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    (folder / publishing.HEADERS).write_text(publishing.headers(paths, POLICY), encoding="utf-8")
