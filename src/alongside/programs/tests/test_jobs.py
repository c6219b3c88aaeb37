"""Jobs and committees: seats are offered, asked for, chosen and given up; terms end, and terms running are counted."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import Activity, UndoOffer
from alongside.notices.models import Notice
from alongside.people.models import Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions, departures_jobs, tasks
from alongside.programs.models import JobTerm
from alongside.programs.rules import jobs as rules
from alongside.programs.rules.blueprint import read
from alongside.programs.rules.faults import DoesNotFit
from alongside.programs.serving import Turn, carry_out, preview, sections
from alongside.programs.tests.job_scenes import JOBS, again, blueprint_text, nursery, offers, seated
from alongside.programs.tests.scenes import NOON, in_it

pytestmark = pytest.mark.django_db
A_YEAR = timedelta(days=366)


def states(program):
    return {(str(row.membership.person), row.job): row.state for row in JobTerm.objects.on(program).with_people()}


def test_whoever_offers_has_the_seat_where_nobody_has_to_choose():
    program, (ada,) = nursery("Ada")

    term = offers(program, ada)

    assert (term.state, term.seat, term.number, term.how) == ("held", 1, 1, "offering")
    assert (term.starts_on, term.ends_on) == (date(2026, 3, 3), date(2027, 3, 2))


def test_a_seat_that_a_vote_fills_waits_for_the_vote():
    program, (ada,) = nursery("Ada")

    term = offers(program, ada, "board")
    assert (term.state, term.seat) == ("offered", None)
    told = {"how": "vote", "where": "Annual meeting"}
    with pytest.raises(actions.OwnChoice):
        actions.choose_for_job(term=term, by=ada.person, at=NOON, **told)
    actions.choose_for_job(term=term, by=program.made_by.person, at=NOON, **told)

    term.refresh_from_db()
    assert (term.state, term.seat, term.how, term.chosen_where) == ("held", 1, "vote", "Annual meeting")


def test_a_seat_that_is_taken_is_taken():
    program, (ada, ben) = nursery("Ada", "Ben")
    offers(program, ada)

    with pytest.raises(actions.SeatsTaken) as refusal:
        offers(program, ben)
    with pytest.raises(actions.SaidAlready):
        offers(program, ada)

    assert refusal.value.most == 1
    assert states(program) == {("Ada", "treasurer"): "held"}


def test_a_job_is_for_the_people_of_its_side_and_role_alone():
    program, (ada,) = nursery("Ada")
    teacher = person_in(program.community, "Tess", roles=[Role.PROFESSIONAL])
    stranger = person_in(program.community, "Sten")
    in_it(program, [teacher])

    for member, job in ((teacher, "treasurer"), (stranger, "garden"), (ada, "carer")):
        with pytest.raises(actions.MayNotHold):
            offers(program, member, job)
    with pytest.raises(actions.NoSuchJob):
        offers(program, ada, "king")

    assert offers(program, teacher, "garden").state == "held"


def test_a_role_that_asks_for_checks_asks_for_them_here_too():
    program, _parents = nursery("Ada")
    leader = person_in(program.community, "Lena", roles=[Role.PEER_LEADER])
    in_it(program, [leader])

    with pytest.raises(actions.JobNeedsChecks) as refusal:
        offers(program, leader, "carer")

    assert refusal.value.what == ["Reference", "Background check"]


def test_somebody_is_asked_and_says_yes_or_no():
    program, (ada, ben, cleo) = nursery("Ada", "Ben", "Cleo")

    def asks(member):
        asked = actions.ask_to_do(
            program=program, job="garden", membership=member, asked_by=ada, by=ada.person, at=NOON
        )
        return again(asked, program)

    stranger = person_in(program.community, "Sten")
    with pytest.raises(actions.NotOfThisProgram):
        actions.ask_to_do(program=program, job="garden", membership=ben, asked_by=stranger, by=stranger.person, at=NOON)
    yes, no = asks(ben), asks(cleo)
    assert Notice.objects.filter(person=ben.person, kind="programs.jobs").count() == 1
    actions.accept_job(term=yes, by=ben.person, at=NOON)
    actions.decline_job(term=no, by=cleo.person, at=NOON)

    assert states(program) == {("Ben", "garden"): "held"}


def test_what_was_just_said_can_be_taken_back():
    program, (ada,) = nursery("Ada")

    def undone(person):
        offer = UndoOffer.objects.filter(by_id=person.pk).latest("id")
        undo.perform(id=offer.pk, by=person.pk, at=NOON)

    term = offers(program, ada)
    undone(ada.person)
    assert states(program) == {}

    term = offers(program, ada)
    actions.step_down(term=term, by=ada.person, at=NOON)
    undone(ada.person)
    term.refresh_from_db()
    assert (term.state, term.seat, term.over_on, term.over_why) == ("held", 1, None, "")


def test_a_seat_is_not_had_back_once_somebody_else_has_it():
    program, (ada, ben) = nursery("Ada", "Ben")
    actions.step_down(term=offers(program, ada), by=ada.person, at=NOON)
    offers(program, ben)
    offer = UndoOffer.objects.filter(by_id=ada.person.pk).latest("id")

    with pytest.raises(SomeoneElseWasFaster):
        undo.perform(id=offer.pk, by=ada.person.pk, at=NOON)

    assert states(program) == {("Ada", "treasurer"): "over", ("Ben", "treasurer"): "held"}


def test_terms_end_by_themselves_after_people_were_told_once():
    program, (ada,) = nursery("Ada")
    term = offers(program, ada)
    eight_weeks_before = NOON + timedelta(days=364 - 56)

    assert tasks.end_terms(eight_weeks_before - timedelta(days=1)) == "0 over, 0 told"
    assert tasks.end_terms(eight_weeks_before) == "0 over, 1 told"
    assert tasks.end_terms(eight_weeks_before) == "0 over, 0 told"
    assert tasks.end_terms(NOON + timedelta(days=364)) == "0 over, 0 told"
    assert tasks.end_terms(NOON + timedelta(days=365)) == "1 over, 0 told"

    term.refresh_from_db()
    assert (term.state, term.over_on, term.over_why) == ("over", date(2027, 3, 3), "term")
    assert Notice.objects.filter(person=ada.person, kind="programs.jobs").count() == 2


def test_after_two_terms_running_somebody_pauses_for_a_whole_term():
    program, (ada,) = nursery("Ada")
    begins = NOON
    for number in (1, 2):
        assert offers(program, ada, at=begins).number == number
        begins = begins + A_YEAR
        actions.end_terms(at=begins)

    with pytest.raises(actions.EnoughTerms):
        offers(program, ada, at=begins)
    with pytest.raises(actions.EnoughTerms):
        offers(program, ada, at=begins + timedelta(days=363))

    assert offers(program, ada, at=begins + A_YEAR).number == 1


def test_whoever_leaves_the_program_has_no_seat_any_more():
    program, (ada,) = nursery("Ada")
    actions.enrol(program=program, membership=ada, by=ada.person, at=NOON)
    offers(program, ada)
    offers(program, ada, "board")

    actions.leave(program=program, membership=ada, by=ada.person, at=NOON)

    assert states(program) == {("Ada", "treasurer"): "over"}
    assert Activity.objects.get(did="programs.job_term_over").by_id == ada.person_id


def test_a_job_that_the_design_has_no_more_is_over_and_the_others_go_on():
    program, (ada, ben) = nursery("Ada", "Ben")
    seat = offers(program, ada)
    offers(program, ben, "garden")
    before = program.versions.get().design
    jobs = {key: job for key, job in before["jobs"]["list"].items() if key != "treasurer"}
    turn = Turn(program, before, {**before, "jobs": {"list": jobs}}, None, NOON)

    assert [effect.words for effect in preview(turn)] == ["1 person no longer has a job."]
    assert states(program)[("Ada", "treasurer")] == "held"
    carry_out(turn)

    assert states(program) == {("Ada", "treasurer"): "over", ("Ben", "garden"): "held"}
    told = Notice.objects.get(person=ada.person, kind="programs.jobs")
    assert told.body == "Treasurer: your term is over. Thank you for all you did."
    assert Activity.objects.get(did="programs.job_term_over").about_id == seat.pk


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("least = 5", "least = 8", "jobs.list.board.least"),
        ('side = "people"', 'side = "funders"', "jobs.list.treasurer.side"),
        ('role = "carer"', 'role = "queen"', "jobs.list.carer.role"),
        ('term = "1 year"\n', "", "jobs.list.treasurer.term"),
        ('quorum = "1/2"\n', "", "jobs.list.board.quorum"),
        ('quorum = "1/2"', 'quorum = "some"', "jobs.list.board.quorum"),
        ("least = 2", 'least = 2\nquorum = "2"', "jobs.list.garden.quorum"),
    ],
)
def test_a_job_that_cannot_be_is_told_with_its_place(old, new, where):
    assert old in JOBS

    with pytest.raises(DoesNotFit) as refusal:
        read(blueprint_text(JOBS.replace(old, new)), sections())

    assert [fault.where for fault in refusal.value.faults] == [where]


@pytest.mark.parametrize(
    ("quorum", "holders", "needed"),
    [("1/2", 7, 4), ("1/2", 6, 3), ("more than half", 6, 4), ("2/3", 7, 5), ("4", 3, 4), ("1/4", 0, 1), ("50%", 5, 3)],
)
def test_a_quorum_is_a_share_rounded_up_or_a_number(quorum, holders, needed):
    assert rules.needed(quorum, holders) == needed


@given(st.lists(st.integers(1, 12), max_size=12), st.integers(1, 12))
def test_the_free_seat_is_the_lowest_that_nobody_has(taken, most):
    seat = rules.free_seat(set(taken), most)

    assert (seat is None) == (set(range(1, most + 1)) <= set(taken))
    assert seat is None or (seat not in taken and set(range(1, seat)) <= set(taken))


@pytest.mark.both_databases
def test_the_database_gives_a_seat_to_one_and_one_open_term_of_a_job_to_each():
    program, (ada, ben) = nursery("Ada", "Ben")
    term = offers(program, ada)
    copy = {
        "community": program.community, "program": program, "job": "treasurer", "state": "held", "how": "offering",
        "number": 1, "starts_on": NOON.date(), "keyed_by": ben.person, "at": NOON,
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        JobTerm.objects.create(membership=ben, seat=1, **copy)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobTerm.objects.create(membership=ada, seat=2, **copy)

    assert list(JobTerm.objects.on(program)) == [term]


@pytest.mark.both_databases
def test_of_ten_who_want_the_last_seat_at_once_one_has_it(committed_db):
    program, parents = nursery(*(f"Parent {n}" for n in range(10)))
    said = []

    def wants(member):
        try:
            offers(program, member)
            said.append("has it")
        except actions.SeatsTaken:
            said.append("taken")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=wants, args=[member]) for member in parents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["has it"] + ["taken"] * 9
    assert JobTerm.objects.on(program).held().count() == 1


def test_a_board_is_filled_seat_by_seat():
    program, parents = nursery(*(f"Parent {n}" for n in range(8)))
    seated(program, parents[:7])

    with pytest.raises(actions.SeatsTaken):
        seated(program, parents[7:])

    assert sorted(JobTerm.objects.on(program).held().values_list("seat", flat=True)) == list(range(1, 8))


def test_whoever_leaves_the_community_leaves_their_seats_and_takes_along_what_they_had():
    program, (ada, ben) = nursery("Ada", "Ben")
    offers(program, ada)
    asked = actions.ask_to_do(program=program, job="garden", membership=ben, asked_by=ada, by=ada.person, at=NOON)

    told = departures_jobs.export(ada.person)
    departures_jobs.leave(ada, by=ada.person, at=NOON)

    assert [(row["job"], row["state"]) for row in told["programs_jobs"]] == [("treasurer", "held")]
    assert told["programs_jobs_asked_others"] == [{"program": "Nursery", "job": "garden"}]
    assert states(program) == {("Ada", "treasurer"): "over"}
    assert not JobTerm.objects.filter(pk=asked.pk).exists()


def test_two_records_of_one_person_have_one_open_row_of_a_job():
    program, (ada, twin) = nursery("Ada", "Ada twice")
    kept, dropped = offers(program, ada, "board"), offers(program, twin, "board")
    garden = offers(program, twin, "garden")

    departures_jobs.merge(kept=ada, dropped=twin, by=ada.person, at=NOON)

    rows = JobTerm.objects.filter(membership=ada)
    assert set(rows) == {kept, garden}
    assert not JobTerm.objects.filter(pk=dropped.pk).exists()
