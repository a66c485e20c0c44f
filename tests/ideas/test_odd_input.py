"""Numbers, words, files and bodies that no form of the room of ideas sends: each gets an answer.

Everything is built over the URLconf by way of the access tables, and over the forms that the
pages themselves show, so that a new address, field or question is in it by itself.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from pytest_django import DjangoDbBlocker, Settings

from tests.access_ideas import ADDRESSES
from tests.access_rules import DONE, OK
from tests.access_world import World, build_world, undone
from tests.factories import PNG
from tests.pages import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unlimited")]

PEOPLE = ("head", "member", "elsewhere_head", "district_head", "anonymous")
ANSWERED = {200, 302, 403, 404, 405, 409, 422, 429}
HUGE, ENDLESS = "9" * 30, "1" * 5_000
ODD: dict[str, Any] = {
    "nothing": "",
    "a sign that no text may hold": "ক\0খ",
    "a line of 10,000 letters": "ক" * 10_000,
    "a number beyond every column": HUGE,
    "a number without an end": ENDLESS,
    "a negative number": "-1",
    "not a number": "NaN",
    "digits of a third script": "٣",
    "a superscript": "²",
    "markup": "<script>alert(1)</script>",
    "a tag of a template": "{{ 7 * 7 }}{% for %}",
    "a day that does not exist": "৩১/০২/২০২৬",
    "the last day there is": "31/12/9999",
    "the first day there is": "1/1/0001",
    "several at once": ["ক", "খ", HUGE],
}
KEPT = "থাকুক"


# The tests' own transactions become savepoints inside this one.
@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def unlimited(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


class Answers:
    """What was asked and not answered as it should be."""

    def __init__(self, known: set[int] = ANSWERED) -> None:
        self.known = known
        self.faults: list[str] = []

    def ask(
        self, what: str, request: Callable[..., HttpResponse], *sent: Any, **more: Any
    ) -> HttpResponse | None:
        """The response, with whatever it wrote taken back; None for an error."""
        try:
            with undone():
                response = request(*sent, **more)
                if response.streaming:
                    response.getvalue()
        except Exception as error:
            self.faults.append(f"{what}: {error!r:.200}")
            return None
        if response.status_code not in self.known:
            self.faults.append(f"{what}: {response.status_code}")
        return response


# --- Forms ------------------------------------------------------------------------------------
def forms(world: World) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Each address that somebody may write to: its name and URL, the person, a right form."""
    for name, address in ADDRESSES.items():
        state = address.states[0]
        for person in PEOPLE:
            if address.outcome("POST", state, person) in (DONE, OK, 422):
                form = address.sends(world.things[state])
                yield name, world.url(name, address.about, state), person, form
                break


def fields_of(world: World, url: str, person: str, form: dict[str, Any]) -> dict[str, Any]:
    """The form with all fields that its page shows, and those that scripts and links add."""
    shown: dict[str, Any] = {}
    with undone():
        page = world.client(person).get(url)
    if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
        for each in page_of(page).forms:
            if each.method == "POST" and (each.get("action") or url) == url:
                shown |= {key: value or "" for key, value in each.fields.items() if key}
    shown.pop("csrfmiddlewaretoken", None)
    # Of rows that are alike the first speaks for all.
    shown = {key: value for key, value in shown.items() if not re.search(r"-([1-9]|__)", key)}
    more = dict.fromkeys(("version", "form_key", "keep_text", "to", "before"), "")
    return {**more, **shown, **form}


def test_odd_fields_of_a_form_are_answered(world: World) -> None:
    """Every field with every odd word: first all odd together, then each alone among right ones."""
    answers, kinds, turn = Answers(), list(ODD), 0
    for name, url, person, form in forms(world):
        client = world.client(person)
        fields = fields_of(world, url, person, form)
        for shift in range(0, len(kinds), 5):
            odd = {
                field: ODD[kinds[(place + shift) % len(kinds)]]
                for place, field in enumerate(fields)
            }
            answers.ask(f"{name}: all odd, {shift}", client.post, url, odd)
        for field in fields:
            turn += 1
            what = kinds[turn % len(kinds)]
            one_odd = {**fields, field: ODD[what]}
            answers.ask(f"{name}: {field}: {what}", client.post, url, one_odd)
        answers.ask(f"{name}: nothing", client.post, url, {})
    assert not answers.faults, "\n".join(answers.faults)


BODIES = (
    ("application/json", b'{"title": ["a"], "version": {}}'),
    ("application/x-www-form-urlencoded", b"title=%ff%fe&version=%&=&&text=\xff"),
    ("application/x-www-form-urlencoded; charset=utf-16", "title=ক".encode("utf-16")),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n"),
    ("multipart/form-data", b"no boundary"),
    ("", b""),
)


def test_odd_bodies_are_answered(world: World) -> None:
    answers = Answers(ANSWERED | {400})
    for name, url, person, _form in forms(world):
        client = world.client(person)
        for kind, body in BODIES:
            answers.ask(f"{name}: {kind}", client.generic, "POST", url, body, content_type=kind)
    assert not answers.faults, "\n".join(answers.faults)


def test_endless_text_is_answered_and_not_kept(world: World) -> None:
    """A million letters, in the first box of many lines or else in the first of one."""
    answers = Answers(ANSWERED | {400, 413})
    endless = "a" * 10**6
    for name, url, person, form in forms(world):
        client = world.client(person)
        boxes = boxes_of(world, url, person)
        if boxes:
            response = answers.ask(
                f"{name}: {boxes[0]}", client.post, url, {**form, boxes[0]: endless}
            )
            if response is not None and response.status_code == 302:
                answers.faults.append(f"{name}: {boxes[0]} was taken")
    assert not answers.faults, "\n".join(answers.faults)


def boxes_of(world: World, url: str, person: str) -> list[str]:
    """The fields into which one types words on a page, the largest first."""
    with undone():
        page = world.client(person).get(url)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return []
    found = [
        (box.tag != "textarea", box.get("name"))
        for each in page_of(page).forms
        if each.method == "POST" and (each.get("action") or url) == url
        for box in each.inputs
        if box.get("name") and (box.tag == "textarea" or box.get("type") == "text")
    ]
    return [name for _is_line, name in sorted(found, key=lambda pair: pair[0])]


def test_words_are_kept_when_a_form_is_refused(world: World) -> None:
    """Whatever else was wrong: what was typed stands in the form that comes back (422)."""
    lost, refused = [], 0
    for name, url, person, form in forms(world):
        boxes = [box for box in boxes_of(world, url, person) if not re.search(r"-([1-9]|__)", box)]
        if not boxes:
            continue
        client = world.client(person)
        typed = {box: f"{KEPT} {box}" for box in boxes}
        wrong = {key: "x" for key in form if key not in typed and "_FORMS" not in key}
        counted = {key: value for key, value in form.items() if "_FORMS" in key}
        with undone():
            response = client.post(url, {**wrong, **counted, **typed})
        if response.status_code != 422:
            continue
        refused += 1
        said = response.content.decode()
        lost += [f"{name}: {box}" for box, words in typed.items() if words not in said]
    assert lost == []
    assert refused > 15


# --- Files ------------------------------------------------------------------------------------
def packed(names: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in names.items():
            package.writestr(name, content)
    return out.getvalue()


FILES = {
    "empty": ("ছবি.png", b""),
    "cut off": ("ছবি.png", PNG[:40]),
    "too large a picture": ("ছবি.png", PNG[:16] + b"\xff\xff\xff\xff" * 2 + PNG[24:]),
    "a program": ("ছবি.png", b"MZ" + b"\0" * 600),
    "a drawing that is a page": (
        "ছবি.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    ),
    "a page": ("তালিকা.html", b"<table><tr><td>" * 200),
    "half a PDF": ("ফাইল.pdf", b"%PDF-1.7\n1 0 obj << /Type"),
    "a package of nothing": ("তালিকা.docx", packed({})),
    "a package of something else": ("তালিকা.xlsx", packed({"../../etc/passwd": b"x"})),
    "a document with an entity": (
        "তালিকা.docx",
        packed(
            {
                "word/document.xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
            }
        ),
    ),
    "a name of signs": ("../..\\\0\r\nX: y\u202egnp." + "ক" * 300 + ".png", PNG),
}


def test_odd_files_are_answered(world: World) -> None:
    answers, tried = Answers(ANSWERED | {400}), set()
    for name, url, person, form in forms(world):
        client = world.client(person)
        with undone():
            page = client.get(url)
        if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        for field in page_of(page).xpath("//form//input[@type='file']/@name"):
            tried.add(name)
            for what, (filename, content) in FILES.items():
                answers.ask(
                    f"{name}: {what}",
                    client.post,
                    url,
                    {**form, field: SimpleUploadedFile(filename, content)},
                )
            answers.ask(f"{name}: words", client.post, url, {**form, field: "ক"})
    assert not answers.faults, "\n".join(answers.faults)
    assert len(tried) > 5


# --- Addresses and what is asked in them --------------------------------------------------------
def test_odd_numbers_in_addresses_are_not_found(world: World) -> None:
    answers = Answers({404, 405})
    for name, address in ADDRESSES.items():
        args = world.things[address.states[0]].addresses[address.about]
        client = world.client("head")
        for place, number in enumerate(args):
            if not isinstance(number, int):
                continue
            for odd in (0, 10**30, int(ENDLESS[:4_000]), 2**63, 2**31):
                url = reverse(name, args=[*args[:place], odd, *args[place + 1 :]])
                answers.ask(f"GET {name} {odd:.0e}" if odd < 10**99 else name, client.get, url)
            answers.ask(f"POST {name}", client.post, url)
    assert not answers.faults, "\n".join(answers.faults)


WORDS_IN_ADDRESSES = (
    "0" * 12,
    "০" * 12,
    "1" * 500,
    "%00",
    "-",
    "x" * 300,
    "ক",
    "__class__",
    "..",
    "a.b",
)


@pytest.mark.parametrize(
    "start",
    [
        *("idea-box/", "idea-box/track/", "idea-box/support/", "verify/", "newsletters/"),
        *("newsletters/subscribe/", "newsletters/subscription/", "initiatives/", "events/"),
        *("initiatives/pictures/", "ideas/", "ideas/pilots/", "ideas/imports/", "ideas/awards/"),
    ],
)
def test_odd_words_in_addresses_are_answered(world: World, start: str) -> None:
    answers = Answers({200, 301, 302, 404, 405, 429})
    client = world.client("head")
    for word in WORDS_IN_ADDRESSES:
        for end in ("", "/", "/appeal/", "/end/", "/pdf/"):
            answers.ask(f"{start}{word}{end}", client.get, f"/{start}{word}{end}")
            answers.ask(f"{start}{word}{end}", client.post, f"/{start}{word}{end}")
    assert not answers.faults, "\n".join(answers.faults)


QUESTIONS = [
    *("", "\0", "%_\\'\"", "্", HUGE, ENDLESS, "-1", "0", "²", "৫", "NaN", "1e9", "2026-13"),
    *("9999-10000", "0000-01", "9999", "৩১/১২/৯৯৯৯", "ক " * 1_200, "ক" * 60_000, "<b>"),
]


@contextmanager
def listening() -> Iterator[set[str]]:
    """The names that a view asks of its address."""
    names: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            plain = getattr(QueryDict, method)

            def noted(
                self: QueryDict, key: str, *rest: Any, plain: Any = plain, **more: Any
            ) -> Any:
                names.add(key)
                return plain(self, key, *rest, **more)

            patch.setattr(QueryDict, method, noted)
        yield names


def test_odd_questions_are_answered(world: World) -> None:
    """Every name that a page reads from its address, with every odd word, alone and repeated."""
    answers, turn, asked_for = Answers(), 0, 0
    for name, address in ADDRESSES.items():
        state = address.states[0]
        person = next((each for each in PEOPLE if address.outcome("GET", state, each) == OK), None)
        if person is None:
            continue
        url, client = world.url(name, address.about, state), world.client(person)
        with listening() as names:
            answers.ask(name, client.get, url)
        for asked in sorted(names):
            asked_for += 1
            turn += 5
            for odd in islice(QUESTIONS * 2, turn % len(QUESTIONS), turn % len(QUESTIONS) + 5):
                answers.ask(f"{name}: {asked}: {odd[:20]!r}", client.get, url, {asked: odd})
            answers.ask(f"{name}: {asked}", client.get, url, {asked: ["ক", HUGE, ""]})
        for odd in ("\0", HUGE, "-1") if names else ():
            everything = dict.fromkeys(names, odd)
            answers.ask(f"{name}: everything {odd!r}", client.get, url, everything)
    assert not answers.faults, "\n".join(answers.faults)
    assert asked_for > 40
