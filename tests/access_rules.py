"""The language of the access tables: people, states, outcomes, rules and addresses.

Each entry of a table names an address, the thing its number points to, and its rules. A rule
says for a method and the states of the plan or the meeting (for addresses that belong to one)
what each person gets; the most exact name that fits a person counts: "head" before "team"
before "others".

    head, officer, member             of the plan's own office, together "team"
    district_head, division_member,
    reviewer                          whoever stands over that office, together "above"
    sibling_head, elsewhere_head,
    administrator, nobody             heads of a sister office and of a district elsewhere,
                                      the system administrator, a person without any post
    anonymous                         gets LOGIN unless the rule says otherwise
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from meetings.enums import MeetingStatus
from workplans.enums import PlanStatus

OK = "ok"  # a page, a file or a redirect inside the site
DONE = "done"  # the same, and something was written
KEPT = "kept"  # the same, with words that nothing was written
LOGIN = "login"  # sent to the log-in page
NO = 403  # sees the thing, may not do this
GONE = 404  # does not learn that the thing exists
METHOD = 405

Outcome = str | int

# A plan of an office; only a revision is ever withdrawn.
ANY = tuple(status for status in PlanStatus.values if status != PlanStatus.WITHDRAWN)
OPEN = ("draft", "returned")
SENT = ("submitted", "approved", "closed")


def meeting_states(*statuses: str) -> tuple[str, ...]:
    """States of a meeting, told apart from those of a plan."""
    return tuple(f"meeting:{status}" for status in statuses)


MEETINGS = meeting_states(*MeetingStatus.values)
M_DRAFT, M_FINAL = meeting_states("draft"), meeting_states("finalised")
M_SENT, M_OFF = meeting_states("circulated", "confirmed"), meeting_states("cancelled")
M_CLOSED = M_FINAL + M_SENT + M_OFF

GROUPS = {
    "team": ("head", "officer", "member"),
    "above": ("district_head", "division_member", "reviewer"),
}
# What an address can be about that no plan or meeting changes.
WITHOUT_STATE = frozenset(
    {
        *("", "office", "reset_key"),
        *("office_pk", "topic", "phrase", "own_phrase", "prefix", "group"),
        *("template", "template_kind", "minutes_import", "book", "failed_book"),
        "extension",
    }
)
STRANGERS = ("sibling_head", "elsewhere_head", "administrator", "nobody")
PEOPLE = (*GROUPS["team"], *GROUPS["above"], *STRANGERS, "anonymous")


@dataclass(frozen=True)
class Rule:
    """What people get for one method while the plan or meeting is in one of `states`."""

    method: str
    states: tuple[str, ...]
    outcomes: Mapping[str, Outcome]

    def outcome(self, person: str) -> Outcome | None:
        """The outcome for a person; None when the rule forgot them."""
        if person == "anonymous":
            return self.outcomes.get("anonymous", LOGIN)
        names = (person, *(group for group, people in GROUPS.items() if person in people))
        return next(
            (self.outcomes[name] for name in (*names, "others") if name in self.outcomes), None
        )


def get(states: tuple[str, ...] = ANY, **outcomes: Outcome) -> Rule:
    return Rule("GET", states, outcomes)


def post(states: tuple[str, ...] = ANY, **outcomes: Outcome) -> Rule:
    return Rule("POST", states, outcomes)


@dataclass(frozen=True)
class Address:
    """One URL name. `about` names the thing in the address, "" for an address without one.

    `sends` gives the form for a POST, made of the things of the plan or meeting in question.
    `is_stateless` says that the state of a plan makes no difference to it.
    """

    about: str
    rules: tuple[Rule, ...]
    sends: Callable[[Any], dict[str, Any]]
    is_stateless: bool = False

    @property
    def states(self) -> tuple[str, ...]:
        """The states that make a difference: an address without a paper has only one."""
        if any(set(rule.states) & set(MEETINGS) for rule in self.rules):
            return MEETINGS
        return ANY[:1] if self.is_stateless or self.about in WITHOUT_STATE else ANY

    @property
    def draft(self) -> str:
        """The state in which the team still writes."""
        return M_DRAFT[0] if self.states == MEETINGS else "draft"

    @property
    def settled(self) -> str:
        """A state that is read from above."""
        return M_SENT[0] if self.states == MEETINGS else "approved"

    def outcome(self, method: str, state: str, person: str) -> Outcome | None:
        """What the table expects, or None when it does not say."""
        rules = (rule for rule in self.rules if rule.method == method and state in rule.states)
        return next((rule.outcome(person) for rule in rules), None)


def at(about: str, *rules: Rule, sends: Callable[[Any], dict[str, Any]] | None = None) -> Address:
    return Address(about, rules, sends or (lambda things: {}))


def of_meeting(*rules: Rule) -> tuple[Rule, ...]:
    """The same rules, said of every state of a meeting where they name none."""
    return tuple(
        replace(rule, states=MEETINGS if rule.states == ANY else rule.states) for rule in rules
    )


# --- Rules that many addresses share -------------------------------------------------------
POST_ONLY = get(others=METHOD)
GET_ONLY = post(others=METHOD)
PAGE_FOR_ALL = (get(others=OK), GET_ONLY)
TEAM_PAGE = (get(team=OK, others=GONE), GET_ONLY)
