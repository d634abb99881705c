"""The only file that knows MkDocs: hands the generated pages over with their edit links, and keeps `serve` alive."""

from __future__ import annotations

import logging
import sys
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

_serving = False
_last_good: Any = None


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
    from macros import exports, pages, sites

    catalogue = sites.current()
    for page in pages.pages(catalogue):
        file = File.generated(config, page.file, content=page.stub)
        file.edit_uri = page.edit
        files.append(file)
    for old, new in pages.redirects(catalogue):
        content = sites.redirect_text(old, new)
        files.append(File.generated(config, f"{old.strip('/')}/index.html", content=content))
    for path, content in exports.exports(catalogue):
        files.append(File.generated(config, path, content=content))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Forget our own modules in the live server, so that the next build sees edits to macros/ too."""
    _forget()


def on_build_error(error: Exception) -> None:
    """Forget them after a failed build as well."""
    _forget()


def _forget() -> None:
    if _serving:
        for name in [name for name in sys.modules if name == "macros" or name.startswith("macros.")]:
            del sys.modules[name]
