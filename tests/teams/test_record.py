"""The record of who did what: searched, read, and closed to everybody."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from celery import shared_task
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from ideas.actions import HandIn, hand_in_idea
from teams.audit import record
from teams.history.entry_page import readable_name
from teams.history.whence import answering, whence
from teams.models import AuditEntry, PostHolding, RecordIsClosed, RowVersion, User
from teams.models.record import open_the_record
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_person,
    make_plan,
    make_post,
    make_task,
)
from tests.pages import find, texts_of
from workplans.actions import submit_workplan, update_task
from workplans.actions.writing import texts_of as words_of
from workplans.models import Task, WorkPlan

pytestmark = pytest.mark.django_db

SECRET = "গোপন খসড়ার নতুন লেখা"
RECORD = "teams:record_list"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plan(country: Country) -> WorkPlan:
    """A draft with a row that was changed once."""
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head)
    task = Task.objects.get(plan=plan)
    fields = {**words_of(task), "subject": task.subject.name, "title": SECRET}
    update_task(task=task, version=task.version, fields=fields, by=head)
    return plan


def entry_url(action: str) -> str:
    return reverse("teams:record_entry", args=[AuditEntry.objects.get(action=action).pk])


# --- The timeline ----------------------------------------------------------------------------
def test_team_reads_who_did_what_and_what_changed(country: Country, plan: WorkPlan) -> None:
    member = client_of(country["upazila.member"])
    page = member.get(plan.get_absolute_url())
    assert texts_of(page, ".record li b") == [
        "কাজের লেখা বদলানো হয়েছে",
        "কাজ যোগ করা হয়েছে",
        "কর্মপরিকল্পনা শুরু করা হয়েছে",
    ]
    assert "রোকসানা পারভীন, দপ্তর প্রধান" in texts_of(page, ".record li p")[0]
    shown = member.get(find(page, ".record a")[0].get("href"))
    assert SECRET in " ".join(texts_of(shown, "ins"))
    assert "এক পাতার ফরম চালু করা" in " ".join(texts_of(shown, "del"))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("143 2026-11-03", "৩ নভেম্বর ২০২৬"),
        ("12 → 7", ""),
        ("31: নতুন কথা", "নতুন কথা"),
        ("5 জনের প্রশিক্ষণ", "5 জনের প্রশিক্ষণ"),
        ("উপজেলা কৃষি অফিসার 2026-11-20", "উপজেলা কৃষি অফিসার ২০ নভেম্বর ২০২৬"),
    ],
)
def test_changed_row_is_called_by_words_not_by_ids(name: str, read: str) -> None:
    assert readable_name(name) == read


def test_office_above_reads_the_plan_and_nothing_of_its_past(
    country: Country, plan: WorkPlan
) -> None:
    submit_workplan(workplan=plan, by=country["upazila.head"])
    above = client_of(country["district.head"])
    page = above.get(plan.get_absolute_url())
    assert page.status_code == 200
    assert find(page, ".record") == []
    addresses = [
        entry_url("task.update"),
        entry_url("workplan.submit"),
        reverse("teams:record_timeline", args=["workplans.workplan", plan.pk]),
        reverse("teams:record_row", args=["workplans.task", plan.tasks.get().pk]),
    ]
    assert [above.get(address).status_code for address in addresses] == [404] * 4
    assert plan.office.name not in above.get(reverse(RECORD)).content.decode()


def test_timeline_has_pages_and_fixed_queries(country: Country, plan: WorkPlan) -> None:
    head = client_of(country["upazila.head"])
    url = reverse("teams:record_timeline", args=["workplans.workplan", plan.pk])
    addresses = (url, plan.get_absolute_url(), reverse(RECORD))

    head.get(url)
    few = queries(head, addresses)
    for _number in range(60):
        record("workplan.import", plan, by=country["upazila.head"], office=plan.office)
    assert queries(head, addresses) == few
    assert len(find(head.get(url), ".record li")) == 50
    assert len(find(head.get(f"{url}?page=2"), ".record li")) == 13


def queries(client: Client, addresses: tuple[str, ...]) -> list[int]:
    counts = []
    for address in addresses:
        asked: list[str] = []

        def note(execute, sql, *rest, asked=asked):  # type: ignore[no-untyped-def]
            asked.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    return counts


# --- Searched --------------------------------------------------------------------------------
def test_administrator_sees_who_and_what_kind_but_no_words(
    country: Country, plan: WorkPlan
) -> None:
    administrator = client_of(country["administrator"])
    listed = administrator.get(reverse(RECORD)).content.decode()
    assert "কাজের লেখা বদলানো হয়েছে" in listed
    assert SECRET not in listed
    page = administrator.get(entry_url("task.update"))
    assert "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)" in page.content.decode()
    assert SECRET not in page.content.decode()
    assert "এক পাতার ফরম" not in page.content.decode()
    row = reverse("teams:record_row", args=["workplans.task", plan.tasks.get().pk])
    assert administrator.get(row).status_code == 404
    for form in ("csv", "xlsx"):
        assert SECRET.encode() not in body(administrator, form)


def test_search_narrows_by_everything(country: Country, plan: WorkPlan) -> None:
    make_plan(country.sibling, by=country["sibling.head"])
    administrator = client_of(country["administrator"])

    def found(**asked: str) -> int:
        page = administrator.get(reverse(RECORD), asked)
        return len(find(page, "tbody tr"))

    everything = found()
    assert everything == AuditEntry.objects.count()
    task = plan.tasks.get()
    for asked, number in (
        ({"action": "task.update"}, 1),
        ({"office": "sibling"}, 2),
        ({"person": country["sibling.head"].login}, 2),
        ({"kind": "workplans.task", "number": str(task.pk)}, 2),
        ({"origin": "web"}, 0),
        ({"address": "10.0.0.1"}, 0),
        ({"until": "১ জানুয়ারি ২০২০"}, 0),
        ({"since": "১ জানুয়ারি ২০২০"}, everything),
        ({"number": "²"}, 0),
        ({"number": "9" * 5000}, everything),  # refused with a sentence, not searched for
        ({"post": "এমন পদ নেই"}, 0),
    ):
        assert found(**asked) == number, asked


def test_head_finds_own_office_only(country: Country, plan: WorkPlan) -> None:
    make_plan(country.sibling, by=country["sibling.head"])
    page = client_of(country["upazila.head"]).get(reverse(RECORD))
    assert len(find(page, "tbody tr")) == AuditEntry.objects.filter(office=country.upazila).count()
    assert client_of(country["upazila.member"]).get(reverse(RECORD)).status_code == 403


def body(client: Client, form: str) -> bytes:
    response = client.get(reverse("teams:record_export", args=[form]))
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_files_hold_words_and_no_formula(country: Country) -> None:
    person = make_person("=HYPERLINK(1)")
    make_post(country.upazila, designation="+পদ", holder=person)
    plan = make_plan(country.upazila, by=person)
    client = client_of(country["administrator"])
    lines = list(csv.reader(StringIO(body(client, "csv").decode("utf-8-sig"))))
    assert len(lines) == AuditEntry.objects.count() + 1
    cells = [cell for line in lines for cell in line]
    assert "'=HYPERLINK(1)" in cells
    assert "'+পদ" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    sheet = load_workbook(BytesIO(body(client, "xlsx"))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert str(plan.pk) in {cell.value for row in sheet.iter_rows() for cell in row}


# --- From where ------------------------------------------------------------------------------
def test_web_entry_has_its_address(country: Country, plan: WorkPlan) -> None:
    client_of(country["upazila.head"]).post(f"/plans/{plan.pk}/submit/", REMOTE_ADDR="10.1.2.3")
    entry = AuditEntry.objects.get(action="workplan.submit")
    assert (entry.origin, entry.address) == ("web", "10.1.2.3")
    assert whence().origin == "command"  # nothing stays behind


def test_whoever_hands_in_unnamed_leaves_no_address(country: Country, rf: RequestFactory) -> None:
    request = rf.post("/", REMOTE_ADDR="10.1.2.3")
    for by in (None, country["upazila.member"]):
        with answering(request):
            hand_in_idea(
                office=country.upazila,
                hand_in=HandIn(description="সেবার দিন বাড়ানো হোক"),
                by=by,
                form_key=uuid4(),
            )
    entries = AuditEntry.objects.filter(action="idea.hand_in")
    assert set(entries.values_list("origin", "address")) == {("web", None)}


@shared_task
def told_whence() -> str:
    return whence().origin.value


def test_worker_is_told_apart() -> None:
    assert told_whence.apply().get() == "worker"
    assert whence().origin == "command"


# --- Closed ----------------------------------------------------------------------------------
def test_application_cannot_change_or_remove_entries(country: Country, plan: WorkPlan) -> None:
    for model in (AuditEntry, RowVersion):
        row = model.objects.latest("pk")
        for attempt in (
            row.save,
            row.delete,
            lambda model=model: model.objects.all().delete(),
            lambda model=model: model.objects.all().update(object_id=0),
        ):
            with pytest.raises(RecordIsClosed):
                attempt()


def test_postgresql_refuses_whoever_goes_around_the_model(plan: WorkPlan) -> None:
    """SQLite has no such guard: it is for a machine of one's own."""
    for table in ("teams_auditentry", "teams_rowversion"):
        for sql in (f"UPDATE {table} SET object_id = 0", f"DELETE FROM {table}"):
            if connection.vendor == "postgresql":
                with (
                    pytest.raises(DatabaseError, match="closed"),
                    transaction.atomic(),
                    connection.cursor() as cursor,
                ):
                    cursor.execute(sql)
    entries = AuditEntry.objects.count()
    with transaction.atomic():
        open_the_record()
        assert QuerySet.update(AuditEntry.objects.all(), object_id=1) == entries


def test_former_head_finds_nothing(country: Country, plan: WorkPlan) -> None:
    head = country["upazila.head"]
    client = client_of(head)
    yesterday = timezone.localdate() - timedelta(days=1)
    PostHolding.objects.filter(person=head).update(ends_on=yesterday)
    assert client.get(reverse(RECORD)).status_code == 403
    assert client.get(entry_url("task.update")).status_code == 404
    assert User.objects.get(pk=head.pk).scope.posts == ()


def test_entry_names_the_post_of_its_office(country: Country) -> None:
    """Whoever holds posts in two offices acts in each from the post held there."""
    head = country["upazila.head"]
    second = make_post(country.sibling, holder=head)
    plan = make_plan(country.sibling, by=User.objects.get(pk=head.pk))
    make_task(plan, by=User.objects.get(pk=head.pk))
    posts = set(AuditEntry.objects.filter(office=country.sibling).values_list("by_post", flat=True))
    assert posts == {second.pk}
