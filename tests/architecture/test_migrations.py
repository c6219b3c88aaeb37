"""Migrations are quick: a first start, and every new template of the tests, waits for all of them.

For each operation Django draws anew its picture of all models, some two hundred classes: a tenth of a second.
"""

import pytest
from django.apps import apps
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from alongside.kernel.db import CreateModels
from tests.support.source import PACKAGE

# Written before there was this law, and the books stand on it.
AS_IT_WAS = {"timebank.0001_time_bank"}


def ours() -> list[Migration]:
    names = {config.label for config in apps.get_app_configs() if PACKAGE.as_posix() in config.path}
    every = sorted(MigrationLoader(None).disk_migrations.items())
    return [migration for (app, _), migration in every if app in names and str(migration) not in AS_IT_WAS]


def tables_made_by(operation: Operation) -> list[CreateModel]:
    if isinstance(operation, CreateModels):
        return operation.models
    return [operation] if isinstance(operation, CreateModel) else []


@pytest.mark.parametrize("migration", ours(), ids=str)
def test_a_new_table_is_made_whole(migration: Migration):
    new = {table.name_lower for operation in migration.operations for table in tables_made_by(operation)}

    later = [
        operation.describe()
        for operation in migration.operations
        if isinstance(operation, AddField | AddConstraint | AddIndex) and operation.model_name.lower() in new
    ]

    assert later == [], "write these within CreateModel: fields last, the others in its options"


@pytest.mark.parametrize("migration", ours(), ids=str)
def test_several_new_tables_are_made_in_one_go(migration: Migration):
    alone = [operation.describe() for operation in migration.operations if isinstance(operation, CreateModel)]

    assert len(alone) < 2, "operations = in_one_go([...]), from alongside.kernel.db"
