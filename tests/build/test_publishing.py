"""What servers get from the built site: names after content, headers, packed files, and the configuration for nginx."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import brotli
import pytest

from macros.build import publishing
from macros.build.postprocess import POLICY
from macros.data.urls import is_card
from macros.generators import mkdocs_commands
from macros.pages import sitemap
from tests.conftest import ROOT, BuiltSite

Rules = list[tuple[str, dict[str, str]]]

CONFIGURATION = ROOT / "hosting" / "nginx.conf"
SHOWN = (
    "index.html",
    "404.html",
    "feed.xml",
    "timeline.ics",
    "llms.txt",
    "_headers",
    "assets",
    "principles/1",
    "embed/principles/1",
    "fr/embed/principles/1",
    "fr/principles/1",
    "api/v1",
    "handouts",
)
"""What of the site the server of the tests has."""


def read_headers(text: str) -> Rules:
    """Read `_headers` as its hosts document it: a pattern at the start of a line, its headers indented below."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in rules[-1][1]
            rules[-1][1][name] = value
        else:
            assert not line or line.startswith("#"), line
    return rules


def given(rules: Rules, address: str) -> dict[str, str]:
    """Give the headers of an address; fails where two rules give the same one."""
    found: dict[str, str] = {}
    for pattern, fields in rules:
        if re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), address):
            assert not found.keys() & fields.keys(), (address, pattern)
            found |= fields
    return found


def address_of(site: Path, file: Path) -> str:
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", file.relative_to(site).as_posix())


@pytest.fixture(scope="module")
def rules(site: BuiltSite) -> Rules:
    return read_headers((site.folder / publishing.HEADERS).read_text(encoding="utf-8"))


# --- headers ---------------------------------------------------------------------------------------------------------


def test_every_file_gets_each_header_once(site: BuiltSite, rules: Rules) -> None:
    for file in site.folder.rglob("*"):
        if file.is_file() and file.name != publishing.HEADERS:
            found = given(rules, address_of(site.folder, file))
            assert {"Cache-Control", *publishing.EVERYWHERE} <= found.keys(), file
            assert found["Referrer-Policy"] == "no-referrer"
            assert found["X-Content-Type-Options"] == "nosniff"
            assert found["Access-Control-Allow-Origin"] == "*"
    allowed = publishing.EVERYWHERE["Permissions-Policy"].split(", ")
    assert [one for one in allowed if not one.endswith("=()")] == ["clipboard-write=(self)"]


def test_the_file_keeps_to_its_hosts_limits(site: BuiltSite, rules: Rules) -> None:
    """Cloudflare Pages takes 100 rules, 2,000 characters a line and one star a pattern."""
    assert 20 < len(rules) <= 100
    assert all(pattern.count("*") <= 1 for pattern, _ in rules)
    text = (site.folder / publishing.HEADERS).read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 2000


def test_pages_say_the_same_policy_in_their_head(site: BuiltSite, rules: Rules) -> None:
    kinds = {"card": 0, "page": 0, "redirect": 0}
    for address, page in site.pages.items():
        policy = given(rules, address)["Content-Security-Policy"]
        own, _, frames = policy.partition("; frame-ancestors ")
        meta = page.soup.select_one('meta[http-equiv="Content-Security-Policy"]')
        framed = is_card(address)
        assert frames == ("" if framed else "'none'"), address
        if meta:
            assert own == meta["content"], address
            kinds["card" if framed else "page"] += 1
        else:
            assert page.title == "This page has moved", address
            kinds["redirect"] += 1
    assert kinds["card"] > 20
    assert kinds["page"] > 100
    assert given(rules, "/fr/embed/principles/1/") == given(rules, "/embed/principles/1/")
    assert given(rules, "/fr/principles/1/") == given(rules, "/principles/1/")


def test_a_redirect_works_under_its_policy() -> None:
    page = sitemap.redirect_text("/old/", "/new/")
    assert '<script src="../assets/redirect.js">' in page
    card = sitemap.redirect_text("/embed/terms/old/", "/embed/terms/new/")
    assert "<script" not in card
    assert "<script" not in sitemap.redirect_text("/fr/embed/terms/old/", "/fr/embed/terms/new/")
    assert '<meta http-equiv="refresh" content="0; url=../new/">' in card


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("/", "Cache-Control", publishing.SHORT),
        ("/principles/1/", "Cache-Control", publishing.SHORT),
        ("/feed.xml", "Cache-Control", publishing.SHORT),
        ("/api/v1/all.json", "Cache-Control", publishing.HOUR),
        ("/assets/favicon.svg", "Cache-Control", publishing.DAY),
        ("/assets/cards/index.png", "Cache-Control", publishing.DAY),
        ("/assets/vendor/LICENSE.txt", "Cache-Control", publishing.DAY),
        ("/principles/1/cite.ris", "Content-Type", "application/x-research-info-systems; charset=utf-8"),
        ("/principles/1/cite.bib", "Content-Type", "application/x-bibtex; charset=utf-8"),
        ("/principles/1/cite.csl.json", "Content-Type", "application/vnd.citationstyles.csl+json"),
        ("/feed.xml", "Content-Type", "application/atom+xml; charset=utf-8"),
        ("/principles/1/feed.xml", "Content-Type", "application/atom+xml; charset=utf-8"),
        ("/timeline.ics", "Content-Type", "text/calendar; charset=utf-8"),
    ],
)
def test_what_may_be_kept_and_what_it_is(site: BuiltSite, rules: Rules, address: str, name: str, value: str) -> None:
    assert (site.folder / address.lstrip("/")).exists()
    assert given(rules, address)[name] == value


# --- names after content ---------------------------------------------------------------------------------------------


def test_style_sheets_and_scripts_are_named_after_what_they_hold(site: BuiltSite, rules: Rules) -> None:
    found = [file for file in (site.folder / "assets").rglob("*") if file.suffix in {".css", ".js"}]
    bases = {publishing.HASHED.sub("", file.name) for file in found}
    assert {"site", "search", "search-data", "search-data.fr", "words.fr", "embed", "redirect"} <= bases
    for file in found:
        digest = file.suffixes[-2].lstrip(".")
        assert hashlib.sha256(file.read_bytes()).hexdigest()[:10] == digest, file
        assert given(rules, f"/{file.relative_to(site.folder).as_posix()}")["Cache-Control"] == publishing.FOREVER
    kept = {
        address_of(site.folder, file)
        for file in site.folder.rglob("*")
        if file.is_file() and given(rules, address_of(site.folder, file)).get("Cache-Control") == publishing.FOREVER
    }
    assert kept == {address_of(site.folder, file) for file in found}


def test_what_pages_and_scripts_load_is_there(site: BuiltSite) -> None:
    named = set()
    for page in site.pages.values():
        for tag in page.soup.select("link[rel=stylesheet], script[src]"):
            place = str(tag.get("href") or tag.get("src"))
            file = site.folder / place[1:] if place.startswith("/") else (page.file.parent / place).resolve()
            assert file.is_file(), (page.address, place)
            assert publishing.HASHED.search(file.name), (page.address, place)
            named.add(file.name)
        for dialog in page.soup.select("dialog[data-index]"):
            assert (site.folder / str(dialog["data-index"])).is_file(), page.address
            named.add(Path(str(dialog["data-index"])).name)
    [script] = (site.folder / "assets").glob("site.*.js")
    loads = re.findall(r'"(assets/[^"]+\.js)"', script.read_text(encoding="utf-8"))
    assert [Path(place).name.split(".")[0] for place in loads] == ["minisearch-7", "search"]
    assert all((site.folder / place).is_file() for place in loads)
    assert len(named) >= 7


def small_site(folder: Path, search: str = "find()") -> Path:
    """Make a site in which a page loads a script that loads a script."""
    (folder / "assets" / "javascripts").mkdir(parents=True)
    (folder / "deep").mkdir()
    (folder / "assets" / "search.js").write_text(search)
    (folder / "assets" / "site.js").write_text('load("assets/search.js", "assets/other.js")')
    (folder / "assets" / "javascripts" / "bundle.js").write_text("theme")
    (folder / "deep" / "index.html").write_text(
        '<script src="../assets/site.js"></script><dialog data-index="assets/search.js"></dialog>'
        '<script src="../assets/javascripts/bundle.js"></script><code>assets/site.js</code>'
        '<a href="https://code.example/docs/assets/site.js">source</a><a href="/assets/site.js?x#y">'
    )
    return folder


def test_a_name_changes_with_what_is_loaded_and_with_nothing_else(tmp_path: Path) -> None:
    first, same, other = (
        publishing.name_by_content(small_site(tmp_path / str(number), search))
        for number, search in enumerate(["find()", "find()", "find(all)"])
    )
    assert first == same
    assert set(first) == set(other) == {"assets/search.js", "assets/site.js"}
    assert not set(first.values()) & set(other.values())
    script = (tmp_path / "0" / first["assets/site.js"]).read_text()
    assert script == f'load("{first["assets/search.js"]}", "assets/other.js")'
    assert (tmp_path / "0" / "deep" / "index.html").read_text() == (
        f'<script src="../{first["assets/site.js"]}"></script>'
        f'<dialog data-index="{first["assets/search.js"]}"></dialog>'
        '<script src="../assets/javascripts/bundle.js"></script><code>assets/site.js</code>'
        f'<a href="https://code.example/docs/assets/site.js">source</a><a href="/{first["assets/site.js"]}?x#y">'
    )
    before = sorted(path.name for path in (tmp_path / "0").rglob("*"))
    assert publishing.name_by_content(tmp_path / "0") == {}
    assert sorted(path.name for path in (tmp_path / "0").rglob("*")) == before


# --- packed files ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the site with its packed files."""
    folder = tmp_path_factory.mktemp("packed")
    for name in SHOWN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (site.folder / name).is_dir():
            shutil.copytree(site.folder / name, folder / name)
        else:
            shutil.copy(site.folder / name, folder / name)
    shutil.rmtree(folder / "api" / "v1" / "sources")  # hundreds of files of one kind
    assert len(list(publishing.pack(folder))) > 100
    return folder


def test_packed_files_hold_the_same(packed: Path) -> None:
    for ending, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        twins = list(packed.rglob(f"*{ending}"))
        for twin in twins:
            whole = twin.with_suffix("").read_bytes()
            assert unpack(twin.read_bytes()) == whole
            assert twin.stat().st_size < len(whole)
        have = {twin.with_suffix("") for twin in twins}
        assert {packed / "index.html", packed / "principles/1/index.html", packed / "api/v1/all.json"} <= have
        assert not {file.suffix for file in have} & {".png", ".pdf", ".zip"}
        assert packed / "_headers" not in have


@pytest.mark.parametrize("asked", [True, False])
def test_the_build_packs_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool) -> None:
    def built(*arguments: str) -> int:
        Path(arguments[-1]).mkdir()
        (Path(arguments[-1]) / "index.html").write_text("a page " * 100)
        return 0

    monkeypatch.setattr(mkdocs_commands, "_mkdocs", built)
    assert mkdocs_commands.main(["build", *(["--compress"] if asked else []), str(tmp_path / "site")]) == 0
    names = {"index.html", "index.html.br", "index.html.gz"} if asked else {"index.html"}
    assert {file.name for file in (tmp_path / "site").iterdir()} == names


def test_packing_again_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    shutil.copy(packed / "index.html", tmp_path)
    for twin in publishing.pack(tmp_path):
        assert twin.read_bytes() == (packed / twin.name).read_bytes()
    assert (packed / "index.html.gz").read_bytes()[4:8] == bytes(4), "gzip's field for the time"


# --- nginx -----------------------------------------------------------------------------------------------------------


def nginx() -> Path | None:
    """Give an nginx: what NGINX names, or this machine's own; None without any."""
    own = os.environ.get("NGINX") or shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return Path(own) if own else None


class Server:
    """An nginx with the configuration of `hosting/`, on a port of this machine and without TLS."""

    def __init__(self, program: Path, folder: Path, site: Path) -> None:
        said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False).stderr
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.twins = "http_gzip_static_module" in said
        places = re.findall(r"--http-(\w+-(?:\w+-)?temp)-path", said)
        temporary = "".join(f"{name.replace('-', '_')}_path {folder}/{name};\n" for name in places)
        text = CONFIGURATION.read_text(encoding="utf-8")
        for wrong, right in (
            ("user www-data;", "user root;" if os.geteuid() == 0 else ""),
            ("/run/nginx.pid", f"{folder}/pid"),
            ("/var/log/nginx/error.log", f"{folder}/error.log"),
            ("http {\n", f"http {{\n{temporary}"),
            ("listen 80;", f"listen 127.0.0.1:{self.port};"),
            ("        listen [::]:80;\n", ""),
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};"),
            ("        listen [::]:443 ssl http2;\n", ""),
            ("server_name principles.example;\n        return", "server_name plain.example;\n        return"),
            ("/var/www/principles/site", str(site)),
            *([] if self.twins else [("    gzip_static on;\n", "")]),
        ):
            assert text.count(wrong) == 1, wrong
            text = text.replace(wrong, right)
        text = re.sub(r" +ssl_\w+ .*;\n", "", text)
        # Ours, as no two systems have the same list; what it lacks the configuration must say itself.
        (folder / "mime.types").write_text(
            "types { text/html html; text/css css; application/javascript js; application/json json; text/xml xml;"
            " image/svg+xml svg; image/png png; application/pdf pdf; text/plain txt; }\n"
        )
        (folder / "nginx.conf").write_text(text)
        command = [str(program), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
        self.process = subprocess.Popen(command, stderr=(folder / "said").open("w"))
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self.process.poll() is None, (folder / "said").read_text()
            time.sleep(0.05)

    def get(self, address: str, host: str = "principles.example", **fields: str) -> tuple[HTTPResponse, bytes]:
        """Ask for an address; gives the answer and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", address, headers={"Host": host, **fields})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def raw(self, request: bytes) -> bytes:
        """Send bytes as they are; gives the head of the answer as it came."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(request)
            found = b""
            while b"\r\n\r\n" not in found:
                more = connection.recv(4096)
                if not more:
                    break
                found += more
        return found.partition(b"\r\n\r\n")[0]


@pytest.fixture(scope="module")
def server(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = nginx()
    assert program is not None, "there is no nginx here; `sh tests/nginx/install.sh` gets one, NGINX=/path names one"
    started = Server(program, tmp_path_factory.mktemp("nginx"), packed)
    yield started
    started.process.terminate()
    started.process.wait(10)


def test_nginx_sends_the_headers_of_the_file(server: Server, packed: Path, rules: Rules) -> None:
    files = [file for file in packed.rglob("*") if file.suffix not in {".br", ".gz"} and file.is_file()]
    by_kind = {(file.relative_to(packed).parts[0], file.suffix): file for file in files if file.name != "_headers"}
    found = {address_of(packed, file) for file in by_kind.values()} | {"/principles/1/feed.xml", "/principles/1/"}
    found |= {"/principles/1/cite.csl.json", "/assets/cards/index.png", "/feed.xml", "/"}
    assert len(found) > 15
    for address in found:
        answer, body = server.get(address)
        assert answer.status == 200, address
        policy = answer.headers["Content-Security-Policy"]
        assert bool(policy) == (answer.headers.get_content_type() == "text/html")
        for name, value in given(rules, address).items():
            if name == "Content-Security-Policy" and not policy:
                continue  # by folder alone, `_headers` cannot leave it out where it says nothing
            assert answer.headers.get_all(name) == [value], (address, name)
        file = packed / address.lstrip("/")
        assert body == (file / "index.html" if file.is_dir() else file).read_bytes()


def test_nginx_says_what_is_not_there_and_leads_on(server: Server, packed: Path) -> None:
    answer, body = server.get("/not/here")
    assert (answer.status, body) == (404, (packed / "404.html").read_bytes())
    assert answer.headers["Cache-Control"] == publishing.SHORT
    assert answer.headers["Content-Security-Policy"] == publishing.page_policy(POLICY)
    gone, _ = server.get("/assets/site.0123456789.js")
    assert (gone.status, gone.headers["Cache-Control"]) == (404, publishing.SHORT)
    for private in ("/_headers", "/.git/config"):
        assert server.get(private)[0].status == 404
    for asked, leads in (("/principles/1", "/principles/1/"), ("/principles/1/index.html", "/principles/1/")):
        answer, _ = server.get(asked)
        assert (answer.status, answer.headers["Location"]) == (301, leads)
    answer, _ = server.get("/principles/1/?a=b", host="plain.example")
    assert (answer.status, answer.headers["Location"]) == (301, "https://plain.example/principles/1/?a=b")
    for address in ("/?x=index.html", "/principles/1/?index.html?"):
        assert server.get(address)[0].status == 200, address


ABROAD = (
    "/%5Cevil.example/index.html",
    "/%5C%5Cevil.example/index.html",
    "/%5cevil.example/index.html?index.html",
    "//evil.example/index.html",
    "///evil.example/index.html",
    "/%2F/evil.example/index.html",
    "/%2Fevil.example/%2e%2e/index.html",
    "/%09/evil.example/index.html",
    "//evil.example",
    "/%5Cevil.example",
    "//evil.example/..;/principles/1",
    "//principles/1",
    "/%0d%0aSet-Cookie:%20a=b%0d%0a/index.html",
    "/%0dSet-Cookie:%20a=b/index.html",
    "/%0aSet-Cookie:%20a=b/index.html",
    "/index.html%0a",
    "/principles/1/index.html%0d%0aSet-Cookie:%20a=b",
    "/principles/1%0d%0aSet-Cookie:%20a=b",
)


@pytest.mark.parametrize("address", ABROAD)
def test_nginx_leads_nobody_abroad_and_writes_no_header_of_others(server: Server, address: str) -> None:
    head = server.raw(f"GET {address} HTTP/1.1\r\nHost: principles.example\r\nConnection: close\r\n\r\n".encode())
    assert head.startswith(b"HTTP/1.1 "), head
    lines = head.split(b"\r\n")
    assert not [line for line in lines if b"\r" in line or b"\n" in line]
    assert not [line for line in lines if line.lower().startswith(b"set-cookie")]
    for line in lines:
        if line.lower().startswith(b"location: "):
            place = line.partition(b": ")[2].decode()
            assert re.match(r"/(?![/\\\s])", place), place
            assert "evil" not in place


@pytest.mark.parametrize(
    "request_line",
    [
        "GET /principles/1/ HTTP/1.1",
        "GET //evil.example/ HTTP/1.1",
        "GET /\\evil.example HTTP/1.1",
        "GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1",
        "GET http://evil.example?@evil.example/ HTTP/1.1",
        "GET http://evil.example/x HTTP/1.1",
        "GET /\rSet-Cookie: a=b HTTP/1.1",
    ],
)
@pytest.mark.parametrize("host", ["plain.example", "plain.example:8443", "evil.example", "evil.example:80", "evil:x@y"])
def test_nginx_leads_to_https_under_its_own_name(server: Server, request_line: str, host: str) -> None:
    head = server.raw(f"{request_line}\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert re.match(rb"HTTP/1.1 (301|400) ", head), head
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"set-cookie" not in re.sub(rb"location: \S+", b"", head.lower())
    if b" 301 " in head.split(b"\r\n")[0]:
        place = re.search(rb"(?i)\r\nlocation: (\S*)", head)
        assert place
        assert re.match(rb"https://plain\.example[/?]", place[1]), place[1]


def test_nginx_on_port_80_does_not_repeat_what_host_the_caller_names() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    plain = text[text.index("listen 80;") : text.index("listen 443")]
    assert "return 301 https://$server_name$request_uri;" in plain
    assert not re.search(r"\$(host|http_host)\b", re.sub("#.*", "", text))


def test_nginx_shows_what_a_server_says_of_itself_and_nothing_else_with_a_dot(server: Server, packed: Path) -> None:
    hidden = (".well-known/.hidden", ".git/config", ".well-knownx/a")
    for name in (".well-known/security.txt", ".well-known/acme-challenge/token", *hidden):
        (packed / name).parent.mkdir(parents=True, exist_ok=True)
        (packed / name).write_text(f"this is {name}")
    for name in (".well-known/security.txt", ".well-known/acme-challenge/token"):
        answer, body = server.get(f"/{name}")
        assert (answer.status, body) == (200, (packed / name).read_bytes()), name
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name in (*hidden, ".well-known/not-here", "_headers"):
        answer, body = server.get(f"/{name}")
        assert (answer.status, b"this is" in body) == (404, False), name
    for folder in {name.split("/")[0] for name in (".well-known/", *hidden)}:
        shutil.rmtree(packed / folder)


def test_the_page_on_hosting_says_what_to_change_in_a_copy(site: BuiltSite) -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    heading = site["/hosting/"].soup.select_one("#copied")
    assert heading is not None
    section = list(itertools.takewhile(lambda tag: tag.name != "h2", heading.find_next_siblings()))
    whole = [tag for tag in section if tag.name == "details"]
    assert [pre.get_text().strip() for tag in whole for pre in tag.select("pre")] == [text.strip()]
    pieces = [tag for tag in section if tag.name != "details"]
    blocks = [block for tag in pieces for block in ([tag] if tag.name == "pre" else tag.select(":scope > pre"))]
    pairs = [block.get_text().strip().splitlines() for block in blocks]
    assert len(pairs) == 3
    for before, now in pairs:
        assert text.count(now) == 1, now
        assert before not in text


def test_nginx_sends_packed_files(server: Server, packed: Path) -> None:
    fields = {"Accept-Encoding": "gzip"}
    for name in ("principles/1/", "api/v1/all.json", "feed.xml", "timeline.ics", "principles/1/cite.bib"):
        answer, body = server.get(f"/{name}", **fields)
        assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding"), name
        file = packed / name / "index.html" if name.endswith("/") else packed / name
        assert gzip.decompress(body) == file.read_bytes()
        if server.twins and file.with_name(f"{file.name}.gz").is_file():
            assert body == file.with_name(f"{file.name}.gz").read_bytes()
