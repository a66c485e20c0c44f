"""Some offices and their meetings, driven through the application day by day.

Whatever a `House` does is told to its `Ledger` too, and the two are compared.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pprint import pformat
from typing import Any
from zoneinfo import ZoneInfo

import time_machine
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from bangla.dates import format_date
from duties.models import ReminderRule
from duties.reminders import remind
from jobs.enums import LetterStatus
from jobs.models import Letter
from meetings.actions import (
    DecisionWords,
    add_decision,
    add_item,
    cancel_meeting,
    create_meeting,
    finalise_minutes,
    reopen_minutes,
    set_item_state,
    update_decision,
    update_item,
    update_meeting,
    write_follow_up,
)
from meetings.actions.meetings import HEAD_FIELDS
from meetings.enums import HELD, Confirmation, ItemKind, ItemState, MeetingStatus
from meetings.lists import followed_decisions
from meetings.models import (
    AgendaItem,
    Assignment,
    CopyRecipient,
    Decision,
    FollowUp,
    Meeting,
    StandingTopic,
)
from teams.actions import give_post, make_group, set_group_members
from teams.enums import GroupKind, HoldingKind, Role, Tier
from teams.models import Office, Post, PostGroup, PostHolding, User
from tests.factories import client_of, make_office, make_person, make_post
from tests.jobs.support import carried
from tests.meetings.ledger import (
    HEADS_BELOW,
    LISTED,
    STANDING,
    TEAM,
    Ledger,
    Line,
    Ruling,
    Seat,
    Sitting,
    Topic,
)
from tests.meetings.rows import decided

DHAKA = ZoneInfo("Asia/Dhaka")
SINCE = date(2020, 1, 1)
ROLES = {"head": Role.HEAD, "officer": Role.INNOVATION_OFFICER}
# The ledger's words for the states that have another name here.
STATES = {MeetingStatus.FINALISED: "settled", MeetingStatus.CIRCULATED: "sent"}
REMINDED = re.compile(
    r"^[০-৯]+\. (?P<text>.+)\n"
    r"(?:   যাঁর করণীয়: (?P<whose>.+)\n)?"
    r"   শেষ তারিখ: .+ \((?:আর (?P<left>[০-৯]+) দিন|(?P<late>[০-৯]+) দিন দেরি|আজই শেষ দিন)\)$",
    re.MULTILINE,
)


def at(day: date, hour: int) -> time_machine.travel:
    """An hour of a day in Dhaka, at which the clock stands still."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=DHAKA)
    return time_machine.travel(moment, tick=False)


def compare(what: str, stands: Mapping[Any, Any], must_stand: Mapping[Any, Any]) -> None:
    """Fail with what stands otherwise than it must, and only with that."""
    differing = {
        key: {"stands": stands.get(key), "must stand": must_stand.get(key)}
        for key in stands | must_stand
        if stands.get(key) != must_stand.get(key)
    }
    assert not differing, f"{what}:\n{pformat(differing, width=120)}"


class House:
    """The offices in `above` (each with its superior, or "") and a post for each of `seats`.

    A post is at first held by a person of the same name. The office `lister` keeps a group of
    the posts `listed`.
    """

    def __init__(
        self, above: Mapping[str, str], seats: Sequence[str], *, lister: str, listed: Sequence[str]
    ) -> None:
        self.ledger = Ledger(above, seats)
        # Decisions are what this house is about; what else is owed has its own two years.
        ReminderRule.objects.exclude(kind="decision").delete()
        self.offices: dict[str, Office] = {}
        root = make_office("root", Tier.CABINET)
        for name, superior in above.items():
            self.offices[name] = make_office(name, Tier.DISTRICT, self.offices.get(superior, root))
            StandingTopic.objects.create(office=self.offices[name], title=STANDING)
        self.people: dict[str, User] = {}
        self.posts: dict[str, Post] = {}
        for name in seats:
            office, _dot, role = name.partition(".")
            self.posts[name] = make_post(self.offices[office], ROLES.get(role, Role.MEMBER), name)
            self.join(name, name, SINCE)
        common = PostGroup.objects.filter(office=None)
        self.groups = {
            TEAM: common.get(kind=GroupKind.TEAM),
            HEADS_BELOW: common.get(kind=GroupKind.HEADS_BELOW),
            LISTED: make_group(office=self.offices[lister], name=LISTED, posts=[], by=None),
        }
        self.regroup(SINCE, *listed)
        self.meetings: dict[Sitting, int] = {}  # primary keys
        self.decisions: dict[str, int] = {}  # primary keys by text
        self.heard: list[tuple[date, Line]] = []

    # --- People ----------------------------------------------------------------------------
    def user(self, name: str) -> User:
        """A person as the log-in reads them: with the posts of today."""
        return User.objects.get(pk=self.people[name].pk)

    def lead(self, office: str) -> User:
        today = timezone.localdate()
        seats = (self.ledger.seats[f"{office}.{role}"] for role in ROLES)
        return self.user(next(who for seat in seats if (who := seat.holder(today))))

    def join(self, seat: str, person: str, since: date, kind: str = HoldingKind.REGULAR) -> None:
        if person not in self.people:
            self.people[person] = make_person(person)
        give_post(post=self.posts[seat], person=self.people[person], starts_on=since, kind=kind)
        self.ledger.seats[seat].holdings.append((person, since, None))

    def leave(self, seat: str, last_day: date) -> None:
        PostHolding.objects.filter(post=self.posts[seat], ends_on=None).update(ends_on=last_day)
        holdings = self.ledger.seats[seat].holdings
        holdings[-1] = (*holdings[-1][:2], last_day)

    def regroup(self, since: date, *members: str) -> None:
        posts = [self.posts[one] for one in members]
        set_group_members(group=self.groups[LISTED], posts=posts, since=since, by=None)
        self.ledger.listed.append((since, members))

    # --- A meeting before and while it is held ---------------------------------------------
    def meeting(self, sitting: Sitting) -> Meeting:
        return Meeting.objects.select_related("office").get(pk=self.meetings[sitting])

    def call(self, office: str, on: date) -> Sitting:
        head = {"held_on": on, "starts_at": time(11), "place": "সম্মেলন কক্ষ"}
        meeting = create_meeting(
            office=self.offices[office], month=on, by=self.lead(office), fields=head
        )
        sitting = self.ledger.call(office, on)
        self.meetings[sitting] = meeting.pk
        return sitting

    def move(self, sitting: Sitting, on: date) -> None:
        meeting = self.meeting(sitting)
        head = {name: getattr(meeting, name) for name in HEAD_FIELDS} | {"held_on": on}
        update_meeting(
            meeting=meeting,
            version=meeting.version,
            fields=head,
            copies=[(one.kind, one.text, one.email) for one in meeting.copies.all()],
            by=self.lead(sitting.office),
        )
        self.ledger.move(sitting, on)

    def cancel(self, sitting: Sitting) -> None:
        by = self.lead(sitting.office)
        cancel_meeting(meeting=self.meeting(sitting), by=by, reason="সভাপতি সফরে")
        self.ledger.cancel(sitting)

    def raise_topic(self, sitting: Sitting, title: str) -> Topic:
        add_item(meeting=self.meeting(sitting), topic=title, by=self.lead(sitting.office))
        topic = Topic(title)
        sitting.topics.append(topic)
        return topic

    def discuss(self, sitting: Sitting, topic: Topic) -> None:
        self._type(self._item(sitting, topic), sitting, discussion="আলোচনা হলো।")
        topic.is_discussed = True

    def put(self, sitting: Sitting, topic: Topic, state: str) -> None:
        """Postpone a topic, drop it, or open it again."""
        by = self.lead(sitting.office)
        set_item_state(item=self._item(sitting, topic), state=ItemState(state), by=by)
        topic.state = state

    def confirm(self, sitting: Sitting) -> None:
        """Say that the last minutes are right, if that is on the agenda."""
        if sitting.confirms:
            item = self.meeting(sitting).items.get(kind=ItemKind.CONFIRMATION)
            self._type(item, sitting, confirmation=Confirmation.CONFIRMED)
            sitting.has_confirmed = True

    def decide(
        self, sitting: Sitting, topic: Topic, text: str, to: Sequence[str], due: date | str
    ) -> Ruling:
        """Take a decision for `to` (see Ruling.to), due on a day or in words that are none."""
        decision = add_decision(
            item=self._item(sitting, topic),
            words=self._words(text, to, due),
            by=self.lead(sitting.office),
        )
        ruling = Ruling(text, sitting, tuple(to), due=None if isinstance(due, str) else due)
        self.ledger.rulings.append(ruling)
        self.decisions[text] = decision.pk
        topic.is_discussed = True
        return ruling

    def rewrite(self, ruling: Ruling, to: Sequence[str], due: date | str) -> None:
        """Tick others for a decision of a draft, or give it another due date."""
        decision = self.decision(ruling)
        words = self._words(ruling.text, to, due)
        update_decision(
            decision=decision,
            version=decision.version,
            words=replace(words, implementer_text=decision.implementer_text),
            by=self.lead(ruling.sitting.office),
        )
        ruling.to, ruling.due = tuple(to), None if isinstance(due, str) else due

    def _words(self, text: str, to: Sequence[str], due: date | str) -> DecisionWords:
        things = [self.groups.get(one) or self.offices.get(one) or self.posts[one] for one in to]
        return decided(*things, text=text, due=due if isinstance(due, str) else format_date(due))

    def say(self, sitting: Sitting, ruling: Ruling, outcome: str, due: date | None = None) -> None:
        """Write what a meeting says of an earlier decision."""
        meeting, decision = self.meeting(sitting), self.decision(ruling)
        said = FollowUp.objects.filter(meeting=meeting, decision=decision).first()
        write_follow_up(
            meeting=meeting,
            decision=decision,
            version=said.version if said else 0,
            note="সভায় বলা হলো",
            outcome=outcome,
            new_due_on=due,
            by=self.lead(sitting.office),
        )
        sitting.said[ruling] = (outcome, due)

    def _item(self, sitting: Sitting, topic: Topic) -> AgendaItem:
        return AgendaItem.objects.get(meeting=self.meetings[sitting], topic=topic.title)

    def _type(self, item: AgendaItem, sitting: Sitting, **words: str) -> None:
        by = self.lead(sitting.office)
        update_item(item=item, version=item.version, fields=words, by=by)

    # --- The way of its minutes ------------------------------------------------------------
    def settle(self, sitting: Sitting) -> None:
        """Make the minutes final; at first they list every decision followed until then."""
        today, asked_after = timezone.localdate(), self.ledger.followed(sitting)
        is_first = sitting.settled_on is None
        version = finalise_minutes(
            meeting=self.meeting(sitting), by=self.lead(sitting.office), memo=None, issued_on=today
        )
        self.ledger.settle(sitting, today)
        rows = [row for item in version.content["items"] for row in item["follow_up"]]
        listed = Counter(row["decision"] for row in rows)
        if is_first:
            compare(f"minutes of {sitting}", listed, Counter(asked_after))

    def reopen(self, sitting: Sitting) -> None:
        by = self.lead(sitting.office)
        reopen_minutes(meeting=self.meeting(sitting), by=by, reason="একটি সিদ্ধান্তের ভাষা ভুল")
        self.ledger.reopen(sitting)

    def send(self, sitting: Sitting) -> None:
        """Send the minutes; a letter goes to whoever holds each post today, none to a vacant one.

        The copy list is left out: it holds mailboxes of offices, not people.
        """
        today, last = timezone.localdate(), Letter.objects.order_by("pk").last()
        self._press(self.lead(sitting.office), "circulate", self.meetings[sitting])
        self.ledger.send(sitting, today)
        letters = Letter.objects.filter(pk__gt=last.pk if last else 0)
        copies = CopyRecipient.objects.filter(meeting=self.meetings[sitting]).exclude(email="")
        went = Counter(letters.values_list("to_address", flat=True))
        went -= Counter(copies.values_list("email", flat=True))
        readers = self.ledger.readers(sitting, today)
        names = {one.email: name for name, one in self.people.items()}
        went_to = Counter({names.get(address): n for address, n in went.items()})
        compare(f"letters with the minutes of {sitting}", went_to, readers)

    # --- Decisions between meetings --------------------------------------------------------
    def decision(self, ruling: Ruling) -> Decision:
        return Decision.objects.select_related("meeting__office").get(
            pk=self.decisions[ruling.text]
        )

    def report(self, ruling: Ruling, seat: Seat, *, done: bool) -> None:
        """The holder of a post tells what was done, on the page for it."""
        holder = seat.holder(timezone.localdate())
        assert holder, f"nobody holds {seat.name}"
        assignment = Assignment.objects.get(
            decision=self.decisions[ruling.text], post=self.posts[seat.name]
        )
        today = format_date(timezone.localdate())
        form = {"form_key": uuid.uuid4(), "text": "কাজ এগিয়েছে", "on": today}
        ticked = {"is_done": "on"} if done else {}
        self._press(self.people[holder], "assignment_report", assignment.pk, **form, **ticked)
        if done:
            self.ledger.report_done(ruling, seat)

    def close(self, ruling: Ruling, state: str) -> None:
        """Those who lead the team find a decision done, or drop it."""
        by = self.lead(ruling.sitting.office)
        verb = {"done": "complete", "dropped": "drop"}[state]
        self._press(by, f"decision_{verb}", self.decisions[ruling.text], reason="প্রয়োজন নেই")
        ruling.state = state

    def resume(self, ruling: Ruling) -> None:
        by = self.lead(ruling.sitting.office)
        self._press(by, "decision_resume", self.decisions[ruling.text], reason="অর্ধেক বাকি")
        self.ledger.resume(ruling, timezone.localdate())

    def _press(self, by: User, name: str, pk: int, **form: object) -> None:
        response: HttpResponse = client_of(by).post(reverse(f"meetings:{name}", args=[pk]), form)
        assert response.status_code == 302, f"{name}: {response.status_code}"

    # --- Reminders -------------------------------------------------------------------------
    def morning(self, *, times: int = 1, mail_works: bool = True) -> None:
        """Let reminders be written, and carried if the mail server answers."""
        today, before = timezone.localdate(), len(mail.outbox)
        for _run in range(times):
            remind(today=today)
            if mail_works:
                self.carry()
        lines = [line for one in mail.outbox[before:] for line in self._lines(one)]
        expected = self.ledger.letters(today, arrive=mail_works)
        compare(f"reminders of {today}", Counter(lines), expected)
        self.heard += [(today, line) for line in lines]

    def carry(self) -> None:
        """Let a worker have every reminder that waits."""
        waiting = Letter.objects.filter(status=LetterStatus.WAITING)
        for letter in waiting.filter(key__startswith="duties."):
            carried(letter)

    def _lines(self, message: mail.EmailMessage) -> list[Line]:
        """What one letter reminds of."""
        (address,) = message.to
        (name,) = (name for name, one in self.people.items() if f"<{one.email}>" in address)
        body = str(message.body).replace("\r\n", "\n")
        return [
            (name, row["text"], row["whose"] or "", int(row["late"] or 0) - int(row["left"] or 0))
            for row in REMINDED.finditer(body)
        ]

    # --- What stands in the application ----------------------------------------------------
    def check(self) -> None:
        """The minutes, the decisions in force and the agendas stand as the ledger says."""
        compare("the account", self.account(), self.ledger.account())

    def check_duties(self) -> None:
        """Everybody owes what the ledger says, and who has left owes nothing."""
        today = timezone.localdate()
        for name in self.people:
            owed = Assignment.objects.owed_by(self.user(name)).select_related("decision", "post")
            duties = Counter((one.decision.text, str(one.post)) for one in owed)
            compare(f"duties of {name} on {today}", duties, self.ledger.duties(name, today))

    def account(self) -> dict[str, object]:
        """As Ledger.account."""
        names = {pk: str(sitting) for sitting, pk in self.meetings.items()}
        meetings = list(Meeting.objects.all())
        return (
            {f"minutes of {names[one.pk]}": STATES.get(one.status, one.status) for one in meetings}
            | self._decisions()
            | {
                f"agenda of {names[one.pk]}": self._agenda(one, names)
                for one in meetings
                if one.status == MeetingStatus.DRAFT
            }
        )

    def _decisions(self) -> dict[str, object]:
        owed: dict[int, dict[str, bool]] = {}
        for one in Assignment.objects.kept().select_related("post"):
            owed.setdefault(one.decision_id, {})[str(one.post)] = one.reported_at is not None
        kept = Decision.objects.kept().filter(meeting__status__in=HELD)
        return {one.text: (one.status, one.due_on, owed.get(one.pk, {})) for one in kept}

    def _agenda(self, meeting: Meeting, names: Mapping[int, str]) -> tuple[object, ...]:
        """Topics, what is confirmed, and the decisions that the follow-up item lists."""
        items = list(meeting.items.all())
        discussed = set(meeting.items.discussed().values_list("pk", flat=True))
        topics = {
            (one.topic, one.times_put_off, one.state, one.pk in discussed)
            for one in items
            if one.kind in {ItemKind.OWN, ItemKind.STANDING}
        }
        confirms = next((one.confirms_id for one in items if one.confirms_id), 0)
        asked_after = set(followed_decisions(meeting).values_list("text", flat=True))
        if meeting.versions.exists():  # opened again
            return topics, names.get(confirms, ""), None
        if asked_after and not any(one.kind == ItemKind.FOLLOW_UP for one in items):
            asked_after = {"the agenda has no item for them"}
        return topics, names.get(confirms, ""), asked_after
