"""Letters of the review: to the head and the innovation officer of the office, in Bengali."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from bangla.dates import format_date
from jobs.letters import post_letter
from jobs.models import Letter
from meetings.deliveries import Reader, post_reader
from teams.enums import LEAD_ROLES
from teams.models import Office, Post, User

from ..models import Comment, Report, Submission


def lead_readers(office: Office) -> list[Reader]:
    """The head and the innovation officer, as they are today; one letter to an address."""
    return readers_of([office]).get(office.pk, [])


def readers_of(offices: Sequence[Office]) -> dict[int, list[Reader]]:
    """The same of many offices, by their ids; two queries however many there are."""
    posts = Post.objects.active().filter(
        role__in=LEAD_ROLES, office__in=[office.pk for office in offices]
    )
    found: dict[int, dict[str, Reader]] = {}
    for post in posts.with_holders(timezone.localdate()).order_by("role", "position", "pk"):
        reader = post_reader(post)
        # Somebody who holds both posts is told once.
        found.setdefault(post.office_id, {}).setdefault(reader.address or reader.code, reader)
    return {pk: list(readers.values()) for pk, readers in found.items()}


def tell_returned(report: Report, submission: Submission, *, comments: int, by: User) -> None:
    """That the report came back, why, and until when it must be sent again."""
    with translation.override("bn"):
        subject = _("প্রতিবেদন সংশোধনের জন্য ফেরত: %(report)s") % {"report": report}
        due = format_date(report.resubmit_by) if report.resubmit_by else ""
    context = {"reason": report.return_reason, "due": due, "comments": comments}
    # An accepted report can be opened again, more than once: the version tells the times apart.
    occasion = f"returned:{submission.pk}:{report.version}"
    _tell(report, occasion, "returned", subject, context, by=by)


def tell_accepted(report: Report, submission: Submission, *, comments: int, by: User) -> None:
    """That the Cabinet Division took the report."""
    with translation.override("bn"):
        subject = _("প্রতিবেদন গৃহীত: %(report)s") % {"report": report}
    occasion = f"accepted:{submission.pk}"
    _tell(report, occasion, "accepted", subject, {"comments": comments}, by=by)


def tell_comments(report: Report, comments: Sequence[Comment], *, office: Office, by: User) -> None:
    """That comments have come; once for all that were sent together."""
    with translation.override("bn"):
        subject = _("প্রতিবেদনে মন্তব্য এসেছে: %(report)s") % {"report": report}
    context = {"comments": len(comments), "from_office": office.name_bn}
    occasion = f"comments:{min(comment.pk for comment in comments)}"
    _tell(report, occasion, "comments", subject, context, by=by)


def remind_office(
    office: Office,
    readers: Sequence[Reader],
    *,
    paper: str,
    code: str,
    due: date,
    today: date,
    by: User,
) -> bool:
    """That the report `paper` (in words) is still awaited; once a day to each reader.

    `code` is the paper's ("annual:2025-2026"). Answers whether anybody had not been told today.
    """
    keys = {
        reader.code: f"reports.remind:{office.pk}:{code}:{today}:{reader.code}"
        for reader in readers
    }
    told = set(Letter.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    waiting = [reader for reader in readers if keys[reader.code] not in told]
    with translation.override("bn"):
        subject = _("মনে করিয়ে দেওয়া: %(paper)s") % {"paper": paper}
        context = {
            "paper": paper,
            "office": office,
            "due": format_date(due),
            "is_late": due < today,
            "link": _link(reverse("reports:list")),
        }
        for reader in waiting:
            post_letter(
                key=keys[reader.code],
                to_address=reader.address,
                to_name=reader.name,
                subject=subject,
                body=_body("remind", {**context, "reader": reader}),
                reply_to=by.email,
                by=by,
            )
    return bool(waiting)


def _tell(
    report: Report,
    occasion: str,
    template: str,
    subject: str,
    context: dict[str, Any],
    *,
    by: User,
) -> None:
    with translation.override("bn"):
        for reader in lead_readers(report.office):
            body = _body(
                template,
                {
                    **context,
                    "reader": reader,
                    "report": report,
                    "office": report.office,
                    "link": _link(report.get_absolute_url()),
                },
            )
            post_letter(
                key=f"reports.{occasion}:{reader.code}",
                to_address=reader.address,
                to_name=reader.name,
                subject=subject,
                body=body,
                reply_to=by.email,
                by=by,
            )


def _body(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"reports/email/{template}.txt", context).strip() + "\n"


def _link(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path
