"""What was said about plans to somebody: named in a remark, or remarked on from above."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from teams.models import User
from workplans.enums import PlanStatus
from workplans.models import CommentMention, PlanComment, WorkPlan

from ..enums import Urgency
from .item import DutyItem

LONGEST = 120  # characters of a remark that stand in the list


def remark_items(user: User, today: date) -> list[DutyItem]:
    """Remarks that name this person's post, until they have been seen; for whoever leads the
    team, open remarks of offices above as well (one query)."""
    named = CommentMention.objects.filter(
        comment=OuterRef("pk"), post__in=user.scope.post_ids, seen_at__isnull=True
    )
    led = [office.pk for office in user.scope.led_offices]
    from_above = Q(
        is_shared=True, parent__isnull=True, settled_at__isnull=True, plan__office__in=led
    )
    remarks = (
        PlanComment.objects.filter(plan__in=WorkPlan.everything.own_of(user).alive(today))
        .exclude(plan__status=PlanStatus.WITHDRAWN)
        .exclude(plan__revises__isnull=False, plan__status=PlanStatus.APPROVED)  # said and done
        .exclude(created_by=user)
        .annotate(is_named=Exists(named))
        .filter(Q(is_named=True) | from_above)
        .select_related("plan", "task", "by_post")
    )
    return [_item(remark) for remark in remarks]


def _item(remark: PlanComment) -> DutyItem:
    is_named: bool = remark.is_named  # type: ignore[attr-defined]
    about = remark.task.title if remark.task else str(_("পুরো পরিকল্পনা"))
    said_by = remark.by_post.designation if remark.by_post else ""
    thread = remark.parent_id or remark.pk
    return DutyItem(
        urgency=Urgency.SOON,
        due=None,
        chip=_("মন্তব্যে উল্লেখ") if is_named else _("ঊর্ধ্বতনের মন্তব্য"),
        chip_kind="risk",
        title=remark.text[:LONGEST],
        detail=" · ".join(part for part in (said_by, about[:LONGEST]) if part),
        url=reverse("workplans:comments", args=[remark.plan_id]) + f"#comment-{thread}",
        action=_("দেখুন"),
    )
