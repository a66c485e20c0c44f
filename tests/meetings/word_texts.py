"""The texts of minutes as a reader meets them on paper, made hard to print."""

from collections.abc import Iterator
from typing import Any

Content = dict[str, Any]

# Both encodings of য়, long conjuncts, both joiners, and everything that XML, Jinja or docxtpl
# has a use for.
HARD = "য় য\u09bc স্বাতন্ত্র্যে র‍্যাব উদ্‌বোধন & <w:p> \"'‘’“” {{ x }} {% endif %} {_{ #} %} &amp;"


def hardened(value: Any, number: Iterator[int]) -> Any:
    """The content with each text made hard and unlike any other."""
    if isinstance(value, str) and value:
        return f"{value} {HARD}\n#{next(number)}।"
    if isinstance(value, list):
        return [hardened(one, number) for one in value]
    if isinstance(value, dict):
        codes = {"form", "kind"}
        return {k: v if k in codes else hardened(v, number) for k, v in value.items()}
    return value


def texts_in(value: Any, *keys: str) -> Iterator[str]:
    """The texts of a record in the order of `keys`, those of lists as they stand."""
    for key in keys:
        found = value[key]
        yield from [found] if isinstance(found, str) else found


def item_texts(item: Content, form: str) -> Iterator[str]:
    """In the table the decisions of earlier meetings follow, in sections they go before."""
    decisions = [
        text
        for decision in item["decisions"]
        for text in texts_in(decision, "serial", "text", "implementer", "due")
    ]
    yield from texts_in(item, "serial", "topic", "discussion")
    if form == "table":
        order = ("decision", "meeting", "due", "report", "note", "outcome", "implementer")
        yield from decisions
    else:
        order = ("decision", "meeting", "due", "implementer", "report", "note", "outcome")
    for follow in item["follow_up"]:
        yield from texts_in(follow, *order)
    if form == "sections":
        yield from decisions


PERSON = ("name", "designation", "office", "phone", "email")


def printed(content: Content) -> list[str]:
    """The texts of minutes in the order of the paper; title and day stand on the annex again.

    The month is part of the title.
    """
    day = ("held_on", "held_on_bangla", "weekday")
    texts = [
        *texts_in(content, "office", "title", "number"),
        *texts_in(content["chair"], *PERSON[:3]),
        *texts_in(content, "place", *day, "time"),
        *texts_in(content, "attendance_note", "opening"),
        *(text for item in content["items"] for text in item_texts(item, content["form"])),
        content["closing"],
        *texts_in(content["signature"], *PERSON),
        *texts_in(content, "memo", "issued_on_bangla", "issued_on"),
        *(text for group in content["copies"] for text in texts_in(group, "heading", "lines")),
        *texts_in(content["issuer"], *PERSON),
        *texts_in(content, "title", *day),
    ]
    for group in ("present", "guests", "absent"):
        for seat in content["attendance"][group]:
            texts += texts_in(seat, "serial", "name", "mode", "designation", "office")
    return [text for text in texts if text]
