"""Writing the structure tree and the other marks of PDF/UA-1 into a PDF."""

from typing import Any

from bangla.pdf.engine import pydyf
from bangla.pdf.structure import Marked, Node, walk

_POINTS_PER_PIXEL = 0.75


def write_structure(document: Any, pdf: Any, tree: Node) -> None:
    """Write `tree` and what PDF/UA-1 (ISO 14289-1) asks of the catalogue."""
    page_objects = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    heights = [page.height for page in document.pages]
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    elements = {}
    for node in walk(tree):
        elements[node] = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.tag}"})
        pdf.add_object(elements[node])
    parents: list[dict[int, bytes]] = [{} for _ in page_objects]
    annotations: list[tuple[Any, bytes]] = []
    for node, element in elements.items():
        element["P"] = elements[node.parent].reference if node.parent else root.reference
        if node.alternative:
            element["Alt"] = pydyf.String(node.alternative)
        kids = pydyf.Array()
        for content in node.content:
            if isinstance(content, Node):
                kids.append(elements[content].reference)
            else:
                parents[content.page][content.mcid] = element.reference
                kids.append(_marked(content, page_objects))
        for page, annotation in node.links:
            annotations.append((annotation, element.reference))
            kids.append(_annotation_kid(annotation, page_objects[page]))
        element["K"] = kids
        if node.attributes:
            element["A"] = _attributes(node, heights)
    root["K"] = pydyf.Array([elements[tree].reference])
    root["ParentTree"] = _parent_tree(pdf, page_objects, parents, annotations).reference
    root["ParentTreeNextKey"] = len(page_objects) + len(annotations)
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def _marked(content: Marked, page_objects: list[Any]) -> Any:
    reference = pydyf.Dictionary(
        {"Type": "/MCR", "Pg": page_objects[content.page].reference, "MCID": content.mcid}
    )
    if content.group is not None:
        reference["Stm"] = content.group.reference
        content.group.extra["StructParents"] = content.page  # numbered together with its page
    return reference


def _annotation_kid(annotation: Any, page_object: Any) -> Any:
    target = annotation["A"]["URI"] if "A" in annotation else annotation["Dest"]
    annotation["Contents"] = target
    return pydyf.Dictionary(
        {"Type": "/OBJR", "Obj": annotation.reference, "Pg": page_object.reference}
    )


def _attributes(node: Node, heights: list[float]) -> Any:
    attributes = dict(node.attributes)
    if "BBox" in attributes:
        page = next(content.page for content in node.content if isinstance(content, Marked))
        left, top, right, bottom = attributes["BBox"]
        edges = (left, heights[page] - bottom, right, heights[page] - top)
        attributes["BBox"] = pydyf.Array(round(_POINTS_PER_PIXEL * edge, 2) for edge in edges)
    return pydyf.Dictionary(attributes)


def _parent_tree(
    pdf: Any,
    page_objects: list[Any],
    parents: list[dict[int, bytes]],
    annotations: list[tuple[Any, bytes]],
) -> Any:
    """The way back from marked content and annotations to their elements."""
    numbers = pydyf.Array()
    for key, (page, marks) in enumerate(zip(page_objects, parents, strict=True)):
        page["StructParents"] = key
        page["Tabs"] = "/S"  # the tab key follows the structure
        numbers += [key, pydyf.Array(marks[mcid] for mcid in sorted(marks))]
    for key, (annotation, reference) in enumerate(annotations, start=len(page_objects)):
        annotation["StructParent"] = key
        numbers += [key, reference]
    tree = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(tree)
    return tree
