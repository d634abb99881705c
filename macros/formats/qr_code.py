"""QR codes (ISO/IEC 18004), as rows of dots for whoever draws them."""

from __future__ import annotations

from functools import cache

import segno

__all__ = ["dots"]


@cache
def dots(address: str) -> tuple[tuple[int, ...], ...]:
    """Give the QR code that leads to an address: rows of dots, 1 where one is dark. A smudge of 15 % does no harm."""
    return tuple(tuple(int(dot) for dot in row) for row in segno.make(address, error="m", micro=False).matrix)
