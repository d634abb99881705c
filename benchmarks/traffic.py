"""Prints what many readers a day ask of a server, worked out from the sizes of a built site's files.

`python -m benchmarks.traffic SITE`. Sizes are measured; how readers behave is assumed, and every assumption is printed
and can be set. Each visit is counted as a first one, with nothing kept from before.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import brotli

from benchmarks.weights import LOADED, SEARCH, loaded

DAY = 86_400
KEPT = 300
"""Seconds for which a page may be kept; see `macros/build/publishing.py`."""

HEAD = 1_100
"""Bytes of an answer's head, with all that `hosting/nginx.conf` sends: 1,074 by `curl -sI`."""


@dataclass(frozen=True, slots=True)
class Bytes:
    """Bytes of a file as stored, and as sent in two ways."""

    raw: float
    gzip: float
    brotli: float

    def __add__(self, other: Bytes) -> Bytes:
        return Bytes(self.raw + other.raw, self.gzip + other.gzip, self.brotli + other.brotli)

    def times(self, number: float) -> Bytes:
        """Give so many of it."""
        return Bytes(self.raw * number, self.gzip * number, self.brotli * number)


def packed(file: Path) -> Bytes:
    """Weigh a file as `make site COMPRESS=1` packs it."""
    data = file.read_bytes()
    return Bytes(len(data), len(gzip.compress(data, 9, mtime=0)), len(brotli.compress(data, mode=brotli.MODE_TEXT)))


def _mean(sizes: Sequence[Bytes]) -> Bytes:
    return Bytes(mean(one.raw for one in sizes), mean(one.gzip for one in sizes), mean(one.brotli for one in sizes))


def _kilobytes(size: Bytes) -> str:
    return " | ".join(f"{one / 1000:,.1f}" for one in (size.raw, size.gzip, size.brotli))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.traffic", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", type=Path, help="a built site, such as site")
    parser.add_argument("--readers", type=int, default=1_000_000, help="visits a day (1,000,000)")
    parser.add_argument("--pages", type=float, default=3, help="pages that a visit takes (3)")
    parser.add_argument("--search", type=float, default=0.2, help="share of visits that search (0.2)")
    parser.add_argument("--peak", type=float, default=4, help="the busiest second against the mean one (4)")
    options = parser.parse_args(arguments)
    site: Path = options.site

    documents = [page for page in sorted(site.rglob("index.html")) if "embed" not in page.relative_to(site).parts[:2]]
    documents = [page for page in documents if "<article" in page.read_text(encoding="utf-8")]
    if not documents:
        raise SystemExit(f"{site} has no pages; build it with `make site`")
    sizes = [packed(page) for page in documents]
    page = _mean(sizes)
    largest = max(sizes, key=lambda one: one.brotli)
    front = site / "index.html"
    sheet = _mean([packed(file) for one in documents for file in loaded(site, one, *LOADED["css"])])
    beside = {file for kind, (selector, name) in LOADED.items() if kind != "css"
              for file in loaded(site, front, selector, name)}  # fmt: skip
    first = sum((packed(file) for file in sorted(beside)), Bytes(0, 0, 0))
    found = sorted(
        {file for pattern in SEARCH for file in site.glob(pattern) if file.suffix == ".js" and ".fr." not in file.name}
    )
    search = sum((packed(file) for file in found), Bytes(0, 0, 0))
    requests = 2 * options.pages + len(beside) + options.search * len(found)
    visit = (page + sheet).times(options.pages) + first + search.times(options.search)
    head = HEAD * requests
    visit += Bytes(head, head, head)

    print(f"{len(documents)} pages. KB as stored, as gzip 9 and as brotli 11 send them.\n")
    print("| What | stored | gzip | brotli |\n| --- | ---: | ---: | ---: |")
    print(f"| a page's HTML, mean | {_kilobytes(page)} |")
    print(f"| the largest page's HTML | {_kilobytes(largest)} |")
    print(f"| its style sheet, mean; each page of a visit is taken to be of another kind | {_kilobytes(sheet)} |")
    print(f"| script and icon, once ({len(beside)} files) | {_kilobytes(first)} |")
    print(f"| search, when somebody turns to it ({len(found)} files) | {_kilobytes(search)} |")
    print(
        f"| a visit: {options.pages:g} pages, {options.search:.0%} search, {HEAD} bytes a head | {_kilobytes(visit)} |"
    )
    average = options.readers / DAY
    print(f"\n{options.readers:,} visits a day, {requests:.1f} requests a visit,")
    print(f"busiest second {options.peak:g} times the mean one:")
    print("\n| What | mean | busiest |\n| --- | ---: | ---: |")
    print(f"| requests a second | {average * requests:,.0f} | {average * requests * options.peak:,.0f} |")
    for name, size in (("gzip", visit.gzip), ("brotli", visit.brotli)):
        rate = average * size * 8 / 1e6
        print(f"| Mbit a second, {name} | {rate:,.0f} | {rate * options.peak:,.0f} |")
    print("\n| What | gzip | brotli |\n| --- | ---: | ---: |")
    for period, days in (("a day", 1), ("30 days", 30)):
        sums = (options.readers * days * size / 1e9 for size in (visit.gzip, visit.brotli))
        print(f"| GB {period} | {' | '.join(f'{one:,.0f}' for one in sums)} |")
    asks = len(documents) * DAY / KEPT
    print(f"\nOne place of a content network that keeps every page {KEPT} s asks the server for pages at most")
    print(f"{asks:,.0f} times a day ({asks / DAY:.2f} a second), however many read.")


if __name__ == "__main__":
    main()
