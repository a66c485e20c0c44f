"""Settings, URLs, WSGI and Celery: how the rooms are put together."""

from .celery import app as celery_app

__all__ = ("celery_app",)
