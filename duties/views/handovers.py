"""Posts on their way from one person to the next: what is open, the note, the signatures."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.models import Handover, HandoverQuerySet, Post
from teams.perms import can_see_people, manageable_offices
from teams.requests import OfficerRequest
from teams.transitions import WrongState

from ..actions import StaleNote, give_handover, save_note, settle_handover, take_handover
from ..forms import NoteForm
from ..handover import Desk, Shown, groups_of, shown_content, shown_groups
from ..handover.paper import leaver_of
from ..perms import can_give, can_read_work, can_settle, can_take

ROWS_PER_PAGE = 50


@require_safe
def handover_list(request: OfficerRequest) -> HttpResponse:
    """The handovers one has to do with, those that wait for a signature first."""
    found = _reachable(request).order_by(F("settled_at").desc(nulls_first=True), "-happens_on")
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "duties/handover_list.html", {"page": page})


@require_safe
def handover_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """What passes on with the post, the predecessor's note, and who has signed."""
    return _page(request, _get_handover(request, pk), NoteForm)


@require_POST
def handover_note(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save the word for the successor; what somebody saved meanwhile is shown beside it."""
    handover = _get_handover(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, handover, lambda **_usual: form, status=422)
    note = form.cleaned_data["note"]
    try:
        save_note(
            handover=handover, version=form.cleaned_data["version"], note=note, by=request.user
        )
    except StaleNote as stale:
        if stale.current.note != note:
            return _page(request, stale.current, NoteForm, mine=note, status=409)
        # Saved already; the answer was lost on the way.
    except WrongState as why:
        messages.error(request, str(why))
        return redirect(handover)
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"handover-{pk}")
    return redirect(handover)


@require_POST
def handover_give(request: OfficerRequest, pk: int) -> HttpResponseBase:
    return _sign(request, pk, give_handover, _("আপনি দায়িত্ব বুঝিয়ে দিয়েছেন।"))


@require_POST
def handover_take(request: OfficerRequest, pk: int) -> HttpResponseBase:
    return _sign(request, pk, take_handover, _("আপনি দায়িত্ব বুঝে নিয়েছেন।"))


@require_POST
def handover_settle(request: OfficerRequest, pk: int) -> HttpResponseBase:
    return _sign(request, pk, settle_handover, _("হস্তান্তর নিষ্পন্ন হয়েছে; তালিকাটি এভাবেই থেকে যাবে।"))


@require_safe
def post_work(request: OfficerRequest, pk: int) -> HttpResponse:
    """What is open on a post: word for word for its holder and head, from above how many."""
    posts = Post.objects.visible_to(request.user).select_related("office")
    post = get_object_or_404(posts, pk=pk)
    if not can_see_people(request.user, post.office):
        raise Http404
    today = timezone.localdate()
    groups = groups_of(Desk(post, post.holder_on(today), today))
    shown = Shown.LINKS if can_read_work(request.user, post) else Shown.COUNTS
    context = {"post": post, "office": post.office, "groups": shown_groups(groups, shown)}
    template = "duties/_post_work.html" if request.htmx else "duties/post_work.html"
    return render(request, template, context)


# --- How these views answer --------------------------------------------------------------------
def _reachable(request: OfficerRequest) -> HandoverQuerySet:
    """Those of one's own posts, and those of the offices whose people one manages."""
    managed = Handover.objects.filter(post__office__in=manageable_offices(request.user))
    found = Handover.objects.visible_to(request.user) | managed
    return found.select_related("post__office", "outgoing__person", "incoming__person")


def _get_handover(request: OfficerRequest, pk: int) -> Handover:
    found = _reachable(request).select_related("given_by", "taken_by", "settled_by")
    return get_object_or_404(found, pk=pk)


@reauthentication_required
def _sign(
    request: OfficerRequest, pk: int, step: Callable[..., Handover], done: str
) -> HttpResponse:
    """Sign; whoever has not typed the password of late does so first and is brought back."""
    handover = _get_handover(request, pk)
    try:
        handover = step(handover=handover, by=request.user)
    except WrongState as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    if handover.settled_at and not _reachable(request).filter(pk=pk).exists():
        return redirect("duties:home")  # the predecessor has signed last
    return redirect(handover)


def _page(
    request: OfficerRequest,
    handover: Handover,
    note_form: Callable[..., NoteForm],
    *,
    mine: str | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    can_write = handover.given_at is None and (
        can_give(user, handover) or can_settle(user, handover)
    )
    context: dict[str, Any] = {
        "handover": handover,
        "office": handover.post.office,
        "post": handover.post,
        "can_write": can_write and not handover.settled_at,
        "can_give": can_give(user, handover) and not handover.given_at,
        "can_take": can_take(user, handover) and not handover.taken_at,
        "can_settle": can_settle(user, handover),
        "theirs": handover.note if mine is not None else None,
        "form": note_form(
            initial={
                "note": handover.note if mine is None else mine,
                "version": handover.version,
            }
        ),
        **_list_of(request, handover),
    }
    return render(request, "duties/handover_detail.html", context, status=status)


def _list_of(request: OfficerRequest, handover: Handover) -> dict[str, Any]:
    """The list as this person may read it: frozen or live, with links, in words or counted."""
    reads = can_read_work(request.user, handover.post)
    if handover.settled_at:
        shown = Shown.WORDS if reads else Shown.COUNTS
        return {"groups": shown_content(handover.content or {}, shown), "shown": shown}
    shown = Shown.COUNTS
    if reads:
        shown = Shown.LINKS
    elif can_give(request.user, handover):
        shown = Shown.WORDS
    groups = groups_of(Desk(handover.post, leaver_of(handover), timezone.localdate()))
    before = _end_of_reach(handover) if shown is Shown.WORDS else None
    return {"groups": shown_groups(groups, shown, before=before), "shown": shown}


def _end_of_reach(handover: Handover) -> datetime:
    """Until when the predecessor could read the post's work.

    The midnight after the last day, or the moment the transfer was written down, if that came
    later. Not the day of the handover: after a vacancy that is the day somebody came at last.
    """
    last_day = handover.outgoing.ends_on if handover.outgoing else None
    left = last_day + timedelta(days=1) if last_day else handover.happens_on
    midnight = timezone.make_aware(datetime.combine(left, time.min))
    return max(midnight, handover.created_at)
