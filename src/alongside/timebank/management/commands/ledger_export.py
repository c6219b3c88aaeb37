"""`alongside ledger export`: a community's whole book as a file."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.people.models import Community
from alongside.timebank.ledger import export

FORMATS = {"hledger": export.to_hledger, "csv": export.to_csv}


class Command(BaseCommand):
    help = "Write every transfer of a community, for hledger or as CSV."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", required=True, help="the short name of the community")
        parser.add_argument("--format", choices=FORMATS, default="hledger", help="hledger or csv")

    def handle(self, *args: Any, **options: Any) -> None:
        community = Community.objects.filter(slug=options["community"]).first()
        if community is None:
            raise CommandError(f"There is no community {options['community']}.")
        written = FORMATS[options["format"]](community, self.stdout)
        self.stderr.write(f"{written} transfers written.")
