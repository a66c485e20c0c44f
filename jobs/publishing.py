"""How the workers hear of a row: its id goes into the queue, once the row is committed."""

import logging
import time
from functools import partial

from django.db import transaction

logger = logging.getLogger(__name__)

# After a queue that did not answer, this process leaves it alone for a while: each try costs
# the connection timeout, and a bulk action that asks for 1,000 jobs must not wait 1,000 times.
QUEUE_REST_SECONDS = 5.0


class QueueRest:
    """Whether this process is leaving a dead queue alone, and until when."""

    def __init__(self) -> None:
        self._until = 0.0

    def begin(self) -> None:
        """The queue did not answer: leave it alone for QUEUE_REST_SECONDS."""
        self._until = time.monotonic() + QUEUE_REST_SECONDS

    def lasts(self) -> bool:
        """Whether to leave the queue alone now."""
        return time.monotonic() < self._until


_queue_rest = QueueRest()


def publish_on_commit(job_id: int) -> None:
    """Put the id in the queue once the current transaction is committed."""
    transaction.on_commit(partial(publish, job_id))


def publish(job_id: int) -> bool:
    """Tell the workers to look at this row; False when the queue does not take it.

    Never raises: the row is committed, so the sweeper will tell them later, and the request
    that asked for the work has nothing to apologise for.
    """
    from .tasks import run_job  # the tasks lean on this module

    if _queue_rest.lasts():
        return False
    try:
        run_job.apply_async(args=[job_id], retry=False)
    except Exception:  # each transport raises its own kinds
        logger.exception("job %s: the queue is out of reach; the sweeper will try again", job_id)
        _queue_rest.begin()
        return False
    return True
