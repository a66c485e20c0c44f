"""What a person sees in an answer of the server."""

import re
from collections.abc import MutableSet
from typing import Any

import lxml.html
from django.http import HttpResponse
from django.test import Client
from lxml.html import HtmlElement

_PART = re.compile(
    r"(?P<sign>[.#]?)(?P<name>[\w-]+)|\[(?P<attribute>[\w-]+)(?:='(?P<value>[^']*)')?\]"
)


def find(response: HttpResponse, selector: str) -> list[HtmlElement]:
    """The elements of a page, in order, by a plain CSS selector.

    Known: tag, .class, #id, [attribute], [attribute='value'], descendants and commas.
    """
    paths = (_xpath(one) for one in selector.split(","))
    return page_of(response).xpath(" | ".join(paths))


def _xpath(selector: str) -> str:
    return "".join(f"//*{_conditions(simple)}" for simple in selector.split())


def _conditions(simple: str) -> str:
    tests = []
    for part in _PART.finditer(simple):
        sign, name, attribute, value = part.group("sign", "name", "attribute", "value")
        if attribute:
            tests.append(f"@{attribute}" if value is None else f"@{attribute}='{value}'")
        elif sign == ".":
            tests.append(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')")
        else:
            tests.append(f"@id='{name}'" if sign else f"self::{name}")
    return "".join(f"[{test}]" for test in tests)


def page_of(response: HttpResponse) -> HtmlElement:
    """The page as a tree."""
    return lxml.html.document_fromstring(response.content.decode())


def texts_of(response: HttpResponse, selector: str) -> list[str]:
    """The words of every element the selector finds, on one line each."""
    return [one_line(element) for element in find(response, selector)]


def one_line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def form_fields(response: HttpResponse, selector: str = "main form.form") -> dict[str, Any]:
    """The fields of a form as a browser would send them back untouched; of boxes, those ticked."""
    form = find(response, selector)[0]
    fields = {
        name: list(value) if isinstance(value, MutableSet) else value or ""
        for name, value in form.fields.items()
    }
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def alerts_after(client: Client, url: str, data: dict[str, object] | None = None) -> list[str]:
    """Post, follow the redirect, and read what the next page says at its top."""
    return texts_of(client.post(url, data or {}, follow=True), ".alert")
