"""Addresses of voting: a vote is opened, people vote, it is counted, and anybody counts again."""

from django.urls import path

from alongside.decisions.views import opening, paper, register, results, shares, voting

_in = "c/<slug:community_slug>/decide"
_one = f"{_in}/votes/<uuid:decision_id>"
urlpatterns = [
    # Before
    path(f"{_in}/<uuid:proposal_id>/ways/", opening.choose_rule, name="choose_rule"),
    path(f"{_in}/<uuid:proposal_id>/open-vote/", opening.open_vote, name="open_vote"),
    path(f"{_in}/<uuid:proposal_id>/my-side/", opening.my_side, name="my_side"),
    # All of them
    path(f"{_in}/votes/", register.register, name="register"),
    path(f"{_in}/votes/list/", register.register_csv, name="register_csv"),
    # While it is open
    path(f"{_one}/", results.decision, name="decision"),
    path(f"{_one}/vote/", voting.vote, name="vote"),
    path(f"{_one}/turnout/", voting.turnout, name="turnout"),
    path(f"{_one}/close/", voting.close, name="close_vote"),
    path(f"{_one}/call-off/", voting.call_off, name="call_off"),
    path(f"{_one}/ballots/", paper.ballots, name="ballots"),
    path(f"{_one}/paper/", paper.key_paper, name="key_paper"),
    # After
    path(f"{_one}/certificate/", results.certificate, name="certificate"),
    path(f"{_one}/my-share/", shares.my_share, name="my_share"),
    path(f"{_one}/sealed/", results.sealed, name="sealed"),
]
