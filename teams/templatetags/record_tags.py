"""The timeline at the foot of a paper's page."""

from typing import Any

from django import template
from django.db.models import Model

from teams.history.timeline import MOST, lines_of, own_timeline
from teams.models import User
from teams.perms.record import can_search_record

register = template.Library()


@register.filter
def may_search_record(user: User) -> bool:
    return can_search_record(user)


@register.inclusion_tag("components/timeline.html", takes_context=True)
def timeline_of(context: template.Context, paper: Model) -> dict[str, Any]:
    """Who did what with a paper, the newest first: for its own team, and nothing for others."""
    user: User = context["request"].user
    entries = list(own_timeline(paper, user)[: MOST + 1])
    return {
        "lines": lines_of(entries[:MOST]),
        "has_more": len(entries) > MOST,
        "kind": paper._meta.label_lower,
        "pk": paper.pk,
    }
