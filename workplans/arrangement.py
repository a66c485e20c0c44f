"""How a plan's rows stand just now, short enough to be asked for every twenty seconds."""

from zlib import crc32

from .models import Subject, Task, WorkPlan


def subject_mark(subject: Subject) -> str:
    """A subject and its name in a few characters; another name is another mark."""
    return f"{subject.pk}-{crc32(subject.name.encode()):x}"


def arrangement_of(plan: WorkPlan) -> tuple[str, set[int]]:
    """The rows in their order, each with its version, and their ids (one query).

    "s5-9f1c 12:3 15:1 s6-1b 16:2": below subject 5 stand task 12 in its third version and task 15.
    """
    said: list[str] = []
    pks: set[int] = set()
    last = None
    rows = (
        Task.everything.filter(plan=plan)
        .kept()
        .in_order()
        .values_list("pk", "version", "subject_id", "subject__name")
    )
    for pk, version, subject_id, name in rows:
        if subject_id != last:
            said.append(f"s{subject_mark(Subject(pk=subject_id, name=name))}")
            last = subject_id
        said.append(f"{pk}:{version}")
        pks.add(pk)
    return " ".join(said), pks


def mark_of(arrangement: str) -> str:
    """A short name for how the rows stand: whoever knows it needs them not again."""
    return f"{crc32(arrangement.encode()):x}"
