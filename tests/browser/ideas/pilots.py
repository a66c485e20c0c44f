"""Something real on every page of ideas.urls.pilots."""

from django.urls import reverse

from ideas.actions import RiskText, add_linked_tasks, add_risk, add_visit, plan_pilot
from ideas.actions.linked_tasks import TaskRow
from tests.browser.house import Upazila
from tests.browser.ideas.parts import Addresses, Pages
from tests.factories import make_plan
from tests.ideas.pilots import PLAN, VISIT, make_pilot, measure, picture
from tests.ideas.register import make_idea

# Pages that an officer of the pilot's team may open, with the long words of real ones.
LONG = "ইউনিয়ন ভূমি অফিস থেকে উপজেলা ভূমি অফিস পর্যন্ত নামজারি আবেদনের অগ্রগতি মোবাইলে জানানো"


def of_officer(upazila: Upazila) -> Addresses:
    office, officer = upazila.office, upazila.officer
    pilot = make_pilot(office, by=officer, title=LONG)
    measure(pilot, by=officer)
    risk = add_risk(pilot=pilot, words=RiskText("হাটের দিনে বিদ্যুৎ থাকে না", "সৌর প্যানেল"), by=officer)
    visit = add_visit(
        pilot=pilot, words=VISIT, pictures=[picture("green"), picture("navy")], by=officer
    )
    plan = make_plan(office, by=officer, tasks=1, period="2029")
    add_linked_tasks(
        of=pilot,
        plan=plan,
        subject="পাইলটিং",
        rows=[TaskRow("প্রশিক্ষণ", PLAN.starts_on, PLAN.ends_on)],
        form_key=risk.form_key,
        by=officer,
    )
    approved = make_idea(office, by=officer, status="approved")
    plan_pilot(idea=make_idea(office, by=officer, status="approved"), plan=PLAN, by=officer)
    one = [pilot.pk]

    def to(name: str, *args: int) -> list[str]:
        return [reverse(f"ideas:{name}", args=args or one)]

    lists = reverse("ideas:pilot_list")
    return {
        "ideas:pilot_list": [f"{lists}?show={name}" for name in ("running", "planned", "ended")],
        "ideas:pilot_plan": to("pilot_plan", approved.pk),
        "ideas:risk_update": to("risk_update", risk.pk),
        "ideas:visit_update": to("visit_update", visit.pk),
        **{
            f"ideas:{name}": to(name)
            for name in (
                "pilot_detail",
                "pilot_update",
                "pilot_measures",
                "pilot_tasks",
                "pilot_finish",
                "pilot_stop",
                "risk_create",
                "visit_create",
            )
        },
    }


PAGES = Pages(
    of_officer=of_officer,
    no_pages=frozenset(
        {
            "ideas:pilot_begin",
            "ideas:risk_settle",
            "ideas:risk_remove",
            "ideas:visit_picture_remove",
        }
    ),
)
