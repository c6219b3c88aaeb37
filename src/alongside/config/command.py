"""The `alongside` command: a door to the management commands, opened only when needed."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
