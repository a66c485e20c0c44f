"""The interface in two languages: no sentence untranslated, none beyond a translator's reach.

Bengali is the source language. The English catalogue must keep up with the sources, and a
Bengali sentence that bypasses gettext would stand untouched in an English page.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.management import call_command
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from teams.models import Post
from teams.templatetags.bangla_tags import bangla_day, filesize
from tests.factories import client_of, make_plan, make_task, make_team
from tests.pages import page_of
from tests.reports.build import report_of
from workplans.documents import plan_content
from workplans.periods import Period

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
# Nothing in these is looked through by `make messages`.
NOT_SOURCES = (".*", "node_modules", "var", "static", "locale", "__pycache__")

LETTER = re.compile("[\u0985-\u09b9]")
QUOTED = re.compile("“[^”]*”")
PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[a-z]")
ENTRY_LINE = re.compile(r'(?:(msg\S+) )?(".*")')


# --- The catalogues ------------------------------------------------------------------------
@dataclass(frozen=True)
class Sentence:
    """What a translator is asked to translate."""

    context: str
    text: str
    plural: str


def read_catalogue(path: Path) -> dict[Sentence, list[str]]:
    """Every sentence of a .po file with its translations: one, or one per plural form."""
    found = {}
    for entry in path.read_text("utf-8").split("\n\n"):
        fields = entry_fields(entry)
        if fields.get("msgid"):
            sentence = Sentence(
                fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", "")
            )
            found[sentence] = [text for key, text in fields.items() if key.startswith("msgstr")]
    return found


def entry_fields(entry: str) -> dict[str, str]:
    """The strings of one entry by keyword; a string may go on over several lines."""
    fields: dict[str, str] = {}
    keyword = ""
    for line in entry.splitlines():
        if match := ENTRY_LINE.fullmatch(line):
            keyword = match[1] or keyword
            fields[keyword] = fields.get(keyword, "") + ast.literal_eval(match[2])
    return fields


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[Sentence, list[str]]:
    """What `make messages` finds, looked for in a copy: it writes beside what it reads."""
    tree = tmp_path_factory.mktemp("messages") / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*NOT_SOURCES))
    folder = tree / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-wrap"],
        cwd=tree,
        env={name: text for name, text in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        check=True,
        capture_output=True,
    )
    return read_catalogue(folder / "django.po")


def test_english_catalogue_has_exactly_the_sentences_of_the_sources(sources):
    english = read_catalogue(ENGLISH)
    assert len(sources) > 300
    assert sources.keys() - english.keys() == set(), "run `make messages` and translate"
    assert english.keys() - sources.keys() == set(), "no longer said anywhere: remove"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_entry_is_translated_with_its_placeholders(path):
    for sentence, translations in read_catalogue(path).items():
        assert len(translations) == (2 if sentence.plural else 1), sentence
        for text in translations:
            assert text.strip(), f"untranslated: {sentence.text}"
            assert placeholders(text) == placeholders(sentence.text), sentence.text


def placeholders(text: str) -> list[str]:
    """In any order: languages differ in it."""
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_file_is_settled(path):
    """No guesses of msgmerge, no leftovers, no line numbers that change with every edit."""
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert re.findall(r"^#(?:~|:|, .*fuzzy).*", text, re.MULTILINE) == []


def test_english_translations_are_english():
    """Apart from what is quoted: a word to type, a name to look for."""
    left = {
        sentence.text: translations
        for sentence, translations in read_catalogue(ENGLISH).items()
        if any(LETTER.search(QUOTED.sub("", text)) for text in translations)
    }
    assert left == {}


# --- Nothing is said past gettext ----------------------------------------------------------
# What a template may hold of Bengali: comments, translated sentences, and words marked as
# Bengali because they are so in every language (the name of the language itself).
IN_REACH = re.compile(
    r"""{\#.*?\#}
      | {%\s*blocktranslate\b.*?endblocktranslate\s*%}
      | {%\s*translate\s+(?:"[^"]*"|'[^']*').*?%}
      | _\("[^"]*"\)
      | <(?P<tag>\w+)\b[^>]*\blang="bn"[^>]*>.*?</(?P=tag)>
    """,
    re.DOTALL | re.VERBOSE,
)
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", re.DOTALL | re.MULTILINE)

GETTEXT = re.compile(r"_|(?:n|p|np)?gettext(?:_lazy)?")
ROOMS = ("jobs", "teams", "workplans", "ideas", "meetings", "reports", "duties")
# Papers are Bengali whatever language their reader has chosen; the demonstration is content.
BENGALI_BY_DESIGN = (
    # Papers and letters are in Bengali, whoever asks for them.
    "*/documents.py",
    "meetings/decided_ideas.py",
    "meetings/defaults.py",
    "meetings/word/defaults.py",
    "teams/word_page.py",
    "teams/order_word.py",
    "ideas/certificates.py",
    "ideas/exports.py",
    "ideas/newsletters.py",
    "ideas/registers.py",
    "ideas/papers_word.py",
    "workplans/exchange.py",
    "workplans/exports.py",
    "workplans/papers/*.py",
    "workplans/timeline_paper.py",
    # Words that an office takes into its plan.
    "workplans/library/*.py",
    # What a report says is Bengali, however the page is read that it is written on.
    "reports/letters.py",
    "reports/signing.py",
    "reports/jobhandlers.py",
    "reports/sections/*.py",
    "reports/publishing/contents.py",
    "reports/nation/compiling/*.py",
    "reports/nation/papers.py",
    "reports/nation/seeding/*.py",
    # Both languages side by side: short names of districts, the dictionary of the open data.
    "reports/nation/tiles.py",
    "reports/open_data/datasets.py",
    "duties/demodata.py",
    "duties/demodata/*.py",
    "*/migrations/*.py",
)
BENGALI_TEMPLATES = ("pdf", "duties/email", "ideas/email", "meetings/email", "reports/email")
# Tables of Bengali words looked for in what officers write.
READERS = {
    *ROOT.glob("workplans/importers/**/*.py"),
    *ROOT.glob("ideas/importers/**/*.py"),
    *ROOT.glob("meetings/importers/**/*.py"),
    ROOT / "ideas" / "contact_words.py",
    ROOT / "ideas" / "forms" / "measures.py",
    *ROOT.glob("ideas/similar/*.py"),
    ROOT / "meetings" / "old_minutes.py",
    ROOT / "workplans" / "responsible.py",
    ROOT / "workplans" / "scoring.py",
    ROOT / "workplans" / "terms.py",
    ROOT / "workplans" / "updates" / "details.py",
    ROOT / "teams" / "memo.py",
    ROOT / "teams" / "composition.py",
    ROOT / "teams" / "entry" / "passwords.py",
    *ROOT.glob("teams/importers/*.py"),
}


def sources_of_rooms() -> list[Path]:
    """Every Python file that may speak to the user."""
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if not any(path.match(pattern) for pattern in BENGALI_BY_DESIGN)
    ]


def unreachable_strings(path: Path) -> list[str]:
    """Bengali texts in a Python file that are neither translated nor a docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    within_reach = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) or is_gettext(node)
        for part in ast.iter_child_nodes(node)
    }
    if path in READERS:
        tree.body = [node for node in tree.body if not isinstance(node, ast.Assign | ast.AnnAssign)]
    return [
        text
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in within_reach
        if LETTER.search(text := str(node.value))
    ]


def is_gettext(node: ast.AST) -> bool:
    """A call of `_`, `ngettext`, `pgettext_lazy` …"""
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return GETTEXT.fullmatch(name) is not None
    return False


def test_python_speaks_through_gettext():
    paths = sources_of_rooms()
    assert len(paths) > 50
    found = {str(path.relative_to(ROOT)): unreachable_strings(path) for path in paths}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_templates_speak_through_gettext():
    papers = {ROOT / "templates" / folder for folder in BENGALI_TEMPLATES}
    paths = [
        path
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if papers.isdisjoint(path.parents) and path.is_file()
    ]
    assert len(paths) > 50
    found = {}
    for path in paths:
        rest = IN_REACH.sub("", path.read_text("utf-8"))
        if LETTER.search(rest):
            found[str(path.relative_to(ROOT))] = [
                line.strip() for line in rest.splitlines() if LETTER.search(line)
            ]
    assert found == {}


def test_browser_scripts_hold_no_words():
    """Their words come with the page, in data attributes, where templates translate them."""
    paths = sorted((ROOT / "static" / "js").rglob("*.js"))
    assert paths
    words = {path.name: SCRIPT_COMMENT.sub("", path.read_text("utf-8")) for path in paths}
    assert [name for name, text in words.items() if LETTER.search(text)] == []


# --- In use --------------------------------------------------------------------------------
# Cells in English, so that Bengali on the page can only come from the interface.
ENGLISH_CELLS = {
    "subject": "Services",
    "title": "Shorten the form",
    "start_text": "1 August 2026",
    "end_text": "30 September 2026",
    "responsible_text": "Officer",
    "expected_result": "Fewer visits",
    "measure": "Visits",
}


@pytest.mark.django_db
def test_english_pages_have_no_bengali_in_them(today):
    team = make_team()
    Post.objects.update(designation_en="Officer")
    plan = make_plan(team.office, by=team.head, tasks=0)
    task = make_task(plan, by=team.head, **ENGLISH_CELLS)
    report = report_of(plan, by=team.head)
    client = client_of(team.head)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    for url in (
        reverse("duties:home"),
        reverse("workplans:list"),
        reverse("workplans:create"),
        plan.get_absolute_url(),
        reverse("workplans:import_create", args=[plan.pk]),
        reverse("workplans:task_create", args=[plan.pk]),
        task.get_absolute_url(),
        reverse("reports:list"),
        report.get_absolute_url(),
        reverse("teams:office_list"),
        team.office.get_absolute_url(),
        reverse("account_change_password"),
        reverse("account_logout"),
        "/there-is-no-such-page/",
    ):
        assert bengali_of(client.get(url)) == [], url


def bengali_of(response: HttpResponse) -> list[str]:
    """Bengali texts and attributes of a page, except what is marked as Bengali.

    The subjects offered while typing are left out too: they are content.
    """
    page = page_of(response)
    for element in page.xpath("//*[@lang='bn'] | //datalist"):
        element.drop_tree()
    said = [str(text) for text in page.xpath("//text() | //@*")]
    return [text.strip() for text in said if LETTER.search(text)]


@pytest.mark.django_db
def test_refusals_of_forms_are_english_too(today):
    team = make_team()
    plan = make_plan(team.office, by=team.head, tasks=0)
    client = client_of(team.head)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    response = client.post(reverse("workplans:task_create", args=[plan.pk]), {"title": ""})
    assert response.status_code == 422
    assert "Write the name of the task" in response.content.decode()


@pytest.mark.parametrize(
    ("code", "bengali", "english"),
    [
        ("2016", "২০১৬", "2016"),
        ("2026-2027", "২০২৬–২৭ অর্থবছর", "2026–27 fiscal year"),
        ("2017-01..2017-06", "জানুয়ারি–জুন ২০১৭", "January–June 2017"),
    ],
)
def test_period_follows_the_language_of_the_page(code, bengali, english):
    period = Period.parse(code)
    assert period.label == bengali
    with translation.override("en"):
        assert period.label == english


@pytest.mark.django_db
def test_paper_ordered_from_an_english_page_is_bengali(today):
    team = make_team()
    plan = make_plan(team.office, by=team.head)
    with translation.override("en"):
        content = plan_content(plan)
    assert content["period"] == "২০২৬–২৭ অর্থবছর"
    assert content["status"] == "খসড়া"
    assert content["date"] == "২১ নভেম্বর ২০২৬"


@pytest.mark.parametrize(
    ("language", "days", "words"),
    [
        ("en", 1, "1 day overdue"),
        ("en", 5, "5 days overdue"),
        ("bn", 1, "১ দিন দেরি"),
        ("bn", 5, "৫ দিন দেরি"),
    ],
)
def test_plural_forms(language, days, words):
    with translation.override(language):
        chip = render_to_string("workplans/_state_chip.html", {"state": "late", "late_days": days})
    assert f">{words}<" in chip


@pytest.mark.parametrize("length", [1, 10])
def test_plurals_of_other_peoples_sentences_are_bengali(length):
    help_text = MinimumLengthValidator(length).get_help_text()
    assert help_text == f"অন্তত {length} অক্ষর।"


def test_numbers_dates_and_sizes_follow_the_language():
    with translation.override("en"):
        assert bangla_day(date(2019, 8, 26)) == "11 Bhadro 1426"
        assert (filesize(43_000), filesize(1_363_149)) == ("42 KB", "1.3 MB")
    assert bangla_day(date(2019, 8, 26)) == "১১ ভাদ্র ১৪২৬"
    assert (filesize(43_000), filesize(1_363_149)) == ("৪২ কিলোবাইট", "১.৩ মেগাবাইট")


@pytest.mark.parametrize(
    ("status", "stored", "shown"),
    [
        ("running", "ছক সাজানো হচ্ছে", "Laying out the table"),
        ("running", "", "Being made."),
        ("failed", "কাজটি নির্ধারিত সময়ের মধ্যে শেষ হয়নি।", "The work did not finish"),
    ],
)
def test_what_the_worker_stored_in_bengali_is_shown_in_english(status, stored, shown):
    job = SimpleNamespace(
        status=status, is_active=False, progress=20, progress_text=stored, error_for_user=stored
    )
    with translation.override("en"):
        page = render_to_string("components/job_status.html", {"job": job, "title": "PDF"})
    assert shown in page


def test_catalogues_compile(tmp_path, monkeypatch):
    """`compilemessages` refuses what its own check of formats does not like."""
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [])
    call_command("compilemessages", verbosity=0)
    made = sorted(path.parts[-3] for path in tmp_path.rglob("django.mo"))
    assert made == sorted(code for code, _name in settings.LANGUAGES)
