"""Draws docs/states.md from the tables of states that the application itself obeys.

    python -m scripts.diagrams

A test compares the page with what this would write, so the drawing cannot lag behind the code.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import django
from django.utils import translation

from scripts.processes import ROOT

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


def workplan_diagram() -> Diagram:
    """The plan: each arrow with its verb and the permission that guards it."""
    from workplans.enums import TRANSITIONS, PlanStatus

    return Diagram(
        title="Work plan",
        table="workplans/enums.py",
        start=PlanStatus.DRAFT,
        labels={str(value): str(label) for value, label in PlanStatus.choices},
        arrows=[
            Arrow(source, step.target, f"{step.name} ({step.permission})")
            for step in TRANSITIONS
            for source in PlanStatus.values
            if source in step.sources
        ],
    )


def job_diagram() -> Diagram:
    """The job that draws a paper; nobody needs a permission, the worker moves it."""
    from jobs.enums import TRANSITIONS, JobStatus

    return Diagram(
        title="Job",
        table="jobs/enums.py",
        start=JobStatus.QUEUED,
        labels={str(value): str(label) for value, label in JobStatus.choices},
        arrows=[
            Arrow(source, target)
            for source in JobStatus.values
            for target in JobStatus.values
            if target in TRANSITIONS[JobStatus(source)]
        ],
    )


def states_page() -> str:
    """The whole page. Django must be set up."""
    with translation.override("bn"):
        diagrams = (workplan_diagram(), job_diagram())
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
