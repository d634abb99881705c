"""Telephone numbers as they are printed and as they are dialled: whether the two are the same.

Nothing here knows which numbers exist. A library such as phonenumbers does, in megabytes of patterns of every country;
the question here is only whether two ways to write a number agree, words on the keys included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["same", "spelt", "strange"]

_KEYS = {
    letter: str(key)
    for key, letters in enumerate(("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), start=2)
    for letter in letters
}
"""The letters on the keys of a telephone (ITU-T E.161)."""

_CODES = {"au": "61", "ca": "1", "gb": "44", "nz": "64", "us": "1"}
"""What is dialled before a number from abroad, by the id of the country; elsewhere a number is printed as dialled."""

_NORTH_AMERICA = "1"

_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_DIGITS = re.compile(r"\+?[0-9](?:[ ().\u2011-]*[0-9])*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")

_SHORTEST = 3
"""Digits of the shortest number that can be dialled (911); what has fewer is an age, a count or part of a name."""

_ROUND_THE_CLOCK = "247"
"""As people type 24/7."""


def same(label: str, number: str, country: str) -> bool:
    """Say whether what is printed dials the number: by its digits, its letters as keys, or the digits in its brackets.

    With letters, those at the end may be more than the number has ("0508 NETSAFE" for 0508638723): nobody waits for
    them. Where a label has a number both ways, both must be right. A country's code may stand on one side alone.
    """
    dialled = _forms(number, country)
    if dialled & _forms(label, country) and not any(sign.isalpha() for sign in label):  # also "(020) 7946 0958"
        return True
    parts = [_IN_BRACKETS.sub(" ", label), *_IN_BRACKETS.findall(label)]
    told = [part for part in parts if any(sign.isdigit() for sign in part)]
    return bool(told) and all(any(dialled & _forms(one, country) for one in _readings(part)) for part in told)


def spelt(label: str, number: str, country: str) -> bool:
    """Say whether a printed number has not the digits that are dialled: letters stand for some, or it is another."""
    return not _forms(number, country) & {form for part in _parts(label) for form in _forms(part, country)}


def _parts(label: str) -> Iterator[str]:
    """Yield a label without what stands in brackets, what stands there, and the whole."""
    yield from (_IN_BRACKETS.sub(" ", label), *_IN_BRACKETS.findall(label), label)


def strange(text: str, numbers: Iterable[str], country: str) -> Iterator[str]:
    """Yield every number in a text that is none of the given ones; years, ages and 24/7 are no numbers."""
    known = tuple(numbers)
    if any(same(text, number, country) for number in known):
        return
    dialled = {form for number in known for form in _forms(number, country)}
    for found in _DIGITS.findall(text):
        digits = _only_digits(found)
        if len(digits) < _SHORTEST or digits == _ROUND_THE_CLOCK or _YEAR.match(digits):
            continue
        if not dialled & _forms(found, country):
            yield found


def _only_digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def _forms(text: str, country: str) -> set[str]:
    """Give the digits of a number, and those of the same number with and without its country's code."""
    digits = _only_digits(text)
    forms = {digits}
    code = _CODES.get(country, "")
    if code == _NORTH_AMERICA:
        home = digits[1:] if len(digits) == 11 and digits.startswith(code) else digits
        if len(home) == 10:
            forms |= {home, f"{code}{home}"}
    elif code and text.lstrip().startswith("+") and digits.startswith(code):
        forms |= {digits.removeprefix(code), f"0{digits.removeprefix(code)}"}
    return forms


def _readings(part: str) -> Iterator[str]:
    """Yield what a stretch of a label can mean as digits: without its letters, then with them, then with fewer."""
    plus = "+" if part.lstrip().startswith("+") else ""
    yield plus + _only_digits(part)
    signs = [sign for sign in part.lower() if sign in _KEYS or sign in "0123456789"]
    while signs:
        yield plus + "".join(_KEYS.get(sign, sign) for sign in signs)
        if signs.pop() not in _KEYS:
            return
