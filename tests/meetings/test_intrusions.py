"""Attempts to read or change what is not one's own in the room of meetings, one by one.

tests/test_access.py asks whether a door is open; here somebody stands inside one room and
reaches for another: with a number in a form, a copied key, a field too many.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import (
    add_decision,
    add_group,
    add_guest,
    add_item,
    add_phrase,
    add_topic,
    cancel_meeting,
    circulate_minutes,
    complete_agenda,
    complete_decision,
    create_meeting,
    drop_decision,
    explain_no_meeting,
    finalise_minutes,
    issue_notice,
    mark_all_present,
    mark_attendance,
    remove_decision,
    reopen_minutes,
    report_assignment,
    set_item_state,
    update_decision,
    update_item,
    update_meeting,
    write_follow_up,
)
from meetings.actions.notices import resend_delivery
from meetings.enums import ItemState, MeetingKind, MeetingStatus, PhrasePlace, Presence
from meetings.forms.calling import head_words
from meetings.models import (
    AgendaItem,
    AssignmentReport,
    Attendance,
    Decision,
    Delivery,
    FollowUp,
    Meeting,
    MinutesBook,
    MinutesImport,
    Phrase,
    StandingTopic,
)
from meetings.word import default_template
from teams.enums import Role
from teams.models import Post, User
from tests.access_world import records
from tests.factories import Country, client_of, make_country, make_plan, make_post
from tests.ideas.register import make_idea
from tests.meetings.importers.build import Paper, as_text
from tests.meetings.rows import HELD_ON, decided, make_meeting, owed_of, take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET = "গোপনীয়"
SCRIPT = {"X-Requested-With": "minutes"}
FINALISED, CIRCULATED = MeetingStatus.FINALISED, MeetingStatus.CIRCULATED


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def theirs(country: Country) -> Meeting:
    """The draft somebody wants to get at."""
    words = [decided(post_of(country, "upazila.member"), text=SECRET)]
    return make_meeting(country.upazila, by=country["upazila.head"], decisions=words)


@pytest.fixture
def mine(country: Country) -> Meeting:
    """The intruder's own draft."""
    words = [decided(post_of(country, "sibling.member"), text="আমাদের সিদ্ধান্ত")]
    return make_meeting(country.sibling, by=country["sibling.head"], decisions=words)


@pytest.fixture
def intruder(country: Country) -> Client:
    """The head of a sister office: every right at home, none here."""
    return client_of(country["sibling.head"])


def post_of(country: Country, person: str) -> Post:
    post = country[person].scope.main_post
    assert post is not None
    return post


def to(name: str, *args: object) -> str:
    return reverse(f"meetings:{name}", args=args)


def item_of(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(decisions__isnull=False)


def new_decision(**more: object) -> dict[str, Any]:
    return {"form_key": uuid.uuid4(), "text": "নতুন সিদ্ধান্ত", **more}


def assert_nothing_written(
    client: Client, address: str, form: Mapping[str, object], *, status: int
) -> None:
    """Neither by the page nor by the script."""
    before = records()
    for headers in ({}, SCRIPT):
        response = client.post(address, form, headers=headers)
        assert response.status_code == status
        assert SECRET not in response.content.decode()
    assert records() == before


# --- Numbers of others in one's own forms --------------------------------------------------
def test_item_is_not_moved_before_an_item_of_another_meeting(
    country: Country, intruder: Client, theirs: Meeting, mine: Meeting
) -> None:
    another = make_meeting(
        country.sibling, by=country["sibling.head"], kind=MeetingKind.SPECIAL, on=HELD_ON
    )
    for foreign in (item_of(theirs), another.items.first()):
        form = {"before": foreign.pk}
        assert_nothing_written(intruder, to("item_move", item_of(mine).pk), form, status=404)
    assert_nothing_written(
        intruder, to("item_move", item_of(theirs).pk), {"before": item_of(mine).pk}, status=404
    )


def test_decision_is_not_given_to_posts_offices_or_groups_out_of_reach(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    foreign = post_of(country, "upazila.member")
    group = add_group(
        office=country.upazila, name="দল", members=[foreign], by=country["upazila.head"]
    )
    for code in (
        f"post-{foreign.pk}",
        f"post-{post_of(country, 'district.head').pk}",
        f"office-{country.upazila.pk}",
        f"office-{country.district.pk}",
        f"office-{country.sibling.pk}",
        f"group-{group.pk}",
        f"post_id-{foreign.pk}",
        "post-0",
    ):
        form = new_decision(chosen=[code], version=1)
        decision = mine.decisions.get()
        for address in (
            to("decision_create", item_of(mine).pk),
            to("decision_update", decision.pk),
        ):
            assert_nothing_written(intruder, address, form, status=422)


@pytest.mark.parametrize("role", [Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR])
def test_post_outside_the_team_is_given_no_decision(
    country: Country, intruder: Client, mine: Meeting, role: Role
) -> None:
    """Its holder could not open what is owed; neither by a tick nor by a group nor by its name."""
    outside = make_post(country.sibling, role, "পর্যালোচক")
    item = item_of(mine).pk
    form = new_decision(chosen=[f"post-{outside.pk}"])
    assert_nothing_written(intruder, to("decision_create", item), form, status=422)
    group = {"name": "দল", "members": [outside.pk]}
    assert_nothing_written(intruder, to("group_create", country.sibling.pk), group, status=422)
    named = new_decision(implementer_text=outside.designation_bn)
    answer = intruder.post(to("decision_create", item), named, headers=SCRIPT)
    assert answer.json()["chosen"] == []


def test_words_do_not_name_posts_of_another_office(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    """The implementer's cell is read among one's own posts, groups and offices below."""
    foreign = post_of(country, "upazila.member")
    words = f"{foreign.designation_bn}, {country.upazila.name_bn}"
    form = new_decision(implementer_text=words)
    answer = intruder.post(to("decision_create", item_of(mine).pk), form, headers=SCRIPT)
    assert answer.json()["chosen"] == []


def test_decision_is_not_tied_to_a_task_or_an_idea_of_another_office(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    head = country["upazila.head"]
    task = make_plan(country.upazila, by=head).tasks.get()
    idea = make_idea(country.upazila, by=head)
    for form in (
        new_decision(task_effect="link", task=task.pk),
        new_decision(task_effect="reschedule", task=task.pk, due_text="৩০/১১/২০২৬"),
        new_decision(idea_effect="decline", idea=idea.pk),
        new_decision(idea=idea.pk),
        new_decision(task=task.pk),
    ):
        form["version"] = 1
        for address in (
            to("decision_create", item_of(mine).pk),
            to("decision_update", mine.decisions.get().pk),
        ):
            assert_nothing_written(intruder, address, form, status=422)


def test_follow_up_is_of_the_meeting_and_decision_of_the_address(
    country: Country, intruder: Client, mine: Meeting, theirs: Meeting
) -> None:
    """Neither of a decision of others, nor of the meeting itself, nor of a later one."""
    head = country["sibling.head"]
    owner = post_of(country, "sibling.member")
    later = make_meeting(
        country.sibling,
        by=head,
        on=date(2026, 11, 20),
        kind=MeetingKind.SPECIAL,
        decisions=[decided(owner)],
        status=FINALISED,
    )
    take_meeting_to(theirs, CIRCULATED, by=country["upazila.head"])
    form = {"version": 0, "note": "শেষ", "outcome": "done"}
    for meeting, decision in (
        (mine, theirs.decisions.get()),
        (mine, mine.decisions.get()),
        (mine, later.decisions.get()),
        (theirs, mine.decisions.get()),
        (theirs, theirs.decisions.get()),
    ):
        address = to("follow_up_update", meeting.pk, decision.pk)
        assert_nothing_written(intruder, address, form, status=404)
    assert not FollowUp.objects.exists()


def test_seat_of_another_office_is_not_taken(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    foreign, own = (post_of(country, f"{name}.member") for name in ("upazila", "sibling"))
    form = {f"seat-{foreign.pk}-presence": "present", f"seat-{own.pk}-presence": "online"}
    intruder.post(to("attendance", mine.pk), form)
    intruder.post(to("attendance", mine.pk), {"all": "present", **form})
    marked = set(mine.attendance.members().values_list("post__office", flat=True))
    assert marked == {country.sibling.pk}


def test_head_names_no_post_of_another_office(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    foreign = post_of(country, "upazila.head")
    form = {
        **{"version": mine.version, "held_on": "১০/১১/২০২৬", "starts_at": "সকাল ১১টা"},
        **{"place": "কক্ষ", "form": "table"},
        "chair_post": mine.chair_post_id,
    }
    for name in ("chair_post", "issuer_post"):
        address = to("update", mine.pk)
        assert_nothing_written(intruder, address, form | {name: foreign.pk}, status=422)


def test_lists_of_another_office_are_not_arranged(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    head, office = country["upazila.head"], country.upazila
    member = post_of(country, "upazila.member")
    topic = add_topic(office=office, title=SECRET, by=head)
    phrase = add_phrase(office=office, place=PhrasePlace.OPENING, text=SECRET, by=head)
    group = add_group(office=office, name=SECRET, members=[member], by=head)
    template = default_template("minutes")
    for address, form in (
        (to("topic_create", office.pk), {"title": "ক"}),
        (to("topic_update", topic.pk), {"title": "ক"}),
        (to("topic_move", topic.pk), {"before": "end"}),
        (to("phrase_create", office.pk), {"place": "opening", "text": "ক"}),
        (to("phrase_update", phrase.pk), {"place": "opening", "text": "ক"}),
        (to("phrase_delete", office.pk, phrase.pk), {}),
        (to("group_create", office.pk), {"name": "ক", "members": [member.pk]}),
        (to("group_update", group.pk), {"name": "ক", "members": [member.pk]}),
        (to("template_delete", office.pk, "minutes"), {}),
    ):
        assert_nothing_written(intruder, address, form, status=404)
    file = SimpleUploadedFile("ছক.docx", template)
    upload = intruder.post(to("template_upload", office.pk, "minutes"), {"file": file})
    assert upload.status_code == 404
    assert intruder.get(to("arrange"), {"office": office.pk}).status_code == 404
    shown = intruder.get(to("arrange"), {"change": f"topic-{topic.pk}"})
    assert SECRET not in shown.content.decode()
    # A number of theirs behind an address of one's own.
    intruder.post(to("phrase_delete", country.sibling.pk, phrase.pk))
    own = add_topic(office=country.sibling, title="আমাদের", by=country["sibling.head"])
    intruder.post(to("topic_move", own.pk), {"before": topic.pk})
    assert Phrase.objects.filter(pk=phrase.pk).exists()
    assert StandingTopic.objects.get(pk=topic.pk).position == topic.position
    members = {"name": "আমাদের দল", "members": [member.pk]}
    assert_nothing_written(intruder, to("group_create", country.sibling.pk), members, status=422)


def test_nothing_is_called_explained_or_bound_for_another_office(
    country: Country, intruder: Client, theirs: Meeting, mine: Meeting
) -> None:
    for office in (country.upazila, country.district, country.root):
        asked = {"office": office.pk, "month": "2026-10", "reason": "ক", "year": "2026-2027"}
        intruder.post(to("create"), asked)
        assert intruder.post(to("no_meeting"), asked).status_code == 422
        assert intruder.post(to("book_create"), asked).status_code == 404
        brought = {"office": office.pk, "pasted": as_text(Paper())}
        assert intruder.post(to("import_create"), brought).status_code == 422
    assert set(Meeting.objects.all()) == {theirs, mine}
    assert not country.upazila.months_unmet.exists()
    assert not MinutesBook.objects.exists()
    assert not MinutesImport.objects.exists()


def test_copied_form_key_touches_nothing_of_the_other_meeting(
    country: Country, intruder: Client, theirs: Meeting, mine: Meeting
) -> None:
    """A key seen on somebody's screen makes a row of one's own; it neither fails nor tells."""
    key = uuid.uuid4()
    team = client_of(country["upazila.member"])
    guest = {"form_key": key, "name": "অতিথি", "presence": "present"}
    for client, meeting in ((team, theirs), (intruder, mine)):
        item = item_of(meeting)
        topic = {"form_key": key, "topic": "একই বিষয়"}
        client.post(to("item_create", meeting.pk), topic, headers=SCRIPT)
        client.post(to("decision_create", item.pk), new_decision(form_key=key), headers=SCRIPT)
        client.post(to("guest_create", meeting.pk), guest, headers=SCRIPT)
    for meeting in (theirs, mine):
        assert meeting.items.filter(topic="একই বিষয়").count() == 1
        assert meeting.decisions.filter(text="নতুন সিদ্ধান্ত").count() == 1
        assert meeting.attendance.guests().count() == 1


def test_address_to_mend_carries_no_header_of_its_own(country: Country, theirs: Meeting) -> None:
    head = country["upazila.head"]
    notice = issue_notice(meeting=theirs, memo=None, issued_on=HELD_ON, by=head)
    delivery, client = notice.deliveries.first(), client_of(head)
    Letter.objects.filter(pk=delivery.letter_id).update(
        status=LetterStatus.REFUSED, refused_reason="নেই"
    )
    before = records()
    for address in (
        "a@office.test\r\nBcc: b@evil.test",
        "a@office.test, b@evil.test",
        "a@office.test\0",
        "ক" * 5_000,
        "<script>",
    ):
        form = {"to_address": address}
        response = client.post(to("delivery_resend", delivery.pk), form, follow=True)
        assert response.status_code == 200
        assert records() == before


# --- More fields than the form has ---------------------------------------------------------
def test_forms_of_the_agenda_set_nothing_but_their_words(
    country: Country, intruder: Client, theirs: Meeting, mine: Meeting
) -> None:
    item, decision = item_of(mine), mine.decisions.get()
    more = {
        **{"meeting": theirs.pk, "kind": "confirmation", "position": 99, "state": "dropped"},
        **{"confirms": theirs.pk, "confirmation": "confirmed", "correction": "ক"},
        **{"status": "done", "item": item_of(theirs).pk, "office": country.upazila.pk},
        **{"updated_by": country["upazila.head"].pk, "removed_at": "2026-11-01"},
    }
    words = {"version": item.version, "topic": "বিষয়"}
    intruder.post(to("item_update", item.pk), words | more, headers=SCRIPT)
    kept = AgendaItem.objects.get(pk=item.pk)
    assert (kept.topic, kept.meeting, kept.kind, kept.state) == ("বিষয়", mine, "own", "open")
    assert (kept.confirms, kept.confirmation, kept.correction) == (None, "", "")
    assert kept.updated_by == country["sibling.head"]
    words = {"version": decision.version, "text": "কথা"}
    intruder.post(to("decision_update", decision.pk), words | more, headers=SCRIPT)
    changed = Decision.objects.get(pk=decision.pk)
    assert (changed.text, changed.meeting, changed.item) == ("কথা", mine, item)
    assert (changed.status, changed.removed_at) == ("open", None)
    guest = {"name": "অতিথি", "presence": "present", "post": post_of(country, "upazila.head").pk}
    intruder.post(to("guest_create", mine.pk), guest | more)
    assert Attendance.objects.guests().get().meeting == mine


def test_form_of_the_head_sets_no_state_month_or_number(
    country: Country, intruder: Client, mine: Meeting
) -> None:
    before = Meeting.objects.get(pk=mine.pk)
    form = {
        **{"version": mine.version, "held_on": "১১/১১/২০২৬", "starts_at": "সকাল ১০টা"},
        **{"place": "অন্য কক্ষ", "form": "sections", "chair_post": mine.chair_post_id},
        **{"status": "circulated", "office": country.upazila.pk, "month": "2026-01-01"},
        **{"number": 9, "memo_number": "05.1", "issued_on": "২১/১১/২০২৬", "chair_text": "ক"},
        **{"finalised_by": country["upazila.head"].pk, "created_by": country["upazila.head"].pk},
    }
    assert intruder.post(to("update", mine.pk), form).status_code == 302
    after = Meeting.objects.get(pk=mine.pk)
    assert after.place == "অন্য কক্ষ"
    for name in ("status", "office", "month", "number", "memo_number", "issued_on", "chair_text"):
        assert getattr(after, name) == getattr(before, name)
    assert (after.finalised_by, after.created_by) == (None, country["sibling.head"])


def test_report_is_signed_by_whoever_sends_it(country: Country, theirs: Meeting) -> None:
    take_meeting_to(theirs, FINALISED, by=country["upazila.head"])
    assignment = owed_of(theirs)[0]
    victim = country["upazila.head"]
    form = {
        **{"form_key": uuid.uuid4(), "text": "হয়েছে", "on": "২০/১১/২০২৬"},
        **{"created_by": victim.pk, "by_post": post_of(country, "upazila.head").pk},
        **{"assignment": 0, "evidence_name": SECRET},
    }
    client = client_of(country["upazila.member"])
    assert client.post(to("assignment_report", assignment.pk), form).status_code == 302
    report = AssignmentReport.objects.get()
    assert report.created_by == country["upazila.member"]
    assert (report.assignment, report.evidence_name) == (assignment, "")
    assert report.by_post == post_of(country, "upazila.member")


def test_decision_written_over_does_not_come_back_by_its_number(
    country: Country, intruder: Client, theirs: Meeting
) -> None:
    decision = theirs.decisions.get()
    remove_decision(decision=decision, by=country["upazila.head"])
    assert_nothing_written(intruder, to("decision_restore", decision.pk), {}, status=404)
    team = client_of(country["upazila.member"])
    assert team.get(decision.get_absolute_url()).status_code == 404
    for shown in (f"?removed={decision.pk}", f"?item={decision.item_id}"):
        page = intruder.get(theirs.get_absolute_url() + shown)
        assert page.status_code == 404


# --- Seeing is not doing -------------------------------------------------------------------
@pytest.mark.parametrize("person", ["district.head", "division.member", "reviewer"])
def test_reader_above_changes_nothing_of_sent_minutes(
    country: Country, theirs: Meeting, person: str
) -> None:
    take_meeting_to(theirs, CIRCULATED, by=country["upazila.head"])
    decision, item = theirs.decisions.get(), item_of(theirs)
    client = client_of(country[person])
    before = records()
    for address, form in (
        (to("decision_complete", decision.pk), {}),
        (to("decision_drop", decision.pk), {"reason": "ক"}),
        (to("decision_resume", decision.pk), {"reason": "ক"}),
        (to("assignment_report", owed_of(theirs)[0].pk), {"text": "ক"}),
        (to("decision_update", decision.pk), {"text": "ক", "version": decision.version}),
        (to("item_update", item.pk), {"topic": "ক", "version": item.version}),
        (to("item_move", item.pk), {"to": "sideways"}),
        (to("reopen", theirs.pk), {"reason": "ক"}),
        (to("cancel", theirs.pk), {"reason": "ক"}),
        (to("extract_print", theirs.pk), {}),
    ):
        for headers in ({}, SCRIPT):
            assert client.post(address, form, headers=headers).status_code in (403, 404)
    assert records() == before


def test_receiving_office_moves_nothing_but_its_own_part(country: Country) -> None:
    owners = [post_of(country, f"{name}.head") for name in ("upazila", "sibling")]
    meeting = make_meeting(
        country.district, by=country["district.head"], decisions=[decided(text="সবার কাজ")]
    )
    decision = meeting.decisions.get()
    for owner in owners:
        decision.implementers.create(post=owner)
    take_meeting_to(meeting, CIRCULATED, by=country["district.head"])
    own, others = sorted(owed_of(meeting), key=lambda one: one.office != country.upazila)
    client, member = (client_of(country[f"upazila.{name}"]) for name in ("head", "member"))
    form = {"form_key": uuid.uuid4(), "text": "হয়েছে", "on": "২০/১১/২০২৬", "is_done": "on"}
    before = records()
    for name in ("complete", "drop", "resume"):
        answer = client.post(to(f"decision_{name}", decision.pk), {"reason": "ক"})
        assert answer.status_code == 403
    assert client.post(to("assignment_report", others.pk), form).status_code == 404
    assert member.post(to("assignment_report", own.pk), form).status_code == 403
    assert records() == before
    assert client.post(to("assignment_report", own.pk), form).status_code == 302
    others.refresh_from_db()
    assert others.reported_at is None


@pytest.mark.parametrize("person", ["sibling.head", "district.head", "administrator", "nobody"])
def test_action_asks_by_itself_who_is_there(country: Country, theirs: Meeting, person: str) -> None:
    """Whichever view, command or import calls it."""
    by = country[person]
    before = records()
    for attempt in _attempts_on_a_draft(theirs, by):
        with pytest.raises(PermissionDenied):
            attempt()
    assert records() == before
    take_meeting_to(theirs, FINALISED, by=country["upazila.head"])
    before = records()
    for attempt in _attempts_on_settled(theirs, by):
        with pytest.raises(PermissionDenied):
            attempt()
    assert records() == before


def _attempts_on_a_draft(meeting: Meeting, by: User) -> list[Callable[[], object]]:
    office, item, decision = meeting.office, item_of(meeting), meeting.decisions.get()
    post = office.posts.first()
    assert post is not None
    guest: dict[str, Any] = dict.fromkeys(("designation", "office_name", "contact"), "")
    month = {"held_on": HELD_ON, "starts_at": time(11), "place": "কক্ষ"}
    return [
        lambda: create_meeting(office=office, month=date(2026, 10, 1), by=by),
        lambda: create_meeting(office=office, month=HELD_ON, by=by, fields=month),
        lambda: explain_no_meeting(office=office, month=date(2026, 10, 1), reason="ক", by=by),
        lambda: update_meeting(
            meeting=meeting, version=meeting.version, fields=head_words(meeting), copies=[], by=by
        ),
        lambda: complete_agenda(meeting, by=by),
        lambda: add_item(meeting=meeting, topic="ক", by=by),
        lambda: update_item(item=item, version=item.version, fields={"topic": "ক"}, by=by),
        lambda: set_item_state(item=item, state=ItemState.DROPPED, by=by),
        lambda: add_decision(item=item, words=decided(text="ক"), by=by),
        lambda: update_decision(decision=decision, version=1, words=decided(text="ক"), by=by),
        lambda: remove_decision(decision=decision, by=by),
        lambda: write_follow_up(
            **{"meeting": meeting, "decision": decision, "version": 0, "note": "ক"},
            **{"outcome": "continue", "new_due_on": None, "by": by},
        ),
        lambda: mark_attendance(meeting=meeting, post=post, presence=Presence.PRESENT, by=by),
        lambda: mark_all_present(meeting=meeting, posts=[post], by=by),
        lambda: add_guest(meeting=meeting, name="ক", presence=Presence.PRESENT, by=by, **guest),
        lambda: issue_notice(meeting=meeting, memo=None, issued_on=HELD_ON, by=by),
        lambda: cancel_meeting(meeting=meeting, by=by, reason="ক"),
        lambda: finalise_minutes(meeting=meeting, by=by, memo=None, issued_on=HELD_ON),
        lambda: add_topic(office=office, title="ক", by=by),
        lambda: add_phrase(office=office, place=PhrasePlace.OPENING, text="ক", by=by),
    ]


def _attempts_on_settled(meeting: Meeting, by: User) -> list[Callable[[], object]]:
    decision = Decision.objects.get(meeting=meeting)
    assignment = owed_of(meeting)[0]
    return [
        lambda: reopen_minutes(meeting=meeting, by=by, reason="ক"),
        lambda: circulate_minutes(meeting=meeting, by=by),
        lambda: complete_decision(decision=decision, by=by),
        lambda: drop_decision(decision=decision, by=by, reason="ক"),
        lambda: report_assignment(assignment=assignment, by=by, text="ক", is_done=True, on=HELD_ON),
    ]


def test_letter_is_sent_again_only_by_those_who_lead(country: Country, theirs: Meeting) -> None:
    notice = issue_notice(meeting=theirs, memo=None, issued_on=HELD_ON, by=country["upazila.head"])
    delivery: Delivery = notice.deliveries.first()
    for person in ("upazila.member", "sibling.head", "district.head"):
        with pytest.raises(PermissionDenied):
            resend_delivery(delivery=delivery, by=country[person], to_address="a@evil.test")
