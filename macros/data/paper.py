"""What can be set on paper and in pictures: the signs that the typesetter has typefaces for.

Pages are drawn by the reader's device, which has a typeface for every script. Handouts, kits, pictures and cards are
set here, by the few typefaces that the typesetter brings along; what these lack would come out as an empty box. So the
model holds the texts that go there to these signs (`printed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from macros.data.yaml_reader import INVISIBLE

__all__ = ["NOT_SET", "printed", "settable"]

NOT_SET = re.compile(
    "[^ -~\u00a0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u2040\u2044-\u2052\u2054-\u205e\u20a0-\u20bf\u2190-\u22ff\ufffd]"
)
"""What is outside the blocks that the typefaces have in whole.

They have Latin, Greek, Cyrillic, marks, punctuation, currencies, arrows and signs. A test sets every sign of them.
"""

LOST = "\ufffd"
"""What programs put where a letter was lost. It has a shape, and means nothing."""


def settable(text: str) -> bool:
    """Tell whether the typefaces have every sign of a text."""
    return text.isascii() or next(_lacking(text), None) is None


def printed(value: str) -> str:
    """Give a text that stands in handouts, kits or pictures; raises PydanticCustomError for one that cannot be set."""
    sign = None if value.isascii() else next(_lacking(value), None)
    if sign:
        raise PydanticCustomError(
            "text",
            "'{snippet}' ({code}) cannot be set in handouts and pictures, where this text also stands; "
            "use Latin, Greek or Cyrillic letters here",
            {"snippet": sign, "code": f"U+{ord(sign):04X}"},
        )
    return value


def _lacking(text: str) -> Iterator[str]:
    for match in NOT_SET.finditer(text):
        # White space is folded before it is set; what nobody sees is refused everywhere.
        if not match[0].isspace() and not INVISIBLE.match(match[0]):
            yield match[0]
    if LOST in text:
        yield LOST
