"""Addresses of meetings, their agendas, minutes, and what people took on."""

from django.urls import path

from alongside.decisions.views import agenda, attending, hands, meetings, minutes, undertakings

_in = "c/<slug:community_slug>/decide/meetings"
_one = f"{_in}/<uuid:meeting_id>"
_item = f"{_in}/items/<uuid:item_id>"
_done = f"{_in}/undertakings/<uuid:undertaking_id>"
_hands = f"{_in}/hands/<uuid:hands_id>"
urlpatterns = [
    path(f"{_in}/", meetings.meetings, name="meetings"),
    path(f"{_in}/call/", meetings.call_meeting, name="call_meeting"),
    path(f"{_one}/", meetings.meeting, name="meeting"),
    path(f"{_one}/change/", meetings.change_meeting, name="change_meeting"),
    path(f"{_one}/call-off/", meetings.call_off_meeting, name="call_off_meeting"),
    path(f"{_one}/coming/", meetings.coming, name="coming"),
    # The agenda
    path(f"{_one}/bring/", agenda.bring_item, name="bring_item"),
    path(f"{_one}/arrange/", agenda.arrange_agenda, name="arrange_agenda"),
    path(f"{_one}/paper/", agenda.agenda_on_paper, name="agenda_on_paper"),
    path(f"{_item}/settle/", agenda.settle_item, name="settle_item"),
    # In the meeting
    path(f"{_one}/now/", attending.run_meeting, name="run_meeting"),
    path(f"{_item}/take/", attending.take_item, name="take_item"),
    path(f"{_one}/end/", attending.end_meeting, name="end_meeting"),
    path(f"{_one}/there/", attending.attendance, name="attendance"),
    path(f"{_one}/there/paper/", attending.attendance_on_paper, name="attendance_on_paper"),
    path(f"{_item}/hands/", hands.enter_hands, name="enter_hands"),
    path(f"{_hands}/", hands.hands, name="hands"),
    path(f"{_hands}/confirm/", hands.confirm_hands, name="confirm_hands"),
    path(f"{_hands}/refuse/", hands.refuse_hands, name="refuse_hands"),
    # The minutes
    path(f"{_one}/minutes/", minutes.minutes, name="minutes"),
    path(f"{_one}/minutes/paper/", minutes.minutes_on_paper, name="minutes_on_paper"),
    path(f"{_one}/minutes/put-forward/", minutes.put_minutes_forward, name="put_minutes_forward"),
    path(f"{_one}/minutes/approve/", minutes.approve_minutes, name="approve_minutes"),
    path(f"{_one}/minutes/correct/", minutes.correct_minutes, name="correct_minutes"),
    path(f"{_item}/minutes/", minutes.write_minutes, name="write_minutes"),
    path(f"{_item}/minutes/states/", minutes.passage_states, name="passage_states"),
    path(f"{_in}/corrections/<uuid:correction_id>/", minutes.answer_correction, name="answer_correction"),
    # What people took on
    path(f"{_one}/undertake/", undertakings.undertake, name="undertake"),
    path(f"{_done}/", undertakings.undertaking, name="undertaking"),
    path(f"{_done}/answer/", undertakings.answer_undertaking, name="answer_undertaking"),
    path(f"{_done}/end/", undertakings.end_undertaking, name="end_undertaking"),
    path(f"{_done}/pass-on/", undertakings.pass_on, name="pass_on"),
]
