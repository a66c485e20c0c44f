"""Ideas in the monthly meeting: what they scored, and the decision about each."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ideas.actions import appeal_idea
from ideas.models import Idea, Screening, Support
from meetings.actions import add_decision, finalise_minutes
from meetings.enums import ItemKind
from meetings.models import AgendaItem, Decision, Meeting
from teams.enums import Role
from tests.factories import Team, client_of, make_officer, make_team
from tests.ideas.register import make_idea
from tests.ideas.scores import close_round, give_score
from tests.meetings.rows import decided, make_meeting
from tests.pages import find, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HELD_ON = date(2026, 11, 20)
BEST, WORST = (5, 5, 5, 5, 5), (1, 1, 1, 1, 1)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.innovation_officer)


def scored(team: Team, title: str, points: tuple[int, ...], status: str = "received") -> Idea:
    """An idea whose round is over."""
    idea = make_idea(team.office, by=team.head, title=title, status=status)
    give_score(idea, by=team.head, points=points)
    close_round(idea, by=team.head)
    return idea


def item_of(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(kind=ItemKind.IDEAS)


def lines_of(page: HttpResponse) -> list[str]:
    return texts_of(page, ".item-idea div")


def press(
    client: Client, page: HttpResponse, idea: Idea, effect: str, **typed: str
) -> HttpResponse:
    """Press the button that writes a decision about an idea, perhaps with words of one's own."""
    forms = [
        form
        for form in find(page, ".item-idea form")
        if (form.fields["idea"], form.fields["idea_effect"]) == (str(idea.pk), effect)
    ]
    fields = {name: value for name, value in forms[0].fields.items() if value is not None}
    return client.post(forms[0].get("action"), {**fields, **typed}, follow=True)


# --- The list --------------------------------------------------------------------------------
def test_agenda_lists_ideas_by_rank_with_what_they_scored(team: Team, client: Client) -> None:
    open_idea = make_idea(team.office, by=team.head, title="নম্বর চলছে")
    give_score(open_idea, by=team.head)
    make_idea(team.office, by=team.head, title="শুরু হয়নি")
    scored(team, "দুর্বল", WORST)
    best = scored(team, "সেরা", BEST, "shortlisted")
    Support.objects.create(idea=best)
    Support.objects.create(idea=best)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    lines = lines_of(client.get(meeting.get_absolute_url()))
    assert [line for line in lines if "আইডিয়াটি" not in line][:4] == [
        "ক্রম ১ · ১০০.০০/১০০ সেরা ১ জনের নম্বর · বাছাইকৃত · সমর্থন ২ জনের",
        "ক্রম ২ · ২০.০০/১০০ দুর্বল ১ জনের নম্বর · প্রাপ্ত",
        "প্রাপ্ত নম্বর চলছে নম্বর দেওয়া চলছে (১/৩ জন)",
        "প্রাপ্ত শুরু হয়নি নম্বর দেওয়া শুরু হয়নি",
    ]


def test_appealed_idea_is_marked_and_waits_for_new_scores(team: Team, client: Client) -> None:
    idea = scored(team, "আবার", BEST)
    first = make_meeting(team.office, by=team.head, on=date(2026, 10, 12))
    words = replace(decided(text="সেবাটি চালু আছে।"), idea=idea, idea_effect="decline")
    add_decision(item=first.items.first(), words=words, by=team.head)
    finalise_minutes(meeting=first, by=team.head, memo=None, issued_on=first.held_on)
    idea.refresh_from_db()
    appeal_idea(idea=idea, text="দুই উপজেলায় নেই", by=None)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url())
    assert lines_of(page)[0] == "প্রাপ্ত আবার নম্বর দেওয়া শুরু হয়নি পুনর্বিবেচনার আবেদন"


def test_marks_of_an_open_round_stand_nowhere_on_the_page(team: Team, client: Client) -> None:
    idea = make_idea(team.office, by=team.head)
    give_score(idea, by=team.head, points=BEST, note="অনন্য মন্তব্য")
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "১০০.০০" not in page
    assert "অনন্য মন্তব্য" not in page


def test_list_of_results_waits_to_be_put_into_the_discussion(team: Team, client: Client) -> None:
    open_idea = make_idea(team.office, by=team.head, title="নম্বর চলছে")
    give_score(open_idea, by=team.head)
    scored(team, "দুর্বল", WORST)
    scored(team, "সেরা", BEST)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url())
    (button,) = find(page, "button.words[data-phrase='discussion']")
    assert button.text_content().splitlines() == [
        "১. সেরা: ১০০-এর মধ্যে ১০০.০০ নম্বর (১ জনের নম্বরের গড়)",
        "২. দুর্বল: ১০০-এর মধ্যে ২০.০০ নম্বর (১ জনের নম্বরের গড়)",
    ]


# --- The decision ------------------------------------------------------------------------------
def test_one_press_writes_the_decision_about_an_idea(team: Team, client: Client) -> None:
    idea = scored(team, "সেরা", BEST)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url())
    page = press(client, page, idea, "shortlist")
    decision = Decision.objects.get()
    assert (decision.text, decision.idea, decision.idea_effect, decision.item) == (
        "“সেরা” আইডিয়াটি বাছাই তালিকায় নেওয়া হলো।",
        idea,
        "shortlist",
        item_of(meeting),
    )
    # Said on the list, and the next step is offered: it may be approved at once.
    assert "সিদ্ধান্ত লেখা হয়েছে: বাছাই করা হলো" in lines_of(page)[0]
    page = press(client, page, idea, "approve")
    assert find(page, ".item-idea form") == []
    finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=meeting.held_on)
    idea.refresh_from_db()
    assert idea.status == "approved"


def test_same_press_twice_writes_one_decision(team: Team, client: Client) -> None:
    idea = scored(team, "সেরা", BEST)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url())
    for _ in range(2):
        press(client, page, idea, "shortlist")
    assert Decision.objects.count() == 1


def test_refusal_wants_its_reason_and_the_submitter_reads_it(team: Team, client: Client) -> None:
    idea = scored(team, "দুর্বল", WORST)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    page = client.get(meeting.get_absolute_url())
    refused = press(client, page, idea, "decline")
    assert refused.status_code == 422
    assert "কেন গ্রহণ করা হলো না" in " ".join(texts_of(refused, ".invalid-feedback"))
    assert not Decision.objects.exists()
    words = "“দুর্বল” আইডিয়াটি গ্রহণ করা হলো না। কারণ: একই সেবা জেলায় চালু আছে।"
    press(client, page, idea, "decline", text=words)
    finalise_minutes(meeting=meeting, by=team.head, memo=None, issued_on=meeting.held_on)
    idea.refresh_from_db()
    assert (idea.status, idea.decline_reason) == ("declined", words)


def test_settled_minutes_end_the_open_round(team: Team, client: Client) -> None:
    idea = make_idea(team.office, by=team.head)
    give_score(idea, by=team.head)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    press(client, client.get(meeting.get_absolute_url()), idea, "shortlist")
    assert Screening.objects.open().exists()  # a draft decides nothing
    finalise_minutes(meeting=meeting, by=team.innovation_officer, memo=None, issued_on=HELD_ON)
    assert Screening.objects.get().closed_by == team.innovation_officer


def test_page_asks_as_often_for_many_ideas(team: Team) -> None:
    for _ in range(3):
        make_officer(team.office, Role.MEMBER)
    meeting = make_meeting(team.office, by=team.head, on=HELD_ON)
    client = client_of(team.head)
    counts = []
    for number in range(25):
        scored(team, f"শেষ {number}", BEST)
        going_on = make_idea(team.office, by=team.head, title=f"চলছে {number}")
        give_score(going_on, by=team.member)
        if number == 0:
            client.post(f"/meetings/{meeting.pk}/agenda/refresh/")
            assert item_of(meeting)
        if number in (0, 24):
            with CaptureQueriesContext(connection) as queries:
                page = client.get(meeting.get_absolute_url())
            counts.append(len(queries))
            assert len(find(page, ".item-idea")) == 2 * (number + 1)
    assert counts[0] == counts[1]
