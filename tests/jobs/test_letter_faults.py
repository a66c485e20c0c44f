"""Real workers, killed while they talk to the mail server: every letter arrives, once."""

from collections import Counter

import pytest

from jobs.enums import LetterStatus
from jobs.letters import post_letter
from jobs.models import Letter
from tests.faults.conftest import house as house  # the fixture
from tests.faults.house import House
from tests.smtp import SmtpServer

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

LETTERS = 12
ADDRESSES = [f"officer{number}@upazila.test" for number in range(LETTERS)]


@pytest.fixture
def process_env(process_env: dict[str, str], smtp_server: SmtpServer) -> dict[str, str]:
    """Workers that send to this test's mail server."""
    return process_env | {"EMAIL_URL": smtp_server.url}


def test_letters_of_a_worker_killed_in_mid_sentence_arrive_once(
    house: House, smtp_server: SmtpServer
) -> None:
    for address in ADDRESSES:
        post_letter(key=f"notice:{address}", to_address=address, subject="সভা", body="আসুন")
    smtp_server.fall_silent()
    worker = house.start_worker()
    house.wait_until(lambda: bool(smtp_server.knocks), "a worker is at the mail server")
    worker.kill()
    assert smtp_server.mails == []
    smtp_server.speak_again()
    house.start_worker()
    house.wait_until_over()
    assert Counter(mail.to for mail in smtp_server.mails) == Counter(ADDRESSES)
    assert {letter.status for letter in Letter.objects.all()} == {LetterStatus.SENT}
