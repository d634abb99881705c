"""The entries that the page "Contribute" shows: whoever copies one must have a file that passes the check."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from html import unescape

import pytest
from markdown_it import MarkdownIt

from macros.data import kinds, new_entry
from macros.data.translations import translate
from macros.data.validation import check
from macros.data.yaml_reader import Tree, read_bytes
from macros.pages import site_check
from macros.review.marking import both_versions
from tests.samples import ROOT, real

GUIDE = ROOT / "docs" / "contribute" / "index.md"
PAGE = GUIDE.read_text(encoding="utf-8")
CODE = ROOT / "docs" / "contribute" / "code" / "index.md"
CODE_PAGE = CODE.read_text(encoding="utf-8")
COLLECTIONS = {
    "source": "sources",
    "stakeholder": "stakeholders",
    "practice": "practices",
    "event": "events",
    "figure": "figures",
    "law": "laws",
    "programme": "programmes",
    "term": "terms",
    "service": "services",
}


def sample(name: str) -> str:
    """Give the entry that stands under a heading or in a fold of the page."""
    parts = re.split(r"id=\"sample-([a-z]+)", PAGE)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True))
    found = re.search(r"<pre><code>(.*?)</code></pre>", texts[name], re.DOTALL)
    assert found, name
    return unescape(found[1])


def with_samples(*left_out: str) -> str:
    """Give the real file with the samples put in as the page says, each where its list or its part begins."""
    text = real()
    for name, collection in COLLECTIONS.items():
        if name not in left_out:
            head = f"\n{collection}:\n"
            assert text.count(head) == 1, collection
            text = text.replace(head, head + sample(name) + "\n")
    tree = read_bytes(real().encode(), "principles.yml")
    free = next(one for one in tree.data["principles"] if len(one["phrases"]) < 6)
    before, after = text.split(f"\n  - id: {free['id']}\n", 1)
    after = after.replace("    phrases:\n", "    phrases:\n" + sample("phrase"), 1)
    return f"{before}\n  - id: {free['id']}\n{after}"


def tree(text: str, name: str = "sample.yml") -> Tree:
    return read_bytes(text.encode(), name)


def test_every_sample_passes_the_check() -> None:
    found = tree(with_samples())
    outcome = check(found, site_check.today())
    assert not outcome.faults, "\n".join(f"{one.position.line}: {one.message}" for one in outcome.faults)
    assert outcome.document is not None
    for name, collection in COLLECTIONS.items():
        (identity,) = re.findall(r"^  - id: ([a-z0-9-]+)$", sample(name), re.MULTILINE)
        assert identity in [record.id for record in getattr(outcome.document, collection)]
    assert "example-phrase" in [one.id for principle in outcome.document.principles for one in principle.phrases]


def test_a_sample_that_breaks_is_seen() -> None:
    faults = check(tree(with_samples("source")), site_check.today()).faults
    assert any("example-video-post-2021" in fault.message for fault in faults)


@pytest.mark.parametrize("name", [*COLLECTIONS, "phrase"])
def test_a_sample_shows_every_field_that_an_entry_must_have(name: str) -> None:
    part = kinds.Phrase if name == "phrase" else kinds.COLLECTIONS[COLLECTIONS[name]]
    given = set(re.findall(r"^(?:  |      )(?:- |  )([a-z_]+):", sample(name), re.MULTILINE))
    assert given >= {field for field, info in part.model_fields.items() if info.is_required()}


def test_the_french_sample_fits_the_english_one() -> None:
    found = tree(with_samples())
    document = check(found, site_check.today()).document
    assert document is not None
    french = tree(sample("french"), "sample.fr.yml")
    translation, faults = translate(document, french, "fr")
    assert translation is not None, faults
    assert translation.leftover == ()
    assert not [fault for fault in translation.missing if "terms.example-word" in fault.message]
    # the page shows what the report says of a text before it is marked, and when its English has changed
    path = "terms.example-word.definition"
    for was in (None, "A list of material."):
        french.lock = {**translation.texts, path: was or ""}
        if was is None:
            del french.lock[path]
        again, _ = translate(document, french, "fr")
        assert again is not None
        (older,) = again.outdated
        assert "\n".join((older.message, *both_versions(older))) in PAGE


# --- as GitHub shows it ---

MARKS = re.compile(r"\{[{%#:]|[}%#]\}")


def on_github(text: str) -> Iterator[tuple[str, str]]:
    """Yield what readers see of a page on GitHub, and its HTML: each piece, and whether it is text, code or HTML."""
    for token in (
        MarkdownIt("commonmark").enable("table").parse(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
    ):
        for one in [token, *(token.children or ())]:
            if one.type in ("text", "code_inline", "fence", "code_block", "html_inline", "html_block"):
                yield one.type.partition("_")[0], re.sub(r"<!--.*?-->", "", one.content, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    """Give the anchors that GitHub knows on a page: ids in its HTML, and the words of headings by its rule."""
    heads = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    words = (re.sub(r"<[^>]*>|`", "", head).strip().lower() for head in heads)
    return {*re.findall(r'\bid="([\w-]+)"', text), *(re.sub(r"[^\w\- ]", "", one).replace(" ", "-") for one in words)}


def test_nobody_sees_a_mark_of_a_template_on_github() -> None:
    pieces = list(on_github(PAGE))
    assert len(pieces) > 500
    assert [text for kind, text in pieces if kind in ("text", "html") and MARKS.search(text)] == []
    noisy = PAGE.replace("<!-- {% set", "{% set").replace("<!-- {{ listing", "{{ listing", 1)
    seen = [text for kind, text in on_github(noisy) if kind in ("text", "html") and MARKS.search(text)]
    assert len(seen) == 2, "what is not hidden is found"


def test_links_lead_somewhere_on_github() -> None:
    published = (ROOT / "data" / "published.txt").read_text(encoding="utf-8").splitlines()
    site = re.findall(
        r'^site_url: .*"(https://[^"]+)/"', (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE
    )[0]
    found = [
        (page, target)
        for page, text in ((GUIDE, PAGE), (CODE, CODE_PAGE))
        for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'<a href="([^"]+)"', text)
    ]
    assert len(found) > 30
    for page, target in found:
        path, _, anchor = target.partition("#")
        if path.startswith(site):
            assert path.removeprefix(site) in published, target
            assert not anchor or target.removeprefix(site) in published or path.endswith("/the-text/"), target
            continue
        if path.startswith("https:"):
            continue
        file = (page.parent / path).resolve() if path else page
        assert file.is_relative_to(ROOT), target
        assert file.is_file(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def test_a_sample_of_every_kind_that_editors_may_add_is_shown() -> None:
    shown = {*re.findall(r'listing\("macros/data/samples/([a-z-]+)\.yml"\)', PAGE), *COLLECTIONS}
    for name, row in kinds.ROWS.items():
        file = new_entry.sample(name)
        assert row.fixed is not None or (file and file.stem in shown), name


# --- what it is built on ---

NO_PACKAGES = {"ajv-dist", "gift-pegjs", "minisearch", "nginx"}
"""What the tables of dependencies name beside packages of Python: scripts that lie here, and a program."""


def name_of(requirement: str) -> str:
    """Give the name of a package from a requirement, as registries compare names."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_what_is_taken_from_others_without_being_offered_is_listed() -> None:
    section = CODE_PAGE.split('<a id="private">')[1].split("<!-- {% include")[0]
    listed = set(re.findall(r"^\| `([\w/.]+)` \| `(\w+)` of ", section, re.MULTILINE))
    ours = {"self", "cls", "PartialDate"}
    used = {
        (file.relative_to(ROOT).as_posix(), node.attr)
        for file in (ROOT / "macros").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and re.match(r"_[a-z]", node.attr, re.IGNORECASE)
        and node.attr != "_replace"  # of named tuples: offered, and so called that no field can have its name
        and not (isinstance(node.value, ast.Name) and node.value.id in ours)
    }
    assert used == listed


def test_every_dependency_has_its_reason_and_no_other_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    second = (ROOT / "requirements" / "zensical.in").read_text(encoding="utf-8").splitlines()
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    asked += [line for line in second if line.strip() and not line.startswith("#")]
    section = re.split(r"^## ", CODE_PAGE, flags=re.MULTILINE)
    (table,) = [part for part in section if '<a id="dependencies">' in part]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    cells = [re.sub(r"\([^)]*\)|, below .*", "", first) for first, _ in rows if first != "Package" and first[0] != "-"]
    named = [name_of(one) for cell in cells for one in cell.strip().split(", ")]
    assert len(named) == len(set(named)), "each stands once"
    assert set(named) - NO_PACKAGES == {name_of(one) for one in asked}


def test_every_module_that_the_guide_names_is_there() -> None:
    named = set(re.findall(r"\b(?:macros|tests|theme|benchmarks)/[a-z_/0-9]+\.(?:py|yml|typ|j2)\b", CODE_PAGE))
    assert len(named) > 60
    missing = {name for name in named if not (ROOT / name).is_file()}
    assert missing == {"macros/data/kinds/court_case.py"}, "the worked example, which nobody has added"
