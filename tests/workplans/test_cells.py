"""What is typed in a cell: dates and their doubts; and that text is text, whatever it says."""

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import AuditEntry
from tests.factories import Team
from tests.pages import texts_of
from tests.workplans.rows import CELLS, add, save, tool
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# --- Dates in words and their doubts ------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "starts_on", "ends_on", "recurrence"),
    [
        ("১এপ্রিল ২০২৭", "০১.০৫.২০২৭", "2027-04-01", "2027-05-01", ""),
        ("জুলাই-ডিসেম্বর ২০২৬ এর মধ্যে", "", "2026-07-01", "2026-12-31", ""),
        ("প্রতি মাসের ১৫ তারিখ", "পরবর্তী মাসের ২৫ তারিখ", "None", "None", "month/1/15/25+1"),
        ("চলমান", "", "None", "None", ""),
    ],
)
def test_dates_are_read_and_their_words_kept(
    client: Client,
    plan: WorkPlan,
    start: str,
    end: str,
    starts_on: str,
    ends_on: str,
    recurrence: str,
) -> None:
    add(client, plan, start_text=start, end_text=end)
    task = Task.objects.get()
    assert (task.start_text, task.end_text) == (start, end)
    assert (f"{task.starts_on}", f"{task.ends_on}") == (starts_on, ends_on)
    assert task.recurrence == recurrence
    page = client.get(plan.get_absolute_url())
    shown = texts_of(page, "tr[data-task] td[data-field='start_text'] span[data-text]")[0]
    assert shown == ("১ এপ্রিল ২০২৭" if "এপ্রিল" in start else shown)
    if starts_on == "None":
        assert start in shown


def doubted(task: Task) -> list[str]:
    return [doubt["field"] for doubt in task.doubts]


def test_doubt_of_a_date_lives_until_the_date_is_mended(client: Client, plan: WorkPlan) -> None:
    answer = add(client, plan, start_text="৩১/০২/২০২৭", end_text="").json()
    task = Task.objects.select_related("subject").get()
    assert doubted(task) == ["schedule"]
    assert "এমন কোনো তারিখ নেই: ৩১/০২/২০২৭" in answer["grid"]
    save(client, task, measure="অন্য ঘর")
    task.refresh_from_db()
    assert doubted(task) == ["schedule"]
    save(client, task, start_text="২৮/০২/২০২৭", end_text="৩১/০৩/২০২৭")
    task.refresh_from_db()
    assert (task.doubts, f"{task.starts_on}") == ([], "2027-02-28")


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("title", "title"),
        ("subject", "subject"),
        ("responsible", "responsible_text"),
        ("expected_result", "expected_result"),
        ("measure", "measure"),
    ],
)
def test_doubt_of_a_cell_lives_until_the_cell_is_typed_anew(
    client: Client, task: Task, field: str, cell: str
) -> None:
    """`field` is what the importer calls the cell."""
    about_row = {"field": "row", "reason": "জোড়া দিয়ে পড়া হয়েছে।"}
    task.doubts = [{"field": field, "reason": "দেখে নিন"}, about_row]
    task.save()
    save(client, task, end_text="৩০/১১/২০২৬")
    task.refresh_from_db()
    assert doubted(task) == [field, "row"]
    save(client, task, **{cell: "ঠিক করা লেখা"})
    task.refresh_from_db()
    assert doubted(task) == ["row"]


def test_settle_takes_the_marks_away(client: Client, plan: WorkPlan) -> None:
    add(client, plan, start_text="৩১/০২/২০২৭", end_text="")
    task = Task.objects.select_related("subject").get()
    row = tool(client, task, "settle").json()["row"]
    assert "doubt" not in row
    task.refresh_from_db()
    assert (task.doubts, task.version) == ([], 2)
    entry = AuditEntry.objects.get(action="task.settle_doubts")
    assert entry.before["doubts"][0]["field"] == "schedule"
    # Settled stays settled when another cell is saved.
    save(client, Task.objects.select_related("subject").get(), measure="নতুন")
    assert Task.objects.get().doubts == []


def test_responsible_posts_follow_the_words(client: Client, team: Team, task: Task) -> None:
    save(client, task, responsible_text="ইউএনও (উপজেলা নির্বাহী অফিসার) ও ইনোভেশন অফিসার")
    assert {post.designation for post in task.responsible.all()} == {
        "উপজেলা নির্বাহী অফিসার",
        "সহকারী কমিশনার (ভূমি)",
    }


# --- Text is text -----------------------------------------------------------------------------
CONJUNCTS = "স্বাস্থ্যঝুঁকি, লক্ষ্ণৌ, ঊর্ধ্বতন, উজ্জ্বল, সন্ন্যাস, র‍্যাব, ক্ষ্ম্য, জ্যোৎস্না, রাষ্ট্র, কর্‌তব্য "


def test_long_text_with_conjuncts_and_joiners_is_kept_whole(client: Client, plan: WorkPlan) -> None:
    assert "\u200d" in CONJUNCTS
    assert "\u200c" in CONJUNCTS
    words = (CONJUNCTS * 150).strip()
    assert len(words) > 10_000
    add(client, plan, title=words, expected_result="প্রথম লাইন\r\n\r\nদ্বিতীয় লাইন")
    task = Task.objects.get()
    assert task.title == words
    assert task.expected_result == "প্রথম লাইন\n\nদ্বিতীয় লাইন"
    assert words in client.get(plan.get_absolute_url()).content.decode()


def test_text_longer_than_a_cell_is_refused_in_words(client: Client, plan: WorkPlan) -> None:
    errors = add(client, plan, title="ক" * 20_001, start_text="খ" * 501).json()["errors"]
    assert set(errors) == {"title", "start_text"}


@pytest.mark.parametrize("cell", CELLS)
def test_both_encodings_of_a_letter_become_one(client: Client, plan: WorkPlan, cell: str) -> None:
    add(client, plan, **{cell: "সম\u09dfের প\u09dcা গা\u09dd"})
    task = Task.objects.select_related("subject").get()
    stored = task.subject.name if cell == "subject" else getattr(task, cell)
    assert stored == "সম\u09af\u09bcের প\u09a1\u09bcা গা\u09a2\u09bc"


def test_one_subject_in_two_encodings_is_one_heading(client: Client, plan: WorkPlan) -> None:
    add(client, plan, subject="পরি\u09dfোজনা")
    add(client, plan, subject=" পরি\u09af\u09bcোজনা ")
    assert plan.subjects.count() == 1


def test_invisible_marks_from_word_are_dropped(client: Client, plan: WorkPlan) -> None:
    """Word's own cell, field and line marks arrive as control characters."""
    add(client, plan, title="\ufeffকাজের\u00a0নাম\x07\x13\x02", measure="এক\x0bদুই\x1fতিন")
    task = Task.objects.get()
    assert (task.title, task.measure) == ("কাজের নাম", "এক\nদুইতিন")


EVIL = "\"'><script>alert('হ্যাক')</script><img src=x onerror=alert(1)>{{ 7|add:7 }}</textarea>"


@pytest.fixture
def evil(client: Client, plan: WorkPlan) -> Task:
    """A row whose every cell holds a script."""
    add(client, plan, **dict.fromkeys(CELLS, EVIL))
    return Task.objects.select_related("subject").get()


def is_inert(html: str) -> bool:
    """The words are there, as words."""
    return "<script>alert" not in html and "<img src=x" not in html and "&lt;script&gt;" in html


def test_script_in_every_cell_is_words_on_every_page(
    client: Client, plan: WorkPlan, evil: Task
) -> None:
    for url in (
        plan.get_absolute_url(),
        evil.get_absolute_url(),
        reverse("workplans:task_update", args=[evil.pk]),
        reverse("workplans:task_create", args=[plan.pk]),
        reverse("workplans:import_create", args=[plan.pk]),
        reverse("duties:home"),
    ):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
    assert is_inert(client.get(plan.get_absolute_url()).content.decode())
    page = client.get(plan.get_absolute_url())
    assert texts_of(page, "tr[data-version='1'] td[data-field='measure'] span[data-text]") == [EVIL]


def test_script_in_a_conflict_is_words(client: Client, evil: Task) -> None:
    stale = Task.objects.select_related("subject").get(pk=evil.pk)
    save(client, evil, title="অন্য নাম")
    assert is_inert(save(client, stale, measure=EVIL * 2).json()["conflict"])
    assert is_inert(save(client, stale, page=True, measure=EVIL * 2).content.decode())


def test_script_in_a_row_is_words_on_paper(evil: Task) -> None:
    from teams.papers import paper_html, texts_of
    from workplans.documents import TEMPLATE, plan_content

    html = paper_html(TEMPLATE, plan_content(evil.plan))
    assert is_inert(html)
    assert texts_of(html).count(EVIL) >= len(CELLS) - 1
