"""The letter to the submitter of an idea that another one has joined."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from jobs.letters import post_letter
from teams.models import User

from ..codes import spaced
from ..letters import site, submitter_of
from ..models import Idea


def tell_of_joining(idea: Idea, *, into: Idea, by: User) -> None:
    """Tell the submitter of `into` that `idea`, which says the same, goes on with theirs.

    Nothing of the other idea is told: it is somebody else's. Runs in the transaction of the
    merge; those of `idea` hear of it by `letters.tell_submitter`.
    """
    reader = submitter_of(into)
    if not reader.address:
        return
    with override("bn"):
        context = {
            "reader": reader,
            "idea": into,
            "code": spaced(into.code),
            "link": site(reverse("public:follow", args=[into.code])),
        }
        post_letter(
            key=f"ideas.joined:{into.pk}:{idea.pk}:{idea.version}",
            to_address=reader.address,
            to_name=reader.name,
            subject=_("আপনার আইডিয়া: আরও একজন একই কথা বলেছেন"),
            body=render_to_string("ideas/email/joined.txt", context).strip() + "\n",
            by=by,
        )
