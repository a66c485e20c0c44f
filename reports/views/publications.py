"""What an office lays open, as its team sees it: what waits, what stands, what was taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ideas.letters import site
from meetings.enums import SENT as MINUTES_SENT
from meetings.models import Decision, Meeting
from teams.models import Office, User
from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState
from workplans.models import WorkPlan

from .. import perms
from ..actions.publications import (
    SETTLED_PLANS,
    StaleRelease,
    publish_report,
    release_decisions,
    release_plan,
    withdraw_publication,
)
from ..enums import SETTLED
from ..forms.publications import WithdrawForm
from ..models import Publication, Report
from ..publishing.contents import (
    Release,
    chosen_of,
    decisions_release,
    is_whole,
    open_decisions,
    pictures_in,
    plan_release,
    report_release,
    seen,
)

PUBLICATIONS_PER_PAGE = 30
WAITING_SHOWN = 8
LONGEST_TOKEN = 64


@require_safe
def publication_list(request: OfficerRequest) -> HttpResponse:
    """What could be laid open, what stands, and how the office's own website shows it."""
    own = Publication.objects.own_of(request.user).select_related("office")
    context = {
        "page": Paginator(own.defer("content", "folded"), PUBLICATIONS_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "waiting": _waiting(request.user),
        "doors": [_door(office) for office in request.user.scope.team_offices],
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "reports/publication_list.html", context)


@require_safe
def publication_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One publication with its versions, and what can be done with it."""
    publication = _get(request, pk)
    context = {
        "publication": publication,
        "versions": Publication.objects.versions_of(publication).defer("content", "folded"),
        "can_withdraw": publication.withdrawn_at is None
        and perms.can_withdraw_publication(request.user, publication),
        "again_url": _again_url(request.user, publication),
    }
    return render(request, "reports/publication_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publication_withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    """Take it back, with a reason that everybody reads."""
    publication = _get(request, pk)
    if not perms.can_withdraw_publication(request.user, publication):
        raise PermissionDenied
    form = WithdrawForm(sent(request))
    if publication.withdrawn_at or not form.is_valid():
        if publication.withdrawn_at:
            messages.info(request, _("এটি আগেই প্রত্যাহার করা হয়েছে।"))
            return redirect("reports:publication_detail", pk=pk)
        context = {"publication": publication, "form": form}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "reports/publication_withdraw.html", context, status=status)
    try:
        withdraw_publication(
            publication=publication, reason=form.cleaned_data["reason"], by=request.user
        )
    except WrongState as why:
        messages.info(request, str(why))
    else:
        messages.success(
            request,
            _("প্রত্যাহার করা হয়েছে। কয়েক মিনিটের মধ্যে বাইরের সব পাতা থেকে সরে যাবে।"),
            extra_tags=f"publication-withdraw-{pk}",
        )
    return redirect("reports:publication_detail", pk=pk)


# --- Releasing -----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def publication_plan(request: OfficerRequest, pk: int) -> HttpResponse:
    """Look at an approved plan as everybody will see it, and release it."""
    plans = WorkPlan.objects.own_of(request.user).select_related("office")
    plan = get_object_or_404(plans, pk=pk)
    _ask(perms.can_release(request.user, plan.office_id))
    if plan.status not in SETTLED_PLANS:
        messages.info(request, _("কেবল অনুমোদিত কর্মপরিকল্পনা প্রকাশ করা যায়।"))
        return redirect(plan)
    return _release(
        request,
        plan_release(plan),
        lambda looked_at: release_plan(plan=plan, looked_at=looked_at, by=request.user),
        source=plan.get_absolute_url(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publication_decisions(request: OfficerRequest, pk: int) -> HttpResponse:
    """Choose among a meeting's decisions, look at them as everybody will, release them."""
    meeting = get_object_or_404(
        Meeting.objects.own_of(request.user).select_related("office"), pk=pk
    )
    _ask(perms.can_release(request.user, meeting.office_id))
    if meeting.status not in MINUTES_SENT:
        messages.info(request, _("কার্যবিবরণী জারি হওয়ার আগে কোনো সিদ্ধান্ত প্রকাশ করা যায় না।"))
        return redirect(meeting)
    given = request.POST if request.method == "POST" else request.GET
    chosen = _numbers(given.getlist("decision"))
    release = decisions_release(meeting, chosen)
    standing = _standing_of(release)
    more = {
        "meeting": meeting,
        "decisions": open_decisions(meeting),
        "chosen": chosen or chosen_of(standing),
    }
    if not release.content["decisions"]:
        asked = request.method == "POST" or "look" in request.GET
        context = {**more, "release": release, "source": meeting.get_absolute_url(), "none": asked}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if asked else HTTPStatus.OK
        return render(request, "reports/publication_release.html", context, status=status)
    return _release(
        request,
        release,
        lambda looked_at: release_decisions(
            meeting=meeting, chosen=chosen, looked_at=looked_at, by=request.user
        ),
        source=meeting.get_absolute_url(),
        **more,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publication_report(request: OfficerRequest, pk: int) -> HttpResponse:
    """Look at an accepted report as everybody will see it, and publish it."""
    reports = Report.objects.visible_to(request.user).select_related("office")
    report = get_object_or_404(reports, pk=pk)
    _ask(perms.can_publish_report(request.user, report))
    if report.status not in SETTLED:
        messages.info(request, _("প্রতিবেদনটি গৃহীত হওয়ার পর প্রকাশ করা যায়।"))
        return redirect(report)
    release = report_release(report)
    submission = release.about["submission"]
    return _release(
        request,
        release,
        lambda looked_at: publish_report(report=report, by=request.user, looked_at=looked_at),
        source=report.get_absolute_url(),
        without_pdf=not is_whole(submission),
        pictures={
            sha256: reverse("reports:submission_picture", args=[submission.pk, sha256])
            for sha256 in pictures_in(release.content)
        },
    )


def _release(
    request: OfficerRequest,
    release: Release,
    act: Callable[[str], Publication],
    **context: Any,
) -> HttpResponse:
    """The look beforehand, and the release of just what was looked at."""
    stale = False
    if request.method == "POST":
        try:
            # A form without its token has seen nothing, which is never what stands.
            publication = act(request.POST.get("looked_at", "")[:LONGEST_TOKEN] or "-")
        except WrongState as why:
            messages.info(request, str(why))
            return redirect("reports:publication_list")
        except StaleRelease:
            stale = True
        else:
            messages.success(request, _("প্রকাশ করা হয়েছে; এখন সবাই দেখতে পাচ্ছেন।"))
            return redirect("reports:publication_detail", pk=publication.pk)
    standing = _standing_of(release)
    context |= {
        "release": release,
        "publication": release.draft,
        "content": release.content,
        "standing": standing,
        "is_out": standing is not None and standing.content == release.content,
        "looked_at": seen(release, standing),
        "stale": stale,
    }
    status = HTTPStatus.CONFLICT if stale else HTTPStatus.OK
    return render(request, "reports/publication_release.html", context, status=status)


# --- Pieces --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Waiting:
    """Something the office could lay open."""

    kind: str
    title: str
    office: Office
    url: str
    may: bool


def _waiting(user: User) -> list[Waiting]:
    """Settled papers of one's own that nobody outside can read yet (three queries)."""
    public = Publication.objects.public()
    reports = Report.objects.own_of(user).filter(
        ~Exists(public.filter(submission__report=OuterRef("pk"))), status__in=SETTLED
    )
    newer = WorkPlan.objects.filter(
        office=OuterRef("office"),
        starts_on=OuterRef("starts_on"),
        ends_on=OuterRef("ends_on"),
        revision__gt=OuterRef("revision"),
        status__in=SETTLED_PLANS,
    )
    plans = WorkPlan.objects.own_of(user).filter(
        ~Exists(public.filter(plan=OuterRef("pk"))), ~Exists(newer), status__in=SETTLED_PLANS
    )
    decided = Decision.objects.kept().filter(meeting=OuterRef("pk"))
    meetings = Meeting.objects.own_of(user).filter(
        ~Exists(public.filter(meeting=OuterRef("pk"))), Exists(decided), status__in=MINUTES_SENT
    )
    return [
        *_rows(user, reports, "report", lambda one: str(one)),
        *_rows(user, plans, "plan", lambda one: f"{_('কর্মপরিকল্পনা')}, {one.period.label}"),
        *_rows(user, meetings, "decisions", lambda one: one.name),
    ]


def _rows(
    user: User, papers: QuerySet[Any], kind: str, name: Callable[[Any], str]
) -> list[Waiting]:
    return [
        Waiting(
            kind=kind,
            title=name(paper),
            office=paper.office,
            url=reverse(f"reports:publication_{kind}", args=[paper.pk]),
            may=user.scope.leads(paper.office_id),
        )
        for paper in papers.select_related("office")[:WAITING_SHOWN]
    ]


def _door(office: Office) -> dict[str, Any]:
    """An office's public page, and what its own website is given to show it."""
    widget = site(reverse("open:widget", args=[office.code]))
    title = f"{_('ইনোভেশন টিম')}: {office.name}"
    return {
        "office": office,
        "url": reverse("open:office", args=[office.code]),
        "feed": site(reverse("open:office_feed", args=[office.code])),
        "snippet": f'<iframe src="{widget}" title="{title}" width="100%" height="420" '
        'loading="lazy" referrerpolicy="no-referrer"></iframe>',
    }


def _again_url(user: User, publication: Publication) -> str:
    """Where a new version of the same thing is released, for whoever may."""
    paper = publication.plan_id or publication.meeting_id
    if publication.submission:
        paper = publication.submission.report_id
    if not paper or not perms.can_release(user, publication.office_id):
        return ""
    return reverse(f"reports:publication_{publication.kind}", args=[paper])


def _standing_of(release: Release) -> Publication | None:
    return Publication.objects.versions_of(release.draft).public().first()


def _get(request: OfficerRequest, pk: int) -> Publication:
    publications = Publication.objects.kept_by(request.user).select_related(
        "office", "submission", "replaced_by", "published_by", "withdrawn_by"
    )
    return get_object_or_404(publications, pk=pk)


def _ask(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _numbers(given: list[str]) -> set[int]:
    """Primary keys as a form gives them; anything else is none."""
    return {int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 16}
