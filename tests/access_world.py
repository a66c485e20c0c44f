"""A country in which everything that has an address exists once in every state of its plan."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from jobs.models import Job, Letter, StoredDocument
from meetings.models import (
    AgendaItem,
    Assignment,
    AssignmentReport,
    Attendance,
    CopyRecipient,
    Decision,
    Delivery,
    FollowUp,
    Implementer,
    Meeting,
    MeetingDocument,
    MinutesBook,
    MinutesImport,
    MinutesVersion,
    NoMeeting,
    Notice,
    Phrase,
    StandingTopic,
    WordTemplate,
)
from teams.models import (
    AuditEntry,
    MemoNumber,
    MemoPrefix,
    Office,
    Post,
    PostGroup,
    PostGroupMember,
    PostHolding,
    User,
)
from tests.access_duties import WATCHED as DUTY_WATCHED
from tests.access_duties import duty_things
from tests.access_ideas import PARTS as IDEA_PARTS
from tests.access_ideas import idea_things
from tests.access_meeting_world import meeting_things, post_of, things_of_the_office
from tests.access_reports import PARTS as REPORT_PARTS
from tests.access_reports import report_things
from tests.access_teams import PARTS as TEAM_PARTS
from tests.access_teams import team_things
from tests.access_workplans import PARTS as PLAN_PARTS
from tests.access_workplans import things_of_plan, things_while_draft, workplan_things
from tests.factories import (
    Country,
    make_country,
    make_plan,
    make_progress,
    take_plan_to,
)
from tests.prints import printed
from tests.reports.auth import reauthenticate
from tests.workplans.importers.build import FORM_2016, as_tsv, table
from tests.workplans.importers.fixture import make_tasks
from workplans.actions import delete_task
from workplans.documents import PLAN_PDF
from workplans.forms import period_choices
from workplans.models import PlanDocument, PlanImport, ProgressEntry, Subject, Task, WorkPlan

PEOPLE = {
    "head": "upazila.head",
    "officer": "upazila.innovation_officer",
    "member": "upazila.member",
    "district_head": "district.head",
    "division_member": "division.member",
    "reviewer": "reviewer",
    "sibling_head": "sibling.head",
    "elsewhere_head": "elsewhere.head",
    "administrator": "administrator",
    "nobody": "nobody",
}
# A plan in each state, each in a year of its own; no office plans for these years any more.
PLAN_STATES = ("draft", "submitted", "returned", "approved", "closed")
YEARS = dict(zip(PLAN_STATES, ("2001", "2002", "2003", "2004", "2005"), strict=True))
WATCHED: tuple[type[models.Model], ...] = (
    *(WorkPlan, Subject, Task, ProgressEntry, PlanImport, PlanDocument),
    *(Meeting, AgendaItem, FollowUp, Decision, Implementer, Assignment, AssignmentReport),
    *(Attendance, CopyRecipient, NoMeeting, Notice, MinutesVersion, MeetingDocument, MinutesBook),
    *(Delivery, MinutesImport, Phrase, StandingTopic, WordTemplate, Letter),
    *(MemoNumber, MemoPrefix, PostGroup, PostGroupMember),
    *(
        model
        for part in (*IDEA_PARTS, *REPORT_PARTS, *TEAM_PARTS, *PLAN_PARTS)
        for model in part.watched
    ),
    *DUTY_WATCHED,
    *(Job, StoredDocument, AuditEntry, Office, Post, PostHolding, User),
)
WRITES = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')


@dataclass
class World:
    """`things[state]` has the plan of that state and all that hangs on it.

    `sessions` are the session keys of whoever is logged in; `records` is how every watched
    table stands before anybody does anything.
    """

    country: Country
    things: dict[str, SimpleNamespace]
    sessions: dict[str, str]
    records: dict[str, list[tuple[Any, ...]]]
    browser: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def client(self, person: str) -> Client:
        """The browser, with this person logged in ("anonymous": nobody) and no other cookie."""
        self.browser.cookies.clear()
        if person in self.sessions:
            self.browser.cookies["sessionid"] = self.sessions[person]
        return self.browser

    def url(self, name: str, about: str, state: str) -> str:
        """The address of a thing, or of a page without one."""
        return reverse(name, args=self.things[state].addresses[about])


def build_world(country: Country | None = None) -> World:
    country = country or make_country()
    things = {state: _things(country, state) for state in PLAN_STATES}
    things |= meeting_things(country)
    arranged = things_of_the_office(country) | idea_things(country) | report_things(country)
    arranged |= duty_things(country) | team_things(country) | workplan_things(country)
    for state in PLAN_STATES:
        things[state].addresses |= arranged
    sessions = _sessions(country)
    return World(country, things, sessions, records())


def _things(country: Country, state: str) -> SimpleNamespace:
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=4, period=YEARS[state])
    task, deleted = Task.objects.filter(plan=plan).in_order()[:2]
    Task.objects.filter(pk=task.pk).update(doubts=[{"field": "title", "reason": "দেখুন"}])
    delete_task(task=deleted, by=head)
    progress = make_progress(task, by=head, evidence=True)
    things = things_while_draft(plan, task, head)
    take_plan_to(plan, state, by=head)
    of_plan = {"plan": plan, "plan_status": state}
    document, failed = (
        printed(PlanDocument, PLAN_PDF, done=done, by=head, **of_plan) for done in (True, False)
    )
    plan_import = PlanImport.objects.create(
        plan=plan, filename="ছক.docx", rows=[import_row()], created_by=head
    )
    task.refresh_from_db()
    things |= things_of_plan(plan, task, head)
    return SimpleNamespace(
        plan=plan,
        task=task,
        seat=post_of(country["upazila.member"]).pk,
        free_period=period_choices()[0][1][0][0],
        pasted=as_tsv(table(FORM_2016, make_tasks())),
        addresses={
            "": [],
            "office": [country.upazila.code],
            "reset_key": ["1", "no-such-key"],
            "plan": [plan.pk],
            "task": [task.pk],
            "deleted_task": [deleted.pk],
            "subject": [task.subject_id],
            "progress": [progress.pk],
            "import": [plan_import.pk],
            "document": [document.pk],
            "failed_document": [failed.pk],
            **things,
        },
    )


def import_row() -> dict[str, Any]:
    """One row as the importer reads it."""
    texts = ("serial", "subject", "start_text", "end_text", "responsible", "expected_result")
    return {
        **dict.fromkeys(texts, ""),
        **{"title": "আনা কাজ", "measure": "", "progress": "", "doubts": []},
        **{"starts_on": None, "ends_on": None},
    }


def _sessions(country: Country) -> dict[str, str]:
    return {person: log_in(country[name]) for person, name in PEOPLE.items()}


def log_in(person: User) -> str:
    """The key of a session in which nobody is asked for the password again on the way."""
    client = Client()
    client.force_login(person)
    reauthenticate(client, person, for_seconds=24 * 60 * 60)
    return client.cookies["sessionid"].value


# --- Looking without leaving a trace -------------------------------------------------------
@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the database inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def records(
    watched: Iterable[type[models.Model]] = WATCHED,
) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the tables (of all that people write to, except sessions)."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in watched
    }


class WriteWatch:
    """Notes which tables the statements since its birth could have changed.

    Reading every table after every request would be thorough and slow; most requests write
    nothing but their session, the others to a few tables.
    """

    def __init__(self) -> None:
        self.written: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            table = WRITES.match(sql)
            # What is not understood may have written anywhere.
            self.written |= {table[1]} if table else {each._meta.db_table for each in WATCHED}
        return execute(sql, *rest)

    def changed(self, world: World) -> bool:
        """Do the records differ from those of the world?"""
        written = [model for model in WATCHED if model._meta.db_table in self.written]
        return any(rows != world.records[label] for label, rows in records(written).items())


def leads_to_login(response: HttpResponse) -> bool:
    """Sent to the log-in page, with the way back. (A log-out leads there without one.)"""
    return response.status_code == 302 and response["Location"].startswith(
        f"{reverse('account_login')}?next="
    )
