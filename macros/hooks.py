"""The only file that knows MkDocs: hands the generated pages over with their edit links, and keeps `serve` alive."""

from __future__ import annotations

import logging
import os
import sys
from html import unescape
from pathlib import Path
from typing import Any, Literal

from jinja2 import ChoiceLoader, DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

_log = logging.getLogger("mkdocs.hooks.theme")  # below "mkdocs", where a strict build counts warnings
UNUSED = ("assets/javascripts/", "assets/stylesheets/palette", "assets/images/favicon")
"""Files of Material that no page of this site asks for."""

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
    from macros import api, exports, pages, sites

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
    for path, content in (*exports.exports(catalogue), *api.files(catalogue, config.site_url or "/")):
        files.append(File.generated(config, path, content=content))
    files.append(File.generated(config, "assets/search-data.js", content=sites.search_text()))
    _add_handouts(files, config)
    return files


def _add_handouts(files: Files, config: MkDocsConfig) -> None:
    """Add a sheet of paper for every principle; templates find it in `config.extra.handouts` by number."""
    from macros import handouts, sites

    catalogue = sites.current()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    imprint = handouts.Imprint(config.site_name, config.site_url or "", handouts.stamp(catalogue, epoch))
    config.extra["handouts"] = {made.number: made for made in handouts.handouts(catalogue, imprint, _kept)}
    for made in config.extra["handouts"].values():
        files.append(File.generated(config, made.address.lstrip("/"), content=made.content))


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
    _add_cards(files, config)
    return env


def _add_cards(files: Files, config: MkDocsConfig) -> None:
    """Add a card for every page, now that all titles are known; the theme finds its place in the page's `meta.card`."""
    from macros import cards, sites

    pages = [file.page for file in files.documentation_pages() if file.page]
    named = [cards.Named(f"/{page.url}", unescape(str(page.meta.get("title", page.title)))) for page in pages]
    made = cards.cards(sites.current(), config.site_name, named, _kept)
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
    scripts = (site / "assets" / name for name in ("site.js", "search.js"))
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
