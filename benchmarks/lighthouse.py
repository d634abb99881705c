"""What Lighthouse says of the largest page of each kind, on a simulated phone: `python -m benchmarks.lighthouse`.

It builds the site for an address on this machine, serves it packed, and prints JSON. Lighthouse is no part of the
tests: install it with `npm install --global lighthouse` (https://github.com/GoogleChrome/lighthouse), or name the
command in LIGHTHOUSE. Without it the benchmark says so and ends with status 3.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.measure import lighthouse
from benchmarks.search import BROWSERS
from benchmarks.weights import largest
from macros.checkout import ROOT
from macros.pages import docs_pages, site_check, sitemap

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "largest-contentful-paint": "LCP ms",
    "total-blocking-time": "TBT ms",
    "cumulative-layout-shift": "layout shift",
}
PACKED = (".html", ".css", ".js", ".svg", ".json", ".txt", ".xml")
MISSING = 3


class _Packing(SimpleHTTPRequestHandler):
    """Sends text packed, as `hosting/nginx.conf` and hosts of static files do, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the parent's name
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Send the head of an answer; give what follows it."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() and self.path.endswith("/") else file
        if file.suffix not in PACKED or not file.is_file():
            return super().send_head()
        content = gzip.compress(file.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(file)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        lasting = "assets" in file.parts and file.suffix in {".css", ".js"}
        self.send_header("Cache-Control", "public, max-age=31536000, immutable" if lasting else "public, max-age=300")
        self.end_headers()
        return BytesIO(content)


@contextmanager
def served() -> Iterator[tuple[str, Path]]:
    """Build the site for a free port of this machine and serve it; gives its address and the folder. May exit."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as top:
        folder = Path(top) / "site"
        command = [sys.executable, "-m", "macros.generators.mkdocs_commands", "build", str(folder)]
        environment = {**os.environ, "SITE_URL": address, "NO_MKDOCS_2_WARNING": "1"}
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            sys.exit("the site was not built")
        with ThreadingHTTPServer(("127.0.0.1", port), partial(_Packing, directory=str(folder))) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield address, folder
            server.shutdown()


def kinds() -> dict[str, str]:
    """Give the kind of each English page by its address without the first slash; exits where the data has a fault."""
    catalogue, faults = site_check.load()
    if catalogue is None:
        sys.exit("\n".join(faults))
    found = {page.address.lstrip("/"): page.template.removesuffix(".md.j2") for page in sitemap.pages(catalogue)}
    return found | {address.lstrip("/"): "by hand" for address, _ in docs_pages.written_heads()} | {"": "home"}


def measured(command: str, address: str) -> dict[str, Any]:
    """Run Lighthouse on a page; gives its scores (0 to 100), its measures, and the checks that it does not pass."""
    flags = "--headless=new --no-sandbox" if os.name != "nt" and not os.geteuid() else "--headless=new"
    chromium = next(filter(None, map(shutil.which, BROWSERS)), "")
    run = subprocess.run(
        [command, address, "--quiet", "--output=json", f"--chrome-flags={flags}"],
        env={"CHROME_PATH": chromium, **os.environ},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"{address}: {run.stderr.strip()[-500:]}")
    report = json.loads(run.stdout)
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    counted = {one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"] > 0}
    failed = [
        name for name in sorted(counted) if report["audits"][name]["score"] is not None
        and report["audits"][name]["score"] < 0.9  # Lighthouse shows these in orange and red
    ]  # fmt: skip
    measures = {label: round(report["audits"][name]["numericValue"], 3) for name, label in METRICS.items()}
    return {**scores, **measures, "failed": failed, "version": report["lighthouseVersion"]}


def main(wanted: Collection[str]) -> int:
    """Measure the kinds that the command line names, all by default; returns the exit status."""
    command = lighthouse()
    if not command:
        print("Lighthouse is not installed: `npm install --global lighthouse`")
        return MISSING
    every = kinds()
    found: dict[str, dict[str, Any]] = {}
    with served() as (address, folder):
        for kind, place in largest(folder, every).items():
            if not wanted or kind in wanted:
                print(f"… {kind}: /{place}", file=sys.stderr, flush=True)
                found[kind] = {"page": f"/{place}", **measured(command, address + place)}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
