"""Teams whose office orders are drawn: names and designations as long and as hard as real ones.

All people and offices are invented.
"""

from datetime import date

from teams.documents import order_content
from teams.enums import Role, Seat, TeamStatus, Tier
from teams.models import Background, CompositionRule, Membership, Office, Team, User
from tests.factories import make_office, make_person, make_post

FORMED_ON = date(2026, 11, 19)
MEMO = "05.41.3300.012.14.007.25.183"
# Stacked conjuncts, reph over them, joiners, and both nukta letters in both of their encodings.
HARD_NAMES = (
    "ড. মোছাঃ উম্মে কুলসুম জ্যোৎস্না আরা স্বর্ণলতা",
    "র‍্যাভেন উজ্জ্বল ব্রহ্মচারী",
    "লক্ষ্ণৌ-নন্দিনী রায় চৌধুরী",
    "আব্দুর রহমান আষা\u09dd সম\u09df বা\u09dcৈ",
    "শ্রদ্ধাঞ্জলি ঊর্মি কর্মকার",
    "মোহাম্মদ তাহ্‌মিদুল ইসলাম খন্দকার",
    "হৃষীকেশ ভট্টাচার্য্য",
    "কৃষ্ণা ত্রিপুরা (ক্ষেত্রমোহন)",
    "স্ত্রীরোগ বিশেষজ্ঞ ডা. ঋতুপর্ণা দত্ত মজুমদার",
)
DESIGNATIONS = (
    "উপজেলা নির্বাহী অফিসার",
    "সহকারী কমিশনার (ভূমি)",
    "সহকারী প্রোগ্রামার, তথ্য ও যোগাযোগ প্রযুক্তি অধিদপ্তর",
    "উপজেলা কৃষি অফিসার",
    "উপজেলা মাধ্যমিক শিক্ষা অফিসার",
    "উপজেলা পরিসংখ্যান কর্মকর্তা",
    "উপজেলা যুব উন্নয়ন কর্মকর্তা",
    "সহকারী শিক্ষক (আইসিটি), স্বর্ণগ্রাম আদর্শ উচ্চ বিদ্যালয়",
    "উপজেলা স্বাস্থ্য ও পরিবার পরিকল্পনা কর্মকর্তা",
)
OF_MINISTRY = (
    "অতিরিক্ত সচিব (প্রশাসন ও উন্নয়ন)",
    "সিস্টেম এনালিস্ট, আইসিটি সেল",
    "উপপ্রধান, পরিকল্পনা-২ শাখা",
    "উপসচিব, প্রশাসন-১ অধিশাখা (ডাটা ফোকাল)",
)


def make_order(
    office: Office,
    *,
    head: User,
    designations: tuple[str, ...] = DESIGNATIONS[:3],
    issuing_office: Office | None = None,
    seat: Seat = Seat.LEADER,
    leader_role: Role = Role.INNOVATION_OFFICER,
    **fields: object,
) -> Team:
    """A team that is still written; its first member leads it, its last has no holder.

    Its posts are new ones of the office; `leader_role` is what the first one's holder may do.
    """
    team = Team.objects.create(
        office=office,
        issuing_office=issuing_office or office,
        rule=rule_of(office.tier),
        created_by=head,
        **{"formed_on": FORMED_ON, "memo_number": MEMO, **fields},
    )
    ict, data = backgrounds()
    last = len(designations) - 1
    for number, designation in enumerate(designations):
        person = make_person(HARD_NAMES[number]) if number < last else None
        role = Role.STAFF if number else leader_role
        member = Membership.objects.create(
            team=team,
            post=make_post(office, role, designation, person),
            person=person,
            seat=Seat.MEMBER if number else seat,
            position=number,
        )
        if number % 3:
            member.backgrounds.set([ict] if number % 3 == 1 else [ict, data])
    return team


def freeze(team: Team, status: TeamStatus = TeamStatus.ISSUED, *, by: User) -> Team:
    """As if it had been ordered: nothing else of the office changes."""
    team.content = order_content(team)
    team.status, team.issued_by, team.issued_at = status, by, team.created_at
    team.save()
    return team


def rule_of(tier: str) -> CompositionRule:
    """The rule in force that day, or one that asks for nothing."""
    return CompositionRule.objects.of(tier, FORMED_ON) or CompositionRule.objects.create(
        tier=tier,
        valid_from=date(2023, 11, 16),
        source="মন্ত্রিপরিষদ বিভাগের প্রজ্ঞাপন, ১৬ নভেম্বর ২০২৩",
        leading_seat=Seat.LEADER,
        nominated_min=0,
        nominated_max=9,
        formed_by=tier,
    )


def backgrounds() -> tuple[Background, Background]:
    return tuple(  # type: ignore[return-value]
        Background.objects.get_or_create(code=code, defaults={"name_bn": name, "name_en": code})[0]
        for code, name in (
            ("ict", "আইসিটি অনুবিভাগ/অধিশাখা/শাখা"),
            ("data", "ডাটা বিষয়ক দক্ষতা"),
        )
    )


def _root() -> Office:
    return Office.objects.filter(code="root").first() or make_office("root", Tier.CABINET)


def upazila_order(**fields: object) -> Team:
    """Nine members with long names; the district's letter, as the rule says."""
    district = make_office("gazipur", Tier.DISTRICT, _root())
    district.name_bn, district.place_bn = "জেলা প্রশাসকের কার্যালয়, স্বর্ণগ্রাম", "স্বর্ণগ্রাম"
    district.save()
    upazila = make_office("kaliganj", Tier.UPAZILA, district)
    upazila.name_bn = "উপজেলা নির্বাহী অফিসারের কার্যালয়, লক্ষ্মীপ্রসাদ, স্বর্ণগ্রাম"
    upazila.place_bn = "লক্ষ্মীপ্রসাদ"
    upazila.save()
    head = make_person("মোহাম্মদ আব্দুল্লাহ্‌ আল-মামুন চৌধুরী")
    make_post(district, Role.HEAD, "জেলা প্রশাসক ও জেলা ম্যাজিস্ট্রেট", head)
    make_post(upazila, Role.HEAD, "উপজেলা নির্বাহী অফিসার (ভারপ্রাপ্ত)", make_person())
    return make_order(
        upazila, head=head, designations=DESIGNATIONS, issuing_office=district, **fields
    )


def ministry_order(**fields: object) -> Team:
    """Four members under a chief innovation officer."""
    ministry = make_office("ministry", Tier.MINISTRY, _root())
    ministry.name_bn = "মৎস্য ও প্রাণিসম্পদ মন্ত্রণালয়"
    ministry.place_bn = "মৎস্য ও প্রাণিসম্পদ"
    ministry.save()
    head = make_person("নাহিদ সুলতানা মল্লিক")
    make_post(ministry, Role.HEAD, "সচিব", head)
    return make_order(ministry, head=head, designations=OF_MINISTRY, seat=Seat.CHIEF, **fields)
