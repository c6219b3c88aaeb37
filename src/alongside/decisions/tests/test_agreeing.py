"""Consent, consensus, advice, gradients, bridges, cooperatives."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.decisions.rules import consent
from alongside.decisions.rules.advice import Advice, may_decide
from alongside.decisions.rules.bridging import best_bridges, bridging
from alongside.decisions.rules.consensus import Announced, NoFallbackYet, Words, consensus
from alongside.decisions.rules.consent import Circle, NotAllowed, Stance, State
from alongside.decisions.rules.cooperative import by_class, share_surplus, surplus_steps
from alongside.decisions.rules.explaining import in_english
from alongside.decisions.rules.gradients import Gradient, gradients, lower_median
from alongside.decisions.rules.sides import Outcome, Tally

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PEOPLE = ("ana", "ben", "cyd", "dee")


def circle(**more) -> Circle:
    return Circle(
        rolls={"staff": frozenset({"ana", "ben"}), "participants": frozenset({"cyd", "dee"})},
        facilitators={"staff": "fay", "participants": "gus"},
        **more,
    )


def all_consent(here: Circle, *but: str) -> Circle:
    for person in PEOPLE:
        if person not in but:
            here = consent.say(here, by=person, stance=Stance.CONSENT)
    return here


def objected() -> Circle:
    """Dee objects, the others consent, and the objection is understood."""
    here = consent.object_to(all_consent(circle(), "dee"), by="dee", reason="No bus at that hour", harms="open to all")
    return consent.clarify(here, 0, text="The last bus leaves at six.")


def test_silence_is_not_consent():
    assert consent.outcome(circle()).outcome is Outcome.NOT_QUORATE
    assert consent.outcome(all_consent(circle())).outcome is Outcome.PASSED


def test_a_concern_is_heard_and_does_not_stop():
    here = consent.say(all_consent(circle()), by="ben", stance=Stance.CONCERN)

    decided = consent.outcome(here)

    assert decided.passed
    assert "1 of them with a concern" in in_english(decided.steps)[0]


def test_one_objection_stops_until_the_objector_confirms_the_new_version():
    here = objected()
    assert consent.outcome(here).outcome is Outcome.NOT_PASSED

    here = consent.new_version(here, answers=[0])
    with pytest.raises(NotAllowed, match="not_theirs"):
        consent.confirm_integrated(here, 0, by="ana")
    here = consent.confirm_integrated(here, 0, by="dee")

    assert here.objections[0].state is State.INTEGRATED
    assert consent.outcome(here).outcome is Outcome.NOT_QUORATE  # a new version: everybody says again
    assert consent.outcome(all_consent(here)).passed


def test_an_objection_needs_a_reason_and_a_shared_aim():
    with pytest.raises(NotAllowed, match="no_reason"):
        consent.object_to(circle(), by="ana", reason=" ", harms="open to all")
    with pytest.raises(NotAllowed, match="no_aim"):
        consent.object_to(circle(), by="ana", reason="I like Tuesdays", harms="")
    with pytest.raises(NotAllowed, match="not_on_roll"):
        consent.object_to(circle(), by="zoe", reason="Late", harms="open to all")


def test_only_the_objector_takes_an_objection_back():
    with pytest.raises(NotAllowed, match="not_theirs"):
        consent.withdraw(objected(), 0, by="ana")

    here = consent.withdraw(objected(), 0, by="dee")

    assert here.stance("dee") is Stance.PENDING
    assert consent.outcome(consent.say(here, by="dee", stance=Stance.CONSENT)).passed


def test_it_takes_a_facilitator_of_each_side_to_find_that_an_objection_does_not_qualify():
    one = consent.find_not_qualified(objected(), 0, by="fay", reason="The bus runs until ten now.")
    assert one.objections[0].is_open
    with pytest.raises(NotAllowed, match="side_has_spoken"):
        consent.find_not_qualified(one, 0, by="fay", reason="Again.")
    with pytest.raises(NotAllowed, match="facilitator_of_no_side"):
        consent.find_not_qualified(one, 0, by="ana", reason="No.")
    with pytest.raises(NotAllowed, match="no_reason"):
        consent.find_not_qualified(one, 0, by="gus", reason="")

    both = consent.find_not_qualified(one, 0, by="gus", reason="So the timetable says.")

    assert both.objections[0].state is State.NOT_QUALIFIED
    assert [found.reason for found in both.objections[0].findings] == [
        "The bus runs until ten now.",
        "So the timetable says.",
    ]


def test_the_objector_appeals_once():
    def found(here: Circle) -> Circle:
        for person in ("fay", "gus"):
            here = consent.find_not_qualified(here, 0, by=person, reason="It runs.")
        return here

    appealed = consent.appeal(found(objected()), 0, by="dee")
    assert appealed.objections[0].is_open
    assert consent.outcome(appealed).outcome is Outcome.NOT_PASSED

    with pytest.raises(NotAllowed, match="appealed_before"):
        consent.appeal(found(appealed), 0, by="dee")


def test_an_objection_nobody_answered_leaves_things_as_they_are():
    here = consent.end(objected())

    assert here.objections[0].state is State.UNRESOLVED
    assert consent.outcome(here).outcome is Outcome.NOT_PASSED


def test_a_new_version_asks_everybody_again_but_those_who_allowed_minor_edits():
    here = consent.allow_minor_edits(all_consent(circle()), by="cyd")

    assert consent.new_version(here, minor=True).stances == {"cyd": Stance.CONSENT}
    assert consent.new_version(here).stances == {}


def test_lazy_consent_counts_the_silence_of_those_who_have_seen_it():
    here = circle(lazy=True)
    for person in ("ana", "cyd"):
        here = consent.see(here, by=person)

    assert consent.outcome(here).passed
    assert consent.outcome(consent.see(circle(lazy=True), by="ana")).outcome is Outcome.NOT_QUORATE
    assert not consent.outcome(consent.see(consent.see(circle(), by="ana"), by="cyd")).passed


def test_consensus_passes_without_blocks_and_with_few_aside():
    calm = {"staff": Words(4, 3, 1), "participants": Words(20, 11, 2)}
    blocked = {"staff": Words(4, 3, 0, 1), "participants": Words(20, 11)}
    many_aside = {"staff": Words(4, 2, 2), "participants": Words(20, 11)}

    assert consensus([calm]).passed
    assert consensus([blocked, calm]).passed
    assert not consensus([blocked, many_aside]).passed
    assert not consensus([blocked, blocked, calm]).passed  # the third round was not announced


def test_the_fallback_comes_after_all_rounds_if_it_was_announced():
    blocked = {"staff": Words(4, 3, 0, 1), "participants": Words(20, 11)}
    vote = {"staff": Tally(4, 3, 1), "participants": Tally(20, 8, 4)}

    assert consensus([blocked, blocked], vote=vote).passed
    strict = Announced(fallback=Fraction(3, 4))
    assert consensus([blocked, blocked], announced=strict, vote=vote).outcome is Outcome.SPLIT
    with pytest.raises(NoFallbackYet):
        consensus([blocked], vote=vote)
    with pytest.raises(NoFallbackYet):
        consensus([blocked, blocked], announced=Announced(fallback=None), vote=vote)


def test_advice_comes_from_those_affected_experts_and_both_sides_and_its_use_is_published():
    heard = [
        Advice("ana", "staff", expert=True, used="shorter"),
        Advice("cyd", "participants", affected=True, used="later"),
        Advice("dee", "participants", affected=True, used="not taken up, because of the fire rules"),
    ]

    def ready(advice=heard, **more):
        told = {"published_at": NOON, "now": NOON + timedelta(days=3), "wait": timedelta(days=3), **more}
        return may_decide(advice, deciders={"ben"}, sides=("staff", "participants"), **told)

    assert ready().ready
    assert [step.code for step in ready(now=NOON).steps] == ["advice.too_early"]
    assert [step.code for step in ready(published_at=None).steps] == ["advice.not_published"]
    assert [step.code for step in ready(heard[:2]).steps] == ["advice.few_affected"]
    assert "advice.side_not_asked" in [step.code for step in ready(heard[1:]).steps]
    objected_to = ready(objections=1)
    assert objected_to.objected
    assert not objected_to.ready


def test_gradients_take_the_lower_middle_of_each_side_and_one_veto_stops():
    warm, cool = [Gradient.SUPPORT, Gradient.WITH_RESERVATIONS], [Gradient.SUPPORT, Gradient.MIXED]
    rolls = {"staff": 2, "participants": 2}

    assert lower_median(cool) is Gradient.MIXED
    assert gradients({"staff": warm, "participants": warm}, rolls).passed
    assert gradients({"staff": warm, "participants": cool}, rolls).outcome is Outcome.SPLIT
    veto = [Gradient.WHOLEHEARTED] * 9 + [Gradient.VETO]
    assert not gradients({"staff": warm, "participants": veto}, {"staff": 2, "participants": 10}).passed
    assert gradients({"staff": warm, "participants": []}, rolls).outcome is Outcome.NOT_QUORATE


def test_a_bridge_is_agreed_with_on_both_sides():
    found = best_bridges(
        {
            "loved by many": {"staff": (0, 4), "participants": (90, 100)},
            "fine": {"staff": (3, 4), "participants": (60, 100)},
        }
    )

    assert [name for name, _ in found] == ["fine", "loved by many"]
    assert bridging([(3, 4), (60, 100)]) == Fraction(4, 6) * Fraction(61, 102)


def test_every_class_of_members_agrees_with_one_vote_each():
    classes = {"workers": Tally(9, 8, 1), "users": Tally(90, 40, 30), "supporters": Tally(4, 1, 3)}

    assert by_class(classes).outcome is Outcome.SPLIT
    assert by_class({**classes, "supporters": Tally(4, 3, 1)}).passed


@given(st.integers(0, 10**9), st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10**6), min_size=1))
def test_a_surplus_is_shared_to_the_last_cent(surplus, patronage):
    if not sum(patronage.values()):
        return
    parts = share_surplus(surplus, patronage)

    assert sum(parts.values()) == surplus
    assert all(
        abs(part - Fraction(surplus * patronage[who], sum(patronage.values()))) < 1 for who, part in parts.items()
    )


def test_a_member_is_told_their_part():
    told = in_english(surplus_steps(100, {"ana": 1, "ben": 2}))

    assert told == ["ana gets 33 of 100, for 1 of 3.", "ben gets 67 of 100, for 2 of 3."]
    with pytest.raises(ValueError, match="surplus"):
        share_surplus(5, {"ana": 0})
