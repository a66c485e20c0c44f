"""The day whose duties are asked for."""

from django.utils.translation import gettext_lazy as _

from ..fields import BengaliDateField
from .base import BaseForm


class TermsForm(BaseForm):
    on = BengaliDateField(label=_("যে তারিখের কার্যপরিধি"), required=False, max_length=60)
