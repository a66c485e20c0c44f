"""Something real on every page: plans in each state, papers waiting, done and failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from duties.actions import grant_extension
from ideas.enums import IdeaStatus
from jobs.actions import claim, fail, finish
from jobs.models import Job
from jobs.registry import Produced
from scripts.processes import ROOT
from teams.enums import DueKind
from teams.models import User
from teams.prints import Print
from tests.browser.house import Upazila, word_table
from tests.factories import make_plan, make_progress, make_task
from tests.ideas.register import make_idea
from workplans.documents import order_plan_pdf
from workplans.enums import PlanStatus
from workplans.importers import read_paste
from workplans.models import PlanImport, Task, WorkPlan
from workplans.periods import Period

# The demonstration's plan of a busy upazila: no two rows alike, as in an office's own.
BUSY_PLAN = ROOT / "duties" / "demo" / "plans" / "kaliganj-gazipur-2026-2027.json"

# Cells whose names are the same in that file and in a task.
SAME_NAME = ("title", "responsible_text", "expected_result", "measure")

Addresses: TypeAlias = dict[str, list[str]]


def make_busy_plan(upazila: Upazila) -> WorkPlan:
    """A draft with 38 tasks in 14 subjects, a few of them reported on."""
    plan = make_plan(upazila.office, by=upazila.head, tasks=0)
    for subject in json.loads(BUSY_PLAN.read_text())["subjects"]:
        for words in subject["tasks"]:
            make_task(
                plan,
                by=upazila.head,
                subject=subject["name"],
                start_text=words["start"],
                end_text=words["end"],
                **{name: words[name] for name in SAME_NAME},
            )
    for percent, task in zip((0, 40, 100), plan.tasks.order_by("pk"), strict=False):
        make_progress(task, by=upazila.head, percent=percent, evidence=True)
    return plan


def add_odd_tasks(plan: WorkPlan, *, by: User) -> Task:
    """Dates in doubt, a recurring task, and one (returned) with a word that has no end."""
    make_task(plan, by=by, start_text="জুন", end_text="৩০/০৬/২৭")
    make_task(plan, by=by, start_text="প্রতি মাসের ১৫ তারিখ", end_text="")
    long_word = "https://www.bangladesh.gov.bd/innovation/annual-work-plan/attachments/2026"
    return make_task(plan, by=by, title=f"প্রতিবেদন প্রকাশ: {long_word}")


def addresses_of_strangers(upazila: Upazila) -> Addresses:
    """What is seen without a log-in."""
    link = (user_pk_to_url_str(upazila.member), default_token_generator.make_token(upazila.member))
    names = (
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
    )
    return {
        **_plain(names),
        "account_reset_password_from_key": [
            reverse("account_reset_password_from_key", args=key)
            for key in (link, (link[0], "no-such-key"))
        ],
    }


def addresses_of_grants(upazila: Upazila) -> Addresses:
    """Due dates as a reviewer of the Cabinet Division sees them, with a grant of each kind."""
    today, code = timezone.localdate(), upazila.office.code
    grant = {"office": upazila.office, "reason": "বন্যায় দপ্তর প্লাবিত", "by": upazila.reviewer}
    later = today + timedelta(days=40)
    first = today.replace(day=1)
    grant_extension(kind=DueKind.MEETING, starts_on=first, new_due_on=later, **grant)
    year = Period.fiscal_year_of(today).starts_on
    grant_extension(kind=DueKind.PLAN, starts_on=year, new_due_on=None, **grant)
    form, owed = reverse("duties:extension_create"), reverse("duties:deadline_list")
    return {
        "duties:extension_create": [form, f"{form}?office={code}&matter=meeting:{first}"],
        "duties:deadline_list": [owed, f"{owed}?q=নেই"],
        "duties:extension_list": [reverse("duties:extension_list")],
    }


def addresses_of_officer(upazila: Upazila) -> Addresses:
    """The team's own room, after a year of work."""
    plan = make_busy_plan(upazila)
    task = add_odd_tasks(plan, by=upazila.officer)
    reported = plan.tasks.earliest("pk")
    empty, returned, approved = (
        make_plan(upazila.office, by=upazila.head, period=period, status=status, tasks=tasks)
        for period, status, tasks in (
            ("2027-2028", PlanStatus.DRAFT, 0),
            ("2025-2026", PlanStatus.RETURNED, 2),
            ("2024-2025", PlanStatus.APPROVED, 2),
        )
    )
    names = (
        "duties:home",
        "duties:deadline_list",
        "duties:rule_list",
        "duties:extension_list",
        "workplans:create",
        "ideas:create",
        "teams:office_list",
        "account_change_password",
        "account_reauthenticate",
        "account_logout",
    )
    ideas = [make_idea(upazila.office, by=upazila.head, status=each) for each in IdeaStatus]
    long_idea = make_idea(upazila.office, by=upazila.head, title="ক" * 300, benefit="")
    waiting_import = import_of(plan, by=upazila.officer)
    plan_papers = [
        order_plan_pdf(plan=paper_plan, by=upazila.officer)
        for paper_plan in (plan, returned, approved)
    ]
    end_job(plan_papers[1], is_good=False)
    end_job(plan_papers[2], is_good=True)
    return {
        **_plain(names),
        "workplans:list": [
            reverse("workplans:list"),
            f"{reverse('workplans:list')}?q=নেই",
        ],
        "workplans:detail": [each.get_absolute_url() for each in (plan, empty, returned, approved)],
        "workplans:task_create": [reverse("workplans:task_create", args=[plan.pk])],
        "workplans:task_detail": [each.get_absolute_url() for each in (task, reported)],
        "workplans:task_update": [reverse("workplans:task_update", args=[task.pk])],
        "workplans:import_create": [reverse("workplans:import_create", args=[plan.pk])],
        "workplans:import_detail": [waiting_import.get_absolute_url()],
        "workplans:document_detail": _papers("workplans:document_detail", plan_papers),
        "ideas:list": [
            reverse("ideas:list"),
            f"{reverse('ideas:list')}?q=নেই&status=piloting",
        ],
        "ideas:detail": [each.get_absolute_url() for each in (*ideas, long_idea)],
        "ideas:update": [reverse("ideas:update", args=[long_idea.pk])],
        "teams:office_detail": [upazila.office.get_absolute_url()],
        "teams:kept_words": [reverse("teams:kept_words")],
        "an error": ["/no-such-page/", reverse("workplans:return", args=[plan.pk])],
    }


def addresses_of_head(upazila: Upazila) -> Addresses:
    """What only the head of the office does: look at what was submitted, send it back."""
    plan = make_plan(
        upazila.office, by=upazila.head, period="2023-2024", status=PlanStatus.SUBMITTED, tasks=2
    )
    idea = make_idea(upazila.office, by=upazila.head)
    return {
        "workplans:detail": [plan.get_absolute_url()],
        "workplans:return": [reverse("workplans:return", args=[plan.pk])],
        "workplans:approve": [reverse("workplans:approve", args=[plan.pk])],
        "ideas:decline": [reverse("ideas:decline", args=[idea.pk])],
    }


def import_of(plan: WorkPlan, *, by: User) -> PlanImport:
    """A pasted table, read and not yet taken in, with a cell in doubt and a line left out."""
    table = word_table()
    found = read_paste(f"{table.text}\n\nপ্রস্তুতকারী: {by.name_bn}", period=plan.period).as_json()
    return PlanImport.objects.create(
        plan=plan, rows=found["rows"], skipped=found["skipped"], created_by=by
    )


def end_job(printed: Print, *, is_good: bool) -> None:
    """As if a worker had made the paper, or had given up."""
    now = timezone.now()
    taken = claim(job_id=Job.objects.get(pk=printed.job_id).pk, now=now)
    assert taken is not None
    if is_good:
        paper = Produced(content=b"%PDF-1.7", content_type="application/pdf", filename="a.pdf")
        finish(claim=taken, produced=paper, now=now)
    else:
        fail(claim=taken, error="no font", now=now, final=True)


def _plain(names: Sequence[str]) -> Addresses:
    return {name: [reverse(name)] for name in names}


def _papers(name: str, papers: Sequence[Print]) -> list[str]:
    return [reverse(name, args=[paper.pk]) for paper in papers]
