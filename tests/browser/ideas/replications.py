"""Something real on every page of ideas.urls.replications."""

from django.urls import reverse

from ideas.actions import TaskRow, recommend_idea
from ideas.models import Initiative
from teams.enums import Role
from teams.models import Office
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.browser.meeting_papers import superior_of
from tests.factories import make_office, make_officer, make_plan
from tests.ideas.pilots import PLAN
from tests.ideas.spreading import TAKA, adopt, link_tasks, make_initiative, take
from workplans.enums import PlanStatus

LONG = "নামজারি আবেদনের শুনানির তারিখ মোবাইলে জানানো ও এক পাতার ফরমে আবেদন গ্রহণ"


def an_initiative(upazila: Upazila, *, code: str, title: str = LONG) -> Initiative:
    """Of another office of the district, with a task of its plan, tried and shown."""
    office = make_office(code, parent=upazila.office.parent)
    head = make_officer(office, Role.HEAD)
    initiative = make_initiative(office, by=head, title=title)
    plan = make_plan(office, by=head, tasks=0, period="2027")
    link_tasks(initiative, plan, [TaskRow(LONG, PLAN.starts_on, PLAN.ends_on)], by=head)
    plan.status = PlanStatus.APPROVED
    plan.save(update_fields=["status"])
    return initiative


def of_officer(upazila: Upazila) -> Addresses:
    office, officer = upazila.office, upazila.officer
    taken, offered = (
        an_initiative(upazila, code=f"{name}-taken-from") for name in ("first", "second")
    )
    replication = take(taken, office, by=officer, adaptations=LONG)
    teach(offered, upazila)
    make_plan(office, by=officer, tasks=0, period="2030-2031")
    (asked,) = recommend_idea(
        idea=offered.idea,
        offices=[office],
        made_for=office.parent,
        reference="নভেম্বর ২০২৬ মাসের সভা (১০ নভেম্বর ২০২৬), সিদ্ধান্ত",
        by=superior_of(upazila),
    )
    lists = reverse("ideas:replication_list")
    one = [replication.pk]
    return {
        "ideas:replication_list": [
            f"{lists}?show={name}" for name in ("ours", "elsewhere", "asked", "given")
        ],
        "ideas:replication_create": [reverse("ideas:replication_create", args=[offered.pk])],
        "ideas:recommendation_refuse": [reverse("ideas:recommendation_refuse", args=[asked.pk])],
        **{
            f"ideas:replication_{name}": [reverse(f"ideas:replication_{name}", args=one)]
            for name in ("detail", "update", "measures", "adopt", "drop")
        },
    }


def teach(initiative: Initiative, upazila: Upazila) -> Office:
    """A second office has it in use, so that it can be learnt from there as well."""
    office = make_office(f"pupil-{initiative.pk}", parent=upazila.office.parent)
    head = make_officer(office, Role.HEAD)
    adopt(take(initiative, office, by=head), by=head, rows=(TAKA,))
    return office


def of_strangers(upazila: Upazila) -> Addresses:
    initiative = an_initiative(upazila, code="spreading")
    teach(initiative, upazila)
    return {
        "public:spread": [reverse("public:spread", args=[initiative.pk])],
        "public:savings": [reverse("public:savings")],
    }


PAGES = Pages(
    of_officer=of_officer,
    of_strangers=of_strangers,
    no_pages=frozenset({"ideas:replication_begin"}),
)
