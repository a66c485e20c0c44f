"""Who may do what with ideas; views, templates and actions all ask here."""

from teams.models import User
from teams.transitions import Transition

from .enums import TRANSITIONS, WAITING
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
    """The steps this person can take with the idea as it stands."""
    if not can_move_idea(user, idea):
        return []
    return [step for step in TRANSITIONS if idea.status in step.sources]
