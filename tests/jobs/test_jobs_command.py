"""`manage.py jobs`, as an operator uses it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jobs import actions, documents
from jobs.enums import JobStatus
from jobs.letters import post_letter
from jobs.models import Job
from tests.jobs.support import MakeJob, claimed

pytestmark = pytest.mark.django_db


def output(*arguments: str) -> str:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out, stderr=out)
    return out.getvalue()


@pytest.fixture
def parked(make_job: MakeJob) -> list[Job]:
    """Two parked jobs beside a waiting one."""
    jobs = [make_job("plan:1"), make_job("plan:2")]
    for job in jobs:
        actions.fail(claim=claimed(job), error="Boom: no font", final=True, now=timezone.now())
    make_job("plan:3")
    return jobs


def statuses() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("status", flat=True))


def test_jobs_counts_and_shows_parked_ones_with_errors(parked: list[Job]) -> None:
    text = output()
    assert text.startswith("queued 1  running 0  done 0  failed 2\n")
    assert f"#{parked[0].pk}  test.letter plan:1  1 tries, parked " in text
    assert text.count("Boom: no font") == 2
    assert "--retry" in text


def test_jobs_with_nothing_parked_suggests_nothing() -> None:
    assert output() == "queued 0  running 0  done 0  failed 0\n"


def test_jobs_counts_letters_once_there_are_some() -> None:
    words = {"subject": "সভা", "body": "আসুন"}
    post_letter(key="a", to_address="a@office.test", **words)
    post_letter(key="b", to_address="b@office.test", **words)
    post_letter(key="c", to_address="?", **words)
    assert "\nletters: waiting 2  refused 1\n" in output()


def test_jobs_retry_takes_ids_or_all(parked: list[Job]) -> None:
    assert output("--retry", str(parked[1].pk)) == "1 back in the queue\n"
    assert statuses() == [JobStatus.FAILED, JobStatus.QUEUED, JobStatus.QUEUED]
    assert output("--retry", "all") == "1 back in the queue\n"
    assert statuses() == [JobStatus.QUEUED] * 3


@pytest.mark.parametrize(
    ("word", "message"), [("999999", "not parked: 999999"), ("x", "takes the numbers")]
)
def test_jobs_retry_of_what_is_not_parked_changes_nothing(
    word: str, message: str, parked: list[Job]
) -> None:
    with pytest.raises(CommandError, match=message):
        output("--retry", str(parked[0].pk), word)
    assert statuses().count(JobStatus.FAILED) == 2


def test_jobs_verify_finds_the_damaged_document() -> None:
    texts = [b"one", b"two"]
    papers = [documents.store(t, content_type="text/plain", filename="a.txt") for t in texts]
    assert output("--verify") == "2 documents are whole\n"
    Path(papers[1].file.path).write_bytes(b"tw0")
    with pytest.raises(CommandError, match="1 of 2 documents are damaged"):
        output("--verify")
