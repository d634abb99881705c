"""What a check saves by not looking for garbage and not taking its objects apart: `python -m benchmarks.garbage`.

`macros/__main__.py` does neither: nothing that a command reads is let go of before its end. This prints what the check
of the real data costs with both, with each alone, and with none of them.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.measure import run

RUNS = 6
"""Runs of each; the least counts, as other work only ever adds."""

_UNSEEN = "gc.disable(); "
_CHECK = "import gc, os, sys; {first}from macros.__main__ import main; status = main(['check']); sys.stdout.flush(); "

WAYS: Mapping[str, str] = {
    "both, as it is": _CHECK.format(first=_UNSEEN) + "os._exit(status)",
    "garbage looked for": _CHECK.format(first="") + "os._exit(status)",
    "objects taken apart": _CHECK.format(first=_UNSEEN) + "sys.exit(status)",
    "garbage looked for, objects taken apart": _CHECK.format(first="") + "sys.exit(status)",
}


def main() -> int:
    """Print a Markdown table; returns the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        costs = {name: [run("-c", code, log=log, minutes=2) for _ in range(RUNS)] for name, code in WAYS.items()}
    print("| the check | CPU s | clock s |")
    print("| --- | ---: | ---: |")
    for name, found in costs.items():
        print(f"| {name} | {min(one.cpu for one in found):.2f} | {min(one.wall for one in found):.2f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
