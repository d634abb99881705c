"""All data as single files, made once: what programs load below `/api/v1/`, a database, a workbook, a catalogue entry.

The tables of the database and the workbook are made from the kinds alone (`relations`). A page that names a file says
how large it is; sizes are known once the files are made, or make them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.checkout import TEMPLATES
from macros.data.catalogue import Catalogue
from macros.exports import json_api, relations
from macros.exports.api_records import LICENCE, VERSION, Answer, answer_of
from macros.exports.data_catalogue import dcat
from macros.exports.data_words import data_words
from macros.exports.figure_values import figure_values
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache, kept
from macros.formats.relation import Column, Relation
from macros.formats.sqlite_writer import database
from macros.formats.xlsx_writer import workbook
from macros.pages.site_info import SiteInfo

__all__ = ["OUTPUTS", "DataFiles", "Download"]

DATABASE, WORKBOOK, CATALOGUE = "data/principles.sqlite", "data/principles.xlsx", "data/dcat.jsonld"
VIEWS = "database-views.sql"

OUTPUTS = (
    Output("database", (DATABASE,)),
    Output("workbook", (WORKBOOK,)),
    Output("data-catalogue", (CATALOGUE,)),
)
"""The paths of its own files."""

Content = str | bytes


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its path from the site's root, and how large it is."""

    path: str
    bytes: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.rpartition("/")[2]

    @property
    def size(self) -> str:
        """Its size, as links to it state it."""
        return f"{self.bytes / 1e6:.1f} MB" if self.bytes >= 1e6 else f"{max(1, round(self.bytes / 1000))} KB"


class DataFiles:
    """The files by their paths from the site's root."""

    def __init__(self, catalogue: Catalogue, site_info: SiteInfo, cache: Cache) -> None:
        self._catalogue, self._info, self._cache = catalogue, site_info, cache
        self._sizes: dict[str, int] = {}

    def __getitem__(self, path: str) -> Download:
        """Give what a page says of a file; raises KeyError where there is none."""
        if not self._sizes:
            self._whole()
        return Download(path, self._sizes[path])

    def files(self) -> Iterator[tuple[str, Content]]:
        """Yield each file's path from the site's root and what it holds. Their sizes are kept, and nothing else."""
        yield from self._whole().items()

    def _whole(self) -> dict[str, Content]:
        catalogue, site = self._catalogue, self._info.url or "/"
        made: dict[str, Content] = dict(json_api.files(catalogue, site))
        words, answer = json_api.vocabularies(catalogue), answer_of(catalogue)
        codes, tables = relations.codes(words), relations.relations(json_api.records(catalogue))
        values = figure_values(catalogue)
        every = (*codes, *tables, values)
        told = (*_about(answer, site, every), *every)
        views = (TEMPLATES / VIEWS).read_text(encoding="utf-8")
        made[DATABASE] = database(told, views, VERSION)
        made[WORKBOOK] = self._workbook((relations.vocabularies(words), values, *tables), answer)
        languages = (answer.language, *catalogue.translations)
        made[CATALOGUE] = dcat(self._info, answer, languages, lambda path: _bytes(made[path]))
        self._sizes = {path: len(_bytes(content)) for path, content in made.items()}
        return made

    def _workbook(self, tables: tuple[Relation, ...], answer: Answer) -> bytes:
        """Give the workbook, as it was kept or made now. A list in which nothing stands has no sheet."""
        words, stamp = data_words(), self._info.stamp
        about = words.about(
            name=self._info.name, address=self._info.to("/data/"), edition=answer.edition, licence=LICENCE
        )
        given = [one for one in tables if one.rows or len(one.key) == 1]
        parts = (WORKBOOK, words.title, repr(words.heads), repr(about), str(stamp), *map(repr, given))
        return kept(self._cache, parts, lambda: workbook(words.title, about, words.heads, given, stamp))


def _bytes(content: Content) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _about(answer: Answer, site: str, tables: tuple[Relation, ...]) -> tuple[Relation, Relation]:
    """Give the tables that say where the database comes from, and what each column of it holds."""
    said = {**answer.said(), "site": site}
    name, value = Column("name", "text", "What is said."), Column("value", "text", "What it is.")
    about = Relation("about", "Where this comes from.", (name, value), ("name",))
    about.rows.extend((one, str(told)) for one, told in said.items())
    heads = ("table_name", "column_name", "type", "refers_to", "meaning")
    columns = Relation("about_columns", "", tuple(Column(head, "text", "") for head in heads), heads[:2])
    columns.rows.extend(
        (table.name, one.name, one.type, ".".join(one.refers) if one.refers else None, one.meaning)
        for table in tables
        for one in table.columns
    )
    return about, columns
