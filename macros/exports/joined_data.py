"""All data in one file, as editions hand it out: the lists of `data/` one after the other, below one head.

It is what the check, every command and the build take as well (`PRINCIPLES_DATA`), and what the data was before every
list got a file of its own: to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator

from macros.checkout import TEMPLATES
from macros.data.catalogue import Catalogue
from macros.data.data_folder import COMMON_FILE, overlay_name
from macros.data.schemas import JOINED_NAME, joined_schema, text_of
from macros.data.yaml_tree import Source, Tree
from macros.exports.path_patterns import Output

__all__ = ["FOLDER", "OUTPUTS", "files", "joined"]

FOLDER = "data"
"""Where the files lie on the site."""

OUTPUTS = (
    Output(
        "joined-data",
        (f"{FOLDER}/{COMMON_FILE}", f"{FOLDER}/{overlay_name('{language}')}", f"{FOLDER}/{JOINED_NAME}"),
    ),
)
"""The paths of its files."""

HEAD = "joined-data.txt"
"""What the one file starts with, in place of the remarks at the start of each."""


def files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the data, the texts in second languages and the schema of the data, each as one file."""
    yield f"{FOLDER}/{COMMON_FILE}", joined(catalogue.tree)
    for language, translated in catalogue.translations.items():
        yield f"{FOLDER}/{overlay_name(language)}", _without_schema(translated.translation.tree.source)
    yield f"{FOLDER}/{JOINED_NAME}", text_of(joined_schema())


def joined(tree: Tree) -> str:
    """Give the text of one file with every list of the data; what was one file already is given as it is."""
    if not tree.files:
        return _text(tree.source)
    head = (TEMPLATES / HEAD).read_text(encoding="utf-8")
    return "\n".join((head, *(_without_head(source) for source in tree.sources)))


def _text(source: Source) -> str:
    return "\n".join(source.lines)


def _without_schema(source: Source) -> str:
    """Give a file without the line that leads editors to its schema, which does not lie with the one file."""
    first, *more = source.lines
    return "\n".join(more) if first.startswith("# yaml-language-server:") else _text(source)


def _without_head(source: Source) -> str:
    """Give a file without the remarks that it starts with, up to the first empty line, which are about it alone."""
    lines = source.lines
    end = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    body = lines[end:] if end < len(lines) and not lines[end].strip() else lines
    return "\n".join(body).strip("\n") + "\n"
