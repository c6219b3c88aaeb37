"""Nobody who only looks works a small number out of two larger ones."""

import pytest

from alongside.kernel.clock import today
from alongside.people.models import Role
from alongside.timebank.ledger.fold import fold
from alongside.timebank.showing.periods import month_after
from alongside.timebank.tests.factories import NOON, make_coordinator, make_member, neighbors, pay
from alongside.timebank.tests.pages import browser, url

pytestmark = pytest.mark.django_db


def asked(person, town, **query):
    return browser(person).get(url("books", town), query).context["asked"]


def test_two_stretches_of_the_books_never_share_all_months_but_one():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 30)
    fold(NOON)
    town = amina.community
    graham, cora = make_member(town, "Graham", Role.COMMISSIONER), make_coordinator(town)

    for query in ({}, {"year": ""}, {"year": "nonsense"}, {"year": str(today().year)}):
        seen = asked(graham, town, **query)
        assert (seen.since.month, seen.until.month, seen.since.year) == (1, 12, seen.until.year), query

    assert asked(cora, town).since == month_after(today().replace(day=1), -11)
