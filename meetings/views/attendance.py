"""Who came: taps on names, and guests."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.requests import OfficerRequest
from teams.transitions import WrongState

from .. import perms
from ..actions import add_guest, mark_all_present, mark_attendance, remove_guest
from ..enums import Presence
from ..forms.writing import GuestForm, SeatForm
from ..models import Attendance, Meeting
from ..roster import Seat, seats
from .access import get_own_meeting
from .answers import from_script, refused, saved_words


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: OfficerRequest, pk: int) -> HttpResponse:
    """Mark who came. A POST may hold some of the names; only what changed is written."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_write_minutes(request.user, meeting):
        return _settled(request, meeting)
    members = seats(meeting)
    if request.method != "POST":
        return _page(request, meeting, members, GuestForm())
    try:
        if "all" in request.POST:
            posts = [seat.post for seat in members]
            mark_all_present(meeting=meeting, posts=posts, by=request.user)
            return redirect("meetings:attendance", pk=pk)
        said = _mark(request, meeting, members)
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    if from_script(request):
        return JsonResponse({"saved": saved_words(), "was": said})
    messages.success(request, _("উপস্থিতি সংরক্ষিত হয়েছে।"))
    return redirect(meeting)


@require_POST
def guest_create(request: OfficerRequest, pk: int) -> HttpResponse:
    meeting = get_own_meeting(request, pk)
    if not perms.can_write_minutes(request.user, meeting):
        return _settled(request, meeting)
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, seats(meeting), form, status=422)
    data = form.cleaned_data
    try:
        add_guest(meeting=meeting, by=request.user, **data)
    except WrongState as reason:
        return refused(request, meeting, str(reason))
    messages.success(request, _("অতিথি যোগ হয়েছে।"), extra_tags=f"guest-new-{pk}")
    return redirect("meetings:attendance", pk=pk)


@require_POST
def guest_remove(request: OfficerRequest, pk: int) -> HttpResponse:
    own = Meeting.objects.own_of(request.user)
    guests = Attendance.objects.guests().filter(meeting__in=own).select_related("meeting__office")
    guest = get_object_or_404(guests, pk=pk)
    try:
        remove_guest(guest=guest, by=request.user)
    except WrongState as reason:
        return refused(request, guest.meeting, str(reason))
    return redirect("meetings:attendance", pk=guest.meeting_id)


def _settled(request: OfficerRequest, meeting: Meeting) -> HttpResponse:
    return refused(
        request,
        meeting,
        _("সভাটি এখন “%(status)s”, তাই উপস্থিতি আর বদলানো যায় না।")
        % {"status": meeting.get_status_display()},
    )


def _mark(request: OfficerRequest, meeting: Meeting, members: list[Seat]) -> dict[str, str]:
    """Write the seats that were sent and differ; returns what each of them says now."""
    said = {}
    for seat in members:
        form = SeatForm(request.POST, prefix=_prefix(seat))
        if not form.is_valid():
            wrong = " ".join(str(text) for texts in form.errors.values() for text in texts)
            raise WrongState(f"{seat.post}: {wrong}")
        if not form.is_changed:
            continue
        data = form.cleaned_data
        row = mark_attendance(
            meeting=meeting,
            post=seat.post,
            presence=Presence(data["presence"]),
            name=data["name"],
            designation=data["designation"],
            by=request.user,
        )
        said[f"{_prefix(seat)}-was"] = _said(row)
    return said


def _page(
    request: OfficerRequest,
    meeting: Meeting,
    members: list[Seat],
    guest_form: GuestForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "rows": [(seat, _seat_form(seat)) for seat in members],
        "presences": Presence.choices,
        "guests": meeting.attendance.guests(),
        "guest_form": guest_form,
    }
    return render(request, "meetings/attendance_form.html", context, status=status)


def _seat_form(seat: Seat) -> SeatForm:
    row = seat.attendance
    initial = {"was": _said(row), "name": row.name, "designation": row.designation} if row else {}
    return SeatForm(prefix=_prefix(seat), initial=initial)


def _prefix(seat: Seat) -> str:
    return f"seat-{seat.post.pk}"


def _said(row: Attendance) -> str:
    return f"{row.presence}|{row.name}|{row.designation}"
