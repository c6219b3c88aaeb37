"""The books as files that other programs read."""

import csv
import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from alongside.people.models import Community
from alongside.timebank import actions as timebank
from alongside.timebank.models import (
    Entry,
    RecognisedWork,
)
from alongside.timebank.tests.factories import (
    NOON,
    neighbors,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


def lively_town() -> Community:
    amina, ben = neighbors("Amina", "Ben")
    pot = pot_of(amina.community)
    transfer = pay(amina, ben, 60, note="Not for the export")
    pay(ben, pot, 20, kind="gift", category=None, after_minutes=1)
    later = NOON + timedelta(minutes=2)
    timebank.reverse(transfer=transfer, minutes=10, reason="Shorter", by=None, at=later, key="back")
    return amina.community


def test_hledger_agrees_with_the_books(needs_tool, tmp_path: Path, capsys):
    hledger = needs_tool("hledger")
    town = lively_town()
    journal = tmp_path / "books.journal"

    call_command("ledger_export", "--community", town.slug)
    journal.write_text(capsys.readouterr().out)

    checked = subprocess.run([hledger, "-f", str(journal), "check", "--strict"], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stderr.decode()
    assert "Not for the export" not in journal.read_text()


def test_hledger_refuses_a_journal_whose_balance_was_changed(needs_tool, tmp_path: Path, capsys):
    hledger = needs_tool("hledger")
    town = lively_town()
    journal = tmp_path / "books.journal"

    call_command("ledger_export", "--community", town.slug)
    journal.write_text(capsys.readouterr().out.replace("= -50 min", "= -51 min"))

    checked = subprocess.run([hledger, "-f", str(journal), "check"], capture_output=True, check=False)
    assert checked.returncode != 0


def test_the_csv_holds_every_transfer_and_no_words(capsys):
    town = lively_town()

    call_command("ledger_export", "--community", town.slug, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["kind"], row["minutes"]) for row in rows] == [("exchange", "60"), ("gift", "20"), ("reversal", "10")]
    assert not any("Not for the export" in cell for row in rows for cell in row.values())


def test_the_entries_of_a_community_always_sum_to_zero():
    lively_town()

    assert sum(Entry.objects.values_list("minutes", flat=True)) == 0
    assert RecognisedWork.objects.count() == 0
