"""Prints Markdown tables: what builds and checks cost as the data grows, what pages weigh, how long people wait.

`make bench`, or `python -m benchmarks --scales 1 10`. Every number comes with the command it is of; none is asserted.
A step that takes too long says so in the table. One that fails stands there too, is told in full on the error output,
and makes the command end with status 1. Everything is made in a temporary folder, which is removed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.build import KINDS
from benchmarks.measure import Cost, Failed, NotMeasured, lighthouse, run
from benchmarks.weights import Weight, largest, weigh
from macros.checkout import DATA

SPEEDS = ("normal", "slowed")
"""What `benchmarks.search` measures at; named again here, because this process must stay small."""

WORD, CHANGED = "winning", "gaining"
"""A word that principle 3 has, and what it is changed to before the second build."""

NAV_ENTRY = 250
"""Bytes of one page's line in the navigation that Material repeats on every page."""

MOST_NAV = 2_000_000_000
"""Bytes of navigation in all beyond which a stock build is not tried: it would fill the disk."""

Result = Cost | str
"""A cost, or why there is none."""


@dataclass(slots=True)
class Scale:
    """What was measured of so many times the data."""

    times: int
    megabytes: float
    check: Result
    build: Result
    stock: Result = "skipped"
    again: Result = "skipped"
    """The same build once more, after one word of the data was changed."""
    others: dict[str, Result] = field(default_factory=dict)
    """The same Markdown by other generators, by their names and versions."""
    pages: int = 0
    searches: dict[str, dict[str, Any] | str] = field(default_factory=dict)
    weights: list[tuple[str, str, Weight, Weight | None]] = field(default_factory=list)


class Bench:
    """Runs the steps, each in a process of its own."""

    def __init__(self, options: argparse.Namespace, top: Path) -> None:
        self.options, self.top = options, top
        self.failed: list[str] = []
        self.load: list[float] = []

    def run(self, *command: str, **environment: str) -> Cost:
        """Run a step; raises NotMeasured."""
        print(f"… python {' '.join(command)}", file=sys.stderr, flush=True)
        if hasattr(os, "getloadavg"):
            self.load.append(os.getloadavg()[0])
        return run(*command, log=self.top / "log", minutes=self.options.minutes, **environment)

    def tried(self, *command: str, **environment: str) -> Result:
        """Run a step; gives why it has no number where it has none."""
        try:
            return self.run(*command, **environment)
        except Failed as error:
            self.failed.append(" ".join(command))
            print(error.log.rstrip(), file=sys.stderr, flush=True)
            return str(error)
        except NotMeasured as error:
            return str(error)

    def scale(self, times: int) -> Scale:
        """Measure so many times the data, and delete what was built."""
        here = self.top / str(times)
        here.mkdir()
        data, site, stock, text = (here / name for name in ("principles.yml", "site", "stock", "text"))
        self.run("-m", "benchmarks.data", str(times), str(data))
        found = Scale(
            times,
            data.stat().st_size / 1e6,
            self.tried("-m", "benchmarks.check", str(times), str(data)),
            self.built(site, text, times, data),
        )
        if isinstance(found.build, Cost):
            kinds: dict[str, str] = json.loads((text / KINDS).read_text(encoding="utf-8"))
            found.pages = len(kinds)
            found.stock = self.stock(found.pages, stock, text)
            if self.options.others and times == min(self.options.scales):
                found.others = dict(self.by_others(text))
            folders = {"this site": site} | ({"stock": stock} if isinstance(found.stock, Cost) else {})
            if times == min(self.options.scales):
                found.weights = list(_weights(kinds, site, folders.get("stock")))
            if not self.options.skip_search:
                found.searches = {name: self.search(folder) for name, folder in folders.items()}
            _change_a_word(data)
            found.again = self.built(here / "again", here / "text again", times, data)
        shutil.rmtree(here)
        return found

    def built(self, site: Path, text: Path, times: int, data: Path) -> Result:
        """Build the site by what earlier builds of this data kept, if any did."""
        kept = str(data.with_name("cache"))
        command = ("-m", "benchmarks.build", "site", str(site), str(text), str(times))
        return self.tried(*command, PRINCIPLES_DATA=str(data), PRINCIPLES_CACHE=kept)

    def by_others(self, text: Path) -> Iterable[tuple[str, Result]]:
        """Build the same Markdown by other generators, which are fetched for it."""
        place = self.top / "others"
        fetched = self.tried("-m", "benchmarks.others", "install", str(place))
        if isinstance(fetched, str):
            yield "others", fetched
            return
        for line in self.run("-m", "benchmarks.others", "version", str(place)).printed.splitlines():
            name = line.partition(" ")[0]
            folder = text.with_name(name)
            yield line, self.tried("-m", "benchmarks.others", name, str(place), str(folder), str(text))

    def stock(self, pages: int, folder: Path, text: Path) -> Result:
        """Build the same Markdown with Material as it comes, where that can end well."""
        if self.options.skip_stock:
            return "skipped"
        nav = pages * pages * NAV_ENTRY
        if nav > MOST_NAV:
            return f"not tried: {pages} pages that each list all {pages} are {nav / 1e9:.0f} GB"
        return self.tried("-m", "benchmarks.build", "stock", str(folder), str(text))

    def search(self, folder: Path) -> dict[str, Any] | str:
        """Measure search on a built site."""
        result = self.tried("-m", "benchmarks.search", str(folder))
        if isinstance(result, str):
            return result.replace(f"{self.top}/", "")
        found: dict[str, Any] = json.loads(result.printed.splitlines()[-1])
        return found


def _change_a_word(data: Path) -> None:
    """Change a word of a text that stands on several pages, as an editor would."""
    text = data.read_text(encoding="utf-8")
    if WORD not in text:
        raise SystemExit(f"the data has no longer the word {WORD!r}; name another in benchmarks/__main__.py")
    data.write_text(text.replace(WORD, CHANGED, 1), encoding="utf-8")


def _weights(kinds: dict[str, str], site: Path, stock: Path | None) -> Iterable[tuple[str, str, Weight, Weight | None]]:
    for kind, address in largest(site, kinds).items():
        yield kind, address, weigh(site, address), weigh(stock, address) if stock else None


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> None:
    """Print a table; the first columns hold words, the others numbers."""
    print(f"\n| {' | '.join(head)} |")
    print(f"| {' | '.join(['---'] * words + ['---:'] * (len(head) - words))} |")
    for row in rows:
        print(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |")


BUILDERS = {"build": "this site", "again": "once more, one word changed", "stock": "stock"}


def _builds(scales: Sequence[Scale]) -> None:
    print(
        "\n## Builds\n\nThis site: `python -m benchmarks.build site` (the build of `make site`, which also checks the"
    )
    print("data and makes cards, handouts, exports and the archive). Stock: the same Markdown by")
    print("`python -m benchmarks.build stock` (Material with search, every page in the navigation).")
    print("CPU is user and system time; a page's cost is compared with that of the same builder in the first line.")
    head = ("builder", "times", "pages", "CPU s", "clock s", "ms CPU a page", "against first", "peak MB")
    rows: list[Sequence[str]] = []
    for name in ("build", "again", "stock"):
        first = None
        for scale in scales:
            cost: Result = getattr(scale, name)
            start = (BUILDERS[name], f"{scale.times}", str(scale.pages or "-"))
            if isinstance(cost, str):
                rows.append((*start, cost, "", "", "", ""))
                continue
            each = 1000 * cost.cpu / scale.pages
            first = first or each
            numbers = (f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{each:.1f}", f"{each / first:.2f}")
            rows.append((*start, *numbers, f"{cost.memory / 1e6:.0f}"))
    for other, cost in scales[0].others.items():
        start = (other, f"{scales[0].times}", f"{scales[0].pages}")
        if isinstance(cost, str):
            rows.append((*start, cost, "", "", "", ""))
            continue
        each = 1000 * cost.cpu / scales[0].pages
        rows.append((*start, f"{cost.cpu:.1f}", f"{cost.wall:.1f}", f"{each:.1f}", "1.00", f"{cost.memory / 1e6:.0f}"))
    _table(head, rows, 2)


def _checks(start: Result, real: Result, scales: Sequence[Scale]) -> None:
    print("\n## Checks\n\n`python -m macros check` (that is `make check`) for the real data with its published")
    print("addresses, `python -m benchmarks.check` (the same without the limits) for the others.")
    base = start.cpu if isinstance(start, Cost) else 0.0
    rows: list[Sequence[str]] = []
    for name, megabytes, cost in [
        ("the real data", sum(file.stat().st_size for file in DATA.glob("*.yml")) / 1e6, real),
        *((f"{scale.times}", scale.megabytes, scale.check) for scale in scales),
    ]:
        if isinstance(cost, str):
            rows.append((name, f"{megabytes:.1f}", cost, "", "", ""))
            continue
        own = cost.cpu - base
        rows.append(
            (
                name,
                f"{megabytes:.1f}",
                f"{cost.cpu:.2f}",
                f"{own:.2f}",
                f"{own / megabytes:.2f}",
                f"{cost.memory / 1e6:.0f}",
            )
        )
    _table(("times", "MB", "CPU s", "beyond Python's start", "s per MB", "peak MB"), rows)


def _pages(scale: Scale) -> None:
    print(f"\n## Page weights\n\nThe largest page of each kind at {scale.times} times the data, with the style sheets,")
    print(
        "scripts, icons and images that it names: KB as stored / as `gzip -6` sends them. What only search needs is not"
    )
    print("among them and stands below; what other hosts send (a stock build asks Google for fonts) stands nowhere.")
    print("Requests: the page and these files.")
    head = ("kind", "page", "builder", "HTML", "CSS", "JS", "icons", "images", "together", "requests")
    rows = [
        (kind, f"/{address}", name, *_weighed(weight))
        for kind, address, *both in scale.weights
        for name, weight in zip(("this site", "stock"), both, strict=True)
        if weight
    ]
    _table(head, rows, 3)


def _weighed(weight: Weight) -> tuple[str, ...]:
    sizes = (weight.html, *(weight.parts[kind] for kind in ("css", "js", "icons", "images")), weight.whole)
    return (*(_kilobytes(size.raw, size.gzip) for size in sizes), str(weight.whole.files))


def _kilobytes(raw: int, gzip: int) -> str:
    return f"{raw / 1000:.1f} / {gzip / 1000:.1f}" if raw else "-"


def _searches(scales: Sequence[Scale]) -> None:
    print(
        "\n## Search\n\n`python -m benchmarks.search SITE` in Chromium on this machine: milliseconds from the last key"
    )
    print("until a frame with results is drawn, and KB (as stored / as `gzip -6` sends them) that search fetches: with")
    print(
        "the page, before anybody searches, and in all. Ready: from opening search on a fresh page to its first answer."
    )
    print(
        "Slowed: the page's processor time stretched four times (`Emulation.setCPUThrottlingRate`). Chromium stretches"
    )
    print(
        "the page's own thread only: all of this site's search, of Material's not the worker that looks for the words."
    )
    head = ("builder", "times", "speed", "answered", "median ms", "95th percentile ms", "ready ms")
    rows: list[Sequence[str]] = []
    fetched: list[Sequence[str]] = []
    for name in ("this site", "stock"):
        for scale in scales:
            found = scale.searches.get(name)
            if isinstance(found, str):
                rows.append((name, f"{scale.times}", "-", found, *[""] * 3))
            elif found:
                for speed in SPEEDS:
                    one = found[speed]
                    times = (f"{one[key]:.0f}" for key in ("median", "p95", "ready"))
                    rows.append((name, f"{scale.times}", speed, f"{one['answered']} of {one['asked']}", *times))
                fetched.append(
                    (name, f"{scale.times}", *(_kilobytes(*found["bytes"][when]) for when in ("load", "all")))
                )
    _table(head, rows, 3)
    _table(("builder", "times", "fetched with the page", "fetched in all"), fetched, 2)


def _saves(found: Result) -> None:
    print(
        "\n## The live server\n\n`python -m benchmarks.save` in Chromium on this machine: seconds from writing the data"
    )
    print("file until the page that is open, which reloads by itself, shows the change.")
    if isinstance(found, str):
        print(f"\n{found}")
        return
    pages: dict[str, dict[str, float]] = json.loads(found.printed.splitlines()[-1])
    rows = ((kind, f"{one['saves']}", f"{one['median']:.2f}", f"{one['longest']:.2f}") for kind, one in pages.items())
    _table(("page", "saves", "median s", "longest s"), rows)


def _lighthouse(found: Result) -> None:
    print("\n## Lighthouse\n\n`python -m benchmarks.lighthouse`: the largest page of each kind on a simulated phone,")
    print("packed with gzip. Scores go to 100. Measures: milliseconds until the largest part is drawn (LCP), and in")
    print("which the page cannot answer (TBT), and how far parts move while it loads.")
    if isinstance(found, str):
        print(f"\n{found}")
        return
    kinds: dict[str, dict[str, Any]] = json.loads(found.printed.splitlines()[-1])
    names = ("performance", "accessibility", "best-practices", "seo", "LCP ms", "TBT ms", "layout shift")
    rows = [
        (kind, one["page"], *(f"{one[name]:.0f}" if "ms" in name else f"{one[name]:g}" for name in names))
        for kind, one in kinds.items()
    ]
    _table(("kind", "page", *names), rows, 2)
    print(f"\nLighthouse {next(iter(kinds.values()))['version']}.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--scales",
        type=_scales,
        nargs="+",
        default=[[1, 10, 100]],
        help="how many times the real data, as 1 10 or 1,10",
    )
    parser.add_argument("--others", action="store_true", help="fetch Zensical and Hugo, and build the same Markdown")
    parser.add_argument("--skip-stock", action="store_true", help="build no stock site")
    parser.add_argument("--skip-search", action="store_true", help="start no browser")
    parser.add_argument("--skip-lighthouse", action="store_true", help="do without Lighthouse where it is installed")
    parser.add_argument("--minutes", type=float, default=60, help="give up a step after this long (default: 60)")
    options = parser.parse_args(arguments)
    options.scales = sorted({times for given in options.scales for times in given})
    signal.signal(
        signal.SIGTERM, lambda number, frame: sys.exit(128 + number)
    )  # so that the folder is removed then too
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        bench = Bench(options, Path(folder))
        try:
            browser = "no browser" if options.skip_search else bench.run("-m", "benchmarks.search").printed.strip()
        except NotMeasured as error:
            sys.exit(f"{error}; or measure without it: --skip-search")
        start = bench.tried("-c", "pass")
        real = bench.tried("-m", "macros", "check")
        scales = [bench.scale(times) for times in options.scales]
        save = "skipped" if options.skip_search else bench.tried("-m", "benchmarks.save")
        found = lighthouse() and not (options.skip_lighthouse or options.skip_search)
        phone = bench.tried("-m", "benchmarks.lighthouse") if found else "Not measured: skipped, or not installed."
    print(
        f"# Benchmarks\n\n`.venv/bin/python -m benchmarks {' '.join(sys.argv[1:])}`; 1 times the data is the real data."
    )
    if bench.load:
        print(
            f"The machine's load before each step was {min(bench.load):.1f} to {max(bench.load):.1f}; where it is well"
        )
        print("above 1, other work ran beside, and clock and search times are too long.")
    print(f"Python {platform.python_version()}, {browser}, {os.cpu_count()} processors, {platform.machine()}.")
    _builds(scales)
    _checks(start, real, scales)
    if scales[0].weights:
        _pages(scales[0])
    if not options.skip_search:
        _searches(scales)
        _saves(save)
        _lighthouse(phone)
    if bench.failed:
        sys.exit("\n".join(f"failed: python {command}" for command in bench.failed))


def _scales(text: str) -> list[int]:
    scales = [int(part) for part in text.split(",")]
    if min(scales) < 1:
        raise argparse.ArgumentTypeError("a scale is a whole number from 1")
    return scales


if __name__ == "__main__":
    main()
