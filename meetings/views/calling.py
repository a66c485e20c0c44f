"""Calling a meeting: the year, the head of a draft, its notices, and months without one."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teams.actions import MemoTaken
from teams.models import Office
from teams.requests import OfficerRequest, sent
from teams.templatetags.bangla_tags import digits, month_label
from teams.transitions import WrongState
from workplans.periods import Period, PeriodError

from .. import perms
from ..actions import (
    StaleMeeting,
    cancel_meeting,
    create_meeting,
    explain_no_meeting,
    issue_notice,
    needs_notice,
    update_meeting,
)
from ..actions.notices import resend_delivery
from ..deliveries import invitation_file, member_readers
from ..documents import document_filename
from ..enums import SENT, DocumentKind, MeetingKind, MeetingStatus, TemplateKind
from ..forms.calling import (
    CancelForm,
    CirculatedFilter,
    MeetingCreateForm,
    MeetingForm,
    NoMeetingForm,
    NoticeForm,
    head_words,
    read_month,
)
from ..models import Delivery, Meeting, Notice
from ..months import team_years, years_to_choose
from ..papers_word import DOCX, paper_docx
from .access import get_own_meeting

MINUTES_PER_PAGE = 30


# --- The year ------------------------------------------------------------------------------
@require_safe
def meeting_list(request: OfficerRequest) -> HttpResponse:
    """The year of one's own teams; under the other tab, the minutes of the offices below."""
    offices = request.user.scope.team_offices
    shows_below = not offices or request.GET.get("tab") == "below"
    context = {
        "offices": offices,
        "shows_below": shows_below,
        "has_below": _offices_below(request).exists(),
        **(_minutes_below(request) if shows_below else _year(request, offices)),
    }
    return render(request, "meetings/meeting_list.html", context)


@require_POST
def meeting_create(request: OfficerRequest) -> HttpResponse:
    """Open a month's meeting with everything filled in; asked again, the same one."""
    form = MeetingCreateForm(request.POST, offices=request.user.scope.team_offices)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(map(str, sentences)))
        return redirect("meetings:list")
    meeting = create_meeting(
        office=Office.objects.get(pk=form.cleaned_data["office"]),
        month=form.cleaned_data["month"],
        kind=form.cleaned_data["kind"],
        by=request.user,
    )
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def no_meeting(request: OfficerRequest) -> HttpResponse:
    """Write down why there was no meeting in a month; the address names office and month."""
    offices = [
        office
        for office in request.user.scope.team_offices
        if perms.can_create_meeting(request.user, office.pk)
    ]
    if not offices:
        raise PermissionDenied
    asked = _asked(request, offices)
    draft = f"no-meeting-{asked['office']}-{asked['month']}"
    form = NoMeetingForm(sent(request), offices=offices, initial=asked)
    if not form.is_valid():
        context = {"form": form, "draft": draft}
        status = 422 if form.errors else 200
        return render(request, "meetings/no_meeting_form.html", context, status=status)
    month = form.cleaned_data["month"]
    try:
        explain_no_meeting(
            office=Office.objects.get(pk=form.cleaned_data["office"]),
            month=month,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        done = _("%(month)s মাসে সভা না হওয়ার কারণ লেখা হয়েছে।") % {"month": month_label(month)}
        messages.success(request, done, extra_tags=draft)
    return redirect(f"{reverse('meetings:list')}?year={Period.fiscal_year_of(month).code}")


# --- The head of a draft -------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_update(request: OfficerRequest, pk: int) -> HttpResponse:
    """Save a draft's head; a save made from an old copy shows both texts instead."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_write_minutes(request.user, meeting):
        return _settled(request, meeting)
    form = MeetingForm(sent(request), meeting=meeting)
    if not form.is_valid():
        context = {"form": form, "meeting": meeting}
        status = 422 if form.errors else 200
        return render(request, "meetings/meeting_form.html", context, status=status)
    try:
        meeting = update_meeting(
            meeting=meeting,
            version=form.cleaned_data["version"],
            fields=form.head,
            copies=form.copies,
            by=request.user,
        )
    except StaleMeeting as stale:
        if head_words(stale.current) != form.words:
            return _conflict(request, stale.current, form.words)
        # Saved already; the answer was lost on the way.
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(meeting)
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"meeting-{pk}")
    if meeting.notices.exists() and needs_notice(meeting):
        messages.warning(request, _("সদস্যরা এখনো আগের তারিখ, সময় বা স্থান জানেন; নতুন নোটিশ জারি করুন।"))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: OfficerRequest, pk: int) -> HttpResponse:
    """Call a meeting off; if it had been announced, the letter that says so comes next."""
    meeting = get_own_meeting(request, pk)
    if not perms.can_create_meeting(request.user, meeting.office_id):
        raise PermissionDenied
    if meeting.status != MeetingStatus.DRAFT:
        return _settled(request, meeting)
    form = CancelForm(sent(request))
    if not form.is_valid():
        context = {"form": form, "meeting": meeting}
        status = 422 if form.errors else 200
        return render(request, "meetings/meeting_cancel.html", context, status=status)
    try:
        cancel_meeting(meeting=meeting, by=request.user, reason=form.cleaned_data["reason"])
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(meeting)
    messages.success(request, _("সভাটি বাতিল করা হয়েছে।"), extra_tags=f"cancel-{pk}")
    return redirect("meetings:notice", pk=pk) if needs_notice(meeting) else redirect(meeting)


@require_safe
def meeting_ical(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """The meeting as a file for one's own calendar."""
    meeting = get_own_meeting(request, pk)
    return FileResponse(
        BytesIO(invitation_file(meeting).encode()),
        content_type="text/calendar; charset=utf-8",
        as_attachment=True,
        filename=document_filename(meeting, DocumentKind.NOTICE, "ics"),
    )


# --- Notices -------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_notice(request: OfficerRequest, pk: int) -> HttpResponse:
    """The next letter about the meeting, looked over and issued; below it those so far."""
    meeting = get_own_meeting(request, pk)
    if request.method == "POST" and not perms.can_create_meeting(request.user, meeting.office_id):
        raise PermissionDenied
    form = NoticeForm(sent(request), meeting=meeting)
    if not form.is_valid() or "preview" in request.POST:
        return _notice_page(request, meeting, form)
    words = form.words
    try:
        notice = issue_notice(
            meeting=meeting,
            memo=words.memo,
            issued_on=words.issued_on,
            body=words.body,
            reason=words.reason,
            seen=form.seen,
            by=request.user,
        )
    except MemoTaken as taken:
        form.add_error("memo", str(taken))
        return _notice_page(request, meeting, form)
    except StaleMeeting as stale:
        messages.warning(
            request,
            _("এর মধ্যে সভার তথ্য বা নোটিশ বদলেছে, তাই জারি হয়নি। চিঠির কথা আবার মিলিয়ে দেখুন।"),
        )
        form = NoticeForm(meeting=stale.current, words=words)
        return _notice_page(request, stale.current, form, status=409)
    except WrongState as reason:
        messages.error(request, str(reason))
    else:
        _say_issued(request, notice, wanted=words.memo.canonical if words.memo else "")
    return redirect("meetings:notice", pk=pk)


@require_safe
def notice_docx(request: OfficerRequest, pk: int) -> HttpResponseBase:
    """An issued notice as a Word file, in the office's own shape if it has one."""
    own = Meeting.objects.own_of(request.user)
    notices = Notice.objects.filter(meeting__in=own).select_related("meeting__office")
    notice = get_object_or_404(notices, pk=pk)
    return FileResponse(
        paper_docx(TemplateKind.NOTICE, notice.content, office=notice.meeting.office),
        content_type=DOCX,
        as_attachment=True,
        filename=document_filename(notice.meeting, DocumentKind.NOTICE, "docx"),
    )


@require_POST
def delivery_resend(request: OfficerRequest, pk: int) -> HttpResponse:
    """Send somebody's letter again, to a mended address."""
    deliveries = Delivery.objects.visible_to(request.user).select_related(
        "meeting__office", "letter__job"
    )
    delivery = get_object_or_404(deliveries, pk=pk)
    address = request.POST.get("to_address", "")
    try:
        resent = resend_delivery(delivery=delivery, by=request.user, to_address=address)
    except ValidationError as refused:
        messages.error(request, f"{delivery.name}: {' '.join(refused.messages)}")
    else:
        said = (
            _("%(name)s-এর কাছে আবার পাঠানো হচ্ছে।") if resent else _("%(name)s-এর চিঠি আগেই ডাকে গেছে।")
        )
        messages.success(request, said % {"name": delivery.name})
    if delivery.notice_id:
        return redirect("meetings:notice", pk=delivery.meeting_id)
    return redirect(delivery.meeting)


# --- Pieces --------------------------------------------------------------------------------
def _year(request: OfficerRequest, offices: list[Office]) -> dict[str, Any]:
    today = timezone.localdate()
    try:
        asked = Period.parse(request.GET.get("year", ""))
    except PeriodError:
        asked = Period.fiscal_year_of(today)
    year = Period.fiscal_year_of(asked.starts_on)
    return {
        "year": year,
        "years": years_to_choose(offices, year, today=today),
        "team_years": team_years(offices, year, today=today),
        "led": [one.pk for one in offices if perms.can_create_meeting(request.user, one.pk)],
        "this_month": f"{today:%Y-%m}",
    }


def _offices_below(request: OfficerRequest) -> QuerySet[Office]:
    scope = request.user.scope
    return Office.objects.filter(scope.below()).exclude(pk__in=scope.team_office_ids)


def _minutes_below(request: OfficerRequest) -> dict[str, Any]:
    meetings = (
        Meeting.objects.visible_to(request.user)
        .filter(status__in=SENT)
        .exclude(office__in=request.user.scope.team_office_ids)
        .select_related("office")
        .with_attendance()
        .order_by("-month", "office__path", "-held_on", "-pk")
    )
    found = CirculatedFilter(request.GET, queryset=meetings, request=request)
    page = Paginator(found.qs, MINUTES_PER_PAGE).get_page(request.GET.get("page"))
    return {"filter": found, "page": page}


def _asked(request: OfficerRequest, offices: list[Office]) -> dict[str, Any]:
    """What the address asks about: office, month, and the reason as far as it is known."""
    month = read_month(request.GET.get("month", ""))
    wanted = request.GET.get("office")
    office = next((one for one in offices if str(one.pk) == wanted), offices[0])
    asked = {"office": office.pk, "month": month, "reason": ""}
    if month is None:
        return asked
    if known := office.months_unmet.filter(month=month).first():
        return {**asked, "reason": known.reason}
    called_off = office.meetings.filter(status=MeetingStatus.CANCELLED, kind=MeetingKind.MONTHLY)
    if meeting := called_off.filter(month=month).first():
        return {**asked, "reason": meeting.cancel_reason}
    return asked


def _settled(request: OfficerRequest, meeting: Meeting) -> HttpResponse:
    messages.error(
        request,
        _("সভাটি এখন “%(status)s”, তাই তারিখ, স্থান বা অনুলিপি আর বদলানো যায় না।")
        % {"status": meeting.get_status_display()},
    )
    return redirect(meeting)


def _conflict(request: OfficerRequest, current: Meeting, mine: dict[str, Any]) -> HttpResponse:
    """Both texts; the officer's own stays in the boxes, ready to be saved over or reworked."""
    theirs = MeetingForm(meeting=current)
    context = {
        "meeting": current,
        "form": MeetingForm(meeting=current, words=mine),
        "theirs": [
            (theirs.fields[name].label, theirs.shown(name))
            for name, words in head_words(current).items()
            if words != mine[name]
        ],
    }
    return render(request, "meetings/meeting_conflict.html", context, status=409)


def _notice_page(
    request: OfficerRequest, meeting: Meeting, form: NoticeForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    leads = perms.can_create_meeting(request.user, meeting.office_id)
    is_due = needs_notice(meeting)
    letters = meeting.notices.select_related("issued_by").prefetch_related(
        "documents", Prefetch("deliveries", Delivery.objects.select_related("letter"))
    )
    context = {
        "meeting": meeting,
        "form": form,
        "letter": form.letter,
        "readers": member_readers(meeting),
        "notices": letters,
        "can_issue": leads and (is_due or meeting.status == MeetingStatus.DRAFT),
        # Else it waits folded below the letters: another one is seldom wanted.
        "shows_form": is_due or form.is_bound or status != HTTPStatus.OK,
        "can_resend": leads,
    }
    return render(
        request, "meetings/notice_form.html", context, status=422 if form.errors else status
    )


def _say_issued(request: OfficerRequest, notice: Notice, *, wanted: str) -> None:
    """What became of the button: issued now, or by somebody else a moment before."""
    tag = f"notice-{notice.meeting_id}"
    if notice.memo_number == wanted:
        messages.success(request, _("নোটিশ জারি হয়েছে; সদস্যদের কাছে পাঠানো হচ্ছে।"), extra_tags=tag)
        return
    messages.info(
        request,
        _("একই কথার নোটিশ আগেই জারি হয়েছে (স্মারক নম্বর %(number)s), তাই আবার জারি হয়নি।")
        % {"number": digits(notice.memo_number) or "—"},
        extra_tags=tag,
    )
