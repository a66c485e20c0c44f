"""The nation on one page, and the lists behind its figures."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.enums import Tier
from teams.requests import OfficerRequest

from .. import perms
from ..enums import ReportKind
from ..nation.ground import Ground
from ..nation.listing import Asked, Line, listing
from ..nation.page import nation_page
from ..nation.periods import Calendar
from ..nation.standing import State, newest_submissions

CHIPS = {
    State.UNSENT: "late",
    State.RETURNED: "risk",
    State.WITHDRAWN: "late",
    State.ACCEPTED: "done",
    State.PUBLISHED: "done",
}
LINES_PER_PAGE = 50
YEARS_OFFERED = 8


@require_safe
def nation(request: OfficerRequest) -> HttpResponse:
    """Rates, where reports stay, scores, sums, leagues and the map, for one period and the four
    before it."""
    ground = _ground(request)
    try:
        asked = Asked.of_page(request.GET)
    except ValidationError as wrong:
        return _refused(request, wrong)
    page = nation_page(ground, asked)
    context = {
        "nation": page,
        "ground": ground,
        "kinds": ReportKind.choices,
        "offered": _offered(asked),
        "now": timezone.localtime(),
    }
    return render(request, "reports/nation.html", context)


@require_safe
def nation_reports(request: OfficerRequest) -> HttpResponse:
    """The offices and reports behind one figure, page by page."""
    ground = _ground(request)
    try:
        asked = Asked.of_list(request.GET)
        found = listing(ground, asked)
    except ValidationError as wrong:
        return _refused(request, wrong)
    page = Paginator(found.lines, LINES_PER_PAGE).get_page(request.GET.get("page"))
    newest = newest_submissions(line.standing.report for line in page)
    today = timezone.localdate()
    context = {
        "asked": asked,
        "listing": found,
        "page": page,
        "ground": ground,
        "rows": [_row(line, newest.get(line.standing.report or 0), today) for line in page],
    }
    return render(request, "reports/nation_reports.html", context)


def _ground(request: OfficerRequest) -> Ground:
    """The offices this person may look at; nobody else learns that there is a page."""
    if not perms.can_view_nation(request.user):
        raise Http404
    return Ground.of(request.user)


def _offered(asked: Asked) -> list[tuple[str, str]]:
    """The periods to choose from: the one asked for among the last ones, code and label."""
    calendar = Calendar(asked.kind)
    years = calendar.beside(calendar.last_over(timezone.localdate()), YEARS_OFFERED)
    if asked.period not in years:
        years.append(asked.period)
    return [(year.code, year.label) for year in years]


def _row(line: Line, submission: int | None, today: date) -> dict[str, object]:
    """A line of the list as its template shows it."""
    standing = line.standing
    return {
        "line": line,
        "tier": Tier(standing.place.tier).label,
        "chip": CHIPS.get(standing.state, ""),
        "days_late": standing.days_late(today),
        "address": reverse("reports:submission", args=[submission]) if submission else "",
    }


def _refused(request: OfficerRequest, wrong: ValidationError) -> HttpResponse:
    """An address somebody has written by hand, or one of a year that is not reported on."""
    context = {"why": wrong.messages[0]}
    return render(request, "reports/nation_refused.html", context, status=422)
