"""The configuration for nginx in hosting/, run by a real nginx, and what the page on hosting says of it."""

from __future__ import annotations

import gzip
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

import pytest

from macros.build import publishing
from macros.build.postprocess import POLICY
from tests.build.headers import Rules, address_of, given
from tests.conftest import ROOT, BuiltSite

CONFIGURATION = ROOT / "hosting" / "nginx.conf"


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
