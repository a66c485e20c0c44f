"""Ideas as they reached the offices, and the steps they took before meetings spoke of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from bangla.text import normalise
from ideas.actions import IdeaText, move_idea, receive_idea
from ideas.enums import TRANSITIONS
from teams.models import Office

from .cast import Cast, Event
from .days import Days

STEPS = {step.name: step for step in TRANSITIONS}


def idea_events(
    content: dict[str, Any], offices: Mapping[str, Office], cast: Cast
) -> Iterator[Event]:
    """What happens to the ideas of one file of duties/demo/ideas/."""
    office, days = offices[content["office"]], Days(cast.today)
    for row in content["ideas"]:
        yield Event(days.day(row["received"]), _receipt(row, office, days, cast))
        for step in row.get("steps", []):
            yield Event(days.day(step["on"]), _step(row["key"], step, cast))


def _receipt(row: dict[str, Any], office: Office, days: Days, cast: Cast) -> Any:
    def receive() -> None:
        text = IdeaText(
            title=normalise(row["title"]),
            description=normalise(row["description"]),
            benefit=normalise(row["benefit"]),
            received_on=days.day(row["received"]),
            channel=row["channel"],
            submitter_name=normalise(row.get("submitter", "")),
        )
        cast.ideas[row["key"]] = receive_idea(office=office, text=text, by=cast.officer(office))

    return receive


def _step(key: str, step: dict[str, Any], cast: Cast) -> Any:
    def take() -> None:
        idea = cast.ideas[key]
        idea.refresh_from_db()
        move_idea(
            idea=idea,
            step=STEPS[step["step"]],
            by=cast.head(idea.office),
            reason=step.get("reason", ""),
        )

    return take
