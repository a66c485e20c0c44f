"""Who came: tapped name by name."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from teams.audit import record
from teams.models import Post, User

from ..enums import Presence
from ..models import Attendance, Meeting
from .writing import next_position, open_for_writing


@transaction.atomic
def mark_attendance(
    *,
    meeting: Meeting,
    post: Post,
    presence: Presence,
    by: User | None,
    name: str = "",
    designation: str = "",
) -> Attendance:
    """Note whether the holder of a post came; the last tap counts.

    `name` and `designation` are those of whoever came on the member's behalf. Raises
    WrongState, PermissionDenied.
    """
    meeting = open_for_writing(meeting, by)
    is_represented = presence == Presence.REPRESENTED
    row, _created = Attendance.objects.update_or_create(
        meeting=meeting,
        post=post,
        defaults={
            "presence": presence,
            "name": name if is_represented else "",
            "designation": designation if is_represented else "",
            "position": post.position,
            "updated_at": timezone.now(),
            "updated_by": by,
        },
    )
    record(
        "attendance.mark",
        row,
        by=by,
        office=meeting.office,
        after={"post": post.designation_bn, "presence": presence.value},
    )
    return row


@transaction.atomic
def mark_all_present(*, meeting: Meeting, posts: list[Post], by: User) -> int:
    """Note everybody who has no mark yet as present; returns how many."""
    meeting = open_for_writing(meeting, by)
    marked = set(meeting.attendance.members().values_list("post_id", flat=True))
    rest = [post for post in posts if post.pk not in marked]
    for post in rest:
        mark_attendance(meeting=meeting, post=post, presence=Presence.PRESENT, by=by)
    return len(rest)


@transaction.atomic
def add_guest(
    *,
    meeting: Meeting,
    name: str,
    designation: str,
    office_name: str,
    contact: str,
    presence: Presence,
    by: User | None,
    form_key: UUID | None = None,
) -> Attendance:
    """Add a guest. The same `form_key` with the same name again returns the guest it made."""
    meeting = open_for_writing(meeting, by)
    key = form_key and uuid5(form_key, f"guest:{meeting.pk}:{name}")
    if key and (made := Attendance.objects.filter(form_key=key).first()):
        return made
    guest = Attendance(
        meeting=meeting,
        name=name,
        designation=designation,
        office_name=office_name,
        contact=contact,
        presence=presence,
        position=next_position(meeting.attendance.guests()),
        updated_by=by,
    )
    if key:
        guest.form_key = key
    guest.save()
    # Not the contact: the record is read by more people than the guest gave it to.
    record("attendance.guest", guest, by=by, office=meeting.office, after={"name": name})
    return guest


@transaction.atomic
def remove_guest(*, guest: Attendance, by: User) -> None:
    meeting = open_for_writing(guest.meeting, by)
    record("attendance.remove", guest, by=by, office=meeting.office, before={"name": guest.name})
    guest.delete()


def settle_attendance(meeting: Meeting, posts: list[Post], *, by: User) -> None:
    """Whoever was not marked when the minutes become final was not there."""
    marked = set(meeting.attendance.members().values_list("post_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            post=post,
            presence=Presence.ABSENT,
            position=post.position,
            updated_by=by,
        )
        for post in posts
        if post.pk not in marked
    )
