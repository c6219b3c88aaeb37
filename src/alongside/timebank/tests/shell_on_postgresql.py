# ruff: noqa: E501
"""What somebody with a shell can try on PostgreSQL alone, written with the names of `test_shell_attacks.scene`."""

ON_POSTGRESQL = {
    "a transfer with a third entry, by hand": [
        "{insert}, {amina}, {ben}, 5, {rest})", "{entry} ({town}, {fresh}, -1, {amina}, -5, 2, -65, '2026-03-03', {ben}, {of})",
    ],
    "a transfer with an entry of another size": [
        "{insert}, {amina}, {ben}, 5, {rest})", "{entry} ({town}, {fresh}, -1, {amina}, -7, 2, -67, '2026-03-03', {ben}, {of})",
    ],
    "a transfer with an entry on another account": [
        "{insert}, {amina}, {ben}, 5, {rest})", "{entry} ({town}, {fresh}, -1, {chris}, -5, 2, 15, '2026-03-03', {ben}, {of})",
    ],
    "a transfer with both entries by hand as well": [
        "{insert}, {amina}, {ben}, 5, {rest})",
        "{entry} ({town}, {fresh}, -1, {amina}, -5, 2, -65, '2026-03-03', {ben}, {of}), ({town}, {fresh}, 1, {ben}, 5, 3, 35, '2026-03-03', {amina}, {of})",
    ],
    "a transfer made by hand beyond the floor": [
        "{insert}, {amina}, {ben}, 900, {rest})",
        "{entry} ({town}, {fresh}, -1, {amina}, -900, 2, -960, '2026-03-03', {ben}, {of}),"
        " ({town}, {fresh}, 1, {ben}, 900, 3, 930, '2026-03-03', {amina}, {of})",
        "UPDATE timebank_account SET balance_minutes = -960, seq = 2 WHERE id = {amina}",
    ],
    "a credit to a person left without a place": [
        "{insert}, {amina}, {ben}, 5, {rest})",
        "{entry} ({town}, {fresh}, -1, {amina}, -5, 2, -65, '2026-03-03', {ben}, {of}), ({town}, {fresh}, 1, {ben}, 5, NULL, NULL, NULL, {amina}, {of})",
        "UPDATE timebank_account SET balance_minutes = -65, seq = 2 WHERE id = {amina}",
    ],
    "a pot's credit placed out of line": [
        "UPDATE timebank_entry SET seq = 50, balance_after = 5000, placed_at = now() WHERE transfer_id = {queued} AND sign = 1"
    ],
    "a pot's credit placed with a false balance": [
        "UPDATE timebank_entry SET seq = 1, balance_after = 5000, placed_at = now() WHERE transfer_id = {queued} AND sign = 1",
        "UPDATE timebank_account SET seq = 1, balance_minutes = 5000 WHERE id = {pot}",
    ],
    "a pot's credit changed while it is placed": [
        "UPDATE timebank_entry SET seq = 1, balance_after = 99, minutes = 99, placed_at = now()"
        " WHERE transfer_id = {queued} AND sign = 1"
    ],
    "a pot's credit told of another day while it is placed": [
        "UPDATE timebank_entry SET seq = 1, balance_after = 10, placed_at = now(), helped_on = '2020-01-01'"
        " WHERE transfer_id = {queued} AND sign = 1",
        "UPDATE timebank_account SET seq = 1, balance_minutes = 10 WHERE id = {pot}",
    ],
    "a pot's credit placed before it was posted": [
        "UPDATE timebank_entry SET seq = 1, balance_after = 10, placed_at = '1999-01-01' WHERE transfer_id = {queued} AND sign = 1",
        "UPDATE timebank_account SET seq = 1, balance_minutes = 10, last_placed_at = '1999-01-01' WHERE id = {pot}",
    ],
    "a pot's credit placed long after it was posted": [
        "UPDATE timebank_entry SET seq = 1, balance_after = 10, placed_at = '2999-01-01' WHERE transfer_id = {queued} AND sign = 1",
        "UPDATE timebank_account SET seq = 1, balance_minutes = 10, last_placed_at = '2999-01-01' WHERE id = {pot}",
    ],
    "a sealed transfer queued again": [
        "INSERT INTO timebank_unfolded (community_id, transfer_id) VALUES ({town}, {one})"
    ],
    "a transfer on a day without end": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 5,"
        " {category}, 'infinity', '2026-03-03 12:00:00+00', 'web')"
    ],
    "a transfer after the last day that can be read": [
        "INSERT INTO timebank_transfer {columns} VALUES ({fresh}, {town}, 'fresh', 'gift', {amina}, {ben}, 5,"
        " {category}, '2026-03-03', '10000-01-01 12:00:00+00', 'web')"
    ],
    "hours let go with a table of holds that is empty": [
        "CREATE TEMPORARY TABLE timebank_hold AS SELECT * FROM timebank_hold WHERE false",
        "UPDATE timebank_account SET held_minutes = 0 WHERE id = {amina}",
    ],
    "the queue emptied with a table of seals that names them": [
        "CREATE TEMPORARY TABLE timebank_seal AS SELECT community_id, transfer_id FROM timebank_unfolded",
        "DELETE FROM timebank_unfolded",
    ],
    "a balance with a table of entries that fits": [
        "CREATE TEMPORARY TABLE timebank_entry AS SELECT community_id, id AS account_id, seq + 1 AS seq, 500::bigint AS minutes,"
        " balance_minutes + 500 AS balance_after, last_placed_at AS placed_at FROM timebank_account WHERE id = {amina}",
        "UPDATE timebank_account SET balance_minutes = balance_minutes + 500, seq = seq + 1 WHERE id = {amina}",
    ],
    "a transfer below the floor with a table of accounts without one": [
        "CREATE TEMPORARY TABLE timebank_account AS SELECT * FROM timebank_account",
        "UPDATE timebank_account SET floor_minutes = NULL",
        "{insert}, {amina}, {ben}, 6000, {rest})",
    ],
    "two transfers as a batch, of which the second goes below the floor": [
        "SET timebank.batch = 'on'",
        "{insert}, {amina}, {ben}, 400, {rest}), ('0192aaaa-0000-7000-8000-000000000002', {town}, 'fresh too', 'exchange',"
        " {amina}, {ben}, 400, {rest})",
    ],
    "entries truncated": ["TRUNCATE timebank_entry"],
    "transfers truncated": ["TRUNCATE timebank_transfer CASCADE"],
    "holds truncated": ["TRUNCATE timebank_hold CASCADE"],
    "accounts truncated": ["TRUNCATE timebank_account CASCADE"],
    "seals truncated": ["TRUNCATE timebank_seal"],
    "the queue truncated": ["TRUNCATE timebank_unfolded"],
    "the community truncated": ["TRUNCATE people_community CASCADE"],
    "a transfer, triggers asleep": [
        "SET session_replication_role = replica", "UPDATE timebank_transfer SET minutes = 1 WHERE id = {one}",
    ],
    "an entry removed, triggers asleep": [
        "SET session_replication_role = replica", "DELETE FROM timebank_entry WHERE transfer_id = {one}",
    ],
    "a balance, triggers asleep": [
        "SET session_replication_role = replica", "UPDATE timebank_account SET balance_minutes = 0 WHERE id = {amina}",
    ],
    "transfers truncated, triggers asleep": [
        "SET session_replication_role = replica", "TRUNCATE timebank_transfer CASCADE",
    ],
    "entries doubled where the first wall was taken down": [
        "ALTER TABLE timebank_entry DISABLE TRIGGER timebank_entry_no_change",
        "UPDATE timebank_entry SET minutes = 2 * minutes WHERE transfer_id = {one}",
    ],
    "an entry removed where the first wall was taken down": [
        "ALTER TABLE timebank_entry DISABLE TRIGGER timebank_entry_no_delete",
        "DELETE FROM timebank_entry WHERE transfer_id = {one} AND sign = 1",
    ],
}  # fmt: skip

# Tables of the same name beside the books, where PostgreSQL looks first.
BESIDE = {
    "temporary": ["CREATE TEMPORARY TABLE {table} (LIKE {table})"],
    "in a schema that is looked at first": [
        "CREATE SCHEMA beside",
        "CREATE TABLE beside.{table} (LIKE public.{table})",
        "SET search_path = beside, public",
    ],
}
