"""The officer who empties the box: many slips on one page, each with its code."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bangla.digits import to_bangla
from ideas.codes import spaced
from ideas.models import Contact, Idea, IdeaFile
from jobs.models import Letter
from tests.factories import PNG, Team, client_of, make_person, make_team
from tests.ideas.pilots import picture_bytes
from tests.ideas.register import TEXT, make_idea
from tests.ideas.senders import EMAIL
from tests.pages import find, form_fields, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BOX, SLIPS = "/ideas/box/", "/ideas/box/slips/"


def empty(client: Client, *slips: dict[str, str], **typed: object):
    """Open the page, type the slips into its rows, send it."""
    form = form_fields(client.get(BOX))
    rows = {
        f"slips-{number}-{name}": words
        for number, slip in enumerate(slips)
        for name, words in slip.items()
    }
    return client.post(BOX, {**form, **rows, **typed})


ONE = {"title": "দরজায় র‍্যাম্প", "description": "হুইলচেয়ার ওঠে না।", "submitter_name": "করিম"}
TWO = {"title": "টোকেন চালু হোক"}


def test_slips_become_ideas_with_codes_to_hang_up(team: Team, client: Client) -> None:
    response = empty(client, ONE, TWO, received_on="১৫/১১/২০২৬")
    first, second = Idea.objects.order_by("pk")
    assert (first.title, first.description, first.submitter_name) == (
        ONE["title"],
        ONE["description"],
        "করিম",
    )
    # A slip of one sentence has it as title and text.
    assert (second.title, second.description) == (TWO["title"], TWO["title"])
    assert {idea.channel for idea in (first, second)} == {"paper_box"}
    assert str(first.received_on) == "2026-11-15"
    page = client.get(response.url)
    assert texts_of(page, ".code") == [to_bangla(spaced(idea.code)) for idea in (first, second)]
    assert texts_of(page, ".alert") == ["২টি আইডিয়া নিবন্ধিত হয়েছে।"]
    assert "http://localhost:8000/idea-box/track/" in page.content.decode()


def test_contact_of_either_kind_is_kept_apart(client: Client) -> None:
    empty(
        client,
        {**ONE, "contact": EMAIL},
        {**TWO, "contact": "+৮৮০১৭১২-৩৪৫৬৭৮"},
        {"title": "তিন"},
    )
    assert list(Contact.objects.order_by("pk").values_list("email", "phone")) == [
        (EMAIL, ""),
        ("", "01712345678"),
    ]
    assert Letter.objects.get().to_address == EMAIL


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"description": "শুধু লেখা"}, "শিরোনাম লিখুন।"),
        ({**TWO, "contact": "১২৩"}, "মোবাইল নম্বর ১১ সংখ্যার হবে"),
        ({**TWO, "contact": "a@"}, "ই-মেইল ঠিকানাটি ঠিক নয়"),
        ({"title": "ক" * 301}, "৩০০"),
    ],
)
def test_wrong_row_is_named_and_no_word_is_lost(client: Client, slip: dict, said: str) -> None:
    page = empty(client, ONE, slip)
    assert page.status_code == 422
    assert said in to_bangla(" ".join(texts_of(page, "td.wrong")))
    assert form_fields(page)["slips-0-title"] == ONE["title"]
    assert not Idea.objects.exists()


def test_empty_page_says_what_to_do(client: Client) -> None:
    page = empty(client)
    assert page.status_code == 422
    assert "অন্তত একটি চিরকুটের শিরোনাম লিখুন।" in texts_of(page, ".alert")


def test_more_rows_keep_what_was_typed(client: Client) -> None:
    page = empty(client, ONE, {"description": "শিরোনাম ছাড়া"}, more="1")
    assert page.status_code == 200
    assert len(find(page, "tbody tr")) == 10
    assert form_fields(page)["slips-0-title"] == ONE["title"]
    assert texts_of(page, "td.wrong") == []
    assert not Idea.objects.exists()


@pytest.mark.parametrize("rows", ["61", "9" * 30, "x", "-1", "", "\0"])
def test_odd_number_of_rows_is_answered(client: Client, rows: str) -> None:
    for more in ({}, {"more": "1"}):
        page = empty(client, **{"slips-TOTAL_FORMS": rows}, **more)
        assert page.status_code in (200, 422)
    assert not Idea.objects.exists()


def test_channel_is_chosen_once_and_only_among_boxes(client: Client) -> None:
    empty(client, ONE, TWO, channel="social_media")
    assert set(Idea.objects.values_list("channel", flat=True)) == {"social_media"}
    assert empty(client, ONE, channel="online").status_code == 422


def test_form_sent_twice_makes_each_slip_once(client: Client) -> None:
    form = form_fields(client.get(BOX))
    # Two people had the same thought in the same words.
    rows = {"slips-0-title": "টোকেন", "slips-1-title": "টোকেন"}
    first, second = (client.post(BOX, {**form, **rows}).url for _ in range(2))
    assert first == second
    assert Idea.objects.count() == 2


def test_date_cannot_lie_ahead(client: Client) -> None:
    assert empty(client, ONE, received_on="২৫/১১/২০২৬").status_code == 422


def test_person_without_a_team_empties_no_box() -> None:
    assert client_of(make_person()).get(BOX).status_code == 403


def test_slips_are_printed_for_ones_own_ideas_only(team: Team, client: Client, idea: Idea) -> None:
    assert client.get(SLIPS, {"idea": idea.pk}).status_code == 200
    other = make_team("elsewhere", parent=team.office)
    theirs = make_idea(other.office, by=other.head)
    assert client.get(SLIPS, {"idea": [idea.pk, theirs.pk]}).status_code == 404
    for odd in ("x", "0", "9" * 40, "\0", ""):
        assert client.get(SLIPS, {"idea": odd}).status_code == 404


def test_title_kept_back_is_not_hung_up(client: Client, idea: Idea) -> None:
    Idea.objects.filter(pk=idea.pk).update(is_shared=False)
    page = client.get(SLIPS, {"idea": idea.pk})
    assert TEXT.title not in " ".join(texts_of(page, ".code-slips"))


# --- One idea, with contact and files ----------------------------------------------------------
def test_officer_adds_contact_and_files_with_the_idea(team: Team, client: Client) -> None:
    form = form_fields(client.get("/ideas/create/"))
    form.pop("attachments", None)
    words = {**TEXT.as_json(), "received_on": "১০/১১/২০২৬", "email": EMAIL, "phone": "০১৭১২৩৪৫৬৭৮"}

    def send():
        photo = SimpleUploadedFile("আমার ছবি.png", picture_bytes(), "image/png")
        return client.post("/ideas/create/", {**form, **words, "attachments": [photo]})

    assert send().url == send().url
    idea, file = Idea.objects.get(), IdeaFile.objects.get()
    assert (idea.contact.email, idea.contact.phone) == (EMAIL, "01712345678")
    page = client.get(idea.get_absolute_url())
    assert EMAIL in texts_of(page, ".facts dd")
    assert to_bangla(spaced(idea.code)) in texts_of(page, ".facts dd")
    assert find(page, f"a[href='/ideas/files/{file.pk}/']")
    assert EMAIL not in client.get("/ideas/").content.decode()
    response = client.get(f"/ideas/files/{file.pk}/")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.getvalue() != PNG


@pytest.mark.parametrize("typed", [{"email": "x@"}, {"phone": "১২"}, {"email": "ক" * 300}])
def test_wrong_contact_is_named(client: Client, typed: dict[str, str]) -> None:
    form = form_fields(client.get("/ideas/create/"))
    form.pop("attachments", None)
    words = {**TEXT.as_json(), "received_on": "১০/১১/২০২৬"}
    page = client.post("/ideas/create/", {**form, **words, **typed})
    assert page.status_code == 422
    assert texts_of(page, ".invalid-feedback")
    assert not Idea.objects.exists()
