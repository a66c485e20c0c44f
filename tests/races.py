"""Several people at the same moment: threads that start together, each with its own connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def at_once(attempts: Sequence[Callable[[], T]]) -> list[T | Exception]:
    """Run all attempts at the same time; an attempt that raises gives its exception.

    Needs a test with real transactions: what one connection has not committed no other sees.
    """
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], T]) -> T | Exception:
        try:
            connection.ensure_connection()
            start.wait()
            return attempt()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))
