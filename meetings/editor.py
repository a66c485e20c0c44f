"""Everything the page of a draft shows: the agenda, and for each item what is typed on it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bangla.text import squeeze
from ideas.pilots import PilotLine
from ideas.screening import AgendaLine, agenda_lines
from teams.models import Office, User
from workplans.models import Task, TaskQuerySet, WorkPlan

from . import perms
from .decided_ideas import IdeaOffer, offers_for, ranking_words
from .documents import agenda_with_decisions, usual_closing, usual_opening
from .enums import ATTENDING, ItemKind, ItemState, PhrasePlace
from .forms.writing import DecisionForm, FollowUpForm, ItemForm, NewItemForm
from .idea_options import IdeaOptions
from .implementers import Choices, implementer_choices
from .lists import (
    FollowUpLine,
    TaskLine,
    follow_up_lines,
    ideas_to_screen,
    pilot_lines,
    task_lines,
)
from .models import AgendaItem, Decision, Meeting, Phrase
from .roster import Seat, seats

# How often an office must have written a sentence in a year before it is offered.
OFTEN = 2
MOST_PHRASES = 12


@dataclass(frozen=True, slots=True)
class DecisionBox:
    decision: Decision
    form: DecisionForm


@dataclass(frozen=True, slots=True)
class FollowUpBox:
    line: FollowUpLine
    form: FollowUpForm


@dataclass(frozen=True, slots=True)
class ScreenedIdea:
    """An idea that waits for the meeting's word: its scores, and decisions ready to be taken.

    `decided` is what this meeting has written about it so far; `offers` are the steps that the
    idea can take after that.
    """

    line: AgendaLine
    decided: tuple[Decision, ...]
    offers: tuple[IdeaOffer, ...]


@dataclass(frozen=True, slots=True)
class ItemBox:
    """One item with its forms; `serial` counts from 1 among those on the agenda."""

    item: AgendaItem
    serial: int
    form: ItemForm
    decisions: tuple[DecisionBox, ...]
    follow_ups: tuple[FollowUpBox, ...]
    tasks: tuple[TaskLine, ...]
    pilots: tuple[PilotLine, ...]
    screened: tuple[ScreenedIdea, ...]
    ranking_text: str
    new_decision: DecisionForm

    @property
    def is_discussed(self) -> bool:
        said = self.item.discussion or self.item.confirmation or self.decisions
        return bool(said) or any(box.line.note for box in self.follow_ups)


@dataclass(frozen=True, slots=True)
class Editor:
    """The whole page (a fixed number of queries)."""

    meeting: Meeting
    boxes: tuple[ItemBox, ...]
    set_aside: tuple[AgendaItem, ...]
    seats: tuple[Seat, ...]
    choices: Choices
    new_item: NewItemForm
    new_decision: DecisionForm
    phrases: dict[str, list[str]]

    @property
    def attending_count(self) -> int:
        return sum(seat.presence in ATTENDING for seat in self.seats)

    @property
    def is_attendance_taken(self) -> bool:
        return any(seat.attendance for seat in self.seats)


def editor(meeting: Meeting) -> Editor:
    """Put the page of a draft together."""
    choices = implementer_choices(meeting.office, today=meeting.held_on)
    offered = decision_options(meeting, choices)
    items = agenda_with_decisions(meeting)
    lines = follow_up_lines(meeting)
    kinds = {item.kind for item in items}
    work = task_lines(meeting) if ItemKind.TASKS in kinds else []
    pilots = tuple(pilot_lines(meeting)) if ItemKind.PILOTS in kinds else ()
    screened = screened_ideas(meeting, items) if ItemKind.IDEAS in kinds else ()
    return Editor(
        meeting=meeting,
        boxes=tuple(
            _box(serial, item, lines, work, offered, pilots=pilots, screened=screened)
            for serial, item in enumerate(items, start=1)
        ),
        set_aside=tuple(meeting.items.exclude(state=ItemState.OPEN)),
        seats=tuple(seats(meeting)),
        choices=choices,
        new_item=NewItemForm(auto_id="id_new-item-%s"),
        new_decision=DecisionForm(**offered, auto_id="id_blank-%s"),
        phrases=offered_phrases(meeting.office, today=timezone.localdate()),
    )


def decision_options(
    meeting: Meeting, choices: Choices, *, words: str = "", kept: int | None = None
) -> dict[str, Any]:
    """What the boxes of a decision offer; `words` narrow the initiatives that are listed.

    `kept` is the idea that the decision is about already.
    """
    return {
        "choices": choices,
        "tasks": tasks_of(meeting),
        "ideas": ideas_of(meeting, words=words, kept=kept),
    }


def screened_ideas(meeting: Meeting, items: Sequence[AgendaItem]) -> tuple[ScreenedIdea, ...]:
    """The ideas that wait, by rank, with what this meeting says of each."""
    decided: dict[int, list[Decision]] = {}
    for item in items:
        for decision in item.kept_decisions:  # type: ignore[attr-defined]
            if decision.idea_id and decision.idea_effect:
                decided.setdefault(decision.idea_id, []).append(decision)
    found = []
    for line in agenda_lines(meeting.office, ideas_to_screen(meeting)):
        said = tuple(decided.get(line.idea.pk, ()))
        found.append(ScreenedIdea(line, said, offers_for(line.idea, said)))
    return tuple(found)


def tasks_of(meeting: Meeting) -> TaskQuerySet:
    """The tasks of the plan under way, to which a decision can be linked."""
    plans = WorkPlan.objects.filter(office=meeting.office_id).covering(meeting.held_on)
    return Task.objects.filter(plan__in=plans).kept().in_order()


def ideas_of(meeting: Meeting, *, words: str = "", kept: int | None = None) -> IdeaOptions:
    """The office's ideas, which a decision can move, and proven ones, which it can recommend."""
    return IdeaOptions(meeting.office_id, words, kept)


def offered_phrases(office: Office, *, today: date) -> dict[str, list[str]]:
    """Sentences for each place: the office's own, what it writes often, then the common ones."""
    found: dict[str, list[str]] = {place: [] for place in PhrasePlace.values}
    phrases = Phrase.objects.filter(Q(office=office) | Q(office__isnull=True))
    for phrase in phrases.order_by("office_id", "pk"):
        if phrase.office_id:
            found[phrase.place].insert(0, phrase.text)
        else:
            found[phrase.place].append(phrase.text)
    found[PhrasePlace.DECISION] = [*_often_decided(office, today), *found[PhrasePlace.DECISION]]
    return {place: list(dict.fromkeys(texts))[:MOST_PHRASES] for place, texts in found.items()}


def page_context(user: User, meeting: Meeting) -> dict[str, Any]:
    """The editor and what this person may do with the meeting."""
    page = editor(meeting)
    items = [box.item for box in page.boxes]
    return {
        "meeting": meeting,
        "editor": page,
        "usual_opening": usual_opening(meeting, items),
        "usual_closing": usual_closing(),
        "can_write": perms.can_write_minutes(user, meeting),
        "can_lead": perms.can_issue_notice(user, meeting),
    }


def _box(
    serial: int,
    item: AgendaItem,
    lines: list[FollowUpLine],
    work: list[TaskLine],
    offered: Mapping[str, Any],
    *,
    pilots: tuple[PilotLine, ...],
    screened: tuple[ScreenedIdea, ...],
) -> ItemBox:
    decisions: list[Decision] = item.kept_decisions  # type: ignore[attr-defined]
    return ItemBox(
        item=item,
        serial=serial,
        form=ItemForm(item=item),
        decisions=tuple(
            DecisionBox(one, DecisionForm(**offered, decision=one)) for one in decisions
        ),
        follow_ups=tuple(
            FollowUpBox(line, FollowUpForm(decision_pk=line.decision.pk, note=line.note))
            for line in lines
            if item.kind == ItemKind.FOLLOW_UP
        ),
        tasks=tuple(work) if item.kind == ItemKind.TASKS else (),
        pilots=pilots if item.kind == ItemKind.PILOTS else (),
        screened=screened if item.kind == ItemKind.IDEAS else (),
        ranking_text=ranking_words(screened) if item.kind == ItemKind.IDEAS else "",
        new_decision=DecisionForm(**offered, auto_id=f"id_new-{item.pk}-%s"),
    )


def _often_decided(office: Office, today: date) -> list[str]:
    year_ago = today - timedelta(days=365)
    texts = Decision.objects.in_force().filter(
        meeting__office=office, meeting__held_on__gte=year_ago
    )
    counted = Counter(squeeze(text) for text in texts.values_list("text", flat=True))
    return [text for text, count in counted.most_common(MOST_PHRASES) if count >= OFTEN]
