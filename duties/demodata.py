"""Invented offices at work: people on posts, plans in every state, progress on their tasks.

Written through the same actions as everything else, so that what a newcomer sees is what the
application makes.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from bangla.digits import to_ascii, to_bangla
from bangla.text import normalise
from reports.actions import create_report
from teams.actions import give_post
from teams.enums import Role
from teams.models import Office, Post, User
from workplans.actions import (
    add_progress,
    add_task,
    approve_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from workplans.enums import PlanStatus
from workplans.models import WorkPlan
from workplans.periods import Period

DATA = Path(__file__).resolve().parent / "demo"
PASSWORD = "udbhabon-demo"  # noqa: S105 - printed by `make run`
_YEAR = re.compile(r"20\d\d|২০[০-৯]{2}")


@dataclass(frozen=True, slots=True)
class Loaded:
    people: int
    plans: int


def load_demo() -> Loaded:
    """Load what is not there yet. The offices must be loaded."""
    with transaction.atomic():
        people = _people()
        posts = _posts(people)
    plans = sum(_plan(content, posts) for content in _plans())
    return Loaded(people=len(people), plans=plans)


def _people() -> dict[str, User]:
    password = make_password(PASSWORD)
    people = {}
    for row in _read("people.json"):
        person, _created = User.objects.get_or_create(
            login=row["email"],
            defaults={
                "email": row["email"],
                "mobile": row["mobile"],
                "name_bn": normalise(row["name_bn"]),
                "name_en": row["name_en"],
                "password": password,
            },
        )
        people[row["key"]] = person
    return people


def _posts(people: dict[str, User]) -> dict[str, Post]:
    posts = {}
    for entry in _read("offices.json"):
        office = Office.objects.get(code=entry["office"])
        for position, row in enumerate(entry["posts"], start=1):
            post, created = Post.objects.get_or_create(
                office=office,
                designation_bn=normalise(row["designation_bn"]),
                defaults={
                    "designation_en": row["designation_en"],
                    "role": row["role"],
                    "phone": row.get("phone", ""),
                    "position": position,
                },
            )
            posts[row["key"]] = post
            if created:
                _holdings(post, row, people)
    return posts


def _holdings(post: Post, row: dict[str, Any], people: dict[str, User]) -> None:
    for earlier in row.get("previous", []):
        give_post(
            post=post,
            person=people[earlier["holder"]],
            starts_on=date.fromisoformat(earlier["from"]),
            ends_on=date.fromisoformat(earlier["to"]),
        )
    for extra in row.get("concurrent", []):
        give_post(
            post=post,
            person=people[extra["holder"]],
            starts_on=date.fromisoformat(extra["from"]),
            kind=extra["kind"],
        )
    if row.get("holder"):
        holder = people[row["holder"]]
        give_post(post=post, person=holder, starts_on=date.fromisoformat(row["from"]))
        if not post.email:
            post.email = holder.email
            post.save(update_fields=["email"])


def _plans() -> Iterator[dict[str, Any]]:
    for path in sorted((DATA / "plans").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


@transaction.atomic
def _plan(content: dict[str, Any], posts: dict[str, Post]) -> bool:
    years = _years_since(content)
    office = Office.objects.get(code=content["office"])
    period = Period.parse(_later(content["period"], years))
    if WorkPlan.objects.filter(office=office).for_period(period).exists():
        return False
    author = _holder(office, Role.INNOVATION_OFFICER) or _holder(office, Role.HEAD)
    plan = create_workplan(office=office, period=period, form=content["form"], by=author)
    for subject in content["subjects"]:
        for row in subject["tasks"]:
            _task(plan, subject["name"], row, years, author)
    _advance(plan, content["status"])
    if plan.starts_on <= timezone.localdate():
        create_report(plan=plan, by=author)
    return True


def _task(
    plan: WorkPlan, subject: str, row: dict[str, Any], years: int, author: User | None
) -> None:
    fields = {
        "subject": subject,
        "title": row["title"],
        "start_text": _later(row["start"], years),
        "end_text": _later(row["end"], years),
        "responsible_text": row["responsible_text"],
        "expected_result": row["expected_result"],
        "measure": row["measure"],
    }
    task = add_task(
        workplan=plan, by=author, fields={name: normalise(text) for name, text in fields.items()}
    )
    for entry in row["progress"]:
        add_progress(
            task=task,
            by=author,
            on=date.fromisoformat(_later(entry["on"], years)),
            text=normalise(entry["text"]),
            percent=entry["percent"],
        )


def _advance(plan: WorkPlan, status: str) -> None:
    head = _holder(plan.office, Role.HEAD)
    if status == PlanStatus.DRAFT or head is None:
        return
    submit_workplan(workplan=plan, by=head)
    if status == PlanStatus.APPROVED:
        approve_workplan(workplan=plan, by=head)
    elif status == PlanStatus.RETURNED:
        reason = "পরিমাপের ঘরে সংখ্যা দিন এবং দ্বিতীয় বিষয়ের শেষ তারিখগুলো আবার দেখুন।"
        return_workplan(workplan=plan, by=head, reason=reason)


def _holder(office: Office, role: Role) -> User | None:
    posts = office.posts.active().filter(role=role).with_holders(timezone.localdate())
    return next((post.holder for post in posts if post.holder), None)


def _years_since(content: dict[str, Any]) -> int:
    """By how many fiscal years the content's "today" lies before the real one."""
    if "reference_date" not in content:
        return 0
    then = Period.fiscal_year_of(date.fromisoformat(content["reference_date"]))
    now = Period.fiscal_year_of(timezone.localdate())
    return now.starts_on.year - then.starts_on.year


def _later(text: str, years: int) -> str:
    """The same date words some years later; each digit keeps its script."""

    def moved(match: re.Match[str]) -> str:
        later = str(int(to_ascii(match[0])) + years)
        return later if match[0].isascii() else to_bangla(later)

    return _YEAR.sub(moved, text) if years else text


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
