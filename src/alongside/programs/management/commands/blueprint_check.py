"""`alongside blueprint check FILE …`: say everything that is wrong with a blueprint, line by line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.programs.rules.blueprint import fill, read
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.serving import sections


class Command(BaseCommand):
    help = "Check blueprint files: every fault with its line, the reason and a hint."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a blueprint, a file that ends in .toml")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = sum(self._faults(Path(name)) for name in options["files"])
        if wrong:
            raise CommandError(f"{wrong} faults.")

    def _faults(self, path: Path) -> int:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as trouble:
            raise CommandError(f"{path}: {trouble.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{path}: this is no text in UTF-8.") from None
        try:
            blueprint = read(text, sections())
            fill(blueprint, {ask.key: ask.usual for ask in blueprint.asks}, sections())
        except DoesNotFit as refusal:
            for fault in refusal.faults:
                self.stdout.write(f"{path}: {fault}")
            return len(refusal.faults)
        self.stdout.write(f"{path}: {blueprint.title}, version {blueprint.version}: a blueprint, nothing is wrong.")
        return 0
