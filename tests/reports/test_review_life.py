"""The whole life of a report under review, in any order and by anybody, against a model of our own.

An office sends, the Cabinet Division marks, comments, returns, accepts, publishes, opens again and
withdraws, offices above comment, the team answers, and people who may not try it too. Whatever was
done, in whatever order, the report must stand where the model stands; each person sees just the
comments, marks and submissions the model shows them; a step that was taken left one entry in the
record, and one that was refused left none.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
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

from reports.actions import (
    accept_report,
    add_comment,
    answer_comment,
    assign_reviews,
    create_report,
    delete_comment,
    publish_report,
    reopen_report,
    return_report,
    save_marks,
    send_comments,
    settle_comment,
    submit_report,
    take_review,
    withdraw_report,
)
from reports.enums import TRANSITIONS, ReportKind, ReportStatus
from reports.models import Comment, Report, Review, Submission
from reports.review.places import Place
from reports.review.scoring import MarkWords, criteria_of
from teams.enums import Role
from teams.models import AuditEntry, User
from teams.transitions import Transition, WrongState
from tests.factories import Country, client_of, make_country, make_officer
from tests.reports.build import REASON, YEAR, make_report, mark_fully, soon
from workplans.periods import Period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HEAD, OFFICER, MEMBER = "upazila.head", "upazila.innovation_officer", "upazila.member"
TEAM = {HEAD, OFFICER, MEMBER}
SUPERIORS = {"district.head", "division.member"}
REVIEWERS = {"reviewer", "second_reviewer"}
STRANGERS = {"sibling.head", "elsewhere.head", "administrator", "nobody"}
# Those who try most, so that reports get on.
PEOPLE = (HEAD, MEMBER, *sorted(SUPERIORS), *sorted(REVIEWERS), "sibling.head", "nobody")
SUMMARY = "পর্যালোচনার সার কথা"

people = st.sampled_from(PEOPLE)
reviewers = st.sampled_from((*sorted(REVIEWERS), *sorted(REVIEWERS), HEAD, "district.head"))
pick = st.integers(min_value=0, max_value=1_000)


# --- The model ---------------------------------------------------------------------------------
@dataclass
class Said:
    """A comment in the model."""

    pk: int
    text: str
    writer: str
    submission: int
    is_sent: bool = False
    answer: str = ""
    is_settled: bool = False

    @property
    def is_reviewers(self) -> bool:
        return self.writer in REVIEWERS

    def is_seen_by(self, person: str) -> bool:
        if person not in TEAM | SUPERIORS | REVIEWERS:
            return False
        return self.is_sent or person == self.writer or (self.is_reviewers and person in REVIEWERS)


@dataclass
class Story:
    """The report in the model. `marks` and `verdicts` are by the number of the submission."""

    status: str = "draft"
    sent: int = 0
    reviewer: str = ""
    marks: set[int] = field(default_factory=set)
    verdicts: dict[int, str] = field(default_factory=dict)
    comments: list[Said] = field(default_factory=list)

    def is_open_to(self, person: str) -> bool:
        """Whether the person may comment now."""
        return self.status == "submitted" and person in REVIEWERS | SUPERIORS


# --- The machine ---------------------------------------------------------------------------------
class Life(RuleBasedStateMachine):
    """Each rule asks the application for a step and the model whether it may be taken."""

    country: Country  # founded once; each life is taken back at its end

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.story = Story()

    @initialize(sends=st.booleans())
    def begin(self, sends: bool) -> None:
        self.office = self.country.upazila
        self.pk = create_report(
            office=self.office,
            kind=ReportKind.ANNUAL,
            period=Period.parse(YEAR),
            by=self.person(MEMBER),
        ).pk
        if sends:
            self.submit(HEAD)

    # --- How a step is taken -------------------------------------------------------------------
    def person(self, name: str) -> User:
        return User.objects.get(pk=self.country[name].pk)

    def report(self) -> Report:
        return Report.objects.select_related("office").get(pk=self.pk)

    def newest(self) -> Submission:
        return Submission.objects.select_related("report__office").get(
            report=self.pk, number=self.story.sent
        )

    def step(self, may: bool, do: Callable[[], Any], action: str = "") -> Any:
        """Take a step; it goes exactly if the model says so, and leaves `action` in the record."""
        last = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        try:
            with transaction.atomic():
                done = do()
        except (WrongState, PermissionDenied):
            assert not may
            assert not AuditEntry.objects.filter(pk__gt=last).exists()
            return None
        assert may
        steps = AuditEntry.objects.filter(pk__gt=last).exclude(action__startswith="submission.")
        written = [entry.action for entry in steps.exclude(action__startswith="publication.")]
        assert written == ([action] if action else [])
        return done

    # --- The report ----------------------------------------------------------------------------
    @rule(by=st.sampled_from((HEAD, HEAD, HEAD, OFFICER, "reviewer", "sibling.head")))
    def submit(self, by: str) -> None:
        may = self.story.status in {"draft", "returned"} and by == HEAD
        person = self.person(by)
        self.step(may, lambda: submit_report(report=self.report(), by=person), "report.submit")
        if may:
            self.story.status, self.story.sent = "submitted", self.story.sent + 1

    def decided(self, verdict: str) -> None:
        self.story.status = self.story.verdicts[self.story.sent] = verdict
        for comment in self.story.comments:
            if comment.is_reviewers and comment.submission == self.story.sent:
                comment.is_sent = True

    @rule(by=reviewers)
    def send_back(self, by: str) -> None:
        may = self.story.status == "submitted" and by in REVIEWERS
        person = self.person(by)
        self.step(
            may,
            lambda: return_report(
                report=self.report(), by=person, reason=REASON, resubmit_by=soon()
            ),
            "report.return",
        )
        if may:
            self.decided("returned")

    @rule(by=reviewers, marks_first=st.booleans())
    def accept(self, by: str, marks_first: bool) -> None:
        if marks_first:
            self.mark(by)
        may = (
            self.story.status == "submitted"
            and by in REVIEWERS
            and self.story.sent in self.story.marks
        )
        person = self.person(by)
        self.step(may, lambda: accept_report(report=self.report(), by=person), "report.accept")
        if may:
            self.decided("accepted")

    @precondition(lambda self: self.story.sent > 1)
    @rule(by=st.sampled_from(sorted(REVIEWERS)), accepts=st.booleans())
    def decide_on_an_old_one(self, by: str, accepts: bool) -> None:
        old = Submission.objects.get(report=self.pk, number=self.story.sent - 1)
        person = self.person(by)
        if accepts:
            self.step(False, lambda: accept_report(report=self.report(), submission=old, by=person))
        else:
            self.step(
                False,
                lambda: return_report(
                    report=self.report(),
                    submission=old,
                    by=person,
                    reason=REASON,
                    resubmit_by=soon(),
                ),
            )

    @rule(by=st.sampled_from((HEAD, OFFICER, MEMBER, "reviewer", "district.head")))
    def publish(self, by: str) -> None:
        may = self.story.status == "accepted" and by in {HEAD, OFFICER, "reviewer"}
        person = self.person(by)
        self.step(may, lambda: publish_report(report=self.report(), by=person), "report.publish")
        if may:
            self.story.status = "published"

    @rule(by=reviewers)
    def reopen(self, by: str) -> None:
        may = self.story.status in {"accepted", "published", "withdrawn"} and by in REVIEWERS
        person = self.person(by)
        self.step(
            may,
            lambda: reopen_report(
                report=self.report(), by=person, reason=REASON, resubmit_by=soon()
            ),
            "report.reopen",
        )
        if may:
            self.story.status = "returned"

    @rule(by=reviewers)
    def withdraw(self, by: str) -> None:
        may = self.story.status in {"accepted", "published"} and by in REVIEWERS
        person = self.person(by)
        self.step(
            may,
            lambda: withdraw_report(report=self.report(), by=person, reason="ভুল সংখ্যা"),
            "report.withdraw",
        )
        if may:
            self.story.status = "withdrawn"

    # --- Whose review it is --------------------------------------------------------------------
    @rule(by=reviewers, to=st.sampled_from(("", "reviewer", "second_reviewer", "sibling.head")))
    def assign(self, by: str, to: str) -> None:
        may = by in REVIEWERS and to != "sibling.head"
        changes = may and self.story.status != "draft" and to != self.story.reviewer
        post = self.country[to].scope.main_post if to else None
        person = self.person(by)
        self.step(
            may,
            lambda: assign_reviews(reports=[self.report()], post=post, by=person) or True,
            "report.assign" if changes else "",
        )
        if changes:
            self.story.reviewer = to

    @rule(by=reviewers)
    def take(self, by: str) -> None:
        may = by in REVIEWERS and self.story.status != "draft" and self.story.reviewer in {"", by}
        person = self.person(by)
        changes = may and not self.story.reviewer
        action = "report.assign" if changes else ""
        self.step(may, lambda: take_review(report=self.report(), by=person), action)
        if changes:
            self.story.reviewer = by

    # --- Marks ---------------------------------------------------------------------------------
    @precondition(lambda self: self.story.sent)
    @rule(by=reviewers)
    def mark(self, by: str) -> None:
        if not self.story.sent:
            return
        may = self.story.status == "submitted" and by in REVIEWERS
        report, submission, person = self.report(), self.newest(), self.person(by)
        points = {one.pk: one.points for one in criteria_of(report)}
        version = Review.objects.filter(submission=submission).values_list("version", flat=True)
        words = MarkWords(points, {}, f"{SUMMARY} {submission.number}")
        self.step(
            may,
            lambda: save_marks(
                submission=submission, version=version.first() or 0, words=words, by=person
            ),
        )
        if may:
            self.story.marks.add(self.story.sent)

    # --- Comments --------------------------------------------------------------------------------
    @precondition(lambda self: self.story.sent)
    @rule(by=people, on_section=st.booleans(), old=st.booleans())
    def draft(self, by: str, on_section: bool, old: bool) -> None:
        number = self.story.sent - 1 if old and self.story.sent > 1 else self.story.sent
        may = self.story.is_open_to(by) and number == self.story.sent
        submission = Submission.objects.get(report=self.pk, number=number)
        key = submission.content["sections"][0]["key"]
        place, person = Place(key) if on_section else Place(), self.person(by)
        text = f"মন্তব্য [{len(self.story.comments)}]"
        made = self.step(
            may,
            lambda: add_comment(
                submission=submission, place=place, text=text, form_key=uuid4(), by=person
            ),
        )
        if made:
            self.story.comments.append(Said(made.pk, text, by, number))

    def comment(self, number: int) -> tuple[Said, Comment]:
        said = self.story.comments[number % len(self.story.comments)]
        return said, Comment.objects.select_related("report__office").get(pk=said.pk)

    @precondition(lambda self: self.story.comments)
    @rule(number=pick, by=people)
    def throw_away(self, number: int, by: str) -> None:
        said, row = self.comment(number)
        may = by == said.writer and not said.is_sent
        person = self.person(by)
        self.step(may, lambda: delete_comment(comment=row, by=person))
        if may:
            self.story.comments.remove(said)

    @precondition(lambda self: self.story.sent)
    @rule(by=people)
    def send(self, by: str) -> None:
        drafts = [
            said
            for said in self.story.comments
            if said.writer == by and not said.is_sent and said.submission == self.story.sent
        ]
        may = self.story.is_open_to(by) and bool(drafts)
        submission, person = self.newest(), self.person(by)
        self.step(may, lambda: send_comments(submission=submission, by=person), "report.comment")
        if may:
            for said in drafts:
                said.is_sent = True

    @precondition(lambda self: self.story.comments)
    @rule(number=pick, by=st.sampled_from((HEAD, MEMBER, "reviewer", "sibling.head")))
    def answer(self, number: int, by: str) -> None:
        said, row = self.comment(number)
        may = said.is_sent and by in TEAM and self.story.status == "returned"
        person, words = self.person(by), f"জবাব {number}"
        self.step(
            may,
            lambda: answer_comment(comment=row, version=row.version, answer=words, by=person),
            "comment.answer",
        )
        if may:
            said.answer = words

    @precondition(lambda self: self.story.comments)
    @rule(number=pick, by=people, is_settled=st.booleans())
    def settle(self, number: int, by: str, is_settled: bool) -> None:
        said, row = self.comment(number)
        may = said.is_sent and (by == said.writer or by in REVIEWERS)
        changes = may and said.is_settled != is_settled
        action = ("comment.settle" if is_settled else "comment.unsettle") if changes else ""
        person = self.person(by)
        self.step(
            may, lambda: settle_comment(comment=row, is_settled=is_settled, by=person), action
        )
        if may:
            said.is_settled = is_settled

    # --- Looking -------------------------------------------------------------------------------
    @precondition(lambda self: self.story.sent)
    @rule(by=people)
    def look(self, by: str) -> None:
        """The page itself shows what the model shows, and nothing else."""
        number = self.story.sent
        address = reverse("reports:review_detail", args=[self.newest().pk])
        response = client_of(self.person(by)).get(f"{address}?view=whole")
        if by not in TEAM | SUPERIORS | REVIEWERS:
            assert response.status_code == 404
            return
        page = response.content.decode()
        for said in self.story.comments:
            assert (said.text in page) == said.is_seen_by(by)
        assert (f"{SUMMARY} {number}" in page) == self.shows_marks(number, by)

    def shows_marks(self, number: int, person: str) -> bool:
        if number not in self.story.marks or person not in TEAM | SUPERIORS | REVIEWERS:
            return False
        return number in self.story.verdicts or person in REVIEWERS

    # --- What must be true at any time -----------------------------------------------------------
    @invariant()
    def report_stands_where_the_model_stands(self) -> None:
        row = self.report()
        post = self.country[self.story.reviewer].scope.main_post if self.story.reviewer else None
        assert (row.status, row.reviewer_id) == (self.story.status, post.pk if post else None)
        numbers = list(row.submissions.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, self.story.sent + 1))
        reviews = Review.objects.filter(submission__report=row, decided_at__isnull=False)
        assert dict(reviews.values_list("submission__number", "verdict")) == self.story.verdicts

    @invariant()
    def comments_are_the_models(self) -> None:
        rows = Comment.objects.filter(report=self.pk).order_by("pk")
        found = [
            (row.pk, row.sent_at is not None, row.answer, row.settled_at is not None)
            for row in rows
        ]
        assert found == [
            (said.pk, said.is_sent, said.answer, said.is_settled)
            for said in sorted(self.story.comments, key=lambda said: said.pk)
        ]

    @invariant()
    def everybody_sees_just_what_the_model_shows(self) -> None:
        for name in (MEMBER, "district.head", "division.member", *REVIEWERS, "sibling.head"):
            person = self.person(name)
            seen = set(Comment.objects.visible_to(person).values_list("pk", flat=True))
            assert seen == {one.pk for one in self.story.comments if one.is_seen_by(name)}
            knows = name in TEAM or (name not in STRANGERS and self.story.sent > 0)
            assert Report.objects.visible_to(person).exists() == knows
            submissions = Submission.objects.visible_to(person).count()
            assert submissions == (self.story.sent if knows else 0)
            marks = Review.objects.visible_to(person).exclude(summary="")
            shown = {n for n in self.story.marks if self.shows_marks(n, name)}
            assert set(marks.values_list("submission__number", flat=True)) == shown

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> Country:
    founded = make_country()
    founded.people["second_reviewer"] = make_officer(founded.root, Role.CABINET_REVIEWER)
    monkeypatch.setattr(Life, "country", founded, raising=False)
    return founded


@pytest.mark.usefixtures("country")
def test_life_of_a_report_in_any_order() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=8,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.usefixtures("country")
def test_whole_life_with_two_returns_a_withdrawal_and_comments_from_above() -> None:
    """One life by hand, through the same rules: what chance might never come to."""
    life = Life()
    try:
        whole_life(life)
    finally:
        life.teardown()


def whole_life(life: Life) -> None:
    life.begin(sends=True)
    for by in ("district.head", "reviewer", "second_reviewer"):
        life.draft(by, on_section=True, old=False)
        life.look(by)
    check(life)
    life.send("district.head")
    life.look(HEAD)
    life.mark("reviewer")
    life.look("second_reviewer")
    life.look(MEMBER)
    life.send_back("second_reviewer")
    check(life)
    assert all(said.is_sent for said in life.story.comments)
    for number in range(3):
        life.answer(number, MEMBER)
    life.submit(HEAD)
    life.answer(0, HEAD)  # too late: it is under review
    life.accept("reviewer", marks_first=False)  # not marked yet
    life.mark("reviewer")
    life.decide_on_an_old_one("reviewer", accepts=True)
    life.decide_on_an_old_one("second_reviewer", accepts=False)
    life.draft("division.member", on_section=False, old=True)
    life.settle(0, "district.head", is_settled=True)
    life.draft("division.member", on_section=False, old=False)
    life.accept("reviewer", marks_first=False)
    life.accept("second_reviewer", marks_first=True)  # too late
    check(life)
    life.send("division.member")  # too late: it stays a draft that nobody else reads
    for by in (HEAD, "division.member", "reviewer", "sibling.head"):
        life.look(by)
    life.throw_away(3, "reviewer")
    life.throw_away(3, "division.member")
    life.publish(OFFICER)
    life.withdraw("reviewer")
    life.reopen("second_reviewer")
    life.submit(HEAD)
    life.accept("second_reviewer", marks_first=True)
    check(life)
    assert (life.story.status, life.story.sent) == ("accepted", 3)
    assert life.story.verdicts == {1: "returned", 2: "accepted", 3: "accepted"}


def check(life: Life) -> None:
    """All that must be true at any time."""
    life.report_stands_where_the_model_stands()
    life.comments_are_the_models()
    life.everybody_sees_just_what_the_model_shows()


# --- The table of steps --------------------------------------------------------------------------
# Written here once more, by hand: who may take which step from where. All else is refused.
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("draft", "submit"): {HEAD},
    ("returned", "submit"): {HEAD},
    ("submitted", "return"): REVIEWERS,
    ("submitted", "accept"): REVIEWERS,
    ("accepted", "publish"): REVIEWERS | {HEAD, OFFICER},
    ("accepted", "reopen"): REVIEWERS,
    ("published", "reopen"): REVIEWERS,
    ("withdrawn", "reopen"): REVIEWERS,
    ("accepted", "withdraw"): REVIEWERS,
    ("published", "withdraw"): REVIEWERS,
}


def take_step(step: Transition, report: Report, by: User) -> None:
    """Do the step through its action."""
    plain = {"submit": submit_report, "accept": accept_report, "publish": publish_report}
    if step.name == "withdraw":
        withdraw_report(report=report, by=by, reason="ভুল সংখ্যা")
    elif step.name in plain:
        plain[step.name](report=report, by=by)
    else:
        action = return_report if step.name == "return" else reopen_report
        action(report=report, by=by, reason=REASON, resubmit_by=soon())


@pytest.mark.parametrize("status", ReportStatus.values)
def test_steps_are_open_to_exactly_the_right_people(country: Country, status: str) -> None:
    report = make_report(
        country.upazila, by=country[HEAD], reviewer=country["reviewer"], status=status
    )
    if status == ReportStatus.SUBMITTED:
        mark_fully(report, reviewer=country["reviewer"])
    for step in TRANSITIONS:
        may = {name for name, one in country.people.items() if succeeds(step, report, one)}
        assert may == ALLOWED.get((status, step.name), set()), step.name


def succeeds(step: Transition, report: Report, person: User) -> bool:
    """Try the step, check that it stamps and is written down or that nothing is, take it back."""
    report = Report.objects.select_related("office").get(pk=report.pk)
    person = User.objects.get(pk=person.pk)
    version, entries = report.version, AuditEntry.objects.count()
    with transaction.atomic():
        try:
            with transaction.atomic():
                take_step(step, report, person)
        except (PermissionDenied, WrongState):
            assert AuditEntry.objects.count() == entries
            done = False
        else:
            now = Report.objects.get(pk=report.pk)
            assert (now.status, now.version) == (step.target, version + 1)
            assert getattr(now, f"{step.stamp}_by") == person
            steps = AuditEntry.objects.filter(action=f"report.{step.name}", by=person)
            assert steps.latest("pk").after["status"] == step.target
            done = True
        transaction.set_rollback(True)
    return done


def test_table_names_its_permissions_and_leaves_no_state_unreachable() -> None:
    from reports import perms

    assert all(callable(getattr(perms, step.permission)) for step in TRANSITIONS)
    assert {step.target for step in TRANSITIONS} | {ReportStatus.DRAFT} == set(ReportStatus)
    assert {(source, step.name) for step in TRANSITIONS for source in step.sources} == set(ALLOWED)
