"""Following an idea by its code: what a citizen sees, and what nobody may see."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangla.digits import to_bangla
from ideas import guard
from ideas.actions import discard_idea, finish_pilot, merge_idea, move_idea
from ideas.codes import new_code, spaced
from ideas.enums import APPROVE, DECLINE, SHORTLIST, START_PILOT, IdeaStatus, PageStatus
from ideas.models import Contact, Idea, Initiative
from tests.factories import Team, client_of
from tests.ideas.register import REASON, TEXT, hold, make_idea, take
from tests.ideas.senders import EMAIL, follow, follow_url, support
from tests.pages import find, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TRACK = "/idea-box/track/"


def one_wrong_digit(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


# --- Typing the code -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        spaced,
        to_bangla,
        lambda code: to_bangla(spaced(code)),
        lambda code: "-".join(code),
    ],
)
def test_code_is_read_however_it_is_typed(idea: Idea, typed) -> None:
    response = Client().post(TRACK, {"code": typed(idea.code)})
    assert (response.status_code, response.url) == (302, follow_url(idea.code))


def test_wrong_digit_is_told_from_a_code_that_leads_nowhere(idea: Idea) -> None:
    page = Client().post(TRACK, {"code": one_wrong_digit(idea.code)})
    assert page.status_code == 422
    assert "কোডে একটি সংখ্যা ভুল আছে" in page.content.decode()
    page = Client().post(TRACK, {"code": new_code()})
    assert page.status_code == 422
    assert "এই কোডে কোনো আইডিয়া পাওয়া যায়নি" in page.content.decode()


@pytest.mark.parametrize("typed", ["", "৪৮২৭", "ক" * 12, "\0", "9" * 5_000, "²" * 12, "٣" * 12])
def test_odd_code_is_answered_in_words(typed: str) -> None:
    page = Client().post(TRACK, {"code": typed})
    assert page.status_code == 422
    assert "কোড" in texts_of(page, ".invalid-feedback")[0]


@pytest.mark.parametrize("code", ["1", "%00", "9" * 400, "abc", "৪৮২৭১৯৩৬৫০২৪"])
def test_odd_code_in_the_address_is_not_found(code: str) -> None:
    for address in (follow_url(code), f"{follow_url(code)}appeal/"):
        page = Client().get(address)
        assert page.status_code == 404
        assert find(page, "form input[name='code']")


def test_guessing_ends_after_a_while(idea: Idea, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "WRONG_CODES", 3)
    client = Client()
    assert [follow(new_code(), client).status_code for _ in range(4)] == [404, 404, 404, 429]
    assert client.post(TRACK, {"code": new_code()}).status_code == 429
    assert follow(idea.code, client).status_code == 429
    # Another connection is not held up, and a slip of the finger is no guess.
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    for _ in range(5):
        Client(**elsewhere).post(TRACK, {"code": one_wrong_digit(idea.code)})
    assert Client(**elsewhere).get(follow_url(idea.code)).status_code == 200


# --- What it shows ---------------------------------------------------------------------------
WORDS = {
    IdeaStatus.HELD: "দেখা হচ্ছে",
    IdeaStatus.RECEIVED: "দপ্তর পেয়েছে",
    IdeaStatus.SHORTLISTED: "প্রথম বাছাইয়ে টিকেছে",
    IdeaStatus.APPROVED: "করে দেখার সিদ্ধান্ত হয়েছে",
    IdeaStatus.PILOTING: "করে দেখা হচ্ছে",
    IdeaStatus.STOPPED: "করে দেখার পর থেমেছে",
    IdeaStatus.SHOWCASED: "সফল হয়েছে",
    IdeaStatus.REPLICATED: "অন্য দপ্তরেও চালু হয়েছে",
    IdeaStatus.DECLINED: "গৃহীত হয়নি",
    IdeaStatus.MERGED: "একই রকম আরেকটি আইডিয়ার সঙ্গে এগোচ্ছে",
    IdeaStatus.DISCARDED: "নেওয়া হয়নি",
}


@pytest.mark.parametrize("status", IdeaStatus.values)
def test_state_is_said_in_a_citizens_words(team: Team, status: str) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    page = follow(idea.code)
    assert texts_of(page, "h1") == [WORDS[IdeaStatus(status)]]
    assert team.office.name_bn in texts_of(page, ".facts dd")


@pytest.mark.parametrize("status", IdeaStatus.values)
def test_nothing_of_the_team_or_of_the_submitter_is_shown(team: Team, status: str) -> None:
    idea = make_idea(
        team.office, by=team.head, status=status, problem="গোপন সমস্যা", submitter_detail="কৃষক"
    )
    Contact.objects.create(idea=idea, email=EMAIL, phone="01712345678")
    support(idea, email="rahim@example.com", name="আব্দুর রহিম")
    Idea.objects.filter(pk=idea.pk).update(held_reason="এক সংযোগ থেকে")
    for code in (idea.code, idea.supports.get().code):
        said = follow(code).content.decode()
        secrets = (
            *(person.name_bn for person in (team.head, team.innovation_officer, team.member)),
            *(EMAIL, "rahim@example.com", "আব্দুর রহিম", "1712345678", "১৭১২৩৪৫৬৭৮"),
            *(TEXT.submitter_name, TEXT.description[:20], TEXT.benefit, "গোপন সমস্যা", "কৃষক"),
            *("এক সংযোগ থেকে", "যন্ত্র ছাড়া চলে না"),
        )
        assert [secret for secret in secrets if secret in said] == []


def test_way_shows_days_and_the_meeting_that_decided(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    move_idea(idea=idea, step=SHORTLIST, by=team.head)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON, reference="নভেম্বর সভা, সিদ্ধান্ত ৩")
    page = follow(idea.code)
    assert texts_of(page, ".timeline li") == [
        "২১ নভেম্বর ২০২৬ গৃহীত হয়নি নভেম্বর সভা, সিদ্ধান্ত ৩",
        "২১ নভেম্বর ২০২৬ প্রথম বাছাইয়ে টিকেছে",
        "১০ নভেম্বর ২০২৬ আইডিয়া দেওয়া হয়েছে",
    ]
    assert REASON in texts_of(page, ".card .words")


def test_discarded_one_says_why_in_general_words(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    hold(idea)
    discard_idea(idea=idea, by=team.head)
    page = follow(idea.code)
    assert "কোনো আইডিয়া পাওয়া যায়নি" in page.content.decode()
    assert "স্প্যাম" not in page.content.decode()


def test_pilot_shows_its_place_and_what_came_out(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    take(idea, (SHORTLIST, APPROVE, START_PILOT), by=team.head)
    pilot = idea.pilot
    pilot.place = "বক্তারপুর ইউনিয়ন"
    pilot.mentor = "ড. ফারজানা হক"
    pilot.save()
    finish_pilot(
        pilot=pilot,
        results="আবেদন ৩ দিনে নিষ্পন্ন",
        lessons="টিমের নিজের কথা",
        unmeasured_reason="সময় ছিল না",
        by=team.head,
    )
    page = follow(idea.code)
    said = page.content.decode()
    assert texts_of(page, "h1") == ["করে দেখে ভালো ফল পাওয়া গেছে"]
    assert "বক্তারপুর ইউনিয়ন" in said
    assert "আবেদন ৩ দিনে নিষ্পন্ন" in said
    assert "টিমের নিজের কথা" not in said
    assert "ফারজানা" not in said


def test_published_page_is_linked_and_a_draft_is_not(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="showcased")
    page = Initiative.objects.create(idea=idea, title="হাটবারের সহায়তা", summary="এক নজরে")
    assert "হাটবারের সহায়তা" not in follow(idea.code).content.decode()
    Initiative.objects.filter(pk=page.pk).update(status=PageStatus.PUBLISHED)
    assert find(follow(idea.code), f"main a[href='{page.get_absolute_url()}']")


def test_merged_one_shows_what_became_of_the_other(team: Team) -> None:
    first, second, third = (make_idea(team.office, by=team.head, title=t) for t in "কখগ")
    merge_idea(idea=first, into=second, by=team.head)
    merge_idea(idea=second, into=third, by=team.head)
    support(third)
    move_idea(idea=third, step=DECLINE, by=team.head, reason="জেলায় চালু আছে")
    page = follow(first.code)
    assert texts_of(page, "h2")[0] == "যে আইডিয়ার সঙ্গে এগোচ্ছে"
    said = " ".join(texts_of(page, ".card"))
    assert "গ" in said
    assert "গৃহীত হয়নি" in said
    assert "জেলায় চালু আছে" in said
    assert "১ জন একই কথা বলেছেন" in said
    Idea.objects.filter(pk=third.pk).update(is_shared=False)
    assert "<b>গ</b>" not in follow(first.code).content.decode()


def test_supporter_sees_the_idea_unless_it_is_kept_back(team: Team, idea: Idea) -> None:
    code = support(idea).code
    page = follow(code)
    assert TEXT.title in texts_of(page, ".facts dd")
    assert to_bangla(spaced(code)) in page.content.decode()
    assert idea.code not in page.content.decode()
    Idea.objects.filter(pk=idea.pk).update(is_shared=False)
    assert TEXT.title not in follow(code).content.decode()
    assert TEXT.title in follow(idea.code).content.decode()


# --- How it is sent --------------------------------------------------------------------------
def test_answers_are_kept_by_nobody_and_start_no_session(idea: Idea) -> None:
    client = Client()
    for address in (TRACK, follow_url(idea.code), follow_url(new_code())):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert "sessionid" not in response.cookies
    assert not re.search(r"<(img|script|link)[^>]+https?://", response.content.decode())


def test_page_asks_the_database_as_often_for_a_long_way(team: Team) -> None:
    short = make_idea(team.office, by=team.head)
    long = make_idea(team.office, by=team.head, status="replicated")
    for _ in range(20):
        support(long)
    counts = []
    for idea in (short, long):
        with CaptureQueriesContext(connection) as queries:
            follow(idea.code)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 3


# --- One's own -------------------------------------------------------------------------------
def test_my_ideas_are_those_under_my_own_name(team: Team, client: Client) -> None:
    mine, other = (make_idea(team.office, by=team.head, title=title) for title in ("আমার", "তাঁর"))
    Idea.objects.filter(pk=mine.pk).update(submitted_by=team.member)
    page = client.get("/ideas/mine/")
    assert texts_of(page, "tbody th") == ["আমার"]
    assert find(page, f"a[href='{follow_url(mine.code)}']")
    code = support(other, person=team.member).code
    assert find(client.get("/ideas/mine/"), f"a[href='{follow_url(code)}']")
    assert texts_of(client_of(team.head).get("/ideas/mine/"), ".empty a") == ["আইডিয়া দিন"]
