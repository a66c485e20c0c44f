"""The record of who did what: searched, exported, read entry by entry and row by row."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..history.changes import changes, names_in
from ..history.entry_page import row_changes
from ..history.files import MOST_ROWS, as_csv, as_xlsx
from ..history.filters import RecordFilter
from ..history.timeline import for_lines, lines_of, own_timeline
from ..history.versions import has_timeline, kept_of, row_name
from ..models import AuditEntry, RowVersion, User
from ..perms.record import (
    can_search_record,
    readable_entries,
    reads_words,
    searched_entries,
    sees_all_names,
    shown_types,
)
from ..requests import OfficerRequest

ENTRIES_PER_PAGE = 50
VERSIONS_PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def record_list(request: OfficerRequest) -> HttpResponse:
    """Search the record: heads that of their offices, the system administrator all of it."""
    found = _found(request)
    page = Paginator(for_lines(found.qs), ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "lines": lines_of(page, with_words=not sees_all_names(request.user)),
        "shows_office": sees_all_names(request.user) or len(request.user.scope.team_offices) > 1,
    }
    return render(request, "teams/record_list.html", context)


@require_safe
def record_export(request: OfficerRequest, form: str) -> HttpResponseBase:
    """What was found, as CSV or for Excel."""
    entries = for_lines(_found(request).qs)[:MOST_ROWS]
    name = f"record-{timezone.localdate():%Y-%m-%d}.{form}"
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(as_csv(entries), content_type="text/csv; charset=utf-8")
    elif form == "xlsx":
        response = HttpResponse(as_xlsx(entries), content_type=XLSX)
    else:
        raise Http404
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def record_entry(request: OfficerRequest, pk: int) -> HttpResponse:
    """One entry: who, what, when, from where, and what was before and after."""
    entries = for_lines(readable_entries(request.user))
    entry = get_object_or_404(entries, pk=pk)
    with_words = reads_words(request.user, entry)
    context = {
        "line": lines_of([entry], with_words=with_words)[0],
        "rows": row_changes(entry, with_words=with_words, types=shown_types(request.user, entry)),
        "with_words": with_words,
        # From where a colleague works is for whoever searches the record.
        "shows_address": can_search_record(request.user),
    }
    return render(request, "teams/record_entry.html", context)


@require_safe
def record_row(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """The versions of one row, each beside the one before it."""
    kept = kept_of(kind)
    if kept is None:
        raise Http404
    mine = RowVersion.objects.filter(
        object_type=kind, object_id=pk, entry__in=readable_entries(request.user).values("pk")
    )
    page = Paginator(
        mine.select_related("entry__by", "entry__by_post", "entry__office").order_by("-number"),
        VERSIONS_PER_PAGE,
    ).get_page(request.GET.get("page"))
    versions = [one for one in page if _may_read(request.user, one)]
    if not versions:
        raise Http404
    # One more than shown, so that the last one has something to stand beside.
    below = mine.filter(number=versions[-1].number - 1).select_related("entry").first()
    earlier = [*versions[1:], below]
    pairs = [
        (new, old if old and _may_compare(new, old) else None)
        for new, old in zip(versions, earlier, strict=True)
    ]
    names = names_in((kept, one.fields) for one in (*versions, below) if one)
    lines = lines_of(_entry_of(one) for one in versions)
    shown = [
        (new, line, changes(kept, old.fields if old else None, new.fields, names), old is None)
        for (new, old), line in zip(pairs, lines, strict=True)
    ]
    context = {"page": page, "shown": shown, "title": row_name(kind), "number": pk}
    return render(request, "teams/record_row.html", context)


@require_safe
def record_timeline(request: OfficerRequest, kind: str, pk: int) -> HttpResponse:
    """Everything that was done with a paper, for its own team."""
    paper = _paper(kind, pk)
    entries = own_timeline(paper, request.user)
    page = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(page)
    if not lines:
        raise Http404
    context = {"page": page, "lines": lines, "paper": paper, "kind": row_name(kind)}
    return render(request, "teams/record_timeline.html", context)


# --- How these views answer ------------------------------------------------------------------
def _found(request: OfficerRequest) -> RecordFilter:
    """What is searched for, among what this person may find. Raises PermissionDenied."""
    if not can_search_record(request.user):
        raise PermissionDenied
    return RecordFilter(request.GET, queryset=searched_entries(request.user))


def _paper(kind: str, pk: int) -> Model:
    if not has_timeline(kind):
        raise Http404
    return get_object_or_404(apps.get_model(kind)._base_manager.all(), pk=pk)


def _may_read(user: User, version: RowVersion) -> bool:
    """The words of an entry one reads, if that entry shows this person such rows at all."""
    types = shown_types(user, version.entry)
    return reads_words(user, version.entry) and (types is None or version.object_type in types)


def _may_compare(new: RowVersion, old: RowVersion) -> bool:
    """Two versions next to each other, written in one office."""
    return old.number == new.number - 1 and old.entry.office_id == new.entry.office_id


def _entry_of(version: RowVersion) -> AuditEntry:
    version.entry.has_versions = True  # type: ignore[attr-defined]
    return version.entry
