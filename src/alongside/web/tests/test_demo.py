"""Millbrook: made up, labelled so, and its books add up like anybody's."""

from datetime import UTC, datetime

import pytest
from django.db.models import Sum

from alongside.people.models import Membership, Person, Role, RoleHeld
from alongside.strengths.models import Exchange, Listing
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import Account, Category, Transfer
from alongside.web import demo

pytestmark = pytest.mark.django_db
AUTUMN = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def test_the_demo_community_is_lively_made_up_balances_and_loads_once():
    town = demo.load(at=AUTUMN)

    assert town.is_demo
    assert Membership.objects.of(town).count() == 120
    assert set(RoleHeld.objects.of(town).values_list("role", flat=True)) == set(Role.values)
    exchanges = Transfer.objects.of(town).filter(kind=Transfer.Kind.EXCHANGE)
    assert 2400 < exchanges.count() < 2600
    assert exchanges.values("category").distinct().count() == Category.objects.of(town).count()
    assert set(Transfer.objects.of(town).values_list("kind", flat=True)) == {"exchange", "gift", "grant", "reversal"}
    assert {"proposed", "arranged", "done", "disputed", "confirmed", "rejected"} == set(
        Exchange.objects.of(town).values_list("state", flat=True)
    )
    assert Listing.objects.of(town).filter(keyed_by__memberships__roles__role=Role.COORDINATOR).exists()
    assert Person.objects.filter(email=None, memberships__community=town).count() > 10
    assert Account.objects.of(town).with_balance().aggregate(total=Sum("exact_minutes")) == {"total": 0}
    assert check(town, at=AUTUMN).findings == []
    assert not Person.objects.exclude(email=None).exclude(email__endswith="@example.org").exists()

    before = Transfer.objects.of(town).count()
    with pytest.raises(demo.DemoIsHere):
        demo.load(at=AUTUMN)
    assert Transfer.objects.of(town).count() == before
