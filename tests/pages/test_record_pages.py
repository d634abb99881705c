"""The pages of the record, read from outside: each shows what the data says of it, in the form that was promised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.checkout import TEMPLATES
from macros.data import field_types, kinds
from macros.data.catalogue import Catalogue
from macros.data.collections import ANCHORS, LINKED, PAGES
from macros.data.urls import source_range
from macros.data.yaml_reader import Tree
from macros.exports.citation_values import Work
from macros.exports.citations import Citation
from macros.pages import escaping, jinja_gettext
from macros.pages.bar_charts import MOST_SERIES
from macros.pages.context import PageContext
from tests.conftest import HOST, BuiltPage, BuiltSite, links_in
from tests.samples import real_tree

HEADING = re.compile(r"^h[1-6]$")


def folded(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def article(page: BuiltPage) -> Tag:
    assert page.article is not None, page.address
    return page.article


def place(site: BuiltSite, address: str) -> Tag:
    """Give the part of the site that an address means: a page's content, an element, a heading's section or fold."""
    path, _, anchor = address.partition("#")
    if not anchor:
        return article(site[path])
    assert anchor in site[path].places, address
    found = site[path].places[anchor]
    if not HEADING.match(found.name):
        around = found.parent
        whole = around and around.name == "details" and len(around.find_all(recursive=False)) == len(["summary", found])
        return around if around and whole else found
    fold = found.find_parent("summary")
    if fold and fold.parent:
        return fold.parent
    section = BeautifulSoup("<section></section>", "lxml").section
    assert section is not None
    section.append(copy(found))
    for after in found.find_next_siblings():
        if HEADING.match(after.name) and after.name <= found.name:
            break
        section.append(copy(after))
    return section


# --- every record's texts ---

ELSEWHERE = frozenset({"principles", "categories", "stakeholders", "groups", "practices", "sources", "notes"})
"""Kinds whose texts stand on several pages, or in parts of one; tests of their own follow them."""

IN_BRACKETS = re.compile(r"\(/[^)]*\)")
"""An address in brackets, in whose place a page prints the name of what is there."""

TOLD = tuple(name for name in (*PAGES, *ANCHORS) if name not in ELSEWHERE)

# Fields that no reader reads as they are: names within the data, words of a fixed list, and what only search sees.
UNSEEN = {
    "id",
    "former_ids",
    "sources",
    "confidence",
    "checked",
    "mark",
    "marks",
    "operator_kind",
    "chart",
    "anonymous",
}
UNSEEN |= {"aliases", "forms", "description", "tab_title", "url", "ours", "before"}
UNSEEN |= {"kind", "country", "countries", "needs", "stage", "relation", "verdict", "group", "related"}
UNSEEN |= {"principles", "stakeholders", "figures", "programmes", "notes"}
UNSEEN |= {"drawing"}  # of a slide, which is seen in the file
UNSEEN |= {"open", "services", "situation", "service"}  # of help: when a script says it is open, and where links lead
SHORT_IN_LISTS = {"short_name", "matters"}  # a law's short name, why a date matters: in the list above the entries
CHOSEN = {"when", "costs", "cost", "duty", "kinds", "only_if", "open_to", "tools"}  # shown by their labels
BY_ID = {"law", "phrase"}  # in whose place a page shows the law's name, or the official words
IN_PACK = {"uses", "setup", "strips", "cards", "claims", "figure"}  # what the pack of a lesson holds; see its tests
IN_PACK |= {"worksheet", "family", "distancing"}
FOR_OTHERS = {"first_for"}  # on the pages of those groups
BY_MARK = {"email", "hours", "ages", "languages", "phone", "text"}  # of a service; see the tests of help


def texts(part: Any, unseen: frozenset[str]) -> Iterator[str]:
    """Yield what a reader shall find of a record: every text and date of it and of its parts."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, field_types.PartialDate):
        yield escaping.long_date(part)
    elif isinstance(part, kinds.Point):
        yield part.at
        yield part.text
    elif isinstance(part, tuple):
        for item in part:
            yield from texts(item, unseen)
    elif isinstance(part, kinds.Part):
        no_axis = isinstance(part, kinds.Figure) and not part.series
        for name in type(part).model_fields:
            if name not in unseen and not (name == "axis" and no_axis):
                yield from texts(getattr(part, name), unseen)


@pytest.mark.parametrize("collection", TOLD)
def test_every_record_s_texts_stand_in_its_place(site: BuiltSite, catalogue: Catalogue, collection: str) -> None:
    records = getattr(catalogue.document, collection)
    assert records
    unseen = UNSEEN | SHORT_IN_LISTS | (BY_MARK if collection == "services" else set())
    unseen -= {"notes"} if collection == "situations" else set()
    unseen |= {"address"} if collection == "questions" else set()  # where its links lead; see below
    unseen |= CHOSEN if collection in ("measures", "tools") else set()
    unseen |= BY_ID | FOR_OTHERS if collection == "measures" else set()
    unseen |= IN_PACK if collection == "lessons" else set()
    missing = []
    for record in records:
        shown = folded(place(site, catalogue.details(collection, record)))
        told = [part for text in texts(record, frozenset(unseen)) for part in IN_BRACKETS.split(text)]
        missing += [(record.id, text) for text in told if text.strip() not in shown]
    assert missing == []


def test_an_answer_leads_on_to_the_pages_that_say_more(site: BuiltSite, catalogue: Catalogue) -> None:
    for question in catalogue.questions:
        address = catalogue.address("questions", question)
        own = links_in(place(site, address), address.partition("#")[0])
        to = {urlsplit(link).path + (f"#{anchor}" if anchor else "") for link, anchor in own}
        assert {more.address for more in question.more} - to == set(), question.id


def test_what_the_law_says_of_a_step_stands_on_one_page_and_its_words_at_the_step(
    site: BuiltSite, catalogue: Catalogue
) -> None:
    told = [measure for measure in catalogue.measures if measure.law]
    assert len(told) > 10
    for measure in told:
        said = folded(place(site, f"/for/small-services/law/#{measure.id}"))
        step = place(site, f"/for/small-services/start/#{measure.id}")
        assert step.select(f'a[href="../law/#{measure.id}"]'), measure.id
        for entry in measure.law:
            assert entry.text in said, (measure.id, entry.country)
            country, duty = catalogue.word("countries", entry.country), catalogue.word("duties", entry.duty)
            assert f"{country.label}: {duty.label.lower()}" in folded(step), (measure.id, entry.country)
            if entry.law:
                law = catalogue.get("laws", entry.law)
                assert f"{law.short_name or law.name}, {escaping.long_date(law.date)}" in folded(step), measure.id


def test_a_reading_stands_on_the_principle_s_page_too(site: BuiltSite, catalogue: Catalogue) -> None:
    for reading in catalogue.document.readings:
        shown = folded(place(site, f"/principles/{reading.principle}/#for-{reading.group}"))
        assert reading.means in shown, reading.id
        assert reading.not_asked in shown, reading.id


@pytest.mark.parametrize("collection", LINKED)
def test_a_record_leads_to_whom_and_what_it_names(site: BuiltSite, catalogue: Catalogue, collection: str) -> None:
    missing = []
    for record in getattr(catalogue.document, collection):
        address = catalogue.details(collection, record)
        own = links_in(place(site, address), address.partition("#")[0])
        to = {urlsplit(link).path for link, _ in own}
        wanted = {f"/principles/{number}/" for number in numbers_of(record)}
        if len(wanted) == len(catalogue.principles) and "/principles/" in to:
            wanted = set()
        wanted |= {f"/stakeholders/{name}/" for name in getattr(record, "stakeholders", ())}
        missing += [f"{record.id} -> {target}" for target in sorted(wanted - to)]
    assert missing == []


@pytest.mark.parametrize("collection", ["events", "figures", "laws", "programmes", "terms"])
def test_whom_and_what_a_record_names_leads_to_it(site: BuiltSite, catalogue: Catalogue, collection: str) -> None:
    missing, named = [], 0
    for record in getattr(catalogue.document, collection):
        address = catalogue.details(collection, record)
        behind = "" if collection == "terms" else "record/"
        pages = [f"/principles/{number}/{behind}" for number in numbers_of(record)]
        pages += [f"/stakeholders/{name}/" for name in getattr(record, "stakeholders", ())]
        named += len(pages)
        missing += [f"{page} -> {address}" for page in pages if address not in site[page].leads]
    assert named
    assert missing == []


def numbers_of(record: Any) -> tuple[int, ...]:
    links: tuple[kinds.LawLink, ...] = getattr(record, "links", ())
    own: tuple[int, ...] = getattr(record, "principles", ())
    return tuple(link.principle for link in links) or own


# --- figures ---

NEVER_DRAWN = {
    "accounts-3-5-million": "no comparable series exists",
    "members-97-25-30": "governments, companies and organisations are no points of one scale",
}
"""Figures that the facts say not to chart (shared/facts/stakeholders.md, section 4), and why."""


def test_a_chart_stands_only_where_the_data_asks_for_one(site: BuiltSite, catalogue: Catalogue) -> None:
    found = {one.figure.id for one in drawn(site, catalogue)}
    assert found == {figure.id for figure in catalogue.document.figures if figure.chart}
    assert found
    assert not found & set(NEVER_DRAWN)
    assert set(NEVER_DRAWN) <= {figure.id for figure in catalogue.document.figures}


@dataclass(frozen=True)
class Drawn:
    """A chart on a page, and the series that it draws."""

    figure: kinds.Figure
    chart: Tag
    series: tuple[kinds.Series, ...]

    @property
    def at(self) -> list[str]:
        return [folded(tag) for tag in self.chart.select(".chart-row > .chart-at")]


def drawn(site: BuiltSite, catalogue: Catalogue) -> Iterator[Drawn]:
    """Yield every chart of the site: one of all series of a figure, or one for each under its label."""
    for figure in catalogue.document.figures:
        charts = article(site[f"/figures/{figure.id}/"]).select(".chart:not(.chart-overview)")
        apart = figure.own_scales or len(figure.series) > MOST_SERIES or any(series.unit for series in figure.series)
        if not apart:
            for chart in charts:
                yield Drawn(figure, chart, figure.series)
            continue
        alone = [series for series in figure.series if len(series.points) > 1]
        for chart, series in zip(charts, alone if charts else (), strict=True):
            title = chart.find_previous_sibling()
            assert title is not None
            assert (title.name, folded(title)) == ("h3", series.label), figure.id
            yield Drawn(figure, chart, (series,))


def points_of(series: Iterable[kinds.Series]) -> list[str]:
    return list(dict.fromkeys(point.at for one in series for point in one.points))


def test_counts_in_different_units_never_share_a_scale(site: BuiltSite, catalogue: Catalogue) -> None:
    mixed = [figure for figure in catalogue.document.figures if any(series.unit for series in figure.series)]
    assert mixed
    for figure in mixed:
        charts = [one for one in drawn(site, catalogue) if one.figure.id == figure.id]
        assert [one.at for one in charts] == [points_of(one.series) for one in charts]
        assert all(len(one.series) == 1 for one in charts)


def test_bars_are_as_long_as_their_values(site: BuiltSite, catalogue: Catalogue) -> None:
    for one in drawn(site, catalogue):
        alone = any(series.unit for series in one.series)
        assert one.at == points_of(one.series if alone else one.figure.series), one.figure.id
        longest = max(point.value or 0 for series in one.series for point in series.points)
        widths = []
        for at, row in zip(one.at, one.chart.select(".chart-row"), strict=True):
            wanted = [
                (f"bar-{number}", point.text, 100 * (point.value or 0) / longest)
                for number, series in enumerate(one.series, start=1)
                for point in series.points
                if point.at == at
            ]
            for line, (kind, text, share) in zip(row.select(".chart-line"), wanted, strict=True):
                assert folded(line) == text
                [bar] = line.select("svg.bar")
                assert kind in bar.get_attribute_list("class")
                assert [rect["width"] for rect in bar.select("rect")] == ["100%", "100%"]
                width = str(bar["width"])
                assert width.endswith("%")
                widths.append(float(width.removesuffix("%")))
                assert widths[-1] == pytest.approx(share, abs=0.006), (one.figure.id, at)
        assert max(widths) == 100, one.figure.id


def test_series_that_stand_together_differ_in_their_pattern(site: BuiltSite, catalogue: Catalogue) -> None:
    together = 0
    for one in drawn(site, catalogue):
        page = site[f"/figures/{one.figure.id}/"]
        used = {str(rect["fill"])[5:-1] for rect in one.chart.select("rect.pattern")}
        assert used <= page.ids, one.figure.id
        assert len(used) == len(one.series), one.figure.id
        patterns = {page.soup.select(f"pattern#{name}")[0].decode_contents() for name in used}
        assert len(patterns) == len(one.series), one.figure.id
        together += len(one.series) > 1
    assert together


def test_a_break_is_said_before_its_row_and_explained(site: BuiltSite, catalogue: Catalogue) -> None:
    broken = 0
    for one in drawn(site, catalogue):
        lines = one.chart.find_all(["p", "div"], recursive=False)
        said = {
            folded(after.select(".chart-at")[0]): folded(line)
            for line, after in pairwise(lines)
            if "chart-break" in line.get_attribute_list("class")
        }
        assert len(one.chart.select(".chart-break")) == len(said), one.figure.id
        assert set(said) == {gap.before for gap in one.figure.breaks}, one.figure.id
        assert all(before in words and "not comparable" in words for before, words in said.items())
        broken += len(said)
    assert broken
    for figure in catalogue.document.figures:
        notices = " ".join(folded(tag) for tag in article(site[f"/figures/{figure.id}/"]).select(".notice"))
        assert [gap.text for gap in figure.breaks if gap.text not in notices] == [], figure.id


def test_the_table_below_holds_every_value(site: BuiltSite, catalogue: Catalogue) -> None:
    for figure in catalogue.document.figures:
        if not figure.series:
            continue
        section = place(site, f"/figures/{figure.id}/#values")
        head = [folded(cell) for cell in section.select("thead th")]
        assert head == [
            figure.axis,
            *(f"{series.label}, {series.unit}" if series.unit else series.label for series in figure.series),
        ]
        rows = [[plain(cell) for cell in row.find_all(["th", "td"])] for row in section.select("tbody tr")]
        by_point = [{point.at: point.text for point in series.points} for series in figure.series]
        assert rows == [[at, *(points.get(at, "") for points in by_point)] for at in points_of(figure.series)], (
            figure.id
        )
        assert section.select('a[href="data.csv"]'), figure.id
        assert (site.folder / "figures" / figure.id / "data.csv").is_file()


def plain(cell: Tag) -> str:
    """Give a cell's text without source marks and labels."""
    copy = BeautifulSoup(str(cell), "lxml")
    for mark in copy.select(".source-mark, .tag"):
        mark.decompose()
    return folded(copy)


def test_every_figure_says_what_it_cannot_show(site: BuiltSite, catalogue: Catalogue) -> None:
    for figure in catalogue.document.figures:
        section = place(site, f"/figures/{figure.id}/#cannot-show")
        assert folded(section).startswith("What it cannot show")
        assert [claim.text for claim in figure.cannot_show if claim.text not in folded(section)] == [], figure.id


# --- help ---

FIELDS = {
    "url": "https://help.example/start",
    "phone": kinds.Phone(label="0800 765 432", number="0800765432"),
    "text": kinds.TextMessage(label="31313", number="31313", keyword="HELLO"),
    "chat": True,
    "email": "talk@help.example",
    "hours": "Mondays, 9am to 5pm",
    "ages": "12 to 19",
    "languages": "English and Welsh",
    "anonymous": "yes",
}
SIGNS = {
    "url": ("https://help.example/start",),
    "phone": ("0800 765 432", "0800765432"),
    "text": ("31313", "HELLO"),
    "chat": ("Chat online",),
    "email": ("talk@help.example",),
    "hours": ("Mondays, 9am to 5pm",),
    "ages": ("12 to 19",),
    "languages": ("English and Welsh",),
    "anonymous": ("You need not say who you are",),
}
"""What a field of the sample leaves on a page."""
assert set(SIGNS) == set(FIELDS) == set(kinds.Marks.model_fields)


MARKS = get_args(kinds.Mark)


def allowed(name: str, mark: str) -> bool:
    """Say whether a field of this mark may be printed (design/content-rules.md, 3)."""
    return mark == "A" or (mark == "B" and name != "hours")


def sample(mark: kinds.Mark, needs: tuple[str, ...] = ("child-help",), **marks: str) -> kinds.Service:
    fields = {
        "id": "sample",
        "name": "Sample line",
        "operator": "An operator",
        "operator_kind": "charity",
        "country": "gb",
        "needs": needs,
        "for_whom": "For anybody.",
        "confidence": "confirmed",
        "checked": "2026-11-24",
        "mark": mark,
        "marks": marks,
    }
    return kinds.Service.model_validate({**fields, **FIELDS})


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_s_own_mark_decides_and_else_the_record_s(name: str) -> None:
    for mark in MARKS:
        for own in MARKS:
            printed = sample(mark, **{name: own}).printable(name)
            assert printed == (FIELDS[name] if allowed(name, own) else None), (mark, own)
        assert sample(mark).printable(name) == (FIELDS[name] if allowed(name, mark) else None), mark


@pytest.fixture(scope="module")
def engine() -> Environment:
    """The template engine as `mkdocs_hooks` sets it."""
    engine = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=escaping.escape,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    jinja_gettext.install(engine)
    return engine


@pytest.fixture(scope="module")
def tree() -> Tree:
    return real_tree()


@pytest.mark.parametrize("need", ["child-help", "emergency"])
@pytest.mark.parametrize(("template", "address"), [("help-country.md.j2", "/help/gb/"), ("help.md.j2", "/help/")])
def test_help_pages_print_no_field_that_is_not_sure(
    engine: Environment, catalogue: Catalogue, tree: Tree, template: str, address: str, need: str
) -> None:
    citation = Citation(Work("key", "A site", "Help", field_types.PartialDate("2026"), "/"), ())
    config = {"extra": {"citations": {address: citation}, "edit_data": "", "number_sheets": {}}, "repo_url": ""}
    first = {"country": "gb", "services": ("sample",)}
    for mark in ("B", "C"):
        for name in FIELDS:
            services = (sample("A", (need,), **{name: mark}),)
            happening = catalogue.situations[0].model_copy(
                update={"needs": (need,), "first": (kinds.FirstHelp.model_validate(first),), "then": ()}
            )
            update = {"services": services, "situations": (happening,)}
            only = Catalogue(catalogue.document.model_copy(update=update), tree)
            sheet = PageContext(only, address, only.service_groups[0])
            html = engine.get_template(template).render(ctx=sheet, config=config, page={"edit_url": None})
            shown = any(sign in html for sign in SIGNS[name])
            if not allowed(name, mark):
                assert not shown, (name, mark)
            elif template == "help-country.md.j2":
                assert shown, (name, mark)


def test_no_help_entry_of_the_site_prints_what_is_not_sure(site: BuiltSite, catalogue: Catalogue) -> None:
    for service in catalogue.document.services:
        entry = place(site, catalogue.address("services", service))
        shown = folded(entry)
        for name in ("hours", "ages", "languages", "email"):
            value = getattr(service, name)
            if value is None:
                continue
            sure = allowed(name, getattr(service.marks, name) or service.mark)
            assert (value in shown) == sure, (service.id, name)
        assert bool(entry.select(".service-name a")) == bool(service.printable("url")), service.id
        assert ("Chat online" in shown) == bool(service.printable("chat")), service.id


def test_tapping_a_number_dials_the_digits_of_the_data(site: BuiltSite, catalogue: Catalogue) -> None:
    for service in catalogue.document.services:
        entry = place(site, catalogue.address("services", service))
        for scheme, contact in (("tel", service.printable("phone")), ("sms", service.printable("text"))):
            links = [(str(tag["href"]), tag.get_text()) for tag in entry.select(f'a[href^="{scheme}:"]')]
            assert links == ([(f"{scheme}:{contact.number}", contact.label)] if contact else []), service.id
            if contact:
                assert contact.number in re.sub(r"[^0-9+]", "", contact.label), service.id
    known = {
        "tel": {service.phone.number for service in catalogue.document.services if service.phone},
        "sms": {service.text.number for service in catalogue.document.services if service.text},
    }
    for page in site.pages.values():
        for scheme, numbers in known.items():
            for tag in page.soup.select(f'a[href^="{scheme}:"]'):
                assert str(tag["href"]).removeprefix(f"{scheme}:") in numbers, (page.address, tag)


def test_emergency_numbers_come_first(site: BuiltSite, catalogue: Catalogue) -> None:
    numbers = {
        service.country: service.phone.number
        for service in catalogue.document.services
        if "emergency" in service.needs and service.phone
    }
    assert set(numbers) == {group.word.id for group in catalogue.service_groups}
    page = article(site["/help/"])
    dialled = [str(tag["href"]) for tag in page.select('a[href^="tel:"], a[href^="sms:"]')]
    assert Counter(dialled[: len(numbers)]) == Counter(f"tel:{number}" for number in numbers.values())
    assert page.find_all("h2")[0]["id"] == "emergency"
    for group in catalogue.service_groups:
        country = article(site[f"/help/{group.word.id}/"])
        assert country.find_all("h2")[0]["id"] == "need-emergency", group.word.id
        dialled = [str(tag["href"]) for tag in country.select('a[href^="tel:"], a[href^="sms:"]')]
        if group.word.id in numbers:
            assert dialled[0] == f"tel:{numbers[group.word.id]}", group.word.id


def test_every_service_stands_once_on_its_country_s_page(site: BuiltSite, catalogue: Catalogue) -> None:
    order = [need.id for need in catalogue.document.needs]
    for group in catalogue.service_groups:
        page = article(site[f"/help/{group.word.id}/"])
        entries = [str(tag["id"]) for tag in page.select("li.service")]
        assert Counter(entries) == Counter(service.id for service in group.records), group.word.id
        needs = [str(tag["id"]).removeprefix("need-") for tag in page.select('[id^="need-"]')]
        assert needs == [need for need in order if need in needs], group.word.id
        assert {need for service in group.records for need in service.needs} <= set(needs), group.word.id
        for service in group.records:
            for need in service.needs:
                section = place(site, f"/help/{group.word.id}/#need-{need}")
                here = {str(tag["id"]) for tag in section.select("li.service")}
                here |= {str(tag["href"]).lstrip("#") for tag in section.select('a[href^="#"]')}
                assert service.id in here, (service.id, need)


def test_help_by_need_names_every_service_under_each_of_its_needs(site: BuiltSite, catalogue: Catalogue) -> None:
    page = article(site["/help/"])
    needs = [str(tag["id"]).removeprefix("need-") for tag in page.select('h3[id^="need-"]')]
    assert needs == [need.id for need in catalogue.document.needs if need.id != "emergency"]
    for need in needs:
        own = links_in(place(site, f"/help/#need-{need}"), "/help/")
        to = Counter(urlsplit(link).path + "#" + anchor for link, anchor in own if link.startswith(HOST))
        for service in catalogue.document.services:
            assert to[f"/help/{service.country}/#{service.id}"] == (need in service.needs), (need, service.id)


# --- words ---

EVERYDAY = {
    "broken": "a rule can be broken; only of a person is it a hurtful word",
}
"""Words to avoid that have another sense in which pages use them."""

OFFICIAL_NAMES = {
    "child sex trafficking": "the offence that US law names, and the kind of report counted under that name",
    'the name that US law uses, "child pornography"': "the sentence that explains that row",
    "home affairs": "ministries and ministers are called so",
    "internal affairs": "ministries and ministers are called so",
    "youth affairs": "ministries and ministers are called so",
}
"""Official names that hold a word to avoid; each as it may stand, with its reason."""


def avoided(catalogue: Catalogue) -> re.Pattern[str]:
    """Give what finds the words of the glossary's "not that".

    An entry with a word in quotation marks is a way of using it, and no word to avoid everywhere.
    """
    entries = [entry for term in catalogue.document.terms for entry in term.not_say]
    words = {re.sub(r" \(except .*\)$", "", entry) for entry in entries if not entry.startswith(('"', "any other "))}
    assert {"child pornography", "revenge porn", "paedophile", "Big Tech", *EVERYDAY} <= words
    either = "|".join(re.escape(word) for word in sorted(words - set(EVERYDAY), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{either})s?(?![\w-])|\w*porn\w*", re.IGNORECASE)


def names(catalogue: Catalogue, harsh: re.Pattern[str]) -> re.Pattern[str]:
    """Give what finds the names that others gave, with such a word in them: of sources, services and material."""
    document = catalogue.document
    given = {*(source.title for source in document.sources), *(resource.name for resource in document.resources)}
    given |= {service.name for service in document.services}
    given = {name for name in given if harsh.search(name)} | set(OFFICIAL_NAMES)
    return re.compile("|".join(re.escape(name) for name in sorted(given, key=len, reverse=True)), re.IGNORECASE)


def said_on(page: BuiltPage) -> str:
    """Give all that a page says: its text, its title and description, and what a screen reader is told."""
    labels = [str(tag["aria-label"]) for tag in page.soup.select("[aria-label]")]
    return " ".join(" ".join([page.soup.get_text(" "), page.description, *labels]).split())


def test_words_to_avoid_stand_in_the_glossary_only(site: BuiltSite, catalogue: Catalogue) -> None:
    harsh = avoided(catalogue)
    given = names(catalogue, harsh)
    found = []
    for page in site.pages.values():
        said = given.sub("…", said_on(page)) if page.address != "/glossary/" else ""
        found += [f"{page.address}: {said[max(0, m.start() - 60) : m.end() + 30]}" for m in harsh.finditer(said)]
    assert found == []


def test_every_exception_for_a_word_is_still_needed(site: BuiltSite, catalogue: Catalogue) -> None:
    everything = " ".join(said_on(page) for page in site.pages.values()).lower()
    assert [name for name in (*OFFICIAL_NAMES, *EVERYDAY) if name.lower() not in everything] == []


def sections(page: BuiltPage) -> Iterator[tuple[str, list[Tag]]]:
    """Yield each section of a page, by the id of its h2 or of what that opens, with the elements that stand in it."""
    name, inside = "", list[Tag]()
    for tag in article(page).find_all(True):
        if tag.name == "h2":
            yield name, inside
            name, inside = str(tag.get("id") or (tag.parent and tag.parent["id"])), []
        inside.append(tag)
    yield name, inside


def terms_linked(tags: list[Tag]) -> list[str]:
    return [str(tag["href"]).partition("#")[2] for tag in tags if "term" in tag.get_attribute_list("class")]


def test_a_term_is_linked_once_in_a_section_and_never_in_a_heading(site: BuiltSite) -> None:
    linked_terms = 0
    for page in site.pages.values():
        if page.article is None:
            continue
        assert not [tag for tag in page.soup.find_all(HEADING) if tag.select("a.term")], page.address
        for name, inside in sections(page):
            counted = Counter(terms_linked(inside))
            linked_terms += len(counted)
            assert [term for term, count in counted.items() if count > 1] == [], (page.address, name)
    assert linked_terms > 100


def test_a_term_is_linked_in_every_section_whose_statements_use_it(site: BuiltSite, catalogue: Catalogue) -> None:
    missed, statements = [], 0
    for page in site.pages.values():
        # Whoever is in distress is led to help, not into the glossary.
        if page.article is None or page.address.endswith("/glossary/") or "/help/" in page.address:
            continue
        for name, inside in sections(page):
            used = set()
            for tag in filter(is_statement, inside):
                statements += 1
                used |= terms_used(tag, in_its_language(page, catalogue))
            missed += [f"{page.address}#{name}: {term}" for term in sorted(used - set(terms_linked(inside)))]
    assert statements > 1000
    assert missed == []


def in_its_language(page: BuiltPage, catalogue: Catalogue) -> Catalogue:
    return catalogue.translations["fr"].catalogue if page.address.startswith("/fr/") else catalogue


def is_statement(tag: Tag) -> bool:
    """Say whether an element holds a sentence of the data with its sources, and is no card, cell or line of facts."""
    marked = any("source-mark" in child.get_attribute_list("class") for child in tag.find_all("a", recursive=False))
    return marked and tag.name in {"p", "li", "dd"} and not tag.find_parent("aside") and not is_meta(tag)


def is_meta(tag: Tag) -> bool:
    return "meta" in tag.get_attribute_list("class")


def terms_used(statement: Tag, catalogue: Catalogue) -> set[str]:
    """Give the terms that a statement uses; names that it links to, labels, dates and English are none of its words."""
    copy = BeautifulSoup(str(statement), "lxml")
    for label in copy.select("a:not(.term), .tag, .when, strong, time, [lang=en]"):
        label.replace_with(" ")
    found = (catalogue.term_forms.get(match.group().lower()) for match in catalogue.term_pattern.finditer(folded(copy)))
    return {term.id for term in found if term and not term.common}


def test_every_definition_belongs_to_a_link(site: BuiltSite, catalogue: Catalogue) -> None:
    defined = 0
    for page in site.pages.values():
        described = {str(tag["aria-describedby"]) for tag in page.soup.select("a.term")}
        boxes = page.soup.select("[popover]")
        assert Counter(str(box["id"]) for box in boxes) == Counter(described), page.address
        for box in boxes:
            defined += 1
            term = in_its_language(page, catalogue).get("terms", str(box["id"]).removeprefix("definition-"))
            assert folded(box).startswith(" ".join(f"{term.term}: {term.definition}".split())), page.address
        for tag in page.soup.select("a.term"):
            assert str(tag["href"]).endswith(str(tag["aria-describedby"]).replace("definition-", "#"))
    assert defined > 100


# --- the order of a principle's page ---

SECTIONS = (
    *("in-brief", "sentence", "for-you", "example", "does-not-say"),
    *("practices", "law", "open-questions", "exercise", "related"),
)
"""The sections of a principle's page that stand open, in their order."""

ALWAYS = frozenset(
    (
        *("principle", "in-full", "phrases", "discussion", "self-check", "discuss", "sources"),
        *("handout", "kit", "cite", "embed"),
    )
)
"""Anchors that stood on these pages at one time or another, and stay."""

ABOUT = {
    **{name: (name,) for name in ("figures", "events", "programmes", "terms")},
    "teaching": ("lessons", "resources"),
}
"""Those that are there where there is something of that kind."""


def h2_ids(tag: Tag) -> list[str]:
    return [str(heading["id"]) for heading in tag.find_all("h2")]


def test_a_principle_s_page_keeps_the_promised_order(site: BuiltSite, catalogue: Catalogue) -> None:
    for principle in catalogue.principles:
        page = site[f"/principles/{principle.number}/"]
        shown = [name for name in SECTIONS if name != "example" or principle.example]
        assert h2_ids(article(page)) == shown, principle.number
        wanted = set(ALWAYS)
        wanted |= {anchor for anchor, of in ABOUT.items() if any(catalogue.about(name, principle) for name in of)}
        wanted |= {"changed"} if catalogue.changes_of(principle) else set()
        wanted |= {f"by-{done.stakeholder}" for done in catalogue.practices_for(principle)}
        wanted |= {f"source-{source}" for done in catalogue.practices_for(principle) for source in done.sources}
        wanted |= {f"for-{group.id}" for group in catalogue.document.groups if catalogue.reading(group, principle)}
        assert wanted - page.ids == set(), principle.number


def test_the_doubt_of_an_unread_principle_is_printed_from_its_confidence(site: BuiltSite, catalogue: Catalogue) -> None:
    """The prose says nothing of it, so that one edit takes it from every place."""
    label = catalogue.word("confidences", "unchecked").label
    unread = [one for one in catalogue.principles if one.confidence == "unchecked"]
    assert unread
    assert len(unread) < len(catalogue.principles)
    for principle in catalogue.principles:
        doubted = principle in unread
        page = site[catalogue.address("principles", principle)]
        exercise = page.soup.find(id="discuss")
        assert isinstance(exercise, Tag)
        assert (label in exercise.get_text()) == doubted
        head = page.soup.find("meta", attrs={"name": "description"})
        assert isinstance(head, Tag)
        assert ("not yet checked" in str(head["content"])) == doubted
        for group in catalogue.document.groups:
            places = (
                (page, f"for-{group.id}"),
                (site[catalogue.address("groups", group)], f"principle-{principle.number}"),
            )
            for where, anchor in places:
                text = where.soup.find(id=anchor)
                assert isinstance(text, Tag)
                tags = [tag for tag in text.select("p .tag-doubt") if tag.get_text() == label]
                assert len(tags) == (2 if doubted else 0), (where.address, anchor)
        for address in (page.address, f"/fr{page.address}"):
            claims = article(site[address]).select("#does-not-say ~ details ul.claims")[0].select("li")
            own = [claim.confidence == "unchecked" for claim in principle.does_not_say]
            assert [claim.select_one(".tag-doubt") is not None for claim in claims] == [
                claim.confidence not in (None, "confirmed") for claim in principle.does_not_say
            ]
            assert any(own) == doubted


def test_a_source_leads_to_the_archived_copy_of_its_day(site: BuiltSite, catalogue: Catalogue) -> None:
    shown = 0
    for source in catalogue.document.sources:
        page = site[f"/sources/{source_range(source.publisher)}/"]
        entry = page.soup.find("li", id=source.id)
        assert isinstance(entry, Tag)
        links = [link for link in entry.select("p.meta a") if str(link["href"]) == source.archive]
        assert len(links) == (1 if source.archive else 0), source.id
        for link in links:
            shown += 1
            assert link["rel"] == ["noopener", "noreferrer"]
            if not source.archived:
                assert folded(link) == f"Archived copy nearest to {escaping.long_date(source.checked)}"
                assert str(link.next_sibling) == ", if there is one", "nobody has looked"
    assert shown > 300


def test_every_collection_with_a_place_is_told() -> None:
    """A new kind of record comes to these tests too."""
    assert set(PAGES) | set(ANCHORS) >= ELSEWHERE
    assert len(TOLD) == len({*PAGES, *ANCHORS}) - len(ELSEWHERE) >= 12


def test_what_changed_stands_at_every_record_that_a_change_names(site: BuiltSite, catalogue: Catalogue) -> None:
    touched = 0
    for change in catalogue.changes:
        listed = place(site, f"/changes/#{change.id}")
        for name in set(type(change).model_fields) - {"id", "former_ids", "date", "text", "unchanged", "doi"}:
            for key in getattr(change, name):
                record = catalogue.principle(key) if name == "principles" else catalogue.get(name, key)
                address = catalogue.details(name, record)
                page = article(site[address.partition("#")[0]])
                where = page.find(id=address.partition("#")[2]) if "#" in address else page
                assert isinstance(where, Tag)
                assert where.select(f'a[href$="changes/#{change.id}"]'), (change.id, key)
                assert listed.find_all("a"), change.id
                touched += 1
    assert touched


def test_the_sentence_quotes_only_what_was_read_and_shows_what_is_not_said(
    site: BuiltSite, catalogue: Catalogue
) -> None:
    for start, said, records in (
        ("", "not said", catalogue),
        ("/fr", "rien n\u2019est dit", catalogue.translations["fr"].catalogue),
    ):
        for principle in records.principles:
            figure = site[f"{start}/principles/{principle.number}/"].soup.select_one("figure.sentence")
            assert figure is not None
            parts = [part for whole in principle.sentence.parts for part in (whole, *whole.within)]
            drawn = {part.phrase for part in parts if part.phrase}
            phrases = [phrase for phrase in principle.phrases if phrase.id in drawn]
            read = [phrase.phrase for phrase in phrases if phrase.confidence != "unchecked"]
            assert [quoted.get_text() for quoted in figure.find_all("q")] == read
            unread = [phrase.phrase for phrase in phrases if phrase.confidence == "unchecked"]
            assert [word.get_text() for word in figure.select(".unread")] == unread
            assert len(figure.select(".tag-doubt")) == len(unread)
            assert (principle.sentence.unread or said) in figure.get_text()
            silent = [records.word("sentence_slots", slot).label for slot in principle.sentence.silent]
            assert [part.get_text(" ", strip=True) for part in figure.select("li.silent")] == [
                f"{slot} {said}" for slot in silent
            ]


def test_the_small_form_has_the_words_alone_and_leads_to_their_notes(engine: Environment, catalogue: Catalogue) -> None:
    template = engine.get_template("parts/sentence.md.j2")
    module: Any = template.make_module({"ctx": PageContext(catalogue, "/")})
    for principle in catalogue.principles:
        drawn = BeautifulSoup(module.sentence_small(principle), "lxml")
        items = [folded(item) for item in drawn.find_all("li")]
        assert len(items) == len(principle.sentence.parts) + len(principle.sentence.silent)
        assert [item for item in items if item.endswith("not said")] == items[len(principle.sentence.parts) :]
        assert not any(part.gloss in drawn.get_text() for part in principle.sentence.parts)
        assert {str(link["href"]) for link in drawn.find_all("a")} == {
            f"principles/{principle.number}/#phrase-{part.phrase}" for part in principle.sentence.parts if part.phrase
        }


def test_the_dates_that_matter_open_the_timeline_and_stand_with_the_evidence(
    site: BuiltSite, catalogue: Catalogue
) -> None:
    wanted = [event for event in catalogue.events if event.matters]
    assert wanted
    for address in ("/timeline/", "/evidence/"):
        shown = article(site[address]).select(".key-dates > li")
        led = [str(link["href"]).partition("#")[2] for one in shown for link in one.select("h3 > a")]
        assert led == [event.id for event in wanted], address
        told = zip(wanted, shown, strict=True)
        assert [event.id for event, one in told if str(event.matters) not in folded(one)] == [], address


def test_a_verdict_stands_first(site: BuiltSite, catalogue: Catalogue) -> None:
    for figure in catalogue.document.figures:
        word = catalogue.word("verdicts", figure.verdict).label
        (first,) = article(site[f"/figures/{figure.id}/"]).select("h1 + .verdict")
        assert folded(first) == f"{word}. {figure.finding}", figure.id
    for statement in catalogue.document.announcement:
        word = catalogue.word("verdicts", statement.verdict).label
        (first,) = place(site, f"/announcement/#{statement.id}").select("div > .verdict:first-child")
        assert folded(first) == f"{word}. {statement.finding}", statement.id
