"""Writes of the newsletter: put together, edited, sent out; who asked to have it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.letters import Attachment, post_letter
from jobs.models import StoredDocument
from teams.audit import record
from teams.models import Office, User
from teams.prints import order_print
from teams.transitions import WrongState, apply_transition
from workplans.periods import Period

from .. import perms
from ..enums import PUBLISH_NEWSLETTER, NewsletterStatus, PieceKind
from ..letters import site
from ..models import Newsletter, NewsletterDocument, Piece, Subscription
from ..newsletters import (
    NEWSLETTER_PDF,
    Material,
    Reader,
    material_for,
    newsletter_content,
    newsletter_filename,
    period_of,
    readers_of,
)


@dataclass(frozen=True, slots=True)
class NewsletterHead:
    """Title and editorial, normalised."""

    title: str
    intro: str = ""


@dataclass(frozen=True, slots=True)
class PieceText:
    """The words of a piece, normalised."""

    title: str
    text: str


class StaleNewsletter(Exception):
    """Somebody saved title and editorial meanwhile; `current` is the newsletter as it is now."""

    def __init__(self, current: Newsletter) -> None:
        super().__init__("stale")
        self.current = current


class StalePiece(Exception):
    """Somebody saved the piece meanwhile; `current` is the piece as it is now."""

    def __init__(self, current: Piece) -> None:
        super().__init__("stale")
        self.current = current


# --- Putting it together ---------------------------------------------------------------------
@transaction.atomic
def create_newsletter(
    *, office: Office, period: Period, title: str, by: User, form_key: UUID | None = None
) -> Newsletter:
    """Begin the number of a half-year with all that was published in it.

    A half-year that has one gives that one. Raises PermissionDenied.
    """
    if not by.scope.is_in_team(office.pk):
        raise PermissionDenied
    newsletter, created = Newsletter.objects.get_or_create(
        office=office,
        starts_on=period.starts_on,
        defaults={
            "ends_on": period.ends_on,
            "title": title,
            "created_by": by,
            "form_key": form_key or uuid4(),
        },
    )
    if created:
        _add_pieces(newsletter, material_for(office, period))
        record("newsletter.create", newsletter, by=by, office=office, after={"title": title})
    return newsletter


@transaction.atomic
def gather_pieces(*, newsletter: Newsletter, by: User) -> int:
    """Add what was published since; returns how many pieces. Raises WrongState, PermissionDenied.

    What somebody took out comes back only if it is asked for in this way.
    """
    newsletter = _open(newsletter, by)
    known = set(newsletter.pieces.values_list("kind", "title"))
    fresh = [
        one
        for one in material_for(newsletter.office, period_of(newsletter))
        if (one.kind.value, one.title) not in known
    ]
    _add_pieces(newsletter, fresh)
    if fresh:
        _recorded("gather", newsletter, by, pieces=len(fresh))
    return len(fresh)


@transaction.atomic
def update_newsletter(
    *, newsletter: Newsletter, version: int, head: NewsletterHead, by: User
) -> None:
    """Save title and editorial. Raises StaleNewsletter, WrongState, PermissionDenied."""
    newsletter = _open(newsletter, by)
    if newsletter.version != version:
        raise StaleNewsletter(newsletter)
    before = {"title": newsletter.title, "intro": newsletter.intro}
    Newsletter.objects.filter(pk=newsletter.pk).update(
        **asdict(head), version=F("version") + 1, updated_at=timezone.now(), updated_by=by
    )
    record(
        "newsletter.update",
        newsletter,
        by=by,
        office=newsletter.office,
        before=before,
        after=asdict(head),
    )


@transaction.atomic
def add_news(
    *,
    newsletter: Newsletter,
    text: PieceText,
    picture: StoredDocument | None,
    by: User,
    form_key: UUID,
) -> Piece:
    """Add a piece of the editor's own; the same form twice makes one.

    Raises WrongState, PermissionDenied.
    """
    newsletter = _open(newsletter, by)
    piece, created = Piece.objects.get_or_create(
        form_key=form_key,
        newsletter=newsletter,
        defaults={
            **asdict(text),
            "kind": PieceKind.NEWS,
            "picture": picture,
            "position": _next_position(newsletter),
        },
    )
    if created:
        _recorded("add_news", newsletter, by, title=text.title)
    return piece


@transaction.atomic
def update_piece(
    *,
    piece: Piece,
    version: int,
    text: PieceText,
    picture: StoredDocument | None,
    by: User,
) -> None:
    """Save a piece's words and picture (None: without one).

    Raises StalePiece, WrongState, PermissionDenied.
    """
    newsletter = _open(piece.newsletter, by)
    saved = Piece.objects.filter(pk=piece.pk, version=version).update(
        **asdict(text), picture=picture, version=F("version") + 1
    )
    if not saved:
        current = Piece.objects.filter(pk=piece.pk).first()
        if current is None:
            raise WrongState(_("লেখাটি এর মধ্যে নিউজলেটার থেকে সরানো হয়েছে।"))
        raise StalePiece(current)
    before = {"title": piece.title, "text": piece.text}
    record(
        "newsletter.update_piece",
        newsletter,
        by=by,
        office=newsletter.office,
        before=before,
        after=asdict(text),
    )


@transaction.atomic
def move_piece(*, piece: Piece, up: bool, by: User) -> None:
    """Change places with the piece above or below. Raises WrongState, PermissionDenied."""
    newsletter = _open(piece.newsletter, by)
    order = list(newsletter.pieces.values_list("pk", flat=True))
    if piece.pk not in order:
        return
    place = order.index(piece.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, pk in enumerate(order, start=1):
        Piece.objects.filter(pk=pk).update(position=position)
    _recorded("move_piece", newsletter, by, title=piece.title, place=other + 1)


@transaction.atomic
def remove_piece(*, piece: Piece, by: User) -> None:
    """Take a piece out; its words stay in the record. Raises WrongState, PermissionDenied."""
    newsletter = _open(piece.newsletter, by)
    title, text = piece.title, piece.text
    piece.delete()
    record(
        "newsletter.remove_piece",
        newsletter,
        by=by,
        office=newsletter.office,
        before={"title": title, "text": text},
    )


# --- Sending it out --------------------------------------------------------------------------
@transaction.atomic
def print_draft(*, newsletter: Newsletter, by: User) -> NewsletterDocument:
    """Have the draft printed as it stands. Raises PermissionDenied."""
    if not by.scope.is_in_team(newsletter.office_id):
        raise PermissionDenied
    return _printed(newsletter, is_draft=True, by=by)


@transaction.atomic
def publish_newsletter(*, newsletter: Newsletter, by: User) -> int:
    """Freeze the newsletter, put it on the public page and send it; returns to how many.

    Raises WrongState (also for one without a piece), PermissionDenied.
    """
    newsletter = Newsletter.objects.select_for_update(of=("self",)).get(pk=newsletter.pk)
    if newsletter.status == NewsletterStatus.DRAFT and not newsletter.pieces.exists():
        raise WrongState(_("নিউজলেটারে এখনো কোনো লেখা নেই। অন্তত একটি লেখা যোগ করুন।"))
    apply_transition(
        newsletter,
        PUBLISH_NEWSLETTER,
        by=by,
        allowed=perms.can_publish_newsletter(by, newsletter.office_id),
        office=newsletter.office,
    )
    document = _printed(newsletter, is_draft=False, by=by)
    readers = readers_of(newsletter.office)
    for reader in readers:
        _send(newsletter, document, reader, by=by)
    return len(readers)


def _printed(newsletter: Newsletter, *, is_draft: bool, by: User) -> NewsletterDocument:
    return order_print(
        NewsletterDocument.objects.all(),
        job_kind=NEWSLETTER_PDF,
        content=newsletter_content(newsletter, is_draft=is_draft),
        by=by,
        newsletter=newsletter,
    )


def _send(
    newsletter: Newsletter, document: NewsletterDocument, reader: Reader, *, by: User
) -> None:
    context = {
        "content": document.content,
        "name": reader.name,
        "page": site(reverse("public:newsletter_detail", args=[newsletter.pk])),
        "leave": site(reverse("public:unsubscribe", args=[reader.subscription.token]))
        if reader.subscription
        else "",
    }
    with translation.override("bn"):
        body = render_to_string("ideas/email/newsletter.txt", context)
    post_letter(
        key=f"ideas.newsletter:{newsletter.pk}:{reader.code}",
        to_address=reader.address,
        to_name=reader.name,
        subject=f"{newsletter.title} — {newsletter.office.name_bn}",
        body=body,
        attachments=[
            Attachment(filename=newsletter_filename(newsletter), job=document.ordered_job)
        ],
        by=by,
    )


# --- Subscribers -----------------------------------------------------------------------------
@transaction.atomic
def ask_for_newsletter(*, office: Office, email: str, name: str) -> None:
    """Send the letter whose link makes somebody a subscriber, at most once a day to an address.

    Who is one already gets none, and the page says the same to both, so that nobody can find out
    who has subscribed.
    """
    known, created = Subscription.objects.select_for_update().get_or_create(
        office=office, email=email.lower(), defaults={"name": name}
    )
    if known.confirmed_at:
        return
    if not created:
        Subscription.objects.filter(pk=known.pk).update(name=name, asked_at=timezone.now())
    context = {
        "office": office.name_bn,
        "confirm": site(reverse("public:subscription_confirm", args=[known.token])),
    }
    with translation.override("bn"):
        body = render_to_string("ideas/email/subscribe.txt", context)
        subject = _("ই-নিউজলেটার পেতে নিশ্চিত করুন — %(office)s") % {"office": office.name_bn}
    post_letter(
        key=f"ideas.subscribe:{known.pk}:{timezone.localdate()}",
        to_address=known.email,
        to_name=name,
        subject=subject,
        body=body,
    )


def confirm_subscription(*, subscription: Subscription) -> None:
    """The link in the letter was followed: from now on the newsletter is sent."""
    waiting = Subscription.objects.filter(pk=subscription.pk, confirmed_at__isnull=True)
    waiting.update(confirmed_at=timezone.now())


def end_subscription(*, subscription: Subscription) -> None:
    """Forget the address: nothing of a subscriber is kept."""
    subscription.delete()


# --- Pieces ----------------------------------------------------------------------------------
def _open(newsletter: Newsletter, by: User) -> Newsletter:
    """Lock the newsletter and check that this person may write it.

    Raises WrongState, PermissionDenied.
    """
    locked = Newsletter.objects.select_for_update(of=("self",)).select_related("office")
    newsletter = locked.get(pk=newsletter.pk)
    if not by.scope.is_in_team(newsletter.office_id):
        raise PermissionDenied
    if not perms.can_edit_newsletter(by, newsletter):
        raise WrongState(_("নিউজলেটারটি প্রকাশিত হয়ে গেছে, তাই আর বদলানো যায় না।"))
    return newsletter


def _add_pieces(newsletter: Newsletter, material: Iterable[Material]) -> None:
    for position, one in enumerate(material, start=_next_position(newsletter)):
        Piece.objects.create(
            newsletter=newsletter,
            position=position,
            kind=one.kind,
            title=one.title,
            text=one.text,
            initiative=one.initiative,
            picture=one.picture,
        )


def _next_position(newsletter: Newsletter) -> int:
    return (newsletter.pieces.aggregate(last=Max("position"))["last"] or 0) + 1


def _recorded(what: str, newsletter: Newsletter, by: User, **after: Any) -> None:
    record(f"newsletter.{what}", newsletter, by=by, office=newsletter.office, after=after)
