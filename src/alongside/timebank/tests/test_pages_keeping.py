"""Settings, limits, kinds of help and recognised work."""

import pytest

from alongside.kernel.clock import today
from alongside.people.models import Role
from alongside.timebank.models import Account, Category, RecognisedKind, RecognisedWork, TimeBank
from alongside.timebank.tests.factories import (
    any_category,
    make_coordinator,
    make_member,
    neighbors,
    other_category,
    pay,
)
from alongside.timebank.tests.pages import MINUS, browser, key, look, text_of, url

pytestmark = pytest.mark.django_db

SETTINGS = {
    "below": "5", "say_below": "4:30", "above": "", "say_above": "40", "auto_confirm_days": "7", "hold_days": "30",
    "inactive_days": "60", "recognised_work_credits": "on",
}  # fmt: skip


def settle(community, **fields):
    return browser(make_coordinator(community)).post(url("settings", community), {**SETTINGS, **fields})


def test_the_settings_are_kept_with_their_signs():
    [amina] = neighbors("Amina")

    settle(amina.community)

    bank = TimeBank.objects.of(amina.community).get()
    assert (bank.floor_minutes, bank.soft_floor_minutes, bank.ceiling_minutes) == (-300, -270, None)
    assert (bank.auto_confirm_days, bank.recognised_work_credits) == (7, True)
    assert Account.objects.get(pk=amina.pk).floor_minutes == -600


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"below": "-5"}, "Write hours and minutes", id="a sign"),
        pytest.param({"below": "4"}, "must come before the limit", id="the kind word after the limit"),
        pytest.param({"above": "30"}, "must come before the limit", id="the same above"),
        pytest.param({"auto_confirm_days": "0"}, "Write 1 day or more", id="no days"),
        pytest.param({"inactive_days": "1e9"}, "Enter a whole number", id="an exponent"),
        pytest.param({"hold_days": "100000"}, "Write 365 days or fewer", id="too many days"),
    ],
)
def test_settings_that_cannot_be_are_answered_at_the_field(fields, said):
    [amina] = neighbors("Amina")

    response = settle(amina.community, **fields)

    assert said in text_of(response)
    assert TimeBank.objects.of(amina.community).get().auto_confirm_days == 14


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


def names(community):
    return [category.name for category in Category.objects.of(community).in_use().in_order()]


def change(cora, category, what):
    browser(cora).post(url("change_category", category.community, category.pk, what))


def test_kinds_of_help_are_added_renamed_moved_archived_and_brought_back():
    [amina] = neighbors("Amina")
    town, cora = amina.community, make_coordinator(amina.community)
    before = names(town)

    browser(cora).post(url("categories", town), {"name": "Bees", "division": "8"})
    bees = other_category(town)
    browser(cora).post(url("edit_category", town, bees.pk), {"name": "Bees and honey", "division": "5"})
    change(cora, bees, "up")
    change(cora, any_category(town), "up")

    assert names(town) == [*before[:-1], "Bees and honey", before[-1]]
    change(cora, bees, "archive")
    assert names(town) == before
    change(cora, bees, "restore")
    assert "Bees and honey" in names(town)


@pytest.mark.parametrize("name", ["Rides and errands", " rides AND errands ", "Rídes and errands"])
def test_no_kind_of_help_stands_in_the_list_twice(name):
    [amina] = neighbors("Amina")

    response = browser(make_coordinator(amina.community)).post(
        url("categories", amina.community), {"name": name, "division": "5"}
    )

    assert "“Rides and errands” is in the list already." in text_of(response)


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


def test_the_list_of_recognised_work_is_the_members():
    [amina] = neighbors("Amina")
    member = make_member(amina.community, "Noor", Role.PARTICIPANT)

    browser(member).post(url("recognised_kinds", amina.community), {"name": "Keeping bees", "division": "2"})
    kind = RecognisedKind.objects.of(amina.community).get(name="Keeping bees")
    assert "Keeping bees" in look(amina.person, "recognised", amina.community)
    browser(amina.person).post(url("archive_recognised_kind", amina.community, kind.pk))

    assert "Keeping bees" not in look(amina.person, "recognised", amina.community)


def test_limits_are_said_in_plain_words():
    [amina] = neighbors("Amina", ceiling_minutes=3000)

    page = look(make_coordinator(amina.community), "limits", amina.community, amina.pk)

    assert f"It may go down to {MINUS}10 hours. So 10 hours can still go out. It may go up to 50 hours." in page
