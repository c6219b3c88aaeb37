"""Who leaves, is erased or merged; who is told; recognised work."""

from typing import Any

import pytest

from alongside.notices.models import Notice
from alongside.people.models import Membership, Person
from alongside.timebank import actions as timebank
from alongside.timebank import departing
from alongside.timebank.ledger.selfcheck import check
from alongside.timebank.models import (
    Account,
    RecognisedKind,
    TimeBank,
    Transfer,
)
from alongside.timebank.tests.factories import (
    DAY,
    NOON,
    any_category,
    balances,
    make_coordinator,
    make_member,
    neighbors,
    pay,
    pot_of,
)

pytestmark = pytest.mark.django_db


def person(account: Account) -> Person:
    assert account.person
    return account.person


def test_recognised_work_is_counted_and_moves_no_credit_unless_the_community_says_so():
    amina, ben = neighbors("Amina", "Ben")
    town = amina.community
    pay(ben, pot_of(town), 60, kind="gift")
    kind = RecognisedKind.objects.of(town).earliest("name")
    order: dict[str, Any] = {
        "person": person(amina),
        "kind": kind,
        "minutes": 45,
        "done_on": DAY,
        "by": person(amina),
        "at": NOON,
    }

    noted = timebank.note_recognised_work(**order, key="one")
    assert timebank.note_recognised_work(**order, key="one") == noted
    assert balances(amina) == {"Amina": 0}

    timebank.update_time_bank(bank=TimeBank.objects.of(town).get(), recognised_work_credits=True, by=None, at=NOON)
    credited = timebank.note_recognised_work(**order, key="two")

    assert credited.transfer.kind == "grant"
    assert balances(amina) == {"Amina": 45}


def test_hours_for_recognised_work_say_for_whom_and_by_which_channel_they_were_keyed_in():
    amina, ben = neighbors("Amina", "Ben")
    town, cora = amina.community, make_coordinator(amina.community)
    pay(ben, pot_of(town), 60, kind="gift")
    timebank.update_time_bank(bank=TimeBank.objects.of(town).get(), recognised_work_credits=True, by=None, at=NOON)

    noted = timebank.note_recognised_work(
        person=person(amina), kind=RecognisedKind.objects.of(town).earliest("name"), minutes=45, done_on=DAY,
        by=cora, at=NOON, key="one", channel="phone",
    )  # fmt: skip

    assert (noted.transfer.by, noted.transfer.on_behalf_of, noted.transfer.channel) == (cora, person(amina), "phone")


def test_nobody_empties_the_pot_by_days_of_more_than_24_hours():
    amina, ben = neighbors("Amina", "Ben")
    town = amina.community
    pay(ben, pot_of(town), 600, kind="gift")
    timebank.update_time_bank(bank=TimeBank.objects.of(town).get(), recognised_work_credits=True, by=None, at=NOON)
    order: dict[str, Any] = {
        "person": person(amina),
        "kind": RecognisedKind.objects.of(town).earliest("name"),
        "done_on": DAY,
        "by": person(amina),
        "at": NOON,
    }
    timebank.note_recognised_work(**order, minutes=300, key="one")

    with pytest.raises(timebank.MoreThanThere) as refusal:
        timebank.note_recognised_work(**order, minutes=1141, key="two")

    assert refusal.value.most_minutes == 1140
    assert balances(amina) == {"Amina": 300}


def test_somebody_elses_key_tells_nothing_of_their_recognised_work():
    amina, ben = neighbors("Amina", "Ben")
    order: dict[str, Any] = {
        "kind": RecognisedKind.objects.of(amina.community).earliest("name"),
        "minutes": 45,
        "done_on": DAY,
        "at": NOON,
        "key": "one",
    }
    timebank.note_recognised_work(person=person(amina), by=person(amina), **order)

    with pytest.raises(timebank.KeyUsedDifferently):
        timebank.note_recognised_work(person=person(ben), by=person(ben), **order)


def test_everything_of_mine_leaves_with_me_and_the_books_balance():
    amina, ben = neighbors("Amina", "Ben")
    transfer = pay(amina, ben, 60, note="Drove me to the clinic")
    timebank.thank(transfer=transfer, words="You are kind", by=person(amina), at=NOON)

    mine = departing.export(person(amina))
    theirs = departing.export(person(ben))
    departing.erase(person(amina), by=person(amina), at=NOON)

    assert mine["notes"] == [
        {"transfer": transfer.id, "note": "Drove me to the clinic", "reason": "", "thanks": "You are kind"}
    ]
    assert [(row["minutes"], row["with"]) for row in mine["movements"]] == [(-60, "Ben")]
    assert theirs["notes"] == []
    note = Transfer.objects.get().note
    assert (note.note, note.thanks, note.written_by, note.thanked_by) == ("", "", None, None)
    assert check(amina.community, at=NOON).findings == []


def test_words_that_somebody_else_keyed_in_for_a_person_are_theirs():
    amina, ben = neighbors("Amina", "Ben")
    cora = make_coordinator(amina.community)
    transfer = pay(amina, ben, 60, by=cora, on_behalf_of=person(amina), channel="phone", note="To the clinic")

    mine = departing.export(person(amina))["notes"]
    departing.erase(person(amina), by=cora, at=NOON)

    assert mine == [{"transfer": transfer.id, "note": "To the clinic", "reason": "", "thanks": ""}]
    assert Transfer.objects.get().note.note == ""


def test_who_leaves_lets_go_of_what_is_held_and_closes_an_empty_account():
    amina, ben = neighbors("Amina", "Ben")
    timebank.hold(
        payer=amina, payee=ben, minutes=60, category=any_category(amina.community), by=None, at=NOON, key="hold"
    )

    departing.leave(Membership.objects.get(person=person(amina)), by=None, at=NOON)

    account = Account.objects.get(pk=amina.pk)
    assert (account.held_minutes, account.closed_at) == (0, NOON)


def test_two_records_of_one_person_become_one_with_all_hours():
    amina, amina_again, ben = neighbors("Amina", "Amina again", "Ben")
    pay(amina, ben, 60)
    pay(ben, amina_again, 90)
    kept, dropped = (Membership.objects.get(person=person(account)) for account in (amina, amina_again))

    departing.merge(kept=kept, dropped=dropped, by=person(ben), at=NOON)

    assert balances(amina, amina_again, ben) == {"Amina": 30, "Amina again": 0, "Ben": -30}
    assert Account.objects.get(pk=amina_again.pk).closed_at == NOON
    assert check(amina.community, at=NOON).findings == []


def test_hours_of_two_records_come_together_in_an_account_that_was_closed():
    amina, amina_again, ben = neighbors("Amina", "Amina again", "Ben")
    pay(ben, amina_again, 90)
    timebank.close_account(account=amina, by=None, at=NOON)
    kept, dropped = (Membership.objects.get(person=person(account)) for account in (amina, amina_again))

    departing.merge(kept=kept, dropped=dropped, by=person(ben), at=NOON)

    assert balances(amina, amina_again) == {"Amina": 90, "Amina again": 0}
    assert Account.objects.get(pk=amina.pk).closed_at is None


def test_the_one_account_of_two_records_is_handed_over():
    amina, ben = neighbors("Amina", "Ben")
    pay(amina, ben, 60)
    twin = make_member(amina.community, "Amina B.")

    departing.merge(
        kept=Membership.objects.get(person=twin), dropped=Membership.objects.get(person=person(amina)),
        by=person(ben), at=NOON,
    )  # fmt: skip

    assert Account.objects.get(pk=amina.pk).person == twin


def test_an_override_tells_both_people_why():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60)
    cora = make_coordinator(amina.community)

    pay(amina, ben, 90, by=cora, override_reason="After the flood")

    told = Notice.objects.filter(kind="timebank.override")
    assert {notice.person.name for notice in told} == {"Amina", "Ben"}
    assert all("After the flood" in notice.body for notice in told)


def test_a_soft_limit_tells_both_people():
    amina, ben = neighbors("Amina", "Ben", soft_floor_minutes=-60)

    pay(amina, ben, 61)

    assert {notice.person.name for notice in Notice.objects.filter(kind="timebank.limits")} == {"Amina", "Ben"}
