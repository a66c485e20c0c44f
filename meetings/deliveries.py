"""Who is told of a meeting and who gets its minutes: one letter to each, with its state.

A letter's key names the paper and the reader, so that asking twice never writes twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jobs.letters import Attachment, post_letter
from jobs.models import Job, Letter
from teams.models import Office, Post, User
from teams.prints import order_print

from .documents import (
    MEETING_PDF,
    document_filename,
    due_words,
    extract_content,
    extract_row,
    meeting_words,
    minutes_content,
)
from .enums import DocumentKind, MeetingStatus, NoticeKind
from .invitations import Invitation, calendar_text
from .models import (
    Assignment,
    Attendance,
    Delivery,
    Meeting,
    MeetingDocument,
    MinutesVersion,
    Notice,
)
from .roster import team_posts

MEETING_LASTS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a paper goes to. `code` is unique among the readers of one paper."""

    code: str
    name: str
    address: str
    post: Post | None = None


# --- Notices -------------------------------------------------------------------------------
@transaction.atomic
def send_notice(notice: Notice, *, by: User) -> None:
    """Print the notice and send it to every member, with an entry for the calendar."""
    meeting = notice.meeting
    document = order_print(
        MeetingDocument.objects.all(),
        job_kind=MEETING_PDF,
        content=notice.content,
        by=by,
        meeting=meeting,
        kind=DocumentKind.NOTICE,
        notice=notice,
    )
    readers = member_readers(meeting)
    invitation = _invitation(notice, readers)
    calendar = calendar_text(invitation, stamped_at=notice.issued_at)
    for reader in readers:
        _deliver(
            reader,
            key=f"meetings.notice:{notice.pk}:{reader.code}",
            subject=f"{notice.content['title']}: {notice.content['meeting']}",
            body=_letter("notice", notice.content, reader, meeting),
            papers=[(document.ordered_job, document_filename(meeting, DocumentKind.NOTICE, "pdf"))],
            # Somebody who cannot be invited by mail gets no invitation either.
            calendar=calendar if invitation.method != "PUBLISH" else "",
            calendar_method=invitation.method if invitation.method != "PUBLISH" else "",
            by=by,
            meeting=meeting,
            notice=notice,
        )


def invitation_file(meeting: Meeting) -> str:
    """The meeting as a calendar file to download, as it stands now."""
    content = {"meeting": meeting.name, "agenda": _topics(meeting)}
    invitation = _meeting_invitation(
        meeting,
        content,
        sequence=meeting.notices.count(),
        readers=(),
        cancelled=meeting.status == MeetingStatus.CANCELLED,
    )
    return calendar_text(invitation, stamped_at=timezone.now())


# --- Minutes -------------------------------------------------------------------------------
@transaction.atomic
def send_minutes(meeting: Meeting, *, by: User) -> None:
    """Send the current version to the members, the guests and the copy list; to the offices
    that have to carry out a decision, their own decisions."""
    version = meeting.versions.get(reopened_at__isnull=True)
    document = order_minutes_pdf(version, by=by)
    minutes = (document.ordered_job, document_filename(meeting, DocumentKind.MINUTES, "pdf"))
    owed = _owed(meeting)
    for reader in [*member_readers(meeting), *_guest_readers(meeting), *_copy_readers(meeting)]:
        mine = [one for one in owed if reader.post and one.post_id == reader.post.pk]
        _deliver_minutes(reader, version, [minutes], mine, by=by)
    for office, mine in _by_other_office(meeting, owed):
        extract = order_extract_pdf(version, office=office, by=by)
        paper = (extract.ordered_job, document_filename(meeting, DocumentKind.EXTRACT, "pdf"))
        for reader in _office_readers(mine):
            _deliver_minutes(reader, version, [paper], mine, by=by)


def order_minutes_pdf(version: MinutesVersion, *, by: User) -> MeetingDocument:
    """Have the settled minutes printed; the same version only once."""
    return order_print(
        MeetingDocument.objects.all(),
        job_kind=MEETING_PDF,
        content=version.content,
        by=by,
        meeting=version.meeting,
        kind=DocumentKind.MINUTES,
        version=version,
    )


def order_draft_pdf(meeting: Meeting, *, by: User) -> MeetingDocument:
    """Have the draft printed as it stands; the same words only once."""
    return order_print(
        MeetingDocument.objects.all(),
        job_kind=MEETING_PDF,
        content=minutes_content(meeting, is_draft=True),
        by=by,
        meeting=meeting,
        kind=DocumentKind.DRAFT,
    )


def order_extract_pdf(version: MinutesVersion, *, office: Office, by: User) -> MeetingDocument:
    """Have the decisions printed that one office has to carry out."""
    owed = [one for one in _owed(version.meeting) if one.office_id == office.pk]
    decisions = {one.decision_id: one.decision for one in owed}
    content = extract_content(
        version.content,
        meeting=meeting_words(version.meeting),
        for_whom=office.name_bn,
        rows=[extract_row(decision) for decision in decisions.values()],
    )
    return order_print(
        MeetingDocument.objects.all(),
        job_kind=MEETING_PDF,
        content=content,
        by=by,
        meeting=version.meeting,
        kind=DocumentKind.EXTRACT,
        version=version,
        for_office=office,
    )


# --- Readers -------------------------------------------------------------------------------
def member_readers(meeting: Meeting) -> list[Reader]:
    """The members of the team with the address of whoever holds the post today."""
    today = timezone.localdate()
    posts = meeting.office.posts.filter(pk__in=[post.pk for post in team_posts(meeting.office)])
    return [post_reader(post) for post in posts.select_related("office").with_holders(today)]


def post_reader(post: Post) -> Reader:
    """The holder of a post; nobody's address when it is vacant (the mailbox may be of whoever
    has left)."""
    holder = post.holder
    name = f"{holder.name_bn}, {post.designation_bn}" if holder else post.designation_bn
    address = (holder.email or post.email) if holder else ""
    return Reader(f"post-{post.pk}", name, address, post)


def other_office_readers(meeting: Meeting) -> list[Reader]:
    """Those of other offices who have to carry something out; they get their own part of it."""
    return [
        reader
        for _office, owed in _by_other_office(meeting, _owed(meeting))
        for reader in _office_readers(owed)
    ]


def _guest_readers(meeting: Meeting) -> list[Reader]:
    guests: Iterable[Attendance] = meeting.attendance.guests()
    return [
        Reader(f"guest-{one.pk}", one.name, one.contact) for one in guests if "@" in one.contact
    ]


def _copy_readers(meeting: Meeting) -> list[Reader]:
    return [
        Reader(f"copy-{copy.pk}", copy.text, copy.email)
        for copy in meeting.copies.all()
        if copy.email
    ]


def _office_readers(owed: Sequence[Assignment]) -> list[Reader]:
    """One reader for each post of another office that owes something."""
    readers = {}
    for one in owed:
        reader = (
            post_reader(one.post)
            if one.post
            else Reader(f"office-{one.office_id}", one.office.name_bn, "")
        )
        readers[reader.code] = reader
    return list(readers.values())


# --- Letters -------------------------------------------------------------------------------
def _deliver_minutes(
    reader: Reader,
    version: MinutesVersion,
    papers: Sequence[tuple[Job, str]],
    owed: Sequence[Assignment],
    *,
    by: User,
) -> None:
    content, meeting = version.content, version.meeting
    tasks = [{"text": one.decision.text, "due": due_words(one.decision)} for one in owed]
    _deliver(
        reader,
        key=f"meetings.minutes:{version.pk}:{reader.code}",
        subject=content["title"],
        body=_letter("minutes", {**content, "tasks": tasks}, reader, meeting),
        papers=papers,
        by=by,
        meeting=meeting,
        version=version,
    )


def _deliver(
    reader: Reader,
    *,
    key: str,
    subject: str,
    body: str,
    papers: Sequence[tuple[Job, str]],
    by: User,
    calendar: str = "",
    calendar_method: str = "",
    **belongs_to: Any,
) -> None:
    letter: Letter = post_letter(
        key=key,
        to_address=reader.address,
        to_name=reader.name,
        subject=subject,
        body=body,
        attachments=[Attachment(filename=name, job=job) for job, name in papers],
        calendar=calendar,
        calendar_method=calendar_method,
        reply_to=by.email,
        by=by,
    )
    Delivery.objects.get_or_create(
        letter=letter, defaults={"post": reader.post, "name": reader.name[:500], **belongs_to}
    )


def _letter(kind: str, content: dict[str, Any], reader: Reader, meeting: Meeting) -> str:
    """The text of an e-mail; government letters are in Bengali, whoever sends them."""
    context = {
        "content": content,
        "reader": reader,
        "link": settings.SITE_URL.rstrip("/") + reverse("duties:home"),
        "meeting": meeting,
    }
    with translation.override("bn"):
        return render_to_string(f"meetings/email/{kind}.txt", context).strip() + "\n"


def _invitation(notice: Notice, readers: Sequence[Reader]) -> Invitation:
    return _meeting_invitation(
        notice.meeting,
        notice.content,
        sequence=notice.sequence,
        readers=readers,
        cancelled=notice.kind == NoticeKind.CANCEL,
    )


def _meeting_invitation(
    meeting: Meeting,
    content: dict[str, Any],
    *,
    sequence: int,
    readers: Sequence[Reader],
    cancelled: bool,
) -> Invitation:
    organizer = post_reader(meeting.issuer_post) if meeting.issuer_post else None
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Invitation(
        uid=f"meeting-{meeting.pk}@{host}",
        sequence=sequence,
        summary=content["meeting"],
        starts_at=meeting.begins_at,
        ends_at=meeting.begins_at + MEETING_LASTS,
        place=meeting.place,
        description="\n".join(content["agenda"]),
        organizer_name=organizer.name if organizer else meeting.office.name_bn,
        organizer_email=(organizer.address if organizer else "") or settings.DEFAULT_FROM_EMAIL,
        attendees=[(reader.name, reader.address) for reader in readers],
        cancelled=cancelled,
    )


def _topics(meeting: Meeting) -> list[str]:
    return [item.topic for item in meeting.items.open().order_by("position", "pk")]


def _owed(meeting: Meeting) -> list[Assignment]:
    """Everything given out by the meeting, with what is needed to write of it."""
    today = timezone.localdate()
    return list(
        Assignment.objects.kept()
        .filter(decision__in=meeting.decisions.kept())
        .select_related("decision__item", "office")
        .prefetch_related(
            Prefetch("post", queryset=Post.objects.select_related("office").with_holders(today))
        )
        .order_by("decision__item__position", "decision__position", "pk")
    )


def _by_other_office(
    meeting: Meeting, owed: Sequence[Assignment]
) -> list[tuple[Office, list[Assignment]]]:
    offices = {one.office_id: one.office for one in owed if one.office_id != meeting.office_id}
    return [
        (office, [one for one in owed if one.office_id == pk]) for pk, office in offices.items()
    ]
