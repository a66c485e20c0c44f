"""Several at the same moment: one letter, one job, one message."""

from functools import partial

import pytest

from jobs import runner
from jobs.enums import LetterStatus
from jobs.letters import post_letter, resend_letter
from jobs.models import Job, Letter
from tests.jobs.support import worked
from tests.races import at_once
from tests.smtp import SmtpServer

RACERS = 12
ADDRESS = "shirin@upazila.test"

pytestmark = pytest.mark.django_db(transaction=True)


def post() -> Letter:
    return post_letter(key="notice:1", to_address=ADDRESS, subject="সভা", body="আসুন")


def test_letter_posted_by_many_at_once_is_one(smtp_server: SmtpServer) -> None:
    letters = at_once([post] * RACERS)
    assert {letter.pk if isinstance(letter, Letter) else letter for letter in letters} == {
        Letter.objects.get().pk
    }
    worked(Job.objects.get())
    assert len(smtp_server.mails) == 1


def test_job_of_a_letter_run_by_many_at_once_sends_one(smtp_server: SmtpServer) -> None:
    letter = post()
    outcomes = at_once([partial(runner.run, job_id=letter.job.pk)] * RACERS)
    assert sorted(outcomes) == [False] * (RACERS - 1) + [True]
    letter.refresh_from_db()
    assert (letter.status, letter.job.attempts) == (LetterStatus.SENT, 1)
    assert smtp_server.knocks == {ADDRESS: 1}


def test_letter_sent_again_by_many_at_once_goes_once(smtp_server: SmtpServer) -> None:
    smtp_server.refuse(ADDRESS)
    letter = post()
    worked(letter.job)

    def resend() -> bool:
        copy = Letter.objects.get()
        return resend_letter(letter=copy, by=None, to_address="mended@upazila.test")

    assert sorted(at_once([resend] * RACERS)) == [False] * (RACERS - 1) + [True]
    for job in Job.objects.active():
        worked(job)
    assert [mail.to for mail in smtp_server.mails] == ["mended@upazila.test"]
    assert Letter.objects.get().status == LetterStatus.SENT
