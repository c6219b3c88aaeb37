"""Whoever leaves takes along what is theirs; two records of one person become one; nothing is given twice."""

from datetime import timedelta

import pytest

from alongside.kernel.models import Activity
from alongside.people import actions as people
from alongside.people import departures as all_rooms
from alongside.rewards import actions, departures
from alongside.rewards.models import DrawEntry, Entitlement
from alongside.rewards.tests.scenes import DAY, NOON, gave, only, reward_of, small_program, states, volunteers
from alongside.rewards.tests.test_draws import announced, entered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LATER = NOON + 2 * DAY


def test_everything_of_a_person_is_in_their_export():
    program, cora = small_program()
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 240))
    entered(announced(program, cora), ana)
    actions.print_note(entitlement=only(ana), by=cora.person, at=LATER)
    actions.redeem(entitlement=only(ana), by=cora.person, at=LATER)

    hers, coras = departures.export(ana.person), departures.export(cora.person)

    assert [(row["reward"], row["state"], row["code"]) for row in hers["rewards"]] == [
        ("A ticket for the concert", "redeemed", only(ana).spoken)
    ]
    assert hers["reward_draws"][0]["entry"] == DrawEntry.objects.get().name
    assert len(coras["rewards_handed_over_by_me"]) == len(coras["reward_notes_printed"]) == 1
    assert "Ana" not in str(coras)
    assert any(room.room == "rewards" for room in all_rooms.rooms())


def test_an_erased_person_leaves_room_for_who_is_in_line_and_sums_as_they_were():
    program, cora = small_program(tickets=2)
    ana, ben, cem = volunteers(program, "Ana", "Ben", "Cem")
    gave(program, (ana, 240), (ben, 240), (cem, 240))
    actions.redeem(entitlement=only(ben), by=cora.person, at=LATER)

    people.erase_person(person=ben.person, by=None, at=LATER)
    people.erase_person(person=ana.person, by=None, at=LATER)

    assert sorted(state for _who, state in states(program)) == ["issued", "redeemed", "void"]
    assert reward_of(program).taken == 2
    assert not Entitlement.objects.filter(membership__person__name__in=["Ana", "Ben"]).exists()


def test_two_records_of_one_person_are_one_and_earn_no_second_ticket():
    program, cora = small_program(each=9)
    ana, anna = volunteers(program, "Ana", "Anna")
    draw = announced(program, cora)
    gave(program, (ana, 240))
    gave(program, (anna, 240), at=NOON + DAY)
    entered(draw, ana, anna)

    kept = people.merge_members(one=ana, other=anna, by=cora.person, at=LATER)

    mine = Entitlement.objects.filter(membership=kept).order_by("number")
    assert list(mine.values_list("number", "state")) == [(1, "issued"), (2, "issued")]
    assert list(DrawEntry.objects.values_list("membership", flat=True)) == [kept.pk]
    assert actions.issue_due(program=program, by=None, at=LATER + timedelta(days=1)) == []


def test_nothing_is_issued_to_somebody_while_they_leave():
    program, _cora = small_program(tickets=2, each=3)
    ana, ben = volunteers(program, "Ana", "Ben")
    gave(program, (ana, 720))
    gave(program, (ben, 240), at=NOON + DAY)
    assert sorted(states(program)) == [("Ana", "issued"), ("Ana", "issued"), ("Ana", "waiting"), ("Ben", "waiting")]
    issued = Activity.objects.filter(did="rewards.issued").count()

    departures.leave(ana, by=ana.person, at=LATER)

    assert sorted(states(program)) == [*[("Ana", "void")] * 3, ("Ben", "issued")]
    assert Activity.objects.filter(did="rewards.issued").count() == issued + 1


def test_the_log_says_on_whose_behalf_and_how_something_was_given_back():
    program, cora = small_program()
    (ana,) = volunteers(program, "Ana")
    gave(program, (ana, 240))

    actions.give_back(entitlement=only(ana), by=cora.person, at=LATER, on_behalf_of=ana.person, channel="phone")

    entry = Activity.objects.get(did="rewards.given_back")
    assert (entry.by_id, entry.on_behalf_of_id, entry.channel) == (cora.person_id, ana.person_id, "phone")
