"""The settings as somebody would deploy them: nothing that Django or we would warn of."""

import json
import os
import secrets
import subprocess
import sys

import pytest

from scripts.processes import ROOT

PRODUCTION = {
    "DEBUG": "false",
    "HTTPS": "true",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "SITE_URL": "https://udbhabon.example",
    "ALLOWED_HOSTS": "udbhabon.example",
    "TRUSTED_PROXY_COUNT": "1",
    "SECOND_FACTOR": "required",
}
CHECK = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")
ASKED = (
    "SECURE_PROXY_SSL_HEADER",
    "SECURE_SSL_HOST",
    "SECURE_SSL_REDIRECT",
    "USE_X_FORWARDED_HOST",
)
TELL = (
    "import json; from django.conf import settings; "
    f"print(json.dumps({{name: getattr(settings, name) for name in {ASKED}}}))"
)


def python(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings", **env}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=ours | settings,
        capture_output=True,
        text=True,
    )


def test_deployment_check_has_nothing_to_say() -> None:
    done = python(*CHECK, **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"HTTPS": "false", "SECRET_KEY": "short"}, ("security.W004", "security.W009")),
        ({"SITE_URL": "http://localhost:8000", "ALLOWED_HOSTS": "*"}, ("teams.W001", "teams.W002")),
    ],
    ids=["without HTTPS", "without a name"],
)
def test_deployment_check_finds_what_is_missing(
    wrong: dict[str, str], said: tuple[str, ...]
) -> None:
    done = python(*CHECK, **PRODUCTION | wrong)
    assert done.returncode == 1
    assert all(one in done.stderr for one in said), done.stderr


def test_what_a_proxy_says_is_believed_only_with_https() -> None:
    """Of the scheme; of the host never."""
    for https, header in (("true", ["HTTP_X_FORWARDED_PROTO", "https"]), ("false", None)):
        told = json.loads(python("-c", TELL, **PRODUCTION | {"HTTPS": https}).stdout)
        assert told["SECURE_PROXY_SSL_HEADER"] == header
        assert told["USE_X_FORWARDED_HOST"] is False
        assert told["SECURE_SSL_HOST"] == "udbhabon.example"
