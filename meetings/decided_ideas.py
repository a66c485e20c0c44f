"""What a meeting can say about an idea that waits: decisions ready to be taken, in its words.

Minutes are Bengali, whatever language the page is in, so these sentences are too.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bangla.digits import to_bangla
from ideas.enums import PLAIN_STEPS, IdeaStatus
from ideas.models import Idea

from .enums import IdeaEffect
from .models import Decision

if TYPE_CHECKING:
    from .editor import ScreenedIdea

# The submitter is told the decision of a refusal word for word, so it asks for the reason.
REASON_FOLLOWS = "কারণ:"
SENTENCES = {
    IdeaEffect.SHORTLIST: "“{title}” আইডিয়াটি বাছাই তালিকায় নেওয়া হলো।",
    IdeaEffect.APPROVE: "“{title}” আইডিয়াটি অনুমোদন করা হলো।",
    IdeaEffect.DECLINE: f"“{{title}}” আইডিয়াটি গ্রহণ করা হলো না। {REASON_FOLLOWS} ",
}


@dataclass(frozen=True, slots=True)
class IdeaOffer:
    """A decision that can be written with one press; a refusal still wants its reason."""

    effect: IdeaEffect
    text: str
    form_key: uuid.UUID

    @property
    def wants_reason(self) -> bool:
        return self.effect == IdeaEffect.DECLINE


def offers_for(idea: Idea, decided: Iterable[Decision]) -> tuple[IdeaOffer, ...]:
    """The decisions that can follow on the idea's state and on what this meeting has decided."""
    targets = {step.name: step.target for step in PLAIN_STEPS}
    status: str = idea.status
    for decision in decided:
        status = targets.get(decision.idea_effect, status)
    if status == IdeaStatus.APPROVED:
        return ()
    return tuple(
        IdeaOffer(effect, sentence.format(title=idea.title), uuid.uuid4())
        for effect, sentence in SENTENCES.items()
        if any(step.name == effect and status in step.sources for step in PLAIN_STEPS)
    )


def lacks_reason(text: str) -> bool:
    """Whether a refusal was left as it was offered, without a word after "কারণ:"."""
    return text.rstrip().endswith(REASON_FOLLOWS)


def ranking_words(screened: Iterable["ScreenedIdea"]) -> str:
    """The ranking as lines for the discussion; only what closed rounds have shown to everybody."""
    return "\n".join(
        f"{to_bangla(one.line.ranked.rank)}. {one.line.idea.title}: "
        f"১০০-এর মধ্যে {to_bangla(one.line.ranked.result.total)} নম্বর "
        f"({to_bangla(one.line.ranked.result.scorers)} জনের নম্বরের গড়)"
        for one in screened
        if one.line.ranked
    )
