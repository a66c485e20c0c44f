"""What the page of a review shows: the frozen content, what changed, the comments at their places.

Everything here reads submissions; what the team is writing now is nobody else's.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse

from teams.models import User

from .. import perms
from ..comparison import SectionChange, compare
from ..models import Comment, Report, Submission
from .places import Place, quote_of


class View(StrEnum):
    """The ways of looking at a submission."""

    CHANGES = "changes"
    WHOLE = "whole"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment with what the person may do to it; `is_earlier` when made on an earlier sending."""

    comment: Comment
    is_earlier: bool
    can_edit: bool
    can_answer: bool
    can_settle: bool


@dataclass(frozen=True, slots=True)
class Comments:
    """All comments on a report that the person may see, by the id of their place.

    Those whose place is no longer in the report stand with the report as a whole.
    """

    at: Mapping[str, Sequence[ShownComment]]
    all: Sequence[ShownComment]

    @property
    def drafts(self) -> list[ShownComment]:
        """What the person has drafted."""
        return [one for one in self.all if one.can_edit]

    def outside(self, sections: Collection[str]) -> list[ShownComment]:
        """Those on parts of the report other than these."""
        return [
            one for one in self.all if one.comment.section and one.comment.section not in sections
        ]

    @property
    def open(self) -> list[ShownComment]:
        """Sent and not settled."""
        return [one for one in self.all if one.comment.sent_at and not one.comment.settled_at]


@dataclass(frozen=True, slots=True)
class SectionPair:
    """A part of this report and the same part of last year's, either of which may be missing."""

    now: Mapping[str, Any] | None
    before: Mapping[str, Any] | None
    figures: tuple[tuple[str, str, str], ...]


def comments_on(submission: Submission, user: User) -> Comments:
    """The comments on the submission's report, as the person may see them; two queries."""
    rows = (
        Comment.objects.visible_to(user)
        .filter(report=submission.report_id)
        .select_related("submission", "created_by", "by_post__office", "answered_by", "settled_by")
        .defer("submission__content")
        .order_by("section", "pk")
    )
    shown = [shown_comment(row, submission.report, user, submission) for row in rows]
    at: dict[str, list[ShownComment]] = {}
    for one in shown:
        place = Place.of(one.comment)
        stands = quote_of(submission.content, place) is not None
        at.setdefault(place.anchor if stands else Place().anchor, []).append(one)
    return Comments(at, shown)


def shown_comment(
    comment: Comment, report: Report, user: User, submission: Submission | None = None
) -> ShownComment:
    """One comment, and what the person may do to it. `submission` is the one that is looked at."""
    comment.report = report  # with its office, which the questions below ask for
    return ShownComment(
        comment,
        is_earlier=submission is not None and comment.submission_id != submission.pk,
        can_edit=perms.can_edit_comment(user, comment),
        can_answer=perms.can_answer_comment(user, comment),
        can_settle=perms.can_settle_comment(user, comment),
    )


def picture_addresses(submission: Submission) -> dict[str, str]:
    """Where the pictures of what was sent are, by their fingerprints."""
    return {
        picture["sha256"]: reverse(
            "reports:submission_picture", args=[submission.pk, picture["sha256"]]
        )
        for section in submission.content["sections"]
        for picture in section["pictures"]
    }


def changes_since_last(submission: Submission) -> list[SectionChange] | None:
    """What changed since the sending before; None when there was none. One query."""
    earlier = (
        Submission.objects.filter(report=submission.report_id, number__lt=submission.number)
        .order_by("-number")
        .first()
    )
    return compare(earlier.content, submission.content) if earlier else None


def last_years(submission: Submission) -> Submission | None:
    """The newest sending of the same office's report on the period before. One query."""
    report = submission.report
    return (
        Submission.objects.filter(
            report__office=report.office_id,
            report__kind=report.kind,
            report__ends_on__lt=report.starts_on,
        )
        .order_by("-report__ends_on", "-number")
        .select_related("report")
        .first()
    )


def side_by_side(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[SectionPair]:
    """The parts of both in the order of this year's, what only last year had at the end."""
    mine = {section["key"]: section for section in now["sections"]}
    theirs = {section["key"]: section for section in before["sections"]}
    return [
        SectionPair(mine.get(key), theirs.get(key), _figures(mine.get(key), theirs.get(key)))
        for key in {**mine, **theirs}
    ]


def chosen_view(asked: str, *, changes: bool, beside: bool) -> View:
    """The view asked for, if there is such a one: what changed comes first, when something did."""
    possible = {View.WHOLE} | ({View.CHANGES} if changes else set())
    possible |= {View.BESIDE} if beside else set()
    if asked in possible:
        return View(asked)
    return View.CHANGES if changes else View.WHOLE


def _figures(
    now: Mapping[str, Any] | None, before: Mapping[str, Any] | None
) -> tuple[tuple[str, str, str], ...]:
    """Each number of either: what it is, this year's and last year's words."""
    mine, theirs = _by_key(now), _by_key(before)
    return tuple(
        (
            (mine.get(key) or theirs[key])["label"],
            mine[key]["text"] if key in mine else "",
            theirs[key]["text"] if key in theirs else "",
        )
        for key in {**mine, **theirs}
    )


def _by_key(section: Mapping[str, Any] | None) -> dict[str, Mapping[str, str]]:
    figures: Iterable[Mapping[str, str]] = section["figures"] if section else ()
    return {figure["key"]: figure for figure in figures}
