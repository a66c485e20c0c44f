"""Open data for people: the page that explains it, and the files to take away."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from workplans.periods import Period, PeriodError

from ..open_data.datasets import datasets, years
from ..open_data.dumps import as_csv, as_json, as_xlsx
from ..publishing.caching import laid_open, open_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "json", "xlsx")


@laid_open
def data_page(request: HttpRequest) -> HttpResponse:
    """What there is, what every field means, how to ask for it."""
    context = {"datasets": datasets().values(), "years": years(), "formats": FORMATS}
    return open_page(request, "open/data.html", context)


@laid_open
def dump(request: HttpRequest, dataset: str, extension: str) -> HttpResponseBase:
    """One dataset as a file, of one year if `year` is given."""
    found = datasets().get(dataset)
    if found is None or extension not in FORMATS:
        raise Http404
    year = _year(request.GET.get("year", ""))
    name = f"{dataset}-{year.code}.{extension}" if year else f"{dataset}.{extension}"
    rows = found.rows(year)
    if extension == "xlsx":
        return FileResponse(
            as_xlsx(found, rows), content_type=XLSX, as_attachment=True, filename=name
        )
    lines, kind = (
        (as_csv(found, rows), "text/csv; charset=utf-8")
        if extension == "csv"
        else (as_json(found, rows), "application/json")
    )
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _year(text: str) -> Period | None:
    """Raises Http404 for words that name no year."""
    if not text:
        return None
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise Http404(str(error)) from error
