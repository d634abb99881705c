"""The texts of templates and scripts in a second language: `macros/templates/<language>/words.yml`.

Templates hold their English text in place; `say` looks it up, as gettext does. A text that is not in the file is said
in English, and `tests/test_languages.py` names it.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from macros.checkout import TEMPLATES
from macros.data.yaml_reader import read_file

__all__ = ["in_scripts", "say", "script", "words"]

_FIELD = re.compile(r"\{(\w+)\}")
_IN_SCRIPT = re.compile(r'\bsay\("([^"]+)"')


def say(language: str, text: str, **values: Any) -> str:
    """Give a text in a language (BCP 47); `{name}` in it stands for a value."""
    said = text if language == "en" else words(language).get(text, text)
    return _FIELD.sub(lambda match: str(values.get(match[1], match[0])), said) if values else said


def script(language: str, sources: Iterable[str]) -> str:
    """Give the script that tells the pages' own scripts (`sources`, which name them by `say("…")`) their texts."""
    used = sorted(set().union(*map(in_scripts, sources)))
    said = {text: words(language)[text] for text in used if text in words(language)}
    return f"siteWords={json.dumps(said, ensure_ascii=False, separators=(',', ':'))};\n"


def in_scripts(source: str) -> set[str]:
    """Give the texts that a script says."""
    return set(_IN_SCRIPT.findall(source))


@functools.cache
def words(language: str) -> Mapping[str, str]:
    """Give every text of a second language by its English; raises ValueError where the file cannot be read."""
    file = TEMPLATES / language / "words.yml"
    tree = read_file(file, f"macros/templates/{language}/words.yml")
    if tree.faults or not isinstance(tree.data, dict):
        why = tree.faults[0] if tree.faults else None
        raise ValueError(f"{tree.source.name}:{why.position.line if why else 1}: {why.message if why else 'no texts'}")
    return {str(english): str(own) for english, own in tree.data.items()}
