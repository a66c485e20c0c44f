"""What stands in the register and in the innovation database, row by row."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ideas.actions import appeal_idea, merge_idea, move_idea
from ideas.contact_words import without_contacts
from ideas.enums import APPROVE, SHORTLIST, RegisterKind
from ideas.models import Contact, Idea, Initiative, Replication
from ideas.registers import UNNAMED, count_rows, register_content, span_label
from tests.factories import Team, make_office, make_team
from tests.ideas.register import REASON, make_idea
from tests.ideas.registers import YEAR, innovation, proven, taken_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def rows_of(
    team: Team, kind: str = RegisterKind.REGISTER, span: tuple[date, date] = YEAR
) -> list[dict[str, str]]:
    return [row["words"] for row in register_content(team.office, kind, *span)["rows"]]


# --- The register --------------------------------------------------------------------------
def test_register_holds_what_was_received_in_the_span_oldest_first(team: Team) -> None:
    for day in (date(2026, 11, 2), date(2026, 7, 1), date(2026, 6, 30)):
        make_idea(team.office, by=team.head, received_on=day, title=f"ধারণা {day.isoformat()}")
    for status in ("held", "discarded"):
        make_idea(team.office, by=team.head, status=status)
    other = make_team("other", parent=team.office)
    make_idea(other.office, by=other.head)
    rows = rows_of(team)
    assert [(row["serial"], row["title"]) for row in rows] == [
        ("১", "ধারণা 2026-07-01"),
        ("২", "ধারণা 2026-11-02"),
    ]
    assert count_rows(RegisterKind.REGISTER, team.office, *YEAR) == 2


def test_row_says_everything_about_an_idea_but_how_to_reach_anybody(team: Team) -> None:
    idea = make_idea(
        team.office,
        by=team.head,
        problem="তিনবার আসতে হয়",
        submitter_name="শাহিনুর বেগম",
        submitter_detail="উদ্যোক্তা, মোবাইল: ০১৭১২-৩৪৫৬৭৮, shahinur@mail.test",
    )
    Contact.objects.update_or_create(idea=idea, defaults={"phone": "01812345678"})
    with time_machine.travel(datetime(2026, 11, 22, 6, tzinfo=UTC)):
        move_idea(idea=idea, step=SHORTLIST, by=team.head, reference="নভেম্বরের সভা, সিদ্ধান্ত ২(ক)")
    [row] = rows_of(team)
    assert row == {
        "serial": "১",
        "received_on": "১০ নভেম্বর ২০২৬",
        "title": idea.title,
        "problem": "তিনবার আসতে হয়",
        "proposal": idea.description,
        "submitter": "শাহিনুর বেগম\nউদ্যোক্তা",
        "channel": "আইডিয়া বাক্স",
        "state": "বাছাইকৃত",
        "decision": "২২ নভেম্বর ২০২৬\nনভেম্বরের সভা, সিদ্ধান্ত ২(ক)",
        "remarks": "",
    }


def test_nobody_known_is_called_so_and_an_account_by_its_name(team: Team) -> None:
    make_idea(team.office, by=team.head, submitter_name="", submitter_detail="বাক্সে পাওয়া")
    own = make_idea(team.office, by=team.head, submitter_name="")
    Idea.objects.filter(pk=own.pk).update(submitted_by=team.member)
    assert [row["submitter"] for row in rows_of(team)] == [UNNAMED, team.member.name_bn]


def test_remarks_and_decisions_tell_what_became_of_ideas(team: Team) -> None:
    make_idea(team.office, by=team.head, status="declined")
    appealed = make_idea(team.office, by=team.head, status="declined")
    Idea.objects.filter(pk=appealed.pk).update(submitted_by=team.member)
    appealed.refresh_from_db()
    appeal_idea(idea=appealed, text="আবার দেখুন", by=team.member)
    merged = make_idea(team.office, by=team.head)
    merge_idea(idea=merged, into=make_idea(team.office, by=team.head, title="বড় ধারণা"), by=team.head)
    first, second, third, _into = rows_of(team)
    assert (first["state"], first["decision"]) == (
        "গৃহীত হয়নি",
        f"২১ নভেম্বর ২০২৬\nকারণ: {REASON}",
    )
    assert second["remarks"] == "২১ নভেম্বর ২০২৬ তারিখে পুনর্বিবেচনার আবেদন"
    assert (third["state"], third["remarks"]) == ("একীভূত", "“বড় ধারণা” ধারণার সঙ্গে একীভূত")


def test_idea_of_another_office_is_not_named(team: Team) -> None:
    other = make_team("other", parent=team.office)
    into = make_idea(other.office, by=other.head, title="গোপন ধারণা")
    merged = make_idea(team.office, by=team.head)
    Idea.objects.filter(pk=merged.pk).update(
        status="merged", merged_into=into, merged_at=merged.created_at, merged_by=team.head
    )
    [row] = rows_of(team)
    assert row["remarks"] == "অন্য ধারণার সঙ্গে একীভূত"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("রহিম, ০১৭১২৩৪৫৬৭৮", "রহিম"),
        ("রহিম (মোবাইল: +৮৮ ০১৭১২-৩৪৫৬৭৮), কৃষক", "রহিম, কৃষক"),
        ("rahim@mail.gov.bd; শিক্ষক", "শিক্ষক"),
        ("রহিম\nফোন নং: 02-9876543", "রহিম"),
        ("০১/০৭/২০২৬ তারিখে যোগ দেন, রোল ১২৩৪৫৬", "০১/০৭/২০২৬ তারিখে যোগ দেন, রোল ১২৩৪৫৬"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_are_taken_out_of_words(typed: str, kept: str) -> None:
    assert without_contacts(typed) == kept


# --- The innovation database ---------------------------------------------------------------
def test_database_says_what_an_innovation_is_saves_and_where_it_went(team: Team) -> None:
    idea = innovation(team.office, by=team.head, problem="দূরের মানুষ")
    other = make_team("other", parent=team.office)
    taken_by(other.office, idea, by=other.head)
    [row] = rows_of(team, RegisterKind.DATABASE)
    assert row == {
        "serial": "১",
        "name": idea.title,
        "problem": "দূরের মানুষ",
        "does": idea.description,
        "began_on": "১ সেপ্টেম্বর ২০২৬",
        "place": "বক্তারপুর ইউনিয়ন",
        "owner": team.office.posts.first().designation_bn,
        "savings": "সময়: আগে ৫ দিন, পরে ২ দিন\nখরচ: আগে ৩৫০.৫ টাকা, পরে ৪০ টাকা\nযাতায়াত: আগে ৪ বার, পরে —",
        "people": "১২,৫০০",
        "state": "পাইলট চলছে",
        "spread": "other কার্যালয় (নেওয়া হয়েছে)",
        "source": "",
    }


def test_database_holds_what_was_approved_and_what_was_taken_over(team: Team) -> None:
    for status in ("received", "shortlisted", "declined", "merged"):
        make_idea(team.office, by=team.head, status=status)
    states = ("approved", "piloting", "stopped", "showcased", "replicated")
    own = {make_idea(team.office, by=team.head, status=status, title=status) for status in states}
    other = make_team("other", parent=team.office)
    theirs = proven(other.office, by=other.head, title="তাদের")
    taken_by(team.office, theirs, by=team.head)
    dropped = proven(other.office, by=other.head, title="বাদ")
    Replication.objects.create(
        idea=dropped, office=team.office, status="dropped", drop_reason="লাগেনি",
        dropped_at=dropped.created_at, dropped_by=team.head, taken_by=team.head,
    )  # fmt: skip
    rows = rows_of(team, RegisterKind.DATABASE)
    assert {row["name"] for row in rows} == {*(idea.title for idea in own), "উদ্যোগ: তাদের"}
    assert count_rows(RegisterKind.DATABASE, team.office, *YEAR) == len(rows) == 6
    taken = rows[0]  # it began first
    assert (taken["problem"], taken["does"]) == (
        "তিনবার আসতে হতো",
        "হাটের দিনে ভ্রাম্যমাণ সেবা\nনিজের দপ্তরের জন্য: এক জায়গায়",
    )
    page = theirs.initiative
    address = settings.SITE_URL + page.get_absolute_url()
    assert taken["source"] == f"other কার্যালয়\n{address}"


def test_page_that_was_withdrawn_lends_its_title_to_nobody(team: Team) -> None:
    other = make_team("other", parent=team.office)
    theirs = proven(other.office, by=other.head, title="তাদের")
    taken_by(team.office, theirs, by=team.head)
    Initiative.objects.update(
        status="withdrawn", withdrawn_at=theirs.created_at, withdrawn_by=other.head
    )
    [row] = rows_of(team, RegisterKind.DATABASE)
    assert (row["name"], row["problem"], row["source"]) == ("তাদের", "", "other কার্যালয়")


def test_innovation_belongs_to_the_span_in_which_it_began(team: Team) -> None:
    approved = make_idea(team.office, by=team.head, received_on=date(2026, 5, 1))
    with time_machine.travel(datetime(2026, 11, 22, 6, tzinfo=UTC)):
        for step in (SHORTLIST, APPROVE):
            move_idea(idea=approved, step=step, by=team.head)
    november = (date(2026, 11, 1), date(2026, 11, 30))
    [row] = rows_of(team, RegisterKind.DATABASE, november)
    assert row["began_on"] == "২২ নভেম্বর ২০২৬"
    assert rows_of(team, RegisterKind.DATABASE, (date(2026, 5, 1), date(2026, 5, 31))) == []


# --- Both ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (date(2026, 7, 1), date(2027, 6, 30), "২০২৬–২৭ অর্থবছর"),
        (date(2026, 1, 1), date(2026, 12, 31), "২০২৬"),
        (date(2026, 8, 1), date(2026, 9, 30), "১ আগস্ট ২০২৬ – ৩০ সেপ্টেম্বর ২০২৬"),
    ],
)
def test_span_is_called_by_its_name(first: date, last: date, label: str) -> None:
    assert span_label(first, last) == label


def test_content_is_bengali_in_any_language(team: Team) -> None:
    innovation(team.office, by=team.head)
    for kind in RegisterKind:
        with translation.override("en"):
            english = register_content(team.office, kind, *YEAR)
        assert english == register_content(team.office, kind, *YEAR)


@pytest.mark.parametrize("kind", RegisterKind)
def test_content_asks_as_often_for_a_hundred_ideas(team: Team, kind: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            register_content(team.office, kind, *YEAR)
        return len(queries)

    other = make_office("other", parent=team.office)
    first = innovation(team.office, by=team.head)
    taken_by(other, first, by=team.head)
    theirs = Idea.objects.create(office=other, title="তাদের", description="ক", status="showcased")
    taken_by(team.office, theirs, by=team.head)
    few = asked()
    for number in range(2, 101):
        idea = Idea.objects.create(
            office=team.office, title=f"ধারণা {number}", description="ক", status="piloting",
            submitted_by=team.member, forwarded_from=other,
        )  # fmt: skip
        if number % 20 == 0:
            innovation(team.office, by=team.head)
            taken_by(other, idea, by=team.head)
    assert len(rows_of(team, kind)) > 100
    assert asked() == few <= 11
