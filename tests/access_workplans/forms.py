"""Who gets what at the addresses of workplans.urls.forms."""

from tests.access_rules import DONE, GET_ONLY, GONE, NO, OK, OPEN, POST_ONLY, SENT, at, get, post
from tests.access_workplans.parts import PlanPart

# Read by the team at any time, from above once it was sent.
READ = (get(OPEN, team=OK, others=GONE), get(SENT, team=OK, above=OK, others=GONE), GET_ONLY)
PRINT = (
    POST_ONLY,
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=DONE, above=DONE, others=GONE),
)
# Its form the whole team changes while it writes, later whoever leads, until the plan is closed.
SWITCH = (
    POST_ONLY,
    post(OPEN, team=DONE, others=GONE),
    post(("submitted", "approved"), head=DONE, officer=DONE, member=NO, above=NO, others=GONE),
    post(("closed",), team=NO, above=NO, others=GONE),
)

PART = PlanPart(
    addresses={
        "workplans:docx": at("plan", *READ),
        "workplans:papers": at("plan", *READ),
        "workplans:switch_form": at("plan", *SWITCH, sends=lambda things: {"form": "scored"}),
        "workplans:progress_table": at("plan", *READ),
        "workplans:progress_print": at("plan", *PRINT),
        "workplans:progress_docx": at("plan", *READ),
        "workplans:progress_xlsx": at("plan", *READ),
    }
)
