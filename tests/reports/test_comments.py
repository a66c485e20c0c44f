"""Comments: at their places, unseen until sent, answered by the team, never lost."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.models import Letter
from reports.actions import return_report, send_comments, submit_report
from reports.models import Comment, Submission
from reports.review.places import Place, quote_of
from teams.models import AuditEntry
from tests.factories import Country, client_of, make_country
from tests.pages import alerts_after, texts_of
from tests.reports.build import REASON, draft_comment, make_report, soon
from tests.reports.contents_of_reports import freeze, section, sections

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ROW = Place("plan", row="plan/task:2")
FIGURE = Place("meetings", figure="held")


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def submission(country: Country) -> Submission:
    report = make_report(country.upazila, by=country["upazila.head"], status="submitted")
    return freeze(report.submissions.get(), sections())


@pytest.fixture
def reviewer(country: Country) -> Client:
    return client_of(country["reviewer"])


def page_of(submission: Submission, view: str = "whole") -> str:
    return f"{reverse('reports:review_detail', args=[submission.pk])}?view={view}"


def create_url(submission: Submission, place: Place) -> str:
    address = reverse("reports:comment_create", args=[submission.pk])
    return f"{address}?{urlencode(place.query)}"


def to(name: str, comment: Comment) -> str:
    return reverse(f"reports:{name}", args=[comment.pk])


def sent(submission: Submission, country: Country, place: Place = FIGURE, **more) -> Comment:
    """A reviewer's comment that has gone out; the report is under review still."""
    comment = draft_comment(submission.report, by=country["reviewer"], place=place, **more)
    send_comments(submission=submission, by=country["reviewer"])
    comment.refresh_from_db()
    return comment


def sent_back(submission: Submission, country: Country) -> None:
    return_report(
        report=submission.report, by=country["reviewer"], reason=REASON, resubmit_by=soon()
    )


# --- Writing -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "quote"),
    [
        (Place(), ""),
        (Place("introduction"), "ভূমিকা"),
        (FIGURE, "অনুষ্ঠিত সভা: ১২টি"),
        (ROW, "মৃত্যু নিবন্ধনের সংযুক্তি কমানো"),
        (Place("meetings", row="meetings/meeting:2"), "২ · ১৪ আগস্ট ২০২৫ · ই-নথির ব্যবহার"),
    ],
)
def test_comment_is_kept_at_its_place_with_what_stood_there(
    submission: Submission, reviewer: Client, place: Place, quote: str
) -> None:
    url, form = create_url(submission, place), {"form_key": uuid4(), "text": "উৎস দিন"}
    assert reviewer.get(url).status_code == 200
    for _ in range(2):
        response = reviewer.post(url, form)
        assert response.url.endswith(f"#{place.anchor}")
    comment = Comment.objects.get()
    assert (Place.of(comment), comment.quote, comment.side) == (place, quote, "review")
    page = reviewer.get(page_of(submission)).content.decode()
    assert page.count("উৎস দিন") == 1
    assert f'id="{place.anchor}"' in page
    # Where it stands, not just somewhere.
    assert page.index(f'id="{place.anchor}"') < page.index("উৎস দিন")


@pytest.mark.parametrize(
    "query",
    [
        {"section": "x"},
        {"section": "meetings", "row": "meeting:1"},
        {"section": "meetings", "figure": "x"},
        {"section": "meetings", "row": "meetings/meeting:1", "figure": "held"},
        {"figure": "held"},
        {"section": "\0" * 3, "row": "9" * 5_000},
    ],
)
def test_place_that_is_not_in_the_report_does_not_exist(
    submission: Submission, reviewer: Client, query: dict[str, str]
) -> None:
    url = f"{reverse('reports:comment_create', args=[submission.pk])}?{urlencode(query)}"
    assert reviewer.get(url).status_code == 404
    assert reviewer.post(url, {"form_key": uuid4(), "text": "ক"}).status_code == 404
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "form",
    [
        {"text": ""},
        {"form_key": "x", "text": "ক"},
        {"form_key": uuid4(), "text": "ক" * 4_001},
        {"form_key": uuid4(), "text": "\0"},
        {},
    ],
)
def test_odd_comment_is_refused_with_its_words(
    submission: Submission, reviewer: Client, form: dict
) -> None:
    response = reviewer.post(create_url(submission, Place()), form)
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_form_comes_alone_to_its_place(submission: Submission, reviewer: Client) -> None:
    piece = reviewer.get(create_url(submission, ROW), headers={"HX-Request": "true"})
    assert "<html" not in piece.content.decode()
    assert "data-draft" in piece.content.decode()


def test_key_of_somebody_elses_comment_writes_nothing(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    theirs = draft_comment(submission.report, by=country["district.head"])
    form = {"form_key": theirs.form_key, "text": "আমার কথা"}
    assert reviewer.post(create_url(submission, Place()), form).status_code == 403
    theirs.refresh_from_db()
    assert theirs.text != "আমার কথা"


def test_draft_changed_in_two_windows_shows_both_texts(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    comment = draft_comment(submission.report, by=country["reviewer"])
    reviewer.post(to("comment_update", comment), {"version": 1, "text": "প্রথম জানালা"})
    response = reviewer.post(to("comment_update", comment), {"version": 1, "text": "দ্বিতীয়"})
    assert response.status_code == 409
    assert "প্রথম জানালা" in response.content.decode()
    assert "দ্বিতীয়" in response.content.decode()
    reviewer.post(to("comment_update", comment), {"version": 2, "text": "দ্বিতীয়"})
    comment.refresh_from_db()
    assert comment.text == "দ্বিতীয়"


# --- Sending -----------------------------------------------------------------------------------
def test_sent_together_they_are_told_once_and_stay_as_they_are(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    first, second = (
        draft_comment(submission.report, by=country["reviewer"], place=place, text=f"কথা {n}")
        for n, place in enumerate((FIGURE, ROW))
    )
    team, above = (client_of(country[who]) for who in ("upazila.member", "district.head"))
    for client in (team, above):
        assert "কথা" not in " ".join(texts_of(client.get(page_of(submission)), ".comment"))
    url = reverse("reports:comment_send", args=[submission.pk])
    alerts_after(reviewer, url)
    assert "কোনো খসড়া" in " ".join(alerts_after(reviewer, url))
    letters = Letter.objects.filter(key__startswith="reports.comments:")
    assert set(letters.values_list("to_address", flat=True)) == {
        country[f"upazila.{role}"].email for role in ("head", "innovation_officer")
    }
    assert "২টি মন্তব্য" in letters.first().body
    entry = AuditEntry.objects.get(action="report.comment")
    assert entry.after == {"comments": [first.pk, second.pk]}
    assert len(texts_of(team.get(page_of(submission)), ".comment")) == 2
    for name, form in (("comment_update", {"version": 2, "text": "না"}), ("comment_delete", {})):
        assert "পাঠানো হয়ে গেছে" in " ".join(alerts_after(reviewer, to(name, first), form))
    first.refresh_from_db()
    assert first.text == "কথা 0"


def test_office_above_comments_in_its_own_name(country: Country, submission: Submission) -> None:
    client = client_of(country["division.member"])
    client.post(create_url(submission, FIGURE), {"form_key": uuid4(), "text": "মাসিক সভার তালিকা দিন"})
    comment = Comment.objects.get()
    assert (comment.side, comment.by_post.office) == ("superior", country.division)
    reviewer = client_of(country["reviewer"])
    assert "মাসিক সভার" not in reviewer.get(page_of(submission)).content.decode()
    client.post(reverse("reports:comment_send", args=[submission.pk]))
    assert "মাসিক সভার" in reviewer.get(page_of(submission)).content.decode()
    letter = Letter.objects.filter(key__startswith="reports.comments:").first()
    assert country.division.name_bn in letter.body


def test_comment_on_what_was_sent_again_meanwhile_is_refused_in_words(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    sent_back(submission, country)
    form = {"form_key": uuid4(), "text": "দেরিতে লেখা"}
    said = alerts_after(reviewer, create_url(submission, FIGURE), form)
    assert "পর্যালোচনায় নেই" in " ".join(said)
    submit_report(report=submission.report, by=country["upazila.head"])
    said = alerts_after(reviewer, create_url(submission, FIGURE), form)
    assert "নতুন জমায়" in " ".join(said)
    assert not Comment.objects.exists()


# --- Answers -----------------------------------------------------------------------------------
def test_team_answers_when_it_came_back_and_the_reviewer_settles(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    comment = sent(submission, country)
    team = client_of(country["upazila.member"])
    early = team.get(to("comment_answer", comment), follow=True)
    assert "ফেরত এলে" in " ".join(texts_of(early, ".alert"))
    sent_back(submission, country)
    comment.refresh_from_db()
    team.post(to("comment_answer", comment), {"version": comment.version, "answer": "উৎস দেওয়া হলো"})
    comment.refresh_from_db()
    assert (comment.answer, comment.answered_by) == ("উৎস দেওয়া হলো", country["upazila.member"])
    # A colleague with an older page in front of them meets these words.
    late = client_of(country["upazila.head"]).post(
        to("comment_answer", comment), {"version": comment.version - 1, "answer": "অন্য জবাব"}
    )
    assert late.status_code == 409
    assert "উৎস দেওয়া হলো" in late.content.decode()
    submit_report(report=submission.report, by=country["upazila.head"])
    newest = freeze(submission.report.submissions.latest("number"), sections())
    page = reviewer.get(page_of(newest)).content.decode()
    assert "উৎস দেওয়া হলো" in page
    assert "জমা ১-এর মন্তব্য" in page
    reviewer.post(to("comment_settle", comment))
    reviewer.post(to("comment_settle", comment))
    comment.refresh_from_db()
    assert comment.settled_by == country["reviewer"]
    assert AuditEntry.objects.filter(action="comment.settle").count() == 1
    reviewer.post(to("comment_settle", comment), {"open": "1"})
    comment.refresh_from_db()
    assert comment.settled_at is None


def test_part_of_the_report_shows_the_team_what_was_said_of_it(
    country: Country, submission: Submission, rf
) -> None:
    sent(submission, country, text="সভার উৎস")
    draft_comment(submission.report, by=country["reviewer"], place=FIGURE, text="খসড়া কথা")
    request = rf.get("/")
    request.user = country["upazila.member"]
    piece = engines["django"].get_template("reports/_section_comments.html")
    shown = {
        key: piece.render({"report": submission.report, "section": key}, request)
        for key in ("meetings", "plan")
    }
    assert "সভার উৎস" in shown["meetings"]
    assert "খসড়া কথা" not in shown["meetings"]
    assert shown["plan"].strip() == ""


# --- The page ----------------------------------------------------------------------------------
def test_what_changed_is_shown_first_with_the_whole_one_link_away(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    sent(submission, country, ROW, text="অগ্রগতি খালি")
    sent_back(submission, country)
    submit_report(report=submission.report, by=country["upazila.head"])
    parts = sections()
    section(parts, "meetings")["figures"][0]["text"] = "১১টি"
    newest = freeze(submission.report.submissions.latest("number"), parts)
    response = reviewer.get(reverse("reports:review_detail", args=[newest.pk]))
    assert response.context["view"] == "changes"
    assert texts_of(response, "del") == ["১২টি"]
    assert texts_of(response, "ins") == ["১১টি"]
    # A comment on a part that nobody touched is not hidden by that.
    assert "অগ্রগতি খালি" in response.content.decode()
    assert "নামজারি আবেদনের ধাপ কমানো" not in response.content.decode()
    assert "নামজারি আবেদনের ধাপ কমানো" in reviewer.get(page_of(newest)).content.decode()


def test_last_years_report_stands_beside(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    assert reviewer.get(page_of(submission, "beside")).context["view"] == "whole"
    last = make_report(
        country.upazila, by=country["upazila.head"], status="submitted", period="2024-2025"
    )
    parts = sections()
    section(parts, "meetings")["figures"][0]["text"] = "৯টি"
    parts[0]["paragraphs"] = ["গত বছরের ভূমিকা"]
    freeze(last.submissions.get(), parts)
    page = reviewer.get(page_of(submission, "beside"))
    assert "গত বছরের ভূমিকা" in page.content.decode()
    rows = texts_of(page, ".figures-beside tr")
    assert [row for row in rows if row.startswith("অনুষ্ঠিত")] == ["অনুষ্ঠিত সভা১২টি৯টি"]


def test_comment_whose_place_is_gone_stands_with_the_whole(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    sent(submission, country, ROW, text="এই সারি নিয়ে")
    sent_back(submission, country)
    submit_report(report=submission.report, by=country["upazila.head"])
    parts = [one for one in sections() if one["key"] != "plan"]
    newest = freeze(submission.report.submissions.latest("number"), parts)
    assert quote_of(newest.content, ROW) is None
    whole = texts_of(reviewer.get(page_of(newest)), ".whole-comments")
    assert "এই সারি নিয়ে" in whole[0]


def test_page_asks_as_often_for_many_comments_as_for_one(
    country: Country, submission: Submission, reviewer: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(page_of(submission)).status_code == 200
        return len(queries)

    sent(submission, country)
    asked()
    before = asked()
    parts = sections()
    rows = section(parts, "meetings")["tables"][0]["rows"]
    rows += [{"key": f"meeting:{n}", "cells": ["১", "২", "৩"]} for n in range(10, 110)]
    freeze(submission, parts)
    for n in range(10, 60):
        place = Place("meetings", row=f"meetings/meeting:{n}")
        draft_comment(submission.report, by=country["reviewer"], place=place)
    assert asked() == before
