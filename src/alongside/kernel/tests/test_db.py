"""Tables made together are the tables made one after the other; planners know what is new."""

from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.migrations import AddIndex, CreateModel, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now
from alongside.kernel.db import CreateModels, in_one_go, take_stock
from alongside.kernel.models import Activity


def table(name: str, *fields: tuple[str, "models.Field[Any, Any]"]) -> CreateModel:
    return CreateModel(name=name, fields=[("id", models.IntegerField(primary_key=True)), *fields])


def garden_and_its_beds() -> list[Operation]:
    garden = models.ForeignKey("kernel.Garden", models.CASCADE)
    return [table("Garden"), table("Bed", ("garden", garden))]


def lay(operations: list[Operation]) -> tuple[ProjectState, ProjectState]:
    before, after = ProjectState(), ProjectState()
    assert after.apps  # drawn, as it is while somebody migrates
    for operation in operations:
        operation.state_forwards("kernel", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("kernel", editor, before, after)
    return before, after


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name in ("kernel_garden", "kernel_bed")}


def test_only_new_tables_that_stand_in_a_row_are_made_together():
    index, code = AddIndex("bed", models.Index(fields=["id"], name="beds")), RunPython(RunPython.noop)

    made = in_one_go([*garden_and_its_beds(), index, code, table("Shed")])

    assert [type(operation) for operation in made] == [CreateModels, AddIndex, RunPython, CreateModels]
    assert made[0].describe() == "Create model Garden; Create model Bed"


@pytest.mark.usefixtures("committed_db")
def test_tables_made_in_one_go_can_be_taken_back():
    [together] = in_one_go(garden_and_its_beds())
    before, after = lay([together])

    assert tables() == {"kernel_garden", "kernel_bed"}
    assert connection.introspection.get_relations(connection.cursor(), "kernel_bed")

    with connection.schema_editor() as editor:
        together.database_backwards("kernel", editor, after, before)

    assert tables() == set()


def test_the_picture_of_all_models_is_not_drawn_for_each_table():
    state = ProjectState()
    assert state.apps

    CreateModels([table("Garden"), table("Shed")]).state_forwards("kernel", state)

    assert "apps" not in vars(state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Garden", "Shed"}


@pytest.mark.postgresql_only
@pytest.mark.usefixtures("committed_db")
def test_a_planner_that_was_told_knows_of_rows_which_nobody_else_sees_yet():
    with transaction.atomic():
        Activity.objects.bulk_create(
            Activity(at=now(), channel=Channel.WEB, did="kernel.tried", about_type="none") for _ in range(300)
        )
        assert rows_that_are_planned_for() != 300

        take_stock()

        assert rows_that_are_planned_for() == 300


def rows_that_are_planned_for() -> int:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT * FROM kernel_activity")
        [[found]] = cursor.fetchall()
    return int(found[0]["Plan"]["Plan Rows"])


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_needs_not_be_told(django_assert_num_queries: Any):
    with django_assert_num_queries(0):
        take_stock()
