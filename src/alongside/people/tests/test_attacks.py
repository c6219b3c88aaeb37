"""What a coordinator, a member or a stranger might try across communities; and what the database refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kernel.channels import Channel
from alongside.kernel.clock import today
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.models import (
    BodyMember,
    Consent,
    ContactShare,
    DelegatedAbility,
    Delegation,
    Group,
    Household,
    Invitation,
    JoinRequest,
    Membership,
    Person,
    Role,
    RoleHeld,
)
from alongside.people.tests.factories import (
    NOON,
    TODAY,
    also_in,
    browser_of,
    community,
    coordinator_in,
    people_in,
    person_in,
    standing_for,
)

pytestmark = pytest.mark.django_db


def test_a_coordinator_learns_nothing_of_another_community_a_member_belongs_to() -> None:
    here, there = community("Here"), community("Hidden Harbour")
    ana = person_in(here, "Ana")
    also_in(there, ana, roles=[Role.STEWARD])
    browser = browser_of(coordinator_in(here))

    for name in ("member", "roles", "likely_same", "helpers", "consents", "member_details"):
        page = browser.get(reverse(f"people:{name}", args=[here.slug, ana.pk])).content.decode()
        assert "Hidden Harbour" not in page, name


def test_a_coordinator_cannot_change_how_somebody_with_a_life_elsewhere_signs_in() -> None:
    here = community("Here")
    ana = person_in(here, "Ana", email="ana@example.org")
    also_in(community("There"), ana)

    answer = browser_of(coordinator_in(here)).post(
        reverse("people:member_details", args=[here.slug, ana.pk]),
        {"name": "Ana", "email": "evil@example.org", "language": "en", "preferred_channel": "email"},
    )

    ana.person.refresh_from_db()
    assert ana.person.email == "ana@example.org"
    assert "look after their own details" in answer.content.decode()


def test_nobody_names_a_helper_of_another_community_by_number() -> None:
    here = community("Here")
    ana = person_in(here, "Ana")
    people_in(community("There"), "Otto", "Olga", "Oskar")
    abilities.register("tests.act", "do something")

    answer = browser_of(ana).post(
        reverse("people:name_helper", args=[here.slug, ana.pk]),
        {
            "to": "member",
            "helper": "Olga",
            "abilities": ["tests.act"],
            "expires_on": (TODAY + timedelta(days=400)).isoformat(),
        },
    )

    assert "We found nobody" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_a_coordinator_does_not_lift_themself_to_steward() -> None:
    town = community()
    person_in(town, "Stella", roles=[Role.STEWARD])
    cora = coordinator_in(town)

    browser_of(cora).post(reverse("people:roles", args=[town.slug, cora.pk]), {"role": "steward"})

    assert not cora.roles.filter(role=Role.STEWARD).exists()


def test_a_coordinator_does_not_end_a_stewards_role() -> None:
    town = community()
    stella = person_in(town, "Stella", roles=[Role.STEWARD])
    person_in(town, "Sten", roles=[Role.STEWARD])
    held = stella.roles.get()

    browser_of(coordinator_in(town)).post(reverse("people:end_role", args=[town.slug, stella.pk, held.pk]))

    held.refresh_from_db()
    assert held.ended_at is None


def test_somebody_under_18_does_not_make_themself_older() -> None:
    kim = person_in(community(), "Kim", born_on=TODAY - timedelta(days=3650))

    browser_of(kim).post(
        reverse("people:details"),
        {"name": "Kim", "born_on": "1980-01-01", "language": "en", "preferred_channel": "in_app"},
    )
    with pytest.raises(people.NotYoursToChange):
        people.change_details(person=kim.person, name="Kim", born_on=TODAY, by=kim.person, at=NOON)

    kim.person.refresh_from_db()
    assert kim.person.born_on == TODAY - timedelta(days=3650)


def test_who_writes_down_their_details_changes_nothing_else_about_themself() -> None:
    ana = person_in(community(), "Ana")
    seen_before = Person.objects.get(pk=ana.person.pk)
    ana.person.set_password("a new and better secret")
    ana.person.save()

    people.change_details(person=seen_before, name="Anna", phone="0131 1", by=seen_before, at=NOON)

    kept = Person.objects.get(pk=ana.person.pk)
    assert (kept.name, kept.search_name, kept.phone) == ("Anna", "anna", "0131 1")
    assert kept.check_password("a new and better secret")


def test_details_take_no_fields_that_are_not_ones_own() -> None:
    ana = person_in(community(), "Ana")

    with pytest.raises(TypeError):
        people.change_details(person=ana.person, name="Ana", by=ana.person, at=NOON, email="evil@example.org")


def test_the_directory_pages_through_everybody_once() -> None:
    town = community()
    people_in(town, *(f"Same Name {number % 3}" for number in range(65)))
    browser = browser_of(coordinator_in(town))
    address, seen = reverse("people:members", args=[town.slug]), []

    query = ""
    for _page in range(3):
        page = browser.get(address + query).context["page"]
        seen += [each.number for each in page.members]
        query = page.older_query
    back = browser.get(address + page.newer_query).context["page"]

    assert query == ""
    assert sorted(seen) == list(range(1, 67))
    assert [each.number for each in back.members] == seen[30:60]


def test_the_directory_asks_the_same_number_of_questions_for_more_people(django_assert_max_num_queries: Any) -> None:
    town = community()
    people_in(town, *(f"Person {number}" for number in range(30)))
    browser = browser_of(coordinator_in(town))

    with django_assert_max_num_queries(16):
        browser.get(reverse("people:members", args=[town.slug]))


def test_searching_while_typing_brings_only_the_list() -> None:
    town = community()
    people_in(town, "Amina", "Ben")

    found = browser_of(coordinator_in(town)).get(
        reverse("people:members", args=[town.slug]), {"q": "ami"}, headers={"HX-Request": "true"}
    )

    words = found.content.decode()
    assert "Amina" in words
    assert "Ben" not in words
    assert "<html" not in words


def test_nonsense_in_the_search_finds_nobody_and_breaks_nothing() -> None:
    town = community()
    browser = browser_of(coordinator_in(town))

    for query in ("%", "_", "\x00", "'; DROP TABLE", "9" * 400, "a" * 100_000):
        assert browser.get(reverse("people:members", args=[town.slug]), {"q": query}).status_code == 200
    for edge in ("nonsense", str(person_in(community("There"), "Otto").pk)):
        assert browser.get(reverse("people:members", args=[town.slug]), {"after": edge}).status_code == 200


def broken(name: str, make: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_the_database_keeps_its_promises_about_persons() -> None:
    person = Person.objects.create_person(name="Ana", email="ana@example.org")

    broken("person_has_a_name", lambda: Person.objects.filter(pk=person.pk).update(name=""))
    broken("person_erased_means_empty", lambda: Person.objects.filter(pk=person.pk).update(erased_at=NOON))
    broken("person_email_is_theirs_alone", lambda: Person.objects.create(name="B", email="ANA@example.org"))


CHECKS: list[Any] = [
    ("membership_merged_is_over", lambda ana, ben: ana_rows(ana).update(merged_into=ben)),
    ("membership_numbers_start_at_one", lambda ana, ben: ana_rows(ana).update(number=0)),
    ("role_ends_after_it_starts", lambda ana, ben: ana.roles.update(ends_on=TODAY - timedelta(days=1))),
    ("role_ended_by_hand_has_a_last_day", lambda ana, ben: ana.roles.update(ended_at=NOON)),
    ("delegation_is_to_somebody_else", lambda ana, ben: delegate(ana, ana)),
    ("delegation_ends_after_it_is_agreed", lambda ana, ben: delegate(ana, ben, expires_on=TODAY - timedelta(days=1))),
    ("delegation_ended_has_a_moment", lambda ana, ben: delegate(ana, ben, ended_by=ben.person)),
    ("contact_share_is_between_two", lambda ana, ben: share(ana, ana)),
    ("contact_share_answered_has_a_moment", lambda ana, ben: share(ana, ben, agreed=True)),
    ("contact_share_refused_is_over", lambda ana, ben: share(ana, ben, agreed=False, answered_at=NOON)),
    ("consent_is_to_some_words", lambda ana, ben: consent(ana, words="")),
    ("join_request_answered_has_a_moment", lambda ana, ben: ask(ana, answer="approved")),
    ("join_request_declined_has_a_reason", lambda ana, ben: ask(ana, answer="declined", answered_at=NOON)),
    ("invitation_expires_after_it_is_made", lambda ana, ben: card(ana, expires_at=NOON)),
    ("invitation_revoked_has_a_moment", lambda ana, ben: card(ana, revoked_by=ben.person)),
    ("body_member_of_exactly_one_body", lambda ana, ben: place(ana, part="adult")),
    ("household_has_a_name", lambda ana, ben: Household.objects.create(community=ana.community, name="", made_at=NOON)),
    ("group_has_a_name", lambda ana, ben: Group.objects.create(community=ana.community, name="", made_at=NOON)),
]


@pytest.mark.parametrize(("name", "make"), CHECKS, ids=lambda value: value if isinstance(value, str) else "")
def test_the_database_refuses_what_must_never_be(name: str, make: Any) -> None:
    ana, ben = people_in(community(), "Ana", "Ben")

    broken(name, lambda: make(ana, ben))


ONCE: list[Any] = [
    lambda ana, ben: delegate(ana, ben),
    lambda ana, ben: delegate(ana, None),
    lambda ana, ben: share(ana, ben),
    lambda ana, ben: ask(ana),
    lambda ana, ben: card(ana),
    lambda ana, ben: place(ana, part="belongs", group=choir(ana)),
    lambda ana, ben: RoleHeld.objects.create(community=ana.community, membership=ana, role="steward", starts_on=TODAY),
    lambda ana, ben: DelegatedAbility.objects.create(
        community=ana.community, delegation=Delegation.objects.first() or delegate(ana, ben), ability="x"
    ),
]


@pytest.mark.parametrize("make", ONCE)
def test_the_database_takes_these_once(make: Any) -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    make(ana, ben)

    with pytest.raises(IntegrityError), transaction.atomic():
        make(ana, ben)


def ana_rows(ana: Membership) -> Any:
    return Membership.objects.of(ana.community).filter(pk=ana.pk)


def choir(ana: Membership) -> Group:
    made: Group = Group.objects.get_or_create(community=ana.community, name="Choir", defaults={"made_at": NOON})[0]
    return made


def delegate(ana: Membership, helper: Membership | None, **more: Any) -> Delegation:
    agreed = {"consent_how": Channel.WEB, "consent_on": TODAY, "recorded_by": ana.person, "made_at": NOON}
    return Delegation.objects.create(
        community=ana.community, membership=ana, helper=helper, **{"expires_on": TODAY} | agreed | more
    )


def share(asker: Membership, asked: Membership, **more: Any) -> ContactShare:
    return ContactShare.objects.create(community=asker.community, asker=asker, asked=asked, asked_at=NOON, **more)


def consent(ana: Membership, words: str) -> Consent:
    return Consent.objects.create(
        community=ana.community, membership=ana, purpose="p", given=True, words=words, at=NOON, by=ana.person
    )


def ask(ana: Membership, **more: Any) -> JoinRequest:
    return JoinRequest.objects.create(community=ana.community, person=ana.person, asked_at=NOON, **more)


def card(ana: Membership, **more: Any) -> Invitation:
    made = {"made_by": ana.person, "made_at": NOON, "expires_at": NOON + timedelta(days=1), "uses_left": 1}
    return Invitation.objects.create(community=ana.community, code_hash="same", **made | more)


def place(ana: Membership, **more: Any) -> BodyMember:
    return BodyMember.objects.create(community=ana.community, membership=ana, since=TODAY, **more)


@pytest.mark.parametrize("signed_in_before", [True, False])
def test_no_coordinator_becomes_a_steward_by_merging_a_stewards_record_into_their_own(signed_in_before: bool) -> None:
    town = community()
    mallory = coordinator_in(town, "Mallory")
    stella = person_in(town, "Stella", roles=[Role.STEWARD])
    logins = [mallory, stella] if signed_in_before else [mallory]
    Person.objects.filter(pk__in=[each.person_id for each in logins]).update(last_login=NOON)

    browser_of(mallory).post(reverse("people:merge", args=[town.slug, mallory.pk, stella.pk]))

    assert standing_for(mallory, on=today()).roles == {Role.PARTICIPANT, Role.COORDINATOR}
    assert standing_for(stella, on=today()).roles == {Role.STEWARD}


def test_no_coordinator_ends_the_membership_of_a_steward_to_name_another() -> None:
    town = community()
    mallory, stella = coordinator_in(town, "Mallory"), person_in(town, "Stella", roles=[Role.STEWARD])

    browser_of(mallory).post(reverse("people:end_membership", args=[town.slug, stella.pk]), {"even_the_last": "on"})

    assert standing_for(stella, on=today()).roles == {Role.STEWARD}


def test_nobody_becomes_the_adult_of_somebody_whose_age_is_written_down_later() -> None:
    town = community()
    mallory, tim = people_in(town, "Mallory", "Tim")
    home = people.make_body(kind=Household, community=town, name="Ours", leader=mallory, by=mallory.person, at=NOON)

    browser_of(mallory).post(
        reverse("people:add_to_body", args=[town.slug, "households", home.pk]),
        {"member": str(tim.number), "part": BodyMember.Part.CHILD},
    )

    assert not BodyMember.objects.filter(membership=tim).exists()
