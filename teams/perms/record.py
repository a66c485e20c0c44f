"""Who reads what of the record.

A team reads the timelines of its own papers, drafts and all, and nobody above learns of them. The
head of an office reads all that was done in it. The system administrator sees of all offices who
did what and when, but not the words: nobody administers by reading drafts.
"""

from collections.abc import Collection

from django.db.models import Q

from ..enums import Role
from ..history.versions import open_types, timeline_types
from ..models import AuditEntry, User
from ..models.record import AuditEntryQuerySet

# What an office is not told: who in the Cabinet Division looks at its report; and who opened a
# round of scores, for that is whoever scored first, and members learn only how many have.
KEPT_FROM_OFFICES = frozenset({"report.assign", "screening.open"})


def can_search_record(user: User) -> bool:
    """Heads, for their own offices, and the system administrator."""
    return sees_all_names(user) or bool(_headed(user))


def sees_all_names(user: User) -> bool:
    """Whether the person sees of every office who did what, without the words."""
    return user.scope.has_role(Role.SYSTEM_ADMINISTRATOR)


def searched_entries(user: User) -> AuditEntryQuerySet:
    """What the person finds in the record."""
    if sees_all_names(user):
        return AuditEntry.objects.all()
    return AuditEntry.objects.filter(_of_the_office(user))


def readable_entries(user: User) -> AuditEntryQuerySet:
    """What the person may open: what is found, and what stands in timelines of the own team."""
    in_team = Q(office_id__in=user.scope.team_office_ids, object_type__in=timeline_types())
    of_team = in_team & ~Q(action__in=KEPT_FROM_OFFICES)
    found = of_team | _of_the_office(user)
    return AuditEntry.objects.all() if sees_all_names(user) else AuditEntry.objects.filter(found)


def reads_words(user: User, entry: AuditEntry) -> bool:
    """Whether before and after may be shown, or only the names of what changed.

    Of an entry that is readable for this person.
    """
    if entry.object_type in open_types():
        return True
    return entry.office_id is not None and user.scope.is_in_team(entry.office_id)


def shown_types(user: User, entry: AuditEntry) -> Collection[str] | None:
    """Which kinds of rows of a readable entry the person sees; None is every kind.

    What belongs to no timeline is for the head of the office, also when it changed by the way.
    """
    heads = entry.office_id is not None and user.scope.heads(entry.office_id)
    return None if heads or sees_all_names(user) else timeline_types()


def _of_the_office(user: User) -> Q:
    return Q(office_id__in=_headed(user)) & ~Q(action__in=KEPT_FROM_OFFICES)


def _headed(user: User) -> list[int]:
    return [pk for pk in user.scope.team_office_ids if user.scope.heads(pk)]
