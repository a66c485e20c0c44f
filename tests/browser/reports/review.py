"""Something real on every page of reports.urls.review."""

from django.urls import reverse

from reports.actions import return_report, send_comments, submit_report
from reports.enums import ReportStatus
from reports.models import Report
from reports.review.places import Place
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.reports.build import REASON, accept, draft_comment, make_report, mark_fully, soon
from tests.reports.contents_of_reports import freeze, section, sections

# Years of this part alone: an office has one report on each.
YEAR, YEAR_BEFORE = "2016", "2015"
# Words that do not break at a blank.
ENDLESS = "https://www.bangladesh.gov.bd/innovation/2026/reports/annual/meetings/decisions"


def twice_sent(upazila: Upazila, *, is_decided: bool = False) -> Report:
    """A report that was returned with comments, answered, and sent again with changes."""
    head, reviewer = upazila.head, upazila.reviewer
    last = make_report(upazila.office, by=head, period=YEAR_BEFORE)
    submit_report(report=last, by=head)
    freeze(last.submissions.get(), sections())
    report = make_report(upazila.office, by=head, period=YEAR, status=ReportStatus.SUBMITTED)
    freeze(report.submissions.get(), sections())
    for place in (Place(), Place("meetings", figure="held"), Place("plan", row="plan/task:2")):
        comment = draft_comment(report, by=reviewer, place=place, text=ENDLESS)
    send_comments(submission=comment.submission, by=reviewer)
    return_report(report=report, by=reviewer, reason=REASON, resubmit_by=soon())
    submit_report(report=report, by=head)
    changed = sections()
    section(changed, "meetings")["figures"][0]["text"] = "১১টি"
    section(changed, "plan")["tables"][0]["groups"][0]["rows"][1]["progress"] = ENDLESS
    freeze(report.submissions.latest("number"), changed)
    draft_comment(report, by=reviewer, place=Place("meetings"))
    mark_fully(report, reviewer=reviewer)
    if is_decided:
        accept(report, reviewer=reviewer)
    return report


def of_officer(upazila: Upazila) -> Addresses:
    """The team reads what was said, and answers."""
    head, reviewer = upazila.head, upazila.reviewer
    report = make_report(upazila.office, by=head, period="2018", status="submitted")
    freeze(report.submissions.get(), sections())
    comment = draft_comment(report, by=reviewer, place=Place("meetings"))
    send_comments(submission=comment.submission, by=reviewer)
    return_report(report=report, by=reviewer, reason=REASON, resubmit_by=soon())
    return {
        "reports:review_detail": [reverse("reports:review_detail", args=[comment.submission_id])],
        "reports:comment_answer": [reverse("reports:comment_answer", args=[comment.pk])],
    }


def of_reviewer(upazila: Upazila) -> Addresses:
    report = twice_sent(upazila)
    newest = report.submissions.latest("number").pk
    detail = reverse("reports:review_detail", args=[newest])
    draft = draft_comment(report, by=upazila.reviewer)
    settled = make_report(
        upazila.office,
        by=upazila.head,
        reviewer=upazila.reviewer,
        period="2017",
        status=ReportStatus.ACCEPTED,
    )
    taken = settled.submissions.get().pk
    queue = reverse("reports:review_list")
    comment = reverse("reports:comment_create", args=[newest])
    return {
        "reports:review_list": [queue, f"{queue}?state=unsent&late=1", f"{queue}?q=নেই"],
        "reports:review_detail": [
            *(f"{detail}?view={view}" for view in ("changes", "whole", "beside")),
            reverse("reports:review_detail", args=[taken]),
        ],
        "reports:review_return": [reverse("reports:review_return", args=[newest])],
        "reports:review_reopen": [reverse("reports:review_reopen", args=[taken])],
        "reports:comment_create": [f"{comment}?section=meetings&figure=held"],
        "reports:comment_update": [reverse("reports:comment_update", args=[draft.pk])],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_reviewer=of_reviewer,
    no_pages=frozenset(
        {
            "reports:review_assign_many",
            "reports:review_remind",
            "reports:review_publish_many",
            "reports:review_take",
            "reports:review_assign",
            "reports:review_marks",
            "reports:review_accept",
            "reports:comment_send",
            "reports:comment_delete",
            "reports:comment_settle",
        }
    ),
)
