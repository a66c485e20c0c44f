"""The papers of a meeting as Word files, in our shape or in an office's own.

`default_template` is our shape, `fields_of` lists what an office's own may show, `check_template`
looks such a file over before it is kept, and `render_word` fills in either.
"""

from .check import TemplateCheck, check_template
from .defaults import default_template
from .errors import TemplateFailed
from .fields import TemplateField, fields_of
from .render import render_word

__all__ = [
    "TemplateCheck",
    "TemplateFailed",
    "TemplateField",
    "check_template",
    "default_template",
    "fields_of",
    "render_word",
]
