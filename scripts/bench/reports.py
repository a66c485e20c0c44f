"""What the annual report costs beside a bare render of the same page by stock WeasyPrint."""

from django.conf import settings

from bangla.pdf.engine import weasyprint
from bangla.pdf.fonts import document_fonts
from jobs import runner
from jobs.enums import JobStatus
from jobs.models import Job
from reports.actions import order_report_pdf, update_section
from reports.documents import report_html
from reports.enums import SectionKey
from reports.models import Report, ReportDocument
from scripts.bench.measure import WARM_UP, heading, line, ratio, take_turns
from scripts.bench.plans import fullest_plan
from teams.models import User
from teams.papers import STYLESHEET, make_pdf
from tests.reports.build import report_of

ROUNDS = 5


def measure() -> list[str]:
    """Print the ratios; returns what went wrong."""
    plan = fullest_plan()
    prints = ordered_prints(
        report_of(plan, by=plan.created_by), by=plan.created_by, count=ROUNDS + WARM_UP
    )
    pages = [report_html(printed.content) for printed in prints]
    job, engine, bare, tagged = take_turns(
        lambda number: runner.run(job_id=prints[number].job_id),
        lambda number: make_pdf(pages[number]),
        lambda number: stock(pages[number]),
        lambda number: stock(pages[number], pdf_variant="pdf/ua-1"),
        rounds=ROUNDS,
    )
    heading(f"Annual report of {plan.tasks.kept().count()} tasks (median, quartiles)")
    line("report job ÷ stock WeasyPrint", ratio(job, of=bare))
    line("our engine ÷ stock WeasyPrint", ratio(engine, of=bare))
    line("report job ÷ stock WeasyPrint making PDF/UA", ratio(job, of=tagged))
    jobs = Job.objects.filter(pk__in=[printed.job_id for printed in prints])
    return [
        f"report job {job.pk}: {job.status} {job.error}"
        for job in jobs.exclude(status=JobStatus.DONE)
    ]


def ordered_prints(report: Report, *, by: User, count: int, mark: str = "") -> list[ReportDocument]:
    """Order this many PDFs of a report; their words differ, or it would be one.

    `mark` keeps the words of several calls apart.
    """
    prints = []
    section = report.sections.get(key=SectionKey.INTRODUCTION)
    for number in range(count):
        words = f"{mark} {number}"
        section = update_section(section=section, version=section.version, words=words, by=by)
        prints.append(order_report_pdf(report=report, by=by))
    return prints


def stock(html: str, **options: str) -> bytes:
    """The document by WeasyPrint as it comes, with the same fonts and style sheet."""
    fonts = document_fonts(settings.BUILD_DIR / "fonts")
    css = weasyprint.CSS(filename=STYLESHEET, font_config=fonts)
    return weasyprint.HTML(string=html).write_pdf(font_config=fonts, stylesheets=[css], **options)
