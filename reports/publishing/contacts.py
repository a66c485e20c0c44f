"""Taking telephone numbers and e-mail addresses out of what everybody will read.

Official texts name posts and persons, which stays; how to reach somebody does not go with it.
"""

import re
from typing import Any

from bangla.digits import to_ascii
from ideas.contact_words import without_contacts

# Two dates in a row, "01-07-2026 30-06-2027", have as many digits as a telephone number.
_DATE = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d(?!\d)"
)
_HIDDEN = re.compile("\ue000(\\d+)\ue001")  # of the private use area: in nobody's text

# What machines read, or count: no words of anybody.
MACHINE_KEYS = frozenset(
    {"key", "sha256", "class", "kind", "format", "office_code", "tier", "starts_on", "ends_on"}
    | {"period_code", "value", "serial", "number", "state"}
)


def open_words(text: str) -> str:
    """The text without anybody's contact; unchanged if there is none."""
    dates: list[str] = []
    masked = text
    for found in reversed(list(_DATE.finditer(to_ascii(text)))):
        start, end = found.span()
        dates.append(text[start:end])
        masked = f"{masked[:start]}\ue000{len(dates) - 1}\ue001{masked[end:]}"
    cleaned = without_contacts(masked)
    if cleaned == masked:
        return text
    return _HIDDEN.sub(lambda mark: dates[int(mark[1])], cleaned)


def open_content(content: Any) -> tuple[Any, int]:
    """A copy of frozen content without contacts, and in how many of its texts one stood."""
    if isinstance(content, str):
        cleaned = open_words(content)
        return cleaned, int(cleaned != content)
    if isinstance(content, list):
        pairs = [open_content(one) for one in content]
        return [pair[0] for pair in pairs], sum(pair[1] for pair in pairs)
    if isinstance(content, dict):
        kept, found = {}, 0
        for key, value in content.items():
            is_words = key not in MACHINE_KEYS or not isinstance(value, str)
            kept[key], more = open_content(value) if is_words else (value, 0)
            found += more
        return kept, found
    return content, 0
