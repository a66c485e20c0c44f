"""The programs and libraries the system needs beside Python, and how to get them.

Looked for by what is needed (a command, a library), not by package name, so a machine that has
them from elsewhere passes too. The package names are Debian's.
"""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
NODE_HINT = "node and npm are needed for fonts and styles: install Node.js 20 or newer"


@dataclass(frozen=True)
class SystemPart:
    """One thing to find. `package` is its Debian name, `found` looks for it."""

    package: str
    found: Callable[[], bool]


def command(*names: str) -> Callable[[], bool]:
    """Is any of these commands on the PATH?"""
    return lambda: any(shutil.which(name) for name in names)


def library(name: str) -> Callable[[], bool]:
    """Does the dynamic linker know lib`name`?"""
    return lambda: ctypes.util.find_library(name) is not None


def postgres_folder() -> Path | None:
    """The newest folder that holds initdb and postgres, or None.

    Debian keeps them out of the PATH, under /usr/lib/postgresql/<version>/bin.
    """
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest_first = sorted(debian, key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*newest_first, *([Path(on_path)] if on_path else [])]
    return candidates[0].parent if candidates else None


NEEDED_TO_RUN = (
    SystemPart("libpango-1.0-0", library("pango-1.0")),
    SystemPart("libpangoft2-1.0-0", library("pangoft2-1.0")),
    SystemPart("libharfbuzz-subset0", library("harfbuzz-subset")),
    SystemPart("gettext", command("msgfmt")),
    SystemPart(
        f"python3.{sys.version_info.minor}-venv",
        lambda: importlib.util.find_spec("ensurepip") is not None,
    ),
)
NEEDED_TO_TEST = (
    SystemPart("postgresql", lambda: postgres_folder() is not None),
    SystemPart("redis-server", command("redis-server")),
    SystemPart("chromium", command(*CHROMIUM_NAMES)),
    SystemPart("poppler-utils", command("pdftotext")),
)


def missing_packages(*, for_tests: bool) -> list[str]:
    """Debian packages of the parts that were not found."""
    parts = NEEDED_TO_RUN + (NEEDED_TO_TEST if for_tests else ())
    return [part.package for part in parts if not part.found()]


def install_hint(packages: list[str]) -> str:
    """The command a person can copy."""
    return f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str]) -> None:
    """Install Debian packages, as root or by sudo without a password.

    Raises RuntimeError with the command to run when that is not possible or fails.
    """
    how_to = f"These packages are missing; install them with:\n  {install_hint(packages)}"
    if not shutil.which("apt-get"):
        raise RuntimeError(f"{how_to}\n(or what your system calls them)")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        raise RuntimeError(how_to)
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        result = subprocess.run(
            [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *step],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if result.returncode:
            raise RuntimeError(f"{result.stdout}{result.stderr}\n{how_to}")
