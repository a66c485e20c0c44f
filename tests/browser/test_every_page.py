"""Every page in both languages, at a desk and on a phone: nothing sticks out, all can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.contrib.sessions.backends.db import SessionStore
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from meetings.models import Meeting
from teams.kept_words import SESSION_KEY
from teams.models import User
from tests.browser.house import Upazila
from tests.browser.ideas import (
    NO_PAGES_OF_IDEAS,
    addresses_of_citizens,
    addresses_of_ideas,
)
from tests.browser.meeting_papers import (
    addresses_from_above,
    addresses_of_meetings,
    superior_of,
)
from tests.browser.papers import (
    Addresses,
    addresses_of_grants,
    addresses_of_head,
    addresses_of_officer,
    addresses_of_strangers,
)
from tests.browser.reports import (
    NO_PAGES_OF_REPORTS,
    addresses_of_readers,
    addresses_of_reports,
    addresses_of_reviewer,
)
from tests.browser.support import NewPage, Troubles, log_in
from tests.browser.teams import (
    NO_PAGES_OF_TEAMS,
    addresses_of_administrator,
    addresses_of_newcomers,
    addresses_of_superiors,
    addresses_of_teams,
)
from tests.browser.workplans import (
    NO_PAGES_OF_PLANS,
    addresses_of_plan_reviewer,
    addresses_of_plans,
)
from tests.reports.auth import confirm

pytestmark = pytest.mark.browser

WIDTHS = (1280, 360)
GRAVE = {"serious", "critical"}
# What is loaded anew for a rule or two that concern nothing of ours: sound, and turned screens.
LOOK = "axe.run({ resultTypes: ['violations'], preload: false })"
# Answered to a POST, with a file, or with a way to one of the pages.
NO_PAGES = {
    "account_set_password",
    "duties:extension_revoke",
    "ideas:approve",
    "ideas:replicate",
    "ideas:shortlist",
    "ideas:showcase",
    "ideas:start_pilot",
    "meetings:agenda_refresh",
    "meetings:book_create",
    "meetings:book_download",
    "meetings:book_retry",
    "meetings:create",
    "meetings:decision_complete",
    "meetings:decision_create",
    "meetings:decision_remove",
    "meetings:decision_restore",
    "meetings:delivery_resend",
    "meetings:document_download",
    "meetings:document_retry",
    "meetings:docx",
    "meetings:extract_print",
    "meetings:follow_up_update",
    "meetings:group_create",
    "meetings:group_update",
    "meetings:guest_create",
    "meetings:guest_remove",
    "meetings:ical",
    "meetings:item_create",
    "meetings:item_move",
    "meetings:item_state",
    "meetings:item_update",
    "meetings:notice_docx",
    "meetings:phrase_create",
    "meetings:phrase_delete",
    "meetings:phrase_update",
    "meetings:prefix_create",
    "meetings:prefix_update",
    "meetings:print",
    "meetings:report_evidence",
    "meetings:template_default",
    "meetings:template_delete",
    "meetings:template_download",
    "meetings:template_upload",
    "meetings:topic_create",
    "meetings:topic_move",
    "meetings:topic_update",
    "set_language",
    "teams:kept_words_forget",
    "workplans:close",
    "workplans:document_download",
    "workplans:document_retry",
    "workplans:evidence",
    "workplans:print",
    "workplans:progress_create",
    "workplans:subject_rename",
    "workplans:submit",
    "workplans:task_delete",
    "workplans:task_duplicate",
    "workplans:task_move",
    "workplans:task_restore",
    "workplans:task_settle",
    "workplans:xlsx",
}


def meetings_from_above(upazila: Upazila) -> Addresses:
    """What the office above reads of the upazila's meetings, which are made if need be."""
    if not Meeting.objects.exists():
        addresses_of_meetings(upazila)
    return addresses_from_above(upazila)


def papers_of_reviewer(upazila: Upazila) -> Addresses:
    """What a reviewer of the Cabinet Division sees of reports and of what is owed."""
    return {
        **addresses_of_reviewer(upazila),
        **addresses_of_grants(upazila),
        **addresses_of_superiors(upazila),
        **addresses_of_plan_reviewer(upazila),
    }


# Who goes where; together they see every page there is. Each walk is a test of its own, so that
# several go on at once.
WALKS: dict[str, tuple[Callable[[Upazila], User | None], Callable[[Upazila], Addresses]]] = {
    "strangers": (lambda upazila: None, addresses_of_strangers),
    "citizens": (lambda upazila: None, addresses_of_citizens),
    "officer": (lambda upazila: upazila.officer, addresses_of_officer),
    "meetings": (lambda upazila: upazila.officer, addresses_of_meetings),
    "ideas": (lambda upazila: upazila.officer, addresses_of_ideas),
    "reports": (lambda upazila: upazila.head, addresses_of_reports),
    "readers": (lambda upazila: None, addresses_of_readers),
    "reviewer": (lambda upazila: upazila.reviewer, papers_of_reviewer),
    "teams": (lambda upazila: upazila.head, addresses_of_teams),
    "plans": (lambda upazila: upazila.head, addresses_of_plans),
    "newcomers": (lambda upazila: None, addresses_of_newcomers),
    "administrator": (lambda upazila: upazila.administrator, addresses_of_administrator),
    "head": (lambda upazila: upazila.head, addresses_of_head),
    "above": (superior_of, meetings_from_above),
}


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("walk", WALKS)
def test_pages_fit_and_can_be_used(
    walk: str, language: str, upazila: Upazila, new_page: NewPage, troubles: Troubles
) -> None:
    troubles.expect("status of 403", "status of 404", "status of 422")
    who, where = WALKS[walk]
    person, faults = who(upazila), []
    addresses = where(upazila)
    page = new_page()
    enter(page, person, language)
    for address in (one for several in addresses.values() for one in several):
        page.goto(address)
        # In another language the same elements stand there: what can be used in one can be used
        # in the other. Whether they fit is another matter.
        used_at = WIDTHS if language == "bn" else ()
        faults += [f"{address} {fault}" for fault in faults_of(page, used_at)]
    assert not faults, "\n".join(faults)


def test_every_address_is_walked(upazila: Upazila) -> None:
    superior_of(upazila)
    walked = {name for _who, where in WALKS.values() for name in where(upazila)} - {"an error"}
    known = set(names_in(get_resolver().url_patterns))
    no_pages = NO_PAGES | NO_PAGES_OF_IDEAS | NO_PAGES_OF_REPORTS | NO_PAGES_OF_TEAMS
    no_pages |= NO_PAGES_OF_PLANS
    assert known == walked | no_pages
    assert not walked & no_pages


def enter(page: Page, person: User | None, language: str) -> None:
    """Log in, with a form kept from before, and choose the language with the switch."""
    if person is None:
        page.goto(reverse("account_login"))
    else:
        log_in(page, person)
        keep_words(page, person)
    if language == "en":
        if person is not None:
            page.locator("summary").filter(has_text="ব্যক্তিগত মেনু").click()
        page.get_by_role("button", name="English").click()
    page.locator(f"html[lang^={language}]").wait_for(state="attached")


def keep_words(page: Page, person: User) -> None:
    """As if a form had been sent after the session's end."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    session = SessionStore(session_key=cookies["sessionid"])
    session[SESSION_KEY] = {
        "path": reverse("workplans:create"),
        "fields": [["text", "ইউনিয়ন পর্যায়ে তিনটি ক্যাম্প হয়েছে"]],
        "had_files": True,
        "person": str(person.pk),
    }
    # So that pages behind the password are seen, and not the password's own again.
    confirm(session, person, for_seconds=60 * 60)
    session.save()


def faults_of(page: Page, used_at: Sequence[int] = WIDTHS) -> Iterator[str]:
    """What sticks out of the open page at each width, and what cannot be used at some."""
    if used_at:
        page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            yield f"at {width} px: {needed} px wide"
        if width not in used_at:
            continue
        for violation in page.evaluate(LOOK)["violations"]:
            if violation["impact"] in GRAVE:
                targets = [node["target"] for node in violation["nodes"][:3]]
                yield f"at {width} px: {violation['id']} ({violation['impact']}) {targets}"


def names_in(patterns: Sequence[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """The names of all addresses, as `reverse` takes them."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names_in(pattern.url_patterns, namespace + inner)
        else:
            yield f"{namespace}{pattern.name}"
