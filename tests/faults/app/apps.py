"""The fault tests' own app, as Django knows it."""

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    """Brings `jobhandlers.py` into the process of a worker."""

    name = "tests.faults.app"
    label = "faults"
