#!/usr/bin/env python3
"""Django's command line, run with the project's settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(
            f"{missing}. Run `make setup` once, then use .venv/bin/python manage.py …"
        ) from missing
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
