"""What people are told of an advice process, what can be taken back, and what the database keeps."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from alongside.decisions import actions
from alongside.decisions.models import (
    Advice,
    AdviceAsked,
    AdvicePlan,
    Decider,
    Decision,
    RollEntry,
)
from alongside.decisions.tests.advising import (
    DAY,
    LAST,
    NOON,
    advised,
    begun,
    heard,
    planned,
    published,
    say,
    scene,
    used,
)
from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice

pytestmark = pytest.mark.django_db
WEEK = 7 * DAY


@pytest.fixture
def place():
    return scene(uses=5, provides=5)


@pytest.fixture
def decider(place):
    return place.sides["uses"][0]


def undo_last(person, *, at):
    undo.perform(id=UndoOffer.objects.filter(by_id=person.pk).latest("made_at", "id").pk, by=person.pk, at=at)


def test_advice_can_be_taken_back_for_ten_seconds_and_then_nobody_was_told(place):
    decision = begun(place)
    adviser = place.sides["uses"][1]
    given = advised(decision, adviser)
    key = f"advice:{given.pk}"

    undo_last(adviser.person, at=NOON + timedelta(seconds=5))

    assert not Advice.objects.exists()
    assert not RollEntry.objects.on(decision).get(membership=adviser).took_part
    assert not Notice.objects.filter(key=key).exists()


def test_advice_that_is_answered_is_not_taken_back(place, decider):
    decision = begun(place)
    adviser = place.sides["uses"][1]
    used(advised(decision, adviser), decider)

    with pytest.raises(SomeoneElseWasFaster):
        undo_last(adviser.person, at=NOON + timedelta(seconds=5))


def test_a_published_plan_can_be_taken_back_for_ten_seconds(place, decider):
    decision = planned(place)

    undo_last(decider.person, at=NOON + timedelta(seconds=5))

    plan = AdvicePlan.objects.get(decision=decision)
    assert (plan.text, plan.published_at) == ("", None)


def test_a_plan_published_anew_and_taken_back_leaves_what_was_said_on_the_first(place, decider):
    other = place.sides["provides"][0]
    decision = planned(place, deciders=[decider, other])
    say(decision, other, at=NOON + WEEK, why="Go on.")
    published(decision, decider, at=NOON + 8 * DAY, text="At noon.")

    undo_last(decider.person, at=NOON + 8 * DAY + timedelta(seconds=5))

    assert AdvicePlan.objects.get(decision=decision).text == "At eleven."
    seat = Decider.objects.get(membership=other)
    assert (seat.says, seat.why, seat.said_at) == ("adopt", "Go on.", NOON + WEEK)


def test_whoever_is_asked_is_told_after_ten_seconds_and_reminded_before_the_last_day(place, decider):
    decision = begun(place)
    asked, silent = place.sides["uses"][1], place.sides["uses"][2]
    for one in (asked, silent):
        actions.ask_advice(decision=decision, membership=decider, asked=one, by=decider.person, at=NOON)
    advised(decision, asked)
    made = AdviceAsked.objects.get(membership=silent)
    assert Notice.objects.get(person=silent.person, key=f"advice-asked:{made.pk}").shown_from > NOON

    actions.remind_of_advice(at=LAST - DAY)
    actions.remind_of_advice(at=LAST - DAY)

    reminded = Notice.objects.filter(key__startswith="advice-still-asked")
    assert [one.person for one in reminded] == [silent.person]
    assert Notice.objects.filter(key__startswith="advice-last-days", person=decider.person).count() == 1


def test_who_decides_is_told_once_when_everybody_had_time(place, decider):
    decision = planned(place)

    assert actions.remind_of_advice(at=NOON + 6 * DAY) == 0
    assert actions.remind_of_advice(at=NOON + WEEK) == 1
    assert actions.remind_of_advice(at=NOON + WEEK) == 0
    assert Notice.objects.filter(key__startswith="advice-ready", person=decider.person).count() == 1
    assert decision.is_open


def test_an_adviser_is_told_with_the_plan_how_their_advice_was_used(place, decider):
    decision = begun(place)
    given = heard(decision, place)
    for one in given:
        used(one, decider, how="not_used", why="The hall is taken.")
    published(decision, decider)

    letter = Notice.objects.get(person=given[0].membership.person, key__startswith="advice-plan")
    assert "Your advice was not used. The hall is taken." in letter.body
    assert (
        "Your advice"
        not in Notice.objects.get(person=place.sides["provides"][3].person, key__startswith="advice-plan").body
    )


def test_who_advised_twice_is_told_how_each_was_used(place, decider):
    decision = begun(place)
    first, *others = heard(decision, place)
    second = advised(decision, first.membership, text="Fetch people by bus.")
    used(first, decider, how="not_used", why="The hall is taken.")
    for one in (second, *others):
        used(one, decider, why="The bus is free.")
    published(decision, decider)

    letter = Notice.objects.get(person=first.membership.person, key__startswith="advice-plan")
    assert "Your advice was not used. The hall is taken." in letter.body
    assert "Your advice was used. The bus is free." in letter.body


def test_who_advised_and_then_decides_publishes_without_answering_themself(place, decider):
    decision = begun(place)
    for one in heard(decision, place):
        used(one, decider)
    successor = place.sides["uses"][3]
    advised(decision, successor)
    actions.give_up_deciding(decision=decision, membership=decider, by=decider.person, at=NOON)
    actions.name_decider(decision=decision, membership=successor, by=decider.person, at=NOON)

    published(decision, successor)

    assert "Your advice" not in Notice.objects.get(person=successor.person, key__startswith="advice-plan").body


def test_every_act_leaves_one_activity_entry(place, decider):
    decision = planned(place)
    say(decision, decider, at=NOON + WEEK)

    did = list(Activity.objects.filter(did__startswith="decisions.").order_by("at", "pk").values_list("did", flat=True))
    assert did == [
        "decisions.advice_opened", *["decisions.advised"] * 3, *["decisions.advice_used"] * 3,
        "decisions.plan_published", "decisions.decided_after_asking",
    ]  # fmt: skip


def test_the_database_keeps_advice_and_its_use_once_the_plan_is_published(place):
    decision = planned(place)
    given = Advice.objects.order_by("pk")[0]

    for lie in (
        lambda: Advice.objects.filter(pk=given.pk).update(used="not_used"),
        lambda: Advice.objects.filter(pk=given.pk).update(text="Something else"),
        lambda: Advice.objects.filter(pk=given.pk).update(expert=True),
        lambda: Advice.objects.filter(pk=given.pk).delete(),
        lambda: Advice.objects.create(
            community=place.town, decision=decision, membership=place.everybody[3], affected=True, expert=True,
            text="Late", keyed_by=place.everybody[3].person, at=NOON, key=uuid4(),
        ),
        lambda: AdvicePlan.objects.filter(decision=decision).delete(),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()


def test_the_database_keeps_plan_and_word_once_it_is_decided(place, decider):
    decision = planned(place)
    say(decision, decider, at=NOON + WEEK)

    for lie in (
        lambda: AdvicePlan.objects.filter(decision=decision).update(text="Something else"),
        lambda: AdvicePlan.objects.filter(decision=decision).update(published_at=NOON - DAY),
        lambda: Decider.objects.filter(decision=decision).update(says="leave"),
        lambda: Decider.objects.filter(decision=decision).delete(),
        lambda: Decider.objects.create(
            community=place.town, decision=decision, membership=place.everybody[-2], side="provides"
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            lie()


def test_the_days_to_object_and_how_many_decide_never_change(place):
    decision = planned(place)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(settings={"deciders": 1, "wait_days": 1})
