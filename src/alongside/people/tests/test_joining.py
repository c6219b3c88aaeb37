"""The ways in: asking, being invited, being added."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.ids import new_id
from alongside.people import actions as people
from alongside.people.invitation_codes import code_hash, code_of
from alongside.people.models import Community, Invitation, JoinRequest, Membership, Person, Role
from alongside.people.tests.factories import NOON, also_in, browser_of, community, coordinator_in, person_in

pytestmark = pytest.mark.django_db


def newcomer(name: str = "Noor") -> Person:
    return Person.objects.create_person(name=name, email=f"{name.lower()}@example.org")


def test_who_asks_and_is_welcomed_belongs() -> None:
    town, noor = community(), newcomer()
    cora = coordinator_in(town)

    asked = people.ask_to_join(community=town, person=noor, words="Hello", at=NOON)
    membership = people.approve_request(request=asked, by=cora.person, at=NOON)

    assert (membership.person, membership.added_by) == (noor, cora.person)
    assert asked.answer == JoinRequest.Answer.APPROVED


def test_a_no_needs_a_reason() -> None:
    town, noor = community(), newcomer()
    asked = people.ask_to_join(community=town, person=noor, words="", at=NOON)
    cora = coordinator_in(town).person

    with pytest.raises(people.ReasonMissing):
        people.decline_request(request=asked, reason=" \u200b", by=cora, at=NOON)
    people.decline_request(request=asked, reason="We are full", by=cora, at=NOON)

    assert (asked.answer, asked.reason) == (JoinRequest.Answer.DECLINED, "We are full")


def test_two_coordinators_cannot_both_answer() -> None:
    town, noor = community(), newcomer()
    cora = coordinator_in(town).person
    asked = people.ask_to_join(community=town, person=noor, words="", at=NOON)
    people.decline_request(request=asked, reason="Full", by=cora, at=NOON)

    with pytest.raises(people.SomeoneElseWasFaster):
        people.approve_request(request=asked, by=cora, at=NOON)

    assert not Membership.objects.of(town).filter(person=noor).exists()


def test_who_takes_a_request_back_just_after_the_answer_hears_so(monkeypatch: pytest.MonkeyPatch) -> None:
    town, noor = community(), newcomer()
    asked = people.ask_to_join(community=town, person=noor, words="", at=NOON)
    withdraw = people.withdraw_request

    def answered_first(**given: Any) -> Any:
        people.decline_request(request=asked, reason="Full", by=coordinator_in(town).person, at=NOON)
        return withdraw(**given)

    monkeypatch.setattr(people, "withdraw_request", answered_first)
    browser = Client()
    browser.force_login(noor, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.post(reverse("people:withdraw_request", args=[town.slug]), follow=True)

    assert "Somebody else has just done this." in answer.content.decode()
    assert JoinRequest.objects.get().answer == JoinRequest.Answer.DECLINED


def test_nobody_asks_twice_nor_where_people_are_invited() -> None:
    town, noor = community(), newcomer()
    people.ask_to_join(community=town, person=noor, words="", at=NOON)
    closed = community("Closed", join_policy=Community.JoinPolicy.INVITED)

    with pytest.raises(people.AskedAlready):
        people.ask_to_join(community=town, person=noor, words="", at=NOON)
    with pytest.raises(people.NotOpenToAsking):
        people.ask_to_join(community=closed, person=noor, words="", at=NOON)


def test_an_invitation_lets_in_as_many_as_it_says() -> None:
    town = community()
    cora = coordinator_in(town).person
    card = people.invite(community=town, by=cora, at=NOON, expires_at=NOON + timedelta(days=1), uses=2)

    for name in ("Ana", "Ben"):
        people.accept_invitation_by_name(community=town, code=code_of(card.pk), name=name, at=NOON, key=new_id())
    with pytest.raises(people.InvitationOver):
        people.accept_invitation_by_name(community=town, code=code_of(card.pk), name="Cem", at=NOON, key=new_id())

    card.refresh_from_db()
    assert (card.uses, card.uses_left) == (2, 0)


@pytest.mark.parametrize("trouble", ["expired", "revoked", "other community", "wrong code"])
def test_an_invitation_that_is_over_lets_nobody_in(trouble: str) -> None:
    town, at = community(), NOON
    cora = coordinator_in(town).person
    card = people.invite(community=town, by=cora, at=NOON, expires_at=NOON + timedelta(days=1))
    code = "AAAA-AAAA-AAAA" if trouble == "wrong code" else code_of(card.pk)
    if trouble == "expired":
        at = NOON + timedelta(days=1)
    elif trouble == "revoked":
        people.revoke_invitation(invitation=card, by=cora, at=NOON)
    elif trouble == "other community":
        town = community("Elsewhere")

    with pytest.raises(people.InvitationOver):
        people.accept_invitation(community=town, code=code, person=newcomer(), at=at)


def test_a_refused_name_uses_nothing_up() -> None:
    town = community()
    cora = coordinator_in(town)
    card = people.invite(community=town, by=cora.person, at=NOON, expires_at=NOON + timedelta(days=1))

    with pytest.raises(people.AlreadyBelongs):
        people.accept_invitation(community=town, code=code_of(card.pk), person=cora.person, at=NOON)

    assert Invitation.objects.get().uses_left == 1


def test_the_database_holds_nothing_that_opens_a_door() -> None:
    town = community()
    card = people.invite(community=town, by=coordinator_in(town).person, at=NOON, expires_at=NOON + timedelta(days=1))
    code = code_of(card.pk)

    stored = " ".join(str(value) for value in Invitation.objects.values().get().values())
    assert code not in stored
    assert code.replace("-", "") not in stored


def test_a_code_may_be_typed_carelessly() -> None:
    town = community()
    code = code_of(person_in(town, "Ana").pk)

    careless = code.lower().replace("-", " ").replace("o", "0").replace("l", "1").replace("b", "8")
    assert code_hash(careless) == code_hash(code)


def test_who_comes_back_keeps_their_number() -> None:
    town = community()
    ana, ben = person_in(town, "Ana"), person_in(town, "Ben")
    people.leave_community(membership=ana, by=ana.person, at=NOON)

    again = people.begin_membership(community=town, person=ana.person, roles=[Role.PARTICIPANT], by=None, at=NOON)

    assert (again.number, again.left_at, ben.number) == (1, None, 2)


def test_a_name_and_enter_add_a_person() -> None:
    town = community()
    browser = browser_of(coordinator_in(town))

    answer = browser.post(reverse("people:add_person", args=[town.slug]), {"name": "O'Brien"}, follow=True)

    assert Membership.objects.of(town).filter(person__name="O'Brien").count() == 1
    assert "Add another person" in answer.content.decode()
    assert 'name="name"' in answer.content.decode()
    assert "autofocus" in answer.content.decode()


def test_a_likely_double_is_shown_before_it_is_added() -> None:
    town = community()
    browser, address = browser_of(coordinator_in(town)), reverse("people:add_person", args=[town.slug])
    person_in(town, "Zoë Ortiz")

    warned = browser.post(address, {"name": "zoe ortiz"})
    assert "Is it one of these people?" in warned.content.decode()
    assert Membership.objects.of(town).count() == 2

    browser.post(address, {"name": "zoe ortiz", "somebody_else": "1"})
    assert Membership.objects.of(town).count() == 3


def test_people_of_other_communities_are_no_doubles_here() -> None:
    elsewhere, town = community("Elsewhere"), community()
    person_in(elsewhere, "Zoë Ortiz", phone="07700 900100", email="zoe@example.org")
    browser = browser_of(coordinator_in(town))

    answer = browser.post(
        reverse("people:add_person", args=[town.slug]),
        {"name": "Zoë Ortiz", "phone": "07700 900100", "email": "zoe@example.org"},
        follow=True,
    )

    assert "Is it one of these" not in answer.content.decode()
    assert Membership.objects.of(town).get(person__name="Zoë Ortiz").person.contact_email == "zoe@example.org"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="nothing"),
        pytest.param("\u200b \u202e", id="nothing one can see"),
        pytest.param("\x00\x00", id="NUL"),
        pytest.param("a" * 1_000_000, id="a megabyte"),
    ],
)
def test_what_is_no_name_is_answered_at_the_field(name: str) -> None:
    town = community()
    browser = browser_of(coordinator_in(town))

    answer = browser.post(reverse("people:add_person", args=[town.slug]), {"name": name, "area": "Old Mill"})

    assert answer.status_code == 200
    assert "Old Mill" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"name"}
    assert Membership.objects.of(town).count() == 1


@pytest.mark.parametrize("name", ["Null", "Ü", "O'Brien", "محمد علي", "👩🏽\u200d🌾", "<script>alert(1)</script>"])
def test_every_name_is_a_name(name: str) -> None:
    town = community()
    browser = browser_of(coordinator_in(town))

    browser.post(reverse("people:add_person", args=[town.slug]), {"name": name})
    page = browser.get(reverse("people:members", args=[town.slug]), {"q": name}).content.decode()

    assert Membership.objects.of(town).filter(person__name=name).exists()
    assert "1 person" in page
    assert "<script>alert" not in page


def test_fields_nobody_offered_are_ignored() -> None:
    town = community()
    browser = browser_of(coordinator_in(town))

    browser.post(
        reverse("people:add_person", args=[town.slug]),
        {"name": "Eve", "roles": "steward", "number": "999", "is_active": "1", "last_login": "2020-01-01"},
    )

    eve = Membership.objects.of(town).get(person__name="Eve")
    assert (eve.number, [held.role for held in eve.roles.all()]) == (2, ["participant"])


def test_a_stranger_joins_by_card_with_a_name_and_is_signed_in() -> None:
    town = community()
    card = people.invite(community=town, by=coordinator_in(town).person, at=now(), expires_at=now() + timedelta(days=1))
    browser = Client()
    address = reverse("people:invited", args=[town.slug, code_of(card.pk)])

    assert browser.get(address).status_code == 200
    browser.post(address, {"name": "Noor", "key": str(new_id())})

    noor = Membership.objects.of(town).get(person__name="Noor")
    assert browser.session["_auth_user_id"] == str(noor.person_id)
    assert Client().post(address, {"name": "Second", "key": str(new_id())}).status_code == 410


def test_a_card_for_many_pressed_twice_lets_one_in_once_and_signs_in() -> None:
    town = community()
    card = people.invite(
        community=town, by=coordinator_in(town).person, at=now(), expires_at=now() + timedelta(days=1), uses=9
    )
    address = reverse("people:invited", args=[town.slug, code_of(card.pk)])
    typed = {"name": "Noor", "key": str(Client().get(address).context["form"]["key"].value())}
    # The second press leaves before the answer to the first one brought a session.
    first, second = Client(), Client()

    answers = [browser.post(address, typed).status_code for browser in (first, second)]

    noor = Membership.objects.of(town).get(person__name="Noor")
    assert answers == [302, 302]
    assert {browser.session["_auth_user_id"] for browser in (first, second)} == {str(noor.person_id)}
    assert Invitation.objects.get().uses_left == 8


def test_the_page_of_an_invitation_lets_nobody_in_as_the_one_before() -> None:
    town = community()
    card = people.invite(
        community=town, by=coordinator_in(town).person, at=now(), expires_at=now() + timedelta(days=1), uses=9
    )
    address = reverse("people:invited", args=[town.slug, code_of(card.pk)])
    key = str(new_id())
    Client().post(address, {"name": "Noor", "key": key})
    later = Client()

    asked = later.post(address, {"name": "Selim", "key": key})

    assert "Somebody has joined with this page already." in asked.content.decode()
    assert "_auth_user_id" not in later.session
    assert not Membership.objects.of(town).filter(person__name="Selim").exists()
    later.post(address, {"name": "Selim", "key": str(asked.context["form"]["key"].value())})
    assert Membership.objects.of(town).filter(person__name="Selim").count() == 1


@pytest.mark.parametrize("later", [timedelta(minutes=3), timedelta(days=1)])
def test_the_key_of_an_invited_form_signs_nobody_in_later(later: timedelta) -> None:
    town = community()
    at = now()
    card = people.invite(
        community=town, by=coordinator_in(town).person, at=at, expires_at=at + timedelta(days=9), uses=9
    )
    key = new_id()
    people.accept_invitation_by_name(community=town, code=code_of(card.pk), name="Noor", at=at, key=key)

    with pytest.raises(people.FormSentBefore):
        people.accept_invitation_by_name(community=town, code=code_of(card.pk), name="Noor", at=at + later, key=key)


def test_the_database_knows_an_invited_form_once() -> None:
    town = community()
    ana, ben = person_in(town, "Ana"), person_in(town, "Ben")
    key = new_id()
    Membership.objects.of(town).filter(pk=ana.pk).update(invited_key=key)

    with pytest.raises(IntegrityError, match=r"membership_once_an_invited_form|invited_key"):
        Membership.objects.of(town).filter(pk=ben.pk).update(invited_key=key)


def test_a_community_that_invites_looks_like_none_to_strangers() -> None:
    town = community(join_policy=Community.JoinPolicy.INVITED)
    outsider = person_in(community("Elsewhere"), "Otto")

    assert browser_of(outsider).get(reverse("people:join", args=[town.slug])).status_code == 404


def test_the_same_person_in_two_communities_has_two_numbers() -> None:
    first, second = community("First"), community("Second")
    person_in(second, "Ben")
    ana = person_in(first, "Ana")

    assert (ana.number, also_in(second, ana).number) == (1, 2)
