"""The way of an idea: every state, every step, every kind of person."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas import perms
from ideas.actions import move_idea, update_idea
from ideas.enums import (
    APPROVE,
    DECLINE,
    PLAIN_STEPS,
    SHORTLIST,
    START_PILOT,
    TRANSITIONS,
    IdeaStatus,
)
from ideas.models import Idea
from teams.models import AuditEntry, User
from teams.transitions import Transition, WrongState
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.ideas.register import REASON, TEXT, WAY_ON, make_idea
from tests.pages import alerts_after, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LEADS = {"upazila.head", "upazila.innovation_officer"}
# Written here once more, by hand: where each step starts. All else is refused.
STARTS = {
    "shortlist": {"received"},
    "approve": {"shortlisted"},
    "start_pilot": {"approved"},
    "showcase": {"piloting"},
    "replicate": {"showcased"},
    "decline": {"received", "shortlisted", "approved"},
}
# Steps with an action of their own.
OWN_FORMS = {
    "admit": {"held"},
    "discard": {"held"},
    "readmit": {"discarded"},
    "stop_pilot": {"piloting"},
    "appeal": {"declined"},
    "merge": {"received", "shortlisted"},
    "unmerge": {"merged"},
}
REFERENCE = "নভেম্বর ২০২৬ মাসের সভা, সিদ্ধান্ত ৩"


def take(step: Transition, idea: Idea, by: User) -> None:
    reason = REASON if step == DECLINE else ""
    move_idea(idea=idea, step=step, by=by, reason=reason, reference=REFERENCE)


def to(name: str, idea: Idea) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])


# --- Who may take which step ---------------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.mark.parametrize("step", PLAIN_STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("status", IdeaStatus.values)
def test_step_is_open_to_exactly_the_right_people(
    country: Country, status: str, step: Transition
) -> None:
    idea = make_idea(country.upazila, by=country["upazila.head"], status=status)
    may = {name for name, person in country.people.items() if succeeds(step, idea, person)}
    assert may == (LEADS if status in STARTS[step.name] else set())


def succeeds(step: Transition, idea: Idea, person: User) -> bool:
    """Try the step, check all it writes or that it writes nothing, and take it back."""
    idea = Idea.objects.get(pk=idea.pk)
    person = User.objects.get(pk=person.pk)
    before = model_to_dict(idea)
    entries = AuditEntry.objects.count()
    with transaction.atomic():
        try:
            take(step, idea, person)
        except (PermissionDenied, WrongState):
            done = False
            assert AuditEntry.objects.count() == entries
            assert model_to_dict(Idea.objects.get(pk=idea.pk)) == before
        else:
            done = True
            check_trace(step, before, Idea.objects.get(pk=idea.pk), person)
            # A pilot begins with its idea, and has a record of its own.
            assert AuditEntry.objects.count() == entries + 1 + (step == START_PILOT)
        transaction.set_rollback(True)
    return done


def check_trace(step: Transition, before: dict[str, object], idea: Idea, person: User) -> None:
    """A step stamps, counts the version up and is written down; nothing else changes."""
    assert (idea.status, idea.version) == (step.target, before["version"] + 1)
    assert getattr(idea, f"{step.stamp}_by") == person
    assert abs((timezone.now() - getattr(idea, f"{step.stamp}_at")).total_seconds()) < 60
    touched = {"status", "version", "reference", f"{step.stamp}_at", f"{step.stamp}_by"}
    if step == DECLINE:
        touched.add("decline_reason")
    after = model_to_dict(idea)
    assert {name for name in after if after[name] != before[name]} == touched
    entry = AuditEntry.objects.filter(object_type="ideas.idea").latest("pk")
    assert (entry.action, entry.by, entry.office) == (f"idea.{step.name}", person, idea.office)
    assert entry.by_post in person.scope.posts
    assert entry.before == {"status": before["status"]}
    assert (entry.after["status"], entry.after["reference"]) == (step.target, REFERENCE)


def test_table_names_its_permissions_and_leaves_no_state_unreachable() -> None:
    assert all(callable(getattr(perms, step.permission)) for step in TRANSITIONS)
    assert {step.target for step in TRANSITIONS} | {"held"} == set(IdeaStatus.values)
    assert {step.name: set(step.sources) for step in TRANSITIONS} == STARTS | OWN_FORMS


@pytest.mark.django_db(transaction=True)
def test_step_taken_by_six_at_once_is_taken_once() -> None:
    team = make_team()
    pk = make_idea(team.office, by=team.head).pk

    def attempt() -> None:
        take(SHORTLIST, Idea.objects.get(pk=pk), User.objects.get(pk=team.head.pk))

    results = at_once([attempt] * 6)
    assert results.count(None) == 1
    assert {type(result) for result in results if result is not None} == {WrongState}
    assert AuditEntry.objects.filter(action="idea.shortlist").count() == 1


# --- Through the pages ---------------------------------------------------------------------
SAID = {
    "shortlist": "আইডিয়াটি বাছাই তালিকায় উঠেছে।",
    "approve": "আইডিয়াটি অনুমোদিত হয়েছে।",
    "start_pilot": "পাইলট শুরু হয়েছে।",
    "showcase": "আইডিয়াটি প্রদর্শিত হিসেবে লেখা হয়েছে।",
    "replicate": "আইডিয়াটি রেপ্লিকেটেড হিসেবে লেখা হয়েছে।",
}


def test_idea_goes_its_whole_way_through_the_pages(team: Team, idea: Idea) -> None:
    client = client_of(team.innovation_officer)
    for step in WAY_ON:
        page = client.get(idea.get_absolute_url())
        assert step.label in texts_of(page, ".actions button")
        assert alerts_after(client, to(step.name, idea)) == [SAID[step.name]]
        idea.refresh_from_db()
        assert idea.status == step.target
    assert texts_of(client.get(idea.get_absolute_url()), ".actions a, .actions button") == []


def test_every_label_of_the_table_is_on_its_button(team: Team) -> None:
    client = client_of(team.head)
    shown = {
        label
        for status in IdeaStatus.values
        for label in texts_of(
            client.get(make_idea(team.office, by=team.head, status=status).get_absolute_url()),
            ".actions a, .actions button",
        )
    }
    assert shown == {str(step.label) for step in PLAIN_STEPS} | {"সম্পাদনা করুন"}


def test_member_is_offered_no_step_and_may_take_none(
    team: Team, client: Client, idea: Idea
) -> None:
    page = client.get(idea.get_absolute_url())
    assert texts_of(page, ".actions a, .actions button") == ["সম্পাদনা করুন"]
    assert client.post(to("shortlist", idea)).status_code == 403
    assert client.get(to("decline", idea)).status_code == 403
    assert client.post(to("decline", idea), {"reason": REASON}).status_code == 403
    idea.refresh_from_db()
    assert (idea.status, idea.version) == ("received", 1)


@pytest.mark.parametrize("step", PLAIN_STEPS, ids=lambda step: step.name)
def test_step_pressed_twice_is_answered_with_words_and_done_once(
    team: Team, step: Transition
) -> None:
    start = next(status for status in IdeaStatus.values if status in STARTS[step.name])
    idea = make_idea(team.office, by=team.head, status=start)
    client = client_of(team.head)
    alerts_after(client, to(step.name, idea), {"reason": REASON})
    idea.refresh_from_db()
    version = idea.version
    assert "আগেই" in alerts_after(client, to(step.name, idea), {"reason": REASON})[0]
    idea.refresh_from_db()
    assert (idea.status, idea.version) == (step.target, version)


def test_step_that_does_not_start_here_says_so(team: Team, idea: Idea) -> None:
    said = alerts_after(client_of(team.head), to("replicate", idea))
    assert "এর মধ্যে অবস্থা বদলে গেছে" in said[0]


# --- Declining -----------------------------------------------------------------------------
def test_decline_asks_for_the_reason_and_shows_it(team: Team, client: Client, idea: Idea) -> None:
    head = client_of(team.head)
    form = form_fields(head.get(to("decline", idea)))
    reason = "জেলায় চালু আছে;\r\nসেখানেই যুক্ত হব"
    head.post(to("decline", idea), {**form, "reason": reason})
    idea.refresh_from_db()
    assert (idea.status, idea.declined_by) == ("declined", team.head)
    assert idea.decline_reason == "জেলায় চালু আছে;\nসেখানেই যুক্ত হব"
    page = client.get(idea.get_absolute_url())
    assert "জেলায় চালু আছে; সেখানেই যুক্ত হব" in texts_of(page, ".alert")[0]
    assert texts_of(page, ".actions a, .actions button") == []


@pytest.mark.parametrize("form", [{}, {"reason": " \n "}, {"reason": "\u200b"}], ids=ascii)
def test_decline_without_a_reason_is_asked_again(
    team: Team, idea: Idea, form: dict[str, str]
) -> None:
    response = client_of(team.head).post(to("decline", idea), form)
    assert response.status_code == 422
    assert texts_of(response, ".invalid-feedback") == ["আইডিয়াটি কেন গৃহীত হয়নি, লিখুন।"]
    idea.refresh_from_db()
    assert idea.status == "received"


def test_decline_page_of_an_idea_beyond_it_leads_back(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="piloting")
    assert client_of(team.head).get(to("decline", idea)).url == idea.get_absolute_url()


def test_caller_must_give_a_reason_to_decline_and_only_then(team: Team, idea: Idea) -> None:
    with pytest.raises(WrongState, match="কেন গৃহীত হয়নি"):
        move_idea(idea=idea, step=DECLINE, by=team.head, reason=" \u200b ")
    with pytest.raises(ValueError, match="shortlist"):
        move_idea(idea=idea, step=SHORTLIST, by=team.head, reason=REASON)
    idea.refresh_from_db()
    assert (idea.status, idea.version) == ("received", 1)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "declined"},
        {"decline_reason": REASON},
        {"approved_at": "2026-11-21T06:00:00Z"},
        {"status": "lost"},
        {"channel": "dream"},
        {"title": ""},
    ],
    ids=str,
)
def test_database_refuses_what_no_action_writes(idea: Idea, values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**values)


# --- What the meeting decided --------------------------------------------------------------
def test_way_of_an_idea_is_shown_with_who_and_on_what_ground(
    team: Team, client: Client, idea: Idea
) -> None:
    move_idea(idea=idea, step=SHORTLIST, by=team.head, reference=f" {REFERENCE}\n")
    move_idea(idea=idea, step=APPROVE, by=team.innovation_officer)
    assert idea.reference == ""
    newest, shortlisted, received = texts_of(client.get(idea.get_absolute_url()), ".timeline li")
    officer, head = team.innovation_officer.name_bn, team.head.name_bn
    assert newest == f"২১ নভেম্বর ২০২৬ অনুমোদিত {officer}, সহকারী কমিশনার (ভূমি)"
    assert shortlisted == (f"২১ নভেম্বর ২০২৬ বাছাইকৃত {head}, উপজেলা নির্বাহী অফিসার · {REFERENCE}")
    assert received == (
        f"১০ নভেম্বর ২০২৬ প্রাপ্ত {team.member.name_bn} ২১ নভেম্বর ২০২৬ তারিখে নিবন্ধন করেছেন"
    )


def test_meeting_finds_what_to_screen_and_which_pilots_to_look_at(team: Team) -> None:
    made = {
        status: make_idea(team.office, by=team.head, status=status) for status in IdeaStatus.values
    }
    own = Idea.objects.own_of(team.member).exclude(merged__isnull=False)  # what one was merged into
    assert set(own.waiting_for_screening()) == {made["received"], made["shortlisted"]}
    assert set(own.piloting()) == {made["piloting"]}


# --- The text once decided upon ------------------------------------------------------------
@pytest.mark.parametrize("status", IdeaStatus.values)
def test_text_is_open_until_the_idea_is_decided_upon(
    team: Team, client: Client, status: str
) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    form = {**TEXT.as_json(), "title": "অন্য কথা", "version": idea.version}
    is_open = status in {"received", "shortlisted"}
    assert (client.get(to("update", idea)).status_code == 200) is is_open
    said = alerts_after(client, to("update", idea), form)
    idea.refresh_from_db()
    assert (idea.title == "অন্য কথা") is is_open
    if not is_open:
        assert said[0] == (f"আইডিয়াটি এখন “{idea.get_status_display()}”, তাই এর লেখা আর বদলানো যায় না।")


def test_text_approved_while_it_was_typed_stays_as_approved(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="shortlisted")
    copy = Idea.objects.get(pk=idea.pk)
    move_idea(idea=idea, step=APPROVE, by=team.head)
    with pytest.raises(WrongState, match="অনুমোদিত"):
        update_idea(idea=copy, version=copy.version, text=TEXT, by=team.member)
    with pytest.raises(WrongState, match="অনুমোদিত"):
        update_idea(idea=idea, version=idea.version, text=TEXT, by=team.member)
    assert AuditEntry.objects.filter(action="idea.update").count() == 0


def test_shortlisting_meanwhile_is_noticed_by_a_save(
    team: Team, client: Client, idea: Idea
) -> None:
    form = {**form_fields(client.get(to("update", idea))), "title": "অন্য কথা"}
    move_idea(idea=idea, step=SHORTLIST, by=team.head)
    page = client.post(to("update", idea), form)
    assert page.status_code == 409
    assert client.post(to("update", idea), form_fields(page)).status_code == 302
    idea.refresh_from_db()
    assert (idea.title, idea.status) == ("অন্য কথা", "shortlisted")
