"""A pilot from its plan to its end: who writes, what is missing, how it is brought to a close."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ideas.actions import (
    PilotPlan,
    RiskText,
    add_risk,
    add_visit,
    finish_pilot,
    move_idea,
    plan_pilot,
    stop_pilot,
    update_pilot,
)
from ideas.enums import DECLINE, SHOWCASE, IdeaStatus, PilotStatus
from ideas.models import Idea, Pilot, Risk
from ideas.pilots import lines_of
from meetings.enums import ItemKind
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_office, make_post, make_team
from tests.ideas.pilots import PLAN, VISIT, make_pilot, measure
from tests.ideas.register import REASON, make_idea
from tests.meetings.rows import make_meeting
from tests.pages import alerts_after, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TODAY = date(2026, 11, 21)


def to(name: str, *args: int) -> str:
    return reverse(f"ideas:{name}", args=args)


@pytest.fixture
def pilot(team: Team) -> Pilot:
    return make_pilot(team.office, by=team.head)


@pytest.fixture
def lead(team: Team) -> Client:
    return client_of(team.innovation_officer)


# --- The plan ------------------------------------------------------------------------------
def test_member_plans_the_pilot_of_an_approved_idea(team: Team, client: Client) -> None:
    idea = make_idea(team.office, by=team.head, status="approved")
    address = to("pilot_plan", idea.pk)
    assert address in client.get(idea.get_absolute_url()).content.decode()
    owner = make_post(team.office, designation="উপসহকারী প্রকৌশলী")
    form = form_fields(client.get(address)) | {
        "place": "বক্তারপুর\u200b ইউনিয়ন",
        "starts_on": "১ ডিসেম্বর ২০২৬",
        "ends_on": "31/03/2027",
        "owner_post": owner.pk,
        "budget": "১,২০,০০০",
        "expected": "৩ দিনে",
    }
    assert client.post(address, form).status_code == 302
    # The same form sent twice on a bad line makes one pilot and is no conflict.
    assert client.post(address, form).status_code == 302
    pilot = Pilot.objects.get(idea=idea)
    assert PilotPlan.of(pilot) == PilotPlan(
        place="বক্তারপুর ইউনিয়ন",
        starts_on=date(2026, 12, 1),
        ends_on=date(2027, 3, 31),
        owner_post=owner,
        budget=120_000,
        expected="৩ দিনে",
    )
    assert pilot.status == PilotStatus.PLANNED
    assert AuditEntry.objects.filter(action="pilot.plan").count() == 1


@pytest.mark.parametrize("status", sorted(set(IdeaStatus) - {"approved", "piloting"}))
def test_pilot_of_an_idea_not_approved_is_not_planned(team: Team, status: str) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    Pilot.objects.filter(idea=idea).delete()
    with pytest.raises(WrongState):
        plan_pilot(idea=idea, plan=PLAN, by=team.head)
    assert client_of(team.head).get(to("pilot_plan", idea.pk)).status_code == 302


def test_idea_piloted_without_a_plan_gets_a_running_pilot(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="piloting")
    Pilot.objects.filter(idea=idea).delete()
    assert plan_pilot(idea=idea, plan=PLAN, by=team.member).status == PilotStatus.RUNNING


def test_planned_pilot_is_begun_with_its_idea(team: Team, lead: Client) -> None:
    idea = make_idea(team.office, by=team.head, status="approved")
    pilot = plan_pilot(idea=idea, plan=PLAN, by=team.member)
    assert alerts_after(lead, to("pilot_begin", pilot.pk))[0] == "পাইলট শুরু হয়েছে।"
    pilot.refresh_from_db()
    idea.refresh_from_db()
    assert (pilot.status, idea.status) == (PilotStatus.RUNNING, IdeaStatus.PILOTING)
    assert PilotPlan.of(pilot) == PLAN
    again = alerts_after(lead, to("pilot_begin", pilot.pk))
    assert again[0] == "কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        *(("ends_on", "১/৯/২০২৬"), ("starts_on", "কাল"), ("ends_on", "৩১/২/২০২৭")),
        *(("budget", "-১"), ("budget", "১২.৫"), ("budget", "১০০০০০০০০০০০০০০০"), ("budget", "অনেক")),
        *(("owner_post", "0"), ("owner_post", "x"), ("owner_post", "9" * 30)),
        *(("version", ""), ("place", "ক" * 301), ("mentor", "খ" * 201)),
    ],
)
def test_wrong_plan_comes_back_with_a_word_beside_the_field(
    pilot: Pilot, client: Client, field: str, words: str
) -> None:
    address = to("pilot_update", pilot.pk)
    answer = client.post(address, form_fields(client.get(address)) | {field: words})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    pilot.refresh_from_db()
    assert PilotPlan.of(pilot) == PLAN


def test_post_of_another_office_is_refused(pilot: Pilot, client: Client, team: Team) -> None:
    stranger = make_post(make_office("other", parent=team.office))
    address = to("pilot_update", pilot.pk)
    form = form_fields(client.get(address)) | {"owner_post": stranger.pk}
    assert client.post(address, form).status_code == 422


def test_post_that_was_closed_stays_the_owner(team: Team, client: Client) -> None:
    owner = make_post(team.office, designation="পুরোনো পদ")
    pilot = make_pilot(team.office, by=team.head, plan=replace(PLAN, owner_post=owner))
    owner.is_active = False
    owner.save()
    address = to("pilot_update", pilot.pk)
    assert client.post(address, form_fields(client.get(address))).status_code == 302
    pilot.refresh_from_db()
    assert pilot.owner_post == owner


def test_save_from_an_old_copy_shows_both_plans(team: Team, pilot: Pilot, client: Client) -> None:
    address = to("pilot_update", pilot.pk)
    old = form_fields(client.get(address))
    theirs = replace(PLAN, place="জামালপুর ইউনিয়ন", budget=75_000)
    update_pilot(pilot=pilot, version=pilot.version, plan=theirs, by=team.head)
    answer = client.post(address, old | {"place": "মোক্তারপুর"})
    assert answer.status_code == 409
    assert texts_of(answer, "section.card") == [
        "পাইলটের স্থান জামালপুর ইউনিয়ন",
        "বাজেট (টাকা) ৭৫,০০০",
    ]
    mine = form_fields(answer)
    assert mine["place"] == "মোক্তারপুর"
    assert client.post(address, mine).status_code == 302
    pilot.refresh_from_db()
    assert (pilot.place, pilot.budget) == ("মোক্তারপুর", 120_000)


def test_plan_sent_for_an_idea_planned_meanwhile_shows_both(team: Team, client: Client) -> None:
    idea = make_idea(team.office, by=team.head, status="approved")
    pilot = plan_pilot(idea=idea, plan=PLAN, by=team.head)
    answer = client.post(to("pilot_plan", idea.pk), {"place": "মোক্তারপুর"})
    assert answer.status_code == 409
    assert form_fields(answer)["version"] == str(pilot.version)
    assert to("pilot_update", pilot.pk) in answer.content.decode()


def test_plan_of_a_pilot_that_is_over_stays_as_it_was(team: Team, pilot: Pilot) -> None:
    stop_pilot(pilot=pilot, lessons="চলে না", by=team.head)
    with pytest.raises(WrongState, match="বন্ধ"):
        update_pilot(pilot=pilot, version=pilot.version, plan=PilotPlan(), by=team.head)
    for name in ("pilot_update", "pilot_tasks", "pilot_measures", "risk_create", "visit_create"):
        assert client_of(team.member).get(to(name, pilot.pk)).status_code == 302


def test_declined_idea_takes_its_planned_pilot_along(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="approved")
    pilot = plan_pilot(idea=idea, plan=PLAN, by=team.member)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON)
    assert not texts_of(client_of(team.member).get(to("pilot_list") + "?show=planned"), "tbody th")
    with pytest.raises(WrongState):
        update_pilot(pilot=pilot, version=pilot.version, plan=PilotPlan(), by=team.head)


# --- The end -------------------------------------------------------------------------------
def test_success_is_closed_with_results_and_told(
    team: Team, pilot: Pilot, lead: Client, told: list[str]
) -> None:
    measure(pilot, by=team.head)
    address = to("pilot_finish", pilot.pk)
    assert "unmeasured_reason" not in form_fields(lead.get(address))
    lead.post(address, {"results": "১২ দিনের কাজ ৩ দিনে", "lessons": "আগে প্রশিক্ষণ"})
    pilot.refresh_from_db()
    assert (pilot.status, pilot.results) == (PilotStatus.SUCCEEDED, "১২ দিনের কাজ ৩ দিনে")
    # The idea waits to be shown; its submitter hears that the pilot went well.
    assert pilot.idea.status == IdeaStatus.PILOTING
    assert told == ["piloting"]


def test_success_without_figures_asks_why_and_keeps_the_answer(
    team: Team, pilot: Pilot, lead: Client
) -> None:
    address = to("pilot_finish", pilot.pk)
    answer = lead.post(address, {"results": "ভালো চলেছে"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["unmeasured_reason"]
    assert form_fields(answer)["results"].strip() == "ভালো চলেছে"
    with pytest.raises(WrongState):
        finish_pilot(pilot=pilot, results="ভালো", lessons="", by=team.head)
    lead.post(address, {"results": "ভালো চলেছে", "unmeasured_reason": "জরিপ ডিসেম্বরে"})
    page = lead.get(pilot.get_absolute_url())
    assert "জরিপ ডিসেম্বরে" in " ".join(texts_of(page, ".timeline li"))
    assert "পরের পরিমাপ নেই" in " ".join(texts_of(page, ".alert"))


def test_stop_wants_what_was_learnt_and_ends_the_idea(
    pilot: Pilot, lead: Client, told: list[str]
) -> None:
    address = to("pilot_stop", pilot.pk)
    assert lead.post(address, {"lessons": " \n\u200b "}).status_code == 422
    assert lead.post(address, {"lessons": "যন্ত্র ছাড়া চলে না"}).status_code == 302
    pilot.refresh_from_db()
    assert (pilot.status, pilot.lessons) == (PilotStatus.STOPPED, "যন্ত্র ছাড়া চলে না")
    assert pilot.idea.status == IdeaStatus.STOPPED
    assert told == ["stopped"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The states of ideas that the submitter was told of."""
    states: list[str] = []

    def note(idea: Idea, *, by: object) -> None:
        states.append(Idea.objects.get(pk=idea.pk).status)

    monkeypatch.setattr("ideas.actions.pilots.tell_submitter", note)
    return states


def test_member_does_not_say_how_it_ended(team: Team, pilot: Pilot) -> None:
    for end in (
        lambda: finish_pilot(
            pilot=pilot, results="ভালো", lessons="", by=team.member, unmeasured_reason="পরে"
        ),
        lambda: stop_pilot(pilot=pilot, lessons="চলে না", by=team.member),
    ):
        with pytest.raises(PermissionDenied):
            end()


def test_pilot_that_has_not_begun_cannot_end(team: Team, lead: Client) -> None:
    idea = make_idea(team.office, by=team.head, status="approved")
    pilot = plan_pilot(idea=idea, plan=PLAN, by=team.member)
    for name in ("pilot_finish", "pilot_stop"):
        assert "শুরু হয়নি" in alerts_after(lead, to(name, pilot.pk), {})[0]
    with pytest.raises(WrongState):
        stop_pilot(pilot=pilot, lessons="চলে না", by=team.head)


@pytest.mark.django_db(transaction=True)
def test_of_finish_and_stop_at_once_exactly_one_counts() -> None:
    team = make_team()
    made = make_pilot(team.office, by=team.head)
    measure(made, by=team.head)

    def finish() -> None:
        finish_pilot(
            pilot=Pilot.objects.select_related("idea__office").get(pk=made.pk),
            results="ভালো",
            lessons="",
            by=team.head,
        )

    def stop() -> None:
        stop_pilot(
            pilot=Pilot.objects.select_related("idea__office").get(pk=made.pk),
            lessons="চলে না",
            by=team.innovation_officer,
        )

    results = at_once([finish, stop])
    assert sorted(type(result) for result in results if result) == [WrongState]
    pilot = Pilot.objects.get(pk=made.pk)
    ends = {PilotStatus.SUCCEEDED: IdeaStatus.PILOTING, PilotStatus.STOPPED: IdeaStatus.STOPPED}
    assert pilot.idea.status == ends[PilotStatus(pilot.status)]


@pytest.mark.django_db(transaction=True)
def test_of_two_plans_saved_at_once_one_is_told() -> None:
    team = make_team()
    made = make_pilot(team.office, by=team.head)

    def save(place: str) -> None:
        update_pilot(
            pilot=Pilot.objects.get(pk=made.pk),
            version=made.version,
            plan=PilotPlan(place=place),
            by=team.head,
        )

    results = at_once([lambda: save("এক"), lambda: save("দুই")])
    assert sum(isinstance(result, Exception) for result in results) == 1
    assert Pilot.objects.get(pk=made.pk).version == made.version + 1


# --- Risks ---------------------------------------------------------------------------------
def test_risk_is_named_mended_called_over_and_taken_off(pilot: Pilot, client: Client) -> None:
    address = to("risk_create", pilot.pk)
    form = form_fields(client.get(address)) | {"text": "বিদ্যুৎ থাকে না", "mitigation": "সৌর প্যানেল"}
    client.post(address, form)
    client.post(address, form)
    risk = pilot.risks.get()
    mend = to("risk_update", risk.pk)
    client.post(mend, form_fields(client.get(mend)) | {"text": "হাটের দিনে বিদ্যুৎ থাকে না"})
    for over in ("1", "1"):
        client.post(to("risk_settle", risk.pk), {"over": over})
    risk.refresh_from_db()
    assert (risk.text, risk.is_over) == ("হাটের দিনে বিদ্যুৎ থাকে না", True)
    client.post(to("risk_settle", risk.pk), {"over": "0"})
    risk.refresh_from_db()
    assert not risk.is_over
    client.post(to("risk_remove", risk.pk))
    assert not pilot.risks.exists()
    assert list(
        AuditEntry.objects.filter(action__startswith="risk.")
        .order_by("pk")
        .values_list("action", flat=True)
    ) == ["risk.add", "risk.update", "risk.settle", "risk.settle", "risk.remove"]


def test_risk_saved_from_an_old_copy_shows_both(team: Team, pilot: Pilot, client: Client) -> None:
    risk = add_risk(pilot=pilot, words=RiskText("লোকবল কম"), by=team.head)
    address = to("risk_update", risk.pk)
    old = form_fields(client.get(address))
    Risk.objects.filter(pk=risk.pk).update(text="দুজন লোক কম", version=2)
    answer = client.post(address, old | {"text": "তিনজন লোক কম"})
    assert answer.status_code == 409
    assert texts_of(answer, "section.card") == ["ঝুঁকি দুজন লোক কম"]
    assert client.post(address, form_fields(answer)).status_code == 302
    risk.refresh_from_db()
    assert risk.text == "তিনজন লোক কম"


# --- The list, and what is missing -----------------------------------------------------------
def test_list_puts_the_longest_overdue_first_and_says_what_is_missing(
    team: Team, client: Client
) -> None:
    ends = {"পরে শেষ": 30, "অনেক দেরি": -40, "অল্প দেরি": -3}
    for title, days in ends.items():
        plan = replace(PLAN, ends_on=TODAY + timedelta(days=days))
        make_pilot(team.office, by=team.head, plan=plan, title=title)
    make_pilot(team.office, by=team.head, plan=PilotPlan(), title="তারিখ ছাড়া")
    page = client.get(to("pilot_list"))
    assert texts_of(page, "tbody th a") == [
        "অনেক দেরি",
        "অল্প দেরি",
        "পরে শেষ",
        "তারিখ ছাড়া",
    ]
    assert texts_of(page, "tbody .chip")[:3] == ["৪০ দিন দেরি", "৩ দিন দেরি", "৩০ দিন বাকি"]
    assert texts_of(page, "tbody li")[-3:] == [
        "তারিখ নেই",
        "দায়িত্বপ্রাপ্ত পদ নেই",
        "আগের পরিমাপ নেই",
    ]


def test_visit_is_missed_after_sixty_days(team: Team, pilot: Pilot) -> None:
    begun = pilot.begun_at.date()

    def missing(on: date) -> list[str]:
        return [str(words) for words in lines_of([pilot.idea], on=on)[0].missing]

    words = "৬০ দিনে পরিদর্শন হয়নি"
    assert words not in missing(begun + timedelta(days=60))
    assert words in missing(begun + timedelta(days=61))
    add_visit(pilot=pilot, words=replace(VISIT, visited_on=begun), by=team.member)
    assert words not in missing(begun + timedelta(days=60))
    assert words in missing(begun + timedelta(days=61))


def test_groups_hold_each_pilot_once(team: Team, client: Client) -> None:
    make_pilot(team.office, by=team.head, title="চলছে")
    shown = make_pilot(team.office, by=team.head, title="দেখানো হয়েছে")
    move_idea(idea=shown.idea, step=SHOWCASE, by=team.head)
    stop_pilot(pilot=make_pilot(team.office, by=team.head, title="বন্ধ"), lessons="না", by=team.head)
    planned = make_idea(team.office, by=team.head, status="approved", title="পরিকল্পিত")
    plan_pilot(idea=planned, plan=PilotPlan(), by=team.head)
    make_idea(team.office, by=team.head, status="approved", title="পরিকল্পনা নেই")
    rows = {
        show: sorted(texts_of(client.get(to("pilot_list") + f"?show={show}"), "tbody th a"))
        for show in ("running", "planned", "ended")
    }
    assert rows == {
        "running": ["চলছে"],
        "planned": ["পরিকল্পিত"],
        "ended": ["দেখানো হয়েছে", "বন্ধ"],
    }
    assert "পরিকল্পনা নেই" in texts_of(client.get(to("pilot_list")), "section.card a")


@pytest.mark.parametrize("show", ["running", "planned", "ended", "x", ""])
def test_empty_list_says_what_to_do(client: Client, show: str) -> None:
    assert texts_of(client.get(to("pilot_list") + f"?show={show}&page=0"), ".empty")


# --- Who sees it ---------------------------------------------------------------------------
def test_office_above_sees_no_pilot(team: Team) -> None:
    below = make_team("below", parent=team.office)
    pilot = make_pilot(below.office, by=below.head)
    assert client_of(team.head).get(pilot.get_absolute_url()).status_code == 404
    assert not texts_of(client_of(team.head).get(to("pilot_list")), "tbody th")


# --- The monthly meeting -------------------------------------------------------------------
def test_meeting_reviews_each_pilot_with_its_figures(team: Team) -> None:
    late = make_pilot(
        team.office, by=team.head, plan=replace(PLAN, ends_on=date(2026, 11, 1)), title="দেরির পাইলট"
    )
    make_pilot(team.office, by=team.head, title="সময়ের পাইলট")
    measure(late, by=team.head)
    add_visit(pilot=late, words=VISIT, by=team.member)
    add_risk(pilot=late, words=RiskText("লোকবল কম"), by=team.member)
    meeting = make_meeting(team.office, by=team.head, on=date(2026, 11, 10))
    item = meeting.items.get(kind=ItemKind.PILOTS)
    page = client_of(team.head).get(meeting.get_absolute_url())
    first, second = texts_of(page, f"#item-{item.pk} .item-list li")
    assert first == (
        "চলমান ৯ দিন দেরি দেরির পাইলট শেষ পরিদর্শন ৫ নভেম্বর ২০২৬ · সময় ১২.৫ → ৩ দিন"
        " · খরচ ৮৫০ → ১২০.৫ টাকা · যাতায়াত ৪ → ১ বার · ১টি খোলা ঝুঁকি"
        " বাকি: দায়িত্বপ্রাপ্ত পদ নেই"
    )
    assert second.startswith("চলমান ৫১ দিন বাকি সময়ের পাইলট পরিদর্শন হয়নি")
    assert "২টি পাইলট" in " ".join(texts_of(page, ".agenda li"))
