"""The letter that tells a submitter, and whoever stood by the idea, what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs.letters import post_letter
from teams.models import AuditEntry, User

from .citizens import (
    KNOWN_OF,
    pilot_of,
    published_page_of,
    related,
    standing_of,
    what_became_of,
)
from .codes import spaced
from .enums import OUTSIDE, IdeaStatus
from .models import Idea, Support
from .timeline import FORWARD, STEPS


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who wants to hear of an idea; `code` is their own, `own` the idea they know."""

    key: str
    address: str
    name: str
    code: str
    own: Idea
    is_submitter: bool


def tell_submitter(idea: Idea, *, by: User | None) -> None:
    """Post a letter on the idea's present state to everybody who left an address.

    To the submitter, to the supporters, and to those whose ideas were merged into this one; one
    letter to an address. Runs in the transaction of the step it tells of. The same step is told
    once, however often this is called; the end of a pilot and the publishing of the initiative's
    page are steps too, though the idea keeps its state.

    Of a submission that is held or was discarded nobody is told: its address was typed by
    somebody whom nobody has looked at, and would let anyone make us write to strangers. Its code
    tells all the same.
    """
    idea = Idea.objects.select_related(*KNOWN_OF).get(pk=idea.pk)
    if idea.status in OUTSIDE:
        return
    occasion = _occasion(idea)
    told: set[str] = set()
    for reader in _readers(idea):
        address = reader.address.casefold()
        if not address or address in told:
            continue
        told.add(address)
        _post(idea, reader, occasion=occasion, by=by)


def _occasion(idea: Idea) -> str:
    """What happened, so that the same is told once: state, last step, pilot, page.

    The step by its entry in the record, not by the idea's version, which also grows when a word
    is mended: then whoever joins as a supporter would have everybody told again.
    """
    steps = AuditEntry.objects.filter(
        object_type=idea._meta.label_lower, object_id=idea.pk, action__in=[*STEPS, FORWARD]
    )
    last = steps.aggregate(last=Max("pk"))["last"] or 0
    pilot = pilot_of(idea)
    on_show = "public" if published_page_of(idea) else ""
    return f"{idea.status}:{last}:{pilot.status if pilot else ''}:{on_show}"


def _readers(idea: Idea) -> Iterator[Reader]:
    """Whoever follows the idea, its submitter first, then those of ideas merged into it."""
    waiting = [idea]
    while waiting:
        own = waiting.pop(0)
        yield submitter_of(own)
        yield from (_supporter(support, own) for support in _supports(own))
        waiting += Idea.objects.filter(merged_into=own).select_related("office").order_by("pk")


def submitter_of(idea: Idea) -> Reader:
    """Whoever handed it in; the address is empty when none was left."""
    contact, account = related(idea, "contact"), idea.submitted_by
    email = getattr(contact, "email", "") or (account.email if account else "")
    name = idea.submitter_name or (account.name_bn if account else "")
    return Reader(f"idea{idea.pk}", email, name, idea.code, idea, is_submitter=True)


def _supports(idea: Idea) -> QuerySet[Support]:
    return idea.supports.select_related("supported_by").order_by("pk")


def _supporter(support: Support, idea: Idea) -> Reader:
    account = support.supported_by
    email = support.email or (account.email if account else "")
    name = support.name or (account.name_bn if account else "")
    return Reader(f"support{support.pk}", email, name, support.code, idea, is_submitter=False)


def _post(idea: Idea, reader: Reader, *, occasion: str, by: User | None) -> None:
    """One letter; what citizens get is in Bengali, whoever took the step."""
    with override("bn"):
        became = what_became_of(idea)
        page = published_page_of(became)
        can_appeal = (
            reader.is_submitter
            and reader.own == idea
            and idea.status == IdeaStatus.DECLINED
            and not related(idea, "appeal")
        )
        context = {
            "reader": reader,
            "idea": idea,
            "became": became if became != idea else None,
            "standing": standing_of(idea),
            "became_standing": standing_of(became),
            "can_appeal": can_appeal,
            "title": reader.own.title if reader.is_submitter or reader.own.is_shared else "",
            "code": spaced(reader.code),
            "link": site(reverse("public:follow", args=[reader.code])),
            "page_link": site(page.get_absolute_url()) if page else "",
        }
        post_letter(
            key=f"ideas.state:{idea.pk}:{occasion}:{reader.key}",
            to_address=reader.address,
            to_name=reader.name,
            subject=_("আপনার আইডিয়া: %(state)s") % {"state": standing_of(idea).title},
            body=render_to_string("ideas/email/state.txt", context).strip() + "\n",
            by=by,
        )


def site(path: str) -> str:
    """The whole address of a path of ours, for letters and paper."""
    return settings.SITE_URL.rstrip("/") + path
