"""The pictures of a report's annex: added clean, captioned, put in order, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bangla.text import squeeze
from jobs.documents import store
from teams.audit import record
from teams.models import User

from ..enums import SectionKey
from ..models import Report, ReportPicture, Section
from .writing import open_report, section_of, take_own

if TYPE_CHECKING:
    from teams.uploads import CleanFile


@transaction.atomic
def add_report_picture(
    *, report: Report, clean: CleanFile, caption: str, by: User
) -> ReportPicture:
    """Add a picture that `teams.uploads.clean_upload` has cleaned; the same one only once.

    Raises PermissionDenied, WrongState, ValidationError.
    """
    report = open_report(report, by)
    caption = _checked_caption(caption)
    document = store(
        clean.content, content_type=clean.content_type, filename=f"report.{clean.extension}"
    )
    last = report.pictures.aggregate(last=Max("position"))["last"] or 0
    picture, created = ReportPicture.objects.get_or_create(
        report=report,
        document=document,
        defaults={"caption": caption, "position": last + 1, "created_by": by},
    )
    if created:
        parts = _take_pictures(report, by)
        _record_picture("report.add_picture", picture, by, after={"caption": caption}, rows=parts)
    return picture


@transaction.atomic
def caption_report_picture(*, picture: ReportPicture, caption: str, by: User) -> ReportPicture:
    """Raises PermissionDenied, WrongState, ValidationError."""
    open_report(picture.report, by)
    before, picture.caption = picture.caption, _checked_caption(caption)
    picture.save(update_fields=["caption"])
    _record_picture(
        "report.caption_picture",
        picture,
        by,
        before={"caption": before},
        after={"caption": picture.caption},
    )
    return picture


@transaction.atomic
def move_report_picture(*, picture: ReportPicture, up: bool, by: User) -> None:
    """One place up or down; at the edge nothing happens. Raises PermissionDenied, WrongState."""
    report = open_report(picture.report, by)
    rows = list(report.pictures.all())
    at = next((i for i, row in enumerate(rows) if row.pk == picture.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if at is None or to is None or not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    ReportPicture.objects.bulk_update(rows, ["position"])
    _record_picture("report.move_picture", picture, by, after={"position": to + 1})


@transaction.atomic
def remove_report_picture(*, picture: ReportPicture, by: User) -> None:
    """Raises PermissionDenied, WrongState."""
    report = open_report(picture.report, by)
    pk = picture.pk
    picture.delete()
    picture.pk = pk  # for the record
    parts = _take_pictures(report, by)
    before = {"caption": picture.caption}
    _record_picture("report.remove_picture", picture, by, before=before, rows=parts)


def _checked_caption(caption: str) -> str:
    """A picture without words tells a blind reader nothing."""
    caption = squeeze(caption)
    if not caption:
        raise ValidationError(_("ছবিতে কী দেখা যাচ্ছে, তা লিখুন।"))
    return caption[: ReportPicture._meta.get_field("caption").max_length]


def _record_picture(
    action: str,
    picture: ReportPicture,
    by: User,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    rows: Sequence[Section] = (),
) -> None:
    record(
        action,
        picture.report,
        by=by,
        office=picture.report.office,
        before={"picture": picture.pk, **(before or {})} if before else None,
        after={"picture": picture.pk, **(after or {})} if after else None,
        rows=rows,
    )


def _take_pictures(report: Report, by: User) -> list[Section]:
    """Pictures are the report's own: their number follows at once, its tables do not.

    Returns the part that says it, if the report has it.
    """
    section = section_of(report, SectionKey.ANNEXES)
    if section is None:
        return []
    take_own(section, by, tables=False)
    return [section]
