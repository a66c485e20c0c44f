"""Who gets what at the addresses of meetings; tests/access_rules.py explains the words."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.word import default_template
from tests.access_rules import (
    DONE,
    GET_ONLY,
    GONE,
    KEPT,
    M_CLOSED,
    M_DRAFT,
    M_FINAL,
    M_OFF,
    M_SENT,
    NO,
    OK,
    PAGE_FOR_ALL,
    POST_ONLY,
    TEAM_PAGE,
    Address,
    Rule,
    at,
    get,
    of_meeting,
    post,
)
from tests.meetings.importers.build import Paper, as_text


# --- Forms that a permitted person could send ----------------------------------------------
def item_form(things: Any) -> dict[str, Any]:
    return {"version": things.item.version, "topic": "বিষয়", "discussion": "নতুন কথা"}


def decision_form(things: Any) -> dict[str, Any]:
    version = things.decision.version
    return {"version": version, "form_key": uuid4(), "text": "নতুন সিদ্ধান্ত", "due_text": "৩০/১১/২০২৬"}


def head_form(things: Any) -> dict[str, Any]:
    return {
        "version": things.meeting.version,
        "held_on": "৫ সেপ্টেম্বর ২০২৬",
        "starts_at": "সকাল ১০:৩০",
        "place": "নতুন কক্ষ",
        "chair_post": things.meeting.chair_post_id,
        "form": "table",
    }


def notice_form(things: Any) -> dict[str, Any]:
    letters = things.meeting.notices.count()
    words = {"issued_on": "২১/১১/২০২৬", "body": "নতুন কথায় সভা ডাকা হলো।"}
    return {"version": things.meeting.version, "letters": letters, **words}


def report_form(things: Any) -> dict[str, Any]:
    return {"form_key": uuid4(), "text": "ফরম উঠেছে", "on": "২০/১১/২০২৬", "is_done": "on"}


def group_form(things: Any) -> dict[str, Any]:
    return {"name": "নতুন গ্রুপ", "members": [things.seat]}


def template_form(things: Any) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("ছক.docx", default_template("minutes"))}


# --- Rules that many addresses share -------------------------------------------------------
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
# The same with a page of its own; for settled minutes it leads back, with a sentence.
TYPING_FORM = (*of_meeting(get(team=OK, others=GONE)), *TYPING[1:])
# Letters, calendars and their state are the team's own, whatever was sent.
OWN_PAGE = of_meeting(get(team=OK, others=GONE), GET_ONLY)
# A page of those who lead; whoever else is of the team is refused.
LEADS_GET = of_meeting(get(member=NO, team=OK, others=GONE))


def leads_post(*states: str) -> tuple[Rule, ...]:
    """A step of those who lead from `states`; from any other they are told where it stands."""
    rest = tuple(state for state in M_DRAFT + M_CLOSED if state not in states)
    return (
        post(states, member=NO, team=DONE, others=GONE),
        post(rest, member=NO, team=KEPT, others=GONE),
    )


# A decision is moved by those who lead the team, once its minutes are settled; whoever else
# sees it is refused.
DECISION_STEP = (
    post(M_DRAFT + M_OFF, team=NO, others=GONE),
    post(M_FINAL, member=NO, team=DONE, others=GONE),
    post(M_SENT, member=NO, team=DONE, above=NO, others=GONE),
)
DECISION_STEP_PAGE = (
    get(M_DRAFT + M_OFF, team=NO, others=GONE),
    get(M_FINAL, member=NO, team=OK, others=GONE),
    get(M_SENT, member=NO, team=OK, above=NO, others=GONE),
)
# An office's lists are changed by those who lead it; others do not learn what is in them.
ARRANGING = (POST_ONLY, post(member=NO, team=DONE, others=GONE))

_CALLING: dict[str, Address] = {
    "meetings:list": at("", *PAGE_FOR_ALL),
    "meetings:create": at(
        "",
        POST_ONLY,
        # The form names the upazila; the others can only call meetings of their own offices.
        post(member=NO, team=DONE, others=KEPT),
        sends=lambda t: {"office": t.plan.office_id, "month": "2025-05"},
    ),
    "meetings:no_meeting": at(
        "",
        get(member=NO, division_member=NO, reviewer=NO, administrator=NO, nobody=NO, others=OK),
        post(
            **{"member": NO, "team": DONE, "division_member": NO, "reviewer": NO},
            **{"administrator": NO, "nobody": NO, "others": 422},
        ),
        sends=lambda t: {"office": t.plan.office_id, "month": "2025-05", "reason": "নির্বাচন"},
    ),
    "meetings:update": at("meeting", *TYPING_FORM, sends=head_form),
    "meetings:notice": at(
        "meeting",
        *of_meeting(get(team=OK, others=GONE)),
        # A meeting that was announced and called off waits for the letter that says so.
        *leads_post(*M_DRAFT, *M_OFF),
        sends=notice_form,
    ),
    "meetings:cancel": at(
        "meeting", *LEADS_GET, *leads_post(*M_DRAFT), sends=lambda t: {"reason": "বন্যা"}
    ),
    "meetings:ical": at("meeting", *OWN_PAGE),
    "meetings:notice_docx": at("notice", *OWN_PAGE),
    "meetings:delivery_resend": at(
        "undelivered",
        *of_meeting(POST_ONLY, post(member=NO, team=DONE, others=GONE)),
        sends=lambda t: {"to_address": "mended@office.test"},
    ),
}

_TYPING: dict[str, Address] = {
    "meetings:detail": at("meeting", *MINUTES_PAGE),
    "meetings:agenda_refresh": at("meeting", *TYPING),
    "meetings:item_create": at(
        "meeting", *TYPING, sends=lambda t: {"form_key": uuid4(), "topic": "নতুন বিষয়"}
    ),
    "meetings:item_update": at("item", *TYPING, sends=item_form),
    "meetings:item_move": at("item", *TYPING, sends=lambda t: {"to": "up"}),
    "meetings:item_state": at("item", *TYPING, sends=lambda t: {"state": "postponed"}),
    "meetings:decision_create": at("item", *TYPING, sends=decision_form),
    "meetings:decision_update": at("decision", *TYPING_FORM, sends=decision_form),
    "meetings:decision_remove": at("decision", *TYPING),
    "meetings:decision_restore": at("removed_decision", *TYPING),
    "meetings:follow_up_update": at(
        "follow_up",
        *TYPING,
        sends=lambda t: {"note": "চলছে", "outcome": "continue", "version": 0},
    ),
    "meetings:attendance": at(
        "meeting", *TYPING_FORM, sends=lambda t: {f"seat-{t.seat}-presence": "online"}
    ),
    "meetings:guest_create": at(
        "meeting",
        *TYPING,
        sends=lambda t: {"form_key": uuid4(), "name": "অতিথি", "presence": "present"},
    ),
    "meetings:guest_remove": at("guest", *TYPING),
}

_MINUTES: dict[str, Address] = {
    "meetings:minutes": at("meeting", *MINUTES_PAGE),
    "meetings:finalise": at(
        "meeting", *LEADS_GET, *leads_post(*M_DRAFT), sends=lambda t: {"issued_on": "২১/১১/২০২৬"}
    ),
    "meetings:reopen": at(
        "meeting", *LEADS_GET, *leads_post(*M_FINAL), sends=lambda t: {"reason": "বানান"}
    ),
    "meetings:circulate": at("meeting", *LEADS_GET, *leads_post(*M_FINAL)),
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
    "meetings:version": at("version", *OWN_PAGE),
    "meetings:document_detail": at("minutes_document", *MINUTES_PAGE),
    "meetings:document_retry": at(
        "failed_minutes_document",
        *of_meeting(POST_ONLY),
        post(M_SENT, team=DONE, above=DONE, others=GONE),
        post(M_DRAFT + M_FINAL + M_OFF, team=DONE, others=GONE),
    ),
    "meetings:document_download": at("minutes_document", *MINUTES_PAGE),
}

_FOLLOWING: dict[str, Address] = {
    "meetings:decision_list": at("", *PAGE_FOR_ALL),
    "meetings:decision_detail": at("decision", *MINUTES_PAGE),
    "meetings:decision_complete": at("decision", *of_meeting(POST_ONLY), *DECISION_STEP),
    "meetings:decision_drop": at(
        "decision",
        *DECISION_STEP_PAGE,
        *DECISION_STEP,
        sends=lambda t: {"reason": "দরকার নেই"},
    ),
    "meetings:decision_resume": at(
        "decision",
        *DECISION_STEP_PAGE,
        # It is open already.
        *DECISION_STEP[:1],
        post(M_FINAL, member=NO, team=KEPT, others=GONE),
        post(M_SENT, member=NO, team=KEPT, above=NO, others=GONE),
        sends=lambda t: {"reason": "ছবি বাকি"},
    ),
    # The member holds the post that owes it; head and officer may speak for every post.
    "meetings:assignment_report": at(
        "assignment",
        get(M_DRAFT + M_OFF, others=GONE),
        get(M_FINAL + M_SENT, team=OK, others=GONE),
        post(M_DRAFT + M_OFF, others=GONE),
        post(M_FINAL + M_SENT, team=DONE, others=GONE),
        sends=report_form,
    ),
    "meetings:report_evidence": at(
        "evidence",
        get(M_DRAFT + M_OFF, others=GONE),
        get(M_FINAL + M_SENT, team=OK, others=GONE),
        *of_meeting(GET_ONLY),
    ),
}

_ARRANGING: dict[str, Address] = {
    "meetings:arrange": at("", get(reviewer=NO, administrator=NO, nobody=NO, others=OK), GET_ONLY),
    "meetings:topic_create": at("office_pk", *ARRANGING, sends=lambda t: {"title": "নতুন বিষয়"}),
    "meetings:topic_update": at("topic", *ARRANGING, sends=lambda t: {"title": "অন্য নাম"}),
    "meetings:topic_move": at("topic", *ARRANGING, sends=lambda t: {"before": "end"}),
    "meetings:phrase_create": at(
        "office_pk", *ARRANGING, sends=lambda t: {"place": "opening", "text": "নতুন বাক্য"}
    ),
    "meetings:phrase_update": at(
        "phrase", *ARRANGING, sends=lambda t: {"place": "closing", "text": "অন্য বাক্য"}
    ),
    "meetings:phrase_delete": at("own_phrase", *ARRANGING),
    "meetings:prefix_create": at(
        "office_pk", *ARRANGING, sends=lambda t: {"number": "05.41.3300.012.14.007.25"}
    ),
    "meetings:prefix_update": at("prefix", *ARRANGING, sends=lambda t: {"label": "প্রশাসন শাখা"}),
    "meetings:group_create": at("office_pk", *ARRANGING, sends=group_form),
    "meetings:group_update": at(
        "group", *ARRANGING, sends=lambda t: {**group_form(t), "since": "২১/১১/২০২৬"}
    ),
    "meetings:template_upload": at("template", *ARRANGING, sends=template_form),
    "meetings:template_delete": at("template", *ARRANGING),
    "meetings:template_download": at("template", *TEAM_PAGE),
    "meetings:template_default": at("template_kind", *PAGE_FOR_ALL),
}

_IMPORTS: dict[str, Address] = {
    "meetings:import_create": at(
        "",
        get(reviewer=NO, administrator=NO, nobody=NO, others=OK),
        # The form names the upazila; the others can only bring minutes of their own offices.
        post(team=DONE, reviewer=NO, administrator=NO, nobody=NO, others=422),
        sends=lambda t: {"office": t.plan.office_id, "pasted": as_text(Paper())},
    ),
    "meetings:import_detail": at(
        "minutes_import", get(team=OK, others=GONE), post(team=DONE, others=GONE)
    ),
}

_LOOKING_BACK: dict[str, Address] = {
    "meetings:search": at("", *PAGE_FOR_ALL),
    "meetings:statistics": at("", *PAGE_FOR_ALL),
    "meetings:book_create": at(
        "",
        POST_ONLY,
        post(team=DONE, others=GONE),
        sends=lambda t: {"office": t.plan.office_id, "year": "2026-2027"},
    ),
    "meetings:book_detail": at("book", *TEAM_PAGE),
    "meetings:book_retry": at("failed_book", POST_ONLY, post(team=DONE, others=GONE)),
    "meetings:book_download": at("book", *TEAM_PAGE),
}

MEETING_ADDRESSES = {
    **_CALLING,
    **_TYPING,
    **_MINUTES,
    **_FOLLOWING,
    **_ARRANGING,
    **_IMPORTS,
    **_LOOKING_BACK,
}
