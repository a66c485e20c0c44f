"""The three pages every printed paper has: how far it is, try again, the file.

A room's own views fetch the print through `visible_to` and name the addresses; the rest is here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from jobs import actions, line
from jobs.documents import serve

from .prints import Print, group_of
from .requests import OfficerRequest

View = Callable[..., HttpResponseBase]


def ordering(view: View) -> View:
    """For the views that have a paper printed: not while many of the office's own still wait.

    What was sent, and the papers that letters carry, are not held back by this.
    """

    @wraps(view)
    def ordered(request: OfficerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and line.is_full(group_of(request.user)):
            return render(request, "components/line_full.html", status=429)
        return view(request, *args, **kwargs)

    return ordered


def detail(request: OfficerRequest, room: str, context: dict[str, Any]) -> HttpResponse:
    """How far the paper is; the page looks again by itself while it is being made.

    `context` holds "document" and what the room's own templates show around it.
    """
    template = "_document_job.html" if request.htmx else "document_detail.html"
    return render(request, f"{room}/{template}", context)


def retry(request: OfficerRequest, document: Print, page: str) -> HttpResponse:
    """Set a parked job going again; `page` is the URL name of the paper's page."""
    actions.retry(job=document.ordered_job, by=request.user)
    return redirect(page, pk=document.pk)


def download(request: HttpRequest, document: Print, filename: str, page: str) -> HttpResponseBase:
    """The file, or the paper's page while there is none."""
    made = document.ordered_job.document
    if made is None:
        return redirect(page, pk=document.pk)
    return serve(made, filename=filename, request=request)
