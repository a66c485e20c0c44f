"""The report as its team meets it: started, written, printed, handed over."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from jobs import runner
from jobs.enums import JobStatus
from jobs.models import Job
from reports import jobhandlers
from reports.models import Report, ReportDocument
from teams.models import AuditEntry, User
from tests.factories import Team, client_of, make_plan, make_progress, make_task, make_team
from tests.pages import find, form_fields, texts_of
from tests.races import at_once
from tests.reports.build import report_of
from workplans.models import PlanDocument, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=2)


@pytest.fixture
def report(plan: WorkPlan, team: Team) -> Report:
    return report_of(plan, by=team.head)


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


# --- Started ---------------------------------------------------------------------------------
def test_report_is_started_once_however_often_asked(client: Client, plan: WorkPlan) -> None:
    url = reverse("reports:create", args=[plan.pk])
    first, second = client.post(url), client.post(url)
    assert first.url == second.url == Report.objects.get().get_absolute_url()
    assert AuditEntry.objects.filter(action="report.create").count() == 1


@pytest.mark.django_db(transaction=True)
def test_report_started_by_six_at_once_is_one() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head)

    def start() -> int:
        by = User.objects.get(pk=team.member.pk)
        return report_of(WorkPlan.objects.get(pk=plan.pk), by=by).pk

    assert at_once([start] * 6) == [Report.objects.get().pk] * 6


@pytest.mark.parametrize(
    ("period", "kind"),
    [("2026-2027", "annual"), ("2026", "annual"), ("2026-07..2026-12", "half_yearly")],
)
def test_kind_of_report_follows_from_the_period(team: Team, period: str, kind: str) -> None:
    plan = make_plan(team.office, by=team.head, period=period)
    assert report_of(plan, by=team.head).kind == kind


def test_list_has_reports_and_the_plans_that_have_none(
    client: Client, team: Team, report: Report
) -> None:
    make_plan(team.office, by=team.head, period="2025-2026")
    page = client.get(reverse("reports:list"))
    assert texts_of(page, "table.list tbody th") == ["বার্ষিক প্রতিবেদন ২০২৬–২৭ অর্থবছর"]
    assert texts_of(page, "ul.todo .chip") == ["২০২৫–২৬ অর্থবছর"]


def test_report_is_its_teams_own(team: Team, report: Report) -> None:
    below = make_team("below", parent=team.office)
    theirs = report_of(make_plan(below.office, by=below.head), by=below.head)
    for person, address in ((below.head, report), (team.head, theirs)):
        assert client_of(person).get(address.get_absolute_url()).status_code == 404


# --- Written ---------------------------------------------------------------------------------
def write(client: Client, report: Report, **words: str) -> HttpResponse:
    form = form_fields(client.get(report.get_absolute_url()))
    return client.post(report.get_absolute_url(), {**form, **words})


def test_words_are_saved_and_written_down(client: Client, report: Report, team: Team) -> None:
    words = {"introduction": " এ বছর সাম\u09dfিকভাবে\r\nদুটি উদ্যোগ ", "closing": "জনবল কম"}
    response = write(client, report, **words)
    assert response.url == report.get_absolute_url()
    assert texts_of(client.get(response.url), ".alert") == ["সংরক্ষিত হয়েছে।"]
    report.refresh_from_db()
    assert (report.introduction, report.closing, report.version) == (
        "এ বছর সাম\u09af\u09bcিকভাবে\nদুটি উদ্যোগ",
        "জনবল কম",
        2,
    )
    entry = AuditEntry.objects.get(action="report.update")
    assert (entry.by, entry.before["closing"], entry.after["closing"]) == (
        team.member,
        "",
        "জনবল কম",
    )


def test_stale_words_show_both_and_write_nothing(client: Client, report: Report) -> None:
    old = form_fields(client.get(report.get_absolute_url()))
    write(client, report, introduction="তাঁর ভূমিকা", closing="তাঁর সুপারিশ")
    mine = {**old, "introduction": "আমার ভূমিকা", "closing": "তাঁর সুপারিশ"}
    response = client.post(report.get_absolute_url(), mine)
    assert response.status_code == 409
    # Only what differs is shown; one's own words stay in the boxes.
    assert texts_of(response, "section.card .words") == ["তাঁর ভূমিকা"]
    form = form_fields(response)
    assert form["introduction"].strip() == "আমার ভূমিকা"
    report.refresh_from_db()
    assert report.introduction == "তাঁর ভূমিকা"
    client.post(report.get_absolute_url(), form)
    report.refresh_from_db()
    assert (report.introduction, report.version) == ("আমার ভূমিকা", 3)


def test_script_in_the_words_is_words(client: Client, report: Report) -> None:
    evil = "<script>alert(1)</script>"
    old = form_fields(client.get(report.get_absolute_url()))
    write(client, report, introduction=evil)
    conflict = client.post(report.get_absolute_url(), {**old, "introduction": "অন্য"})
    for response in (client.get(report.get_absolute_url()), conflict):
        assert evil not in response.content.decode()
        assert "&lt;script&gt;" in response.content.decode()


# --- Printed ---------------------------------------------------------------------------------
@pytest.fixture
def one_attempt(settings: Settings) -> None:
    settings.JOB_MAX_ATTEMPTS = 1


@pytest.fixture
def a_quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the paper looks like is tested in test_paper.py."""

    class Quick:
        content = b"%PDF-1.7 quick"

    monkeypatch.setattr(jobhandlers, "draw_report", lambda content: ("<p>", Quick))


def order(client: Client, report: Report) -> ReportDocument:
    """Press "make the PDF"."""
    url = client.post(reverse("reports:print", args=[report.pk])).url
    return ReportDocument.objects.get(pk=url.rstrip("/").rpartition("/")[2])


def page_of_document(client: Client, document: ReportDocument) -> HttpResponse:
    return client.get(reverse("reports:document_detail", args=[document.pk]))


def test_same_content_is_printed_once(client: Client, report: Report) -> None:
    first = order(client, report)
    client.cookies["django_language"] = "en"
    second = order(client, report)
    assert (first.pk, first.job_id) == (second.pk, second.job_id)
    assert Job.objects.count() == 1


def test_changed_content_is_a_new_paper_and_the_old_one_stays(
    client: Client, report: Report, team: Team
) -> None:
    papers = [order(client, report)]
    write(client, report, introduction="নতুন ভূমিকা")
    papers.append(order(client, report))
    make_progress(report.plan.tasks.first(), by=team.member, percent=30)
    papers.append(order(client, report))
    make_task(report.plan, by=team.head, title="আরও একটি কাজ")
    papers.append(order(client, report))
    assert len({paper.pk for paper in papers}) == len({paper.job_id for paper in papers}) == 4
    papers[0].refresh_from_db()
    assert papers[0].content["introduction"] == []


def test_paper_is_waited_for_made_and_handed_over(
    client: Client, report: Report, a_quick_pdf: None
) -> None:
    document = order(client, report)
    waiting = page_of_document(client, document)
    assert "অপেক্ষমাণ" in texts_of(waiting, "section.job")[0]
    download = reverse("reports:document_download", args=[document.pk])
    assert client.get(download).url == waiting.wsgi_request.path
    runner.run(job_id=document.job_id)
    assert f'href="{download}"' in page_of_document(client, document).content.decode()
    response = client.get(download)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 quick"
    assert response["Content-Type"] == "application/pdf"
    assert client.get(download, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_page_asks_again_only_while_there_is_something_to_wait_for(
    client: Client, report: Report, a_quick_pdf: None
) -> None:
    document = order(client, report)
    assert find(page_of_document(client, document), "section.job[hx-get]")
    runner.run(job_id=document.job_id)
    assert not find(page_of_document(client, document), "section.job[hx-get]")
    # What the page asks for is the fragment alone.
    url = reverse("reports:document_detail", args=[document.pk])
    fragment = client.get(url, headers={"HX-Request": "true"})
    assert fragment.content.decode().strip().startswith("<section")


def test_paper_that_fails_says_so_and_is_made_after_a_retry(
    client: Client, report: Report, one_attempt: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = order(client, report)

    def fail(content: object) -> None:
        raise RuntimeError("the fonts are gone")

    with monkeypatch.context() as broken:
        broken.setattr(jobhandlers, "draw_report", fail)
        runner.run(job_id=document.job_id)
    page = page_of_document(client, document)
    said = texts_of(page, "section.job")[0]
    assert "তৈরি করা যায়নি" in said
    assert "কিছুক্ষণ পর আবার চেষ্টা করুন" in said
    # The cause is the operator's; nobody else reads it.
    assert "the fonts are gone" not in page.content.decode()
    assert "the fonts are gone" in Job.objects.get().error

    retry = find(page, "section.job form")[0].get("action")
    assert client.post(retry).url == page.wsgi_request.path
    job = Job.objects.get()
    assert (job.status, job.attempts) == (JobStatus.QUEUED, 0)
    runner.run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.status, job.document.content_type) == (JobStatus.DONE, "application/pdf")


def test_ordering_a_failed_paper_again_is_a_retry(
    client: Client,
    report: Report,
    one_attempt: None,
    a_quick_pdf: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = order(client, report)
    with monkeypatch.context() as broken:
        broken.setattr(jobhandlers, "draw_report", lambda content: 1 / 0)
        runner.run(job_id=document.job_id)
    assert Job.objects.get().status == JobStatus.FAILED
    assert order(client, report).pk == document.pk
    assert Job.objects.get().status == JobStatus.QUEUED


def test_plan_is_printed_once_per_content_too(client: Client, plan: WorkPlan) -> None:
    url = reverse("workplans:print", args=[plan.pk])
    first = client.post(url).url
    client.cookies["django_language"] = "en"
    assert client.post(url).url == first
    document = PlanDocument.objects.get()
    runner.run(job_id=document.job_id)
    response = client.get(reverse("workplans:document_download", args=[document.pk]))
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")
    assert Job.objects.count() == 1
