"""Who is served next when many wait, and what is said of the wait."""

from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from jobs import actions, line, runner, tasks
from jobs.enums import JobStatus
from jobs.line import Lane, LineState
from jobs.models import Job
from jobs.registry import Payload, Progress
from teams.templatetags.line_tags import in_words, line_notice, waiting_words
from tests.jobs.support import Register

pytestmark = pytest.mark.django_db

KIND = "test.note"
LAST_DAY = date(2026, 7, 31)


@pytest.fixture
def served(register: Register) -> list[str]:
    """The keys of the jobs in the order in which workers began them."""
    keys: list[str] = []

    def note(payload: Payload, progress: Progress) -> None:
        keys.append(payload["key"])

    register(KIND, note)
    return keys


def ask(key: str, **place: object) -> Job:
    return actions.enqueue(kind=KIND, key=key, payload={"key": key}, **place)  # type: ignore[arg-type]


def serve(jobs: list[Job]) -> None:
    """The workers get a message for each job, in the order in which they were asked for."""
    for job in jobs:
        tasks.run_job(job.pk)


def test_reports_of_the_last_day_go_before_letters_and_previews(served: list[str]) -> None:
    today = timezone.localdate()
    jobs = [
        ask("preview"),
        ask("letter", lane=Lane.LETTER),
        ask("early report", lane=Lane.SENDING, wanted_on=today + timedelta(days=60)),
        ask("late report", lane=Lane.SENDING, wanted_on=today - timedelta(days=3)),
        ask("report of the day", lane=Lane.SENDING, wanted_on=today),
        ask("report of tomorrow", lane=Lane.SENDING, wanted_on=today + timedelta(days=1)),
    ]
    serve(jobs)
    assert served == [
        "report of the day",
        "report of tomorrow",
        "early report",
        "late report",
        "letter",
        "preview",
    ]


def test_one_office_with_many_papers_lets_the_others_in(served: list[str]) -> None:
    jobs = [ask(f"theirs {number}", group="office:1") for number in range(5)]
    jobs += [ask(f"office {number}", group=f"office:{number}") for number in (2, 3)]
    serve(jobs)
    # Theirs was there first; the second of theirs stands behind everybody's first.
    assert served == [
        "theirs 0",
        "office 2",
        "office 3",
        "theirs 1",
        "theirs 2",
        "theirs 3",
        "theirs 4",
    ]


def test_nobody_starves_however_many_reports_come_in(served: list[str]) -> None:
    """What has waited longer than a report's head start is served before it."""
    preview = ask("preview")
    Job.objects.filter(pk=preview.pk).update(turn_at=preview.turn_at - timedelta(hours=2))
    report = ask("report", lane=Lane.SENDING, wanted_on=timezone.localdate())
    serve([report, preview])
    assert served == ["preview", "report"]


def test_job_that_is_put_off_does_not_hold_up_the_line(served: list[str]) -> None:
    first, second = ask("first", lane=Lane.SENDING), ask("second")
    Job.objects.filter(pk=first.pk).update(due_at=timezone.now() + timedelta(minutes=5))
    tasks.run_job(first.pk)
    assert served == ["second"]
    second.refresh_from_db()
    assert second.status == JobStatus.DONE


def test_turn_goes_to_the_next_when_the_first_was_taken(
    served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers that look at the same moment see the same first job."""
    first, _second = ask("first"), ask("second")
    seen = line.next_in_line(timezone.now())
    runner.run(job_id=first.pk)
    monkeypatch.setattr(line, "next_in_line", lambda now: seen)
    tasks.run_job(first.pk)
    assert served == ["first", "second"]


def test_line_asks_the_same_questions_with_a_thousand_waiting(
    served: list[str], django_assert_num_queries: object
) -> None:
    now = timezone.now()
    Job.objects.bulk_create(
        Job(kind=KIND, key=f"{n}", payload={"key": f"{n}"}, due_at=now, republish_at=now)
        for n in range(1000)
    )
    with django_assert_num_queries(1):  # type: ignore[operator]
        line.next_in_line(now + timedelta(seconds=1))
    with django_assert_num_queries(4):  # type: ignore[operator]
        line.measure(now)


def test_wait_is_told_from_what_papers_took_lately(served: list[str]) -> None:
    now = timezone.now()
    for number in range(4):
        done = ask(f"done {number}")
        runner.run(job_id=done.pk)
        Job.objects.filter(pk=done.pk).update(
            started_at=now - timedelta(seconds=40), finished_at=now - timedelta(seconds=10)
        )
    waiting = [ask(f"waiting {number}") for number in range(10)]
    Job.objects.filter(pk=waiting[0].pk).move(
        JobStatus.RUNNING, now=now, lease_token="0" * 32, lease_until=now + timedelta(hours=1)
    )
    state = line.measure(timezone.now())
    assert (state.waiting, state.workers, state.seconds_each) == (9, 1, 30)
    assert line.ahead_of(waiting[9]) == 8
    assert state.wait_for(8) == timedelta(seconds=270)
    assert state.wait == timedelta(minutes=5)
    assert state.is_long


def test_line_that_stands_still_says_so(served: list[str]) -> None:
    job = ask("waiting")
    Job.objects.update(due_at=timezone.now() - timedelta(minutes=6))
    line.publish_state(timezone.now())
    assert not line.measure(timezone.now()).is_moving
    assert "থেমে আছে" in line_notice()
    assert "থেমে আছে" in waiting_words(job)


def test_notice_is_there_only_while_it_takes_long() -> None:
    cache.delete(line.STATE_KEY)
    assert line_notice() == ""
    cache.set(line.STATE_KEY, LineState(waiting=3, workers=2, seconds_each=4.0))
    assert line_notice() == ""
    cache.set(line.STATE_KEY, LineState(waiting=400, workers=2, seconds_each=3.0))
    assert "৪০০টি" in line_notice()
    assert "প্রায় ১১ মিনিট" in line_notice()
    cache.delete(line.STATE_KEY)


def test_notice_costs_no_page_when_the_cache_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(key: str) -> None:
        raise ConnectionError

    monkeypatch.setattr(line.cache, "get", away)
    assert line_notice() == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (30, "আধা মিনিটের কম"),
        (31, "প্রায় ১ মিনিট"),
        (61, "প্রায় ২ মিনিট"),
        (3600, "প্রায় ১ ঘণ্টা"),
        (3601, "প্রায় ২ ঘণ্টা"),
    ],
)
def test_wait_is_rounded_up(seconds: int, words: str) -> None:
    with translation.override("bn"):
        assert in_words(timedelta(seconds=seconds)) == words


def test_last_day_is_the_day_in_dhaka(served: list[str]) -> None:
    """At 20:00 UTC on 30 July the last day has begun in Dhaka."""
    evening = datetime.fromisoformat("2026-07-30T20:00:00+00:00")
    ahead = evening - line.place(lane=Lane.SENDING, group="", wanted_on=LAST_DAY, now=evening)
    after = datetime.fromisoformat("2026-07-31T18:00:00+00:00")
    late = after - line.place(lane=Lane.SENDING, group="", wanted_on=LAST_DAY, now=after)
    assert ahead == timedelta(minutes=60)
    assert late == timedelta(minutes=20)
