"""Things laid open for tests, through the application's own actions."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job, StoredDocument
from meetings.models import Meeting
from reports.actions import release_decisions, release_plan
from reports.models import Publication, Submission
from reports.publishing.contents import decisions_release, open_decisions, plan_release, seen
from teams.models import Office, Post, User
from tests.meetings.rows import decided, make_meeting
from tests.reports.build import make_report
from workplans.models import WorkPlan

PDF = b"%PDF-1.7 the report"


def standing(**of: object) -> Publication | None:
    return Publication.objects.public().filter(**of).first()


def released_plan(plan: WorkPlan, *, by: User) -> Publication:
    """The plan, looked at and laid open."""
    looked_at = seen(plan_release(plan), standing(plan=plan))
    return release_plan(plan=plan, looked_at=looked_at, by=by)


def circulated(
    office: Office, *texts: str, by: User, owed_by: Post, on: date = date(2026, 10, 12)
) -> Meeting:
    """A meeting whose minutes were sent, with a decision for each text."""
    decisions = [decided(owed_by, text=text) for text in texts]
    return make_meeting(office, by=by, on=on, decisions=decisions, status="circulated")


def released_decisions(meeting: Meeting, *, by: User, places: Sequence[int] = (0,)) -> Publication:
    """Some decisions of a meeting, by their place, laid open."""
    known = open_decisions(meeting)
    chosen = {known[place].pk for place in places}
    looked_at = seen(decisions_release(meeting, chosen), standing(meeting=meeting))
    return release_decisions(meeting=meeting, chosen=chosen, looked_at=looked_at, by=by)


def published_report(
    office: Office, *, by: User, reviewer: User, period: str = "2025-2026"
) -> Publication:
    """An annual report taken all the way; its PDF is not drawn."""
    report = make_report(office, by=by, reviewer=reviewer, status="published", period=period)
    return Publication.objects.get(submission__report=report)


def draw(submission: Submission | None) -> StoredDocument:
    """As if a worker had drawn the submission's PDF."""
    assert submission is not None
    file = store(PDF, content_type="application/pdf", filename="report.pdf")
    Job.objects.filter(pk=submission.job_id).update(
        status=JobStatus.DONE, finished_at=timezone.now(), document=file
    )
    return file
