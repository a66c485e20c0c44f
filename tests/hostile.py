"""Words that would like to be markup: put into every text of a room, and looked for on pages."""

from collections.abc import Iterator, Mapping
from itertools import product
from string import ascii_lowercase
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import Resolver404, resolve
from lxml import etree
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

# Ends whatever it may stand in, begins elements and attributes, and calls a template's filter.
BREAKS = (
    "\"'><img src=x onerror=evil()></textarea></title></script><script>evil()</script>"
    '<x-evil data-evil=1 onload=evil()>{{ "zqzq"|add:"vxvx" }}{% now "Y" %}<!-- ক্ষ'
)
# What that filter would make: no code, token or number of ours has these letters in a row.
EVALUATED = ("zqzqvxvx",)
HEADER = "\r\nBcc: evil@evil.test\r\n\r\n"
LINKS = ("javascript:evil()", "JaVaScRiPt:evil()//https://x.test", "data:text/html,<script>evil()")

# A text's column, with the letters by which its words are known on a page.
Fields = Mapping[models.Field, str]


def text_fields(*names: str, not_typed: frozenset[str] = frozenset()) -> Fields:
    """Every text somebody can write in these rooms or models ("reports", "teams.Extension").

    `not_typed` are columns that programs alone write.
    """
    rooms = (
        [apps.get_model(name)] if "." in name else apps.get_app_config(name).get_models()
        for name in names
    )
    found = (
        field
        for room in rooms
        for model in room
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and _is_text(field) and field.name not in not_typed
    )
    letters = product(ascii_lowercase, repeat=2)
    return {field: "".join(pair) for field, pair in zip(found, letters, strict=False)}


def _is_text(field: models.Field) -> bool:
    is_text = isinstance(field, (models.CharField, models.TextField))
    is_chosen = field.choices or isinstance(field, models.SlugField) or not field.editable
    return is_text and not is_chosen


def marks_of(fields: Fields) -> dict[str, str]:
    """What stands on a page where a field's words do, with the field's name."""
    return {
        f"evil-{mark}.test" if isinstance(field, models.EmailField) else f"«{mark}»": (
            f"{field.model.__name__}.{field.name}"
        )
        for field, mark in fields.items()
    }


def words_for(field: models.Field, letters: str) -> str:
    """As much as the column takes: the mark first, for lists cut what is long."""
    mark = f"«{letters}»"
    if isinstance(field, models.EmailField):
        # RFC 5321 allows it, and so does Django.
        return f'"<x-evil/onload=evil()>"@evil-{letters}.test'
    if isinstance(field, models.URLField):
        return f'https://x.test/{mark}"onmouseover="evil()"><x-evil>'
    more = HEADER if isinstance(field, models.TextField) else ""
    return f"{mark}{BREAKS}{more}"[: field.max_length]


def poison(fields: Fields) -> None:
    """Into every text of every row; where a rule wants it empty, only where there is one."""
    for field, letters in fields.items():
        rows = field.model._default_manager.all()
        for chosen in (rows, rows.exclude(**{field.name: ""})):
            try:
                with transaction.atomic():
                    chosen.update(**{field.name: words_for(field, letters)})
                break
            except IntegrityError:
                continue


# --- What a page makes of it ------------------------------------------------------------------
def made_of(html: str) -> list[str]:
    """Elements and attributes of a page that only hostile words can have made."""
    if not html.strip():
        return []
    is_page = "<html" in html[:500].lower()
    page = document_fromstring(html) if is_page else fragment_fromstring(html, "div")
    return [fault for element in page.iter() for fault in _faults(element)]


def _faults(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str):
        if isinstance(element, etree._Comment) and "ক্ষ" in (element.text or ""):
            yield "a comment"
        return
    is_ours = element.get("src") or element.get("type") == "application/json"
    if element.tag == "x-evil" or (element.tag == "script" and not is_ours):
        yield f"<{element.tag}>: {(element.text or '')[:60]}"
    for name, value in element.attrib.items():
        if name.startswith("on") or "evil" in name:
            yield f"<{element.tag} {name}>"
        scheme = value.strip().lower().partition(":")[0]
        if name in {"href", "src", "action", "formaction"} and (
            scheme in {"javascript", "data", "vbscript"} or value == "x"
        ):
            yield f"<{element.tag} {name}={value[:60]}>"


def faults_in(html: str) -> list[str]:
    """What hostile words made of a page: elements, or a template that was run."""
    return made_of(html) + [f"evaluated: {one}" for one in EVALUATED if one in html]


# --- Forms ------------------------------------------------------------------------------------
TYPED = f"typed{BREAKS}{HEADER}"


def forms_on(
    page: str, url: str, addresses: Mapping[str, Any]
) -> Iterator[tuple[str, str, dict[str, str], list[str]]]:
    """Each form of a room that is posted: its address, its fields, and those one types in."""
    for form in lxml.html.document_fromstring(page).forms:
        action = urlsplit(form.get("action") or url).path
        try:
            name = resolve(action).view_name
        except Resolver404:
            continue
        if form.method == "POST" and name in addresses:
            fields = {key: value or "" for key, value in form.fields.items() if key}
            written = [
                field.name
                for field in form.inputs
                if field.name
                and (field.tag == "textarea" or field.get("type") in ("text", "url", "email", None))
                and field.tag != "select"
            ]
            yield name, action, fields, written


def filled(fields: dict[str, str], written: list[str]) -> Iterator[dict[str, str]]:
    """The form as somebody sends it: as it should be, from an old copy, and with nothing right."""
    typed = dict.fromkeys(written, TYPED)
    yield {**fields, **typed}
    if "version" in fields:
        yield {
            **fields,
            **{name: f"{TYPED} ২" for name in written if "_on" not in name},
            "version": "9",
        }
    yield dict.fromkeys(set(fields) - {"csrfmiddlewaretoken"}, TYPED)
