"""What reports on their way ask of somebody: to approve, to mend, to review."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.enums import EDITABLE, ReportStatus
from reports.models import Report
from reports.perms import is_reviewer
from teams.enums import DueKind
from teams.models import User
from teams.templatetags.bangla_tags import day, digits

from ..enums import Urgency
from ..matters import Matter
from .item import DutyItem, when

# The reviews a person has taken on are listed one by one; there may be hundreds of others.
MOST_REVIEWS = 20


def report_items(user: User, owed: list[Matter], today: date) -> list[DutyItem]:
    """`owed` is what the person's teams owe."""
    due = {matter.thing_id: matter.due_on for matter in owed if matter.kind == DueKind.RESUBMISSION}
    items = [*_presented_items(user), *_returned_items(user, due, today)]
    return [*items, *_review_items(user, today)] if is_reviewer(user) else items


def _presented_items(user: User) -> list[DutyItem]:
    """Reports that the team has laid before its head."""
    headed = [post.office_id for post in user.scope.posts if user.scope.heads(post.office_id)]
    if not headed:
        return []
    waiting = Report.objects.filter(
        office__in=headed, status__in=EDITABLE, presented_at__isnull=False
    ).select_related("office", "presented_by")
    return [
        DutyItem(
            urgency=Urgency.SOON,
            due=None,
            chip=_("আপনার অনুমোদন বাকি"),
            chip_kind="risk",
            title=str(report),
            detail=_("%(person)s পেশ করেছেন %(day)s · %(office)s")
            % {
                "person": report.presented_by,
                "day": day(report.presented_at),
                "office": report.office.name,
            },
            url=report.get_absolute_url(),
            action=_("দেখে পাঠান"),
        )
        for report in waiting.order_by("presented_at")
    ]


def _returned_items(
    user: User, due: Mapping[int | None, date | None], today: date
) -> list[DutyItem]:
    """Reports that came back, for the whole team, with the reason and what is to be answered."""
    unanswered = Q(
        comments__sent_at__isnull=False,
        comments__settled_at__isnull=True,
        comments__answered_at__isnull=True,
    )
    returned = (
        Report.objects.own_of(user)
        .filter(status=ReportStatus.RETURNED)
        .select_related("office")
        .annotate(unanswered=Count("comments", filter=unanswered))
    )
    return [
        _returned_item(report, due.get(report.pk) or report.resubmit_by, today)
        for report in returned.order_by("resubmit_by", "pk")
    ]


def _returned_item(report: Report, due: date | None, today: date) -> DutyItem:
    urgency, chip, kind = Urgency.SOON, _("ফেরত এসেছে"), "late"
    if due is not None:
        urgency, chip, kind = when(due, today, is_late=due < today)
    count: int = report.unanswered  # type: ignore[attr-defined]
    details = [
        report.return_reason,
        _("%(count)sটি মন্তব্যের জবাব বাকি") % {"count": digits(count)} if count else "",
        _("আবার পাঠানোর শেষ তারিখ %(day)s") % {"day": day(due)} if due else "",
    ]
    return DutyItem(
        # Whenever it is due, it is the next thing to do.
        urgency=Urgency.SOON if urgency == Urgency.NEXT else urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=_("ফেরত এসেছে: %(report)s") % {"report": report},
        detail=" · ".join(part for part in details if part),
        url=report.get_absolute_url(),
        action=_("সংশোধন করুন"),
    )


# --- The Cabinet Division ----------------------------------------------------------------------
def _review_items(user: User, today: date) -> list[DutyItem]:
    """The reviews this person has taken on, and how many nobody has."""
    waiting = Report.objects.visible_to(user).filter(status=ReportStatus.SUBMITTED)
    mine = (
        waiting.filter(reviewer__in=user.scope.post_ids)
        .select_related("office")
        .annotate(newest=Max("submissions__pk"))
    )
    items = [_review_item(report, today) for report in mine.order_by("submitted_at")[:MOST_REVIEWS]]
    free = waiting.filter(reviewer=None).aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    if free["count"]:
        items.append(_free_item(free["count"], _age(free["oldest"], today)))
    return items


def _review_item(report: Report, today: date) -> DutyItem:
    detail = _("%(days)s দিন ধরে পর্যালোচনায় · %(office)s")
    age = _age(report.submitted_at, today)
    newest: int | None = report.newest  # type: ignore[attr-defined]
    return DutyItem(
        urgency=Urgency.SOON,
        due=None,
        chip=_("পর্যালোচনা বাকি"),
        chip_kind="risk",
        title=str(report),
        detail=detail % {"days": digits(age), "office": report.office.name},
        url=reverse("reports:review_detail", args=[newest])
        if newest
        else reverse("reports:review_list"),
        action=_("পর্যালোচনা করুন"),
    )


def _free_item(count: int, age: int) -> DutyItem:
    title = ngettext(
        "%(count)sটি প্রতিবেদনের পর্যালোচক ঠিক হয়নি",
        "%(count)sটি প্রতিবেদনের পর্যালোচক ঠিক হয়নি",
        count,
    )
    return DutyItem(
        urgency=Urgency.SOON,
        due=None,
        chip=_("বণ্টন বাকি"),
        chip_kind="risk",
        title=title % {"count": digits(count)},
        detail=_("সবচেয়ে পুরোনোটি %(days)s দিন ধরে অপেক্ষায়") % {"days": digits(age)},
        url=reverse("reports:review_list"),
        action=_("তালিকা খুলুন"),
    )


def _age(since: object, today: date) -> int:
    return (today - timezone.localdate(since)).days  # type: ignore[arg-type]
