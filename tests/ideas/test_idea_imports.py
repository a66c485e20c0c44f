"""A list of ideas on its way into the register: given, looked over, taken in, all or nothing."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ideas.actions import UnwritableRow, import_ideas
from ideas.models import Contact, Idea, IdeaImport, Initiative, Pilot
from ideas.timeline import steps_taken
from jobs.models import Letter
from teams.enums import Role
from teams.models import AuditEntry
from teams.transitions import WrongState
from tests.factories import Team, client_of, make_country, make_office, make_post
from tests.ideas.importers.lists import PLAIN, SPLIT, as_csv, lines
from tests.ideas.register import make_idea
from tests.pages import find, form_fields, one_line, texts_of
from tests.races import at_once
from tests.workplans.importers.build import as_docx, as_html, as_tsv, as_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

CREATE = reverse("ideas:import_create")
HEAD = "ক্রমিক | উদ্ভাবনী ধারণার শিরোনাম | বিবরণ | প্রস্তাবকারী | অবস্থা | অর্থবছর | মন্তব্য"
STATES = {
    "প্রাপ্ত": "received",
    "বাছাইকৃত": "shortlisted",
    "অনুমোদিত": "approved",
    "পাইলট চলমান": "piloting",
    "স্থগিত": "stopped",
    "প্রদর্শিত": "showcased",
    "রেপ্লিকেটেড": "replicated",
    "বাতিল": "declined",
}
EVERY_STATE = lines(
    HEAD,
    *(
        f"{number} | ধারণা {status} | বিবরণ | রহিম, শিক্ষক | {words} | ২০১৭-১৮ |"
        for number, (words, status) in enumerate(STATES.items(), start=1)
    ),
)


@pytest.fixture
def client(team: Team) -> Client:
    """An innovation officer at the keyboard: members write ideas in, and bring no lists."""
    return client_of(team.innovation_officer)


def give(client: Client, team: Team, **fields: object) -> HttpResponse:
    return client.post(CREATE, {"office": team.office.pk, **fields})


def preview_of(
    client: Client, team: Team, pasted: str = EVERY_STATE, **more: object
) -> HttpResponse:
    return client.get(give(client, team, pasted=pasted, **more).url)


def apply(client: Client, preview: HttpResponse, **typed: str) -> HttpResponse:
    """Send the preview back, with some fields typed anew ("" as `take` unticks a row)."""
    fields = {**form_fields(preview, "main form"), **typed}
    kept = {name: words for name, words in fields.items() if words or not name.endswith("take")}
    return client.post(preview.wsgi_request.path, kept)


# --- Giving a list -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "given",
    [
        {"pasted": as_tsv(PLAIN)},
        {"pasted": as_tsv(PLAIN), "pasted_html": as_html(PLAIN)},
        {"file": ("তালিকা.docx", as_docx(PLAIN))},
        {"file": ("list.xlsx", as_xlsx(PLAIN))},
        {"file": ("list.csv", as_csv(PLAIN).encode())},
    ],
    ids=["text", "html", "docx", "xlsx", "csv"],
)
def test_list_is_shown_first_and_taken_in_as_shown(
    client: Client, team: Team, given: dict[str, object]
) -> None:
    if "file" in given:
        given = {"file": SimpleUploadedFile(*given["file"])}
    # The upazila of the test bears another name than the one in the list.
    type(team.office).objects.update(place_bn="কালীগঞ্জ", place_en="Kaliganj")
    preview = client.get(give(client, team, **given).url)
    assert "৩টি সারি পড়া হয়েছে" in one_line(find(preview, "main")[0])
    assert not Idea.objects.exists()
    assert apply(client, preview).url == reverse("ideas:list")
    assert [(idea.title, idea.status) for idea in Idea.objects.order_by("received_on")] == [
        ("নামজারির শুনানির তারিখ মোবাইলে", "shortlisted"),
        ("হাটের দিনে আবেদন সহায়তা", "piloting"),
        ("Online complaint box", "declined"),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pasted": ""}, "একটি ছক আটকান অথবা একটি ফাইল বেছে নিন।"),
        ({"pasted": "শুধু একটি বাক্য"}, "তালিকা পাওয়া যায়নি"),
        ({"pasted": EVERY_STATE, "year": "গত বছর"}, "বছর বা তারিখ পড়া যায়নি"),
        ({"pasted": EVERY_STATE, "office": "9" * 400}, "দপ্তরটি আপনার নয়"),
        ({"file": ("list.xlsx", b"PK\x03\x04")}, "ফাইল"),
        ({"file": ("list.pdf", b"%PDF-1.7")}, "পিডিএফ"),
        ({"file": ("list.tsv", b"")}, "ফাইল"),
        ({"pasted": "\0\0"}, "ক"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_kept(
    client: Client, team: Team, given: dict[str, object], said: str
) -> None:
    if "file" in given:
        given = {"file": SimpleUploadedFile(*given["file"])}
    second = make_office("second", parent=team.office)
    make_post(second, Role.HEAD, holder=team.innovation_officer)
    response = give(client, team, **given)
    assert response.status_code == 422
    assert said in one_line(find(response, "main")[0])
    assert not IdeaImport.objects.exists()


# --- Taking it in --------------------------------------------------------------------------
def test_ideas_stand_in_the_states_the_list_says(client: Client, team: Team) -> None:
    said = apply(client, preview_of(client, team))
    assert texts_of(client.get(said.url), ".alert") == ["৮টি ধারণা নিবন্ধনে নেওয়া হয়েছে।"]
    officer = team.innovation_officer
    for idea in Idea.objects.all():
        assert idea.title == f"ধারণা {idea.status}"
        assert (idea.received_on.isoformat(), idea.created_by) == ("2017-07-01", officer)
        assert (idea.submitter_name, idea.submitter_detail) == ("রহিম", "শিক্ষক")
        entry = AuditEntry.objects.get(action="idea.import", object_id=idea.pk)
        assert (entry.by, entry.office, entry.after["status"]) == (
            officer,
            team.office,
            idea.status,
        )
        assert [step.status for step in steps_taken(idea)] == [idea.status]
        assert client.get(idea.get_absolute_url()).status_code == 200
    assert set(STATES.values()) == set(Idea.objects.values_list("status", flat=True))
    stamped = Idea.objects.get(status="replicated")
    assert stamped.replicated_by == officer
    assert stamped.approved_at is None  # nobody wrote down when
    assert Idea.objects.get(status="declined").decline_reason == "তালিকায় কারণ লেখা নেই"
    pilots = dict(Pilot.objects.values_list("idea__status", "status"))
    assert pilots == {"piloting": "running", "stopped": "stopped"}
    assert Pilot.objects.get(status="stopped").lessons == "তালিকায় কারণ লেখা নেই"


def test_nobody_is_written_to_and_nothing_is_published(client: Client, team: Team) -> None:
    apply(client, preview_of(client, team))
    assert not Letter.objects.exists()
    assert not Initiative.objects.exists()
    assert not Contact.objects.exists()


def test_remarks_are_kept_where_they_belong(client: Client, team: Team) -> None:
    rows = lines(
        HEAD,
        "১ | ক | খ | রহিম | বাতিল | ২০১৮ | বাজেট নেই",
        "২ | গ | ঘ | রহিম | স্থগিত | ২০১৮ | যন্ত্র নষ্ট",
        "৩ | ঙ | চ | রহিম | প্রাপ্ত | ২০১৮ | ভালো",
    )
    apply(client, preview_of(client, team, rows))
    assert Idea.objects.get(title="ক").decline_reason == "বাজেট নেই"
    assert Pilot.objects.get(idea__title="গ").lessons == "যন্ত্র নষ্ট"
    assert Idea.objects.get(title="ঙ").description == "চ\nমন্তব্য: ভালো"


def test_rows_are_taken_as_mended_and_unticked_ones_left(client: Client, team: Team) -> None:
    rows = lines(
        HEAD,
        "১ | ক | খ | রহিম | দেখা যাক | ২০১৮ |",
        "২ | গ | ঘ | রহিম | প্রাপ্ত | |",
        f"৩ | {'দীর্ঘ' * 100} | চ | রহিম | প্রাপ্ত | |",
    )
    preview = preview_of(client, team, rows)
    marked = " ".join(texts_of(preview, ".doubt-note"))
    assert "কোন অবস্থা, বোঝা যায়নি" in marked
    assert "বছর বা তারিখ লেখা নেই" in marked
    refused = apply(client, preview)
    assert refused.status_code == 422
    assert "বছর বা তারিখ নেই" in one_line(find(refused, "main")[0])
    assert not Idea.objects.exists()
    typed = {"rows-0-status": "approved", "rows-1-received_text": "২০১৯-২০", "rows-2-take": ""}
    apply(client, preview, **typed)
    assert [(idea.title, idea.status) for idea in Idea.objects.order_by("received_on")] == [
        ("ক", "approved"),
        ("গ", "received"),
    ]


def test_doubts_name_what_the_register_holds_already(client: Client, team: Team) -> None:
    make_idea(team.office, by=team.head, title="এক পাতার ফরম", description="আবেদনের ফরম ছোট করা")
    other = make_office("other", parent=team.office)
    Idea.objects.create(office=other, title="অন্য দপ্তরের ধারণা", description="ক")
    rows = lines(
        HEAD,
        "১ | এক পাতার  ফরম | খ | রহিম | প্রাপ্ত | ২০১৮ |",
        "২ | অন্য দপ্তরের ধারণা | ক | রহিম | প্রাপ্ত | ২০১৮ |",
    )
    first, second = preview_of(client, team, rows).context["lines"]
    assert first["doubts"]["title"] == "এই শিরোনামের ধারণা নিবন্ধনে আগে থেকেই আছে।"
    assert "title" not in second["doubts"]


def test_row_that_may_be_of_another_office_waits_for_its_tick(client: Client, team: Team) -> None:
    rows = lines(f"{HEAD} | দপ্তর", "১ | ক | খ | গ | প্রাপ্ত | ২০১৮ | | উপজেলা ভূমি অফিস")
    preview = preview_of(client, team, rows)
    fields = form_fields(preview, "main form")
    assert not fields.get("rows-0-take")
    nothing = apply(client, preview)
    assert "কোনো সারিতে টিক নেই" in one_line(find(nothing, "body")[0])
    apply(client, preview, **{"rows-0-take": "on"})
    assert Idea.objects.get().title == "ক"


def test_list_is_taken_in_once(client: Client, team: Team) -> None:
    preview = preview_of(client, team)
    apply(client, preview)
    again = apply(client, preview)
    assert "আগেই নিবন্ধনে নেওয়া হয়েছে" in " ".join(texts_of(client.get(again.url), ".alert"))
    assert Idea.objects.count() == len(STATES)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_list_in_one_does(team: Team) -> None:
    kept = IdeaImport.objects.create(office=team.office)

    def take() -> object:
        try:
            return len(import_ideas(idea_import=kept, rows=[ROW], by=team.head))
        except WrongState:
            return "late"

    assert sorted(map(str, at_once([take, take]))) == ["1", "late"]
    assert Idea.objects.count() == 1


ROW = {
    "title": "ক",
    "problem": "",
    "description": "খ",
    "benefit": "",
    "submitter_name": "",
    "submitter_detail": "",
    "status": "received",
    "received_on": date(2018, 1, 1),
    "remarks": "",
}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "শিরোনাম বা প্রস্তাব লেখা নেই"),
        ({"title": "ক" * 301}, "শিরোনাম অতিরিক্ত লম্বা"),
        ({"submitter_name": "ক" * 201}, "পরিচয় অতিরিক্ত লম্বা"),
        ({"received_on": None}, "তারিখ লেখা নেই"),
        ({"status": "held"}, "অবস্থাটি"),
        ({"status": "merged"}, "অবস্থাটি"),
    ],
)
def test_one_wrong_row_stops_them_all_and_is_named(
    team: Team, wrong: dict[str, object], why: str
) -> None:
    kept = IdeaImport.objects.create(office=team.office)
    with pytest.raises(UnwritableRow, match=f"২ নম্বর সারি: .*{why}.*কোনো সারিই নেওয়া হয়নি"):
        import_ideas(idea_import=kept, rows=[ROW, {**ROW, **wrong}], by=team.head)
    assert not Idea.objects.exists()
    kept.refresh_from_db()
    assert kept.applied_at is None


# --- Who may -------------------------------------------------------------------------------
def test_members_and_strangers_bring_no_lists(client: Client, team: Team) -> None:
    kept = give(client, team, pasted=EVERY_STATE).url
    member = client_of(team.member)
    assert member.get(CREATE).status_code == 403
    assert member.get(kept).status_code == 403
    country = make_country()
    stranger = client_of(country["upazila.head"])
    assert stranger.get(kept).status_code == 404
    assert stranger.post(kept).status_code == 404
    assert EVERY_STATE not in stranger.get(CREATE).content.decode()
    with pytest.raises(PermissionDenied):
        import_ideas(idea_import=IdeaImport.objects.get(), rows=[ROW], by=team.member)


@pytest.mark.parametrize(
    "typed",
    [
        {"rows-TOTAL_FORMS": "9" * 30},
        {"rows-TOTAL_FORMS": ""},
        {"rows-0-status": "held"},
        {"rows-0-received_text": "\0"},
        {"rows-0-title": "ক" * 5_000},
    ],
)
def test_odd_forms_write_nothing(client: Client, team: Team, typed: dict[str, str]) -> None:
    answer = apply(client, preview_of(client, team), **typed)
    assert answer.status_code == 422
    assert not Idea.objects.exists()


def test_preview_asks_as_often_for_a_hundred_rows(client: Client, team: Team) -> None:
    def asked(count: int) -> int:
        rows = (f"{n} | ধারণা {n} | বিবরণ | রহিম | প্রাপ্ত | ২০১৮ |" for n in range(count))
        kept = give(client, team, pasted=lines(HEAD, *rows)).url
        with CaptureQueriesContext(connection) as queries:
            assert client.get(kept).status_code == 200
        return len(queries)

    assert asked(1) == asked(100) <= 6


# --- The command ---------------------------------------------------------------------------
@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    path = tmp_path / "তালিকা.docx"
    path.write_bytes(as_docx(SPLIT))
    return path


def import_file(file: Path, *options: str, office: str = "kaliganj") -> str:
    said = StringIO()
    call_command("importideas", str(file), f"--office={office}", *options, stdout=said)
    return said.getvalue()


def test_command_writes_the_ideas(team: Team, list_file: Path) -> None:
    said = import_file(list_file, f"--by={team.head.email}")
    assert "২টি সারি" in said
    assert set(Idea.objects.values_list("status", "created_by")) == {
        ("showcased", team.head.pk),
        ("stopped", team.head.pk),
    }
    assert IdeaImport.objects.get().filename == "তালিকা.docx"


def test_command_shows_without_writing(team: Team, list_file: Path) -> None:
    read = json.loads(import_file(list_file, "--dry-run", "--json"))
    assert [row["title"] for row in read["rows"]] == ["এক পাতার ফরম", "ডিজিটাল হাজিরা"]
    assert read["rows"][0]["doubts"][0]["field"] == "status"
    assert not IdeaImport.objects.exists()


@pytest.mark.parametrize(
    ("options", "office", "said"),
    [
        ((), "kaliganj", "--by"),
        (("--by=nobody@office.test",), "kaliganj", "চেনা যায়নি"),
        (("--dry-run",), "nowhere", "কোনো দপ্তর নেই"),
    ],
)
def test_command_says_what_is_missing(
    team: Team, list_file: Path, options: tuple[str, ...], office: str, said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        import_file(list_file, *options, office=office)
    assert not Idea.objects.exists()


def test_command_refuses_members_and_files_that_are_no_list(
    team: Team, list_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="প্রধান বা ইনোভেশন অফিসার নন"):
        import_file(list_file, f"--by={team.member.email}")
    with pytest.raises(CommandError, match="খোলা যায় না"):
        import_file(tmp_path / "none.docx", "--dry-run")
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    with pytest.raises(CommandError, match="কোনো লেখা নেই"):
        import_file(empty, "--dry-run")
    assert not IdeaImport.objects.exists()
