"""Last year's reports in every state, with what offices did and a plan that is behind them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from bangla.dates import format_bangla_date, format_date
from bangla.text import normalise
from reports.actions import (
    accept_report,
    add_comment,
    assign_reviews,
    create_report,
    present_report,
    publish_report,
    return_report,
    save_marks,
    submit_report,
    update_section,
)
from reports.actions.activities import ActivityText, create_activity
from reports.actions.everything import take_all_offers
from reports.enums import ReportKind
from reports.models import Report, Submission
from reports.review.places import Place
from reports.review.scoring import MarkWords, criteria_of
from teams.models import Office, User
from teams.papers import fingerprint
from workplans.actions import add_progress, close_workplan
from workplans.models import WorkPlan
from workplans.periods import Period

from .cast import Cast, Event
from .contents import read
from .plans import load_plan

Row = dict[str, Any]

DUE_MONTH, DUE_DAY = 7, 31
# From the end of the year to the last of what is told of its report.
ALL_TOLD = timedelta(days=60)
DAYS_LEFT_TO_MEND = 9  # whoever tries it out finds some left
UNFINISHED_EACH = 5
# Shares of the points that a reviewer gave, question by question.
SHARES = (Decimal("0.9"), Decimal("0.8"), Decimal("0.9"), Decimal("0.7"), Decimal("0.8"))


def told_year(today: date) -> Period:
    """The last fiscal year whose reports have been sent and reviewed by now."""
    year = Period.fiscal_year_of(today - ALL_TOLD)
    return Period.fiscal_year_of(year.starts_on - timedelta(days=1))


def report_events(content: Row, offices: Mapping[str, Office], cast: Cast) -> Iterator[Event]:
    """What was done in the year, the report, how far it came: each on its day."""
    year = told_year(cast.today)
    due = date(year.ends_on.year, DUE_MONTH, DUE_DAY)
    for row in content["reports"]:
        office = offices[row["office"]]
        officer = cast.officer(office)
        yield Event(year.starts_on, partial(_plan, row, office, year))
        for done in row["activities"]:
            held_on = _day_in(year, done["on"])
            yield Event(held_on, partial(_activity, done, office, held_on, officer))
        sent_on = due + timedelta(days=row.get("sent", -1))
        yield Event(year.ends_on, partial(_progress, office, year, cast))
        yield Event(sent_on, partial(_send, row, office, year, sent_on, cast))
        if "decided" in row:
            decided_on = due + timedelta(days=row["decided"])
            yield Event(decided_on, partial(_decide, row, office, year, cast))


def _day_in(year: Period, month_and_day: str) -> date:
    """ "11-05" of a fiscal year: November of its first calendar year."""
    month, day = map(int, month_and_day.split("-"))
    return date(year.starts_on.year if month >= DUE_MONTH else year.ends_on.year, month, day)


# --- The year ------------------------------------------------------------------------------
def _plan(row: Row, office: Office, year: Period) -> None:
    """The plan of that year, if the office has none: this year's words, a year earlier."""
    if not WorkPlan.objects.filter(office=office).for_period(year).exists():
        load_plan(read(f"plans/{row['plan']}"), for_period=year)


def _activity(row: Row, office: Office, held_on: date, officer: User) -> None:
    text = ActivityText(
        held_on=held_on,
        title=normalise(row["title"]),
        place=normalise(row.get("place", "")),
        partner=normalise(row.get("partner", "")),
        result=normalise(row.get("result", "")),
        batches=row.get("batches", 1),
        participants=row.get("participants"),
        women=row.get("women"),
        quantity=row.get("quantity"),
        amount=row.get("amount"),
    )
    create_activity(office=office, kind=row["kind"], text=text, by=officer)


def _progress(office: Office, year: Period, cast: Cast) -> None:
    """Most of the tasks are done by the end of the year; then the plan is closed."""
    plan = WorkPlan.objects.filter(office=office).for_period(year).get()
    for number, task in enumerate(plan.tasks.kept().with_progress().in_order(), start=1):
        if task.percent is not None:
            continue
        is_done = number % UNFINISHED_EACH
        add_progress(
            task=task,
            by=cast.officer(office),
            on=min(task.ends_on or year.ends_on, year.ends_on),
            text="কাজ শেষ হয়েছে।" if is_done else "বেশির ভাগ হয়েছে; বাকিটা পরের বছরের পরিকল্পনায় রাখা হলো।",
            percent=100 if is_done else 70,
        )
    if plan.status == "approved":
        close_workplan(workplan=plan, by=cast.head(office))


# --- The report ----------------------------------------------------------------------------
def _send(row: Row, office: Office, year: Period, sent_on: date, cast: Cast) -> None:
    officer, head = cast.officer(office), cast.head(office)
    report = create_report(office=office, kind=ReportKind.ANNUAL, period=year, by=officer)
    # It may have been begun before the year's story was told.
    take_all_offers(report=report, by=officer)
    for key, words in (("introduction", row["introduction"]), ("problems", row["problems"])):
        section = report.sections.get(key=key)
        update_section(section=section, version=section.version, words=normalise(words), by=officer)
    if row["state"] == "presented":
        present_report(report=report, by=officer)
        return
    submission = submit_report(report=report, by=head)
    _dated(submission, sent_on)
    if "reviewer" in row:
        post = cast.posts[row["reviewer"]]
        assign_reviews(reports=[report], post=post, by=_reviewer(row, cast))


def _dated(submission: Submission, day: date) -> None:
    """The paper says the day on which the story lets it be sent; its fingerprint follows."""
    content = {
        **submission.content,
        "date": format_date(day),
        "bangla_date": format_bangla_date(day),
    }
    Submission.objects.filter(pk=submission.pk).update(
        content=content, fingerprint=fingerprint(content)
    )


def _decide(row: Row, office: Office, year: Period, cast: Cast) -> None:
    report = Report.objects.get(office=office, kind=ReportKind.ANNUAL, starts_on=year.starts_on)
    reviewer = _reviewer(row, cast)
    submission = report.submissions.latest("number")
    criteria = criteria_of(report)
    shares = zip(criteria, SHARES, strict=False)
    words = MarkWords({one.pk: _halves(one.points * share) for one, share in shares})
    save_marks(submission=submission, version=0, words=words, by=reviewer)
    for comment in row.get("comments", ()):
        add_comment(
            submission=submission,
            place=Place(section=comment["section"]),
            text=normalise(comment["text"]),
            form_key=uuid4(),
            by=reviewer,
        )
    if row["state"] == "returned":
        mend_by = cast.today + timedelta(days=DAYS_LEFT_TO_MEND)
        reason = normalise(row["reason"])
        return_report(report=report, by=reviewer, reason=reason, resubmit_by=mend_by)
        return
    accept_report(report=report, by=reviewer)
    if row["state"] == "published":
        publish_report(report=report, by=reviewer)


def _halves(points: Decimal) -> Decimal:
    """Points as reviewers give them: whole and half ones."""
    return Decimal(round(points * 2)) / 2


def _reviewer(row: Row, cast: Cast) -> User:
    return cast.speaker_for(cast.posts[row["reviewer"]])
