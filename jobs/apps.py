"""The jobs room, as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Finds every installed app's `jobhandlers.py`, as the admin finds `admin.py`."""

    name = "jobs"
    verbose_name = _("চলমান কাজ ও সংরক্ষিত নথি")

    def ready(self) -> None:
        autodiscover_modules("jobhandlers")
