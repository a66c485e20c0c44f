"""An office below answers what was recommended to it, and the recommender reads the answers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ideas.actions import recommend_idea, refuse_recommendation
from ideas.enums import Answer
from ideas.models import Initiative, Recommendation
from teams.transitions import WrongState
from tests.factories import Country, client_of, make_country
from tests.ideas.register import make_idea
from tests.ideas.spreading import make_initiative, take
from tests.pages import alerts_after, find, form_fields, texts_of

pytestmark = pytest.mark.django_db
REFERENCE = "নভেম্বর ২০২৬ মাসের সভা (১০ নভেম্বর ২০২৬), সিদ্ধান্ত"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def initiative(country: Country) -> Initiative:
    return make_initiative(country.elsewhere, by=country["elsewhere.head"])


def recommend(country: Country, initiative: Initiative, *offices) -> list[Recommendation]:
    """The district asks these offices."""
    return recommend_idea(
        idea=initiative.idea,
        offices=offices,
        made_for=country.district,
        reference=REFERENCE,
        by=country["district.head"],
    )


@pytest.fixture
def asked(country: Country, initiative: Initiative) -> Recommendation:
    return recommend(country, initiative, country.upazila)[0]


def refuse_url(asked: Recommendation) -> str:
    return reverse("ideas:recommendation_refuse", args=[asked.pk])


def test_the_office_below_sees_what_it_is_asked_and_takes_it(country, initiative, asked):
    client = client_of(country["upazila.head"])
    page = client.get(reverse("ideas:replication_list"))

    assert REFERENCE in page.content.decode()
    here = find(page, "td a.btn-primary")[0].get("href")
    client.post(here, form_fields(client.get(here)))

    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == (Answer.TAKEN, country["upazila.head"])


def test_a_refusal_carries_its_reason_to_whoever_recommended(country, asked):
    client = client_of(country["upazila.innovation_officer"])
    fields = form_fields(client.get(refuse_url(asked)))

    assert client.post(refuse_url(asked), {**fields, "reason": " "}).status_code == 422
    client.post(refuse_url(asked), {**fields, "reason": "এই সেবা এখানে দেওয়া হয় না"})

    page = client_of(country["district.member"]).get(
        reverse("ideas:replication_list"), {"show": "given"}
    )
    assert "এই সেবা এখানে দেওয়া হয় না" in page.content.decode()


def test_an_answer_is_given_once_by_refusing(country, asked):
    refuse_recommendation(recommendation=asked, reason="না", by=country["upazila.head"])
    client = client_of(country["upazila.head"])

    said = alerts_after(client, refuse_url(asked), {"reason": "আবার না"})

    assert any("আগেই" in text for text in said)
    asked.refresh_from_db()
    assert asked.refuse_reason == "না"


def test_whoever_refused_may_still_take_it(country, initiative, asked):
    refuse_recommendation(recommendation=asked, reason="জনবল নেই", by=country["upazila.head"])

    take(initiative, country.upazila, by=country["upazila.head"])

    asked.refresh_from_db()
    assert (asked.answer, asked.refuse_reason) == (Answer.TAKEN, "")


def test_members_read_and_leads_answer(country, asked):
    assert client_of(country["upazila.member"]).get(refuse_url(asked)).status_code == 403
    assert client_of(country["district.head"]).get(refuse_url(asked)).status_code == 403
    for who in ("sibling.head", "division.head", "elsewhere.head", "administrator"):
        assert client_of(country[who]).get(refuse_url(asked)).status_code == 404


def test_only_offices_below_are_asked_and_each_once(country, initiative):
    offices = (country.upazila, country.sibling, country.district, country.elsewhere)

    assert len(recommend(country, initiative, *offices)) == 2
    assert recommend(country, initiative, *offices) == []
    assert {one.office for one in Recommendation.objects.all()} == {
        country.upazila,
        country.sibling,
    }


def test_an_office_that_has_it_already_has_answered(country, initiative):
    take(initiative, country.upazila, by=country["upazila.head"])

    (asked,) = recommend(country, initiative, country.upazila)

    assert asked.answer == Answer.TAKEN


def test_what_is_not_on_show_is_not_recommended(country):
    idea = make_idea(country.district, by=country["district.head"])

    with pytest.raises(WrongState):
        recommend_idea(
            idea=idea,
            offices=[country.upazila],
            made_for=country.district,
            reference=REFERENCE,
            by=country["district.head"],
        )


def test_a_member_recommends_nothing(country, initiative):
    with pytest.raises(PermissionDenied):
        recommend_idea(
            idea=initiative.idea,
            offices=[country.upazila],
            made_for=country.district,
            reference=REFERENCE,
            by=country["district.member"],
        )


def test_a_recommendation_whose_page_was_withdrawn_offers_no_button(country, initiative, asked):
    Initiative.objects.filter(pk=initiative.pk).update(status="withdrawn")

    page = client_of(country["upazila.head"]).get(reverse("ideas:replication_list"))

    assert not find(page, "td a.btn-primary")
    assert texts_of(page, "tbody th")
