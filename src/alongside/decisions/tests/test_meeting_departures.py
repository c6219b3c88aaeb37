"""What stays of meetings when somebody exports, leaves, is erased or merged."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.decisions import actions
from alongside.decisions.departures import meetings as departures
from alongside.decisions.models import Attendance, Coming, Correction, MinutesApproval, Passage, Undertaking
from alongside.decisions.tests.meetings import END, NOON, approve, corrected, over, put_forward, scene, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=4, provides=2)


def undertaken(meeting, cora, owner):
    day = meeting.community.day_of(END) + timedelta(days=7)
    return actions.undertake(
        meeting=meeting, membership=cora, what="Buy lamps", owner=owner, due_on=day, by=cora.person, at=END, key=uuid4()
    )


def test_the_file_of_everything_holds_what_somebody_brought_wrote_and_took_on(place):
    meeting, _item, cora = over(place)
    ana, ben = place.everybody[:2]
    undertaken(meeting, cora, ana)

    hers, his = (json.dumps(departures.export(one.person)) for one in (ana, ben))

    for words in ("Kitchen meeting", "More light", "It is dark.", "Buy lamps"):
        assert words in hers
    assert "Kitchen meeting" in his
    assert "It is dark." not in his


def test_who_is_erased_leaves_the_record_and_no_words_of_their_own_about_themself(place):
    meeting, _item, cora = over(place)
    ana = place.everybody[0]
    undertaken(meeting, cora, ana)
    Coming.objects.create(
        community=place.town, meeting=meeting, membership=ana, comes=True, needs="A lift", keyed_by=ana.person, at=NOON
    )
    actions.put_minutes_forward(meeting=meeting, by=cora.person, at=END)
    corrected(meeting, ana)

    departures.erase(ana.person, by=None, at=END)

    assert not Coming.objects.exists()
    assert (Correction.objects.get().words, Correction.objects.get().words_erased_at) == ("", END)
    assert (Undertaking.objects.get().owner, Undertaking.objects.get().state) == (None, "declined")
    assert Passage.objects.count() == 1
    assert Attendance.objects.filter(membership=ana).exists()


def test_what_a_leaver_took_on_waits_for_somebody_else(place):
    meeting, _item, cora = over(place)
    made = undertaken(meeting, cora, place.everybody[0])

    departures.leave(place.everybody[0], by=None, at=END)

    made.refresh_from_db()
    assert (made.owner, made.state) == (None, "declined")


def test_two_records_of_one_person_become_one_and_approved_minutes_stay(place):
    meeting, _item, cora = put_forward(place, uses=2, provides=1)
    ana, twin = place.sides["uses"][:2]
    pia = place.sides["provides"][0]
    approve(meeting, [ana, twin, pia])
    assert state_of(meeting) == "approved"

    departures.merge(kept=ana, dropped=twin, by=cora.person, at=END)

    assert state_of(meeting) == "approved"
    assert MinutesApproval.objects.count() == 3


def test_two_records_of_one_person_sit_once_while_the_minutes_are_written(place):
    meeting, _item, cora = over(place)
    ana, twin = place.sides["uses"][:2]
    departures.merge(kept=ana, dropped=twin, by=cora.person, at=END)
    stranger = place.sides["uses"][3]
    departures.merge(kept=stranger, dropped=ana, by=cora.person, at=END)

    seats = Attendance.objects.filter(meeting=meeting, side="uses")
    assert list(seats.values_list("membership", flat=True)) == [stranger.pk]
    assert Passage.objects.get().membership == stranger
