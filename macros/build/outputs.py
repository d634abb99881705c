"""Every file of a built site that is neither a page nor a file of docs/: what wrote it, and at which paths."""

from __future__ import annotations

from collections.abc import Iterator

from macros.build import offline_zip, publishing
from macros.build.page_scripts import WITH_WORDS
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
    json_api,
    markdown_copies,
    number_sheets,
    opensearch,
    posters,
    social_cards,
)
from macros.exports.path_patterns import Output, expression
from macros.exports.teaching import handouts, kits, lesson_slides, packs, quiz

__all__ = ["OUTPUTS", "claims"]

ASSETS = (
    Output(
        "search",
        tuple(f"assets/search-data{part}{end}.js" for part in ("", "-texts") for end in ("", ".{language}")),
        internal=True,
    ),
    Output("words", tuple(f"assets/{script}.{{language}}.js" for script in ("words", *WITH_WORDS)), internal=True),
    Output("sheets", ("assets/kinds/{id}.css",), internal=True),
)
"""What pages load and no reader asks for."""

FOR_PROGRAMS = (Output("crawling", ("robots.txt", "sitemap.xml", "sitemap.xml.gz", "404.html"), internal=True),)
"""What servers and programs that walk the web ask for; the generator writes all but the first."""

OUTPUTS: tuple[Output, ...] = (
    *markdown_copies.OUTPUTS,
    *citations.OUTPUTS,
    *atom_feeds.OUTPUTS,
    *opensearch.OUTPUTS,
    *event_calendar.OUTPUTS,
    *csv_tables.OUTPUTS,
    *glance_files.OUTPUTS,
    *chart_images.OUTPUTS,
    *drawing_pictures.OUTPUTS,
    *embed_cards.OUTPUTS,
    *handouts.OUTPUTS,
    *kits.OUTPUTS,
    *quiz.OUTPUTS,
    *lesson_slides.OUTPUTS,
    *packs.OUTPUTS,
    *number_sheets.OUTPUTS,
    *posters.OUTPUTS,
    *json_api.OUTPUTS,
    *data_files.OUTPUTS,
    *joined_data.OUTPUTS,
    *social_cards.OUTPUTS,
    *offline_zip.OUTPUTS,
    *publishing.OUTPUTS,
    *icons.OUTPUTS,
    *entry_form.OUTPUTS,
    *compare_data.OUTPUTS,
    *ASSETS,
    *FOR_PROGRAMS,
)
"""All of them, in the order in which the page on data lists them."""


def claims(path: str) -> Iterator[tuple[Output, str]]:
    """Yield each output and pattern that a path, from the site's root and without a hash in its name, belongs to."""
    for output in OUTPUTS:
        for pattern in output.patterns:
            if expression(pattern).fullmatch(path):
                yield output, pattern
