"""The rules are begun by founders, proposed as values, decided by both sides, and set by what was decided."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from alongside.charter import actions, tasks
from alongside.charter.models import CharterLine, CharterVersion
from alongside.charter.tests.scenes import (
    LATER,
    NOON,
    changed,
    decided,
    everybody_in,
    in_force,
    proposed,
    put_forward,
    scene_about,
    town_with_rules,
)
from alongside.decisions import actions as decisions
from alongside.decisions.models import Decision, Draft, Proposal, Say
from alongside.decisions.policy import how_we_talk
from alongside.decisions.subjects import ChangeDoesNotFit, NotByThisRule
from alongside.decisions.tests.conciliation import agree, drawn, seated
from alongside.decisions.tests.voting import Scene, opened
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Category, RecognisedKind, TimeBank

pytestmark = pytest.mark.django_db
DEEPER: dict[str, Any] = {"floor_minutes": -900, "soft_floor_minutes": -720}


def adopted(decision: Decision) -> CharterVersion:
    made = actions.adopt(decision=decision, at=LATER)
    assert made is not None
    return made


def test_a_passed_vote_sets_the_values_and_names_the_decision():
    place = scene_about(**DEEPER)

    decision = decided(place)
    made = adopted(decision)

    bank = TimeBank.objects.of(place.town).get()
    assert (bank.floor_minutes, bank.soft_floor_minutes) == (-900, -720)
    assert (made.number, made.decision_id, made.made_by_id) == (2, decision.pk, None)
    assert Say.objects.filter(decision=decision, adopted=True).exists()


@pytest.mark.parametrize(("uses", "provides"), [("nnnnnn", "yyyyyy"), ("nnnnnn", "nnnnnn"), ("yn----", "yyyyyy")])
def test_nothing_is_set_where_not_both_sides_agree(uses, provides):
    place = scene_about(**DEEPER)

    assert actions.adopt(decision=decided(place, uses, provides), at=LATER) is None

    assert in_force(place.town)["floor_minutes"] == -600
    assert CharterVersion.objects.of(place.town).count() == 1


def test_accounts_on_the_community_s_limits_follow_and_limits_of_one_s_own_stay():
    place = scene_about(**DEEPER)
    common, own = (
        timebank.account_of(community=place.town, person=member.person, by=None, at=NOON)
        for member in place.sides["uses"][:2]
    )
    timebank.set_limits(account=own, floor_minutes=0, by=None, at=NOON)

    actions.adopt(decision=decided(place), at=LATER)

    assert Account.objects.get(pk=common.pk).floor_minutes == -900
    assert Account.objects.get(pk=own.pk).floor_minutes == 0
    assert not Account.objects.of(place.town).pots().filter(floor_minutes=-900).exists()


def test_a_decision_is_acted_on_once_however_many_try():
    place = scene_about(**DEEPER)
    decision = decided(place)

    first, again = adopted(decision), adopted(decision)

    assert first.pk == again.pk
    assert CharterVersion.objects.of(place.town).count() == 2
    assert tasks.adopt_missed(LATER) == "0 adopted"


def test_the_sweep_finds_what_a_crash_left_and_one_that_fails_holds_up_no_other(monkeypatch):
    one, other = scene_about(**DEEPER), scene_about(hold_days=30)
    decided(one, at=NOON)
    decided(other, at=NOON + timedelta(hours=1))
    set_bank = timebank.update_time_bank

    def fails_for_one(*, bank, **told):
        if bank.community_id == one.town.pk:
            raise RuntimeError("a fault of the house")
        return set_bank(bank=bank, **told)

    with monkeypatch.context() as patched:
        patched.setattr(timebank, "update_time_bank", fails_for_one)
        assert tasks.adopt_missed(LATER) == "1 adopted"
    assert (in_force(one.town)["floor_minutes"], in_force(other.town)["hold_days"]) == (-600, 30)

    assert tasks.adopt_missed(LATER) == "1 adopted"
    assert in_force(one.town)["floor_minutes"] == -900


def test_a_split_goes_to_conciliation_and_version_two_sets_other_values():
    place = scene_about(**DEEPER)
    round_ = decided(place, "yyyyyy", "nnnnnn").conciliations.get()
    round_ = drawn(place, round_=round_)
    uma, pia = seated(round_, "uses")[0].membership, seated(round_, "provides")[0].membership
    draft = decisions.begin_together(conciliation=round_, membership=uma, by=uma.person, at=LATER)
    assert draft.change == place.version.change

    draft = actions.change_values(
        proposal=draft.proposal, change=changed(place.town, floor_minutes=-720), seen=draft.changed_at, by=uma.person,
        at=LATER + timedelta(minutes=1),
    )  # fmt: skip
    agree(round_, uma, draft)
    version = agree(round_, pia, draft)
    assert version is not None
    proposal = Proposal.objects.get(pk=place.proposal.pk)
    proposal.community = place.town
    again = Scene(place.town, place.sides, proposal, version)
    actions.adopt(decision=decided(again, at=LATER + timedelta(days=1)), at=LATER + timedelta(days=9))

    assert version.number == 2
    assert in_force(place.town)["floor_minutes"] == -720


def test_other_values_after_somebody_agreed_ask_everybody_anew():
    place = scene_about(**DEEPER)
    round_ = drawn(place, round_=decided(place, "yyyyyy", "nnnnnn").conciliations.get())
    uma, pia = seated(round_, "uses")[0].membership, seated(round_, "provides")[0].membership
    draft = decisions.begin_together(conciliation=round_, membership=uma, by=uma.person, at=LATER)
    draft = actions.change_values(
        proposal=draft.proposal, change=changed(place.town, floor_minutes=-720), seen=draft.changed_at, by=uma.person,
        at=LATER,
    )  # fmt: skip
    agree(round_, uma, draft)

    later = actions.change_values(
        proposal=draft.proposal, change=changed(place.town, floor_minutes=0, soft_floor_minutes=None),
        seen=draft.changed_at, by=pia.person, at=LATER + timedelta(minutes=2),
    )  # fmt: skip

    assert agree(round_, pia, later) is None


def test_kinds_of_help_are_added_renamed_taken_out_and_keep_their_history():
    place = scene_about(
        lambda town: changed(
            town,
            categories=[
                [str(uuid4()), "Keeping bees", 2],
                *(
                    [row[0], "Rides", row[2]] if row[1] == "Rides and errands" else row
                    for row in in_force(town)["categories"][:-1]
                ),
            ],
        )
    )
    before = list(Category.objects.of(place.town).in_use().in_order())

    actions.adopt(decision=decided(place), at=LATER)

    now = list(Category.objects.of(place.town).in_use().in_order())
    assert [now[0].name, len(now)] == ["Keeping bees", len(before)]
    assert Category.objects.get(pk=before[-1].pk).archived_at == LATER
    rides = Category.objects.of(place.town).get(name="Rides")
    assert rides.pk in {row.pk for row in before}
    assert CharterLine.objects.filter(version__number=2, kind="categories").count() == len(now)


def test_the_list_of_recognised_work_and_how_people_talk_are_set_too():
    place = scene_about(recognised_work=[], house_rules="One at a time.\n\nNo shouting.")

    actions.adopt(decision=decided(place), at=LATER)

    assert not RecognisedKind.objects.of(place.town).in_use().exists()
    assert how_we_talk(place.town) == ("One at a time.", "No shouting.")


def test_two_votes_never_set_the_same_thing_at_once():
    place = scene_about(**DEEPER)
    opened(place)
    author = place.sides["uses"][1]
    other = proposed(author, changed(place.town, ceiling_minutes=6000), title="Not too much")
    version = put_forward(other, author)
    other.refresh_from_db()
    other.community = place.town

    with pytest.raises(ChangeDoesNotFit):
        opened(Scene(place.town, place.sides, other, version))


def test_two_votes_about_different_things_may_be_open_at_once():
    place = scene_about(**DEEPER)
    first = opened(place)
    author = place.sides["uses"][1]
    other = proposed(author, changed(place.town, hold_days=30), title="Shorter holds")
    version = put_forward(other, author)
    other.refresh_from_db()
    other.community = place.town

    assert opened(Scene(place.town, place.sides, other, version)).pk != first.pk


def test_values_that_have_become_something_else_are_set_again_before_a_vote():
    place = scene_about(**DEEPER)
    author = place.sides["uses"][1]
    other = proposed(author, changed(place.town, floor_minutes=-1200), title="Deeper still")
    actions.adopt(decision=decided(place), at=LATER)

    with pytest.raises(ChangeDoesNotFit, match="become something else"):
        put_forward(other, author)


@pytest.mark.parametrize("rule", ["approval", "score", "schulze", "scottish-stv", "equal-power-mes"])
def test_the_rules_are_not_set_by_choosing_among_things(rule):
    place = scene_about(**DEEPER)

    with pytest.raises(NotByThisRule):
        opened(place, rule=rule, options=[decisions.OptionTold("This"), decisions.OptionTold("That")])


def test_a_vote_between_funders_and_stewards_cannot_set_everybody_s_rules():
    place = scene_about(**DEEPER)
    keeps = person_in(place.town, "Stella", roles=[Role.STEWARD])
    funds = person_in(place.town, "Colm", roles=[Role.COMMISSIONER])

    with pytest.raises(NotByThisRule):
        opened(place, sides=("keeps", "funds"), scrutineers={"keeps": keeps, "funds": funds})


def test_a_version_that_would_set_nothing_is_not_put_forward():
    place = scene_about(**DEEPER)
    author = place.sides["uses"][0]
    draft = decisions.begin_next(proposal=place.proposal, by=author.person, at=NOON)
    Draft.objects.filter(pk=draft.pk).update(change={}, text="Other words")

    with pytest.raises(ChangeDoesNotFit):
        put_forward(place.proposal, author)


def test_an_amended_text_keeps_the_values():
    place = scene_about(**DEEPER)
    uma, author = place.sides["uses"][1], place.sides["uses"][0]
    offered = decisions.amend(
        version=place.version, membership=uma, text="Fifteen hours for everybody.", why="Clearer", by=uma.person,
        at=NOON, key=uuid4(),
    )  # fmt: skip

    version = decisions.accept_amendment(amendment=offered, membership=author, by=author.person, at=NOON)

    assert version.change == place.version.change


def test_founders_put_the_first_rules_right_until_both_sides_are_here():
    town = town_with_rules()
    cora = person_in(town, "Cora", roles=[Role.COORDINATOR])

    made = actions.found(community=town, change=changed(town, auto_confirm_days=7), by=cora.person, at=NOON)
    assert (made.number, made.made_by_id, in_force(town)["auto_confirm_days"]) == (2, cora.person_id, 7)

    person_in(town, "Uma")
    with pytest.raises(actions.DecidedTogetherNow):
        actions.found(community=town, change=changed(town, auto_confirm_days=9), by=cora.person, at=NOON)


def test_whoever_sets_up_a_community_is_not_both_sides_alone():
    town = town_with_rules()
    nora = person_in(town, "Nora", roles=[Role.PARTICIPANT, Role.COORDINATOR, Role.STEWARD])

    actions.found(community=town, change=changed(town, auto_confirm_days=7), by=nora.person, at=NOON)
    assert in_force(town)["auto_confirm_days"] == 7

    person_in(town, "Uma")
    with pytest.raises(actions.DecidedTogetherNow):
        actions.found(community=town, change=changed(town, auto_confirm_days=9), by=nora.person, at=NOON)


def test_once_decided_together_the_rules_stay_so_even_when_one_side_has_left():
    place = scene_about(**DEEPER)
    actions.adopt(decision=decided(place), at=LATER)
    for member in place.sides["provides"]:
        member.left_at = LATER
        member.save(update_fields=["left_at"])

    with pytest.raises(actions.DecidedTogetherNow):
        actions.found(community=place.town, change=changed(place.town, hold_days=9), by=None, at=LATER)


@pytest.mark.parametrize("values", [{"floor_minutes": 5}, {"categories": []}, {"auto_confirm_days": 0}])
def test_values_that_cannot_be_are_refused_when_they_are_proposed(values):
    town = town_with_rules()
    sides = everybody_in(town, each=1)

    with pytest.raises(actions.ValuesDoNotFit):
        proposed(sides["uses"][0], changed(town, **values))
    with pytest.raises(actions.NothingToSet):
        proposed(sides["uses"][0], {})


def test_nobody_makes_the_rolls_small_by_leaving_out_who_has_not_said_their_side_yet():
    place = scene_about(**DEEPER)
    leader = person_in(place.town, "Lea", roles=[Role.PEER_LEADER])
    firsts = {side: members[0] for side, members in place.sides.items()}
    in_a_round: dict[str, Any] = {
        "proposal": place.proposal, "version": place.version, "sides": ["uses", "provides"], "facilitators": firsts,
        "review_on": LATER.date(), "by": leader.person, "leave_out_unsaid": True,
    }  # fmt: skip

    for days in (0, 6):
        at = NOON + timedelta(days=days)
        with pytest.raises(decisions.LeftOutTooSoon):
            opened(place, at=at, leave_out_unsaid=True)
        with pytest.raises(decisions.LeftOutTooSoon):
            decisions.open_round(at=at, key=uuid4(), closes_at=at + timedelta(days=9), **in_a_round)

    week = NOON + timedelta(days=7)
    decision = opened(place, at=week, closes_at=week + timedelta(days=7), leave_out_unsaid=True)
    assert not decision.roll.filter(membership=leader).exists()


def test_a_version_that_sets_other_values_is_no_small_edit():
    place = scene_about(**DEEPER)
    firsts = {side: members[0] for side, members in place.sides.items()}
    author, agrees = place.sides["uses"][:2]
    decision = decisions.open_round(
        proposal=place.proposal, version=place.version, sides=["uses", "provides"], facilitators=firsts, at=NOON,
        closes_at=LATER, review_on=LATER.date(), by=author.person, key=uuid4(),
    )  # fmt: skip
    decisions.give_stance(
        decision=decision, membership=agrees, stance="consent", by=agrees.person, at=NOON, edits_agreed=True
    )
    later = NOON + timedelta(hours=1)
    draft = decisions.begin_next(proposal=place.proposal, by=author.person, at=later)
    change = changed(place.town, floor_minutes=-6000)
    actions.change_values(proposal=place.proposal, change=change, seen=draft.changed_at, by=author.person, at=later)
    decisions.put_into_round(decision=decision, membership=author, seen=later, answers=[], by=author.person, at=later)

    for facilitator in firsts.values():
        with pytest.raises(decisions.StepNotOpen, match="sets_something_else"):
            decisions.call_small_edit(
                decision=decision, membership=facilitator, number=2, by=facilitator.person, at=later
            )
