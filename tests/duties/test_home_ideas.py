"""What ideas ask of somebody on the home page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.models import Criteria, Idea, Pilot, Recommendation, Score, Screening
from meetings.actions import explain_no_meeting
from teams.models import User
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.ideas.register import hold, make_idea
from tests.pages import texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def team() -> Team:
    """A team that has said why it does not meet this month."""
    made = make_team()
    month = date(2026, 11, 1)
    explain_no_meeting(office=made.office, month=month, reason="নির্বাচনের কাজ", by=made.head)
    return made


def titles_of(person: User) -> list[str]:
    return texts_of(client_of(person).get("/"), ".todo b")


def test_held_submissions_wait_for_those_who_lead(team: Team) -> None:
    for _count in range(2):
        hold(make_idea(team.office, by=team.head))
    assert "২টি আইডিয়া যাচাইয়ের অপেক্ষায়" in titles_of(team.head)
    assert "২টি আইডিয়া যাচাইয়ের অপেক্ষায়" not in titles_of(team.member)


def test_ideas_to_score_are_counted_for_each_member(team: Team) -> None:
    mine, other, closed = (make_idea(team.office, by=team.head) for _count in range(3))
    Idea.objects.filter(pk=mine.pk).update(submitted_by=team.member)
    criteria = Criteria.objects.get()
    round_ = Screening.objects.create(idea=other, criteria=criteria)
    Screening.objects.create(
        idea=closed, criteria=criteria, closed_at=timezone.now(), closed_by=team.head
    )
    assert "১টি আইডিয়ায় নম্বর দিন" in titles_of(team.member)  # not the own, not the closed one
    assert "২টি আইডিয়ায় নম্বর দিন" in titles_of(team.head)
    Score.objects.create(screening=round_, scorer=team.member, done_at=timezone.now())
    assert not [title for title in titles_of(team.member) if "নম্বর দিন" in title]


def test_pilot_whose_time_is_over_is_late_for_its_owner_and_those_who_lead(team: Team) -> None:
    idea = make_idea(team.office, by=team.head, status="piloting", title="হাটের দিনে সহায়তা")
    wanted = "পাইলট: হাটের দিনে সহায়তা"
    assert wanted not in titles_of(team.head)
    Pilot.objects.filter(idea=idea).update(ends_on=date(2026, 11, 17))
    assert wanted in titles_of(team.head)
    assert "৪ দিন দেরি" in client_of(team.head).get("/").content.decode()
    assert wanted not in titles_of(team.member)
    Pilot.objects.filter(idea=idea).update(owner_post=team.member.scope.posts[0])
    assert wanted in titles_of(team.member)
    Pilot.objects.filter(idea=idea).update(ends_on=date(2026, 11, 21))
    assert wanted not in titles_of(team.head)


@pytest.fixture
def country() -> Country:
    return make_country()


def test_recommendation_waits_for_the_office_it_was_made_to(country: Country) -> None:
    idea = make_idea(country.sibling, by=country["sibling.head"], status="showcased", title="নামজারি")
    Recommendation.objects.create(
        idea=idea, office=country.upazila, made_for=country.district, reference="অক্টোবরের সভা"
    )
    wanted = "রেপ্লিকেশনের সুপারিশ: নামজারি"
    assert wanted in titles_of(country["upazila.head"])
    for other in ("upazila.member", "district.head", "sibling.head"):
        assert wanted not in titles_of(country[other])


def test_home_asks_as_often_for_many_ideas(team: Team) -> None:
    client = client_of(team.head)
    counts = []
    for number in (1, 20):
        while Idea.objects.count() < 3 * number:
            hold(make_idea(team.office, by=team.head))
            make_idea(team.office, by=team.head)
            make_idea(team.office, by=team.head, status="piloting")
        Pilot.objects.update(ends_on=date(2026, 11, 1))
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
