"""The public page of an initiative: written by its team, published, read by everybody."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from ideas.actions import add_picture, publish_initiative, update_initiative, withdraw_initiative
from ideas.actions.showcase import MOST_PICTURES
from ideas.enums import IdeaStatus
from ideas.models import Contact, Idea, IdeaFile, Initiative
from jobs.models import Letter
from teams.enums import Tier
from teams.models import AuditEntry
from teams.uploads import CleanFile
from tests.factories import PNG, Team, client_of, make_office, make_team
from tests.ideas.register import TEXT as IDEA_TEXT
from tests.ideas.register import make_idea
from tests.ideas.showcase import (
    TEXT,
    make_award,
    make_event,
    make_initiative,
    make_picture,
    piloted,
)
from tests.pages import alerts_after, find, form_fields, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LIST = "/initiatives/"
STRANGER = Client()


def to(name: str, *args: object) -> str:
    return reverse(f"ideas:{name}", args=args)


def public(initiative: Initiative) -> HttpResponse:
    return Client().get(initiative.get_absolute_url())


def looks(client: Client, address: str) -> bytes:
    """A picture, read to its end."""
    response = client.get(address)
    assert response.status_code == 200
    return response.getvalue()


def painted(colour: str, size: tuple[int, int] = (8, 8)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def upload(content: bytes = PNG, name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


# --- Writing -----------------------------------------------------------------------------------
def test_page_begins_with_the_words_of_the_idea_and_its_pilot(team: Team, client: Client) -> None:
    idea = piloted(team.office, by=team.head)
    fields = form_fields(client.get(to("initiative_create", idea.pk)))
    assert (fields["title"], fields["summary"].strip()) == (IDEA_TEXT.title, IDEA_TEXT.benefit)
    assert fields["after"].strip() == "যাতায়াত তিনবার থেকে একবার"
    assert team.office.name_bn in fields["contact"]
    response = client.post(to("initiative_create", idea.pk), fields)
    initiative = Initiative.objects.get()
    assert response.url == to("initiative_detail", initiative.pk)
    assert (initiative.status, initiative.created_by) == ("draft", team.member)
    # The same form again, as on a bad line, is the same page.
    assert client.post(to("initiative_create", idea.pk), fields).url == response.url
    assert client.get(to("initiative_create", idea.pk)).url == response.url


def test_second_writer_of_a_new_page_sees_what_the_first_wrote(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head)
    form = {"title": "অন্য নাম", "summary": TEXT.summary}
    page = client.post(to("initiative_create", initiative.idea_id), form)
    assert page.status_code == 409
    assert TEXT.title in texts_of(page, ".words")
    assert form_fields(page)["title"] == "অন্য নাম"
    assert client.post(to("initiative_update", initiative.pk), form_fields(page)).status_code == 302
    initiative.refresh_from_db()
    assert initiative.title == "অন্য নাম"


@pytest.mark.parametrize("status", sorted(set(IdeaStatus.values) - {"showcased", "replicated"}))
def test_only_a_proven_idea_gets_a_page(team: Team, client: Client, status: str) -> None:
    idea = make_idea(team.office, by=team.head, status=status)
    for response in (client.get, client.post):
        assert response(to("initiative_create", idea.pk)).status_code == 302
    assert not Initiative.objects.exists()
    if status == "piloting":
        said = alerts_after(client, to("initiative_create", idea.pk))
        assert said[-1:] == ["পাইলটটি এখনো সফলভাবে শেষ হয়নি। আগে পাইলটের ফলাফল লিখে শেষ করুন।"]


def test_save_made_from_an_old_copy_shows_both_texts(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head)
    address = to("initiative_update", initiative.pk)
    form = {**form_fields(client.get(address)), "title": "আমার লেখা"}
    theirs = {**form_fields(client.get(address)), "title": "তাঁর লেখা"}
    assert client_of(team.head).post(address, theirs).status_code == 302
    page = client.post(address, form)
    assert page.status_code == 409
    assert "তাঁর লেখা" in texts_of(page, ".words")
    assert client.post(address, form_fields(page)).status_code == 302
    initiative.refresh_from_db()
    assert initiative.title == "আমার লেখা"
    # Sent once more because the answer was lost: nothing to compare, nothing written.
    version = initiative.version
    assert client.post(address, form_fields(page)).status_code == 302
    initiative.refresh_from_db()
    assert initiative.version == version


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://x.test/%0aalert(1)",
        "data:text/html,<script>",
        "http://youtube.com/watch?v=1",
        "https://",
        'https://x.test/" onclick="alert(1)',
        "//x.test/",
        "x" * 5_000,
    ],
)
def test_video_is_a_link_by_https_and_nothing_else(
    team: Team, client: Client, address: str
) -> None:
    initiative = make_initiative(team.office, by=team.head)
    form = form_fields(client.get(to("initiative_update", initiative.pk)))
    page = client.post(to("initiative_update", initiative.pk), {**form, "video_url": address})
    assert page.status_code == 422
    assert find(page, "#error_1_id_video_url")
    initiative.refresh_from_db()
    assert initiative.video_url == TEXT.video_url


def test_video_typed_without_its_beginning_is_taken_by_https(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head)
    form = form_fields(client.get(to("initiative_update", initiative.pk)))
    client.post(to("initiative_update", initiative.pk), {**form, "video_url": "youtu.be/abc"})
    initiative.refresh_from_db()
    assert initiative.video_url == "https://youtu.be/abc"


@pytest.mark.parametrize("field", ["title", "summary", "before", "after", "story", "contact"])
def test_words_stay_words_whatever_is_typed(team: Team, field: str) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    Initiative.objects.filter(pk=initiative.pk).update(**{field: "<script>alert('১')</script>"})
    for page in (public(initiative), Client().get(LIST), Client().get(LIST + "?q=alert")):
        assert b"<script>alert" not in page.content
    own = client_of(team.head).get(to("initiative_detail", initiative.pk))
    assert b"<script>alert" not in own.content


@pytest.mark.parametrize("typed", [{"title": " "}, {"summary": ""}, {"summary": "ক" * 1_001}])
def test_faulty_words_are_told_and_kept(team: Team, client: Client, typed: dict[str, str]) -> None:
    initiative = make_initiative(team.office, by=team.head)
    form = form_fields(client.get(to("initiative_update", initiative.pk)))
    page = client.post(to("initiative_update", initiative.pk), {**form, **typed, "story": "নতুন"})
    assert page.status_code == 422
    assert form_fields(page)["story"].strip() == "নতুন"


# --- Publishing --------------------------------------------------------------------------------
def test_publishing_shows_the_idea_and_tells_its_submitter(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head)
    idea = initiative.idea
    Contact.objects.create(idea=idea, email="citizen@example.test")
    assert public(initiative).status_code == 404
    before = Letter.objects.count()
    client_of(team.innovation_officer).post(to("initiative_publish", initiative.pk))
    idea.refresh_from_db()
    initiative.refresh_from_db()
    assert (idea.status, initiative.status) == ("showcased", "published")
    assert initiative.published_by == team.innovation_officer
    assert [letter.to_address for letter in Letter.objects.order_by("-pk")[:1]] == [
        "citizen@example.test"
    ]
    assert Letter.objects.count() == before + 1
    page = public(initiative)
    for words in (TEXT.title, TEXT.summary, TEXT.before, TEXT.after, TEXT.story, TEXT.contact):
        assert words in page.content.decode()
    (link,) = find(page, f"a[href='{TEXT.video_url}']")
    assert link.get("rel") == "noopener noreferrer nofollow ugc"
    assert find(page, "meta[property='og:title']")[0].get("content") == TEXT.title
    assert not find(page, "iframe, embed, object, video")


def test_public_page_names_no_submitter_unless_an_award_does(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    name = IDEA_TEXT.submitter_name
    assert name
    assert name not in public(initiative).content.decode()
    make_award(team.office, by=team.head, idea=initiative.idea, recipient_name=name)
    assert name in public(initiative).content.decode()


def test_withdrawn_page_says_so_and_shows_nothing(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    picture = make_picture(initiative, by=team.head)
    address = reverse("public:initiative_picture", args=[picture.pk])
    assert looks(Client(), address)
    event = make_event(team.office, initiative, by=team.head, published=True)
    said = alerts_after(client_of(team.head), to("initiative_withdraw", initiative.pk))
    assert said[0] == ("পাতাটি প্রত্যাহার করা হয়েছে; বাইরে থেকে আর দেখা যায় না।")
    page = public(initiative)
    assert page.status_code == 410
    for gone in (
        page,
        Client().get(LIST),
        Client().get(reverse("public:event_detail", args=[event.pk])),
    ):
        assert TEXT.title not in gone.content.decode()
    assert Client().get(address).status_code == 404
    # It can be shown again, and the submitter's idea stays what it is.
    publish_initiative(initiative=Initiative.objects.get(), by=team.head)
    assert public(initiative).status_code == 200


def test_draft_is_unknown_outside_with_its_pictures(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head)
    picture = make_picture(initiative, by=team.head)
    stranger = make_team("elsewhere", parent=team.office)
    for client in (Client(), client_of(stranger.head)):
        for address in (
            initiative.get_absolute_url(),
            reverse("public:initiative_picture", args=[picture.pk]),
        ):
            assert client.get(address).status_code == 404
        assert TEXT.title not in client.get(LIST).content.decode()
    assert client_of(stranger.head).get(to("initiative_picture", picture.pk)).status_code == 404
    assert looks(client_of(team.member), to("initiative_picture", picture.pk))


def test_what_everybody_reads_is_mended_by_whoever_leads(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    picture = make_picture(initiative, by=team.head)
    for name, of in (
        ("initiative_update", initiative),
        ("initiative_pictures", initiative),
        ("picture_remove", picture),
        ("picture_update", picture),
        ("picture_move", picture),
    ):
        form = {"purpose": "before", "title": "ক", "summary": "খ", "version": 2}
        assert client.post(to(name, of.pk), form).status_code == 403
    head = client_of(team.head)
    form = form_fields(head.get(to("initiative_update", initiative.pk)))
    head.post(to("initiative_update", initiative.pk), {**form, "summary": "নতুন কথা"})
    assert "নতুন কথা" in public(initiative).content.decode()
    entry = AuditEntry.objects.get(action="initiative.update")
    assert (entry.by, entry.before["summary"]) == (team.head, TEXT.summary)
    assert entry.after["summary"] == "নতুন কথা"


def test_members_words_never_reach_a_page_published_meanwhile(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head)
    form = form_fields(client_of(team.member).get(to("initiative_update", initiative.pk)))
    publish_initiative(initiative=initiative, by=team.head)
    address = to("initiative_update", initiative.pk)
    assert client_of(team.member).post(address, {**form, "title": "ক"}).status_code == 403
    initiative.refresh_from_db()
    assert initiative.title == TEXT.title


# --- Pictures ----------------------------------------------------------------------------------
def test_pictures_are_added_described_ordered_and_removed(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head)
    address = to("initiative_pictures", initiative.pk)
    for colour in ("red", "green", "blue", "blue"):  # the last one sent twice
        form = {
            "purpose": "picture",
            "caption": f"ছবি {colour}",
            "picture": upload(painted(colour)),
        }
        assert client.post(address, form).status_code == 302
    assert texts_of_captions(initiative) == ["ছবি red", "ছবি green", "ছবি blue"]
    first, _second, last = IdeaFile.objects.on_page()
    client.post(to("picture_move", last.pk), {"direction": "up"})
    assert places_recorded() == [2]
    client.post(to("picture_move", first.pk), {"direction": "up"})  # nowhere to go
    assert places_recorded() == [2]
    client.post(to("picture_move", first.pk), {"direction": "odd"})
    assert texts_of_captions(initiative) == ["ছবি blue", "ছবি red", "ছবি green"]
    client.post(to("picture_update", first.pk), {"purpose": "before", "caption": " হাট\nবার "})
    first.refresh_from_db()
    assert (first.purpose, first.caption) == ("before", "হাট বার")
    client.post(to("picture_remove", last.pk))
    assert texts_of_captions(initiative) == ["হাট বার", "ছবি green"]
    names = {file.filename for file in IdeaFile.objects.all()}
    assert all(re.fullmatch(r"ছবি-[০-৯]+\.jpg", name) for name in names)


def places_recorded() -> list[int]:
    entries = AuditEntry.objects.filter(action="initiative.move_picture").order_by("pk")
    return [entry.after["place"] for entry in entries]


def texts_of_captions(initiative: Initiative) -> list[str]:
    return [file.caption for file in IdeaFile.objects.filter(idea=initiative.idea_id).on_page()]


@pytest.mark.parametrize(
    "sent",
    [
        {"picture": upload(b"%PDF-1.7 no picture")},
        {"picture": upload(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")},
        {"picture": upload(b"")},
        {},
        {"picture": upload(), "purpose": "attachment"},
    ],
)
def test_what_is_no_picture_for_the_page_is_refused(
    team: Team, client: Client, sent: dict[str, object]
) -> None:
    initiative = make_initiative(team.office, by=team.head)
    for file in sent.values():
        if not isinstance(file, str):
            file.seek(0)
    page = client.post(to("initiative_pictures", initiative.pk), {"purpose": "before", **sent})
    assert page.status_code == 422
    assert find(page, ".invalid-feedback")
    assert not IdeaFile.objects.exists()
    picture = make_picture(initiative, by=team.head)
    page = client.post(to("picture_update", picture.pk), {"purpose": "visit", "caption": "ক"})
    assert page.status_code == 422


def test_page_holds_so_many_pictures_and_no_more(team: Team, client: Client) -> None:
    initiative = make_initiative(team.office, by=team.head)
    for number in range(MOST_PICTURES):
        clean = CleanFile(painted(f"rgb({20 * number},0,0)"), "image/png", "png")
        add_picture(initiative=initiative, clean=clean, purpose="picture", caption="", by=team.head)
    form = {"purpose": "picture", "picture": upload(painted("blue"))}
    page = client.post(to("initiative_pictures", initiative.pk), form)
    assert page.status_code == 422
    assert "সর্বোচ্চ ১২টি ছবি" in page.content.decode()
    assert IdeaFile.objects.count() == MOST_PICTURES


def test_picture_is_light_and_a_browser_may_keep_it(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    clean = CleanFile(painted("red", (2_000, 1_000)), "image/png", "png")
    picture = add_picture(
        initiative=initiative, clean=clean, purpose="after", caption="", by=team.head
    )
    address = reverse("public:initiative_picture", args=[picture.pk])
    response = Client().get(address)
    with Image.open(BytesIO(response.getvalue())) as seen:
        assert (seen.format, seen.size) == ("JPEG", (1_200, 600))
    assert response["Cache-Control"] == "public, max-age=300"
    again = Client().get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


# --- Reading -----------------------------------------------------------------------------------
def found(query: str) -> list[str]:
    return texts_of(Client().get(LIST + query), ".exhibits h2")


def test_reader_finds_initiatives_by_words_branch_kind_and_year(team: Team) -> None:
    district = make_office("gazipur", Tier.DISTRICT, team.office)
    upazila = make_team("sreepur", parent=district)
    make_office("other", Tier.DISTRICT, team.office)
    here = make_initiative(upazila.office, by=upazila.head, status="published")
    update_initiative(
        initiative=here,
        version=here.version,
        text=type(TEXT)(title="মোবাইলে ৩টি শুনানির খবর", summary="ক"),
        by=upazila.head,
    )
    make_initiative(team.office, by=team.head, status="published")
    assert set(found("")) == {"মোবাইলে ৩টি শুনানির খবর", TEXT.title}
    for query in ("?q=শুনানির 3টি", "?q=sreepur", "?district=gazipur", "?tier=upazila"):
        assert found(query) == ["মোবাইলে ৩টি শুনানির খবর"], query
    assert len(found("?year=2026")) == 2
    assert found("?q=নেই") == []
    page = Client().get(LIST + "?q=নেই")
    assert texts_of(page, ".empty h2") == ["এমন কোনো উদ্যোগ পাওয়া যায়নি"]
    # Only branches that lead to a page are offered.
    assert texts_of(page, "select[name='district'] option") == ["সব জেলা", "gazipur এলাকা"]


def test_empty_gallery_says_what_will_be_here() -> None:
    page = Client().get(LIST)
    assert texts_of(page, ".empty h2") == ["এখনো কোনো উদ্যোগ প্রকাশিত হয়নি"]


@pytest.mark.parametrize(
    "query",
    [
        "?district=none",
        "?tier=x",
        "?year=1",
        "?year=99999999999",
        "?page=x",
        "?q=%00",
        "?q=" + "ক+" * 300,
        "?q=" + "১+" * 100,
    ],
)
def test_odd_questions_get_an_answer(team: Team, query: str) -> None:
    make_initiative(team.office, by=team.head, status="published")
    assert Client().get(LIST + query).status_code == 200


def test_leaders_of_other_offices_are_asked_to_take_it_over(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    other = make_team("other", parent=team.office)
    asked = reverse("ideas:replication_create", args=[initiative.pk])
    for person, sees in ((other.head, True), (other.member, False), (team.head, False)):
        page = client_of(person).get(initiative.get_absolute_url())
        assert bool(find(page, f"a[href='{asked}']")) is sees
    assert not find(public(initiative), f"a[href='{asked}']")


def test_officer_sees_what_waits_for_a_page(team: Team, client: Client) -> None:
    idea = piloted(team.office, by=team.head)
    page = client.get(to("initiative_list"))
    assert texts_of(page, ".todo b") == [idea.title]
    assert find(
        client.get(idea.get_absolute_url()), f"a[href='{to('initiative_create', idea.pk)}']"
    )
    make_initiative(team.office, by=team.head, status="published")
    assert texts_of(client.get(to("initiative_list")), "tbody th") == [TEXT.title]


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_as_often_for_many_as_for_one(team: Team, client: Client) -> None:
    first = make_initiative(team.office, by=team.head, status="published")
    addresses = (LIST, first.get_absolute_url(), to("initiative_list"))
    few = [asked(client, address) for address in addresses]
    for colour in ("red", "green"):
        clean = CleanFile(painted(colour), "image/png", "png")
        add_picture(initiative=first, clean=clean, purpose="after", caption="", by=team.head)
        make_award(team.office, by=team.head, idea=first.idea)
        make_event(team.office, first, by=team.head, published=True)
    for _number in range(6):
        make_initiative(team.office, by=team.head, status="published")
    many = [asked(client, address) for address in addresses]
    assert few == many
    assert max(many) <= 12


def test_withdrawing_twice_is_answered_with_a_sentence(team: Team) -> None:
    initiative = make_initiative(team.office, by=team.head, status="published")
    withdraw_initiative(initiative=initiative, by=team.head)
    said = alerts_after(client_of(team.head), to("initiative_withdraw", initiative.pk))
    assert said[0] == "কাজটি আগেই হয়ে গেছে; নিচে এখনকার অবস্থা দেখুন।"
    assert Idea.objects.get().status == "showcased"


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_addresses_of_nothing_are_unknown(client: Client, number: str) -> None:
    for address in ("/initiatives/{}/", "/initiatives/pictures/{}/", "/events/{}/"):
        assert Client().get(address.format(number)).status_code == 404
    for address in (
        "initiatives/{}/",
        "events/{}/",
        "awards/{}/",
        "certificates/{}/",
        "pictures/{}/",
    ):
        assert client.get("/ideas/" + address.format(number)).status_code == 404
