"""Limits of accounts, closing them, and recognised work."""

import pytest

from alongside.kernel.clock import today
from alongside.timebank.models import Account, RecognisedKind, RecognisedWork
from alongside.timebank.tests.factories import (
    make_coordinator,
    neighbors,
    pay,
)
from alongside.timebank.tests.pages import MINUS, browser, key, look, text_of, url

pytestmark = pytest.mark.django_db


def test_the_limits_of_one_account_may_be_taken_away():
    [amina] = neighbors("Amina")
    fields = {"below": "", "say_below": "0", "above": "100", "say_above": ""}

    browser(make_coordinator(amina.community)).post(url("limits", amina.community, amina.pk), fields)

    amina.refresh_from_db()
    assert (amina.floor_minutes, amina.soft_floor_minutes, amina.ceiling_minutes) == (None, 0, 6000)


def test_an_account_closes_at_zero_alone_and_opens_again():
    amina, ben = neighbors("Amina", "Ben")
    cora = make_coordinator(amina.community)
    pay(amina, ben, 30)

    refused = browser(cora).post(url("close_account", ben.community, ben.pk), follow=True)
    pay(ben, amina, 30, after_minutes=1)
    browser(cora).post(url("close_account", ben.community, ben.pk))
    closed = Account.objects.get(pk=ben.pk).closed_at
    browser(cora).post(url("close_account", ben.community, ben.pk))
    assert Account.objects.get(pk=ben.pk).closed_at == closed
    browser(cora).post(url("reopen_account", ben.community, ben.pk))

    assert "An account closes at 0 with nothing held." in refused.content.decode()
    assert closed is not None
    assert Account.objects.get(pk=ben.pk).closed_at is None


def note(person, community, **fields):
    kind = RecognisedKind.objects.of(community).get(name="Raising children")
    data = {"kind": kind.pk, "minutes": "2:00", "done_on": str(today()), "words": "Bath time", "key": key(), **fields}
    return browser(person).post(url("recognised", community), data)


def test_recognised_work_is_counted_once_and_moves_nothing():
    amina, ben = neighbors("Amina", "Ben")
    same = key()

    note(amina.person, amina.community, key=same)
    note(amina.person, amina.community, key=same)

    assert [work.minutes for work in RecognisedWork.objects.of(amina.community)] == [120]
    assert "Raising children 2 hours too few people to show" in look(amina.person, "recognised", amina.community)
    assert "Bath time" not in look(ben.person, "recognised", ben.community)


def test_everybody_s_recognised_work_is_shown_once_five_have_noted_some():
    accounts = neighbors(*(f"Neighbor {number}" for number in range(5)))

    for account in accounts:
        note(account.person, account.community)

    assert "Raising children 2 hours 10 hours" in look(accounts[0].person, "recognised", accounts[0].community)


def test_where_recognised_work_earns_an_empty_pot_says_so_and_nothing_is_half_done():
    [amina] = neighbors("Amina", recognised_work_credits=True)

    response = note(amina.person, amina.community)

    assert "At most 0 hours can go now." in text_of(response)
    assert not RecognisedWork.objects.of(amina.community).exists()


def test_limits_are_said_in_plain_words():
    [amina] = neighbors("Amina", ceiling_minutes=3000)

    page = look(make_coordinator(amina.community), "limits", amina.community, amina.pk)

    assert f"It may go down to {MINUS}10 hours. So 10 hours can still go out. It may go up to 50 hours." in page
