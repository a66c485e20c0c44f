"""What every write to a report shares: the lock, the parts, the generated words.

Every write locks the report first, so that nothing changes while it is being sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.audit import record
from teams.models import User
from teams.transitions import WrongState

from .. import perms
from ..enums import EDITABLE, SectionKey
from ..models import Report, Section
from ..sections import Facts
from ..sections.taking import counted, tables_now, values_of, words_now
from .reports import StaleReport


def open_report(report: Report, by: User) -> Report:
    """Lock the report and check that it is open to this person."""
    locked = Report.objects.select_for_update(of=("self",)).select_related("office")
    report = locked.get(pk=report.pk)
    if not by.scope.is_in_team(report.office_id):
        raise PermissionDenied
    if report.status not in EDITABLE:
        raise WrongState(
            _("প্রতিবেদনটি এখন “%(status)s”, তাই এর লেখা বদলানো যায় না।")
            % {"status": report.get_status_display()}
        )
    if not perms.can_edit_report(by, report):
        raise PermissionDenied
    return report


def open_section(section: Section, version: int, by: User) -> Section:
    """The part as it is now, if it is still the copy that was worked on."""
    report = open_report(section.report, by)
    section = Section.objects.get(pk=section.pk)
    section.report = report
    if section.version != version:
        raise StaleReport(section)
    return section


def section_of(report: Report, key: SectionKey) -> Section | None:
    section = report.sections.filter(key=key).first()
    if section:
        section.report = report
    return section


def save_section(section: Section, by: User) -> None:
    section.version += 1
    section.updated_at, section.updated_by = timezone.now(), by
    section.save()


def record_section(
    action: str,
    section: Section,
    by: User,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    others: Sequence[Section] = (),
) -> None:
    """Write what was done to one part; `others` are parts whose words have followed it."""
    named = {"section": section.key}
    record(
        action,
        section.report,
        by=by,
        office=section.report.office,
        before={**named, **(before or {})},
        after={**named, **(after or {})},
        rows=[section, *others],
    )


def take_own(section: Section, by: User, *, tables: bool = True) -> None:
    """Numbers of what belongs to the report itself follow at once."""
    facts = Facts(section.report)
    section.figures = {**section.figures, **counted(facts, section.key)}
    if tables:
        section.tables = tables_now(facts, section.key)
    if not section.is_own_words:
        write_words(section, facts)
    save_section(section, by)


def write_words(section: Section, facts: Facts) -> None:
    """Generated words from what the whole report says, this part as it is about to be saved."""
    others = section.report.sections.exclude(pk=section.pk)
    section.words = words_now(section, values_of([*others, section]), facts)
