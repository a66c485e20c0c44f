"""The register of activities as the team keeps it: written, mended, struck out, added up."""

import uuid
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from reports.enums import ActivityKind
from reports.models import Activity
from teams.models import AuditEntry
from tests.factories import Team, client_of, make_plan, make_task, make_team
from tests.pages import find, form_fields, texts_of
from tests.reports.activities import make_activity, make_activity_picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LIST = "reports:activity_list"


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def client(team: Team) -> Client:
    return client_of(team.member)


def write(client: Client, kind: str, **words: object) -> HttpResponse:
    """Fill in the form of a kind and send it."""
    address = f"{reverse('reports:activity_create')}?kind={kind}"
    form = form_fields(client.get(address))
    return client.post(address, {**form, **words})


def a_picture(colour: str = "red") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), colour).save(drawn, "JPEG")
    return SimpleUploadedFile("ছবি.jpg", drawn.getvalue(), "image/jpeg")


# --- Written ---------------------------------------------------------------------------------
def test_kind_is_chosen_first_and_asks_only_what_counts(client: Client) -> None:
    page = client.get(reverse("reports:activity_create"))
    assert len(find(page, "ul.kinds a")) == len(ActivityKind)
    asked = {
        kind: set(form_fields(client.get(f"{reverse('reports:activity_create')}?kind={kind}")))
        for kind in ("training", "funding")
    }
    assert {"batches", "participants", "women"} <= asked["training"]
    assert "amount" not in asked["training"]
    assert "amount" in asked["funding"]
    assert not {"batches", "participants", "women", "place"} & asked["funding"]


@pytest.mark.parametrize("kind", ActivityKind)
def test_every_kind_can_be_written_in_bengali_digits(client: Client, kind: str) -> None:
    said = {"title": "যা হলো", "held_on": "১০ মার্চ ২০২৬", "quantity": "১২", "amount": "৳১,২০,০০০"}
    response = write(client, kind, **said)
    activity = Activity.objects.get()
    assert response.url == activity.get_absolute_url()
    assert (activity.kind, activity.held_on) == (kind, date(2026, 3, 10))
    assert activity.amount == (120_000 if kind == "funding" else None)
    assert texts_of(client.get(response.url), "h1") == ["যা হলো"]


def test_training_is_kept_whole_with_its_task_and_pictures(client: Client, team: Team) -> None:
    plan = make_plan(team.office, by=team.head)
    task = make_task(plan, by=team.head, title="কর্মচারীদের প্রশিক্ষণ")
    response = write(
        client,
        "training",
        title="  সেবা   সহজীকরণ ",
        held_on="১০.০৩.২০২৬",
        ends_on="১২/০৩/২০২৬",
        batches="২",
        participants="৬০",
        women="২৫",
        task=task.pk,
        pictures=[a_picture(), a_picture("blue")],
    )
    page = client.get(response.url)
    facts = dict(zip(texts_of(page, "dl.facts dt"), texts_of(page, "dl.facts dd"), strict=True))
    assert facts["তারিখ"] == "১০ মার্চ ২০২৬"
    assert facts["অংশগ্রহণকারী (জন)"] == "৬০"
    assert facts["কর্মপরিকল্পনার কাজ"].startswith("কর্মচারীদের প্রশিক্ষণ")
    assert len(find(page, "ol.picture-rows img")) == 2
    activity = Activity.objects.get()
    assert (activity.title, activity.ends_on, activity.women) == (
        "সেবা সহজীকরণ",
        date(2026, 3, 12),
        25,
    )
    entry = AuditEntry.objects.get(action="activity.create")
    assert (entry.by, entry.after["participants"]) == (team.member, "60")


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("training", {"title": ""}, "এক লাইনে লিখুন"),
        ("training", {"held_on": "কাল"}, "তারিখ হিসেবে পড়া গেল না"),
        ("training", {"held_on": "১/১/২০৩০"}, "এখনো আসেনি"),
        ("training", {"held_on": "১/১/১৯২৬"}, "বছরটি দেখে নিন"),
        ("training", {"ends_on": "৯/৩/২০২৬"}, "আগে হতে পারে না"),
        ("training", {"participants": "২০", "women": "২১"}, "বেশি হতে পারে না"),
        ("training", {"women": "২১"}, "মোট অংশগ্রহণকারী কতজন"),
        ("training", {"participants": "অনেক"}, "সংখ্যা হিসেবে পড়া গেল না"),
        ("training", {"batches": "০"}, "অন্তত একটি ব্যাচ"),
        ("training", {"task": "99999"}, "পরিকল্পনায় নেই"),
        ("training", {"task": "ক\x00"}, "এমন চিহ্ন আছে"),
        ("funding", {"amount": ""}, "কত টাকা"),
        ("social_media", {"quantity": "9" * 30, "link": "x"}, "অনেক বড়"),
        ("social_media", {"quantity": "৫", "link": "javascript:alert(1)"}, "ঠিকানাটি ঠিক নয়"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    client: Client, kind: str, words: dict[str, str], said: str
) -> None:
    good = {"title": "বিষয়", "held_on": "১০/০৩/২০২৬", "result": "ভালো হয়েছে"}
    response = write(client, kind, **{**good, **words})
    assert response.status_code == 422
    assert said in " ".join(texts_of(response, "form .invalid-feedback"))
    assert form_fields(response)["result"].strip() == "ভালো হয়েছে"
    assert not Activity.objects.exists()


def test_same_form_sent_twice_makes_one(client: Client) -> None:
    address = f"{reverse('reports:activity_create')}?kind=circle"
    form = form_fields(client.get(address)) | {"title": "আড্ডা", "held_on": "১০/০৩/২০২৬"}
    assert client.post(address, form).url == client.post(address, form).url
    client.post(address, {**form, "title": "পরের আড্ডা"})
    assert sorted(Activity.objects.values_list("title", flat=True)) == ["আড্ডা", "পরের আড্ডা"]


def test_task_of_another_office_is_refused(client: Client, team: Team) -> None:
    other = make_team("other", parent=team.office)
    theirs = make_task(make_plan(other.office, by=other.head), by=other.head)
    response = write(client, "circle", title="আড্ডা", held_on="১০/০৩/২০২৬", task=theirs.pk)
    assert response.status_code == 422


def test_odd_addresses_answer_in_words(client: Client) -> None:
    create = reverse("reports:activity_create")
    for address in (f"{create}?kind=nonsense", f"{create}?kind=%00"):
        assert client.get(address).status_code == 200
        assert client.post(address, {"title": "যা"}).status_code == 422
    for query in ("?year=abc", "?kind=x&page=z", "?removed=9%00", "?removed=" + "9" * 40):
        assert client.get(reverse(LIST) + query).status_code == 200


# --- Mended ----------------------------------------------------------------------------------
def test_stale_words_show_both_and_write_nothing(client: Client, team: Team) -> None:
    activity = make_activity(team.office, by=team.head, participants=20, place="সভাকক্ষ")
    address = reverse("reports:activity_update", args=[activity.pk])
    old = form_fields(client.get(address))
    client_of(team.head).post(address, {**old, "participants": "২৫"})
    response = client.post(address, {**old, "participants": "৩০"})
    assert response.status_code == 409
    assert texts_of(response, "section.card .words") == ["২৫"]
    form = form_fields(response)
    assert form["participants"] == "৩০"
    activity.refresh_from_db()
    assert activity.participants == 25
    client.post(address, form)
    activity.refresh_from_db()
    assert (activity.participants, activity.version) == (30, 3)


def test_struck_out_is_taken_back_from_the_list(client: Client, team: Team) -> None:
    activity = make_activity(team.office, by=team.head)
    listed = client.post(reverse("reports:activity_remove", args=[activity.pk]), follow=True)
    assert client.get(activity.get_absolute_url()).status_code == 404
    undo = find(listed, ".alert form")[0].get("action")
    assert client.post(undo).url == activity.get_absolute_url()
    assert client.get(activity.get_absolute_url()).status_code == 200


def test_words_for_one_struck_out_meanwhile_are_not_lost(client: Client, team: Team) -> None:
    activity = make_activity(team.office, by=team.head)
    address = reverse("reports:activity_update", args=[activity.pk])
    form = form_fields(client.get(address)) | {"result": "অনেক কিছু শেখা গেছে"}
    client_of(team.head).post(reverse("reports:activity_remove", args=[activity.pk]))
    response = client.post(address, form)
    assert response.status_code == 409
    client.post(address, form_fields(response))
    activity.refresh_from_db()
    assert (activity.result, activity.removed_at) == ("অনেক কিছু শেখা গেছে", None)


# --- Pictures --------------------------------------------------------------------------------
def test_pictures_are_added_worded_and_removed(client: Client, team: Team) -> None:
    activity = make_activity(team.office, by=team.head)
    add = reverse("reports:activity_pictures", args=[activity.pk])
    client.post(add, {"pictures": [a_picture()]})
    client.post(add, {"pictures": [a_picture()]})  # the same again
    picture = activity.pictures.get()
    served = client.get(reverse("reports:activity_picture", args=[picture.pk]))
    assert served["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(b"".join(served.streaming_content))).size == (40, 30)
    caption = reverse("reports:activity_picture_update", args=[picture.pk])
    client.post(caption, {"caption": "প্রশিক্ষণকক্ষ"})
    alt = find(client.get(activity.get_absolute_url()), "ol.picture-rows img")[0].get("alt")
    assert alt == "প্রশিক্ষণকক্ষ"
    client.post(reverse("reports:activity_picture_remove", args=[picture.pk]))
    assert not activity.pictures.exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "অন্তত একটি ছবি"),
        ([SimpleUploadedFile("a.jpg", b"not a picture", "image/jpeg")], "শুধু ছবি"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(
    client: Client, team: Team, files: list[SimpleUploadedFile], said: str
) -> None:
    activity = make_activity(team.office, by=team.head)
    response = client.post(
        reverse("reports:activity_pictures", args=[activity.pk]), {"pictures": files}
    )
    assert response.status_code == 422
    assert said in " ".join(texts_of(response, ".invalid-feedback"))


# --- Added up --------------------------------------------------------------------------------
def test_list_shows_a_year_by_kind_with_what_it_adds_up_to(client: Client, team: Team) -> None:
    office, head = team.office, team.head
    make_activity(office, by=head, title="ক", batches=2, participants=40, women=15)
    make_activity(office, by=head, title="খ", participants=20, women=5)
    make_activity(office, by=head, title="গ", kind="funding", amount=250_000)
    make_activity(office, by=head, title="আগের বছর", held_on=date(2025, 3, 1), participants=99)
    page = client.get(f"{reverse(LIST)}?year=2025-2026")
    assert texts_of(page, "table.list tbody th") == ["গ", "খ", "ক"]
    assert texts_of(page, "dl.sums dt") == ["প্রশিক্ষণ", "আর্থিক সহায়তা"]
    assert texts_of(page, "dl.sums dd") == [
        "২টি, ৩ ব্যাচ, ৬০ জন (নারী ২০)",
        "১টি, ২,৫০,০০০ টাকা",
    ]
    of_kind = client.get(f"{reverse(LIST)}?year=2025-2026&kind=training")
    assert texts_of(of_kind, "table.list tbody th") == ["খ", "ক"]
    earlier = client.get(f"{reverse(LIST)}?year=2024-2025")
    assert texts_of(earlier, "table.list tbody th") == ["আগের বছর"]


def test_empty_year_says_what_to_do(client: Client) -> None:
    page = client.get(reverse(LIST))
    assert "এখনো কোনো কার্যক্রম লেখা হয়নি" in texts_of(page, ".empty h2")[0]
    assert find(page, ".empty a")[0].get("href") == reverse("reports:activity_create")


def test_offices_above_and_beside_see_nothing_of_it(team: Team) -> None:
    below = make_team("below", parent=team.office)
    activity = make_activity(below.office, by=below.head)
    assert client_of(team.head).get(activity.get_absolute_url()).status_code == 404
    assert not find(client_of(team.head).get(f"{reverse(LIST)}?year=2025-2026"), "table.list")


def test_list_and_page_ask_as_often_for_a_hundred(client: Client, team: Team) -> None:
    counts = []
    for number in range(1, 101):
        activity = make_activity(team.office, by=team.head, title=f"কাজ {uuid.uuid4()}")
        if number in (1, 100):
            make_activity_picture(activity, by=team.head)
            counts.append(
                [
                    asked(client, f"{reverse(LIST)}?year=2025-2026"),
                    asked(client, activity.get_absolute_url()),
                ]
            )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 10


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
