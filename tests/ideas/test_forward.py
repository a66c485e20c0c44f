"""An idea that belongs to another office goes there, and leaves no more behind than it should."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.actions import forward_idea, merge_idea, update_idea
from ideas.actions.register import ContactText
from ideas.enums import SHORTLIST, IdeaStatus
from ideas.models import Contact, Idea, Screening
from ideas.models.screening import Criteria
from teams.models import AuditEntry, Office, User
from teams.transitions import WrongState
from tests.factories import Country, client_of, make_country, make_team
from tests.ideas.register import TEXT, make_idea, take
from tests.ideas.scores import give_score
from tests.ideas.senders import EMAIL, follow, letters_to, make_told
from tests.pages import find, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LEADS = {"upazila.head", "upazila.innovation_officer"}
FORWARDED = "/ideas/forwarded/"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def idea(country: Country) -> Idea:
    return make_told(country.upazila, by=country["upazila.head"])


def forward_url(idea: Idea) -> str:
    return f"/ideas/{idea.pk}/forward/"


def test_lead_finds_the_office_and_sends_it_there(country: Country, idea: Idea) -> None:
    sender = client_of(country["upazila.innovation_officer"])
    assert find(sender.get(idea.get_absolute_url()), f"a[href='{forward_url(idea)}']")
    page = sender.get(forward_url(idea), {"q": "sibling"})
    assert [choice.get("value") for choice in find(page, "input[name='office']")] == [
        str(country.sibling.pk)
    ]
    page = sender.post(forward_url(idea), {"office": country.sibling.pk}, follow=True)
    assert texts_of(page, ".alert") == [f"আইডিয়াটি {country.sibling.name_bn}-এ পাঠানো হয়েছে।"]
    code = idea.code
    idea.refresh_from_db()
    assert (idea.office, idea.forwarded_from, idea.code) == (country.sibling, country.upazila, code)


def test_receiving_team_has_all_of_it_and_reads_where_from(country: Country, idea: Idea) -> None:
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    page = client_of(country["sibling.member"]).get(idea.get_absolute_url())
    assert f"{country.upazila.name_bn} থেকে পাঠানো" in texts_of(page, ".facts dd")
    assert EMAIL in texts_of(page, ".facts dd")
    assert "পাঠানো" in texts_of(client_of(country["sibling.head"]).get("/ideas/"), "tbody .chip")


def test_old_office_sees_where_it_went_and_nothing_more(country: Country, idea: Idea) -> None:
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    old = client_of(country["upazila.member"])
    assert old.get(idea.get_absolute_url()).status_code == 404
    assert texts_of(old.get("/ideas/"), "tbody th") == []
    mended = TEXT.__class__(title="ওদের নতুন শিরোনাম", description="ক", received_on=TEXT.received_on)
    idea.refresh_from_db()
    update_idea(idea=idea, version=idea.version, text=mended, by=country["sibling.head"])
    take(idea, (SHORTLIST,), by=country["sibling.head"])
    page = old.get(FORWARDED)
    assert texts_of(page, "tbody th") == [TEXT.title]
    assert texts_of(page, "tbody td")[:2] == [country.sibling.name_bn, "প্রথম বাছাইয়ে টিকেছে"]
    said = page.content.decode()
    assert "ওদের নতুন শিরোনাম" not in said
    assert EMAIL not in said
    assert find(page, "tbody a") == []
    for person in ("sibling.head", "district.head", "elsewhere.head", "reviewer", "nobody"):
        assert texts_of(client_of(country[person]).get(FORWARDED), "tbody th") == []


def test_both_offices_have_it_in_their_record(country: Country, idea: Idea) -> None:
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    entries = AuditEntry.objects.filter(action__startswith="idea.forward").order_by("pk")
    assert [(entry.action, entry.office) for entry in entries] == [
        ("idea.forward", country.upazila),
        ("idea.forwarded_here", country.sibling),
    ]
    assert entries[0].after == {
        "title": TEXT.title,
        "from": country.upazila.pk,
        "to": country.sibling.pk,
    }


def test_submitter_is_told_and_follows_it_with_the_same_code(country: Country, idea: Idea) -> None:
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    assert country.sibling.name_bn in letters_to(EMAIL)[-1].body
    page = follow(idea.code)
    assert country.sibling.name_bn in texts_of(page, ".facts dd")
    assert f"{country.sibling.name_bn}-এ পাঠানো হয়েছে" in texts_of(page, ".timeline b")


def test_held_one_is_sent_on_and_looked_at_there(country: Country) -> None:
    idea = make_idea(country.upazila, by=country["upazila.head"], status="held")
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    assert idea.status == "held"
    page = client_of(country["sibling.head"]).get("/ideas/held/")
    assert texts_of(page, "section.card b") == [TEXT.title]


def test_only_whoever_leads_the_team_sends_it_on(country: Country) -> None:
    may = set()
    for name, person in country.people.items():
        idea = make_idea(country.upazila, by=country["upazila.head"])
        try:
            forward_idea(idea=idea, to=country.sibling, by=person)
            may.add(name)
        except PermissionDenied:
            continue
    assert may == LEADS


@pytest.mark.parametrize("status", sorted(set(IdeaStatus.values) - {"held", "received"}))
def test_what_was_worked_on_stays(country: Country, status: str) -> None:
    idea = make_idea(country.upazila, by=country["upazila.head"], status=status)
    with pytest.raises(WrongState):
        forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    head = client_of(country["upazila.head"])
    assert head.get(forward_url(idea)).url == idea.get_absolute_url()


def test_marks_and_others_words_do_not_go_along(country: Country) -> None:
    head = country["upazila.head"]
    scored, joined, other = (make_idea(country.upazila, by=head, title=title) for title in "কখগ")
    Screening.objects.create(idea=scored, criteria=Criteria.objects.first())
    merge_idea(idea=other, into=joined, by=head)
    for idea in (scored, joined):
        with pytest.raises(WrongState):
            forward_idea(idea=idea, to=country.sibling, by=head)


@pytest.mark.parametrize("office", ["", "x", "0", "9" * 40, "\0", "own", "closed"])
def test_office_that_takes_nothing_is_refused(country: Country, idea: Idea, office: str) -> None:
    Office.objects.filter(pk=country.elsewhere.pk).update(is_active=False)
    named = {"own": country.upazila.pk, "closed": country.elsewhere.pk}
    page = client_of(country["upazila.head"]).post(
        forward_url(idea), {"office": named.get(office, office)}
    )
    assert page.status_code == 422
    assert texts_of(page, ".alert-danger")
    idea.refresh_from_db()
    assert idea.office == country.upazila


def test_search_for_offices_is_answered_whatever_is_asked(country: Country, idea: Idea) -> None:
    client = client_of(country["upazila.head"])
    for words in ("নেই", "\0", "ৎ " * 400, "%_'"):
        page = client.get(forward_url(idea), {"q": words})
        assert page.status_code == 200
        assert find(page, "input[name='office']") == []


def test_list_asks_as_often_for_many(country: Country) -> None:
    head = country["upazila.head"]
    counts = []
    for number in range(1, 16):
        idea = make_idea(country.upazila, by=head, title=f"আইডিয়া {number}")
        forward_idea(idea=idea, to=country.sibling, by=head)
        if number in (1, 15):
            with CaptureQueriesContext(connection) as queries:
                client_of(head).get(FORWARDED)
            counts.append(len(queries))
    assert counts[0] == counts[1]


def test_contact_goes_along(country: Country, idea: Idea) -> None:
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    contact = Contact.objects.get(idea=idea)
    assert ContactText(contact.email, contact.phone) == ContactText(EMAIL)


@pytest.mark.django_db(transaction=True)
def test_sent_to_two_offices_at_once_it_goes_to_one() -> None:
    team = make_team()
    others = [make_team(code, parent=team.office).office for code in ("one", "two", "three")]
    idea = make_idea(team.office, by=team.head)

    def send(office: Office) -> None:
        by = User.objects.get(pk=team.head.pk)
        forward_idea(idea=Idea.objects.get(pk=idea.pk), to=office, by=by)

    results = at_once([lambda office=office: send(office) for office in others])
    assert results.count(None) == 1
    assert AuditEntry.objects.filter(action="idea.forward").count() == 1


@pytest.mark.django_db(transaction=True)
def test_marks_and_others_words_given_at_the_moment_it_is_sent_do_not_go_along() -> None:
    """Either they are first and it stays, or it has gone and takes nothing with it."""
    team = make_team()
    other = make_team("other", parent=team.office).office

    def send(idea: Idea) -> None:
        by = User.objects.get(pk=team.head.pk)
        forward_idea(idea=Idea.objects.get(pk=idea.pk), to=other, by=by)

    def score(idea: Idea) -> None:
        by = User.objects.get(pk=team.member.pk)
        give_score(Idea.objects.get(pk=idea.pk), by=by, done=False)

    def merge(idea: Idea) -> None:
        by = User.objects.get(pk=team.head.pk)
        merge_idea(idea=make_idea(team.office, by=by), into=Idea.objects.get(pk=idea.pk), by=by)

    for work in (score, merge) * 3:
        idea = make_idea(team.office, by=team.head)
        sent, worked = at_once(
            [lambda idea=idea: send(idea), lambda idea=idea, work=work: work(idea)]
        )
        idea.refresh_from_db()
        has_more = idea.screenings.exists() or idea.merged.exists()
        assert (idea.office_id == other.pk) != has_more
        assert isinstance(sent, WrongState) == has_more
        assert isinstance(worked, PermissionDenied) != has_more
