"""The site's Python: from the files of `data/` to pages. `define_env` is where mkdocs-macros comes in."""

from __future__ import annotations

from typing import Any

__all__ = ["define_env"]


def define_env(env: Any) -> None:
    """Give pages what they may call (https://mkdocs-macros-plugin.readthedocs.io/en/latest/macros/).

    `page_context(address)` is the page being written, with its record; a page written by hand calls it
    with its own address.
    `listing(name)` is a file of the repository as it is, for `<pre>`.
    """
    # Imported here: every module of the package runs this file first, and the check needs none of it.
    from macros.pages.context import PageContext
    from macros.pages.docs_pages import listing

    @env.macro  # type: ignore[untyped-decorator]
    def page_context(address: str) -> PageContext:
        site = env.conf.extra["site"]
        return PageContext(site.catalogue_at(address), address, site.record_at(address))

    env.macro(listing)
