"""Who may do what with ideas; views, templates and actions all ask here."""

from teams.models import User
from teams.transitions import Transition
from workplans.enums import PlanStatus
from workplans.models import WorkPlan
from workplans.perms import can_edit_workplan

from .enums import (
    ALIVE,
    OPEN_PILOT,
    PILOTABLE,
    PLAIN_STEPS,
    WAITING,
    IdeaStatus,
    NewsletterStatus,
    PageStatus,
    PilotStatus,
    ReplicationStatus,
)
from .models import (
    Event,
    Idea,
    Initiative,
    Newsletter,
    Pilot,
    Recommendation,
    Replication,
    Visit,
)


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


def can_mend_contact(user: User, idea: Idea) -> bool:
    """The team mends what it wrote itself; an address that the submitter gave is theirs."""
    is_ours = idea.created_by_id is not None and idea.submitted_by_id is None
    return is_ours and user.scope.is_in_team(idea.office_id)


def can_appeal_idea(idea: Idea) -> bool:
    """A refusal can be appealed once; that the submitter asks, the caller has seen by the code."""
    return idea.status == IdeaStatus.DECLINED and not hasattr(idea, "appeal")


def can_forward_idea(user: User, idea: Idea) -> bool:
    """The head and the innovation officer say that an idea belongs to another office."""
    return user.scope.leads(idea.office_id)


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


# --- Newsletter ----------------------------------------------------------------------------------
def can_edit_newsletter(user: User, newsletter: Newsletter) -> bool:
    """Every member of the team works on the draft; what was sent out stays as it was."""
    is_open = newsletter.status == NewsletterStatus.DRAFT
    return is_open and user.scope.is_in_team(newsletter.office_id)


def can_publish_newsletter(user: User, office_id: int) -> bool:
    """The head and the innovation officer send it out."""
    return user.scope.leads(office_id)


# --- Pages of initiatives, events, awards -------------------------------------------------------
def can_write_initiative(user: User, initiative: Initiative) -> bool:
    """The team writes while the page is no one else's; what everybody reads, its leaders mend."""
    office_id = initiative.idea.office_id
    if initiative.status == PageStatus.PUBLISHED:
        return user.scope.leads(office_id)
    return user.scope.is_in_team(office_id)


def can_create_event(user: User, office_id: int) -> bool:
    """Every member of the team may prepare a showcase."""
    return user.scope.is_in_team(office_id)


def can_write_event(user: User, event: Event) -> bool:
    """As with a page: the team until it is published, its leaders afterwards."""
    if event.is_published:
        return user.scope.leads(event.office_id)
    return user.scope.is_in_team(event.office_id)


def can_publish_event(user: User, office_id: int) -> bool:
    return user.scope.leads(office_id)


def can_give_award(user: User, office_id: int) -> bool:
    """The head and the innovation officer speak for the office when it honours somebody."""
    return user.scope.leads(office_id)


def can_revoke_award(user: User, office_id: int) -> bool:
    return user.scope.leads(office_id)


# --- Files -----------------------------------------------------------------------------------
def can_add_file(user: User, idea: Idea) -> bool:
    """The team adds files to its ideas at any time; whoever hands one in brings theirs along."""
    return user.scope.is_in_team(idea.office_id) or idea.submitted_by_id == user.pk


def can_remove_file(user: User, idea: Idea) -> bool:
    """What was handed in may be taken away by the team alone."""
    return user.scope.is_in_team(idea.office_id)


# --- Pilots ------------------------------------------------------------------------------------
def can_plan_pilot(user: User, idea: Idea) -> bool:
    """Every member of the team may write the plan of a pilot that has been decided upon."""
    return idea.status in PILOTABLE and user.scope.is_in_team(idea.office_id)


def can_write_pilot(user: User, pilot: Pilot) -> bool:
    """The team works on the plan until the pilot is over, or its idea was let go."""
    is_open = pilot.status in OPEN_PILOT and pilot.idea.status in ALIVE
    return is_open and user.scope.is_in_team(pilot.idea.office_id)


def can_follow_pilot(user: User, pilot: Pilot) -> bool:
    """Visits, measures and tasks go on after a success: what lasts shows only later."""
    is_open = pilot.status != PilotStatus.STOPPED and pilot.idea.status in ALIVE
    return is_open and user.scope.is_in_team(pilot.idea.office_id)


def can_measure(user: User, thing: Pilot | Replication) -> bool:
    """The team that carries it out measures it, as long as it was not given up."""
    if isinstance(thing, Pilot):
        return can_follow_pilot(user, thing)
    is_open = thing.status != ReplicationStatus.DROPPED
    return is_open and user.scope.is_in_team(thing.office_id)


def can_begin_pilot(user: User, pilot: Pilot) -> bool:
    """The head and the innovation officer begin what is planned, as they do on the idea's page."""
    waits = pilot.status == PilotStatus.PLANNED and pilot.idea.status == IdeaStatus.APPROVED
    return waits and can_move_idea(user, pilot.idea)


def can_end_pilot(user: User, pilot: Pilot) -> bool:
    """The head and the innovation officer say how a running pilot ended."""
    return pilot.status == PilotStatus.RUNNING and can_move_idea(user, pilot.idea)


def can_update_visit(user: User, visit: Visit) -> bool:
    """What a visitor saw, only the visitor mends."""
    return visit.created_by_id == user.pk and can_follow_pilot(user, visit.pilot)


def can_remove_picture(user: User, visit: Visit) -> bool:
    """Whoever leads the team may take a picture away too: somebody in it may have asked."""
    office_id = visit.pilot.idea.office_id
    is_author = visit.created_by_id == user.pk and user.scope.is_in_team(office_id)
    return is_author or user.scope.leads(office_id)


def can_write_tasks_into(user: User, plan: WorkPlan) -> bool:
    """A draft the whole team fills; to an approved plan only its leaders add what was decided."""
    if plan.status == PlanStatus.APPROVED:
        return user.scope.leads(plan.office_id)
    return can_edit_workplan(user, plan)


# --- Screening -----------------------------------------------------------------------------------
def can_score_idea(user: User, idea: Idea) -> bool:
    """Every member of the team scores what waits for its word, but nobody an idea of their own."""
    is_own = idea.submitted_by_id == user.pk
    return idea.status in WAITING and not is_own and user.scope.is_in_team(idea.office_id)


def can_lead_screening(user: User, office_id: int) -> bool:
    """The head and the innovation officer see who has finished, and end a round of scoring."""
    return user.scope.leads(office_id)


# --- Replications ------------------------------------------------------------------------------
def can_take_initiative(user: User, office_id: int, idea: Idea) -> bool:
    """The head and the innovation officer of any office but the one whose idea it is."""
    return office_id != idea.office_id and user.scope.leads(office_id)


def can_write_replication(user: User, replication: Replication) -> bool:
    """The team that carries it out writes, as long as it was not dropped."""
    is_open = replication.status != ReplicationStatus.DROPPED
    return is_open and user.scope.is_in_team(replication.office_id)


def can_recommend_idea(user: User, office_id: int) -> bool:
    """Whoever settles the minutes of the office that recommends."""
    return user.scope.leads(office_id)


def can_answer_recommendation(user: User, recommendation: Recommendation) -> bool:
    """The head and the innovation officer of the office that was asked."""
    return user.scope.leads(recommendation.office_id)


# --- Ideas that say the same -------------------------------------------------------------------
def can_unmerge_idea(user: User, idea: Idea) -> bool:
    """Whoever may merge it may take that back, as long as the other idea still waits."""
    return user.scope.leads(idea.office_id)


# --- Lists brought in ---------------------------------------------------------------------------
def can_import_ideas(user: User, office_id: int) -> bool:
    """The head and the innovation officer: a list gives states that a meeting gives otherwise."""
    return user.scope.leads(office_id)
