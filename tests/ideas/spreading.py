"""Proven initiatives and their replications for tests, made through the application's actions."""

from decimal import Decimal
from uuid import uuid4

from ideas.actions import (
    InitiativeText,
    MeasureRow,
    People,
    ReplicationText,
    TaskRow,
    add_linked_tasks,
    adopt_replication,
    create_initiative,
    finish_pilot,
    publish_initiative,
    save_measures,
    take_initiative,
)
from ideas.enums import IdeaStatus
from ideas.models import Initiative, Replication
from teams.models import Office, User
from tests.ideas.register import make_idea
from workplans.models import WorkPlan

DAYS = MeasureRow("time", "day", Decimal(30), Decimal(7), "নথি দেখে")
TAKA = MeasureRow("cost", "taka", Decimal(200), Decimal("150.50"))


def make_initiative(
    office: Office,
    *,
    by: User,
    rows: tuple[MeasureRow, ...] = (DAYS,),
    people: int | None = 12_000,
    title: str = "এক পাতার নামজারি আবেদন",
    **words: object,
) -> Initiative:
    """A published page of an idea whose pilot succeeded, by the head `by`."""
    idea = make_idea(office, by=by, status=IdeaStatus.PILOTING, **words)
    save_measures(of=idea.pilot, rows=rows, people=People(people, "সেবা রেজিস্টার"), by=by)
    finish_pilot(
        pilot=idea.pilot,
        results="দিন কমেছে",
        lessons="",
        unmeasured_reason="" if rows else "মাপা হয়নি",
        by=by,
    )
    text = InitiativeText(title=title, summary="এক পাতায় আবেদন, একবারে শুনানি।")
    initiative = create_initiative(idea=idea, text=text, by=by)
    publish_initiative(initiative=initiative, by=by)
    idea.refresh_from_db()
    initiative.refresh_from_db()
    return initiative


def take(
    initiative: Initiative,
    office: Office,
    *,
    by: User,
    taken_from: Replication | None = None,
    adaptations: str = "",
) -> Replication:
    return take_initiative(
        idea=initiative.idea,
        office=office,
        taken_from=taken_from,
        text=ReplicationText(adaptations=adaptations),
        by=by,
    )


def adopt(
    replication: Replication,
    *,
    by: User,
    rows: tuple[MeasureRow, ...] = (DAYS,),
    people: int | None = 1_000,
) -> Replication:
    adopt_replication(
        replication=replication,
        rows=rows,
        people=People(people, ""),
        is_unmeasured=not rows,
        by=by,
    )
    return replication


def link_tasks(initiative: Initiative, plan: WorkPlan, rows: list[TaskRow], *, by: User) -> None:
    """Tie tasks of the plan to the initiative's pilot."""
    pilot = initiative.idea.pilot
    add_linked_tasks(of=pilot, plan=plan, subject="পাইলট", rows=rows, by=by, form_key=uuid4())


def measures_form(**typed: str) -> dict[str, str]:
    """The table of measures as its form sends it."""
    return {
        "time_before": "৩০",
        "time_after": "৭",
        "time_unit": "day",
        "people_per_year": "১,০০০",
        **typed,
    }
