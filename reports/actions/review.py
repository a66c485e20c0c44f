"""What the Cabinet Division does with what was sent: takes it up, marks it, decides upon it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.enums import Role
from teams.models import Post, User
from teams.transitions import Transition, WrongState, apply_transition

from .. import perms
from ..enums import ACCEPT, REOPEN, RETURN, SENT_ONCE, CommentSide, ReportStatus, Verdict
from ..models import Comment, Report, Review, ReviewMark, Submission
from ..review.letters import tell_accepted, tell_returned
from ..review.scoring import MarkWords, criteria_of, score_of, unmarked


class StaleReview(Exception):
    """Another reviewer has marked since this copy was opened; `current` is as it is now."""

    def __init__(self, current: Review) -> None:
        super().__init__("stale")
        self.current = current


# --- Who looks at it ---------------------------------------------------------------------------
@transaction.atomic
def assign_reviews(*, reports: Sequence[Report], post: Post | None, by: User) -> int:
    """Make a reviewer's post answerable for the reports; None gives them back to nobody.

    Answers how many changed hands. Raises PermissionDenied, WrongState.
    """
    if not perms.can_assign_review(by):
        raise PermissionDenied
    if post is not None and not (post.is_active and post.role == Role.CABINET_REVIEWER):
        raise WrongState(_("পদটি পর্যালোচকের নয়। তালিকা থেকে একজন পর্যালোচক বেছে নিন।"))
    rows = Report.objects.select_for_update(of=("self",)).select_related("office")
    changed = [
        report
        for report in rows.filter(pk__in=[one.pk for one in reports], status__in=SENT_ONCE)
        if report.reviewer_id != (post.pk if post else None)
    ]
    for report in changed:
        _give(report, post, by=by)
    return len(changed)


@transaction.atomic
def take_review(*, report: Report, by: User) -> Report:
    """Take a report that nobody has taken yet.

    Raises PermissionDenied, and WrongState when somebody else was faster.
    """
    if not perms.can_assign_review(by):
        raise PermissionDenied
    report = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if report.status not in SENT_ONCE:
        raise PermissionDenied
    own = next(post for post in by.scope.posts if post.role == Role.CABINET_REVIEWER)
    if report.reviewer_id == own.pk:
        return report
    if report.reviewer:
        raise WrongState(
            _("প্রতিবেদনটি এর মধ্যে %(post)s নিয়েছেন। দরকার হলে পর্যালোচক বদলান।")
            % {"post": report.reviewer}
        )
    return _give(report, own, by=by)


def _give(report: Report, post: Post | None, *, by: User) -> Report:
    before, report.reviewer = report.reviewer_id, post
    report.save(update_fields=["reviewer"])
    record(
        "report.assign",
        report,
        by=by,
        office=report.office,
        before={"reviewer": before},
        after={"reviewer": post.pk if post else None},
    )
    return report


# --- The checklist -----------------------------------------------------------------------------
@transaction.atomic
def save_marks(*, submission: Submission, version: int, words: MarkWords, by: User) -> Review:
    """Keep the marks of a review under way; the team sees nothing of them, nor does the record.

    `version` is that of the copy they were given on, 0 for the first. Raises StaleReview,
    WrongState when it was decided or a newer submission came, PermissionDenied.
    """
    report = _under_review(submission, by)
    criteria = {one.pk: one for one in criteria_of(report)}
    for pk, points in words.points.items():
        if pk not in criteria or not 0 <= points <= criteria[pk].points:
            raise WrongState(_("পর্যালোচনার প্রশ্নগুলো এর মধ্যে বদলেছে। পাতাটি আবার খুলুন।"))
    review = Review.objects.filter(submission=submission).first()
    if review and MarkWords.of(review) == words:
        return review  # saved already; the answer was lost on the way
    if review is None:
        review = Review(submission=submission, opened_by=by, version=0)
    elif review.version != version:
        raise StaleReview(review)
    review.summary, review.version = words.summary, review.version + 1
    review.save()
    review.marks.all().delete()
    ReviewMark.objects.bulk_create(
        ReviewMark(review=review, criterion_id=pk, points=points, note=words.notes.get(pk, ""))
        for pk, points in words.points.items()
    )
    return review


# --- Verdicts ----------------------------------------------------------------------------------
@transaction.atomic
def return_report(
    *,
    report: Report,
    by: User,
    reason: str,
    resubmit_by: date,
    submission: Submission | None = None,
) -> Report:
    """Back to the office, with a reason, a day, and every comment that reviewers have drafted.

    `submission` is the one the reviewer looked at, the newest if none is given. Raises
    PermissionDenied; WrongState when somebody decided before or a newer one has come.
    """
    changes: dict[str, object] = {"return_reason": reason, "resubmit_by": resubmit_by}
    submission, sent = _decide(
        report, RETURN, Verdict.RETURNED, submission=submission, changes=changes, by=by
    )
    tell_returned(report, submission, comments=sent, by=by)
    return report


@transaction.atomic
def accept_report(*, report: Report, by: User, submission: Submission | None = None) -> Report:
    """Taken: its figures count in the nation's. Every question of the checklist has its marks.

    Raises PermissionDenied, WrongState as `return_report` does.
    """
    changes: dict[str, object] = {"return_reason": "", "resubmit_by": None}
    submission, sent = _decide(
        report, ACCEPT, Verdict.ACCEPTED, submission=submission, changes=changes, by=by
    )
    tell_accepted(report, submission, comments=sent, by=by)
    return report


@transaction.atomic
def reopen_report(*, report: Report, by: User, reason: str, resubmit_by: date) -> Report:
    """A report that was taken goes back after all; what was decided of its submission stays.

    Raises PermissionDenied, WrongState.
    """
    apply_transition(
        report,
        REOPEN,
        by=by,
        allowed=perms.can_review_report(by, report),
        office=report.office,
        changes={"return_reason": reason, "resubmit_by": resubmit_by},
    )
    tell_returned(report, newest_of(report), comments=0, by=by)
    return report


def newest_of(report: Report) -> Submission:
    return report.submissions.latest("number")


def _decide(
    report: Report,
    step: Transition,
    verdict: Verdict,
    *,
    submission: Submission | None,
    changes: dict[str, object],
    by: User,
) -> tuple[Submission, int]:
    """Take the step, close the review of what was looked at, send the reviewers' comments.

    Answers the submission and how many comments went with it. The step holds the report's row,
    so nobody sends, marks or decides meanwhile.
    """
    apply_transition(
        report,
        step,
        by=by,
        allowed=perms.can_review_report(by, report),
        office=report.office,
        changes=changes,
    )
    newest = newest_of(report)
    if submission is not None and submission.pk != newest.pk:
        raise WrongState(_too_old())
    review, _created = Review.objects.get_or_create(submission=newest, defaults={"opened_by": by})
    criteria, points = criteria_of(report), MarkWords.of(review).points
    if verdict == Verdict.ACCEPTED and (missing := unmarked(criteria, points)):
        raise WrongState(
            _("গ্রহণের আগে সব প্রশ্নে নম্বর দিন। বাকি: %(names)s")
            % {"names": ", ".join(one.name for one in missing)}
        )
    now = timezone.now()
    Review.objects.filter(pk=review.pk).update(
        verdict=verdict,
        decided_at=now,
        decided_by=by,
        score=score_of(criteria, points),
        version=F("version") + 1,
    )
    drafts = Comment.objects.filter(
        submission=newest, side=CommentSide.REVIEW, sent_at__isnull=True
    )
    return newest, drafts.update(sent_at=now, sent_by=by, version=F("version") + 1)


def _under_review(submission: Submission, by: User) -> Report:
    """The report, held, while this submission waits for its verdict.

    Raises WrongState, PermissionDenied.
    """
    report = Report.objects.select_for_update(of=("self",)).get(pk=submission.report_id)
    if not perms.can_review_report(by, report):
        raise PermissionDenied
    if newest_of(report).pk != submission.pk:
        raise WrongState(_too_old())
    if report.status != ReportStatus.SUBMITTED:
        raise WrongState(
            _("এই প্রতিবেদনের পর্যালোচনা শেষ হয়েছে (%(status)s), তাই নম্বর আর বদলানো যায় না।")
            % {"status": report.get_status_display()}
        )
    return report


def _too_old() -> str:
    return _("দপ্তর এর মধ্যে নতুন করে পাঠিয়েছে, তাই কাজটি করা হয়নি। নতুন জমাটি খুলে দেখুন।")
