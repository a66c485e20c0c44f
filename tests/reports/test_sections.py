"""A report while it is written: what is offered, what is one's own, what is missing."""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from meetings.actions import reopen_minutes
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from reports.actions import (
    ScoreText,
    StaleReport,
    add_report_picture,
    bring_back_section,
    caption_report_picture,
    leave_out_section,
    move_report_picture,
    remove_report_picture,
    restore_words,
    set_own_figure,
    set_score_lines,
    submit_report,
    take_offer,
    update_section,
)
from reports.actions.activities import ActivityText, remove_activity, update_activity
from reports.documents import report_content
from reports.enums import ActivityKind, ReportKind, SectionKey
from reports.models import Activity, Report, Section, SectionRule
from reports.sections import (
    FIGURES,
    CheckKind,
    checklist,
    is_ready,
    offers_of,
    records_of,
)
from teams.models import AuditEntry, User
from teams.transitions import WrongState
from tests.factories import Team, make_plan, make_task, make_team
from tests.ideas.pilots import make_pilot, picture
from tests.ideas.pilots import measure as measure_pilot
from tests.ideas.register import make_idea
from tests.ideas.showcase import make_award, make_event, make_initiative
from tests.meetings.rows import decided, make_meeting
from tests.races import at_once
from tests.reports.activities import make_activity
from tests.reports.build import make_report
from workplans.actions import add_progress
from workplans.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

# The present year: what the helpers of other rooms make happens within it.
YEAR = "2026-2027"
ON = date(2026, 9, 5)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def training(team: Team) -> Activity:
    return make_activity(team.office, by=team.member, held_on=ON, participants=30, women=10)


@pytest.fixture
def report(team: Team, training: Activity) -> Report:
    return make_report(team.office, by=team.head, period=YEAR)


def part(report: Report, key: str) -> Section:
    return report.sections.select_related("report__office").get(key=key)


def change(activity: Activity, **said: Any) -> None:
    by = activity.created_by
    text = ActivityText(title=activity.title, held_on=ON, **said)
    update_activity(activity=activity, version=activity.version, text=text, by=by)


def said(report: Report, key: str) -> dict[str, str]:
    """The numbers of a part as they will be printed."""
    content = report_content(Report.objects.get(pk=report.pk))
    section = next(one for one in content["sections"] if one["key"] == key)
    return {figure["key"]: figure["text"] for figure in section["figures"]}


# --- Offered, and not forced -----------------------------------------------------------------
def test_number_that_changes_is_offered_and_taken_when_asked(
    report: Report, training: Activity, team: Team
) -> None:
    assert not any(offers_of(report).values())
    change(training, participants=45, women=20)
    assert said(report, "training")["participants"] == "৩০ জন"

    offer = offers_of(report)["training"]
    assert {one.key: (one.said, one.counted) for one in offer.changed} == {
        "participants": (30, 45),
        "women": (10, 20),
    }
    assert [one.said_text for one in offer.figures] == ["৩০ জন", "১০ জন"]
    (table,) = offer.tables
    (row,) = table.changed
    assert (row.before[3], row.after[3]) == ("৩০", "৪৫")
    assert "৪৫ জন" in offer.words

    section = part(report, "training")
    taken = take_offer(section=section, version=section.version, by=team.member)
    assert said(report, "training")["participants"] == "৪৫ জন"
    assert "৪৫ জন" in taken.words
    assert taken.version == section.version + 1
    assert not any(offers_of(report).values())
    entry = AuditEntry.objects.get(action="section.take")
    assert entry.before["figures"]["women"]["value"] == "10"
    assert entry.after["figures"]["women"]["value"] == "20"


def test_only_what_was_named_is_taken(report: Report, training: Activity, team: Team) -> None:
    change(training, participants=45, women=20)
    section = part(report, "training")
    take_offer(
        section=section, version=section.version, by=team.member, figures=["women"], tables=False
    )
    assert said(report, "training") | {"women": "২০ জন", "participants": "৩০ জন"} == said(
        report, "training"
    )
    offer = offers_of(report)["training"]
    assert [one.key for one in offer.figures] == ["participants"]
    assert [table.key for table in offer.tables] == ["trainings"]


def test_table_tells_what_came_and_what_went(
    report: Report, training: Activity, team: Team
) -> None:
    remove_activity(activity=training, by=team.member)
    make_activity(team.office, by=team.member, held_on=ON, title="ই-ফাইলিং", participants=12)
    offer = offers_of(report)["training"]
    (table,) = offer.tables
    assert [row[0] for row in table.added] == ["ই-ফাইলিং"]
    assert [row[0] for row in table.removed] == ["নাগরিক সেবায় উদ্ভাবন"]
    assert table.changed == []
    assert table.headings[:2] == ["বিষয়", "তারিখ"]


def test_row_that_comes_in_above_changes_no_other(
    report: Report, training: Activity, team: Team
) -> None:
    make_activity(team.office, by=team.member, held_on=date(2026, 7, 1), title="ই-ফাইলিং")
    (table,) = offers_of(report)["training"].tables
    assert ([row[0] for row in table.added], table.removed, table.changed) == (["ই-ফাইলিং"], [], [])
    assert not table.is_rearranged


def test_time_that_passes_is_no_news_of_a_table(team: Team) -> None:
    """How a task stands is worked out from the day; what the table says of it is not."""
    make_plan(team.office, by=team.head, tasks=2, period=YEAR)
    report = make_report(team.office, by=team.head, period=YEAR)
    with time_machine.travel(datetime(2027, 1, 2, 6, tzinfo=UTC)):
        offer = offers_of(report)["plan"]
        assert [one.key for one in offer.figures] == ["late"]
        assert offer.tables == ()


def test_table_that_goes_altogether_is_offered(
    report: Report, training: Activity, team: Team
) -> None:
    remove_activity(activity=training, by=team.member)
    (table,) = offers_of(report)["training"].tables
    assert (len(table.removed), table.added) == (1, [])
    section = part(report, "training")
    taken = take_offer(section=section, version=section.version, by=team.member)
    assert taken.tables == []
    assert taken.words == "প্রতিবেদনাধীন সময়ে কোনো প্রশিক্ষণ বা কর্মশালা আয়োজন করা হয়নি।"


def test_minutes_opened_again_are_no_longer_counted(team: Team) -> None:
    meeting = make_meeting(
        team.office, by=team.head, decisions=[decided()], status=MeetingStatus.FINALISED
    )
    report = make_report(team.office, by=team.head, period=YEAR)
    reopen_minutes(meeting=meeting, by=team.head, reason="ভাষা ভুল")
    offers = offers_of(report)
    assert {one.key: one.counted for one in offers["meetings"].figures} == {
        "held": 0,
        "monthly": 0,
        "decisions": 0,
    }
    assert [table.key for table in offers["annexes"].tables] == ["decisions"]
    assert not Meeting.objects.held().exists()


def test_newer_plan_is_offered_and_becomes_the_reports(report: Report, team: Team) -> None:
    assert report.plan is None
    plan = make_plan(team.office, by=team.head, tasks=2, period=YEAR)
    offer = offers_of(report)["plan"]
    assert [(one.key, one.counted) for one in offer.figures] == [("tasks", 2)]
    assert len(offer.tables[0].added) == 2
    section = part(report, "plan")
    take_offer(section=section, version=section.version, by=team.member)
    report.refresh_from_db()
    assert report.plan == plan


def test_introduction_follows_the_numbers_of_other_parts(
    report: Report, training: Activity, team: Team
) -> None:
    make_activity(team.office, by=team.member, held_on=ON)
    section = part(report, "training")
    take_offer(section=section, version=section.version, by=team.member)
    assert "২টি প্রশিক্ষণ আয়োজন করা হয়েছে" in part(report, "introduction").words
    assert not any(offers_of(report).values())


# --- Own words -------------------------------------------------------------------------------
def test_own_words_are_never_overwritten(report: Report, training: Activity, team: Team) -> None:
    section = part(report, "training")
    own = update_section(
        section=section,
        version=section.version,
        words=" আমাদের প্রশিক্ষণ\r\nভালো হয়েছে। সাম\u09dfিক ",
        by=team.member,
    )
    assert own.words == "আমাদের প্রশিক্ষণ\nভালো হয়েছে। সাম\u09af\u09bcিক"
    change(training, participants=45)
    assert offers_of(report)["training"].words == ""
    taken = take_offer(section=own, version=own.version, by=team.member)
    assert taken.words == own.words
    restored = restore_words(section=taken, version=taken.version, by=team.member)
    assert "৪৫ জন" in restored.words
    assert not restored.is_own_words


def test_words_saved_from_an_old_copy_are_refused(report: Report, team: Team) -> None:
    section = part(report, "training")
    update_section(section=section, version=1, words="তাঁর কথা", by=team.head)
    with pytest.raises(StaleReport) as stale:
        update_section(section=section, version=1, words="আমার কথা", by=team.member)
    assert stale.value.current.words == "তাঁর কথা"
    with pytest.raises(StaleReport):
        take_offer(section=section, version=1, by=team.member)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_at_once_one_is_saved() -> None:
    team = make_team()
    report = make_report(team.office, by=team.head, period=YEAR)
    section = part(report, "training")

    def save(number: int) -> bool:
        by = User.objects.get(pk=team.member.pk)
        one = part(report, "training")
        try:
            update_section(section=one, version=section.version, words=f"কথা {number}", by=by)
        except StaleReport:
            return False
        return True

    assert sum(at_once([partial(save, number) for number in range(4)])) == 1
    section.refresh_from_db()
    assert section.version == 2


def test_sent_report_is_not_written_in(report: Report, team: Team) -> None:
    section = part(report, "training")
    submit_report(report=report, by=team.head)
    for write in (
        lambda: update_section(section=section, version=1, words="কথা", by=team.head),
        lambda: take_offer(section=section, version=1, by=team.head),
        lambda: set_score_lines(report=report, lines=[], by=team.head),
        lambda: add_report_picture(report=report, clean=picture(), caption="ছবি", by=team.head),
    ):
        with pytest.raises(WrongState, match="পর্যালোচনায়"):
            write()


def test_stranger_writes_nothing(report: Report) -> None:
    stranger = make_team("other").head
    section = part(report, "training")
    with pytest.raises(PermissionDenied):
        update_section(section=section, version=1, words="কথা", by=stranger)


# --- Own numbers -----------------------------------------------------------------------------
def test_own_number_has_a_reason_and_the_counted_one_stays_offered(
    report: Report, training: Activity, team: Team
) -> None:
    section = part(report, "training")
    with pytest.raises(ValidationError, match="কারণ"):
        own_number(section, "participants", "40", " ", team)
    own = own_number(section, "participants", "40", "দুই ব্যাচের তালিকা হারিয়েছে", team)
    assert "৪০ জন" in own.words
    figures = report_content(report)["sections"][2]["figures"]
    figure = next(one for one in figures if one["key"] == "participants")
    assert (figure["value"], figure["text"]) == ("40.00", "৪০ জন")
    assert figure["reason"] == "দুই ব্যাচের তালিকা হারিয়েছে"

    (offered,) = offers_of(report)["training"].own
    assert (offered.said, offered.counted, offered.reason) == (40, 30, figure["reason"])
    assert not offers_of(report)["training"].is_news
    # Taking everything leaves it; taken by its name it is counted again.
    change(training, participants=31, women=9)
    own = take_offer(section=own, version=own.version, by=team.member)
    assert said(report, "training") | {"participants": "৪০ জন", "women": "৯ জন"} == said(
        report, "training"
    )
    take_offer(section=own, version=own.version, by=team.member, figures=["participants"])
    assert said(report, "training")["participants"] == "৩১ জন"
    assert not any(offers_of(report).values())


def own_number(section: Section, figure: str, value: str, reason: str, team: Team) -> Section:
    return set_own_figure(
        section=section,
        figure=figure,
        value=Decimal(value),
        reason=reason,
        version=section.version,
        by=team.member,
    )


@pytest.mark.parametrize(
    ("key", "figure", "value"),
    [
        ("training", "participants", "-1"),
        ("training", "participants", "1.5"),
        ("training", "participants", "1e30"),
        ("training", "participants", "NaN"),
        ("plan", "percent", "101"),
    ],
)
def test_impossible_own_number_is_refused(
    report: Report, team: Team, key: str, figure: str, value: str
) -> None:
    with pytest.raises(ValidationError):
        own_number(part(report, key), figure, value, "কারণ আছে", team)


def test_savings_may_be_losses_and_money_has_fractions(report: Report, team: Team) -> None:
    own_number(part(report, "projects"), "saved_taka", "-125000.50", "নিজস্ব হিসাব", team)
    assert said(report, "projects")["saved_taka"] == "\N{MINUS SIGN}১,২৫,০০০.৫ টাকা"
    assert "বছরে ১,২৫,০০০.৫ টাকা বেশি খরচ লাগছে" in part(report, "projects").words


# --- Parts left out --------------------------------------------------------------------------
def test_part_is_left_out_with_a_reason_and_comes_back(report: Report, team: Team) -> None:
    section = part(report, "circles")
    with pytest.raises(ValidationError):
        leave_out_section(section=section, reason="", version=1, by=team.member)
    out = leave_out_section(section=section, reason="সার্কেল নেই", version=1, by=team.member)
    keys = [one["key"] for one in report_content(report)["sections"]]
    assert "circles" not in keys
    assert "circles" not in offers_of(report)
    (check,) = [one for one in checklist(report) if one.section == "circles"]
    assert (check.kind, "সার্কেল নেই" in check.text) == (CheckKind.DONE, True)
    bring_back_section(section=out, version=out.version, by=team.member)
    assert "circles" in [one["key"] for one in report_content(report)["sections"]]


def test_part_that_no_report_goes_without_stays(report: Report, team: Team) -> None:
    with pytest.raises(WrongState, match="ইনোভেশন টিমের সভা"):
        leave_out_section(
            section=part(report, "meetings"), reason="হয়নি", version=1, by=team.member
        )


def test_later_rule_for_a_part_replaces_the_earlier_one(team: Team) -> None:
    SectionRule.objects.create(
        kind=ReportKind.ANNUAL,
        section=SectionKey.CIRCLES,
        position=1,
        is_required=True,
        valid_from=date(2026, 1, 1),
        source="পরিপত্র",
    )
    report = make_report(team.office, by=team.head, period=YEAR)
    assert part(report, "circles").is_required
    older = make_report(team.office, by=team.head, period="2024-2025")
    assert not part(older, "circles").is_required


# --- Scores and pictures ---------------------------------------------------------------------
def test_scores_stand_in_the_report_at_once(report: Report, team: Team) -> None:
    lines = [
        ScoreText("সূচক ১", Decimal(10), Decimal("8.5")),
        ScoreText("সূচক ২", Decimal(5), Decimal(5)),
    ]
    set_score_lines(report=report, lines=lines, by=team.member, version=1)
    assert said(report, "scores") == {"total": "১৩.৫ নম্বর", "weight": "১৫ নম্বর"}
    section = part(report, "scores")
    assert "১৫ নম্বরের মধ্যে ১৩.৫ নম্বর" in section.words
    assert section.tables[0]["rows"][0]["cells"][-1] == "৮.৫"
    with pytest.raises(StaleReport):
        set_score_lines(report=report, lines=[], by=team.member, version=1)
    set_score_lines(report=report, lines=lines[:1], by=team.member, version=section.version)
    assert said(report, "scores")["total"] == "৮.৫ নম্বর"


@pytest.mark.parametrize(
    ("weight", "score"), [("10", "10.01"), ("10", "-1"), ("0", "0"), ("1e9", "1"), ("10", "NaN")]
)
def test_impossible_score_is_refused(report: Report, team: Team, weight: str, score: str) -> None:
    lines = [ScoreText("সূচক", Decimal(weight), Decimal(score))]
    with pytest.raises(ValidationError, match="১ নম্বর সারি"):
        set_score_lines(report=report, lines=lines, by=team.member)


def test_pictures_are_added_ordered_and_removed(report: Report, team: Team) -> None:
    first, second = (
        add_report_picture(report=report, clean=picture(colour), caption=caption, by=team.member)
        for colour, caption in (("red", "প্রশিক্ষণ"), ("blue", "শোকেসিং"))
    )
    again = add_report_picture(report=report, clean=picture("red"), caption="আবার", by=team.head)
    assert again == first
    move_report_picture(picture=second, up=True, by=team.member)
    move_report_picture(picture=second, up=True, by=team.member)
    caption_report_picture(picture=first, caption=" নতুন  কথা ", by=team.member)
    annex = report_content(report)["sections"][-1]
    assert [one["caption"] for one in annex["pictures"]] == ["শোকেসিং", "নতুন কথা"]
    assert [one["name"] for one in annex["pictures"]] == ["picture-1.png", "picture-2.png"]
    assert annex["figures"][0]["text"] == "২টি"
    remove_report_picture(picture=second, by=team.member)
    assert said(report, "annexes") == {"pictures": "১টি"}
    with pytest.raises(ValidationError):
        caption_report_picture(picture=first, caption="  ", by=team.member)


# --- The checklist ---------------------------------------------------------------------------
def lines_of(report: Report, key: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in checklist(report) if one.section == key]


def test_checklist_says_what_is_missing_and_what_to_do(report: Report, team: Team) -> None:
    assert lines_of(report, "training") == [("done", "নথির সঙ্গে মিল আছে।")]
    ((_kind, meetings),) = lines_of(report, "meetings")
    # July to October are over.
    assert meetings.startswith("৪টি মাসের মাসিক সভার")
    assert "কর্মপরিকল্পনা নেই" in lines_of(report, "plan")[0][1]
    assert "এখনো নেই" in lines_of(report, "next_plan")[0][1]
    assert "নিজের ভাষায়" in lines_of(report, "problems")[0][1]
    assert "নম্বর লেখা হয়নি" in lines_of(report, "scores")[0][1]
    make_activity(team.office, by=team.member, held_on=ON)
    told = [text for _kind, text in lines_of(report, "training")]
    assert ["নতুন তথ্য" in told[0], told[1].startswith("১টি প্রশিক্ষণ")] == [True, True]


def test_report_is_ready_when_every_required_part_speaks(report: Report, team: Team) -> None:
    assert is_ready(report)
    section = part(report, "problems")
    update_section(section=section, version=1, words=" ", by=team.member)
    assert not is_ready(report)
    ((kind, _text),) = lines_of(report, "problems")
    assert kind == CheckKind.LATE


def test_unmeasured_pilot_is_asked_for(team: Team) -> None:
    make_initiative(team.office, by=team.head)
    report = make_report(team.office, by=team.head, period=YEAR)
    assert any("১টি সফল পাইলট" in text for _kind, text in lines_of(report, "projects"))


# --- Numbers of queries ----------------------------------------------------------------------
def fill(team: Team, times: int) -> None:
    """Everything a report can tell, so many times over."""
    by, office = team.head, team.office
    plan = make_plan(office, by=by, tasks=times, period=YEAR)
    for task in plan.tasks.all():
        add_progress(task=task, by=by, on=ON, text="এগিয়েছে", percent=40)
    make_plan(office, by=by, tasks=times, period="2027-2028")
    for number in range(times):
        for kind in ActivityKind.values:
            make_activity(office, by=by, kind=kind, held_on=ON, participants=3, women=1)
        pilot = make_pilot(office, by=by)
        measure_pilot(pilot, by=by)
        make_idea(office, by=by, status="declined")
        page = make_initiative(office, by=by, status="published")
        make_event(office, page, by=by)
        make_award(office, by=by)
        make_meeting(
            office,
            by=by,
            on=date(2026, 8, 1 + number),
            kind="special",
            decisions=[decided()],
            status=MeetingStatus.FINALISED,
        )


def queries_of(report: Report) -> dict[str, int]:
    counts = {}
    for asked in (offers_of, checklist, report_content):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            asked(Report.objects.select_related("office__parent").get(pk=report.pk))
        counts[asked.__name__] = len(seen)
    return counts


def test_number_of_queries_does_not_grow_with_the_records() -> None:
    few, many = make_team("few"), make_team("many")
    fill(few, 1)
    fill(many, 9)
    # Of the light ones a hundred.
    Activity.objects.bulk_create(
        Activity(office=many.office, kind="training", title=f"প্রশিক্ষণ {n}", held_on=ON)
        for n in range(100)
    )
    Task.objects.bulk_create(
        Task(plan=task.plan, subject=task.subject, position=n, title=f"কাজ {n}")
        for task in Task.objects.filter(plan__office=many.office)[:1]
        for n in range(100)
    )
    one, hundred = (make_report(team.office, by=team.head, period=YEAR) for team in (few, many))
    assert queries_of(one) == queries_of(hundred)
    assert queries_of(one)["offers_of"] < 40


# --- In whatever language --------------------------------------------------------------------
def test_report_is_bengali_and_the_list_of_records_is_the_readers(
    team: Team, training: Activity
) -> None:
    with translation.override("en"):
        report = make_report(team.office, by=team.head, period=YEAR)
        assert "প্রশিক্ষণ আয়োজন করা হয়েছে" in part(report, "training").words
        assert not any(offers_of(report).values())
        assert records_of(report, "training", "participants").total == 30


@pytest.mark.parametrize(("section", "figure"), [("training", "none"), ("none", "held")])
def test_number_that_no_report_has_is_a_key_error(
    report: Report, section: str, figure: str
) -> None:
    with pytest.raises(KeyError):
        records_of(report, section, figure)


def test_every_part_that_happened_speaks_and_none_of_a_zero(team: Team) -> None:
    empty = make_report(team.office, by=team.head, period=YEAR)
    for section in empty.sections.all():
        assert section.words or section.key == "annexes", section.key
        assert "০" not in section.words.replace("২০২৬", "").replace("২০২৭", "").replace("৩০ জুন", "")
    other = make_team("other")
    fill(other, 1)
    full = make_report(other.office, by=other.head, period=YEAR)
    told = {one.key: one.words for one in full.sections.all()}
    assert all("হয়নি" not in told[key] for key in ("training", "meetings", "showcase", "finance"))
    make_task(make_plan(other.office, by=other.head, period="2025-2026"), by=other.head)
    assert set(FIGURES) == set(SectionKey.values)
