"""Pilots as shown: where each stands, what it lacks, and what a meeting asks about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.models import AuditEntry, User
from workplans.enums import EDITABLE, PlanStatus, TaskState
from workplans.models import Task, WorkPlan

from . import perms
from .actions.linked_tasks import TaskRow
from .actions.measures import is_complete
from .enums import PILOTABLE, IdeaStatus, PilotStatus
from .models import Idea, Measure, Pilot, PilotQuerySet, Replication, Risk, Visit

VISIT_EVERY_DAYS = 60
MOST_ENTRIES = 50  # of a pilot's history on its page
# Plans that a new task can still go into.
TAKING = EDITABLE | {PlanStatus.APPROVED}

# The parts of nearly every pilot, offered as tasks of the work plan.
USUAL_TASKS = (
    _("পাইলটের প্রস্তুতি: %(idea)s"),
    _("সংশ্লিষ্টদের প্রশিক্ষণ: %(idea)s"),
    _("পাইলট চালু ও পরিচালনা: %(idea)s"),
    _("পাইলটের মূল্যায়ন: %(idea)s"),
)
USUAL_SUBJECT = _("উদ্ভাবনী উদ্যোগের পাইলটিং")


# --- Groups of the list ----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Group:
    """One part of the list: `name` stands in the address."""

    name: str
    label: Any
    condition: Q
    order: tuple[Any, ...]


_RUNNING = Q(status=PilotStatus.RUNNING, idea__status=IdeaStatus.PILOTING)
_PLANNED = Q(status=PilotStatus.PLANNED, idea__status=IdeaStatus.APPROVED)
GROUPS = (
    # The end that is longest past comes first, and what has no end last.
    Group(
        "running",
        pgettext_lazy("pilots", "চলমান"),
        _RUNNING,
        (F("ends_on").asc(nulls_last=True), "pk"),
    ),
    Group(
        "planned",
        pgettext_lazy("pilots", "পরিকল্পিত"),
        _PLANNED,
        (F("starts_on").asc(nulls_last=True), "pk"),
    ),
    Group(
        "ended",
        pgettext_lazy("pilots", "শেষ হয়েছে"),
        ~_RUNNING & ~_PLANNED,
        (Coalesce("finished_at", "halted_at", "begun_at", "created_at").desc(), "-pk"),
    ),
)


def group_named(name: str | None) -> Group:
    """The group asked for; the first for a name that is none."""
    return next((group for group in GROUPS if group.name == name), GROUPS[0])


def group_counts(pilots: PilotQuerySet) -> list[tuple[Group, int]]:
    """How many pilots stand in each group, in one query."""
    counts = pilots.order_by().aggregate(
        **{group.name: Count("pk", filter=group.condition) for group in GROUPS}
    )
    return [(group, counts[group.name]) for group in GROUPS]


# --- One pilot in a line ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot as it stands on `on`; made by `lines_of`, which loads what this reads."""

    idea: Idea
    pilot: Pilot | None
    on: date
    last_visit_on: date | None = None
    open_risks: int = 0
    measures: tuple[Measure, ...] = ()

    @property
    def is_running(self) -> bool:
        is_begun = self.pilot is not None and self.pilot.status == PilotStatus.RUNNING
        return is_begun and self.idea.status == IdeaStatus.PILOTING

    @property
    def days_left(self) -> int | None:
        """Days to the planned end of a running pilot, negative when it is past."""
        if not self.is_running or self.pilot is None or self.pilot.ends_on is None:
            return None
        return (self.pilot.ends_on - self.on).days

    @property
    def days_over(self) -> int:
        """Days past the end of a running pilot, or past the start of one still planned."""
        if self.pilot is None:
            return 0
        is_planned = self.pilot.status == PilotStatus.PLANNED
        due = self.pilot.starts_on if is_planned else self.pilot.ends_on
        waits = is_planned and self.idea.status == IdeaStatus.APPROVED
        if due is None or not (waits or self.is_running):
            return 0
        return max(0, (self.on - due).days)

    @property
    def missing(self) -> list[Any]:
        """What somebody should see to, in words."""
        if self.pilot is None:
            return [_("পরিকল্পনা লেখা হয়নি")]
        if self.pilot.status in (PilotStatus.STOPPED, PilotStatus.SUCCEEDED):
            is_wanting = self.pilot.status == PilotStatus.SUCCEEDED and not self._is_measured
            return [_("পরের পরিমাপ নেই")] if is_wanting else []
        if self.pilot.status == PilotStatus.RUNNING and not self.is_running:
            return [_("ফলাফল লেখা হয়নি")]
        return [words for words, lacks in self._gaps() if lacks]

    @property
    def _is_measured(self) -> bool:
        return is_complete(measure.after for measure in self.measures)

    def _gaps(self) -> tuple[tuple[Any, bool], ...]:
        pilot = self.pilot
        if pilot is None:
            return ()
        return (
            (_("তারিখ নেই"), pilot.starts_on is None or pilot.ends_on is None),
            (_("দায়িত্বপ্রাপ্ত পদ নেই"), pilot.owner_post_id is None),
            (_("আগের পরিমাপ নেই"), not self.measures),
            (_("৬০ দিনে পরিদর্শন হয়নি"), self._lacks_visit(pilot)),
        )

    def _lacks_visit(self, pilot: Pilot) -> bool:
        if pilot.status != PilotStatus.RUNNING or pilot.begun_at is None:
            return False
        seen = self.last_visit_on or timezone.localtime(pilot.begun_at).date()
        return self.on - seen > timedelta(days=VISIT_EVERY_DAYS)


def lines_of(ideas: Iterable[Idea], *, on: date) -> list[PilotLine]:
    """A line for each idea, with its pilot if it has one, in four queries."""
    ideas = list(ideas)
    keys = [idea.pk for idea in ideas]
    pilots = {
        pilot.idea_id: pilot
        for pilot in Pilot.objects.filter(idea__in=keys).select_related("owner_post", "idea")
    }
    seen = dict(
        Visit.objects.filter(pilot__idea__in=keys, visited_on__lte=on)
        .order_by()
        .values_list("pilot")
        .annotate(Max("visited_on"))
    )
    risks = dict(
        Risk.objects.filter(pilot__idea__in=keys, is_over=False)
        .order_by()
        .values_list("pilot")
        .annotate(Count("pk"))
    )
    measures: dict[int, list[Measure]] = {}
    for measure in Measure.objects.filter(pilot__idea__in=keys):
        measures.setdefault(measure.pilot_id or 0, []).append(measure)
    return [_line(idea, pilots.get(idea.pk), on, seen, risks, measures) for idea in ideas]


def _line(
    idea: Idea,
    pilot: Pilot | None,
    on: date,
    seen: dict[int, date],
    risks: dict[int, int],
    measures: dict[int, list[Measure]],
) -> PilotLine:
    if pilot is None:
        return PilotLine(idea, None, on)
    return PilotLine(
        idea=idea,
        pilot=pilot,
        on=on,
        last_visit_on=seen.get(pilot.pk),
        open_risks=risks.get(pilot.pk, 0),
        measures=tuple(measures.get(pilot.pk, ())),
    )


# --- The idea's page ---------------------------------------------------------------------------
def on_page(user: User, idea: Idea) -> dict[str, Any]:
    """What the idea's page shows of its pilot (a fixed number of queries)."""
    line = lines_of([idea], on=timezone.localdate())[0]
    return {
        "pilot_line": line,
        "pilot_is_due": line.pilot is None and perms.can_plan_pilot(user, idea),
        "can_begin_pilot": line.pilot is not None and perms.can_begin_pilot(user, line.pilot),
    }


def without_pilot(user: User) -> Any:
    """Approved ideas of one's own team whose pilot nobody has planned, the oldest first."""
    ideas = Idea.objects.own_of(user).filter(status__in=PILOTABLE, pilot__isnull=True)
    return ideas.select_related("office").order_by("received_on", "pk")


# --- Tasks -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LinkedLine:
    """A task of the plan that carries the pilot out, as it stands today."""

    task: Task
    state: TaskState
    late_days: int


def task_lines(of: Pilot | Replication, *, on: date) -> list[LinkedLine]:
    """The tasks tied to a pilot or replication that are still in their plans, in one query."""
    own = {"idea_link__pilot": of} if isinstance(of, Pilot) else {"idea_link__replication": of}
    tasks = Task.objects.filter(**own).kept().with_progress().select_related("plan", "subject")
    return [
        LinkedLine(task, task.state(on), task.late_days)
        for task in tasks.order_by("starts_on", "pk")
    ]


def plans_for_tasks(user: User, office_id: int, *, on: date) -> Any:
    """The plans that can take a task from this person, the one under way first."""
    states = TAKING if user.scope.leads(office_id) else EDITABLE
    plans = WorkPlan.objects.own_of(user).filter(office_id=office_id, ends_on__gte=on)
    newest = WorkPlan.objects.filter(
        office=OuterRef("office"), starts_on=OuterRef("starts_on"), ends_on=OuterRef("ends_on")
    ).order_by("-revision")
    return plans.filter(status__in=states, pk=Subquery(newest.values("pk")[:1])).order_by(
        "starts_on", "ends_on", "pk"
    )


def usual_tasks(pilot: Pilot) -> list[TaskRow]:
    """The rows offered for a pilot, with its own dates and owner."""
    owner = pilot.owner_post.designation_bn if pilot.owner_post else ""
    starts_on = pilot.starts_on or timezone.localdate()
    return [
        TaskRow(
            title=str(title) % {"idea": pilot.idea.title},
            starts_on=starts_on,
            ends_on=pilot.ends_on,
            responsible_text=owner,
        )
        for title in USUAL_TASKS
    ]


# --- History -----------------------------------------------------------------------------------
HAPPENED = {
    "pilot.plan": _("পাইলটের পরিকল্পনা লেখা হয়েছে"),
    "pilot.update": _("পরিকল্পনা বদলানো হয়েছে"),
    "pilot.begin": _("পাইলট শুরু হয়েছে"),
    "pilot.measure": _("পরিমাপ লেখা হয়েছে"),
    "pilot.add_tasks": _("কর্মপরিকল্পনায় কাজ যোগ হয়েছে"),
    "pilot.finish": _("পাইলট সফলভাবে শেষ হয়েছে"),
    "pilot.unmeasured": _("পরের পরিমাপ ছাড়াই শেষ করা হয়েছে"),
    "pilot.halt": _("পাইলট বন্ধ করা হয়েছে"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a pilot's history; `words` say more where there is more to say."""

    entry: AuditEntry
    label: Any
    words: str = ""


def history_of(pilot: Pilot) -> Sequence[Happening]:
    """What happened to a pilot, the newest first, in one query."""
    entries = AuditEntry.objects.filter(
        object_type=pilot._meta.label_lower, object_id=pilot.pk, action__in=HAPPENED
    ).select_related("by", "by_post")
    return [
        Happening(entry, HAPPENED[entry.action], str(entry.after.get("reason", "")))
        for entry in entries[:MOST_ENTRIES]
    ]
