"""Who gets what at the addresses of reports.urls.review"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from reports.actions import return_report, send_comments
from reports.enums import ReportStatus
from reports.models import Comment, Report, Review, ReviewMark, Submission
from tests.access_ideas.parts import Part
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    at,
    get,
    post,
)
from tests.factories import Country
from tests.reports.build import REASON, draft_comment, make_report, mark_fully

# Reviewers decide; everybody else who reads the report is refused.
REVIEW_ACTION = (POST_ONLY, post(reviewer=DONE, team=NO, above=NO, others=GONE))
REVIEW_FORM = (
    get(reviewer=OK, team=NO, above=NO, others=GONE),
    post(reviewer=DONE, team=NO, above=NO, others=GONE),
)
BULK = (POST_ONLY, post(reviewer=DONE, others=NO))


def return_form(things: Any) -> dict[str, Any]:
    return {"reason": REASON, "resubmit_by": (timezone.localdate() + timedelta(days=9)).isoformat()}


def comment_form(things: Any) -> dict[str, Any]:
    return {"form_key": uuid4(), "text": "উৎস দিন"}


def marks_form(things: Any) -> dict[str, Any]:
    return {"version": 0, "summary": "ভালো প্রতিবেদন"}


def bulk_form(**more: object) -> Any:
    return lambda things: {"paper": "annual:2014", "office": THINGS["office"], **more}


def things(country: Country) -> dict[str, list[Any]]:
    head, reviewer = country["upazila.head"], country["reviewer"]
    office = country.upazila
    waiting = make_report(office, by=head, period="2014", status=ReportStatus.SUBMITTED)
    marked = make_report(office, by=head, period="2015", status=ReportStatus.SUBMITTED)
    mark_fully(marked, reviewer=reviewer)
    taken = make_report(
        office, by=head, period="2016", status=ReportStatus.ACCEPTED, reviewer=reviewer
    )
    said = make_report(office, by=head, period="2017", status=ReportStatus.SUBMITTED)
    sent = draft_comment(said, by=reviewer)
    send_comments(submission=sent.submission, by=reviewer)
    return_report(report=said, by=reviewer, reason=REASON, resubmit_by=timezone.localdate())
    THINGS["office"] = office.pk
    THINGS["post"] = reviewer.scope.main_post.pk
    drafted = make_report(office, by=head, period="2018", status=ReportStatus.SUBMITTED)
    return {
        "waiting_submission": [_newest(waiting)],
        "marked_submission": [_newest(marked)],
        "accepted_submission": [_newest(taken)],
        "comment_draft": [draft_comment(waiting, by=reviewer).pk],
        "superior_draft": [draft_comment(drafted, by=country["district.head"]).pk],
        "submission_with_draft": [_newest(drafted)],
        "sent_comment": [sent.pk],
    }


def _newest(report: Report) -> int:
    return report.submissions.latest("number").pk


# What the forms name, made with the rest.
THINGS: dict[str, int] = {}

PART = Part(
    addresses={
        "reports:review_list": at("", *PAGE_FOR_ALL),
        "reports:review_assign_many": at(
            "", *BULK, sends=lambda t: bulk_form(post=THINGS["post"])(t)
        ),
        # On the day there is nobody to remind who has not sent: this one has.
        "reports:review_remind": at(
            "", POST_ONLY, post(reviewer=KEPT, others=NO), sends=bulk_form()
        ),
        "reports:review_publish_many": at(
            "",
            *BULK,
            sends=lambda t: {**bulk_form()(t), "paper": "annual:2016"},
        ),
        "reports:review_detail": at(
            "waiting_submission", get(team=OK, above=OK, others=GONE), GET_ONLY
        ),
        "reports:review_take": at("waiting_submission", *REVIEW_ACTION),
        "reports:review_assign": at(
            "waiting_submission", *REVIEW_ACTION, sends=lambda t: {"post": THINGS["post"]}
        ),
        "reports:review_marks": at("waiting_submission", *REVIEW_ACTION, sends=marks_form),
        "reports:review_return": at("waiting_submission", *REVIEW_FORM, sends=return_form),
        "reports:review_accept": at("marked_submission", *REVIEW_ACTION),
        "reports:review_reopen": at("accepted_submission", *REVIEW_FORM, sends=return_form),
        # Offices above comment as reviewers do, never the team itself.
        "reports:comment_create": at(
            "waiting_submission",
            get(team=NO, above=OK, others=GONE),
            post(team=NO, above=DONE, others=GONE),
            sends=comment_form,
        ),
        "reports:comment_send": at(
            "submission_with_draft",
            POST_ONLY,
            # The others of those above have drafted nothing.
            post(district_head=DONE, team=NO, above=KEPT, others=GONE),
        ),
        "reports:comment_update": at(
            "superior_draft",
            get(district_head=OK, others=GONE),
            post(district_head=DONE, others=GONE),
            sends=lambda t: {"version": 1, "text": "নতুন কথা"},
        ),
        "reports:comment_delete": at("comment_draft", POST_ONLY, post(reviewer=DONE, others=GONE)),
        "reports:comment_answer": at(
            "sent_comment",
            get(team=OK, above=NO, others=GONE),
            post(team=DONE, above=NO, others=GONE),
            sends=lambda t: {"version": 2, "answer": "উৎস দেওয়া হয়েছে"},
        ),
        "reports:comment_settle": at("sent_comment", *REVIEW_ACTION),
    },
    things=things,
    watched=(Report, Submission, Comment, Review, ReviewMark),
)
