"""What will come of each row of a list of staff, and what must be mended before anything does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from bangla.dates import parse_date
from bangla.digits import to_ascii
from bangla.text import fold, squeeze

from ..enums import HoldingKind, Role
from ..models import MOBILE, Office, Post, PostHolding, User, canonical_mobile
from ..perms import can_change_post, roles_for
from ..templatetags.bangla_tags import day, digits

_FIRST_YEAR: Final = 1971
# Given by the office order of a team, and by nothing else.
_BY_ORDER: Final = frozenset({Role.INNOVATION_OFFICER, Role.MEMBER})
_OVER_ALL: Final = frozenset({Role.CABINET_REVIEWER, Role.SYSTEM_ADMINISTRATOR})
# Understood in a list, but nothing to propose to whoever mistyped.
_NOT_WRITTEN: Final = _BY_ORDER | _OVER_ALL
_LONGEST: Final = {
    "name_bn": 150,
    "name_en": 150,
    "designation_bn": 200,
    "designation_en": 200,
    "email": 254,
}
# How officers write these, folded; the labels of the choices are understood as well.
_KIND_WORDS: Final = {
    "নিয়মিত": HoldingKind.REGULAR,
    "অতিরিক্ত": HoldingKind.ADDITIONAL,
    "অতিঃদায়িত্ব": HoldingKind.ADDITIONAL,
    "ভারপ্রাপ্ত": HoldingKind.IN_CHARGE,
    "চলতিদায়িত্ব": HoldingKind.IN_CHARGE,
    "regular": HoldingKind.REGULAR,
    "additional": HoldingKind.ADDITIONAL,
    "incharge": HoldingKind.IN_CHARGE,
}
_ROLE_WORDS: Final = {
    "প্রধান": Role.HEAD,
    "অফিসপ্রধান": Role.HEAD,
    "head": Role.HEAD,
    "ইনোভেশনকর্মকর্তা": Role.INNOVATION_OFFICER,
    "চিফইনোভেশনঅফিসার": Role.INNOVATION_OFFICER,
    "innovationofficer": Role.INNOVATION_OFFICER,
    "টিমেরসদস্য": Role.MEMBER,
    "member": Role.MEMBER,
    "কর্মকর্তা": Role.STAFF,
    "কর্মচারী": Role.STAFF,
    "staff": Role.STAFF,
}


@dataclass
class CheckedRow:
    """One row understood: values ready to be written, and sentences by cell.

    `wrong` must be mended, `doubts` looked at; `notes` say what will happen. `post` and `person`
    are those known already. A row that says what is so already is `is_settled`.
    """

    number: int
    words: Mapping[str, str]
    wrong: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    mobile: str = ""
    email: str = ""
    starts_on: date | None = None
    kind: str = HoldingKind.REGULAR
    role: str = ""
    post: Post | None = None
    person: User | None = None
    is_settled: bool = False

    @property
    def is_vacant(self) -> bool:
        """A row that names a post and nobody on it."""
        return not any(self.words[cell] for cell in ("name_bn", "name_en", "mobile", "email"))

    @property
    def changes_holder(self) -> bool:
        return not (self.is_settled or self.is_vacant)

    @property
    def contact(self) -> str:
        return self.mobile or self.email

    def refuse(self, cell: str, reason: str) -> None:
        self.wrong.setdefault(cell, reason)


def check_staff(
    rows: Sequence[Mapping[str, str]], *, office: Office, by: User, today: date
) -> list[CheckedRow]:
    """Understand the rows as this person would write them into this office.

    Each row has every name of header.CELLS, and "number" if it is not its place among the rows.
    A fixed number of queries.
    """
    checked = [
        _read(int(row.get("number", place)), row, today) for place, row in enumerate(rows, start=1)
    ]
    _check_against_each_other(checked)
    _check_posts(checked, office)
    _check_roles(checked, office, by)
    _check_people(checked, by, today)
    return checked


# --- One row by itself -------------------------------------------------------------------------
def _read(number: int, words: Mapping[str, str], today: date) -> CheckedRow:
    row = CheckedRow(number, words)
    for cell, longest in _LONGEST.items():
        if len(words[cell]) > longest:
            row.refuse(cell, _("লেখাটি %(most)s অক্ষরের মধ্যে রাখুন।") % {"most": digits(longest)})
    if not words["designation_bn"]:
        row.refuse("designation_bn", _("পদবি লিখুন।"))
    _read_contact(row)
    if not row.is_vacant:
        if not words["name_bn"]:
            row.refuse("name_bn", _("কর্মকর্তার নাম বাংলায় লিখুন।"))
        if not words["mobile"] and not words["email"]:
            row.refuse("mobile", _("মোবাইল নম্বর বা ই-মেইল, অন্তত একটি লিখুন; এটি দিয়েই লগ-ইন হবে।"))
        _read_day(row, today)
    row.kind = _chosen(row, "kind", HoldingKind.choices, _KIND_WORDS) or HoldingKind.REGULAR
    row.role = _chosen(row, "role", Role.choices, _ROLE_WORDS)
    return row


def _read_contact(row: CheckedRow) -> None:
    if row.words["mobile"]:
        row.mobile = _mobile(row.words["mobile"])
        try:
            MOBILE(row.mobile)
        except ValidationError:
            row.mobile = ""
            row.refuse("mobile", _("মোবাইল নম্বর ১১ অঙ্কের হবে, যেমন ০১৭১২৩৪৫৬৭৮। ঠিক করে লিখুন।"))
    if row.words["email"]:
        row.email = row.words["email"].strip().lower()
        try:
            validate_email(row.email)
        except ValidationError:
            row.email = ""
            row.refuse("email", _("ই-মেইল ঠিকানাটি ঠিক নেই; যেমন uno.kaliganj@mopa.gov.bd।"))


def _mobile(written: str) -> str:
    """The number as usual, also when Excel has eaten the zero it begins with."""
    short = "".join(sign for sign in to_ascii(written) if sign.isdigit())
    is_cut = len(short) == len("1712345678") and short.startswith("1")
    return canonical_mobile(f"0{short}" if is_cut else written)


def _read_day(row: CheckedRow, today: date) -> None:
    written = row.words["joined"]
    if not written:
        row.starts_on = today
        row.notes["joined"] = _("তারিখ লেখা নেই; আজ থেকে ধরা হবে।")
        return
    row.starts_on = parse_date(written).value
    if row.starts_on is None:
        row.refuse("joined", _("তারিখটি পড়া গেল না। এভাবে লিখুন: ২১/১১/২০২৬।"))
    elif not _FIRST_YEAR <= row.starts_on.year <= today.year + 1:
        row.refuse("joined", _("তারিখটি অনেক আগের বা পরের। সাল মিলিয়ে লিখুন।"))


def _chosen(
    row: CheckedRow,
    cell: str,
    choices: Sequence[tuple[str, object]],
    words: Mapping[str, str],
) -> str:
    """The choice a cell names in words, "" for none."""
    written = _compact(row.words[cell])
    if not written:
        return ""
    known = {_compact(str(label)): value for value, label in choices}
    known |= {_compact(word): value for word, value in words.items()}
    known |= {_compact(value): value for value, _label in choices}
    if written not in known:
        offered = ", ".join(str(label) for value, label in choices if value not in _NOT_WRITTEN)
        row.refuse(
            cell,
            _("“%(words)s” চেনা গেল না। লিখুন: %(offered)s।")
            % {"words": row.words[cell], "offered": offered},
        )
    return str(known.get(written, ""))


def _compact(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum() or "\u0980" <= sign <= "\u09ff")


# --- Rows beside each other --------------------------------------------------------------------
def _check_against_each_other(rows: Sequence[CheckedRow]) -> None:
    first: dict[tuple[str, str], CheckedRow] = {}
    for row in rows:
        designation = fold(squeeze(row.words["designation_bn"]))
        earlier = first.setdefault(("designation", designation), row)
        if designation and earlier is not row:
            row.refuse(
                "designation_bn",
                _("এই পদবি %(row)s নম্বর সারিতেও আছে। একটি বাদ দিন, বা শাখার নাম যোগ করে আলাদা করুন।")
                % {"row": digits(earlier.number)},
            )
        for cell, value in (("mobile", row.mobile), ("email", row.email)):
            earlier = first.setdefault((cell, value), row)
            if value and earlier is not row:
                _compare(cell, earlier, row)
    heads = [row for row in rows if row.role == Role.HEAD]
    for row in heads[1:]:
        row.refuse(
            "role",
            _("%(row)s নম্বর সারিতেও দপ্তর প্রধান আছেন; দপ্তরে একজনই হন। একটি ভূমিকা বদলান।")
            % {"row": digits(heads[0].number)},
        )


def _compare(cell: str, earlier: CheckedRow, row: CheckedRow) -> None:
    """Two rows with one number or address: one person on two posts, or a slip of the pen."""
    told = {"row": digits(earlier.number)}
    if fold(earlier.words["name_bn"]) != fold(row.words["name_bn"]):
        row.refuse(
            cell, _("%(row)s নম্বর সারিতে আরেকজনের জন্য একই লেখা আছে। কোনটি কার, মিলিয়ে লিখুন।") % told
        )
    elif row.kind == earlier.kind == HoldingKind.REGULAR:
        row.refuse(
            "kind",
            _("একই ব্যক্তি %(row)s নম্বর সারিতে নিয়মিত পদে আছেন। এখানে “অতিরিক্ত দায়িত্ব” লিখুন।") % told,
        )


# --- Rows beside what the office has -----------------------------------------------------------
def _check_posts(rows: Sequence[CheckedRow], office: Office) -> None:
    """Which rows are about a post the office has, and who is on it."""
    posts = office.posts.prefetch_related("holdings__person")
    by_name = {fold(squeeze(post.designation_bn)): post for post in posts}
    for row in rows:
        post = by_name.get(fold(squeeze(row.words["designation_bn"])))
        if post is not None and not post.is_active:
            row.refuse("designation_bn", _("এই পদটি বন্ধ করা আছে। আগে পদটি আবার চালু করুন।"))
        elif post is not None:
            row.post = post
            _check_holder(row, post)
        elif row.words["designation_bn"]:
            row.notes["designation_bn"] = _("নতুন পদ হবে।")


def _check_roles(rows: Sequence[CheckedRow], office: Office, by: User) -> None:
    """Who leads or is in the team, its office order says; all else within what `by` may give."""
    allowed = {str(role) for role in roles_for(by, office)}
    is_administrator = by.scope.has_role(Role.SYSTEM_ADMINISTRATOR)
    for row in rows:
        now = row.post.role if row.post else ""
        if now in _OVER_ALL and not is_administrator:
            row.refuse(
                "designation_bn", _("এই পদ শুধু সিস্টেম অ্যাডমিনিস্ট্রেটর বদলাতে পারেন। সারিটি বাদ দিন।")
            )
        elif (
            row.post
            and now == Role.HEAD
            and row.changes_holder
            and not can_change_post(by, row.post)
        ):
            row.refuse(
                "designation_bn",
                _("ভারপ্রাপ্ত থেকে দপ্তর প্রধানের পদ বদলানো যায় না; ঊর্ধ্বতন দপ্তর বদলাবে। সারিটি বাদ দিন।"),
            )
        if not row.role or row.role == now:
            row.role = now or Role.STAFF
        elif row.role in _BY_ORDER or now in _BY_ORDER:
            row.role = now or Role.STAFF
            told = {"role": Role(row.role).label}
            row.doubts["role"] = (
                _("টিমের ভূমিকা অফিস আদেশে ঠিক হয়; আদেশ জারি না হওয়া পর্যন্ত “%(role)s”।") % told
            )
        elif row.role not in allowed:
            row.refuse("role", _why_not(row.role))
        elif now:
            told = {"now": Role(now).label, "then": Role(row.role).label}
            row.doubts["role"] = _("ভূমিকা “%(now)s” থেকে “%(then)s” হবে।") % told


def _why_not(role: str) -> str:
    if role == Role.HEAD:
        return _("দপ্তর প্রধানের পদ আগেই আছে; দপ্তরে একটিই হয়। পদবি মিলিয়ে নিন বা ভূমিকা খালি রাখুন।")
    return _("এই ভূমিকা আপনি দিতে পারেন না। ভূমিকার ঘরটি খালি রাখুন।")


def _check_holder(row: CheckedRow, post: Post) -> None:
    """Who is on the post now, and whether the newcomer can follow."""
    holdings: list[PostHolding] = list(post.holdings.all())
    now = next((one for one in holdings if one.ends_on is None), None)
    if row.is_vacant:
        if now is not None:
            told = {"person": now.person.name}
            row.doubts["name_bn"] = _("সারিতে কারও নাম নেই; %(person)s পদে থেকে যাবেন।") % told
        return
    if now is None or row.starts_on is None:
        return
    if {row.mobile, row.email} & {now.person.mobile, now.person.email} - {""}:
        row.person, row.is_settled = now.person, True
        row.notes["name_bn"] = _("আগে থেকেই এই পদে আছেন; নতুন করে কিছু লেখা হবে না।")
        row.notes.pop("joined", None)
        return
    told = {"person": now.person.name, "day": day(now.starts_on)}
    if now.starts_on >= row.starts_on:
        sentence = _("%(person)s এই পদে আছেন %(day)s থেকে। তার পরের একটি তারিখ লিখুন।")
        row.refuse("joined", sentence % told)
    else:
        told["day"] = day(row.starts_on)
        row.notes["designation_bn"] = (
            _("এখন আছেন %(person)s; %(day)s তারিখে তাঁর জায়গায় নতুন কর্মকর্তা আসবেন।") % told
        )


def _check_people(rows: Sequence[CheckedRow], by: User, today: date) -> None:
    """Who of the list is known. Said only of people whom the person who asks may see."""
    mobiles = [row.mobile for row in rows if row.mobile]
    emails = [row.email for row in rows if row.email]
    people = User.objects.filter(mobile__in=mobiles) | User.objects.filter(email__in=emails)
    known = list(people)
    by_contact = {value: one for one in known for value in (one.mobile, one.email.lower()) if value}
    shown = set(
        User.objects.visible_to(by)
        .filter(pk__in=[one.pk for one in known])
        .values_list("pk", flat=True)
    )
    held = PostHolding.objects.on(today).filter(person__in=known, kind=HoldingKind.REGULAR)
    posts = {one.person_id: one.post for one in held.select_related("post__office")}
    for row in rows:
        owners = [by_contact[one] for one in (row.mobile, row.email) if one in by_contact]
        if len({one.pk for one in owners}) > 1:
            row.refuse("email", _("এই মোবাইল ও ই-মেইল একসঙ্গে নেওয়া যায় না। যেটি নিশ্চিত, শুধু সেটি রাখুন।"))
        if owners and not row.is_settled:
            row.person = owners[0]
            if row.person.pk in shown:
                _tell_of(row, row.person, posts.get(row.person.pk))


def _tell_of(row: CheckedRow, person: User, post: Post | None) -> None:
    told = {"person": person.name_bn}
    if fold(person.name_bn) != fold(row.words["name_bn"]):
        row.doubts["name_bn"] = (
            _("এই নম্বর বা ই-মেইল %(person)s-এর; তাঁর নাম যেমন আছে তেমনই থাকবে।") % told
        )
    if post is not None and row.kind == HoldingKind.REGULAR and post != row.post:
        told |= {"post": post.designation, "office": post.office.place}
        row.doubts["kind"] = (
            _("%(person)s এখন %(office)s-এ “%(post)s” পদে আছেন। দুটিই থাকলে “অতিরিক্ত দায়িত্ব” লিখুন।")
            % told
        )
