"""Two people in every editor of a plan: nobody's words are written over without being shown.

Each editor opens its page as it is, somebody else saves something else, and then the page is sent.
What has no old text to lose (remarks, progress, replies) keeps both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bangla.digits import to_bangla
from teams.models import TermOfReference
from tests.factories import Country, client_of, make_country, make_plan, make_task, take_plan_to
from tests.pages import form_fields, texts_of
from tests.workplans.importers.build import FORM_2016, as_tsv, table
from tests.workplans.importers.fixture import make_tasks
from tests.workplans.indicators import make_indicator
from tests.workplans.rows import GRID
from workplans.actions import delete_task, return_workplan, submit_workplan
from workplans.models import Indicator, IndicatorReview, PlanImport, Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

MINE, THEIRS = "আমার লেখা কথা", "সহকর্মীর লেখা কথা"


@dataclass
class Desk:
    """A scored plan of two rows, each under its own subject, with an indicator; two writers."""

    country: Country
    plan: WorkPlan
    task: Task
    other: Task
    indicator: Indicator

    def client(self, who: str) -> Client:
        return client_of(self.country[f"upazila.{who}"])

    def refresh(self) -> Task:
        return Task.everything.select_related("subject").get(pk=self.task.pk)


@pytest.fixture
def desk() -> Iterator[Desk]:
    country = make_country()
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=0, form="scored")
    task, other = (make_task(plan, by=head, number=number) for number in (1, 2))
    return Desk(country, plan, task, other, make_indicator(task, by=head))


@dataclass(frozen=True)
class Editor:
    """An editor: the address of its page, the name of one box, and what stands there now."""

    address: Callable[[Desk], str]
    box: Callable[[Desk], str]
    read: Callable[[Desk], str]
    mine: str = MINE
    theirs: str = THEIRS


EDITORS = {
    "row": Editor(
        lambda desk: reverse("workplans:task_update", args=[desk.task.pk]),
        lambda desk: "measure",
        read=lambda desk: desk.refresh().measure,
    ),
    "subject of a row": Editor(
        lambda desk: reverse("workplans:task_update", args=[desk.task.pk]),
        lambda desk: "subject",
        read=lambda desk: desk.refresh().subject.name,
    ),
    "indicator": Editor(
        lambda desk: reverse("workplans:indicator_update", args=[desk.indicator.pk]),
        lambda desk: "name",
        read=lambda desk: Indicator.objects.get(pk=desk.indicator.pk).name,
    ),
    "weight": Editor(
        lambda desk: reverse("workplans:weight_update", args=[desk.plan.pk]),
        lambda desk: f"weight_{desk.task.subject_id}",
        mine="৪০",
        theirs="৩৫",
        read=lambda desk: to_bangla(f"{desk.refresh().subject.weight:.0f}"),
    ),
}


@pytest.mark.parametrize("editor", EDITORS.values(), ids=EDITORS)
def test_page_sent_from_an_old_copy_shows_both(desk: Desk, editor: Editor) -> None:
    address = editor.address(desk)
    mine, theirs = desk.client("member"), desk.client("innovation_officer")
    opened = form_fields(mine.get(address))
    box = editor.box(desk)
    form = form_fields(theirs.get(address))
    assert theirs.post(address, {**form, box: editor.theirs}).status_code == 302
    stale = mine.post(address, {**opened, box: editor.mine})
    assert stale.status_code == 409
    page = unescape(stale.content.decode())
    assert editor.mine in page
    assert editor.theirs in page
    assert editor.read(desk) == editor.theirs


def test_grid_row_and_name_of_a_subject_show_both(desk: Desk) -> None:
    mine, theirs = desk.client("member"), desk.client("innovation_officer")
    row = {"version": desk.task.version, "title": desk.task.title}
    row_url = reverse("workplans:task_update", args=[desk.task.pk])
    name = {"was": desk.task.subject.name}
    name_url = reverse("workplans:subject_rename", args=[desk.task.subject_id])
    for url, form, box in ((row_url, row, "measure"), (name_url, name, "name")):
        assert theirs.post(url, {**form, box: THEIRS}, headers=GRID).status_code == 200
        stale = mine.post(url, {**form, box: MINE}, headers=GRID)
        assert stale.status_code == 409
        assert MINE in stale.json()["conflict"]
        assert THEIRS in stale.json()["conflict"]
    assert (desk.refresh().measure, desk.refresh().subject.name) == (THEIRS, THEIRS)


def test_words_for_a_deleted_row_are_shown(desk: Desk) -> None:
    address = reverse("workplans:task_update", args=[desk.task.pk])
    mine = desk.client("member")
    opened = form_fields(mine.get(address))
    delete_task(task=desk.task, by=desk.country["upazila.head"])
    stale = mine.post(address, {**opened, "measure": MINE})
    assert stale.status_code == 409
    assert MINE in stale.content.decode()


def test_two_reviewers_see_both(desk: Desk) -> None:
    take_plan_to(desk.plan, "approved", by=desk.country["upazila.head"])
    address = reverse("workplans:score_review", args=[desk.plan.pk])
    mine, theirs = (client_of(desk.country[f"{level}.head"]) for level in ("district", "division"))
    box = f"i{desk.indicator.pk}-achieved"
    opened = form_fields(mine.get(address), "main form")
    theirs.post(address, {**form_fields(theirs.get(address), "main form"), box: "৮০"})
    stale = mine.post(address, {**opened, box: "৭০"})
    assert stale.status_code == 409
    assert "৭০" in stale.content.decode()
    assert "৮০" in stale.content.decode()
    assert IndicatorReview.objects.get().achieved == "৮০"


def test_ticks_of_two_people_are_both_kept(desk: Desk) -> None:
    """Of a set nothing needs to be asked: what each added and took away is done to it."""
    first, second, third = TermOfReference.objects.covering(desk.plan.starts_on)[:3]
    desk.task.terms.set([first])
    mine, theirs = desk.client("member"), desk.client("innovation_officer")
    for address in (
        reverse("workplans:task_terms", args=[desk.task.pk]),
        reverse("workplans:task_update", args=[desk.task.pk]),
    ):
        desk.task.terms.set([first])
        opened = form_fields(mine.get(address))
        form = form_fields(theirs.get(reverse("workplans:task_terms", args=[desk.task.pk])))
        theirs.post(
            reverse("workplans:task_terms", args=[desk.task.pk]),
            {**form, "terms": [first.pk, second.pk]},
        )
        mine.post(address, {**opened, "terms": [third.pk]})
        assert set(desk.task.terms.all()) == {second, third}


@pytest.mark.parametrize("name", ["approve", "return"])
def test_decision_is_about_the_text_that_was_read(desk: Desk, name: str) -> None:
    """The page was left open while the plan went back and came again with other words."""
    head = desk.country["upazila.head"]
    submit_workplan(workplan=desk.plan, by=head)
    client, address = desk.client("head"), reverse(f"workplans:{name}", args=[desk.plan.pk])
    opened = form_fields(client.get(address)) | {"reason": MINE}
    return_workplan(workplan=WorkPlan.objects.get(pk=desk.plan.pk), by=head, reason="দেখুন")
    submit_workplan(workplan=WorkPlan.objects.get(pk=desk.plan.pk), by=head)
    refused = client.post(address, opened)
    assert refused.status_code == 422
    assert "আবার পেশ হয়েছে" in refused.content.decode()
    if name == "return":
        assert MINE in refused.content.decode()
    assert WorkPlan.objects.get(pk=desk.plan.pk).status == "submitted"
    again = form_fields(refused) | {"reason": MINE}
    assert client.post(address, again).status_code == 302


def test_table_does_not_replace_rows_written_meanwhile(desk: Desk) -> None:
    pasted = as_tsv(table(FORM_2016, make_tasks(2)))
    mine = desk.client("member")
    mine.post(reverse("workplans:import_create", args=[desk.plan.pk]), {"pasted": pasted})
    address = PlanImport.objects.get().get_absolute_url()
    opened = form_fields(mine.get(address), "main form[data-draft]")
    row = {"version": desk.task.version, "title": desk.task.title, "measure": THEIRS}
    url = reverse("workplans:task_update", args=[desk.task.pk])
    desk.client("innovation_officer").post(url, row, headers=GRID)
    stale = mine.post(address, {**opened, "rows-0-title": MINE, "mode-mode": "replace"})
    assert stale.status_code == 422
    assert "পরিকল্পনার সারি বদলেছে" in " ".join(texts_of(stale, ".invalid-feedback"))
    assert MINE in stale.content.decode()
    assert desk.refresh().deleted_at is None
    seen = form_fields(stale, "main form[data-draft]")
    assert mine.post(address, seen).status_code == 302
    assert desk.refresh().deleted_at is not None


def test_progress_and_remarks_of_two_people_both_stand(desk: Desk) -> None:
    writers = [(desk.client("member"), MINE), (desk.client("innovation_officer"), THEIRS)]

    def send_all(address: str, page: str, selector: str) -> list[HttpResponse]:
        forms = [(client, form_fields(client.get(page), selector)) for client, _words in writers]
        return [
            client.post(address, {**form, "text": words})
            for (client, form), (_client, words) in zip(forms, writers, strict=True)
        ]

    progress = reverse("workplans:progress_create", args=[desk.task.pk])
    sent = send_all(
        progress, desk.task.get_absolute_url(), f"form[data-draft='progress-{desk.task.pk}']"
    )
    assert [one.status_code for one in sent] == [302, 302]
    assert {entry.text for entry in desk.task.progress.all()} == {MINE, THEIRS}
    remark = reverse("workplans:comment_create", args=[desk.plan.pk])
    assert [one.status_code for one in send_all(remark, remark, "main form.form")] == [302, 302]
    assert {one.text for one in desk.plan.comments.all()} == {MINE, THEIRS}
