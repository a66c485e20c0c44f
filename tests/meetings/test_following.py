"""The register of decisions and one decision: who sees what, who may do what, what follows."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from meetings.actions import change_due_date, complete_decision, reopen_minutes, report_assignment
from meetings.enums import DecisionStatus, MeetingKind, MeetingStatus
from meetings.models import Assignment, AssignmentReport, Decision, Meeting
from teams.enums import GroupKind, Role
from teams.models import AuditEntry, Office, PostGroup, User
from tests.factories import (
    PNG,
    Country,
    Team,
    client_of,
    make_country,
    make_officer,
    make_post,
    make_team,
)
from tests.meetings.rows import HELD_ON, decided, make_meeting, owed_of
from tests.pages import alerts_after, find, texts_of
from tests.races import at_once
from tests.workplans.files import photograph, said_in, seen_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

REGISTER = "/meetings/decisions/"


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    """Uploads of this test go to a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def decision(team: Team) -> Decision:
    """In force; the member and the innovation officer owe it."""
    posts = [person.scope.main_post for person in (team.member, team.innovation_officer)]
    return settled(team.office, team.head, decided(*posts)).decisions.get()


def settled(office: Office, by: User, *words: object, **how: object) -> Meeting:
    return make_meeting(
        office, by=by, decisions=words, **{"status": MeetingStatus.FINALISED, **how}
    )


def titles(person: User, query: str = "") -> list[str]:
    return texts_of(client_of(person).get(REGISTER + query), "table th a")


def part(decision: Decision, person: User) -> Assignment:
    """What the post of this person owes."""
    return decision.assignments.get(post=person.scope.main_post)


def page(person: User, decision: Decision) -> HttpResponse:
    return client_of(person).get(decision.get_absolute_url())


def report_url(assignment: Assignment) -> str:
    return reverse("meetings:assignment_report", args=[assignment.pk])


def report(assignment: Assignment, by: User, *, done: bool = True, **words: object) -> HttpResponse:
    data = {"form_key": uuid.uuid4(), "text": "ফরম ওয়েবসাইটে উঠেছে", "on": "২০/১১/২০২৬", **words}
    if done:
        data["is_done"] = "on"
    return client_of(by).post(report_url(assignment), data)


def step(decision: Decision, name: str, by: User, **data: str) -> HttpResponse:
    return client_of(by).post(reverse(f"meetings:decision_{name}", args=[decision.pk]), data)


def status_of(decision: Decision) -> str:
    return Decision.objects.values_list("status", flat=True).get(pk=decision.pk)


# --- The register ------------------------------------------------------------------------------
def test_register_opens_with_what_is_followed_the_longest_waiting_first(team: Team) -> None:
    post = team.member.scope.main_post
    meeting = settled(
        team.office,
        team.head,
        decided(post, text="দূরের", due="৩০ ডিসেম্বর ২০২৬"),
        decided(post, text="তারিখ ছাড়া", due="যথাশীঘ্র"),
        decided(post, text="দেরির", due="১৫ নভেম্বর ২০২৬"),
        decided(post, text="শেষ হওয়া"),
    )
    complete_decision(decision=meeting.decisions.get(text="শেষ হওয়া"), by=team.head)
    make_meeting(
        team.office,
        by=team.head,
        kind=MeetingKind.SPECIAL,
        decisions=[decided(post, text="খসড়া সভার")],
    )
    shown = client_of(team.member).get(REGISTER)
    assert texts_of(shown, "table th a") == ["দেরির", "দূরের", "তারিখ ছাড়া"]
    rows = texts_of(shown, "tbody tr")
    assert "১৫ নভেম্বর ২০২৬ ৬ দিন দেরি" in rows[0]
    assert "সহকারী প্রোগ্রামার" in rows[0]
    assert "যথাশীঘ্র" in rows[2]
    assert texts_of(shown, ".chips .chip") == [
        "অনুসরণে আছে ৩",
        "দেরি ১",
        "বাস্তবায়নের কথা জানানো হয়েছে ০",
        "বাস্তবায়িত ১",
        "বাদ ০",
        "সব ৪",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=late", {"দেরির"}),
        ("?state=done", {"শেষ"}),
        ("?state=all", {"দেরির", "দূরের", "শেষ", "ইউএনওর"}),
        ("?state=nonsense", {"দেরির", "দূরের", "শেষ", "ইউএনওর"}),
        ("?q=ইউএনওর", {"ইউএনওর"}),
        ("?q=প্রোগ্রামার+দূরের", {"দূরের"}),
        ("?q=নেই-এমন", set()),
        ("?post={head}", {"ইউএনওর"}),
        ("?meeting={meeting}", {"দেরির", "দূরের", "ইউএনওর"}),
        ("?meeting=99999&state=all", {"দেরির", "দূরের", "শেষ", "ইউএনওর"}),
        ("?origin=own", {"দেরির", "দূরের", "ইউএনওর"}),
        ("?origin=received", set()),
    ],
)
def test_register_is_narrowed(team: Team, query: str, found: set[str]) -> None:
    post, head = team.member.scope.main_post, team.head.scope.main_post
    meeting = settled(
        team.office,
        team.head,
        decided(post, text="দেরির", due="১৫ নভেম্বর ২০২৬"),
        decided(post, text="দূরের"),
        decided(post, text="শেষ"),
        decided(head, text="ইউএনওর"),
    )
    complete_decision(decision=meeting.decisions.get(text="শেষ"), by=team.head)
    asked = query.format(head=head.pk, meeting=meeting.pk)
    assert set(titles(team.member, asked)) == found


def test_register_keeps_the_choices_over_its_pages(team: Team) -> None:
    post = team.member.scope.main_post
    settled(team.office, team.head, *[decided(post, text=f"কাজ {n}") for n in range(31)])
    shown = client_of(team.member).get(REGISTER + "?q=কাজ&state=all")
    assert len(find(shown, "tbody tr")) == 30
    onward = find(shown, "a[rel='next']")[0].get("href")
    assert len(titles(team.member, onward)) == 1


def test_empty_register_says_how_it_fills(team: Team) -> None:
    shown = client_of(team.member).get(REGISTER)
    assert "নিজে থেকে এখানে উঠবে" in texts_of(shown, ".empty")[0]
    narrowed = client_of(team.member).get(REGISTER + "?q=কিছু")
    assert texts_of(narrowed, ".empty a") == ["অনুসরণে থাকা সিদ্ধান্ত"]


# --- A decision of the own team ------------------------------------------------------------------
def test_page_names_holders_topic_and_meeting(team: Team, decision: Decision) -> None:
    shown = page(team.member, decision)
    text = " ".join(texts_of(shown, "main"))
    assert decision.text in text
    assert "সেবা সহজীকরণ" in text
    owners = texts_of(shown, "ul.todo li")
    assert len(owners) == 2
    assert any("সহকারী প্রোগ্রামার" in owner and team.member.name_bn in owner for owner in owners)
    link = find(shown, "aside dd a")[0].get("href")
    assert link.startswith(decision.meeting.get_absolute_url())


@pytest.mark.parametrize(
    ("person", "buttons"),
    [
        ("head", ["বাদ দিন", "বাস্তবায়িত ধরুন"]),
        ("innovation_officer", ["বাদ দিন", "বাস্তবায়িত ধরুন"]),
        ("member", ["অগ্রগতি জানান"]),
    ],
)
def test_buttons_are_those_of_the_person(
    team: Team, decision: Decision, person: str, buttons: list[str]
) -> None:
    shown = page(getattr(team, person), decision)
    assert texts_of(shown, ".head .actions .btn") == buttons


def test_draft_decision_cannot_be_moved(team: Team) -> None:
    post = team.member.scope.main_post
    meeting = make_meeting(team.office, by=team.head, decisions=[decided(post)])
    draft = meeting.decisions.get()
    assert "এখনো খসড়া" in texts_of(page(team.head, draft), ".alert")[0]
    assert step(draft, "complete", team.head).status_code == 403
    assert step(draft, "drop", team.head, reason="কারণ").status_code == 403
    assert status_of(draft) == DecisionStatus.OPEN


# --- Reporting -----------------------------------------------------------------------------------
def test_last_implementer_to_report_makes_the_decision_reported(
    team: Team, decision: Decision
) -> None:
    first, last = part(decision, team.member), part(decision, team.innovation_officer)
    assert report(first, team.member, done=False).status_code == 302
    report(first, team.member)
    assert status_of(decision) == DecisionStatus.OPEN
    report(last, team.innovation_officer)
    assert status_of(decision) == DecisionStatus.REPORTED
    shown = page(team.head, decision)
    assert "বাস্তবায়নের কথা জানানো হয়েছে" in texts_of(shown, "h1 .chip")
    told = texts_of(shown, ".timeline li b")
    assert told.count("পুরোপুরি বাস্তবায়িত বলে জানানো হয়েছে") == 2
    assert "সকল বাস্তবায়নকারী কাজ শেষ বলে জানিয়েছেন" in told


@pytest.mark.django_db(transaction=True)
def test_last_two_implementers_at_once_close_the_round_once() -> None:
    team = make_team()
    people = (team.member, team.innovation_officer)
    words = decided(*[person.scope.main_post for person in people])
    decision = settled(team.office, team.head, words).decisions.get()
    answers = at_once([partial(report, part(decision, person), person) for person in people])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert status_of(decision) == DecisionStatus.REPORTED
    steps = AuditEntry.objects.filter(action="decision.report", object_id=decision.pk)
    assert steps.count() == 1


@pytest.mark.django_db(transaction=True)
def test_form_sent_by_many_at_once_is_one_report() -> None:
    team = make_team()
    words = decided(team.member.scope.main_post)
    decision = settled(team.office, team.head, words).decisions.get()
    send = partial(report, part(decision, team.member), team.member, form_key=uuid.uuid4())
    answers = at_once([send] * 6)
    assert [answer.status_code for answer in answers] == [302] * 6
    assert AssignmentReport.objects.count() == 1


def test_report_brings_words_day_and_evidence(team: Team, decision: Decision) -> None:
    assignment = part(decision, team.member)
    taken = photograph()
    picture = SimpleUploadedFile("পর্দার ছবি.jpeg", taken, "image/jpeg")
    answer = report(assignment, team.member, done=False, text="অর্ধেক হয়েছে", evidence=picture)
    assert answer["Location"] == decision.get_absolute_url()
    kept = AssignmentReport.objects.get()
    assert (kept.text, str(kept.on), kept.is_done) == ("অর্ধেক হয়েছে", "2026-11-20", False)
    assert kept.by_post == team.member.scope.main_post
    shown = page(team.head, decision)
    assert "অর্ধেক হয়েছে" in texts_of(shown, ".timeline .words")
    link = find(shown, ".timeline a")[0]
    # What it is, not what it was called.
    assert link.text == "পর্দার ছবি.png"
    served = client_of(team.head).get(link.get("href"))
    content = served.getvalue()
    assert (served["Content-Type"], seen_in(content)) == ("image/png", seen_in(taken))
    assert said_in(taken)
    assert not said_in(content)


def test_form_begins_with_today_and_keeps_what_was_typed(team: Team, decision: Decision) -> None:
    assignment = part(decision, team.member)
    form = client_of(team.member).get(report_url(assignment))
    assert find(form, "[name='on']")[0].get("value") == "২১ নভেম্বর ২০২৬"
    assert find(form, "form[data-draft]")[0].get("data-draft") == f"assignment-{assignment.pk}"
    wrong = report(assignment, team.member, on="২২/১১/২০২৬", text="কালকের কাজ")
    assert wrong.status_code == 422
    assert "আজকের পরে হতে পারে না" in " ".join(texts_of(wrong, "form"))
    assert find(wrong, "textarea")[0].text.strip() == "কালকের কাজ"
    assert report(assignment, team.member, text="  ").status_code == 422
    page_file = SimpleUploadedFile("পাতা.pdf", b"<html>", "application/pdf")
    assert report(assignment, team.member, evidence=page_file).status_code == 422
    assert not AssignmentReport.objects.exists()


def test_same_form_sent_twice_is_one_report(team: Team, decision: Decision) -> None:
    first, last = part(decision, team.member), part(decision, team.innovation_officer)
    report(last, team.innovation_officer)
    key = uuid.uuid4()
    answers = [report(first, team.member, form_key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert AssignmentReport.objects.filter(assignment=first).count() == 1
    assert status_of(decision) == DecisionStatus.REPORTED
    # Even when the team has closed it between the two.
    complete_decision(decision=Decision.objects.get(pk=decision.pk), by=team.head)
    assert report(first, team.member, form_key=key).status_code == 302
    assert AssignmentReport.objects.filter(assignment=first).count() == 1


def test_only_the_post_and_those_who_lead_its_office_report(team: Team, decision: Decision) -> None:
    first, last = part(decision, team.member), part(decision, team.innovation_officer)
    colleague = make_officer(team.office, Role.MEMBER, "উপজেলা সমাজসেবা অফিসার")
    for person, assignment in ((colleague, first), (team.member, last)):
        assert client_of(person).get(report_url(assignment)).status_code == 403
        assert report(assignment, person).status_code == 403
    assert not AssignmentReport.objects.exists()
    # The innovation officer speaks for a post that is vacant or whose holder is away.
    assert report(first, team.innovation_officer).status_code == 302
    assert AssignmentReport.objects.get().created_by == team.innovation_officer
    line = texts_of(page(team.head, decision), ".timeline li")[0]
    assert f"{team.innovation_officer.name_bn}, সহকারী কমিশনার (ভূমি) · সহকারী প্রোগ্রামার-এর পক্ষে" in line


def test_report_on_a_closed_decision_is_told_and_not_kept(team: Team, decision: Decision) -> None:
    assignment = part(decision, team.member)
    complete_decision(decision=decision, by=team.head)
    answer = report(assignment, team.member)
    assert answer["Location"] == decision.get_absolute_url()
    told = texts_of(client_of(team.member).get(report_url(assignment), follow=True), ".alert")
    assert "আর অনুসরণে নেই" in told[0]
    assert not AssignmentReport.objects.exists()


def test_page_of_a_decision_whose_assignment_was_withdrawn_offers_no_report(team: Team) -> None:
    post = team.member.scope.main_post
    meeting = settled(team.office, team.head, decided(post))
    assignment = owed_of(meeting)[0]
    Assignment.objects.filter(pk=assignment.pk).update(withdrawn_at=meeting.finalised_at)
    assert client_of(team.member).get(report_url(assignment)).status_code == 404


# --- The team's word -----------------------------------------------------------------------------
def test_team_closes_a_decision(team: Team, decision: Decision) -> None:
    assert step(decision, "complete", team.member).status_code == 403
    assert status_of(decision) == DecisionStatus.OPEN
    url = reverse("meetings:decision_complete", args=[decision.pk])
    client = client_of(team.head)
    assert client.get(url).status_code == 405
    assert alerts_after(client, url) == ["সিদ্ধান্তটি বাস্তবায়িত ধরা হয়েছে।"]
    assert status_of(decision) == DecisionStatus.DONE
    assert "আগেই হয়ে গেছে" in alerts_after(client, url)[0]


@pytest.mark.parametrize(("name", "asked"), [("drop", "কেন বাদ দেওয়া হলো"), ("resume", "কী বাকি আছে")])
def test_dropping_and_resuming_need_a_reason(
    team: Team, decision: Decision, name: str, asked: str
) -> None:
    if name == "resume":
        complete_decision(decision=decision, by=team.head)
    before = status_of(decision)
    assert step(decision, name, team.member, reason="কারণ আছে").status_code == 403
    for words in ({}, {"reason": " \n "}):
        answer = step(decision, name, team.head, **words)
        assert answer.status_code == 422
        assert asked in " ".join(texts_of(answer, "form"))
    assert status_of(decision) == before
    assert step(decision, name, team.head, reason="কারণ আছে").status_code == 302
    assert status_of(decision) != before
    shown = page(team.member, decision)
    assert "কারণ আছে" in texts_of(shown, ".timeline .words")
    assert any("কারণ আছে" in alert for alert in texts_of(shown, ".alert"))


def test_step_page_opened_too_late_leads_back_with_a_word(team: Team, decision: Decision) -> None:
    for name in ("resume", "drop"):
        url = reverse(f"meetings:decision_{name}", args=[decision.pk])
        shown = client_of(team.head).get(url, follow=True)
        assert bool(texts_of(shown, ".alert")) == (name == "resume")
    complete_decision(decision=decision, by=team.head)
    url = reverse("meetings:decision_drop", args=[decision.pk])
    assert "অবস্থা বদলে গেছে" in alerts_after(client_of(team.head), url, {"reason": "কারণ"})[0]
    assert status_of(decision) == DecisionStatus.DONE


def test_resumed_decision_is_owed_by_all_again(team: Team, decision: Decision) -> None:
    first, last = part(decision, team.member), part(decision, team.innovation_officer)
    report(first, team.member)
    report(last, team.innovation_officer)
    assert not Assignment.objects.owed().exists()
    step(decision, "resume", team.head, reason="ইংরেজি পাতাটি বাকি")
    assert set(Assignment.objects.owed()) == {first, last}
    assert status_of(decision) == DecisionStatus.OPEN
    form = client_of(team.member).get(report_url(first))
    assert "ইংরেজি পাতাটি বাকি" in " ".join(texts_of(form, "main"))
    report(first, team.member)
    assert status_of(decision) == DecisionStatus.OPEN


def test_new_due_date_stands_on_the_page(team: Team, decision: Decision) -> None:
    change_due_date(decision=decision, due_on=date(2026, 12, 15), due_text="", by=team.head)
    shown = page(team.member, decision)
    assert "নতুন শেষ তারিখ: ১৫ ডিসেম্বর ২০২৬" in texts_of(shown, ".timeline b")


# --- From an office to those below it ---------------------------------------------------------
@pytest.fixture
def country() -> Country:
    return make_country()


def fanned_out(country: Country, status: str = MeetingStatus.CIRCULATED) -> Decision:
    """The district's decision for the heads of both upazilas."""
    group = PostGroup.objects.create(
        name="সকল উপজেলা নির্বাহী অফিসার", kind=GroupKind.HEADS_BELOW, office=country.district
    )
    words = decided(group, text="প্রতি উপজেলায় হেল্প ডেস্ক চালু করতে হবে")
    return settled(country.district, country["district.head"], words, status=status).decisions.get()


def test_superiors_decision_lands_in_the_lower_register_once_sent(country: Country) -> None:
    fanned_out(country, MeetingStatus.FINALISED)
    assert titles(country["upazila.member"]) == []
    meeting = Meeting.objects.get()
    client_of(country["district.head"]).post(reverse("meetings:circulate", args=[meeting.pk]))
    assert titles(country["upazila.member"]) == ["প্রতি উপজেলায় হেল্প ডেস্ক চালু করতে হবে"]
    assert titles(country["upazila.member"], "?origin=received") != []
    assert titles(country["upazila.member"], "?origin=own") == []
    assert titles(country["elsewhere.head"]) == []
    row = texts_of(client_of(country["upazila.head"]).get(REGISTER), "tbody tr")[0]
    assert country.district.name_bn in row


def test_receiving_office_sees_its_own_part_only(country: Country) -> None:
    decision = fanned_out(country)
    ours = Assignment.objects.get(office=country.upazila)
    theirs = Assignment.objects.get(office=country.sibling)
    report(theirs, country["sibling.head"], done=False, text="পাশের উপজেলার কথা")
    shown = page(country["upazila.head"], decision)
    assert len(find(shown, "ul.todo li")) == 1
    text = " ".join(texts_of(shown, "main"))
    assert country.sibling.name_bn not in text
    assert "পাশের উপজেলার কথা" not in text
    assert not find(shown, "aside a")
    assert client_of(country["upazila.head"]).get(report_url(ours)).status_code == 200
    assert client_of(country["upazila.head"]).get(report_url(theirs)).status_code == 404
    meeting = client_of(country["upazila.head"]).get(decision.meeting.get_absolute_url())
    assert meeting.status_code == 404
    assert step(decision, "complete", country["upazila.head"]).status_code == 403
    # The register counts for it alone, too.
    row = texts_of(client_of(country["upazila.head"]).get(REGISTER), "tbody tr")[0]
    assert "জনের মধ্যে" not in row


def test_report_from_below_goes_up_and_the_last_one_closes_the_round(country: Country) -> None:
    decision = fanned_out(country)
    ours = Assignment.objects.get(office=country.upazila)
    theirs = Assignment.objects.get(office=country.sibling)
    report(ours, country["upazila.head"], text="ডেস্ক চালু হয়েছে")
    shown = page(country["district.innovation_officer"], decision)
    assert "ডেস্ক চালু হয়েছে" in texts_of(shown, ".timeline .words")
    rows = texts_of(client_of(country["district.member"]).get(REGISTER), "tbody tr")
    assert "২ জনের মধ্যে ১ জন শেষ বলেছেন" in rows[0]
    report(theirs, country["sibling.innovation_officer"])
    assert status_of(decision) == DecisionStatus.REPORTED
    # The other upazila does not learn who was last; the district does.
    said = "২১ নভেম্বর ২০২৬ সকল বাস্তবায়নকারী কাজ শেষ বলে জানিয়েছেন"
    assert texts_of(page(country["upazila.head"], decision), ".timeline li")[0] == said
    assert texts_of(page(country["district.member"], decision), ".timeline li")[0] != said
    assert step(decision, "complete", country["district.head"]).status_code == 302
    assert status_of(decision) == DecisionStatus.DONE


def test_evidence_is_served_to_those_who_see_the_report(country: Country) -> None:
    fanned_out(country)
    ours = Assignment.objects.get(office=country.upazila)
    report(ours, country["upazila.head"], evidence=SimpleUploadedFile("ছবি.png", PNG, "image/png"))
    url = reverse("meetings:report_evidence", args=[AssignmentReport.objects.get().pk])
    for name in ("upazila.member", "district.member"):
        assert seen_in(client_of(country[name]).get(url).getvalue()) == seen_in(PNG)
    for name in ("sibling.head", "division.head", "nobody"):
        assert client_of(country[name]).get(url).status_code == 404
    without = AssignmentReport.objects.create(assignment=ours, text="ফাইল ছাড়া")
    plain = reverse("meetings:report_evidence", args=[without.pk])
    assert client_of(country["upazila.head"]).get(plain).status_code == 404


def test_strangers_find_nothing(country: Country) -> None:
    words = decided(country["upazila.member"].scope.main_post)
    meeting = settled(country.upazila, country["upazila.head"], words)
    decision, assignment = meeting.decisions.get(), owed_of(meeting)[0]
    addresses = [decision.get_absolute_url(), report_url(assignment)]
    for name in ("sibling.head", "elsewhere.head", "district.head", "administrator", "nobody"):
        client = client_of(country[name])
        assert {client.get(url).status_code for url in addresses} == {404}
        assert titles(country[name]) == []
    assert Client().get(addresses[0])["Location"].startswith(reverse("account_login"))


def test_superior_reads_sent_decisions_of_offices_below_without_their_reports(
    country: Country,
) -> None:
    words = decided(country["upazila.member"].scope.main_post)
    meeting = settled(
        country.upazila, country["upazila.head"], words, status=MeetingStatus.CIRCULATED
    )
    decision = meeting.decisions.get()
    report(owed_of(meeting)[0], country["upazila.member"], done=False, text="ভেতরের কথা")
    assert titles(country["district.head"]) == []
    assert titles(country["district.head"], "?origin=below") == [decision.text]
    assert titles(country["reviewer"]) == [decision.text]
    shown = page(country["district.head"], decision)
    assert "ভেতরের কথা" not in " ".join(texts_of(shown, "main"))
    assert find(shown, "aside a")
    assert not find(shown, ".head .actions .btn")


def test_reopened_minutes_take_the_decision_out_of_force(team: Team, decision: Decision) -> None:
    assignment = part(decision, team.member)
    reopen_minutes(meeting=decision.meeting, by=team.head, reason="বানান")
    assert titles(team.member) == []
    assert client_of(team.member).get(report_url(assignment)).status_code == 404
    assert page(team.member, decision).status_code == 200


# --- How often the database is asked -----------------------------------------------------------
def asked(answer: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert answer().status_code == 200
    return len(queries)


def add_decisions(team: Team, how_many: int) -> None:
    """Own decisions of one special meeting, each for two posts."""
    posts = [person.scope.main_post for person in (team.member, team.head)]
    words = [decided(*posts, text=f"সিদ্ধান্ত {n}") for n in range(how_many)]
    settled(team.office, team.head, *words, kind=MeetingKind.SPECIAL)


@pytest.mark.parametrize("query", ["", "?q=সিদ্ধান্ত&state=all&origin=own"])
def test_register_asks_as_often_for_many(team: Team, query: str) -> None:
    client = client_of(team.member)
    add_decisions(team, 1)
    few = asked(lambda: client.get(REGISTER + query))
    add_decisions(team, 100)
    assert asked(lambda: client.get(REGISTER + query)) == few <= 10


def test_decision_asks_as_often_for_many_implementers(team: Team) -> None:
    client = client_of(team.head)

    def opened(owners: int) -> int:
        people = [make_officer(team.office, Role.MEMBER) for _ in range(owners)]
        words = decided(*[person.scope.main_post for person in people])
        meeting = settled(team.office, team.head, words, kind=MeetingKind.SPECIAL)
        for assignment in owed_of(meeting):
            report_assignment(
                assignment=assignment, by=team.head, text="হয়েছে", is_done=False, on=HELD_ON
            )
        decision = meeting.decisions.get()
        return asked(lambda: client.get(decision.get_absolute_url()))

    assert opened(1) == opened(40) <= 11


def test_vacant_post_says_so(team: Team) -> None:
    vacant = make_post(team.office, Role.MEMBER, "উপজেলা শিক্ষা অফিসার")
    decision = settled(team.office, team.head, decided(vacant)).decisions.get()
    assert "পদটি এখন শূন্য" in texts_of(page(team.member, decision), "ul.todo li")[0]
