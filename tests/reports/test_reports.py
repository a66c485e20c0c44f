"""The report as its team meets it: started, looked over, printed, handed over."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from jobs import runner
from jobs.enums import JobStatus
from jobs.models import Job
from reports import jobhandlers
from reports.enums import ReportStatus
from reports.models import Report, ReportDocument
from teams.enums import Role
from teams.models import AuditEntry, Extension, User
from tests.factories import (
    Team,
    client_of,
    make_office,
    make_officer,
    make_person,
    make_plan,
    make_post,
    make_progress,
    make_task,
    make_team,
)
from tests.pages import alerts_after, find, texts_of
from tests.races import at_once
from tests.reports.activities import make_activity
from tests.reports.build import REASON, make_report, report_of, take_report_to
from tests.reports.words import press, section_of, write
from workplans.models import PlanDocument, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def reviewer(team: Team) -> User:
    return make_officer(team.office, Role.CABINET_REVIEWER)


@pytest.fixture
def plan(team: Team) -> WorkPlan:
    return make_plan(team.office, by=team.head, tasks=2)


@pytest.fixture
def report(plan: WorkPlan, team: Team) -> Report:
    """Of the year under way."""
    return report_of(plan, by=team.head)


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


def begin(client: Client, team: Team, **said: object) -> HttpResponse:
    form = {"office": team.office.pk, "kind": "annual", "period": "2025-2026", **said}
    return client.post(reverse("reports:create"), form)


# --- Started ---------------------------------------------------------------------------------
def test_report_is_started_once_however_often_asked(client: Client, team: Team) -> None:
    first, second = begin(client, team), begin(client, team)
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
    ("said", "answer"),
    [
        ({"kind": "weekly"}, "একটি বেছে নিন"),
        ({"period": "কোনো একদিন"}, "সময়কাল নয়"),
        ({"period": "2031-2032"}, "এখনো শুরু হয়নি"),
        ({"kind": "half_yearly"}, "মিলিয়ে নিন"),
        ({"period": "2026-01..2026-06"}, "মিলিয়ে নিন"),
    ],
)
def test_odd_beginning_is_refused_in_words(
    client: Client, team: Team, said: dict[str, str], answer: str
) -> None:
    response = begin(client, team, **said)
    assert response.status_code == 422
    assert answer in " ".join(texts_of(response, ".invalid-feedback"))
    assert not Report.objects.exists()


@pytest.mark.parametrize("office", ["", "x", "0", "9" * 40])
def test_odd_office_is_not_found(client: Client, team: Team, office: str) -> None:
    assert begin(client, team, office=office).status_code == 404


def test_list_offers_what_the_rules_ask_for_and_says_by_when(client: Client, team: Team) -> None:
    page = client.get(reverse("reports:list"))
    assert dict(zip(texts_of(page, "ul.todo b"), texts_of(page, "ul.todo .chip"), strict=True)) == {
        "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর": "১১৩ দিন দেরি",
        "অর্ধবার্ষিক প্রতিবেদন, জানুয়ারি–জুন ২০২৬": "সময় নির্ধারিত নয়",
        "অর্ধবার্ষিক প্রতিবেদন, জুলাই–ডিসেম্বর ২০২৬": "বাকি ৭১ দিন",
        "বার্ষিক প্রতিবেদন, ২০২৬–২৭ অর্থবছর": "বাকি ২৫২ দিন",
    }
    button = next(one for one in find(page, "ul.todo form") if "2025-2026" in _values(one))
    client.post(button.get("action"), dict(button.fields))
    page = client.get(reverse("reports:list"))
    assert "বার্ষিক প্রতিবেদন, ২০২৫–২৬ অর্থবছর" not in texts_of(page, "ul.todo b")
    assert texts_of(page, "table.list tbody th") == ["বার্ষিক প্রতিবেদন ২০২৫–২৬ অর্থবছর"]
    assert "১১৩ দিন দেরি" in texts_of(page, "table.list .chip")


def _values(form: object) -> list[str]:
    return list(dict(form.fields).values())  # type: ignore[attr-defined]


def test_who_was_let_off_is_not_asked_to_begin(client: Client, team: Team, reviewer: User) -> None:
    Extension.objects.create(
        kind="half_year",
        office=team.office,
        starts_on="2026-01-01",
        reason="বন্যা",
        granted_by=reviewer,
    )
    offered = texts_of(client.get(reverse("reports:list")), "ul.todo b")
    assert "অর্ধবার্ষিক প্রতিবেদন, জানুয়ারি–জুন ২০২৬" not in offered
    assert len(offered) == 3


def test_report_is_its_teams_own(team: Team, report: Report) -> None:
    below = make_team("below", parent=team.office)
    theirs = report_of(make_plan(below.office, by=below.head), by=below.head)
    for person, address in ((below.head, report), (team.head, theirs)):
        assert client_of(person).get(address.get_absolute_url()).status_code == 404


def test_list_leads_everybody_somewhere(team: Team, reviewer: User) -> None:
    """A reviewer to what was sent, whoever is in no team to the offices."""
    for person, url in (
        (reviewer, reverse("reports:review_list")),
        (make_person(), reverse("teams:office_list")),
    ):
        page = client_of(person).get(reverse("reports:list"))
        assert find(page, ".empty a")[0].get("href") == url


# --- Looked over -----------------------------------------------------------------------------
def states(page: HttpResponse) -> dict[str, str]:
    """The state of each part on the page of the report."""
    return {
        item.xpath(".//h2")[0].text_content(): item.xpath(".//*[contains(@class, 'chip')]")[
            -1
        ].text_content()
        for item in find(page, "ol.parts li")
        if item.xpath(".//h2")
    }


def test_page_says_how_each_part_stands_and_what_is_left(
    client: Client, team: Team, report: Report
) -> None:
    before = states(client.get(report.get_absolute_url()))
    assert before["কর্মশালা ও প্রশিক্ষণ"] == "তৈরি"
    assert before["মূল্যায়নে প্রাপ্ত নম্বর"] == "দেখে নিন"
    make_activity(team.office, by=team.head, held_on=report.starts_on, participants=30)
    press(client, section_of(report, "showcase"), "section_leave_out", reason="কিছু হয়নি")
    write(client, report, "", key="introduction")
    page = client.get(report.get_absolute_url())
    after = states(page)
    assert after["কর্মশালা ও প্রশিক্ষণ"] == "নথিতে নতুন তথ্য"
    assert after["শোকেসিং ও স্বীকৃতি"] == "রাখা হয়নি"
    assert after["ভূমিকা"] == "বাকি"
    ready = sum(state in ("তৈরি", "রাখা হয়নি") for state in after.values())
    bar = find(page, "aside progress")[0]
    assert (bar.get("value"), bar.get("max")) == (str(ready), str(len(after)))
    assert any("ভূমিকা" in line for line in texts_of(page, "ul.checks li.late"))


def test_all_news_is_taken_at_once_and_own_words_stay(
    client: Client, team: Team, report: Report
) -> None:
    write(client, report, "আমাদের নিজের কথা", key="visits")
    for kind in ("training", "visit"):
        make_activity(
            team.office, by=team.head, kind=kind, held_on=report.starts_on, participants=30
        )
    page = client.get(report.get_absolute_url())
    take = reverse("reports:take_all", args=[report.pk])
    assert find(page, f"form[action='{take}']")
    assert alerts_after(client, take)[0] == "২টি অংশে নথির এখনকার তথ্য এসেছে।"
    visits, training = section_of(report, "visits"), section_of(report, "training")
    assert (visits.words, visits.figures["visits"]["value"]) == ("আমাদের নিজের কথা", "1")
    assert "৩০ জন" in training.words
    assert not find(client.get(report.get_absolute_url()), f"form[action='{take}']")


def test_innovation_officer_presents_and_the_head_sends(team: Team, report: Report) -> None:
    officer, head = client_of(team.innovation_officer), client_of(team.head)
    present, send = (reverse(f"reports:{name}", args=[report.pk]) for name in ("present", "send"))
    assert find(officer.get(report.get_absolute_url()), f"form[action='{present}']")
    assert not find(officer.get(report.get_absolute_url()), f"a[href='{send}']")
    officer.post(present)
    page = head.get(report.get_absolute_url())
    assert "পেশ করেছেন" in " ".join(texts_of(page, ".alert"))
    assert find(page, f"a[href='{send}']")
    member = client_of(team.member)
    assert member.post(present).status_code == 403
    assert not find(member.get(report.get_absolute_url()), f"form[action='{present}']")


def test_sent_report_is_read_and_no_longer_written(
    client: Client, team: Team, report: Report
) -> None:
    take_report_to(report, ReportStatus.SUBMITTED, by=team.head)
    page = client.get(report.get_absolute_url())
    assert "পর্যালোচনা চলছে" in texts_of(page, ".alert")[0]
    assert find(page, f"a[href='{report.submissions.get().get_absolute_url()}']")
    section = section_of(report, "problems")
    page = client.get(section.get_absolute_url())
    assert page.status_code == 200
    assert not find(page, "main form")
    response = client.post(section.get_absolute_url(), {"version": 1, "words": "পরে লেখা"})
    assert response.status_code == 422
    section.refresh_from_db()
    assert section.words != "পরে লেখা"
    assert "পাঠানো হয়েছে" in alerts_after(client, reverse("reports:present", args=[report.pk]))[0]


def test_returned_report_says_why_and_until_when(
    client: Client, team: Team, report: Report, reviewer: User
) -> None:
    take_report_to(report, ReportStatus.RETURNED, by=team.head, reviewer=reviewer)
    page = client.get(report.get_absolute_url())
    said = " ".join(texts_of(page, ".alert-warning"))
    assert REASON in said
    assert "বাকি ১০ দিন" in said
    assert write(client, report, "সংশোধিত কথা").url
    assert section_of(report, "problems").words == "সংশোধিত কথা"


def test_preview_is_the_whole_report_with_its_sources(client: Client, report: Report) -> None:
    write(client, report, "জনবল কম।\nযন্ত্র নেই।")
    page = client.get(reverse("reports:preview", args=[report.pk]))
    assert {"জনবল কম।", "যন্ত্র নেই।"} <= set(texts_of(page, ".reading p"))
    source = reverse("reports:source", args=[report.pk, "meetings", "held"])
    assert find(page, f"a[href='{source}']")


def test_pages_ask_as_often_for_much_as_for_little(
    team: Team, client: Client, report: Report
) -> None:
    make_post(make_office("second", parent=team.office), Role.MEMBER, holder=team.member)
    names = ("training", "annexes", "plan")
    addresses = [
        reverse("reports:list"),
        report.get_absolute_url(),
        reverse("reports:preview", args=[report.pk]),
        reverse("reports:source", args=[report.pk, "training", "participants"]),
        *(section_of(report, name).get_absolute_url() for name in names),
    ]
    counts = []
    for number in range(1, 101):
        make_activity(team.office, by=team.head, title=f"{number}", held_on=report.starts_on)
        if number in (2, 30):
            make_report(team.office, by=team.head, period=str(2014 + number // 10))
        if number in (1, 100):
            counts.append([asked(client, address) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 45


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


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
    write(client, report, "নতুন ভূমিকা", key="introduction")
    papers.append(order(client, report))
    make_progress(report.plan.tasks.first(), by=team.member, percent=30)
    make_task(report.plan, by=team.head, title="আরও একটি কাজ")
    # What the records say is offered; the report says it when somebody takes it.
    assert order(client, report).pk == papers[-1].pk
    press(client, section_of(report, "plan"), "section_take")
    papers.append(order(client, report))
    assert len({paper.pk for paper in papers}) == len({paper.job_id for paper in papers}) == 3
    papers[0].refresh_from_db()
    assert "নতুন ভূমিকা" not in papers[0].content["sections"][0]["paragraphs"]


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
