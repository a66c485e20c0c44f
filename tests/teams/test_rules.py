"""Dated rules are written for a day, put right with a reason, and never change the past quietly."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ideas.models import Criteria
from teams.enums import Tier
from teams.models import AuditEntry, Background, CompositionRule, DueRule, TermOfReference
from teams.rule_kinds import KINDS
from tests.factories import Country, client_of, make_country
from workplans.models import StandardSubject

pytestmark = pytest.mark.django_db

SOURCE = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১ জানুয়ারি ২০২৬"
BEGUN = timezone.localdate() - timedelta(days=400)
SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def browser(country: Country) -> Client:
    return client_of(country["administrator"])


def typed(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def new_term(**more: Any) -> dict[str, Any]:
    return {
        "number": "১",
        "text_bn": "বছরে অন্তত দুটি উদ্ভাবনী উদ্যোগ পাইলট করা",
        "text_en": "Pilot at least two initiatives a year",
        "valid_from": typed(SOON),
        "source": SOURCE,
        **more,
    }


def term_in_force() -> TermOfReference:
    """The first duty, in force for more than a year."""
    TermOfReference.objects.filter(number=1).delete()
    return TermOfReference.objects.create(
        number=1, text_bn="কাজ", text_en="Work", valid_from=BEGUN, source=SOURCE
    )


def address(name: str, kind: str, *more: Any) -> str:
    return reverse(f"teams:{name}", args=[kind, *more])


def test_new_rule_ends_the_one_before_it(browser: Client) -> None:
    earlier = term_in_force()
    answer = browser.post(address("rule_create", "terms"), new_term())
    assert answer.status_code == 302
    earlier.refresh_from_db()
    added = TermOfReference.objects.get(number=1, valid_from=SOON)
    assert (earlier.valid_to, added.valid_to) == (SOON - timedelta(days=1), None)
    entry = AuditEntry.objects.get(action="rule.add")
    assert (entry.object_id, entry.after["source"]) == (added.pk, SOURCE)
    # The page says which is which.
    page = browser.get(address("rule_list", "terms")).content.decode()
    assert "আসছে" in page
    assert "বছরে অন্তত দুটি" in page


def test_rule_without_source_or_day_is_refused_in_words(browser: Client) -> None:
    answer = browser.post(
        address("rule_create", "terms"), new_term(source="", valid_from="আগামী মাসে")
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "কোন প্রজ্ঞাপন বা আদেশে এসেছে" in page
    assert "“আগামী মাসে” তারিখ হিসেবে পড়া গেল না" in page
    assert not TermOfReference.objects.filter(source="").exists()


def test_rule_for_days_gone_by_needs_a_reason(browser: Client) -> None:
    term_in_force()
    past = new_term(valid_from=typed(BEGUN + timedelta(days=10)))
    refused = browser.post(address("rule_create", "terms"), past)
    assert refused.status_code == 422
    assert "কারণ লিখুন" in refused.content.decode()
    told = {**past, "reason": "পরিপত্র দেরিতে এসেছে"}
    assert browser.post(address("rule_create", "terms"), told).status_code == 302
    assert AuditEntry.objects.get(action="rule.add").after["reason"] == "পরিপত্র দেরিতে এসেছে"


def test_the_same_rule_twice_is_refused(browser: Client) -> None:
    browser.post(address("rule_create", "terms"), new_term(number="৯৯"))
    again = browser.post(address("rule_create", "terms"), new_term(number="৯৯"))
    assert again.status_code == 422
    assert "আগেই আছে" in again.content.decode()
    assert TermOfReference.objects.filter(number=99).count() == 1


def test_rule_in_force_is_corrected_only_with_a_reason(browser: Client) -> None:
    rule = term_in_force()
    where = address("rule_update", "terms", rule.pk)
    form = browser.get(where).context["form"]
    words = new_term(valid_from=typed(BEGUN), seen=form.initial["seen"])
    assert browser.post(where, words).status_code == 422
    rule.refresh_from_db()
    assert rule.text_bn == "কাজ"
    assert browser.post(where, {**words, "reason": "ছাপার ভুল"}).status_code == 302
    entry = AuditEntry.objects.get(action="rule.correct")
    assert entry.before["text_bn"] == "কাজ"
    assert (entry.after["text_bn"], entry.after["reason"]) == (words["text_bn"], "ছাপার ভুল")


def test_rule_that_has_ended_cannot_be_changed(browser: Client) -> None:
    rule = term_in_force()
    TermOfReference.objects.filter(pk=rule.pk).update(valid_to=timezone.localdate() - timedelta(1))
    where = address("rule_update", "terms", rule.pk)
    seen = browser.get(where).context["form"].initial["seen"]
    answer = browser.post(where, new_term(seen=seen, reason="ভুল"))
    assert answer.status_code == 422
    assert "মেয়াদ শেষ" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="rule.correct").exists()


def test_two_who_correct_one_rule_see_both_texts(browser: Client) -> None:
    rule = TermOfReference.objects.create(
        number=77, text_bn="প্রথম", text_en="First", valid_from=SOON, source=SOURCE
    )
    where = address("rule_update", "terms", rule.pk)
    seen = browser.get(where).context["form"].initial["seen"]
    TermOfReference.objects.filter(pk=rule.pk).update(text_bn="অন্যজনের লেখা")
    answer = browser.post(where, new_term(number="৭৭", text_bn="আমার লেখা", seen=seen))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "অন্যজনের লেখা" in page
    assert "আমার লেখা" in page
    # The page it gives back can be sent, knowing now what stands there.
    again = answer.context["form"].data
    assert browser.post(where, dict(again)).status_code == 302
    rule.refresh_from_db()
    assert rule.text_bn == "আমার লেখা"


def test_rule_moved_to_another_day_takes_the_end_of_the_earlier_along(browser: Client) -> None:
    earlier = term_in_force()
    browser.post(address("rule_create", "terms"), new_term())
    rule = TermOfReference.objects.get(valid_from=SOON)
    where = address("rule_update", "terms", rule.pk)
    seen = browser.get(where).context["form"].initial["seen"]
    later = SOON + timedelta(days=10)
    browser.post(where, new_term(valid_from=typed(later), seen=seen))
    earlier.refresh_from_db()
    assert earlier.valid_to == later - timedelta(days=1)


@pytest.mark.parametrize("goes_on", [True, False])
def test_rule_is_withdrawn_before_its_day(browser: Client, goes_on: bool) -> None:
    earlier = term_in_force()
    browser.post(address("rule_create", "terms"), new_term())
    rule = TermOfReference.objects.get(valid_from=SOON)
    where = address("rule_delete", "terms", rule.pk)
    assert browser.get(where).status_code == 200
    browser.post(where, {"reopen": "on"} if goes_on else {})
    earlier.refresh_from_db()
    assert not TermOfReference.objects.filter(pk=rule.pk).exists()
    assert (earlier.valid_to is None) == goes_on
    assert AuditEntry.objects.filter(action="rule.withdraw").count() == 1


def test_rule_in_force_is_not_withdrawn(browser: Client) -> None:
    rule = term_in_force()
    browser.post(address("rule_delete", "terms", rule.pk), {"reopen": "on"})
    assert TermOfReference.objects.filter(pk=rule.pk).exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"month": "2", "day": "৩০"}, "ওই মাসে ৩০ তারিখ"),
        ({"month": "7", "day": "৩১", "days_after": "৫"}, "যেকোনো একটি"),
        ({}, "একটি লিখুন"),
    ],
)
def test_due_day_that_never_comes_is_refused(
    browser: Client, said: dict[str, str], sentence: str
) -> None:
    form = {"kind": "annual_report", "valid_from": typed(SOON), "source": SOURCE, **said}
    answer = browser.post(address("rule_create", "due-dates"), form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_due_days_that_start_together_stand_side_by_side(browser: Client) -> None:
    for month, day in (("1", "৩০"), ("7", "৩১")):
        form = {"kind": "half_year", "month": month, "day": day}
        form |= {"valid_from": typed(SOON), "source": SOURCE}
        assert browser.post(address("rule_create", "due-dates"), form).status_code == 302
    new = DueRule.objects.filter(kind="half_year", valid_from=SOON)
    assert [rule.valid_to for rule in new] == [None, None]
    assert not DueRule.objects.filter(
        kind="half_year", valid_from__lt=SOON, valid_to__isnull=True
    ).exists()


def lines(*rows: dict[str, Any], known: int = 0) -> dict[str, Any]:
    """The boxes of a rule's lines as a browser sends them."""
    sent: dict[str, Any] = {"lines-TOTAL_FORMS": len(rows), "lines-INITIAL_FORMS": known}
    for number, row in enumerate(rows):
        sent |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return sent


def test_composition_rule_is_written_with_its_requirements(browser: Client) -> None:
    ict = Background.objects.get_or_create(code="ict-test", defaults={"name_bn": "আইসিটি পটভূমি"})[0]
    CompositionRule.objects.filter(tier=Tier.UPAZILA, valid_from__gte=SOON).delete()
    form = {
        **{"tier": "upazila", "leading_seat": "leader", "formed_by": "district"},
        **{"leader_bn": "উপজেলা নির্বাহী অফিসার", "leader_en": "UNO", "leader_is_head": "on"},
        **{"nominated_min": "৩", "nominated_max": "৫"},
        **{"valid_from": typed(SOON), "source": SOURCE},
        **lines(
            {"name_bn": "আইসিটি জানা", "name_en": "ICT", "backgrounds": [ict.pk], "minimum": "১"},
            {"name_bn": "", "name_en": "", "minimum": ""},
        ),
    }
    assert browser.post(address("rule_create", "composition"), form).status_code == 302
    rule = CompositionRule.objects.get(tier=Tier.UPAZILA, valid_from=SOON)
    requirement = rule.requirements.get()
    assert list(requirement.backgrounds.all()) == [ict]
    # Corrected before its day: the line is changed in its place, another joins it.
    where = address("rule_update", "composition", rule.pk)
    seen = browser.get(where).context["form"].initial["seen"]
    second = {"name_bn": "শিক্ষক", "name_en": "Teacher", "backgrounds": [ict.pk], "minimum": "২"}
    first = {**second, "name_bn": "প্রোগ্রামার", "id": requirement.pk}
    form |= {"seen": seen, **lines(first, second, known=1)}
    assert browser.post(where, form).status_code == 302
    assert [line.name_bn for line in rule.requirements.all()] == ["প্রোগ্রামার", "শিক্ষক"]
    assert rule.requirements.first() == requirement
    # A name of the old rule begins the new one, without its id.
    begun = browser.get(address("rule_create", "composition") + f"?from={rule.pk}")
    assert begun.context["lines"].initial[0]["name_bn"] == "প্রোগ্রামার"
    assert "id" not in begun.context["lines"].initial[0]


def test_weights_of_criteria_add_up(browser: Client) -> None:
    criterion = {"key": "time", "name_bn": "সময়", "name_en": "Time", "weight": "৯০"}
    form = {"valid_from": typed(SOON), "source": SOURCE, **lines(criterion)}
    answer = browser.post(address("rule_create", "criteria"), form)
    assert answer.status_code == 422
    assert "যোগফল ১০০ হতে হবে" in answer.content.decode()
    form |= lines({**criterion, "weight": "১০০"})
    assert browser.post(address("rule_create", "criteria"), form).status_code == 302
    assert Criteria.objects.get(valid_from=SOON).criterion_set.get().weight == 100


def test_line_of_another_rule_is_not_taken_over(browser: Client) -> None:
    foreign = Criteria.objects.first().criterion_set.first()
    criterion = {"id": foreign.pk, "key": "time", "name_bn": "সময়", "name_en": "Time"}
    form = {"valid_from": typed(SOON), "source": SOURCE}
    form |= lines({**criterion, "weight": "১০০"}, known=1)
    assert browser.post(address("rule_create", "criteria"), form).status_code == 302
    foreign.refresh_from_db()
    assert foreign.criteria_id != Criteria.objects.get(valid_from=SOON).pk


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_has_its_pages(browser: Client, kind: str) -> None:
    assert browser.get(address("rule_list", kind)).status_code == 200
    assert browser.get(address("rule_create", kind)).status_code == 200
    rule = KINDS[kind].rows().first()
    if rule is not None:
        assert browser.get(address("rule_update", kind, rule.pk)).status_code == 200
    # Nothing typed, and nonsense in every box, is answered in words.
    boxes = browser.get(address("rule_create", kind)).context["form"].fields
    nonsense = dict.fromkeys(boxes, "\0☃ 9999999999")
    for sent in ({}, nonsense, {**nonsense, "lines-TOTAL_FORMS": "x"}):
        assert browser.post(address("rule_create", kind), sent).status_code == 422


@pytest.mark.parametrize("person", ["upazila.head", "reviewer", "nobody"])
def test_rules_are_the_administrators_alone(country: Country, person: str) -> None:
    rule = term_in_force()
    stranger = client_of(country[person])
    for where in (
        reverse("teams:administration"),
        reverse("teams:rule_kinds"),
        address("rule_list", "terms"),
        address("rule_create", "terms"),
        address("rule_update", "terms", rule.pk),
        address("rule_delete", "terms", rule.pk),
    ):
        assert stranger.get(where).status_code == 403
        assert stranger.post(where, new_term(reason="x")).status_code in {403, 405}


def test_unknown_kinds_and_rows_are_not_found(browser: Client) -> None:
    assert browser.get(address("rule_list", "secrets")).status_code == 404
    assert browser.get(address("rule_update", "terms", 10**30)).status_code == 404
    assert browser.get(address("rule_create", "terms") + "?from=x").status_code == 200


def test_pages_ask_as_often_for_many_rules(browser: Client) -> None:
    counts: dict[str, list[int]] = {}
    places = {
        "kinds": reverse("teams:rule_kinds"),
        "list": address("rule_list", "subjects"),
        "criteria": address("rule_list", "criteria"),
    }
    for many in (1, 60):
        for number in range(many):
            StandardSubject.objects.create(name=f"বিষয় {many}-{number}", valid_from=BEGUN)
            Criteria.objects.create(valid_from=BEGUN - timedelta(days=many * 100 + number))
        for name, where in places.items():
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(where).status_code == 200
            counts.setdefault(name, []).append(len(asked))
    assert all(few == most <= 20 for few, most in counts.values()), counts
