"""The letters of a morning, and the memory that is written with them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.letters import PlainLetter, post_letters
from jobs.models import Letter
from meetings.deliveries import Reader, post_reader
from meetings.enums import SENT
from teams.enums import DueKind
from teams.models import Post, User
from teams.templatetags.bangla_tags import digits

from ..matters import Matter, Words
from ..matters.words import day_words
from ..models import Reminder
from ..seats import Seats
from .calls import Call, Why, calls_of
from .memory import LETTER_KEY, heard_of, is_news
from .occasions import Occasions

# What is over as soon as somebody says that it is done.
REPORTED = (DueKind.DECISION, DueKind.TASK)


@transaction.atomic
def write_letters(
    by_person: Mapping[int, Sequence[Call]], *, occasions: Occasions, seats: Seats
) -> int:
    """Write the letters of the day of some people, each unless there is one already or nothing
    is left to say; how many were written.

    A fixed number of queries, however many people and things.
    """
    today = occasions.today
    # One run at a time for each person: what a letter says and what is kept of it are the same.
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=by_person).order_by("pk")
    keys = {person: _key(person, today) for person in locked.values_list("pk", flat=True)}
    known = Letter.objects.filter(key__in=keys.values()).values_list("key", flat=True)
    written = set(known)
    left = _still_true(
        {person: by_person[person] for person, key in keys.items() if key not in written},
        occasions,
        seats,
    )
    if not left:
        return 0
    letters = _post(left, keys, today)
    Reminder.objects.bulk_create(
        [
            Reminder(
                matter=call.matter.key,
                due_on=call.occasion.due_on,
                offset_days=call.occasion.offset_days,
                person_id=person,
                letter=letters[keys[person]],
            )
            for person, calls in left.items()
            for call in calls
        ],
        # Told before by a letter that came to nothing.
        update_conflicts=True,
        unique_fields=["matter", "due_on", "offset_days", "person"],
        update_fields=["letter"],
    )
    return len(letters)


def _still_true(
    by_person: Mapping[int, Sequence[Call]], occasions: Occasions, seats: Seats
) -> dict[int, list[Call]]:
    """What of it is still owed and not told, now that nobody else can write to these people."""
    asked = [call for calls in by_person.values() for call in calls]
    if not asked:
        return {}
    offices = {call.matter.office_id for call in asked}
    owed = {
        (call.matter.key, call.occasion) for call in calls_of(occasions, seats, offices=offices)
    }
    heard = heard_of(asked, by_person.keys())
    left: dict[int, list[Call]] = defaultdict(list)
    for call in asked:
        if (call.matter.key, call.occasion) in owed and is_news(call, heard):
            left[call.person_id].append(call)
    return left


def _key(person: int, today: date) -> str:
    return f"{LETTER_KEY}{person}:{today:%Y-%m-%d}"


def _post(
    by_person: Mapping[int, Sequence[Call]], keys: Mapping[int, str], today: date
) -> dict[str, Letter]:
    """Put one letter for each person in the outbox. Government letters are in Bengali."""
    calls = [call for mine in by_person.values() for call in mine]
    posts = (
        Post.objects.filter(pk__in={mine[0].post_id for mine in by_person.values()})
        .with_holders(today)
        .in_bulk()
    )
    with translation.override("bn"):
        lines = Lines([call.matter for call in calls], today)
        return post_letters(
            [
                _letter(keys[person], post_reader(posts[mine[0].post_id]), mine, lines, today)
                for person, mine in by_person.items()
            ]
        )


def _letter(
    key: str, reader: Reader, calls: Sequence[Call], lines: "Lines", today: date
) -> PlainLetter:
    context = {
        "name": reader.name,
        "home": address(reverse("duties:home")),
        "has_reports": any(call.matter.kind in REPORTED for call in calls),
        "below": lines.by_office([call for call in calls if call.why is Why.BELOW]),
        **{
            why.value: [lines.line(call.matter) for call in calls if call.why is why]
            for why in (Why.OWN, Why.VACANT, Why.OFFICE)
        },
    }
    return PlainLetter(
        key=key,
        to_address=reader.address,
        to_name=reader.name,
        subject=_subject(calls, lines),
        body=render_to_string("duties/email/reminder.txt", context).strip() + "\n",
        expires_at=_end_of(today),
    )


def _subject(calls: Sequence[Call], lines: "Lines") -> str:
    """The subject line: the one thing it is about, or how many."""
    context = {
        "count": len(calls),
        "only": lines.line(calls[0].matter)["text"] if len(calls) == 1 else "",
        "is_decisions": all(call.matter.kind == DueKind.DECISION for call in calls),
    }
    return render_to_string("duties/email/reminder_subject.txt", context).strip()


def _end_of(day: date) -> datetime:
    """Midnight: the words "tomorrow" and "late by a day" are true of one day only."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def days_words(left: int) -> str:
    """How many days are left: "আর ৭ দিন", "আজই শেষ দিন", "৪ দিন দেরি"."""
    if left == 0:
        return _("আজই শেষ দিন")
    if left > 0:
        return _("আর %(days)s দিন") % {"days": digits(left)}
    return _("%(days)s দিন দেরি") % {"days": digits(-left)}


def address(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


class Lines:
    """What letters say of matters; the same matter is told to several people."""

    def __init__(self, matters: Sequence[Matter], today: date) -> None:
        self._words, self._today = Words(matters), today
        self._lines: dict[tuple[str, int | None], dict[str, Any]] = {}

    def line(self, matter: Matter) -> dict[str, Any]:
        known = (matter.key, matter.post_id)
        if known not in self._lines:
            self._lines[known] = self._line(matter)
        return self._lines[known]

    def by_office(self, calls: Sequence[Call]) -> list[dict[str, Any]]:
        """One line for each office below, with all that is late there."""
        offices: dict[int, list[Matter]] = defaultdict(list)
        for call in calls:
            offices[call.matter.office_id].append(call.matter)
        return [
            {
                "office": self._words.offices[office].name_bn,
                "lines": [self._from_above(matter) for matter in matters],
            }
            for office, matters in sorted(
                offices.items(), key=lambda item: self._words.offices[item[0]].path
            )
        ]

    def _from_above(self, matter: Matter) -> dict[str, Any]:
        """The line without a decision's words while its minutes are still the team's own."""
        line = self.line(matter)
        if line["meeting"] is None or line["meeting"].status in SENT:
            return line
        return {**line, "text": DueKind.DECISION.label}

    def _line(self, matter: Matter) -> dict[str, Any]:
        days_left = (matter.due_on - self._today).days if matter.due_on else 0
        office = self._words.office(matter).name_bn
        owed_by = office
        meeting = None
        if matter.kind == DueKind.DECISION:
            assignment = self._words.assignments[matter.thing_id or 0]
            meeting = assignment.decision.meeting
            owed_by = assignment.post.designation_bn if assignment.post else office
        if matter.kind == DueKind.TASK and matter.post_id:
            owed_by = self._words.posts[matter.post_id].designation_bn
        return {
            "text": self._words.title(matter),
            "office": office,
            "owed_by": owed_by,
            "is_task": matter.kind == DueKind.TASK,
            "due": day_words(matter),
            "days": days_words(days_left),
            "meeting": meeting,
            "link": address(self._words.address(matter)),
        }
