"""Dated rules: a new one from a day, a correction, one withdrawn before its day."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..audit import record
from ..models import User
from ..perms.administration import can_manage_rules
from ..rule_kinds import RuleKind, RuleLines, Standing, standing_of

ONE_DAY = timedelta(days=1)

Values = Mapping[str, Any]


class RuleRefused(Exception):
    """The rule cannot become what was asked; the text is for the user."""


class RuleChanged(Exception):
    """Somebody changed the rule since it was looked at; `current` is how it stands."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(current)
        self.current = current


@transaction.atomic
def add_rule(
    *, kind: RuleKind, values: Values, lines: Sequence[Values], reason: str, by: User
) -> models.Model:
    """A rule from `values["valid_from"]` on; the one in force until then ends the day before.

    A rule for days gone by needs a reason, for it changes what was right then. Raises
    RuleRefused, PermissionDenied.
    """
    _ask(by)
    if values["valid_from"] < timezone.localdate() and not reason:
        raise RuleRefused(_("নিয়মটি আগের তারিখ থেকে চালু হচ্ছে; কেন, কারণ লিখুন।"))
    rule = kind.model(**{name: values[name] for name in _columns(kind)})
    _fit_before_next(kind, rule)
    ended = _end_earlier(kind, rule)
    _write(kind, rule, lines)
    record("rule.add", rule, by=by, after={**told(kind, rule), **_why(reason)}, rows=ended)
    return rule


@transaction.atomic
def correct_rule(
    *,
    kind: RuleKind,
    rule: models.Model,
    values: Values,
    lines: Sequence[Values],
    reason: str,
    seen: str,
    by: User,
) -> models.Model:
    """Put a rule right: freely before its day, with a reason while it is in force.

    `seen` is `fingerprint` of what the person looked at. What has ended stays as it was. Raises
    RuleRefused, RuleChanged, PermissionDenied.
    """
    _ask(by)
    current: Any = kind.rows().select_for_update().get(pk=rule.pk)
    standing = standing_of(current, timezone.localdate())
    if standing == Standing.PAST:
        raise RuleRefused(_("নিয়মটির মেয়াদ শেষ; যা ছিল তা আর বদলানো যায় না।"))
    if fingerprint(kind, current) != seen:
        raise RuleChanged(current)
    if not reason and _touches_past(current, values):
        raise RuleRefused(_("চালু নিয়ম বদলাচ্ছেন বা আগের তারিখ দিচ্ছেন; কেন, কারণ লিখুন।"))
    before = told(kind, current)
    started_on = current.valid_from
    for name in _columns(kind):
        setattr(current, name, values[name])
    moved = _move_earlier(kind, current, started_on)
    _write(kind, current, lines)
    after = {**told(kind, current), **_why(reason)}
    record("rule.correct", current, by=by, before=before, after=after, rows=moved)
    corrected: models.Model = current
    return corrected


@transaction.atomic
def withdraw_rule(
    *, kind: RuleKind, rule: models.Model, reopen: bool, by: User
) -> list[models.Model]:
    """Take away a rule whose day has not come; returns the rules that go on instead.

    With `reopen` the rule that would have ended the day before goes on for as long as this one
    would have. Raises RuleRefused, PermissionDenied.
    """
    _ask(by)
    current: Any = kind.rows().select_for_update().filter(pk=rule.pk).first()
    if current is None:
        raise RuleRefused(_("নিয়মটি আগেই তুলে নেওয়া হয়েছে।"))
    if standing_of(current, timezone.localdate()) != Standing.COMING:
        raise RuleRefused(_("নিয়মটি চালু হয়ে গেছে, তাই মোছা যায় না। শেষ তারিখ দিয়ে বন্ধ করুন।"))
    before = told(kind, current)
    twins = _alike(kind, current).filter(valid_from=current.valid_from).exists()
    freed = [] if twins or not reopen else list(_ending_before(kind, current, current.valid_from))
    for earlier in freed:
        earlier.valid_to = current.valid_to
        earlier.save(update_fields=["valid_to"])
    record("rule.withdraw", current, by=by, before=before, rows=freed)
    try:
        if kind.lines:
            _lines_of(kind.lines, current).delete()
        current.delete()
    except ProtectedError as used:
        raise RuleRefused(_("নিয়মটি এরই মধ্যে কোনো কাজে ব্যবহৃত হয়েছে, তাই মোছা যায় না।")) from used
    return freed


def fingerprint(kind: RuleKind, rule: models.Model) -> str:
    """What a rule says, in 64 signs, to tell whether it still says the same."""
    return hashlib.sha256(repr(sorted(told(kind, rule).items())).encode()).hexdigest()


def told(kind: RuleKind, rule: models.Model) -> dict[str, Any]:
    """The rule as plain values, for the record: {column: text}, and its lines."""
    values = {name: _plain(getattr(rule, name)) for name in _columns(kind)}
    if kind.lines:
        values["lines"] = [
            {name: _plain(getattr(line, name)) for name in kind.lines.columns}
            for line in _lines_of(kind.lines, rule)
        ]
    return values


# --- Pieces ------------------------------------------------------------------------------------
def _ask(by: User) -> None:
    if not can_manage_rules(by):
        raise PermissionDenied


def _columns(kind: RuleKind) -> tuple[str, ...]:
    return (*kind.columns, "valid_from", "valid_to", "source")


def _why(reason: str) -> dict[str, str]:
    return {"reason": reason} if reason else {}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Manager):
        return sorted(str(one) for one in value.all())
    return value


def _touches_past(rule: Any, values: Values) -> bool:
    today = timezone.localdate()
    return bool(rule.valid_from <= today or values["valid_from"] < today)


def _alike(kind: RuleKind, rule: Any) -> "models.QuerySet[Any]":
    """The other rules that come before or after this one."""
    same = {name: getattr(rule, name) for name in kind.follows}
    return kind.rows().filter(**same).exclude(pk=rule.pk)


def _ending_before(kind: RuleKind, rule: Any, day: date) -> "models.QuerySet[Any]":
    return _alike(kind, rule).filter(valid_to=day - ONE_DAY)


def _fit_before_next(kind: RuleKind, rule: Any) -> None:
    """A rule that comes before another ends the day before it."""
    coming = _alike(kind, rule).filter(valid_from__gt=rule.valid_from)
    starts_on = coming.aggregate(first=models.Min("valid_from"))["first"]
    if starts_on and (rule.valid_to is None or rule.valid_to >= starts_on):
        rule.valid_to = starts_on - ONE_DAY


def _end_earlier(kind: RuleKind, rule: Any) -> list[models.Model]:
    """End what is in force on the day the rule begins, the day before it."""
    open_then = Q(valid_to__isnull=True) | Q(valid_to__gte=rule.valid_from)
    earlier = list(
        _alike(kind, rule).select_for_update().filter(open_then, valid_from__lt=rule.valid_from)
    )
    for one in earlier:
        one.valid_to = rule.valid_from - ONE_DAY
        one.save(update_fields=["valid_to"])
    return earlier


def _move_earlier(kind: RuleKind, rule: Any, started_on: date) -> list[models.Model]:
    """A rule put to another day takes the end of the one before it along."""
    if rule.valid_from == started_on:
        return []
    earlier = list(_ending_before(kind, rule, started_on).select_for_update())
    for one in earlier:
        one.valid_to = rule.valid_from - ONE_DAY
        if one.valid_to < one.valid_from:
            raise RuleRefused(_("নতুন তারিখটি আগের নিয়মের শুরুরও আগে। পরের কোনো তারিখ দিন।"))
        one.save(update_fields=["valid_to"])
    return earlier


def _write(kind: RuleKind, rule: Any, lines: Sequence[Values]) -> None:
    """Save the rule with its lines. Raises RuleRefused for what the tables do not take."""
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        raise RuleRefused(_("শেষ তারিখটি শুরুর তারিখের আগে। তারিখ দুটি মিলিয়ে নিন।"))
    try:
        with transaction.atomic():
            rule.save()
            if kind.lines:
                _write_lines(kind.lines, rule, lines)
    except IntegrityError as taken:
        raise RuleRefused(
            _("একই তারিখ থেকে এই নিয়মটি আগেই আছে। সেটি সংশোধন করুন, অথবা অন্য তারিখ দিন।")
        ) from taken
    except ProtectedError as used:
        raise RuleRefused(_("বাদ দেওয়া একটি সারি এরই মধ্যে ব্যবহৃত হয়েছে; সারিটি রেখে দিন।")) from used


def _lines_of(lines: RuleLines, rule: models.Model) -> "models.QuerySet[Any]":
    return lines.model._default_manager.filter(**{lines.link: rule})


def _write_lines(lines: RuleLines, rule: models.Model, wanted: Sequence[Values]) -> None:
    """Make the rule's lines just these; one with a known "id" is kept and changed."""
    known = {line.pk: line for line in _lines_of(lines, rule)}
    kept = {row["id"] for row in wanted if row.get("id") in known}
    _lines_of(lines, rule).exclude(pk__in=kept).delete()
    many = {field.name for field in lines.model._meta.many_to_many}
    for position, row in enumerate(wanted, start=1):
        line: Any = known.get(row.get("id")) or lines.model(**{lines.link: rule})
        for name in set(lines.columns) - many:
            setattr(line, name, row[name])
        line.position = position
        line.save()
        for name in many & set(lines.columns):
            getattr(line, name).set(row[name])
