"""Comments at their places, while a report is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse

from teams.models import User

from ..enums import CommentSide
from ..models import Comment, Report, Section
from ..review.page import Comments, ShownComment, shown_comment
from ..review.places import Place, quote_of, row_place

register = template.Library()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the page: what was said there and where one adds to it ("" when one may not)."""

    place: Place
    comments: tuple[ShownComment, ...]
    add_url: str
    quote: str


@register.simple_tag(takes_context=True)
def spot(
    context: Context,
    section: Any = None,
    table: Any = None,
    row: Any = None,
    figure: Any = None,
) -> Spot | None:
    """The place the page has come to; without any of them, the whole report.

    Each is a piece of content or of a comparison: it has a key. Context: comments
    (reports.review.page.Comments), submission, can_comment, view. None for a row without a key,
    to which nothing can be fixed.
    """
    place = _place(section, table, row, figure)
    if place is None:
        return None
    comments: Comments = context["comments"]
    return Spot(
        place,
        tuple(comments.at.get(place.anchor, ())),
        _add_url(context, place),
        quote_of(context["submission"].content, place) or "",
    )


@register.simple_tag(takes_context=True)
def gathered(context: Context, section: Any) -> Spot:
    """A part of the report with all that was said anywhere in it. Context as for `spot`."""
    place = Place(_key(section))
    comments: Comments = context["comments"]
    return Spot(
        place,
        tuple(one for one in comments.all if one.comment.section == place.section),
        _add_url(context, place),
        "",
    )


@register.simple_tag(takes_context=True)
def section_comments(
    context: Context, report: Report, section: Section | str
) -> list[ShownComment]:
    """What was said of one part of a report to its team, the open ones first; one query."""
    user: User = context["request"].user
    key = section.key if isinstance(section, Section) else section
    rows = (
        Comment.objects.visible_to(user)
        .sent()
        .filter(report=report, section=key)
        .select_related("created_by", "by_post__office", "answered_by", "settled_by")
        .order_by("pk")
    )
    shown = [shown_comment(row, report, user) for row in rows]
    return sorted(shown, key=lambda one: one.comment.settled_at is not None)


@register.filter
def is_of_review(comment: Comment) -> bool:
    """Whether it speaks for the Cabinet Division."""
    return comment.side == CommentSide.REVIEW


def _place(section: Any, table: Any, row: Any, figure: Any) -> Place | None:
    if not section:
        return Place()
    if table and row is not None:
        return row_place(_key(section), _key(table), _key(row)) if _key(row) else None
    return Place(_key(section), figure=_key(figure) if figure else "")


def _key(thing: Any) -> str:
    """The key of a piece of content, or of what changed in one."""
    return str(thing.get("key", "") if isinstance(thing, Mapping) else thing.key)


def _add_url(context: Context, place: Place) -> str:
    """Where one comments on the place; "" when one may not."""
    if not context["can_comment"]:
        return ""
    address = reverse("reports:comment_create", args=[context["submission"].pk])
    return f"{address}?{urlencode({**place.query, 'view': context['view']})}"
