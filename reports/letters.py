"""Letters about reports that were sent: the receipt, and the news of a withdrawal."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from bangla.digits import to_bangla
from jobs.letters import post_letter
from teams.enums import LEAD_ROLES
from teams.models import Post, User

from .models import Submission
from .receipts import seal_of, sent_at_words


def post_receipts(submission: Submission, *, by: User) -> None:
    """The receipt, to the head and the innovation officer of the office that sent."""
    content = submission.content
    subject = f"প্রাপ্তি রসিদ {to_bangla(submission.receipt_number)}: {content['title']}"
    _post_to_leads(submission, "receipt", subject, {"content": content}, by=by)


def post_withdrawal(submission: Submission, *, by: User) -> None:
    """That the report was withdrawn, by whom and why, to the same."""
    subject = f"প্রতিবেদন প্রত্যাহার: {submission.content['title']}"
    more = {
        "reason": submission.withdraw_reason,
        "withdrawn_at": sent_at_words(submission.withdrawn_at or timezone.now()),
    }
    _post_to_leads(submission, "withdrawal", subject, more, by=by)


def _post_to_leads(
    submission: Submission, kind: str, subject: str, more: dict[str, Any], *, by: User
) -> None:
    office = submission.report.office
    posts = office.posts.active().filter(role__in=LEAD_ROLES).with_holders(timezone.localdate())
    for post in posts:
        holder = post.holder
        if holder is None:
            continue  # the mailbox of an empty seat may be of whoever has left
        context = {
            **more,
            "name": f"{holder.name_bn}, {post.designation_bn}",
            "content": submission.content,
            "seal": seal_of(submission),
            "link": settings.SITE_URL.rstrip("/") + submission.get_absolute_url(),
        }
        post_letter(
            key=f"reports.{kind}:{submission.pk}:{post.pk}",
            to_address=_address(post, holder),
            to_name=context["name"],
            subject=subject,
            body=_body(kind, context),
            by=by,
        )


def _address(post: Post, holder: User) -> str:
    return holder.email or post.email


def _body(kind: str, context: dict[str, Any]) -> str:
    """Government letters are in Bengali, whoever causes them."""
    with translation.override("bn"):
        return render_to_string(f"reports/email/{kind}.txt", context).strip() + "\n"
