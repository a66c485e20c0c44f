"""The tags of a template as an office typed them: whole, paired, and in a place of their own.

This comes before docxtpl sees the file, for two reasons: its complaints name lines of XML, and its
patterns are quick only over tags that are closed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError
from lxml import etree

from teams.templatetags.bangla_tags import digits

from .errors import TemplateFailed
from .render import ENVIRONMENT

MAX_TAGS = 1_000
MAX_TAG_CHARS = 200
MAX_DEPTH = 8
MAX_PART_CHARS = 1_000_000

_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENERS = {closer: opener for opener, closer in _CLOSERS.items()}
_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_OPENER = re.compile(r"\{[{%#]")
# The p, tr, tc and r say what of the file the tag stands for: paragraph, row, cell, run.
_STATEMENT = re.compile(r"\{%(?:(p|tr|tc|r) )?\s*(\w+)\b(.*)%\}", re.DOTALL)
_MARKED_OUTPUT = re.compile(r"\{\{(?:p|tr|tc|r)\s")
_TRIMMED = re.compile(r"\{[{%][-+]|[-+][%}]\}")
_BLOCK_ENDS = {"for": "endfor", "if": "endif"}
_KEYWORDS = frozenset({"for", "endfor", "if", "elif", "else", "endif"})
_CONTAINERS = {"p": qn("w:p"), "tr": qn("w:tr"), "tc": qn("w:tc")}
_TEXT = qn("w:t")
# Word turns straight quotation marks into these; docxtpl turns them back.
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Tag:
    """`{%tr for item in items %}`: unit "tr", keyword "for", rest " item in items ".

    An output `{{ title }}` has no keyword.
    """

    words: str
    unit: str = ""
    keyword: str = ""
    rest: str = ""


def check_tags(xml: str) -> None:
    """Look over the tags of one part (body, header, …).

    Raises TemplateFailed at the first fault.
    """
    if len(xml) > MAX_PART_CHARS:
        raise too_large()
    root = etree.fromstring(xml.encode())
    _refuse_hidden(root)
    tags = []
    for paragraph, text in _paragraphs(root):
        for words in _tags_in(text):
            if words.startswith("{#"):
                continue
            tag = _understood(words)
            _check_place(tag, paragraph)
            tags.append(tag)
            if len(tags) > MAX_TAGS:
                raise TemplateFailed(
                    _("টেমপ্লেটে %(most)sটির বেশি ট্যাগ আছে। বাড়তি ট্যাগ মুছে আবার দিন।")
                    % {"most": digits(MAX_TAGS)}
                )
    _check_pairs(tags)


def too_large() -> TemplateFailed:
    return TemplateFailed(
        _("টেমপ্লেটের লেখা অংশ অস্বাভাবিক বড়। দরকারি অংশটুকু নতুন একটি ফাইলে কপি করে আবার দিন।")
    )


def _refuse_hidden(root: Any) -> None:
    """Tags belong in running text; elsewhere nobody sees them, and filling them in breaks files."""
    for element in root.iter():
        texts = [element.tail or ""]
        if element.tag != _TEXT:
            texts.append(element.text or "")
        if any("{" in text for text in texts) or any(map(_OPENER.search, element.attrib.values())):
            raise TemplateFailed(
                _(
                    "লেখার বাইরে, যেমন Track Changes-এ মুছে ফেলা লেখায় বা ছবির বিবরণে, ‘{’ চিহ্ন আছে। "
                    "Word-এ সব পরিবর্তন Accept করে, সেখান থেকে ট্যাগ তুলে আবার দিন।"
                )
            )


def _paragraphs(root: Any) -> list[tuple[Any, str]]:
    """Paragraphs that have text, in order, each with its own text joined over Word's runs."""
    texts: dict[Any, list[str]] = {}
    for piece in root.iter(_TEXT):
        paragraph = _nearest(piece, _CONTAINERS["p"])
        if paragraph is not None:
            texts.setdefault(paragraph, []).append(piece.text or "")
    return [(paragraph, "".join(pieces)) for paragraph, pieces in texts.items()]


def _nearest(element: Any, name: str) -> Any:
    return next(element.iterancestors(name), None)


def _tags_in(text: str) -> Iterator[str]:
    """The tags of one paragraph. Raises TemplateFailed where a mark lacks its other half."""
    marks = _MARK.finditer(text)
    for opener in marks:
        if opener[0] not in _CLOSERS:
            raise TemplateFailed(
                _("“%(near)s”-এর কাছে “%(mark)s” আছে, কিন্তু তার আগে “%(opener)s” নেই।")
                % {
                    "near": text[max(0, opener.start() - 30) : opener.end()],
                    "mark": opener[0],
                    "opener": _OPENERS[opener[0]],
                }
            )
        closer = next(marks, None)
        if closer is None or closer[0] != _CLOSERS[opener[0]]:
            raise TemplateFailed(
                _("“%(tag)s” শুরু হয়েছে, কিন্তু একই অনুচ্ছেদে “%(closer)s” দিয়ে শেষ হয়নি।")
                % {
                    "tag": text[opener.start() : opener.start() + 40],
                    "closer": _CLOSERS[opener[0]],
                }
            )
        yield text[opener.start() : closer.end()].translate(_QUOTES)


def _understood(words: str) -> Tag:
    """The tag taken apart. Raises TemplateFailed for what is not a tag of ours."""
    if len(words) > MAX_TAG_CHARS:
        raise TemplateFailed(
            _("“%(tag)s …” ট্যাগটি %(most)s অক্ষরের চেয়ে লম্বা। ভেঙে ছোট করুন।")
            % {"tag": words[:40], "most": digits(MAX_TAG_CHARS)}
        )
    if words.startswith("{{"):
        return _understood_output(words)
    found = _STATEMENT.fullmatch(words)
    if _TRIMMED.search(words) or found is None or found[2] not in _KEYWORDS:
        raise TemplateFailed(
            _("“%(tag)s” ট্যাগটি চেনা যায় না। “%(each)s”, “%(test)s” এবং এগুলোর শেষ ট্যাগই শুধু ব্যবহার করা যায়।")
            % {"tag": words, "each": "{% for … in … %}", "test": "{% if … %}"}
        )
    tag = Tag(words, found[1] or "", found[2], found[3])
    _refuse_misspelt(tag)
    return tag


def _understood_output(words: str) -> Tag:
    if _MARKED_OUTPUT.match(words) or _TRIMMED.search(words):
        raise TemplateFailed(
            _("“%(tag)s” লেখা যায় না; “%(opener)s”-এর পরে একটি ফাঁকা দিয়ে শুধু ঘরের নাম লিখুন।")
            % {"tag": words, "opener": "{{"}
        )
    tag = Tag(words)
    _refuse_misspelt(tag)
    return tag


def _refuse_misspelt(tag: Tag) -> None:
    if not _is_readable(tag):
        raise TemplateFailed(
            _("“%(tag)s” ট্যাগটি ভুলভাবে লেখা। ঘরের তালিকা থেকে ট্যাগটি কপি করে বসান।") % {"tag": tag.words}
        )


def _is_readable(tag: Tag) -> bool:
    """Whether Jinja can read the tag on its own, so that a complaint can name it."""
    match tag.keyword:
        case "":
            alone = tag.words
        case "for":
            alone = f"{{% for{tag.rest}%}}{{% endfor %}}"
        case "if" | "elif":
            alone = f"{{% if{tag.rest}%}}{{% endif %}}"
        case _:
            return not tag.rest.strip()
    try:
        ENVIRONMENT.parse(alone)
    except TemplateSyntaxError:
        return False
    return True


def _check_place(tag: Tag, paragraph: Any) -> None:
    """A tag that stands for its paragraph, row or cell takes all of that away: is it alone?"""
    name = _CONTAINERS.get(tag.unit)
    if name is None:
        return
    container = paragraph if tag.unit == "p" else _nearest(paragraph, name)
    if container is None:
        raise TemplateFailed(
            _("“%(tag)s” শুধু ছকের ভেতরে বসে। ছকের বাইরে “%(plain)s” লিখুন।")
            % {"tag": tag.words, "plain": tag.words.replace("{%" + tag.unit, "{%p")}
        )
    own = "".join(
        piece.text or "" for piece in container.iter(_TEXT) if _nearest(piece, name) is container
    )
    if own.translate(_QUOTES).strip() != tag.words:
        raise TemplateFailed(
            {
                "p": _("“%(tag)s” একটি অনুচ্ছেদে একা থাকতে হবে; পাশের লেখাটুকু আলাদা অনুচ্ছেদে দিন।"),
                "tr": _("“%(tag)s” ছকের একটি সারিতে একা থাকতে হবে; বাকি লেখা আলাদা সারিতে দিন।"),
                "tc": _("“%(tag)s” ছকের একটি ঘরে একা থাকতে হবে; বাকি লেখা আলাদা ঘরে দিন।"),
            }[tag.unit]
            % {"tag": tag.words}
        )


def _check_pairs(tags: list[Tag]) -> None:
    """Each for and if is ended, in the right order, and by a tag for the same unit of the file."""
    open_tags: list[Tag] = []
    for tag in tags:
        if tag.keyword in _BLOCK_ENDS:
            open_tags.append(tag)
            if len(open_tags) > MAX_DEPTH:
                raise TemplateFailed(
                    _("“%(tag)s” অনেক বেশি ট্যাগের ভেতরে আছে। শর্ত ও তালিকা একটির ভেতরে একটি কম রাখুন।")
                    % {"tag": tag.words}
                )
        elif tag.keyword:
            _check_pair(open_tags[-1] if open_tags else None, tag)
            if tag.keyword not in {"elif", "else"}:
                open_tags.pop()
    if open_tags:
        raise _not_ended(open_tags[-1])


def _check_pair(opened: Tag | None, tag: Tag) -> None:
    """Whether `tag` may follow within, or end, the block that is open."""
    starters = {"endfor": {"for"}, "endif": {"if"}, "elif": {"if"}, "else": {"for", "if"}}
    if opened is None or opened.keyword not in starters[tag.keyword]:
        if opened is not None and tag.keyword in _BLOCK_ENDS.values():
            raise _not_ended(opened)
        raise TemplateFailed(
            _("“%(tag)s” আছে, কিন্তু তার আগে “%(opener)s” নেই।")
            % {
                "tag": tag.words,
                "opener": "{% for … %}" if tag.keyword == "endfor" else "{% if … %}",
            }
        )
    if opened.unit != tag.unit:
        raise TemplateFailed(
            _("“%(opener)s” ও “%(tag)s” একই রকম নয়; “%(mended)s” লিখুন।")
            % {
                "opener": opened.words,
                "tag": tag.words,
                "mended": f"{{%{opened.unit} {tag.keyword}{tag.rest}%}}",
            }
        )


def _not_ended(tag: Tag) -> TemplateFailed:
    return TemplateFailed(
        _("“%(tag)s” শুরু হয়েছে, কিন্তু “%(closer)s” দিয়ে শেষ হয়নি।")
        % {"tag": tag.words, "closer": f"{{%{tag.unit} {_BLOCK_ENDS[tag.keyword]} %}}"}
    )
