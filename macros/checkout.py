"""Where this checkout and its templates lie."""

from __future__ import annotations

from pathlib import Path

__all__ = ["LOCALE", "ROOT", "TEMPLATES"]

ROOT = Path(__file__).resolve().parent.parent
"""The checkout."""

TEMPLATES = Path(__file__).parent / "templates"
"""Every template of pages, sheets and files."""

LOCALE = Path(__file__).parent / "locale"
"""The texts of templates, theme and scripts in other languages: a folder for each."""
