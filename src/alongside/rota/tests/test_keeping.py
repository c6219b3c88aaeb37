"""Keeping a rota: searches as long work, closed days, designs that change, checks that run out, and the noticeboard."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from alongside.kernel import progress
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.kernel.models import Progress
from alongside.people import actions as people
from alongside.people.models import BodyMember
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions as programs
from alongside.programs.models.program import design_of
from alongside.programs.serving import Turn
from alongside.rota import actions, serving, tasks
from alongside.rota.actions.searching import planned
from alongside.rota.hearing import free_unchecked
from alongside.rota.models import Assignment, Duty, Rota, Swap, Version
from alongside.rota.permissions import DO_DUTIES
from alongside.rota.pool import pool_of
from alongside.rota.rules.discreet import find
from alongside.rota.rules.engines import NoSolver
from alongside.rota.tests.scenes import (
    BACKGROUND,
    FIRST,
    LAST,
    NOON,
    OVER,
    TODAY,
    Nursery,
    duty_in,
    duty_of,
    held_in,
    stands,
    url,
)
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db
FREELY = {"most_a_week": None, "owed": None, "fair_within": None, "spacing": None}


def begun(here: Nursery, rota: Rota) -> Progress:
    """A search that was begun from the page, and waits for the worker."""
    with later(NOON):
        answer = browser_of(here.cora).post(url("search", here.town, rota.pk))
    assert answer.status_code == 302
    return Progress.objects.get()


def done(watched: Progress) -> Progress:
    with later(NOON):
        progress.do_work.func(str(watched.pk), "en")
    watched.refresh_from_db()
    return watched


def test_a_search_is_done_by_the_worker_and_leads_to_the_rota():
    here = Nursery(20)
    rota = here.rota()
    watched = begun(here, rota)

    done(watched)

    assert (watched.state, watched.words) == ("done", "No rota can be better: this is proved.")
    assert watched.result_url == url("rota", here.town, rota.pk)
    assert (stands(rota).version, stands(rota).searching) == (1, None)


def test_without_the_solver_the_search_says_in_one_sentence_what_to_type(monkeypatch: pytest.MonkeyPatch):
    here = Nursery(20)
    watched = begun(here, here.rota())

    def missing(*_args: Any, **_told: Any) -> None:
        raise NoSolver

    monkeypatch.setattr(tasks, "find", missing)
    done(watched)

    assert watched.state == "failed"
    assert "pip install 'alongside[rota]'" in watched.words


def test_with_nobody_to_ask_the_search_says_so():
    here = Nursery()
    watched = begun(here, here.rota())

    done(watched)

    assert watched.words == "Nobody shares these duties yet. Bring families in first."


def test_what_was_found_for_a_rota_that_has_changed_since_is_not_taken_over():
    here = Nursery(20)
    rota = stands(here.rota())
    plan = planned(rota, at=NOON)
    assert plan.problem is not None
    found = find(plan.problem, seconds=10)
    actions.place(duty=duty_in(rota), membership=here.parents[0], by=here.cora.person, at=NOON)

    with pytest.raises(SomeoneElseWasFaster):
        actions.take_over(plan=plan, found=found, by=here.cora.person, at=NOON)

    assert Assignment.objects.count() == 1
    assert not Version.objects.exists()


def test_a_closed_day_has_no_duties_in_a_draft_and_calls_off_those_of_a_published_rota():
    here = Nursery(20)
    draft = here.rota()
    closed = actions.close_day(program=here.program, day=FIRST, why="Holiday", by=here.cora.person, at=NOON)
    assert Duty.objects.on(draft).count() == 19
    closed.program.community = here.town
    actions.open_day(closed=closed, by=here.cora.person, at=NOON)
    assert Duty.objects.on(draft).count() == 20

    here.searched(draft)
    rota = actions.publish(rota=stands(draft), by=here.cora.person, at=NOON)
    first = held_in(rota)[0].membership
    actions.close_day(program=here.program, day=FIRST, why="", by=here.cora.person, at=NOON)

    assert Duty.objects.on(rota).standing().count() == 19
    assert here.told(first, "Your duties have changed")


def test_another_design_reaches_drafts_and_leaves_what_is_published():
    here = Nursery(20)
    published = here.published()
    draft = here.rota(LAST + timedelta(days=3), LAST + timedelta(days=14))
    before = design_of(here.program)
    section = {**before["rota"], "duties": [{**before["rota"]["duties"][0], "on": ["monday"]}]}
    turn = Turn(here.program, before, {**before, "rota": section}, None, NOON)

    foreseen = [effect.words for effect in serving.preview(turn)]
    serving.carry_out(turn)

    assert foreseen[0] == "8 duties of drafts change."
    assert {one.day.weekday() for one in Duty.objects.on(draft)} == {0}
    assert Duty.objects.on(published).count() == 20


def test_a_check_that_is_over_frees_duties_by_the_signal_at_once():
    here = Nursery(20)
    rota = here.published()
    mine = duty_of(rota, here.parents[0])
    check = here.seen_of(here.parents[0], BACKGROUND)
    here.withdraws_quietly(check)

    with later(NOON):
        free_unchecked(None, person=here.parents[0].person, kind=here.kinds[BACKGROUND])

    assert Assignment.objects.get(pk=mine.pk).ended_why == "check"


def test_a_check_of_another_kind_frees_nothing():
    here = Nursery(20)
    here.published()

    gone = actions.free_unchecked(
        community=here.town, person_id=here.parents[0].person_id, kind="Driving", by=None, at=NOON
    )

    assert gone == []


def test_somebody_whose_check_ends_in_the_middle_has_duties_before_it_alone():
    here = Nursery(2, says=FREELY, parents=1)
    kind = here.kinds[BACKGROUND]
    last = FIRST + timedelta(days=7)
    here.ends(here.parents[0], kind, last)

    here.searched(rota := here.rota())

    mine = [one.duty.day for one in held_in(rota) if one.membership_id == here.parents[0].pk]
    assert mine
    assert max(mine) <= last


def test_the_database_refuses_two_duties_at_once_and_a_place_too_many():
    here = Nursery(20)
    rota = here.published()
    one, other = held_in(rota)[:2]
    Duty.objects.filter(pk=other.duty_id).update(starts_at=one.duty.starts_at, ends_at=one.duty.ends_at, name="Tea")

    with pytest.raises(IntegrityError, match="two duties"), transaction.atomic():
        Assignment.objects.filter(pk=other.pk).update(membership=one.membership_id)
    with pytest.raises(IntegrityError, match="no more places"), transaction.atomic():
        Assignment.objects.filter(pk=other.pk).update(place=2)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_nobody_says_themself_what_became_of_their_duty_nor_posts_own_hours():
    here = Nursery(19)
    here.enrols(here.cora)
    for check in here.kinds:
        here.seen_by(here.stella, here.cora, check)
    here.fills_the_pot(6000)
    rota = here.published()
    mine = duty_of(rota, here.cora)

    with pytest.raises(actions.OwnDuty):
        actions.settle_duty(assignment=mine, outcome="done", by=here.cora.person, at=OVER)
    here.all_done(rota)
    with pytest.raises(actions.OwnHours):
        actions.credit(rota=stands(rota), by=here.cora.person, at=OVER)
    assert len(actions.credit(rota=stands(rota), by=here.stella.person, at=OVER)) == 20


def test_staff_are_never_in_the_pool_and_every_adult_of_a_family_is():
    here = Nursery()
    parent = here.family("Mara", with_child=True)
    other = person_in(here.town, "Mario")
    home = BodyMember.objects.get(membership=parent, part="adult").household
    home.community = here.town
    people.join_body(body=home, membership=other, part="adult", by=parent.person, at=NOON)
    teacher = person_in(here.town, "Tess", roles=["professional"])
    programs.enrol(
        program=here.program, membership=teacher, by=teacher.person, at=NOON, came=programs.Came(role="teacher")
    )

    pool = pool_of(here.program, on=TODAY)

    assert [member.person.name for member in pool.members.values()] == ["Mara", "Mario"]
    assert len(pool.homes) == 1


def test_a_helper_gives_a_duty_away_for_somebody_who_agreed_to_it():
    here = Nursery(20)
    rota = here.published()
    mine, helper = duty_of(rota, here.parents[0]), here.parents[1]
    people.let_act(
        membership=here.parents[0], helper=helper, abilities=[DO_DUTIES], expires_on=TODAY + timedelta(days=300),
        consent_how="phone", consent_on=TODAY, consent_words="", by=here.parents[0].person, at=NOON,
    )  # fmt: skip

    with later(NOON):
        browser = browser_of(helper)
        page = reverse("rota:ask_swap", args=[here.town.slug, mine.pk])
        refused = browser.post(page, {"key": str(new_id())}).status_code
        acting = reverse("people:acting", args=[here.town.slug])
        browser.post(acting, {"membership": here.parents[0].pk, "channel": "phone"})
        browser.post(page, {"key": str(new_id())})

    assert refused == 404
    assert (Swap.objects.get().keyed_by_id, Swap.objects.get().channel) == (helper.person_id, "phone")


def test_families_of_the_pool_are_asked_for_in_a_fixed_number_of_questions(django_assert_max_num_queries: Any):
    here = Nursery(12)

    with django_assert_max_num_queries(6):
        pool = pool_of(here.program, on=TODAY)

    assert len(pool.homes) == 12


def test_the_same_form_makes_one_rota():
    here, key = Nursery(2), new_id()
    said: dict[str, Any] = {"program": here.program, "by": here.cora.person, "at": NOON, "key": key}

    first = actions.make_rota(first_day=FIRST, last_day=LAST, **said)
    again = actions.make_rota(first_day=FIRST, last_day=LAST, **said)

    assert first.pk == again.pk
