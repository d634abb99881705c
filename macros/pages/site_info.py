"""What files beside the pages say of where they come from: the site, its edition, and when they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from urllib.parse import urljoin

from macros import moments
from macros.data.catalogue import Catalogue
from macros.data.urls import in_language

__all__ = ["SiteInfo", "edition", "stamp"]


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """The site's name and address, and the moment (seconds since 1970) that files made from the data alone bear."""

    name: str
    url: str
    stamp: int

    def to(self, address: str, language: str = "en") -> str:
        """Give the full address of a page, in a language if it is there; from the root where the site has none."""
        if language != "en":
            address = in_language(address, language) or address
        return urljoin(self.url, address.lstrip("/")) if self.url else address


def edition(catalogue: Catalogue) -> date:
    """Give the day of the edition: the latest change's, else the day on which facts were last checked."""
    change = catalogue.latest_change
    day: date = change.date if change else catalogue.last_checked
    return day


def stamp(catalogue: Catalogue, epoch: str | None) -> int:
    """Give the moment at which files say they were made: SOURCE_DATE_EPOCH where it is one, else a day of the data.

    That is the latest on which any record was held against its sources.
    """
    try:
        moment = moments.read(epoch)
    except ValueError:
        moment = None
    return int(datetime.combine(catalogue.last_checked, time(), UTC).timestamp()) if moment is None else moment
