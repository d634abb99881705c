"""What a site is made of besides its pages' own text, whichever generator writes it: files, and their settings.

A generator's adapter makes `GeneratedFiles` before the pages are rendered, asks `page_metadata` for what their heads
say, and calls `postprocess` on the built folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

from macros import moments
from macros.build import outputs, stylesheets
from macros.build.disk_cache import DiskCache
from macros.build.lazy_mapping import AT_ONCE, AsSeen, LazyMapping, Under
from macros.build.make_ahead import Job, jobs_of, make_ahead
from macros.checkout import ROOT
from macros.data.catalogue import Catalogue
from macros.data.languages import ENGLISH, LANGUAGES, UntranslatedText
from macros.exports import (
    atom_feeds,
    chart_images,
    citations,
    compare_data,
    csv_tables,
    data_files,
    drawing_pictures,
    embed_cards,
    entry_form,
    event_calendar,
    glance_files,
    icons,
    joined_data,
    number_sheets,
    opensearch,
    posters,
    time_zones,
)
from macros.exports.teaching import handouts, kits, lesson_slides, packs, quiz
from macros.formats.cache import Cache
from macros.formats.content import Content
from macros.pages import escaping, site_info, sitemap, ui_strings
from macros.pages.site import Site
from macros.pages.site_info import SiteInfo

__all__ = [
    "PROBE",
    "Files",
    "GeneratedFiles",
    "Unescaped",
    "edit_data",
    "info_of",
    "moment_of",
    "prepare",
    "prove_escaping",
]

OWN_SCRIPTS = (
    "site.js",
    "search.js",
    "help.js",
    "reading.js",
    "filters.js",
    "glance.js",
    "entry-form.js",
    "entry-form-fields.js",
    "tables.js",
    "compare.js",
)
"""The scripts in docs/assets/ that are ours."""

TRANSLATED_SECTIONS = (
    (ui_strings.marked("Home"), "/"),
    (ui_strings.marked("Principles"), "/principles/"),
    (ui_strings.marked("Categories"), "/categories/"),
    (ui_strings.marked("Glossary"), "/glossary/"),
    (ui_strings.marked("Teach"), "/teach/"),
    (ui_strings.marked("Get help"), "/help/"),
)
"""The menu of a second language: labels, and addresses behind its own."""

ROBOTS = "User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n"
"""What programs that walk the web read first (RFC 9309, https://www.sitemaps.org): all here may be read."""

MADE = "made ahead"
"""What the cache has once a build has made everything ahead."""

PROBE = """<b title="a" id='b'>&amp; [c](d) `e` {{ 7 * 7 }} {: #f }"""
"""A value with every sign that means something in HTML, Markdown or a template."""

Files = Iterator[tuple[str, str | bytes | Content]]
"""Paths from the site's root, each with what the file holds."""


class Unescaped(ValueError):  # noqa: N818  (it says what came out)
    """A value reached a page unescaped."""


def prepare(engine: Any) -> None:
    """Set up the template engine of the pages: every value that a template prints passes `escaping.escape`."""
    engine.autoescape = True
    engine.finalize = escaping.escape
    engine.trim_blocks = engine.lstrip_blocks = True


def prove_escaping(engine: Any) -> None:
    """Fill in a template with a value that would do harm, as pages are; raises Unescaped where it comes out as it is.

    The engine belongs to somebody else (mkdocs-macros), and what `prepare` switched on is not its own: a new version
    may make a new engine, or put the finished one aside.
    """
    by_hand = engine.from_string("{{ config.repo_url }}").render(config=SimpleNamespace(repo_url=PROBE))
    for said in (by_hand, engine.get_template("escaping-probe.j2").render(probe=PROBE)):
        if said.strip() != str(escaping.escape(PROBE)):
            raise Unescaped(
                "values of the data would reach the pages as they are, HTML and all, so nothing is built; the template "
                f"engine is not the one that `artifacts.prepare` set up (it made {said[:80]!r} of a test)"
            )


def edit_data(repository: str, edit: str) -> str:
    """Give where the data files are edited; `edit` leads from the repository to docs/."""
    return urljoin(f"{repository}/{edit}", "../data/")


def info_of(site: Site, name: str, address: str | None) -> SiteInfo:
    """Give what the files beside the pages say of where they come from.

    They bear a day of the data and not the last commit's moment: a sheet says when its facts were checked, and one that
    nobody changed stays the same file, byte for byte, for readers who fetch it again and for the next build.
    """
    return SiteInfo(name, address or "", site_info.stamp(site.catalogue, None))


def moment_of(site: Site) -> int:
    """Give the moment (seconds since 1970) that the site as a whole bears: its map, and the archive of its files."""
    return site_info.stamp(site.catalogue, os.environ.get(moments.NAME))


class GeneratedFiles:
    """The files beside the pages, and what templates say of them.

    Nothing is made before it is asked for: the live server shows a page without making the files of all others.
    """

    def __init__(self, site: Site, info: SiteInfo, render: Callable[..., str], cache: Cache) -> None:
        """Prepare them; `render` fills in a template that makes a whole file: its name, and the values by name."""
        catalogue = site.catalogue
        self._site, self._info, self._render, self._cache = site, info, render, cache
        principles = {principle.number: principle for principle in catalogue.principles}
        self.handouts = _in_languages(
            site, handouts.wanted, lambda own, asked: handouts.handouts(own, info, cache, asked)
        )
        self.number_sheets = LazyMapping(
            {place: place for place in number_sheets.countries(catalogue)},
            lambda asked: number_sheets.number_sheets(catalogue, info, cache, asked),
        )
        self.posters = LazyMapping(
            {place: place for place in posters.wanted(catalogue)},
            lambda asked: posters.posters(catalogue, info, cache, asked),
        )
        self.quizzes = _in_languages(site, quiz.sources, lambda own, asked: quiz.quizzes(own, info, cache, asked))
        self.kits = LazyMapping(
            {number: one for number, one in principles.items() if catalogue.exercise(one)},
            lambda asked: kits.kits(
                catalogue,
                info,
                Under(self.handouts, ENGLISH.code),
                self._sheets_to_teach(),
                Under(self.quizzes, ENGLISH.code, "principles"),
                cache,
                asked,
            ),
        )
        self.lesson_slides = _in_languages(
            site,
            lambda own: {place: place for place in lesson_slides.wanted(own)},
            lambda own, asked: lesson_slides.lesson_slides(own, info, cache, asked),
        )
        self.packs = _in_languages(
            site,
            packs.wanted,
            lambda own, asked: packs.packs(
                own,
                info,
                Under(self.quizzes, own.language, "lessons"),
                lambda figure: chart_images.paper_drawing(own, info, render, figure),
                cache,
                asked,
                Under(self.lesson_slides, own.language),
            ),
        )
        self.pictures = LazyMapping(
            {figure.id: figure for figure in chart_images.drawn_figures(catalogue)},
            lambda asked: chart_images.pictures(catalogue, info, render, cache, asked),
        )
        self.drawings = LazyMapping(
            {one.page: one for one in drawing_pictures.wanted(catalogue)},
            lambda asked: drawing_pictures.drawings(catalogue, info, cache, asked),
        )
        self.glance = LazyMapping(
            {language: language for language in ("en", *catalogue.translations)},
            lambda asked: glance_files.pictures(catalogue, info, cache, asked),
        )
        self.embeds = LazyMapping(
            embed_cards.framed(catalogue), lambda asked: embed_cards.embeds(catalogue, info, render, asked)
        )
        self.downloads = data_files.DataFiles(catalogue, info, cache)
        written = {address: str(head["title"]) for address, head in site.written.items() if "title" in head}
        self.citations = LazyMapping(
            {work[0]: work for work in citations.works(catalogue, info, written)},
            lambda asked: citations.citations(asked, cache).values(),
        )

    def make_ahead(self, *more: Job) -> None:
        """Leave what is expensive in the cache on disk, by all processors; `more` is what else is to be made so.

        Does nothing where a build by the same code did so before: most is there then, and the rest costs less to make
        than to look for twice.
        """
        if not isinstance(self._cache, DiskCache) or MADE in self._cache:
            return
        # One pack of each lesson before all others of it, which share most of what they hold with that one.
        first = {place[:2]: place for place in reversed(list(self.packs))}
        by_lesson = sorted(self.packs, key=lambda place: place != first[place[:2]])
        alone: tuple[LazyMapping[Any, Any], ...] = (
            *(self.lesson_slides, self.pictures, self.drawings, self.glance, self.posters),
            *(self.number_sheets, self.handouts, self.quizzes),
        )
        make_ahead(
            [
                self.downloads.make_ahead,
                *more,
                *jobs_of(self.citations, AT_ONCE),
                *(job for made in alone for job in jobs_of(made)),
                *(partial(self.packs.make, [place]) for place in by_lesson),
                *jobs_of(self.kits),
            ]
        )
        self._cache[MADE] = b"ahead"

    def _sheets_to_teach(self) -> dict[str, Content]:
        """Give the sheets of numbers in English by their names, for the teaching kits."""
        return {one.name: one.content for one in self.number_sheets.everything() if one.language == "en"}

    def names(self, seen: dict[str, dict[Any, Any]] | None = None) -> dict[str, Any]:
        """Give what templates call these by, in `config.extra`.

        With `seen`, by name, pages say of a file what they said of it first, so that none is made for its size alone.
        """
        named = (
            *("handouts", "number_sheets", "posters", "quizzes", "kits", "lesson_slides", "packs"),
            *("pictures", "drawings", "glance"),
        )
        made: dict[str, Any] = {name: getattr(self, name) for name in ("embeds", "citations", "downloads")}
        for name in named:
            now = getattr(self, name)
            made[name] = now if seen is None else AsSeen(now, seen.setdefault(name, {}))
        return {
            "site": self._site,
            "languages": dict(sorted(_languages(self._site))),  # by code, as some generators sort what settings map
            "outputs": outputs.OUTPUTS,
            **made,
        }

    def files(self) -> Files:
        """Yield every file, those first that pages load."""
        site, info, catalogue = self._site, self._info, self._site.catalogue
        scripts = [(ROOT / "docs" / "assets" / name).read_text(encoding="utf-8") for name in OWN_SCRIPTS]
        yield from stylesheets.files()
        yield time_zones.PLACE, time_zones.script(group.word.id for group in catalogue.service_groups)
        for language, own in _languages(self._site):
            if own:
                yield own["words"], ui_strings.script(language, scripts)
                yield from site.search_files(language).items()
        yield from site.search_files().items()
        yield from icons.files(self._cache)
        yield entry_form.PLACE, entry_form.script(catalogue)
        yield from compare_data.files(catalogue)
        yield "robots.txt", ROBOTS.format(sitemap=info.to("/sitemap.xml"))
        yield from opensearch.files(catalogue, info, self._render)
        for old, new in sitemap.redirects(catalogue):
            yield f"{old.strip('/')}/index.html", sitemap.redirect_text(old, new)
        titles = {page.address: page.title for page in site.pages}
        yield from csv_tables.exports(catalogue)
        yield from event_calendar.files(catalogue, info)
        yield from glance_files.files(catalogue, info)
        for table in self.glance.everything():
            yield table.address.lstrip("/"), table.content
        yield from self.downloads.files()
        yield from joined_data.files(catalogue)
        yield from atom_feeds.feeds(catalogue, info, titles["/changes/"])
        yield from embed_cards.files(catalogue, info, self._render, self.embeds.everything())
        yield from citations.files(zip(self.citations, self.citations.everything(), strict=True))
        for sheet in self.handouts.everything():
            yield sheet.address.lstrip("/"), sheet.content
        for paper in self.number_sheets.everything():
            yield paper.address.lstrip("/"), paper.content
        for poster in self.posters.everything():
            yield poster.address.lstrip("/"), poster.content
        for one in self.quizzes.everything():
            for file in one.listed:
                yield file.address.lstrip("/"), file.content
        for kit in self.kits.everything():
            yield kit.address.lstrip("/"), kit.content
        for slides in self.lesson_slides.everything():
            yield slides.address.lstrip("/"), slides.content
            yield slides.pages_address.lstrip("/"), slides.pages
        for whole in self.packs.everything():
            yield whole.address.lstrip("/"), whole.content
        for picture in self.pictures.everything():
            yield from picture.files
        for drawing in self.drawings.everything():
            yield from drawing.files


def _in_languages(
    site: Site,
    wanted: Callable[[Catalogue], Mapping[Any, Any]],
    make: Callable[[Catalogue, list[Any]], Iterable[Any]],
) -> LazyMapping[tuple[Any, ...], Any]:
    """Give what is made in every language of the site that has it, by its language and its key in that.

    `wanted` gives the sources in the language of a catalogue, `make` what is made of some of them.
    """
    sources = {
        (language, *(key if isinstance(key, tuple) else (key,))): (language, source)
        for language in (ENGLISH.code, *site.catalogue.translations)
        for key, source in wanted(site.catalogue_in(language)).items()
    }

    def made(asked: list[tuple[str, Any]]) -> Iterator[Any]:
        for language, own in groupby(asked, key=lambda one: one[0]):
            yield from make(site.catalogue_in(language), [source for _, source in own])

    return LazyMapping(sources, made)


def _languages(site: Site) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Yield each language with what its pages load and what stands in their menus; English has its own ways."""
    yield "en", None
    for language in site.catalogue.translations:
        yield (
            language,
            {
                "words": f"assets/words.{language}.js",
                "index": f"assets/search-data.{language}.js",
                "name": LANGUAGES[language].name,
                "locale": LANGUAGES[language].locale,
                "home": f"{language}/",
                "help": f"{language}/help/",
                "texts": dict(ui_strings.texts(language).one),
                "nav": [
                    (str(label), language + place, label.lang if isinstance(label, UntranslatedText) else "")
                    for label, place in ((ui_strings.say(language, one), place) for one, place in TRANSLATED_SECTIONS)
                ],
            },
        )
