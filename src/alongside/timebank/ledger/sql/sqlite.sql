-- The ledger's guards on SQLite. They hold without foreign keys and against INSERT OR REPLACE,
-- which runs no delete trigger: hence "already there" before every insert, by rowid as well.
-- Statements end with a line that holds ";;" alone.

-- Posting: an insert into transfer is the whole act. The trigger checks, makes both entries,
-- moves both balances and queues the transfer for the fold.
CREATE TRIGGER timebank_transfer_already_there BEFORE INSERT ON timebank_transfer
BEGIN
  SELECT RAISE(ABORT, 'timebank: a transfer is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_transfer WHERE id = NEW.id OR rowid = NEW.rowid
      OR (community_id = NEW.community_id AND key = NEW.key)
      OR (NEW.reverses_id IS NOT NULL AND community_id = NEW.community_id AND reverses_id = NEW.reverses_id)
      OR (NEW.hold_id IS NOT NULL AND community_id = NEW.community_id AND hold_id = NEW.hold_id));
END
;;
CREATE TRIGGER timebank_transfer_posts AFTER INSERT ON timebank_transfer
BEGIN
  -- SQLite takes anything for a number or a day.
  SELECT RAISE(ABORT, 'timebank: whole minutes, a day, a moment and a kind that is known') WHERE
    typeof(NEW.minutes) <> 'integer' OR date(NEW.helped_on, '+0 days') IS NOT NEW.helped_on
    OR datetime(substr(NEW.posted_at, 1, 19), '+0 days') IS NOT substr(NEW.posted_at, 1, 19)
    OR NEW.kind NOT IN ('exchange', 'gift', 'grant', 'reversal', 'opening', 'import');
  SELECT
    CASE WHEN closed_at IS NOT NULL THEN RAISE(ABORT, 'timebank: the account is closed') END,
    CASE WHEN balance_minutes - held_minutes - NEW.minutes < floor_minutes
      AND NEW.overridden_by_id IS NULL AND NEW.hold_id IS NULL AND NEW.kind NOT IN ('opening', 'import')
    THEN RAISE(ABORT, 'timebank: below the floor') END
  FROM timebank_account WHERE id = NEW.payer_id AND community_id = NEW.community_id;
  SELECT
    CASE WHEN closed_at IS NOT NULL THEN RAISE(ABORT, 'timebank: the account is closed') END,
    CASE WHEN balance_minutes + awaited_minutes + NEW.minutes > ceiling_minutes
      AND NEW.overridden_by_id IS NULL AND NEW.hold_id IS NULL AND NEW.kind NOT IN ('opening', 'import')
      AND kind NOT IN ('group_pot', 'community_pot')
    THEN RAISE(ABORT, 'timebank: above the ceiling') END
  FROM timebank_account WHERE id = NEW.payee_id AND community_id = NEW.community_id;
  INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, kind, other_id, category_id,
      helped_on, seq, balance_after, placed_at)
    SELECT NEW.community_id, NEW.id, -1, id, -NEW.minutes, NEW.kind, NEW.payee_id, NEW.category_id, NEW.helped_on,
      seq + 1, balance_minutes - NEW.minutes, max(NEW.posted_at, coalesce(last_placed_at, NEW.posted_at))
    FROM timebank_account WHERE id = NEW.payer_id AND community_id = NEW.community_id;
  UPDATE timebank_account SET balance_minutes = balance_minutes - NEW.minutes, seq = seq + 1,
    last_placed_at = max(NEW.posted_at, coalesce(last_placed_at, NEW.posted_at)) WHERE id = NEW.payer_id;
  INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, kind, other_id, category_id,
      helped_on, seq, balance_after, placed_at)
    SELECT NEW.community_id, NEW.id, 1, id, NEW.minutes, NEW.kind, NEW.payer_id, NEW.category_id, NEW.helped_on,
      seq + 1, balance_minutes + NEW.minutes, max(NEW.posted_at, coalesce(last_placed_at, NEW.posted_at))
    FROM timebank_account WHERE id = NEW.payee_id AND community_id = NEW.community_id;
  UPDATE timebank_account SET balance_minutes = balance_minutes + NEW.minutes, seq = seq + 1,
    last_placed_at = max(NEW.posted_at, coalesce(last_placed_at, NEW.posted_at)) WHERE id = NEW.payee_id;
  SELECT RAISE(ABORT, 'timebank: a transfer has exactly two entries') WHERE 2 <> (
    SELECT count(*) FROM timebank_entry WHERE community_id = NEW.community_id AND transfer_id = NEW.id);
  INSERT INTO timebank_unfolded (community_id, transfer_id) VALUES (NEW.community_id, NEW.id);
END
;;
CREATE TRIGGER timebank_transfer_category_is_ours AFTER INSERT ON timebank_transfer WHEN NEW.category_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'timebank: the category is not of this community') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_category WHERE id = NEW.category_id AND community_id = NEW.community_id);
END
;;
CREATE TRIGGER timebank_transfer_reverses AFTER INSERT ON timebank_transfer WHEN NEW.reverses_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'timebank: a reversal gives back, at most, what was moved') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_transfer t WHERE t.id = NEW.reverses_id AND t.community_id = NEW.community_id
      AND t.kind <> 'reversal' AND t.payer_id = NEW.payee_id AND t.payee_id = NEW.payer_id
      AND t.minutes >= NEW.minutes);
END
;;
CREATE TRIGGER timebank_transfer_settles AFTER INSERT ON timebank_transfer WHEN NEW.hold_id IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'timebank: a hold settles, at most, what it held') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_hold h WHERE h.id = NEW.hold_id AND h.community_id = NEW.community_id
      AND h.state = 'posted' AND h.payer_id = NEW.payer_id AND h.payee_id = NEW.payee_id
      AND h.minutes >= NEW.minutes);
END
;;
CREATE TRIGGER timebank_transfer_no_update BEFORE UPDATE ON timebank_transfer
BEGIN SELECT RAISE(ABORT, 'timebank: a transfer is never changed'); END
;;
CREATE TRIGGER timebank_transfer_no_delete BEFORE DELETE ON timebank_transfer
BEGIN SELECT RAISE(ABORT, 'timebank: a transfer is never deleted'); END
;;

-- Entries: only the two that the trigger above makes, in their account's next place.
CREATE TRIGGER timebank_entry_fits BEFORE INSERT ON timebank_entry
BEGIN
  SELECT RAISE(ABORT, 'timebank: an entry is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_entry WHERE community_id = NEW.community_id AND transfer_id = NEW.transfer_id
      AND sign = NEW.sign)
    OR EXISTS (SELECT 1 FROM timebank_entry WHERE community_id = NEW.community_id
      AND account_id = NEW.account_id AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM timebank_entry WHERE rowid = NEW.rowid);
  SELECT RAISE(ABORT, 'timebank: an entry matches its transfer') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_transfer t WHERE t.id = NEW.transfer_id AND t.community_id = NEW.community_id
      AND NEW.minutes = NEW.sign * t.minutes
      AND NEW.account_id = CASE NEW.sign WHEN -1 THEN t.payer_id WHEN 1 THEN t.payee_id END
      AND NEW.other_id = CASE NEW.sign WHEN -1 THEN t.payee_id WHEN 1 THEN t.payer_id END
      AND NEW.kind = t.kind AND NEW.category_id IS t.category_id AND NEW.helped_on = t.helped_on);
  SELECT RAISE(ABORT, 'timebank: an entry takes the next place') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_account a WHERE a.id = NEW.account_id AND a.community_id = NEW.community_id
      AND NEW.seq = a.seq + 1 AND NEW.balance_after = a.balance_minutes + NEW.minutes);
END
;;
CREATE TRIGGER timebank_entry_no_update BEFORE UPDATE ON timebank_entry
BEGIN SELECT RAISE(ABORT, 'timebank: an entry is never changed'); END
;;
CREATE TRIGGER timebank_entry_no_delete BEFORE DELETE ON timebank_entry
BEGIN SELECT RAISE(ABORT, 'timebank: an entry is never deleted'); END
;;

-- Accounts: the balance follows the entries, the held hours follow the holds, and nothing else moves them.
CREATE TRIGGER timebank_account_begins BEFORE INSERT ON timebank_account
BEGIN
  SELECT RAISE(ABORT, 'timebank: an account is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_account WHERE id = NEW.id OR rowid = NEW.rowid
      OR (community_id = NEW.community_id AND (person_id = NEW.person_id OR household_id = NEW.household_id
        OR organisation_id = NEW.organisation_id OR group_id = NEW.group_id OR partner_id = NEW.partner_id
        OR (kind = NEW.kind AND kind IN ('community_pot', 'issuance')))));
  SELECT RAISE(ABORT, 'timebank: an account begins at 0') WHERE NEW.balance_minutes <> 0 OR NEW.seq <> 0
    OR NEW.held_minutes <> 0 OR NEW.awaited_minutes <> 0 OR NEW.last_placed_at IS NOT NULL;
END
;;
-- Exactly the holder its kind asks for, and no other.
CREATE TRIGGER timebank_account_has_its_holder BEFORE INSERT ON timebank_account
BEGIN
  SELECT RAISE(ABORT, 'timebank: an account has the one holder of its kind') WHERE
    NEW.kind NOT IN ('person', 'household', 'organisation', 'group_pot', 'community_pot', 'partner', 'issuance')
    OR (NEW.kind = 'person') <> (NEW.person_id IS NOT NULL)
    OR (NEW.kind = 'household') <> (NEW.household_id IS NOT NULL)
    OR (NEW.kind = 'organisation') <> (NEW.organisation_id IS NOT NULL)
    OR (NEW.kind = 'group_pot') <> (NEW.group_id IS NOT NULL)
    OR (NEW.kind = 'partner') <> (NEW.partner_id IS NOT NULL);
END
;;
CREATE TRIGGER timebank_account_keeps_a_holder
BEFORE UPDATE OF kind, person_id, household_id, organisation_id, group_id, partner_id ON timebank_account
BEGIN
  SELECT RAISE(ABORT, 'timebank: an account has the one holder of its kind') WHERE
    NEW.kind NOT IN ('person', 'household', 'organisation', 'group_pot', 'community_pot', 'partner', 'issuance')
    OR (NEW.kind = 'person') <> (NEW.person_id IS NOT NULL)
    OR (NEW.kind = 'household') <> (NEW.household_id IS NOT NULL)
    OR (NEW.kind = 'organisation') <> (NEW.organisation_id IS NOT NULL)
    OR (NEW.kind = 'group_pot') <> (NEW.group_id IS NOT NULL)
    OR (NEW.kind = 'partner') <> (NEW.partner_id IS NOT NULL);
END
;;
CREATE TRIGGER timebank_account_stays BEFORE UPDATE ON timebank_account
WHEN OLD.id <> NEW.id OR OLD.rowid <> NEW.rowid OR OLD.community_id <> NEW.community_id OR OLD.kind <> NEW.kind
BEGIN SELECT RAISE(ABORT, 'timebank: an account keeps its id, community and kind'); END
;;
CREATE TRIGGER timebank_account_holder_is_free
BEFORE UPDATE OF person_id, household_id, organisation_id, group_id, partner_id ON timebank_account
BEGIN
  SELECT RAISE(ABORT, 'timebank: an account is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_account WHERE id <> NEW.id AND community_id = NEW.community_id
      AND (person_id = NEW.person_id OR household_id = NEW.household_id OR organisation_id = NEW.organisation_id
        OR group_id = NEW.group_id OR partner_id = NEW.partner_id));
END
;;
CREATE TRIGGER timebank_account_follows_entries BEFORE UPDATE OF balance_minutes, seq, last_placed_at ON timebank_account
WHEN OLD.balance_minutes <> NEW.balance_minutes OR OLD.seq <> NEW.seq OR OLD.last_placed_at IS NOT NEW.last_placed_at
BEGIN
  SELECT RAISE(ABORT, 'timebank: a balance is moved by its entries alone') WHERE NOT EXISTS (
    SELECT 1 FROM timebank_entry WHERE community_id = NEW.community_id AND account_id = NEW.id
      AND seq = NEW.seq AND seq = OLD.seq + 1 AND balance_after = NEW.balance_minutes
      AND minutes = NEW.balance_minutes - OLD.balance_minutes AND placed_at IS NEW.last_placed_at);
END
;;
CREATE TRIGGER timebank_account_follows_holds BEFORE UPDATE OF held_minutes, awaited_minutes ON timebank_account
WHEN OLD.held_minutes <> NEW.held_minutes OR OLD.awaited_minutes <> NEW.awaited_minutes
BEGIN
  SELECT RAISE(ABORT, 'timebank: held hours are moved by holds alone') WHERE NEW.held_minutes <> (
    SELECT coalesce(sum(minutes), 0) FROM timebank_hold
    WHERE community_id = NEW.community_id AND payer_id = NEW.id AND state = 'held');
  SELECT RAISE(ABORT, 'timebank: held hours are moved by holds alone') WHERE NEW.awaited_minutes <> (
    SELECT coalesce(sum(minutes), 0) FROM timebank_hold
    WHERE community_id = NEW.community_id AND payee_id = NEW.id AND state = 'held');
END
;;
CREATE TRIGGER timebank_account_no_delete BEFORE DELETE ON timebank_account
WHEN OLD.seq > 0 OR EXISTS (
  SELECT 1 FROM timebank_hold WHERE community_id = OLD.community_id AND OLD.id IN (payer_id, payee_id))
BEGIN SELECT RAISE(ABORT, 'timebank: an account with a history is never deleted'); END
;;

-- Holds: made as held, ended once, never changed otherwise.
CREATE TRIGGER timebank_hold_already_there BEFORE INSERT ON timebank_hold
BEGIN
  SELECT RAISE(ABORT, 'timebank: a hold is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_hold WHERE id = NEW.id OR rowid = NEW.rowid
      OR (community_id = NEW.community_id AND key = NEW.key));
  SELECT RAISE(ABORT, 'timebank: a hold begins as held') WHERE NEW.state <> 'held';
END
;;
CREATE TRIGGER timebank_hold_reserves AFTER INSERT ON timebank_hold
BEGIN
  SELECT RAISE(ABORT, 'timebank: whole minutes') WHERE typeof(NEW.minutes) <> 'integer';
  SELECT RAISE(ABORT, 'timebank: a hold is between two accounts of its community') WHERE 2 <> (
    SELECT count(*) FROM timebank_account WHERE id IN (NEW.payer_id, NEW.payee_id)
      AND community_id = NEW.community_id AND closed_at IS NULL);
  SELECT RAISE(ABORT, 'timebank: below the floor') FROM timebank_account
    WHERE id = NEW.payer_id AND balance_minutes - held_minutes - NEW.minutes < floor_minutes;
  SELECT RAISE(ABORT, 'timebank: above the ceiling') FROM timebank_account
    WHERE id = NEW.payee_id AND kind NOT IN ('group_pot', 'community_pot')
      AND balance_minutes + awaited_minutes + NEW.minutes > ceiling_minutes;
  UPDATE timebank_account SET held_minutes = held_minutes + NEW.minutes WHERE id = NEW.payer_id;
  UPDATE timebank_account SET awaited_minutes = awaited_minutes + NEW.minutes WHERE id = NEW.payee_id;
END
;;
CREATE TRIGGER timebank_hold_ends_once BEFORE UPDATE ON timebank_hold
WHEN OLD.state <> 'held' OR NEW.state = 'held' OR OLD.id <> NEW.id OR OLD.rowid <> NEW.rowid
  OR OLD.community_id <> NEW.community_id OR OLD.key <> NEW.key OR OLD.payer_id <> NEW.payer_id
  OR OLD.payee_id <> NEW.payee_id OR OLD.minutes <> NEW.minutes OR OLD.held_at <> NEW.held_at
BEGIN SELECT RAISE(ABORT, 'timebank: a hold ends once and is never changed'); END
;;
CREATE TRIGGER timebank_hold_lets_go AFTER UPDATE OF state ON timebank_hold
BEGIN
  UPDATE timebank_account SET held_minutes = held_minutes - NEW.minutes WHERE id = NEW.payer_id;
  UPDATE timebank_account SET awaited_minutes = awaited_minutes - NEW.minutes WHERE id = NEW.payee_id;
END
;;
CREATE TRIGGER timebank_hold_no_delete BEFORE DELETE ON timebank_hold
BEGIN SELECT RAISE(ABORT, 'timebank: a hold is never deleted'); END
;;

-- The queue and the chain of seals.
CREATE TRIGGER timebank_unfolded_fits BEFORE INSERT ON timebank_unfolded
BEGIN
  SELECT RAISE(ABORT, 'timebank: the queue names each unsealed transfer once') WHERE
    EXISTS (SELECT 1 FROM timebank_unfolded WHERE rowid = NEW.rowid
      OR (community_id = NEW.community_id AND transfer_id = NEW.transfer_id))
    OR EXISTS (SELECT 1 FROM timebank_seal WHERE community_id = NEW.community_id AND transfer_id = NEW.transfer_id)
    OR NOT EXISTS (SELECT 1 FROM timebank_transfer WHERE id = NEW.transfer_id AND community_id = NEW.community_id);
END
;;
CREATE TRIGGER timebank_unfolded_no_update BEFORE UPDATE ON timebank_unfolded
BEGIN SELECT RAISE(ABORT, 'timebank: the queue is never changed'); END
;;
CREATE TRIGGER timebank_unfolded_sealed_first BEFORE DELETE ON timebank_unfolded
WHEN NOT EXISTS (SELECT 1 FROM timebank_seal WHERE community_id = OLD.community_id AND transfer_id = OLD.transfer_id)
BEGIN SELECT RAISE(ABORT, 'timebank: a transfer leaves the queue when it is sealed'); END
;;
CREATE TRIGGER timebank_seal_fits BEFORE INSERT ON timebank_seal
BEGIN
  SELECT RAISE(ABORT, 'timebank: a seal is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_seal WHERE rowid = NEW.rowid OR (community_id = NEW.community_id AND n = NEW.n)
      OR (community_id = NEW.community_id AND transfer_id = NEW.transfer_id));
  SELECT RAISE(ABORT, 'timebank: seals are counted without a gap') WHERE NEW.n <> 1 + coalesce((
    SELECT max(n) FROM timebank_seal WHERE community_id = NEW.community_id), 0);
END
;;
CREATE TRIGGER timebank_seal_no_update BEFORE UPDATE ON timebank_seal
BEGIN SELECT RAISE(ABORT, 'timebank: a seal is never changed'); END
;;
CREATE TRIGGER timebank_seal_no_delete BEFORE DELETE ON timebank_seal
BEGIN SELECT RAISE(ABORT, 'timebank: a seal is never deleted'); END
;;

-- A category with a history is archived, never deleted.
CREATE TRIGGER timebank_category_already_there BEFORE INSERT ON timebank_category
BEGIN
  SELECT RAISE(ABORT, 'timebank: a category is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_category WHERE id = NEW.id OR rowid = NEW.rowid
      OR (community_id = NEW.community_id AND lower(name) = lower(NEW.name)));
END
;;
CREATE TRIGGER timebank_category_name_is_free BEFORE UPDATE OF name ON timebank_category
BEGIN
  SELECT RAISE(ABORT, 'timebank: a category is never replaced') WHERE EXISTS (
    SELECT 1 FROM timebank_category WHERE id <> NEW.id AND community_id = NEW.community_id
      AND lower(name) = lower(NEW.name));
END
;;
CREATE TRIGGER timebank_category_stays BEFORE UPDATE ON timebank_category
WHEN OLD.id <> NEW.id OR OLD.rowid <> NEW.rowid OR OLD.community_id <> NEW.community_id
BEGIN SELECT RAISE(ABORT, 'timebank: a category keeps its id and community'); END
;;
CREATE TRIGGER timebank_category_no_delete BEFORE DELETE ON timebank_category
BEGIN SELECT RAISE(ABORT, 'timebank: a category is archived, never deleted'); END
;;
