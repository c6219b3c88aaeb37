"""The database itself counts what is taken of a stock, and keeps a draw as it was closed and drawn.

A later migration that rebuilds one of these tables on SQLite (any change of a field) has to lay the guards in again.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REWARD, ENTITLEMENT, NOTE = "rewards_reward", "rewards_entitlement", "rewards_papernote"
DRAW, ENTRY = "rewards_draw", "rewards_drawentry"

COUNTED = "what is taken is counted, and by nobody else"
SAME = "an entitlement stays with its reward, and what is over stays so"
PAPER = "a note stays with what it was printed for"
CLOSED = "a draw stays as it was closed"
ENTRIES = "entries of a closed draw stay as they were"


def _taken(reward: str) -> str:
    return (
        f"(SELECT COUNT(*) FROM {ENTITLEMENT} e WHERE e.reward_id = {reward}.id"
        " AND e.state IN ('issued', 'redeemed'))"
    )


def _is_closed(row: str) -> str:
    return f"(SELECT d.closed_at FROM {DRAW} d WHERE d.id = {row}.draw_id) IS NOT NULL"


def _guards(differ: str) -> list[tuple[str, str, str, str, str]]:
    """What each guard refuses: (name, table, moment, condition, words)."""

    def changed(*columns: str) -> str:
        return "(" + " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in columns) + ")"

    over = f"OLD.state IN ('transferred', 'expired') AND {changed('state', 'settled_at')}"
    closed = changed("closed_at", "digest", "prizes", "number_at", "from_day", "until_day", "reward_id")
    drawn = changed("drawn_at", "public_number")
    return [
        ("begins_empty", REWARD, "INSERT", "NEW.taken <> 0", COUNTED),
        ("is_counted", REWARD, "UPDATE", f"NEW.taken <> {_taken('NEW')}", COUNTED),
        ("stays", ENTITLEMENT, "UPDATE", f"{changed('reward_id', 'community_id', 'origin')} OR ({over})", SAME),
        ("stays", NOTE, "UPDATE", changed("entitlement_id", "number", "serial"), PAPER),
        ("is_kept", NOTE, "DELETE", "", PAPER),
        (
            "stays", DRAW, "UPDATE",
            f"(OLD.closed_at IS NOT NULL AND {closed}) OR (OLD.drawn_at IS NOT NULL AND {drawn})", CLOSED,
        ),
        ("comes_in_time", ENTRY, "INSERT", _is_closed("NEW"), ENTRIES),
        ("stays", ENTRY, "UPDATE", f"{changed('draw_id', 'name', 'tickets')} AND {_is_closed('OLD')}", ENTRIES),
        ("is_kept", ENTRY, "DELETE", _is_closed("OLD"), ENTRIES),
    ]  # fmt: skip


# SQLite puts a row in another's place without a word to update and delete triggers: hence the look before an insert.
_PLACES = {
    REWARD: "community_id = NEW.community_id AND program_id = NEW.program_id AND key = NEW.key",
    ENTITLEMENT: "community_id = NEW.community_id AND (code = NEW.code OR (reward_id = NEW.reward_id"
    " AND membership_id = NEW.membership_id AND number = NEW.number))",
    NOTE: "community_id = NEW.community_id AND (number = NEW.number OR serial = NEW.serial)",
    ENTRY: "community_id = NEW.community_id AND draw_id = NEW.draw_id"
    " AND (name = NEW.name OR membership_id = NEW.membership_id)",
}
_SQLITE_COUNTING = tuple(
    f"CREATE TRIGGER {ENTITLEMENT}_{name} AFTER {moment} ON {ENTITLEMENT}"
    f" BEGIN UPDATE {REWARD} SET taken = {_taken(REWARD)} WHERE id = {row}.reward_id; END"
    for name, moment, row in (
        ("given", "INSERT", "NEW"), ("settled", "UPDATE OF state", "NEW"), ("gone", "DELETE", "OLD"),
    )
)  # fmt: skip
# The reward is locked first: its sum is then reckoned anew, with what others have taken meanwhile.
_POSTGRESQL_COUNTING = (
    "CREATE FUNCTION rewards_recount() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE wanted uuid; BEGIN"
    " IF TG_OP = 'DELETE' THEN wanted := OLD.reward_id; ELSE wanted := NEW.reward_id; END IF;"
    f" PERFORM 1 FROM {REWARD} WHERE id = wanted FOR NO KEY UPDATE;"
    f" UPDATE {REWARD} SET taken = {_taken(REWARD)} WHERE id = wanted; RETURN NULL; END $$",
    f"CREATE TRIGGER {ENTITLEMENT}_counts AFTER INSERT OR DELETE ON {ENTITLEMENT}"
    " FOR EACH ROW EXECUTE FUNCTION rewards_recount()",
    f"CREATE TRIGGER {ENTITLEMENT}_recounts AFTER UPDATE OF state ON {ENTITLEMENT} FOR EACH ROW"
    " WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION rewards_recount()",
)


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        statements = [*_POSTGRESQL_COUNTING, *(sql for guard in _guards("IS DISTINCT FROM") for sql in _function(*guard))]
    else:
        statements = [*_SQLITE_COUNTING, *(_trigger(*guard) for guard in _guards("IS NOT")), *map(_no_replace, _PLACES)]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _function(name: str, table: str, moment: str, condition: str, words: str) -> tuple[str, str]:
    guard, back = f"{table}_{name}", "OLD" if moment == "DELETE" else "NEW"
    return (
        f"CREATE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition or 'true'} THEN"
        f" RAISE EXCEPTION 'rewards: {words}' USING ERRCODE = 'integrity_constraint_violation';"
        f" END IF; RETURN {back}; END $$",
        f"CREATE TRIGGER {guard} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {guard}()",
    )


def _trigger(name: str, table: str, moment: str, condition: str, words: str) -> str:
    when = f"WHEN {condition} " if condition else ""
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, 'rewards: {words}'); END"
    )


def _no_replace(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'rewards: this stands there already') WHERE EXISTS"
        f" (SELECT 1 FROM {table} WHERE id = NEW.id OR rowid = NEW.rowid OR ({_PLACES[table]})); END"
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards = [f"{table}_{name}" for name, table, *_ in _guards("")]
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION {guard}() CASCADE" for guard in guards]
        drops.append("DROP FUNCTION rewards_recount() CASCADE")
    else:
        counting = [f"{ENTITLEMENT}_{name}" for name in ("given", "settled", "gone")]
        drops = [f"DROP TRIGGER {name}" for name in (*guards, *counting, *(f"{table}_no_replace" for table in _PLACES))]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_rewards")]

    operations = [migrations.RunPython(lay_in, take_out)]
