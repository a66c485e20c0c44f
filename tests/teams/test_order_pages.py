"""The office order on the screen and as files: who gets what, and what it costs."""

from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bangla.pdf.check import squeeze
from jobs import runner
from jobs.models import Job
from teams.documents import ORDER_PDF
from teams.enums import Role, Seat, TeamStatus
from teams.models import Membership, Team, TeamDocument, User
from tests.bangla_pdf.reading import page_texts
from tests.factories import client_of, make_officer, make_person, make_post
from tests.pages import find, one_line
from tests.prints import printed
from tests.teams.orders import HARD_NAMES, freeze, upazila_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TERMS = reverse("teams:term_list")


@pytest.fixture
def team() -> Team:
    return upazila_order()


@pytest.fixture
def head(team: Team) -> User:
    """The district commissioner, who signs."""
    assert team.created_by is not None
    return team.created_by


@pytest.fixture
def leader(team: Team) -> User:
    """The innovation officer of the upazila."""
    person = team.memberships.get(seat=Seat.LEADER).person
    assert person is not None
    return person


def page_of(team: Team, name: str = "order_detail") -> str:
    return reverse(f"teams:{name}", args=[team.pk])


# --- The screen ----------------------------------------------------------------------------
def test_page_shows_the_whole_order(team: Team, leader: User) -> None:
    page = client_of(leader).get(page_of(team))
    paper = one_line(find(page, "article.order-paper")[0])
    for words in (
        "জেলা প্রশাসকের কার্যালয়, স্বর্ণগ্রাম",
        "স্মারক নং: ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩",
        "৪ অগ্রহায়ণ ১৪৩৩ বঙ্গাব্দ",
        "১৯ নভেম্বর ২০২৬ খ্রিস্টাব্দ",
        "অফিস আদেশ",
        "ইনোভেশন অফিসার",
        "(মোহাম্মদ আব্দুল্লাহ্‌ আল-মামুন চৌধুরী)",
        "অফিস কপি",
    ):
        assert words in paper
    assert len(find(page, "article.order-paper tbody tr")) == 9
    assert len(find(page, "article.order-paper ol.order-lines")[0]) == 21
    assert "খসড়া" in one_line(find(page, "main")[0])


def test_page_of_a_given_order_is_the_frozen_one(team: Team, head: User, leader: User) -> None:
    freeze(team, by=head)
    team.office.name_bn = "নতুন নামের কার্যালয়"
    team.office.save()
    page = client_of(leader).get(page_of(team))
    assert "নতুন নামের কার্যালয়" not in one_line(find(page, "article.order-paper")[0])


def test_draft_is_read_by_those_who_write_it_and_by_nobody_else(
    team: Team, head: User, leader: User
) -> None:
    reviewer = make_officer(team.issuing_office.parent, Role.CABINET_REVIEWER)  # type: ignore[arg-type]
    addresses = [page_of(team), page_of(team, "order_docx")]
    for address in addresses:
        assert client_of(head).get(address).status_code == 200
        assert client_of(leader).get(address).status_code == 200
        assert client_of(reviewer).get(address).status_code == 404
    freeze(team, by=head)
    for address in addresses:
        assert client_of(reviewer).get(address).status_code == 200


def test_page_asks_as_often_for_one_member_as_for_a_hundred(team: Team, leader: User) -> None:
    team.memberships.exclude(person=leader).delete()
    client, counts = client_of(leader), []
    for more in (1, 98):
        for number in range(more):
            post = make_post(team.office, Role.STAFF, holder=make_person())
            Membership.objects.create(team=team, post=post, position=number + 20)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(team)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 22


# --- Files ---------------------------------------------------------------------------------
def test_pdf_is_made_once_and_handed_over(team: Team, head: User, leader: User) -> None:
    freeze(team, by=head)
    client = client_of(leader)
    first = client.post(page_of(team, "order_print"))
    document = TeamDocument.objects.get()
    assert first.url == reverse("teams:order_document_detail", args=[document.pk])
    assert client_of(head).post(page_of(team, "order_print")).url == first.url
    assert "অফিস আদেশ" in one_line(find(client.get(first.url), "main")[0])
    download = reverse("teams:order_document_download", args=[document.pk])
    assert client.get(download).url == first.url  # not yet made
    runner.run(job_id=document.job_id)
    answer = client.get(download)
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page_texts(b"".join(answer.streaming_content)))
    assert squeeze(HARD_NAMES[0]) in text
    assert squeeze("খসড়া") not in text
    assert find(client.get(first.url), f"a[href='{download}']")


def test_printed_draft_stays_with_those_who_wrote_it(team: Team, head: User, leader: User) -> None:
    client_of(head).post(page_of(team, "order_print"))
    draft = TeamDocument.objects.get()
    assert draft.is_draft
    freeze(team, by=head)
    reviewer = make_officer(team.issuing_office.parent, Role.CABINET_REVIEWER)  # type: ignore[arg-type]
    address = reverse("teams:order_document_detail", args=[draft.pk])
    answers = [client_of(who).get(address).status_code for who in (head, leader, reviewer)]
    assert answers == [200, 200, 404]
    client_of(reviewer).post(page_of(team, "order_print"))
    order = TeamDocument.objects.get(is_draft=False)
    address = reverse("teams:order_document_detail", args=[order.pk])
    answers = [client_of(who).get(address).status_code for who in (head, leader, reviewer)]
    assert answers == [200, 200, 200]


def test_failed_pdf_is_tried_again(team: Team, leader: User) -> None:
    failed = printed(TeamDocument, ORDER_PDF, done=False, by=leader, team=team, is_draft=True)
    client = client_of(leader)
    page = client.get(reverse("teams:order_document_detail", args=[failed.pk]))
    retry = reverse("teams:order_document_retry", args=[failed.pk])
    assert find(page, f"form[action='{retry}']")
    assert client.post(retry).url == reverse("teams:order_document_detail", args=[failed.pk])
    assert Job.objects.get(pk=failed.job_id).status == "queued"


def test_word_file_holds_the_order(team: Team, leader: User) -> None:
    answer = client_of(leader).get(page_of(team, "order_docx"))
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "%28%E0%A6%96" in answer["Content-Disposition"]  # "(খ…": it is a draft
    word = docx.Document(BytesIO(b"".join(answer.streaming_content)))
    assert HARD_NAMES[0] in word.tables[0].rows[1].cells[1].text


@pytest.mark.parametrize("odd", ["ক", "0", "-1", "99999999999999999999", "%00", "1.5"])
def test_odd_numbers_find_nothing(leader: User, odd: str) -> None:
    client = client_of(leader)
    for address in (f"/teams/{odd}/order/", f"/teams/{odd}/order/docx/", f"/teams/orders/{odd}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/teams/{odd}/order/print/").status_code == 404


# --- The duties ----------------------------------------------------------------------------
def test_duties_are_listed_in_both_languages(leader: User) -> None:
    client = client_of(leader)
    rows = find(client.get(TERMS), "ol.duties-list li")
    assert len(rows) == 21
    assert one_line(rows[4]).startswith("৫")
    assert "৩১ জুলাই" in one_line(rows[4])
    client.cookies["django_language"] = "en"
    rows = find(client.get(TERMS), "ol.duties-list li")
    assert "31 July" in one_line(rows[4])


@pytest.mark.parametrize(
    ("on", "count"), [("2015-01-01", 5), ("১৬/১১/২০২৩", 21), ("2013-04-07", 0), ("", 21)]
)
def test_duties_are_those_of_the_day_asked_for(leader: User, on: str, count: int) -> None:
    page = client_of(leader).get(TERMS, {"on": on})
    assert page.status_code == 200
    assert len(find(page, "ol.duties-list li")) == count
    assert bool(find(page, ".empty")) is (count == 0)


@pytest.mark.parametrize("on", ["কাল", "9999999999", "\0", "0000-00-00"])
def test_day_that_cannot_be_read_is_said_so(leader: User, on: str) -> None:
    page = client_of(leader).get(TERMS, {"on": on})
    assert page.status_code == 422
    assert find(page, ".invalid-feedback")


def test_status_of_a_team_is_shown_beside_its_order(team: Team, head: User, leader: User) -> None:
    freeze(team, TeamStatus.REPLACED, by=head)
    page = client_of(leader).get(page_of(team))
    assert "পুনর্গঠিত" in one_line(find(page, "main")[0])
