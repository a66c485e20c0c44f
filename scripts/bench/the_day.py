"""The teams, their browsers, and what is looked at in the evening."""

import hashlib
import http.client
import io
import json
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import lxml.html
import pikepdf
from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Count, Max, Min, Sum
from django.urls import reverse
from redis import Redis

from bangla.digits import to_ascii
from jobs.documents import open_document
from jobs.models import Job
from reports.actions import create_report
from reports.documents import TEMPLATE
from reports.enums import ReportKind
from reports.models import Activity, Report, Submission
from scripts.bench.crowd import worker
from scripts.bench.measure import heading, line
from scripts.bench.reports import stock
from scripts.processes import Service
from scripts.run import web_command
from scripts.services import ADDRESS, Postgres, free_port
from teams.actions import give_post
from teams.enums import Role
from teams.models import Office, Post, User
from teams.papers import fingerprint, paper_html
from workplans.actions import create_workplan
from workplans.models import Subject, Task
from workplans.periods import Period

YEAR = Period.parse("2025-2026")
SINCE = date(2024, 7, 1)
TASKS = 8
WORKERS = 2
BROWSERS = 24
# 1,000 teams in ten minutes, ten times faster.
SECONDS_BETWEEN = 600 / 1000 / 10
TRIES = 12
BARE_RENDERS = 8


@dataclass
class Day:
    """What happened: receipts by report, how often a browser had to try again, what went wrong."""

    receipts: dict[int, str] = field(default_factory=dict)
    again: int = 0
    problems: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


def play(teams: int, *, database: Postgres, with_faults: bool) -> list[str]:
    """Let the day pass; print its figures and return what went wrong."""
    heading(f"{teams} teams send within {teams * 6 // 10} simulated seconds, PostgreSQL and Redis")
    heads = [_team(office, number) for number, office in enumerate(_offices(teams))]
    connection.close()
    port, log = free_port(), Path(settings.DATA_DIR) / "day-worker.log"
    day = Day()
    web_log = Path(settings.DATA_DIR) / "day-web.log"
    with web_log.open("w") as output:
        web = Service("web", web_command(ADDRESS, port), os.environ, output=output)
    try:
        _wait_for_web(port)
        started = time.monotonic()
        sending = threading.Thread(target=_send_all, args=(heads, port, day))
        with worker(WORKERS, log) as making:
            sending.start()
            if with_faults:
                _break_things(making, database, day, teams)
        # A worker that was killed has been followed by this one; without faults it goes on.
        with worker(WORKERS, log.with_name("day-worker-2.log")):
            sending.join()
            sent = time.monotonic() - started
            _wait_for_papers()
    finally:
        web.stop()
    return _evening(teams, day, sent)


# --- The teams -----------------------------------------------------------------------------
def _offices(teams: int) -> list[Office]:
    return list(Office.objects.active().order_by("path")[:teams])


def _team(office: Office, number: int) -> tuple[int, str]:
    """An office with its head, plan and finished report: the report, and the head's session."""
    head = User.objects.create(
        login=f"day{number}@office.test", email=f"day{number}@office.test", name_bn="নাসরিন সুলতানা"
    )
    post = Post.objects.create(office=office, role=Role.HEAD, designation_bn="দপ্তর প্রধান")
    give_post(post=post, person=head, starts_on=SINCE)
    plan = create_workplan(office=office, period=YEAR, form="progress", by=head)
    subject = Subject.objects.create(plan=plan, name="সেবা সহজীকরণ", position=1)
    Task.objects.bulk_create(
        Task(
            plan=plan,
            subject=subject,
            position=row,
            title=f"আবেদন নিষ্পত্তির ধাপ কমিয়ে এক পাতার ফরম চালু করা ({row})",
            start_text="১ আগস্ট ২০২৫",
            end_text="৩১ ডিসেম্বর ২০২৫",
            expected_result="যাতায়াত তিনবার থেকে একবারে নামবে",
            measure="মাসে নিষ্পন্ন আবেদন",
        )
        for row in range(1, TASKS + 1)
    )
    Activity.objects.create(
        office=office,
        kind="training",
        title="সেবা সহজীকরণ প্রশিক্ষণ",
        held_on=date(2025, 11, 5),
        participants=20 + number % 30,
        women=7,
        created_by=head,
    )
    report = create_report(office=office, kind=ReportKind.ANNUAL, period=YEAR, by=head)
    report.sections.filter(is_required=True).update(
        words="বছরজুড়ে টিম নিয়মিত কাজ করেছে।", is_own_words=True
    )
    return report.pk, _session(head)


def _session(person: User) -> str:
    """A session as the log-in leaves it, with the password typed a moment ago."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(person)
    session.save()
    return str(session.session_key)


# --- Their browsers --------------------------------------------------------------------------
def _send_all(heads: list[tuple[int, str]], port: int, day: Day) -> None:
    """Each comes at its moment, as many at once as there are browsers."""
    begin = time.monotonic()
    with ThreadPoolExecutor(BROWSERS) as pool:
        for number, (report, session) in enumerate(heads):
            time.sleep(max(0.0, begin + number * SECONDS_BETWEEN - time.monotonic()))
            pool.submit(_send, report, session, port, day)


def _send(report: int, session: str, port: int, day: Day) -> None:
    """Open the page, press the button, read the receipt; when told to wait, come back."""
    said = "nothing"
    for _ in range(TRIES):
        try:
            receipt, said = _try_to_send(report, session, port)
        except OSError as error:
            receipt, said = "", repr(error)
        with day.lock:
            if receipt:
                day.receipts[report] = receipt
                return
            day.again += 1
        time.sleep(3)
    with day.lock:
        day.problems.append(f"report {report} was not sent: {said}")


def _try_to_send(report: int, session: str, port: int) -> tuple[str, str]:
    """The address of the receipt, or "" and what the server said instead."""
    browser = Browser(session, port)
    address = reverse("reports:send", args=[report])
    status, where, page = browser.get(address)
    if status == 302:
        # It was sent by the try before, whose answer was lost on the way.
        return (where, "") if "submissions" in where else ("", f"led to {where}")
    if status != 200:
        return "", f"GET answered {status}"
    form = next((one for one in lxml.html.document_fromstring(page).forms if _sends(one)), None)
    if form is None:
        return "", "the page has no form to send"
    status, where, _page = browser.post(address, dict(form.form_values()))
    return (where, "") if status == 302 else ("", f"POST answered {status}")


def _sends(form: lxml.html.FormElement) -> bool:
    return form.method == "POST" and "looked_at" in form.fields


@dataclass
class Browser:
    """As much of one as this needs: a session, the cookie against forged forms, one connection."""

    session: str
    port: int
    token: str = ""

    def get(self, address: str) -> tuple[int, str, str]:
        return self._ask("GET", address, None)

    def post(self, address: str, form: dict[str, str]) -> tuple[int, str, str]:
        return self._ask("POST", address, urlencode(form))

    def _ask(self, method: str, address: str, body: str | None) -> tuple[int, str, str]:
        """Status, where it leads to, and the page."""
        cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        headers = {"Cookie": cookies + (f"; csrftoken={self.token}" if self.token else "")}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link = http.client.HTTPConnection(ADDRESS, self.port, timeout=60)
        try:
            link.request(method, address, body, headers)
            answer = link.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                if cookie.startswith("csrftoken="):
                    self.token = cookie.split(";")[0].partition("=")[2]
            where = urlsplit(answer.headers.get("Location", "")).path
            return answer.status, where, answer.read().decode()
        finally:
            link.close()


def _wait_for_web(port: int) -> None:
    for _ in range(300):
        try:
            Browser("", port).get(reverse("account_login"))
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web server does not answer")


# --- What goes wrong that day ----------------------------------------------------------------
def _break_things(making: Service, database: Postgres, day: Day, teams: int) -> None:
    """Kill the worker after a quarter, empty Redis after half, restart PostgreSQL after that."""
    _wait_for_share(day, teams, 0.25)
    os.killpg(making.process.pid, signal.SIGKILL)
    print("  kill -9 of the worker", flush=True)
    _wait_for_share(day, teams, 0.5)
    Redis.from_url(settings.REDIS_URL).flushall()
    print("  Redis emptied", flush=True)
    _wait_for_share(day, teams, 0.7)
    database.restart()
    print("  PostgreSQL restarted", flush=True)


def _wait_for_share(day: Day, teams: int, share: float) -> None:
    while len(day.receipts) < share * teams and not day.problems:
        time.sleep(0.05)


def _wait_for_papers(patience: float = 600) -> None:
    """Until no paper waits, or none was made for `patience` seconds."""
    connection.close()
    left, since = -1, time.monotonic()
    while time.monotonic() - since < patience:
        now = Job.objects.active().count()
        if not now:
            return
        if now != left:
            left, since = now, time.monotonic()
        time.sleep(1)


# --- The evening ---------------------------------------------------------------------------
def _evening(teams: int, day: Day, sent: float) -> list[str]:
    """Look at every report, every receipt and every paper."""
    problems = [*day.problems, *_wrong_receipts(day)]
    submissions = Submission.objects.select_related("job__document", "report")
    doubled = submissions.values("report").annotate(n=Count("pk")).filter(n__gt=1).count()
    lost = teams - Report.objects.filter(status="submitted").count()
    unmade = submissions.filter(job__document=None).count()
    if lost or doubled or unmade:
        problems.append(f"{lost} lost, {doubled} doubled, {unmade} without a paper")
    problems += [f"the paper of {one} is damaged" for one in submissions if not _is_whole(one)]
    papers = Job.objects.filter(pk__in=submissions.values("job"))
    span = papers.aggregate(a=Min("started_at"), b=Max("finished_at"), tries=Sum("attempts"))
    making = (span["b"] - span["a"]).total_seconds()
    bare = _bare_seconds(list(submissions[:BARE_RENDERS]))
    line("reports sent, with a true receipt", f"{len(day.receipts):8}")
    line("lost, doubled, without a paper", f"{lost:8}, {doubled}, {unmade}")
    line("tries that browsers had to repeat", f"{day.again:8}")
    line("tries that workers had to repeat", f"{span['tries'] - papers.count():8}")
    line("seconds until the last receipt", f"{sent:8.0f}")
    line("seconds until the last paper", f"{making:8.0f}")
    line(
        f"papers made ÷ (bare WeasyPrint x {WORKERS} workers)",
        f"{(papers.count() / making) / (WORKERS / bare):8.2f}",
    )
    return problems


def _wrong_receipts(day: Day) -> list[str]:
    """Receipts that name no submission of that report, or another than there is."""
    wrong = []
    for report, where in day.receipts.items():
        number = int(to_ascii("".join(sign for sign in where if sign.isdigit())))
        if not Submission.objects.filter(report_id=report, pk=number).exists():
            wrong.append(f"report {report}: the receipt {where} is of nothing")
    return wrong


def _is_whole(submission: Submission) -> bool:
    """Whether what was frozen has its fingerprint, and the paper is there and holds the content."""
    if submission.job is None or submission.job.document is None:
        return False
    with open_document(submission.job.document) as file:
        pdf = file.read()
    return (
        fingerprint(submission.content) == submission.fingerprint
        and hashlib.sha256(pdf).hexdigest() == submission.job.document.sha256
        and _embedded(pdf) == submission.content
    )


def _embedded(pdf: bytes) -> object:
    """The data inside the paper."""
    with pikepdf.open(io.BytesIO(pdf)) as paper:
        (attached,) = paper.attachments.values()
        return json.loads(attached.get_file().read_bytes())


def _bare_seconds(submissions: list[Submission]) -> float:
    """Seconds WeasyPrint takes as it comes for the same HTML, one after the other."""
    pages = [paper_html(TEMPLATE, one.content) for one in submissions]
    stock(pages[0])
    started = time.perf_counter()
    for html in pages:
        stock(html)
    return (time.perf_counter() - started) / len(pages)


if __name__ == "__main__":
    sys.exit("run scripts/bench_the_day.py")
