"""The pages of meetings: called, run from a telephone, written down, approved, and decided in; by those who may."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.decisions import actions
from alongside.decisions.command import main as count_command
from alongside.decisions.models import (
    AgendaItem,
    Attendance,
    Coming,
    Correction,
    Decision,
    HandVote,
    Meeting,
    MinutesApproval,
    Passage,
    Undertaking,
)
from alongside.decisions.needs import needs_of
from alongside.decisions.tests.meetings import brought, called, raised, scene, seated, wrote
from alongside.kernel.clock import now, today
from alongside.people import actions as people
from alongside.people.models import BodyMember, Group, Role
from alongside.people.tests.factories import browser_of, coordinator_in, person_in, standing_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return scene(uses=4, provides=2)


@pytest.fixture
def cora(place):
    return coordinator_in(place.town)


@pytest.fixture
def meeting(cora):
    """One that begins in half an hour and was called ten days ago."""
    return called(cora, at=now() - timedelta(days=10), starts_at=now() + timedelta(minutes=30))


def address(name, thing):
    return reverse(f"decisions:{name}", args=[thing.community.slug, thing.pk])


def page(member, name, thing, **more):
    return browser_of(member).get(address(name, thing), **more).content.decode()


def waiting(member):
    return [one.title for one in needs_of(standing_for(member, on=today()))]


def gone_on(place, cora, meeting):
    """Something was talked about and written down by the first who uses it; two of each side are there."""
    item = brought(meeting, place.everybody[0], at=now() - timedelta(days=9))
    seated(meeting, place, at=now())
    actions.take_item(item=item, by=cora.person, at=now())
    wrote(item, place.everybody[0], at=now())
    return item


def put_forward(place, cora, meeting):
    item = gone_on(place, cora, meeting)
    actions.end_meeting(meeting=meeting, by=cora.person, at=now())
    actions.put_minutes_forward(meeting=meeting, by=cora.person, at=now())
    return item


def test_a_coordinator_calls_a_meeting_and_it_waits_for_everybodys_word(place, cora):
    browser, form = browser_of(cora), reverse("decisions:call_meeting", args=[place.town.slug])
    first = browser.get(form).context["form"].initial
    sent = {
        "title": "Kitchen meeting", "day": first["day"].isoformat(), "time": "14:30", "minutes": "1:30",
        "place": "The hall", "one": "uses", "other": "provides", "least_each_side": "2", "key": str(first["key"]),
    }  # fmt: skip
    assert "Choose two different sides" in browser.post(form, {**sent, "other": "uses"}).content.decode()

    answer = browser.post(form, sent)

    made = Meeting.objects.get()
    assert answer["Location"] == address("meeting", made)
    assert (made.minutes, made.least_each_side, made.sides) == (90, 2, ["uses", "provides"])
    assert "Kitchen meeting" in waiting(place.everybody[0])
    assert "Kitchen meeting" in browser.get(reverse("decisions:home", args=[place.town.slug])).content.decode()


def test_the_page_says_honestly_when_the_agenda_is_too_long(place, meeting):
    brought(meeting, place.everybody[0], wanted=70, at=now())
    text = page(place.everybody[0], "meeting", meeting)

    assert "70 of 60 minutes planned." in text
    assert "10 minutes too many" in text


def test_somebody_brings_a_matter_and_a_coordinator_one_that_was_phoned_in(place, cora, meeting):
    ana = place.everybody[0]
    for member, more in ((ana, {}), (cora, {"whose": "Uma 1", "channel": "phone"})):
        browser = browser_of(member)
        key = browser.get(address("bring_item", meeting)).context["form"].initial["key"]
        browser.post(
            address("bring_item", meeting), {"title": "Light", "wanted": "10", "key": str(key), "about": "", **more}
        )

    rows = AgendaItem.objects.order_by("at")
    assert [(one.brought_by, one.channel) for one in rows] == [(ana, "web"), (place.everybody[1], "phone")]


def test_what_is_to_be_decided_names_its_proposal(place, meeting):
    ana = place.everybody[0]
    browser = browser_of(ana)
    key = str(browser.get(address("bring_item", meeting)).context["form"].initial["key"])
    sent = {"title": "Sundays", "wanted": "10", "key": key, "decides": "on", "about": ""}
    refused = browser.post(address("bring_item", meeting), sent)
    assert "Choose the proposal" in refused.content.decode()

    browser.post(address("bring_item", meeting), {**sent, "about": f"p{place.proposal.pk}"})

    assert AgendaItem.objects.get().kind == "decide"


def test_a_meeting_of_a_group_is_hidden_from_others_and_open_to_its_people(place, cora):
    ana, ben = place.everybody[:2]
    group = Group.objects.create(community=place.town, name="Gardeners", made_at=now())
    BodyMember.objects.create(
        community=place.town, membership=ana, group=group, part=BodyMember.Part.BELONGS, since=today()
    )
    of_group = called(cora, group=group, at=now(), starts_at=now() + timedelta(minutes=30))

    listed = reverse("decisions:meetings", args=[place.town.slug])
    assert "Kitchen meeting" in browser_of(ana).get(listed).content.decode()
    assert "Kitchen meeting" not in browser_of(ben).get(listed).content.decode()
    assert "Kitchen meeting" in waiting(ana)
    # Who keeps the books may read it, and is not asked to come.
    assert "Kitchen meeting" not in waiting(ben) + waiting(cora)
    for name in ("meeting", "minutes", "run_meeting", "agenda_on_paper", "bring_item", "coming"):
        assert browser_of(ana).get(address(name, of_group)).status_code == 200
        assert browser_of(ben).get(address(name, of_group)).status_code == 403
    item = brought(of_group, ana, at=now())
    for name in ("write_minutes", "passage_states"):
        assert browser_of(ben).get(address(name, item)).status_code == 403


def test_who_reads_figures_alone_sees_no_meetings(place, meeting):
    funder = person_in(place.town, "Graham", roles=[Role.COMMISSIONER])
    assert (
        "Kitchen meeting"
        not in browser_of(funder).get(reverse("decisions:home", args=[place.town.slug])).content.decode()
    )
    assert browser_of(funder).get(address("meeting", meeting)).status_code == 403


def test_what_somebody_needs_is_read_by_facilitators_alone(place, cora, meeting):
    ana, ben = place.everybody[:2]
    browser_of(ana).post(address("coming", meeting), {"comes": "yes", "needs": "A sign interpreter"})

    assert Coming.objects.get().comes
    assert "A sign interpreter" in page(cora, "meeting", meeting)
    assert "A sign interpreter" not in page(ben, "meeting", meeting)
    assert "Kitchen meeting" not in waiting(ana)


def test_ticks_are_saved_and_those_made_meanwhile_stay(place, cora, meeting):
    browser = browser_of(cora)
    form = browser.get(address("attendance", meeting)).context["form"]
    uses, provides = place.sides["uses"], place.sides["provides"]
    seated(meeting, place, uses=1, provides=0, at=now())
    sent = {
        "visitors": "2",
        "was": form.initial["was"],
        f"there_{provides[0].pk}": "on",
        f"way_{provides[0].pk}": "phone",
    }

    browser.post(address("attendance", meeting), sent)

    assert set(Attendance.objects.values_list("membership", "side", "way")) == {
        (uses[0].pk, "uses", "room"), (provides[0].pk, "provides", "phone"),
    }  # fmt: skip
    refused = browser.post(address("attendance", meeting), {**sent, f"there_{cora.pk}": "on"})
    assert "Say for which side Cora was there." in refused.content.decode()


def test_the_telephone_shows_the_minutes_left_and_refreshes_a_part_of_itself(place, cora, meeting):
    item = brought(meeting, place.everybody[0], wanted=20, at=now())
    assert "Begin:" in page(cora, "run_meeting", meeting)
    assert "Begin:" not in page(place.everybody[0], "run_meeting", meeting)

    browser_of(cora).post(address("take_item", item))

    AgendaItem.objects.update(began_at=now() - timedelta(minutes=5))
    text = page(place.everybody[0], "run_meeting", meeting, headers={"HX-Request": "true"})
    assert "15 minutes left" in text
    assert "<html" not in text
    AgendaItem.objects.update(began_at=now() - timedelta(minutes=22, seconds=30))
    assert "3 minutes over its time" in page(place.everybody[0], "run_meeting", meeting)


def test_a_meeting_that_was_ended_by_a_slip_of_the_finger_goes_on_where_it_was(place, cora, meeting):
    item = brought(meeting, place.everybody[0], wanted=20, at=now())
    browser_of(cora).post(address("take_item", item))
    began = AgendaItem.objects.get(pk=item.pk).began_at
    browser = browser_of(cora)

    ended = browser.post(address("end_meeting", meeting), follow=True).content.decode()
    assert Meeting.objects.get(pk=meeting.pk).is_over
    way_back = re.search(r'action="(/undo/[^"]+)"', ended)
    assert way_back, ended
    browser.post(way_back[1])

    again = AgendaItem.objects.get(pk=item.pk)
    assert not Meeting.objects.get(pk=meeting.pk).is_over
    assert (again.state, again.began_at, again.spent_seconds) == ("stands", began, 0)
    assert "minutes left" in page(place.everybody[0], "run_meeting", meeting)


def test_the_second_of_two_who_save_is_shown_both_texts_and_saves_them_together(place, cora, meeting):
    item = brought(meeting, place.everybody[0], at=now())
    seated(meeting, place, at=now())
    ana, ben = browser_of(place.everybody[0]), browser_of(place.everybody[1])
    sent = {"said": "Ana: it is dark.", "agreed": "", "number": "0"}
    ana.post(address("write_minutes", item), sent)

    answer = ben.post(address("write_minutes", item), {**sent, "said": "Ben: we need lamps."})

    text = answer.content.decode()
    assert "Ana: it is dark." in text
    assert "Ben: we need lamps." in text
    ben.post(address("write_minutes", item), {**sent, "said": "Both.", "number": "1"})
    assert list(Passage.objects.order_by("number").values_list("said", flat=True)) == ["Ana: it is dark.", "Both."]
    assert "Ana: it is dark." in page(cora, "passage_states", item)


def test_only_who_was_there_and_facilitators_write(place, cora, meeting):
    item = gone_on(place, cora, meeting)
    absent = place.sides["uses"][3]

    assert browser_of(absent).get(address("write_minutes", item)).status_code == 403
    assert browser_of(absent).get(address("undertake", meeting)).status_code == 403
    assert "Write on" in page(place.everybody[0], "minutes", meeting)
    assert "Write on" not in page(absent, "minutes", meeting)


def test_minutes_are_put_forward_approved_and_can_then_only_be_read(place, cora, meeting):
    item = gone_on(place, cora, meeting)
    browser_of(cora).post(address("end_meeting", meeting))
    assert any("not finished" in title for title in waiting(cora))
    browser_of(cora).post(address("put_minutes_forward", meeting))
    ana = place.everybody[0]
    assert any("Minutes of" in title for title in waiting(ana))
    absent = place.sides["uses"][3]
    assert browser_of(absent).post(address("approve_minutes", meeting), {"revision": "1"}).status_code == 403

    for member in (*place.sides["uses"][:2], place.sides["provides"][0]):
        browser_of(member).post(address("approve_minutes", meeting), {"revision": "1"})
    browser_of(cora).post(address("approve_minutes", meeting), {"revision": "1", "whose": "Pia 1", "channel": "paper"})

    assert MinutesApproval.objects.get(membership=place.sides["provides"][1]).channel == "paper"
    # What another wrote down does not shorten the days to read.
    assert "These minutes are approved" not in page(absent, "minutes", meeting)
    actions.let_minutes_stand(at=now() + timedelta(days=3))
    text = page(absent, "minutes", meeting)
    assert "These minutes are approved" in text
    assert "It is dark." in text
    assert address("write_minutes", item) not in page(cora, "minutes", meeting)
    assert "Approved by every side" in page(absent, "minutes_on_paper", meeting)
    assert "Its minutes are approved." in page(cora, "run_meeting", meeting)
    assert address("attendance", meeting) not in page(cora, "run_meeting", meeting)
    assert "Write it down" not in page(cora, "attendance", meeting)


def test_a_correction_is_asked_for_and_answered_on_its_page(place, cora, meeting):
    put_forward(place, cora, meeting)
    browser = browser_of(place.everybody[1])
    form = browser.get(address("correct_minutes", meeting)).context["form"]
    sent = {"words": "It was bright.", "revision": "1", "key": str(form.initial["key"]), "item": ""}
    browser.post(address("correct_minutes", meeting), sent)
    asked = Correction.objects.get()
    assert any("A correction in the minutes" in title for title in waiting(cora))

    refused = browser_of(cora).post(address("answer_correction", asked), {"verdict": "not", "answer": ""})
    assert "Write why it is not taken up." in refused.content.decode()
    browser_of(cora).post(address("answer_correction", asked), {"verdict": "up", "answer": ""})

    asked.refresh_from_db()
    assert asked.state == "taken_up"
    assert "It was bright." in page(cora, "minutes", meeting)


def test_somebody_takes_something_on_says_it_is_done_and_everybody_reads_it(place, cora, meeting):
    gone_on(place, cora, meeting)
    absent = place.sides["uses"][3]
    browser = browser_of(cora)
    key = str(browser.get(address("undertake", meeting)).context["form"].initial["key"])
    day = (today() + timedelta(days=3)).isoformat()
    browser.post(
        address("undertake", meeting), {"what": "Buy lamps", "owner": "Uma 3", "due_on": day, "key": key, "item": ""}
    )
    made = Undertaking.objects.get()
    assert "Buy lamps" in waiting(absent)
    browser_of(place.everybody[0]).post(address("answer_undertaking", made), {"yes": ""})
    made.refresh_from_db()
    assert made.state == "asked"

    mine = browser_of(absent)
    mine.post(address("answer_undertaking", made), {"yes": ""})
    assert "Buy lamps" in waiting(absent)
    assert browser_of(place.everybody[0]).get(address("end_undertaking", made)).status_code == 403
    mine.post(address("end_undertaking", made), {"how": "done", "word": "Four lamps."})

    assert "Buy lamps" not in waiting(absent)
    assert "Four lamps." in mine.get(reverse("decisions:home", args=[place.town.slug])).content.decode()


def to_decide(place, cora, meeting):
    told = {"proposal": place.proposal, "decides": True}
    item = brought(meeting, place.everybody[0], "Sundays", at=now() - timedelta(days=9), told=told)
    seated(meeting, place, at=now())
    return actions.take_item(item=item, by=cora.person, at=now())


def test_hands_are_entered_confirmed_by_two_sides_and_the_page_tells_how(place, cora, meeting, tmp_path, capsys):
    item = to_decide(place, cora, meeting)
    browser = browser_of(cora)
    key = str(browser.get(address("enter_hands", item)).context["form"].initial["key"])
    sent = {
        "yes_uses": "2", "no_uses": "0", "abstain_uses": "0", "yes_provides": "1", "no_provides": "0",
        "abstain_provides": "1", "key": key, "owner": "", "due_on": "", "review_on": "",
    }  # fmt: skip
    refused = browser.post(address("enter_hands", item), {**sent, "yes_uses": "5"})
    assert "Yes, no and neither must make 2" in refused.content.decode()
    browser.post(address("enter_hands", item), sent)
    hands = HandVote.objects.get()
    ana, pia, absent = place.sides["uses"][0], place.sides["provides"][0], place.sides["uses"][3]
    assert any("Hands were counted" in title for title in waiting(ana))
    assert not any("Hands were counted" in title for title in waiting(absent))
    assert browser_of(absent).post(address("confirm_hands", hands)).status_code == 403

    browser_of(ana).post(address("confirm_hands", hands))
    answer = browser_of(pia).post(address("confirm_hands", hands))

    made = Decision.objects.get()
    assert answer["Location"] == address("decision", made)
    text = page(absent, "decision", made)
    assert "Decided by show of hands in the meeting" in text
    assert "There are counts and no ballots" in text
    assert "alongside recount" not in text
    counts = browser_of(absent).get(address("certificate", made)).content
    assert json.loads(counts)["votes"]["provides"] == {"yes": 1, "no": 0, "abstain": 1}
    file = tmp_path / "hands.json"
    file.write_bytes(counts)
    assert count_command(["double-majority", str(file)]) == 0
    assert "Every side" in capsys.readouterr().out
    listed = browser_of(absent).get(reverse("decisions:register", args=[place.town.slug])).content.decode()
    assert place.proposal.title in listed


def test_the_page_of_a_decision_by_hands_keeps_the_roll_when_somebody_leaves(place, cora, meeting):
    item = to_decide(place, cora, meeting)
    ana, ben = place.sides["uses"][:2]
    pia = place.sides["provides"][0]
    hands = raised(item, cora, "2,0,0", at=now())
    for one in (ana, pia):
        browser_of(one).post(address("confirm_hands", hands))
    people.leave_community(membership=ben, by=ben.person, at=now())

    names = browser_of(ana).get(address("hands", hands)).context["names"]

    assert [one.membership for one in names[0]["people"]] == [ana, ben]


def test_a_count_that_was_not_so_is_refused_with_a_reason_on_its_page(place, cora, meeting):
    item = to_decide(place, cora, meeting)
    hands = raised(item, cora, "2,0,0", "2,0,0", at=now())
    assert "waits to be confirmed" in page(place.everybody[0], "proposal", place.proposal)

    browser_of(place.everybody[0]).post(address("refuse_hands", hands), {"why": "I raised no hand."})

    assert "I raised no hand." in page(cora, "hands", hands)
    place.proposal.refresh_from_db()
    assert place.proposal.state == "talked_over"


def test_paper_pages_are_in_large_print_with_room_to_write_and_sign(place, cora, meeting):
    brought(meeting, place.everybody[0], at=now())
    agenda, to_sign = page(place.everybody[0], "agenda_on_paper", meeting), page(cora, "attendance_on_paper", meeting)

    assert "large-print" in agenda
    assert "More light" in agenda
    assert "Uma 0" in to_sign
    assert "Signature" in to_sign
