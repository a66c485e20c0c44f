"""A list of staff, kept to be looked over, then written into the office whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit import record
from ..importers import CELLS, CheckedRow, check_staff
from ..models import Office, Post, StaffImport, User
from ..perms import can_manage_people
from ..transitions import WrongState
from .posts import PostRefused, PostWords, create_post, update_post
from .transfers import TransferRefused, transfer_post

Rows = Sequence[Mapping[str, str]]


class StaffRefused(Exception):
    """The list cannot be written; `wrong` is {row number from 1: {cell: sentence}}."""

    def __init__(self, wrong: dict[int, dict[str, str]]) -> None:
        super().__init__(wrong)
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class WrittenStaff:
    """How many posts are new, how many people came to one, how many rows changed nothing."""

    posts: int
    people: int
    settled: int


@transaction.atomic
def keep_staff(*, office: Office, rows: Rows, filename: str, by: User) -> StaffImport:
    """Keep a list beside its office, to be looked over. `filename` is "" for a paste.

    Raises PermissionDenied.
    """
    _ask(by, office)
    kept = StaffImport.objects.create(
        office=office,
        filename=filename[-255:],
        rows=[dict(row) for row in rows],
        created_by=by,
    )
    after = {"rows": len(rows), "file": kept.filename}
    record("staffimport.keep", kept, by=by, office=office, after=after)
    return kept


@transaction.atomic
def apply_staff(*, staff_import: StaffImport, rows: Rows, by: User) -> WrittenStaff:
    """Write the looked-over rows into the office, all or none, once.

    Raises StaffRefused, WrongState when the list was taken in already, PermissionDenied.
    """
    office = Office.objects.select_for_update(of=("self",)).get(pk=staff_import.office_id)
    _ask(by, office)
    waiting = StaffImport.objects.filter(pk=staff_import.pk, applied_at__isnull=True)
    if not waiting.update(applied_at=timezone.now(), applied_by=by):
        raise WrongState(_("এই তালিকাটি আগেই নেওয়া হয়েছে।"))
    checked = check_staff(rows, office=office, by=by, today=timezone.localdate())
    wrong = {row.number: row.wrong for row in checked if row.wrong}
    if wrong:
        raise StaffRefused(wrong)
    written = WrittenStaff(
        posts=sum(row.post is None for row in checked),
        people=sum(not (row.is_settled or row.is_vacant) for row in checked),
        settled=sum(row.is_settled for row in checked),
    )
    for row in checked:
        _write(row, office, by)
    record(
        "staffimport.apply",
        staff_import,
        by=by,
        office=office,
        after={
            "rows": len(checked),
            "posts": written.posts,
            "people": written.people,
            "file": staff_import.filename,
        },
    )
    return written


def _ask(by: User, office: Office) -> None:
    if not can_manage_people(by, office):
        raise PermissionDenied


def _write(row: CheckedRow, office: Office, by: User) -> None:
    """One row: its post, and who comes to it."""
    try:
        with transaction.atomic():
            post = _post(row, office, by)
            if row.is_settled or row.is_vacant or row.starts_on is None:
                return
            transfer_post(post=post, to=_person(row), starts_on=row.starts_on, by=by, kind=row.kind)
    except PostRefused as why:
        raise StaffRefused({row.number: {"designation_bn": str(why)}}) from why
    except TransferRefused as why:
        raise StaffRefused({row.number: {"joined": str(why)}}) from why
    except IntegrityError as taken:
        raise StaffRefused(
            {row.number: {"mobile": _("নম্বর বা ঠিকানাটি এর মধ্যে আরেকজন নিয়েছেন। আবার দেখুন।")}}
        ) from taken


def _post(row: CheckedRow, office: Office, by: User) -> Post:
    words = {name: row.words[name] for name in ("designation_bn", "designation_en")}
    if row.post is None:
        said = PostWords(**words, role=row.role, phone="", email="")
        return create_post(office=office, words=said, by=by)
    if row.role != row.post.role:
        seen = PostWords.of(row.post)
        changed = replace(seen, role=row.role)
        update_post(post=row.post, seen=seen, words=changed, by=by)
    return row.post


def _person(row: CheckedRow) -> User:
    """Who comes: somebody known by number or address keeps name and contact as they are."""
    known = row.person or User.objects.by_identifier(row.contact)
    if known is not None:
        return known
    return User.objects.create_user(
        name_bn=row.words["name_bn"],
        name_en=row.words["name_en"],
        mobile=row.mobile,
        email=row.email,
    )


def cells_of(row: Mapping[str, str]) -> dict[str, str]:
    """The words of a row by the names of its cells; what is missing is empty."""
    return {cell: row.get(cell, "") for cell in CELLS}
