"""The only file that knows MkDocs: hands the generated pages over with their edit links, and keeps `serve` alive."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

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
    from macros import assembly, sites

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
    config.extra["edit_data"] = assembly.edit_data(str(config.repo_url), str(config.edit_uri))
    config.extra["policy"] = None if _serving else assembly.POLICY
    watched = str(sites.data_file())
    if watched not in config.watch:
        config.watch.append(watched)
    sites.use(catalogue)
    plugin: Any = config.plugins["macros"]
    if _serving:
        # A mistake in a template is shown on the page; in a build it ends it.
        plugin.config["on_error_fail"] = False
    assembly.prepare(plugin.env)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for every record, and the files beside the pages, such as a redirect for every former id."""
    from macros import assembly, pages, sites

    for file in list(files):
        if file.src_uri.startswith(UNUSED) or file.src_uri.endswith(".css.map"):
            files.remove(file)
    for page in pages.pages(sites.current()):
        file = File.generated(config, page.file, content=page.stub)
        file.edit_uri = page.edit
        files.append(file)
    for path, content in assembly.beside(_imprint(config), _renderer(config), _kept, config.extra):
        files.append(File.generated(config, path, content=content))
    return files


def _imprint(config: MkDocsConfig) -> Imprint:
    """Give what the files beside the pages say of where they come from."""
    from macros import assembly

    return assembly.imprint(config.site_name, config.site_url)


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
    """Put what the theme says of a page beyond title and description into its `meta`, and add the files for that."""
    from macros import assembly

    by_address = {f"/{file.page.url}": file.page for file in files.documentation_pages() if file.page}
    shown = [
        assembly.Shown(
            address, _shown(page, "title", str(page.title)), _shown(page, "description"), _shown(page, "lang", "en")
        )
        for address, page in by_address.items()
    ]
    meta, made = assembly.described(_imprint(config), config.site_description or "", shown, _kept)
    for address, page in by_address.items():
        page.meta.update(meta[address])
    for path, content in made:
        files.append(File.generated(config, path, content=content))


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


def on_post_build(config: MkDocsConfig) -> None:
    """Cut the theme's style sheet and add the archive of the whole site; the live server does without both.

    It forgets our modules instead, so that the next build sees edits to macros/ too.
    """
    if not _serving:
        from macros import assembly

        assembly.finished(Path(config.site_dir))
    _forget()


def on_build_error(error: Exception) -> None:
    """Forget them after a failed build as well."""
    _forget()


def _forget() -> None:
    if _serving:
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
