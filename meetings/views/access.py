"""How the view modules fetch: only what the person may see, 404 otherwise."""

from django.shortcuts import get_object_or_404

from teams.models import Office, User
from teams.requests import OfficerRequest

from ..models import Meeting


def get_meeting(request: OfficerRequest, pk: int) -> Meeting:
    """The meeting if this person may see it."""
    meetings = Meeting.objects.visible_to(request.user).select_related(
        "office__parent", "chair_post__office", "issuer_post__office"
    )
    return get_object_or_404(meetings, pk=pk)


def get_own_meeting(request: OfficerRequest, pk: int) -> Meeting:
    """The meeting if this person is in its team: notices, drafts and contacts are its own."""
    meetings = Meeting.objects.own_of(request.user).select_related(
        "office__parent", "chair_post__office", "issuer_post__office"
    )
    return get_object_or_404(meetings, pk=pk)


def own_offices(user: User) -> list[Office]:
    """The offices whose team this person is in, the main post's first."""
    return user.scope.team_offices
