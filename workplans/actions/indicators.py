"""Indicators of a task, what they weigh, and what the superior office accepts of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..models import (
    INDICATOR_CELLS,
    Indicator,
    IndicatorReview,
    QuarterTarget,
    Subject,
    Task,
    WorkPlan,
)
from .writing import key_in, lock_plan, new_version, next_position, open_for_writing


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """What an indicator says: `fields` by INDICATOR_CELLS, `quarters` by number, from 1."""

    fields: Mapping[str, Any]
    quarters: Mapping[int, str]

    @classmethod
    def of(cls, indicator: Indicator) -> "IndicatorWords":
        return cls(
            {name: getattr(indicator, name) for name in INDICATOR_CELLS},
            {one.quarter: one.target for one in indicator.quarter_targets.all()},
        )

    @property
    def told(self) -> dict[str, object]:
        """For the record: plain values by the names of the columns."""
        quarters = {f"quarter_{number}": words for number, words in self.quarters.items()}
        weight = self.fields["weight"]
        return {**self.fields, "weight": None if weight is None else str(weight), **quarters}


class StaleIndicator(Exception):
    """Somebody saved the indicator after this copy was opened; `current` is it as it is now."""

    def __init__(self, current: Indicator) -> None:
        super().__init__("stale")
        self.current = current


class StaleWeights(Exception):
    """Somebody changed weights meanwhile; `subjects` are those concerned, as they are now."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        super().__init__("stale")
        self.subjects = subjects


class StaleReviews(Exception):
    """Somebody else has reviewed these indicators meanwhile; the reviews as they are now."""

    def __init__(self, reviews: Sequence[IndicatorReview]) -> None:
        super().__init__("stale")
        self.reviews = reviews


# --- Indicators -----------------------------------------------------------------------------
@transaction.atomic
def add_indicator(
    *, task: Task, words: IndicatorWords, by: User | None, form_key: UUID | None = None
) -> Indicator:
    """Add an indicator at the end of a task's. The same `form_key` again returns what it made.

    Raises PermissionDenied, WrongState.
    """
    plan = _open_task(task, by)
    key = form_key and key_in(task, form_key)
    if key and (made := Indicator.objects.filter(form_key=key).first()):
        return made
    indicator = Indicator(
        task=task, position=next_position(task.indicators), updated_by=by, **words.fields
    )
    if key:
        indicator.form_key = key
    indicator.save()
    targets = _write_quarters(indicator, words.quarters)
    record("indicator.create", indicator, by=by, office=plan.office, after=words.told, rows=targets)
    return indicator


@transaction.atomic
def update_indicator(
    *, indicator: Indicator, version: int, words: IndicatorWords, by: User
) -> Indicator:
    """Save an indicator typed from copy `version`.

    Raises StaleIndicator when it has moved on, also by being deleted: saved from the copy that
    says so, it comes back. Raises PermissionDenied, WrongState.
    """
    plan = _open_task(indicator.task, by)
    indicator.refresh_from_db()
    before = IndicatorWords.of(indicator)
    values = {**words.fields, "deleted_at": None, "deleted_by": None, **new_version(by)}
    saved = Indicator.objects.filter(pk=indicator.pk, version=version).update(**values)
    if not saved:
        raise StaleIndicator(indicator)
    indicator.refresh_from_db()
    targets = _write_quarters(indicator, words.quarters)
    record(
        "indicator.update",
        indicator,
        by=by,
        office=plan.office,
        before=before.told,
        after=words.told,
        rows=targets,
    )
    return indicator


@transaction.atomic
def delete_indicator(*, indicator: Indicator, by: User) -> None:
    """Take an indicator out; what was reported on it stays, and it can be restored."""
    plan = _open_task(indicator.task, by)
    gone = (
        Indicator.objects.kept()
        .filter(pk=indicator.pk)
        .update(deleted_at=timezone.now(), deleted_by=by, **new_version(by))
    )
    if gone:
        words = IndicatorWords.of(indicator)
        record("indicator.delete", indicator, by=by, office=plan.office, before=words.told)


@transaction.atomic
def restore_indicator(*, indicator: Indicator, by: User) -> None:
    plan = _open_task(indicator.task, by)
    back = Indicator.objects.filter(pk=indicator.pk, deleted_at__isnull=False).update(
        deleted_at=None, deleted_by=None, **new_version(by)
    )
    if back:
        words = IndicatorWords.of(indicator)
        record("indicator.restore", indicator, by=by, office=plan.office, after=words.told)


def _open_task(task: Task, by: User | None) -> WorkPlan:
    """Lock the plan; an indicator of a row that is no more is written by nobody."""
    plan = open_for_writing(task.plan, by)
    if not Task.everything.kept().filter(pk=task.pk).exists():
        raise WrongState(_("কাজটি এর মধ্যে মুছে ফেলা হয়েছে। আগে কাজটি ফিরিয়ে নিন।"))
    return plan


def _write_quarters(indicator: Indicator, quarters: Mapping[int, str]) -> list[Model]:
    """Put the quarter targets as given; an empty one is none. Answers with those that changed."""
    known = {one.quarter: one for one in indicator.quarter_targets.all()}
    changed: list[Model] = []
    for number, words in quarters.items():
        target = known.get(number)
        if target is None and words:
            changed.append(
                QuarterTarget.objects.create(indicator=indicator, quarter=number, target=words)
            )
        elif target is not None and not words:
            target.delete()
        elif target is not None and target.target != words:
            target.target = words
            target.save(update_fields=["target"])
            changed.append(target)
    return changed


# --- Weights of objectives --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Weighing:
    """The weight of one objective as typed, and as it stood when the page was opened."""

    subject: int
    weight: Decimal | None
    was: Decimal | None


@transaction.atomic
def weigh_subjects(*, workplan: WorkPlan, weighings: Sequence[Weighing], by: User) -> None:
    """Set what the objectives of a plan count for; what nobody changed on the page stays.

    All or nothing. Raises StaleWeights, PermissionDenied, WrongState.
    """
    plan = open_for_writing(workplan, by)
    subjects = {subject.pk: subject for subject in plan.subjects.all()}
    changed = [
        one
        for one in weighings
        if one.weight != one.was
        and one.subject in subjects
        and subjects[one.subject].weight != one.weight
    ]
    stale = [subjects[one.subject] for one in changed if subjects[one.subject].weight != one.was]
    if stale:
        raise StaleWeights(stale)
    for one in changed:
        subject = subjects[one.subject]
        before, subject.weight = subject.weight, one.weight
        subject.save(update_fields=["weight"])
        record(
            "subject.weigh",
            subject,
            by=by,
            office=plan.office,
            before={"weight": None if before is None else str(before)},
            after={"weight": None if one.weight is None else str(one.weight)},
        )


# --- The reviewer -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reviewing:
    """What a reviewer accepts of one indicator; `version` is 0 where nobody had reviewed it."""

    indicator: int
    version: int
    achieved: str
    remark: str


@transaction.atomic
def review_indicators(
    *, workplan: WorkPlan, reviewings: Sequence[Reviewing], by: User
) -> list[IndicatorReview]:
    """Write what the superior office accepts; answers with the reviews that changed.

    All or nothing. Raises StaleReviews, PermissionDenied.
    """
    plan = lock_plan(workplan.pk)
    if not perms.can_review_scores(by, plan):
        raise PermissionDenied
    kept = Indicator.objects.kept().filter(task__plan=plan, task__deleted_at__isnull=True)
    indicators = {one.pk: one for one in kept.select_related("review__reviewed_by")}
    wanted = [one for one in reviewings if one.indicator in indicators]
    changed = [
        one for one in wanted if _said(indicators[one.indicator]) != (one.achieved, one.remark)
    ]
    stale = [
        review
        for one in changed
        if (review := review_of(indicators[one.indicator])) and review.version != one.version
    ]
    if stale:
        raise StaleReviews(stale)
    return [_write_review(indicators[one.indicator], one, plan, by) for one in changed]


def _write_review(
    indicator: Indicator, reviewing: Reviewing, plan: WorkPlan, by: User
) -> IndicatorReview:
    achieved, remark = _said(indicator)
    review = review_of(indicator) or IndicatorReview(indicator=indicator, version=0)
    review.achieved, review.remark = reviewing.achieved, reviewing.remark
    review.version += 1
    review.reviewed_at, review.reviewed_by = timezone.now(), by
    review.by_post = perms.reviewing_post(by, plan)
    review.save()
    record(
        "indicator.review",
        review,
        by=by,
        office=plan.office,
        before={"achieved": achieved, "remark": remark},
        after={"achieved": review.achieved, "remark": review.remark},
    )
    return review


def review_of(indicator: Indicator) -> IndicatorReview | None:
    found: IndicatorReview | None = getattr(indicator, "review", None)
    return found


def _said(indicator: Indicator) -> tuple[str, str]:
    review = review_of(indicator)
    return (review.achieved, review.remark) if review else ("", "")
