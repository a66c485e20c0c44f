"""The meetings of a period and what they decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from bangla.digits import to_bangla
from meetings.enums import DecisionStatus, MeetingKind
from meetings.models import Decision, Meeting

from ..enums import SectionKey
from .facts import Facts, day_of
from .figures import FigureKind, Record, Unit, key_of
from .parts import NUMBER, Part, in_words, numbered
from .tables import Column, TableKind, listed


def held(facts: Facts) -> Iterator[Record]:
    return map(_meeting, facts.meetings)


def monthly(facts: Facts) -> Iterator[Record]:
    return (_meeting(one) for one in facts.meetings if one.kind == MeetingKind.MONTHLY)


def decided(facts: Facts) -> Iterator[Record]:
    return map(_decision, facts.decisions)


def carried_out(facts: Facts) -> Iterator[Record]:
    return map(_decision, facts.decisions_done)


def _meeting(meeting: Meeting) -> Record:
    return Record(meeting, meeting.name, meeting.held_on, meeting.place)


def _decision(decision: Decision) -> Record:
    status = decision.get_status_display()
    return Record(decision, decision.text, decision.meeting.held_on, str(status))


def meeting_table(facts: Facts) -> dict[str, Any] | None:
    decided = Counter(decision.meeting_id for decision in facts.decisions)
    return listed(
        "meetings",
        "অনুষ্ঠিত সভা",
        (
            NUMBER,
            Column("meeting", "সভা", "c-words"),
            Column("day", "তারিখ", "c-date"),
            Column("chair", "সভাপতি", "c-name"),
            Column("attending", "উপস্থিত সদস্য", "c-number"),
            Column("decisions", "সিদ্ধান্ত", "c-number"),
        ),
        (
            (
                key_of(meeting),
                (
                    number,
                    meeting.name,
                    in_words(meeting.held_on),
                    _chair(meeting),
                    f"{to_bangla(meeting.attending_count)}/{to_bangla(meeting.invited_count)}",
                    to_bangla(decided[meeting.pk]),
                ),
            )
            for number, meeting in numbered(facts.meetings)
        ),
    )


def _chair(meeting: Meeting) -> str:
    return meeting.chair_post.designation_bn if meeting.chair_post else meeting.chair_text


def decision_table(facts: Facts) -> dict[str, Any] | None:
    """The annex of what the minutes decided, and how each stands."""
    done = {decision.pk for decision in facts.decisions_done}
    return listed(
        "decisions",
        "সভার সিদ্ধান্ত ও বাস্তবায়ন",
        (
            NUMBER,
            Column("decision", "সিদ্ধান্ত", "c-words"),
            Column("day", "সভার তারিখ", "c-date"),
            Column("implementer", "বাস্তবায়নকারী", "c-name"),
            Column("state", "অবস্থা"),
        ),
        (
            (
                key_of(decision),
                (
                    number,
                    decision.text,
                    in_words(decision.meeting.held_on),
                    decision.implementer_text,
                    _state(decision, facts, is_done=decision.pk in done),
                ),
            )
            for number, decision in numbered(facts.decisions)
        ),
    )


def _state(decision: Decision, facts: Facts, *, is_done: bool) -> str:
    """How it stood on the last day: what was settled afterwards was still going on."""
    if is_done:
        return "বাস্তবায়িত"
    if decision.status == DecisionStatus.DROPPED and decision.dropped_at:
        return "বাদ" if day_of(decision.dropped_at) <= facts.coverage.last_day else "চলমান"
    return "চলমান"


PARTS: Iterable[Part] = (
    Part(
        SectionKey.MEETINGS,
        figures=(
            FigureKind("held", _("অনুষ্ঠিত সভা"), Unit.PIECES, held),
            FigureKind("monthly", _("মাসিক সভা"), Unit.PIECES, monthly),
            FigureKind("decisions", _("গৃহীত সিদ্ধান্ত"), Unit.PIECES, decided),
            FigureKind("decisions_done", _("বাস্তবায়িত সিদ্ধান্ত"), Unit.PIECES, carried_out),
        ),
        tables=(TableKind("meetings", meeting_table),),
    ),
)
