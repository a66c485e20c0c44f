"""An office lays papers open and takes them back: what is shown first, what is kept, who may."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting
from reports.actions import (
    publish_report,
    release_plan,
    submit_report,
    withdraw_publication,
    withdraw_report,
)
from reports.enums import PublicationKind
from reports.models import Publication
from reports.publishing.contacts import open_words
from reports.publishing.contents import open_decisions, plan_release, seen
from teams.enums import Role
from teams.models import AuditEntry, Post
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_plan,
    make_progress,
    make_task,
    take_plan_to,
)
from tests.races import at_once
from tests.reports.build import accept, make_report, reopen
from tests.reports.publishing import (
    circulated,
    draw,
    published_report,
    released_decisions,
    released_plan,
)
from workplans.models import Task, WorkPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET_PHONE = "01799-112233"
SECRET_MAIL = "lukano@office.test"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def head(country: Country) -> Client:
    return client_of(country["upazila.head"])


def approved(country: Country, **fields: str) -> WorkPlan:
    by = country["upazila.head"]
    plan = make_plan(country.upazila, by=by, tasks=2)
    if fields:
        make_task(plan, by=by, number=3, **fields)
    return take_plan_to(plan, "approved", by=by)


def meeting_of(country: Country, *texts: str) -> Meeting:
    owes = Post.objects.get(office=country.upazila, role=Role.HEAD)
    return circulated(country.upazila, *texts, by=country["upazila.head"], owed_by=owes)


def read(publication: Publication) -> str:
    """The page as everybody sees it."""
    return Client().get(publication.get_absolute_url()).content.decode()


def token(page: str) -> str:
    return page.split('name="looked_at" value="')[1].split('"')[0]


# --- Plans ---------------------------------------------------------------------------------------
def test_plan_is_looked_at_and_released_as_it_was_shown(country: Country, head: Client) -> None:
    plan = approved(country)
    make_progress(Task.objects.filter(plan=plan)[0], by=country["upazila.head"])
    address = reverse("reports:publication_plan", args=[plan.pk])
    page = head.get(address).content.decode()
    assert "কাজ 1: আবেদন গ্রহণ" in page
    answer = head.post(address, {"looked_at": token(page)}, follow=True)
    publication = Publication.objects.get()
    assert answer.redirect_chain[-1][0] == reverse(
        "reports:publication_detail", args=[publication.pk]
    )
    shown = Client().get(publication.get_absolute_url()).content.decode()
    assert "কাজ 1: আবেদন গ্রহণ" in shown
    assert "৩১ ডিসেম্বর ২০২৬" in shown
    # How far it is has its place in the report, once that is accepted.
    assert "প্রথম ধাপের ফরম ছাপা হয়েছে" not in shown
    assert AuditEntry.objects.filter(action="publication.release").count() == 1


def test_button_pressed_twice_makes_one_publication(country: Country, head: Client) -> None:
    plan = approved(country)
    address = reverse("reports:publication_plan", args=[plan.pk])
    form = {"looked_at": token(head.get(address).content.decode())}
    first, second = (head.post(address, form) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Publication.objects.count() == 1


def test_plan_that_changed_since_it_was_looked_at_is_shown_again(
    country: Country, head: Client
) -> None:
    plan = approved(country)
    address = reverse("reports:publication_plan", args=[plan.pk])
    form = {"looked_at": token(head.get(address).content.decode())}
    Task.objects.filter(plan=plan).update(title="এর মধ্যে বদলানো কাজ")
    answer = head.post(address, form)
    assert answer.status_code == 409
    assert "এর মধ্যে বদলানো কাজ" in answer.content.decode()
    assert not Publication.objects.exists()
    answer = head.post(address, {"looked_at": token(answer.content.decode())})
    assert answer.status_code == 302
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("form", [{}, {"looked_at": ""}, {"looked_at": "x" * 9_000}])
def test_form_that_shows_nothing_was_looked_at_releases_nothing(
    country: Country, head: Client, form: dict[str, str]
) -> None:
    plan = approved(country)
    answer = head.post(reverse("reports:publication_plan", args=[plan.pk]), form)
    assert answer.status_code == 409
    assert not Publication.objects.exists()


def test_newer_version_takes_the_place_of_the_older(country: Country, head: Client) -> None:
    plan = approved(country)
    older = released_plan(plan, by=country["upazila.head"])
    Task.objects.filter(plan=plan).update(title="সংশোধিত কাজ")
    newer = released_plan(plan, by=country["upazila.head"])
    older.refresh_from_db()
    assert (older.replaced_by, older.is_public, newer.is_public) == (newer, False, True)
    page = Client().get(older.get_absolute_url())
    words = page.content.decode()
    assert page.status_code == 200
    assert "এটি পুরোনো সংস্করণ" in words
    assert newer.get_absolute_url() in words
    assert 'name="robots" content="noindex"' in words
    assert "কাজ 1: আবেদন গ্রহণ" in words
    assert "সংশোধিত কাজ" in Client().get(newer.get_absolute_url()).content.decode()
    assert (
        "সংস্করণ"
        in head.get(reverse("reports:publication_detail", args=[newer.pk])).content.decode()
    )


def test_only_an_approved_plan_is_released(country: Country, head: Client) -> None:
    plan = make_plan(country.upazila, by=country["upazila.head"], status="submitted")
    answer = head.get(reverse("reports:publication_plan", args=[plan.pk]), follow=True)
    assert "কেবল অনুমোদিত কর্মপরিকল্পনা" in answer.content.decode()
    assert not Publication.objects.exists()


# --- Contacts ------------------------------------------------------------------------------------
def test_contacts_are_taken_out_and_the_officer_is_told(country: Country, head: Client) -> None:
    plan = approved(
        country,
        title=f"হটলাইন চালু করা, মোবাইল {SECRET_PHONE}",
        responsible_text=f"সহকারী প্রোগ্রামার ({SECRET_MAIL})",
        measure="০১-০৭-২০২৬ ৩০-০৬-২০২৭ সময়ে কল",
    )
    page = head.get(reverse("reports:publication_plan", args=[plan.pk])).content.decode()
    assert "২ জায়গা থেকে ফোন নম্বর বা ই-মেইল বাদ গেছে" in page
    publication = released_plan(plan, by=country["upazila.head"])
    shown = read(publication)
    kept = f"{publication.content}{publication.folded}{shown}"
    assert SECRET_PHONE not in kept
    assert SECRET_MAIL not in kept
    assert "হটলাইন চালু করা" in kept
    assert "সহকারী প্রোগ্রামার" in kept
    assert "০১-০৭-২০২৬ ৩০-০৬-২০২৭ সময়ে কল" in kept


@pytest.mark.parametrize(
    "contact",
    [
        "০১৭১২-৩৪৫৬৭৮",
        "01712 345678",
        "+880 1712-345678",
        "+৮৮০১৭১২৩৪৫৬৭৮",
        "০২-৯৫৭৪১২৩৪",
        "nam.khan@mopa.gov.bd",
    ],
)
def test_contact_in_any_writing_is_taken_out(contact: str) -> None:
    assert open_words(f"সমন্বয় করবেন প্রোগ্রামার, {contact}") == "সমন্বয় করবেন প্রোগ্রামার"


@pytest.mark.parametrize(
    "words",
    [
        "০১/০৭/২০২৬ থেকে ৩০/০৬/২০২৭",
        "স্মারক ০৫.৪১.৩৩০০.০০০.১২.০০১.২৬",
        "১২,৩৪,৫৬,৭৮৯ টাকা",
        "হেল্পলাইন ৩৩৩",
    ],
)
def test_numbers_that_are_no_contact_stay(words: str) -> None:
    assert open_words(words) == words


def test_report_with_a_contact_is_open_without_its_pdf(country: Country, head: Client) -> None:
    by, reviewer = country["upazila.head"], country["reviewer"]
    report = make_report(country.upazila, by=by)
    part = report.sections.get(key="introduction")
    part.words, part.is_own_words = f"যোগাযোগ: {SECRET_PHONE}। কাজ হয়েছে।", True
    part.save()
    submit_report(report=report, by=by)
    accept(report, reviewer=reviewer)
    page = head.get(reverse("reports:publication_report", args=[report.pk])).content.decode()
    assert "PDF সবার জন্য খোলা হবে না" in page
    publication = publish_report(report=report, by=reviewer)
    draw(publication.submission)
    page = Client().get(publication.get_absolute_url()).content.decode()
    assert SECRET_PHONE not in page
    assert "কাজ হয়েছে" in page
    download = Client().get(reverse("open:publication_download", args=[publication.pk]))
    assert download.status_code == 302


# --- Decisions -----------------------------------------------------------------------------------
def test_only_ticked_decisions_are_released(country: Country, head: Client) -> None:
    meeting = meeting_of(country, "ফরম এক পাতার হবে।", "গোপন রাখার সিদ্ধান্ত।")
    first, second = open_decisions(meeting)
    address = reverse("reports:publication_decisions", args=[meeting.pk])
    assert head.get(address, {"look": "1"}).status_code == 422
    page = head.get(address, {"look": "1", "decision": first.pk}).content.decode()
    head.post(address, {"looked_at": token(page), "decision": first.pk})
    publication = Publication.objects.get()
    shown = Client().get(publication.get_absolute_url()).content.decode()
    assert "ফরম এক পাতার হবে।" in shown
    for hidden in ("গোপন রাখার সিদ্ধান্ত", "চলমান কাজ পর্যালোচনা হলো", "সম্মেলন কক্ষ"):
        assert hidden not in shown
        assert hidden not in publication.folded
    # Another choice is another version; the choice that stands is ticked already.
    page = head.get(address).content.decode()
    assert f'id="decision-{first.pk}" checked' in page
    assert f'id="decision-{second.pk}" checked' not in page
    again = released_decisions(meeting, by=country["upazila.head"], places=(0, 1))
    assert [key["key"] for key in again.content["decisions"]] == [
        f"decision:{first.pk}",
        f"decision:{second.pk}",
    ]
    assert Publication.objects.public().count() == 1


@pytest.mark.parametrize("odd", ["", "x", "-1", "9" * 40, "০১", "\0"])
def test_odd_decision_is_none(country: Country, head: Client, odd: str) -> None:
    meeting = meeting_of(country, "ফরম এক পাতার হবে।")
    address = reverse("reports:publication_decisions", args=[meeting.pk])
    assert head.post(address, {"decision": odd, "looked_at": "x"}).status_code == 422
    assert not Publication.objects.exists()


def test_decision_of_another_meeting_is_not_released(country: Country, head: Client) -> None:
    mine, other = (
        meeting_of(country, "ফরম এক পাতার হবে।"),
        circulated(
            country.sibling,
            "অন্য দপ্তরের সিদ্ধান্ত।",
            by=country["sibling.head"],
            owed_by=Post.objects.get(office=country.sibling, role=Role.HEAD),
        ),
    )
    address = reverse("reports:publication_decisions", args=[mine.pk])
    stray = open_decisions(other)[0].pk
    assert head.get(address, {"decision": stray, "look": 1}).status_code == 422


# --- Reports -------------------------------------------------------------------------------------
def test_report_is_published_with_its_pdf_and_both_sums(country: Country, head: Client) -> None:
    by = country["upazila.head"]
    report = make_report(country.upazila, by=by, reviewer=country["reviewer"], status="accepted")
    pdf = draw(report.submissions.get())
    address = reverse("reports:publication_report", args=[report.pk])
    page = head.get(address).content.decode()
    assert head.post(address, {"looked_at": token(page)}).status_code == 302
    report.refresh_from_db()
    publication = Publication.objects.get()
    assert report.status == "published"
    shown = Client().get(publication.get_absolute_url()).content.decode()
    assert pdf.sha256 in shown
    assert report.submissions.get().fingerprint in shown
    download = Client().get(reverse("open:publication_download", args=[publication.pk]))
    assert download.getvalue() == b"%PDF-1.7 the report"
    assert download["Cache-Control"].startswith("public")
    # The same button again changes nothing and says so.
    assert head.post(address, {"looked_at": token(page)}).status_code == 302
    assert Publication.objects.count() == 1


def test_report_sent_anew_replaces_what_was_open(country: Country) -> None:
    by, reviewer = country["upazila.head"], country["reviewer"]
    older = published_report(country.upazila, by=by, reviewer=reviewer)
    assert older.submission is not None
    report = older.submission.report
    reopen(report, reviewer=reviewer)
    assert older in Publication.objects.public()
    submit_report(report=report, by=by)
    accept(report, reviewer=reviewer)
    newer = publish_report(report=report, by=reviewer)
    older.refresh_from_db()
    assert older.replaced_by == newer
    assert list(Publication.objects.public()) == [newer]


def test_withdrawn_report_takes_its_publication_with_it(country: Country) -> None:
    by, reviewer = country["upazila.head"], country["reviewer"]
    publication = published_report(country.upazila, by=by, reviewer=reviewer)
    assert publication.submission is not None
    draw(publication.submission)
    withdraw_report(report=publication.submission.report, by=reviewer, reason="ভুল সংখ্যা")
    page = Client().get(publication.get_absolute_url())
    assert page.status_code == 410
    assert "ভুল সংখ্যা" in page.content.decode()
    assert "ইনোভেশন টিমের সভা" not in page.content.decode()
    download = reverse("open:publication_download", args=[publication.pk])
    assert Client().get(download).status_code == 404


def test_report_its_office_withdrew_is_published_again(country: Country) -> None:
    by = country["upazila.head"]
    publication = published_report(country.upazila, by=by, reviewer=country["reviewer"])
    withdraw_publication(publication=publication, reason="ছবি বদলাতে হবে", by=by)
    assert publication.submission is not None
    again = publish_report(report=publication.submission.report, by=by)
    assert list(Publication.objects.public()) == [again]


# --- Taking back ---------------------------------------------------------------------------------
def test_withdrawing_takes_the_older_versions_too(country: Country, head: Client) -> None:
    plan = approved(country)
    older = released_plan(plan, by=country["upazila.head"])
    Task.objects.filter(plan=plan).update(title="সংশোধিত কাজ")
    newer = released_plan(plan, by=country["upazila.head"])
    address = reverse("reports:publication_withdraw", args=[newer.pk])
    refused = head.post(address, {"reason": " "})
    assert refused.status_code == 422
    assert "কেন প্রত্যাহার করছেন" in refused.content.decode()
    assert head.post(address, {"reason": SECRET_PHONE}).status_code == 422
    reason = f"তালিকায় ভুল ছিল, জানতে {SECRET_PHONE}"
    assert head.post(address, {"reason": reason}).status_code == 302
    for one in (older, newer):
        page = Client().get(one.get_absolute_url())
        words = page.content.decode()
        assert page.status_code == 410
        assert "তালিকায় ভুল ছিল" in words
        assert SECRET_PHONE not in words
        assert "কাজ 1: আবেদন গ্রহণ" not in words
        assert "সংশোধিত কাজ" not in words
    # Pressed twice, the first reason stays.
    assert head.post(address, {"reason": "অন্য কারণ"}).status_code == 302
    newer.refresh_from_db()
    assert "তালিকায় ভুল ছিল" in newer.withdraw_reason


def test_older_version_alone_is_withdrawn(country: Country) -> None:
    by = country["upazila.head"]
    plan = approved(country)
    older = released_plan(plan, by=by)
    Task.objects.filter(plan=plan).update(title="সংশোধিত কাজ")
    newer = released_plan(plan, by=by)
    withdraw_publication(publication=older, reason="নাম প্রকাশ হয়েছিল", by=by)
    assert Client().get(older.get_absolute_url()).status_code == 410
    assert newer.get_absolute_url() in Client().get(older.get_absolute_url()).content.decode()
    assert Client().get(newer.get_absolute_url()).status_code == 200


# --- What the database holds ---------------------------------------------------------------------
def test_one_version_of_a_thing_stands(country: Country) -> None:
    publication = released_plan(approved(country), by=country["upazila.head"])
    publication.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        publication.save()
    Publication.objects.update(replaced_at=publication.published_at)
    publication.save()


def test_withdrawal_has_its_reason(country: Country) -> None:
    publication = released_plan(approved(country), by=country["upazila.head"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.update(withdrawn_at=publication.published_at)


def test_frozen_content_outlives_its_paper(country: Country) -> None:
    plan = approved(country)
    publication = released_plan(plan, by=country["upazila.head"])
    before = Client().get(publication.get_absolute_url()).content
    Task.objects.filter(plan=plan).update(title="পরে বদলানো")
    country.upazila.name_bn = "নতুন নামের কার্যালয়"
    publication.refresh_from_db()
    assert "পরে বদলানো" not in str(publication.content)
    assert Client().get(publication.get_absolute_url()).content == before


# --- The list ------------------------------------------------------------------------------------
def test_list_says_what_waits_and_how_to_show_it_elsewhere(country: Country, head: Client) -> None:
    plan, meeting = approved(country), meeting_of(country, "ফরম এক পাতার হবে।")
    report = make_report(
        country.upazila, by=country["upazila.head"], reviewer=country["reviewer"], status="accepted"
    )
    address = reverse("reports:publication_list")
    page = head.get(address).content.decode()
    for kind, paper in (("plan", plan), ("decisions", meeting), ("report", report)):
        assert reverse(f"reports:publication_{kind}", args=[paper.pk]) in page
    widget = reverse("open:widget", args=[country.upazila.code])
    assert f"&lt;iframe src=&quot;http://localhost:8000{widget}&quot;" in page
    released_plan(plan, by=country["upazila.head"])
    page = head.get(address).content.decode()
    assert reverse("reports:publication_plan", args=[plan.pk]) not in page
    # A member sees what is open and is not offered what only the leads may do.
    member = client_of(country["upazila.member"]).get(address).content.decode()
    assert reverse("reports:publication_report", args=[report.pk]) not in member
    assert "দপ্তর প্রধান বা ইনোভেশন অফিসার প্রকাশ করবেন" in member


@pytest.mark.parametrize("years", [1, 8])
def test_list_asks_as_often_for_many(
    country: Country, head: Client, django_assert_num_queries: object, years: int
) -> None:
    by = country["upazila.head"]
    for year in range(years):
        for waits in (2000, 1980):
            plan = make_plan(country.upazila, by=by, status="approved", period=str(waits + year))
            if waits == 2000:
                released_plan(plan, by=by)
    address = reverse("reports:publication_list")
    head.get(address)
    with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
        head.get(address)


LIST_QUERIES = 9


# --- Two at once ---------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_make_one_publication() -> None:
    country = make_country()
    plan = approved(country)
    looked_at = seen(plan_release(plan), None)

    def press() -> int:
        return release_plan(plan=plan, looked_at=looked_at, by=country["upazila.head"]).pk

    assert at_once([press, press]) == [Publication.objects.get().pk] * 2
    assert Publication.objects.filter(kind=PublicationKind.PLAN).count() == 1
