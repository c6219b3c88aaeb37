from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from alongside.people.actions import demo_links


class Command(BaseCommand):
    help = "Print a link for each role of a made-up community, which signs you in on this machine for 12 hours."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--address", default=settings.PUBLIC_ADDRESS, help="where the site answers")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            links = demo_links.links()
        except demo_links.NoDemoHere:
            raise CommandError("No links: they exist only for a made-up community, on a laptop.") from None
        for link in links:
            address = options["address"].rstrip("/") + reverse("people:demo_entry", args=[link.token])
            self.stdout.write(f"{link.person}, {link.role.label}: {address}")
