"""Who may do what with ideas; views, templates and actions all ask here."""

from teams.models import User
from teams.transitions import Transition

from .enums import PLAIN_STEPS, WAITING, IdeaStatus
from .models import Idea


def can_receive_idea(user: User, office_id: int) -> bool:
    """Every member of the team writes what reaches the office into its register."""
    return user.scope.is_in_team(office_id)


def can_edit_idea(user: User, idea: Idea) -> bool:
    """The team mends the text until the idea is decided upon: what was approved stays as it was."""
    return idea.status in WAITING and user.scope.is_in_team(idea.office_id)


def can_move_idea(user: User, idea: Idea) -> bool:
    """The head and the innovation officer carry out what the team's meeting decides."""
    return user.scope.leads(idea.office_id)


def steps_open_to(user: User, idea: Idea) -> list[Transition]:
    """The plain steps this person can take with the idea as it stands."""
    if not can_move_idea(user, idea):
        return []
    return [step for step in PLAIN_STEPS if idea.status in step.sources]


# --- What comes in -----------------------------------------------------------------------------
def can_review_held(user: User, idea: Idea) -> bool:
    """The head and the innovation officer say what of the held submissions is an idea."""
    return user.scope.leads(idea.office_id)


def can_appeal_idea(idea: Idea) -> bool:
    """A refusal can be appealed once; that the submitter asks, the caller has seen by the code."""
    return idea.status == IdeaStatus.DECLINED and not hasattr(idea, "appeal")


def can_merge_idea(user: User, idea: Idea) -> bool:
    """The head and the innovation officer say that two ideas are one."""
    return user.scope.leads(idea.office_id)


# --- What is shown and taken over ----------------------------------------------------------------
def can_publish_initiative(user: User, office_id: int) -> bool:
    """The head and the innovation officer speak for the office in public."""
    return user.scope.leads(office_id)


def can_move_replication(user: User, office_id: int) -> bool:
    """The head and the innovation officer of the office that takes an initiative over."""
    return user.scope.leads(office_id)


def can_publish_newsletter(user: User, office_id: int) -> bool:
    return user.scope.leads(office_id)
