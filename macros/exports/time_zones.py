"""Which country a device's clock is set to: the names of time zones of every country that the site lists help for.

A browser knows the name of its own zone (`Intl.DateTimeFormat`), so a help page can show the right number first without
asking anybody. The names come from Unicode's CLDR, which Babel brings along: those in use today and those of old.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from babel.core import get_global

__all__ = ["PLACE", "script", "zones"]

PLACE = "assets/time-zones.js"
"""Where the script stands that help pages load, until it is joined with the next one (macros/build/page_scripts.py)."""

_NO_PLACE = re.compile(r"[A-Z]{3}(?:\d[A-Z]{3})?\Z")
"""Names such as CST6CDT and HST, which say what hour it is and not where."""


def zones(countries: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Give the names of a country's time zones by the country's id, which is its ISO 3166 code in small letters.

    What is no such code, such as `int`, has none and is left out.
    """
    territories: Mapping[str, str] = get_global("zone_territories")
    found: dict[str, list[str]] = defaultdict(list)
    for name, territory in territories.items():
        found[territory.lower()].append(name)
    for name, today in get_global("zone_aliases").items():
        if today in territories and name not in territories:
            found[territories[today].lower()].append(name)
    named = {country: (name for name in found.get(country, ()) if not _NO_PLACE.match(name)) for country in countries}
    return {country: tuple(sorted(names)) for country, names in named.items() if country in found}


def script(countries: Iterable[str]) -> str:
    """Give the script that tells `docs/assets/help.js` the zones of each country, as one text of names with spaces."""
    listed = {country: " ".join(names) for country, names in zones(countries).items()}
    return f"helpZones={json.dumps(listed, separators=(',', ':'))};\n"
