"""Whoever left an address is told each step once, in words they understand."""

import pytest
from django.utils import translation

from bangla.digits import to_bangla
from ideas.actions import (
    admit_idea,
    appeal_idea,
    finish_pilot,
    merge_idea,
    move_idea,
    receive_idea,
    stop_pilot,
    update_idea,
)
from ideas.actions.register import ContactText
from ideas.codes import spaced
from ideas.enums import APPROVE, DECLINE, SHORTLIST, START_PILOT
from ideas.letters import tell_submitter
from ideas.models import Contact, Idea
from jobs.models import Letter
from teams.models import AuditEntry
from tests.factories import Team
from tests.ideas.register import REASON, TEXT, hold, make_idea, take
from tests.ideas.senders import EMAIL, letters_to, make_told, support

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def test_submitter_is_told_the_code_and_the_address(team: Team) -> None:
    idea = make_told(team.office, by=team.member)
    [letter] = letters_to(EMAIL)
    assert letter.subject == "আপনার আইডিয়া: দপ্তর পেয়েছে"
    assert letter.to_name == TEXT.submitter_name
    assert to_bangla(spaced(idea.code)) in letter.body
    assert f"http://localhost:8000/idea-box/track/{idea.code}/" in letter.body
    assert TEXT.title in letter.body
    assert team.office.name_bn in letter.body
    assert team.member.name_bn not in letter.body


def test_each_step_is_told_once(team: Team) -> None:
    idea = make_told(team.office, by=team.head, steps=(SHORTLIST, APPROVE, START_PILOT))
    assert [letter.subject.split(": ")[1] for letter in letters_to(EMAIL)] == [
        *("দপ্তর পেয়েছে", "প্রথম বাছাইয়ে টিকেছে"),
        *("করে দেখার সিদ্ধান্ত হয়েছে", "করে দেখা হচ্ছে"),
    ]
    tell_submitter(idea, by=team.head)
    tell_submitter(idea, by=None)
    assert len(letters_to(EMAIL)) == 4


def test_end_of_a_pilot_is_told_though_the_idea_keeps_its_state(team: Team) -> None:
    idea = make_told(team.office, by=team.head, steps=(SHORTLIST, APPROVE, START_PILOT))
    finish_pilot(
        pilot=idea.pilot, results="৩ দিনে", lessons="", unmeasured_reason="সময় ছিল না", by=team.head
    )
    assert letters_to(EMAIL)[-1].subject.endswith("করে দেখে ভালো ফল পাওয়া গেছে")
    assert len(letters_to(EMAIL)) == 5


def test_stopped_pilot_is_told_without_the_teams_own_lessons(team: Team) -> None:
    idea = make_told(team.office, by=team.head, steps=(SHORTLIST, APPROVE, START_PILOT))
    stop_pilot(pilot=idea.pilot, lessons="যন্ত্রটি কেনা ভুল ছিল", by=team.head)
    last = letters_to(EMAIL)[-1]
    assert "করে দেখার পর থেমেছে" in last.subject
    assert "যন্ত্রটি" not in last.body


def test_refusal_is_told_with_its_reason_and_the_appeal(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON, reference="নভেম্বরের সভা")
    body = letters_to(EMAIL)[-1].body
    assert f"কারণ: {REASON}" in body
    assert "নভেম্বরের সভা" in body
    assert "একবার আবার বিবেচনার আবেদন" in body
    appeal_idea(idea=idea, text="সেবাটি বন্ধ", by=None)
    assert "আবার দেখা হচ্ছে" in letters_to(EMAIL)[-1].subject
    move_idea(idea=idea, step=DECLINE, by=team.head, reason="আবারও দেখা হলো")
    last = letters_to(EMAIL)[-1].body
    assert "আবারও দেখা হলো" in last
    assert "একবার আবার বিবেচনার আবেদন" not in last


def test_supporters_are_told_with_their_own_code(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    mine = support(idea, email="rahim@example.com", name="রহিম")
    by_account = support(idea, person=team.member)
    support(idea)
    move_idea(idea=idea, step=DECLINE, by=team.head, reason=REASON)
    [letter] = letters_to("rahim@example.com")
    assert mine.code in letter.body
    assert idea.code not in letter.body
    assert "একবার আবার বিবেচনার আবেদন" not in letter.body
    assert by_account.code in letters_to(team.member.email)[0].body


def test_one_address_gets_one_letter_for_a_step(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    support(idea, email=EMAIL.upper())
    support(idea, email=EMAIL)
    take(idea, (SHORTLIST,), by=team.head)
    assert Letter.objects.count() == 2


def test_idea_kept_back_is_not_named_to_a_supporter(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    Idea.objects.filter(pk=idea.pk).update(is_shared=False)
    support(idea, email="rahim@example.com")
    take(idea, (SHORTLIST,), by=team.head)
    assert TEXT.title not in letters_to("rahim@example.com")[0].body
    assert TEXT.title in letters_to(EMAIL)[-1].body


def test_merged_submitter_hears_of_both_ideas(team: Team) -> None:
    mine = make_told(team.office, by=team.head)
    other = make_idea(team.office, by=team.head, title="হাটে আবেদন")
    merge_idea(idea=mine, into=other, by=team.head)
    merged = letters_to(EMAIL)[-1]
    assert "একই রকম আরেকটি আইডিয়ার সঙ্গে" in merged.subject
    assert "হাটে আবেদন" not in merged.body  # nobody may know yet what somebody else wrote
    take(other, (SHORTLIST,), by=team.head)
    last = letters_to(EMAIL)[-1]
    assert last.subject.endswith("প্রথম বাছাইয়ে টিকেছে")
    assert mine.code in last.body
    assert other.code not in last.body


def test_person_with_an_account_is_told_at_its_address(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    Idea.objects.filter(pk=idea.pk).update(submitted_by=team.member, submitter_name="")
    take(idea, (SHORTLIST,), by=team.head)
    [letter] = letters_to(team.member.email)
    assert letter.to_name == team.member.name_bn


def test_nobody_is_written_to_without_an_address(team: Team) -> None:
    receive_idea(
        office=team.office, text=TEXT, by=team.head, contact=ContactText(phone="01712345678")
    )
    idea = make_idea(team.office, by=team.head, submitter_name="")
    take(idea, (SHORTLIST, APPROVE), by=team.head)
    assert not Letter.objects.exists()


def test_held_submission_makes_us_write_to_nobody_until_it_is_admitted(team: Team) -> None:
    idea = make_idea(team.office, by=team.head)
    Contact.objects.create(idea=idea, email=EMAIL)
    hold(idea)
    tell_submitter(idea, by=None)
    assert letters_to(EMAIL) == []
    admit_idea(idea=idea, by=team.head)
    assert len(letters_to(EMAIL)) == 1


def test_mending_the_words_tells_nobody(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    update_idea(idea=idea, version=idea.version, text=TEXT, by=team.member)
    # Somebody joins afterwards: only they are told where it stands.
    support(idea, email="rahim@example.com")
    tell_submitter(idea, by=None)
    assert (len(letters_to(EMAIL)), len(letters_to("rahim@example.com"))) == (1, 1)


def test_letter_is_bengali_whoever_takes_the_step(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    with translation.override("en"):
        take(idea, (SHORTLIST,), by=team.head)
    assert "প্রথম বাছাইয়ে টিকেছে" in letters_to(EMAIL)[-1].subject


def test_contact_is_in_no_record(team: Team) -> None:
    idea = make_told(team.office, by=team.head)
    take(idea, (SHORTLIST,), by=team.head)
    assert EMAIL not in str(list(AuditEntry.objects.values_list("before", "after")))
