"""A version never changes, comes of a passed decision or of the founders, and nothing but the newest one sets the rules.

The guards stand on tables of other rooms, too. A later migration that rebuilds `timebank_timebank`, `timebank_category`,
`timebank_recognisedkind` or `decisions_ownhouserules` on SQLite has to lay them in again; one that rebuilds
`decisions_decision` has to take them out before.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

STAYS = "a version of the rules stays as it was made"
COMES_OF = "a version of the rules comes of a passed decision, or of the founders before any"
NOTHING_ELSE = "nothing but a version of the rules sets this"

VERSION, LINE = "charter_charterversion", "charter_charterline"
BANK, OWN = "timebank_timebank", "decisions_ownhouserules"
LISTS = {"timebank_category": "categories", "timebank_recognisedkind": "recognised_work"}
_SETTINGS = [
    "floor_minutes", "soft_floor_minutes", "ceiling_minutes", "soft_ceiling_minutes", "auto_confirm_days", "hold_days",
    "inactive_days", "recognised_work_credits",
]  # fmt: skip
_KEPT = ["id", "community_id", "number", "decision_id", "made_at", "house_rules", *_SETTINGS]


def _newest(row: str, what: str) -> str:
    return (
        f"(SELECT v.{what} FROM {VERSION} v WHERE v.community_id = {row}.community_id ORDER BY v.number DESC LIMIT 1)"
    )


def _has_one(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM {VERSION} v WHERE v.community_id = {row}.community_id)"


def _line(row: str, kind: str, same: str = "") -> str:
    return (
        f"EXISTS (SELECT 1 FROM {LINE} l WHERE l.community_id = {row}.community_id AND l.kind = '{kind}'"
        f" AND l.version_id = {_newest(row, 'id')} AND l.target = {row}.id{same})"
    )


def _made_rightly() -> str:
    others = f"FROM {VERSION} v WHERE v.community_id = NEW.community_id"
    passed = (
        "EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = NEW.decision_id AND d.community_id = NEW.community_id"
        " AND d.state = 'closed' AND d.outcome = 'passed')"
    )
    return (
        f"NEW.number <> COALESCE((SELECT MAX(v.number) {others}), 0) + 1"
        f" OR (NEW.decision_id IS NOT NULL AND NOT {passed})"
        f" OR (NEW.decision_id IS NULL AND EXISTS (SELECT 1 {others} AND v.decision_id IS NOT NULL))"
    )


def _slipped_in() -> str:
    too_many = [f"(NEW.kind = '{kind}' AND NEW.position > {_newest('NEW', f'{kind}_count')})" for kind in LISTS.values()]
    return " OR ".join([f"NEW.version_id <> {_newest('NEW', 'id')}", *too_many])


def _guards(differ: str) -> list[tuple[str, str, str, str, str]]:
    """What each guard refuses: (name, table, moment, condition, words)."""
    changed = " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in _KEPT)
    otherwise = " OR ".join(f"NEW.{name} {differ} {_newest('NEW', name)}" for name in _SETTINGS)
    words = f"{_has_one('NEW')} AND NEW.words <> {_newest('NEW', 'house_rules')}"
    found = [
        ("made_rightly", VERSION, "INSERT", _made_rightly(), COMES_OF),
        ("stays", VERSION, "UPDATE", changed, STAYS),
        ("is_kept", VERSION, "DELETE", "", STAYS),
        ("slips_in", LINE, "INSERT", _slipped_in(), STAYS),
        ("stays", LINE, "UPDATE", "", STAYS),
        ("is_kept", LINE, "DELETE", "", STAYS),
        ("set_by_rules", BANK, "UPDATE", f"{_has_one('NEW')} AND ({otherwise})", NOTHING_ELSE),
        ("begun_by_rules", BANK, "INSERT", f"{_has_one('NEW')} AND ({otherwise})", NOTHING_ELSE),
        ("kept_by_rules", BANK, "DELETE", _has_one("OLD"), NOTHING_ELSE),
        ("set_by_rules", OWN, "UPDATE", words, NOTHING_ELSE),
        ("begun_by_rules", OWN, "INSERT", words, NOTHING_ELSE),
        ("kept_by_rules", OWN, "DELETE", f"{_newest('OLD', 'house_rules')} <> ''", NOTHING_ELSE),
    ]
    for table, kind in LISTS.items():
        place = " AND l.position = NEW.position" if kind == "categories" else ""
        same = f" AND l.name = NEW.name AND l.division = NEW.division{place}"
        wrong = (
            f"(NEW.archived_at IS NULL AND {_has_one('NEW')} AND NOT {_line('NEW', kind, same)})"
            f" OR (NEW.archived_at IS NOT NULL AND {_line('NEW', kind)})"
        )
        found += [
            ("set_by_rules", table, "UPDATE", wrong, NOTHING_ELSE),
            ("begun_by_rules", table, "INSERT", wrong, NOTHING_ELSE),
            ("kept_by_rules", table, "DELETE", _line("OLD", kind), NOTHING_ELSE),
        ]
    return found


# SQLite puts a row in another's place without a word to delete triggers: hence the look before every insert.
_PLACES = {
    VERSION: "community_id = NEW.community_id AND (number = NEW.number OR decision_id = NEW.decision_id)",
    LINE: "community_id = NEW.community_id AND version_id = NEW.version_id"
    " AND (target = NEW.target OR (kind = NEW.kind AND position = NEW.position))",
}


def lay_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, table, moment, condition, words in _guards("IS DISTINCT FROM"):
            guard, back = f"{table}_{name}", "OLD" if moment == "DELETE" else "NEW"
            schema_editor.execute(
                f"CREATE FUNCTION {guard}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition or 'true'} THEN"
                f" RAISE EXCEPTION 'charter: {words}' USING ERRCODE = 'integrity_constraint_violation';"
                f" END IF; RETURN {back}; END $$",
                params=None,
            )
            schema_editor.execute(
                f"CREATE TRIGGER {guard} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {guard}()",
                params=None,
            )
        return
    for name, table, moment, condition, words in _guards("IS NOT"):
        when = f"WHEN {condition} " if condition else ""
        schema_editor.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} {when}"
            f"BEGIN SELECT RAISE(ABORT, 'charter: {words}'); END",
            params=None,
        )
    for table, place in _PLACES.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'charter: {STAYS}')"
            f" WHERE EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR rowid = NEW.rowid OR ({place})); END",
            params=None,
        )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    guards = [f"{table}_{name}" for name, table, *_ in _guards("")]
    if schema_editor.connection.vendor == "postgresql":
        drops = [f"DROP FUNCTION {guard}() CASCADE" for guard in guards]
    else:
        drops = [f"DROP TRIGGER {guard}" for guard in (*guards, *(f"{table}_no_replace" for table in _PLACES))]
    for statement in drops:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("charter", "0002_first_versions"), ("decisions", "0012_words_carry_values")]

    operations = [migrations.RunPython(lay_in, take_out)]
