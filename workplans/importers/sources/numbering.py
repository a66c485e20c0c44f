"""The numbers Word writes by itself in front of paragraphs.

They are nowhere in a document's text: a paragraph names a list, and the list says where it
begins. Only the outermost level is counted, which is all a serial column uses.
"""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bangla.digits import to_bangla
from teams.uploads.archive import attribute, children, first_child

_UNNUMBERED_FORMATS = {"bullet", "none"}
_MAX_DIGITS = 6


@dataclass
class Numbering:
    """Counts along the lists of one document; `lists` maps a list's id to (counter, start)."""

    lists: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counted: dict[str, int] = field(default_factory=dict)

    def next_number(self, paragraph: Element) -> str:
        """The number Word shows before `paragraph`, in Bengali digits; "" when it shows none."""
        properties = first_child(first_child(paragraph, "pPr"), "numPr")
        list_id = _value(first_child(properties, "numId"))
        level = _value(first_child(properties, "ilvl")) or "0"
        if level != "0" or list_id not in self.lists:
            return ""
        counter, start = self.lists[list_id]
        self._counted[counter] = self._counted.get(counter, start - 1) + 1
        return to_bangla(self._counted[counter])


def read_numbering(root: Element | None) -> Numbering:
    """Read a document's numbering part; lists of one definition go on counting together."""
    if root is None:
        return Numbering()
    starts: dict[str, int] = {}
    for definition in children(root, "abstractNum"):
        level = next(
            (item for item in children(definition, "lvl") if attribute(item, "ilvl") == "0"), None
        )
        if level is None or _value(first_child(level, "numFmt")) not in _UNNUMBERED_FORMATS:
            starts[attribute(definition, "abstractNumId") or ""] = _start(level, "start", 1)
    lists: dict[str, tuple[str, int]] = {}
    for used in children(root, "num"):
        list_id = attribute(used, "numId") or ""
        definition_id = _value(first_child(used, "abstractNumId"))
        if definition_id not in starts:
            continue
        override = first_child(used, "lvlOverride")
        if first_child(override, "startOverride") is None:
            lists[list_id] = (f"definition {definition_id}", starts[definition_id])
        else:
            lists[list_id] = (f"list {list_id}", _start(override, "startOverride", 1))
    return Numbering(lists)


def _value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val") or ""


def _start(level: Element | None, name: str, default: int) -> int:
    value = _value(first_child(level, name))
    is_number = value.isascii() and value.isdigit() and len(value) <= _MAX_DIGITS
    return int(value) if is_number else default
