"""Addresses of one's own plan, of visits, and of who visits whom."""

from django.urls import path

from alongside.wellbeing.views import caseload, plans, showing, steps, visits

app_name = "wellbeing"

_plan = "c/<slug:community_slug>/plan/"
_goal = f"{_plan}goals/<uuid:goal_id>/"
_week = f"{_plan}week/"
_visits = "c/<slug:community_slug>/visits/"
_series = f"{_visits}<uuid:series_id>/"
_wish = f"{_visits}wishes/<uuid:wish_id>/"
_visit = f"{_visits}visit/<uuid:visit_id>/"

urlpatterns = [
    # my plan
    path(_plan, plans.plan, name="plan"),
    path(f"{_plan}print/", plans.on_paper, name="plan_on_paper"),
    path(f"{_plan}goals/add/", plans.add_goal, name="add_goal"),
    path(_goal, plans.reword_goal, name="goal"),
    path(f"{_goal}end/", plans.end_goal, name="end_goal"),
    # this week
    path(_week, steps.week, name="week"),
    path(f"{_week}begin/", steps.begin, name="begin_step"),
    path(f"{_week}keep/", steps.keep, name="keep_step"),
    path(f"{_week}let-go/", steps.let_go, name="let_step_go"),
    path(f"{_week}look-back/", steps.look_back, name="look_back"),
    path(f"{_week}next/", steps.go_on, name="next_part"),
    path(f"{_week}<slug:part>/", steps.part, name="step_part"),
    # who reads it
    path(f"{_plan}show/", showing.show, name="show_plan"),
    path(f"{_plan}shown/<uuid:share_id>/", showing.shown, name="shown_plan"),
    path(f"{_plan}shown/<uuid:my_share_id>/stop/", showing.stop, name="stop_showing"),
    # visits
    path(_visits, visits.home, name="visits"),
    path(f"{_visits}caseload/", caseload.caseload, name="caseload"),
    path(f"{_visits}start/", caseload.start, name="start_visits"),
    path(_series, visits.series, name="series"),
    path(f"{_series}wish/", visits.wish, name="wish"),
    path(f"{_series}day/", caseload.set_the_day, name="set_the_day"),
    path(f"{_series}hand-over/", caseload.hand_over, name="hand_over"),
    path(f"{_series}end/", caseload.end, name="end_visits"),
    path(f"{_wish}show/", visits.show_wish, name="show_wish"),
    path(f"{_wish}talked-about/", visits.settle_wish, name="settle_wish"),
    path(f"{_wish}take-back/", visits.take_wish_back, name="take_wish_back"),
    path(f"{_visit}", visits.settle, name="settle_visit"),
    path(f"{_visit}when/", visits.agree_time, name="agree_time"),
    path(f"{_visit}how-it-was/", visits.tell_share, name="tell_share"),
]
