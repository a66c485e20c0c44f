"""Rows of a plan as they are added, saved, taken out and put back."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from teams.models import AuditEntry, User
from tests.factories import Team, client_of, make_plan, make_task, make_team
from tests.pages import form_fields, texts_of
from tests.races import at_once
from tests.workplans.rows import CELLS, GRID, ROW, add, arrangement, save, titles, tool
from workplans.actions import StaleTask, add_task, update_task
from workplans.enums import PlanStatus
from workplans.models import Subject, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


# --- Adding ----------------------------------------------------------------------------------
def test_add_from_the_grid_answers_with_the_grid(client: Client, plan: WorkPlan) -> None:
    response = add(client, plan)
    task = Task.objects.get()
    answer = response.json()
    assert answer["focus"] == task.pk
    assert f'id="task-{task.pk}"' in answer["grid"]
    assert "১টি বিষয়, ১টি কাজ" in answer["summary"]
    assert answer["saved"] == "১২:০০-এ সংরক্ষিত"
    assert {name: getattr(task, name) for name in CELLS if name != "subject"} == {
        name: words for name, words in ROW.items() if name != "subject"
    }
    assert (f"{task.starts_on}", f"{task.ends_on}") == ("2026-08-01", "2026-12-31")
    assert [post.designation for post in task.responsible.all()] == ["সহকারী প্রোগ্রামার"]
    entry = AuditEntry.objects.get(action="task.create")
    assert entry.after["title"] == ROW["title"]


def test_add_without_scripts_comes_back_to_the_row(client: Client, plan: WorkPlan) -> None:
    url = reverse("workplans:task_create", args=[plan.pk])
    form = form_fields(client.get(url, {"subject": "প্রশিক্ষণ"}))
    assert form["subject"] == "প্রশিক্ষণ"
    response = client.post(url, {**form, **ROW})
    assert response.url == f"{plan.get_absolute_url()}#task-{Task.objects.get().pk}"


def test_add_puts_rows_at_the_end_of_their_subject(client: Client, plan: WorkPlan) -> None:
    for subject, title in [("ক", "এক"), ("খ", "দুই"), ("ক", "তিন"), ("", "চার")]:
        add(client, plan, subject=subject, title=title)
    assert arrangement(plan) == [("ক", "এক"), ("ক", "তিন"), ("খ", "দুই"), ("", "চার")]


@pytest.mark.parametrize("page", [False, True], ids=["grid", "page"])
def test_add_without_a_title_is_asked_again(client: Client, plan: WorkPlan, page: bool) -> None:
    url = reverse("workplans:task_create", args=[plan.pk])
    said = "কাজের নাম লিখুন; বাকি ঘর পরে পূরণ করা যায়।"
    response = client.post(url, {**ROW, "title": " \u200b\n"}, headers={} if page else GRID)
    assert response.status_code == 422
    if page:
        assert said in texts_of(response, ".invalid-feedback")
        assert form_fields(response)["measure"].strip() == ROW["measure"]
    else:
        assert response.json() == {"errors": {"title": said}}
    assert not Task.objects.exists()


def test_add_of_the_title_alone_is_enough(client: Client, plan: WorkPlan) -> None:
    url = reverse("workplans:task_create", args=[plan.pk])
    assert client.post(url, {"title": "শুধু নাম"}, headers=GRID).status_code == 200
    task = Task.objects.get()
    assert (task.starts_on, task.ends_on, task.doubts, task.subject.name) == (None, None, [], "")


def test_form_sent_twice_is_one_row(client: Client, plan: WorkPlan) -> None:
    key = str(uuid.uuid4())
    first = add(client, plan, form_key=key).json()
    second = add(client, plan, form_key=key).json()
    assert first["focus"] == second["focus"] == Task.objects.get().pk
    assert AuditEntry.objects.filter(action="task.create").count() == 1


def test_form_come_back_to_adds_what_is_typed_now(client: Client, plan: WorkPlan) -> None:
    """Back shows the form as it was sent, with its key; other words in it are another row."""
    key = str(uuid.uuid4())
    first = add(client, plan, form_key=key).json()["focus"]
    second = add(client, plan, form_key=key, title="আরেকটি কাজ").json()["focus"]
    assert titles(plan) == [ROW["title"], "আরেকটি কাজ"]
    assert add(client, plan, form_key=key, title="আরেকটি কাজ").json()["focus"] == second
    assert first != second


def test_form_sent_again_after_its_row_was_changed_is_one_row(
    client: Client, plan: WorkPlan
) -> None:
    key = str(uuid.uuid4())
    add(client, plan, form_key=key)
    save(client, plan.tasks.select_related("subject").get(), title="বদলানো নাম")
    add(client, plan, form_key=key)
    assert titles(plan) == ["বদলানো নাম"]


@pytest.mark.django_db(transaction=True)
def test_form_sent_six_times_at_once_is_one_row() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head, tasks=0)
    key = uuid.uuid4()

    def send() -> int:
        by = User.objects.get(pk=team.member.pk)
        return add_task(workplan=plan, fields=ROW, by=by, form_key=key).pk

    assert at_once([send] * 6) == [Task.objects.get().pk] * 6


# --- Saving ----------------------------------------------------------------------------------
def test_save_answers_with_the_row_and_counts_the_version_up(client: Client, task: Task) -> None:
    answer = save(client, task, measure="জারি করা আদেশ").json()
    assert "জারি করা আদেশ" in answer["row"]
    assert 'data-version="2"' in answer["row"]
    task.refresh_from_db()
    assert (task.version, task.measure) == (2, "জারি করা আদেশ")
    entry = AuditEntry.objects.get(action="task.update")
    assert (entry.before["measure"], entry.after["measure"]) == ("অনুমোদিত নকশা", "জারি করা আদেশ")


def test_save_into_another_subject_moves_the_row(client: Client, task: Task) -> None:
    save(client, task, page=True, subject="প্রশিক্ষণ")
    assert arrangement(task.plan) == [("প্রশিক্ষণ", ROW["title"])]
    # The heading that lost its only row is gone.
    assert [subject.name for subject in Subject.objects.all()] == ["প্রশিক্ষণ"]


def test_save_in_the_grid_leaves_the_subject_alone(client: Client, task: Task) -> None:
    save(client, task, title="নতুন নাম")
    assert arrangement(task.plan) == [(ROW["subject"], "নতুন নাম")]


def test_save_without_scripts_goes_through_the_form(client: Client, task: Task) -> None:
    form = form_fields(client.get(reverse("workplans:task_update", args=[task.pk])))
    assert {name: words.strip() for name, words in form.items() if name in ROW} == ROW
    response = client.post(
        reverse("workplans:task_update", args=[task.pk]), {**form, "title": "নতুন নাম"}
    )
    assert response.url == f"{task.plan.get_absolute_url()}#task-{task.pk}"
    task.refresh_from_db()
    assert (task.title, task.version) == ("নতুন নাম", 2)


def test_save_of_a_row_taken_out_meanwhile_asks_and_brings_it_back(
    client: Client, team: Team, task: Task
) -> None:
    """The words of whoever was writing are never lost to somebody else's deletion."""
    tool(client_of(team.head), task, "delete")
    response = save(client, task, title="লেখা হচ্ছিল")
    assert response.status_code == 409
    assert "মুছে ফেলেছেন" in response.json()["conflict"]
    task.refresh_from_db()
    assert task.deleted_at
    response = save(client, task, title="লেখা হচ্ছিল")
    assert response.status_code == 200
    task.refresh_from_db()
    assert (task.title, task.deleted_at, task.deleted_by) == ("লেখা হচ্ছিল", None, None)


def test_form_of_a_row_taken_out_is_not_found(client: Client, task: Task) -> None:
    tool(client, task, "delete")
    assert client.get(reverse("workplans:task_update", args=[task.pk])).status_code == 404


def test_save_after_the_plan_was_sent_is_refused_in_words(
    client: Client, team: Team, task: Task
) -> None:
    client_of(team.head).post(reverse("workplans:submit", args=[task.plan_id]))
    response = save(client, task, title="দেরিতে")
    assert response.status_code == 403
    assert "এখন বদলানো যায় না" in response.json()["message"]
    for name in ("delete", "duplicate", "move", "settle"):
        response = tool(client, task, name, to="up")
        assert response.status_code == 422
        assert "অনুমোদনের অপেক্ষায়" in response.json()["message"]
    task.refresh_from_db()
    assert (task.title, task.version, task.deleted_at) == (ROW["title"], 1, None)


def test_plan_returned_is_written_in_again(team: Team, client: Client) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.RETURNED)
    assert add(client, plan).status_code == 200
    assert plan.tasks.count() == 2


# --- Two texts -------------------------------------------------------------------------------
@pytest.fixture
def overtaken(client: Client, task: Task) -> Task:
    """The copy an officer still has open after somebody else saved the row."""
    copy = Task.objects.select_related("subject").get(pk=task.pk)
    save(client, task, title="তাঁর নাম", measure="তাঁর পরিমাপ")
    return copy


def test_stale_save_in_the_grid_shows_both_texts_and_writes_nothing(
    client: Client, overtaken: Task
) -> None:
    response = save(client, overtaken, title="আমার নাম", expected_result="আমার ফল")
    assert response.status_code == 409
    conflict = response.json()["conflict"]
    for words in ("আমার নাম", "তাঁর নাম", "আমার ফল", ROW["expected_result"], "তাঁর পরিমাপ"):
        assert words in conflict
    overtaken.refresh_from_db()
    assert (overtaken.title, overtaken.version) == ("তাঁর নাম", 2)
    assert AuditEntry.objects.filter(action="task.update").count() == 1


def test_stale_save_without_scripts_is_a_page_whose_choices_are_honoured(
    client: Client, overtaken: Task
) -> None:
    response = save(client, overtaken, page=True, title="আমার নাম", expected_result="আমার ফল")
    assert response.status_code == 409
    assert texts_of(response, "legend") == [
        "প্রস্তাবিত বিষয় (গৃহীতব্য কাজের নাম)",
        "প্রত্যাশিত ফলাফল",
        "পরিমাপ",
    ]
    form = form_fields(response, "form[data-conflict-form]")
    assert form["version"] == "2"
    # Untouched, the form keeps one's own words; here the other's measure is chosen.
    url = reverse("workplans:task_update", args=[overtaken.pk])
    client.post(url, {**form, "keep_measure": "theirs"})
    overtaken.refresh_from_db()
    assert (overtaken.title, overtaken.expected_result, overtaken.measure, overtaken.version) == (
        "আমার নাম",
        "আমার ফল",
        "তাঁর পরিমাপ",
        3,
    )


@pytest.mark.parametrize("page", [False, True], ids=["grid", "page"])
def test_subject_renamed_meanwhile_keeps_its_name(client: Client, task: Task, page: bool) -> None:
    """A rename counts as a change of its rows; the grid, which sends no subject, leaves it."""
    copy = Task.objects.select_related("subject").get(pk=task.pk)
    rename = reverse("workplans:subject_rename", args=[task.subject_id])
    client.post(rename, {"name": "প্রশিক্ষণ"}, headers=GRID)
    response = save(client, copy, page=page, title="আমার নাম")
    assert response.status_code == 409
    html = response.content.decode() if page else response.json()["conflict"]
    assert ('name="subject"' in html, "keep_subject" in html) == (page, page)
    choice = {"keep_subject": "theirs"} if page else {}
    # Chosen among the two texts, and sent again because the answer was lost.
    for _ in range(2):
        save(client, copy, page=page, version=2, title="আমার নাম", **choice)
    assert arrangement(task.plan) == [("প্রশিক্ষণ", "আমার নাম")]
    task.refresh_from_db()
    assert task.version == 3


@pytest.mark.parametrize("change", ["settle", "rename"])
def test_stale_save_names_whoever_changed_the_row_last(
    client: Client, task: Task, team: Team, change: str
) -> None:
    copy = Task.objects.select_related("subject").get(pk=task.pk)
    other = client_of(team.innovation_officer)
    if change == "settle":
        tool(other, task, "settle")
    else:
        rename = reverse("workplans:subject_rename", args=[task.subject_id])
        other.post(rename, {"name": "প্রশিক্ষণ"}, headers=GRID)
    response = save(client, copy, title="আমার নাম")
    assert response.status_code == 409
    task.refresh_from_db()
    assert task.updated_by == team.innovation_officer


def test_stale_choice_is_asked_again(client: Client, overtaken: Task) -> None:
    """While one officer compares, the other saves a third time."""
    compared = form_fields(
        save(client, overtaken, page=True, title="আমার নাম"), "form[data-conflict-form]"
    )
    now = Task.objects.select_related("subject").get(pk=overtaken.pk)
    save(client, now, title="তৃতীয় নাম")
    url = reverse("workplans:task_update", args=[overtaken.pk])
    assert client.post(url, compared).status_code == 409
    overtaken.refresh_from_db()
    assert overtaken.title == "তৃতীয় নাম"


@pytest.mark.django_db(transaction=True)
def test_save_of_one_version_by_two_at_once_has_one_winner() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head)
    for _ in range(5):
        task = make_task(plan, by=team.head)
        words = {name: ROW[name] for name in CELLS}

        def attempt(person: User, title: str, task: Task = task, words: dict = words) -> str:
            copy = Task.objects.select_related("plan", "subject").get(pk=task.pk)
            by = User.objects.get(pk=person.pk)
            fields = {**words, "title": title}
            return update_task(task=copy, version=1, fields=fields, by=by).title

        results = at_once(
            [lambda: attempt(team.member, "প্রথম"), lambda: attempt(team.head, "দ্বিতীয়")]
        )
        won = [result for result in results if isinstance(result, str)]
        lost = [result for result in results if not isinstance(result, str)]
        assert [type(result) for result in lost] == [StaleTask]
        task.refresh_from_db()
        assert ([task.title], task.version) == (won, 2)
        # The loser is shown the winner's words.
        assert lost[0].current.title == won[0]


# --- Out and back ----------------------------------------------------------------------------
def test_delete_in_the_grid_offers_the_way_back(client: Client, plan: WorkPlan) -> None:
    for title in ("এক", "দুই", "তিন"):
        add(client, plan, title=title)
    second = plan.tasks.get(title="দুই")
    undo = tool(client, second, "delete").json()["undo"]
    assert undo["message"] == "কাজটি মুছে ফেলা হয়েছে।"
    assert [title for _, title in arrangement(plan)] == ["এক", "তিন"]
    client.post(undo["url"], headers=GRID)
    assert [title for _, title in arrangement(plan)] == ["এক", "দুই", "তিন"]
    entries = AuditEntry.objects.filter(object_type="workplans.task", object_id=second.pk)
    actions = entries.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["task.create", "task.delete", "task.restore"]


def test_delete_without_scripts_offers_the_way_back(client: Client, task: Task) -> None:
    page = client.get(tool(client, task, "delete", page=True).url)
    assert texts_of(page, ".alert p") == ["কাজটি মুছে ফেলা হয়েছে।"]
    url = reverse("workplans:task_restore", args=[task.pk])
    assert f'action="{url}"' in page.content.decode()
    client.post(url)
    assert [title for _, title in arrangement(task.plan)] == [ROW["title"]]


def test_deleted_row_keeps_its_subject_for_the_way_back(client: Client, task: Task) -> None:
    other = add(client, task.plan, subject="অন্য", title="অন্যটি").json()["focus"]
    tool(client, task, "delete")
    save(client, Task.objects.select_related("subject").get(pk=other), title="বদলানো")
    tool(client, task, "restore")
    assert arrangement(task.plan) == [(ROW["subject"], ROW["title"]), ("অন্য", "বদলানো")]


def test_duplicate_stands_right_below_without_progress(client: Client, plan: WorkPlan) -> None:
    for title in ("এক", "দুই"):
        add(client, plan, title=title)
    first = plan.tasks.get(title="এক")
    client.post(reverse("workplans:progress_create", args=[first.pk]), {"percent": "৫০"})
    copy_pk = tool(client, first, "duplicate").json()["focus"]
    assert [title for _, title in arrangement(plan)] == ["এক", "এক", "দুই"]
    copy = Task.objects.get(pk=copy_pk)
    assert copy.version == 1
    assert not copy.progress.exists()
    assert list(copy.responsible.all()) == list(first.responsible.all())
