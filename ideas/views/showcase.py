"""The public page of an initiative, as its team makes it: words, pictures, publishing."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.documents import serve
from teams.requests import OfficerRequest, sent
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    InitiativeText,
    StaleInitiative,
    add_picture,
    create_initiative,
    move_picture,
    publish_initiative,
    remove_picture,
    update_initiative,
    update_picture,
    why_no_page,
    withdraw_initiative,
)
from ..enums import PROVEN, IdeaStatus, PilotStatus
from ..forms.showcase import CaptionForm, InitiativeForm, InitiativeUpdateForm, PictureForm
from ..models import Idea, IdeaFile, Initiative
from ..showcase import own_picture_url, page_context, usual_text

PAGES_PER_PAGE = 30


@require_safe
def initiative_list(request: OfficerRequest) -> HttpResponse:
    """The pages of one's own offices, drafts first, and the ideas that could have one."""
    pages = Initiative.objects.visible_to(request.user).select_related("idea__office")
    waiting = Idea.objects.own_of(request.user).filter(
        initiative=None,
        pilot__status=PilotStatus.SUCCEEDED,
        status__in=PROVEN | {IdeaStatus.PILOTING},
    )
    context = {
        "page": Paginator(pages.order_by("status", "-pk"), PAGES_PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "waiting": waiting.select_related("office")[:PAGES_PER_PAGE],
        "shows_office": len(request.user.scope.team_offices) > 1,
    }
    return render(request, "ideas/initiative_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write the page of one's own idea; it begins with the words of the idea and its pilot."""
    ideas = Idea.objects.own_of(request.user).select_related("office", "pilot", "initiative")
    idea = get_object_or_404(ideas, pk=pk)
    if hasattr(idea, "initiative") and request.method != "POST":
        return redirect("ideas:initiative_detail", pk=idea.initiative.pk)
    if reason := why_no_page(idea):
        messages.error(request, reason)
        return redirect(idea)
    form = InitiativeForm(sent(request), words=usual_text(idea))
    if not form.is_valid():
        context = {"form": form, "idea": idea, "draft": f"initiative-new-{pk}"}
        status = 422 if form.errors else 200
        return render(request, "ideas/initiative_form.html", context, status=status)
    try:
        initiative = create_initiative(idea=idea, text=form.text, by=request.user)
    except StaleInitiative as stale:
        return _conflict(request, mine=form.text, current=stale.current)
    except WrongState as why:
        messages.error(request, str(why))
        return redirect(idea)
    messages.success(
        request,
        _("পাতার খসড়া রাখা হয়েছে। ছবি দিন, দেখে নিন, তারপর প্রকাশ করুন।"),
        extra_tags=f"initiative-new-{pk}",
    )
    return redirect("ideas:initiative_detail", pk=initiative.pk)


@require_safe
def initiative_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """The page as everybody will see it, and what can be done with it."""
    initiative = _get_initiative(request, pk)
    context = {
        **page_context(initiative, picture_url=own_picture_url),
        "can_write": perms.can_write_initiative(request.user, initiative),
        "can_publish": perms.can_publish_initiative(request.user, initiative.idea.office_id),
    }
    return render(request, "ideas/initiative_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the words; a save made from an old copy shows both texts instead."""
    initiative = _get_written(request, pk)
    form = InitiativeUpdateForm(sent(request), initiative=initiative)
    if not form.is_valid():
        context = {
            "form": form,
            "idea": initiative.idea,
            "initiative": initiative,
            "draft": f"initiative-{pk}",
        }
        status = 422 if form.errors else 200
        return render(request, "ideas/initiative_form.html", context, status=status)
    try:
        update_initiative(
            initiative=initiative,
            version=form.cleaned_data["version"],
            text=form.text,
            by=request.user,
        )
    except StaleInitiative as stale:
        if InitiativeText.of(stale.current) != form.text:
            return _conflict(request, mine=form.text, current=stale.current)
        # Saved already; the answer was lost on the way.
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"initiative-{pk}")
    return redirect("ideas:initiative_detail", pk=pk)


@require_POST
def initiative_publish(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(request, pk, publish_initiative, _("পাতাটি এখন সবাই দেখতে পাচ্ছেন।"))


@require_POST
def initiative_withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    return _step(
        request, pk, withdraw_initiative, _("পাতাটি প্রত্যাহার করা হয়েছে; বাইরে থেকে আর দেখা যায় না।")
    )


# --- Pictures ----------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_pictures(request: OfficerRequest, pk: int) -> HttpResponse:
    """The pictures of a page, and another one."""
    initiative = _get_written(request, pk)
    form = PictureForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            add_picture(
                initiative=initiative,
                clean=form.cleaned_data["picture"],
                purpose=form.cleaned_data["purpose"],
                caption=form.cleaned_data["caption"],
                by=request.user,
            )
        except ValidationError as full:
            form.add_error("picture", full)
        else:
            messages.success(request, _("ছবিটি রাখা হয়েছে।"))
            return redirect("ideas:initiative_pictures", pk=pk)
    return _pictures_page(request, initiative, form)


@require_POST
def picture_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say what a picture shows."""
    picture, initiative = _get_picture(request, pk)
    form = CaptionForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _pictures_page(request, initiative, PictureForm(), wrong=(pk, form))
    update_picture(
        picture=picture,
        purpose=form.cleaned_data["purpose"],
        caption=form.cleaned_data["caption"],
        by=request.user,
    )
    messages.success(request, _("সংরক্ষিত হয়েছে।"))
    return redirect("ideas:initiative_pictures", pk=initiative.pk)


@require_POST
def picture_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move a picture one place: direction=up or down."""
    picture, initiative = _get_picture(request, pk)
    move_picture(picture=picture, up=request.POST.get("direction") == "up", by=request.user)
    return redirect("ideas:initiative_pictures", pk=initiative.pk)


@require_POST
def picture_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    picture, initiative = _get_picture(request, pk)
    remove_picture(picture=picture, by=request.user)
    messages.success(request, _("ছবিটি সরানো হয়েছে।"))
    return redirect("ideas:initiative_pictures", pk=initiative.pk)


@require_safe
def initiative_picture(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """A picture of a page of one's own, published or not."""
    pictures = IdeaFile.objects.visible_to(request.user).on_page().select_related("document")
    picture = get_object_or_404(pictures, pk=pk)
    return serve(picture.document, filename=picture.filename, as_attachment=False, request=request)


# --- How these views answer --------------------------------------------------------------------
def _get_initiative(request: OfficerRequest, pk: int) -> Initiative:
    initiatives = Initiative.objects.visible_to(request.user).select_related(
        "idea__office", "idea__pilot", "published_by", "withdrawn_by", "updated_by"
    )
    return get_object_or_404(initiatives, pk=pk)


def _get_written(request: OfficerRequest, pk: int) -> Initiative:
    """The page, if the person may write on it as it stands."""
    initiative = _get_initiative(request, pk)
    if not perms.can_write_initiative(request.user, initiative):
        raise PermissionDenied
    return initiative


def _get_picture(request: OfficerRequest, pk: int) -> tuple[IdeaFile, Initiative]:
    pictures = IdeaFile.objects.visible_to(request.user).on_page().select_related("idea__office")
    picture = get_object_or_404(pictures, pk=pk)
    return picture, get_object_or_404(
        Initiative.objects.visible_to(request.user).select_related("idea__office"),
        idea=picture.idea_id,
    )


def _step(request: OfficerRequest, pk: int, step: Callable[..., None], done: str) -> HttpResponse:
    try:
        step(initiative=_get_initiative(request, pk), by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("ideas:initiative_detail", pk=pk)


def _pictures_page(
    request: OfficerRequest,
    initiative: Initiative,
    form: PictureForm,
    *,
    wrong: tuple[int, CaptionForm] | None = None,
) -> HttpResponse:
    """The pictures with a form under each; `wrong` is one that was sent with a fault."""
    pictures = IdeaFile.objects.filter(idea=initiative.idea_id).on_page()
    forms = [
        (
            picture,
            wrong[1]
            if wrong and wrong[0] == picture.pk
            else CaptionForm(
                initial={"purpose": picture.purpose, "caption": picture.caption},
                auto_id=f"id_{picture.pk}_%s",
            ),
        )
        for picture in pictures
    ]
    context = {"initiative": initiative, "idea": initiative.idea, "form": form, "pictures": forms}
    status = 422 if form.errors or wrong else 200
    return render(request, "ideas/initiative_pictures.html", context, status=status)


def _conflict(
    request: OfficerRequest, *, mine: InitiativeText, current: Initiative
) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = InitiativeText.of(current)
    context = {
        "idea": current.idea,
        "initiative": current,
        "form": InitiativeUpdateForm(initiative=current, words=mine),
        "theirs": [
            (field.label, getattr(theirs, name))
            for name, field in InitiativeForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/initiative_conflict.html", context, status=409)
