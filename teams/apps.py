from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = _("টিম ও দপ্তর")

    def ready(self) -> None:
        """Let every room say what the record keeps of it, how it words it, and its rules."""
        autodiscover_modules("administration", "checks", "kept", "record_words")
