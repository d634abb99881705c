"""The citation of a page as files that programs for references read: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from macros.exports.citation_values import ARCHIVE, LANGUAGE, Work, quoted, url_of
from macros.pages.escaping import long_date
from macros.unicode_text import visible

__all__ = ["bibtex", "csl_json", "files_of", "ris"]


def files_of(work: Work) -> Iterator[tuple[str, str, str]]:
    """Yield name, type and content of each file for a work."""
    name = "cite" if work.own else "official"
    yield f"{name}.bib", "application/x-bibtex", bibtex(work)
    yield f"{name}.ris", "application/x-research-info-systems", ris(work)
    yield f"{name}.csl.json", "application/vnd.citationstyles.csl+json", csl_json(work)


def bibtex(work: Work) -> str:
    """Give a work as BibLaTeX, and as BibTeX can read it too. The name and the title keep their capitals and commas.

    BibLaTeX and Zotero know what an `@online` is, and take its `date`, to the day. BibTeX takes a kind that it does not
    know for `@misc`, and `year` and `month`.
    """
    year, *month = work.issued.text.split("-")[:2]
    fields: Mapping[str, str] = {
        "author": f"{{{{{_latex(work.author)}}}}}",
        "title": f"{{{{{_latex(work.title)}}}}}",
        "date": f"{{{work.issued.text}}}",
        "year": f"{{{year}}}",
        "month": _MONTHS[int(month[0]) - 1] if month else "",
        "note": f"{{{_latex(_note(work))}}}" if _note(work) else "",
        "url": f"{{{url_of(work)}}}",
        "langid": "{british}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@online{{{work.key},\n{''.join(lines)}}}\n"


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""BibTeX's own names, which every style writes out in its language."""

# BibTeX counts braces even behind a backslash, so a brace has to be named.
_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#_%"},
}

# Two signs that LaTeX draws as one, such as a dash for two hyphens; something empty between them keeps them two.
_DRAWN_AS_ONE = re.compile(r"(?<=([-'`,<>]))(?=\1)|(?<=[!?])(?=`)")


def _latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for part in _parted(visible(text)) for sign in part)


def _parted(text: str) -> Iterator[Iterable[str]]:
    start = 0
    for match in _DRAWN_AS_ONE.finditer(text):
        yield text[start : match.start()]
        yield ("{}",)
        start = match.start()
    yield text[start:]


def ris(work: Work) -> str:
    """Give a work as RIS: one line per field.

    A comma in an author's name parts the family's from the given one, and there is no way to write another; so it is
    left out there, and the publisher has the name as it is.
    """
    fields = (
        ("TY", "ELEC"),
        ("ID", work.key),
        ("AU", visible(work.author.replace(",", " "))),
        ("TI", visible(work.title)),
        ("PB", visible(work.author)),
        ("PY", work.issued.text[:4]),
        ("DA", work.issued.text.replace("-", "/")),
        ("UR", url_of(work)),
        *((("N1", _note(work)),) if work.archived else ()),
        ("LA", LANGUAGE),
        ("ER", ""),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def csl_json(work: Work) -> str:
    """Give a work as CSL-JSON.

    The site is named as author alone: a program that printed it as container too would name it twice.
    """
    item = {
        "id": work.key,
        "type": "webpage",
        "title": visible(work.title),
        "author": [{"literal": visible(work.author)}],
        "issued": {"date-parts": [[int(part) for part in work.issued.text.split("-")]]},
        "URL": url_of(work),
        "language": LANGUAGE,
    }
    if work.archived:
        item |= {"archive": ARCHIVE, "archive_location": quoted(work.archived), "note": _note(work)}
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _note(work: Work) -> str:
    """Give what a reader of a citation should know besides: when we looked, or where a copy may be."""
    if work.own:
        return f"Last checked {long_date(work.issued)}"
    if not work.archived:
        return ""
    place = quoted(work.archived)
    return (
        f"Archived copy nearest to {long_date(work.read)}, if there is one: {place}"
        if work.read
        else f"Archived copy: {place}"
    )
