"""A member who asks others to take a duty, or offers one, learns yes or no: not who has no checks, nor who is away."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.people.tests.factories import browser_of, person_in
from alongside.rota import actions
from alongside.rota.models import Duty, Swap
from alongside.rota.tests.exchanges import Scene
from alongside.rota.tests.scenes import INDUCTION, NOON, duty_of, url
from alongside.rota.tests.times import later
from tests.architecture.test_permissions import rolled_back

pytestmark = pytest.mark.django_db


class Attack:
    """Ana tries her neighbors one after the other: one may, one has no checks, one is away, a check of one is over."""

    def __init__(self) -> None:
        self.it = Scene(families=4)
        here = self.it.here
        self.unchecked = here.family("Ugo", checks=())
        self.away = here.family("Ada")
        self.lapsed = here.family("Lev")
        day = self.it.hers.duty.day
        actions.add_away(membership=self.away, first_day=day, last_day=day, by=self.away.person, at=NOON, key=uuid4())
        here.withdraws_quietly(here.seen_of(self.lapsed, INDUCTION))
        free = here.family("Mia")
        self.victims = {"may": free, "unchecked": self.unchecked, "away": self.away, "lapsed": self.lapsed}

    def sees(self, browser: Client, *pages: str) -> list[Any]:
        return [(answer.status_code, _plain(answer.content.decode())) for answer in map(browser.get, pages)]

    def asks(self, victim: Any) -> list[Any]:
        """Everything that Ana sees from her question on."""
        it, browser = self.it, browser_of(self.it.ana)
        page = url("ask_swap", it.here.town, it.hers.pk)
        said = {"key": str(uuid4()), "asked_of": str(victim.number), "takes_back": "on"}
        answer = browser.post(page, said)
        swap = Swap.objects.get()
        pages = [url("swap", it.here.town, swap.pk), url("duty", it.here.town, it.hers.duty_id)]
        seen = self.sees(browser, *pages, url("home", it.here.town), url("rota", it.here.town, it.rota.pk))
        return [answer.status_code, str(seen).replace(victim.person.name, "NAME").replace(str(swap.pk), "SWAP")]


def _plain(words: str) -> str:
    for made in (r'nonce="[^"]*"', r'value="[A-Za-z0-9]{64}"', r'name="key" value="[^"]*"', r"X-CSRFToken[^}]*}"):
        words = re.sub(made, "", words)
    return words


def test_asking_by_name_looks_the_same_whether_or_not_they_may():
    attack = Attack()
    seen = {}
    with later(NOON):
        for name, victim in attack.victims.items():
            with rolled_back():
                seen[name] = attack.asks(victim)

    assert seen["may"][0] == 302
    assert {name for name, looks in seen.items() if looks != seen["may"]} == set()


def test_who_is_asked_reads_why_they_cannot_and_can_say_no_and_who_asked_hears_no_alone():
    attack = Attack()
    it = attack.it
    swap = it.asks(of=attack.unchecked)
    with later(NOON):
        theirs = browser_of(attack.unchecked)
        home = theirs.get(url("home", it.here.town)).content.decode()
        page = theirs.get(url("swap", it.here.town, swap.pk)).content.decode()
        mine = browser_of(it.ana).get(url("swap", it.here.town, swap.pk)).content.decode()
        theirs.post(url("decline_swap", it.here.town, swap.pk))

    assert "you are asked" in home
    assert "You do not have what this duty needs: Induction." in page
    assert "Induction" not in mine
    assert Swap.objects.get().state == "declined"


def test_whoever_is_not_of_the_pool_or_on_the_duty_is_not_asked():
    it = Scene()

    for other in (person_in(it.here.town, "Ona"), it.ana):
        with pytest.raises(actions.CannotBeAsked):
            it.asks(of=other)


def test_what_is_offered_in_return_is_listed_and_taken_whether_or_not_who_asked_may_have_it():
    """Ben tries to learn by offering whether Ana has first aid, which one of his duties needs."""
    seen = []
    for needs in ([], ["First aid"]):
        with rolled_back(), later(NOON):
            it = Scene()
            Duty.objects.filter(pk=it.his.duty_id).update(everybody=needs)
            swap = it.asks()
            ben, page = browser_of(it.ben), url("offer_exchange", it.here.town, swap.pk)
            form = ben.get(page).content.decode()
            answer = ben.post(page, {"given_duty": str(it.his.pk)})
            after = ben.get(url("swap", it.here.town, swap.pk)).content.decode()
            mine = browser_of(it.ana).get(url("swap", it.here.town, swap.pk)).content.decode()
            seen.append((str(it.his.pk) in form, answer.status_code, "First aid" in after))

    assert seen == [(True, 302, False)] * 2
    assert "You do not have what this duty needs: First aid." in mine


def test_a_duty_of_somebody_else_is_not_given_by_guessing_its_id():
    it = Scene()
    swap = it.asks()
    with later(NOON):
        ben = browser_of(it.ben)
        for guess in (it.hers.pk, duty_of(it.rota, it.cem).pk, uuid4(), "x"):
            answer = ben.post(url("offer_exchange", it.here.town, swap.pk), {"given_duty": str(guess)})
            assert answer.status_code == 200

    assert Swap.objects.get().state == "asked"


def test_nobody_answers_for_who_asked_and_nobody_takes_back_what_another_offered():
    it = Scene()
    it.offers(it.asks())
    swap = Swap.objects.get()
    with later(NOON):
        for who in (it.ben, it.cem):
            answer = browser_of(who).post(url("agree_to_exchange", it.here.town, swap.pk), {"given": str(it.his.pk)})
            assert answer.status_code == 403
        assert browser_of(it.cem).post(url("end_offer", it.here.town, swap.pk)).status_code == 403

    assert Swap.objects.get().state == "offered"
