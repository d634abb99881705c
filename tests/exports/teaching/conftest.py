"""What tests of handouts and of kits share."""

from __future__ import annotations

import pytest

from macros.data import kinds
from macros.data.catalogue import Catalogue


@pytest.fixture(params=range(1, kinds.PRINCIPLE_COUNT + 1))
def principle(request: pytest.FixtureRequest, catalogue: Catalogue) -> kinds.Principle:
    """Give each of the principles, one after the other."""
    return catalogue.principle(request.param)
