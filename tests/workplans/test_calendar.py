"""A post's due days as a calendar that programs follow without a log-in."""

from datetime import date
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar, Event
from pytest_django import Settings

from teams.actions import transfer_post
from teams.models import AuditEntry, Post, User
from tests.access_meeting_world import post_of
from tests.factories import (
    Team,
    client_of,
    make_person,
    make_plan,
    make_progress,
    make_task,
    take_plan_to,
)
from tests.pages import find, texts_of
from workplans.actions import make_feed, update_task
from workplans.models import CalendarFeed, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def sent(team: Team, plan: WorkPlan) -> WorkPlan:
    """A plan handed in, with undivided, recurring and stepped work of the member's post."""
    make_task(plan, by=team.head, title="নামজারির ধাপ কমানো", end_text="৩১ ডিসেম্বর ২০২৬")
    make_task(plan, by=team.head, title="মাসিক সভা", start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    make_task(
        plan,
        by=team.head,
        title="ক) জরিপ\nখ) প্রশিক্ষণ",
        start_text="ক) ১ জুলাই ২০২৬ খ) ১ জানুয়ারি ২০২৭",
        end_text="ক) ৩০ সেপ্টেম্বর ২০২৬ খ) ৩১ মার্চ ২০২৭",
    )
    make_task(plan, by=team.head, title="অন্যের কাজ", responsible_text="উপজেলা নির্বাহী অফিসার")
    make_task(plan, by=team.head, title="তারিখ ছাড়া", start_text="চলমান", end_text="")
    return take_plan_to(plan, "submitted", by=team.head)


def path_for(person: User) -> str:
    """A new address of the person's post."""
    return reverse("workplans:feed", args=[make_feed(post=post_of(person), by=person)])


def read(path: str, **headers: str) -> HttpResponse:
    """The answer to a program that nobody has logged in."""
    return Client().get(path, headers=headers)


def events(answer: HttpResponse) -> dict[str, Event]:
    assert answer.status_code == 200
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    by_uid = {str(one["uid"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


# --- The page ------------------------------------------------------------------------------------
def test_address_is_shown_once_and_then_works(team: Team, sent: WorkPlan) -> None:
    client = client_of(team.member)
    page = client.get(reverse("workplans:calendar"))
    assert texts_of(page, "main .card button") == ["ঠিকানা তৈরি করুন"]
    made = client.post(reverse("workplans:feed_make"), {"post": post_of(team.member).pk})
    assert made["Cache-Control"] == "no-store, private"
    address = find(made, "#feed-address")[0].get("value")
    assert events(read(urlsplit(address).path))
    page = client.get(reverse("workplans:calendar"))
    assert not find(page, "#feed-address")
    assert "তৈরি ঠিকানা চালু আছে" in page.content.decode()
    assert CalendarFeed.objects.get().secret_hash not in address


def test_new_address_ends_the_old_one_and_can_be_ended(team: Team, sent: WorkPlan) -> None:
    old = path_for(team.member)
    new = path_for(team.member)
    assert [read(path).status_code for path in (old, new)] == [404, 200]
    client = client_of(team.member)
    client.post(reverse("workplans:feed_end", args=[CalendarFeed.objects.in_use().get().pk]))
    assert read(new).status_code == 404
    acts = AuditEntry.objects.filter(action__startswith="calendar.").values_list(
        "action", flat=True
    )
    assert sorted(acts) == ["calendar.end"] * 2 + ["calendar.make"] * 2


@pytest.mark.parametrize("post", ["", "x", "99999999999999999999", "\x00", "0"])
def test_address_of_no_post_is_not_made(team: Team, post: str) -> None:
    answer = client_of(team.member).post(reverse("workplans:feed_make"), {"post": post})
    assert answer.status_code == 404


def test_address_of_anothers_post_is_not_made(team: Team) -> None:
    answer = client_of(team.member).post(
        reverse("workplans:feed_make"), {"post": post_of(team.head).pk}
    )
    assert answer.status_code == 404
    assert not CalendarFeed.objects.exists()


# --- Who reads it --------------------------------------------------------------------------------
@pytest.mark.parametrize("secret", ["x", "a" * 43, "ক", "%00", "..%2f..", "A" * 3000])
def test_guessed_address_is_nothing(team: Team, secret: str) -> None:
    path_for(team.member)
    assert Client().get(f"/plans/calendars/{secret}.ics").status_code == 404


def test_calendar_passes_on_with_the_post(team: Team, sent: WorkPlan) -> None:
    path, post = path_for(team.member), post_of(team.member)
    successor = make_person()
    transfer_post(post=post, to=successor, starts_on=date(2026, 11, 23), by=team.head)
    assert read(path).status_code == 200
    with time_machine.travel("2026-11-23T03:30:00Z"):
        assert read(path).status_code == 404
        own = path_for(User.objects.get(pk=successor.pk))
        assert len(events(read(own))) == 15


def test_calendar_of_a_closed_post_or_account_is_silent(team: Team, sent: WorkPlan) -> None:
    path = path_for(team.member)
    Post.objects.filter(pk=post_of(team.member).pk).update(is_active=False)
    assert read(path).status_code == 404
    Post.objects.update(is_active=True)
    User.objects.filter(pk=team.member.pk).update(is_active=False)
    assert read(path).status_code == 404


def test_address_outlives_a_change_of_the_key(team: Team, settings: Settings) -> None:
    path = path_for(team.member)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key that nobody knows yet, long enough"
    assert read(path).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert read(path).status_code == 404


# --- What stands in it ---------------------------------------------------------------------------
def test_each_due_day_is_a_day_of_its_own(team: Team, sent: WorkPlan) -> None:
    found = events(read(path_for(team.member)))
    whole, monthly, staged = Task.objects.filter(responsible=post_of(team.member)).order_by("pk")[
        :3
    ]
    assert len(found) == 1 + 12 + 2
    host = "localhost"
    last = next(one for uid, one in found.items() if uid.startswith(f"task-{whole.pk}@"))
    assert (last.start, last.end) == (date(2026, 12, 31), date(2027, 1, 1))
    assert str(last["summary"]) == "নামজারির ধাপ কমানো"
    days = [one.start for uid, one in found.items() if uid.startswith(f"task-{monthly.pk}-")]
    assert days == [date(2026, month, 15) for month in range(7, 13)] + [
        date(2027, month, 15) for month in range(1, 7)
    ]
    steps = [one for uid, one in found.items() if uid.startswith(f"task-{staged.pk}-")]
    assert [str(one["description"]).split("\n")[0] for one in steps] == ["ক) জরিপ", "খ) প্রশিক্ষণ"]
    assert all((uid.isascii() and host in uid) or "@" in uid for uid in found)


def test_drafts_stay_inside_and_closed_plans_are_over(team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head)
    path = path_for(team.member)
    counts = [len(events(read(path)))]
    for status in ("submitted", "approved", "closed"):
        other = make_plan(team.office, by=team.head, status=status, period={
            "submitted": "2025-2026", "approved": "2026", "closed": "2025",
        }[status])  # fmt: skip
        counts.append(len(events(read(path))))
        assert other.tasks.count() == 1
    assert counts == [0, 1, 2, 2]


def test_plan_sent_back_stays_in_the_calendar(team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head)
    take_plan_to(plan, "returned", by=team.head)
    assert len(events(read(path_for(team.member)))) == 1


def test_nobodys_name_or_contact_leaves(team: Team, sent: WorkPlan) -> None:
    said = read(path_for(team.member)).content.decode().replace("\r\n ", "")
    for person in (team.head, team.member, team.innovation_officer):
        for words in (person.name_bn, person.email, person.mobile):
            assert words not in said
    assert "অন্যের কাজ" not in said


def test_done_work_is_marked_and_a_change_is_newer(team: Team, plan: WorkPlan) -> None:
    task = make_task(plan, by=team.head, title="কাজ")
    take_plan_to(plan, "returned", by=team.head)
    path = path_for(team.member)
    (first,) = events(read(path)).values()
    with time_machine.travel("2026-11-21T07:00:00Z"):
        task.refresh_from_db()
        words = {name: getattr(task, name) for name in ("title", "start_text", "responsible_text")}
        words |= {"expected_result": "", "measure": "", "end_text": "৩১ জানুয়ারি ২০২৭"}
        update_task(task=task, version=task.version, fields=words, by=team.head)
        (second,) = events(read(path)).values()
    assert str(first["uid"]) == str(second["uid"])
    assert second["sequence"] > first["sequence"]
    assert second["last-modified"].dt > first["last-modified"].dt
    assert second.start == date(2027, 1, 31)
    with time_machine.travel("2026-11-21T08:00:00Z"):
        make_progress(task, by=team.head, percent=100)
        (third,) = events(read(path)).values()
    assert str(third["summary"]) == "সম্পন্ন: কাজ"
    assert third["last-modified"].dt > second["last-modified"].dt


def test_lines_are_folded_within_75_octets_between_letters(team: Team, plan: WorkPlan) -> None:
    title = "স্বাস্থ্যঝুঁকি লক্ষ্ণৌ ঊর্ধ্বতন র‍্যাব; কমা, \\ উল্টো দাগ " * 6
    make_task(plan, by=team.head, title=title)
    take_plan_to(plan, "submitted", by=team.head)
    octets = read(path_for(team.member)).content
    lines = octets.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in octets.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no letter is cut in two
    (event,) = Calendar.from_ical(octets).walk("VEVENT")
    assert str(event["summary"]).startswith("স্বাস্থ্যঝুঁকি লক্ষ্ণৌ ঊর্ধ্বতন র‍্যাব; কমা, \\ উল্টো দাগ")


def test_language_is_that_of_the_page_the_address_was_made_on(team: Team, sent: WorkPlan) -> None:
    client = client_of(team.member)
    client.cookies["django_language"] = "en"
    page = client.post(reverse("workplans:feed_make"), {"post": post_of(team.member).pk})
    address = urlsplit(find(page, "#feed-address")[0].get("value"))
    assert address.query == "lang=en"
    answer = Client().get(f"{address.path}?{address.query}")
    assert answer["Content-Language"] == "en"
    assert Client().get(f"{address.path}?lang=nonsense")["Content-Language"] == "bn"


# --- How it answers ------------------------------------------------------------------------------
def test_unchanged_calendar_is_not_sent_again(team: Team, sent: WorkPlan) -> None:
    path = path_for(team.member)
    first = read(path)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"].startswith("private")
    assert not first.cookies
    with time_machine.travel("2026-11-22T07:00:00Z"):
        again = read(path, if_none_match=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        make_progress(Task.objects.first(), by=team.head, percent=100)
        assert read(path, if_none_match=first["ETag"]).status_code == 200


def test_calendar_asks_as_often_for_many_rows_as_for_few(team: Team, plan: WorkPlan) -> None:
    make_task(plan, by=team.head)
    take_plan_to(plan, "returned", by=team.head)
    path, counts = path_for(team.member), []
    for more in (0, 30):
        for number in range(more):
            make_task(
                plan, by=team.head, number=number, start_text="প্রতি মাসের ১৫ তারিখ", end_text=""
            )
        with CaptureQueriesContext(connection) as queries:
            read(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3
