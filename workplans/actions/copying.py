"""A task copied into another plan: into a revision of its own, or into the plan of another year."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model

from teams.models import Post, User

from ..models import INDICATOR_CELLS, Indicator, QuarterTarget, Subject, Task, WorkPlan
from .writing import COMPUTED, TEXT_FIELDS, link_posts, next_position, subject_named, write_cells

# The words and numbers of an indicator that go with it.
_OF_INDICATOR = ("position", *INDICATOR_CELLS)
# Computed from the words and the period; the same in a copy for the same period.
OF_SCHEDULE = tuple(dict.fromkeys((*COMPUTED, "part_count", "due_on")))


def copy_task(
    task: Task,
    *,
    plan: WorkPlan,
    by: User | None,
    as_revision: bool = False,
    carry: bool = False,
    posts: Sequence[Post] | None = None,
    words: Mapping[str, str] | None = None,
    form_key: UUID | None = None,
) -> Task:
    """Copy a row into another plan, at the end of the subject of the same name, without progress.

    With it go its cells, terms of reference, indicators and quarterly targets. `as_revision`: the
    copy is what a revision of the task's own plan is written on, and is tied to it row by row.
    `carry`: the copy carries the task on and remembers where it came from. In a plan of another
    period the words of the dates are read anew, and posts are found among `posts` (the office's
    own active ones unless given); `words` are other words for some of its cells, `form_key` the
    number by which the same copy is known again. The caller has locked `plan` and records what
    `written_with` lists.
    """
    subject = _subject_in(plan, task.subject)
    copy = Task(
        plan=plan,
        subject=subject,
        position=next_position(subject.tasks),
        revises=task if as_revision else None,
        carried_from=task if carry else None,
        updated_by=by,
    )
    if form_key is not None:
        copy.form_key = form_key
    if as_revision:
        for name in (*TEXT_FIELDS, *OF_SCHEDULE, "doubts"):
            setattr(copy, name, getattr(task, name))
        copy.save()
        copy.responsible.set(task.responsible.all())
    else:
        write_cells(copy, {name: getattr(task, name) for name in TEXT_FIELDS} | dict(words or {}))
        copy.save()
        link_posts(copy, posts)
    copy.terms.set(task.terms.all())
    for indicator in task.indicators.kept():
        copy_indicator(indicator, task=copy, by=by, as_revision=as_revision)
    return copy


def copy_indicator(
    indicator: Indicator, *, task: Task, by: User | None, as_revision: bool = False
) -> Indicator:
    """Copy an indicator with its quarterly targets onto another task."""
    copy: Indicator = Indicator.objects.create(
        task=task,
        revises=indicator if as_revision else None,
        updated_by=by,
        **values_of(indicator),
    )
    copy_quarters(indicator, copy)
    return copy


def copy_quarters(indicator: Indicator, to: Indicator) -> None:
    """Give `to` the quarterly targets of `indicator`, and no others."""
    to.quarter_targets.all().delete()
    QuarterTarget.objects.bulk_create(
        QuarterTarget(indicator=to, quarter=one.quarter, target=one.target)
        for one in indicator.quarter_targets.all()
    )


def values_of(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in _OF_INDICATOR}


def written_with(task: Task) -> list[Model]:
    """A row with all that hangs on its words, for the record."""
    indicators = list(task.indicators.prefetch_related("quarter_targets"))
    targets = [target for one in indicators for target in one.quarter_targets.all()]
    return [task.subject, task, *indicators, *targets]


def _subject_in(plan: WorkPlan, subject: Subject) -> Subject:
    """The subject of that name in the plan; a new one gets the weight as well."""
    found = subject_named(plan, subject.name)
    if found.weight is None and subject.weight is not None and not found.tasks.exists():
        found.weight = subject.weight
        found.save(update_fields=["weight"])
    return found
