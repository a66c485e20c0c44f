"""What no form of ours sends and no page asks, and how answers to it are gathered.

Everything goes by the access tables and by the forms that the pages themselves show, so that a
new address, field or question is in it by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from tests.access_rules import DONE, KEPT, OK, Address
from tests.access_world import World, WriteWatch, undone
from tests.pages import page_of

Addresses = Mapping[str, Address]
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
QUESTIONS = [
    *("", "\0", "%_\\'\"", "্", HUGE, ENDLESS, "-1", "0", "²", "৫", "NaN", "1e9", "2026-13"),
    *("9999-10000", "0000-01", "9999", "৩১/১২/৯৯৯৯", "ক " * 1_200, "ক" * 60_000, "<b>"),
]
BODIES = (
    ("application/json", b'{"title": ["a"], "version": {}}'),
    ("application/x-www-form-urlencoded", b"title=%ff%fe&version=%&=&&text=\xff"),
    ("application/x-www-form-urlencoded; charset=utf-16", "title=ক".encode("utf-16")),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n"),
    ("multipart/form-data", b"no boundary"),
    ("", b""),
)
# Half a letter (a lone surrogate), as UTF-8 does not have it, and a picture of a face.
HALF = "%ED%A0%80%F0%9F%98%80"


class Answers:
    """What was asked and not answered as it should be.

    With a `world`: also whatever was written although the answer was a refusal.
    """

    def __init__(self, known: set[int] = ANSWERED, world: World | None = None) -> None:
        self.known = known
        self.world = world
        self.faults: list[str] = []

    def ask(
        self, what: str, request: Callable[..., HttpResponse], *sent: Any, **more: Any
    ) -> HttpResponse | None:
        """The response, with whatever it wrote taken back; None for an error."""
        watch = WriteWatch()
        try:
            with undone(), connection.execute_wrapper(watch):
                response = request(*sent, **more)
                if response.streaming:
                    response.getvalue()
                if self.world and response.status_code >= 400 and watch.changed(self.world):
                    self.faults.append(f"{what}: {response.status_code}, and something is written")
        except Exception as error:
            self.faults.append(f"{what}: {error!r:.200}")
            return None
        if response.status_code not in self.known:
            self.faults.append(f"{what}: {response.status_code}")
        return response


# --- Forms ------------------------------------------------------------------------------------
Form = tuple[str, str, str, dict[str, Any]]


def forms(world: World, addresses: Addresses, people: tuple[str, ...]) -> Iterator[Form]:
    """Each address that somebody may write to: its name and URL, the person, a right form."""
    for name, address in addresses.items():
        state = address.states[0]
        for person in people:
            if address.outcome("POST", state, person) in (DONE, OK, KEPT, 422):
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


def ask_odd_fields(world: World, found: Iterator[Form]) -> list[str]:
    """Every field with every odd word: first all odd together, then each alone among right ones."""
    answers, kinds, turn = Answers(world=world), list(ODD), 0
    for name, url, person, form in found:
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
    return answers.faults


def ask_odd_bodies(world: World, found: Iterator[Form]) -> list[str]:
    answers = Answers(ANSWERED | {400}, world)
    for name, url, person, form in found:
        client = world.client(person)
        halves = "&".join(f"{field}={HALF}" for field in form).encode()
        for kind, body in (*BODIES, ("application/x-www-form-urlencoded", halves)):
            answers.ask(f"{name}: {kind}", client.generic, "POST", url, body, content_type=kind)
    return answers.faults


def ask_endless_text(world: World, found: Iterator[Form]) -> list[str]:
    """A million letters, in the first box of many lines or else in the first of one."""
    answers = Answers(ANSWERED | {400, 413}, world)
    endless = "a" * 10**6
    for name, url, person, form in found:
        client = world.client(person)
        boxes = boxes_of(world, url, person)
        if boxes:
            response = answers.ask(
                f"{name}: {boxes[0]}", client.post, url, {**form, boxes[0]: endless}
            )
            if response is not None and response.status_code == 302:
                answers.faults.append(f"{name}: {boxes[0]} was taken")
    return answers.faults


def words_lost(world: World, found: Iterator[Form], kept: str = "থাকুক") -> tuple[list[str], int]:
    """What was typed and does not stand in the form that comes back (422), and how many came."""
    lost, refused = [], 0
    for name, url, person, form in found:
        boxes = [box for box in boxes_of(world, url, person) if not re.search(r"-([1-9]|__)", box)]
        if not boxes:
            continue
        client = world.client(person)
        typed = {box: f"{kept} {box}" for box in boxes}
        wrong = {key: "x" for key in form if key not in typed and "_FORMS" not in key}
        counted = {key: value for key, value in form.items() if "_FORMS" in key}
        with undone():
            response = client.post(url, {**wrong, **counted, **typed})
        if response.status_code != 422:
            continue
        refused += 1
        said = response.content.decode()
        lost += [f"{name}: {box}" for box, words in typed.items() if words not in said]
    return lost, refused


# --- Addresses and what is asked in them --------------------------------------------------------
def ask_odd_numbers(world: World, addresses: Addresses, person: str = "head") -> list[str]:
    """Numbers that nothing has, in every address with a number."""
    # 429: many papers wait already, and then no number is looked at.
    answers = Answers({404, 405, 429})
    for name, address in addresses.items():
        args = world.things[address.states[0]].addresses[address.about]
        client = world.client(person)
        for place, number in enumerate(args):
            if not isinstance(number, int):
                continue
            for odd in (0, 10**30, int(ENDLESS[:4_000]), 2**63, 2**31):
                url = reverse(name, args=[*args[:place], odd, *args[place + 1 :]])
                answers.ask(f"GET {name} {odd:.0e}" if odd < 10**99 else name, client.get, url)
            answers.ask(f"POST {name}", client.post, url)
    return answers.faults


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


def ask_odd_questions(
    world: World,
    addresses: Addresses,
    people: tuple[str, ...],
    known: set[int] = ANSWERED,
) -> tuple[list[str], int]:
    """Every name that a page reads from its address, with every odd word, alone and repeated:
    the faults, and how many names there were."""
    answers, turn, asked_for = Answers(known), 0, 0
    for name, address in addresses.items():
        state = address.states[0]
        person = next((each for each in people if address.outcome("GET", state, each) == OK), None)
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
    return answers.faults, asked_for
