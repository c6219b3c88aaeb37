-- The ledger on PostgreSQL: functions that post, and guards that hold against anybody with a shell.
-- Statements end with a line that holds ";;" alone. A refusal that facts explain comes back as text
-- (single posts) or as SQLSTATE TB001 (batches); a broken guard is an integrity error.
ALTER TABLE timebank_account SET (fillfactor = 70)
;;
-- Gives the waiting credits of a pot their place in its line, and returns its exact balance.
CREATE FUNCTION timebank_settle(p_community uuid, p_pot uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE pot record; placed bigint; total bigint; latest timestamptz;
BEGIN
  SELECT balance_minutes, seq, last_placed_at INTO pot FROM timebank_account
    WHERE id = p_pot AND community_id = p_community FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT 1 FROM timebank_entry
      WHERE community_id = p_community AND account_id = p_pot AND seq IS NULL) THEN
    RETURN pot.balance_minutes;
  END IF;
  WITH waiting AS (
    SELECT e.transfer_id, e.minutes, greatest(t.posted_at, pot.last_placed_at) AS at
    FROM timebank_entry e JOIN timebank_transfer t ON t.id = e.transfer_id
    WHERE e.community_id = p_community AND e.account_id = p_pot AND e.seq IS NULL
  ), line AS (
    SELECT transfer_id, at, row_number() OVER w AS n, sum(minutes) OVER w AS running
    FROM waiting WINDOW w AS (ORDER BY at, transfer_id)
  ), places AS (
    UPDATE timebank_entry e SET seq = pot.seq + line.n, balance_after = pot.balance_minutes + line.running,
      placed_at = line.at
    FROM line WHERE e.community_id = p_community AND e.transfer_id = line.transfer_id AND e.sign = 1
    RETURNING e.minutes, e.placed_at
  ) SELECT count(*), sum(minutes), max(placed_at) INTO placed, total, latest FROM places;
  UPDATE timebank_account SET balance_minutes = balance_minutes + total, seq = seq + placed, last_placed_at = latest
    WHERE id = p_pot AND community_id = p_community;
  RETURN pot.balance_minutes + total;
END $$
;;
-- Compares a repeated request with what its key posted first: 'repeated ID' or 'differs FIELD ID'.
CREATE FUNCTION timebank_repeated(
  p_community uuid, p_key text, p_kind text, p_payer uuid, p_payee uuid, p_minutes bigint, p_category uuid,
  p_helped_on date, p_by uuid, p_behalf uuid, p_channel text, p_reverses uuid, p_hold uuid
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE first timebank_transfer; field text;
BEGIN
  SELECT * INTO first FROM timebank_transfer WHERE community_id = p_community AND key = p_key;
  IF NOT FOUND THEN RETURN NULL; END IF;
  field := CASE
    WHEN first.kind <> p_kind THEN 'kind'
    WHEN first.payer_id <> p_payer THEN 'payer'
    WHEN first.payee_id <> p_payee THEN 'payee'
    WHEN first.minutes <> p_minutes THEN 'minutes'
    WHEN first.category_id IS DISTINCT FROM p_category THEN 'category'
    WHEN first.helped_on <> p_helped_on THEN 'helped_on'
    WHEN first.by_id IS DISTINCT FROM p_by THEN 'by'
    WHEN first.on_behalf_of_id IS DISTINCT FROM p_behalf THEN 'on_behalf_of'
    WHEN first.channel <> p_channel THEN 'channel'
    WHEN first.reverses_id IS DISTINCT FROM p_reverses THEN 'reverses'
    WHEN first.hold_id IS DISTINCT FROM p_hold THEN 'hold' END;
  RETURN CASE WHEN field IS NULL THEN 'repeated ' || first.id ELSE 'differs ' || field || ' ' || first.id END;
END $$
;;
-- Posts one transfer. Returns 'posted' (then, where a soft limit is passed, ' payer' or ' payee'), 'repeated ID',
-- 'differs FIELD ID', 'floor LEFT', 'ceiling ROOM', 'closed SIDE', 'unknown SIDE'. Nothing is written unless 'posted'.
-- Locks ordinary accounts by id and a paying pot last; a receiving pot is never touched. The transfer's own trigger
-- makes the entries and moves the balances.
CREATE FUNCTION timebank_post(
  p_id uuid, p_community uuid, p_key text, p_kind text, p_payer uuid, p_payee uuid, p_from_pot boolean,
  p_to_pot boolean, p_minutes bigint, p_category uuid, p_helped_on date, p_at timestamptz, p_by uuid, p_behalf uuid,
  p_channel text, p_override uuid, p_reverses uuid, p_hold uuid, p_together uuid, p_note text, p_reason text,
  p_activity uuid, p_did text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE one timebank_account; payer timebank_account; payee timebank_account; refusal text; free boolean; repeated text;
  said text := 'posted';
BEGIN
  IF NOT (p_from_pot OR p_to_pot) THEN
    FOR one IN SELECT * FROM timebank_account WHERE id IN (p_payer, p_payee) AND community_id = p_community
        ORDER BY id FOR NO KEY UPDATE LOOP
      IF one.id = p_payer THEN payer := one; ELSE payee := one; END IF;
    END LOOP;
  ELSE
    IF p_to_pot THEN
      SELECT * INTO payee FROM timebank_account WHERE id = p_payee AND community_id = p_community;
    ELSE
      SELECT * INTO payee FROM timebank_account WHERE id = p_payee AND community_id = p_community FOR NO KEY UPDATE;
    END IF;
    IF p_from_pot THEN PERFORM timebank_settle(p_community, p_payer); END IF;
    SELECT * INTO payer FROM timebank_account WHERE id = p_payer AND community_id = p_community FOR NO KEY UPDATE;
  END IF;

  free := p_override IS NOT NULL OR p_hold IS NOT NULL OR p_kind IN ('opening', 'import');
  refusal := CASE
    WHEN payer.id IS NULL THEN 'unknown payer'
    WHEN payee.id IS NULL THEN 'unknown payee'
    WHEN payer.closed_at IS NOT NULL THEN 'closed payer'
    WHEN payee.closed_at IS NOT NULL THEN 'closed payee'
    WHEN free THEN NULL
    WHEN payer.balance_minutes - payer.held_minutes - p_minutes < payer.floor_minutes
      THEN 'floor ' || payer.balance_minutes - payer.held_minutes - payer.floor_minutes
    WHEN NOT p_to_pot AND payee.balance_minutes + payee.awaited_minutes + p_minutes > payee.ceiling_minutes
      THEN 'ceiling ' || payee.ceiling_minutes - payee.balance_minutes - payee.awaited_minutes END;
  IF refusal IS NOT NULL THEN
    repeated := timebank_repeated(p_community, p_key, p_kind, p_payer, p_payee, p_minutes, p_category, p_helped_on,
      p_by, p_behalf, p_channel, p_reverses, p_hold);
    RETURN coalesce(repeated, refusal);
  END IF;

  INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, category_id, helped_on,
      posted_at, by_id, on_behalf_of_id, channel, overridden_by_id, reverses_id, hold_id, together)
    VALUES (p_id, p_community, p_key, p_kind, p_payer, p_payee, p_minutes, p_category, p_helped_on,
      p_at, p_by, p_behalf, p_channel, p_override, p_reverses, p_hold, p_together)
    ON CONFLICT (community_id, key) DO NOTHING;
  IF NOT FOUND THEN
    RETURN timebank_repeated(p_community, p_key, p_kind, p_payer, p_payee, p_minutes, p_category, p_helped_on,
      p_by, p_behalf, p_channel, p_reverses, p_hold);
  END IF;

  INSERT INTO kernel_activity (id, community_id, at, by_id, on_behalf_of_id, channel, did, about_type, about_id)
    VALUES (p_activity, p_community, p_at, p_by, p_behalf, p_channel, p_did, 'timebank.transfer', p_id);
  IF p_note <> '' OR p_reason <> '' THEN
    INSERT INTO timebank_transfernote (id, community_id, transfer_id, note, reason, thanks, written_by_id)
      VALUES (p_id, p_community, p_id, p_note, p_reason, '', p_by);
  END IF;
  IF payer.balance_minutes - payer.held_minutes - p_minutes < payer.soft_floor_minutes THEN said := said || ' payer'; END IF;
  IF NOT p_to_pot AND payee.balance_minutes + p_minutes > payee.soft_ceiling_minutes THEN said := said || ' payee'; END IF;
  RETURN said;
END $$
;;
-- Posts many transfers at once, all or nothing, as if one after the other in the order given. Lines whose key was
-- posted before with the same payload are passed over; returns how many are new. Refusals are SQLSTATE TB001 with
-- the fact as message and the id of the line's transfer as detail.
CREATE FUNCTION timebank_post_many(
  p_community uuid, p_kind text, p_at timestamptz, p_by uuid, p_behalf uuid, p_channel text, p_override uuid,
  p_together uuid, p_did text, p_ids uuid[], p_keys text[], p_payers uuid[], p_payees uuid[], p_minutes bigint[],
  p_categories uuid[], p_helped_on date[], p_notes text[], p_reason text, p_activities uuid[]
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE bad record; pot record; posted integer;
BEGIN
  PERFORM 1 FROM timebank_account WHERE community_id = p_community AND id = ANY (p_payers || p_payees)
    AND kind NOT IN ('group_pot', 'community_pot') ORDER BY id FOR NO KEY UPDATE;
  FOR pot IN SELECT id FROM timebank_account WHERE community_id = p_community AND id = ANY (p_payers)
      AND kind IN ('group_pot', 'community_pot') ORDER BY id LOOP
    PERFORM timebank_settle(p_community, pot.id);
  END LOOP;

  SELECT n, CASE WHEN payer.id IS NULL THEN 'unknown payer' WHEN payee.id IS NULL THEN 'unknown payee'
      WHEN payer.closed_at IS NOT NULL THEN 'closed payer' ELSE 'closed payee' END AS fact INTO bad
    FROM unnest(p_payers, p_payees) WITH ORDINALITY AS line(payer_id, payee_id, n)
    LEFT JOIN timebank_account payer ON payer.id = line.payer_id AND payer.community_id = p_community
    LEFT JOIN timebank_account payee ON payee.id = line.payee_id AND payee.community_id = p_community
    WHERE payer.id IS NULL OR payee.id IS NULL OR payer.closed_at IS NOT NULL OR payee.closed_at IS NOT NULL
    ORDER BY n LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION '%', bad.fact USING ERRCODE = 'TB001', DETAIL = p_ids[bad.n]; END IF;

  PERFORM set_config('timebank.batch', 'on', true);
  INSERT INTO timebank_transfer (id, community_id, key, kind, payer_id, payee_id, minutes, category_id, helped_on,
      posted_at, by_id, on_behalf_of_id, channel, overridden_by_id, together)
    SELECT id, p_community, key, p_kind, payer, payee, minutes, category, helped_on,
      p_at, p_by, p_behalf, p_channel, p_override, p_together
    FROM unnest(p_ids, p_keys, p_payers, p_payees, p_minutes, p_categories, p_helped_on)
      AS line(id, key, payer, payee, minutes, category, helped_on)
    ON CONFLICT (community_id, key) DO NOTHING;
  GET DIAGNOSTICS posted = ROW_COUNT;
  PERFORM set_config('timebank.batch', '', true);
  IF posted < cardinality(p_ids) THEN
    SELECT n, said INTO bad FROM (
      SELECT n, timebank_repeated(p_community, key, p_kind, payer, payee, minutes, category, helped_on, p_by, p_behalf,
        p_channel, NULL, NULL) AS said
      FROM unnest(p_keys, p_payers, p_payees, p_minutes, p_categories, p_helped_on) WITH ORDINALITY
        AS line(key, payer, payee, minutes, category, helped_on, n)) compared
      WHERE said LIKE 'differs%' ORDER BY n LIMIT 1;
    IF FOUND THEN RAISE EXCEPTION '%', bad.said USING ERRCODE = 'TB001', DETAIL = p_ids[bad.n]; END IF;
  END IF;

  INSERT INTO kernel_activity (id, community_id, at, by_id, on_behalf_of_id, channel, did, about_type, about_id)
    SELECT activity, p_community, p_at, p_by, p_behalf, p_channel, p_did, 'timebank.transfer', line.id
    FROM unnest(p_ids, p_activities) AS line(id, activity)
    WHERE posted = cardinality(p_ids) OR EXISTS (SELECT 1 FROM timebank_transfer t WHERE t.id = line.id);
  INSERT INTO timebank_transfernote (id, community_id, transfer_id, note, reason, thanks, written_by_id)
    SELECT t.id, p_community, t.id, line.note, p_reason, '', p_by
    FROM unnest(p_ids, p_notes) AS line(id, note) JOIN timebank_transfer t ON t.id = line.id
    WHERE line.note <> '' OR p_reason <> '';
  RETURN posted;
END $$
;;

-- Guards. A forbidden act of any hand, superuser included, ends here.
CREATE FUNCTION timebank_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'timebank: % of % is refused: %', lower(TG_OP), TG_TABLE_NAME, TG_ARGV[0]
    USING ERRCODE = 'integrity_constraint_violation';
END $$
;;
-- Names the rule of a row that somebody breaks. Payments meet these rules in guards, not as check constraints, whose
-- text is read anew by every statement; so is that of a trigger's WHEN, also by those it lets pass.
CREATE FUNCTION timebank_broken(p_rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'timebank: the row breaks the rule %', p_rule USING ERRCODE = 'check_violation', CONSTRAINT = p_rule;
END $$
;;
CREATE FUNCTION timebank_rule_broken_by(
  p_minutes bigint, p_payer uuid, p_payee uuid, p_kind text, p_reverses uuid, p_category uuid, p_key text,
  p_helped_on date, p_posted_at timestamptz
) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN p_minutes <= 0 THEN 'transfer_moves_at_least_a_minute'
    WHEN p_payer = p_payee THEN 'transfer_is_between_two_accounts'
    WHEN p_kind NOT IN ('exchange', 'gift', 'grant', 'reversal', 'opening', 'import') THEN 'transfer_is_of_a_known_kind'
    WHEN (p_kind = 'reversal') <> (p_reverses IS NOT NULL) THEN 'transfer_reversal_says_of_what'
    WHEN p_kind = 'exchange' AND p_category IS NULL THEN 'transfer_of_exchange_has_a_category'
    WHEN p_key = '' THEN 'transfer_has_a_key'
    -- PostgreSQL has days after the last that the house can read, and one without end.
    WHEN p_helped_on NOT BETWEEN '0001-01-01' AND '9999-12-30' OR p_posted_at NOT BETWEEN '0001-01-02' AND '9999-12-30'
      THEN 'transfer_is_of_a_day_that_can_be_read' END
$$
;;
-- Posting: whoever inserts a transfer has its entries made, the balances moved and the fold's queue filled, here. So no
-- transfer can be without its two entries, and nothing has to look afterwards. Accounts are locked by the functions
-- above; without, two at once meet at the places, which are unique. A batch is posted at its end, below.
CREATE FUNCTION timebank_transfer_posts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made integer; broken text;
BEGIN
  IF current_setting('timebank.batch', true) = 'on' THEN RETURN NULL; END IF;
  broken := timebank_rule_broken_by(NEW.minutes, NEW.payer_id, NEW.payee_id, NEW.kind, NEW.reverses_id, NEW.category_id,
    NEW.key, NEW.helped_on, NEW.posted_at);
  IF broken IS NOT NULL THEN PERFORM timebank_broken(broken); END IF;
  IF NEW.category_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM timebank_category WHERE id = NEW.category_id AND community_id = NEW.community_id) THEN
    RAISE EXCEPTION 'timebank: the category is not of this community' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM timebank_transfer t WHERE t.id = NEW.reverses_id AND t.community_id = NEW.community_id
        AND t.kind <> 'reversal' AND t.payer_id = NEW.payee_id AND t.payee_id = NEW.payer_id
        AND t.minutes >= NEW.minutes) THEN
    RAISE EXCEPTION 'timebank: a reversal gives back, at most, what was moved'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.hold_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM timebank_hold h WHERE h.id = NEW.hold_id AND h.community_id = NEW.community_id
        AND h.state = 'posted' AND h.payer_id = NEW.payer_id AND h.payee_id = NEW.payee_id
        AND h.minutes >= NEW.minutes) THEN
    RAISE EXCEPTION 'timebank: a hold settles, at most, what it held' USING ERRCODE = 'integrity_constraint_violation';
  END IF;

  WITH moved AS (
    UPDATE timebank_account SET seq = seq + 1, last_placed_at = greatest(NEW.posted_at, last_placed_at),
      balance_minutes = balance_minutes + CASE id WHEN NEW.payer_id THEN -NEW.minutes ELSE NEW.minutes END
    WHERE id IN (NEW.payer_id, NEW.payee_id) AND community_id = NEW.community_id
      AND (id = NEW.payer_id OR kind NOT IN ('group_pot', 'community_pot'))
    RETURNING id, CASE id WHEN NEW.payer_id THEN -1 ELSE 1 END AS sign, seq, balance_minutes, last_placed_at
  ) INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, seq, balance_after, placed_at,
      kind, other_id, category_id, helped_on)
    SELECT NEW.community_id, NEW.id, sign, id, sign * NEW.minutes, seq, balance_minutes, last_placed_at,
      NEW.kind, CASE sign WHEN 1 THEN NEW.payer_id ELSE NEW.payee_id END, NEW.category_id, NEW.helped_on FROM moved;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF made = 1 THEN
    INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, kind, other_id, category_id,
        helped_on)
      SELECT NEW.community_id, NEW.id, 1, id, NEW.minutes, NEW.kind, NEW.payer_id, NEW.category_id, NEW.helped_on
      FROM timebank_account WHERE id = NEW.payee_id AND community_id = NEW.community_id
        AND kind IN ('group_pot', 'community_pot') AND closed_at IS NULL;
    IF FOUND THEN made := 2; END IF;
  END IF;
  IF made <> 2 THEN
    RAISE EXCEPTION 'timebank: a transfer has exactly two entries, of open accounts of its community'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  INSERT INTO timebank_unfolded (community_id, transfer_id) VALUES (NEW.community_id, NEW.id);
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_transfer_posts AFTER INSERT ON timebank_transfer
  FOR EACH ROW EXECUTE FUNCTION timebank_transfer_posts()
;;
-- The same for many at once: entries take their places as if posted one after the other. What was worked out for them
-- is kept in arrays: with the new rows read again, the planner may take all entries there are for few.
CREATE FUNCTION timebank_transfers_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE made integer; wanted integer; refused_id uuid; refusal text; communities uuid[]; accounts uuid[];
  moved bigint[]; places bigint[]; latest timestamptz[];
BEGIN
  IF current_setting('timebank.batch', true) IS DISTINCT FROM 'on' THEN RETURN NULL; END IF;
  SELECT rule INTO refusal FROM fresh f, timebank_rule_broken_by(
    f.minutes, f.payer_id, f.payee_id, f.kind, f.reverses_id, f.category_id, f.key, f.helped_on, f.posted_at) AS rule
    WHERE rule IS NOT NULL LIMIT 1;
  IF FOUND THEN PERFORM timebank_broken(refusal); END IF;
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.category_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM timebank_category c WHERE c.id = f.category_id AND c.community_id = f.community_id)) THEN
    RAISE EXCEPTION 'timebank: the category is not of this community' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM fresh f WHERE f.reverses_id IS NOT NULL OR f.hold_id IS NOT NULL) THEN
    RAISE EXCEPTION 'timebank: a batch neither reverses nor settles' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  WITH side AS (
    SELECT f.*, sign, CASE sign WHEN 1 THEN payee_id ELSE payer_id END AS whose,
      CASE sign WHEN 1 THEN payer_id ELSE payee_id END AS other,
      overridden_by_id IS NULL AND f.kind NOT IN ('opening', 'import') AS is_limited
    FROM (SELECT *, row_number() OVER () AS n FROM fresh) f, (VALUES (-1), (1)) AS sides (sign)
  ), line AS MATERIALIZED (
    SELECT s.*, a.held_minutes, a.awaited_minutes, a.floor_minutes, a.ceiling_minutes,
      a.kind IN ('group_pot', 'community_pot') AS of_pot,
      CASE WHEN waits THEN NULL ELSE a.seq + row_number() OVER w END AS place,
      CASE WHEN waits THEN NULL ELSE a.balance_minutes + sum(s.sign * s.minutes) OVER w END AS balance,
      CASE WHEN waits THEN NULL ELSE greatest(max(s.posted_at) OVER w, a.last_placed_at) END AS placed_at
    FROM side s JOIN timebank_account a ON a.id = s.whose AND a.community_id = s.community_id,
      -- A pot that pays in this batch is locked anyway: what it gets takes its place at once and may be spent.
      LATERAL (SELECT s.sign = 1 AND a.kind IN ('group_pot', 'community_pot')
        AND a.id NOT IN (SELECT payer_id FROM fresh) AS waits) pots
    WHERE NOT waits OR a.closed_at IS NULL
    WINDOW w AS (PARTITION BY a.id, waits ORDER BY s.n)
  ), entries AS (
    INSERT INTO timebank_entry (community_id, transfer_id, sign, account_id, minutes, kind, other_id, category_id,
      helped_on, seq, balance_after, placed_at)
    SELECT community_id, id, sign, whose, sign * minutes, kind, other, category_id, helped_on, place, balance, placed_at
    FROM line
  ), refused AS (
    SELECT id, CASE sign WHEN -1 THEN 'floor ' || balance + minutes - held_minutes - floor_minutes
      ELSE 'ceiling ' || ceiling_minutes - balance + minutes - awaited_minutes END AS fact
    FROM line WHERE is_limited AND ((sign = -1 AND balance - held_minutes < floor_minutes)
      OR (sign = 1 AND NOT of_pot AND balance + awaited_minutes > ceiling_minutes))
    ORDER BY n, sign LIMIT 1
  ), taken AS (
    SELECT community_id, whose, sum(sign * minutes) AS total, count(*) AS placed, max(placed_at) AS at
    FROM line WHERE place IS NOT NULL GROUP BY community_id, whose
  )
  SELECT (SELECT count(*) FROM line), (SELECT count(*) FROM fresh), array_agg(community_id), array_agg(whose),
      array_agg(total), array_agg(placed), array_agg(at), (SELECT id FROM refused), (SELECT fact FROM refused)
    INTO made, wanted, communities, accounts, moved, places, latest, refused_id, refusal FROM taken;
  IF refusal IS NOT NULL THEN RAISE EXCEPTION '%', refusal USING ERRCODE = 'TB001', DETAIL = refused_id; END IF;
  UPDATE timebank_account a SET balance_minutes = a.balance_minutes + taken.total, seq = a.seq + taken.placed,
      last_placed_at = taken.at
    FROM unnest(communities, accounts, moved, places, latest) AS taken (community_id, account_id, total, placed, at)
    WHERE a.id = taken.account_id AND a.community_id = taken.community_id;
  IF made <> 2 * wanted THEN
    RAISE EXCEPTION 'timebank: a transfer has exactly two entries, of open accounts of its community'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  INSERT INTO timebank_unfolded (community_id, transfer_id) SELECT community_id, id FROM fresh;
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_transfers_post AFTER INSERT ON timebank_transfer REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION timebank_transfers_post()
;;
CREATE TRIGGER timebank_transfer_no_change BEFORE UPDATE OR DELETE ON timebank_transfer
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('a transfer stays as it was posted')
;;
CREATE TRIGGER timebank_transfer_no_truncate BEFORE TRUNCATE ON timebank_transfer
  EXECUTE FUNCTION timebank_refuse('a transfer stays')
;;
CREATE FUNCTION timebank_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text := CASE
  WHEN NEW.sign NOT IN (-1, 1) OR NEW.sign * NEW.minutes <= 0 THEN 'entry_sign_is_that_of_its_minutes'
  WHEN NEW.seq <= 0 OR (NEW.seq IS NULL) <> (NEW.balance_after IS NULL) OR (NEW.seq IS NULL) <> (NEW.placed_at IS NULL)
    THEN 'entry_place_is_whole_or_missing' END;
BEGIN
  IF broken IS NOT NULL THEN PERFORM timebank_broken(broken); END IF;
  IF NOT EXISTS (SELECT 1 FROM timebank_transfer t WHERE t.id = NEW.transfer_id AND t.community_id = NEW.community_id
      AND NEW.minutes = NEW.sign * t.minutes
      AND NEW.account_id = CASE NEW.sign WHEN -1 THEN t.payer_id WHEN 1 THEN t.payee_id END
      AND NEW.other_id = CASE NEW.sign WHEN -1 THEN t.payee_id WHEN 1 THEN t.payer_id END
      AND NEW.kind = t.kind AND NEW.category_id IS NOT DISTINCT FROM t.category_id AND NEW.helped_on = t.helped_on) THEN
    RAISE EXCEPTION 'timebank: an entry matches its transfer' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
;;
CREATE TRIGGER timebank_entry_fits BEFORE INSERT ON timebank_entry
  FOR EACH ROW EXECUTE FUNCTION timebank_entry_fits()
;;
CREATE TRIGGER timebank_entry_no_change BEFORE UPDATE ON timebank_entry FOR EACH ROW
  WHEN (OLD.seq IS NOT NULL OR NEW.seq IS NULL OR NEW.seq <= 0 OR NEW.balance_after IS NULL OR NEW.placed_at IS NULL
    OR OLD.community_id <> NEW.community_id
    OR OLD.transfer_id <> NEW.transfer_id OR OLD.sign <> NEW.sign OR OLD.account_id <> NEW.account_id
    OR OLD.minutes <> NEW.minutes OR OLD.kind <> NEW.kind OR OLD.other_id <> NEW.other_id
    OR OLD.category_id IS DISTINCT FROM NEW.category_id OR OLD.helped_on <> NEW.helped_on)
  EXECUTE FUNCTION timebank_refuse('an entry stays; one that waits may take its place, once')
;;
CREATE TRIGGER timebank_entry_no_delete BEFORE DELETE ON timebank_entry
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('an entry stays')
;;
CREATE TRIGGER timebank_entry_no_truncate BEFORE TRUNCATE ON timebank_entry
  EXECUTE FUNCTION timebank_refuse('an entry stays')
;;
CREATE FUNCTION timebank_entry_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM timebank_account WHERE id = NEW.account_id AND community_id = NEW.community_id
      AND seq >= NEW.seq) THEN
    RAISE EXCEPTION 'timebank: an entry takes its place together with its account'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.placed_at <> greatest(
      (SELECT posted_at FROM timebank_transfer WHERE id = NEW.transfer_id AND community_id = NEW.community_id),
      (SELECT placed_at FROM timebank_entry WHERE account_id = NEW.account_id AND community_id = NEW.community_id
        AND seq = NEW.seq - 1)) THEN
    RAISE EXCEPTION 'timebank: a place is taken when its transfer was posted, or at the place before it'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
;;
CREATE CONSTRAINT TRIGGER timebank_entry_placed AFTER UPDATE ON timebank_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.seq IS NULL AND NEW.seq IS NOT NULL) EXECUTE FUNCTION timebank_entry_placed()
;;
-- A second wall behind the refusals: whoever moves or removes an entry must leave both transfers whole.
CREATE FUNCTION timebank_entry_left_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE parents uuid[] := ARRAY[OLD.transfer_id];
BEGIN
  IF TG_OP = 'UPDATE' THEN parents := parents || NEW.transfer_id; END IF;
  IF EXISTS (
    SELECT 1 FROM unnest(parents) AS parent(id) LEFT JOIN timebank_transfer t ON t.id = parent.id
    WHERE 2 <> (SELECT count(*) FROM timebank_entry e WHERE e.transfer_id = parent.id
      AND e.community_id = t.community_id AND e.minutes = e.sign * t.minutes
      AND e.account_id = CASE e.sign WHEN -1 THEN t.payer_id WHEN 1 THEN t.payee_id END)) THEN
    RAISE EXCEPTION 'timebank: a transfer has exactly two entries' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
;;
CREATE CONSTRAINT TRIGGER timebank_entry_moved AFTER UPDATE ON timebank_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.community_id <> NEW.community_id OR OLD.transfer_id <> NEW.transfer_id OR OLD.sign <> NEW.sign
    OR OLD.account_id <> NEW.account_id OR OLD.minutes <> NEW.minutes)
  EXECUTE FUNCTION timebank_entry_left_whole()
;;
CREATE CONSTRAINT TRIGGER timebank_entry_removed AFTER DELETE ON timebank_entry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION timebank_entry_left_whole()
;;

-- Accounts: the balance follows the entries, the held hours follow the holds, and nothing else moves them. Triggers
-- name their columns rather than a WHEN.
CREATE TRIGGER timebank_account_begins BEFORE INSERT ON timebank_account FOR EACH ROW
  WHEN (NEW.balance_minutes <> 0 OR NEW.seq <> 0 OR NEW.held_minutes <> 0 OR NEW.awaited_minutes <> 0
    OR NEW.last_placed_at IS NOT NULL)
  EXECUTE FUNCTION timebank_refuse('an account begins at 0')
;;
-- Exactly the holder its kind asks for, and no other; limits and held hours that can be. A payment changes none of them.
CREATE FUNCTION timebank_account_has_its_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind NOT IN ('person', 'household', 'organisation', 'group_pot', 'community_pot', 'partner', 'issuance')
      OR (NEW.kind = 'person') <> (NEW.person_id IS NOT NULL)
      OR (NEW.kind = 'household') <> (NEW.household_id IS NOT NULL)
      OR (NEW.kind = 'organisation') <> (NEW.organisation_id IS NOT NULL)
      OR (NEW.kind = 'group_pot') <> (NEW.group_id IS NOT NULL)
      OR (NEW.kind = 'partner') <> (NEW.partner_id IS NOT NULL) THEN
    RAISE EXCEPTION 'timebank: an account has the one holder of its kind'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.partner_id = NEW.community_id THEN PERFORM timebank_broken('account_partner_is_another_community'); END IF;
  RETURN NEW;
END $$
;;
CREATE TRIGGER timebank_account_has_its_holder
  BEFORE INSERT OR UPDATE OF kind, person_id, household_id, organisation_id, group_id, partner_id
  ON timebank_account FOR EACH ROW EXECUTE FUNCTION timebank_account_has_its_holder()
;;
CREATE FUNCTION timebank_account_can_be() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken text := CASE
  WHEN NEW.ceiling_minutes <= NEW.floor_minutes THEN 'account_ceiling_above_floor'
  WHEN NEW.held_minutes < 0 THEN 'account_held_is_not_negative'
  WHEN NEW.awaited_minutes < 0 THEN 'account_awaited_is_not_negative' END;
BEGIN
  IF broken IS NOT NULL THEN PERFORM timebank_broken(broken); END IF;
  RETURN NEW;
END $$
;;
CREATE TRIGGER timebank_account_can_be
  BEFORE INSERT OR UPDATE OF floor_minutes, ceiling_minutes, held_minutes, awaited_minutes
  ON timebank_account FOR EACH ROW EXECUTE FUNCTION timebank_account_can_be()
;;
CREATE TRIGGER timebank_account_stays BEFORE UPDATE OF id, community_id, kind ON timebank_account FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR OLD.community_id <> NEW.community_id OR OLD.kind <> NEW.kind)
  EXECUTE FUNCTION timebank_refuse('an account keeps its id, community and kind')
;;
CREATE FUNCTION timebank_account_follows_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found_minutes bigint; found_balance bigint; found_count bigint; last_balance bigint; found_at timestamptz;
BEGIN
  IF NEW.seq = OLD.seq AND NEW.balance_minutes = OLD.balance_minutes
      AND NEW.last_placed_at IS NOT DISTINCT FROM OLD.last_placed_at THEN
    RETURN NULL;
  END IF;
  IF NEW.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'timebank: a closed account keeps its balance' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.seq = OLD.seq + 1 THEN
    SELECT minutes, balance_after, placed_at INTO found_minutes, found_balance, found_at FROM timebank_entry
      WHERE community_id = NEW.community_id AND account_id = NEW.id AND seq = NEW.seq;
    found_count := 1;
  ELSE
    SELECT sum(minutes), count(*), (array_agg(balance_after ORDER BY seq DESC))[1], count(*) FILTER (WHERE chained),
        max(placed_at)
      INTO found_minutes, found_count, found_balance, last_balance, found_at
      FROM (SELECT seq, minutes, balance_after, placed_at,
          balance_after = OLD.balance_minutes + sum(minutes) OVER (ORDER BY seq) AS chained
        FROM timebank_entry WHERE community_id = NEW.community_id AND account_id = NEW.id
          AND seq > OLD.seq AND seq <= NEW.seq) line;
    IF last_balance <> found_count THEN found_balance := NULL; END IF;
  END IF;
  IF found_count IS DISTINCT FROM NEW.seq - OLD.seq OR found_balance IS DISTINCT FROM NEW.balance_minutes
      OR found_minutes IS DISTINCT FROM NEW.balance_minutes - OLD.balance_minutes
      OR found_at IS DISTINCT FROM NEW.last_placed_at THEN
    RAISE EXCEPTION 'timebank: a balance is moved by its entries alone' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF (NEW.balance_minutes - NEW.held_minutes < NEW.floor_minutes AND NEW.balance_minutes < OLD.balance_minutes)
      OR (NEW.balance_minutes + NEW.awaited_minutes > NEW.ceiling_minutes AND NEW.balance_minutes > OLD.balance_minutes
        AND NEW.kind NOT IN ('group_pot', 'community_pot')) THEN
    IF NOT EXISTS (SELECT 1 FROM timebank_entry e JOIN timebank_transfer t ON t.id = e.transfer_id
        WHERE e.community_id = NEW.community_id AND e.account_id = NEW.id AND e.seq > OLD.seq AND e.seq <= NEW.seq
          AND (t.overridden_by_id IS NOT NULL OR t.hold_id IS NOT NULL OR t.kind IN ('opening', 'import'))) THEN
      RAISE EXCEPTION 'timebank: beyond the limits of the account' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_account_follows_entries AFTER UPDATE OF balance_minutes, seq, last_placed_at
  ON timebank_account FOR EACH ROW EXECUTE FUNCTION timebank_account_follows_entries()
;;
CREATE FUNCTION timebank_account_follows_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind IN ('group_pot', 'community_pot') THEN RETURN NULL; END IF;
  IF NEW.held_minutes <> (SELECT coalesce(sum(minutes), 0) FROM timebank_hold
      WHERE community_id = NEW.community_id AND payer_id = NEW.id AND state = 'held')
    OR NEW.awaited_minutes <> (SELECT coalesce(sum(minutes), 0) FROM timebank_hold
      WHERE community_id = NEW.community_id AND payee_id = NEW.id AND state = 'held') THEN
    RAISE EXCEPTION 'timebank: held hours are moved by holds alone' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_account_follows_holds AFTER UPDATE OF held_minutes, awaited_minutes ON timebank_account
  FOR EACH ROW EXECUTE FUNCTION timebank_account_follows_holds()
;;
CREATE FUNCTION timebank_account_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.seq > 0 OR EXISTS (SELECT 1 FROM timebank_entry WHERE community_id = OLD.community_id AND account_id = OLD.id) THEN
    RAISE EXCEPTION 'timebank: an account with a history is never deleted'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN OLD;
END $$
;;
CREATE TRIGGER timebank_account_no_delete BEFORE DELETE ON timebank_account
  FOR EACH ROW EXECUTE FUNCTION timebank_account_no_delete()
;;
CREATE TRIGGER timebank_account_no_truncate BEFORE TRUNCATE ON timebank_account
  EXECUTE FUNCTION timebank_refuse('an account stays')
;;

-- Holds: made as held, ended once, never changed otherwise.
CREATE FUNCTION timebank_hold_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE payer timebank_account; payee timebank_account; change bigint := NEW.minutes;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    change := -change;
  ELSE
    SELECT * INTO payer FROM timebank_account WHERE id = NEW.payer_id AND community_id = NEW.community_id;
    SELECT * INTO payee FROM timebank_account WHERE id = NEW.payee_id AND community_id = NEW.community_id;
    IF payer.id IS NULL OR payee.id IS NULL OR payer.closed_at IS NOT NULL OR payee.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'timebank: a hold is between two open accounts of its community'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF payer.balance_minutes - payer.held_minutes - NEW.minutes < payer.floor_minutes
        OR (payee.kind NOT IN ('group_pot', 'community_pot')
          AND payee.balance_minutes + payee.awaited_minutes + NEW.minutes > payee.ceiling_minutes) THEN
      RAISE EXCEPTION 'timebank: beyond the limits of the account' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  UPDATE timebank_account SET
    held_minutes = held_minutes + CASE WHEN id = NEW.payer_id THEN change ELSE 0 END,
    awaited_minutes = awaited_minutes + CASE WHEN id = NEW.payee_id THEN change ELSE 0 END
  WHERE community_id = NEW.community_id
    AND (id = NEW.payer_id OR (id = NEW.payee_id AND kind NOT IN ('group_pot', 'community_pot')));
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_hold_begins BEFORE INSERT ON timebank_hold FOR EACH ROW WHEN (NEW.state <> 'held')
  EXECUTE FUNCTION timebank_refuse('a hold begins as held')
;;
CREATE TRIGGER timebank_hold_reserves AFTER INSERT ON timebank_hold
  FOR EACH ROW EXECUTE FUNCTION timebank_hold_moves()
;;
CREATE TRIGGER timebank_hold_ends_once BEFORE UPDATE ON timebank_hold FOR EACH ROW
  WHEN (OLD.state <> 'held' OR NEW.state = 'held' OR OLD.id <> NEW.id OR OLD.community_id <> NEW.community_id
    OR OLD.key <> NEW.key OR OLD.payer_id <> NEW.payer_id OR OLD.payee_id <> NEW.payee_id
    OR OLD.minutes <> NEW.minutes OR OLD.held_at <> NEW.held_at)
  EXECUTE FUNCTION timebank_refuse('a hold ends once')
;;
CREATE TRIGGER timebank_hold_lets_go AFTER UPDATE ON timebank_hold
  FOR EACH ROW EXECUTE FUNCTION timebank_hold_moves()
;;
CREATE TRIGGER timebank_hold_no_delete BEFORE DELETE ON timebank_hold
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('a hold stays')
;;
CREATE TRIGGER timebank_hold_no_truncate BEFORE TRUNCATE ON timebank_hold
  EXECUTE FUNCTION timebank_refuse('a hold stays')
;;

-- The queue and the chain of seals.
CREATE FUNCTION timebank_unfolded_sealed_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Looked up row by row: the planner may join all seals there are for few rows.
  IF EXISTS (SELECT 1 FROM gone WHERE (SELECT true FROM timebank_seal s
      WHERE s.community_id = gone.community_id AND s.transfer_id = gone.transfer_id) IS NULL) THEN
    RAISE EXCEPTION 'timebank: a transfer leaves the queue when it is sealed'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_unfolded_sealed_first AFTER DELETE ON timebank_unfolded REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION timebank_unfolded_sealed_first()
;;
CREATE TRIGGER timebank_unfolded_by_posting BEFORE INSERT ON timebank_unfolded
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
  EXECUTE FUNCTION timebank_refuse('the queue is filled by posting alone')
;;
CREATE TRIGGER timebank_unfolded_no_update BEFORE UPDATE ON timebank_unfolded
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('the queue names transfers once')
;;
CREATE TRIGGER timebank_unfolded_no_truncate BEFORE TRUNCATE ON timebank_unfolded
  EXECUTE FUNCTION timebank_refuse('the queue is emptied by the fold')
;;
CREATE FUNCTION timebank_seal_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT community_id, min(n) AS first, max(n) AS last, count(*) AS many FROM fresh
      GROUP BY community_id) line
    WHERE last - first + 1 <> many OR (first > 1 AND NOT EXISTS (
      SELECT 1 FROM timebank_seal s WHERE s.community_id = line.community_id AND s.n = first - 1))) THEN
    RAISE EXCEPTION 'timebank: seals are counted without a gap' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$
;;
CREATE TRIGGER timebank_seal_fits AFTER INSERT ON timebank_seal REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION timebank_seal_fits()
;;
CREATE TRIGGER timebank_seal_no_change BEFORE UPDATE OR DELETE ON timebank_seal
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('a seal stays')
;;
CREATE TRIGGER timebank_seal_no_truncate BEFORE TRUNCATE ON timebank_seal
  EXECUTE FUNCTION timebank_refuse('a seal stays')
;;
CREATE TRIGGER timebank_category_stays BEFORE UPDATE ON timebank_category FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR OLD.community_id <> NEW.community_id)
  EXECUTE FUNCTION timebank_refuse('a category keeps its id and community')
;;
CREATE TRIGGER timebank_category_no_delete BEFORE DELETE ON timebank_category
  FOR EACH ROW EXECUTE FUNCTION timebank_refuse('a category is archived, never deleted')
;;
-- Refusals stay awake in a session that puts other triggers to sleep (session_replication_role). And functions name the
-- ledger's own tables with their schema: else PostgreSQL takes a temporary table of that name first, or whatever
-- search_path names. A search path of each function would say the same, and cost a line of a batch a tenth.
DO $$
DECLARE guard record;
BEGIN
  FOR guard IN SELECT tgname, tgrelid::regclass AS guarded FROM pg_trigger
      WHERE NOT tgisinternal AND tgname LIKE 'timebank\_%' LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', guard.guarded, guard.tgname);
  END LOOP;
  FOR guard IN SELECT oid FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'timebank\_%'
        AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql') LOOP
    EXECUTE regexp_replace(pg_get_functiondef(guard.oid),
      '(?<![.''\w])(timebank_(account|category|entry|hold|seal|transfer|transfernote|unfolded)|kernel_activity)(?![\w.''(])',
      format('%I.\1', current_schema()), 'g');
  END LOOP;
END $$
;;
