"""A meeting as an invitation that mail programs and calendars understand (iCalendar).

The file follows RFC 5545 and says by its method, after RFC 5546, what the receiver should do
with it. Times are in UTC: Bangladesh keeps one time all year, and a UTC time needs no description
of a time zone that some programs read wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from icalendar import Calendar, Event, vCalAddress

from bangla.text import normalise, squeeze

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]

_PRODUCT: Final = "-//Udbhabon//Meetings//BN"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """What a calendar is told about one meeting.

    Args:
        uid: names the meeting in every calendar, the same for its whole life and unlike any
            other's in the world: "meeting-12@innovation.example".
        sequence: 0 for the first invitation, higher each time that day, hour or place changes
            and for the cancellation; calendars ignore a lower one than they have.
        summary, place: a line each.
        starts_at, ends_at: aware; the end is after the start.
        description: lines of text, as the agenda.
        organizer_name, organizer_email: who calls the meeting; answers go to this address.
        attendees: pairs of name and e-mail, "" where an officer has none. An address that comes
            twice, as that of an officer on two posts, is invited once.
        url: the meeting's page, or "".
        cancelled: whether this takes the meeting out of the calendars again.

    Raises:
        ValueError: a time is naive, the end is not after the start, or uid or the organizer's
            address is missing.
    """

    uid: str
    sequence: int
    summary: str
    starts_at: datetime
    ends_at: datetime
    place: str
    description: str
    organizer_name: str
    organizer_email: str
    attendees: Sequence[tuple[str, str]]
    url: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise ValueError("the times of an invitation name their time zone")
        if self.starts_at >= self.ends_at:
            raise ValueError("a meeting ends after it starts")
        if not (self.uid.strip() and self.organizer_email.strip()):
            raise ValueError("an invitation has a uid and an organizer with an address")

    @property
    def method(self) -> Method:
        """The METHOD of the file, which its MIME type repeats: text/calendar; method=REQUEST.

        RFC 5546 lets nobody be requested to come when no attendee has an address; such a
        meeting can only be published, as a file to download.
        """
        if self.cancelled:
            return "CANCEL"
        return "REQUEST" if self.reachable else "PUBLISH"

    @property
    def reachable(self) -> list[tuple[str, str]]:
        """The attendees with an address, each address once, in the order given."""
        once: dict[str, tuple[str, str]] = {}
        for name, email in self.attendees:
            if address := email.strip():
                once.setdefault(address.casefold(), (name, address))
        return list(once.values())


def calendar_text(invitation: Invitation, *, stamped_at: datetime | None = None) -> str:
    """The invitation as an .ics file: lines of at most 75 octets in UTF-8, ended by CRLF.

    Args:
        invitation: the meeting.
        stamped_at: aware; when the invitation was made, now by default. The same invitation
            with the same stamp gives the same text.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", invitation.method)
    calendar.add_component(_event(invitation, stamped_at or datetime.now(UTC)))
    octets: bytes = calendar.to_ical()
    return octets.decode()


def _event(invitation: Invitation, stamped_at: datetime) -> Event:
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", stamped_at)  # written in UTC by the library
    event.add("dtstart", invitation.starts_at.astimezone(UTC))
    event.add("dtend", invitation.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("summary", squeeze(invitation.summary))
    event.add("organizer", _address(invitation.organizer_name, invitation.organizer_email))
    for name, email in invitation.reachable:
        event.add("attendee", _attendee(name, email, answers=not invitation.cancelled))
    optional = {
        "location": squeeze(invitation.place),
        "description": normalise(invitation.description),
        "url": invitation.url,
    }
    for name, value in optional.items():
        if value:
            event.add(name, value)
    return event


def _attendee(name: str, email: str, *, answers: bool) -> vCalAddress:
    """Somebody who is asked to come. Mail programs show the buttons for an answer only where the
    file asks for one and says that there is none yet."""
    attendee = _address(name, email)
    attendee.params |= {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE" if answers else "FALSE",
    }
    return attendee


def _address(name: str, email: str) -> vCalAddress:
    return vCalAddress.new(email.strip(), cn=squeeze(name) or None)
