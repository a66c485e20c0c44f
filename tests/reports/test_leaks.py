"""What somebody could learn of reports without opening a closed door.

One team has sent reports, and everybody's pages are kept as they are then. Now a distinctive word
is written into everything that has to stay inside: into drafts, what is rewritten after a return,
comments that were not sent, marks before the verdict. Then each outsider opens every address there
is: no word may come back, nothing hidden may answer otherwise than what is not there, and no page
may have changed by a letter.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote, urlencode

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from duties.actions import grant_extension
from jobs.documents import store
from jobs.models import Job, Letter, StoredDocument
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from reports import perms
from reports.actions import (
    ScoreText,
    accept_report,
    add_report_picture,
    caption_report_picture,
    create_report,
    leave_out_section,
    publish_report,
    release_plan,
    return_report,
    save_marks,
    set_own_figure,
    set_score_lines,
    submit_report,
    update_section,
    withdraw_publication,
)
from reports.actions.activities import add_activity_pictures, remove_activity
from reports.actions.nation import create_national, save_national_words
from reports.documents import REPORT_PDF
from reports.enums import NationalPart, PublicationKind, ReportKind, SectionKey
from reports.models import (
    Activity,
    ActivityPicture,
    Comment,
    NationalDocument,
    NationalReport,
    Publication,
    Report,
    ReportDocument,
    ReportPicture,
    Section,
    SigningCertificate,
    Submission,
)
from reports.nation.papers import NATIONAL_PDF
from reports.publishing.contents import plan_release, seen
from reports.review.scoring import MarkWords, criteria_of
from teams.enums import DueKind, Role
from teams.models import Extension, Office, PostHolding, User
from teams.uploads import CleanFile
from tests.access_duties import DUTY_ADDRESSES
from tests.access_reports import ADDRESSES as REPORT_ADDRESSES
from tests.access_rules import METHOD
from tests.access_world import undone
from tests.factories import Country, make_country, make_officer, make_plan
from tests.ideas.pilots import picture_bytes
from tests.meetings.rows import decided, make_meeting
from tests.pages import texts_of
from tests.prints import printed
from tests.reports.activities import make_activity
from tests.reports.auth import confirmed_client_of
from tests.reports.build import draft_comment, make_report, mark_fully
from workplans.models import WorkPlan
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TODAY = datetime(2026, 11, 21, 6, tzinfo=UTC)
# A word for everything that stays inside; none of them is part of another.
OF_THE_TEAM = {
    "draft's words": "zqdraftwords",
    "draft's figure": "zqdraftfigure",
    "draft's left out part": "zqdraftleft",
    "draft's score": "zqdraftscore",
    "draft's picture": "zqdraftcaption",
    "draft's print": "zqdraftprint",
    "rewritten words": "zqnewwords",
    "rewritten figure": "zqnewfigure",
    "rewritten left out part": "zqnewleft",
    "rewritten score": "zqnewscore",
    "rewritten caption": "zqnewcaption",
    "activity": "zqactivity",
    "removed activity": "zqremoved",
    "activity's picture": "zqactivitycaption",
    "certificate": "zqcertificate",
    "draft plan": "zqdraftplan",
}
OF_REVIEWERS = {
    "reviewer's comment": "zqreviewercomment",
    "note of a mark": "zqmarknote",
    "summary of the review": "zqsummary",
    "national draft": "zqnationalwords",
    "national print": "zqnationalprint",
}
OF_THE_SUPERIOR = {"superior's comment": "zqsuperiorcomment"}
# What is read from above, and by nobody else.
OF_THOSE_ABOVE = {
    "sent words": "zqsentwords",
    "return reason": "zqreturnreason",
    "unreleased plan": "zqunreleasedplan",
    "unreleased decision": "zqunreleaseddecision",
    "extension's reason": "zqextension",
}
WITHDRAWN = {"withdrawn publication": "zqwithdrawnplan"}
SECRETS = OF_THE_TEAM | OF_REVIEWERS | OF_THE_SUPERIOR | OF_THOSE_ABOVE | WITHDRAWN
PICTURES = {"draft's picture's bytes": "navy", "activity's picture's bytes": "maroon"}
INSIDE = set(SECRETS) | set(PICTURES)
ABOVE = ("district.head", "division.member", "root.head", "reviewer")
STRANGERS = ("sibling.head", "elsewhere.head", "administrator", "nobody", "former", "anonymous")
PLANTED_FIGURE = Decimal("987654321")


@dataclass
class World:
    """`things` has the ends of all addresses about each kind of thing; `before` what everybody
    read when nothing hidden had been written yet; `told` how many letters there were."""

    country: Country
    things: dict[str, list[list[object]]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    before: dict[str, dict[str, str]] = field(default_factory=dict)
    after: dict[str, "Reading"] = field(default_factory=dict)
    told: int = 0

    def client(self, name: str) -> Client:
        if name == "anonymous":
            return Client()
        # Nobody is held up by being asked for the password again.
        return confirmed_client_of(self.country[name])


@pytest.fixture(scope="module")
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(TODAY, tick=False):
            world = build()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: World) -> Iterator[World]:
    with time_machine.travel(TODAY, tick=False):
        yield _world


# --- The world ---------------------------------------------------------------------------------
def build() -> World:
    country = make_country()
    country.people["root.head"] = make_officer(country.root, Role.HEAD)
    former = country.people["former"] = make_officer(country.upazila)
    yesterday = timezone.localdate() - timedelta(days=1)
    PostHolding.objects.filter(person=former).update(ends_on=yesterday)
    world = World(country)
    reports = _sent(world)
    _laid_open(world)
    world.things = things()
    for person in (*ABOVE, *STRANGERS):
        world.before[person] = read(world, person).pages
    world.told = Letter.objects.count()
    _written_by_the_team(world, reports)
    _written_above(world, reports)
    for person in ("upazila.head", "upazila.member"):
        world.before[person] = read(world, person).pages
    _written_by_reviewers(world, reports)
    world.things = things()
    return world


def _sent(world: World) -> dict[str, Report]:
    """A report in each state that others may know of."""
    country = world.country
    office, head, reviewer = country.upazila, country["upazila.head"], country["reviewer"]
    states = {
        "returned": "2022-2023",
        "submitted": "2023-2024",
        "accepted": "2020-2021",
        "published": "2019-2020",
    }
    made = {}
    for state, period in states.items():
        report = create_report(
            office=office, kind=ReportKind.ANNUAL, period=Period.parse(period), by=head
        )
        if state == "returned":
            # To be removed from the part that is written anew.
            write(report, SECRETS["sent words"], by=head)
            picture = CleanFile(picture_bytes("olive"), "image/png", "png")
            add_report_picture(report=report, clean=picture, caption="মেলা", by=head)
        submit_report(report=report, by=head)
        report.refresh_from_db()
        if state in ("accepted", "published"):
            mark_fully(report, reviewer=reviewer)
            accept_report(report=report, by=reviewer)
        made[state] = report
    publish_report(report=made["published"], by=reviewer)
    tomorrow = timezone.localdate() + timedelta(days=9)
    return_report(
        report=made["returned"],
        by=reviewer,
        reason=SECRETS["return reason"],
        resubmit_by=tomorrow,
    )
    for report in made.values():
        report.refresh_from_db()
    return made


def _laid_open(world: World) -> None:
    """What could be released and is not, what was taken back, and more time for one office."""
    country = world.country
    office, head = country.upazila, country["upazila.head"]
    plan = make_plan(office, by=head, status="approved", period="2024-2025")
    plan.tasks.update(title=SECRETS["unreleased plan"])
    gone = make_plan(office, by=head, status="approved", period="2023-2024")
    gone.tasks.update(title=SECRETS["withdrawn publication"])
    laid_open = release_plan(plan=gone, looked_at=seen(plan_release(gone), None), by=head)
    withdraw_publication(publication=laid_open, reason="ভুল", by=head)
    make_meeting(
        office,
        by=head,
        on=date(2026, 10, 12),
        decisions=[decided(office, text=SECRETS["unreleased decision"])],
        status=MeetingStatus.CIRCULATED,
    )
    grant_extension(
        kind=DueKind.ANNUAL_REPORT,
        office=office,
        starts_on=date(2025, 7, 1),
        new_due_on=timezone.localdate() + timedelta(days=20),
        reason=SECRETS["extension's reason"],
        by=country["reviewer"],
    )


def write(report: Report, words: str, *, by: User) -> None:
    """Into every part of the report."""
    for section in report.sections.all():
        update_section(section=section, version=section.version, words=words, by=by)


def _written_by_the_team(world: World, reports: dict[str, Report]) -> None:
    """A draft, what was returned written anew, and the register of activities."""
    office, head = world.country.upazila, world.country["upazila.head"]
    for kind, said in (("training", "activity"), ("visit", "removed activity")):
        words = dict.fromkeys(("place", "partner", "result"), SECRETS[said])
        one = make_activity(office, by=head, kind=kind, title=SECRETS[said], **words)
    _picture(world, "activity's picture", Activity.objects.earliest("pk"), by=head)
    remove_activity(activity=one, by=head)
    draft = make_report(office, by=head, period="2024-2025")
    _rewrite(draft, "draft's", by=head)
    picture = picture_bytes(PICTURES["draft's picture's bytes"])
    clean = CleanFile(picture, "image/png", "png")
    shown = add_report_picture(
        report=draft, clean=clean, caption=SECRETS["draft's picture"], by=head
    )
    world.pictures["draft's picture's bytes"] = _bytes(shown.document)
    paper = printed(ReportDocument, REPORT_PDF, done=True, by=head, report=draft)
    _replace_file(paper, SECRETS["draft's print"])
    returned = reports["returned"]
    _rewrite(returned, "rewritten", by=head)
    caption_report_picture(
        picture=returned.pictures.get(), caption=SECRETS["rewritten caption"], by=head
    )
    now = timezone.now()
    SigningCertificate.objects.create(
        office=office,
        subject=SECRETS["certificate"],
        issuer=SECRETS["certificate"],
        fingerprint="f" * 64,
        valid_from=now - timedelta(days=9),
        valid_to=now + timedelta(days=9),
        sealed=SECRETS["certificate"].encode(),
        added_by=head,
    )
    plan = make_plan(office, by=head, period="2026-2027")
    plan.tasks.update(title=SECRETS["draft plan"])


def _rewrite(report: Report, whose: str, *, by: User) -> None:
    """Every text of a report that is being written; `whose` begins the names of the words."""
    write(report, SECRETS[f"{whose} words"], by=by)
    score = SECRETS[f"{whose} score"]
    texts = dict.fromkeys(("indicator", "objective", "unit", "target", "achieved"), score)
    set_score_lines(
        report=report, lines=[ScoreText(weight=Decimal(9), score=Decimal(8), **texts)], by=by
    )
    training = report.sections.get(key=SectionKey.TRAINING)
    set_own_figure(
        section=training,
        figure="participants",
        value=PLANTED_FIGURE,
        reason=SECRETS[f"{whose} figure"],
        version=training.version,
        by=by,
    )
    circles = report.sections.get(key=SectionKey.CIRCLES)
    reason = SECRETS[f"{whose} left out part"]
    leave_out_section(section=circles, reason=reason, version=circles.version, by=by)


def _picture(world: World, name: str, activity: Activity, *, by: User) -> None:
    colour = PICTURES[f"{name}'s bytes"]
    clean = CleanFile(picture_bytes(colour), "image/png", "png")
    (picture,) = add_activity_pictures(activity=activity, pictures=[clean], by=by)
    ActivityPicture.objects.filter(pk=picture.pk).update(caption=SECRETS[name])
    world.pictures[f"{name}'s bytes"] = _bytes(picture.document)


def _bytes(document: StoredDocument) -> bytes:
    with document.file.open("rb") as kept:
        return kept.read()


def _replace_file(paper: ReportDocument | NationalDocument, word: str) -> None:
    """The printed file says the word."""
    file = store(f"%PDF-1.7 {word}".encode(), content_type="application/pdf", filename="a.pdf")
    Job.objects.filter(pk=paper.job_id).update(document=file)


def _written_above(world: World, reports: dict[str, Report]) -> None:
    """By a superior office, not sent."""
    by = world.country["district.head"]
    draft_comment(reports["submitted"], by=by, text=SECRETS["superior's comment"])


def _written_by_reviewers(world: World, reports: dict[str, Report]) -> None:
    reviewer, report = world.country["reviewer"], reports["submitted"]
    draft_comment(report, by=reviewer, text=SECRETS["reviewer's comment"])
    first = criteria_of(report)[0]
    words = MarkWords(
        {first.pk: Decimal(1)},
        {first.pk: SECRETS["note of a mark"]},
        SECRETS["summary of the review"],
    )
    submission = report.submissions.get()
    save_marks(submission=submission, version=0, words=words, by=reviewer)
    national = create_national(
        kind=ReportKind.ANNUAL, period=Period.parse("2022-2023"), by=reviewer
    )
    save_national_words(
        report=national,
        part=NationalPart.PROBLEMS,
        version=0,
        words=SECRETS["national draft"],
        by=reviewer,
    )
    paper = printed(NationalDocument, NATIONAL_PDF, done=True, by=reviewer, report=national)
    _replace_file(paper, SECRETS["national print"])


# --- Every address -----------------------------------------------------------------------------
ADDRESSES = REPORT_ADDRESSES | DUTY_ADDRESSES
# The models behind the first number of an address, by the words its name in the access table has.
KINDS = (
    ("national_document", NationalDocument),
    ("national", NationalReport),
    ("report_document", ReportDocument),
    ("activity_picture", ActivityPicture),
    ("activity", Activity),
    ("report_picture", ReportPicture),
    ("comment", Comment),
    ("superior_draft", Comment),
    ("submission", Submission),
    ("publication", Publication),
    ("extension", Extension),
    ("_plan", WorkPlan),
    ("headed_office", Office),
    ("report", Report),
)


# Parts of every kind: with numbers, left out, of words alone, with a table of its own.
PARTS = ("training", "circles", "problems", "scores")


def things() -> dict[str, list[list[object]]]:
    """What every address can be about, as the world is now."""
    return {about: _about(about) for about in {one.about for one in ADDRESSES.values()}}


def _about(about: str) -> list[list[object]]:
    pictures = list(StoredDocument.objects.filter(content_type="image/png"))
    parts = [[one.report_id, one.key] for one in Section.objects.filter(key__in=PARTS)]
    special: dict[str, list[list[object]]] = {
        "": [[]],
        "report_part": parts,
        "part_left_out": parts,
        "report_figure": [[one.pk, "training", "participants"] for one in Report.objects.all()],
        "picture_to_take": [
            [report.pk, picture.pk]
            for report in Report.objects.all()
            for picture in ActivityPicture.objects.all()
        ],
        "submission_picture": [
            [one.pk, picture.sha256] for one in Submission.objects.all() for picture in pictures
        ],
        "submission_code": [[code] for code in Submission.objects.values_list("code", flat=True)],
        "national_part": [[one.pk, NationalPart.PROBLEMS] for one in NationalReport.objects.all()],
        "told_report": _numbers(Publication),
        "told_picture": [
            [one.pk, picture.sha256] for one in Publication.objects.all() for picture in pictures
        ],
        "open_meeting": _numbers(Meeting),
        "open_office": [[code] for code in Office.objects.values_list("code", flat=True)],
        "sitemap_part": [[name] for name in ("publications", "offices", "initiatives", "pages")],
        "language_code": [["bn"]],
        "dataset": [
            [name, kind]
            for name in ("offices", "reports", "figures", "tasks", "decisions", "initiatives")
            for kind in ("csv", "json", "xlsx")
        ],
    }
    if about in special:
        return special[about]
    models = [model for word, model in KINDS if word in about]
    assert models, f"nobody said what {about} is"
    return _numbers(models[0])


def _numbers(model: type) -> list[list[object]]:
    return [[pk] for pk in model.objects.order_by("pk").values_list("pk", flat=True)]


# What else can be asked at some addresses.
def queries(name: str) -> list[str]:
    words = [urlencode({"q": word}) for word in ("zq", *list(SECRETS.values())[:3])]
    years = [f"{year}-{year + 1}" for year in (2022, 2023, 2024)]
    asked = {
        "open:home": [*words, *(f"kind={kind}" for kind in PublicationKind.values)],
        "open:office_list": words,
        "open:feed": words[:1],
        "reports:activity_list": words,
        "reports:publication_list": words,
        "reports:nation": [f"year={year}" for year in years],
        "reports:nation_reports": [
            f"year={year}&{more}"
            for year in years
            for more in ("show=unsent", "show=sent", "figure=training.participants")
        ],
        "reports:review_list": [
            *(f"paper=annual:{year}" for year in years),
            *words[:1],
        ],
        "duties:deadline_list": ["state=done", "state=late", *words[:1]],
    }
    return asked.get(name, [])


def addresses(world: World) -> Iterator[str]:
    for name, address in ADDRESSES.items():
        if name == "open:language" or address.outcome("GET", "draft", "reviewer") == METHOD:
            continue
        for args in world.things[address.about]:
            url = reverse(name, args=args)
            yield from (url, *(f"{url}?{query}" for query in queries(name)))
    for name in ("workplans:list", "meetings:list", "meetings:decision_list", "teams:office_list"):
        yield reverse(name)


def everything(response: HttpResponse) -> bytes:
    """All that an answer says: page or file, unpacked if it is packed, and its headers."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()))
    return content + unquote(headers).encode()


# What is another at every opening, and says nothing: tokens of forms, keys, sessions.
NEW_EACH_TIME = re.compile(
    rb"""(?:csrfmiddlewaretoken" value=|X-CSRFToken["&a-z;]*:\s?["&a-z;]*|nonce[-=])"?[\w/+=-]+"""
    rb"""|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"""
)
SAYS_LENGTH = re.compile(rb"Content-Length: \d+")


@dataclass
class Reading:
    """All that a person is told: `pages` has the status and a sum of what each address says,
    `found` which of the things inside were found and where first, `kept` what may lie in a
    shared cache."""

    pages: dict[str, str] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def read(world: World, person: str) -> Reading:
    """Open every address."""
    client, reading = world.client(person), Reading()
    needles = [(name, word.encode()) for name, word in SECRETS.items()]
    needles += list(world.pictures.items())
    for url in addresses(world):
        # What an earlier page had to say is not of this one.
        client.cookies.pop("messages", None)
        with undone():
            response = client.get(url)
            said = everything(response)
        plain = SAYS_LENGTH.sub(b"", NEW_EACH_TIME.sub(b"", said))
        reading.pages[url] = f"{response.status_code} {zlib.crc32(plain):x}"
        # What was searched for stands in the box of the search.
        asked = unquote(url).encode()
        for name, needle in needles:
            if needle in said and needle not in asked:
                reading.found.setdefault(name, url)
        if response.status_code == 200 and "private" not in response.get("Cache-Control", ""):
            reading.kept.append(url)
    return reading


def now(world: World, person: str) -> Reading:
    """What the person is told when everything is written; opened once for all tests."""
    if person not in world.after:
        world.after[person] = read(world, person)
    return world.after[person]


# --- Words -------------------------------------------------------------------------------------
@pytest.mark.parametrize("person", STRANGERS)
def test_stranger_finds_nothing_of_what_is_inside(world: World, person: str) -> None:
    assert now(world, person).found == {}


MAY_READ = {
    "district.head": {*OF_THOSE_ABOVE, *OF_THE_SUPERIOR},
    "division.member": {*OF_THOSE_ABOVE},
    "root.head": {*OF_THOSE_ABOVE},
    "reviewer": {*OF_THOSE_ABOVE, *OF_REVIEWERS, *WITHDRAWN},
}


@pytest.mark.parametrize("person", ABOVE)
def test_superior_finds_what_was_sent_and_no_more(world: World, person: str) -> None:
    found = now(world, person).found
    assert set(found) <= MAY_READ[person], found


def test_team_finds_its_own_and_nothing_of_who_reads_it(world: World) -> None:
    """The control of the others: every word is really there to be found."""
    found = now(world, "upazila.head").found
    inside = {*OF_REVIEWERS, *OF_THE_SUPERIOR}
    assert not set(found) & inside, found
    assert INSIDE - set(found) == inside | {"removed activity"}, "a word that is nowhere"


def test_reviewers_and_superiors_find_their_own(world: World) -> None:
    reviewer = now(world, "reviewer").found
    superior = now(world, "district.head").found
    assert {*OF_REVIEWERS, "sent words", "return reason"} <= set(reviewer)
    assert {*OF_THE_SUPERIOR, "sent words", "extension's reason"} <= set(superior)


# --- Side ways ---------------------------------------------------------------------------------
def changed_for(world: World, person: str) -> str:
    """The addresses that say something else than before."""
    before, after = world.before[person], now(world, person).pages
    return "\n".join(url for url in before if before[url] != after[url])


@pytest.mark.parametrize("person", STRANGERS)
def test_no_page_of_a_stranger_changed_by_a_letter(world: World, person: str) -> None:
    assert not changed_for(world, person)


@pytest.mark.parametrize("person", ["division.member", "root.head"])
def test_no_page_from_above_changed_by_a_letter(world: World, person: str) -> None:
    assert not changed_for(world, person)


def test_no_page_of_the_team_changed_when_reviewers_wrote(world: World) -> None:
    for person in ("upazila.head", "upazila.member"):
        assert not changed_for(world, person)


def test_nobody_was_told(world: World) -> None:
    assert Letter.objects.count() == world.told


def test_hidden_things_answer_as_things_that_are_not_there(world: World) -> None:
    """At every address with a number, by GET and by POST, page and headers."""
    hidden = {
        Report: Report.objects.get(status="draft").pk,
        ReportDocument: ReportDocument.objects.get().pk,
        ReportPicture: ReportPicture.objects.get(report__status="draft").pk,
        Activity: Activity.objects.earliest("pk").pk,
        ActivityPicture: ActivityPicture.objects.get().pk,
        NationalReport: NationalReport.objects.get().pk,
        NationalDocument: NationalDocument.objects.get().pk,
        Comment: Comment.objects.get(created_by=world.country["reviewer"]).pk,
    }
    tried = 0
    for person in ("district.head", "root.head", "sibling.head", "administrator"):
        client = world.client(person)
        for name, address in ADDRESSES.items():
            about = address.about
            model = next((model for word, model in KINDS if word in about), Report)
            first = world.things[about][0] if world.things[about] else []
            if name.startswith(("open:", "api:")) or model not in hidden or not first:
                continue
            if about in ("submission_code", "submission_picture", "dataset"):
                continue
            for method in (client.get, client.post):
                answers = []
                for pk in (hidden[model], 999_999):
                    args = [pk, *first[1:]]
                    with undone():
                        response = method(reverse(name, args=args))
                    words = texts_of(response, "main") if response.content else []
                    answers.append((response.status_code, words))
                if answers[0][0] != 405:
                    tried += 1
                    assert answers[0][0] == 404, f"{person}: {name}"
                    assert answers[0] == answers[1], f"{person}: {name}"
    assert tried > 100


def test_own_part_of_a_draft_that_is_not_there_answers_alike(world: World) -> None:
    """Who may not know of the report learns nothing by asking for parts it has or has not."""
    draft = Report.objects.get(status="draft").pk
    client = world.client("district.head")
    for key in ("training", "nothing"):
        url = reverse("reports:section", args=[draft, key])
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("person", ["upazila.head", "reviewer", "anonymous"])
def test_no_shared_cache_keeps_what_is_not_laid_open(world: World, person: str) -> None:
    kept = now(world, person).kept
    assert kept
    assert not [url for url in kept if url.startswith(("/reports/", "/deadlines/"))]


def test_open_page_is_the_same_for_whoever_is_logged_in(world: World) -> None:
    """It is kept by caches: nothing of the reader may stand on it."""
    readers = [world.client(name) for name in ("anonymous", "upazila.head", "reviewer")]
    for url in addresses(world):
        if url.startswith(("/published/", "/office/", "/portal/", "/open-data/", "/sitemap")):
            pages = [one.get(url) for one in readers]
            said = {NEW_EACH_TIME.sub(b"", everything(page)) for page in pages}
            assert len(said) == 1 or pages[0].status_code in (302, 404), url


# --- The tests themselves ----------------------------------------------------------------------
def test_leak_of_words_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "reports.models.review.CommentQuerySet.visible_to", lambda rows, user: rows.all()
    )
    found = read(world, "upazila.head").found
    assert {"reviewer's comment", "superior's comment"} <= set(found)


def test_leak_by_a_count_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list from above that also counts what is being written."""
    monkeypatch.setattr("reports.review.queue.SENT_ONCE", frozenset({*perms.ReportStatus}))
    assert read(world, "division.member").pages != world.before["division.member"]
