"""A program starts from answers; its design changes by joint decisions alone, and its stages by both sides."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.decisions.models import Decision
from alongside.decisions.rules.sides import QUARTER, Quorum, QuorumKind
from alongside.decisions.subjects import ChangeDoesNotFit, NotByThisRule
from alongside.decisions.tests.voting import opened
from alongside.kernel.models import Activity
from alongside.people.tests.factories import community, person_in
from alongside.programs import actions, tasks
from alongside.programs.models import Beginning, DesignVersion, Program, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.tests.scenes import (
    COURSE,
    LATER,
    NOON,
    begun,
    changed,
    decided,
    proposed,
    put_forward,
    running,
    scene_about,
)

pytestmark = pytest.mark.django_db
EVENINGS = {"sessions.starts": "18:30"}


def test_a_program_starts_with_its_first_design_its_group_and_its_first_stage():
    cora = person_in(community(), "Cora", roles=["coordinator"])
    beginning = begun(cora, COURSE, weeks=8, day="monday", title="Living well in Leith")

    program = actions.start(beginning=beginning, by=cora.person, at=NOON, key=uuid4())

    version = DesignVersion.objects.get(program=program)
    assert (version.number, version.made_by, version.decision) == (1, cora.person, None)
    assert (version.design["sessions"]["count"], version.design["sessions"]["on"]) == (8, "monday")
    assert (program.group.name, program.stage, program.round) == ("Living well in Leith", "co-plan", 1)
    run = StageRun.objects.get(program=program)
    assert run.makes == ["What matters to us", "Strengths we bring"]
    assert run.due_on == run.began_at.date() + timedelta(days=21)
    assert not Beginning.objects.exists()


def test_the_same_form_twice_starts_one_program():
    cora = person_in(community(), "Cora", roles=["coordinator"])
    beginning, key = begun(cora), uuid4()

    first = actions.start(beginning=beginning, by=cora.person, at=NOON, key=key)
    again = actions.start(beginning=beginning, by=cora.person, at=NOON, key=key)

    assert first == again
    assert Program.objects.count() == 1


def test_a_program_waits_for_the_first_question_without_an_answer():
    cora = person_in(community(), "Cora", roles=["coordinator"])
    beginning = actions.begin(membership=cora, shipped=COURSE, by=cora.person, at=NOON)
    actions.answer(beginning=beginning, key="condition", value="All who want to", by=cora.person, at=NOON)

    with pytest.raises(actions.NotYetAnswered) as refusal:
        actions.start(beginning=beginning, by=cora.person, at=NOON, key=uuid4())

    assert refusal.value.key == "weeks"
    assert not Program.objects.exists()


def test_an_answer_that_does_not_fit_is_not_kept():
    cora = person_in(community(), "Cora", roles=["coordinator"])
    beginning = actions.begin(membership=cora, shipped=COURSE, by=cora.person, at=NOON)

    with pytest.raises(actions.AnswerDoesNotFit):
        actions.answer(beginning=beginning, key="weeks", value=11, by=cora.person, at=NOON)

    beginning.refresh_from_db()
    assert beginning.answers == {}


def test_a_program_started_from_another_takes_its_design_as_it_stands():
    program, sides = running()
    actions.adopt(decision=decided(scene_about(program, sides, EVENINGS)), at=LATER)
    pia = sides["provides"][0]
    beginning = actions.begin(membership=pia, program=program, by=pia.person, at=NOON)
    beginning = actions.answer(beginning=beginning, key="title", value="The same again", by=pia.person, at=NOON)

    copy = actions.start(beginning=beginning, by=pia.person, at=NOON, key=uuid4())

    assert design_of(copy) == design_of(program)
    assert (copy.copied_from, copy.versions.get().number) == (program, 1)


def test_a_passed_vote_makes_the_next_version_and_names_the_decision():
    program, sides = running()

    decision = decided(scene_about(program, sides, EVENINGS))
    made = actions.adopt(decision=decision, at=LATER)

    assert made is not None
    assert (made.number, made.decision, made.made_by) == (2, decision, None)
    assert made.change == {"sessions.starts": ["17:30", "18:30"]}
    assert design_of(program)["sessions"]["starts"] == "18:30"
    assert Activity.objects.filter(did="programs.design_adopted").count() == 1


@pytest.mark.parametrize(("uses", "provides"), [("nnnnnn", "yyyyyy"), ("yyyyyy", "nnnnnn"), ("y-----", "yyyyyy")])
def test_nothing_changes_where_not_both_sides_agree(uses, provides):
    program, sides = running()

    assert actions.adopt(decision=decided(scene_about(program, sides, EVENINGS), uses, provides), at=LATER) is None

    assert DesignVersion.objects.count() == 1


def test_a_version_comes_once_however_many_act_on_the_decision():
    program, sides = running()
    decision = decided(scene_about(program, sides, EVENINGS))

    first = actions.adopt(decision=decision, at=LATER)
    assert tasks.adopt_missed(LATER) == "0 adopted"

    assert actions.adopt(decision=decision, at=LATER) == first
    assert DesignVersion.objects.filter(program=program).count() == 2


def test_the_sweep_finds_what_nobody_acted_on():
    program, sides = running()
    decided(scene_about(program, sides, EVENINGS))

    assert tasks.adopt_missed(LATER) == "1 adopted"
    assert design_of(program)["sessions"]["starts"] == "18:30"


def test_the_program_s_own_rule_decides_and_no_other():
    program, sides = running(COURSE)
    place = scene_about(program, sides, {"enrolment.places": 20})

    for other in (
        {"rule": "gradients"},
        {"sides": ["uses", "keeps"]},
        {"quorum": Quorum(QuorumKind.APPROVAL, QUARTER * 2)},
    ):
        with pytest.raises(NotByThisRule):
            opened(place, **other)

    assert opened(place).sides == ["uses", "provides"]


def test_people_of_the_program_alone_are_on_the_rolls():
    program, sides = running()
    person_in(program.community, "Olga, who is not in it")
    decision = opened(scene_about(program, sides, EVENINGS))

    names = {str(entry.membership.person) for entry in decision.roll.all()}

    assert names == {str(member.person) for side in sides.values() for member in side}


def test_two_votes_never_change_the_same_thing():
    program, sides = running()
    first = scene_about(program, sides, EVENINGS)
    second = scene_about(program, sides, {"sessions.starts": "09:00"}, "Mornings")
    other = scene_about(program, sides, {"sessions.place": "The library"}, "Elsewhere")
    opened(first)

    with pytest.raises(ChangeDoesNotFit):
        opened(second)

    opened(other)
    assert Decision.objects.open().count() == 2


def test_what_has_changed_since_is_not_put_to_the_vote():
    program, sides = running()
    late = scene_about(program, sides, {"sessions.starts": "09:00"}, "Mornings")
    actions.adopt(decision=decided(scene_about(program, sides, EVENINGS)), at=LATER)

    with pytest.raises(ChangeDoesNotFit):
        opened(late, at=LATER, closes_at=LATER.replace(year=LATER.year + 1))


def test_a_change_that_cannot_be_is_refused_where_it_is_made():
    program, sides = running(COURSE)

    with pytest.raises(actions.DesignDoesNotFit) as refusal:
        proposed(program, sides["uses"][0], {"sessions.complete_after": 7})
    with pytest.raises(actions.NothingToChange):
        proposed(program, sides["uses"][0], {"sessions.complete_after": 4})

    assert [fault.where for fault in refusal.value.faults] == ["sessions.complete_after"]


def test_nobody_proposes_a_change_of_a_program_that_has_ended():
    program, sides = running()
    proposal = proposed(program, sides["uses"][0], EVENINGS)
    actions.end(program=program, by=sides["provides"][0].person, at=NOON)

    with pytest.raises(ChangeDoesNotFit):
        put_forward(proposal, sides["uses"][0])


def test_a_draft_can_be_made_to_say_another_change():
    program, sides = running()
    uma = sides["uses"][0]
    proposal = proposed(program, uma, EVENINGS)

    draft = actions.change_values(
        proposal=proposal, change=changed(program, {"sessions.length": "2h"}), seen=proposal.changed_at, by=uma.person,
        at=LATER,
    )  # fmt: skip

    assert draft.change == {"sessions.length": ["1h30", "2h"]}
