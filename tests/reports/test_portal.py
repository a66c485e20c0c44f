"""What everybody reads: found, browsed, cached, and nothing of what is not theirs."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobs.documents import store
from reports.actions import withdraw_publication
from reports.models import Publication, ReportFigure
from teams.enums import Role, Tier
from teams.models import Post, PostHolding, User
from tests.factories import (
    PNG,
    Country,
    client_of,
    make_country,
    make_office,
    make_officer,
    make_plan,
    make_task,
    take_plan_to,
)
from tests.ideas.showcase import make_initiative
from tests.reports.build import make_report
from tests.reports.nation_world import make_nation, published_national
from tests.reports.publishing import (
    circulated,
    draw,
    published_report,
    released_decisions,
    released_plan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HOME = "/portal/"
OF_AN_OFFICE = ("office", "office_feed", "widget")


@pytest.fixture
def country() -> Country:
    return make_country()


def read(address: str, **asked: str) -> str:
    answer = Client().get(address, asked)
    assert answer.status_code == 200, address
    return answer.content.decode()


def plan_with(
    country: Country, title: str, *, office: str = "upazila", period: str = "2024"
) -> Publication:
    """A released plan of one task."""
    of, by = getattr(country, office), country[f"{office}.head"]
    plan = make_plan(of, by=by, tasks=0, period=period)
    make_task(plan, by=by, title=title)
    return released_plan(take_plan_to(plan, "approved", by=by), by=by)


def everything(country: Country) -> list[Publication]:
    """A plan, decisions and a report of the upazila; the page of an initiative beside them."""
    head, office = country["upazila.head"], country.upazila
    owes = Post.objects.get(office=office, role=Role.HEAD)
    make_initiative(office, by=head, status="published")
    meeting = circulated(office, "টোকেন যন্ত্র বসানো হবে।", by=head, owed_by=owes)
    report = published_report(office, by=head, reviewer=country["reviewer"])
    draw(report.submission)
    return [
        plan_with(country, "নামজারি সহজ করা"),
        released_decisions(meeting, by=head),
        report,
    ]


def open_addresses(country: Country) -> list[str]:
    """Every address under which something of the upazila could stand."""
    code = country.upazila.code
    return [
        HOME,
        f"{HOME}?q=নামজারি",
        reverse("open:office_list"),
        *(reverse(f"open:{name}", args=[code]) for name in OF_AN_OFFICE),
        *(reverse(f"open:{name}") for name in ("feed", "robots", "sitemap")),
        *(
            reverse("open:sitemap_section", args=[part])
            for part in ("pages", "offices", "publications", "initiatives", "newsletters")
        ),
        *(one.get_absolute_url() for one in Publication.objects.all()),
    ]


# --- Finding -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "নামজারি",
        "জারি সহজ",
        "বাড়ি",  # with the nukta apart, as it is stored
        "বা\u09dcি",  # and as one sign, as keyboards write it
        "২০২৪",
        "2024",
        "kalig",  # no office of this name, nothing else either
    ],
)
def test_plan_is_found_however_it_is_typed(country: Country, typed: str) -> None:
    publication = plan_with(country, "নামজারি সহজ করা: বাড়ি গিয়ে শুনানি, ১০০% অনলাইন")
    page = read(HOME, q=typed)
    assert (publication.get_absolute_url() in page) is (typed != "kalig")


@pytest.mark.parametrize("typed", ["_", "১০০_", "%%", '"', "\0", "ক" * 5_000, "' OR 1=1 --"])
def test_odd_search_is_answered(country: Country, typed: str) -> None:
    plan_with(country, "নামজারি সহজ করা")
    for form in ({"q": typed}, {"kind": typed}, {"division": typed}, {"page": typed}):
        assert Client().get(HOME, form).status_code == 200
        assert Client().get(reverse("open:office_list"), form).status_code == 200


def test_initiatives_and_offices_are_found_too(country: Country) -> None:
    initiative = make_initiative(country.upazila, by=country["upazila.head"], status="published")
    page = read(HOME, q=initiative.title)
    assert initiative.get_absolute_url() in page
    page = read(HOME, q=country.district.name_bn)
    assert reverse("open:office", args=[country.district.code]) in page


def test_what_is_read_is_of_the_branch_tier_and_kind_asked_for(country: Country) -> None:
    mine = plan_with(country, "নামজারি সহজ করা")
    other = plan_with(country, "খতিয়ান অনলাইনে", office="elsewhere")
    initiative = make_initiative(country.upazila, by=country["upazila.head"], status="published")
    for form, shown in (
        ({"district": country.district.code}, (True, False, True)),
        ({"district": country.elsewhere.code}, (False, True, False)),
        ({"division": country.division.code}, (True, True, True)),
        ({"tier": Tier.UPAZILA}, (True, False, True)),
        ({"kind": "plan"}, (True, True, False)),
        ({"kind": "initiative"}, (False, False, True)),
        ({"kind": "initiative", "q": "নামজারি সহজ করা"}, (False, False, False)),
    ):
        page = read(HOME, **form)
        found = [one.get_absolute_url() in page for one in (mine, other, initiative)]
        assert tuple(found) == shown, form
    # Only what leads to something is offered.
    assert f'value="{country.elsewhere.code}"' in read(HOME)
    withdraw_publication(publication=other, reason="ভুল", by=country["elsewhere.head"])
    assert f'value="{country.elsewhere.code}"' not in read(HOME)


def test_long_list_has_pages(country: Country) -> None:
    for year in range(25):
        plan_with(country, "নামজারি সহজ করা", period=str(1980 + year))
    first, second = read(HOME, q="নামজারি"), read(HOME, q="নামজারি", page="2")
    assert "২৫টি প্রকাশনা" in first
    assert "page=2" in first
    shown = [
        sum(one.get_absolute_url() + '"' in page for one in Publication.objects.all())
        for page in (first, second)
    ]
    assert shown == [20, 5]


def test_year_is_told_from_open_reports_alone(country: Country) -> None:
    head, reviewer = country["upazila.head"], country["reviewer"]
    assert "এক নজরে" not in read(HOME)
    reports = [
        published_report(country.upazila, by=head, reviewer=reviewer),
        published_report(country.sibling, by=country["sibling.head"], reviewer=reviewer),
    ]
    accepted = make_report(
        country.elsewhere, by=country["elsewhere.head"], reviewer=reviewer, status="accepted"
    ).submissions.get()
    submissions = [*(one.submission for one in reports), accepted]
    for submission, held in zip(submissions, (3, 4, 90), strict=True):
        of = ReportFigure.objects.filter(submission=submission)
        of.filter(key="meetings.held").update(value=held)
        of.filter(key="meetings.decisions").update(value=held * 2)
    page = read(HOME)
    assert "২টি দপ্তরের প্রকাশিত বার্ষিক প্রতিবেদন থেকে" in page
    assert "৭টি সভায় ১৪টি সিদ্ধান্ত হয়েছে।" in page


# --- An office's page ----------------------------------------------------------------------------
def test_office_page_has_what_the_office_laid_open(country: Country) -> None:
    empty = read(reverse("open:office", args=[country.upazila.code]))
    assert empty.count("এখনো কোনো") == 5
    published = everything(country)
    page = read(reverse("open:office", args=[country.upazila.code]))
    for one in published:
        assert one.get_absolute_url() in page
    assert reverse("open:publication_download", args=[published[2].pk]) in page
    assert country["upazila.head"].name_bn in page
    assert reverse("public:office_idea_create", args=[country.upazila.code]) in page
    # Of a sister office there is none of it.
    sibling = read(reverse("open:office", args=[country.sibling.code]))
    assert not any(one.get_absolute_url() in sibling for one in published)


def test_abolished_or_unknown_office_has_no_page(country: Country) -> None:
    country.sibling.is_active = False
    country.sibling.save()
    for code in (country.sibling.code, "no-such-office"):
        for name in ("office", "widget", "office_feed"):
            assert Client().get(reverse(f"open:{name}", args=[code])).status_code == 404


@pytest.mark.parametrize("pk", ["0", "99999999", "9" * 30])
def test_unknown_publication_is_not_found(country: Country, pk: str) -> None:
    for path in (f"/published/{pk}/", f"/published/{pk}/download/"):
        assert Client().get(path).status_code == 404
    assert Client().get("/sitemap-nothing.xml").status_code == 404


def test_only_pictures_of_what_is_open_are_handed_out(country: Country) -> None:
    report = everything(country)[2]
    picture = store(PNG, content_type="image/png", filename="a.png")
    address = reverse("open:publication_picture", args=[report.pk, picture.sha256])
    assert Client().get(address).status_code == 404
    shown = {"sha256": picture.sha256, "name": "a.png", "caption": "হাটের দিন"}
    report.content["sections"][0]["pictures"] = [shown]
    report.save()
    assert address in read(report.get_absolute_url())
    answer = Client().get(address)
    assert (answer.getvalue(), answer["Content-Type"]) == (PNG, "image/png")
    withdraw_publication(publication=report, reason="ভুল", by=country["upazila.head"])
    assert Client().get(address).status_code == 404


# --- What is nowhere -----------------------------------------------------------------------------
def test_withdrawn_is_nowhere_but_at_its_own_address(country: Country) -> None:
    published = everything(country)
    for one in published:
        withdraw_publication(
            publication=one, reason="যাচাইয়ে ভুল ধরা পড়েছে", by=country["upazila.head"]
        )
    own = {one.get_absolute_url() for one in published}
    office = reverse("open:office", args=[country.upazila.code])
    for address in open_addresses(country):
        body = Client().get(address).content.decode()
        for words in ("নামজারি সহজ করা", "টোকেন যন্ত্র"):
            assert words not in body, address
        if address not in own | {office}:
            assert not any(one in body for one in own), address
    # The office's page says that it was there and is gone.
    assert "তারিখে প্রত্যাহার করা হয়েছে" in read(office)


def test_what_nobody_released_is_nowhere(country: Country) -> None:
    head, reviewer, office = country["upazila.head"], country["reviewer"], country.upazila
    owes = Post.objects.get(office=office, role=Role.HEAD)
    circulated(office, "অপ্রকাশিত সিদ্ধান্ত।", by=head, owed_by=owes)
    make_plan(office, by=head, status="approved")
    for status, period in (
        ("draft", "2021-2022"),
        ("submitted", "2022-2023"),
        ("returned", "2023-2024"),
        ("accepted", "2024-2025"),
    ):
        make_report(office, by=head, reviewer=reviewer, status=status, period=period)
    make_initiative(office, by=head)
    for address in open_addresses(country):
        body = Client().get(address).content.decode()
        for words in ("অপ্রকাশিত সিদ্ধান্ত", "আবেদন গ্রহণ থেকে", "বার্ষিক প্রতিবেদন,", "/published/"):
            assert words not in body, address
        assert "হাটের দিন" not in body


def test_no_page_says_how_to_reach_anybody(country: Country) -> None:
    everything(country)
    marks = {"lukano-post@secret.test", "০২-৫৫৬৬৭৭৮৮", "01999887766", "lukano-man@secret.test"}
    Post.objects.update(email="lukano-post@secret.test", phone="০২-৫৫৬৬৭৭৮৮")
    for number, person in enumerate(User.objects.all()):
        marks |= {person.mobile, person.email}
        if number == 0:
            person.mobile, person.email = "01999887766", "lukano-man@secret.test"
            person.save()
    assert PostHolding.objects.exists()
    for address in open_addresses(country):
        answer = Client().get(address)
        body = answer.content.decode()
        assert not [mark for mark in marks if mark and mark in body], address
        assert "mailto:" not in body
        assert "tel:" not in body


# --- Kept by caches ------------------------------------------------------------------------------
def test_every_page_is_the_same_for_everybody(country: Country) -> None:
    everything(country)
    people = ("upazila.head", "reviewer", "nobody")
    clients = [client_of(country[person]) for person in people]
    for address in open_addresses(country):
        anonymous = Client().get(address)
        assert anonymous["Cache-Control"] == "public, max-age=300", address
        assert not anonymous.cookies, address
        for client in clients:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            assert answer.content == anonymous.content, address
            assert not answer.cookies, address
            assert answer["Cache-Control"] == anonymous["Cache-Control"]
            asked_for = " ".join(one["sql"] for one in queries.captured_queries)
            assert "django_session" not in asked_for, address


def test_message_for_somebody_waits_for_a_page_of_their_own(country: Country) -> None:
    plan = make_plan(country.upazila, by=country["upazila.head"])
    client = client_of(country["upazila.head"])
    client.get(reverse("reports:publication_plan", args=[plan.pk]))
    assert "কেবল অনুমোদিত" not in client.get(HOME).content.decode()
    assert "কেবল অনুমোদিত" in client.get(plan.get_absolute_url()).content.decode()


def test_cache_asks_again_and_is_told_what_changed(country: Country) -> None:
    publication = everything(country)[0]
    addresses = [HOME, publication.get_absolute_url(), reverse("open:feed")]
    for address in addresses:
        etag = Client().get(address)["ETag"]
        again = Client().get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        assert again["Cache-Control"] == "public, max-age=300"
    etags = [Client().get(address)["ETag"] for address in addresses]
    withdraw_publication(publication=publication, reason="ভুল", by=country["upazila.head"])
    for address, etag in zip(addresses, etags, strict=True):
        assert Client().get(address, headers={"If-None-Match": etag}).status_code != 304


def test_language_is_chosen_without_a_secret(country: Country) -> None:
    client = Client()
    page = client.get(HOME)
    assert "Cookie" in page["Vary"]
    assert "csrfmiddlewaretoken" not in page.content.decode()
    answer = client.get(reverse("open:language", args=["en"]), {"next": f"{HOME}?q=x"})
    assert answer["Location"] == f"{HOME}?q=x"
    assert "no-store" in answer["Cache-Control"]
    assert '<html lang="en-GB"' in client.get(HOME).content.decode()
    away = client.get(reverse("open:language", args=["bn"]), {"next": "https://evil.test/"})
    assert away["Location"] == HOME
    assert client.get(reverse("open:language", args=["fr"])).status_code == 404


# --- On somebody else's website ------------------------------------------------------------------
def test_widget_alone_may_stand_in_another_page(country: Country) -> None:
    everything(country)
    widget = Client().get(reverse("open:widget", args=[country.upazila.code]))
    assert "frame-ancestors *" in widget["Content-Security-Policy"]
    assert "X-Frame-Options" not in widget
    body = widget.content.decode()
    assert "নামজারি" not in body  # titles only
    assert "কর্মপরিকল্পনা, ২০২৪" in body
    for forbidden in ("<script", "<form", "<input", "style="):
        assert forbidden not in body
    assert body.count("<a ") == body.count('target="_blank" rel="noopener"')
    for address in open_addresses(country):
        if "widget" not in address:
            answer = Client().get(address)
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
            assert answer["X-Frame-Options"] == "DENY", address


# --- Queries -------------------------------------------------------------------------------------
def asked(address: str, **form: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(address, form).status_code == 200
    return len(queries)


def copied(publication: Publication, **changes: Any) -> None:
    """Another publication like it."""
    copy = Publication.objects.get(pk=publication.pk)
    copy.pk = None
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save()


def test_pages_ask_as_often_for_many_as_for_one(country: Country) -> None:
    head, office = country["upazila.head"], country.upazila
    first = everything(country)
    code = office.code
    pages = [
        (HOME, {}),
        (HOME, {"q": "নামজারি", "tier": "upazila"}),
        (reverse("open:office_list"), {}),
        *(
            (reverse(f"open:{name}", args=[code]), {})
            for name in ("office", "office_feed", "widget")
        ),
        (reverse("open:feed"), {}),
        (reverse("open:sitemap"), {}),
        (reverse("open:sitemap_section", args=["publications"]), {}),
        *((one.get_absolute_url(), {}) for one in first),
    ]
    few = [asked(address, **form) for address, form in pages]
    plan, report = first[0], first[2]
    for number in range(40):
        more = make_office(f"more-{number}", Tier.DISTRICT, country.division)
        make_officer(office, Role.MEMBER)
        for one in (plan, report):
            copied(one, office=more)
        copied(plan, starts_on=date(1900 + number, 1, 1), ends_on=date(1900 + number, 12, 31))
    make_initiative(office, by=head, status="published")
    assert [asked(address, **form) for address, form in pages] == few
    assert max(few) < 16


# --- The nation's report -------------------------------------------------------------------------
def test_national_report_is_read_found_and_taken_home() -> None:
    nation = make_nation(years=1, upazilas=1)
    published_national("2025-2026", by=nation.reviewer)
    publication = Publication.objects.get(kind="national")
    page = read(publication.get_absolute_url())
    assert publication.title in page
    assert 'id="section-' in page
    download = Client().get(reverse("open:publication_download", args=[publication.pk]))
    assert download.getvalue().startswith(b"%PDF-1.7 national")
    assert publication.get_absolute_url() in read(HOME, kind="national")
    assert publication.get_absolute_url() in read(reverse("open:office", args=[nation.root.code]))
