"""What a reader could learn of meetings without opening a closed door.

A superior office reads minutes once they were sent, as they were sent; an office that received
a decision reads that decision and its own part; nobody outside the team reads anything else.
"""

import json
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ideas.enums import IdeaStatus
from jobs.models import Letter
from meetings.actions import (
    add_group,
    add_guest,
    add_phrase,
    add_topic,
    circulate_minutes,
    finalise_minutes,
    issue_notice,
    reopen_minutes,
    report_assignment,
    update_item,
    update_meeting,
)
from meetings.books import order_book
from meetings.enums import MeetingKind, MeetingStatus, PhrasePlace, Presence
from meetings.forms.calling import head_words
from meetings.models import AgendaItem, Decision, Meeting, MeetingDocument
from teams.enums import GroupKind
from teams.models import PostGroup, PostHolding
from tests.access_world import records
from tests.factories import PNG, Country, client_of, make_country, make_plan, make_task
from tests.ideas.register import make_idea
from tests.meetings.rows import HELD_ON, decided, make_meeting, owed_of, take_meeting_to
from tests.pages import find, texts_of
from tests.workplans.files import seen_in
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET = "গোপনীয়"
CONTACT, COPY = "guest.private@mail.test", "copy.private@mail.test"
UNSENT = (MeetingStatus.DRAFT, MeetingStatus.FINALISED, MeetingStatus.CANCELLED)
OUTSIDERS = (
    *("district.head", "division.member", "reviewer", "sibling.head", "elsewhere.head"),
    *("administrator", "nobody"),
)


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def above(country: Country) -> Client:
    return client_of(country["district.head"])


@pytest.fixture
def team(country: Country) -> Client:
    return client_of(country["upazila.member"])


def to(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


def secret_meeting(country: Country, status: str = MeetingStatus.DRAFT, **how: object) -> Meeting:
    """Minutes of the upazila with the secret in every text and two private addresses."""
    head = country["upazila.head"]
    owner = country["upazila.member"].scope.main_post
    words = [decided(owner, text=f"{SECRET} সিদ্ধান্ত", due="১ অক্টোবর ২০২৬")]
    meeting = make_meeting(country.upazila, by=head, decisions=words, **how)
    add_guest(
        meeting=meeting,
        name="অতিথি",
        designation="",
        office_name="",
        contact=CONTACT,
        presence=Presence.PRESENT,
        by=head,
    )
    item = meeting.items.get(decisions__isnull=False)
    text = {"topic": f"{SECRET} বিষয়", "discussion": f"{SECRET} আলোচনা"}
    update_item(item=item, version=item.version, fields=text, by=head)
    update_meeting(
        meeting=meeting,
        version=meeting.version,
        fields={**head_words(meeting), "title": f"{SECRET} সভা", "place": f"{SECRET} কক্ষ"},
        copies=[("information", "জেলা প্রশাসক", COPY)],
        by=head,
    )
    meeting.refresh_from_db()
    issue_notice(meeting=meeting, memo=None, issued_on=meeting.held_on, by=head)
    return take_meeting_to(meeting, status, by=head)


def text(response: HttpResponse) -> str:
    """Everything an answer says, its file unpacked if it is one of Word."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        return "".join(parts_of(content))
    return content.decode()


def parts_of(docx: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8", errors="ignore")


LISTS = (
    reverse("duties:home"),
    to("list"),
    to("list") + "?tab=below",
    to("list") + "?tab=below&q=upazila",
    to("list") + "?year=2026-2027",
    *(
        f"{to('decision_list')}?origin={origin}&state={state}&q={q}"
        for origin in ("mine", "own", "received", "below")
        for state in ("all", "late")
        for q in ("", SECRET)
    ),
    f"{to('search')}?q=কক্ষ",
    f"{to('search')}?q=ফরম&kind=decision",
    to("statistics"),
    to("statistics") + "?year=2026-2027&rows=all",
)


# --- Before they are sent ------------------------------------------------------------------
@pytest.mark.parametrize("status", UNSENT)
@pytest.mark.parametrize("person", OUTSIDERS)
def test_no_list_names_minutes_that_were_not_sent(
    country: Country, status: str, person: str
) -> None:
    meeting = secret_meeting(country, status)
    client = client_of(country[person])
    for address in LISTS:
        page = client.get(address)
        assert page.status_code == 200
        # The words that were asked for stand in the box of the search.
        shown = " ".join(texts_of(page, "main table, main .card, .todo, .rail"))
        assert SECRET not in shown, address
        assert meeting.get_absolute_url() not in text(page)
        assert meeting.decisions.get().get_absolute_url() not in text(page)


@pytest.mark.parametrize("status", UNSENT)
def test_unsent_minutes_are_counted_nowhere_above(
    country: Country, above: Client, status: str
) -> None:
    secret_meeting(country, status)
    register = above.get(to("decision_list"), {"origin": "below", "state": "all"})
    assert {chip.rpartition(" ")[2] for chip in texts_of(register, ".chips .chip")} == {"০"}
    found = above.get(to("search"), {"q": SECRET})
    assert found.context["page"].paginator.count == 0
    figures = above.get(to("statistics"))
    assert figures.context["total"].meetings == figures.context["total"].decided == 0
    assert figures.context["total"].invited == figures.context["total"].late == 0
    below = above.get(to("list"), {"tab": "below"})
    assert below.context["page"].paginator.count == 0
    assert not find(below, "select[name='month'] option[value='2026-11-01']")


def test_sent_minutes_are_counted_above(country: Country, above: Client) -> None:
    """The control of the test before."""
    secret_meeting(country, MeetingStatus.CIRCULATED)
    assert above.get(to("statistics")).context["total"].meetings == 1
    assert above.get(to("search"), {"q": SECRET}).context["page"].paginator.count == 1
    register = above.get(to("decision_list"), {"origin": "below", "state": "all"})
    assert texts_of(register, "tbody th") == [f"{SECRET} সিদ্ধান্ত"]


def test_stranger_cannot_tell_a_hidden_meeting_from_none(country: Country, above: Client) -> None:
    meeting = secret_meeting(country)
    decision = meeting.decisions.get()
    for name, hidden in (
        *(("detail", meeting.pk), ("minutes", meeting.pk), ("docx", meeting.pk)),
        *(("ical", meeting.pk), ("notice", meeting.pk), ("decision_detail", decision.pk)),
    ):
        shown, none = above.get(to(name, hidden)), above.get(to(name, 999_999))
        assert (shown.status_code, none.status_code) == (404, 404)
        assert texts_of(shown, "main") == texts_of(none, "main")


def test_words_of_another_office_are_not_offered_while_typing(country: Country) -> None:
    """Tasks, ideas, posts, groups, topics and sentences are each office's own."""
    head, office = country["upazila.head"], country.upazila
    make_task(make_plan(office, by=head, tasks=0), by=head, title=f"{SECRET} কাজ")
    make_idea(office, by=head, title=f"{SECRET} আইডিয়া", status=IdeaStatus.PILOTING)
    add_group(
        office=office,
        name=f"{SECRET} দল",
        members=[country["upazila.member"].scope.main_post],
        by=head,
    )
    add_topic(office=office, title=f"{SECRET} স্থায়ী বিষয়", by=head)
    add_phrase(office=office, place=PhrasePlace.DECISION, text=f"{SECRET} বাক্য", by=head)
    secret_meeting(country, MeetingStatus.CIRCULATED)
    for name in ("sibling", "district"):
        leader = country[f"{name}.head"]
        plan = make_plan(getattr(country, name), by=leader)
        owner = country[f"{name}.member"].scope.main_post
        mine = make_meeting(plan.office, by=leader, decisions=[decided(owner)])
        client = client_of(leader)
        pages = [
            client.get(mine.get_absolute_url()),
            client.get(to("decision_update", mine.decisions.get().pk)),
            client.get(to("update", mine.pk)),
            client.get(to("attendance", mine.pk)),
            client.get(to("arrange")),
        ]
        for page in pages:
            assert page.status_code == 200
            assert SECRET not in text(page)
        options = texts_of(pages[1], "label, option")
        designations = {post.designation_bn for post in office.posts.all()}
        assert not designations & set(options)


def test_register_offers_no_post_or_meeting_of_others(country: Country, above: Client) -> None:
    secret_meeting(country, MeetingStatus.CIRCULATED)
    page = above.get(to("decision_list"), {"origin": "below", "state": "all"})
    assert len(find(page, "select[name='post'] option")) == 1
    assert len(find(page, "select[name='meeting'] option")) == 1
    owner = country["upazila.member"].scope.main_post.pk
    query = {"origin": "below", "state": "all", "post": owner}
    assert (
        "meetings" not in above.get(to("decision_list"), query).context["filter"].form.cleaned_data
    )


# --- What was sent, read from above --------------------------------------------------------
def papers_of(client: Client, meeting: Meeting) -> str:
    """Everything a reader gets of a meeting: its pages, its Word file, its print."""
    ordered = client.post(to("print", meeting.pk), follow=True)
    document = ordered.context["document"]
    polled = client.get(to("document_detail", document.pk), headers={"HX-Request": "true"})
    answers = [
        client.get(meeting.get_absolute_url()),
        client.get(to("minutes", meeting.pk)),
        client.get(to("docx", meeting.pk)),
        client.get(meeting.decisions.get().get_absolute_url()),
        client.get(to("search"), {"q": "আলোচনা"}),
        ordered,
        polled,
    ]
    assert {answer.status_code for answer in answers} == {200}
    return " ".join(map(text, answers)) + json.dumps(document.content, ensure_ascii=False)


def test_sent_minutes_show_no_address_no_letter_and_no_earlier_words(
    country: Country, above: Client, team: Client
) -> None:
    head = country["upazila.head"]
    meeting = secret_meeting(country, MeetingStatus.FINALISED)
    reopen_minutes(meeting=meeting, by=head, reason="কারণটি ভেতরের")
    item = meeting.items.get(decisions__isnull=False)
    item.refresh_from_db()
    update_item(item=item, version=item.version, fields={"discussion": "শেষ কথা"}, by=head)
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=head)
    read, own = papers_of(above, meeting), papers_of(team, meeting)
    assert "শেষ কথা" in read
    member = country["upazila.member"].email
    for private in (CONTACT, COPY, member, f"{SECRET} আলোচনা", "কারণটি ভেতরের"):
        assert private not in read
    # The team does see to whom it was sent and why it was opened.
    for inside in (CONTACT, COPY, "কারণটি ভেতরের"):
        assert inside in own
    for name in ("notice", "ical", "update", "attendance", "finalise", "circulate", "cancel"):
        assert above.get(to(name, meeting.pk)).status_code == 404
    for name, thing in (
        ("version", meeting.versions.first()),
        ("version", meeting.versions.last()),
        ("notice_docx", meeting.notices.get()),
    ):
        assert above.get(to(name, thing.pk)).status_code == 404


def printed(client: Client, meeting: Meeting) -> MeetingDocument:
    return client.post(to("print", meeting.pk), follow=True).context["document"]


def answers_to(client: Client, document: MeetingDocument) -> set[int]:
    """What the three addresses of a print answer."""
    return {
        client.get(to("document_detail", document.pk)).status_code,
        client.get(to("document_download", document.pk)).status_code,
        client.post(to("document_retry", document.pk)).status_code,
    }


def test_prints_of_what_was_not_sent_stay_with_the_team(
    country: Country, above: Client, team: Client
) -> None:
    head = country["upazila.head"]
    meeting = secret_meeting(country)
    draft = printed(team, meeting)
    take_meeting_to(meeting, MeetingStatus.FINALISED, by=head)
    first = printed(team, meeting)
    reopen_minutes(meeting=meeting, by=head, reason="বানান")
    item = meeting.items.get(decisions__isnull=False)
    update_item(item=item, version=item.version, fields={"discussion": "শেষ কথা"}, by=head)
    take_meeting_to(meeting, MeetingStatus.FINALISED, by=head)
    last = printed(team, meeting)
    assert answers_to(above, last) == {404}
    circulate_minutes(meeting=meeting, by=head)
    notice = meeting.documents.get(kind="notice")
    for document in (draft, first, notice):
        assert answers_to(above, document) == {404}
        assert 404 not in answers_to(team, document)
    assert 404 not in answers_to(above, last)


def test_correction_is_read_from_above_once_the_minutes_that_made_it_are_sent(
    country: Country, above: Client, team: Client
) -> None:
    head = country["upazila.head"]
    last = secret_meeting(country, MeetingStatus.CIRCULATED)
    later = make_meeting(country.upazila, by=head, on=date(2026, 11, 20), kind=MeetingKind.SPECIAL)
    item = later.items.get(confirms=last)
    words = {"confirmation": "corrected", "correction": "তারিখটি ১২ হবে"}
    update_item(item=item, version=item.version, fields=words, by=head)
    finalise_minutes(meeting=later, by=head, memo=None, issued_on=later.held_on)
    later.refresh_from_db()
    for is_read in (False, True):
        for name in ("detail", "minutes"):
            assert ("তারিখটি ১২ হবে" in text(above.get(to(name, last.pk)))) is is_read
            assert "তারিখটি ১২ হবে" in text(team.get(to(name, last.pk)))
        if not is_read:
            circulate_minutes(meeting=later, by=head)


def test_conflict_page_is_not_a_way_to_read(country: Country, above: Client) -> None:
    """A save from an old copy answers with the present words; only to the team."""
    meeting = secret_meeting(country)
    decision = meeting.decisions.get()
    old = {"version": 999, "topic": "ক", "text": "ক", "note": "ক", "outcome": "continue"}
    for reader in (above, client_of(country["sibling.head"])):
        for address in (
            to("item_update", decision.item_id),
            to("decision_update", decision.pk),
            to("follow_up_update", meeting.pk, decision.pk),
            to("update", meeting.pk),
        ):
            for headers in ({}, {"X-Requested-With": "minutes"}):
                response = reader.post(address, old, headers=headers)
                assert response.status_code == 404
                assert SECRET not in text(response)


# --- The office that received a decision ---------------------------------------------------
@dataclass
class Given:
    """A meeting of the district whose first decision is for all upazilas, the second its own."""

    meeting: Meeting
    shared: Decision
    inner: Decision


def given(country: Country, status: str = MeetingStatus.CIRCULATED) -> Given:
    group = PostGroup.objects.get_or_create(
        office=country.district, name="সকল উপজেলা", kind=GroupKind.HEADS_BELOW
    )[0]
    words = [
        decided(group, text="হেল্প ডেস্ক চালু করতে হবে"),
        decided(country["district.member"].scope.main_post, text=f"{SECRET} বিষয় জেলায় থাকবে"),
    ]
    leader = country["district.head"]
    meeting = make_meeting(country.district, by=leader, decisions=words, status=status)
    shared, inner = meeting.decisions.order_by("pk")
    return Given(meeting, shared, inner)


def extract_of(client: Client, meeting: Meeting) -> MeetingDocument:
    return client.post(to("extract_print", meeting.pk), follow=True).context["document"]


def test_receiving_office_reads_its_decision_and_nothing_else_of_the_meeting(
    country: Country,
) -> None:
    received = given(country)
    theirs = next(one for one in owed_of(received.meeting) if one.office == country.sibling)
    report_assignment(
        assignment=theirs,
        by=country["sibling.head"],
        text="পাশের উপজেলার কথা",
        is_done=True,
        on=HELD_ON,
    )
    for person in ("head", "innovation_officer", "member"):
        client = client_of(country[f"upazila.{person}"])
        page = client.get(received.shared.get_absolute_url())
        assert "হেল্প ডেস্ক" in text(page)
        assert "পাশের উপজেলার কথা" not in text(page)
        assert f'href="{received.meeting.get_absolute_url()}' not in text(page)
        hidden = [
            *(to(name, received.meeting.pk) for name in ("detail", "minutes", "docx", "ical")),
            to("notice", received.meeting.pk),
            to("version", received.meeting.versions.get().pk),
            received.inner.get_absolute_url(),
            to("assignment_report", theirs.pk),
        ]
        assert {client.get(address).status_code for address in hidden} == {404}
        assert client.post(to("print", received.meeting.pk)).status_code == 404
        for address in LISTS:
            assert SECRET not in " ".join(texts_of(client.get(address), "main table, main .card"))
        assert client.get(to("search"), {"q": "হেল্প"}).context["page"].paginator.count == 0


def test_extract_holds_the_decisions_of_its_office_and_is_read_by_it_alone(
    country: Country, above: Client
) -> None:
    received = given(country)
    mine = extract_of(client_of(country["upazila.head"]), received.meeting)
    theirs = extract_of(client_of(country["sibling.head"]), received.meeting)
    assert [row["decision"] for row in mine.content["rows"]] == [received.shared.text]
    assert SECRET not in json.dumps(mine.content, ensure_ascii=False)
    assert answers_to(client_of(country["upazila.member"]), theirs) == {404}
    for person in ("division.head", "reviewer", "elsewhere.head", "administrator", "nobody"):
        assert answers_to(client_of(country[person]), mine) == {404}
    assert 404 not in answers_to(client_of(country["upazila.member"]), mine)
    assert 404 not in answers_to(above, mine)


def test_letters_tell_other_offices_their_own_decisions_only(country: Country) -> None:
    given(country)
    letters = Letter.objects.filter(to_address=country["upazila.head"].email)
    for letter in letters:
        assert SECRET not in letter.body
    assert letters.count() == 1
    jobs = [attachment.job_id for attachment in letters.get().attachments.all()]
    assert MeetingDocument.objects.get(job__in=jobs).kind == "extract"


@pytest.mark.parametrize("status", UNSENT)
def test_decision_is_received_only_once_it_was_sent(country: Country, status: str) -> None:
    received = given(country, status)
    for person in ("upazila.head", "upazila.member", "sibling.head"):
        client = client_of(country[person])
        assert client.get(received.shared.get_absolute_url()).status_code == 404
        assert client.post(to("extract_print", received.meeting.pk)).status_code == 404
        for address in LISTS:
            page = texts_of(client.get(address), "main table, main .card")
            assert "হেল্প ডেস্ক" not in " ".join(page)
        for assignment in owed_of(received.meeting):
            assert client.get(to("assignment_report", assignment.pk)).status_code == 404


def test_office_that_is_named_no_longer_reads_no_more(country: Country) -> None:
    """Opened before it was sent, and given to somebody else."""
    leader = country["district.head"]
    received = given(country, MeetingStatus.FINALISED)
    reopen_minutes(meeting=received.meeting, by=leader, reason="অন্য দপ্তর")
    received.shared.implementers.all().delete()
    take_meeting_to(received.meeting, MeetingStatus.CIRCULATED, by=leader)
    client = client_of(country["upazila.head"])
    assert client.get(received.shared.get_absolute_url()).status_code == 404
    assert client.post(to("extract_print", received.meeting.pk)).status_code == 404


def test_extract_is_not_made_for_an_office_that_owes_nothing_any_more(country: Country) -> None:
    """Its only part was taken back when the minutes were opened again."""
    head = country["upazila.head"]
    meeting = secret_meeting(country, MeetingStatus.FINALISED)
    client = client_of(head)
    assert client.post(to("extract_print", meeting.pk)).status_code == 302
    reopen_minutes(meeting=meeting, by=head, reason="অন্য কেউ")
    meeting.decisions.get().implementers.all().delete()
    meeting.refresh_from_db()
    take_meeting_to(meeting, MeetingStatus.FINALISED, by=head)
    assert client.post(to("extract_print", meeting.pk)).status_code == 404


# --- People and addresses ------------------------------------------------------------------
def everything_of(meeting: Meeting) -> list[str]:
    """Every page there is of a meeting and its decision."""
    names = ("detail", "minutes", "docx", "ical", "notice", "update", "attendance", "finalise")
    decision = meeting.decisions.get()
    return [
        *(to(name, meeting.pk) for name in names),
        to("version", meeting.versions.get().pk),
        to("notice_docx", meeting.notices.get().pk),
        decision.get_absolute_url(),
        *(to("assignment_report", one.pk) for one in owed_of(meeting)),
        *(to("document_detail", one.pk) for one in meeting.documents.all()),
    ]


@pytest.mark.parametrize("person", ["head", "innovation_officer", "member"])
def test_person_transferred_yesterday_sees_nothing_today(country: Country, person: str) -> None:
    meeting = secret_meeting(country, MeetingStatus.CIRCULATED)
    client = client_of(country[f"upazila.{person}"])
    before = [client.get(address).status_code for address in everything_of(meeting)]
    assert 404 not in before
    held = PostHolding.objects.filter(person=country[f"upazila.{person}"])
    held.update(ends_on=timezone.localdate() - timedelta(days=1))
    for address in everything_of(meeting):
        assert client.get(address).status_code == 404
    for address in LISTS:
        assert SECRET not in " ".join(texts_of(client.get(address), "main table, main .card"))
    assert client.get(to("arrange")).status_code == 403


def test_contact_of_a_guest_is_kept_in_one_place_only(country: Country) -> None:
    """Neither a frozen text nor the record nor a letter holds it; a letter goes to it."""
    head = country["upazila.head"]
    meeting = secret_meeting(country, MeetingStatus.CIRCULATED)
    team = client_of(head)
    printed(team, meeting)
    extract_of(team, meeting)
    order_book(office=country.upazila, year=Period.parse("2026-2027"), by=head)
    places = {
        (label, str(row).count(private))
        for label, rows in records().items()
        for row in rows
        for private in (CONTACT, COPY)
        if private in str(row)
    }
    assert places == {("meetings.Attendance", 1), ("meetings.CopyRecipient", 1), ("jobs.Letter", 1)}
    assert Letter.objects.filter(to_address__in=[CONTACT, COPY]).count() == 2


def test_calendar_file_names_no_addresses(country: Country, team: Client) -> None:
    """What is downloaded is passed on; the letters invite each member by name."""
    meeting = secret_meeting(country)
    shown = text(team.get(to("ical", meeting.pk)))
    assert "ATTENDEE" not in shown
    assert CONTACT not in shown


def test_answers_to_the_script_hold_no_address(country: Country, team: Client) -> None:
    meeting = secret_meeting(country)
    decision = meeting.decisions.get()
    seat = country["upazila.member"].scope.main_post.pk
    for address, form in (
        (to("item_update", decision.item_id), {"version": decision.item.version, "topic": "ক"}),
        (to("decision_update", decision.pk), {"version": decision.version, "text": "কথা"}),
        (to("decision_create", decision.item_id), {"form_key": uuid.uuid4(), "text": "কথা"}),
        (to("attendance", meeting.pk), {f"seat-{seat}-presence": "online"}),
    ):
        answer = team.post(address, form, headers={"X-Requested-With": "minutes"})
        assert answer.status_code == 200
        assert "@" not in text(answer)


def test_evidence_is_seen_by_those_who_decided_and_those_who_reported(
    country: Country,
) -> None:
    received = given(country)
    mine = next(one for one in owed_of(received.meeting) if one.office == country.upazila)
    report = report_assignment(
        assignment=mine,
        by=country["upazila.head"],
        text="ডেস্ক বসেছে",
        is_done=False,
        on=HELD_ON,
        evidence=SimpleUploadedFile("ছবি.png", PNG, "image/png"),
    )
    address = to("report_evidence", report.pk)
    for person, status in (
        *(("upazila.member", 200), ("district.member", 200), ("sibling.head", 404)),
        *(("division.head", 404), ("reviewer", 404), ("elsewhere.head", 404)),
        *(("administrator", 404), ("nobody", 404)),
    ):
        response = client_of(country[person]).get(address)
        assert response.status_code == status, person
        if status == 200:
            assert seen_in(response.getvalue()) == seen_in(PNG)


def test_agenda_and_follow_up_hold_nothing_of_offices_beside(country: Country) -> None:
    """A received decision is followed in each office's own meeting, with its own part alone."""
    received = given(country)
    theirs = next(one for one in owed_of(received.meeting) if one.office == country.sibling)
    report_assignment(
        assignment=theirs,
        by=country["sibling.head"],
        text="পাশের উপজেলার কথা",
        is_done=False,
        on=HELD_ON,
    )
    mine = make_meeting(country.upazila, by=country["upazila.head"], on=date(2026, 11, 20))
    assert AgendaItem.objects.filter(meeting=mine, kind="follow_up").exists()
    client = client_of(country["upazila.member"])
    for name in ("detail", "minutes", "docx"):
        shown = text(client.get(to(name, mine.pk)))
        assert "হেল্প ডেস্ক" in shown
        assert "পাশের উপজেলার কথা" not in shown
        assert SECRET not in shown
