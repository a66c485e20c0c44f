"""Offices, people and papers for tests, made through the application's own actions.

A small country is enough for every question of access: a root, a division, a district with two
upazilas, and a second district elsewhere.
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from teams.actions import give_post
from teams.enums import Role, Tier
from teams.models import Office, Post, User
from workplans.actions import (
    add_progress,
    add_task,
    approve_workplan,
    close_workplan,
    create_workplan,
    return_workplan,
    submit_workplan,
)
from workplans.enums import PlanStatus
from workplans.models import Task, WorkPlan
from workplans.periods import Period

PASSWORD = "a long enough pass phrase"
PASSWORD_HASH = make_password(PASSWORD)
SINCE = date(2020, 1, 1)
PERIOD = "2026-2027"
RESPONSIBLE = "সহকারী প্রোগ্রামার"

# The smallest picture that is a picture: one white pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)

_numbers = count(1)


def make_office(code: str, tier: Tier = Tier.UPAZILA, parent: Office | None = None) -> Office:
    """An office under `parent`; its Bengali name is made of its code."""
    return Office.objects.create(
        code=code,
        tier=tier,
        parent=parent,
        name_bn=f"{code} কার্যালয়",
        name_en=f"Office of {code}",
        place_bn=f"{code} এলাকা",
        place_en=code,
    )


def make_person(name: str = "রোকসানা পারভীন") -> User:
    """A person with e-mail, mobile and PASSWORD (hashed once for the whole run)."""
    number = next(_numbers)
    return User.objects.create(
        login=f"person{number}@office.test",
        email=f"person{number}@office.test",
        mobile=f"017{number:08}",
        name_bn=name,
        name_en=f"Person {number}",
        password=PASSWORD_HASH,
    )


def make_post(
    office: Office, role: Role = Role.MEMBER, designation: str = "", holder: User | None = None
) -> Post:
    """A post, held by `holder` since 2020 if one is given."""
    number = next(_numbers)
    post = Post.objects.create(
        office=office,
        role=role,
        designation_bn=designation or f"{role.label} {number}",
        phone=f"০২-{number:07}",
        email=f"post{number}@office.test",
        position=number % 1000,
    )
    if holder:
        give_post(post=post, person=holder, starts_on=SINCE)
    return post


def make_officer(office: Office, role: Role = Role.MEMBER, designation: str = "") -> User:
    """A person on a new post of that role."""
    person = make_person()
    make_post(office, role, designation, person)
    return person


@dataclass(frozen=True)
class Team:
    """An office with the three people who work with its papers."""

    office: Office
    head: User
    innovation_officer: User
    member: User


def make_team(code: str = "kaliganj", parent: Office | None = None) -> Team:
    """An upazila (the only office of its country unless a parent is given) and its team.

    The member's designation is the one `make_task` names as responsible.
    """
    office = make_office(code, Tier.UPAZILA if parent else Tier.CABINET, parent)
    return Team(
        office=office,
        head=make_officer(office, Role.HEAD, "উপজেলা নির্বাহী অফিসার"),
        innovation_officer=make_officer(office, Role.INNOVATION_OFFICER, "সহকারী কমিশনার (ভূমি)"),
        member=make_officer(office, Role.MEMBER, RESPONSIBLE),
    )


def client_of(user: User) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    client.force_login(user)
    return client


def make_plan(
    office: Office,
    *,
    by: User,
    status: str = PlanStatus.DRAFT,
    tasks: int = 1,
    period: str = PERIOD,
    form: str = "progress",
) -> WorkPlan:
    """A plan with `tasks` rows in two subjects, taken to `status` by the office's head `by`."""
    plan = create_workplan(office=office, period=Period.parse(period), form=form, by=by)
    for number in range(1, tasks + 1):
        make_task(plan, by=by, number=number)
    return take_plan_to(plan, status, by=by)


def take_plan_to(plan: WorkPlan, status: str, *, by: User) -> WorkPlan:
    """Walk the plan through its real steps."""
    if status != PlanStatus.DRAFT:
        submit_workplan(workplan=plan, by=by)
    if status == PlanStatus.RETURNED:
        return_workplan(workplan=plan, by=by, reason="তারিখগুলো আবার দেখুন")
    if status in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
        approve_workplan(workplan=plan, by=by, meeting_on=timezone.localdate())
    if status == PlanStatus.CLOSED:
        close_workplan(workplan=plan, by=by)
    return plan


def make_task(plan: WorkPlan, *, by: User, number: int = 1, **fields: str) -> Task:
    """A row of realistic length; any cell can be given."""
    words = {
        "subject": "সেবা সহজীকরণ" if number % 2 else "প্রশিক্ষণ",
        "title": f"কাজ {number}: আবেদন গ্রহণ থেকে নিষ্পত্তি পর্যন্ত ধাপ কমিয়ে এক পাতার ফরম চালু করা",
        "start_text": "১ আগস্ট ২০২৬",
        "end_text": "৩১ ডিসেম্বর ২০২৬",
        "responsible_text": RESPONSIBLE,
        "expected_result": "সেবাগ্রহীতার যাতায়াত তিনবার থেকে একবারে নামবে",
        "measure": "মাসে নিষ্পন্ন আবেদনের সংখ্যা",
    }
    return add_task(workplan=plan, fields={**words, **fields}, by=by)


def make_progress(task: Task, *, by: User, percent: int = 40, evidence: bool = False):
    """A dated entry, with a picture if asked for."""
    picture = SimpleUploadedFile("ছবি.png", PNG, "image/png") if evidence else None
    return add_progress(
        task=task,
        by=by,
        on=date(2026, 10, 10),
        text="প্রথম ধাপের ফরম ছাপা হয়েছে",
        percent=percent,
        evidence=picture,
    )


@dataclass
class Country:
    """root > division > district > (upazila, sibling) and division > elsewhere.

    `people` maps a name such as "upazila.head" to the user who holds that post.
    """

    root: Office
    division: Office
    district: Office
    upazila: Office
    sibling: Office
    elsewhere: Office
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]


def make_country(
    tiers: tuple[Tier, Tier, Tier] = (Tier.DIVISION, Tier.DISTRICT, Tier.UPAZILA),
) -> Country:
    """`tiers` are those of the division, the district and the upazila: one level higher, the
    "upazila" is a district, and there can be offices below it."""
    first, second, third = tiers
    root = make_office("root", Tier.CABINET)
    division = make_office("division", first, root)
    district = make_office("district", second, division)
    country = Country(
        root=root,
        division=division,
        district=district,
        upazila=make_office("upazila", third, district),
        sibling=make_office("sibling", third, district),
        elsewhere=make_office("elsewhere", second, division),
    )
    for name in ("upazila", "sibling", "district", "division", "elsewhere"):
        office = getattr(country, name)
        for role in (Role.HEAD, Role.INNOVATION_OFFICER, Role.MEMBER):
            country.people[f"{name}.{role}"] = make_officer(office, role)
    country.people["reviewer"] = make_officer(root, Role.CABINET_REVIEWER)
    country.people["administrator"] = make_officer(root, Role.SYSTEM_ADMINISTRATOR)
    country.people["nobody"] = make_person()
    return country
