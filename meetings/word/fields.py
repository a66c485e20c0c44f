"""What a Word template may show: the shape of a paper's content, with words for the office.

The shapes follow `meetings.documents.minutes_content` and `notice_content`. A template names the
outermost fields directly: `{{ title }}`, `{% for item in items %}{{ item.topic }}{% endfor %}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from ..enums import TemplateKind

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


_END = "{% endfor %}"


class Shape(Enum):
    TEXT = auto()
    FLAG = auto()
    RECORD = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a content, and what is inside it.

    `variable` is what our own templates call one entry of a list; `values` are the only words a
    text can be. A record that `may_lack` is sometimes not there at all.
    """

    name: str
    shape: Shape = Shape.TEXT
    label: _StrOrPromise = ""
    inside: tuple[Field, ...] = ()
    variable: str = ""
    values: tuple[str, ...] = ()
    is_required: bool = False
    may_lack: bool = False

    @property
    def entry(self) -> Field:
        """One entry of a list: a record, or a text if nothing is inside."""
        shape = Shape.RECORD if self.inside else Shape.TEXT
        return Field(self.variable, shape, self.label, self.inside, is_required=self.is_required)

    def find(self, name: str) -> Field | None:
        """The field called `name` inside this record."""
        return next((field for field in self.inside if field.name == name), None)


@dataclass(frozen=True, slots=True)
class TemplateField:
    """A field as an office reads of it: `tag` is what to type, `label` what appears there.

    `path` is its place in the content: "items[].decisions[].text"; `within` are the tags that begin
    the lists it stands in.
    """

    path: str
    label: str
    tag: str
    is_required: bool
    within: tuple[str, ...] = ()

    @property
    def usage(self) -> str:
        """The tag together with the lists around it."""
        return " ".join([*self.within, self.tag, *[_END] * len(self.within)])


def fields_of(kind: str) -> tuple[TemplateField, ...]:
    """Every field a template of this kind may use, outer before inner, in the reader's language."""
    return tuple(_listed(content_of(kind)))


def content_of(kind: str) -> Field:
    """The content of a paper as one record."""
    return Field("", Shape.RECORD, inside=_CONTENTS[TemplateKind(kind)])


def sample_of(field: Field, *, filled: bool, choice: int = 0) -> Any:
    """A value of the field's shape: everything filled, or everything empty that may be.

    `choice` says which of its `values` a text takes.
    """
    match field.shape:
        case Shape.TEXT if field.values:
            return field.values[choice % len(field.values)]
        case Shape.TEXT:
            return f"{field.label} & <‘{field.name}’>\n{{{{ }}}}" if filled else ""
        case Shape.FLAG:
            return filled
        case Shape.LIST:
            return [sample_of(field.entry, filled=True, choice=choice)] * 2 if filled else []
        case Shape.RECORD if field.may_lack and not filled:
            return None
        case _:
            return {one.name: sample_of(one, filled=filled, choice=choice) for one in field.inside}


def _listed(
    record: Field, path: str = "", spoken: str = "", within: tuple[str, ...] = ()
) -> Iterator[TemplateField]:
    for field in record.inside:
        where, name = path + field.name, spoken + field.name
        if field.label:
            tag = _tag(field, name)
            yield TemplateField(where, str(field.label), tag, field.is_required, within)
        if field.shape is Shape.RECORD:
            yield from _listed(field, f"{where}.", f"{name}.", within)
        elif field.shape is Shape.LIST and field.inside:
            around = (*within, _beginning(field, name))
            yield from _listed(field, f"{where}[].", f"{field.variable}.", around)


def _beginning(field: Field, name: str) -> str:
    return f"{{% for {field.variable} in {name} %}}"


def _tag(field: Field, name: str) -> str:
    """What to type for the field; of a list of texts also what is typed between the two tags."""
    if field.shape is Shape.LIST:
        inner = "…" if field.inside else f"{{{{ {field.variable} }}}}"
        return f"{_beginning(field, name)} {inner} {_END}"
    if field.values:
        return f'{{% if {name} == "{field.values[0]}" %}} … {{% endif %}}'
    if field.shape is Shape.TEXT:
        return f"{{{{ {name} }}}}"
    return f"{{% if {name} %}} … {{% endif %}}"


def _text(name: str, label: _StrOrPromise, *, required: bool = False) -> Field:
    return Field(name, label=label, is_required=required)


def _record(name: str, *inside: Field, may_lack: _StrOrPromise = "") -> Field:
    """A record; one that may lack has a label, which says when it is there."""
    return Field(name, Shape.RECORD, may_lack, inside, may_lack=bool(may_lack))


def _list(
    name: str, variable: str, label: _StrOrPromise, *inside: Field, required: bool = False
) -> Field:
    return Field(name, Shape.LIST, label, inside, variable, is_required=required)


def _person(whose: _StrOrPromise, *, required: bool = False) -> tuple[Field, ...]:
    """The parts of a signature block. The name is what `required` is about."""
    return (
        _text("name", whose, required=required),
        _text("designation", _("তাঁর পদবি")),
        _text("office", _("তাঁর দপ্তর")),
        _text("phone", _("তাঁর ফোন নম্বর")),
        _text("email", _("তাঁর ই-মেইল")),
    )


_ISSUE = (
    _text("memo", _("স্মারক নম্বর"), required=True),
    _text("issued_on", _("জারির তারিখ, খ্রিস্টাব্দে")),
    _text("issued_on_bangla", _("জারির তারিখ, বঙ্গাব্দে")),
)
_COPIES = _list(
    "copies",
    "group",
    _("অনুলিপির তালিকাগুলো"),
    Field("kind", label=_("তালিকাটি জ্ঞাতার্থে, না কার্যার্থে"), values=("information", "action")),
    _text("heading", _("তালিকার শিরোনাম, যেমন ‘অনুলিপি সদয় জ্ঞাতার্থে:’")),
    _list("lines", "line", _("তালিকার প্রাপকরা, একেকজন একেক লাইনে")),
)
_CHAIR = _record(
    "chair",
    _text("name", _("সভাপতির নাম")),
    _text("designation", _("সভাপতির পদবি")),
    _text("office", _("সভাপতির দপ্তর")),
)
_SEAT = (
    _text("serial", _("তালিকার ক্রমিক")),
    _text("name", _("নাম")),
    _text("designation", _("পদবি")),
    _text("office", _("দপ্তর")),
    _text("mode", _("ভিডিওতে বা প্রতিনিধির মাধ্যমে থাকলে সে কথা")),
)


def _meeting_time(*, required: bool) -> tuple[Field, ...]:
    return (
        _text("held_on", _("সভার তারিখ, খ্রিস্টাব্দে"), required=required),
        _text("held_on_bangla", _("সভার তারিখ, বঙ্গাব্দে")),
        _text("weekday", _("সভার বার")),
        _text("time", _("সভার সময়")),
        _text("place", _("সভার স্থান")),
    )


_FOLLOW_UP = (
    _text("decision", _("আগের সভার যে সিদ্ধান্তের অগ্রগতি দেখা হলো"), required=True),
    _text("meeting", _("কোন মাসের সভার সিদ্ধান্ত")),
    _text("due", _("বাস্তবায়নের শেষ তারিখ")),
    _text("implementer", _("বাস্তবায়নকারী")),
    _text("report", _("বাস্তবায়নকারী শেষবার যা জানিয়েছেন")),
    _text("note", _("এই সভায় যা বলা হলো")),
    _text("outcome", _("এই সভার মত: চলবে, সময় বাড়ানো হলো, বাস্তবায়িত বা বাদ"), required=True),
)
_DECISION = (
    _text("serial", _("একাধিক সিদ্ধান্ত থাকলে ক, খ, গ …")),
    _text("text", _("সিদ্ধান্ত"), required=True),
    _text("implementer", _("বাস্তবায়নকারী"), required=True),
    _text("due", _("বাস্তবায়নের শেষ তারিখ")),
)
_MINUTES = (
    _text("office", _("চিঠির মাথায় দপ্তরের নাম")),
    _text("title", _("কার্যবিবরণীর শিরোনাম"), required=True),
    _text("period", _("সভার মাস")),
    _text("number", _("অর্থবছরের কততম সভা")),
    Field(
        "form",
        label=_("ছাপার রূপ: ছক হলে table, অনুচ্ছেদ হলে sections"),
        values=("table", "sections"),
    ),
    Field(
        "is_draft",
        Shape.FLAG,
        _("চূড়ান্ত না হলে এখানে ‘খসড়া’ লিখুন"),
        is_required=True,
    ),
    _CHAIR,
    *_meeting_time(required=True),
    _text("attendance_note", _("উপস্থিতির ঘরে যা লেখা থাকে")),
    _text("opening", _("আলোচনার আগের অনুচ্ছেদ")),
    _list(
        "items",
        "item",
        _("আলোচ্য বিষয়গুলো"),
        _text("serial", _("আলোচ্য বিষয়ের ক্রমিক")),
        _text("topic", _("আলোচ্য বিষয়"), required=True),
        _text("discussion", _("আলোচনা"), required=True),
        _list("follow_up", "follow", _("আগের সভার সিদ্ধান্তগুলোর অগ্রগতি"), *_FOLLOW_UP),
        _list("decisions", "decision", _("এই বিষয়ের সিদ্ধান্তগুলো"), *_DECISION),
    ),
    _text("closing", _("শেষের অনুচ্ছেদ")),
    _record("signature", *_person(_("স্বাক্ষরকারী সভাপতির নাম"), required=True)),
    _record(
        "issuer",
        *_person(_("প্রেরকের নাম")),
        may_lack=_("সভাপতি ছাড়া অন্য কেউ কার্যবিবরণী পাঠালে"),
    ),
    *_ISSUE,
    _COPIES,
    _record(
        "attendance",
        _list("present", "person", _("উপস্থিত সদস্যরা"), *_SEAT),
        _list("absent", "person", _("অনুপস্থিত সদস্যরা"), *_SEAT),
        _list("guests", "person", _("আমন্ত্রিত ব্যক্তিরা"), *_SEAT),
    ),
)
_NOTICE = (
    _text("office", _("চিঠির মাথায় দপ্তরের নাম")),
    _text("title", _("নোটিশের শিরোনাম"), required=True),
    _text("period", _("সভার মাস")),
    Field(
        "kind",
        label=_("নোটিশের ধরন: সভা ডাকা call, সময় বদলানো change, বাতিল cancel"),
        values=("call", "change", "cancel"),
    ),
    *_ISSUE,
    _text("body", _("নোটিশের মূল কথা"), required=True),
    *_meeting_time(required=False),
    _CHAIR,
    _text("meeting", _("কোন সভা")),
    _record(
        "was",
        _text("held_on", _("আগে ঠিক করা তারিখ")),
        _text("time", _("আগে ঠিক করা সময়")),
        _text("place", _("আগে ঠিক করা স্থান")),
        may_lack=_("সময় বা স্থান বদলানোর নোটিশ হলে"),
    ),
    _text("reason", _("বদলানো বা বাতিলের কারণ")),
    _list("agenda", "topic", _("আলোচ্যসূচি"), required=True),
    _record("signature", *_person(_("স্বাক্ষরকারীর নাম"), required=True)),
    _list("recipients", "recipient", _("প্রাপকরা"), required=True),
    _COPIES,
)
_CONTENTS = {TemplateKind.MINUTES: _MINUTES, TemplateKind.NOTICE: _NOTICE}
