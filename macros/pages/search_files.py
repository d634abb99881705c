"""The two files that search loads: what things are called, and what is said of them.

Both are scripts and not JSON, so that they can be read from a folder (file://) where a page may fetch nothing. A reader
who turns to search gets the first and is answered from it; the second comes after it. `docs/assets/search.js` unpacks
them, and says how entries are found and ranked.

Whoever searches waits for them, so they hold what is needed and no more:

- addresses without what the title says (`packed_address`),
- of other names those that say more than the ones before,
- of a text what a result shows, the less the more entries there are (`ROOM`),
- of the rest of a text only words by which somebody finds this entry rather than many others.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from macros.pages.search_index import Cry, Entry

__all__ = ["NAMES", "TEXTS", "packed_address", "search_files"]

NAMES, TEXTS = "assets/search-data{suffix}.js", "assets/search-data-texts{suffix}.js"
"""Where the files lie; of a second language with its code before the ending."""

ROOM = 200_000
"""Characters of the first file and of all shown texts together: what is to be found goes before what is shown of it."""

LONGEST, SHORTEST = 150, 80
"""Characters that one text may show where there is room for all, and where there is not."""

READ = 360
"""Characters of a text that can be found at all: enough for questions in other words."""

FEW = 4
"""Entries: a word that so many show is no reason to keep it for another that does not show it."""

_SENTENCE = re.compile('(?:(?<=[^\\W_A-Z]{2}[.!?])|(?<=[)%"\u201d\u00bb][.!?]))\\s+(?=["\u201c\u00ab]?[^\\W\\d_a-z])')
"""Where a sentence ends; not after "U.S." or "e.g."."""

_APOSTROPHE = "['\u2019]"

_WORD = re.compile(rf"[^\W_]+(?:{_APOSTROPHE}[^\W_]+)*")

_PLURAL = re.compile(r"(?<=[^suie])s$|(?<=[^sxzhi]e)s$")
"""An ending that `docs/assets/search.js` takes for a plural too; it knows more of them."""


def search_files(suffix: str, entries: Sequence[Entry], cries: Iterable[Cry]) -> Iterator[tuple[str, str]]:
    """Yield each file's path from the site's root and its text; the suffix is ".fr" or none."""
    said = list(dict.fromkeys(entry.kind for entry in entries))
    place = {kind: at for at, kind in enumerate(said)}
    words = _french if suffix else _words
    names = {
        "texts": TEXTS.format(suffix=suffix),
        "kinds": said,
        "titles": [entry.title for entry in entries],
        "of": [place[entry.kind] for entry in entries],
        "addresses": list(_addresses(entries)),
        "names": [" | ".join(_needed(entry, words)) for entry in entries],
        "weights": [entry.weight for entry in entries],
        "distress": [[cry.label, cry.address.lstrip("/"), list(cry.phrases), cry.need] for cry in cries],
    }
    first = _script("searchData", names)
    shown = _shown([entry.text for entry in entries], ROOM - len(first))
    texts = {"shown": shown, "more": list(_more(entries, shown, words))}
    yield NAMES.format(suffix=suffix), first
    yield TEXTS.format(suffix=suffix), _script("searchTexts", texts)


def _script(name: str, data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # The two line ends that end a line in older scripts but not in JSON.
    return f"{name}={text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')};\n"


def _addresses(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield addresses from the site's root, packed; "~" for the page of the entry before."""
    before = None
    for entry in entries:
        page, mark, anchor = packed_address(entry.address.lstrip("/"), entry.title).partition("#")
        yield f"~{anchor}" if mark and page == before else page + mark + anchor
        before = page


def packed_address(address: str, title: str) -> str:
    """Give an address with capital letters for words in its anchor that the title has, by their places.

    "A" is the first word, "AC" the first and the third. An anchor is made of ids, which have no capitals.
    """
    page, mark, anchor = address.partition("#")
    known = [word.lower() for word in re.findall("[A-Za-z0-9]+", title)[:26]]
    parts = [chr(ord("A") + known.index(part)) if part in known else part for part in anchor.split("-")]
    return page + mark + re.sub("(?<=[A-Z])-(?=[A-Z])", "", "-".join(parts))


def _needed(entry: Entry, words: Callable[[str], list[str]]) -> Iterator[str]:
    """Yield the other names of an entry but those that are the title or a name before in other signs."""
    have = set(words(entry.title))
    known = {"".join(words(entry.title))}
    for name in dict.fromkeys(entry.names):
        parts = words(name)
        if "".join(parts) in known and have.issuperset(parts) and parts:
            continue
        known.add("".join(parts))
        have.update(parts)
        yield name


def _shown(texts: Sequence[str], room: int) -> list[str]:
    """Give what results show of texts: as much as all of them have room for."""
    low, high = SHORTEST, LONGEST
    while low < high:
        middle = (low + high + 1) // 2
        if sum(len(_cut(text, middle)) for text in texts) <= room:
            low = middle
        else:
            high = middle - 1
    return [_cut(text, low) for text in texts]


def _cut(text: str, longest: int) -> str:
    """Give the sentences of a text that fit; where not even the first does, its words."""
    if len(text) <= longest:
        return text
    ends = [end.start() for end in _SENTENCE.finditer(text, 0, longest + 3) if end.start() <= longest]
    return text[: ends[-1]] if ends else f"{text[: longest - 1].rsplit(' ', 1)[0]} …"


def _more(entries: Sequence[Entry], shown: Sequence[str], words: Callable[[str], list[str]]) -> Iterator[str]:
    """Yield the words by which an entry is found and that it does not show."""
    own = [
        words(" ".join((entry.title, *entry.names, entry.kind, text)))
        for entry, text in zip(entries, shown, strict=True)
    ]
    often = Counter(word for there in own for word in set(there))
    for entry, there in zip(entries, own, strict=True):
        begins = " " + " ".join(there)  # whoever types how a word begins finds it
        kept = {
            word
            for word in words(entry.text[:READ].rsplit(" ", 1)[0] if len(entry.text) > READ else entry.text)
            if len(word) > 2 and not word.isdigit() and often[word] < FEW and f" {word}" not in begins
        }
        yield " ".join(sorted(kept))


def _words(text: str) -> list[str]:
    """Give the words of a text in one form: small letters without accents, most of them in the singular."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    found = _WORD.findall(text.lower())
    if "'" in text or "\u2019" in text:
        found = [re.sub(_APOSTROPHE, "", word) for word in found]
    return [_PLURAL.sub("", word) if word[-1] == "s" and len(word) > 3 else word for word in found]


def _french(text: str) -> list[str]:
    """Give the same of a French text, in which an apostrophe stands between two words."""
    return _words(re.sub(_APOSTROPHE, " ", text))
