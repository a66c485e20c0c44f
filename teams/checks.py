"""What `manage.py check --deploy` asks of our own settings."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_public_address(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Letters, papers and redirects name SITE_URL, never what a request calls us."""
    found: list[CheckMessage] = []
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Warning(
                f"SITE_URL is {settings.SITE_URL!r}, and links in letters will be as it says.",
                hint="Set it to the public address, such as https://innovation.example.gov.bd.",
                id="teams.W001",
            )
        )
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        found.append(
            Warning(
                "ALLOWED_HOSTS takes names of which nobody knows whose they are.",
                hint="Name each host in full.",
                id="teams.W002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def check_second_factor(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Whoever decides for others proves who they are in two ways."""
    if settings.SECOND_FACTOR == "required":
        return []
    return [
        Warning(
            "SECOND_FACTOR is 'offered': heads, reviewers and administrators need a password only.",
            hint="Leave SECOND_FACTOR out, unless this is a demonstration.",
            id="teams.W003",
        )
    ]
