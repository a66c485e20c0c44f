"""Serve the whole system from one terminal: `make run`.

Prepares the database and the demonstration data, starts the web server and one worker with the
queue's clock, waits until both answer, and prints the address and the demonstration log-ins.
Ctrl-C, or the end of either of the two, stops everything.

HOST (127.0.0.1) and PORT (8000) come from the environment. A database that is not SQLite gets
the demonstration people, whose password is known, only with DEMO=yes.
Exit codes: 0 stopped when asked, 1 something failed, 2 the address cannot be used.
"""

import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from scripts.processes import ROOT, Service

PYTHON = sys.executable
ANSWER_SECONDS = 60
LOOK_SECONDS = 0.2
# What may be given as HOST, and where one then looks whether anybody answers.
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


class Unusable(Exception):
    """The address cannot be listened on; the message says so in both languages."""


class Stop(Exception):
    """Nothing more to do: a person asked, or something ended. The message says what, if bad."""


class Terminal:
    """What the person at the terminal asked for, noted by the signal handlers."""

    def __init__(self) -> None:
        self.asked_to_stop = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, _number: int, _frame: object) -> None:
        self.asked_to_stop = True


def address() -> tuple[str, int]:
    """HOST and PORT. Raises Unusable when PORT is not a port number."""
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Unusable(
            f"PORT={port} পোর্ট নম্বর নয় (১–৬৫৫৩৫)। / PORT={port} is not a port number (1-65535)."
        )
    return host, int(port)


def require_free(host: str, port: int) -> None:
    """Raises Unusable when nobody could listen there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Unusable(
                f"{port} পোর্টটি অন্য প্রোগ্রাম ব্যবহার করছে; অন্য পোর্ট দিন: make run PORT={port + 1} "
                f"/ Port {port} is taken; choose another: make run PORT={port + 1}"
            ) from error
        raise Unusable(
            f"{host}:{port} ঠিকানায় চালু করা যাচ্ছে না / cannot listen on {host}:{port}: {error}"
        ) from error


def until(done: Callable[[], bool], terminal: Terminal, services: Sequence[Service]) -> None:
    """Look again and again until `done`. Raises Stop when asked to or when a service ends."""
    while not done():
        if terminal.asked_to_stop:
            raise Stop
        for service in services:
            if service.exit_code is not None:
                raise Stop(f"{service.name}: {ending(service.exit_code)}")
        time.sleep(LOOK_SECONDS)


def ending(exit_code: int) -> str:
    """How a program ended, in words."""
    if exit_code < 0:
        return f"ended by {signal.Signals(-exit_code).name}"
    return f"ended with exit code {exit_code}"


def prepare(terminal: Terminal, *arguments: str) -> None:
    """Run one Django command to its end. Raises Stop when it fails or we are asked to stop."""
    step = Service(f"manage.py {arguments[0]}", [PYTHON, "manage.py", *arguments], os.environ)
    try:
        until(lambda: step.exit_code is not None, terminal, [])
    finally:
        step.stop()
    if step.exit_code:
        raise Stop(f"{step.name}: {ending(step.exit_code)}")


def web_command(host: str, port: int) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        PYTHON, "-m", "gunicorn", "config.wsgi:application", "--bind", bind,
        "--workers", "2", "--threads", "4", "--graceful-timeout", "5",
        "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def data_folder() -> Path:
    """Where the settings keep what is not in the database, too."""
    return Path(os.environ.get("DATA_DIR") or ROOT / "var")


def worker_command(name: str, port: int) -> list[str]:
    """One worker that also keeps the queue's clock (-B); for one machine that is enough.

    Gossip and the like are how many workers of a large site watch each other; here they would
    only fill the embedded queue.
    """
    return [
        PYTHON, "-m", "celery", "--quiet", "-A", "config", "worker", "--hostname", name,
        "--concurrency", "2", "--loglevel", "warning",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
        "-B", "--schedule", str(data_folder() / f"beat-{port}"),
    ]  # fmt: skip


def web_answers(host: str, port: int) -> bool:
    """Does the web server answer at all? Raises Stop when the answer is a server error."""
    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=10)
    try:
        connection.request("GET", "/")
        status = connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
    if status >= 500:
        raise Stop(f"web server: the first page failed with status {status}")
    return True


def worker_answers(name: str) -> bool:
    """Does the worker answer over its queue?"""
    ping = [PYTHON, "-m", "celery", "-A", "config", "inspect", "ping", "-d", name, "-t", "2"]
    asked = subprocess.run(ping, cwd=ROOT, capture_output=True, start_new_session=True)
    return asked.returncode == 0


def within(seconds: float, answers: Callable[[], bool], name: str) -> Callable[[], bool]:
    """`answers`, which raises Stop once `seconds` have passed without success."""
    deadline = time.monotonic() + seconds

    def ask() -> bool:
        if answers():
            return True
        if time.monotonic() > deadline:
            raise Stop(f"{name}: no answer for {seconds:.0f} seconds")
        return False

    return ask


def serve(terminal: Terminal, host: str, port: int) -> None:
    """Everything between the check of the address and the end. Always raises Stop."""
    for command in (
        ["migrate", "--noinput", "-v", "0"],
        ["loadoffices"],
        ["loaddemo", *(["--yes"] if os.environ.get("DEMO") == "yes" else [])],
        ["collectstatic", "--noinput", "-v", "0"],
    ):
        prepare(terminal, *command)
    worker_name = f"run-{port}@{socket.gethostname()}"
    with ExitStack() as afterwards:
        services: list[Service] = []
        for name, command in (
            ("web server", web_command(host, port)),
            ("worker", worker_command(worker_name, port)),
        ):
            services.append(Service(name, command, os.environ | {"PORT": str(port)}))
            afterwards.callback(services[-1].stop)
        until(
            within(ANSWER_SECONDS, lambda: web_answers(host, port), "web server"),
            terminal,
            services,
        )
        until(
            within(ANSWER_SECONDS, lambda: worker_answers(worker_name), "worker"),
            terminal,
            services,
        )
        prepare(terminal, "demologins")
        print(
            f"\nচালু হয়েছে / Running: http://{ANYWHERE.get(host, host)}:{port}/\n"
            "থামাতে Ctrl-C চাপুন। / Press Ctrl-C to stop.\n",
            flush=True,
        )
        until(lambda: False, terminal, services)


def main() -> int:
    """Returns the exit code described at the top."""
    try:
        host, port = address()
        require_free(host, port)
    except Unusable as problem:
        print(problem, file=sys.stderr)
        return 2
    terminal = Terminal()
    try:
        serve(terminal, host, port)
    except Stop as end:
        if str(end):
            print(f"থেমে গেছে / Stopped — {end}", file=sys.stderr)
            return 1
        print("থেমেছে / Stopped.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
