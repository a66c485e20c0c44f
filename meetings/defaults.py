"""What a new meeting starts from: the last one of its team, else what is usual."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bangla.dates import month_name
from bangla.digits import to_bangla
from teams.enums import Role
from teams.models import Office, Post

from .enums import CopyKind, MinutesForm
from .models import Meeting
from .months import last_day_of

# Friday and Saturday, as date.weekday() counts: the government's weekend.
WEEKEND = frozenset({4, 5})
USUAL_TIME = time(11, 0)
USUAL_DAYS_AHEAD = 7
SHORTEST_MONTH = 28  # days: such a day is in every month


@dataclass(frozen=True, slots=True)
class Defaults:
    """Proposals for a meeting's head; every one of them can be changed."""

    held_on: date
    starts_at: time
    place: str
    chair_post: Post | None
    issuer_post: Post | None
    form: str
    copies: tuple[tuple[str, str, str], ...]  # (kind, text, e-mail)


def defaults_for(office: Office, month: date, *, today: date) -> Defaults:
    """Proposals for the office's meeting in the month that begins on `month`."""
    last = office.meetings.kept().exclude(month=month).select_related("chair_post").first()
    posts = list(office.posts.active())
    return Defaults(
        held_on=_day(month, last.held_on.day if last else None, today=today),
        starts_at=last.starts_at if last else USUAL_TIME,
        place=last.place if last else f"সম্মেলন কক্ষ, {office.place_bn}",
        chair_post=_still_there(last.chair_post if last else None, posts, Role.HEAD),
        issuer_post=_still_there(
            last.issuer_post if last else None, posts, Role.INNOVATION_OFFICER
        ),
        form=last.form if last else MinutesForm.TABLE,
        copies=_copies(last, office),
    )


def month_words(month: date) -> str:
    """ "নভেম্বর ২০২৬" as papers write it, whatever the language of the page."""
    return f"{month_name(month.month)} {to_bangla(month.year)}"


def _day(month: date, wanted: int | None, *, today: date) -> date:
    """The wanted day of the month, else a week from now; a working day of the month.

    Not in the past, unless the month is, or has no working day left.
    """
    last_day = last_day_of(month)
    day = month.replace(day=min(wanted, SHORTEST_MONTH)) if wanted else month
    if wanted is None or (day < today <= last_day):
        day = max(month, min(today + timedelta(days=USUAL_DAYS_AHEAD), last_day))
    while day.weekday() in WEEKEND and day < last_day:
        day += timedelta(days=1)
    while day.weekday() in WEEKEND:
        day -= timedelta(days=1)
    return day


def _still_there(last: Post | None, posts: list[Post], role: str) -> Post | None:
    """Last time's post while it exists, else the office's post of this role."""
    if last and any(post.pk == last.pk for post in posts):
        return last
    return next((post for post in posts if post.role == role), None)


def _copies(last: Meeting | None, office: Office) -> tuple[tuple[str, str, str], ...]:
    if last:
        return tuple((copy.kind, copy.text, copy.email) for copy in last.copies.all())
    above = office.parent
    head = above.posts.active().filter(role=Role.HEAD).first() if above else None
    if above is None:
        return ()
    name = f"{head.designation_bn}, {above.name_bn}" if head else above.name_bn
    return ((CopyKind.INFORMATION, f"{name}।", head.email if head else ""),)
