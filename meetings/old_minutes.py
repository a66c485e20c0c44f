"""What of old minutes stands where in a meeting: from the importer's words to plain data.

Nothing is written here. No word is lost: what a column cannot hold, or what has no place in a
meeting, is told whole in a doubt. Nothing is invented either: a post stands for a person of the
paper only when that person held it on the day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from django.utils.translation import gettext as _

from bangla.dates.names import MONTH_SPELLINGS
from bangla.text import fold, squeeze
from teams.models import Post
from teams.templatetags.bangla_tags import digits, moment

from .defaults import USUAL_TIME
from .documents import minutes_title
from .enums import CopyKind, MeetingKind
from .importers import (
    Doubt,
    ImportedAttendee,
    ImportedCopy,
    ImportedItem,
    ImportedMinutes,
    ImportedSignatory,
)
from .models import LONGEST_LINE, Meeting

LONGEST_MEMO: Final = 60
LONGEST_COPY: Final = 500

Reasons = list[dict[str, str]]
"""Doubts as a meeting and an item keep them: [{"field": …, "reason": …}]."""

_MONTH: Final = "|".join(map(re.escape, MONTH_SPELLINGS))
_MONTH_AND_YEAR: Final = re.compile(
    f"(?<![\u0980-\u09ffa-z])({_MONTH})[\\s,./-]*((?:19|20)[0-9]{{2}})(?![0-9])"
)
# A meeting may slip into a neighbouring month; further away the title speaks of something else.
_MONTHS_APART: Final = 2
_SPECIAL: Final = fold("বিশেষ সভা")
_TITLE_END: Final = "র কার্যবিবরণী"
_MEETING_END: Final = f"সভা{_TITLE_END}"
_NO_LETTER: Final = re.compile("[^a-z0-9\u0980-\u09ff]+")
_HONORIFIC: Final = re.compile(r"^(?:জনাবা?|বেগম)\s+")
# “মোঃ”, “মো:” and “মো.” are one name.
_NAME_SIGNS: Final = re.compile(r"[.:ঃ,।\s]+")
# Written into the minutes before words that have no column of their own; a paper is in Bengali.
_IMPLEMENTER_LABEL: Final = "বাস্তবায়নকারী"
_DUE_LABEL: Final = "সময়সীমা"


# --- As it waits -------------------------------------------------------------------------------
def as_content(found: ImportedMinutes) -> dict[str, Any]:
    """as_json() with what it leaves out, so that found_in gives the same minutes back."""
    content = found.as_json()
    for row, item in zip(content["items"], found.items, strict=True):
        row |= {"serial": item.serial, "location": item.location, "deadline": item.deadline}
    return content | {
        "held_on_text": found.held_on_text,
        "time_text": found.time_text,
        "memo_text": found.memo_text,
        "confirmation": found.confirmation,
        "copy_kinds": [copy.kind.value for copy in found.copies],
    }


def found_in(content: dict[str, Any]) -> ImportedMinutes:
    """The minutes as the importer handed them over, from what as_content made of them."""
    doubts = tuple(Doubt(**doubt) for doubt in content["doubts"])
    return ImportedMinutes(
        title=content["title"],
        chair=content["chair"],
        place=content["place"],
        held_on=_day(content["held_on"]),
        held_on_text=content["held_on_text"],
        time=time.fromisoformat(content["time"]) if content["time"] else None,
        time_text=content["time_text"],
        memo_number=content["memo_number"],
        memo_text=content["memo_text"],
        issued_on=_day(content["issued_on"]),
        opening=content["opening"],
        closing=content["closing"],
        confirmation=content["confirmation"],
        items=tuple(
            ImportedItem(**item, doubts=tuple(one for one in doubts if one.item == place))
            for place, item in enumerate(content["items"], start=1)
        ),
        copies=tuple(
            ImportedCopy(CopyKind(kind), text)
            for kind, text in zip(content["copy_kinds"], content["copies"], strict=True)
        ),
        signatories=tuple(ImportedSignatory(**who) for who in content["signatories"]),
        attendance=tuple(ImportedAttendee(**who) for who in content["attendance"]),
        doubts=doubts,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


# --- As it stands in a meeting -----------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ItemWords:
    """An agenda item; without a decision the other two of its words are ""."""

    topic: str
    discussion: str
    decision: str
    implementer: str
    due: str
    doubts: Reasons


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who came: a post's holder of the day, or a guest by name."""

    post: Post | None
    name: str = ""
    designation: str = ""
    office_name: str = ""


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """The whole meeting; `head` are fields of Meeting, `copies` (kind, text, e-mail)."""

    head: dict[str, Any]
    copies: list[tuple[str, str, str]]
    items: list[ItemWords]
    people: list[Person]


def month_of(found: ImportedMinutes, held_on: date) -> date:
    """The first day of the month the meeting belongs to.

    That of the title, as July's meeting may be held in August; without a clear one, the day's.
    """
    named = {
        date(int(year), MONTH_SPELLINGS[name], 1)
        for name, year in _MONTH_AND_YEAR.findall(fold(found.title))
    }
    near = {month for month in named if abs(_months_between(month, held_on)) <= _MONTHS_APART}
    return near.pop() if len(near) == 1 else held_on.replace(day=1)


def kind_of(found: ImportedMinutes) -> MeetingKind:
    """A special meeting says so in its title."""
    return MeetingKind.SPECIAL if _SPECIAL in fold(found.title) else MeetingKind.MONTHLY


def meeting_words(found: ImportedMinutes, *, held_on: date, posts: Sequence[Post]) -> MeetingWords:
    """Put every word where it belongs; `posts` are the office's, with their holders of the day."""
    arranger = _Arranger(found, held_on, posts)
    copies = arranger.copies()
    people = arranger.people()
    return MeetingWords(
        head=arranger.head(),
        copies=copies,
        items=[item_words(item, place) for place, item in enumerate(found.items, start=1)],
        people=people,
    )


def item_words(item: ImportedItem, place: int) -> ItemWords:
    """Words of an item without a place of their own go whole into its discussion or decision."""
    doubts = [{"field": doubt.field, "reason": doubt.reason} for doubt in item.doubts]
    topic, discussion, decision = squeeze(item.topic), item.discussion, item.decision
    implementer, due = item.implementer, squeeze(item.deadline)

    def doubt(field_name: str, reason: str) -> None:
        doubts.append({"field": field_name, "reason": reason % {"number": digits(place)}})

    if len(topic) > LONGEST_LINE:
        discussion = _joined(item.topic, discussion)
        topic = _shortened(topic, LONGEST_LINE)
        doubt(
            "topic",
            _("আলোচ্য বিষয় %(number)s: নামটি অনেক লম্বা, তাই পুরোটা আলোচনার শুরুতে আছে। ছোট নাম দিন।"),
        )
    if not decision and (implementer or due):
        for label, words in ((_IMPLEMENTER_LABEL, implementer), (_DUE_LABEL, due)):
            discussion = _joined(discussion, f"{label}: {words}" if words else "")
        implementer = due = ""
        doubt(
            "implementer",
            _("আলোচ্য বিষয় %(number)s: সিদ্ধান্ত লেখা নেই বলে বাস্তবায়নকারী ও সময়সীমা আলোচনার শেষে আছে।"),
        )
    if len(due) > LONGEST_LINE:
        decision, due = _joined(decision, f"{_DUE_LABEL}: {due}"), ""
        doubt(
            "deadline",
            _("আলোচ্য বিষয় %(number)s: সময়সীমার লেখা অনেক লম্বা, তাই সিদ্ধান্তের শেষে আছে।"),
        )
    return ItemWords(topic, discussion, decision, implementer, due, doubts)


@dataclass
class _Arranger:
    """Puts the head, the copies and the people together and keeps the doubts about them."""

    found: ImportedMinutes
    held_on: date
    posts: Sequence[Post]
    doubts: Reasons = field(default_factory=list)

    def __post_init__(self) -> None:
        self.doubts += [
            {"field": doubt.field, "reason": doubt.reason}
            for doubt in self.found.doubts
            if doubt.item is None
        ]

    def head(self) -> dict[str, Any]:
        """The fields of Meeting; asked for last, because it takes the doubts along."""
        found = self.found
        chair = self._chair()
        return {
            "title": self._title(),
            "held_on": self.held_on,
            "starts_at": self._starts_at(),
            "place": self._line("place", squeeze(found.place)),
            "chair_post": chair,
            "chair_text": "" if chair else self._line("chair", squeeze(found.chair)),
            "issuer_post": self._issuer(chair),
            "opening": self._paragraphs("opening", found.opening),
            "closing": self._paragraphs("closing", found.closing),
            "memo_number": self._memo(),
            "issued_on": found.issued_on,
            "doubts": self.doubts,
        }

    def copies(self) -> list[tuple[str, str, str]]:
        return [
            (copy.kind, self._line("copies", squeeze(copy.text), LONGEST_COPY), "")
            for copy in self.found.copies
        ]

    def people(self) -> list[Person]:
        """Everybody of the annex, each post once."""
        people: list[Person] = []
        for who in self.found.attendance:
            post = self._post(who.name, who.designation)
            if post and all(other.post != post for other in people):
                people.append(Person(post))
            elif name := who.name or who.designation:
                designation = who.designation if who.name else ""
                words = [self._line("attendance", one) for one in (name, designation, who.office)]
                people.append(Person(None, *words))
        return people

    def _title(self) -> str:
        """The name of the meeting; "" when the paper is called what such papers usually are."""
        title = squeeze(self.found.title).rstrip("।")
        month, kind = month_of(self.found, self.held_on), kind_of(self.found)
        if letters(title) == letters(minutes_title(Meeting(month=month, kind=kind))):
            return ""
        if title.endswith(_MEETING_END):
            title = title.removesuffix(_TITLE_END)
        return self._line("title", title)

    def _starts_at(self) -> time:
        if self.found.time is None:
            reason = _("সভার সময় জানা নেই বলে %(time)s বসানো হয়েছে। ঠিক সময়টি লিখুন।")
            self._doubt("time", reason % {"time": moment(USUAL_TIME)})
        return self.found.time or USUAL_TIME

    def _chair(self) -> Post | None:
        """The post of whoever presided, named by person and post, or by the post alone."""
        name, _comma, rest = squeeze(self.found.chair).partition(",")
        alone = [post for post in self.posts if letters(post.designation_bn) == letters(name)]
        return self._post(name, rest) or (alone[0] if len(alone) == 1 else None)

    def _issuer(self, chair: Post | None) -> Post | None:
        """The post of whoever signed the letter below the minutes; others are told in a doubt."""
        named = {_name_key(squeeze(self.found.chair).partition(",")[0])}
        holder = chair.holder_on(self.held_on) if chair else None
        named |= {_name_key(holder.name_bn)} if holder else set()
        issuer = None
        for who in self.found.signatories:
            if _name_key(who.name) in named:
                continue
            issuer = issuer or self._post(who.name, who.designation)
            if issuer is None:
                words = (who.name, who.designation, who.office, who.phone, who.email)
                reason = _(
                    "স্বাক্ষরকারী “%(who)s” তখনকার কোনো পদে নেই, তাই তাঁর নাম ছাপা হবে না। "
                    "দরকার হলে ‘পত্রে স্বাক্ষরকারী’ বেছে নিন।"
                )
                self._doubt("signatories", reason % {"who": ", ".join(filter(None, words))})
        return issuer

    def _paragraphs(self, field_name: str, words: str) -> str:
        if not words:
            reason = (
                _("সূচনা অনুচ্ছেদ পাওয়া যায়নি বলে প্রচলিত বাক্য ছাপা হবে। মিলিয়ে দেখুন।")
                if field_name == "opening"
                else _("সমাপ্তি অনুচ্ছেদ পাওয়া যায়নি বলে প্রচলিত বাক্য ছাপা হবে। মিলিয়ে দেখুন।")
            )
            self._doubt(field_name, reason)
        return words

    def _memo(self) -> str:
        number = self.found.memo_number or self.found.memo_text
        return self._line("memo_number", number, LONGEST_MEMO)

    def _line(self, field_name: str, words: str, most: int = LONGEST_LINE) -> str:
        """The words if the column holds them; else shortened, with the whole in a doubt."""
        if len(words) <= most:
            return words
        reason = _("এই লেখাটি ঘরে পুরো ধরেনি, ছোট করে লিখুন: %(words)s")
        self._doubt(field_name, reason % {"words": words})
        return _shortened(words, most)

    def _post(self, name: str, designation: str) -> Post | None:
        """The post of this designation that a person of this name held on the day."""
        key = _name_key(name)
        for post in self.posts:
            holder = post.holder_on(self.held_on)
            is_holder = holder is not None and _name_key(holder.name_bn) == key
            if is_holder and fold(post.designation_bn) in fold(designation):
                return post
        return None

    def _doubt(self, field_name: str, reason: str) -> None:
        self.doubts.append({"field": field_name, "reason": reason})


def _months_between(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def _joined(*words: str) -> str:
    return "\n".join(filter(None, words))


def _shortened(words: str, most: int) -> str:
    """As many whole words as fit, with "…" behind."""
    return words[: most - 1].rsplit(" ", 1)[0] + "…"


def letters(words: str) -> str:
    """What is left of words without signs and blanks, to tell whether two say the same."""
    return _NO_LETTER.sub("", fold(words))


def _name_key(name: str) -> str:
    return _NAME_SIGNS.sub("", _HONORIFIC.sub("", fold(name)))
