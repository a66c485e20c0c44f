"""What was sent stays as it was, whatever becomes of the records it was made of."""

import hashlib
import io
from copy import deepcopy
from datetime import date
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jobs import runner
from jobs.documents import open_document
from meetings.enums import MeetingStatus
from reports import jobhandlers
from reports.actions import return_report, submit_report, update_section
from reports.actions.activities import ActivityText, update_activity
from reports.actions.pictures import add_report_picture, remove_report_picture
from reports.models import Activity, Report, Submission
from teams.actions import give_post
from teams.models import Post, User
from teams.papers import fingerprint, plain_json
from teams.uploads import CleanFile
from tests.factories import (
    PNG,
    Country,
    client_of,
    make_country,
    make_person,
    make_plan,
    make_progress,
    make_task,
)
from tests.meetings.rows import decided, make_meeting
from tests.pages import texts_of
from tests.reports.activities import make_activity
from tests.reports.auth import confirmed_client_of
from tests.reports.build import make_report, soon
from workplans.actions import delete_task, update_task
from workplans.actions.writing import texts_of as texts_of_task
from workplans.models import WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def head(country: Country) -> User:
    return country["upazila.head"]


@pytest.fixture
def plan(country: Country, head: User) -> WorkPlan:
    return make_plan(country.upazila, by=head, tasks=3, period="2025-2026")


@pytest.fixture
def report(country: Country, head: User, plan: WorkPlan) -> Report:
    """A report on a plan, a meeting, a training and a picture, written by the team."""
    office = country.upazila
    make_progress(plan.tasks.first(), by=head, percent=40)
    make_meeting(
        office,
        by=head,
        on=date(2026, 3, 11),
        decisions=[decided(text="তিনটি ইউনিয়নে ক্যাম্প হবে")],
        status=MeetingStatus.CIRCULATED,
    )
    make_activity(office, by=head, title="ই-নথি প্রশিক্ষণ", participants=25)
    report = make_report(office, by=head)
    picture = CleanFile(PNG, "image/png", "png")
    add_report_picture(report=report, clean=picture, caption="মেলার ছবি", by=head)
    report.refresh_from_db()
    return report


def change_everything(report: Report, plan: WorkPlan, country: Country) -> None:
    """What goes on in an office after a report was sent, and some more."""
    head, office = country["upazila.head"], country.upazila
    first, second, *_rest = plan.tasks.all()
    fields = {**texts_of_task(first), "title": "অন্য কাজ"}
    update_task(task=first, version=first.version, fields=fields, by=head)
    make_progress(first, by=head, percent=100)
    delete_task(task=second, by=head)
    make_task(plan, by=head, title="পরে যোগ করা কাজ")
    # The next meeting confirms the minutes of the last one, and another is held within the year.
    for month in (4, 5):
        make_meeting(office, by=head, on=date(2026, month, 12), status=MeetingStatus.CIRCULATED)
    training = Activity.objects.get()
    text = ActivityText(title="অন্য প্রশিক্ষণ", held_on=training.held_on, participants=99)
    update_activity(activity=training, version=training.version, text=text, by=head)
    make_activity(office, by=head, title="দ্বিতীয় প্রশিক্ষণ", participants=10)
    # The team writes again, after a return.
    return_report(report=report, by=country["reviewer"], reason="আবার দেখুন", resubmit_by=soon())
    for section in Report.objects.get(pk=report.pk).sections.all():
        update_section(section=section, version=section.version, words="নতুন কথা", by=head)
    remove_report_picture(picture=report.pictures.get(), by=head)
    # The head is promoted away, another comes, the post and the office get new names.
    seat = Post.objects.get(holdings__person=head)
    User.objects.filter(pk=head.pk).update(name_bn="নতুন নাম", name_en="New Name")
    seat.holdings.update(ends_on=date(2026, 11, 20))
    give_post(post=seat, person=make_person("নতুন প্রধান"), starts_on=date(2026, 11, 21))
    seat.designation_bn = "নতুন পদবি"
    seat.save()
    office.name_bn, office.place_bn = "নতুন নামের কার্যালয়", "নতুন জায়গা"
    office.save()
    country.district.name_bn = "নতুন জেলা"
    country.district.save()


def drawn_now(submission: Submission) -> bytes:
    """The PDF as the worker would make it at this moment."""
    payload: dict[str, Any] = {"submission_id": submission.pk}
    produced = jobhandlers.submission_pdf(payload, lambda percent, text: None)
    assert produced is not None
    return produced.content


def file_of(submission: Submission) -> bytes:
    document = Submission.objects.get(pk=submission.pk).ordered_job.document
    assert document is not None
    with open_document(document) as file:
        return file.read()


def check(submission: Submission, content: bytes) -> str:
    """What the public page says of a file."""
    url = reverse("open:verify_report_code", args=[submission.code])
    answer = Client().post(url, {"file": SimpleUploadedFile("report.pdf", content)})
    return texts_of(answer, "form .alert")[0]


def test_nothing_that_happens_later_changes_what_was_sent(
    country: Country, head: User, report: Report, plan: WorkPlan
) -> None:
    submission = submit_report(report=report, by=head)
    content, sealed = deepcopy(submission.content), submission.fingerprint
    at_once = drawn_now(submission)
    change_everything(report, plan, country)

    later = Submission.objects.get(pk=submission.pk)
    assert (later.content, later.fingerprint) == (content, sealed)
    assert later.receipt_number == submission.receipt_number
    runner.run(job_id=submission.job_id)
    made_late = file_of(submission)
    assert made_late == at_once
    assert Submission.objects.get(pk=submission.pk).content == content
    # What the pages and the letters are made of is the frozen content alone.
    reader = client_of(country["district.member"])
    for page in ("submission", "receipt"):
        words = reader.get(reverse(f"reports:{page}", args=[submission.pk])).content.decode()
        assert content["office"] in words
        assert content["signature"]["name"] in words
        assert "নতুন নামের কার্যালয়" not in words
        assert "নতুন পদবি" not in words
        assert "নতুন কথা" not in words
    # The true file is told from a changed one.
    assert "হুবহু পাঠানো ফাইল" in check(submission, made_late)
    assert "পাঠানো ফাইল নয়" in check(submission, made_late[:-9] + b"x" + made_late[-8:])


def test_fingerprint_is_that_of_the_data_inside_the_pdf(report: Report, head: User) -> None:
    """Anybody can work it out: take report.json out of the PDF and ask for its SHA-256."""
    submission = submit_report(report=report, by=head)
    submission = Submission.objects.get(pk=submission.pk)
    with pikepdf.open(io.BytesIO(drawn_now(submission))) as pdf:
        data = pdf.attachments["report.json"].get_file().read_bytes()
    assert hashlib.sha256(data).hexdigest() == submission.fingerprint
    assert data == plain_json(submission.content)
    assert submission.fingerprint == fingerprint(submission.content)


def test_next_sending_says_what_is_new_and_the_first_stays(
    country: Country, report: Report, head: User
) -> None:
    first = submit_report(report=report, by=head)
    return_report(report=report, by=country["reviewer"], reason="উৎস দিন", resubmit_by=soon())
    meetings = report.sections.get(key="meetings")
    update_section(section=meetings, version=meetings.version, words="বারোটি সভা", by=head)
    client = confirmed_client_of(head)
    page = client.get(reverse("reports:send", args=[report.pk]))
    assert "বারোটি সভা" in page.content.decode()
    report.refresh_from_db()
    second = submit_report(report=report, by=head)
    assert first.fingerprint != second.fingerprint
    assert first.code != second.code
    first.refresh_from_db()
    assert "বারোটি সভা" not in str(first.content)
    assert "বারোটি সভা" in str(second.content)
