"""Pages of initiatives, events and awards for tests, made through the application's own actions."""

from datetime import date

from ideas.actions import (
    AwardText,
    EventText,
    InitiativeText,
    add_entry,
    add_picture,
    create_event,
    create_initiative,
    finish_pilot,
    give_award,
    publish_event,
    publish_initiative,
    withdraw_initiative,
)
from ideas.enums import FilePurpose, IdeaStatus, PageStatus
from ideas.models import Award, Event, Idea, IdeaFile, Initiative
from teams.memo import Memo
from teams.models import Office, User
from teams.uploads import CleanFile
from tests.factories import PNG
from tests.ideas.register import make_idea

TEXT = InitiativeText(
    title="হাটের দিনে আবেদন সহায়তা",
    summary="হাটের দিনে একজন উদ্যোক্তা বসায় দূরের মানুষ একবারেই আবেদন করতে পারছেন।",
    before="দালাল ধরতে হতো।",
    after="নিজেরাই ফরম পূরণ করেন।",
    story="প্রথমে দুটি হাটে বসা হয়।",
    video_url="https://www.youtube.com/watch?v=abcdefgh",
    contact="সহকারী কমিশনার (ভূমি), ০২-৫৫৫৫৫৫৫",
)
PICTURE = CleanFile(PNG, "image/png", "png")


def piloted(office: Office, *, by: User, **words: object) -> Idea:
    """An idea whose pilot has just gone well."""
    idea = make_idea(office, by=by, status=IdeaStatus.PILOTING, **words)
    finish_pilot(
        pilot=idea.pilot,
        results="যাতায়াত তিনবার থেকে একবার",
        lessons="",
        by=by,
        unmeasured_reason="মাপা চলছে",
    )
    return Idea.objects.select_related("office", "pilot").get(pk=idea.pk)


def make_initiative(
    office: Office, *, by: User, status: str = PageStatus.DRAFT, text: InitiativeText = TEXT
) -> Initiative:
    """A page, taken to `status` by `by` (who leads the team)."""
    idea = piloted(office, by=by)
    initiative = create_initiative(idea=idea, text=text, by=by)
    if status != PageStatus.DRAFT:
        publish_initiative(initiative=initiative, by=by)
    if status == PageStatus.WITHDRAWN:
        withdraw_initiative(initiative=initiative, by=by)
    return initiative


def make_picture(initiative: Initiative, *, by: User, purpose: str = FilePurpose.AFTER) -> IdeaFile:
    return add_picture(
        initiative=initiative, clean=PICTURE, purpose=purpose, caption="হাটের দিন", by=by
    )


def make_event(
    office: Office, *initiatives: Initiative, by: User, published: bool = False
) -> Event:
    """A showcase of these pages."""
    text = EventText(title="জেলা শোকেসিং ২০২৬", held_on=date(2026, 11, 20), place="সম্মেলন কক্ষ")
    event = create_event(office=office, text=text, by=by)
    for initiative in initiatives:
        add_entry(event=event, initiative=initiative, by=by)
    if published:
        publish_event(event=event, is_published=True, by=by)
    return event


def make_award(
    office: Office,
    *,
    by: User,
    idea: Idea | None = None,
    event: Event | None = None,
    memo: Memo | None = None,
    **words: object,
) -> Award:
    text = {
        "title": "শ্রেষ্ঠ উদ্ভাবনী উদ্যোগ ২০২৬",
        "recipient_name": "নামজারি সহায়তা দল",
        "recipient_detail": "উপজেলা ভূমি অফিস",
        "citation": "উচ্ছ্বাস, দক্ষতা ও দৃঢ়তার সঙ্গে যাতায়াত কমানোর জন্য",
        "given_on": date(2026, 11, 20),
        **words,
    }
    return give_award(
        office=office, text=AwardText(**text, idea=idea, event=event), memo=memo, by=by
    )
