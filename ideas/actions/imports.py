"""A list that was read taken into the register, whole or not at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bangla.digits import to_bangla
from bangla.text import fold, normalise, squeeze
from teams.audit import record
from teams.models import Office, User
from teams.transitions import WrongState, apply_transition

from .. import perms
from ..enums import HALT_PILOT, TRANSITIONS, IdeaChannel, IdeaStatus
from ..importers import FoundList, OfficeNames
from ..models import LONGEST_NAME, LONGEST_TITLE, Idea, IdeaImport
from ..similar import index_idea, similar_ideas
from ..timeline import IMPORT
from .pilots import begin_pilot_of

# The states an old list may give an idea. The others need what no list has: somebody who holds
# the idea for a look, or another idea it was merged into.
IMPORTABLE = (
    IdeaStatus.RECEIVED,
    IdeaStatus.SHORTLISTED,
    IdeaStatus.APPROVED,
    IdeaStatus.PILOTING,
    IdeaStatus.STOPPED,
    IdeaStatus.SHOWCASED,
    IdeaStatus.REPLICATED,
    IdeaStatus.DECLINED,
)
STAMPS = {step.target: step.stamp for step in TRANSITIONS if step.target != IdeaStatus.RECEIVED}
# A list says the same of an idea in other words; more than that is not read through for it.
MOST_COMPARED = 200
LEAST_ALIKE = 0.45  # of 1; as duplicates inside a register are looked for


class UnwritableRow(Exception):
    """A row of a list cannot become an idea; the text names row and reason, for the user."""


def office_names(office: Office) -> OfficeNames:
    """How this office and all the others may be called in a list, in one query."""
    known = Office.objects.values_list("code", "path", "name_bn", "name_en", "place_bn", "place_en")
    above = set(office.path_codes)
    own: list[str] = []
    around: list[str] = []
    others: list[str] = []
    other_places: list[str] = []
    for code, _path, *names in known:
        if code == office.code:
            own = [code, *names[:2]]
        elif code in above:
            around += names[2:]
            others += names[:2]
        else:
            others += names[:2]
            other_places += names[2:]
    return OfficeNames.of(
        own,
        place=[office.place_bn, office.place_en],
        around=around,
        others=others,
        other_places=other_places,
    )


@transaction.atomic
def keep_import(*, office: Office, found: FoundList, filename: str, by: User) -> IdeaImport:
    """Keep a list beside its register, to be looked over before it is taken in.

    What the register already holds is marked. `filename` is "" for a paste. Raises
    PermissionDenied.
    """
    if not perms.can_import_ideas(by, office.pk):
        raise PermissionDenied
    _doubt_known(office, found, by)
    read = found.as_json()
    kept = IdeaImport.objects.create(
        office=office,
        filename=filename[-255:],
        rows=read["rows"],
        skipped=read["skipped"],
        created_by=by,
    )
    after = {"rows": len(found.rows), "file": kept.filename}
    record("ideaimport.keep", kept, by=by, office=office, after=after)
    return kept


@transaction.atomic
def import_ideas(
    *, idea_import: IdeaImport, rows: Sequence[Mapping[str, Any]], by: User
) -> list[Idea]:
    """Write the looked-over rows into the register, all or none, once.

    Each row holds the texts of importers.FoundIdea, "status" (one of IMPORTABLE) and
    "received_on" (a date). An idea gets the state its list says without a meeting and without a
    letter to anybody: what was decided was decided and told long ago. Its stamp is this person's
    and today's, and the record names the file. Raises WrongState when the list was taken in
    already, UnwritableRow, PermissionDenied.
    """
    office = idea_import.office
    if not perms.can_import_ideas(by, office.pk):
        raise PermissionDenied
    now = timezone.now()
    fresh = IdeaImport.objects.filter(pk=idea_import.pk).waiting()
    if not fresh.update(applied_at=now, applied_by=by):
        raise WrongState(_("এই তালিকাটি আগেই নিবন্ধনে নেওয়া হয়েছে।"))
    ideas = [
        _write(office, _checked(row, number), now=now, by=by, filename=idea_import.filename)
        for number, row in enumerate(rows, start=1)
    ]
    after = {"rows": len(ideas), "file": idea_import.filename}
    record("ideaimport.apply", idea_import, by=by, office=office, after=after)
    return ideas


def _write(
    office: Office, row: Mapping[str, Any], *, now: datetime, by: User, filename: str
) -> Idea:
    status = IdeaStatus(row["status"])
    stamp = STAMPS.get(status)
    stamps = {f"{stamp}_at": now, f"{stamp}_by": by} if stamp else {}
    idea = Idea.objects.create(
        office=office,
        title=row["title"],
        problem=row["problem"],
        description=_with_remarks(row, status),
        benefit=row["benefit"],
        channel=IdeaChannel.STAFF,
        submitter_name=row["submitter_name"],
        submitter_detail=row["submitter_detail"],
        received_on=row["received_on"],
        status=status,
        decline_reason=_reason(row) if status == IdeaStatus.DECLINED else "",
        created_at=now,
        created_by=by,
        **stamps,
    )
    record(
        IMPORT,
        idea,
        by=by,
        office=office,
        after={"status": status.value, "reference": filename, "title": idea.title},
    )
    if status in (IdeaStatus.PILOTING, IdeaStatus.STOPPED):
        _begin_pilot(idea, row, by=by)
    index_idea(idea)
    return idea


def _begin_pilot(idea: Idea, row: Mapping[str, Any], *, by: User) -> None:
    """What is tried out has a pilot to be followed; what was tried in vain, one with its lesson."""
    pilot = begin_pilot_of(idea, by=by)
    if idea.status == IdeaStatus.STOPPED:
        apply_transition(
            pilot,
            HALT_PILOT,
            by=by,
            allowed=perms.can_import_ideas(by, idea.office_id),
            office=idea.office,
            changes={"lessons": _reason(row)},
        )


def _reason(row: Mapping[str, Any]) -> str:
    return row["remarks"] or _("তালিকায় কারণ লেখা নেই")


def _with_remarks(row: Mapping[str, Any], status: IdeaStatus) -> str:
    """Remarks that are no reason of anything stay with the proposal, so that nothing is lost."""
    description: str = row["description"]
    if not row["remarks"] or status in (IdeaStatus.DECLINED, IdeaStatus.STOPPED):
        return description
    return f"{description}\n{_('মন্তব্য')}: {row['remarks']}"


# --- What can be written -------------------------------------------------------------------
def _checked(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The row normalised. Raises UnwritableRow where the database or the register would refuse."""
    lines = {name: squeeze(row[name]) for name in ("title", "submitter_name", "submitter_detail")}
    texts = {
        name: normalise(row[name]) for name in ("problem", "description", "benefit", "remarks")
    }
    received_on: date | None = row["received_on"]
    why = _why_unwritable({**lines, **texts}, row["status"], received_on)
    if why:
        place = {"row": to_bangla(number), "why": why}
        raise UnwritableRow(_("%(row)s নম্বর সারি: %(why)s কোনো সারিই নেওয়া হয়নি।") % place)
    return {**lines, **texts, "status": row["status"], "received_on": received_on}


def _why_unwritable(words: Mapping[str, str], status: str, received_on: date | None) -> str:
    if not words["title"] or not words["description"]:
        return _("শিরোনাম বা প্রস্তাব লেখা নেই।")
    if len(words["title"]) > LONGEST_TITLE:
        return _("শিরোনাম অতিরিক্ত লম্বা।")
    if max(len(words["submitter_name"]), len(words["submitter_detail"])) > LONGEST_NAME:
        return _("প্রস্তাবকের নাম বা পরিচয় অতিরিক্ত লম্বা।")
    if received_on is None:
        return _("বছর বা তারিখ লেখা নেই।")
    if received_on > timezone.localdate():
        return _("তারিখটি আজকের পরের।")
    if status not in IMPORTABLE:
        return _("অবস্থাটি তালিকা থেকে নেওয়ার মতো নয়।")
    return ""


def _doubt_known(office: Office, found: FoundList, by: User) -> None:
    """Mark what the register holds already: under the same title, or in other words."""
    titles = Idea.objects.filter(office=office).registered().values_list("title", flat=True)
    known = {fold(title) for title in titles}
    for number, row in enumerate(found.rows):
        if fold(row.title) in known:
            row.doubt("title", _("এই শিরোনামের ধারণা নিবন্ধনে আগে থেকেই আছে।"))
        elif known and number < MOST_COMPARED:
            _doubt_alike(row, office, by)


def _doubt_alike(row: Any, office: Office, by: User) -> None:
    for alike in similar_ideas(f"{row.title}\n{row.description}", viewer=by, limit=3):
        if alike.idea.office_id == office.pk and alike.score >= LEAST_ALIKE:
            told = {"title": alike.idea.title}
            row.doubt("title", _("নিবন্ধনের “%(title)s” ধারণার সঙ্গে মিল আছে।") % told)
            return
