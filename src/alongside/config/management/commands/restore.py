from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config import backups
from alongside.kernel.clock import now


class Command(BaseCommand):
    help = "Bring back everything from a backup file."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a backup that alongside backup made")
        parser.add_argument(
            "--replace", action="store_true", help="put it in the place of what is there, which is backed up first"
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            former = backups.restore(file, replace=replace, at=now())
        except backups.NotEmpty:
            kept = "There are people in this database. To put the backup in their place add --replace"
            raise CommandError(kept) from None
        except backups.NotABackup as refusal:
            raise CommandError(f"{refusal.path} cannot be restored: {refusal.reason}. Nothing was changed.") from None
        except backups.ToolMissing as missing:
            raise CommandError(f"{missing.program} is missing. Type: sudo apt-get install postgresql-client") from None
        except backups.ToolFailed as failure:
            raise CommandError(f"The database was not restored: {failure.reason}") from None
        if former:
            self.stdout.write(f"What was there before is in {former}")
        call_command("ledger_check", stdout=self.stdout)
        self.stdout.write(f"Everything from {file} is back.")
