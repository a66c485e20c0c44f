"""What a reader could learn without opening a closed door: from prints, searches and lists.

A superior office reads what was sent, as it was sent; a sister office reads nothing.
"""

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import Country, client_of, make_country, make_plan, make_progress, make_task
from tests.pages import texts_of
from tests.reports.build import report_of
from workplans.actions import delete_task, return_workplan, submit_workplan, update_task
from workplans.models import PlanDocument, WorkPlan

pytestmark = pytest.mark.django_db

SECRET = "গোপনীয়"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plan(country: Country) -> WorkPlan:
    """The draft somebody wants to get at."""
    plan = make_plan(country.upazila, by=country["upazila.head"], tasks=2)
    make_task(plan, by=country["upazila.head"], title=f"{SECRET} কাজ", subject=f"{SECRET} বিষয়")
    return plan


@pytest.fixture
def mine(country: Country) -> WorkPlan:
    """The intruder's own draft."""
    return make_plan(country.sibling, by=country["sibling.head"], tasks=2)


@pytest.fixture
def intruder(country: Country) -> Client:
    """The head of a sister office: every right at home, none here."""
    return client_of(country["sibling.head"])


@pytest.fixture
def above(country: Country) -> Client:
    return client_of(country["district.head"])


def to(name: str, pk: int) -> str:
    return reverse(f"workplans:{name}", args=[pk])


def submit(plan: WorkPlan, country: Country) -> None:
    submit_workplan(workplan=plan, by=country["upazila.head"])


# --- What was said earlier -----------------------------------------------------------------
def printed(client: Client, plan: WorkPlan) -> PlanDocument:
    response = client.post(to("print", plan.pk))
    assert response.status_code == 302
    return PlanDocument.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])


def papers(client: Client, document: PlanDocument) -> set[int]:
    """What the three addresses of a print answer."""
    return {
        client.get(to("document_detail", document.pk)).status_code,
        client.get(to("document_download", document.pk)).status_code,
        client.post(to("document_retry", document.pk)).status_code,
    }


def test_print_of_a_draft_stays_with_the_team_when_the_plan_is_sent(
    country: Country, above: Client, plan: WorkPlan
) -> None:
    team = client_of(country["upazila.member"])
    draft = printed(team, plan)
    submit(plan, country)
    assert papers(above, draft) == {404}
    assert 404 not in papers(team, draft)
    sent = printed(above, plan)
    assert sent.pk != draft.pk
    assert 404 not in papers(above, sent)


def test_print_of_a_sent_plan_is_out_of_sight_while_the_plan_is_returned(
    country: Country, above: Client, intruder: Client, plan: WorkPlan
) -> None:
    submit(plan, country)
    sent = printed(above, plan)
    assert papers(intruder, sent) == {404}
    return_workplan(workplan=plan, by=country["upazila.head"], reason=SECRET)
    assert papers(above, sent) == {404}
    returned = printed(client_of(country["upazila.head"]), plan)
    submit(plan, country)
    assert papers(above, returned) == {404}


def test_sent_plan_shows_neither_earlier_words_nor_the_reason_of_a_return(
    country: Country, above: Client, plan: WorkPlan
) -> None:
    head = country["upazila.head"]
    submit(plan, country)
    return_workplan(workplan=plan, by=head, reason=f"{SECRET} কারণ")
    secret = plan.tasks.get(title__contains=SECRET)
    words = {"subject": "বিষয়", "title": "শেষ কথা", "start_text": "", "end_text": ""}
    rest = {"responsible_text": "", "expected_result": "", "measure": ""}
    plan.refresh_from_db()
    update_task(task=secret, version=secret.version, fields={**words, **rest}, by=head)
    submit(plan, country)
    for url in (plan.get_absolute_url(), secret.get_absolute_url()):
        page = above.get(url)
        assert page.status_code == 200
        assert SECRET not in page.content.decode()


def test_deleted_row_is_gone_for_readers_above(
    country: Country, above: Client, plan: WorkPlan
) -> None:
    secret = plan.tasks.get(title__contains=SECRET)
    make_progress(secret, by=country["upazila.head"])
    delete_task(task=secret, by=country["upazila.head"])
    submit(plan, country)
    assert SECRET not in above.get(plan.get_absolute_url()).content.decode()
    assert above.get(secret.get_absolute_url()).status_code == 404
    assert (
        SECRET not in above.get(f"{plan.get_absolute_url()}?deleted={secret.pk}").content.decode()
    )


def test_conflict_page_is_not_a_way_to_read(
    above: Client, intruder: Client, plan: WorkPlan
) -> None:
    """A save from an old copy answers with the present words; only to the team."""
    secret = plan.tasks.get(title__contains=SECRET)
    for reader in (above, intruder):
        response = reader.post(to("task_update", secret.pk), {"title": "ক", "version": 999})
        assert response.status_code == 404
        assert SECRET not in response.content.decode()


# --- Lists and searches --------------------------------------------------------------------
def plans_found(client: Client, **query: str) -> list[str]:
    return texts_of(client.get(reverse("workplans:list"), query), "tbody th")


def test_search_tells_nothing_of_plans_out_of_sight(
    country: Country, above: Client, intruder: Client, plan: WorkPlan, mine: WorkPlan
) -> None:
    own = client_of(country["upazila.member"])
    assert plans_found(own, q=SECRET) == [country.upazila.name_bn]
    for query in ({"q": SECRET}, {"q": "upazila"}, {"status": "draft", "q": SECRET}):
        assert plans_found(above, **query) == []
        assert plans_found(intruder, **query) == []
    submit(plan, country)
    assert plans_found(above, q=SECRET) == [country.upazila.name_bn]
    assert plans_found(intruder, q=SECRET) == []


def test_search_does_not_find_deleted_rows(country: Country, above: Client, plan: WorkPlan) -> None:
    delete_task(task=plan.tasks.get(title__contains=SECRET), by=country["upazila.head"])
    submit(plan, country)
    assert plans_found(above, q=SECRET) == []
    assert plans_found(client_of(country["upazila.head"]), q=SECRET) == []


def test_filter_by_state_shows_no_drafts_from_above(above: Client, plan: WorkPlan) -> None:
    for status in ("draft", "returned", "", "submitted"):
        assert plans_found(above, status=status) == []


@pytest.mark.parametrize("person", ["district.head", "reviewer", "sibling.head", "administrator"])
def test_home_and_lists_say_nothing_of_a_draft(
    country: Country, plan: WorkPlan, person: str
) -> None:
    make_progress(plan.tasks.first(), by=country["upazila.head"])
    report_of(plan, by=country["upazila.head"])
    client = client_of(country[person])
    for name in ("duties:home", "workplans:list", "reports:list"):
        assert country.upazila.name_bn not in texts_of(client.get(reverse(name)), "main")[0]


def test_stranger_cannot_tell_a_hidden_plan_from_none(intruder: Client, plan: WorkPlan) -> None:
    hidden = intruder.get(plan.get_absolute_url())
    none = intruder.get(to("detail", 999_999))
    assert (hidden.status_code, none.status_code) == (404, 404)
    assert texts_of(hidden, "main") == texts_of(none, "main")


def test_excel_file_holds_words_not_formulas(country: Country, plan: WorkPlan) -> None:
    """What the team typed must not run on the superior's machine."""
    make_task(plan, by=country["upazila.head"], title='=HYPERLINK("http://evil.example","খুলুন")')
    submit(plan, country)
    response = client_of(country["district.head"]).get(to("xlsx", plan.pk))
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    cells = [cell for line in sheet for cell in line if str(cell.value).startswith("=")]
    assert [cell.data_type for cell in cells] == ["s"]
