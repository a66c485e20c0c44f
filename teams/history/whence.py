"""From where something is done: a page, a worker, or a command on the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address

from celery import current_task
from django.http import HttpRequest

from ..enums import Origin
from ..requests import client_address


@dataclass(frozen=True, slots=True)
class Whence:
    """`address` is an IP address as the database takes it, or None."""

    origin: Origin
    address: str | None = None


# Of the request that this thread answers. `record()` is called deep inside actions, which know
# of no request and should not have to pass one on.
_request: ContextVar[Whence | None] = ContextVar("whence", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """What is done inside is done from this request's address."""
    token = _request.set(Whence(Origin.WEB, _readable(client_address(request))))
    try:
        yield
    finally:
        _request.reset(token)


def whence() -> Whence:
    """From where the caller was set going."""
    if (asked := _request.get()) is not None:
        return asked
    return Whence(Origin.WORKER if current_task else Origin.COMMAND)


def _readable(address: str) -> str | None:
    """None for what is no address: a socket has none, and a proxy may write anything."""
    try:
        return str(ip_address(address))
    except ValueError:
        return None
