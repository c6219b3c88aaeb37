"""Where people come together by their own choice, leads hear of a pair kept apart, and nobody else of anything."""

from datetime import timedelta

import pytest

from alongside.gatherings import actions as gatherings
from alongside.gatherings.tests.gatherings import START, made
from alongside.people.tests.factories import NOON, TODAY
from alongside.safeguarding.apart import both_are_in
from alongside.safeguarding.models import PutTogether, Together
from alongside.safeguarding.tasks import compare
from alongside.safeguarding.tests.scenes import kept_apart, street
from alongside.strengths.tests.factories import Neighbor, asked
from alongside.timebank import actions as timebank

pytestmark = pytest.mark.django_db


def sign_up(one, *members):
    for member in members:
        gatherings.book(gathering=one, membership=member, by=member.person, at=NOON)


def neighbor(member):
    account = timebank.account_of(community=member.community, person=member.person, by=None, at=NOON)
    return Neighbor(member, account)


def test_leads_hear_once_of_two_who_sign_up_for_one_gathering(django_capture_on_commit_callbacks):
    here = street()
    pair, one = kept_apart(here, here.ana, here.ben), made(here.town, 5)

    with django_capture_on_commit_callbacks(execute=True):
        sign_up(one, here.ana, here.ben, here.cora)
    compare(NOON)

    noted = Together.objects.get()
    assert (noted.apart, noted.title, noted.day) == (pair, one.title, here.town.day_of(START))
    assert [where.key for where in both_are_in(pair, on=TODAY)] == [noted.key]
    assert both_are_in(pair, on=here.town.day_of(START) + timedelta(days=1)) == []


def test_whoever_signs_up_writes_the_same_rows(django_capture_on_commit_callbacks):
    here = street()
    one, other = made(here.town, 5), made(here.town, 5)
    kept_apart(here, here.ana, here.ben)

    rows = []
    for gathering, members in ((one, (here.ana, here.ben)), (other, (here.cora, here.stella))):
        with django_capture_on_commit_callbacks(execute=True):
            sign_up(gathering, *members)
        found = PutTogether.objects.filter(key__endswith=str(gathering.pk)).order_by("at", "pk")
        rows.append([len(row.people) for row in found])

    assert rows[0] == rows[1] == [2, 2]


def test_leads_hear_of_two_who_would_help_each_other_and_the_two_notice_nothing():
    here = street()
    timebank.open_time_bank(community=here.town, by=None, at=NOON)
    pair = kept_apart(here, here.ana, here.ben)

    exchange = asked(neighbor(here.ana), neighbor(here.ben), helped_on=TODAY + timedelta(days=3))
    compare(NOON)

    assert Together.objects.get().day == exchange.helped_on
    assert [where.day for where in both_are_in(pair, on=TODAY)] == [exchange.helped_on]
    assert exchange.state == "proposed"
