# ruff: noqa: E501
"""A person with a database shell tries to break the books. Each attack must end in a refusal, each book unchanged."""

from typing import Any

import pytest

from alongside.timebank import actions as timebank
from alongside.timebank.ledger.fold import fold
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account
from alongside.timebank.tests.factories import DAY, NOON, any_category, make_community, neighbors, pay, pot_of
from alongside.timebank.tests.shell import attack, books, literal
from alongside.timebank.tests.shell_on_postgresql import BESIDE, ON_POSTGRESQL

COLUMNS = "(id, community_id, key, kind, payer_id, payee_id, minutes, category_id, helped_on, posted_at, channel)"


@pytest.fixture
def scene(committed_db: None) -> dict[str, Any]:
    """Two posted and folded transfers, one queued, a hold, a pot: the names that attacks are written with."""
    amina, ben, chris = neighbors("Amina", "Ben", "Chris", floor_minutes=-600)
    one, two = pay(amina, ben, 60), pay(ben, chris, 30, after_minutes=1)
    fold(NOON)
    queued = pay(chris, pot_of(amina.community), 10, kind="gift", after_minutes=2)
    hold = timebank.hold(
        payer=amina, payee=ben, minutes=20, category=any_category(amina.community), by=None, at=NOON, key="hold-1"
    )
    other = make_community()
    ids = {
        "one": one.id, "two": two.id, "queued": queued.id, "amina": amina.id, "ben": ben.id, "chris": chris.id,
        "town": amina.community_id, "other": other.id, "category": any_category(amina.community).id,
        "hold": hold.id, "pot": pot_of(amina.community).id, "dora": Account.objects.of(other).earliest("opened_at").id,
        "fresh": "0192aaaa-0000-7000-8000-000000000001",
    }  # fmt: skip
    names = {name: f"'{id}'" if isinstance(id, str) else literal(id) for name, id in ids.items()}
    names["columns"] = COLUMNS
    names["rest"] = f"{names['category']}, '{DAY}', '2026-03-03 12:00:00+00', 'web'"
    names["of"] = f"{names['category']}, '{DAY}', 'exchange'"
    names["insert"] = (
        f"INSERT INTO timebank_transfer {COLUMNS} VALUES ({names['fresh']}, {names['town']}, 'fresh', 'exchange'"
    )
    names["entry"] = (
        "INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, seq, balance_after, placed_at,"
        " other_id, category_id, helped_on, kind) VALUES"
    )
    names["account"] = (
        "INSERT INTO timebank_account (id, community_id, kind, balance_minutes, held_minutes, awaited_minutes, seq, opened_at) VALUES"
    )
    return names


CHANGES = {
    "a transfer's minutes": ["UPDATE timebank_transfer SET minutes = 1 WHERE id = {one}"],
    "a transfer's payer": ["UPDATE timebank_transfer SET payer_id = {chris} WHERE id = {one}"],
    "a transfer's day": ["UPDATE timebank_transfer SET helped_on = '2020-01-01' WHERE id = {one}"],
    "all transfers": ["UPDATE timebank_transfer SET channel = 'paper'"],
    "a transfer removed": ["DELETE FROM timebank_transfer WHERE id = {one}"],
    "a transfer and its entries removed": [
        "DELETE FROM timebank_entry WHERE transfer_id = {one}",
        "DELETE FROM timebank_transfer WHERE id = {one}",
    ],
    "an entry's minutes": ["UPDATE timebank_entry SET minutes = 2 * minutes WHERE transfer_id = {one}"],
    "an entry's account": ["UPDATE timebank_entry SET account_id = {chris} WHERE transfer_id = {one} AND sign = 1"],
    "an entry's partner": ["UPDATE timebank_entry SET other_id = {chris} WHERE transfer_id = {one} AND sign = 1"],
    "an entry's category": ["UPDATE timebank_entry SET category_id = NULL WHERE transfer_id = {one}"],
    "an entry's day": ["UPDATE timebank_entry SET helped_on = '2020-01-01' WHERE transfer_id = {one}"],
    "an entry's kind": ["UPDATE timebank_entry SET kind = 'gift' WHERE transfer_id = {one}"],
    "an entry's running balance": ["UPDATE timebank_entry SET balance_after = 7 WHERE transfer_id = {one}"],
    "an entry's place taken away": [
        "UPDATE timebank_entry SET seq = NULL, balance_after = NULL, placed_at = NULL WHERE transfer_id = {one}"
    ],
    "an entry removed": ["DELETE FROM timebank_entry WHERE transfer_id = {one} AND sign = 1"],
    "an entry moved to another transfer, and that one balanced again": [
        "UPDATE timebank_entry SET transfer_id = {two} WHERE transfer_id = {one} AND sign = 1",
        "{entry} ({town}, {two}, -1, {amina}, -60, 9, -60, '2026-03-03', {ben}, {of})",
    ],
    "a third entry": ["{entry} ({town}, {one}, 1, {ben}, 60, 9, 60, '2026-03-03', {amina}, {of})"],
    "a third entry of no sign": ["{entry} ({town}, {one}, 0, {ben}, 60, 9, 60, '2026-03-03', {amina}, {of})"],
    "a third entry in another community": ["{entry} ({other}, {one}, 1, {dora}, 60, 1, 60, '2026-03-03', {amina}, {of})"],
    "an entry of no transfer": ["{entry} ({town}, {fresh}, 1, {ben}, 60, 9, 60, '2026-03-03', {amina}, {of})"],
    "a balance": ["UPDATE timebank_account SET balance_minutes = 6000 WHERE id = {amina}"],
    "two balances that still sum to zero": [
        "UPDATE timebank_account SET balance_minutes = balance_minutes - 5 WHERE id = {amina}",
        "UPDATE timebank_account SET balance_minutes = balance_minutes + 5 WHERE id = {ben}",
    ],
    "a place counter": ["UPDATE timebank_account SET seq = seq + 1 WHERE id = {amina}"],
    "held hours let go": ["UPDATE timebank_account SET held_minutes = 0 WHERE id = {amina}"],
    "awaited hours added": ["UPDATE timebank_account SET awaited_minutes = 500 WHERE id = {ben}"],
    "an account's community": ["UPDATE timebank_account SET community_id = {other} WHERE id = {amina}"],
    "an account's id": ["UPDATE timebank_account SET id = {fresh} WHERE id = {amina}"],
    "a person's account made a pot": ["UPDATE timebank_account SET kind = 'community_pot', person_id = NULL WHERE id = {amina}"],
    "an account without its holder": ["UPDATE timebank_account SET person_id = NULL WHERE id = {amina}"],
    "an account with another's holder too": [
        "UPDATE timebank_account SET partner_id = {other} WHERE id = {amina}",
    ],
    "a new account of nobody": ["{account} ({fresh}, {town}, 'person', 0, 0, 0, 0, '2026-03-03')"],
    "a new account of an unknown kind": ["{account} ({fresh}, {town}, 'ghost', 0, 0, 0, 0, '2026-03-03')"],
    "a new pot of a person": [
        "INSERT INTO timebank_account (id, community_id, kind, person_id, balance_minutes, held_minutes, awaited_minutes,"
        " seq, opened_at) SELECT {fresh}, {other}, 'community_pot', person_id, 0, 0, 0, 0, opened_at"
        " FROM timebank_account WHERE id = {amina}"
    ],
    "when an account last moved": ["UPDATE timebank_account SET last_placed_at = '2099-01-01' WHERE id = {amina}"],
    "an account removed": ["DELETE FROM timebank_account WHERE id = {amina}"],
    "a hold's minutes": ["UPDATE timebank_hold SET minutes = 1 WHERE id = {hold}"],
    "a hold removed": ["DELETE FROM timebank_hold WHERE id = {hold}"],
    "a hold opened again": [
        "UPDATE timebank_hold SET state = 'released', ended_at = '2026-03-03' WHERE id = {hold}",
        "UPDATE timebank_hold SET state = 'held', ended_at = NULL WHERE id = {hold}",
    ],
    "a seal's hash": ["UPDATE timebank_seal SET hash = 'x' WHERE n = 1"],
    "a seal removed": ["DELETE FROM timebank_seal WHERE n = 1"],
    "a seal with a gap": ["INSERT INTO timebank_seal (community_id, n, transfer_id, hash) VALUES ({town}, 99, {queued}, 'x')"],
    "a seal out of turn": ["INSERT INTO timebank_seal (community_id, n, transfer_id, hash) VALUES ({town}, 2, {queued}, 'x')"],
    "two seals with a gap between": [
        "INSERT INTO timebank_seal (community_id, n, transfer_id, hash)"
        " VALUES ({town}, 3, {queued}, 'x'), ({town}, 5, {fresh}, 'x')"
    ],
    "the queue emptied": ["DELETE FROM timebank_unfolded"],
    "the queue turned to another transfer": ["UPDATE timebank_unfolded SET transfer_id = {one}"],
    "a category removed": ["DELETE FROM timebank_category WHERE id = {category}"],
    "a category's community": ["UPDATE timebank_category SET community_id = {other} WHERE id = {category}"],
    "a transfer of nothing": ["{insert}, {amina}, {ben}, 0, {rest})"],
    "a transfer of less than nothing": ["{insert}, {amina}, {ben}, -5, {rest})"],
    "a transfer of an unknown kind": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'present', {amina}, {ben}, 5, {rest})"
    ],
    "a transfer with an unknown category": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'exchange', {amina}, {ben}, 5, {fresh},"
        " '2026-03-03', '2026-03-03 12:00:00+00', 'web')"
    ],
    "a transfer of help without a category": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'exchange', {amina}, {ben}, 5, NULL,"
        " '2026-03-03', '2026-03-03 12:00:00+00', 'web')"
    ],
    "a transfer without a key": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, '', 'exchange', {amina}, {ben}, 5, {rest})"
    ],
    "a transfer to oneself": ["{insert}, {amina}, {amina}, 5, {rest})"],
    "a transfer to nobody": ["{insert}, {amina}, {fresh}, 5, {rest})"],
    "a transfer out of the community": ["{insert}, {amina}, {dora}, 5, {rest})"],
    "a transfer below the floor": ["{insert}, {amina}, {ben}, 6000, {rest})"],
    "a transfer with a used key": [
        "INSERT INTO timebank_transfer {columns} SELECT {fresh}, community_id, key, kind, payer_id, payee_id, minutes,"
        " category_id, helped_on, posted_at, channel FROM timebank_transfer WHERE id = {one}"
    ],
    "a reversal of more than was moved": [
        "INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, helped_on, posted_at,"
        " channel, reverses_id) VALUES ({fresh}, {town}, 'fresh', 'reversal', {ben}, {amina}, 61, '2026-03-03',"
        " '2026-03-03', 'web', {one})"
    ],
    "a settlement of a hold still held": [
        "INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, helped_on, posted_at,"
        " channel, hold_id) VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 20, '2026-03-03',"
        " '2026-03-03', 'web', {hold})"
    ],
}  # fmt: skip

REPLACEMENTS = {
    "a transfer by id": [
        "INSERT OR REPLACE INTO timebank_transfer {columns} VALUES ({one}, {town}, 'k', 'exchange', {amina}, {ben}, 1, {rest})"
    ],
    "a transfer by key": [
        "INSERT OR REPLACE INTO timebank_transfer {columns} SELECT {fresh}, community_id, key, kind, payer_id, payee_id,"
        " 1, category_id, helped_on, posted_at, channel FROM timebank_transfer WHERE id = {one}"
    ],
    "a transfer by row number": [
        "INSERT OR REPLACE INTO timebank_transfer (rowid, id, community_id, key, kind, payer_id, payee_id, minutes,"
        " category_id, helped_on, posted_at, channel) SELECT rowid, {fresh}, community_id, 'fresh', kind, payer_id,"
        " payee_id, 1, category_id, helped_on, posted_at, channel FROM timebank_transfer WHERE id = {one}"
    ],
    "a transfer by REPLACE, deletes cascading": [
        "PRAGMA recursive_triggers = ON",
        "REPLACE INTO timebank_transfer {columns} VALUES ({one}, {town}, 'k', 'exchange', {amina}, {ben}, 1, {rest})",
    ],
    "an entry": [
        "INSERT OR REPLACE INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, seq,"
        " balance_after, placed_at, other_id, category_id, helped_on, kind) VALUES ({town}, {one}, 1, {ben}, 60, 1, 999, '2026-03-03', {amina}, {of})"
    ],
    "an entry by row number": [
        "INSERT OR REPLACE INTO timebank_entry (rowid, community_id, transfer_id, sign, account_id, minutes, seq,"
        " balance_after, placed_at, other_id, category_id, helped_on, kind) VALUES (1, {town}, {fresh}, 1, {ben}, 60, 9, 999, '2026-03-03', {amina}, {of})"
    ],
    "an entry by update": ["UPDATE OR REPLACE timebank_entry SET seq = 1 WHERE account_id = {ben}"],
    "an account, to begin anew at 0": [
        "INSERT OR REPLACE INTO timebank_account SELECT * FROM timebank_account WHERE id = {amina}"
    ],
    "an account by its holder": [
        "INSERT OR REPLACE INTO timebank_account (id, community_id, kind, person_id, balance_minutes, held_minutes,"
        " awaited_minutes, seq, opened_at) SELECT {fresh}, community_id, kind, person_id, 0, 0, 0, 0, opened_at"
        " FROM timebank_account WHERE id = {amina}"
    ],
    "an account by row number": [
        "INSERT OR REPLACE INTO timebank_account (rowid, id, community_id, kind, partner_id, balance_minutes,"
        " held_minutes, awaited_minutes, seq, opened_at) SELECT rowid, {fresh}, community_id, 'partner', {other}, 0, 0,"
        " 0, 0, opened_at FROM timebank_account WHERE id = {amina}"
    ],
    "an account by taking over its holder": [
        "UPDATE OR REPLACE timebank_account SET person_id = (SELECT person_id FROM timebank_account WHERE id = {ben})"
        " WHERE id = {amina}"
    ],
    "an account by moving its row": [
        "UPDATE OR REPLACE timebank_account SET rowid = (SELECT rowid FROM timebank_account WHERE id = {ben})"
        " WHERE id = {amina}"
    ],
    "a hold": [
        "INSERT OR REPLACE INTO timebank_hold SELECT * FROM timebank_hold WHERE id = {hold}"
    ],
    "a seal": ["INSERT OR REPLACE INTO timebank_seal (community_id, n, transfer_id, hash) VALUES ({town}, 1, {one}, 'x')"],
    "a seal by row number": [
        "INSERT OR REPLACE INTO timebank_seal (rowid, community_id, n, transfer_id, hash)"
        " VALUES (1, {town}, 3, {queued}, 'x')"
    ],
    "a category by its name": [
        "UPDATE OR REPLACE timebank_category SET name = (SELECT name FROM timebank_category WHERE position = 2"
        " AND community_id = {town}) WHERE id = {category}"
    ],
    "a category by id": ["INSERT OR REPLACE INTO timebank_category SELECT * FROM timebank_category WHERE id = {category}"],
    "a category": [
        "UPDATE OR REPLACE timebank_category SET rowid = rowid + 1 WHERE id = {category}"
    ],
}  # fmt: skip

# SQLite takes anything for a number or a day; PostgreSQL's columns do not.
OF_NO_TYPE = {
    "a transfer of half a minute": ["{insert}, {amina}, {ben}, 1.5, {rest})"],
    "a transfer on no day": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 5,"
        " {category}, 'soon', '2026-03-03 12:00:00+00', 'web')"
    ],
    "a transfer on a day no year has": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 5,"
        " {category}, '2026-02-30', '2026-03-03 12:00:00+00', 'web')"
    ],
    "a transfer at no moment": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 5,"
        " {category}, '2026-03-03', 'later', 'web')"
    ],
    "a hold of half a minute": [
        "INSERT INTO timebank_hold (id, community_id, key, payer_id, payee_id, minutes, state, held_at, channel)"
        " VALUES ({fresh}, {town}, 'fresh', {amina}, {ben}, 1.5, 'held', '2026-03-03 12:00:00+00', 'web')"
    ],
}  # fmt: skip

# On PostgreSQL transfers that come as a batch are posted by another trigger, which must refuse the same.
AS_A_BATCH = {
    name: ["SET timebank.batch = 'on'", *sql]
    for name, sql in CHANGES.items()
    if sql[0].startswith(("{insert}", "INSERT INTO timebank_transfer"))
}


def all_refused(attacks: dict[str, list[str]], scene: dict[str, Any]) -> None:
    before = books()
    went_through = [name for name, sql in attacks.items() if attack(one.format(**scene) for one in sql) is None]
    assert went_through == []
    assert books() == before


def test_a_shell_cannot_change_the_books(scene):
    all_refused(CHANGES, scene)


@pytest.mark.sqlite_only
def test_a_shell_cannot_replace_rows_of_the_books(scene):
    all_refused(REPLACEMENTS, scene)


@pytest.mark.sqlite_only
def test_a_shell_cannot_write_down_what_is_no_number_and_no_day(scene):
    all_refused(OF_NO_TYPE, scene)


@pytest.mark.postgresql_only
def test_a_shell_cannot_post_by_hand_place_falsely_truncate_or_put_guards_to_sleep(scene):
    all_refused(ON_POSTGRESQL, scene)


@pytest.mark.postgresql_only
def test_a_shell_cannot_slip_in_as_a_batch_what_is_refused_alone(scene):
    assert len(AS_A_BATCH) > 10
    all_refused(AS_A_BATCH, scene)


def test_a_transfer_inserted_by_a_shell_is_posted_like_any_other(scene):
    refusal = attack([f"{scene['insert']}, {scene['amina']}, {scene['ben']}, 5, {scene['rest']})"])

    assert refusal is None
    assert balances() == {"Amina": -65, "Ben": 35, "Chris": 20}
    town = Account.objects.get(person__name="Amina").community
    assert check(town, at=NOON).findings == []


@pytest.mark.postgresql_only
@pytest.mark.parametrize("batch", ["on", "off"])
def test_transfers_inserted_together_by_a_shell_are_posted_one_after_the_other(scene, batch):
    second = "0192aaaa-0000-7000-8000-000000000002"
    one = f"{scene['insert']}, {scene['amina']}, {scene['ben']}, 5, {scene['rest']})"
    two = f"('{second}', {scene['town']}, 'too', 'gift', {scene['ben']}, {scene['pot']}, 35, {scene['rest']})"

    refusal = attack([f"SET timebank.batch = '{batch}'", f"{one}, {two}"])

    assert refusal is None
    assert balances() == {"Amina": -65, "Ben": 0, "Chris": 20}
    town = Account.objects.get(person__name="Amina").community
    assert check(town, at=NOON).findings == []


@pytest.mark.postgresql_only
@pytest.mark.parametrize("batch", ["on", "off"])
@pytest.mark.parametrize("table", ["timebank_entry", "timebank_unfolded"])
@pytest.mark.parametrize("beside", BESIDE)
def test_what_a_transfer_makes_never_goes_into_a_table_beside_the_books(scene, beside, table, batch):
    opened = [sql.format(table=table) for sql in BESIDE[beside]]
    insert = f"{scene['insert']}, {scene['amina']}, {scene['ben']}, 5, {scene['rest']})"

    refusal = attack([*opened, f"SET timebank.batch = '{batch}'", insert])

    assert refusal is None
    town = Account.objects.get(person__name="Amina").community
    assert check(town, at=NOON).findings == []
    attack(["DROP SCHEMA IF EXISTS beside CASCADE"])


def balances() -> dict[str, int]:
    people = Account.objects.filter(person__name__in=("Amina", "Ben", "Chris"))
    return dict(people.values_list("person__name", "balance_minutes"))


def test_the_books_that_were_attacked_are_in_order(scene):
    town = Account.objects.get(person__name="Amina").community

    assert check(town, at=NOON).findings == []
