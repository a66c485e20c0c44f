"""Words that would like to be markup, typed into every text of the room, stay words everywhere.

One world for all: access_world's, every text of every idea, pilot, page, award and letter of it
replaced. A field added to a model is in it by itself, and has to be seen on some page.
"""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes, policy
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import resolve, reverse
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker, Settings

from bangla.pdf.check import extract, squeeze
from ideas.actions import (
    People,
    appeal_idea,
    drop_replication,
    forward_idea,
    merge_idea,
    move_idea,
    recommend_idea,
    refuse_recommendation,
    revoke_award,
    save_measures,
)
from ideas.actions.newsletters import publish_newsletter
from ideas.certificates import certificate_content, draw_certificate
from ideas.enums import DECLINE
from ideas.models import (
    Award,
    Contact,
    Event,
    Idea,
    IdeaImport,
    Initiative,
    Newsletter,
    NewsletterDocument,
    Pilot,
    Replication,
    Screening,
    Support,
)
from ideas.newsletters import draw_newsletter, newsletter_content
from ideas.registers import draw_register, register_content
from jobs.mail import compose
from jobs.models import Letter
from meetings.actions import complete_agenda
from meetings.models import Meeting
from tests.access_ideas import ADDRESSES as IDEA_ADDRESSES
from tests.access_rules import OK
from tests.access_table import ADDRESSES
from tests.access_world import World, build_world, undone
from tests.hostile import TYPED
from tests.ideas.hostile import (
    BREAKS,
    EVALUATED,
    FIELDS,
    HEADER,
    LINKS,
    MARKS,
    faults_in,
    filled,
    forms_on,
    made_of,
    poison_everything,
    shown_in,
)
from tests.ideas.pilots import ROWS, measure
from tests.ideas.register import make_idea
from tests.ideas.scores import close_round, give_score
from tests.ideas.showcase import make_award
from tests.ideas.spreading import make_initiative as make_spreading
from tests.ideas.spreading import take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]

OTHERS = ("member", "elsewhere_head", "district_head", "anonymous")
SPAN = (date(2026, 7, 1), date(2027, 6, 30))
DETAILS = {
    "detail": Idea,
    "pilot_detail": Pilot,
    "replication_detail": Replication,
    "screening_detail": Screening,
    "award_detail": Award,
}
HEADERS = {
    *("Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "Reply-To"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}
# What no page shows, and why.
SHOWN_NOWHERE = {
    "Award.memo_number": "on the certificate alone",
    "Criterion.help_en": "in English",
    "Criterion.name_en": "in English",
    "Subscription.email": "in letters",
    "Subscription.name": "in letters",
    "Support.email": "in letters",
}


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        enrich(world)
        poison_everything()
        live_on(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def in_november(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def enrich(world: World) -> None:
    """One of whatever can be written that the walk of access does not need."""
    country, things = world.country, world.things["draft"].addresses
    office, head = country.upazila, country["upazila.head"]
    declined = Idea.objects.get(code=things["declined_code"][0])
    appeal_idea(idea=declined, text="আবার দেখুন", by=None)
    told = [declined, *(make_idea(office, by=head) for _ in range(2))]
    for idea in told:
        Contact.objects.create(idea=idea, email="x@example.test", phone="01700000000")
    merge_idea(idea=told[1], into=told[2], by=head)
    shared = Idea.objects.get(pk=things["open_idea"][0])
    Support.objects.create(idea=shared, note="ক", name="ক", email="y@example.test")
    score = {"idea": shared, "by": country["upazila.member"], "note": "ক"}
    give_score(**score)
    close_round(shared, by=head)
    pilots = Pilot.objects.filter(idea__office=office)
    measure(pilots.get(pk=things["pilot"][0]), by=head)
    ended = make_idea(office, by=head, status="stopped")
    Pilot.objects.filter(idea=ended).update(results="ক")
    event, award = (
        model.objects.get(pk=things[name][0])
        for model, name in ((Event, "public_event"), (Award, "award"))
    )
    Award.objects.filter(pk=award.pk).update(event=event)
    revoke_award(award=make_award(office, by=head), reason="ভুল", by=head)
    replication = Replication.objects.get(pk=things["replication"][0])
    save_measures(of=replication, rows=ROWS, people=People(9, "ক"), by=head)
    for_others = make_spreading(country.elsewhere, by=country["elsewhere.head"], title="খ")
    dropped = take(for_others, office, by=head)
    drop_replication(replication=dropped, reason="জনবল নেই", by=head)
    (asked,) = recommend_idea(
        idea=make_spreading(country.elsewhere, by=country["elsewhere.head"], title="গ").idea,
        offices=[office],
        made_for=country.district,
        reference="সভা",
        by=country["district.head"],
    )
    refuse_recommendation(recommendation=asked, reason="সেবা নেই", by=head)
    IdeaImport.objects.update(filename="তালিকা.docx")


def live_on(world: World) -> None:
    """What is written from those words: records, letters, agendas, a printed newsletter."""
    country = world.country
    head = country["upazila.head"]
    things = world.things["draft"].addresses
    Idea.objects.filter(status="received").update(is_shared=True)
    forward_idea(
        idea=Idea.objects.filter(office=country.upazila, status="held").first(),
        to=country.sibling,
        by=head,
    )
    Contact.objects.filter(idea__merged__isnull=False).update(email="x@example.test")
    told = Idea.objects.get(contact__isnull=False, merged__isnull=False)
    move_idea(idea=told, step=DECLINE, by=head, reason=TYPED)
    merge_into = Idea.objects.get(pk=things["survivor"][0])
    merge_idea(idea=Idea.objects.get(pk=things["double"][0]), into=merge_into, by=head)
    sent = Newsletter.objects.get(pk=things["sent_newsletter"][0])
    Newsletter.objects.filter(pk=sent.pk).update(
        status="draft", published_at=None, published_by=None
    )
    # What was sent with other words before would not be sent again.
    Letter.objects.filter(key__startswith="ideas.newsletter").delete()
    NewsletterDocument.objects.filter(newsletter=sent).delete()
    sent.refresh_from_db()
    publish_newsletter(newsletter=sent, by=head)
    complete_agenda(
        Meeting.objects.get(pk=world.things["meeting:draft"].addresses["meeting"][0]), by=head
    )


def text_of(response: HttpResponse) -> str:
    if response.streaming:
        response.getvalue()
        return ""
    if not response.get("Content-Type", "").startswith(("text/html", "application/json")):
        return ""
    if "json" in response["Content-Type"]:
        answered = response.json()
        values = answered.values() if isinstance(answered, dict) else ()
        return "".join(value for value in values if isinstance(value, str))
    return response.content.decode()


# --- Pages ------------------------------------------------------------------------------------
def pages(world: World) -> Iterator[tuple[str, str, str]]:
    """Every page with who reads it: all rooms for the head, this one for the others."""
    for name, address in ADDRESSES.items():
        everybody = ("head", *OTHERS) if name in IDEA_ADDRESSES else ("head",)
        for person in everybody:
            if address.outcome("GET", address.draft, person) == OK:
                yield name, world.url(name, address.about, address.draft), person
    # Of each kind the walk of access knows one; here all there are.
    for name, model in DETAILS.items():
        for thing in model.objects.all():
            yield f"ideas:{name}", reverse(f"ideas:{name}", args=[thing.pk]), "head"
    for idea in Idea.objects.all():
        yield "public:follow", reverse("public:follow", args=[idea.code]), "anonymous"
    for award in Award.objects.all():
        yield "public:verify_code", reverse("public:verify_code", args=[award.code]), "anonymous"


def test_words_stay_words_on_every_page(world: World) -> None:
    faults, shown = [], set()
    for name, url, person in pages(world):
        with undone():
            html = text_of(world.client(person).get(url))
        shown |= shown_in(html)
        faults += [f"{name} by {person}: {fault}" for fault in faults_in(html)]
    assert faults == []
    assert sorted(set(MARKS.values()) - shown) == sorted(SHOWN_NOWHERE)


def test_words_asked_for_in_an_address_stay_words(world: World) -> None:
    """A search that finds nothing says what was searched for, and filters keep their words."""
    asked = dict.fromkeys(("q", "page", "year", "show", "state", "post", "into", "kind"), BREAKS)
    faults = []
    for name, url, person in pages(world):
        if person == "head" and resolve(url).kwargs == {}:
            with undone():
                html = text_of(world.client(person).get(url, asked))
            faults += [f"{name}: {fault}" for fault in faults_in(html)]
    assert faults == []


# --- Forms ------------------------------------------------------------------------------------
def test_words_typed_into_forms_stay_words_in_whatever_is_answered(world: World) -> None:
    """The page that follows, the form with its words kept (422), and both texts (409)."""
    faults, statuses, seen = [], {}, set()
    for _page, url, person in pages(world):
        if person not in ("head", "anonymous"):
            continue
        client = world.client(person)
        html = text_of(client.get(url))
        for name, action, fields, written in (
            forms_on(html, url, IDEA_ADDRESSES) if "<form" in html else ()
        ):
            if (name, tuple(fields)) in seen:
                continue
            seen.add((name, tuple(fields)))
            for form in filled(fields, written):
                with undone():
                    response = client.post(action, form, follow=True)
                    faults += [f"{name}: {fault}" for fault in faults_in(text_of(response))]
                statuses.setdefault(response.status_code, set()).add(name)
    print({k: sorted(v) for k, v in statuses.items()})
    assert faults == []
    assert set(statuses) <= {200, 403, 404, 409, 422}
    assert len(statuses[409]) > 5
    assert len(statuses[422]) > 20


def test_address_of_a_video_leads_nowhere_but_to_a_page(world: World) -> None:
    client = world.client("head")
    initiative = Initiative.objects.get(pk=world.things["draft"].addresses["initiative"][0])
    url = reverse("ideas:initiative_update", args=[initiative.pk])
    for link in (*LINKS, f"https://x.test/{BREAKS}", f"https://x.test/{HEADER}", "//x", "http://x"):
        form = {"version": initiative.version, "title": "ক", "summary": "ক", "video_url": link}
        with undone():
            response = client.post(url, form)
            assert response.status_code == 422, link
            assert faults_in(text_of(response)) == []


# --- Letters ----------------------------------------------------------------------------------
def test_letters_are_plain_text_with_no_header_of_their_own(world: World) -> None:
    letters = list(Letter.objects.filter(key__startswith="ideas."))
    assert {letter.key.split(":")[0] for letter in letters} >= {"ideas.newsletter", "ideas.state"}
    assert any(BREAKS[:40] in letter.subject for letter in letters)
    for letter in letters:
        with undone():
            Letter.objects.filter(pk=letter.pk).update(to_name=f"{BREAKS}"[:100])
            letter.refresh_from_db()
            message = message_from_bytes(
                compose(letter, []).message().as_bytes(), policy=policy.default
            )
        assert set(message.keys()) <= HEADERS
        assert message.get_content_type() == "text/plain"
        assert "evil@evil.test" not in [address.addr_spec for address in message["To"].addresses]
        assert not any(one in letter.body for one in EVALUATED)


# --- Papers -----------------------------------------------------------------------------------
def drawn(world: World) -> dict[str, bytes]:
    """Each paper of the room as the worker draws it."""
    office = world.country.upazila
    newsletter = Newsletter.objects.get(pk=world.things["draft"].addresses["newsletter"][0])
    award = Award.objects.exclude(event=None).first()
    return {
        "certificate": draw_certificate(certificate_content(award, None)),
        "newsletter": draw_newsletter(newsletter_content(newsletter, is_draft=False)),
        "register": draw_register(register_content(office, "register", *SPAN)),
        "database": draw_register(register_content(office, "database", *SPAN)),
    }


def test_papers_show_the_words_and_fetch_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """What a paper asks for and is not given is a line in WeasyPrint's log."""
    with caplog.at_level("WARNING", logger="weasyprint"):
        papers = drawn(world)
    assert [line.getMessage() for line in caplog.records] == []
    for name, paper in papers.items():
        words = squeeze(extract(paper, reader="pdfium"))
        assert squeeze("<img src=x onerror=evil()>") in words, name
        assert squeeze('{% now "Y" %}') in words, name
        with pikepdf.open(BytesIO(paper)) as pdf:
            assert not {"/AA", "/OpenAction", "/AcroForm"} & set(pdf.Root.keys())
            links = [
                each.A for page in pdf.pages for each in page.get("/Annots", []) if "/A" in each
            ]
            assert links == []


def test_files_to_work_on_hold_no_formula_and_no_link(world: World) -> None:
    client, found = world.client("head"), set()
    for kind in ("register", "database"):
        for name in ("docx", "xlsx"):
            asked = {"office": world.country.upazila.pk, "kind": kind, "year": "2026-2027"}
            file = client.get(reverse(f"ideas:register_{name}"), asked).getvalue()
            with ZipFile(BytesIO(file)) as package:
                parts = {
                    part: package.read(part).decode(errors="replace") for part in package.namelist()
                }
            assert not any('TargetMode="External"' in part for part in parts.values())
            assert not any("instrText" in part or "<f>" in part for part in parts.values())
            assert not [part for part in parts if "externalLink" in part or "vba" in part.lower()]
            found |= shown_in("".join(parts.values()))
    assert {"Idea.title", "Idea.submitter_name", "Pilot.place"} <= found


def test_cell_that_begins_like_a_formula_is_text(world: World) -> None:
    client = world.client("head")
    with undone():
        for field in Idea._meta.get_fields():
            if FIELDS.get(field):
                rows = Idea.objects.filter(office=world.country.upazila).exclude(**{field.name: ""})
                rows.update(**{field.name: '=HYPERLINK("http://x.test")'})
        asked = {"office": world.country.upazila.pk, "kind": "register", "year": "2026-2027"}
        file = client.get(reverse("ideas:register_xlsx"), asked).getvalue()
    cells = [cell for row in load_workbook(BytesIO(file)).active.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


# --- The tests themselves ---------------------------------------------------------------------
@pytest.mark.parametrize(
    "page",
    [
        f"<p>{BREAKS}</p>",
        f'<p title="{BREAKS}">',
        f"<textarea>{BREAKS}</textarea>",
        f"<p title='{BREAKS}'>",
        *(f'<a href="{link}">' for link in LINKS),
    ],
)
def test_words_that_become_markup_are_noticed(page: str) -> None:
    assert made_of(page)
    assert made_of(f"<!doctype html><html><body>{page}</body></html>")
