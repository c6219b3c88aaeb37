"""`alongside community create`: a community from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.kernel.clock import now
from alongside.kernel.hours import NotAnAmountOfTime, parse_minutes
from alongside.people import actions as people
from alongside.web import actions


class Command(BaseCommand):
    help = "Set up a community with its time bank, without a coordinator: invite one afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what people call it, such as “Rosewood Time Bank”")
        parser.add_argument("--slug", default="", help="short name in addresses; made from the name when left out")
        parser.add_argument("--place", default="", help="town or neighborhood")
        parser.add_argument("--language", default="en", help="en or es")
        parser.add_argument("--time-zone", default="Europe/London", help="such as Europe/Madrid")
        parser.add_argument("--float", default="10:00", help="hours anybody may receive before giving (10:00)")
        parser.add_argument("--ceiling", default="", help="most hours anybody may save up (no limit)")

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            community = actions.found_community(
                by=None,
                at=now(),
                name=options["name"],
                slug=options["slug"],
                place=options["place"],
                language=options["language"],
                time_zone=options["time_zone"],
                opening_float=parse_minutes(options["float"]),
                ceiling=parse_minutes(options["ceiling"]) if options["ceiling"] else None,
            )
        except NotAnAmountOfTime as refusal:
            raise CommandError(f"“{refusal.text}” is not an amount of hours; write 10 or 7:30.") from None
        except people.NameMissing:
            raise CommandError("A community needs a name of at least one letter.") from None
        except people.AddressTaken as refusal:
            raise CommandError(f"Another community is already at “{refusal.slug}”; choose another --slug.") from None
        return f"{community.name} is at /c/{community.slug}/"
