"""An office's team: its draft, its order, its end."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .. import perms
from ..audit import record
from ..constituting import (
    ORDER_OF_SEATS,
    Place,
    TeamText,
    places_of,
    posts_of,
    roles_after,
    verdict_of,
)
from ..documents import order_content
from ..enums import DISSOLVE, ENTER, ISSUE, REPLACE, Seat, TeamStatus
from ..memo import Memo
from ..models import Background, CompositionRule, Membership, Office, Post, Team, User
from ..transitions import WrongState, apply_transition
from .memos import claim_memo

ORDER = "teams.order"
WORDS = ("subject", "preamble", "closing", "copies", "deviation_reason")


class StaleTeam(Exception):
    """Somebody saved the draft after this copy was opened; `current` is as it is now."""

    def __init__(self, current: Team) -> None:
        super().__init__("stale")
        self.current = current


class Unexplained(Exception):
    """The team differs from its rule, and nobody has said why; `sentences` say where."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("unexplained")
        self.sentences = sentences


# --- The draft -------------------------------------------------------------------------------
@transaction.atomic
def create_team(*, office: Office, text: TeamText, by: User) -> Team:
    """Write the draft of an office's team.

    An office has one draft: the same again returns it. Raises StaleTeam when somebody has begun
    one in other words, WrongState when no rule covers the day, PermissionDenied.
    """
    if not perms.can_form_team(by, office):
        raise PermissionDenied
    Office.objects.select_for_update().get(pk=office.pk)
    draft = Team.objects.filter(office=office, status=TeamStatus.DRAFT).first()
    if draft:
        if TeamText.of(draft) == text:
            return draft
        raise StaleTeam(draft)
    team = Team.objects.create(
        office=office,
        issuing_office_id=text.issuing_office,
        rule=_rule_for(office, text),
        formed_on=text.formed_on,
        created_by=by,
        **{name: getattr(text, name) for name in WORDS},
    )
    _write_members(team, text)
    record("team.create", team, by=by, office=office, after=_told(text))
    return team


@transaction.atomic
def update_team(*, team: Team, version: int, text: TeamText, by: User) -> Team:
    """Save a draft typed on copy `version`; the day of the order decides which rule it is under.

    The check and the write are one UPDATE. Raises StaleTeam, WrongState, PermissionDenied.
    """
    if team.status != TeamStatus.DRAFT:
        raise WrongState(_("আদেশটি জারি হয়ে গেছে, তাই আর বদলানো যায় না। বদলাতে হলে টিম পুনর্গঠন করুন।"))
    if not perms.can_write_team(by, team):
        raise PermissionDenied
    before = TeamText.of(team)
    saved = Team.objects.filter(pk=team.pk, version=version, status=TeamStatus.DRAFT).update(
        issuing_office=text.issuing_office,
        rule=_rule_for(team.office, text),
        formed_on=text.formed_on,
        version=F("version") + 1,
        **{name: getattr(text, name) for name in WORDS},
    )
    team = Team.objects.select_related("office", "issuing_office", "rule").get(pk=team.pk)
    if not saved:
        raise StaleTeam(team)
    _write_members(team, text)
    record("team.update", team, by=by, office=team.office, before=_told(before), after=_told(text))
    return team


@transaction.atomic
def delete_team(*, team: Team, by: User) -> None:
    """Throw a draft away. Raises WrongState once it has been ordered, PermissionDenied."""
    waiting = Team.objects.select_for_update().select_related("office")
    found = waiting.filter(pk=team.pk, status=TeamStatus.DRAFT).first()
    if not found:
        raise WrongState(_("খসড়াটি আর নেই: আদেশ জারি হয়েছে, নয়তো কেউ মুছে দিয়েছেন।"))
    if not perms.can_write_team(by, found):
        raise PermissionDenied
    record("team.delete", found, by=by, office=found.office, before=_told(TeamText.of(found)))
    found.delete()


def _rule_for(office: Office, text: TeamText) -> CompositionRule:
    rule = CompositionRule.objects.of(office.tier, text.formed_on)
    if rule is None:
        raise WrongState(_("আদেশের তারিখে এই পর্যায়ের টিম গঠনের কোনো নিয়ম বলবৎ ছিল না। তারিখটি দেখুন।"))
    return rule


def _write_members(team: Team, text: TeamText) -> None:
    """Put exactly these posts into the draft, in the order in which an order lists them."""
    posts = {post.pk: post for post in posts_of(team.office, team.formed_on)}
    codes = {code for place in text.members for code in place.backgrounds}
    known = {one.code: one for one in Background.objects.filter(code__in=codes)}
    team.memberships.all().delete()
    for position, place in enumerate(_in_order(text.members, posts), start=1):
        member = Membership.objects.create(
            team=team,
            post=posts[place.post],
            person=posts[place.post].holder_on(team.formed_on),
            seat=place.seat,
            is_nominated=place.is_nominated,
            position=position,
        )
        member.backgrounds.set([known[code] for code in place.backgrounds if code in known])


def _in_order(places: Iterable[Place], posts: dict[int, Post]) -> list[Place]:
    """Leader first, secretary last, the others as their office lists its posts.

    Posts that are not of the office fall out: the form names the office's own.
    """
    own = (place for place in places if place.post in posts)
    rank = {pk: number for number, pk in enumerate(posts)}
    return sorted(own, key=lambda one: (ORDER_OF_SEATS[Seat(one.seat)], rank[one.post]))


# --- The order -------------------------------------------------------------------------------
@transaction.atomic
def issue_team(*, team: Team, version: int, memo: Memo | None, reason: str = "", by: User) -> Team:
    """Order the team: freeze its paper and let it take the place of the one before.

    `version` is that of the draft which the head has looked at; `reason` explains where the team
    differs from its rule, and those sentences are frozen with it. An order older than the
    youngest is entered as history and changes nobody's work; any other replaces the team in
    force and makes its members the office's team. Raises StaleTeam, Unexplained, WrongState,
    MemoTaken, PermissionDenied.
    """
    Office.objects.select_for_update().get(pk=team.office_id)
    team = Team.objects.select_related("office", "issuing_office", "rule").get(pk=team.pk)
    if team.status not in ISSUE.sources:
        raise WrongState(_("আদেশটি আগেই জারি হয়েছে; নিচে এখনকার অবস্থা দেখুন।"))
    if not perms.can_issue_team(by, team):
        raise PermissionDenied
    if team.version != version:
        raise StaleTeam(team)
    if not team.office.is_active:
        raise WrongState(_("দপ্তরটি আর চালু নেই, তাই এর টিম গঠন করা যায় না। খসড়াটি মুছে ফেলুন।"))
    _prepare(team, memo=memo, reason=reason, by=by)
    ordered = Team.objects.filter(office=team.office_id).exclude(status=TeamStatus.DRAFT)
    later = ordered.filter(formed_on__gt=team.formed_on).order_by("formed_on", "pk").first()
    earlier = ordered.filter(formed_on__lte=team.formed_on).order_by("formed_on", "pk").last()
    if later:
        _enter(team, earlier=earlier, later=later, by=by)
    else:
        _issue(team, earlier=earlier, by=by)
    return team


def _prepare(team: Team, *, memo: Memo | None, reason: str, by: User) -> None:
    """Settle what the order says: names, number, deviations; and freeze the paper."""
    if team.formed_on > timezone.localdate():
        raise WrongState(_("আদেশের তারিখ আজকের পরে। আজকের বা আগের তারিখ দিন।"))
    members = list(team.memberships.select_related("post"))
    if not members:
        raise WrongState(_("টিমে এখনো কাউকে রাখা হয়নি। আগে সদস্য বাছাই করুন।"))
    if gone := [one.post for one in members if _is_gone(one.post, team)]:
        told = {"posts": ", ".join(post.designation for post in gone)}
        raise WrongState(_("দপ্তরে এই পদ আর নেই: %(posts)s। খসড়া সম্পাদনা করে সদস্য আবার বাছুন।") % told)
    for member in members:
        member.person = member.post.holder_on(team.formed_on)
    Membership.objects.bulk_update(members, ["person"])
    with translation.override("bn"):
        sentences = verdict_of(team).sentences
    if sentences and not reason:
        raise Unexplained(sentences)
    team.deviations, team.deviation_reason = sentences, reason if sentences else ""
    team.memo_number = memo.canonical if memo else ""
    team.content = order_content(team)
    team.save(update_fields=["deviations", "deviation_reason", "memo_number", "content"])
    if memo:
        claim_memo(office=team.issuing_office, memo=memo, purpose=ORDER, object_id=team.pk, by=by)


def _is_gone(post: Post, team: Team) -> bool:
    """Whether the post was closed, or went to another office, since the draft was written."""
    return not post.is_active or post.office_id != team.office_id


def _issue(team: Team, *, earlier: Team | None, by: User) -> None:
    """Put the team in force in the place of the one before."""
    allowed = perms.can_issue_team(by, team)
    if earlier and earlier.status in REPLACE.sources:
        ended: dict[str, object] = {"ended_on": team.formed_on}
        apply_transition(
            earlier, REPLACE, by=by, allowed=allowed, office=team.office, changes=ended
        )
    rows = [*_ended_by(team, earlier), *_set_roles(team)]
    apply_transition(
        team,
        ISSUE,
        by=by,
        allowed=allowed,
        office=team.office,
        changes={"replaces": earlier} if earlier else {},
        rows=rows,
    )


def _enter(team: Team, *, earlier: Team | None, later: Team, by: User) -> None:
    """Put an order that was found afterwards between its neighbours in time."""
    allowed = perms.can_issue_team(by, team)
    moved = _ended_by(team, earlier)
    later.replaces = team
    later.save(update_fields=["replaces"])
    apply_transition(
        team,
        ENTER,
        by=by,
        allowed=allowed,
        office=team.office,
        changes={"ended_on": later.formed_on, "replaces": earlier},
        rows=[*moved, later],
    )


def _ended_by(team: Team, earlier: Team | None) -> list[Team]:
    """No two teams on one day: the one before ends, if it has not ended before."""
    if earlier is None or (earlier.ended_on and earlier.ended_on <= team.formed_on):
        return []
    earlier.ended_on = team.formed_on
    earlier.save(update_fields=["ended_on"])
    return [earlier]


def _set_roles(team: Team) -> list[Post]:
    """Let the office's posts do what the order says; returns those that changed."""
    posts = list(team.office.posts.active().order_by("pk"))
    roles = roles_after(places_of(team), posts)
    changed = [post for post in posts if roles.get(post.pk, post.role) != post.role]
    for post in changed:
        post.role = roles[post.pk]
        post.save(update_fields=["role"])
    return changed


@transaction.atomic
def dissolve_team(*, team: Team, reason: str, by: User) -> None:
    """End a team without another one. Raises WrongState, PermissionDenied.

    Its posts keep their roles: the work in hand goes on until somebody orders a new team.
    """
    apply_transition(
        team,
        DISSOLVE,
        by=by,
        allowed=perms.can_dissolve_team(by, team),
        office=team.office,
        changes={"ended_on": timezone.localdate(), "dissolved_reason": reason},
    )


def _told(text: TeamText) -> dict[str, object]:
    """A draft as the record keeps it."""
    return {
        "formed_on": text.formed_on.isoformat(),
        "issuing_office": text.issuing_office,
        "members": {str(place.post): place.seat for place in text.members},
        **{name: getattr(text, name) for name in WORDS},
    }
