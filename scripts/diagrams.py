"""Draws docs/states.md from the tables of states that the application itself obeys.

    python -m scripts.diagrams

A test compares the page with what this would write, so the drawing cannot lag behind the code.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import django
from django.db.models import TextChoices
from django.utils import translation

from scripts.processes import ROOT

if TYPE_CHECKING:
    from teams.transitions import Transition

PAGE = ROOT / "docs" / "states.md"
INTRODUCTION = """\
# States

Written by `python -m scripts.diagrams` from the tables in the code; change those, not this page.
A paper moves only along these arrows: one conditional UPDATE per step, so of two people at once
exactly one takes it.
"""


@dataclass(frozen=True)
class Arrow:
    """One step: from a state to a state, with the words beside it."""

    source: str
    target: str
    words: str = ""


@dataclass(frozen=True)
class Diagram:
    """The states of one kind of thing: `labels` gives each state's Bengali name, in order."""

    title: str
    table: str
    start: str
    labels: dict[str, str]
    arrows: Sequence[Arrow]

    def lines(self) -> Iterable[str]:
        """The section of the page, line by line."""
        yield f"\n## {self.title}\n\nTable: `{self.table}`\n\n```mermaid\nstateDiagram-v2"
        for state, label in self.labels.items():
            yield f"    {state}: {label}"
        yield f"    [*] --> {self.start}"
        for arrow in self.arrows:
            words = f": {arrow.words}" if arrow.words else ""
            yield f"    {arrow.source} --> {arrow.target}{words}"
        ends = self.labels.keys() - {arrow.source for arrow in self.arrows}
        for state in self.labels:
            if state in ends:
                yield f"    {state} --> [*]"
        yield "```"


def paper_diagram(
    title: str, table: str, states: type[TextChoices], steps: Sequence["Transition"]
) -> Diagram:
    """A paper that people move: each arrow with its verb and the permission that guards it."""
    return Diagram(
        title=title,
        table=table,
        start=states.values[0],
        labels={str(value): str(label) for value, label in states.choices},
        arrows=[
            Arrow(source, step.target, f"{step.name} ({step.permission})")
            for step in steps
            for source in states.values
            if source in step.sources
        ],
    )


def paper_diagrams() -> Iterable[Diagram]:
    """The papers in the order of their rooms."""
    from ideas.enums import (
        NEWSLETTER_TRANSITIONS,
        PAGE_TRANSITIONS,
        PILOT_TRANSITIONS,
        REPLICATION_TRANSITIONS,
        IdeaStatus,
        NewsletterStatus,
        PageStatus,
        PilotStatus,
        ReplicationStatus,
    )
    from ideas.enums import TRANSITIONS as IDEA_STEPS
    from meetings.enums import DECISION_TRANSITIONS, DecisionStatus, MeetingStatus
    from meetings.enums import TRANSITIONS as MEETING_STEPS
    from reports.enums import NATIONAL_TRANSITIONS, NationalStatus, ReportStatus
    from reports.enums import TRANSITIONS as REPORT_STEPS
    from teams.enums import TRANSITIONS as TEAM_STEPS
    from teams.enums import TeamStatus
    from workplans.enums import TRANSITIONS as PLAN_STEPS
    from workplans.enums import PlanStatus

    yield paper_diagram("Team", "teams/enums.py", TeamStatus, TEAM_STEPS)
    yield paper_diagram("Work plan", "workplans/enums.py", PlanStatus, PLAN_STEPS)
    yield paper_diagram("Idea", "ideas/enums.py", IdeaStatus, IDEA_STEPS)
    yield paper_diagram("Pilot", "ideas/enums.py", PilotStatus, PILOT_TRANSITIONS)
    yield paper_diagram("Page of an initiative", "ideas/enums.py", PageStatus, PAGE_TRANSITIONS)
    yield paper_diagram("Replication", "ideas/enums.py", ReplicationStatus, REPLICATION_TRANSITIONS)
    yield paper_diagram("Newsletter", "ideas/enums.py", NewsletterStatus, NEWSLETTER_TRANSITIONS)
    yield paper_diagram("Meeting and minutes", "meetings/enums.py", MeetingStatus, MEETING_STEPS)
    yield paper_diagram("Decision", "meetings/enums.py", DecisionStatus, DECISION_TRANSITIONS)
    yield paper_diagram("Report", "reports/enums.py", ReportStatus, REPORT_STEPS)
    yield paper_diagram(
        "Report of the nation", "reports/enums.py", NationalStatus, NATIONAL_TRANSITIONS
    )


def table_diagram(
    title: str, states: type[TextChoices], table: Mapping[Any, frozenset[Any]]
) -> Diagram:
    """What the machine moves by itself; nobody needs a permission."""
    return Diagram(
        title=title,
        table="jobs/enums.py",
        start=states.values[0],
        labels={str(value): str(label) for value, label in states.choices},
        arrows=[
            Arrow(source, target)
            for source in states.values
            for target in states.values
            if target in table[states(source)]
        ],
    )


def machine_diagrams() -> Iterable[Diagram]:
    """The job that draws a paper, and the letter that carries one."""
    from jobs.enums import LETTER_TRANSITIONS, TRANSITIONS, JobStatus, LetterStatus

    yield table_diagram("Job", JobStatus, TRANSITIONS)
    yield table_diagram("Letter", LetterStatus, LETTER_TRANSITIONS)


def states_page() -> str:
    """The whole page. Django must be set up."""
    with translation.override("bn"):
        diagrams = (*paper_diagrams(), *machine_diagrams())
        lines = [line for diagram in diagrams for line in diagram.lines()]
    return INTRODUCTION + "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    PAGE.write_text(states_page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
