"""The meetings of an office, from the first letter to what became of the last decision.

A file of duties/demo/meetings/ tells of one office. Its `months` are meetings, each with the
agenda as it was spoken of and, under `later`, what became of its decisions; or a month without a
meeting and the `reason`. Posts go by the keys of offices.json, ideas and decisions by their own
`key`; days are words (days.py).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import partial
from typing import Any

from meetings.actions import (
    HEAD_FIELDS,
    add_group,
    add_phrase,
    add_prefix,
    add_topic,
    cancel_meeting,
    circulate_minutes,
    complete_agenda,
    complete_decision,
    create_meeting,
    drop_decision,
    explain_no_meeting,
    finalise_minutes,
    issue_notice,
    report_assignment,
    resume_decision,
    update_meeting,
)
from meetings.enums import MeetingKind
from meetings.models import Decision, Meeting
from teams.memo import Memo, parse_prefix
from teams.models import Office

from .cast import Cast, Event
from .days import Days
from .minutes import Writer

# (kind, text, e-mail) of a copy list, as meetings.actions takes it.
Copies = list[tuple[str, str, str]]


@dataclass(slots=True)
class LetterFile:
    """The file from which an office numbers the letters of its team."""

    last: Memo

    def next_number(self) -> Memo:
        self.last = self.last.following()
        return self.last


def meeting_events(
    content: dict[str, Any], offices: Mapping[str, Office], cast: Cast
) -> Iterator[Event]:
    """What happens in one file of duties/demo/meetings/."""
    office, days = offices[content["office"]], Days(cast.today)
    number = parse_prefix(content["file"]["number"])
    letters = LetterFile(replace(number, issue=content["file"]["last_issue"]))
    yield Event(days.day(content["arranged"]), partial(_arrange, content, office, number, cast))
    for row in content["months"]:
        if "reason" in row:
            yield Event(days.day(row["on"]), partial(_explain, row, office, cast))
        else:
            yield from MeetingStory(row, office, letters, cast).events()


def _arrange(content: dict[str, Any], office: Office, number: Memo, cast: Cast) -> None:
    tell, by = Days(cast.today).tell, cast.officer(office)
    add_prefix(office=office, number=number, label=tell(content["file"]["label"]), by=by)
    for title in content.get("topics", []):
        add_topic(office=office, title=tell(title), by=by)
    for phrase in content.get("phrases", []):
        add_phrase(office=office, place=phrase["place"], text=tell(phrase["text"]), by=by)
    for group in content.get("groups", []):
        members = [cast.posts[key] for key in group["members"]]
        add_group(office=office, name=tell(group["name"]), members=members, by=by)


def _explain(row: dict[str, Any], office: Office, cast: Cast) -> None:
    days = Days(cast.today)
    explain_no_meeting(
        office=office,
        month=days.month(row["month"]),
        reason=days.tell(row["reason"]),
        by=cast.officer(office),
    )


class MeetingStory:
    """One meeting. Its officer calls and writes it, its head makes the minutes final."""

    def __init__(
        self, row: dict[str, Any], office: Office, letters: LetterFile, cast: Cast
    ) -> None:
        self.row, self.office, self.letters, self.cast = row, office, letters, cast
        self.days = Days(cast.today, held=Days(cast.today).day(row["held"]))
        self.officer, self.head = cast.officer(office), cast.head(office)
        self._pk = 0

    def events(self) -> Iterator[Event]:
        row, day = self.row, self.days.day
        yield Event(day(row["called"]), self._call)
        if "moved" in row:
            yield Event(day(row["moved"]["on"]), self._move)
        if "cancelled" in row:
            yield Event(day(row["cancelled"]["on"]), self._cancel)
            return
        yield Event(self._held, self._hold)
        if "finalised" in row:
            yield Event(day(row["finalised"]), self._finalise)
        if "circulated" in row:
            yield Event(day(row["circulated"]), self._circulate)
        for later in row.get("later", []):
            yield Event(day(later["on"]), self._later(later))

    # --- Before the meeting --------------------------------------------------------------------
    def _call(self) -> None:
        row, tell = self.row, self.days.tell
        moved = row.get("moved")
        first_day = self.days.day(moved["from"]) if moved else self._held
        meeting = create_meeting(
            office=self.office,
            month=self._held,
            kind=row.get("kind", MeetingKind.MONTHLY),
            by=self.officer,
            fields={
                "title": tell(row.get("title", "")),
                "held_on": first_day,
                "starts_at": time.fromisoformat(row["time"]),
                "place": tell(row["place"]),
                "form": row["form"],
                "opening": tell(row.get("opening", "")),
                "closing": tell(row.get("closing", "")),
            },
        )
        self._pk = meeting.pk
        if "copies" in row:
            self._mend(copies=[(one["kind"], tell(one["text"]), "") for one in row["copies"]])
        if row.get("has_notice"):
            self._issue_notice(self.days.day(row["called"]))

    def _move(self) -> None:
        moved = self.row["moved"]
        self._mend(held_on=self._held)
        self._issue_notice(self.days.day(moved["on"]), reason=self.days.tell(moved["reason"]))

    def _cancel(self) -> None:
        cancelled = self.row["cancelled"]
        reason = self.days.tell(cancelled["reason"])
        cancel_meeting(meeting=self._meeting, by=self.officer, reason=reason)
        self._issue_notice(self.days.day(cancelled["on"]))

    def _mend(self, *, copies: Copies | None = None, **changes: Any) -> None:
        """Save the meeting's head with some of it changed; the copy list too, if one is given."""
        meeting = self._meeting
        kept = [(one.kind, one.text, one.email) for one in meeting.copies.all()]
        update_meeting(
            meeting=meeting,
            version=meeting.version,
            fields={name: getattr(meeting, name) for name in HEAD_FIELDS} | changes,
            copies=[*kept, *copies] if copies else kept,
            by=self.officer,
        )

    def _issue_notice(self, day: date, *, reason: str = "") -> None:
        issue_notice(
            meeting=self._meeting,
            memo=self.letters.next_number(),
            issued_on=day,
            reason=reason,
            by=self.officer,
        )

    # --- The meeting and its minutes -----------------------------------------------------------
    def _hold(self) -> None:
        meeting = self._meeting
        complete_agenda(meeting, by=self.officer)
        writer = Writer(meeting, self.officer, self.days, self.cast)
        writer.mark_attendance(self.row["attendance"])
        spoken_of = writer.write_items(self.row["items"])
        if "finalised" in self.row:
            writer.take_off_the_rest(spoken_of)

    def _finalise(self) -> None:
        finalise_minutes(
            meeting=self._meeting,
            memo=self.letters.next_number(),
            issued_on=self.days.day(self.row["finalised"]),
            by=self.head,
        )

    def _circulate(self) -> None:
        circulate_minutes(meeting=self._meeting, by=self.officer)

    # --- Afterwards ----------------------------------------------------------------------------
    def _later(self, row: dict[str, Any]) -> Callable[[], object]:
        """One step of one decision: "report", "complete", "drop" or "resume"."""
        return partial({"report": self._report}.get(row["step"], self._decide), row)

    def _report(self, row: dict[str, Any]) -> None:
        post = self.cast.posts[row["by"]]
        report_assignment(
            assignment=self._decision(row).assignments.kept().get(post=post),
            by=self.cast.speaker_for(post),
            text=self.days.tell(row["words"]),
            is_done=row.get("is_done", False),
            on=self.days.day(row["on"]),
        )

    def _decide(self, row: dict[str, Any]) -> None:
        decision, reason = self._decision(row), self.days.tell(row.get("words", ""))
        if row["step"] == "complete":
            complete_decision(decision=decision, by=self.head)
        elif row["step"] == "drop":
            drop_decision(decision=decision, by=self.head, reason=reason)
        elif row["step"] == "resume":
            resume_decision(decision=decision, by=self.head, reason=reason)
        else:
            raise ValueError(f"no step of a decision: {row['step']!r}")

    # --- What stands in the tables now ---------------------------------------------------------
    @property
    def _held(self) -> date:
        return self.days.day("held+0")

    @property
    def _meeting(self) -> Meeting:
        return Meeting.objects.select_related("office").get(pk=self._pk)

    def _decision(self, row: dict[str, Any]) -> Decision:
        known = self.cast.decisions[row["decision"]]
        return Decision.objects.select_related("meeting__office").get(pk=known.pk)
