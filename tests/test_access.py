"""Every address of the application, asked for by everybody, in every state of the plan or meeting.

The addresses come from the URLconf itself, so a new one fails here until tests/access_table.py
says who may use it.
"""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, include, path
from django.views import View
from pytest_django import DjangoDbBlocker, Settings

from config.urls import urlpatterns
from ideas.models.files import IdeaFileQuerySet
from ideas.models.ideas import IdeaQuerySet
from ideas.models.newsletters import NewsletterDocumentQuerySet, NewsletterQuerySet
from ideas.models.papers import IdeaImportQuerySet, RegisterDocumentQuerySet
from ideas.models.pilots import PilotQuerySet
from ideas.models.replications import RecommendationQuerySet, ReplicationQuerySet
from ideas.models.screening import ScreeningQuerySet
from ideas.models.showcase import (
    AwardQuerySet,
    CertificateQuerySet,
    EventQuerySet,
    InitiativeQuerySet,
)
from meetings.models.decisions import (
    AssignmentQuerySet,
    AssignmentReportQuerySet,
    DecisionQuerySet,
)
from meetings.models.meetings import MeetingQuerySet
from meetings.models.papers import (
    DeliveryQuerySet,
    MeetingDocumentQuerySet,
    MinutesBookQuerySet,
    MinutesImportQuerySet,
    WordTemplateQuerySet,
)
from reports.models.activities import ActivityPictureQuerySet, ActivityQuerySet
from reports.models.publications import PublicationQuerySet
from reports.models.reports import (
    ReportDocumentQuerySet,
    ReportPictureQuerySet,
    ReportQuerySet,
)
from reports.models.submissions import SubmissionQuerySet
from teams.models.administration import StaffImportQuerySet
from teams.models.invitations import InvitationQuerySet
from teams.models.offices import OfficeQuerySet
from teams.models.teams import TeamDocumentQuerySet, TeamQuerySet
from tests.access_ideas import PARTS as IDEA_PARTS
from tests.access_reports import PARTS as REPORT_PARTS
from tests.access_rules import DONE, KEPT, LOGIN, METHOD, OK, PEOPLE, Address, Outcome
from tests.access_table import ADDRESSES
from tests.access_teams import PARTS as TEAM_PARTS
from tests.access_workplans import PARTS as PLAN_PARTS
from tests.access_world import (
    World,
    WriteWatch,
    build_world,
    leads_to_login,
    undone,
)
from workplans.models import TaskQuerySet, WorkPlanQuerySet

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST")
# What answers without a log-in; everything else must ask for one.
PUBLIC = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "set_language",
    *(
        name
        for part in (*IDEA_PARTS, *REPORT_PARTS, *TEAM_PARTS, *PLAN_PARTS)
        for name in part.public
    ),
}
GRID = {"X-Requested-With": "grid"}
MINUTES = {"X-Requested-With": "minutes"}
HTMX = {"HX-Request": "true"}


# --- The walk ------------------------------------------------------------------------------
def names_in(
    patterns: Sequence[URLPattern | URLResolver], namespaces: tuple[str, ...] = (), route: str = ""
) -> Iterator[str]:
    """The name of every URL, also in included files; an unnamed one by its route."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from names_in(pattern.url_patterns, inner, here)
        else:
            yield ":".join((*namespaces, pattern.name)) if pattern.name else f"/{here}"


def answer(
    world: World,
    name: str,
    method: str,
    state: str,
    person: str,
    *,
    headers: dict[str, str] | None = None,
) -> HttpResponse:
    """The response of an address to a person."""
    address = ADDRESSES[name]
    url = world.url(name, address.about, state)
    client = world.client(person)
    if method == "POST":
        return client.post(url, address.sends(world.things[state]), headers=headers)
    return client.get(url, headers=headers)


def read(response: HttpResponse) -> HttpResponse:
    """The same response; a file is read to its end, which closes it."""
    if response.streaming:
        response.getvalue()
    return response


def outcome(world: World, name: str, method: str, state: str, person: str) -> tuple[Outcome, bool]:
    """What the person gets, and whether any record changed."""
    watch = WriteWatch()
    with undone(), connection.execute_wrapper(watch):
        response = read(answer(world, name, method, state, person))
        changed = watch.changed(world)
    if leads_to_login(response):
        return LOGIN, changed
    if response.status_code in (200, 302, 304):
        return OK, changed
    return response.status_code, changed


def in_table(name: str, method: str, state: str, person: str) -> Outcome | None:
    """What the table says."""
    return ADDRESSES[name].outcome(method, state, person)


def complaints(
    world: World,
    name: str,
    people: Sequence[str] = PEOPLE,
    said: Callable[[str, str, str, str], Outcome | None] = in_table,
) -> list[str]:
    """Where an address does not do what is said of it."""
    address = ADDRESSES[name]
    found = []
    for method in METHODS:
        # What refuses a method does so before it looks at any paper: one state is enough.
        states = address.states[: 1 if is_refused(address, method) else None]
        for state in states:
            for person in people:
                expected = said(name, method, state, person)
                got, changed = outcome(world, name, method, state, person)
                wanted = OK if expected in (OK, DONE, KEPT) else expected
                if (got, changed) != (wanted, expected == DONE):
                    found.append(
                        f"{method} {name} ({state}) by {person}: expected {expected}, "
                        f"got {got}{', and records changed' if changed else ''}"
                    )
    return found


def is_refused(address: Address, method: str) -> bool:
    """Does the table promise the method to nobody in any state?"""
    outcomes = {
        address.outcome(method, state, person) for state in address.states for person in PEOPLE
    }
    return outcomes <= {METHOD, LOGIN}


# --- The world, built once -----------------------------------------------------------------
# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, settings: Settings) -> World:
    # The walk asks the log-in page more often than a person may.
    settings.ACCOUNT_RATE_LIMITS = False
    return _world


# --- The table -----------------------------------------------------------------------------
def test_table_lists_every_address_and_no_other() -> None:
    assert set(names_in(urlpatterns)) == set(ADDRESSES)


def test_walk_reports_addresses_that_nobody_listed() -> None:
    nested = ([path("deep/", View.as_view(), name="deep")], "rooms")
    patterns = [
        *urlpatterns,
        path("new/", View.as_view(), name="new"),
        path("nameless/", View.as_view()),
        path("in/", include(nested)),
    ]
    assert set(names_in(patterns)) - set(ADDRESSES) == {"new", "/nameless/", "rooms:deep"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_table_says_what_everybody_gets(name: str) -> None:
    address = ADDRESSES[name]
    forgotten = [
        (method, state, person)
        for method in METHODS
        for state in address.states
        for person in PEOPLE
        if address.outcome(method, state, person) is None
    ]
    assert forgotten == []


# --- The table and the application ---------------------------------------------------------
@pytest.mark.parametrize("name", ADDRESSES)
def test_everybody_gets_what_the_table_says(world: World, name: str) -> None:
    assert complaints(world, name) == []


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - PUBLIC))
@pytest.mark.parametrize("method", METHODS)
def test_address_asks_for_a_log_in(world: World, name: str, method: str) -> None:
    state = ADDRESSES[name].settled
    with undone():
        assert leads_to_login(answer(world, name, method, state, "anonymous"))
        for headers in (GRID, MINUTES, HTMX):
            response = answer(world, name, method, state, "anonymous", headers=headers)
            assert response.status_code == 401
            assert "লগ-ইন" in response.json()["message"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_form_without_its_token_is_refused(world: World, name: str) -> None:
    address = ADDRESSES[name]
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = world.sessions["head"]
    watch = WriteWatch()
    with undone(), connection.execute_wrapper(watch):
        form = address.sends(world.things[address.draft])
        response = client.post(world.url(name, address.about, address.draft), form)
        assert response.status_code == 403
        assert "ফরমটি আরেকবার পাঠাতে হবে" in response.content.decode()
        assert not watch.changed(world)


@pytest.mark.parametrize("name", ADDRESSES)
def test_other_methods_write_nothing(world: World, name: str) -> None:
    address = ADDRESSES[name]
    url = world.url(name, address.about, address.draft)
    for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE"):
        watch = WriteWatch()
        with undone(), connection.execute_wrapper(watch):
            response = read(world.client("head").generic(method, url))
            assert response.status_code in (200, 302, 403, 404, 405), method
            assert not watch.changed(world), method


@pytest.mark.parametrize(
    ("queryset", "name"),
    [
        (WorkPlanQuerySet, "workplans:detail"),
        (WorkPlanQuerySet, "workplans:xlsx"),
        (WorkPlanQuerySet, "workplans:print"),
        (TaskQuerySet, "workplans:task_detail"),
        (TaskQuerySet, "workplans:task_delete"),
        (MeetingQuerySet, "meetings:detail"),
        (MeetingQuerySet, "meetings:minutes"),
        (MeetingQuerySet, "meetings:print"),
        (MeetingQuerySet, "meetings:docx"),
        (DecisionQuerySet, "meetings:decision_detail"),
        (MeetingDocumentQuerySet, "meetings:document_detail"),
        (MeetingDocumentQuerySet, "meetings:document_download"),
        (MeetingDocumentQuerySet, "meetings:document_retry"),
    ],
)
def test_table_notices_a_visibility_check_that_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch, queryset: type, name: str
) -> None:
    monkeypatch.setattr(queryset, "visible_to", lambda self, user: self.all())
    leaks = complaints(world, name, ("sibling_head", "district_head"))
    draft = ADDRESSES[name].draft
    assert any("by sibling_head: expected 404" in leak for leak in leaks)
    assert any(f"({draft}) by district_head: expected 404" in leak for leak in leaks)


@pytest.mark.parametrize(
    ("queryset", "check", "name"),
    [
        (MeetingQuerySet, "own_of", "meetings:ical"),
        (MeetingQuerySet, "own_of", "meetings:notice"),
        (MeetingQuerySet, "own_of", "meetings:notice_docx"),
        (MeetingQuerySet, "own_of", "meetings:version"),
        (MeetingQuerySet, "own_of", "meetings:update"),
        (MeetingQuerySet, "own_of", "meetings:attendance"),
        (MeetingQuerySet, "own_of", "meetings:guest_remove"),
        (MeetingQuerySet, "own_of", "meetings:item_update"),
        (MeetingQuerySet, "own_of", "meetings:decision_update"),
        (MeetingQuerySet, "own_of", "meetings:finalise"),
        (MeetingQuerySet, "own_of", "meetings:circulate"),
        (AssignmentQuerySet, "visible_to", "meetings:assignment_report"),
        (AssignmentReportQuerySet, "visible_to", "meetings:report_evidence"),
        (DeliveryQuerySet, "visible_to", "meetings:delivery_resend"),
        (WordTemplateQuerySet, "own_of", "meetings:template_download"),
        (MinutesBookQuerySet, "visible_to", "meetings:book_download"),
        (MinutesImportQuerySet, "visible_to", "meetings:import_detail"),
        (IdeaQuerySet, "visible_to", "ideas:detail"),
        (IdeaQuerySet, "visible_to", "ideas:decline"),
        (IdeaQuerySet, "visible_to", "ideas:forward"),
        (IdeaQuerySet, "visible_to", "ideas:held_admit"),
        (IdeaQuerySet, "visible_to", "ideas:score"),
        (IdeaQuerySet, "own_of", "ideas:merge"),
        (IdeaQuerySet, "own_of", "ideas:pilot_plan"),
        (IdeaQuerySet, "own_of", "ideas:initiative_create"),
        (IdeaFileQuerySet, "visible_to", "ideas:file"),
        (IdeaFileQuerySet, "visible_to", "ideas:initiative_picture"),
        (IdeaFileQuerySet, "visible_to", "ideas:visit_picture_remove"),
        (PilotQuerySet, "visible_to", "ideas:pilot_detail"),
        (PilotQuerySet, "visible_to", "ideas:risk_settle"),
        (PilotQuerySet, "visible_to", "ideas:visit_update"),
        (ScreeningQuerySet, "visible_to", "ideas:screening_detail"),
        (InitiativeQuerySet, "visible_to", "ideas:initiative_detail"),
        (EventQuerySet, "visible_to", "ideas:event_detail"),
        (EventQuerySet, "visible_to", "ideas:entry_update"),
        (AwardQuerySet, "visible_to", "ideas:award_detail"),
        (CertificateQuerySet, "visible_to", "ideas:certificate_download"),
        (ReplicationQuerySet, "visible_to", "ideas:replication_detail"),
        (NewsletterQuerySet, "visible_to", "ideas:newsletter_detail"),
        (NewsletterQuerySet, "visible_to", "ideas:piece_update"),
        (NewsletterDocumentQuerySet, "visible_to", "ideas:newsletter_document_download"),
        (RegisterDocumentQuerySet, "visible_to", "ideas:register_document_download"),
        (IdeaImportQuerySet, "visible_to", "ideas:import_detail"),
    ],
)
def test_table_notices_that_what_is_the_teams_own_is_open(
    world: World, monkeypatch: pytest.MonkeyPatch, queryset: type, check: str, name: str
) -> None:
    """From above and from beside, be it answered or only refused in another way."""
    monkeypatch.setattr(queryset, check, lambda self, user: self.all())
    people = ("sibling_head", "district_head")
    leaks = complaints(world, name, people)
    for person in people:
        assert any(f"by {person}: expected 404" in leak for leak in leaks)


@pytest.mark.parametrize(
    ("queryset", "check", "name"),
    [
        (WorkPlanQuerySet, "visible_to", "workplans:document_detail"),
        (TaskQuerySet, "visible_to", "workplans:evidence"),
        (ReportQuerySet, "own_of", "reports:detail"),
        (ReportQuerySet, "own_of", "reports:preview"),
        (ReportQuerySet, "own_of", "reports:print"),
        (ReportQuerySet, "own_of", "reports:send"),
        (ReportDocumentQuerySet, "visible_to", "reports:document_download"),
        (ReportQuerySet, "own_of", "reports:section"),
        (ReportQuerySet, "own_of", "reports:source"),
        (ReportPictureQuerySet, "visible_to", "reports:picture"),
        (ActivityQuerySet, "visible_to", "reports:activity_detail"),
        (ActivityPictureQuerySet, "visible_to", "reports:activity_picture"),
        (SubmissionQuerySet, "visible_to", "reports:submission"),
        (SubmissionQuerySet, "visible_to", "reports:submission_download"),
        (SubmissionQuerySet, "visible_to", "reports:receipt"),
        (PublicationQuerySet, "own_of", "reports:publication_detail"),
        (OfficeQuerySet, "visible_to", "teams:office_detail"),
        (TeamQuerySet, "visible_to", "teams:team_detail"),
        (TeamQuerySet, "visible_to", "teams:order_detail"),
        (TeamQuerySet, "visible_to", "teams:order_docx"),
        (TeamDocumentQuerySet, "visible_to", "teams:order_document_detail"),
        (TeamDocumentQuerySet, "visible_to", "teams:order_document_download"),
        (StaffImportQuerySet, "visible_to", "teams:staff_import"),
        (InvitationQuerySet, "visible_to", "teams:invitation_revoke"),
    ],
)
def test_table_notices_that_a_paper_is_open_to_a_sister_office(
    world: World, monkeypatch: pytest.MonkeyPatch, queryset: type, check: str, name: str
) -> None:
    monkeypatch.setattr(queryset, check, lambda self, user: self.all())
    leaks = complaints(world, name, ("sibling_head",))
    assert any("by sibling_head: expected 404" in leak for leak in leaks)


def test_table_notices_that_a_recommendation_is_open(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asked sees it too; beside and further above nobody does."""
    monkeypatch.setattr(RecommendationQuerySet, "visible_to", lambda self, user: self.all())
    leaks = complaints(world, "ideas:recommendation_refuse")
    for person in ("sibling_head", "division_member"):
        assert any(f"by {person}: expected 404" in leak for leak in leaks)


@pytest.mark.parametrize(
    ("permission", "leak"),
    [
        (
            "workplans.perms.can_approve_workplan",
            "POST workplans:approve (submitted) by district_head",
        ),
        (
            "meetings.perms.can_close_decision",
            "POST meetings:decision_complete (meeting:circulated) by district_head",
        ),
        (
            "meetings.perms.can_circulate_minutes",
            "POST meetings:circulate (meeting:finalised) by member",
        ),
        (
            "meetings.perms.can_finalise_minutes",
            "POST meetings:finalise (meeting:draft) by member",
        ),
        ("meetings.perms.can_create_meeting", "POST meetings:create (draft) by member"),
        ("meetings.perms.can_arrange_meetings", "POST meetings:topic_create (draft) by member"),
        ("ideas.perms.can_move_idea", "POST ideas:shortlist (draft) by member"),
        ("ideas.perms.can_move_idea", "POST ideas:decline (draft) by member"),
        ("ideas.perms.can_move_idea", "POST ideas:pilot_stop (draft) by member"),
        ("ideas.perms.can_review_held", "POST ideas:held_discard (draft) by member"),
        ("ideas.perms.can_forward_idea", "POST ideas:forward (draft) by member"),
        ("ideas.perms.can_merge_idea", "POST ideas:merge (draft) by member"),
        ("ideas.perms.can_unmerge_idea", "POST ideas:unmerge (draft) by member"),
        ("ideas.perms.can_lead_screening", "POST ideas:screening_close (draft) by member"),
        ("ideas.perms.can_publish_initiative", "POST ideas:initiative_withdraw (draft) by member"),
        ("ideas.perms.can_publish_event", "POST ideas:event_publish (draft) by member"),
        ("ideas.perms.can_revoke_award", "POST ideas:award_revoke (draft) by member"),
        ("ideas.perms.can_move_replication", "POST ideas:replication_begin (draft) by member"),
        ("ideas.perms.can_move_replication", "POST ideas:replication_drop (draft) by member"),
        (
            "ideas.perms.can_answer_recommendation",
            "POST ideas:recommendation_refuse (draft) by district_head",
        ),
        ("ideas.perms.can_publish_newsletter", "POST ideas:newsletter_publish (draft) by member"),
        ("ideas.perms.can_import_ideas", "POST ideas:import_detail (draft) by member"),
        ("reports.perms.can_withdraw_report", "POST reports:withdraw (draft) by member"),
        ("reports.perms.can_keep_certificate", "POST reports:certificate (draft) by member"),
    ],
)
def test_table_notices_a_permission_check_that_is_gone(
    world: World, monkeypatch: pytest.MonkeyPatch, permission: str, leak: str
) -> None:
    monkeypatch.setattr(permission, lambda user, thing: True)
    name, person = leak.split()[1], leak.split()[-1]
    found = complaints(world, name, [person])
    assert f"{leak}: expected 403, got ok, and records changed" in found
