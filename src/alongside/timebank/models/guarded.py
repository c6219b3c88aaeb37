"""Rules that the ledger's guards keep."""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from alongside.kernel.db import is_postgresql


class GuardedCheck(models.CheckConstraint):
    """A rule of rows that a payment writes: a check on SQLite, on PostgreSQL a part of the ledger's guards.

    PostgreSQL reads the text of a check anew in every statement that writes to its table. A guard refuses with the
    same error and names the same rule (`timebank_broken` in `ledger/sql/postgresql.sql`).
    """

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return None if is_postgresql() else super().constraint_sql(model, schema_editor)

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return None if is_postgresql() else super().create_sql(model, schema_editor)

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return None if is_postgresql() else super().remove_sql(model, schema_editor)
