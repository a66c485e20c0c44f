"""A PostgreSQL and a Redis of one's own for the length of a command.

    python -m scripts.services -- COMMAND …

Both live in one temporary folder on free ports of the loopback address and are gone afterwards,
also when the command fails or is interrupted. COMMAND finds DATABASE_URL and REDIS_URL in its
environment. Nothing is synced to disk: this is for tests and measurements, never for records.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.processes import Service
from scripts.system_parts import install_hint, missing_packages, postgres_folder

ADDRESS = "127.0.0.1"
# Where another account may start from; our own folder may be closed to it.
SLASH = Path("/")
READY_SECONDS = 30
# One Redis database per test process; see tests/conftest.py.
REDIS_DATABASES = 64


class ServiceFailed(Exception):
    """A service did not start; the message holds what it said."""


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(ready: Callable[[], bool], service: Service, log: Path) -> None:
    """Wait for a service. Raises ServiceFailed with its log when it ends or is too slow."""
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if service.exit_code is not None or time.monotonic() > deadline:
            raise ServiceFailed(f"{service.name} did not start:\n{log.read_text()}")
        time.sleep(0.05)


def postgres_account() -> str | None:
    """The account to run PostgreSQL as; None means: as whoever we are.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def temporary_folder(name: str, account: str | None = None) -> Iterator[Path]:
    """A folder that belongs to `account`, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"udbhabon-{name}-"))
    try:
        if account is not None:
            shutil.chown(folder, account)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(service: Service, *, sign: signal.Signals) -> Iterator[Service]:
    """`service`, stopped with `sign` at the end."""
    try:
        yield service
    finally:
        service.stop(sign=sign)


def make_cluster(binaries: Path, data: Path, account: str | None) -> None:
    """Fill `data` with an empty PostgreSQL. Raises ServiceFailed."""
    log = data.with_name("initdb.log")
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "udbhabon", "-A", "trust"]
    command += ["--encoding=UTF8", "--no-locale", "--no-sync"]
    with log.open("w") as output:
        making = Service("initdb", command, os.environ, cwd=SLASH, output=output, account=account)
    with running(making, sign=signal.SIGTERM):
        if making.process.wait():
            raise ServiceFailed(f"initdb failed:\n{log.read_text()}")


class Postgres:
    """A PostgreSQL in `folder`, whose `url` stays the same when it is restarted."""

    def __init__(self, binaries: Path, folder: Path, account: str | None) -> None:
        self._binaries, self._folder, self._account = binaries, folder, account
        self._port = free_port()
        self.url = f"postgres://udbhabon@{ADDRESS}:{self._port}/postgres"
        make_cluster(binaries, folder / "data", account)
        self._server = self._start()

    def stop(self) -> None:
        # SIGINT is PostgreSQL's fast stop: it does not wait for clients to leave.
        self._server.stop(sign=signal.SIGINT)

    def restart(self) -> None:
        """Throw out whoever is connected and begin anew. Raises ServiceFailed."""
        self.stop()
        self._server = self._start()

    def _start(self) -> Service:
        options = {
            "listen_addresses": ADDRESS,
            "port": self._port,
            "unix_socket_directories": self._folder,
            "max_connections": 200,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            # It compiles for a second what takes a millisecond, as long as tables are not measured.
            "jit": "off",
        }
        command = [str(self._binaries / "postgres"), "-D", str(self._folder / "data")]
        command += [word for key, value in options.items() for word in ("-c", f"{key}={value}")]
        log = self._folder / "log"
        with log.open("a") as output:
            server = Service(
                "PostgreSQL", command, os.environ, cwd=SLASH, output=output, account=self._account
            )
        asking = [str(self._binaries / "pg_isready"), "-q", "-h", ADDRESS, "-p", str(self._port)]
        try:
            wait_until(lambda: subprocess.run(asking).returncode == 0, server, log)
        except BaseException:
            server.stop(sign=signal.SIGINT)
            raise
        return server


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """A fresh PostgreSQL. Raises ServiceFailed."""
    binaries = postgres_folder()
    if binaries is None:
        raise ServiceFailed("PostgreSQL's initdb was not found")
    account = postgres_account()
    with temporary_folder("postgres", account) as folder:
        server = Postgres(binaries, folder, account)
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def postgres() -> Iterator[str]:
    """A fresh PostgreSQL; gives its URL. Raises ServiceFailed."""
    with postgres_server() as server:
        yield server.url


@contextmanager
def redis() -> Iterator[str]:
    """A fresh Redis that writes nothing to disk; gives its URL. Raises ServiceFailed."""
    port = free_port()
    with temporary_folder("redis") as folder:
        options = {
            "bind": ADDRESS,
            "port": port,
            "dir": folder,
            "save": "",
            "databases": REDIS_DATABASES,
        }
        command = ["redis-server"]
        command += [word for key, value in options.items() for word in (f"--{key}", str(value))]
        log = folder / "log"
        with log.open("w") as output:
            server = Service("Redis", command, os.environ, output=output)
        with running(server, sign=signal.SIGTERM):
            wait_until(lambda: answers_ping(port), server, log)
            yield f"redis://{ADDRESS}:{port}/0"


def answers_ping(port: int) -> bool:
    """Does a Redis on the loopback `port` answer?"""
    try:
        with socket.create_connection((ADDRESS, port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def run(command: list[str], env: Mapping[str, str]) -> int:
    """Run `command` to its end, or to ours. Returns its exit code."""
    program = Service(command[0], command, env, cwd=Path.cwd())
    try:
        return program.process.wait()
    finally:
        # An interrupted test run needs a moment to put away what it opened.
        program.stop(sign=signal.SIGINT, grace=20)


def interrupt(_number: int, _frame: object) -> None:
    """Treat a request to end like Ctrl-C, so that everything opened is closed."""
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Returns the exit code of the command."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if missing := missing_packages(for_tests=True):
        print(f"Missing: {' '.join(missing)}. {install_hint(missing)}", file=sys.stderr)
        return 1
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        with postgres() as database_url, redis() as redis_url:
            env = os.environ | {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
            return run(command, env)
    except ServiceFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
