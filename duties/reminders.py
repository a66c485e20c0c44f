"""Reminders of decisions: one letter a morning to whoever has something new to hear.

When an assignment is reminded of is data (`ReminderRule`); what was told to whom is kept
(`Reminder`). docs/adr/0010-reminders.md gives the reasons.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Prefetch, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from jobs.enums import LetterStatus
from jobs.letters import mark, post_letter
from jobs.models import Letter
from meetings.deliveries import Reader, post_reader
from meetings.documents import due_words
from meetings.enums import SENT
from meetings.models import Assignment
from teams.enums import Role
from teams.models import Post, User

from .enums import ReminderKind
from .models import Reminder, ReminderRule

# A letter that ended so has told nobody anything.
CAME_TO_NOTHING = (LetterStatus.EXPIRED, LetterStatus.FAILED)
# SQLite refuses a statement with a thousand conditions, and each post fetched beside is one.
ASSIGNMENTS_AT_A_TIME = 500


class Why(Enum):
    """Why this person is told; each is a part of the letter."""

    OWN = "own"  # holds the post that owes it
    VACANT = "vacant"  # heads the office whose post is vacant
    OFFICE = "office"  # heads the office, and it is late for the second time


@dataclass(frozen=True, slots=True)
class Occasion:
    """The last of an assignment's days that has come.

    `is_repeated`: the due date is past, and this is not the first time that it is told.
    """

    due_on: date
    offset_days: int
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that one person is to be told."""

    assignment: Assignment
    occasion: Occasion
    person: User
    reader: Reader
    why: Why

    @property
    def about(self) -> "About":
        return (self.assignment.pk, self.occasion.due_on, self.person.pk)


About = tuple[int, date, int]  # (assignment, due date, person)


def remind(*, today: date) -> int:
    """Write today's letters and return how many.

    It may run at any time, as often as one likes, and several times at once: nobody gets a
    second letter on a day, nor hears of the same offset from the same due date twice. After a
    pause of days each person hears of each assignment once, as it stands today.
    """
    calls = _calls(today)
    _take_back(calls)
    heard = _heard()
    by_person: dict[User, list[Call]] = defaultdict(list)
    for call in calls:
        if _is_news(call, heard):
            by_person[call.person].append(call)
    return sum(_write(person, mine, today=today) for person, mine in by_person.items())


# --- What is to be told, and to whom -------------------------------------------------------
def _calls(today: date) -> list[Call]:
    rules = list(ReminderRule.objects.filter(kind=ReminderKind.DECISION))
    if not rules:
        return []
    heads = _heads(today)
    earliest = min(rule.offset_days for rule in rules)
    return [
        call
        for assignment in _owed(today, due_until=today - timedelta(days=earliest))
        for call in _calls_of(assignment, rules, heads.get(assignment.office_id), today)
    ]


def _owed(today: date, *, due_until: date) -> Iterator[Assignment]:
    """What is owed by a day, once its implementers could know of it, with holders of today."""
    known = Q(decision__meeting__status__in=SENT) | Q(decision__meeting__office=F("office"))
    owed = Assignment.objects.owed().filter(known, decision__due_on__lte=due_until)
    return (
        owed.select_related("decision__meeting__office", "office")
        .prefetch_related(Prefetch("post", queryset=Post.objects.with_holders(today)))
        .order_by("decision__due_on", "pk")
        .iterator(chunk_size=ASSIGNMENTS_AT_A_TIME)
    )


def _heads(today: date) -> dict[int, Post]:
    """The post of each office's head, with its holder of today, by office."""
    posts = Post.objects.active().filter(role=Role.HEAD).with_holders(today)
    return {post.office_id: post for post in posts}


def _calls_of(
    assignment: Assignment, rules: Sequence[ReminderRule], head: Post | None, today: date
) -> Iterator[Call]:
    occasion = _occasion(assignment, rules, today)
    if occasion is None:
        return
    post = assignment.post if assignment.post and assignment.post.is_active else None
    holder, chief = post and post.holder, head and head.holder
    if post and holder:
        yield Call(assignment, occasion, holder, post_reader(post), Why.OWN)
    if head and chief and chief != holder and (not holder or occasion.is_repeated):
        why = Why.OFFICE if holder else Why.VACANT
        yield Call(assignment, occasion, chief, post_reader(head), why)


def _occasion(
    assignment: Assignment, rules: Sequence[ReminderRule], today: date
) -> Occasion | None:
    """The last day that has come of those since the assignment was given.

    What lay before that is not made good: old minutes taken in today would bring a letter
    about years.
    """
    due_on, given_on = assignment.decision.due_on, _given_on(assignment)
    if due_on is None:
        return None
    days = [(rule, due_on + timedelta(days=rule.offset_days)) for rule in rules]
    came = [rule for rule, day in days if given_on <= day <= today and rule.covers(day)]
    if not came:
        return None
    last = max(rule.offset_days for rule in came)
    after = sorted({r.offset_days for r, day in days if r.offset_days > 0 and r.covers(day)})
    return Occasion(due_on, last, is_repeated=last in after[1:])


def _given_on(assignment: Assignment) -> date:
    """When its implementer could know: the own office once the minutes were final, another
    once they were sent."""
    meeting = assignment.decision.meeting
    is_own = meeting.office_id == assignment.office_id
    known_at = meeting.finalised_at if is_own else meeting.circulated_at
    return timezone.localdate(known_at) if known_at else assignment.assigned_on


# --- What was told already -----------------------------------------------------------------
def _heard(person: User | None = None) -> dict[About, int]:
    """The last offset that somebody (or this person) has heard of what is still owed."""
    reminders = Reminder.objects.exclude(letter__status__in=CAME_TO_NOTHING).filter(
        assignment__in=Assignment.objects.owed()
    )
    if person is not None:
        reminders = reminders.filter(person=person)
    rows = reminders.order_by().values("assignment_id", "due_on", "person_id")
    return {
        (row["assignment_id"], row["due_on"], row["person_id"]): row["last"]
        for row in rows.annotate(last=Max("offset_days"))
    }


def _is_news(call: Call, heard: dict[About, int]) -> bool:
    return call.about not in heard or heard[call.about] < call.occasion.offset_days


def _take_back(calls: Iterable[Call]) -> None:
    """Let no letter go out that still waits and is not true any more: its reader has left the
    post, or what it asks for was reported meanwhile."""
    true = {call.about for call in calls}
    waiting = Reminder.objects.filter(letter__status=LetterStatus.WAITING).select_related("letter")
    untrue = {
        one.letter for one in waiting if (one.assignment_id, one.due_on, one.person_id) not in true
    }
    for letter in untrue:
        mark(letter, LetterStatus.EXPIRED)


# --- The letter ----------------------------------------------------------------------------
@transaction.atomic
def _write(person: User, calls: Sequence[Call], *, today: date) -> bool:
    """Write this person's letter of the day, unless there is one or nothing is left to say."""
    # One run at a time for each person: what a letter says and what is kept of it are the same.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    key = f"duties.reminder:{person.pk}:{today:%Y-%m-%d}"
    if Letter.objects.filter(key=key).exists():
        return False
    heard = _heard(person)
    pks = [call.assignment.pk for call in calls]
    owed = set(Assignment.objects.owed().filter(pk__in=pks).values_list("pk", flat=True))
    calls = [call for call in calls if call.assignment.pk in owed and _is_news(call, heard)]
    if not calls:
        return False
    reader = calls[0].reader
    letter = post_letter(
        key=key,
        to_address=reader.address,
        to_name=reader.name,
        subject=_subject(len(calls)),
        body=_body(reader, calls, today),
        expires_at=_end_of(today),
    )
    Reminder.objects.bulk_create(
        [
            Reminder(
                assignment=call.assignment,
                due_on=call.occasion.due_on,
                offset_days=call.occasion.offset_days,
                person=person,
                letter=letter,
            )
            for call in calls
        ],
        # Told before by a letter that came to nothing.
        update_conflicts=True,
        unique_fields=["assignment", "due_on", "offset_days", "person"],
        update_fields=["letter"],
    )
    return True


def _end_of(day: date) -> datetime:
    """Midnight: the words "tomorrow" and "late by a day" are true of one day only."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _subject(count: int) -> str:
    """The letter's subject line, which says how many decisions it is about."""
    with translation.override("bn"):
        return render_to_string("duties/email/reminder_subject.txt", {"count": count}).strip()


def _body(reader: Reader, calls: Sequence[Call], today: date) -> str:
    """The text of the letter; government letters are in Bengali."""
    context = {
        "name": reader.name,
        "home": _address("duties:home"),
        **{why.value: [_line(call, today) for call in calls if call.why is why] for why in Why},
    }
    with translation.override("bn"):
        return render_to_string("duties/email/reminder.txt", context).strip() + "\n"


def _line(call: Call, today: date) -> dict[str, Any]:
    assignment, decision = call.assignment, call.assignment.decision
    return {
        "text": decision.text,
        "owed_by": assignment.post.designation_bn if assignment.post else assignment.office.name_bn,
        "due": due_words(decision),
        "days_left": (call.occasion.due_on - today).days,
        "days_late": (today - call.occasion.due_on).days,
        "meeting": decision.meeting,
        "link": _address("meetings:decision_detail", decision.pk),
    }


def _address(name: str, *args: int) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)
