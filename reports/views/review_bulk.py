"""What a reviewer does with many rows of the queue at once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from teams.models import Office
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import digits
from teams.transitions import WrongState

from .. import perms
from ..actions import assign_reviews, publish_report, remind_offices
from ..enums import ReportStatus
from ..filters import QueueFilter
from ..models import Report
from ..review.queue import Paper, queue_offices, reviewer_posts
from ..review.standing import QueueState

# More than one page of the queue cannot be ticked.
MOST_TICKED = 200
LONGEST_QUERY = 2_000


class Refused(Exception):
    """The ticked rows make no sense; the text is for the user."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """The rows somebody ticked: offices in sight, the paper they owe, what they have sent."""

    paper: Paper
    offices: list[Office]
    reports: list[Report]


@require_POST
def review_assign_many(request: OfficerRequest) -> HttpResponse:
    """Give the ticked reports to one reviewer."""
    return _answered(request, _assign)


@require_POST
def review_remind(request: OfficerRequest) -> HttpResponse:
    """Remind the ticked offices, or with `all` every one of the list that has not sent."""
    return _answered(request, _remind)


@require_POST
def review_publish_many(request: OfficerRequest) -> HttpResponse:
    """Publish those of the ticked reports that were accepted."""
    return _answered(request, _publish)


# --- Each of them ------------------------------------------------------------------------------
def _assign(request: OfficerRequest) -> str:
    ticked = _ticked(request)
    posts = {str(post.pk): post for post in reviewer_posts(timezone.localdate())}
    post = posts.get(request.POST.get("post", ""))
    if post is None:
        raise Refused(_("কাকে দেবেন তা বেছে নিন।"))
    if not ticked.reports:
        raise Refused(_("টিক দেওয়া দপ্তরগুলোর কেউ এখনো প্রতিবেদন পাঠায়নি।"))
    count = assign_reviews(reports=ticked.reports, post=post, by=request.user)
    return ngettext(
        "%(count)sটি প্রতিবেদন দেওয়া হয়েছে: %(post)s।",
        "%(count)sটি প্রতিবেদন দেওয়া হয়েছে: %(post)s।",
        count,
    ) % {"count": digits(count), "post": post}


def _remind(request: OfficerRequest) -> str:
    if "all" in request.POST:
        paper, offices = _all_unsent(request)
    else:
        ticked = _ticked(request)
        paper, offices = ticked.paper, ticked.offices
    told = remind_offices(offices=offices, kind=paper.kind, period=paper.period, by=request.user)
    if not (told.offices or told.without_address):
        raise Refused(_("এদের কারও কাছে এখন প্রতিবেদন পাওনা নেই, তাই কাউকে লেখা হয়নি।"))
    said = _("%(count)sটি দপ্তরকে মনে করিয়ে দেওয়া হচ্ছে; একই দিনে একই দপ্তরকে দুবার লেখা হয় না।")
    words = said % {"count": digits(told.offices)}
    if told.without_address:
        words += " " + _("%(count)sটি দপ্তরের কারও ই-মেইল ঠিকানা নেই।") % {
            "count": digits(told.without_address)
        }
    return words


def _publish(request: OfficerRequest) -> str:
    accepted = [one for one in _ticked(request).reports if one.status == ReportStatus.ACCEPTED]
    if not accepted:
        raise Refused(_("টিক দেওয়া সারিগুলোর কোনোটি “গৃহীত” অবস্থায় নেই, তাই প্রকাশ করার কিছু নেই।"))
    published = 0
    for report in accepted:
        try:
            publish_report(report=report, by=request.user)
        except WrongState:
            continue  # somebody else published it meanwhile, or opened it again
        published += 1
    return _("%(count)sটি প্রতিবেদন প্রকাশিত হয়েছে।") % {"count": digits(published)}


# --- What was ticked ---------------------------------------------------------------------------
def _answered(request: OfficerRequest, do: Callable[[OfficerRequest], str]) -> HttpResponse:
    """Do it and go back to the list as it was; say what was done, or why nothing was."""
    if not perms.can_assign_review(request.user):
        raise PermissionDenied
    try:
        said = do(request)
    except (Refused, WrongState) as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect(_back(request))


def _ticked(request: OfficerRequest) -> Ticked:
    """The ticked rows. Raises Refused when none was, or when one is none of the person's."""
    paper = _paper(request)
    ids = set(request.POST.getlist("office"))
    if not ids:
        raise Refused(_("আগে তালিকায় টিক দিন।"))
    if len(ids) > MOST_TICKED or not all(_is_id(text) for text in ids):
        raise Refused(_("টিক দেওয়া সারিগুলো পড়া গেল না। তালিকা থেকে আবার টিক দিন।"))
    offices = list(queue_offices(request.user).filter(pk__in=[int(text) for text in ids]))
    if len(offices) != len(ids):
        raise Refused(_("টিক দেওয়া একটি দপ্তর আপনার তালিকায় নেই, তাই কিছুই করা হয়নি।"))
    reports = (
        Report.objects.visible_to(request.user)
        .for_period(paper.period)
        .filter(kind=paper.kind, office__in=offices)
        .exclude(status=ReportStatus.DRAFT)
        .select_related("office")
    )
    return Ticked(paper, offices, list(reports))


def _all_unsent(request: OfficerRequest) -> tuple[Paper, list[Office]]:
    """Every office of the list, as it was narrowed down, that has not sent."""
    asked = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])
    queue = QueueFilter(asked, user=request.user, today=timezone.localdate())
    if queue.paper is None:
        raise Refused(_("কোন প্রতিবেদনের কথা বলা হচ্ছে তা বোঝা গেল না।"))
    return queue.paper, list(queue.qs.filter(state=QueueState.UNSENT))


def _paper(request: OfficerRequest) -> Paper:
    paper = Paper.parse(request.POST.get("paper", ""))
    if paper is None:
        raise Refused(_("কোন প্রতিবেদনের কথা বলা হচ্ছে তা বোঝা গেল না।"))
    return paper


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _back(request: OfficerRequest) -> str:
    """The list with the filters it had."""
    asked = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])
    return f"{reverse('reports:review_list')}?{asked.urlencode()}"
