"""Acting for someone: agreed, named, dated, seen, and ended at once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.kernel.models import Activity
from alongside.people import abilities
from alongside.people import actions as people
from alongside.people.access import Actor, actor, subject
from alongside.people.exporting import export_own_rows
from alongside.people.helping import labels, people_i_may_act_for
from alongside.people.models import BodyMember, Community, Delegation, Household, Membership
from alongside.people.permissions import abilities_for
from alongside.people.tests.factories import (
    NOON,
    TODAY,
    browser_of,
    child_in,
    community,
    coordinator_in,
    people_in,
    person_in,
    standing_for,
)

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def two_abilities() -> Iterator[None]:
    before = abilities.every()
    abilities.register("tests.pay", "give hours")
    abilities.register("tests.ask", "ask for help")
    yield
    abilities._labels.clear()
    abilities._labels.update(before)


def let(who: Membership, helper: Membership | None, **details: object) -> Delegation:
    given = {
        "abilities": ["tests.pay"],
        "consent_how": Channel.PHONE,
        "expires_on": TODAY + MONTH,
        "by": who.person,
        "at": NOON,
    }
    return people.let_act(membership=who, helper=helper, **given | details)  # type: ignore[arg-type]


def household(town: Community, adult: Membership, child: Membership) -> BodyMember:
    home = people.make_body(
        kind=Household, community=adult.community, name="Home", leader=adult, by=adult.person, at=NOON
    )
    return people.join_body(body=home, membership=child, part="child", by=adult.person, at=NOON)


def test_a_helper_may_do_what_was_named_and_nothing_else() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")

    let(ana, ben)

    assert abilities_for(standing_for(ben), ana, on=TODAY) == {"tests.pay"}
    assert abilities_for(standing_for(ana), ben, on=TODAY) == frozenset()


def test_an_agreement_holds_to_its_last_day() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    let(ana, ben)

    assert abilities_for(standing_for(ben), ana, on=TODAY + MONTH)
    assert not abilities_for(standing_for(ben), ana, on=TODAY + MONTH + timedelta(days=1))


def test_an_ended_agreement_gives_nothing_at_once() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    agreed = let(ana, ben)

    people.end_delegation(delegation=agreed, by=ana.person, at=NOON)

    assert abilities_for(standing_for(ben), ana, on=TODAY) == frozenset()
    with pytest.raises(people.SomeoneElseWasFaster):
        people.end_delegation(delegation=agreed, by=ana.person, at=NOON)


def test_a_new_agreement_replaces_the_old_one() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    let(ana, ben)

    let(ana, ben, abilities=["tests.ask"])

    assert abilities_for(standing_for(ben), ana, on=TODAY) == {"tests.ask"}
    assert Delegation.objects.filter(ended_at=None).count() == 1


def test_coordinators_act_for_who_let_them_and_only_coordinators() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    cora = coordinator_in(town)

    let(ana, None, by=cora.person, consent_words="She said yes on the phone")

    assert abilities_for(standing_for(cora), ana, on=TODAY) == {"tests.pay"}
    assert abilities_for(standing_for(cora), ben, on=TODAY) == frozenset()
    assert abilities_for(standing_for(ben), ana, on=TODAY) == frozenset()
    assert Activity.objects.get(did="people.helper_named").on_behalf_of_id == ana.person_id


def test_a_coordinator_of_another_community_may_nothing() -> None:
    ana = person_in(community(), "Ana")
    let(ana, None)

    assert abilities_for(standing_for(coordinator_in(community("Elsewhere"))), ana, on=TODAY) == frozenset()


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [
        ({"abilities": []}, people.NothingToDo),
        ({"abilities": ["tests.fly"]}, abilities.UnknownAbility),
        ({"expires_on": TODAY - timedelta(days=1)}, people.ExpiryOutOfRange),
        ({"expires_on": TODAY + timedelta(days=800)}, people.ExpiryOutOfRange),
        ({"consent_on": TODAY + timedelta(days=1)}, people.ConsentInTheFuture),
    ],
)
def test_an_agreement_says_what_and_until_when(trouble: dict[str, object], refusal: type[Exception]) -> None:
    ana, ben = people_in(community(), "Ana", "Ben")

    with pytest.raises(refusal):
        let(ana, ben, **trouble)

    assert not Delegation.objects.exists()


def test_helpers_are_grown_members_of_the_same_community() -> None:
    town = community()
    ana, kim = person_in(town, "Ana"), child_in(town, "Kim")

    for unfit in (ana, kim, person_in(community("Elsewhere"), "Otto")):
        with pytest.raises(people.HelperNotFit):
            let(ana, unfit)


def test_an_adult_acts_for_the_child_at_home_until_it_is_18() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    kim = person_in(town, "Kim", born_on=date(2008, 3, 4))
    household(town, ana, kim)

    assert abilities_for(standing_for(ana), kim, on=TODAY) >= {"tests.pay", "tests.ask"}
    assert abilities_for(standing_for(ana), kim, on=date(2026, 3, 4)) == frozenset()
    assert abilities_for(standing_for(ben), kim, on=TODAY) == frozenset()


def test_the_list_of_whom_one_acts_for_says_the_same_and_asks_no_more_for_more_people(
    django_assert_max_num_queries: Any,
) -> None:
    town = community()
    ben, cora, otto = person_in(town, "Ben"), coordinator_in(town), person_in(town, "Otto")
    kim, leo = child_in(town, "Kim"), person_in(town, "Leo", born_on=date(1990, 1, 1))
    household(town, ben, kim)
    helped = people_in(town, "Ana", "Amir", "Aya")
    for one in helped:
        let(one, ben, expires_on=today() + MONTH, at=now())
    let(leo, None, expires_on=today() + MONTH, at=now())

    for_ben = standing_for(ben)

    with django_assert_max_num_queries(3):
        listed = people_i_may_act_for(for_ben)

    assert [each.membership.person.name for each in listed] == ["Amir", "Ana", "Aya", "Kim"]
    for who in (ben, cora, otto, kim):
        standing = standing_for(who)
        rows = {each.membership: each.may for each in people_i_may_act_for(standing)}
        everybody = [ben, cora, otto, kim, leo, *helped]
        allowed = {one: labels(abilities_for(standing, one, on=today())) for one in everybody}
        assert rows == {one: may for one, may in allowed.items() if may}


def act(browser: Client, who: Membership, channel: str = "phone") -> Any:
    address = reverse("people:acting", args=[who.community.slug])
    return browser.post(address, {"membership": str(who.pk), "channel": channel})


def asked_as(membership: Membership, browser: Client) -> Any:
    """The request a view would get from this browser."""
    page = browser.get(reverse("people:members", args=[membership.community.slug]))
    return page.wsgi_request


def test_acting_names_both_people_and_the_way_the_word_came() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    let(ana, ben, expires_on=today() + MONTH, at=now())
    browser = browser_of(ben)

    act(browser, ana)
    request = asked_as(ben, browser)

    assert actor(request, "tests.pay") == Actor(ben.person, ana.person, Channel.PHONE)
    assert subject(request) == ana


def test_acting_without_the_ability_is_refused() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    let(ana, ben, expires_on=today() + MONTH, at=now())
    browser = browser_of(ben)
    act(browser, ana)

    with pytest.raises(PermissionDenied):
        actor(asked_as(ben, browser), "tests.ask")


def test_acting_stops_in_the_middle_of_a_session_when_the_person_ends_it() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    agreed = let(ana, ben, expires_on=today() + MONTH, at=now())
    browser = browser_of(ben)
    act(browser, ana)

    people.end_delegation(delegation=agreed, by=ana.person, at=now())
    request = asked_as(ben, browser)

    assert actor(request, "tests.pay") == Actor(ben.person, None, Channel.WEB)
    assert subject(request) == ben


def test_nobody_acts_for_somebody_who_did_not_ask() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")

    assert act(browser_of(ben), ana).status_code == 403


def test_somebody_under_18_does_nothing_alone() -> None:
    town = community()
    kim = child_in(town, "Kim")

    with pytest.raises(PermissionDenied):
        actor(asked_as(kim, browser_of(kim)), "tests.pay")


def test_the_person_sees_and_ends_it() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    agreed = let(ana, ben, expires_on=today() + MONTH, at=now())
    browser = browser_of(ana)

    page = browser.get(reverse("people:helpers", args=[ana.community.slug, ana.pk])).content.decode()
    browser.post(reverse("people:end_helper", args=[ana.community.slug, agreed.pk]))

    agreed.refresh_from_db()
    assert "Ben" in page
    assert "give hours" in page
    assert agreed.ended_by == ana.person


def test_the_person_sees_what_others_did_for_them_and_how_it_was_told() -> None:
    town = community()
    ana, ben, cora = person_in(town, "Ana"), person_in(town, "Ben"), coordinator_in(town)
    people.change_for_member(
        membership=ana, name="Ana", email=None, by=cora.person, at=NOON, channel=Channel.PHONE, phone="0131 1"
    )
    people.change_place(membership=ana, area="Riverside", contact_shown="nobody", by=ana.person, at=NOON)
    people.change_for_member(membership=ben, name="Ben", email=None, by=cora.person, at=NOON, phone="0131 2")
    address = reverse("people:helpers", args=[town.slug, ana.pk])

    seen = [(act.title, act.who) for act in browser_of(ana).get(address).context["trail"]]

    assert seen == [("Details written down", "Cora, by phone")]
    assert [row["did"] for row in export_own_rows(ana.person)["what_others_did_for_me"]] == ["people.details_changed"]
    assert browser_of(ben).get(address).status_code == 403


def test_a_coordinator_writes_down_what_was_said_by_phone() -> None:
    town = community()
    ana, cora = person_in(town, "Ana"), coordinator_in(town)

    browser_of(cora).post(
        reverse("people:name_helper", args=[town.slug, ana.pk]),
        {
            "to": "coordinators",
            "abilities": ["tests.pay", "tests.ask"],
            "expires_on": (today() + MONTH).isoformat(),
            "consent_how": "phone",
            "consent_on": today().isoformat(),
            "consent_words": "Yes, please",
        },
    )

    agreed = Delegation.objects.get()
    assert (agreed.helper, agreed.consent_how, agreed.recorded_by) == (None, "phone", cora.person)
    assert abilities_for(standing_for(cora), ana, on=today()) == {"tests.pay", "tests.ask"}
