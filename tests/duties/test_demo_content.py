"""The demo content holds together: keys resolve, words are clean, no office copies another.

Only the files are read, no database, so that a slip in the content is named by file and row.
"""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bangla.text import normalise

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "duties" / "demo"
PLAN_FILES = sorted((DEMO / "plans").glob("*.json"))
CONTENT_FILES = [
    DEMO / "people.json",
    DEMO / "offices.json",
    *PLAN_FILES,
]

ROLES = {"head", "innovation_officer", "member", "cabinet_reviewer", "system_administrator"}
FORMS = {"subject", "progress", "combined"}
STATUSES = {"draft", "submitted", "returned", "approved"}
PERIOD = re.compile(r"\d{4}|\d{4}-\d{4}|\d{4}-\d{2}\.\.\d{4}-\d{2}")
DATE_WORD = re.compile(
    r"জানুয়ারি|ফেব্রুয়ারি|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর"
    r"|[০-৯]{2}[/.][০-৯]{2}[/.][০-৯]{4}|প্রতি|পরবর্তী"
)
# Characters of each cell. A few titles are long on purpose, to press on the layout.
LENGTHS = {"title": (60, 220), "expected_result": (40, 160), "measure": (30, 140)}
LONG_TITLES = 2
SHARED_SENTENCE = 60


class Holding(NamedTuple):
    post: str
    person: str
    starts_on: date
    ends_on: date
    additional: bool


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


PEOPLE: list[dict[str, Any]] = load(DEMO / "people.json")
OFFICES: list[dict[str, Any]] = load(DEMO / "offices.json")
PLANS: dict[str, dict[str, Any]] = {path.stem: load(path) for path in PLAN_FILES}
POSTS: dict[str, dict[str, Any]] = {
    post["key"]: post | {"office": entry["office"]} for entry in OFFICES for post in entry["posts"]
}


def tasks(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for subject in plan["subjects"]:
        yield from subject["tasks"]


def texts(value: Any) -> Iterator[str]:
    """Every string inside a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for inner in value.values() for text in texts(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in texts(inner))


def holdings() -> Iterator[Holding]:
    for key, post in POSTS.items():
        rows = [*post["previous"], *post["concurrent"]]
        if post["holder"]:
            rows.append({"holder": post["holder"], "from": post["from"]})
        for row in rows:
            yield Holding(
                post=key,
                person=row["holder"],
                starts_on=date.fromisoformat(row["from"]),
                ends_on=date.fromisoformat(row["to"]) if "to" in row else date.max,
                additional=row.get("kind") == "additional",
            )


def overlaps(spans: list[Holding]) -> list[tuple[Holding, Holding]]:
    ordered = sorted(spans, key=lambda span: span.starts_on)
    return [(a, b) for a, b in pairwise(ordered) if a.ends_on >= b.starts_on]


@pytest.mark.parametrize("path", CONTENT_FILES, ids=lambda path: path.name)
def test_text_is_nfc_and_normalised(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", whole)
    assert [text for text in texts(json.loads(whole)) if text != normalise(text)] == []


@pytest.mark.parametrize("field", ["key", "email", "mobile", "name_bn", "name_en"])
def test_people_are_told_apart_by_every_field(field: str) -> None:
    counted = Counter(person[field] for person in PEOPLE)
    assert [value for value, times in counted.items() if times > 1] == []


def test_people_cannot_be_reached() -> None:
    assert all(re.fullmatch(r"01300000\d{3}", person["mobile"]) for person in PEOPLE)
    assert all(person["email"].endswith("@demo.udbhabon.test") for person in PEOPLE)


def test_offices_are_of_every_tier_and_in_the_tree() -> None:
    with (ROOT / "teams" / "data" / "offices.csv").open(encoding="utf-8", newline="") as file:
        tiers = {row["code"]: row["tier"] for row in csv.DictReader(file)}
    codes = [entry["office"] for entry in OFFICES]
    assert [code for code in codes if code not in tiers] == []
    assert len(set(codes)) == len(codes)
    assert {tiers[code] for code in codes} == set(tiers.values())


@pytest.mark.parametrize("entry", OFFICES, ids=lambda entry: entry["office"])
def test_office_has_one_head_and_one_innovation_officer(entry: dict[str, Any]) -> None:
    roles = Counter(post["role"] for post in entry["posts"])
    assert set(roles) <= ROLES
    assert roles["head"] == 1
    assert roles["innovation_officer"] == 1
    designations = [post["designation_bn"] for post in entry["posts"]]
    assert len(set(designations)) == len(designations)


def test_only_the_cabinet_division_reviews_and_administers() -> None:
    roles = Counter(post["role"] for post in POSTS.values())
    assert roles["cabinet_reviewer"] == 2
    assert roles["system_administrator"] == 1
    special = [
        p for p in POSTS.values() if p["role"] in {"cabinet_reviewer", "system_administrator"}
    ]
    assert {post["office"] for post in special} == {"cabinet-division"}


def test_post_keys_are_unique_and_phones_are_invented() -> None:
    assert len(POSTS) == sum(len(entry["posts"]) for entry in OFFICES)
    phones = [post["phone"] for post in POSTS.values()]
    assert len(set(phones)) == len(phones)
    assert all(re.fullmatch(r"02-0000\d{4}", phone) for phone in phones)


def test_everyone_named_exists_and_everyone_has_served() -> None:
    assert {span.person for span in holdings()} == {person["key"] for person in PEOPLE}


def test_some_posts_are_vacant_and_some_changed_hands() -> None:
    assert any(post["holder"] is None for post in POSTS.values())
    assert any(post["previous"] for post in POSTS.values())
    assert any(post["concurrent"] for post in POSTS.values())
    assert all((post["holder"] is None) == (post["from"] is None) for post in POSTS.values())


def test_holdings_end_after_they_begin_and_never_overlap() -> None:
    by_post: dict[str, list[Holding]] = defaultdict(list)
    by_person: dict[str, list[Holding]] = defaultdict(list)
    for span in holdings():
        assert span.starts_on <= span.ends_on, span
        by_post[span.post].append(span)
        if not span.additional:
            by_person[span.person].append(span)
    clashes = [overlaps(spans) for spans in [*by_post.values(), *by_person.values()]]
    assert [clash for clash in clashes if clash] == []


def test_plans_cover_every_form_and_status() -> None:
    assert {plan["form"] for plan in PLANS.values()} == FORMS
    assert {plan["status"] for plan in PLANS.values()} == STATUSES
    periods = [(plan["office"], plan["period"]) for plan in PLANS.values()]
    assert len(set(periods)) == len(periods)


@pytest.mark.parametrize("name", PLANS)
def test_plan_belongs_to_a_known_office_and_period(name: str) -> None:
    plan = PLANS[name]
    assert plan["office"] in {entry["office"] for entry in OFFICES}
    assert PERIOD.fullmatch(plan["period"])
    # A plan without a reference date is history: the loader leaves its dates where they are.
    assert ("reference_date" in plan) == (plan["period"] != "2016")


@pytest.mark.parametrize("name", PLANS)
def test_plan_responsible_posts_are_of_its_own_office(name: str) -> None:
    plan = PLANS[name]
    for task in tasks(plan):
        assert task["responsible_text"], task["title"]
        assert task["responsible_posts"], task["title"]
        offices = {POSTS[key]["office"] for key in task["responsible_posts"]}
        assert offices == {plan["office"]}, task["title"]


@pytest.mark.parametrize("name", PLANS)
def test_plan_cells_are_of_realistic_length(name: str) -> None:
    for task in tasks(PLANS[name]):
        for field, (shortest, longest) in LENGTHS.items():
            length = len(task[field])
            assert length >= shortest, (field, task[field])
            assert length <= longest or field == "title", (field, task[field])


def test_only_a_few_titles_are_very_long() -> None:
    titles = [task["title"] for plan in PLANS.values() for task in tasks(plan)]
    assert len([title for title in titles if len(title) > LENGTHS["title"][1]]) == LONG_TITLES


@pytest.mark.parametrize("name", PLANS)
def test_plan_dates_have_date_words(name: str) -> None:
    for task in tasks(PLANS[name]):
        assert DATE_WORD.search(task["start"]), task["start"]
        assert not task["end"] or DATE_WORD.search(task["end"]), task["end"]


@pytest.mark.parametrize("name", PLANS)
def test_plan_form_shapes_its_rows(name: str) -> None:
    plan = PLANS[name]
    subjects = [subject["name"] for subject in plan["subjects"]]
    assert len(set(subjects)) == len(subjects)
    assert all(subject["tasks"] for subject in plan["subjects"])
    if plan["form"] == "combined":
        assert subjects == [""]
        assert not any(task["end"] for task in tasks(plan))
    else:
        assert all(subjects)
    if plan["form"] == "progress":
        assert any(task["progress"] for task in tasks(plan))


@pytest.mark.parametrize("name", PLANS)
def test_progress_belongs_to_approved_plans_and_moves_forward(name: str) -> None:
    plan = PLANS[name]
    last_day = plan.get("reference_date", "2016-12-31")
    for task in tasks(plan):
        entries = task["progress"]
        assert not entries or plan["status"] == "approved"
        assert all(entry["on"] <= last_day for entry in entries), task["title"]
        assert all(0 <= entry["percent"] <= 100 for entry in entries), task["title"]
        for earlier, later in pairwise(entries):
            assert earlier["on"] < later["on"], task["title"]
            assert earlier["percent"] <= later["percent"], task["title"]


def test_main_plan_has_the_size_that_the_pages_are_drawn_for() -> None:
    plan = PLANS["kaliganj-gazipur-2026-2027"]
    assert len(plan["subjects"]) == 14
    assert len(list(tasks(plan))) == 38
    latest = [task["progress"][-1]["percent"] if task["progress"] else 0 for task in tasks(plan)]
    assert 100 in latest
    assert 0 in latest


def test_no_sentence_is_shared_between_offices() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for plan in PLANS.values():
        for text in texts(list(tasks(plan))):
            for sentence in re.split(r"[।;\n]", text):
                if len(sentence.strip()) >= SHARED_SENTENCE:
                    users[sentence.strip()].add(plan["office"])
    # What two offices may share is a designation, which is short.
    assert [sentence for sentence, offices in users.items() if len(offices) > 1] == []
