"""Letters that call, move and cancel a meeting."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from teams.actions import claim_memo
from teams.audit import record
from teams.memo import Memo
from teams.models import User

from .. import perms
from ..deliveries import send_notice
from ..documents import notice_content, schedule_words
from ..enums import MeetingStatus, NoticeKind
from ..models import Meeting, Notice
from .writing import lock_meeting, open_for_writing


@transaction.atomic
def issue_notice(
    *,
    meeting: Meeting,
    memo: Memo | None,
    issued_on: date,
    by: User,
    body: str = "",
    reason: str = "",
) -> Notice:
    """Issue the letter that the meeting's state asks for, and send it to every member.

    The first one calls the meeting, later ones say that it was moved, and that of a cancelled
    meeting says so. Asked twice for the same words it is issued once. `reason` is told in a
    letter about a change. Raises MemoTaken, WrongState, PermissionDenied.
    """
    meeting = lock_meeting(meeting.pk)
    if meeting.status != MeetingStatus.CANCELLED:
        meeting = open_for_writing(meeting, by)
    if not perms.can_create_meeting(by, meeting.office_id):
        raise PermissionDenied
    last = meeting.notices.first()
    kind = next_notice_kind(meeting)
    content = notice_content(
        meeting,
        kind=kind,
        memo_number=memo.canonical if memo else "",
        issued_on=issued_on,
        body=body,
        was=_was(last) if last else None,
        reason=reason or meeting.cancel_reason,
    )
    if last and last.content == content:
        return last  # the same button pressed twice
    notice = Notice.objects.create(
        meeting=meeting,
        kind=kind,
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
    record("notice.issue", notice, by=by, office=meeting.office, after={"kind": kind})
    send_notice(notice, by=by)
    return notice


def next_notice_kind(meeting: Meeting) -> NoticeKind:
    """What the next letter about the meeting would say."""
    if meeting.status == MeetingStatus.CANCELLED:
        return NoticeKind.CANCEL
    return NoticeKind.CHANGE if meeting.notices.exists() else NoticeKind.CALL


def needs_notice(meeting: Meeting) -> bool:
    """Whether the members know less than the meeting's page says."""
    last = meeting.notices.first()
    if meeting.status == MeetingStatus.CANCELLED:
        return last is not None and last.kind != NoticeKind.CANCEL
    return last is None or _was(last) != schedule_words(meeting)


def _was(notice: Notice) -> dict[str, Any]:
    return {key: notice.content[key] for key in ("held_on", "time", "place")}
