"""The innovation teams of the invented offices, ordered on their days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from bangla.text import normalise
from teams.actions import PostWords, create_post, create_team, give_post, issue_team
from teams.constituting import Place, TeamText
from teams.enums import Role
from teams.forms.constituting import CHOICES
from teams.memo import read_memo
from teams.models import CompositionRule, Office, Post, Team, User

from .contents import read
from .past import Past
from .people import holder_of, make_person

Row = dict[str, Any]


@transaction.atomic
def load_teams(posts: Mapping[str, Post]) -> int:
    """Form the teams unless one of the offices has one; returns how many were formed.

    They come after the story, in which only those have a part whom `posts` names.
    """
    content = read("teams.json")
    codes = {row[name] for row in content["teams"] for name in ("office", "issued_by")}
    offices = {office.code: office for office in Office.objects.filter(code__in=codes)}
    if Team.objects.filter(office__in=offices.values()).exists():
        return 0
    rows = sorted(content["teams"], key=lambda row: row["on"])
    past = Past(offices.values())
    past.turn_to(date.fromisoformat(rows[0]["on"]))
    known = {**posts, **_more_posts(content, offices)}
    for row in rows:
        past.turn_to(date.fromisoformat(row["on"]))
        _form(row, offices, known)
    past.settle()
    return len(rows)


def _more_posts(content: Row, offices: Mapping[str, Office]) -> dict[str, Post]:
    """The posts of those who have no other part in the demonstration, with their holders."""
    people = {row["key"]: make_person(row) for row in content["people"]}
    posts = {}
    for row in content["posts"]:
        office = offices[row["office"]]
        words = PostWords(
            normalise(row["designation_bn"]), row["designation_en"], Role.STAFF, "", ""
        )
        post = create_post(office=office, words=words, by=_head_of(office))
        give_post(
            post=post,
            person=people[row["holder"]],
            starts_on=date.fromisoformat(row["from"]),
        )
        posts[row["key"]] = post
    return posts


def _form(row: Row, offices: Mapping[str, Office], posts: Mapping[str, Post]) -> None:
    """Write the draft and, unless it is to stay one, let the head of its office issue it."""
    office, ordering = offices[row["office"]], offices[row["issued_by"]]
    day = date.fromisoformat(row["on"])
    rule = CompositionRule.objects.of(office.tier, day)
    if rule is None:
        raise ValueError(f"no rule for {office.code} on {day}")
    places = (_place(member, rule, posts) for member in row["members"])
    text = TeamText(
        formed_on=day,
        issuing_office=ordering.pk,
        members=tuple(sorted(places, key=lambda place: place.post)),
    )
    head = _head_of(ordering)
    team = create_team(office=office, text=text, by=head)
    if row["status"] == "draft":
        return
    issue_team(
        team=team,
        version=team.version,
        memo=read_memo(row["memo"]),
        reason=normalise(row["reason"]),
        by=head,
    )


def _place(member: list[Any], rule: CompositionRule, posts: Mapping[str, Post]) -> Place:
    key, choice, backgrounds = member
    seat, is_nominated = CHOICES[choice]
    return Place(posts[key].pk, seat or rule.leading_seat, is_nominated, frozenset(backgrounds))


def _head_of(office: Office) -> User:
    head = holder_of(office, Role.HEAD)
    if head is None:
        raise ValueError(f"{office.code} has no head today")
    return head
