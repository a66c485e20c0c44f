"""Writes of an idea's files: added clean, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from bangla.digits import to_bangla
from bangla.text import squeeze
from jobs.documents import store
from teams.audit import record
from teams.models import User

from .. import perms
from ..models import IdeaFile

if TYPE_CHECKING:
    from teams.uploads import CleanFile

    from ..models import Idea, Visit

LONGEST_STEM = 120  # characters of a file's name before its extension


@transaction.atomic
def add_file(
    *,
    idea: Idea,
    clean: CleanFile,
    purpose: str,
    by: User | None,
    filename: str = "",
    visit: Visit | None = None,
    caption: str = "",
) -> IdeaFile:
    """Add a file that `teams.uploads.clean_upload` has cleaned.

    `by` is None for somebody without an account. `filename` is kept only if given: what the
    public hands in is called ছবি-১.jpg, নথি-১.pdf, for a name can name a person. `visit` goes
    with FilePurpose.VISIT. Raises PermissionDenied.
    """
    if by is not None and not perms.can_add_file(by, idea):
        raise PermissionDenied
    others = IdeaFile.objects.filter(idea=idea, purpose=purpose)
    name = _named(filename, clean) or _numbered(idea, clean)
    file = IdeaFile.objects.create(
        idea=idea,
        purpose=purpose,
        visit=visit,
        # The stored name is the same for all: equal bytes are one document, whoever brought them.
        document=store(
            clean.content, content_type=clean.content_type, filename=f"idea.{clean.extension}"
        ),
        filename=name,
        caption=squeeze(caption)[:300],
        position=(others.aggregate(last=Max("position"))["last"] or 0) + 1,
        created_at=idea.created_at if by is None else timezone.now(),
        created_by=by,
    )
    record(
        "idea.add_file",
        idea,
        by=by,
        office=idea.office,
        after={"file": file.pk, "purpose": purpose, "filename": name},
        at=file.created_at,
    )
    return file


@transaction.atomic
def remove_file(*, file: IdeaFile, by: User) -> None:
    """Take a file off its idea. Raises PermissionDenied."""
    idea = file.idea
    if not perms.can_remove_file(by, idea):
        raise PermissionDenied
    record(
        "idea.remove_file",
        idea,
        by=by,
        office=idea.office,
        before={"file": file.pk, "purpose": file.purpose, "filename": file.filename},
    )
    file.delete()


def _named(filename: str, clean: CleanFile) -> str:
    """The given name, with the extension of what the file really is."""
    stem = squeeze(filename.replace("\\", "/").rpartition("/")[2])
    stem = stem.rpartition(".")[0] or stem
    return f"{stem[:LONGEST_STEM]}.{clean.extension}" if stem.strip(". ") else ""


def _numbered(idea: Idea, clean: CleanFile) -> str:
    """ছবি-১.jpg, নথি-১.pdf: what it is and the how manieth of the idea."""
    with override("bn"):  # the same for all, whatever language somebody reads
        kind = _("নথি") if clean.extension == "pdf" else _("ছবি")
    number = IdeaFile.objects.filter(idea=idea, filename__startswith=f"{kind}-").count() + 1
    return f"{kind}-{to_bangla(number)}.{clean.extension}"
