"""Letters that call, move and cancel a meeting."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from jobs.letters import resend_letter
from teams.actions import claim_memo
from teams.audit import record
from teams.memo import Memo
from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..deliveries import send_notice
from ..documents import Content, notice_content, schedule_words
from ..enums import MeetingStatus, NoticeKind
from ..models import Delivery, Meeting, Notice
from .meetings import StaleMeeting
from .writing import lock_meeting, open_for_writing

# What a letter tells the members, in the keys of its content.
TOLD = ("meeting", "held_on", "time", "place", "chair", "body", "reason", "agenda", "recipients")


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What an officer chooses of a letter; the rest of it comes from the meeting.

    `body` is the paragraph, "" for the usual one.
    """

    memo: Memo | None
    issued_on: date
    body: str = ""
    reason: str = ""


@transaction.atomic
def issue_notice(
    *,
    meeting: Meeting,
    memo: Memo | None,
    issued_on: date,
    by: User,
    body: str = "",
    reason: str = "",
    seen: tuple[int, int] | None = None,
) -> Notice:
    """Issue the letter that the meeting's state asks for, and send it to every member.

    The first one calls the meeting, later ones say that it was moved, and that of a cancelled
    meeting says so. Asked twice for the same words it is issued once: the letter that said
    them is returned. `reason` is told in a letter about a change. `seen` are the version of
    the meeting and the number of its letters that the officer had before them. Raises
    StaleMeeting when either has moved on, MemoTaken, WrongState, PermissionDenied.
    """
    meeting = lock_meeting(meeting.pk)
    if meeting.status != MeetingStatus.CANCELLED:
        meeting = open_for_writing(meeting, by)
    if not perms.can_create_meeting(by, meeting.office_id):
        raise PermissionDenied
    last = meeting.notices.first()
    words = NoticeWords(memo, issued_on, body, reason)
    if last and _says_again(meeting, words, last):
        return last  # the same button pressed twice
    if meeting.status == MeetingStatus.CANCELLED and not needs_notice(meeting):
        raise WrongState(_("সভাটি বাতিলের আর কোনো নোটিশ লাগবে না।"))
    if seen and seen != seen_now(meeting):
        raise StaleMeeting(meeting)
    content = next_letter(meeting, words)
    notice = Notice.objects.create(
        meeting=meeting,
        kind=content["kind"],
        sequence=last.sequence + 1 if last else 0,
        memo_number=memo.canonical if memo else "",
        issued_on=issued_on,
        content=content,
        issued_by=by,
    )
    if memo:
        claim_memo(
            office=meeting.office, memo=memo, purpose="meetings.notice", object_id=notice.pk, by=by
        )
    record("notice.issue", notice, by=by, office=meeting.office, after={"kind": notice.kind})
    send_notice(notice, by=by)
    return notice


@transaction.atomic
def resend_delivery(*, delivery: Delivery, by: User, to_address: str = "") -> bool:
    """Send somebody's letter once more, to a mended address if one is given.

    Returns False when it is on its way or was sent. Raises ValidationError with a sentence
    about the address, PermissionDenied.
    """
    office = delivery.meeting.office
    if not perms.can_create_meeting(by, office.pk):
        raise PermissionDenied
    letter = delivery.letter
    before = letter.to_address
    resent = resend_letter(letter=letter, by=by, to_address=to_address)
    if resent:
        record(
            "delivery.resend",
            delivery,
            by=by,
            office=office,
            before={"to_address": before},
            after={"to_address": letter.to_address},
        )
    return resent


def next_letter(meeting: Meeting, words: NoticeWords) -> Content:
    """The next letter about the meeting, as it would be issued."""
    kind = next_notice_kind(meeting)
    last = meeting.notices.first()
    was = _was(last) if last and kind != NoticeKind.CALL else None
    return _content(meeting, words, kind=kind, was=was)


def next_notice_kind(meeting: Meeting) -> NoticeKind:
    """What the next letter about the meeting would say.

    A letter with the same day, hour and place calls the meeting anew, as with a new agenda.
    """
    if meeting.status == MeetingStatus.CANCELLED:
        return NoticeKind.CANCEL
    last = meeting.notices.first()
    is_moved = last is not None and _was(last) != schedule_words(meeting)
    return NoticeKind.CHANGE if is_moved else NoticeKind.CALL


def seen_now(meeting: Meeting) -> tuple[int, int]:
    """What an officer who opens the page now has before them; see issue_notice."""
    return meeting.version, meeting.notices.count()


def needs_notice(meeting: Meeting) -> bool:
    """Whether the members know less than the meeting's page says."""
    last = meeting.notices.first()
    if meeting.status == MeetingStatus.CANCELLED:
        return last is not None and last.kind != NoticeKind.CANCEL
    if meeting.is_held:
        return False
    return last is None or _was(last) != schedule_words(meeting)


def _says_again(meeting: Meeting, words: NoticeWords, last: Notice) -> bool:
    """Whether the last letter told the members all of this, whatever its number and day."""
    if (last.kind == NoticeKind.CANCEL) != (meeting.status == MeetingStatus.CANCELLED):
        return False
    again = _content(meeting, words, kind=last.kind, was=last.content["was"])
    return all(again[key] == last.content[key] for key in TOLD)


def _content(meeting: Meeting, words: NoticeWords, *, kind: str, was: Content | None) -> Content:
    return notice_content(
        meeting,
        kind=kind,
        memo_number=words.memo.canonical if words.memo else "",
        issued_on=words.issued_on,
        body=words.body,
        was=was,
        reason=words.reason or meeting.cancel_reason,
    )


def _was(notice: Notice) -> Content:
    """When and where the meeting was to be, as that letter told it."""
    return {key: notice.content[key] for key in ("held_on", "time", "place")}
