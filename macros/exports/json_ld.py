"""What search engines and other programs read of a page: schema.org terms as JSON-LD (https://schema.org).

Every page says what it is, who made it, when its facts were last checked and under which licence. Nothing stands here
that the page does not say; what is known only through others is left to the page, where its mark stands beside it. Of
texts only definitions stand here a second time, as search engines show these; other parts are named alone. Answers to
questions stand in scripts of their own beside each question, where the page packs them to next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from macros.data import kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import DATA, LIST_PAGES, STRUCTURED
from macros.data.urls import record_page_of
from macros.exports.api_records import answer_of
from macros.exports.data_words import DISTRIBUTIONS, data_words
from macros.pages.escaping import as_json_ld
from macros.pages.site_info import SiteInfo

__all__ = ["structured"]

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
KINDS: Mapping[str, str] = {
    "company": "Corporation",
    "government": "GovernmentOrganization",
    "regulator": "GovernmentOrganization",
    "hotline": "NGO",
    "civil-society": "NGO",
    "person": "Person",
}
"""schema.org's word for a kind of stakeholder; any other is an organisation."""

Node = dict[str, Any]

_COLLECTION_OF = {record: name for name, record in kinds.COLLECTIONS.items()}


def structured(
    catalogue: Catalogue,
    site_info: SiteInfo,
    address: str,
    description: str,
    record: Any,
    titles: Mapping[str, str],
    day: str,
) -> str:
    """Give a page's JSON-LD, ready to stand in a `script` element: it holds no `<`.

    `catalogue` is in the page's language; `record` is the page's record or None; `titles` has the title of every page
    by its address; `day` is the one that its citation bears. A page in a second language is described in few words and
    says what it is a translation of.
    """
    page = {**_page(catalogue, site_info, address, description, record, titles[address]), "dateModified": day}
    if catalogue.language != "en":
        english = address.removeprefix(f"/{catalogue.language}")
        page["translationOfWork"] = {"@type": "WebPage", "@id": site_info.to(english)}
    graph = [page, *([_crumbs(site_info, address, titles)] if address != "/" else [])]
    return as_json_ld({"@context": "https://schema.org", "@graph": graph})


def _page(catalogue: Catalogue, site_info: SiteInfo, address: str, description: str, record: Any, title: str) -> Node:
    made: Node = {
        "@type": "WebPage",
        "@id": site_info.to(address),
        "url": site_info.to(address),
        "name": title,
        "description": description,
        "inLanguage": "en-GB" if catalogue.language == "en" else catalogue.language,
        "license": LICENCE,
        "isAccessibleForFree": True,
    }
    site = {"@type": "WebSite", "@id": site_info.to("/#site"), "name": site_info.name, "url": site_info.to("/")}
    if address == "/":
        made["isPartOf"] = {**site, "description": description, "inLanguage": "en-GB", "license": LICENCE}
        made["publisher"] = {"@type": "Organization", "name": site_info.name, "url": site_info.to("/")}
    else:
        made["isPartOf"] = {"@id": site["@id"]}
        made["author"] = {"@type": "Organization", "name": site_info.name, "url": site_info.to("/")}
    if catalogue.language != "en":
        return made
    collection = _COLLECTION_OF.get(type(record))
    if collection and record_page_of(collection, vars(record)) == address:
        return {**made, "about": _reference(catalogue, site_info, collection, record)}
    special = _FULLER.get(type(record)) or _said(record) or _LISTS.get(address)
    return {**made, **(special(catalogue, site_info, record) if special else {})}


def _said(record: Any) -> Callable[[Catalogue, SiteInfo, Any], Node] | None:
    """Give what tells of a record by the word of its row; None where its page is a page like any other."""
    row = STRUCTURED.get(_COLLECTION_OF.get(type(record), ""))
    word = row.record if row else None
    if word is None:
        return None
    return lambda catalogue, site_info, one: {"mainEntity": {"@type": word, "name": _name(one)}}


_EVIDENCE = ("/evidence/", frozenset({"timeline", "figures", "law", "programmes", "announcement", "matrix", "compare"}))
"""The page above the parts of the evidence, and how the addresses of these begin, which do not say so."""


def _crumbs(site_info: SiteInfo, address: str, titles: Mapping[str, str]) -> Node:
    parts = address.strip("/").split("/")
    above = (f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts) + 1))
    over = [_EVIDENCE[0]] if parts[0] in _EVIDENCE[1] and _EVIDENCE[0] in titles else []
    trail = ["/", *over, *(one for one in above if one in titles)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": titles[one], "item": site_info.to(one)}
            for place, one in enumerate(trail, 1)
        ],
    }


def _principle(catalogue: Catalogue, site_info: SiteInfo, record: kinds.Principle) -> Node:
    return {
        "@type": ["Article", "LearningResource"],
        "headline": record.title,
        "position": record.number,
        "about": [{"@id": site_info.to(catalogue.address("terms", term))} for term in catalogue.about("terms", record)],
        "articleSection": catalogue.category_of(record).title,
        "citation": [source.url for source in catalogue.official_texts],
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": "application/pdf",
            "contentUrl": site_info.to(f"/handouts/principle-{record.number}.pdf"),
        },
    }


def _category(catalogue: Catalogue, site_info: SiteInfo, record: kinds.Category) -> Node:
    return _collection(catalogue, site_info, "principles", catalogue.principles_of_category(record))


def _stakeholder(catalogue: Catalogue, site_info: SiteInfo, record: kinds.Stakeholder) -> Node:
    other = [name for name in (record.short_name, *(one.name for one in record.former_names)) if name]
    about: Node = {"@type": KINDS.get(record.kind, "Organization"), "name": record.name, "description": record.summary}
    if other:
        about["alternateName"] = other
    if record.website:
        about["url"] = record.website
    if record.organisation:
        about["affiliation"] = _reference(
            catalogue, site_info, "stakeholders", catalogue.get("stakeholders", record.organisation)
        )
    return {"@type": "WebPage", "mainEntity": about}


def _figure(catalogue: Catalogue, site_info: SiteInfo, record: kinds.Figure) -> Node:
    points = [point.at for series in record.series for point in series.points]
    made: Node = {
        "@type": "Dataset",
        "alternateName": record.name,
        "variableMeasured": record.unit,
        "isBasedOn": [source.url for key in record.sources if (source := catalogue.get("sources", key)).url],
        "creator": {"@type": "Organization", "name": site_info.name, "url": site_info.to("/")},
    }
    years = sorted(at for at in points if at.isdigit() and len(at) == 4)
    if years:
        made["temporalCoverage"] = f"{years[0]}/{years[-1]}"
    if record.series:
        made["distribution"] = {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": site_info.to(f"/figures/{record.id}/data.csv"),
        }
    return made


def _lesson(catalogue: Catalogue, site_info: SiteInfo, record: kinds.Lesson) -> Node:
    return {
        "@type": "LearningResource",
        "timeRequired": f"PT{record.minutes}M",
        "typicalAgeRange": record.ages,
        "teaches": list(record.goals),
        "about": [
            _reference(catalogue, site_info, "principles", catalogue.principle(number)) for number in record.principles
        ],
    }


def _glossary(catalogue: Catalogue, site_info: SiteInfo, record: None) -> Node:
    address = site_info.to("/glossary/")
    return {
        "@type": "DefinedTermSet",
        "hasDefinedTerm": [
            {
                **_reference(catalogue, site_info, "terms", term),
                "description": term.definition,
                "inDefinedTermSet": {"@id": address},
            }
            for term in catalogue.terms
        ],
    }


def _questions(catalogue: Catalogue, site_info: SiteInfo, record: None) -> Node:
    """Name the questions that the page answers for programs, each beside its text (`macros/pages/context.py`)."""
    found = (catalogue.address("questions", question) for question in catalogue.questions if question.is_confirmed)
    return {"@type": "FAQPage", "mainEntity": [{"@id": site_info.to(address)} for address in found]}


def _list(collection: str) -> Callable[[Catalogue, SiteInfo, Any], Node]:
    return lambda catalogue, site_info, record: _collection(
        catalogue,
        site_info,
        collection,
        getattr(catalogue, collection, None) or getattr(catalogue.document, collection),
    )


def _collection(catalogue: Catalogue, site_info: SiteInfo, collection: str, records: tuple[Any, ...]) -> Node:
    return {
        "@type": "CollectionPage",
        "hasPart": [{"@type": "WebPage", "@id": site_info.to(catalogue.address(collection, one))} for one in records],
    }


def _data(catalogue: Catalogue, site_info: SiteInfo, record: None) -> Node:
    words = data_words()
    return {
        "@type": "DataCatalog",
        "dataset": {
            "@type": "Dataset",
            "@id": site_info.to("/data/#data"),
            "name": words.title,
            "description": words.description,
            "keywords": list(words.keywords),
            "license": LICENCE,
            "url": site_info.to("/data/"),
            "version": answer_of(catalogue).edition,
            "dateModified": answer_of(catalogue).edition,
            "inLanguage": ["en-GB", *catalogue.translations],
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": site_info.name, "url": site_info.to("/")},
            "variableMeasured": list(DATA),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": words.file(called),
                    "encodingFormat": media,
                    "contentUrl": site_info.to(f"/{path}"),
                }
                for path, called, media in DISTRIBUTIONS
            ],
        },
    }


def _reference(catalogue: Catalogue, site_info: SiteInfo, collection: str, record: Any) -> Node:
    address = site_info.to(catalogue.address(collection, record))
    kind = STRUCTURED[collection].link if collection in STRUCTURED else "WebPage"
    return {"@type": kind, "@id": address, "name": _name(record)}


def _name(record: Any) -> str:
    return str(getattr(record, "term", None) or getattr(record, "title", None) or record.name)


_FULLER: Mapping[type, Callable[[Catalogue, SiteInfo, Any], Node]] = {
    kinds.Principle: _principle,
    kinds.Category: _category,
    kinds.Stakeholder: _stakeholder,
    kinds.Figure: _figure,
    kinds.Lesson: _lesson,
}
"""Records of which schema.org has more to say than a name; of others their row says what they are."""

_OWN_WORDS: Mapping[str, Callable[[Catalogue, SiteInfo, Any], Node]] = {
    "DefinedTermSet": _glossary,
    "FAQPage": _questions,
}
"""Lists of which schema.org has more to say than what they hold, by its word for them."""

_LISTS: Mapping[str, Callable[[Catalogue, SiteInfo, Any], Node]] = {
    **{
        page.address: _OWN_WORDS.get(str(STRUCTURED[name].listing)) or _list(name)
        for name, page in LIST_PAGES.items()
        if name in STRUCTURED and STRUCTURED[name].listing
    },
    "/data/": _data,
}
