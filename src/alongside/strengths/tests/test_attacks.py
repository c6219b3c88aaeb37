"""What a member with an ordinary account might try through exchanges."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.kernel.channels import Channel
from alongside.kernel.clock import now, today
from alongside.people import acting
from alongside.people import actions as people
from alongside.people.models import ContactShare, Household, Role
from alongside.people.tests.factories import NOON, browser_of, child_in
from alongside.strengths.actions import record_exchange
from alongside.strengths.actions.steps import StepNotAllowed, take_step
from alongside.strengths.models import StrengthsProfile
from alongside.strengths.rules.steps import State, Step
from alongside.strengths.tests.factories import (
    asked,
    neighbor,
    neighbors,
    offer_of,
    recorded,
    some_category,
    step,
    town,
)
from alongside.timebank import actions as timebank

pytestmark = pytest.mark.django_db


def page_of(who, name, *args) -> str:
    slug = who.membership.community.slug
    return browser_of(who.membership).get(reverse(f"strengths:{name}", args=[slug, *args])).content.decode()


def written_down(who, *, other: str):
    details = {
        "side": "receiver", "other": other, "minutes": "1:00", "helped_on": today().isoformat(),
        "category": str(some_category(who.membership.community).pk), "key": str(uuid4()),
    }  # fmt: skip
    return browser_of(who.membership).post(
        reverse("strengths:write_down", args=[who.membership.community.slug]), details
    )


def acting_browser(helper, helped, *abilities: str):
    """A browser in which `helper` acts for `helped`, who let them do `abilities` and nothing else."""
    people.let_act(
        membership=helped.membership, helper=helper.membership, abilities=abilities, consent_how=Channel.IN_PERSON,
        expires_on=today() + timedelta(days=30), by=helped.person, at=now(),
    )  # fmt: skip
    browser = browser_of(helper.membership)
    session = browser.session
    session[acting.SESSION_KEY] = {"membership": str(helped.membership.pk), "channel": str(Channel.WEB)}
    session.save()
    return browser


def test_writing_down_help_with_somebody_does_not_show_how_to_reach_them():
    place = town()
    mallory, ana = neighbor(place, "Mallory"), neighbor(place, "Ana", phone="555 0142", email="ana@example.org")

    made_up = recorded(mallory, ana).exchange
    fought_over = step(recorded(mallory, ana).exchange, Step.DISPUTE, mallory).exchange

    for exchange in (made_up, fought_over):
        page = page_of(mallory, "exchange", exchange.pk)
        assert "555 0142" not in page
        assert "ana@example.org" not in page


def test_both_see_how_to_reach_each_other_once_both_have_agreed():
    place = town()
    mira, ana = neighbor(place, "Mira"), neighbor(place, "Ana", phone="555 0142")
    exchange = asked(ana, mira)
    assert "555 0142" not in page_of(mira, "exchange", exchange.pk)

    step(exchange, Step.AGREE, ana)

    assert "555 0142" in page_of(mira, "exchange", exchange.pk)


@pytest.mark.parametrize("words", ["Tim", "2"])
def test_nobody_finds_a_child_by_writing_down_an_exchange(words):
    place = town()
    mallory, _child = neighbor(place, "Mallory"), child_in(place, "Timothy Miller")

    answer = written_down(mallory, other=words)

    assert answer.status_code == 200
    assert "Timothy" not in answer.content.decode()


def test_a_helper_without_leave_for_exchanges_does_not_see_whose_they_are():
    ana, helper, ben = neighbors("Ana", "Helper", "Benedict")
    recorded(ben, ana)
    browser = acting_browser(helper, ana, "strengths.describe")

    for name in ("exchanges_waiting", "exchanges_open", "exchanges_over"):
        assert browser.get(reverse(f"strengths:{name}", args=[ana.membership.community.slug])).status_code == 403


def test_a_helper_with_leave_for_exchanges_sees_them():
    ana, helper, ben = neighbors("Ana", "Helper", "Benedict")
    recorded(ben, ana)
    browser = acting_browser(helper, ana, "strengths.exchange")

    page = browser.get(reverse("strengths:exchanges_waiting", args=[ana.membership.community.slug]))

    assert "Benedict" in page.content.decode()


def test_a_helper_without_leave_to_describe_does_not_see_what_was_put_up_and_paused():
    ana, helper = neighbors("Ana", "Helper")
    address = reverse("strengths:my_listings", args=[ana.membership.community.slug])

    assert acting_browser(helper, ana, "strengths.exchange").get(address).status_code == 403
    assert acting_browser(helper, ana, "strengths.describe").get(address).status_code == 200


def test_a_helper_does_not_see_the_exchanges_of_a_household_their_person_stands_for():
    ana, helper, ben = neighbors("Ana", "Helper", "Benedict")
    place, cora = ana.membership.community, coordinator(ana.membership.community, "Cora")
    home = people.make_body(
        kind=Household, community=place, name="Ours", leader=ana.membership, by=cora.person, at=NOON
    )
    ours = timebank.open_account(community=place, holder=home, by=None, at=NOON)
    record_exchange(
        giver=ben.account, receiver=ours, minutes=60, category=some_category(place), helped_on=NOON.date(),
        by=cora.person, at=NOON, key=uuid4(), consent_of_both=True,
    )  # fmt: skip
    address = reverse("strengths:exchanges_over", args=[place.slug])

    assert "Benedict" in browser_of(ana.membership).get(address).content.decode()
    assert "Benedict" not in acting_browser(helper, ana, "strengths.exchange").get(address).content.decode()


def test_acting_for_somebody_does_not_lend_their_view_of_contacts():
    place = town()
    ana, helper, ben = neighbor(place, "Ana"), neighbor(place, "Helper"), neighbor(place, "Ben", phone="555 0177")
    ContactShare.objects.create(
        community=place, asker=ana.membership, asked=ben.membership, asked_at=NOON, answered_at=NOON, agreed=True
    )
    mine = asked(ben, helper)
    browser = acting_browser(helper, ana, "strengths.describe")

    page = browser.get(reverse("strengths:exchange", args=[place.slug, mine.pk])).content.decode()

    assert "555 0177" not in page


def test_a_paused_offer_is_asked_for_by_nobody():
    place = town()
    mallory, ana = neighbor(place, "Mallory"), neighbor(place, "Ana")
    offer = offer_of(ana)
    type(offer).objects.filter(pk=offer.pk).update(paused_at=NOON)

    answer = browser_of(mallory.membership).get(reverse("strengths:ask", args=[place.slug, offer.pk]))

    assert answer.status_code == 403


def coordinator(place, name):
    someone = neighbor(place, name)
    people.give_role(membership=someone.membership, role=Role.COORDINATOR, by=None, at=NOON)
    return someone


def let_exchange(helped, helper) -> None:
    people.let_act(
        membership=helped.membership, helper=helper.membership, abilities=["strengths.exchange"],
        consent_how=Channel.WEB, expires_on=today() + timedelta(days=30), by=helped.person, at=now(),
    )  # fmt: skip


def test_acting_for_a_coordinator_does_not_lend_what_coordinators_may():
    place = town()
    ana, dan, ben = neighbor(place, "Ana"), neighbor(place, "Dan"), neighbor(place, "Ben", phone="555 0177")
    let_exchange(ana, dan)
    made_up = recorded(ana, ben).exchange
    browser = acting_browser(dan, coordinator(place, "Cora"), "strengths.exchange")

    page = browser.get(reverse("strengths:exchange", args=[place.slug, made_up.pk])).content.decode()
    for name in (Step.CONFIRM, Step.NAME_MEDIATOR):
        browser.post(
            reverse("strengths:step", args=[place.slug, made_up.pk, name]),
            {"seen": made_up.steps_taken, "on_behalf_of": made_up.waits_for, "channel": "phone", "mediator": "Dan"},
        )

    made_up.refresh_from_db()
    assert "555 0177" not in page
    assert made_up.state == State.DONE


def test_nobody_names_a_mediator_in_a_coordinators_name():
    place = town()
    ana, dan, ben = neighbor(place, "Ana"), neighbor(place, "Dan"), neighbor(place, "Ben")
    cora = coordinator(place, "Cora")
    fought_over = step(recorded(ana, ben).exchange, Step.DISPUTE, ana).exchange

    with pytest.raises(StepNotAllowed):
        take_step(
            exchange=fought_over, step=Step.NAME_MEDIATOR, by=dan.person, at=NOON, seen=fought_over.steps_taken,
            on_behalf_of=cora.person, mediator=dan.person,
        )  # fmt: skip


def test_a_childs_profile_is_not_open_to_all_members_whatever_it_says():
    place = town()
    mallory, child = neighbor(place, "Mallory"), child_in(place, "Timothy Miller")
    StrengthsProfile.objects.create(
        community=place, membership=child, shown_to=StrengthsProfile.ShownTo.MEMBERS, changed_at=NOON
    )

    answer = browser_of(mallory.membership).get(reverse("strengths:profile", args=[place.slug, child.pk]))

    assert answer.status_code == 403
    assert "Timothy" not in answer.content.decode()


def test_a_helper_who_writes_offers_down_does_not_see_with_whom_they_were_answered():
    place = town()
    ana, helper, ben = neighbor(place, "Ana"), neighbor(place, "Helper"), neighbor(place, "Benedict")
    offer = offer_of(ana)
    answered = asked(ana, ben)
    type(answered).objects.filter(pk=answered.pk).update(listing=offer)
    address = reverse("strengths:listing", args=[place.slug, offer.pk])

    assert "Benedict" not in acting_browser(helper, ana, "strengths.describe").get(address).content.decode()
    assert "Benedict" in browser_of(ana.membership).get(address).content.decode()
