"""What servers need of a built site: names that say what a file holds, headers, and files packed beforehand.

Works on the finished folder, whichever generator wrote it. A style sheet or script bears a hash of its content in its
name, not in a query: the name alone then says that it can be kept for ever, `_headers` can tell it from other files,
a folder opened without a server finds it, and no cache can hold old content under a new address.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from macros.data.languages import LANGUAGES
from macros.data.urls import is_card
from macros.exports.path_patterns import Output

__all__ = [
    "FRAMED_POLICY",
    "HASHED",
    "HEADERS",
    "OUTPUTS",
    "TYPES",
    "headers",
    "name_by_content",
    "pack",
    "page_policy",
]

OUTPUTS = (Output("headers", ("_headers",), internal=True),)
"""The paths of its files; those packed beforehand lie beside their originals, as their other forms."""

HEADERS = "_headers"
"""The file of headers, in the form that Netlify and Cloudflare Pages read."""

HASHED = re.compile(r"\.[0-9a-f]{10}\.(?:css|js)$")
"""How the name of a file ends that bears its hash."""

OF_THE_THEME = "assets/javascripts/"
"""Scripts that a theme brings: they load each other by names that stand nowhere in whole."""

FRAMED_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
"""What a card for other sites may load, as it says itself.

Nothing of frames, so everybody may show it. `frame-ancestors *` would allow less: no page that lies in a folder or in
an app, as the star stands for addresses on the network alone.
"""

# One value each, everywhere. Everything here is public and without cookies, so others may fetch and show all of it;
# whole pages alone are kept out of frames, by their policy.
EVERYWHERE: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), "
        "encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), "
        "screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()"
    ),
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
}

TYPES: Mapping[str, str] = {
    "/*.bib": "application/x-bibtex; charset=utf-8",
    "/*.ris": "application/x-research-info-systems; charset=utf-8",
    "/*.csl.json": "application/vnd.citationstyles.csl+json",
    "/*.jsonld": "application/ld+json",
    "/*.sqlite": "application/vnd.sqlite3",
    "/*.ics": "text/calendar; charset=utf-8",
    "/*.csv": "text/csv; charset=utf-8",
    "/*.gift": "text/plain; charset=utf-8",
    "/*.md": "text/markdown; charset=utf-8",
    "/*.yml": "application/yaml",
    "/feed.xml": "application/atom+xml; charset=utf-8",
    "/*/feed.xml": "application/atom+xml; charset=utf-8",
}
"""Types that hosts do not know, or guess wrongly, by the pattern of the address."""

SHORT, HOUR, DAY, FOREVER = (
    "public, max-age=300, must-revalidate",
    "public, max-age=3600, must-revalidate",
    "public, max-age=86400",
    "public, max-age=31536000, immutable",
)

PACKED = frozenset(
    {
        ".bib",
        ".css",
        ".csv",
        ".gift",
        ".html",
        ".ics",
        ".js",
        ".json",
        ".jsonld",
        ".md",
        ".ris",
        ".sqlite",
        ".svg",
        ".txt",
        ".xml",
        ".yml",
    }
)
"""Endings of files that are text, or pack as well; pictures, PDF and ZIP are packed already."""

SMALLEST = 256
"""Bytes below which packing gains nothing: the answer's head alone is longer."""

_NAMED_IN_SCRIPT = re.compile(rb'"(assets/[\w./-]+\.(?:css|js))"')
_NAMED_IN_PAGE = re.compile(rb'(\b(?:href|src|data-index)="(?:[^":]*/)?)(assets/[\w./-]+\.(?:css|js))(?=["?#])')


def name_by_content(site: Path) -> dict[str, str]:
    """Rename every style sheet and script of a built site after its content, and name them so in pages and scripts.

    Returns the new paths by the old ones, from the site's root. A second run changes nothing.
    """
    files = (file for file in sorted((site / "assets").rglob("*")) if file.suffix in {".css", ".js"})
    old = {path: file for file in files if not (path := file.relative_to(site).as_posix()).startswith(OF_THE_THEME)}
    old = {path: file for path, file in old.items() if not HASHED.search(path)}
    named: dict[str, str] = {}

    def name(path: str) -> str:
        if path not in named:
            file = old[path]
            content = file.read_bytes()
            if file.suffix == ".js":  # what it loads is part of what it holds
                content = _NAMED_IN_SCRIPT.sub(lambda match: b'"%s"' % new(match[1]), content)
            digest = hashlib.sha256(content).hexdigest()[:10]
            named[path] = f"{path.removesuffix(file.suffix)}.{digest}{file.suffix}"
            file.unlink()
            (site / named[path]).write_bytes(content)
        return named[path]

    def new(path: bytes) -> bytes:
        return name(path.decode()).encode() if path.decode() in old else path

    for path in old:
        name(path)
    for page in sorted(site.rglob("*.html")):
        before = page.read_bytes()
        after = _NAMED_IN_PAGE.sub(lambda match: match[1] + new(match[2]), before)
        if after != before:
            page.write_bytes(after)
    return named


def page_policy(policy: str) -> str:
    """Give the policy of pages as a header says it: that of their head, which cannot speak of frames, and no frames."""
    return f"{policy}; frame-ancestors 'none'"


def headers(paths: Iterable[str], policy: str) -> str:
    """Give the text of `_headers` for a site's files (paths from its root) whose pages have this policy in their heads.

    Hosts differ in what they do when two rules give one header, so no two rules that fit one address do.
    """
    rules = [("/*", EVERYWHERE), *((pattern, {"Content-Type": kind}) for pattern, kind in TYPES.items())]
    rules += sorted(_by_place(paths, page_policy(policy)).items())
    lines = ["# Made by macros/build/publishing.py. No two rules that fit one address give the same header."]
    for pattern, fields in rules:
        lines += ["", pattern, *(f"  {name}: {value}" for name, value in fields.items())]
    return "\n".join(lines) + "\n"


def _by_place(paths: Iterable[str], policy: str) -> dict[str, dict[str, str]]:
    """Give what differs from place to place, by pattern; every file fits exactly one."""
    rules: dict[str, dict[str, str]] = {}
    paths = sorted(paths)
    named = {(path.split("/")[1], bool(HASHED.search(path))) for path in paths if path.startswith("assets/")}
    mixed = {name for name, is_hashed in named if is_hashed and (name, False) in named}
    for path in paths:
        folder, inside, rest = path.partition("/")
        if path == HEADERS:
            continue
        if folder == "assets":
            below, deeper, _ = rest.partition("/")
            pattern = f"/assets/{below}/*" if deeper and below not in mixed else f"/{path}"
            rules[pattern] = {"Cache-Control": FOREVER if HASHED.search(path) else DAY}
            continue
        below, deeper, _ = rest.partition("/")
        if folder not in LANGUAGES:
            pattern = f"/{folder}/*" if inside else f"/{path.removesuffix('index.html')}"
        else:  # its cards are held to another policy than its pages
            pattern = f"/{folder}/{below}/*" if deeper else f"/{path.removesuffix('index.html')}"
        rule = rules.setdefault(pattern, {"Cache-Control": HOUR if folder in {"api", "handouts", "offline"} else SHORT})
        if path.endswith(".html"):
            rule["Content-Security-Policy"] = FRAMED_POLICY if is_card(path) else policy
    return rules


def pack(site: Path) -> Iterator[Path]:
    """Write a `.br` and a `.gz` beside every text file of a built site that gets smaller; yields what was written.

    The same bytes give the same packed files: no clock, no name, one quality. Two packers, so every reader has one.
    """
    files = [file for file in sorted(site.rglob("*")) if file.suffix in PACKED and file.stat().st_size >= SMALLEST]
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for made in workers.map(_pack, files, chunksize=16):
            yield from made


def _pack(file: Path) -> list[Path]:
    import brotli  # here, as only who packs needs it

    content = file.read_bytes()
    made = []
    for ending, packed in (
        (".br", brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)),
        (".gz", gzip.compress(content, 9, mtime=0)),
    ):
        packed_file = file.with_name(file.name + ending)
        if len(packed) < len(content):
            packed_file.write_bytes(packed)
            made.append(packed_file)
    return made
