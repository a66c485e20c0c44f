"""Content and template in, Word file out.

Templates come from offices, so they are filled in by a sandbox that can read the fields of the
content and nothing else, and the content's texts never become part of the template.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import ChainableUndefined
from jinja2.runtime import LoopContext
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup, escape

from bangla.digits import to_bangla
from teams.word_page import LANGUAGE

from .defaults import default_template
from .errors import TemplateFailed

# What an XML 1.0 file cannot hold, not even written as a number.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_PROPERTY = 255
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# Word calls a file damaged in which one of these does not end with a paragraph.
_END_WITH_PARAGRAPH = ("w:tc", "w:hdr", "w:ftr", "w:txbxContent")
_BLOCKS = frozenset(map(qn, ("w:p", "w:tbl", "w:sdt")))


def render_word(kind: str, content: Mapping[str, Any], template: bytes | None = None) -> bytes:
    """A paper as a .docx: `template`, or our own of this kind, filled in with the content.

    `content` has the shape of meetings.documents.minutes_content or notice_content. The same
    content and template give the same bytes. Raises TemplateFailed.
    """
    try:
        paper = TaggedDocument(BytesIO(template or default_template(kind)))
        paper.render(content, ENVIRONMENT)
        return paper.finished(title=content.get("title", ""), author=content.get("office", ""))
    except Exception as error:
        # An office's file may be odd in ways that neither python-docx nor docxtpl foresees.
        raise TemplateFailed(
            _("এই টেমপ্লেট থেকে Word ফাইল তৈরি করা যায়নি। আমাদের টেমপ্লেটটি নামিয়ে তা থেকে আবার শুরু করুন।")
        ) from error


class _FieldsOnly(SandboxedEnvironment):
    """Reads keys of records and the counters of loops; no methods, no calls."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping):
            return obj.get(attribute, self.undefined(obj=obj, name=attribute))
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _printed(value: object) -> Markup:
    """A value as it stands in the XML. Braces are written as numbers: docxtpl has uses for them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return escape(to_bangla(value))
    if not isinstance(value, str):
        return Markup()
    text = escape(_UNWRITABLE.sub("", value))
    return text.replace("{", Markup("&#123;")).replace("}", Markup("&#125;"))


def _or_else(value: object, words: str = "") -> object:
    """`{{ place|default("—") }}`: the words where the field is empty."""
    return value or words


def _environment() -> SandboxedEnvironment:
    environment = _FieldsOnly(autoescape=True, finalize=_printed, undefined=ChainableUndefined)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters["default"] = _or_else
    return environment


ENVIRONMENT = _environment()


class TaggedDocument(DocxTemplate):
    """A .docx with tags in its body, headers, footers and footnotes."""

    def tagged_parts(self) -> Iterator[str]:
        """The XML of each part that docxtpl looks for tags in, the body first."""
        yield self.xml_to_string(self.docx.element.body)
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith((".header+xml", ".footer+xml", ".footnotes+xml")):
                yield self.xml_to_string(parse_xml(part.blob))

    def healed(self, xml: str) -> str:
        """A part as docxtpl hands it to Jinja: tags that Word split over runs are whole."""
        healed: str = self.patch_xml(xml)
        return healed

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: Any = None
    ) -> str:
        """As docxtpl, which would mend broken XML by leaving text out; here it is an error."""
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        etree.fromstring(xml.encode())
        return xml

    def map_tree(self, tree: Any) -> None:
        """As docxtpl; but lxml takes a full body out of its tree in quadratic time."""
        self.docx.element.body.clear()
        super().map_tree(tree)

    def render_properties(self, context: Mapping[str, Any], jinja_env: Any = None) -> None:
        """Not from tags: they are short plain texts, set in `finished`."""

    def finished(self, *, title: str, author: str) -> bytes:
        """The file with its properties set, sound and packed without the time of day."""
        document = self.docx
        for part in document.part.package.iter_parts():
            if isinstance(part, XmlPart):
                _make_sound(part.element)
        properties = document.core_properties
        properties.title = _UNWRITABLE.sub("", title)[:_LONGEST_PROPERTY]
        properties.author = _UNWRITABLE.sub("", author)[:_LONGEST_PROPERTY]
        properties.language = LANGUAGE
        written = BytesIO()
        document.save(written)
        return _packed_anew(written)


def _make_sound(root: Any) -> None:
    """Mend what an empty list leaves behind: rows without cells, cells without a paragraph."""
    for name, content in (("w:tr", "w:tc"), ("w:tbl", "w:tr")):
        for element in list(root.iter(qn(name))):
            if next(element.iter(qn(content)), None) is None:
                element.getparent().remove(element)
    for element in root.iter(*map(qn, _END_WITH_PARAGRAPH)):
        blocks = [child.tag for child in element if child.tag in _BLOCKS]
        if blocks[-1:] != [qn("w:p")]:
            element.append(element.makeelement(qn("w:p")))


def _packed_anew(written: BytesIO) -> bytes:
    """The same zip with every member dated alike."""
    packed = BytesIO()
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            dated = ZipInfo(member.filename, _ZIP_EPOCH)
            dated.compress_type = ZIP_DEFLATED
            target.writestr(dated, source.read(member))
    return packed.getvalue()
