"""Every tier under both gazettes: teams that are as the rule wants them, and teams that are not.

The rules are those that an installation begins with.
"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teams.composition import (
    Member,
    Requirement,
    Rule,
    check,
    meets_seat,
    proposed_backgrounds,
)
from teams.enums import Seat, Tier
from teams.models import CompositionRule

OF_2013, OF_2023 = date(2013, 4, 8), date(2023, 11, 16)
LAST_OF_2013 = date(2023, 11, 15)


def rule_of(tier: str, day: date) -> Rule:
    row = CompositionRule.objects.of(tier, day)
    assert row is not None
    return Rule.of(row)


def person(number: int, *known: str, post: bool = False, seat: str = Seat.MEMBER) -> Member:
    """The holder of a post of that number; `post` for one who is a member by the post."""
    return Member(
        post=f"পদ {number}",
        seat=seat,
        is_nominated=not post,
        backgrounds=frozenset(known),
        person=number,
    )


def leader(rule: Rule) -> Member:
    return replace(
        person(0, post=True, seat=rule.leading_seat), is_head=rule.leader_is_head, post="প্রধান"
    )


# What each tier's team consists of beside its leader: backgrounds of those who are members by
# their post, and of the nominated ones.
MINISTRY_2013 = ([], ["ict", "planning", ""])
MINISTRY_2023 = ([], ["ict", "planning", "data"])
LAWFUL = {
    (Tier.CABINET, OF_2013): MINISTRY_2013,
    (Tier.MINISTRY, OF_2013): MINISTRY_2013,
    (Tier.AGENCY, OF_2013): ([], ["planning", "", ""]),
    (Tier.DIVISION, OF_2013): ([], ["ict", "", ""]),
    (Tier.DISTRICT, OF_2013): ([], ["teacher-higher-secondary", "", ""]),
    (Tier.UPAZILA, OF_2013): ([], ["teacher-secondary", "", ""]),
    (Tier.CABINET, OF_2023): MINISTRY_2023,
    (Tier.MINISTRY, OF_2023): MINISTRY_2023,
    (Tier.AGENCY, OF_2023): ([], ["ict", "data", ""]),
    (Tier.DIVISION, OF_2023): ([], ["ict", "data", ""]),
    (Tier.DISTRICT, OF_2023): (
        ["assistant-commissioner", "programmer"],
        ["data", "teacher-higher-secondary", "", "", ""],
    ),
    (Tier.UPAZILA, OF_2023): (
        ["ac-land", "programmer"],
        ["data", "teacher-secondary", "", "", ""],
    ),
}


def lawful(rule: Rule, tier: str, day: date) -> list[Member]:
    by_post, nominated = LAWFUL[Tier(tier), day]
    rows = [(known, True) for known in by_post] + [(known, False) for known in nominated]
    members = [
        person(number, *([known] if known else []), post=post)
        for number, (known, post) in enumerate(rows, start=1)
    ]
    return [leader(rule), *members]


EVERY = pytest.mark.parametrize(
    ("tier", "day"), list(LAWFUL), ids=lambda value: str(getattr(value, "year", value))
)


@EVERY
@pytest.mark.django_db
def test_team_as_the_rule_wants_it_has_no_findings(tier: str, day: date) -> None:
    rule = rule_of(tier, day)
    verdict = check(rule, lawful(rule, tier, day), formed_by=rule.formed_by)
    assert verdict.findings == []
    # The leader, the number, and each that is wanted.
    assert len(verdict.fulfilled) == 2 + len(rule.requirements)


@EVERY
@pytest.mark.django_db
def test_each_missing_background_is_named(tier: str, day: date) -> None:
    rule = rule_of(tier, day)
    team = lawful(rule, tier, day)
    for wanted in rule.requirements:
        without = [replace(one, backgrounds=one.backgrounds - wanted.backgrounds) for one in team]
        findings = check(rule, without, formed_by=rule.formed_by).findings
        found = [one for one in findings if one.concerns == wanted.name]
        assert [one.code for one in found] == ["missing"]
        assert found[0].sentence == f"{wanted.name}: ১ জন নেই।"


@EVERY
@pytest.mark.django_db
def test_each_other_fault_is_told(tier: str, day: date) -> None:
    rule = rule_of(tier, day)
    team = lawful(rule, tier, day)
    head, *rest = team
    plain = [person(number) for number in range(50, 60)]

    def codes(members: list[Member], formed_by: str = rule.formed_by) -> set[str]:
        return {one.code for one in check(rule, members, formed_by=formed_by).findings}

    other = Seat.LEADER if rule.leading_seat == Seat.CHIEF else Seat.CHIEF
    assert codes(rest) == {"no-leader"}
    assert codes([replace(head, seat=other), *rest]) == {"leader-seat"}
    assert codes([*team, person(99, post=True, seat=rule.leading_seat)]) >= {"leaders"}
    assert codes([*team, *plain]) == {"too-many"}
    bare = [one for one in team if one.backgrounds or one is head]
    assert ("too-few" in codes(bare)) == (len(bare) < len(team))
    assert codes([*team[:-1], replace(team[-1], person=None)]) >= {"vacant"}
    assert codes([*team, replace(team[-1], post="অতিরিক্ত")]) >= {"twice"}
    assert codes([*team, team[-1]]) >= {"twice"}
    wrong = Tier.AGENCY if rule.formed_by != Tier.AGENCY else Tier.DIVISION
    assert codes(team, wrong) == {"former"}
    not_head = [replace(head, is_head=False), *rest]
    assert codes(not_head) == ({"leader-not-head"} if rule.leader_is_head else set())


@pytest.mark.django_db
def test_rule_is_that_of_the_day() -> None:
    for tier in Tier.values:
        before, after = rule_of(tier, LAST_OF_2013), rule_of(tier, OF_2023)
        assert before == rule_of(tier, OF_2013)
        assert {one.name for one in after.requirements} > {
            one.name for one in before.requirements if tier in {Tier.CABINET, Tier.MINISTRY}
        }
        assert CompositionRule.objects.of(tier, date(2013, 4, 7)) is None
    # Every row says where it comes from, and what of it is still to be checked.
    sources = dict(CompositionRule.objects.values_list("pk", "source"))
    assert all("প্রজ্ঞাপন" in source for source in sources.values())
    assert "প্রচলিত চর্চা" in CompositionRule.objects.of(Tier.DIVISION, OF_2023).source


@pytest.mark.django_db
def test_team_of_2013_is_not_measured_by_the_gazette_of_2023() -> None:
    for tier in (Tier.DISTRICT, Tier.UPAZILA):
        old, new = rule_of(tier, OF_2013), rule_of(tier, OF_2023)
        team = lawful(old, tier, OF_2013)
        assert check(old, team, formed_by=old.formed_by).findings == []
        names = {one.concerns for one in check(new, team, formed_by=new.formed_by).findings}
        assert {one.name for one in new.requirements if one.is_seat} <= names


# --- Who stands for what -------------------------------------------------------------------------
def simple(*wanted: Requirement) -> Rule:
    return Rule(Seat.LEADER, "প্রধান", False, 0, 9, Tier.DISTRICT, wanted)


ICT = Requirement("আইসিটি", frozenset({"ict"}))
PLANNING = Requirement("পরিকল্পনা", frozenset({"planning"}))


def missing(rule: Rule, *members: Member) -> list[str]:
    findings = check(rule, [leader(rule), *members], formed_by=rule.formed_by).findings
    return [one.concerns for one in findings if one.code == "missing"]


def test_one_person_stands_for_one_requirement() -> None:
    both = person(1, "ict", "planning")
    assert missing(simple(ICT, PLANNING), both) == ["পরিকল্পনা"]
    assert missing(simple(ICT, PLANNING), both, person(2)) == ["পরিকল্পনা"]


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_can_do_both_makes_room(turned: bool) -> None:
    """The first takes the place of ICT and must move when the second can do nothing else."""
    people = [person(1, "ict", "planning"), person(2, "ict")]
    assert missing(simple(ICT, PLANNING), *(people[::-1] if turned else people)) == []


def test_requirement_may_want_several() -> None:
    two = replace(ICT, minimum=2)
    assert missing(simple(two), person(1, "ict")) == ["আইসিটি"]
    assert missing(simple(two), person(1, "ict"), person(2, "ict")) == []


def test_same_person_in_two_posts_is_one() -> None:
    first, second = person(1, "ict"), replace(person(1, "planning"), post="আরেক পদ")
    assert missing(simple(ICT, PLANNING), first, second) == ["পরিকল্পনা"]


def test_vacant_post_and_leader_stand_for_nothing() -> None:
    rule = simple(ICT)
    assert missing(rule, replace(person(1, "ict"), person=None)) == ["আইসিটি"]
    leading = replace(leader(rule), backgrounds=frozenset({"ict"}))
    assert [one.code for one in check(rule, [leading], formed_by=Tier.DISTRICT).findings] == [
        "missing"
    ]


def test_seat_is_for_members_by_post_and_the_rest_for_the_nominated() -> None:
    seat = replace(ICT, name="পদাধিকারী", is_seat=True)
    assert missing(simple(seat, PLANNING), person(1, "ict"), person(2, "planning")) == ["পদাধিকারী"]
    by_post = [person(1, "ict", post=True), person(2, "planning", post=True)]
    assert missing(simple(seat, PLANNING), *by_post) == ["পরিকল্পনা"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from("abcd")), max_size=6),
    st.lists(st.sets(st.sampled_from("abcd"), min_size=1), max_size=4),
)
def test_as_many_places_are_filled_as_by_trying_all(
    people: list[set[str]], wanted: list[set[str]]
) -> None:
    rule = simple(*(Requirement(f"চাই {n}", frozenset(codes)) for n, codes in enumerate(wanted)))
    members = [person(n, *sorted(known)) for n, known in enumerate(people, start=1)]
    assert len(wanted) - len(missing(rule, *members)) == best(people, wanted)


def best(people: list[set[str]], wanted: list[set[str]]) -> int:
    """The most places that can be filled, found by trying everything."""
    if not wanted:
        return 0
    first, rest = wanted[0], wanted[1:]
    filled = [
        1 + best(people[:n] + people[n + 1 :], rest)
        for n, known in enumerate(people)
        if known & first
    ]
    return max([best(people, rest), *filled])


# --- Proposals -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("designation", "codes"),
    [
        ("সহকারী কমিশনার (ভূমি)", {"ac-land"}),
        ("সিনিয়র সহকারী কমিশনার (আইসিটি)", {"assistant-commissioner"}),
        ("সহকারী প্রোগ্রামার", {"programmer"}),
        ("সহকারী শিক্ষক (আইসিটি), সরকারি উচ্চ বিদ্যালয়", {"teacher-secondary"}),
        ("উপজেলা পরিসংখ্যান কর্মকর্তা", {"data"}),
        ("উপজেলা কৃষি অফিসার", set()),
    ],
)
def test_designation_speaks_for_its_holder(designation: str, codes: set[str]) -> None:
    known = ("ac-land", "assistant-commissioner", "programmer", "teacher-secondary", "data")
    assert proposed_backgrounds(designation, known) == codes


@pytest.mark.django_db
def test_member_by_post_is_known_by_the_rule() -> None:
    new, old = rule_of(Tier.UPAZILA, OF_2023), rule_of(Tier.UPAZILA, OF_2013)
    assert meets_seat(frozenset({"ac-land"}), new)
    assert not meets_seat(frozenset({"ac-land"}), old)
    assert not meets_seat(frozenset({"data"}), new)
    assert (new.has_seats, old.has_seats) == (True, False)
