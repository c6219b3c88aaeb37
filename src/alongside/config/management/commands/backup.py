from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config import backups
from alongside.kernel.clock import now


class Command(BaseCommand):
    help = "Write everything into one file, while the house stays open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to; by default into the data folder")

    def handle(self, *, file: Path | None, **options: Any) -> str:
        try:
            path = backups.back_up(file, at=now())
        except backups.ToolMissing as missing:
            raise CommandError(f"{missing.program} is missing. Type: sudo apt-get install postgresql-client") from None
        except (backups.ToolFailed, backups.NotABackup) as failure:
            raise CommandError(f"The backup failed, and no file was left behind: {failure.reason}") from None
        return f"Everything is in {path} ({path.stat().st_size / 1_000_000:.1f} MB), checked."
