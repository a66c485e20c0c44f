"""Attempts to read or change what is not one's own in the parts of a plan's life beside its rows.

tests/test_intrusions.py and tests/test_leaks.py do so for the rows themselves. Most here stand in
an office above, which reads what was sent and nothing of what is being written beside it.
"""

import uuid
import zipfile
from datetime import date
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from openpyxl import load_workbook

from teams.enums import Role
from teams.models import Post, User
from teams.transitions import WrongState
from tests.access_meeting_world import post_of
from tests.access_world import records
from tests.factories import (
    Country,
    client_of,
    make_country,
    make_officer,
    make_plan,
    make_task,
    make_team,
    take_plan_to,
)
from tests.pages import find
from tests.races import at_once
from tests.workplans.full_plan import make_full_plan
from tests.workplans.indicators import make_indicator
from workplans.actions import (
    Reviewing,
    RevisionOpen,
    add_comment,
    add_progress,
    approve_workplan,
    bring_tasks,
    close_workplan,
    delete_task,
    make_feed,
    return_workplan,
    review_indicators,
    settle_comment,
    start_revision,
    submit_workplan,
    update_task,
)
from workplans.documents import order_plan_pdf
from workplans.enums import Occasion, PlanForm, PlanStatus
from workplans.exports import plan_workbook
from workplans.models import (
    Indicator,
    IndicatorReview,
    PlanComment,
    ProgressEntry,
    Task,
    WorkPlan,
)
from workplans.models.documents import PlanDocumentQuerySet
from workplans.models.life import PlanCommentQuerySet
from workplans.models.plans import WorkPlanQuerySet
from workplans.timeline_paper import order_timeline_pdf
from workplans.urls import urlpatterns

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET = "গোপনীয়"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def plan(country: Country) -> WorkPlan:
    """A plan in force, with indicators."""
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=2, form="scored")
    make_indicator(plan.tasks.first(), by=head)
    return take_plan_to(plan, PlanStatus.APPROVED, by=head)


def to(name: str, pk: int) -> str:
    return reverse(f"workplans:{name}", args=[pk])


def said_in(response: HttpResponse) -> str:
    """All that an answer says, also in the parts of an Office file and in hidden sheets."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace") + str(response.headers)


def words_of(task: Task, **more: str) -> dict[str, str]:
    names = ("title", "start_text", "end_text", "responsible_text", "expected_result", "measure")
    return {name: getattr(task, name) for name in names} | more


def of_one_number() -> list[str]:
    """Names of the addresses that name one thing by its number."""
    named = (pattern for pattern in urlpatterns if isinstance(pattern, URLPattern))
    return [one.name or "" for one in named if list(one.pattern.converters) in OF_ONE]


OF_ONE = (["pk"], ["plan_pk"])


@pytest.fixture
def revision(country: Country, plan: WorkPlan) -> WorkPlan:
    """A revision being written, with SECRET in every place that takes words."""
    head = country["upazila.head"]
    revision = start_revision(workplan=plan, reason=f"{SECRET} কারণ", by=head)
    task = revision.tasks.in_order().first()
    update_task(
        task=task,
        version=task.version,
        by=head,
        fields=words_of(task, title=f"{SECRET} কাজ", responsible_text=f"{SECRET} জন"),
    )
    make_indicator(task, by=head, name=f"{SECRET} সূচক")
    make_task(revision, by=head, title=f"{SECRET} নতুন", subject=f"{SECRET} বিষয়")
    add_comment(workplan=revision, task=task, by=head, text=f"{SECRET} মন্তব্য")
    add_comment(workplan=plan, task=task.revises, by=head, text=f"{SECRET} ভেতরের কথা")
    for form in PlanForm.values:
        order_plan_pdf(plan=revision, by=head, form=form)
    order_timeline_pdf(plan=revision, by=head)
    return revision


def addresses_of(*plans: WorkPlan) -> set[str]:
    """Every address of these plans and of what hangs on them, and of all lists."""
    of_tasks = Indicator.objects.filter(task__plan__in=plans)
    numbers = {
        "/plans/tasks/": [task.pk for plan in plans for task in plan.tasks.all()],
        "/plans/subjects/": [subject.pk for plan in plans for subject in plan.subjects.all()],
        "/plans/indicators/": list(of_tasks.values_list("pk", flat=True)),
        "/plans/comments/": [said.pk for plan in plans for said in plan.comments.all()],
        "/plans/documents/": [paper.pk for plan in plans for paper in plan.documents.all()],
        "/plans/progress/": [],
        "/plans/imports/": [],
        "/plans/calendar/": [],
    }
    own = [plan.pk for plan in plans]
    found = set()
    for name in of_one_number():
        kind = next((kind for kind in numbers if to(name, 1).startswith(kind)), "")
        found |= {to(name, pk) for pk in (numbers[kind] if kind else own)}
    lists = ("workplans:list", "duties:home", "duties:below", "duties:deadline_list")
    return found | {reverse(name) for name in lists}


def asked_of(plan: WorkPlan) -> set[str]:
    """The plan's pages with questions in their addresses."""
    codes = ("1", "2", "open", "sent")
    compared = [f"from={since}&to={until}" for since in codes for until in codes]
    in_forms = [f"form={form}" for form in PlanForm.values]
    questions = {
        "compare": compared,
        "xlsx": in_forms,
        "docx": in_forms,
        "detail": ["changed", "state=late"],
        "progress_xlsx": ["span=whole"],
    }
    found = {f"{to(name, plan.pk)}?{asked}" for name, words in questions.items() for asked in words}
    return found | {f"{reverse('workplans:list')}?status={status}" for status in PlanStatus}


def told(client: Client, paths: set[str]) -> list[str]:
    """The addresses that say the secret."""
    answers = ((path, client.get(path)) for path in sorted(paths))
    return [path for path, one in answers if one.status_code == 200 and SECRET in said_in(one)]


@pytest.mark.parametrize("status", [PlanStatus.DRAFT, PlanStatus.RETURNED, PlanStatus.WITHDRAWN])
def test_nothing_of_a_revision_out_of_sight_is_read_elsewhere(
    country: Country, plan: WorkPlan, revision: WorkPlan, status: str
) -> None:
    head = country["upazila.head"]
    if status == PlanStatus.RETURNED:
        submit_workplan(workplan=revision, by=head)
        add_comment(workplan=revision, by=country["district.head"], text=f"{SECRET} জেলা")
        return_workplan(workplan=revision, by=head, reason=f"{SECRET} ফেরত")
    elif status == PlanStatus.WITHDRAWN:
        client_of(head).post(to("withdraw", revision.pk))
    revision.refresh_from_db()
    assert revision.status == status
    paths = addresses_of(plan, revision) | asked_of(plan) | {to("compare", revision.pk)}
    assert told(client_of(head), {revision.get_absolute_url()}), "the team reads it"
    assert told(client_of(country["district.head"]), paths) == []
    if status == PlanStatus.DRAFT:
        staff = client_of(make_officer(country.upazila, Role.STAFF))
        for stranger in (client_of(country["sibling.head"]), staff, Client()):
            assert told(stranger, addresses_of(revision)) == []
    # Found by its words, the plan would tell that they stand in the revision.
    searched = client_of(country["district.head"]).get(
        reverse("workplans:list"), {"q": f"{SECRET} নতুন"}
    )
    assert plan.get_absolute_url() not in said_in(searched)


@pytest.mark.parametrize(
    ("queryset", "name"),
    [
        (WorkPlanQuerySet, "detail"),
        (PlanCommentQuerySet, "comment_reply"),
        (PlanDocumentQuerySet, "document_detail"),
    ],
)
def test_each_check_stands_between_an_office_above_and_the_draft(
    country: Country,
    plan: WorkPlan,
    revision: WorkPlan,
    monkeypatch: pytest.MonkeyPatch,
    queryset: type,
    name: str,
) -> None:
    numbers = {
        "detail": revision.pk,
        "comment_reply": plan.comments.get().pk,
        "document_detail": revision.documents.order_by("pk")[0].pk,
    }
    above = client_of(country["district.head"])
    assert above.get(to(name, numbers[name])).status_code == 404
    monkeypatch.setattr(queryset, "visible_to", lambda self, user: self.all())
    assert above.get(to(name, numbers[name])).status_code == 200


def test_history_of_a_carried_task_shows_nothing_of_a_plan_never_sent(country: Country) -> None:
    head = country["upazila.head"]
    old = make_plan(country.upazila, by=head, tasks=1, period="2025-2026")
    task = old.tasks.get()
    add_progress(task=task, by=head, on=date(2026, 5, 1), text=f"{SECRET} অগ্রগতি", percent=30)
    new = make_plan(country.upazila, by=head, tasks=0)
    bring_tasks(workplan=new, carried=[task], copied=[], by=head)
    submit_workplan(workplan=new, by=head)
    carried = new.tasks.get()
    assert SECRET in said_in(client_of(head).get(carried.get_absolute_url()))
    assert SECRET not in said_in(
        client_of(country["district.head"]).get(carried.get_absolute_url())
    )


def test_remark_on_a_row_taken_out_does_not_tell_its_words_above(country: Country) -> None:
    head, above = country["upazila.head"], country["district.head"]
    plan = make_plan(country.upazila, by=head, tasks=2, status=PlanStatus.SUBMITTED)
    task = plan.tasks.first()
    add_comment(workplan=plan, task=task, by=above, text="লক্ষ্যমাত্রা মেলান")
    remark = PlanComment.objects.get()
    return_workplan(workplan=plan, by=head, reason="আবার")
    plan.refresh_from_db()
    update_task(
        task=task, version=task.version, by=head, fields=words_of(task, title=f"{SECRET} কাজ")
    )
    delete_task(task=task, by=head)
    submit_workplan(workplan=plan, by=head)
    for path in (to("comments", plan.pk), plan.get_absolute_url(), to("comment_reply", remark.pk)):
        seen = said_in(client_of(above).get(path))
        assert "লক্ষ্যমাত্রা মেলান" in seen
        assert SECRET not in seen, path


def test_calendar_is_for_posts_of_the_team(country: Country) -> None:
    """Whoever is outside the team reads no plan, so no calendar of one either."""
    head, officer = country["upazila.head"], country["upazila.member"]
    post = post_of(officer)
    plan = make_plan(country.upazila, by=head, tasks=0)
    make_task(plan, by=head, title=f"{SECRET} কাজ", responsible_text=post.designation_bn)
    submit_workplan(workplan=plan, by=head)
    address = reverse("workplans:feed", args=[make_feed(post=post, by=officer)])
    assert SECRET in said_in(Client().get(address))
    Post.objects.filter(pk=post.pk).update(role=Role.STAFF)
    assert Client().get(address).status_code == 404
    make = reverse("workplans:feed_make")
    assert client_of(officer).post(make, {"post": post.pk}).status_code == 404
    with pytest.raises(PermissionDenied):
        make_feed(post=Post.objects.get(pk=post.pk), by=officer)


ODD_ADDRESSES = (
    *("abc", "workplans:detail", "?x", "মন্তব্য", "\x00", "/" * 9000),
    *("//evil.test/", "/\\evil.test", "javascript:alert(1)", "http://[", "/a\r\nSet-Cookie: a=b"),
)


@pytest.mark.parametrize(
    "name", ["comment_settle", "comment_seen", "comment_reply", "comment_create"]
)
def test_odd_way_back_leads_to_a_page_of_ours(country: Country, plan: WorkPlan, name: str) -> None:
    remark = add_comment(workplan=plan, by=country["upazila.head"], text="কথা")
    client = client_of(country["upazila.head"])
    address = to(name, plan.pk if name == "comment_create" else remark.pk)
    for odd in ODD_ADDRESSES:
        PlanComment.objects.update(settled_at=None, settled_by=None)
        sent = {"next": odd, "text": "জবাব", "form_key": uuid.uuid4()}
        response = client.post(address, sent)
        assert response.status_code == 302, odd
        assert response.url.startswith("/")
        assert urlsplit(response.url).netloc == ""
        assert client.get(address, {"next": odd}).status_code in (200, 405), odd


# --- Writing where one reads, or what belongs elsewhere -------------------------------------------
@pytest.mark.parametrize("status", [PlanStatus.SUBMITTED, PlanStatus.APPROVED])
def test_who_reads_a_sent_plan_changes_nothing_of_it(country: Country, status: str) -> None:
    head = country["upazila.head"]
    plan = make_plan(country.upazila, by=head, tasks=2, form="scored")
    indicator = make_indicator(plan.tasks.first(), by=head)
    take_plan_to(plan, status, by=head)
    remark = add_comment(workplan=plan, by=country["district.head"], text="মেলান")
    task = plan.tasks.first()
    tries = {
        **{to(name, plan.pk): {} for name in ("submit", "close", "undo", "presence", "withdraw")},
        to("switch_form", plan.pk): {"form": "subject"},
        to("revise", plan.pk): {"reason": "কারণ"},
        to("approve", plan.pk): {"meeting_on": "২২/১১/২০২৬"},
        to("return", plan.pk): {"reason": "আবার"},
        to("weight_update", plan.pk): {},
        to("plan_terms", plan.pk): {},
        to("library", plan.pk): {"chosen": ["1"]},
        to("bring", plan.pk): {"copied": [task.pk]},
        to("import_create", plan.pk): {"pasted": "ক\tখ"},
        to("task_terms", task.pk): {"terms_shown": "1"},
        to("progress_create", task.pk): {"text": "হয়েছে", "on": "২২/১১/২০২৬"},
        to("indicator_create", task.pk): {"name": "সূচক", "unit": "number"},
        to("indicator_update", indicator.pk): {"name": "সূচক", "unit": "number"},
        to("indicator_delete", indicator.pk): {},
        to("comment_settle", remark.pk): {},
    }
    readers = {
        who: client_of(country[who]) for who in ("district.head", "division.member", "reviewer")
    }
    before = records()
    for who, client in readers.items():
        for address, sent in tries.items():
            # What the plan's state forbids to everybody is said on its page.
            assert client.post(address, sent).status_code in (302, 403, 404), (who, address)
    assert records() == before


def test_reviewer_of_ones_own_team_or_of_a_draft_writes_nothing(country: Country) -> None:
    head, above = country["upazila.head"], country["district.head"]
    plan = make_plan(country.upazila, by=head, tasks=1, form="scored")
    indicator = make_indicator(plan.tasks.get(), by=head)
    said = [Reviewing(indicator.pk, 0, "৫০", "")]
    for status, by in ((PlanStatus.DRAFT, above), (PlanStatus.APPROVED, head)):
        take_plan_to(plan, status, by=head)
        with pytest.raises(PermissionDenied):
            review_indicators(workplan=plan, reviewings=said, by=by)
    # Nor is one reviewed that belongs to another plan.
    other = make_plan(country.sibling, by=country["sibling.head"], tasks=1, form="scored")
    foreign = make_indicator(other.tasks.get(), by=country["sibling.head"])
    found = review_indicators(
        workplan=plan, reviewings=[Reviewing(foreign.pk, 0, "১", "")], by=above
    )
    assert (found, IndicatorReview.objects.count()) == ([], 0)


def test_report_takes_no_value_of_another_task_and_no_part_it_does_not_have(
    country: Country, plan: WorkPlan
) -> None:
    mine, other = plan.tasks.in_order()
    foreign = Indicator.objects.get(task__plan=plan)
    target = other if foreign.task_id == mine.pk else mine
    client = client_of(country["upazila.member"])
    sent = {"on": "০১/১০/২০২৬", "text": "হয়েছে", "form_key": uuid.uuid4()}
    client.post(to("progress_create", target.pk), {**sent, f"value_{foreign.pk}": "৫"})
    entry = ProgressEntry.objects.get()
    assert (entry.indicator, entry.achieved_value, entry.part) == (None, "", "")
    monthly = {"indicator": foreign, "achieved_value": "৫"}
    for invented in (monthly, {"part": "ক", "part_percent": 50}):
        with pytest.raises(WrongState):
            add_progress(task=target, by=country["upazila.head"], on=date(2026, 11, 1), **invented)
    assert ProgressEntry.objects.count() == 1


def test_remark_of_another_plan_is_not_settled(country: Country, plan: WorkPlan) -> None:
    remark = add_comment(workplan=plan, by=country["upazila.head"], text="কথা")
    with pytest.raises(PermissionDenied):
        settle_comment(comment=remark, by=country["sibling.head"])
    with pytest.raises(PermissionDenied):
        settle_comment(comment=remark, by=country["district.head"])


# --- Files with numbers and figures that nobody exported ------------------------------------------
ODD_CELLS = ("1e999999999", "-1e999999", "sNaN", "²", "³, ৫", "৯" * 400, "1.999999999999999999")


@pytest.mark.parametrize("odd", ODD_CELLS)
def test_odd_figure_in_an_edited_export_is_told_and_never_a_fault(
    country: Country, odd: str
) -> None:
    head = country["upazila.head"]
    plan = make_full_plan(make_plan(country.upazila, by=head, tasks=0), by=head)
    book = load_workbook(plan_workbook(plan, "scored"))
    sheets = [sheet for sheet in book.worksheets if sheet.title != "udbhabon"]
    # Every column of a line with something in it, one cell each.
    for sheet in sheets:
        line = next(row for row in reversed(list(sheet.iter_rows())) if row[-1].value)
        for cell in line[:-1]:  # but for the mark of the row
            if type(cell).__name__ == "Cell":
                cell.value = odd
    written = BytesIO()
    book.save(written)
    client = client_of(head)
    file = SimpleUploadedFile("পরিকল্পনা.xlsx", written.getvalue())
    page = client.post(to("import_create", plan.pk), {"file": file})
    assert page.status_code == 302
    shown = client.get(page.url)
    assert shown.status_code == 200
    tokens = [box.get("value") for box in find(shown, "input[name='take']")]
    assert client.post(page.url, {"take": tokens}).status_code in (302, 409, 422)


@pytest.mark.parametrize("odd", ["²", "9" * 20, "9" * 5_000, "-1", "\x00", "ক", "1.5", "1 OR 1=1"])
def test_odd_choice_in_a_form_is_refused_in_words(country: Country, odd: str) -> None:
    head = country["upazila.head"]
    make_plan(country.upazila, by=head, tasks=1, period="2025-2026")
    plan = make_plan(country.upazila, by=head, tasks=1)
    task = plan.tasks.get()
    client = client_of(head)
    sources = [f"{to('bring', plan.pk)}?from={one}" for one in ("", odd)]
    tries = {
        to("library", plan.pk): {"chosen": odd},
        **{path: {"carried": odd, "copied": odd} for path in sources},
        to("task_terms", task.pk): {"terms_shown": "1", "terms": odd, "terms_were": odd},
        to("plan_terms", plan.pk): {f"task{task.pk}-terms": odd, f"task{task.pk}-terms_shown": "1"},
        to("comment_create", plan.pk): {"text": "কথা", "posts": odd, "form_key": odd},
        to("progress_create", task.pk): {"text": "কথা", "part": odd, "on": odd, "form_key": odd},
        to("weight_update", plan.pk): {f"weight_{task.subject_id}": odd},
        to("indicator_create", task.pk): {"name": "ক", "unit": odd, "weight": odd, "version": odd},
        reverse("workplans:feed_make"): {"post": odd},
        to("task_update", task.pk): {"title": "ক", "version": odd, "view": odd},
        to("approve", plan.pk): {"meeting_on": odd, "plan_version": odd},
    }
    for address, sent in tries.items():
        assert client.post(address, sent).status_code < 500, address
    header = odd.encode("ascii", "ignore").decode().replace("\x00", "%00")
    for name in ("X-Grid-View", "X-Requested-With"):
        asked = client.post(to("undo", plan.pk), {"view": odd}, headers={name: header})
        assert asked.status_code < 500
    for name in ("detail", "compare", "library", "progress_table", "task_create"):
        query = dict.fromkeys(("q", "from", "to", "span", "show", "term", "post", "page"), odd)
        assert client.get(to(name, plan.pk), query).status_code < 500, name


# --- Two at the same moment --------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_to_revise_at_once_get_the_same_revision() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)

    def begin() -> WorkPlan:
        return start_revision(
            workplan=WorkPlan.objects.get(pk=plan.pk), reason="কারণ", by=fresh(team.head)
        )

    results = at_once([begin] * 4)
    assert [type(one) for one in results].count(WorkPlan) == 1
    assert {type(one) for one in results} == {WorkPlan, RevisionOpen}
    assert WorkPlan.everything.filter(revises=plan).count() == 1
    assert plan.tasks.count() == WorkPlan.everything.get(revises=plan).tasks.count() == 1


@pytest.mark.django_db(transaction=True)
def test_revision_approved_returned_and_its_plan_closed_at_once_is_one_story() -> None:
    team = make_team()
    plan = make_plan(team.office, by=team.head, status=PlanStatus.APPROVED)
    revision = start_revision(workplan=plan, reason="কারণ", by=team.head)
    submit_workplan(workplan=revision, by=team.head)
    on = date(2026, 11, 20)
    steps = [
        lambda: approve_workplan(workplan=again(revision), by=fresh(team.head), meeting_on=on),
        lambda: approve_workplan(workplan=again(revision), by=fresh(team.head), meeting_on=on),
        lambda: return_workplan(workplan=again(revision), by=fresh(team.head), reason="আবার"),
        lambda: close_workplan(workplan=again(plan), by=fresh(team.head)),
    ]
    results = at_once(steps)
    assert {type(one) for one in results if one is not None} <= {WrongState}
    now, copy = again(plan), again(revision)
    is_approved = copy.status == PlanStatus.APPROVED
    assert results[:3].count(None) == 1
    assert now.revision == (2 if is_approved else 1)
    assert plan.snapshots.filter(occasion=Occasion.APPROVED, revision=2).count() == is_approved
    assert (now.status == PlanStatus.CLOSED) == (results[3] is None)
    assert is_approved or now.status == PlanStatus.APPROVED


def again(plan: WorkPlan) -> WorkPlan:
    return WorkPlan.everything.get(pk=plan.pk)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)
