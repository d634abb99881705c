"""What writers made before, so that the live server makes nothing twice that says the same."""

from __future__ import annotations

from collections.abc import MutableMapping

__all__ = ["Cache"]

Cache = MutableMapping[str, bytes]
"""What was set before, by all that it was made from; the live server hands the same one in at every build."""
