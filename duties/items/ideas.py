"""What ideas ask of somebody: submissions to look at, scores to give, pilots to end."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ideas.enums import WAITING, PilotStatus
from ideas.models import Idea, Pilot, Recommendation, Score
from teams.models import Office, User
from teams.templatetags.bangla_tags import day, digits

from ..enums import Urgency
from .item import MOST_ITEMS, DutyItem, when


def idea_items(user: User, today: date) -> list[DutyItem]:
    """The steps of those who lead, the scores of all, and the pilots of whoever owns them."""
    items = [*_score_items(user), *_pilot_items(user, today)]
    if led := user.scope.led_offices:
        items += [*_held_items(led), *_recommendation_items(led)]
    return items


def _held_items(led: list[Office]) -> list[DutyItem]:
    """Submissions that somebody should look at before they count."""
    held = Idea.objects.held().filter(office__in=led).order_by()
    counts = Counter(held.values_list("office_id", flat=True))
    return [
        DutyItem(
            urgency=Urgency.SOON,
            due=None,
            chip=_("দেখা বাকি"),
            chip_kind="risk",
            title=ngettext(
                "%(count)sটি আইডিয়া যাচাইয়ের অপেক্ষায়",
                "%(count)sটি আইডিয়া যাচাইয়ের অপেক্ষায়",
                counts[office.pk],
            )
            % {"count": digits(counts[office.pk])},
            detail=_("নিবন্ধনে নেওয়ার আগে কারও দেখা দরকার · %(office)s") % {"office": office.name},
            url=reverse("ideas:held_list"),
            action=_("দেখুন"),
        )
        for office in led
        if counts[office.pk]
    ]


def _score_items(user: User) -> list[DutyItem]:
    """Ideas of the own teams that this person has not scored, their own left out."""
    waiting = Idea.objects.own_of(user).filter(status__in=WAITING).exclude(submitted_by=user)
    scored = Score.objects.done().filter(scorer=user, screening__idea__in=waiting)
    closed = waiting.filter(screenings__isnull=False).exclude(screenings__closed_at__isnull=True)
    left = (
        waiting.exclude(pk__in=scored.values("screening__idea_id"))
        .exclude(pk__in=closed.values("pk"))
        .count()
    )
    if not left:
        return []
    return [
        DutyItem(
            urgency=Urgency.NEXT,
            due=None,
            chip=_("নম্বর বাকি"),
            chip_kind="",
            title=ngettext("%(count)sটি আইডিয়ায় নম্বর দিন", "%(count)sটি আইডিয়ায় নম্বর দিন", left)
            % {"count": digits(left)},
            detail=_("সভায় বাছাইয়ের আগে সদস্যরা আলাদাভাবে নম্বর দেন"),
            url=reverse("ideas:screening_list"),
            action=_("নম্বর দিন"),
        )
    ]


def _pilot_items(user: User, today: date) -> list[DutyItem]:
    """Pilots whose time is over, for those who lead and whoever owns them."""
    over = (
        Pilot.objects.visible_to(user)
        .filter(status=PilotStatus.RUNNING, ends_on__lt=today)
        .select_related("idea__office")
        .order_by("ends_on")[:MOST_ITEMS]
    )
    scope = user.scope
    mine = [
        pilot
        for pilot in over
        if scope.leads(pilot.idea.office_id) or pilot.owner_post_id in scope.post_ids
    ]
    return [_pilot_item(pilot, today) for pilot in mine]


def _pilot_item(pilot: Pilot, today: date) -> DutyItem:
    due = pilot.ends_on or today
    urgency, chip, kind = when(due, today, is_late=True)
    return DutyItem(
        urgency=urgency,
        due=due,
        chip=chip,
        chip_kind=kind,
        title=_("পাইলট: %(idea)s") % {"idea": pilot.idea.title},
        detail=_("মেয়াদ শেষ হয়েছে %(day)s; ফলাফল লিখে শেষ করুন") % {"day": day(due)},
        url=pilot.get_absolute_url(),
        action=_("ফলাফল লিখুন"),
    )


def _recommendation_items(led: list[Office]) -> list[DutyItem]:
    """What the office above recommends to take over."""
    asked = (
        Recommendation.objects.waiting()
        .filter(office__in=led)
        .select_related("idea__initiative", "made_for")
        .order_by("made_at")[:MOST_ITEMS]
    )
    return [
        DutyItem(
            urgency=Urgency.SOON,
            due=None,
            chip=_("উত্তর বাকি"),
            chip_kind="risk",
            title=_("রেপ্লিকেশনের সুপারিশ: %(idea)s") % {"idea": one.idea.title},
            detail=f"{one.made_for.name} · {one.reference}",
            url=reverse("ideas:replication_list"),
            action=_("দেখুন"),
        )
        for one in asked
    ]
