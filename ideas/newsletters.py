"""The newsletter as read: what a half-year offers, who gets it, and what stands in it once sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.text import shorten
from jobs.documents import open_document
from jobs.models import StoredDocument
from teams.enums import LEAD_ROLES, TEAM_ROLES
from teams.models import Office, Post
from teams.papers import head_signature, make_pdf, paper_html
from workplans.periods import Period

from .enums import PUBLIC_PURPOSES, FilePurpose, PieceKind
from .models import (
    LONGEST_TITLE,
    Award,
    Event,
    IdeaFile,
    Initiative,
    Newsletter,
    NewsletterDocument,
    Piece,
    Replication,
    Subscription,
)

NEWSLETTER_PDF = "ideas.newsletter_pdf"
TEMPLATE = "pdf/newsletter.html"
# What is offered when a picture is looked for: how the thing looks now, then any other.
_PICTURE_ORDER = (FilePurpose.AFTER, FilePurpose.PICTURE, FilePurpose.BEFORE)
_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def half_year_of(day: date) -> Period:
    """January to June or July to December, whichever the day is in."""
    return Period.parse(
        f"{day.year}-01..{day.year}-06" if day.month < 7 else f"{day.year}-07..{day.year}-12"
    )


def period_of(newsletter: Newsletter) -> Period:
    return half_year_of(newsletter.starts_on)


# --- What a half-year offers -----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Material:
    """Something that was published or happened, as a piece of the newsletter would tell it."""

    kind: PieceKind
    title: str
    text: str
    initiative: Initiative | None = None
    picture: StoredDocument | None = None


def material_for(office: Office, period: Period) -> list[Material]:
    """What the office has to tell of the half-year, in Bengali (a fixed number of queries)."""
    with translation.override("bn"):
        return [
            *_initiatives(office, period),
            *_replications(office, period),
            *_events(office, period),
            *_awards(office, period),
        ]


def _initiatives(office: Office, period: Period) -> Iterator[Material]:
    published = list(
        Initiative.objects.published()
        .filter(idea__office=office, published_at__date__range=_days(period))
        .order_by("published_at")
    )
    pictures = _pictures_of(published)
    for initiative in published:
        yield Material(
            PieceKind.INITIATIVE,
            initiative.title,
            initiative.summary,
            initiative,
            pictures.get(initiative.idea_id),
        )


def _replications(office: Office, period: Period) -> Iterator[Material]:
    """What this office took into use, and which of its own ideas others did."""
    adopted = (
        Replication.objects.in_use()
        .filter(Q(office=office) | Q(idea__office=office), adopted_at__date__range=_days(period))
        .filter(idea__in=Initiative.objects.published().values("idea_id"))
        .select_related("office", "idea__office", "idea__initiative")
        .order_by("adopted_at")
    )
    for one in adopted:
        initiative = one.idea.initiative
        yield Material(
            PieceKind.REPLICATION,
            initiative.title,
            f"{one.idea.office.name_bn}-এর উদ্যোগটি {format_date(_day(one.adopted_at))} "
            f"থেকে {one.office.name_bn}-এ চালু হয়েছে।",
            initiative,
        )


def _events(office: Office, period: Period) -> Iterator[Material]:
    held = Event.objects.published().filter(office=office, held_on__range=_days(period))
    for event in held.order_by("held_on").prefetch_related("entries__initiative"):
        shown = [one.initiative.title for one in event.entries.all() if one.initiative.is_public]
        where = f", {event.place}" if event.place else ""
        lines = [f"{format_date(event.held_on)}{where}", event.text, *(f"• {one}" for one in shown)]
        yield Material(PieceKind.EVENT, event.title, "\n".join(filter(None, lines)))


def _awards(office: Office, period: Period) -> Iterator[Material]:
    given = Award.objects.standing().filter(office=office, given_on__range=_days(period))
    for award in given.order_by("given_on"):
        detail = f", {award.recipient_detail}" if award.recipient_detail else ""
        yield Material(
            PieceKind.EVENT,
            shorten(f"{award.title}: {award.recipient_name}", LONGEST_TITLE),
            f"{award.recipient_name}{detail}\n{award.citation}",
        )


def _pictures_of(initiatives: list[Initiative]) -> dict[int, StoredDocument]:
    """The best picture of each, by idea."""
    files = IdeaFile.objects.filter(
        idea__in=[one.idea_id for one in initiatives], purpose__in=PUBLIC_PURPOSES
    ).select_related("document")
    found: dict[int, StoredDocument] = {}
    for file in sorted(files, key=lambda one: (_PICTURE_ORDER.index(one.purpose), one.position)):
        found.setdefault(file.idea_id, file.document)
    return found


# --- Who gets it -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody the newsletter goes to; `code` is unique among the readers of one number."""

    code: str
    name: str
    address: str
    subscription: Subscription | None = None


def readers_of(office: Office) -> list[Reader]:
    """The team, those who lead the offices right below and the one above, and subscribers.

    Of several posts or subscriptions with one address only the first is kept.
    """
    near = Q(office=office, role__in=TEAM_ROLES) | Q(
        office__in=office.children.active(), role__in=LEAD_ROLES
    )
    if office.parent_id:
        near |= Q(office=office.parent_id, role__in=LEAD_ROLES)
    posts = Post.objects.active().filter(near).with_holders(timezone.localdate())
    readers = [reader for post in posts if (reader := _reader(post))]
    readers += [
        Reader(f"subscription-{one.pk}", one.name, one.email, one)
        for one in office.subscriptions.filter(confirmed_at__isnull=False).order_by("pk")
    ]
    by_address: dict[str, Reader] = {}
    for reader in readers:
        by_address.setdefault(reader.address.lower(), reader)
    return list(by_address.values())


def _reader(post: Post) -> Reader | None:
    holder = post.holder
    address = post.email or (holder.email if holder else "")
    if not address:
        return None
    return Reader(f"post-{post.pk}", holder.name_bn if holder else post.designation_bn, address)


# --- What stands in it -----------------------------------------------------------------------
def newsletter_content(newsletter: Newsletter, *, is_draft: bool) -> dict[str, Any]:
    """Everything the newsletter says, as plain data, in Bengali."""
    day = timezone.localdate()
    pieces = newsletter.pieces.select_related("initiative", "picture")
    with translation.override("bn"):
        return {
            "title": newsletter.title,
            "office": newsletter.office.name_bn,
            "period": period_of(newsletter).label,
            "date": format_date(day),
            "bangla_date": format_bangla_date(day),
            "intro": newsletter.intro,
            "is_draft": is_draft,
            "pieces": [_piece_content(piece) for piece in pieces],
            "signature": head_signature(newsletter.office),
        }


def _piece_content(piece: Piece) -> dict[str, Any]:
    shown = piece.initiative if piece.initiative and piece.initiative.is_public else None
    return {
        "kind": piece.kind,
        "kind_name": str(piece.get_kind_display()),
        "title": piece.title,
        "text": piece.text,
        "path": reverse("public:initiative_detail", args=[shown.pk]) if shown else "",
        "picture": _picture_name(piece.picture) if piece.picture else "",
    }


def _picture_name(picture: StoredDocument) -> str:
    return f"{picture.sha256}.{_EXTENSIONS[picture.content_type]}"


def draw_newsletter(content: dict[str, Any]) -> bytes:
    """The PDF of a frozen newsletter, with its pictures."""
    names = {piece["picture"] for piece in content["pieces"] if piece["picture"]}
    with TemporaryDirectory() as folder:
        files = {name: Path(folder) / name for name in names}
        for name, path in files.items():
            # The engine reads files by path, and a storage need not have any.
            with open_document(picture_called(name)) as picture:
                path.write_bytes(picture.read())
        return make_pdf(paper_html(TEMPLATE, content), files=files).content


def picture_called(name: str) -> StoredDocument:
    """The stored picture of a name in a frozen content. Raises StoredDocument.DoesNotExist."""
    return StoredDocument.objects.get(sha256=name.partition(".")[0])


def newsletter_filename(newsletter: Newsletter) -> str:
    """What the file is called on the reader's machine."""
    return f"ই-নিউজলেটার {newsletter.office.place_bn} {period_of(newsletter).code}.pdf"


def sent_document(newsletter: Newsletter) -> NewsletterDocument:
    """The frozen newsletter that was sent out, of a published one."""
    return newsletter.documents.filter(content__is_draft=False).latest("pk")


def _days(period: Period) -> tuple[date, date]:
    return period.starts_on, period.ends_on


def _day(moment: Any) -> date:
    return timezone.localdate(moment)
