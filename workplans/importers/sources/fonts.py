"""Which font a stretch of text is in, as far as it matters: one for Bijoy codes or any other."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from lxml import html

from bangla.bijoy import is_bijoy_font
from teams.uploads.archive import attribute, children, first_child

_MOST_STEPS: Final = 12  # from a style to what it is based on
_FAMILY: Final = re.compile(
    r"(?:^|[;{\s])(?:mso-ascii-)?font-family\s*:\s*([^;,}]+)", re.IGNORECASE
)
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR: Final = re.compile(r"^(?P<tag>[a-z0-9]*)(?:\.(?P<name>[\w-]+))?$", re.IGNORECASE)


@dataclass
class WordFonts:
    """The fonts of a Word file: what a run says itself, else its styles, else the defaults."""

    by_style: dict[str, bool | None] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)
    standard: str = ""  # the style of paragraphs that name none
    default: bool = False

    def of(self, paragraph: Element) -> Callable[[Element], bool]:
        """For the runs of `paragraph`: whether each is in a Bijoy font."""
        style = _value(first_child(first_child(paragraph, "pPr"), "pStyle")) or self.standard
        inherited = self._of_style(style)

        def is_typed(run: Element) -> bool:
            properties = first_child(run, "rPr")
            own = _told(first_child(properties, "rFonts"))
            if own is None:
                own = self._of_style(_value(first_child(properties, "rStyle")))
            if own is None:
                own = inherited
            return self.default if own is None else own

        return is_typed

    def _of_style(self, style: str) -> bool | None:
        for _step in range(_MOST_STEPS):
            if not style:
                return None
            told = self.by_style.get(style)
            if told is not None:
                return told
            style = self.based_on.get(style, "")
        return None


def read_word_fonts(root: Element | None) -> WordFonts:
    """Read a document's part of styles; None when it has none."""
    fonts = WordFonts()
    if root is None:
        return fonts
    defaults = first_child(first_child(first_child(root, "docDefaults"), "rPrDefault"), "rPr")
    fonts.default = bool(_told(first_child(defaults, "rFonts")))
    for style in children(root, "style"):
        name = attribute(style, "styleId") or ""
        fonts.by_style[name] = _told(first_child(first_child(style, "rPr"), "rFonts"))
        fonts.based_on[name] = _value(first_child(style, "basedOn"))
        is_default = attribute(style, "default") in {"1", "true", "on"}
        if is_default and attribute(style, "type") == "paragraph":
            fonts.standard = name
    return fonts


class PageFonts:
    """The fonts of an HTML page: of an element's own style, its class, or what holds it."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._rules: dict[tuple[str, str], bool] = {}
        for sheet in root.iter("style"):
            self._read_rules(sheet.text or "")

    def told_by(self, element: html.HtmlElement) -> bool | None:
        """Whether `element` asks for a Bijoy font; None when it says nothing of fonts."""
        face = element.get("face")
        if element.tag == "font" and face:
            return is_bijoy_font(face.split(",")[0])
        told = _family(element.get("style") or "")
        if told is not None or not self._rules:
            return told
        for name in (element.get("class") or "").split():
            for tag in (element.tag, ""):
                if (tag, name) in self._rules:
                    return self._rules[tag, name]
        return self._rules.get((element.tag, ""))

    def _read_rules(self, text: str) -> None:
        for selectors, body in _RULE.findall(text.replace("<!--", " ").replace("-->", " ")):
            told = _family(body)
            if told is None:
                continue
            for selector in re.sub(r"/\*.*?\*/", " ", selectors, flags=re.DOTALL).split(","):
                match = _SELECTOR.match(selector.strip())
                if match and (match["tag"] or match["name"]):
                    self._rules[match["tag"].lower(), match["name"] or ""] = told


def _family(style: str) -> bool | None:
    families = _FAMILY.findall(style)
    return is_bijoy_font(families[0]) if families else None


def _told(fonts: Element | None) -> bool | None:
    """What a w:rFonts says of Latin letters, which Bijoy codes are; None when nothing."""
    if fonts is None:
        return None
    if attribute(fonts, "asciiTheme"):
        return False
    name = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    return None if name is None else is_bijoy_font(name)


def _value(element: Element | None) -> str:
    return "" if element is None else attribute(element, "val") or ""
