"""What was told already, and letters that are not true any more."""

from collections.abc import Collection, Iterable
from itertools import islice

from django.db.models import Max

from jobs.enums import LetterStatus
from jobs.letters import mark
from jobs.models import Letter

from ..models import Reminder
from .calls import About, Call

# A letter that ended so has told nobody anything.
CAME_TO_NOTHING = (LetterStatus.EXPIRED, LetterStatus.FAILED)

# What the keys of these letters begin with.
LETTER_KEY = "duties.reminder:"
# SQLite takes 32,766 values in a statement.
MATTERS_AT_A_TIME = 5_000

Heard = dict[About, int]


def heard_of(calls: Iterable[Call], people: Collection[int] | None = None) -> Heard:
    """The last offset that somebody (or one of `people`) has heard of each matter and due day
    (a query for each MATTERS_AT_A_TIME of them)."""
    told = Reminder.objects.exclude(letter__status__in=CAME_TO_NOTHING)
    if people is not None:
        told = told.filter(person__in=people)
    keys = iter({call.matter.key for call in calls})
    heard: Heard = {}
    while some := list(islice(keys, MATTERS_AT_A_TIME)):
        rows = told.filter(matter__in=some).order_by().values_list("matter", "due_on", "person_id")
        for matter, due_on, person, last in rows.annotate(last=Max("offset_days")):
            heard[matter, due_on, person] = last
    return heard


def is_news(call: Call, heard: Heard) -> bool:
    last = heard.get(call.about)
    return last is None or last < call.occasion.offset_days


def take_back(calls: Iterable[Call]) -> None:
    """Let no letter go out that still waits and is not true any more: its reader has left the
    post, or what it asks for was done meanwhile."""
    waiting = {
        letter.pk: letter
        for letter in Letter.objects.filter(key__startswith=LETTER_KEY, status=LetterStatus.WAITING)
    }
    if not waiting:
        return
    true = {call.about for call in calls}
    told = Reminder.objects.filter(letter__in=waiting).order_by()
    untrue = {
        waiting[letter]
        for letter, *about in told.values_list("letter_id", "matter", "due_on", "person_id")
        if tuple(about) not in true
    }
    for letter in untrue:
        mark(letter, LetterStatus.EXPIRED)
