"""Whether a team is made up as the rule of its date wants it. Pure: no queries, no writes.

A requirement is met by a person, and one person meets one requirement: an officer who knows both
ICT and planning does not stand for two. Who stands for what is found by matching (`_matched`), so
that a team is never refused for an order in which somebody ticked the boxes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext as _

from .enums import LEADING_SEATS, Seat, Tier
from .templatetags.bangla_tags import digits

if TYPE_CHECKING:
    from .models import CompositionRule

# Words of designations that usually mean a background; only a proposal, the officer decides.
HINTS = {
    "ac-land": ("সহকারী কমিশনার (ভূমি)", "এসিল্যান্ড"),
    "assistant-commissioner": ("সহকারী কমিশনার",),
    "programmer": ("প্রোগ্রামার",),
    "teacher-secondary": ("শিক্ষক",),
    "teacher-higher-secondary": ("প্রভাষক", "শিক্ষক", "অধ্যাপক"),
    "planning": ("পরিকল্পনা", "উপপ্রধান"),
    "data": ("ডাটা", "উপাত্ত", "পরিসংখ্যান", "এমআইএস", "তথ্য ব্যবস্থাপনা", "প্রশিক্ষণ"),
    "ict": ("আইসিটি", "প্রোগ্রামার", "সিস্টেম এনালিস্ট", "সিস্টেম অ্যানালিস্ট", "ডিজিটাল"),
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """Somebody the team must have; see CompositionRequirement. `backgrounds` are codes."""

    name: str
    backgrounds: frozenset[str]
    minimum: int = 1
    is_seat: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What a CompositionRule wants, without its row. `formed_by` is a Tier."""

    leading_seat: str
    leader: str
    leader_is_head: bool
    nominated_min: int
    nominated_max: int
    formed_by: str
    requirements: tuple[Requirement, ...] = ()

    @classmethod
    def of(cls, row: "CompositionRule") -> Self:
        """The rule in the language of the page; its requirements should be prefetched."""
        return cls(
            leading_seat=row.leading_seat,
            leader=row.leader,
            leader_is_head=row.leader_is_head,
            nominated_min=row.nominated_min,
            nominated_max=row.nominated_max,
            formed_by=row.formed_by,
            requirements=tuple(
                Requirement(
                    name=str(one),
                    backgrounds=frozenset(known.code for known in one.backgrounds.all()),
                    minimum=one.minimum,
                    is_seat=one.is_seat,
                )
                for one in row.requirements.all()
            ),
        )

    @property
    def has_seats(self) -> bool:
        """Whether some members belong to the team by their post, beside the nominated ones."""
        return any(one.is_seat for one in self.requirements)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody proposed for the team.

    `post` is the designation; `person` tells people apart (their id), None on a vacant post;
    `is_head` says that the post is that of the office's head.
    """

    post: str
    seat: str = Seat.MEMBER
    is_nominated: bool = True
    backgrounds: frozenset[str] = frozenset()
    is_head: bool = False
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Where the team differs from the rule.

    `code` names the kind, `sentence` says it in the language of the page, `concerns` is the post
    or the requirement meant, "" when it is the team as a whole.
    """

    code: str
    sentence: str
    concerns: str = ""


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """Something the rule wants and the team has: `who` stands for it."""

    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a team stands to its rule, in the order of the rule."""

    findings: list[Finding] = field(default_factory=list)
    fulfilled: list[Fulfilled] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        return [one.sentence for one in self.findings]


def check(rule: Rule, members: Sequence[Member], *, formed_by: str) -> Verdict:
    """Compare a team with the rule; `formed_by` is the Tier of the office that orders it."""
    verdict = Verdict()
    _check_former(rule, formed_by, verdict)
    _check_leader(rule, members, verdict)
    _check_number(rule, members, verdict)
    _check_requirements(rule, members, verdict)
    verdict.findings.extend(_vacant(members))
    verdict.findings.extend(_twice(members))
    return verdict


# --- Piece by piece ------------------------------------------------------------------------------
def _check_former(rule: Rule, formed_by: str, verdict: Verdict) -> None:
    if formed_by == rule.formed_by:
        return
    sentence = _(
        "নিয়ম অনুযায়ী টিমটি গঠন করবেন “%(should)s” পর্যায়ের প্রধান; এই আদেশ “%(does)s” পর্যায়ের।"
    ) % {"should": Tier(rule.formed_by).label, "does": Tier(formed_by).label}
    verdict.findings.append(Finding("former", sentence))


def _check_leader(rule: Rule, members: Sequence[Member], verdict: Verdict) -> None:
    leaders = [one for one in members if one.seat in LEADING_SEATS]
    seat = Seat(rule.leading_seat).label
    if not leaders:
        sentence = _("টিমের %(seat)s ঠিক করা হয়নি। নিয়ম অনুযায়ী হবেন: %(leader)s।")
        words = sentence % {"seat": seat, "leader": rule.leader}
        verdict.findings.append(Finding("no-leader", words))
        return
    faults = [fault for one in leaders if (fault := _fault_of(one, rule))]
    if len(leaders) > 1:
        sentence = _("টিমের প্রধান একজনই হবেন; এখানে %(count)s জন।")
        faults.append(Finding("leaders", sentence % {"count": digits(len(leaders))}))
    verdict.findings.extend(faults)
    if not faults:
        verdict.fulfilled.append(Fulfilled(str(seat), leaders[0].post))


def _fault_of(leader: Member, rule: Rule) -> Finding | None:
    """What is wrong with this leader, if anything."""
    if leader.seat != rule.leading_seat:
        sentence = _("%(who)s: এই পর্যায়ে টিমের প্রধানকে “%(seat)s” বলা হয়।") % {
            "who": leader.post,
            "seat": Seat(rule.leading_seat).label,
        }
        return Finding("leader-seat", sentence, leader.post)
    if rule.leader_is_head and not leader.is_head:
        sentence = _("%(who)s টিমের প্রধান, কিন্তু নিয়ম অনুযায়ী দপ্তর প্রধান নিজেই (%(leader)s) হবেন।") % {
            "who": leader.post,
            "leader": rule.leader,
        }
        return Finding("leader-not-head", sentence, leader.post)
    return None


def _check_number(rule: Rule, members: Sequence[Member], verdict: Verdict) -> None:
    count = len(_nominated(members))
    words = {
        "count": digits(count),
        "least": digits(rule.nominated_min),
        "most": digits(rule.nominated_max),
    }
    if count < rule.nominated_min:
        sentence = _("মনোনীত সদস্য %(count)s জন; অন্তত %(least)s জন লাগবে।") % words
        verdict.findings.append(Finding("too-few", sentence))
    elif count > rule.nominated_max:
        sentence = _("মনোনীত সদস্য %(count)s জন; সর্বোচ্চ %(most)s জন থাকতে পারেন।") % words
        verdict.findings.append(Finding("too-many", sentence))
    else:
        what = _("মনোনীত সদস্য (%(least)s থেকে %(most)s জন)") % words
        verdict.fulfilled.append(Fulfilled(what, _("%(count)s জন") % words))


def _check_requirements(rule: Rule, members: Sequence[Member], verdict: Verdict) -> None:
    by_post = [one for one in members if _is_plain(one) and not one.is_nominated]
    found: dict[int, list[str]] = {}
    # Who is wanted for a post can only be in the team by it; of the others, the nominated.
    for is_seat, among in ((True, by_post), (False, _nominated(members))):
        places = [n for n, one in enumerate(rule.requirements) if one.is_seat == is_seat]
        standing = _matched([rule.requirements[n] for n in places], among)
        found |= dict(zip(places, standing, strict=True))
    for place, wanted in enumerate(rule.requirements):
        lacking = wanted.minimum - len(found[place])
        if lacking <= 0:
            verdict.fulfilled.append(Fulfilled(wanted.name, ", ".join(found[place])))
            continue
        sentence = _("%(name)s: %(count)s জন নেই।") % {
            "name": wanted.name,
            "count": digits(lacking),
        }
        verdict.findings.append(Finding("missing", sentence, wanted.name))


def _vacant(members: Iterable[Member]) -> list[Finding]:
    sentence = _("%(who)s: পদটি শূন্য, তাই আদেশে কারও নাম নেই।")
    return [
        Finding("vacant", sentence % {"who": one.post}, one.post)
        for one in members
        if one.person is None
    ]


def _twice(members: Sequence[Member]) -> list[Finding]:
    """Posts named twice, and people who sit in the team for several posts."""
    findings = [
        Finding("twice", _("%(who)s: পদটি টিমে একাধিকবার আছে।") % {"who": post}, post)
        for post, times in Counter(one.post for one in members).items()
        if times > 1
    ]
    posts: dict[int, list[str]] = {}
    for one in members:
        if one.person is not None and one.post not in posts.setdefault(one.person, []):
            posts[one.person].append(one.post)
    sentence = _("%(who)s: এই পদগুলোতে একই ব্যক্তি।")
    for held in posts.values():
        if len(held) > 1:
            who = ", ".join(held)
            findings.append(Finding("twice", sentence % {"who": who}, who))
    return findings


# --- Who stands for what -------------------------------------------------------------------------
def _matched(wanted: Sequence[Requirement], members: Sequence[Member]) -> list[list[str]]:
    """For each requirement the posts of those who stand for it, as many people as can be.

    The largest matching of a bipartite graph: each person in turn takes a place they are good
    for, if need be one whose holder can move to another (augmenting paths, after Kuhn).
    """
    places = [n for n, one in enumerate(wanted) for _place in range(one.minimum)]
    people = _people(members)
    taken: dict[int, int] = {}

    def seat(person: int, tried: set[int]) -> bool:
        for place, requirement in enumerate(places):
            if place in tried or not people[person][1] & wanted[requirement].backgrounds:
                continue
            tried.add(place)
            if place not in taken or seat(taken[place], tried):
                taken[place] = person
                return True
        return False

    for person in range(len(people)):
        seat(person, set())
    found: list[list[str]] = [[] for _one in wanted]
    for place, person in sorted(taken.items()):
        found[places[place]].append(people[person][0])
    return found


def _people(members: Iterable[Member]) -> list[tuple[str, frozenset[str]]]:
    """Each person once, with a post and all that this person knows; nobody for a vacant post."""
    known: dict[int, tuple[str, frozenset[str]]] = {}
    for one in members:
        if one.person is not None:
            post, backgrounds = known.get(one.person, (one.post, frozenset()))
            known[one.person] = (post, backgrounds | one.backgrounds)
    return list(known.values())


def _nominated(members: Iterable[Member]) -> list[Member]:
    return [one for one in members if _is_plain(one) and one.is_nominated]


def _is_plain(member: Member) -> bool:
    return member.seat not in LEADING_SEATS


# --- Proposals -----------------------------------------------------------------------------------
def proposed_backgrounds(designation: str, wanted: Iterable[str]) -> frozenset[str]:
    """Which of the wanted backgrounds a designation speaks of: "সহকারী প্রোগ্রামার" of one."""
    found = {code for code in wanted if any(word in designation for word in HINTS.get(code, ()))}
    if "ac-land" in found:
        found.discard("assistant-commissioner")
    return frozenset(found)


def meets_seat(backgrounds: frozenset[str], rule: Rule) -> bool:
    """Whether somebody with these backgrounds belongs to the team by post."""
    return any(one.is_seat and one.backgrounds & backgrounds for one in rule.requirements)
