"""The site's Python: from the files of `data/` to pages. `define_env` is where mkdocs-macros comes in."""

from __future__ import annotations

from typing import Any

__all__ = ["define_env"]


def define_env(env: Any) -> None:
    """Give pages what they may call (https://mkdocs-macros-plugin.readthedocs.io/en/latest/macros/).

    `sheet(address)` is the page being written, with its record; hand-written pages call it with their own address.
    `listing(name)` is a file of the repository as it is, for `<pre>`.
    """
    # Imported here: every module of the package runs this file first, and the check needs none of it.
    from macros.pages.context import Sheet
    from macros.pages.sites import current, listing, record_at

    @env.macro  # type: ignore[untyped-decorator]
    def sheet(address: str) -> Sheet:
        return Sheet(current(address), address, record_at(address))

    env.macro(listing)
