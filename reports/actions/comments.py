"""Comments on what was sent: drafted, sent together, answered by the team, settled."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.enums import Role
from teams.models import Post, User
from teams.transitions import WrongState

from .. import perms
from ..enums import CommentSide
from ..models import Comment, Report, Submission
from ..review.letters import tell_comments
from ..review.places import Place, quote_of
from .review import newest_of


class StaleComment(Exception):
    """It was changed after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Comment) -> None:
        super().__init__("stale")
        self.current = current


# --- Drafts ------------------------------------------------------------------------------------
@transaction.atomic
def add_comment(
    *, submission: Submission, place: Place, text: str, form_key: UUID, by: User
) -> Comment:
    """Draft a comment on a place of what was sent; nobody is told, and the record is silent.

    The same form sent twice makes one comment. Raises PermissionDenied; WrongState when the
    place does not exist, when it was decided upon, or when a newer submission has come.
    """
    report = _commented(submission, by)
    quote = quote_of(submission.content, place)
    if quote is None:
        raise WrongState(_("মন্তব্যের জায়গাটি এই প্রতিবেদনে নেই। পাতা থেকে আবার বেছে নিন।"))
    side, post = speaking_for(by, report)
    comment, _created = Comment.objects.get_or_create(
        form_key=form_key,
        defaults={
            "report": report,
            "submission": submission,
            "side": side,
            "section": place.section,
            "row": place.row,
            "figure": place.figure,
            "quote": quote,
            "text": text,
            "created_by": by,
            "by_post": post,
        },
    )
    if comment.created_by_id != by.pk:
        raise PermissionDenied
    return comment


@transaction.atomic
def update_comment(*, comment: Comment, version: int, text: str, by: User) -> Comment:
    """Change one's own draft. Raises StaleComment, WrongState once it is sent,
    PermissionDenied."""
    _still_drafted(comment, by)
    saved = Comment.objects.filter(pk=comment.pk, version=version, sent_at__isnull=True).update(
        text=text, version=F("version") + 1
    )
    comment.refresh_from_db()
    if not saved and comment.text != text:
        raise StaleComment(comment)
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, by: User) -> None:
    """Throw one's own draft away. Raises WrongState once it is sent, PermissionDenied."""
    _still_drafted(comment, by)
    Comment.objects.filter(pk=comment.pk, sent_at__isnull=True).delete()


@transaction.atomic
def send_comments(*, submission: Submission, by: User) -> list[Comment]:
    """Send all that the person has drafted on this submission, and tell the team once.

    From now on nobody changes them. Raises PermissionDenied; WrongState when there is nothing to
    send, when it was decided upon, or when a newer submission has come.
    """
    report = _commented(submission, by)
    drafts = list(Comment.objects.drafts_of(by).filter(submission=submission))
    if not drafts:
        raise WrongState(_("পাঠানোর মতো কোনো খসড়া মন্তব্য নেই।"))
    Comment.objects.filter(pk__in=[comment.pk for comment in drafts]).update(
        sent_at=timezone.now(), sent_by=by, version=F("version") + 1
    )
    record(
        "report.comment",
        report,
        by=by,
        office=report.office,
        after={"comments": [comment.pk for comment in drafts]},
    )
    _side, post = speaking_for(by, report)
    office = post.office if post else report.office
    tell_comments(report, drafts, office=office, by=by)
    return drafts


# --- After it was sent -------------------------------------------------------------------------
@transaction.atomic
def answer_comment(*, comment: Comment, version: int, answer: str, by: User) -> Comment:
    """The team says what it did about a comment; its reader sees it with the next submission's
    page, at once. Raises StaleComment, PermissionDenied."""
    if not perms.can_answer_comment(by, comment):
        raise PermissionDenied
    saved = Comment.objects.filter(pk=comment.pk, version=version).update(
        answer=answer, answered_at=timezone.now(), answered_by=by, version=F("version") + 1
    )
    comment.refresh_from_db()
    if not saved:
        if comment.answer == answer:
            return comment  # saved already; the answer was lost on the way
        raise StaleComment(comment)
    record("comment.answer", comment, by=by, office=comment.report.office, after={"answer": answer})
    return comment


@transaction.atomic
def settle_comment(*, comment: Comment, is_settled: bool, by: User) -> Comment:
    """Say that a comment was met, or that it was not after all. Raises PermissionDenied."""
    if not perms.can_settle_comment(by, comment):
        raise PermissionDenied
    stamp = (timezone.now(), by) if is_settled else (None, None)
    changed = Comment.objects.filter(pk=comment.pk, settled_at__isnull=is_settled).update(
        settled_at=stamp[0], settled_by=stamp[1], version=F("version") + 1
    )
    comment.refresh_from_db()
    if changed:
        action = "comment.settle" if is_settled else "comment.unsettle"
        record(action, comment, by=by, office=comment.report.office)
    return comment


# --- Pieces ------------------------------------------------------------------------------------
def speaking_for(user: User, report: Report) -> tuple[CommentSide, Post | None]:
    """For whom the person comments on this report, and from which post."""
    posts: Sequence[Post] = user.scope.posts
    if perms.is_reviewer(user):
        post = next(post for post in posts if post.role == Role.CABINET_REVIEWER)
        return CommentSide.REVIEW, post
    above = (
        post
        for post in posts
        if user.scope.is_in_team(post.office_id) and report.office.path.startswith(post.office.path)
    )
    return CommentSide.SUPERIOR, next(above, None)


def _commented(submission: Submission, by: User) -> Report:
    """The report, held, while this submission may be commented on.

    Raises WrongState when it was decided upon or a newer one has come, PermissionDenied.
    """
    rows = Report.objects.select_for_update(of=("self",)).select_related("office")
    report = rows.get(pk=submission.report_id)
    if not (perms.is_reviewer(by) or perms.is_superior(by, report)):
        raise PermissionDenied
    if newest_of(report).pk != submission.pk:
        raise WrongState(_("দপ্তর এর মধ্যে নতুন করে পাঠিয়েছে। মন্তব্য করুন নতুন জমায়।"))
    if not perms.can_comment_report(by, report):
        raise WrongState(
            _("প্রতিবেদনটি এখন পর্যালোচনায় নেই (%(status)s), তাই মন্তব্য করা বা পাঠানো যায় না।")
            % {"status": report.get_status_display()}
        )
    return report


def _still_drafted(comment: Comment, by: User) -> None:
    """Raises WrongState when the writer's comment was sent, PermissionDenied to others."""
    if comment.created_by_id == by.pk and comment.sent_at is not None:
        raise WrongState(_("মন্তব্যটি পাঠানো হয়ে গেছে, তাই আর বদলানো বা মোছা যায় না।"))
    if not perms.can_edit_comment(by, comment):
        raise PermissionDenied
