"""An office's team: the list, its page, its draft, the order, the end."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import perms
from ..actions import (
    MemoTaken,
    PostRefused,
    PostWords,
    StaleTeam,
    Unexplained,
    create_post,
    create_team,
    delete_team,
    dissolve_team,
    issue_team,
    update_team,
)
from ..constituting import (
    TeamText,
    ordering_offices,
    posts_of,
    proposal,
    verdict_of,
)
from ..documents import content_of
from ..enums import DISSOLVE, Role, TeamStatus
from ..forms.constituting import (
    DissolveForm,
    IssueForm,
    TeamForm,
    TeamUpdateForm,
    told,
    typed_day,
)
from ..models import CompositionRule, Office, Post, Team
from ..requests import OfficerRequest, sent
from ..transitions import WrongState

TEAMS_PER_PAGE = 30


# --- Reading -------------------------------------------------------------------------------------
@require_safe
def team_list(request: OfficerRequest) -> HttpResponse:
    """The teams of one's own offices and those one's office orders; of one office with ?office."""
    user = request.user
    teams = Team.objects.visible_to(user).select_related("office", "issuing_office")
    office = None
    if code := request.GET.get("office"):
        office = Office.objects.visible_to(user).filter(code=code).first()
        teams = teams.filter(office=office)
    else:
        own = Q(office_id__in=user.scope.team_office_ids)
        teams = teams.filter(own | Q(issuing_office_id__in=user.scope.team_office_ids))
    page = Paginator(teams.defer("content"), TEAMS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "office": office, "without": _without_team(request)}
    return render(request, "teams/team_list.html", context)


@require_safe
def team_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """Who is in the team, by which rule, and the teams of that office before and after."""
    team = _get_team(request, pk)
    user = request.user
    members = team.memberships.select_related("person").prefetch_related(
        "backgrounds", Prefetch("post", queryset=Post.objects.with_holders(timezone.localdate()))
    )
    is_draft = team.status == TeamStatus.DRAFT
    others = Team.objects.visible_to(user).filter(office=team.office).defer("content")
    context = {
        "team": team,
        "members": members,
        "verdict": verdict_of(team) if is_draft else None,
        "others": others,
        "can_write": perms.can_write_team(user, team),
        "can_issue": is_draft and perms.can_issue_team(user, team),
        "can_reform": team.status != TeamStatus.DRAFT
        and not any(one.status == TeamStatus.DRAFT for one in others)
        and perms.can_form_team(user, team.office),
        "can_dissolve": team.status in DISSOLVE.sources and perms.can_dissolve_team(user, team),
    }
    return render(request, "teams/team_detail.html", context)


# --- The draft -----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def team_create(request: OfficerRequest, code: str) -> HttpResponse:
    """Put a team together; it begins with the one in force."""
    office = _get_office(request, code)
    draft = Team.objects.filter(office=office, status=TeamStatus.DRAFT).first()
    if draft and request.method != "POST":
        return _to_draft(request, draft)
    rule = _rule_on(office, sent(request), timezone.localdate())
    first = proposal(
        office,
        rule,
        posts_of(office, timezone.localdate()),
        issuing_office=ordering_offices(office, rule)[0],
    )
    form = _form(request, office, first)
    if not form.is_valid():
        return _form_page(request, office, form)
    try:
        text = _text(request, office, form)
        team = create_team(office=office, text=text, by=request.user)
    except PostRefused as refused:
        return _refused(request, office, form, refused)
    except StaleTeam as stale:
        return _met(request, form, stale.current, mine=text)
    except WrongState as why:
        return _refused(request, office, form, why)
    messages.success(
        request,
        _("খসড়া রাখা হয়েছে। দেখে নিন।"),
        extra_tags=f"team-new-{office.pk}",
    )
    return redirect(team)


@require_http_methods(["GET", "HEAD", "POST"])
def team_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Change the draft; a save made from an old copy shows both texts instead."""
    team = _get_team(request, pk)
    if not perms.can_write_team(request.user, team):
        raise PermissionDenied
    form = _form(request, team.office, TeamText.of(team), team=team)
    if not form.is_valid():
        return _form_page(request, team.office, form, team=team)
    try:
        text = _text(request, team.office, form)
        update_team(team=team, version=form.cleaned_data["version"], text=text, by=request.user)
    except (PostRefused, WrongState) as why:
        return _refused(request, team.office, form, why, team=team)
    except StaleTeam as stale:
        if TeamText.of(stale.current) != text:
            return _conflict(request, stale.current, mine=text)
        # Saved already; the answer was lost on the way.
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"team-{pk}")
    return redirect("teams:team_detail", pk=pk)


@require_POST
def team_check(request: OfficerRequest, code: str) -> HttpResponse:
    """How the team stands to its rule as it is ticked now; nothing is saved."""
    office = _get_office(request, code)
    today = timezone.localdate()
    form = _form(request, office, TeamText(today, office.pk))
    form.is_valid()
    return render(request, "teams/_check.html", _check_context(form))


@require_POST
def team_delete(request: OfficerRequest, pk: int) -> HttpResponse:
    team = _get_team(request, pk)
    try:
        delete_team(team=team, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
        return redirect(team)
    messages.success(request, _("খসড়াটি মুছে ফেলা হয়েছে।"), extra_tags=f"team-{pk}")
    return redirect("teams:team_list")


# --- The order -----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def team_issue(request: OfficerRequest, pk: int) -> HttpResponse:
    """The order, whole, for the head to issue."""
    team = _get_team(request, pk)
    if not perms.can_issue_team(request.user, team):
        raise PermissionDenied
    if team.status != TeamStatus.DRAFT:
        messages.info(request, _("আদেশটি আগেই জারি হয়েছে; নিচে এখনকার অবস্থা।"))
        return redirect(team)
    verdict = verdict_of(team)
    form = IssueForm(sent(request), team=team, deviates=bool(verdict.findings))
    if form.is_valid():
        return _issue(request, team, form)
    return _issue_page(request, team, form, status=422 if form.errors else 200)


@reauthentication_required
def _issue(request: OfficerRequest, team: Team, form: IssueForm) -> HttpResponse:
    """Issue it; whoever has not typed the password of late does so first and is brought back."""
    words = form.cleaned_data
    try:
        team = issue_team(
            team=team,
            version=words["version"],
            memo=words["memo"],
            reason=words.get("reason", ""),
            by=request.user,
        )
    except MemoTaken as taken:
        form.add_error("memo", str(taken))
        return _issue_page(request, team, form, status=422)
    except (StaleTeam, Unexplained):
        # Somebody has changed the draft or a holder since this page was opened.
        team = _get_team(request, team.pk)
        form = IssueForm(None, team=team, deviates=bool(verdict_of(team).findings))
        return _issue_page(request, team, form, status=409, is_changed=True)
    except WrongState as why:
        messages.error(request, str(why))
        return redirect("teams:team_detail", pk=team.pk)
    messages.success(request, _("আদেশ জারি হয়েছে।"), extra_tags=f"team-issue-{team.pk}")
    return redirect("teams:team_detail", pk=team.pk)


def _issue_page(
    request: OfficerRequest,
    team: Team,
    form: IssueForm,
    *,
    status: int,
    is_changed: bool = False,
) -> HttpResponse:
    """The paper as it will be, and where it differs from the rule."""
    later = Team.objects.filter(office=team.office, formed_on__gt=team.formed_on).exclude(
        status=TeamStatus.DRAFT
    )
    context = {
        "team": team,
        "form": form,
        "content": content_of(team),
        "verdict": verdict_of(team),
        "is_changed": is_changed,
        "is_history": later.exists(),
        "in_force": Team.objects.in_force().filter(office=team.office).defer("content").first(),
    }
    return render(request, "teams/team_issue.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def team_dissolve(request: OfficerRequest, pk: int) -> HttpResponse:
    """End the team without another one, with a reason."""
    team = _get_team(request, pk)
    if not perms.can_dissolve_team(request.user, team):
        raise PermissionDenied
    if team.status not in DISSOLVE.sources:
        messages.error(request, _("কেবল বলবৎ টিম বিলুপ্ত করা যায়।"))
        return redirect(team)
    form = DissolveForm(sent(request))
    if form.is_valid():
        return _dissolve(request, team, form.cleaned_data["reason"])
    status = 422 if form.errors else 200
    return render(request, "teams/team_dissolve.html", {"team": team, "form": form}, status=status)


@reauthentication_required
def _dissolve(request: OfficerRequest, team: Team, reason: str) -> HttpResponse:
    try:
        dissolve_team(team=team, reason=reason, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("টিমটি বিলুপ্ত হয়েছে।"), extra_tags=f"team-dissolve-{team.pk}")
    return redirect("teams:team_detail", pk=team.pk)


# --- How these views find things -----------------------------------------------------------------
def _get_team(request: OfficerRequest, pk: int) -> Team:
    teams = Team.objects.visible_to(request.user).select_related(
        "office__parent",
        "issuing_office",
        "replaces",
        "created_by",
        "issued_by",
        "dissolved_by",
    )
    return get_object_or_404(
        teams.prefetch_related(
            Prefetch("rule", CompositionRule.objects.prefetch_related("requirements__backgrounds")),
            "memberships__backgrounds",
        ),
        pk=pk,
    )


def _get_office(request: OfficerRequest, code: str) -> Office:
    """The office, if the person may form its team."""
    offices = Office.objects.visible_to(request.user).active().select_related("parent")
    office = get_object_or_404(offices, code=code)
    if not perms.can_form_team(request.user, office):
        raise PermissionDenied
    return office


def _rule_on(office: Office, data: Mapping[str, Any] | None, otherwise: Any) -> CompositionRule:
    """The rule of the day that is typed; of today, if none was in force then."""
    rules = CompositionRule.objects
    rule = rules.of(office.tier, typed_day(data, otherwise))
    rule = rule or rules.of(office.tier, timezone.localdate())
    if rule is None:
        raise Http404
    return rule


def _without_team(request: OfficerRequest) -> list[Office]:
    """Own offices that have neither a team nor the draft of one."""
    offices = request.user.scope.led_offices
    alive = Team.objects.filter(
        office__in=offices, status__in=(TeamStatus.DRAFT, TeamStatus.ISSUED)
    )
    taken = set(alive.values_list("office_id", flat=True)) if offices else set()
    return [office for office in offices if office.pk not in taken]


# --- How they answer -----------------------------------------------------------------------------
def _form(
    request: OfficerRequest, office: Office, text: TeamText, *, team: Team | None = None
) -> TeamForm:
    data = sent(request)
    day = typed_day(data, text.formed_on)
    rule = _rule_on(office, data, text.formed_on)
    offices = ordering_offices(office, rule)
    if team and team.issuing_office not in offices:
        offices.append(team.issuing_office)
    common: dict[str, Any] = {
        "posts": posts_of(office, day),
        "rule": rule,
        "offices": offices,
        "day": day,
        "can_add_post": perms.can_manage_people(request.user, office),
    }
    if team:
        return TeamUpdateForm(data, team=team, text=text, **common)
    return TeamForm(data, text=text, **common)


def _text(request: OfficerRequest, office: Office, form: TeamForm) -> TeamText:
    """What was typed; a new post is written down first. Raises PostRefused."""
    place = form.new_place
    if not form.new_designation or place is None:
        return form.text()
    post = create_post(
        office=office,
        words=PostWords(form.new_designation, "", Role.STAFF, "", ""),
        by=request.user,
    )
    places = (*(one for one in form.places if one.post != post.pk), replace(place, post=post.pk))
    return form.text(places=tuple(sorted(places, key=lambda one: one.post)))


def _form_page(
    request: OfficerRequest, office: Office, form: TeamForm, *, team: Team | None = None
) -> HttpResponse:
    in_force = Team.objects.in_force().filter(office=office).defer("content").first()
    context = {
        "office": office,
        "team": team,
        "form": form,
        "in_force": in_force,
        "draft": f"team-{team.pk}" if team else f"team-new-{office.pk}",
        "check_url": reverse("teams:team_check", args=[office.code]),
        **_check_context(form),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/team_form.html", context, status=status)


def _check_context(form: TeamForm) -> dict[str, Any]:
    """How the team stands to its rule as the form shows it."""
    return {"rule": form.rule, "verdict": form.verdict()}


def _refused(
    request: OfficerRequest,
    office: Office,
    form: TeamForm,
    why: Exception,
    *,
    team: Team | None = None,
) -> HttpResponse:
    """The form with the reason over it; nothing that was typed is lost."""
    form.add_error(None, str(why))
    return _form_page(request, office, form, team=team)


def _to_draft(request: OfficerRequest, draft: Team) -> HttpResponse:
    if _reads(request, draft):
        return redirect("teams:team_update", pk=draft.pk)
    messages.info(request, _own_draft(draft.office))
    return redirect("teams:team_list")


def _met(request: OfficerRequest, form: TeamForm, current: Team, *, mine: TeamText) -> HttpResponse:
    """Somebody has begun a draft meanwhile: both texts, for whoever may read that one."""
    if _reads(request, current):
        return _conflict(request, current, mine=mine)
    return _refused(request, current.office, form, WrongState(_own_draft(current.office)))


def _reads(request: OfficerRequest, draft: Team) -> bool:
    """An office above that may form the team does not read a draft that is not to be its order."""
    return Team.objects.visible_to(request.user).filter(pk=draft.pk).exists()


def _own_draft(office: Office) -> str:
    return _(
        "%(office)s নিজের আদেশে টিম গঠনের একটি খসড়া শুরু করেছে। সেটি জারি বা বাতিল হলে আপনার আদেশ লিখতে "
        "পারবেন; দপ্তরটির সঙ্গে কথা বলুন।"
    ) % {"office": office.name}


def _conflict(request: OfficerRequest, current: Team, *, mine: TeamText) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    office = current.office
    posts = posts_of(office, mine.formed_on)
    rule = CompositionRule.objects.of(office.tier, mine.formed_on) or current.rule
    offices = ordering_offices(office, rule)
    form = TeamUpdateForm(
        None,
        team=current,
        text=mine,
        posts=posts,
        rule=rule,
        offices=offices,
        day=mine.formed_on,
        can_add_post=False,
    )
    my_words, their_words = told(mine, posts), told(TeamText.of(current), posts)
    context = {
        "office": office,
        "team": current,
        "form": form,
        "draft": f"team-{current.pk}",
        "check_url": reverse("teams:team_check", args=[office.code]),
        "differing": [
            (label, words, their_words[label])
            for label, words in my_words.items()
            if words != their_words[label]
        ],
        **_check_context(form),
    }
    return render(request, "teams/team_conflict.html", context, status=409)
