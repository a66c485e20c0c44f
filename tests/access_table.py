"""Who gets what at every address: the table that tests/test_access.py walks.

tests/access_rules.py explains its words; the addresses of meetings are in
tests/access_meetings.py, those of ideas in tests/access_ideas/,
those of reports in tests/access_reports/, those of teams in tests/access_teams/, those of the
parts of a plan in tests/access_workplans/.
"""

from typing import Any
from uuid import uuid4

from tests.access_duties import DUTY_ADDRESSES
from tests.access_ideas import ADDRESSES as IDEA_ADDRESSES
from tests.access_meetings import MEETING_ADDRESSES
from tests.access_reports import ADDRESSES as REPORT_ADDRESSES
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    METHOD,
    NO,
    OK,
    OPEN,
    PAGE_FOR_ALL,
    POST_ONLY,
    SENT,
    Address,
    Outcome,
    at,
    get,
    post,
)
from tests.access_teams import ADDRESSES as TEAM_ADDRESSES
from tests.access_workplans import ADDRESSES as PLAN_ADDRESSES


# --- Forms that a permitted person could send ----------------------------------------------
def row_form(things: Any) -> dict[str, Any]:
    return {
        "version": things.task.version,
        "form_key": uuid4(),
        "subject": "নতুন বিষয়",
        "title": "নতুন কথা",
        "start_text": "১ আগস্ট ২০২৬",
    }


def progress_form(things: Any) -> dict[str, Any]:
    return {"form_key": uuid4(), "text": "হয়েছে", "percent": "৫০", "on": "২০২৬-১০-০১"}


def import_form(things: Any) -> dict[str, Any]:
    return {"pasted": things.pasted}


def import_rows(things: Any) -> dict[str, Any]:
    return {
        "rows-TOTAL_FORMS": 1,
        "rows-INITIAL_FORMS": 1,
        "rows-0-take": "on",
        "rows-0-title": "আনা কাজ",
        "mode-mode": "append",
    }


def plan_form(things: Any) -> dict[str, Any]:
    return {"office": things.plan.office_id, "period": things.free_period, "form": "progress"}


# --- Rules that many addresses share -------------------------------------------------------
PUBLIC_PAGE = (get(anonymous=OK, others=OK), post(anonymous=METHOD, others=METHOD))
PUBLIC_FORM = (get(anonymous=OK, others=OK), post(anonymous=OK, others=OK))
OWN_FORM = (get(others=OK), post(others=OK))
# What was sent is read from above; drafts and returned plans only by the team.
READ_WHEN_SENT = (get(OPEN, team=OK, others=GONE), get(SENT, team=OK, above=OK, others=GONE))
# Rows are written by the team while the text is open. Afterwards a page left open by the team
# gets a sentence, and whoever only reads is refused.
ROW_ACTION = (
    POST_ONLY,
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=KEPT, above=NO, others=GONE),
)
ROW_FORM = (
    get(OPEN, team=OK, others=GONE),
    get(SENT, team=NO, above=NO, others=GONE),
    post(OPEN, team=DONE, others=GONE),
    post(SENT, team=NO, above=NO, others=GONE),
)
# A step from a state it does not start in: whoever sees the plan is told where it stands now.
TOO_LATE: dict[str, Outcome] = {"team": KEPT, "above": KEPT, "others": GONE}

ADDRESSES: dict[str, Address] = {
    # --- Home and the directory ------------------------------------------------------------
    **DUTY_ADDRESSES,
    "teams:office_list": at("", *PAGE_FOR_ALL),
    "teams:office_detail": at(
        "office", get(team=OK, above=OK, administrator=OK, others=GONE), GET_ONLY
    ),
    "teams:kept_words": at("", *PAGE_FOR_ALL),
    "teams:kept_words_forget": at("", POST_ONLY, post(others=OK)),
    # --- Accounts --------------------------------------------------------------------------
    "account_login": at("", *PUBLIC_FORM, sends=lambda t: {"login": "x", "password": "x"}),
    "account_logout": at("", *PUBLIC_FORM),
    "account_signup": at("", *PUBLIC_FORM),
    "account_inactive": at("", *PUBLIC_PAGE),
    "account_reauthenticate": at("", *OWN_FORM, sends=lambda t: {"password": "x"}),
    "account_change_password": at("", *OWN_FORM),
    "account_set_password": at("", *OWN_FORM),
    "account_reset_password": at(
        "",
        get(anonymous=OK, others=OK),
        # A letter for every address, also one that nobody has.
        post(anonymous=DONE, others=DONE),
        sends=lambda t: {"email": "x@office.test"},
    ),
    "account_reset_password_done": at("", *PUBLIC_PAGE),
    "account_reset_password_from_key": at("reset_key", *PUBLIC_FORM),
    "account_reset_password_from_key_done": at("", *PUBLIC_PAGE),
    "set_language": at("", *PUBLIC_FORM, sends=lambda t: {"language": "en"}),
    # --- Plans -----------------------------------------------------------------------------
    "workplans:list": at("", *PAGE_FOR_ALL),
    "workplans:create": at(
        "",
        get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
        # The others fill plans too, but of their own offices; this form names another one.
        post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=KEPT),
        sends=plan_form,
    ),
    "workplans:detail": at("plan", *READ_WHEN_SENT, GET_ONLY),
    "workplans:submit": at(
        "plan",
        POST_ONLY,
        post(OPEN, member=NO, team=DONE, others=GONE),
        post(SENT, **TOO_LATE),
    ),
    "workplans:return": at(
        "plan",
        get(("draft",), team=NO, others=GONE),
        get(("returned",), team=OK, others=GONE),
        get(("submitted",), head=OK, team=NO, above=NO, others=GONE),
        get(("approved", "closed"), team=NO, above=NO, others=GONE),
        post(("draft",), team=NO, others=GONE),
        post(("returned",), team=KEPT, others=GONE),
        post(("submitted",), head=DONE, team=NO, above=NO, others=GONE),
        post(("approved", "closed"), team=NO, above=NO, others=GONE),
        sends=lambda t: {"reason": "তারিখ দিন"},
    ),
    "workplans:approve": at(
        "plan",
        get(("submitted",), head=OK, team=NO, above=NO, others=GONE),
        get(OPEN, team=NO, others=GONE),
        get(("approved", "closed"), team=NO, above=NO, others=GONE),
        post(OPEN, team=KEPT, others=GONE),
        post(("submitted",), head=DONE, team=NO, above=NO, others=GONE),
        post(("approved", "closed"), **TOO_LATE),
        sends=lambda t: {"meeting_on": "২০২৬-০৮-১০", "reference": "সভা ৮"},
    ),
    "workplans:close": at(
        "plan",
        POST_ONLY,
        post(OPEN, team=KEPT, others=GONE),
        post(("approved",), head=DONE, team=NO, above=NO, others=GONE),
        post(("submitted", "closed"), **TOO_LATE),
    ),
    "workplans:xlsx": at("plan", *READ_WHEN_SENT, GET_ONLY),
    "workplans:print": at(
        "plan",
        POST_ONLY,
        post(OPEN, team=DONE, others=GONE),
        post(SENT, team=DONE, above=DONE, others=GONE),
    ),
    # --- Rows ------------------------------------------------------------------------------
    "workplans:task_create": at("plan", *ROW_FORM, sends=row_form),
    "workplans:task_detail": at("task", *READ_WHEN_SENT, GET_ONLY),
    "workplans:task_update": at("task", *ROW_FORM, sends=row_form),
    "workplans:task_delete": at("task", *ROW_ACTION),
    "workplans:task_restore": at("deleted_task", *ROW_ACTION),
    "workplans:task_duplicate": at("task", *ROW_ACTION),
    "workplans:task_move": at("task", *ROW_ACTION, sends=lambda t: {"to": "down"}),
    "workplans:task_settle": at("task", *ROW_ACTION),
    "workplans:subject_rename": at("subject", *ROW_ACTION, sends=lambda t: {"name": "অন্য নাম"}),
    "workplans:progress_create": at(
        "task",
        POST_ONLY,
        post(OPEN, team=DONE, others=GONE),
        post(("submitted", "approved"), team=DONE, above=NO, others=GONE),
        post(("closed",), team=NO, above=NO, others=GONE),
        sends=progress_form,
    ),
    "workplans:evidence": at("progress", *READ_WHEN_SENT, GET_ONLY),
    # --- Tables taken in, and papers -------------------------------------------------------
    "workplans:import_create": at("plan", *ROW_FORM, sends=import_form),
    "workplans:import_detail": at(
        "import",
        get(OPEN, team=OK, others=GONE),
        get(SENT, team=NO, others=GONE),
        post(OPEN, team=DONE, others=GONE),
        post(SENT, team=NO, others=GONE),
        sends=import_rows,
    ),
    "workplans:document_detail": at("document", *READ_WHEN_SENT, GET_ONLY),
    "workplans:document_retry": at(
        "failed_document",
        POST_ONLY,
        post(OPEN, team=DONE, others=GONE),
        post(SENT, team=DONE, above=DONE, others=GONE),
    ),
    "workplans:document_download": at("document", *READ_WHEN_SENT, GET_ONLY),
    **PLAN_ADDRESSES,
    # --- Ideas ------------------------------------------------------------------------------
    **IDEA_ADDRESSES,
    # --- Meetings ---------------------------------------------------------------------------
    **MEETING_ADDRESSES,
    **REPORT_ADDRESSES,
    **TEAM_ADDRESSES,
}
