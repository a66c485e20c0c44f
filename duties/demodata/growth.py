"""What grew out of the ideas: pilots with figures, a public page, copies in other offices, awards.

Each entry of duties/demo/growth.json names in `do` one of the functions below.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

from django.utils import timezone

from bangla.text import normalise
from ideas.actions import (
    AwardText,
    EventText,
    HandIn,
    IdeaText,
    InitiativeText,
    MeasureRow,
    People,
    PilotPlan,
    ReplicationText,
    RiskText,
    ScoreWords,
    VisitText,
    add_entry,
    add_risk,
    add_visit,
    adopt_replication,
    close_screening,
    create_event,
    create_initiative,
    discard_idea,
    finish_pilot,
    finish_score,
    give_award,
    hand_in_idea,
    merge_idea,
    move_idea,
    plan_pilot,
    publish_event,
    publish_initiative,
    receive_idea,
    recommend_idea,
    save_measures,
    stop_pilot,
    take_initiative,
    update_pilot,
)
from ideas.actions.newsletters import (
    NewsletterHead,
    PieceText,
    add_news,
    create_newsletter,
    publish_newsletter,
    update_newsletter,
)
from ideas.enums import PLAIN_STEPS
from ideas.models import Criteria, Idea, Pilot
from ideas.newsletters import half_year_of
from teams.models import Office

from .cast import Cast, Event
from .days import Days

STEPS = {step.name: step for step in PLAIN_STEPS}

Row = dict[str, Any]


def growth_events(content: Row, offices: Mapping[str, Office], cast: Cast) -> Iterator[Event]:
    """What happened, each on its day."""
    days = Days(cast.today)
    for row in content["events"]:
        words = {name: _read(value) for name, value in row.items()}
        yield Event(days.day(row["on"]), partial(HAPPENINGS[row["do"]], words, offices, cast, days))


def _read(value: Any) -> Any:
    return normalise(value) if isinstance(value, str) else value


def _idea(row: Row, cast: Cast, name: str = "idea") -> Idea:
    return Idea.objects.select_related("office").get(pk=cast.ideas[row[name]].pk)


def _pilot(row: Row, cast: Cast) -> Pilot:
    return Pilot.objects.select_related("idea__office").get(idea=cast.ideas[row["idea"]])


def _table(row: Row) -> Row:
    rows = [
        MeasureRow(kind, unit, Decimal(before), Decimal(after) if after is not None else None)
        for kind, unit, before, after in row["rows"]
    ]
    return {"rows": rows, "people": People(row["people"], row["people_source"])}


# --- Coming in -------------------------------------------------------------------------------
def _receive(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["office"]]
    text = IdeaText(
        title=row["title"],
        problem=row["problem"],
        description=row["description"],
        received_on=days.day(row["on"]),
        channel=row["channel"],
        submitter_name=row["submitter"],
    )
    cast.ideas[row["key"]] = receive_idea(office=office, text=text, by=cast.officer(office))


def _hand_in(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    """As somebody without an account does on the public page."""
    office = offices[row["office"]]
    idea = hand_in_idea(
        office=office,
        hand_in=HandIn(
            title=row["title"],
            problem=row.get("problem", ""),
            description=row["description"],
            benefit=row.get("benefit", ""),
        ),
        by=None,
        form_key=uuid4(),
        admit=lambda: row.get("held", ""),
    )
    day = days.day(row["on"])
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    Idea.objects.filter(pk=idea.pk).update(received_on=day, created_at=midnight)
    cast.ideas[row["key"]] = idea
    if row.get("discard"):
        discard_idea(idea=idea, by=cast.officer(office))


def _merge(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    idea = _idea(row, cast)
    merge_idea(idea=idea, into=_idea(row, cast, "into"), by=cast.officer(idea.office))


def _move(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    idea = _idea(row, cast)
    for step in row["steps"]:
        move_idea(idea=idea, step=STEPS[step], by=cast.head(idea.office))


# --- Screening -------------------------------------------------------------------------------
def _score(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    criteria = Criteria.objects.in_force(days.day(row["on"])).criterion_set.order_by("position")
    points = dict(zip(criteria.values_list("pk", flat=True), row["points"], strict=True))
    finish_score(
        idea=_idea(row, cast),
        version=0,
        words=ScoreWords(points, row["note"]),
        by=cast.speaker_for(cast.posts[row["by"]]),
    )


def _close_round(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    idea = _idea(row, cast)
    close_screening(screening=idea.screenings.open().get(), by=cast.officer(idea.office))


# --- Pilots ----------------------------------------------------------------------------------
def _pilot_plan(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    idea = _idea(row, cast)
    plan = PilotPlan(
        place=row["place"],
        starts_on=days.day(row["starts"]),
        ends_on=days.day(row["ends"]),
        owner_post=cast.posts[row["owner"]],
        mentor=row.get("mentor", ""),
        budget=row.get("budget"),
        budget_source=row.get("budget_source", ""),
        expected=row["expected"],
    )
    by = cast.officer(idea.office)
    pilot = Pilot.objects.filter(idea=idea).first()
    if pilot is None:
        plan_pilot(idea=idea, plan=plan, by=by)
    else:
        update_pilot(pilot=pilot, version=pilot.version, plan=plan, by=by)


def _measures(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    pilot = _pilot(row, cast)
    save_measures(of=pilot, by=cast.officer(pilot.idea.office), **_table(row))


def _risk(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    pilot = _pilot(row, cast)
    words = RiskText(row["text"], row["mitigation"])
    add_risk(pilot=pilot, words=words, by=cast.officer(pilot.idea.office))


def _visit(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    pilot = _pilot(row, cast)
    words = VisitText(
        visited_on=days.day(row["on"]),
        visitor=row["visitor"],
        notes=row["notes"],
        advice=row["advice"],
    )
    add_visit(pilot=pilot, words=words, by=cast.officer(pilot.idea.office))


def _finish_pilot(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    pilot = _pilot(row, cast)
    words = {"results": row["results"], "lessons": row["lessons"]}
    finish_pilot(pilot=pilot, by=cast.head(pilot.idea.office), **words)


def _stop_pilot(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    pilot = _pilot(row, cast)
    stop_pilot(pilot=pilot, lessons=row["lessons"], by=cast.head(pilot.idea.office))


# --- In public -------------------------------------------------------------------------------
def _page(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    idea = _idea(row, cast)
    names = ("title", "summary", "before", "after", "story", "contact")
    text = InitiativeText(**{name: row.get(name, "") for name in names})
    page = create_initiative(idea=idea, text=text, by=cast.officer(idea.office))
    if row["publish"]:
        publish_initiative(initiative=page, by=cast.head(idea.office))


def _event(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["office"]]
    by = cast.officer(office)
    text = EventText(row["title"], days.day(row["held_on"]), row["place"], row["text"])
    event = create_event(office=office, text=text, by=by)
    for key in row["shows"]:
        add_entry(event=event, initiative=cast.ideas[key].initiative, by=by)
    publish_event(event=event, is_published=True, by=cast.head(office))


def _award(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["office"]]
    text = AwardText(
        title=row["title"],
        recipient_name=row["recipient"],
        recipient_detail=row["detail"],
        citation=row["citation"],
        given_on=days.day(row["given_on"]),
        idea=_idea(row, cast),
    )
    give_award(office=office, text=text, by=cast.head(office))


def _newsletter(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["office"]]
    by = cast.officer(office)
    period = half_year_of(days.day(row["half_of"]))
    title = f"উদ্ভাবন বার্তা, {period.label}"
    newsletter = create_newsletter(office=office, period=period, title=title, by=by)
    head = NewsletterHead(title, row["intro"])
    update_newsletter(newsletter=newsletter, version=newsletter.version, head=head, by=by)
    for words in row["news"]:
        text = PieceText(*map(normalise, words))
        add_news(newsletter=newsletter, text=text, picture=None, by=by, form_key=uuid4())
    publish_newsletter(newsletter=newsletter, by=cast.head(office))


# --- In other offices ------------------------------------------------------------------------
def _take(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["office"]]
    text = ReplicationText(
        starts_on=days.day(row["starts"]),
        ends_on=days.day(row["ends"]),
        adaptations=row["adaptations"],
    )
    cast.copies[row["key"]] = take_initiative(
        idea=_idea(row, cast),
        office=office,
        by=cast.head(office),
        taken_from=cast.copies[row["from"]] if "from" in row else None,
        text=text,
    )


def _adopt(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    copy = cast.copies[row["copy"]]
    adopt_replication(replication=copy, by=cast.head(copy.office), **_table(row))


def _recommend(row: Row, offices: Mapping[str, Office], cast: Cast, days: Days) -> None:
    office = offices[row["by"]]
    recommend_idea(
        idea=_idea(row, cast),
        offices=[offices[code] for code in row["to"]],
        made_for=office,
        reference=row["reference"],
        by=cast.head(office),
    )


HAPPENINGS: dict[str, Callable[[Row, Mapping[str, Office], Cast, Days], None]] = {
    "receive": _receive,
    "hand_in": _hand_in,
    "merge": _merge,
    "move": _move,
    "score": _score,
    "close_round": _close_round,
    "pilot_plan": _pilot_plan,
    "measures": _measures,
    "risk": _risk,
    "visit": _visit,
    "finish_pilot": _finish_pilot,
    "stop_pilot": _stop_pilot,
    "page": _page,
    "event": _event,
    "award": _award,
    "newsletter": _newsletter,
    "take": _take,
    "adopt": _adopt,
    "recommend": _recommend,
}
