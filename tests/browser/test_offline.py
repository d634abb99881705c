"""The archive of a proposal, opened from a folder as reviewers do: no header stops a page there, its policy does."""

from __future__ import annotations

import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from macros.build import offline_zip
from tests.conftest import BuiltSite

HOSTILE = """
<script>window.ran = true</script>
<img src="no-such-file.png" onerror="window.ran = true">
<a id="lure" href="javascript:window.ran = true">lure</a>
<img src="http://127.0.0.1:{port}/picture.png">
<script src="http://127.0.0.1:{port}/script.js"></script>
<iframe src="http://127.0.0.1:{port}/frame"></iframe>
<link rel="stylesheet" href="http://127.0.0.1:{port}/sheet.css">
<object data="http://127.0.0.1:{port}/object"></object>
<svg><script>window.ran = true</script></svg>
"""


def test_a_page_that_came_through_runs_nothing_and_asks_nobody(
    browser: Browser, site: BuiltSite, tmp_path: Path
) -> None:
    asked: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the parent's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with zipfile.ZipFile(site.folder / offline_zip.PLACE) as whole:
        whole.extractall(tmp_path)
    first = tmp_path / offline_zip.FOLDER / "about" / "index.html"
    html = first.read_text(encoding="utf-8")
    held = html.replace("<article", HOSTILE.replace("{port}", str(server.server_port)) + "<article", 1)
    bare = offline_zip._POLICY.sub("", held)
    assert html != held != bare
    context = browser.new_context()
    page = context.new_page()
    try:
        for name, text in (("held.html", held), ("bare.html", bare)):
            asked.clear()
            file = first.with_name(name)
            file.write_text(text, encoding="utf-8")
            page.goto(file.as_uri())
            page.click("#lure")
            page.wait_for_timeout(300)
            ran = bool(page.evaluate("window.ran"))
            # Without the policy all of it happens: so it is the policy that stops it.
            assert (ran, bool(asked)) == (name == "bare.html", name == "bare.html"), (name, asked)
            assert page.evaluate("document.styleSheets.length") > 0, "the sheets beside the page are loaded"
    finally:
        context.close()
        server.shutdown()
