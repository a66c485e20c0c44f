"""A real OpenID Connect server on this machine, and somebody who sits in front of it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

HOST = "127.0.0.1"
PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class Server:
    """The running server; `url` is what OIDC_SERVER_URL would say."""

    url: str

    def knows(self, sub: str, **claims: Any) -> None:
        """Somebody with an account there, and what the server says of them."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def answer_to(self, question: str, *, sub: str | None) -> str:
        """Log in there as `sub` (None: press "deny"); the address the browser is sent back to."""
        form = {"action": "deny"} if sub is None else {"sub": sub}
        response = requests.post(question, data=form, allow_redirects=False, timeout=10)
        response.raise_for_status()
        return response.headers["Location"]


@contextmanager
def sso_server() -> Iterator[Server]:
    """The server in a process of its own, on a free port, ended at the end."""
    with socket.create_server((HOST, 0)) as found:
        port = found.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--host", HOST, "--port", str(port)],
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(f"http://{HOST}:{port}")
    try:
        _wait_for(server, process)
        yield server
    finally:
        process.terminate()
        process.wait()


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            requests.get(f"{server.url}/.well-known/openid-configuration", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the OpenID Connect server did not start")
