"""Marks that tell the lines of minutes apart: memo number, letterhead, copies, signatures."""

import re
from dataclasses import dataclass
from typing import Final

from bangla.text import normalise
from meetings.enums import CopyKind


def _pattern(words: str) -> re.Pattern[str]:
    """A pattern with Bengali letters as normalised text has them."""
    return re.compile(normalise(words), re.IGNORECASE)


_DIGIT = "[0-9০-৯]"
_LETTERS = "[ঀ-\u09e5\u200c\u200d]"
_SIGNS = r"[\s:ঃ.\-–—]*"

_MEMO: Final = _pattern(
    rf"(?:স্[মব]া?রক\s*(?:নং|নম্বর|নাম্বার|সংখ্যা|(?=\s*[:ঃ\-–—]|\s*{_DIGIT}))"
    rf"|(?:নথি|পত্র)\s*(?:নং|নম্বর|নাম্বার|সংখ্যা)"
    rf"|(?:নং|নম্বর)(?={_SIGNS}{_DIGIT}{{2}}\s?[.।]))(?!{_LETTERS}){_SIGNS}"
)
_LONGEST_MEMO: Final = 200
_DATE_LABEL: Final = _pattern(rf"(?:তারিখ|তাং|date)\s*[:ঃ\-–—]{_SIGNS}")
_LETTERHEAD: Final = _pattern(r"গণপ্রজাতন্ত্রী|www\.|https?:")
_PAGE: Final = _pattern(
    rf"[-–—\s]*{_DIGIT}{{1,3}}[-–—\s]*|(?:পৃষ্ঠা|পাতা|page)\s*[-–:ঃ]?\s*{_DIGIT}{{1,3}}"
    rf"(?:\s*(?:/|of|এর)\s*{_DIGIT}{{1,3}})?|চলমান.{{0,20}}|(?:অপর|পর)\s*(?:পাতা|পৃষ্ঠা).{{0,20}}"
)
_NAME: Final = _pattern(r"\(\s*([^()0-9০-৯:]{2,60}?)\s*\)\s*(?:[।.,]|\([^()]{0,20}\))?")
# What else stands in brackets on a line of its own.
_NO_NAME: Final = _pattern(
    r"জন্য|অবগতি|মহোদয়|জ্ঞাত|কার্যার্থ|শাখা|বিভাগ|কার্যালয়|দপ্তর|মন্ত্রণালয়|সংযুক্ত|কপি|চলমান|পাতা"
    r"|পৃষ্ঠা|দ্রষ্টব্য|তারিখ|স্মারক|অপর|ক্রমানুসারে|উপস্থিত|পরিশিষ্ট|জেলা|ইনোভেশন"
    r"|অনুরোধ|সকল|মাননীয়|সদয়|মন্ত্রী|ব্যবস্থা|প্রেরণ|প্রকাশের|প্রয়োজন|অনুযায়ী|নয়$"
)
_SIGNED: Final = _pattern(rf"(?:স্বাক্ষরিত|স্বাক্ষর|স্বাঃ|sd)[\s/:ঃ.\-–—]*{_DIGIT}*[0-9০-৯./\-–\s]*")
_PHONE: Final = _pattern(
    rf"(?:টেলিফোন|ফোন|মোবাইল|phone|tel|mobile|cell)\.?\s*(?:নং|নম্বর|no)?{_SIGNS}"
    rf"(?P<number>[+(]?{_DIGIT}[0-9০-৯+()\s\-–]{{4,}}.*)"
)
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+\-]+\s?@\s?[A-Za-z0-9.\-]+")
_EMAIL_LABEL: Final = _pattern(r"[,;\s]*(?:ই\s?-?\s?মেইল|e\s?-?\s?mail)[\s:ঃ\-–—]*")
_OTHER_CONTACT: Final = _pattern(r"(?:ফ্যাক্স|fax|ওয়েব|www\.|https?:)")
_LONGEST_CONTACT: Final = 200
_CLOSING: Final = _pattern(
    r"না\s*থাকায়.{0,200}(?:সভা|সমাপ্ত|শেষ)|সভার?\s+(?:কাজ\s+|কার্যক্রম\s+)?(?:সমাপ্ত|শেষ|মুলতবি)[^\s]*\s+(?:ঘোষণা|কর|টান)"
    r"|^(?:পরিশেষে|সবশেষে|সভা\s?শেষে).{0,200}(?:ধন্যবাদ|সমাপ্ত)"
)
_COPIES: Final = _pattern(
    r"(?:সদয়\s+)?(?:অনুলিপি|জ্ঞাতার্থে|কার্যার্থে|অবগতির|বিতরণ(?=\s*[:ঃ(]|$)|প্রয়োজনীয়\s+কার্যার্থে)"
)
_COPIES_REST: Final = _pattern(r"[:ঃ](?=\s|$|-)[\s\-–—]*")
_FOR_ACTION: Final = _pattern(r"কার্যার্থে|কার্যক্রম|ব্যবস্থা|বিতরণ")
_LONGEST_HEADING: Final = 160
_ANNEX: Final = _pattern(
    r"পরিশিষ্ট|(?:সভায়\s+)?উপস্থিতি?র?\s+(?:সদস্য[^\s]*\s+|কর্মকর্তা[^\s]*\s+)?(?:নামের\s+)?তালিকা"
)
_ELSEWHERE: Final = _pattern(r"দ্রষ্টব্য|সংযুক্ত|:.")
_DATE: Final = _pattern(
    rf"\(?{_DIGIT}{{1,2}}\s*(?:(?:[./\-–]\s*{_DIGIT}{{1,2}}\s*[./\-–])|(?:{_LETTERS}{{2,15}}\s*,?\s+){{1,2}}"
    rf"|[\-–./]{_LETTERS}{{2,15}}[\-–./])\s*{_DIGIT}{{2,4}}(?!{_DIGIT})"
)
_LONGEST_DATE: Final = 70
_BLANK_TO_FILL: Final = re.compile(r"[.…_]{4,}|^জনাব[\s,:.]*$")
# The verbs that end sentences of minutes; whole, because names begin like them (করিম, নেহাল).
_VERB_AT_END: Final = _pattern(
    r"(?:^|\s)(?:কর(?:েন|ে|বেন|লেন|েছেন|ছেন)|হয়(?:েছে|েছিল|নি)?|হন|হলো|হল(?=।)|হবে|হোক|জান(?:ান|িয়েছেন)"
    r"|বল(?:েন|েছেন)|দেন|দিয়েছেন|নেন|নেই|থাকবেন?|থাকেন?|যায়|পান|আছে|ছিল(?:েন)?)[।.]?$"
)
_LONGEST_VERB: Final = 20


@dataclass(frozen=True, slots=True)
class CopiesHeading:
    """The line over a list of copies; `rest` is what follows its colon.

    “জ্ঞাতার্থে/কার্যার্থে” asks for action.
    """

    kind: CopyKind
    rest: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A line with a telephone number or an e-mail address, either of them "" when not on it."""

    phone: str = ""
    email: str = ""


def memo_words(text: str) -> str | None:
    """What stands behind the label of a memo number; None when `text` has no such label."""
    found = _MEMO.match(text)
    return text[found.end() : found.end() + _LONGEST_MEMO] if found else None


def split_date(text: str) -> tuple[str, str]:
    """A memo number's line as the words before and after “তারিখ:”."""
    found = _DATE_LABEL.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def is_letterhead(text: str) -> bool:
    """Whether the line begins a letterhead."""
    return bool(_LETTERHEAD.match(text))


def is_page_mark(text: str) -> bool:
    """Whether the line is only a page number or says that the next page goes on."""
    return bool(_PAGE.fullmatch(text))


def signed_name(text: str) -> str:
    """The name in “(মোঃ …)” under a signature; "" when the line is something else."""
    found = _NAME.fullmatch(text)
    return found[1] if found and not _NO_NAME.search(found[1]) else ""


def is_signed_mark(text: str) -> bool:
    """Whether the line only says that somebody signed here: “স্বাক্ষরিত/-”."""
    return bool(_SIGNED.fullmatch(text))


def contact_of(text: str) -> Contact | None:
    """The telephone number and e-mail address on the line, as written; None for other lines."""
    if len(text) > _LONGEST_CONTACT:
        return None
    email = _EMAIL.search(text)
    before = text[: email.start()] if email else text
    label = _EMAIL_LABEL.search(before)
    phone = _PHONE.match(before[: label.start()] if label else before)
    begins_with_email = bool(label and not label.start()) or bool(email and not before.strip())
    if phone or begins_with_email:
        unread = before[label.end() :] if label and not email else ""
        return Contact(
            phone["number"].strip(" ,;") if phone else "",
            "".join(email[0].split()) if email else unread,
        )
    return Contact() if _OTHER_CONTACT.match(text) else None


def is_closing(text: str) -> bool:
    """Whether the line says that the meeting ended."""
    return bool(_CLOSING.search(text))


def copies_heading(text: str) -> CopiesHeading | None:
    """The heading of a list of copies, if the line is or begins with one."""
    if not _COPIES.match(text):
        return None
    colon = _COPIES_REST.search(text)
    head, rest = (text[: colon.start()], text[colon.end() :]) if colon else (text, "")
    if len(head) > _LONGEST_HEADING:
        return None
    kind = CopyKind.ACTION if _FOR_ACTION.search(head) else CopyKind.INFORMATION
    return CopiesHeading(kind, "" if rest.startswith("(") else rest)


def is_blank_to_fill(text: str) -> bool:
    """Whether the line waits for a name written by hand: “জনাব, …………”."""
    return bool(_BLANK_TO_FILL.search(text))


def is_annex_heading(text: str) -> bool:
    """Whether the line stands over the list of those present."""
    is_short = len(text) < _LONGEST_HEADING and not is_sentence(text)
    return is_short and bool(_ANNEX.match(text)) and not _ELSEWHERE.search(text)


def is_date_line(text: str) -> bool:
    """Whether the line is a date and little else, its month readable or not."""
    return len(text) <= _LONGEST_DATE and bool(_DATE.match(text))


def is_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does, with a verb."""
    return bool(_VERB_AT_END.search(text[-_LONGEST_VERB:]))


def is_after_items(text: str) -> bool:
    """Whether the words can only stand below the agenda items."""
    first = text.split("\n", 1)[0]
    if is_sentence(first):
        return is_closing(first)
    return bool(
        memo_words(first) is not None
        or is_letterhead(first)
        or signed_name(first)
        or is_signed_mark(first)
        or copies_heading(first)
        or contact_of(first)
        or is_closing(first)
    )
