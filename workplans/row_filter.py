"""Looking at some of a plan's rows: by subject, post, state, duty of the team, or one's own.

The rows are in memory already, and where a task stands is computed there. So a filter picks among
them and asks the database nothing; their numbers stay those of the whole plan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bangla.text import shorten
from teams.forms import BaseForm
from teams.models import Post, TermOfReference
from teams.templatetags.bangla_tags import digits

from .enums import TaskState
from .table import PlanTable, TaskRow

NO_TERM = "none"
NO_POST = "none"
_LONGEST_CHOICE = 70


class RowFilter(BaseForm):
    """What is asked for in an address: subject, post, state, term, mine.

    `my_posts` are the posts the person holds. A value that nobody offered is not asked for: an
    address from an older day shows more, never an error.
    """

    subject = forms.ChoiceField(label=_("বিষয়"), required=False)
    post = forms.ChoiceField(label=_("দায়িত্বপ্রাপ্ত পদ"), required=False)
    state = forms.ChoiceField(label=_("অবস্থা"), required=False)
    term = forms.ChoiceField(label=_("কার্যপরিধি"), required=False)
    mine = forms.BooleanField(
        label=_("শুধু আমার কাজ"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self, data: Mapping[str, Any], *, table: PlanTable, my_posts: Iterable[int]
    ) -> None:
        super().__init__(data)
        self._my_posts = frozenset(my_posts)
        rows = table.rows
        self.terms = _terms(rows)
        self._offer("subject", _("সব বিষয়"), _subjects(table))
        self._offer("post", _("সব পদ"), [*_posts(rows), (NO_POST, _("পদ বলা নেই"))])
        self._offer("state", _("সব অবস্থা"), [(one.value, one.label) for one in TaskState])
        terms = [(str(term.number), _choice(term.number, term.text)) for term in self.terms]
        self._offer("term", _("সব কার্যপরিধি"), [*terms, (NO_TERM, _("কার্যপরিধি বলা নেই"))])
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}
        self.errors.clear()

    def _offer(self, name: str, everything: Any, choices: Iterable[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", everything), *choices]  # type: ignore[attr-defined]

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.asked)

    @property
    def query(self) -> str:
        """The filter as an address carries it, "?state=late"; "" without one."""
        words = {name: "1" if value is True else value for name, value in self.asked.items()}
        return f"?{urlencode(words)}" if words else ""

    @property
    def is_only(self) -> str:
        """The name of the one thing asked for; "" of none or several."""
        return next(iter(self.asked)) if len(self.asked) == 1 else ""

    def picks(self, row: TaskRow) -> bool:
        """Whether the row is asked for."""
        checks = {
            "subject": lambda wanted: str(row.task.subject_id) == wanted,
            "post": lambda wanted: wanted in (_names_of_posts(row) or {NO_POST}),
            "state": lambda wanted: row.state == wanted,
            "term": lambda wanted: wanted in (_names_of_terms(row) or {NO_TERM}),
            "mine": lambda _wanted: is_mine(row, self._my_posts),
        }
        return all(checks[name](wanted) for name, wanted in self.asked.items())

    def narrow(self, table: PlanTable, *, keep: Iterable[int] = ()) -> PlanTable:
        """The table with the rows asked for and those in `keep`; its summary is of all rows."""
        if not self:
            return table
        kept = frozenset(keep)
        groups = []
        for group in table.groups:
            rows = tuple(row for row in group.rows if row.task.pk in kept or self.picks(row))
            if rows:
                groups.append(replace(group, rows=rows))
        return replace(table, groups=tuple(groups))


def is_mine(row: TaskRow, my_posts: Iterable[int]) -> bool:
    return any(post.pk in my_posts for post in row.task.responsible.all())


def words_of(query: str) -> QueryDict:
    """The filter that a form of the grid carries along; nonsense is no filter."""
    try:
        return QueryDict(query.removeprefix("?")[:2_000])
    except (ValueError, UnicodeError):
        return QueryDict()


# --- What can be asked for -------------------------------------------------------------------
def _choice(number: object, words: str) -> str:
    return f"{digits(number)}. {shorten(words, _LONGEST_CHOICE)}"


def _subjects(table: PlanTable) -> list[tuple[str, str]]:
    return [
        (str(group.subject.pk), _choice(group.number, group.subject.name))
        for group in table.groups
        if group.subject.name
    ]


def _posts(rows: Iterable[TaskRow]) -> list[tuple[str, str]]:
    posts: dict[int, Post] = {post.pk: post for row in rows for post in row.task.responsible.all()}
    in_order = sorted(posts.values(), key=lambda post: (post.position, post.pk))
    return [(str(post.pk), post.designation) for post in in_order]


def _terms(rows: Iterable[TaskRow]) -> list[TermOfReference]:
    terms = {term.pk: term for row in rows for term in row.task.terms.all()}
    return sorted(terms.values(), key=lambda term: (term.number, term.pk))


def _names_of_posts(row: TaskRow) -> set[str]:
    return {str(post.pk) for post in row.task.responsible.all()}


def _names_of_terms(row: TaskRow) -> set[str]:
    return {str(term.number) for term in row.task.terms.all()}
