"""Who belongs in a meeting on its day, and who came."""

from dataclasses import dataclass

from django.db.models import Q

from teams.enums import TEAM_ROLES
from teams.models import Office, Post, User

from .enums import ATTENDING
from .models import Attendance, Meeting


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's place in the meeting: the post, who held it that day, and what was tapped."""

    post: Post
    holder: User | None
    attendance: Attendance | None

    @property
    def presence(self) -> str:
        return self.attendance.presence if self.attendance else ""

    @property
    def is_attending(self) -> bool:
        return self.presence in ATTENDING


def seats(meeting: Meeting) -> list[Seat]:
    """The members' places in the order of the office's posts (three queries).

    The posts of the team of today, and any that were marked when they still belonged to it;
    each with whoever held it on the meeting's day.
    """
    marked = {row.post_id: row for row in meeting.attendance.members()}
    team = Q(office=meeting.office_id, role__in=TEAM_ROLES, is_active=True)
    posts = (
        Post.objects.filter(team | Q(pk__in=marked))
        .select_related("office")
        .with_holders(meeting.held_on)
    )
    return [Seat(post, post.holder_on(meeting.held_on), marked.get(post.pk)) for post in posts]


def team_posts(office: Office) -> list[Post]:
    """The posts whose holders are called to a meeting."""
    return list(office.posts.active().filter(role__in=TEAM_ROLES))
