"""An office's staff comes in from Excel whole or not at all, after every row was looked over."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.actions import give_post
from teams.enums import HoldingKind, Role
from teams.importers import CELLS, HEADINGS, UnreadableStaff, read_paste, read_workbook
from teams.models import AuditEntry, Post, PostHolding, StaffImport, User
from tests.factories import Country, client_of, make_country, make_person
from tests.reports.auth import confirmed_client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

JOINED = "০১/১১/২০২৬"
RAHIMA = {
    "designation_bn": "উপজেলা কৃষি অফিসার",
    "designation_en": "Upazila Agriculture Officer",
    "name_bn": "রহিমা খাতুন",
    "name_en": "Rahima Khatun",
    "mobile": "০১৭১১-২২৩৩৪৪",
    "email": "Rahima@office.test",
    "joined": "১ নভেম্বর ২০২৬",
}
KAMAL = {
    "designation_bn": "উপজেলা মৎস্য অফিসার",
    "name_bn": "কামাল হোসেন",
    "mobile": "+8801811223344",
    "joined": JOINED,
    "kind": "ভারপ্রাপ্ত",
}


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def browser(country: Country) -> Client:
    return confirmed_client_of(country["upazila.head"])


def workbook(*rows: Mapping[str, Any]) -> bytes:
    """An .xlsx with the usual headings and these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["জনবলের তালিকা, উপজেলা কার্যালয়"])
    sheet.append([str(HEADINGS[cell]) for cell in CELLS])
    for row in rows:
        sheet.append([row.get(cell) for cell in CELLS])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def brought(country: Country, browser: Client, *rows: Mapping[str, Any]) -> StaffImport:
    """The list that waits after an upload of these rows."""
    file = SimpleUploadedFile("জনবল.xlsx", workbook(*rows))
    where = reverse("teams:staff_upload", args=[country.upazila.code])
    answer = browser.post(where, {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    kept = StaffImport.objects.latest("pk")
    assert answer["Location"] == reverse("teams:staff_import", args=[kept.pk])
    return kept


def boxes(kept: StaffImport, **changes: str) -> dict[str, Any]:
    """The page of rows as a browser sends it, all ticked; changes are by row_cell."""
    sent: dict[str, Any] = {
        "rows-TOTAL_FORMS": len(kept.rows),
        "rows-INITIAL_FORMS": len(kept.rows),
    }
    for number, row in enumerate(kept.rows):
        sent[f"rows-{number}-take"] = "on"
        sent |= {f"rows-{number}-{cell}": row[cell] for cell in CELLS}
    return {**sent, **{f"rows-{name}": value for name, value in changes.items()}}


def taken(browser: Client, kept: StaffImport, **changes: str) -> Any:
    return browser.post(reverse("teams:staff_import", args=[kept.pk]), boxes(kept, **changes))


def test_list_becomes_posts_and_people(country: Country, browser: Client) -> None:
    vacant = {"designation_bn": "উপজেলা সমাজসেবা অফিসার"}
    kept = brought(country, browser, RAHIMA, KAMAL, vacant)
    page = browser.get(reverse("teams:staff_import", args=[kept.pk])).content.decode()
    assert "নতুন পদ হবে" in page
    assert not Post.objects.filter(designation_bn=RAHIMA["designation_bn"]).exists()
    answer = taken(browser, kept)
    assert answer["Location"] == reverse("teams:people", args=[country.upazila.code])
    post = country.upazila.posts.get(designation_bn=RAHIMA["designation_bn"])
    holding = post.holdings.get()
    assert (post.role, holding.starts_on) == (Role.STAFF, date(2026, 11, 1))
    rahima = holding.person
    assert (rahima.mobile, rahima.email) == ("01711223344", "rahima@office.test")
    assert (rahima.name_bn, rahima.name_en) == ("রহিমা খাতুন", "Rahima Khatun")
    assert not rahima.has_usable_password()
    kamal = PostHolding.objects.get(post__designation_bn=KAMAL["designation_bn"])
    assert (kamal.kind, kamal.person.mobile) == (HoldingKind.IN_CHARGE, "01811223344")
    assert not PostHolding.objects.filter(post__designation_bn=vacant["designation_bn"]).exists()
    told = AuditEntry.objects.get(action="staffimport.apply").after
    assert (told["rows"], told["posts"], told["people"]) == (3, 3, 2)


def test_list_is_taken_once(country: Country, browser: Client) -> None:
    kept = brought(country, browser, RAHIMA)
    taken(browser, kept)
    entries = AuditEntry.objects.count()
    taken(browser, kept)
    assert User.objects.filter(name_bn=RAHIMA["name_bn"]).count() == 1
    assert AuditEntry.objects.count() == entries
    # The same file again finds everybody where they are.
    again = brought(country, browser, RAHIMA)
    page = browser.get(reverse("teams:staff_import", args=[again.pk])).content.decode()
    assert "আগে থেকেই এই পদে আছেন" in page
    taken(browser, again)
    assert PostHolding.objects.filter(post__designation_bn=RAHIMA["designation_bn"]).count() == 1


def test_newcomer_follows_on_a_held_post_from_that_day(country: Country, browser: Client) -> None:
    member = country["upazila.member"]
    post = member.scope.main_post
    assert post is not None
    kept = brought(country, browser, {**RAHIMA, "designation_bn": post.designation_bn})
    page = browser.get(reverse("teams:staff_import", args=[kept.pk])).content.decode()
    assert "তাঁর জায়গায় নতুন কর্মকর্তা আসবেন" in page
    taken(browser, kept)
    before, after = post.holdings.order_by("starts_on")
    assert (before.person, before.ends_on) == (member, date(2026, 10, 31))
    assert (after.person.name_bn, after.starts_on) == (RAHIMA["name_bn"], date(2026, 11, 1))
    post.refresh_from_db()
    assert post.role == Role.MEMBER


def test_known_person_gets_a_second_post_and_keeps_the_name(
    country: Country, browser: Client
) -> None:
    member = country["upazila.member"]
    row = {**RAHIMA, "mobile": member.mobile, "email": "", "kind": "অতিরিক্ত দায়িত্ব"}
    kept = brought(country, browser, row)
    page = browser.get(reverse("teams:staff_import", args=[kept.pk])).content.decode()
    assert "তাঁর নাম যেমন আছে তেমনই থাকবে" in page
    taken(browser, kept)
    holding = PostHolding.objects.get(post__designation_bn=RAHIMA["designation_bn"])
    assert (holding.person, holding.kind) == (member, HoldingKind.ADDITIONAL)
    member.refresh_from_db()
    assert member.name_bn != RAHIMA["name_bn"]


def test_nothing_is_said_of_people_elsewhere(country: Country, browser: Client) -> None:
    stranger = country["sibling.member"]
    User.objects.filter(pk=stranger.pk).update(name_bn="দূরের সহকর্মী")
    kept = brought(country, browser, {**RAHIMA, "mobile": stranger.mobile, "email": ""})
    page = browser.get(reverse("teams:staff_import", args=[kept.pk])).content.decode()
    assert "দূরের সহকর্মী" not in page
    assert "তেমনই থাকবে" not in page
    assert "sibling" not in page


HEAD = {**KAMAL, "role": "দপ্তর প্রধান"}


@pytest.mark.parametrize(
    ("rows", "number", "cell", "sentence"),
    [
        ([{**RAHIMA, "mobile": "০১২৩৪"}], 1, "mobile", "১১ অঙ্কের"),
        ([{**RAHIMA, "email": "রহিমা"}], 1, "email", "ঠিকানাটি ঠিক নেই"),
        ([{**RAHIMA, "mobile": "", "email": ""}], 1, "mobile", "অন্তত একটি লিখুন"),
        ([{**RAHIMA, "joined": "গত মাসে"}], 1, "joined", "পড়া গেল না"),
        ([{**RAHIMA, "joined": "০১/০১/১৯০০"}], 1, "joined", "সাল মিলিয়ে"),
        ([{**RAHIMA, "kind": "মাঝেমধ্যে"}], 1, "kind", "চেনা গেল না"),
        ([{**RAHIMA, "role": "রাজা"}], 1, "role", "চেনা গেল না"),
        ([{**RAHIMA, "role": "system_administrator"}], 1, "role", "দিতে পারেন না"),
        ([{**RAHIMA, "name_bn": ""}], 1, "name_bn", "বাংলায় লিখুন"),
        ([{**RAHIMA, "designation_bn": ""}], 1, "designation_bn", "পদবি লিখুন"),
        (
            [RAHIMA, {**KAMAL, "designation_bn": RAHIMA["designation_bn"]}],
            2,
            "designation_bn",
            "২ নম্বর সারিতেও আছে",
        ),
        ([RAHIMA, {**KAMAL, "mobile": RAHIMA["mobile"]}], 2, "mobile", "আরেকজনের জন্য"),
        (
            [RAHIMA, {**RAHIMA, "designation_bn": "আরেক পদ"}],
            2,
            "kind",
            "অতিরিক্ত দায়িত্ব",
        ),
        ([HEAD], 1, "role", "দপ্তর প্রধানের পদ আগেই আছে"),
        ([HEAD, {**RAHIMA, "role": "প্রধান"}], 2, "role", "একজনই হন"),
    ],
)
def test_what_is_wrong_is_said_of_row_and_cell_and_nothing_is_written(
    country: Country,
    browser: Client,
    rows: list[dict[str, str]],
    number: int,
    cell: str,
    sentence: str,
) -> None:
    kept = brought(
        country, browser, KAMAL | {"designation_bn": "সহায়ক", "mobile": "01911223344"}, *rows
    )
    before = (User.objects.count(), Post.objects.count(), AuditEntry.objects.count())
    answer = taken(browser, kept)
    assert answer.status_code == 422
    said = {(line, str(heading)): reason for line, heading, reason in answer.context["wrong"]}
    assert sentence in said[number + 1, str(HEADINGS[cell])]
    assert (User.objects.count(), Post.objects.count(), AuditEntry.objects.count()) == before
    kept.refresh_from_db()
    assert kept.applied_at is None
    # With these rows left out the rest goes in.
    answer = taken(browser, kept, **{f"{place}-take": "" for place in range(1, len(rows) + 1)})
    assert answer.status_code == 302
    assert country.upazila.posts.filter(designation_bn="সহায়ক").exists()


def test_mended_cell_is_taken(country: Country, browser: Client) -> None:
    kept = brought(country, browser, {**RAHIMA, "mobile": "০১২৩৪"})
    answer = taken(browser, kept, **{"0-mobile": "০১৭১১২২৩৩৪৪"})
    assert answer.status_code == 302
    assert User.objects.get(name_bn=RAHIMA["name_bn"]).mobile == "01711223344"


def test_number_whose_zero_excel_has_eaten_is_read(country: Country, browser: Client) -> None:
    kept = brought(country, browser, {**RAHIMA, "mobile": 1711223344, "joined": date(2026, 11, 1)})
    taken(browser, kept)
    assert User.objects.get(name_bn=RAHIMA["name_bn"]).mobile == "01711223344"


def test_holder_who_came_later_stops_the_list(country: Country, browser: Client) -> None:
    post = Post.objects.create(office=country.upazila, designation_bn="হিসাবরক্ষক", role=Role.STAFF)
    give_post(post=post, person=make_person(), starts_on=date(2026, 11, 10))
    kept = brought(country, browser, {**RAHIMA, "designation_bn": "হিসাবরক্ষক"})
    answer = taken(browser, kept)
    assert answer.status_code == 422
    assert "তার পরের একটি তারিখ" in answer.content.decode()
    assert post.holdings.count() == 1


def test_two_people_in_one_row_are_refused(country: Country, browser: Client) -> None:
    row = {**RAHIMA, "mobile": country["upazila.member"].mobile}
    row["email"] = country["sibling.member"].email
    answer = taken(browser, brought(country, browser, row))
    assert answer.status_code == 422
    assert "একসঙ্গে নেওয়া যায় না" in answer.content.decode()


def test_template_can_be_sent_back_as_it_is(country: Country, browser: Client) -> None:
    where = reverse("teams:staff_template", args=[country.upazila.code])
    answer = browser.get(where)
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    rows = read_workbook(answer.content).rows
    assert len(rows) == country.upazila.posts.count()
    upload = reverse("teams:staff_upload", args=[country.upazila.code])
    browser.post(upload, {"file": SimpleUploadedFile("staff.xlsx", answer.content)})
    holdings = PostHolding.objects.count()
    answer = taken(browser, StaffImport.objects.latest("pk"))
    assert answer.status_code == 302
    assert PostHolding.objects.count() == holdings


def test_words_of_people_never_become_formulas(country: Country, browser: Client) -> None:
    Post.objects.create(office=country.upazila, designation_bn="=HYPERLINK(1)", role=Role.STAFF)
    answer = browser.get(reverse("teams:staff_template", args=[country.upazila.code]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert any(cell.value == "=HYPERLINK(1)" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_pasted_rows_are_read() -> None:
    head = "ক্রম\tনাম\tপদবী\tমোবাইল\tই-মেইল\tযোগদান"
    found = read_paste(f'{head}\n১\tরহিমা\t"উপজেলা\nকৃষি অফিসার"\t০১৭\tr@x.test\t০১.১১.২০২৬\n\n')
    (row,) = found.rows
    assert (row["name_bn"], row["designation_bn"]) == ("রহিমা", "উপজেলা কৃষি অফিসার")
    assert (row["mobile"], row["joined"], row["role"]) == ("০১৭", "০১.১১.২০২৬", "")


def crowded() -> bytes:
    """A small file that unpacks to a very long one."""
    packed = io.BytesIO(workbook(RAHIMA))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/blank.bin", b"\0" * 70_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04broken", b"<html>", b"%PDF-1.7", workbook()[:-400]],
    ids=["empty", "broken", "html", "pdf", "cut"],
)
def test_other_files_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableStaff, match=r"।"):
        read_workbook(content)


def test_bombs_and_foreign_tables_are_refused() -> None:
    book = openpyxl.Workbook()
    foreign = io.BytesIO()
    book.save(foreign)
    for content in (crowded(), foreign.getvalue(), workbook()):
        with pytest.raises(UnreadableStaff, match=r"।"):
            read_workbook(content)
    with pytest.raises(UnreadableStaff, match="ভাগ করে"):
        read_workbook(workbook(*[{**RAHIMA, "designation_bn": f"পদ {n}"} for n in range(301)]))


def test_upload_without_anything_or_with_rubbish_is_answered(
    country: Country, browser: Client
) -> None:
    where = reverse("teams:staff_upload", args=[country.upazila.code])
    for sent in ({}, {"pasted": "কিছু একটা\0"}, {"file": SimpleUploadedFile("x.xlsx", b"x")}):
        assert browser.post(where, sent).status_code == 422
    assert not StaffImport.objects.exists()
    kept = brought(country, browser, RAHIMA)
    page = reverse("teams:staff_import", args=[kept.pk])
    assert browser.post(page, {}).status_code == 422
    assert browser.post(page, {"rows-TOTAL_FORMS": "x"}).status_code == 422
    longer = boxes(kept) | {"rows-TOTAL_FORMS": "2", "rows-1-take": "on", "rows-1-name_bn": "অন্য"}
    assert browser.post(page, longer).status_code in {302, 422}
    assert not User.objects.filter(name_bn="অন্য").exists()


def test_lists_are_the_managers_alone(country: Country, browser: Client) -> None:
    kept = brought(country, browser, RAHIMA)
    page = reverse("teams:staff_import", args=[kept.pk])
    upload = reverse("teams:staff_upload", args=[country.upazila.code])
    template = reverse("teams:staff_template", args=[country.upazila.code])
    for person, wanted in (
        ("upazila.member", (404, 403, 403)),
        ("sibling.head", (404, 404, 404)),
        ("district.head", (403, 403, 403)),
        ("administrator", (200, 200, 200)),
    ):
        visitor = client_of(country[person])
        answers = tuple(visitor.get(where).status_code for where in (page, upload, template))
        assert answers == wanted, person
    # Without a head of its own the office is the district's.
    head = country["upazila.head"].scope.main_post
    assert head is not None
    head.holdings.update(ends_on=date(2026, 11, 1))
    district = client_of(country["district.head"])
    assert taken(district, kept).status_code == 302


def test_page_asks_as_often_for_many_rows(country: Country, browser: Client) -> None:
    asked = []
    for many in (1, 60):
        rows = [
            {**RAHIMA, "designation_bn": f"পদ {n}", "mobile": f"017112{n:05}", "email": ""}
            for n in range(many)
        ]
        kept = brought(country, browser, *rows)
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("teams:staff_import", args=[kept.pk]))
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 25
