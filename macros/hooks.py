"""The only file that knows MkDocs: hands the generated pages over with their edit links, and keeps `serve` alive."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin

from jinja2 import ChoiceLoader, DictLoader, Environment, pass_context
from jinja2.runtime import Context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from macros.handouts import Imprint

_log = logging.getLogger("mkdocs.hooks.theme")  # below "mkdocs", where a strict build counts warnings
UNUSED = ("assets/javascripts/", "assets/stylesheets/palette", "assets/images/favicon")
"""Files of Material that no page of this site asks for."""

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

_serving = False
_last_good: Any = None
_kept: dict[str, bytes] = {}
"""Handouts and cards of earlier builds, which the live server does not make again as long as they say the same."""


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is the live server, which goes on when the data has a fault."""
    global _serving
    _serving = command == "serve"
    # It lists its variables at every build; its warnings still come through.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data, and let every value that a template prints pass through `rendering.escape`."""
    global _last_good
    from macros import rendering, sites

    catalogue, faults = sites.load()
    if catalogue is not None:
        _last_good = catalogue
    elif _serving and _last_good is not None:
        # Not by the logger: a logged error ends a strict build, and the live server would show nothing.
        print(*faults, sep="\n", file=sys.stderr)
        catalogue = _last_good
    else:
        raise PluginError("\n".join(faults))
    config.extra["faults"] = faults
    # Seen from docs/, as `Page.edit` is.
    config.extra["edit_data"] = urljoin(f"{config.repo_url}/{config.edit_uri}", "../data/principles")
    config.extra["policy"] = None if _serving else POLICY
    watched = str(sites.data_file())
    if watched not in config.watch:
        config.watch.append(watched)
    sites.use(catalogue)
    plugin: Any = config.plugins["macros"]
    if _serving:
        # A mistake in a template is shown on the page; in a build it ends it.
        plugin.config["on_error_fail"] = False
    engine = plugin.env
    engine.autoescape = True
    engine.finalize = rendering.escape
    engine.trim_blocks = engine.lstrip_blocks = True
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every record, a redirect for every former id, and the files beside the pages."""
    from macros import api, exports, feeds, pages, sites

    catalogue = sites.current()
    for file in list(files):
        if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".css.map"):
            files.remove(file)
    for page in pages.pages(catalogue):
        file = File.generated(config, page.file, content=page.stub)
        file.edit_uri = page.edit
        files.append(file)
    for old, new in pages.redirects(catalogue):
        content = sites.redirect_text(old, new)
        files.append(File.generated(config, f"{old.strip('/')}/index.html", content=content))
    titles = {page.address: page.title for page in pages.pages(catalogue)}
    files_beside = (
        *exports.exports(catalogue),
        *api.files(catalogue, config.site_url or "/"),
        *feeds.feeds(catalogue, _imprint(config), titles["/changes/"]),
    )
    for path, content in files_beside:
        files.append(File.generated(config, path, content=content))
    files.append(File.generated(config, "assets/search-data.js", content=sites.search_text()))
    _add_languages(files, config)
    _add_handouts(files, config)
    _add_kits(files, config)
    _add_pictures(files, config)
    _add_embeds(files, config)
    _add_citations(files, config)
    return files


def _add_languages(files: Files, config: MkDocsConfig) -> None:
    """Add what the pages in second languages load, and tell the theme what stands in their menus."""
    from macros import sites, wording
    from macros.addresses import LANGUAGES

    config.extra["languages"] = {"en": None}
    scripts = [(sites.ROOT / "docs" / "assets" / name).read_text(encoding="utf-8") for name in OWN_SCRIPTS]
    for language in sites.current().translations:
        own = {"words": f"assets/words.{language}.js", "index": f"assets/search-data.{language}.js"}
        files.append(File.generated(config, own["words"], content=wording.script(language, scripts)))
        files.append(File.generated(config, own["index"], content=sites.search_text(language)))
        config.extra["languages"][language] = {
            **own,
            "name": LANGUAGES[language],
            "home": f"{language}/",
            "help": f"{language}/help/ca/",
            "nav": [(wording.say(language, label), language + place) for label, place in TRANSLATED_SECTIONS],
        }


def _imprint(config: MkDocsConfig) -> Imprint:
    """Give what the files beside the pages say of where they come from."""
    from macros import handouts, sites

    stamp = handouts.stamp(sites.current(), os.environ.get("SOURCE_DATE_EPOCH"))
    return handouts.Imprint(config.site_name, config.site_url or "", stamp)


def _add_handouts(files: Files, config: MkDocsConfig) -> None:
    """Add a sheet of paper for every principle; templates find it in `config.extra.handouts` by number."""
    from macros import handouts, sites

    made_by_number = {made.number: made for made in handouts.handouts(sites.current(), _imprint(config), _kept)}
    config.extra["handouts"] = made_by_number
    for made in config.extra["handouts"].values():
        files.append(File.generated(config, made.address.lstrip("/"), content=made.content))


def _add_kits(files: Files, config: MkDocsConfig) -> None:
    """Add a teaching kit for every principle with questions; templates find it in `config.extra.kits` by number."""
    from macros import kits, sites

    made_now = kits.kits(sites.current(), _imprint(config), config.extra["handouts"], _kept)
    config.extra["kits"] = {made.number: made for made in made_now}
    for made in config.extra["kits"].values():
        files.append(File.generated(config, made.address.lstrip("/"), content=made.content))


def _add_pictures(files: Files, config: MkDocsConfig) -> None:
    """Add every chart as SVG and PNG; templates find the sizes in `config.extra.pictures` by the figure's id."""
    from macros import pictures, sites

    made = tuple(pictures.pictures(sites.current(), _imprint(config), _renderer(config), _kept))
    config.extra["pictures"] = {picture.id: picture for picture in made}
    for path, content in (file for picture in made for file in picture.files):
        files.append(File.generated(config, path, content=content))


def _add_embeds(files: Files, config: MkDocsConfig) -> None:
    """Add the cards for frames; templates find what leads to them in `config.extra.embeds` by the record's address."""
    from macros import embeds, sites

    made = tuple(embeds.embeds(sites.current(), _imprint(config), _renderer(config)))
    config.extra["embeds"] = {embed.page: embed for embed in made}
    for path, content in embeds.files(sites.current(), _imprint(config), _renderer(config), made):
        files.append(File.generated(config, path, content=content))


def _add_citations(files: Files, config: MkDocsConfig) -> None:
    """Add the files for citing; templates find a page's citation in `config.extra.citations` by address."""
    from macros import citations, sites

    written = {address: str(head["title"]) for address, head in sites.written_heads() if "title" in head}
    config.extra["citations"] = citations.citations(sites.current(), _imprint(config), written, _kept)
    for path, content in citations.files(config.extra["citations"]):
        files.append(File.generated(config, path, content=content))


def _renderer(config: MkDocsConfig) -> Callable[..., str]:
    """Give what fills in a template that makes a whole file: the pages' own engine, with the same care for values."""
    plugin: Any = config.plugins["macros"]
    engine: Environment = plugin.env
    return lambda name, **given: engine.get_template(name).render(**given)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Read the theme's templates with the corrections of `macros/theme.py`; add what needs all pages' titles."""
    from macros import theme

    loader = env.loader
    if loader is None:
        raise PluginError("the theme has no templates")
    templates, unfit = theme.corrected(lambda name: loader.get_source(env, name)[0])
    for line in unfit:
        _log.warning(line)
    env.loader = ChoiceLoader([DictLoader(templates), loader])
    env.globals |= {"language": _language, "alternates": _alternates, "say": _say}
    _add_cards(files, config)
    _describe(files, config)
    return env


@pass_context
def _language(context: Context) -> str:
    """Give the language of the page that the theme writes."""
    page = context.get("page")
    return str(page.meta.get("lang", "en")) if page else "en"


@pass_context
def _say(context: Context, text: str) -> str:
    """Give a text of the theme in the page's language."""
    from macros import wording

    return wording.say(_language(context), text)


@pass_context
def _alternates(context: Context) -> list[dict[str, str]]:
    """Give the page in every language that has it, English first; none where it is in one language only."""
    page = context.get("page")
    return page.meta.get("alternates", []) if page else []


def _describe(files: Files, config: MkDocsConfig) -> None:
    """Say of every page what programs read of it, and list the pages for them."""
    from macros import model, sites, structured, twins

    pages = [file.page for file in files.documentation_pages() if file.page]
    listed = [
        twins.Listed(f"/{page.url}", _shown(page, "title", str(page.title)), _shown(page, "description"))
        for page in pages
    ]
    titles = {one.address: one.title for one in listed}
    _join_languages({one.address: page for page, one in zip(pages, listed, strict=True)})
    for page, one in zip(pages, listed, strict=True):
        record = sites.record_at(one.address)
        page.meta["structured"] = structured.structured(
            sites.current(one.address), _imprint(config), one.address, one.description, record, titles
        )
        page.meta["named"], page.meta["about"] = one.title, one.description
        page.meta["number"] = record.number if isinstance(record, model.Principle) else None
    content = twins.llms(_imprint(config), config.site_description or "", listed)
    files.append(File.generated(config, twins.LIST, content=content))


def _join_languages(pages: Mapping[str, Page]) -> None:
    """Tell each page that is there in several languages where the others are."""
    from macros.addresses import LANGUAGES, in_language

    for address, page in pages.items():
        there = {language: pages.get(in_language(address, language) or "") for language in LANGUAGES}
        found = {"en": page, **{language: other for language, other in there.items() if other}}
        if len(found) > 1:
            names = {"en": "English", **LANGUAGES}
            alternates = [{"lang": code, "name": names[code], "place": other.url} for code, other in found.items()]
            for other in found.values():
                other.meta["alternates"] = alternates


def _shown(page: Page, name: str, default: str = "") -> str:
    return unescape(str(page.meta.get(name, default)))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the page's Markdown beside it; the live server does without."""
    if not _serving and page.canonical_url:
        from macros import twins

        file = Path(page.file.abs_dest_path).with_name(twins.NAME)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(twins.twin(output, page.canonical_url), encoding="utf-8")
    return output


def _add_cards(files: Files, config: MkDocsConfig) -> None:
    """Add a card for every page, now that all titles are known; the theme finds its place in the page's `meta.card`."""
    from macros import cards, sites, wording

    by_language: dict[str, list[Page]] = {}
    for file in files.documentation_pages():
        if file.page:
            by_language.setdefault(str(file.page.meta.get("lang", "en")), []).append(file.page)
    for language, pages in by_language.items():
        named = [cards.Named(f"/{page.url}", _shown(page, "title", str(page.title))) for page in pages]
        site = wording.say(language, config.site_name)
        made = cards.cards(sites.current(f"/{language}/"), site, named, _kept)
        for page, (path, content) in zip(pages, made, strict=True):
            page.meta["card"] = path
            files.append(File.generated(config, path, content=content))


def on_post_build(config: MkDocsConfig) -> None:
    """Cut the theme's style sheet and add the archive of the whole site; the live server does without both.

    It forgets our modules instead, so that the next build sees edits to macros/ too.
    """
    if not _serving:
        from macros import offline

        _cut_styles(Path(config.site_dir))
        place = Path(config.site_dir) / offline.PLACE
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(offline.archive(Path(config.site_dir), int(os.environ.get("SOURCE_DATE_EPOCH") or 0)))
    _forget()


def _cut_styles(site: Path) -> None:
    from macros import stylesheets

    pages = (page.read_text(encoding="utf-8") for page in sorted(site.rglob("*.html")))
    scripts = (site / "assets" / name for name in OWN_SCRIPTS)
    names = stylesheets.names_in(pages, (script.read_text(encoding="utf-8") for script in scripts))
    for sheet in (site / "assets" / "stylesheets").glob("main.*.min.css"):
        sheet.write_text(stylesheets.cut(sheet.read_text(encoding="utf-8"), names), encoding="utf-8")


def on_build_error(error: Exception) -> None:
    """Forget them after a failed build as well."""
    _forget()


def _forget() -> None:
    if _serving:
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
