"""Who gets what at every address: the table that tests/test_access.py walks.

Each entry names an address, the thing its number points to, and its rules. A rule says for a
method and the states of the plan or the meeting (for addresses that belong to one) what each
person gets;
the most exact name that fits a person counts: "head" before "team" before "others".

    head, officer, member             of the plan's own office, together "team"
    district_head, division_member,
    reviewer                          whoever stands over that office, together "above"
    sibling_head, elsewhere_head,
    administrator, nobody             heads of a sister office and of a district elsewhere,
                                      the system administrator, a person without any post
    anonymous                         gets LOGIN unless the rule says otherwise
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from meetings.enums import MeetingStatus
from workplans.enums import PlanStatus

OK = "ok"  # a page, a file or a redirect inside the site
DONE = "done"  # the same, and something was written
KEPT = "kept"  # the same, with words that nothing was written
LOGIN = "login"  # sent to the log-in page
NO = 403  # sees the thing, may not do this
GONE = 404  # does not learn that the thing exists
METHOD = 405

Outcome = str | int

ANY = tuple(PlanStatus.values)
OPEN = ("draft", "returned")
SENT = ("submitted", "approved", "closed")


def meeting_states(*statuses: str) -> tuple[str, ...]:
    """States of a meeting, told apart from those of a plan."""
    return tuple(f"meeting:{status}" for status in statuses)


MEETINGS = meeting_states(*MeetingStatus.values)
M_DRAFT, M_FINAL = meeting_states("draft"), meeting_states("finalised")
M_SENT, M_OFF = meeting_states("circulated", "confirmed"), meeting_states("cancelled")
M_CLOSED = M_FINAL + M_SENT + M_OFF

GROUPS = {
    "team": ("head", "officer", "member"),
    "above": ("district_head", "division_member", "reviewer"),
}
STRANGERS = ("sibling_head", "elsewhere_head", "administrator", "nobody")
PEOPLE = (*GROUPS["team"], *GROUPS["above"], *STRANGERS, "anonymous")


@dataclass(frozen=True)
class Rule:
    """What people get for one method while the plan is in one of `states`."""

    method: str
    states: tuple[str, ...]
    outcomes: Mapping[str, Outcome]

    def outcome(self, person: str) -> Outcome | None:
        """The outcome for a person; None when the rule forgot them."""
        if person == "anonymous":
            return self.outcomes.get("anonymous", LOGIN)
        names = (person, *(group for group, people in GROUPS.items() if person in people))
        return next(
            (self.outcomes[name] for name in (*names, "others") if name in self.outcomes), None
        )


def get(states: tuple[str, ...] = ANY, **outcomes: Outcome) -> Rule:
    return Rule("GET", states, outcomes)


def post(states: tuple[str, ...] = ANY, **outcomes: Outcome) -> Rule:
    return Rule("POST", states, outcomes)


@dataclass(frozen=True)
class Address:
    """One URL name. `about` names the thing in the address, "" for an address without one.

    `sends` gives the form for a POST, made of the things of the plan in question.
    """

    about: str
    rules: tuple[Rule, ...]
    sends: Callable[[Any], dict[str, Any]]

    @property
    def states(self) -> tuple[str, ...]:
        """The states that make a difference: an address without a paper has only one."""
        if any(set(rule.states) & set(MEETINGS) for rule in self.rules):
            return MEETINGS
        return ANY[:1] if self.about in ("", "office", "reset_key") else ANY

    @property
    def draft(self) -> str:
        """The state in which the team still writes."""
        return M_DRAFT[0] if self.states == MEETINGS else "draft"

    @property
    def settled(self) -> str:
        """A state that is read from above."""
        return M_SENT[0] if self.states == MEETINGS else "approved"

    def outcome(self, method: str, state: str, person: str) -> Outcome | None:
        """What the table expects, or None when it does not say."""
        rules = (rule for rule in self.rules if rule.method == method and state in rule.states)
        return next((rule.outcome(person) for rule in rules), None)


def at(about: str, *rules: Rule, sends: Callable[[Any], dict[str, Any]] | None = None) -> Address:
    return Address(about, rules, sends or (lambda things: {}))


def of_meeting(*rules: Rule) -> tuple[Rule, ...]:
    """The same rules, said of every state of a meeting where they name none."""
    return tuple(
        replace(rule, states=MEETINGS if rule.states == ANY else rule.states) for rule in rules
    )


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


def idea_form(things: Any) -> dict[str, Any]:
    return {
        "office": things.plan.office_id,
        "form_key": uuid4(),
        "version": things.idea.version,
        "title": "নতুন আইডিয়া",
        "description": "সমস্যা ও সমাধান",
        "channel": "staff",
        "received_on": "২০২৬-১০-০১",
    }


def item_form(things: Any) -> dict[str, Any]:
    return {"version": things.item.version, "topic": "বিষয়", "discussion": "নতুন কথা"}


def decision_form(things: Any) -> dict[str, Any]:
    version = things.decision.version
    return {"version": version, "form_key": uuid4(), "text": "নতুন সিদ্ধান্ত", "due_text": "৩০/১১/২০২৬"}


def report_form(things: Any) -> dict[str, Any]:
    return {"version": things.report.version, "introduction": "ভূমিকা", "closing": ""}


# --- Rules that many addresses share -------------------------------------------------------
POST_ONLY = get(others=METHOD)
GET_ONLY = post(others=METHOD)
PAGE_FOR_ALL = (get(others=OK), GET_ONLY)
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
TEAM_PAGE = (get(team=OK, others=GONE), GET_ONLY)
# An idea moves on the word of whoever leads its team; outside the team nobody knows of it.
IDEA_STEP = (POST_ONLY, post(member=NO, team=DONE, others=GONE))

# Minutes are read by the team at any time, from above once they were sent.
MINUTES_PAGE = (
    get(M_SENT, team=OK, above=OK, others=GONE),
    get(M_DRAFT + M_FINAL + M_OFF, team=OK, others=GONE),
    *of_meeting(GET_ONLY),
)
# Everybody of the team types while the minutes are a draft; later a page left open gets a
# sentence.
TYPING = (
    *of_meeting(POST_ONLY),
    post(M_DRAFT, team=DONE, others=GONE),
    post(M_CLOSED, team=KEPT, others=GONE),
)

ADDRESSES: dict[str, Address] = {
    # --- Home and the directory ------------------------------------------------------------
    "duties:home": at("", *PAGE_FOR_ALL),
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
    "account_reset_password": at("", *PUBLIC_FORM, sends=lambda t: {"email": "x@office.test"}),
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
        POST_ONLY,
        post(OPEN, team=KEPT, others=GONE),
        post(("submitted",), head=DONE, team=NO, above=NO, others=GONE),
        post(("approved", "closed"), **TOO_LATE),
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
    # --- Ideas: the team's own; each step is asked of an idea that waits for it -------------
    "ideas:list": at("", *PAGE_FOR_ALL),
    "ideas:create": at(
        "",
        get(team=OK, reviewer=NO, administrator=NO, nobody=NO, others=OK),
        # The others keep a register too, but of their own offices; this form names another one.
        post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
        sends=idea_form,
    ),
    "ideas:detail": at("idea", *TEAM_PAGE),
    "ideas:update": at(
        "idea", get(team=OK, others=GONE), post(team=DONE, others=GONE), sends=idea_form
    ),
    "ideas:shortlist": at("idea", *IDEA_STEP),
    "ideas:approve": at("shortlisted_idea", *IDEA_STEP),
    "ideas:start_pilot": at("approved_idea", *IDEA_STEP),
    "ideas:showcase": at("piloting_idea", *IDEA_STEP),
    "ideas:replicate": at("showcased_idea", *IDEA_STEP),
    "ideas:decline": at(
        "idea",
        get(member=NO, team=OK, others=GONE),
        post(member=NO, team=DONE, others=GONE),
        sends=lambda t: {"reason": "আগেই চালু আছে"},
    ),
    # --- Meetings: typed by the team while a draft -------------------------------------------
    "meetings:detail": at("meeting", *MINUTES_PAGE),
    "meetings:agenda_refresh": at("meeting", *TYPING),
    "meetings:item_create": at(
        "meeting", *TYPING, sends=lambda t: {"form_key": uuid4(), "topic": "নতুন বিষয়"}
    ),
    "meetings:item_update": at("item", *TYPING, sends=item_form),
    "meetings:item_move": at("item", *TYPING, sends=lambda t: {"to": "up"}),
    "meetings:item_state": at("item", *TYPING, sends=lambda t: {"state": "postponed"}),
    "meetings:decision_create": at("item", *TYPING, sends=decision_form),
    "meetings:decision_update": at(
        "decision",
        *of_meeting(get(team=OK, others=GONE)),
        *TYPING[1:],
        sends=decision_form,
    ),
    "meetings:decision_remove": at("decision", *TYPING),
    "meetings:decision_restore": at("removed_decision", *TYPING),
    "meetings:follow_up_update": at(
        "follow_up",
        *of_meeting(POST_ONLY),
        post(M_DRAFT, team=DONE, others=GONE),
        post(M_CLOSED, team=KEPT, others=GONE),
        sends=lambda t: {"note": "চলছে", "outcome": "continue", "version": 0},
    ),
    "meetings:attendance": at(
        "meeting",
        get(M_DRAFT, team=OK, others=GONE),
        get(M_CLOSED, team=NO, others=GONE),
        post(M_DRAFT, team=DONE, others=GONE),
        post(M_CLOSED, team=NO, others=GONE),
        sends=lambda t: {f"seat-{t.seat}-presence": "online"},
    ),
    "meetings:guest_create": at(
        "meeting",
        *of_meeting(POST_ONLY),
        post(M_DRAFT, team=DONE, others=GONE),
        post(M_CLOSED, team=NO, others=GONE),
        sends=lambda t: {"form_key": uuid4(), "name": "অতিথি", "presence": "present"},
    ),
    "meetings:guest_remove": at("guest", *TYPING),
    # --- Minutes: settled and sent by those who lead, read from above once sent --------------
    "meetings:minutes": at("meeting", *MINUTES_PAGE),
    "meetings:finalise": at(
        "meeting",
        *of_meeting(get(member=NO, team=OK, others=GONE)),
        post(M_DRAFT, member=NO, team=DONE, others=GONE),
        post(M_CLOSED, member=NO, team=KEPT, others=GONE),
        sends=lambda t: {"issued_on": "২১/১১/২০২৬"},
    ),
    "meetings:reopen": at(
        "meeting",
        *of_meeting(get(member=NO, team=OK, others=GONE)),
        post(M_FINAL, member=NO, team=DONE, others=GONE),
        post(M_DRAFT + M_SENT + M_OFF, member=NO, team=KEPT, others=GONE),
        sends=lambda t: {"reason": "বানান"},
    ),
    "meetings:circulate": at(
        "meeting",
        *of_meeting(get(member=NO, team=OK, others=GONE)),
        post(M_FINAL, member=NO, team=DONE, others=GONE),
        post(M_DRAFT + M_SENT + M_OFF, member=NO, team=KEPT, others=GONE),
    ),
    "meetings:print": at(
        "meeting",
        *of_meeting(POST_ONLY),
        # Sending them had them printed.
        post(M_SENT, team=KEPT, above=KEPT, others=GONE),
        post(M_DRAFT + M_FINAL + M_OFF, team=DONE, others=GONE),
    ),
    "meetings:docx": at("meeting", *MINUTES_PAGE),
    "meetings:extract_print": at(
        "meeting",
        *of_meeting(POST_ONLY),
        post(M_DRAFT + M_OFF, others=GONE),
        post(M_FINAL + M_SENT, team=DONE, others=GONE),
    ),
    "meetings:version": at("version", *of_meeting(get(team=OK, others=GONE), GET_ONLY)),
    "meetings:document_detail": at("minutes_document", *MINUTES_PAGE),
    "meetings:document_retry": at(
        "failed_minutes_document",
        *of_meeting(POST_ONLY),
        post(M_SENT, team=DONE, above=DONE, others=GONE),
        post(M_DRAFT + M_FINAL + M_OFF, team=DONE, others=GONE),
    ),
    "meetings:document_download": at("minutes_document", *MINUTES_PAGE),
    # --- Reports: the team's own until they are sent ---------------------------------------
    "reports:list": at("", *PAGE_FOR_ALL),
    "reports:create": at("unreported_plan", POST_ONLY, post(team=DONE, others=GONE)),
    "reports:detail": at(
        "report",
        get(team=OK, others=GONE),
        post(team=DONE, others=GONE),
        sends=report_form,
    ),
    "reports:print": at("report", POST_ONLY, post(team=DONE, others=GONE)),
    "reports:document_detail": at("report_document", *TEAM_PAGE),
    "reports:document_retry": at("failed_report_document", POST_ONLY, post(team=DONE, others=GONE)),
    "reports:document_download": at("report_document", *TEAM_PAGE),
}
