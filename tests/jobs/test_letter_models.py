"""What the database itself refuses of a letter, and which moves exist at all."""

from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from jobs.enums import LETTER_TRANSITIONS, LetterStatus
from jobs.models import Job, Letter, LetterAttachment, StoredDocument

pytestmark = pytest.mark.django_db

NOW = timezone.now()
COLUMNS: dict[LetterStatus, dict[str, Any]] = {
    LetterStatus.WAITING: {},
    LetterStatus.SENT: {"sent_at": NOW},
    LetterStatus.REFUSED: {"refused_reason": "x", "job": None},
    LetterStatus.FAILED: {"refused_reason": "x"},
    LetterStatus.NO_ADDRESS: {"to_address": "", "job": None},
    LetterStatus.EXPIRED: {},
}


def a_job(key: str = "1") -> Job:
    return Job.objects.create(kind="k", key=key, due_at=NOW, republish_at=NOW)


def a_letter(status: LetterStatus = LetterStatus.WAITING, **changes: Any) -> Letter:
    """A row in a state that the constraints accept, apart from `changes`."""
    columns = {
        "key": "1",
        "to_address": "a@office.test",
        "subject": "সভা",
        "body": "আসুন",
        "message_id": f"<{status}@office.test>",
        "job": a_job(status),
    }
    return Letter.objects.create(status=status, **(columns | COLUMNS[status] | changes))


@pytest.mark.parametrize("status", LetterStatus)
def test_letter_in_each_state_is_accepted(status: LetterStatus) -> None:
    letter = a_letter(status)
    assert letter.get_status_display()
    assert letter.can_be_resent == (status not in {LetterStatus.WAITING, LetterStatus.SENT})


@pytest.mark.parametrize(
    ("constraint", "status", "changes"),
    [
        ("letter_sent_has_its_time", LetterStatus.WAITING, {"status": "lost"}),
        ("letter_sent_has_its_time", LetterStatus.WAITING, {"sent_at": NOW}),
        ("letter_sent_has_its_time", LetterStatus.SENT, {"sent_at": None}),
        ("letter_undelivered_says_why", LetterStatus.REFUSED, {"refused_reason": ""}),
        ("letter_undelivered_says_why", LetterStatus.FAILED, {"refused_reason": ""}),
        ("letter_undelivered_says_why", LetterStatus.SENT, {"refused_reason": "x"}),
        ("letter_without_address_says_so", LetterStatus.WAITING, {"to_address": ""}),
        ("letter_without_address_says_so", LetterStatus.NO_ADDRESS, {"to_address": "a@b.test"}),
        ("letter_on_its_way_has_a_job", LetterStatus.WAITING, {"job": None}),
        ("letter_on_its_way_has_a_job", LetterStatus.FAILED, {"job": None}),
        ("letter_calendar_has_its_method", LetterStatus.WAITING, {"calendar": "x"}),
        ("letter_calendar_has_its_method", LetterStatus.WAITING, {"calendar_method": "CANCEL"}),
        (
            "letter_calendar_has_its_method",
            LetterStatus.WAITING,
            {"calendar": "x", "calendar_method": "PUBLISH"},
        ),
    ],
)
def test_letter_constraint_refuses(
    constraint: str, status: LetterStatus, changes: dict[str, Any]
) -> None:
    letter = a_letter(status)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**changes)


@pytest.mark.parametrize("column", ["key", "message_id", "job"])
def test_letter_shares_its_key_message_id_and_job_with_no_other(column: str) -> None:
    letter = a_letter()
    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        a_letter(LetterStatus.EXPIRED, **({"key": "2"} | {column: getattr(letter, column)}))


@pytest.mark.parametrize(("source", "target"), list(product(LetterStatus, repeat=2)))
def test_move_follows_the_table(source: LetterStatus, target: LetterStatus) -> None:
    """From every state to every state: moved when the table says so, untouched when not."""
    letter = a_letter(source)
    words = {k: v for k, v in COLUMNS[target].items() if k != "sent_at"}
    if target == LetterStatus.WAITING:
        words = {"to_address": "b@office.test", "job": a_job("again")}
    moved = Letter.objects.filter(pk=letter.pk).move(target, now=NOW, **words)
    allowed = target in LETTER_TRANSITIONS[source]
    letter.refresh_from_db()
    assert moved == int(allowed)
    assert letter.status == (target if allowed else source)
    assert (letter.sent_at is not None) == (letter.status == LetterStatus.SENT)
    assert bool(letter.refused_reason) == (
        letter.status in {LetterStatus.REFUSED, LetterStatus.FAILED}
    )


@pytest.mark.parametrize("both", [True, False])
def test_attachment_with_both_sources_or_none_is_refused(both: bool) -> None:
    letter = a_letter()
    document = StoredDocument.objects.create(
        sha256="a" * 64, size=3, content_type="text/plain", filename="a.txt", file="a"
    )
    sources = {"document": document, "job": a_job("paper")} if both else {}
    with (
        pytest.raises(IntegrityError, match="letterattachment_has_one_source"),
        transaction.atomic(),
    ):
        LetterAttachment.objects.create(letter=letter, position=1, filename="a", **sources)


def test_attachment_has_a_place_of_its_own() -> None:
    letter, paper = a_letter(), a_job("paper")
    LetterAttachment.objects.create(letter=letter, position=1, filename="a", job=paper)
    LetterAttachment.objects.create(letter=letter, position=2, filename="a", job=paper)
    with pytest.raises(IntegrityError), transaction.atomic():
        LetterAttachment.objects.create(letter=letter, position=1, filename="b", job=paper)
