"""The files that hold the words of the demonstration."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "demo"


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def read_all(folder: str) -> Iterator[dict[str, Any]]:
    """The files of a folder, one for each office or plan, in the order of their names."""
    for path in sorted((DATA / folder).glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))
