"""Lock files name packages and hashes, never where to fetch them.

Whoever installs chooses the index; an address in a lock file would choose for them, and would
tell the world which one was used when it was made.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.processes import ROOT

ADDRESS = re.compile(r"://|^\s*-(?:i|f)\b|--(?:extra-)?index-url|--find-links|--trusted-host")


def addresses_in_requirements(path: Path) -> Iterator[str]:
    """Lines of a pip lock file that say where to fetch from, as ``name:line: text``."""
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if ADDRESS.search(line):
            yield f"{path.name}:{number}: {line.strip()}"


def addresses_in_npm_lock(path: Path) -> Iterator[str]:
    """Packages of an npm lock file that carry a `resolved` address, or lack their hash."""
    for name, package in json.loads(path.read_text())["packages"].items():
        if "resolved" in package:
            yield f"{path.name}: {name}: resolved {package['resolved']}"
        if name and "integrity" not in package:
            yield f"{path.name}: {name}: no integrity hash"


def problems(root: Path) -> list[str]:
    """Everything wrong with the lock files under `root`."""
    found: list[str] = []
    for path in sorted((root / "requirements").glob("*.lock")):
        found += addresses_in_requirements(path)
    npm_lock = root / "package-lock.json"
    if npm_lock.exists():
        found += addresses_in_npm_lock(npm_lock)
    return found


def main() -> int:
    """Returns 1 and says what is wrong, or 0."""
    found = problems(ROOT)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
