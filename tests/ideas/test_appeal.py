"""The one appeal of a submitter, by the code or logged in."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ideas.actions import appeal_idea, merge_idea, move_idea
from ideas.enums import DECLINE
from ideas.models import Appeal, Idea
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_team
from tests.ideas.register import REASON, make_idea
from tests.ideas.senders import follow, follow_url, support
from tests.pages import find, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

WHY = "জেলা কার্যালয়ে সেবাটি গত মাসে বন্ধ হয়ে গেছে"


@pytest.fixture
def declined(team: Team) -> Idea:
    idea = make_idea(team.office, by=team.head)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON, reference="নভেম্বরের সভা")
    return idea


def appeal_url(code: str) -> str:
    return f"{follow_url(code)}appeal/"


def test_appeal_brings_the_idea_before_the_team_again(team: Team, declined: Idea) -> None:
    client = Client()
    address = appeal_url(declined.code)
    assert find(follow(declined.code), f"a[href='{address}']")
    page = client.get(address)
    assert REASON in texts_of(page, ".words")
    response = client.post(address, {**form_fields(page), "text": WHY})
    assert response.url == follow_url(declined.code)
    declined.refresh_from_db()
    assert (declined.status, declined.decline_reason, declined.reference) == ("received", "", "")
    appeal = Appeal.objects.get()
    assert (appeal.text, appeal.declined_reason) == (WHY, REASON)
    assert (appeal.declined_reference, appeal.made_by) == ("নভেম্বরের সভা", None)
    page = client.get(response.url)
    assert texts_of(page, "h1") == ["আবার দেখা হচ্ছে"]
    # The code may hang on a notice board: what was written is between submitter and team.
    assert WHY not in page.content.decode()
    assert "sessionid" not in client.cookies


def test_team_sees_the_appeal_and_what_had_been_told(team: Team, declined: Idea) -> None:
    appeal_idea(idea=declined, text=WHY, by=None)
    client = client_of(team.member)
    page = client.get(declined.get_absolute_url())
    said = texts_of(page, ".words")
    assert WHY in said
    assert REASON in said
    listed = client.get("/ideas/")
    assert texts_of(listed, "tbody .chip") == ["প্রাপ্ত", "আপিল"]
    assert "আপিল ১" in texts_of(listed, ".chips a")
    make_idea(team.office, by=team.head, title="অন্য")
    asked = client.get("/ideas/", {"appeal": "True"})
    assert texts_of(asked, "tbody th") == [declined.title]
    assert texts_of(asked, ".chips [aria-current]") == ["আপিল ১"]


def test_moment_of_an_appeal_by_code_is_not_kept(declined: Idea) -> None:
    declined_at = Idea.objects.get(pk=declined.pk).declined_at
    Client().post(appeal_url(declined.code), {"text": WHY})
    entry = AuditEntry.objects.get(action="idea.appeal")
    assert (entry.at, entry.by) == (declined_at + timedelta(seconds=1), None)
    assert texts_of(follow(declined.code), ".timeline b")[0] == "আবার বিবেচনার আবেদন করা হয়েছে"


def test_only_one_appeal_is_heard(team: Team, declined: Idea) -> None:
    Client().post(appeal_url(declined.code), {"text": WHY})
    declined.refresh_from_db()
    move_idea(idea=declined, step=DECLINE, by=team.head, reason="আবারও দেখা হলো")
    assert Client().get(appeal_url(declined.code)).url == follow_url(declined.code)
    assert Client().post(appeal_url(declined.code), {"text": "আবার"}).status_code == 302
    with pytest.raises(WrongState):
        appeal_idea(idea=declined, text="আবার", by=None)
    assert Appeal.objects.get().text == WHY
    assert find(follow(declined.code), "a.btn") == []


def test_form_sent_twice_is_one_appeal(declined: Idea) -> None:
    for _ in range(2):
        response = Client().post(appeal_url(declined.code), {"text": WHY})
        assert response.url == follow_url(declined.code)
    assert AuditEntry.objects.filter(action="idea.appeal").count() == 1


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "ক" * 4_001, "\0"])
def test_appeal_needs_words_and_not_too_many(declined: Idea, text: str) -> None:
    page = Client().post(appeal_url(declined.code), {"text": text})
    assert page.status_code == 422
    assert texts_of(page, ".invalid-feedback")
    assert not Appeal.objects.exists()


def test_submitter_with_an_account_appeals_under_their_name(team: Team, declined: Idea) -> None:
    Idea.objects.filter(pk=declined.pk).update(submitted_by=team.member)
    client_of(team.member).post(appeal_url(declined.code), {"text": WHY})
    assert Appeal.objects.get().made_by == team.member


def test_nobody_else_appeals_under_theirs(team: Team, declined: Idea) -> None:
    with pytest.raises(PermissionDenied):
        appeal_idea(idea=declined, text=WHY, by=team.head)


def test_supporters_code_opens_no_appeal(declined: Idea) -> None:
    code = support(declined).code
    assert Client().post(appeal_url(code), {"text": WHY}).url == follow_url(code)
    assert not Appeal.objects.exists()


def test_what_was_not_declined_cannot_be_appealed(team: Team) -> None:
    waiting, merged = (make_idea(team.office, by=team.head, title=title) for title in "কখ")
    merge_idea(idea=merged, into=waiting, by=team.head)
    for idea in (waiting, merged):
        assert Client().post(appeal_url(idea.code), {"text": WHY}).status_code == 302
    assert not Appeal.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_appeal_sent_four_times_at_once_is_one() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.head, status="declined")

    def appeal() -> int:
        return appeal_idea(idea=Idea.objects.get(pk=idea.pk), text=WHY, by=None).pk

    results = at_once([appeal] * 4)
    assert sum(isinstance(result, int) for result in results) == 1
    assert sum(isinstance(result, WrongState) for result in results) == 3
    assert Appeal.objects.count() == 1
