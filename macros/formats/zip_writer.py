"""Files to one ZIP, with the same bytes for the same input: no clock, no machine's own rights or order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import IO

from macros.formats.cache import Cache, kept

__all__ = ["pack", "pack_into", "pack_kept"]

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No entry of a ZIP can be older."""


PACKED = (".docx", ".png", ".xlsx", ".zip")
"""Ends of names of files that no packing makes smaller: they are stored as they are."""


def pack(files: Iterable[tuple[str, bytes]], moment: int) -> bytes:
    """Give the ZIP of files in the order given; every one bears the same moment (seconds since 1970)."""
    out = io.BytesIO()
    pack_into(out, files, moment)
    return out.getvalue()


def pack_into(out: IO[bytes], files: Iterable[tuple[str, bytes]], moment: int) -> None:
    """Write the same ZIP into an empty file that can be gone back in. Raises OSError where it cannot be written."""
    stamp = max(datetime.fromtimestamp(moment, UTC), EARLIEST).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.create_system = 3  # else it depends on the machine; with it, the rights below mean something
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
            whole.writestr(entry, content)


def pack_kept(files: Iterable[tuple[str, bytes]], moment: int, cache: Cache) -> bytes:
    """Give the ZIP of files as `pack` does, unless the cache has it."""
    files = list(files)
    parts = (part for name, content in files for part in (name, content))
    return kept(cache, (str(moment), *parts), lambda: pack(files, moment))
