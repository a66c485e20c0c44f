"""What the plan's page costs beside its template alone, and how many queries each page makes."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.template import Context, RequestContext
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bangla.dates import format_date
from scripts.bench.measure import heading, line, ratio, take_turns
from scripts.bench.plans import editable_copy, fullest_plan
from teams.enums import Role, Tier
from teams.models import Office, User
from tests.factories import make_office, make_officer, make_plan, make_progress, make_task
from tests.reports.build import report_of
from workplans.models import WorkPlan
from workplans.periods import Period
from workplans.views.plans import grid_context

ROUNDS = 25
TEMPLATE = "workplans/workplan_detail.html"
FEW, MANY = 1, 100


def client_of(user: User) -> Client:
    """A browser in which this person has logged in."""
    client = Client()
    client.force_login(user)
    return client


# --- The plan's page -----------------------------------------------------------------------
def measure_plan_page() -> None:
    """Print the page's ratio and its bytes, to be read and to be typed in."""
    approved = fullest_plan()
    officer = approved.created_by
    draft = editable_copy(approved, by=officer)
    client = client_of(officer)
    heading(f"Plan page of {draft.tasks.kept().count()} rows (median, quartiles)")
    for name, plan in (("editable", draft), ("approved", approved)):
        url = plan.get_absolute_url()
        page, bare = take_turns(
            lambda _number, url=url: client.get(url), bare_render(client, plan), rounds=ROUNDS
        )
        line(f"plan page ÷ bare render of its template, {name}", ratio(page, of=bare))
    for name, plan in (("editable", draft), ("approved", approved)):
        sent = client.get(plan.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
        line(f"HTML as sent (gzip), {name}", f"{len(sent.content) / 1000:8.1f} KB")


def bare_render(client: Client, plan: WorkPlan) -> Callable[[int], str]:
    """The page's template with everything it shows already in memory."""
    response = client.get(plan.get_absolute_url())
    request = response.wsgi_request
    template = get_template(TEMPLATE).template
    context = RequestContext(request, {**grid_context(request.user, plan), "deleted": ""})
    with context.bind_template(template):
        loaded = context.flatten()

    def render(_number: int) -> str:
        return template.render(Context(loaded))

    render(0)
    with CaptureQueriesContext(connection) as asked:
        html = render(0)
    if asked.captured_queries or len(html) != len(response.content.decode()):
        raise AssertionError("the bare render is not the page from memory")
    return render


# --- Queries -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Desk:
    """An officer with so many of everything that a page lists, and the addresses of the pages."""

    officer: User
    pages: dict[str, str]


def measure_queries() -> None:
    """Print how many queries each page makes, and mark those where rows add some."""
    few, many = make_desk(FEW), make_desk(MANY)
    heading(f"Queries per page at {FEW} and at {MANY} rows")
    for page in few.pages:
        at_few, at_many = queries(few, page), queries(many, page)
        line(page, f"{at_few:8} {at_many:6}{'' if at_few == at_many else '   differs'}")


def queries(desk: Desk, page: str) -> int:
    """Queries of one visit, the second: the first one may fill caches."""
    client = client_of(desk.officer)
    client.get(desk.pages[page])
    with CaptureQueriesContext(connection) as asked:
        response = client.get(desk.pages[page])
    if response.status_code != 200:
        raise AssertionError(f"{page}: status {response.status_code}")
    return len(asked)


def make_desk(rows: int) -> Desk:
    """A district's innovation officer with `rows` offices below, plans, reports and tasks."""
    division = Office.objects.filter(tier=Tier.DIVISION).first()
    office = make_office(f"bench-{rows}", Tier.DISTRICT, division)
    for number in range(rows):
        make_office(f"bench-{rows}-{number}", Tier.UPAZILA, office)
    officer = make_officer(office, Role.INNOVATION_OFFICER, "ইনোভেশন কর্মকর্তা")
    plan = _full_plan(office, officer, rows)
    report = report_of(plan, by=officer)
    for period in _earlier_halves(rows - 1):
        report_of(make_plan(office, by=officer, tasks=0, period=period), by=officer)
    task = plan.tasks.first()
    pages = {
        "home": reverse("duties:home"),
        "plan list": reverse("workplans:list"),
        "plan": plan.get_absolute_url(),
        "task": task.get_absolute_url(),
        "import preview": _import_preview(officer, plan, rows),
        "report list": reverse("reports:list"),
        "report": report.get_absolute_url(),
        "office list": reverse("teams:office_list"),
    }
    return Desk(officer, pages)


def _full_plan(office: Office, officer: User, rows: int) -> WorkPlan:
    """This year's draft: all its tasks the officer's own and due today, one often reported on."""
    period = Period.fiscal_year_of(timezone.localdate())
    plan = make_plan(office, by=officer, tasks=0, period=period.code)
    for number in range(1, rows + 1):
        make_task(
            plan,
            by=officer,
            number=number,
            start_text=format_date(period.starts_on),
            end_text=format_date(timezone.localdate()),
            responsible_text=officer.scope.main_post.designation_bn,
        )
    task = plan.tasks.first()
    for _number in range(rows):
        make_progress(task, by=officer)
    return plan


def _earlier_halves(count: int) -> list[str]:
    """So many half-years before this calendar year, the latest first."""
    year = timezone.localdate().year
    halves = [
        f"{before}-{months}"
        for before in range(year - 1, year - 1 - (count + 1) // 2, -1)
        for months in (f"07..{before}-12", f"01..{before}-06")
    ]
    return halves[:count]


def _import_preview(officer: User, plan: WorkPlan, rows: int) -> str:
    """The address of a pasted table that waits to be looked over."""
    heads = ["ক্রম", "বিষয়", "প্রস্তাবিত বিষয়", "শুরুর তারিখ", "সমাপ্তির তারিখ",
             "দায়িত্বপ্রাপ্ত কর্মকর্তা", "প্রত্যাশিত ফলাফল", "পরিমাপ"]  # fmt: skip
    task = plan.tasks.first()
    cells = [task.subject.name, task.title, task.start_text, task.end_text,
             task.responsible_text, task.expected_result, task.measure]  # fmt: skip
    table = [heads, *([str(number), *cells] for number in range(1, rows + 1))]
    pasted = "\n".join("\t".join(line) for line in table)
    url = reverse("workplans:import_create", args=[plan.pk])
    return client_of(officer).post(url, {"pasted": pasted}).url
