"""Addresses of changes that people offer for a proposal."""

from django.urls import path

from alongside.decisions.views import amending

_in = "c/<slug:community_slug>/decide"
_one = f"{_in}/amendments/<uuid:amendment_id>"
urlpatterns = [
    path(f"{_in}/<uuid:proposal_id>/amend/", amending.amend, name="amend"),
    path(f"{_one}/", amending.amendment, name="amendment"),
    path(f"{_one}/accept/", amending.accept, name="accept_amendment"),
    path(f"{_one}/refuse/", amending.refuse, name="refuse_amendment"),
    path(f"{_one}/withdraw/", amending.withdraw, name="withdraw_amendment"),
    path(f"{_one}/live-on/", amending.live_on, name="live_on"),
]
