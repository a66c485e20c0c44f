"""Two ideas that say the same become one; nothing is lost, and both submitters hear of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.actions import merge_idea, move_idea, support_idea, unmerge_idea
from ideas.enums import SHORTLIST, IdeaStatus
from ideas.models import Contact, Idea
from jobs.models import Letter
from teams.models import AuditEntry, User
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_team
from tests.ideas.register import make_idea
from tests.pages import alerts_after, find, form_fields, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

GOING_ON = {"received", "shortlisted", "approved", "piloting", "showcased", "replicated"}


@pytest.fixture
def two(team: Team) -> tuple[Idea, Idea]:
    """Two ideas of one register that say the same."""
    return named(team, "প্রথম আইডিয়া"), named(team, "দ্বিতীয় আইডিয়া")


def named(team: Team, title: str, status: str = "received") -> Idea:
    return make_idea(team.office, by=team.head, status=status, title=title)


def to(name: str, idea: Idea) -> str:
    return reverse(f"ideas:{name}", args=[idea.pk])


def fresh(idea: Idea) -> Idea:
    return Idea.objects.get(pk=idea.pk)


# --- The action ----------------------------------------------------------------------------
@pytest.mark.parametrize("status", IdeaStatus.values)
def test_idea_can_go_on_with_one_that_goes_on(team: Team, status: str) -> None:
    first, second = named(team, "এটি"), named(team, "ওটি", status)
    if status in GOING_ON:
        merge_idea(idea=first, into=second, by=team.head)
        assert (fresh(first).status, fresh(first).merged_into) == ("merged", second)
    else:
        with pytest.raises(WrongState):
            merge_idea(idea=first, into=second, by=team.head)
        assert fresh(first).status == "received"


def test_merge_is_written_down_on_both(team: Team, two: tuple[Idea, Idea]) -> None:
    first, second = two
    merge_idea(idea=first, into=second, by=team.innovation_officer)
    assert first.merged_by == team.innovation_officer
    entries = {
        (entry.action, entry.object_id): entry.after
        for entry in AuditEntry.objects.filter(action__startswith="idea.merge")
    }
    assert entries["idea.merge", first.pk]["merged_into"] == str(second.pk)
    assert entries["idea.merge_in", second.pk] == {"merged": first.pk}


def test_idea_cannot_go_on_with_itself(team: Team, idea: Idea) -> None:
    with pytest.raises(WrongState):
        merge_idea(idea=idea, into=idea, by=team.head)


def test_member_and_other_offices_may_not_merge(team: Team, two: tuple[Idea, Idea]) -> None:
    for person in (team.member, make_team("elsewhere").head):
        with pytest.raises(PermissionDenied):
            merge_idea(idea=two[0], into=two[1], by=person)


def test_idea_of_another_office_must_be_open_to_all(team: Team) -> None:
    own, other = named(team, "নিজের"), make_team("elsewhere")
    theirs = named(other, "অন্যের", "shortlisted")
    hidden = named(other, "অন্যের গোপন")
    with pytest.raises(PermissionDenied):
        merge_idea(idea=own, into=hidden, by=team.head)
    Idea.objects.filter(pk=hidden.pk).update(status="shortlisted", is_shared=False)
    with pytest.raises(PermissionDenied):
        merge_idea(idea=own, into=fresh(hidden), by=team.head)
    merge_idea(idea=own, into=theirs, by=team.head)
    assert fresh(own).merged_into == theirs


def test_circle_of_merges_is_refused(team: Team, two: tuple[Idea, Idea]) -> None:
    first, second = two
    stale = fresh(second)
    merge_idea(idea=first, into=second, by=team.head)
    with pytest.raises(WrongState):
        merge_idea(idea=stale, into=first, by=team.head)
    assert fresh(second).status == "received"


@pytest.mark.django_db(transaction=True)
def test_two_merged_into_each_other_at_once_is_one_merge() -> None:
    team = make_team()
    pks = [named(team, title).pk for title in ("এটি", "ওটি")]

    def merging(idea: int, into: int) -> object:
        def attempt() -> None:
            one, other = (Idea.objects.get(pk=pk) for pk in (idea, into))
            merge_idea(idea=one, into=other, by=User.objects.get(pk=team.head.pk))

        return attempt

    results = at_once([merging(*pks), merging(*pks[::-1])] * 2)
    assert results.count(None) == 1
    assert {type(result) for result in results if result is not None} == {WrongState}
    assert sorted(Idea.objects.values_list("status", flat=True)) == ["merged", "received"]


# --- Taken back ------------------------------------------------------------------------------
def test_merge_is_taken_back_while_the_other_waits(team: Team, two: tuple[Idea, Idea]) -> None:
    first, second = two
    merge_idea(idea=first, into=second, by=team.head)
    unmerge_idea(idea=first, by=team.head)
    assert (fresh(first).status, fresh(first).merged_into) == ("received", None)
    actions = AuditEntry.objects.values_list("action", "object_id")
    assert ("idea.unmerge", first.pk) in actions
    assert ("idea.merge_out", second.pk) in actions
    # And may be merged anew, the other way round too.
    merge_idea(idea=second, into=fresh(first), by=team.head)


def test_merge_stays_once_the_other_is_decided_upon(team: Team) -> None:
    first, second, third = (named(team, title) for title in ("ক", "খ", "গ"))
    merge_idea(idea=first, into=second, by=team.head)
    merge_idea(idea=second, into=third, by=team.head)
    Idea.objects.filter(pk=third.pk).update(status="approved")
    with pytest.raises(WrongState, match="অনুমোদিত"):
        unmerge_idea(idea=fresh(first), by=team.head)
    Idea.objects.filter(pk=third.pk).update(status="shortlisted")
    unmerge_idea(idea=fresh(first), by=team.head)
    assert fresh(first).status == "received"


def test_only_the_lead_takes_a_merge_back(team: Team, two: tuple[Idea, Idea]) -> None:
    first, second = two
    merge_idea(idea=first, into=second, by=team.head)
    with pytest.raises(PermissionDenied):
        unmerge_idea(idea=first, by=team.member)
    with pytest.raises(WrongState):
        unmerge_idea(idea=second, by=team.head)


# --- Whoever follows -------------------------------------------------------------------------
def test_both_submitters_hear_of_it_and_follow_the_last(team: Team) -> None:
    ideas = [named(team, title) for title in ("ক আইডিয়া", "খ আইডিয়া")]
    ideas.append(named(team, "গ আইডিয়া", "shortlisted"))
    for number, idea in enumerate(ideas):
        Contact.objects.create(idea=idea, email=f"reader{number}@example.test")
    merge_idea(idea=ideas[0], into=ideas[1], by=team.head)
    to_first, to_second = (
        Letter.objects.filter(to_address=f"reader{number}@example.test").latest("pk")
        for number in (0, 1)
    )
    assert "খ আইডিয়া" not in to_first.body  # what waits unread is nobody else's to know
    assert "একই কথা আরও একজন বলেছেন" in to_second.body
    assert "ক আইডিয়া" not in to_second.body
    merge_idea(idea=fresh(ideas[1]), into=ideas[2], by=team.head)
    page = Client().get(reverse("public:follow", args=[ideas[0].code])).content.decode()
    assert "গ আইডিয়া" in page


# --- Through the pages -----------------------------------------------------------------------
def test_lead_merges_from_the_ideas_page(team: Team, two: tuple[Idea, Idea]) -> None:
    first, second = two
    client = client_of(team.head)
    page = client.get(first.get_absolute_url())
    link = find(page, "#similar .btn")[0].get("href")
    confirm = client.get(link)
    assert texts_of(confirm, ".versions h2") == ["প্রথম আইডিয়া", "দ্বিতীয় আইডিয়া"]
    form = form_fields(confirm, "main form.section")
    assert alerts_after(client, to("merge", first), form) == ["আইডিয়াটি মেলানো হয়েছে।"]
    support_idea_of = fresh(first)
    assert support_idea_of.merged_into == second
    survivor = client.get(second.get_absolute_url())
    assert "প্রথম আইডিয়া" in texts_of(survivor, "#joined summary")
    merged = client.get(first.get_absolute_url())
    assert "দ্বিতীয় আইডিয়া" in texts_of(merged, "#survivor")[0]
    assert alerts_after(client, to("unmerge", first)) == ["আইডিয়াটি আবার আলাদা হয়েছে।"]


def test_member_is_offered_no_merge(client: Client, two: tuple[Idea, Idea]) -> None:
    page = client.get(two[0].get_absolute_url())
    assert texts_of(page, "#similar a") == ["দ্বিতীয় আইডিয়া"]
    assert client.get(to("merge", two[0])).status_code == 403


def test_others_are_found_by_their_words(team: Team, two: tuple[Idea, Idea]) -> None:
    page = client_of(team.head).get(f"{to('merge', two[0])}?q=দ্বিতীয়")
    assert [text.split(" ")[0] for text in texts_of(page, "#found li b")] == ["দ্বিতীয়"]


@pytest.mark.parametrize("into", ["", "x", "0", "-1", "9" * 30, "\x00", "১"])
def test_odd_choice_is_not_found(team: Team, two: tuple[Idea, Idea], into: str) -> None:
    client = client_of(team.head)
    assert client.post(to("merge", two[0]), {"into": into}).status_code == 404
    if into:
        assert client.get(to("merge", two[0]), {"into": into}).status_code == 404


def test_idea_beyond_merging_leads_back(team: Team) -> None:
    idea = named(team, "অনুমোদিত", "approved")
    client = client_of(team.head)
    assert client.get(to("merge", idea)).url == idea.get_absolute_url()


def test_other_office_sees_words_that_may_be_shared_and_no_others(team: Team) -> None:
    other = make_team("elsewhere")
    theirs = named(other, "অন্যের আইডিয়া", "shortlisted")
    shared, kept = named(team, "দেখানো যায়"), named(team, "দেখানো যায় না")
    Idea.objects.filter(pk=kept.pk).update(is_shared=False)
    for idea in (shared, kept):
        support_idea_by(idea)
        merge_idea(idea=fresh(idea), into=theirs, by=team.head)
    page = client_of(other.member).get(theirs.get_absolute_url())
    assert "দেখানো যায়" in texts_of(page, "#joined summary")
    assert "দেখানো যায় না" not in page.content.decode()
    assert "শাহিনুর বেগম" not in " ".join(texts_of(page, "#joined"))
    assert texts_of(page, "#supports h2") == ["সমর্থন: ১ জন"]


def support_idea_by(idea: Idea) -> None:
    """Somebody stood by it while it was open to all; a kept idea never was."""
    if idea.title == "দেখানো যায়":
        Idea.objects.filter(pk=idea.pk).update(status="shortlisted")
        support_idea(idea=fresh(idea), by=None, note="আমিও চাই")


def test_page_costs_as_much_with_many_merged_and_supporting(team: Team) -> None:
    survivor = named(team, "মূল আইডিয়া")
    move_idea(idea=survivor, step=SHORTLIST, by=team.head)
    client, counts = client_of(team.head), []
    client.get(survivor.get_absolute_url())
    for number in (1, 6):
        for each in range(number):
            merge_idea(idea=named(team, f"আইডিয়া {each}"), into=survivor, by=team.head)
            support_idea(idea=survivor, by=None, note="আমিও")
        with CaptureQueriesContext(connection) as queries:
            client.get(survivor.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1]
