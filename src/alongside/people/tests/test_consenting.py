"""Consent per purpose, and contact that both agree to."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.models import Activity
from alongside.people import actions as people
from alongside.people import purposes
from alongside.people.models import Consent, ContactShare, Household, Membership, Role
from alongside.people.permissions import constituencies_of, sees_contact
from alongside.people.rules.constituencies import Constituency
from alongside.people.tests.factories import (
    NOON,
    browser_of,
    child_in,
    community,
    coordinator_in,
    people_in,
    person_in,
    standing_for,
)
from alongside.people.tests.test_helping import household

pytestmark = pytest.mark.django_db
RESEARCH = "tests.research"


@pytest.fixture(autouse=True)
def research() -> None:
    purposes.register(RESEARCH, "Research", "My answers may be used, without my name.")


def say(membership: Membership, given: bool, **details: object) -> Consent:
    details = {"by": membership.person, "at": NOON} | details
    return people.say_on_purpose(membership=membership, purpose=RESEARCH, given=given, **details)  # type: ignore[arg-type]


def test_nothing_said_is_no() -> None:
    ana = person_in(community(), "Ana")

    assert Consent.objects.latest_of(ana, RESEARCH) is None


def test_each_yes_and_no_is_kept_with_the_words_of_the_day() -> None:
    ana = person_in(community(), "Ana")

    say(ana, True)
    say(ana, True, at=NOON + timedelta(hours=1))
    purposes.register(RESEARCH, "Research", "Other words.")
    say(ana, False, at=NOON + timedelta(hours=2))

    rows = Consent.objects.filter(membership=ana).order_by("at").values_list("given", "words")
    assert list(rows) == [(True, "My answers may be used, without my name."), (False, "Other words.")]
    assert Consent.objects.latest_of(ana, RESEARCH).given is False  # type: ignore[union-attr]


def test_a_yes_to_other_words_is_asked_anew() -> None:
    ana = person_in(community(), "Ana")
    say(ana, True)
    purposes.register(RESEARCH, "Research", "Wider words.")

    say(ana, True, at=NOON + timedelta(hours=1))

    assert Consent.objects.count() == 2


def test_a_purpose_nobody_registered_is_refused() -> None:
    ana = person_in(community(), "Ana")

    with pytest.raises(purposes.UnknownPurpose):
        people.say_on_purpose(membership=ana, purpose="tests.sell", given=True, by=ana.person, at=NOON)


def test_the_page_takes_a_yes_and_shows_it() -> None:
    ana = person_in(community(), "Ana")
    browser, address = browser_of(ana), reverse("people:consents", args=[ana.community.slug, ana.pk])

    browser.post(address, {"purpose": RESEARCH, "given": "yes"})

    assert Consent.objects.get().given
    assert "Yes, since" in browser.get(address).content.decode()


def test_a_coordinator_writes_down_what_a_member_said() -> None:
    town = community()
    ana, cora = person_in(town, "Ana"), coordinator_in(town)

    browser_of(cora).post(
        reverse("people:consents", args=[town.slug, ana.pk]),
        {"purpose": RESEARCH, "given": "no", "channel": "phone"},
    )

    said = Consent.objects.get()
    assert (said.given, said.by, said.channel, said.membership) == (False, cora.person, "phone", ana)


def contact_page(viewer: Membership, shown: Membership) -> str:
    address = reverse("people:member", args=[shown.community.slug, shown.pk])
    return str(browser_of(viewer).get(address).content.decode())


def test_contact_is_hidden_until_both_agree_and_hidden_again_after() -> None:
    town = community()
    ana, ben = person_in(town, "Ana", phone="0700 111"), person_in(town, "Ben", phone="0700 222")
    assert "0700 222" not in contact_page(ana, ben)

    share = people.ask_for_contact(asker=ana, asked=ben, words="Hello", at=NOON)
    assert "0700 222" not in contact_page(ana, ben)
    assert "0700 111" not in contact_page(ben, ana)

    people.answer_contact(share=share, agreed=True, by=ben.person, at=NOON)
    assert "0700 222" in contact_page(ana, ben)
    assert "0700 111" in contact_page(ben, ana)

    people.end_contact(share=share, by=ben.person, at=NOON)
    assert "0700 222" not in contact_page(ana, ben)


def test_contact_is_shown_to_members_by_choice() -> None:
    town = community()
    ana, ben = person_in(town, "Ana"), person_in(town, "Ben", phone="0700 222")

    people.change_place(membership=ben, area="", contact_shown="members", by=ben.person, at=NOON)

    assert "0700 222" in contact_page(ana, ben)


def test_a_no_shows_nothing_and_may_be_asked_again() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    share = people.ask_for_contact(asker=ana, asked=ben, words="", at=NOON)
    with pytest.raises(people.AskedForContactAlready):
        people.ask_for_contact(asker=ben, asked=ana, words="", at=NOON)

    people.answer_contact(share=share, agreed=False, by=ben.person, at=NOON)

    assert not sees_contact(standing_for(ana), ben)
    with pytest.raises(people.SomeoneElseWasFaster):
        people.answer_contact(share=share, agreed=True, by=ben.person, at=NOON)
    assert people.ask_for_contact(asker=ana, asked=ben, words="", at=NOON).agreed is None


def test_only_who_was_asked_answers() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    share = people.ask_for_contact(asker=ana, asked=ben, words="", at=NOON)
    address = reverse("people:answer_contact", args=[ana.community.slug, share.pk])

    assert browser_of(ana).post(address, {"agreed": "yes"}).status_code == 403

    browser_of(ben).post(address, {"agreed": "yes"})
    assert ContactShare.objects.get().agreed


def test_a_childs_contact_is_shared_with_nobody_but_home() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    kim = child_in(town, "Kim", phone="0700 333")
    household(town, ana, kim)

    with pytest.raises(people.CannotShareContact):
        people.ask_for_contact(asker=ben, asked=kim, words="", at=NOON)
    people.change_place(membership=kim, area="", contact_shown="members", by=kim.person, at=NOON)

    assert not sees_contact(standing_for(ben), kim)
    assert "0700 333" in contact_page(ana, kim)


def test_a_child_is_found_by_coordinators_and_seen_at_home_alone() -> None:
    town = community()
    ana, ben, cora = person_in(town, "Ana"), person_in(town, "Ben"), coordinator_in(town)
    kim = child_in(town, "Kim")
    household(town, ana, kim)
    page, directory = (
        reverse("people:member", args=[town.slug, kim.pk]),
        reverse("people:members", args=[town.slug]) + "?q=kim",
    )

    assert [browser_of(who).get(page).status_code for who in (ben, ana, cora)] == [403, 200, 200]
    found = ["1 person" in browser_of(who).get(directory).content.decode() for who in (ben, ana, cora)]
    assert found == [False, False, True]


def test_a_mother_who_takes_part_says_for_which_side() -> None:
    town = community()
    ana, kim = person_in(town, "Ana"), child_in(town, "Kim")
    household(town, ana, kim)

    assert constituencies_of(standing_for(ana), on=NOON.date()) == (Constituency.USES, Constituency.KIN)
    funder = person_in(town, "Fay", roles=[Role.COMMISSIONER])
    assert constituencies_of(standing_for(funder), on=NOON.date()) == (Constituency.FUNDS,)


def ask(asker: Membership, asked: Membership, *, language: str = "en") -> str:
    """Ask on the page, get a no, and return what the page said."""
    browser = browser_of(asker)
    browser.cookies["django_language"] = language
    page = browser.post(
        reverse("people:ask_contact", args=[asked.community.slug, asked.pk]), {"words": ""}, follow=True
    )
    for share in ContactShare.objects.open().between(asker, asked).filter(agreed=None):
        people.answer_contact(share=share, agreed=False, by=asked.person, at=NOON)
    return str(page.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "You have asked Ben three times this month."), ("es", "Se lo has pedido tres veces este mes a Ben.")],
)
def test_who_was_told_no_three_times_is_asked_to_give_them_time(language: str, words: str) -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    for _time in range(3):
        assert "We ask Ben." in ask(ana, ben)

    assert words in ask(ana, ben, language=language)
    assert ContactShare.objects.count() == 3


def test_a_limit_for_two_people_concerns_nobody_else() -> None:
    town = community()
    ana, ben, cem = people_in(town, "Ana", "Ben", "Cem")
    for _time in range(4):
        ask(ana, ben)

    assert "We ask Cem." in ask(ana, cem)
    assert "We ask Ben." in ask(cem, ben)
    assert "We ask Ana." in ask(ben, ana)


def test_nobody_asks_a_whole_town_in_one_evening() -> None:
    town = community()
    ana, *others = people_in(town, "Ana", *(f"Neighbor {number}" for number in range(21)))
    said = [ask(ana, other) for other in others]

    assert "We ask Neighbor 19." in said[19]
    assert "You have asked many people today. Please go on tomorrow." in said[20]
    assert ContactShare.objects.count() == 20


def test_a_request_that_did_not_go_out_counts_for_nothing() -> None:
    ana, ben = people_in(community(), "Ana", "Ben")
    share = people.ask_for_contact(asker=ben, asked=ana, words="", at=NOON)
    for _time in range(4):
        browser_of(ana).post(reverse("people:ask_contact", args=[ana.community.slug, ben.pk]), {"words": ""})
    people.answer_contact(share=share, agreed=False, by=ana.person, at=NOON)

    assert "We ask Ben." in ask(ana, ben)


def at_home() -> tuple[Membership, Membership, str]:
    """Ana, her child Kim, and the page with Kim's consents."""
    town = community()
    ana, kim = person_in(town, "Ana"), child_in(town, "Kim")
    household(town, ana, kim)
    return ana, kim, reverse("people:consents", args=[town.slug, kim.pk])


def test_an_adult_of_the_household_answers_for_a_young_person() -> None:
    ana, kim, address = at_home()
    browser = browser_of(ana)

    browser.post(address, {"purpose": RESEARCH, "given": "yes"})

    said, entry = Consent.objects.get(), Activity.objects.get(did="people.consent_given")
    assert (said.membership, said.given, said.by, said.channel) == (kim, True, ana.person, "web")
    assert (entry.by_id, entry.on_behalf_of_id) == (ana.person_id, kim.person_id)
    assert "Ana for Kim" in browser.get(address).content.decode()


def test_the_young_person_sees_it_and_has_the_last_word() -> None:
    ana, kim, address = at_home()
    browser_of(ana).post(address, {"purpose": RESEARCH, "given": "yes"})
    browser = browser_of(kim)

    page = browser.get(address).content.decode()
    browser.post(address, {"purpose": RESEARCH, "given": "no"})

    assert "Ana for Kim" in page
    assert "An adult of the household may answer too." in page
    assert Consent.objects.latest_of(kim, RESEARCH).given is False  # type: ignore[union-attr]


def test_the_way_to_it_stands_on_the_young_persons_page() -> None:
    ana, kim, address = at_home()
    browser = browser_of(ana)
    browser.cookies["django_language"] = "es"

    page = browser.get(reverse("people:member", args=[kim.community.slug, kim.pk])).content.decode()

    assert address in page
    assert "Con qué está de acuerdo" in page
    assert "Una persona adulta del hogar también puede responder." in browser.get(address).content.decode()


def test_nobody_else_answers_for_a_young_person() -> None:
    ana, kim, address = at_home()
    ben, sister = person_in(kim.community, "Ben"), child_in(kim.community, "Lee")
    people.join_body(body=ana.places.get().household, membership=sister, part="child", by=ana.person, at=NOON)
    cem = person_in(kim.community, "Cem")
    people.make_body(kind=Household, community=kim.community, name="Next door", leader=cem, by=cem.person, at=NOON)

    for somebody in (ben, sister, cem):
        assert browser_of(somebody).post(address, {"purpose": RESEARCH, "given": "yes"}).status_code == 403

    assert not Consent.objects.exists()


def test_an_adult_answers_for_no_other_adult_and_no_longer_once_somebody_is_18() -> None:
    town = community()
    ana, ben = people_in(town, "Ana", "Ben")
    kim = child_in(town, "Kim")
    household(town, ana, kim)
    people.join_body(body=ana.places.get().household, membership=ben, part="adult", by=ana.person, at=NOON)
    kim.person.born_on = now().date() - timedelta(days=18 * 366)
    kim.person.save()

    for grown in (ben, kim):
        page = reverse("people:consents", args=[town.slug, grown.pk])
        assert browser_of(ana).get(page).status_code == 403


def test_an_answer_given_for_a_child_by_phone_is_not_called_one_by_phone() -> None:
    ana, _kim, address = at_home()

    browser_of(ana).post(address, {"purpose": RESEARCH, "given": "yes", "channel": "phone"})

    assert Consent.objects.get().channel == "web"
