"""Changes of offices: planned for a day, called off before it, carried out on it."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import F, Max, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit import record
from ..enums import ChangeKind, ChangeStatus, Role, TeamStatus
from ..models import Office, OfficeChange, OfficeName, Post, PostHolding, Team, User
from ..office_changes import NAMES, Wanted, is_planned_already, objections
from ..perms.administration import can_change_offices
from ..transitions import WrongState

# What the head or innovation officer of a merged office is in the other one, until its head
# forms the team anew: they go on with their papers, and send none in its name.
ROLE_AFTER_MERGER = {Role.HEAD: Role.MEMBER, Role.INNOVATION_OFFICER: Role.MEMBER}


class ChangeRefused(Exception):
    """The change cannot take place; `reasons` are sentences for the user."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def plan_change(*, wanted: Wanted, by: User) -> OfficeChange:
    """Write a change down for its day, and carry it out if that day is there already.

    Raises ChangeRefused, PermissionDenied.
    """
    if not can_change_offices(by):
        raise PermissionDenied
    Office.objects.select_for_update().get(pk=wanted.office.pk)
    if is_planned_already(wanted):
        raise ChangeRefused([_("ঠিক এই পরিবর্তনটি আগেই নির্ধারিত আছে।")])
    if reasons := objections(wanted):
        raise ChangeRefused(reasons)
    change = OfficeChange.objects.create(
        kind=wanted.kind,
        office=wanted.office,
        effective_on=wanted.effective_on,
        source=wanted.source,
        details=wanted.details,
        created_by=by,
    )
    change.others.set(wanted.others)
    record("officechange.plan", change, by=by, office=wanted.office, after=_told(wanted))
    apply_change(change=change, by=by)
    return change


@transaction.atomic
def cancel_change(*, change: OfficeChange, by: User) -> None:
    """Call a change off before its day has come. Raises WrongState, PermissionDenied."""
    if not can_change_offices(by):
        raise PermissionDenied
    waiting = OfficeChange.objects.filter(pk=change.pk, status=ChangeStatus.PLANNED)
    if not waiting.update(
        status=ChangeStatus.CANCELLED,
        cancelled_at=timezone.now(),
        cancelled_by=by,
        version=F("version") + 1,
    ):
        raise WrongState(_("পরিবর্তনটি এর মধ্যে কার্যকর বা বাতিল হয়ে গেছে।"))
    change.refresh_from_db()
    record(
        "officechange.cancel",
        change,
        by=by,
        office=change.office,
        before={"status": ChangeStatus.PLANNED},
        after={"status": ChangeStatus.CANCELLED},
    )


@transaction.atomic
def apply_change(*, change: OfficeChange, by: User | None) -> bool:
    """Carry a change out if its day has come, once; whether it was this call that did.

    `by` is None for the worker, which only does what somebody has planned. Raises
    ChangeRefused when the offices no longer are what the plan took them for, PermissionDenied.
    """
    if by is not None and not can_change_offices(by):
        raise PermissionDenied
    due = OfficeChange.objects.waiting(timezone.localdate()).filter(pk=change.pk)
    now = timezone.now()
    # One UPDATE decides who does it: of many at once the others find nothing planned any more.
    if not due.order_by().update(
        status=ChangeStatus.APPLIED, applied_at=now, version=F("version") + 1
    ):
        return False
    change.refresh_from_db()
    list(Office.objects.select_for_update().filter(pk=change.office_id))
    wanted = Wanted.of(change)
    if reasons := objections(wanted):
        raise ChangeRefused(reasons)
    try:
        with transaction.atomic():
            rows = _CARRY_OUT[ChangeKind(change.kind)](change, wanted)
    except IntegrityError as clash:
        reason = _("দপ্তর বা পদের নাম মিলে গেছে। নামগুলো মিলিয়ে আবার নির্ধারণ করুন।")
        raise ChangeRefused([reason]) from clash
    change.details = {key: said for key, said in change.details.items() if key != "trouble"}
    change.save(update_fields=["details"])
    record(
        "officechange.apply",
        change,
        by=by,
        office=wanted.office,
        before={"status": ChangeStatus.PLANNED},
        after={"status": ChangeStatus.APPLIED, **_told(wanted)},
        rows=rows,
    )
    return True


def apply_due_changes(*, today: date) -> int:
    """Carry out what has come due, each by itself; how many were. One that cannot says why."""
    done = 0
    for change in OfficeChange.objects.waiting(today).select_related("office"):
        try:
            done += apply_change(change=change, by=None)
        except ChangeRefused as why:
            OfficeChange.objects.filter(pk=change.pk, status=ChangeStatus.PLANNED).update(
                details={**change.details, "trouble": why.reasons}
            )
    return done


# --- What each kind does -----------------------------------------------------------------------
def _create(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    return [_new_office(change, wanted, parent=wanted.office, tier=wanted.details["tier"])]


def _rename(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    office = wanted.office
    OfficeName.objects.get_or_create(
        office=office,
        valid_to=change.effective_on - timedelta(days=1),
        defaults={"change": change, **{name: getattr(office, name) for name in NAMES}},
    )
    for name in NAMES:
        setattr(office, name, wanted.details[name])
    office.save()
    return [office]


def _move(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    wanted.office.parent = Office.objects.get(pk=wanted.details["parent"])
    wanted.office.save()  # which takes the whole branch along
    return [wanted.office]


def _merge(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    """The others' posts and offices below come over; their papers can be reached from here."""
    target = wanted.office
    rows: list[models.Model] = [target, *wanted.others]
    absorbed = set(target.absorbed_ids)
    for other in wanted.others:
        for child in other.children.active():
            child.parent = target
            child.save()
            rows.append(child)
        rows += _rehome(other, target)
        absorbed |= {other.pk, *other.absorbed_ids}
        other.is_active, other.merged_into, other.parent = False, target, target
        other.save()
    target.absorbed_ids = sorted(absorbed)
    target.save()
    return [*rows, *_dissolve_teams(change, wanted.others)]


def _split(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    office = wanted.office
    made = _new_office(change, wanted, parent=office.parent, tier=office.tier)
    posts = list(office.posts.active().filter(pk__in=wanted.details["posts"]))
    for post in posts:
        post.office = made
        post.save(update_fields=["office"])
    return [made, *posts]


def _close(change: OfficeChange, wanted: Wanted) -> list[models.Model]:
    """Nobody holds a post there from that day on; the papers stay for those above."""
    office = wanted.office
    last_day = change.effective_on - timedelta(days=1)
    open_then = Q(ends_on__isnull=True) | Q(ends_on__gte=change.effective_on)
    held = list(PostHolding.objects.filter(open_then, post__office=office))
    PostHolding.objects.filter(pk__in=[one.pk for one in held]).update(
        ends_on=Greatest(F("starts_on"), models.Value(last_day))
    )
    posts = list(office.posts.active())
    for post in posts:
        post.is_active = False
        post.save(update_fields=["is_active"])
    office.is_active = False
    office.save()
    return [office, *posts, *held, *_dissolve_teams(change, (office,))]


_CARRY_OUT = {
    ChangeKind.CREATE: _create,
    ChangeKind.RENAME: _rename,
    ChangeKind.MOVE: _move,
    ChangeKind.MERGE: _merge,
    ChangeKind.SPLIT: _split,
    ChangeKind.CLOSE: _close,
}


def _new_office(
    change: OfficeChange, wanted: Wanted, *, parent: Office | None, tier: str
) -> Office:
    names = {name: wanted.details[name] for name in NAMES}
    made = Office.objects.create(code=wanted.details["code"], tier=tier, parent=parent, **names)
    change.details = {**change.details, "made": made.pk}
    return made


def _rehome(other: Office, target: Office) -> list[models.Model]:
    """The posts of a merged office stand in the other one, after those it has."""
    known = set(target.posts.values_list("designation_bn", flat=True))
    last = target.posts.aggregate(last=Max("position"))["last"] or 0
    posts = list(other.posts.active())
    for number, post in enumerate(posts, start=1):
        post.designation_bn = _free_designation(post, other, known)
        known.add(post.designation_bn)
        post.office, post.position = target, min(last + number, 32_767)
        post.role = ROLE_AFTER_MERGER.get(Role(post.role), post.role)
        post.save(update_fields=["office", "position", "role", "designation_bn"])
    return list(posts)


def _free_designation(post: Post, other: Office, known: set[str]) -> str:
    """The designation, told apart by the old office's place where the other has the same."""
    if post.designation_bn not in known:
        return post.designation_bn
    room = Post._meta.get_field("designation_bn").max_length or 0
    suffix = f" ({other.place_bn})"
    told_apart = post.designation_bn[: room - len(suffix)] + suffix
    return told_apart if told_apart not in known else f"{told_apart[: room - 12]} {post.pk}"


def _dissolve_teams(change: OfficeChange, offices: tuple[Office, ...]) -> list[Team]:
    """An office that is no more has no team any more; returns the teams that ended."""
    teams = list(Team.objects.in_force().filter(office__in=offices).defer("content"))
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(
        status=TeamStatus.DISSOLVED,
        ended_on=Greatest(F("formed_on"), models.Value(change.effective_on)),
        dissolved_at=timezone.now(),
        dissolved_by=change.created_by,
        dissolved_reason=change.source,
        version=F("version") + 1,
    )
    return teams


def _told(wanted: Wanted) -> dict[str, Any]:
    """The change as the record keeps it."""
    details = {key: said for key, said in wanted.details.items() if key != "trouble"}
    return {
        "kind": wanted.kind,
        "effective_on": wanted.effective_on.isoformat(),
        "source": wanted.source,
        "others": [office.code for office in wanted.others],
        **details,
    }
