"""The pictures in the annex of a report: added, taken from activities, worded, put in order."""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from jobs.documents import open_document, serve
from teams.requests import OfficerRequest
from teams.transitions import WrongState
from teams.uploads import CleanFile

from ..actions import (
    add_report_picture,
    caption_report_picture,
    move_report_picture,
    remove_report_picture,
)
from ..enums import SectionKey
from ..forms.writing import CaptionForm, PictureForm
from ..models import ActivityPicture, ReportPicture, Section
from .sections import get_section, section_page

LONGEST_CAPTION = 300


@require_POST
def picture_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add a picture with its words."""
    part = get_section(request, pk, SectionKey.ANNEXES)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return section_page(request, part, picture=form)
    clean, caption = form.cleaned_data["picture"], form.cleaned_data["caption"]
    return _answer(
        request,
        part,
        _("ছবিটি সংযোজনীতে আছে।"),
        add_report_picture,
        report=part.report,
        clean=clean,
        caption=caption,
    )


@require_POST
def picture_take(request: OfficerRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Put a picture of an activity into the annex too, with the words it has there."""
    part = get_section(request, pk, SectionKey.ANNEXES)
    pictures = ActivityPicture.objects.visible_to(request.user).select_related(
        "document", "activity"
    )
    picture = get_object_or_404(pictures, pk=picture_pk, activity__office=part.report.office_id)
    with open_document(picture.document) as file:
        extension = PurePath(picture.document.filename).suffix.lstrip(".")
        clean = CleanFile(file.read(), picture.document.content_type, extension)
    caption = picture.caption or picture.activity.title
    return _answer(
        request,
        part,
        _("ছবিটি সংযোজনীতে আছে।"),
        add_report_picture,
        report=part.report,
        clean=clean,
        caption=caption[:LONGEST_CAPTION],
    )


@require_safe
def picture(request: OfficerRequest, pk: int) -> HttpResponseBase:
    return serve(_get_picture(request, pk).document, as_attachment=False, request=request)


@require_POST
def picture_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Say what a picture shows."""
    picture = _get_picture(request, pk)
    part = get_section(request, picture.report_id, SectionKey.ANNEXES)
    form = CaptionForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return section_page(request, part, captions={pk: form})
    return _answer(
        request,
        part,
        _("সংরক্ষিত হয়েছে।"),
        caption_report_picture,
        picture=picture,
        caption=form.cleaned_data["caption"],
    )


@require_POST
def picture_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move a picture one place: direction=up or down."""
    picture = _get_picture(request, pk)
    part = get_section(request, picture.report_id, SectionKey.ANNEXES)
    up = request.POST.get("direction") == "up"
    return _answer(request, part, "", move_report_picture, picture=picture, up=up)


@require_POST
def picture_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    picture = _get_picture(request, pk)
    part = get_section(request, picture.report_id, SectionKey.ANNEXES)
    done = _("ছবিটি সংযোজনী থেকে সরানো হয়েছে।")
    return _answer(request, part, done, remove_report_picture, picture=picture)


def _get_picture(request: OfficerRequest, pk: int) -> ReportPicture:
    pictures = ReportPicture.objects.visible_to(request.user)
    return get_object_or_404(pictures.select_related("document", "report__office"), pk=pk)


def _answer(
    request: OfficerRequest, part: Section, done: str, action: Callable[..., Any], **said: Any
) -> HttpResponse:
    """Do it and go back to the pictures."""
    try:
        action(by=request.user, **said)
    except (WrongState, ValidationError) as refused:
        messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
    else:
        if done:
            messages.success(request, done)
    return redirect(f"{part.get_absolute_url()}#pictures")
