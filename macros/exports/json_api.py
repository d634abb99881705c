"""The data for programs: `/api/v1/`, whose shape only grows (see the page on data).

Published is what pages show, as far as its kind is given to programs at all. A record says its address on the site; a
field of a help service that is not sure enough to be printed is left out here too, and so are words that serve search
alone. Every answer says its version, its edition, its licence and its language: a file of one collection does so in
each record, so that a record that is copied out of it still says where it comes from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA as COLLECTIONS
from macros.data.collections import PAGES
from macros.data.languages import UntranslatedText
from macros.data.urls import record_of
from macros.exports import api_schema
from macros.exports.api_records import LICENCE, TRANSLATED, VERSION, Answer, answer_of, published
from macros.exports.csv_tables import Table
from macros.exports.data_package import package
from macros.exports.figure_values import figure_values
from macros.exports.path_patterns import Output
from macros.formats.content import Content, Growing
from macros.formats.relation import Relation

__all__ = ["COLLECTIONS", "OUTPUTS", "ROOT", "files", "schema"]

OUTPUTS = (
    Output("api", ("api/v1/index.json", "api/v1/all.json", "api/v1/schema.json")),
    Output("api-collections", ("api/v1/{collection}.json", "api/v1/{collection}.csv")),
    Output("api-records", ("api/v1/{collection}/{id}.json",)),
    Output("figure-values", ("api/v1/figure-values.csv",)),
    Output("data-package", ("api/v1/datapackage.json",)),
    Output("vocabularies", ("api/v1/vocabularies.json", "api/v1/vocabularies.csv")),
    Output(
        "api-languages",
        (
            *(f"api/v1/{{language}}/{name}.json" for name in ("index", "all", "schema")),
            *(f"api/v1/{{language}}/{{collection}}.{kind}" for kind in ("json", "csv")),
            "api/v1/{language}/{collection}/{id}.json",
        ),
    ),
)
"""The paths of its files."""

ROOT = "api/v1"

Records = Mapping[str, list[dict[str, Any]]]


def files(catalogue: Catalogue, site: str) -> Iterator[tuple[str, Content]]:
    """Yield each file's path from the site's root and what it holds; `site` is the site's address, for absolute links.

    The same data give the same bytes: keys stand in the order of the model, and every file ends with a line end.
    """
    yield from _in_one_language(catalogue, site, ROOT, COLLECTIONS)
    for language, translated in catalogue.translations.items():
        yield from _in_one_language(translated.catalogue, site, f"{ROOT}/{language}", TRANSLATED)


def records(catalogue: Catalogue, collections: tuple[str, ...] = COLLECTIONS) -> dict[str, Iterator[dict[str, Any]]]:
    """Give the records of each collection as programs get them, without what an answer says of where it comes from.

    Each is made when it is asked for: all of them together take more than the data does.
    """
    return {name: _published(catalogue, name) for name in collections}


def _published(catalogue: Catalogue, collection: str) -> Iterator[dict[str, Any]]:
    return (published(catalogue, collection, one) for one in getattr(catalogue.document, collection))


def vocabularies(catalogue: Catalogue) -> dict[str, list[dict[str, str]]]:
    """Give the codes of each vocabulary with label and meaning in English, and in other languages where translated."""
    english = catalogue.english or catalogue
    return {
        name: [_word(english, name, at) for at in range(len(getattr(english.document, name)))]
        for name in kinds.VOCABULARIES
    }


def schema(site: str, catalogue: Catalogue) -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of `all.json`, made from the model and the codes of a catalogue."""
    return api_schema.schema(f"{site}{ROOT}/schema.json", api_schema.codes_of(catalogue), answer_of(catalogue))


def _in_one_language(
    catalogue: Catalogue, site: str, root: str, collections: tuple[str, ...]
) -> Iterator[tuple[str, Content]]:
    """Yield the files with the texts of one language, below a folder: those of records first, then lists of them."""
    answer = answer_of(catalogue)
    of_each = [(name, one) for name in collections for one in getattr(catalogue.document, name)]
    checked = max(one.checked.isoformat() for _, one in of_each if getattr(one, "checked", None))
    shape = api_schema.schema(f"{site}{root}/schema.json", api_schema.codes_of(catalogue), answer, collections)
    words = vocabularies(catalogue)
    within: dict[str, Content] = {}
    lists: dict[str, Content] = {}
    for name in collections:
        lists[f"{name}.json"], lists[f"{name}.csv"], within[name] = yield from _of_collection(
            catalogue, name, f"{root}/{name}", answer
        )
    said = {**answer.said(), "checked": checked}
    made = {"all.json": _joined(said, within, words), "schema.json": _file(shape)}
    if catalogue.english is None:
        made["vocabularies.json"] = _file({**answer.said(), "vocabularies": words})
        made["vocabularies.csv"] = _words_table(words, answer)
    for name in collections:
        made |= {path: lists[path] for path in (f"{name}.json", f"{name}.csv")}
    if catalogue.english is None:
        values = figure_values(catalogue)
        made["figure-values.csv"] = _values_table(values, answer)
        tables = {path.removesuffix(".csv"): content for path, content in made.items() if path.endswith(".csv")}
        made["datapackage.json"] = _file(package(site, answer, tables, api_schema.codes_of(catalogue), values))
    listed = [{"path": path, "bytes": one.size, "sha256": one.sha256()} for path, one in made.items()]
    about = {
        "version": VERSION,
        "site": site,
        "licence": f"{LICENCE}; sources keep their own licences",
        "edition": answer.edition,
        "language": answer.language,
        "checked": checked,
        "collections": {name: len(getattr(catalogue.document, name)) for name in collections},
        "record": "<collection>/<id>.json",
        "languages": [answer.language] if catalogue.english else ["en", *catalogue.translations],
        "files": listed,
    }
    yield f"{root}/index.json", _file(about)
    for path, content in made.items():
        yield f"{root}/{path}", content
    yield from _withdrawn(catalogue, root, collections, answer)


def _of_collection(
    catalogue: Catalogue, name: str, folder: str, answer: Answer
) -> Generator[tuple[str, Content], None, tuple[Content, Content, Content]]:
    """Yield the files of a collection's records; return the list of them, their table, and the list in that of all."""
    # Each record is turned into text once: a list, and the file of all lists, have it further to the right.
    listed, within, rows = Growing(), Growing(), Growing()
    cells = _Cells(rows, api_schema.fields_of(name), answer)
    mark = "["
    for one, record in zip(getattr(catalogue.document, name), _published(catalogue, name), strict=True):
        text = _text(record)
        signed = _signed(text, answer)
        within.write(f"{mark}{_further(chr(10) + text, 2)}")
        listed.write(f"{mark}{_further(chr(10) + signed)}")
        cells.add(record)
        mark = ","
        content = Content(f"{signed}\n".encode())
        yield f"{folder}/{one.id}.json", content
        if "{number}" in PAGES.get(name, ""):
            yield f"{folder}/{one.number}.json", content
    within.write("[]" if mark == "[" else "\n ]")
    listed.write("[]\n" if mark == "[" else "\n]\n")
    return listed.content(), rows.content(), within.content()


def _withdrawn(
    catalogue: Catalogue, root: str, collections: tuple[str, ...], answer: Answer
) -> Iterator[tuple[str, Content]]:
    """Yield the files that stay where records were withdrawn, and say so."""
    for gone in catalogue.document.withdrawn:
        found = record_of(gone.address)
        if found and found[0] in collections:
            said = {"address": gone.address, "id": found[1], "withdrawn": gone.date.isoformat()}
            more = {"was": gone.was, "why": gone.why, "instead": gone.instead}
            given = {name: value for name, value in more.items() if value is not None}
            signed = _signed(_text({**said, **given}), answer)
            yield f"{root}/{found[0]}/{found[1]}.json", Content(f"{signed}\n".encode())


def _word(english: Catalogue, vocabulary: str, at: int) -> dict[str, str]:
    word = getattr(english.document, vocabulary)[at]
    made = {"code": word.id, "label": word.label, "meaning": word.meaning}
    for language, translated in english.translations.items():
        own = getattr(translated.catalogue.document, vocabulary)[at]
        for name in ("label", "meaning"):
            if not isinstance(getattr(own, name), UntranslatedText):
                made[f"{name}_{language}"] = getattr(own, name)
    return made


def _words_table(words: Records, answer: Answer) -> Content:
    """Give the codes of all vocabularies as one table: a row for each, with the place that it has in its vocabulary."""
    fields = ("vocabulary", "position", *api_schema.word_fields())
    rows = [
        {"vocabulary": name, "position": at, **word}
        for name, given in words.items()
        for at, word in enumerate(given, 1)
    ]
    return _csv(rows, fields, answer)


def _values_table(values: Relation, answer: Answer) -> Content:
    fields = tuple(column.name for column in values.columns)
    return _csv((dict(zip(fields, row, strict=True)) for row in values.rows), fields, answer)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _signed(record: str, answer: Answer) -> str:
    """Give the text of a record with where it comes from as its last field."""
    return record.removesuffix("\n}") + f',\n "dataset": {_further(_text(answer.said()))}\n}}'


def _file(value: Any) -> Content:
    return Content(f"{_text(value)}\n".encode())


def _joined(said: Mapping[str, Any], within: Mapping[str, Content], words: Records) -> Content:
    """Give the file of all lists, which stand in it one step to the right."""
    parts = [
        *((name, Content(_text(value).encode())) for name, value in said.items()),
        *within.items(),
        ("vocabularies", Content(_further(_text(words)).encode())),
    ]
    made: list[bytes | Content] = []
    for name, text in parts:
        made += [f'{"," if made else "{"}\n "{name}": '.encode(), text]
    return Content(*made, b"\n}\n")


def _further(text: str, by: int = 1) -> str:
    """Put the lines after the first of a text of JSON some steps to the right; no line of it ends within a value."""
    return text.replace("\n", "\n" + " " * by)


def _csv(given: Iterable[dict[str, Any]], fields: tuple[str, ...], answer: Answer) -> Content:
    rows = Growing()
    cells = _Cells(rows, fields, answer)
    for one in given:
        cells.add(one)
    return rows.content()


class _Cells:
    """Records as a table; its last columns say where each row comes from."""

    def __init__(self, out: Growing, fields: tuple[str, ...], answer: Answer) -> None:
        self._own = [field for field in fields if field != "dataset"]
        self._last = [str(value) for value in answer.said().values()]
        self._table = Table(out, [*self._own, *(f"dataset_{name}" for name in answer.said())])

    def add(self, one: Mapping[str, Any]) -> None:
        """Add the row of a record."""
        self._table.add([*(_cell(one.get(field)) for field in self._own), *self._last])


def _cell(value: Any) -> str:
    """Give a value for a cell: lists of words with a bar between them, anything deeper as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return " | ".join(map(str, value))
    if isinstance(value, list | dict):
        # A sign in JSON may stand as its number: the table need not put an apostrophe into a text then.
        return _FORMULA.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


_FORMULA = re.compile(r'(?<=;)[=+\-@]|(?<=;\\")[=+\-@]')
"""What `csv_tables.table` would take for the start of a formula within a text of JSON."""
