"""Fifty people press one button in the same instant: it happens once, and is recorded once.

Over HTTP, to a server that answers each request in a thread with its own connection. Every
request has read the paper before any of them goes on, which is the worst that can happen.
"""

from collections.abc import Callable
from http.client import HTTPConnection
from threading import Barrier
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from reports.actions.sending import approved_content, head_post_of
from reports.approval import looked_at
from reports.enums import ReportStatus
from reports.models import Submission
from teams.audit import record
from teams.models import AuditEntry, User
from teams.transitions import WrongState
from tests.factories import Team, make_plan, make_team
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from tests.reports.build import make_report
from workplans.enums import PlanStatus

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

POSTS = 50
PATIENCE_SECONDS = 60
TOKEN = "t" * 32
SUBMIT_PLAN = "workplans.views.plans.submit_workplan"
SEND_REPORT = "reports.views.sending.submit_report"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let all requests come together right before the view calls this action."""

    def at(name: str) -> None:
        module, _, action = name.rpartition(".")
        together = Barrier(POSTS, timeout=PATIENCE_SECONDS)
        real = getattr(__import__(module, fromlist=[action]), action)

        def wait_and_act(**arguments: Any) -> Any:
            together.wait()
            return real(**arguments)

        monkeypatch.setattr(name, wait_and_act)

    return at


def browsers(person: User) -> list[Client]:
    """As many sessions of one person as there are posts, so that nothing but the row is shared."""
    return [confirmed_client_of(person) for _ in range(POSTS)]


def post_all(
    server: LiveServer, person: User, path: str, form: dict[str, str] | None = None
) -> list[int]:
    """Post the form from every browser at once; the status of each answer."""

    def sender(client: Client) -> Callable[[], int]:
        session = client.cookies["sessionid"].value

        def send() -> int:
            connection = HTTPConnection(
                server.thread.host, server.thread.port, timeout=PATIENCE_SECONDS
            )
            connection.request(
                "POST",
                path,
                urlencode({"csrfmiddlewaretoken": TOKEN, **(form or {})}),
                {
                    "Content-Type": "application/x-www-form-urlencoded",
                    "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
                },
            )
            status = connection.getresponse().status
            connection.close()
            return status

        return send

    # Django's server for tests lets ten wait at the door; the others would be sent away.
    server.thread.httpd.socket.listen(POSTS)
    answers = at_once([sender(client) for client in browsers(person)])
    return [answer for answer in answers if not _raise(answer)]  # type: ignore[misc]


def _raise(answer: int | Exception) -> bool:
    if isinstance(answer, Exception):
        raise answer
    return False


def entries(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def test_plan_submitted_by_fifty_is_submitted_once(
    team: Team, live_server: LiveServer, meet: Callable[[str], None]
) -> None:
    plan = make_plan(team.office, by=team.head)
    version = plan.version
    meet(SUBMIT_PLAN)
    answers = post_all(live_server, team.head, f"/plans/{plan.pk}/submit/")

    assert answers == [302] * POSTS
    plan.refresh_from_db()
    assert (plan.status, plan.version) == (PlanStatus.SUBMITTED, version + 1)
    assert entries("workplan.submit") == 1
    # It was done by a person, over the web, from that address.
    entry = AuditEntry.objects.get(action="workplan.submit")
    assert (entry.by, entry.origin, entry.address) == (team.head, "web", "127.0.0.1")


def test_report_sent_by_fifty_is_sent_once(
    team: Team, live_server: LiveServer, meet: Callable[[str], None]
) -> None:
    report = make_report(team.office, by=team.head)
    content = approved_content(report, team.head, head_post_of(report, team.head))
    meet(SEND_REPORT)
    form = {"looked_at": looked_at(content)}
    answers = post_all(live_server, team.head, f"/reports/{report.pk}/send/", form)

    assert answers == [302] * POSTS
    report.refresh_from_db()
    assert report.status == ReportStatus.SUBMITTED
    assert Submission.objects.filter(report=report).count() == 1
    assert entries("report.submit") == entries("submission.create") == 1


def test_plan_without_the_condition_is_submitted_many_times(
    team: Team,
    live_server: LiveServer,
    meet: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: what is read, looked at and saved lets everybody through."""

    def read_then_save(plan: Any, step: Any, *, by: User, **rest: Any) -> None:
        if plan.status not in step.sources:
            raise WrongState
        plan.status = step.target
        plan.submitted_at, plan.submitted_by = timezone.now(), by
        plan.save()
        record("workplan.submit", plan, by=by, office=plan.office)

    monkeypatch.setattr("workplans.actions.plans.apply_transition", read_then_save)
    plan = make_plan(team.office, by=team.head)
    meet(SUBMIT_PLAN)
    post_all(live_server, team.head, f"/plans/{plan.pk}/submit/")
    assert entries("workplan.submit") == POSTS
