"""Teams for tests, formed by the application's own actions."""

from datetime import date

from django.utils import timezone

from teams.actions import create_team, dissolve_team, issue_team
from teams.constituting import Place, TeamText, posts_of, proposal
from teams.enums import Role, Seat, TeamStatus
from teams.memo import Memo
from teams.models import CompositionRule, Office, Post, Team, User
from tests.factories import make_person, make_post

REASON = "উপজেলায় আইসিটি শিক্ষকের পদটি শূন্য; যোগ দিলেই তাঁকে যুক্ত করা হবে"


def make_team_order(
    office: Office,
    *,
    by: User,
    status: str = TeamStatus.ISSUED,
    formed_on: date | None = None,
    places: tuple[Place, ...] | None = None,
    memo: Memo | None = None,
    issuing_office: Office | None = None,
) -> Team:
    """A team of the office as `by`, a head, orders it; those who work in the team are its members.

    `issuing_office` is the office itself unless another is named. A team that is to be REPLACED
    must be older than one that is in force.
    """
    text = make_text(office, formed_on=formed_on, places=places, issuing_office=issuing_office)
    team = create_team(office=office, text=text, by=by)
    if status == TeamStatus.DRAFT:
        return team
    team = issue_team(team=team, version=team.version, memo=memo, reason=REASON, by=by)
    if status == TeamStatus.DISSOLVED:
        dissolve_team(team=team, reason="দপ্তর একীভূত হয়েছে", by=by)
    assert team.status == status
    return team


def make_text(
    office: Office,
    *,
    formed_on: date | None = None,
    places: tuple[Place, ...] | None = None,
    issuing_office: Office | None = None,
) -> TeamText:
    """What the form begins with, for that day."""
    day = formed_on or timezone.localdate()
    rule = CompositionRule.objects.of(office.tier, day)
    assert rule, "no rule covers that day"
    first = proposal(office, rule, posts_of(office, day), issuing_office=issuing_office or office)
    members = first.members if places is None else places
    return TeamText(day, first.issuing_office, tuple(sorted(members, key=lambda one: one.post)))


def lawful_upazila(office: Office, head: Post) -> tuple[Place, ...]:
    """New posts, each held by somebody, that make a team exactly as the rule of 2023 wants it.

    `head` leads it. The programmer is its secretary, five are nominated.
    """
    rows = (
        ("সহকারী কমিশনার (ভূমি)", Seat.MEMBER, False, "ac-land"),
        ("সহকারী প্রোগ্রামার", Seat.SECRETARY, False, "programmer"),
        ("উপজেলা পরিসংখ্যান কর্মকর্তা", Seat.MEMBER, True, "data"),
        ("সহকারী শিক্ষক (আইসিটি)", Seat.MEMBER, True, "teacher-secondary"),
        ("উপজেলা কৃষি কর্মকর্তা", Seat.MEMBER, True, ""),
        ("উপজেলা সমাজসেবা কর্মকর্তা", Seat.MEMBER, True, ""),
        ("উপজেলা মৎস্য কর্মকর্তা", Seat.MEMBER, True, ""),
    )
    places = [Place(head.pk, Seat.LEADER, is_nominated=False)]
    for designation, seat, is_nominated, known in rows:
        post = make_post(office, Role.STAFF, designation, holder=make_person())
        places.append(Place(post.pk, seat, is_nominated, frozenset({known} - {""})))
    return tuple(sorted(places, key=lambda one: one.post))
