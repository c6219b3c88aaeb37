"""`alongside demo`: a made-up community to look around in."""

from typing import Any

from django.core.management.base import BaseCommand

from alongside.kernel.clock import now
from alongside.web import demo


class Command(BaseCommand):
    help = "Load the demo community: about 120 made-up people and 18 months of their hours."

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            community = demo.load(at=now())
        except demo.DemoIsHere:
            return "The demo community is here already."
        return f"{community} is ready. Everybody in it is made up."
