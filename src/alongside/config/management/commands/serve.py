from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.preparation import NotFitForProduction, migrate_if_needed, require_fit_for_production
from alongside.config.supervisor import ALONGSIDE, supervise, web


class Command(BaseCommand):
    help = "Start web server, worker and clock where people rely on them."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000", help="host:port or unix:PATH that the proxy speaks to")
        parser.add_argument("--workers", type=int, default=2, help="web processes; about one a processor core")

    def handle(self, *, bind: str, workers: int, **options: Any) -> None:
        if not settings.PRODUCTION:
            raise CommandError("ALONGSIDE_MODE is development. On one's own machine type: ./do run")
        try:
            require_fit_for_production()
        except NotFitForProduction as refusal:
            raise CommandError("Not safe to open yet:\n- " + "\n- ".join(refusal.findings)) from None
        migrate_if_needed()
        call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"Alongside listens at {bind} for {settings.PUBLIC_ADDRESS}")
        self.stdout.flush()
        parts = {
            "web server": web(bind=bind, workers=workers),
            "worker": [*ALONGSIDE, "work"],
            "clock": [*ALONGSIDE, "clock"],
        }
        if code := supervise(parts, say=self.stdout.write):
            raise SystemExit(code)
