"""The moment at which files say they were made: SOURCE_DATE_EPOCH, read here and nowhere else.

It is whole seconds since 1970 (https://reproducible-builds.org/specs/source-date-epoch/). `make` gives the last
commit's; where there is none, a day of the data stands in for it, never the clock.
"""

from __future__ import annotations

import os
import re

__all__ = ["NAME", "given", "read"]

NAME = "SOURCE_DATE_EPOCH"

LATEST = 4_354_819_199
"""The end of 2107: no entry of a ZIP can be younger."""

_WHOLE = re.compile(r"[0-9]{1,10}", re.ASCII)


def given() -> int | None:
    """Give the moment that the environment names, None where it names none; raises ValueError with a sentence."""
    return read(os.environ.get(NAME))


def read(text: str | None) -> int | None:
    """Give a moment as it is written, None where nothing is; raises ValueError with a sentence where it is none."""
    if not (text or "").strip():
        return None
    written = str(text).strip()
    if not _WHOLE.fullmatch(written) or int(written) > LATEST:
        raise ValueError(
            f"{NAME} is {written[:40]!r}; it takes whole seconds since 1970, before 2108, such as 1795564800. Leave it "
            "out, and files bear the newest day on which facts were checked"
        )
    return int(written)
