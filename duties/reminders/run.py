"""One morning's run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice

from ..seats import Seats
from .calls import Call, calls_of
from .letters import write_letters
from .memory import heard_of, is_news, take_back
from .occasions import Occasions

# People whose letters are written in one transaction; it locks their rows while it lasts.
PEOPLE_AT_A_TIME = 100


def remind(*, today: date) -> int:
    """Write today's letters and return how many.

    It may run at any time, as often as one likes, and several times at once: nobody gets a
    second letter on a day, nor hears of the same offset from the same due date twice. After a
    pause of days each person hears of each matter once, as it stands today.
    """
    occasions, seats = Occasions(today), Seats(today)
    calls = calls_of(occasions, seats)
    take_back(calls)
    heard = heard_of(calls)
    by_person: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        if is_news(call, heard):
            by_person[call.person_id].append(call)
    return sum(
        write_letters(people, occasions=occasions, seats=seats) for people in _batches(by_person)
    )


def _batches(by_person: Mapping[int, list[Call]]) -> Iterator[dict[int, list[Call]]]:
    # By id, so that two runs lock people in the same order.
    people = iter(sorted(by_person))
    while batch := list(islice(people, PEOPLE_AT_A_TIME)):
        yield {person: by_person[person] for person in batch}
