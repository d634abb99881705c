"""A second language: the overlay that holds its texts, and the pages that are made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError

from macros.build import artifacts
from macros.data.catalogue import Catalogue
from macros.data.languages import LANGUAGES, UntranslatedText
from macros.data.translations import Translation, translate
from macros.data.urls import in_language, is_card
from macros.data.yaml_reader import read_bytes
from macros.generators import text_catalogs
from macros.pages import escaping, template_guard, ui_strings
from macros.pages.context import PageContext
from tests import additions
from tests.additions import WELSH_TEXTS
from tests.conftest import HOST, BuiltPage, BuiltSite, Once

SITE = "https://voluntary-principles.example"


def overlay(
    catalogue: Catalogue, text: str, lock: dict[str, str] | None = None
) -> tuple[Translation | None, list[str]]:
    """Lay a text over the real records; gives what comes out, and the faults as `line: message`."""
    tree = read_bytes(text.encode(), "principles.fr.yml")
    tree.lock = lock
    found, faults = translate(catalogue.document, tree, "fr")
    return found, [f"{fault.position.line}: {fault.message}" for fault in faults]


# --- the overlay -----------------------------------------------------------------------------------------------------


def test_what_is_not_translated_stays_in_english_and_is_marked(catalogue: Catalogue) -> None:
    found, faults = overlay(catalogue, "terms:\n  grooming:\n    term: conditionnement\n")
    assert (faults, found is not None) == ([], True)
    assert found
    term = next(term for term in found.document.terms if term.id == "grooming")
    assert term.term == "conditionnement"
    assert not isinstance(term.term, UntranslatedText)
    assert isinstance(term.definition, UntranslatedText)
    assert term.definition == catalogue.get("terms", "grooming").definition
    assert term.sources == catalogue.get("terms", "grooming").sources
    assert "terms.grooming.definition is not translated" in [note.message for note in found.missing]
    page = PageContext(Catalogue(found.document, read_bytes(b"{}", "x"), "fr"), "/fr/glossary/")
    assert (page.foreign(term.term), page.foreign(term.definition)) == (None, "en")


def test_a_text_whose_english_changed_is_named_until_it_is_marked(catalogue: Catalogue) -> None:
    term = catalogue.get("terms", "grooming")
    text = "terms:\n  grooming:\n    term: conditionnement\n    aliases: [x]\n    definition: >-\n      Un texte.\n"
    lock = {"terms.grooming.term": term.term, "terms.grooming.definition": term.definition}
    current, _ = overlay(catalogue, text, lock)
    assert current
    assert (current.outdated, current.texts) == ((), lock), "what French fills in its own way renders no English"
    other, _ = overlay(catalogue, text, {**lock, "terms.grooming.definition": "Before."})
    assert other
    (note,) = other.outdated
    assert note.position.line == 5
    assert note.message.startswith("the English of terms.grooming.definition has changed since")
    assert "`make translated RECORDS=terms.grooming`" in note.message
    assert (note.path, note.was, note.now) == ("terms.grooming.definition", "Before.", term.definition)
    assert other.outdated_ids == {("terms", "grooming")}
    new, _ = overlay(catalogue, text, {"terms.grooming.term": term.term})
    assert new
    (note,) = new.outdated
    assert (note.position.line, note.was) == (5, None)
    assert note.message.startswith("terms.grooming.definition is not marked as translated; ")


def test_where_nobody_kept_what_was_translated_nothing_is_called_older(catalogue: Catalogue) -> None:
    text = "terms:\n  grooming:\n    term: conditionnement\n"
    unknown, _ = overlay(catalogue, text, None)
    none, _ = overlay(catalogue, text, {})
    assert unknown
    assert none
    assert (unknown.outdated, len(none.outdated)) == ((), 1)


def test_signs_of_english_from_before_are_told_once_and_do_no_harm(catalogue: Catalogue) -> None:
    text = 'terms:\n  grooming:\n    english: "00000000"\n    term: a\n  hash: {english: [x], term: b}\n'
    found, faults = overlay(catalogue, text)
    assert (faults, found is not None) == ([], True)
    assert found
    (note,) = found.leftover
    assert note.position.line == 3
    assert note.message.startswith("`english:` says nothing any more; delete 2 lines of it")
    assert note in found.notes


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
    assert not isinstance(service.name, UntranslatedText)
    assert not isinstance(service.text.keyword, UntranslatedText)
    assert service.phone == english.phone
    assert found.texts == {}, "what a service has of its own renders no English"


def test_what_a_service_has_not_of_its_own_is_right_in_english_and_never_missing(catalogue: Catalogue) -> None:
    english = catalogue.get("services", "ca-kids-help-phone")
    found, faults = overlay(catalogue, "services: {}\n")
    assert (faults, found is not None) == ([], True)
    assert found
    service = next(one for one in found.document.services if one.id == english.id)
    for own in ("name", "short_name", "url", "phone", "text"):
        assert getattr(service, own) == getattr(english, own), own
    assert isinstance(service.name, UntranslatedText)
    assert service.text is not None
    assert isinstance(service.text.keyword, UntranslatedText)
    assert not isinstance(service.url, UntranslatedText)
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
    assert isinstance(first["gb"].notes[0].text, UntranslatedText)
    missing = [note.message for note in found.missing if note.message.startswith("situations.threatened.first.")]
    assert missing == ["situations.threatened.first.int.notes.text is not translated"]
    assert found.texts == {
        "situations.threatened.first.ca.notes.0.text": next(
            one.notes[0].text for one in situation.first if one.country == "ca"
        )
    }


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


def test_french_spacing_is_kept_up_to_the_page(site: BuiltSite) -> None:
    loose: set[str] = set()
    for page in french(site):
        article = BeautifulSoup(str(page.article), "lxml")
        for foreign in [*article.find_all(lang="en"), *article.select(".sources, code, textarea")]:
            foreign.extract()
        loose |= set(re.findall(r"\w{0,20} [:»]|« \w{0,20}", article.get_text()))
    assert loose == set()


def test_the_catalog_holds_every_text_that_is_said_and_each_is_translated() -> None:
    for language in LANGUAGES:
        file = ui_strings.catalog_file(language)
        assert file.read_text(encoding="utf-8") == text_catalogs.renewed(language).decode(), "run `make texts`"
        assert list(ui_strings.faults(language)) == []
        texts = ui_strings.texts(language)
        assert texts.missing == ()
        assert len(texts.one) > 200


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("The Voluntary Principles, explained", "mkdocs.yml"),
        ("Get help: steps {number}", "a head"),
        ("{description} Its official wording is not yet checked.", "a head"),
        ("All numbers on one page, to print (PDF, %(size)s KB)", "{% trans %}"),
        ("Line to copy", "_()"),
        ("Skip to content", "the theme"),
        ("{count} best results", "a script"),
        ("ages {ages}", "Python"),
        ("In danger now? Call", "Python, said later"),
        ("Category", "the row of a kind"),
    ],
)
def test_texts_are_collected_wherever_they_stand(said: str, where: str) -> None:
    assert ui_strings.found("fr", said) not in (None, said), where


def test_a_text_that_counts_has_the_plural_forms_of_its_language() -> None:
    texts = ui_strings.texts("fr")
    terms = "%(count)s term, one sentence each."
    assert [texts.counted(terms, number) for number in (0, 1)] == [texts.counted(terms, 1)] * 2
    assert texts.counted(terms, 2) == "%(count)s termes, expliqués chacun en une phrase."


def catalog_in(folder: Path, monkeypatch: pytest.MonkeyPatch, entries: str, language: str = "fr") -> Path:
    """Put a catalog of entries in place of a language's own."""
    monkeypatch.setattr(ui_strings, "LOCALE", folder)
    file = ui_strings.catalog_file(language)
    file.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    file.write_text(f'{head}"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n{entries}', encoding="utf-8")
    return file


@pytest.fixture
def other_catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Give a function that puts a catalog in place of a language's own, for one test."""
    ui_strings.texts.cache_clear()
    yield lambda entries, language="fr": catalog_in(tmp_path, monkeypatch, entries, language)
    monkeypatch.undo()
    ui_strings.texts.cache_clear()


def test_renewing_keeps_what_is_translated_and_marks_what_is_much_the_same(
    other_catalog: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = other_catalog(
        'msgid "Kept as it is"\nmsgstr "Gardé"\n\nmsgid "The page with all the numbers"\nmsgstr "La page"\n\n'
        'msgid "Nowhere any more"\nmsgstr "Parti"\n'
    )
    said = ["Kept as it is", "The page with all these numbers", "Something else", ("%(n)s cat", "%(n)s cats")]
    monkeypatch.setattr(text_catalogs, "_messages", lambda: ((text, "a.j2") for text in said))
    file.write_bytes(text_catalogs.renewed("fr"))
    text = file.read_text(encoding="utf-8")
    assert text == text_catalogs.renewed("fr").decode()
    assert 'msgid "Kept as it is"\nmsgstr "Gardé"' in text
    assert '#, fuzzy\nmsgid "The page with all these numbers"\nmsgstr "La page"' in text
    assert "Nowhere" not in text
    found = ui_strings.texts("fr")
    assert found.one == {"Kept as it is": "Gardé"}
    assert [missing for _, missing in found.missing] == [
        "The page with all these numbers",
        "Something else",
        "%(n)s cat",
    ]
    assert ui_strings.found("fr", "The page with all these numbers") is None


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ('msgid "%(size)s KB"\nmsgstr "Ko"', "'%(size)s KB': the value 'size' is missing"),
        ('msgid "{count} results"\nmsgstr "{nombre} résultats"', "the English has no value 'nombre'"),
        ('msgid "%(a)s, sure"\nmsgstr "%(a)s, à 100 %"', "a percent sign is written twice: %%"),
        ('msgid "Stay <b>here</b>"\nmsgstr "Restez ici"', "it has other HTML than its English"),
        ('msgid "Stay"\nmsgstr "<img src=x onerror=y>"', "it has other HTML than its English"),
        (
            'msgid "<a href=\\"%(a)s\\">A</a>"\nmsgstr "<a href=\\"https://a.example/\\">A</a>%(a)s"',
            "it has other HTML than its English",
        ),
        ('msgid "Stay"\nmsgstr "{{ config }}"', "it is text, no program"),
        ('msgid "Stay', "this is no catalog of gettext"),
    ],
)
def test_a_fault_of_the_catalog_is_a_sentence(other_catalog: Callable[..., Path], entries: str, said: str) -> None:
    other_catalog(entries + "\n")
    found = [f"{fault.position.line}: {fault.message}" for fault in ui_strings.faults("fr")]
    assert [line for line in found if said in line], found
    assert all(re.match(r"[1-9]", line) for line in found)


def test_a_plural_form_may_say_its_number_in_words(other_catalog: Callable[..., Path]) -> None:
    other_catalog('msgid "%(n)s cat"\nmsgid_plural "%(n)s cats"\nmsgstr[0] "un chat"\nmsgstr[1] "%(n)s chats"\n')
    assert list(ui_strings.faults("fr")) == []


def test_a_catalog_that_is_not_there_is_a_sentence(other_catalog: Callable[..., Path]) -> None:
    other_catalog("").unlink()
    (fault,) = ui_strings.faults("fr")
    assert fault.message == "there is no such file; `make texts` writes it"
    (fault,) = ui_strings.faults("x-none")
    assert "is no code of a language" in fault.message


# --- its texts in templates ------------------------------------------------------------------------------------------

HOSTILE = "<b>*a*</b> [b](c) {{ 7 }} _d_ `e` \" ' {: #f }"


def filled(template: str, language: str, **values: Any) -> str:
    """Give what a template of ours becomes on a page in a language."""
    plain = Environment(loader=DictLoader({"a": template}), undefined=StrictUndefined, autoescape=True)
    engine = template_guard.guarded(plain)
    artifacts.prepare(engine)
    return engine.get_template("a").render(ctx=SimpleNamespace(language=language), **values)


def test_values_in_a_text_are_never_markup() -> None:
    for template in (
        "{% trans size=value %}All numbers on one page, to print (PDF, {{ size }} KB){% endtrans %}",
        '{{ _("All numbers on one page, to print (PDF, %(size)s KB)", size=value) }}',
        "{% trans count=2, more=value %}{{ count }} a{% pluralize %}{{ count }} as {{ more }}{% endtrans %}",
    ):
        for language in ("en", "fr"):
            said = filled(template, language, value=HOSTILE)
            assert str(escaping.escape(HOSTILE)) in said
            assert "<b>" not in said
            assert BeautifulSoup(said, "lxml").get_text().count(HOSTILE) == 1


def test_the_marks_of_a_text_stay_and_what_is_not_translated_is_marked_in_the_page() -> None:
    template = '{% trans %}Not <b>there</b> & 100 %{% endtrans %}|{{ _("Not there") }}|{% trans %}Sources{% endtrans %}'
    assert filled(template, "en") == "Not <b>there</b> & 100 %|Not there|Sources"
    assert filled(template, "fr") == '<span lang="en">Not <b>there</b> & 100 %</span>|Not there|Sources'


def test_a_part_without_its_page_cannot_say_a_text() -> None:
    plain = Environment(loader=DictLoader({"a": "{% trans %}Sources{% endtrans %}"}), autoescape=True)
    engine = template_guard.guarded(plain)
    with pytest.raises(LookupError, match="import the part `with context`"):
        engine.get_template("a").render()


def test_a_page_written_by_hand_says_its_own_text() -> None:
    for text in ("{% trans %}Sources{% endtrans %}", '{{ _("Sources") }}', '{{ gettext("Sources") }}'):
        with pytest.raises((template_guard.Refused, TemplateSyntaxError)):
            template_guard.guarded().from_string(text)


# --- a third language ------------------------------------------------------------------------------------------------

OWN = {*WELSH_TEXTS.values(), "meithrin perthynas", "Atal", "Atal meithrin perthynas"}
AS_THEY_ARE = (
    ".sources, textarea, .citation, .cite dt, .headerlink, time, .line-number, "
    "a[href^='tel:'], a[href^='mailto:'], a[href^='sms:'], [rel~=license], [lang=fr], script, .toc-list, .printed"
)
"""What is the same in every language: titles of works, styles of citing, addresses, numbers. And what is told twice:
lists of a page's sections hold the plain text of its headings."""


@pytest.fixture(scope="module")
def third(once: Once) -> Path:
    """Give a checkout in which somebody added Welsh: a row, an overlay and a catalog with three texts each."""
    return once("additions", additions.build)


def test_a_language_without_overlay_or_catalog_is_a_sentence_of_the_check(third: Path) -> None:
    no_overlay, no_catalog, renewed, summary = json.loads((third / "said.json").read_text(encoding="utf-8"))
    assert "data/principles.cy.yml:1:1: error: there is no such file; check the name" in no_overlay
    catalog = "macros/locale/cy/LC_MESSAGES/messages.po"
    assert no_catalog.splitlines() == [
        f"{catalog}:1:1: error: there is no such file; `make texts` writes it",
        f"1 fault in {catalog}",
    ]
    assert f"wrote {catalog}: " in renewed
    assert re.search(r"; Cymraeg: [0-9]+ texts missing, ", summary)


def test_a_third_language_has_every_page_that_french_has(third: Path) -> None:
    def there(language: str, country: str) -> set[str]:
        root = third / "site" / language
        found = {file.relative_to(root).as_posix() for file in root.rglob("index.html")}
        return {name.replace(f"help/{country}/", "help/here/") for name in found}

    assert there("cy", "gb") == there("fr", "ca") != set()
    assert (third / "site" / "handouts" / "help-gb-cy.pdf").is_file()


def test_what_a_third_language_has_is_shown_and_the_rest_is_in_english_and_says_so(third: Path) -> None:
    shown: set[str] = set()
    for file in sorted((third / "site" / "cy").rglob("index.html")):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "lxml")
        assert soup.html
        if soup.find(
            "meta", attrs={"http-equiv": "refresh"}
        ):  # a former address, which says in English that it leads on
            assert soup.html["lang"] == "en"
            continue
        assert soup.html["lang"] == "cy"
        assert soup.body
        for other in soup.body.select(f"[lang=en], {AS_THEY_ARE}"):
            other.extract()
        for text in soup.body.find_all(string=re.compile(r"[^\W\d_]{2}")):
            own = re.sub(r"^(?:: |[0-9]+\. )", "", text.strip())
            assert own in OWN, (file, text)
            shown.add(own)
    assert shown == OWN
    words = (third / "site" / "cy" / "principles" / "3" / "index.html").read_text(encoding="utf-8")
    assert '<span lang="en">What it asks</span>' in words
    assert "Tachwedd" in words  # dates come from Unicode's data


# --- its pages -------------------------------------------------------------------------------------------------------


def french(site: BuiltSite) -> list[BuiltPage]:
    """Give the pages in French; the cards for other sites are read by tests/exports/test_embed_cards.py."""
    return [page for page in site.pages.values() if page.address.startswith("/fr/") and not is_card(page.address)]


def test_every_page_that_is_promised_in_french_is_there(site: BuiltSite, catalogue: Catalogue) -> None:
    wanted = {
        "/fr/",
        "/fr/principles/",
        "/fr/principles/glance/",
        "/fr/easy/",
        "/fr/categories/",
        "/fr/glossary/",
        "/fr/help/",
        "/fr/help/ca/",
        "/fr/teach/",
    }
    wanted |= {f"/fr/teach/{one.id}/" for one in catalogue.document.lessons}
    wanted |= {f"/fr/help/steps-{one.number}/" for one in catalogue.situations}
    wanted |= {f"/fr/principles/{one.number}/{own}" for one in catalogue.principles for own in ("", "record/")}
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
        article = page.article
        assert article
        for link in article.find_all("a", href=True):
            if link.get("hreflang") == "en" or link.find_parent(class_="sources"):
                continue
            address, anchor = urldefrag(urljoin(HOST + page.address, str(link["href"])))
            here = address.removeprefix(HOST)
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
        article = BeautifulSoup(str(page.article), "lxml")
        # The entries of a record are in English alone, and marked so.
        english = ", [lang=en]" if page.address.endswith("/record/") else ""
        for aside in article.select(f".sources, code, textarea{english}"):
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
