"""What somebody could learn of ideas without opening a closed door.

One team works with ideas in every way; a distinctive word stands in everything that has to stay
inside. Then each outsider opens every address there is, for everything of that team, and the words
are looked for in what comes back: pages, headers, files.
"""

import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from bangla.digits import to_bangla
from ideas.actions import (
    AwardText,
    EventText,
    InitiativeText,
    PilotPlan,
    RiskText,
    ScoreWords,
    VisitText,
    add_entry,
    add_file,
    add_risk,
    add_visit,
    appeal_idea,
    close_screening,
    create_event,
    drop_replication,
    finish_score,
    forward_idea,
    give_award,
    keep_import,
    merge_idea,
    move_idea,
    office_names,
    publish_event,
    recommend_idea,
    refuse_recommendation,
    support_idea,
    update_idea,
    update_initiative,
    update_pilot,
    withdraw_initiative,
)
from ideas.actions.newsletters import PieceText, add_news, create_newsletter
from ideas.actions.register import IdeaText
from ideas.codes import new_code
from ideas.enums import SHORTLIST, FilePurpose, IdeaStatus, RegisterKind
from ideas.importers import read_list
from ideas.models import (
    Award,
    Contact,
    Criterion,
    Event,
    Idea,
    Initiative,
    Screening,
    Subscription,
    Support,
)
from ideas.newsletters import half_year_of
from ideas.registers import order_register, register_content
from jobs.models import Job, Letter
from teams.models import AuditEntry, PostHolding, User
from teams.uploads import CleanFile
from tests.access_ideas import ADDRESSES
from tests.factories import Country, client_of, make_country, make_officer
from tests.ideas.importers.lists import lines
from tests.ideas.pilots import picture_bytes
from tests.ideas.register import make_idea
from tests.ideas.showcase import TEXT as PAGE
from tests.ideas.showcase import make_initiative, make_picture
from tests.ideas.spreading import make_initiative as make_proven
from tests.ideas.spreading import take
from tests.pages import texts_of

pytestmark = pytest.mark.django_db

TODAY = datetime(2026, 11, 21, 6, tzinfo=UTC)
# A word for everything that stays inside; none of them is part of another.
EMAIL, PHONE = "zq-contact@mail.test", "01799887766"
SECRETS = {
    "contact": EMAIL,
    "phone": PHONE,
    "submitter": "zqsubmitter",
    "unread idea": "zqunread",
    "held text": "zqheld",
    "discarded text": "zqdiscarded",
    "decline reason": "zqdeclined",
    "appeal": "zqappeal",
    "score note": "zqscore",
    "supporter's name": "zqsupporter",
    "supporter's note": "zqnote",
    "supporter's address": "zq-supporter@mail.test",
    "kept back": "zqkeptback",
    "file name": "zqfile",
    "mentor": "zqmentor",
    "risk": "zqrisk",
    "visit": "zqvisit",
    "draft page": "zqdraftpage",
    "withdrawn page": "zqwithdrawn",
    "register's title of a page": "zqregistertitle",
    "unpublished event": "zqevent",
    "newsletter draft": "zqnewsletter",
    "subscriber": "zq-subscriber@mail.test",
    "list brought in": "zqimported",
    "refused recommendation": "zqrefused",
    "adaptation": "zqadapted",
    "drop reason": "zqdropped",
}
# The parts of the world that are another office's business.
OF_THE_SISTER = {"refused recommendation", "adaptation", "drop reason"}
INSIDE_PICTURES = {"visit picture": "navy", "draft picture": "maroon"}
AWARD = AwardText(title="স্বীকৃতি", recipient_name="দল", citation="কাজ", given_on=date(2020, 1, 1))
OUTSIDERS = (
    *("district.head", "reviewer", "elsewhere.head", "administrator", "nobody"),
    *("former", "anonymous"),
)


@dataclass
class World:
    """`things` has the numbers of everything, by the name the access tables call it."""

    country: Country
    former: User
    things: dict[str, list[int]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        if name == "anonymous":
            return Client()
        return client_of(self.former if name == "former" else self.country[name])


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(TODAY):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World, today: object) -> World:
    return _world


# --- The world ---------------------------------------------------------------------------------
def build() -> World:
    country = make_country()
    former = make_officer(country.upazila)
    today = timezone.localdate()
    PostHolding.objects.filter(person=former).update(ends_on=today - timedelta(days=1))
    world = World(country, former)
    for make in (_ideas, _pilot, _shown, _spread, _papers):
        world.things |= make(world)
    # One address answers for files of every purpose.
    world.things["idea_file"] += world.things["visit_picture"] + world.things["page_picture"]
    return world


def _words(name: str) -> dict[str, object]:
    """An idea's words with a secret in each."""
    word = SECRETS[name]
    return {"title": f"{word} শিরোনাম", "description": f"{word} কথা", "problem": word}


def _ideas(world: World) -> dict[str, list[int]]:
    office, head = world.country.upazila, world.country["upazila.head"]
    unread = make_idea(
        office, by=head, submitter_name=SECRETS["submitter"], **_words("unread idea")
    )
    Contact.objects.create(idea=unread, email=EMAIL, phone=PHONE)
    file = add_file(
        idea=unread,
        clean=CleanFile(picture_bytes("olive"), "image/png", "png"),
        purpose=FilePurpose.ATTACHMENT,
        by=head,
        filename=SECRETS["file name"],
    )
    world.pictures["attachment"] = picture_bytes("olive")
    held = make_idea(office, by=head, status=IdeaStatus.HELD, **_words("held text"))
    discarded = make_idea(office, by=head, status=IdeaStatus.DISCARDED, **_words("discarded text"))
    declined = make_idea(office, by=head, status=IdeaStatus.DECLINED)
    Idea.objects.filter(pk=declined.pk).update(decline_reason=SECRETS["decline reason"])
    declined.refresh_from_db()
    appeal_idea(idea=declined, text=SECRETS["appeal"], by=None)
    refused = make_idea(office, by=head, status=IdeaStatus.DECLINED)
    Idea.objects.filter(pk=refused.pk).update(decline_reason=SECRETS["decline reason"])
    scored = make_idea(office, by=head)
    points = dict.fromkeys(Criterion.objects.values_list("pk", flat=True), 3)
    note = ScoreWords(points=points, note=SECRETS["score note"])
    finish_score(idea=scored, version=0, words=note, by=head)
    round_ = Screening.objects.get(idea=scored)
    close_screening(screening=round_, by=head)
    # Everybody may read this one, but not who stood by it.
    open_idea = make_idea(office, by=head, status=IdeaStatus.SHORTLISTED, title="সবার জন্য খোলা")
    support_idea(
        idea=open_idea,
        by=None,
        note=SECRETS["supporter's note"],
        name=SECRETS["supporter's name"],
        email=SECRETS["supporter's address"],
    )
    kept = make_idea(office, by=head, status=IdeaStatus.SHORTLISTED, **_words("kept back"))
    Idea.objects.filter(pk=kept.pk).update(is_shared=False)
    ideas = (unread, held, discarded, declined, refused, scored, kept, open_idea)
    return {
        "idea": [idea.pk for idea in ideas],
        "idea_file": [file.pk],
        "screening": [round_.pk],
    }


def _pilot(world: World) -> dict[str, list[int]]:
    office, head = world.country.upazila, world.country["upazila.head"]
    pilot = make_idea(office, by=head, status=IdeaStatus.PILOTING).pilot
    plan = PilotPlan(place="হাট", mentor=SECRETS["mentor"])
    update_pilot(pilot=pilot, version=pilot.version, plan=plan, by=head)
    risk = add_risk(pilot=pilot, words=RiskText(SECRETS["risk"]), by=head)
    picture = picture_bytes(INSIDE_PICTURES["visit picture"])
    world.pictures["visit picture"] = picture
    visit = add_visit(
        pilot=pilot,
        words=VisitText(date(2020, 1, 1), "পরিদর্শক", SECRETS["visit"]),
        pictures=[CleanFile(picture, "image/png", "png")],
        by=head,
    )
    return {
        "pilot": [pilot.pk],
        "risk": [risk.pk],
        "visit": [visit.pk],
        "visit_picture": [visit.files.get().pk],
    }


def _shown(world: World) -> dict[str, list[int]]:
    office, head = world.country.upazila, world.country["upazila.head"]
    draft = make_initiative(office, by=head, text=replace(PAGE, title=SECRETS["draft page"]))
    picture = make_picture(draft, by=head)
    with picture.document.file.open("rb") as kept:
        world.pictures["draft picture"] = kept.read()
    # Withdrawn, and rewritten since: those words were never anybody else's.
    gone = make_initiative(office, by=head, status="published")
    event = _event(world, "জেলা শোকেসিং", gone)
    withdraw_initiative(initiative=gone, by=head)
    gone.refresh_from_db()
    words = InitiativeText(title=SECRETS["withdrawn page"], summary=SECRETS["withdrawn page"])
    update_initiative(initiative=gone, version=gone.version, text=words, by=head)
    publish_event(event=event, is_published=True, by=head)
    hidden = _event(world, SECRETS["unpublished event"])
    return {
        "initiative": [draft.pk, gone.pk],
        "page_picture": [picture.pk],
        "showcase_event": [hidden.pk],
        "event_entry": [event.entries.get().pk],
        "public_event": [event.pk, hidden.pk],
    }


def _event(world: World, title: str, *shown: Initiative) -> Event:
    head = world.country["upazila.head"]
    text = EventText(title=title, held_on=date(2020, 11, 20), place="কক্ষ")
    event = create_event(office=world.country.upazila, text=text, by=head)
    for one in shown:
        add_entry(event=event, initiative=one, by=head)
    return event


def _spread(world: World) -> dict[str, list[int]]:
    """A proven initiative; the sister took it, changed it, dropped it; and was asked again."""
    country = world.country
    head, sister = country["upazila.head"], country["sibling.head"]
    title = SECRETS["register's title of a page"]
    proven = make_proven(country.upazila, by=head, title="প্রকাশিত উদ্যোগ")
    other = make_proven(country.upazila, by=head, title="আরেকটি প্রকাশিত উদ্যোগ")
    Idea.objects.filter(pk=proven.idea_id).update(title=title, is_shared=False)
    dropped = take(proven, country.sibling, by=sister, adaptations=SECRETS["adaptation"])
    drop_replication(replication=dropped, reason=SECRETS["drop reason"], by=sister)
    (asked,) = recommend_idea(
        idea=other.idea,
        offices=[country.sibling],
        made_for=country.district,
        reference="সভার সিদ্ধান্ত",
        by=country["district.head"],
    )
    refuse_recommendation(recommendation=asked, reason=SECRETS["refused recommendation"], by=sister)
    return {
        "replication": [dropped.pk],
        "recommendation": [asked.pk],
        "offered_initiative": [proven.pk, other.pk],
    }


def _papers(world: World) -> dict[str, list[int]]:
    office, head = world.country.upazila, world.country["upazila.head"]
    newsletter = create_newsletter(
        office=office, period=half_year_of(date(2020, 1, 1)), title="বার্তা", by=head
    )
    piece = add_news(
        newsletter=newsletter,
        text=PieceText(SECRETS["newsletter draft"], "লেখা"),
        picture=None,
        by=head,
        form_key=uuid.uuid4(),
    )
    Subscription.objects.create(
        office=office, email=SECRETS["subscriber"], confirmed_at=timezone.now()
    )
    rows = lines(
        "ধারণার শিরোনাম | বিবরণ | অবস্থা | সাল", f"{SECRETS['list brought in']} | ক | প্রাপ্ত | ২০১৮"
    )
    found = read_list(rows, names=office_names(office), today=timezone.localdate())
    kept = keep_import(office=office, found=found, filename="", by=head)
    printed = order_register(
        office=office,
        kind=RegisterKind.REGISTER,
        starts_on=date(2020, 7, 1),
        ends_on=date(2030, 6, 30),
        by=head,
    )
    award = give_award(office=office, text=AWARD, by=head)
    return {
        "newsletter": [newsletter.pk],
        "sent_newsletter": [newsletter.pk],
        "piece": [piece.pk],
        "idea_import": [kept.pk],
        "register_document": [printed.pk],
        "award": [award.pk],
        "certificate": [award.certificates.get().pk],
    }


# --- Opening everything ------------------------------------------------------------------------
# What one thing is also called in the access tables, where it stands in several states.
ALSO_CALLED = {
    "planned_pilot": "pilot",
    "failed_register_document": "register_document",
    "published_initiative": "initiative",
    "withdrawn_initiative": "initiative",
    "public_picture": "page_picture",
    "failed_certificate": "certificate",
    "newsletter_document": "newsletter",
    "failed_newsletter_document": "newsletter",
    **dict.fromkeys(("double", "joined", "survivor"), "idea"),
}
OTHER_ROOMS = ("duties:home", "workplans:list", "reports:list", "meetings:list")
OTHER_ROOMS += ("meetings:decision_list", "meetings:search", "meetings:statistics")


def args_of(world: World, about: str) -> list[list[object]]:
    """The ends of all addresses about this kind of thing; of codes, one that nobody has."""
    if about == "" or about in ("declined_code", "award_code", "subscription"):
        unknown = {"": [], "subscription": [uuid.uuid4()]}
        return [unknown.get(about, [new_code()])]
    if about in ("office", "office_with_box"):
        return [[world.country.upazila.code]]
    if about == "newsletter_picture":
        return [[pk, 1] for pk in world.things["newsletter"]]
    name = ALSO_CALLED.get(about, about)
    if name not in world.things and name.endswith("_idea"):
        name = "idea"
    return [[pk] for pk in world.things[name]]


def queries_of(world: World) -> dict[str, tuple[str, ...]]:
    """What else can be asked at some addresses."""
    office = world.country.upazila.pk
    ideas = "&".join(f"idea={pk}" for pk in world.things["idea"])
    paper = f"?office={office}&kind=register&year=2026-2027"
    return {
        "ideas:list": ("?q=zq",),
        "ideas:held_list": ("?show=discarded",),
        "ideas:slips": (f"?{ideas}",),
        "ideas:screening_list": (f"?office={office}",),
        "ideas:pilot_list": ("?show=planned", "?show=ended"),
        "ideas:award_create": (f"?office={office}&{ideas}",),
        "ideas:replication_list": ("?show=ours", "?show=elsewhere", "?show=asked", "?show=given"),
        "ideas:register_papers": (paper,),
        "ideas:register_docx": (paper,),
        "ideas:register_xlsx": (paper,),
        "public:initiative_list": ("?q=zq",),
        "public:newsletter_list": (f"?office={world.country.upazila.code}",),
        "meetings:search": ("?q=zq",),
    }


def addresses(world: World) -> Iterator[str]:
    queries = queries_of(world)
    for name, address in ADDRESSES.items():
        for args in args_of(world, address.about):
            url = reverse(name, args=args)
            yield from (url, *(f"{url}{query}" for query in queries.get(name, ())))
    for name in OTHER_ROOMS:
        yield from (reverse(name) + query for query in ("", *queries.get(name, ())))


def everything(response: HttpResponse) -> bytes:
    """All that an answer says: page or file, unpacked if it is packed, and its headers."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return content + unquote(headers).encode()


def found_by(client: Client, world: World) -> dict[str, str]:
    """Which of the things inside a person finds, and where first."""
    needles = [(name, word.encode()) for name, word in SECRETS.items()]
    needles += [("phone", to_bangla(PHONE).encode()), *world.pictures.items()]
    found: dict[str, str] = {}
    for url in addresses(world):
        said = everything(client.get(url))
        for name, needle in needles:
            if needle in said:
                found.setdefault(name, url)
    return found


# --- From outside ------------------------------------------------------------------------------
@pytest.mark.parametrize("person", OUTSIDERS)
def test_outsider_finds_nothing_of_what_is_inside(world: World, person: str) -> None:
    found = found_by(world.client(person), world)
    # Who recommended something reads the answer.
    allowed = {"refused recommendation"} if person == "district.head" else set()
    assert set(found) <= allowed, found


def test_sister_office_finds_only_its_own(world: World) -> None:
    found = found_by(world.client("sibling.head"), world)
    assert set(found) == OF_THE_SISTER, found


def test_team_finds_all_but_what_another_office_answered(world: World) -> None:
    """The control of the others: every word is really there to be found."""
    found = found_by(world.client("upazila.head"), world)
    inside = {"refused recommendation", "supporter's address"}
    assert set(SECRETS) | set(world.pictures) == set(found) | inside
    assert not set(found) & inside


def test_hidden_things_answer_as_things_that_are_not_there(world: World) -> None:
    for person in ("sibling.head", "district.head", "administrator"):
        client = world.client(person)
        for name in ("detail", "pilot_detail", "initiative_detail", "file", "award_detail"):
            about = ADDRESSES[f"ideas:{name}"].about
            hidden, none = (
                client.get(reverse(f"ideas:{name}", args=[pk]))
                for pk in (world.things[ALSO_CALLED.get(about, about)][0], 999_999)
            )
            assert (hidden.status_code, none.status_code) == (404, 404)
            assert texts_of(hidden, "main") == texts_of(none, "main")


def test_what_is_written_about_an_idea_names_no_contact(world: World) -> None:
    """Neither the record of who did what nor a job; a letter only to the one it is for."""
    written = repr(list(AuditEntry.objects.values_list("before", "after")))
    written += repr(list(Job.objects.values_list("payload", flat=True)))
    for name in ("contact", "phone", "supporter's name", "supporter's note", "score note"):
        assert SECRETS[name] not in written, name
    for letter in Letter.objects.all():
        others = {SECRETS["contact"], SECRETS["supporter's address"]} - {letter.to_address}
        assert not [word for word in others if word in letter.body + letter.subject]


def test_no_shared_cache_keeps_what_the_team_reads(world: World) -> None:
    client = world.client("upazila.head")
    for url in addresses(world):
        if url.startswith("/ideas/"):
            response = client.get(url)
            everything(response)
            assert response.status_code != 200 or "private" in response["Cache-Control"], url


def test_secret_addresses_are_kept_by_nobody_and_found_by_no_search_engine(world: World) -> None:
    token = Subscription.objects.get(email=SECRETS["subscriber"]).token
    code = Support.objects.get(name=SECRETS["supporter's name"]).code
    for url in (
        reverse("public:subscription_confirm", args=[token]),
        reverse("public:unsubscribe", args=[token]),
        reverse("public:follow", args=[code]),
    ):
        response = Client().get(url)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"


# --- Guessing at words -------------------------------------------------------------------------
def asked(words: str, client: Client | None = None) -> str:
    page = (client or Client()).post(reverse("public:similar"), {"description": words})
    assert page.status_code == 200
    return page.content.decode()


def test_words_typed_lead_a_stranger_to_nothing_inside(world: World) -> None:
    for client in (Client(), world.client("sibling.head"), world.client("administrator")):
        for name in ("unread idea", "held text", "discarded text", "kept back"):
            assert SECRETS[name] not in asked(f"{SECRETS[name]} শিরোনাম কথা", client), name


@pytest.fixture
def merged(world: World) -> tuple[Idea, Idea]:
    """An idea kept back by its submitter, gone on as part of one that everybody may know."""
    head = world.country["upazila.head"]
    texts = (("টিয়াপাখির খাঁচা", "মরিচক্ষেত পাহারা"), ("হালখাতার পঞ্জিকা", "বৈশাখী মেলা"))
    kept, into = (
        make_idea(world.country.upazila, by=head, title=title, description=words, benefit="")
        for title, words in texts
    )
    Idea.objects.filter(pk=kept.pk).update(is_shared=False)
    kept.refresh_from_db()
    merge_idea(idea=kept, into=into, by=head)
    move_idea(idea=into, step=SHORTLIST, by=head)
    return kept, into


def test_words_kept_back_cannot_be_guessed_at_through_what_they_were_merged_into(
    world: World, merged: tuple[Idea, Idea]
) -> None:
    kept, into = merged
    words = f"{kept.title} {kept.description}"
    assert into.title in asked(into.title)
    assert into.title not in asked(words)
    assert into.title not in asked(words, world.client("sibling.head"))
    # Its own team finds what became of it.
    assert into.title in asked(words, world.client("upazila.member"))


def test_nobody_learns_by_counting_that_an_idea_was_merged(merged: tuple[Idea, Idea]) -> None:
    kept, into = merged
    assert Client().get(reverse("public:support", args=[into.pk])).status_code == 200
    assert Client().get(reverse("public:support", args=[kept.pk])).status_code == 404


# --- Whoever holds a code ----------------------------------------------------------------------
def followed(code: str) -> str:
    return Client().get(reverse("public:follow", args=[code])).content.decode()


def test_submitter_reads_nothing_of_somebody_elses_idea_that_nobody_has_read(world: World) -> None:
    head = world.country["upazila.head"]
    mine, theirs = (make_idea(world.country.upazila, by=head, title=t) for t in ("এক", "zqother"))
    merge_idea(idea=mine, into=theirs, by=head)
    assert "zqother" not in followed(mine.code)
    move_idea(idea=theirs, step=SHORTLIST, by=head)
    assert "zqother" in followed(mine.code)


def test_code_opens_no_word_but_the_title_and_the_reason(world: World) -> None:
    """The code is held by many hands; it opens the way of the idea, not the idea."""
    for idea in Idea.objects.filter(pk__in=world.things["idea"]):
        said = followed(idea.code).replace(idea.title, "")
        assert {name for name, word in SECRETS.items() if word in said} <= {"decline reason"}
    supporter = Support.objects.get(name=SECRETS["supporter's name"])
    assert not [name for name, word in SECRETS.items() if word in followed(supporter.code)]


def test_office_that_sent_an_idea_on_reads_nothing_of_its_later_life(world: World) -> None:
    country = world.country
    idea = make_idea(country.upazila, by=country["upazila.head"], title="পাঠানো আইডিয়া")
    forward_idea(idea=idea, to=country.sibling, by=country["upazila.head"])
    idea = Idea.objects.get(pk=idea.pk)
    words = replace(IdeaText.of(idea), title="zqlater", description="zqlater", problem="zqlater")
    update_idea(idea=idea, version=idea.version, text=words, by=country["sibling.head"])
    client = client_of(country["upazila.head"])
    assert client.get(idea.get_absolute_url()).status_code == 404
    listed = client.get(reverse("ideas:forwarded_list")).content.decode()
    assert "পাঠানো আইডিয়া" in listed
    assert "zqlater" not in listed


# --- From office to office -----------------------------------------------------------------------
def test_title_in_the_register_stays_there_when_another_office_gives_an_award(
    world: World,
) -> None:
    """Any office may show a published page at its event, and honour it."""
    office, head = world.country.sibling, world.country["sibling.head"]
    published = Initiative.objects.get(pk=world.things["offered_initiative"][0])
    text = EventText(title="মেলা", held_on=date(2020, 11, 20), place="")
    event = create_event(office=office, text=text, by=head)
    add_entry(event=event, initiative=published, by=head)
    award = give_award(office=office, text=replace(AWARD, idea=published.idea), by=head)
    client = client_of(head)
    for url in (
        reverse("ideas:award_create"),
        award.get_absolute_url(),
        reverse("public:verify_code", args=[award.code]),
    ):
        said = client.get(url).content.decode()
        assert published.title in said
        assert SECRETS["register's title of a page"] not in said


def test_database_of_another_office_calls_an_idea_by_its_page(world: World) -> None:
    """Also when the page is withdrawn: what stood in the register was kept back."""
    office, sister = world.country.sibling, world.country["sibling.head"]
    initiative = Initiative.objects.get(pk=world.things["offered_initiative"][0])
    take(initiative, office, by=sister)
    withdraw_initiative(initiative=initiative, by=world.country["upazila.head"])
    span = (date(2026, 7, 1), date(2027, 6, 30))
    said = repr(register_content(office, RegisterKind.DATABASE, *span))
    assert initiative.title in said
    assert SECRETS["register's title of a page"] not in said


def test_supporters_name_stays_with_the_office_it_was_given_to(world: World) -> None:
    country = world.country
    theirs = make_idea(country.sibling, by=country["sibling.head"], status="shortlisted")
    ours = make_idea(country.upazila, by=country["upazila.head"], status="shortlisted")
    support_idea(idea=ours, by=None, name="zqname", note="আমাদেরও দরকার")
    own = client_of(country["upazila.head"]).get(ours.get_absolute_url()).content.decode()
    assert "zqname" in own
    merge_idea(idea=ours, into=theirs, by=country["upazila.head"])
    page = client_of(country["sibling.head"]).get(theirs.get_absolute_url()).content.decode()
    assert "আমাদেরও দরকার" in page
    assert "zqname" not in page


def test_newsletter_names_no_page_that_was_withdrawn(world: World) -> None:
    """The event shown in it was held with a page that nobody reads any more."""
    newsletter = create_newsletter(
        office=world.country.upazila,
        period=half_year_of(date(2020, 11, 20)),
        title="বার্তা",
        by=world.country["upazila.head"],
    )
    pieces = list(newsletter.pieces.values_list("title", "text"))
    assert "জেলা শোকেসিং" in [title for title, _text in pieces]
    assert SECRETS["withdrawn page"] not in repr(pieces)


# --- Codes ---------------------------------------------------------------------------------------
def test_code_that_is_taken_is_drawn_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An idea's and a supporter's open the same page: neither may be the other's."""
    office = world.country.upazila
    known = Idea.objects.get(pk=world.things["idea"][0])
    supporter = Support.objects.latest("pk")
    fresh = new_code()
    drawn = iter([supporter.code, known.code, fresh])
    monkeypatch.setattr("ideas.models.ideas.new_code", lambda: next(drawn))
    idea = Idea(office=office, title="ক", description="খ", code=known.code)
    idea.save()
    assert idea.code == fresh
    known.save()
    assert known.code != fresh  # what was given out stays
    support = Support(idea=idea, code=fresh)
    monkeypatch.setattr("ideas.models.ideas.new_code", new_code)
    support.save()
    assert support.code not in (fresh, known.code, supporter.code)


def test_certificate_has_a_code_of_its_own(world: World) -> None:
    head = world.country["upazila.head"]
    given = Award.objects.get(pk=world.things["award"][0])
    fields = {name: getattr(AWARD, name) for name in AwardText.__dataclass_fields__}
    award = Award(office=given.office, code=given.code, created_by=head, **fields)
    award.save()
    assert award.code != given.code
