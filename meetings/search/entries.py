"""Minutes into the pieces that a search finds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation

from bangla.dates import format_date
from bangla.digits import to_bangla

from ..documents import agenda_with_decisions, due_words
from ..enums import ItemKind
from ..models import AgendaItem, Decision, EntryKind, Meeting, SearchEntry
from .words import search_key


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: EntryKind
    text: str
    item: AgendaItem | None = None
    decision: Decision | None = None


def index_minutes(meeting: Meeting) -> None:
    """Make settled minutes findable, in place of what was there of them.

    Belongs in the transaction that settles them (a fixed number of queries).
    """
    unindex_minutes(meeting)
    SearchEntry.objects.bulk_create(
        SearchEntry(
            meeting=meeting,
            office_id=meeting.office_id,
            held_on=meeting.held_on,
            kind=piece.kind,
            item=piece.item,
            decision=piece.decision,
            text=piece.text,
            folded=search_key(piece.text),
        )
        for piece in _pieces(meeting)
        if piece.text
    )


def unindex_minutes(meeting: Meeting) -> None:
    """Let minutes be found no more: they were opened again."""
    SearchEntry.objects.filter(meeting=meeting).delete()


def _pieces(meeting: Meeting) -> Iterator[_Piece]:
    """What the minutes say, in their order."""
    yield _Piece(EntryKind.HEAD, _head(meeting))
    yield _Piece(EntryKind.DISCUSSION, meeting.opening)
    for item in agenda_with_decisions(meeting):
        yield _Piece(EntryKind.TOPIC, item.topic, item)
        yield _Piece(EntryKind.DISCUSSION, _discussion(meeting, item), item)
        decisions: list[Decision] = item.kept_decisions  # type: ignore[attr-defined]
        for decision in decisions:
            yield _Piece(EntryKind.DECISION, _decision(decision), item, decision)
    yield _Piece(EntryKind.DISCUSSION, meeting.closing)


def _head(meeting: Meeting) -> str:
    """What names the meeting: its title, office, memo number, day, place and chair."""
    with translation.override("bn"):
        name = meeting.name
    return _lines(
        name,
        meeting.office.name_bn,
        to_bangla(meeting.memo_number),
        format_date(meeting.held_on),
        meeting.place,
        _chair(meeting),
    )


def _chair(meeting: Meeting) -> str:
    post = meeting.chair_post
    if post is None:
        return meeting.chair_text
    holder = post.holder_on(meeting.held_on)
    return ", ".join(filter(None, (holder.name_bn if holder else "", post.designation_bn)))


def _discussion(meeting: Meeting, item: AgendaItem) -> str:
    """What was said about the item; of earlier decisions, on the item that asks after them."""
    notes: list[str] = []
    if item.kind == ItemKind.FOLLOW_UP:
        notes = [follow_up.note for follow_up in meeting.follow_ups.all()]
    return _lines(item.discussion, item.correction_made, *notes)


def _decision(decision: Decision) -> str:
    return _lines(decision.text, decision.implementer_text, due_words(decision))


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))
