"""What was done stays written down, whoever holds the database."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.kernel import activity
from alongside.kernel.clock import now
from alongside.kernel.db import is_postgresql
from alongside.kernel.ids import new_id
from alongside.kernel.models import Activity, UndoOffer

pytestmark = pytest.mark.django_db

REPLACED = "INSERT OR REPLACE INTO kernel_activity (id, at, channel, did, about_type) VALUES ({id}, {rest})"
PUT_IN_ITS_ROW = """
    INSERT OR REPLACE INTO kernel_activity (rowid, id, at, channel, did, about_type)
    SELECT rowid, 'another', {rest} FROM kernel_activity
"""


def literal(id: UUID) -> str:
    return f"'{id}'" if is_postgresql() else f"'{id.hex}'"


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE kernel_activity SET by_id = NULL", id="somebody else did it"),
        pytest.param("DELETE FROM kernel_activity", id="nobody did it"),
        pytest.param("TRUNCATE kernel_activity", id="nothing was done", marks=pytest.mark.postgresql_only),
        pytest.param(REPLACED, id="another in its place", marks=pytest.mark.sqlite_only),
        pytest.param(PUT_IN_ITS_ROW, id="another in its row", marks=pytest.mark.sqlite_only),
    ],
)
def test_nobody_changes_what_was_done(statement: str) -> None:
    entry = activity.log(did="tests.done", about_what=UndoOffer(pk=new_id()), by_id=new_id(), at=now())
    attack = statement.format(id=literal(entry.pk), rest="'2020-01-01', 'web', 'tests.other', 'x'")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)

    assert list(Activity.objects.values_list("did", "by_id")) == [("tests.done", entry.by_id)]
