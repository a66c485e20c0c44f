"""The rows a sending and a review leave behind, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from jobs.enums import JobStatus
from jobs.models import Job
from teams.papers import fingerprint

from ...documents import SUBMISSION_PDF
from ...enums import ReportKind, ReportStatus, Verdict
from ...models import (
    Report,
    ReportFigure,
    Review,
    ReviewCriterion,
    ReviewMark,
    Section,
    SectionRule,
    Submission,
)
from ...models.submissions import CODE_LENGTH, CODE_LETTERS
from .contents import content_of
from .fates import Fate
from .lots import BATCH, lot

NOT_DRAWN = "নমুনা প্রতিবেদন; PDF তৈরি করা হয়নি। চাইলে আবার চেষ্টা করুন।"


def write_sections(reports: Sequence[Report]) -> None:
    """Only of reports that are being written: what was sent is read from its submission."""
    rules = list(SectionRule.objects.filter(kind=ReportKind.ANNUAL).order_by("position", "pk"))
    Section.objects.bulk_create(
        (
            Section(report=report, key=rule.section, position=rule.position,
                    is_required=rule.is_required)
            for report in reports
            if report.status in {ReportStatus.DRAFT, ReportStatus.RETURNED}
            for rule in rules
            if rule.covers(report.ends_on)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def write_submissions(fates: Sequence[Fate]) -> list[Submission]:
    """Every sending, with a job that says that its PDF was not drawn (and draws it, if asked)."""
    made = Submission.objects.bulk_create(
        (
            _submission(fate.report, number, sent)
            for fate in fates
            for number, sent in enumerate(fate.sendings, start=1)
        ),
        batch_size=BATCH,
    )
    jobs = Job.objects.bulk_create(
        (
            Job(
                kind=SUBMISSION_PDF,
                key=str(submission.pk),
                payload={"submission_id": submission.pk},
                status=JobStatus.FAILED,
                due_at=submission.created_at,
                republish_at=submission.created_at,
                finished_at=submission.created_at,
                error="seeded by manage.py seednation",
                error_for_user=NOT_DRAWN,
            )
            for submission in made
        ),
        batch_size=BATCH,
    )
    for submission, job in zip(made, jobs, strict=True):
        submission.job = job
    Submission.objects.bulk_update(made, ["job"], batch_size=BATCH)
    return made


def _submission(report: Report, number: int, sent: datetime) -> Submission:
    office = report.office
    chance = lot(f"sending:{office.code}:{report.starts_on}:{number}")
    content = content_of(report, sent)
    withdrawn = report.status == ReportStatus.WITHDRAWN
    return Submission(
        report=report,
        number=number,
        code="".join(chance.choices(CODE_LETTERS, k=CODE_LENGTH)),
        receipt_number=f"{report.period.code}/{office.pk:06}-{number}",
        content=content,
        fingerprint=fingerprint({**content, "submission": number}),
        due_on=report.due_on,
        created_at=sent,
        created_by=report.submitted_by,
        withdrawn_at=report.withdrawn_at if withdrawn else None,
        withdrawn_by=report.withdrawn_by if withdrawn else None,
        withdraw_reason=report.withdraw_reason,
    )


def write_figures(submissions: Sequence[Submission]) -> int:
    """The numbers of each sending in rows of their own, as a real sending leaves them."""
    rows = ReportFigure.objects.bulk_create(_rows(submissions), batch_size=BATCH * 4)
    return len(rows)


def _rows(submissions: Sequence[Submission]) -> Iterator[ReportFigure]:
    for submission in submissions:
        for section in submission.content["sections"]:
            for figure in section["figures"]:
                yield ReportFigure(
                    submission=submission,
                    key=f"{section['key']}.{figure['key']}",
                    value=Decimal(figure["value"]),
                )


def write_reviews(fates: Sequence[Fate], submissions: Sequence[Submission]) -> int:
    """The review of each accepted sending, with marks that add up to its score."""
    newest = {submission.report_id: submission for submission in submissions}
    reviews = Review.objects.bulk_create(
        (
            Review(
                submission=newest[fate.report.pk],
                summary="সব অংশ আছে; সংখ্যাগুলো নথির সঙ্গে মেলে।",
                score=fate.score,
                verdict=Verdict.ACCEPTED,
                opened_at=fate.report.accepted_at or fate.sendings[-1],
                opened_by=fate.report.accepted_by,
                decided_at=fate.report.accepted_at,
                decided_by=fate.report.accepted_by,
            )
            for fate in fates
            if fate.score is not None
        ),
        batch_size=BATCH,
    )
    criteria = list(ReviewCriterion.objects.filter(valid_to__isnull=True))
    ReviewMark.objects.bulk_create(
        (
            ReviewMark(
                review=review,
                criterion=criterion,
                points=round(criterion.points * Decimal(review.score or 0) / 100, 2),
            )
            for review in reviews
            for criterion in criteria
        ),
        batch_size=BATCH * 2,
    )
    return len(reviews)
