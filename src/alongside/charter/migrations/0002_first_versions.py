"""The rules as they are become the first version, for every community that has a time bank already."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SETTINGS = [
    "floor_minutes", "soft_floor_minutes", "ceiling_minutes", "soft_ceiling_minutes", "auto_confirm_days", "hold_days",
    "inactive_days", "recognised_work_credits",
]  # fmt: skip


def write_down(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    banks = apps.get_model("timebank", "TimeBank").objects.all()
    versions, lines = apps.get_model("charter", "CharterVersion"), apps.get_model("charter", "CharterLine")
    for bank in banks:
        lists = {
            "categories": _offered(apps.get_model("timebank", "Category"), bank, ["position", "name"]),
            "recognised_work": _offered(apps.get_model("timebank", "RecognisedKind"), bank, ["name"]),
        }
        version = versions.objects.create(
            community_id=bank.community_id,
            number=1,
            made_at=bank.opened_at,
            **{name: getattr(bank, name) for name in SETTINGS},
            **{f"{kind}_count": len(rows) for kind, rows in lists.items()},
        )
        for kind, rows in lists.items():
            for position, row in enumerate(rows, start=1):
                told = {"name": row.name, "division": row.division, "target": row.pk}
                lines.objects.create(
                    community_id=bank.community_id, version=version, kind=kind, position=position, **told
                )


def _offered(model: object, bank: object, order: list[str]) -> list[object]:
    """The rows in use; kinds of help get the places that their order means."""
    rows = list(model.objects.filter(community_id=bank.community_id, archived_at=None).order_by(*order))  # type: ignore[attr-defined]
    for position, row in enumerate(rows, start=1):
        if getattr(row, "position", position) != position:
            row.position = position
            row.save(update_fields=["position"])
    return rows


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_rules_of_a_community"), ("timebank", "0002_ledger_guards")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
