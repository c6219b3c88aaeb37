"""The terms of a vote never change once it is open, a count stays as it was, and nothing is slipped in after."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TERMS = "the terms of a vote never change once it is open"
COUNT = "a count stays as it was made"
ROLL = "a roll is frozen when voting opens"

_TERMS = [
    "id", "community_id", "proposal_id", "version_id", "rule", "settings", "is_secret", "sides", "opens_at",
    "closes_at", "lot_seed",
]  # fmt: skip
_COUNT = ["state", "outcome", "result", "closed_at", "called_off_why"]
_BALLOT = ["id", "community_id", "decision_id", "side", "choice"]


def _differ(columns: list[str], how: str) -> str:
    return " OR ".join(f"OLD.{column} {how} NEW.{column}" for column in columns)


def _closed(row: str) -> str:
    return f"(SELECT state FROM decisions_decision WHERE id = {row}.decision_id) <> 'open'"


# What each guard refuses: (name, table, moment, condition). `IS NOT` is SQLite's word for IS DISTINCT FROM.
def _guards(differ: str) -> list[tuple[str, str, str, str, str]]:
    return [
        ("terms_stay", "decision", "UPDATE", _differ(_TERMS, differ), TERMS),
        ("count_stays", "decision", "UPDATE", f"OLD.state <> 'open' AND ({_differ(_COUNT, differ)})", COUNT),
        ("stays", "decision", "DELETE", "", COUNT),
        ("in_time", "ballot", "INSERT", _closed("NEW"), COUNT),
        ("says_the_same", "ballot", "UPDATE", _differ(_BALLOT, differ), COUNT),
        ("stays", "ballot", "DELETE", "", COUNT),
        ("in_time", "receipt", "INSERT", _closed("NEW"), COUNT),
        ("says_the_same", "receipt", "UPDATE", _differ(["id", "decision_id", "code"], differ), COUNT),
        ("stays", "receipt", "DELETE", "", COUNT),
        ("in_time", "openballot", "INSERT", _closed("NEW"), COUNT),
        ("in_time", "rollentry", "INSERT", _closed("NEW"), ROLL),
        ("side_stays", "rollentry", "UPDATE", _differ(["decision_id", "side"], differ), ROLL),
        (
            "part_stays", "rollentry", "UPDATE",
            f"{_closed('OLD')} AND ({_differ(['took_part', 'channel'], differ)})", COUNT,
        ),
        ("stays", "rollentry", "DELETE", _closed("OLD"), ROLL),
    ]  # fmt: skip


# SQLite puts a row in another's place without a word to delete triggers: hence the look before every insert.
# A later migration that rebuilds one of these tables on SQLite has to lay these in again.
_PLACES = {
    "decision": "(community_id = NEW.community_id AND key = NEW.key)"
    " OR (community_id = NEW.community_id AND proposal_id = NEW.proposal_id AND state = 'open' AND NEW.state = 'open')",
    "ballot": "(NEW.membership_id IS NOT NULL AND community_id = NEW.community_id"
    " AND decision_id = NEW.decision_id AND membership_id = NEW.membership_id)",
    "receipt": "(community_id = NEW.community_id AND decision_id = NEW.decision_id AND code = NEW.code)",
    "rollentry": "(community_id = NEW.community_id AND decision_id = NEW.decision_id"
    " AND membership_id = NEW.membership_id)",
}


def _sqlite() -> list[str]:
    made = []
    for name, table, moment, condition, words in _guards("IS NOT"):
        when = f"WHEN {condition} " if condition else ""
        made.append(
            f"CREATE TRIGGER decisions_{table}_{name} BEFORE {moment} ON decisions_{table} {when}"
            f"BEGIN SELECT RAISE(ABORT, 'decisions: {words}'); END"
        )
    for table, place in _PLACES.items():
        made.append(
            f"CREATE TRIGGER decisions_{table}_no_replace BEFORE INSERT ON decisions_{table}"
            f" BEGIN SELECT RAISE(ABORT, 'decisions: {COUNT}') WHERE EXISTS"
            f" (SELECT 1 FROM decisions_{table} WHERE id = NEW.id OR rowid = NEW.rowid OR {place}); END"
        )
    return made


def _postgresql() -> list[str]:
    made = []
    for name, table, moment, condition, words in _guards("IS DISTINCT FROM"):
        test = f"IF {condition} THEN " if condition else "IF true THEN "
        back = "OLD" if moment == "DELETE" else "NEW"
        made.append(
            f"CREATE FUNCTION decisions_{table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {test}"
            f"RAISE EXCEPTION 'decisions: {words}' USING ERRCODE = 'integrity_constraint_violation';"
            f" END IF; RETURN {back}; END $$"
        )
        made.append(
            f"CREATE TRIGGER decisions_{table}_{name} BEFORE {moment} ON decisions_{table}"
            f" FOR EACH ROW EXECUTE FUNCTION decisions_{table}_{name}()"
        )
    return made


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _postgresql() if schema_editor.connection.vendor == "postgresql" else _sqlite():
        schema_editor.execute(statement, params=None)


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION decisions_{table}_{name}() CASCADE" for name, table, *_ in _guards("")]
    else:
        drops = [f"DROP TRIGGER decisions_{table}_{name}" for name, table, *_ in _guards("")]
        drops += [f"DROP TRIGGER decisions_{table}_no_replace" for table in _PLACES]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0002_votes")]

    operations = [migrations.RunPython(lay_in, take_out)]
