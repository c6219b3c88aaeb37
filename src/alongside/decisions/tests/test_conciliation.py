"""After a split: people volunteer, the lot seats as many of each side, and they agree on words or stop."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.departures import conciliation as departures
from alongside.decisions.models import Conciliation, ConciliationMessage, Conciliator, Draft, Proposal, Version
from alongside.decisions.rules.lots import volunteers
from alongside.decisions.tests.conciliation import SOON, agree, agreed_version, drawn, seated, split, willing, written
from alongside.decisions.tests.voting import LATER, TODAY, opened, scene, voted
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.ids import new_id
from alongside.notices.models import Notice
from alongside.people import actions as people
from alongside.people.tests.factories import browser_of, person_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_split_begins_a_conciliation_in_the_same_moment_and_people_are_asked():
    place = scene(provides=2)
    round_ = split(place)

    assert (round_.round, round_.seats, round_.state) == (1, 2, "calling")
    assert round_.ends_on == place.town.day_of(LATER) + timedelta(days=14)
    assert Proposal.objects.get().state == "split"
    told = Notice.objects.filter(key=f"conciliation:{round_.pk}:volunteers")
    assert set(told.values_list("person", flat=True)) == {one.person_id for one in place.everybody}
    assert "at most: 2" in told[0].body


@pytest.mark.parametrize(("uses", "provides"), [("yyyyyy", "yyyyyy"), ("nnnnnn", "nnnnnn"), ("", "yyyyyy")])
def test_no_other_outcome_begins_one(uses, provides):
    voted(scene(), uses, provides)

    assert not Conciliation.objects.exists()


def test_only_people_on_the_rolls_volunteer_each_for_their_side_and_once():
    place = scene()
    round_ = split(place)
    uma, late = place.sides["uses"][0], person_in(place.town, "Late")
    willing(round_, uma, uma)

    assert Conciliator.objects.get().side == "uses"
    with pytest.raises(actions.NotOnTheRoll):
        willing(round_, late)


def test_more_volunteers_than_seats_are_drawn_by_the_published_seed_and_anybody_can_draw_again():
    place = scene()
    round_ = drawn(place, uses=6, provides=4)
    decision = round_.decision

    for side in ("uses", "provides"):
        keys = [str(one.membership_id) for one in Conciliator.objects.filter(side=side)]
        again = volunteers(keys, seats=3, seed=decision.lot_seed, side=side)
        assert [str(one.membership_id) for one in seated(round_, side)] == again
    assert round_.seats == 3


def test_both_sides_get_as_many_seats_as_the_smaller_can_fill():
    round_ = drawn(scene(), uses=5, provides=1)

    assert (round_.seats, seated(round_, "uses").count(), seated(round_, "provides").count()) == (1, 1, 1)


def test_with_nobody_of_one_side_it_waits_and_then_things_stay_as_they_are():
    place = scene()
    round_ = split(place)
    willing(round_, place.sides["uses"][0])

    with pytest.raises(actions.OneSideMissing):
        actions.draw_seats(conciliation=round_, by=None, at=SOON)
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=6)) == (0, 0)
    willing(round_, place.sides["provides"][0], at=LATER + timedelta(days=7))
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=7)) == (1, 0)


def test_seats_are_drawn_by_the_clock_when_the_call_is_over_and_it_ends_after_its_last_day():
    place = scene()
    round_ = split(place)
    willing(round_, place.sides["uses"][0], place.sides["provides"][0])

    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=4)) == (0, 0)
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=5)) == (1, 0)
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=14)) == (0, 0)
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=15)) == (0, 1)
    assert actions.go_on_by_the_clock(at=LATER + timedelta(days=15)) == (0, 0)
    round_.refresh_from_db()
    assert (round_.state, round_.ending, Proposal.objects.get().state) == ("over", "out_of_time", "decided")
    assert Notice.objects.filter(key=f"conciliation:{round_.pk}:nothing-found").count() == 12


def test_only_those_who_sit_write_messages_and_the_same_form_sent_twice_is_one():
    place = scene()
    round_ = drawn(place)
    uma, ulla = place.sides["uses"][0], place.sides["uses"][5]
    told: dict[str, Any] = {"conciliation": round_, "text": "Eleven?", "at": SOON, "key": new_id()}
    for _ in range(2):
        actions.say_among_them(membership=uma, by=uma.person, **told)

    assert ConciliationMessage.objects.get().side == "uses"
    with pytest.raises(actions.NotSeated):
        actions.say_among_them(membership=ulla, by=ulla.person, **{**told, "key": new_id()})


def test_a_new_version_is_put_forward_once_somebody_of_each_side_agrees_to_these_very_words():
    place = scene()
    round_ = drawn(place)
    version = agreed_version(round_)
    assert version is not None

    round_.refresh_from_db()
    assert (version.number, version.text) == (2, "We open at eleven.")
    assert (round_.state, round_.ending, Proposal.objects.get().state) == ("over", "new_version", "talked_over")
    assert not Draft.objects.exists()
    assert Notice.objects.filter(key=f"conciliation:{round_.pk}:found").count() == 12


def test_two_of_one_side_are_not_enough_and_a_changed_word_voids_every_agreement():
    place = scene()
    round_ = drawn(place)
    uses, provides = ([one.membership for one in seated(round_, side)] for side in ("uses", "provides"))
    draft = written(round_, uses[0])
    assert agree(round_, uses[0], draft) is None
    assert agree(round_, uses[1], draft) is None

    changed = written(round_, uses[0], "We open at twelve.", at=SOON + timedelta(minutes=1))

    with pytest.raises(SomeoneElseWasFaster):
        agree(round_, provides[0], draft)
    assert agree(round_, provides[0], changed) is None
    assert Version.objects.count() == 1
    version = agree(round_, uses[1], changed)
    assert version is not None
    assert version.text == "We open at twelve."


def test_the_words_voted_on_are_no_new_version():
    place = scene()
    round_ = drawn(place)
    uma, pia = seated(round_, "uses")[0].membership, seated(round_, "provides")[0].membership
    draft = actions.begin_together(conciliation=round_, membership=uma, by=uma.person, at=SOON)
    agree(round_, uma, draft)

    with pytest.raises(actions.NothingChanged):
        agree(round_, pia, draft)
    round_.refresh_from_db()
    assert round_.state == "sitting"


def test_authors_and_facilitators_cannot_pass_by_a_running_conciliation():
    place = scene()
    split(place)
    author = place.sides["uses"][0]

    with pytest.raises(actions.NotTalkedOver):
        actions.begin_next(proposal=place.proposal, by=author.person, at=SOON)
    with pytest.raises(actions.NotReadyToVote):
        opened(place, at=SOON, closes_at=SOON + timedelta(days=3))
    with pytest.raises(actions.NotTalkedOver):
        actions.withdraw(proposal=place.proposal, why="Enough.", by=author.person, at=SOON)


def next_split(place, version, *, at):
    decision = actions.open_vote(
        proposal=place.proposal, version=version, sides=["uses", "provides"],
        scrutineers={side: members[0] for side, members in place.sides.items()},
        closes_at=at + timedelta(days=7), by=place.everybody[0].person, at=at, key=new_id(),
    )  # fmt: skip
    for side, word in (("uses", "no"), ("provides", "yes")):
        for member in place.sides[side]:
            actions.cast(decision=decision, membership=member, choice=word, by=member.person, at=at)
    return actions.close(decision=decision, by=None, at=at + timedelta(days=7))


def test_after_two_rounds_a_third_split_leaves_things_as_they_are():
    place = scene()
    version = agreed_version(drawn(place))
    second = next_split(place, version, at=SOON)
    round_ = Conciliation.objects.get(decision=second)
    assert round_.round == 2
    version = agreed_version(drawn(place, round_=round_), "We open at noon.")
    third = next_split(place, version, at=SOON + timedelta(days=8))

    assert Conciliation.objects.count() == 2
    assert Proposal.objects.get().state == "decided"
    assert Notice.objects.filter(key=f"no-more-rounds:{third.pk}").count() == 12
    page = browser_of(place.everybody[0]).get(reverse("decisions:decision", args=[place.town.slug, third.pk]))
    assert "still differ" in page.content.decode()


def test_both_sides_may_agree_to_stop_and_one_may_think_again():
    place = scene()
    round_ = drawn(place)
    uma, pia = seated(round_, "uses")[0].membership, seated(round_, "provides")[0].membership

    def stop(member, stop=True):
        return actions.would_stop(conciliation=round_, membership=member, stop=stop, by=member.person, at=SOON)

    stop(uma)
    stop(uma, stop=False)
    assert stop(pia).state == "sitting"
    assert stop(uma).ending == "agreed_to_stop"
    assert Proposal.objects.get().state == "decided"


def test_whoever_steps_back_or_leaves_makes_room_for_the_next_by_the_lot():
    place = scene()
    round_ = drawn(place, uses=5, provides=3)
    order = list(Conciliator.objects.filter(side="uses").order_by("place"))
    first, second = order[0].membership, order[1].membership

    actions.step_back(conciliation=round_, membership=first, by=first.person, at=SOON)
    people.leave_community(membership=second, by=second.person, at=SOON)

    assert [one.pk for one in seated(round_, "uses")] == [one.pk for one in order[2:5]]
    assert Notice.objects.filter(key=f"conciliation:{round_.pk}:seated", person=order[4].membership.person).exists()


def test_of_who_is_erased_the_words_go():
    place = scene()
    round_ = drawn(place)
    uma = seated(round_, "uses")[0].membership
    actions.say_among_them(conciliation=round_, membership=uma, text="Eleven?", by=uma.person, at=SOON, key=new_id())
    assert departures.export(uma.person)["words_in_conciliations"][0]["text"] == "Eleven?"

    departures.erase(uma.person, by=None, at=SOON)

    assert (ConciliationMessage.objects.get().text, seated(round_, "uses").count()) == ("", 1)


def test_of_two_records_that_are_one_person_one_keeps_the_place():
    place = scene()
    round_ = drawn(place, uses=3, provides=3)
    kept, dropped = (seated(round_, "uses")[n].membership for n in (0, 1))

    departures.merge(kept=kept, dropped=dropped, by=kept.person, at=SOON)

    assert not Conciliator.objects.filter(membership=dropped).exists()
    assert kept in [one.membership for one in seated(round_, "uses")]


@pytest.mark.parametrize(
    "broken",
    [
        {"round": 3},
        {"seats": 4},
        {"state": "over"},
        {"state": "sitting"},
        {"ending": "new_version"},
        {"ends_on": TODAY - timedelta(days=30)},
    ],
)
def test_the_database_refuses_what_cannot_be(broken):
    round_ = split(scene())

    with pytest.raises(IntegrityError), transaction.atomic():
        Conciliation.objects.filter(pk=round_.pk).update(**broken)


def test_nobody_agrees_without_a_seat_says_the_database():
    place = scene()
    round_ = split(place)
    willing(round_, place.sides["uses"][0])

    with pytest.raises(IntegrityError), transaction.atomic():
        Conciliator.objects.update(agreed_to="x")
