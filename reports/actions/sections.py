"""Writing the parts of a report: words, numbers taken or typed, parts left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bangla.text import normalise, squeeze
from teams.models import User
from teams.transitions import WrongState

from ..enums import SectionKey
from ..models import Section
from ..sections import Facts, Unit, figure_kind
from ..sections.figures import plain, to_cents
from ..sections.taking import TELLS_OF_OTHERS, counted, tables_now, values_of, words_now
from .writing import open_section, record_section, save_section, write_words

LARGEST = Decimal(10) ** 17
WHOLE = frozenset({Unit.PIECES, Unit.PEOPLE, Unit.PERCENT, Unit.TIMES})


# --- Words --------------------------------------------------------------------------------------
@transaction.atomic
def update_section(*, section: Section, version: int, words: str, by: User) -> Section:
    """Save the office's own words, typed from copy `version`.

    Raises PermissionDenied, WrongState, StaleReport (with the part as it is now).
    """
    section = open_section(section, version, by)
    words = normalise(words)
    if words == section.words:
        return section
    before = section.words
    section.words, section.is_own_words = words, True
    save_section(section, by)
    record_section("section.update", section, by, before={"words": before}, after={"words": words})
    return section


@transaction.atomic
def restore_words(*, section: Section, version: int, by: User) -> Section:
    """Back to the generated words, which follow the numbers again.

    Raises PermissionDenied, WrongState, StaleReport.
    """
    section = open_section(section, version, by)
    before, section.is_own_words = section.words, False
    write_words(section, Facts(section.report))
    save_section(section, by)
    record_section(
        "section.restore", section, by, before={"words": before}, after={"words": section.words}
    )
    return section


# --- Numbers and tables -------------------------------------------------------------------------
@transaction.atomic
def take_offer(
    *,
    section: Section,
    version: int,
    by: User,
    figures: Collection[str] | None = None,
    tables: bool = True,
    words: bool = True,
) -> Section:
    """Let the part say what the records say now.

    `figures` names the numbers to take; None is every one but those the office typed itself,
    which are taken back only by name. Generated words follow; own words never change. `words`
    False leaves even generated ones that tell of more than the numbers.
    Raises PermissionDenied, WrongState, StaleReport.
    """
    section = open_section(section, version, by)
    facts = Facts(section.report)
    before = dict(section.figures)
    taken = counted(facts, section.key, figures)
    if figures is None:
        taken = {key: new for key, new in taken.items() if not _is_own(section, key)}
    section.figures = {**section.figures, **taken}
    if tables:
        section.tables = tables_now(facts, section.key)
        _follow_plan(section, facts)
    if not section.is_own_words and (words or section.figures != before):
        write_words(section, facts)
    save_section(section, by)
    others = _tell_elsewhere(section, by)
    record_section(
        "section.take",
        section,
        by,
        before={"figures": _differing(before, section.figures)},
        after={"figures": _differing(section.figures, before), "tables": tables},
        others=others,
    )
    return section


@transaction.atomic
def set_own_figure(
    *, section: Section, figure: str, value: Decimal, reason: str, version: int, by: User
) -> Section:
    """Say another number than the records do, for a reason that the reviewer reads.

    Raises PermissionDenied, WrongState, StaleReport, ValidationError; KeyError for a number the
    part does not have.
    """
    section = open_section(section, version, by)
    value = _checked(section.key, figure, value)
    reason = squeeze(reason)
    if not reason:
        raise ValidationError(_("হাতে লেখা সংখ্যার কারণ লিখুন।"))
    before = section.figures.get(figure, {})
    own = {"value": plain(value), "is_own": True, "reason": reason}
    section.figures = {**section.figures, figure: own}
    if not section.is_own_words:
        write_words(section, Facts(section.report))
    save_section(section, by)
    others = _tell_elsewhere(section, by)
    record_section(
        "section.own_figure",
        section,
        by,
        before={figure: before},
        after={figure: own},
        others=others,
    )
    return section


# --- Parts --------------------------------------------------------------------------------------
@transaction.atomic
def leave_out_section(*, section: Section, reason: str, version: int, by: User) -> Section:
    """The report goes without this part, for a reason.

    Raises PermissionDenied, WrongState (also for a part that no report goes without),
    StaleReport, ValidationError.
    """
    section = open_section(section, version, by)
    if section.is_required:
        raise WrongState(
            _("“%(title)s” অংশটি ছাড়া প্রতিবেদন হয় না, তাই বাদ দেওয়া যাবে না।") % {"title": section.title}
        )
    reason = squeeze(reason)
    if not reason:
        raise ValidationError(_("অংশটি কেন থাকবে না, তা লিখুন।"))
    section.is_left_out, section.left_out_reason = True, reason
    save_section(section, by)
    record_section("section.leave_out", section, by, after={"reason": reason})
    return section


@transaction.atomic
def bring_back_section(*, section: Section, version: int, by: User) -> Section:
    """Raises PermissionDenied, WrongState, StaleReport."""
    section = open_section(section, version, by)
    before = section.left_out_reason
    section.is_left_out, section.left_out_reason = False, ""
    save_section(section, by)
    record_section("section.bring_back", section, by, before={"reason": before})
    return section


# --- How these are done -------------------------------------------------------------------------
def _tell_elsewhere(changed: Section, by: User) -> list[Section]:
    """Generated words of other parts that tell of this one's numbers follow them.

    Returns the parts whose words did.
    """
    followed = []
    sections = list(changed.report.sections.all())
    values = values_of(sections)
    for section in sections:
        tells = SectionKey(section.key) in TELLS_OF_OTHERS and section.pk != changed.pk
        if not tells or section.is_own_words:
            continue
        words = words_now(section, values)
        if words != section.words:
            section.words = words
            save_section(section, by)
            followed.append(section)
    return followed


def _follow_plan(section: Section, facts: Facts) -> None:
    """The report shows the plan whose rows it took."""
    report = section.report
    if section.key == SectionKey.PLAN and facts.plan and report.plan_id != facts.plan.pk:
        report.plan = facts.plan
        report.save(update_fields=["plan"])


def _is_own(section: Section, figure: str) -> bool:
    return bool(section.figures.get(figure, {}).get("is_own"))


def _differing(these: Mapping[str, Any], those: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in these.items() if those.get(key) != value}


def _checked(section: str, figure: str, value: Decimal) -> Decimal:
    """The number as it can be kept and added up. Raises ValidationError, KeyError."""
    kind = figure_kind(section, figure)
    if not value.is_finite() or abs(value) >= LARGEST:
        raise ValidationError(_("সংখ্যাটি অনেক বড়। আবার দেখে লিখুন।"))
    if kind.measured_in in WHOLE and value != value.to_integral_value():
        raise ValidationError(_("এখানে পূর্ণ সংখ্যা লিখুন।"))
    if value < 0 and not figure.startswith("saved_"):
        raise ValidationError(_("সংখ্যাটি ০ বা তার বেশি হতে হবে।"))
    if kind.measured_in == Unit.PERCENT and value > 100:
        raise ValidationError(_("শতাংশ ১০০-এর বেশি হতে পারে না।"))
    return to_cents(value)
