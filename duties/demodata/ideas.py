"""Ideas as they reached the offices, and the steps they took before meetings spoke of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from bangla.text import normalise
from ideas.actions import IdeaText, move_idea, receive_idea
from ideas.enums import PLAIN_STEPS
from teams.models import Office

from .cast import Cast, Event
from .days import Days

STEPS = {step.name: step for step in PLAIN_STEPS}


def idea_events(
    content: dict[str, Any], offices: Mapping[str, Office], cast: Cast
) -> Iterator[Event]:
    """What happens to the ideas of one file of duties/demo/ideas/."""
    office, days = offices[content["office"]], Days(cast.today)
    for row in content["ideas"]:
        received_on = days.day(row["received"])
        yield Event(received_on, partial(_receive, row, received_on, office, cast))
        for step in row.get("steps", []):
            yield Event(days.day(step["on"]), partial(_move, row["key"], step, cast))


def _receive(row: dict[str, Any], received_on: date, office: Office, cast: Cast) -> None:
    text = IdeaText(
        title=normalise(row["title"]),
        description=normalise(row["description"]),
        benefit=normalise(row["benefit"]),
        received_on=received_on,
        channel=row["channel"],
        submitter_name=normalise(row["submitter"]),
    )
    cast.ideas[row["key"]] = receive_idea(office=office, text=text, by=cast.officer(office))


def _move(key: str, step: dict[str, Any], cast: Cast) -> None:
    idea = cast.ideas[key]
    idea.refresh_from_db()
    move_idea(
        idea=idea,
        step=STEPS[step["step"]],
        by=cast.head(idea.office),
        reason=normalise(step.get("reason", "")),
    )
