"""The register of activities: what the report counts and no other record holds."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.documents import serve
from teams.models import Office
from teams.requests import OfficerRequest, sent

from ..actions.activities import (
    MOST_PICTURES,
    ActivityText,
    StaleActivity,
    add_activity_pictures,
    create_activity,
    remove_activity,
    remove_activity_picture,
    restore_activity,
    update_activity,
    update_activity_picture,
)
from ..activities import FORMS, chosen_year, label_of, shown, totals, years_of
from ..enums import ActivityKind
from ..forms.activities import ActivityCreateForm, ActivityUpdateForm, CaptionForm, PicturesForm
from ..models import Activity, ActivityPicture

ACTIVITIES_PER_PAGE = 30
_SHOWN = ("office", "task__plan", "created_by", "updated_by")  # of one activity


@require_safe
def activity_list(request: OfficerRequest) -> HttpResponse:
    """What the team did in a fiscal year, by kind, and what it adds up to."""
    own = Activity.objects.visible_to(request.user).kept()
    years = years_of(own)
    year = chosen_year(request.GET.get("year"), years)
    kind = next((one for one in ActivityKind if one == request.GET.get("kind")), None)
    of_year = own.in_period(year)
    found = of_year.filter(kind=kind) if kind else of_year
    page = Paginator(found.select_related("office"), ACTIVITIES_PER_PAGE)
    context = {
        "page": page.get_page(request.GET.get("page")),
        "years": years,
        "year": year,
        "kind": kind,
        "totals": totals(of_year),
        "removed": _removed(request),
        "create_url": reverse(
            "reports:activity_create", query={"kind": kind.value} if kind else None
        ),
        "can_write": bool(request.user.scope.team_offices),
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "reports/activity_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity_create(request: OfficerRequest) -> HttpResponse:
    """Write an activity down: first its kind (?kind=), then what is asked about it."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    chosen = request.POST.get("kind") or request.GET.get("kind")
    kind = next((one for one in ActivityKind if one == chosen), None)
    if kind is None:
        kinds = [(one, FORMS[one].says) for one in ActivityKind]
        status = 422 if request.method == "POST" else 200
        return render(request, "reports/activity_kind.html", {"kinds": kinds}, status=status)
    form = ActivityCreateForm(sent(request), request.FILES or None, kind=kind, offices=offices)
    if form.is_valid():
        try:
            activity = create_activity(
                office=get_object_or_404(Office, pk=form.cleaned_data["office"]),
                kind=kind,
                text=form.text,
                pictures=form.cleaned_data["pictures"],
                form_key=form.cleaned_data["form_key"],
                by=request.user,
            )
        except ValidationError as full:
            form.add_error("pictures", full)
        else:
            done = f"activity-new-{kind}"
            messages.success(request, _("কার্যক্রমটি নিবন্ধনে উঠেছে।"), extra_tags=done)
            return redirect(activity)
    context = {"form": form, "kind": kind, "draft": f"activity-new-{kind}"}
    status = 422 if form.errors else 200
    return render(request, "reports/activity_form.html", context, status=status)


@require_safe
def activity_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """One activity with its pictures."""
    return _detail_page(request, _get_activity(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def activity_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the words; a save made from an old copy shows both texts instead."""
    activity = _get_activity(request, pk, removed=request.method == "POST")
    form = ActivityUpdateForm(sent(request), activity=activity)
    if not form.is_valid():
        context = {"form": form, "kind": activity.kind, "activity": activity}
        context["draft"] = f"activity-{pk}"
        status = 422 if form.errors else 200
        return render(request, "reports/activity_form.html", context, status=status)
    version = form.cleaned_data["version"]
    try:
        update_activity(activity=activity, version=version, text=form.text, by=request.user)
    except StaleActivity as stale:
        if ActivityText.of(stale.current) != form.text or stale.current.removed_at:
            return _conflict(request, mine=form.text, current=stale.current)
        # Saved already; the answer was lost on the way.
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"activity-{pk}")
    return redirect(activity)


@require_POST
def activity_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    """Strike it from the register; the list offers to take it back."""
    activity = _get_activity(request, pk)
    remove_activity(activity=activity, by=request.user)
    return redirect(f"{reverse('reports:activity_list')}?removed={pk}")


@require_POST
def activity_restore(request: OfficerRequest, pk: int) -> HttpResponse:
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    restore_activity(activity=activity, by=request.user)
    messages.success(request, _("কার্যক্রমটি আবার নিবন্ধনে আছে।"))
    return redirect(activity)


# --- Pictures ----------------------------------------------------------------------------------
@require_POST
def activity_pictures(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add pictures; what is wrong with one is said beside the box."""
    activity = _get_activity(request, pk)
    form = PicturesForm(request.POST, request.FILES)
    if form.is_valid():
        pictures = form.cleaned_data["pictures"]
        try:
            add_activity_pictures(activity=activity, pictures=pictures, by=request.user)
        except ValidationError as full:
            form.add_error("pictures", full)
        else:
            messages.success(request, _("ছবি রাখা হয়েছে।"))
            return redirect(activity)
    return _detail_page(request, activity, form=form)


@require_safe
def activity_picture(request: OfficerRequest, pk: int) -> HttpResponseBase:
    picture = _get_picture(request, pk)
    return serve(picture.document, as_attachment=False, request=request)


@require_POST
def activity_picture_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say what a picture shows."""
    picture = _get_picture(request, pk)
    form = CaptionForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _detail_page(request, picture.activity, wrong=(pk, form))
    update_activity_picture(picture=picture, caption=form.cleaned_data["caption"], by=request.user)
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"activity-picture-{pk}")
    return redirect(picture.activity)


@require_POST
def activity_picture_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    picture = _get_picture(request, pk)
    remove_activity_picture(picture=picture, by=request.user)
    messages.success(request, _("ছবিটি সরানো হয়েছে।"))
    return redirect(picture.activity)


# --- How these views answer --------------------------------------------------------------------
def _get_activity(request: OfficerRequest, pk: int, *, removed: bool = False) -> Activity:
    """The team's own; with `removed` also one that was struck out."""
    activities = Activity.objects.visible_to(request.user)
    if not removed:
        activities = activities.kept()
    return get_object_or_404(activities.select_related(*_SHOWN), pk=pk)


def _get_picture(request: OfficerRequest, pk: int) -> ActivityPicture:
    pictures = ActivityPicture.objects.visible_to(request.user)
    return get_object_or_404(
        pictures.select_related("document", *(f"activity__{name}" for name in _SHOWN)), pk=pk
    )


def _removed(request: OfficerRequest) -> Activity | None:
    """The activity that was just struck out and can be taken back."""
    number = request.GET.get("removed", "")
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    removed = Activity.objects.visible_to(request.user).filter(removed_at__isnull=False)
    return removed.filter(pk=int(number)).first()


def _detail_page(
    request: OfficerRequest,
    activity: Activity,
    *,
    form: PicturesForm | None = None,
    wrong: tuple[int, CaptionForm] | None = None,
) -> HttpResponse:
    """One activity; `form` and `wrong` (a picture's) were sent with a fault."""
    # The title is the page's own; the task and the web address are links.
    plain = [name for name in FORMS[activity.kind].fields if name not in {"title", "task", "link"}]
    pictures = [
        (picture, wrong[1] if wrong and wrong[0] == picture.pk else _caption_form(picture))
        for picture in activity.pictures.select_related("document")
    ]
    context: dict[str, Any] = {
        "activity": activity,
        "facts": [
            (label_of(activity.kind, name), text)
            for name in plain
            if (text := shown(getattr(activity, name)))
        ],
        "pictures": pictures,
        "has_room": len(pictures) < MOST_PICTURES,
        "form": form or PicturesForm(),
    }
    status = 422 if form or wrong else 200
    return render(request, "reports/activity_detail.html", context, status=status)


def _caption_form(picture: ActivityPicture) -> CaptionForm:
    return CaptionForm(initial={"caption": picture.caption}, auto_id=f"id_{picture.pk}_%s")


def _conflict(request: OfficerRequest, *, mine: ActivityText, current: Activity) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = ActivityText.of(current)
    context = {
        "activity": current,
        "form": ActivityUpdateForm(activity=current, text=mine),
        "theirs": [
            (label_of(current.kind, name), shown(getattr(theirs, name)))
            for name in FORMS[current.kind].fields
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "reports/activity_conflict.html", context, status=409)
