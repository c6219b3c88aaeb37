"""Pages that move hours: one transfer, giving back, gifts, grants, and an exchange among many."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.kernel.clock import today
from alongside.people import actions as people
from alongside.people.models import BodyMember, Group, Household, Membership, Organisation, Person, Role, RoleHeld
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer
from alongside.timebank.tests.factories import (
    NOON,
    any_category,
    balances,
    make_coordinator,
    make_member,
    neighbors,
    pay,
    pot_of,
)
from alongside.timebank.tests.pages import browser, key, look, text_of, url

pytestmark = pytest.mark.django_db


def test_a_transfer_names_both_people_and_who_keyed_it_in_for_whom():
    amina, ben = neighbors("Amina", "Ben")
    cora = make_coordinator(amina.community)
    told = pay(amina, ben, 60, by=cora, on_behalf_of=amina.person, channel="phone", note="The tap")

    page = look(ben.person, "transfer", ben.community, told.pk)

    assert "Ben helped Amina" in page
    assert "By Cora, for Amina" in page
    assert "by phone" in page
    assert "The tap" in page


def test_both_people_read_why_a_limit_was_passed():
    amina, ben = neighbors("Amina", "Ben", floor_minutes=-60, soft_floor_minutes=None)
    cora = make_coordinator(amina.community)
    told = pay(amina, ben, 90, by=cora, override_reason="Home from hospital")

    for account in (amina, ben):
        page = look(account.person, "transfer", amina.community, told.pk)
        assert "Cora let it pass as a coordinator. “Home from hospital”" in page


def test_a_neighbor_may_not_look_at_what_moved_between_two_others():
    amina, ben, carl = neighbors("Amina", "Ben", "Carl")
    told = pay(amina, ben, 60)

    assert browser(carl.person).get(url("transfer", carl.community, told.pk)).status_code == 403


def test_who_was_helped_may_say_thank_you_and_who_helped_may_not():
    amina, ben = neighbors("Amina", "Ben")
    told = pay(amina, ben, 60)

    refused = browser(ben.person).post(url("thank", ben.community, told.pk), {"words": "Me"})
    browser(amina.person).post(url("thank", amina.community, told.pk), {"words": "You are kind"})

    assert refused.status_code == 403
    assert "You are kind" in look(ben.person, "transfer", ben.community, told.pk)


def give_back(person, told, **fields):
    data = {"minutes": "1:00", "reason": "It was shorter", "key": key(), **fields}
    return browser(person).post(url("reverse", told.community, told.pk), data)


def test_a_coordinator_gives_back_a_part_with_a_reason():
    amina, ben = neighbors("Amina", "Ben")
    told = pay(amina, ben, 60)

    give_back(make_coordinator(amina.community), told, minutes="20 min")

    assert balances(amina, ben) == {"Amina": -40, "Ben": 40}
    assert "20 minutes of this were given back later." in look(ben.person, "transfer", ben.community, told.pk)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        pytest.param({"minutes": "0"}, "Write at least 1 minute", id="nothing"),
        pytest.param({"minutes": "-1"}, "Write hours and minutes", id="below zero"),
        pytest.param({"minutes": "NaN"}, "Write hours and minutes", id="not a number"),
        pytest.param({"minutes": "1e9"}, "Write hours and minutes", id="an exponent"),
        pytest.param({"minutes": "1:01"}, "Write at most 1 hour", id="more than there"),
        pytest.param({"reason": " "}, "Please answer this.", id="no reason"),
    ],
)
def test_bad_input_to_giving_back_says_why_keeps_what_was_typed_and_moves_nothing(fields, said):
    amina, ben = neighbors("Amina", "Ben")
    told = pay(amina, ben, 60)

    response = give_back(make_coordinator(amina.community), told, **fields)

    assert said in text_of(response)
    assert f'value="{fields.get("minutes", "1:00")}"' in response.content.decode()
    assert balances(amina, ben) == {"Amina": -60, "Ben": 60}


def test_giving_back_twice_moves_hours_once():
    amina, ben = neighbors("Amina", "Ben")
    told, same = pay(amina, ben, 60), key()
    cora = make_coordinator(amina.community)

    first = give_back(cora, told, key=same)
    again = give_back(cora, told, key=same)
    another = give_back(cora, told)

    assert first["Location"] == again["Location"]
    assert "given back before" in text_of(another)
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}


def takes_part(account):
    """The holder as a participant, who may give."""
    membership = Membership.objects.of(account.community).get(person=account.person)
    RoleHeld.objects.create(
        community=account.community, membership=membership, role=Role.PARTICIPANT, starts_on=NOON.date()
    )
    return account.person


def give(person, community, **fields):
    own = Account.objects.of(community).of_person(person).get()
    data = {"payer": own.pk, "payee": pot_of(community).pk, "minutes": "1:30", "key": key(), **fields}
    return browser(person).post(url("give", community), data)


def test_a_gift_goes_into_the_pot_once():
    amina, ben = neighbors("Amina", "Ben")
    person, same = takes_part(amina), key()

    give(person, amina.community, key=same)
    give(person, amina.community, key=same)

    assert balances(amina, ben, pot_of(amina.community)) == {"Amina": -90, "Ben": 0, "community pot": 90}


def test_nobody_gives_from_the_hours_of_somebody_else():
    amina, ben = neighbors("Amina", "Ben")

    response = give(takes_part(amina), amina.community, payer=ben.pk)

    assert "Choose one from the list" in text_of(response)
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}


def test_a_gift_beyond_the_limit_says_how_much_can_go():
    amina, _ben = neighbors("Amina", "Ben")

    assert "At most 10 hours can go now." in text_of(give(takes_part(amina), amina.community, minutes="10:01"))


def test_who_speaks_for_a_group_grants_from_its_pot():
    amina, ben = neighbors("Amina", "Ben")
    group = Group.objects.create(community=amina.community, name="Choir", made_at=NOON)
    member = Membership.objects.of(amina.community).get(person=amina.person)
    BodyMember.objects.create(
        community=amina.community, membership=member, group=group, part=BodyMember.Part.SPEAKS_FOR, since=NOON.date()
    )
    pot = timebank.open_account(community=amina.community, holder=group, by=None, at=NOON)
    pay(ben, pot, 120, kind=Transfer.Kind.GIFT, category=None)
    data = {"payee": "Ben", "minutes": "1", "note": "A ride", "key": key()}

    refused = browser(ben.person).post(url("grant", ben.community, pot.pk), data)
    browser(amina.person).post(url("grant", amina.community, pot.pk), data)

    assert refused.status_code == 403
    assert balances(ben, pot) == {"Ben": -60, "Choir": 60}


def test_who_speaks_for_a_group_finds_neither_children_nor_households():
    (amina,) = neighbors("Amina")
    town = amina.community
    group = Group.objects.create(community=town, name="Choir", made_at=NOON)
    member = Membership.objects.of(town).get(person=amina.person)
    BodyMember.objects.create(
        community=town, membership=member, group=group, part=BodyMember.Part.SPEAKS_FOR, since=NOON.date()
    )
    pot = timebank.open_account(community=town, holder=group, by=None, at=NOON)
    child = make_member(town, "Timothy Okafor")
    Person.objects.filter(pk=child.pk).update(born_on=today() - timedelta(days=9 * 366))
    Household.objects.create(community=town, name="The Okafors", made_at=NOON)
    data = {"payee": "okafor", "minutes": "1", "note": "A ride", "key": key()}

    told = text_of(browser(amina.person).post(url("grant", town, pot.pk), data))

    assert "We found nobody" in told
    assert "Timothy" not in told


def test_a_grant_comes_from_a_pot_and_from_nothing_else():
    amina, ben = neighbors("Amina", "Ben")

    assert browser(amina.person).get(url("grant", amina.community, amina.pk)).status_code == 404
    assert browser(ben.person).get(url("grant", ben.community, amina.pk)).status_code == 403


def test_nobody_gains_hours_from_organisations_made_for_that():
    [mallory] = neighbors("Mallory")
    town, leader = mallory.community, Membership.objects.get(person=mallory.person)
    choir, _front = (
        people.make_body(kind=kind, community=town, name=name, leader=leader, by=leader.person, at=NOON)
        for kind, name in ((Group, "Choir"), (Organisation, "Front Limited"))
    )
    pot = timebank.open_account(community=town, holder=choir, by=None, at=NOON)
    pay(mallory, pot, 10, kind=Transfer.Kind.GIFT)

    answer = browser(leader.person).post(
        url("grant", town, pot.pk), {"payee": "Front Limited", "minutes": "0:01", "note": "Paper", "key": key()}
    )

    assert "We found nobody of that name" in text_of(answer)
    assert not Account.objects.filter(organisation__name="Front Limited").exists()


def rows(*pairs):
    fields = {"row-TOTAL_FORMS": str(len(pairs)), "row-INITIAL_FORMS": "0"}
    for number, (who, minutes) in enumerate(pairs):
        fields |= {f"row-{number}-who": who, f"row-{number}-minutes": minutes}
    return fields


def key_in(community, *pairs, wish="post", **fields):
    data = {
        "direction": "one", "one": "Amina", "category": any_category(community).pk, "helped_on": str(today()),
        "each_minutes": "", "channel": "paper", "key": key(), "wish": wish, **rows(*pairs), **fields,
    }  # fmt: skip
    return browser(make_coordinator(community, f"Cora {uuid4()}")).post(url("together", community), data)


def test_one_helps_many_for_different_hours_all_at_once():
    amina, ben, carl = neighbors("Amina", "Ben", "Carl")

    key_in(amina.community, ("Ben", "1:00"), ("Carl", "30 min"))

    assert balances(amina, ben, carl) == {"Amina": 90, "Ben": -60, "Carl": -30}
    assert Transfer.objects.of(amina.community).values("together").distinct().count() == 1


def test_many_help_one_for_the_same_time_each():
    amina, ben, carl = neighbors("Amina", "Ben", "Carl")

    key_in(amina.community, ("Ben", ""), ("Carl", "0:45"), ("", ""), direction="many", each_minutes="1:00")

    assert balances(amina, ben, carl) == {"Amina": -105, "Ben": 60, "Carl": 45}


@pytest.mark.parametrize("who", ["herself", "her household"])
def test_no_coordinator_gives_hours_to_herself_by_writing_down_that_others_were_helped(who):
    [amina] = neighbors("Amina")
    mallory = make_coordinator(amina.community, "Mallory")
    member = Membership.objects.get(person=mallory)
    people.make_body(kind=Household, community=amina.community, name="Hers", leader=member, by=mallory, at=NOON)

    data = {
        "direction": "many", "one": "Amina", "category": any_category(amina.community).pk, "helped_on": str(today()),
        "channel": "paper", "key": key(), "wish": "post",
        **rows(("Mallory" if who == "herself" else "Hers", "4:00")),
    }  # fmt: skip
    answer = browser(mallory).post(url("together", amina.community), data)

    assert "Another coordinator has to write it down." in text_of(answer)
    assert balances(amina) == {"Amina": 0}


def test_when_one_row_cannot_be_posted_nothing_is():
    amina, ben, carl = neighbors("Amina", "Ben", "Carl")

    response = key_in(amina.community, ("Ben", "1:00"), ("Carl", "11:00"))

    assert "Nothing was posted. The reason stands at the row." in text_of(response)
    assert 'value="11:00"' in response.content.decode()
    assert balances(amina, ben, carl) == {"Amina": 0, "Ben": 0, "Carl": 0}


def test_a_group_and_an_organisation_of_one_name_are_never_taken_for_each_other():
    (amina,) = neighbors("Amina")
    library = Organisation.objects.create(community=amina.community, name="Library", made_at=NOON)
    Group.objects.create(community=amina.community, name="Library", made_at=NOON)

    unsure = key_in(amina.community, ("Library", "1:00"))
    key_in(amina.community, ("Library (organisation)", "1:00"))

    assert "Several fit: Library (organisation), Library (group)." in text_of(unsure)
    assert balances(amina, Account.objects.get(organisation=library)) == {"Amina": 60, "Library": -60}


def test_the_same_sheet_sent_twice_posts_once():
    amina, ben = neighbors("Amina", "Ben")
    same = key()

    for _time in range(2):
        key_in(amina.community, ("Ben", "1:00"), key=same)

    assert balances(amina, ben) == {"Amina": 60, "Ben": -60}


def test_a_second_look_posts_nothing_and_warns_where_hours_do_not_reach():
    amina, ben = neighbors("Amina", "Ben")

    page = text_of(key_in(amina.community, ("Ben", "11:00"), wish="look"))

    assert "Amina helped:" in page
    assert "The hours do not reach for this." in page
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}


def test_more_rows_keep_what_was_typed():
    amina, _ben = neighbors("Amina", "Ben")

    html = key_in(amina.community, ("Ben", "1:00"), wish="more", note="Choir evening").content.decode()

    assert 'name="row-TOTAL_FORMS" value="5"' in html
    assert 'value="Ben"' in html
    assert "Choir evening" in html


@pytest.mark.parametrize(
    ("pairs", "fields", "said"),
    [
        pytest.param([("Ben", "")], {}, "Write how long it took.", id="no time"),
        pytest.param([("Ben", "1,5"), ("ben", "1")], {}, "stands in another row already", id="twice"),
        pytest.param([("Amina", "1")], {}, "the one person above", id="with oneself"),
        pytest.param([], {}, "at least one person", id="nobody"),
        pytest.param([("Nobody", "1")], {}, "We found nobody", id="unknown"),
        pytest.param([("Ben", "25:00")], {}, "Write at most 24 hours", id="longer than a day"),
        pytest.param([("Ben", "1")], {"helped_on": str(today() + timedelta(days=2))}, "earlier day", id="ahead"),
        pytest.param([("Ben", "1")], {"helped_on": "2026-02-29"}, "a day that exists", id="29 February"),
        pytest.param([("Ben", "1")], {"category": "x"}, "Choose one from the list", id="no such kind"),
        pytest.param([("Ben\x00", "1")], {}, "Null characters are not allowed", id="a null character"),
        pytest.param([("Ben", "1")], {"row-TOTAL_FORMS": "9999"}, "Please submit at most 60", id="too many rows"),
    ],
)
def test_bad_rows_are_answered_with_a_sentence_and_post_nothing(pairs, fields, said):
    amina, ben = neighbors("Amina", "Ben")

    response = key_in(amina.community, *pairs, **fields)

    assert said in text_of(response)
    assert balances(amina, ben) == {"Amina": 0, "Ben": 0}
