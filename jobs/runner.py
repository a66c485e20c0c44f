"""What a worker does with one job id: claim, call the handler, finish or fail."""

import logging
import time
import traceback

from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone
from django.utils.translation import gettext as _

from . import actions
from .actions import Claim
from .registry import JobRefused, LeaseLost, NotYet, handler_for

logger = logging.getLogger(__name__)

# A percentage alone is written at most this often.
PROGRESS_SECONDS = 1.0


class ProgressReporter:
    """The `Progress` given to a handler: writes what is new, holds back what is only more."""

    def __init__(self, claim: Claim) -> None:
        self._claim = claim
        self._text = ""
        self._written_at = time.monotonic()

    def __call__(self, percent: int, text: str) -> None:
        """See `registry.Progress`. Raises LeaseLost."""
        moment = time.monotonic()
        if text == self._text and moment - self._written_at < PROGRESS_SECONDS:
            return
        self._text, self._written_at = text, moment
        actions.report_progress(claim=self._claim, percent=percent, text=text, now=timezone.now())


def run(*, job_id: int) -> bool:
    """Do this job if it is still there to be done; a doubled message ends here, unseen.

    Returns whether it was there to be done, however it ended.

    No transaction is open while the handler works. What goes wrong ends up in the row, except
    a database out of reach: then the lease runs out and the sweeper takes over.
    """
    claim = actions.claim(job_id=job_id, now=timezone.now())
    if claim is None:
        logger.info("job %s: nothing to do, another worker has or had it", job_id)
        return False
    started = time.monotonic()
    try:
        produced = handler_for(claim.kind)(claim.payload, ProgressReporter(claim))
        actions.finish(claim=claim, produced=produced, now=timezone.now())
    except LeaseLost as late:
        logger.info("%s; its result is discarded", late)
    except NotYet as early:
        logger.info("job %s: %s %s has to wait, %s", job_id, claim.kind, claim.key, early)
        actions.postpone(claim=claim, seconds=early.seconds, now=timezone.now())
    except SoftTimeLimitExceeded:
        _fail(
            claim,
            error=(
                f"Time limit: stopped after {time.monotonic() - started:.0f} s.\n"
                f"{traceback.format_exc()}"
            ),
            error_for_user=_("কাজটি নির্ধারিত সময়ের মধ্যে শেষ হয়নি।"),
        )
    except JobRefused as refused:
        _fail(claim, error=f"Refused: {refused}", error_for_user=refused.for_user, final=True)
    except Exception:  # whatever a handler raises belongs in its row
        _fail(claim, error=traceback.format_exc())
    else:
        logger.info("job %s: %s %s done", job_id, claim.kind, claim.key)
    return True


def _fail(claim: Claim, *, error: str, error_for_user: str = "", final: bool = False) -> None:
    logger.warning("job %s: attempt %s failed: %s", claim.job_id, claim.attempt, error)
    actions.fail(
        claim=claim,
        error=error,
        error_for_user=error_for_user,
        final=final,
        now=timezone.now(),
    )
