"""The archive of the whole site: complete, and readable from a folder."""

from __future__ import annotations

import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.build import offline_zip
from tests.conftest import BuiltSite


@pytest.fixture(scope="module")
def unpacked(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        whole.extractall(folder)
    return folder / offline_zip.FOLDER


def test_every_page_is_in_it_and_every_link_leads_to_a_file(site: BuiltSite, unpacked: Path) -> None:
    pages = sorted(unpacked.rglob("*.html"))
    assert {f"/{page.relative_to(unpacked).as_posix()}".removesuffix("index.html") for page in pages} == {
        address for address in site.pages if address != "/404.html"
    } | {
        f"/{file.relative_to(site.folder).as_posix()}".removesuffix("index.html")
        for file in site.folder.rglob("index.html")
    }
    lost = []
    for page in pages:
        for tag in LexborHTMLParser(page.read_text(encoding="utf-8")).css("a, link, script, img, form"):
            own = tag.attributes
            target = own.get("href") or own.get("src") or own.get("action") or ""
            parts = urlsplit(target)
            if tag.tag == "link" and set((own.get("rel") or "").split()) & {"canonical", "prev", "next"}:
                continue
            if parts.scheme or parts.netloc or not parts.path:
                continue
            place = page.parent / unquote(parts.path)
            # The archive is not within itself.
            if not place.is_file() and not parts.path.endswith(offline_zip.PLACE):
                lost.append(f"{page.relative_to(unpacked)}: {target}")
    assert lost == []


def test_every_page_keeps_its_policy_and_may_load_the_files_beside_it_alone(unpacked: Path) -> None:
    """Reviewers open the archive of a proposal: no header stops a page there."""
    pages = sorted(unpacked.rglob("*.html"))
    seen = set()
    for page in pages:
        read = LexborHTMLParser(page.read_text(encoding="utf-8"))
        policies = read.css('head > meta[http-equiv="Content-Security-Policy"]')
        if read.css_first('meta[http-equiv="refresh"]'):
            continue  # leads on, and holds nothing that anybody writes
        assert len(policies) == 1, page
        policy = str(policies[0].attributes["content"])
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["default-src"] == "'none'", page
        assert rules.get("script-src", "'self' file:") == "'self' file:", page
        assert not [word for word in ("unsafe", "http", "*") if word in policy], page
        seen.add(policy)
    assert 1 <= len(seen) <= 2


def test_every_file_in_it_is_whole_and_of_one_moment(site: BuiltSite) -> None:
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        assert len({entry.date_time for entry in whole.infolist()}) == 1
        assert whole.testzip() is None


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ('href="../help/"', 'href="../help/index.html"'),
        ('href="../glossary/#csam"', 'href="../glossary/index.html#csam"'),
        ('href="../glossary/&#35;csam"', 'href="../glossary/index.html&#35;csam"'),
        ('href="../.."', 'href="../../index.html"'),
        ('href="."', 'href="./index.html"'),
        ('href="#sources"', 'href="#sources"'),
        ('href="https://example.org/"', 'href="https://example.org/"'),
        ('href="tel:999"', 'href="tel:999"'),
        ('href="data.csv"', 'href="data.csv"'),
        ('href="?kind=law"', 'href="?kind=law"'),
        ('action="../a-z/"', 'action="../a-z/index.html"'),
    ],
)
def test_a_link_to_a_page_becomes_a_link_to_its_file(link: str, file: str) -> None:
    assert offline_zip.for_a_folder(f"<a {link}>") == f"<a {file}>"
