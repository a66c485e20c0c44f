"""Makes what was written just now look as if it had been written day by day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Case, DateTimeField, F, Model, Q, QuerySet, Value, When
from django.utils import timezone

from ideas.models import (
    Award,
    Certificate,
    Idea,
    Initiative,
    Newsletter,
    Pilot,
    Recommendation,
    Replication,
    Score,
    Screening,
    Visit,
)
from ideas.models import Event as IdeaEvent
from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.models import (
    AgendaItem,
    Assignment,
    AssignmentReport,
    Attendance,
    Decision,
    Delivery,
    FollowUp,
    Meeting,
    MeetingDocument,
    MinutesVersion,
    NoMeeting,
    Notice,
)
from reports.models import Activity, Comment, Publication, Report, Review, Section, Submission
from teams.models import AuditEntry, Office, Team
from teams.models.record import open_the_record

OFFICE_HOUR = time(15, 30)

# Whose stamps the pages show or count by, each with the way to its office.
STAMPED: dict[type[Model], str] = {
    Idea: "office",
    Screening: "idea__office",
    Score: "screening__idea__office",
    Pilot: "idea__office",
    Visit: "pilot__idea__office",
    Initiative: "idea__office",
    IdeaEvent: "office",
    Award: "office",
    Certificate: "award__office",
    Replication: "office",
    Recommendation: "office",
    Newsletter: "office",
    Activity: "office",
    Report: "office",
    Section: "report__office",
    Submission: "report__office",
    Comment: "report__office",
    Review: "submission__report__office",
    Publication: "office",
    NoMeeting: "office",
    Meeting: "office",
    Notice: "meeting__office",
    MinutesVersion: "meeting__office",
    MeetingDocument: "meeting__office",
    AgendaItem: "meeting__office",
    Attendance: "meeting__office",
    FollowUp: "meeting__office",
    Decision: "meeting__office",
    Assignment: "decision__meeting__office",
    AssignmentReport: "assignment__decision__meeting__office",
    Team: "office",
    AuditEntry: "office",
}


@dataclass(slots=True)
class Past:
    """The days on which things happened in these offices, and when each was really written.

    For the demonstration only. The actions stamp with the moment they run, as they must; but a
    timeline whose every step happened this minute, and on-time figures of months that were
    decided and carried out today, would show a newcomer nothing.
    """

    offices: Collection[Office]
    # From when on something was written, and how much earlier it shall have been.
    _shifts: list[tuple[datetime, timedelta]] = field(default_factory=list)
    _day: date | None = None

    def turn_to(self, day: date) -> None:
        """What is written from now on was done on that day, in the order in which it is."""
        if day == self._day:
            return
        now = timezone.now()
        self._shifts.append((now, now - timezone.make_aware(datetime.combine(day, OFFICE_HOUR))))
        self._day = day

    def settle(self) -> None:
        """Put the days into the stamps; in the transaction of what was written."""
        open_the_record()
        for model, path in STAMPED.items():
            columns = [one.name for one in model._meta.fields if isinstance(one, DateTimeField)]
            ours = model._default_manager.filter(**{f"{path}__in": self.offices})
            # Past the record's own refusal to change: this is the one exception to it.
            QuerySet.update(ours, **{name: self._said_of(name) for name in columns})
        self._deliver()

    def _said_of(self, column: str) -> Case:
        """The column's day; what had been written before the first of the days stays."""
        return Case(
            *(
                When(**{f"{column}__gte": since}, then=F(column) - Value(shift))
                for since, shift in reversed(self._shifts)
            ),
            default=F(column),
        )

    def _deliver(self) -> None:
        """The letters of those days have long reached their readers: there is nothing to send."""
        written = Delivery.objects.filter(meeting__office__in=self.offices).values("letter")
        letters = Letter.objects.filter(
            Q(pk__in=written) | Q(key__startswith="ideas.") | Q(key__startswith="reports.")
        )
        sent = letters.filter(status=LetterStatus.WAITING)
        sent.move(LetterStatus.SENT, now=timezone.now())
        letters.filter(status=LetterStatus.SENT).update(sent_at=self._said_of("created_at"))
        letters.update(created_at=self._said_of("created_at"))
