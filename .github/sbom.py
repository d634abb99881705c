"""Writes what the site is built with, as CycloneDX 1.6: `.venv/bin/python .github/sbom.py EDITION >sbom.cdx.json`.

It reads the packages of the environment it runs in, so run it in one that holds requirements/site.txt and no more. Each
bears the hashes of the files that the lock file allows for it; what the lock file does not have bears none. The same
environment and edition give the same bytes.
"""

from __future__ import annotations

import hashlib
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
ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "docs" / "assets" / "vendor"
LOCK = "requirements/site.txt"

Hashes = list[dict[str, str]]


def bill(
    edition: str, installed: Iterable[Distribution], vendored: Iterable[tuple[str, bytes]], lock: bytes
) -> dict[str, Any]:
    """Give the bill of materials.

    `vendored` are the script files of others, such as `name-1.2.3.min.js`, with what they hold; `lock` is what the lock
    file holds.
    """
    allowed = _allowed(lock.decode())
    found = {canonicalize_name(one.metadata["Name"]): one for one in installed}
    names = sorted(name for name in found if name not in (OWN, INSTALLER))
    components = [_component(name, found[name], allowed) for name in names]
    dependencies = [
        {"ref": _purl(name, found[name]), "dependsOn": sorted({*_needs(found[name], found)})} for name in names
    ]
    scripts = [
        {
            **{"type": "library", "bom-ref": ref, "name": part[1], "version": part[2], "purl": ref},
            "hashes": [_sha256(content)],
        }
        for name, content in sorted(vendored)
        if (part := re.fullmatch(r"([a-z-]+)-([0-9.]+[0-9])(?:\.min)?\.js", name))
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
        "metadata": {
            "component": {
                **{"type": "application", "bom-ref": OWN, "name": OWN, "version": edition},
                "externalReferences": [{"type": "build-meta", "url": LOCK, "hashes": [_sha256(lock)]}],
            }
        },
        "components": content,
        "dependencies": [{"ref": OWN, "dependsOn": sorted(direct)}, *dependencies],
    }


def _purl(name: NormalizedName, one: Distribution) -> str:
    return f"pkg:pypi/{name}@{one.version}"


def _sha256(content: bytes) -> dict[str, str]:
    return {"alg": "SHA-256", "content": hashlib.sha256(content).hexdigest()}


def _allowed(lock: str) -> dict[str, Hashes]:
    """Give the hashes of a lock file by package and version, as it writes them."""
    found: dict[str, Hashes] = {}
    own: Hashes = []
    for line in lock.splitlines():
        package = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line)
        if package:
            own = found.setdefault(f"{canonicalize_name(package[1])}=={package[2]}", [])
        own += [{"alg": "SHA-256", "content": digest} for digest in re.findall(r"--hash=sha256:([0-9a-f]{64})", line)]
    return found


def _component(name: NormalizedName, one: Distribution, allowed: dict[str, Hashes]) -> dict[str, Any]:
    ref = _purl(name, one)
    component: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": name, "version": one.version, "purl": ref}
    hashes = allowed.get(f"{name}=={one.version}")
    if hashes:
        place = f"https://pypi.org/project/{name}/{one.version}/#files"
        files = {"type": "distribution", "url": place, "comment": f"one of the files that {LOCK} allows"}
        component["externalReferences"] = [{**files, "hashes": hashes}]
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
    scripts = ((file.name, file.read_bytes()) for file in VENDOR.iterdir())
    made = bill(sys.argv[1], distributions(), scripts, (ROOT / LOCK).read_bytes())
    print(json.dumps(made, indent=2, ensure_ascii=False))
