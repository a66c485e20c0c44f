"""The memo numbers of an office's letters."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..memo import LAST_ISSUE, Memo, MemoGrammar, next_issue
from ..models import MemoNumber, MemoPrefix, Office, User


class MemoTaken(Exception):
    """Another letter of the office has this memo number; the text is for the user."""


@transaction.atomic
def claim_memo(
    *, office: Office, memo: Memo, purpose: str, object_id: int, by: User | None
) -> MemoNumber:
    """Give a memo number to one letter, for good. Raises MemoTaken.

    `purpose` and `object_id` name the letter ("meetings.minutes", 12); asking again for it
    gives it the new number and frees the old one. A file number the office has not used before
    is remembered.
    """
    known = MemoNumber.objects.filter(purpose=purpose, object_id=object_id).first()
    number = known or MemoNumber(office=office, purpose=purpose, object_id=object_id, created_by=by)
    number.canonical, number.prefix, number.issue = memo.canonical, memo.prefix, memo.issue
    try:
        with transaction.atomic():
            number.save()
    except IntegrityError as taken:
        raise MemoTaken(
            _("স্মারক নম্বর %(number)s এই দপ্তরের আরেকটি পত্রে দেওয়া হয়েছে। পরের নম্বরটি দিন।")
            % {"number": memo.bengali}
        ) from taken
    MemoPrefix.objects.get_or_create(office=office, number=memo.prefix)
    return number


def propose_memo(office: Office) -> Memo | None:
    """The next number under the file the office used last, of those it has not switched off.

    None before it has named a file, and when the file has no number left.
    """
    files = list(office.memo_prefixes.active().values_list("number", flat=True))
    last = office.memo_numbers.filter(prefix__in=files).first()
    prefix = last.prefix if last else next(iter(files), None)
    if prefix is None:
        return None
    used = office.memo_numbers.filter(prefix=prefix).values_list("issue", flat=True)
    issue = next_issue(number for number in used if number is not None)
    if issue > LAST_ISSUE:
        return None
    grammar = next(one for one in MemoGrammar if len(one.groups) == prefix.count(".") + 1)
    return Memo(grammar, prefix, issue)
