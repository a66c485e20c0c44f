"""The states of a plan that can be read again and laid over each other."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from teams.models import User
from teams.templatetags.bangla_tags import day, digits

from .enums import EDITABLE, SENT, Occasion, PlanStatus
from .models import OPEN_REVISION, PlanSnapshot, WorkPlan
from .snapshots import Row, plan_rows

# Codes of addresses beside the numbers of what was approved.
OPEN, SENT_BEFORE = "open", "sent"


@dataclass(frozen=True)
class Point:
    """One state of a plan: `code` names it in addresses, `rows` loads what it says."""

    code: str
    label: str
    rows: Callable[[], list[Row]]


def standing(plan: WorkPlan) -> WorkPlan:
    """The plan that is in force: of a revision the one it revises."""
    return plan.revises or plan


def status_words(plan: WorkPlan) -> str:
    """Where a plan stands, as papers say it: with its version, from the second on."""
    status = str(plan.get_status_display())
    if not plan.is_revision and plan.revision == 1:
        return status
    number = digits(plan.revision)
    if plan.status in EDITABLE:
        return _("সংস্করণ %(number)s-এর খসড়া, এখনো বলবৎ নয়") % {"number": number}
    return _("সংস্করণ %(number)s, %(status)s") % {"number": number, "status": status}


def being_written(user: User, plan: WorkPlan) -> WorkPlan | None:
    """What of this plan is not in force (yet), if the person may see it.

    Of a plan in force its open revision; a revision, or a plan never approved, is so itself.
    """
    if plan.is_revision:
        return plan if plan.status != PlanStatus.APPROVED else None
    if plan.status not in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
        return plan
    open_ones = plan.revisions.filter(status__in=OPEN_REVISION)
    return open_ones.filter(pk__in=WorkPlan.everything.visible_to(user)).first()


def points_of(user: User, plan: WorkPlan) -> dict[str, Point]:
    """Every state this person may read, the oldest first, by its code."""
    live, written = standing(plan), being_written(user, plan)
    snapshots = PlanSnapshot.objects.visible_to(user).filter(plan=live).approved()
    points = [_of_snapshot(snapshot) for snapshot in snapshots.order_by("revision")]
    if not points and live.status in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
        points = [_of_plan(live, str(live.revision))]
    if written and (before := sent_before(user, written)):
        words = _("আগের পেশ, %(day)s") % {"day": day(before.taken_at)}
        points.append(Point(SENT_BEFORE, words, lambda: before.rows))
    if written:
        points.append(_of_plan(written, OPEN))
    return {point.code: point for point in points}


def sent_before(user: User, plan: WorkPlan) -> PlanSnapshot | None:
    """What was submitted and came back, for whoever mends it and for the head who sees it again.

    Of a plan that waits for the head it is the submission before this one. Offices above do not
    read what was sent back.
    """
    if plan.returned_at is None or not user.scope.is_in_team(plan.office_id):
        return None
    sent = plan.snapshots.filter(occasion=Occasion.SUBMITTED).order_by("-pk")
    last = list(sent[:2])
    is_back = plan.status in SENT
    return last[1] if is_back and len(last) > 1 else last[0] if last and not is_back else None


def basis_of(user: User, plan: WorkPlan) -> tuple[str, list[Row]] | None:
    """What the plan's words are marked against in its grid, and how that is said.

    What came back is marked against what was sent; a revision that was not, against the plan in
    force. None when nothing is to be marked (and then nothing is loaded).
    """
    if plan.status not in OPEN_REVISION:
        return None
    if before := sent_before(user, plan):
        is_mending = plan.status not in SENT
        return (_("ফেরতের পরে বদলানো") if is_mending else _("ফেরতের পরে বদলে পেশ করা")), before.rows
    if plan.revises is None:
        return None
    in_force = plan.revises.snapshots.approved().order_by("-revision").first()
    return (_("বলবৎ পরিকল্পনা থেকে বদলানো"), in_force.rows) if in_force else None


def _of_snapshot(snapshot: PlanSnapshot) -> Point:
    words = _("সংস্করণ %(number)s, %(day)s") % {
        "number": digits(snapshot.revision),
        "day": day(snapshot.taken_at),
    }
    return Point(str(snapshot.revision), words, lambda: snapshot.rows)


def _of_plan(plan: WorkPlan, code: str) -> Point:
    words = _("সংস্করণ %(number)s, %(status)s") % {
        "number": digits(plan.revision),
        "status": plan.get_status_display(),
    }
    return Point(code, words, lambda: plan_rows(plan))
