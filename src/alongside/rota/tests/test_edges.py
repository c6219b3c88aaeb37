"""Days between duties and duties a week count from one rota to the next."""

from datetime import date

import pytest

from alongside.rota.tests.scenes import Nursery, held_in

pytestmark = pytest.mark.django_db


def test_nobody_has_a_duty_on_the_last_day_of_one_rota_and_on_the_first_of_the_next():
    here = Nursery(9, says={"owed": None, "fair_within": None})
    first = here.published(date(2026, 4, 6), date(2026, 4, 8))
    second = here.rota(date(2026, 4, 9), date(2026, 4, 10))

    here.searched(second)

    earlier = {one.membership_id for one in held_in(first)}
    assert len(held_in(second)) == 2
    assert earlier & {one.membership_id for one in held_in(second)} == set()


def test_with_too_few_families_for_it_the_next_rota_says_that_it_cannot_be():
    here = Nursery(3, says={"owed": None, "fair_within": None})
    here.published(date(2026, 4, 6), date(2026, 4, 8))

    version = here.searched(here.rota(date(2026, 4, 9), date(2026, 4, 10)))

    assert version.result == "impossible"
