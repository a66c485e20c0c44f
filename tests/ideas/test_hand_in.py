"""The public form: an idea in a minute, without log-in, and its code."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from time_machine import Traveller

from ideas.enums import IdeaChannel, IdeaStatus
from ideas.models import Contact, Idea
from jobs.models import Letter
from teams.models import AuditEntry
from tests.factories import Country, client_of, make_country, make_office
from tests.ideas.public import (
    BOX,
    RECEIVED,
    WRITTEN,
    code_on,
    paper,
    photo,
    send_again,
    upload,
    write,
    written_in,
)
from tests.ideas.register import make_idea
from tests.pages import find, form_fields, texts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(datetime(2026, 11, 21, 6, tzinfo=UTC)) as traveller:
        yield traveller


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def anybody() -> Client:
    return Client()


def of(office: str) -> str:
    return reverse("public:office_idea_create", args=[office])


# --- Handing in --------------------------------------------------------------------------------
def test_idea_for_the_nation_reaches_the_root_office(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    response = write(anybody, clock)
    assert (response.status_code, response.url) == (302, RECEIVED)
    idea = Idea.objects.get()
    assert (idea.office, idea.status, idea.channel) == (
        country.root,
        IdeaStatus.RECEIVED,
        IdeaChannel.ONLINE,
    )
    assert (idea.problem, idea.description) == tuple(WRITTEN.values())
    assert idea.is_shared
    page = anybody.get(RECEIVED)
    assert code_on(page) == idea.code
    assert country.root.name_bn in texts_of(page, ".facts dd")
    assert page["Cache-Control"] == "private, no-store"


def test_code_is_shown_in_groups_in_the_digits_of_the_reader(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    write(anybody, clock)
    code = Idea.objects.get().code
    groups = f"{code[:4]} {code[4:8]} {code[8:]}"
    bengali = texts_of(anybody.get(RECEIVED), ".receipt-code")[0]
    assert bengali.isascii() is False
    assert len(bengali) == len(groups) == 14
    anybody.cookies["django_language"] = "en"
    assert texts_of(anybody.get(RECEIVED), ".receipt-code") == [groups]


def test_code_is_in_no_address_and_no_session(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    response = write(anybody, clock)
    assert Idea.objects.get().code not in response.url
    assert not Session.objects.exists()
    assert Client().get(RECEIVED).status_code == 404
    clock.shift(31 * 60)
    gone = anybody.get(RECEIVED)
    assert gone.status_code == 404
    assert find(gone, f"a[href='{reverse('public:track')}']")


def test_browser_without_cookies_gets_its_code_at_once(country: Country, clock: Traveller) -> None:
    form = form_fields(Client().get(BOX))
    clock.shift(30)
    page = Client().post(BOX, {**form, **WRITTEN})
    assert code_on(page) == Idea.objects.get().code


def test_idea_for_an_office_reaches_it(country: Country, anybody: Client, clock: Traveller) -> None:
    write(anybody, clock, of("upazila"), title="একবারেই কপি", benefit="সব অভিভাবক")
    idea = Idea.objects.get()
    assert (idea.office, idea.title, idea.benefit) == (country.upazila, "একবারেই কপি", "সব অভিভাবক")


def test_title_is_made_of_the_first_words(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    write(anybody, clock)
    assert Idea.objects.get().title == WRITTEN["description"].split("।")[0]
    write(anybody, clock, description="।।\nশব্দ " * 200)
    assert Idea.objects.latest("pk").title == "শব্দ"
    write(anybody, clock, description="ধাপ " * 200)
    assert Idea.objects.latest("pk").title == " ".join(["ধাপ"] * 12) + "…"


def test_name_and_address_are_kept_apart(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    write(
        anybody,
        clock,
        submitter_name="রহিমা খাতুন",
        submitter_detail="গৃহিণী, কালীগঞ্জ",
        email="Rahima@Example.test",
        phone="+৮৮০ ১৭১২-৩৪৫৬৭৮",
        is_shared="",
    )
    idea = Idea.objects.get()
    assert (idea.submitter_name, idea.submitter_detail) == ("রহিমা খাতুন", "গৃহিণী, কালীগঞ্জ")
    assert (idea.contact.email, idea.contact.phone) == ("rahima@example.test", "+8801712345678")
    assert not idea.is_shared
    record = AuditEntry.objects.get(action="idea.hand_in")
    assert "rahima" not in str(record.after)
    assert Letter.objects.get().to_address == "rahima@example.test"


def test_same_form_twice_makes_one_idea(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    form = {**form_fields(anybody.get(BOX)), **WRITTEN}
    clock.shift(30)
    for _ in range(2):
        assert anybody.post(BOX, form).status_code == 302
    assert code_on(anybody.get(RECEIVED)) == Idea.objects.get().code


def test_other_words_in_a_used_form_are_kept_for_a_new_one(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    form = {**form_fields(anybody.get(BOX)), **WRITTEN}
    clock.shift(30)
    anybody.post(BOX, form)
    page = anybody.post(BOX, {**form, "description": "অন্য কথা, যা কেউ বলেনি"})
    assert page.status_code == 422
    assert Idea.objects.count() == 1
    clock.shift(30)
    assert send_again(anybody, page).status_code == 302
    assert Idea.objects.latest("pk").description == "অন্য কথা, যা কেউ বলেনি"


# --- What is asked again -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"description": " \u200b\n"}, "আপনার প্রস্তাবটি দু-এক বাক্যে লিখুন।"),
        ({"email": "rahima@"}, "ই-মেইল ঠিকানাটি ঠিক নয়; এভাবে লিখুন: nam@example.com।"),
        ({"phone": "৯৯৯"}, "মোবাইল নম্বরটি ঠিক নয়; এভাবে লিখুন: ০১৭১২৩৪৫৬৭৮।"),
        (
            {"attachments": upload(b"words", "a.txt")},
            "“a.txt”: এই ধরনের ফাইল নেওয়া হয় না। ছবি (JPG, PNG, WebP) বা PDF দিন।",
        ),
        ({"attachments": [upload(photo()) for _ in range(4)]}, "একসঙ্গে সর্বোচ্চ ৩টি ফাইল দেওয়া যায়।"),
    ],
    ids=["nothing", "email", "phone", "file", "files"],
)
def test_what_is_wrong_is_said_and_the_words_stay(
    country: Country, anybody: Client, clock: Traveller, typed: dict[str, object], said: str
) -> None:
    page = write(anybody, clock, **{"benefit": "সবাই", **typed})
    assert page.status_code == 422
    assert said in texts_of(page, ".invalid-feedback")
    kept = written_in(page)
    assert (kept["problem"], kept["benefit"]) == (WRITTEN["problem"], "সবাই")
    told = any("ফাইলগুলো আবার বেছে নিন" in text for text in texts_of(page, ".alert"))
    assert told == ("attachments" in typed)
    assert not Idea.objects.exists()
    mended = {"description": WRITTEN["description"], "email": "", "phone": ""}
    assert send_again(anybody, page, **mended).status_code == 302


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "9" * 5_000, "\0", None])
def test_form_without_its_ticket_keeps_the_words(
    country: Country, anybody: Client, clock: Traveller, ticket: str | None
) -> None:
    typed = WRITTEN if ticket is None else {**WRITTEN, "ticket": ticket}
    page = anybody.post(BOX, typed)
    assert page.status_code == 422
    assert written_in(page)["description"] == WRITTEN["description"]
    clock.shift(30)
    assert send_again(anybody, page).status_code == 302


def test_form_left_open_for_days_keeps_the_words(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    form = form_fields(anybody.get(BOX))
    clock.shift(3 * 24 * 60 * 60)
    page = anybody.post(BOX, {**form, **WRITTEN})
    assert page.status_code == 422
    clock.shift(30)
    assert send_again(anybody, page).status_code == 302


@pytest.mark.parametrize(
    "typed",
    [
        {"description": "\0"},
        {"description": "ক" * 9_000},
        {"title": "ক" * 400},
        {"seen_similar": "৯" * 5_000, "description": ""},
        {"question": "x:y", "answer": "১" * 5_000},
        {"email": "ক" * 500 + "@example.test"},
    ],
    ids=str,
)
def test_odd_form_is_answered(
    country: Country, anybody: Client, clock: Traveller, typed: dict[str, str]
) -> None:
    assert write(anybody, clock, **typed).status_code in (200, 422)


def test_closed_or_unknown_office_takes_nothing(country: Country, anybody: Client) -> None:
    country.sibling.is_active = False
    country.sibling.save()
    assert anybody.get(of("sibling")).status_code == 404
    assert anybody.get(of("nowhere")).status_code == 404


# --- Files -------------------------------------------------------------------------------------
def test_pictures_and_papers_come_along_under_names_of_ours(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    files = [upload(photo(), "রহিমার বাড়ি.jpg"), upload(paper(), "রহিমা.pdf")]
    write(anybody, clock, attachments=files)
    names = list(Idea.objects.get().files.values_list("filename", "document__filename"))
    assert names == [("ছবি-১.jpg", "idea.jpg"), ("নথি-১.pdf", "idea.pdf")]


# --- Somebody else had the thought -------------------------------------------------------------
def test_idea_that_exists_is_shown_before_another_is_taken(
    country: Country, anybody: Client, clock: Traveller
) -> None:
    known = make_idea(
        country.upazila,
        by=country["upazila.head"],
        status=IdeaStatus.SHORTLISTED,
        title="কপি প্রস্তুত হলে মোবাইলে জানানো",
        **WRITTEN,
    )
    page = write(anybody, clock)
    assert page.status_code == 200
    assert any(known.title in text for text in texts_of(page, "main li"))
    assert texts_of(page, "form.form .btn-primary")[-1] == "তবু আমারটি জমা দিন"
    assert Idea.objects.count() == 1
    assert send_again(anybody, page).status_code == 302
    assert Idea.objects.count() == 2


def test_idea_kept_back_is_not_shown(country: Country, anybody: Client, clock: Traveller) -> None:
    make_idea(country.upazila, by=country["upazila.head"], title="একই কথা", **WRITTEN)
    assert write(anybody, clock).status_code == 302


# --- Staff -------------------------------------------------------------------------------------
def test_staff_find_their_name_and_office_filled_in(country: Country, clock: Traveller) -> None:
    person = country["upazila.member"]
    client = client_of(person)
    form = form_fields(client.get(BOX))
    assert form["submitter_name"] == person.name_bn
    assert form["email"] == person.email
    assert country.upazila.name_bn in form["submitter_detail"]
    assert form["office"] == str(country.upazila.pk)
    write(client, clock)
    idea = Idea.objects.get()
    assert (idea.office, idea.submitted_by, idea.channel) == (
        country.upazila,
        person,
        IdeaChannel.ONLINE,
    )
    assert AuditEntry.objects.get(action="idea.hand_in").by == person
    write(client, clock, office=country.root.pk, description="সারা দেশের জন্য একটি কথা")
    assert Idea.objects.latest("pk").office == country.root


def test_name_taken_out_of_its_box_is_not_put_back_by_the_account(
    country: Country, clock: Traveller
) -> None:
    """The page says: who gives no name leaves no trace. What else was left in the form stays."""
    person = country["upazila.member"]
    client = client_of(person)
    write(client, clock, submitter_name="", submitter_detail="", phone="")
    idea = Idea.objects.get()
    assert idea.is_anonymous
    assert idea.created_by is None
    assert idea.contact.email == person.email  # asked for: each decision is told there
    assert AuditEntry.objects.get(action="idea.hand_in").by is None
    assert idea.title not in client.get("/ideas/mine/").content.decode()


def test_staff_who_want_no_name_leave_none(country: Country, clock: Traveller) -> None:
    write(
        client_of(country["upazila.member"]), clock, is_anonymous="on", attachments=upload(photo())
    )
    idea = Idea.objects.get()
    assert idea.is_anonymous
    assert (idea.created_by, idea.submitter_name, idea.submitter_detail) == (None, "", "")
    assert not Contact.objects.exists()
    assert not AuditEntry.objects.filter(by__isnull=False, object_id=idea.pk).filter(
        object_type="ideas.idea"
    )
    # The beginning of the day in Dhaka, and nothing more exact.
    day = datetime(2026, 11, 20, 18, tzinfo=UTC)
    assert idea.created_at == day
    assert set(idea.files.values_list("created_at", "created_by")) == {(day, None)}
    assert set(
        AuditEntry.objects.filter(object_type="ideas.idea").values_list("at", "by_post")
    ) == {(day, None)}


def test_staff_form_of_another_session_keeps_the_words(country: Country) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(country["upazila.member"])
    page = client.post(BOX, WRITTEN)
    assert page.status_code == 403
    assert written_in(page)["description"] == WRITTEN["description"]
    assert not Idea.objects.exists()


def test_session_that_ended_does_not_give_a_name_away(country: Country, clock: Traveller) -> None:
    client = client_of(country["upazila.member"])
    form = {**form_fields(client.get(of("district"))), **WRITTEN, "is_anonymous": "on"}
    client.logout()
    clock.shift(30)
    page = client.post(of("district"), form)
    assert page.status_code == 422
    assert "লগ-ইনের মেয়াদ শেষ" in texts_of(page, ".alert")[0]
    assert not Idea.objects.exists()
    clock.shift(30)
    assert send_again(client, page, url=of("district")).status_code == 302
    idea = Idea.objects.get()
    assert idea.is_anonymous
    assert (idea.office, idea.submitter_detail) == (country.district, "")
    assert not Contact.objects.exists()


# --- Which office ------------------------------------------------------------------------------
def offices(page: HttpResponse) -> list[str]:
    return texts_of(page, ".choices b")


def test_office_is_found_by_its_name_or_down_the_tree(country: Country, anybody: Client) -> None:
    url = reverse("public:office_list")
    start = anybody.get(url)
    assert offices(start) == ["root কার্যালয়", "division কার্যালয়"]
    assert texts_of(start, ".chips a[href='?in=division']") == ["division এলাকা"]
    assert offices(anybody.get(url, {"in": "division"})) == ["district কার্যালয়", "elsewhere কার্যালয়"]
    page = anybody.get(url, {"q": "UPAZILA"})
    assert offices(page) == ["upazila কার্যালয়"]
    assert "division এলাকা · district এলাকা" in texts_of(page, ".choices .muted")[0]
    assert find(page, f".choices a[href='{of('upazila')}']")
    assert offices(anybody.get(url, {"q": "upazila", "in": "elsewhere"})) == []
    nothing = anybody.get(url, {"q": "নেই এমন"})
    assert find(nothing, f"a[href='{BOX}']")


@pytest.mark.parametrize("q", ["\0", "%", "ক" * 3_000, "ক " * 3_000, "٣"])
@pytest.mark.parametrize("name", ["q", "in", "page"])
def test_odd_search_is_answered(country: Country, anybody: Client, name: str, q: str) -> None:
    assert anybody.get(reverse("public:office_list"), {name: q}).status_code == 200


def test_pages_take_as_many_queries_with_one_office_as_with_many(
    country: Country, anybody: Client, django_assert_num_queries: object
) -> None:
    url = reverse("public:office_list")
    for more in (1, 40):
        make_office(f"{more}-more", parent=country.district)
        for number in range(more):
            make_office(f"{more}-{number}", parent=country.district)
        with django_assert_num_queries(3):
            assert anybody.get(url, {"q": "কার্যালয়"}).status_code == 200
        with django_assert_num_queries(1):
            assert anybody.get(of("upazila")).status_code == 200
