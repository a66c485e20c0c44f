"""The half-yearly newsletter: put together, edited by several, printed, sent, read by all."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from bangla.pdf.check import extract, missing_words
from ideas import jobhandlers
from ideas.actions.newsletters import (
    PieceText,
    add_news,
    create_newsletter,
    publish_newsletter,
    remove_piece,
)
from ideas.models import Event, Initiative, Newsletter, Piece, Subscription
from ideas.newsletters import TEMPLATE, half_year_of, newsletter_content, sent_document
from jobs.models import Letter
from teams.models import Office, User
from teams.papers import paper_html
from teams.papers import texts_of as words_of_paper
from teams.transitions import WrongState
from tests.factories import Country, Team, client_of, make_country, make_team
from tests.ideas.register import make_idea
from tests.ideas.showcase import make_award
from tests.pages import alerts_after, texts_of
from tests.races import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CREATE = reverse("ideas:newsletter_create")
HALF_YEAR = half_year_of(date(2026, 11, 21))
HARD = "ক্ষুদ্রঋণ-গ্রহীতার দ্বৈত সত্যায়ন বন্ধ; কার্ত্তিকের জ্যৈষ্ঠ-উৎসবে “র‍্যাপিড” সেবা, বাড়ি গিয়ে"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


def published_initiative(office: Office, by: User, title: str, on: date) -> Initiative:
    """A page as it stands after it was published on that day."""
    idea = make_idea(office, by=by, status="showcased", title=title)
    stamp = {"published_by": by, "published_at": f"{on}T06:00:00Z"}
    return Initiative.objects.create(
        idea=idea, title=title, summary=f"{title}: {HARD}", status="published", **stamp
    )


def a_picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "#00664b").save(drawn, "PNG")
    return SimpleUploadedFile("ছবি.png", drawn.getvalue(), content_type="image/png")


def create_form(team: Team) -> dict[str, object]:
    return {"period": HALF_YEAR.code, "office": team.office.pk, "form_key": uuid4()}


def titles_of(newsletter: Newsletter) -> list[str]:
    return list(newsletter.pieces.values_list("title", flat=True))


def newsletter_of(team: Team) -> Newsletter:
    return create_newsletter(office=team.office, period=HALF_YEAR, title="বার্তা", by=team.member)


def news(newsletter: Newsletter, by: User, title: str = "প্রশিক্ষণ", text: str = HARD) -> Piece:
    words = PieceText(title, text)
    return add_news(newsletter=newsletter, text=words, picture=None, by=by, form_key=uuid4())


# --- Putting it together ---------------------------------------------------------------------
def test_number_begins_with_what_was_published_in_its_half_year(team: Team, client: Client) -> None:
    published_initiative(team.office, team.head, "ঘরে বসে নামজারি", date(2026, 9, 3))
    published_initiative(team.office, team.head, "গত বছরের উদ্যোগ", date(2026, 6, 29))
    Event.objects.create(
        office=team.office, title="উদ্ভাবনী মেলা", held_on=date(2026, 10, 5), is_published=True
    )
    Event.objects.create(office=team.office, title="অপ্রকাশিত মেলা", held_on=date(2026, 10, 6))
    page = client.post(
        CREATE, {"period": HALF_YEAR.code, "office": team.office.pk, "form_key": uuid4()}
    )
    newsletter = Newsletter.objects.get()
    assert page.url == newsletter.get_absolute_url()
    assert newsletter.title == "উদ্ভাবন বার্তা, জুলাই–ডিসেম্বর ২০২৬"
    assert titles_of(newsletter) == [
        "ঘরে বসে নামজারি",
        "উদ্ভাবনী মেলা",
    ]


def test_award_with_the_longest_words_has_a_title_that_fits(team: Team, client: Client) -> None:
    make_award(team.office, by=team.head, title="ক্ষু" * 75, recipient_name="খ" * 200)
    form = {"period": HALF_YEAR.code, "office": team.office.pk, "form_key": uuid4()}
    assert client.post(CREATE, form).status_code == 302
    piece = Piece.objects.get()
    piece.full_clean()
    assert "খ" * 200 in piece.text


def test_half_year_has_one_number_however_often_it_is_begun(team: Team, client: Client) -> None:
    for _again in range(2):
        client.post(
            CREATE, {"period": HALF_YEAR.code, "office": team.office.pk, "form_key": uuid4()}
        )
    assert Newsletter.objects.count() == 1


def test_what_was_published_later_is_fetched_and_what_was_taken_out_stays_away_until_asked(
    team: Team, client: Client
) -> None:
    published_initiative(team.office, team.head, "প্রথম", date(2026, 9, 3))
    newsletter = newsletter_of(team)
    published_initiative(team.office, team.head, "দ্বিতীয়", date(2026, 9, 4))
    gather = reverse("ideas:newsletter_gather", args=[newsletter.pk])
    assert alerts_after(client, gather) == ["১টি নতুন লেখা যোগ হয়েছে।"]
    assert alerts_after(client, gather) == ["এই সময়কালে প্রকাশিত সবকিছু আগেই নেওয়া আছে।"]
    remove_piece(piece=newsletter.pieces.get(title="প্রথম"), by=team.member)
    assert titles_of(newsletter) == ["দ্বিতীয়"]


# --- Editing ---------------------------------------------------------------------------------
def test_words_and_picture_are_saved_and_the_order_changes(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    first, second = news(newsletter, team.member, "ক"), news(newsletter, team.member, "খ")
    url = reverse("ideas:piece_update", args=[first.pk])
    sent = {"title": "ক২", "text": "নতুন", "version": 1, "picture": a_picture()}
    assert alerts_after(client, url, sent) == ["সংরক্ষিত হয়েছে।"]
    first.refresh_from_db()
    assert (first.title, first.text, bool(first.picture)) == ("ক২", "নতুন", True)
    client.post(reverse("ideas:piece_move", args=[second.pk]), {"to": "up"})
    assert titles_of(newsletter) == ["খ", "ক২"]
    client.post(url, {"title": "ক২", "text": "নতুন", "version": 2, "drop_picture": "on"})
    first.refresh_from_db()
    assert first.picture is None


def test_two_editors_of_one_piece_see_both_texts(team: Team, client: Client) -> None:
    piece = news(newsletter_of(team), team.member)
    url = reverse("ideas:piece_update", args=[piece.pk])
    client.post(url, {"title": "তাঁর শিরোনাম", "text": "তাঁর লেখা", "version": 1})
    answer = client.post(url, {"title": "আমার শিরোনাম", "text": "আমার লেখা", "version": 1})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "তাঁর লেখা" in shown
    assert "আমার লেখা" in shown
    piece.refresh_from_db()
    assert piece.text == "তাঁর লেখা"


def test_two_editors_of_the_head_see_both_texts(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    url = newsletter.get_absolute_url()
    client.post(url, {"title": "প্রথম", "intro": "তাঁর কথা", "version": 1})
    answer = client.post(url, {"title": "প্রথম", "intro": "আমার কথা", "version": 1})
    assert answer.status_code == 409
    assert "তাঁর কথা" in answer.content.decode()
    assert "আমার কথা" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"title": " ", "text": "x"}, "লেখাটির শিরোনাম দিন।"),
        ({"title": "x", "text": "\n"}, "কী জানাতে চান, লিখুন।"),
    ],
)
def test_missing_words_are_named_and_the_rest_is_kept(
    team: Team, client: Client, sent: dict[str, str], said: str
) -> None:
    newsletter = newsletter_of(team)
    url = reverse("ideas:piece_create", args=[newsletter.pk])
    answer = client.post(url, {**sent, "form_key": uuid4()})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not newsletter.pieces.exists()


def test_same_news_sent_twice_is_one_piece(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    form = {"title": "ক", "text": "খ", "form_key": uuid4()}
    for _again in range(2):
        client.post(reverse("ideas:piece_create", args=[newsletter.pk]), form)
    assert newsletter.pieces.count() == 1


# --- Sending ---------------------------------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


def address_of(person: User) -> str:
    """Where letters to somebody's post go."""
    post = person.scope.main_post
    return (post.email if post else "") or person.email


def test_published_number_goes_to_the_offices_around_and_to_subscribers(country: Country) -> None:
    head = country["district.head"]
    district = country.district
    newsletter = create_newsletter(office=district, period=HALF_YEAR, title="বার্তা", by=head)
    news(newsletter, head)
    for email, is_confirmed in (("yes@example.test", True), ("no@example.test", False)):
        Subscription.objects.create(
            office=district,
            email=email,
            confirmed_at="2026-11-01T00:00:00Z" if is_confirmed else None,
        )
    client = client_of(head)
    url = reverse("ideas:newsletter_publish", args=[newsletter.pk])
    assert "গ্রাহক" in client.get(url).content.decode()
    client.post(url)
    told = set(Letter.objects.values_list("to_address", flat=True))
    assert "yes@example.test" in told
    assert "no@example.test" not in told
    heads = {name: address_of(country[name]) for name in country.people if "head" in name}
    assert {name for name, address in heads.items() if address in told} == {
        "district.head",
        "upazila.head",
        "sibling.head",
        "division.head",
    }
    assert address_of(country["upazila.member"]) not in told
    letter = Letter.objects.get(to_address="yes@example.test")
    assert (
        reverse(
            "public:unsubscribe", args=[Subscription.objects.get(email="yes@example.test").token]
        )
        in letter.body
    )
    assert "আর না পেতে" not in Letter.objects.get(to_address=address_of(head)).body


def test_published_number_never_changes(team: Team) -> None:
    newsletter = newsletter_of(team)
    piece = news(newsletter, team.member)
    publish_newsletter(newsletter=newsletter, by=team.head)
    frozen = sent_document(newsletter).content
    for attempt in (
        lambda: news(newsletter, team.member),
        lambda: remove_piece(piece=piece, by=team.member),
        lambda: publish_newsletter(newsletter=newsletter, by=team.head),
    ):
        with pytest.raises(WrongState):
            attempt()
    assert sent_document(newsletter).content == frozen
    assert (
        client_of(team.member).get(reverse("ideas:piece_update", args=[piece.pk])).status_code
        == 302
    )


def test_number_without_a_piece_is_not_sent(team: Team) -> None:
    newsletter = newsletter_of(team)
    url = reverse("ideas:newsletter_publish", args=[newsletter.pk])
    assert alerts_after(client_of(team.head), url) == [
        "নিউজলেটারে এখনো কোনো লেখা নেই। অন্তত একটি লেখা যোগ করুন।"
    ]
    assert not Letter.objects.exists()


def test_member_edits_but_does_not_send(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    news(newsletter, team.member)
    url = reverse("ideas:newsletter_publish", args=[newsletter.pk])
    assert client.get(url).status_code == 403
    assert client.post(url).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_number_published_by_six_at_once_is_sent_once() -> None:
    team = make_team()
    newsletter = newsletter_of(team)
    news(newsletter, team.member)

    def attempt() -> None:
        publish_newsletter(newsletter=newsletter, by=User.objects.get(pk=team.head.pk))

    results = at_once([attempt] * 6)
    assert sum(isinstance(one, WrongState) for one in results) == 5
    addresses = list(Letter.objects.values_list("to_address", flat=True))
    assert addresses
    assert len(addresses) == len(set(addresses))


# --- What everybody sees ---------------------------------------------------------------------
def test_draft_is_nobodys_but_the_teams(team: Team) -> None:
    newsletter = newsletter_of(team)
    news(newsletter, team.member, "গোপন খসড়া")
    anybody = Client()
    assert anybody.get(reverse("public:newsletter_detail", args=[newsletter.pk])).status_code == 404
    assert anybody.get(reverse("public:newsletter_pdf", args=[newsletter.pk])).status_code == 404
    assert "বার্তা" not in anybody.get(reverse("public:newsletter_list")).content.decode()


def test_published_number_is_read_by_all_with_its_pictures(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    form = {"title": "ছবিসহ", "text": HARD, "form_key": uuid4(), "picture": a_picture()}
    client.post(reverse("ideas:piece_create", args=[newsletter.pk]), form)
    publish_newsletter(newsletter=newsletter, by=team.head)
    anybody = Client()
    page = anybody.get(reverse("public:newsletter_detail", args=[newsletter.pk]))
    assert texts_of(page, "article section h2") == ["ছবিসহ"]
    picture = anybody.get(reverse("public:newsletter_picture", args=[newsletter.pk, 1]))
    assert picture["Content-Type"].startswith("image/")
    assert picture.getvalue()
    assert (
        anybody.get(reverse("public:newsletter_picture", args=[newsletter.pk, 2])).status_code
        == 404
    )
    assert "বার্তা" in anybody.get(reverse("public:newsletter_list")).content.decode()


def test_pdf_has_every_word_and_picture(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    form = {"title": "ছবিসহ", "text": HARD, "form_key": uuid4(), "picture": a_picture()}
    client.post(reverse("ideas:piece_create", args=[newsletter.pk]), form)
    publish_newsletter(newsletter=newsletter, by=team.head)
    document = sent_document(newsletter)
    made = jobhandlers.newsletter_pdf({"print_id": document.pk}, lambda percent, note: None)
    wanted = words_of_paper(paper_html(TEMPLATE, document.content))
    assert missing_words(made.content, wanted, reader="poppler") == []
    with pikepdf.open(BytesIO(made.content)) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_draft_says_so_on_paper(team: Team) -> None:
    newsletter = newsletter_of(team)
    news(newsletter, team.member)
    content = newsletter_content(newsletter, is_draft=True)
    made = jobhandlers.draw_newsletter(content)
    assert "খসড়া" in extract(made, reader="poppler")


# --- Subscribers -----------------------------------------------------------------------------
def test_subscriber_counts_once_the_letter_was_answered_and_can_leave(team: Team) -> None:
    anybody = Client()
    ask = reverse("public:subscribe", args=[team.office.code])
    for _again in range(2):
        assert anybody.post(ask, {"email": "Reader@Example.test"}).status_code == 200
    subscription = Subscription.objects.get()
    assert (subscription.email, subscription.confirmed_at) == ("reader@example.test", None)
    link = reverse("public:subscription_confirm", args=[subscription.token])
    letter = Letter.objects.get()
    assert link in letter.body
    anybody.get(link)  # as mail programs do
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    anybody.post(link)
    subscription.refresh_from_db()
    assert subscription.confirmed_at
    leave = reverse("public:unsubscribe", args=[subscription.token])
    anybody.get(leave)
    assert Subscription.objects.exists()
    anybody.post(leave)
    assert not Subscription.objects.exists()
    assert "বন্ধ হয়েছে" in anybody.get(leave).content.decode()


def test_asking_again_does_not_tell_who_has_subscribed(team: Team) -> None:
    ask = reverse("public:subscribe", args=[team.office.code])
    Subscription.objects.create(
        office=team.office, email="known@example.test", confirmed_at="2026-11-01T00:00:00Z"
    )
    pages = [
        texts_of(Client().post(ask, {"email": email}), "main")
        for email in ("known@example.test", "new@example.test")
    ]
    assert pages[0] == pages[1]
    assert list(Letter.objects.values_list("to_address", flat=True)) == ["new@example.test"]


def test_nobody_makes_us_write_to_many_strangers(team: Team) -> None:
    ask = reverse("public:subscribe", args=[team.office.code])
    answers = [Client().post(ask, {"email": f"reader{n}@example.test"}) for n in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert "আবার পাঠান" in answers[-1].content.decode()
    assert "reader11@example.test" in answers[-1].content.decode()  # the words are kept
    assert Letter.objects.count() == 10


# --- Weight ----------------------------------------------------------------------------------
def test_pages_ask_as_often_for_many_pieces(team: Team, client: Client) -> None:
    newsletter = newsletter_of(team)
    counts = []
    for count in (1, 30):
        while newsletter.pieces.count() < count:
            news(newsletter, team.member, f"সংবাদ {newsletter.pieces.count()}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(newsletter.get_absolute_url())
            client.get(reverse("ideas:newsletter_list"))
        counts.append(len(asked))
    assert counts[0] == counts[1]
