"""The sign of the site in files, and the description by which browsers search it: read by programs of other people."""

from __future__ import annotations

from lxml import etree
from PIL import Image

from macros.palette import palette
from tests.conftest import BuiltSite

SITE = "https://voluntary-principles.example/"
OS = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_the_sign_is_there_for_programs_that_take_no_drawing(site: BuiltSite) -> None:
    with Image.open(site.folder / "favicon.ico") as icon:
        assert icon.format == "ICO"
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        for size in icon.info["sizes"]:
            seen = icon.ico.getimage(size).getchannel("A")  # type: ignore[attr-defined]
            assert seen.getpixel((0, 0)) == 0, "what is around the sign can be seen through"
            assert seen.getextrema() == (0, 255)
    with Image.open(site.folder / "apple-touch-icon.png") as icon:
        assert (icon.format, icon.size) == ("PNG", (180, 180))
        dots = icon.convert("RGBA")
        ground = (*bytes.fromhex(palette().digits["paper"]), 255)  # a phone would show black where it is seen through
        assert {dots.getpixel(place) for place in ((0, 0), (179, 0), (0, 179), (179, 179))} == {ground}
        assert dots.getchannel("A").getextrema() == (255, 255)
    for page in ("/", "/fr/", "/search/"):
        (link,) = site[page].soup.select('link[rel="apple-touch-icon"]')
        assert (site[page].file.parent / str(link["href"])).is_file()


def test_a_browser_can_search_the_site(site: BuiltSite) -> None:
    for page, name, target in (
        ("/", "opensearch.xml", "search/#q={searchTerms}"),
        ("/search/", "opensearch.xml", "search/#q={searchTerms}"),
        ("/fr/", "opensearch.fr.xml", "fr/#q={searchTerms}"),
    ):
        (link,) = site[page].soup.select('link[rel="search"]')
        assert link["type"] == "application/opensearchdescription+xml"
        assert link["title"]
        assert (site[page].file.parent / str(link["href"])).resolve() == (site.folder / name).resolve()
        said = etree.parse(site.folder / name).getroot()
        assert said.tag == f"{OS}OpenSearchDescription"
        assert 0 < len(said.findtext(f"{OS}ShortName")) <= 16
        assert 0 < len(said.findtext(f"{OS}Description")) <= 1024
        urls = {url.get("type"): url.get("template") for url in said.findall(f"{OS}Url")}
        assert urls["text/html"] == SITE + target
        assert urls["application/opensearchdescription+xml"] == SITE + name
        assert said.findtext(f"{OS}Image") == f"{SITE}favicon.ico"
        assert said.findtext(f"{OS}Language") == page.strip("/").replace("search", "") or "en"
