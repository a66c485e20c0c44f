"""Invented people on posts, and what was granted to their offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from teams.enums import DueKind, Role, Tier
from teams.models import Extension, Office, Post, PostHolding, User
from workplans.periods import Period

from .lots import BATCH, HEADS, lot

FIRST_NAMES = ("মো. রফিকুল", "শাহানা", "মো. আবুল", "নাসরিন", "সুব্রত", "মাহমুদা", "মো. জাহিদুল", "তাহমিনা",
               "অনির্বাণ", "রেহানা", "মো. কামরুল", "শর্মিলা", "আশরাফুল", "ফারজানা", "মো. সাইফুল", "নীলিমা",
               "দীপঙ্কর", "মারুফা", "মো. হাবিবুর", "সেলিনা")  # fmt: skip
LAST_NAMES = ("ইসলাম", "আক্তার", "কালাম", "সুলতানা", "কুমার দাস", "খাতুন", "হক", "বেগম", "চৌধুরী",
              "পারভীন", "হাসান", "রায়", "আলম", "ইয়াসমিন", "রহমান", "সরকার", "বিশ্বাস", "খানম", "মজুমদার",
              "জামান")  # fmt: skip


def people_of(offices: Sequence[Office]) -> tuple[dict[int, User], list[User]]:
    """The head of each office, and the reviewers; who is missing is invented."""
    heads = _heads(offices)
    reviewers = [
        holding.person
        for holding in PostHolding.objects.filter(
            post__role=Role.CABINET_REVIEWER, ends_on__isnull=True
        ).select_related("person")
    ]
    if not reviewers:
        root = Office.objects.order_by("path").get(parent=None)
        reviewers = on_posts([(root, Role.CABINET_REVIEWER, "উপসচিব (প্রতিবেদন পর্যালোচনা)")])
    return heads, reviewers


def _heads(offices: Sequence[Office]) -> dict[int, User]:
    known = {
        holding.post.office_id: holding.person
        for holding in PostHolding.objects.filter(
            post__role=Role.HEAD, ends_on__isnull=True
        ).select_related("person", "post")
    }
    seats = set(Post.objects.filter(role=Role.HEAD).values_list("office_id", flat=True))
    missing = [office for office in offices if office.pk not in seats]
    made = on_posts([(office, Role.HEAD, HEADS[Tier(office.tier)]) for office in missing])
    known |= {office.pk: person for office, person in zip(missing, made, strict=True)}
    # An empty seat: somebody else of the line stands in.
    stand_in = next(iter(known.values()))
    return {office.pk: known.get(office.pk, stand_in) for office in offices}


def on_posts(seats: Sequence[tuple[Office, Role, str]]) -> list[User]:
    """New people on new posts; nobody can log in as one of them."""
    people = User.objects.bulk_create(
        (_person(office, role) for office, role, _name in seats), batch_size=BATCH
    )
    posts = Post.objects.bulk_create(
        (Post(office=office, role=role, designation_bn=name) for office, role, name in seats),
        batch_size=BATCH,
    )
    since = date(2020, 7, 1)
    PostHolding.objects.bulk_create(
        (
            PostHolding(post=post, person=person, starts_on=since)
            for post, person in zip(posts, people, strict=True)
        ),
        batch_size=BATCH,
    )
    return people


def _person(office: Office, role: Role) -> User:
    chance = lot(f"person:{office.code}:{role}")
    address = f"{role.value.replace('_', '-')}.{office.code}@nation.udbhabon.test"
    person = User(
        login=address,
        email=address,
        name_bn=f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}",
    )
    person.set_unusable_password()
    return person


def exempt_some(offices: Sequence[Office], period: Period, *, by: User) -> None:
    """In each year one office in a hundred was let off, and another got a month more."""
    granted = set(
        Extension.objects.in_force()
        .filter(kind=DueKind.ANNUAL_REPORT, starts_on=period.starts_on)
        .values_list("office_id", flat=True)
    )
    Extension.objects.bulk_create(
        Extension(
            office=office,
            kind=DueKind.ANNUAL_REPORT,
            starts_on=period.starts_on,
            new_due_on=date(period.ends_on.year, 8, 31) if number % 2 else None,
            reason="বন্যায় নথিপত্র ক্ষতিগ্রস্ত হয়েছে।" if number % 2 else "দপ্তরটি বছরের মাঝামাঝি চালু হয়েছে।",
            granted_by=by,
        )
        for number, office in enumerate(
            one for one in offices if lot(f"grant:{one.code}:{period.code}").random() < 0.02
        )
        if office.pk not in granted
    )
