"""Offices change on the day an order says, once, and nothing that was written is lost by it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from teams.actions import load_offices
from teams.actions.office_changes import (
    ChangeRefused,
    apply_change,
    apply_due_changes,
    plan_change,
)
from teams.enums import ChangeKind, ChangeStatus, Role, Tier
from teams.models import AuditEntry, Office, OfficeChange, Post, User
from teams.office_changes import Wanted
from teams.offices import OfficeRow
from teams.tasks import apply_office_changes
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_plan,
)
from tests.races import at_once
from tests.reports.auth import confirmed_client_of
from workplans.models import WorkPlan

TODAY = date(2026, 11, 21)
LATER = TODAY + timedelta(days=10)
ORDER = "মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন নং ১২, ১ নভেম্বর ২০২৬"
NAMES = {
    "name_bn": "উপজেলা নির্বাহী অফিসারের কার্যালয়, নতুনগঞ্জ",
    "name_en": "Office of the Upazila Nirbahi Officer, Natunganj",
    "place_bn": "নতুনগঞ্জ উপজেলা",
    "place_en": "Natunganj Upazila",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def browser(country: Country) -> Client:
    return confirmed_client_of(country["administrator"])


def said(day: date = TODAY, **more: Any) -> dict[str, Any]:
    return {"effective_on": day.strftime("%d/%m/%Y"), "source": ORDER, **more}


def written(browser: Client, office: Office, kind: str, form: dict[str, Any]) -> OfficeChange:
    """The change after its preview and the yes to it."""
    where = reverse("teams:change_create", args=[office.code, kind])
    preview = browser.post(where, form)
    assert preview.status_code == 200, preview.content.decode()
    assert not OfficeChange.objects.exists()
    answer = browser.post(where, {**form, "confirmed": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return OfficeChange.objects.get()


def wanted(kind: ChangeKind, office: Office, day: date = TODAY, **more: Any) -> Wanted:
    return Wanted(kind=kind, office=office, effective_on=day, source=ORDER, **more)


def fresh(person: User) -> User:
    """The person as the next request will know them."""
    return User.objects.get(pk=person.pk)


# --- Each kind ---------------------------------------------------------------------------------
def test_new_upazila_stands_in_the_tree(country: Country, browser: Client) -> None:
    form = said(**NAMES, code="natunganj", tier="upazila")
    change = written(browser, country.district, "create", form)
    made = Office.objects.get(code="natunganj")
    assert (made.parent, made.tier) == (country.district, Tier.UPAZILA)
    assert made.path == f"{country.district.path}natunganj/"
    page = browser.get(reverse("teams:change_detail", args=[change.pk])).content.decode()
    assert NAMES["name_bn"] in page
    assert "কার্যকর" in page
    # The district sees it and may put people on it.
    district = client_of(country["district.head"])
    assert district.get(reverse("teams:office_detail", args=["natunganj"])).status_code == 200


def test_renamed_office_is_found_by_its_former_name(country: Country, browser: Client) -> None:
    office, was = country.upazila, country.upazila.name_bn
    written(browser, office, "rename", said(**NAMES))
    office.refresh_from_db()
    assert office.name_bn == NAMES["name_bn"]
    assert office.name_on(TODAY) == NAMES["name_bn"]
    assert office.name_on(TODAY - timedelta(days=1)) == was
    found = browser.get(reverse("teams:office_list"), {"q": was}).content.decode()
    assert NAMES["name_bn"] in found


def test_moved_branch_is_read_by_the_new_superior_alone(country: Country, browser: Client) -> None:
    plan = make_plan(country.upazila, by=country["upazila.head"], status="approved")
    here = [plan.get_absolute_url()]
    old, new = country["district.head"], country["elsewhere.head"]
    assert client_of(old).get(here[0]).status_code == 200
    assert client_of(new).get(here[0]).status_code == 404
    written(browser, country.upazila, "move", said(parent=country.elsewhere.pk))
    assert client_of(old).get(here[0]).status_code == 404
    assert client_of(new).get(here[0]).status_code == 200


def test_district_moves_with_its_upazilas(country: Country, browser: Client) -> None:
    division = make_office("other-division", Tier.DIVISION, country.root)
    written(browser, country.district, "move", said(parent=division.pk))
    country.upazila.refresh_from_db()
    assert country.upazila.path.startswith(f"{division.path}district/")


def test_merged_offices_papers_are_the_other_teams_own(country: Country, browser: Client) -> None:
    draft = make_plan(country.sibling, by=country["sibling.head"])
    form = said(merged=[country.sibling.pk])
    change = written(browser, country.upazila, "merge", form)
    sibling = Office.objects.get(pk=country.sibling.pk)
    assert (sibling.is_active, sibling.merged_into_id) == (False, country.upazila.pk)
    # Both teams go on with the draft, and the new head may send it.
    for person in ("sibling.head", "sibling.member", "upazila.head", "upazila.member"):
        answer = client_of(country[person]).get(draft.get_absolute_url())
        assert answer.status_code == 200, person
    submit = reverse("workplans:submit", args=[draft.pk])
    assert client_of(country["sibling.member"]).post(submit).status_code == 403
    client_of(country["upazila.head"]).post(submit)
    assert WorkPlan.objects.get(pk=draft.pk).status == "submitted"
    # Who led there is a member here, and there is one head.
    former = fresh(country["sibling.head"]).scope.main_post
    assert former is not None
    assert (former.office, former.role) == (country.upazila, Role.MEMBER)
    assert country.upazila.posts.filter(role=Role.HEAD).count() == 1
    # Nobody else came in by it.
    assert client_of(country["elsewhere.head"]).get(draft.get_absolute_url()).status_code == 404
    entry = AuditEntry.objects.get(action="officechange.apply")
    assert entry.object_id == change.pk
    assert entry.after["others"] == ["sibling"]


def test_merged_into_a_merged_office_reaches_both(country: Country, browser: Client) -> None:
    third = make_office("third", Tier.UPAZILA, country.district)
    newcomer = make_officer(third, Role.HEAD)
    drafts = [
        make_plan(country.sibling, by=country["sibling.head"]),
        make_plan(country.upazila, by=country["upazila.head"]),
    ]
    for target, other in ((country.upazila, country.sibling), (third, country.upazila)):
        target.refresh_from_db()
        other.refresh_from_db()
        plan_change(
            wanted=wanted(ChangeKind.MERGE, target, others=(other,)),
            by=country["administrator"],
        )
    for draft in drafts:
        assert client_of(newcomer).get(draft.get_absolute_url()).status_code == 200
    assert Office.objects.get(code="sibling").path.startswith(Office.objects.get(code="third").path)


def test_same_designations_are_told_apart_after_a_merger(country: Country, browser: Client) -> None:
    for office in (country.upazila, country.sibling):
        make_officer(office, Role.MEMBER, "উপজেলা কৃষি অফিসার")
    written(browser, country.upazila, "merge", said(merged=[country.sibling.pk]))
    names = set(country.upazila.posts.values_list("designation_bn", flat=True))
    assert {"উপজেলা কৃষি অফিসার", "উপজেলা কৃষি অফিসার (sibling এলাকা)"} <= names


def test_split_takes_its_posts_along_and_leaves_the_papers(
    country: Country, browser: Client
) -> None:
    plan = make_plan(country.upazila, by=country["upazila.head"])
    member, officer = country["upazila.member"], country["upazila.innovation_officer"]
    post = member.scope.main_post
    assert post is not None
    written(browser, country.upazila, "split", said(**NAMES, code="natunganj", posts=[post.pk]))
    made = Office.objects.get(code="natunganj")
    assert fresh(member).scope.office == made
    assert fresh(officer).scope.office == country.upazila
    assert client_of(member).get(plan.get_absolute_url()).status_code == 404
    assert client_of(officer).get(plan.get_absolute_url()).status_code == 200


def test_closed_office_has_nobody_and_its_papers_stay(country: Country, browser: Client) -> None:
    sent = make_plan(country.upazila, by=country["upazila.head"], status="approved")
    written(browser, country.upazila, "close", said())
    assert fresh(country["upazila.head"]).scope.posts == ()
    assert client_of(country["upazila.head"]).get(sent.get_absolute_url()).status_code == 404
    assert client_of(country["district.head"]).get(sent.get_absolute_url()).status_code == 200
    assert not country.upazila.posts.active().exists()


def test_published_page_says_what_became_of_the_office(country: Country, browser: Client) -> None:
    merged, closed = country.sibling, country.upazila
    target = make_office("target", Tier.UPAZILA, country.district)
    by = country["administrator"]
    plan_change(wanted=wanted(ChangeKind.MERGE, target, others=(merged,)), by=by)
    plan_change(wanted=wanted(ChangeKind.CLOSE, closed), by=by)
    for office, words in ((merged, target.name_bn), (closed, "বিলুপ্ত")):
        answer = Client().get(reverse("open:office", args=[office.code]))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert words in page
        assert "এই দপ্তরকে আইডিয়া দিন" not in page
        feed = Client().get(reverse("open:office_feed", args=[office.code]))
        assert feed.status_code == 200
    # Whoever follows an old poster to hand an idea in is brought to where ideas now go.
    answer = Client().get(reverse("public:office_idea_create", args=[merged.code]))
    assert answer["Location"] == reverse("public:office_idea_create", args=[target.code])
    # Inside, the old page names the new office as well.
    inside = browser.get(reverse("teams:office_detail", args=[merged.code]))
    assert target.name_bn in inside.content.decode()
    listed = browser.get(reverse("teams:office_list"), {"q": merged.name_bn}).content.decode()
    assert merged.get_absolute_url() in listed


def test_list_of_offices_undoes_no_order(country: Country) -> None:
    rows = [
        OfficeRow(
            **{name: getattr(office, name) for name in (*NAMES, "code", "tier", "is_active")},
            parent=office.parent.code if office.parent else "",
        )
        for office in Office.objects.select_related("parent").order_by("path")
    ]
    by = country["administrator"]
    for change in (
        wanted(ChangeKind.RENAME, country.upazila, details=NAMES),
        wanted(ChangeKind.MERGE, country.elsewhere, others=(country.district,)),
        wanted(ChangeKind.CLOSE, country.sibling),
    ):
        change.office.refresh_from_db()
        plan_change(wanted=change, by=by)
    stands = list(Office.objects.order_by("pk").values())
    load_offices(rows=rows)
    assert list(Office.objects.order_by("pk").values()) == stands
    assert Office.objects.get(code="upazila").parent == country.elsewhere


# --- When --------------------------------------------------------------------------------------
def test_change_waits_for_its_day_and_comes_once(country: Country, browser: Client) -> None:
    change = written(browser, country.upazila, "rename", said(LATER, **NAMES))
    assert change.status == ChangeStatus.PLANNED
    assert apply_due_changes(today=LATER - timedelta(days=1)) == 0
    assert not apply_change(change=change, by=None)
    OfficeChange.objects.filter(pk=change.pk).update(effective_on=TODAY)
    apply_office_changes()
    apply_office_changes()
    country.upazila.refresh_from_db()
    assert country.upazila.name_bn == NAMES["name_bn"]
    assert AuditEntry.objects.filter(action="officechange.apply").count() == 1


def test_planned_change_is_called_off(country: Country, browser: Client) -> None:
    change = written(browser, country.upazila, "rename", said(LATER, **NAMES))
    where = reverse("teams:change_cancel", args=[change.pk])
    browser.post(where)
    browser.post(where)
    change.refresh_from_db()
    assert change.status == ChangeStatus.CANCELLED
    assert apply_due_changes(today=LATER) == 0
    assert AuditEntry.objects.filter(action="officechange.cancel").count() == 1


def test_change_that_cannot_take_place_says_why_and_waits(
    country: Country, browser: Client
) -> None:
    change = written(browser, country.upazila, "move", said(LATER, parent=country.elsewhere.pk))
    Office.objects.filter(pk=country.elsewhere.pk).update(is_active=False)
    OfficeChange.objects.filter(pk=change.pk).update(effective_on=TODAY)
    assert apply_due_changes(today=TODAY) == 0
    page = browser.get(reverse("teams:change_detail", args=[change.pk])).content.decode()
    assert "আর চালু নেই" in page
    Office.objects.filter(pk=country.elsewhere.pk).update(is_active=True)
    assert apply_due_changes(today=TODAY) == 1
    change.refresh_from_db()
    assert "trouble" not in change.details


@pytest.mark.django_db(transaction=True)
def test_many_who_carry_it_out_at_once_do_it_once(country: Country) -> None:
    change = plan_change(
        wanted=wanted(ChangeKind.RENAME, country.upazila, LATER, details=NAMES),
        by=country["administrator"],
    )
    OfficeChange.objects.filter(pk=change.pk).update(effective_on=TODAY)

    def carry_out() -> bool:
        return apply_change(change=OfficeChange.objects.get(pk=change.pk), by=None)

    done = at_once([carry_out] * 12)
    assert sorted(map(str, done)) == ["False"] * 11 + ["True"]
    assert AuditEntry.objects.filter(action="officechange.apply").count() == 1
    assert country.upazila.former_names.count() == 1


# --- What stands against it --------------------------------------------------------------------
def test_form_sent_twice_plans_one(country: Country, browser: Client) -> None:
    form = said(LATER, **NAMES)
    written(browser, country.upazila, "rename", form)
    where = reverse("teams:change_create", args=[country.upazila.code, "rename"])
    answer = browser.post(where, {**form, "confirmed": "1"})
    assert answer.status_code == 422
    assert "আগেই নির্ধারিত" in answer.content.decode()
    assert OfficeChange.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kind", "form", "sentence"),
    [
        ("district", "create", {**NAMES, "code": "upazila", "tier": "upazila"}, "আরেকটি দপ্তরের"),
        ("district", "create", {**NAMES, "code": "Bad Code", "tier": "upazila"}, "ছোট হাতের"),
        ("upazila", "rename", {**NAMES, "name_bn": "sibling কার্যালয়"}, "আরেকটি দপ্তর আছে"),
        ("upazila", "merge", {}, "invalid-feedback"),
        ("district", "close", {}, "অধীনে চালু দপ্তর"),
        ("upazila", "close", {"source": ""}, "কোন প্রজ্ঞাপন"),
        ("upazila", "close", {"effective_on": "০১/০১/১৯০০"}, "তারিখ মিলিয়ে"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    country: Country, browser: Client, name: str, kind: str, form: dict[str, Any], sentence: str
) -> None:
    office = getattr(country, name)
    where = reverse("teams:change_create", args=[office.code, kind])
    for yes in ({}, {"confirmed": "1"}):
        answer = browser.post(where, {**said(), **form, **yes})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    assert not OfficeChange.objects.exists()


def test_tree_cannot_be_tied_into_a_knot(country: Country) -> None:
    by = country["administrator"]
    for change in (
        wanted(ChangeKind.MOVE, country.division, details={"parent": country.upazila.pk}),
        wanted(ChangeKind.MOVE, country.upazila, details={"parent": country.division.pk}),
        wanted(ChangeKind.MERGE, country.upazila, others=(country.elsewhere,)),
        wanted(ChangeKind.MERGE, country.upazila, others=(country.upazila,)),
        wanted(ChangeKind.CLOSE, country.root),
        wanted(
            ChangeKind.SPLIT,
            country.upazila,
            details={**NAMES, "code": "new", "tier": "upazila", "posts": [10**9]},
        ),
    ):
        with pytest.raises(ChangeRefused, match=r"।"):
            plan_change(wanted=change, by=by)
    assert not OfficeChange.objects.exists()


def test_posts_of_other_offices_do_not_come_along(country: Country, browser: Client) -> None:
    foreign = Post.objects.filter(office=country.sibling).values_list("pk", flat=True)
    where = reverse("teams:change_create", args=[country.upazila.code, "split"])
    form = said(**NAMES, code="natunganj", posts=list(foreign), confirmed="1")
    assert browser.post(where, form).status_code == 422
    assert not Office.objects.filter(code="natunganj").exists()


# --- Who ---------------------------------------------------------------------------------------
def test_yes_asks_for_the_password_first(country: Country) -> None:
    browser = client_of(country["administrator"])
    where = reverse("teams:change_create", args=[country.upazila.code, "close"])
    assert browser.post(where, said()).status_code == 200
    answer = browser.post(where, {**said(), "confirmed": "1"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not OfficeChange.objects.exists()


@pytest.mark.parametrize("person", ["upazila.head", "district.head", "reviewer", "nobody"])
def test_offices_are_the_administrators_to_change(country: Country, person: str) -> None:
    change = plan_change(
        wanted=wanted(ChangeKind.RENAME, country.upazila, LATER, details=NAMES),
        by=country["administrator"],
    )
    stranger = confirmed_client_of(country[person])
    close = reverse("teams:change_create", args=[country.upazila.code, "close"])
    for where in (
        reverse("teams:change_list"),
        reverse("teams:change_choose", args=[country.upazila.code]),
        reverse("teams:change_detail", args=[change.pk]),
        close,
    ):
        assert stranger.get(where).status_code == 403
    assert stranger.post(close, said(confirmed="1")).status_code == 403
    cancel = reverse("teams:change_cancel", args=[change.pk])
    assert stranger.post(cancel).status_code == 403
    assert "প্রশাসন" not in stranger.get(reverse("teams:office_list")).content.decode()


def test_odd_addresses_are_not_found(country: Country, browser: Client) -> None:
    for name, args in (
        ("change_choose", ["no-such-office"]),
        ("change_create", ["upazila", "explode"]),
        ("change_create", ["root", "close"]),
        ("change_create", ["upazila", "create"]),
        ("change_detail", [10**30]),
    ):
        assert browser.get(reverse(f"teams:{name}", args=args)).status_code == 404
    assert browser.get(reverse("teams:change_list"), {"q": "\0ক"}).status_code == 200


def test_pages_ask_as_often_for_many(country: Country, browser: Client) -> None:
    places = [
        reverse("teams:administration"),
        reverse("teams:change_list") + "?q=upazila",
        reverse("teams:change_create", args=["upazila", "merge"]),
        reverse("teams:change_create", args=["upazila", "split"]),
    ]
    asked: list[list[int]] = []
    for many in (1, 60):
        for number in range(many):
            office = make_office(f"upazila-{many}-{number}", Tier.UPAZILA, country.district)
            make_officer(country.upazila)
            OfficeChange.objects.create(
                kind=ChangeKind.RENAME,
                office=office,
                effective_on=LATER,
                source=ORDER,
                details=NAMES,
                created_by=country["administrator"],
            )
        counts = []
        for where in places:
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(where).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 20
