"""A year's settled minutes, bound in one volume."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from teams.models import Office, User
from teams.prints import order_print
from teams.transitions import WrongState
from workplans.periods import Period

from .documents import BOOK_PDF, book_content
from .models import MinutesBook, MinutesVersion, NoMeeting


def order_book(*, office: Office, year: Period, by: User) -> MinutesBook:
    """Have the office's settled minutes of the year printed as one PDF, the oldest first.

    The same minutes are bound only once, on whichever day they are asked for. Raises WrongState
    while no minutes of the year are settled.
    """
    versions = _settled_versions(office, year)
    if not versions:
        raise WrongState(
            _(
                "%(year)sের কোনো কার্যবিবরণী এখনো চূড়ান্ত হয়নি, তাই বই করার মতো কিছু নেই। "
                "অন্তত একটি সভার কার্যবিবরণী চূড়ান্ত করে আবার চেষ্টা করুন।"
            )
            % {"year": year.label}
        )
    in_year = office.months_unmet.filter(month__range=(year.starts_on, year.ends_on))
    unmet = list(in_year.order_by("month"))
    minutes = [version.content for version in versions]
    book = order_print(
        MinutesBook.objects.all(),
        job_kind=BOOK_PDF,
        content=book_content(office, year, minutes, unmet, on=_as_of(versions, unmet)),
        by=by,
        office=office,
        # As text, for a fingerprint is taken of plain data.
        starts_on=year.starts_on.isoformat(),
        ends_on=year.ends_on.isoformat(),
    )
    book.refresh_from_db(fields=["starts_on", "ends_on"])
    return book


def _settled_versions(office: Office, year: Period) -> Sequence[MinutesVersion]:
    """The version in force of each settled meeting of the year, the oldest meeting first."""
    settled = office.meetings.held().in_year(year.starts_on)
    versions = MinutesVersion.objects.filter(meeting__in=settled, reopened_at__isnull=True)
    return list(versions.order_by("meeting__held_on", "meeting_id"))


def _as_of(versions: Iterable[MinutesVersion], unmet: Iterable[NoMeeting]) -> date:
    """The last day on which anything in the book was settled.

    The cover says that day and not today's: the same minutes make the same book tomorrow.
    """
    settled = [version.finalised_at for version in versions]
    explained = [month.recorded_at for month in unmet]
    return timezone.localdate(max([*settled, *explained]))
