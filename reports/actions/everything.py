"""Bringing a whole report up to what the records say now."""

from django.db import transaction

from teams.models import User

from ..models import Report
from ..sections import offers_of
from .sections import take_offer


@transaction.atomic
def take_all_offers(*, report: Report, by: User) -> int:
    """Take what the records say now in every part that has news; how many parts that were.

    Own words and own numbers stay as they are. Raises PermissionDenied, WrongState, StaleReport.
    """
    news = [offer.section for offer in offers_of(report).values() if offer.is_news]
    for section in news:
        # Taking one part can change the words, and so the version, of another that tells of it.
        section.refresh_from_db(fields=["version"])
        take_offer(section=section, version=section.version, by=by)
    return len(news)
