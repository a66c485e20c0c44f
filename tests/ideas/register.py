"""Ideas for tests, made and moved through the application's own actions."""

from dataclasses import replace
from datetime import date

from ideas.actions import (
    IdeaText,
    discard_idea,
    merge_idea,
    move_idea,
    receive_idea,
    stop_pilot,
)
from ideas.enums import (
    APPROVE,
    DECLINE,
    REPLICATE,
    SHORTLIST,
    SHOWCASE,
    START_PILOT,
    IdeaChannel,
    IdeaStatus,
)
from ideas.models import Idea
from teams.models import Office, User
from teams.transitions import Transition

REASON = "একই সেবা জেলা কার্যালয়ে চালু আছে"
TEXT = IdeaText(
    title="হাটের দিনে ভ্রাম্যমাণ আবেদন সহায়তা",
    description="দূরের চার ইউনিয়নের মানুষ ফরম পূরণে দালাল ধরেন।\nহাটের দিনে একজন উদ্যোক্তা বসলে তা লাগে না।",
    received_on=date(2026, 11, 10),
    benefit="মাসে প্রায় ২০০ আবেদনকারীর একবারের যাতায়াত বাঁচবে",
    channel=IdeaChannel.PAPER_BOX,
    submitter_name="শাহিনুর বেগম",
)
# The way to each state, step by step.
WAY_ON = (SHORTLIST, APPROVE, START_PILOT, SHOWCASE, REPLICATE)
WAYS = {
    IdeaStatus.RECEIVED: (),
    IdeaStatus.DECLINED: (DECLINE,),
    **{step.target: WAY_ON[:number] for number, step in enumerate(WAY_ON, start=1)},
}


def make_idea(
    office: Office, *, by: User, status: str = IdeaStatus.RECEIVED, **words: object
) -> Idea:
    """An idea with any of its words given, taken to `status` by `by` (who leads the team)."""
    idea = receive_idea(office=office, text=replace(TEXT, **words), by=by)
    if status in (IdeaStatus.HELD, IdeaStatus.DISCARDED):
        hold(idea)
        if status == IdeaStatus.DISCARDED:
            discard_idea(idea=idea, by=by)
    elif status == IdeaStatus.MERGED:
        merge_idea(idea=idea, into=make_idea(office, by=by), by=by)
    elif status == IdeaStatus.STOPPED:
        take(idea, WAYS[IdeaStatus.PILOTING], by=by)
        stop_pilot(pilot=idea.pilot, lessons="যন্ত্র ছাড়া চলে না", by=by)
        idea.refresh_from_db()
    else:
        take(idea, WAYS[IdeaStatus(status)], by=by)
    return idea


def hold(idea: Idea) -> None:
    """As the public page leaves a submission that somebody should look at first."""
    Idea.objects.filter(pk=idea.pk).update(status=IdeaStatus.HELD)
    idea.refresh_from_db()


def take(idea: Idea, steps: tuple[Transition, ...], *, by: User) -> None:
    for step in steps:
        move_idea(idea=idea, step=step, by=by, reason=REASON if step == DECLINE else "")


def form_of(office: Office, **typed: object) -> dict[str, object]:
    """The form of a new idea, filled in; without a key of its own unless one is given."""
    return {
        **TEXT.as_json(),
        "office": office.pk,
        "received_on": "১০/১১/২০২৬",
        **typed,
    }
