"""Producers and consumers for the tests of the embedded queue, each in a process of its own."""

import socket
from collections.abc import Iterable
from contextlib import suppress
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from kombu import Connection

QUEUE = "work"
# Long enough that writing one in place takes the file system more than one page.
PADDING = "অ" * 4_000


def connect(folder: Path) -> Connection:
    """A connection to the embedded queue in `folder`."""
    return Connection(
        transport="config.transport:Transport",
        transport_options={"folder": str(folder), "polling_interval": 0.005},
    )


def publish(connection: Connection, bodies: Iterable[Any], queue: str = QUEUE) -> None:
    """Send each of `bodies` to `queue`."""
    producer = connection.Producer()
    for body in bodies:
        producer.publish(body, routing_key=queue)


def produce(folder: Path, name: str, count: int) -> None:
    """Process: send `count` messages, numbered under `name`."""
    with connect(folder) as connection:
        publish(connection, ([f"{name}-{number}", PADDING] for number in range(count)))


def consume(folder: Path, seen: Path, all_sent: Event) -> None:
    """Process: write the name of every message to `seen`, until nothing more can come."""
    with connect(folder) as connection, seen.open("w") as output:

        def note(body: list[str], message: Any) -> None:
            assert body[1] == PADDING
            output.write(f"{body[0]}\n")
            message.ack()

        with connection.Consumer([connection.SimpleQueue(QUEUE).queue], callbacks=[note]):
            while True:
                nothing_more = all_sent.is_set()
                with suppress(socket.timeout):
                    connection.drain_events(timeout=0.2)
                    continue
                if nothing_more:
                    return
