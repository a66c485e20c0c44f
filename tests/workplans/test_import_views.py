"""A table on its way into a plan: pasted or uploaded, looked over, taken in."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from teams.models import AuditEntry
from tests.factories import Team, client_of, make_plan, make_team
from tests.pages import find, form_fields, one_line, texts_of
from tests.races import at_once
from tests.workplans.importers.build import (
    FORM_2016,
    FORM_COMBINED,
    FORM_PROGRESS,
    as_docx,
    as_html,
    as_tsv,
    as_xlsx,
    table,
)
from tests.workplans.importers.corpus.shapes import in_bijoy
from tests.workplans.rows import titles
from tests.workplans.tables import ROWS
from workplans.actions import apply_import
from workplans.models import PlanImport, ProgressEntry, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def give(client: Client, plan: WorkPlan, **fields: object) -> HttpResponse:
    """Send a table to the page that reads it."""
    return client.post(reverse("workplans:import_create", args=[plan.pk]), fields)


@pytest.fixture
def preview(client: Client, plan: WorkPlan) -> HttpResponse:
    """The page on which the three rows, pasted from Excel, are looked over."""
    return client.get(give(client, plan, pasted=as_tsv(table(FORM_PROGRESS, ROWS))).url)


def apply(client: Client, preview: HttpResponse, **typed: str) -> HttpResponse:
    """Send the preview back, with some fields typed anew ("" as `take` unticks a row)."""
    fields = {**form_fields(preview, "main form"), **typed}
    kept = {name: words for name, words in fields.items() if words or not name.endswith("take")}
    return client.post(preview.wsgi_request.path, kept)


# --- Giving a table --------------------------------------------------------------------------
def pasted_text() -> dict[str, object]:
    return {"pasted": as_tsv(table(FORM_2016, ROWS))}


def pasted_word() -> dict[str, object]:
    words = as_tsv(table(FORM_2016, ROWS, merged=False))
    return {"pasted": words, "pasted_html": as_html(table(FORM_2016, ROWS))}


def word_file() -> dict[str, object]:
    return {"file": SimpleUploadedFile("পরিকল্পনা.docx", as_docx(table(FORM_2016, ROWS)))}


def excel_file() -> dict[str, object]:
    return {"file": SimpleUploadedFile("plan.xlsx", as_xlsx(table(FORM_2016, ROWS)))}


@pytest.mark.parametrize("given", [pasted_text, pasted_word, word_file, excel_file])
def test_table_is_shown_first_and_taken_in_as_shown(
    client: Client, plan: WorkPlan, given: Callable[[], dict[str, object]]
) -> None:
    preview = client.get(give(client, plan, **given()).url)
    assert texts_of(preview, "main .head .muted") == [
        "৩টি সারি পড়া হয়েছে · ০টি ঘর দেখে নিন · ০টি লাইন বাদ"
        if given is pasted_text
        else texts_of(preview, "main .head .muted")[0]
    ]
    assert not plan.tasks.exists()
    response = apply(client, preview)
    assert response.url == plan.get_absolute_url()
    assert "৩টি কাজ পরিকল্পনায় নেওয়া হয়েছে।" in texts_of(client.get(response.url), ".alert")
    taken = plan.tasks.kept().select_related("subject").in_order()
    assert [
        (t.subject.name, t.title, t.starts_on, t.ends_on, t.responsible_text, t.measure, t.doubts)
        for t in taken
    ] == [(r.subject, r.title, r.starts_on, r.ends_on, r.responsible, r.measure, []) for r in ROWS]
    assert [post.designation for post in taken[0].responsible.all()] == ["সহকারী প্রোগ্রামার"]


def test_one_period_column_is_typed_once_and_read_again(client: Client, plan: WorkPlan) -> None:
    preview = client.get(give(client, plan, pasted=as_tsv(table(FORM_COMBINED, ROWS))).url)
    shown = form_fields(preview, "main form")
    assert shown["rows-0-start_text"] == "১ আগস্ট ২০২৬ হতে ৩১ ডিসেম্বর ২০২৬"
    assert shown["rows-0-end_text"] == ""
    apply(client, preview)
    task = plan.tasks.kept().in_order().first()
    assert (task.starts_on, task.ends_on) == (date(2026, 8, 1), date(2026, 12, 31))
    assert task.subject.name == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pasted": ""}, "একটি ছক আটকান অথবা একটি ফাইল বেছে নিন।"),
        ({"pasted": "শুধু একটি বাক্য"}, "কর্মপরিকল্পনার ছক পাওয়া যায়নি।"),
        ({"pasted": "\t\r\n"}, "একটি ছক আটকান অথবা একটি ফাইল বেছে নিন।"),
    ],
    ids=["nothing", "no table", "blanks"],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(
    client: Client, plan: WorkPlan, given: dict[str, str], said: str
) -> None:
    response = give(client, plan, **given)
    assert response.status_code == 422
    assert said in one_line(find(response, "main")[0])
    assert not PlanImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.docx", b"PK\x03\x04 broken"),
        ("plan.xlsx", b""),
        ("plan.pdf", b"%PDF-1.7\n1 0 obj"),
        ("plan.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)),
    ],
)
def test_unreadable_file_is_said_in_bengali_at_its_field(
    client: Client, plan: WorkPlan, name: str, content: bytes
) -> None:
    response = give(client, plan, file=SimpleUploadedFile(name, content))
    assert response.status_code == 422
    said = " ".join(texts_of(response, ".invalid-feedback"))
    assert any("\u0980" <= sign <= "\u09ff" for sign in said)
    assert "Traceback" not in said
    assert not PlanImport.objects.exists()


def test_tables_not_taken_in_yet_are_offered_again(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    url = reverse("workplans:import_create", args=[plan.pk])
    waiting = f'href="{preview.wsgi_request.path}"'
    assert waiting in client.get(url).content.decode()
    apply(client, preview)
    assert waiting not in client.get(url).content.decode()


# --- Looking it over ---------------------------------------------------------------------------
def test_typed_corrections_are_what_is_written(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    typed = {
        "rows-1-title": "হেল্প ডেস্ক স্থাপন ও চালু",
        "rows-1-subject": "প্রশিক্ষণ",
        "rows-1-end_text": "৩১/০৩/২০২৭",
    }
    apply(client, preview, **typed)
    task = plan.tasks.get(title="হেল্প ডেস্ক স্থাপন ও চালু")
    assert (task.subject.name, task.ends_on) == ("প্রশিক্ষণ", date(2027, 3, 31))


def test_rows_without_a_tick_are_left_out(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    apply(client, preview, **{"rows-1-take": "", "rows-1-title": ""})
    assert titles(plan) == [ROWS[0].title, ROWS[2].title]
    assert AuditEntry.objects.get(action="workplan.import").after["rows"] == 2


def test_no_tick_at_all_is_asked_again(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    response = apply(client, preview, **{f"rows-{row}-take": "" for row in range(3)})
    assert response.status_code == 422
    assert texts_of(response, ".alert") == ["কোনো সারিতে টিক নেই। অন্তত একটি সারি বেছে নিন।"]
    assert not plan.tasks.exists()
    assert PlanImport.objects.waiting().exists()


def test_missing_title_is_said_in_its_row_and_nothing_is_written(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    response = apply(client, preview, **{"rows-1-title": "  ", "rows-2-measure": "নতুন পরিমাপ"})
    assert response.status_code == 422
    wrong = [
        texts_of_row
        for texts_of_row in texts_of(response, "table.import tbody tr")
        if "কাজের নাম নেই; লিখুন, অথবা সারিটির টিক তুলে দিন।" in texts_of_row
    ]
    assert len(wrong) == 1
    assert wrong[0].startswith("২ ")
    assert "এখনো কিছুই পরিকল্পনায় লেখা হয়নি" in texts_of(response, ".alert")[0]
    # What was typed elsewhere is still there.
    assert form_fields(response, "main form")["rows-2-measure"].strip() == "নতুন পরিমাপ"
    assert not plan.tasks.exists()
    assert PlanImport.objects.waiting().exists()


def test_replace_takes_the_earlier_rows_out_and_append_keeps_them(
    client: Client, plan: WorkPlan, team: Team
) -> None:
    pasted = {"pasted": as_tsv(table(FORM_2016, ROWS[:1]))}
    first = client.get(give(client, plan, **pasted).url)
    # An empty plan has nothing to ask about.
    assert "mode-mode" not in first.content.decode()
    apply(client, first)
    apply(client, client.get(give(client, plan, **pasted).url))
    assert titles(plan) == [ROWS[0].title] * 2
    third = client.get(give(client, plan, pasted=as_tsv(table(FORM_2016, ROWS[1:]))).url)
    apply(client, third, **{"mode-mode": "replace"})
    assert titles(plan) == [ROWS[1].title, ROWS[2].title]
    # Taken out, not destroyed.
    assert plan.tasks.filter(deleted_by=team.member).count() == 2


def test_apply_pressed_twice_takes_the_rows_in_once(
    client: Client, plan: WorkPlan, preview: HttpResponse
) -> None:
    apply(client, preview)
    response = apply(client, preview)
    assert response.url == plan.get_absolute_url()
    said = texts_of(client.get(response.url), ".alert")
    assert "এই ছকটি আগেই পরিকল্পনায় নেওয়া হয়েছে।" in said
    assert plan.tasks.count() == 3
    assert AuditEntry.objects.filter(action="workplan.import").count() == 1


@pytest.mark.django_db(transaction=True)
def test_apply_by_six_at_once_takes_the_rows_in_once() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head, tasks=0)
    client = client_of(team.member)
    preview = client.get(give(client, plan, pasted=as_tsv(table(FORM_2016, ROWS))).url)
    waiting = PlanImport.objects.get()
    cells = ("subject", "title", "start_text", "end_text", "expected_result", "measure")
    rows = [
        {
            **{cell: row[cell] for cell in cells},
            "responsible_text": "",
            "progress": "",
            "doubts": [],
        }
        for row in waiting.rows
    ]

    def attempt() -> int:
        table = PlanImport.objects.select_related("plan").get(pk=waiting.pk)
        return apply_import(plan_import=table, rows=rows, mode="append", by=None)

    assert preview.status_code == 200
    assert at_once([attempt] * 6).count(3) == 1
    assert plan.tasks.count() == 3


def test_progress_column_becomes_a_first_entry(
    client: Client, plan: WorkPlan, preview: HttpResponse, team: Team
) -> None:
    apply(client, preview)
    entry = ProgressEntry.objects.get()
    assert (entry.task.title, entry.text) == (ROWS[0].title, "নকশার খসড়া তৈরি হয়েছে")
    assert (entry.on, entry.percent, entry.created_by) == (date(2026, 11, 21), None, team.member)


def test_doubts_are_marked_kept_and_mended(client: Client, plan: WorkPlan) -> None:
    """Three rows with a bad date each: one left, one mended, one made worse."""
    words = as_tsv(table(FORM_2016, ROWS)).replace("৩১ ডিসেম্বর ২০২৬", "৩১/০২/২০২৭")
    words = words.replace("২৮ ফেব্রুয়ারি ২০২৭", "৩০/০২/২০২৭").replace("১২ জানুয়ারি ২০২৭", "১২ জান ২৭")
    preview = client.get(give(client, plan, pasted=words).url)
    marked = texts_of(preview, "td.doubt .doubt-note")
    assert any("৩১/০২/২০২৭" in note for note in marked)
    assert any("৩০/০২/২০২৭" in note for note in marked)
    apply(client, preview, **{"rows-1-end_text": "২৮/০২/২০২৭", "rows-2-end_text": "৩২/০১/২০২৭"})
    left, mended, worse = plan.tasks.kept().in_order()
    assert any("৩১/০২/২০২৭" in doubt["reason"] for doubt in left.doubts)
    assert mended.doubts == []
    assert any("৩২/০১/২০২৭" in doubt["reason"] for doubt in worse.doubts)
    assert not any("১২ জান ২৭" in doubt["reason"] for doubt in worse.doubts)


def test_doubtful_date_shows_what_was_read_and_is_tied_to_its_box(
    client: Client, plan: WorkPlan
) -> None:
    words = as_tsv(table(FORM_2016, ROWS)).replace("৩১ ডিসেম্বর ২০২৬", "৩০ ডিসে ২৬")
    preview = client.get(give(client, plan, pasted=words).url)
    [note] = texts_of(preview, "#id_rows-0-end_text_doubt")
    assert note.endswith("পড়া হয়েছে: ৩০ ডিসেম্বর ২০২৬")
    [doubtful] = find(preview, "#id_rows-0-end_text")
    assert doubtful.get("aria-describedby") == "id_rows-0-end_text_doubt"
    [certain] = find(preview, "#id_rows-1-end_text")
    assert certain.get("aria-describedby") is None
    # Typed anew, the date is no longer the one that was read.
    again = apply(client, preview, **{"rows-0-title": "", "rows-0-end_text": "৩১/০১/২০২৭"})
    assert again.status_code == 422
    assert "পড়া হয়েছে: ৩০" not in again.content.decode()
    [title] = find(again, "#id_rows-0-title")
    assert texts_of(again, f"#{title.get('aria-describedby')}") != []


def test_skipped_lines_are_listed_with_the_reason(client: Client, plan: WorkPlan) -> None:
    words = as_tsv(table(FORM_2016, ROWS)) + "প্রস্তুতকারীর স্বাক্ষর\r\n"
    preview = client.get(give(client, plan, pasted=words).url)
    listed = texts_of(preview, "details.fold li")
    assert len(listed) == 1
    assert "প্রস্তুতকারীর স্বাক্ষর" in listed[0]


def test_script_in_a_pasted_table_is_words_in_the_preview(client: Client, plan: WorkPlan) -> None:
    evil = "<script>alert(1)</script>"
    words = as_tsv(table(FORM_2016, ROWS)).replace("অনুমোদিত নকশা", evil)
    html = client.get(give(client, plan, pasted=words).url).content.decode()
    assert evil not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


# --- Who may, and when -----------------------------------------------------------------------
def test_other_teams_do_not_find_the_table(team: Team, preview: HttpResponse) -> None:
    stranger = make_team("stranger", parent=team.office)
    url = preview.wsgi_request.path
    assert client_of(stranger.head).get(url).status_code == 404
    assert client_of(stranger.head).post(url, {}).status_code == 404


def test_plan_sent_meanwhile_takes_no_table(
    client: Client, team: Team, plan: WorkPlan, preview: HttpResponse
) -> None:
    client.post(reverse("workplans:task_create", args=[plan.pk]), {"title": "একটি কাজ"})
    client_of(team.head).post(reverse("workplans:submit", args=[plan.pk]))
    assert apply(client, preview).status_code == 403
    assert client.get(preview.wsgi_request.path).status_code == 403
    assert titles(plan) == ["একটি কাজ"]


def test_rows_sent_after_the_session_ended_are_kept_and_taken_in_after_the_log_in(
    client: Client, team: Team, plan: WorkPlan, preview: HttpResponse
) -> None:
    del client.cookies["sessionid"]
    response = apply(client, preview, **{"rows-0-title": "হাতে ঠিক করা নাম"})
    assert response.url.startswith(reverse("account_login"))
    assert not plan.tasks.exists()
    client.force_login(team.member)
    page = client.get(reverse("teams:kept_words"))
    form = find(page, "main form")[0]
    client.post(form.get("action"), form_fields(page, "main form"))
    assert titles(plan)[0] == "হাতে ঠিক করা নাম"
    assert plan.tasks.count() == 3


# --- What stands beside the cells --------------------------------------------------------------
SCORED = (
    "উদ্দেশ্য\tউদ্দেশ্যের মান\tকার্যক্রম\tকর্মসম্পাদন সূচক\tএকক\tসূচকের মান\tঅসাধারণ\tঅতি উত্তম\tউত্তম\tচলতি মান\t"
    "চলতি মানের নিম্নে\tঅর্জন\n"
    "সেবা সহজীকরণ\t৪০\tনতুন ফরম চালু\tসহজ হওয়া সেবা\tসংখ্যা\t১৫\t৫\t৪\t৩\t২\t১\t২\n"
    "\t\t\tআদেশ জারি\tতারিখ\t৫\t১৫/০৯/২০২৬\t৩০/০৯/২০২৬\t\t\t\t\n"
)


def test_indicators_of_a_scored_table_are_shown_and_taken_in(
    client: Client, plan: WorkPlan
) -> None:
    preview = client.get(give(client, plan, pasted=SCORED).url)
    assert texts_of(preview, ".import-details li") == [
        "বিষয়ের মান ৪০",
        "সূচক: সহজ হওয়া সেবা · সংখ্যা · মান ১৫ · লক্ষ্যমাত্রা ৫ / ৪ / ৩ / ২ / ১ · প্রকৃত অর্জন ২",
        "সূচক: আদেশ জারি · তারিখ · মান ৫ · লক্ষ্যমাত্রা ১৫/০৯/২০২৬ / ৩০/০৯/২০২৬ / — / — / —",
    ]
    apply(client, preview)
    task = plan.tasks.get()
    assert [(one.name, one.unit, one.weight, one.targets[:2]) for one in task.indicators.all()] == [
        ("সহজ হওয়া সেবা", "number", 15, ("৫", "৪")),
        ("আদেশ জারি", "date", 5, ("১৫/০৯/২০২৬", "৩০/০৯/২০২৬")),
    ]
    assert task.subject.weight == 40
    entry = task.progress.get()
    assert (entry.achieved_value, str(entry.indicator)) == ("২", "সহজ হওয়া সেবা")


def test_dated_progress_is_shown_and_becomes_entries(client: Client, plan: WorkPlan) -> None:
    text = (
        "ক্রঃ নং\tকার্যক্রম\tসময়সীমা\tদায়িত্বপ্রাপ্ত কর্মকর্তা\tঅগ্রগতি\n"
        "১\tনতুন ফরম চালু\t১/৭/২০২৬ হতে ৩১/১২/২০২৬\tপ্রোগ্রামার\t০৫/০৭/২০২৬: কমিটি গঠিত; ২০% কাজ হয়েছে\n"
        "২\tপ্রশিক্ষণ\t১/৮/২০২৬ হতে ৩১/৮/২০২৬\tপ্রোগ্রামার\tচলমান\n"
    )
    preview = client.get(give(client, plan, pasted=text).url)
    assert texts_of(preview, ".import-details li") == [
        "অগ্রগতি: ৫ জুলাই ২০২৬ · কমিটি গঠিত; ২০% কাজ হয়েছে · ২০%"
    ]
    apply(client, preview)
    found = {(e.task.title, e.on, e.text, e.percent) for e in ProgressEntry.objects.all()}
    assert (
        "নতুন ফরম চালু",
        date(2026, 7, 5),
        "কমিটি গঠিত; ২০% কাজ হয়েছে",
        20,
    ) in found
    assert {words for _title, _on, words, _percent in found} == {
        "কমিটি গঠিত; ২০% কাজ হয়েছে",
        "চলমান",
    }


def test_bijoy_paste_is_converted_and_the_page_says_so(client: Client, plan: WorkPlan) -> None:
    pasted = in_bijoy(as_tsv(table(FORM_2016, ROWS)))
    preview = client.get(give(client, plan, pasted=pasted).url)
    assert "ইউনিকোডে বদলানো হয়েছে" in texts_of(preview, "main .alert-info")[0]
    apply(client, preview)
    assert titles(plan) == [row.title for row in ROWS]
