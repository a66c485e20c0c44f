"""Which function does which kind of job.

An app that has work to do puts it in its `jobhandlers.py`, found when Django starts:

    @handler("reports.annual_pdf")
    def annual_pdf(payload: Payload, progress: Progress) -> Produced:
        report = Report.objects.get(pk=payload["report_id"])
        progress(10, _("তথ্য পড়া হচ্ছে"))
        ...
        return Produced(content=pdf, content_type="application/pdf", filename="প্রতিবেদন.pdf")

A handler may run more than once (its worker can be killed at any point), so it must change
nothing outside: it reads, makes bytes, and returns them. It runs outside any transaction and
should hold none while it draws, or on SQLite every other writer waits.

There is one exception, `jobs.send_letter`: what a mail server has accepted cannot be taken
back. That handler notes the acceptance in the letter's own row at once and looks there first,
so only a worker killed between the two sends a letter a second time, under the Message-ID of
the first (docs/adr/0009-outbox.md). Whoever has something to tell people by e-mail posts a
letter and leaves the sending to it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Payload: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Produced:
    """What a handler made: the bytes of one paper and how to hand them over.

    `filename` is what a person sees when saving it (may be Bengali, with its extension).
    """

    content: bytes
    content_type: str
    filename: str


class Progress(Protocol):
    """How a handler tells the waiting user, and the sweeper, that it is alive.

    Each call renews the lease. Use `text` for the step ("নথি আঁকা হচ্ছে") and `percent` for
    counting inside it: a new text is written at once, a new percentage at most once a second.
    """

    def __call__(self, percent: int, text: str) -> None:
        """Show `percent` (0 to 100) and `text`. Raises LeaseLost if another worker took over;
        let it pass."""


# None: the job is done without a paper.
Handler: TypeAlias = Callable[[Payload, Progress], Produced | None]


class WhenParked(Protocol):
    """What a kind does, beside its row, when one of its jobs is parked.

    Called in the transaction that parks the job, so it must be short and must not fail:
    the parking would be undone with it.
    """

    def __call__(self, payload: Payload, *, error: str, for_user: str) -> None:
        """`error` is for the operator; `for_user` is the handler's own sentence for the person
        who waits, "" when it left none."""


class UnknownKind(LookupError):
    """No handler is registered for this kind of job."""


class JobRefused(Exception):
    """Raised by a handler when trying again cannot help; the job is parked at once.

    `for_user` is a sentence for the person who asked, in their language; `detail` is for the
    operator.
    """

    def __init__(self, for_user: str, detail: str = "") -> None:
        super().__init__(detail or for_user)
        self.for_user = for_user


class NotYet(Exception):
    """Raised by a handler that has to wait for something else, such as another job.

    The job waits again for at least `seconds`; the try is not counted.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:g} s from now")
        self.seconds = seconds


class LeaseLost(Exception):
    """This worker was too slow and its job was given to another. Handlers let it pass."""


_handlers: dict[str, Handler] = {}
_when_parked: dict[str, WhenParked] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function for `kind`, an `app.thing` name.

    Raises ValueError when the kind is taken: two functions for one kind is a mistake that
    would show only in production, by turns.
    """

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"job kind {kind!r} already has a handler: {_handlers[kind]!r}")
        _handlers[kind] = function
        return function

    return register


def when_parked(kind: str) -> Callable[[WhenParked], WhenParked]:
    """Register the decorated function to hear of parked jobs of `kind`.

    Raises ValueError when another one hears of them already.
    """

    def register(function: WhenParked) -> WhenParked:
        if kind in _when_parked:
            raise ValueError(f"parked jobs of kind {kind!r} are heard of by {_when_parked[kind]!r}")
        _when_parked[kind] = function
        return function

    return register


def listener_for(kind: str) -> WhenParked | None:
    """What hears of parked jobs of this kind, if anything."""
    return _when_parked.get(kind)


def handler_for(kind: str) -> Handler:
    """The function that does jobs of this kind. Raises UnknownKind."""
    try:
        return _handlers[kind]
    except KeyError:
        known = ", ".join(sorted(_handlers)) or "none"
        raise UnknownKind(
            f"no handler for job kind {kind!r}; add one to the app's jobhandlers.py "
            f"(known: {known})"
        ) from None
