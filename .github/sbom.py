"""Writes what the site is built with, as CycloneDX 1.6: `.venv/bin/python .github/sbom.py EDITION >sbom.cdx.json`.

It reads the packages of the environment it runs in, so run it in one that holds requirements/site.txt and no more. The
same environment and edition give the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

OWN = canonicalize_name("voluntary-principles-site")
INSTALLER = canonicalize_name("pip")
VENDOR = Path(__file__).resolve().parent.parent / "docs" / "assets" / "vendor"


def bill(edition: str, installed: Iterable[Distribution], vendored: Iterable[str]) -> dict[str, Any]:
    """Give the bill of materials; `vendored` are the names of script files of others, such as `name-1.2.3.min.js`."""
    found = {canonicalize_name(one.metadata["Name"]): one for one in installed}
    names = sorted(name for name in found if name not in (OWN, INSTALLER))
    components = [_component(name, found[name]) for name in names]
    dependencies = [
        {"ref": _purl(name, found[name]), "dependsOn": sorted({*_needs(found[name], found)})} for name in names
    ]
    scripts = [
        {"type": "library", "bom-ref": ref, "name": part[1], "version": part[2], "purl": ref}
        for part in map(re.compile(r"([a-z-]+)-([0-9.]+[0-9])(?:\.min)?\.js").fullmatch, sorted(vendored))
        if part
        for ref in (f"pkg:npm/{part[1]}@{part[2]}",)
    ]
    direct = {*(_needs(found[OWN], found) if OWN in found else ()), *(one["bom-ref"] for one in scripts)}
    content = [*components, *scripts]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, edition + json.dumps(content, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": OWN, "name": OWN, "version": edition}},
        "components": content,
        "dependencies": [{"ref": OWN, "dependsOn": sorted(direct)}, *dependencies],
    }


def _purl(name: NormalizedName, one: Distribution) -> str:
    return f"pkg:pypi/{name}@{one.version}"


def _component(name: NormalizedName, one: Distribution) -> dict[str, Any]:
    ref = _purl(name, one)
    component = {"type": "library", "bom-ref": ref, "name": name, "version": one.version, "purl": ref}
    licence = next(iter(one.metadata.get_all("License-Expression") or ()), None)
    return {**component, "licenses": [{"expression": licence}]} if licence else component


def _needs(one: Distribution, found: dict[NormalizedName, Distribution]) -> Iterator[str]:
    for text in one.requires or ():
        requirement = Requirement(text)
        name = canonicalize_name(requirement.name)
        if name in found and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            yield _purl(name, found[name])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("name the edition, such as: sbom.py edition-2026-11-24")
    made = bill(sys.argv[1], distributions(), (file.name for file in VENDOR.iterdir()))
    print(json.dumps(made, indent=2, ensure_ascii=False))
