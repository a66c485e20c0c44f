"""What the head looked at before approving, so that exactly that is sent and nothing else.

The page carries a short mark of each part of the report. When the approval arrives, the marks are
compared with the report as it stands: a word written meanwhile stops the sending, and the parts
that differ are named. The day the paper is dated is no part of it, for midnight is nobody's edit.
"""

from typing import Any

from teams.papers import fingerprint

from .enums import SectionKey

Content = dict[str, Any]

FRAME = "frame"  # title, office, period, signature
MARK_LENGTH = 32  # hexadecimal digits: half of SHA-256 is enough against chance
NOTHING = "nothing:"  # looked at nothing: every part differs from it
DATED = frozenset({"date", "bangla_date"})


def looked_at(content: Content) -> str:
    """The marks of all parts in one line: "frame:1f0c… introduction:77ab… meetings:…"."""
    return " ".join(f"{part}:{mark}" for part, mark in _marks(content).items())


def changed_parts(looked: str, content: Content) -> list[str]:
    """The keys of the parts that are not as they were looked at, in the report's order; those
    that are gone come last. Empty when all is the same."""
    before = dict(part.split(":", 1) for part in looked.split() if ":" in part)
    now = _marks(content)
    return [part for part in {**now, **before} if before.get(part) != now.get(part)]


def part_title(part: str) -> str:
    """What a part is called; "" for one that no report has."""
    return str(SectionKey(part).label) if part in SectionKey.values else ""


def _marks(content: Content) -> dict[str, str]:
    frame = {key: value for key, value in content.items() if key not in {"sections", *DATED}}
    # Without its number: that of a part changes when another one before it is left out.
    parts = {
        section["key"]: {key: value for key, value in section.items() if key != "number"}
        for section in content["sections"]
    }
    return {part: fingerprint(of)[:MARK_LENGTH] for part, of in {FRAME: frame, **parts}.items()}
