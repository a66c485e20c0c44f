"""How long one waits for a paper, in words that are true of the line as it stands."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs import line
from jobs.line import LineState
from jobs.models import Job

from .bangla_tags import digits

register = template.Library()

HALF_A_MINUTE = timedelta(seconds=30)
HOUR = timedelta(hours=1)


@register.simple_tag
def line_notice() -> str:
    """The banner's sentence while papers take long, else ""."""
    state = line.published_state()
    if state is None or not state.is_long:
        return ""
    if not state.is_moving:
        return _(
            "%(count)sটি নথি তৈরির অপেক্ষায়, কাজ এখন থেমে আছে। আপনার লেখা ও পাঠানো কাগজ হারাবে না; "
            "কাজ চালু হলেই ক্রমানুসারে তৈরি হবে।"
        ) % {"count": digits(state.waiting)}
    return _(
        "%(count)sটি নথি তৈরির অপেক্ষায়; এখন চাইলে নতুন নথি পেতে %(time)s লাগবে। "
        "প্রতিবেদন পাঠালে রসিদ সঙ্গে সঙ্গেই পাবেন।"
    ) % {"count": digits(state.waiting), "time": in_words(state.wait)}


@register.simple_tag
def waiting_words(job: Job) -> str:
    """Where a waiting job stands in the line (a query)."""
    ahead = line.ahead_of(job)
    state = line.published_state() or LineState(ahead, 1, line.USUAL_SECONDS)
    if not state.is_moving:
        return _("অপেক্ষমাণ; কাজ এখন থেমে আছে, চালু হলেই শুরু হবে।")
    if not ahead:
        return _("অপেক্ষমাণ; একটু পরেই শুরু হবে।")
    return _("অপেক্ষমাণ; আগে আছে %(count)sটি, লাগবে %(time)s।") % {
        "count": digits(ahead),
        "time": in_words(state.wait_for(ahead)),
    }


def in_words(wait: timedelta) -> str:
    """A wait, rounded up to what can honestly be said of it."""
    if wait <= HALF_A_MINUTE:
        return _("আধা মিনিটের কম")
    if wait < HOUR:
        minutes = -(-wait // timedelta(minutes=1))
        return ngettext("প্রায় %(count)s মিনিট", "প্রায় %(count)s মিনিট", minutes) % {
            "count": digits(minutes)
        }
    hours = -(-wait // HOUR)
    return ngettext("প্রায় %(count)s ঘণ্টা", "প্রায় %(count)s ঘণ্টা", hours) % {"count": digits(hours)}
