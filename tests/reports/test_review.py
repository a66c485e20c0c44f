"""The queue, the checklist and the verdicts, as a reviewer and an office above use them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.models import Letter
from reports.actions import (
    StaleReview,
    accept_report,
    assign_reviews,
    return_report,
    save_marks,
    submit_report,
    take_review,
)
from reports.enums import ReportStatus, Verdict
from reports.models import Comment, Report, Review, ReviewCriterion, Submission
from reports.review.scoring import MarkWords
from teams.enums import DueKind, Role, Tier
from teams.models import AuditEntry, Extension, Office, User
from teams.transitions import WrongState
from tests.factories import Country, client_of, make_country, make_office, make_officer
from tests.pages import alerts_after
from tests.races import at_once
from tests.reports.build import (
    REASON,
    YEAR,
    accept,
    draft_comment,
    make_report,
    mark_fully,
    reopen,
    soon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

QUEUE = reverse("reports:review_list")
PAPER = f"annual:{YEAR}"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def waiting(country: Country) -> Submission:
    """What the upazila sent, waiting for its review."""
    report = make_report(country.upazila, by=country["upazila.head"], status="submitted")
    return report.submissions.get()


@pytest.fixture
def reviewer(country: Country) -> Client:
    return client_of(country["reviewer"])


def to(name: str, submission: Submission) -> str:
    return reverse(f"reports:{name}", args=[submission.pk])


def names(response) -> list[str]:
    """The offices of the queue, in order."""
    return [row.office.code for row in response.context["rows"]]


# --- The queue ---------------------------------------------------------------------------------
def test_queue_shows_who_has_sent_and_who_has_not(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    response = reviewer.get(QUEUE)
    rows = {row.office.code: row for row in response.context["rows"]}
    assert names(response)[0] == "upazila"
    assert set(rows) == {"root", "division", "district", "upazila", "sibling", "elsewhere"}
    assert rows["upazila"].standing.state == "submitted"
    assert rows["upazila"].standing.owner == "কেউ নেননি"
    sibling = rows["sibling"].standing
    assert (sibling.state, sibling.is_late, sibling.side) == ("unsent", True, "office")
    assert country["sibling.head"].name in sibling.owner
    figures = response.context["figures"]
    assert (figures.must, figures.sent, figures.accepted, figures.returned) == (6, 1, 0, 0)


def test_draft_of_an_office_looks_like_none(country: Country, reviewer: Client) -> None:
    make_report(country.upazila, by=country["upazila.head"])
    rows = {row.office.code: row for row in reviewer.get(QUEUE).context["rows"]}
    assert (rows["upazila"].report, rows["upazila"].standing.state) == (None, "unsent")


def test_exempt_office_owes_nothing_and_an_extended_one_is_not_late(
    country: Country, reviewer: Client
) -> None:
    report = make_report(country.upazila, by=country["upazila.head"])
    grant = {
        "kind": DueKind.ANNUAL_REPORT,
        "starts_on": report.starts_on,
        "reason": "বন্যা",
        "granted_by": country["reviewer"],
    }
    later = timezone.localdate() + timedelta(days=5)
    Extension.objects.create(office=country.sibling, **grant)
    Extension.objects.create(office=country.upazila, new_due_on=later, **grant)
    response = reviewer.get(QUEUE)
    assert "sibling" not in names(response)
    assert response.context["figures"].must == 5
    rows = {row.office.code: row.standing for row in response.context["rows"]}
    assert (rows["upazila"].is_late, rows["upazila"].age) == (False, "৫ দিন বাকি")
    assert set(names(reviewer.get(QUEUE, {"late": "1"}))) == {
        "root",
        "division",
        "district",
        "elsewhere",
    }
    # Let off altogether: whoever had more time of their own still owes it.
    Extension.objects.create(office=None, **grant)
    assert names(reviewer.get(QUEUE)) == ["upazila"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "submitted"}, {"upazila"}),
        ({"state": "unsent", "tier": "upazila"}, {"sibling"}),
        ({"division": "division", "tier": "district"}, {"district", "elsewhere"}),
        ({"district": "district"}, {"district", "upazila", "sibling"}),
        ({"reviewer": "none"}, {"upazila"}),
        ({"reviewer": "mine"}, set()),
        ({"late": "1", "state": "submitted"}, {"upazila"}),
        ({"q": "sibling"}, {"sibling"}),
        ({"ministry": "upazila", "state": "x"}, None),
    ],
)
def test_queue_is_narrowed_down(
    waiting: Submission, reviewer: Client, asked: dict[str, str], found: set[str] | None
) -> None:
    response = reviewer.get(QUEUE, asked)
    assert response.status_code == 200
    if found is not None:
        assert set(names(response)) == found


def test_queue_of_an_office_above_has_those_below_and_no_buttons(
    country: Country, waiting: Submission
) -> None:
    response = client_of(country["district.member"]).get(QUEUE)
    assert set(names(response)) == {"upazila", "sibling"}
    assert reverse("reports:review_assign_many") not in response.content.decode()
    assert names(client_of(country["upazila.head"]).get(QUEUE)) == []


def test_oldest_waits_on_top_and_the_order_can_be_chosen(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    make_report(country.sibling, by=country["sibling.head"], status="submitted")
    Report.objects.filter(office=country.sibling).update(
        submitted_at=timezone.now() - timedelta(days=3)
    )
    assert names(reviewer.get(QUEUE))[:2] == ["sibling", "upazila"]
    assert names(reviewer.get(QUEUE, {"sort": "-age"}))[:2] == ["upazila", "sibling"]
    assert names(reviewer.get(QUEUE, {"sort": "office"}))[0] == "root"
    assert "৩ দিন" in reviewer.get(QUEUE).content.decode()


def test_queue_asks_as_often_for_a_hundred_offices_as_for_one(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(QUEUE).status_code == 200
        return len(queries)

    post = country["reviewer"].scope.main_post
    assign_reviews(reports=[waiting.report], post=post, by=country["reviewer"])
    reviewer.get(QUEUE)
    before = asked()
    for number in range(100):
        office = make_office(f"more-{number}", Tier.UPAZILA, country.district)
        head = make_officer(office, Role.HEAD)
        if number < 20:
            make_report(office, by=head, status="submitted")
    assign_reviews(reports=list(Report.objects.all()[:10]), post=post, by=country["reviewer"])
    assert asked() == before


# --- Many at once ------------------------------------------------------------------------------
def test_ticked_reports_are_given_to_a_reviewer(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    post = country["reviewer"].scope.main_post
    form = {"paper": PAPER, "office": [country.upazila.pk, country.sibling.pk], "post": post.pk}
    reviewer.post(reverse("reports:review_assign_many"), form)
    assert Report.objects.get().reviewer == post
    assert AuditEntry.objects.filter(action="report.assign").count() == 1
    reviewer.post(reverse("reports:review_assign_many"), form)
    assert AuditEntry.objects.filter(action="report.assign").count() == 1


def test_reminder_reaches_each_office_that_has_not_sent_once_a_day(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    url = reverse("reports:review_remind")
    form = {"paper": PAPER, "office": [country.upazila.pk, country.sibling.pk]}
    for _ in range(2):
        reviewer.post(url, form)
    told = set(reminders().values_list("to_address", flat=True))
    assert told == {country[f"sibling.{role}"].email for role in ("head", "innovation_officer")}
    assert reminders().count() == 2
    assert AuditEntry.objects.filter(action="report.remind").count() == 1
    # All who have not sent, within the district.
    reviewer.post(url, {"all": "1", "query": "district=district"})
    assert reminders().count() == 4
    return_report(
        report=Report.objects.get(), by=country["reviewer"], reason=REASON, resubmit_by=soon()
    )
    reviewer.post(url, form)
    assert reminders().count() == 6


def reminders():
    return Letter.objects.filter(key__startswith="reports.remind:")


def test_ticked_reports_that_were_accepted_are_published(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    taken = make_report(
        country.sibling,
        by=country["sibling.head"],
        status="accepted",
        reviewer=country["reviewer"],
    )
    form = {"paper": PAPER, "office": [country.upazila.pk, country.sibling.pk]}
    reviewer.post(reverse("reports:review_publish_many"), form)
    taken.refresh_from_db()
    waiting.report.refresh_from_db()
    assert (taken.status, waiting.report.status) == ("published", "submitted")


@pytest.mark.parametrize(
    "form",
    [
        {"paper": PAPER},
        {"paper": PAPER, "office": ["x"]},
        {"paper": PAPER, "office": ["9" * 30]},
        {"paper": PAPER, "office": ["\0"]},
        {"paper": PAPER, "office": ["-1", "২"]},
        {"paper": "annual:1", "office": ["1"]},
        {"paper": PAPER, "office": [str(n) for n in range(1, 300)]},
        {},
    ],
)
def test_odd_ticks_are_answered_in_words(waiting: Submission, reviewer: Client, form: dict) -> None:
    for name in ("review_assign_many", "review_remind", "review_publish_many"):
        assert alerts_after(reviewer, reverse(f"reports:{name}"), form)
    assert not reminders().exists()


def test_office_out_of_sight_is_refused_with_all_others(
    country: Country, waiting: Submission
) -> None:
    """A reviewer of one branch ticks an office of another."""
    local = make_officer(country.district, Role.CABINET_REVIEWER)
    form = {
        "paper": PAPER,
        "office": [country.upazila.pk, country.elsewhere.pk],
        "post": local.scope.main_post.pk,
    }
    client = client_of(local)
    said = alerts_after(client, reverse("reports:review_assign_many"), form)
    assert "কিছুই করা হয়নি" in " ".join(said)
    assert Report.objects.get().reviewer is None


# --- Whose it is -------------------------------------------------------------------------------
def test_first_to_take_a_report_has_it(country: Country, waiting: Submission) -> None:
    other = make_officer(country.root, Role.CABINET_REVIEWER)
    take_review(report=waiting.report, by=other)
    take_review(report=waiting.report, by=other)
    with pytest.raises(WrongState, match="নিয়েছেন"):
        take_review(report=waiting.report, by=country["reviewer"])
    client = client_of(country["reviewer"])
    client.post(to("review_assign", waiting), {"post": country["reviewer"].scope.main_post.pk})
    mine = Report.objects.waiting_for_review().of_reviewer(country["reviewer"])
    assert [report.pk for report in mine] == [waiting.report_id]
    client.post(to("review_assign", waiting), {"post": ""})
    assert Report.objects.waiting_for_review().unassigned().exists()
    client.post(to("review_assign", waiting), {"post": country["sibling.head"].scope.main_post.pk})
    assert Report.objects.get().reviewer is None


def test_age_of_a_waiting_report_is_counted_in_days(waiting: Submission) -> None:
    Report.objects.update(submitted_at=timezone.now() - timedelta(days=4))
    (report,) = Report.objects.waiting_for_review().with_newest_submission()
    assert (report.waiting_days, report.newest_submission_id) == (4, waiting.pk)


# --- The checklist -----------------------------------------------------------------------------
def marks_form(version: int = 0, **more: str) -> dict[str, str]:
    return {"version": str(version), "summary": "", **more}


def test_marks_are_kept_field_by_field_and_added_up(waiting: Submission, reviewer: Client) -> None:
    first, *rest = ReviewCriterion.objects.all()
    reviewer.post(to("review_marks", waiting), marks_form(**{f"points-{first.pk}": "১২.৫"}))
    review = Review.objects.get()
    assert review.marks.get().points == Decimal("12.5")
    line = reviewer.post(
        to("review_marks", waiting),
        marks_form(
            1,
            **{f"points-{first.pk}": "12.5", f"note-{first.pk}": "একটি অংশ নেই"},
            **{f"points-{one.pk}": str(one.points) for one in rest},
        ),
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "৯২.৫০%" in line
    assert 'value="2"' in line


@pytest.mark.parametrize("points", ["26", "-1", "1.3", "x", "9" * 400, "NaN", "Infinity", "\0"])
def test_odd_points_are_refused_by_name(waiting: Submission, reviewer: Client, points: str) -> None:
    first = ReviewCriterion.objects.first()
    form = marks_form(**{f"points-{first.pk}": points})
    response = reviewer.post(to("review_marks", waiting), form)
    assert response.status_code == 422
    assert not Review.objects.exists()
    said = reviewer.post(to("review_marks", waiting), form, headers={"HX-Request": "true"})
    assert said.status_code == 200
    assert "unsaved" in said.content.decode()


def test_two_reviewers_see_both_checklists(country: Country, waiting: Submission) -> None:
    first = ReviewCriterion.objects.first()
    other = make_officer(country.root, Role.CABINET_REVIEWER)
    save_marks(
        submission=waiting,
        version=0,
        words=MarkWords({first.pk: Decimal(7)}, {first.pk: "তাঁর নোট"}),
        by=other,
    )
    client = client_of(country["reviewer"])
    form = marks_form(**{f"points-{first.pk}": "9", f"note-{first.pk}": "আমার নোট"})
    line = client.post(to("review_marks", waiting), form, headers={"HX-Request": "true"})
    assert "মিলিয়ে নিন" in line.content.decode()
    page = client.post(to("review_marks", waiting), form)
    assert page.status_code == 409
    assert "তাঁর নোট" in page.content.decode()
    assert "আমার নোট" in page.content.decode()
    assert Review.objects.get().marks.get().points == 7
    client.post(to("review_marks", waiting), {**form, "version": "1"})
    assert Review.objects.get().marks.get().points == 9


def test_marks_are_nobodys_but_reviewers_until_the_verdict(
    country: Country, waiting: Submission
) -> None:
    mark_fully(waiting.report, reviewer=country["reviewer"], share="0.5")
    Review.objects.update(summary="গোপন কথা")
    readers = [client_of(country[who]) for who in ("upazila.head", "district.head")]
    for client in readers:
        assert "গোপন কথা" not in client.get(to("review_detail", waiting)).content.decode()
    accept_report(report=waiting.report, by=country["reviewer"])
    for client in readers:
        page = client.get(to("review_detail", waiting)).content.decode()
        assert "গোপন কথা" in page
        assert "৫০.০০%" in page


# --- Verdicts ----------------------------------------------------------------------------------
def test_return_takes_the_drafts_along_and_writes_to_the_office(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    draft_comment(waiting.report, by=country["reviewer"], text="উৎস কোথায়")
    theirs = draft_comment(waiting.report, by=country["district.head"])
    page = reviewer.get(to("review_return", waiting))
    assert page.context["form"].initial["resubmit_by"] > timezone.localdate()
    form = {"reason": "সংখ্যা মেলে না", "resubmit_by": soon().isoformat()}
    reviewer.post(to("review_return", waiting), form)
    waiting.report.refresh_from_db()
    assert (waiting.report.status, waiting.report.resubmit_by) == ("returned", soon())
    assert Comment.objects.get(text="উৎস কোথায়").sent_by == country["reviewer"]
    theirs.refresh_from_db()
    assert theirs.sent_at is None
    letters = Letter.objects.filter(key__contains="returned")
    assert set(letters.values_list("to_address", flat=True)) == {
        country["upazila.head"].email,
        country["upazila.innovation_officer"].email,
    }
    assert "সংখ্যা মেলে না" in letters.first().body
    review = Review.objects.get()
    assert (review.verdict, review.score) == (Verdict.RETURNED, None)
    # The same form again says what happened, and does nothing.
    reviewer.post(to("review_return", waiting), form)
    assert AuditEntry.objects.filter(action="report.return").count() == 1


@pytest.mark.parametrize("day", ["", "১ জানুয়ারি ২০২০", "কাল", "31/12/2099", "\0"])
def test_return_without_a_sensible_day_is_refused(
    waiting: Submission, reviewer: Client, day: str
) -> None:
    form = {"reason": "কারণ", "resubmit_by": day}
    assert reviewer.post(to("review_return", waiting), form).status_code == 422
    waiting.report.refresh_from_db()
    assert waiting.report.status == "submitted"


def test_acceptance_needs_every_mark(waiting: Submission, reviewer: Client) -> None:
    said = alerts_after(reviewer, to("review_accept", waiting))
    assert "সব প্রশ্নে নম্বর" in " ".join(said)
    assert Report.objects.get().status == "submitted"
    assert not Review.objects.filter(decided_at__isnull=False).exists()


def test_acceptance_freezes_the_score(country: Country, waiting: Submission) -> None:
    mark_fully(waiting.report, reviewer=country["reviewer"], share="0.8")
    client = client_of(country["reviewer"])
    client.post(to("review_accept", waiting))
    review = Review.objects.get()
    assert (review.verdict, review.score) == (Verdict.ACCEPTED, Decimal(80))
    ReviewCriterion.objects.update(points=100)
    words = MarkWords.of(review)
    with pytest.raises(WrongState, match="পর্যালোচনা শেষ"):
        save_marks(submission=waiting, version=9, words=words, by=country["reviewer"])
    review.refresh_from_db()
    assert review.score == Decimal(80)


def test_year_without_questions_is_accepted_without_a_score(country: Country) -> None:
    make_report(
        country.upazila,
        by=country["upazila.head"],
        status="accepted",
        reviewer=country["reviewer"],
        period="2018-2019",
    )
    assert Review.objects.get().score is None


def test_verdict_on_an_old_submission_is_refused(country: Country, waiting: Submission) -> None:
    """Looked at before it was returned and sent again: the newer one is not decided upon."""
    report, by = waiting.report, country["reviewer"]
    return_report(report=report, by=by, reason=REASON, resubmit_by=soon())
    submit_report(report=report, by=country["upazila.head"])
    mark_fully(report, reviewer=by)
    client = client_of(by)
    forms = {
        "review_accept": {},
        "review_return": {"reason": "x", "resubmit_by": soon().isoformat()},
        "review_marks": marks_form(),
    }
    for name, form in forms.items():
        assert "নতুন জমা" in " ".join(alerts_after(client, to(name, waiting), form))
    report.refresh_from_db()
    assert report.status == "submitted"
    assert "নতুন জমা খুলুন" in client.get(to("review_detail", waiting)).content.decode()


def test_reopened_report_goes_back_with_a_letter_of_its_own(
    country: Country, waiting: Submission, reviewer: Client
) -> None:
    accept(waiting.report, reviewer=country["reviewer"])
    form = {"reason": "যোগফল ভুল", "resubmit_by": soon().isoformat()}
    reviewer.post(to("review_reopen", waiting), form)
    waiting.report.refresh_from_db()
    assert waiting.report.status == "returned"
    assert Letter.objects.filter(key__contains="returned").count() == 2
    assert Review.objects.get().verdict == Verdict.ACCEPTED
    submit_report(report=waiting.report, by=country["upazila.head"])
    accept(waiting.report, reviewer=country["reviewer"])
    reopen(waiting.report, reviewer=country["reviewer"])
    assert Letter.objects.filter(key__contains="returned").count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_at_once_are_one() -> None:
    country = make_country()
    head, by = country["upazila.head"], country["reviewer"]
    other = make_officer(country.root, Role.CABINET_REVIEWER)
    report = make_report(country.upazila, by=head, status="submitted")
    mark_fully(report, reviewer=by)
    draft_comment(report, by=by)

    def accepting() -> object:
        return accept_report(report=Report.objects.get(), by=User.objects.get(pk=by.pk))

    def returning() -> object:
        return return_report(
            report=Report.objects.get(),
            by=User.objects.get(pk=other.pk),
            reason=REASON,
            resubmit_by=soon(),
        )

    results = at_once([accepting, returning] * 4)
    assert sum(isinstance(one, Report) for one in results) == 1
    assert {type(one) for one in results if isinstance(one, Exception)} == {WrongState}
    review = Review.objects.get()
    assert review.verdict == Report.objects.get().status
    assert AuditEntry.objects.filter(action__in=["report.accept", "report.return"]).count() == 1
    assert Letter.objects.filter(key__startswith=f"reports.{review.verdict}").count() == 2
    assert Comment.objects.get().sent_by == review.decided_by


@pytest.mark.django_db(transaction=True)
def test_first_marks_of_two_reviewers_at_once_lose_nothing() -> None:
    """One is kept; the other is told, with both texts."""
    country = make_country()
    report = make_report(country.upazila, by=country["upazila.head"], status="submitted")
    people = [country["reviewer"], make_officer(country.root, Role.CABINET_REVIEWER)]
    first = ReviewCriterion.objects.first().pk

    def marking(number: int):
        def attempt() -> object:
            return save_marks(
                submission=Submission.objects.get(),
                version=0,
                words=MarkWords({first: Decimal(number + 1)}),
                by=User.objects.get(pk=people[number].pk),
            )

        return attempt

    results = at_once([marking(0), marking(1)])
    assert sorted(type(one).__name__ for one in results) == ["Review", StaleReview.__name__]
    assert report.submissions.get().review.marks.count() == 1


def test_office_that_has_no_head_is_still_somebodys(country: Country, reviewer: Client) -> None:
    office = Office.objects.get(pk=country.sibling.pk)
    office.posts.update(is_active=False)
    rows = {row.office.code: row.standing for row in reviewer.get(QUEUE).context["rows"]}
    assert rows["sibling"].owner == "দপ্তর প্রধান"
    assert ReportStatus.SUBMITTED not in {standing.state for standing in rows.values()}
