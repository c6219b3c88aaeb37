"""Rotas on pages: my duties first, what others may not see, and a fixed number of questions."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.gatherings.actions.feeds import make_feed
from alongside.people import actions as people
from alongside.people.tests.factories import browser_of, person_in
from alongside.rota import actions
from alongside.rota.models import Assignment, Exemption, Swap
from alongside.rota.tests.scenes import NOON, Nursery, duty_in, duty_of, held_in, stands, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db


def words(browser: Client, address: str) -> str:
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_draft_is_seen_by_who_keeps_rotas_alone():
    here = Nursery(3)
    rota = here.rota()
    page = url("rota", here.town, rota.pk)

    assert browser_of(here.cora).get(page).status_code == 200
    assert browser_of(here.stella).get(page).status_code == 200
    assert browser_of(here.parents[0]).get(page).status_code == 404
    assert browser_of(here.parents[0]).get(url("duty", here.town, duty_in(rota).pk)).status_code == 404


def test_my_duties_come_first_and_others_ledger_is_not_mine():
    here = Nursery(20)
    rota = here.published()
    parent = browser_of(here.parents[0])

    page = words(parent, url("rota", here.town, rota.pk))

    assert page.index("My duties") < page.index("Day by day")
    assert "How it stands" not in page
    mine = words(parent, url("my_family", here.town, here.program.pk))
    assert "Parent 00&#x27;s home" in mine
    assert parent.get(url("family", here.town, here.program.pk, here.parents[1].pk)).status_code == 403
    assert parent.get(url("ledger", here.town, here.program.pk)).status_code == 403


def test_the_number_of_questions_does_not_grow_with_families(django_assert_max_num_queries: Any):
    counts = {}
    for many in (4, 24):
        here = Nursery(many, says={"most_a_week": None, "owed": None, "spacing": None})
        rota = here.published()
        browser = browser_of(here.cora)
        browser.get(url("rota", here.town, rota.pk))
        with django_assert_max_num_queries(70) as caught:
            browser.get(url("rota", here.town, rota.pk))
            browser.get(url("home", here.town))
            browser.get(url("ledger", here.town, here.program.pk))
        counts[many] = len(caught)

    assert counts[24] <= counts[4] + 2, counts


def test_a_page_of_a_swap_opens_for_who_may_take_it_and_for_nobody_else():
    here = Nursery(20)
    outsider = here.family("Ona", checks=())
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    swap = actions.ask_swap(assignment=mine, by=here.parents[0].person, at=NOON, key=uuid4())
    far = max(held_in(rota), key=lambda one: abs(one.duty.day - mine.duty.day)).membership
    page = url("swap", here.town, swap.pk)

    with later(NOON):
        answers = {
            name: browser_of(who).get(page).status_code
            for name, who in (("asker", here.parents[0]), ("may", far), ("may not", outsider), ("keeper", here.cora))
        }
        taken = browser_of(far).post(url("take_swap", here.town, swap.pk))

    assert answers == {"asker": 200, "may": 200, "may not": 403, "keeper": 200}
    assert taken.status_code == 302
    assert Swap.objects.get().state == "taken"


def test_a_keeper_puts_somebody_on_a_duty_and_is_told_which_rules_break():
    here = Nursery(20)
    rota = here.published()
    first, other = held_in(rota)[:2]
    page = url("place", here.town, first.duty_id)
    told = {"membership": str(other.membership.number), "instead_of": str(first.pk), "channel": "phone"}

    with later(NOON):
        cora = browser_of(here.cora)
        asked = cora.post(page, told).content.decode()
        done = cora.post(page, {**told, "despite_rules": "yes"})

    assert "Do it all the same" in asked
    assert "more duties in this week than agreed" in asked
    assert done.status_code == 302
    assert Assignment.objects.get(duty=first.duty, ended_at=None).membership_id == other.membership_id


def test_a_coordinator_asks_for_somebody_who_telephoned_and_the_person_finds_it_on_their_trail():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])

    with later(NOON):
        cora = browser_of(here.cora)
        answer = cora.post(url("ask_swap", here.town, mine.pk), {"key": str(uuid4()), "channel": "phone"})
        page = words(browser_of(here.parents[0]), reverse("people:helpers", args=[here.town.slug, here.parents[0].pk]))

    assert answer.status_code == 302
    assert Swap.objects.get().channel == "phone"
    assert "Something about swapping a duty" in page


def test_my_duties_stand_in_my_own_calendar_feed_and_in_nobody_elses():
    here = Nursery(20)
    here.published()
    said: dict[str, Any] = {"community": here.town, "at": NOON, "shows_titles": True}
    mine = make_feed(membership=here.parents[0], by=here.parents[0].person, **said)
    theirs = make_feed(membership=here.cora, by=here.cora.person, **said)

    with later(NOON):
        files = [Client().get(f"/calendar/{one.secret}.ics").content.decode() for one in (mine, theirs)]

    assert "SUMMARY:Parent of the day" in files[0]
    assert "Parent of the day" not in files[1]


def test_the_reason_of_an_exemption_is_read_by_the_family_and_by_who_keeps_rotas():
    here = Nursery(4)
    actions.exempt(
        program=here.program, family_key=here.key(here.parents[0]), first_day=NOON.date(), last_day=NOON.date(),
        reason="Chemotherapy", by=here.cora.person, at=NOON, key=uuid4(),
    )  # fmt: skip
    page = url("my_family", here.town, here.program.pk)

    with later(NOON):
        assert "Chemotherapy" in words(browser_of(here.parents[0]), page)
        assert "Chemotherapy" not in words(browser_of(here.parents[1]), page)
        everywhere = [url("home", here.town), url("mine", here.town)]
        assert not any("Chemotherapy" in words(browser_of(here.parents[1]), address) for address in everywhere)


def test_who_leaves_the_community_or_is_erased_gives_back_duties_and_leaves_no_words():
    here = Nursery(20)
    rota = here.published()
    one, other = here.parents[:2]
    alone = person_in(here.town, "Solo")
    here.enrols(alone)
    actions.exempt(
        program=here.program, family_key=here.key(alone), first_day=NOON.date(), last_day=NOON.date(),
        reason="Private words", by=here.cora.person, at=NOON, key=uuid4(),
    )  # fmt: skip

    people.leave_community(membership=one, by=one.person, at=NOON)
    people.erase_person(person=other.person, by=here.cora.person, at=NOON)
    people.erase_person(person=alone.person, by=here.cora.person, at=NOON)

    gone = {each.membership_id for each in held_in(stands(rota))}
    assert one.pk not in gone
    assert other.pk not in gone
    assert Exemption.objects.get().reason == "–"


def test_two_records_of_one_person_are_joined_with_their_duties():
    here = Nursery(20)
    rota = here.published()
    twice = person_in(here.town, "Parent 00 again")
    mine = duty_of(rota, here.parents[0])
    actions.say_wish(membership=twice, program=here.program, weekday=1, duty="", how="cannot", by=twice.person, at=NOON)

    kept = people.merge_members(one=here.parents[0], other=twice, by=here.cora.person, at=NOON)

    assert Assignment.objects.get(pk=mine.pk).membership_id == kept.pk


def test_a_child_is_never_on_duty():
    here = Nursery()
    here.family("Mara", with_child=True)

    from alongside.rota.pool import pool_of

    names = [member.person.name for member in pool_of(here.program, on=NOON.date()).members.values()]
    assert names == ["Mara"]


def test_only_whoever_is_asked_by_name_is_told_so():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    far = max(held_in(rota), key=lambda one: abs(one.duty.day - mine.duty.day)).membership
    said: dict[str, Any] = {"assignment": mine, "by": here.parents[0].person, "at": NOON}

    with later(NOON):
        swap = actions.ask_swap(**said, key=uuid4())
        everybody = words(browser_of(far), url("home", here.town))
        actions.withdraw_swap(swap=swap, by=here.parents[0].person, at=NOON)
        actions.ask_swap(**said, key=uuid4(), asked_of=far)
        by_name = words(browser_of(far), url("home", here.town))

    assert "instead of Parent 00" in everybody
    assert "you are asked" not in everybody
    assert "you are asked" in by_name


def test_a_program_s_page_leads_to_its_duties_whoever_may_read_them():
    here = Nursery(1)
    payer = person_in(here.town, "Graham", roles=["commissioner"])
    page = reverse("programs:program", args=[here.town.slug, here.program.pk])
    link = f'<a href="{url("home", here.town)}">Duties</a>'

    assert link in words(browser_of(here.parents[0]), page)
    assert link not in words(browser_of(payer), page)


def test_a_program_s_page_leads_to_its_own_rota_of_these_days():
    here = Nursery(20)
    rota = here.published()
    page = reverse("programs:program", args=[here.town.slug, here.program.pk])

    with later(NOON):
        shown = words(browser_of(here.parents[0]), page)

    assert f'<a href="{url("rota", here.town, rota.pk)}">Duties of this program</a>' in shown
