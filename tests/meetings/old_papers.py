"""Old minutes for tests: papers as offices write them, brought through the application's pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bangla.dates import format_date
from meetings.actions import apply_minutes_import, keep_minutes_import
from meetings.importers import read_minutes
from meetings.models import Meeting, MinutesImport
from teams.models import Office, User
from tests.meetings.importers.build import PLAIN, Item, Paper, as_text
from tests.pages import form_fields

IMPORT = reverse("meetings:import_create")
HELD_ON = date(2022, 4, 26)  # the day of tests.meetings.importers.build.Paper


def paper_of(
    held_on: date = HELD_ON,
    *,
    title: str = "",
    chair: str = "",
    items: Sequence[Item] = PLAIN.items,
) -> Paper:
    """Minutes of that day, sent out on the next; as they usually are unless told otherwise."""
    facts = dict(PLAIN.labels) | {"তারিখ": f"{format_date(held_on)} খ্রি।"}
    if chair:
        facts["সভাপতি"] = chair
    return replace(
        PLAIN,
        title=title or PLAIN.title,
        labels=tuple(facts.items()),
        items=tuple(items),
        issued=(format_date(held_on + timedelta(days=1)),),
        signed=(),
    )


def annex_of(*people: str) -> str:
    """The annex below the minutes, one person a line."""
    return "\n".join(["", "পরিশিষ্ট ‘ক’", *people])


def waiting(office: Office, words: str, *, by: User | None = None) -> MinutesImport:
    """Minutes read and not yet taken in."""
    return keep_minutes_import(office=office, found=read_minutes(words), filename="", by=by)


def taken_in(
    office: Office, paper: Paper, *, by: User | None = None, follow: bool = False
) -> Meeting:
    """The draft that such minutes make."""
    kept = waiting(office, as_text(paper), by=by)
    return apply_minutes_import(minutes_import=kept, by=by, follow=follow)


def bring(client: Client, **fields: object) -> HttpResponse:
    """Send minutes to the page that reads them."""
    sent = form_fields(client.get(IMPORT)) | fields
    return client.post(IMPORT, {name: value for name, value in sent.items() if value})


def take_in(client: Client, url: str, *, follow: bool = False) -> HttpResponse:
    """Press the button under the preview."""
    return client.post(url, {"follow": "on"} if follow else {})
