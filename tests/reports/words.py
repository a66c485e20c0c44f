"""Going about a report as an officer does, by its forms."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from reports.models import Report, Section
from tests.pages import form_fields


def section_of(report: Report, key: str) -> Section:
    return report.sections.get(key=key)


def to(name: str, section: Section, *more: str) -> str:
    """An address of one part."""
    return reverse(f"reports:{name}", args=[section.report_id, section.key, *more])


def typed(page: HttpResponse) -> dict[str, str]:
    """The form of the words as it stands on the page of a part."""
    return form_fields(page, "main form.section-form")


def write(client: Client, report: Report, words: str, key: str = "problems") -> HttpResponse:
    """Write the words of a part and save them."""
    section = section_of(report, key)
    page = client.get(section.get_absolute_url())
    return client.post(section.get_absolute_url(), {**typed(page), "words": words})


def press(client: Client, section: Section, name: str, **said: Any) -> HttpResponse:
    """Press a button of the part, shown with the newest copy."""
    section.refresh_from_db()
    return client.post(to(name, section), {"version": section.version, **said})
