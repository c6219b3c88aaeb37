import os
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.config.addresses import FIRST_PORT, LOOPBACK, asked_port, is_taken
from alongside.config.preparation import migrate_if_needed
from alongside.config.supervisor import ALONGSIDE, supervise, web
from alongside.people.models import Community


class Command(BaseCommand):
    help = "Start everything on this machine, with a made-up community when there is none."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=FIRST_PORT, help="the port to take; the next free one if taken")

    def handle(self, *, port: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for one's own machine. In production type: alongside serve")
        if migrate_if_needed():
            self.stdout.write("The database is up to date.")
        if not Community.objects.exists():
            self.stdout.write("Loading a made-up community …")
            call_command("demo")
        self.stdout.write("Starting …")
        self.stdout.flush()
        asked, taken = asked_port(["--port", str(port)]), int(os.environ["ALONGSIDE_PORT"])

        def greet() -> bool:
            """A link that is printed before somebody listens leads to an error page of the browser."""
            if is_open := is_taken(socket.AF_INET, LOOPBACK, taken):
                self.announce(asked=asked, taken=taken)
            return is_open

        code = supervise(self.parts(taken), say=self.stdout.write, greet=greet)
        if code:
            raise SystemExit(code)

    def parts(self, port: int) -> dict[str, Any]:
        return {
            "web server": web(bind=f"{LOOPBACK}:{port}", workers=2),
            "worker": [*ALONGSIDE, "work"],
            "clock": [*ALONGSIDE, "clock"],
        }

    def announce(self, *, asked: int, taken: int) -> None:
        if asked != taken:
            self.stdout.write(f"Port {asked} is taken, so this is port {taken}.")
        self.stdout.write(f"Alongside is at {settings.PUBLIC_ADDRESS} (stop with Ctrl-C)")
        if not settings.EMAIL_HOST:
            self.stdout.write(f"E-mails are not sent from here. They lie in {settings.EMAIL_FILE_PATH}")
        if Community.objects.filter(is_demo=True).exists():
            self.stdout.write("\nA link for each role of the made-up community. Open one in your browser:\n")
            call_command("demo_links", stdout=self.stdout)
        self.stdout.flush()
