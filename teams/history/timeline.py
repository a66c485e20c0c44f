"""What was done, as people read it: who (person and post), what, when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from ..models import AuditEntry, Office, RowVersion, User
from ..models.record import AuditEntryQuerySet
from ..perms.record import KEPT_FROM_OFFICES
from .acts import in_words
from .versions import of_paper, row_name

MOST = 6  # on the page of a paper; the others have a page of their own
LONGEST_SUBJECT = 90
# Where an entry names what it is about; the first that says something counts.
NAMING = ("title", "topic", "subject", "text", "name", "caption", "filename", "file")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry. `subject` is a word of what it was about; "" for whoever may not read it."""

    entry: AuditEntry
    words: str
    subject: str
    has_changes: bool

    @property
    def who(self) -> str:
        """ "রাশিদা খানম, উপজেলা নির্বাহী অফিসার"."""
        if self.entry.by is None:
            return _("অ্যাকাউন্ট ছাড়া") if self.entry.origin == "web" else _("স্বয়ংক্রিয়")
        names = [self.entry.by.name]
        if self.entry.by_post is not None:
            names.append(self.entry.by_post.designation)
        return ", ".join(names)

    @property
    def row(self) -> str:
        """What kind of row it is: "কাজ"."""
        return row_name(self.entry.object_type)


def own_timeline(paper: Model, user: User) -> AuditEntryQuerySet:
    """The entries of a paper for a person of its own team, newest first; none for others.

    One query, whatever hangs on the paper.
    """
    office = paper.pk if isinstance(paper, Office) else paper.office_id  # type: ignore[attr-defined]
    if not user.is_authenticated or not user.scope.is_in_team(office):
        return AuditEntry.objects.none()
    entries = AuditEntry.objects.filter(of_paper(paper), office=office)
    return for_lines(entries.exclude(action__in=KEPT_FROM_OFFICES))


def for_lines(entries: AuditEntryQuerySet) -> AuditEntryQuerySet:
    """With everything that lines show."""
    versions = RowVersion.objects.filter(entry=OuterRef("pk"))
    return entries.select_related("by", "by_post", "office").annotate(has_versions=Exists(versions))


def lines_of(entries: Iterable[AuditEntry], *, with_words: bool = True) -> list[Line]:
    """Made of what `for_lines` gives."""
    return [
        Line(
            entry,
            in_words(entry.action),
            _subject(entry) if with_words else "",
            bool(entry.has_versions or entry.before or entry.after),  # type: ignore[attr-defined]
        )
        for entry in entries
    ]


def _subject(entry: AuditEntry) -> str:
    for told in (entry.after, entry.before):
        for name in NAMING:
            words = told.get(name)
            if isinstance(words, str) and words.strip():
                line = words.strip().splitlines()[0]
                return line if len(line) <= LONGEST_SUBJECT else f"{line[:LONGEST_SUBJECT]}…"
    return ""
