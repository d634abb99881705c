"""Where MkDocs comes in: hands the generated pages over with their edit links, and keeps `serve` alive.

Only this file, `mkdocs_files.py` and `mkdocs_server.py`, the live server's part, know MkDocs.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Literal

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext
from mkdocs_macros import context as plugin_context

from macros.checkout import ROOT, TEMPLATES
from macros.generators import raw_html
from macros.generators.mkdocs_files import AllFiles
from macros.generators.mkdocs_server import Compiled, Listing, Live

if TYPE_CHECKING:
    from macros.build.artifacts import GeneratedFiles
    from macros.pages.site import Site
    from macros.pages.site_info import SiteInfo

UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon")
"""Files of Material that no page of this site asks for."""


@dataclass
class _Session:
    """What one run of MkDocs knows from one of its calls to the next: it calls functions, and hands nothing on."""

    live: Live | None = None
    """What the live server has still to write; None in a build."""
    files: AllFiles = field(init=False)
    """All files of a build."""
    nav: Navigation = field(init=False)
    generated: GeneratedFiles = field(init=False)
    loaded: list[tuple[str, int]] = field(default_factory=list)
    """The files of macros/, and when each was changed."""
    last_good: Site | None = None
    refused: Mapping[str, Any] = field(default_factory=dict)
    unread: list[File] = field(default_factory=list)
    """Pages that the live server reads when it writes them: we know all that others say of them."""
    """What is wrong in docs/, by the name of the file."""
    seen: dict[str, dict[Any, Any]] = field(default_factory=dict)
    """What the live server's pages said of files, by their mappings' names."""
    aside: dict[str, raw_html.Aside] = field(default_factory=dict)
    """The HTML of generated pages that are read and not yet put into the theme, by the page's file."""
    settled: str | None = None
    """The moment that stands in for one that nobody gave."""
    cache: MutableMapping[str, bytes] = field(init=False)
    """What earlier builds made, which is not made again as long as it says the same."""


_session = _Session()


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remember whether this is the live server, which goes on when the data has a fault."""
    from macros.data import yaml_memory

    _session.live = Live() if command == "serve" else None
    yaml_memory.remembered.on = command == "serve"
    # It lists its variables at every build; its warnings still come through.
    logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
    # And asks git twelve things about the last commit, of which no page says one.
    plugin_context.get_git_info = dict


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the data, and let every value that a template prints pass through `escaping.escape`."""
    from macros import moments
    from macros.build import artifacts, disk_cache, own_addresses
    from macros.build.postprocess import POLICY
    from macros.checkout import data_path
    from macros.data import loading
    from macros.pages import handwritten, site_check, template_guard
    from macros.pages.site import Site

    try:
        moments.given()
        repository = own_addresses.repository(config.repo_url)
        if repository != config.repo_url:
            logging.getLogger("mkdocs").info(
                "REPO_URL ends with a slash or a space; it is read without: %s", repository
            )
        config.repo_url, config.site_url = repository, own_addresses.site(config.site_url)
    except ValueError as sentence:
        raise PluginError(str(sentence)) from None
    catalogue, faults = site_check.load()
    if catalogue is not None:
        site = _session.last_good = Site(catalogue)
    elif _session.live and _session.last_good is not None:
        # Not by the logger: a logged error ends a strict build, and the live server would show nothing.
        print(*faults, sep="\n", file=sys.stderr)
        site = _session.last_good
    else:
        raise PluginError("\n".join(faults))
    config.extra["site"] = site
    config.extra["faults"] = faults
    config.extra["edit_data"] = artifacts.edit_data(str(config.repo_url), str(config.edit_uri))
    config.extra["policy"] = None if _session.live else POLICY
    config.watch += [name for name in map(str, loading.watched(data_path())) if name not in config.watch]
    _session.refused = handwritten.in_folder(site.catalogue)
    if _session.refused:
        lines = handwritten.refused(site.catalogue)
        if not _session.live:
            raise PluginError("\n".join(lines))
        print(*lines, sep="\n", file=sys.stderr)
    _settle(site)
    plugin: Any = config.plugins["macros"]
    plugin._env = template_guard.guarded(plugin.env)  # of its own the plugin has no fence at all
    if _session.live:
        # A mistake in a template is shown on the page; in a build it ends it.
        plugin.config["on_error_fail"] = False
        _list_few(config.theme)
        # Links lead to files that are not made yet. A build checks them.
        for kind in ("not_found", "anchors", "absolute_links", "unrecognized_links"):
            setattr(config.validation.links, kind, logging.DEBUG)
    else:
        site.catalogue.tree.forget_values()
        gc.freeze()  # what was read stays to the end; no need to look for garbage among it again and again
    artifacts.prepare(plugin.env)
    _session.cache = disk_cache.opened()
    plugin.env.bytecode_cache = Compiled(_session.cache)
    return config


def _settle(site: Site) -> None:
    """Give MkDocs the moment that all files bear; without one it would take the clock's for the site map."""
    from macros import moments
    from macros.pages import site_info

    if not os.environ.get(moments.NAME, "").strip() or os.environ[moments.NAME] == _session.settled:
        _session.settled = os.environ[moments.NAME] = str(site_info.stamp(site.catalogue, None))


def _list_few(theme: Theme) -> None:
    made = theme.get_env

    def get_env() -> Environment:
        env = made()
        env.loader = Listing(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every record, and the files beside the pages, such as a redirect for every former id."""
    from macros.build import artifacts, stylesheets
    from macros.build.page_metadata import card_jobs

    _prove_escaping(config)
    site = _site(config)
    for file in list(files):
        refused = _of_docs(file) and not file.is_documentation_page() and _is_refused(file)
        # Our style sheets come with the files beside the pages, with the palette's colours in them.
        if refused or file.src_uri.startswith(UNUSED) or file.src_uri in stylesheets.OURS:
            files.remove(file)
    for page in site.pages:
        file = File.generated(config, page.file, content=page.stub)
        file.edit_uri = page.edit
        files.append(file)
    _session.generated = artifacts.GeneratedFiles(site, _info(config), _renderer(config), _session.cache)
    config.extra.update(_session.generated.names(_session.seen if _session.live else None))
    if not _session.live:
        _session.generated.make_ahead(*card_jobs(site, _info(config), _session.cache))
        files = _session.files = AllFiles(files, config)
        files.write(_session.generated.files())
    return files


def _site(config: MkDocsConfig) -> Site:
    """Give the site that is built, as `on_config` left it for pages too (`macros.define_env`)."""
    site: Site = config.extra["site"]
    return site


def _prove_escaping(config: MkDocsConfig) -> None:
    """End the build where values would reach the pages as they are."""
    from macros.build import artifacts

    plugin: Any = config.plugins["macros"]
    try:
        artifacts.prove_escaping(plugin.env)
    except artifacts.Unescaped as sentence:
        raise PluginError(str(sentence)) from None


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Remember the menu for pages that are written later; take generated ones out of what is read before that."""
    _session.nav = nav
    _session.unread = [file for file in files.documentation_pages() if not _of_docs(file)] if _session.live else []
    for file in _session.unread:
        files.remove(file)


def _of_docs(file: File) -> bool:
    """Whether a file lies in docs/, where anybody may propose it, and was not made by us or the theme."""
    return file.generated_by is None and bool(file.src_dir) and Path(str(file.src_dir)).resolve() == _docs()


def _docs() -> Path:
    return (ROOT / "docs").resolve()


def _is_refused(file: File) -> bool:
    own = PurePosixPath("docs", file.src_uri)
    return any(str(place) in _session.refused for place in (own, *own.parents))


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Read a page's text where it may be filled in, and only its head where the page itself is written later.

    The live server shows the faults of another page in its place.
    """
    text = None
    if _of_docs(page.file):
        from macros.pages import handwritten

        name = f"docs/{page.file.src_uri}"
        text, lines = handwritten.read(name, Path(str(page.file.abs_src_path)), _site(config).catalogue)
        if lines and not _session.live:
            raise PluginError("\n".join(lines))
        if lines:
            text = handwritten.stand_in(lines)
    if _session.live and not _session.live.writing:
        from macros.pages import front_matter

        head, _ = front_matter.parts(page.file.content_string if text is None else text)
        text = f"---\n{head}---\n"
    return text


@event_priority(-200)  # last: whoever else wants a page's Markdown wants all of it
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Set aside the HTML of a generated page, which need not go through Markdown, once it is filled in."""
    if _of_docs(page.file):
        return markdown
    rest, blocks = raw_html.set_aside(markdown)
    _session.aside[page.file.src_uri] = raw_html.Aside(blocks)
    return rest


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Look at what became of a page written by hand, before it is put into the theme."""
    if not _of_docs(page.file):
        ids = _session.aside[page.file.src_uri].ids
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *ids}
        return html
    from macros.pages import escaping, handwritten

    source = Path(str(page.file.abs_src_path)).read_text(encoding="utf-8", errors="replace")
    lines = handwritten.in_page(f"docs/{page.file.src_uri}", source, html)
    if lines and not _session.live:
        raise PluginError("\n".join(lines))
    return (
        f'<div class="faults" role="alert"><pre>{escaping.as_lines(chr(10).join(lines))}</pre></div>' if lines else html
    )


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Put back the HTML of a generated page, now that it is put into the theme."""
    aside = _session.aside.pop(page.file.src_uri, None)
    if aside is not None:
        page.content = raw_html.put_back(page.content or "", aside.blocks())
    return context


def _info(config: MkDocsConfig) -> SiteInfo:
    """Give what the files beside the pages say of where they come from."""
    from macros.build import artifacts

    return artifacts.info_of(_site(config), config.site_name, config.site_url)


def _renderer(config: MkDocsConfig) -> Callable[..., str]:
    """Give what fills in a template that makes a whole file: the pages' own engine, with the same care for values."""
    plugin: Any = config.plugins["macros"]
    engine: Environment = plugin.env
    return lambda name, **given: engine.get_template(name).render(**given)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Tell pages what their heads say."""
    _prove_escaping(config)  # once more: by now all pages have been filled in
    for file in _session.unread:
        files.append(file)
    made = _describe(files, config)
    env.bytecode_cache = Compiled(_session.cache)
    if _session.live:
        _session.live.left(config, files, _session.nav, env, chain(_session.generated.files(), made))
    else:
        _session.files.write(made)
    return env


def _describe(files: Files, config: MkDocsConfig) -> Iterator[tuple[str, str | bytes]]:
    """Put what the theme says of a page beyond title and description into its `meta`; give the files for that."""
    meta, made = _page_metadata(config)
    for page in (file.page for file in files.documentation_pages() if file.page):
        page.meta.update(meta.get(f"/{page.url}", {}), edit=page.edit_url)
    return made


def _page_metadata(config: MkDocsConfig) -> tuple[dict[str, dict[str, Any]], Iterator[tuple[str, str | bytes]]]:
    from macros.build.page_metadata import page_metadata

    return page_metadata(_site(config), _info(config), config.site_description or "", _session.cache)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Write the page's Markdown beside it; the live server does without."""
    if not _session.live and page.canonical_url:
        from macros.exports import markdown_copies
        from macros.formats.cache import kept

        file = Path(page.file.abs_dest_path).with_name(markdown_copies.NAME)
        file.parent.mkdir(parents=True, exist_ok=True)
        address = page.canonical_url
        sure = _site(config).confidence_at(f"/{page.url}")
        parts = ("markdown", output, address, sure)
        file.write_bytes(
            kept(_session.cache, parts, lambda: markdown_copies.markdown_copy(output, address, sure).encode())
        )
        page.content = page.markdown = ""  # it is written; nobody asks for it again
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Cut the theme's style sheet and add the archive of the whole site; the live server does without both."""
    if not _session.live:
        from macros.build import artifacts, disk_cache
        from macros.build.postprocess import postprocess

        postprocess(Path(config.site_dir), artifacts.moment_of(_site(config)), _site(config).kinds, _session.cache)
        disk_cache.prune(_session.cache)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    """Let the server write pages as they are asked for, and see edits to macros/ too."""
    if _session.live is None:
        return server
    _forget_where_edited()
    return _session.live.serve(server, config, _forget_where_edited)


def _forget_where_edited() -> None:
    """Forget our modules where a file of macros/ is not what it was, so that the next build reads them again."""
    folder = TEMPLATES.parent
    found = sorted((str(file), file.stat().st_mtime_ns) for file in folder.rglob("*") if file.suffix != ".pyc")
    if _session.loaded and found != _session.loaded:
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
    _session.loaded[:] = found
