"""Addresses of rotas: read, kept, shared out, and what families owe."""

from django.urls import path

from alongside.rota.views import exchanging, keeping, ledger, reading, sharing, swapping

app_name = "rota"

_here = "c/<slug:community_slug>/duties/"
_program = f"{_here}program/<uuid:program_id>/"
_family = f"{_program}families/<uuid:membership_id>/"
_rota = f"{_here}rota/<uuid:rota_id>/"
_duty = f"{_here}duty/<uuid:duty_id>/"
_assignment = f"{_here}assignment/<uuid:assignment_id>/"
_swap = f"{_here}swap/<uuid:swap_id>/"

urlpatterns = [
    # read
    path(_here, reading.home, name="home"),
    path(_rota, reading.rota, name="rota"),
    path(f"{_rota}print/", reading.on_paper, name="on_paper"),
    path(_duty, reading.duty, name="duty"),
    # kept
    path(f"{_program}make/", keeping.make, name="make"),
    path(f"{_rota}search/", keeping.search, name="search"),
    path(f"{_rota}publish/", keeping.publish, name="publish"),
    path(f"{_rota}drop/", keeping.drop, name="drop"),
    path(f"{_rota}close-day/", keeping.close_day, name="close_day"),
    path(f"{_here}closed/<uuid:closed_id>/open/", keeping.open_day, name="open_day"),
    path(f"{_duty}place/", keeping.place, name="place"),
    path(f"{_assignment}take-off/", keeping.take_off, name="take_off"),
    path(f"{_assignment}settle/", keeping.settle, name="settle"),
    # shared
    path(f"{_duty}take/", sharing.take, name="take"),
    path(f"{_assignment}swap/", swapping.ask_swap, name="ask_swap"),
    path(_swap, swapping.swap, name="swap"),
    path(f"{_swap}take/", swapping.take_swap, name="take_swap"),
    path(f"{_swap}decline/", swapping.decline_swap, name="decline_swap"),
    path(f"{_swap}withdraw/", swapping.withdraw_swap, name="withdraw_swap"),
    path(f"{_swap}give/", swapping.give_swap, name="give_swap"),
    path(f"{_swap}exchange/", exchanging.offer_exchange, name="offer_exchange"),
    path(f"{_swap}exchange/agree/", exchanging.agree_to_exchange, name="agree_to_exchange"),
    path(f"{_swap}exchange/end/", exchanging.end_offer, name="end_offer"),
    path(f"{_here}mine/", sharing.mine, name="mine"),
    path(f"{_here}mine/away/", sharing.add_away, name="add_away"),
    path(f"{_here}mine/away/<uuid:away_id>/remove/", sharing.remove_away, name="remove_away"),
    path(f"{_program}wish/", sharing.say_wish, name="say_wish"),
    path(f"{_here}mine/wish/<uuid:wish_id>/take-back/", sharing.take_wish_back, name="take_wish_back"),
    # what families owe
    path(f"{_program}owed/", ledger.ledger, name="ledger"),
    path(f"{_program}my-family/", ledger.my_family, name="my_family"),
    path(_family, ledger.family, name="family"),
    path(f"{_family}pattern/", keeping.pattern, name="pattern"),
    path(f"{_family}free/", ledger.exempt, name="exempt"),
    path(f"{_here}free/<uuid:exemption_id>/end/", ledger.end_exemption, name="end_exemption"),
    path(f"{_rota}fees/", ledger.settle_fees, name="settle_fees"),
    path(f"{_rota}hours/", ledger.credit, name="credit"),
]
