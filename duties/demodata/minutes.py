"""What was written in a meeting: who came, what was said, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bangla.dates import format_date
from bangla.text import normalise
from meetings.actions import (
    DecisionWords,
    add_decision,
    add_guest,
    add_item,
    mark_all_present,
    mark_attendance,
    set_item_state,
    update_item,
    write_follow_up,
)
from meetings.enums import FollowUpOutcome, IdeaEffect, ItemKind, ItemState, Presence, TaskEffect
from meetings.lists import task_lines
from meetings.models import AgendaItem, Decision, Meeting
from meetings.roster import team_posts
from teams.models import PostGroup, User
from workplans.models import Task, WorkPlan

from .cast import Cast
from .days import Days

ON_A_TASK = frozenset({TaskEffect.LINK, TaskEffect.RESCHEDULE})
# What a file may say of an agenda item in words; some of meetings.actions.ITEM_FIELDS.
SAID: tuple[str, ...] = ("discussion", "confirmation", "correction")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes in one meeting, with what the words of the file mean in it."""

    meeting: Meeting
    by: User
    days: Days
    cast: Cast

    # --- Who came ------------------------------------------------------------------------------
    def mark_attendance(self, row: dict[str, Any]) -> None:
        """Mark the posts that `row` names; with "all" the others were there."""
        for presence in (Presence.PRESENT, Presence.ONLINE, Presence.ABSENT):
            for key in row.get(presence, []):
                self._mark(key, presence)
        for key, designation in row.get(Presence.REPRESENTED, {}).items():
            self._mark(key, Presence.REPRESENTED, designation=designation)
        if row.get("all"):
            posts = team_posts(self.meeting.office)
            mark_all_present(meeting=self.meeting, posts=posts, by=self.by)
        for guest in row.get("guests", []):
            self._add_guest(guest)

    def _mark(self, key: str, presence: Presence, *, designation: str = "") -> None:
        mark_attendance(
            meeting=self.meeting,
            post=self.cast.posts[key],
            presence=presence,
            designation=designation,
            by=self.by,
        )

    def _add_guest(self, row: dict[str, Any]) -> None:
        post = self.cast.posts[row["post"]]
        holder = self.cast.speaker_for(post)
        add_guest(
            meeting=self.meeting,
            name=holder.name_bn,
            designation=post.designation_bn,
            office_name=post.office.name_bn,
            contact=holder.email,
            presence=Presence(row["presence"]),
            by=self.by,
        )

    # --- What was said -------------------------------------------------------------------------
    def write_items(self, rows: Sequence[dict[str, Any]]) -> list[AgendaItem]:
        """Write what the meeting said; returns the items it spoke of or put off."""
        items = []
        for row in rows:
            item = self._item(row)
            if item is not None:
                self._write(item, row)
                items.append(item)
        return items

    def take_off_the_rest(self, spoken_of: Sequence[AgendaItem]) -> None:
        """What the agenda proposed and nobody spoke of is taken off it."""
        for item in self.meeting.items.open().exclude(pk__in=[one.pk for one in spoken_of]):
            set_item_state(item=item, state=ItemState.DROPPED, by=self.by)

    def _item(self, row: dict[str, Any]) -> AgendaItem | None:
        """The item that is meant; None when no task of the plan falls into the month."""
        kind, items = ItemKind(row["kind"]), self.meeting.items
        if kind == ItemKind.TASKS:
            return items.filter(kind=kind).first()
        if kind not in {ItemKind.OWN, ItemKind.STANDING}:
            return items.get(kind=kind)
        topic = self.days.tell(row["topic"])
        if kind == ItemKind.STANDING:
            return items.get(kind=kind, topic=topic)
        left_over = items.filter(kind=kind, topic=topic).first()
        return left_over or add_item(meeting=self.meeting, topic=topic, by=self.by)

    def _write(self, item: AgendaItem, row: dict[str, Any]) -> None:
        if said := {name: self.days.tell(row[name]) for name in SAID if name in row}:
            update_item(item=item, version=item.version, fields=said, by=self.by)
        for follow_up in row.get("follow_ups", []):
            self._follow_up(follow_up)
        for decided in row.get("decisions", []):
            self._decide(item, decided)
        if "state" in row:
            set_item_state(item=item, state=ItemState(row["state"]), by=self.by)

    def _follow_up(self, row: dict[str, Any]) -> None:
        known = self.cast.decisions[row["decision"]]
        write_follow_up(
            meeting=self.meeting,
            decision=Decision.objects.select_related("meeting").get(pk=known.pk),
            version=0,
            note=self.days.tell(row["note"]),
            outcome=row.get("outcome", FollowUpOutcome.CONTINUE),
            new_due_on=self.days.day(row["until"]) if "until" in row else None,
            by=self.by,
        )

    # --- What was decided ----------------------------------------------------------------------
    def _decide(self, item: AgendaItem, row: dict[str, Any]) -> None:
        due_on = self.days.day(row["due"]) if self.days.is_day(row["due"]) else None
        effect = TaskEffect(row.get("task", TaskEffect.NONE))
        task = self._task_for(effect, due_on)
        if task is None and effect in ON_A_TASK:
            return  # the running plan has no such task: nothing to decide about
        if effect == TaskEffect.CREATE and not self._running_plan_ids():
            effect = TaskEffect.NONE
        text = row["text"].replace("{task}", task.title) if task else row["text"]
        decision = add_decision(
            item=item,
            words=DecisionWords(
                text=self.days.tell(text),
                implementer_text=task.responsible_text if task else "",
                due_text=format_date(due_on) if due_on else self.days.tell(row["due"]),
                chosen=self._codes(row),
                task=task,
                task_effect=effect,
                idea=self.cast.ideas[row["idea"]] if "idea" in row else None,
                idea_effect=row.get("idea_effect", IdeaEffect.NONE),
            ),
            by=self.by,
        )
        if "key" in row:
            self.cast.decisions[row["key"]] = decision

    def _codes(self, row: dict[str, Any]) -> list[str]:
        """Whom the decision names, as a form names them (meetings.implementers)."""
        usable = PostGroup.objects.usable_by(self.meeting.office)
        posts = [self.cast.posts[key] for key in row.get("posts", [])]
        groups = [usable.get(name=normalise(name)) for name in row.get("groups", [])]
        return [*(f"post-{one.pk}" for one in posts), *(f"group-{one.pk}" for one in groups)]

    def _task_for(self, effect: TaskEffect, due_on: date | None) -> Task | None:
        """The most pressing task of the running plan that no decision has spoken of; one that
        is to be put off ends before the new day."""
        if effect not in ON_A_TASK:
            return None
        plans = self._running_plan_ids()
        for task in (line.task for line in task_lines(self.meeting)):
            ends_earlier = bool(due_on and task.ends_on and task.ends_on < due_on)
            fits = ends_earlier or effect == TaskEffect.LINK
            if fits and task.plan_id in plans and task.pk not in self.cast.task_ids:
                self.cast.task_ids.add(task.pk)
                return task
        return None

    def _running_plan_ids(self) -> set[int]:
        plans = WorkPlan.objects.filter(office=self.meeting.office_id)
        return set(plans.covering(self.meeting.held_on).values_list("pk", flat=True))
