"""What must hold in every file of the project, whoever wrote it."""

import re
from pathlib import Path
from unicodedata import is_normalized

import pytest
from django.template import engines
from django.template.base import Template
from django.template.defaulttags import URLNode
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from scripts.diagrams import PAGE, states_page

ROOT = Path(__file__).resolve().parents[1]
# Rooms of the application and everything that goes with them; not what tools put there.
FOLDERS = (
    "bangla",
    "config",
    "docs",
    "duties",
    "ideas",
    "jobs",
    "locale",
    "meetings",
    "reports",
    "scripts",
    "static/js",
    "static/pdf",
    "static/scss",
    "teams",
    "templates",
    "tests",
    "workplans",
)
TEXT_SUFFIXES = {
    ".py",
    ".html",
    ".po",
    ".json",
    ".csv",
    ".css",
    ".scss",
    ".js",
    ".mjs",
    ".md",
    ".txt",
}
# Holds one letter in both encodings on purpose.
BOTH_ENCODINGS = "tests/bangla_pdf/data/plan.html"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Both ends of an attribute: <a onclick=…>, <p style=…>.
FORBIDDEN = {
    "an event handler in an attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a style in an attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a <style>": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an address of another site": re.compile(
        r"(?:src|href|action)=[\"']?(?:https?:)?//", re.IGNORECASE
    ),
    "text taken as HTML": re.compile(r"\|\s*safe\b|autoescape off"),
}
# Django writes the rules for a password as a list of its own.
ALLOWED = {
    ("components/password_field.html", "text taken as HTML"),
    # On paper, where no browser is told anything: the width of a column follows its words.
    ("pdf/_plan_columns.html", "a style in an attribute"),
    ("pdf/_report_list.html", "a style in an attribute"),
}


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text_files() -> list[Path]:
    return [
        path
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in TEXT_SUFFIXES and "__pycache__" not in path.parts
    ]


def test_every_text_is_in_nfc() -> None:
    """Two encodings of one letter would be two words to every search, Ctrl+F included."""
    files = text_files()
    assert len(files) > 200
    wrong = [
        f"{short(path)}:{number}"
        for path in files
        if short(path) != BOTH_ENCODINGS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if not is_normalized("NFC", line)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_holds_nothing_the_browser_is_told_to_refuse(path: Path) -> None:
    html = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    name = str(path.relative_to(ROOT / "templates"))
    found = {(name, what) for what, pattern in FORBIDDEN.items() if pattern.search(html)}
    assert found <= ALLOWED


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#" onclick="x()">',
        "<p class=a style=color:red>",
        "<style>p{}</style>",
        "<script>x()</script>",
        '<a href="javascript:x()">',
        '<script src="https://cdn.example/x.js"></script>',
        "{{ words|safe }}",
    ],
)
def test_what_is_forbidden_is_recognised(html: str) -> None:
    assert any(pattern.search(html) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_says_what_it_is_for(path: Path) -> None:
    """A page names its frame; a piece of a page says what it needs."""
    first = path.read_text(encoding="utf-8").lstrip()
    assert first.startswith(("{% extends", "{#", "<!DOCTYPE html>"))


def every_name(resolver: URLResolver, prefix: str = "") -> set[str]:
    """The names of all addresses, with their rooms: "workplans:detail"."""
    names: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            names |= {f"{prefix}{entry.name}"} if entry.name else set()
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            names |= every_name(entry, inner)
    return names


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_template_compiles_and_its_addresses_exist(path: Path) -> None:
    known = every_name(get_resolver())
    source = path.read_text(encoding="utf-8")
    template = Template(source, engine=engines["django"].engine)
    named = {node.view_name.resolve({}) for node in template.nodelist.get_nodes_by_type(URLNode)}
    assert named <= known
    assert len(named) <= source.count("{% url ")
    assert bool(named) == ("{% url " in source)


def test_drawing_of_the_states_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page(), "run: python -m scripts.diagrams"


def test_drawing_has_every_state_and_step() -> None:
    from ideas.enums import TRANSITIONS as IDEA_STEPS
    from ideas.enums import IdeaStatus
    from jobs.enums import JobStatus, LetterStatus
    from meetings.enums import DECISION_TRANSITIONS, DecisionStatus, MeetingStatus
    from meetings.enums import TRANSITIONS as MEETING_STEPS
    from reports.enums import TRANSITIONS as REPORT_STEPS
    from reports.enums import ReportStatus
    from workplans.enums import TRANSITIONS as PLAN_STEPS
    from workplans.enums import PlanStatus

    page = states_page()
    papers = (*PlanStatus, *IdeaStatus, *MeetingStatus, *DecisionStatus, *ReportStatus)
    for status in (*papers, *JobStatus, *LetterStatus):
        assert f"    {status}: {status.label}" in page
    steps = (*PLAN_STEPS, *IDEA_STEPS, *MEETING_STEPS, *DECISION_TRANSITIONS, *REPORT_STEPS)
    for step in steps:
        for source in step.sources:
            assert f"    {source} --> {step.target}: {step.name} ({step.permission})" in page
