"""The rehearsal: 400 made-up members and their history move in, and every balance agrees."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Sum

from alongside.interop import actions
from alongside.interop.models import Import, ImportedRow
from alongside.interop.rules import timeoverflow
from alongside.interop.rules.tables import read_rows
from alongside.people.models import Community, Membership, Person
from alongside.people.tests.factories import NOON, community, coordinator_in
from alongside.strengths.models import Listing
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "timeoverflow"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.is_dir(), reason="the rehearsal files are not beside the checkout"),
]
FILES = ("members", "posts", "transfers")


@pytest.fixture(name="expected", scope="module")
def expected_fixture():
    return json.loads((DATA / "expected.json").read_text())


def a_time_bank() -> Community:
    town = community("Banc del Temps")
    timebank.open_time_bank(community=town, by=None, at=NOON)
    return town


def rehearsal() -> dict[str, bytes]:
    return {name: (DATA / f"{name}.csv").read_bytes() for name in FILES}


def among_the_first(many: int) -> dict[str, bytes]:
    """The rehearsal, as if only the first members had been there."""
    here = {str(uid) for uid in range(1, many + 1)}

    def kept(name: str, *columns: int) -> bytes:
        out = StringIO(newline="")
        rows = csv.reader(StringIO(rehearsal()[name].decode(), newline=""))
        csv.writer(out).writerows(row for row in rows if all(row[column] in here for column in columns))
        return out.getvalue().encode()

    return {"members": kept("members", 0), "posts": kept("posts", 0), "transfers": kept("transfers", 0, 2)}


def read_and_move(town, files, *, by=None):
    waiting = actions.read_files(community=town, files=files, by=by, at=NOON)
    return actions.move_in(waiting=waiting, by=by, at=NOON)


def balances_by_number(town) -> dict[str, int]:
    accounts = Account.objects.of(town).filter(kind=Account.Kind.PERSON, person__memberships__community=town)
    return {
        str(number): minutes
        for number, minutes in accounts.values_list("person__memberships__number", "balance_minutes")
    }


def seconds_rounded_by_number() -> dict[str, int]:
    """How many seconds each member's balance moved because seconds became whole minutes."""
    moved: dict[str, int] = {}
    for row in timeoverflow.read_transfers(read_rows(rehearsal()["transfers"])).rows:
        difference = row.minutes * 60 - row.seconds
        for uid, sign in ((row.payer_uid, -1), (row.payee_uid, 1)):
            if uid is not None:
                moved[uid] = moved.get(uid, 0) + sign * difference
    return moved


def assert_agrees(town, expected) -> None:
    balances, rounded = balances_by_number(town), seconds_rounded_by_number()
    for uid, seconds in expected["balance_seconds_by_member_uid"].items():
        assert balances.get(uid, 0) * 60 == seconds + rounded.get(uid, 0), f"member {uid}"
    everything = Account.objects.of(town).with_balance().aggregate(total=Sum("exact_minutes"))
    assert everything == {"total": 0}


def test_the_command_moves_the_rehearsal_in_and_the_balances_agree(expected, capsys):
    town = a_time_bank()

    call_command("import_timeoverflow", community=town.slug, **{name: DATA / f"{name}.csv" for name in FILES})

    assert_agrees(town, expected)
    assert Membership.objects.of(town).count() == expected["members"]
    assert Listing.objects.of(town).count() == expected["posts"]
    assert Transfer.objects.of(town).count() == expected["transfers"]
    told = capsys.readouterr().out
    assert f"{expected['not_whole_minutes']} transfers rounded to whole minutes" in told
    assert "beyond their limits:" in told


def test_the_same_files_a_second_time_double_nothing_and_an_undo_takes_it_all_back():
    town = a_time_bank()
    cora = coordinator_in(town).person
    files = among_the_first(40)
    moved = read_and_move(town, files, by=cora)
    posted = Transfer.objects.of(town).count()

    again = read_and_move(town, files, by=cora)

    assert posted > 100
    assert Transfer.objects.of(town).count() == posted
    assert again.report["transfers"]["known"] == posted

    actions.undo_import(moved=moved, by=cora, at=NOON)

    assert set(balances_by_number(town).values()) == {0}
    assert Membership.objects.of(town).current().count() == 1
    assert not Person.objects.filter(memberships__community=town, erased_at=None).exclude(pk=cora.pk).exists()
    assert not Listing.objects.of(town).filter(closed_at=None).exists()


def test_a_dry_run_reports_and_writes_nothing(capsys):
    town = a_time_bank()

    call_command(
        "import_timeoverflow", community=town.slug, dry_run=True, **{name: DATA / f"{name}.csv" for name in FILES}
    )

    assert "Nothing was moved in, as asked" in capsys.readouterr().out
    assert not Membership.objects.of(town).exists()
    assert not Import.objects.exists()
    assert not ImportedRow.objects.exists()
