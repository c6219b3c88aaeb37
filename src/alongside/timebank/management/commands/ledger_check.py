"""`alongside ledger check`: read every book anew and say what is not as it must be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.kernel.clock import now
from alongside.people.models import Community
from alongside.timebank.ledger import selfcheck


class Command(BaseCommand):
    help = "Check the books: sums, balances, entries, the chain of seals, totals and guards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--community", help="the short name of one community; all of them unless told")

    def handle(self, *args: Any, **options: Any) -> None:
        communities = Community.objects.order_by("slug")
        if options["community"]:
            communities = communities.filter(slug=options["community"])
            if not communities:
                raise CommandError(f"There is no community {options['community']}.")
        wrong = 0
        for community in communities:
            report = selfcheck.check(community, at=now())
            wrong += len(report.findings)
            self.stdout.write(f"{community.slug}: {report.transfers} transfers, {len(report.findings)} findings")
            for finding in report.findings:
                facts = ", ".join(f"{name} {value}" for name, value in finding.facts.items())
                self.stdout.write(f"  {finding.name}: {facts}")
        if wrong:
            raise CommandError(f"{wrong} findings.")
