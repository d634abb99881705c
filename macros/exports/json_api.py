"""The data for programs: `/api/v1/`, whose shape only grows (see the page on data).

Published is what pages show, as far as its kind is given to programs at all. A record says its address on the site; a
field of a help service that is not sure enough to be printed is left out here too, and so are words that serve search
alone. Every answer says its version, its edition, its licence and its language: a file of one collection does so in
each record, so that a record that is copied out of it still says where it comes from.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA as COLLECTIONS
from macros.data.collections import PAGES
from macros.data.languages import UntranslatedText
from macros.data.urls import record_of
from macros.exports import api_schema
from macros.exports.api_records import LICENCE, TRANSLATED, VERSION, Answer, answer_of, published
from macros.exports.csv_tables import table
from macros.exports.data_package import package
from macros.exports.figure_values import figure_values
from macros.exports.path_patterns import Output
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

_BETWEEN = ",\n"

Records = Mapping[str, list[dict[str, Any]]]


def files(catalogue: Catalogue, site: str) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; `site` is the site's address, for absolute links.

    The same data give the same bytes: keys stand in the order of the model, and every file ends with a line end.
    """
    yield from _in_one_language(catalogue, site, ROOT, COLLECTIONS)
    for language, translated in catalogue.translations.items():
        yield from _in_one_language(translated.catalogue, site, f"{ROOT}/{language}", TRANSLATED)


def records(catalogue: Catalogue, collections: tuple[str, ...] = COLLECTIONS) -> dict[str, list[dict[str, Any]]]:
    """Give the records of each collection as programs get them, without what an answer says of where it comes from."""
    return {
        name: [published(catalogue, name, one) for one in getattr(catalogue.document, name)] for name in collections
    }


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
) -> Iterator[tuple[str, str]]:
    """Yield the files with the texts of one language, below a folder."""
    answer = answer_of(catalogue)
    whole = records(catalogue, collections)
    checked = max(one["checked"] for given in whole.values() for one in given if "checked" in one)
    shape = api_schema.schema(f"{site}{root}/schema.json", api_schema.codes_of(catalogue), answer, collections)
    words = vocabularies(catalogue)
    # Each record is turned into text once: a list, and the file of all lists, have it further to the right.
    texts = {name: [_text(one) for one in given] for name, given in whole.items()}
    signed = {name: [_signed(text, answer) for text in given] for name, given in texts.items()}
    parts = [
        *((name, _text(value)) for name, value in {**answer.said(), "checked": checked}.items()),
        *((name, _listed(given)) for name, given in texts.items()),
        ("vocabularies", _text(words)),
    ]
    made: dict[str, str] = {"all.json": f"{_joined(parts)}\n", "schema.json": f"{_text(shape)}\n"}
    if catalogue.english is None:
        made["vocabularies.json"] = f"{_text({**answer.said(), 'vocabularies': words})}\n"
        made["vocabularies.csv"] = _words_table(words, answer)
    for name, given in signed.items():
        made[f"{name}.json"] = f"{_listed(given)}\n"
        made[f"{name}.csv"] = _csv(whole[name], api_schema.fields_of(name), answer)
    if catalogue.english is None:
        values = figure_values(catalogue)
        made["figure-values.csv"] = _values_table(values, answer)
        tables = {path.removesuffix(".csv"): text for path, text in made.items() if path.endswith(".csv")}
        described = package(site, answer, tables, api_schema.codes_of(catalogue), values)
        made["datapackage.json"] = f"{_text(described)}\n"
    listed = [
        {"path": path, "bytes": len(text.encode()), "sha256": hashlib.sha256(text.encode()).hexdigest()}
        for path, text in made.items()
    ]
    about = {
        "version": VERSION,
        "site": site,
        "licence": f"{LICENCE}; sources keep their own licences",
        "edition": answer.edition,
        "language": answer.language,
        "checked": checked,
        "collections": {name: len(given) for name, given in whole.items()},
        "record": "<collection>/<id>.json",
        "languages": [answer.language] if catalogue.english else ["en", *catalogue.translations],
        "files": listed,
    }
    yield f"{root}/index.json", f"{_text(about)}\n"
    for path, text in made.items():
        yield f"{root}/{path}", text
    for name, own in whole.items():
        for one, text in zip(own, signed[name], strict=True):
            yield f"{root}/{name}/{one['id']}.json", f"{text}\n"
            if "{number}" in PAGES.get(name, ""):
                yield f"{root}/{name}/{one['number']}.json", f"{text}\n"
    yield from _withdrawn(catalogue, root, collections, answer)


def _withdrawn(
    catalogue: Catalogue, root: str, collections: tuple[str, ...], answer: Answer
) -> Iterator[tuple[str, str]]:
    """Yield the files that stay where records were withdrawn, and say so."""
    for gone in catalogue.document.withdrawn:
        found = record_of(gone.address)
        if found and found[0] in collections:
            said = {"address": gone.address, "id": found[1], "withdrawn": gone.date.isoformat()}
            more = {"was": gone.was, "why": gone.why, "instead": gone.instead}
            given = {name: value for name, value in more.items() if value is not None}
            yield f"{root}/{found[0]}/{found[1]}.json", f"{_signed(_text({**said, **given}), answer)}\n"


def _word(english: Catalogue, vocabulary: str, at: int) -> dict[str, str]:
    word = getattr(english.document, vocabulary)[at]
    made = {"code": word.id, "label": word.label, "meaning": word.meaning}
    for language, translated in english.translations.items():
        own = getattr(translated.catalogue.document, vocabulary)[at]
        for name in ("label", "meaning"):
            if not isinstance(getattr(own, name), UntranslatedText):
                made[f"{name}_{language}"] = getattr(own, name)
    return made


def _words_table(words: Records, answer: Answer) -> str:
    """Give the codes of all vocabularies as one table: a row for each, with the place that it has in its vocabulary."""
    fields = ("vocabulary", "position", *api_schema.word_fields())
    rows = [
        {"vocabulary": name, "position": at, **word}
        for name, given in words.items()
        for at, word in enumerate(given, 1)
    ]
    return _csv(rows, fields, answer)


def _values_table(values: Relation, answer: Answer) -> str:
    fields = tuple(column.name for column in values.columns)
    return _csv([dict(zip(fields, row, strict=True)) for row in values.rows], fields, answer)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _signed(record: str, answer: Answer) -> str:
    """Give the text of a record with where it comes from as its last field."""
    return record.removesuffix("\n}") + f',\n "dataset": {_further(_text(answer.said()))}\n}}'


def _listed(given: list[str]) -> str:
    """Give the texts of records as the text of a list."""
    return f"[\n {_further(_BETWEEN.join(given))}\n]" if given else "[]"


def _joined(parts: Iterable[tuple[str, str]]) -> str:
    """Give fields and the texts of their values as the text of an object."""
    return "{\n " + ",\n ".join(f'"{name}": {_further(text)}' for name, text in parts) + "\n}"


def _further(text: str) -> str:
    """Put a text of JSON one step to the right; no line of it ends within a value."""
    return text.replace("\n", "\n ")


def _csv(given: list[dict[str, Any]], fields: tuple[str, ...], answer: Answer) -> str:
    """Give records as a table; its last columns say where each row comes from."""
    own = [field for field in fields if field != "dataset"]
    last = [str(value) for value in answer.said().values()]
    head = [*own, *(f"dataset_{name}" for name in answer.said())]
    return table(head, ([*(_cell(one.get(field)) for field in own), *last] for one in given))


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
