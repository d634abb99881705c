"""The data set in the words of DCAT, for catalogues of data: JSON-LD that needs no other file to be read.

https://www.w3.org/TR/vocab-dcat-3/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from macros.exports.api_records import LICENCE_ADDRESS, Answer
from macros.exports.data_words import DISTRIBUTIONS, data_words
from macros.formats.content import Content
from macros.pages.site_info import SiteInfo

__all__ = ["dcat"]

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_MEDIA = "https://www.iana.org/assignments/media-types/"


def dcat(site_info: SiteInfo, answer: Answer, languages: Iterable[str], content: Callable[[str], Content]) -> str:
    """Give the catalogue with its one data set; `content` gives what a file of the site holds, by its path."""
    words = data_words()
    publisher = {"@type": "foaf:Organization", "foaf:name": site_info.name, "foaf:homepage": {"@id": site_info.to("/")}}
    dataset = {
        "@id": site_info.to("/data/#data"),
        "@type": "dcat:Dataset",
        "dct:title": _english(words.title),
        "dct:description": _english(words.description),
        "dcat:keyword": [_english(word) for word in words.keywords],
        "dct:language": [{"@id": f"{_LANGUAGE}{language}"} for language in languages],
        "dct:license": {"@id": LICENCE_ADDRESS},
        "dct:publisher": publisher,
        "dct:modified": _typed(answer.edition, "date"),
        "dcat:version": answer.edition,
        "dcat:landingPage": {"@id": site_info.to("/data/")},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": _english(words.file(called)),
                "dct:license": {"@id": LICENCE_ADDRESS},
                "dcat:downloadURL": {"@id": site_info.to(f"/{path}")},
                "dcat:mediaType": {"@id": f"{_MEDIA}{media}"},
                "dcat:byteSize": _typed(str(content(path).size), "nonNegativeInteger"),
                "spdx:checksum": {
                    "spdx:algorithm": {"@id": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"},
                    "spdx:checksumValue": _typed(content(path).sha256(), "hexBinary"),
                },
            }
            for path, called, media in DISTRIBUTIONS
        ],
    }
    catalogue = {
        "@context": _CONTEXT,
        "@id": site_info.to("/data/"),
        "@type": "dcat:Catalog",
        "dct:title": _english(words.title),
        "dct:description": _english(words.description),
        "dct:publisher": publisher,
        "dcat:dataset": [dataset],
    }
    return json.dumps(catalogue, ensure_ascii=False, indent=1) + "\n"


def _english(text: str) -> dict[str, Any]:
    return {"@value": text, "@language": "en"}


def _typed(text: str, kind: str) -> dict[str, Any]:
    return {"@value": text, "@type": f"xsd:{kind}"}
