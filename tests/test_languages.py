"""A second language: the overlay that holds its texts, and the pages that are made of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from macros import wording
from macros.addresses import LANGUAGES, in_language, is_card
from macros.catalogue import Catalogue
from macros.reading import read_bytes
from macros.sheet import Sheet
from macros.translation import Foreign, Translation, fingerprint, translate
from tests.conftest import ROOT, BuiltPage, BuiltSite

SITE = "https://voluntary-principles.example"


def overlay(catalogue: Catalogue, text: str) -> tuple[Translation | None, list[str]]:
    """Lay a text over the real records; gives what comes out, and the faults as `line: message`."""
    found, faults = translate(catalogue.document, read_bytes(text.encode(), "principles.fr.yml"), "fr")
    return found, [f"{fault.position.line}: {fault.message}" for fault in faults]


# --- the overlay -----------------------------------------------------------------------------------------------------


def test_what_is_not_translated_stays_in_english_and_is_marked(catalogue: Catalogue) -> None:
    found, faults = overlay(catalogue, "terms:\n  grooming:\n    term: conditionnement\n")
    assert (faults, found is not None) == ([], True)
    assert found
    term = next(term for term in found.document.terms if term.id == "grooming")
    assert term.term == "conditionnement"
    assert not isinstance(term.term, Foreign)
    assert isinstance(term.definition, Foreign)
    assert term.definition == catalogue.get("terms", "grooming").definition
    assert term.sources == catalogue.get("terms", "grooming").sources
    assert "terms.grooming.definition is not translated" in [note.message for note in found.missing]
    page = Sheet(Catalogue(found.document, read_bytes(b"{}", "x"), "fr"), "/fr/glossary/")
    assert (page.foreign(term.term), page.foreign(term.definition)) == (None, "en")


def test_a_record_whose_english_changed_is_named_until_its_fingerprint_is_renewed(catalogue: Catalogue) -> None:
    term = catalogue.get("terms", "grooming")
    text = "terms:\n  grooming:\n    english: {}\n    term: conditionnement\n"
    current, _ = overlay(catalogue, text.format(f'"{fingerprint(term, "fr")}"'))
    assert current
    assert current.older == ()
    other, _ = overlay(catalogue, text.format('"00000000"'))
    assert other
    (note,) = other.older
    assert note.position.line == 3
    assert f"`english: {fingerprint(term, 'fr')}`" in note.message
    assert other.stale == {("terms", "grooming")}
    changed = term.model_copy(update={"definition": term.definition + " More."})
    assert fingerprint(changed, "fr") != fingerprint(term, "fr")
    assert fingerprint(term.model_copy(update={"aliases": ("other",), "sources": ()}), "fr") == fingerprint(term, "fr")


def test_a_service_can_have_a_name_a_number_and_an_address_of_its_own(catalogue: Catalogue) -> None:
    english = catalogue.get("services", "ca-kids-help-phone")
    text = (
        "services:\n  ca-kids-help-phone:\n    name: Jeunesse\n    url: https://a.example/\n"
        "    text: {label: '686868', number: '686868', keyword: PARLER}\n"
    )
    found, faults = overlay(catalogue, text)
    assert (faults, found is not None) == ([], True)
    assert found
    service = next(one for one in found.document.services if one.id == english.id)
    assert service.text is not None
    assert (service.name, service.url, service.text.keyword) == ("Jeunesse", "https://a.example/", "PARLER")
    assert not isinstance(service.name, Foreign)
    assert not isinstance(service.text.keyword, Foreign)
    assert service.phone == english.phone
    assert fingerprint(english.model_copy(update={"name": "Other", "url": None, "text": None}), "fr") == fingerprint(
        english, "fr"
    )


def test_what_a_service_has_not_of_its_own_is_right_in_english_and_never_missing(catalogue: Catalogue) -> None:
    english = catalogue.get("services", "ca-kids-help-phone")
    found, faults = overlay(catalogue, "services: {}\n")
    assert (faults, found is not None) == ([], True)
    assert found
    service = next(one for one in found.document.services if one.id == english.id)
    for own in ("name", "short_name", "url", "phone", "text"):
        assert getattr(service, own) == getattr(english, own), own
    assert isinstance(service.name, Foreign)
    assert service.text is not None
    assert isinstance(service.text.keyword, Foreign)
    assert not isinstance(service.url, Foreign)
    said = [note.message for note in found.missing if note.message.startswith("services.ca-kids-help-phone.")]
    assert {message.split(".")[2].split(" ")[0] for message in said} == {
        "ages",
        "for_whom",
        "hours",
        "languages",
        "operator",
        "what_happens",
    }


def test_first_help_stands_under_its_country_and_counts_where_its_readers_are(catalogue: Catalogue) -> None:
    situation = catalogue.get("situations", "threatened")
    found, faults = overlay(catalogue, "situations:\n  threatened:\n    first:\n      ca: [Un texte]\n")
    assert (faults, found is not None) == ([], True)
    assert found
    first = {one.country: one for one in next(iter(found.document.situations)).first}
    assert [claim.text for claim in first["ca"].notes] == ["Un texte"]
    assert first["ca"].services == next(one for one in situation.first if one.country == "ca").services
    assert isinstance(first["gb"].notes[0].text, Foreign)
    missing = [note.message for note in found.missing if note.message.startswith("situations.threatened.first.")]
    assert missing == ["situations.threatened.first.int.notes.text is not translated"]

    def without_notes(country: str) -> str:
        changed = tuple(
            one.model_copy(update={"notes": ()}) if one.country == country else one for one in situation.first
        )
        return fingerprint(situation.model_copy(update={"first": changed}), "fr")

    assert without_notes("gb") == fingerprint(situation, "fr") != without_notes("ca")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("principals: {}", "1: 'principals' is not translated; what is: "),
        ("terms: [a]", "1: records belong here by their id"),
        ("terms:\n  groming: {term: a}", "2: no record has the id 'groming'; did you mean 'grooming'?"),
        ("terms:\n  grooming: {terme: a}", "2: unknown field 'terme'; did you mean 'term'?"),
        ("terms:\n  grooming:\n    term: 12", "3: 'term': text belongs here and 12 is not read as text"),
        ("terms:\n  grooming:\n    definition: <b>x</b>", "3: 'definition': HTML"),
        ("terms:\n  grooming:\n    term: 'a {{ 7 }}'", "3: 'term': \"{{\" is a template mark"),
        ("terms:\n  grooming:\n    notes: [a, b, c, d, e, f, g, h]", "3: a list of "),
        ("principles:\n  stop-grooming:\n    phrases: {nothing: a}", "3: the English has no 'nothing'"),
        ("principles:\n  stop-grooming:\n    in_brief: a", "3: fields belong here: aim, asks, why"),
        ("terms:\n  grooming: {term: a, term: b}", "2: "),
        (
            "services:\n  ca-988:\n    phone:\n      label: 9-8-9\n      number: '988'",
            "4: '9-8-9' is printed and '988' is dialled",
        ),
        ("services:\n  ca-cybertip:\n    aliases: [a, 1-866-658-9023]", "3: '1-866-658-9023' is not a number of this"),
        ("services:\n  ca-988:\n    url: 988.ca", "3: 'url': not a web address"),
        ("services:\n  ca-988:\n    phone:\n      label: 9-8-8\n      number: 9-8-8", "5: 'number': "),
        ("services:\n  ca-988:\n    phone:\n      label: 9-8-8", "4: 'number' is missing in 'phone'; add it"),
        (
            "services:\n  ca-988:\n    phone:\n      label: '988'\n      number: '988'\n      to: a",
            "6: unknown field 'to'",
        ),
        ("services:\n  ca-988:\n    name: 988", "3: 'name': text belongs here and 988 is not read as text"),
        ("services:\n  ca-988:\n    email: a@b.example", "3: unknown field 'email'"),
        ("situations:\n  threatened:\n    first: [a]", "3: texts belong here by country: au, ca, "),
        ("situations:\n  threatened:\n    first: {fr: [a]}", "3: the English has no 'fr'"),
    ],
)
def test_a_fault_of_the_overlay_has_its_line_and_its_mend(catalogue: Catalogue, text: str, said: str) -> None:
    found, faults = overlay(catalogue, text)
    assert found is None
    assert [fault for fault in faults if fault.startswith(said)], faults


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "phrases", "in_brief", "in_full", "views", "term", "x"]), inner)
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(
        st.sampled_from(["principles", "terms", "services", "needs", "x"]),
        plain | st.dictionaries(st.sampled_from(["stop-grooming", "grooming", "x"]), plain),
    )
)
def test_whatever_an_overlay_holds_is_a_fault_or_a_translation(catalogue: Catalogue, data: Any) -> None:
    found, faults = overlay(catalogue, yaml.safe_dump(data, allow_unicode=True))
    assert (found is None) == bool(faults)


# --- its texts -------------------------------------------------------------------------------------------------------


def test_french_is_complete_and_as_new_as_the_english(catalogue: Catalogue) -> None:
    translation = catalogue.translations["fr"].translation
    assert [note.message for note in (*translation.missing, *translation.older)] == []


def test_french_spacing_is_kept_up_to_the_page(site: BuiltSite) -> None:
    loose: set[str] = set()
    for page in french(site):
        article = BeautifulSoup(str(page.soup.find("article")), "lxml")
        for foreign in [*article.find_all(lang="en"), *article.select(".sources, code, textarea")]:
            foreign.extract()
        loose |= set(re.findall(r"\w{0,20} [:»]|« \w{0,20}", article.get_text()))
    assert loose == set()


def test_everything_that_templates_theme_and_scripts_say_is_translated() -> None:
    said: set[str] = set()
    for folder, pattern in (
        ("theme", "*.html"),
        ("macros/templates/parts", "*.j2"),
        ("macros/templates", "embed*.j2"),
        ("docs/assets", "s*.js"),
    ):
        for file in (ROOT / folder).rglob(pattern):
            said |= wording.in_scripts(file.read_text(encoding="utf-8"))
    for module in ("search", "help_pages"):
        source = (ROOT / "macros" / f"{module}.py").read_text(encoding="utf-8")
        said |= set(re.findall(r'say\(\w+, ["\']([^"\']+)["\']', source))
    assert len(said) > 40
    for language in LANGUAGES:
        assert said - set(wording.words(language)) == set()


# --- its pages -------------------------------------------------------------------------------------------------------


def french(site: BuiltSite) -> list[BuiltPage]:
    """Give the pages in French; the cards for other sites are read by tests/test_embeds.py."""
    return [page for page in site.pages.values() if page.address.startswith("/fr/") and not is_card(page.address)]


def test_every_page_that_is_promised_in_french_is_there(site: BuiltSite, catalogue: Catalogue) -> None:
    wanted = {"/fr/", "/fr/principles/", "/fr/categories/", "/fr/glossary/", "/fr/help/", "/fr/help/ca/"}
    wanted |= {f"/fr/help/steps-{one.number}/" for one in catalogue.situations}
    wanted |= {f"/fr/principles/{one.number}/" for one in catalogue.principles}
    wanted |= {f"/fr/categories/{one.id}/" for one in catalogue.categories}
    assert {page.address for page in french(site)} == wanted


def test_a_page_in_french_says_so_and_knows_its_english_twin(site: BuiltSite) -> None:
    for page in french(site):
        english = site.pages[page.address.removeprefix("/fr")]
        assert page.soup.html
        assert page.soup.html["lang"] == "fr"
        assert english.soup.html
        assert english.soup.html["lang"] == "en"
        for one in (page, english):
            links = {
                str(link["hreflang"]): str(link["href"])
                for link in one.soup.find_all("link", hreflang=True, rel="alternate")
            }
            assert links == {
                "en": SITE + english.address,
                "fr": SITE + page.address,
                "x-default": SITE + english.address,
            }
        switch = {page.address: "English", english.address: "Français"}
        for one in (page, english):
            link = one.soup.select_one(".md-header a.language")
            assert link is not None
            assert link.get_text() == switch[one.address]


def test_phrases_and_terms_have_the_same_anchors_in_both_languages(site: BuiltSite) -> None:
    for page in french(site):
        english = site.pages[page.address.removeprefix("/fr")]
        for anchor in english.ids:
            if in_language(f"{english.address}#{anchor}", "fr") and re.match(r"phrase-|question-|need-", anchor):
                assert anchor in page.ids, (page.address, anchor)
    terms = {str(tag["id"]) for tag in site.pages["/glossary/"].soup.select("section.entry")}
    assert terms == {str(tag["id"]) for tag in site.pages["/fr/glossary/"].soup.select("section.entry")}


def test_official_phrases_stay_english_and_are_marked_so(site: BuiltSite, catalogue: Catalogue) -> None:
    for principle in catalogue.principles:
        quoted = site.pages[f"/fr/principles/{principle.number}/"].soup.select(".phrases dt q")
        assert [(tag.get("lang"), tag.get_text()) for tag in quoted] == [
            ("en", one.phrase) for one in principle.phrases
        ]


def test_a_page_in_french_leads_to_pages_in_french_where_there_are_some(site: BuiltSite) -> None:
    for page in french(site):
        article = page.soup.find("article")
        assert article
        for link in article.find_all("a", href=True):
            if link.get("hreflang") == "en" or link.find_parent(class_="sources"):
                continue
            address, anchor = next(iter(BuiltPage(page.address, page.file, f"<article>{link}</article>").links()))
            here = address.removeprefix("http://site.test")
            if here.startswith("/fr/") or here.startswith("http"):
                continue
            assert in_language(f"{here}#{anchor}" if anchor else here, "fr") is None, (page.address, here)


ENGLISH_NAMES = (
    "Kids Help Phone",
    "Canadian Centre for Child Protection",
    "Cybertip.ca",
    "NeedHelpNow.ca",
    "Project Arachnid",
    "Royal Canadian Mounted Police",
    "CONNECT",
)


def test_bodies_and_services_with_an_official_french_name_have_it_in_french(site: BuiltSite) -> None:
    found: list[tuple[str, str]] = []
    for page in french(site):
        article = BeautifulSoup(str(page.soup.find("article")), "lxml")
        for aside in article.select(".sources, code, textarea"):
            aside.extract()
        found += [(page.address, name) for name in ENGLISH_NAMES if name in article.get_text(" ")]
    assert found == []
    shown = site.pages["/fr/help/ca/"].soup.get_text(" ")
    for name in ("Jeunesse, J\u2019écoute", "PARLER", "Cyberaide.ca", "AidezMoiSVP.ca", "Projet Arachnid", "9-8-8"):
        assert name in shown, name


def test_help_in_french_has_every_number_of_the_english_page(site: BuiltSite) -> None:
    def numbers(address: str) -> list[str]:
        return sorted(
            str(link["href"])
            for link in site.pages[address].soup.select("article .services a[href^='tel:'], a[href^='sms:']")
        )

    assert numbers("/fr/help/ca/") == numbers("/help/ca/") != []
