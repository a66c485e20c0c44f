"""The address on a slip that was typed in wrong is mended; nobody else's is."""

import pytest
from django.test import Client
from django.urls import reverse

from ideas.models import Contact, Idea
from teams.models import AuditEntry
from tests.factories import Team
from tests.ideas.register import make_idea
from tests.pages import alerts_after, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def url_of(idea: Idea) -> str:
    return reverse("ideas:contact", args=[idea.pk])


def test_address_is_added_mended_and_taken_away(client: Client, idea: Idea) -> None:
    assert alerts_after(client, url_of(idea), {"phone": "০১৭১২৩৪৫৬৭৮"}) == ["সংরক্ষিত হয়েছে।"]
    assert Contact.objects.get().phone == "01712345678"
    assert client.get(url_of(idea)).context["form"].initial["phone"] == "01712345678"
    client.post(url_of(idea), {"email": "shahinur@example.com"})
    mended = Contact.objects.get()
    assert (mended.email, mended.phone) == ("shahinur@example.com", "")
    client.post(url_of(idea), {})
    assert not Contact.objects.exists()


def test_record_says_that_it_changed_and_not_from_what_to_what(client: Client, idea: Idea) -> None:
    client.post(url_of(idea), {"email": "shahinur@example.com"})
    entry = AuditEntry.objects.get(action="idea.mend_contact")
    assert (entry.before, entry.after) == ({}, {})


def test_wrong_number_is_named_and_kept(client: Client, idea: Idea) -> None:
    answer = client.post(url_of(idea), {"phone": "০১২"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "১১ সংখ্যার হবে" in page
    assert "০১২" in page


def test_address_that_the_submitter_gave_is_not_touched(team: Team, client: Client) -> None:
    online = make_idea(team.office, by=team.member)
    Idea.objects.filter(pk=online.pk).update(created_by=None)
    by_account = make_idea(team.office, by=team.member)
    Idea.objects.filter(pk=by_account.pk).update(submitted_by=team.head)
    for idea in (online, by_account):
        assert client.get(url_of(idea)).status_code == 403
        assert "ঠিকানা যোগ করুন" not in texts_of(client.get(idea.get_absolute_url()), "a.btn")
        assert client.post(url_of(idea), {"email": "x@example.com"}).status_code == 403
    assert not Contact.objects.exists()
