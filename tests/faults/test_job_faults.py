"""Real workers, really killed: nothing a user asked for is lost, and nothing is made twice."""

import signal
import time

import pytest
from django.conf import settings
from django.db.models import Sum

from jobs import actions
from jobs.models import Job
from tests.faults.house import House

pytestmark = pytest.mark.faults

# Many in the room that production has; the embedded queue is for a machine of one's own.
KILLS = 20 if settings.REDIS_URL else 8
# A letter takes one second: the kills walk from just claimed to just finished.
LATEST_KILL_SECONDS = 1.1


def test_killed_workers_lose_nothing_and_double_nothing(house: House) -> None:
    house.enqueue(KILLS)
    for number in range(KILLS):
        before = house.started
        worker = house.start_worker()
        house.wait_until(lambda before=before: house.started > before, f"worker {number} works")
        time.sleep(LATEST_KILL_SECONDS * number / KILLS)
        worker.kill()
    house.start_worker(concurrency=4)
    house.wait_until_over()
    house.assert_each_done_once()
    # The kills did hit running jobs: otherwise this test would prove nothing.
    attempts = Job.objects.aggregate(attempts=Sum("attempts"))["attempts"]
    assert attempts - Job.objects.count() >= KILLS / 2


def test_queue_lost_before_any_worker_came(house: House) -> None:
    house.enqueue(8)
    assert house.waiting_messages() == 8
    house.lose_queue()
    assert house.waiting_messages() == 0
    house.start_worker(concurrency=4)
    house.wait_until_over()
    house.assert_each_done_once()


def test_queue_lost_under_a_working_worker(house: House) -> None:
    house.enqueue(6)
    house.start_worker(concurrency=1)
    house.wait_until(lambda: house.started > 0, "the first letter is begun")
    assert house.waiting_messages() > 0
    house.lose_queue()
    house.wait_until_over()
    house.assert_each_done_once()


def test_every_message_doubled(house: House) -> None:
    house.enqueue(6)
    for job in Job.objects.all():
        actions.publish(job.pk)
    assert house.waiting_messages() == 12
    house.start_worker(concurrency=4)
    house.wait_until_over()
    house.wait_until(lambda: house.waiting_messages() == 0, "every message is read")
    house.assert_each_done_once()
    assert house.started == 6


def test_worker_frozen_past_its_lease_cannot_add_a_second_result(house: House) -> None:
    house.enqueue(1)
    frozen = house.start_worker(concurrency=1)
    house.wait_until(lambda: house.started == 1, "the first worker is at work")
    frozen.send(signal.SIGSTOP)
    house.start_worker(concurrency=1)
    house.wait_until(lambda: house.started == 2, "a second worker took over")
    house.wait_until_over()
    frozen.send(signal.SIGCONT)
    house.wait_until(
        lambda: "its result is discarded" in frozen.words, "the first worker woke up and gave up"
    )
    house.assert_each_done_once()
