"""Forms of offices, teams and people, one module for each part of the room."""

from .base import BaseForm, OwnOfficeForm

__all__ = ["BaseForm", "OwnOfficeForm"]
