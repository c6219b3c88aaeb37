"""Two records become one; nobody gains a way in, and nobody learns of other communities."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.people import actions as people
from alongside.people import purposes
from alongside.people.models import BodyMember, Consent, Group, Membership, Role, RoleHeld
from alongside.people.tests.factories import (
    NOON,
    also_in,
    browser_of,
    community,
    coordinator_in,
    people_in,
    person_in,
    standing_for,
)

pytestmark = pytest.mark.django_db


def signed_in_once(membership: Membership) -> Membership:
    membership.person.last_login = NOON
    membership.person.save()
    return membership


def test_one_record_stays_with_everything_of_both() -> None:
    town = community()
    cora = coordinator_in(town).person
    zoe = person_in(town, "Zoë", phone="0131 1")
    twice = person_in(town, "Zoe", email="zoe@example.org", roles=[Role.PARTICIPANT, Role.PEER_LEADER])
    people.make_body(kind=Group, community=town, name="Choir", leader=twice, by=cora, at=NOON)

    kept = people.merge_members(one=twice, other=zoe, by=cora, at=NOON)

    twice.refresh_from_db()
    kept.person.refresh_from_db()
    assert (kept, twice.merged_into, twice.person.merged_into) == (zoe, zoe, zoe.person)
    assert (kept.person.phone, kept.person.email) == ("0131 1", "zoe@example.org")
    assert standing_for(kept).roles == {Role.PARTICIPANT, Role.PEER_LEADER}
    assert [place.group.name for place in kept.places.all()] == ["Choir"]
    assert not twice.person.is_active


@pytest.mark.parametrize(
    ("kept_until", "dropped_until", "until"),
    [
        pytest.param(NOON.date() - timedelta(days=9), None, [None], id="what one held long ago"),
        pytest.param(NOON.date() + timedelta(days=9), None, [None], id="what the other holds for longer"),
        pytest.param(None, NOON.date() + timedelta(days=9), [None], id="what the one holds for longer"),
    ],
)
def test_one_record_holds_every_role_as_long_as_either_did(
    kept_until: date | None, dropped_until: date | None, until: list[date | None]
) -> None:
    zoe, twice = people_in(community(), "Zoë", "Zoe")
    for record, last_day in ((zoe, kept_until), (twice, dropped_until)):
        people.give_role(
            membership=record, role=Role.PEER_LEADER, by=None, at=NOON,
            starts_on=NOON.date() - timedelta(days=30), ends_on=last_day,
        )  # fmt: skip

    kept = people.merge_members(one=zoe, other=twice, by=zoe.person, at=NOON)

    leading = RoleHeld.objects.on(NOON.date()).filter(membership=kept, role=Role.PEER_LEADER)
    assert list(leading.values_list("ends_on", flat=True)) == until


def test_who_speaks_for_a_group_by_one_record_speaks_for_it_still() -> None:
    zoe, twice, cem = people_in(community(), "Zoë", "Zoe", "Cem")
    choir = people.make_body(kind=Group, community=zoe.community, name="Choir", leader=twice, by=cem.person, at=NOON)
    for who in (zoe, cem):
        people.join_body(body=choir, membership=who, part=BodyMember.Part.BELONGS, by=cem.person, at=NOON)

    kept = people.merge_members(one=zoe, other=twice, by=cem.person, at=NOON)

    assert {place.membership: place.part for place in choir.members.all()} == {kept: "speaks_for", cem: "belongs"}


def test_consents_of_both_are_kept_as_history() -> None:
    purposes.register("tests.research", "Research", "My answers may be used.")
    ana, twice = people_in(community(), "Ana", "Anna")
    for record, given in ((ana, True), (twice, False)):
        people.say_on_purpose(membership=record, purpose="tests.research", given=given, by=ana.person, at=NOON)

    kept = people.merge_members(one=ana, other=twice, by=ana.person, at=NOON)

    assert Consent.objects.filter(membership=kept).count() == 2


def test_who_signs_in_or_lives_elsewhere_stays() -> None:
    town = community()
    first, second = people_in(town, "Ana", "Anna")
    also_in(community("Elsewhere"), second)

    assert people.which_to_keep(first, second) == (second, first)
    assert people.which_to_keep(signed_in_once(first), second) == (first, second)


def test_merging_gives_nobody_a_way_to_sign_in_as_somebody_else() -> None:
    town = community()
    cora = coordinator_in(town)
    victim = signed_in_once(person_in(town, "Vera", email="vera@example.org"))
    second = also_in(community("Elsewhere"), victim)
    bait = signed_in_once(person_in(town, "Bait", email="mine@example.org"))

    kept = people.merge_members(one=bait, other=victim, by=cora.person, at=NOON)

    victim.person.refresh_from_db()
    bait.person.refresh_from_db()
    assert kept == victim
    assert (victim.person.email, bait.person.email) == ("vera@example.org", "mine@example.org")
    assert bait.person.merged_into is None
    assert second.person.email == "vera@example.org"


def test_a_kept_record_with_a_life_elsewhere_takes_no_contact_over() -> None:
    town = community()
    cora = coordinator_in(town)
    victim = person_in(town, "Vera")
    also_in(community("Elsewhere"), victim)
    person_in(town, "Bait", email="mine@example.org", phone="0700 1")

    bait = Membership.objects.get(person__name="Bait")
    people.merge_members(one=victim, other=bait, by=cora.person, at=NOON)

    victim.person.refresh_from_db()
    assert (victim.person.email, victim.person.phone) == (None, "")


def test_records_of_two_communities_are_never_merged() -> None:
    ana, other = person_in(community(), "Ana"), person_in(community("Elsewhere"), "Ana")

    with pytest.raises(people.NotTwoRecords):
        people.merge_members(one=ana, other=other, by=ana.person, at=NOON)
    with pytest.raises(people.NotTwoRecords):
        people.merge_members(one=ana, other=ana, by=ana.person, at=NOON)


def test_a_merged_record_is_not_merged_again() -> None:
    ana, twice = people_in(community(), "Ana", "Anna")
    people.merge_members(one=ana, other=twice, by=ana.person, at=NOON)

    with pytest.raises(people.NotTwoRecords):
        people.merge_members(one=ana, other=twice, by=ana.person, at=NOON)


def test_a_person_claims_the_record_that_carries_their_confirmed_address() -> None:
    zoe = person_in(community("Elsewhere"), "Zoë", email="zoe@example.org")
    EmailAddress.objects.create(user=zoe.person, email="zoe@example.org", verified=True, primary=True)
    town = community()
    record = person_in(town, "Zoe", email="Zoe@example.org", roles=[Role.PROFESSIONAL])
    browser = browser_of(zoe)

    assert "Is this you?" in browser.get(reverse("people:me")).content.decode()
    browser.post(reverse("people:claim", args=[record.pk]))

    mine = Membership.objects.of(town).current().get(person=zoe.person)
    assert standing_for(mine, on=now().date()).roles == {Role.PROFESSIONAL}


@pytest.mark.parametrize("verified", [False, None])
def test_nobody_claims_by_an_address_they_have_not_confirmed(verified: bool | None) -> None:
    thief = person_in(community("Elsewhere"), "Theo", email="zoe@example.org")
    if verified is not None:
        EmailAddress.objects.create(user=thief.person, email="zoe@example.org", verified=verified, primary=True)
    record = person_in(community(), "Zoe", email="zoe@example.org")

    assert browser_of(thief).post(reverse("people:claim", args=[record.pk])).status_code == 404
    with pytest.raises(people.NotYourRecord):
        people.claim_record(membership=record, person=thief.person, at=NOON)


def test_the_two_are_seen_side_by_side_first() -> None:
    town = community()
    browser = browser_of(coordinator_in(town))
    zoe, twice = person_in(town, "Zoë Ortiz", phone="0131 496 0102"), person_in(town, "Zoe Ortiz")

    alike = browser.get(reverse("people:likely_same", args=[town.slug, zoe.pk])).content.decode()
    pair = reverse("people:merge", args=[town.slug, zoe.pk, twice.pk])
    compared = browser.get(pair).content.decode()

    assert pair in alike
    assert "0131 496 0102" in compared
    assert Membership.objects.of(town).current().count() == 3
    browser.post(pair)
    assert Membership.objects.of(town).current().count() == 2
