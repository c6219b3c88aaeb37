"""Addresses of advice processes: begun, advised, answered, published, objected to and decided."""

from django.urls import path

from alongside.decisions.views import advice, advising, asking

_in = "c/<slug:community_slug>/decide"
_one = f"{_in}/advice/<uuid:decision_id>"
urlpatterns = [
    path(f"{_in}/<uuid:proposal_id>/ask-for-advice/", asking.open_advice, name="open_advice"),
    path(f"{_one}/", advice.advice, name="advice"),
    # Everybody
    path(f"{_one}/advise/", advising.advise, name="advise"),
    path(f"{_one}/object/", advising.object_to_plan, name="object_to_plan"),
    # Who decides
    path(f"{_one}/ask/", asking.ask_advice, name="ask_advice"),
    path(f"{_in}/advice/said/<uuid:advice_id>/use/", asking.tell_use, name="tell_use"),
    path(f"{_one}/publish/", asking.publish_plan, name="publish_plan"),
    path(f"{_one}/decide/", asking.decide, name="decide"),
    path(f"{_one}/give-up/", asking.give_up_deciding, name="give_up_deciding"),
    # Coordinators
    path(f"{_one}/name-decider/", advice.name_decider, name="name_decider"),
    path(f"{_one}/call-off/", advice.call_off, name="call_off_advice"),
]
