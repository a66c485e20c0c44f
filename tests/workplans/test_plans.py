"""Plans as their people meet them: opened, found in the list, sent on their way."""

import pytest
from django.test import Client
from django.urls import reverse

from teams.enums import Tier
from tests.factories import (
    Country,
    Team,
    client_of,
    make_country,
    make_office,
    make_plan,
    make_progress,
    make_task,
    make_team,
)
from tests.pages import alerts_after, texts_of
from tests.races import at_once
from workplans.actions import delete_task
from workplans.enums import PlanStatus
from workplans.models import WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

# The same letter twice: as one code point, and as য with a nukta (what NFC settles on).
YYA_ONE, YYA_TWO = "\u09df", "\u09af\u09bc"


def opening(team: Team, period: str = "2026-2027") -> dict[str, object]:
    """The form that opens a plan, filled in."""
    return {"office": team.office.pk, "period": period, "form": "progress"}


# --- Opening -------------------------------------------------------------------------------
def test_create_opens_a_draft(team: Team) -> None:
    client = client_of(team.member)
    response = client.post(reverse("workplans:create"), opening(team))
    plan = WorkPlan.objects.get()
    assert response.url == plan.get_absolute_url()
    assert (plan.office, plan.period.code, plan.status) == (team.office, "2026-2027", "draft")
    assert (plan.form, plan.created_by, plan.version) == ("progress", team.member, 1)
    page = client.get(response.url)
    assert texts_of(page, ".empty h2") == ["এখনো কোনো কাজ লেখা হয়নি"]


@pytest.mark.parametrize(
    ("code", "kind", "first", "last"),
    [
        ("2026", "calendar", "2026-01-01", "2026-12-31"),
        ("2026-2027", "fiscal", "2026-07-01", "2027-06-30"),
        ("2027-01..2027-06", "half", "2027-01-01", "2027-06-30"),
    ],
)
def test_create_takes_every_kind_of_period(
    team: Team, code: str, kind: str, first: str, last: str
) -> None:
    client_of(team.head).post(reverse("workplans:create"), opening(team, code))
    plan = WorkPlan.objects.get()
    assert (plan.period_kind, f"{plan.starts_on}", f"{plan.ends_on}") == (kind, first, last)


def test_create_pressed_twice_opens_one_plan_and_says_so(team: Team) -> None:
    client = client_of(team.member)
    client.post(reverse("workplans:create"), opening(team))
    said = alerts_after(client, reverse("workplans:create"), opening(team))
    assert said == ["এই সময়ের পরিকল্পনা আগেই খোলা হয়েছে; সেটিই এখানে।"]
    assert WorkPlan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_create_by_eight_clicks_at_once_opens_one_plan() -> None:
    team = make_team()
    clients = [client_of(team.member) for _ in range(8)]

    def click() -> str:
        return clients.pop().post(reverse("workplans:create"), opening(team)).url

    assert at_once([click] * 8) == [WorkPlan.objects.get().get_absolute_url()] * 8


def test_create_refuses_other_offices_and_unknown_periods(team: Team) -> None:
    stranger = make_office("stranger", Tier.UPAZILA, team.office)
    client = client_of(team.head)
    for wrong in ({"office": stranger.pk}, {"period": "2026-2028"}, {"period": "1999"}):
        client.post(reverse("workplans:create"), {**opening(team), **wrong})
    assert not WorkPlan.objects.exists()


def test_create_is_not_offered_to_people_without_a_team() -> None:
    country = make_country()
    for name in ("reviewer", "administrator", "nobody"):
        client = client_of(country[name])
        assert client.get(reverse("workplans:create")).status_code == 403
        assert "নতুন পরিকল্পনা" not in texts_of(client.get(reverse("workplans:list")), "a.btn")


# --- The list ------------------------------------------------------------------------------
def listed(client: Client, **asked: object) -> list[str]:
    """The offices in the list, in order."""
    return texts_of(client.get(reverse("workplans:list"), asked), "table.list tbody th")


@pytest.fixture
def country() -> Country:
    """A submitted plan in the upazila, a draft in its sibling, an approved one elsewhere."""
    country = make_country()
    for name, status in (("upazila", "submitted"), ("sibling", "draft"), ("elsewhere", "approved")):
        make_plan(getattr(country, name), by=country[f"{name}.head"], status=status)
    return country


def test_list_has_own_plans_and_what_was_sent_from_below(country: Country) -> None:
    seen = {
        name: listed(client_of(country[name]))
        for name in ("sibling.member", "district.member", "division.head", "elsewhere.member")
    }
    assert seen == {
        "sibling.member": ["sibling কার্যালয়"],
        "district.member": ["upazila কার্যালয়"],
        "division.head": ["upazila কার্যালয়", "elsewhere কার্যালয়"]
        if country.upazila.path < country.elsewhere.path
        else ["elsewhere কার্যালয়", "upazila কার্যালয়"],
        "elsewhere.member": ["elsewhere কার্যালয়"],
    }


def test_list_filters_by_status_and_words(country: Country) -> None:
    client = client_of(country["division.head"])
    assert listed(client, status="approved") == ["elsewhere কার্যালয়"]
    assert listed(client, q="elsewhere") == ["elsewhere কার্যালয়"]
    assert listed(client, q="Office ELSEWHERE") == ["elsewhere কার্যালয়"]
    assert listed(client, q="upazila", status="approved") == []
    assert len(listed(client, status="no-such-status")) == 2


def test_list_finds_plans_by_their_tasks_but_not_by_deleted_ones(team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    task = make_task(plan, by=team.head, title="ভূমি উন্নয়ন কর মেলা আয়োজন")
    client = client_of(team.member)
    assert listed(client, q="কর মেলা") == [team.office.name_bn]
    assert listed(client, q="মেলা উৎসব") == []
    delete_task(task=task, by=team.head)
    assert listed(client, q="কর মেলা") == []


@pytest.mark.parametrize("typed", [YYA_ONE, YYA_TWO], ids=["one code point", "two code points"])
@pytest.mark.parametrize("asked", [YYA_ONE, YYA_TWO], ids=["ask one", "ask two"])
def test_list_finds_either_encoding_of_a_letter_by_the_other(
    team: Team, typed: str, asked: str
) -> None:
    plan = make_plan(team.office, by=team.head, tasks=0)
    client = client_of(team.member)
    row = {"title": f"সম{typed}মতো নোটিশ পাঠানো"}
    client.post(reverse("workplans:task_create", args=[plan.pk]), row)
    assert listed(client, q=f"সম{asked}মতো") == [team.office.name_bn]
    assert listed(client, q=f"কার্যাল{asked}") == [team.office.name_bn]


def test_list_counts_tasks_done_and_late(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, tasks=2)
    make_progress(plan.tasks.first(), by=team.head, percent=100)
    make_task(plan, by=team.head, end_text="২০ নভেম্বর ২০২৬")
    gone = make_task(plan, by=team.head, end_text="২০ নভেম্বর ২০২৬")
    delete_task(task=gone, by=team.head)
    cells = texts_of(client_of(team.head).get(reverse("workplans:list")), "td.right")
    assert cells == ["৩", "১", "১"]


def test_list_pages_keep_the_filters(team: Team) -> None:
    for year in range(1990, 2022):
        make_plan(team.office, by=team.head, tasks=0, period=str(year))
    client = client_of(team.member)
    first = client.get(reverse("workplans:list"), {"status": "draft"})
    assert len(texts_of(first, "tbody tr")) == 30
    assert texts_of(first, ".pages [aria-current]") == ["পাতা ১ / ২"]
    assert "status=draft&amp;page=2" in first.content.decode()
    assert len(listed(client, status="draft", page=2)) == 2
    assert len(listed(client, page="নয়")) == 30


def test_list_without_plans_says_what_to_do(team: Team) -> None:
    client = client_of(team.member)
    assert texts_of(client.get(reverse("workplans:list")), ".empty a") == ["নতুন পরিকল্পনা"]
    found_nothing = client.get(reverse("workplans:list"), {"q": "অন্যকিছু"})
    assert texts_of(found_nothing, ".empty h2") == ["এমন কোনো পরিকল্পনা পাওয়া যায়নি"]


# --- On its way ------------------------------------------------------------------------------
MEETING = {"meeting_on": "১৫ নভেম্বর ২০২৬", "reference": "৫.৪১.৩৩০০.০০০.০৬.০০১.২৬-১১২"}


def step(plan: WorkPlan, name: str) -> str:
    return reverse(f"workplans:{name}", args=[plan.pk])


def test_plan_goes_its_whole_way_through_the_pages(team: Team) -> None:
    plan = make_plan(team.office, by=team.member)
    officer, head = client_of(team.innovation_officer), client_of(team.head)

    def status() -> str:
        plan.refresh_from_db()
        return plan.status

    said = alerts_after(officer, step(plan, "submit"))
    assert said == ["পরিকল্পনা দপ্তর প্রধানের কাছে পেশ করা হয়েছে।"]
    assert status() == PlanStatus.SUBMITTED

    said = alerts_after(head, step(plan, "return"), {"reason": "পরিমাপের ঘরে\r\nসংখ্যা দিন"})
    assert said[0] == "পরিকল্পনা সংশোধনের জন্য ফেরত দেওয়া হয়েছে।"
    assert "পরিমাপের ঘরে সংখ্যা দিন" in said[1]
    assert status() == PlanStatus.RETURNED
    assert plan.return_reason == "পরিমাপের ঘরে\nসংখ্যা দিন"

    alerts_after(officer, step(plan, "submit"))
    assert status() == PlanStatus.SUBMITTED
    assert alerts_after(head, step(plan, "approve"), MEETING) == ["পরিকল্পনা অনুমোদিত হয়েছে।"]
    assert status() == PlanStatus.APPROVED
    assert alerts_after(head, step(plan, "close")) == ["পরিকল্পনা সমাপ্ত ঘোষণা করা হয়েছে।"]
    assert status() == PlanStatus.CLOSED


def test_buttons_are_shown_to_those_who_may_press_them(team: Team) -> None:
    plan = make_plan(team.office, by=team.member)

    def buttons(person: str) -> set[str]:
        page = client_of(getattr(team, person)).get(plan.get_absolute_url())
        steps = {"পেশ করুন", "ফেরত দিন", "অনুমোদন করুন", "সমাপ্ত ঘোষণা করুন"}
        return steps & set(texts_of(page, ".actions button, .actions a"))

    assert buttons("member") == set()
    assert buttons("innovation_officer") == buttons("head") == {"পেশ করুন"}
    alerts_after(client_of(team.head), step(plan, "submit"))
    assert buttons("member") == buttons("innovation_officer") == set()
    assert buttons("head") == {"ফেরত দিন", "অনুমোদন করুন"}
    alerts_after(client_of(team.head), step(plan, "approve"), MEETING)
    assert buttons("head") == {"সমাপ্ত ঘোষণা করুন"}


def test_return_without_a_reason_is_asked_again(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.SUBMITTED)
    response = client_of(team.head).post(step(plan, "return"), {"reason": " \n "})
    assert texts_of(response, ".invalid-feedback") == ["কী সংশোধন করতে হবে, লিখুন।"]
    plan.refresh_from_db()
    assert plan.status == PlanStatus.SUBMITTED


@pytest.mark.parametrize("name", ["submit", "return", "approve", "close"])
def test_step_pressed_twice_is_answered_with_words_and_done_once(team: Team, name: str) -> None:
    before = {"submit": "draft", "return": "submitted", "approve": "submitted", "close": "approved"}
    plan = make_plan(team.office, by=team.head, status=before[name])
    client = client_of(team.head)
    alerts_after(client, step(plan, name), {"reason": "কারণ", **MEETING})
    plan.refresh_from_db()
    version = plan.version
    said = alerts_after(client, step(plan, name), {"reason": "কারণ", **MEETING})
    assert "আগেই" in said[0]
    plan.refresh_from_db()
    assert plan.version == version


def test_step_by_the_wrong_person_is_refused(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.SUBMITTED)
    client = client_of(team.member)
    for name in ("approve", "return"):
        assert client.post(step(plan, name), {"reason": "কারণ"}).status_code == 403
    plan.refresh_from_db()
    assert plan.status == PlanStatus.SUBMITTED


def test_approved_plan_says_by_whom_and_is_not_written_in_any_more(team: Team) -> None:
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    page = client_of(team.member).get(plan.get_absolute_url())
    assert f"{team.head.name_bn} ২১ নভেম্বর ২০২৬ তারিখে অনুমোদন করেছেন" in page.content.decode()
    assert texts_of(page, "[data-url]") == []
    response = client_of(team.member).post(
        reverse("workplans:task_create", args=[plan.pk]), {"title": "আরও একটি"}
    )
    assert response.status_code == 403
    assert plan.tasks.count() == 1
