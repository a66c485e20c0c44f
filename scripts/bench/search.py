"""What the search over minutes costs beside searches that have no index.

Compared are whole first pages: ranked, with the places marked. Once with the very same search
that is not let near its index; once with what a filter over the records would do, which reads
every topic, discussion and decision, knows one spelling only and ranks nothing.
"""

from unittest.mock import patch

from django.db import connection
from django.db.models import Q, QuerySet

from meetings.models import AgendaItem, Decision, Meeting
from meetings.search import search_minutes
from scripts.bench.measure import Run, heading, line, ratio, take_turns
from teams.enums import Role, Tier
from teams.models import Office, User
from tests.factories import make_office, make_officer
from tests.meetings.minutes_rows import many_minutes

MINUTES = 10_000
ROUNDS = 15
PAGE = 20
RARE = "কুঁড়েঘর"
# One is hidden in a single meeting; the others come from the vocabulary of the minutes.
SEARCHES = {
    "a rare word": RARE,
    "a common word": "প্রশিক্ষণ",
    "two common words": "প্রশিক্ষণ কর্মশালা",
}


def measure() -> list[str]:
    """Print the ratios on this system's database; returns what went wrong."""
    reader = reader_of_many()
    heading(f"Search over {MINUTES:,} generated minutes, {connection.vendor} (median, quartiles)")
    problems = []
    for name, words in SEARCHES.items():
        ours = first_page(reader, words)
        others = {
            "the same without index": without_index(ours),
            "a filter over the records": filter_records(reader, words),
        }
        found = ours(0)
        for other, search in others.items():
            if (theirs := search(0)) != found:
                problems.append(f"search: {name} is in {found} minutes; {other} says {theirs}")
            seconds = take_turns(search, ours, rounds=ROUNDS)
            line(f"{other} ÷ ours, {name} ({found})", ratio(seconds[0], of=seconds[1]))
    return problems


def reader_of_many() -> User:
    """Somebody whose office has that many settled minutes."""
    office = make_office(
        "bench-search", Tier.DISTRICT, Office.objects.filter(tier=Tier.DIVISION)[0]
    )
    head = make_officer(office, Role.HEAD)
    many_minutes(office, MINUTES, by=head, hidden={MINUTES // 3: RARE})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself, a little later
    return head


def first_page(reader: User, words: str) -> Run:
    """How many minutes hold the words, having made what the first page shows."""

    def run(_number: int) -> int:
        found = search_minutes(reader, words)
        assert len(found[:PAGE]) == min(len(found), PAGE)
        return len(found)

    return run


def without_index(search: Run) -> Run:
    """The same, as if every word were too short for the index."""

    def run(number: int) -> object:
        with patch("meetings.search.query.is_indexed", return_value=False):
            return search(number)

    return run


def filter_records(reader: User, words: str) -> Run:
    """The newest page of minutes whose records hold each word, and how many there are."""

    def run(_number: int) -> int:
        meetings = Meeting.objects.visible_to(reader).held().select_related("office")
        for word in words.split():
            meetings = meetings.filter(_said_in(word))
        assert len(meetings[:PAGE]) <= PAGE
        return meetings.count()

    return run


def _said_in(word: str) -> Q:
    items = AgendaItem.objects.filter(Q(topic__icontains=word) | Q(discussion__icontains=word))
    decisions = Decision.objects.filter(
        Q(text__icontains=word) | Q(implementer_text__icontains=word)
    )
    return _of(items) | _of(decisions)


def _of(pieces: QuerySet) -> Q:
    return Q(pk__in=pieces.values("meeting_id"))
