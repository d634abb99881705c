"""All data as single files, made once: what programs load below `/api/v1/`, a database, a workbook, a catalogue entry.

The tables of the database and the workbook are made from the kinds alone (`relations`). A page that names a file says
how large it is; sizes are known once the files are made, or make them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from macros.checkout import TEMPLATES
from macros.data.catalogue import Catalogue
from macros.exports import json_api, relations
from macros.exports.api_records import LICENCE, VERSION, Answer, answer_of
from macros.exports.data_catalogue import dcat
from macros.exports.data_words import data_words
from macros.exports.figure_values import figure_values
from macros.exports.path_patterns import Output
from macros.formats.cache import Cache, kept
from macros.formats.content import Content
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
            for _ in self.files():
                pass
        return Download(path, self._sizes[path])

    def files(self) -> Iterator[tuple[str, Content]]:
        """Yield each file's path from the site's root and what it holds. Their sizes are kept, and nothing else."""
        catalogue, site = self._catalogue, self._info.url or "/"
        made: dict[str, Content] = {}
        for path, content in json_api.files(catalogue, site):
            if path.count("/") > json_api.ROOT.count("/") + 1:
                yield path, content  # of one record, of which no page says how large it is
            else:
                made[path] = content
        answer, tables = answer_of(catalogue), _Tables(catalogue)
        every = (*tables.codes, *tables.lists, tables.values)
        told = (*_about(answer, site, every), *every)
        views = (TEMPLATES / VIEWS).read_text(encoding="utf-8")
        made[DATABASE] = database(told, views, VERSION)
        made[WORKBOOK] = self._workbook(tables, answer)
        languages = (answer.language, *catalogue.translations)
        made[CATALOGUE] = Content(dcat(self._info, answer, languages, made.__getitem__).encode())
        self._sizes = {path: content.size for path, content in made.items()}
        yield from made.items()

    def make_ahead(self) -> None:
        """Leave in the cache what takes more memory to make than all else: the workbook, whose cells are objects."""
        self._workbook(_Tables(self._catalogue), answer_of(self._catalogue))

    def _workbook(self, tables: _Tables, answer: Answer) -> Content:
        """Give the workbook, as it was kept or made now. A list in which nothing stands has no sheet."""
        words, stamp = data_words(), self._info.stamp
        about = words.about(
            name=self._info.name, address=self._info.to("/data/"), edition=answer.edition, licence=LICENCE
        )
        every = (tables.vocabularies, tables.values, *tables.lists)
        given = [one for one in every if one.rows or len(one.key) == 1]
        told = (WORKBOOK, words.title, repr(words.heads), repr(about), str(stamp))
        parts = chain(told, (part for one in given for part in (repr(replace(one, rows=[])), *map(repr, one.rows))))
        return Content(kept(self._cache, parts, lambda: workbook(words.title, about, words.heads, given, stamp)))


class _Tables:
    """The data as tables."""

    def __init__(self, catalogue: Catalogue) -> None:
        words = json_api.vocabularies(catalogue)
        self.codes, self.vocabularies = relations.codes(words), relations.vocabularies(words)
        self.lists = relations.relations(json_api.records(catalogue))
        self.values = figure_values(catalogue)


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
