"""The embedded queue: Celery messages kept as files, for a machine without Redis.

Kombu has a filesystem transport, but it writes a message in place: another process may take the
file away half-written, and the message is lost. This transport keeps kombu's virtual channel and
replaces the storage with two operations the file system itself makes atomic:

- *publish*: write a draft beside the final name, then rename it into place. A reader lists only
  final names, so it never opens a half-written message;
- *claim*: read the file, then unlink it. Of several processes unlinking one name exactly one
  succeeds, and only that one delivers. A process killed in between leaves the message waiting.

Layout below ``transport_options["folder"]``::

    <queue>.queue/<time in ns>_<random>.msg      one JSON message each, oldest first by name
    <exchange>.exchange/<digest>.binding         one JSON [routing key, pattern, queue] each

Folders are made when first needed and made again if somebody deletes them under a running worker:
what was waiting is gone, what comes later flows. Messages are not synced to disk one by one; a
file left empty by a power cut is logged and dropped, because the job rows of jobs/ are the truth
and their sweeper sends a lost message again.

All processes must see one local file system; the channel keeps no open files or locks, so a fork
shares nothing that matters.
"""

import hashlib
import json
import logging
import os
import time
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty
from typing import Any
from urllib.parse import quote

from kombu.exceptions import ChannelError
from kombu.transport import virtual

logger = logging.getLogger(__name__)

MESSAGE = ".msg"
BINDING = ".binding"
DRAFT = ".draft"
# A folder may vanish between making it and writing into it; more often than this is not chance.
WRITE_ATTEMPTS = 5


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that no reader ever sees a part of it.

    Makes the folder when it is missing. Raises ChannelError, which kombu reports to the publisher
    as an operational error, when the file system refuses (no space, no permission).
    """
    draft = path.with_name(f"{uuid.uuid4().hex}{DRAFT}")
    for attempt in range(1, WRITE_ATTEMPTS + 1):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
            draft.replace(path)
            return
        except FileNotFoundError as error:
            if attempt == WRITE_ATTEMPTS:
                raise ChannelError(f"The folder of {path} keeps vanishing") from error
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise ChannelError(f"Cannot write {path}: {error}") from error


def files_in(folder: Path, suffix: str) -> list[str]:
    """Names in `folder` that end with `suffix`, in order. Raises FileNotFoundError."""
    return sorted(name for name in os.listdir(folder) if name.endswith(suffix))  # noqa: PTH208


class Channel(virtual.Channel):
    """One conversation with the folder. Kombu calls the underscored methods."""

    supports_fanout = True

    def __init__(self, connection: Any, **kwargs: Any) -> None:
        super().__init__(connection, **kwargs)
        self._root = Path(connection.client.transport_options["folder"])
        # What the last listing of each queue still holds. Claiming from one listing until it is
        # used up keeps a long queue cheap: one look at the folder, not one per message.
        self._listed: dict[str, deque[str]] = {}

    # --- Messages --------------------------------------------------------------------------
    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}{MESSAGE}"
        write_atomically(self._queue_folder(queue) / name, json.dumps(message).encode())

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """The oldest message nobody else has claimed. Raises Empty."""
        listed = self._listed.setdefault(queue, deque())
        while True:
            if not listed:
                listed.extend(self._waiting(queue))
            if not listed:
                raise Empty
            message = self._claim(self._queue_folder(queue) / listed.popleft())
            if message is not None:
                return message

    def _claim(self, path: Path) -> dict[str, Any] | None:
        """The message at `path` if this process is the one that removed it, else None."""
        try:
            content = path.read_bytes()
            path.unlink()
        except FileNotFoundError:
            return None
        try:
            message: dict[str, Any] = json.loads(content)
        except ValueError:
            logger.exception("Dropped an unreadable message, %s (%d bytes)", path, len(content))
            return None
        return message

    def _waiting(self, queue: str) -> list[str]:
        """Names of the messages in `queue`, oldest first; mends a missing folder."""
        try:
            return files_in(self._queue_folder(queue), MESSAGE)
        except FileNotFoundError:
            self._queue_folder(queue).mkdir(parents=True, exist_ok=True)
            self._write_known_bindings()
            return []

    def _size(self, queue: str) -> int:
        return len(self._waiting(queue))

    def _purge(self, queue: str) -> int:
        """Drop what waits in `queue`. Returns how many messages this process removed."""
        folder = self._queue_folder(queue)
        claimed = [self._claim(folder / name) for name in self._waiting(queue)]
        return len([message for message in claimed if message is not None])

    def _queue_folder(self, queue: str) -> Path:
        return self._root / f"{quote(queue, safe='@')}.queue"

    # --- Bindings: which queues an exchange delivers to --------------------------------------
    def get_table(self, exchange: str) -> list[tuple[str, str, str]]:
        """Bindings of `exchange` made by any process, as (routing key, pattern, queue)."""
        return list(self._read_bindings(self._exchange_folder(exchange)))

    def _read_bindings(self, folder: Path) -> Iterator[tuple[str, str, str]]:
        try:
            names = files_in(folder, BINDING)
        except FileNotFoundError:
            return
        for name in names:
            try:
                routing_key, pattern, queue = json.loads((folder / name).read_bytes())
            except FileNotFoundError:
                continue
            yield routing_key, pattern, queue

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = (routing_key or "", pattern or "", queue or "")
        write_atomically(self._binding_file(exchange, binding), json.dumps(binding).encode())

    def _write_known_bindings(self) -> None:
        """Write again every binding this process made; the folder was new or deleted."""
        for exchange, known in list(self.state.exchanges.items()):
            for binding in list(known["table"]):
                self._queue_bind(exchange, *binding)

    def _put_fanout(
        self, exchange: str, message: dict[str, Any], routing_key: str, **kwargs: Any
    ) -> None:
        for _key, _pattern, queue in self.get_table(exchange):
            self._put(queue, message)

    def _delete(
        self,
        queue: str,
        exchange: str = "",
        routing_key: str = "",
        pattern: str = "",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Forget one binding of `queue`, and the queue with all that waits in it."""
        binding = (routing_key or "", pattern or "", queue or "")
        self._binding_file(exchange, binding).unlink(missing_ok=True)
        table = self.state.exchanges.get(exchange, {}).get("table", [])
        table[:] = [known for known in table if tuple(part or "" for part in known) != binding]
        self._purge(queue)
        try:
            self._queue_folder(queue).rmdir()
        except OSError:
            # A message arrived meanwhile, or another process was faster; neither is ours to mind.
            logger.debug("Left %s in place", self._queue_folder(queue))

    def _exchange_folder(self, exchange: str) -> Path:
        return self._root / f"{quote(exchange, safe='@')}.exchange"

    def _binding_file(self, exchange: str, binding: tuple[str, str, str]) -> Path:
        digest = hashlib.sha256(json.dumps(binding).encode()).hexdigest()
        return self._exchange_folder(exchange) / f"{digest}{BINDING}"


class Transport(virtual.Transport):
    """Named by its import path in Celery's `broker_transport` (see config/celery.py)."""

    Channel = Channel
    # Exchanges and bindings belong to the process, not to one connection of it.
    global_state = virtual.BrokerState()
    driver_type = driver_name = "files"
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct", "topic", "fanout"])
    )

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        self.state = self.global_state

    def driver_version(self) -> str:
        return "1"
