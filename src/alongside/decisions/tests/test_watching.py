"""While a vote is open: another scrutineer of the same roll, and one reminder to those who have not voted."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.models import Reminder, Scrutineer
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.voting import LATER, NOON, opened, say, scene, voted
from alongside.kernel.clock import now
from alongside.kernel.models import Activity
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.models import Role
from alongside.people.permissions import standing_of
from alongside.people.tests.factories import browser_of, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TWO_DAYS_BEFORE = LATER - timedelta(days=2)


def replaced(decision, member, side="uses", at=NOON):
    return actions.replace_scrutineer(decision=decision, side=side, membership=member, by=member.person, at=at)


def test_another_of_the_same_roll_looks_over_the_count_and_those_concerned_are_told():
    place = scene()
    decision = opened(place)
    before, after, other_side = place.sides["uses"][0], place.sides["uses"][2], place.sides["provides"][0]

    replaced(decision, after)

    assert Scrutineer.objects.get(decision=decision, side="uses").membership == after
    told = Notice.objects.filter(key__startswith=f"scrutineer:{decision.pk}")
    assert set(told.values_list("person", flat=True)) == {one.person_id for one in (before, after, other_side)}
    assert Activity.objects.filter(did="decisions.scrutineer_replaced", about_id=decision.pk).count() == 1
    replaced(decision, after)
    assert Activity.objects.filter(did="decisions.scrutineer_replaced", about_id=decision.pk).count() == 1


def test_nobody_of_the_other_roll_and_nobody_who_has_left_looks_over_a_side():
    place = scene()
    decision = opened(place)
    gone = place.sides["uses"][3]
    people.leave_community(membership=gone, by=gone.person, at=NOON)

    for member in (place.sides["provides"][3], gone, person_in(place.town, "Late")):
        with pytest.raises(actions.NotAScrutineer):
            replaced(decision, member)


def test_after_the_close_it_is_too_late():
    place = scene()
    decision = voted(place, "yyyyyn", "yyyyyn")

    with pytest.raises(actions.VotingIsOver):
        replaced(decision, place.sides["uses"][2])


def test_a_facilitator_is_told_who_has_left_and_names_somebody_else_on_the_page():
    place = scene()
    decision = opened(place, at=now(), closes_at=now() + timedelta(days=3))
    steward = person_in(place.town, "Stella", roles=[Role.STEWARD])
    gone, after, pia = place.sides["uses"][0], place.sides["uses"][1], place.sides["provides"][0]
    people.leave_community(membership=gone, by=gone.person, at=now())
    standing = standing_of(steward.person, place.town, on=place.town.day_of(now()))
    assert standing is not None
    address = reverse("decisions:scrutineers", args=[place.town.slug, decision.pk])

    assert address in [need.url for need in needs_of(standing)]
    page = browser_of(steward).get(address).content.decode()
    assert "No longer here: Uma 0" in page
    sent = {"scrutineer_uses": str(after.pk), "scrutineer_provides": str(pia.pk)}
    wrong = browser_of(steward).post(address, {**sent, "scrutineer_uses": str(pia.pk)})
    assert "scrutineer_uses" in wrong.context["form"].errors
    browser_of(steward).post(address, sent)

    assert Scrutineer.objects.get(side="uses").membership == after
    assert address not in [need.url for need in needs_of(standing)]
    assert browser_of(after).get(address).status_code == 403


def test_two_days_before_the_close_those_who_have_not_voted_are_reminded_once():
    place = scene()
    decision = opened(place)
    say(decision, place.sides["uses"], "yyn")

    assert actions.remind_of_votes(at=TWO_DAYS_BEFORE - timedelta(minutes=1)) == 0
    assert actions.remind_of_votes(at=TWO_DAYS_BEFORE) == 1
    assert actions.remind_of_votes(at=TWO_DAYS_BEFORE + timedelta(hours=1)) == 0

    told = Notice.objects.filter(key=f"last-days:{decision.pk}")
    silent = [*place.sides["uses"][3:], *place.sides["provides"]]
    assert set(told.values_list("person", flat=True)) == {one.person_id for one in silent}
    assert Reminder.objects.get().about == "vote"


def test_nobody_is_reminded_of_a_vote_that_has_just_opened_or_is_over():
    place = scene()
    decision = opened(place, closes_at=NOON + timedelta(days=2))

    assert actions.remind_of_votes(at=NOON + timedelta(hours=23)) == 0
    assert actions.remind_of_votes(at=NOON + timedelta(days=2)) == 0
    assert actions.remind_of_votes(at=NOON + timedelta(hours=24)) == 1
    assert Notice.objects.filter(key=f"last-days:{decision.pk}").count() == 12


def test_who_has_left_is_not_reminded():
    place = scene()
    opened(place)
    gone = place.sides["uses"][3]
    people.leave_community(membership=gone, by=gone.person, at=NOON)

    actions.remind_of_votes(at=TWO_DAYS_BEFORE)

    assert not Notice.objects.filter(key__startswith="last-days", person=gone.person).exists()
