"""Where a report stays: with whom, since when, until when. Nothing waits with nobody."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from teams.models import Post
from teams.templatetags.bangla_tags import digits

from ..enums import ReportStatus
from ..models import Report

# What the queue says of an office that has sent nothing; a draft is nobody else's business.
UNSENT = "unsent"


class QueueState(TextChoices):
    """The states of a row of the queue."""

    SUBMITTED = ReportStatus.SUBMITTED, pgettext_lazy("report", "পর্যালোচনায়")
    RETURNED = ReportStatus.RETURNED, pgettext_lazy("report", "ফেরত, উত্তর বাকি")
    UNSENT = UNSENT, pgettext_lazy("report", "পাঠায়নি")
    ACCEPTED = ReportStatus.ACCEPTED, pgettext_lazy("report", "গৃহীত")
    PUBLISHED = ReportStatus.PUBLISHED, pgettext_lazy("report", "প্রকাশিত")
    WITHDRAWN = ReportStatus.WITHDRAWN, pgettext_lazy("report", "প্রত্যাহৃত")


CHIPS = {
    QueueState.SUBMITTED: "risk",
    QueueState.UNSENT: "late",
    QueueState.RETURNED: "late",
    QueueState.ACCEPTED: "done",
    QueueState.PUBLISHED: "done",
}


class Side(StrEnum):
    """Whose turn it is."""

    OFFICE = "office"
    REVIEW = "review"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Standing:
    """With whom a report is, since when, and by when something must happen.

    `days` is the age in whole days; below zero for what is not due yet. `owner` is "" when
    nothing is waited for.
    """

    state: QueueState
    side: Side
    owner: str
    since: date | None
    due_on: date | None
    today: date

    @property
    def chip(self) -> str:
        return CHIPS.get(self.state, "")

    @property
    def is_late(self) -> bool:
        return self.side != Side.NOBODY and self.due_on is not None and self.due_on < self.today

    @property
    def age(self) -> str:
        """In words: for how long it waits, or how late it is."""
        if self.side == Side.NOBODY:
            return ""
        if self.state == QueueState.UNSENT:
            return _remaining(self.due_on, self.today)
        days = (self.today - self.since).days if self.since else 0
        return _("%(days)s দিন") % {"days": digits(days)} if days else _("আজ")


def standing_of(
    report: Report | None,
    *,
    head: Post | None,
    due_on: date | None,
    review_days: int | None,
    today: date,
) -> Standing:
    """Where the report of an office stays; None for one that was not sent.

    `head` is the post of the office's head, `due_on` when it owes the report, `review_days`
    within how many days of the sending a review is owed, if a rule says so.
    """
    if report is None or report.status == ReportStatus.DRAFT:
        return Standing(QueueState.UNSENT, Side.OFFICE, _person(head), None, due_on, today)
    state = QueueState(report.status)
    if report.status == ReportStatus.SUBMITTED:
        since = _day(report.submitted_at)
        owed = _after(since, review_days)
        owner = _person(report.reviewer) if report.reviewer else _("কেউ নেননি")
        return Standing(state, Side.REVIEW, owner, since, owed, today)
    if report.status == ReportStatus.RETURNED:
        since = _day(report.returned_at)
        return Standing(state, Side.OFFICE, _person(head), since, report.resubmit_by, today)
    if report.status == ReportStatus.ACCEPTED:
        return Standing(state, Side.OFFICE, _person(head), _day(report.accepted_at), None, today)
    return Standing(state, Side.NOBODY, "", None, None, today)


def _person(post: Post | None) -> str:
    """The post's holder with the designation; the post alone while it is vacant."""
    if post is None:
        return _("দপ্তর প্রধান")
    return f"{post.holder.name}, {post.designation}" if post.holder else post.designation


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _after(day: date | None, days: int | None) -> date | None:
    return date.fromordinal(day.toordinal() + days) if day and days else None


def _remaining(due_on: date | None, today: date) -> str:
    if due_on is None:
        return ""
    days = (today - due_on).days
    if days > 0:
        return _("%(days)s দিন দেরি") % {"days": digits(days)}
    return _("%(days)s দিন বাকি") % {"days": digits(-days)} if days else _("আজ শেষ দিন")
