"""The demo content holds together: keys resolve, words are clean, no office copies another.

First only the files are read, so that a slip in the content is named by file and row; then they
are loaded, as on several days.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import DateTimeField, F, Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from bangla.text import normalise
from duties.demodata import load_demo
from duties.demodata.days import Days
from duties.demodata.past import STAMPED
from ideas.enums import IdeaChannel, IdeaStatus, PageStatus, PilotStatus
from ideas.enums import ReplicationStatus as Copy
from ideas.models import Idea, Initiative, Pilot, Replication
from jobs.enums import LetterStatus
from jobs.models import Job, Letter
from meetings.documents import MEETING_PDF
from meetings.enums import (
    Confirmation,
    DecisionStatus,
    FollowUpOutcome,
    IdeaEffect,
    ItemKind,
    ItemState,
    MeetingKind,
    MeetingStatus,
    MinutesForm,
    NoticeKind,
    Presence,
    TaskEffect,
)
from meetings.models import (
    AgendaItem,
    Assignment,
    Attendance,
    Decision,
    FollowUp,
    Meeting,
    Notice,
    Phrase,
    StandingTopic,
)
from meetings.months import month_after
from reports.models import Report, Section
from teams.memo import MemoGrammar, parse_prefix
from teams.models import AuditEntry, Office, Post, Team, User
from tests.factories import client_of
from tests.pages import find, texts_of
from workplans.models import Task, WorkPlan

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "duties" / "demo"
PLAN_FILES = sorted((DEMO / "plans").glob("*.json"))
MEETING_FILES = sorted((DEMO / "meetings").glob("*.json"))
IDEA_FILES = sorted((DEMO / "ideas").glob("*.json"))
CONTENT_FILES = [
    DEMO / "people.json",
    DEMO / "offices.json",
    DEMO / "teams.json",
    *PLAN_FILES,
    *MEETING_FILES,
    *IDEA_FILES,
]

ROLES = {"head", "innovation_officer", "member", "cabinet_reviewer", "system_administrator"}
# The quarterly form shows what the scored one says; a plan is switched to it in one step.
FORMS = {"subject", "progress", "combined", "scored"}
STATUSES = {"draft", "submitted", "returned", "approved"}
PERIOD = re.compile(r"\d{4}|\d{4}-\d{4}|\d{4}-\d{2}\.\.\d{4}-\d{2}")
DATE_WORD = re.compile(
    r"জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"
    r"|[০-৯]{2}[/.][০-৯]{2}[/.][০-৯]{4}|প্রতি|পরবর্তী"
)
# Characters of each cell. A few titles are long on purpose, to press on the layout.
LENGTHS = {"title": (60, 220), "expected_result": (40, 160), "measure": (30, 140)}
LONG_TITLES = 2
SHARED_SENTENCE = 60


class Holding(NamedTuple):
    post: str
    person: str
    starts_on: date
    ends_on: date
    additional: bool


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


PEOPLE: list[dict[str, Any]] = load(DEMO / "people.json")
OFFICES: list[dict[str, Any]] = load(DEMO / "offices.json")
PLANS: dict[str, dict[str, Any]] = {path.stem: load(path) for path in PLAN_FILES}
MEETINGS: dict[str, dict[str, Any]] = {path.stem: load(path) for path in MEETING_FILES}
IDEAS: dict[str, dict[str, Any]] = {path.stem: load(path) for path in IDEA_FILES}
POSTS: dict[str, dict[str, Any]] = {
    post["key"]: post | {"office": entry["office"]} for entry in OFFICES for post in entry["posts"]
}


def tasks(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for subject in plan["subjects"]:
        yield from subject["tasks"]


def texts(value: Any) -> Iterator[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in texts(inner))


def holdings() -> Iterator[Holding]:
    for key, post in POSTS.items():
        rows = [*post["previous"], *post["concurrent"]]
        if post["holder"]:
            rows.append({"holder": post["holder"], "from": post["from"]})
        for row in rows:
            yield Holding(
                post=key,
                person=row["holder"],
                starts_on=date.fromisoformat(row["from"]),
                ends_on=date.fromisoformat(row["to"]) if "to" in row else date.max,
                additional=row.get("kind") == "additional",
            )


def overlaps(spans: list[Holding]) -> list[tuple[Holding, Holding]]:
    ordered = sorted(spans, key=lambda span: span.starts_on)
    return [(a, b) for a, b in pairwise(ordered) if a.ends_on >= b.starts_on]


@pytest.mark.parametrize("path", CONTENT_FILES, ids=lambda path: path.name)
def test_text_is_nfc_and_normalised(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", whole)
    assert [text for text in texts(json.loads(whole)) if text != normalise(text)] == []


@pytest.mark.parametrize("field", ["key", "email", "mobile", "name_bn", "name_en"])
def test_people_are_told_apart_by_every_field(field: str) -> None:
    counted = Counter(person[field] for person in PEOPLE)
    assert [value for value, times in counted.items() if times > 1] == []


def test_people_cannot_be_reached() -> None:
    assert all(re.fullmatch(r"01300000\d{3}", person["mobile"]) for person in PEOPLE)
    assert all(person["email"].endswith("@demo.udbhabon.test") for person in PEOPLE)


def test_offices_are_of_every_tier_and_in_the_tree() -> None:
    with (ROOT / "teams" / "data" / "offices.csv").open(encoding="utf-8", newline="") as file:
        tiers = {row["code"]: row["tier"] for row in csv.DictReader(file)}
    codes = [entry["office"] for entry in OFFICES]
    assert [code for code in codes if code not in tiers] == []
    assert len(set(codes)) == len(codes)
    assert {tiers[code] for code in codes} == set(tiers.values())


@pytest.mark.parametrize("entry", OFFICES, ids=lambda entry: entry["office"])
def test_office_has_one_head_and_one_innovation_officer(entry: dict[str, Any]) -> None:
    roles = Counter(post["role"] for post in entry["posts"])
    assert set(roles) <= ROLES
    assert roles["head"] == 1
    assert roles["innovation_officer"] == 1
    designations = [post["designation_bn"] for post in entry["posts"]]
    assert len(set(designations)) == len(designations)


def test_only_the_cabinet_division_reviews_and_administers() -> None:
    roles = Counter(post["role"] for post in POSTS.values())
    assert roles["cabinet_reviewer"] == 2
    assert roles["system_administrator"] == 1
    special = [
        p for p in POSTS.values() if p["role"] in {"cabinet_reviewer", "system_administrator"}
    ]
    assert {post["office"] for post in special} == {"cabinet-division"}


def test_post_keys_are_unique_and_phones_are_invented() -> None:
    assert len(POSTS) == sum(len(entry["posts"]) for entry in OFFICES)
    phones = [post["phone"] for post in POSTS.values()]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"02-0000\d{4}", phone) for phone in phones)


def test_everyone_named_exists_and_everyone_has_served() -> None:
    assert {span.person for span in holdings()} == {person["key"] for person in PEOPLE}


def test_some_posts_are_vacant_and_some_changed_hands() -> None:
    assert any(post["holder"] is None for post in POSTS.values())
    assert any(post["previous"] for post in POSTS.values())
    assert any(post["concurrent"] for post in POSTS.values())
    assert all((post["holder"] is None) == (post["from"] is None) for post in POSTS.values())


def test_holdings_end_after_they_begin_and_never_overlap() -> None:
    by_post: dict[str, list[Holding]] = defaultdict(list)
    by_person: dict[str, list[Holding]] = defaultdict(list)
    for span in holdings():
        assert span.starts_on <= span.ends_on, span
        by_post[span.post].append(span)
        if not span.additional:
            by_person[span.person].append(span)
    clashes = [overlaps(spans) for spans in [*by_post.values(), *by_person.values()]]
    assert [clash for clash in clashes if clash] == []


def test_plans_cover_every_form_and_status() -> None:
    assert {plan["form"] for plan in PLANS.values()} == FORMS
    assert {plan["status"] for plan in PLANS.values()} == STATUSES
    periods = [(plan["office"], plan["period"]) for plan in PLANS.values()]
    assert len(set(periods)) == len(periods)


@pytest.mark.parametrize("name", PLANS)
def test_plan_belongs_to_a_known_office_and_period(name: str) -> None:
    plan = PLANS[name]
    assert plan["office"] in {entry["office"] for entry in OFFICES}
    assert PERIOD.fullmatch(plan["period"])
    # A plan without a reference date is history: the loader leaves its dates where they are.
    assert ("reference_date" in plan) == (plan["period"] != "2016")


@pytest.mark.parametrize("name", PLANS)
def test_plan_responsible_posts_are_of_its_own_office(name: str) -> None:
    plan = PLANS[name]
    for task in tasks(plan):
        assert task["responsible_text"], task["title"]
        assert task["responsible_posts"], task["title"]
        offices = {POSTS[key]["office"] for key in task["responsible_posts"]}
        assert offices == {plan["office"]}, task["title"]


@pytest.mark.parametrize("name", PLANS)
def test_plan_cells_are_of_realistic_length(name: str) -> None:
    for task in tasks(PLANS[name]):
        for field, (shortest, longest) in LENGTHS.items():
            length = len(task[field])
            assert length >= shortest, (field, task[field])
            assert length <= longest or field == "title", (field, task[field])


def test_only_a_few_titles_are_very_long() -> None:
    titles = [task["title"] for plan in PLANS.values() for task in tasks(plan)]
    assert len([title for title in titles if len(title) > LENGTHS["title"][1]]) == LONG_TITLES


@pytest.mark.parametrize("name", PLANS)
def test_plan_dates_have_date_words(name: str) -> None:
    for task in tasks(PLANS[name]):
        assert DATE_WORD.search(task["start"]), task["start"]
        assert not task["end"] or DATE_WORD.search(task["end"]), task["end"]


@pytest.mark.parametrize("name", PLANS)
def test_plan_form_shapes_its_rows(name: str) -> None:
    plan = PLANS[name]
    subjects = [subject["name"] for subject in plan["subjects"]]
    assert len(set(subjects)) == len(subjects)
    assert all(subject["tasks"] for subject in plan["subjects"])
    if plan["form"] == "combined":
        assert subjects == [""]
        assert not any(task["end"] for task in tasks(plan))
    else:
        assert all(subjects)
    if plan["form"] == "progress":
        assert any(task["progress"] for task in tasks(plan))


@pytest.mark.parametrize("name", PLANS)
def test_progress_belongs_to_approved_plans_and_moves_forward(name: str) -> None:
    plan = PLANS[name]
    last_day = plan.get("reference_date", "2016-12-31")
    for task in tasks(plan):
        entries = task["progress"]
        assert not entries or plan["status"] == "approved"
        assert all(entry["on"] <= last_day for entry in entries), task["title"]
        for entry in entries:  # of the whole, or of one part
            said = entry["part_percent"] if "part" in entry else entry["percent"]
            assert 0 <= said <= 100, task["title"]
        for earlier, later in pairwise(entries):
            assert earlier["on"] < later["on"], task["title"]
        whole = [entry["percent"] for entry in entries if "part" not in entry]
        assert whole == sorted(whole), task["title"]


def test_main_plan_has_the_size_that_the_pages_are_drawn_for() -> None:
    plan = PLANS["kaliganj-gazipur-2026-2027"]
    assert len(plan["subjects"]) == 14
    assert len(list(tasks(plan))) == 38
    latest = [task["progress"][-1]["percent"] if task["progress"] else 0 for task in tasks(plan)]
    assert 100 in latest
    assert 0 in latest


def test_no_sentence_is_shared_between_offices() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for plan in PLANS.values():
        for text in texts(list(tasks(plan))):
            for sentence in re.split(r"[।;\n]", text):
                if len(sentence.strip()) >= SHARED_SENTENCE:
                    users[sentence.strip()].add(plan["office"])
    # What two offices may share is a designation, which is short.
    assert [sentence for sentence, offices in users.items() if len(offices) > 1] == []


# --- Meetings, decisions and ideas, as the files tell them ----------------------------------
FRIDAY_AND_SATURDAY = {4, 5}
# Keys whose values stand for posts, whatever they belong to.
NAMING_POSTS = {"posts", "members", "present", "online", "absent"}
TOLD_ONCE = 40


def held_meetings(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in content["months"] if "items" in row]


def items_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in held_meetings(content):
        yield from row["items"]


def all_rows(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a JSON value, the value's own first."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield from all_rows(inner)


def posts_named(content: dict[str, Any]) -> Iterator[str]:
    for row in all_rows(content):
        for key in NAMING_POSTS & row.keys():
            if isinstance(row[key], list):
                yield from row[key]
        yield from row.get("represented", {})
        if "step" in row and "by" in row:
            yield row["by"]
    for row in held_meetings(content):
        yield from (guest["post"] for guest in row["attendance"].get("guests", []))


def days_told(row: dict[str, Any], today: date) -> list[date]:
    """The days of one meeting in the order in which they have to follow each other."""
    days = Days(today, held=Days(today).day(row["held"]))
    told = [row["called"]]
    if "moved" in row:
        told += [row["moved"]["on"], row["moved"]["from"]]
    if "cancelled" in row:
        told += [row["cancelled"]["on"]]
    settled = [row[step] for step in ("finalised", "circulated") if step in row]
    return [*map(days.day, told), days.day("held+0"), *map(days.day, settled)]


def days_after(row: dict[str, Any], today: date) -> list[date]:
    """The days on which something became of the meeting's decisions."""
    days = Days(today, held=Days(today).day(row["held"]))
    return [days.day(later["on"]) for later in row.get("later", [])]


@pytest.mark.parametrize("name", MEETINGS)
def test_meeting_posts_exist_and_decisions_stay_in_the_office(name: str) -> None:
    content = MEETINGS[name]
    assert [key for key in posts_named(content) if key not in POSTS] == []
    decided = [one for item in items_of(content) for one in item.get("decisions", [])]
    owed = {key for one in decided for key in one.get("posts", [])}
    assert {POSTS[key]["office"] for key in owed} == {content["office"]}


def test_decisions_and_ideas_spoken_of_are_told_somewhere() -> None:
    decided = [
        one
        for content in MEETINGS.values()
        for item in items_of(content)
        for one in item.get("decisions", [])
    ]
    keys = [one["key"] for one in decided if "key" in one]
    ideas = [idea["key"] for content in IDEAS.values() for idea in content["ideas"]]
    assert len(set(keys)) == len(keys)
    assert len(set(ideas)) == len(ideas)
    spoken_of = {row["decision"] for row in all_rows(list(MEETINGS.values())) if "decision" in row}
    assert spoken_of - set(keys) == set()
    assert {one["idea"] for one in decided if "idea" in one} - set(ideas) == set()


def test_meetings_of_the_main_office_have_four_to_seven_items() -> None:
    counts = [len(row["items"]) for row in held_meetings(MEETINGS["kaliganj-gazipur"])]
    assert len(counts) == 5
    assert all(4 <= count <= 7 for count in counts)


def test_memo_numbers_are_of_no_office_and_of_both_grammars() -> None:
    prefixes = [parse_prefix(content["file"]["number"]) for content in MEETINGS.values()]
    # The place is a district's number and an upazila's; ours have upazilas that are none.
    places = [prefix.prefix.split(".")[2] for prefix in prefixes]
    assert {place[2:] for place in places} <= {"97", "98", "99"}
    assert len({prefix.prefix for prefix in prefixes}) == len(prefixes)
    assert {prefix.grammar for prefix in prefixes} == set(MemoGrammar)


def test_no_sentence_of_meetings_and_ideas_is_told_twice() -> None:
    told = Counter(
        sentence.strip()
        for content in (*MEETINGS.values(), *IDEAS.values())
        for text in texts(content)
        for sentence in re.split(r"[।;]", text)
        if len(sentence.strip()) >= TOLD_ONCE
    )
    own_topics = {
        item["topic"] for one in MEETINGS.values() for item in items_of(one) if "topic" in item
    }
    repeated = [sentence for sentence, times in told.items() if times > 1]
    assert [sentence for sentence in repeated if sentence not in own_topics] == []


def test_meetings_press_on_the_script() -> None:
    """Joiners inside words, digits of both scripts in one text, conjuncts of four letters."""
    words = [text for content in (*MEETINGS.values(), *IDEAS.values()) for text in texts(content)]
    assert any("\u200d" in text for text in words)
    assert any(re.search("[০-৯]", text) and re.search("[0-9]", text) for text in words)
    assert any(re.search("(?:[ক-হ]\u09cd){3}[ক-হ]", text) for text in words)


@pytest.mark.parametrize("name", MEETINGS)
def test_days_follow_each_other_whatever_the_day_is(name: str) -> None:
    for today in (date(2026, 7, 1) + timedelta(days=n) for n in range(800)):
        rows = [row for row in MEETINGS[name]["months"] if "held" in row]
        for row in rows:
            days = days_told(row, today)
            later = days_after(row, today)
            assert days == sorted(days), (today, row["held"], days)
            assert max([*days, *later]) < today, (today, row["held"])
            assert min(later, default=days[-1]) >= days[-1], (today, row["held"])
            assert {day.weekday() for day in (*days, *later)} & FRIDAY_AND_SATURDAY == set()
            assert row["held"].startswith("today") or days[-1] < today.replace(day=1)
        for earlier, row in pairwise(rows):
            assert days_told(earlier, today)[-1] < days_told(row, today)[0], (today, row["held"])


# --- Loaded ---------------------------------------------------------------------------------
# The middle of a fiscal year, the beginning of another calendar year and of a fiscal year.
TODAYS = [date(2026, 11, 21), date(2027, 1, 2), date(2026, 7, 3)]
COUNTED: list[type[Model]] = [*STAMPED, Job, Letter, User, WorkPlan, Task, StandingTopic, Phrase]
OFFICER = "rashida.khanam@demo.udbhabon.test"


@contextmanager
def loaded_on(day: date) -> Iterator[None]:
    """Noon of that day, the demonstration just loaded into a database with nothing but offices."""
    with time_machine.travel(datetime(day.year, day.month, day.day, 6, tzinfo=UTC)):
        call_command("loadoffices", stdout=StringIO())
        load_demo()
        yield


def values_of(rows: QuerySet[Any], column: str) -> set[Any]:
    return set(rows.order_by().values_list(column, flat=True))


def stamps_of(model: type[Model]) -> Iterator[datetime]:
    """Every moment in the rows of a table."""
    columns = [one.name for one in model._meta.fields if isinstance(one, DateTimeField)]
    for row in model._default_manager.values_list(*columns):
        yield from filter(None, row)


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in COUNTED}


# Loading takes its time, so a day's questions are asked of one load.
@pytest.mark.django_db
@pytest.mark.parametrize("day", TODAYS, ids=str)
def test_story_ends_yesterday_and_leaves_work_for_today(day: date) -> None:
    with loaded_on(day):
        everything_is_past(day)
        some_was_done_in_time_and_some_late()
        officer = User.objects.get(login=OFFICER)
        last_month_is_written_and_this_one_is_not(officer, day)
        home_shows_decisions(officer, day)
        first_click_writes_an_agenda(officer, day)


def everything_is_past(day: date) -> None:
    days = values_of(Meeting.objects.all(), "held_on")
    days |= values_of(Notice.objects.all(), "issued_on")
    days |= values_of(Decision.objects.exclude(due_on=None), "due_on")
    assert {one.weekday() for one in days} & FRIDAY_AND_SATURDAY == set()
    told = AuditEntry.objects.filter(object_type__startswith="meetings.")
    assert max(timezone.localdate(at) for at in values_of(told, "at")) < day
    # Reports of years that go on are begun when the demonstration is loaded, after the story.
    begun_today = {AuditEntry, Report, Section}
    story = (model for model in STAMPED if model not in begun_today)
    assert max(timezone.localdate(at) for model in story for at in stamps_of(model)) < day


def some_was_done_in_time_and_some_late() -> None:
    done = Decision.objects.filter(status=DecisionStatus.DONE)
    assert not done.filter(completed_at__date__lt=F("meeting__held_on")).exists()
    assert done.filter(completed_at__date__lte=F("due_on")).count() >= 8
    assert done.filter(completed_at__date__gt=F("due_on")).count() >= 4


def last_month_is_written_and_this_one_is_not(officer: User, day: date) -> None:
    office = office_of(officer)
    newest, *older = office.meetings.held()
    assert newest.month == month_after(day, -1)
    assert newest.status == MeetingStatus.CIRCULATED
    assert [one.status for one in older] == [MeetingStatus.CONFIRMED] * 4
    assert not office.meetings.filter(month=day.replace(day=1)).exists()
    assert office.months_unmet.count() == 1


def home_shows_decisions(officer: User, day: date) -> None:
    ours = Decision.objects.filter(meeting__office=office_of(officer))
    late = ours.late(day).filter(status=DecisionStatus.OPEN)
    assert late.count() == 2
    soon = ours.followed().filter(due_on__range=(day, day + timedelta(days=7)))
    home = client_of(officer).get("/")
    chips, titles = texts_of(home, "ul.todo .chip"), texts_of(home, "ul.todo b")
    chip_of = dict(zip(titles, chips, strict=True))
    assert any("দেরি" in chip_of.get(text, "") for text in values_of(late, "text"))
    assert values_of(soon.filter(status=DecisionStatus.OPEN), "text") & {*titles}
    assert "মত বাকি" in chips
    assert "এ মাসের সভা এখনো ডাকা হয়নি" in titles


def first_click_writes_an_agenda(officer: User, day: date) -> None:
    office, client = office_of(officer), client_of(officer)
    sent = {"office": office.pk, "month": f"{day:%Y-%m}", "kind": MeetingKind.MONTHLY}
    assert client.post(reverse("meetings:create"), sent, follow=True).status_code == 200
    meeting = office.meetings.get(month=day.replace(day=1))
    assert values_of(meeting.items.open(), "kind") >= set(ItemKind) - {ItemKind.TASKS}
    assert meeting.items.get(kind=ItemKind.OWN).times_put_off == 1
    page = client.get(meeting.items.get(kind=ItemKind.FOLLOW_UP).get_absolute_url())
    assert len(find(page, "form.follow-up")) >= 9


def office_of(officer: User) -> Office:
    office = officer.scope.office
    assert office is not None
    return office


@pytest.mark.django_db
def test_story_shows_every_state_leaves_nothing_to_send_and_is_told_once() -> None:
    with loaded_on(TODAYS[0]):
        every_state_is_there()
        teams_leave_everybody_at_their_work()
        the_district_decided_for_the_offices_below()
        letters_were_sent_in_their_time()
        before = counts()
        assert before["Meeting"] == 12
        load_demo()
        assert counts() == before
    # In another month too: what is there may have been worked with.
    with time_machine.travel(datetime(2026, 12, 15, 6, tzinfo=UTC)):
        load_demo()
        assert counts() == before


def every_state_is_there() -> None:
    for rows, column, wanted in [
        (Meeting.objects.all(), "status", set(MeetingStatus)),
        (Meeting.objects.all(), "kind", set(MeetingKind)),
        (Meeting.objects.all(), "form", set(MinutesForm)),
        (Notice.objects.all(), "kind", set(NoticeKind)),
        (Attendance.objects.members(), "presence", set(Presence)),
        (AgendaItem.objects.all(), "kind", set(ItemKind)),
        (AgendaItem.objects.all(), "state", set(ItemState)),
        (AgendaItem.objects.exclude(confirmation=""), "confirmation", set(Confirmation)),
        (FollowUp.objects.all(), "outcome", set(FollowUpOutcome)),
        (Decision.objects.all(), "status", set(DecisionStatus)),
        (Decision.objects.all(), "task_effect", set(TaskEffect)),
        (
            Decision.objects.all(),
            "idea_effect",
            set(IdeaEffect) - {IdeaEffect.REPLICATE, IdeaEffect.RECOMMEND},
        ),
        (Idea.objects.all(), "status", set(IdeaStatus)),
        (Idea.objects.all(), "channel", set(IdeaChannel)),
        (Pilot.objects.all(), "status", set(PilotStatus) - {PilotStatus.PLANNED}),
        (Initiative.objects.all(), "status", {PageStatus.DRAFT, PageStatus.PUBLISHED}),
        (Replication.objects.all(), "status", {Copy.TAKEN, Copy.IN_USE}),
    ]:
        assert values_of(rows, column) == wanted, column
    assert Attendance.objects.guests().exists()
    assert Decision.objects.filter(resumed_at__isnull=False).exists()


def teams_leave_everybody_at_their_work() -> None:
    assert values_of(Team.objects.all(), "status") == {"draft", "issued", "replaced"}
    assert len(values_of(Team.objects.all(), "rule__valid_from")) == 2
    orders = Team.objects.in_force()
    assert orders.filter(deviations=[]).count() > orders.exclude(deviations=[]).count() > 0
    # What the rest of the demonstration is about: each post does what offices.json says.
    for entry in OFFICES:
        roles = {post["designation_bn"]: post["role"] for post in entry["posts"]}
        found = Post.objects.filter(office__code=entry["office"], designation_bn__in=roles)
        assert dict(found.values_list("designation_bn", "role")) == roles


def the_district_decided_for_the_offices_below() -> None:
    given = Assignment.objects.filter(decision__meeting__office__code="gazipur")
    below = given.exclude(office__code="gazipur")
    assert values_of(below, "office__code") == {"kaliganj-gazipur", "kapasia"}
    assert values_of(below.owed(), "office__code") == {"kaliganj-gazipur"}
    reported = below.filter(decision__status=DecisionStatus.REPORTED)
    assert values_of(reported, "office__code") == {"kaliganj-gazipur", "kapasia"}


def letters_were_sent_in_their_time() -> None:
    assert values_of(Letter.objects.all(), "status") == {LetterStatus.SENT}
    sent = values_of(Letter.objects.all(), "sent_at")
    assert max(timezone.localdate(at) for at in sent) < TODAYS[0]
    # What is left to the worker when somebody looks around for the first time.
    assert Job.objects.filter(kind=MEETING_PDF).count() <= 15
