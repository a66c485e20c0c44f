"""The official papers of a meeting: records to content, in Bengali, as plain data.

The shapes of the contents are those that templates/pdf/ and meetings/word/ draw.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import translation

from bangla.dates import format_bangla_date, format_date, format_time, weekday_name
from bangla.digits import to_bangla
from teams.models import Office, Post
from teams.papers import make_pdf, paper_html
from workplans.periods import Period

from .defaults import month_words
from .enums import (
    Confirmation,
    CopyKind,
    DocumentKind,
    FollowUpOutcome,
    ItemKind,
    MeetingKind,
    NoticeKind,
    Presence,
)
from .lists import FollowUpLine, follow_up_lines
from .models import AgendaItem, Decision, Meeting, MinutesImport, NoMeeting
from .roster import Seat, seats, team_posts

Content = dict[str, Any]

MEETING_PDF = "meetings.document_pdf"
BOOK_PDF = "meetings.book_pdf"
TEMPLATES = {
    DocumentKind.NOTICE: "pdf/notice.html",
    DocumentKind.DRAFT: "pdf/minutes.html",
    DocumentKind.MINUTES: "pdf/minutes.html",
    DocumentKind.EXTRACT: "pdf/extract.html",
}
BOOK_TEMPLATE = "pdf/minutes_book.html"
# Letters of the alphabet in their order, for the decisions of one item: ক, খ, গ …
LETTERS = "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরল"
COPY_HEADINGS = {
    CopyKind.INFORMATION: "অনুলিপি সদয় জ্ঞাতার্থে:",
    CopyKind.ACTION: "অনুলিপি জ্ঞাতার্থে/কার্যার্থে:",
}


# --- The minutes ---------------------------------------------------------------------------
def minutes_content(meeting: Meeting, *, is_draft: bool) -> Content:
    """Everything the minutes say, as they stand (a fixed number of queries)."""
    with translation.override("bn"):
        items = agenda_with_decisions(meeting)
        lines = follow_up_lines(meeting)
        return {
            "office": meeting.office.name_bn,
            "title": minutes_title(meeting),
            "period": month_words(meeting.month),
            "number": number_words(meeting),
            "form": meeting.form,
            "is_draft": is_draft,
            **_when_and_where(meeting),
            "attendance_note": "পরিশিষ্ট ‘ক’ দ্রষ্টব্য",
            "opening": meeting.opening or usual_opening(meeting, items),
            "closing": meeting.closing or usual_closing(),
            "items": [
                _item(serial, item, lines if item.kind == ItemKind.FOLLOW_UP else ())
                for serial, item in enumerate(items, start=1)
            ],
            "signature": _signature(meeting.chair_post, meeting.held_on, meeting.chair_text),
            "issuer": _issuer(meeting),
            **_issue(meeting.memo_number, meeting.issued_on),
            "copies": copies_content(meeting),
            "attendance": attendance_content(meeting),
        }


def agenda_with_decisions(meeting: Meeting) -> list[AgendaItem]:
    """What was on the agenda to the end, in order, each item with its `kept_decisions`."""
    decisions = (
        Decision.objects.kept()
        .select_related("task")
        .prefetch_related("implementers__post", "implementers__office", "implementers__group")
        .order_by("position", "pk")
    )
    return list(
        meeting.items.open()
        .select_related("confirms")
        .prefetch_related(Prefetch("decisions", queryset=decisions, to_attr="kept_decisions"))
        .order_by("position", "pk")
    )


def minutes_title(meeting: Meeting) -> str:
    """ "ইনোভেশন টিমের নভেম্বর ২০২৬ মাসের সভার কার্যবিবরণী" """
    if meeting.title:
        return f"{meeting.title}র কার্যবিবরণী" if meeting.title.endswith("সভা") else meeting.title
    return f"ইনোভেশন টিমের {meeting_words(meeting)}র কার্যবিবরণী"


def number_words(meeting: Meeting) -> str:
    """ "২০২৬–২৭ অর্থবছরের ৫ম সভা"; "" of old minutes, which came in any order."""
    if MinutesImport.objects.filter(meeting=meeting).exists():
        return ""
    year = Period.fiscal_year_of(meeting.month).label
    return f"{year}ের {ordinal(meeting.number)} সভা"


def ordinal(number: int) -> str:
    """১ম, ২য়, ৩য়, ৪র্থ, ৫ম, ৬ষ্ঠ, ৭ম … ১০ম, ১১তম."""
    endings = {1: "ম", 2: "য়", 3: "য়", 4: "র্থ", 6: "ষ্ঠ"}
    return to_bangla(number) + endings.get(number, "ম" if number <= 10 else "তম")


def usual_opening(meeting: Meeting, items: Iterable[AgendaItem]) -> str:
    """The paragraph before the table: welcome, and what became of the last minutes."""
    words = ["সভাপতি উপস্থিত সকলকে স্বাগত জানিয়ে সভার কাজ শুরু করেন।"]
    item = next((one for one in items if one.kind == ItemKind.CONFIRMATION), None)
    if item and item.confirms and item.confirmation:
        last = f"{_of_meeting(item.confirms)} কার্যবিবরণী"
        words.append(f"এরপর {last} পড়ে শোনানো হয়।")
        if item.confirmation == Confirmation.CONFIRMED:
            words.append("কোনো সংশোধনী না থাকায় তা সর্বসম্মতিক্রমে দৃঢ়ীকরণ করা হয়।")
        else:
            words.append(f"নিচের সংশোধনীসহ তা দৃঢ়ীকরণ করা হয়: {item.correction}")
    words.append("তারপর আলোচ্যসূচি অনুযায়ী আলোচনা হয় এবং নিচের সিদ্ধান্তগুলো নেওয়া হয়।")
    return " ".join(words)


def usual_closing() -> str:
    return "আর কোনো আলোচ্য বিষয় না থাকায় সভাপতি উপস্থিত সকলকে ধন্যবাদ জানিয়ে সভার সমাপ্তি ঘোষণা করেন।"


def attendance_content(meeting: Meeting) -> Content:
    """The annex: who came, who did not, and the guests, without anybody's contact.

    A member nobody has marked yet stands in neither list of a draft.
    """
    members = seats(meeting)
    guests = meeting.attendance.guests()
    return {
        "present": _numbered(_seat(seat) for seat in members if seat.is_attending),
        "absent": _numbered(
            _seat(seat) for seat in members if seat.attendance and not seat.is_attending
        ),
        "guests": _numbered(
            {
                "name": guest.name,
                "designation": guest.designation,
                "office": guest.office_name,
                "mode": str(Presence.ONLINE.label) if guest.presence == Presence.ONLINE else "",
            }
            for guest in guests
        ),
    }


def copies_content(meeting: Meeting) -> list[Content]:
    """The copy lists that have lines."""
    copies = list(meeting.copies.all())
    groups = []
    for kind, heading in COPY_HEADINGS.items():
        lines = [copy.text for copy in copies if copy.kind == kind]
        if lines:
            groups.append({"kind": str(kind), "heading": heading, "lines": lines})
    return groups


# --- Notices -------------------------------------------------------------------------------
def notice_content(
    meeting: Meeting,
    *,
    kind: str,
    memo_number: str,
    issued_on: date,
    body: str = "",
    was: Content | None = None,
    reason: str = "",
) -> Content:
    """The letter that calls, moves or cancels a meeting.

    `was` holds held_on, time and place before a change, in words; `body` the paragraph, or ""
    for the usual one.
    """
    with translation.override("bn"):
        topics = [item.topic for item in meeting.items.open().order_by("position", "pk")]
        return {
            "office": meeting.office.name_bn,
            "title": str(NoticeKind(kind).label),
            "period": month_words(meeting.month),
            "kind": kind,
            "meeting": meeting_words(meeting),
            **_when_and_where(meeting),
            "body": body or usual_notice(meeting, kind, was=was),
            "was": was,
            "reason": reason,
            "agenda": [] if kind == NoticeKind.CANCEL else topics,
            "signature": _signature(meeting.issuer_post or meeting.chair_post, issued_on),
            **_issue(memo_number, issued_on),
            "recipients": [
                f"{post.designation_bn}, {post.office.name_bn}" for post in _called(meeting)
            ],
            "copies": copies_content(meeting),
        }


def usual_notice(meeting: Meeting, kind: str, *, was: Content | None) -> str:
    """The body of a notice, in the words such letters use; the reason has its own line."""
    when = _when_and_where(meeting)
    name = f"{meeting.office.name_bn}-এর ইনোভেশন টিমের {meeting_words(meeting)}"
    moment = f"{when['held_on']}, {when['weekday']}, {when['time']}য়"
    chair = when["chair"]["designation"] or when["chair"]["name"]
    if kind == NoticeKind.CANCEL:
        # The members know the day that the last letter told them.
        told = f"{was['held_on']}, {was['time']}য়" if was else moment
        return f"{told} নির্ধারিত {name} বাতিল করা হলো।"
    call = f"{moment} {when['place']}-এ {name} অনুষ্ঠিত হবে।"
    if chair:
        call += f" সভায় সভাপতিত্ব করবেন {chair}।"
    call += " নিচের আলোচ্যসূচি অনুযায়ী প্রস্তুতিসহ সভায় উপস্থিত থাকার জন্য অনুরোধ করা হলো।"
    if kind == NoticeKind.CHANGE and was:
        moved = f"{was['held_on']}, {was['time']}য় {was['place']}-এ নির্ধারিত সভার সময় বা স্থান"
        call = f"{moved} বদলানো হয়েছে। {call}"
    return call


def schedule_words(meeting: Meeting) -> Content:
    """When and where a meeting is to be, in words, to tell of it after it was moved."""
    return {
        "held_on": format_date(meeting.held_on),
        "time": format_time(meeting.starts_at),
        "place": meeting.place,
    }


# --- Extracts and the book -----------------------------------------------------------------
def extract_content(
    content: Content, *, meeting: str, for_whom: str, rows: Sequence[Content]
) -> Content:
    """The decisions of settled minutes that one office or post has to carry out.

    `content` are the settled minutes and `meeting` the meeting's name; `rows` hold topic,
    decision, implementer, due.
    """
    kept = (
        "office",
        "period",
        "held_on",
        "held_on_bangla",
        "memo",
        "issued_on",
        "issued_on_bangla",
    )
    return {
        **{key: content[key] for key in kept},
        "title": str(DocumentKind.EXTRACT.label),
        "for": for_whom,
        "meeting": meeting,
        "rows": [{"serial": to_bangla(n), **row} for n, row in enumerate(rows, start=1)],
        "signature": content["issuer"] or content["signature"],
    }


def extract_row(decision: Decision) -> Content:
    return {
        "topic": decision.item.topic,
        "decision": decision.text,
        "implementer": decision.implementer_text,
        "due": due_words(decision),
    }


def book_content(
    office: Office,
    period: Period,
    minutes: Sequence[Content],
    unmet: Iterable[NoMeeting],
    *,
    on: date,
) -> Content:
    """A year's settled minutes in one volume; `minutes` are frozen contents, oldest first."""
    with translation.override("bn"):
        return {
            "office": office.name_bn,
            "title": "ইনোভেশন টিমের সভার কার্যবিবরণী",
            "period": period.label,
            "meetings": list(minutes),
            "months_unmet": [
                {"month": month_words(month.month), "reason": month.reason} for month in unmet
            ],
            "date": format_date(on),
            "bangla_date": format_bangla_date(on),
        }


def draw_document(kind: str, content: Content) -> bytes:
    """The PDF of a frozen paper."""
    return make_pdf(paper_html(TEMPLATES[DocumentKind(kind)], content)).content


def draw_book(content: Content) -> bytes:
    return make_pdf(paper_html(BOOK_TEMPLATE, content)).content


def document_filename(meeting: Meeting, kind: str, extension: str) -> str:
    """What the file is called on the officer's machine."""
    with translation.override("bn"):
        words = str(DocumentKind(kind).label)
    return f"{words} {meeting.office.place_bn} {meeting.held_on:%Y-%m-%d}.{extension}"


def book_filename(office: Office, starts_on: date) -> str:
    return f"কার্যবিবরণীর বই {office.place_bn} {Period.fiscal_year_of(starts_on).code}.pdf"


# --- Pieces --------------------------------------------------------------------------------
def due_words(decision: Decision) -> str:
    """The due date as it is printed: the day, else the words that were typed."""
    return format_date(decision.due_on) if decision.due_on else decision.due_text


def decision_letters(count: int) -> list[str]:
    """ক, খ, গ … for the decisions of one item; a single one needs none."""
    if count < 2:
        return [""] * count
    return [LETTERS[i] if i < len(LETTERS) else to_bangla(i + 1) for i in range(count)]


def _item(serial: int, item: AgendaItem, lines: Sequence[FollowUpLine]) -> Content:
    decisions: list[Decision] = item.kept_decisions  # type: ignore[attr-defined]
    return {
        "serial": to_bangla(serial),
        "topic": item.topic,
        "discussion": item.discussion or _said_of_confirmation(item),
        "follow_up": [_follow_up(line) for line in lines],
        "decisions": [
            {
                "serial": letter,
                "text": decision.text,
                "implementer": decision.implementer_text,
                "due": due_words(decision),
            }
            for letter, decision in zip(decision_letters(len(decisions)), decisions, strict=True)
        ],
    }


def _said_of_confirmation(item: AgendaItem) -> str:
    if not item.confirmation:
        return ""
    words = str(Confirmation(item.confirmation).label)
    return f"{words}: {item.correction_made}" if item.correction_made else f"{words}।"


def _follow_up(line: FollowUpLine) -> Content:
    outcome = str(FollowUpOutcome(line.outcome).label)
    if line.note and line.note.new_due_on:
        outcome += f" ({format_date(line.note.new_due_on)} পর্যন্ত)"
    latest = line.reports[0] if line.reports else None
    return {
        "decision": line.decision.text,
        "meeting": month_words(line.decision.meeting.month),
        "due": due_words(line.decision),
        "implementer": line.decision.implementer_text,
        "report": latest.last_report_text or "" if latest else "",
        "note": line.note.note if line.note else "",
        "outcome": outcome,
    }


def _when_and_where(meeting: Meeting) -> Content:
    return {
        "chair": _chair(meeting),
        "place": meeting.place,
        "held_on": format_date(meeting.held_on),
        "held_on_bangla": format_bangla_date(meeting.held_on),
        "weekday": weekday_name(meeting.held_on),
        "time": format_time(meeting.starts_at),
    }


def meeting_words(meeting: Meeting) -> str:
    kind = "বিশেষ সভা" if meeting.kind == MeetingKind.SPECIAL else "সভা"
    return meeting.title or f"{month_words(meeting.month)} মাসের {kind}"


def _of_meeting(meeting: Meeting) -> str:
    """The meeting's name in the genitive: "নভেম্বর ২০২৬ মাসের সভার"."""
    words = meeting_words(meeting)
    return f"{words}র" if words.endswith("সভা") else f"{words}-এর"


def _chair(meeting: Meeting) -> Content:
    signature = _signature(meeting.chair_post, meeting.held_on, meeting.chair_text)
    return {key: signature[key] for key in ("name", "designation", "office")}


def _issuer(meeting: Meeting) -> Content | None:
    """Who signs the letter that carries the minutes, unless the chair does."""
    if meeting.issuer_post is None or meeting.issuer_post_id == meeting.chair_post_id:
        return None
    return _signature(meeting.issuer_post, meeting.issued_on or meeting.held_on)


def _signature(post: Post | None, on: date, text: str = "") -> Content:
    """A signature block: the holder of the post on that day, or the words of old minutes."""
    if post is None:
        name, _sign, rest = text.partition(",")
        return {
            "name": name.strip(),
            "designation": rest.strip(),
            "office": "",
            "phone": "",
            "email": "",
        }
    holder = post.holder_on(on)
    return {
        "name": holder.name_bn if holder else "",
        "designation": post.designation_bn,
        "office": post.office.name_bn,
        "phone": to_bangla(post.phone),
        "email": post.email,
    }


def _issue(memo_number: str, issued_on: date | None) -> Content:
    return {
        "memo": to_bangla(memo_number),
        "issued_on": format_date(issued_on) if issued_on else "",
        "issued_on_bangla": format_bangla_date(issued_on) if issued_on else "",
    }


def _seat(seat: Seat) -> Content:
    mode = ""
    if seat.presence == Presence.ONLINE:
        mode = str(Presence.ONLINE.label)
    elif seat.presence == Presence.REPRESENTED and seat.attendance:
        who = ", ".join(filter(None, (seat.attendance.name, seat.attendance.designation)))
        mode = f"{Presence.REPRESENTED.label}: {who}" if who else str(Presence.REPRESENTED.label)
    return {
        "name": seat.holder.name_bn if seat.holder else "",
        "designation": seat.post.designation_bn,
        "office": seat.post.office.name_bn,
        "mode": mode,
    }


def _numbered(rows: Iterable[Content]) -> list[Content]:
    return [{"serial": to_bangla(n), **row} for n, row in enumerate(rows, start=1)]


def _called(meeting: Meeting) -> list[Post]:
    return [post for post in team_posts(meeting.office) if post.pk != meeting.issuer_post_id]
