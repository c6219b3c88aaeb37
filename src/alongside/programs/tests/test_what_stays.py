"""Time given, agreements and what boards decided stay as they were, whatever is sent to the database."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.programs import actions, departures_looking
from alongside.programs.models import BoardDecision, Commitment, CommitmentSide, Input
from alongside.programs.tests.job_scenes import again, nursery, seated
from alongside.programs.tests.scenes import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
MODELS: dict[str, Any] = {
    "programs_input": Input,
    "programs_commitment": Commitment,
    "programs_commitmentside": CommitmentSide,
    "programs_boarddecision": BoardDecision,
}
ATTACKS = {
    "more minutes": "UPDATE programs_input SET minutes = 6000",
    "no minutes": "UPDATE programs_input SET minutes = 0",
    "paid after all": "UPDATE programs_input SET is_paid = NOT is_paid",
    "another kind": "UPDATE programs_input SET kind = 'replacing'",
    "another side": "UPDATE programs_input SET side = 'provides'",
    "another day": "UPDATE programs_input SET day = '2020-01-01'",
    "other words for time": "UPDATE programs_input SET what = 'Slept'",
    "time gone": "DELETE FROM programs_input",
    "time replaced": "INSERT OR REPLACE INTO programs_input SELECT * FROM programs_input",
    "all time gone": "TRUNCATE programs_input CASCADE",
    "other words": "UPDATE programs_commitment SET words = 'You bring all of it.'",
    "another round": "UPDATE programs_commitment SET round = 9",
    "agreement gone": "DELETE FROM programs_commitment",
    "agreement replaced": "INSERT OR REPLACE INTO programs_commitment SELECT * FROM programs_commitment",
    "all agreements gone": "TRUNCATE programs_commitment CASCADE",
    "agreed for the other side": "UPDATE programs_commitmentside SET side = 'provides'",
    "agreed at another time": "UPDATE programs_commitmentside SET at = '2020-01-01 00:00:00+00:00'",
    "decided otherwise": "UPDATE programs_boarddecision SET words = 'We sell the house.'",
    "with more people": "UPDATE programs_boarddecision SET here = 7",
    "decision gone": "DELETE FROM programs_boarddecision",
    "decision replaced": "INSERT OR REPLACE INTO programs_boarddecision SELECT * FROM programs_boarddecision",
    "all decisions gone": "TRUNCATE programs_boarddecision",
}
ONLY = {"TRUNCATE": pytest.mark.postgresql_only, "INSERT": pytest.mark.sqlite_only}


def kept():
    """An hour given, an agreement, and a board's decision."""
    program, parents = nursery(*(f"Parent {n}" for n in range(5)))
    ada = parents[0]
    told: dict[str, Any] = {"program": program, "membership": ada, "side": "uses", "by": ada.person, "at": NOON}
    actions.record_input(**told, kind="adding", minutes=60, is_paid=False, day=NOON.date(), what="Cooked", key=uuid4())
    actions.write_commitment(**told, words="We bring the pots.", key=uuid4())
    seated(program, parents)
    meeting = again(
        actions.hold_board_meeting(program=program, job="board", held_on=NOON.date(), by=ada.person, at=NOON), program
    )
    actions.tick_presence(meeting=meeting, here=parents, by=ada.person, at=NOON)
    actions.note_board_decision(meeting=meeting, words="We buy a slide.", by=ada.person, at=NOON, key=uuid4())
    return ada


def rows():
    return {table: list(model.objects.order_by("pk").values()) for table, model in MODELS.items()}


@pytest.mark.parametrize(
    "sql",
    [pytest.param(sql, id=name, marks=ONLY.get(sql.split()[0], ())) for name, sql in ATTACKS.items()],
)
def test_the_database_refuses(sql):
    kept()
    before = rows()
    assert all(before.values())
    # On PostgreSQL nothing is truncated while a check of this transaction is still to come.
    connection.check_constraints()

    with pytest.raises(IntegrityError, match="programs: "), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert rows() == before


def test_who_is_forgotten_takes_name_and_words_along_and_leaves_the_minutes():
    ada = kept()

    departures_looking.erase(ada.person, by=ada.person, at=NOON)

    (entry,) = rows()["programs_input"]
    assert (entry["membership_id"], entry["what"], entry["minutes"]) == (None, "", 60)
