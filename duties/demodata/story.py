"""What went on in the invented offices these last months, told in the order of the days."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ideas.models import Idea
from meetings.models import Meeting
from teams.models import Office, Post

from .cast import Cast
from .contents import read, read_all
from .growth import growth_events
from .ideas import idea_events
from .meetings import meeting_events
from .past import Past
from .reports import report_events


@dataclass(frozen=True, slots=True)
class Told:
    meetings: int = 0
    ideas: int = 0


@transaction.atomic
def load_story(posts: dict[str, Post]) -> Told:
    """Let it happen, unless one of its offices has an idea or a meeting already.

    All or nothing: the meetings speak of each other and of the ideas.
    """
    registers, minutes = list(read_all("ideas")), list(read_all("meetings"))
    growth, reports = read("growth.json"), read("reports.json")
    codes = {content["office"] for content in (*registers, *minutes)} | {*growth["offices"]}
    codes |= {row["office"] for row in reports["reports"]}
    offices = {office.code: office for office in Office.objects.filter(code__in=codes)}
    ideas = Idea.objects.filter(office__in=offices.values())
    meetings = Meeting.objects.filter(office__in=offices.values())
    if ideas.exists() or meetings.exists():
        return Told()
    cast = Cast(today=timezone.localdate(), posts=posts)
    events = [
        *(event for content in registers for event in idea_events(content, offices, cast)),
        *(event for content in minutes for event in meeting_events(content, offices, cast)),
        *growth_events(growth, offices, cast),
        *report_events(reports, offices, cast),
    ]
    past = Past(offices.values())
    for event in sorted(events, key=lambda event: event.day):
        past.turn_to(event.day)
        event.happen()
    past.settle()
    return Told(meetings.count(), ideas.count())
