"""Addresses of consent rounds: opened, stood in, objected to, facilitated, and ended."""

from django.urls import path

from alongside.decisions.views import facilitating, paper_rounds, reading_along, rounds, standing_in

_in = "c/<slug:community_slug>/decide"
_one = f"{_in}/rounds/<uuid:decision_id>"
_objection = f"{_in}/objections/<uuid:objection_id>"
urlpatterns = [
    path(f"{_in}/<uuid:proposal_id>/open-round/", rounds.open_round, name="open_round"),
    path(f"{_one}/", rounds.consent_round, name="round"),
    path(f"{_one}/end/", rounds.end, name="end_round"),
    path(f"{_one}/call-off/", rounds.call_off, name="call_off_round"),
    path(f"{_one}/next/", rounds.next_version, name="round_next"),
    # Where I stand
    path(f"{_one}/stand/", standing_in.stand, name="stand"),
    path(f"{_one}/concern/", standing_in.concern, name="concern"),
    path(f"{_one}/object/", standing_in.object_to, name="object"),
    path(f"{_objection}/", standing_in.objection, name="objection"),
    path(f"{_objection}/settle/", standing_in.settle, name="settle"),
    path(f"{_one}/seen/", reading_along.note_seen, name="round_seen"),
    path(f"{_one}/slips/", paper_rounds.slips, name="round_slips"),
    # Facilitators
    path(f"{_one}/paper/", paper_rounds.key_stance, name="key_stance"),
    path(f"{_one}/small-edit/", reading_along.call_small_edit, name="small_edit"),
    path(f"{_objection}/understood/", facilitating.clarify, name="clarify"),
    path(f"{_objection}/harms-nothing/", facilitating.find, name="find"),
]
