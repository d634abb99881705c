"""Files to one ZIP, with the same bytes for the same input: no clock, no machine's own rights or order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

__all__ = ["pack"]

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No entry of a ZIP can be older."""


def pack(files: Iterable[tuple[str, bytes]], moment: int, level: int = 6) -> bytes:
    """Give the ZIP of files in the order given; every one bears the same moment (seconds since 1970).

    `level` is how hard each is packed, from 1 to 9.
    """
    stamp = max(datetime.fromtimestamp(moment, UTC), EARLIEST).timetuple()[:6]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as whole:
        for name, content in files:
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.create_system = 3  # else it depends on the machine; with it, the rights below mean something
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            whole.writestr(entry, content)
    return out.getvalue()
