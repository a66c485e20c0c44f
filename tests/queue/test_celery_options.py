"""What the queue promises, read from its options and tried on the broker of this run."""

from uuid import uuid4

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError

from config import celery as queue


def connection() -> Connection:
    """A connection made from our broker options, as Celery makes it."""
    options = queue.broker()
    return Connection(
        options.get("broker_url"),
        transport=options.get("broker_transport"),
        transport_options=options["broker_transport_options"],
        connect_timeout=queue.CONNECT_SECONDS,
    )


def test_broker_of_this_run_carries_a_message() -> None:
    name = f"probe-{uuid4().hex}"
    with connection() as broker:
        line = broker.SimpleQueue(name)
        line.put({"শুভ": "সকাল"})
        received = line.get(timeout=10)
        received.ack()
        assert received.payload == {"শুভ": "সকাল"}
        line.queue.delete()


def test_publishing_to_a_dead_broker_raises_instead_of_waiting(settings) -> None:
    # Read first: Celery keeps the options of its first look, and this broker is not to stay.
    policy = queue.app.conf.task_publish_retry_policy
    # Port 1 of the loopback address: refused at once. What is checked is that the retries end.
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with connection() as broker, pytest.raises(OperationalError):
        broker.Producer(auto_declare=False).publish(
            {}, routing_key="nobody", retry=True, retry_policy=policy
        )


def test_redis_returns_a_message_only_after_the_hard_limit() -> None:
    conf = queue.app.conf
    assert conf.task_soft_time_limit < conf.task_time_limit < queue.REDIS_VISIBILITY_SECONDS


def test_only_json_is_read() -> None:
    assert queue.app.conf.accept_content == ["json"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("redis://host:6379/2", "redis://host:6379/2"),
        ("rediss://user:secret@host/0", "rediss://user:secret@host/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
    ],
)
def test_redis_address_is_spelt_for_kombu(given: str, expected: str) -> None:
    assert queue.kombu_url(given) == expected


def test_scheduled_task_exists() -> None:
    queue.app.autodiscover_tasks(force=True)
    scheduled = {entry["task"] for entry in queue.app.conf.beat_schedule.values()}
    assert scheduled <= set(queue.app.tasks)
