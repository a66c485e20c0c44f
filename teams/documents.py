"""The office order that forms a team: records to content, in Bengali, as plain data.

`order_content` gives, with every value a string (digits Bengali, "" when there is nothing to say)
unless another type is named:

==================  ==========================================================================
office              the team's office
issuer              the office whose letter it is; another one where the rule says so
title               অফিস আদেশ
period              the day of the order, for the title of the file
is_draft            bool; False in what is frozen at issue
memo                memo number; "" leaves a line to fill in
issued_on           the day of the order in the Gregorian calendar
issued_on_bangla    the same day in the Bangla calendar
subject             বিষয়
reference           সূত্র: the gazette, by the source of the team's rule
preamble            what is ordered; lines are paragraphs
members             list of {serial, name, designation, office, seat, backgrounds}; an empty post
                    has no name
shows_backgrounds   bool: whether any member is there for a background, so that there is a column
terms               list of {serial, text}: the duties in force that day
closing             what follows the duties; lines are paragraphs
signature           {name, designation, office, phone, email} of the head of `issuer`
copies              list of {heading, lines: list of strings}; [] without copies
distribution        {memo, issued_on, issued_on_bangla}: the line above the copies, whose memo
                    number carries their count (…১৮৩/১(১২)); None without copies
==================  ==========================================================================

templates/pdf/team_order.html, teams/order_word.py and templates/teams/_order.html draw it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import to_bangla

from .enums import Role, TeamStatus, Tier
from .models import (
    CompositionRule,
    Membership,
    Office,
    Post,
    Team,
    TeamDocument,
    TermOfReference,
    User,
)
from .papers import head_signature, make_pdf, paper_html, signing_designation
from .prints import order_print

Content = dict[str, Any]

ORDER_PDF = "teams.order_pdf"
TEMPLATE = "pdf/team_order.html"
TITLE = "অফিস আদেশ"
COPIES_HEADING = "অনুলিপি সদয় জ্ঞাতার্থে ও প্রয়োজনীয় কার্যার্থে (জ্যেষ্ঠতার ক্রমে নয়):"
ICT_CELL = "আইসিটি সেল, মন্ত্রিপরিষদ বিভাগ, বাংলাদেশ সচিবালয়, ঢাকা"
FILE_COPY = "অফিস কপি"
FIELD_TIERS = frozenset({Tier.DIVISION, Tier.DISTRICT, Tier.UPAZILA})


def order_content(team: Team, *, is_draft: bool = False) -> Content:
    """Everything the order says, as the team stands (a fixed number of queries).

    Who signs, who is in it and what it ends are those of the day of the order, so that an order
    written down years later says what it said then.
    """
    with translation.override("bn"):
        members = _members_of(team)
        earlier = _earlier(team)
        copies = _lines(team.copies) or _usual_copies(team, members)
        dates = {
            "issued_on": format_date(team.formed_on),
            "issued_on_bangla": format_bangla_date(team.formed_on),
        }
        memo = to_bangla(team.memo_number)
        return {
            "office": team.office.name_bn,
            "issuer": team.issuing_office.name_bn,
            "title": TITLE,
            "period": dates["issued_on"],
            "is_draft": is_draft,
            "memo": memo,
            **dates,
            "subject": team.subject or _usual_subject(team.office, earlier),
            "reference": _gazette(team.rule),
            "preamble": team.preamble or _usual_preamble(team.office, earlier),
            "members": _rows(members, team),
            "shows_backgrounds": any(member.backgrounds.all() for member in members),
            "terms": [
                {"serial": to_bangla(term.number), "text": term.text_bn}
                for term in TermOfReference.objects.covering(team.formed_on).order_by("number")
            ],
            "closing": team.closing or _usual_closing(earlier),
            "signature": head_signature(team.issuing_office, on=team.formed_on),
            "copies": [{"heading": COPIES_HEADING, "lines": copies}] if copies else [],
            "distribution": {"memo": _memo_of_copies(memo, len(copies)), **dates}
            if copies
            else None,
        }


def content_of(team: Team) -> Content:
    """The order as it was frozen; of a draft, as it stands."""
    if team.status != TeamStatus.DRAFT and team.content is not None:
        frozen: Content = team.content
        return frozen
    return order_content(team, is_draft=True)


# --- What an order says unless somebody writes something else ------------------------------
def _usual_subject(office: Office, earlier: Team | None) -> str:
    return f"{office.name_bn}-এর ইনোভেশন টিম {_verb(earlier)}।"


def _usual_preamble(office: Office, earlier: Team | None) -> str:
    return (
        f"সূত্রে উল্লিখিত প্রজ্ঞাপন অনুযায়ী নিচের কর্মকর্তাদের নিয়ে {office.name_bn}-এর "
        f"ইনোভেশন টিম {_verb(earlier)} করা হলো।"
    )


def _usual_closing(earlier: Team | None) -> str:
    """Ends the order that formed the team before, and says from when on this one counts."""
    words = []
    if earlier:
        day, memo = format_date(earlier.formed_on), to_bangla(earlier.memo_number)
        order = f"{day} তারিখের {memo} নম্বর স্মারকের" if memo else f"{day} তারিখের"
        words.append(f"আগের টিম গঠনের {order} অফিস আদেশ এতদ্বারা বাতিল করা হলো।")
    words.append("জনস্বার্থে জারি করা এই আদেশ অবিলম্বে কার্যকর হবে।")
    return " ".join(words)


def _usual_copies(team: Team, members: Sequence[Membership]) -> list[str]:
    """The Cabinet Division, who stands above, the office itself unless its head is a member, the
    members, the file."""
    superior = team.office.parent
    offices = [ICT_CELL]
    if superior and superior.tier != Tier.CABINET and superior.pk != team.issuing_office_id:
        offices.append(superior.name_bn)
    is_head_in_it = any(
        member.post.role == Role.HEAD and member.post.office_id == team.office_id
        for member in members
    )
    if team.issuing_office_id != team.office_id and not is_head_in_it:
        offices.append(team.office.name_bn)
    posts = [
        f"{member.post.designation_bn}, {_workplace(member.post.office)}" for member in members
    ]
    return [*offices, *posts, FILE_COPY]


def _verb(earlier: Team | None) -> str:
    return "পুনর্গঠন" if earlier else "গঠন"


def _memo_of_copies(memo: str, count: int) -> str:
    """Copies carry the letter's number with their count behind it."""
    return f"{memo}/১({to_bangla(count)})" if memo else ""


# --- Paper ---------------------------------------------------------------------------------
def order_order_pdf(team: Team, *, by: User) -> TeamDocument:
    """Have the order printed as it was frozen; of a draft, as it stands."""
    content = content_of(team)
    return order_print(
        TeamDocument.objects.all(),
        job_kind=ORDER_PDF,
        content=content,
        by=by,
        team=team,
        is_draft=content["is_draft"],
    )


def order_html(content: Mapping[str, Any]) -> str:
    return paper_html(TEMPLATE, content)


def draw_order(content: Mapping[str, Any]) -> bytes:
    """The PDF of an order."""
    return make_pdf(order_html(content)).content


def order_filename(team: Team, extension: str, *, is_draft: bool | None = None) -> str:
    """What the file is called on the officer's machine; of an order that is no draft any more an
    early print may still be one."""
    if is_draft is None:
        is_draft = team.status == TeamStatus.DRAFT
    words = "ইনোভেশন টিমের অফিস আদেশ" + (" (খসড়া)" if is_draft else "")
    return f"{words} {team.office.place_bn} {team.formed_on:%Y-%m-%d}.{extension}"


# --- Pieces --------------------------------------------------------------------------------
def _members_of(team: Team) -> list[Membership]:
    return list(
        team.memberships.select_related("post__office", "person")
        .prefetch_related("backgrounds")
        .order_by("position", "pk")
    )


def _rows(members: Sequence[Membership], team: Team) -> list[Content]:
    """The table of members. Who is not named yet is who holds the post on the day of the order."""
    posts = Post.objects.filter(memberships__team=team).with_holders(team.formed_on)
    held = {post.pk: post.holding_on(team.formed_on) for post in posts}
    rows = []
    for number, member in enumerate(members, start=1):
        holding = held[member.post_id]
        if holding and member.person_id not in (None, holding.person_id):
            holding = None  # somebody else was named, for whatever reason
        person = member.person or (holding.person if holding else None)
        rows.append(
            {
                "serial": to_bangla(number),
                "name": person.name_bn if person else "",
                "designation": signing_designation(member.post, holding),
                "office": _workplace(member.post.office),
                "seat": str(member.get_seat_display()),
                "backgrounds": ", ".join(one.name_bn for one in member.backgrounds.all()),
            }
        )
    return rows


def _gazette(rule: CompositionRule) -> str:
    """The gazette as an order cites it. What stands behind a semicolon in the source of a rule is
    a note of ours: what of it is still to be checked, or how it was read."""
    return rule.source.partition(";")[0].strip()


def _workplace(office: Office) -> str:
    """Where a member works. In the field posts of many departments sit in one team, and their
    office is known by its place: "কালীগঞ্জ, গাজীপুর" for both the UNO's and the teacher's."""
    if office.tier not in FIELD_TIERS:
        return office.name_bn
    return office.name_bn.partition(", ")[2] or office.place_bn


def _earlier(team: Team) -> Team | None:
    """The team that was in force on the day of the order, which this one replaces."""
    before = Team.objects.on(team.formed_on).filter(office_id=team.office_id)
    return before.exclude(pk=team.pk).order_by("formed_on", "pk").last()


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
