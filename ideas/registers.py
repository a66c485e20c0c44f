"""The two official tables of an office's innovation work, as plain data.

What stands here is what the PDF, the Word file and the Excel file say: each writer gets the same
content and adds nothing. Papers are in Bengali, whoever asks for them; no submitter's contact is
ever among the words.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, DateField, F, Prefetch, QuerySet, When
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone, translation

from bangla.dates import format_bangla_date, format_date
from bangla.digits import format_number, to_bangla
from teams.models import Office, User
from teams.papers import head_signature, make_pdf, paper_html
from teams.prints import order_print
from workplans.periods import Period

from .contact_words import without_contacts
from .enums import TRANSITIONS, IdeaStatus, MeasureUnit, RegisterKind
from .models import Idea, Initiative, Measure, RegisterDocument, Replication
from .templatetags.savings_tags import quantity

REGISTER_PDF = "ideas.register_pdf"
TEMPLATE = "pdf/idea_register.html"
TITLES = {
    RegisterKind.REGISTER: "উদ্ভাবনী ধারণার নিবন্ধন",
    RegisterKind.DATABASE: "উদ্ভাবন ডাটাবেজ",
}
# A line of small print, and what half a page holds of such lines.
SIGNS_PER_MM, MOST_LINES_KEPT = 0.6, 22
UNNAMED = "নাম প্রকাশে অনিচ্ছুক"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the printed table.

    `width` is its share of the sheet in millimetres of an A4 page lying across (273 of them).
    `kind` says what its cells are to a spreadsheet: "text", "date" or "number".
    """

    key: str
    heading: str
    width: int
    kind: str = "text"


COLUMNS = {
    RegisterKind.REGISTER: (
        Column("serial", "ক্রমিক", 11),
        Column("received_on", "প্রাপ্তির তারিখ", 18, "date"),
        Column("title", "উদ্ভাবনী ধারণার শিরোনাম", 34),
        Column("problem", "বিদ্যমান সমস্যা", 44),
        Column("proposal", "প্রস্তাব", 56),
        Column("submitter", "প্রস্তাবকের নাম, পদবি ও ঠিকানা", 30),
        Column("channel", "যেভাবে এসেছে", 19),
        Column("state", "বর্তমান অবস্থা", 17),
        Column("decision", "সিদ্ধান্ত ও সূত্র", 26),
        Column("remarks", "মন্তব্য", 18),
    ),
    RegisterKind.DATABASE: (
        Column("serial", "ক্রমিক", 11),
        Column("name", "উদ্ভাবনের নাম", 30),
        Column("problem", "সেবা ও বিদ্যমান সমস্যা", 33),
        Column("does", "উদ্ভাবনে যা করা হয়েছে", 38),
        Column("began_on", "শুরুর তারিখ", 17, "date"),
        Column("place", "স্থান", 18),
        Column("owner", "দায়িত্বপ্রাপ্ত", 22),
        Column("savings", "সময়, খরচ ও যাতায়াত (আগে ও পরে)", 31),
        Column("people", "বছরে সেবাগ্রহীতা", 17, "number"),
        Column("state", "বর্তমান অবস্থা", 16),
        Column("spread", "যেখানে রেপ্লিকেট হয়েছে", 20),
        Column("source", "উৎস ও লিংক", 20),
    ),
}
# What an innovation database holds: all that was once approved, a failed pilot with its lesson too.
INNOVATIONS = (
    IdeaStatus.APPROVED,
    IdeaStatus.PILOTING,
    IdeaStatus.STOPPED,
    IdeaStatus.SHOWCASED,
    IdeaStatus.REPLICATED,
)
# What only reached the office was not decided about.
_STAMPS = {step.target: step.stamp for step in TRANSITIONS if step.target != IdeaStatus.RECEIVED}


# --- Which rows ----------------------------------------------------------------------------
def registered_ideas(office: Office, starts_on: date, ends_on: date) -> QuerySet[Idea]:
    """What reached the office in these days, the oldest first; nothing held, nothing discarded."""
    received = Idea.objects.filter(office=office, received_on__range=(starts_on, ends_on))
    return received.registered().order_by("received_on", "pk")


def innovations(office: Office, starts_on: date, ends_on: date) -> QuerySet[Idea]:
    """The office's ideas that began in these days; `began_on` is that day.

    It is the pilot's first day, else the day of the approval. An idea that came with an old list
    was approved on a day nobody wrote down: there it is the day the list gives.
    """
    approved_here = When(approved_at__gt=F("created_at"), then=TruncDate("approved_at"))
    approved = Case(approved_here, default=F("received_on"), output_field=DateField())
    began = Coalesce("pilot__starts_on", approved, output_field=DateField())
    ideas = Idea.objects.filter(office=office, status__in=INNOVATIONS).annotate(began_on=began)
    return ideas.filter(began_on__range=(starts_on, ends_on)).order_by("began_on", "pk")


def replications_begun(office: Office, starts_on: date, ends_on: date) -> QuerySet[Replication]:
    """What the office took over from others in these days and has not dropped."""
    began = Coalesce("starts_on", TruncDate("taken_at"), output_field=DateField())
    taken = Replication.objects.kept().filter(office=office).annotate(began_on=began)
    return taken.filter(began_on__range=(starts_on, ends_on)).order_by("began_on", "pk")


def count_rows(kind: str, office: Office, starts_on: date, ends_on: date) -> int:
    """How many rows the table would have."""
    if kind == RegisterKind.REGISTER:
        return registered_ideas(office, starts_on, ends_on).count()
    own = innovations(office, starts_on, ends_on).count()
    return own + replications_begun(office, starts_on, ends_on).count()


# --- The content ---------------------------------------------------------------------------
def register_content(office: Office, kind: str, starts_on: date, ends_on: date) -> dict[str, Any]:
    """Everything the table says, as plain data: the same number of queries however long it is.

    Each row has "words" (what stands in its cells) and "values" (an ISO date or a number for the
    cells that are one).
    """
    kind = RegisterKind(kind)
    today = timezone.localdate()
    build = {RegisterKind.REGISTER: _register_rows, RegisterKind.DATABASE: _database_rows}[kind]
    with translation.override("bn"):
        rows = build(office, starts_on, ends_on)
        return {
            "kind": kind.value,
            "title": TITLES[kind],
            "office": office.name_bn,
            "period": span_label(starts_on, ends_on),
            "date": format_date(today),
            "bangla_date": format_bangla_date(today),
            "columns": [asdict(column) for column in COLUMNS[kind]],
            "rows": [
                {"words": {"serial": to_bangla(number), **words}, "values": values}
                for number, (words, values) in enumerate(rows, start=1)
            ],
            "signature": head_signature(office),
        }


def span_label(starts_on: date, ends_on: date) -> str:
    """A span by the name it has, else by its two days."""
    for period in (Period.fiscal_year_of(starts_on), Period.calendar_year_of(starts_on)):
        if (period.starts_on, period.ends_on) == (starts_on, ends_on):
            return period.label
    return f"{format_date(starts_on)} – {format_date(ends_on)}"


Row = tuple[dict[str, str], dict[str, Any]]


def _register_rows(office: Office, starts_on: date, ends_on: date) -> list[Row]:
    ideas = (
        registered_ideas(office, starts_on, ends_on)
        .select_related("submitted_by", "merged_into", "forwarded_from", "appeal")
        .annotate(supported=Count("supports"))
    )
    return [
        (
            {
                "received_on": format_date(idea.received_on),
                "title": idea.title,
                "problem": idea.problem,
                "proposal": idea.description,
                "submitter": submitter_words(idea),
                "channel": str(idea.get_channel_display()),
                "state": str(idea.get_status_display()),
                "decision": _decision_words(idea),
                "remarks": _remarks(idea),
            },
            {"received_on": idea.received_on.isoformat()},
        )
        for idea in ideas
    ]


def submitter_words(idea: Idea) -> str:
    """Who handed an idea in, as a paper says it; never how to reach them."""
    if idea.is_anonymous:
        return UNNAMED
    name = idea.submitter_name or (idea.submitted_by.name_bn if idea.submitted_by else "")
    parts = (without_contacts(part) for part in (name, idea.submitter_detail))
    return "\n".join(filter(None, parts))


def _decision_words(idea: Idea) -> str:
    """When the idea came to stand where it stands, on what ground, and why if it was refused."""
    stamp = _STAMPS.get(IdeaStatus(idea.status))
    taken_at: datetime | None = getattr(idea, f"{stamp}_at") if stamp else None
    # What came with an old list has the moment it was brought in, which decided nothing.
    is_known = taken_at is not None and taken_at > idea.created_at
    day = format_date(timezone.localtime(taken_at).date()) if is_known else ""
    reason = f"কারণ: {idea.decline_reason}" if idea.decline_reason else ""
    return "\n".join(filter(None, (day, idea.reference, reason)))


def _remarks(idea: Idea) -> str:
    said = []
    if idea.forwarded_from:
        said.append(f"{idea.forwarded_from.name_bn} থেকে পাঠানো")
    if idea.merged_into:
        # Another office's idea stays that office's own.
        own = idea.merged_into.office_id == idea.office_id
        said.append(f"“{idea.merged_into.title}” ধারণার সঙ্গে একীভূত" if own else "অন্য ধারণার সঙ্গে একীভূত")
    if hasattr(idea, "appeal"):
        said.append(f"{format_date(idea.appeal.made_on)} তারিখে পুনর্বিবেচনার আবেদন")
    if supported := idea.supported:  # type: ignore[attr-defined]
        said.append(f"সমর্থন {to_bangla(supported)}")
    return "\n".join(said)


def _database_rows(office: Office, starts_on: date, ends_on: date) -> list[Row]:
    spread = Replication.objects.kept().select_related("office")
    ideas = (
        innovations(office, starts_on, ends_on)
        .select_related("pilot__owner_post__office", "initiative")
        .prefetch_related("pilot__measures", Prefetch("replications", spread))
    )
    taken = (
        replications_begun(office, starts_on, ends_on)
        .select_related("idea__office", "idea__initiative", "taken_from__office", "office")
        .prefetch_related("measures")
    )
    rows = [(idea.began_on, _innovation(idea)) for idea in ideas]  # type: ignore[attr-defined]
    rows += [(one.began_on, _replication(one)) for one in taken]  # type: ignore[attr-defined]
    return [row for _began, row in sorted(rows, key=lambda dated: dated[0])]


def _innovation(idea: Idea) -> Row:
    pilot = getattr(idea, "pilot", None)
    words = {
        "name": idea.title,
        "problem": idea.problem,
        "does": idea.description,
        "place": pilot.place if pilot else "",
        "owner": _post_words(pilot.owner_post, idea.office_id) if pilot else "",
        "savings": measure_words(pilot.measures.all()) if pilot else "",
        "state": str(idea.get_status_display()),
        "spread": "\n".join(
            f"{one.office.name_bn} ({one.get_status_display()})" for one in idea.replications.all()
        ),
        "source": _link(getattr(idea, "initiative", None)),
    }
    people = pilot.people_per_year if pilot else None
    return _dated(words, idea.began_on, people)  # type: ignore[attr-defined]


def _replication(taken: Replication) -> Row:
    """What is another office's is told as far as that office has published it."""
    page = getattr(taken.idea, "initiative", None)
    shown = page if page and page.is_public else None
    adapted = f"নিজের দপ্তরের জন্য: {taken.adaptations}" if taken.adaptations else ""
    learnt_from = taken.taken_from.office if taken.taken_from else taken.idea.office
    words = {
        "name": _name_of(taken.idea, shown),
        "problem": shown.before if shown else "",
        "does": "\n".join(filter(None, (shown.summary if shown else "", adapted))),
        "place": taken.office.place_bn,
        "owner": taken.office.name_bn,
        "savings": measure_words(taken.measures.all()),
        "state": f"রেপ্লিকেশন: {taken.get_status_display()}",
        "spread": taken.office.name_bn,
        "source": "\n".join(filter(None, (learnt_from.name_bn, _link(page)))),
    }
    return _dated(words, taken.began_on, taken.people_per_year)  # type: ignore[attr-defined]


def _name_of(idea: Idea, shown: Initiative | None) -> str:
    """What another office's idea is called: by its page, or by words everybody may know."""
    if shown or not idea.is_open_to_all:
        return idea.public_title
    return idea.title


def _dated(words: dict[str, str], began_on: date, people: int | None) -> Row:
    shown = {
        "began_on": format_date(began_on),
        "people": "" if people is None else format_number(people),
    }
    return {**words, **shown}, {"began_on": began_on.isoformat(), "people": people}


def measure_words(measures: Iterable[Measure]) -> str:
    """The TCV table in a line for each kind: “সময়: আগে ৫ দিন, পরে ২ দিন”."""
    lines = []
    for measure in measures:
        unit = str(MeasureUnit(measure.unit).label)
        after = "—" if measure.after is None else f"{quantity(measure.after)} {unit}"
        before = f"{quantity(measure.before)} {unit}"
        lines.append(f"{measure.get_kind_display()}: আগে {before}, পরে {after}")
    return "\n".join(lines)


def _post_words(post: Any, office_id: int) -> str:
    """Whoever holds the post may change; the post stays."""
    if post is None:
        return ""
    elsewhere = "" if post.office_id == office_id else f", {post.office.name_bn}"
    return f"{post.designation_bn}{elsewhere}"


def _link(page: Initiative | None) -> str:
    if page is None or not page.is_public:
        return ""
    return settings.SITE_URL.rstrip("/") + page.get_absolute_url()


# --- The paper -----------------------------------------------------------------------------
def order_register(
    *, office: Office, kind: str, starts_on: date, ends_on: date, by: User
) -> RegisterDocument:
    """Freeze the table as it stands and have the worker print it; the same content only once."""
    document = order_print(
        RegisterDocument.objects.all(),
        job_kind=REGISTER_PDF,
        content=register_content(office, kind, starts_on, ends_on),
        by=by,
        office=office,
        kind=str(RegisterKind(kind)),
        # As text, for a fingerprint is taken of plain data.
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    document.refresh_from_db(fields=["starts_on", "ends_on"])
    return document


def draw_register(content: dict[str, Any]) -> bytes:
    """The PDF of a frozen table. No row is cut by a page end unless it takes much of a page."""
    columns = content["columns"]
    rows = [{**row, "is_short": _is_short(row["words"], columns)} for row in content["rows"]]
    return make_pdf(paper_html(TEMPLATE, {**content, "rows": rows})).content


def _is_short(words: dict[str, str], columns: list[dict[str, Any]]) -> bool:
    """Whether the row's fullest cell takes less than about half a page."""
    lines = (
        sum(1 + len(line) / (column["width"] * SIGNS_PER_MM) for line in text.split("\n"))
        for column in columns
        if (text := words[column["key"]])
    )
    return max(lines, default=0) < MOST_LINES_KEPT


def register_filename(
    office: Office, kind: str, starts_on: date, ends_on: date, extension: str
) -> str:
    """What the file is called on the officer's machine."""
    days = f"{starts_on:%Y-%m-%d}..{ends_on:%Y-%m-%d}"
    return f"{TITLES[RegisterKind(kind)]} {office.place_bn} {days}.{extension}"
