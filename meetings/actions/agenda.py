"""The agenda: written by itself, then arranged and filled by people."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import override

from teams.audit import record
from teams.models import User

from ..enums import ItemKind, ItemState, MeetingStatus
from ..lists import followed_decisions, ideas_to_screen, pilots_to_review, tasks_to_discuss
from ..models import (
    AgendaItem,
    AgendaItemQuerySet,
    Assignment,
    Decision,
    Meeting,
    MeetingQuerySet,
    MinutesImport,
)
from .writing import lock_meeting, new_version, next_position, open_for_writing

ITEM_FIELDS = ("topic", "discussion", "confirmation", "correction")


class StaleItem(Exception):
    """Somebody saved the item after this copy was opened; `current` is the item as it is now."""

    def __init__(self, current: AgendaItem) -> None:
        super().__init__("stale")
        self.current = current


# --- The agenda writes itself --------------------------------------------------------------
@transaction.atomic
def complete_agenda(meeting: Meeting, *, by: User | None) -> list[AgendaItem]:
    """Put on the agenda what belongs there and is not there yet, each kind in its place.

    Asked again (after another meeting was settled, or by hand) it adds only what is new, and
    never what somebody has taken off. Returns what it added.
    """
    meeting = open_for_writing(meeting, by)
    added = [*_computed(meeting), *_standing(meeting)]
    _confirm_the_last(meeting)
    _link_standing(meeting)
    added += _left_over(meeting)
    _put_in_order(meeting, added)
    if added:
        record(
            "meeting.agenda",
            meeting,
            by=by,
            office=meeting.office,
            after={"added": [item.topic for item in added]},
            rows=added,
        )
    return added


def _computed(meeting: Meeting) -> list[AgendaItem]:
    """Confirmation, follow-up, tasks, ideas, pilots: each if there is something to talk about."""
    there = set(meeting.items.values_list("kind", flat=True))
    previous = _to_confirm(meeting)
    wanted = []
    if previous:
        wanted.append(ItemKind.CONFIRMATION)
    if followed_decisions(meeting).exists():
        wanted.append(ItemKind.FOLLOW_UP)
    if tasks_to_discuss(meeting).with_progress().undone().exists():
        wanted.append(ItemKind.TASKS)
    if ideas_to_screen(meeting).exists():
        wanted.append(ItemKind.IDEAS)
    if pilots_to_review(meeting).exists():
        wanted.append(ItemKind.PILOTS)
    return [
        _new_item(meeting, kind, confirms=previous if kind == ItemKind.CONFIRMATION else None)
        for kind in wanted
        if kind not in there
    ]


def _to_confirm(meeting: Meeting) -> Meeting | None:
    """The last settled meeting before this one, unless its minutes are confirmed.

    Old minutes that nobody follows any more were confirmed on paper long ago.
    """
    history = MinutesImport.objects.unfollowed().values("meeting")
    previous = Meeting.objects.held().exclude(pk__in=history).before(meeting).first()
    return previous if previous and previous.status != MeetingStatus.CONFIRMED else None


def _confirm_the_last(meeting: Meeting) -> None:
    """Let the confirmation item be about the last settled meeting, while nobody wrote on it.

    When the agenda was written the meeting in between may have been a draft still.
    """
    previous = _to_confirm(meeting)
    if previous is None:
        return
    others = meeting.items.filter(kind=ItemKind.CONFIRMATION).exclude(confirms=previous)
    others.filter(confirmation="", correction="", discussion="").update(
        confirms=previous, version=F("version") + 1
    )


def _standing(meeting: Meeting) -> list[AgendaItem]:
    there = set(meeting.items.values_list("standing_id", flat=True))
    topics = [topic for topic in meeting.office.standing_topics.active() if topic.pk not in there]
    return [
        AgendaItem.objects.create(
            meeting=meeting,
            kind=ItemKind.STANDING,
            position=0,
            topic=topic.title,
            standing=topic,
        )
        for topic in topics
    ]


def _link_standing(meeting: Meeting) -> None:
    """A standing topic that the last meeting left over comes back as this month's item of it.

    What an older meeting left of it is settled once a later one has talked about it.
    """
    fresh = {
        item.standing_id: item
        for item in meeting.items.filter(kind=ItemKind.STANDING, carried_from__isnull=True)
    }
    earlier = _before(meeting).filter(standing__in=[pk for pk in fresh if pk])
    unclaimed = earlier.filter(taken_up__isnull=True).order_by("meeting__held_on", "pk")
    last = dict(unclaimed.values_list("standing_id", "pk"))
    for old in AgendaItem.objects.left_over().filter(pk__in=last.values()):
        item = fresh[old.standing_id]
        item.carried_from, item.times_put_off = old, old.times_put_off + 1
        item.save(update_fields=["carried_from", "times_put_off"])


def _left_over(meeting: Meeting) -> list[AgendaItem]:
    return [
        AgendaItem.objects.create(
            meeting=meeting,
            kind=ItemKind.OWN,
            position=0,
            topic=old.topic,
            carried_from=old,
            times_put_off=old.times_put_off + 1,
        )
        for old in _before(meeting)
        .left_over()
        .filter(kind=ItemKind.OWN)
        .order_by("meeting__held_on", "position", "pk")
    ]


def _before(meeting: Meeting) -> AgendaItemQuerySet:
    """The items of the office's meetings up to this one's day that are no drafts any more.

    A meeting called off may have been meant for a later day of the same month.
    """
    called_off = Q(meeting__status=MeetingStatus.CANCELLED, meeting__month__lte=meeting.month)
    items = AgendaItem.objects.filter(meeting__office=meeting.office_id)
    return (
        items.filter(called_off | Q(meeting__held_on__lte=meeting.held_on))
        .exclude(meeting__status=MeetingStatus.DRAFT)
        .exclude(meeting=meeting)
    )


def _new_item(meeting: Meeting, kind: ItemKind, *, confirms: Meeting | None) -> AgendaItem:
    with override("bn"):  # what is printed is in Bengali, whoever pressed the button
        topic = str(kind.label)
    return AgendaItem.objects.create(
        meeting=meeting, kind=kind, position=0, topic=topic, confirms=confirms
    )


def _put_in_order(meeting: Meeting, added: list[AgendaItem]) -> None:
    """New items stand after the last one of their kind or of a kind before it."""
    rank = {kind: place for place, kind in enumerate(ItemKind)}
    items = [item for item in meeting.items.order_by("position", "pk") if item not in added]
    for new in added:
        own_rank = rank[ItemKind(new.kind)]
        before = [i for i, item in enumerate(items) if rank[ItemKind(item.kind)] <= own_rank]
        items.insert(before[-1] + 1 if before else 0, new)
    _renumber(items)


# --- Arranged and filled by people ---------------------------------------------------------
@transaction.atomic
def add_item(
    *, meeting: Meeting, topic: str, by: User | None, form_key: UUID | None = None
) -> AgendaItem:
    """Add an own topic at the end. The same `form_key` again returns the item it made."""
    meeting = open_for_writing(meeting, by)
    key = form_key and uuid5(form_key, f"item:{meeting.pk}:{topic}")
    if key and (made := meeting.items.filter(form_key=key).first()):
        return made
    item = AgendaItem(
        meeting=meeting, topic=topic, position=next_position(meeting.items.all()), updated_by=by
    )
    if key:
        item.form_key = key
    item.save()
    record("item.create", item, by=by, office=meeting.office, after={"topic": topic})
    return item


@transaction.atomic
def update_item(
    *, item: AgendaItem, version: int, fields: Mapping[str, str], by: User
) -> AgendaItem:
    """Save what was typed into copy `version` of an item; `fields` are some of ITEM_FIELDS.

    The check and the write are one UPDATE, so of two saves at once only one can win. Raises
    StaleItem when the item has moved on, WrongState, PermissionDenied.
    """
    meeting = open_for_writing(item.meeting, by)
    before = {name: getattr(item, name) for name in fields}
    saved = AgendaItem.objects.filter(pk=item.pk, version=version).update(
        **fields, doubts=[], **new_version(by)
    )
    item.refresh_from_db()
    if not saved:
        raise StaleItem(item)
    item.meeting = meeting
    record("item.update", item, by=by, office=meeting.office, before=before, after=dict(fields))
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, by: User, before: AgendaItem | None) -> None:
    """Put an item above `before`, or at the end."""
    meeting = open_for_writing(item.meeting, by)
    items = [other for other in meeting.items.order_by("position", "pk") if other.pk != item.pk]
    place = next(
        (i for i, other in enumerate(items) if before and other.pk == before.pk), len(items)
    )
    _renumber([*items[:place], item, *items[place:]])
    record("item.move", item, by=by, office=meeting.office, after={"place": place + 1})


def step_item(*, item: AgendaItem, by: User, up: bool) -> None:
    """Move an item one place up or down among those on the agenda."""
    items = list(item.meeting.items.open().order_by("position", "pk"))
    at = next((i for i, other in enumerate(items) if other.pk == item.pk), None)
    if at is None:  # taken off by somebody meanwhile
        return
    if up and at > 0:
        move_item(item=item, by=by, before=items[at - 1])
    elif not up and at + 1 < len(items):
        move_item(item=item, by=by, before=items[at + 2] if at + 2 < len(items) else None)


@transaction.atomic
def set_item_state(*, item: AgendaItem, state: ItemState, by: User) -> None:
    """Postpone an item to the next meeting, take it off the agenda, or put it back.

    What was typed on it stays. It counts as a change of the item, so that a save from before
    it is told.
    """
    meeting = open_for_writing(item.meeting, by)
    moved = meeting.items.filter(pk=item.pk).exclude(state=state)
    if moved.update(state=state, **new_version(by)):
        record(
            "item.state",
            item,
            by=by,
            office=meeting.office,
            before={"state": item.state},
            after={"state": state.value},
        )


# --- What else changes an agenda -------------------------------------------------------------
def renew_next_agenda(meeting: Meeting) -> None:
    """Tell the drafts after a meeting that was settled or opened again how it stands."""
    later = _open_agendas().filter(office=meeting.office_id, held_on__gte=meeting.held_on)
    for draft in later.exclude(pk=meeting.pk):
        complete_agenda(draft, by=None)


def renew_agenda(meeting: Meeting, *, by: User) -> None:
    """Add what there is to talk about by the day to which a draft was moved."""
    if _open_agendas().filter(pk=meeting.pk).exists():
        complete_agenda(meeting, by=by)


def renew_agendas_elsewhere(meeting: Meeting) -> None:
    """Tell the drafts of other offices what a meeting whose minutes were sent has given them."""
    given = Assignment.objects.kept().filter(decision__meeting=meeting)
    offices = given.exclude(office=meeting.office_id).values("office")
    for draft in _open_agendas().filter(office__in=offices):
        complete_agenda(draft, by=None)


def take_back_left_over(meeting: Meeting) -> None:
    """Take from the drafts what a meeting that is opened again had left them.

    It may be talked about there after all; if not, it comes back anew. What somebody has
    touched on a draft stays there.
    """
    passed_on = AgendaItem.objects.filter(carried_from__meeting=meeting)
    # Held before it is read: what somebody writes there now is either seen below or comes after.
    for draft in sorted(set(passed_on.values_list("meeting", flat=True))):
        lock_meeting(draft)
    decided = Decision.objects.filter(item=OuterRef("pk"))
    untouched = passed_on.filter(
        ~Exists(decided),
        meeting__in=_open_agendas(),
        version=1,
        state=ItemState.OPEN,
        discussion="",
    )
    back = AgendaItem.objects.filter(pk__in=list(untouched.values_list("pk", flat=True)))
    back.filter(kind=ItemKind.STANDING).update(carried_from=None, times_put_off=0)
    back.exclude(kind=ItemKind.STANDING).delete()


def _open_agendas() -> MeetingQuerySet:
    """Drafts whose agenda still writes itself, the soonest first: it gets what was left over.

    Old minutes and those that were opened again tell of meetings that had their agenda.
    """
    old = MinutesImport.objects.taken_in().values("meeting")
    drafts = Meeting.objects.filter(status=MeetingStatus.DRAFT, versions__isnull=True)
    return drafts.exclude(pk__in=old).order_by("held_on", "pk")


def _renumber(items: list[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
