"""Work in parts: days it comes back on, lettered sub-steps, and reports on each of them."""

import importlib
import io
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_plan, make_progress, make_task, take_plan_to
from tests.pages import find, form_fields, texts_of
from workplans.actions import add_progress, update_task
from workplans.actions.writing import texts_of as words_of
from workplans.enums import PlanStatus, TaskState
from workplans.models import Indicator, ProgressEntry, Task, WorkPlan
from workplans.parts import Part, Reported, due_day, parts_of, standing
from workplans.table import plan_table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TODAY = date(2026, 11, 21)


def task_of(team: Team, *, period: str = "2026-2027", **cells: str) -> Task:
    """The only row of an approved plan; undated unless its cells say something."""
    plan = make_plan(team.office, by=team.head, tasks=0, period=period)
    task = make_task(plan, by=team.head, **{"start_text": "", "end_text": "", **cells})
    take_plan_to(plan, PlanStatus.APPROVED, by=team.head)
    return Task.objects.select_related("plan").get(pk=task.pk)


def fresh(task: Task) -> Task:
    return Task.objects.with_progress().select_related("plan__office").get(pk=task.pk)


def keys(task: Task) -> list[str]:
    return [part.key for part in parts_of(task)]


def say(task: Task, part: str, percent: int = 100, on: date = TODAY, **more: object) -> None:
    add_progress(task=task, by=None, on=on, part=part, part_percent=percent, **more)  # type: ignore[arg-type]


# --- Which parts there are -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cells", "count", "first", "last"),
    [
        ({"start_text": "প্রতি মাসের ১৫ তারিখ"}, 12, "2026-07-15", "2027-06-15"),
        (
            {"start_text": "প্রতি মাসের ১৫ তারিখ", "end_text": "পরবর্তী মাসের ২৫ তারিখ"},
            *(12, "2026-08-25", "2027-07-25"),
        ),
        (
            {"start_text": "পরবর্তী মাসের ৫ তারিখ", "end_text": "পরবর্তী মাসের ১৫ তারিখ"},
            *(12, "2026-08-15", "2027-07-15"),
        ),
        ({"start_text": "প্রতি ত্রৈমাসিকে"}, 4, "2026-09-30", "2027-06-30"),
        ({"start_text": "প্রতি ৬ মাস অন্তর"}, 2, "2026-12-31", "2027-06-30"),
        ({"start_text": "ষান্মাসিক"}, 2, "2026-12-31", "2027-06-30"),
        ({"start_text": "প্রতি সপ্তাহের বৃহস্পতিবার"}, 52, "2026-07-02", "2027-06-24"),
        ({"start_text": "প্রতি বছর"}, 1, "2027-06-30", "2027-06-30"),
        ({"start_text": "১ আগস্ট ২০২৬", "end_text": "৩১ ডিসেম্বর ২০২৬"}, 0, "", ""),
    ],
)
def test_occurrences_follow_the_words_within_the_period(
    team: Team, cells: dict[str, str], count: int, first: str, last: str
) -> None:
    task = task_of(team, **cells)
    found = keys(task)
    assert (len(found), task.part_count) == (count, count)
    if count:
        assert (found[0], found[-1]) == (first, last)
        assert task.due_on == date.fromisoformat(first)
    assert task.start_text == cells["start_text"]  # shown in words as written


def test_occurrences_stay_within_the_row_s_own_dates(team: Team) -> None:
    task = task_of(team, start_text="১ অক্টোবর ২০২৬ থেকে প্রতি মাসের ১৫ তারিখ")
    assert task.starts_on == date(2026, 10, 1)
    assert keys(task)[0] == "2026-10-15"


def test_labels_name_the_day_or_the_months_in_the_language_of_the_page(team: Team) -> None:
    quarter = task_of(team, start_text="প্রতি ত্রৈমাসিকে")
    assert parts_of(quarter)[0].label == "জুলাই–সেপ্টেম্বর ২০২৬"
    with translation.override("en"):
        assert parts_of(quarter)[0].label == "July–September 2026"


STEPS = "প্রশিক্ষণ: ক) প্রস্তুতি খ) আয়োজন গ) মূল্যায়ন"


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        (
            {
                "title": STEPS,
                "start_text": "ক) ১ সেপ্টেম্বর ২০২৬ খ) ১ নভেম্বর ২০২৬ গ) ১ মার্চ ২০২৭",
                "end_text": "ক) ৩০ সেপ্টেম্বর ২০২৬ খ) ৩০ নভেম্বর ২০২৬ গ) ৩১ মার্চ ২০২৭",
            },
            [
                ("ক", "প্রস্তুতি", date(2026, 9, 1), date(2026, 9, 30)),
                ("খ", "আয়োজন", date(2026, 11, 1), date(2026, 11, 30)),
                ("গ", "মূল্যায়ন", date(2027, 3, 1), date(2027, 3, 31)),
            ],
        ),
        # The dates at the end of the title's own lines.
        (
            {
                "title": "(১) প্রস্তুতি (১৫ আগস্ট ২০২৬)\n(২) আয়োজন – ২০ মার্চ ২০২৭",
                "start_text": "১ আগস্ট ২০২৬",
                "end_text": "৩০ জুন ২০২৭",
            },
            [
                ("১", "প্রস্তুতি (১৫ আগস্ট ২০২৬)", None, date(2026, 8, 15)),
                ("২", "আয়োজন – ২০ মার্চ ২০২৭", None, date(2027, 3, 20)),
            ],
        ),
        # Letters without days of their own are words, no steps.
        ({"title": STEPS, "start_text": "১ আগস্ট ২০২৬", "end_text": "৩০ জুন ২০২৭"}, []),
    ],
)
def test_lettered_steps_have_their_own_dates(
    team: Team, cells: dict[str, str], parts: list[tuple[str, str, date | None, date]]
) -> None:
    task = task_of(team, **cells)
    found = [(one.key, one.words, one.starts_on, one.due_on) for one in parts_of(task)]
    assert (found, task.part_count, task.doubts) == (parts, len(parts), [])
    if parts:
        assert task.due_on == parts[0][3]
    assert task.title == cells["title"]


def test_staged_row_runs_from_the_first_to_the_last_day(team: Team) -> None:
    task = task_of(
        team,
        title=STEPS,
        start_text="ক) ১ সেপ্টেম্বর ২০২৬ খ) ১ নভেম্বর ২০২৬ গ) ১ মার্চ ২০২৭",
        end_text="৩০ এপ্রিল ২০২৭",
    )
    assert (task.starts_on, task.ends_on) == (date(2026, 9, 1), date(2027, 4, 30))


def test_letters_that_do_not_match_the_title_are_doubted_and_nothing_is_guessed(team: Team) -> None:
    task = task_of(
        team,
        title=STEPS,
        start_text="১ আগস্ট ২০২৬",
        end_text="ক) ৩০ সেপ্টেম্বর ২০২৬ খ) ৩০ নভেম্বর ২০২৬",
    )
    [doubt] = task.doubts
    assert doubt["reason"] == "ধাপের অক্ষরগুলো ঘরে ঘরে মেলে না: ক, খ, গ"
    # What has no day of its own is due when the last of the row is.
    assert {one.key: one.due_on for one in parts_of(task)}["গ"] == date(2026, 11, 30)


def test_changed_words_change_the_parts_and_what_is_due(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    say(task, "2026-07-15")
    task.refresh_from_db()
    assert task.due_on == date(2026, 8, 15)
    words = words_of(task)
    task = update_task(
        task=task,
        version=task.version,
        fields={**words, "start_text": "প্রতি মাসের ২০ তারিখ", "end_text": ""},
        by=team.head,
    )
    assert (task.part_count, task.due_on) == (12, date(2026, 7, 20))
    # What was reported of the 15th is kept, and makes up for nothing.
    assert task.progress.get().part == "2026-07-15"
    task = update_task(
        task=task,
        version=task.version,
        fields={**words, "start_text": "১ আগস্ট ২০২৬", "end_text": "৩১ ডিসেম্বর ২০২৬"},
        by=team.head,
    )
    assert (task.part_count, task.due_on) == (0, date(2026, 12, 31))


def test_rows_from_before_get_their_parts_and_due_days(team: Team) -> None:
    plain = task_of(team, start_text="১ আগস্ট ২০২৬", end_text="৩১ ডিসেম্বর ২০২৬")
    monthly = task_of(team, period="2025-2026", start_text="প্রতি মাসের ১৫ তারিখ")
    make_progress(monthly, by=team.head, percent=50)
    expected = [(0, date(2026, 12, 31)), (12, date(2026, 1, 15))]
    Task.objects.update(part_count=0, due_on=None)
    importlib.import_module("workplans.migrations.0009_due_days").add_due_days(apps, None)
    rows = [Task.objects.get(pk=one.pk) for one in (plain, monthly)]
    assert [(one.part_count, one.due_on) for one in rows] == expected


# --- Where the work stands -------------------------------------------------------------------
def test_percent_is_the_mean_of_the_latest_of_each_part(team: Team) -> None:
    task = task_of(team, start_text="প্রতি ত্রৈমাসিকে")
    assert fresh(task).percent is None
    say(task, "2026-09-30", 50, on=date(2026, 10, 1))
    say(task, "2026-09-30", 100, on=date(2026, 10, 5))
    say(task, "2026-09-30", 20, on=date(2026, 9, 1))  # sent later, about earlier
    say(task, "2026-12-31", 30, on=date(2026, 11, 1))
    assert fresh(task).percent == 32  # (100 + 30) / 4
    make_progress(task, by=team.head, percent=40)
    assert fresh(task).percent == 40
    before = Task.objects.with_progress(until=date(2026, 10, 2)).get()
    assert before.percent == 12


def test_task_is_done_when_all_parts_are(team: Team) -> None:
    task = task_of(team, start_text="প্রতি ত্রৈমাসিকে")
    for key in keys(task)[:3]:
        say(task, key)
    assert (fresh(task).percent, fresh(task).due_on) == (75, date(2027, 6, 30))
    say(task, keys(task)[3])
    assert (fresh(task).percent, fresh(task).due_on) == (100, None)
    assert fresh(task).state(TODAY) == TaskState.DONE
    assert Task.objects.with_progress().done().count() == 1
    say(task, keys(task)[3], 90, on=TODAY)
    assert fresh(task).due_on == date(2027, 6, 30)


def test_overdue_part_makes_the_task_late_and_the_next_one_puts_it_at_risk(team: Team) -> None:
    task = task_of(team, start_text="প্রতি মাসের ২৫ তারিখ")
    assert fresh(task).state(TODAY) == TaskState.LATE
    assert fresh(task).late_days == (TODAY - date(2026, 7, 25)).days
    say(task, "2026-10-25", with_earlier=True)
    assert fresh(task).state(TODAY) == TaskState.AT_RISK  # four days are left
    assert fresh(task).state(date(2026, 11, 10)) == TaskState.RUNNING
    [counted] = WorkPlan.objects.with_counts(date(2026, 11, 26))
    assert (counted.task_count, counted.done_count, counted.late_count) == (1, 0, 1)
    [counted] = WorkPlan.objects.with_counts(TODAY)
    assert counted.late_count == 0


def test_whole_progress_speaks_for_as_many_of_the_first_parts(team: Team) -> None:
    """What was reported before there were reports on parts does not turn late."""
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    make_progress(task, by=team.head, percent=42)
    assert fresh(task).due_on == date(2026, 12, 15)
    row = plan_table(task.plan, today=TODAY).rows[0]
    assert (row.parts_done, row.state) == (5, TaskState.RUNNING)


def test_table_of_a_day_counts_the_parts_known_then(team: Team) -> None:
    task = task_of(team, start_text="প্রতি ত্রৈমাসিকে")
    say(task, "2026-09-30", on=date(2026, 10, 10))
    then = plan_table(task.plan, today=date(2026, 10, 5), until=date(2026, 10, 5)).rows[0]
    assert (then.parts_done, then.state) == (0, TaskState.LATE)
    now = plan_table(task.plan, today=TODAY).rows[0]
    assert (now.parts_done, now.state) == (1, TaskState.RUNNING)
    page = client_of(team.member).get(task.plan.get_absolute_url())
    assert "৪টির মধ্যে ১" in texts_of(page, "td.state .chip")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 100)), max_size=12),
    st.one_of(st.none(), st.integers(0, 100)),
)
def test_due_day_is_that_of_the_first_part_that_is_not_done(
    told: list[tuple[int, int]], whole: int | None
) -> None:
    days = [date(2026, 7, 15) + timedelta(days=30 * n) for n in range(5)]
    parts = [Part(day.isoformat(), "", "", None, day) for day in days]
    reported = {parts[n].key: Reported(percent, TODAY) for n, percent in told if n < 5}
    lines = standing(parts, reported, whole)
    due = due_day(Task(ends_on=days[-1]), parts, reported, whole)
    open_days = [line.part.due_on for line in lines if not line.is_done]
    assert due == (None if (whole or 0) >= 100 or not open_days else min(open_days))  # type: ignore[type-var]


# --- Reports on a part -----------------------------------------------------------------------
def page_of(team: Team, task: Task, part: str = "") -> HttpResponse:
    return client_of(team.member).get(task.get_absolute_url() + (f"?part={part}" if part else ""))


def send(team: Team, task: Task, at: str = "", **typed: object) -> HttpResponse:
    form = form_fields(page_of(team, task, at), "#report")
    for name in ("evidence", "photo", "done", "quick", "with_earlier"):
        form.pop(name, None)
    url = reverse("workplans:progress_create", args=[task.pk])
    return client_of(team.member).post(url, {**form, **typed})


def test_form_begins_with_what_is_due_and_one_button_says_that_it_is_done(team: Team) -> None:
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    say(task, "2026-08-15", with_earlier=True)
    assert form_fields(page_of(team, task), "#report")["part"] == "2026-09-15"
    response = send(team, task, done="1")
    assert response.url == task.get_absolute_url()
    entry = ProgressEntry.objects.first()
    assert entry is not None
    assert (entry.part, entry.part_percent, entry.percent) == ("2026-09-15", 100, None)
    assert entry.created_by == team.member
    lines = texts_of(page_of(team, task), "#parts li")
    assert lines[2].startswith("হয়েছে ১৫ সেপ্টেম্বর ২০২৬ ২১ নভেম্বর ২০২৬ তারিখে হয়েছে")
    assert lines[3].startswith("দেরি ১৫ অক্টোবর ২০২৬")
    assert lines[5].startswith("সামনে ১৫ ডিসেম্বর ২০২৬")


def test_earlier_parts_are_said_done_in_the_same_report(team: Team) -> None:
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    say(task, "2026-08-15", 40)
    send(team, task, "2026-10-15", quick="75", with_earlier="on", text="তিনটিই হয়েছে")
    told = ProgressEntry.objects.latest_of_parts()[task.pk]
    assert {key: one.percent for key, one in told.items()} == {
        "2026-07-15": 100,
        "2026-08-15": 100,
        "2026-09-15": 100,
        "2026-10-15": 75,
    }
    assert fresh(task).due_on == date(2026, 10, 15)
    assert AuditEntry.objects.filter(action="progress.add").count() == 2


def test_whole_task_can_be_reported_beside_its_parts(team: Team) -> None:
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    send(team, task, part="", percent="৫০")
    assert (fresh(task).percent, ProgressEntry.objects.get().part) == (50, "")


@pytest.mark.parametrize("part", ["2026-07-16", "ক", "x" * 300, "\x00", "-1"])
def test_part_that_is_none_is_refused(team: Team, part: str) -> None:
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    form = {"form_key": uuid.uuid4(), "on": "২০/১১/২০২৬", "percent": "৫০", "part": part}
    url = reverse("workplans:progress_create", args=[task.pk])
    assert client_of(team.member).post(url, form).status_code == 422
    assert not ProgressEntry.objects.exists()
    assert page_of(team, task, part).status_code == 200
    with pytest.raises(WrongState):
        say(task, part[:12])


def test_report_sent_twice_is_one_with_all_that_goes_with_it(team: Team) -> None:
    task = task_of(team, start_text="প্রতি মাসের ১৫ তারিখ")
    key = uuid.uuid4()
    for _ in range(2):
        say(task, "2026-09-15", with_earlier=True, form_key=key)
    assert ProgressEntry.objects.count() == 3


def test_script_is_answered_with_an_address_or_a_sentence(team: Team) -> None:
    task = task_of(team, end_text="৩১ ডিসেম্বর ২০২৬")
    url = reverse("workplans:progress_create", args=[task.pk])
    client, key = client_of(team.member), uuid.uuid4()
    for _ in range(2):  # the answer was lost
        form = {"form_key": key, "on": "২০/১১/২০২৬", "done": "1"}
        answer = client.post(url, form, headers={"X-Requested-With": "report"})
        assert (answer.status_code, answer.json()) == (200, {"url": task.get_absolute_url()})
    assert ProgressEntry.objects.get().percent == 100
    form = {"form_key": uuid.uuid4(), "on": "২২/১১/২০২৬", "done": "1"}
    answer = client.post(url, form, headers={"X-Requested-With": "report"})
    assert answer.status_code == 422
    assert answer.json()["message"] == "অগ্রগতির তারিখ আজকের পরে হতে পারে না।"


# --- Values of indicators --------------------------------------------------------------------
def test_values_of_indicators_are_read_and_each_is_an_entry(team: Team) -> None:
    task = task_of(team, end_text="৩১ ডিসেম্বর ২০২৬")
    people, share = (
        Indicator.objects.create(task=task, position=n, name=name, unit=unit, updated_by=team.head)
        for n, (name, unit) in enumerate([("প্রশিক্ষিত জন", "number"), ("সন্তুষ্টি", "percent")])
    )
    names = [f"value_{people.pk}", f"value_{share.pk}"]
    refused = send(team, task, **{names[0]: "অনেক", names[1]: "৮০%"})
    assert refused.status_code == 422
    assert "“অনেক” সংখ্যা হিসেবে পড়া গেল না" in refused.content.decode()
    assert form_fields(refused, "#report")[names[1]] == "৮০%"
    assert send(team, task, quick="50", **{names[0]: "২৫", names[1]: "৮০%"}).status_code == 302
    entries = ProgressEntry.objects.order_by("pk")
    assert [(one.indicator, one.achieved_value, one.percent) for one in entries] == [
        (people, "২৫", 50),
        (share, "৮০%", None),
    ]
    with pytest.raises(WrongState):
        add_progress(
            task=task_of(team, period="2025-2026"),
            by=team.head,
            on=TODAY,
            indicator=people,
            achieved_value="৫",
        )


# --- Pictures --------------------------------------------------------------------------------
def photo_with_place() -> SimpleUploadedFile:
    """A picture as a telephone takes it: upright by a mark only, with the place and the maker."""
    picture = Image.new("RGB", (60, 40), "red")
    exif = picture.getexif()
    exif[0x0112], exif[0x010F] = 6, "ফোন"
    exif.get_ifd(0x8825).update({1: "N", 2: (23.0, 59.0, 30.0), 3: "E", 4: (90.0, 24.0, 0.0)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("সভা.jpg", out.getvalue(), "image/jpeg")


def test_photo_of_a_telephone_keeps_no_place_and_stands_upright(team: Team) -> None:
    task = task_of(team, end_text="৩১ ডিসেম্বর ২০২৬")
    photo = photo_with_place()
    assert Image.open(photo).getexif().get_ifd(0x8825)
    photo.seek(0)
    assert send(team, task, done="1", photo=photo).status_code == 302
    entry = ProgressEntry.objects.get()
    with entry.evidence.open() as file:
        content = file.read()
    kept = Image.open(io.BytesIO(content))
    assert (dict(kept.getexif()), kept.size) == ({}, (40, 60))
    assert b"Exif" not in content


def test_photo_and_file_at_once_are_not_taken_silently(team: Team) -> None:
    task = task_of(team, end_text="৩১ ডিসেম্বর ২০২৬")
    response = send(team, task, done="1", photo=photo_with_place(), evidence=photo_with_place())
    assert response.status_code == 422
    assert "ছবি ও ফাইলের একটি দিন" in response.content.decode()
    assert find(response, "input[capture='environment']")


def test_days_of_parts_change_at_midnight_in_dhaka(team: Team) -> None:
    task = task_of(team, start_text="প্রতি ত্রৈমাসিকে")
    say(task, "2026-09-30")
    with time_machine.travel(datetime(2026, 12, 31, 17, 59, tzinfo=UTC), tick=False):
        assert "দেরি" not in texts_of(page_of(team, task), "#parts .chip")
    with time_machine.travel(datetime(2026, 12, 31, 18, 0, tzinfo=UTC), tick=False):
        assert "দেরি" in texts_of(page_of(team, task), "#parts .chip")
