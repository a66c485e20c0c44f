"""A plan with its indicators: what was achieved, the team's score and the reviewer's.

The scored and the quarterly form, the page of scores and the grid are drawn from this one shape.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from teams.templatetags.bangla_tags import digits

from .enums import PlanForm
from .models import Indicator, IndicatorReview, ProgressEntry, Subject, Task, WorkPlan
from .periods import months_after, months_label
from .scoring import RawScore, Span, plain_number, raw_score, total, weighted_score
from .table import PlanTable, SubjectGroup, TaskRow, plan_table

FULL_WEIGHT = Decimal(100)


def weight_words(weight: Decimal | None) -> str:
    """A weight as officers write it: "১০", "২.৫"; "" for none."""
    return digits(plain_number(weight))


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the plan's period; a half-year has two."""

    number: int
    starts_on: date
    ends_on: date

    @property
    def ordinal(self) -> str:
        """১ম ত্রৈমাসিক"""
        return (_("১ম ত্রৈমাসিক"), _("২য় ত্রৈমাসিক"), _("৩য় ত্রৈমাসিক"), _("৪র্থ ত্রৈমাসিক"))[
            self.number - 1
        ]

    @property
    def label(self) -> str:
        """জুলাই–সেপ্টেম্বর ২০২৬"""
        return months_label(self.starts_on, self.ends_on)


@dataclass(frozen=True, slots=True)
class Score:
    """One side's figures of an indicator.

    `achieved` is as written, "" where nothing is; `raw` in per cent and `weighted` in points
    have two decimals or are None, and `reason` says why.
    """

    achieved: str
    raw: Decimal | None
    weighted: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class QuarterFigures:
    """What an indicator was to have reached, and had reached, by the end of a quarter.

    `achieved` is "" for a quarter that has not begun, or when nothing had been reported.
    """

    quarter: Quarter
    target: str
    achieved: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """`own` is the self-assessment, `accepted` what the reviewer makes of it."""

    indicator: Indicator
    number: str
    own: Score
    accepted: Score
    review: IndicatorReview | None
    quarters: tuple[QuarterFigures, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        return self.indicator.targets


@dataclass(frozen=True, slots=True)
class TaskScores:
    """A row of the plan with its indicators; `row.number` is "৩.২", `row.serial` runs through."""

    row: TaskRow
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Objective:
    """A subject with its tasks. The sums are None where nothing is known."""

    group: SubjectGroup
    tasks: tuple[TaskScores, ...]

    @property
    def subject(self) -> Subject:
        return self.group.subject

    @property
    def number(self) -> str:
        return self.group.number

    @property
    def weight(self) -> Decimal | None:
        return self.subject.weight

    @property
    def indicators(self) -> list[IndicatorRow]:
        return [one for task in self.tasks for one in task.indicators]

    @property
    def indicator_weight(self) -> Decimal | None:
        """What the weights of its indicators add up to."""
        return total(one.indicator.weight for one in self.indicators)

    @property
    def own(self) -> Decimal | None:
        return total(one.own.weighted for one in self.indicators)

    @property
    def accepted(self) -> Decimal | None:
        return total(one.accepted.weighted for one in self.indicators)

    @property
    def is_balanced(self) -> bool:
        """Whether its indicators' weights add up to its own; nothing to add up is fine."""
        return self.indicator_weight is None or self.indicator_weight == self.weight


@dataclass(frozen=True, slots=True)
class ScoreTable:
    plan: WorkPlan
    objectives: tuple[Objective, ...]
    quarters: tuple[Quarter, ...]

    @property
    def tasks(self) -> list[TaskScores]:
        return [task for objective in self.objectives for task in objective.tasks]

    @property
    def indicators(self) -> list[IndicatorRow]:
        return [one for objective in self.objectives for one in objective.indicators]

    @property
    def has_quarters(self) -> bool:
        """Whether there is anything to say quarter by quarter."""
        is_quarterly = self.plan.form == PlanForm.QUARTERLY
        return is_quarterly or any(one.target for row in self.indicators for one in row.quarters)

    @property
    def weight(self) -> Decimal | None:
        """What the objectives' weights add up to; it should be 100."""
        return total(objective.weight for objective in self.objectives)

    @property
    def own(self) -> Decimal | None:
        return total(objective.own for objective in self.objectives)

    @property
    def accepted(self) -> Decimal | None:
        return total(objective.accepted for objective in self.objectives)

    @property
    def is_balanced(self) -> bool:
        return self.weight == FULL_WEIGHT

    @property
    def unbalanced(self) -> list[Objective]:
        return [objective for objective in self.objectives if not objective.is_balanced]


def score_table(
    plan: WorkPlan, *, today: date, until: date | None = None, table: PlanTable | None = None
) -> ScoreTable:
    """Load a plan's indicators with their scores: three queries beside those of `plan_table`.

    With `until`, the achievements are those known of at the end of that day. `table` spares
    loading the rows again. A revision shows what was achieved on the plan that it revises.
    """
    table = table or plan_table(plan, today=today, until=until)
    by_task = indicator_rows(plan, table.rows, today=today, until=until)
    objectives = tuple(
        Objective(group, tuple(TaskScores(row, by_task[row.task.pk]) for row in group.rows))
        for group in table.groups
    )
    return ScoreTable(plan, objectives, quarters_of(plan))


def indicator_rows(
    plan: WorkPlan, rows: Sequence[TaskRow], *, today: date, until: date | None = None
) -> dict[int, tuple[IndicatorRow, ...]]:
    """The indicators of these rows by the task's number, each with its scores; three queries."""
    numbers = {row.task.pk: row.number for row in rows}
    return _rows_of(plan, numbers, today=today, until=until)


def indicators_of_task(task: Task, *, today: date) -> tuple[IndicatorRow, ...]:
    """The indicators of one task with their scores; three queries."""
    return _rows_of(task.plan, {task.pk: ""}, today=today)[task.pk]


def _rows_of(
    plan: WorkPlan, numbers: Mapping[int, str], *, today: date, until: date | None = None
) -> dict[int, tuple[IndicatorRow, ...]]:
    indicators = list(
        Indicator.objects.kept()
        .filter(task__plan=plan, task__in=numbers)
        .select_related("review__reviewed_by", "review__by_post", "updated_by")
        .prefetch_related("quarter_targets")
        .order_by("position", "pk")
    )
    reached = _achievements(indicators, until)
    by_task: dict[int, list[Indicator]] = {task: [] for task in numbers}
    for indicator in indicators:
        by_task[indicator.task_id].append(indicator)
    quarters = quarters_of(plan)
    begun = sum(quarter.starts_on <= (until or today) for quarter in quarters)
    return {
        task: tuple(
            _indicator_row(
                indicator,
                number=_number(numbers[task], place, len(own)),
                period=(plan.starts_on, plan.ends_on),
                reached=reached[_origin(indicator)],
                quarters=quarters,
                begun=begun,
            )
            for place, indicator in enumerate(own, start=1)
        )
        for task, own in by_task.items()
    }


def _number(of_task: str, place: int, count: int) -> str:
    """ "৩.২" of the only indicator of task ৩.২, "৩.২.১" of the first of several."""
    return digits(f"{of_task}.{place}") if of_task and count > 1 else of_task


def quarters_of(plan: WorkPlan) -> tuple[Quarter, ...]:
    """The quarters of the plan's period, counted from its first day."""
    quarters: list[Quarter] = []
    first = plan.starts_on
    while first < plan.ends_on:
        following = months_after(first, 3)
        quarters.append(Quarter(len(quarters) + 1, first, following - timedelta(days=1)))
        first = following
    return tuple(quarters)


# --- Achievements ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Reached:
    """The values reported on an indicator, oldest first, with their days."""

    days: tuple[date, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def last(self) -> str:
        return self.values[-1] if self.values else ""

    def by(self, day: date) -> str:
        """What had been reached at the end of a day: values are cumulative, the last counts."""
        at = bisect_right(self.days, day)
        return self.values[at - 1] if at else ""


def _origin(indicator: Indicator) -> int:
    """Progress hangs on the plan's own indicators, also while a revision is written."""
    return indicator.revises_id or indicator.pk


def _achievements(indicators: Iterable[Indicator], until: date | None) -> dict[int, _Reached]:
    entries = (
        ProgressEntry.objects.filter(indicator_id__in=[_origin(one) for one in indicators])
        .exclude(achieved_value="")
        .order_by("on", "pk")
    )
    if until is not None:
        entries = entries.filter(on__lte=until)
    said: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for indicator_id, on, achieved in entries.values_list("indicator_id", "on", "achieved_value"):
        said[indicator_id].append((on, achieved))
    found: dict[int, _Reached] = defaultdict(_Reached)
    for indicator_id, pairs in said.items():
        found[indicator_id] = _Reached(*map(tuple, zip(*pairs, strict=True)))
    return found


def _indicator_row(
    indicator: Indicator,
    *,
    number: str,
    period: Span,
    reached: _Reached,
    quarters: tuple[Quarter, ...],
    begun: int,
) -> IndicatorRow:
    review = getattr(indicator, "review", None)
    targets = {one.quarter: one.target for one in indicator.quarter_targets.all()}
    return IndicatorRow(
        indicator=indicator,
        number=number,
        own=_score(indicator, reached.last, period),
        accepted=_score(indicator, review.achieved if review else "", period),
        review=review,
        quarters=tuple(
            QuarterFigures(
                quarter,
                targets.get(quarter.number, ""),
                reached.by(quarter.ends_on) if quarter.number <= begun else "",
            )
            for quarter in quarters
        ),
    )


def _score(indicator: Indicator, achieved: str, period: Span) -> Score:
    raw: RawScore = raw_score(indicator.unit, indicator.targets, achieved, period=period)
    return Score(achieved, raw.value, weighted_score(indicator.weight, raw.value), raw.reason)
