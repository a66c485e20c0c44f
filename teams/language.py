"""The language of the page."""

from django.utils.translation import get_language


def in_bengali() -> bool:
    """Whether the page is shown in Bengali (the source language)."""
    return (get_language() or "bn").startswith("bn")
