"""A whole year of an office, and its reports against a ledger kept while it happened.

Every number of the report, and every list behind a number, is compared with what `Year` wrote
down. Just before and just after the year, and in other offices all year round, the same things
happen and must not be counted.
"""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest

from ideas.actions import (
    MeasureRow,
    appeal_idea,
    discard_idea,
    merge_idea,
    move_idea,
    revoke_award,
)
from ideas.enums import DECLINE
from ideas.models import Idea
from meetings.actions import (
    cancel_meeting,
    complete_decision,
    create_meeting,
    drop_decision,
    explain_no_meeting,
    remove_decision,
    resume_decision,
)
from meetings.models import Decision
from reports.actions import ScoreText, add_report_picture, create_report, set_score_lines
from reports.actions.activities import remove_activity
from reports.documents import report_content
from reports.enums import ReportKind
from reports.models import Report
from reports.sections import FIGURES, offers_of, records_of
from teams.uploads import CleanFile
from tests.factories import PNG, client_of, make_country, make_plan, make_task
from tests.reports.year import OURS, Year, at
from workplans.actions import add_progress, delete_task
from workplans.periods import Period

pytestmark = pytest.mark.django_db

BEFORE, FIRST = date(2025, 6, 30), date(2025, 7, 1)
LAST, AFTER = date(2026, 6, 30), date(2026, 7, 1)
HALF_END, HALF_START = date(2025, 12, 31), date(2026, 1, 1)
MONTHLY = "প্রতি মাসের ১৫ তারিখ"
WRITTEN_ON = date(2026, 7, 20)
# The first and the last minute of a day in Dhaka; in London it is another day then.
EARLY, LATE = time(0, 1), time(23, 59)

IN_DAYS = MeasureRow("time", "day", Decimal("12.5"), Decimal("3"))
IN_HOURS = MeasureRow("time", "hour", Decimal("7"), Decimal("2.25"))
IN_MINUTES = MeasureRow("time", "minute", Decimal("10"), Decimal("35"))  # got worse
TAKA = MeasureRow("cost", "taka", Decimal("850"), Decimal("120.50"))
VISITS = MeasureRow("visits", "visit", Decimal("4"), Decimal("1"))
UNMEASURED = MeasureRow("visits", "visit", Decimal("4"), None)


def months(first: date, count: int, day: int) -> list[date]:
    numbers = range(first.month - 1, first.month - 1 + count)
    return [date(first.year + number // 12, number % 12 + 1, day) for number in numbers]


def meetings(year: Year) -> None:
    """A meeting a month but for December, two special ones, and a dozen of the neighbour's."""
    earlier = year.meet(date(2025, 6, 10))
    taken = {}
    for on in months(FIRST, 12, 10):
        if on.month != 12:
            found = (taken[9][0],) if on.month == 10 else (earlier[0],) if on.month == 7 else ()
            taken[on.month] = year.meet(on, found_done=found)
        year.meet(on, of="sibling", decisions=3)
    year.meet(date(2026, 7, 10), found_done=(taken[6][0],))
    first = year.meet(FIRST, is_special=True, decisions=1)
    # Held on the last day; its minutes were settled in the next year, and so was what it found.
    year.meet(
        LAST, is_special=True, decisions=4, settled=date(2026, 7, 3), found_done=(taken[5][0],)
    )
    between = [(first[0], LAST, LATE), (taken[8][1], date(2025, 11, 2), EARLY)]
    for decision, on, clock in between:
        finish(year, decision, on, clock)
        year.done(decision, on)
    # After the year, and therefore not in its report.
    finish(year, taken[4][0], AFTER, EARLY)
    year.done(taken[4][0], AFTER)
    # Done, and then not; and dropped.
    finish(year, taken[3][0], date(2026, 4, 1), EARLY)
    with at(date(2026, 4, 20)):
        by = year.head(OURS)
        resume_decision(decision=fresh(taken[3][0]), by=by, reason="অর্ধেক বাকি")
        drop_decision(decision=fresh(taken[1][0]), by=by, reason="প্রয়োজন নেই")
    # Found done by a meeting, taken up again, and done after the year.
    again = taken[9][1]
    year.meet(date(2026, 1, 20), is_special=True, decisions=0, found_done=(again,))
    year.ledger.entries["meetings.decisions_done"].pop()
    with at(date(2026, 2, 1)):
        resume_decision(decision=fresh(again), by=year.head(OURS), reason="অর্ধেক বাকি")
    finish(year, again, AFTER, EARLY)
    year.done(again, AFTER)
    # A draft, one called off, one decision struck out, and the reason for December.
    draft = year.meet(date(2026, 5, 20), is_special=True, is_settled=False)
    with at(date(2026, 5, 21)):
        remove_decision(decision=fresh(draft[0]), by=year.head(OURS))
    with at(date(2025, 12, 1)):
        office, by = year.office(OURS), year.head(OURS)
        meeting = create_meeting(office=office, month=date(2025, 12, 1), by=by)
        cancel_meeting(meeting=meeting, by=by, reason="সভাপতি ছুটিতে")
        explain_no_meeting(office=office, month=date(2025, 12, 1), reason="নির্বাচন", by=by)


def finish(year: Year, decision: Decision, on: date, clock: time) -> None:
    with at(on, clock):
        complete_decision(decision=fresh(decision), by=year.head(OURS))


def fresh(decision: Decision) -> Decision:
    return Decision.objects.select_related("meeting__office").get(pk=decision.pk)


def activities(year: Year) -> None:
    """Each kind on both edges of the year, within it, outside, elsewhere, and struck out."""
    kinds = {
        "training": {"batches": 2, "participants": 60, "women": 25},
        "workshop": {"participants": 45, "women": 12},
        "visit": {},
        "circle": {"participants": 14},
        "social_media": {"quantity": 31},
        "e_service": {},
        "funding": {"amount": 125_000},
        "recognition": {},
    }
    for kind, said in kinds.items():
        for on in (BEFORE, FIRST, date(2025, 11, 5), HALF_END, HALF_START, LAST, AFTER):
            year.act(kind, on, **said)
            year.act(kind, on, of="sibling", **said)
        with at(date(2026, 3, 1)):
            struck = year.act(kind, date(2026, 2, 20), of=OURS, **said)
            remove_activity(activity=struck, by=year.head(OURS))
        for entries in year.ledger.entries.values():
            entries[:] = [one for one in entries if one.thing != f"activity:{struck.pk}"]
    # Nobody wrote down how many there were.
    year.act("training", date(2026, 3, 3))
    year.act("social_media", date(2026, 3, 4))
    # Begun in the year, and over after it.
    year.act("training", LAST, ends_on=date(2026, 7, 2), participants=20, batches=1)


def ideas(year: Year) -> None:
    """From everywhere, through every state, and on both edges."""
    ways = ("staff", "citizen", "paper_box", "social_media", "meeting", "showcase")
    for number, on in enumerate((BEFORE, FIRST, date(2025, 12, 20), LAST, AFTER)):
        for way in ways[number % 2 :]:
            year.receive(way, on)
        year.receive("citizen", on, of="sibling")
    member = year.country[f"{OURS}.member"]
    year.hand_in(date(2025, 9, 9))
    year.hand_in(date(2025, 9, 10), by=member)
    year.hand_in(date(2025, 9, 11), held_for="অনেক লিংক")
    spam = year.hand_in(date(2025, 9, 12), held_for="অনেক লিংক")
    one, other = (year.receive("citizen", date(2026, 2, day)) for day in (1, 2))
    with at(date(2026, 2, 3)):
        by = year.head(OURS)
        discard_idea(idea=spam, by=by)
        merge_idea(idea=loaded(other), into=loaded(one), by=by)
    # Shortlisted in the first minute and approved in the last, and one of each a minute off.
    edge = year.receive("staff", date(2025, 6, 1))
    year.move(edge, FIRST, "shortlist", clock=EARLY)
    year.move(edge, LAST, "approve", clock=LATE)
    off = year.receive("staff", date(2025, 6, 1))
    year.move(off, BEFORE, "shortlist", clock=LATE)
    year.move(off, AFTER, "approve", clock=EARLY)
    # Shortlisted and declined; declined and appealed; approved, and then declined in the next year.
    no = year.receive("staff", date(2025, 10, 1))
    year.move(no, date(2025, 10, 10), "shortlist")
    decline(year, no, date(2025, 10, 20))
    year.note(OURS, "ideas.declined", no, date(2025, 10, 20))
    again = year.receive("staff", date(2025, 10, 2))
    decline(year, again, date(2025, 10, 21))
    with at(date(2025, 10, 25)):
        appeal_idea(idea=loaded(again), text="আবার দেখুন", by=None)
    late = year.receive("staff", date(2026, 5, 1))
    year.move(late, date(2026, 5, 2), "shortlist", "approve")
    decline(year, late, AFTER, EARLY)
    year.note(OURS, "ideas.declined", late, AFTER)
    elsewhere = year.receive("staff", date(2025, 10, 1), of="sibling")
    year.move(elsewhere, date(2025, 10, 5), "shortlist", "approve", of="sibling")


def decline(year: Year, idea: Idea, on: date, clock: time = time(11)) -> None:
    with at(on, clock):
        move_idea(idea=loaded(idea), step=DECLINE, by=year.head(OURS), reason="চালু আছে")


def loaded(idea: Idea) -> Idea:
    return Idea.objects.select_related("office").get(pk=idea.pk)


def pilots(year: Year) -> None:
    """Begun and ended before, within and after; measured, unmeasured, stopped; then spread."""
    old = year.pilot(date(2024, 9, 1), budget=70_000)
    year.finish(old, date(2025, 3, 1), rows=(IN_HOURS, VISITS), people=900)
    edge = year.pilot(FIRST, clock=EARLY, received=date(2025, 5, 1), budget=120_000)
    year.finish(edge, LAST, clock=LATE, rows=(IN_DAYS, TAKA), people=1_201, lessons="হাটে বসতে হয়")
    off = year.pilot(BEFORE, clock=LATE, budget=99_000)
    year.finish(off, AFTER, clock=EARLY, rows=(IN_DAYS, TAKA, VISITS), people=5_000)
    worse = year.pilot(date(2025, 8, 1), budget=15_000)
    year.finish(worse, date(2025, 12, 1), rows=(IN_MINUTES, UNMEASURED), people=333)
    unknown = year.pilot(date(2025, 8, 2))
    year.finish(unknown, date(2026, 1, 5))
    failed = year.pilot(date(2025, 9, 1), budget=8_000)
    year.stop(failed, date(2026, 2, 1))
    year.pilot(date(2026, 6, 1), budget=44_000)
    year.pilot(AFTER, clock=EARLY, received=date(2026, 7, 1))
    for on in (BEFORE, FIRST, date(2025, 12, 31), LAST, AFTER):
        year.visit(off, on)
    theirs = year.pilot(date(2025, 4, 1), of="sibling", budget=50_000)
    year.visit(theirs, date(2025, 10, 1))
    year.finish(theirs, date(2025, 6, 1), rows=(IN_DAYS,), people=100)
    others = [year.pilot(date(2025, 4, 2), of="district") for _number in range(4)]
    for one in others:
        year.finish(one, date(2025, 6, 2))
    show_and_spread(year, old, worse, [theirs, *others])


def show_and_spread(year: Year, old, worse, others) -> None:
    ours = [year.publish(old, date(2025, 4, 1)), year.publish(worse, date(2025, 12, 20))]
    theirs = [year.publish(one, date(2025, 6, 10)) for one in others]
    year.show(BEFORE, ours[0])
    year.show(FIRST, *theirs[:2])
    event = year.show(date(2026, 3, 26), theirs[2], ours[1])
    year.show(LAST)
    year.show(AFTER, theirs[3])
    year.show(date(2026, 3, 27), ours[0], of="sibling")
    assert event.entries.count() == 2
    for on in (BEFORE, FIRST, LAST, AFTER):
        year.award(on)
        year.award(on, of="district")
    revoked = year.award(date(2026, 1, 1))
    with at(date(2026, 8, 1)):
        revoke_award(award=revoked, reason="ভুল নাম", by=year.head(OURS))
    awards = year.ledger.entries["showcase.awards"]
    awards[:] = [one for one in awards if one.thing != f"award:{revoked.pk}"]

    # Taken before and used within, taken within and never used, dropped within and after.
    early = year.take(theirs[0], date(2025, 6, 20))
    year.adopt(early, date(2025, 9, 1), rows=(IN_DAYS,), people=250)
    year.take(theirs[1], FIRST, clock=EARLY)
    given_up = year.take(theirs[2], date(2025, 10, 1))
    year.drop(given_up, date(2026, 1, 10))
    kept_till_then = year.take(theirs[3], date(2025, 10, 2))
    year.adopt(kept_till_then, LAST, rows=(TAKA, VISITS), people=40)
    year.drop(kept_till_then, date(2026, 7, 15))
    year.take(theirs[4], AFTER, clock=EARLY)
    # And by others from us.
    for on, of in ((date(2025, 6, 29), "elsewhere"), (FIRST, "sibling"), (AFTER, "division")):
        taken = year.take(ours[0], on, of=of)
        year.adopt(taken, date(2026, 7, 2), rows=(IN_DAYS,), people=10)
    year.drop(year.take(ours[1], date(2026, 2, 2), of="sibling"), date(2026, 3, 3))
    year.take(ours[1], date(2026, 2, 4), of="district")


def plans(year: Year) -> None:
    """Tasks of both halves, with progress before, on and after the last day."""
    schedule = (
        ("১ আগস্ট ২০২৫", "৩১ ডিসেম্বর ২০২৫", [(date(2025, 12, 30), 100)]),
        ("১ জুলাই ২০২৫", "৩০ নভেম্বর ২০২৫", [(date(2025, 11, 1), 70), (date(2026, 2, 1), 100)]),
        ("১ জানুয়ারি ২০২৬", "৩০ জুন ২০২৬", [(LAST, 100)]),
        ("১ জানুয়ারি ২০২৬", "৩০ জুন ২০২৬", [(date(2026, 6, 29), 85), (AFTER, 100)]),
        ("১ অক্টোবর ২০২৫", "৩১ মার্চ ২০২৬", [(HALF_END, 33), (HALF_START, 34)]),
        ("১ মার্চ ২০২৬", "১৫ মে ২০২৬", []),
        (MONTHLY, "", [(date(2025, 9, 15), 20), (date(2026, 4, 15), 61)]),
        ("সুবিধাজনক সময়ে", "", []),
    )
    with at(date(2025, 7, 5)):
        by = year.head(OURS)
        plan = make_plan(year.office(OURS), by=by, tasks=0, period="2025-2026")
        tasks = [
            make_task(plan, by=by, number=number, start_text=start, end_text=end)
            for number, (start, end, _progress) in enumerate(schedule, start=1)
        ]
        gone = make_task(plan, by=by, start_text="১ আগস্ট ২০২৫", end_text="২ আগস্ট ২০২৫")
        delete_task(task=gone, by=by)
    months = [*((2025, month) for month in range(7, 13)), *((2026, month) for month in range(1, 7))]
    year.plan(plan, days={MONTHLY: tuple(date(*month, 15) for month in months)})
    for task, (_start, _end, progress) in zip(tasks, schedule, strict=True):
        for on, percent in progress:
            year.progress(task, on, percent, told=max(on, date(2026, 7, 18)))
    with at(date(2026, 6, 15)):
        by = year.head(OURS)
        ahead = make_plan(year.office(OURS), by=by, tasks=5, period="2026-2027")
        make_task(ahead, by=by, start_text="১ মার্চ ২০২৭", end_text="৩০ জুন ২০২৭")
        year.plan(ahead, is_next=True)
        make_plan(year.office(OURS), by=by, tasks=1, period="2027-2028")
    with at(date(2025, 7, 6)):
        by = year.head("sibling")
        theirs = make_plan(year.office("sibling"), by=by, tasks=3, period="2025-2026")
        for task in theirs.tasks.all():
            add_progress(task=task, by=by, on=date(2025, 7, 6), text="হয়েছে", percent=100)


def own(year: Year, report: Report) -> None:
    """What belongs to the report itself."""
    lines = [
        ScoreText("ডাটাবেজ হালনাগাদ", Decimal(10), Decimal("8.5"), objective="উদ্ভাবন"),
        ScoreText("সেবা ডিজিটাইজেশন", Decimal("15.5"), Decimal("15.25")),
    ]
    set_score_lines(report=report, lines=lines, by=year.head(OURS))
    for line in report.score_lines.all():
        year.ledger.note("scores.total", line, LAST, line.score)
        year.ledger.note("scores.weight", line, LAST, line.weight)
    picture = CleanFile(PNG, "image/png", "png")
    added = add_report_picture(report=report, clean=picture, caption="শোকেসিং", by=year.head(OURS))
    year.ledger.note("annexes.pictures", added, LAST)


def lived(*happenings: Callable[[Year], None]) -> Year:
    with at(date(2024, 1, 1)):
        year = Year(make_country())
    for happens in happenings:
        happens(year)
    return year


def report_on(year: Year, period: str, kind: str = ReportKind.ANNUAL) -> Report:
    return create_report(
        office=year.office(OURS), kind=ReportKind(kind), period=Period.parse(period), by=None
    )


def compare(year: Year, report: Report, *, but: tuple[str, ...] = ()) -> set[str]:
    """Every number of the report and every list behind one, against the ledger.

    The keys of the numbers that are not zero.
    """
    said = {
        f"{section['key']}.{figure['key']}": figure
        for section in report_content(report)["sections"]
        for figure in section["figures"]
    }
    differing = {}
    for section, kinds in FIGURES.items():
        for kind in kinds:
            key = f"{section}.{kind.key}"
            if key in but:
                continue
            must = year.ledger.of(key, report.starts_on, report.ends_on)
            total = year.ledger.total(key, report.starts_on, report.ends_on)
            records = records_of(report, section, kind.key)
            listed = {row.key: row.amount for row in records.rows}
            assert len(listed) == len(records.rows), f"{key} lists something twice"
            says = Decimal(said[key]["value"])
            if (listed, records.total, says) != (must, total, total):
                differing[key] = {"listed": listed, "must": must, "says": says, "total": total}
    assert not differing
    assert set(said) == {
        f"{key}.{kind.key}" for key, kinds in FIGURES.items() for kind in kinds
    } - {*but}
    return {key for key, figure in said.items() if Decimal(figure["value"])}


def test_reports_of_a_full_year_are_what_happened() -> None:
    year = lived(meetings, activities, ideas, pilots, plans)
    with at(WRITTEN_ON):
        report = report_on(year, "2025-2026")
        own(year, report)
        report.refresh_from_db()
        assert compare(year, report) == {
            f"{section}.{kind.key}" for section, kinds in FIGURES.items() for kind in kinds
        }
        # Nothing has changed since it was begun.
        assert not any(offers_of(report).values())
        check_links(year, report)
        check_halves(year)


def check_links(year: Year, report: Report) -> None:
    """The team opens whatever stands behind a number."""
    member = client_of(year.country[f"{OURS}.member"])
    urls = {
        row.key.partition(":")[0]: row.url
        for section, kinds in FIGURES.items()
        for kind in kinds
        for row in records_of(report, section, kind.key).rows
    }
    assert len(urls) == 13
    without_a_page = {"scoreline", "reportpicture"}
    for kind, url in urls.items():
        assert bool(url) != (kind in without_a_page), kind
        assert not url or member.get(url).status_code == 200, kind


def check_halves(year: Year) -> None:
    scores = ("scores.total", "scores.weight")
    year.ledger.entries["annexes.pictures"].clear()  # those are the yearly report's own
    second = report_on(year, "2026-01..2026-06", ReportKind.HALF_YEARLY)
    assert "meetings.held" in compare(year, second, but=scores)
    # In the middle of the plan: what is ahead is the rest of it, not the plan after it.
    year.ledger.next_plan.clear()
    first = report_on(year, "2025-07..2025-12", ReportKind.HALF_YEARLY)
    assert "next_plan.tasks" in compare(year, first, but=scores)


def test_report_on_a_calendar_year_ends_in_december() -> None:
    """Old years are typed in today, each thing with the day on which it happened."""
    now = date(2026, 8, 1)
    with at(date(2024, 1, 1)):
        year = Year(make_country())
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1))
    for on in days:
        year.meet(on, now=now, is_special=on.day == 31)
        year.act("training", on, now=now, participants=30, women=9)
        year.act("visit", on, now=now)
    with at(now):
        by = year.head(OURS)
        plan = make_plan(year.office(OURS), by=by, tasks=0, period="2016")
        task = make_task(plan, by=by, start_text="১ মার্চ ২০১৬", end_text="৩১ ডিসেম্বর ২০১৬")
        year.plan(plan)
        year.progress(task, date(2016, 12, 31), 90, told=now)
        year.progress(task, date(2017, 1, 1), 100, told=now)
        ahead = make_plan(year.office(OURS), by=by, tasks=2, period="2017-01..2017-06")
        year.plan(ahead, is_next=True)
        report = report_on(year, "2016")
        assert not report.sections.filter(key="scores").exists()
        filled = compare(year, report, but=("scores.total", "scores.weight"))
        assert {"meetings.held", "training.participants", "plan.percent", "plan.late"} <= filled
        assert (
            "২০১৬ সালে (১ জানুয়ারি ২০১৬ থেকে ৩১ ডিসেম্বর ২০১৬)"
            in report.sections.get(key="introduction").words
        )
