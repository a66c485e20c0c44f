"""Make this checkout ready to run: `make setup`, also the first step of every other target.

Each step leaves a stamp in var/stamps holding a digest of what it was made from. A step is
repeated only when that digest changes or what it makes is gone, so a second run takes a moment.

Usage: scripts/setup.sh [--tests]    (--tests: also what only the tests need)
"""

import argparse
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from scripts import system_parts

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "stamps"
ENV_FILE = ROOT / ".env"
# Set-up choices that come from the environment and change what the database steps act on.
DATABASE_VARIABLES = ("DATABASE_URL", "DATA_DIR")
DATABASE_SOURCES = (
    "*/migrations/*.py",
    "teams/data/**/*",
    "teams/management/commands/loadoffices.py",
)


class SetupFailed(Exception):
    """A step could not be done; the message says why and what to do."""


@dataclass(frozen=True)
class Step:
    """Something made from files.

    `inputs` are hashed with their names; `made` must exist afterwards; `also` is any further
    text the result depends on.
    """

    name: str
    act: Callable[[], None]
    inputs: Iterable[Path] = ()
    made: Iterable[Path] = ()
    also: str = ""
    stamps: Path = field(default=STAMPS)

    def digest(self) -> str:
        """SHA-256 over names and contents of the inputs."""
        total = hashlib.sha256(self.also.encode())
        for path in sorted(self.inputs):
            total.update(f"\0{path}\0".encode() + path.read_bytes())
        return total.hexdigest()

    def is_done(self) -> bool:
        stamp = self.stamps / self.name
        return (
            stamp.exists()
            and all(path.exists() for path in self.made)
            and stamp.read_text() == self.digest()
        )

    def ensure(self) -> None:
        """Act unless done. The stamp is written last: an interrupted step is repeated."""
        if self.is_done():
            return
        print(f"setup: {self.name} …", flush=True)
        (self.stamps / self.name).unlink(missing_ok=True)
        self.act()
        self.stamps.mkdir(parents=True, exist_ok=True)
        (self.stamps / self.name).write_text(self.digest())


def run(*command: str | Path) -> None:
    """Run a command in the project's folder; its errors are seen. Raises SetupFailed."""
    words = [str(word) for word in command]
    if subprocess.run(words, cwd=ROOT, stdin=subprocess.DEVNULL).returncode:
        raise SetupFailed(f"this command failed (its message is above): {' '.join(words)}")


def manage(*arguments: str) -> None:
    """Run a Django command with the project's Python. Raises SetupFailed."""
    run(PYTHON, "manage.py", *arguments)


def files(*patterns: str) -> list[Path]:
    """Files of the project that match any of the patterns, in order."""
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})


def install_system_parts(*, for_tests: bool) -> None:
    """Look every time: it is quick, and parts can be removed. Raises SetupFailed."""
    packages = system_parts.missing_packages(for_tests=for_tests)
    if not packages:
        return
    print(f"setup: system packages {' '.join(packages)} …", flush=True)
    try:
        system_parts.install(packages)
    except RuntimeError as error:
        raise SetupFailed(str(error)) from error
    if still := system_parts.missing_packages(for_tests=for_tests):
        raise SetupFailed(f"installed, but still not found: {' '.join(still)}")


def install_python_packages() -> None:
    """A virtual environment with exactly the locked packages."""
    if not venv_works():
        run(sys.executable, "-m", "venv", "--clear", VENV)
    run(
        PYTHON, "-m", "pip", "install",
        "--quiet", "--quiet", "--disable-pip-version-check", "--no-input",
        "--require-hashes", "-r", "requirements/dev.lock",
    )  # fmt: skip


def venv_works() -> bool:
    """False when there is none, or it lost the Python it was made from."""
    try:
        asked = subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True)
    except OSError:
        return False
    return asked.returncode == 0


def require_node() -> None:
    """Raises SetupFailed when node or npm is missing."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise SetupFailed(system_parts.NODE_HINT)


def install_node_packages() -> None:
    require_node()
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")


def build_assets() -> None:
    require_node()
    run("npm", "run", "--silent", "build")


def write_env() -> None:
    """Add what .env lacks; what it already says is kept."""
    text = ENV_FILE.read_text() if ENV_FILE.exists() else ""
    named = {line.partition("=")[0].strip() for line in text.splitlines() if "=" in line}
    wanted = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEBUG": "false",
        # A machine of one's own, with the people of the demonstration; a service leaves it out.
        "SECOND_FACTOR": "offered",
    }
    lines = [f"{name}={value}\n" for name, value in wanted.items() if name not in named]
    if not lines:
        return
    if text and not text.endswith("\n"):
        text += "\n"
    # It holds a secret: only the owner may read it, from the first moment.
    ENV_FILE.touch(mode=0o600)
    ENV_FILE.write_text(text + "".join(lines))


def compile_messages() -> None:
    manage("compilemessages", "--ignore", ".venv", "--ignore", "node_modules", "-v", "0")


def prepare_database() -> None:
    manage("migrate", "--noinput", "-v", "0")
    manage("loadoffices")


def database_files() -> list[Path]:
    """The SQLite file that must exist, when nothing else was chosen."""
    chosen = {name for name in DATABASE_VARIABLES if os.environ.get(name)}
    named = {line.partition("=")[0].strip() for line in ENV_FILE.read_text().splitlines()}
    if chosen or named & set(DATABASE_VARIABLES):
        return []
    return [ROOT / "var" / "udbhabon.sqlite3"]


def asset_steps() -> Iterator[Step]:
    """Fonts, styles and scripts from npm into static/build."""
    manifest = files("package.json", "package-lock.json")
    yield Step("npm packages", install_node_packages, manifest, [ROOT / "node_modules"])
    sources = [path for path in files("static/**/*") if "build" not in path.relative_to(ROOT).parts]
    yield Step(
        "assets",
        build_assets,
        [*manifest, *files("scripts/build-assets.mjs"), *sources],
        [ROOT / "static" / "build"],
    )


def steps() -> Iterator[Step]:
    """Every stamped step, in order; later ones are described after earlier ones have run."""
    yield Step(
        "python packages",
        install_python_packages,
        [ROOT / "requirements" / "dev.lock"],
        [PYTHON, VENV / "bin" / "pytest"],
    )
    yield from asset_steps()
    write_env()
    catalogues = files("locale/*/LC_MESSAGES/*.po")
    compiled = [path.with_suffix(".mo") for path in catalogues]
    yield Step("translations", compile_messages, catalogues, compiled)
    yield Step(
        "database",
        prepare_database,
        [ENV_FILE, *files(*DATABASE_SOURCES)],
        database_files(),
        also=repr([os.environ.get(name) for name in DATABASE_VARIABLES]),
    )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two targets started together must not install over each other."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    with (STAMPS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Returns 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tests", action="store_true", help="also what only the tests need")
    arguments = parser.parse_args()
    started = time.monotonic()
    try:
        with one_at_a_time():
            install_system_parts(for_tests=arguments.tests)
            for step in steps():
                step.ensure()
    except SetupFailed as failure:
        print(f"setup: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(f"setup: ready ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
