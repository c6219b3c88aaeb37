"""`alongside import timeoverflow`: another time bank's members, offers and history move in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alongside.interop import actions
from alongside.interop.actions.reading import read, report_on
from alongside.interop.rules.tables import NotATable
from alongside.interop.words import TOO_MANY_WAITING, WHY_NOT_A_TABLE, error_line, error_rows
from alongside.kernel.clock import now
from alongside.kernel.hours import format_hours
from alongside.people.models import Community
from alongside.timebank.models import Account


class Command(BaseCommand):
    help = "Move members, offers and hours in from TimeOverflow's files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--community", required=True, metavar="SLUG", help="its short name in addresses")
        parser.add_argument("--members", type=Path, metavar="FILE", help="the members, as TimeOverflow writes them")
        parser.add_argument("--posts", type=Path, metavar="FILE", help="the offers and requests")
        parser.add_argument("--transfers", type=Path, metavar="FILE", help="the history of hours")
        parser.add_argument("--dry-run", action="store_true", help="read and report; move nothing in")

    def handle(self, *args: Any, **options: Any) -> None:
        community = Community.objects.filter(slug=options["community"]).first()
        if community is None:
            raise CommandError(f"There is no community with the short name {options['community']!r}.")
        files = {name: _bytes(options[name]) for name in ("members", "posts", "transfers") if options[name]}
        if not files:
            raise CommandError("Name at least one file: --members, --posts or --transfers.")
        try:
            report = report_on(community, read(community, files, at=now()))
            self.tell(report)
            if report["error_count"]:
                raise CommandError("Nothing was moved in. Mend the rows above and try again.")
            if options["dry_run"]:
                self.stdout.write("Nothing was moved in, as asked (--dry-run).")
                return
            made = actions.read_files(community=community, files=files, by=None, at=now())
        except NotATable as refusal:
            raise CommandError(f"{refusal.file}: {WHY_NOT_A_TABLE[refusal.why]}") from None
        except actions.TooManyWaiting:
            raise CommandError(str(TOO_MANY_WAITING)) from None
        self.tell_outcome(actions.move_in(waiting=made, by=None, at=now()).report)

    def tell(self, report: dict[str, Any]) -> None:
        for name in ("members", "posts", "transfers"):
            self.stdout.write(f"{name}: {report[name]['rows']} rows, {report[name]['known']} of them here already")
        rounded = report["transfers"]["rounded"]
        if rounded:
            seconds = report["transfers"]["rounded_seconds"]
            self.stdout.write(f"{rounded} transfers rounded to whole minutes, {seconds:+d} seconds in all")
        for error in error_rows(report):
            self.stdout.write(error_line(error))
        if report["error_count"] > len(report["errors"]):
            self.stdout.write(f"and {report['error_count'] - len(report['errors'])} more rows with errors")

    def tell_outcome(self, report: dict[str, Any]) -> None:
        for uid in report["new_numbers"]:
            self.stdout.write(f"member {uid}: somebody has this number already, so they got the next free one")
        for account in Account.objects.filter(pk__in=report["beyond_limits"]).with_holders():
            self.stdout.write(f"beyond their limits: {account}, {format_hours(account.balance_minutes)}")
        self.stdout.write("Everything has moved in.")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
