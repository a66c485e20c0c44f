"""Looking over an office's own template before it is kept."""

import logging
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import TemplateFailed
from .fields import Field, content_of, fields_of, sample_of
from .opening import open_template
from .reading import FieldReader
from .render import ENVIRONMENT, render_word
from .tags import check_tags

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What was found, as sentences for the person who brought the template.

    `problem` ends the check, so with it the other two are empty. `unknown` names what does not
    exist, `missing` what every paper of the kind must show.
    """

    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    problem: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything to be mended; none if the template can be used."""
        return (*((self.problem,) if self.problem else ()), *self.unknown, *self.missing)


def check_template(kind: str, data: bytes) -> TemplateCheck:
    """Whether the file can serve as the template of this kind ("minutes" or "notice").

    The caller has seen to it that `data` is no larger than an upload may be.
    """
    try:
        return _looked_over(kind, data)
    except TemplateFailed as error:
        return TemplateCheck(problem=str(error))
    except Exception:
        # The file comes from outside: what Word libraries stumble over cannot be listed.
        logger.warning("A Word template could not be looked over", exc_info=True)
        return TemplateCheck(
            problem=_(
                "টেমপ্লেটটি পড়া গেল না। Word-এ খুলে নতুন নামে সংরক্ষণ করে আবার দিন, অথবা আমাদের "
                "টেমপ্লেটটি নামিয়ে তা থেকে শুরু করুন।"
            )
        )


def _looked_over(kind: str, data: bytes) -> TemplateCheck:
    """The parts in order: the file, its tags as typed, then what they do with the fields."""
    content = content_of(kind)
    document = open_template(data)
    reader = FieldReader(content)
    for xml in document.tagged_parts():
        check_tags(xml)
        reader.read(ENVIRONMENT.parse(document.healed(xml)))
    unknown = tuple(_unknown(name, near) for name, near in reader.unknown.items())
    missing = _missing(kind, reader.used)
    if not (unknown or missing):
        _try_out(kind, content, data)
    return TemplateCheck(unknown, missing)


def _try_out(kind: str, content: Field, data: bytes) -> None:
    """Fill the template in with everything, in each shape, and with nothing at all."""
    shapes = max(len(field.values) for field in content.inside)
    for choice in range(shapes):
        render_word(kind, sample_of(content, filled=True, choice=choice), data)
    render_word(kind, sample_of(content, filled=False), data)


def _unknown(name: str, near: str) -> str:
    if near:
        return _("“{{ %(name)s }}” নামে কোনো ঘর নেই; আপনি কি “{{ %(near)s }}” লিখতে চেয়েছেন?") % {
            "name": name,
            "near": near,
        }
    return _("“{{ %(name)s }}” নামে কোনো ঘর নেই। ঘরের তালিকা দেখে নাম ঠিক করুন।") % {"name": name}


def _missing(kind: str, used: set[str]) -> tuple[str, ...]:
    seen = {path.removesuffix("[]") for path in used}
    return tuple(
        _("“%(label)s” টেমপ্লেটে নেই। যেখানে বসবে সেখানে লিখুন: %(tag)s")
        % {"label": field.label, "tag": field.usage}
        for field in fields_of(kind)
        if field.is_required and field.path not in seen
    )
