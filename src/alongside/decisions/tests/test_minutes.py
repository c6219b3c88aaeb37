"""Minutes: written together, approved by every side that was there, and then they never change."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.decisions import actions
from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Correction,
    Minutes,
    MinutesApproval,
    Passage,
    Undertaking,
)
from alongside.decisions.rules.minutes import Heard, approved, planned
from alongside.decisions.tests.meetings import (
    END,
    NOON,
    START,
    approve,
    brought,
    called,
    corrected,
    over,
    put_forward,
    scene,
    seated,
    state_of,
    wrote,
)
from alongside.kernel import undo
from alongside.kernel.errors import SomeoneElseWasFaster
from alongside.kernel.models import UndoOffer
from alongside.notices.models import Notice
from alongside.people.tests.factories import community, coordinator_in, person_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=5, provides=3)


def letters(kind="decisions.minutes"):
    return Notice.objects.filter(kind=kind)


# The rule


@pytest.mark.parametrize(
    ("there", "approve", "correct", "enough"),
    [
        (4, 2, 0, True), (4, 1, 0, False), (5, 2, 0, False), (5, 3, 2, True), (4, 2, 2, False), (1, 1, 0, True),
        (1, 0, 0, False), (2, 1, 0, True), (2, 1, 1, False),
    ],
)  # fmt: skip
def test_a_side_approves_with_half_of_who_was_there_and_more_than_those_who_would_correct(
    there, approve, correct, enough
):
    assert Heard(there, approve, correct).enough is enough


def test_minutes_need_every_side_that_was_there_and_no_open_correction_and_somebody_at_all():
    both = {"uses": Heard(2, 2), "provides": Heard(1, 1)}
    assert approved(both, corrections_open=0)
    assert not approved(both, corrections_open=1)
    assert not approved({**both, "keeps": Heard(1, 0)}, corrections_open=0)
    assert approved({**both, "keeps": Heard(0, 0)}, corrections_open=0)
    assert not approved({}, corrections_open=0)


def test_one_approval_more_never_undoes_that_a_side_approves():
    for there in range(1, 12):
        for yes in range(there):
            for no in range(there - yes):
                if Heard(there, yes, no).enough:
                    assert Heard(there, yes + 1, no).enough


def test_an_agenda_longer_than_its_meeting_says_by_how_much():
    assert (planned([40, 30], length=60).over, planned([40, 30], length=60).is_too_long) == (10, True)
    assert not planned([40, 20], length=60).is_too_long


# Writing


def test_every_state_of_a_passage_is_kept_and_the_second_of_two_writers_loses_nothing(place):
    _meeting, item, _cora = over(place)
    wrote(item, place.everybody[1], "It is dark in the hall.", number=1)

    with pytest.raises(SomeoneElseWasFaster):
        wrote(item, place.everybody[0], "We need lamps.", number=1)

    states = Passage.objects.filter(item=item).order_by("number")
    assert [one.said for one in states] == ["It is dark.", "It is dark in the hall."]


def test_a_state_never_changes_by_whatever_way(place):
    over(place)
    for change in (
        lambda: Passage.objects.update(said="It is bright."),
        lambda: Passage.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_minutes_are_put_forward_once_the_meeting_is_over_everything_is_settled_and_somebody_was_there(place):
    cora = coordinator_in(place.town)
    meeting = called(cora)
    item, left = brought(meeting, place.everybody[0]), brought(meeting, place.everybody[0], "The garden")

    def forward():
        return actions.put_minutes_forward(meeting=meeting, by=cora.person, at=END)

    with pytest.raises(actions.MeetingGoesOn):
        forward()
    actions.take_item(item=item, by=cora.person, at=START)
    actions.end_meeting(meeting=meeting, by=cora.person, at=END)
    with pytest.raises(actions.ItemsWait):
        forward()
    actions.drop_item(item=left, why="Later.", by=cora.person, at=END)
    with pytest.raises(actions.NothingWritten):
        forward()
    wrote(item, cora)
    with pytest.raises(actions.NobodyThere):
        forward()
    seated(meeting, place, at=END)

    assert forward().revision == 1
    with pytest.raises(SomeoneElseWasFaster):
        forward()
    with pytest.raises(actions.MinutesStand):
        wrote(item, cora, number=1)
    with pytest.raises(actions.MinutesStand):
        actions.keep_attendance(meeting=meeting, came={}, gone=[place.everybody[0]], by=cora.person, at=END)


# Approving


def test_minutes_stand_once_both_sides_approve_and_all_had_time_to_read_and_who_was_there_is_told(place):
    meeting, _item, _cora = put_forward(place)
    uses, provides = place.sides["uses"], place.sides["provides"]

    approve(meeting, uses[:2])
    assert state_of(meeting) == "put_forward"
    approve(meeting, provides[:1])
    # The other one of that side still has time to read.
    assert state_of(meeting) == "put_forward"
    assert actions.let_minutes_stand(at=END + timedelta(days=2)) == 0
    assert actions.let_minutes_stand(at=END + timedelta(days=3)) == 1
    assert actions.let_minutes_stand(at=END + timedelta(days=4)) == 0

    assert state_of(meeting) == "approved"
    told = letters().filter(key__startswith="minutes-approved")
    assert set(told.values_list("person", flat=True)) == {one.person_id for one in [*uses[:2], *provides[:2]]}


def test_who_was_not_there_approves_nothing_and_corrects_nothing(place):
    meeting, _item, cora = put_forward(place)
    stranger = person_in(community("Elsewhere"), "Eve")

    for member in (place.sides["uses"][4], cora, stranger):
        with pytest.raises(actions.NotThere):
            approve(meeting, [member])
        with pytest.raises(actions.NotThere):
            corrected(meeting, member)
    with pytest.raises(IntegrityError), transaction.atomic():
        MinutesApproval.objects.create(
            community=place.town, meeting=meeting, revision=1, membership=place.sides["uses"][4], side="uses",
            keyed_by=cora.person, at=END,
        )  # fmt: skip


def test_a_second_approval_of_one_person_counts_once(place):
    meeting, _item, _cora = put_forward(place, uses=4)
    approve(meeting, [place.sides["uses"][0]] * 2 + place.sides["provides"][:2])

    assert MinutesApproval.objects.filter(membership=place.sides["uses"][0]).count() == 1
    assert state_of(meeting) == "put_forward"


def test_an_approval_can_be_taken_back_for_ten_seconds_but_not_the_last_one(place):
    meeting, _item, _cora = put_forward(place, uses=1, provides=1)
    ana, pia = place.sides["uses"][0], place.sides["provides"][0]
    approve(meeting, [ana])
    offer = UndoOffer.objects.get(act="decisions.approve_minutes")
    undo.perform(id=offer.pk, by=ana.person_id, at=END + timedelta(seconds=3))
    assert not MinutesApproval.objects.exists()

    approve(meeting, [ana, pia])

    assert state_of(meeting) == "approved"
    assert UndoOffer.objects.filter(act="decisions.approve_minutes").count() == 2


def test_somebody_approves_on_paper_through_a_coordinator(place):
    meeting, _item, cora = put_forward(place)
    ana = place.sides["uses"][0]
    actions.approve_minutes(
        meeting=meeting, membership=ana, revision=1, by=cora.person, at=END, on_behalf_of=ana.person, channel="paper"
    )

    given = MinutesApproval.objects.get()
    assert (given.membership, given.keyed_by, given.channel) == (ana, cora.person, "paper")


def test_a_correction_holds_the_minutes_up_until_it_is_answered(place):
    meeting, _item, cora = put_forward(place)
    ana, ben = place.sides["uses"][:2]
    approve(meeting, [ana, *place.sides["provides"][:2]])
    asked = corrected(meeting, ben)
    assert state_of(meeting) == "put_forward"

    with pytest.raises(actions.ReasonMissing):
        actions.answer_correction(correction=asked, membership=cora, take_up=False, answer="", by=cora.person, at=END)
    actions.answer_correction(
        correction=asked, membership=cora, take_up=False, answer="The lamps were off.", by=cora.person, at=END
    )

    # One of two approves and one would correct: that is not more than half of those who have answered.
    assert state_of(meeting) == "put_forward"
    approve(meeting, [ben])
    assert state_of(meeting) == "approved"
    assert "The lamps were off." in letters().get(person=ben.person, key=f"correction-answered:{asked.pk}").body


def test_a_correction_that_is_taken_up_makes_new_words_and_approvals_begin_anew(place):
    meeting, item, cora = put_forward(place)
    approve(meeting, [place.sides["uses"][0], *place.sides["provides"][:2]])
    asked = corrected(meeting, place.sides["uses"][1])
    actions.answer_correction(correction=asked, membership=cora, take_up=True, answer="", by=cora.person, at=END)
    assert state_of(meeting) == "writing"
    wrote(item, cora, "It is dark after five.", number=1)

    minutes = actions.put_minutes_forward(meeting=meeting, by=cora.person, at=END)

    assert minutes.revision == 2
    with pytest.raises(SomeoneElseWasFaster):
        approve(meeting, [place.sides["uses"][0]], revision=1)
    approve(meeting, [place.sides["uses"][0]], revision=2)
    assert state_of(meeting) == "put_forward"
    approve(meeting, [*place.sides["uses"][:2], *place.sides["provides"][:2]], revision=2)
    assert state_of(meeting) == "approved"


def test_asking_for_a_correction_takes_ones_own_approval_away_and_can_be_taken_back(place):
    meeting, _item, cora = put_forward(place)
    ana = place.sides["uses"][0]
    approve(meeting, [ana])
    corrected(meeting, ana)
    assert not MinutesApproval.objects.exists()
    assert letters().filter(person=cora.person, key__startswith="correction:").exists()

    offer = UndoOffer.objects.get(act="decisions.ask_correction")
    undo.perform(id=offer.pk, by=ana.person_id, at=END + timedelta(seconds=3))

    assert not Correction.objects.exists()
    assert not letters().filter(person=cora.person, key__startswith="correction:").exists()


def test_corrections_that_wait_are_answered_before_the_minutes_are_put_forward_anew(place):
    meeting, _item, cora = put_forward(place)
    first, _second = (corrected(meeting, member) for member in place.sides["uses"][:2])
    actions.answer_correction(correction=first, membership=cora, take_up=True, answer="", by=cora.person, at=END)

    with pytest.raises(actions.CorrectionsWait):
        actions.put_minutes_forward(meeting=meeting, by=cora.person, at=END)


def test_approved_minutes_never_change_by_whatever_way(place):
    meeting, item, cora = put_forward(place, uses=1, provides=1)
    approve(meeting, [place.sides["uses"][0], place.sides["provides"][0]])
    made = {"community": place.town, "keyed_by": cora.person, "at": END}
    third = place.sides["uses"][2]

    attempts = [
        lambda: Minutes.objects.update(state="writing", approved_at=None),
        lambda: Minutes.objects.all()._raw_delete("default"),
        lambda: Passage.objects.create(item=item, number=2, said="No.", membership=cora, **made),
        lambda: Attendance.objects.create(meeting=meeting, membership=third, side="uses", **made),
        lambda: Attendance.objects.update(side="keeps"),
        lambda: Attendance.objects.all()._raw_delete("default"),
        lambda: AgendaItem.objects.update(title="Less light"),
        lambda: AgendaItem.objects.update(state="stands"),
        lambda: MinutesApproval.objects.all()._raw_delete("default"),
        lambda: type(meeting).objects.update(title="Another meeting"),
        lambda: type(meeting).objects.update(visitors=9),
        lambda: Correction.objects.create(
            meeting=meeting, revision=1, membership=third, side="uses", words="x", key=uuid4(), **made
        ),
    ]
    for attempt in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    with pytest.raises(SomeoneElseWasFaster):
        approve(meeting, [place.sides["uses"][0]])


def test_minutes_are_not_approved_by_the_database_while_a_side_is_silent(place):
    meeting, _item, _cora = put_forward(place)
    approve(meeting, place.sides["uses"][:2])

    with pytest.raises(IntegrityError), transaction.atomic():
        Minutes.objects.update(state="approved", approved_at=END)


def test_a_row_of_the_minutes_is_not_put_in_the_place_of_another(place):
    over(place)
    insert = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"{insert} INTO decisions_passage (id, number, said, agreed, at, community_id, item_id, keyed_by_id,"
            " membership_id) SELECT id, number, 'No.', agreed, at, community_id, item_id, keyed_by_id, membership_id"
            " FROM decisions_passage"
        )


# What people take on


def undertaken(meeting, cora, owner, **terms):
    day = meeting.community.day_of(END) + timedelta(days=7)
    given = {"what": "Buy lamps", "due_on": day, "by": cora.person, "at": END, "key": uuid4(), **terms}
    return actions.undertake(meeting=meeting, membership=cora, owner=owner, **given)


def test_who_was_there_has_taken_it_on_and_who_was_not_is_asked(place):
    meeting, _item, cora = over(place)
    there, absent = place.sides["uses"][0], place.sides["uses"][4]

    assert undertaken(meeting, cora, there).state == "taken"
    asked = undertaken(meeting, cora, absent)

    assert asked.state == "asked"
    assert "yes or no" in letters("decisions.undertaking").get(person=absent.person).body
    with pytest.raises(actions.NotAsked):
        actions.answer_undertaking(undertaking=asked, membership=there, yes=True, by=there.person, at=END)
    actions.answer_undertaking(undertaking=asked, membership=absent, yes=False, by=absent.person, at=END)
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == ("declined", None)
    actions.pass_on(undertaking=asked, membership=cora, owner=there, due_on=asked.due_on, by=cora.person, at=END)
    asked.refresh_from_db()
    assert (asked.state, asked.owner) == ("taken", there)


def test_nobody_from_elsewhere_is_asked(place):
    meeting, _item, cora = over(place)
    with pytest.raises(actions.NotInvited):
        undertaken(meeting, cora, person_in(community("Elsewhere"), "Eve"))


def test_what_is_not_done_says_why_and_done_can_be_taken_back_for_ten_seconds(place):
    meeting, _item, cora = over(place)
    ana = place.sides["uses"][0]
    made = undertaken(meeting, cora, ana)
    with pytest.raises(actions.ReasonMissing):
        actions.end_undertaking(undertaking=made, done=False, word="", by=ana.person, at=END)

    actions.end_undertaking(undertaking=made, done=True, word="Four lamps.", by=ana.person, at=END)
    with pytest.raises(SomeoneElseWasFaster):
        actions.end_undertaking(undertaking=made, done=True, word="", by=ana.person, at=END)
    undo.perform(id=UndoOffer.objects.get(act="decisions.end_undertaking").pk, by=ana.person_id, at=END)

    assert Undertaking.objects.get().state == "taken"


def test_nothing_is_written_before_the_meeting(place):
    cora = coordinator_in(place.town)
    item = brought(called(cora), place.everybody[0])
    with pytest.raises(actions.NotYetBegun):
        wrote(item, cora, at=NOON)
