"""What becomes of one office's report of one year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from teams.models import Office, User
from workplans.periods import Period

from ...enums import ReportKind, ReportStatus
from ...models import Report
from .lots import lot

RETURN_REASON = "প্রশিক্ষণার্থীর সংখ্যার উৎস ও সাশ্রয়ের হিসাবের ভিত্তি যুক্ত করুন।"


@dataclass(slots=True)
class Fate:
    """What became of one office's report of one year, and its sendings."""

    report: Report
    sendings: list[datetime] = field(default_factory=list)
    score: Decimal | None = None
    quality: float = 0.0


def fate_of(
    office: Office,
    period: Period,
    age: int,
    due_on: date,
    head: User,
    reviewers: Sequence[User],
    posts: dict[int, int],
    today: date,
) -> Fate | None:
    """Drawn by lot, but better offices send more surely and sooner; None for no report at all."""
    chance = lot(f"report:{office.code}:{period.code}")
    quality = _quality(office, age)
    drawn = chance.random()
    if drawn > 0.62 + 0.4 * quality:
        return None if drawn > 0.72 + 0.4 * quality or age else _draft(office, period, head)
    late = chance.random() > 0.5 + 0.55 * quality
    days = chance.randint(1, 45) if late else -min(chance.randint(0, 12), chance.randint(0, 12))
    sent_on = due_on + timedelta(days=days)
    if sent_on > today:
        return _draft(office, period, head)
    sent = _moment(sent_on, chance)
    fate = Fate(
        Report(
            office=office,
            kind=ReportKind.ANNUAL,
            period_kind=period.kind,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            created_by=head,
            due_on=due_on,
            first_sent_at=sent,
            submitted_at=sent,
            submitted_by=head,
        ),
        [sent],
        quality=quality,
    )
    _review_course(fate, chance, age, head, chance.choice(reviewers), posts)
    return fate


def _quality(office: Office, age: int) -> float:
    """0 to 1: of the district or ministry, of the office, and a little better every year."""
    branch = "/".join(office.path.split("/")[1:3])
    base = lot(f"branch:{branch}").uniform(0.15, 0.95)
    own = lot(f"office:{office.code}").uniform(-0.2, 0.2)
    return min(1.0, max(0.0, base + own + 0.05 * (2 - age)))


def _draft(office: Office, period: Period, head: User) -> Fate:
    return Fate(
        Report(
            office=office,
            kind=ReportKind.ANNUAL,
            period_kind=period.kind,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            created_by=head,
        )
    )


def _review_course(
    fate: Fate,
    chance: Random,
    age: int,
    head: User,
    reviewer: User,
    posts: dict[int, int],
) -> None:
    """How far the review came: old years are settled, of the last one a part is still under way."""
    report, sent = fate.report, fate.sendings[0]
    drawn = chance.random()
    if age == 0 and drawn < 0.06:
        report.status = ReportStatus.SUBMITTED
        return
    report.reviewer_id = posts[reviewer.pk]
    if age == 0 and drawn < 0.16:
        report.status = ReportStatus.SUBMITTED
        return
    if age == 0 and drawn < 0.21:
        report.status = ReportStatus.RETURNED
        report.returned_at, report.returned_by = sent + timedelta(days=20, hours=3), reviewer
        report.return_reason = RETURN_REASON
        report.resubmit_by = (sent + timedelta(days=35)).date()
        return
    if chance.random() > 0.55 + 0.4 * fate.quality:
        report.returned_at, report.returned_by = sent + timedelta(days=9, hours=2), reviewer
        sent += timedelta(days=chance.randint(12, 24), hours=1)
        fate.sendings.append(sent)
        report.submitted_at, report.submitted_by = sent, head
    fate.score = _score(chance, fate.quality)
    accepted = sent + timedelta(days=chance.randint(6, 45), hours=2)
    report.status = ReportStatus.ACCEPTED
    report.accepted_at, report.accepted_by = accepted, reviewer
    if drawn > (0.6 if age == 0 else 0.25):
        report.status = ReportStatus.PUBLISHED
        report.published_at, report.published_by = accepted + timedelta(days=4), head
    if drawn > 0.995:
        report.status, fate.score = ReportStatus.WITHDRAWN, None
        report.withdrawn_at, report.withdrawn_by = accepted + timedelta(days=6), reviewer
        report.withdraw_reason = "সাশ্রয়ের হিসাবে ভুল পাওয়া গেছে।"


def _score(chance: Random, quality: float) -> Decimal:
    return Decimal(min(98, max(31, round(chance.gauss(48 + 42 * quality, 7)))))


def _moment(day: date, chance: Random) -> datetime:
    """In office hours, most of them in the afternoon."""
    clock = time(chance.choice((9, 10, 11, 12, 14, 15, 15, 16, 16, 17)), chance.randint(0, 59))
    return timezone.make_aware(datetime.combine(day, clock))
