"""Activities as the register has them."""

from datetime import date
from typing import Any

from reports.actions.activities import ActivityText, add_activity_pictures, create_activity
from reports.enums import ActivityKind
from reports.models import Activity, ActivityPicture
from teams.models import Office, User
from teams.uploads import CleanFile
from tests.factories import PNG

HELD_ON = date(2026, 3, 10)  # within the fiscal year that tests report on


def make_activity(
    office: Office,
    *,
    by: User,
    kind: str = ActivityKind.TRAINING,
    title: str = "নাগরিক সেবায় উদ্ভাবন",
    held_on: date = HELD_ON,
    **said: Any,
) -> Activity:
    """An activity of the office; `said` are more fields of ActivityText."""
    text = ActivityText(title=title, held_on=held_on, **said)
    return create_activity(office=office, kind=kind, text=text, by=by)


def make_activity_picture(activity: Activity, *, by: User) -> ActivityPicture:
    picture = CleanFile(PNG, "image/png", "png")
    return add_activity_pictures(activity=activity, pictures=[picture], by=by)[0]
