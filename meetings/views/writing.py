"""The page one types on during a meeting: agenda, discussion, decisions, attendance.

Each address answers twice: with a page for a browser without scripts, and with JSON for
minutes.js, which says so in a header and saves while one types.
"""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bangla.text import squeeze
from teams.filters import LONGEST_SEARCH
from teams.requests import OfficerRequest
from teams.transitions import WrongState

from .. import perms
from ..actions import (
    StaleDecision,
    StaleFollowUp,
    StaleItem,
    add_decision,
    add_item,
    complete_agenda,
    move_item,
    remove_decision,
    restore_decision,
    set_item_state,
    step_item,
    update_decision,
    update_item,
    write_follow_up,
)
from ..editor import decision_options, page_context
from ..enums import ItemState
from ..forms.writing import (
    DecisionForm,
    FollowUpForm,
    ItemForm,
    ItemStateForm,
    NewItemForm,
)
from ..implementers import implementer_choices
from ..lists import followed_decisions
from ..models import AgendaItem, Decision, FollowUp, Meeting
from .access import get_meeting, get_own_meeting
from .answers import conflict, from_script, invalid, refused, saved, with_choices
from .minutes import minutes_page


@require_safe
def meeting_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """A draft as the page one types on; settled minutes as one reads them."""
    meeting = get_meeting(request, pk)
    if not perms.can_write_minutes(request.user, meeting):
        return minutes_page(request, meeting)
    context = page_context(request.user, meeting)
    context["removed"] = _struck_out(meeting, request.GET.get("removed", ""))
    return render(request, "meetings/meeting_detail.html", context)


# --- The agenda ----------------------------------------------------------------------------
@require_POST
def item_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add an own topic to the agenda."""
    meeting = get_own_meeting(request, pk)
    form = NewItemForm(request.POST)
    if not form.is_valid():
        return invalid(request, meeting, form)
    try:
        item = add_item(
            meeting=meeting,
            topic=form.cleaned_data["topic"],
            by=request.user,
            form_key=form.cleaned_data["form_key"],
        )
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    return saved(request, meeting, draft=f"item-new-{meeting.pk}", focus=item)


@require_POST
def item_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save what was typed on an item; a save made from an old copy shows both texts."""
    item = _get_item(request, pk)
    form = ItemForm(request.POST, item=item)
    if not form.is_valid():
        return invalid(request, item.meeting, form)
    words = with_choices(request, form.words, _item_words(item))
    try:
        item = update_item(
            item=item, version=form.cleaned_data["version"], fields=words, by=request.user
        )
    except StaleItem as stale:
        theirs = _item_words(stale.current)
        if any(theirs[name] != text for name, text in words.items()):
            return conflict(request, item.meeting, form, form.words, theirs, stale.current)
        item = stale.current  # saved already; the answer was lost on the way
    except WrongState as reason:
        return refused(request, item.meeting, str(reason))
    return saved(request, item.meeting, draft=f"item-{pk}", focus=item, version=item.version)


@require_POST
def item_move(request: OfficerRequest, pk: int) -> HttpResponse:
    """Move an item: `to` is "up" or "down", or `before` names the item it is dropped above."""
    item = _get_item(request, pk)
    before = request.POST.get("before", "")
    try:
        if before.isascii() and before.isdecimal() and len(before) < 19:
            target = get_object_or_404(item.meeting.items, pk=before)
            move_item(item=item, by=request.user, before=target)
        elif request.POST.get("to") == "end":
            move_item(item=item, by=request.user, before=None)
        else:
            step_item(item=item, by=request.user, up=request.POST.get("to") == "up")
    except WrongState as reason:
        return refused(request, item.meeting, str(reason))
    return saved(request, item.meeting, focus=item)


@require_POST
def item_state(request: OfficerRequest, pk: int) -> HttpResponse:
    """Postpone an item to the next meeting, take it off, or put it back."""
    item = _get_item(request, pk)
    form = ItemStateForm(request.POST)
    if not form.is_valid():
        return invalid(request, item.meeting, form)
    try:
        set_item_state(item=item, state=ItemState(form.cleaned_data["state"]), by=request.user)
    except WrongState as reason:
        return refused(request, item.meeting, str(reason))
    return saved(request, item.meeting, focus=item)


@require_POST
def agenda_refresh(request: OfficerRequest, pk: int) -> HttpResponse:
    """Put on the agenda what has come up since it was written."""
    meeting = get_own_meeting(request, pk)
    try:
        added = complete_agenda(meeting, by=request.user)
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    if added:
        messages.success(
            request, _("আলোচ্যসূচিতে যোগ হয়েছে: %(topics)s") % {"topics": ", ".join(map(str, added))}
        )
    else:
        messages.info(request, _("আলোচ্যসূচিতে নতুন কিছু যোগ করার নেই।"))
    return redirect(meeting)


# --- Decisions -----------------------------------------------------------------------------
@require_POST
def decision_create(request: OfficerRequest, pk: int) -> HttpResponse:
    """Add a decision to an item."""
    item = _get_item(request, pk)
    form = _decision_form(item.meeting, request.POST)
    if not form.is_valid():
        return invalid(request, item.meeting, form)
    try:
        decision = add_decision(
            item=item, words=form.words, by=request.user, form_key=form.cleaned_data["form_key"]
        )
    except WrongState as reason:
        return refused(request, item.meeting, str(reason))
    return saved(
        request,
        item.meeting,
        draft=f"decision-new-{pk}",
        focus=item,
        # Sent a second time they are still its first words, whatever has become of it since.
        version=1,
        chosen=_chosen(decision),
        url=reverse("meetings:decision_update", args=[decision.pk]),
        remove_url=reverse("meetings:decision_remove", args=[decision.pk]),
        key=f"decision-{decision.pk}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """A decision with all its boxes: who carries it out, and what it does to the work plan."""
    decision = _get_decision(request, pk)
    meeting = decision.meeting
    if not perms.can_write_minutes(request.user, meeting):
        return refused(request, meeting, _("কার্যবিবরণী এখন খসড়া নয়, তাই সিদ্ধান্ত বদলানো যায় না।"))
    if request.method != "POST" or "find" in request.POST:
        if request.method == "POST":
            form = _looked_up(request, decision)
        else:
            form = _decision_form(meeting, decision=decision, full=True)
        context = {"form": form, "decision": decision, "meeting": meeting}
        return render(request, "meetings/decision_form.html", context)
    form = _decision_form(
        meeting, request.POST, kept=decision.idea_id, full=not from_script(request)
    )
    if not form.is_valid():
        return invalid(request, meeting, form, decision=decision)
    mine = _decision_texts(form.words)
    words = replace(form.words, **with_choices(request, mine, _decision_texts(decision)))
    version = form.cleaned_data["version"]
    try:
        decision = update_decision(decision=decision, version=version, words=words, by=request.user)
    except StaleDecision as stale:
        theirs = _decision_texts(stale.current)
        if mine != theirs or stale.current.removed_at:
            return conflict(request, meeting, form, mine, theirs, stale.current)
        decision = stale.current  # saved already; the answer was lost on the way
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    return saved(
        request,
        meeting,
        draft=f"decision-{pk}",
        focus=decision.item,
        version=decision.version,
        chosen=_chosen(decision),
    )


@require_POST
def decision_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    decision = _get_decision(request, pk)
    try:
        remove_decision(decision=decision, by=request.user)
    except WrongState as reason:
        return refused(request, decision.meeting, str(reason))
    undo = reverse("meetings:decision_restore", args=[pk])
    return saved(
        request,
        decision.meeting,
        focus=decision.item,
        undo={"text": _("সিদ্ধান্তটি তুলে নেওয়া হয়েছে।"), "undo": undo},
        removed=pk,
    )


@require_POST
def decision_restore(request: OfficerRequest, pk: int) -> HttpResponse:
    decision = _get_decision(request, pk)
    try:
        restore_decision(decision=decision, by=request.user)
    except WrongState as reason:
        return refused(request, decision.meeting, str(reason))
    return saved(request, decision.meeting, focus=decision.item)


@require_POST
def follow_up_update(request: OfficerRequest, pk: int, decision_pk: int) -> HttpResponse:
    """Write what the meeting says about an open decision of an earlier one."""
    meeting = get_own_meeting(request, pk)
    decision = get_object_or_404(followed_decisions(meeting), pk=decision_pk)
    form = FollowUpForm(request.POST, decision_pk=decision_pk)
    if not form.is_valid():
        return invalid(request, meeting, form)
    mine = form.words
    current = FollowUp.objects.filter(meeting=meeting, decision=decision).first()
    words = with_choices(request, mine, _follow_up_words(current)) if current else mine
    version = form.cleaned_data["version"] or 0
    try:
        note = write_follow_up(
            meeting=meeting, decision=decision, version=version, by=request.user, **words
        )
    except StaleFollowUp as stale:
        theirs = _follow_up_words(stale.current)
        if mine != theirs:
            return conflict(request, meeting, form, mine, theirs, stale.current)
        note = stale.current  # saved already; the answer was lost on the way
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    return saved(request, meeting, draft=f"follow-{pk}-{decision_pk}", version=note.version)


# --- Pieces --------------------------------------------------------------------------------
def _get_item(request: OfficerRequest, pk: int) -> AgendaItem:
    own = Meeting.objects.own_of(request.user)
    items = AgendaItem.objects.filter(meeting__in=own).select_related("meeting__office")
    return get_object_or_404(items, pk=pk)


def _get_decision(request: OfficerRequest, pk: int) -> Decision:
    """A decision of the own team, struck out ones among them: saved again, one comes back."""
    own = Meeting.objects.own_of(request.user)
    decisions = Decision.objects.filter(meeting__in=own).select_related("meeting__office", "item")
    return get_object_or_404(decisions, pk=pk)


def _struck_out(meeting: Meeting, text: str) -> Decision | None:
    """The decision just taken out, so that the page can offer it back."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    return meeting.decisions.filter(pk=text, removed_at__isnull=False).first()


def _decision_form(
    meeting: Meeting, data: Any = None, *, words: str = "", kept: int | None = None, **options: Any
) -> DecisionForm:
    choices = implementer_choices(meeting.office, today=meeting.held_on)
    offered = decision_options(meeting, choices, words=words, kept=kept)
    return DecisionForm(data, **offered, **options)


def _looked_up(request: OfficerRequest, decision: Decision) -> DecisionForm:
    """The form as it was sent, with the initiatives that its words find; nothing is saved."""
    sent = request.POST.dict() | {"chosen": request.POST.getlist("chosen")}
    words = squeeze(str(sent.get("idea_words", "")).replace("\0", ""))[:LONGEST_SEARCH]
    return _decision_form(
        decision.meeting, words=words, kept=decision.idea_id, initial=sent, full=True
    )


def _item_words(item: AgendaItem) -> dict[str, str]:
    names = ("topic", "discussion", "confirmation", "correction")
    return {name: getattr(item, name) for name in names}


def _decision_texts(words: Any) -> dict[str, str]:
    """The typed words of a decision or of its form."""
    return {name: getattr(words, name) for name in ("text", "implementer_text", "due_text")}


def _follow_up_words(follow_up: FollowUp) -> dict[str, Any]:
    return {name: getattr(follow_up, name) for name in ("note", "outcome", "new_due_on")}


def _chosen(decision: Decision) -> list[dict[str, str]]:
    """Who carries it out: what was ticked, or found in the words."""
    named = decision.implementers.select_related("post", "office", "group")
    return [{"code": one.code, "label": one.label} for one in named]
