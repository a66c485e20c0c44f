"""The structure tree of a tagged PDF (PDF/UA-1), made from the laid-out boxes.

WeasyPrint can tag by itself, but page by page: a table over three pages becomes three tables, each
with the repeated header as content, and page numbers are tagged as if they were text. Here every
HTML element becomes one structure element, however many pages, lines or fragments it is laid out
in. What a page repeats (headers and footers of tables, margin boxes), pictures without an
alternative text and whatever is `aria-hidden` are artifacts; `artifacts` finds them before the
page is drawn.
"""

from collections.abc import Iterator, Set
from typing import Any, NamedTuple

from bangla.pdf.engine import AbsolutePlaceholder, boxes

_TAGS = {
    "a": "Link",
    "article": "Art",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dd": "LI",
    "dl": "L",
    "dt": "LI",
    "figcaption": "Caption",
    "img": "Figure",
    "li": "LI",
    "main": "Part",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    "{http://www.w3.org/2000/svg}svg": "Figure",
} | {f"h{level}": f"H{level}" for level in range(1, 7)}
_PAGE_ELEMENTS = ("html", "body")
_TABLE_ORDER = ("Caption", "THead", "TBody", "TFoot")  # a repeated footer is met before the body
_BLOCKS = (boxes.BlockLevelBox, boxes.TableCellBox)
_SVG_TITLE = "{http://www.w3.org/2000/svg}title"

BoxSet = Set[int]  # identities (`id`) of boxes


class Marked(NamedTuple):
    """A piece of marked content: its page (from 0), its number there, and the transparency
    group it was drawn in, if any."""

    page: int
    mcid: int
    group: Any = None


class Node:
    """One structure element: its tag, its attributes and, in reading order, what it holds."""

    def __init__(self, tag: str, parent: "Node | None" = None, element: Any = None) -> None:
        self.tag = tag
        self.parent = parent
        self.element = element
        self.content: list[Node | Marked] = []
        self.links: list[tuple[int, Any]] = []  # page index and annotation
        self.attributes: dict[str, Any] = {}
        self.alternative: str | None = None
        self._by_fragment: dict[tuple[int, str], Node] = {}

    def child(self, tag: str, element: Any, element_tag: str) -> "Node":
        """The child for `element`, made on first sight; later fragments continue it."""
        key = (id(element), element_tag)
        if key not in self._by_fragment:
            node = Node(tag, self, element)
            self._by_fragment[key] = node
            self.content.insert(0 if tag == "Lbl" else len(self.content), node)
        return self._by_fragment[key]

    def holder(self, *, of_text: bool = False) -> "Node":
        """The node that takes content in place of this one: a list item has a body for it."""
        if self.tag == "LI":
            return self.child("LBody", self.element, "LBody")
        if of_text and self.tag == "Document":
            return self.child("P", self.element, "P")
        return self

    def list_item(self, element: Any) -> "Node":
        """The nearest list item of `element`, from this node upwards; else this node."""
        node: Node | None = self
        while node is not None and not (node.tag == "LI" and node.element is element):
            node = node.parent
        return node or self


def artifacts(page_box: Any, repeated: set[int]) -> BoxSet:
    """The boxes of a page that are no content of their own.

    `repeated` collects the header and footer groups met so far; a group met again is a repeat.
    """
    found: set[int] = set()
    for box in page_box.descendants(placeholders=True):
        if isinstance(box, boxes.MarginBox):
            found.update(map(id, box.descendants(placeholders=True)))
        elif isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            if id(box.element) in repeated:
                found.update(map(id, box.descendants(placeholders=True)))
            repeated.add(id(box.element))
        elif isinstance(box, boxes.ReplacedBox) and not _alternative(box.element):
            found.add(id(box))
        elif box.element is not None and box.element.get("aria-hidden") == "true":
            found.update(map(id, box.descendants(placeholders=True)))
    return found


def line_ends(page_box: Any) -> BoxSet:
    """The last text box of each line of a page."""
    found: set[int] = set()
    for box in page_box.descendants(placeholders=True):
        if isinstance(box, boxes.LineBox):
            texts = [inner for inner in box.descendants() if isinstance(inner, boxes.TextBox)]
            found.update(map(id, texts[-1:]))
    return found


def build_tree(pages: list[tuple[Any, dict[Any, dict[str, Any]], BoxSet]]) -> Node:
    """The tree of a document.

    `pages` gives for each page its page box, the marks that drawing left (`TextStream.marks`) and
    its artifacts.
    """
    document = Node("Document")
    for index, (page_box, marks, page_artifacts) in enumerate(pages):
        _Page(index, marks, page_artifacts).add(page_box, document)
    return document


class _Page:
    """Adds the boxes of one page to the tree."""

    def __init__(
        self, index: int, marks: dict[Any, dict[str, Any]], page_artifacts: BoxSet
    ) -> None:
        self._index = index
        self._marks = marks
        self._artifacts = page_artifacts

    def add(self, box: Any, node: Node) -> None:
        """Add `box` and what it contains to `node`."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if id(box) in self._artifacts:
            return
        if isinstance(box, boxes.TextBox):
            self._add_mark(box, node.holder(of_text=True))
            return
        node = self._node(box, node)
        if box.link_annotation:
            node.links.append((self._index, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox):
            self._add_mark(box, node)
        for child in getattr(box, "children", ()):
            self.add(child, node)
        if node.tag == "Table":
            node.content.sort(key=_table_order)

    def _add_mark(self, box: Any, node: Node) -> None:
        if box in self._marks:
            mark = self._marks[box]
            node.content.append(Marked(self._index, mark["mcid"], mark.get("group")))

    def _node(self, box: Any, parent: Node) -> Node:
        """The node for `box`: that of its element, or `parent` for boxes made by the layout."""
        element, name = box.element, box.element_tag
        if element is None or name in _PAGE_ELEMENTS:
            return parent
        if name.endswith("::marker"):
            return parent.list_item(element).child("Lbl", element, name)
        if element is parent.element and "::" not in name:
            return parent
        tag = _TAGS.get(name) or ("Div" if isinstance(box, _BLOCKS) else "Span")
        node = parent.holder().child(tag, element, name)
        if node.attributes:
            return node
        if tag in ("TH", "TD"):
            node.attributes = _cell_attributes(box, node)
        elif tag == "Figure":
            node.alternative = _alternative(element)
            node.attributes = {"O": "/Layout", "Placement": "/Block", "BBox": _extent(box)}
        return node


def _table_order(content: Node | Marked) -> int:
    if isinstance(content, Node) and content.tag in _TABLE_ORDER:
        return _TABLE_ORDER.index(content.tag)
    return _TABLE_ORDER.index("TBody")


def _cell_attributes(box: Any, node: Node) -> dict[str, Any]:
    attributes: dict[str, Any] = {"O": "/Table"}
    if node.tag == "TH":
        group = node.parent.parent if node.parent else None
        in_head = group is not None and group.tag == "THead"
        scope = box.element.get("scope") or ("col" if in_head else "row")
        attributes["Scope"] = "/Row" if scope.startswith("row") else "/Column"
    if box.colspan != 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan != 1:
        attributes["RowSpan"] = box.rowspan
    return attributes


def _alternative(element: Any) -> str | None:
    """The alternative text of a picture: an SVG's title, any other's `alt`."""
    if element is None:
        return None
    title = element.find(_SVG_TITLE)
    text = title.text if title is not None else element.get("alt")
    return text.strip() if text else None


def _extent(box: Any) -> tuple[float, float, float, float]:
    """The content edges of `box`: left, top, right, bottom in CSS pixels of its page."""
    x, y = box.content_box_x(), box.content_box_y()
    return (x, y, x + box.width, y + box.height)


def walk(node: Node) -> Iterator[Node]:
    """`node` and all nodes below it, in reading order."""
    yield node
    for content in node.content:
        if isinstance(content, Node):
            yield from walk(content)
