"""A proven initiative taken over by another office: from the button to the savings."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas.actions import (
    ReplicationText,
    TaskRow,
    adopt_replication,
    drop_replication,
    take_initiative,
    update_replication,
    withdraw_initiative,
)
from ideas.enums import IdeaStatus, ReplicationStatus
from ideas.models import Idea, Initiative, LinkedTask, Measure, Replication
from jobs.models import Letter
from teams.models import AuditEntry
from tests.factories import Country, client_of, make_country, make_plan
from tests.ideas.spreading import DAYS, adopt, link_tasks, make_initiative, measures_form, take
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.races import at_once
from workplans.actions import approve_workplan, submit_workplan
from workplans.enums import PlanStatus
from workplans.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def initiative(country: Country) -> Initiative:
    return make_initiative(country.upazila, by=country["upazila.head"])


@pytest.fixture
def taker(country: Country) -> Client:
    """The head of the sister upazila."""
    return client_of(country["sibling.head"])


def url_of(initiative: Initiative, query: str = "") -> str:
    return reverse("ideas:replication_create", args=[initiative.pk]) + query


def source_tasks(country: Country, initiative: Initiative, *, status: str) -> None:
    """Two tasks of the pilot in the first office's plan."""
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=0)
    rows = [
        TaskRow("ফরম এক পাতায় আনা", date(2026, 8, 1), date(2026, 8, 31), "গোপন পদ", "গোপন ফল"),
        TaskRow("কর্মচারীদের প্রশিক্ষণ", date(2026, 8, 11), date(2026, 8, 21)),
    ]
    link_tasks(initiative, plan, rows, by=head)
    if status == PlanStatus.APPROVED:
        submit_workplan(workplan=plan, by=head)
        approve_workplan(workplan=plan, by=head, meeting_on=date(2026, 8, 10))


# --- Taking it ---------------------------------------------------------------------------------
def test_a_lead_of_another_office_takes_an_initiative_over(country, initiative, taker):
    fields = form_fields(taker.get(url_of(initiative)))

    answer = taker.post(url_of(initiative), {**fields, "adaptations": "দুই ভাষায় ফরম"})

    replication = Replication.objects.get()
    assert answer.url == replication.get_absolute_url()
    assert (replication.office, replication.idea) == (country.sibling, initiative.idea)
    assert replication.adaptations == "দুই ভাষায় ফরম"
    assert replication.starts_on == timezone.localdate()
    entry = AuditEntry.objects.get(action="replication.take")
    assert entry.by == country["sibling.head"]


def test_the_tasks_of_the_pilot_go_into_the_takers_draft_with_the_credit(
    country, initiative, taker
):
    source_tasks(country, initiative, status=PlanStatus.APPROVED)
    make_plan(country.sibling, by=country["sibling.head"], tasks=0)
    page = taker.get(url_of(initiative))
    fields = form_fields(page)
    today = timezone.localdate()

    # Not the first office's dates: today, and as long as it took there, in the same order.
    assert "গোপন" not in page.content.decode()
    fields |= {"form-1-title": "ইউনিয়ন ভূমি কর্মীদের প্রশিক্ষণ"}
    taker.post(url_of(initiative), fields)

    first, second = Task.objects.filter(plan__office=country.sibling).order_by("pk")
    assert (first.starts_on, first.ends_on) == (today, today + timedelta(days=30))
    assert second.starts_on == today + timedelta(days=10)
    assert second.title == "ইউনিয়ন ভূমি কর্মীদের প্রশিক্ষণ"
    assert initiative.title in first.subject.name
    assert country.upazila.name_bn in first.subject.name
    linked = LinkedTask.objects.filter(replication__office=country.sibling)
    assert {link.task for link in linked} == {first, second}


def test_an_approved_plan_takes_the_tasks_as_decided_ones(country, initiative, taker):
    source_tasks(country, initiative, status=PlanStatus.APPROVED)
    plan = make_plan(
        country.sibling, by=country["sibling.head"], tasks=1, status=PlanStatus.APPROVED
    )
    fields = form_fields(taker.get(url_of(initiative)))
    post = country.sibling.posts.first().designation_bn

    del fields["form-1-chosen"]
    taker.post(url_of(initiative), {**fields, "form-0-responsible_text": post})

    task = Task.objects.filter(plan=plan).exclude(idea_link=None).get()
    assert task.responsible_text == post
    assert task.responsible.get().office == country.sibling
    assert AuditEntry.objects.filter(action="task.decide", object_id=task.pk).exists()


def test_tasks_of_a_draft_plan_are_offered_to_nobody(country, initiative, taker):
    source_tasks(country, initiative, status=PlanStatus.DRAFT)
    make_plan(country.sibling, by=country["sibling.head"], tasks=0)

    page = taker.get(url_of(initiative))

    assert "ফরম এক পাতায় আনা" not in page.content.decode()


def test_without_a_plan_the_initiative_is_taken_without_tasks_and_that_is_said(
    country, initiative, taker
):
    source_tasks(country, initiative, status=PlanStatus.APPROVED)
    page = taker.get(url_of(initiative))

    assert any("কর্মপরিকল্পনা নেই" in text for text in texts_of(page, ".alert"))
    said = alerts_after(taker, url_of(initiative), form_fields(page))

    assert any("কোনো কাজ যোগ হয়নি" in text for text in said)
    assert Replication.objects.exists()
    assert not LinkedTask.objects.filter(replication__isnull=False).exists()


def test_without_tasks_to_copy_it_is_taken_all_the_same(country, initiative, taker):
    make_plan(country.sibling, by=country["sibling.head"], tasks=0)

    taker.post(url_of(initiative), form_fields(taker.get(url_of(initiative))))

    assert Replication.objects.get().office == country.sibling


def test_a_wrong_date_keeps_the_words_and_writes_nothing(country, initiative, taker):
    source_tasks(country, initiative, status=PlanStatus.APPROVED)
    make_plan(country.sibling, by=country["sibling.head"], tasks=0)
    fields = form_fields(taker.get(url_of(initiative)))

    answer = taker.post(
        url_of(initiative), {**fields, "form-0-starts_on": "শীতকালে", "adaptations": "নিজের মতো"}
    )

    assert answer.status_code == 422
    assert "শীতকালে" in answer.content.decode()
    assert form_fields(answer)["adaptations"].strip() == "নিজের মতো"
    assert not Replication.objects.exists()


@pytest.mark.parametrize("who", ["upazila.head", "sibling.member", "reviewer", "nobody"])
def test_own_offices_members_and_strangers_do_not_take(country, initiative, who):
    client = client_of(country[who])

    assert client.get(url_of(initiative)).status_code == 403
    assert client.post(url_of(initiative), {"form_key": "x"}).status_code == 403


def test_a_page_that_is_not_on_show_cannot_be_taken(country, initiative, taker):
    withdraw_initiative(initiative=initiative, by=country["upazila.head"])

    assert taker.get(url_of(initiative)).status_code == 404


def test_the_same_form_twice_makes_one_replication(country, initiative, taker):
    fields = form_fields(taker.get(url_of(initiative)))

    taker.post(url_of(initiative), fields)
    taker.post(url_of(initiative), fields)

    assert Replication.objects.count() == 1


def test_whoever_has_it_already_is_led_to_it(country, initiative, taker):
    replication = take(initiative, country.sibling, by=country["sibling.head"])

    assert taker.get(url_of(initiative)).url == replication.get_absolute_url()


def test_an_office_that_dropped_it_may_take_it_again(country, initiative, taker):
    fields = form_fields(taker.get(url_of(initiative)))
    taker.post(url_of(initiative), fields)
    first = Replication.objects.get()
    drop_replication(replication=first, reason="জনবল নেই", by=country["sibling.head"])

    taker.post(url_of(initiative), fields)

    assert Replication.objects.kept().get() != first


# --- Learnt from another office ----------------------------------------------------------------
def test_it_can_be_learnt_from_an_office_that_has_it_in_use(country, initiative):
    first = take(initiative, country.sibling, by=country["sibling.head"])
    adopt(first, by=country["sibling.head"])
    client = client_of(country["elsewhere.head"])
    here = url_of(initiative, f"?from={first.pk}")
    page = client.get(here)

    assert texts_of(page, "option[selected]")[0] == country.sibling.name_bn
    client.post(here, form_fields(page))

    assert Replication.objects.get(office=country.elsewhere).taken_from == first


def test_it_is_not_learnt_from_an_office_that_only_tries(country, initiative):
    first = take(initiative, country.sibling, by=country["sibling.head"])
    client = client_of(country["elsewhere.head"])
    here = url_of(initiative, f"?from={first.pk}")

    client.post(here, form_fields(client.get(here)))

    assert Replication.objects.get(office=country.elsewhere).taken_from is None


@pytest.mark.parametrize("query", ["?from=x&office=y", "?from=%00", "?office=" + "9" * 40])
def test_odd_addresses_are_as_good_as_none(taker, initiative, query):
    assert taker.get(url_of(initiative, query)).status_code == 200


# --- One replication ---------------------------------------------------------------------------
@pytest.fixture
def replication(country: Country, initiative: Initiative) -> Replication:
    return take(initiative, country.sibling, by=country["sibling.head"], adaptations="দুই ভাষায় ফরম")


def step(replication: Replication, name: str) -> str:
    return reverse(f"ideas:replication_{name}", args=[replication.pk])


def test_the_first_office_reads_what_was_changed_but_not_the_plan(country, initiative):
    source_tasks(country, initiative, status=PlanStatus.APPROVED)
    head = country["sibling.head"]
    plan = make_plan(country.sibling, by=head, tasks=0)
    replication = take_initiative(
        idea=initiative.idea,
        office=country.sibling,
        text=ReplicationText(adaptations="দুই ভাষায় ফরম"),
        plan=plan,
        tasks=[TaskRow("আমাদের ভেতরের কাজ", date(2026, 12, 1))],
        by=head,
    )

    ours = client_of(country["sibling.member"]).get(replication.get_absolute_url())
    theirs = client_of(country["upazila.member"]).get(replication.get_absolute_url())

    for page in (ours, theirs):
        assert "দুই ভাষায় ফরম" in page.content.decode()
    assert "আমাদের ভেতরের কাজ" in ours.content.decode()
    assert "আমাদের ভেতরের কাজ" not in theirs.content.decode()


def test_nobody_else_sees_it(country, replication):
    for who in ("district.head", "division.head", "elsewhere.head", "reviewer", "administrator"):
        assert client_of(country[who]).get(replication.get_absolute_url()).status_code == 404


def test_a_save_from_an_old_copy_shows_both_texts(country, replication, taker):
    fields = form_fields(taker.get(step(replication, "update")))
    update_replication(
        replication=replication,
        version=replication.version,
        text=ReplicationText(adaptations="সহকর্মীর কথা"),
        by=country["sibling.member"],
    )

    answer = taker.post(step(replication, "update"), {**fields, "adaptations": "আমার কথা"})

    assert answer.status_code == 409
    assert "সহকর্মীর কথা" in answer.content.decode()
    assert form_fields(answer)["adaptations"].strip() == "আমার কথা"
    taker.post(step(replication, "update"), form_fields(answer))
    replication.refresh_from_db()
    assert replication.adaptations == "আমার কথা"


def test_measures_are_saved_from_their_own_page(replication, taker):
    fields = form_fields(taker.get(step(replication, "measures")))

    taker.post(step(replication, "measures"), {**fields, **measures_form()})

    assert Measure.objects.get(replication=replication).after == 7
    assert "২৩,০০০ দিন" in taker.get(replication.get_absolute_url()).content.decode()


# --- In use ------------------------------------------------------------------------------------
def test_the_first_office_that_uses_it_makes_the_idea_a_replicated_one(
    country, initiative, replication, taker
):
    Idea.objects.filter(pk=initiative.idea_id).update(submitted_by=country["upazila.member"])
    fields = form_fields(taker.get(step(replication, "adopt")))

    taker.post(step(replication, "adopt"), {**fields, **measures_form()})

    replication.refresh_from_db()
    idea = Idea.objects.get(pk=initiative.idea_id)
    assert replication.status == ReplicationStatus.IN_USE
    assert idea.status == IdeaStatus.REPLICATED
    assert country.sibling.name_bn in idea.reference
    letters = Letter.objects.filter(to_address=country["upazila.member"].email)
    assert letters.order_by("-pk")[0].key.startswith(f"ideas.state:{idea.pk}:replicated")


def test_the_second_office_moves_nothing_more(country, initiative, replication):
    adopt(replication, by=country["sibling.head"])
    second = take(initiative, country.elsewhere, by=country["elsewhere.head"])
    version = Idea.objects.get(pk=initiative.idea_id).version

    adopt(second, by=country["elsewhere.head"])

    assert Idea.objects.get(pk=initiative.idea_id).version == version


def test_in_use_without_a_measure_is_asked_once(replication, taker):
    fields = form_fields(taker.get(step(replication, "adopt")))

    answer = taker.post(step(replication, "adopt"), fields)
    assert answer.status_code == 422
    assert any("পরিমাপ লিখুন" in text for text in texts_of(answer, ".alert"))

    taker.post(step(replication, "adopt"), {**form_fields(answer), "is_unmeasured": "on"})
    replication.refresh_from_db()
    assert replication.status == ReplicationStatus.IN_USE


def test_a_dropped_one_keeps_its_reason_and_those_who_learnt_from_it(
    country, initiative, replication, taker
):
    adopt(replication, by=country["sibling.head"])
    child = take(
        initiative, country.elsewhere, by=country["elsewhere.head"], taken_from=replication
    )
    fields = form_fields(taker.get(step(replication, "drop")))

    assert taker.post(step(replication, "drop"), {**fields, "reason": " "}).status_code == 422
    taker.post(step(replication, "drop"), {**fields, "reason": "কাজটি এখন অনলাইনে হয়"})

    child.refresh_from_db()
    assert child.taken_from == replication
    assert Idea.objects.get(pk=initiative.idea_id).status == IdeaStatus.REPLICATED
    page = client_of(country["elsewhere.head"]).get(child.get_absolute_url())
    assert texts_of(page, ".lineage .branch .chip")[0] == "এখন চালু নেই"
    assert "কাজটি এখন অনলাইনে হয়" not in page.content.decode()


def test_a_member_writes_but_does_not_move(country, replication):
    member = client_of(country["sibling.member"])

    assert member.get(step(replication, "update")).status_code == 200
    for name in ("adopt", "drop"):
        assert member.get(step(replication, name)).status_code == 403
    assert member.post(step(replication, "begin")).status_code == 403


def test_beginning_twice_is_answered(replication, taker):
    assert len(alerts_after(taker, step(replication, "begin"))) == 1

    assert "আগেই" in alerts_after(taker, step(replication, "begin"))[0]


# --- On the idea's page and in the list ----------------------------------------------------------
def test_the_ideas_page_tells_who_took_it(country, initiative, replication):
    page = client_of(country["upazila.member"]).get(initiative.idea.get_absolute_url())

    assert country.sibling.name_bn in page.content.decode()


def test_both_offices_find_it_in_their_lists(country, replication):
    for who, part in (("sibling.member", "ours"), ("upazila.member", "elsewhere")):
        page = client_of(country[who]).get(reverse("ideas:replication_list"), {"show": part})
        assert [row.get("href") for row in find(page, "tbody th a")] == [
            replication.get_absolute_url()
        ]


@pytest.mark.parametrize("show", ["", "ours", "elsewhere", "asked", "given", "odd\x00"])
def test_an_empty_list_says_what_to_do(taker, show):
    page = taker.get(reverse("ideas:replication_list"), {"show": show})

    assert find(page, ".empty h2")


def test_pages_take_as_many_queries_at_one_as_at_many(country, initiative, replication, measured):
    client = client_of(country["upazila.member"])
    urls = [
        replication.get_absolute_url(),
        reverse("ideas:replication_list") + "?show=elsewhere",
        initiative.idea.get_absolute_url(),
    ]
    before = [measured(client, url) for url in urls]
    many_replications(country, initiative, 30)

    assert [measured(client, url) for url in urls] == before


def many_replications(country: Country, initiative: Initiative, number: int) -> None:
    """So many offices below the district that have it in use, one from the other."""
    from tests.factories import make_office

    now, by, last = timezone.now(), country["district.head"], None
    for count in range(number):
        last = Replication.objects.create(
            idea=initiative.idea,
            office=make_office(f"more-{count}", parent=country.district),
            status=ReplicationStatus.IN_USE,
            taken_by=by,
            adopted_at=now,
            adopted_by=by,
            people_per_year=10,
            taken_from=last if count % 2 else None,
        )
        Measure.objects.create(replication=last, **DAYS.as_json())


@pytest.fixture
def measured(django_assert_max_num_queries):
    def count(client: Client, url: str) -> int:
        with django_assert_max_num_queries(100) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


# --- At once -----------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_leads_who_take_it_at_once_make_one_replication():
    country = make_country()
    initiative = make_initiative(country.upazila, by=country["upazila.head"])
    attempts = [
        partial(take, initiative, country.sibling, by=country[f"sibling.{role}"])
        for role in ("head", "innovation_officer")
    ]

    at_once(attempts)

    assert Replication.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_report_at_once_move_the_idea_once():
    country = make_country()
    initiative = make_initiative(country.upazila, by=country["upazila.head"])
    takers = [(country.sibling, "sibling.head"), (country.elsewhere, "elsewhere.head")]
    rows = [take(initiative, office, by=country[who]) for office, who in takers]

    answers = at_once(
        [
            partial(adopt_replication, replication=row, is_unmeasured=True, by=country[who])
            for row, (_office, who) in zip(rows, takers, strict=True)
        ]
    )

    assert answers == [None, None]
    assert AuditEntry.objects.filter(action="idea.replicate").count() == 1
    assert Replication.objects.in_use().count() == 2
