"""Signs that a reviewer cannot see, or takes for others: refused wherever people write. And white space, folded.

What is read must be what was reviewed. A diff does not show a sign without width, and shows a Cyrillic letter as the
Latin one that it looks like.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

__all__ = [
    "BREAKING_SPACE",
    "INVISIBLE",
    "SPACE",
    "TYPED_SPACE",
    "Deceit",
    "deceit",
    "folded",
    "printable",
    "visible",
]

# Control characters, line breaks that only YAML 1.1 knows, direction overrides (CVE-2021-42574), zero-width and blank
# characters, format marks of shorthand, hieroglyphs and music, tags and halves of characters. The joiners U+200C and
# U+200D are left to `deceit`: some languages are not spelt without them.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028\u2029\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U00013430-\U0001345f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

SPACE = re.compile(r"\s+")
"""White space of every kind."""

BREAKING_SPACE = re.compile(r"[^\S\xa0\u202f]+")
"""The same, but for what French does not let break: to be folded where a text is set."""

TYPED_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
"""What keys and programs put between words and lines; every other space was chosen by somebody, and stays."""

_SUSPECT = re.compile(
    "[\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u200c\u200d\u2c80-\u2cff\u2de0-\u2dff"
    "\ua640-\ua69f\uab70-\uabbf]"
)
"""Alphabets with letters that look like Latin ones (Greek, Coptic, Cyrillic, Armenian, Cherokee), and joiners."""

_ALPHABETS = frozenset({"LATIN", "GREEK", "COPTIC", "CYRILLIC", "ARMENIAN", "CHEROKEE"})

_WORD = re.compile(r"[^\W\d_]+")

# From Unicode's confusables (https://www.unicode.org/Public/security/latest/confusables.txt): the letters of the two
# alphabets that people mean most often which have the very shape of a Latin letter.
_LOOKALIKES = frozenset(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"  # Cyrillic
    "\u0425\u04ae\u050c\u051a\u051c\u0417\u0430\u0435\u0456\u0458\u043e\u0440\u0441\u0443"
    "\u0445\u0455\u04bb\u0501\u051b\u051d\u04cf\u04bd"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"  # Greek
    "\u03f9\u03f3\u03bf\u03bd\u03c5\u03b9\u03c1\u03f2"
)

# Scripts in which a joiner changes how a word is spelt: of the Arabic family, and of South Asia.
_JOINING = (
    *("ARABIC", "SYRIAC", "MANDAIC", "MONGOLIAN", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
    *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER", "BALINESE", "JAVANESE"),
)


def folded(text: str, space: re.Pattern[str] = SPACE) -> str:
    """Give a text on one line: white space of a kind (by default all) as single spaces, none at the ends."""
    return space.sub(" ", text).strip()


def visible(text: str) -> str:
    """Give a text on one line in which what nobody can see is U+FFFD; spaces that French keeps stay."""
    return INVISIBLE.sub("\ufffd", folded(text, BREAKING_SPACE))


def printable(message: str) -> str:
    """Keep a message on one line, whatever it quotes from a file: line breaks and the like are spelt out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in message)


class Deceit(NamedTuple):
    """What was found in a text: the signs, and what to say of them."""

    snippet: str
    message: str


def deceit(text: str) -> Deceit | None:
    """Give the first joiner that joins nothing, or word with lookalikes of Latin letters; None where there is none."""
    if text.isascii() or not _SUSPECT.search(text):
        return None
    for at, sign in enumerate(text):
        if sign in "\u200c\u200d" and not (_joins(text[at - 1 : at]) and _joins(text[at + 1 : at + 2])):
            code = f"U+{ord(sign):04X}"
            return Deceit(sign, f"an invisible joiner ({code}) where no script needs one; delete it")
    latin = False
    only_lookalikes: str | None = None
    for match in _WORD.finditer(text):
        word = match.group()
        scripts = {_script(letter) for letter in word} & _ALPHABETS
        if "LATIN" in scripts and len(scripts) > 1:
            return Deceit(word, _mixed(word))
        latin = latin or "LATIN" in scripts
        if scripts and only_lookalikes is None and _LOOKALIKES.issuperset(word):
            only_lookalikes = word
    if latin and only_lookalikes is not None:
        return Deceit(only_lookalikes, _mixed(only_lookalikes))
    return None


def _joins(sign: str) -> bool:
    return bool(sign) and sign[0] > "\u0590" and unicodedata.name(sign, "").startswith(_JOINING)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def _mixed(word: str) -> str:
    odd = next(letter for letter in word if _script(letter) != "LATIN")
    name = unicodedata.name(odd).lower()
    return f"a word with a letter that only looks Latin ({name}, U+{ord(odd):04X}); type the word again"
