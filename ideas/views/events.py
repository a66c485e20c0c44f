"""Showcase events, as their office prepares them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.filters import LONGEST_SEARCH
from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import day
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    EventText,
    StaleEvent,
    add_entry,
    create_event,
    move_entry,
    publish_event,
    remove_entry,
    update_entry,
    update_event,
)
from ..forms.showcase import EntryForm, EventCreateForm, EventForm, EventUpdateForm
from ..models import Event, EventEntry, Initiative
from ..showcase import initiatives_to_show

EVENTS_PER_PAGE = 30
MOST_FOUND = 10


@require_safe
def event_list(request: OfficerRequest) -> HttpResponse:
    """The showcases of one's own offices."""
    events = Event.objects.visible_to(request.user).with_counts().select_related("office")
    offices = request.user.scope.team_offices
    context = {
        "page": Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page")),
        "can_create": bool(offices),
        "shows_office": len(offices) > 1,
    }
    return render(request, "ideas/event_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def event_create(request: OfficerRequest) -> HttpResponse:
    """Prepare a showcase."""
    offices = request.user.scope.team_offices
    if not offices:
        raise PermissionDenied
    form = EventCreateForm(sent(request), offices=offices)
    if form.is_valid():
        event = create_event(
            office=get_object_or_404(Office, pk=form.cleaned_data["office"]),
            text=form.words,
            by=request.user,
            form_key=form.cleaned_data["form_key"],
        )
        done = _("অনুষ্ঠানটি লেখা হয়েছে। এবার দেখানোর উদ্যোগগুলো বেছে নিন।")
        messages.success(request, done, extra_tags="event-new")
        return redirect(event)
    context = {"form": form, "draft": "event-new"}
    return render(request, "ideas/event_form.html", context, status=422 if form.errors else 200)


@require_safe
def event_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """An event with what is shown there, and a search for more."""
    return _event_page(request, _get_event(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def event_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the words; a save made from an old copy shows both texts instead."""
    event = _get_written(request, pk)
    form = EventUpdateForm(sent(request), event=event)
    if not form.is_valid():
        context = {"form": form, "event": event, "draft": f"event-{pk}"}
        return render(request, "ideas/event_form.html", context, status=422 if form.errors else 200)
    try:
        update_event(
            event=event, version=form.cleaned_data["version"], text=form.words, by=request.user
        )
    except StaleEvent as stale:
        if EventText.of(stale.current) != form.words:
            return _conflict(request, mine=form.words, current=stale.current)
        # Saved already; the answer was lost on the way.
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"event-{pk}")
    return redirect(event)


@require_POST
def event_publish(request: OfficerRequest, pk: int) -> HttpResponse:
    return _publish(request, pk, is_published=True, done=_("অনুষ্ঠানের পাতা এখন সবাই দেখতে পাচ্ছেন।"))


@require_POST
def event_withdraw(request: OfficerRequest, pk: int) -> HttpResponse:
    return _publish(request, pk, is_published=False, done=_("অনুষ্ঠানের পাতা প্রত্যাহার করা হয়েছে।"))


# --- What is shown there -----------------------------------------------------------------------
@require_POST
def entry_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Select a published initiative."""
    event = _get_written(request, pk)
    wanted = request.POST.get("initiative", "")
    initiative = (
        Initiative.objects.published().filter(pk=wanted).first()
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19
        else None
    )
    if initiative is None:
        messages.error(request, _("উদ্যোগটি পাওয়া যায়নি, অথবা এর পাতা আর প্রকাশিত নয়।"))
        return redirect(event)
    try:
        add_entry(event=event, initiative=initiative, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        done = _("“%(title)s” যোগ হয়েছে।") % {"title": initiative.title}
        messages.success(request, done)
    return redirect(event)


@require_POST
def entry_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Write what is said of an initiative."""
    entry = _get_entry(request, pk)
    form = EntryForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _event_page(request, entry.event, wrong=(pk, form))
    update_entry(entry=entry, remark=form.cleaned_data["remark"], by=request.user)
    messages.success(request, _("সংরক্ষিত হয়েছে।"))
    return redirect(entry.event)


@require_POST
def entry_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move an initiative one place: direction=up or down."""
    entry = _get_entry(request, pk)
    move_entry(entry=entry, up=request.POST.get("direction") == "up", by=request.user)
    return redirect(entry.event)


@require_POST
def entry_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    entry = _get_entry(request, pk)
    remove_entry(entry=entry, by=request.user)
    messages.success(request, _("উদ্যোগটি অনুষ্ঠান থেকে বাদ দেওয়া হয়েছে।"))
    return redirect(entry.event)


# --- How these views answer --------------------------------------------------------------------
def _get_event(request: OfficerRequest, pk: int) -> Event:
    return get_object_or_404(
        Event.objects.visible_to(request.user).select_related("office", "updated_by"), pk=pk
    )


def _get_written(request: OfficerRequest, pk: int) -> Event:
    """The event, if the person may write in it as it stands."""
    event = _get_event(request, pk)
    if not perms.can_write_event(request.user, event):
        raise PermissionDenied
    return event


def _get_entry(request: OfficerRequest, pk: int) -> EventEntry:
    entries = EventEntry.objects.filter(event__in=Event.objects.visible_to(request.user))
    return get_object_or_404(entries.select_related("event__office"), pk=pk)


def _publish(request: OfficerRequest, pk: int, *, is_published: bool, done: str) -> HttpResponse:
    event = _get_event(request, pk)
    try:
        publish_event(event=event, is_published=is_published, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect(event)


def _event_page(
    request: OfficerRequest, event: Event, *, wrong: tuple[int, EntryForm] | None = None
) -> HttpResponse:
    """The event; `wrong` is a remark that was sent with a fault."""
    can_write = perms.can_write_event(request.user, event)
    words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
    rows = [
        (
            entry,
            wrong[1]
            if wrong and wrong[0] == entry.pk
            else EntryForm(initial={"remark": entry.remark}, auto_id=f"id_{entry.pk}_%s"),
        )
        for entry in event.entries.select_related("initiative__idea__office")
    ]
    found = initiatives_to_show(event, words) if can_write else Initiative.objects.none()
    if not words:
        # Before anything is searched for, one's own office's pages are at hand.
        found = found.filter(idea__office=event.office_id)
    context = {
        "event": event,
        "entries": rows,
        "words": words,
        "found": found[:MOST_FOUND],
        "awards": event.awards.standing(),
        "can_write": can_write,
        "can_publish": perms.can_publish_event(request.user, event.office_id),
        "can_honour": perms.can_give_award(request.user, event.office_id),
    }
    return render(request, "ideas/event_detail.html", context, status=422 if wrong else 200)


def _conflict(request: OfficerRequest, *, mine: EventText, current: Event) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = EventText.of(current)
    shown = {**theirs.as_json(), "held_on": day(theirs.held_on)}
    context = {
        "event": current,
        "form": EventUpdateForm(event=current, words=mine),
        "theirs": [
            (field.label, shown[name])
            for name, field in EventForm.base_fields.items()
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "ideas/event_conflict.html", context, status=409)
