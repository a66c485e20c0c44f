"""What an office order says, and what it says when nobody has written anything."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bangla.text import normalise
from teams.documents import COPIES_HEADING, FILE_COPY, ICT_CELL, content_of, order_content
from teams.enums import HoldingKind, Role, TeamStatus
from teams.models import PostHolding, TermOfReference
from tests.teams.orders import (
    DESIGNATIONS,
    FORMED_ON,
    HARD_NAMES,
    OF_MINISTRY,
    freeze,
    make_order,
    ministry_order,
    upazila_order,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LAST_OF_2013 = date(2023, 11, 15)


def test_order_of_an_upazila_is_its_districts_letter() -> None:
    content = order_content(upazila_order())
    assert content["issuer"] == "জেলা প্রশাসকের কার্যালয়, স্বর্ণগ্রাম"
    assert content["office"] == "উপজেলা নির্বাহী অফিসারের কার্যালয়, লক্ষ্মীপ্রসাদ, স্বর্ণগ্রাম"
    assert content["title"] == "অফিস আদেশ"
    assert content["memo"] == "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩"
    assert content["issued_on"] == "১৯ নভেম্বর ২০২৬"
    assert content["issued_on_bangla"] == "৪ অগ্রহায়ণ ১৪৩৩"
    assert content["signature"]["name"] == "মোহাম্মদ আব্দুল্লাহ্‌ আল-মামুন চৌধুরী"
    assert content["signature"]["designation"] == "জেলা প্রশাসক ও জেলা ম্যাজিস্ট্রেট"
    assert "১৬ নভেম্বর ২০২৩" in content["reference"]
    assert content["preamble"].endswith("ইনোভেশন টিম গঠন করা হলো।")
    assert content["is_draft"] is False


def test_members_stand_in_their_order_with_seat_and_background() -> None:
    content = order_content(upazila_order())
    members = content["members"]
    assert [one["serial"] for one in members] == list("১২৩৪৫৬৭৮৯")
    assert [one["designation"] for one in members] == list(DESIGNATIONS)
    # The last post is vacant: the order names the post and nobody.
    assert [one["name"] for one in members] == [*HARD_NAMES[:8], ""]
    assert [one["seat"] for one in members] == ["ইনোভেশন অফিসার"] + ["সদস্য"] * 8
    assert {one["office"] for one in members} == {"লক্ষ্মীপ্রসাদ, স্বর্ণগ্রাম"}
    assert members[0]["backgrounds"] == ""
    assert members[2]["backgrounds"].count(", ") == 1
    assert content["shows_backgrounds"] is True


def test_ministry_has_a_chief_and_names_the_ministry_itself() -> None:
    content = order_content(ministry_order())
    assert content["members"][0]["seat"] == "চিফ ইনোভেশন অফিসার"
    assert {one["office"] for one in content["members"]} == {"মৎস্য ও প্রাণিসম্পদ মন্ত্রণালয়"}
    assert content["issuer"] == content["office"]
    # Above it stands only the Cabinet Division, which is on the list anyway.
    assert content["copies"][0]["lines"][0] == ICT_CELL
    assert len(content["copies"][0]["lines"]) == 1 + len(OF_MINISTRY) + 1


def test_copies_are_counted_in_their_memo_number() -> None:
    content = order_content(upazila_order())
    (group,) = content["copies"]
    assert group["heading"] == COPIES_HEADING
    assert group["lines"][:2] == [ICT_CELL, content["office"]]
    assert group["lines"][2] == f"{DESIGNATIONS[0]}, লক্ষ্মীপ্রসাদ, স্বর্ণগ্রাম"
    assert group["lines"][-1] == FILE_COPY
    assert len(group["lines"]) == 12
    assert content["distribution"]["memo"] == "০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩/১(১২)"
    assert content["distribution"]["issued_on"] == content["issued_on"]


def test_office_whose_head_is_a_member_gets_no_copy_of_its_own() -> None:
    team = upazila_order()
    team.office.posts.filter(role=Role.HEAD).update(role=Role.STAFF)
    first = team.memberships.order_by("position")[0].post
    first.role = Role.HEAD
    first.save()
    content = order_content(team)
    assert content["office"] not in content["copies"][0]["lines"]
    assert content["distribution"]["memo"].endswith("/১(১১)")


def test_what_somebody_wrote_takes_the_place_of_the_usual_words() -> None:
    written = {
        "subject": "বিষয়টি নিজের ভাষায়",
        "preamble": "প্রথম অনুচ্ছেদ।\nদ্বিতীয় অনুচ্ছেদ।",
        "closing": "শেষ কথা নিজের।",
        "copies": "প্রথম জন\n\n  দ্বিতীয় জন  ",
    }
    content = order_content(upazila_order(memo_number="", **written))
    assert [content[name] for name in ("subject", "preamble", "closing")] == [
        written[name] for name in ("subject", "preamble", "closing")
    ]
    assert content["copies"][0]["lines"] == ["প্রথম জন", "দ্বিতীয় জন"]
    # A letter without a number has copies without one; both are written in by hand.
    assert content["memo"] == content["distribution"]["memo"] == ""


def test_duties_are_those_of_the_day() -> None:
    team = upazila_order()
    assert [term["serial"] for term in order_content(team)["terms"]][-1] == "২১"
    team.formed_on = LAST_OF_2013
    assert [term["serial"] for term in order_content(team)["terms"]] == list("১২৩৪৫")


def test_new_order_ends_the_one_before() -> None:
    first = upazila_order()
    head = first.created_by
    assert head is not None
    assert "বাতিল" not in order_content(first)["closing"]
    freeze(first, by=head)
    second = make_order(
        first.office,
        head=head,
        designations=("কৃষি সম্প্রসারণ কর্মকর্তা", "সমবায় কর্মকর্তা"),
        formed_on=date(2026, 11, 20),
        memo_number="",
    )
    content = order_content(second)
    assert content["preamble"].endswith("ইনোভেশন টিম পুনর্গঠন করা হলো।")
    assert content["subject"].endswith("পুনর্গঠন।")
    assert "১৯ নভেম্বর ২০২৬ তারিখের ০৫.৪১.৩৩০০.০১২.১৪.০০৭.২৫.১৮৩ নম্বর স্মারকের" in content["closing"]
    # Entered as history, before the first: there was nothing to end.
    second.formed_on = date(2024, 1, 1)
    assert "বাতিল" not in order_content(second)["closing"]


def test_notes_on_a_rule_are_not_cited_in_an_order() -> None:
    team = upazila_order()
    team.rule.source = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ৮ এপ্রিল ২০১৩; সংখ্যাটি যাচাই করতে হবে"
    assert order_content(team)["reference"] == "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ৮ এপ্রিল ২০১৩"


def test_signer_is_the_head_of_the_day_of_the_order() -> None:
    team = upazila_order()
    team.formed_on = date(2019, 5, 1)  # before anybody here held a post
    signature = order_content(team)["signature"]
    assert (signature["name"], signature["designation"]) == ("", "জেলা প্রশাসক ও জেলা ম্যাজিস্ট্রেট")


def test_additional_and_acting_charge_stand_behind_the_designation() -> None:
    team = upazila_order()
    second = team.memberships.order_by("position")[1]
    PostHolding.objects.filter(post=second.post).update(kind=HoldingKind.ADDITIONAL)
    PostHolding.objects.filter(person=team.created_by).update(kind=HoldingKind.IN_CHARGE)
    with translation.override("en"):
        content = order_content(team)
    assert content["members"][1]["designation"] == "সহকারী কমিশনার (ভূমি) (অতিরিক্ত দায়িত্ব)"
    assert content["signature"]["designation"] == "জেলা প্রশাসক ও জেলা ম্যাজিস্ট্রেট (ভারপ্রাপ্ত)"
    # A copy goes to the post.
    assert "অতিরিক্ত" not in "".join(content["copies"][0]["lines"])


def test_order_that_was_given_does_not_change_any_more() -> None:
    team = upazila_order()
    head = team.created_by
    assert head is not None
    drafted = content_of(team)
    assert drafted["is_draft"] is True
    freeze(team, by=head)
    team.memberships.first().delete()  # type: ignore[union-attr]
    team.office.name_bn = "অন্য নাম"
    team.office.save()
    assert content_of(team) == {**drafted, "is_draft": False}
    assert team.status == TeamStatus.ISSUED


def test_content_is_plain_data_and_bengali_for_whoever_asks() -> None:
    team = upazila_order()
    content = order_content(team)
    with translation.override("en"):
        assert order_content(team) == content
    assert json.loads(json.dumps(content)) == content


def test_content_costs_the_same_for_two_members_and_for_nine() -> None:
    counts = []
    for team in (ministry_order(), upazila_order()):
        team.memberships.update(person=None)
        fresh = type(team).objects.select_related("office__parent", "issuing_office", "rule")
        found = fresh.get(pk=team.pk)
        with CaptureQueriesContext(connection) as queries:
            order_content(found)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


# --- The duties as data --------------------------------------------------------------------
def test_every_duty_of_both_gazettes_is_there_in_both_languages() -> None:
    for day, count in ((FORMED_ON, 21), (LAST_OF_2013, 5), (date(2013, 4, 7), 0)):
        terms = list(TermOfReference.objects.covering(day).order_by("number"))
        assert [term.number for term in terms] == list(range(1, count + 1))
    for term in TermOfReference.objects.all():
        assert term.text_bn == normalise(term.text_bn)
        assert term.text_bn.endswith("।")
        assert term.text_en.isascii()
        assert term.text_en.endswith(".")
        assert "প্রজ্ঞাপন" in term.source


def test_only_the_younger_gazette_names_a_day_for_the_report() -> None:
    fifth = {term.valid_from.year: term for term in TermOfReference.objects.filter(number=5)}
    assert "৩১ জুলাই" in fifth[2023].text_bn
    assert "31 July" in fifth[2023].text_en
    assert "জুলাই" not in fifth[2013].text_bn
    assert "মিলিয়ে দেখা বাকি" in fifth[2013].source
