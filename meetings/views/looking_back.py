"""Looking back: a search in settled minutes, the year in numbers, the year's book of minutes."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from teams import print_pages
from teams.models import Office, OfficeQuerySet, User
from teams.requests import OfficerRequest
from teams.transitions import WrongState
from workplans.periods import Period, PeriodError

from ..books import order_book
from ..documents import book_filename
from ..forms.looking_back import BelowFilter, SearchForm
from ..models import Meeting, MinutesBook
from ..search import search_minutes
from ..statistics import figures_below, offices_below, team_figures, total

MEETINGS_PER_PAGE = 20
OFFICES_PER_PAGE = 50


# --- The search ----------------------------------------------------------------------------
@require_safe
def search(request: OfficerRequest) -> HttpResponse:
    """The meetings whose settled minutes hold the words, each with the places they stand in."""
    form = SearchForm(request.GET, offices=_readable_offices(request.user))
    page = None
    if form.is_valid() and form.cleaned_data["q"]:
        asked = form.cleaned_data
        found = search_minutes(
            request.user,
            asked["q"],
            office=asked.get("office"),
            kind=asked["kind"],
            since=asked["since"],
            until=asked["until"],
        )
        page = Paginator(found, MEETINGS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/search.html", {"form": form, "page": page})


# --- The year in numbers -------------------------------------------------------------------
@require_safe
def statistics(request: OfficerRequest) -> HttpResponse:
    """One's own teams in full, and a line for each office below."""
    today = timezone.localdate()
    year = _asked_year(request, today)
    context = {
        "year": year,
        "years": _years(request.user, year, today),
        "teams": team_figures(request.user.scope.team_offices, year, today=today),
        **_below(request, year, today),
    }
    return render(request, "meetings/statistics.html", context)


# --- The book ------------------------------------------------------------------------------
@require_POST
@print_pages.ordering
def book_create(request: OfficerRequest) -> HttpResponse:
    """Order the year's minutes in one volume; the same ones only once."""
    wanted = request.POST.get("office")
    office = next((own for own in request.user.scope.team_offices if str(own.pk) == wanted), None)
    if office is None:
        raise Http404
    try:
        year = Period.fiscal_year_of(Period.parse(request.POST.get("year", "")).starts_on)
        book = order_book(office=office, year=year, by=request.user)
    except PeriodError as unread:
        messages.error(request, str(unread))
        return redirect("meetings:statistics")
    except WrongState as reason:
        messages.error(request, str(reason))
        return redirect(f"{reverse('meetings:statistics')}?year={year.code}")
    return redirect("meetings:book_detail", pk=book.pk)


@require_safe
def book_detail(request: OfficerRequest, pk: int) -> HttpResponse:
    """How far the book is; the page looks again by itself while it is being made."""
    book = _get_book(request, pk)
    template = "_book_job.html" if request.htmx else "book_detail.html"
    context = {"book": book, "year": Period.fiscal_year_of(book.starts_on)}
    return render(request, f"meetings/{template}", context)


@require_POST
def book_retry(request: OfficerRequest, pk: int) -> HttpResponse:
    return print_pages.retry(request, _get_book(request, pk), "meetings:book_detail")


@require_safe
def book_download(request: OfficerRequest, pk: int) -> HttpResponseBase:
    book = _get_book(request, pk)
    name = book_filename(book.office, book.starts_on)
    return print_pages.download(request, book, name, "meetings:book_detail")


# --- Pieces --------------------------------------------------------------------------------
def _readable_offices(user: User) -> OfficeQuerySet:
    """The offices whose minutes, own or sent, the person reads."""
    return Office.objects.filter(user.scope.below())


def _asked_year(request: OfficerRequest, today: date) -> Period:
    try:
        asked = Period.parse(request.GET.get("year", ""))
    except PeriodError:
        asked = Period.fiscal_year_of(today)
    return Period.fiscal_year_of(asked.starts_on)


def _years(user: User, asked: Period, today: date) -> list[Period]:
    """The fiscal years of settled minutes, this one and the one asked for; the latest first."""
    settled = Meeting.objects.visible_to(user).held().order_by()
    starts = set(settled.values_list("year_starts_on", flat=True).distinct())
    starts |= {asked.starts_on, Period.fiscal_year_of(today).starts_on}
    return [Period.fiscal_year_of(start) for start in sorted(starts, reverse=True)]


def _below(request: OfficerRequest, year: Period, today: date) -> dict[str, Any]:
    """The table of the offices below: asked for, sorted, and a page of it (or all, to print)."""
    offices = offices_below(request.user)
    found = BelowFilter(request.GET, queryset=offices)
    rows = figures_below(found.qs, year, today=today, sorting=found.sorting)
    per_page = max(len(rows), 1) if request.GET.get("rows") == "all" else OFFICES_PER_PAGE
    return {
        "has_below": bool(rows) or offices.exists(),
        "filter": found,
        "total": total(rows),
        "page": Paginator(rows, per_page).get_page(request.GET.get("page")),
    }


def _get_book(request: OfficerRequest, pk: int) -> MinutesBook:
    books = MinutesBook.objects.visible_to(request.user).select_related("office", "job__document")
    return get_object_or_404(books, pk=pk)
