"""Words that would like to be markup: put into every text of the room, and looked for on pages."""

from collections.abc import Iterator
from itertools import product
from string import ascii_lowercase

from django.apps import apps
from django.db import IntegrityError, models, transaction
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
_LETTERS = product(ascii_lowercase, repeat=2)


# Written by programs alone: the index of words, and the digest of a printed paper.
NOT_TYPED = {"term", "fingerprint"}


def _is_text(field: models.Field) -> bool:
    if field.name in NOT_TYPED:
        return False
    is_text = isinstance(field, (models.CharField, models.TextField))
    is_chosen = field.choices or isinstance(field, models.SlugField) or not field.editable
    return is_text and not is_chosen


# Every text somebody can write in this room, with the mark by which it is known on a page.
FIELDS: dict[models.Field, str] = {
    field: "".join(letters)
    for field, letters in zip(
        (
            field
            for model in apps.get_app_config("ideas").get_models()
            for field in model._meta.get_fields()
            if isinstance(field, models.Field) and _is_text(field)
        ),
        _LETTERS,
        strict=False,
    )
}
MARKS = {
    f"evil-{mark}.test" if isinstance(field, models.EmailField) else f"«{mark}»": (
        f"{field.model.__name__}.{field.name}"
    )
    for field, mark in FIELDS.items()
}


def words_for(field: models.Field) -> str:
    """As much as the column takes: the mark first, for lists cut what is long."""
    mark = f"«{FIELDS[field]}»"
    if isinstance(field, models.EmailField):
        # RFC 5321 allows it, and so does Django.
        return f'"<x-evil/onload=evil()>"@evil-{FIELDS[field]}.test'
    if isinstance(field, models.URLField):
        return f'https://x.test/{mark}"onmouseover="evil()"><x-evil>'
    more = HEADER if isinstance(field, models.TextField) else ""
    return f"{mark}{BREAKS}{more}"[: field.max_length]


def poison_everything() -> None:
    """Into every text of every row; where a rule wants it empty, only where there is one."""
    for field in FIELDS:
        rows = field.model._default_manager.all()
        for chosen in (rows, rows.exclude(**{field.name: ""})):
            try:
                with transaction.atomic():
                    chosen.update(**{field.name: words_for(field)})
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


def shown_in(text: str) -> set[str]:
    """The fields whose words stand on a page."""
    return {name for mark, name in MARKS.items() if mark in text}
