"""By which a browser can search this site: an OpenSearch description in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.data.catalogue import Catalogue
from macros.exports.path_patterns import Output
from macros.pages.context import PageContext
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "files"]

PLACE, PLACE_IN = "opensearch.xml", "opensearch.{language}.xml"

OUTPUTS = (Output("opensearch", (PLACE, PLACE_IN)),)
"""The paths of its files."""

TEMPLATE = "opensearch.xml.j2"

PAGE = "/search/"
"""The page that searches for what stands in the fragment of its address; in a second language the first one does."""


def files(catalogue: Catalogue, site_info: SiteInfo, render: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; `render` fills in a template of `macros/templates/`."""
    own = {language: translated.catalogue for language, translated in catalogue.translations.items()}
    for language, texts in {"en": catalogue, **own}.items():
        english = language == "en"
        address = f"/{PLACE if english else PLACE_IN.format(language=language)}"
        page = PAGE if english else f"/{language}/"
        ctx = PageContext(texts, page)
        yield address.lstrip("/"), render(TEMPLATE, ctx=ctx, site=site_info, page=page, address=address)
