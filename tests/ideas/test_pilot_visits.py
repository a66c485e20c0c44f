"""Visits to a pilot: what was seen and advised, with pictures that tell nothing else."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from ideas.actions import VisitText, add_visit, remove_visit_picture, stop_pilot, update_visit
from ideas.enums import FilePurpose
from ideas.models import IdeaFile, Pilot
from teams.enums import Role
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_officer, make_team
from tests.ideas.pilots import VISIT, make_pilot, picture, upload
from tests.pages import find, form_fields, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

WORDS = {"visited_on": "৫/১১/২০২৬", "visitor": "তানিয়া আক্তার", "notes": "৪১ জন এসেছেন"}


@pytest.fixture
def pilot(team: Team) -> Pilot:
    return make_pilot(team.office, by=team.head)


def create(pilot: Pilot) -> str:
    return reverse("ideas:visit_create", args=[pilot.pk])


def update(pk: int) -> str:
    return reverse("ideas:visit_update", args=[pk])


def photo_with_a_place() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "Telephone of the officer"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("IMG_2026.jpg", out.getvalue(), "image/jpeg")


def test_visit_is_written_with_pictures_that_tell_no_place(
    team: Team, pilot: Pilot, client: Client
) -> None:
    form = form_fields(client.get(create(pilot)))
    assert form["visitor"].startswith(team.member.name)
    sent = form | WORDS
    pictures = [photo_with_a_place(), upload("navy")]
    assert client.post(create(pilot), sent | {"pictures": pictures}).status_code == 302
    visit = pilot.visits.get()
    assert VisitText.of(visit) == VisitText(date(2026, 11, 5), "তানিয়া আক্তার", "৪১ জন এসেছেন")
    page = client.get(pilot.get_absolute_url())
    shown = [image.get("src") for image in find(page, ".visit-pictures img")]
    assert len(shown) == 2
    stranger = client_of(make_team("stranger", team.office).head)
    for address in shown:
        answer = client.get(address)
        body = b"".join(answer.streaming_content)
        assert answer["Content-Type"].startswith("image/")
        assert b"Telephone" not in body
        assert not Image.open(io.BytesIO(body)).getexif()
        assert stranger.get(address).status_code == 404


def test_same_form_twice_makes_one_visit_and_no_picture_twice(pilot: Pilot, client: Client) -> None:
    form = form_fields(client.get(create(pilot))) | WORDS
    for _ in range(2):
        client.post(create(pilot), form | {"pictures": [upload("navy"), upload("navy")]})
    assert pilot.visits.get().files.count() == 1
    client.post(create(pilot), form | {"notes": "আরেক দিন"})
    assert pilot.visits.count() == 2


@pytest.mark.parametrize(
    ("field", "words"),
    [
        *(("visited_on", ""), ("visited_on", "২৩/১১/২০২৬"), ("visited_on", "গত সপ্তাহে")),
        *(("notes", " \u200b\n"), ("visitor", ""), ("visitor", "ক" * 201), ("form_key", "x")),
    ],
)
def test_wrong_visit_keeps_its_words(pilot: Pilot, client: Client, field: str, words: str) -> None:
    form = form_fields(client.get(create(pilot))) | WORDS | {"advice": "তালিকা টাঙান"}
    answer = client.post(create(pilot), form | {field: words})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert form_fields(answer)["advice"].strip() == "তালিকা টাঙান"
    assert not pilot.visits.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ছবি.png", b"MZ\x90 no picture"),
        ("ছবি.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("নথি.pdf", b"%PDF-1.4\n%%EOF"),
        ("ছবি.png", b""),
    ],
)
def test_what_is_no_picture_is_refused_by_name(
    pilot: Pilot, client: Client, name: str, content: bytes
) -> None:
    form = form_fields(client.get(create(pilot))) | WORDS
    answer = client.post(
        create(pilot), form | {"pictures": [upload(), SimpleUploadedFile(name, content)]}
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["pictures"]
    assert not IdeaFile.objects.exists()


def test_too_many_pictures_at_once_are_refused(pilot: Pilot, client: Client) -> None:
    form = form_fields(client.get(create(pilot))) | WORDS
    answer = client.post(create(pilot), form | {"pictures": [upload() for _ in range(11)]})
    assert answer.status_code == 422
    assert "১০টি" in " ".join(answer.context["form"].errors["pictures"])


# --- Mending -------------------------------------------------------------------------------
def test_author_mends_the_visit_and_the_earlier_words_stay_in_the_record(
    team: Team, pilot: Pilot, client: Client
) -> None:
    visit = add_visit(pilot=pilot, words=VISIT, pictures=[picture("navy")], by=team.member)
    form = form_fields(client.get(update(visit.pk)))
    assert form["visited_on"] == "৫ নভেম্বর ২০২৬"
    sent = form | {"notes": "৪৩ জন এসেছেন", "pictures": [upload("green"), upload("navy")]}
    assert client.post(update(visit.pk), sent).status_code == 302
    visit.refresh_from_db()
    assert (visit.notes, visit.files.count()) == ("৪৩ জন এসেছেন", 2)
    entry = AuditEntry.objects.get(action="visit.update")
    assert entry.before["notes"] == VISIT.notes


def test_nobody_but_the_author_mends_it(team: Team, pilot: Pilot) -> None:
    visit = add_visit(pilot=pilot, words=VISIT, by=team.member)
    for person in (team.head, make_officer(team.office, Role.MEMBER)):
        with pytest.raises(PermissionDenied):
            update_visit(visit=visit, words=replace(VISIT, notes="অন্য কথা"), by=person)
        page = client_of(person).get(update(visit.pk), follow=True)
        assert any("যিনি লিখেছেন" in words for words in texts_of(page, ".alert"))


def test_picture_is_taken_away_by_its_author_or_whoever_leads(team: Team, pilot: Pilot) -> None:
    pictures = [picture("navy"), picture("green")]
    visit = add_visit(pilot=pilot, words=VISIT, pictures=pictures, by=team.member)
    first, second = visit.files.all()
    with pytest.raises(PermissionDenied):
        remove_visit_picture(file=first, by=make_officer(team.office, Role.MEMBER))
    for file, person in ((first, team.member), (second, team.head)):
        address = reverse("ideas:visit_picture_remove", args=[file.pk])
        assert client_of(person).post(address).status_code == 302
    assert not visit.files.exists()


def test_other_files_are_no_pictures_of_a_visit(team: Team, pilot: Pilot, client: Client) -> None:
    visit = add_visit(pilot=pilot, words=VISIT, pictures=[picture()], by=team.member)
    file = visit.files.get()
    IdeaFile.objects.filter(pk=file.pk).update(purpose=FilePurpose.ATTACHMENT, visit=None)
    address = reverse("ideas:visit_picture_remove", args=[file.pk])
    assert client.post(address).status_code == 404


def test_stopped_pilot_takes_no_visit(team: Team, pilot: Pilot) -> None:
    visit = add_visit(pilot=pilot, words=VISIT, by=team.member)
    stop_pilot(pilot=pilot, lessons="চলে না", by=team.head)
    pilot.refresh_from_db()
    visit.refresh_from_db()
    with pytest.raises(WrongState):
        add_visit(pilot=pilot, words=VISIT, by=team.member)
    with pytest.raises(WrongState):
        update_visit(visit=visit, words=VISIT, by=team.member)


def test_visit_of_tomorrow_is_refused(team: Team, pilot: Pilot) -> None:
    with pytest.raises(WrongState):
        add_visit(pilot=pilot, words=replace(VISIT, visited_on=date(2026, 11, 23)), by=team.member)
