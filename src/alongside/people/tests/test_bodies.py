"""Households, organisations and groups: made, joined, spoken for, closed."""

from datetime import date

import pytest
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people.models import BodyMember, Group, Household, Membership, Organisation
from alongside.people.tests.factories import (
    NOON,
    browser_of,
    child_in,
    community,
    coordinator_in,
    people_in,
    person_in,
)

pytestmark = pytest.mark.django_db
Part = BodyMember.Part


def home_of(adult: Membership) -> Household:
    made = people.make_body(
        kind=Household, community=adult.community, name="Home", leader=adult, by=adult.person, at=NOON
    )
    assert isinstance(made, Household)
    return made


def join(body: Household | Organisation | Group, who: Membership, part: str) -> BodyMember:
    return people.join_body(body=body, membership=who, part=part, by=who.person, at=NOON)


@pytest.mark.parametrize("kind", [Household, Organisation, Group])
def test_who_makes_a_body_stands_for_it(kind: type[Household]) -> None:
    ana = person_in(community(), "Ana")

    body = people.make_body(kind=kind, community=ana.community, name="Us", leader=ana, by=ana.person, at=NOON)

    place = ana.places.get()
    assert people.body_of(place) == body
    assert place.part in {Part.ADULT, Part.SPEAKS_FOR}


def test_a_household_has_adults_and_children_by_their_age() -> None:
    town = community()
    ana, kim = person_in(town, "Ana", born_on=date(1980, 1, 1)), child_in(town, "Kim")
    home = home_of(ana)

    join(home, kim, Part.CHILD)

    ben, lee = person_in(town, "Ben", born_on=date(1990, 1, 1)), child_in(town, "Lee")
    for who, part, refusal in [
        (ben, Part.CHILD, people.NotAChild),
        (lee, Part.ADULT, people.NotGrown),
        (lee, Part.BELONGS, people.WrongPart),
        (kim, Part.CHILD, people.InItAlready),
    ]:
        with pytest.raises(refusal):
            join(home, who, part)


def test_a_closed_group_takes_nobody_in() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    choir = people.make_body(kind=Group, community=ana.community, name="Choir", leader=ana, by=ana.person, at=NOON)
    people.close_body(body=choir, by=ana.person, at=NOON)

    with pytest.raises(people.SomeoneElseWasFaster):
        join(choir, ben, Part.BELONGS)
    address = reverse("people:add_to_body", args=[ana.community.slug, "groups", choir.pk])
    answer = browser_of(ana).post(address, {"member": "Ben", "part": "belongs"}, follow=True)

    assert "Somebody else has just done this." in answer.content.decode()
    assert not ben.places.exists()


def test_a_child_is_never_left_without_an_adult() -> None:
    town = community()
    ana, ben, kim = person_in(town, "Ana"), person_in(town, "Ben"), child_in(town, "Kim")
    home = home_of(ana)
    join(home, kim, Part.CHILD)
    hers = ana.places.get()

    with pytest.raises(people.LastWhoLeads):
        people.leave_body(place=hers, by=ana.person, at=NOON)
    join(home, ben, Part.ADULT)
    people.leave_body(place=hers, by=ana.person, at=NOON)

    assert [place.membership for place in home.members.filter(part=Part.ADULT)] == [ben]


def test_the_last_adult_of_a_household_stays_while_children_do() -> None:
    town = community()
    ana, ben, kim = person_in(town, "Ana"), person_in(town, "Ben"), child_in(town, "Kim")
    home = home_of(ana)
    join(home, kim, Part.CHILD)

    with pytest.raises(people.LastAdult):
        people.leave_community(membership=ana, by=ana.person, at=NOON)
    with pytest.raises(people.LastAdult):
        people.erase_person(person=ana.person, by=ana.person, at=NOON, even_the_last=True)
    assert Membership.objects.of(town).current().filter(pk=ana.pk).exists()

    join(home, ben, Part.ADULT)
    people.leave_community(membership=ana, by=ana.person, at=NOON)

    assert [place.membership for place in home.members.filter(part=Part.ADULT)] == [ben]


def test_who_may_not_leave_children_alone_reads_why_and_what_to_do() -> None:
    town = community()
    ana, kim, cora = person_in(town, "Ana"), child_in(town, "Kim"), coordinator_in(town)
    join(home_of(ana), kim, Part.CHILD)
    leave, end, erase, erase_kept = (
        reverse("people:leave", args=[town.slug]),
        reverse("people:end_membership", args=[town.slug, ana.pk]),
        reverse("people:erase"),
        reverse("people:erase_member", args=[town.slug, ana.pk]),
    )

    # Before she has ever signed in herself.
    answers = [browser_of(cora).post(erase_kept, {"typed": "ERASE", "channel": "phone"})]
    hers = browser_of(ana)
    session = hers.session
    session["signed_in_at"] = now().timestamp()
    session.save()
    answers += [
        hers.post(leave, {"even_the_last": ""}),
        browser_of(cora).post(end, {"even_the_last": ""}),
        hers.post(erase, {"typed": "ERASE"}),
    ]

    for answer in answers:
        assert "Children of Home would have no adult there." in answer.content.decode()
    assert Membership.objects.of(town).current().filter(pk=ana.pk).exists()


@pytest.mark.parametrize("why", ["closed", "no children"])
def test_an_adult_leaves_a_household_that_needs_nobody(why: str) -> None:
    town = community()
    ana, kim = person_in(town, "Ana"), child_in(town, "Kim")
    home = home_of(ana)
    if why == "closed":
        join(home, kim, Part.CHILD)
        people.close_body(body=home, by=ana.person, at=NOON)

    people.leave_community(membership=ana, by=ana.person, at=NOON)

    assert not Membership.objects.of(town).current().filter(pk=ana.pk).exists()


def test_a_household_is_seen_by_those_who_live_there_and_coordinators() -> None:
    town = community()
    ana, ben, cora = person_in(town, "Ana"), person_in(town, "Ben"), coordinator_in(town)
    home = home_of(ana)
    page, listed = (
        reverse("people:body", args=[town.slug, "households", home.pk]),
        reverse("people:bodies", args=[town.slug, "households"]),
    )

    assert [browser_of(who).get(page).status_code for who in (ana, ben, cora)] == [200, 403, 200]
    seen = [str(home.pk) in browser_of(who).get(listed).content.decode() for who in (ana, ben, cora)]
    assert seen == [True, False, True]


def test_somebody_is_added_by_name_or_number() -> None:
    town = community()
    ana, ben, _cem = people_in(town, "Ana", "Ben Walker", "Cem")
    choir = people.make_body(kind=Group, community=town, name="Choir", leader=ana, by=ana.person, at=NOON)
    browser, address = browser_of(ana), reverse("people:add_to_body", args=[town.slug, "groups", choir.pk])

    browser.post(address, {"member": "ben", "part": "belongs"})
    browser.post(address, {"member": "3", "part": "speaks_for"})

    names = choir.members.order_by("membership__number").values_list("membership__person__name", "part")
    assert list(names) == [("Ana", "speaks_for"), ("Ben Walker", "belongs"), ("Cem", "speaks_for")]
    assert ben.places.get().group == choir


def test_a_name_that_fits_two_people_is_answered_with_their_numbers() -> None:
    town = community()
    ana, *_twins = people_in(town, "Ana", "Sam Hall", "Sam Hill")
    choir = people.make_body(kind=Group, community=town, name="Choir", leader=ana, by=ana.person, at=NOON)

    answer = browser_of(ana).post(
        reverse("people:add_to_body", args=[town.slug, "groups", choir.pk]), {"member": "sam", "part": "belongs"}
    )

    assert "Sam Hall (2), Sam Hill (3)" in answer.content.decode()


def test_only_who_stands_for_a_group_changes_it() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    choir = people.make_body(kind=Group, community=town, name="Choir", leader=ana, by=ana.person, at=NOON)
    join(choir, ben, Part.BELONGS)

    answer = browser_of(ben).post(reverse("people:close_body", args=[town.slug, "groups", choir.pk]))

    assert answer.status_code == 403
    assert Group.objects.get().closed_at is None
