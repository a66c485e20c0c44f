"""What fills a register and an innovation database, made through the application's own actions."""

from datetime import date
from decimal import Decimal

from ideas.enums import MeasureKind, MeasureUnit
from ideas.models import Idea, Initiative, Measure, Pilot, Replication
from teams.models import Office, User
from tests.ideas.register import make_idea

YEAR = (date(2026, 7, 1), date(2027, 6, 30))
# Hard conjuncts, both encodings of য়, a dash, a quotation and a line end.
HARD = (
    "ক্ষুদ্রঋণ গ্রহীতার স্বাস্থ্যকার্ড, কর্তৃপক্ষের দৃষ্টি আকর্ষণ ও রাষ্ট্রীয় ব্রহ্মপুত্র জলোচ্ছ্বাস–সতর্কতা\n"
    "সময়\u09df সময়\u09af\u09bc দ্বন্দ্ব নিষ্পত্তি, উজ্জ্বল “অগ্ন্যুৎপাত” সন্ধ্যায় র‍্যাব"
)


def innovation(office: Office, *, by: User, **words: object) -> Idea:
    """An idea on trial, its measures taken and its people counted."""
    idea = make_idea(office, by=by, status="piloting", **words)
    pilot = idea.pilot
    Pilot.objects.filter(pk=pilot.pk).update(
        place="বক্তারপুর ইউনিয়ন",
        starts_on=date(2026, 9, 1),
        people_per_year=12_500,
        owner_post=office.posts.first(),
    )
    rows = (
        (MeasureKind.TIME, MeasureUnit.DAY, "5", "2"),
        (MeasureKind.COST, MeasureUnit.TAKA, "350.50", "40"),
        (MeasureKind.VISITS, MeasureUnit.VISIT, "4", None),
    )
    Measure.objects.bulk_create(
        Measure(
            pilot=pilot,
            kind=kind,
            unit=unit,
            before=Decimal(before),
            after=after and Decimal(after),
        )
        for kind, unit, before, after in rows
    )
    return idea


def proven(office: Office, *, by: User, **words: object) -> Idea:
    """An idea that was shown, with its public page."""
    idea = make_idea(office, by=by, status="showcased", **words)
    Initiative.objects.create(
        idea=idea,
        status="published",
        title=f"উদ্যোগ: {idea.title}",
        summary="হাটের দিনে ভ্রাম্যমাণ সেবা",
        before="তিনবার আসতে হতো",
        created_by=by,
        published_at=idea.created_at,
        published_by=by,
    )
    return idea


def taken_by(office: Office, idea: Idea, *, by: User) -> Replication:
    return Replication.objects.create(
        idea=idea, office=office, starts_on=date(2026, 10, 1), adaptations="এক জায়গায়", taken_by=by
    )
