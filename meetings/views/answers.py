"""How the pages one types on answer: with a page, or with JSON for the scripts.

minutes.js and attendance.js say in a header who is asking.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import ChoiceField, Field
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.forms import BaseForm
from teams.requests import OfficerRequest
from teams.templatetags.bangla_tags import clock

from ..models import AgendaItem, Decision, Meeting

# Texts of which two people's words can stand one under the other.
JOINABLE = frozenset({"discussion", "correction", "text", "note"})
# What a form that settles a conflict brings anew.
_NOT_SENT_ON = frozenset({"csrfmiddlewaretoken", "version"})


def from_script(request: OfficerRequest) -> bool:
    return request.headers.get("X-Requested-With") == "minutes"


def saved_words() -> str:
    """What the head of the page says when words have arrived."""
    return _("%(time)s-এ সংরক্ষিত") % {"time": clock(timezone.now())}


def saved(
    request: OfficerRequest,
    meeting: Meeting,
    *,
    draft: str = "",
    focus: AgendaItem | None = None,
    **more: Any,
) -> HttpResponse:
    """What the script needs to go on, or back to the page at the item."""
    if from_script(request):
        return JsonResponse({"saved": saved_words(), "draft": draft, **more})
    place = f"#item-{focus.pk}" if focus else ""
    if removed := more.get("removed"):
        return redirect(f"{meeting.get_absolute_url()}?removed={removed}{place}")
    if draft:
        messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=draft)
    return redirect(f"{meeting.get_absolute_url()}{place}")


def invalid(
    request: OfficerRequest,
    meeting: Meeting,
    form: BaseForm,
    *,
    decision: Decision | None = None,
) -> HttpResponse:
    """The fields to mend, beside the words as they were sent."""
    if from_script(request):
        errors = {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    context = {"form": form, "decision": decision, "meeting": meeting}
    return render(request, "meetings/words_invalid.html", context, status=422)


def refused(request: OfficerRequest, meeting: Meeting, message: str) -> HttpResponse:
    if from_script(request):
        return JsonResponse({"message": message}, status=422)
    messages.error(request, message)
    return redirect(meeting)


def conflict(
    request: OfficerRequest,
    meeting: Meeting,
    form: BaseForm,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    current: Any,
) -> HttpResponse:
    """Both texts side by side; nothing was written."""
    context = {
        "meeting": meeting,
        "current": current,
        "action": request.get_full_path(),
        "sent": [
            (name, text)
            for name, texts in request.POST.lists()
            for text in texts
            if name not in _NOT_SENT_ON and not name.startswith("keep_")
        ],
        "differences": [
            {
                "name": name,
                "label": form.fields[name].label,
                "mine": _shown(form.fields[name], mine[name]),
                "theirs": _shown(form.fields[name], theirs[name]),
                "can_join": name in JOINABLE,
            }
            for name in mine
            if name in form.fields and mine[name] != theirs[name]
        ],
    }
    if from_script(request):
        html = render_to_string("meetings/_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=409)
    return render(request, "meetings/words_conflict.html", context, status=409)


def with_choices(
    request: OfficerRequest, mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """After a conflict: of each text one's own, the other's, or both, as was chosen."""
    chosen = {}
    for name, text in mine.items():
        choice = request.POST.get(f"keep_{name}")
        if choice == "theirs":
            chosen[name] = theirs[name]
        elif choice == "both" and name in JOINABLE:
            chosen[name] = "\n".join(filter(None, (theirs[name], text)))
        else:
            chosen[name] = text
    return chosen


def _shown(field: Field, value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(field, ChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
    return str(field.prepare_value(value) or "")
