"""The name and the contact of a person."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actions import ContactTaken, PersonWords, StalePerson, update_person
from ..forms.posts import PersonForm
from ..models import Office, PostHolding, User
from ..perms import can_edit_person, can_manage_people
from ..requests import OfficerRequest, sent
from .posts import get_office


@require_http_methods(["GET", "HEAD", "POST"])
def person_update(request: OfficerRequest, code: str, pk: int) -> HttpResponseBase:
    """Mend the name or contact of somebody on a post of the office."""
    office = get_office(request, code)
    if not can_manage_people(request.user, office):
        raise PermissionDenied
    here = PostHolding.objects.filter(post__office=office).exclude(ends_on__lt=timezone.localdate())
    person = get_object_or_404(User.objects.filter(pk__in=here.values("person")), pk=pk)
    if not can_edit_person(request.user, person):
        raise PermissionDenied
    now = PersonWords.of(person)
    form = PersonForm(sent(request), person=person)
    if form.is_valid():
        if not form.is_made_on(now) and form.words != now:
            return _conflict(request, office, person, form.words)
        return _save(request, office, person, now, form)
    return _page(request, office, person, form)


@reauthentication_required
def _save(
    request: OfficerRequest, office: Office, person: User, now: PersonWords, form: PersonForm
) -> HttpResponse:
    """Write it: an address opens an account, so the own password is asked for as with a code."""
    try:
        update_person(person=person, office=office, seen=now, words=form.words, by=request.user)
    except StalePerson as stale:
        return _conflict(request, office, stale.current, form.words)
    except ContactTaken as taken:
        for name in taken.fields:
            form.add_error(name, _("এটি ব্যবহার করা যাচ্ছে না। তাঁর কাছ থেকে অন্য একটি নিন।"))
        return _page(request, office, person, form)
    messages.success(request, _("সংরক্ষিত হয়েছে।"), extra_tags=f"person-{person.pk}")
    return redirect("teams:people", code=office.code)


def _page(request: OfficerRequest, office: Office, person: User, form: PersonForm) -> HttpResponse:
    context = {"form": form, "person": person, "office": office, "draft": f"person-{person.pk}"}
    return render(request, "teams/people_form.html", context, status=422 if form.errors else 200)


def _conflict(
    request: OfficerRequest, office: Office, person: User, mine: PersonWords
) -> HttpResponse:
    theirs = PersonWords.of(person)
    context = {
        "office": office,
        "form": PersonForm(person=person, typed=mine),
        "save_url": reverse("teams:person_update", args=[office.code, person.pk]),
        "back_url": reverse("teams:people", args=[office.code]),
        "theirs": [
            (PersonForm.base_fields[name].label, getattr(theirs, name))
            for name in PersonWords.__dataclass_fields__
            if getattr(theirs, name) != getattr(mine, name)
        ],
    }
    return render(request, "teams/two_texts.html", context, status=409)
