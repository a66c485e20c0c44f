"""What a template does with the fields: a walk over its parsed tags.

Only a short list of things is allowed: printing a field, going through a list, asking about a
field. What is not on the list (calls, filters, arithmetic, subscripts …) is refused, so that
neither a slip nor malice in an office's file can do more than print the content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from jinja2 import nodes

from .errors import TemplateFailed
from .fields import Field, Shape
from .tags import too_large

# A very long meeting, by which is reckoned how large a paper could become.
MOST_ENTRIES, MOST_INNER_ENTRIES = 50, 6
LONGEST_USUAL_TEXT = 500
MAX_PAPER_CHARS = 20_000_000

_LOOP = Field(
    "loop",
    Shape.RECORD,
    inside=(Field("index"), Field("length"), Field("first", Shape.FLAG), Field("last", Shape.FLAG)),
)
_EQUAL, _ORDERED = frozenset({"eq", "ne"}), frozenset({"lt", "lteq", "gt", "gteq"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A field, where it stands in the content and how the template calls it."""

    field: Field
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names that can be used at a point of the template.

    `entry` is the path of what the innermost list holds, `times` how often the point may be
    passed.
    """

    names: Mapping[str, _Place]
    entry: str = ""
    times: int = 1


class FieldReader:
    """Reads the parts of one template.

    `used` are the paths of the fields that are printed (of flags: asked for); `unknown` are the
    names that do not exist, each with the nearest that does or "".
    """

    def __init__(self, content: Field) -> None:
        self.used: set[str] = set()
        self.unknown: dict[str, str] = {}
        self._size = 0
        self._scope = _Scope({one.name: _Place(one, one.name, one.name) for one in content.inside})
        self._known = _last_names(content)

    def read(self, template: nodes.Template) -> None:
        """Take in one part. Raises TemplateFailed for what no template may do."""
        self._read_all(template.body, self._scope)

    def _read_all(self, body: Sequence[nodes.Node], scope: _Scope) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for printed in node.nodes:
                        self._read_output(printed, scope)
                case nodes.For(recursive=False, test=None):
                    self._read_for(node, scope)
                case nodes.If():
                    self._read_test(node.test, scope)
                    self._read_all([*node.body, *node.elif_, *node.else_], scope)
                case _:
                    raise _refused()

    # --- Printing --------------------------------------------------------------------------
    def _read_output(self, node: nodes.Expr, scope: _Scope) -> None:
        if isinstance(node, nodes.TemplateData):
            self._grow(len(node.data), scope)
            return
        if isinstance(node, nodes.Filter):
            node = _filtered(node)
        place = self._place(node, scope)
        if place is None:
            return
        if place.field.shape is not Shape.TEXT:
            raise _not_a_text(place)
        self.used.add(place.path)
        self._grow(LONGEST_USUAL_TEXT, scope)

    def _grow(self, chars: int, scope: _Scope) -> None:
        """Reckon how large the paper may become; a part repeated very often is refused."""
        self._size += chars * scope.times
        if self._size > MAX_PAPER_CHARS:
            raise too_large()

    # --- Lists -----------------------------------------------------------------------------
    def _read_for(self, node: nodes.For, scope: _Scope) -> None:
        if not isinstance(node.target, nodes.Name):
            raise _refused()
        self._read_all(node.else_, scope)
        variable, place = node.target.name, self._place(node.iter, scope)
        if place is None:
            # Nothing can be said of what is inside, except that it cannot be known either.
            return
        if place.field.shape is not Shape.LIST:
            raise TemplateFailed(
                _("“%(name)s” কোনো তালিকা নয়, তাই “%(each)s” দিয়ে ব্যবহার করা যায় না।")
                % {"name": place.words, "each": "{% for … %}"}
            )
        if scope.entry and not place.path.startswith(scope.entry):
            raise TemplateFailed(
                _(
                    "“%(name)s” তালিকাটি অন্য একটি তালিকার ভেতরে বারবার ছাপা হবে। "
                    "বাইরের “%(end)s”-এর পরে সরিয়ে নিন।"
                )
                % {"name": place.words, "end": "{% endfor %}"}
            )
        entry = _Place(place.field.entry, f"{place.path}[]", variable)
        names = {
            **scope.names,
            variable: entry,
            "loop": _Place(_LOOP, "loop", "loop"),
        }
        repeats = MOST_INNER_ENTRIES if scope.entry else MOST_ENTRIES
        self._read_all(node.body, _Scope(names, entry.path, scope.times * repeats))

    # --- Conditions ------------------------------------------------------------------------
    def _read_test(self, node: nodes.Node, scope: _Scope) -> None:
        match node:
            case nodes.Not():
                self._read_test(node.node, scope)
            case nodes.And() | nodes.Or():
                self._read_test(node.left, scope)
                self._read_test(node.right, scope)
            case nodes.Compare(ops=[one]):
                self._read_comparison(node.expr, one, scope)
            case nodes.Name() | nodes.Getattr():
                place = self._place(node, scope)
                if place is not None and place.field.shape is Shape.FLAG:
                    self.used.add(place.path)
            case _:
                raise _refused()

    def _read_comparison(self, left: nodes.Expr, step: nodes.Operand, scope: _Scope) -> None:
        """A text equal to a word (or not), or a counter before or after a number."""
        place, right = self._place(left, scope), step.expr
        if not isinstance(right, nodes.Const):
            raise _refused()
        if place is None:
            return
        counts = place.path == "loop.index" or place.path == "loop.length"
        if not (
            (step.op in _EQUAL and isinstance(right.value, int if counts else str))
            or (step.op in _ORDERED and counts and isinstance(right.value, int))
        ):
            raise _refused()
        if place.field.values and right.value not in place.field.values:
            raise TemplateFailed(
                _("“%(name)s” কখনো “%(value)s” হয় না; হতে পারে: %(values)s।")
                % {
                    "name": place.words,
                    "value": right.value,
                    "values": ", ".join(place.field.values),
                }
            )

    # --- Names -----------------------------------------------------------------------------
    def _place(self, node: nodes.Node, scope: _Scope) -> _Place | None:
        """The field an expression names; None, noted as unknown, if there is none."""
        match node:
            case nodes.Name():
                place = scope.names.get(node.name)
                if place is None:
                    near = _nearest(node.name, {name: name for name in scope.names})
                    self._note(node.name, near or _nearest(node.name, self._known))
                return place
            case nodes.Getattr():
                return self._place_inside(node, scope)
            case _:
                raise _refused()

    def _place_inside(self, node: nodes.Getattr, scope: _Scope) -> _Place | None:
        outer = self._place(node.node, scope)
        if outer is None:
            return None
        if outer.field.shape is Shape.LIST:
            raise _not_a_text(outer)
        words = f"{outer.words}.{node.attr}"
        field = outer.field.find(node.attr)
        if field is None:
            inside = {one.name: f"{outer.words}.{one.name}" for one in outer.field.inside}
            self._note(words, _nearest(node.attr, inside))
            return None
        return _Place(field, f"{outer.path}.{node.attr}", words)

    def _note(self, name: str, near: str) -> None:
        self.unknown.setdefault(name, near)


def _last_names(record: Field, spoken: str = "") -> dict[str, str]:
    """The names inside lists and records, each with how our own templates call it."""
    names: dict[str, str] = {}
    for field in record.inside:
        names.setdefault(field.name, spoken + field.name)
        inner = f"{field.variable}." if field.variable else f"{spoken}{field.name}."
        names = {**_last_names(field, inner), **names}
    return names


def _nearest(name: str, known: Mapping[str, str]) -> str:
    """How the known name most like `name` is written, "" if none is like it."""
    found = get_close_matches(name, known, n=1, cutoff=0.75)
    return known[found[0]] if found else ""


def _filtered(node: nodes.Filter) -> nodes.Expr:
    """What `…|default("—")` is applied to; no other filter is allowed."""
    words = node.args[0] if len(node.args) == 1 else None
    if (
        node.name != "default"
        or node.node is None
        or not isinstance(words, nodes.Const)
        or node.kwargs
        or node.dyn_args
        or node.dyn_kwargs
    ):
        raise _refused()
    return node.node


def _not_a_text(place: _Place) -> TemplateFailed:
    field = place.field
    if field.shape is Shape.LIST:
        mended = f"{{% for {field.variable} in {place.words} %}} … {{% endfor %}}"
    elif field.shape is Shape.FLAG:
        mended = f"{{% if {place.words} %}} … {{% endif %}}"
    else:
        mended = f"{{{{ {place.words}.{field.inside[0].name} }}}}"
    return TemplateFailed(
        _("“%(name)s” একা ছাপার মতো লেখা নয়; এভাবে লিখুন: %(mended)s")
        % {"name": place.words, "mended": mended}
    )


def _refused() -> TemplateFailed:
    return TemplateFailed(
        _(
            "টেমপ্লেটে শুধু ঘরের লেখা বসানো, তালিকা ধরে এগোনো এবং ঘর খালি কি না দেখা যায়। "
            "হিসাব, ফাংশন বা অন্য নির্দেশ থাকলে মুছে আবার দিন।"
        )
    )
