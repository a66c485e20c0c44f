"""The lines below the agenda items: closing, signatures, memo number and date, copies, annex."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from meetings.importers.copies import CopyReader, serial_end
from meetings.importers.labels import Label, split_label
from meetings.importers.marks import (
    copies_heading,
    is_annex_heading,
    is_closing,
    is_date_line,
    is_letterhead,
    is_page_mark,
    is_sentence,
    is_signed_mark,
    memo_words,
    signed_name,
    split_date,
)
from meetings.importers.minutes import ImportedSignatory
from meetings.importers.paper import Words
from meetings.importers.signatures import belongs_to_signature, may_be_signature, signatory_of


class _Zone(Enum):
    """What the line before belonged to."""

    CLOSING = auto()
    SIGNATURE = auto()
    LETTERHEAD = auto()
    MEMO = auto()
    COPIES = auto()
    ANNEX = auto()
    LOOSE = auto()


@dataclass
class Ending:
    """What the lines below the items say, in the words of the paper.

    `issued` are the lines of the date beside the memo number, `signed` those of dates by a
    signature; `left` are lines that nothing could be made of. `is_unbracketed` tells that a
    signature was recognised by its place alone.
    """

    closing: list[str] = field(default_factory=list)
    signatories: list[ImportedSignatory] = field(default_factory=list)
    is_unbracketed: bool = False
    memo_text: str = ""
    issued: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    copies: CopyReader = field(default_factory=CopyReader)
    annex: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def read_ending(words: Sequence[Words]) -> Ending:
    """Read the lines below the agenda items."""
    reader = _Reader([line.text for line in words])
    return reader.read()


class _Reader:
    """Goes through the lines once; most begin with what tells them apart, the rest follow."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._ending = Ending()
        self._zone = _Zone.CLOSING
        self._open: list[str] = []  # the lines of the signature being read, or of loose text

    def read(self) -> Ending:
        for at, text in enumerate(self._texts):
            if not (self._begins(at, text) or self._is_date(text)):
                self._follow(text)
        self._close()
        return self._ending

    def _begins(self, at: int, text: str) -> bool:
        """Whether the line begins another part, which is then gone over to."""
        memo = memo_words(text)
        if memo is not None:
            self._go_to(_Zone.MEMO)
            number, day = split_date(memo)
            self._ending.memo_text = self._ending.memo_text or number.strip()
            self._ending.issued.extend(filter(None, [day.strip()]))
        elif is_letterhead(text):
            self._go_to(_Zone.LETTERHEAD)
        elif heading := copies_heading(text):
            self._go_to(_Zone.COPIES)
            self._ending.copies.start(heading)
        elif is_annex_heading(text):
            self._go_to(_Zone.ANNEX)
        elif is_signed_mark(text) or self._is_name(at, text):
            self._begin_signature(text)
        else:
            return False
        return True

    def _is_name(self, at: int, text: str) -> bool:
        if self._zone in (_Zone.LETTERHEAD, _Zone.ANNEX):
            return False
        following = self._texts[at + 1] if at + 1 < len(self._texts) else ""
        amid_copies = self._zone is _Zone.COPIES and serial_end(following) > 0
        return bool(signed_name(text)) and not amid_copies

    def _begin_signature(self, text: str) -> None:
        """Begin a signature, or name the one that “স্বাক্ষরিত” has begun."""
        only_marks = all(is_signed_mark(line) or is_date_line(line) for line in self._open)
        if self._zone is not _Zone.SIGNATURE or not only_marks:
            self._go_to(_Zone.SIGNATURE)
        self._open.append(text)

    def _is_date(self, text: str) -> bool:
        """Take the line if it is a date: that of the memo number, or one beside a signature."""
        labelled = split_label(text)
        is_labelled = labelled is not None and labelled.label is Label.DATE
        if labelled and is_labelled and self._zone in (_Zone.SIGNATURE, _Zone.LOOSE):
            self._ending.signed.append(labelled.value)
        elif labelled and is_labelled:
            self._go_to(_Zone.MEMO)
            self._ending.issued.extend(filter(None, labelled.value.split("\n")))
        elif is_date_line(text) and self._zone is _Zone.MEMO:
            self._ending.issued.append(text)
        elif is_date_line(text) and self._zone is not _Zone.CLOSING:
            self._ending.signed.append(text)
        else:
            return False
        return True

    def _follow(self, text: str) -> None:
        """Add the line to the part that the line before belonged to."""
        if is_page_mark(text) and self._zone is not _Zone.COPIES:
            return
        match self._zone:
            case _Zone.CLOSING:
                self._ending.closing.append(text)
            case _Zone.ANNEX:
                self._ending.annex.append(text)
            case _Zone.MEMO:
                self._ending.left.append(text)
            case _Zone.COPIES if not self._ending.copies.take(text):
                self._go_to(_Zone.LOOSE)
                self._open.append(text)
            case _Zone.SIGNATURE if not belongs_to_signature(text, self._open):
                self._go_to(_Zone.LOOSE)
                self._open.append(text)
            case _Zone.SIGNATURE | _Zone.LOOSE:
                self._open.append(text)

    def _go_to(self, zone: _Zone) -> None:
        self._close()
        self._zone = zone

    def _close(self) -> None:
        """Finish the part that was being read."""
        lines, self._open = self._open, []
        if self._zone is _Zone.CLOSING:
            lines = _tail(self._ending.closing)
            del self._ending.closing[len(self._ending.closing) - len(lines) :]
        is_signature = self._zone is _Zone.SIGNATURE or may_be_signature(lines)
        signatory = signatory_of(lines) if is_signature else None
        if signatory:
            self._ending.signatories.append(signatory)
            self._ending.is_unbracketed |= self._zone is not _Zone.SIGNATURE
        elif self._zone is _Zone.LOOSE:
            self._ending.left.extend(lines)


def _tail(closing: Sequence[str]) -> list[str]:
    """The lines below the last sentence of the closing when they can be a signature."""
    begin = len(closing)
    while begin and not (is_closing(closing[begin - 1]) or is_sentence(closing[begin - 1])):
        begin -= 1
    lines = list(closing[begin:])
    return lines if begin and may_be_signature(lines) else []
