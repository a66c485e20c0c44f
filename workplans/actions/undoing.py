"""Taking back: what a person did last in a plan, read from the record and put as it was.

The record says what was done; the versions of the rows say what they said before. Nothing is
taken back over somebody's head: a row that has been changed since stays as it is, and its writer
is told. Taking back is itself a change with an entry of its own, which names the one it undid;
the next one goes a step further back.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.audit import record
from teams.history.versions import Fields
from teams.models import AuditEntry, RowVersion, TermOfReference, User
from teams.transitions import WrongState

from ..models import Subject, Task, WorkPlan
from .rows import put_in_subject
from .terms import set_terms
from .writing import (
    TEXT_FIELDS,
    cells_after,
    drop_empty_subjects,
    link_posts,
    new_version,
    next_position,
    open_for_writing,
    subject_named,
    texts_of,
)

# One takes back what one remembers: the work of a day, not that of last week.
REACH = timedelta(hours=12)
DEPTH = 60  # entries of one's own that are looked through
UNDO = "task.undo"
# They change where a row stands, whether it is shown or what it serves, not what it says.
WORDS_STAY = frozenset({"task.move", "task.delete", "task.restore", "task.tag"})
NO_CHANGES = frozenset({"workplan.create", "workplan.switch_form"})
TASK, SUBJECT = Task._meta.label_lower, Subject._meta.label_lower


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the sentence that says so, and the row to look at, if there is one."""

    words: str
    task: Task | None


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the record that is to be taken back, in its locked plan."""

    entry: AuditEntry
    plan: WorkPlan
    by: User

    @property
    def task(self) -> Task:
        return Task.everything.select_related("subject").get(pk=self.entry.object_id)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The row that was put as it was, what it said until now, and what changed beside it."""

    row: Task | Subject
    before: dict[str, str]
    rows: Sequence[models.Model] = ()


@transaction.atomic
def undo_last(*, plan: WorkPlan, by: User) -> Undone:
    """Take back the last change that this person made to the text of a plan and still stands.

    Raises PermissionDenied, and WrongState with a sentence: when there is nothing to take back,
    when the last thing done is of another kind, when somebody has changed the row meanwhile.
    """
    plan = open_for_writing(plan, by)
    for entry in _own_changes(plan, by):
        if entry.action not in TAKERS:
            raise WrongState(_("আপনার শেষ কাজটি এখান থেকে ফেরানো যায় না।"))
        words, take_back = TAKERS[entry.action]
        taken = take_back(Step(entry, plan, by))
        if taken is None:  # it had changed nothing
            continue
        drop_empty_subjects(plan)
        record(
            "task.undo",
            taken.row,
            by=by,
            office=plan.office,
            before=taken.before,
            after={"entry": entry.pk},
            rows=taken.rows,
        )
        is_shown = isinstance(taken.row, Task) and taken.row.deleted_at is None
        return Undone(str(words), taken.row if is_shown else None)  # type: ignore[arg-type]
    raise WrongState(_("ফিরিয়ে নেওয়ার মতো আপনার কোনো সাম্প্রতিক পরিবর্তন নেই।"))


# --- Which change ----------------------------------------------------------------------------
def _own_changes(plan: WorkPlan, by: User) -> list[AuditEntry]:
    """This person's changes of the plan that still stand, the youngest first."""
    own = AuditEntry.objects.filter(
        Q(object_type=TASK, object_id__in=plan.tasks.values("pk"))
        | Q(object_type=SUBJECT, object_id__in=plan.subjects.values("pk"))
        | Q(object_type=WorkPlan._meta.label_lower, object_id=plan.pk),
        by=by,
        at__gte=timezone.now() - REACH,
    )
    recent = list(own.exclude(action__in=NO_CHANGES).order_by("-pk")[:DEPTH])
    gone = _undone(recent) | _put_back_by_hand(recent)
    return [one for one in recent if one.pk not in gone and one.action != UNDO]


def _undone(entries: Iterable[AuditEntry]) -> set[int]:
    return {one.after["entry"] for one in entries if one.action == UNDO}


def _put_back_by_hand(recent: Sequence[AuditEntry]) -> set[int]:
    """A row deleted and then restored: whoever did both has taken the first back already."""
    found: set[int] = set()
    waiting: dict[int, int] = {}  # the task -> the entry that restored it
    for one in recent:
        if one.action == "task.restore":
            waiting[one.object_id] = one.pk
        elif one.action == "task.delete" and one.object_id in waiting:
            found |= {one.pk, waiting.pop(one.object_id)}
    return found


def _refuse_if_changed_since(step: Step, row: Task | Subject, *, ignoring: Iterable[str]) -> None:
    """Raises WrongState when anybody has changed the row after the entry, and it still stands.

    A change is what left a version of the row; only a move within its subject leaves none.
    """
    label = row._meta.label_lower
    versions = RowVersion.objects.filter(object_type=label, object_id=row.pk)
    later = list(
        AuditEntry.objects.filter(
            Q(object_type=label, object_id=row.pk, action__in={UNDO, "task.move"} - set(ignoring))
            | Q(pk__in=versions.values("entry_id")),
            pk__gt=step.entry.pk,
        ).select_related("by")
    )
    gone = _undone(later)
    standing = [one for one in later if one.action not in {UNDO, *ignoring} and one.pk not in gone]
    if standing:
        raise _met(row, standing[-1].by)


def _met(row: Task | Subject, who: User | None) -> WrongState:
    name = who.name if who else _("আরেকজন")
    return WrongState(
        _("“%(row)s” এর মধ্যে %(name)s বদলেছেন; তাই আপনার পরিবর্তন ফেরানো গেল না।")
        % {"row": str(row) or _("বিষয় লেখা নেই"), "name": name}
    )


# --- How each is taken back ------------------------------------------------------------------
def _take_back_words(step: Step) -> TakenBack | None:
    """The row says again what it said, under the subject it stood under."""
    task = step.task
    if (pair := _versions_around(step)) is None:
        return None
    was, became = pair
    _refuse_if_changed_since(step, task, ignoring=WORDS_STAY)
    if task.deleted_at or any(getattr(task, name) != became[name] for name in TEXT_FIELDS):
        raise _met(task, task.updated_by)
    before = texts_of(task)
    fields = {name: was[name] for name in TEXT_FIELDS}
    values = cells_after(task, step.plan, fields)
    if "doubts" in step.entry.before:
        values["doubts"] = step.entry.before["doubts"]
    Task.everything.filter(pk=task.pk).update(**values, **new_version(step.by))
    moved_to: list[models.Model] = []
    if was["subject"] != became["subject"] and _is_under(task, became["subject"]):
        moved_to = [_put_back(step, task, was["subject"])]
    if was.get("terms") != became.get("terms"):
        _return_terms(task, was, became)
    task.refresh_from_db()
    task.plan = step.plan
    link_posts(task)
    return TakenBack(task, before, moved_to)


def _take_back_terms(step: Step) -> TakenBack | None:
    """The task serves again what it served; the row's words are another matter."""
    task = step.task
    if (pair := _versions_around(step)) is None:
        return None
    was, became = pair
    if not _return_terms(task, was, became):
        raise _met(task, None)
    return TakenBack(task, {})


def _return_terms(task: Task, was: Fields, became: Fields) -> bool:
    """False when they are others by now than the change left."""
    if set(task.terms.values_list("pk", flat=True)) != set(became["terms"]):
        return False
    set_terms(task, TermOfReference.objects.filter(pk__in=was["terms"]))
    return True


def _versions_around(step: Step) -> tuple[Fields, Fields] | None:
    """What the row said before the entry and after it; None when it says the same."""
    versions = RowVersion.objects.filter(object_type=TASK, object_id=step.entry.object_id)
    became = versions.filter(entry=step.entry).order_by("-number").first()
    was = versions.filter(number=became.number - 1).first() if became else None
    return (was.fields, became.fields) if was and became else None


def _take_back_new_row(step: Step) -> TakenBack:
    task = step.task
    _refuse_if_changed_since(step, task, ignoring=WORDS_STAY)
    if task.progress.exists() or task.comments.exclude(created_by=step.by).exists():
        raise WrongState(
            _("“%(row)s” কাজে এর মধ্যে অগ্রগতি বা মন্তব্য এসেছে; তাই সারিটি তুলে নেওয়া গেল না।")
            % {"row": task}
        )
    return _hide(step, task)


def _take_back_deletion(step: Step) -> TakenBack | None:
    task = step.task
    if task.deleted_at is None:
        return None
    Task.everything.filter(pk=task.pk).update(
        deleted_at=None, deleted_by=None, **new_version(step.by)
    )
    task.refresh_from_db()
    return TakenBack(task, {})


def _take_back_restoration(step: Step) -> TakenBack | None:
    task = step.task
    if task.deleted_at is not None:
        return None
    _refuse_if_changed_since(step, task, ignoring=WORDS_STAY)
    return _hide(step, task)


def _hide(step: Step, task: Task) -> TakenBack:
    if task.deleted_at is None:
        Task.everything.filter(pk=task.pk).update(
            deleted_at=timezone.now(), deleted_by=step.by, **new_version(step.by)
        )
        task.refresh_from_db()
    return TakenBack(task, texts_of(task))


def _take_back_move(step: Step) -> TakenBack:
    task, was, became = step.task, step.entry.before, step.entry.after
    _refuse_if_changed_since(step, task, ignoring=WORDS_STAY - {"task.move"})
    if task.subject.name != became["subject"]:
        raise _met(task, task.updated_by)
    told = {"subject": task.subject.name}
    if "subject_pk" not in was:  # of the time before places were told
        return TakenBack(task, told, [_put_back_named(step, task, was["subject"])])
    subject = _put_back(step, task, was["subject_pk"], above=was["above"])
    task.refresh_from_db()
    return TakenBack(task, told, [subject])


def _take_back_settling(step: Step) -> TakenBack | None:
    task, doubts = step.task, step.entry.before["doubts"]
    if not doubts:
        return None
    _refuse_if_changed_since(step, task, ignoring=WORDS_STAY)
    Task.everything.filter(pk=task.pk).update(doubts=doubts, **new_version(step.by))
    task.refresh_from_db()
    return TakenBack(task, {})


def _take_back_name(step: Step) -> TakenBack | None:
    """The subject's name as it was; rows that joined another subject stand under their own."""
    was, became = step.entry.before, step.entry.after["name"]
    subject = Subject.objects.get(pk=step.entry.object_id)
    if was["name"] == became:
        return None
    _refuse_if_changed_since(step, subject, ignoring={"task.create", "task.update", *WORDS_STAY})
    if subject.name != became:
        raise _met(subject, None)
    if joined := was.get("joined"):
        return _part_again(step, subject, joined)
    twin = step.plan.subjects.filter(name=was["name"]).first()
    if twin and twin.tasks.kept().exists():
        raise WrongState(_("“%(name)s” নামে এর মধ্যে আরেকটি বিষয় হয়েছে; তাই নামটি ফেরানো গেল না।") % was)
    hidden = list(twin.tasks.all()) if twin else []
    if twin:  # only deleted rows are left under it; they come along
        twin.tasks.update(subject=subject)
        twin.delete()
    subject.tasks.update(**new_version(step.by))
    subject.name = was["name"]
    subject.save(update_fields=["name"])
    return TakenBack(subject, {"name": became}, hidden)


def _part_again(step: Step, twin: Subject, joined: int) -> TakenBack:
    versions = RowVersion.objects.filter(entry=step.entry, object_type=TASK)
    rows = list(twin.tasks.filter(pk__in=versions.values("object_id")).order_by("position", "pk"))
    subject = _subject_then(step, joined)
    for position, task in enumerate(rows, start=1):
        task.subject, task.position = subject, position
    Task.everything.bulk_update(rows, ["subject", "position"])
    subject.tasks.update(**new_version(step.by))
    return TakenBack(twin, {"name": twin.name}, [subject, *rows])


# --- Places ----------------------------------------------------------------------------------
def _put_back(step: Step, task: Task, subject_pk: int, above: int | None = None) -> Subject:
    """Under its old subject, above the row it stood above; at the end if that one is gone."""
    subject = _subject_then(step, subject_pk)
    return _put(step, task, subject, above if above is not None else step.entry.before.get("above"))


def _put_back_named(step: Step, task: Task, name: str) -> Subject:
    return _put(step, task, subject_named(step.plan, name), None)


def _put(step: Step, task: Task, subject: Subject, above: int | None) -> Subject:
    below = subject.tasks.kept().filter(pk=above).first() if above else None
    put_in_subject(task, by=step.by, subject=subject, before=below)
    return subject


def _is_under(task: Task, subject_pk: int) -> bool:
    """Does the row stand under this subject, or under one that took its place and name?"""
    if task.subject_id == subject_pk:
        return True
    is_gone = not Subject.objects.filter(pk=subject_pk).exists()
    return is_gone and task.subject.name == _said_of_subject(subject_pk).get("name")


def _said_of_subject(pk: int) -> Fields:
    """What a subject said last, also of one that is no more; nothing of one never kept."""
    said = RowVersion.objects.filter(object_type=SUBJECT, object_id=pk).order_by("-number").first()
    return said.fields if said else {}


def _subject_then(step: Step, pk: int) -> Subject:
    """The subject, or, when it vanished with its last row, one that says what it said."""
    found = step.plan.subjects.filter(pk=pk).first()
    if found:
        return found
    fields = _said_of_subject(pk)
    name = fields.get("name", step.entry.before.get("subject", ""))
    twin = step.plan.subjects.filter(name=name).first()
    if twin and twin.tasks.kept().exists():
        return twin
    if twin:  # only deleted rows are left under it; they come along
        step.plan.subjects.filter(pk=twin.pk).update(name=f"({twin.pk})")
    weight = fields.get("weight")
    # By its old number, which the record knows it by.
    subject = Subject.objects.create(
        pk=pk,
        plan=step.plan,
        name=name,
        weight=Decimal(weight) if weight is not None else None,
        position=step.entry.before.get("subject_at") or next_position(step.plan.subjects),
    )
    if twin:
        twin.tasks.update(subject=subject)
        twin.delete()
    return subject


TAKERS: dict[str, tuple[Promise, Callable[[Step], TakenBack | None]]] = {
    "task.update": (gettext_lazy("সারির আগের লেখা ফিরেছে।"), _take_back_words),
    "task.create": (gettext_lazy("যোগ করা সারিটি তুলে নেওয়া হয়েছে।"), _take_back_new_row),
    "task.delete": (gettext_lazy("মোছা সারিটি ফিরেছে।"), _take_back_deletion),
    "task.restore": (gettext_lazy("ফেরানো সারিটি আবার মোছা হয়েছে।"), _take_back_restoration),
    "task.move": (gettext_lazy("সারিটি আগের জায়গায় ফিরেছে।"), _take_back_move),
    "task.tag": (gettext_lazy("কাজের আগের কার্যপরিধি ফিরেছে।"), _take_back_terms),
    "task.settle_doubts": (gettext_lazy("ঘরগুলো আবার চিহ্নিত হয়েছে।"), _take_back_settling),
    "subject.rename": (gettext_lazy("বিষয়ের আগের নাম ফিরেছে।"), _take_back_name),
}
