"""Who gets what at the addresses of workplans.urls.together."""

from tests.access_rules import DONE, GET_ONLY, GONE, KEPT, OK, POST_ONLY, SENT, at, get, post
from tests.access_workplans.parts import PlanPart

PART = PlanPart(
    addresses={
        # A beat is noted in a table that is no record of anything.
        "workplans:presence": at("plan", POST_ONLY, post(team=OK, others=GONE)),
        "workplans:rows": at("plan", get(team=OK, others=GONE), GET_ONLY),
        # Each plan was written by the office's head; the others have nothing to take back. A plan
        # that was sent and came back is begun anew: what was done before stays done.
        "workplans:undo": at(
            "plan",
            POST_ONLY,
            post(("draft",), head=DONE, team=KEPT, others=GONE),
            post(("returned", *SENT), team=KEPT, others=GONE),
        ),
    },
)
