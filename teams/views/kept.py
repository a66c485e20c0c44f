"""The words of a form that arrived after the session had expired."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from ..kept_words import forget_words, waiting_words
from ..requests import OfficerRequest


@require_safe
def kept_words(request: OfficerRequest) -> HttpResponse:
    """Offer the words of a form that arrived after the session had expired."""
    kept = waiting_words(request)
    if kept is None:
        return redirect("duties:home")
    return render(request, "teams/kept_words.html", {"kept": kept})


@require_POST
def kept_words_forget(request: OfficerRequest) -> HttpResponse:
    forget_words(request)
    return redirect("duties:home")
