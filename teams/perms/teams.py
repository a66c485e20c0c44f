"""Who may form an office's team, order it and end it."""

from django.utils import timezone

from ..enums import TeamStatus
from ..models import CompositionRule, Office, Team, User


def can_see_team(user: User, office: Office) -> bool:
    """Whether an office has a team: the office's own team, and whoever stands above it."""
    return any(office.path.startswith(path) for path in user.scope.superior_paths)


def can_form_team(user: User, office: Office) -> bool:
    """Write the draft of a team: whoever leads the office, or that which forms its team today.

    One query, none for people of the office itself.
    """
    return user.scope.leads(office.pk) or _leads_above(user, office)


def can_write_team(user: User, team: Team) -> bool:
    """Change or discard a draft: of the office, or of the office that is to order the team."""
    scope = user.scope
    return team.status == TeamStatus.DRAFT and (
        scope.leads(team.office_id) or scope.leads(team.issuing_office_id)
    )


def can_issue_team(user: User, team: Team) -> bool:
    """Sign the order: the head of the office whose order it is."""
    return user.scope.heads(team.issuing_office_id)


def can_dissolve_team(user: User, team: Team) -> bool:
    """End a team without another: the head of the office, or of the one that ordered it."""
    return user.scope.heads(team.office_id) or user.scope.heads(team.issuing_office_id)


def _leads_above(user: User, office: Office) -> bool:
    """Whether this person leads an office above that the rule of today has form the team."""
    tiers = {
        post.office.tier
        for post in user.scope.posts
        if _is_above(post.office, office) and user.scope.leads(post.office_id)
    }
    if not tiers:
        return False
    rule = CompositionRule.objects.of(office.tier, timezone.localdate())
    return rule is not None and rule.formed_by in tiers


def _is_above(superior: Office, office: Office) -> bool:
    return office.path.startswith(superior.path) and superior.pk != office.pk
