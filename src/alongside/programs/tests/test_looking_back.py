"""Both sides look back: answers nobody reads, words without names, barriers that somebody answers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from alongside.decisions.models import Draft
from alongside.kernel import undo
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people import departures
from alongside.people.models import Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.programs import actions
from alongside.programs.models import Barrier, Input, LookBack, SelfCheck
from alongside.programs.rules import self_check
from alongside.programs.showing_looking import check_seen, given_table
from alongside.programs.tests.scenes import NOON, in_it, running, url

pytestmark = pytest.mark.django_db
TOMORROW = NOON.date() + timedelta(days=1)


def answered(program, members, side, number, only=20):
    for member in members:
        answers = dict.fromkeys(self_check.KEYS[:only], number)
        kept = actions.answer_self_check(
            program=program, round=1, membership=member, side=side, answers=answers, by=member.person, at=NOON
        )
    return kept


def raised(program, member, side="uses", **told):
    given = {"kind": "no trust", "words": "Nobody asked us.", "is_named": True, "key": uuid4(), **told}
    barrier = actions.raise_barrier(program=program, membership=member, side=side, by=member.person, at=NOON, **given)
    barrier.program = program
    return barrier


def gave(program, member, side, minutes=60, **told):
    given = {"kind": "adding", "is_paid": False, "day": NOON.date(), "what": "", "key": uuid4(), **told}
    return actions.record_input(
        program=program, membership=member, side=side, minutes=minutes, by=member.person, at=NOON, **given
    )


def test_a_side_is_shown_once_five_of_it_have_answered_and_then_in_steps_of_five():
    program, sides = running()
    answered(program, sides["uses"][:4], "uses", 5)
    answered(program, sides["provides"], "provides", 2)

    uses, provides = check_seen(program, 1).halves
    assert uses.seen is None
    assert provides.seen is not None
    assert (provides.seen.n, provides.seen.waiting, provides.total) == (5, 1, 40)

    answered(program, sides["uses"][4:5], "uses", 5)
    seen = check_seen(program, 1)
    assert seen.halves[0].total == 100
    assert [value.gap for value in seen.values] == [3.0] * 5


def test_what_is_answered_so_far_is_kept_and_counts_once_it_is_whole():
    program, sides = running()

    part = answered(program, sides["uses"][:1], "uses", 3, only=7)
    assert (len(part.answers), part.total) == (7, None)
    whole = answered(program, sides["uses"][:1], "uses", 3)

    assert (whole.pk, whole.total) == (part.pk, 60)


def test_who_is_not_of_the_program_answers_nothing_and_nobody_for_the_other_side():
    program, sides = running()
    stranger = person_in(program.community, "Sten")

    with pytest.raises(actions.NotOfThisProgram):
        answered(program, [stranger], "uses", 3)
    with pytest.raises(actions.NotOfThisSide):
        answered(program, sides["uses"][:1], "provides", 3)
    assert not SelfCheck.objects.exists()


def test_a_page_of_the_last_round_changes_nothing_in_this_one():
    program, sides = running()
    program.round = 2
    program.save()

    with pytest.raises(actions.RoundIsOver):
        answered(program, sides["uses"][:1], "uses", 3)


def test_what_should_come_next_begins_a_proposal():
    program, sides = running()
    uma, pia = sides["uses"][0], sides["provides"][1]
    said = actions.look_back(
        program=program, round=1, membership=uma, side="uses", went_well="", went_badly="Too early.",
        next="Begin at ten.", by=uma.person, at=NOON,
    )  # fmt: skip

    proposal = actions.propose_from(said=said, membership=pia, by=pia.person, at=NOON, key=uuid4())

    draft = Draft.objects.get(proposal=proposal)
    assert (proposal.title, draft.text, draft.why) == ("Begin at ten.", "Begin at ten.", "Too early.")
    assert (proposal.made_by, proposal.group_id) == (pia, program.group_id)


def test_only_who_belongs_to_the_program_is_shown_the_way_to_a_proposal():
    program, sides = running()
    uma = sides["uses"][0]
    actions.look_back(
        program=program, round=1, membership=uma, side="uses", went_well="", went_badly="", next="Begin at ten.",
        by=uma.person, at=NOON,
    )  # fmt: skip
    outsider = person_in(program.community, "Olga")

    pages = [
        browser_of(reader).get(url("looking_back", program.community, program.pk)).content.decode()
        for reader in (uma, outsider)
    ]

    assert ["Make a proposal of it" in page for page in pages] == [True, False]
    assert all("Begin at ten." in page for page in pages)


def test_a_barrier_without_a_name_shows_it_to_nobody_not_even_a_coordinator():
    program, sides = running()
    cora = person_in(program.community, "Cora", roles=[Role.COORDINATOR])
    barrier = raised(program, sides["uses"][0], is_named=False)

    for reader in (cora, sides["provides"][1], sides["uses"][1]):
        for name, args in (("barrier", [barrier.pk]), ("barriers", []), ("program", [])):
            page = browser_of(reader).get(url(name, program.community, program.pk, *args))
            assert "Nobody asked us." in page.content.decode()
            assert "Uma 0" not in page.content.decode()


def test_a_side_of_fewer_than_five_does_not_stand_beside_a_nameless_barrier():
    program, sides = running()
    kin = person_in(program.community, "Stella", roles=[Role.STEWARD])
    in_it(program, [kin])

    assert raised(program, kin, side="keeps", is_named=False).side == ""
    assert raised(program, kin, side="keeps").side == "keeps"
    assert raised(program, sides["uses"][0], is_named=False).side == "uses"


def test_one_person_looks_after_a_barrier_and_whoever_raised_it_hears_the_answer():
    program, sides = running()
    uma, pia, paul = sides["uses"][0], sides["provides"][1], sides["provides"][2]
    barrier = raised(program, uma, is_named=False)
    actions.own(barrier=barrier, membership=pia, by=pia.person, at=NOON)

    with pytest.raises(actions.SomebodyLooksAfterIt):
        actions.own(barrier=barrier, membership=paul, by=paul.person, at=NOON)
    told = {"barrier": barrier, "words": "We will ask.", "at": NOON, "key": uuid4()}
    with pytest.raises(actions.NotYours):
        actions.answer_barrier(**told, membership=paul, by=paul.person, review_on=None)
    with pytest.raises(actions.LookAgainLater):
        actions.answer_barrier(**told, membership=pia, by=pia.person, review_on=NOON.date())
    actions.answer_barrier(**told, membership=pia, by=pia.person, review_on=TOMORROW)

    assert [notice.person for notice in Notice.objects.filter(kind="programs.barrier_answered")] == [uma.person]


def test_the_owner_is_reminded_once_when_the_day_has_come():
    program, sides = running()
    pia = sides["provides"][1]
    barrier = raised(program, sides["uses"][0])
    actions.own(barrier=barrier, membership=pia, by=pia.person, at=NOON)
    actions.answer_barrier(
        barrier=barrier, membership=pia, words="Soon.", review_on=TOMORROW, by=pia.person, at=NOON, key=uuid4()
    )

    told = [actions.remind_of_barriers(at=NOON + timedelta(days=days)) for days in (0, 1, 1, 2)]

    assert told == [0, 1, 0, 0]


def test_closing_a_barrier_can_be_taken_back():
    program, sides = running()
    uma = sides["uses"][0]
    barrier = raised(program, uma)
    actions.close_barrier(barrier=barrier, membership=uma, by=uma.person, at=NOON)
    with pytest.raises(actions.BarrierIsClosed), transaction.atomic():
        actions.own(barrier=barrier, membership=uma, by=uma.person, at=NOON)

    undo.perform(id=UndoOffer.objects.get(act="programs.close_barrier").pk, by=uma.person_id, at=NOON)

    assert Barrier.objects.get().closed_at is None


def test_only_who_raised_a_barrier_takes_it_back():
    program, sides = running()
    barrier = raised(program, sides["uses"][0])
    place = url("take_barrier_back", program.community, program.pk, barrier.pk)

    assert browser_of(sides["uses"][1]).post(place).status_code == 404
    browser_of(sides["uses"][0]).post(place)
    assert not Barrier.objects.exists()


def test_an_entry_is_put_right_by_a_newer_one_and_once():
    program, sides = running()
    entries = [gave(program, member, "uses") for member in sides["uses"]]
    assert given_table(program)[1].minutes == 360

    gave(program, sides["uses"][0], "uses", minutes=30, corrects=entries[0])
    assert given_table(program)[1].minutes == 330
    with pytest.raises(actions.AlreadyCorrected):
        gave(program, sides["uses"][0], "uses", minutes=10, corrects=entries[0])


def test_a_form_sent_twice_writes_time_down_once():
    program, sides = running()
    key = uuid4()

    assert gave(program, sides["uses"][0], "uses", key=key) == gave(program, sides["uses"][0], "uses", key=key)
    assert Input.objects.count() == 1


def test_an_agreement_stands_once_one_of_each_side_agrees():
    program, sides = running()
    uma, pia = sides["uses"][0], sides["provides"][1]
    made = actions.write_commitment(
        program=program, membership=uma, side="uses", words="We bring the pots.", by=uma.person, at=NOON, key=uuid4()
    )
    made.program = program
    cora = browser_of(person_in(program.community, "Cora", roles=[Role.COMMISSIONER]))
    place = url("sums", program.community, program.pk)
    assert "Still to agree" in cora.get(place).content.decode()

    actions.agree_to(commitment=made, membership=pia, side="provides", by=pia.person, at=NOON)

    page = cora.get(place).content.decode()
    assert "Both sides have agreed" in page
    assert "Uma 0" not in page
    assert "Pia 1" not in page


def test_a_commissioner_reads_sums_and_no_words():
    program, sides = running()
    raised(program, sides["uses"][0])
    funder = browser_of(person_in(program.community, "Fay", roles=[Role.COMMISSIONER]))

    assert funder.get(url("sums", program.community, program.pk)).status_code == 200
    assert funder.get(url("barriers", program.community, program.pk)).status_code == 403
    assert "Nobody asked us." not in funder.get(url("program", program.community, program.pk)).content.decode()


def test_whoever_is_erased_leaves_sums_and_no_words():
    program, sides = running()
    uma = sides["uses"][0]
    answered(program, [uma], "uses", 3)
    gave(program, uma, "uses", what="Cooked for Ben")
    quiet = raised(program, uma)
    told = raised(program, uma)
    pia = sides["provides"][1]
    actions.own(barrier=told, membership=pia, by=pia.person, at=NOON)
    actions.answer_barrier(
        barrier=told, membership=pia, words="Yes.", review_on=None, by=pia.person, at=NOON, key=uuid4()
    )

    for room in departures.rooms():
        if room.room == "programs_looking_back":
            room.erase(uma.person, by=None, at=NOON)

    assert not SelfCheck.objects.exists()
    assert not LookBack.objects.exists()
    assert not Barrier.objects.filter(pk=quiet.pk).exists()
    assert (Barrier.objects.get().words, Barrier.objects.get().raised_by) == ("", None)
    entry = Input.objects.get()
    assert (entry.minutes, entry.membership, entry.what) == (60, None, "")


def test_sheets_are_keyed_in_one_after_the_other():
    program, sides = running()
    cora = browser_of(person_in(program.community, "Cora", roles=[Role.COORDINATOR]))
    place = url("enter_self_check", program.community, program.pk)
    sheet = {"whose": "Uma 3", "channel": "paper", "round": "1", **dict.fromkeys(self_check.KEYS, "4")}

    page = cora.post(place, sheet, follow=True)

    assert page.request["PATH_INFO"] == place
    kept = SelfCheck.objects.get()
    assert (kept.membership, kept.total, kept.channel) == (sides["uses"][3], 80, "paper")


@pytest.mark.parametrize("name", ["looking_back", "self_check_results", "say", "inputs", "board", "barriers"])
def test_reading_costs_no_more_with_more_rows(name, django_assert_max_num_queries):
    program, sides = running()
    for side, members in sides.items():
        answered(program, members, side, 4)
        for member in members:
            raised(program, member, side)
            gave(program, member, side)
    client = browser_of(sides["uses"][0])
    place = url(name, program.community, program.pk)

    with django_assert_max_num_queries(30):
        assert client.get(place).status_code == 200
