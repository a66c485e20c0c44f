"""The migrated SQLite database, kept from one run to the next under the name of what it is made of.

A file is never brought up to date: when a migration, anything that one imports, the settings,
Django or SQLite change, so does its name, and what stands under another name is thrown away.
"""

import ast
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings


def imported(source: Path, rooms: Sequence[str]) -> Iterator[str]:
    """The names of the modules of `rooms` that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # What is imported may be a module itself.
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.partition(".")[0] in rooms)


def file_of(module: str) -> Path | None:
    """The file of a module; None for a name that is none (a function, a class)."""
    try:
        spec = find_spec(module)
    except ModuleNotFoundError:
        return None
    return Path(spec.origin) if spec and spec.origin else None


def ingredients(rooms: Sequence[str]) -> list[Path]:
    """Every file that has a say in what the migrations make, sorted.

    Models are not followed into: a migration says itself what a table is like, and takes from
    them only what Python calls for a value.
    """
    folders = (Path(app.path) / "migrations" for app in apps.get_app_configs())
    waiting = [file for folder in folders for file in folder.glob("*.py")]
    waiting += [Path(str(sys.modules[settings.SETTINGS_MODULE].__file__)), Path(__file__)]
    found: set[Path] = set()
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        found.add(file)
        if "models" not in (file.stem, file.parent.name) and file.parent.name != "config":
            waiting += filter(None, map(file_of, imported(file, rooms)))
    return sorted(found)


def kept_file(folder: Path, rooms: Sequence[str]) -> Path:
    """Where in `folder` the database stands, or would stand, that is made of today's files."""
    said = hashlib.sha256(f"{sys.version} {django.__version__} {sqlite3.sqlite_version}".encode())
    for file in ingredients(rooms):
        said.update(f"\n{file}\n".encode() + file.read_bytes())
    return folder / f"{said.hexdigest()}.sqlite3"


def keep(database: Path, kept: Path) -> None:
    """Put a copy of `database` under the name `kept`, as the only one of its folder."""
    own = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.copy(database, own)
    own.replace(kept)  # at once: another run may be looking
    for file in kept.parent.iterdir():
        if file.suffix == ".sqlite3" and file != kept:
            file.unlink(missing_ok=True)
