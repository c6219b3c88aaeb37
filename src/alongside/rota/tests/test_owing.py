"""What families owe: from the day on which they come, for days on which they are not free."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.people.models import Membership
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions as programs
from alongside.rota import actions
from alongside.rota.models import Exemption, Rota
from alongside.rota.sums import Row, sums_of
from alongside.rota.tests.scenes import FIRST, LAST, NOON, OVER, WEEK, Nursery, on_day, stands, url

pytestmark = pytest.mark.django_db
# Four duties of a rota with twenty opening days: one for each week.
FOUR: dict[str, Any] = {"owed_each": "rota", "owed": [{"name": "all", "least": 4}]}


def row_of(rota: Rota, name: str) -> Row:
    return next(row for row in sums_of(stands(rota), at=OVER) if row.home.name.startswith(name))


def comes(here: Nursery, name: str, at: datetime) -> Membership:
    """Somebody comes into the program, alone."""
    late = person_in(here.town, name)
    programs.enrol(program=here.program, membership=late, by=late.person, at=at)
    return late


def frees(here: Nursery, first: date, last: date) -> Exemption:
    """The first family owes nothing for some days."""
    return actions.exempt(
        program=here.program, family_key=here.key(here.parents[0]), first_day=first, last_day=last, reason="A baby",
        by=here.cora.person, at=NOON, key=uuid4(),
    )  # fmt: skip


def test_a_family_owes_for_days_from_the_one_on_which_it_comes():
    here = Nursery(1, says=FOUR)
    rota = here.rota()
    comes(here, "Halfway", on_day(FIRST + 2 * WEEK))
    comes(here, "Afterwards", OVER)

    owed = {name: row_of(rota, name).sum.owed for name in ("Parent 00", "Halfway", "Afterwards")}

    assert owed == {"Parent 00": 4, "Halfway": 2, "Afterwards": 0}


def test_the_words_of_a_rota_that_is_settled_stay_whoever_comes_or_is_freed():
    here = Nursery(2, says=FOUR)
    rota = here.rota()
    Rota.objects.update(published_at=NOON, published_by=here.cora.person)
    actions.settle_fees(rota=stands(rota), by=here.cora.person, at=OVER)
    before = row_of(rota, "Parent 00").fee_words

    frees(here, FIRST, LAST)
    comes(here, "Early", NOON)

    assert before == "60.00 GBP"
    assert row_of(rota, "Parent 00").fee_words == before
    assert row_of(rota, "Early").fee_words == "nothing"


def test_a_family_that_is_free_for_some_days_owes_for_the_others():
    here = Nursery(1, says=FOUR)
    rota = here.rota()
    frees(here, FIRST, FIRST + timedelta(days=6))

    row = row_of(rota, "Parent 00")
    assert (row.sum.owed, row.sum.is_free, row.fee_words) == (3, False, "45.00 GBP")

    frees(here, FIRST + WEEK, LAST)
    row = row_of(rota, "Parent 00")
    assert (row.sum.is_free, row.fee_words) == (True, "free: A baby")


def test_an_exemption_that_is_ended_frees_for_the_days_before():
    here = Nursery(1, says=FOUR)
    rota = here.rota()
    free = frees(here, FIRST, LAST)
    actions.end_exemption(exemption=free, by=here.cora.person, at=on_day(FIRST + WEEK))

    assert row_of(rota, "Parent 00").sum.owed == 3

    Exemption.objects.update(ended_at=NOON)
    assert row_of(rota, "Parent 00").sum.owed == 4


def test_what_was_not_done_can_be_written_down_once_the_rota_is_over(monkeypatch):
    here = Nursery(2, says=FOUR)
    rota = here.rota()
    Rota.objects.update(published_at=NOON, published_by=here.cora.person)
    shown = []
    for moment in (NOON, OVER):
        monkeypatch.setattr("alongside.rota.views.ledger.now", lambda moment=moment: moment)
        page = browser_of(here.cora).get(url("settle_fees", here.town, rota.pk))
        shown.append("Write it down" in page.content.decode())

    assert shown == [False, True]
