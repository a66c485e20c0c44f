"""The embedded queue under several processes, a vanishing folder and unfinished files."""

import json
import multiprocessing
import shutil
from collections import Counter
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Exchange, Queue
from kombu.exceptions import OperationalError

from tests.queue.peers import QUEUE, connect, consume, produce, publish

PRODUCERS, CONSUMERS, EACH = 4, 2, 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "queue"


def bodies(channel: Any, queue: str = QUEUE) -> list[Any]:
    """Everything that waits in `queue`, taken out in order."""
    found = []
    while (message := channel.basic_get(queue, no_ack=True)) is not None:
        found.append(message.payload)
    return found


@pytest.mark.faults
def test_no_message_is_lost_or_doubled_between_processes(folder: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    all_sent = context.Event()
    seen = [tmp_path / f"seen-{number}" for number in range(CONSUMERS)]
    consumers = [
        context.Process(target=consume, args=(folder, path, all_sent), daemon=True) for path in seen
    ]
    producers = [
        context.Process(target=produce, args=(folder, f"p{number}", EACH), daemon=True)
        for number in range(PRODUCERS)
    ]
    for process in [*consumers, *producers]:
        process.start()
    for process in producers:
        process.join()
    all_sent.set()
    for process in consumers:
        process.join()

    assert [process.exitcode for process in [*producers, *consumers]] == [0] * 6
    delivered = Counter(name for path in seen for name in path.read_text().splitlines())
    sent = {f"p{producer}-{number}" for producer in range(PRODUCERS) for number in range(EACH)}
    assert set(delivered) == sent
    assert set(delivered.values()) == {1}
    assert list((folder / f"{QUEUE}.queue").iterdir()) == []


def test_messages_come_in_the_order_they_were_sent(folder: Path) -> None:
    with connect(folder) as connection:
        publish(connection, range(30))
        assert bodies(connection.default_channel) == list(range(30))


def test_message_is_invisible_until_it_is_complete(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace
    seen_before_rename = []

    with connect(folder) as writing, connect(folder) as reading:

        def look_first(draft: Path, final: Path) -> Path:
            assert json.loads(draft.read_bytes())
            seen_before_rename.append(bodies(reading.default_channel))
            return rename(draft, final)

        monkeypatch.setattr(Path, "replace", look_first)
        publish(writing, ["whole"])
        assert seen_before_rename == [[]]
        assert bodies(reading.default_channel) == ["whole"]


def test_claim_lost_to_another_process_moves_on(folder: Path) -> None:
    with connect(folder) as connection:
        publish(connection, ["first", "second", "third"])
        one, other = connection.channel(), connection.channel()
        assert one.basic_get(QUEUE, no_ack=True).payload == "first"
        # `one` still has "second" in its listing when `other` takes it away.
        assert other.basic_get(QUEUE, no_ack=True).payload == "second"
        assert one.basic_get(QUEUE, no_ack=True).payload == "third"
        with pytest.raises(Empty):
            other._get(QUEUE)


def test_messages_flow_again_after_the_folder_was_deleted(folder: Path) -> None:
    with connect(folder) as sending, connect(folder) as receiving:
        publish(sending, ["before", "lost with the folder"])
        assert receiving.default_channel.basic_get(QUEUE, no_ack=True).payload == "before"
        shutil.rmtree(folder)
        assert bodies(receiving.default_channel) == []
        publish(sending, ["after"])
        assert bodies(receiving.default_channel) == ["after"]


def test_bindings_come_back_after_the_folder_was_deleted(folder: Path) -> None:
    news = Exchange("news", type="fanout")
    with connect(folder) as sending, connect(folder) as receiving:
        channel = receiving.default_channel
        Queue("listener", news, channel=channel).declare()
        assert bodies(channel, "listener") == []
        shutil.rmtree(folder)
        # The next poll finds the folder gone and writes the binding again.
        assert bodies(channel, "listener") == []
        sending.Producer(exchange=news).publish("heard")
        assert bodies(channel, "listener") == ["heard"]


def test_deleted_queue_leaves_neither_binding_nor_folder(folder: Path) -> None:
    news = Exchange("passing", type="fanout")
    with connect(folder) as connection:
        channel = connection.default_channel
        queue = Queue("guest", news, channel=channel)
        queue.declare()
        connection.Producer(exchange=news).publish("never read")
        queue.delete()
        assert channel.get_table("passing") == []
        assert not (folder / "guest.queue").exists()


@pytest.mark.parametrize("content", [b"", b'{"body": "cut of'])
def test_file_cut_by_a_power_failure_is_dropped_and_said(
    folder: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with connect(folder) as connection:
        publish(connection, ["good"])
        (folder / f"{QUEUE}.queue" / f"{0:020d}_cut.msg").write_bytes(content)
        assert bodies(connection.default_channel) == ["good"]
    assert "unreadable message" in caplog.text


def test_unacknowledged_message_returns_when_its_worker_leaves(folder: Path) -> None:
    with connect(folder) as connection:
        publish(connection, ["unfinished"])
        leaving = connection.channel()
        assert leaving.basic_get(QUEUE).payload == "unfinished"
        leaving.close()
        assert bodies(connection.channel()) == ["unfinished"]


def test_publishing_where_nothing_can_be_written_raises(tmp_path: Path) -> None:
    (tmp_path / "queue").write_text("a file where the folder should be")
    with (
        connect(tmp_path / "queue") as connection,
        pytest.raises((OperationalError, *connection.channel_errors), match="Cannot write"),
    ):
        publish(connection, ["nowhere to go"])
    assert [path.name for path in tmp_path.iterdir()] == ["queue"]


def test_queue_name_cannot_leave_the_folder(folder: Path, tmp_path: Path) -> None:
    with connect(folder) as connection:
        publish(connection, ["kept"], queue="../../outside")
        assert bodies(connection.default_channel, "../../outside") == ["kept"]
    assert [path.name for path in tmp_path.iterdir()] == ["queue"]
