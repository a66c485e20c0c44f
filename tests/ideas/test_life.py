"""The whole life of ideas, in any order, against a model of our own.

Offices hand ideas in, hold and admit them, screen, decline, appeal, merge and part them, try them
out, show them, take them over from one another and give them up. Whatever was done, in whatever
order, the application must stand where the model stands, refuse what the model refuses and
change nothing then; and the tree of who took what from whom and the nation's sums must be those
that the model works out with its own arithmetic.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ideas.actions import (
    HandIn,
    InitiativeText,
    MeasureRow,
    People,
    admit_idea,
    adopt_replication,
    appeal_idea,
    create_initiative,
    discard_idea,
    drop_replication,
    finish_pilot,
    hand_in_idea,
    merge_idea,
    move_idea,
    publish_initiative,
    readmit_idea,
    save_measures,
    stop_pilot,
    take_initiative,
    unmerge_idea,
    withdraw_initiative,
)
from ideas.enums import APPROVE, DECLINE, SHORTLIST, SHOWCASE, START_PILOT
from ideas.models import Idea, Initiative, Pilot, Replication
from ideas.national import nation
from ideas.spread import spread_of
from teams.models import Office, User
from teams.transitions import WrongState
from tests.factories import Country, make_country

pytestmark = pytest.mark.django_db

OFFICES = ("upazila", "sibling", "district", "elsewhere")
# Minutes in each unit, written here once more.
IN_MINUTES = {"minute": 1, "hour": 60, "day": 1440}
GOING_ON = {"received", "shortlisted", "approved", "piloting", "showcased", "replicated"}

pick = st.integers(min_value=0, max_value=1_000)
amounts = st.decimals(min_value=0, max_value=500, places=2, allow_nan=False, allow_infinity=False)
people = st.integers(min_value=0, max_value=100_000)


# --- The model ------------------------------------------------------------------------------
@dataclass
class Table:
    """A TCV table with one row of time, and how many people it serves."""

    unit: str
    before: Decimal
    after: Decimal
    people: int

    @property
    def minutes_a_year(self) -> Fraction:
        saved = Fraction(self.before) - Fraction(self.after)
        return saved * IN_MINUTES[self.unit] * self.people


@dataclass
class Copy:
    """One office's replication in the model; `parent` is another copy, None the first office."""

    pk: int
    office: str
    parent: "Copy | None"
    state: str = "taken"
    table: Table | None = None


@dataclass
class Story:
    """An idea in the model."""

    pk: int
    office: str
    state: str
    into: "Story | None" = None
    has_appealed: bool = False
    pilot: str = ""
    table: Table | None = None
    page: str = ""
    copies: list[Copy] = field(default_factory=list)

    @property
    def is_proven(self) -> bool:
        return self.state in {"showcased", "replicated"} and self.page == "published"

    def kept_copy_of(self, office: str) -> Copy | None:
        return next((c for c in self.copies if c.office == office and c.state != "dropped"), None)


def end_of(story: Story) -> Story:
    while story.into:
        story = story.into
    return story


# --- The machine ----------------------------------------------------------------------------
class Life(RuleBasedStateMachine):
    """Each rule asks the application for a step and the model whether it may be taken."""

    country: Country  # founded once; each life is taken back at its end

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.stories: list[Story] = []

    @initialize(office=st.sampled_from(OFFICES), after=amounts)
    def found_offices(self, office: str, after: Decimal) -> None:
        """Offices with a few new ideas, and one that has come all the way to its page."""
        self.offices: dict[str, Office] = {name: getattr(self.country, name) for name in OFFICES}
        for number, at in enumerate((office, "upazila", "upazila", "sibling")):
            self.hand_in(at, False, number)
        self.carry_through(0, after)

    # --- How a step is taken -------------------------------------------------------------------
    def head(self, office: str) -> User:
        return User.objects.get(pk=self.country[f"{office}.head"].pk)

    def story(self, number: int) -> Story:
        return self.stories[number % len(self.stories)]

    def idea(self, story: Story) -> Idea:
        return Idea.objects.select_related("office", "merged_into").get(pk=story.pk)

    def step(self, may: bool, do: Callable[[], Any]) -> Any:
        """Take a step; it goes exactly if the model says so."""
        try:
            with transaction.atomic():
                done = do()
        except (WrongState, PermissionDenied):
            assert not may
            return None
        assert may
        return done

    # --- Coming in -----------------------------------------------------------------------------
    @rule(office=st.sampled_from(OFFICES), is_held=st.booleans(), number=pick)
    def hand_in(self, office: str, is_held: bool, number: int) -> None:
        words = HandIn(
            description=f"প্রস্তাব {number}: হাটের দিনে ফরম পূরণে সহায়তা", title=f"আইডিয়া {number}"
        )
        idea = hand_in_idea(
            office=self.offices[office],
            hand_in=words,
            by=None,
            form_key=uuid4(),
            admit=lambda: "অনেক লিংক" if is_held else "",
        )
        self.stories.append(Story(idea.pk, office, "held" if is_held else "received"))

    @precondition(lambda self: self.stories)
    @rule(number=pick, step=st.sampled_from(["admit", "discard", "readmit"]))
    def look_over(self, number: int, step: str) -> None:
        story = self.story(number)
        action, source, target = {
            "admit": (admit_idea, "held", "received"),
            "discard": (discard_idea, "held", "discarded"),
            "readmit": (readmit_idea, "discarded", "received"),
        }[step]
        may = story.state == source
        by = self.head(story.office)
        self.step(may, lambda: action(idea=self.idea(story), by=by))
        if may:
            story.state = target

    # --- Screening -----------------------------------------------------------------------------
    @precondition(lambda self: self.stories)
    @rule(number=pick, office=st.none() | st.sampled_from(OFFICES))
    def go_on(self, number: int, office: str | None) -> None:
        """The next plain step; now and then somebody of another office tries."""
        story = self.story(number)
        ways = {
            "received": (SHORTLIST, "shortlisted"),
            "shortlisted": (APPROVE, "approved"),
            "approved": (START_PILOT, "piloting"),
            "piloting": (SHOWCASE, "showcased"),
        }
        step, target = ways.get(story.state, (SHORTLIST, ""))
        by = office or story.office
        may = bool(target) and by == story.office
        self.step(may, lambda: move_idea(idea=self.idea(story), step=step, by=self.head(by)))
        if may:
            story.state = target
            if target == "piloting":
                story.pilot = "running"

    @precondition(lambda self: self.stories)
    @rule(number=pick)
    def decline(self, number: int) -> None:
        """Refuse; the second time for good."""
        story = self.story(number)
        may = story.state in {"received", "shortlisted", "approved"}
        self.step(
            may,
            lambda: move_idea(
                idea=self.idea(story), step=DECLINE, by=self.head(story.office), reason="হয় না"
            ),
        )
        if may:
            story.state = "declined"

    @precondition(lambda self: self.stories)
    @rule(number=pick)
    def appeal(self, number: int) -> None:
        story = self.story(number)
        may = story.state == "declined" and not story.has_appealed
        self.step(may, lambda: appeal_idea(idea=self.idea(story), text="আবার দেখুন", by=None))
        if may:
            story.state, story.has_appealed = "received", True

    @rule(number=pick)
    def second_chance(self, number: int) -> None:
        """Refused and appealed; refused and appealed again, if it was already."""
        self.decline(number)
        self.appeal(number)

    @precondition(lambda self: len(self.stories) > 1)
    @rule(number=pick, other=pick)
    def merge(self, number: int, other: int) -> None:
        story, into = self.story(number), self.story(other)
        is_known = into.office == story.office or into.state in GOING_ON - {"received"}
        may = (
            story is not into
            and story.state in {"received", "shortlisted"}
            and into.state in GOING_ON
            and is_known
        )
        by = self.head(story.office)
        self.step(may, lambda: merge_idea(idea=self.idea(story), into=self.idea(into), by=by))
        if may:
            story.state, story.into = "merged", into

    @rule(number=pick)
    def merge_two_in_turn(self, number: int) -> None:
        """One into another that is merged in its turn, among those that wait."""
        waiting = [n for n, one in enumerate(self.stories) if one.state == "received"]
        if len(waiting) > 2:
            first, second, third = (waiting[(number + n) % len(waiting)] for n in range(3))
            self.merge(first, second)
            self.merge(second, third)

    @precondition(lambda self: any(story.into for story in self.stories))
    @rule(number=pick)
    def part(self, number: int) -> None:
        merged = [story for story in self.stories if story.into]
        story = merged[number % len(merged)]
        may = end_of(story).state in {"received", "shortlisted"}
        self.step(may, lambda: unmerge_idea(idea=self.idea(story), by=self.head(story.office)))
        if may:
            story.state, story.into = "received", None

    # --- The pilot -----------------------------------------------------------------------------
    @precondition(lambda self: any(story.pilot for story in self.stories))
    @rule(
        number=pick,
        unit=st.sampled_from(list(IN_MINUTES)),
        before=amounts,
        after=amounts,
        count=people,
    )
    def measure(self, number: int, unit: str, before: Decimal, after: Decimal, count: int) -> None:
        tried = [story for story in self.stories if story.pilot]
        story = tried[number % len(tried)]
        table = Table(unit, before, after, count)
        done = self.step(
            story.pilot in {"running", "succeeded"},
            lambda: (
                save_measures(
                    of=Pilot.objects.get(idea=story.pk),
                    by=self.head(story.office),
                    **written(table),
                )
                or True
            ),
        )
        if done:
            story.table = table

    @precondition(lambda self: any(story.pilot for story in self.stories))
    @rule(number=pick, went_well=st.booleans())
    def end_pilot(self, number: int, went_well: bool) -> None:
        tried = [story for story in self.stories if story.pilot]
        story = tried[number % len(tried)]
        pilot = Pilot.objects.select_related("idea__office").get(idea=story.pk)
        by = self.head(story.office)
        if went_well:
            may = story.pilot == "running"
            self.step(
                may,
                lambda: finish_pilot(
                    pilot=pilot, results="কাজ হয়েছে", lessons="", by=by, unmeasured_reason="পরে"
                ),
            )
            if may:
                story.pilot = "succeeded"
            return
        may = story.pilot == "running" and story.state == "piloting"
        self.step(may, lambda: stop_pilot(pilot=pilot, lessons="যন্ত্র নেই", by=by))
        if may:
            story.pilot, story.state = "stopped", "stopped"

    # --- The page ------------------------------------------------------------------------------
    @precondition(lambda self: any(story.pilot for story in self.stories))
    @rule(number=pick)
    def show(self, number: int) -> None:
        """Write the page, and publish it."""
        tried = [story for story in self.stories if story.pilot]
        story = tried[number % len(tried)]
        may = story.state in {"showcased", "replicated"} or (
            story.state == "piloting" and story.pilot == "succeeded"
        )
        by = self.head(story.office)
        text = InitiativeText(title="উদ্যোগ", summary="এক নজরে")
        self.step(
            may and story.page != "published",
            lambda: publish_initiative(
                initiative=create_initiative(idea=self.idea(story), text=text, by=by), by=by
            ),
        )
        if may:
            story.page = "published"
            if story.state == "piloting":
                story.state = "showcased"

    @precondition(lambda self: any(story.page for story in self.stories))
    @rule(number=pick)
    def hide(self, number: int) -> None:
        shown = [story for story in self.stories if story.page]
        story = shown[number % len(shown)]
        may = story.page == "published"
        page = Initiative.objects.select_related("idea__office").get(idea=story.pk)
        self.step(may, lambda: withdraw_initiative(initiative=page, by=self.head(story.office)))
        if may:
            story.page = "withdrawn"

    @precondition(lambda self: self.stories)
    @rule(number=pick, after=amounts, fails=st.booleans())
    def carry_through(self, number: int, after: Decimal, fails: bool = False) -> None:
        """All the steps to the published page, as most offices take them: one after another.

        Or to the end of a pilot that fails; what was declined is appealed first.
        """
        story = self.story(number)
        if story.state == "declined" and not story.has_appealed:
            self.appeal(number)
        while story.state in {"received", "shortlisted", "approved"}:
            self.go_on(number, None)
        if story.state == "piloting" and story.pilot == "running" and fails:
            self.end_pilot(self.tried_number(story), went_well=False)
        if story.pilot == "running":
            self.measure(self.tried_number(story), "hour", Decimal("7.5"), after, 1_200)
            self.end_pilot(self.tried_number(story), went_well=True)
        if story.pilot == "succeeded" and story.page != "published":
            self.show(self.tried_number(story))

    def tried_number(self, story: Story) -> int:
        return [one for one in self.stories if one.pilot].index(story)

    # --- Taken over ----------------------------------------------------------------------------
    @precondition(lambda self: any(story.page for story in self.stories))
    @rule(number=pick, office=st.sampled_from(OFFICES), source=st.none() | pick)
    def take_over(self, number: int, office: str, source: int | None) -> None:
        shown = [story for story in self.stories if story.page]
        story = shown[number % len(shown)]
        parent = None
        if source is not None and story.copies:
            parent = story.copies[source % len(story.copies)]
        may = (
            story.is_proven
            and office != story.office
            and story.kept_copy_of(office) is None
            and (parent is None or (parent.state == "in_use" and parent.office != office))
        )
        made = self.step(
            may,
            lambda: take_initiative(
                idea=self.idea(story),
                office=self.offices[office],
                by=self.head(office),
                taken_from=Replication.objects.get(pk=parent.pk) if parent else None,
            ),
        )
        if made:
            story.copies.append(Copy(made.pk, office, parent))

    @precondition(lambda self: any(story.copies for story in self.stories))
    @rule(
        number=pick,
        unit=st.sampled_from(list(IN_MINUTES)),
        before=amounts,
        after=amounts,
        count=people,
    )
    def adopt(self, number: int, unit: str, before: Decimal, after: Decimal, count: int) -> None:
        story, copy = self.copy(number)
        table = Table(unit, before, after, count)
        may = copy.state == "taken"
        replication = Replication.objects.select_related("office", "idea__office").get(pk=copy.pk)
        self.step(
            may,
            lambda: adopt_replication(
                replication=replication, by=self.head(copy.office), **written(table)
            ),
        )
        if may:
            copy.state, copy.table = "in_use", table
            if story.state == "showcased":
                story.state = "replicated"

    @precondition(lambda self: any(story.is_proven for story in self.stories))
    @rule(office=st.sampled_from(OFFICES), source=st.none() | pick, after=amounts)
    def take_and_adopt(self, office: str, source: int | None, after: Decimal) -> None:
        """An office takes over the first proven idea and reports it in use."""
        shown = [story for story in self.stories if story.page]
        number = next(n for n, story in enumerate(shown) if story.is_proven)
        known = len(shown[number].copies)
        in_use = [n for n, copy in enumerate(shown[number].copies) if copy.state == "in_use"]
        if source is not None and in_use:
            source = in_use[source % len(in_use)]
        self.take_over(number, office, source)
        if len(shown[number].copies) > known:
            every = [copy for story in self.stories for copy in story.copies]
            self.adopt(every.index(shown[number].copies[-1]), "day", Decimal(30), after, 500)

    @precondition(lambda self: any(story.copies for story in self.stories))
    @rule(number=pick)
    def drop(self, number: int) -> None:
        _story, copy = self.copy(number)
        may = copy.state != "dropped"
        replication = Replication.objects.select_related("office").get(pk=copy.pk)
        self.step(
            may,
            lambda: drop_replication(
                replication=replication, reason="লোকবল নেই", by=self.head(copy.office)
            ),
        )
        if may:
            copy.state = "dropped"

    def copy(self, number: int) -> tuple[Story, Copy]:
        every = [(story, copy) for story in self.stories for copy in story.copies]
        return every[number % len(every)]

    # --- What must be true at any time -----------------------------------------------------------
    @invariant()
    def every_idea_stands_where_the_model_stands(self) -> None:
        rows = Idea.objects.in_bulk([story.pk for story in self.stories])
        for story in self.stories:
            row = rows[story.pk]
            assert (row.status, row.merged_into_id) == (
                story.state,
                story.into.pk if story.into else None,
            )

    @invariant()
    def nobody_who_follows_a_merged_idea_is_lost(self) -> None:
        for story in self.stories:
            end = end_of(story)
            assert end.state != "merged"
            assert end.into is None

    @invariant()
    def lineage_is_the_models(self) -> None:
        rows = Replication.objects.order_by("pk").values_list("pk", "taken_from_id", "status")
        copies = [copy for story in self.stories for copy in story.copies]
        wanted = [(c.pk, c.parent.pk if c.parent else None, c.state) for c in copies]
        assert list(rows) == sorted(wanted)

    @invariant()
    def tree_shown_to_all_is_the_models(self) -> None:
        for story in self.stories:
            if story.page != "published":
                continue
            page = Initiative.objects.select_related("idea__office").get(idea=story.pk)
            depths = Counter(
                (branch.replication.pk, branch.depth) for branch in spread_of(page).branches
            )
            assert depths == Counter((c.pk, depth_of(c)) for c in shown_copies(story))

    @invariant()
    def sums_of_the_nation_are_the_models(self) -> None:
        minutes, terms = Fraction(0), 0
        for story in self.stories:
            if story.page != "published":
                continue
            tables = [story.table] if story.pilot == "succeeded" and story.table else []
            tables += [c.table for c in story.copies if c.state == "in_use" and c.table]
            minutes += sum((table.minutes_a_year for table in tables), Fraction(0))
            terms += len(tables)
        time = nation().totals.time
        assert (Fraction(time.amount), len(time.terms)) == (minutes, terms)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def written(table: Table) -> dict[str, Any]:
    row = MeasureRow("time", table.unit, table.before, table.after)
    return {"rows": [row], "people": People(table.people, "হিসাব")}


def depth_of(copy: Copy) -> int:
    return 1 + (depth_of(copy.parent) if copy.parent else 0)


def shown_copies(story: Story) -> list[Copy]:
    """Those in the public tree: a dropped one only for the sake of what was learnt from it."""
    kept = [copy for copy in story.copies if copy.state != "dropped"]
    shown: list[Copy] = []
    for copy in kept:
        link: Copy | None = copy
        while link and link not in shown:
            shown.append(link)
            link = link.parent
    return shown


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> Country:
    founded = make_country()
    monkeypatch.setattr(Life, "country", founded, raising=False)
    return founded


@pytest.mark.usefixtures("country")
def test_life_of_ideas_in_any_order() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.usefixtures("country")
def test_whole_life_with_merges_appeals_and_two_offices() -> None:
    """One life by hand, through the same rules: what chance might never come to."""
    life = Life()
    try:
        whole_life(life)
    finally:
        life.teardown()


def whole_life(life: Life) -> None:
    """Stories 0 to 3 are found in the registers: 0 of the district is shown already."""
    life.found_offices("district", Decimal("2.5"))
    shown, first, second, third = life.stories
    life.merge(1, 2)
    life.merge(2, 3)  # another office's, which nobody has read yet
    assert second.state == "received"
    life.go_on(3, None)
    life.merge(2, 3)
    check(life)
    assert end_of(first) is third
    life.part(1)  # the second of those merged
    check(life)
    assert (second.state, end_of(first)) == ("received", second)
    life.second_chance(3)
    life.second_chance(3)
    check(life)
    assert (third.state, third.has_appealed) == ("declined", True)
    life.carry_through(2, Decimal(1), fails=True)
    check(life)
    assert second.state == "stopped"
    life.take_and_adopt("upazila", None, Decimal(4))
    check(life)
    assert shown.state == "replicated"
    life.take_and_adopt("sibling", 0, Decimal(40))  # learnt from the upazila, and slower there
    life.take_and_adopt("elsewhere", 1, Decimal(0))
    check(life)
    assert [copy.parent for copy in shown.copies] == [None, *shown.copies[:2]]
    life.drop(1)  # whoever learnt from it goes on
    check(life)
    life.hide(0)
    life.take_over(0, "sibling", None)
    check(life)
    life.show(0)
    life.take_over(0, "sibling", 2)
    check(life)
    assert [copy.state for copy in shown.copies] == ["in_use", "dropped", "in_use", "taken"]


def check(life: Life) -> None:
    """All that must be true at any time."""
    life.every_idea_stands_where_the_model_stands()
    life.nobody_who_follows_a_merged_idea_is_lost()
    life.lineage_is_the_models()
    life.tree_shown_to_all_is_the_models()
    life.sums_of_the_nation_are_the_models()
