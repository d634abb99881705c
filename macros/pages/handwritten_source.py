"""The source of a page written by hand, as the site takes it: what is written so that it reads right on GitHub too.

GitHub shows the same files. There a mark of a template would be seen as it is, and an id of a heading too; so pages
write these in HTML that GitHub hides or knows. Everything keeps its line.

- `<!-- {{ … }} -->`, `<!-- {% … %} -->`: marks of a template in a remark. What follows up to `<!-- end -->`, where that
  stands, is for GitHub alone.
- `## <a id="name"></a>Words`: a heading with an id.
- Links to the repository or the site by the addresses in `mkdocs.yml`: they lead to where this site comes from, and to
  pages of this site.
"""

from __future__ import annotations

import functools
import re
from posixpath import relpath

from macros.checkout import ROOT

__all__ = ["as_on_site"]

_MARKED = re.compile(r"<!-- (\{[{%](?:(?!-->).)*[}%]\}) -->(?:((?:(?!<!--).)*)<!-- end -->)?", re.DOTALL)
_HEADING = re.compile(r'^(#{1,6}) <a id="([\w-]+)"></a>(.+)$', re.MULTILINE)
_DEFAULT = re.compile(r'^(site_url|repo_url): !ENV \[\w+, "([^"]+)"\]', re.MULTILINE)


def as_on_site(text: str, name: str) -> str:
    """Give the text of a page as the site fills it in; `name` is its name in the checkout (`docs/about/index.md`)."""
    text = _MARKED.sub(lambda found: found[1] + "\n" * (found[2] or "").count("\n"), text)
    text = _HEADING.sub(r"\1 \3 {: #\2 }", text)
    of_repository, of_site = _links()
    text = of_repository.sub(r']({{ config.repo_url }}/\1){: rel="noopener noreferrer" }', text)
    return of_site.sub(lambda found: f"]({_page(found[1], found[2] or '', name)})", text)


@functools.cache
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give what finds links to the repository and to pages of the site, by their addresses in the settings."""
    addresses = dict(_DEFAULT.findall((ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    repository, site = (re.escape(addresses[one].rstrip("/")) for one in ("repo_url", "site_url"))
    return re.compile(rf"\]\({repository}/([\w/.?=&#-]*)\)"), re.compile(rf"\]\({site}/([\w/-]*)(#[\w-]+)?\)")


def _page(address: str, anchor: str, name: str) -> str:
    """Give the link to a page as MkDocs checks it: from file to file."""
    file = f"{address.rstrip('/')}/index.md".lstrip("/")
    return relpath(file, name.removeprefix("docs/").rpartition("/")[0] or ".") + anchor
