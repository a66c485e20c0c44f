"""Screening as the team meets it: scores given, rounds ended, ideas ranked."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ideas.actions import (
    StaleScore,
    appeal_idea,
    close_screening,
    finish_score,
    merge_idea,
    move_idea,
    save_score,
    take_back_score,
)
from ideas.enums import APPROVE, DECLINE, SHORTLIST
from ideas.models import Criteria, Idea, Score, Screening
from ideas.ranking import ranking, results_of, rounded
from teams.actions import give_post
from teams.enums import Role
from teams.models import AuditEntry, PostHolding, User
from teams.transitions import WrongState
from tests.factories import (
    Team,
    client_of,
    make_office,
    make_officer,
    make_person,
    make_post,
    make_team,
)
from tests.ideas.register import REASON, make_idea
from tests.ideas.scores import MARKS, close_round, give_score, make_criteria, score_words
from tests.pages import find, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LIST = "/ideas/screening/"
ALL_FIVE = (5, 5, 5, 5, 5)


def page_of_score(idea: Idea) -> str:
    return reverse("ideas:score", args=[idea.pk])


def page_of_round(screening: Screening) -> str:
    return reverse("ideas:screening_detail", args=[screening.pk])


def typed(points: tuple[int, ...] = MARKS, note: str = "") -> dict[str, object]:
    """The form as sent: points in the order of the criteria."""
    given = score_words(points).points
    return {**{f"points-{pk}": n for pk, n in given.items()}, "note": note, "version": 0}


def send(client: Client, idea: Idea, **more: object) -> HttpResponse:
    return client.post(page_of_score(idea), {**typed(), **more})


# --- Giving a score ------------------------------------------------------------------------
def test_first_score_opens_a_round_with_the_criteria_of_the_day(
    team: Team, client: Client, idea: Idea
) -> None:
    page = client.get(page_of_score(idea))
    assert len(find(page, "fieldset.points")) == 5
    assert not Screening.objects.exists()  # looking opens nothing
    send(client, idea, note="খরচ কম")
    screening = Screening.objects.get()
    assert (screening.round, screening.criteria, screening.opened_by) == (
        1,
        Criteria.objects.get(),
        team.member,
    )
    score = Score.objects.get()
    assert (score.note, score.done_at, score.post.office) == ("খরচ কম", None, team.office)
    assert [mark.points for mark in score.marks.all()] == list(MARKS)


def test_draft_comes_back_into_the_form_and_is_changed(client: Client, idea: Idea) -> None:
    send(client, idea, note="প্রথম")
    form = form_fields(client.get(page_of_score(idea)))
    assert form["note"].strip() == "প্রথম"
    assert form["version"] == "1"
    assert [form[name] for name in typed() if name.startswith("points")] == [str(n) for n in MARKS]
    client.post(page_of_score(idea), {**form, "note": "পরে"})
    assert Score.objects.get().note == "পরে"


def test_script_saves_while_one_chooses(client: Client, idea: Idea) -> None:
    answer = client.post(page_of_score(idea), typed(), headers={"X-Requested-With": "score"})
    assert answer.json()["version"] == 1
    answer = client.post(
        page_of_score(idea), {**typed(), "note": "x"}, headers={"X-Requested-With": "score"}
    )
    assert answer.status_code == 409
    assert Score.objects.get().note == ""


def test_marks_given_in_two_windows_are_both_shown(client: Client, idea: Idea) -> None:
    send(client, idea)
    page = client.post(page_of_score(idea), typed(ALL_FIVE))
    assert page.status_code == 409
    assert "সময়, খরচ ও যাতায়াতে উপকার: ৪" in texts_of(page, ".alert li")
    kept = form_fields(page)
    assert client.post(page_of_score(idea), kept).status_code == 302
    assert {mark.points for mark in Score.objects.get().marks.all()} == {5}


def test_ten_ideas_are_scored_in_a_row(team: Team, client: Client) -> None:
    ideas = [make_idea(team.office, by=team.head, title=f"আইডিয়া {n}") for n in range(10)]
    page = client.get(LIST)
    url = find(page, ".actions a.btn-primary")[0].get("href")
    walked = []
    while url.endswith("/score/"):
        walked.append(url)
        url = client.post(url, {**typed(), "finish": "1"}).url
    assert walked == [page_of_score(idea) for idea in ideas]
    assert Score.objects.done().count() == 10
    assert "আপনার নম্বর বাকি" not in client.get(LIST).content.decode()


def test_skipped_idea_comes_round_again(team: Team, client: Client) -> None:
    first, second = (make_idea(team.office, by=team.head, title=t) for t in ("ক", "খ"))
    assert find(client.get(page_of_score(first)), ".actions a")[-1].get("href") == page_of_score(
        second
    )
    assert find(client.get(page_of_score(second)), ".actions a")[-1].get("href") == page_of_score(
        first
    )


def test_own_ideas_come_after_those_to_score(team: Team) -> None:
    mine = make_idea(team.office, by=team.head, title="নিজের")
    make_idea(team.office, by=team.head, title="অন্যের")
    Idea.objects.filter(pk=mine.pk).update(submitted_by=team.member)
    rows = texts_of(client_of(team.member).get(LIST), ".todo b")
    assert rows == ["অন্যের", "নিজের"]


def test_finish_wants_every_criterion(client: Client, idea: Idea) -> None:
    form = typed()
    missing = next(name for name in form if name.startswith("points"))
    del form[missing]
    page = client.post(page_of_score(idea), {**form, "finish": "1"})
    assert page.status_code == 422
    assert "“সময়, খরচ ও যাতায়াতে উপকার”-এ নম্বর দিন।" in texts_of(page, ".invalid-feedback")
    assert len(find(page, "input[type='radio'][checked]")) == 4  # what was chosen is still there
    assert not Score.objects.exists()


@pytest.mark.parametrize("points", ["6", "-1", "৩x", "9" * 400, "\x00"])
def test_points_that_do_not_exist_are_refused(client: Client, idea: Idea, points: str) -> None:
    form = typed()
    first = next(name for name in form if name.startswith("points"))
    assert client.post(page_of_score(idea), {**form, first: points}).status_code == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_odd_version_gives_no_server_error(client: Client, idea: Idea, version: str) -> None:
    send(client, idea)
    assert send(client, idea, version=version, note="x").status_code in (409, 422)


def test_empty_form_opens_no_round(client: Client, idea: Idea) -> None:
    assert client.post(page_of_score(idea), {"version": 0}).status_code == 422
    assert not Screening.objects.exists()


def test_points_for_a_criterion_of_another_set_are_refused(team: Team, idea: Idea) -> None:
    other = make_criteria(date(2030, 1, 1), [100])
    words = score_words()
    words.points[other.criterion_set.get().pk] = 5  # type: ignore[index]
    with pytest.raises(WrongState):
        save_score(idea=idea, version=0, words=words, by=team.member)


# --- Who may -------------------------------------------------------------------------------
def test_submitter_does_not_score_their_own_idea(team: Team, idea: Idea) -> None:
    Idea.objects.filter(pk=idea.pk).update(submitted_by=team.member)
    page = client_of(team.member).get(page_of_score(idea))
    assert page.status_code == 403
    assert "নিজের আইডিয়ায় নম্বর দেওয়া যায় না।" in page.content.decode()
    with pytest.raises(PermissionDenied):
        give_score(idea, by=team.member)


def test_only_the_team_scores(team: Team, idea: Idea) -> None:
    stranger = make_officer(make_office("stranger", parent=team.office), Role.HEAD)
    assert client_of(stranger).get(page_of_score(idea)).status_code == 404
    with pytest.raises(PermissionDenied):
        give_score(idea, by=stranger)
    administrator = make_officer(team.office, Role.SYSTEM_ADMINISTRATOR)
    with pytest.raises(PermissionDenied):
        give_score(idea, by=administrator)


@pytest.mark.parametrize("status", ["approved", "piloting", "declined", "merged", "held"])
def test_only_what_waits_is_scored(team: Team, client: Client, status: str) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    with pytest.raises(WrongState):
        give_score(idea, by=team.member)
    assert send(client, idea).status_code in (302, 404)
    assert not Screening.objects.exists()


def test_without_criteria_in_force_nobody_scores(client: Client, idea: Idea, team: Team) -> None:
    words = score_words()
    Criteria.objects.update(valid_to=date(2026, 11, 20))
    assert "কোনো মানদণ্ড চালু নেই" in client.get(page_of_score(idea)).content.decode()
    with pytest.raises(WrongState):
        save_score(idea=idea, version=0, words=words, by=team.member)
    assert "কোনো মানদণ্ড চালু নেই" in client.get(reverse("ideas:criteria")).content.decode()


# --- The end of a round ------------------------------------------------------------------------
def test_round_ends_by_itself_with_the_last_member(team: Team, idea: Idea) -> None:
    for member in (team.head, team.innovation_officer):
        give_score(idea, by=member)
        assert Screening.objects.open().exists()
    give_score(idea, by=team.member)
    screening = Screening.objects.get()
    assert screening.closed_by == team.member
    page = client_of(team.member).get(page_of_round(screening))
    assert len(texts_of(page, "tbody th .small")) == 3


def test_round_does_not_wait_for_the_submitter(team: Team, idea: Idea) -> None:
    Idea.objects.filter(pk=idea.pk).update(submitted_by=team.member)
    idea.refresh_from_db()
    give_score(idea, by=team.head)
    give_score(idea, by=team.innovation_officer)
    assert Screening.objects.get().closed_at


def test_draft_does_not_end_a_round(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.head)
    give_score(idea, by=team.innovation_officer)
    give_score(idea, by=team.member, done=False)
    assert Screening.objects.open().exists()


def test_leader_ends_a_round_and_drafts_stay_out(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.head, points=ALL_FIVE)
    give_score(idea, by=team.member, points=(0, 0, 0, 0, 0), note="খসড়া কথা", done=False)
    screening = Screening.objects.get()
    with pytest.raises(PermissionDenied):
        close_screening(screening=screening, by=team.member)
    client = client_of(team.innovation_officer)
    client.post(reverse("ideas:screening_close", args=[screening.pk]))
    page = client.get(page_of_round(screening))
    assert texts_of(page, ".kpis b")[:2] == ["১০০.০০ / ১০০", "১"]
    assert "খসড়া কথা" not in page.content.decode()
    with pytest.raises(WrongState):  # it is over for the member too
        give_score(idea, by=team.member)


def test_round_without_a_finished_score_is_not_ended_by_hand(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.member, done=False)
    with pytest.raises(WrongState):
        close_round(idea, by=team.head)


def test_finished_score_can_be_taken_back_while_the_round_goes_on(
    team: Team, client: Client, idea: Idea
) -> None:
    give_score(idea, by=team.member)
    assert send(client, idea, note="নতুন").status_code == 302  # told to take it back first
    assert Score.objects.get().note == ""
    client.post(reverse("ideas:score_take_back", args=[idea.pk]))
    form = form_fields(client.get(page_of_score(idea)))
    client.post(page_of_score(idea), {**form, "note": "নতুন", "finish": "1"})
    score = Score.objects.get()
    assert (score.note, bool(score.done_at)) == ("নতুন", True)
    give_score(idea, by=team.head)
    close_round(idea, by=team.head)
    with pytest.raises(WrongState):
        take_back_score(idea=idea, by=team.member)


def test_finish_sent_twice_is_one_score(team: Team, idea: Idea) -> None:
    client = client_of(team.member)
    form = {**typed(), "finish": "1"}
    for _ in range(2):
        assert client.post(page_of_score(idea), form).status_code == 302
    assert Score.objects.count() == 1
    assert AuditEntry.objects.filter(action="score.finish").count() == 1


@pytest.mark.parametrize("way", ["shortlist", "decline", "merge"])
def test_decision_about_the_idea_ends_its_round(team: Team, idea: Idea, way: str) -> None:
    give_score(idea, by=team.member)
    if way == "merge":
        merge_idea(idea=idea, into=make_idea(team.office, by=team.head), by=team.head)
    else:
        step, reason = (SHORTLIST, "") if way == "shortlist" else (DECLINE, REASON)
        move_idea(idea=idea, step=step, by=team.head, reason=reason)
    screening = Screening.objects.get()
    assert screening.closed_by == team.head
    assert AuditEntry.objects.filter(action="screening.close", object_id=screening.pk).exists()


def test_record_says_who_and_when_and_never_how(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.member, note="গোপন কথা")
    take_back_score(idea=idea, by=team.member)
    give_score(idea, by=team.head, points=ALL_FIVE)
    close_round(idea, by=team.head)
    entries = AuditEntry.objects.filter(action__regex=r"^(score|screening)\.").order_by("pk")
    assert [entry.action for entry in entries] == [
        "screening.open",
        "score.finish",
        "score.take_back",
        "score.finish",
        "screening.close",
    ]
    assert {name for entry in entries for name in (*entry.before, *entry.after)} == {
        "round",
        "screening",
    }


# --- A second round --------------------------------------------------------------------------
def test_appeal_is_scored_anew_by_the_criteria_of_that_day(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.head, points=ALL_FIVE)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON)
    criteria = make_criteria(timezone.localdate(), [50, 50])
    appeal_idea(idea=idea, text="আবার দেখুন", by=None)
    assert ranking(team.office) == []  # what was said before the refusal is over
    for member in (team.head, team.innovation_officer, team.member):
        words = score_words((1, 2))
        finish_score(idea=idea, version=0, words=words, by=member)
    first, second = Screening.objects.order_by("round")
    assert (first.round, second.round, second.criteria) == (1, 2, criteria)
    assert first.criteria != criteria
    (table,) = ranking(team.office)
    assert [str(row.result.total) for row in table.rows] == ["30.00"]
    page = client_of(team.member).get(idea.get_absolute_url())
    assert len(find(page, "#screening p a")) == 2


def test_round_keeps_its_criteria_when_the_rule_changes_midway(team: Team, idea: Idea) -> None:
    old = score_words(ALL_FIVE)
    give_score(idea, by=team.head, points=ALL_FIVE)
    make_criteria(timezone.localdate(), [100])
    page = client_of(team.member).get(page_of_score(idea))
    assert len(find(page, "fieldset.points")) == 5
    finish_score(idea=idea, version=0, words=old, by=team.member)
    other = make_idea(team.office, by=team.head, title="নতুন মানদণ্ডে")
    finish_score(idea=other, version=0, words=score_words((5,)), by=team.head)
    for each in (idea, other):
        close_round(each, by=team.head)
    tables = ranking(team.office)
    # Two tables, the newest criteria first; both are first in their own.
    assert [[row.rank for row in table.rows] for table in tables] == [[1], [1]]
    assert [row.idea for row in tables[0].rows] == [other]
    page = client_of(team.head).get(LIST)
    assert len(find(page, "table")) == 2


# --- People come and go ------------------------------------------------------------------------
def move_away(person: User) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    PostHolding.objects.filter(person=person).update(ends_on=yesterday)


def test_score_stays_with_the_post_when_its_holder_is_transferred(team: Team, idea: Idea) -> None:
    post = team.member.scope.main_post
    give_score(idea, by=team.member, points=ALL_FIVE)
    move_away(team.member)
    successor = make_person("নতুন সদস্য")
    give_post(post=post, person=successor, starts_on=timezone.localdate())
    with pytest.raises(WrongState):  # the seat has spoken
        give_score(idea, by=successor)
    assert "আপনার নম্বর বাকি" not in client_of(successor).get(LIST).content.decode()
    give_score(idea, by=team.head, points=ALL_FIVE)
    give_score(idea, by=team.innovation_officer, points=ALL_FIVE)
    screening = Screening.objects.get()
    assert screening.closed_at
    page = client_of(successor).get(page_of_round(screening))
    assert any(
        team.member.name in row and post.designation in row for row in texts_of(page, "tbody th")
    )


def test_draft_of_somebody_who_left_holds_nobody_up(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.member, done=False)
    move_away(team.member)
    give_score(idea, by=team.head)
    give_score(idea, by=team.innovation_officer)
    assert Screening.objects.get().closed_at


def test_person_on_two_posts_of_the_team_scores_once(team: Team, idea: Idea) -> None:
    make_post(team.office, Role.MEMBER, "অতিরিক্ত দায়িত্ব", holder=team.member)
    for member in (team.head, team.innovation_officer, team.member):
        give_score(idea, by=User.objects.get(pk=member.pk))
    screening = Screening.objects.get()
    assert (screening.scores.count(), bool(screening.closed_at)) == (3, True)


# --- The ranking -----------------------------------------------------------------------------
def test_ranking_adds_up_as_by_hand(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    give_score(idea, by=team.head, points=(5, 4, 3, 2, 1))
    give_score(idea, by=team.member, points=(2, 4, 0, 5, 3))
    screening = close_round(idea, by=team.head)
    result = results_of([screening])[screening.pk]
    # 40·3.5/5 + 20·4/5 + 10·1.5/5 + 10·3.5/5 + 20·2/5
    assert [str(one.worth) for one in result.averages] == ["28.00", "16.00", "3.00", "7.00", "8.00"]
    assert (str(result.total), result.scorers) == ("62.00", 2)
    # 40+16+6+4+4 and 16+16+0+10+12
    assert (str(result.highest), str(result.lowest), str(result.spread)) == (
        "70.00",
        "54.00",
        "16.00",
    )
    page = client_of(team.member).get(LIST)
    assert texts_of(page, "tbody td") == [
        "১",
        "৩.৫০",
        "৪.০০",
        "১.৫০",
        "৩.৫০",
        "২.০০",
        "৬২.০০",
        "২",
        "৫৪.০০–৭০.০০",
    ]


def test_equal_totals_share_a_rank_and_the_next_counts_them(team: Team) -> None:
    marks = {"ক": (5, 5, 5, 5, 5), "খ": (3, 3, 3, 3, 3), "গ": (3, 3, 3, 3, 3), "ঘ": (1, 1, 1, 1, 1)}
    # Made the other way round, so that the order comes from the scores.
    for title, points in reversed(marks.items()):
        idea = make_idea(team.office, by=team.head, title=title)
        give_score(idea, by=team.head, points=points)
        close_round(idea, by=team.head)
    (table,) = ranking(team.office)
    assert [(row.rank, row.idea.title) for row in table.rows] == [
        (1, "ক"),
        (2, "গ"),
        (2, "খ"),
        (4, "ঘ"),
    ]


@given(st.lists(st.lists(st.integers(0, 5), min_size=5, max_size=5), min_size=1, max_size=3))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_total_is_the_weighted_mean_of_whatever_was_given(
    team: Team, marks: list[list[int]]
) -> None:
    idea = make_idea(team.office, by=team.head)
    members = (team.head, team.innovation_officer, team.member)
    for member, points in zip(members, marks, strict=False):
        give_score(idea, by=member, points=points)
    if len(marks) < len(members):
        close_round(idea, by=team.head)
    screening = Screening.objects.get(idea=idea)
    weights = (40, 20, 10, 10, 20)
    expected = sum(
        Fraction(weight * points[n], 5 * len(marks))
        for points in marks
        for n, weight in enumerate(weights)
    )
    result = results_of([screening])[screening.pk]
    assert abs(Fraction(result.total) - expected) <= Fraction(1, 200)
    assert result.lowest <= result.total <= result.highest
    idea.screenings.all().delete()


def test_half_a_hundredth_is_rounded_up() -> None:
    assert [str(rounded(Fraction(n, 1000))) for n in (4, 5, 15, 62_125, 0)] == [
        "0.00",
        "0.01",
        "0.02",
        "62.13",
        "0.00",
    ]


def test_decided_ideas_leave_the_ranking(team: Team, idea: Idea) -> None:
    give_score(idea, by=team.head)
    close_round(idea, by=team.head)
    move_idea(idea=idea, step=SHORTLIST, by=team.head)
    assert len(ranking(team.office)) == 1  # the next meeting still has to approve it
    move_idea(idea=idea, step=APPROVE, by=team.head)
    assert ranking(team.office) == []


# --- The pages ---------------------------------------------------------------------------------
def test_leaders_see_who_has_finished_and_members_how_many(team: Team, idea: Idea) -> None:
    team.innovation_officer.name_bn = "শেষ করা জন"
    team.innovation_officer.save()
    give_score(idea, by=team.innovation_officer)
    screening = Screening.objects.get()
    pages = (LIST, page_of_round(screening), idea.get_absolute_url())
    for url in pages:
        said, told = (
            " ".join(texts_of(client_of(who).get(url), ".page .cols"))
            for who in (team.head, team.member)
        )
        assert "৩ জনের মধ্যে ১ জন নম্বর দিয়েছেন" in said
        assert "৩ জনের মধ্যে ১ জন নম্বর দিয়েছেন" in told
        assert "নম্বর দিয়েছেন: শেষ করা জন" in said
        assert "শেষ করা জন" not in told


def test_person_of_two_teams_chooses_the_office(team: Team, idea: Idea) -> None:
    second = make_office("second", parent=team.office)
    make_post(second, Role.MEMBER, holder=team.member)
    make_idea(second, by=make_officer(second, Role.HEAD), title="দ্বিতীয় দপ্তরের")
    client = client_of(team.member)
    assert texts_of(client.get(LIST), ".todo b") == [idea.title]
    assert texts_of(client.get(f"{LIST}?office={second.pk}"), ".todo b") == ["দ্বিতীয় দপ্তরের"]
    for odd in ("x", "\x00", "9" * 40, "-1"):
        assert client.get(LIST, {"office": odd}).status_code == 200


def test_list_says_what_to_do_when_nothing_waits(client: Client) -> None:
    assert texts_of(client.get(LIST), ".empty h2") == ["বাছাইয়ের অপেক্ষায় কোনো আইডিয়া নেই"]


def test_criteria_page_shows_what_is_in_force_and_its_source(client: Client) -> None:
    make_criteria(date(2027, 1, 1), [60, 40])
    page = client.get(reverse("ideas:criteria"))
    assert texts_of(page, "h2") == ["এখন চালু", "সামনে চালু হবে"]
    assert texts_of(page, "dd")[0] == "ব্যবস্থার নিজস্ব প্রস্তাব; পরিপত্র হলে নতুন সারিতে বদলাবে"
    assert texts_of(page, "tbody td.num")[:5] == ["৪০", "২০", "১০", "১০", "২০"]
    english = client.get(reverse("ideas:criteria"), headers={"Accept-Language": "en"})
    client.cookies["django_language"] = "en"
    english = client.get(reverse("ideas:criteria"))
    assert "Benefit in time, cost and visits" in texts_of(english, "tbody th")


# --- Two at the same moment --------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_finishing_and_closing_at_the_same_moment_agree() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.head)
    give_score(idea, by=team.head)
    screening = Screening.objects.get()
    words = score_words(ALL_FIVE)

    def finish() -> None:
        finish_score(idea=idea, version=0, words=words, by=User.objects.get(pk=team.member.pk))

    def close() -> None:
        close_screening(screening=Screening.objects.get(), by=User.objects.get(pk=team.head.pk))

    finished, closed = at_once([finish, close])
    assert closed is None
    screening.refresh_from_db()
    done = screening.scores.done().filter(scorer=team.member)
    # Whoever came too late wrote nothing and was told so; nobody's marks came after the end.
    assert done.exists() is (finished is None)
    assert finished is None or isinstance(finished, WrongState)
    assert all(score.done_at <= screening.closed_at for score in screening.scores.done())


@pytest.mark.django_db(transaction=True)
def test_first_scores_at_the_same_moment_open_one_round() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.head)
    words = score_words()
    people = (team.head, team.innovation_officer, team.member)

    def finish(pk: int) -> None:
        finish_score(idea=idea, version=0, words=words, by=User.objects.get(pk=pk))

    assert at_once([lambda pk=one.pk: finish(pk) for one in people]) == [None] * 3
    screening = Screening.objects.get()
    assert (screening.scores.done().count(), bool(screening.closed_at)) == (3, True)
    assert AuditEntry.objects.filter(action="screening.close").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_members_two_windows_at_the_same_moment_keep_one_whole_score() -> None:
    team = make_team()
    idea = make_idea(team.office, by=team.head)
    sets = [score_words((n,) * 5) for n in range(4)]

    def save(words: object) -> None:
        save_score(idea=idea, version=0, words=words, by=User.objects.get(pk=team.member.pk))

    answers = at_once([lambda words=words: save(words) for words in sets])
    assert answers.count(None) == 1
    assert all(one is None or isinstance(one, StaleScore) for one in answers)
    assert len({mark.points for mark in Score.objects.get().marks.all()}) == 1


# --- As many questions for a hundred ideas -------------------------------------------------------
def asked(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_list_asks_as_often_for_a_hundred_ideas(team: Team) -> None:
    client = client_of(team.head)
    counts = []
    for number in range(100):
        being_scored, scored = (make_idea(team.office, by=team.head) for _ in range(2))
        give_score(being_scored, by=team.member)
        give_score(scored, by=team.member)
        close_round(scored, by=team.head)
        if number in (0, 99):
            counts.append(asked(client, LIST))
    assert counts[0] == counts[1] <= 14


def test_round_and_idea_ask_as_often_for_a_large_team(team: Team) -> None:
    def counts(members: int) -> list[int]:
        idea = make_idea(team.office, by=team.head)
        for _ in range(members):
            give_score(idea, by=make_officer(team.office, Role.MEMBER))
        screening = close_round(idea, by=team.head)
        client = client_of(team.head)
        urls = (page_of_round(screening), idea.get_absolute_url())
        return [asked(client, url) for url in urls]

    assert counts(1) == counts(8)
