"""How the offices below stand: for those above, reading only."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.nation.standing import newest_submissions
from teams.models import Office
from teams.requests import OfficerRequest
from teams.sheets import Column, Value, sheet_response, table_workbook
from teams.templatetags.bangla_tags import day

from ..forms import StandingFilter
from ..superior import Below, OfficeStanding

OFFICES_PER_PAGE = 50


@require_safe
def below(request: OfficerRequest, code: str = "") -> HttpResponse:
    """The offices below one's own, or below one of these, with what each has and lacks."""
    base = _get_base(request, code)
    chosen = StandingFilter(request.GET)
    standing = Below(request.user, base, timezone.now())
    page = Paginator(standing.offices(**chosen.chosen), OFFICES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    newest = newest_submissions(one.report.report for one in page if one.report)
    context = {
        "base": base,
        "above": _offices_between(request, base),
        "filter": {"form": chosen},
        "asked": request.GET.urlencode(),
        "is_asked": any(chosen.chosen.values()),
        "standing": standing,
        "page": page,
        "rows": [_line(one, standing, newest) for one in page],
    }
    return render(request, "duties/below.html", context)


@require_safe
def below_xlsx(request: OfficerRequest, code: str) -> HttpResponse:
    """The same list, whole, as an Excel file."""
    base = _get_base(request, code)
    chosen = StandingFilter(request.GET)
    standing = Below(request.user, base, timezone.now())
    today = day(timezone.localdate())
    written = table_workbook(
        _("অধীন দপ্তর"),
        [_("অধীন দপ্তরের অবস্থা"), base.name, today],
        [
            Column(_("দপ্তর"), 50),
            Column(_("পর্যায়")),
            Column(_("টিম গঠনের তারিখ")),
            Column(_("নিয়মের ব্যতিক্রম")),
            Column(_("পদ"), 8),
            Column(_("শূন্য পদ"), 10),
            Column(_("শেষ লগ-ইন")),
            Column(_("কর্মপরিকল্পনা")),
            Column(_("বার্ষিক প্রতিবেদন %(year)s") % {"year": standing.year.label}, 24),
        ],
        (_row(one) for one in standing.offices(**chosen.chosen)),
    )
    return sheet_response(written, f"{_('অধীন দপ্তর')} {base.place}.xlsx")


def _line(one: OfficeStanding, standing: Below, newest: dict[int, int]) -> dict[str, object]:
    report = one.report.report if one.report else None
    return {
        "one": one,
        "below": standing.sums_under(one.office),
        "submission": newest.get(report) if report else None,
    }


def _row(one: OfficeStanding) -> list[Value]:
    return [
        one.office.name,
        one.office.get_tier_display(),
        one.team.formed_on if one.team else _("গঠিত হয়নি"),
        one.team.deviations if one.team else None,
        one.posts,
        one.vacant,
        timezone.localdate(one.last_login) if one.last_login else _("কখনো নয়"),
        str(one.plan.label) if one.plan else _("জমা হয়নি"),
        str(one.report.state.label) if one.report else "",
    ]


def _get_base(request: OfficerRequest, code: str) -> Office:
    """The office named, or one's own; of those that stand below it only a superior reads."""
    scope = request.user.scope
    if not code:
        own = [post.office for post in scope.posts if post.office.path in scope.superior_paths]
        if not own:
            raise Http404
        return own[0]
    return get_object_or_404(Office.objects.active().filter(scope.below()), code=code)


def _offices_between(request: OfficerRequest, base: Office) -> list[Office]:
    """The way down from one's own office to this one."""
    codes = base.path_codes[:-1]
    return list(Office.objects.filter(request.user.scope.below(), code__in=codes).order_by("path"))
