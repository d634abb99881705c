"""Prints build time per page at 1, 10 and 100 times the data beside a stock build, page weights, and search latency.

`make bench`, or `python -m benchmarks --scales 1 10`. At 100 times the data there are more than 12,000 pages: that
takes long, and the numbers of a busy machine say little. Nothing is asserted here.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import ROOT
from benchmarks.data import write

KINDS = (
    "",
    "principles/",
    "principles/3/",
    "categories/grooming/",
    "stakeholders/",
    "stakeholders/meta/",
    "timeline/",
    "figures/cybertipline-reports/",
    "law/",
    "glossary/",
    "help/",
    "help/gb/",
    "for/parents/",
    "matrix/",
    "teach/",
    "sources/",
)
QUERIES = ("grooming", "principle 7", "facebook", "helpline", "hash matching", "transparency report", "new zealand")
STOCK = "site_name: stock\ntheme: {name: material}\nplugins: [search]\nmarkdown_extensions: [attr_list, tables, toc]\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10, 100], help="how many times the real data")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        print("| times | pages | build: ms a page | build: CPU s | peak MB | stock: ms a page | check: CPU s |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for times in options.scales:
            print(_scale(times, top), flush=True)
        site = top / f"site-{options.scales[0]}"
        _weights(site)
        _latency(site)


def _scale(times: int, top: Path) -> str:
    data, site, text = top / f"data-{times}.yml", top / f"site-{times}", top / f"stock-{times}"
    write(times, data)
    # The text for the stock build is kept in a run of its own, so that keeping it costs the measured one nothing.
    seconds, memory = _run([sys.executable, "-m", "benchmarks.build", str(data), str(site)])
    _run([sys.executable, "-m", "benchmarks.build", str(data), str(top / "again"), str(text / "docs")])
    (text / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    stock, _ = _run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(text / "mkdocs.yml")])
    code = "import sys; from benchmarks.build import lift; from macros.__main__ import main; lift(sys.argv[1]); "
    check, _ = _run([sys.executable, "-c", code + "main(['check', sys.argv[1]])", str(data)])
    pages = sum(1 for _ in site.rglob("*.html"))
    shutil.rmtree(top / "again")
    return (
        f"| {times} | {pages} | {1000 * seconds / pages:.1f} | {seconds:.1f} | {memory / 1024:.0f} "
        f"| {1000 * stock / pages:.1f} | {check:.2f} |"
    )


def _run(command: list[str]) -> tuple[float, float]:
    """Run a command; returns its CPU seconds and the largest memory of any command so far, in KiB (on Linux)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss


def _weights(site: Path) -> None:
    print("\n| page | HTML | CSS | JS | together, gzip KB | HTML, raw KB |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for address in KINDS:
        html = (site / address / "index.html").read_bytes()
        parts = {"html": len(gzip.compress(html, 6)), "css": 0, "js": 0}
        for name in re.findall(rb'(?:href|src)="([^":]+\.(?:css|js))"', html):
            file = (site / address / name.decode()).resolve()
            parts[file.suffix[1:]] += len(gzip.compress(file.read_bytes(), 6))
        kilobytes = [f"{size / 1000:.1f}" for size in (*parts.values(), sum(parts.values()), len(html))]
        print(f"| /{address} | {' | '.join(kilobytes)} |")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  the parent's name
        """Say nothing."""


def _latency(site: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    times = []
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=found, args=sandbox).new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        field, answer = page.locator(".md-search__input"), page.locator(".md-search-result__item").first
        field.click()
        for query in QUERIES:
            field.fill("")
            field.press("End")
            answer.wait_for(state="detached")
            field.fill(query)
            start = time.perf_counter()
            field.press("End")
            answer.wait_for(state="attached")
            times.append(1000 * (time.perf_counter() - start))
    server.shutdown()
    index = (site / "search" / "search_index.json").read_bytes()
    print(
        f"\nSearch: {statistics.median(times):.0f} ms median from the last key to results, {max(times):.0f} ms at most;"
    )
    print(f"the index is {len(gzip.compress(index, 6)) / 1000:.0f} KB gzip.")


if __name__ == "__main__":
    main()
