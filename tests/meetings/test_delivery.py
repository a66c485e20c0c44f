"""Minutes and notices on their way: through a real mail server, one letter a reader."""

from datetime import date

import pytest
from django.urls import reverse

from jobs.enums import JobStatus
from jobs.models import Job, Letter
from meetings.actions import issue_notice
from meetings.enums import MeetingStatus
from teams.enums import GroupKind
from teams.models import PostGroup
from tests.factories import client_of, make_country, make_team
from tests.jobs.support import carried, worked
from tests.meetings.rows import decided, make_meeting, take_meeting_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def draw_papers():
    """Let the worker make every paper that letters wait for."""
    for job in Job.objects.exclude(kind="jobs.send_letter").filter(status=JobStatus.QUEUED):
        worked(job)


def carry_letters():
    for letter in Letter.objects.filter(status="waiting").order_by("pk"):
        carried(letter)


def test_refused_address_is_shown_and_the_rest_is_sent(smtp_server):
    team = make_team()
    member = team.member.scope.main_post
    meeting = make_meeting(
        team.office, by=team.head, decisions=[decided(member)], status="circulated"
    )
    smtp_server.refuse(team.member.email)
    draw_papers()
    carry_letters()
    sent = {mail.to: mail for mail in smtp_server.mails}
    assert set(sent) == {team.head.email, team.innovation_officer.email}
    mail = sent[team.head.email]
    assert mail.subject == meeting.versions.get().content["title"]
    (content,) = mail.files.values()
    assert content.startswith(b"%PDF")
    page = client_of(team.head).get(meeting.get_absolute_url()).content.decode()
    refused = Letter.objects.get(to_address=team.member.email)
    assert refused.refused_reason_shown in page
    assert page.count("পাঠানো হয়েছে") == 2


def test_refused_letter_is_sent_again_to_a_mended_address(smtp_server):
    team = make_team()
    meeting = make_meeting(team.office, by=team.head, status="circulated")
    smtp_server.refuse(team.member.email)
    draw_papers()
    carry_letters()
    letter = Letter.objects.get(to_address=team.member.email)
    delivery = meeting.deliveries.get(letter=letter)
    client_of(team.head).post(
        reverse("meetings:delivery_resend", args=[delivery.pk]), {"to_address": "new@office.test"}
    )
    carry_letters()
    assert [mail.to for mail in smtp_server.mails].count("new@office.test") == 1
    letter.refresh_from_db()
    assert letter.status == "sent"


def test_notice_arrives_with_the_calendar_entry_and_its_change_moves_it(smtp_server):
    team = make_team()
    meeting = make_meeting(team.office, by=team.head, on=date(2026, 11, 26))
    issue_notice(meeting=meeting, memo=None, issued_on=date(2026, 11, 21), by=team.head)
    meeting.refresh_from_db()
    meeting.held_on = date(2026, 11, 30)
    meeting.save()
    issue_notice(meeting=meeting, memo=None, issued_on=date(2026, 11, 21), by=team.head)
    draw_papers()
    carry_letters()
    mails = [mail for mail in smtp_server.mails if mail.to == team.member.email]
    assert len(mails) == 2
    entries = [mail.calendar.get_content() for mail in mails]
    assert ["SEQUENCE:0" in entry for entry in entries] == [True, False]
    assert "20261126T050000Z" in entries[0]
    assert "20261130T050000Z" in entries[1]
    assert "২৬ নভেম্বর ২০২৬" in mails[1].text  # what it was


def test_office_below_gets_the_paper_of_its_own_decisions(smtp_server):
    country = make_country()
    group = PostGroup.objects.get(office=None, kind=GroupKind.HEADS_BELOW)
    meeting = make_meeting(
        country.district, by=country["district.head"], decisions=[decided(group)]
    )
    take_meeting_to(meeting, MeetingStatus.CIRCULATED, by=country["district.head"])
    draw_papers()
    carry_letters()
    (mail,) = [mail for mail in smtp_server.mails if mail.to == country["upazila.head"].email]
    assert list(mail.files) == ["আপনার জন্য সিদ্ধান্ত district এলাকা 2026-11-10.pdf"]
    assert decided().text in mail.text
