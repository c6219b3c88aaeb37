"""The database itself counts what is taken, and keeps every mark as it was made.

A later migration that rebuilds one of these tables on SQLite (any change of a field) has to lay the guards in again.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BOOKING, SEAT, PART = "gatherings_booking", "gatherings_seat", "gatherings_part"
MARK, PRESENCE = "gatherings_mark", "gatherings_attendance"

ONE_GATHERING = "a seat is of the gathering that is booked, and stays as it was taken"
COUNTED = "what is taken is counted, and by nobody else"
STAYS = "a mark stays as it was made"
NOT_ALONE = "nobody attests their own time"
SAME_PLACE = "a row stays with its gathering"


def _taken(part: str) -> str:
    return (
        f"(SELECT COALESCE(SUM(s.count), 0) FROM {SEAT} s JOIN {BOOKING} b ON b.id = s.booking_id"
        f" WHERE s.part_id = {part}.id AND b.state = 'booked')"
    )


def _guards(differ: str) -> list[tuple[str, str, str, str, str]]:
    """What each guard refuses: (name, table, moment, condition, words)."""
    elsewhere = (
        f"(SELECT p.gathering_id FROM {PART} p WHERE p.id = NEW.part_id) {differ}"
        f" (SELECT b.gathering_id FROM {BOOKING} b WHERE b.id = NEW.booking_id)"
    )
    kept = ("id", "community_id", "gathering_id", "said", "moment", "channel", "sheet_id", "at", "key")
    changed = " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in kept)
    own = (
        "NEW.attested_by_id IS NOT NULL AND NEW.attested_by_id ="
        " (SELECT m.person_id FROM people_membership m WHERE m.id = NEW.membership_id)"
    )
    return [
        ("of_one_gathering", SEAT, "INSERT", elsewhere, ONE_GATHERING),
        ("stays", SEAT, "UPDATE", "", ONE_GATHERING),
        ("begins_empty", PART, "INSERT", "NEW.taken <> 0", COUNTED),
        ("is_counted", PART, "UPDATE", f"NEW.taken <> {_taken('NEW')}", COUNTED),
        ("keeps_its_gathering", PART, "UPDATE", f"OLD.gathering_id {differ} NEW.gathering_id", SAME_PLACE),
        ("keeps_its_gathering", BOOKING, "UPDATE", f"OLD.gathering_id {differ} NEW.gathering_id", SAME_PLACE),
        ("stays", MARK, "UPDATE", changed, STAYS),
        ("is_kept", MARK, "DELETE", "", STAYS),
        ("not_alone", PRESENCE, "INSERT", own, NOT_ALONE),
        ("not_alone_later", PRESENCE, "UPDATE", own, NOT_ALONE),
    ]


# SQLite puts a row in another's place without a word to update and delete triggers: hence the look before an insert.
_PLACES = {
    BOOKING: "community_id = NEW.community_id AND gathering_id = NEW.gathering_id"
    " AND (membership_id = NEW.membership_id OR place_in_line = NEW.place_in_line)",
    PART: "community_id = NEW.community_id AND gathering_id = NEW.gathering_id AND name = NEW.name",
    MARK: "community_id = NEW.community_id AND key = NEW.key",
}
_SQLITE_COUNTING = (
    f"CREATE TRIGGER {SEAT}_taken AFTER INSERT ON {SEAT}"
    f" BEGIN UPDATE {PART} SET taken = {_taken(PART)} WHERE id = NEW.part_id; END",
    f"CREATE TRIGGER {SEAT}_given_up AFTER DELETE ON {SEAT}"
    f" BEGIN UPDATE {PART} SET taken = {_taken(PART)} WHERE id = OLD.part_id; END",
    f"CREATE TRIGGER {BOOKING}_taken AFTER UPDATE OF state ON {BOOKING}"
    " WHEN OLD.state IS NOT NEW.state AND 'booked' IN (OLD.state, NEW.state)"
    f" BEGIN UPDATE {PART} SET taken = {_taken(PART)}"
    f" WHERE id IN (SELECT part_id FROM {SEAT} WHERE booking_id = NEW.id); END",
)
# The part is locked first: its sum is then reckoned anew, with what others have taken meanwhile.
_POSTGRESQL_COUNTING = (
    "CREATE FUNCTION gatherings_recount(wanted uuid) RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
    f" PERFORM 1 FROM {PART} WHERE id = wanted FOR NO KEY UPDATE;"
    f" UPDATE {PART} SET taken = {_taken(PART)} WHERE id = wanted; END $$",
    "CREATE FUNCTION gatherings_seat_counts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
    " IF TG_OP = 'INSERT' THEN PERFORM gatherings_recount(NEW.part_id); RETURN NEW; END IF;"
    " PERFORM gatherings_recount(OLD.part_id); RETURN OLD; END $$",
    "CREATE FUNCTION gatherings_booking_counts() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE one uuid; BEGIN"
    f" FOR one IN SELECT part_id FROM {SEAT} WHERE booking_id = NEW.id ORDER BY part_id"
    " LOOP PERFORM gatherings_recount(one); END LOOP; RETURN NEW; END $$",
    f"CREATE TRIGGER {SEAT}_counts AFTER INSERT OR DELETE ON {SEAT}"
    " FOR EACH ROW EXECUTE FUNCTION gatherings_seat_counts()",
    f"CREATE TRIGGER {BOOKING}_counts AFTER UPDATE OF state ON {BOOKING} FOR EACH ROW"
    " WHEN (OLD.state IS DISTINCT FROM NEW.state AND 'booked' IN (OLD.state, NEW.state))"
    " EXECUTE FUNCTION gatherings_booking_counts()",
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
        f" RAISE EXCEPTION 'gatherings: {words}' USING ERRCODE = 'integrity_constraint_violation';"
        f" END IF; RETURN {back}; END $$",
        f"CREATE TRIGGER {guard} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {guard}()",
    )


def _trigger(name: str, table: str, moment: str, condition: str, words: str) -> str:
    when = f"WHEN {condition} " if condition else ""
    return (
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} {when}"
        f"BEGIN SELECT RAISE(ABORT, 'gatherings: {words}'); END"
    )


def _no_replace(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'gatherings: this stands there already') WHERE EXISTS"
        f" (SELECT 1 FROM {table} WHERE id = NEW.id OR rowid = NEW.rowid OR ({_PLACES[table]})); END"
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards = [f"{table}_{name}" for name, table, *_ in _guards("")]
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION {guard}() CASCADE" for guard in guards]
        drops += [
            "DROP FUNCTION gatherings_seat_counts() CASCADE",
            "DROP FUNCTION gatherings_booking_counts() CASCADE",
            "DROP FUNCTION gatherings_recount(uuid)",
        ]
    else:
        counting = (f"{SEAT}_taken", f"{SEAT}_given_up", f"{BOOKING}_taken")
        drops = [f"DROP TRIGGER {name}" for name in (*guards, *counting, *(f"{table}_no_replace" for table in _PLACES))]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0001_gatherings")]

    operations = [migrations.RunPython(lay_in, take_out)]
