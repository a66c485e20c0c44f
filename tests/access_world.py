"""A country in which everything that has an address exists once in every state of its plan."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas.enums import IdeaStatus
from ideas.models import Idea
from jobs.documents import store
from jobs.enums import JobStatus
from jobs.models import Job, Letter, StoredDocument
from meetings.actions import (
    add_guest,
    cancel_meeting,
    circulate_minutes,
    finalise_minutes,
    remove_decision,
    reopen_minutes,
)
from meetings.documents import MEETING_PDF
from meetings.enums import DocumentKind, ItemKind, MeetingKind, MeetingStatus, Presence
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
from reports.actions import create_report
from reports.documents import REPORT_PDF
from reports.models import Report, ReportDocument
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
from teams.prints import Print, order_print
from tests.factories import (
    Country,
    make_country,
    make_plan,
    make_progress,
    take_plan_to,
)
from tests.ideas.register import make_idea
from tests.meetings.rows import decided, make_meeting
from tests.workplans.importers.build import FORM_2016, as_tsv, table
from tests.workplans.importers.fixture import make_tasks
from workplans.actions import delete_task
from workplans.documents import PLAN_PDF
from workplans.enums import PlanStatus
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
YEARS = dict(zip(PlanStatus.values, ("2001", "2002", "2003", "2004", "2005"), strict=True))
YEARS_WITHOUT_REPORT = dict(
    zip(PlanStatus.values, ("1991", "1992", "1993", "1994", "1995"), strict=True)
)
WATCHED: tuple[type[models.Model], ...] = (
    *(WorkPlan, Subject, Task, ProgressEntry, PlanImport, PlanDocument, Report, ReportDocument),
    *(Meeting, AgendaItem, FollowUp, Decision, Implementer, Assignment, AssignmentReport),
    *(Attendance, CopyRecipient, NoMeeting, Notice, MinutesVersion, MeetingDocument, MinutesBook),
    *(Delivery, MinutesImport, Phrase, StandingTopic, WordTemplate, Letter),
    *(MemoNumber, MemoPrefix, PostGroup, PostGroupMember),
    *(Idea, Job, StoredDocument, AuditEntry, Office, Post, PostHolding, User),
)


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


def build_world() -> World:
    country = make_country()
    things = {state: _things(country, state) for state in PlanStatus.values}
    things |= meeting_things(country)
    sessions = _sessions(country)
    return World(country, things, sessions, records())


def _things(country: Country, state: str) -> SimpleNamespace:
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=4, period=YEARS[state])
    task, deleted = Task.objects.filter(plan=plan).in_order()[:2]
    Task.objects.filter(pk=task.pk).update(doubts=[{"field": "title", "reason": "দেখুন"}])
    delete_task(task=deleted, by=head)
    other = make_plan(country.upazila, by=head, tasks=1, period=YEARS_WITHOUT_REPORT[state])
    progress = make_progress(task, by=head, evidence=True)
    for unsent in (plan, other):
        take_plan_to(unsent, state, by=head)
    report = create_report(plan=plan, by=head)
    of_plan = {"plan": plan, "plan_status": state}
    document, failed = (
        _printed(PlanDocument, PLAN_PDF, done=done, by=head, **of_plan) for done in (True, False)
    )
    report_document, failed_report_document = (
        _printed(ReportDocument, REPORT_PDF, done=done, by=head, report=report)
        for done in (True, False)
    )
    plan_import = PlanImport.objects.create(
        plan=plan, filename="ছক.docx", rows=[import_row()], created_by=head
    )
    task.refresh_from_db()
    ideas = {each: make_idea(country.upazila, by=head, status=each) for each in IdeaStatus}
    return SimpleNamespace(
        plan=plan,
        task=task,
        report=report,
        idea=ideas[IdeaStatus.RECEIVED],
        free_period=period_choices()[0][1][0][0],
        pasted=as_tsv(table(FORM_2016, make_tasks())),
        addresses={
            "": [],
            "office": [country.upazila.code],
            "reset_key": ["1", "no-such-key"],
            "plan": [plan.pk],
            "unreported_plan": [other.pk],
            "task": [task.pk],
            "deleted_task": [deleted.pk],
            "subject": [task.subject_id],
            "progress": [progress.pk],
            "import": [plan_import.pk],
            "document": [document.pk],
            "failed_document": [failed.pk],
            "idea": [ideas[IdeaStatus.RECEIVED].pk],
            **{f"{each}_idea": [idea.pk] for each, idea in ideas.items()},
            "report": [report.pk],
            "report_document": [report_document.pk],
            "failed_report_document": [failed_report_document.pk],
        },
    )


def meeting_things(country: Country) -> dict[str, SimpleNamespace]:
    """A meeting in every state, "meeting:draft" and so on, with all that hangs on it."""
    head = country["upazila.head"]
    earlier = make_meeting(
        country.upazila,
        by=head,
        on=date(2026, 8, 10),
        decisions=[decided(_post(country["upazila.member"]))],
        status=MeetingStatus.CIRCULATED,
    )
    followed = earlier.decisions.get()
    things = {
        f"meeting:{status}": _meeting(country, status, followed, on=date(2026, 9, day))
        for day, status in enumerate(MeetingStatus.values, start=1)
    }
    # Something that an agenda written before it can be completed with.
    StandingTopic.objects.create(office=country.upazila, title="ই-নথির ব্যবহার")
    return things


def _meeting(country: Country, status: str, followed: Decision, *, on: date) -> SimpleNamespace:
    head = country["upazila.head"]
    member = _post(country["upazila.member"])
    words = [decided(member), decided(text="তুলে নেওয়া সিদ্ধান্ত")]
    meeting = make_meeting(
        country.upazila, by=head, on=on, decisions=words, kind=MeetingKind.SPECIAL
    )
    decision, removed = meeting.decisions.order_by("pk")
    remove_decision(decision=removed, by=head)
    item = meeting.items.get(kind=ItemKind.OWN)
    guest = add_guest(
        meeting=meeting,
        name="অতিথি",
        designation="",
        office_name="",
        contact="guest@office.test",
        presence=Presence.PRESENT,
        by=head,
    )
    # Every state has a version: that of a draft or a cancelled meeting was opened again.
    finalise_minutes(meeting=meeting, by=head, memo=None, issued_on=on)
    meeting.refresh_from_db()
    version = meeting.versions.get()
    if status in {MeetingStatus.DRAFT, MeetingStatus.CANCELLED}:
        reopen_minutes(meeting=meeting, by=head, reason="বানান")
        meeting.refresh_from_db()
    if status == MeetingStatus.CANCELLED:
        cancel_meeting(meeting=meeting, by=head, reason="সভাপতি ছুটিতে")
    if status in {MeetingStatus.CIRCULATED, MeetingStatus.CONFIRMED}:
        circulate_minutes(meeting=meeting, by=head)
    if status == MeetingStatus.CONFIRMED:
        Meeting.objects.filter(pk=meeting.pk).update(
            status=status, confirmed_at=timezone.now(), confirmed_by=head
        )
    meeting.refresh_from_db()
    is_settled = meeting.is_held
    belongs = {
        "meeting": meeting,
        "kind": DocumentKind.MINUTES if is_settled else DocumentKind.DRAFT,
        "version": version if is_settled else None,
    }
    document, failed = (
        _printed(MeetingDocument, MEETING_PDF, done=done, by=head, **belongs)
        for done in (True, False)
    )
    item.refresh_from_db()
    decision.refresh_from_db()
    return SimpleNamespace(
        meeting=meeting,
        item=item,
        decision=decision,
        seat=member.pk,
        addresses={
            "": [],
            "office": [country.upazila.code],
            "meeting": [meeting.pk],
            "item": [item.pk],
            "decision": [decision.pk],
            "removed_decision": [removed.pk],
            "follow_up": [meeting.pk, followed.pk],
            "guest": [guest.pk],
            "version": [version.pk],
            "minutes_document": [document.pk],
            "failed_minutes_document": [failed.pk],
            "assignment": [decision.assignments.get().pk],
        },
    )


def _post(person: User) -> Post:
    post = person.scope.main_post
    assert post is not None
    return post


def _printed(
    model: type[Print], job_kind: str, *, done: bool, by: User, **belongs_to: object
) -> Print:
    """A print of words that stand on no paper yet, its job at an end: made, or parked."""
    content = {"words": f"{job_kind} {done}"}
    printed = order_print(
        model._default_manager.all(), job_kind=job_kind, content=content, by=by, **belongs_to
    )
    job = Job.objects.filter(pk=printed.job_id)
    if done:
        paper = store(
            f"%PDF-1.7 {job_kind} {printed.pk}".encode(),
            content_type="application/pdf",
            filename="paper.pdf",
        )
        job.update(status=JobStatus.DONE, finished_at=timezone.now(), document=paper)
    else:
        job.update(
            status=JobStatus.FAILED,
            finished_at=timezone.now(),
            error="broken",
            error_for_user="হয়নি",
        )
    return printed


def import_row() -> dict[str, Any]:
    """One row as the importer reads it."""
    texts = ("serial", "subject", "start_text", "end_text", "responsible", "expected_result")
    return {
        **dict.fromkeys(texts, ""),
        **{"title": "আনা কাজ", "measure": "", "progress": "", "doubts": []},
        **{"starts_on": None, "ends_on": None},
    }


def _sessions(country: Country) -> dict[str, str]:
    keys = {}
    for person, name in PEOPLE.items():
        client = Client()
        client.force_login(country[name])
        keys[person] = client.cookies["sessionid"].value
    return keys


# --- Looking without leaving a trace -------------------------------------------------------
@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens to the database inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def records() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that people write to, except sessions."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in WATCHED
    }


class WriteWatch:
    """Notes whether any statement since its birth could have changed a record.

    Reading every table after every request would be thorough and slow; most requests write
    nothing but their session.
    """

    def __init__(self) -> None:
        self.wrote = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        reads = sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
        self.wrote |= not reads and "django_session" not in sql
        return execute(sql, *rest)


def leads_to_login(response: HttpResponse) -> bool:
    """Sent to the log-in page, with the way back. (A log-out leads there without one.)"""
    return response.status_code == 302 and response["Location"].startswith(
        f"{reverse('account_login')}?next="
    )
