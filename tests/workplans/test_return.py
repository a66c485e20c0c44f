"""A plan that comes back: remarks at its cells, what is left to mend, what was changed since."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import Team, client_of, make_country, make_plan, make_task
from tests.pages import alerts_after, find, texts_of
from workplans.actions import (
    add_comment,
    delete_task,
    return_workplan,
    submit_workplan,
    update_task,
)
from workplans.actions.writing import texts_of as words_of
from workplans.enums import Occasion, PlanStatus
from workplans.models import PlanComment, PlanSnapshot, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CHANGED = "td.changed"
FORM_KEY = "2a4e0c43-6f5c-4f39-8a59-2f2a1a3f2c11"


@pytest.fixture
def sent(team: Team) -> WorkPlan:
    """A plan of four rows that waits for the head."""
    return make_plan(team.office, by=team.head, tasks=4, status=PlanStatus.SUBMITTED)


def rows_of(plan: WorkPlan) -> list[Task]:
    return list(plan.tasks.kept().select_related("subject", "plan__office").in_order())


def remark_on(plan: WorkPlan, task: Task, cell: str = "", next_page: str = "") -> str:
    address = reverse("workplans:comment_create", args=[plan.pk])
    return f"{address}?task={task.pk}&cell={cell}&next={next_page}"


def change(task: Task, team: Team, **cells: str) -> None:
    update_task(task=task, version=task.version, fields={**words_of(task), **cells}, by=team.member)


def page_of(client: Client, plan: WorkPlan, asked: str = "") -> object:
    return client.get(plan.get_absolute_url() + asked)


def test_submission_is_kept_as_it_was(team: Team, sent: WorkPlan) -> None:
    kept = PlanSnapshot.objects.get(plan=sent)
    assert (kept.occasion, kept.revision, kept.taken_by) == (Occasion.SUBMITTED, 1, team.head)
    assert [row["title"] for row in kept.rows] == [task.title for task in rows_of(sent)]


def test_head_remarks_on_cells_and_returns_without_another_reason(
    team: Team, sent: WorkPlan
) -> None:
    client = client_of(team.head)
    first = rows_of(sent)[0]
    links = [link.get("href") for link in find(page_of(client, sent), "[data-remark]")]
    assert len(links) == 4
    form = client.get(links[0])
    assert texts_of(form, "option[value='end_text']") == ["সমাপ্তির তারিখ"]
    response = client.post(
        links[0],
        {
            "text": "মে মাসের মধ্যে আনুন",
            "cell": "end_text",
            "next": sent.get_absolute_url(),
            "form_key": FORM_KEY,
        },
    )
    assert response.url == sent.get_absolute_url()
    remark = PlanComment.objects.get()
    assert (remark.task, remark.cell, remark.is_shared) == (first, "end_text", False)

    said = alerts_after(client, reverse("workplans:return", args=[sent.pk]), {"reason": ""})
    assert "পরিকল্পনা সংশোধনের জন্য ফেরত দেওয়া হয়েছে।" in said
    sent.refresh_from_db()
    assert sent.status == PlanStatus.RETURNED

    page = page_of(client_of(team.member), sent)
    assert texts_of(page, ".remarks-open h2") == ["যা ঠিক করতে হবে"]
    listed = find(page, ".remarks-open b a")[0]
    assert listed.get("href") == f"#task-{first.pk}"
    mark = find(page, f"#task-{first.pk} td[data-field='end_text'] .remark-mark")[0]
    assert mark.get("href") == f"{first.get_absolute_url()}#remarks"
    assert (
        "মে মাসের মধ্যে আনুন" in texts_of(client_of(team.member).get(mark.get("href")), ".comment")[0]
    )


def test_return_needs_a_reason_or_an_open_remark(team: Team, sent: WorkPlan) -> None:
    client, url = client_of(team.head), reverse("workplans:return", args=[sent.pk])
    response = client.post(url, {"reason": " "})
    assert response.status_code == 422
    assert texts_of(response, ".invalid-feedback") == ["কী সংশোধন করতে হবে, লিখুন।"]
    sent.refresh_from_db()
    assert sent.status == PlanStatus.SUBMITTED


def test_remark_is_answered_settled_and_opened_again(team: Team, sent: WorkPlan) -> None:
    remark = add_comment(workplan=sent, by=team.head, text="দিন লিখুন", task=rows_of(sent)[0])
    return_workplan(workplan=sent, by=team.head)
    client = client_of(team.member)
    settle = reverse("workplans:comment_settle", args=[remark.pk])
    client.post(
        reverse("workplans:comment_reply", args=[remark.pk]),
        {"text": "লেখা হয়েছে", "form_key": FORM_KEY},
    )
    client.post(settle)
    remark.refresh_from_db()
    assert remark.settled_by == team.member
    assert [reply.text for reply in remark.replies.all()] == ["লেখা হয়েছে"]
    assert find(page_of(client, sent), ".remarks-open") == []
    assert "আগেই" in alerts_after(client, settle)[0]
    client_of(team.head).post(settle, {"open": "1"})
    remark.refresh_from_db()
    assert remark.settled_at is None


def test_changes_since_the_return_are_marked_for_the_team_and_then_for_the_head(
    team: Team, sent: WorkPlan
) -> None:
    first, second, third, _last = rows_of(sent)
    member, head = client_of(team.member), client_of(team.head)
    return_workplan(workplan=sent, by=team.head, reason="তারিখ দেখুন")
    assert find(page_of(member, sent), CHANGED) == []

    change(first, team, end_text="৩১ মে ২০২৭", measure="মাসে কতটি")
    delete_task(task=third, by=team.member)
    added = make_task(sent, by=team.member, number=9)

    def marks(client: Client, asked: str = "") -> tuple[set[str], set[str], list[str]]:
        page = page_of(client, sent, asked)
        cells = {f"{cell.get('data-field')}" for cell in find(page, f"#task-{first.pk} {CHANGED}")}
        rows = {row.get("id") for row in find(page, "tr.changed-row")}
        return cells, rows, texts_of(page, ".changes del, .changes ins")

    cells, rows, named = marks(member)
    assert cells == {"end_text", "measure"}
    assert rows == {f"task-{first.pk}", f"task-{added.pk}"}
    assert [third.title[:20] in named[0], added.title[:20] in named[1]] == [True, True]

    only = page_of(member, sent, "?changed=1")
    assert {row.get("id") for row in find(only, "table.grid tr[id]")} == rows
    assert second.title not in only.content.decode()

    submit_workplan(workplan=sent, by=team.innovation_officer)
    assert marks(head)[:2] == (cells, rows)
    assert "ফেরতের পরে বদলে পেশ করা" in texts_of(page_of(head, sent), ".changes")[0]
    # Compared with what was sent the first time, also word by word.
    compared = head.get(reverse("workplans:compare", args=[sent.pk]))
    assert "মে ২০২৭" in texts_of(compared, "ins")


def test_office_above_sees_no_marks_of_what_was_sent_back() -> None:
    country = make_country()
    head, above = country["upazila.head"], client_of(country["district.head"])
    plan = make_plan(country.upazila, by=head, tasks=2, status=PlanStatus.RETURNED)
    assert above.get(plan.get_absolute_url()).status_code == 404
    task = rows_of(plan)[0]
    old = task.title
    update_task(
        task=task, version=task.version, fields={**words_of(task), "title": "অন্য কাজ"}, by=head
    )
    submit_workplan(workplan=plan, by=head)
    page = above.get(plan.get_absolute_url())
    assert find(page, CHANGED) == []
    compared = above.get(reverse("workplans:compare", args=[plan.pk]), follow=True)
    assert old not in page.content.decode() + compared.content.decode()
    sent_before = above.get(reverse("workplans:compare", args=[plan.pk]), {"from": "sent"})
    assert sent_before.status_code == 404


def test_plan_page_asks_as_often_for_sixty_remarks_and_changes(team: Team) -> None:
    def asked(tasks: int, period: str) -> int:
        plan = make_plan(
            team.office, by=team.head, tasks=tasks, status=PlanStatus.SUBMITTED, period=period
        )
        for task in rows_of(plan):
            add_comment(workplan=plan, by=team.head, text="দেখুন", task=task, cell="title")
        return_workplan(workplan=plan, by=team.head)
        make_task(plan, by=team.head, number=0)
        client = client_of(team.member)
        client.get(plan.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(plan.get_absolute_url()).status_code == 200
        return len(queries)

    assert asked(1, "2026-2027") == asked(60, "2025-2026")
